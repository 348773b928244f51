//! What managers, governance and anyone who keeps a pool going do.

use crate::{
	AdmittedAssets, Changes, Config, Error, Event, Lines, NextChange, NextPool, NextShare, Pallet, PoolOf,
	ProductUnderwriters, Requests, Reserves,
	hooks::REQUESTS,
	ledger::{Ledger, bounded_rate},
	types::{Announced, AssetTerms, Change, Line, Pool},
};
use alloc::format;
use frame_support::{
	pallet_prelude::*,
	traits::{
		AccountTouch, UnixTime,
		fungible::{Inspect as NativeInspect, Mutate as NativeMutate},
		fungibles::{
			Create, Inspect, Mutate,
			metadata::{MetadataDeposit, Mutate as MutateMetadata},
		},
		tokens::Preservation,
	},
};
use lutine_math::pricing;
use lutine_primitives::{
	Balance,
	insurance::{AssetId, AssetInfo, MAX_AMOUNT, PoolId, ProductId, Products},
};
use sp_runtime::{ArithmeticError, FixedU128, Perbill};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_admit(asset: AssetId, terms: AssetTerms) -> DispatchResult {
		ensure!(
			T::AssetInfo::is_sufficient(&asset),
			Error::<T>::AssetNotSufficient
		);
		// A pool of units that can be had for nothing could be opened, filled and abandoned for nothing.
		ensure!(
			(T::Assets::minimum_balance(asset.clone())..=MAX_AMOUNT).contains(&terms.min_first_deposit)
				&& (1..=terms.min_first_deposit).contains(&terms.min_withdrawal),
			Error::<T>::BadAssetTerms
		);
		AdmittedAssets::<T>::try_mutate(&asset, |stored| {
			if let Some(before) = stored {
				ensure!(before.group == terms.group, Error::<T>::GroupIsForEver);
			}
			*stored = Some(terms.clone());
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::AssetAdmitted { asset, terms });
		Ok(())
	}

	pub(crate) fn do_create(who: &T::AccountId, asset: AssetId, manager_fee: Perbill) -> DispatchResult {
		ensure!(
			AdmittedAssets::<T>::contains_key(&asset),
			Error::<T>::AssetNotAdmitted
		);
		let parameters = T::Parameters::get();
		ensure!(manager_fee <= parameters.max_manager_fee, Error::<T>::FeeTooHigh);
		let id = NextPool::<T>::try_mutate(|next| {
			let id = *next;
			*next = id.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Ok::<_, DispatchError>(id)
		})?;

		// The seed keeps the account alive whatever the recorded sums are. It is never paid out.
		let account = Self::account(id);
		let existence = T::Deposits::minimum_balance();
		T::Deposits::transfer(who, &account, existence, Preservation::Preserve)?;
		if asset != AssetId::Native {
			let seed = T::Assets::minimum_balance(asset.clone());
			T::Assets::transfer(asset.clone(), who, &account, seed, Preservation::Expendable)?;
		}
		let share = Self::create_share_asset(who, id, &asset)?;
		let pool = PoolOf::<T> {
			manager: who.clone(),
			asset: asset.clone(),
			share,
			manager_fee,
			supply: 0,
			capital: 0,
			rate: 0,
			unearned: 0,
			settled_at: T::Time::now().as_secs(),
			exposure: 0,
			squares: Default::default(),
			reserved: 0,
			cuts: Default::default(),
			arrears: Default::default(),
			dues: 0,
			queue: Default::default(),
			standstill: Default::default(),
			strained: false,
			judged_with: Default::default(),
			lines: 0,
			marks: Default::default(),
			totals: Default::default(),
		};
		Self::deposit_event(Event::Created {
			pool: id,
			manager: who.clone(),
			asset,
			share,
		});
		Ledger::<T>::of(id, pool).close().map(|_| ())
	}

	/// Creates the next share asset, owned by the pool's account. `payer` pays for its metadata and its escrow.
	pub(crate) fn create_share_asset(
		payer: &T::AccountId,
		pool: PoolId,
		asset: &AssetId,
	) -> Result<u32, DispatchError> {
		let number = NextShare::<T>::get();
		NextShare::<T>::put(number.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		let share = T::FirstShareAsset::get()
			.checked_add(number)
			.ok_or(ArithmeticError::Overflow)?;
		let account = Self::account(pool);
		let name = format!("Lutine pool {pool} share").into_bytes();
		// Shares that became void and those after them must not look the same.
		let symbol = format!("LP{pool}-{number}").into_bytes();
		let deposit = T::Shares::calc_metadata_deposit(&name, &symbol)
			.saturating_add(T::Shares::deposit_required(share));
		T::Deposits::transfer(payer, &account, deposit, Preservation::Preserve)?;
		T::Shares::create(share, account.clone(), false, 1)?;
		T::Shares::set(share, &account, name, symbol, T::AssetInfo::decimals(asset))?;
		// Escrow is open from the start: whoever fills the pool's account with other assets keeps nobody from leaving.
		T::Shares::touch(share, &account, &account)?;
		Ok(share)
	}

	// ------------------------------------------------------------------------------------------ The manager's changes

	pub(crate) fn do_set_line(
		who: &T::AccountId,
		pool: PoolId,
		product: ProductId,
		weight: Perbill,
		rate: Option<FixedU128>,
	) -> Result<Weight, DispatchError> {
		let mut ledger = Self::open_managed(who, pool)?;
		match Lines::<T>::get(pool, product) {
			Some(line) => {
				ensure!(rate.is_none(), Error::<T>::RateIsSet);
				ensure!(weight != line.weight, Error::<T>::NothingToChange);
				if weight < line.weight {
					// A weight that was to rise is not to any more.
					let lower = Change::Line {
						product,
						weight,
						rate: line.rate,
					};
					Self::forget_change_of_the_same(pool, &lower);
					Self::set_weight(&mut ledger, product, weight)?;
					return ledger.close();
				}
				ledger.ensure_solvent()?;
				Self::announce(
					ledger,
					Change::Line {
						product,
						weight,
						rate: line.rate,
					},
				)
			}
			None => {
				let rate = rate.ok_or(Error::<T>::RateMissing)?;
				ensure!(
					rate == bounded_rate(rate, &ledger.pricing),
					Error::<T>::RateOutOfBounds
				);
				ensure!(!weight.is_zero(), Error::<T>::ZeroAmount);
				Self::ensure_writable(&ledger, product)?;
				Self::announce(
					ledger,
					Change::Line {
						product,
						weight,
						rate,
					},
				)
			}
		}
	}

	pub(crate) fn do_announce(
		who: &T::AccountId,
		pool: PoolId,
		change: Change<T::AccountId>,
	) -> Result<Weight, DispatchError> {
		let ledger = Self::open_managed(who, pool)?;
		match &change {
			Change::Fee(fee) => {
				ensure!(*fee <= ledger.parameters.max_manager_fee, Error::<T>::FeeTooHigh);
				ensure!(*fee != ledger.pool.manager_fee, Error::<T>::NothingToChange);
			}
			Change::Manager(new) => ensure!(*new != ledger.pool.manager, Error::<T>::NothingToChange),
			Change::Line { .. } => {}
		}
		Self::announce(ledger, change)
	}

	/// Lets a change wait until share holders could have left. A pool without any makes it at once.
	fn announce(mut ledger: Ledger<T>, change: Change<T::AccountId>) -> Result<Weight, DispatchError> {
		let pool = ledger.id;
		if ledger.pool.supply == 0 {
			Self::forget_change_of_the_same(pool, &change);
			Self::make_change(&mut ledger, change)?;
			return ledger.close();
		}
		let id = NextChange::<T>::mutate(pool, |next| {
			let id = *next;
			*next = id.wrapping_add(1);
			id
		});
		Changes::<T>::try_mutate(pool, |announced| {
			announced.retain(|other| !other.change.is_of_the_same(&change));
			announced
				.try_push(Announced {
					id,
					change: change.clone(),
					at: ledger.now,
					standstill: ledger.pool.standstill.until(ledger.now),
				})
				.map_err(|_| Error::<T>::TooManyChanges)
		})?;
		Self::deposit_event(Event::ChangeAnnounced { pool, id, change });
		ledger.close()
	}

	fn forget_change_of_the_same(pool: PoolId, change: &Change<T::AccountId>) {
		Changes::<T>::mutate_exists(pool, |announced| {
			if let Some(list) = announced {
				list.retain(|other| !other.change.is_of_the_same(change));
				if list.is_empty() {
					*announced = None;
				}
			}
		});
	}

	fn take_change(pool: PoolId, id: u32) -> Result<Announced<T::AccountId>, DispatchError> {
		Changes::<T>::try_mutate_exists(pool, |announced| {
			let list = announced.as_mut().ok_or(Error::<T>::UnknownChange)?;
			let position = list
				.iter()
				.position(|change| change.id == id)
				.ok_or(Error::<T>::UnknownChange)?;
			let change = list.remove(position);
			if list.is_empty() {
				*announced = None;
			}
			Ok(change)
		})
	}

	pub(crate) fn do_withdraw_change(
		who: &T::AccountId,
		pool: PoolId,
		id: u32,
	) -> Result<Weight, DispatchError> {
		let ledger = Self::open_managed(who, pool)?;
		Self::take_change(pool, id)?;
		Self::deposit_event(Event::ChangeWithdrawn { pool, id });
		ledger.close()
	}

	/// Returns how many requests were looked at, and what bringing the books to now has taken.
	pub(crate) fn do_enact_change(pool: PoolId, id: u32) -> Result<(u32, Weight), DispatchError> {
		let mut ledger = Ledger::<T>::open_settled(pool)?;
		let announced = Self::take_change(pool, id)?;
		Self::ensure_due(&ledger, &announced)?;
		// Whoever is due to leave goes first, also where nothing was free until this block.
		let looked_at = Self::do_process_withdrawals(&mut ledger, REQUESTS)?;
		ensure!(!Self::somebody_waits_to_leave(&ledger), Error::<T>::NotDue);
		Self::make_change(&mut ledger, announced.change)?;
		Ok((looked_at, ledger.close()?))
	}

	/// Whether a request that is due may be in the queue: at its head, or behind one that was cancelled or is void.
	fn somebody_waits_to_leave(ledger: &Ledger<T>) -> bool {
		let queue = &ledger.pool.queue;
		queue.head < queue.tail
			&& Requests::<T>::get(ledger.id, queue.head)
				.is_none_or(|head| head.share != ledger.pool.share || head.due <= ledger.now)
	}

	/// Share holders had the time to leave first: the delay has passed, not counting the time in which the withdrawal queue
	/// stood still. And who came since could know of it: it was not announced long ago.
	fn ensure_due(ledger: &Ledger<T>, announced: &Announced<T::AccountId>) -> DispatchResult {
		let stood = ledger
			.pool
			.standstill
			.until(ledger.now)
			.saturating_sub(announced.standstill);
		let passed = ledger.now.saturating_sub(announced.at).saturating_sub(stood);
		let late = passed.checked_sub(ledger.parameters.change_delay);
		let late = late.ok_or(Error::<T>::NotDue)?;
		ensure!(late < ledger.parameters.change_expiry, Error::<T>::ChangeExpired);
		Ok(())
	}

	fn make_change(ledger: &mut Ledger<T>, change: Change<T::AccountId>) -> DispatchResult {
		let pool = ledger.id;
		match change {
			// The rate was set once, when the line was new.
			Change::Line { product, weight, .. } if Lines::<T>::contains_key(pool, product) => {
				ledger.ensure_solvent()?;
				Self::set_weight(ledger, product, weight)?;
			}
			Change::Line {
				product,
				weight,
				rate,
			} => Self::open_line(ledger, product, weight, rate)?,
			Change::Fee(fee) => {
				ensure!(fee <= ledger.parameters.max_manager_fee, Error::<T>::FeeTooHigh);
				ledger.pool.manager_fee = fee;
				Self::deposit_event(Event::FeeSet { pool, fee });
			}
			Change::Manager(manager) => {
				// What was earned until now is the one's who earned it.
				let earned = core::mem::take(&mut ledger.pool.cuts.manager);
				let previous = core::mem::replace(&mut ledger.pool.manager, manager.clone());
				ledger.pay_out(&previous, earned)?;
				Self::deposit_event(Event::ManagerSet { pool, manager });
			}
		}
		Ok(())
	}

	/// Gives a line that is there another weight.
	fn set_weight(ledger: &mut Ledger<T>, product: ProductId, weight: Perbill) -> DispatchResult {
		let (pool, now) = (ledger.id, ledger.now);
		ledger.update_line(product, now, |line| {
			line.weight = weight;
			Ok(())
		})?;
		Self::deposit_event(Event::LineSet {
			pool,
			product,
			weight,
		});
		Ok(())
	}

	/// Whether the pool may have a line on a product at all.
	fn ensure_writable(ledger: &Ledger<T>, product: ProductId) -> Result<(u32, Balance), DispatchError> {
		let asset = &ledger.pool.asset;
		let group = T::Products::group(product).ok_or(Error::<T>::UnknownProduct)?;
		let limit = T::Products::limit(product, asset).ok_or(Error::<T>::NotSoldInAsset)?;
		let own = AdmittedAssets::<T>::get(asset)
			.ok_or(Error::<T>::AssetNotAdmitted)?
			.group;
		// What fails with the asset would have to be paid in units that are worth nothing then.
		ensure!(group != own, Error::<T>::OwnRiskGroup);
		ensure!(
			ledger.pool.lines < T::MaxLinesPerPool::get(),
			Error::<T>::TooManyLines
		);
		Ok((group, limit))
	}

	fn open_line(
		ledger: &mut Ledger<T>,
		product: ProductId,
		weight: Perbill,
		rate: FixedU128,
	) -> DispatchResult {
		let pool = ledger.id;
		let (group, limit) = Self::ensure_writable(ledger, product)?;
		let mut line = Line {
			group,
			weight,
			exposure: 0,
			matured: 0,
			shares: 0,
			frozen: false,
			incidents: 0,
			rate: bounded_rate(rate, &ledger.pricing),
			utilisation: None,
			touched: ledger.now,
		};
		let capacity = ledger.capacity(&line);
		// A pool that has no capital yet may prepare its lines; it sells on none of them before it has enough.
		ensure!(
			ledger.pool.supply == 0 || capacity >= Self::least_capacity(limit),
			Error::<T>::CapacityTooSmall
		);
		line.utilisation = pricing::utilisation(0, capacity);

		ProductUnderwriters::<T>::try_mutate(product, |underwriters| {
			ensure!(
				!underwriters.frozen && underwriters.incidents == 0,
				Error::<T>::ProductStopped
			);
			if underwriters.pools.is_full() {
				let (position, smallest) =
					Self::smallest_idle(product, &underwriters.pools).ok_or(Error::<T>::ProductFull)?;
				ensure!(smallest < capacity, Error::<T>::ProductFull);
				let out = underwriters.pools.swap_remove(position);
				Self::drop_line(out, product);
			}
			underwriters
				.pools
				.try_push(pool)
				.map_err(|_| Error::<T>::ProductFull)
		})?;
		ledger.pool.lines += 1;
		Lines::<T>::insert(pool, product, line);
		Self::deposit_event(Event::LineSet {
			pool,
			product,
			weight,
		});
		Ok(())
	}

	/// What a line must be able to hold to be one of a product's: its list is short, and must not be filled with little.
	pub(crate) fn least_capacity(limit: Balance) -> Balance {
		limit / Balance::from(T::MaxLinesPerProduct::get())
	}

	/// The line of least capacity among those without exposure, as the books of their pools were left.
	fn smallest_idle(product: ProductId, pools: &[PoolId]) -> Option<(usize, Balance)> {
		pools
			.iter()
			.enumerate()
			.filter_map(|(position, pool)| {
				let line = Lines::<T>::get(pool, product)?;
				let ledger = Ledger::<T>::open(*pool).ok()?;
				(line.exposure == 0).then(|| (position, ledger.capacity(&line)))
			})
			.min_by_key(|(_, capacity)| *capacity)
	}

	fn drop_line(pool: PoolId, product: ProductId) {
		Lines::<T>::remove(pool, product);
		crate::Pools::<T>::mutate(pool, |stored| {
			if let Some(Pool { lines, .. }) = stored {
				*lines = lines.saturating_sub(1);
			}
		});
		Self::deposit_event(Event::LineClosed { pool, product });
	}

	pub(crate) fn do_close_line(
		who: &T::AccountId,
		pool: PoolId,
		product: ProductId,
	) -> Result<Weight, DispatchError> {
		let mut ledger = Self::open_managed(who, pool)?;
		let line = Lines::<T>::get(pool, product).ok_or(Error::<T>::NoSuchLine)?;
		ensure!(line.exposure == 0 && !line.is_stopped(), Error::<T>::LineInUse);
		ProductUnderwriters::<T>::mutate_exists(product, |stored| {
			if let Some(underwriters) = stored {
				underwriters.pools.retain(|other| *other != pool);
				if underwriters.is_idle() {
					*stored = None;
				}
			}
		});
		Lines::<T>::remove(pool, product);
		ledger.pool.lines = ledger.pool.lines.saturating_sub(1);
		Self::deposit_event(Event::LineClosed { pool, product });
		ledger.close()
	}

	fn open_managed(who: &T::AccountId, pool: PoolId) -> Result<Ledger<T>, DispatchError> {
		let mut ledger = Ledger::<T>::open(pool)?;
		ensure!(ledger.pool.manager == *who, Error::<T>::NotTheManager);
		ensure!(ledger.settle()?, Error::<T>::PoolNotSettled);
		Ok(ledger)
	}

	// ------------------------------------------------------------------------------------------ Cuts, arrears, reserve

	pub(crate) fn do_distribute(pool: PoolId) -> Result<Weight, DispatchError> {
		let mut ledger = Ledger::<T>::open_settled(pool)?;
		let asset = ledger.pool.asset.clone();
		let cuts = core::mem::take(&mut ledger.pool.cuts);
		ensure!(cuts != Default::default(), Error::<T>::NothingDue);

		// The first unit that reaches a reserve becomes its seed, which it never pays out.
		let account = Self::reserve_account(&asset);
		let seed = Self::missing_seed(&asset);
		let mut to_reserve = 0;
		if cuts.reserve > seed && ledger.transfer_out(&account, cuts.reserve).is_ok() {
			to_reserve = cuts.reserve - seed;
			Reserves::<T>::try_mutate(&asset, |reserve| {
				*reserve = reserve.checked_add(to_reserve).ok_or(ArithmeticError::Overflow)?;
				Ok::<_, DispatchError>(())
			})?;
		} else {
			ledger.pool.cuts.reserve = cuts.reserve;
		}
		let to_treasury = match ledger.transfer_out(&T::Treasury::get(), cuts.treasury) {
			Ok(()) => cuts.treasury,
			Err(_) => {
				ledger.pool.cuts.treasury = cuts.treasury;
				0
			}
		};
		let manager = ledger.pool.manager.clone();
		ledger.pay_out(&manager, cuts.manager)?;
		Self::deposit_event(Event::Distributed {
			pool,
			to_reserve,
			to_treasury,
			to_manager: cuts.manager,
		});
		ledger.close()
	}

	/// What the account of an asset's reserve lacks of its seed: none of it is reserve.
	fn missing_seed(asset: &AssetId) -> Balance {
		let account = Self::reserve_account(asset);
		T::Assets::minimum_balance(asset.clone()).saturating_sub(T::Assets::balance(asset.clone(), &account))
	}

	/// Takes units of an asset from an account into its reserve. Whoever pays first gives the reserve's account its seed.
	pub(crate) fn do_fund_reserve(payer: &T::AccountId, asset: &AssetId, amount: Balance) -> DispatchResult {
		ensure!(
			AdmittedAssets::<T>::contains_key(asset),
			Error::<T>::AssetNotAdmitted
		);
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(amount <= MAX_AMOUNT, Error::<T>::AmountTooLarge);
		let added = amount
			.checked_sub(Self::missing_seed(asset))
			.ok_or(Error::<T>::BelowMinimum)?;
		// The payer's account may be emptied, unless something else depends on its existence.
		T::Assets::transfer(
			asset.clone(),
			payer,
			&Self::reserve_account(asset),
			amount,
			Preservation::Expendable,
		)?;
		Reserves::<T>::try_mutate(asset, |reserve| {
			let sum = reserve.checked_add(added).filter(|sum| *sum <= MAX_AMOUNT);
			*reserve = sum.ok_or(Error::<T>::AmountTooLarge)?;
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::ReserveFunded {
			asset: asset.clone(),
			amount: added,
		});
		Ok(())
	}

	pub(crate) fn do_pay_arrears(
		who: &T::AccountId,
		pool: PoolId,
		amount: Balance,
	) -> Result<Weight, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut ledger = Ledger::<T>::open_settled(pool)?;
		ensure!(ledger.pool.arrears.outstanding > 0, Error::<T>::NoArrears);
		let served = ledger.pool.arrears.serve(amount);
		ledger.take_in(who, served)?;
		Self::deposit_event(Event::ArrearsServed { pool, amount: served });
		ledger.close()
	}

	pub(crate) fn do_draw_reserve(pool: PoolId, amount: Balance) -> Result<Weight, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut ledger = Ledger::<T>::open(pool)?;
		// A vote is not lost because nobody settled the pool before it was enacted.
		ledger.settle()?;
		ensure!(ledger.pool.arrears.outstanding > 0, Error::<T>::NoArrears);
		let asset = ledger.pool.asset.clone();
		let served = ledger.pool.arrears.serve(amount);
		Reserves::<T>::try_mutate(&asset, |reserve| {
			*reserve = reserve.checked_sub(served).ok_or(Error::<T>::ReserveTooSmall)?;
			Ok::<_, DispatchError>(())
		})?;
		T::Assets::transfer(
			asset.clone(),
			&Self::reserve_account(&asset),
			&Self::account(pool),
			served,
			Preservation::Preserve,
		)?;
		Self::deposit_event(Event::ReserveDrawn {
			pool,
			asset,
			amount: served,
		});
		Self::deposit_event(Event::ArrearsServed { pool, amount: served });
		ledger.close()
	}
}
