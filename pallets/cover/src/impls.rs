//! What pools ask of the register, and what claims command and ask.

use crate::{
	Config, Error, Event, Groups, MAX_ALLOCATIONS, Pallet, Policies, ProductPolicies, Products, Records,
	Status, WatchedFeeds, policies::add,
};
use alloc::{vec, vec::Vec};
use frame_support::pallet_prelude::*;
use lutine_math::shares;
use lutine_primitives::{
	Balance,
	insurance::{
		AssetId, Coverage, GroupId, InForce, IncidentId, Insured, Payment, PolicyId, ProductId,
		Products as ProductRegister, Reserving, TrackRecord, Underwriting,
	},
	time::Seconds,
};
use sp_arithmetic::{Rounding, helpers_128bit::multiply_by_rational_with_rounding};
use sp_runtime::{ArithmeticError, Perbill};

impl<T: Config> ProductRegister for Pallet<T> {
	fn is_group(group: GroupId) -> bool {
		Groups::<T>::contains_key(group)
	}

	fn group(product: ProductId) -> Option<GroupId> {
		Products::<T>::get(product)?.group
	}

	fn limit(product: ProductId, asset: &AssetId) -> Option<Balance> {
		let product = Products::<T>::get(product)?;
		match product.status {
			Status::Listed | Status::Paused => product.limits(asset).map(|limits| limits.total),
			Status::Proposed { .. } | Status::Delisted => None,
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn create(product: ProductId, group: GroupId, asset: AssetId, limit: Balance) {
		crate::benchmarking::create_product::<T>(product, group, asset, limit);
	}
}

impl<T: Config> Coverage<T::AccountId> for Pallet<T> {
	fn freeze(id: ProductId) -> DispatchResult {
		Self::try_change(id, |product| {
			ensure!(product.group.is_some(), Error::<T>::NotListed);
			product.frozen = true;
			Ok(())
		})?;
		T::Reserving::freeze(id)
	}

	fn thaw(id: ProductId) -> DispatchResult {
		Self::try_change(id, |product| {
			product.frozen = false;
			Ok(())
		})?;
		T::Reserving::thaw(id)
	}

	fn accept(incident: IncidentId, id: ProductId, verdict: Perbill) -> DispatchResult {
		let paused = Self::try_change(id, |product| {
			ensure!(product.group.is_some(), Error::<T>::NotListed);
			product.incidents = product
				.incidents
				.checked_add(1)
				.ok_or(ArithmeticError::Overflow)?;
			let pause = product.status == Status::Listed;
			if pause {
				product.status = Status::Paused;
			}
			Ok(pause)
		})?;
		if paused {
			Self::deposit_event(Event::Paused { product: id });
		}
		T::TrackRecord::incident_accepted(id, verdict);
		T::Reserving::accept(incident, id, verdict)
	}

	fn close(incident: IncidentId, id: ProductId) -> DispatchResult {
		// The pools know whether the incident was accepted and is not closed yet.
		T::Reserving::close(incident, id)?;
		Self::try_change(id, |product| {
			product.incidents = product
				.incidents
				.checked_sub(1)
				.ok_or(ArithmeticError::Underflow)?;
			Ok(())
		})
	}

	fn in_force(
		id: PolicyId,
		product: ProductId,
		happened: Seconds,
		reported: Seconds,
	) -> Result<InForce<T::AccountId>, DispatchError> {
		let policy = Policies::<T>::get(id).ok_or(Error::<T>::UnknownPolicy)?;
		ensure!(policy.product == product, Error::<T>::OtherProduct);
		ensure!(!policy.cancelled, Error::<T>::PolicyCancelled);
		ensure!(happened >= policy.start, Error::<T>::BeforeCover);
		ensure!(happened < policy.end, Error::<T>::AfterCover);
		ensure!(reported <= policy.last_report(), Error::<T>::ReportedTooLate);
		ensure!(policy.left() > 0, Error::<T>::PolicyExhausted);
		Ok(InForce {
			holder: Self::holder(id).ok_or(Error::<T>::UnknownPolicy)?,
			amount: policy.left(),
			asset: policy.asset,
			deductible: policy.terms.deductible,
			optimistic_limit: policy.terms.optimistic_limit,
		})
	}

	fn open_claim(id: PolicyId) -> DispatchResult {
		Policies::<T>::try_mutate(id, |policy| {
			let policy = policy.as_mut().ok_or(Error::<T>::UnknownPolicy)?;
			ensure!(!policy.cancelled, Error::<T>::PolicyCancelled);
			ensure!(!policy.claim_open, Error::<T>::ClaimOpen);
			policy.claim_open = true;
			Ok(())
		})
	}

	fn settle_claim(id: PolicyId) -> DispatchResult {
		Policies::<T>::try_mutate(id, |policy| {
			let policy = policy.as_mut().ok_or(Error::<T>::UnknownPolicy)?;
			ensure!(policy.claim_open, Error::<T>::NoClaimOpen);
			policy.claim_open = false;
			Ok(())
		})
	}

	fn pay(incident: IncidentId, id: PolicyId, award: Balance) -> Result<Payment, DispatchError> {
		let mut policy = Policies::<T>::get(id).ok_or(Error::<T>::UnknownPolicy)?;
		ensure!(!policy.cancelled, Error::<T>::PolicyCancelled);
		ensure!(award <= policy.left(), Error::<T>::AwardTooLarge);
		let holder = Self::holder(id).ok_or(Error::<T>::UnknownPolicy)?;
		let term = policy.term();
		let amounts: Vec<Balance> = policy
			.allocations
			.iter()
			.map(|allocation| allocation.amount)
			.collect();
		// In proportion to what each stands behind, so never more than that. Nothing can be split where nothing is left.
		let parts = match award {
			0 => vec![0; amounts.len()],
			_ => shares::split(award, &amounts).ok_or(ArithmeticError::Overflow)?,
		};
		let mut sum = Payment::default();
		for (allocation, part) in policy.allocations.iter_mut().zip(parts) {
			if part == 0 {
				continue;
			}
			let payment = T::Reserving::pay(incident, policy.product, id, allocation, term, part, &holder)?;
			add(&mut sum.paid, payment.paid)?;
			add(&mut sum.arrears, payment.arrears)?;
			// The premium of what is paid is the pool's; that of the rest can still be refunded.
			let left = allocation
				.amount
				.checked_sub(part)
				.ok_or(ArithmeticError::Underflow)?;
			allocation.rate =
				multiply_by_rational_with_rounding(allocation.rate, left, allocation.amount, Rounding::Down)
					.ok_or(ArithmeticError::Overflow)?;
			allocation.amount = left;
		}
		add(&mut policy.awarded, award)?;
		Self::record(policy.product, &policy.asset, |record| {
			add(&mut record.awards, award)
		})?;
		Policies::<T>::insert(id, policy);
		Self::deposit_event(Event::Awarded {
			policy: id,
			holder,
			paid: sum.paid,
			arrears: sum.arrears,
		});
		Ok(sum)
	}

	fn product(id: ProductId) -> Option<Insured> {
		let product = Products::<T>::get(id).filter(|product| product.group.is_some())?;
		// What was insured in an asset stays so when it is not sold in it any more.
		let before = Records::<T>::iter_key_prefix(id)
			.filter(|asset| product.limits(asset).is_none())
			.map(|asset| (asset, 0))
			.collect::<Vec<_>>();
		let limits = product.conditions.assets.into_iter();
		Some(Insured {
			name: product.name,
			trigger: product.trigger,
			claim_window: product.claim_window,
			// Governance would have to replace all assets time and again before any was cut off.
			instant_limits: BoundedVec::truncate_from(
				limits
					.map(|limits| (limits.asset, limits.optimistic))
					.chain(before)
					.collect(),
			),
		})
	}

	fn claim_window(id: ProductId) -> Option<Seconds> {
		Products::<T>::get(id)
			.filter(|product| product.group.is_some())
			.map(|product| product.claim_window)
	}

	fn is_watched(feed: u32) -> bool {
		WatchedFeeds::<T>::contains_key(feed)
	}

	fn exposure(product: ProductId, asset: &AssetId) -> Balance {
		T::Underwriting::exposure(product, asset)
	}

	fn holder(policy: PolicyId) -> Option<T::AccountId> {
		Self::holder(policy)
	}

	fn left(policy: PolicyId) -> Balance {
		Policies::<T>::get(policy)
			.filter(|policy| !policy.cancelled)
			.map_or(0, |policy| policy.left())
	}

	fn settle_weight(id: PolicyId) -> Weight {
		Self::policy_weight(id, |_| T::DbWeight::get().reads(1))
	}

	fn worst_settle_weight() -> Weight {
		T::Underwriting::worst_settle_weight()
			.saturating_mul(MAX_ALLOCATIONS.into())
			.saturating_add(T::DbWeight::get().reads(1))
	}

	fn notice_weight() -> Weight {
		// Each pool may pay arrears and an award.
		T::Underwriting::notice_weight(MAX_ALLOCATIONS.saturating_mul(2))
	}

	fn policies(product: ProductId, after: Option<PolicyId>, most: u32) -> Vec<PolicyId> {
		let keys = match after {
			Some(policy) => ProductPolicies::<T>::iter_key_prefix_from(
				product,
				ProductPolicies::<T>::hashed_key_for(product, policy),
			),
			None => ProductPolicies::<T>::iter_key_prefix(product),
		};
		keys.take(most as usize).collect()
	}
}
