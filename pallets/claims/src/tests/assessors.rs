//! Who votes, how votes are taken and counted, and what they earn or cost.

use super::*;
use frame_support::assert_noop;
use sp_runtime::Perbill;

const A: &AccountId = &JUDGES[0];
const B: &AccountId = &JUDGES[1];
const C: &AccountId = &JUDGES[2];

/// A report on a product that nobody has bought cover of, in a case that the seated judges vote on.
fn judged() -> CaseId {
	let (product, _) = market();
	report(product).1
}

fn try_settle(case: CaseId, who: &AccountId) -> DispatchResult {
	Claims::settle(signed(BOB), case, who.clone())
}

/// What an assessor was paid for a vote and what they lost by it, as the event told last says.
fn settled(case: CaseId, who: &AccountId) -> (Balance, Balance) {
	let before = total(who);
	settle(case, who);
	let events: Vec<Event> = System::read_events_for_pallet();
	let Some(Event::VoteSettled {
		case: told,
		assessor,
		reward,
		lost,
	}) = events.last().cloned()
	else {
		panic!("no vote was settled");
	};
	assert_eq!((told, &assessor), (case, who));
	assert_eq!(before + reward - lost, total(who));
	(reward, lost)
}

// ---------------------------------------------------------------------------------------------- Stakes

#[test]
fn stake_is_held_and_weighs_when_it_reaches_the_minimum() {
	build_and_execute(|| {
		assert_noop!(Claims::stake(signed(A.clone()), 999), Error::StakeTooSmall);
		assert_noop!(Claims::stake(signed(A.clone()), 0), Error::StakeTooSmall);
		run_to(7);
		assert_ok!(Claims::stake(signed(A.clone()), 1_000));
		System::assert_last_event(
			Event::Staked {
				assessor: A.clone(),
				stake: 1_000,
				weight: 1_000,
			}
			.into(),
		);
		assert_eq!(
			assessor(A),
			Assessor {
				stake: 1_000,
				weight: 1_000,
				since: 7,
				at_risk: 0,
				votes: 0,
				free_from: None,
			}
		);
		assert_eq!(on_hold(HoldReason::Stake, A), 1_000);
		assert_eq!(native(A), ENDOWMENT - 1_000);
		stake(B, 2_500);
		assert_eq!(TotalWeight::<Test>::get(), 3_500);
		// Nothing more is no stake.
		assert_noop!(Claims::stake(signed(A.clone()), 0), Error::StakeTooSmall);
	});
}

#[test]
fn stake_is_refused_when_the_account_has_not_so_much() {
	build_and_execute(|| {
		let all = ENDOWMENT;
		for amount in [all + 1, Balance::MAX] {
			assert_noop!(Claims::stake(signed(A.clone()), amount), Error::BondNotThere);
		}
		stake(A, 1_000);
		assert_noop!(
			Claims::stake(signed(A.clone()), Balance::MAX),
			Error::BondNotThere
		);
		assert_noop!(Claims::stake(signed(account(99)), 1_000), Error::BondNotThere);
	});
}

#[test]
fn stake_counts_anew_when_it_weighs_more() {
	build_and_execute(|| {
		stake(A, 1_000);
		assert_eq!(assessor(A).since, 1);
		run_to(5);
		stake(A, 1);
		assert_eq!((assessor(A).since, assessor(A).weight), (5, 1_001));
		run_to(9);
		stake(A, 2_000_000);
		assert_eq!((assessor(A).since, assessor(A).weight), (9, 1_000_000));
		assert_eq!(TotalWeight::<Test>::get(), 1_000_000);
		// Above what counts at most, more of it changes nothing.
		run_to(12);
		stake(A, 5);
		assert_eq!((assessor(A).since, assessor(A).weight), (9, 1_000_000));
		assert_eq!(on_hold(HoldReason::Stake, A), 2_001_006);
	});
}

#[test]
fn assessor_leaves_once_and_weighs_nothing_then() {
	build_and_execute(|| {
		assert_noop!(Claims::leave(signed(A.clone())), Error::NotAnAssessor);
		seated();
		run_to(10);
		assert_ok!(Claims::leave(signed(A.clone())));
		System::assert_last_event(
			Event::Left {
				assessor: A.clone(),
				free_from: 10 + UNBONDING,
			}
			.into(),
		);
		assert_eq!(assessor(A).weight, 0);
		assert_eq!(TotalWeight::<Test>::get(), 2 * STAKE);
		assert_eq!(on_hold(HoldReason::Stake, A), STAKE);
		assert_noop!(Claims::leave(signed(A.clone())), Error::HasLeft);
		assert_noop!(Claims::stake(signed(A.clone()), 1_000), Error::HasLeft);
	});
}

#[test]
fn stake_is_withdrawn_when_the_unbonding_period_is_over() {
	build_and_execute(|| {
		let withdraw = || Claims::withdraw_stake(signed(A.clone()));
		assert_noop!(withdraw(), Error::NotAnAssessor);
		stake(A, STAKE);
		assert_noop!(withdraw(), Error::NotLeft);
		run_to(10);
		assert_ok!(Claims::leave(signed(A.clone())));
		assert_noop!(withdraw(), Error::StakeLocked);
		run_to(10 + UNBONDING - 1);
		assert_noop!(withdraw(), Error::StakeLocked);
		run_to(10 + UNBONDING);
		assert_ok!(withdraw());
		System::assert_last_event(
			Event::StakeWithdrawn {
				assessor: A.clone(),
				stake: STAKE,
			}
			.into(),
		);
		assert_eq!(native(A), ENDOWMENT);
		assert_eq!(on_hold(HoldReason::Stake, A), 0);
		assert!(!Assessors::<Test>::contains_key(A));
		assert_noop!(withdraw(), Error::NotAnAssessor);
		// And may begin anew.
		stake(A, 1_000);
		assert_eq!((assessor(A).since, assessor(A).free_from), (10 + UNBONDING, None));
		assert_eq!(TotalWeight::<Test>::get(), 1_000);
	});
}

#[test]
fn stake_stays_locked_when_votes_are_not_settled() {
	build_and_execute(|| {
		seated();
		let case = judged();
		commit(A, case, 100);
		assert_ok!(Claims::leave(signed(A.clone())));
		run_to(last_reveal(case) + 1);
		// Nobody moves the case on for longer than the unbonding period.
		run(UNBONDING);
		let withdraw = || Claims::withdraw_stake(signed(A.clone()));
		assert_noop!(withdraw(), Error::VotesNotSettled);
		// The vote was never revealed, and nobody else voted: it costs its slice in the second attempt.
		poke(case);
		assert_noop!(withdraw(), Error::VotesNotSettled);
		assert_eq!(settled(case, A), (0, SLICE));
		assert_ok!(withdraw());
		assert_eq!(native(A), ENDOWMENT - SLICE);
	});
}

#[test]
fn leaver_reveals_and_is_paid_but_commits_no_more() {
	build_and_execute(|| {
		seated();
		let (first, second) = (judged(), judged());
		commit(A, first, 100);
		assert_ok!(Claims::leave(signed(A.clone())));
		assert_noop!(try_commit(A, second, 100), Error::HasLeft);
		run_to(deadline(first) + 1);
		reveal(A, first, 100);
		run_to(last_reveal(first) + 1);
		poke(first);
		// What the vote weighed when it was committed counts.
		assert_eq!(case(first).verdict, Some(100));
		assert_eq!(settled(first, A), (FEE, 0));
		assert_eq!(TotalWeight::<Test>::get(), 2 * STAKE);
		assert_eq!((assessor(A).weight, assessor(A).votes), (0, 0));
	});
}

#[test]
fn stake_votes_only_in_what_is_opened_later() {
	build_and_execute(|| {
		stake(A, 1_000);
		run_to(10);
		stake(B, 1_000);
		let case = judged();
		stake(C, 1_000);
		assert_eq!(Rounds::<Test>::get(case).unwrap().opened, 10);
		commit(A, case, 100);
		// In the block in which the voting begins is too late, before as well as after: nobody stakes on what they see.
		assert_noop!(try_commit(B, case, 100), Error::StakeTooRecent);
		assert_noop!(try_commit(C, case, 100), Error::StakeTooRecent);
		run(1);
		assert_noop!(try_commit(B, case, 100), Error::StakeTooRecent);
		let later = judged();
		commit(B, later, 100);
		commit(C, later, 100);
		// With more at stake than when the voting began, it is too recent as well.
		let last = judged();
		stake(B, 1);
		assert_noop!(try_commit(B, last, 100), Error::StakeTooRecent);
	});
}

#[test]
fn second_attempt_is_open_to_those_who_staked_during_the_first() {
	build_and_execute(|| {
		let case = judged();
		run(1);
		stake(A, 1_000);
		assert_noop!(try_commit(A, case, 100), Error::StakeTooRecent);
		pass_assessment(case);
		commit(A, case, 100);
	});
}

#[test]
fn vote_is_refused_when_the_stake_weighs_nothing() {
	build_and_execute(|| {
		seat(&[1_000, 1_000]);
		let (first, second) = (judged(), judged());
		commit(A, first, 100);
		// Never revealed.
		pass_assessment(first);
		assert_eq!(settled(first, A), (0, 50));
		assert_eq!((assessor(A).stake, assessor(A).weight), (950, 0));
		assert_eq!(TotalWeight::<Test>::get(), 1_000);
		assert_noop!(try_commit(A, first, 100), Error::NoWeight);
		assert_noop!(Claims::stake(signed(A.clone()), 49), Error::StakeTooSmall);
		stake(A, 50);
		assert_eq!(assessor(A).weight, 1_000);
		assert_noop!(try_commit(A, first, 100), Error::StakeTooRecent);
		pass_assessment(second);
		assert_noop!(try_commit(&account(99), second, 100), Error::NotAnAssessor);
		run(1);
		let third = judged();
		commit(A, third, 100);
	});
}

#[test]
fn vote_is_refused_when_too_much_of_the_stake_is_at_risk() {
	build_and_execute(|| {
		govern(|claims| claims.slice = Perbill::from_percent(40));
		seated();
		let cases = [judged(), judged(), judged()];
		commit(A, cases[0], 100);
		commit(A, cases[1], 100);
		assert_eq!((assessor(A).at_risk, assessor(A).votes), (8_000, 2));
		assert_noop!(try_commit(A, cases[2], 100), Error::StakeAtRisk);
		// More stake that does not count makes room for it.
		govern(|claims| claims.max_weight = STAKE);
		stake(A, 1_999);
		assert_noop!(try_commit(A, cases[2], 100), Error::StakeAtRisk);
		stake(A, 1);
		commit(A, cases[2], 100);
		assert_eq!((assessor(A).at_risk, assessor(A).stake), (12_000, 12_000));

		// All of it can be lost, and no more than that.
		for case in cases {
			pass_assessment_together(case);
			assert_eq!(settled(case, A), (0, 4_000));
		}
		assert_eq!(
			(assessor(A).stake, assessor(A).at_risk, assessor(A).votes),
			(0, 0, 0)
		);
		assert_eq!(on_hold(HoldReason::Stake, A), 0);
	});
}

/// Moves a case on that nobody revealed a vote in, now if that is possible.
fn pass_assessment_together(case: CaseId) {
	run_to(block().max(last_reveal(case) + 1));
	poke(case);
}

// ---------------------------------------------------------------------------------------------- Committing and revealing

#[test]
fn votes_are_committed_and_revealed_up_to_the_last_block_of_each() {
	build_and_execute(|| {
		seat(&[STAKE; 5]);
		let opened = block();
		let case = judged();
		let Phase::Assessing {
			commit_until,
			reveal_until,
		} = phase(case)
		else {
			panic!("assessors are not asked");
		};
		assert_eq!(
			(commit_until, reveal_until),
			(opened + COMMIT, opened + COMMIT + REVEAL)
		);
		commit(A, case, 100);
		assert_noop!(try_reveal(A, case, 100), Error::RevealClosed);
		run_to(commit_until);
		assert_noop!(try_reveal(A, case, 100), Error::RevealClosed);
		commit(B, case, 100);
		commit(C, case, 100);
		run_to(commit_until + 1);
		assert_noop!(try_commit(&JUDGES[3], case, 100), Error::CommitClosed);
		reveal(A, case, 100);
		run_to(reveal_until);
		assert_noop!(try_poke(case), Error::NothingDue);
		reveal(B, case, 100);
		run_to(reveal_until + 1);
		assert_noop!(try_reveal(C, case, 100), Error::RevealClosed);
		assert_noop!(try_commit(&JUDGES[3], case, 100), Error::CommitClosed);
		poke(case);
		assert_noop!(try_reveal(C, case, 100), Error::RevealClosed);
		assert_noop!(try_commit(&JUDGES[3], case, 100), Error::CommitClosed);
		assert_eq!(settled(case, C), (0, SLICE));
	});
}

#[test]
fn votes_are_refused_when_there_is_no_case() {
	build_and_execute(|| {
		seated();
		assert_noop!(try_commit(A, 0, 100), Error::UnknownCase);
		assert_noop!(try_reveal(A, 0, 100), Error::UnknownCase);
		let case = judged();
		conclude(case, 100);
		assert_noop!(try_commit(A, case, 100), Error::UnknownCase);
		assert_noop!(try_reveal(A, case, 100), Error::UnknownCase);
	});
}

#[test]
fn commitment_is_the_hash_of_case_account_percentage_and_salt() {
	build_and_execute(|| {
		let mut bytes = 7u32.to_le_bytes().to_vec();
		bytes.extend_from_slice(A.as_ref());
		bytes.push(42);
		bytes.extend_from_slice(&[3; 32]);
		assert_eq!(
			Claims::commitment(7, A, 42, [3; 32]).0,
			sp_io::hashing::blake2_256(&bytes)
		);
	});
}

#[test]
fn reveal_is_refused_when_it_is_not_what_was_committed() {
	build_and_execute(|| {
		seated();
		let case = judged();
		let try_with =
			|who: &AccountId, percent, salt| Claims::reveal(signed(who.clone()), case, percent, salt);
		commit(A, case, 70);
		// Somebody else commits the same hash.
		let copy = Claims::commitment(case, A, 70, SALT);
		assert_ok!(Claims::commit(signed(B.clone()), case, copy));
		// And somebody one above all of it.
		let above = Claims::commitment(case, C, 101, SALT);
		assert_ok!(Claims::commit(signed(C.clone()), case, above));
		run_to(deadline(case) + 1);

		assert_noop!(try_with(A, 71, SALT), Error::CommitmentMismatch);
		assert_noop!(try_with(A, 70, [8; 32]), Error::CommitmentMismatch);
		assert_noop!(try_with(&JUDGES[3], 70, SALT), Error::NothingCommitted);
		assert_ok!(try_with(A, 70, SALT));
		System::assert_last_event(
			Event::Revealed {
				case,
				assessor: A.clone(),
				percent: 70,
			}
			.into(),
		);
		assert_noop!(try_with(A, 70, SALT), Error::AlreadyRevealed);
		// A copy is of no use, even when it is known what it says.
		assert_noop!(try_with(B, 70, SALT), Error::CommitmentMismatch);
		assert_noop!(try_with(C, 101, SALT), Error::BadPercent);
		assert_noop!(try_with(C, 255, SALT), Error::BadPercent);
		run_to(last_reveal(case) + 1);
		poke(case);
		assert_eq!(self::case(case).verdict, Some(70));
		for copier in [B, C] {
			assert_eq!(settled(case, copier), (0, SLICE));
		}
		assert_eq!(settled(case, A), (FEE, 0));
	});
}

#[test]
fn second_vote_is_refused_in_one_attempt() {
	build_and_execute(|| {
		seated();
		let case = judged();
		commit(A, case, 100);
		assert_noop!(try_commit(A, case, 100), Error::AlreadyCommitted);
		assert_noop!(try_commit(A, case, 0), Error::AlreadyCommitted);
		assert_eq!((assessor(A).votes, assessor(A).at_risk), (1, SLICE));
		assert_eq!(
			Votes::<Test>::get(case, A).unwrap(),
			Vote {
				attempt: 0,
				weight: STAKE,
				slice: SLICE,
				ballot: Ballot::Committed(Claims::commitment(case, A, 100, SALT)),
			}
		);
	});
}

#[test]
fn vote_of_the_first_attempt_is_lost_and_can_be_cast_again_in_the_second() {
	build_and_execute(|| {
		seated();
		let case = judged();
		commit(A, case, 100);
		commit(B, case, 100);
		assert_noop!(try_settle(case, A), Error::RoundOpen);
		pass_assessment(case);
		// The old commitment is not revealed any more.
		run(1);
		let before = reserve();
		commit(A, case, 60);
		assert!(was_told(&Event::VoteSettled {
			case,
			assessor: A.clone(),
			reward: 0,
			lost: SLICE,
		}));
		assert_eq!(reserve() - before, SLICE);
		// With what is left of the stake.
		assert_eq!(
			(assessor(A).stake, assessor(A).weight, assessor(A).votes),
			(9_500, 9_500, 1)
		);
		assert_eq!(assessor(A).at_risk, 475);
		assert_noop!(try_commit(A, case, 60), Error::AlreadyCommitted);
		run_to(deadline(case) + 1);
		assert_noop!(try_reveal(B, case, 100), Error::NothingCommitted);
		reveal(A, case, 60);
		assert_noop!(try_settle(case, A), Error::RoundOpen);
		// The vote of the first attempt costs its slice at any time from the second on.
		assert_eq!(settled(case, B), (0, SLICE));
		run_to(last_reveal(case) + 1);
		poke(case);
		// The fee was doubled.
		assert_eq!(settled(case, A), (2 * FEE, 0));
		assert!(!Rounds::<Test>::contains_key(case));
	});
}

#[test]
fn vote_is_refused_when_it_is_on_ones_own_case() {
	build_and_execute(|| {
		for who in [&REPORTER, &BUYER, &HOLDER, &CHALLENGER] {
			stake(who, 1_000);
		}
		seated();
		let (product, pool) = market();
		let [first, second] = [(); 2].map(|()| buy(BUYER, product, order(pool, 100_000)));
		pass(WAITING);
		// Who reports an incident does not judge it; holders of policies do.
		let (incident, reported) = report(product);
		assert_noop!(try_commit(&REPORTER, reported, 100), Error::PartyToTheCase);
		commit(&BUYER, reported, 100);
		run_to(deadline(reported) + 1);
		reveal(&BUYER, reported, 100);
		pass_assessment(reported);
		settle_all(reported);
		pass_deadline(reported);

		// Who claims does not judge the claim, nor does who challenges it, nor who holds the policy since.
		let case = file(BUYER, incident, first, 1_000);
		challenge(case, 0);
		transfer(first, BUYER, HOLDER);
		for party in [&BUYER, &CHALLENGER, &HOLDER] {
			assert_noop!(try_commit(party, case, 50), Error::PartyToTheCase);
		}
		commit(&REPORTER, case, 50);
		// Who claimed under another policy is no party.
		let other = file(BUYER, incident, second, 2_000);
		commit(&HOLDER, other, 100);
		commit(&CHALLENGER, other, 100);
	});
}

#[test]
fn challenge_is_refused_when_it_comes_from_who_votes() {
	build_and_execute(|| {
		let (product, _, policy) = insured(1_000_000);
		seated();
		let incident = accepted(product, 100);
		let case = file(BUYER, incident, policy, 1_000);
		challenge(case, 50);
		commit(A, case, 0);
		// Or a party to the case would have a vote in it.
		assert_noop!(try_challenge(A.clone(), case, 0), Error::PartyToTheCase);
		assert_ok!(try_challenge(BOB, case, 0));
	});
}

// ---------------------------------------------------------------------------------------------- Verdicts and settlement

/// Judges with these stakes vote, and it is known what they say.
fn verdict_of(votes: &[(Balance, u8)]) -> (CaseId, u8) {
	let stakes: Vec<_> = votes.iter().map(|(stake, _)| *stake).collect();
	let percents: Vec<_> = votes.iter().map(|(_, percent)| *percent).collect();
	seat(&stakes);
	let case = judged();
	let verdict = judge(case, &percents);
	(case, verdict)
}

fn result(case: CaseId) -> RoundResult {
	Rounds::<Test>::get(case).unwrap().result.unwrap()
}

#[test]
fn fee_is_shared_by_weight_and_nothing_is_left() {
	build_and_execute(|| {
		let (case, verdict) = verdict_of(&[(10_000, 100), (20_000, 95), (33_333, 90)]);
		assert_eq!(verdict, 90);
		assert_eq!(native(&Claims::account()), SEED + FEE);
		// floor(200 * 10 000 / 63 333), then of what is left floor(169 * 20 000 / 53 333), then all of it.
		assert_eq!(settled(case, A), (31, 0));
		assert_eq!(Rounds::<Test>::get(case).unwrap().pot, 169);
		assert_eq!(settled(case, B), (63, 0));
		assert_eq!(settled(case, C), (106, 0));
		assert_eq!(native(&Claims::account()), SEED);
		assert!(!Rounds::<Test>::contains_key(case));
		for who in [A, B, C] {
			assert_eq!((assessor(who).votes, assessor(who).at_risk), (0, 0));
		}
	});
}

#[test]
fn order_of_settling_changes_nothing_but_the_last_units() {
	// Weights that divide the fee: everybody gets the same in any order, however late the case is final.
	let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]];
	for order in orders {
		build_and_execute(|| {
			let (case, verdict) = verdict_of(&[(20_000, 100), (20_000, 90), (40_000, 100), (10_000, 0)]);
			assert_eq!(verdict, 100);
			for judge in order {
				let expected = [(50, 0), (50, 0), (100, 0), (0, SLICE)][judge];
				assert_eq!(settled(case, &JUDGES[judge]), expected);
			}
			assert_eq!(reserve(), SLICE);
			assert_eq!(native(&Claims::account()), SEED);
		});
	}
	// Others differ by less than there are votes.
	for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
		build_and_execute(|| {
			let (case, _) = verdict_of(&[(10_001, 100), (20_003, 95), (33_333, 90)]);
			let mut sum = 0;
			for judge in order {
				let (reward, lost) = settled(case, &JUDGES[judge]);
				let share = FEE * [10_001, 20_003, 33_333][judge] / 63_337;
				assert!(reward.abs_diff(share) < 3 && lost == 0);
				sum += reward;
			}
			assert_eq!(sum, FEE);
		});
	}
}

#[test]
fn vote_agrees_up_to_ten_points_from_the_verdict() {
	build_and_execute(|| {
		let (case, verdict) =
			verdict_of(&[(20_000, 50), (20_000, 40), (20_000, 60), (1_000, 39), (1_000, 61)]);
		assert_eq!(verdict, 50);
		assert_eq!(
			result(case),
			RoundResult {
				verdict: Some(50),
				agreeing: 60_000,
				is_clear: true,
			}
		);
		assert_eq!(settled(case, &JUDGES[3]), (0, 50));
		assert_eq!(settled(case, &JUDGES[4]), (0, 50));
		for (who, share) in [(A, 66), (B, 67), (C, 67)] {
			assert_eq!(settled(case, who), (share, 0));
		}
	});
}

#[test]
fn tolerance_ends_at_nothing_and_at_everything() {
	for (verdict, far) in [(5u8, 16u8), (97, 86)] {
		build_and_execute(|| {
			let near = if verdict == 5 { 0 } else { 100 };
			let (case, said) = verdict_of(&[(20_000, verdict), (10_000, near), (10_000, far)]);
			assert_eq!(said, verdict);
			assert_eq!(settled(case, C), (0, SLICE));
			assert_eq!(settled(case, B), (66, 0));
			assert_eq!(settled(case, A), (134, 0));
		});
	}
}

#[test]
fn outsiders_lose_their_slices_when_two_thirds_agree() {
	// Exactly two thirds, by three assessors and in odd numbers.
	let exactly = [
		(10_000, 10_000, 10_000),
		(1_000, 1_002, 1_001),
		(333_333, 333_333, 333_333),
	];
	for (first, second, outsider) in exactly {
		build_and_execute(|| {
			let (case, verdict) = verdict_of(&[(first, 100), (second, 100), (outsider, 0)]);
			assert_eq!(verdict, 100);
			assert!(result(case).is_clear);
			let slice = (outsider * 5).div_ceil(100);
			let before = reserve();
			assert_eq!(settled(case, C), (0, slice));
			assert_eq!(reserve() - before, slice);
			assert_eq!(assessor(C).stake, outsider - slice);
			settle_all(case);
			assert_eq!(native(&Claims::account()), SEED);
		});
	}
}

#[test]
fn outsiders_lose_nothing_when_less_than_two_thirds_agree() {
	// A unit is missing.
	for votes in [
		[(10_000, 100), (10_000, 100), (10_001, 0)],
		[(9_999, 100), (10_000, 95), (10_000, 0)],
	] {
		build_and_execute(|| {
			let (case, verdict) = verdict_of(&votes);
			assert!(verdict >= 95);
			assert!(!result(case).is_clear);
			assert_eq!(settled(case, C), (0, 0));
			assert_eq!(assessor(C).stake, votes[2].0);
			let rewards = settled(case, A).0 + settled(case, B).0;
			assert_eq!(rewards, FEE);
			assert_eq!(reserve(), 0);
		});
	}
}

#[test]
fn silence_costs_a_slice_and_is_not_counted() {
	build_and_execute(|| {
		seated();
		let case = judged();
		for (judge, percent) in [(A, 80), (B, 0), (C, 0)] {
			commit(judge, case, percent);
		}
		run_to(deadline(case) + 1);
		reveal(A, case, 80);
		run_to(last_reveal(case) + 1);
		poke(case);
		assert_eq!(self::case(case).verdict, Some(80));
		// A third of all weight is behind it.
		assert!(!self::case(case).is_strong);
		assert_eq!(settled(case, B), (0, SLICE));
		assert_eq!(settled(case, A), (FEE, 0));
		assert_eq!(settled(case, C), (0, SLICE));
		assert_eq!(reserve(), 2 * SLICE);
	});
}

#[test]
fn silence_costs_a_slice_when_two_thirds_do_not_agree_either() {
	build_and_execute(|| {
		seat(&[STAKE; 4]);
		let case = judged();
		for judge in &JUDGES[..4] {
			let percent = if judge == A { 0 } else { 100 };
			commit(judge, case, percent);
		}
		run_to(deadline(case) + 1);
		// Of what is revealed, half says nothing was lost: the verdict is not clear.
		reveal(A, case, 0);
		reveal(B, case, 100);
		run_to(last_reveal(case) + 1);
		poke(case);
		assert_eq!(self::case(case).verdict, Some(100));
		assert!(!result(case).is_clear);
		assert_eq!(settled(case, A), (0, 0));
		assert_eq!(settled(case, B), (FEE, 0));
		let before = reserve();
		for silent in &JUDGES[2..4] {
			assert_eq!(settled(case, silent), (0, SLICE));
			assert_eq!(assessor(silent).weight, STAKE - SLICE);
		}
		assert_eq!(reserve() - before, 2 * SLICE);
		assert_eq!(TotalWeight::<Test>::get(), 4 * STAKE - 2 * SLICE);
	});
}

#[test]
fn vote_is_settled_once_and_by_anyone_when_the_verdict_is_known() {
	build_and_execute(|| {
		seated();
		let case = judged();
		assert_noop!(try_settle(case, A), Error::UnknownVote);
		assert_noop!(try_settle(case + 1, A), Error::UnknownVote);
		commit(A, case, 100);
		assert_noop!(try_settle(case, A), Error::RoundOpen);
		run_to(deadline(case) + 1);
		reveal(A, case, 100);
		run_to(last_reveal(case) + 1);
		assert_noop!(try_settle(case, A), Error::RoundOpen);
		poke(case);
		assert_noop!(try_settle(case, B), Error::UnknownVote);
		assert_ok!(Claims::settle(signed(account(99)), case, A.clone()));
		assert_noop!(try_settle(case, A), Error::UnknownVote);
	});
}

#[test]
fn votes_are_settled_the_same_when_token_holders_overturn_the_verdict() {
	build_and_execute(|| {
		let (case, verdict) = verdict_of(&[(10_000, 100), (10_000, 95), (10_000, 0)]);
		assert_eq!(verdict, 95);
		assert_eq!(settled(case, A), (100, 0));
		dispute(case, Direction::Downward);
		pass_deadline(case);
		pass_vote(case);
		assert!(!Cases::<Test>::contains_key(case));
		assert!(was_told(&Event::Decided {
			case,
			subject: Subject::Incident { incident: 0 },
			outcome: 0,
		}));
		// Long after, and against what became of it.
		run(100);
		assert_eq!(settled(case, B), (100, 0));
		assert_eq!(settled(case, C), (0, SLICE));
		assert!(!Rounds::<Test>::contains_key(case));
	});
}

#[test]
fn whale_decides_alone_only_with_what_counts_at_most() {
	build_and_execute(|| {
		// A hundred million on one side, three times what counts at most on the other.
		let most = ClaimsParameters::get().max_weight;
		let (case, verdict) = verdict_of(&[(100 * most, 0), (most, 100), (most, 95), (most, 100)]);
		assert_eq!(verdict, 100);
		assert_eq!(Rounds::<Test>::get(case).unwrap().total, 4 * most);
		assert_eq!(result(case).agreeing, 3 * most);
		assert!(self::case(case).is_strong);
		// The slice is of what voted, not of what is staked.
		assert_eq!(settled(case, A), (0, most / 20));
		assert_eq!(assessor(A).weight, most);
	});
}

#[test]
fn middle_one_decides_when_there_are_three() {
	for (votes, verdict) in [([0, 40, 100], 40), ([100, 0, 0], 0), ([30, 30, 100], 30)] {
		build_and_execute(|| {
			let (_, said) = verdict_of(&votes.map(|percent| (STAKE, percent)));
			assert_eq!(said, verdict);
		});
	}
}

#[test]
fn tied_median_goes_to_the_higher() {
	for (votes, verdict) in [
		(&[(STAKE, 0), (STAKE, 100)][..], 100),
		(&[(STAKE, 20), (STAKE, 30)], 30),
		(&[(STAKE, 0), (STAKE, 0), (2 * STAKE, 7)], 7),
		(&[(STAKE, 0), (STAKE + 1, 0), (2 * STAKE, 7)], 0),
	] {
		build_and_execute(|| assert_eq!(verdict_of(votes).1, verdict));
	}
}

#[test]
fn verdict_is_strong_when_half_of_all_weight_agrees() {
	// The last judge does not vote, and counts.
	for (absent, is_strong) in [(20_000, true), (20_001, false)] {
		build_and_execute(|| {
			stake(&JUDGES[4], absent);
			let (case, _) = verdict_of(&[(10_000, 100), (10_000, 90)]);
			let voted = self::case(case);
			assert_eq!((voted.verdict, voted.is_strong), (Some(100), is_strong));
			assert!(was_told(&Event::Verdict {
				case,
				verdict: 100,
				is_strong,
				until: block() + DISPUTE,
			}));
		});
	}
}

#[test]
fn verdict_is_not_strong_when_there_is_nobody_to_agree() {
	build_and_execute(|| {
		let case = judged();
		pass_assessment(case);
		pass_assessment(case);
		assert!(matches!(phase(case), Phase::Disputable { .. }));
		assert!(!self::case(case).is_strong);
	});
}

#[test]
fn round_keeps_its_rules_when_the_parameters_change() {
	build_and_execute(|| {
		seated();
		let case = judged();
		commit(A, case, 100);
		govern(|claims| {
			claims.slice = Perbill::from_percent(50);
			claims.tolerance = 0;
			claims.consensus = Perbill::one();
		});
		commit(B, case, 90);
		commit(C, case, 0);
		run_to(deadline(case) + 1);
		for (judge, percent) in [(A, 100), (B, 90), (C, 0)] {
			reveal(judge, case, percent);
		}
		run_to(last_reveal(case) + 1);
		poke(case);
		assert_eq!(settled(case, A), (100, 0));
		assert_eq!(settled(case, B), (100, 0));
		assert_eq!(settled(case, C), (0, SLICE));
	});
}
