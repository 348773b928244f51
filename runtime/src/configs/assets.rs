//! Assets, certificates and prices.

use super::storage_deposit;
use crate::{
	AccountId, Assets, Balance, Balances, Oracle, OracleMembers, Runtime, RuntimeEvent, Signature, System,
	Timestamp,
	adapters::{
		asset_creation::SignedInUserRange,
		oracle::{FeedWeights, PricesToClaims},
	},
	configs::governance::TreasuryAccount,
};
use frame_support::{
	PalletId, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, ConstU64,
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
	},
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use pallet_nfts::{PalletFeature, PalletFeatures};
use sp_runtime::{FixedU128, traits::Verify};

/// The native token and every asset behind one interface: what insurance is underwritten and paid in.
pub type NativeAndAssets = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

parameter_types! {
	pub const AssetDeposit: Balance = storage_deposit(1, 190);
	pub const AssetAccountDeposit: Balance = storage_deposit(1, 16);
	pub const MetadataDepositBase: Balance = storage_deposit(1, 68);
	pub const MetadataDepositPerByte: Balance = storage_deposit(0, 1);
	pub const ApprovalDeposit: Balance = storage_deposit(1, 84);
}

impl pallet_assets::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1_000>;
	type AssetId = u32;
	type AssetIdParameter = codec::Compact<u32>;
	type ReserveData = ();
	type Currency = Balances;
	type CreateOrigin = SignedInUserRange;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = AssetDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	type MetadataDepositBase = MetadataDepositBase;
	type MetadataDepositPerByte = MetadataDepositPerByte;
	type ApprovalDeposit = ApprovalDeposit;
	type StringLimit = ConstU32<50>;
	type Freezer = ();
	type Holder = ();
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = pallet_assets::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

parameter_types! {
	pub const CollectionDeposit: Balance = storage_deposit(1, 130);
	pub const ItemDeposit: Balance = storage_deposit(1, 164);
	pub const NftMetadataDepositBase: Balance = storage_deposit(1, 129);
	pub const NftAttributeDepositBase: Balance = storage_deposit(1, 129);
	pub const NftDepositPerByte: Balance = storage_deposit(0, 1);
	/// Certificates are passed on, approved and traded. Attributes are left behind by a burn, and one metadata string
	/// says all that a wallet shows.
	pub NftFeatures: PalletFeatures = PalletFeatures::from_disabled(PalletFeature::Attributes.into());
}

impl pallet_nfts::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type CollectionId = u32;
	type ItemId = u32;
	type Currency = Balances;
	// Nobody takes or rewrites a certificate by force, not even a referendum.
	type ForceOrigin = frame_support::traits::NeverEnsureOrigin<()>;
	// The chain's own collections only.
	type CreateOrigin = AsEnsureOriginWithArg<EnsureRootWithSuccess<AccountId, TreasuryAccount>>;
	type Locker = ();
	type CollectionDeposit = CollectionDeposit;
	type ItemDeposit = ItemDeposit;
	type MetadataDepositBase = NftMetadataDepositBase;
	type AttributeDepositBase = NftAttributeDepositBase;
	type DepositPerByte = NftDepositPerByte;
	type StringLimit = ConstU32<256>;
	type KeyLimit = ConstU32<64>;
	type ValueLimit = ConstU32<256>;
	type ApprovalsLimit = ConstU32<20>;
	type ItemAttributesApprovalsLimit = ConstU32<1>;
	type MaxTips = ConstU32<10>;
	type MaxDeadlineDuration = ConstU32<5_256_000>;
	type MaxAttributesPerCall = ConstU32<1>;
	type Features = NftFeatures;
	type OffchainSignature = Signature;
	type OffchainPublic = <Signature as Verify>::Signer;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type WeightInfo = pallet_nfts::weights::SubstrateWeight<Runtime>;
	type BlockNumberProvider = System;
}

/// The most oracle feeders there can be.
type MaxFeeders = ConstU32<32>;

// Who feeds prices and scores is decided by referendum.
impl pallet_membership::Config<pallet_membership::Instance1> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type AddOrigin = EnsureRoot<AccountId>;
	type RemoveOrigin = EnsureRoot<AccountId>;
	type SwapOrigin = EnsureRoot<AccountId>;
	type ResetOrigin = EnsureRoot<AccountId>;
	type PrimeOrigin = EnsureRoot<AccountId>;
	type MembershipInitialized = ();
	type MembershipChanged = Oracle;
	type MaxMembers = MaxFeeders;
	type WeightInfo = pallet_membership::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const OraclePalletId: PalletId = PalletId(*b"lut/orcl");
}

impl pallet_oracle::Config for Runtime {
	type OnNewData = PricesToClaims;
	// The median of the values of the last hour, of at least three feeders. With fewer the pallet keeps the previous value:
	// who uses one checks its time.
	type CombineData = pallet_oracle::DefaultCombineData<Runtime, ConstU32<3>, ConstU64<3_600_000>>;
	type Time = Timestamp;
	type OracleKey = u32;
	type OracleValue = FixedU128;
	type PalletId = OraclePalletId;
	type Members = OracleMembers;
	type WeightInfo = FeedWeights<pallet_oracle::weights::SubstrateWeight<Runtime>, MaxFeeders>;
	type MaxHasDispatchedSize = ConstU32<32>;
	type MaxFeedValues = ConstU32<32>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = OracleBenchmarkHelper;
}

/// Values for the benchmarks of the oracle pallet.
#[cfg(feature = "runtime-benchmarks")]
pub struct OracleBenchmarkHelper;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_oracle::BenchmarkHelper<u32, FixedU128, ConstU32<32>> for OracleBenchmarkHelper {
	fn get_currency_id_value_pairs() -> sp_runtime::BoundedVec<(u32, FixedU128), ConstU32<32>> {
		(0..32)
			.map(|key| (key, FixedU128::from_u32(key)))
			.collect::<alloc::vec::Vec<_>>()
			.try_into()
			.unwrap_or_default()
	}
}

/// Arguments for the benchmarks of the treasury pallet.
#[cfg(feature = "runtime-benchmarks")]
pub struct TreasuryBenchmarkHelper;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_treasury::ArgumentsFactory<NativeOrWithId<u32>, AccountId> for TreasuryBenchmarkHelper {
	fn create_asset_kind(_: u32) -> NativeOrWithId<u32> {
		NativeOrWithId::Native
	}
	fn create_beneficiary(seed: [u8; 32]) -> AccountId {
		seed.into()
	}
}
