//! What leaves for the other chain, within the bounds of what that can take.
//!
//! What the other end could only throw away is refused here, where its sender hears of it and keeps the money.

use crate::{
	chains::{LaneId, MAX_MESSAGE_SIZE, MAX_UNDELIVERED, lane_id, location},
	fees,
};
use alloc::vec::Vec;
use bp_messages::{LaneState, MessageKey, MessagesOperatingMode};
use bp_runtime::BasicOperatingMode;
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_support::traits::Get;
use pallet_bridge_messages::{OutboundLanes, OutboundMessages, PalletOperatingMode};
use xcm::{VersionedLocation, VersionedXcm, latest::prelude::*};
use xcm_builder::{BridgeMessage, InspectMessageQueues, LocalExporter};
use xcm_executor::traits::ExportXcm;

/// What the exporter adds to a message: where it is from.
const ADDED: usize = 64;

/// Sends to the other chain, and to nowhere else: not below it either, where nothing is that could receive.
///
/// `Runtime` has the one lane, `Exporter` is its `pallet_xcm_bridge_hub`.
pub struct ToLane<Runtime, Exporter, Universal, Bridged>(
	PhantomData<(Runtime, Exporter, Universal, Bridged)>,
);

impl<Runtime, Exporter, Universal, Bridged> ToLane<Runtime, Exporter, Universal, Bridged>
where
	Runtime: pallet_bridge_messages::Config<LaneId = LaneId>,
{
	/// Messages that the other end has not confirmed.
	pub fn undelivered() -> u64 {
		OutboundLanes::<Runtime>::get(lane_id()).map_or(0, |lane| {
			lane.latest_generated_nonce
				.saturating_sub(lane.latest_received_nonce)
		})
	}

	/// The names of those.
	fn on_the_lane() -> impl Iterator<Item = MessageKey<LaneId>> {
		OutboundLanes::<Runtime>::get(lane_id())
			.map(|lane| lane.latest_received_nonce.saturating_add(1)..=lane.latest_generated_nonce)
			.into_iter()
			.flatten()
			.map(|nonce| MessageKey {
				lane_id: lane_id(),
				nonce,
			})
	}

	/// Whether the lane is there and nobody has halted it.
	fn is_halted() -> bool {
		let is_opened =
			OutboundLanes::<Runtime>::get(lane_id()).is_some_and(|lane| lane.state == LaneState::Opened);
		!is_opened
			|| PalletOperatingMode::<Runtime>::get()
				!= MessagesOperatingMode::Basic(BasicOperatingMode::Normal)
	}

	/// Whether a message would leave now.
	pub fn is_open() -> bool {
		!Self::is_halted() && Self::undelivered() < MAX_UNDELIVERED
	}
}

/// Why a message would come to nothing at the other end, where its money would be nobody's any more; `None` where nothing
/// speaks against it. Wallets make such messages of what is not meant so: of a transfer to a place below the other chain, of
/// fees in money that is not taken or of which too little is sent, of an asset sent as if its reserve were elsewhere.
fn what_is_wrong(message: &Xcm<()>, here: NetworkId, there: NetworkId) -> Option<&'static str> {
	let back = location(here);
	// Nobody knows here what a call takes and how dear the other end is now: fees that are enough here may be too low there.
	let wrong_fees = |asset: &Asset| match (fees::least(there, &asset.id.0, message.len()), &asset.fun) {
		(Some(least), Fungible(amount)) if *amount >= least => None,
		(Some(_), Fungible(_)) => Some("the fees are less than the message costs at the other end"),
		_ => Some("the other end takes no fees in this asset"),
	};
	// Each chain is the reserve of what is its own and of nothing else. Below this line the other end sees it.
	let is_ours = |asset: &Asset| asset.id.0.starts_with(&back);
	let is_theirs = |asset: &Asset| asset.id.0.parents == 0;
	// In whose name it moves assets: this chain's, until it is somebody's who is on it.
	let mut is_chains_own = true;
	for instruction in &message.0 {
		match instruction {
			ReceiveTeleportedAsset(_) => return Some("nothing is teleported"),
			ReserveAssetDeposited(assets) if !assets.inner().iter().all(is_ours) => {
				return Some("this chain is not the reserve of the asset");
			}
			WithdrawAsset(assets) if is_chains_own && !assets.inner().iter().all(is_theirs) => {
				return Some("the other end is not the reserve of the asset");
			}
			// One that is too low is turned away, with all that the message brings. The fees are the limit that counts.
			BuyExecution {
				weight_limit: Limited(_),
				..
			} => return Some("the weight must be unlimited: the fees limit it"),
			BuyExecution { fees, .. } | PayFees { asset: fees } => {
				if let Some(reason) = wrong_fees(fees) {
					return Some(reason);
				}
			}
			DepositReserveAsset { dest, .. }
			| TransferReserveAsset { dest, .. }
			| InitiateTeleport { dest, .. }
			| InitiateReserveWithdraw { reserve: dest, .. }
			| InitiateTransfer {
				destination: dest, ..
			} if *dest != back => return Some("from the other end nothing goes there"),
			ClearOrigin | AliasOrigin(_) | DescendOrigin(_) => is_chains_own = false,
			_ => {}
		}
	}
	None
}

impl<Runtime, Exporter, Universal, Bridged> SendXcm for ToLane<Runtime, Exporter, Universal, Bridged>
where
	Runtime: pallet_bridge_messages::Config<LaneId = LaneId>,
	Exporter: ExportXcm,
	Universal: Get<InteriorLocation>,
	Bridged: Get<NetworkId>,
{
	type Ticket = Exporter::Ticket;

	fn validate(
		destination: &mut Option<Location>,
		message: &mut Option<Xcm<()>>,
	) -> SendResult<Self::Ticket> {
		let to = destination.as_ref().ok_or(SendError::MissingArgument)?;
		if *to != location(Bridged::get()) {
			return Err(SendError::NotApplicable);
		}
		let mut message_there = message.clone().ok_or(SendError::MissingArgument)?;
		let here = Universal::get()
			.global_consensus()
			.map_err(|()| SendError::Unroutable)?;
		if let Some(reason) = what_is_wrong(&message_there, here, Bridged::get()) {
			return Err(SendError::Transport(reason));
		}
		message_there
			.0
			.insert(0, UniversalOrigin(GlobalConsensus(Bridged::get())));
		let arriving = VersionedXcm::from(message_there);
		if arriving.encoded_size().saturating_add(ADDED) > MAX_MESSAGE_SIZE as usize {
			return Err(SendError::ExceedsMaxMessageSize);
		}
		if arriving.check_is_decodable().is_err() {
			return Err(SendError::Transport("the other end would not decode the message"));
		}
		if Self::undelivered() >= MAX_UNDELIVERED {
			return Err(SendError::Transport("the lane is full"));
		}
		if Self::is_halted() {
			return Err(SendError::Transport("the lane is shut"));
		}
		LocalExporter::<Exporter, Universal>::validate(destination, message)
	}

	fn deliver(ticket: Self::Ticket) -> Result<XcmHash, SendError> {
		Exporter::deliver(ticket)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_successful_delivery(_: Option<Location>) {}
}

/// What is on the lane, for dry runs: they clear it first, in a state that is thrown away.
impl<Runtime, Exporter, Universal, Bridged> InspectMessageQueues
	for ToLane<Runtime, Exporter, Universal, Bridged>
where
	Runtime: pallet_bridge_messages::Config<LaneId = LaneId>,
	Bridged: Get<NetworkId>,
{
	fn clear_messages() {
		for key in Self::on_the_lane() {
			OutboundMessages::<Runtime>::remove(key);
		}
	}

	fn get_messages() -> Vec<(VersionedLocation, Vec<VersionedXcm<()>>)> {
		let messages: Vec<_> = Self::on_the_lane()
			.filter_map(OutboundMessages::<Runtime>::get)
			// The lane stores what it was given in its encoding: the bytes with their length before them.
			.filter_map(|payload| Vec::<u8>::decode(&mut &payload[..]).ok())
			.filter_map(|blob| BridgeMessage::decode(&mut &blob[..]).ok())
			.map(|sent| sent.message)
			.collect();
		if messages.is_empty() {
			return Vec::new();
		}
		[(location(Bridged::get()).into(), messages)].into()
	}
}
