//! State that does not add up is told of by the invariant that it breaks.

use super::*;
use frame_support::storage::{TransactionOutcome, transactional::with_transaction};

#[test]
fn invariants_notice_whatever_is_changed_without_the_rest() {
	build_and_execute(|| {
		seated();
		// An incident whose verdict token holders vote on, one that is accepted with a claim whose votes are revealed, and one
		// that nobody has voted on yet.
		let (product, _, policy) = insured(1_000_000);
		let accepted = accepted(product, 100);
		let (other, _) = market();
		let (voted_on, disputed) = report(other);
		judge(disputed, &[80; 3]);
		dispute(disputed, Direction::Downward);
		pass_deadline(disputed);
		assert!(matches!(phase(disputed), Phase::Voting { .. }));
		let claimed = file(BUYER, accepted, policy, 1_000_000);
		let [judge, other_judge, idle] = [&JUDGES[0], &JUDGES[1], &JUDGES[2]];
		commit(judge, claimed, 60);
		commit(other_judge, claimed, 70);
		run_to(deadline(claimed) + 1);
		reveal(judge, claimed, 60);
		let (third, _) = market();
		let (_, unheard) = report(third);

		let told = |broken, by: &dyn Fn()| {
			let told = with_transaction(|| {
				by();
				TransactionOutcome::Rollback(Ok::<_, sp_runtime::DispatchError>(Claims::do_try_state()))
			});
			assert_eq!(told, Ok(Err(sp_runtime::TryRuntimeError::Other(broken))));
		};
		let seat = |broken, by: fn(&mut AssessorOf<Test>)| {
			told(broken, &|| {
				Assessors::<Test>::mutate(idle, |seat| by(seat.as_mut().unwrap()))
			});
		};
		let round = |broken, id, by: fn(&mut RoundOf<Test>)| {
			told(broken, &|| {
				Rounds::<Test>::mutate(id, |round| by(round.as_mut().unwrap()))
			});
		};
		let case = |broken, id, by: &dyn Fn(&mut CaseOf<Test>)| {
			told(broken, &|| {
				Cases::<Test>::mutate(id, |case| by(case.as_mut().unwrap()))
			});
		};
		let incident = |broken, id, state: IncidentState<BlockNumber>| {
			told(broken, &|| {
				Incidents::<Test>::mutate(id, |incident| incident.as_mut().unwrap().state = state.clone())
			});
		};

		// Assessors.
		seat("a stake is not on hold", |seat| seat.stake += 1);
		seat("an assessor's votes are not those that are open", |seat| {
			seat.votes += 1
		});
		seat("an assessor's votes are not those that are open", |seat| {
			seat.at_risk += 1
		});
		seat("an assessor risks or weighs more than the stake", |seat| {
			seat.weight = seat.stake + 1
		});
		seat("who left has weight", |seat| seat.free_from = Some(1));
		told("the total weight is not that of the assessors", &|| {
			TotalWeight::<Test>::mutate(|sum| *sum += 1)
		});
		let cast = Votes::<Test>::get(claimed, judge).unwrap();
		told("somebody voted who is no assessor", &|| {
			Votes::<Test>::insert(claimed, BUYER, cast.clone())
		});

		// Rounds.
		round("a round miscounts its votes", claimed, |round| round.votes += 1);
		round("a round miscounts those who agree", disputed, |round| {
			round.result.as_mut().unwrap().agreeing += 1
		});
		round(
			"a round has a result while it is voted on, or none after",
			disputed,
			|round| round.result = None,
		);
		round("the account does not hold the fees", claimed, |round| {
			round.pot += ENDOWMENT
		});
		told(
			"a round has a result while it is voted on, or none after",
			&|| Tallies::<Test>::remove(claimed),
		);
		told("a tally holds more than was revealed", &|| {
			Tallies::<Test>::mutate(claimed, |tally| tally.as_mut().unwrap()[3] += 1)
		});
		told("a tally holds less than was revealed", &|| {
			Tallies::<Test>::mutate(claimed, |tally| tally.as_mut().unwrap()[60] -= 1)
		});
		told("votes are in no round", &|| Rounds::<Test>::remove(disputed));

		// Cases.
		told("a case has an id that was not given", &|| {
			NextCase::<Test>::put(0)
		});
		told("a case has no round", &|| {
			Rounds::<Test>::remove(unheard);
			Tallies::<Test>::remove(unheard);
		});
		case("what is on hold is not what was put up", claimed, &|case| {
			case.opener.bond += 1
		});
		case("what is on hold is not what was put up", unheard, &|case| {
			case.fee_spent = false
		});
		case(
			"a percentage is above another one, or above 100",
			claimed,
			&|case| case.alternative = 101,
		);
		case(
			"a percentage is above another one, or above 100",
			claimed,
			&|case| case.verdict = Some(101),
		);
		case("a case is about nothing", unheard, &|case| {
			case.subject = Subject::Incident { incident: 99 }
		});
		case("a case is about no claim", claimed, &|case| {
			case.subject = Subject::Claim {
				incident: accepted,
				policy: 99,
			};
		});
		case("an incident does not know its case", unheard, &|case| {
			case.subject = Subject::Incident { incident: voted_on };
		});
		case("a verdict was disputed before it was known", disputed, &|case| {
			case.verdict = None
		});
		case("a case waits in no queue", disputed, &|case| {
			case.phase = Phase::Queued {
				direction: Direction::Downward,
			};
		});
		case(
			"a case waits for a vote that nobody asked for",
			disputed,
			&|case| {
				case.phase = Phase::Queued {
					direction: Direction::Upward,
				};
			},
		);
		case(
			"the cases that are voted on are not those that say so",
			disputed,
			&|case| {
				case.phase = Phase::Decided { outcome: 1 };
			},
		);
		case("a case is voted on that nobody disputed", disputed, &|case| {
			if let Phase::Voting { ballot, .. } = &mut case.phase {
				*ballot = NextBallot::<Test>::get();
			}
		});
		told("a claim does not know its case", &|| {
			crate::Claims::<Test>::mutate(accepted, policy, |claim| {
				claim.as_mut().unwrap().state = ClaimState::Denied
			})
		});
		told("a product does not know the case of its incident", &|| {
			Dockets::<Test>::mutate(third, |docket| docket.judged = None)
		});
		told("a queue has a gap", &|| QueueEnds::<Test>::insert(true, (7, 8)));
		told("a queue holds a case that does not wait", &|| {
			QueueEnds::<Test>::insert(true, (7, 8));
			Queue::<Test>::insert(true, 7, disputed);
		});
		told("a case waits in no queue", &|| {
			Queue::<Test>::insert(true, 7, disputed)
		});
		told("evidence is in no case", &|| {
			Evidences::<Test>::insert(99, Role::Opener, evidence())
		});

		// Incidents and claims.
		let due = |claim: &Claim| Claim {
			state: ClaimState::Due { verdict: 1 },
			..claim.clone()
		};
		told("an incident has an id that was not given", &|| {
			NextIncident::<Test>::put(0)
		});
		told("an incident miscounts its claims", &|| {
			crate::Claims::<Test>::insert(accepted, 99, due(&claim(accepted, policy)))
		});
		told("a claim is open under an incident that is not", &|| {
			crate::Claims::<Test>::insert(voted_on, 99, due(&claim(accepted, policy)))
		});
		told("a claim is under no incident", &|| {
			crate::Claims::<Test>::insert(99, 99, due(&claim(accepted, policy)))
		});
		told("a claim is judged in no case", &|| {
			crate::Claims::<Test>::insert(accepted, 99, claim(accepted, policy))
		});
		incident(
			"an incident is judged in no case",
			accepted,
			IncidentState::Judged { case: 99 },
		);
		incident(
			"an incident is observed by nobody",
			accepted,
			IncidentState::Observed {
				day: 0,
				days_left: 1,
				patience: 1,
				lowest: FixedU128::from_u32(1),
			},
		);
		told(
			"block work does not know an incident, or knows one that is over",
			&|| OpenIncidents::<Test>::remove(accepted),
		);
		told(
			"block work does not know an incident, or knows one that is over",
			&|| OpenIncidents::<Test>::insert(voted_on, ()),
		);
		let unknown = |broken, docket: Docket| told(broken, &|| Dockets::<Test>::insert(99, docket.clone()));
		unknown(
			"a product knows a case that is final",
			Docket {
				judged: Some(99),
				..Default::default()
			},
		);
		unknown(
			"a case waits for none",
			Docket {
				waiting: vec![disputed].try_into().unwrap(),
				..Default::default()
			},
		);
		unknown(
			"a product observes what is not",
			Docket {
				observed: Some(accepted),
				..Default::default()
			},
		);
	});
}
