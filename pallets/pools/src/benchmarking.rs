//! Benchmarks of the calls, each in its worst case. Pools are in an asset rather than the native token, which touches
//! more storage; their books are up to date but for the days that a benchmark is about.

use super::*;
use crate::{ledger::Ledger, pallet::Pools as PoolsOf};
use alloc::vec::Vec;
use frame_benchmarking::{account, v2::*};
use frame_support::{
	assert_ok,
	traits::{
		EnsureOrigin, Get,
		fungible::{Inspect as NativeInspect, Mutate as NativeMutate},
		fungibles::{Inspect, Mutate},
	},
};
use frame_system::RawOrigin;
use lutine_primitives::{
	Balance,
	insurance::{Allocation, AssetId, PoolId, ProductId, Products, Reserving, Term, Underwriting},
	time::Seconds,
};
use sp_runtime::{FixedU128, Perbill};

/// What a chain gives the benchmarks.
pub trait BenchmarkHelper {
	/// A sufficient asset that is not the native token.
	fn asset() -> AssetId;
	/// Makes it another time.
	fn set_time(seconds: Seconds);
}

const CAPITAL: Balance = 1 << 70;
const BILLION: u32 = 1_000_000_000;
/// The first of the products of the benchmarks, beyond those that a chain has from its genesis.
const FIRST: ProductId = 200;

fn rate() -> Option<FixedU128> {
	Some(FixedU128::from_rational(4, 100))
}

/// The number of a day, and the time at which it ends.
fn day_end<T: Config>(index: u64) -> Seconds {
	index * T::AccountingDay::get()
}

/// An account with as much as it needs.
fn person<T: Config>(index: u32) -> T::AccountId {
	let who: T::AccountId = account("person", index, 0);
	T::Deposits::mint_into(&who, T::Deposits::minimum_balance() * 10_000_000).unwrap();
	T::Assets::mint_into(T::BenchmarkHelper::asset(), &who, CAPITAL * 1_000).unwrap();
	who
}

/// An admitted asset, a pool in it, and its manager, at the beginning of a day.
fn pool<T: Config>() -> (PoolId, T::AccountId) {
	T::BenchmarkHelper::set_time(day_end::<T>(10_000));
	let asset = T::BenchmarkHelper::asset();
	if !AdmittedAssets::<T>::contains_key(&asset) {
		let terms = AssetTerms {
			group: u32::MAX,
			min_first_deposit: CAPITAL / 1_000,
			min_withdrawal: 1,
		};
		assert_ok!(Pallet::<T>::do_admit(asset.clone(), terms));
	}
	let manager = person::<T>(0);
	let id = NextPool::<T>::get();
	assert_ok!(Pallet::<T>::create(
		RawOrigin::Signed(manager.clone()).into(),
		asset,
		0
	));
	(id, manager)
}

/// The pool with a line on each of so many products, and capital.
fn pool_with_lines<T: Config>(lines: u32) -> (PoolId, T::AccountId) {
	let (id, manager) = pool::<T>();
	for product in FIRST..FIRST + lines {
		line::<T>(id, &manager, product);
	}
	fill::<T>(id, &manager);
	(id, manager)
}

fn line<T: Config>(pool: PoolId, manager: &T::AccountId, product: ProductId) {
	if T::Products::group(product).is_none() {
		T::Products::create(product, product, T::BenchmarkHelper::asset(), CAPITAL);
	}
	let origin = RawOrigin::Signed(manager.clone()).into();
	assert_ok!(Pallet::<T>::set_line(origin, pool, product, BILLION, rate()));
}

fn fill<T: Config>(pool: PoolId, who: &T::AccountId) {
	assert_ok!(Pallet::<T>::deposit(
		RawOrigin::Signed(who.clone()).into(),
		pool,
		CAPITAL,
		0,
		None
	));
}

fn write<T: Config>(
	pool: PoolId,
	product: ProductId,
	amount: Balance,
	end: Seconds,
	release: Seconds,
) -> Allocation {
	let term = Term {
		end,
		claim_window: release - end - 1,
	};
	let asset = books::<T>(pool).asset;
	let premium = Pallet::<T>::write(&person::<T>(1), pool, &asset, product, amount, term).unwrap();
	Allocation {
		pool,
		amount,
		rate: premium.rate,
	}
}

fn books<T: Config>(pool: PoolId) -> PoolOf<T> {
	PoolsOf::<T>::get(pool).unwrap()
}

/// A request for a tenth of a holder's shares, which is due.
fn due_request<T: Config>(pool: PoolId, who: &T::AccountId) {
	let shares = T::Shares::balance(books::<T>(pool).share, who) / 10;
	assert_ok!(Pallet::<T>::request_withdrawal(
		RawOrigin::Signed(who.clone()).into(),
		pool,
		shares,
		1
	));
	Requests::<T>::translate_values::<RequestOf<T>, _>(|mut request| {
		request.due = 0;
		Some(request)
	});
}

/// Makes the queue stand still: everything written on a product is set aside.
fn stand_still<T: Config>(pool: PoolId) {
	let today = day_end::<T>(10_000);
	write::<T>(
		pool,
		FIRST,
		CAPITAL / 4,
		today + day_end::<T>(30),
		today + day_end::<T>(65),
	);
	assert_ok!(<Pallet<T> as Reserving<T::AccountId>>::freeze(FIRST));
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn admit_asset() -> Result<(), BenchmarkError> {
		let origin = T::AdmitOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		pool::<T>();
		let asset = T::BenchmarkHelper::asset();
		T::Products::create(FIRST, u32::MAX, asset.clone(), CAPITAL);
		let mut terms = AdmittedAssets::<T>::get(&asset).unwrap();
		terms.min_withdrawal = 2;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, asset.clone(), terms.clone());

		assert_eq!(AdmittedAssets::<T>::get(&asset), Some(terms));
		Ok(())
	}

	#[benchmark]
	fn create() {
		let (first, manager) = pool::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(manager.clone()), T::BenchmarkHelper::asset(), 0);

		assert_eq!(books::<T>(first + 1).manager, manager);
	}

	/// Into a pool that lost everything, which also creates a share asset.
	#[benchmark]
	fn deposit() {
		let (id, manager) = pool_with_lines::<T>(1);
		PoolsOf::<T>::mutate(id, |pool| pool.as_mut().unwrap().capital = 0);
		let void = books::<T>(id).share;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(manager),
			id,
			CAPITAL,
			CAPITAL,
			Some(Seconds::MAX),
		);

		assert_eq!(books::<T>(id).share, void + 1);
		assert_eq!(books::<T>(id).supply, CAPITAL);
	}

	#[benchmark]
	fn request_withdrawal() {
		let (id, manager) = pool_with_lines::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, CAPITAL, CAPITAL);

		assert_eq!(books::<T>(id).queue.shares, CAPITAL);
	}

	#[benchmark]
	fn cancel_withdrawal() {
		let (id, manager) = pool_with_lines::<T>(1);
		due_request::<T>(id, &manager);

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, 0);

		assert_eq!(books::<T>(id).queue.shares, 0);
	}

	/// Each request is paid in full, to another account.
	#[benchmark]
	fn process_withdrawals(r: Linear<1, 64>) {
		let (id, manager) = pool_with_lines::<T>(1);
		for index in 0..r {
			let who = person::<T>(100 + index);
			fill::<T>(id, &who);
			due_request::<T>(id, &who);
		}

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, r);

		assert_eq!(books::<T>(id).queue.head, u64::from(r));
		assert_eq!(books::<T>(id).queue.shares, 0);
	}

	#[benchmark]
	fn withdraw_marked_down() {
		let (id, manager) = pool_with_lines::<T>(1);
		due_request::<T>(id, &manager);
		stand_still::<T>(id);

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, 0);

		assert_eq!(books::<T>(id).queue.shares, 0);
	}

	/// A new line, at once, in the place of the smallest of a full list.
	#[benchmark]
	fn set_line() {
		let others: Vec<_> = (0..T::MaxLinesPerProduct::get())
			.map(|_| pool_with_lines::<T>(1))
			.collect();
		let (id, manager) = pool::<T>();
		// Without share holders a change is made at once, and with capital it is worth more than the smallest.
		PoolsOf::<T>::mutate(id, |pool| pool.as_mut().unwrap().capital = 2 * CAPITAL);

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, FIRST, BILLION, rate());

		assert!(Lines::<T>::contains_key(id, FIRST));
		assert!(
			others
				.iter()
				.any(|(other, _)| !Lines::<T>::contains_key(other, FIRST))
		);
	}

	#[benchmark]
	fn close_line() {
		let (id, manager) = pool_with_lines::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, FIRST);

		assert!(!Lines::<T>::contains_key(id, FIRST));
	}

	/// Beside as many other changes as may be.
	#[benchmark]
	fn announce() {
		let (id, manager) = pool_with_lines::<T>(T::MaxChanges::get() - 1);
		for product in FIRST..FIRST + T::MaxChanges::get() - 1 {
			let origin = RawOrigin::Signed(manager.clone()).into();
			let at_half = |line: &mut Line| {
				line.weight = Perbill::from_percent(50);
				Ok(())
			};
			let mut ledger = Ledger::<T>::open_settled(id).unwrap();
			let now = ledger.now;
			ledger.update_line(product, now, at_half).unwrap();
			ledger.close().unwrap();
			assert_ok!(Pallet::<T>::set_line(origin, id, product, BILLION, None));
		}
		let heir = person::<T>(2);

		#[extrinsic_call]
		set_manager(RawOrigin::Signed(manager), id, heir);

		assert!(Changes::<T>::get(id).is_full());
	}

	#[benchmark]
	fn withdraw_change() {
		let (id, manager) = pool_with_lines::<T>(1);
		let heir = person::<T>(2);
		assert_ok!(Pallet::<T>::set_manager(
			RawOrigin::Signed(manager.clone()).into(),
			id,
			heir
		));

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, 0);

		assert!(Changes::<T>::get(id).is_empty());
	}

	/// A new line in the place of the smallest of a full list.
	#[benchmark]
	fn enact_change() {
		let others: Vec<_> = (0..T::MaxLinesPerProduct::get())
			.map(|_| pool_with_lines::<T>(1))
			.collect();
		let (id, manager) = pool::<T>();
		fill::<T>(id, &manager);
		fill::<T>(id, &manager);
		assert_ok!(Pallet::<T>::set_line(
			RawOrigin::Signed(manager.clone()).into(),
			id,
			FIRST,
			BILLION,
			rate()
		));
		// It is due just now.
		Changes::<T>::mutate(id, |changes| changes[0].at -= T::Parameters::get().change_delay);

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, 0);

		assert!(Lines::<T>::contains_key(id, FIRST));
		assert!(
			others
				.iter()
				.any(|(other, _)| !Lines::<T>::contains_key(other, FIRST))
		);
	}

	/// Over days on each of which a stream ends; the exposures end on the last, on a line and in a group of their own each. So
	/// there are as many as lines: more on the same ones would make each look cheaper than it is.
	#[benchmark]
	fn settle(d: Linear<3, 32>, r: Linear<0, 32>) {
		let lines = T::MaxLinesPerPool::get();
		let (id, manager) = pool_with_lines::<T>(lines);
		let first = 10_000u64;
		let last = first + u64::from(d);
		for index in 0..d {
			let end = day_end::<T>(first + 1 + u64::from(index));
			write::<T>(id, FIRST, CAPITAL / 10_000, end, end + day_end::<T>(100));
		}
		for index in 0..r {
			let end = day_end::<T>(first + 1);
			write::<T>(id, FIRST + index, CAPITAL / 10_000, end, day_end::<T>(last));
		}
		T::BenchmarkHelper::set_time(day_end::<T>(last));

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id);

		assert_eq!(books::<T>(id).settled_at, day_end::<T>(last));
		assert_eq!(books::<T>(id).rate, 0);
	}

	#[benchmark]
	fn distribute() {
		let (id, manager) = pool_with_lines::<T>(1);
		let cut = CAPITAL / 1_000;
		PoolsOf::<T>::mutate(id, |pool| {
			let pool = pool.as_mut().unwrap();
			pool.capital -= 3 * cut;
			pool.cuts = Cuts {
				reserve: cut,
				treasury: cut,
				manager: cut,
			};
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id);

		assert_eq!(books::<T>(id).cuts, Default::default());
	}

	#[benchmark]
	fn pay_arrears() {
		let (id, manager) = pool_with_lines::<T>(1);
		owe::<T>(id);

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, CAPITAL);

		assert_eq!(books::<T>(id).arrears.outstanding, 0);
	}

	#[benchmark]
	fn draw_reserve() -> Result<(), BenchmarkError> {
		let origin = T::ReserveOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let (id, _) = pool_with_lines::<T>(1);
		owe::<T>(id);
		let asset = T::BenchmarkHelper::asset();
		T::Assets::mint_into(asset.clone(), &Pallet::<T>::reserve_account(&asset), 2 * CAPITAL).unwrap();
		Reserves::<T>::insert(&asset, CAPITAL);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, CAPITAL);

		assert_eq!(books::<T>(id).arrears.outstanding, 0);
		Ok(())
	}

	#[benchmark]
	fn collect_due() {
		let (id, manager) = pool_with_lines::<T>(1);
		let due = CAPITAL / 1_000;
		PoolsOf::<T>::mutate(id, |pool| {
			let pool = pool.as_mut().unwrap();
			pool.capital -= due;
			pool.dues = due;
		});
		let who = person::<T>(2);
		Dues::<T>::insert(id, &who, due);

		#[extrinsic_call]
		_(RawOrigin::Signed(manager), id, who.clone());

		assert_eq!(Dues::<T>::get(id, &who), 0);
	}

	/// Makes a pool that has nothing left owe something.
	fn owe<T: Config>(id: PoolId) {
		PoolsOf::<T>::mutate(id, |pool| {
			let pool = pool.as_mut().unwrap();
			pool.capital = 0;
			let debt = pool.arrears.open(CAPITAL / 2).unwrap();
			Debts::<T>::insert(id, 0, debt);
		});
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
