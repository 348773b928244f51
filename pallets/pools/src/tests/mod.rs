//! The pallet's tests by subject, and what they share.

mod books;
mod capital;
mod fuzz;
mod invariants;
mod losses;
mod management;
mod underwriting;

pub use crate::mock::Pools;
use crate::{ledger::Ledger, mock::*, *};
use frame_support::{
	assert_ok,
	storage::{TransactionOutcome, transactional::with_transaction},
};
use lutine_primitives::{
	Balance,
	insurance::{Allocation, AssetId, PoolId, Premium, ProductId, Reserving, Term, Underwriting},
	time::Seconds,
};
use sp_runtime::{DispatchError, FixedU128, Perbill};

/// The waiting time of claims in the tests: its last second is the last of a day.
pub const CLAIM_WINDOW: Seconds = 35 * DAY - 1;
/// From the end of cover to when pools stop standing behind it.
pub const RELEASED: Seconds = CLAIM_WINDOW + 1;

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn billionths(percent: u32) -> u32 {
	percent * 10_000_000
}

/// A pool in USD without fee, and without anything else.
pub fn empty_pool() -> PoolId {
	let pool = NextPool::<Test>::get();
	assert_ok!(Pools::create(signed(MANAGER), USD, 0));
	pool
}

/// A pool with a line of the given weight in percent on each product, to which Alice has deposited.
pub fn pool_with(capital: Balance, lines: &[(ProductId, u32)]) -> PoolId {
	let pool = empty_pool();
	for (product, percent) in lines {
		set_line(pool, *product, *percent);
	}
	deposit(pool, ALICE, capital);
	pool
}

/// A new line that begins at a rate of 4 % a year.
pub fn set_line(pool: PoolId, product: ProductId, percent: u32) {
	let rate = Some(FixedU128::from_rational(4, 100));
	assert_ok!(Pools::set_line(
		signed(MANAGER),
		pool,
		product,
		billionths(percent),
		rate
	));
}

/// Deposits and returns the shares.
pub fn deposit(pool: PoolId, who: AccountId, amount: Balance) -> Balance {
	let before = shares(pool, &who);
	assert_ok!(Pools::deposit(signed(who.clone()), pool, amount, 0, None));
	shares(pool, &who) - before
}

pub fn shares(pool: PoolId, who: &AccountId) -> Balance {
	Assets::balance(books(pool).share, who)
}

pub fn books(pool: PoolId) -> PoolOf<Test> {
	crate::pallet::Pools::<Test>::get(pool).unwrap()
}

/// What a pool is in; [`USD`] where there is no such pool.
pub fn asset_of(pool: PoolId) -> AssetId {
	crate::pallet::Pools::<Test>::get(pool).map_or(USD, |books| books.asset)
}

pub fn line(pool: PoolId, product: ProductId) -> Line {
	Lines::<Test>::get(pool, product).unwrap()
}

/// A term that ends with the day in which `days` days from now are over.
pub fn term(days: Seconds) -> Term {
	Term {
		end: (now() + days * DAY).div_ceil(DAY) * DAY,
		claim_window: CLAIM_WINDOW,
	}
}

/// What a pool asks now. Changes nothing.
pub fn quote(
	pool: PoolId,
	product: ProductId,
	amount: Balance,
	term: Term,
) -> Result<Premium, DispatchError> {
	with_transaction(|| {
		let asked =
			Ledger::<Test>::open_settled(pool).and_then(|ledger| ledger.price(product, amount, &term));
		TransactionOutcome::Rollback(asked)
	})
}

/// A policy as cover would remember it.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
	pub product: ProductId,
	pub term: Term,
	pub allocation: Allocation,
	pub premium: Balance,
}

/// Writes cover, paid by [`BUYER`], as a call would: all or nothing.
pub fn try_write(
	pool: PoolId,
	product: ProductId,
	amount: Balance,
	days: Seconds,
) -> Result<Policy, DispatchError> {
	let term = term(days);
	frame_support::storage::with_storage_layer(|| {
		let asset = asset_of(pool);
		let premium = <Pools as Underwriting<AccountId>>::write(&BUYER, pool, &asset, product, amount, term)?;
		Ok(Policy {
			product,
			term,
			allocation: Allocation {
				pool,
				amount,
				rate: premium.rate,
			},
			premium: premium.net,
		})
	})
}

pub fn write(pool: PoolId, product: ProductId, amount: Balance, days: Seconds) -> Policy {
	try_write(pool, product, amount, days).unwrap()
}

/// Cancels for [`BUYER`] with a fee of 10 %.
pub fn cancel(policy: &Policy) -> Result<Balance, DispatchError> {
	frame_support::storage::with_storage_layer(|| {
		<Pools as Underwriting<AccountId>>::cancel(
			&BUYER,
			policy.product,
			&policy.allocation,
			policy.term,
			Perbill::from_percent(10),
		)
	})
}

/// Pays an award to `recipient` under incident `incident`; the policy's allocation shrinks by it.
pub fn pay(
	incident: u32,
	id: u32,
	policy: &mut Policy,
	award: Balance,
	recipient: &AccountId,
) -> Result<lutine_primitives::insurance::Payment, DispatchError> {
	let payment = frame_support::storage::with_storage_layer(|| {
		<Pools as Reserving<AccountId>>::pay(
			incident,
			policy.product,
			id,
			&policy.allocation,
			policy.term,
			award,
			recipient,
		)
	})?;
	policy.allocation.amount -= award;
	Ok(payment)
}

pub fn freeze(product: ProductId) {
	assert_ok!(<Pools as Reserving<AccountId>>::freeze(product));
}

pub fn thaw(product: ProductId) {
	assert_ok!(<Pools as Reserving<AccountId>>::thaw(product));
}

pub fn accept(incident: u32, product: ProductId, percent: u32) {
	assert_ok!(<Pools as Reserving<AccountId>>::accept(
		incident,
		product,
		Perbill::from_percent(percent)
	));
}

pub fn close(incident: u32, product: ProductId) {
	assert_ok!(<Pools as Reserving<AccountId>>::close(incident, product));
}

/// Brings a pool's books to now, however long it was left alone.
pub fn settle(pool: PoolId) {
	while books(pool).settled_at < now() {
		assert_ok!(Pools::settle(signed(ALICE), pool));
	}
}

pub fn native(who: &AccountId) -> Balance {
	balance(&AssetId::Native, who)
}
