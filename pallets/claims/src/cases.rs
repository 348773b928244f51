//! The way of a case through its instances.

use crate::{
	Case, CaseId, CaseOf, Cases, Config, Direction, Dispute, Error, Event, Evidence, Evidences, HoldReason,
	Incidents, Majority, NextBallot, NextCase, Outcome, Pallet, Party, Phase, Queue, QueueEnds, Records,
	Referenda, Role, Running, Subject, Votes, WeightInfo,
};
use alloc::{format, string::String, vec::Vec};
use frame_support::{
	pallet_prelude::*,
	traits::{fungible::Mutate, tokens::Preservation},
};
use frame_system::pallet_prelude::BlockNumberFor;
use lutine_primitives::{
	Balance,
	insurance::{Coverage, ProductId},
};
use sp_core::H256;
use sp_runtime::{
	ArithmeticError,
	traits::{One, Saturating},
};

impl<T: Config> Pallet<T> {
	// ------------------------------------------------------------------------------------------ Opening

	/// A document as somebody refers to it.
	pub(crate) fn evidence(uri: Vec<u8>, hash: H256) -> Result<Evidence, DispatchError> {
		let uri = BoundedVec::try_from(uri).map_err(|_| Error::<T>::EvidenceTooLong)?;
		ensure!(
			!uri.is_empty() && uri.iter().all(u8::is_ascii_graphic),
			Error::<T>::BadUri
		);
		Ok(Evidence { uri, digest: hash })
	}

	/// A case with its opener's bond and fee on hold, which waits. Stores nothing of it but the evidence.
	pub(crate) fn open_case(
		subject: Subject,
		proposal: u8,
		who: T::AccountId,
		bond: Balance,
		fee: Balance,
		evidence: Option<Evidence>,
	) -> Result<(CaseId, CaseOf<T>), DispatchError> {
		let id = NextCase::<T>::get();
		NextCase::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		let sum = bond.checked_add(fee).ok_or(Error::<T>::BondNotThere)?;
		Self::hold(HoldReason::Bond, &who, sum)?;
		if let Some(evidence) = evidence {
			Evidences::<T>::insert(id, Role::Opener, evidence);
		}
		let case = Case {
			subject,
			proposal,
			alternative: 0,
			opener: Party { who, bond },
			challenger: None,
			upward: None,
			downward: None,
			fee,
			fee_spent: false,
			verdict: None,
			is_strong: false,
			restarted: false,
			phase: Phase::Waiting,
		};
		Ok((id, case))
	}

	/// Lets a case's proposal stand unless it is challenged.
	pub(crate) fn propose(id: CaseId, case: &mut CaseOf<T>) {
		let until = Self::in_blocks(T::Parameters::get().challenge_period);
		case.phase = Phase::Optimistic { until };
		Self::deposit_event(Event::Proposed {
			case: id,
			proposal: case.proposal,
			until,
		});
	}

	/// The product that a case is about.
	fn product_of(case: &CaseOf<T>) -> Result<ProductId, DispatchError> {
		Incidents::<T>::get(case.subject.incident())
			.map(|incident| incident.product)
			.ok_or(Error::<T>::UnknownIncident.into())
	}

	// ------------------------------------------------------------------------------------------ Challenge and dispute

	pub(crate) fn do_challenge(
		who: T::AccountId,
		id: CaseId,
		alternative: u8,
		evidence: Evidence,
	) -> DispatchResult {
		let mut case = Cases::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let now = Self::block();
		let parameters = T::Parameters::get();
		// Where a feed opened the case, nobody has put up anything.
		let before = match (&case.challenger, case.opener.bond) {
			(Some(challenger), _) => challenger.bond,
			(None, 0) => parameters.bond,
			(None, bond) => bond,
		};
		let bond = before.checked_mul(2).ok_or(Error::<T>::BondNotThere)?;
		match (case.phase, case.challenger.take()) {
			(Phase::Optimistic { until }, None) if now <= until => {
				ensure!(alternative < case.proposal, Error::<T>::AlternativeTooHigh);
				if case.opener.bond == 0 {
					case.fee = parameters.assessors_fee;
					let sum = bond.checked_add(case.fee).ok_or(Error::<T>::BondNotThere)?;
					Self::hold(HoldReason::Bond, &who, sum)?;
				} else {
					Self::hold(HoldReason::Bond, &who, bond)?;
				}
			}
			// Or a friend of the opener would take the place, and stand for next to nothing less.
			(Phase::Assessing { commit_until, .. }, Some(challenger)) if now <= commit_until => {
				ensure!(alternative < case.alternative, Error::<T>::AlternativeTooHigh);
				// Who has voted already would judge a case of their own.
				ensure!(!Votes::<T>::contains_key(id, &who), Error::<T>::PartyToTheCase);
				Self::return_bond(&challenger.who, challenger.bond)?;
				if case.opener.bond == 0 {
					T::Deposits::transfer(&who, &challenger.who, case.fee, Preservation::Preserve)
						.map_err(|_| Error::<T>::BondNotThere)?;
				}
				Self::hold(HoldReason::Bond, &who, bond)?;
			}
			_ => return Err(Error::<T>::NotChallengeable.into()),
		}
		case.challenger = Some(Party {
			who: who.clone(),
			bond,
		});
		case.alternative = alternative;
		Self::deposit_event(Event::Challenged {
			case: id,
			who,
			alternative,
			bond,
		});
		if let Phase::Optimistic { .. } = case.phase {
			Self::begin_round(id, &mut case)?;
			Self::claim_is_challenged(case.subject)?;
		}
		Evidences::<T>::insert(id, Role::Challenger, evidence);
		Cases::<T>::insert(id, case);
		Ok(())
	}

	pub(crate) fn do_dispute(
		who: T::AccountId,
		id: CaseId,
		direction: Direction,
		evidence: Evidence,
	) -> DispatchResult {
		let mut case = Cases::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let (Phase::Disputable { until }, Some(verdict)) = (case.phase, case.verdict) else {
			return Err(Error::<T>::NotDisputable.into());
		};
		ensure!(Self::block() <= until, Error::<T>::NotDisputable);
		ensure!(case.dispute(direction).is_none(), Error::<T>::AlreadyDisputed);
		let asked = case.asked(direction);
		let changes = match direction {
			Direction::Upward => asked > verdict,
			Direction::Downward => asked < verdict,
		};
		ensure!(changes, Error::<T>::NothingToDispute);
		let before = match (&case.challenger, case.opener.bond) {
			(Some(challenger), _) => challenger.bond,
			(None, bond) => bond,
		};
		let bond = before.checked_mul(2).ok_or(Error::<T>::BondNotThere)?;
		Self::hold(HoldReason::Bond, &who, bond)?;
		*case.dispute_mut(direction) = Some(Dispute {
			party: Party {
				who: who.clone(),
				bond,
			},
			voted: false,
		});
		let role = match direction {
			Direction::Upward => Role::Upward,
			Direction::Downward => Role::Downward,
		};
		Evidences::<T>::insert(id, role, evidence);
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::Disputed {
			case: id,
			direction,
			who,
			bond,
		});
		Ok(())
	}

	// ------------------------------------------------------------------------------------------ Moving on

	/// Moves a case on. Returns what that took.
	pub(crate) fn do_poke(id: CaseId) -> Result<Weight, DispatchError> {
		let mut case = Cases::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let now = Self::block();
		match case.phase {
			Phase::Optimistic { until } if now > until => {
				let outcome = case.proposal;
				return Self::conclude(id, case, outcome);
			}
			Phase::Assessing { reveal_until, .. } if now > reveal_until => {
				Self::count_votes(id, &mut case)?;
				Cases::<T>::insert(id, case);
			}
			Phase::Disputable { until } if now > until => {
				let direction = match (&case.upward, &case.downward) {
					(Some(_), _) => Direction::Upward,
					(None, Some(_)) => Direction::Downward,
					(None, None) => {
						let outcome = case.verdict.unwrap_or(case.proposal);
						return Self::conclude(id, case, outcome);
					}
				};
				Self::enqueue(id, case, direction)?;
				Self::serve_queue()?;
			}
			Phase::Queued { .. } => ensure!(Self::serve_queue()?, Error::<T>::NothingDue),
			Phase::Voting {
				direction,
				referendum,
				..
			} => return Self::end_referendum(id, case, direction, referendum),
			Phase::Decided { outcome } => return Self::conclude(id, case, outcome),
			_ => return Err(Error::<T>::NothingDue.into()),
		}
		Ok(<T as Config>::WeightInfo::poke())
	}

	/// What is true of a case from now on: pays its bonds out, and has it take effect.
	fn conclude(id: CaseId, case: CaseOf<T>, outcome: u8) -> Result<Weight, DispatchError> {
		let product = Self::product_of(&case)?;
		Cases::<T>::remove(id);
		for role in [Role::Opener, Role::Challenger, Role::Upward, Role::Downward] {
			Evidences::<T>::remove(id, role);
		}
		if let Some(verdict) = case.verdict {
			Records::<T>::mutate(product, |record| {
				record.verdicts = record.verdicts.saturating_add(1);
				record.overturned = record.overturned.saturating_add(u64::from(outcome != verdict));
			});
		}
		Self::settle_bonds(id, &case, outcome)?;
		Self::deposit_event(Event::Decided {
			case: id,
			subject: case.subject,
			outcome,
		});
		match case.subject {
			Subject::Incident { incident } => {
				Self::incident_is_decided(incident, outcome)?;
				Ok(<T as Config>::WeightInfo::conclude_incident())
			}
			Subject::Claim { incident, policy } => {
				// The pools are as far behind as they were before.
				let weight = Self::claim_weight(policy);
				Self::claim_is_decided(incident, policy, outcome)?;
				Ok(weight)
			}
		}
	}

	// ------------------------------------------------------------------------------------------ Referenda

	/// Has a case wait for a referendum.
	fn enqueue(id: CaseId, mut case: CaseOf<T>, direction: Direction) -> DispatchResult {
		let is_incident = case.subject.is_incident();
		let (first, end) = QueueEnds::<T>::get(is_incident);
		Queue::<T>::insert(is_incident, end, id);
		QueueEnds::<T>::insert(
			is_incident,
			(first, end.checked_add(1).ok_or(ArithmeticError::Overflow)?),
		);
		case.phase = Phase::Queued { direction };
		case.restarted = false;
		Cases::<T>::insert(id, case);
		Ok(())
	}

	/// The kind of case whose turn it is to be voted on, if there is room: incidents before claims, because claims wait for
	/// them, but not in all of it.
	fn next_kind() -> Option<bool> {
		let parameters = T::Parameters::get();
		let running = Running::<T>::get();
		let incidents = running.iter().filter(|(_, is_incident, _)| *is_incident).count() as u32;
		let has_room = (running.len() as u32) < parameters.max_referenda.min(crate::MAX_REFERENDA);
		let waits = |is_incident| {
			let (first, end) = QueueEnds::<T>::get(is_incident);
			first < end
		};
		if !has_room {
			None
		} else if incidents < parameters.max_incident_referenda && waits(true) {
			Some(true)
		} else {
			waits(false).then_some(false)
		}
	}

	/// Starts the next referendum, if there is one and there is room for it.
	fn serve_queue() -> Result<bool, DispatchError> {
		let Some(is_incident) = Self::next_kind() else {
			return Ok(false);
		};
		let (first, end) = QueueEnds::<T>::get(is_incident);
		let id = Queue::<T>::take(is_incident, first).ok_or(Error::<T>::UnknownCase)?;
		if first.saturating_add(1) == end {
			QueueEnds::<T>::remove(is_incident);
		} else {
			QueueEnds::<T>::insert(is_incident, (first.saturating_add(1), end));
		}
		let case = Cases::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let Phase::Queued { direction } = case.phase else {
			return Err(Error::<T>::UnknownCase.into());
		};
		Self::start_referendum(id, case, direction)?;
		Ok(true)
	}

	fn start_referendum(id: CaseId, mut case: CaseOf<T>, direction: Direction) -> DispatchResult {
		let ballot = NextBallot::<T>::get();
		NextBallot::<T>::put(ballot.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		let question = Self::question(id, &case, direction, ballot)?;
		let majority = if case.is_strong {
			Majority::Super
		} else {
			Majority::Simple
		};
		let (referendum, ends) = T::Referenda::start(id, ballot, question.as_bytes(), majority)?;
		Running::<T>::try_append((id, case.subject.is_incident(), ends))
			.map_err(|_| ArithmeticError::Overflow)?;
		case.phase = Phase::Voting {
			direction,
			ballot,
			referendum,
			ends,
		};
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::ReferendumStarted {
			case: id,
			direction,
			referendum,
			ballot,
			ends,
		});
		Ok(())
	}

	/// What is decided, in words: whoever votes need not know more.
	fn question(
		id: CaseId,
		case: &CaseOf<T>,
		direction: Direction,
		ballot: u32,
	) -> Result<String, DispatchError> {
		let product = T::Coverage::product(Self::product_of(case)?).ok_or(Error::<T>::UnknownProduct)?;
		let name = String::from_utf8_lossy(&product.name);
		let (verdict, asked) = (case.verdict.unwrap_or(case.proposal), case.asked(direction));
		let about = match case.subject {
			Subject::Incident { incident } => {
				format!("how much of {name} was lost in incident {incident}")
			}
			Subject::Claim { incident, policy } => {
				format!(
					"how much policy {policy} is to be paid of what it claims under incident {incident} of {name}"
				)
			}
		};
		Ok(format!(
			"Case {id}, ballot {ballot}: {about}. The assessors say {verdict} %. Aye: it is {asked} % instead. If this does \
			 not pass, it is not."
		))
	}

	/// A case is not voted on any more.
	fn leave_vote(id: CaseId, referendum: u32, passed: bool) {
		Running::<T>::mutate(|running| running.retain(|(case, ..)| *case != id));
		T::Referenda::forget(referendum);
		Self::deposit_event(Event::ReferendumEnded {
			case: id,
			referendum,
			passed,
		});
	}

	pub(crate) fn do_enact(id: CaseId, ballot: u32) -> DispatchResult {
		let mut case = Cases::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		match case.phase {
			Phase::Voting {
				direction,
				ballot: current,
				referendum,
				..
			} if current == ballot && matches!(T::Referenda::outcome(referendum), Outcome::Passed { .. }) => {
				Self::leave_vote(id, referendum, true);
				let outcome = case.asked(direction);
				case.phase = Phase::Decided { outcome };
				Cases::<T>::insert(id, case);
				Ok(())
			}
			_ => Err(Error::<T>::NotPassed.into()),
		}
	}

	/// Goes on with what became of a referendum.
	fn end_referendum(
		id: CaseId,
		mut case: CaseOf<T>,
		direction: Direction,
		referendum: u32,
	) -> Result<Weight, DispatchError> {
		match T::Referenda::outcome(referendum) {
			// The enactment is lost where it did not come in time: it needs nobody's consent any more.
			Outcome::Passed { enacted_at } if Self::block() > enacted_at => {
				Self::leave_vote(id, referendum, true);
				let outcome = case.asked(direction);
				return Self::conclude(id, case, outcome);
			}
			Outcome::Ongoing | Outcome::Passed { .. } => return Err(Error::<T>::NothingDue.into()),
			Outcome::Cancelled if !case.restarted => {
				Self::leave_vote(id, referendum, false);
				case.restarted = true;
				// Who voted in the one that was cancelled may not do so in the one that counts.
				if let Some(dispute) = case.dispute_mut(direction) {
					dispute.voted = false;
				}
				Self::start_referendum(id, case, direction)?;
			}
			Outcome::NotPassed | Outcome::Cancelled => {
				Self::leave_vote(id, referendum, false);
				if direction == Direction::Upward && case.downward.is_some() {
					Self::enqueue(id, case, Direction::Downward)?;
					Self::serve_queue()?;
				} else {
					let outcome = case.verdict.unwrap_or(case.proposal);
					return Self::conclude(id, case, outcome);
				}
			}
		}
		Ok(<T as Config>::WeightInfo::poke())
	}

	/// What [`note_turnout`](Self::note_turnout) takes.
	pub(crate) fn note_turnout_weight() -> Weight {
		let ending = Running::<T>::get()
			.iter()
			.filter(|(_, _, ends)| *ends == Self::block().saturating_add(One::one()))
			.count() as u64;
		T::DbWeight::get().reads_writes(1 + 2 * ending, ending)
	}

	/// Notes whether anybody voted in the referenda whose votes are counted in the next block.
	pub(crate) fn note_turnout(now: BlockNumberFor<T>) {
		for (id, _, ends) in Running::<T>::get() {
			if ends != now.saturating_add(One::one()) {
				continue;
			}
			Cases::<T>::mutate_extant(id, |case| {
				if let Phase::Voting {
					direction,
					referendum,
					..
				} = case.phase && T::Referenda::has_votes(referendum)
					&& let Some(dispute) = case.dispute_mut(direction)
				{
					dispute.voted = true;
				}
			});
		}
	}
}
