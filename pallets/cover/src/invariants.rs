//! What is true of the stored state after every call:
//!
//! 1. Policies and certificates are the same set. The index of a product has its policies, and no others.
//! 2. What the pools stand behind for a policy is what was not awarded of it; nothing once it was cancelled. Awards and
//!    renewals are at most the amount.
//! 3. Cover begins before it ends, at an accounting day's end, and no pool appears twice in a policy.
//! 4. The native tokens on hold are the deposits of proposals and policies.
//! 5. Records count the policies, and hold at least what those still open were sold for.
//! 6. Every product that was listed is in a registered group and none that was not; its limits and periods are in order.
//! 7. The feed that proves incidents of a product that was listed is watched.
//! 8. The account that owns the collection still does.

use crate::{
	CERTIFICATES, Config, Groups, HoldReason, NextPolicy, NextProduct, Pallet, Policies, PolicyOf,
	ProductPolicies, Products, Record, Records, Status, WatchedFeeds,
};
use alloc::collections::{BTreeMap, BTreeSet};
use codec::Encode;
use frame_support::{
	ensure,
	traits::{Get, fungible::InspectHold, tokens::nonfungibles_v2::InspectEnumerable},
};
use lutine_primitives::{
	Balance,
	insurance::{MAX_AMOUNT, PolicyId},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Every invariant of this pallet, over the whole state.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut deposits: BTreeMap<(bool, T::AccountId), Balance> = BTreeMap::new();
		let mut open: BTreeMap<_, Record> = BTreeMap::new();
		let mut ids = BTreeSet::new();
		for (id, policy) in Policies::<T>::iter() {
			Self::check_policy(id, &policy)?;
			let record = open.entry((policy.product, policy.asset.encode())).or_default();
			record.open += 1;
			record.insured += policy.amount;
			record.net_premiums += policy.net_premium;
			record.commissions += policy.commission;
			record.awards += policy.awarded;
			*deposits.entry((false, policy.buyer)).or_default() += policy.deposit;
			ids.insert(id);
		}
		let items: BTreeSet<PolicyId> = pallet_nfts::Pallet::<T>::items(&CERTIFICATES).collect();
		ensure!(items == ids, "policies and certificates are not the same");
		ensure!(
			ProductPolicies::<T>::iter_keys().count() == ids.len(),
			"a product's index has what is no policy"
		);
		for (product, asset, record) in Records::<T>::iter() {
			let left = open.remove(&(product, asset.encode())).unwrap_or_default();
			ensure!(
				record.open == left.open && record.sold >= left.open,
				"a record miscounts policies"
			);
			ensure!(
				record.insured >= left.insured
					&& record.net_premiums >= left.net_premiums
					&& record.commissions >= left.commissions
					&& record.awards >= left.awards
					&& record.refunds <= record.net_premiums,
				"a record holds less than its open policies"
			);
		}
		ensure!(open.is_empty(), "a policy is in no record");

		for (id, product) in Products::<T>::iter() {
			ensure!(
				id < NextProduct::<T>::get(),
				"a product has an id that was not given"
			);
			let is_proposed = matches!(product.status, Status::Proposed { .. });
			ensure!(
				product.group.is_none() == is_proposed,
				"a listed product is in no group, or a proposed one is"
			);
			ensure!(
				product.group.is_none_or(Groups::<T>::contains_key),
				"a product is in a group that is not registered"
			);
			ensure!(
				!(is_proposed && product.is_under_incident()),
				"a proposed product is under an incident"
			);
			ensure!(
				product.status != Status::Listed || product.incidents == 0,
				"a product is sold under an incident"
			);
			ensure!(
				is_proposed
					|| product
						.trigger
						.threshold()
						.is_none_or(|(feed, _)| WatchedFeeds::<T>::contains_key(feed)),
				"a feed that proves incidents is not watched"
			);
			let conditions = &product.conditions;
			ensure!(
				product.waiting_period < conditions.min_period
					&& conditions.min_period <= conditions.max_period,
				"a product's periods are out of order"
			);
			for limits in &conditions.assets {
				ensure!(
					1 <= limits.min
						&& limits.min <= limits.max
						&& limits.max <= limits.total
						&& limits.total <= MAX_AMOUNT,
					"a product's limits are out of order"
				);
			}
			if let Status::Proposed {
				proposer, deposit, ..
			} = product.status
			{
				*deposits.entry((true, proposer)).or_default() += deposit;
			}
		}
		for ((is_proposal, who), deposit) in deposits {
			let reason = if is_proposal {
				HoldReason::Proposal
			} else {
				HoldReason::Policy
			};
			ensure!(
				T::Deposits::balance_on_hold(&reason.into(), &who) == deposit,
				"what is on hold is not what was recorded"
			);
		}
		ensure!(
			pallet_nfts::Pallet::<T>::collection_owner(CERTIFICATES) == Some(Self::account()),
			"the certificates' collection has another owner"
		);
		Ok(())
	}

	fn check_policy(id: PolicyId, policy: &PolicyOf<T>) -> Result<(), TryRuntimeError> {
		ensure!(
			id < NextPolicy::<T>::get(),
			"a policy has an id that was not given"
		);
		ensure!(
			ProductPolicies::<T>::contains_key(policy.product, id),
			"a policy is not in the index of its product"
		);
		ensure!(
			policy.awarded <= policy.amount && policy.renewed <= policy.amount,
			"more was awarded or renewed of a policy than it insured"
		);
		let backed: Balance = policy.allocations.iter().map(|part| part.amount).sum();
		let expected = if policy.cancelled { 0 } else { policy.left() };
		ensure!(
			backed == expected,
			"what pools stand behind is not what a policy insures"
		);
		let pools: BTreeSet<_> = policy.allocations.iter().map(|part| part.pool).collect();
		ensure!(
			!pools.is_empty() && pools.len() == policy.allocations.len(),
			"a policy has a pool twice, or none"
		);
		ensure!(
			policy.bought <= policy.start
				&& policy.start < policy.end
				&& policy.end.is_multiple_of(T::AccountingDay::get()),
			"a policy's times are out of order"
		);
		ensure!(
			!(policy.cancelled && policy.claim_open),
			"a claim is open on a policy that was cancelled"
		);
		Ok(())
	}
}
