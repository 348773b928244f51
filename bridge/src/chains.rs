//! The two chains, as each knows the other: their types, the names under which each has the other's pallets, and what
//! their runtimes answer to relayers.

// The SDK's macros declare the runtime APIs, and do not document all of them.
#![allow(missing_docs)]

use bp_header_chain::ChainWithGrandpa;
use bp_messages::{ChainWithMessages, HashedLaneId, MessageNonce};
use bp_runtime::{Chain, ChainId, decl_bridge_finality_runtime_apis, decl_bridge_messages_runtime_apis};
use bp_xcm_bridge_hub::BridgeLocations;
use frame_support::{
	sp_runtime::StateVersion,
	weights::{Weight, constants::WEIGHT_REF_TIME_PER_SECOND},
};
use sp_core::H256;
use sp_runtime::{
	MultiSignature, generic,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
};
use xcm::latest::prelude::{
	GeneralIndex, GlobalConsensus, InteriorLocation, Location, NetworkId, PalletInstance,
};

/// A block's number, on both chains.
pub type BlockNumber = lutine_primitives::BlockNumber;
/// A hash, on both chains.
pub type Hash = H256;
/// A block's header, on both chains.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A signature, on both chains.
pub type Signature = MultiSignature;
/// An account, on both chains.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How the lane is named.
pub type LaneId = HashedLaneId;

/// The Lutine chain's place in the universe. A fixed tag, not its genesis hash: that would depend on itself.
pub const LUTINE_NETWORK: NetworkId = NetworkId::ByGenesis(*b"lutine                          ");
/// The partner chain's place in the universe.
pub const PARTNER_NETWORK: NetworkId = NetworkId::ByGenesis(*b"partner of lutine               ");

/// The version of XCM that both ends speak. The lane's name depends on it.
pub const XCM_VERSION: u32 = 5;

/// Messages sent that the other end has not confirmed, at most. The exporter itself knows no limit: it only signals, and
/// goes on accepting.
pub const MAX_UNDELIVERED: MessageNonce = 256;
/// Bytes of a message, at most.
pub const MAX_MESSAGE_SIZE: u32 = 32 * 1024;

/// The largest ordinary transaction: three quarters of a block of 5 MiB.
const MAX_EXTRINSIC_SIZE: u32 = 5 * 1024 * 1024 / 4 * 3;
/// Less than the heaviest ordinary transaction of both chains, which have 1.5 seconds for such in a block.
const MAX_EXTRINSIC_WEIGHT: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND, u64::MAX / 2);
/// Validators of either chain, at most.
const MAX_AUTHORITIES: u32 = 200;

/// The Lutine chain.
pub struct Lutine;
/// The chain at the other end of the bridge.
pub struct Partner;

macro_rules! both_chains {
	($($chain:ident: $id:literal, $grandpa:literal, $messages:literal;)*) => { $(
		impl Chain for $chain {
			const ID: ChainId = *$id;
			type BlockNumber = BlockNumber;
			type Hash = Hash;
			type Hasher = BlakeTwo256;
			type Header = Header;
			type AccountId = AccountId;
			type Balance = lutine_primitives::Balance;
			type Nonce = u32;
			type Signature = Signature;
			const STATE_VERSION: StateVersion = StateVersion::V1;

			fn max_extrinsic_size() -> u32 {
				MAX_EXTRINSIC_SIZE
			}

			fn max_extrinsic_weight() -> Weight {
				MAX_EXTRINSIC_WEIGHT
			}
		}

		impl ChainWithGrandpa for $chain {
			const WITH_CHAIN_GRANDPA_PALLET_NAME: &'static str = $grandpa;
			const MAX_AUTHORITIES_COUNT: u32 = MAX_AUTHORITIES;
			const REASONABLE_HEADERS_IN_JUSTIFICATION_ANCESTRY: u32 = 8;
			// It names the next validators twice, for BABE and for GRANDPA, 40 bytes each.
			const MAX_MANDATORY_HEADER_SIZE: u32 = MAX_AUTHORITIES * 2 * 40 + 1_024;
			const AVERAGE_HEADER_SIZE: u32 = 1_024;
		}

		impl ChainWithMessages for $chain {
			const WITH_CHAIN_MESSAGES_PALLET_NAME: &'static str = $messages;
			const MAX_UNREWARDED_RELAYERS_IN_CONFIRMATION_TX: MessageNonce = 128;
			const MAX_UNCONFIRMED_MESSAGES_IN_CONFIRMATION_TX: MessageNonce = MAX_UNDELIVERED;

			fn maximal_incoming_message_size() -> u32 {
				MAX_MESSAGE_SIZE
			}
		}
	)* };
}

// A pallet is named for the chain that it knows of, and stands in the other one.
both_chains! {
	Lutine: b"ltin", "LutineGrandpa", "LutineMessages";
	Partner: b"prtn", "PartnerGrandpa", "PartnerMessages";
}

decl_bridge_finality_runtime_apis!(lutine, grandpa);
decl_bridge_finality_runtime_apis!(partner, grandpa);
decl_bridge_messages_runtime_apis!(lutine, LaneId);
decl_bridge_messages_runtime_apis!(partner, LaneId);

/// The place of a chain as the other one sees it.
pub fn location(network: NetworkId) -> Location {
	Location::new(1, [GlobalConsensus(network)])
}

/// The place of Lutine's test stablecoin as the partner sees it: where Lutine has its assets, and which of them it is.
pub fn stablecoin() -> Location {
	Location::new(
		1,
		[
			GlobalConsensus(LUTINE_NETWORK),
			PalletInstance(40),
			GeneralIndex(1),
		],
	)
}

/// Where a chain is in the universe.
pub fn universal(network: NetworkId) -> InteriorLocation {
	[GlobalConsensus(network)].into()
}

/// Both ends of the bridge as the chain `here` names them.
pub fn ends(here: NetworkId, there: NetworkId) -> Option<alloc::boxed::Box<BridgeLocations>> {
	BridgeLocations::bridge_locations(universal(here), Location::here(), universal(there), there).ok()
}

/// The one lane, the same on both chains.
pub fn lane_id() -> LaneId {
	ends(LUTINE_NETWORK, PARTNER_NETWORK)
		.and_then(|ends| ends.calculate_lane_id(XCM_VERSION).ok())
		.expect(
			"two different tags have a bridge, and every version of XCM in use a lane; a test asks for it; qed",
		)
}
