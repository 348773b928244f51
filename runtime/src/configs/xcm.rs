//! What people of the partner chain may do here, and what goes there.

use super::{governance::TreasuryAccount, system::RuntimeBlockWeights};
use crate::{
	AccountId, AllPalletsWithSystem, Assets, Balance, Balances, PartnerBridge, PolkadotXcm, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, TransactionPayment, adapters::fees::FeesToAuthorAndTreasury,
	genesis::TEST_STABLECOIN,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Contains, ContainsPair, Disabled, Everything, Nothing, PalletInfoAccess},
	weights::Weight,
};
use frame_system::EnsureRoot;
use lutine_bridge::{
	accounts::{self, Family, NoNetwork, PeopleToAccountId},
	chains::{self, LUTINE_NETWORK, PARTNER_NETWORK},
	fees::{INSTRUCTION_WEIGHT, REFUSED_WEIGHT},
	router::ToLane,
	trap::TrapForKeeper,
};
use lutine_primitives::fees::WeightToFee;
use sp_runtime::{
	FixedPointNumber, Perbill,
	traits::{Identity, MaybeEquivalence},
};
use xcm::latest::prelude::*;
use xcm_builder::{
	AliasChildLocation, AllowKnownQueryResponses, AllowTopLevelPaidExecutionFrom, ConvertedConcreteId,
	EnsureXcmOrigin, FixedWeightBounds, FrameTransactionalProcessor, FungibleAdapter, FungiblesAdapter,
	IsConcrete, NoChecking, SignedToAccountId32, SovereignSignedViaLocation, TakeWeightCredit,
	TrailingSetTopicAsId, UsingComponents, WithComputedOrigin, WithUniqueTopic, XcmFeeManagerFromComponents,
};
use xcm_executor::XcmExecutor;

/// The asset that stands for the partner's own token here. No account holds its roles: only what comes over the bridge
/// is minted. It counts as no pool's capital unless governance admits it.
pub const PARTNER_TOKEN: u32 = 1_000;

/// The assets of this chain that travel, beside its own token: those that the partner knows as well. Any other would
/// arrive there as nothing.
pub const CARRIED_ASSETS: [u32; 1] = [TEST_STABLECOIN];

parameter_types! {
	pub Universal: InteriorLocation = chains::universal(LUTINE_NETWORK);
	pub const PartnerNetwork: NetworkId = PARTNER_NETWORK;
	pub PartnerLocation: Location = chains::location(PARTNER_NETWORK);
	/// The native token's place.
	pub NativeLocation: Location = Location::here();
	pub TreasuryLocation: Location =
		AccountId32 { network: None, id: TreasuryAccount::get().into() }.into();
	/// No asset is checked in or out, so nothing is ever there.
	pub CheckingAccount: AccountId = PolkadotXcm::check_account();
	pub const InstructionWeight: Weight = INSTRUCTION_WEIGHT;
	pub const RefusedWeight: Weight = REFUSED_WEIGHT;
	/// Messages get a fifth of a block, before transactions, and what blocks leave over. One that weighs more waits until
	/// somebody pays for it: `messageQueue.executeOverweight`.
	pub MessagesWeight: Weight = Perbill::from_percent(20) * RuntimeBlockWeights::get().max_block;
}

/// The account of a location.
pub type LocationToAccountId = accounts::LocationToAccountId<Universal>;
/// Where accounts of this chain are.
pub type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, NoNetwork>;
/// What leaves for the partner chain.
pub type Lane = ToLane<Runtime, PartnerBridge, Universal, PartnerNetwork>;
/// The same, each message with a name of its own.
pub type Router = WithUniqueTopic<Lane>;

/// Where the assets are that travel.
pub struct TravellingAssets;
impl MaybeEquivalence<Location, u32> for TravellingAssets {
	fn convert(place: &Location) -> Option<u32> {
		if *place == PartnerLocation::get() {
			return Some(PARTNER_TOKEN);
		}
		match place.unpack() {
			(0, [PalletInstance(pallet), GeneralIndex(id)]) if usize::from(*pallet) == Assets::index() => {
				CARRIED_ASSETS
					.into_iter()
					.find(|carried| u128::from(*carried) == *id)
			}
			_ => None,
		}
	}

	fn convert_back(id: &u32) -> Option<Location> {
		if *id == PARTNER_TOKEN {
			return Some(PartnerLocation::get());
		}
		CARRIED_ASSETS.contains(id).then(|| {
			Location::new(
				0,
				[PalletInstance(Assets::index() as u8), GeneralIndex((*id).into())],
			)
		})
	}
}

type Transactor = (
	FungibleAdapter<Balances, IsConcrete<NativeLocation>, LocationToAccountId, AccountId, ()>,
	FungiblesAdapter<
		Assets,
		ConvertedConcreteId<u32, Balance, TravellingAssets, Identity>,
		LocationToAccountId,
		AccountId,
		NoChecking,
		CheckingAccount,
	>,
);

/// The partner chain is the reserve of its own token, and of nothing else.
pub struct PartnerToken;
impl ContainsPair<Asset, Location> for PartnerToken {
	fn contains(asset: &Asset, origin: &Location) -> bool {
		asset.id.0 == PartnerLocation::get() && *origin == PartnerLocation::get()
	}
}

/// What a message says of where it is from: the partner chain, and nothing else.
pub struct PartnerItself;
impl Contains<(Location, Junction)> for PartnerItself {
	fn contains((origin, universal): &(Location, Junction)) -> bool {
		*origin == PartnerLocation::get() && *universal == GlobalConsensus(PARTNER_NETWORK)
	}
}

/// Who cannot claim what is left over: both chains themselves, for nobody acts as either.
pub struct Chains;
impl Contains<Location> for Chains {
	fn contains(place: &Location) -> bool {
		*place == Location::here() || *place == PartnerLocation::get()
	}
}

/// What somebody on the partner chain may call here, through the account that is theirs: buy, change and give up cover,
/// claim, say where payouts go, and pass on what is theirs. Nothing that wraps another call.
pub struct OverTheBridge;
impl Contains<RuntimeCall> for OverTheBridge {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(
			call,
			RuntimeCall::Cover(
				pallet_cover::Call::buy { .. }
					| pallet_cover::Call::renew { .. }
					| pallet_cover::Call::cancel { .. }
			) | RuntimeCall::Claims(
				pallet_claims::Call::file { .. } | pallet_claims::Call::add_evidence { .. }
			) | RuntimeCall::Homes(pallet_homes::Call::set_home { .. } | pallet_homes::Call::send { .. })
				| RuntimeCall::Balances(
					pallet_balances::Call::transfer_keep_alive { .. }
						| pallet_balances::Call::transfer_allow_death { .. }
				) | RuntimeCall::Assets(
				pallet_assets::Call::transfer { .. } | pallet_assets::Call::transfer_keep_alive { .. }
			)
		)
	}
}

/// What a message pays for its weight: as much as a transaction would, at the same multiplier.
pub struct FeeOfWeight;
impl frame_support::weights::WeightToFee for FeeOfWeight {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		TransactionPayment::next_fee_multiplier().saturating_mul_int(WeightToFee::weight_to_fee(weight))
	}
}

/// The barrier: who pays may pass.
pub type Barrier = TrailingSetTopicAsId<(
	TakeWeightCredit,
	AllowKnownQueryResponses<PolkadotXcm>,
	WithComputedOrigin<(AllowTopLevelPaidExecutionFrom<Family<PartnerNetwork>>,), Universal, ConstU32<2>>,
)>;

/// What weighs messages. They hold at most a hundred instructions, which decoding them checks.
pub type Weigher = FixedWeightBounds<InstructionWeight, RuntimeCall, ConstU32<128>>;

/// What takes the fees of messages.
pub type Trader = UsingComponents<FeeOfWeight, NativeLocation, AccountId, Balances, FeesToAuthorAndTreasury>;

/// How messages are executed.
pub struct XcmConfig;
impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = Router;
	type XcmEventEmitter = PolkadotXcm;
	type AssetTransactor = Transactor;
	// People act through their accounts here. Nobody acts through that of the chain, which holds what they all own.
	type OriginConverter =
		(SovereignSignedViaLocation<PeopleToAccountId<PartnerNetwork, Universal>, RuntimeOrigin>,);
	type IsReserve = PartnerToken;
	type IsTeleporter = ();
	type Aliasers = AliasChildLocation;
	type UniversalLocation = Universal;
	type Barrier = Barrier;
	type Weigher = Weigher;
	type Trader = Trader;
	type ResponseHandler = PolkadotXcm;
	type AssetTrap = TrapForKeeper<PolkadotXcm, Transactor, TreasuryLocation, Chains>;
	type AssetLocker = ();
	type AssetExchanger = ();
	type SubscriptionService = ();
	type PalletInstancesInfo = AllPalletsWithSystem;
	type MaxAssetsIntoHolding = ConstU32<4>;
	// Sending costs nothing of its own: see the price of an export.
	type FeeManager = XcmFeeManagerFromComponents<Everything, ()>;
	// A message goes where the router sends it. Nobody makes this chain export for them.
	type MessageExporter = ();
	type UniversalAliases = PartnerItself;
	type CallDispatcher = RuntimeCall;
	type SafeCallFilter = OverTheBridge;
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
	// Whoever is here has transactions for everything. Only the partner chain needs the call, and its weight from here.
	#[cfg(not(feature = "runtime-benchmarks"))]
	type XcmExecuteFilter = Nothing;
	#[cfg(feature = "runtime-benchmarks")]
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

#[cfg(test)]
mod tests {
	use super::*;
	use crate::adapters::asset_creation::FIRST_USER_ASSET;

	#[test]
	fn no_travelling_asset_is_somebodys_own() {
		for id in CARRIED_ASSETS.into_iter().chain([PARTNER_TOKEN]) {
			assert!(id < FIRST_USER_ASSET);
			let place = TravellingAssets::convert_back(&id).unwrap();
			assert_eq!(TravellingAssets::convert(&place), Some(id));
		}
		assert!(!CARRIED_ASSETS.contains(&PARTNER_TOKEN));
		assert_eq!(TravellingAssets::convert_back(&2), None);
		assert_eq!(TravellingAssets::convert(&Location::here()), None);
	}

	/// The instance of the bridge pallets.
	type OnlyOne = ();

	/// What the partner chain says of this one is what it is.
	#[test]
	fn chain_is_as_the_bridge_knows_it() {
		use bp_runtime::Chain;
		use frame_support::dispatch::DispatchClass;
		bridge_runtime_common::assert_complete_bridge_types!(
			runtime: Runtime,
			with_bridged_chain_messages_instance: OnlyOne,
			this_chain: chains::Lutine,
			bridged_chain: chains::Partner,
			expected_payload_type: bp_xcm_bridge_hub::XcmAsPlainPayload,
		);
		let length = super::super::system::RuntimeBlockLength::get();
		assert_eq!(
			chains::Lutine::max_extrinsic_size(),
			*length.max.get(DispatchClass::Normal)
		);
		let heaviest = RuntimeBlockWeights::get()
			.get(DispatchClass::Normal)
			.max_extrinsic
			.unwrap();
		assert!(chains::Lutine::max_extrinsic_weight().all_lte(heaviest));
		assert!(
			<pallet_message_queue::MaxMessageLenOf<Runtime> as frame_support::traits::Get<u32>>::get()
				>= chains::MAX_MESSAGE_SIZE,
			"each message that a lane carries finds room in the queue"
		);
		bridge_runtime_common::integrity::assert_bridge_messages_pallet_constants::<Runtime, ()>();
		bridge_runtime_common::integrity::assert_bridge_grandpa_pallet_constants::<Runtime, ()>();
		bridge_runtime_common::integrity::check_message_lane_weights::<chains::Lutine, Runtime, ()>(
			1_024, 128, 256, false,
		);
	}
}
