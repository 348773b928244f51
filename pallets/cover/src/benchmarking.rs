//! Benchmarks of the calls, each in its worst case. Cover is bought in an asset rather than the native token, which touches
//! more storage, from pools whose books are full and up to date: bringing them there is charged separately.
//!
//! Whoever is paid has none of the asset before, so that an account is created for it. Who buys spends all they have, so
//! that theirs is removed. To owe a payment that cannot be received takes one more read for each pool and three writes
//! less: up to as many pools as a policy may have that is cheaper.

use super::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::{account, v2::*};
use frame_support::{
	assert_ok,
	storage::{TransactionOutcome, with_transaction},
	traits::{EnsureOrigin, Get, fungible::Inspect},
};
use frame_system::RawOrigin;
use lutine_math::streams;
use lutine_primitives::{
	Balance,
	insurance::{
		AssetId, Coverage, GroupId, IncidentId, MAX_TRIGGER_DAYS, Name, PolicyId, PoolId, ProductId,
		Reserving, RiskClass, Term, TrackRecord, Trigger, Underwriting,
	},
	time::Seconds,
};
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult, FixedU128, Perbill, traits::StaticLookup};

/// What a chain gives the benchmarks.
pub trait BenchmarkHelper<AccountId> {
	/// Sufficient assets that are not the native token: as many as a product can be sold in if the chain can have so many,
	/// and at least one. The first is the one that cover is bought in; its symbol is as long as it can be.
	fn assets() -> Vec<AssetId>;
	/// Makes it another time.
	fn set_time(seconds: Seconds);
	/// Has a feed say something now.
	fn feed(feed: u32, value: FixedU128);
	/// Gives an account so much more of an asset or of the native token.
	fn fund(who: &AccountId, asset: AssetId, amount: Balance);
	/// How many lines a pool may have.
	fn max_lines() -> u32;
	/// Opens a pool in an asset, with so much capital and a line of all of it on each of the products. The asset may fail
	/// with none of them.
	fn open_pool(asset: AssetId, products: &[ProductId], capital: Balance) -> PoolId;
}

/// What each pool has.
const CAPITAL: Balance = 1 << 70;
/// What may be insured on each product: little enough for a pool of that capital to begin.
const LIMIT: Balance = 8 * CAPITAL;
/// What each pool is to stand behind, where it need not be much.
const PART: Balance = CAPITAL / 8;
/// What each pool is to stand behind, on two products, to have too little for both.
const LARGE_PART: Balance = CAPITAL / 5 * 3;
/// The product that is bought, beyond those that a chain has from its genesis. Pools have lines on those that follow too.
const PRODUCT: ProductId = 200;
const INCIDENT: IncidentId = 0;
/// What proves incidents of the products.
const FEED: u32 = u32::MAX;

/// Lists a product that is sold in an asset up to a limit, with texts, a trigger and a record as long as they can be. It is
/// sold in as many other assets as fit before that one.
pub fn create_product<T: Config>(product: ProductId, group: GroupId, asset: AssetId, limit: Balance) {
	if !Groups::<T>::contains_key(group) {
		assert_ok!(Pallet::<T>::do_register_group(group, longest_name()));
	}
	let Proposal {
		name,
		terms_hash,
		trigger,
		conditions,
		..
	} = proposal::<T>(asset, limit);
	Products::<T>::insert(
		product,
		Product {
			name,
			group: Some(group),
			terms_hash,
			trigger,
			waiting_period: day::<T>(),
			claim_window: T::Parameters::get().claim_window,
			conditions,
			status: Status::Listed,
			frozen: false,
			incidents: 0,
		},
	);
	WatchedFeeds::<T>::insert(FEED, ());
	NextProduct::<T>::mutate(|next| *next = product.saturating_add(1).max(*next));
	T::TrackRecord::begin_worst(product);
}

fn longest_name() -> Name {
	vec![b'n'; 48].try_into().unwrap()
}

fn longest_item() -> Item {
	vec![b'i'; 128].try_into().unwrap()
}

fn asset<T: Config>() -> AssetId {
	T::BenchmarkHelper::assets()[0].clone()
}

fn day<T: Config>() -> Seconds {
	T::AccountingDay::get()
}

/// As long as can be. Its waiting period is what its trigger averages over: a day.
fn proposal<T: Config>(asset: AssetId, limit: Balance) -> Proposal {
	let chain = T::Parameters::get();
	let mut assets = T::BenchmarkHelper::assets();
	assets.retain(|other| *other != asset);
	assets.truncate(MAX_ASSETS as usize - 1);
	assets.push(asset);
	let assets: Vec<_> = assets
		.into_iter()
		.map(|asset| Limits {
			asset,
			total: limit,
			min: 1,
			max: limit,
			optimistic: limit,
		})
		.collect();
	let table: Vec<_> = (1..=16)
		.map(|row| (FixedU128::from_rational(100 - row, 100), row as u8))
		.collect();
	Proposal {
		name: longest_name(),
		class: RiskClass::Other,
		code_hash: H256::repeat_byte(1),
		terms_hash: H256::repeat_byte(2),
		trigger: Trigger::Parametric {
			feed: FEED,
			averaging: 1,
			observation: MAX_TRIGGER_DAYS,
			table: table.try_into().unwrap(),
		},
		waiting_period: Some(day::<T>()),
		claim_window: Some(chain.claim_window),
		conditions: Conditions {
			uri: vec![b'u'; 128].try_into().unwrap(),
			assets: assets.try_into().unwrap(),
			min_period: chain.min_period.max(2 * day::<T>()),
			max_period: chain.max_period,
			deductible: Perbill::one().deconstruct(),
		},
	}
}

/// An account with native tokens for every deposit, and nothing of the asset.
fn person<T: Config>(name: &'static str) -> T::AccountId {
	let who: T::AccountId = account(name, 0, 0);
	let chain = T::Parameters::get();
	let deposits = chain.product_deposit.max(chain.policy_deposit);
	let amount = 100 * (deposits + T::Deposits::minimum_balance());
	T::BenchmarkHelper::fund(&who, AssetId::Native, amount);
	who
}

/// Somebody who pays for what a benchmark is not about.
fn payer<T: Config>() -> T::AccountId {
	let who = person::<T>("payer");
	T::BenchmarkHelper::fund(&who, asset::<T>(), 1_000 * CAPITAL);
	who
}

fn listing_origin<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::ListingOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}

// ---------------------------------------------------------------------------------------------- Products

/// A product that somebody proposed.
fn proposed<T: Config>() -> (ProductId, T::AccountId) {
	let proposer = person::<T>("proposer");
	let id = NextProduct::<T>::get();
	let proposal = proposal::<T>(asset::<T>(), LIMIT);
	assert_ok!(Pallet::<T>::do_propose(proposer.clone(), proposal));
	(id, proposer)
}

/// A product that can be bought.
fn listed<T: Config>(id: ProductId) {
	if !Products::<T>::contains_key(id) {
		create_product::<T>(id, id, asset::<T>(), LIMIT);
	}
}

fn status<T: Config>(id: ProductId) -> Option<Status<T::AccountId>> {
	Products::<T>::get(id).map(|product| product.status)
}

// ---------------------------------------------------------------------------------------------- Pools

/// Makes it the first second of a day, which its end is not: whatever is bought until half of it has passed ends together.
fn dawn<T: Config>() {
	T::BenchmarkHelper::set_time(10_000 * day::<T>() + 1);
}

/// Has the feed say what lets cover be sold: more than the first level of the table.
fn feed<T: Config>() {
	T::BenchmarkHelper::feed(FEED, FixedU128::from_u32(1));
}

/// Lets half a day pass, in which premium is earned and rates move.
fn pass_half_a_day<T: Config>() {
	T::BenchmarkHelper::set_time(Pallet::<T>::now() + day::<T>() / 2);
}

fn period<T: Config>() -> Seconds {
	T::Parameters::get().min_period.max(2 * day::<T>())
}

/// When a policy ends that is bought now.
fn term<T: Config>() -> Term {
	Term {
		end: streams::day_end(Pallet::<T>::now() + period::<T>(), day::<T>()).unwrap(),
		claim_window: T::Parameters::get().claim_window,
	}
}

fn write<T: Config>(pool: PoolId, product: ProductId, amount: Balance) {
	let (payer, asset) = (payer::<T>(), asset::<T>());
	assert_ok!(T::Underwriting::write(
		&payer,
		pool,
		&asset,
		product,
		amount,
		term::<T>()
	));
}

/// Pools with lines on so many products, from [`PRODUCT`] on.
fn pools<T: Config>(n: u32, lines: u32) -> Vec<PoolId> {
	let products: Vec<_> = (PRODUCT..PRODUCT + lines).collect();
	products.iter().for_each(|id| listed::<T>(*id));
	(0..n)
		.map(|_| T::BenchmarkHelper::open_pool(asset::<T>(), &products, CAPITAL))
		.collect()
}

/// Pools that stand behind as many products as they may have lines on, all released on the day of a policy that is bought
/// now; but nothing of [`PRODUCT`] yet, so that its limit is asked for.
fn full_pools<T: Config>(n: u32) -> Vec<PoolId> {
	let lines = T::BenchmarkHelper::max_lines();
	let pools = pools::<T>(n, lines);
	for pool in &pools {
		for product in PRODUCT + 1..PRODUCT + lines {
			write::<T>(*pool, product, CAPITAL / 1_000);
		}
	}
	pools
}

// ---------------------------------------------------------------------------------------------- Policies

/// Parts of so much each, brought by a broker who has nothing of the asset.
fn order<T: Config>(pools: &[PoolId], amount: Balance) -> OrderOf<T> {
	let broker: T::AccountId = account("broker", NextPolicy::<T>::get(), 0);
	let parts: Vec<_> = pools.iter().map(|&pool| Part { pool, amount }).collect();
	Order {
		amount: amount * parts.len() as Balance,
		end: term::<T>().end,
		parts: parts.try_into().unwrap(),
		max_premium: Balance::MAX,
		deadline: Some(Seconds::MAX),
		broker: Some(Broker {
			account: broker,
			commission: T::Parameters::get().max_commission.deconstruct(),
		}),
	}
}

/// Gives a buyer exactly what a purchase costs.
fn fund_exactly<T: Config>(buyer: &T::AccountId, purchase: impl FnOnce() -> DispatchResult) {
	let price = with_transaction(|| {
		let id = NextPolicy::<T>::get();
		T::BenchmarkHelper::fund(buyer, asset::<T>(), 1_000 * CAPITAL);
		assert_ok!(purchase());
		let policy = policy::<T>(id);
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(policy.net_premium + policy.commission))
	});
	T::BenchmarkHelper::fund(buyer, asset::<T>(), price.unwrap());
}

fn policy<T: Config>(id: PolicyId) -> PolicyOf<T> {
	Policies::<T>::get(id).unwrap()
}

/// A policy and its buyer, who has nothing of the asset left.
fn bought<T: Config>(pools: &[PoolId], amount: Balance) -> (PolicyId, T::AccountId) {
	let buyer = person::<T>("buyer");
	let order = order::<T>(pools, amount);
	feed::<T>();
	let buy = || {
		Pallet::<T>::buy(
			RawOrigin::Signed(buyer.clone()).into(),
			PRODUCT,
			asset::<T>(),
			order,
			longest_item(),
		)
	};
	fund_exactly::<T>(&buyer, buy.clone());
	let id = NextPolicy::<T>::get();
	assert_ok!(buy());
	(id, buyer)
}

/// Lets as many accounts pass a certificate on as can be.
fn approve<T: Config>(id: PolicyId, holder: &T::AccountId) {
	for index in 0..<T as pallet_nfts::Config>::ApprovalsLimit::get() {
		let delegate = T::Lookup::unlookup(account("delegate", index, 0));
		assert_ok!(pallet_nfts::Pallet::<T>::approve_transfer(
			RawOrigin::Signed(holder.clone()).into(),
			CERTIFICATES,
			id,
			delegate,
			None
		));
	}
}

/// Passes a certificate on to somebody who has nothing of any asset.
fn pass_on<T: Config>(id: PolicyId, buyer: T::AccountId) -> T::AccountId {
	let holder: T::AccountId = account("holder", 0, 0);
	assert_ok!(pallet_nfts::Pallet::<T>::transfer(
		RawOrigin::Signed(buyer).into(),
		CERTIFICATES,
		id,
		T::Lookup::unlookup(holder.clone())
	));
	approve::<T>(id, &holder);
	holder
}

/// An expired policy under which all but a unit was awarded and nothing can be claimed any more. Its pools could not pay at
/// once; by now what they owed is there.
fn in_arrears<T: Config>(n: u32) -> PolicyId {
	dawn::<T>();
	let pools = pools::<T>(n, 2);
	let other = PRODUCT + 1;
	pools.iter().for_each(|pool| write::<T>(*pool, other, LARGE_PART));
	let (id, buyer) = bought::<T>(&pools, LARGE_PART);
	assert_ok!(Pallet::<T>::freeze(other));
	assert_ok!(Pallet::<T>::accept(INCIDENT, PRODUCT, Perbill::one()));
	let payment = Pallet::<T>::pay(INCIDENT, id, policy::<T>(id).amount - 1).unwrap();
	assert_ok!(<Pallet<T> as Coverage<_>>::close(INCIDENT, PRODUCT));
	assert!(arrears::<T>(id).iter().all(|owed| *owed > 0));

	assert_ok!(T::Reserving::recover(
		&payer::<T>(),
		INCIDENT,
		&asset::<T>(),
		payment.arrears
	));
	Policies::<T>::mutate(id, |policy| {
		let policy = policy.as_mut().unwrap();
		policy.end = 0;
		policy.terms.claim_window = 0;
	});
	pass_on::<T>(id, buyer);
	pass_half_a_day::<T>();
	id
}

/// What each pool owes on a policy.
fn arrears<T: Config>(id: PolicyId) -> Vec<Balance> {
	policy::<T>(id)
		.allocations
		.iter()
		.map(|part| T::Reserving::arrears_of(part.pool, id))
		.collect()
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_group() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, GroupId::MAX - 1, longest_name());

		assert!(Groups::<T>::contains_key(GroupId::MAX - 1));
		Ok(())
	}

	#[benchmark]
	fn propose() {
		let proposer = person::<T>("proposer");
		let proposal = proposal::<T>(asset::<T>(), LIMIT);
		let id = NextProduct::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(proposer), proposal);

		assert!(matches!(status::<T>(id), Some(Status::Proposed { .. })));
	}

	#[benchmark]
	fn withdraw_proposal() {
		let (id, proposer) = proposed::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(proposer), id);

		assert!(!Products::<T>::contains_key(id));
	}

	#[benchmark]
	fn list() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		let (id, _) = proposed::<T>();
		listed::<T>(PRODUCT);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id, PRODUCT);

		assert_eq!(status::<T>(id), Some(Status::Listed));
		Ok(())
	}

	#[benchmark]
	fn amend() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		listed::<T>(PRODUCT);
		let conditions = proposal::<T>(asset::<T>(), LIMIT + 1).conditions;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PRODUCT, conditions.clone());

		assert_eq!(Products::<T>::get(PRODUCT).unwrap().conditions, conditions);
		Ok(())
	}

	#[benchmark]
	fn pause() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		listed::<T>(PRODUCT);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PRODUCT);

		assert_eq!(status::<T>(PRODUCT), Some(Status::Paused));
		Ok(())
	}

	#[benchmark]
	fn resume() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		listed::<T>(PRODUCT);
		assert_ok!(Pallet::<T>::do_pause(PRODUCT));

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PRODUCT);

		assert_eq!(status::<T>(PRODUCT), Some(Status::Listed));
		Ok(())
	}

	/// Of a proposal, whose deposit is returned.
	#[benchmark]
	fn delist() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		let (id, _) = proposed::<T>();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);

		assert!(!Products::<T>::contains_key(id));
		Ok(())
	}

	#[benchmark]
	fn buy(n: Linear<1, { MAX_ALLOCATIONS }>) {
		dawn::<T>();
		let order = order::<T>(&full_pools::<T>(n), PART);
		let buyer = person::<T>("buyer");
		pass_half_a_day::<T>();
		feed::<T>();
		fund_exactly::<T>(&buyer, || {
			let (buyer, order) = (buyer.clone(), order.clone());
			Pallet::<T>::do_buy(buyer, PRODUCT, asset::<T>(), order, longest_item(), None).map(|_| ())
		});
		let id = NextPolicy::<T>::get();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(buyer.clone()),
			PRODUCT,
			asset::<T>(),
			order,
			longest_item(),
		);

		assert_eq!(policy::<T>(id).allocations.len(), n as usize);
		assert_eq!(Pallet::<T>::holder(id), Some(buyer));
	}

	/// Of a policy that as many pools stand behind as can, by others.
	#[benchmark]
	fn renew(n: Linear<1, { MAX_ALLOCATIONS }>) {
		dawn::<T>();
		let (id, buyer) = bought::<T>(&pools::<T>(MAX_ALLOCATIONS, 1), PART);
		approve::<T>(id, &buyer);
		let order = order::<T>(&full_pools::<T>(n), PART);
		pass_half_a_day::<T>();
		feed::<T>();
		fund_exactly::<T>(&buyer, || Pallet::<T>::do_renew(buyer.clone(), id, order.clone()));

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), id, order.clone());

		assert_eq!(policy::<T>(id).renewed, order.amount);
		assert_eq!(policy::<T>(id + 1).allocations.len(), n as usize);
	}

	#[benchmark]
	fn cancel(n: Linear<1, { MAX_ALLOCATIONS }>) {
		dawn::<T>();
		let (id, buyer) = bought::<T>(&full_pools::<T>(n), PART);
		let holder = pass_on::<T>(id, buyer);
		pass_half_a_day::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(holder), id);

		assert!(!Policies::<T>::contains_key(id));
	}

	#[benchmark]
	fn close(n: Linear<1, { MAX_ALLOCATIONS }>) {
		let id = in_arrears::<T>(n);

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), id);

		assert!(!Policies::<T>::contains_key(id));
		assert_eq!(Pallet::<T>::holder(id), None);
	}

	#[benchmark]
	fn pull_arrears(n: Linear<1, { MAX_ALLOCATIONS }>) {
		let id = in_arrears::<T>(n);

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anyone", 0, 0)), id);

		assert!(arrears::<T>(id).iter().all(|owed| *owed == 0));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
