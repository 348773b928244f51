//! The register: what proposers and governance do with risk groups and products.

use crate::{
	Conditions, Config, Error, Event, GenesisProduct, Groups, HoldReason, NextProduct, Pallet, Product,
	ProductOf, Products, Proposal, Status, WatchedFeeds,
};
use frame_support::{
	pallet_prelude::*,
	traits::{UnixTime, fungible::MutateHold, tokens::Precision},
};
use lutine_primitives::{
	Balance,
	insurance::{
		AssetInfo, GroupId, MAX_AMOUNT, MAX_TRIGGER_DAYS, Name, ProductId, Table, TrackRecord, Trigger,
	},
	parameters::{self, CoverField},
	time::Seconds,
};
use sp_runtime::{ArithmeticError, Perbill};

/// Whether bytes are a name: text that looks like nothing else in a wallet.
fn is_name(bytes: &[u8]) -> bool {
	let is_printable = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
	bytes.iter().all(is_printable) && bytes.iter().any(u8::is_ascii_graphic)
}

/// Whether a table falls in levels and rises in percentages, none of them zero or above 100, and a feed can be above all of
/// its levels.
fn is_table(table: &Table) -> bool {
	let in_order = table
		.windows(2)
		.all(|rows| rows[0].0 > rows[1].0 && rows[0].1 < rows[1].1);
	// A feed shows no more than that, so it would be at or below a higher level for ever.
	let can_be_above = table
		.first()
		.is_some_and(|(level, _)| level.into_inner() < lutine_math::feeds::MAX_VALUE);
	in_order && can_be_above && table.iter().all(|(_, percent)| (1..=100).contains(percent))
}

impl<T: Config> Pallet<T> {
	/// Unix seconds.
	pub(crate) fn now() -> Seconds {
		<T as Config>::Time::now().as_secs()
	}

	pub(crate) fn do_register_group(group: GroupId, name: Name) -> DispatchResult {
		ensure!(is_name(&name), Error::<T>::BadName);
		ensure!(!Groups::<T>::contains_key(group), Error::<T>::GroupExists);
		Groups::<T>::insert(group, &name);
		Self::deposit_event(Event::GroupRegistered { group, name });
		Ok(())
	}

	pub(crate) fn do_propose(who: T::AccountId, proposal: Proposal) -> DispatchResult {
		let deposit = T::Parameters::get().product_deposit;
		let id = NextProduct::<T>::get();
		let name = proposal.name.clone();
		let product = Self::product_of(proposal, who.clone(), deposit)?;
		Self::take_deposit(HoldReason::Proposal, &who, deposit)?;
		NextProduct::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		Products::<T>::insert(id, product);
		Self::deposit_event(Event::Proposed {
			product: id,
			who,
			name,
		});
		Ok(())
	}

	/// The product that a proposal describes, if it may be one.
	fn product_of(
		proposal: Proposal,
		proposer: T::AccountId,
		deposit: Balance,
	) -> Result<ProductOf<T>, DispatchError> {
		let Proposal {
			name,
			class,
			code_hash,
			terms_hash,
			trigger,
			waiting_period,
			claim_window,
			conditions,
		} = proposal;
		ensure!(is_name(&name), Error::<T>::BadName);

		// A product may have of each what governance may make the default.
		let chain = T::Parameters::get();
		let own = parameters::Cover {
			waiting_period: waiting_period.unwrap_or(chain.waiting_period),
			claim_window: claim_window.unwrap_or(chain.claim_window),
			..Default::default()
		};
		match own.check() {
			Ok(()) => {}
			Err(CoverField::claim_window) => return Err(Error::<T>::BadClaimWindow.into()),
			Err(_) => return Err(Error::<T>::BadWaitingPeriod.into()),
		}
		if let Trigger::Parametric {
			averaging,
			observation,
			table,
			..
		} = &trigger
		{
			let days = 1..=MAX_TRIGGER_DAYS;
			ensure!(
				days.contains(averaging) && days.contains(observation) && is_table(table),
				Error::<T>::BadTrigger
			);
			// Or cover could be bought when the average has already begun to fall.
			ensure!(
				u64::from(*averaging).saturating_mul(T::AccountingDay::get()) <= own.waiting_period,
				Error::<T>::BadWaitingPeriod
			);
		}
		Self::check_conditions(&conditions, own.waiting_period)?;
		Ok(Product {
			name,
			group: None,
			terms_hash,
			trigger,
			waiting_period: own.waiting_period,
			claim_window: own.claim_window,
			conditions,
			status: Status::Proposed {
				proposer,
				deposit,
				class,
				code_hash,
			},
			frozen: false,
			incidents: 0,
		})
	}

	fn check_conditions(conditions: &Conditions, waiting_period: Seconds) -> DispatchResult {
		let chain = T::Parameters::get();
		let Conditions {
			uri,
			assets,
			min_period,
			max_period,
			deductible,
		} = conditions;
		ensure!(uri.iter().all(u8::is_ascii_graphic), Error::<T>::BadUri);
		ensure!(
			(chain.min_period..=*max_period).contains(min_period)
				&& *max_period <= chain.max_period
				// The shortest policy ends up to a day before.
				&& waiting_period.saturating_add(T::AccountingDay::get()) <= *min_period,
			Error::<T>::BadPeriods
		);
		ensure!(
			*deductible <= Perbill::one().deconstruct(),
			Error::<T>::BadDeductible
		);
		for (i, limits) in assets.iter().enumerate() {
			ensure!(
				(1..=limits.max).contains(&limits.min)
					&& limits.max <= limits.total
					&& limits.total <= MAX_AMOUNT
					&& limits.optimistic <= MAX_AMOUNT,
				Error::<T>::BadLimits
			);
			ensure!(
				!assets[..i].iter().any(|other| other.asset == limits.asset),
				Error::<T>::DuplicateAsset
			);
			ensure!(
				T::AssetInfo::is_sufficient(&limits.asset),
				Error::<T>::AssetNotSufficient
			);
		}
		Ok(())
	}

	/// Removes a proposed product; for `by`, who must be its proposer, or for governance.
	pub(crate) fn do_remove_proposal(id: ProductId, by: Option<T::AccountId>) -> DispatchResult {
		let product = Products::<T>::get(id).ok_or(Error::<T>::UnknownProduct)?;
		let Status::Proposed {
			proposer, deposit, ..
		} = product.status
		else {
			return Err(Error::<T>::AlreadyListed.into());
		};
		ensure!(by.is_none_or(|who| who == proposer), Error::<T>::NotTheProposer);
		Products::<T>::remove(id);
		Self::return_deposit(HoldReason::Proposal, &proposer, deposit)?;
		Self::deposit_event(Event::ProposalRemoved { product: id });
		Ok(())
	}

	pub(crate) fn take_deposit(reason: HoldReason, who: &T::AccountId, deposit: Balance) -> DispatchResult {
		let held = T::Deposits::hold(&reason.into(), who, deposit);
		held.map_err(|_| Error::<T>::DepositNotThere.into())
	}

	pub(crate) fn return_deposit(reason: HoldReason, who: &T::AccountId, deposit: Balance) -> DispatchResult {
		T::Deposits::release(&reason.into(), who, deposit, Precision::Exact)?;
		Ok(())
	}

	/// Changes a product that is there.
	pub(crate) fn try_change<R>(
		id: ProductId,
		change: impl FnOnce(&mut ProductOf<T>) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		Products::<T>::try_mutate(id, |product| {
			change(product.as_mut().ok_or(Error::<T>::UnknownProduct)?)
		})
	}

	/// Lists a proposed product, whose record begins `since` then.
	pub(crate) fn do_list(id: ProductId, group: GroupId, since: Seconds) -> DispatchResult {
		ensure!(Groups::<T>::contains_key(group), Error::<T>::UnknownGroup);
		Self::try_change(id, |product| {
			let Status::Proposed {
				proposer,
				deposit,
				class,
				code_hash,
			} = &product.status
			else {
				return Err(Error::<T>::AlreadyListed.into());
			};
			Self::check_conditions(&product.conditions, product.waiting_period)?;
			T::TrackRecord::begin(id, *class, *code_hash, since)?;
			Self::return_deposit(HoldReason::Proposal, proposer, *deposit)?;
			if let Some((feed, _)) = product.trigger.threshold() {
				WatchedFeeds::<T>::insert(feed, ());
			}
			product.group = Some(group);
			product.status = Status::Listed;
			Ok(())
		})?;
		Self::deposit_event(Event::Listed { product: id, group });
		Ok(())
	}

	pub(crate) fn list_at_genesis(product: GenesisProduct) -> DispatchResult {
		let GenesisProduct {
			id,
			group,
			quiet_since,
			proposal,
		} = product;
		ensure!(!Products::<T>::contains_key(id), Error::<T>::AlreadyListed);
		let next = id.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		NextProduct::<T>::mutate(|stored| *stored = next.max(*stored));
		// Nobody proposed it, so nothing is on hold for it.
		Products::<T>::insert(id, Self::product_of(proposal, Self::account(), 0)?);
		Self::do_list(id, group, quiet_since)
	}

	pub(crate) fn do_amend(id: ProductId, conditions: Conditions) -> DispatchResult {
		Self::try_change(id, |product| {
			ensure!(
				matches!(product.status, Status::Listed | Status::Paused),
				Error::<T>::NotListed
			);
			Self::check_conditions(&conditions, product.waiting_period)?;
			product.conditions = conditions;
			Ok(())
		})?;
		Self::deposit_event(Event::Amended { product: id });
		Ok(())
	}

	pub(crate) fn do_pause(id: ProductId) -> DispatchResult {
		Self::try_change(id, |product| match product.status {
			Status::Listed => {
				product.status = Status::Paused;
				Ok(())
			}
			Status::Paused => Err(Error::<T>::ProductPaused.into()),
			_ => Err(Error::<T>::NotListed.into()),
		})?;
		Self::deposit_event(Event::Paused { product: id });
		Ok(())
	}

	pub(crate) fn do_resume(id: ProductId) -> DispatchResult {
		Self::try_change(id, |product| {
			ensure!(product.status == Status::Paused, Error::<T>::NotPaused);
			ensure!(!product.is_under_incident(), Error::<T>::ProductUnderIncident);
			product.status = Status::Listed;
			Ok(())
		})?;
		Self::deposit_event(Event::Resumed { product: id });
		Ok(())
	}

	pub(crate) fn do_delist(id: ProductId) -> DispatchResult {
		let product = Products::<T>::get(id).ok_or(Error::<T>::UnknownProduct)?;
		match product.status {
			Status::Proposed { .. } => Self::do_remove_proposal(id, None),
			Status::Delisted => Err(Error::<T>::NotListed.into()),
			Status::Listed | Status::Paused => {
				let status = Status::Delisted;
				Products::<T>::insert(id, Product { status, ..product });
				Self::deposit_event(Event::Delisted { product: id });
				Ok(())
			}
		}
	}
}
