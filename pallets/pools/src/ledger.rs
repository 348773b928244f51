//! One pool in hand: its books are opened, brought to now, changed and closed.
//!
//! Everything a pool earns passes [`Ledger::earn`] and everything it loses [`Ledger::lose`]; money moves in
//! [`Ledger::take_in`] and [`Ledger::pay_out`]; exposure changes in [`Ledger::update_line`]. Nothing else does any of it.

use crate::{
	Config, Days, Dues, Error, Event, Groups, Lines, Pallet, PoolOf, Pools, ProductExposures,
	types::{Line, Mark, Pool},
};
use frame_support::{
	pallet_prelude::*,
	storage::with_storage_layer,
	traits::{
		UnixTime,
		fungibles::Mutate,
		tokens::{Fortitude, Precision, Preservation},
	},
};
use lutine_math::{
	pricing, shares,
	solvency::{self, replace_square},
	streams,
};
use lutine_primitives::{
	Balance,
	insurance::{MAX_AMOUNT, OnPaid, PoolId, ProductId},
	parameters,
	time::Seconds,
};
use sp_runtime::{ArithmeticError, FixedU128, Perbill};

/// How many exposures one settlement releases before it stops at the end of the day it is at. A day brings one for each
/// line at most.
pub const RELEASES_PER_SETTLE: u32 = 64;

/// How many accounting days lie between the share prices that the trailing yield is told from.
const MARK_INTERVAL: Seconds = 30;

/// A pool's books, open.
pub struct Ledger<T: Config> {
	pub id: PoolId,
	pub pool: PoolOf<T>,
	pub parameters: parameters::Pools,
	pub pricing: parameters::Pricing,
	pub now: Seconds,
	/// Accounting days that were walked.
	pub days: u32,
	/// Exposures that were released on the way.
	pub releases: u32,
	day: Seconds,
}

impl<T: Config> Ledger<T> {
	/// Opens a pool's books as they were left.
	pub fn open(id: PoolId) -> Result<Self, DispatchError> {
		let pool = Pools::<T>::get(id).ok_or(Error::<T>::UnknownPool)?;
		Ok(Self::of(id, pool))
	}

	/// Opens the books of a pool that is not stored yet.
	pub fn of(id: PoolId, pool: PoolOf<T>) -> Self {
		let now = T::Time::now().as_secs();
		Self::at(now, T::Parameters::get(), T::PricingParameters::get(), id, pool)
	}

	fn at(
		now: Seconds,
		parameters: parameters::Pools,
		pricing: parameters::Pricing,
		id: PoolId,
		pool: PoolOf<T>,
	) -> Self {
		Self {
			id,
			pool,
			parameters,
			pricing,
			now,
			days: 0,
			releases: 0,
			day: T::AccountingDay::get().max(1),
		}
	}

	/// Opens a pool's books and brings them to now; fails where there is more to do than one call may.
	pub fn open_settled(id: PoolId) -> Result<Self, DispatchError> {
		let mut ledger = Self::open(id)?;
		ensure!(ledger.settle()?, Error::<T>::PoolNotSettled);
		Ok(ledger)
	}

	/// The same for several pools, but for those where it fails. What holds for all of them is read once.
	pub fn each_settled(pools: impl IntoIterator<Item = PoolId>) -> impl Iterator<Item = Self> {
		let now = T::Time::now().as_secs();
		let (parameters, pricing) = (T::Parameters::get(), T::PricingParameters::get());
		pools.into_iter().filter_map(move |id| {
			let pool = Pools::<T>::get(id)?;
			let mut ledger = Self::at(now, parameters.clone(), pricing.clone(), id, pool);
			ledger.settle().ok()?.then_some(ledger)
		})
	}

	/// Ends a change: serves arrears from capital that nothing needs, and notes what the change has made of the pool.
	/// Returns what bringing the books to now has taken.
	pub fn close(mut self) -> Result<Weight, DispatchError> {
		self.note()?;
		Pools::<T>::insert(self.id, self.pool);
		Ok(Pallet::<T>::settled(self.days, self.releases))
	}

	fn note(&mut self) -> DispatchResult {
		let free = self.pool.capital.saturating_sub(self.pool.reserved);
		if self.pool.arrears.outstanding > 0 && free > 0 {
			let served = self.pool.arrears.serve(free);
			self.pool.capital -= served;
			Pallet::<T>::deposit_event(Event::ArrearsServed {
				pool: self.id,
				amount: served,
			});
		}

		let stands_still = self.stands_still();
		let standstill = &mut self.pool.standstill;
		match standstill.since {
			None if stands_still => standstill.since = Some(self.now),
			Some(_) if !stands_still => {
				standstill.total = standstill.until(self.now);
				standstill.since = None;
			}
			_ => {}
		}

		self.pool.judged_with = self.pricing.rho;
		let strained = self.pool.capital < self.required()?;
		if strained != self.pool.strained {
			self.pool.strained = strained;
			Pallet::<T>::deposit_event(match strained {
				true => Event::Strained { pool: self.id },
				false => Event::Relieved { pool: self.id },
			});
		}

		// What was just changed must still be backed by money.
		ensure!(
			self.pool.holdings().is_some_and(|sum| sum <= MAX_AMOUNT) && self.pool.supply <= MAX_AMOUNT,
			Error::<T>::AmountTooLarge
		);
		Ok(())
	}

	// ------------------------------------------------------------------------------------------ Time

	/// Walks from where the books were left to now, day by day: premium is earned by the second, streams end, exposures
	/// are released. Stops at the bound of one call; returns whether it arrived.
	pub fn settle(&mut self) -> Result<bool, DispatchError> {
		let begun = self.pool.settled_at;
		while self.pool.settled_at < self.now {
			if self.pool.rate == 0 && self.pool.exposure == 0 && self.pool.reserved == 0 {
				// Nothing earns and nothing can mature: there is no day to look at.
				self.pool.settled_at = self.now;
				break;
			}
			let index = self.pool.settled_at / self.day + 1;
			let boundary = index.saturating_mul(self.day);
			if boundary > self.now {
				self.earn_until(self.now)?;
				break;
			}
			if self.days >= self.parameters.max_days_per_settle || self.releases >= RELEASES_PER_SETTLE {
				break;
			}
			self.earn_until(boundary)?;
			let today = Days::<T>::take(self.id, index);
			self.days += 1;
			self.pool.rate = self
				.pool
				.rate
				.checked_sub(today.ending)
				.ok_or(ArithmeticError::Underflow)?;
			for (product, amount) in today.maturing {
				self.releases += 1;
				self.update_line(product, boundary, |line| line.mature(amount))?;
			}
		}
		if self.pool.settled_at > begun {
			self.mark()?;
		}
		Ok(self.pool.settled_at >= self.now)
	}

	/// The sum of what streams earn by the second until `at` is taken out of what is unearned. Whole units only are
	/// earned; their fractions stay until they make one.
	fn earn_until(&mut self, at: Seconds) -> DispatchResult {
		let passed = at.saturating_sub(self.pool.settled_at);
		self.pool.settled_at = at;
		let moved = self
			.pool
			.rate
			.checked_mul(passed.into())
			.ok_or(ArithmeticError::Overflow)?;
		let earned = self.shrink_unearned(moved)?;
		self.earn(earned)
	}

	/// Takes scaled premium out of what is unearned, and returns the whole units that leaves.
	fn shrink_unearned(&mut self, scaled: u128) -> Result<Balance, DispatchError> {
		let before = self.pool.upr();
		self.pool.unearned = self
			.pool
			.unearned
			.checked_sub(scaled)
			.ok_or(ArithmeticError::Underflow)?;
		Ok(before - self.pool.upr())
	}

	fn mark(&mut self) -> DispatchResult {
		let Some(price) = shares::price(self.pool.supply, self.pool.capital) else {
			return Ok(());
		};
		// Of the time that the books tell of: a walk that paused for its bound has not come to now.
		let at = self.pool.settled_at;
		if at.saturating_sub(self.pool.marks[1].at) >= MARK_INTERVAL * self.day {
			self.pool.marks = [self.pool.marks[1], Mark { at, price }];
		}
		Ok(())
	}

	/// The number of the day at whose end something happens.
	pub fn day_index(&self, end: Seconds) -> Seconds {
		end / self.day
	}

	/// The end of the accounting day that holds a second.
	pub fn day_end(&self, time: Seconds) -> Result<Seconds, DispatchError> {
		Ok(streams::day_end(time, self.day).ok_or(Error::<T>::BadTerm)?)
	}

	// ------------------------------------------------------------------------------------------ Earning and losing

	/// What each recipient takes of earned premium: reserve, treasury, manager.
	pub fn cuts(&self) -> [Perbill; 3] {
		[
			self.parameters.reserve_cut,
			self.parameters.treasury_cut,
			self.pool.manager_fee,
		]
	}

	/// The one place where the pool earns. Each takes from what the one before left: the reserve, the treasury, the
	/// manager, creditors, and share holders, who also get what rounding leaves.
	pub fn earn(&mut self, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let [reserve, treasury, manager, rest] = streams::earned_parts(amount, self.cuts());
		let served = self.pool.arrears.serve(rest);
		let pool = &mut self.pool;
		let totals = &mut pool.totals;
		for (sum, part) in [
			(&mut pool.cuts.reserve, reserve),
			(&mut pool.cuts.treasury, treasury),
			(&mut pool.cuts.manager, manager),
			(&mut pool.capital, rest - served),
			(&mut totals.to_reserve, reserve),
			(&mut totals.to_treasury, treasury),
			(&mut totals.to_manager, manager),
			(&mut totals.to_arrears, served),
			(&mut totals.to_capital, rest - served),
		] {
			*sum = sum.checked_add(part).ok_or(ArithmeticError::Overflow)?;
		}
		Ok(())
	}

	/// The one place where the pool loses: `amount` is paid at once, `arrears` is still owed.
	pub fn lose(&mut self, amount: Balance, arrears: Balance) -> DispatchResult {
		let pool = &mut self.pool;
		pool.capital = pool
			.capital
			.checked_sub(amount)
			.ok_or(ArithmeticError::Underflow)?;
		pool.totals.losses = pool
			.totals
			.losses
			.checked_add(amount)
			.ok_or(ArithmeticError::Overflow)?;
		pool.totals.arrears = pool
			.totals
			.arrears
			.checked_add(arrears)
			.ok_or(ArithmeticError::Overflow)?;
		Ok(())
	}

	/// Begins a stream of `amount`, which is in the pool's account already, until `end`, a day's end. Returns its rate.
	/// What no rate can express is earned at once.
	pub fn stream(&mut self, amount: Balance, end: Seconds) -> Result<u128, DispatchError> {
		// The sum of what is unearned counts from where the books are.
		ensure!(self.pool.settled_at == self.now, Error::<T>::PoolNotSettled);
		let seconds = end.checked_sub(self.now).ok_or(Error::<T>::BadTerm)?;
		let (rate, _) = streams::stream(amount, seconds).ok_or(Error::<T>::AmountTooLarge)?;
		let pool = &mut self.pool;
		let before = pool.upr();
		let scaled = rate
			.checked_mul(seconds.into())
			.ok_or(ArithmeticError::Overflow)?;
		pool.unearned = pool
			.unearned
			.checked_add(scaled)
			.ok_or(Error::<T>::AmountTooLarge)?;
		pool.rate = pool.rate.checked_add(rate).ok_or(Error::<T>::AmountTooLarge)?;
		// The whole units that are unearned now were not before; the rest of the amount is earned.
		let streamed = pool.upr() - before;
		Days::<T>::try_mutate(self.id, self.day_index(end), |today| {
			today.ending = today.ending.checked_add(rate).ok_or(ArithmeticError::Overflow)?;
			Ok::<_, DispatchError>(())
		})?;
		self.earn(amount.checked_sub(streamed).ok_or(ArithmeticError::Underflow)?)?;
		Ok(rate)
	}

	/// Ends a stream before its time. Returns what it had not earned in whole units, rounded down, less `fee` of that,
	/// rounded up; the rest is earned.
	pub fn end_stream(&mut self, rate: u128, end: Seconds, fee: Perbill) -> Result<Balance, DispatchError> {
		let left = end.saturating_sub(self.now);
		if left == 0 {
			return Ok(0);
		}
		let refund = streams::refund(rate, left, fee).ok_or(ArithmeticError::Overflow)?;
		self.mutate_day(self.day_index(end), |today| {
			today.ending = today.ending.checked_sub(rate).ok_or(ArithmeticError::Underflow)?;
			Ok(())
		})?;
		self.pool.rate = self
			.pool
			.rate
			.checked_sub(rate)
			.ok_or(ArithmeticError::Underflow)?;
		let scaled = rate.checked_mul(left.into()).ok_or(ArithmeticError::Overflow)?;
		let freed = self.shrink_unearned(scaled)?;
		let totals = &mut self.pool.totals;
		totals.refunded = totals
			.refunded
			.checked_add(refund)
			.ok_or(ArithmeticError::Overflow)?;
		self.earn(freed.checked_sub(refund).ok_or(ArithmeticError::Underflow)?)?;
		Ok(refund)
	}

	/// Changes what happens at the end of a day, and forgets it where nothing is left to happen.
	pub fn mutate_day(
		&self,
		index: Seconds,
		change: impl FnOnce(&mut crate::DayOf<T>) -> DispatchResult,
	) -> DispatchResult {
		Days::<T>::try_mutate_exists(self.id, index, |stored| {
			let mut today = stored.take().unwrap_or_default();
			change(&mut today)?;
			*stored = (!today.is_empty()).then_some(today);
			Ok(())
		})
	}

	// ------------------------------------------------------------------------------------------ Solvency

	/// Risk capital of what is not reserved.
	pub fn scr(&self) -> Result<Balance, DispatchError> {
		Ok(
			solvency::scr(self.pool.exposure, self.pool.squares, self.pricing.rho)
				.ok_or(ArithmeticError::Overflow)?,
		)
	}

	/// What the pool must hold: all that is reserved, and the risk capital of the rest.
	pub fn required(&self) -> Result<Balance, DispatchError> {
		let Self { pool, pricing, .. } = self;
		Ok(
			solvency::required(pool.reserved, pool.exposure, pool.squares, pricing.rho)
				.ok_or(ArithmeticError::Overflow)?,
		)
	}

	/// What may be paid out without weakening the pool below what it must hold.
	pub fn free_capital(&self) -> Result<Balance, DispatchError> {
		Ok(self.pool.capital.saturating_sub(self.required()?))
	}

	/// The gate of every sale and withdrawal.
	pub fn ensure_solvent(&self) -> DispatchResult {
		ensure!(
			self.required()? <= self.pool.capital,
			Error::<T>::InsufficientCapital
		);
		Ok(())
	}

	/// Whether so much is reserved that nobody may leave at the full price.
	pub fn stands_still(&self) -> bool {
		self.pool.reserved > self.parameters.queue_stop.mul_floor(self.pool.capital)
	}

	/// How much a line may hold in all as things stand.
	pub fn capacity(&self, line: &Line) -> Balance {
		self.capacity_in(line, Groups::<T>::get(self.id, line.group))
	}

	pub fn capacity_in(&self, line: &Line, group: Balance) -> Balance {
		let Self { pool, pricing, .. } = self;
		let headroom = solvency::headroom(
			pool.capital,
			pool.reserved,
			pool.exposure,
			pool.squares,
			group,
			pricing.rho,
		);
		pricing::capacity(pool.capital, line.weight, line.exposure, headroom)
	}

	// ------------------------------------------------------------------------------------------ Lines

	/// The one place where exposure changes: brings a line's rate to `at`, changes the line, and brings the pool's sums to
	/// what it has become.
	pub fn update_line<R>(
		&mut self,
		product: ProductId,
		at: Seconds,
		change: impl FnOnce(&mut Line) -> Result<R, DispatchError>,
	) -> Result<R, DispatchError> {
		let mut line = Lines::<T>::get(self.id, product).ok_or(Error::<T>::NoSuchLine)?;
		line.rate = line.rate_at(at, &self.pricing);
		line.touched = line.touched.max(at);
		let (exposure, reserved, unreserved) = (line.exposure, line.reserved(), line.unreserved());
		let result = change(&mut line)?;

		let group = Groups::<T>::get(self.id, line.group);
		// What is set aside or freed only moves from one sum to another. A sum may become larger by that than any sale could
		// make it, and nothing is refused for it: all pools would have to wait for one of them.
		let grows = line.exposure > exposure;
		let replaced = |sum: Balance, before: Balance, after: Balance| {
			sum.checked_sub(before)
				.and_then(|rest| rest.checked_add(after))
				.filter(|sum| !grows || *sum <= MAX_AMOUNT)
				.ok_or(Error::<T>::AmountTooLarge)
		};
		let group_after = replaced(group, unreserved, line.unreserved())?;
		if line.exposure != exposure {
			ProductExposures::<T>::try_mutate_exists(product, &self.pool.asset, |stored| {
				let sum = replaced(stored.unwrap_or(0), exposure, line.exposure)?;
				*stored = (sum > 0).then_some(sum);
				Ok::<_, DispatchError>(())
			})?;
		}
		let pool = &mut self.pool;
		pool.squares = replace_square(pool.squares, group, group_after).ok_or(ArithmeticError::Overflow)?;
		pool.exposure = replaced(pool.exposure, unreserved, line.unreserved())?;
		pool.reserved = replaced(pool.reserved, reserved, line.reserved())?;
		if group_after == 0 {
			Groups::<T>::remove(self.id, line.group);
		} else if group_after != group {
			Groups::<T>::insert(self.id, line.group, group_after);
		}

		line.utilisation = pricing::utilisation(line.exposure, self.capacity_in(&line, group_after));
		Lines::<T>::insert(self.id, product, line);
		Ok(result)
	}

	/// Takes exposure that will not live to its day out of what matures then, or, where that day is past and incidents
	/// kept it, out of what waits to be released.
	pub fn unschedule(
		&mut self,
		product: ProductId,
		release: Seconds,
		amount: Balance,
	) -> Result<bool, DispatchError> {
		if release <= self.pool.settled_at {
			return Ok(false);
		}
		self.mutate_day(self.day_index(release), |today| {
			let position = today
				.maturing
				.iter()
				.position(|(other, _)| *other == product)
				.ok_or(Error::<T>::UnknownAllocation)?;
			let left = today.maturing[position]
				.1
				.checked_sub(amount)
				.ok_or(Error::<T>::UnknownAllocation)?;
			if left == 0 {
				today.maturing.swap_remove(position);
			} else {
				today.maturing[position].1 = left;
			}
			Ok(())
		})?;
		Ok(true)
	}

	/// Notes when exposure ends by itself.
	pub fn schedule(&mut self, product: ProductId, release: Seconds, amount: Balance) -> DispatchResult {
		self.mutate_day(self.day_index(release), |today| {
			match today.maturing.iter_mut().find(|(other, _)| *other == product) {
				Some((_, sum)) => *sum = sum.checked_add(amount).ok_or(ArithmeticError::Overflow)?,
				None => today
					.maturing
					.try_push((product, amount))
					.map_err(|_| Error::<T>::TooManyLines)?,
			}
			Ok(())
		})
	}

	// ------------------------------------------------------------------------------------------ Money

	/// Takes units of the pool's asset from an account. The caller records what for.
	pub fn take_in(&self, from: &T::AccountId, amount: Balance) -> DispatchResult {
		let account = Pallet::<T>::account(self.id);
		// An account may be emptied, unless something else depends on its existence.
		T::Assets::transfer(
			self.pool.asset.clone(),
			from,
			&account,
			amount,
			Preservation::Expendable,
		)?;
		Ok(())
	}

	/// Pays what a holder gets by a policy, as [`pay_out`](Self::pay_out) does, and tells of what has arrived.
	pub fn pay_holder(&mut self, to: &T::AccountId, amount: Balance) -> DispatchResult {
		if self.pay_out(to, amount)? {
			T::OnPaid::on_paid(to, &self.pool.asset, amount);
		}
		Ok(())
	}

	/// Pays units that have left every other recorded sum. What the recipient cannot receive is due to them. Returns whether
	/// anything has arrived.
	pub fn pay_out(&mut self, to: &T::AccountId, amount: Balance) -> Result<bool, DispatchError> {
		if amount == 0 {
			return Ok(false);
		}
		let arrived = self.transfer_out(to, amount).is_ok();
		if !arrived {
			self.pool.dues = self
				.pool
				.dues
				.checked_add(amount)
				.ok_or(ArithmeticError::Overflow)?;
			Dues::<T>::try_mutate(self.id, to, |due| {
				*due = due.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
				Ok::<_, DispatchError>(())
			})?;
			Pallet::<T>::deposit_event(Event::PaymentDue {
				pool: self.id,
				who: to.clone(),
				amount,
			});
		}
		Ok(arrived)
	}

	/// Sends units out of the pool's account, all or nothing. The account itself always stays.
	pub fn transfer_out(&self, to: &T::AccountId, amount: Balance) -> DispatchResult {
		let account = Pallet::<T>::account(self.id);
		with_storage_layer(|| {
			T::Assets::transfer(
				self.pool.asset.clone(),
				&account,
				to,
				amount,
				Preservation::Preserve,
			)
			.map(|_| ())
		})
	}

	/// Burns shares from escrow.
	pub fn burn_shares(&mut self, amount: Balance) -> DispatchResult {
		let account = Pallet::<T>::account(self.id);
		T::Shares::burn_from(
			self.pool.share,
			&account,
			amount,
			Preservation::Expendable,
			Precision::Exact,
			Fortitude::Force,
		)?;
		let pool = &mut self.pool;
		pool.supply = pool
			.supply
			.checked_sub(amount)
			.ok_or(ArithmeticError::Underflow)?;
		pool.queue.shares = pool
			.queue
			.shares
			.checked_sub(amount)
			.ok_or(ArithmeticError::Underflow)?;
		Ok(())
	}

	/// What all shares together cost whoever deposits: capital, and what is still to be earned for a risk that is over.
	///
	/// Newcomers bear the rest of the risk with the others, so they share in its premium. What is unearned beyond a tenth
	/// of what the pool stands behind, or of its capital, is no such premium: it came back after a loss, or was paid for
	/// policies that are paid out, and is theirs who bore that.
	pub fn deposit_value(&self) -> Balance {
		let Pool {
			capital,
			exposure,
			reserved,
			..
		} = self.pool;
		let [.., to_capital] = streams::earned_parts(self.pool.upr(), self.cuts());
		let shared = capital.min(exposure.saturating_add(reserved)) / 10;
		// Sums of what the account holds: they cannot overflow.
		capital.saturating_add(to_capital.saturating_sub(shared))
	}

	/// What a number of shares is worth at the unmarked price, rounded down.
	pub fn worth(&self, shares: Balance) -> Balance {
		shares::amount_for(shares, self.pool.supply, self.pool.capital).unwrap_or(0)
	}
}

impl Line {
	/// Ends exposure whose time is over, or keeps it for the end of incidents.
	pub fn mature(&mut self, amount: Balance) -> DispatchResult {
		if self.is_stopped() {
			self.matured = self
				.matured
				.checked_add(amount)
				.ok_or(ArithmeticError::Overflow)?;
		} else {
			self.exposure = self
				.exposure
				.checked_sub(amount)
				.ok_or(ArithmeticError::Underflow)?;
		}
		Ok(())
	}

	/// Ends the exposure that waited for incidents, where none is left.
	pub fn release_matured(&mut self) -> DispatchResult {
		if !self.is_stopped() {
			let matured = core::mem::take(&mut self.matured);
			self.exposure = self
				.exposure
				.checked_sub(matured)
				.ok_or(ArithmeticError::Underflow)?;
		}
		Ok(())
	}

	/// What was awarded is stood behind no more.
	pub fn pay(&mut self, award: Balance, share: Balance, was_matured: bool) -> DispatchResult {
		self.exposure = self
			.exposure
			.checked_sub(award)
			.ok_or(ArithmeticError::Underflow)?;
		self.shares = self.shares.checked_sub(share).ok_or(ArithmeticError::Underflow)?;
		if was_matured {
			self.matured = self
				.matured
				.checked_sub(award)
				.ok_or(ArithmeticError::Underflow)?;
		}
		Ok(())
	}
}

/// A rate of a line from the bounds that govern it.
pub fn bounded_rate(rate: FixedU128, pricing: &parameters::Pricing) -> FixedU128 {
	rate.clamp(pricing.min_rate.into(), pricing.max_rate.into())
}
