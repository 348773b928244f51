//! What is true of the stored state after every call:
//!
//! 1. An assessor's stake is on hold; what of it is at risk, and how many votes are open, is what the votes say. The total
//!    weight is that of all assessors.
//! 2. The bonds and unspent fees of cases are on hold, and nothing else.
//! 3. A round counts its votes and what of them agrees with its verdict; what is revealed of a case that is voted on adds
//!    up in its tally. The pallet's account holds what is left of all fees, and its seed.
//! 4. Cases, and the incidents and claims they judge, refer to each other. A case is where its phase says: with the
//!    product, in a queue, or among those that token holders vote on. There is no other case there.
//! 5. The incidents that block work looks at are those observed or accepted, and each counts its claims that are not
//!    settled.
//! 6. Every id was given.

use crate::{
	Assessors, Ballot, CaseId, Cases, ClaimState, Claims, Config, Direction, Dockets, Evidences, HoldReason,
	IncidentState, Incidents, NextBallot, NextCase, NextIncident, OpenIncidents, Pallet, Phase, Queue,
	QueueEnds, Rounds, Running, Subject, Tallies, TotalWeight, Votes,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{
	ensure,
	traits::fungible::{Inspect, InspectHold},
};
use lutine_primitives::Balance;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Every invariant of this pallet, over the whole state.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_assessors()?;
		Self::check_rounds()?;
		Self::check_cases()?;
		Self::check_incidents()
	}

	fn check_assessors() -> Result<(), TryRuntimeError> {
		let mut open: BTreeMap<T::AccountId, (u32, Balance)> = BTreeMap::new();
		for (_, who, vote) in Votes::<T>::iter() {
			let (votes, at_risk) = open.entry(who).or_default();
			*votes += 1;
			*at_risk += vote.slice;
		}
		let mut total = 0;
		for (who, assessor) in Assessors::<T>::iter() {
			ensure!(
				T::Deposits::balance_on_hold(&HoldReason::Stake.into(), &who) == assessor.stake,
				"a stake is not on hold"
			);
			ensure!(
				open.remove(&who).unwrap_or_default() == (assessor.votes, assessor.at_risk),
				"an assessor's votes are not those that are open"
			);
			ensure!(
				assessor.at_risk <= assessor.stake && assessor.weight <= assessor.stake,
				"an assessor risks or weighs more than the stake"
			);
			ensure!(
				assessor.free_from.is_none() || assessor.weight == 0,
				"who left has weight"
			);
			total += assessor.weight;
		}
		ensure!(open.is_empty(), "somebody voted who is no assessor");
		ensure!(
			TotalWeight::<T>::get() == total,
			"the total weight is not that of the assessors"
		);
		Ok(())
	}

	fn check_rounds() -> Result<(), TryRuntimeError> {
		let mut pots: Balance = T::Deposits::minimum_balance();
		for (id, round) in Rounds::<T>::iter() {
			pots += round.pot;
			let votes: Vec<_> = Votes::<T>::iter_prefix_values(id).collect();
			ensure!(votes.len() == round.votes as usize, "a round miscounts its votes");
			let phase = Cases::<T>::get(id).map(|case| case.phase);
			let is_voted_on = matches!(phase, Some(Phase::Assessing { .. }));
			ensure!(
				is_voted_on == round.result.is_none() && is_voted_on == Tallies::<T>::contains_key(id),
				"a round has a result while it is voted on, or none after"
			);
			let revealed = votes.iter().filter_map(|vote| match vote.ballot {
				Ballot::Revealed(percent) if vote.attempt == round.attempt => Some((percent, vote.weight)),
				_ => None,
			});
			match (&round.result, Tallies::<T>::get(id)) {
				(Some(result), None) => {
					let agreeing: Balance = revealed
						.filter(|(percent, _)| {
							result
								.verdict
								.is_some_and(|verdict| verdict.abs_diff(*percent) <= round.tolerance)
						})
						.map(|(_, weight)| weight)
						.sum();
					ensure!(agreeing == result.agreeing, "a round miscounts those who agree");
					ensure!(round.votes > 0, "a round that is over was kept");
					ensure!(
						agreeing > 0 || round.pot == 0,
						"a round keeps a fee that nobody gets"
					);
				}
				(None, Some(mut tally)) => {
					for (percent, weight) in revealed {
						let sum = tally
							.get_mut(usize::from(percent))
							.ok_or("a vote is above 100 percent")?;
						*sum = sum
							.checked_sub(weight)
							.ok_or("a tally holds less than was revealed")?;
					}
					ensure!(
						tally.iter().all(|weight| *weight == 0),
						"a tally holds more than was revealed"
					);
				}
				_ => return Err("a round has neither a tally nor a result".into()),
			}
		}
		ensure!(
			Tallies::<T>::iter_keys().all(Rounds::<T>::contains_key)
				&& Votes::<T>::iter_keys().all(|(id, _)| Rounds::<T>::contains_key(id)),
			"votes are in no round"
		);
		ensure!(
			T::Deposits::balance(&Self::account()) >= pots,
			"the account does not hold the fees"
		);
		Ok(())
	}

	fn check_cases() -> Result<(), TryRuntimeError> {
		let mut bonds: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		let mut queued = BTreeSet::new();
		let mut running = BTreeSet::new();
		for (id, case) in Cases::<T>::iter() {
			ensure!(id < NextCase::<T>::get(), "a case has an id that was not given");
			for party in case.parties() {
				*bonds.entry(party.who.clone()).or_default() += party.bond;
			}
			if !case.fee_spent {
				*bonds.entry(case.fee_payer().clone()).or_default() += case.fee;
			}
			ensure!(
				case.proposal <= 100
					&& case.alternative <= case.proposal
					&& case.verdict.is_none_or(|verdict| verdict <= 100),
				"a percentage is above another one, or above 100"
			);
			let incident = Incidents::<T>::get(case.subject.incident()).ok_or("a case is about nothing")?;
			match case.subject {
				Subject::Incident { .. } => {
					ensure!(
						incident.state == (IncidentState::Judged { case: id }),
						"an incident does not know its case"
					);
					let docket = Dockets::<T>::get(incident.product);
					let is_waiting = case.phase == Phase::Waiting;
					ensure!(
						docket.waiting.contains(&id) == is_waiting
							&& (docket.judged == Some(id)) != is_waiting,
						"a product does not know the case of its incident"
					);
				}
				Subject::Claim { incident, policy } => {
					let claim = Claims::<T>::get(incident, policy).ok_or("a case is about no claim")?;
					ensure!(
						matches!(claim.state, ClaimState::Judged { case, .. } if case == id),
						"a claim does not know its case"
					);
					ensure!(case.phase != Phase::Waiting, "a claim waits for nothing");
				}
			}
			let is_incident = case.subject.is_incident();
			match case.phase {
				Phase::Queued { direction } => {
					ensure!(
						case.dispute(direction).is_some(),
						"a case waits for a vote that nobody asked for"
					);
					queued.insert((is_incident, id));
				}
				Phase::Voting {
					direction,
					ballot,
					ends,
					..
				} => {
					ensure!(
						case.dispute(direction).is_some() && ballot < NextBallot::<T>::get(),
						"a case is voted on that nobody disputed"
					);
					running.insert((id, is_incident, ends));
				}
				Phase::Assessing { .. } => {
					ensure!(Rounds::<T>::contains_key(id), "a case has no round");
				}
				_ => {}
			}
			for direction in [Direction::Upward, Direction::Downward] {
				ensure!(
					case.dispute(direction).is_none() || case.verdict.is_some(),
					"a verdict was disputed before it was known"
				);
			}
		}
		for (who, sum) in bonds {
			ensure!(
				T::Deposits::balance_on_hold(&HoldReason::Bond.into(), &who) == sum,
				"what is on hold is not what was put up"
			);
		}
		let mut places = 0;
		for is_incident in [false, true] {
			let (first, end) = QueueEnds::<T>::get(is_incident);
			for place in first..end {
				let id = Queue::<T>::get(is_incident, place).ok_or("a queue has a gap")?;
				ensure!(
					queued.remove(&(is_incident, id)),
					"a queue holds a case that does not wait"
				);
				places += 1;
			}
		}
		ensure!(
			queued.is_empty() && Queue::<T>::iter_keys().count() == places,
			"a case waits in no queue"
		);
		let voted: Vec<(CaseId, bool, _)> = Running::<T>::get().into_inner();
		ensure!(
			voted.len() == running.len() && voted.iter().all(|entry| running.contains(entry)),
			"the cases that are voted on are not those that say so"
		);
		ensure!(
			Evidences::<T>::iter_keys().all(|(id, _)| Cases::<T>::contains_key(id)),
			"evidence is in no case"
		);
		Ok(())
	}

	fn check_incidents() -> Result<(), TryRuntimeError> {
		let mut unsettled: BTreeMap<_, u32> = BTreeMap::new();
		for (incident, policy, claim) in Claims::<T>::iter() {
			match claim.state {
				ClaimState::Judged { case, .. } => {
					let subject = Subject::Claim { incident, policy };
					ensure!(
						Cases::<T>::get(case).is_some_and(|case| case.subject == subject),
						"a claim is judged in no case"
					);
					*unsettled.entry(incident).or_default() += 1;
				}
				ClaimState::Due { .. } => *unsettled.entry(incident).or_default() += 1,
				ClaimState::Paid { .. } | ClaimState::Denied => {}
			}
		}
		for (id, incident) in Incidents::<T>::iter() {
			ensure!(
				id < NextIncident::<T>::get(),
				"an incident has an id that was not given"
			);
			let docket = Dockets::<T>::get(incident.product);
			let claims = unsettled.remove(&id).unwrap_or(0);
			let is_open = match incident.state {
				IncidentState::Observed { .. } => {
					ensure!(docket.observed == Some(id), "an incident is observed by nobody");
					true
				}
				IncidentState::Accepted { open, .. } => {
					ensure!(open == claims, "an incident miscounts its claims");
					true
				}
				IncidentState::Judged { case } => {
					ensure!(
						Cases::<T>::get(case)
							.is_some_and(|case| case.subject == (Subject::Incident { incident: id })),
						"an incident is judged in no case"
					);
					false
				}
				_ => false,
			};
			ensure!(
				OpenIncidents::<T>::contains_key(id) == is_open,
				"block work does not know an incident, or knows one that is over"
			);
			ensure!(
				claims == 0 || matches!(incident.state, IncidentState::Accepted { .. }),
				"a claim is open under an incident that is not"
			);
		}
		ensure!(unsettled.is_empty(), "a claim is under no incident");
		for (_, docket) in Dockets::<T>::iter() {
			let cases = docket.judged.iter().chain(&docket.waiting);
			ensure!(
				cases.cloned().all(Cases::<T>::contains_key),
				"a product knows a case that is final"
			);
			ensure!(
				docket.judged.is_some() || docket.waiting.is_empty(),
				"a case waits for none"
			);
			ensure!(
				docket.observed.is_none_or(|id| Incidents::<T>::get(id)
					.is_some_and(|incident| matches!(incident.state, IncidentState::Observed { .. }))),
				"a product observes what is not"
			);
		}
		Ok(())
	}
}
