//! What arrives from the other chain: it waits in `pallet-message-queue`, and is executed within the weight that a block
//! has for it. Executed at its delivery, a failure would be lost, and nobody would have paid for the weight.

use crate::chains::{LUTINE_NETWORK, PARTNER_NETWORK, location};
use alloc::vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
	BoundedSlice,
	dispatch::GetDispatchInfo,
	traits::{EnqueueMessage, Get, ProcessMessage, ProcessMessageError, QueueFootprintQuery},
	weights::{Weight, WeightMeter},
};
use scale_info::TypeInfo;
use xcm::{VersionedXcm, latest::prelude::*};

/// Messages in the queue at which no more are taken from the lane. They wait there.
const CONGESTED: u64 = 64;

/// Who a queue's messages are from: the chain at the other end.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Peer {
	/// The Lutine chain.
	Lutine,
	/// The partner chain.
	Partner,
}

impl From<Peer> for Location {
	fn from(peer: Peer) -> Self {
		location(match peer {
			Peer::Lutine => LUTINE_NETWORK,
			Peer::Partner => PARTNER_NETWORK,
		})
	}
}

/// For the queue's own benchmarks.
#[cfg(feature = "runtime-benchmarks")]
impl From<u32> for Peer {
	fn from(number: u32) -> Self {
		if number.is_multiple_of(2) {
			Self::Lutine
		} else {
			Self::Partner
		}
	}
}

/// Puts into the queue what is for this chain itself.
pub struct ToQueue<Queue, From>(PhantomData<(Queue, From)>);

impl<Queue: EnqueueMessage<Peer>, From: Get<Peer>> SendXcm for ToQueue<Queue, From> {
	type Ticket = alloc::vec::Vec<u8>;

	fn validate(
		destination: &mut Option<Location>,
		message: &mut Option<Xcm<()>>,
	) -> SendResult<Self::Ticket> {
		if *destination.as_ref().ok_or(SendError::MissingArgument)? != Location::here() {
			return Err(SendError::NotApplicable);
		}
		let message = VersionedXcm::from(message.take().ok_or(SendError::MissingArgument)?).encode();
		if message.len() > Queue::MaxMessageLen::get() as usize {
			return Err(SendError::ExceedsMaxMessageSize);
		}
		Ok((message, Assets::new()))
	}

	fn deliver(message: Self::Ticket) -> Result<XcmHash, SendError> {
		let id = sp_io::hashing::blake2_256(&message);
		let message = BoundedSlice::try_from(&message[..]).map_err(|_| SendError::ExceedsMaxMessageSize)?;
		Queue::enqueue_message(message, From::get());
		Ok(id)
	}
}

/// Tells the lane when the queue is long, so that messages wait on the other chain and take no space of this one's.
pub struct Congestion<Queue, From>(PhantomData<(Queue, From)>);

impl<Queue: QueueFootprintQuery<Peer>, From: Get<Peer>> bp_xcm_bridge_hub::LocalXcmChannelManager
	for Congestion<Queue, From>
{
	type Error = core::convert::Infallible;

	fn is_congested(_: &Location) -> bool {
		Queue::footprint(From::get()).storage.count >= CONGESTED
	}

	// The router refuses when the lane is full: nobody has to be told.
	fn suspend_bridge(_: &Location, _: bp_xcm_bridge_hub::BridgeId) -> Result<(), Self::Error> {
		Ok(())
	}

	fn resume_bridge(_: &Location, _: bp_xcm_bridge_hub::BridgeId) -> Result<(), Self::Error> {
		Ok(())
	}
}

/// Executes messages.
///
/// As `xcm_builder::ProcessXcmMessage` does, but for two things that cost money:
/// - A message with an instruction that cannot be weighed, such as a call that does not decode, is executed up to there.
///   Thrown away whole, it would take with it what it brings.
/// - A message that the barrier turns away takes `Refused` from the block, and not all that it would have weighed: it has
///   paid for nothing, so heavy ones would hold up those who pay.
pub struct Process<Executor, Call, Refused>(PhantomData<(Executor, Call, Refused)>);

impl<Executor, Call, Refused> Process<Executor, Call, Refused>
where
	Executor: ExecuteXcm<Call>,
	Call: Decode + GetDispatchInfo + Clone,
{
	/// Decodes a message. A call in it that this chain does not know fails all of it; it is then read up to the instruction
	/// that has it, which becomes a trap.
	fn read(message: &[u8]) -> Result<Xcm<Call>, ProcessMessageError> {
		if let Ok(message) = VersionedXcm::<Call>::decode_all_with_mem_and_depth_limit(&mut &message[..]) {
			return Xcm::try_from(message).map_err(|()| ProcessMessageError::Unsupported);
		}
		let message = VersionedXcm::<()>::decode_all_with_mem_and_depth_limit(&mut &message[..])
			.map_err(|_| ProcessMessageError::Corrupt)?;
		let message = Xcm::<()>::try_from(message).map_err(|()| ProcessMessageError::Unsupported)?;
		let is_known = |instruction: &Instruction<()>| {
			VersionedXcm::from(Xcm::<()>(vec![instruction.clone()])).using_encoded(|mut bytes| {
				VersionedXcm::<Call>::decode_all_with_mem_and_depth_limit(&mut bytes).is_ok()
			})
		};
		let index = message
			.0
			.iter()
			.position(|instruction| !is_known(instruction))
			.ok_or(ProcessMessageError::Corrupt)?;
		Ok(Self::until(Xcm::<Call>::from(message), index))
	}

	/// A message up to an instruction that cannot be executed, with an error in its place.
	fn until(mut message: Xcm<Call>, index: usize) -> Xcm<Call> {
		message.0.truncate(index);
		message.0.push(Trap(index as u64));
		message
	}

	fn weighed(message: Xcm<Call>) -> Option<Executor::Prepared> {
		let index = match Executor::prepare(message.clone(), Weight::MAX) {
			Ok(prepared) => return Some(prepared),
			Err(error) => error.index,
		};
		Executor::prepare(Self::until(message, index.into()), Weight::MAX).ok()
	}
}

impl<Executor, Call, Refused> ProcessMessage for Process<Executor, Call, Refused>
where
	Executor: ExecuteXcm<Call>,
	Call: Decode + GetDispatchInfo + Clone,
	Refused: Get<Weight>,
{
	type Origin = Peer;

	fn process_message(
		message: &[u8],
		origin: Peer,
		meter: &mut WeightMeter,
		id: &mut XcmHash,
	) -> Result<bool, ProcessMessageError> {
		let message = Self::read(message)?;
		let prepared = Self::weighed(message).ok_or(ProcessMessageError::Unsupported)?;
		let required = prepared.weight_of().max(Refused::get());
		if !meter.can_consume(required) {
			return Err(ProcessMessageError::Overweight(required));
		}
		let (used, result) = match Executor::execute(origin, prepared, id, Weight::zero()) {
			Outcome::Complete { used } => (used, Ok(true)),
			Outcome::Incomplete {
				error: InstructionError {
					error: XcmError::Barrier,
					..
				},
				..
			} => (Refused::get(), Err(ProcessMessageError::Unsupported)),
			Outcome::Incomplete { used, .. } => (used, Ok(false)),
			Outcome::Error(_) => (Refused::get(), Err(ProcessMessageError::Unsupported)),
		};
		meter.consume(used.max(Refused::get()).min(required));
		result
	}
}
