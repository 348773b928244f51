//! Prices and pools, and what they are told of the rest of the chain.

use super::{
	assets::NativeAndAssets,
	governance::{CommitteeOrRoot, TreasuryAccount},
	storage_deposit,
};
use crate::{
	AccountId, Assets, Balance, Balances, Parameters, Pricing, Runtime, RuntimeHoldReason, Timestamp,
	adapters::{asset_creation::FIRST_SHARE_ASSET, asset_info::SufficientAssets, live_scores::OracleScores},
};
use frame_support::{PalletId, parameter_types, traits::ConstU32};
use frame_system::EnsureRoot;
use lutine_primitives::parameters;

// The governed parameters, as the pallets read them: a group at a time.
parameter_types! {
	pub PricingParameters: parameters::Pricing = Parameters::pricing();
	pub PoolsParameters: parameters::Pools = Parameters::pools();
}

impl pallet_pricing::Config for Runtime {
	type ListingOrigin = CommitteeOrRoot;
	type AuditorOrigin = EnsureRoot<AccountId>;
	type Parameters = PricingParameters;
	type Time = Timestamp;
	type Feeds = OracleScores;
	type MaxAudits = ConstU32<16>;
	type MaxAssets = ConstU32<8>;
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
	type Products = Pricing;
	type Risk = Pricing;
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
	type BenchmarkHelper = PoolsBenchmarkHelper;
}

/// An asset and the time for the benchmarks of pools.
#[cfg(feature = "runtime-benchmarks")]
pub struct PoolsBenchmarkHelper;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_pools::BenchmarkHelper for PoolsBenchmarkHelper {
	fn asset() -> lutine_primitives::insurance::AssetId {
		use frame_support::traits::fungibles::{Create, Inspect};
		const ID: u32 = 1;
		if !Assets::asset_exists(ID) {
			let owner = TreasuryAccount::get();
			<Assets as Create<_>>::create(ID, owner, true, 1).expect("the id is free");
		}
		lutine_primitives::insurance::AssetId::WithId(ID)
	}

	fn set_time(seconds: lutine_primitives::time::Seconds) {
		pallet_timestamp::Now::<Runtime>::put(seconds * 1_000);
	}
}
