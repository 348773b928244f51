//! What can be seen of the bridge to the partner chain: the light client's last header, and whether the lane is open and
//! its messages are taken.

use crate::Runtime;
use bp_runtime::OperatingMode;
use lutine_bridge::chains::lane_id;
use lutine_primitives::BlockNumber;
use pallet_bridge_grandpa::{BestFinalized, PalletOperatingMode as HeadersMode};
use pallet_bridge_messages::{OutboundLanes, PalletOperatingMode as MessagesMode};
use pallet_outages::BridgeWatch;

/// The bridge to the partner chain.
pub struct PartnerWatch;

impl BridgeWatch for PartnerWatch {
	fn last_header() -> Option<BlockNumber> {
		BestFinalized::<Runtime>::get().map(|header| header.number())
	}

	/// The two directions of the lane are opened and closed together; this one is the smaller to read.
	fn is_open() -> bool {
		OutboundLanes::<Runtime>::get(lane_id()).is_some_and(|lane| lane.state.is_active())
	}

	/// Where only messages to the partner are refused, those from there still come.
	fn is_halted() -> bool {
		let (headers, messages) = (HeadersMode::<Runtime>::get(), MessagesMode::<Runtime>::get());
		headers.is_halted() || messages.is_halted()
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_outages::BenchmarkHelper for PartnerWatch {
	fn import(header: BlockNumber) {
		// A light client that has not begun is halted.
		HeadersMode::<Runtime>::put(bp_runtime::BasicOperatingMode::Normal);
		BestFinalized::<Runtime>::put(bp_runtime::HeaderId(header, Default::default()));
		OutboundLanes::<Runtime>::insert(lane_id(), bp_messages::OutboundLaneData::opened());
	}

	fn set_time(seconds: lutine_primitives::time::Seconds) {
		pallet_timestamp::Now::<Runtime>::put(seconds * 1_000);
	}
}
