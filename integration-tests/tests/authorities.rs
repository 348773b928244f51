//! Authorities that change on either side, with messages under way.

use bp_header_chain::{ConsensusLogReader, GrandpaConsensusLogReader};
use codec::Encode;
use frame_support::{assert_err, assert_ok};
use lutine_integration_tests::*;
use sp_core::Pair;
use sp_keyring::Sr25519Keyring::{Alice, Charlie, Dave};
use sp_runtime::{
	traits::Header as _,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};

const CALL: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::Call);

/// Produces blocks until one changes the authorities. Returns its number.
fn until_change<S: Side>(chain: &mut Chain<S>) -> u32 {
	for _ in 0..400 {
		chain.produce(1);
		if GrandpaConsensusLogReader::<u32>::schedules_authorities_change(&chain.head().header.digest) {
			return chain.height();
		}
	}
	panic!("the authorities never change on {}", S::NAME);
}

/// A header behind a change is believed only when the change was, in its order.
fn in_order<S: Side, T: Side>(source: &mut Chain<S>, target: &mut Chain<T>, change: u32) {
	source.produce(3);
	let known = target.read(T::known_set);
	let later = source.head().clone();
	assert_eq!(later.finalizer.set_id, known.1 + 1);
	let call = T::header_call(
		later.header.clone(),
		source.justify(source.height()),
		later.finalizer.set_id,
	);
	assert_eq!(target.try_apply(RELAYER, call), Err(CALL));
	// Not even the old authorities can skip it: they are not those of that header.
	let call = T::header_call(later.header.clone(), source.justify(source.height()), known.1);
	assert!(target.try_apply(RELAYER, call).unwrap().is_err());
	let free = target.read(|| T::best_finalized().unwrap().number());
	assert!(free < change);
	assert_ok!(submit_header(source, target, change));
	assert_eq!(
		target.read(T::known_set),
		(source.read(S::authorities).0, known.1 + 1)
	);
	assert_ok!(submit_header(source, target, source.height()));
}

#[test]
fn lutines_authorities_change_with_messages_under_way() {
	let mut world = World::new();
	assert_ok!(
		world
			.lutine
			.send_money(Alice, Money::Lut, 10 * UNIT, here(Charlie))
	);
	let change = until_change(&mut world.lutine);
	assert_ok!(
		world
			.lutine
			.send_money(Alice, Money::Lut, 5 * UNIT, here(Charlie))
	);
	in_order(&mut world.lutine, &mut world.partner, change);
	world.settle();
	assert_eq!(world.book(Money::Lut).issued, 15 * UNIT);
	// Again, with nobody looking: a relayer that was away brings all of them.
	until_change(&mut world.lutine);
	until_change(&mut world.lutine);
	world.settle();
	assert_ok!(world.partner.send_money(Charlie, Money::Lut, UNIT, here(Dave)));
	world.settle();
}

#[test]
fn header_that_changes_authorities_costs_the_relayer_nothing() {
	let mut world = World::new();
	let change = until_change(&mut world.lutine);
	let has = |world: &mut World| {
		world.partner.read(|| {
			lutine_partner_runtime::System::account(RELAYER.to_account_id())
				.data
				.free
		})
	};
	let before = has(&mut world);
	assert_ok!(submit_header(&world.lutine, &mut world.partner, change));
	assert_eq!(has(&mut world), before);
	world.lutine.produce(1);
	let next = world.lutine.height();
	assert_ok!(submit_header(&world.lutine, &mut world.partner, next));
	assert!(has(&mut world) < before, "others do");
}

#[test]
fn partners_validator_changes_its_keys_with_messages_under_way() {
	let mut world = World::new();
	world.endow(Charlie);
	let seed = "//Another";
	let generated = world.partner.with_keystore(seed, |seed| {
		lutine_partner_runtime::SessionKeys::generate(&Alice.to_account_id().encode(), Some(seed))
	});
	let set_keys = pallet_session::Call::<lutine_partner_runtime::Runtime>::set_keys {
		keys: generated.keys,
		proof: generated.proof.encode(),
	};
	assert_ok!(world.partner.apply(Alice, set_keys));
	assert_ok!(
		world
			.partner
			.send_money(Charlie, Money::Lut, 10 * UNIT, here(Dave))
	);
	let change = until_change(&mut world.partner);
	assert_ok!(world.partner.send_money(Charlie, Money::Lut, UNIT, here(Dave)));
	let new = sp_core::ed25519::Pair::from_string(seed, None).unwrap().public();
	let voters = world.partner.read(Partner::authorities).0;
	assert_eq!(voters, vec![(new.into(), 1)]);
	let before = world.book(Money::Lut).held;
	in_order(&mut world.partner, &mut world.lutine, change);
	// The old key signs no more.
	world.partner.produce(1);
	let head = world.partner.head().clone();
	let old = [sp_keyring::Ed25519Keyring::Alice.pair()];
	let forged = justify(&head.header, &old, head.finalizer.set_id);
	assert_err!(
		world.lutine.apply(
			RELAYER,
			Lutine::header_call(head.header.clone(), forged, head.finalizer.set_id)
		),
		pallet_bridge_grandpa::Error::<lutine_runtime::Runtime>::InvalidJustification
	);
	assert_ok!(submit_header(
		&world.partner,
		&mut world.lutine,
		*head.header.number()
	));
	world.settle();
	assert_eq!(before - world.book(Money::Lut).held, 11 * UNIT);
}
