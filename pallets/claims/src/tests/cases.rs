//! The way of a case through its instances.

use super::*;
use frame_support::{assert_noop, weights::Weight};
use sp_runtime::DispatchError;

/// An accepted incident with a policy of 1 000 000 for each of so many claims, whose judges are seated.
fn claimable(policies: u32) -> (ProductId, IncidentId, Vec<PolicyId>) {
	let (product, pool) = market();
	let policies = (0..policies)
		.map(|_| buy(BUYER, product, order(pool, 1_000_000)))
		.collect();
	pass(WAITING);
	seated();
	(product, accepted(product, 100), policies)
}

/// A claim that needs no vote, and one that does.
fn small_claim() -> (IncidentId, PolicyId, CaseId) {
	let (_, incident, policies) = claimable(1);
	(incident, policies[0], file(BUYER, incident, policies[0], 1_000))
}
fn large_claim() -> (IncidentId, PolicyId, CaseId) {
	let (_, incident, policies) = claimable(1);
	(incident, policies[0], file(BUYER, incident, policies[0], 100_000))
}

/// Cases of incidents on as many products, all with a verdict that was just disputed.
fn disputed_incidents(number: u32) -> Vec<CaseId> {
	let cases: Vec<_> = (0..number).map(|_| report(market().0).1).collect();
	judge_all(&cases, &[100; 3]);
	cases.iter().for_each(|case| dispute(*case, Direction::Downward));
	cases
}

/// A report with a verdict.
fn judged_incident(percents: &[u8]) -> (IncidentId, CaseId) {
	seated();
	let (incident, case) = report(market().0);
	judge(case, percents);
	(incident, case)
}

/// The product's record of cases.
fn record() -> Record {
	Records::<Test>::get(0)
}

fn decided(case: CaseId, subject: Subject, outcome: u8) -> bool {
	assert!(!Cases::<Test>::contains_key(case));
	was_told(&Event::Decided {
		case,
		subject,
		outcome,
	})
}

// ---------------------------------------------------------------------------------------------- First instance

#[test]
fn proposal_stands_when_nobody_challenges_it() {
	build_and_execute(|| {
		let (incident, policy, case) = small_claim();
		let until = block() + CHALLENGE;
		assert_eq!(phase(case), Phase::Optimistic { until });
		System::assert_last_event(
			Event::Proposed {
				case,
				proposal: 100,
				until,
			}
			.into(),
		);
		assert_eq!(on_hold(HoldReason::Bond, &BUYER), BOND + FEE);
		let (native_before, usd_before) = (total(&BUYER), usd(&BUYER));
		run_to(until);
		assert_noop!(try_poke(case), Error::NothingDue);
		run_to(until + 1);
		assert_noop!(try_challenge(CHALLENGER, case, 0), Error::NotChallengeable);
		poke(case);
		assert!(decided(case, Subject::Claim { incident, policy }, 100));
		assert_noop!(try_poke(case), Error::UnknownCase);
		// Nobody had to judge, so that nothing is to be paid for it.
		assert_eq!(on_hold(HoldReason::Bond, &BUYER), 0);
		assert_eq!(total(&BUYER), native_before);
		assert_eq!(usd(&BUYER), usd_before + 1_000);
		assert_eq!(
			claim(incident, policy).state,
			ClaimState::Paid {
				verdict: 100,
				paid: 1_000,
				arrears: 0,
			}
		);
		assert!(!Evidences::<Test>::contains_key(case, Role::Opener));
	});
}

#[test]
fn assessors_are_asked_when_a_proposal_is_challenged_in_time() {
	build_and_execute(|| {
		let (incident, policy, case) = small_claim();
		run_to(deadline(case));
		for alternative in [100, 101, 255] {
			assert_noop!(
				try_challenge(CHALLENGER, case, alternative),
				Error::AlternativeTooHigh
			);
		}
		let pot = native(&Claims::account());
		challenge(case, 99);
		let opened = block();
		assert!(was_told(&Event::Challenged {
			case,
			who: CHALLENGER,
			alternative: 99,
			bond: 2 * BOND,
		}));
		System::assert_last_event(
			Event::AssessmentBegan {
				case,
				commit_until: opened + COMMIT,
				reveal_until: opened + COMMIT + REVEAL,
			}
			.into(),
		);
		// The fee is the assessors' from now on.
		assert_eq!(native(&Claims::account()), pot + FEE);
		assert_eq!(on_hold(HoldReason::Bond, &BUYER), BOND);
		assert_eq!(on_hold(HoldReason::Bond, &CHALLENGER), 2 * BOND);
		assert_eq!(Evidences::<Test>::get(case, Role::Challenger), Some(evidence()));
		assert_eq!(
			Rounds::<Test>::get(case).unwrap(),
			Round {
				opened,
				attempt: 0,
				slice: ClaimsParameters::get().slice,
				tolerance: 10,
				consensus: ClaimsParameters::get().consensus,
				total: 3 * STAKE,
				votes: 0,
				pot: FEE,
				result: None,
			}
		);
		conclude(case, 40);
		assert!(decided(case, Subject::Claim { incident, policy }, 40));
		assert_eq!(
			claim(incident, policy).state,
			ClaimState::Paid {
				verdict: 40,
				paid: 400,
				arrears: 0,
			}
		);
		assert!(!Evidences::<Test>::contains_key(case, Role::Challenger));
	});
}

#[test]
fn challenger_makes_room_for_who_stands_for_less_with_twice_the_bond() {
	build_and_execute(|| {
		let (_, _, case) = small_claim();
		// A friend of the claimant, who stands for almost all of it.
		assert_ok!(try_challenge(HOLDER, case, 99));
		for alternative in [99, 100] {
			assert_noop!(
				try_challenge(CHALLENGER, case, alternative),
				Error::AlternativeTooHigh
			);
		}
		let round = Rounds::<Test>::get(case);
		run_to(deadline(case));
		assert_ok!(Claims::challenge(
			signed(CHALLENGER),
			case,
			98,
			b"ipfs://more".to_vec(),
			hash()
		));
		System::assert_last_event(
			Event::Challenged {
				case,
				who: CHALLENGER,
				alternative: 98,
				bond: 4 * BOND,
			}
			.into(),
		);
		assert_eq!(on_hold(HoldReason::Bond, &HOLDER), 0);
		assert_eq!(on_hold(HoldReason::Bond, &CHALLENGER), 4 * BOND);
		// The voting goes on as it was.
		assert_eq!(Rounds::<Test>::get(case), round);
		let told = Evidences::<Test>::get(case, Role::Challenger).unwrap();
		assert_eq!(told.uri.to_vec(), b"ipfs://more");
		// Once nobody can commit any more it is too late.
		run(1);
		assert_noop!(try_challenge(HOLDER, case, 0), Error::NotChallengeable);
		// The next bond is twice the last one.
		pass_assessment(case);
		judge(case, &[100; 3]);
		dispute(case, Direction::Downward);
		assert_eq!(on_hold(HoldReason::Bond, &DOWN), 8 * BOND);
		assert_eq!(self::case(case).asked(Direction::Downward), 98);
	});
}

#[test]
fn challenge_is_refused_when_there_is_no_proposal_or_no_bond() {
	build_and_execute(|| {
		let (.., case) = large_claim();
		assert_noop!(try_challenge(CHALLENGER, 99, 0), Error::UnknownCase);
		// It is voted on anyway.
		assert_noop!(try_challenge(CHALLENGER, case, 0), Error::NotChallengeable);
		judge(case, &[100; 3]);
		assert_noop!(try_challenge(CHALLENGER, case, 0), Error::NotChallengeable);
		pass_deadline(case);
		assert_noop!(try_challenge(CHALLENGER, case, 0), Error::UnknownCase);
	});
	build_and_execute(|| {
		let (_, _, case) = small_claim();
		assert_noop!(try_challenge(account(99), case, 0), Error::BondNotThere);
		let long = || vec![b'x'; 129];
		let with = |uri| Claims::challenge(signed(CHALLENGER), case, 0, uri, hash());
		assert_noop!(with(long()), Error::EvidenceTooLong);
		assert_noop!(with(vec![]), Error::BadUri);
		assert_ok!(with(vec![b'x'; 128]));
	});
}

#[test]
fn evidence_is_told_by_anyone_when_it_is_a_uri() {
	build_and_execute(|| {
		let (_, case) = report(market().0);
		let add = |case, uri: &[u8]| Claims::add_evidence(signed(account(99)), case, uri.to_vec(), hash());
		assert_noop!(add(case + 1, b"ipfs://x"), Error::UnknownCase);
		for bad in [&b""[..], b"with space", b"tab\t", "ä".as_bytes(), b"\x00"] {
			assert_noop!(add(case, bad), Error::BadUri);
		}
		assert_noop!(add(case, &[b'x'; 129]), Error::EvidenceTooLong);
		assert_ok!(add(case, &uri()));
		System::assert_last_event(
			Event::EvidenceAdded {
				case,
				who: account(99),
				evidence: evidence(),
			}
			.into(),
		);
	});
}

// ---------------------------------------------------------------------------------------------- Second instance

#[test]
fn verdict_stands_when_nobody_disputes_it() {
	build_and_execute(|| {
		let (incident, case) = judged_incident(&[80, 70, 75]);
		let until = block() + DISPUTE;
		assert_eq!(phase(case), Phase::Disputable { until });
		System::assert_last_event(
			Event::Verdict {
				case,
				verdict: 75,
				is_strong: true,
				until,
			}
			.into(),
		);
		run_to(until);
		assert_noop!(try_poke(case), Error::NothingDue);
		run_to(until + 1);
		assert_noop!(try_dispute(UP, case, Direction::Upward), Error::NotDisputable);
		poke(case);
		assert!(decided(case, Subject::Incident { incident }, 75));
		assert_eq!((record().verdicts, record().overturned), (1, 0));
		assert!(matches!(
			self::incident(incident).state,
			IncidentState::Accepted { verdict: 75, .. }
		));
	});
}

#[test]
fn voting_reopens_once_with_twice_the_fee_when_nobody_reveals() {
	build_and_execute(|| {
		seated();
		let (_, case) = report(market().0);
		commit(&JUDGES[0], case, 0);
		let issuance = Balances::total_issuance();
		pass_assessment(case);
		let opened = block();
		System::assert_last_event(
			Event::AssessmentBegan {
				case,
				commit_until: opened + COMMIT,
				reveal_until: opened + COMMIT + REVEAL,
			}
			.into(),
		);
		let round = Rounds::<Test>::get(case).unwrap();
		assert_eq!((round.attempt, round.pot, round.opened), (1, 2 * FEE, opened));
		assert_eq!(native(&TREASURY), TREASURE - FEE);
		assert_eq!(native(&Claims::account()), SEED + 2 * FEE);
		judge(case, &[100, 100, 0]);
		settle_all(case);
		pass_deadline(case);
		// What the opener paid is refunded, and no more.
		assert_eq!(native(&TREASURY), TREASURE - 2 * FEE);
		assert_eq!(total(&REPORTER), ENDOWMENT);
		assert_eq!(native(&Claims::account()), SEED);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn voting_reopens_with_the_same_fee_when_the_treasury_has_none() {
	build_and_execute(|| {
		seated();
		assert_ok!(Balances::transfer_allow_death(
			signed(TREASURY),
			BOB,
			TREASURE - FEE - SEED + 1
		));
		let (_, case) = report(market().0);
		pass_assessment(case);
		assert_eq!(Rounds::<Test>::get(case).unwrap().pot, FEE);
		assert_eq!(native(&TREASURY), FEE + SEED - 1);
		judge(case, &[100; 3]);
		settle_all(case);
		assert_eq!(native(&Claims::account()), SEED);
		pass_deadline(case);
		// Nor can it refund the fee of a case that was accepted.
		assert_eq!(total(&REPORTER), ENDOWMENT - FEE);
	});
}

#[test]
fn proposal_stands_open_to_dispute_when_nobody_reveals_twice() {
	for with_commitments in [false, true] {
		build_and_execute(|| {
			seated();
			let (incident, case) = report(market().0);
			for _ in 0..2 {
				if with_commitments {
					commit(&JUDGES[0], case, 0);
				}
				pass_assessment(case);
			}
			let until = block() + DISPUTE;
			System::assert_last_event(
				Event::Verdict {
					case,
					verdict: 100,
					is_strong: false,
					until,
				}
				.into(),
			);
			assert_eq!(self::case(case).verdict, Some(100));
			assert_eq!(phase(case), Phase::Disputable { until });
			// Nobody earned the fee: it is whose it was.
			assert_eq!(native(&Claims::account()), SEED);
			assert_eq!(native(&TREASURY), TREASURE);
			assert_eq!(total(&REPORTER), ENDOWMENT);
			assert_eq!(on_hold(HoldReason::Bond, &REPORTER), BOND);
			assert_eq!(Rounds::<Test>::contains_key(case), with_commitments);

			// It is as it was proposed: less can be asked for, and more cannot.
			assert_noop!(try_dispute(UP, case, Direction::Upward), Error::NothingToDispute);
			dispute(case, Direction::Downward);
			pass_deadline(case);
			assert_eq!(asked(referendum(case).0).majority, Majority::Simple);
			fail_vote(case);
			assert!(decided(case, Subject::Incident { incident }, 100));
			settle_all(case);
			assert!(!Rounds::<Test>::contains_key(case));
			assert_eq!(native(&Claims::account()), SEED);
		});
	}
}

#[test]
fn case_nobody_votes_on_ends_as_it_was_proposed() {
	build_and_execute(|| {
		let (product, _) = market();
		let (incident, case) = report(product);
		pass_assessment(case);
		pass_assessment(case);
		pass_deadline(case);
		assert!(decided(case, Subject::Incident { incident }, 100));
		assert_eq!(total(&REPORTER), ENDOWMENT);
		assert_eq!(native(&TREASURY), TREASURE);
	});
}

// ---------------------------------------------------------------------------------------------- Disputes

#[test]
fn verdict_is_disputed_once_in_each_direction_in_time() {
	build_and_execute(|| {
		let (_, case) = judged_incident(&[40; 3]);
		run_to(deadline(case));
		dispute(case, Direction::Upward);
		System::assert_last_event(
			Event::Disputed {
				case,
				direction: Direction::Upward,
				who: UP,
				bond: 2 * BOND,
			}
			.into(),
		);
		assert_noop!(try_dispute(BOB, case, Direction::Upward), Error::AlreadyDisputed);
		dispute(case, Direction::Downward);
		assert_noop!(
			try_dispute(BOB, case, Direction::Downward),
			Error::AlreadyDisputed
		);
		for (who, role) in [(UP, Role::Upward), (DOWN, Role::Downward)] {
			assert_eq!(on_hold(HoldReason::Bond, &who), 2 * BOND);
			assert_eq!(Evidences::<Test>::get(case, role), Some(evidence()));
		}
		// Upward asks for what it was opened with, and is voted on first.
		pass_deadline(case);
		let ends = block() + VotingPeriod::get();
		assert_eq!(
			phase(case),
			Phase::Voting {
				direction: Direction::Upward,
				ballot: 0,
				referendum: 0,
				ends,
			}
		);
		System::assert_last_event(
			Event::ReferendumStarted {
				case,
				direction: Direction::Upward,
				referendum: 0,
				ballot: 0,
				ends,
			}
			.into(),
		);
		assert_noop!(try_dispute(BOB, case, Direction::Downward), Error::NotDisputable);
	});
}

#[test]
fn dispute_is_refused_when_there_is_nothing_to_dispute() {
	build_and_execute(|| {
		seated();
		let (_, case) = report(market().0);
		assert_noop!(try_dispute(UP, case + 1, Direction::Upward), Error::UnknownCase);
		assert_noop!(try_dispute(UP, case, Direction::Upward), Error::NotDisputable);
		judge(case, &[100; 3]);
		assert_noop!(try_dispute(UP, case, Direction::Upward), Error::NothingToDispute);
		assert_noop!(
			try_dispute(account(99), case, Direction::Downward),
			Error::BondNotThere
		);
	});
	build_and_execute(|| {
		let (_, case) = judged_incident(&[0; 3]);
		assert_noop!(
			try_dispute(DOWN, case, Direction::Downward),
			Error::NothingToDispute
		);
		dispute(case, Direction::Upward);
	});
	// Downward asks for what the challenger stands for.
	for (verdict, is_refused) in [(60, true), (59, true), (61, false)] {
		build_and_execute(|| {
			let (_, _, case) = small_claim();
			challenge(case, 60);
			judge(case, &[verdict; 3]);
			if is_refused {
				assert_noop!(
					try_dispute(DOWN, case, Direction::Downward),
					Error::NothingToDispute
				);
			} else {
				dispute(case, Direction::Downward);
				assert_eq!(on_hold(HoldReason::Bond, &DOWN), 4 * BOND);
			}
		});
	}
}

#[test]
fn disputed_verdict_is_changed_when_token_holders_vote_for_it() {
	for (verdict, direction, outcome) in [
		(40, Direction::Upward, 100),
		(40, Direction::Downward, 0),
		(0, Direction::Upward, 100),
		(100, Direction::Downward, 0),
	] {
		build_and_execute(|| {
			let (incident, case) = judged_incident(&[verdict; 3]);
			dispute(case, direction);
			pass_deadline(case);
			let (id, ballot) = referendum(case);
			pass_vote(case);
			assert!(decided(case, Subject::Incident { incident }, outcome));
			assert!(was_told(&Event::ReferendumEnded {
				case,
				referendum: id,
				passed: true,
			}));
			assert!(asked(id).forgotten);
			assert_eq!((asked(id).case, asked(id).ballot), (case, ballot));
			assert_eq!((record().verdicts, record().overturned), (1, 1));
			assert!(Running::<Test>::get().is_empty());
		});
	}
}

#[test]
fn challengers_figure_is_decided_when_the_downward_dispute_passes() {
	build_and_execute(|| {
		let (incident, policy, case) = small_claim();
		challenge(case, 30);
		judge(case, &[80; 3]);
		dispute(case, Direction::Upward);
		dispute(case, Direction::Downward);
		pass_deadline(case);
		fail_vote(case);
		pass_vote(case);
		assert!(decided(case, Subject::Claim { incident, policy }, 30));
		assert!(matches!(
			claim(incident, policy).state,
			ClaimState::Paid {
				verdict: 30,
				paid: 300,
				arrears: 0
			}
		));
	});
}

#[test]
fn verdict_stands_when_the_referendum_does_not_pass() {
	for (direction, is_voted) in [
		(Direction::Upward, true),
		(Direction::Downward, true),
		(Direction::Upward, false),
		(Direction::Downward, false),
	] {
		build_and_execute(|| {
			let (incident, case) = judged_incident(&[40; 3]);
			dispute(case, direction);
			pass_deadline(case);
			let (id, ballot) = referendum(case);
			if is_voted {
				fail_referendum(id);
			}
			run_to(deadline(case));
			assert_noop!(try_poke(case), Error::NothingDue);
			run(1);
			assert_noop!(Claims::enact(root(), case, ballot), Error::NotPassed);
			poke(case);
			assert!(decided(case, Subject::Incident { incident }, 40));
			assert!(was_told(&Event::ReferendumEnded {
				case,
				referendum: id,
				passed: false,
			}));
			assert!(asked(id).forgotten);
			assert!(Running::<Test>::get().is_empty());
			assert_eq!((record().verdicts, record().overturned), (1, 0));
			// A bond is lost only where somebody voted.
			let bond = if is_voted { 2 * BOND } else { 0 };
			let who = if direction == Direction::Upward { UP } else { DOWN };
			assert_eq!(total(&who), ENDOWMENT - bond);
		});
	}
}

#[test]
fn downward_is_voted_on_only_when_upward_failed() {
	build_and_execute(|| {
		let (incident, case) = judged_incident(&[40; 3]);
		dispute(case, Direction::Downward);
		dispute(case, Direction::Upward);
		pass_deadline(case);
		assert!(asked(0).text.contains("Aye: it is 100 % instead"));
		fail_vote(case);
		let ends = block() + VotingPeriod::get();
		assert_eq!(
			phase(case),
			Phase::Voting {
				direction: Direction::Downward,
				ballot: 1,
				referendum: 1,
				ends,
			}
		);
		assert!(asked(0).forgotten);
		assert!(asked(1).text.contains("Aye: it is 0 % instead"));
		assert_eq!(Running::<Test>::get().to_vec(), [(case, true, ends)]);
		let pending = Pending {
			cases: 1,
			referenda: 1,
		};
		assert_eq!(Claims::report_pending(), pending);
		// The ballot of the first vote enacts nothing.
		pass_referendum(1);
		run_to(ends);
		assert_noop!(Claims::enact(root(), case, 0), Error::NotPassed);
		assert_ok!(Claims::enact(root(), case, 1));
		poke(case);
		assert!(decided(case, Subject::Incident { incident }, 0));
	});
	build_and_execute(|| {
		let (incident, case) = judged_incident(&[40; 3]);
		dispute(case, Direction::Downward);
		dispute(case, Direction::Upward);
		pass_deadline(case);
		pass_vote(case);
		assert!(decided(case, Subject::Incident { incident }, 100));
		assert_eq!(Asked::get().len(), 1);
		// What was never voted on costs nothing.
		assert_eq!(total(&DOWN), ENDOWMENT);
	});
}

// ---------------------------------------------------------------------------------------------- Enactment

#[test]
fn verdict_is_enacted_once_by_its_referendum_alone() {
	build_and_execute(|| {
		let (incident, case) = judged_incident(&[100; 3]);
		let enact = |ballot| Claims::enact(root(), case, ballot);
		assert_noop!(enact(0), Error::NotPassed);
		dispute(case, Direction::Downward);
		pass_deadline(case);
		let (id, ballot) = referendum(case);
		pass_referendum(id);
		// Not before it has passed.
		assert_noop!(enact(ballot), Error::NotPassed);
		run_to(deadline(case));
		assert_noop!(enact(ballot), Error::NotPassed);
		run(1);
		for origin in [signed(DOWN), RuntimeOrigin::none()] {
			assert_noop!(Claims::enact(origin, case, ballot), DispatchError::BadOrigin);
		}
		assert_noop!(enact(ballot + 1), Error::NotPassed);
		assert_noop!(Claims::enact(root(), case + 1, ballot), Error::UnknownCase);
		assert_ok!(enact(ballot));
		System::assert_last_event(
			Event::ReferendumEnded {
				case,
				referendum: id,
				passed: true,
			}
			.into(),
		);
		assert_eq!(phase(case), Phase::Decided { outcome: 0 });
		assert!(Running::<Test>::get().is_empty());
		assert_noop!(enact(ballot), Error::NotPassed);
		// What follows from it waits for nobody.
		poke(case);
		assert!(decided(case, Subject::Incident { incident }, 0));
		assert_noop!(enact(ballot), Error::UnknownCase);
	});
}

#[test]
fn passed_referendum_takes_effect_when_its_enactment_never_comes() {
	build_and_execute(|| {
		let (incident, case) = judged_incident(&[100; 3]);
		dispute(case, Direction::Downward);
		pass_deadline(case);
		let (id, ballot) = referendum(case);
		pass_referendum(id);
		let overdue = asked(id).ends + EnactmentPeriod::get();
		run_to(overdue);
		assert_noop!(try_poke(case), Error::NothingDue);
		run(1);
		// Late is no less: both ways lead to the same.
		let now = System::block_number();
		assert_eq!(now, overdue + 1);
		poke(case);
		assert!(decided(case, Subject::Incident { incident }, 0));
		assert!(asked(id).forgotten);
		assert!(Running::<Test>::get().is_empty());
		assert_noop!(Claims::enact(root(), case, ballot), Error::UnknownCase);
		assert_eq!(total(&DOWN), ENDOWMENT + BOND / 2);
	});
}

#[test]
fn referendum_is_held_again_when_it_was_cancelled_once() {
	build_and_execute(|| {
		let (incident, case) = judged_incident(&[100; 3]);
		dispute(case, Direction::Downward);
		pass_deadline(case);
		assert_eq!(referendum(case), (0, 0));
		run(3);
		pass_referendum(0);
		assert_noop!(try_poke(case), Error::NothingDue);
		cancel_referendum(0);
		assert_noop!(Claims::enact(root(), case, 0), Error::NotPassed);
		poke(case);
		let ends = block() + VotingPeriod::get();
		assert!(was_told(&Event::ReferendumEnded {
			case,
			referendum: 0,
			passed: false,
		}));
		System::assert_last_event(
			Event::ReferendumStarted {
				case,
				direction: Direction::Downward,
				referendum: 1,
				ballot: 1,
				ends,
			}
			.into(),
		);
		assert!(asked(0).forgotten && self::case(case).restarted);
		assert_eq!(Running::<Test>::get().to_vec(), [(case, true, ends)]);
		assert!(asked(1).text.contains("ballot 1"));
		pass_referendum(1);
		run_to(ends);
		assert_noop!(Claims::enact(root(), case, 0), Error::NotPassed);
		assert_ok!(Claims::enact(root(), case, 1));
		poke(case);
		assert!(decided(case, Subject::Incident { incident }, 0));
	});
}

#[test]
fn referendum_counts_as_failed_and_unvoted_when_it_was_cancelled_twice() {
	build_and_execute(|| {
		let (incident, case) = judged_incident(&[40; 3]);
		dispute(case, Direction::Upward);
		dispute(case, Direction::Downward);
		pass_deadline(case);
		for id in 0..2 {
			// Even where somebody had voted.
			pass_referendum(id);
			cancel_referendum(id);
			poke(case);
		}
		// That was the upward one. The other one is held, and again after it was cancelled.
		assert!(matches!(
			phase(case),
			Phase::Voting {
				direction: Direction::Downward,
				ballot: 2,
				referendum: 2,
				..
			}
		));
		cancel_referendum(2);
		poke(case);
		assert_eq!(referendum(case), (3, 3));
		run(1);
		cancel_referendum(3);
		poke(case);
		assert!(decided(case, Subject::Incident { incident }, 40));
		assert_eq!(total(&UP), ENDOWMENT);
		assert_eq!(total(&DOWN), ENDOWMENT);
		assert_eq!(Asked::get().len(), 4);
		assert!(Asked::get().iter().all(|question| question.forgotten));
		assert!(Running::<Test>::get().is_empty());
	});
}

#[test]
fn referendum_counts_as_unvoted_when_it_was_cancelled_after_its_turnout_was_noted() {
	build_and_execute(|| {
		let (incident, case) = judged_incident(&[40; 3]);
		dispute(case, Direction::Upward);
		pass_deadline(case);
		pass_referendum(0);
		run_to(deadline(case) + 1);
		assert!(self::case(case).upward.unwrap().voted);
		cancel_referendum(0);
		poke(case);
		assert!(!self::case(case).upward.unwrap().voted);
		cancel_referendum(1);
		poke(case);
		assert!(decided(case, Subject::Incident { incident }, 40));
		assert_eq!(total(&UP), ENDOWMENT);
	});
}

#[test]
fn turnout_is_noted_in_the_last_block_of_a_referendum() {
	build_and_execute(|| {
		let (_, case) = judged_incident(&[40; 3]);
		dispute(case, Direction::Upward);
		pass_deadline(case);
		run_to(deadline(case));
		let voted = || self::case(case).upward.unwrap().voted;
		assert!(!voted());
		// Somebody votes in that block.
		fail_referendum(0);
		run(1);
		assert!(voted());
		// Nobody knows any more, and the bond is lost all the same.
		run(50);
		poke(case);
		assert_eq!(total(&UP), ENDOWMENT - 2 * BOND);
	});
}

// ---------------------------------------------------------------------------------------------- Question

#[test]
fn question_names_the_product_and_both_percentages() {
	build_and_execute(|| {
		let (_, case) = judged_incident(&[40; 3]);
		dispute(case, Direction::Upward);
		dispute(case, Direction::Downward);
		pass_deadline(case);
		fail_vote(case);
		assert_eq!(
			[asked(0).text, asked(1).text],
			[
				"Case 0, ballot 0: how much of Example lending was lost in incident 0. The assessors say 40 %. Aye: it is 100 \
				 % instead. If this does not pass, it is not.",
				"Case 0, ballot 1: how much of Example lending was lost in incident 0. The assessors say 40 %. Aye: it is 0 \
				 % instead. If this does not pass, it is not.",
			]
		);
	});
	build_and_execute(|| {
		let (_, _, case) = small_claim();
		challenge(case, 30);
		judge(case, &[80; 3]);
		dispute(case, Direction::Downward);
		pass_deadline(case);
		assert_eq!(
			asked(0).text,
			"Case 1, ballot 0: how much policy 0 is to be paid of what it claims under incident 0 of Example lending. The \
			 assessors say 80 %. Aye: it is 30 % instead. If this does not pass, it is not."
		);
	});
}

#[test]
fn strong_verdict_is_changed_by_a_super_majority_alone() {
	for (absent, majority) in [(3 * STAKE, Majority::Super), (3 * STAKE + 1, Majority::Simple)] {
		build_and_execute(|| {
			stake(&JUDGES[4], absent);
			let (_, case) = judged_incident(&[100; 3]);
			dispute(case, Direction::Downward);
			pass_deadline(case);
			assert_eq!(asked(0).majority, majority);
			// And again where it was cancelled.
			cancel_referendum(0);
			poke(case);
			assert_eq!(asked(1).majority, majority);
		});
	}
}

// ---------------------------------------------------------------------------------------------- Queue

/// Cases of claims with a verdict that was just disputed: their policies are of an accepted incident.
fn disputed_claims(number: u32) -> Vec<CaseId> {
	let (_, incident, policies) = claimable(number);
	let cases: Vec<_> = policies
		.iter()
		.map(|policy| file(BUYER, incident, *policy, 100_000))
		.collect();
	judge_all(&cases, &[40; 3]);
	cases.iter().for_each(|case| dispute(*case, Direction::Upward));
	cases
}

fn is_voted_on(case: CaseId) -> bool {
	matches!(phase(case), Phase::Voting { .. })
}

#[test]
fn verdict_is_counted_for_the_product_that_it_is_about() {
	build_and_execute(|| {
		seated();
		let [first, second] = [market().0, market().0];
		let (_, case) = report(second);
		conclude(case, 100);
		let verdicts = |product| Records::<Test>::get(product).verdicts;
		assert_eq!((verdicts(first), verdicts(second)), (0, 1));
	});
}

fn is_queued(case: CaseId) -> bool {
	matches!(phase(case), Phase::Queued { .. })
}

#[test]
fn referenda_wait_in_order_when_as_many_run_as_may() {
	build_and_execute(|| {
		govern(|claims| (claims.max_referenda, claims.max_incident_referenda) = (2, 2));
		let cases = disputed_claims(5);
		run_to(deadline(cases[0]) + 1);
		// In the order in which they are moved on.
		for case in [cases[1], cases[0], cases[4], cases[2], cases[3]] {
			poke(case);
		}
		assert!(is_voted_on(cases[1]) && is_voted_on(cases[0]));
		assert_eq!(
			Running::<Test>::get().to_vec(),
			[(cases[1], false, block() + 20), (cases[0], false, block() + 20)]
		);
		assert_eq!(QueueEnds::<Test>::get(false), (0, 3));
		// There is no room, whoever asks and however long it takes: deadlines stand still.
		run(15);
		for waiting in [cases[2], cases[3], cases[4]] {
			assert!(is_queued(waiting));
			assert_noop!(try_poke(waiting), Error::NothingDue);
			assert_noop!(
				try_dispute(DOWN, waiting, Direction::Downward),
				Error::NotDisputable
			);
		}
		fail_vote(cases[1]);
		// There is room for one: whichever is moved on, the first that waits is voted on.
		poke(cases[3]);
		assert!(is_voted_on(cases[4]) && is_queued(cases[2]) && is_queued(cases[3]));
		assert_noop!(try_poke(cases[3]), Error::NothingDue);
		fail_vote(cases[0]);
		poke(cases[2]);
		assert!(is_voted_on(cases[2]) && is_queued(cases[3]));
		fail_vote(cases[4]);
		poke(cases[3]);
		assert!(is_voted_on(cases[3]));
		// Nothing is left of the queue.
		assert!(!QueueEnds::<Test>::contains_key(false));
		assert_eq!(Queue::<Test>::iter().count(), 0);
		// It had all of its time.
		assert_eq!(deadline(cases[3]), block() + 19);
	});
}

#[test]
fn room_is_given_when_a_verdict_is_enacted() {
	build_and_execute(|| {
		govern(|claims| (claims.max_referenda, claims.max_incident_referenda) = (1, 1));
		let cases = disputed_claims(2);
		run_to(deadline(cases[0]) + 1);
		cases.iter().copied().for_each(poke);
		let (id, ballot) = referendum(cases[0]);
		pass_referendum(id);
		run_to(deadline(cases[0]) + 1);
		assert_noop!(try_poke(cases[1]), Error::NothingDue);
		assert_ok!(Claims::enact(root(), cases[0], ballot));
		// Although nobody has moved the first case on.
		poke(cases[1]);
		assert!(is_voted_on(cases[1]));
		poke(cases[0]);
	});
}

#[test]
fn incidents_take_half_of_the_room_and_claims_the_rest() {
	build_and_execute(|| {
		let claims = disputed_claims(10);
		run(1);
		let incidents = disputed_incidents(6);
		run_to(deadline(incidents[0]) + 1);
		// Claims were first, and take it all.
		claims.iter().copied().for_each(poke);
		incidents.iter().copied().for_each(poke);
		assert!(claims[..8].iter().all(|case| is_voted_on(*case)));
		assert!(claims[8..].iter().chain(&incidents).all(|case| is_queued(*case)));
		// The first four places that come free are for incidents, the others for claims.
		run_to(deadline(claims[0]) + 1);
		for (ended, next) in claims.iter().zip(incidents[..4].iter().chain(&claims[8..])) {
			poke(*ended);
			assert!(is_queued(*next));
			// Whatever waits is moved on by moving any of it on.
			poke(incidents[5]);
			assert!(is_voted_on(*next));
		}
		// There are two places, and nobody but incidents waits: those have their four.
		for ended in &claims[6..8] {
			poke(*ended);
			assert_noop!(try_poke(incidents[5]), Error::NothingDue);
		}
		assert_eq!(Running::<Test>::get().len(), 6);
		assert_eq!(Claims::report_pending().referenda, 6);
		fail_vote(incidents[0]);
		poke(incidents[4]);
		assert!(is_voted_on(incidents[4]) && is_queued(incidents[5]));
	});
}

#[test]
fn incidents_are_not_starved_by_claims() {
	build_and_execute(|| {
		govern(|claims| (claims.max_referenda, claims.max_incident_referenda) = (2, 1));
		let claims = disputed_claims(4);
		run(1);
		let incidents = disputed_incidents(2);
		run_to(deadline(incidents[0]) + 1);
		claims.iter().copied().for_each(poke);
		incidents.iter().copied().for_each(poke);
		assert!(is_voted_on(claims[0]) && is_voted_on(claims[1]));
		// An incident that came last is voted on before claims that came first, but the other place stays theirs.
		fail_vote(claims[0]);
		poke(claims[2]);
		assert!(is_voted_on(incidents[0]) && is_queued(claims[2]));
		poke(claims[1]);
		poke(claims[2]);
		assert!(is_voted_on(claims[2]) && is_queued(incidents[1]) && is_queued(claims[3]));
		// The next incident takes the place of the one before.
		fail_vote(incidents[0]);
		poke(claims[3]);
		assert!(is_voted_on(incidents[1]) && is_queued(claims[3]));
	});
}

#[test]
fn downward_vote_waits_behind_those_who_came_before() {
	build_and_execute(|| {
		govern(|claims| (claims.max_referenda, claims.max_incident_referenda) = (1, 1));
		let cases = disputed_claims(2);
		dispute(cases[0], Direction::Downward);
		run_to(deadline(cases[0]) + 1);
		cases.iter().copied().for_each(poke);
		fail_vote(cases[0]);
		assert!(is_voted_on(cases[1]));
		assert_eq!(
			phase(cases[0]),
			Phase::Queued {
				direction: Direction::Downward,
			}
		);
		fail_vote(cases[1]);
		poke(cases[0]);
		fail_vote(cases[0]);
		assert_eq!(Cases::<Test>::iter().count(), 0);
	});
}

#[test]
fn case_waits_on_when_no_referendum_can_be_started() {
	build_and_execute(|| {
		let (incident, case) = judged_incident(&[40; 3]);
		dispute(case, Direction::Upward);
		CanAsk::set(false);
		run_to(deadline(case) + 1);
		let refused = DispatchError::Other("not now");
		assert_noop!(try_poke(case), refused);
		run(100);
		assert_noop!(try_poke(case), refused);
		CanAsk::set(true);
		poke(case);
		pass_vote(case);
		assert!(decided(case, Subject::Incident { incident }, 100));
	});
}

// ---------------------------------------------------------------------------------------------- Moving on

#[test]
fn poke_is_refused_when_nothing_is_due() {
	build_and_execute(|| {
		seated();
		assert_noop!(try_poke(0), Error::UnknownCase);
		let (product, _) = market();
		let (_, first) = report(product);
		let (_, waiting) = report(product);
		for case in [first, waiting] {
			assert_noop!(try_poke(case), Error::NothingDue);
		}
		run_to(last_reveal(first));
		for case in [first, waiting] {
			assert_noop!(try_poke(case), Error::NothingDue);
		}
		run(1);
		// One that waits has no deadline of its own.
		assert_noop!(try_poke(waiting), Error::NothingDue);
		poke(first);
		assert_noop!(try_poke(first), Error::NothingDue);
	});
}

#[test]
fn block_work_moves_everything_on_when_there_is_room() {
	build_and_execute(|| {
		let (incident, policy, case) = small_claim();
		run_idle(CHALLENGE + 2, Weight::MAX);
		assert!(decided(case, Subject::Claim { incident, policy }, 100));
		let (second, reported) = report(market().0);
		vote(reported, &[70; 3]);
		run_idle(REVEAL + 1, Weight::MAX);
		assert!(matches!(phase(reported), Phase::Disputable { .. }));
		dispute(reported, Direction::Upward);
		run_idle(DISPUTE + 2, Weight::MAX);
		let (id, ballot) = referendum(reported);
		pass_referendum(id);
		run_idle(20, Weight::MAX);
		assert_ok!(Claims::enact(root(), reported, ballot));
		run_idle(2, Weight::MAX);
		assert!(decided(reported, Subject::Incident { incident: second }, 100));
		// The incidents are closed when nothing more is claimed under them.
		pass(CLAIM_WINDOW + 1);
		for pool in 0..2 {
			while pallet_pools::Pools::<Test>::get(pool).unwrap().settled_at < now() {
				assert_ok!(Pools::settle(signed(BOB), pool));
			}
		}
		// Claims can be filed for some blocks at least, however much time has passed.
		run_idle(DISPUTE + 1, Weight::MAX);
		for id in [incident, second] {
			assert!(matches!(self::incident(id).state, IncidentState::Closed { .. }));
		}
		assert_eq!(OpenIncidents::<Test>::iter().count(), 0);
	});
}

#[test]
fn block_work_does_nothing_when_there_is_no_room() {
	build_and_execute(|| {
		let (.., case) = small_claim();
		let before = self::case(case);
		run_idle(50, Weight::zero());
		run_idle(50, Weight::from_parts(1_000, 10));
		assert_eq!(self::case(case), before);
		poke(case);
	});
}
