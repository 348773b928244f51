//! The life of a policy: bought, renewed, cancelled, closed.

use crate::{
	Config, Error, Event, HoldReason, Item, MAX_ALLOCATIONS, NextPolicy, OrderOf, Pallet, Part, Parts,
	Policies, Policy, PolicyOf, ProductOf, ProductPolicies, Products, Record, Records, State, Status, Terms,
	WeightInfo,
};
use frame_support::pallet_prelude::*;
use lutine_math::streams;
use lutine_primitives::{
	Balance,
	insurance::{Allocation, AssetId, PolicyId, ProductId, Reserving, Spot, Term, Underwriting},
	time::Seconds,
};
use sp_runtime::{ArithmeticError, Perbill};

impl<T: Config> Pallet<T> {
	/// Whether so much of a product may be sold in an asset until some time, whoever stands behind it. Returns the product
	/// and the term.
	pub(crate) fn ensure_sold(
		id: ProductId,
		asset: &AssetId,
		amount: Balance,
		end: Seconds,
	) -> Result<(ProductOf<T>, Term), DispatchError> {
		let product = Products::<T>::get(id).ok_or(Error::<T>::UnknownProduct)?;
		ensure!(!product.is_under_incident(), Error::<T>::ProductUnderIncident);
		match product.status {
			Status::Listed => {}
			Status::Paused => return Err(Error::<T>::ProductPaused.into()),
			Status::Proposed { .. } | Status::Delisted => return Err(Error::<T>::NotListed.into()),
		}
		if let Some((feed, threshold)) = product.trigger.threshold() {
			let value = T::Spot::spot(feed).ok_or(Error::<T>::FeedNotFresh)?;
			// The averages lag behind: who buys now would know what they will prove.
			ensure!(value > threshold, Error::<T>::FeedInBreach);
		}
		let limits = product.limits(asset).ok_or(Error::<T>::NotSoldInAsset)?;
		ensure!(amount >= limits.min, Error::<T>::AmountTooSmall);
		ensure!(amount <= limits.max, Error::<T>::AmountTooLarge);
		let (now, day) = (Self::now(), T::AccountingDay::get());
		ensure!(streams::day_end(end, day) == Some(end), Error::<T>::NotADaysEnd);
		// A day either way: a quote's end is rounded up, and it is bought a little later.
		let (least, most) = (product.conditions.min_period, product.conditions.max_period);
		ensure!(
			end.saturating_add(day) > now.saturating_add(least),
			Error::<T>::PeriodTooShort
		);
		ensure!(
			end < now.saturating_add(most).saturating_add(day),
			Error::<T>::PeriodTooLong
		);
		ensure!(
			T::Underwriting::exposure(id, asset)
				.checked_add(amount)
				.is_some_and(|sum| sum <= limits.total),
			Error::<T>::ProductLimitExceeded
		);
		let term = Term {
			end,
			claim_window: product.claim_window,
		};
		Ok((product, term))
	}

	fn check_parts(parts: &Parts, amount: Balance) -> DispatchResult {
		ensure!(
			!parts.is_empty() && parts.iter().all(|part| part.amount > 0),
			Error::<T>::EmptyPart
		);
		for (i, part) in parts.iter().enumerate() {
			ensure!(
				!parts[..i].iter().any(|other| other.pool == part.pool),
				Error::<T>::DuplicatePool
			);
		}
		let sum = parts
			.iter()
			.try_fold(0, |sum: Balance, part| sum.checked_add(part.amount));
		ensure!(sum == Some(amount), Error::<T>::PartsDoNotAddUp);
		Ok(())
	}

	/// Sells cover to `who`. Where it follows another policy, its cover begins at `follows` if that is earlier than the end
	/// of the waiting period.
	pub(crate) fn do_buy(
		who: T::AccountId,
		id: ProductId,
		asset: AssetId,
		order: OrderOf<T>,
		item: Item,
		follows: Option<Seconds>,
	) -> Result<PolicyId, DispatchError> {
		let now = Self::now();
		let parameters = T::Parameters::get();
		ensure!(
			order.deadline.is_none_or(|deadline| now <= deadline),
			Error::<T>::DeadlinePassed
		);
		let commission = order.broker.as_ref().map_or(0, |broker| broker.commission);
		ensure!(
			commission <= parameters.max_commission.deconstruct(),
			Error::<T>::CommissionTooHigh
		);
		let (product, term) = Self::ensure_sold(id, &asset, order.amount, order.end)?;
		Self::check_parts(&order.parts, order.amount)?;

		let mut net_premium: Balance = 0;
		let mut allocations = BoundedVec::new();
		for Part { pool, amount } in &order.parts {
			let premium = T::Underwriting::write(&who, *pool, &asset, id, *amount, term)?;
			net_premium = net_premium
				.checked_add(premium.net)
				.ok_or(ArithmeticError::Overflow)?;
			let allocation = Allocation {
				pool: *pool,
				amount: *amount,
				rate: premium.rate,
			};
			// There are as many parts as allocations.
			let pushed = allocations.try_push(allocation);
			debug_assert!(pushed.is_ok());
		}
		let commission = Perbill::from_parts(commission).mul_ceil(net_premium);
		ensure!(
			net_premium
				.checked_add(commission)
				.is_some_and(|gross| gross <= order.max_premium),
			Error::<T>::PremiumTooHigh
		);
		if let (Some(broker), Some(part)) = (&order.broker, order.parts.first())
			&& commission > 0
		{
			T::Underwriting::pay_through(part.pool, &who, &broker.account, commission)?;
		}
		let deposit = parameters.policy_deposit;
		Self::take_deposit(HoldReason::Policy, &who, deposit)?;

		let waited = now.saturating_add(product.waiting_period);
		// What was sold has limits.
		let limits = product.limits(&asset).ok_or(Error::<T>::NotSoldInAsset)?;
		let policy = Policy {
			product: id,
			asset: asset.clone(),
			amount: order.amount,
			awarded: 0,
			renewed: 0,
			net_premium,
			commission,
			broker: order.broker.map(|broker| broker.account),
			bought: now,
			start: follows.map_or(waited, |follows| follows.min(waited)),
			end: term.end,
			allocations,
			terms: Terms {
				claim_window: term.claim_window,
				deductible: product.conditions.deductible_of(order.amount),
				optimistic_limit: limits.optimistic,
				cancellation_fee: parameters.cancellation_fee,
			},
			item,
			buyer: who.clone(),
			deposit,
			claim_open: false,
			cancelled: false,
		};
		let number = NextPolicy::<T>::get();
		NextPolicy::<T>::put(number.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		Self::issue(number, &policy, &product.name, &who)?;
		ProductPolicies::<T>::insert(id, number, ());
		Self::record(id, &asset, |record| {
			add(&mut record.insured, policy.amount)?;
			add(&mut record.net_premiums, net_premium)?;
			add(&mut record.commissions, commission)?;
			record.sold = record.sold.saturating_add(1);
			record.open = record.open.saturating_add(1);
			Ok(())
		})?;
		Self::deposit_event(Event::Bought {
			policy: number,
			product: id,
			holder: who,
			asset,
			amount: policy.amount,
			net_premium,
			commission,
			start: policy.start,
			end: policy.end,
		});
		Policies::<T>::insert(number, policy);
		Ok(number)
	}

	/// A policy, whose certificate `who` must hold.
	fn held_by(who: &T::AccountId, id: PolicyId) -> Result<PolicyOf<T>, DispatchError> {
		let policy = Policies::<T>::get(id).ok_or(Error::<T>::UnknownPolicy)?;
		ensure!(Self::holder(id).as_ref() == Some(who), Error::<T>::NotTheHolder);
		Ok(policy)
	}

	fn ensure_active(policy: &PolicyOf<T>) -> DispatchResult {
		match policy.state(Self::now()) {
			State::Active => Ok(()),
			State::Expired => Err(Error::<T>::PolicyExpired.into()),
			State::Cancelled => Err(Error::<T>::PolicyCancelled.into()),
			State::Exhausted => Err(Error::<T>::PolicyExhausted.into()),
		}
	}

	pub(crate) fn do_renew(who: T::AccountId, id: PolicyId, order: OrderOf<T>) -> DispatchResult {
		let mut policy = Self::held_by(&who, id)?;
		Self::ensure_active(&policy)?;
		// Of one policy that was waited for nobody makes two.
		let renewed = policy
			.renewed
			.checked_add(order.amount)
			.ok_or(Error::<T>::RenewalTooLarge)?;
		ensure!(renewed <= policy.left(), Error::<T>::RenewalTooLarge);
		let by = Self::do_buy(
			who,
			policy.product,
			policy.asset.clone(),
			order,
			policy.item.clone(),
			Some(policy.end),
		)?;
		policy.renewed = renewed;
		Policies::<T>::insert(id, policy);
		Self::deposit_event(Event::Renewed { policy: id, by });
		Ok(())
	}

	pub(crate) fn do_cancel(who: &T::AccountId, id: PolicyId) -> Result<Balance, DispatchError> {
		let mut policy = Self::held_by(who, id)?;
		Self::ensure_active(&policy)?;
		ensure!(!policy.claim_open, Error::<T>::ClaimOpen);
		let product = Products::<T>::get(policy.product).ok_or(Error::<T>::UnknownProduct)?;
		ensure!(!product.is_under_incident(), Error::<T>::ProductUnderIncident);

		let (term, fee) = (policy.term(), policy.terms.cancellation_fee);
		let mut refund = 0;
		for allocation in policy
			.allocations
			.iter_mut()
			.filter(|allocation| allocation.amount > 0)
		{
			let part = T::Underwriting::cancel(who, policy.product, allocation, term, fee)?;
			add(&mut refund, part)?;
			// The pool is remembered for what it may owe.
			*allocation = Allocation {
				pool: allocation.pool,
				amount: 0,
				rate: 0,
			};
		}
		policy.cancelled = true;
		Self::record(policy.product, &policy.asset, |record| {
			add(&mut record.refunds, refund)
		})?;
		Self::deposit_event(Event::Cancelled {
			policy: id,
			holder: who.clone(),
			refund,
		});
		if policy.awarded == 0 {
			// Or somebody could sell a certificate of nothing.
			Self::remove(id, policy)?;
		} else {
			Policies::<T>::insert(id, policy);
		}
		Ok(refund)
	}

	/// Returns what it took, where that is less than it may take: only pools that may owe something are reached, and
	/// their books brought to now.
	pub(crate) fn do_close(id: PolicyId) -> Result<Option<Weight>, DispatchError> {
		let policy = Policies::<T>::get(id).ok_or(Error::<T>::UnknownPolicy)?;
		ensure!(!policy.claim_open, Error::<T>::ClaimOpen);
		let now = Self::now();
		match policy.state(now) {
			State::Cancelled | State::Exhausted => {}
			State::Active | State::Expired => {
				ensure!(now > policy.last_report(), Error::<T>::ClaimWindowOpen);
				let product = Products::<T>::get(policy.product).ok_or(Error::<T>::UnknownProduct)?;
				ensure!(!product.is_under_incident(), Error::<T>::ProductUnderIncident);
			}
		}
		let taken =
			(policy.awarded == 0).then(|| <T as Config>::WeightInfo::close(policy.allocations.len() as u32));
		if policy.awarded > 0 {
			Self::do_pull_arrears(id)?;
			ensure!(
				policy
					.allocations
					.iter()
					.all(|allocation| T::Reserving::arrears_of(allocation.pool, id) == 0),
				Error::<T>::ArrearsLeft
			);
		}
		Self::remove(id, policy)?;
		Ok(taken)
	}

	/// Ends a policy under which nothing is owed any more.
	fn remove(id: PolicyId, policy: PolicyOf<T>) -> DispatchResult {
		Self::burn(id)?;
		Self::return_deposit(HoldReason::Policy, &policy.buyer, policy.deposit)?;
		ProductPolicies::<T>::remove(policy.product, id);
		Policies::<T>::remove(id);
		Self::record(policy.product, &policy.asset, |record| {
			record.open = record.open.saturating_sub(1);
			Ok(())
		})?;
		Self::deposit_event(Event::Closed { policy: id });
		Ok(())
	}

	pub(crate) fn do_pull_arrears(id: PolicyId) -> DispatchResult {
		let policy = Policies::<T>::get(id).ok_or(Error::<T>::UnknownPolicy)?;
		let holder = Self::holder(id).ok_or(Error::<T>::UnknownPolicy)?;
		for allocation in &policy.allocations {
			T::Reserving::pull_arrears(allocation.pool, id, &holder)?;
		}
		Ok(())
	}

	/// Changes what was ever sold of a product in an asset.
	pub(crate) fn record(
		product: ProductId,
		asset: &AssetId,
		change: impl FnOnce(&mut Record) -> DispatchResult,
	) -> DispatchResult {
		Records::<T>::try_mutate(product, asset, change)
	}

	// ------------------------------------------------------------------------------------------ Weights

	/// What settling the pools of an order takes.
	fn settle_weight<'a>(pools: impl IntoIterator<Item = &'a u32>) -> Weight {
		pools.into_iter().fold(Weight::zero(), |sum, pool| {
			sum.saturating_add(T::Underwriting::settle_weight(*pool))
		})
	}

	pub(crate) fn buy_weight(order: &OrderOf<T>) -> Weight {
		let parts = order.parts.len() as u32;
		<T as Config>::WeightInfo::buy(parts)
			.saturating_add(Self::settle_weight(order.parts.iter().map(|part| &part.pool)))
	}

	pub(crate) fn renew_weight(order: &OrderOf<T>) -> Weight {
		let parts = order.parts.len() as u32;
		<T as Config>::WeightInfo::renew(parts)
			.saturating_add(Self::settle_weight(order.parts.iter().map(|part| &part.pool)))
	}

	/// The weight of a call on a policy that reaches each of its pools.
	pub(crate) fn policy_weight(id: PolicyId, base: impl FnOnce(u32) -> Weight) -> Weight {
		let Some(policy) = Policies::<T>::get(id) else {
			// It may be bought before, in the same batch.
			return base(MAX_ALLOCATIONS);
		};
		let pools = policy.allocations.iter().map(|allocation| &allocation.pool);
		base(policy.allocations.len() as u32).saturating_add(Self::settle_weight(pools))
	}

	/// The weight of a call in which each pool of a policy may pay its holder.
	fn paying_weight(id: PolicyId, base: impl FnOnce(u32) -> Weight) -> Weight {
		Self::policy_weight(id, |pools| {
			base(pools).saturating_add(T::Underwriting::notice_weight(pools))
		})
	}

	pub(crate) fn cancel_weight(id: PolicyId) -> Weight {
		Self::paying_weight(id, <T as Config>::WeightInfo::cancel)
	}

	pub(crate) fn close_weight(id: PolicyId) -> Weight {
		Self::paying_weight(id, <T as Config>::WeightInfo::close)
	}

	pub(crate) fn pull_weight(id: PolicyId) -> Weight {
		Self::paying_weight(id, <T as Config>::WeightInfo::pull_arrears)
	}
}

/// Adds to a recorded sum.
pub(crate) fn add(sum: &mut Balance, amount: Balance) -> DispatchResult {
	*sum = sum.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
	Ok(())
}
