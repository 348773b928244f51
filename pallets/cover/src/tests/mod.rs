//! The pallet's tests by subject, and what they share.

use crate::{mock::*, *};
use frame_support::{assert_ok, traits::fungible::InspectHold};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, Coverage, InForce, PolicyId, PoolId, ProductId, RiskClass, Trigger},
	time::Seconds,
};
use sp_runtime::{DispatchError, DispatchResult, FixedU128, Perbill};

mod boundaries;
mod buying;
mod coverage;
mod feeds;
mod fuzz;
mod invariants;
mod policies;
mod products;
mod refusals;

pub type Error = crate::Error<Test>;
pub type PoolsError = pallet_pools::Error<Test>;

/// Closes a policy, whatever that takes.
pub fn close(origin: RuntimeOrigin, id: PolicyId) -> DispatchResult {
	Cover::close(origin, id)
		.map(|_| ())
		.map_err(|failed| failed.error)
}

/// The waiting time before cover begins, and that of claims, in the tests.
pub const WAITING: Seconds = 7 * DAY;
pub const CLAIM_WINDOW: Seconds = 35 * DAY;

/// The feed of parametric products.
pub const FEED: u32 = 7;

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn limits(asset: AssetId) -> Limits {
	Limits {
		asset,
		total: 1_000_000_000,
		min: 1,
		max: 500_000_000,
		optimistic: 1_000,
	}
}

/// A product sold in [`USD`] and the native token.
pub fn proposal() -> Proposal {
	Proposal {
		name: name("Example lending"),
		class: RiskClass::Lending,
		code_hash: Default::default(),
		terms_hash: Default::default(),
		trigger: Trigger::Assessed,
		waiting_period: None,
		claim_window: None,
		conditions: Conditions {
			uri: b"ipfs://terms".to_vec().try_into().unwrap(),
			assets: vec![limits(USD), limits(AssetId::Native)].try_into().unwrap(),
			min_period: 28 * DAY,
			max_period: 365 * DAY,
			deductible: 0,
		},
	}
}

/// A trigger of [`FEED`]; levels of its table are hundredths.
pub fn parametric(averaging: u32, observation: u32, table: &[(u32, u8)]) -> Trigger {
	let rows = table
		.iter()
		.map(|(level, percent)| (FixedU128::from_rational((*level).into(), 100), *percent));
	Trigger::Parametric {
		feed: FEED,
		averaging,
		observation,
		table: rows.collect::<Vec<_>>().try_into().unwrap(),
	}
}

/// Proposes and lists a product.
pub fn list(proposal: Proposal, group: u32) -> ProductId {
	let product = NextProduct::<Test>::get();
	assert_ok!(Cover::propose(signed(ALICE), proposal));
	assert_ok!(Cover::list(RuntimeOrigin::root(), product, group));
	product
}

/// A pool with so much capital and a line of all of it on each product.
pub fn pool_with(asset: AssetId, products: &[ProductId], capital: Balance) -> PoolId {
	let pool = pallet_pools::NextPool::<Test>::get();
	assert_ok!(Pools::create(signed(MANAGER), asset, 0));
	for product in products {
		let rate = Some(FixedU128::from_rational(4, 100));
		assert_ok!(Pools::set_line(
			signed(MANAGER),
			pool,
			*product,
			1_000_000_000,
			rate
		));
	}
	assert_ok!(Pools::deposit(signed(ALICE), pool, capital, 0, None));
	pool
}

/// A pool with so much capital and a line of all of it on a product.
pub fn pool_in(asset: AssetId, product: ProductId, capital: Balance) -> PoolId {
	pool_with(asset, &[product], capital)
}

/// A listed product, and a pool in [`USD`] behind it.
pub fn market() -> (ProductId, PoolId) {
	market_of(proposal())
}

/// The same with a product of one's own.
pub fn market_of(proposal: Proposal) -> (ProductId, PoolId) {
	let product = list(proposal, 0);
	(product, pool_in(USD, product, 1_000_000_000))
}

/// The end of the day in which a period from now is over.
pub fn end_of(period: Seconds) -> Seconds {
	(now() + period).div_ceil(DAY) * DAY
}

/// An order for so much from one pool, for 30 days, at any price.
pub fn order(pool: PoolId, amount: Balance) -> OrderOf<Test> {
	split(&[(pool, amount)])
}

/// An order split over pools.
pub fn split(parts: &[(PoolId, Balance)]) -> OrderOf<Test> {
	Order {
		amount: parts.iter().map(|(_, amount)| amount).sum(),
		end: end_of(30 * DAY),
		parts: parts
			.iter()
			.map(|(pool, amount)| Part {
				pool: *pool,
				amount: *amount,
			})
			.collect::<Vec<_>>()
			.try_into()
			.unwrap(),
		max_premium: Balance::MAX,
		deadline: None,
		broker: None,
	}
}

/// Buys in [`USD`].
pub fn try_buy(who: AccountId, product: ProductId, order: OrderOf<Test>) -> DispatchResult {
	Cover::buy(signed(who), product, USD, order, Item::default())
}

pub fn buy(who: AccountId, product: ProductId, order: OrderOf<Test>) -> PolicyId {
	let policy = NextPolicy::<Test>::get();
	assert_ok!(try_buy(who, product, order));
	policy
}

pub fn policy(id: PolicyId) -> PolicyOf<Test> {
	Policies::<Test>::get(id).unwrap()
}

pub fn product(id: ProductId) -> ProductOf<Test> {
	Products::<Test>::get(id).unwrap()
}

/// Passes a certificate on.
pub fn transfer(policy: PolicyId, from: AccountId, to: AccountId) {
	assert_ok!(Nfts::transfer(signed(from), CERTIFICATES, policy, to));
}

/// Brings a pool's books to now, however long it was left alone.
pub fn settle(pool: PoolId) {
	while pallet_pools::Pools::<Test>::get(pool).unwrap().settled_at < now() {
		assert_ok!(Pools::settle(signed(BOB), pool));
	}
}

/// What a pool stands behind on a product.
pub fn exposure(pool: PoolId, product: ProductId) -> Balance {
	pallet_pools::Lines::<Test>::get(pool, product).unwrap().exposure
}

/// What a pool could not pay to somebody.
pub fn due(pool: PoolId, who: &AccountId) -> Balance {
	pallet_pools::Dues::<Test>::get(pool, who)
}

pub fn native(who: &AccountId) -> Balance {
	balance(&AssetId::Native, who)
}

/// The native tokens of an account on hold for a reason.
pub fn on_hold(reason: HoldReason, who: &AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), who)
}

/// Gives an account money of Alice's.
pub fn fund(asset: AssetId, who: &AccountId, amount: Balance) {
	match asset {
		AssetId::Native => {
			assert_ok!(Balances::transfer_allow_death(signed(ALICE), who.clone(), amount));
		}
		AssetId::WithId(id) => {
			assert_ok!(Assets::transfer(signed(ALICE), id, who.clone(), amount));
		}
	}
}

/// Changes the parameters of cover.
pub fn govern(change: impl FnOnce(&mut lutine_primitives::parameters::Cover)) {
	CoverParameters::mutate(change);
}

pub fn freeze(product: ProductId) {
	assert_ok!(<Cover as Coverage<AccountId>>::freeze(product));
}

pub fn thaw(product: ProductId) {
	assert_ok!(<Cover as Coverage<AccountId>>::thaw(product));
}

pub fn accept(incident: u32, product: ProductId, percent: u32) {
	let verdict = Perbill::from_percent(percent);
	assert_ok!(<Cover as Coverage<AccountId>>::accept(incident, product, verdict));
}

pub fn close_incident(incident: u32, product: ProductId) {
	assert_ok!(<Cover as Coverage<AccountId>>::close(incident, product));
}

pub fn award(incident: u32, policy: PolicyId, amount: Balance) {
	assert_ok!(<Cover as Coverage<AccountId>>::pay(incident, policy, amount));
}

/// Awards a unit of each policy, under an incident that is over when this returns.
pub fn award_a_unit(incident: u32, product: ProductId, policies: &[PolicyId]) {
	accept(incident, product, 100);
	for id in policies {
		award(incident, *id, 1);
	}
	close_incident(incident, product);
	assert_ok!(Cover::resume(RuntimeOrigin::root(), product));
}

/// What a policy offers to a claim.
pub fn in_force(
	id: PolicyId,
	happened: Seconds,
	reported: Seconds,
) -> Result<InForce<AccountId>, DispatchError> {
	<Cover as Coverage<AccountId>>::in_force(id, policy(id).product, happened, reported)
}
