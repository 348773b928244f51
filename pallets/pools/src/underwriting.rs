//! What cover and claims command: write, cancel, set aside, pay.

use crate::{
	Config, Debts, Error, Event, Groups, Lines, Losses, Pallet, ProductExposures, ProductUnderwriters,
	ledger::Ledger,
	types::{Line, Loss, curve},
};
use alloc::{vec, vec::Vec};
use frame_support::{
	pallet_prelude::*,
	storage::{TransactionOutcome, transactional::with_transaction, with_storage_layer},
	traits::{fungibles::Mutate, tokens::Preservation},
};
use lutine_math::{
	pricing::{self, Technical},
	shares, solvency,
	split::Offer,
	streams,
};
use lutine_primitives::{
	Balance,
	insurance::{
		Allocation, AssetId, IncidentId, MAX_AMOUNT, OnPaid, Payment, PolicyId, PoolId, Premium, ProductId,
		Products, Reserving, Risk, Term, Underwriting,
	},
	time::Seconds,
};
use sp_runtime::{ArithmeticError, FixedU128, Perbill};

impl<T: Config> Ledger<T> {
	/// When the pool stops standing behind a policy: the end of the day in which its claim window is over. In the last
	/// second of that an incident can still be reported, so it must not be over with it.
	fn release_of(&self, term: &Term) -> Result<Seconds, DispatchError> {
		self.day_end(
			term.end
				.checked_add(term.claim_window)
				.and_then(|last_report| last_report.checked_add(1))
				.ok_or(Error::<T>::BadTerm)?,
		)
	}

	/// What the pool asks now for a product of this probability, as a function of the amount, if it may sell at all.
	fn offer(
		&self,
		product: ProductId,
		probability: Option<FixedU128>,
		term: &Term,
	) -> Result<Offer, DispatchError> {
		ensure!(
			term.end > self.now && self.day_end(term.end)? == term.end,
			Error::<T>::BadTerm
		);
		self.release_of(term)?;
		let line = Lines::<T>::get(self.id, product).ok_or(Error::<T>::NoSuchLine)?;
		ensure!(!line.is_stopped(), Error::<T>::ProductStopped);
		self.ensure_solvent()?;
		let free = self.pool.capital.saturating_sub(self.pool.reserved);
		ensure!(free > 0, Error::<T>::InsufficientCapital);

		let group = Groups::<T>::get(self.id, line.group);
		let capacity = self.capacity_in(&line, group);
		Ok(Offer {
			technical: Technical {
				group,
				sum: self.pool.exposure,
				amount: 0,
				free,
				probability: probability.ok_or(Error::<T>::UnknownProduct)?,
				load: self.pricing.load,
				return_on_capital: self.pricing.return_on_capital,
				rho: self.pricing.rho,
				seconds: term.end - self.now,
				window: term.claim_window,
				cuts: self.cuts(),
			},
			capacity,
			exposure: line.exposure,
			rate: line.rate_at(self.now, &self.pricing),
			curve: curve(&self.pricing),
		})
	}

	/// Whether a line that holds nothing yet is large enough to: from then on nobody can take its place in the product's
	/// list. `limit` is the product's in the pool's asset.
	fn ensure_may_begin(offer: &Offer, limit: impl FnOnce() -> Option<Balance>) -> DispatchResult {
		if offer.exposure == 0 {
			let limit = limit().ok_or(Error::<T>::NotSoldInAsset)?;
			ensure!(
				offer.capacity >= Pallet::<T>::least_capacity(limit),
				Error::<T>::CapacityTooSmall
			);
		}
		Ok(())
	}

	/// What the pool asks now for an amount.
	pub fn price(&self, product: ProductId, amount: Balance, term: &Term) -> Result<Premium, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(amount <= MAX_AMOUNT, Error::<T>::AmountTooLarge);
		let probability = T::Risk::probability(product);
		let offer = self.offer(product, probability, term)?;
		ensure!(amount <= offer.room(), Error::<T>::CapacityExceeded);
		Self::ensure_may_begin(&offer, || T::Products::limit(product, &self.pool.asset))?;
		let technical = offer.technical(amount).ok_or(Error::<T>::AmountTooLarge)?;
		let market = offer.market(amount).ok_or(Error::<T>::AmountTooLarge)?;
		let net = pricing::net_premium(technical, market);
		let (rate, _) = streams::stream(net, term.end - self.now).ok_or(Error::<T>::AmountTooLarge)?;
		Ok(Premium {
			net,
			technical,
			market,
			rate,
		})
	}

	/// Pays what was served of a policy's arrears.
	fn pull(&mut self, policy: PolicyId, recipient: &T::AccountId) -> Result<Balance, DispatchError> {
		let Some(mut debt) = Debts::<T>::get(self.id, policy) else {
			return Ok(0);
		};
		let pulled = self.pool.arrears.pull(&mut debt);
		if debt.owed == 0 {
			Debts::<T>::remove(self.id, policy);
		} else {
			Debts::<T>::insert(self.id, policy, debt);
		}
		if pulled > 0 {
			Pallet::<T>::deposit_event(Event::ArrearsPulled {
				pool: self.id,
				policy,
				amount: pulled,
			});
		}
		self.pay_holder(recipient, pulled)?;
		Ok(pulled)
	}
}

impl<T: Config> Underwriting<T::AccountId> for Pallet<T> {
	fn offers(product: ProductId, asset: &AssetId, term: Term) -> Vec<(PoolId, Offer)> {
		let probability = T::Risk::probability(product);
		let limit = T::Products::limit(product, asset);
		let mut pools = ProductUnderwriters::<T>::get(product).pools.into_inner();
		pools.sort_unstable();
		// Settling writes, and this is a question.
		with_transaction(|| {
			let offers = Ledger::<T>::each_settled(pools).filter_map(|ledger| {
				if ledger.pool.asset != *asset {
					return None;
				}
				let offer = ledger.offer(product, probability, &term).ok()?;
				Ledger::<T>::ensure_may_begin(&offer, || limit).ok()?;
				Some((ledger.id, offer))
			});
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(offers.collect()))
		})
		.unwrap_or_default()
	}

	fn exposure(product: ProductId, asset: &AssetId) -> Balance {
		ProductExposures::<T>::get(product, asset)
	}

	fn settle_weight(pool: PoolId) -> Weight {
		Self::settle_weight(pool)
	}

	fn worst_settle_weight() -> Weight {
		let releases = crate::RELEASES_PER_SETTLE.saturating_add(T::MaxLinesPerPool::get());
		Self::settled(T::Parameters::get().max_days_per_settle, releases)
	}

	fn notice_weight(notices: u32) -> Weight {
		T::OnPaid::weight(notices)
	}

	fn pay_through(
		pool: PoolId,
		payer: &T::AccountId,
		recipient: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let mut ledger = Ledger::<T>::open(pool)?;
		let directly = with_storage_layer(|| {
			T::Assets::transfer(
				ledger.pool.asset.clone(),
				payer,
				recipient,
				amount,
				Preservation::Expendable,
			)
		});
		if directly.is_err() {
			ledger.take_in(payer, amount)?;
			ledger.pay_out(recipient, amount)?;
			ledger.close()?;
		}
		Ok(())
	}

	fn write(
		payer: &T::AccountId,
		pool: PoolId,
		asset: &AssetId,
		product: ProductId,
		amount: Balance,
		term: Term,
	) -> Result<Premium, DispatchError> {
		let mut ledger = Ledger::<T>::open_settled(pool)?;
		ensure!(ledger.pool.asset == *asset, Error::<T>::OtherAsset);
		let premium = ledger.price(product, amount, &term)?;
		ledger.take_in(payer, premium.net)?;
		let totals = &mut ledger.pool.totals;
		totals.premiums = totals
			.premiums
			.checked_add(premium.net)
			.ok_or(ArithmeticError::Overflow)?;
		let rate = ledger.stream(premium.net, term.end)?;
		debug_assert_eq!(rate, premium.rate);

		let now = ledger.now;
		ledger.update_line(product, now, |line| {
			line.exposure = line
				.exposure
				.checked_add(amount)
				.ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})?;
		let release = ledger.release_of(&term)?;
		ledger.schedule(product, release, amount)?;
		ledger.ensure_solvent()?;
		Self::deposit_event(Event::Written {
			pool,
			product,
			amount,
			premium: premium.net,
			end: term.end,
		});
		ledger.close()?;
		Ok(premium)
	}

	fn cancel(
		recipient: &T::AccountId,
		product: ProductId,
		allocation: &Allocation,
		term: Term,
		fee: Perbill,
	) -> Result<Balance, DispatchError> {
		let mut ledger = Ledger::<T>::open_settled(allocation.pool)?;
		let line = Lines::<T>::get(ledger.id, product).ok_or(Error::<T>::NoSuchLine)?;
		ensure!(!line.is_stopped(), Error::<T>::ProductStopped);
		// Whoever sees that the pool could not bear the loss it is there for may leave at no cost.
		let fee = if ledger.pool.capital < ledger.scr()? {
			Perbill::zero()
		} else {
			fee
		};
		let refund = ledger.end_stream(allocation.rate, term.end, fee)?;
		let release = ledger.release_of(&term)?;
		// After that time nothing is stood behind any more, and the books have released it.
		if ledger.unschedule(product, release, allocation.amount)? {
			let now = ledger.now;
			ledger.update_line(product, now, |line| {
				line.exposure = line
					.exposure
					.checked_sub(allocation.amount)
					.ok_or(ArithmeticError::Underflow)?;
				Ok(())
			})?;
		}
		ledger.pay_holder(recipient, refund)?;
		Self::deposit_event(Event::Cancelled {
			pool: ledger.id,
			product,
			amount: allocation.amount,
			refund,
		});
		ledger.close()?;
		Ok(refund)
	}
}

impl<T: Config> Pallet<T> {
	/// Changes a product's line in every pool that has one, told with the asset of its shares, as recorded: what is set
	/// aside must not wait for pools that somebody left unsettled.
	fn for_each_line(
		product: ProductId,
		mut change: impl FnMut((PoolId, u32), &mut Line) -> DispatchResult,
	) -> DispatchResult {
		for pool in ProductUnderwriters::<T>::get(product).pools {
			let mut ledger = Ledger::<T>::open(pool)?;
			let (now, share) = (ledger.now, ledger.pool.share);
			ledger.update_line(product, now, |line| change((pool, share), line))?;
			ledger.close()?;
		}
		Ok(())
	}

	/// What an incident on a product costs a pool, as long as something may be paid for it.
	fn open_loss(incident: IncidentId, pool: PoolId, product: ProductId) -> Result<Loss, DispatchError> {
		let loss = Losses::<T>::get(incident, pool)
			.filter(|loss| loss.product == product)
			.ok_or(Error::<T>::UnknownIncident)?;
		ensure!(!loss.is_closed, Error::<T>::IncidentClosed);
		Ok(loss)
	}

	/// What an incident's losses are split by over the pools of one asset.
	fn losses_in(incident: IncidentId, asset: &AssetId) -> Vec<(PoolId, Loss)> {
		Losses::<T>::iter_prefix(incident)
			.filter(|(pool, _)| crate::Pools::<T>::get(pool).is_some_and(|pool| pool.asset == *asset))
			.collect()
	}
}

impl<T: Config> Reserving<T::AccountId> for Pallet<T> {
	fn freeze(product: ProductId) -> DispatchResult {
		if ProductUnderwriters::<T>::get(product).frozen {
			return Ok(());
		}
		ProductUnderwriters::<T>::mutate(product, |underwriters| underwriters.frozen = true);
		Self::deposit_event(Event::ProductFrozen { product });
		Self::for_each_line(product, |_, line| {
			line.frozen = true;
			Ok(())
		})
	}

	fn thaw(product: ProductId) -> DispatchResult {
		if !ProductUnderwriters::<T>::get(product).frozen {
			return Ok(());
		}
		ProductUnderwriters::<T>::mutate_exists(product, |stored| {
			if let Some(underwriters) = stored {
				underwriters.frozen = false;
				if underwriters.is_idle() {
					*stored = None;
				}
			}
		});
		Self::deposit_event(Event::ProductThawed { product });
		Self::for_each_line(product, |_, line| {
			line.frozen = false;
			line.release_matured()
		})
	}

	fn accept(incident: IncidentId, product: ProductId, verdict: Perbill) -> DispatchResult {
		ensure!(
			Losses::<T>::iter_key_prefix(incident).next().is_none(),
			Error::<T>::IncidentKnown
		);
		ProductUnderwriters::<T>::try_mutate(product, |underwriters| {
			underwriters.incidents = underwriters
				.incidents
				.checked_add(1)
				.ok_or(ArithmeticError::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		Self::for_each_line(product, |(pool, asset), line| {
			let share = verdict.mul_ceil(line.exposure);
			line.shares = line.shares.checked_add(share).ok_or(ArithmeticError::Overflow)?;
			line.incidents = line.incidents.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			Losses::<T>::insert(
				incident,
				pool,
				Loss {
					product,
					share: asset,
					reserved: share,
					..Default::default()
				},
			);
			Self::deposit_event(Event::SetAside {
				incident,
				pool,
				amount: share,
			});
			Ok(())
		})
	}

	fn close(incident: IncidentId, product: ProductId) -> DispatchResult {
		ProductUnderwriters::<T>::try_mutate_exists(product, |stored| {
			let underwriters = stored.as_mut().ok_or(Error::<T>::UnknownIncident)?;
			underwriters.incidents = underwriters
				.incidents
				.checked_sub(1)
				.ok_or(Error::<T>::UnknownIncident)?;
			if underwriters.is_idle() {
				*stored = None;
			}
			Ok::<_, DispatchError>(())
		})?;
		Self::for_each_line(product, |(pool, _), line| {
			// No line has come since the incident was accepted, nor gone.
			let mut loss = Self::open_loss(incident, pool, product)?;
			loss.is_closed = true;
			let left = core::mem::take(&mut loss.reserved);
			Losses::<T>::insert(incident, pool, loss);
			line.shares = line.shares.checked_sub(left).ok_or(ArithmeticError::Underflow)?;
			line.incidents = line.incidents.checked_sub(1).ok_or(ArithmeticError::Underflow)?;
			Self::deposit_event(Event::Freed {
				incident,
				pool,
				amount: left,
			});
			line.release_matured()
		})
	}

	fn pay(
		incident: IncidentId,
		product: ProductId,
		policy: PolicyId,
		allocation: &Allocation,
		term: Term,
		award: Balance,
		recipient: &T::AccountId,
	) -> Result<Payment, DispatchError> {
		ensure!(award <= allocation.amount, Error::<T>::UnknownAllocation);
		let mut ledger = Ledger::<T>::open(allocation.pool)?;
		// As far as one call may: a payout does not fail because nobody settled the pool before.
		ledger.settle()?;
		let mut loss = Self::open_loss(incident, ledger.id, product)?;

		let paid = solvency::payout(award, ledger.pool.capital, ledger.pool.reserved);
		let arrears = award - paid;
		ledger.lose(paid, arrears)?;
		let share = award.min(loss.reserved);
		loss.reserved -= share;
		loss.paid = loss.paid.checked_add(paid).ok_or(ArithmeticError::Overflow)?;
		loss.arrears = loss
			.arrears
			.checked_add(arrears)
			.ok_or(ArithmeticError::Overflow)?;
		Losses::<T>::insert(incident, ledger.id, loss);

		let release = ledger.release_of(&term)?;
		let scheduled = ledger.unschedule(product, release, award)?;
		let now = ledger.now;
		ledger.update_line(product, now, |line| {
			// Past its day only what waits for incidents is still stood behind.
			ensure!(scheduled || line.matured >= award, Error::<T>::UnknownAllocation);
			line.pay(award, share, !scheduled)
		})?;

		// The new debt joins the old one at today's index, so the old one is brought there first.
		ledger.pull(policy, recipient)?;
		if arrears > 0 {
			let books = &mut ledger.pool.arrears;
			let debt = match Debts::<T>::get(ledger.id, policy) {
				Some(mut debt) => {
					books
						.extend(&mut debt, arrears)
						.ok_or(Error::<T>::AmountTooLarge)?;
					debt
				}
				None => books.open(arrears).ok_or(Error::<T>::AmountTooLarge)?,
			};
			Debts::<T>::insert(ledger.id, policy, debt);
		}
		ledger.pay_holder(recipient, paid)?;
		Self::deposit_event(Event::LossPaid {
			incident,
			pool: ledger.id,
			policy,
			paid,
			arrears,
		});
		ledger.close()?;
		Ok(Payment { paid, arrears })
	}

	fn pull_arrears(
		pool: PoolId,
		policy: PolicyId,
		recipient: &T::AccountId,
	) -> Result<Balance, DispatchError> {
		let mut ledger = Ledger::<T>::open(pool)?;
		ledger.settle()?;
		let pulled = ledger.pull(policy, recipient)?;
		ledger.close()?;
		Ok(pulled)
	}

	fn arrears_of(pool: PoolId, policy: PolicyId) -> Balance {
		Debts::<T>::get(pool, policy).map_or(0, |debt| debt.owed)
	}

	fn recover(
		payer: &T::AccountId,
		incident: IncidentId,
		asset: &AssetId,
		amount: Balance,
	) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(amount <= MAX_AMOUNT, Error::<T>::AmountTooLarge);
		let mut losses = Self::losses_in(incident, asset);
		losses.retain(|(_, loss)| loss.paid > 0 || loss.arrears > 0);
		ensure!(!losses.is_empty(), Error::<T>::NothingToRecover);
		let ledgers = losses
			.iter()
			.map(|(pool, _)| Ledger::<T>::open_settled(*pool))
			.collect::<Result<Vec<_>, _>>()?;

		// First what the pools still owe after this incident, shared in proportion to it.
		let owed: Vec<Balance> = losses
			.iter()
			.zip(&ledgers)
			.map(|((_, loss), ledger)| loss.arrears.min(ledger.pool.arrears.outstanding))
			.collect();
		let to_arrears = owed.iter().try_fold(0u128, |sum, owed| sum.checked_add(*owed));
		let to_arrears = to_arrears.ok_or(ArithmeticError::Overflow)?.min(amount);
		let served = shares::split(to_arrears, &owed).unwrap_or_else(|| vec![0; owed.len()]);
		// Then what they paid, at once or of their arrears since, in proportion to it; where none paid anything, to what
		// they owed.
		let mut weights: Vec<Balance> = losses
			.iter()
			.zip(&served)
			.map(|((_, loss), served)| loss.paid.saturating_add(loss.arrears.saturating_sub(*served)))
			.collect();
		if weights.iter().all(|weight| *weight == 0) {
			weights = owed;
		}
		let streamed = shares::split(amount - to_arrears, &weights).ok_or(ArithmeticError::Overflow)?;

		let mut nobodys: Balance = 0;
		for (i, (mut ledger, (pool, mut loss))) in ledgers.into_iter().zip(losses).enumerate() {
			let (serve, mut stream) = (served[i], streamed[i]);
			// Those who bore the loss are gone, and whoever came after them bore none of it.
			if ledger.pool.supply == 0 || ledger.pool.share != loss.share {
				nobodys = nobodys.checked_add(stream).ok_or(ArithmeticError::Overflow)?;
				stream = 0;
			}
			ledger.take_in(payer, serve.checked_add(stream).ok_or(ArithmeticError::Overflow)?)?;
			if serve > 0 {
				let taken = ledger.pool.arrears.serve(serve);
				debug_assert_eq!(taken, serve);
				loss.arrears = loss.arrears.saturating_sub(taken);
				Losses::<T>::insert(incident, pool, loss);
				Self::deposit_event(Event::ArrearsServed { pool, amount: taken });
			}
			if stream > 0 {
				let end = ledger.day_end(ledger.now.saturating_add(ledger.parameters.recovery_stream))?;
				let totals = &mut ledger.pool.totals;
				totals.recovered = totals
					.recovered
					.checked_add(stream)
					.ok_or(ArithmeticError::Overflow)?;
				ledger.stream(stream, end)?;
			}
			Self::deposit_event(Event::Recovered {
				incident,
				pool,
				amount: serve.saturating_add(stream),
			});
			ledger.close()?;
		}
		match nobodys {
			0 => Ok(()),
			_ => Self::do_fund_reserve(payer, asset, nobodys),
		}
	}

	fn fund_reserve(payer: &T::AccountId, asset: &AssetId, amount: Balance) -> DispatchResult {
		Self::do_fund_reserve(payer, asset, amount)
	}

	fn settle_all_weight(product: ProductId) -> Weight {
		ProductUnderwriters::<T>::get(product)
			.pools
			.into_iter()
			.fold(T::DbWeight::get().reads(1), |sum, pool| {
				sum.saturating_add(Self::settle_weight(pool))
			})
	}

	fn worst_settle_all_weight() -> Weight {
		<Self as Underwriting<T::AccountId>>::worst_settle_weight()
			.saturating_mul(T::MaxLinesPerProduct::get().into())
	}
}
