//! The bridge to the partner chain: its light client, and the lane on which messages come and go.

use super::xcm::{LocationToAccountId, PartnerLocation, Universal};
use crate::{AccountId, Balances, MessageQueue, PartnerBridge, Runtime, RuntimeEvent, RuntimeHoldReason};
use bp_xcm_bridge_hub::XcmAsPlainPayload;
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU128, Equals, Get},
};
use frame_system::{EnsureNever, EnsureRootWithSuccess};
use lutine_bridge::{
	chains::{LaneId, Lutine, Partner},
	queue::{Congestion, Peer, ToQueue},
};
use xcm::{AlwaysV5, latest::prelude::*};
use xcm_builder::BridgeBlobDispatcher;

impl pallet_bridge_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type BridgedChain = Partner;
	// Headers that change the authorities, without which the light client would stop, cost nothing: four in a block at
	// most, for the partner's validators could make as many as they like.
	type MaxFreeHeadersPerBlock = ConstU32<4>;
	type FreeHeadersInterval = ();
	// What proofs are checked against: the headers of hours where a relayer brings each, of months where it brings few.
	type HeadersToKeep = ConstU32<4_096>;
	type WeightInfo = pallet_bridge_grandpa::weights::BridgeWeight<Runtime>;
}

impl pallet_bridge_messages::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_bridge_messages::weights::BridgeWeight<Runtime>;
	type ThisChain = Lutine;
	type BridgedChain = Partner;
	type BridgedHeaderChain = pallet_bridge_grandpa::GrandpaChainHeaders<Runtime, ()>;
	type OutboundPayload = XcmAsPlainPayload;
	type InboundPayload = XcmAsPlainPayload;
	type LaneId = LaneId;
	// Relayers serve who runs them: see docs/decisions/bridge.md.
	type DeliveryPayments = ();
	type DeliveryConfirmationPayments = ();
	type OnMessagesDelivered = PartnerBridge;
	type MessageDispatch = PartnerBridge;
}

parameter_types! {
	pub const FromPartner: Peer = Peer::Partner;
	/// This chain itself owns the lane.
	pub Here: Location = Location::here();
	pub const NoInstance: Option<InteriorLocation> = None;
}

/// Sending over the bridge costs what the transaction costs.
pub struct Free;
impl Get<Assets> for Free {
	fn get() -> Assets {
		Assets::new()
	}
}

impl pallet_xcm_bridge_hub::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type UniversalLocation = Universal;
	type BridgedNetwork = PartnerLocation;
	type BridgeMessagesPalletInstance = ();
	type MessageExportPrice = Free;
	type DestinationVersion = AlwaysV5;
	type ForceOrigin = EnsureNever<()>;
	// Opening and closing weigh nothing in the pallet, so only a referendum may.
	type OpenBridgeOrigin = EnsureRootWithSuccess<AccountId, Here>;
	type BridgeOriginAccountIdConverter = LocationToAccountId;
	type BridgeDeposit = ConstU128<0>;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AllowWithoutBridgeDeposit = Equals<Here>;
	type LocalXcmChannelManager = Congestion<MessageQueue, FromPartner>;
	type BlobDispatcher = BridgeBlobDispatcher<ToQueue<MessageQueue, FromPartner>, Universal, NoInstance>;
}
