//! Prices, pools, cover and claims, and what they are told of the rest of the chain.

use super::{
	assets::NativeAndAssets,
	governance::{CommitteeOrRoot, TreasuryAccount},
	storage_deposit,
};
use crate::{
	AccountId, Assets, Balance, Balances, Cover, Homes, Outages, Parameters, Pools, Pricing, Runtime,
	RuntimeHoldReason, Timestamp,
	adapters::{
		asset_creation::FIRST_SHARE_ASSET,
		asset_info::SufficientAssets,
		bridge_watch::PartnerWatch,
		home::{Home, OverTheBridge},
		oracle::{OracleScores, OracleSpot},
		referenda::DemocracyReferenda,
	},
};
use frame_support::{
	PalletId, parameter_types,
	traits::{ConstU32, ConstU64, Get},
};
use frame_system::EnsureRoot;
use lutine_primitives::{
	parameters,
	time::{DAY, Seconds},
};

// The governed parameters, as the pallets read them: a group at a time.
parameter_types! {
	pub PricingParameters: parameters::Pricing = Parameters::pricing();
	pub PoolsParameters: parameters::Pools = Parameters::pools();
	pub CoverParameters: parameters::Cover = Parameters::cover();
	pub ClaimsParameters: parameters::Claims = Parameters::claims();
}

impl pallet_pricing::Config for Runtime {
	type ListingOrigin = CommitteeOrRoot;
	type AuditorOrigin = EnsureRoot<AccountId>;
	type Parameters = PricingParameters;
	type Time = Timestamp;
	type Feeds = OracleScores;
	type MaxAudits = ConstU32<16>;
	type WeightInfo = pallet_pricing::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const PoolsPalletId: PalletId = PalletId(*b"lut/pool");
	pub const RequestDeposit: Balance = storage_deposit(2, 160);
}

impl pallet_pools::Config for Runtime {
	type AdmitOrigin = EnsureRoot<AccountId>;
	type ReserveOrigin = EnsureRoot<AccountId>;
	type Assets = NativeAndAssets;
	type Shares = Assets;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AssetInfo = SufficientAssets;
	type Products = Cover;
	type Risk = Pricing;
	type OnPaid = Homes;
	type Parameters = PoolsParameters;
	type PricingParameters = PricingParameters;
	type Time = Timestamp;
	type AccountingDay = pallet_clock::AccountingDay<Runtime>;
	type Treasury = TreasuryAccount;
	type PalletId = PoolsPalletId;
	type FirstShareAsset = ConstU32<FIRST_SHARE_ASSET>;
	type RequestDeposit = RequestDeposit;
	type MaxLinesPerPool = ConstU32<32>;
	type MaxLinesPerProduct = ConstU32<32>;
	type MaxChanges = ConstU32<16>;
	type WeightInfo = pallet_pools::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::InsuranceHelper;
}

parameter_types! {
	pub const CoverPalletId: PalletId = PalletId(*b"lut/covr");
}

impl pallet_cover::Config for Runtime {
	type ListingOrigin = CommitteeOrRoot;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AssetInfo = SufficientAssets;
	type Underwriting = Pools;
	type Reserving = Pools;
	type TrackRecord = Pricing;
	type Spot = OracleSpot;
	type Parameters = CoverParameters;
	type Time = Timestamp;
	type AccountingDay = pallet_clock::AccountingDay<Runtime>;
	type PalletId = CoverPalletId;
	type WeightInfo = pallet_cover::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::InsuranceHelper;
}

parameter_types! {
	pub const ClaimsPalletId: PalletId = PalletId(*b"lut/clms");
}

impl pallet_claims::Config for Runtime {
	type Coverage = Cover;
	type Reserving = Pools;
	type Spot = OracleSpot;
	type Referenda = DemocracyReferenda;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Parameters = ClaimsParameters;
	type Time = Timestamp;
	type AccountingDay = pallet_clock::AccountingDay<Runtime>;
	type Deadlines = Outages;
	type Treasury = TreasuryAccount;
	type PalletId = ClaimsPalletId;
	type WeightInfo = pallet_claims::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::InsuranceHelper;
}

parameter_types! {
	pub const HomeDeposit: Balance = storage_deposit(2, 190);
}

impl pallet_homes::Config for Runtime {
	type Home = Home;
	type Assets = NativeAndAssets;
	type Way = OverTheBridge;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type HomeDeposit = HomeDeposit;
	type MaxAssets = ConstU32<16>;
	type MaxSendsPerBlock = ConstU32<8>;
	type WeightInfo = pallet_homes::weights::SubstrateWeight<Runtime>;
}

/// Outages that are remembered: one a day for longer than the longest window lasts with everything it waits for.
const MAX_OUTAGES: u32 = 512;

parameter_types! {
	/// A relayer brings a header a minute when there is nothing else to bring. Days of a development chain are shorter.
	pub BridgeTolerance: Seconds = (pallet_clock::AccountingDay::<Runtime>::get() / 24).max(120);
	/// Nobody waits longer for the bridge: three months of a production chain.
	pub MaxExtension: Seconds = pallet_clock::AccountingDay::<Runtime>::get().saturating_mul(90);
}

impl pallet_outages::Config for Runtime {
	type Bridge = PartnerWatch;
	type Tolerance = BridgeTolerance;
	type MaxExtension = MaxExtension;
	// What the parameters of cover allow a product at most.
	type LongestWindow = ConstU64<{ 366 * DAY }>;
	type AccountingDay = pallet_clock::AccountingDay<Runtime>;
	type Time = Timestamp;
	type MaxOutages = ConstU32<MAX_OUTAGES>;
	type WeightInfo = pallet_outages::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = PartnerWatch;
}
