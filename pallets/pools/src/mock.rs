//! The pallet in a runtime of its own, with balances and assets as on the chain. Products, risk and parameters are
//! given by the tests.

use crate::{self as pallet_pools, *};
use frame_support::{
	PalletId, derive_impl, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, ConstU64, ConstU128,
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		fungibles,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSigned};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, AssetInfo, GroupId, OnPaid, ProductId, Products, Risk},
	parameters,
	time::Seconds,
};
use sp_runtime::{BuildStorage, FixedU128, traits::IdentityLookup};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(3)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(4)]
	pub type Pools = pallet_pools;
}

/// Accounts are as long as on a chain: those of pools are derived.
pub type AccountId = sp_runtime::AccountId32;
pub type NativeAndAssets = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type MaxConsumers = ConstU32<128>;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = ();
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<10>;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type MetadataDepositBase = ConstU128<7>;
	type MetadataDepositPerByte = ConstU128<1>;
	type Freezer = ();
	type Holder = ();
}

/// An accounting day of the mock is as long as on a production chain.
pub const DAY: Seconds = lutine_primitives::time::DAY;

parameter_types! {
	pub static PoolParameters: parameters::Pools = parameters::Pools::default();
	pub static PricingParameters: parameters::Pricing = parameters::Pricing::default();
	pub static AccountingDay: Seconds = DAY;
	pub static Treasury: AccountId = account(200);
	pub const PoolsPalletId: PalletId = PalletId(*b"lut/pool");
	/// The probability of loss of every product.
	pub static Probability: FixedU128 = FixedU128::from_rational(2, 100);
	/// The limit of every product in every asset.
	pub static Limit: Balance = 100_000;
	/// What was told of payments to holders.
	pub static Told: Vec<(AccountId, AssetId, Balance)> = vec![];
}

/// Product n < 100 is in group n, of its own; the products from 100 on share group 100. From 1 000 on there are none, and
/// product 99 is sold in no asset.
pub struct Register;
impl Products for Register {
	fn is_group(group: GroupId) -> bool {
		group <= 100 || group == GroupId::MAX
	}
	fn group(product: ProductId) -> Option<GroupId> {
		(product < 1_000).then_some(product.min(100))
	}
	fn limit(product: ProductId, _: &AssetId) -> Option<Balance> {
		(product < 1_000 && product != 99).then(Limit::get)
	}
	#[cfg(feature = "runtime-benchmarks")]
	fn create(_: ProductId, _: GroupId, _: AssetId, _: Balance) {}
}
impl Risk for Register {
	fn probability(product: ProductId) -> Option<FixedU128> {
		(product < 1_000).then(Probability::get)
	}
}

pub struct Registry;
impl AssetInfo for Registry {
	fn is_sufficient(asset: &AssetId) -> bool {
		match asset {
			AssetId::Native => true,
			AssetId::WithId(id) => {
				pallet_assets::Asset::<Test>::get(id).is_some_and(|asset| asset.is_sufficient)
			}
		}
	}
	fn decimals(_: &AssetId) -> u8 {
		6
	}
	fn symbol(_: &AssetId) -> Vec<u8> {
		b"USD".to_vec()
	}
}

/// Hears of payments, and sees that each has arrived.
pub struct Ear;
impl OnPaid<AccountId> for Ear {
	fn on_paid(who: &AccountId, asset: &AssetId, amount: Balance) {
		assert!(amount > 0 && balance(asset, who) >= amount);
		Told::mutate(|told| told.push((who.clone(), asset.clone(), amount)));
	}
	fn weight(notices: u32) -> Weight {
		Weight::from_parts(1_000, 10).saturating_mul(notices.into())
	}
}

impl Config for Test {
	type AdmitOrigin = EnsureRoot<AccountId>;
	type ReserveOrigin = EnsureRoot<AccountId>;
	type Assets = NativeAndAssets;
	type Shares = Assets;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AssetInfo = Registry;
	type Products = Register;
	type Risk = Register;
	type OnPaid = Ear;
	type Parameters = PoolParameters;
	type PricingParameters = PricingParameters;
	type Time = Timestamp;
	type AccountingDay = AccountingDay;
	type Treasury = Treasury;
	type PalletId = PoolsPalletId;
	type FirstShareAsset = ConstU32<0x8000_0000>;
	type RequestDeposit = ConstU128<5>;
	type MaxLinesPerPool = ConstU32<32>;
	type MaxLinesPerProduct = ConstU32<4>;
	type MaxChanges = ConstU32<8>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper for Helper {
	fn asset() -> AssetId {
		USD
	}
	fn set_time(seconds: Seconds) {
		set_time(seconds);
	}
}

/// The stablecoin of the tests, sufficient; the group of what fails with it is 50.
pub const USD: AssetId = AssetId::WithId(1);
/// An asset that is not sufficient.
pub const DUST: AssetId = AssetId::WithId(2);
/// The seed of a pool in [`USD`].
pub const USD_MINIMUM: Balance = 3;
/// What everybody has of everything.
pub const ENDOWMENT: Balance = 1 << 80;
/// When the tests begin: the middle of an accounting day.
pub const START: Seconds = 20_000 * DAY + DAY / 2;

pub const fn account(n: u8) -> AccountId {
	AccountId::new([n; 32])
}

/// People of the tests: the first runs pools.
pub const MANAGER: AccountId = account(1);
pub const ALICE: AccountId = account(2);
pub const BOB: AccountId = account(3);
pub const CAROL: AccountId = account(4);
/// Buys cover.
pub const BUYER: AccountId = account(5);

pub fn new_test_ext() -> sp_io::TestExternalities {
	Told::take();
	let people = || (1..=8).map(account);
	let mut ext: sp_io::TestExternalities = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: people().map(|who| (who, ENDOWMENT)).collect(),
			..Default::default()
		},
		assets: pallet_assets::GenesisConfig {
			assets: vec![(1, MANAGER, true, USD_MINIMUM), (2, MANAGER, false, 1)],
			metadata: vec![(1, b"Dollar".to_vec(), b"USD".to_vec(), 6)],
			accounts: people()
				.flat_map(|who| [(1, who.clone(), ENDOWMENT), (2, who, ENDOWMENT)])
				.collect(),
			..Default::default()
		},
		pools: pallet_pools::GenesisConfig {
			assets: vec![
				(
					USD,
					AssetTerms {
						group: 50,
						min_first_deposit: 1_000,
						min_withdrawal: 100,
					},
				),
				(
					AssetId::Native,
					AssetTerms {
						group: 51,
						min_first_deposit: 1_000,
						min_withdrawal: 100,
					},
				),
			],
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap()
	.into();
	ext.execute_with(|| {
		System::set_block_number(1);
		set_time(START);
	});
	ext
}

/// Runs a test and then every invariant; no event may tell of nothing.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Pools::do_try_state().unwrap();
		for told in System::read_events_for_pallet::<crate::Event<Test>>() {
			let is_nothing = matches!(
				told,
				crate::Event::ArrearsServed { amount: 0, .. } | crate::Event::ArrearsPulled { amount: 0, .. }
			);
			assert!(!is_nothing, "{told:?}");
		}
	});
}

pub fn set_time(seconds: Seconds) {
	pallet_timestamp::Now::<Test>::put(seconds * 1_000);
}

pub fn now() -> Seconds {
	pallet_timestamp::Now::<Test>::get() / 1_000
}

pub fn pass(seconds: Seconds) {
	set_time(now() + seconds);
}

pub fn balance(asset: &AssetId, who: &AccountId) -> Balance {
	use fungibles::Inspect;
	NativeAndAssets::balance(asset.clone(), who)
}

pub fn usd(who: &AccountId) -> Balance {
	balance(&USD, who)
}
