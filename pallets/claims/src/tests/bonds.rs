//! What becomes of bonds and fees: who gets them back, who loses them, and to whom.

use super::*;
use frame_support::{
	assert_noop,
	traits::{LockableCurrency, WithdrawReasons},
};

/// What happens to a dispute.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
	/// Nobody disputes.
	None,
	/// Its referendum passes.
	Passes,
	/// It is voted on and does not pass.
	Fails,
	/// Nobody votes.
	Missed,
}
use self::Fate::{Fails, Missed, None as Undisputed, Passes};

/// What a case did to those who had a part in it, in native tokens, from before it was opened until it was final.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Changes {
	opener: i128,
	challenger: i128,
	up: i128,
	down: i128,
	treasury: i128,
	reserve: i128,
}

fn balances(opener: &AccountId) -> [i128; 6] {
	[
		total(opener),
		total(&CHALLENGER),
		total(&UP),
		total(&DOWN),
		total(&TREASURY),
		reserve(),
	]
	.map(|amount| amount as i128)
}

/// Nothing is made or burnt, and what the assessors are paid is all that was taken for them.
fn conserved(opener: AccountId, run_case: impl FnOnce() -> CaseId) -> Changes {
	let issuance = Balances::total_issuance();
	let before = balances(&opener);
	let case = run_case();
	assert!(!Cases::<Test>::contains_key(case));
	let after = balances(&opener);
	assert_eq!(on_hold(HoldReason::Bond, &opener), 0);
	settle_all(case);
	assert_eq!(native(&Claims::account()), SEED);
	assert_eq!(Balances::total_issuance(), issuance);
	for who in [&opener, &CHALLENGER, &UP, &DOWN] {
		assert_eq!(on_hold(HoldReason::Bond, who), 0);
	}
	let change = |place: usize| after[place] - before[place];
	Changes {
		opener: change(0),
		challenger: change(1),
		up: change(2),
		down: change(3),
		treasury: change(4),
		reserve: change(5),
	}
}

/// Takes a case with a verdict to its end.
fn vote_out(case: CaseId, up: Fate, down: Fate) {
	for (direction, vote) in [(Direction::Upward, up), (Direction::Downward, down)] {
		if vote != Undisputed {
			dispute(case, direction);
		}
	}
	pass_deadline(case);
	for vote in [up, down] {
		match vote {
			Undisputed => {}
			_ if !Cases::<Test>::contains_key(case) => {}
			Passes => pass_vote(case),
			Fails => fail_vote(case),
			Missed => miss_vote(case),
		}
	}
}

/// What a reported incident does to those who have a part in it.
fn incident_of(verdict: u8, up: Fate, down: Fate) -> Changes {
	let mut changes = Changes::default();
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		changes = conserved(REPORTER, || {
			let (_, case) = report(product);
			assert_eq!(judge(case, &[verdict; 3]), verdict);
			vote_out(case, up, down);
			case
		});
	});
	changes
}

/// What a claim that is challenged by who stands for so much does to those who have a part in it.
fn claim_of(alternative: u8, verdict: u8, up: Fate, down: Fate) -> Changes {
	let mut changes = Changes::default();
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(1_000_000);
		let incident = accepted(product, 100);
		changes = conserved(BUYER, || {
			let case = file(BUYER, incident, policy, 1_000);
			challenge(case, alternative);
			assert_eq!(judge(case, &[verdict; 3]), verdict);
			vote_out(case, up, down);
			case
		});
	});
	changes
}

/// What a claim that nobody can challenge does, because it is voted on at once.
fn large_claim_of(verdict: u8, up: Fate, down: Fate) -> Changes {
	let mut changes = Changes::default();
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(1_000_000);
		let incident = accepted(product, 100);
		changes = conserved(BUYER, || {
			let case = file(BUYER, incident, policy, 100_000);
			assert_eq!(judge(case, &[verdict; 3]), verdict);
			vote_out(case, up, down);
			case
		});
	});
	changes
}

// ---------------------------------------------------------------------------------------------- Incidents

#[test]
fn reporters_bond_is_lost_only_at_nothing() {
	// Accepted with however little: the bond comes back, and the treasury pays the fee.
	for verdict in [100, 50, 1] {
		assert_eq!(
			incident_of(verdict, Undisputed, Undisputed),
			Changes {
				treasury: -200,
				..Default::default()
			}
		);
	}
	// There is no other side: all of it goes to the reserve, and the fee to the assessors.
	assert_eq!(
		incident_of(0, Undisputed, Undisputed),
		Changes {
			opener: -1_200,
			reserve: 1_000,
			..Default::default()
		}
	);
}

#[test]
fn reporters_bond_is_shared_with_who_disputed_it_downward() {
	assert_eq!(
		incident_of(100, Undisputed, Passes),
		Changes {
			opener: -1_200,
			down: 500,
			reserve: 500,
			..Default::default()
		}
	);
	// The same where the verdict was next to nothing.
	assert_eq!(
		incident_of(1, Undisputed, Passes),
		Changes {
			opener: -1_200,
			down: 500,
			reserve: 500,
			..Default::default()
		}
	);
}

#[test]
fn lost_downward_dispute_refunds_the_fee_and_is_shared_with_the_reporter() {
	// 200 of 2 000 for the fee, half of the rest for the reporter.
	assert_eq!(
		incident_of(100, Undisputed, Fails),
		Changes {
			opener: 900,
			down: -2_000,
			reserve: 900,
			..Default::default()
		}
	);
	// The outcome is 40: neither is right that it was nothing.
	assert_eq!(
		incident_of(40, Undisputed, Fails),
		Changes {
			opener: 900,
			down: -2_000,
			reserve: 900,
			..Default::default()
		}
	);
}

#[test]
fn upward_dispute_saves_the_reporters_bond_when_it_passes() {
	assert_eq!(
		incident_of(0, Passes, Undisputed),
		Changes {
			treasury: -200,
			..Default::default()
		}
	);
}

#[test]
fn lost_upward_dispute_goes_to_the_reserve_when_nobody_stands_against_it() {
	assert_eq!(
		incident_of(0, Fails, Undisputed),
		Changes {
			opener: -1_200,
			up: -2_000,
			reserve: 3_000,
			..Default::default()
		}
	);
	assert_eq!(
		incident_of(40, Fails, Undisputed),
		Changes {
			up: -2_000,
			treasury: -200,
			reserve: 2_000,
			..Default::default()
		}
	);
}

#[test]
fn bonds_of_disputes_of_an_incident_come_back_when_nobody_votes() {
	assert_eq!(
		incident_of(40, Missed, Missed),
		Changes {
			treasury: -200,
			..Default::default()
		}
	);
	assert_eq!(
		incident_of(0, Missed, Undisputed),
		Changes {
			opener: -1_200,
			reserve: 1_000,
			..Default::default()
		}
	);
	// One comes back, and the other is lost to nobody.
	assert_eq!(
		incident_of(40, Fails, Missed),
		Changes {
			up: -2_000,
			treasury: -200,
			reserve: 2_000,
			..Default::default()
		}
	);
	assert_eq!(
		incident_of(40, Missed, Fails),
		Changes {
			opener: 900,
			down: -2_000,
			reserve: 900,
			..Default::default()
		}
	);
}

#[test]
fn both_disputes_of_an_incident_are_lost_when_both_fail() {
	assert_eq!(
		incident_of(40, Fails, Fails),
		Changes {
			opener: 900,
			up: -2_000,
			down: -2_000,
			reserve: 900 + 2_000,
			..Default::default()
		}
	);
	// Or when the other one passes.
	assert_eq!(
		incident_of(40, Fails, Passes),
		Changes {
			opener: -1_200,
			up: -2_000,
			down: 1_500,
			reserve: 1_500,
			..Default::default()
		}
	);
}

// ---------------------------------------------------------------------------------------------- Claims

#[test]
fn challengers_bond_is_shared_with_who_claimed_when_the_outcome_is_nearer_to_the_claim() {
	// The other side stands for 0, and the middle is 50.
	for verdict in [100, 51] {
		assert_eq!(
			claim_of(0, verdict, Undisputed, Undisputed),
			Changes {
				opener: 900,
				challenger: -2_000,
				reserve: 900,
				..Default::default()
			}
		);
	}
	// It stands for 40, and the middle is 70.
	assert_eq!(
		claim_of(40, 71, Undisputed, Undisputed),
		Changes {
			opener: 900,
			challenger: -2_000,
			reserve: 900,
			..Default::default()
		}
	);
}

#[test]
fn claimants_bond_is_shared_with_the_challenger_when_the_outcome_is_nearer_to_theirs() {
	for (alternative, verdict) in [(0, 0), (0, 49), (40, 69), (40, 40), (40, 0)] {
		assert_eq!(
			claim_of(alternative, verdict, Undisputed, Undisputed),
			Changes {
				opener: -1_200,
				challenger: 500,
				reserve: 500,
				..Default::default()
			}
		);
	}
}

#[test]
fn nobody_loses_a_bond_when_it_is_a_tie() {
	for (alternative, verdict) in [(0, 50), (40, 70), (98, 99)] {
		assert_eq!(
			claim_of(alternative, verdict, Undisputed, Undisputed),
			Changes {
				treasury: -200,
				..Default::default()
			}
		);
	}
}

#[test]
fn claimants_bond_goes_to_the_reserve_when_nobody_stands_against_it() {
	assert_eq!(
		large_claim_of(49, Undisputed, Undisputed),
		Changes {
			opener: -1_200,
			reserve: 1_000,
			..Default::default()
		}
	);
	// What was claimed is nearer than nothing, or as near.
	for verdict in [50, 100] {
		assert_eq!(
			large_claim_of(verdict, Undisputed, Undisputed),
			Changes {
				treasury: -200,
				..Default::default()
			}
		);
	}
}

#[test]
fn upward_dispute_of_a_claim_is_paid_by_the_challenger_when_it_passes() {
	// The fee first; half of the rest to who put up most.
	assert_eq!(
		claim_of(0, 40, Passes, Undisputed),
		Changes {
			challenger: -2_000,
			up: 900,
			reserve: 900,
			..Default::default()
		}
	);
}

#[test]
fn upward_dispute_of_a_claim_is_lost_to_the_challenger_when_it_fails() {
	assert_eq!(
		claim_of(0, 40, Fails, Undisputed),
		Changes {
			opener: -1_200,
			challenger: 2_500,
			up: -4_000,
			reserve: 2_500,
			..Default::default()
		}
	);
	// The outcome stays 60: who claimed is right, and who wanted even more of it is not. Nobody is left on the other side.
	assert_eq!(
		claim_of(0, 60, Fails, Undisputed),
		Changes {
			opener: 900,
			challenger: -2_000,
			up: -4_000,
			reserve: 900 + 4_000,
			..Default::default()
		}
	);
}

#[test]
fn downward_dispute_of_a_claim_is_paid_by_who_claimed_when_it_passes() {
	assert_eq!(
		claim_of(30, 100, Undisputed, Passes),
		Changes {
			opener: -1_200,
			down: 500,
			reserve: 500,
			..Default::default()
		}
	);
	assert_eq!(
		large_claim_of(100, Undisputed, Passes),
		Changes {
			opener: -1_200,
			down: 500,
			reserve: 500,
			..Default::default()
		}
	);
}

#[test]
fn downward_dispute_of_a_claim_is_lost_with_the_challenge_when_it_fails() {
	assert_eq!(
		claim_of(30, 100, Undisputed, Fails),
		Changes {
			opener: (6_000 - 200) / 2,
			challenger: -2_000,
			down: -4_000,
			reserve: (6_000 - 200) / 2,
			..Default::default()
		}
	);
	// Against who claimed as well: there is nobody to whom it goes.
	assert_eq!(
		claim_of(0, 40, Undisputed, Fails),
		Changes {
			opener: -1_200,
			challenger: 500,
			down: -4_000,
			reserve: 500 + 4_000,
			..Default::default()
		}
	);
}

#[test]
fn both_disputes_of_a_claim_are_settled_by_the_outcome() {
	assert_eq!(
		claim_of(0, 60, Fails, Passes),
		Changes {
			opener: -1_200,
			up: -4_000,
			down: 2_500,
			reserve: 2_500,
			..Default::default()
		}
	);
	assert_eq!(
		claim_of(0, 60, Fails, Fails),
		Changes {
			opener: 2_900,
			challenger: -2_000,
			up: -4_000,
			down: -4_000,
			reserve: 2_900 + 4_000,
			..Default::default()
		}
	);
	// The downward one is not voted on any more.
	assert_eq!(
		claim_of(0, 60, Passes, Fails),
		Changes {
			challenger: -2_000,
			up: 900,
			reserve: 900,
			..Default::default()
		}
	);
}

#[test]
fn unvoted_dispute_costs_nothing_and_earns_nothing() {
	// What the others lose goes to who was right, and not to who only put up a bond that nobody voted on.
	assert_eq!(
		claim_of(0, 40, Missed, Undisputed),
		Changes {
			opener: -1_200,
			challenger: 500,
			reserve: 500,
			..Default::default()
		}
	);
	assert_eq!(
		claim_of(0, 40, Fails, Missed),
		Changes {
			opener: -1_200,
			challenger: 2_500,
			up: -4_000,
			reserve: 2_500,
			..Default::default()
		}
	);
	assert_eq!(
		claim_of(0, 60, Missed, Fails),
		Changes {
			opener: 2_900,
			challenger: -2_000,
			down: -4_000,
			reserve: 2_900,
			..Default::default()
		}
	);
	assert_eq!(
		claim_of(0, 60, Missed, Missed),
		Changes {
			opener: 900,
			challenger: -2_000,
			reserve: 900,
			..Default::default()
		}
	);
}

#[test]
fn dispute_is_right_when_the_outcome_is_as_near_to_the_verdict() {
	// Towards 50 of 100, and 75 is as near to either; but nobody can decide that: the nearest is what was asked for.
	assert_eq!(
		claim_of(50, 100, Undisputed, Passes),
		Changes {
			opener: -1_200,
			down: 500,
			reserve: 500,
			..Default::default()
		}
	);
}

// ---------------------------------------------------------------------------------------------- Fees

#[test]
fn fee_is_refunded_as_far_as_the_lost_bonds_reach_and_the_treasury_pays_the_rest() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(1_000_000);
		let incident = accepted(product, 100);
		govern(|claims| (claims.bond, claims.assessors_fee) = (100, 900));
		let changes = conserved(BUYER, || {
			let case = file(BUYER, incident, policy, 1_000);
			challenge(case, 0);
			conclude(case, 100);
			case
		});
		assert_eq!(
			changes,
			Changes {
				challenger: -200,
				treasury: -700,
				..Default::default()
			}
		);
	});
}

#[test]
fn fee_is_not_refunded_when_the_treasury_cannot_pay_it() {
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		let all_but = TREASURE - FEE - SEED;
		assert_ok!(Balances::transfer_allow_death(signed(TREASURY), BOB, all_but + 1));
		let changes = conserved(REPORTER, || {
			let (_, case) = report(product);
			conclude(case, 100);
			case
		});
		assert_eq!(
			changes,
			Changes {
				opener: -200,
				..Default::default()
			}
		);
	});
}

#[test]
fn treasury_refunds_down_to_its_minimum() {
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		assert_ok!(Balances::transfer_allow_death(
			signed(TREASURY),
			BOB,
			TREASURE - FEE - SEED
		));
		let (_, case) = report(product);
		conclude(case, 100);
		assert_eq!(native(&TREASURY), SEED);
		assert_eq!(total(&REPORTER), ENDOWMENT);
	});
}

#[test]
fn fee_is_returned_when_no_assessor_was_asked() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(1_000_000);
		let incident = accepted(product, 100);
		let changes = conserved(BUYER, || {
			let case = file(BUYER, incident, policy, 1_000);
			pass_deadline(case);
			case
		});
		assert_eq!(changes, Changes::default());
	});
}

#[test]
fn fee_is_refunded_from_lost_bonds_after_it_was_doubled() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(1_000_000);
		let incident = accepted(product, 100);
		let changes = conserved(BUYER, || {
			let case = file(BUYER, incident, policy, 1_000);
			challenge(case, 0);
			pass_assessment(case);
			conclude(case, 100);
			case
		});
		// The treasury's half is gone.
		assert_eq!(
			changes,
			Changes {
				opener: 900,
				challenger: -2_000,
				treasury: -200,
				reserve: 900,
				..Default::default()
			}
		);
	});
}

#[test]
fn fee_is_not_refunded_twice_when_nobody_earned_it() {
	for voted_down in [false, true] {
		build_and_execute(|| {
			seated();
			let (product, _, policy) = insured(1_000_000);
			let incident = accepted(product, 100);
			let changes = conserved(BUYER, || {
				let case = file(BUYER, incident, policy, 1_000);
				challenge(case, 0);
				pass_assessment(case);
				pass_assessment(case);
				vote_out(case, Undisputed, if voted_down { Passes } else { Undisputed });
				case
			});
			let expected = if voted_down {
				Changes {
					opener: -1_000,
					down: 500,
					reserve: 500,
					..Default::default()
				}
			} else {
				Changes {
					opener: 1_000,
					challenger: -2_000,
					reserve: 1_000,
					..Default::default()
				}
			};
			assert_eq!(changes, expected);
		});
	}
}

// ---------------------------------------------------------------------------------------------- To the unit

#[test]
fn odd_unit_goes_to_the_reserve() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(1_000_000);
		let incident = accepted(product, 100);
		govern(|claims| (claims.bond, claims.assessors_fee) = (1_001, 201));
		let changes = conserved(BUYER, || {
			let case = file(BUYER, incident, policy, 1_000);
			challenge(case, 0);
			conclude(case, 0);
			case
		});
		assert_eq!(
			changes,
			Changes {
				opener: -1_001 - 201,
				challenger: 500,
				reserve: 501,
				..Default::default()
			}
		);
	});
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(1_000_000);
		let incident = accepted(product, 100);
		govern(|claims| (claims.bond, claims.assessors_fee) = (1_001, 201));
		let changes = conserved(BUYER, || {
			let case = file(BUYER, incident, policy, 1_000);
			challenge(case, 0);
			conclude(case, 100);
			case
		});
		// 2 002 less 201 is 1 801.
		assert_eq!(
			changes,
			Changes {
				opener: 900,
				challenger: -2_002,
				reserve: 901,
				..Default::default()
			}
		);
	});
}

#[test]
fn loss_of_a_bond_is_told() {
	build_and_execute(|| {
		let (product, _, policy) = insured(1_000_000);
		seated();
		let incident = accepted(product, 100);
		System::reset_events();
		let case = file(BUYER, incident, policy, 1_000);
		challenge(case, 0);
		judge(case, &[60; 3]);
		dispute(case, Direction::Upward);
		pass_deadline(case);
		fail_vote(case);
		for (who, amount) in [(CHALLENGER, 2_000), (UP, 4_000)] {
			assert!(was_told(&Event::BondLost { case, who, amount }));
		}
		assert_eq!(told(|event| matches!(event, Event::BondLost { .. })), 2);
	});
}

#[test]
fn bond_is_lost_by_who_locked_everything_elsewhere() {
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		let (_, case) = report(product);
		let lock = |who: &AccountId| {
			<Balances as LockableCurrency<AccountId>>::set_lock(
				*b"democrac",
				who,
				ENDOWMENT,
				WithdrawReasons::all(),
			);
		};
		lock(&REPORTER);
		judge(case, &[0; 3]);
		dispute(case, Direction::Upward);
		lock(&UP);
		// So did an assessor, who has to lose a slice.
		settle_all(case);
		pass_deadline(case);
		fail_vote(case);
		assert_eq!(total(&REPORTER), ENDOWMENT - BOND - FEE);
		assert_eq!(total(&UP), ENDOWMENT - 2 * BOND);
		assert_eq!(reserve(), 3 * BOND);
	});
}

#[test]
fn slice_is_lost_by_who_locked_everything_elsewhere() {
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		let (_, case) = report(product);
		judge(case, &[100, 100, 0]);
		<Balances as LockableCurrency<AccountId>>::set_lock(
			*b"democrac",
			&JUDGES[2],
			ENDOWMENT,
			WithdrawReasons::all(),
		);
		settle_all(case);
		assert_eq!(total(&JUDGES[2]), ENDOWMENT - SLICE);
	});
}

#[test]
fn bond_is_refused_when_the_tokens_are_not_free() {
	build_and_execute(|| {
		let (product, _) = market();
		// What is locked may be put up as well: both hold the same tokens.
		<Balances as LockableCurrency<AccountId>>::set_lock(
			*b"democrac",
			&REPORTER,
			ENDOWMENT,
			WithdrawReasons::all(),
		);
		assert_ok!(try_report(REPORTER, product));
		// What is on hold already may not.
		let poor = account(99);
		let needed = 2 * BOND + FEE;
		assert_ok!(Balances::transfer_allow_death(
			signed(ALICE),
			poor.clone(),
			needed + SEED - 1
		));
		assert_noop!(try_report(poor.clone(), product), Error::BondNotThere);
		assert_ok!(Balances::transfer_allow_death(signed(ALICE), poor.clone(), 1));
		assert_ok!(try_report(poor.clone(), product));
		assert_eq!(on_hold(HoldReason::Bond, &poor), needed);
		assert_eq!(native(&poor), SEED);
	});
}

#[test]
fn one_account_in_every_role_gets_back_and_loses_each_bond_for_itself() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(1_000_000);
		let incident = accepted(product, 100);
		let issuance = Balances::total_issuance();
		let before = total(&BUYER);
		let case = file(BUYER, incident, policy, 1_000);
		assert_ok!(try_challenge(BUYER, case, 0));
		judge(case, &[60; 3]);
		for direction in [Direction::Upward, Direction::Downward] {
			assert_ok!(try_dispute(BUYER, case, direction));
		}
		assert_eq!(on_hold(HoldReason::Bond, &BUYER), 1_000 + 2_000 + 4_000 + 4_000);
		pass_deadline(case);
		fail_vote(case);
		fail_vote(case);
		settle_all(case);
		// As where they are four: 2 900 of 10 000 come back.
		assert_eq!(total(&BUYER) + 10_000 - 2_900, before);
		assert_eq!(on_hold(HoldReason::Bond, &BUYER), 0);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn treasury_is_paid_when_the_reserve_cannot_receive() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(1_000_000);
		let incident = accepted(product, 100);
		govern(|claims| claims.bond = 2 * (SEED - 1));
		let changes = conserved(BUYER, || {
			let case = file(BUYER, incident, policy, 1_000);
			challenge(case, 0);
			conclude(case, 0);
			case
		});
		// The reserve's account does not exist yet, and half of the bond is less than it takes to.
		assert_eq!(
			changes,
			Changes {
				opener: -18 - 200,
				challenger: 9,
				treasury: 9,
				..Default::default()
			}
		);
	});
}

#[test]
fn pallets_account_is_seeded_once() {
	build_and_execute(|| {
		assert_eq!(native(&Claims::account()), SEED);
		// Whatever somebody gives it changes nothing.
		assert_ok!(Balances::transfer_allow_death(
			signed(ALICE),
			Claims::account(),
			777
		));
		seated();
		let (_, case) = report(market().0);
		conclude(case, 100);
		assert_eq!(native(&Claims::account()), SEED + 777);
	});
}

// ---------------------------------------------------------------------------------------------- The treasury

/// Claims of so much each on policies of their own under an incident that is accepted with so many percent, all of
/// which are voted on.
fn claims_of(losses: &[Balance], percent: u8, deductible: u32) -> (ProductId, IncidentId, Vec<CaseId>) {
	let mut proposal = proposal();
	proposal.conditions.assets[0].optimistic = 0;
	proposal.conditions.deductible = deductible * 10_000_000;
	let (product, pool) = market_of(proposal);
	let policies: Vec<_> = losses
		.iter()
		.map(|_| buy(BUYER, product, order(pool, 1_000)))
		.collect();
	pass(WAITING);
	let incident = accepted(product, percent);
	let cases = losses.iter().zip(policies);
	let cases = cases.map(|(loss, policy)| file(BUYER, incident, policy, *loss));
	(product, incident, cases.collect())
}

/// Nobody reveals a vote in the first attempt, and all claims are found to be true in the second.
fn approved_in_the_second_attempt(cases: &[CaseId]) {
	run_to(last_reveal(cases[0]) + 1);
	cases.iter().copied().for_each(poke);
	judge_all(cases, &[100; 3]);
	cases.iter().copied().for_each(settle_all);
	run_to(deadline(cases[0]) + 1);
	cases.iter().copied().for_each(poke);
}

#[test]
fn treasury_pays_so_many_fees_under_an_incident_when_many_small_claims_are_right() {
	for most in [0, 1, 4, 10, 13, 50] {
		build_and_execute(|| {
			govern(|claims| claims.max_subsidies = most);
			seated();
			let (product, incident, cases) = claims_of(&[1; 6], 100, 0);
			approved_in_the_second_attempt(&cases);
			// The fee of the report, and of each claim twice: the pot is doubled, and the fee refunded.
			let paid = most.min(1 + 2 * 6);
			assert_eq!(total(&TREASURY), TREASURE - Balance::from(paid) * FEE);
			assert_eq!(self::incident(incident).subsidies, paid);
			assert_eq!(native(&Claims::account()), SEED);
			// Another incident has as many of its own.
			let paid = paid + most.min(1);
			accepted(product, 100);
			assert_eq!(total(&TREASURY), TREASURE - Balance::from(paid) * FEE);
		});
	}
}

#[test]
fn claim_costs_the_treasury_nothing_when_it_is_worth_nothing() {
	build_and_execute(|| {
		seated();
		// Half of it is the deductible, and rounded down a unit of a half is nothing.
		let (_, incident, cases) = claims_of(&[1, 400, 1_000], 50, 50);
		let before = total(&TREASURY);
		approved_in_the_second_attempt(&cases);
		for (policy, paid) in [(0, 0), (1, 0), (2, 0)] {
			assert!(matches!(
				claim(incident, policy).state,
				ClaimState::Paid { paid: was, .. } if was == paid
			));
		}
		assert_eq!(total(&TREASURY), before);
		// The report was worth judging.
		assert_eq!(self::incident(incident).subsidies, 1);
	});
}

#[test]
fn fee_is_the_claimants_when_what_is_found_true_is_worth_nothing() {
	build_and_execute(|| {
		seated();
		let (_, _, cases) = claims_of(&[1_000], 100, 50);
		let before = total(&TREASURY);
		// The whole of it is worth half, so the pot is doubled; half of it is worth nothing.
		run_to(last_reveal(cases[0]) + 1);
		poke(cases[0]);
		conclude(cases[0], 50);
		assert_eq!(total(&TREASURY), before - FEE);
	});
}

#[test]
fn claimant_keeps_the_bond_when_the_verdict_is_within_tolerance() {
	// Within ten points assessors agree: so does who claimed with what they found, whoever is nearer to it.
	for (alternative, verdict) in [(99, 99), (85, 90)] {
		assert_eq!(
			claim_of(alternative, verdict, Undisputed, Undisputed),
			Changes {
				treasury: -200,
				..Default::default()
			}
		);
	}
	assert_eq!(
		claim_of(85, 89, Undisputed, Undisputed),
		Changes {
			opener: -1_200,
			challenger: 500,
			reserve: 500,
			..Default::default()
		}
	);
}
