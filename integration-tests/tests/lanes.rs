//! The lane: which messages and confirmations are believed.

use bp_messages::{UnrewardedRelayersState, storage_keys};
use frame_support::{assert_err, assert_ok, weights::Weight};
use lutine_bridge::chains::lane_id;
use lutine_integration_tests::*;
use sp_keyring::Sr25519Keyring::{Alice, Charlie};
use sp_runtime::{
	DispatchError,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};

type PartnerError = pallet_bridge_messages::Error<lutine_partner_runtime::Runtime>;
type LutineError = pallet_bridge_messages::Error<lutine_runtime::Runtime>;

const STALE: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::Stale);
const CALL: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::Call);

/// Two chains with three messages of Lutine on the lane, in a header that the partner knows.
fn with_messages() -> World {
	let mut world = World::new();
	for _ in 0..3 {
		assert_ok!(
			world
				.lutine
				.send_money(Alice, Money::Lut, 10 * UNIT, here(Charlie))
		);
	}
	world.lutine.produce(1);
	relay_headers(&mut world.lutine, &mut world.partner);
	world
}

/// A weight that is enough.
fn plenty() -> Weight {
	Weight::from_parts(1_000_000_000_000, 1_000_000)
}

/// Submits a proof past the pool, and nothing changes.
fn refused(world: &mut World, proof: MessagesProof, count: u32) -> DispatchError {
	let before = world.partner.read(Partner::inbound);
	let call = Partner::messages_call(proof, count, plenty());
	let error = world
		.partner
		.read(|| Partner::dispatch(RELAYER, call))
		.unwrap_err();
	assert_eq!(world.partner.read(Partner::inbound), before);
	error
}

#[test]
fn messages_are_believed_only_as_the_header_proves_them() {
	let mut world = with_messages();
	let proof = prove_messages(&world.lutine, 1..=3);
	let invalid: DispatchError = PartnerError::InvalidMessagesProof.into();
	// Each byte of a node counts.
	for index in 0..proof.storage_proof.len() {
		let mut tampered = proof.clone();
		let node = &mut tampered.storage_proof[index];
		let middle = node.len() / 2;
		node[middle] ^= 1;
		assert_eq!(refused(&mut world, tampered, 3), invalid);
	}
	// Each node counts. The state of the lane need not be proven with the messages.
	let keys = (1..=3).map(|nonce| storage_keys::message_key(Lutine::MESSAGES, lane_id(), nonce).0);
	let needed = world.lutine.prove(keys);
	for index in 0..needed.len() {
		let mut lacking = proof.clone();
		lacking.storage_proof = needed.clone();
		lacking.storage_proof.remove(index);
		assert_eq!(refused(&mut world, lacking, 3), invalid);
	}
	// A message that somebody would like to be there.
	let mut longer = proof.clone();
	longer.nonces_end = 4;
	assert_eq!(refused(&mut world, longer, 4), invalid);
	// What nobody needs.
	let mut more = proof.clone();
	more.storage_proof.push(vec![1, 2, 3]);
	assert_eq!(refused(&mut world, more, 3), invalid);
	let mut twice = proof.clone();
	twice.storage_proof.push(proof.storage_proof[0].clone());
	assert_eq!(refused(&mut world, twice, 3), invalid);
	// Another header, known and unknown.
	let mut elsewhere = proof.clone();
	elsewhere.bridged_header_hash = [7; 32].into();
	assert_eq!(refused(&mut world, elsewhere, 3), invalid);
	let mut earlier = proof.clone();
	earlier.bridged_header_hash = world.lutine.at(world.lutine.height() - 1).header.hash();
	assert_eq!(refused(&mut world, earlier, 3), invalid);
	// Another lane.
	let mut lane = proof.clone();
	lane.lane = Lane::from_inner([5; 32].into());
	assert_eq!(refused(&mut world, lane, 3), invalid);
	// Another number of messages than there are.
	for count in [0, 2, 4] {
		assert_eq!(refused(&mut world, proof.clone(), count), invalid);
	}
	assert_eq!(
		refused(&mut world, proof.clone(), 1_000),
		PartnerError::TooManyMessagesInTheProof.into()
	);
	// Less weight than it takes.
	let call = Partner::messages_call(proof.clone(), 3, Weight::from_parts(1, 0));
	assert_err!(
		world.partner.read(|| Partner::dispatch(RELAYER, call)),
		PartnerError::InsufficientDispatchWeight
	);
	// And as it is.
	let call = messages_call(&mut world.lutine, &mut world.partner, 1..=3);
	assert_ok!(world.partner.apply(RELAYER, call));
	assert_eq!(world.partner.read(Partner::inbound).last_delivered_nonce(), 3);
	world.settle();
}

#[test]
fn message_is_received_once_and_in_order() {
	let mut world = with_messages();
	// The second and third without the first: the pool refuses, and so does the lane.
	let skipping = messages_call(&mut world.lutine, &mut world.partner, 2..=3);
	assert_eq!(world.partner.try_apply(RELAYER, skipping.clone()), Err(STALE));
	assert_ok!(world.partner.read(|| Partner::dispatch(RELAYER, skipping)));
	assert_eq!(world.partner.read(Partner::inbound).last_delivered_nonce(), 0);

	let first = messages_call(&mut world.lutine, &mut world.partner, 1..=1);
	let all = messages_call(&mut world.lutine, &mut world.partner, 1..=3);
	assert_ok!(world.partner.apply(RELAYER, first.clone()));
	// Again, alone and with what is new.
	let before = world.partner.read(|| {
		lutine_partner_runtime::System::account(RELAYER.to_account_id())
			.data
			.free
	});
	for call in [first.clone(), all] {
		assert_eq!(world.partner.validate(RELAYER, call.clone()), Err(STALE));
		assert_eq!(world.partner.try_apply(RELAYER, call), Err(STALE));
	}
	let after = world.partner.read(|| {
		lutine_partner_runtime::System::account(RELAYER.to_account_id())
			.data
			.free
	});
	assert_eq!(before, after, "nobody pays for it");
	let has = world
		.partner
		.read(|| Money::Lut.held_on_partner(&Charlie.to_account_id()));
	let _ = world.partner.read(|| Partner::dispatch(RELAYER, first));
	world.partner.produce(2);
	assert_eq!(
		world
			.partner
			.read(|| Money::Lut.held_on_partner(&Charlie.to_account_id())),
		has
	);
	world.settle();
}

#[test]
fn confirmation_is_believed_only_as_the_header_proves_it() {
	let mut world = with_messages();
	let call = messages_call(&mut world.lutine, &mut world.partner, 1..=3);
	assert_ok!(world.partner.apply(RELAYER, call));
	relay_headers(&mut world.partner, &mut world.lutine);
	let (proof, state) = prove_delivery(&mut world.partner);
	let refused = |world: &mut World, proof: DeliveryProof, state: UnrewardedRelayersState| {
		let call = Lutine::confirmation_call(proof, state);
		let error = world.lutine.read(|| Lutine::dispatch(RELAYER, call)).unwrap_err();
		assert_eq!(world.lutine.read(Lutine::outbound).latest_received_nonce, 0);
		error
	};
	let invalid: DispatchError = LutineError::InvalidMessagesDeliveryProof.into();
	for index in 0..proof.storage_proof.len() {
		let mut tampered = proof.clone();
		let node = &mut tampered.storage_proof[index];
		let middle = node.len() / 2;
		node[middle] ^= 1;
		assert_eq!(refused(&mut world, tampered, state.clone()), invalid);
	}
	let mut more = proof.clone();
	more.storage_proof.push(vec![1, 2, 3]);
	assert_eq!(refused(&mut world, more, state.clone()), invalid);
	// The true state of something else.
	let other = storage_keys::outbound_lane_data_key(Partner::MESSAGES, &lane_id()).0;
	let mut of_something_else = proof.clone();
	of_something_else.storage_proof = world.partner.prove([other]);
	assert_eq!(refused(&mut world, of_something_else, state.clone()), invalid);
	// Of more relayers or messages than there are.
	let mut lie = state.clone();
	lie.total_messages += 1;
	assert_eq!(
		refused(&mut world, proof.clone(), lie),
		LutineError::InvalidUnrewardedRelayersState.into()
	);
	assert_ok!(
		world
			.lutine
			.apply(RELAYER, Lutine::confirmation_call(proof.clone(), state.clone()))
	);
	assert_eq!(world.lutine.read(Lutine::outbound).latest_received_nonce, 3);
	// What was carried is stored no more.
	for nonce in 1..=3 {
		assert_eq!(world.lutine.read(|| Lutine::message(nonce)), None);
	}
	// Again.
	let call = Lutine::confirmation_call(proof, state);
	assert_eq!(world.lutine.try_apply(RELAYER, call), Err(STALE));
	world.settle();
}

#[test]
fn halted_lane_takes_nothing_and_loses_nothing() {
	let mut world = with_messages();
	let call = messages_call(&mut world.lutine, &mut world.partner, 1..=3);
	world.partner.read(|| Partner::halt_messages(true));
	world.partner.produce(1);
	assert_eq!(world.partner.try_apply(RELAYER, call.clone()), Err(CALL));
	world.check();
	world.partner.read(|| Partner::halt_messages(false));
	world.partner.produce(1);
	assert_ok!(world.partner.apply(RELAYER, call));
	world.settle();
}

/// A relayer that was away for long finds everything as it was.
#[test]
fn messages_are_carried_when_the_relayer_comes_back_after_long() {
	let mut world = with_messages();
	world.produce(250);
	assert_ok!(world.lutine.send_money(Alice, Money::Lut, UNIT, here(Charlie)));
	world.settle();
	assert_eq!(world.book(Money::Lut).issued, 31 * UNIT);
}
