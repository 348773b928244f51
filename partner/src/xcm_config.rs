//! What comes from Lutine and what goes there.

use crate::{
	AccountId, AllPalletsWithSystem, Assets, Balance, Balances, LutineBridge, PolkadotXcm, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin,
	configs::{Keeper, RuntimeBlockWeights, ToAuthor},
};
use frame_support::{
	parameter_types,
	traits::{
		ConstU32, Contains, ContainsPair, Disabled, Everything, Nothing, fungible::ItemOf,
		tokens::imbalance::ResolveTo,
	},
	weights::Weight,
};
use frame_system::EnsureRoot;
use lutine_bridge::{
	accounts::{self, Family, NoNetwork},
	chains::{self, LUTINE_NETWORK, PARTNER_NETWORK},
	fees::{INSTRUCTION_WEIGHT, REFUSED_WEIGHT, in_stablecoin},
	router::ToLane,
	trap::TrapForKeeper,
};
use lutine_primitives::fees::WeightToFee;
use sp_runtime::{
	Perbill,
	traits::{Identity, MaybeEquivalence},
};
use xcm::latest::prelude::*;
use xcm_builder::{
	AliasChildLocation, AllowKnownQueryResponses, AllowTopLevelPaidExecutionFrom, ConvertedConcreteId,
	EnsureXcmOrigin, FixedWeightBounds, FrameTransactionalProcessor, FungibleAdapter, FungiblesAdapter,
	IsConcrete, NoChecking, SignedToAccountId32, TakeWeightCredit, TrailingSetTopicAsId, UsingComponents,
	WithComputedOrigin, WithUniqueTopic, XcmFeeManagerFromComponents,
};
use xcm_executor::XcmExecutor;

/// The asset that stands for LUT here.
pub const LUT: u32 = 1;
/// The asset that stands for Lutine's test stablecoin here.
pub const STABLECOIN: u32 = 2;

parameter_types! {
	pub Universal: InteriorLocation = chains::universal(PARTNER_NETWORK);
	pub const LutineNetwork: NetworkId = LUTINE_NETWORK;
	pub LutineLocation: Location = chains::location(LUTINE_NETWORK);
	pub StablecoinLocation: Location = chains::stablecoin();
	pub NativeLocation: Location = Location::here();
	pub KeeperLocation: Location = AccountId32 { network: None, id: Keeper::get().into() }.into();
	pub CheckingAccount: AccountId = PolkadotXcm::check_account();
	pub const InstructionWeight: Weight = INSTRUCTION_WEIGHT;
	pub const RefusedWeight: Weight = REFUSED_WEIGHT;
	pub MessagesWeight: Weight = Perbill::from_percent(20) * RuntimeBlockWeights::get().max_block;
}

/// The account of a location.
pub type LocationToAccountId = accounts::LocationToAccountId<Universal>;
/// Where accounts of this chain are.
pub type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, NoNetwork>;
/// What leaves for Lutine.
pub type Lane = ToLane<Runtime, LutineBridge, Universal, LutineNetwork>;
/// The same, each message with a name of its own.
pub type Router = WithUniqueTopic<Lane>;

/// Where the assets are that stand for Lutine's.
pub struct LutinesAssets;
impl MaybeEquivalence<Location, u32> for LutinesAssets {
	fn convert(place: &Location) -> Option<u32> {
		if *place == LutineLocation::get() {
			Some(LUT)
		} else if *place == StablecoinLocation::get() {
			Some(STABLECOIN)
		} else {
			None
		}
	}

	fn convert_back(id: &u32) -> Option<Location> {
		match *id {
			LUT => Some(LutineLocation::get()),
			STABLECOIN => Some(StablecoinLocation::get()),
			_ => None,
		}
	}
}

type Transactor = (
	FungibleAdapter<Balances, IsConcrete<NativeLocation>, LocationToAccountId, AccountId, ()>,
	FungiblesAdapter<
		Assets,
		ConvertedConcreteId<u32, Balance, LutinesAssets, Identity>,
		LocationToAccountId,
		AccountId,
		NoChecking,
		CheckingAccount,
	>,
);

/// Lutine is the reserve of its own assets, and of nothing else.
pub struct FromTheirReserve;
impl ContainsPair<Asset, Location> for FromTheirReserve {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		*origin == LutineLocation::get() && LutinesAssets::convert(&asset.id.0).is_some()
	}
}

/// What a message says of where it is from: Lutine, and nothing else.
pub struct LutineItself;
impl Contains<(Location, Junction)> for LutineItself {
	fn contains((origin, universal): &(Location, Junction)) -> bool {
		*origin == LutineLocation::get() && *universal == GlobalConsensus(LUTINE_NETWORK)
	}
}

/// Who cannot claim what is left over: both chains themselves, for nobody acts as either.
pub struct Chains;
impl Contains<Location> for Chains {
	fn contains(place: &Location) -> bool {
		*place == Location::here() || *place == LutineLocation::get()
	}
}

/// What a message from Lutine may call here: nothing. It brings assets.
pub struct Brings;
impl Contains<RuntimeCall> for Brings {
	fn contains(_: &RuntimeCall) -> bool {
		false
	}
}

type Barrier = TrailingSetTopicAsId<(
	TakeWeightCredit,
	AllowKnownQueryResponses<PolkadotXcm>,
	WithComputedOrigin<(AllowTopLevelPaidExecutionFrom<Family<LutineNetwork>>,), Universal, ConstU32<2>>,
)>;

/// What weighs messages.
pub type Weigher = FixedWeightBounds<InstructionWeight, RuntimeCall, ConstU32<128>>;

/// A message that brings stablecoins pays with them.
pub struct FeeInStablecoin;
impl frame_support::weights::WeightToFee for FeeInStablecoin {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		in_stablecoin(WeightToFee::weight_to_fee(weight))
	}
}

type LutBalances = ItemOf<Assets, ConstU32<LUT>, AccountId>;
type StablecoinBalances = ItemOf<Assets, ConstU32<STABLECOIN>, AccountId>;

/// What takes the fees of messages: a message pays with what it brings. One LUT is worth one PRT here, until there is
/// a market that says better.
pub type Trader = (
	UsingComponents<WeightToFee, NativeLocation, AccountId, Balances, ToAuthor>,
	UsingComponents<WeightToFee, LutineLocation, AccountId, LutBalances, ResolveTo<Keeper, LutBalances>>,
	UsingComponents<
		FeeInStablecoin,
		StablecoinLocation,
		AccountId,
		StablecoinBalances,
		ResolveTo<Keeper, StablecoinBalances>,
	>,
);

/// How messages are executed.
pub struct XcmConfig;
impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = Router;
	type XcmEventEmitter = PolkadotXcm;
	type AssetTransactor = Transactor;
	type OriginConverter = ();
	type IsReserve = FromTheirReserve;
	type IsTeleporter = ();
	type Aliasers = AliasChildLocation;
	type UniversalLocation = Universal;
	type Barrier = Barrier;
	type Weigher = Weigher;
	type Trader = Trader;
	type ResponseHandler = PolkadotXcm;
	type AssetTrap = TrapForKeeper<PolkadotXcm, Transactor, KeeperLocation, Chains>;
	type AssetLocker = ();
	type AssetExchanger = ();
	type SubscriptionService = ();
	type PalletInstancesInfo = AllPalletsWithSystem;
	type MaxAssetsIntoHolding = ConstU32<4>;
	type FeeManager = XcmFeeManagerFromComponents<Everything, ()>;
	// A message goes where the router sends it. Nobody makes this chain export for them.
	type MessageExporter = ();
	type UniversalAliases = LutineItself;
	type CallDispatcher = RuntimeCall;
	type SafeCallFilter = Brings;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type HrmpNewChannelOpenRequestHandler = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type XcmRecorder = PolkadotXcm;
}

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type CurrencyMatcher = IsConcrete<NativeLocation>;
	type AuthorizedAliasConsideration = Disabled;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmRouter = Router;
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	// People act on Lutine by executing here a message that takes the money along.
	type XcmExecuteFilter = Everything;
	type XcmExecutor = XcmExecutor<XcmConfig>;
	type XcmTeleportFilter = Nothing;
	type XcmReserveTransferFilter = Everything;
	type Weigher = Weigher;
	type UniversalLocation = Universal;
	type RuntimeOrigin = RuntimeOrigin;
	type RuntimeCall = RuntimeCall;
	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 1;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AdminOrigin = EnsureRoot<AccountId>;
	type TrustedLockers = ();
	type SovereignAccountOf = LocationToAccountId;
	type MaxLockers = ConstU32<1>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = lutine_bridge::weights::SubstrateWeight<Runtime>;
}

impl pallet_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_message_queue::weights::SubstrateWeight<Runtime>;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type MessageProcessor = lutine_bridge::queue::Process<XcmExecutor<XcmConfig>, RuntimeCall, RefusedWeight>;
	#[cfg(feature = "runtime-benchmarks")]
	type MessageProcessor =
		pallet_message_queue::mock_helpers::NoopMessageProcessor<lutine_bridge::queue::Peer>;
	type Size = u32;
	type QueueChangeHandler = ();
	type QueuePausedQuery = ();
	type HeapSize = ConstU32<{ 2 * chains::MAX_MESSAGE_SIZE }>;
	type MaxStale = ConstU32<64>;
	type ServiceWeight = MessagesWeight;
	type IdleMaxServiceWeight = MessagesWeight;
}
