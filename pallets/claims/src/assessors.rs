//! Who votes in cases, how votes are taken and counted, and what they earn or cost.

use crate::{
	Assessor, AssessorOf, Assessors, Ballot, CaseId, CaseOf, Cases, Config, Error, Event, HoldReason, Pallet,
	Phase, Round, RoundResult, Rounds, Subject, Tallies, TotalWeight, Vote, Votes,
};
use frame_support::{pallet_prelude::*, traits::fungible::MutateHold, traits::tokens::Precision};
use lutine_math::claims::weighted_median;
use lutine_primitives::{Balance, insurance::Coverage};
use sp_arithmetic::{Rounding, helpers_128bit::multiply_by_rational_with_rounding};
use sp_core::H256;
use sp_runtime::{
	ArithmeticError,
	traits::{BlakeTwo256, Hash},
};

impl<T: Config> Pallet<T> {
	// ------------------------------------------------------------------------------------------ Stakes

	/// What a vote with a stake weighs.
	fn weight_of(stake: Balance) -> Balance {
		let parameters = T::Parameters::get();
		if stake < parameters.min_stake {
			0
		} else {
			stake.min(parameters.max_weight)
		}
	}

	/// Stores an assessor whose stake has changed.
	fn reweigh(who: &T::AccountId, mut assessor: AssessorOf<T>, weight: Balance) -> DispatchResult {
		TotalWeight::<T>::try_mutate(|total| {
			*total = total
				.checked_sub(assessor.weight)
				.and_then(|total| total.checked_add(weight))
				.ok_or(ArithmeticError::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		assessor.weight = weight;
		Assessors::<T>::insert(who, assessor);
		Ok(())
	}

	pub(crate) fn do_stake(who: T::AccountId, amount: Balance) -> DispatchResult {
		let now = Self::block();
		let mut assessor = Assessors::<T>::get(&who).unwrap_or(Assessor {
			stake: 0,
			weight: 0,
			since: now,
			at_risk: 0,
			votes: 0,
			free_from: None,
		});
		ensure!(assessor.free_from.is_none(), Error::<T>::HasLeft);
		assessor.stake = assessor
			.stake
			.checked_add(amount)
			.ok_or(Error::<T>::BondNotThere)?;
		ensure!(
			amount > 0 && assessor.stake >= T::Parameters::get().min_stake,
			Error::<T>::StakeTooSmall
		);
		Self::hold(HoldReason::Stake, &who, amount)?;
		let (stake, weight) = (assessor.stake, Self::weight_of(assessor.stake));
		if weight != assessor.weight {
			assessor.since = now;
		}
		Self::reweigh(&who, assessor, weight)?;
		Self::deposit_event(Event::Staked {
			assessor: who,
			stake,
			weight,
		});
		Ok(())
	}

	pub(crate) fn do_leave(who: T::AccountId) -> DispatchResult {
		let mut assessor = Assessors::<T>::get(&who).ok_or(Error::<T>::NotAnAssessor)?;
		ensure!(assessor.free_from.is_none(), Error::<T>::HasLeft);
		let free_from = Self::in_blocks(T::Parameters::get().unbonding_period);
		assessor.free_from = Some(free_from);
		Self::reweigh(&who, assessor, 0)?;
		Self::deposit_event(Event::Left {
			assessor: who,
			free_from,
		});
		Ok(())
	}

	pub(crate) fn do_withdraw_stake(who: T::AccountId) -> DispatchResult {
		let assessor = Assessors::<T>::get(&who).ok_or(Error::<T>::NotAnAssessor)?;
		let free_from = assessor.free_from.ok_or(Error::<T>::NotLeft)?;
		ensure!(Self::block() >= free_from, Error::<T>::StakeLocked);
		ensure!(assessor.votes == 0, Error::<T>::VotesNotSettled);
		T::Deposits::release(&HoldReason::Stake.into(), &who, assessor.stake, Precision::Exact)?;
		Assessors::<T>::remove(&who);
		Self::deposit_event(Event::StakeWithdrawn {
			assessor: who,
			stake: assessor.stake,
		});
		Ok(())
	}

	// ------------------------------------------------------------------------------------------ Votes

	/// Asks the assessors. The fee goes from who pays it to the round.
	pub(crate) fn begin_round(id: CaseId, case: &mut CaseOf<T>) -> DispatchResult {
		let pot = if case.fee_spent { 0 } else { case.fee };
		if pot > 0 {
			Self::take_to_account(HoldReason::Bond, case.fee_payer(), pot)?;
		}
		case.fee_spent = true;
		let parameters = T::Parameters::get();
		Rounds::<T>::insert(
			id,
			Round {
				opened: Self::block(),
				attempt: 0,
				slice: parameters.slice,
				tolerance: parameters.tolerance,
				consensus: parameters.consensus,
				total: TotalWeight::<T>::get(),
				votes: 0,
				pot,
				result: None,
			},
		);
		Self::open_voting(id, case);
		Ok(())
	}

	/// Opens the voting of a round, the first time or again.
	fn open_voting(id: CaseId, case: &mut CaseOf<T>) {
		let parameters = T::Parameters::get();
		let commit_until = Self::in_blocks(parameters.commit_period);
		let reveal_until = Self::in_blocks(parameters.commit_period.saturating_add(parameters.reveal_period));
		case.phase = Phase::Assessing {
			commit_until,
			reveal_until,
		};
		Tallies::<T>::insert(id, [0; 101]);
		Self::deposit_event(Event::AssessmentBegan {
			case: id,
			commit_until,
			reveal_until,
		});
	}

	/// Whether somebody has an interest in a case.
	fn is_party(who: &T::AccountId, case: &CaseOf<T>) -> bool {
		case.parties().any(|party| party.who == *who)
			|| match case.subject {
				Subject::Incident { .. } => false,
				Subject::Claim { policy, .. } => T::Coverage::holder(policy).as_ref() == Some(who),
			}
	}

	pub(crate) fn do_commit(who: T::AccountId, id: CaseId, commitment: H256) -> DispatchResult {
		let case = Cases::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let Phase::Assessing { commit_until, .. } = case.phase else {
			return Err(Error::<T>::CommitClosed.into());
		};
		ensure!(Self::block() <= commit_until, Error::<T>::CommitClosed);
		// A vote of the first attempt that nobody has settled yet is, so that its assessor can vote again.
		let round = Rounds::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		if let Some(vote) = Votes::<T>::get(id, &who) {
			ensure!(vote.attempt < round.attempt, Error::<T>::AlreadyCommitted);
			Self::do_settle(id, who.clone())?;
		}
		let mut round = Rounds::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let mut assessor = Assessors::<T>::get(&who).ok_or(Error::<T>::NotAnAssessor)?;
		ensure!(assessor.free_from.is_none(), Error::<T>::HasLeft);
		ensure!(assessor.weight > 0, Error::<T>::NoWeight);
		ensure!(assessor.since < round.opened, Error::<T>::StakeTooRecent);
		ensure!(!Self::is_party(&who, &case), Error::<T>::PartyToTheCase);

		let (weight, slice) = (assessor.weight, round.slice.mul_ceil(assessor.weight));
		assessor.at_risk = assessor
			.at_risk
			.checked_add(slice)
			.filter(|at_risk| *at_risk <= assessor.stake)
			.ok_or(Error::<T>::StakeAtRisk)?;
		assessor.votes = assessor.votes.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		round.votes = round.votes.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let vote = Vote {
			attempt: round.attempt,
			weight,
			slice,
			ballot: Ballot::Committed(commitment),
		};
		Votes::<T>::insert(id, &who, vote);
		Rounds::<T>::insert(id, round);
		Assessors::<T>::insert(&who, assessor);
		Self::deposit_event(Event::Committed {
			case: id,
			assessor: who,
			weight,
		});
		Ok(())
	}

	/// What an assessor commits to with a vote. It holds the assessor and the case: a copy is of no use to anybody.
	pub fn commitment(case: CaseId, assessor: &T::AccountId, percent: u8, salt: [u8; 32]) -> H256 {
		BlakeTwo256::hash_of(&(case, assessor, percent, salt))
	}

	pub(crate) fn do_reveal(who: T::AccountId, id: CaseId, percent: u8, salt: [u8; 32]) -> DispatchResult {
		let case = Cases::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let Phase::Assessing {
			commit_until,
			reveal_until,
		} = case.phase
		else {
			return Err(Error::<T>::RevealClosed.into());
		};
		let now = Self::block();
		ensure!(
			commit_until < now && now <= reveal_until,
			Error::<T>::RevealClosed
		);
		let round = Rounds::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let mut vote = Votes::<T>::get(id, &who)
			.filter(|vote| vote.attempt == round.attempt)
			.ok_or(Error::<T>::NothingCommitted)?;
		let Ballot::Committed(commitment) = vote.ballot else {
			return Err(Error::<T>::AlreadyRevealed.into());
		};
		ensure!(percent <= 100, Error::<T>::BadPercent);
		ensure!(
			Self::commitment(id, &who, percent, salt) == commitment,
			Error::<T>::CommitmentMismatch
		);
		Tallies::<T>::try_mutate(id, |tally| {
			let weight = tally
				.as_mut()
				.and_then(|tally| tally.get_mut(usize::from(percent)))
				.ok_or(Error::<T>::RevealClosed)?;
			*weight = weight.checked_add(vote.weight).ok_or(ArithmeticError::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		vote.ballot = Ballot::Revealed(percent);
		Votes::<T>::insert(id, &who, vote);
		Self::deposit_event(Event::Revealed {
			case: id,
			assessor: who,
			percent,
		});
		Ok(())
	}

	/// Counts the votes of a case once they cannot be revealed any more.
	pub(crate) fn count_votes(id: CaseId, case: &mut CaseOf<T>) -> DispatchResult {
		let mut round = Rounds::<T>::get(id).ok_or(Error::<T>::UnknownCase)?;
		let tally = Tallies::<T>::take(id).ok_or(Error::<T>::UnknownCase)?;
		let median = weighted_median(&tally);
		if median.is_none() && round.attempt == 0 {
			round.attempt = 1;
			round.opened = Self::block();
			round.total = TotalWeight::<T>::get();
			// As far as the treasury can: a higher fee may bring somebody to judge.
			if Self::is_worth_judging(&case.subject, case.proposal)
				&& Self::treasury_pays(case.subject.incident(), &Self::account(), case.fee)
			{
				round.pot = round.pot.checked_add(case.fee).ok_or(ArithmeticError::Overflow)?;
			}
			Rounds::<T>::insert(id, round);
			Self::open_voting(id, case);
			return Ok(());
		}
		let sum = |from: u8, to: u8| -> Option<Balance> {
			tally
				.get(usize::from(from)..=usize::from(to))?
				.iter()
				.try_fold(0, |sum: Balance, weight| sum.checked_add(*weight))
		};
		let agreeing = match median {
			Some(verdict) => {
				let (low, high) = (
					verdict.saturating_sub(round.tolerance),
					verdict.saturating_add(round.tolerance).min(100),
				);
				sum(low, high).ok_or(ArithmeticError::Overflow)?
			}
			None => 0,
		};
		let revealed = sum(0, 100).ok_or(ArithmeticError::Overflow)?;
		round.result = Some(RoundResult {
			verdict: median,
			agreeing,
			is_clear: agreeing >= round.consensus.mul_ceil(revealed),
		});
		if median.is_none() {
			// Nobody earned it.
			let pot = core::mem::take(&mut round.pot);
			let refund = pot.min(case.fee);
			Self::pay_from_account(case.fee_payer(), refund);
			Self::pay_from_account(&T::Treasury::get(), pot - refund);
			case.fee = 0;
		}
		let verdict = median.unwrap_or(case.proposal);
		case.verdict = Some(verdict);
		case.is_strong =
			agreeing > 0 && agreeing >= T::Parameters::get().strong_verdict.mul_ceil(round.total);
		if round.votes == 0 {
			Rounds::<T>::remove(id);
		} else {
			Rounds::<T>::insert(id, round);
		}
		let until = Self::in_blocks(T::Parameters::get().dispute_period);
		case.phase = Phase::Disputable { until };
		Self::deposit_event(Event::Verdict {
			case: id,
			verdict,
			is_strong: case.is_strong,
			until,
		});
		Ok(())
	}

	// ------------------------------------------------------------------------------------------ Settlement

	pub(crate) fn do_settle(id: CaseId, who: T::AccountId) -> DispatchResult {
		let vote = Votes::<T>::get(id, &who).ok_or(Error::<T>::UnknownVote)?;
		let mut round = Rounds::<T>::get(id).ok_or(Error::<T>::UnknownVote)?;
		// A vote of the first attempt, if there is a second, was not revealed: nobody's was.
		let is_void = vote.attempt < round.attempt;
		ensure!(is_void || round.result.is_some(), Error::<T>::RoundOpen);

		let (mut reward, mut lost) = (0, 0);
		match (vote.ballot, &mut round.result) {
			(Ballot::Revealed(percent), Some(result)) => {
				let agrees = result
					.verdict
					.is_some_and(|verdict| verdict.abs_diff(percent) <= round.tolerance);
				if agrees {
					// Of what is left, by weight of what is left: the last one gets all of it.
					reward = multiply_by_rational_with_rounding(
						round.pot,
						vote.weight,
						result.agreeing,
						Rounding::Down,
					)
					.ok_or(ArithmeticError::Overflow)?;
					round.pot = round.pot.checked_sub(reward).ok_or(ArithmeticError::Underflow)?;
					result.agreeing = result
						.agreeing
						.checked_sub(vote.weight)
						.ok_or(ArithmeticError::Underflow)?;
				} else if result.is_clear {
					lost = vote.slice;
				}
			}
			_ => lost = vote.slice,
		}
		round.votes = round.votes.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
		Votes::<T>::remove(id, &who);
		if round.votes == 0 && round.result.is_some() {
			Rounds::<T>::remove(id);
		} else {
			Rounds::<T>::insert(id, round);
		}

		// Whoever votes is an assessor until the vote is settled.
		let mut assessor = Assessors::<T>::get(&who).ok_or(Error::<T>::NotAnAssessor)?;
		assessor.votes = assessor.votes.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
		assessor.at_risk = assessor
			.at_risk
			.checked_sub(vote.slice)
			.ok_or(ArithmeticError::Underflow)?;
		assessor.stake = assessor
			.stake
			.checked_sub(lost)
			.ok_or(ArithmeticError::Underflow)?;
		let weight = if assessor.free_from.is_some() {
			0
		} else {
			// Never more than it was: only staking makes it that, and makes it recent.
			Self::weight_of(assessor.stake).min(assessor.weight)
		};
		Self::reweigh(&who, assessor, weight)?;
		if lost > 0 {
			Self::take_to_account(HoldReason::Stake, &who, lost)?;
			Self::pay_to_reserve(lost);
		}
		Self::pay_from_account(&who, reward);
		Self::deposit_event(Event::VoteSettled {
			case: id,
			assessor: who,
			reward,
			lost,
		});
		Ok(())
	}
}
