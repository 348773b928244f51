//! What a relayer does.

use crate::*;
use bp_header_chain::{ConsensusLogReader, GrandpaConsensusLogReader};
use bp_messages::{MessageNonce, UnrewardedRelayersState, storage_keys};
use frame_support::{assert_ok, weights::Weight};
use lutine_bridge::chains::lane_id;
use sp_runtime::DispatchResult;
use std::{collections::BTreeMap, ops::RangeInclusive};

/// Messages that the relayer brings at once.
const BATCH: MessageNonce = 16;

/// Two chains, and a lane between them.
pub struct World {
	/// Lutine.
	pub lutine: Chain<Lutine>,
	/// Its partner.
	pub partner: Chain<Partner>,
	/// What is held for nobody: what the chains hold for each other from the start, and what an attack may leave.
	pub stranded: BTreeMap<Money, i128>,
}

impl Default for World {
	fn default() -> Self {
		Self::new()
	}
}

impl World {
	/// Two development chains that know each other.
	pub fn new() -> Self {
		let mut world = Self::strangers();
		let data = world.lutine.initialization();
		assert_ok!(world.partner.read(|| Partner::begin(data)));
		let data = world.partner.initialization();
		assert_ok!(world.lutine.read(|| Lutine::begin(data)));
		world.produce(1);
		world.accept_books();
		world
	}

	/// Two development chains whose light clients have not begun.
	pub fn strangers() -> Self {
		Self {
			lutine: Chain::new(),
			partner: Chain::new(),
			stranded: BTreeMap::new(),
		}
	}

	/// Blocks on both chains.
	pub fn produce(&mut self, count: u32) {
		for _ in 0..count {
			self.lutine.block(vec![]);
			self.partner.block(vec![]);
		}
	}

	/// Brings the latest headers to both chains.
	pub fn relay_headers(&mut self) {
		relay_headers(&mut self.lutine, &mut self.partner);
		relay_headers(&mut self.partner, &mut self.lutine);
	}

	/// Brings messages of both chains, and what confirms them. Says whether there were any.
	pub fn relay_messages(&mut self) -> bool {
		let out = deliver(&mut self.lutine, &mut self.partner);
		let back = deliver(&mut self.partner, &mut self.lutine);
		let confirmed_out = confirm(&mut self.partner, &mut self.lutine);
		let confirmed_back = confirm(&mut self.lutine, &mut self.partner);
		out || back || confirmed_out || confirmed_back
	}

	/// Relays until nothing moves: every message is delivered, executed and confirmed. Checks the books after it.
	pub fn settle(&mut self) {
		for _ in 0..60 {
			let moved = self.relay_messages();
			let waiting = self.lutine.read(Lutine::queued) + self.partner.read(Partner::queued);
			if !moved && waiting == 0 {
				self.check();
				return;
			}
			self.produce(1);
		}
		panic!("it goes on and on");
	}

	/// Produces blocks on both chains with headers and messages relayed, until something is so on Lutine.
	pub fn wait(&mut self, is_so: impl Fn() -> bool) {
		for _ in 0..300 {
			if self.lutine.read(&is_so) {
				return;
			}
			self.produce(1);
			self.relay_messages();
			if self.lutine.height().is_multiple_of(16) {
				self.relay_headers();
			}
		}
		panic!("it never was so");
	}

	/// What the clocks of the two chains say is brought together: the one that is behind produces blocks.
	pub fn synchronize(&mut self) {
		while self.lutine.height() < self.partner.height() {
			self.lutine.produce(1);
		}
		while self.partner.height() < self.lutine.height() {
			self.partner.produce(1);
		}
	}
}

/// Brings a header to the other chain.
pub fn submit_header<S: Side, T: Side>(
	source: &Chain<S>,
	target: &mut Chain<T>,
	number: u32,
) -> DispatchResult {
	let block = source.at(number);
	let call = T::header_call(
		block.header.clone(),
		source.justify(number),
		block.finalizer.set_id,
	);
	target.apply(RELAYER, call)
}

/// Brings all headers that change authorities, in their order, and the latest.
pub fn relay_headers<S: Side, T: Side>(source: &mut Chain<S>, target: &mut Chain<T>) {
	let best = target
		.read(T::best_finalized)
		.expect("the light client has begun")
		.number();
	let head = source.height();
	for number in best + 1..=head {
		let digest = &source.at(number).header.digest;
		if number == head || GrandpaConsensusLogReader::<u32>::schedules_authorities_change(digest) {
			assert_ok!(submit_header(source, target, number));
		}
	}
}

/// Proves messages of the latest block.
pub fn prove_messages<S: Side>(source: &Chain<S>, nonces: RangeInclusive<MessageNonce>) -> MessagesProof {
	let mut keys: Vec<_> = nonces
		.clone()
		.map(|nonce| storage_keys::message_key(S::MESSAGES, lane_id(), nonce).0)
		.collect();
	keys.push(storage_keys::outbound_lane_data_key(S::MESSAGES, &lane_id()).0);
	MessagesProof {
		bridged_header_hash: source.head().header.hash(),
		storage_proof: source.prove(keys),
		lane: lane_id(),
		nonces_start: *nonces.start(),
		nonces_end: *nonces.end(),
	}
}

/// The call that brings messages of the latest block.
pub fn messages_call<S: Side, T: Side>(
	source: &mut Chain<S>,
	target: &mut Chain<T>,
	nonces: RangeInclusive<MessageNonce>,
) -> T::Call {
	let mut weight = Weight::zero();
	for nonce in nonces.clone() {
		let payload = source.read(|| S::message(nonce)).expect("it was not carried yet");
		weight += target.read(|| T::dispatch_weight(nonce, payload));
	}
	let count = nonces.end() + 1 - nonces.start();
	T::messages_call(prove_messages(source, nonces), count as u32, weight)
}

/// Messages that the other chain does not know yet.
pub fn undelivered<S: Side, T: Side>(
	source: &mut Chain<S>,
	target: &mut Chain<T>,
) -> RangeInclusive<MessageNonce> {
	let begin = target.read(T::inbound).last_delivered_nonce() + 1;
	begin..=source.read(S::outbound).latest_generated_nonce
}

/// Brings messages, each batch in a transaction. Says whether there were any.
pub fn deliver<S: Side, T: Side>(source: &mut Chain<S>, target: &mut Chain<T>) -> bool {
	let nonces = undelivered(source, target);
	if nonces.is_empty() {
		return false;
	}
	// What was written since the latest block is in the next one.
	source.produce(1);
	relay_headers(source, target);
	let (mut next, last) = nonces.into_inner();
	while next <= last {
		let end = last.min(next + BATCH - 1);
		let call = messages_call(source, target, next..=end);
		assert_ok!(target.apply(RELAYER, call));
		assert_eq!(
			target.read(T::inbound).last_delivered_nonce(),
			end,
			"all were accepted"
		);
		next = end + 1;
	}
	true
}

/// What proves that messages arrived, and what relayers are to get for them.
pub fn prove_delivery<T: Side>(target: &mut Chain<T>) -> (DeliveryProof, UnrewardedRelayersState) {
	let state = UnrewardedRelayersState::from(&target.read(T::inbound));
	let key = storage_keys::inbound_lane_data_key(T::MESSAGES, &lane_id()).0;
	let proof = DeliveryProof {
		bridged_header_hash: target.head().header.hash(),
		storage_proof: target.prove([key]),
		lane: lane_id(),
	};
	(proof, state)
}

/// Confirms messages of the source to it, which the target has received. Says whether there were any.
pub fn confirm<T: Side, S: Side>(target: &mut Chain<T>, source: &mut Chain<S>) -> bool {
	let delivered = target.read(T::inbound).last_delivered_nonce();
	if source.read(S::outbound).latest_received_nonce == delivered {
		return false;
	}
	target.produce(1);
	relay_headers(target, source);
	let (proof, state) = prove_delivery(target);
	assert_ok!(source.apply(RELAYER, S::confirmation_call(proof, state)));
	assert_eq!(source.read(S::outbound).latest_received_nonce, delivered);
	true
}
