//! What share holders do: put capital in, and take it out again.

use crate::{
	AdmittedAssets, Config, Dues, Error, Event, HoldReason, Pallet, RequestCounts, RequestOf, Requests,
	ledger::Ledger,
};
use frame_support::{
	pallet_prelude::*,
	storage::with_storage_layer,
	traits::{
		fungible::MutateHold,
		fungibles::{Inspect, Mutate},
		tokens::{Precision, Preservation},
	},
};
use lutine_math::shares;
use lutine_primitives::{
	Balance,
	insurance::{MAX_AMOUNT, OnPaid, PoolId},
	time::Seconds,
};
use sp_runtime::ArithmeticError;

/// What became of the request at the head of the queue.
enum Served {
	/// It is gone: paid in full, or returned to its owner.
	Done,
	/// As much of it was paid as there was capital for.
	InPart,
	/// It waits.
	NotNow,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_deposit(
		who: &T::AccountId,
		pool: PoolId,
		amount: Balance,
		min_shares: Balance,
		deadline: Option<Seconds>,
	) -> Result<Weight, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		ensure!(amount <= MAX_AMOUNT, Error::<T>::AmountTooLarge);
		let mut ledger = Ledger::<T>::open_settled(pool)?;
		ensure!(
			deadline.is_none_or(|at| ledger.now <= at),
			Error::<T>::DeadlinePassed
		);

		if ledger.pool.is_void() {
			Self::start_anew(who, &mut ledger)?;
		}
		let books = &ledger.pool;
		ensure!(books.arrears.outstanding == 0, Error::<T>::PoolInArrears);
		if books.supply == 0 {
			let terms = AdmittedAssets::<T>::get(&books.asset).ok_or(Error::<T>::AssetNotAdmitted)?;
			ensure!(amount >= terms.min_first_deposit, Error::<T>::BelowMinimum);
		} else {
			// New shares would be worth next to nothing each, and their number would know no bound.
			ensure!(books.capital >= books.supply / 1_000, Error::<T>::PoolRuined);
		}
		let minted =
			shares::shares_for(amount, books.supply, ledger.deposit_value()).ok_or(Error::<T>::PoolRuined)?;
		ensure!(minted > 0, Error::<T>::BelowMinimum);
		ensure!(minted >= min_shares, Error::<T>::TooFewShares);

		ledger.take_in(who, amount)?;
		T::Shares::mint_into(ledger.pool.share, who, minted)?;
		let books = &mut ledger.pool;
		books.capital = books
			.capital
			.checked_add(amount)
			.ok_or(ArithmeticError::Overflow)?;
		books.supply = books
			.supply
			.checked_add(minted)
			.ok_or(ArithmeticError::Overflow)?;
		Self::deposit_event(Event::Deposited {
			pool,
			who: who.clone(),
			amount,
			shares: minted,
		});
		ledger.close()
	}

	/// Gives a pool that lost everything a new share asset: whoever comes now does not share with those whose shares
	/// are void.
	fn start_anew(payer: &T::AccountId, ledger: &mut Ledger<T>) -> DispatchResult {
		let share = Self::create_share_asset(payer, ledger.id, &ledger.pool.asset)?;
		let books = &mut ledger.pool;
		let void = core::mem::replace(&mut books.share, share);
		books.supply = 0;
		// Those in the queue get their void shares back when its head reaches them.
		books.queue.shares = 0;
		books.marks = Default::default();
		Self::deposit_event(Event::StartedAnew {
			pool: ledger.id,
			void,
			share,
		});
		Ok(())
	}

	pub(crate) fn do_request_withdrawal(
		who: &T::AccountId,
		pool: PoolId,
		shares: Balance,
		min_amount: Balance,
	) -> Result<Weight, DispatchError> {
		ensure!(shares > 0, Error::<T>::ZeroAmount);
		let mut ledger = Ledger::<T>::open_settled(pool)?;
		let terms = AdmittedAssets::<T>::get(&ledger.pool.asset).ok_or(Error::<T>::AssetNotAdmitted)?;
		let balance = T::Shares::balance(ledger.pool.share, who);
		ensure!(balance >= shares, Error::<T>::InsufficientShares);
		// Who leaves with everything may leave with little: the deposit keeps that from being a way to fill the queue.
		ensure!(
			balance == shares || ledger.worth(shares) >= terms.min_withdrawal,
			Error::<T>::BelowMinimum
		);
		RequestCounts::<T>::try_mutate(pool, who, |count| {
			ensure!(
				*count < ledger.parameters.max_requests,
				Error::<T>::TooManyRequests
			);
			*count += 1;
			Ok::<_, DispatchError>(())
		})?;

		let deposit = T::RequestDeposit::get();
		T::Deposits::hold(&HoldReason::WithdrawalRequest.into(), who, deposit)?;
		T::Shares::transfer(
			ledger.pool.share,
			who,
			&Self::account(pool),
			shares,
			Preservation::Expendable,
		)?;
		let due = ledger.now.saturating_add(ledger.parameters.withdrawal_cooldown);
		let queue = &mut ledger.pool.queue;
		let request = queue.tail;
		queue.tail = request.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		queue.shares = queue
			.shares
			.checked_add(shares)
			.ok_or(ArithmeticError::Overflow)?;
		let share = ledger.pool.share;
		Requests::<T>::insert(
			pool,
			request,
			RequestOf::<T> {
				who: who.clone(),
				share,
				shares,
				min_amount,
				due,
				deposit,
			},
		);
		Self::deposit_event(Event::WithdrawalRequested {
			pool,
			request,
			who: who.clone(),
			shares,
			min_amount,
			due,
		});
		ledger.close()
	}

	pub(crate) fn do_cancel_withdrawal(
		who: &T::AccountId,
		pool: PoolId,
		request: u64,
	) -> Result<Weight, DispatchError> {
		let mut ledger = Ledger::<T>::open_settled(pool)?;
		let found = Requests::<T>::get(pool, request).ok_or(Error::<T>::UnknownRequest)?;
		ensure!(found.who == *who, Error::<T>::NotTheOwner);
		Self::return_request(&mut ledger, request, found)?;
		ledger.close()
	}

	/// Pays what is due from the head of the queue. Returns how many requests were looked at.
	pub(crate) fn do_process_withdrawals(ledger: &mut Ledger<T>, max: u32) -> Result<u32, DispatchError> {
		let mut looked_at = 0;
		while looked_at < max && ledger.pool.queue.head < ledger.pool.queue.tail {
			looked_at += 1;
			match Self::serve_head(ledger)? {
				Served::Done => ledger.pool.queue.head += 1,
				Served::InPart | Served::NotNow => break,
			}
		}
		Ok(looked_at)
	}

	fn serve_head(ledger: &mut Ledger<T>) -> Result<Served, DispatchError> {
		let index = ledger.pool.queue.head;
		let Some(request) = Requests::<T>::get(ledger.id, index) else {
			return Ok(Served::Done);
		};
		let is_void = request.share != ledger.pool.share;
		if !is_void && (request.due > ledger.now || ledger.stands_still()) {
			return Ok(Served::NotNow);
		}
		// Nobody is paid nothing: what is worth less than a unit would wait, and all others behind it.
		if is_void || ledger.worth(request.shares) < request.min_amount.max(1) {
			// Where the owner cannot receive the shares they stay in escrow, and can be had by cancelling: the head goes on.
			let _ = with_storage_layer(|| Self::return_request(ledger, index, request));
			return Ok(Served::Done);
		}
		let value = ledger.pool.capital;
		Ok(match Self::pay_request(ledger, index, request, value)? {
			Some(true) => Served::Done,
			Some(false) => Served::InPart,
			None => Served::NotNow,
		})
	}

	pub(crate) fn do_withdraw_marked_down(
		who: &T::AccountId,
		pool: PoolId,
		request: u64,
	) -> Result<Weight, DispatchError> {
		let mut ledger = Ledger::<T>::open_settled(pool)?;
		let found = Requests::<T>::get(pool, request).ok_or(Error::<T>::UnknownRequest)?;
		ensure!(found.who == *who, Error::<T>::NotTheOwner);
		ensure!(found.share == ledger.pool.share, Error::<T>::SharesVoid);
		ensure!(found.due <= ledger.now, Error::<T>::NotDue);
		ensure!(ledger.stands_still(), Error::<T>::QueueMoves);
		let value = ledger.pool.capital.saturating_sub(ledger.pool.reserved);
		let worth = shares::amount_for(found.shares, ledger.pool.supply, value).unwrap_or(0);
		ensure!(worth >= found.min_amount, Error::<T>::WorthTooLittle);
		Self::pay_request(&mut ledger, request, found, value)?.ok_or(Error::<T>::InsufficientCapital)?;
		ledger.close()
	}

	/// Pays a request out of `value`, which its shares are a part of, as far as free capital reaches. Returns whether all
	/// of it was paid, or `None` where nothing could be.
	fn pay_request(
		ledger: &mut Ledger<T>,
		index: u64,
		mut request: RequestOf<T>,
		value: Balance,
	) -> Result<Option<bool>, DispatchError> {
		let pool = ledger.id;
		let supply = ledger.pool.supply;
		let free = ledger.free_capital()?;
		// Shares whose worth, rounded down, is within free capital.
		let payable = match shares::amount_for(request.shares, supply, value) {
			Some(worth) if worth <= free => request.shares,
			_ => shares::shares_for(free, supply, value)
				.unwrap_or(0)
				.min(request.shares),
		};
		let amount = shares::amount_for(payable, supply, value).unwrap_or(0);
		if amount == 0 {
			return Ok(None);
		}
		ledger.burn_shares(payable)?;
		ledger.pool.capital = ledger
			.pool
			.capital
			.checked_sub(amount)
			.ok_or(ArithmeticError::Underflow)?;
		let who = request.who.clone();
		Self::deposit_event(Event::Withdrawn {
			pool,
			request: index,
			who: who.clone(),
			shares: payable,
			amount,
		});
		let all = payable == request.shares;
		if all {
			Self::forget_request(pool, index, &request)?;
		} else {
			// The limit goes with the shares: what is left of it is rounded up, in its owner's favour.
			let left = request.shares - payable;
			request.min_amount = shares::amount_for(payable, request.shares, request.min_amount)
				.map_or(0, |paid| request.min_amount - paid);
			request.shares = left;
			Requests::<T>::insert(pool, index, request);
		}
		ledger.pay_out(&who, amount)?;
		ledger.ensure_solvent()?;
		Ok(Some(all))
	}

	/// Gives the shares of a request back.
	fn return_request(ledger: &mut Ledger<T>, index: u64, request: RequestOf<T>) -> DispatchResult {
		let pool = ledger.id;
		// The owner's account is there, for the deposit is on hold in it; but it may hold as many assets as it can.
		T::Shares::transfer(
			request.share,
			&Self::account(pool),
			&request.who,
			request.shares,
			Preservation::Expendable,
		)?;
		Self::forget_request(pool, index, &request)?;
		// Last, so that nothing has changed where any of it fails.
		if request.share == ledger.pool.share {
			let queue = &mut ledger.pool.queue;
			queue.shares = queue
				.shares
				.checked_sub(request.shares)
				.ok_or(ArithmeticError::Underflow)?;
		}
		Self::deposit_event(Event::WithdrawalReturned {
			pool,
			request: index,
			who: request.who,
			shares: request.shares,
		});
		Ok(())
	}

	fn forget_request(pool: PoolId, index: u64, request: &RequestOf<T>) -> DispatchResult {
		Requests::<T>::remove(pool, index);
		RequestCounts::<T>::mutate_exists(pool, &request.who, |count| {
			*count = count
				.and_then(|count| count.checked_sub(1))
				.filter(|count| *count > 0);
		});
		T::Deposits::release(
			&HoldReason::WithdrawalRequest.into(),
			&request.who,
			request.deposit,
			Precision::BestEffort,
		)?;
		Ok(())
	}

	pub(crate) fn do_collect_due(pool: PoolId, who: &T::AccountId) -> DispatchResult {
		let mut ledger = Ledger::<T>::open(pool)?;
		let due = Dues::<T>::take(pool, who);
		ensure!(due > 0, Error::<T>::NothingDue);
		ledger.transfer_out(who, due)?;
		// What it was due for is not remembered.
		T::OnPaid::on_paid(who, &ledger.pool.asset, due);
		ledger.pool.dues = ledger
			.pool
			.dues
			.checked_sub(due)
			.ok_or(ArithmeticError::Underflow)?;
		Self::deposit_event(Event::DueCollected {
			pool,
			who: who.clone(),
			amount: due,
		});
		ledger.close().map(|_| ())
	}
}
