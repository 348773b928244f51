//! The pallet in a runtime of its own, with the pools, balances, assets and certificates of the chain. Risk and
//! parameters are given by the tests.

use crate::{self as pallet_cover, *};
use frame_support::{
	PalletId, derive_impl, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, ConstU64, ConstU128,
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		fungibles,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, AssetInfo, Name, OnPaid, ProductId, Risk, RiskClass, Spot, TrackRecord},
	parameters,
	time::Seconds,
};
use pallet_nfts::{PalletFeature, PalletFeatures};
use pallet_pools::AssetTerms;
use sp_core::H256;
use sp_runtime::{BuildStorage, DispatchResult, FixedU128, Perbill, traits::IdentityLookup};
use std::collections::BTreeMap;

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
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(5)]
	pub type Pools = pallet_pools;
	#[runtime::pallet_index(6)]
	pub type Cover = pallet_cover;
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

parameter_types! {
	pub NftFeatures: PalletFeatures = PalletFeatures::from_disabled(PalletFeature::Attributes.into());
	pub const Nobody: AccountId = account(0);
}

impl pallet_nfts::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type CollectionId = u32;
	type ItemId = u32;
	type Currency = Balances;
	type ForceOrigin = frame_support::traits::NeverEnsureOrigin<()>;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureRootWithSuccess<AccountId, Nobody>>;
	type Locker = ();
	type CollectionDeposit = ConstU128<100>;
	type ItemDeposit = ConstU128<10>;
	type MetadataDepositBase = ConstU128<1>;
	type AttributeDepositBase = ConstU128<1>;
	type DepositPerByte = ConstU128<1>;
	type StringLimit = ConstU32<256>;
	type KeyLimit = ConstU32<64>;
	type ValueLimit = ConstU32<256>;
	type ApprovalsLimit = ConstU32<20>;
	type ItemAttributesApprovalsLimit = ConstU32<1>;
	type MaxTips = ConstU32<10>;
	type MaxDeadlineDuration = ConstU64<10_000>;
	type MaxAttributesPerCall = ConstU32<1>;
	type Features = NftFeatures;
	type OffchainSignature = sp_runtime::MultiSignature;
	type OffchainPublic = sp_runtime::MultiSigner;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type WeightInfo = ();
	type BlockNumberProvider = System;
}

/// An accounting day of the mock is as long as on a production chain.
pub const DAY: Seconds = lutine_primitives::time::DAY;

parameter_types! {
	pub static CoverParameters: parameters::Cover = parameters::Cover {
		product_deposit: 1_000,
		policy_deposit: 100,
		..Default::default()
	};
	pub static PoolParameters: parameters::Pools = parameters::Pools::default();
	pub static PricingParameters: parameters::Pricing = parameters::Pricing::default();
	pub static AccountingDay: Seconds = DAY;
	/// What a notice of a payment takes.
	pub static Notice: Weight = Weight::zero();
	pub static Treasury: AccountId = account(200);
	pub const PoolsPalletId: PalletId = PalletId(*b"lut/pool");
	pub const CoverPalletId: PalletId = PalletId(*b"lut/covr");
	/// The probability of loss of every product.
	pub static Probability: FixedU128 = FixedU128::from_rational(2, 100);
	/// What the price of risk was told: a product and what it lost of itself.
	pub static Told: Vec<(ProductId, Perbill)> = vec![];
	/// What feeds say; those that are not here say one.
	pub static Fed: BTreeMap<u32, Option<FixedU128>> = BTreeMap::new();
}

/// Feeds say what the tests say.
pub struct Feeds;
impl Spot for Feeds {
	fn spot(feed: u32) -> Option<FixedU128> {
		Fed::get()
			.get(&feed)
			.copied()
			.unwrap_or(Some(FixedU128::from_u32(1)))
	}
}

/// Every product is as likely to fail as the tests say.
pub struct Odds;
impl Risk for Odds {
	fn probability(_: ProductId) -> Option<FixedU128> {
		Some(Probability::get())
	}
}
impl TrackRecord for Odds {
	fn begin(_: ProductId, _: RiskClass, _: H256, _: Seconds) -> DispatchResult {
		Ok(())
	}
	fn incident_accepted(product: ProductId, verdict: Perbill) {
		Told::mutate(|told| told.push((product, verdict)));
	}
	#[cfg(feature = "runtime-benchmarks")]
	fn begin_worst(_: ProductId) {}
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
	fn symbol(asset: &AssetId) -> Vec<u8> {
		match asset {
			AssetId::Native => b"LUT".to_vec(),
			AssetId::WithId(id) => {
				use fungibles::metadata::Inspect;
				<Assets as Inspect<_>>::symbol(*id)
			}
		}
	}
}

/// Whoever is told of payments takes as long as the tests say.
pub struct Hearer;
impl OnPaid<AccountId> for Hearer {
	fn on_paid(_: &AccountId, _: &AssetId, _: Balance) {}
	fn weight(notices: u32) -> Weight {
		Notice::get().saturating_mul(notices.into())
	}
}

impl pallet_pools::Config for Test {
	type AdmitOrigin = EnsureRoot<AccountId>;
	type ReserveOrigin = EnsureRoot<AccountId>;
	type Assets = NativeAndAssets;
	type Shares = Assets;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AssetInfo = Registry;
	type Products = Cover;
	type Risk = Odds;
	type OnPaid = Hearer;
	type Parameters = PoolParameters;
	type PricingParameters = PricingParameters;
	type Time = Timestamp;
	type AccountingDay = AccountingDay;
	type Treasury = Treasury;
	type PalletId = PoolsPalletId;
	type FirstShareAsset = ConstU32<0x8000_0000>;
	type RequestDeposit = ConstU128<5>;
	type MaxLinesPerPool = ConstU32<32>;
	type MaxLinesPerProduct = ConstU32<32>;
	type MaxChanges = ConstU32<8>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl Config for Test {
	type ListingOrigin = EnsureRoot<AccountId>;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AssetInfo = Registry;
	type Underwriting = Pools;
	type Reserving = Pools;
	type TrackRecord = Odds;
	type Spot = Feeds;
	type Parameters = CoverParameters;
	type Time = Timestamp;
	type AccountingDay = AccountingDay;
	type PalletId = CoverPalletId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_pools::BenchmarkHelper for Helper {
	fn asset() -> AssetId {
		USD
	}
	fn set_time(seconds: Seconds) {
		set_time(seconds);
	}
}
#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<AccountId> for Helper {
	fn assets() -> Vec<AssetId> {
		use fungibles::{Create, Inspect};
		let others = 100..99 + MAX_ASSETS;
		for id in others.clone() {
			if !Assets::asset_exists(id) {
				<Assets as Create<_>>::create(id, MANAGER, true, 1).unwrap();
			}
		}
		core::iter::once(USD).chain(others.map(AssetId::WithId)).collect()
	}
	fn set_time(seconds: Seconds) {
		set_time(seconds);
	}
	fn feed(feed: u32, value: FixedU128) {
		Fed::mutate(|fed| fed.insert(feed, Some(value)));
	}
	fn fund(who: &AccountId, asset: AssetId, amount: Balance) {
		use fungibles::Mutate;
		NativeAndAssets::mint_into(asset, who, amount).unwrap();
	}
	fn max_lines() -> u32 {
		<<Test as pallet_pools::Config>::MaxLinesPerPool as frame_support::traits::Get<u32>>::get()
	}
	fn open_pool(
		asset: AssetId,
		products: &[ProductId],
		capital: Balance,
	) -> lutine_primitives::insurance::PoolId {
		let pool = pallet_pools::NextPool::<Test>::get();
		let manager = || RuntimeOrigin::signed(MANAGER);
		Pools::create(manager(), asset, 0).unwrap();
		for product in products {
			let rate = Some(FixedU128::from_rational(4, 100));
			Pools::set_line(manager(), pool, *product, 1_000_000_000, rate).unwrap();
		}
		Pools::deposit(manager(), pool, capital, 0, None).unwrap();
		pool
	}
}

/// The stablecoin of the tests, sufficient; what fails with it is in [`USD_GROUP`].
pub const USD: AssetId = AssetId::WithId(1);
/// An asset that is not sufficient.
pub const DUST: AssetId = AssetId::WithId(2);
pub const USD_GROUP: u32 = 50;
/// The least that an account holds of [`USD`].
pub const USD_MINIMUM: Balance = 3;
/// What everybody has of everything.
pub const ENDOWMENT: Balance = 1 << 80;
/// When the tests begin: the middle of an accounting day.
pub const START: Seconds = 20_000 * DAY + DAY / 2;

pub const fn account(n: u8) -> AccountId {
	AccountId::new([n; 32])
}

/// People of the tests: the first runs pools, the second fills them.
pub const MANAGER: AccountId = account(1);
pub const ALICE: AccountId = account(2);
pub const BOB: AccountId = account(3);
/// Buy cover.
pub const BUYER: AccountId = account(5);
pub const HOLDER: AccountId = account(6);
/// Brings buyers.
pub const BROKER: AccountId = account(7);

pub fn new_test_ext() -> sp_io::TestExternalities {
	let people = || (1..=8).map(account);
	let terms = |group| AssetTerms {
		group,
		min_first_deposit: 1_000,
		min_withdrawal: 100,
	};
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
			assets: vec![(USD, terms(USD_GROUP)), (AssetId::Native, terms(51))],
			..Default::default()
		},
		cover: pallet_cover::GenesisConfig {
			groups: [USD_GROUP, 51]
				.into_iter()
				.chain(0..4)
				.map(|group| (group, name(&format!("group {group}"))))
				.collect(),
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

pub fn name(text: &str) -> Name {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// Every invariant, of cover and of pools, and that pools stand behind what policies say.
pub fn check() {
	Pools::do_try_state().unwrap();
	Cover::do_try_state().unwrap();
}

/// Runs a test and then every invariant.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check();
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
