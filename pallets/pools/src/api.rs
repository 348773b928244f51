//! What clients read: the books as of now.
//!
//! Every figure is that of a pool brought to now, however long it was left alone; what is stored does not change.

use crate::{
	Config, Cuts, Dues, Lines, Mark, NextPool, Pallet, Pools, Requests, Totals, ledger::Ledger, types::curve,
};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use frame_support::{
	storage::{TransactionOutcome, transactional::with_transaction},
	traits::fungibles::Inspect,
};
use lutine_math::{pricing, shares};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, GroupId, PoolId, ProductId},
	time::{Seconds, YEAR},
};
use scale_info::TypeInfo;
use sp_runtime::{
	DispatchError, FixedI128, FixedPointNumber, FixedU128, Perbill,
	traits::{CheckedDiv, CheckedMul, CheckedSub, One},
};

/// Requests that a report of a queue shows at most.
const QUEUE_REPORTED: usize = 256;
/// Pools that a page of reports shows at most.
const POOLS_REPORTED: PoolId = 64;

/// A pool as of now. Amounts are units of its asset.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PoolReport<AccountId> {
	/// Who runs it.
	pub manager: AccountId,
	/// What the manager takes of earned premium.
	pub manager_fee: Perbill,
	/// What it holds.
	pub asset: AssetId,
	/// What its shares are.
	pub share: u32,
	/// Shares issued.
	pub supply: Balance,
	/// The pool's own money.
	pub capital: Balance,
	/// Unearned premium, in whole units.
	pub upr: Balance,
	/// Exposure, all of it.
	pub exposure: Balance,
	/// The part of it that is reserved for incidents.
	pub reserved: Balance,
	/// Risk capital of the rest.
	pub scr: Balance,
	/// What the pool must hold: reserved and SCR.
	pub required: Balance,
	/// What could be withdrawn.
	pub free_capital: Balance,
	/// Capital over what is required, rounded down; none where nothing is.
	pub solvency_ratio: Option<FixedU128>,
	/// Capital over supply, rounded down; none without shares.
	pub share_price: Option<FixedU128>,
	/// What a new share costs, rounded down; none without shares. More than the share price where much is still to be earned
	/// for a risk that is over.
	pub deposit_price: Option<FixedU128>,
	/// How the share price has moved; none for a pool too young to tell.
	pub trailing: Option<Trailing>,
	/// Whether capital is below what is required.
	pub strained: bool,
	/// Whether withdrawals stand still because of what is reserved.
	pub stands_still: bool,
	/// Shares in escrow.
	pub queued_shares: Balance,
	/// Owed after losses.
	pub arrears: Balance,
	/// Served of what was owed, not pulled yet.
	pub arrears_fund: Balance,
	/// Payments that wait for their recipients.
	pub dues: Balance,
	/// Cuts of premium that wait to be distributed.
	pub cuts: Cuts,
	/// Everything that ever flowed.
	pub totals: Totals,
	/// Until when the stored books are settled, in Unix seconds.
	pub settled_at: Seconds,
}

/// How a share price has moved.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Trailing {
	/// From where.
	pub from: Mark,
	/// The change in a year at that pace, as a ratio.
	pub yearly: FixedI128,
}

/// A line as of now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct LineReport {
	/// On which product.
	pub product: ProductId,
	/// Its risk group.
	pub group: GroupId,
	/// Share of capital that may be written.
	pub weight: Perbill,
	/// What is written.
	pub exposure: Balance,
	/// The part of it that is set aside for incidents.
	pub reserved: Balance,
	/// What it can hold in all.
	pub capacity: Balance,
	/// Exposure over capacity, at most one; none without capacity.
	pub utilisation: Option<FixedU128>,
	/// The market rate a year at target utilisation.
	pub rate: FixedU128,
	/// The market rate a year of the next unit; none without capacity.
	pub spot: Option<FixedU128>,
	/// Whether incidents stop sales.
	pub is_stopped: bool,
}

/// What an account has in a pool as of now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Position {
	/// Shares in the account.
	pub shares: Balance,
	/// Shares in escrow.
	pub queued: Balance,
	/// What both are worth, rounded down.
	pub value: Balance,
	/// What they are worth if all that is reserved is lost, rounded down.
	pub marked_down: Balance,
	/// What waits for the account because it could not receive it.
	pub due: Balance,
}

/// A request to withdraw as of now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct QueuedRequest<AccountId> {
	/// Its number.
	pub request: u64,
	/// Whose.
	pub who: AccountId,
	/// Shares still in escrow.
	pub shares: Balance,
	/// What they must be worth when paid.
	pub min_amount: Balance,
	/// From when they may be paid, in Unix seconds.
	pub due: Seconds,
	/// What they are worth, rounded down.
	pub value: Balance,
	/// Whether the pool has started anew since.
	pub is_void: bool,
}

sp_api::decl_runtime_apis! {
	/// The pools as of now.
	pub trait PoolsApi<AccountId> where AccountId: Codec {
		/// The ids of all pools.
		fn pools() -> Vec<PoolId>;
		/// A pool.
		fn pool(pool: PoolId) -> Option<PoolReport<AccountId>>;
		/// The pools from an id on, at most 64.
		fn pools_from(first: PoolId) -> Vec<(PoolId, PoolReport<AccountId>)>;
		/// The lines of a pool.
		fn lines(pool: PoolId) -> Vec<LineReport>;
		/// What an account has in a pool.
		fn position(pool: PoolId, who: AccountId) -> Option<Position>;
		/// The withdrawal queue of a pool from its head, at most 256 requests.
		fn queue(pool: PoolId) -> Vec<QueuedRequest<AccountId>>;
	}
}

impl<T: Config> Pallet<T> {
	/// Reads from a pool that is brought to now, and forgets that it was.
	fn as_of_now<R>(pool: PoolId, read: impl FnOnce(&Ledger<T>) -> R) -> Option<R> {
		with_transaction(|| {
			let result = Ledger::<T>::open(pool).and_then(|mut ledger| {
				while !ledger.settle()? {
					ledger.days = 0;
					ledger.releases = 0;
				}
				Ok::<_, DispatchError>(read(&ledger))
			});
			TransactionOutcome::Rollback(result)
		})
		.ok()
	}

	/// The ids of all pools.
	pub fn report_pools() -> Vec<PoolId> {
		let mut pools: Vec<_> = Pools::<T>::iter_keys().collect();
		pools.sort_unstable();
		pools
	}

	/// The pools from an id on, at most 64.
	pub fn report_pools_from(first: PoolId) -> Vec<(PoolId, PoolReport<T::AccountId>)> {
		let end = NextPool::<T>::get().min(first.saturating_add(POOLS_REPORTED));
		(first..end)
			.filter_map(|pool| Some((pool, Self::report_pool(pool)?)))
			.collect()
	}

	/// A pool as of now.
	pub fn report_pool(pool: PoolId) -> Option<PoolReport<T::AccountId>> {
		let settled_at = Pools::<T>::get(pool)?.settled_at;
		Self::as_of_now(pool, |ledger| {
			let books = &ledger.pool;
			let required = ledger.required().unwrap_or(Balance::MAX);
			let share_price = shares::price(books.supply, books.capital);
			PoolReport {
				manager: books.manager.clone(),
				manager_fee: books.manager_fee,
				asset: books.asset.clone(),
				share: books.share,
				supply: books.supply,
				capital: books.capital,
				upr: books.upr(),
				exposure: books.exposure.saturating_add(books.reserved),
				reserved: books.reserved,
				scr: ledger.scr().unwrap_or(Balance::MAX),
				required,
				free_capital: books.capital.saturating_sub(required),
				solvency_ratio: shares::price(required, books.capital),
				share_price,
				deposit_price: shares::price(books.supply, ledger.deposit_value()),
				trailing: share_price.and_then(|price| trailing(&books.marks, price, ledger.now)),
				strained: books.capital < required,
				stands_still: ledger.stands_still(),
				queued_shares: books.queue.shares,
				arrears: books.arrears.outstanding,
				arrears_fund: books.arrears.fund,
				dues: books.dues,
				cuts: books.cuts.clone(),
				totals: books.totals.clone(),
				settled_at,
			}
		})
	}

	/// The lines of a pool as of now.
	pub fn report_lines(pool: PoolId) -> Vec<LineReport> {
		Self::as_of_now(pool, |ledger| {
			Lines::<T>::iter_prefix(pool)
				.map(|(product, line)| {
					let capacity = ledger.capacity(&line);
					let utilisation = pricing::utilisation(line.exposure, capacity);
					let rate = line.rate_at(ledger.now, &ledger.pricing);
					LineReport {
						product,
						group: line.group,
						weight: line.weight,
						exposure: line.exposure,
						reserved: line.reserved(),
						capacity,
						utilisation,
						rate,
						spot: utilisation.and_then(|at| pricing::spot(rate, at, &curve(&ledger.pricing))),
						is_stopped: line.is_stopped(),
					}
				})
				.collect()
		})
		.unwrap_or_default()
	}

	/// What an account has in a pool as of now.
	pub fn report_position(pool: PoolId, who: &T::AccountId) -> Option<Position> {
		Self::as_of_now(pool, |ledger| {
			let books = &ledger.pool;
			let shares = T::Shares::balance(books.share, who);
			let queued = Requests::<T>::iter_prefix_values(pool)
				.filter(|request| request.who == *who && request.share == books.share)
				.fold(0, |sum: Balance, request| sum.saturating_add(request.shares));
			let all = shares.saturating_add(queued);
			let marked = books.capital.saturating_sub(books.reserved);
			Position {
				shares,
				queued,
				value: ledger.worth(all),
				marked_down: shares::amount_for(all, books.supply, marked).unwrap_or(0),
				due: Dues::<T>::get(pool, who),
			}
		})
	}

	/// The withdrawal queue of a pool as of now.
	pub fn report_queue(pool: PoolId) -> Vec<QueuedRequest<T::AccountId>> {
		Self::as_of_now(pool, |ledger| {
			let books = &ledger.pool;
			(books.queue.head..books.queue.tail)
				.filter_map(|index| Requests::<T>::get(pool, index).map(|request| (index, request)))
				.take(QUEUE_REPORTED)
				.map(|(index, request)| {
					let is_void = request.share != books.share;
					QueuedRequest {
						request: index,
						who: request.who,
						shares: request.shares,
						min_amount: request.min_amount,
						due: request.due,
						value: if is_void { 0 } else { ledger.worth(request.shares) },
						is_void,
					}
				})
				.collect()
		})
		.unwrap_or_default()
	}
}

/// The pace at which a share price has moved since the older mark, or the only one.
fn trailing(marks: &[Mark; 2], price: FixedU128, now: Seconds) -> Option<Trailing> {
	let from = *marks.iter().find(|mark| mark.at > 0)?;
	let seconds = now.checked_sub(from.at).filter(|seconds| *seconds > 0)?;
	let signed = |price: FixedU128| i128::try_from(price.into_inner()).ok().map(FixedI128::from_inner);
	let ratio = signed(price)?.checked_div(&signed(from.price)?)?;
	let growth = ratio.checked_sub(&FixedI128::one())?;
	let yearly = growth.checked_mul(&FixedI128::checked_from_rational(YEAR, seconds)?)?;
	Some(Trailing { from, yearly })
}
