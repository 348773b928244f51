//! The configuration of every pallet but XCM's.

use crate::{
	AccountId, Authorship, Babe, Balance, Balances, Block, Hash, LutineBridge, MessageQueue, Nonce,
	OriginCaller, PRT, PalletInfo, Runtime, RuntimeCall, RuntimeEvent, RuntimeFreezeReason,
	RuntimeHoldReason, RuntimeOrigin, RuntimeTask, Session, SessionKeys, System, VERSION,
	xcm_config::{LocationToAccountId, LutineLocation, Universal},
};
use bp_xcm_bridge_hub::XcmAsPlainPayload;
use frame_support::{
	PalletId, derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU8, ConstU16, ConstU32, ConstU128, Equals, Get, NeverEnsureOrigin,
		OnUnbalanced, VariantCountOf,
		fungible::{Balanced, Credit},
	},
	weights::{
		ConstantMultiplier, Weight,
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_SECOND},
	},
};
use frame_system::{
	EnsureNever, EnsureRoot, EnsureRootWithSuccess,
	limits::{BlockLength, BlockWeights},
};
use lutine_bridge::{
	accounts::{Bridged, person},
	chains::{LUTINE_NETWORK, LaneId, Lutine, PARTNER_NETWORK, Partner, universal},
	queue::{Congestion, Peer, ToQueue},
};
use lutine_primitives::fees::WeightToFee;
use pallet_clock::{EpochDuration, MinimumPeriod};
use pallet_transaction_payment::FungibleAdapter;
use sp_core::Void;
use sp_runtime::{
	Perbill,
	traits::{AccountIdConversion, AccountIdLookup, BlakeTwo256, ConvertInto, OpaqueKeys},
};
use sp_version::RuntimeVersion;
use xcm::{AlwaysV5, latest::prelude::*};
use xcm_builder::BridgeBlobDispatcher;
use xcm_executor::traits::ConvertLocation;

/// A thousandth of a PRT.
pub const MILLI: Balance = PRT / 1_000;
/// The part of a block that ordinary transactions may fill.
const NORMAL_RATIO: Perbill = Perbill::from_percent(75);
const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(2 * WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

parameter_types! {
	pub const BlockHashCount: u32 = 4_096;
	pub const Version: RuntimeVersion = VERSION;
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(5 * 1024 * 1024)
		.modify_max_length_for_class(DispatchClass::Normal, |length| *length = NORMAL_RATIO * *length)
		.build();
	pub RuntimeBlockWeights: BlockWeights =
		BlockWeights::with_sensible_defaults(MAXIMUM_BLOCK_WEIGHT, NORMAL_RATIO);
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type BlockWeights = RuntimeBlockWeights;
	type BlockLength = RuntimeBlockLength;
	type AccountId = AccountId;
	type Nonce = Nonce;
	type Hash = Hash;
	type Hashing = BlakeTwo256;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type BlockHashCount = BlockHashCount;
	type DbWeight = ParityDbWeight;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<Balance>;
	type SS58Prefix = ConstU16<42>;
	type MaxConsumers = ConstU32<128>;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
}

impl pallet_clock::Config for Runtime {}

impl pallet_babe::Config for Runtime {
	type EpochDuration = EpochDuration<Runtime>;
	type ExpectedBlockTime = pallet_clock::SlotDuration<Runtime>;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	type WeightInfo = ();
	type MaxAuthorities = ConstU32<200>;
	type MaxNominators = ConstU32<0>;
	// Nothing is at stake: nobody is slashed for signing twice.
	type KeyOwnerProof = Void;
	type EquivocationReportSystem = ();
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = ConstU32<200>;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = frame_support::traits::ConstU64<0>;
	type KeyOwnerProof = Void;
	type EquivocationReportSystem = ();
}

impl pallet_authority_discovery::Config for Runtime {
	type MaxAuthorities = ConstU32<200>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Runtime, Babe>;
	type EventHandler = ();
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	// The validators stay those of the genesis. Their keys may change, which makes a new set of authorities.
	type SessionManager = ();
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = ();
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = ConstU128<MILLI>;
}

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Babe;
	type MinimumPeriod = MinimumPeriod<Runtime>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
	type Balance = Balance;
	type DustRemoval = ();
	type ExistentialDeposit = ConstU128<{ 10 * MILLI }>;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
}

/// Fees are the block's author's. One whose account cannot receive burns them.
pub struct ToAuthor;
impl OnUnbalanced<Credit<AccountId, Balances>> for ToAuthor {
	fn on_unbalanceds(fees_then_tips: impl Iterator<Item = Credit<AccountId, Balances>>) {
		for fee in fees_then_tips {
			Self::on_nonzero_unbalanced(fee);
		}
	}

	fn on_nonzero_unbalanced(fee: Credit<AccountId, Balances>) {
		if let Some(author) = Authorship::author() {
			let _ = Balances::resolve(&author, fee);
		}
	}
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FungibleAdapter<Balances, ToAuthor>;
	type WeightToFee = WeightToFee;
	type LengthToFee = ConstantMultiplier<Balance, ConstU128<{ MILLI / 100 }>>;
	type FeeMultiplierUpdate = ();
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

// Only what comes over the bridge: nobody makes assets here.
impl pallet_assets::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1_000>;
	type AssetId = u32;
	type AssetIdParameter = codec::Compact<u32>;
	type ReserveData = ();
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<PRT>;
	type AssetAccountDeposit = ConstU128<MILLI>;
	type MetadataDepositBase = ConstU128<MILLI>;
	type MetadataDepositPerByte = ConstU128<MILLI>;
	type ApprovalDeposit = ConstU128<MILLI>;
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

impl pallet_bridge_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type BridgedChain = Lutine;
	type MaxFreeHeadersPerBlock = ConstU32<4>;
	type FreeHeadersInterval = ();
	type HeadersToKeep = ConstU32<4_096>;
	type WeightInfo = pallet_bridge_grandpa::weights::BridgeWeight<Runtime>;
}

impl pallet_bridge_messages::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_bridge_messages::weights::BridgeWeight<Runtime>;
	type ThisChain = Partner;
	type BridgedChain = Lutine;
	type BridgedHeaderChain = pallet_bridge_grandpa::GrandpaChainHeaders<Runtime, ()>;
	type OutboundPayload = XcmAsPlainPayload;
	type InboundPayload = XcmAsPlainPayload;
	type LaneId = LaneId;
	type DeliveryPayments = ();
	type DeliveryConfirmationPayments = ();
	type OnMessagesDelivered = LutineBridge;
	type MessageDispatch = LutineBridge;
}

parameter_types! {
	pub const FromLutine: Peer = Peer::Lutine;
	/// This chain itself owns the lane.
	pub Here: Location = Location::here();
	pub const NoInstance: Option<InteriorLocation> = None;
	/// Has what is left over of messages and is nobody's. Nobody has a key to it: an upgrade of the runtime would decide.
	pub Keeper: AccountId = PalletId(*b"prt/keep").into_account_truncating();
}

/// Sending over the bridge costs what the transaction costs.
pub struct Free;
impl Get<xcm::latest::Assets> for Free {
	fn get() -> xcm::latest::Assets {
		xcm::latest::Assets::new()
	}
}

impl pallet_xcm_bridge_hub::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type UniversalLocation = Universal;
	type BridgedNetwork = LutineLocation;
	type BridgeMessagesPalletInstance = ();
	type MessageExportPrice = Free;
	type DestinationVersion = AlwaysV5;
	type ForceOrigin = EnsureNever<()>;
	type OpenBridgeOrigin = EnsureRootWithSuccess<AccountId, Here>;
	type BridgeOriginAccountIdConverter = LocationToAccountId;
	type BridgeDeposit = ConstU128<0>;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AllowWithoutBridgeDeposit = Equals<Here>;
	type LocalXcmChannelManager = Congestion<MessageQueue, FromLutine>;
	type BlobDispatcher = BridgeBlobDispatcher<ToQueue<MessageQueue, FromLutine>, Universal, NoInstance>;
}

/// Whose an account of Lutine is: of who has the same key, and of who acts through it over the bridge.
pub struct SameKeyOrDerived;
impl pallet_certificates::Accounts<AccountId> for SameKeyOrDerived {
	fn is_of(there: &sp_runtime::AccountId32, here: &AccountId) -> bool {
		let derived =
			Bridged::<LutinesUniversal>::convert_location(&person(PARTNER_NETWORK, here.clone().into()));
		pallet_certificates::SameKey::is_of(there, here) || derived.as_ref() == Some(there)
	}
}

parameter_types! {
	pub LutinesUniversal: InteriorLocation = universal(LUTINE_NETWORK);
}

impl pallet_certificates::Config for Runtime {
	type Headers = pallet_certificates::LightClient<Runtime>;
	type Accounts = SameKeyOrDerived;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Deposit = ConstU128<{ 500 * MILLI }>;
	// Two weeks.
	type MaxAge = frame_support::traits::ConstU64<{ 14 * 24 * 60 * 60 }>;
	type Time = crate::Timestamp;
	type WeightInfo = pallet_certificates::weights::SubstrateWeight<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = CertificatesBenchmarkHelper;
}

/// What the benchmarks of certificates need of the chain.
#[cfg(feature = "runtime-benchmarks")]
pub struct CertificatesBenchmarkHelper;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_certificates::BenchmarkHelper for CertificatesBenchmarkHelper {
	fn set_time(seconds: u64) {
		pallet_timestamp::Now::<Runtime>::put(seconds * 1_000);
	}
	fn import(hash: Hash, header: pallet_certificates::Header) {
		pallet_certificates::LightClient::<Runtime>::import(hash, header);
	}
}
