//! Deliveries and confirmations, with what proves them.

use crate::{
	chain::{AccountId, Chain, DeliveryProof, Hash, MessagesProof},
	error::Error,
	node::{Block, Node},
	view::messages_pallet,
};
use bp_messages::{
	InboundLaneData, InboundMessageDetails, MessageNonce, MessagePayload, OutboundMessageDetails,
	UnrewardedRelayersState, storage_keys,
};
use bp_runtime::{Chain as _, StorageProofChecker};
use codec::Encode;
use frame_support::weights::Weight;
use lutine_bridge::chains::lane_id;
use sp_runtime::traits::{BlakeTwo256, Header as _};

/// Messages in one transaction, at most: the largest of them stay below a node's limit of what it answers.
const MAX_BATCH: MessageNonce = 64;
/// What a transaction has beside its call, in bytes, and some more.
const ENVELOPE: usize = 512;

/// Delivers messages from `begin` on, as many up to `end` as one transaction can take, by the state of the source after
/// a block that the target knows.
///
/// Also tells the target what the source knows to be received, which makes room in its end of the lane.
pub async fn deliver<S: Chain, T: Chain>(
	source: &Node,
	target: &Node,
	known: Block,
	target_best: Hash,
	relayer: &AccountId,
	begin: MessageNonce,
	end: MessageNonce,
) -> Result<(T::Call, MessageNonce), Error> {
	let mut end = end.min(begin.saturating_add(MAX_BATCH - 1));
	loop {
		let (storage_proof, payloads) = prove::<S, T>(source, known, begin, end).await?;
		let weights = weights::<T>(target, target_best, begin, payloads).await?;
		let fitting = fitting(&weights, T::Known::max_extrinsic_weight() / 2);
		if fitting < weights.len() {
			end = begin + fitting.max(1) as MessageNonce - 1;
			if fitting > 0 {
				continue;
			}
			return Err(too_heavy::<T>(begin));
		}

		let count = (end - begin + 1) as u32;
		let weight = weights
			.iter()
			.fold(Weight::zero(), |sum, weight| sum.saturating_add(*weight));
		let proof = MessagesProof {
			bridged_header_hash: known.hash,
			storage_proof,
			lane: lane_id(),
			nonces_start: begin,
			nonces_end: end,
		};
		let call = T::deliver(relayer.clone(), proof, count, weight);
		let fits = call.encoded_size() + ENVELOPE <= T::Known::max_extrinsic_size() as usize
			&& T::weight(&call).all_lte(T::Known::max_extrinsic_weight());
		if fits {
			return Ok((call, end));
		}
		if end == begin {
			return Err(too_heavy::<T>(begin));
		}
		end = begin + (end - begin) / 2;
	}
}

fn too_heavy<T: Chain>(nonce: MessageNonce) -> Error {
	Error::Unusable(format!(
		"message {nonce} is heavier than a transaction of {} may be: the lane is stuck until its runtime allows more",
		T::NAME
	))
}

/// How many of the first messages weigh no more than `limit` together.
fn fitting(weights: &[Weight], limit: Weight) -> usize {
	let mut sum = Weight::zero();
	weights
		.iter()
		.take_while(|weight| {
			sum = sum.saturating_add(**weight);
			sum.all_lte(limit)
		})
		.count()
}

/// The messages, proved together with the state of the lane. The proof is checked as the target will.
async fn prove<S: Chain, T: Chain>(
	source: &Node,
	known: Block,
	begin: MessageNonce,
	end: MessageNonce,
) -> Result<(Vec<Vec<u8>>, Vec<MessagePayload>), Error> {
	let (pallet, lane) = (messages_pallet::<T>(), lane_id());
	let mut keys: Vec<_> = (begin..=end)
		.map(|nonce| storage_keys::message_key(pallet, lane, nonce).0)
		.collect();
	keys.push(storage_keys::outbound_lane_data_key(pallet, &lane).0);
	let (header, proof) = tokio::try_join!(source.header(known.hash), source.proof(&keys, known.hash))?;

	let unproved = |what: String, error| {
		Error::Unusable(format!(
			"{what} of {} at block {} cannot be proved: {error:?}",
			S::NAME,
			known.number
		))
	};
	let mut checker = StorageProofChecker::<BlakeTwo256>::new(*header.state_root(), proof.clone())
		.map_err(|error| unproved("the lane".into(), error))?;
	let mut payloads = Vec::new();
	for (nonce, key) in (begin..=end).zip(&keys) {
		let payload: MessagePayload = checker
			.read_and_decode_mandatory_value(key)
			.map_err(|error| unproved(format!("message {nonce}"), error))?;
		payloads.push(payload);
	}
	if let Some(key) = keys.last() {
		checker
			.read_value(key)
			.map_err(|error| unproved("the lane".into(), error))?;
	}
	checker
		.ensure_no_unused_nodes()
		.map_err(|error| unproved("the lane".into(), error))?;
	Ok((proof, payloads))
}

/// What the target will charge for taking each message.
async fn weights<T: Chain>(
	target: &Node,
	at: Hash,
	begin: MessageNonce,
	payloads: Vec<MessagePayload>,
) -> Result<Vec<Weight>, Error> {
	let count = payloads.len();
	let messages: Vec<_> = (begin..)
		.zip(payloads)
		.map(|(nonce, payload)| {
			let details = OutboundMessageDetails {
				nonce,
				dispatch_weight: Weight::zero(),
				size: payload.len() as u32,
			};
			(payload, details)
		})
		.collect();
	let details: Vec<InboundMessageDetails> =
		target.call(T::MESSAGE_DETAILS, (lane_id(), messages), at).await?;
	if details.len() != count {
		return Err(Error::Unusable(format!(
			"the {} node tells the weight of {} messages instead of {count}",
			T::NAME,
			details.len()
		)));
	}
	Ok(details
		.into_iter()
		.map(|details| details.dispatch_weight)
		.collect())
}

/// Confirms what the source received, by its state after a block that the target knows.
pub async fn confirm<S: Chain, T: Chain>(source: &Node, known: Block) -> Result<T::Call, Error> {
	let lane = lane_id();
	let key = storage_keys::inbound_lane_data_key(messages_pallet::<T>(), &lane).0;
	let keys = [key];
	let (header, storage_proof) =
		tokio::try_join!(source.header(known.hash), source.proof(&keys, known.hash))?;
	let received: InboundLaneData<AccountId> =
		StorageProofChecker::<BlakeTwo256>::new(*header.state_root(), storage_proof.clone())
			.and_then(|mut checker| checker.read_and_decode_mandatory_value(&keys[0]))
			.map_err(|error| {
				Error::Unusable(format!(
					"what {} received by block {} cannot be proved: {error:?}",
					S::NAME,
					known.number
				))
			})?;
	let proof = DeliveryProof {
		bridged_header_hash: known.hash,
		storage_proof,
		lane,
	};
	Ok(T::confirm(proof, UnrewardedRelayersState::from(&received)))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn messages_are_taken_until_they_weigh_too_much() {
		let weight = |time| Weight::from_parts(time, 1);
		let limit = Weight::from_parts(10, 100);
		assert_eq!(fitting(&[], limit), 0);
		assert_eq!(fitting(&[weight(4), weight(6), weight(1)], limit), 2);
		assert_eq!(fitting(&[weight(11), weight(1)], limit), 0);
		assert_eq!(
			fitting(&[Weight::from_parts(1, 99), Weight::from_parts(1, 2)], limit),
			1
		);
	}
}
