//! What people put up for what they stand for, and where it goes.

use crate::{CaseId, CaseOf, Config, Dispute, Error, Event, HoldReason, Incidents, Pallet, Party, Subject};
use frame_support::{
	pallet_prelude::*,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, InspectHold, Mutate, MutateHold},
		tokens::{Fortitude, Precision, Preservation, Restriction},
	},
};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, IncidentId, Reserving},
};

impl<T: Config> Pallet<T> {
	/// Puts native tokens on hold. Nothing can be held of anybody, whether they exist or not.
	pub(crate) fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let reason = reason.into();
		ensure!(
			T::Deposits::can_hold(&reason, who, amount),
			Error::<T>::BondNotThere
		);
		T::Deposits::hold(&reason, who, amount)
	}

	/// Gives back what is on hold for a bond or a fee.
	pub(crate) fn return_bond(who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Deposits::release(&HoldReason::Bond.into(), who, amount, Precision::Exact).map(|_| ())
	}

	/// Takes what is on hold to the pallet's account, whatever else keeps its owner from spending it.
	pub(crate) fn take_to_account(
		reason: HoldReason,
		from: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		T::Deposits::transfer_on_hold(
			&reason.into(),
			from,
			&Self::account(),
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Force,
		)
		.map(|_| ())
	}

	/// Pays from the pallet's account; to the reserve what the recipient cannot receive.
	pub(crate) fn pay_from_account(to: &T::AccountId, amount: Balance) {
		if amount == 0 {
			return;
		}
		let paid = with_storage_layer(|| {
			T::Deposits::transfer(&Self::account(), to, amount, Preservation::Preserve)
		});
		if paid.is_err() {
			Self::pay_to_reserve(amount);
		}
	}

	/// Pays from the pallet's account to the mutual reserve of the native token; to the treasury where there is none.
	pub(crate) fn pay_to_reserve(amount: Balance) {
		if amount == 0 {
			return;
		}
		let account = Self::account();
		let paid = with_storage_layer(|| T::Reserving::fund_reserve(&account, &AssetId::Native, amount));
		if paid.is_err() {
			// Where even that cannot receive, the account keeps it.
			let _ = with_storage_layer(|| {
				T::Deposits::transfer(&account, &T::Treasury::get(), amount, Preservation::Preserve)
			});
		}
	}

	/// Whether the treasury could pay an amount to somebody for a case under an incident, and did. So often only under each:
	/// who claims and judges would live on it otherwise.
	pub(crate) fn treasury_pays(incident: IncidentId, to: &T::AccountId, amount: Balance) -> bool {
		let treasury = T::Treasury::get();
		let most = T::Parameters::get().max_subsidies;
		let paid = amount > 0
			&& Incidents::<T>::get(incident).is_some_and(|incident| incident.subsidies < most)
			&& T::Deposits::reducible_balance(&treasury, Preservation::Preserve, Fortitude::Polite) >= amount
			&& with_storage_layer(|| T::Deposits::transfer(&treasury, to, amount, Preservation::Preserve))
				.is_ok();
		if paid {
			Incidents::<T>::mutate_extant(incident, |incident| {
				incident.subsidies = incident.subsidies.saturating_add(1);
			});
		}
		paid
	}

	/// Returns the bonds of a case that is final to those who were right, and shares out those of the others.
	pub(crate) fn settle_bonds(id: CaseId, case: &CaseOf<T>, outcome: u8) -> DispatchResult {
		// Right is whom the outcome is at least as near to as to what they stood against.
		let is_right = |stood_for: u8, against: u8| outcome.abs_diff(stood_for) <= outcome.abs_diff(against);
		let opener_is_right = match case.subject {
			Subject::Incident { .. } => outcome > 0,
			// Assessors may be so far from each other and agree: who challenges with a point less wins nothing by it.
			Subject::Claim { .. } => {
				is_right(case.proposal, case.alternative)
					|| outcome.abs_diff(case.proposal) <= T::Parameters::get().tolerance
			}
		};
		let challenger_is_right = is_right(case.alternative, case.proposal);
		let verdict = case.verdict.unwrap_or(case.proposal);

		let (mut high, mut low) = (Side::default(), Side::default());
		high.add(Some(&case.opener), opener_is_right);
		low.add(case.challenger.as_ref(), challenger_is_right);
		for (side, dispute, stood_for) in [
			(&mut high, &case.upward, case.proposal),
			(&mut low, &case.downward, case.alternative),
		] {
			match dispute {
				Some(Dispute { party, voted: true }) => side.add(Some(party), is_right(stood_for, verdict)),
				// What nobody voted on is neither right nor wrong: it costs nothing, and earns nothing of what others lose.
				Some(Dispute { party, voted: false }) => Self::return_bond(&party.who, party.bond)?,
				None => {}
			}
		}
		for party in high.right.iter().chain(&low.right) {
			Self::return_bond(&party.who, party.bond)?;
		}
		for party in high.wrong.iter().chain(&low.wrong) {
			Self::take_to_account(HoldReason::Bond, &party.who, party.bond)?;
			Self::deposit_event(Event::BondLost {
				case: id,
				who: party.who.clone(),
				amount: party.bond,
			});
		}

		let payer = case.fee_payer().clone();
		if case.fee > 0 && !case.fee_spent {
			Self::return_bond(&payer, case.fee)?;
		}
		let opener_pays = payer == case.opener.who;
		let payer_is_right = if opener_pays {
			opener_is_right
		} else {
			challenger_is_right
		};
		let (mut of_high, mut of_low) = (high.lost()?, low.lost()?);
		if case.fee > 0 && case.fee_spent && payer_is_right {
			let lost = if opener_pays { &mut of_low } else { &mut of_high };
			let refund = case.fee.min(*lost);
			*lost -= refund;
			Self::pay_from_account(&payer, refund);
			if refund < case.fee && (!opener_pays || Self::is_worth_judging(&case.subject, outcome)) {
				Self::treasury_pays(case.subject.incident(), &payer, case.fee - refund);
			}
		}
		for (lost, others) in [(of_high, &low), (of_low, &high)] {
			// Half goes to whoever of the others was right and put up most: the last.
			let half = lost / 2;
			let mut to_reserve = lost;
			if let Some(winner) = others.right.last() {
				to_reserve = lost - half;
				Self::pay_from_account(&winner.who, half);
			}
			Self::pay_to_reserve(to_reserve);
		}
		Ok(())
	}
}

/// Those who stand for more, or for less.
struct Side<'a, AccountId> {
	right: alloc::vec::Vec<&'a Party<AccountId>>,
	wrong: alloc::vec::Vec<&'a Party<AccountId>>,
}

impl<AccountId> Default for Side<'_, AccountId> {
	fn default() -> Self {
		Self {
			right: Default::default(),
			wrong: Default::default(),
		}
	}
}

impl<'a, AccountId> Side<'a, AccountId> {
	fn add(&mut self, party: Option<&'a Party<AccountId>>, is_right: bool) {
		let Some(party) = party else { return };
		if is_right {
			self.right.push(party);
		} else if party.bond > 0 {
			self.wrong.push(party);
		}
	}

	/// What those who are wrong lose.
	fn lost(&self) -> Result<Balance, sp_runtime::ArithmeticError> {
		self.wrong
			.iter()
			.try_fold(0, |sum: Balance, party| sum.checked_add(party.bond))
			.ok_or(sp_runtime::ArithmeticError::Overflow)
	}
}
