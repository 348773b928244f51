//! The light clients: which headers are believed.

use bp_test_utils::{Account, JustificationGeneratorParams, make_justification_for_header};
use frame_support::{assert_err, assert_ok};
use lutine_integration_tests::*;
use sp_core::ed25519;
use sp_keyring::{
	Ed25519Keyring,
	Sr25519Keyring::{self, Alice},
};
use sp_runtime::{
	DispatchError,
	traits::Header as _,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};

type LutineError = pallet_bridge_grandpa::Error<lutine_runtime::Runtime>;
type PartnerError = pallet_bridge_grandpa::Error<lutine_partner_runtime::Runtime>;

/// What the pool says of what is known already.
const STALE: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::Stale);
/// What the pool says of what cannot succeed.
const CALL: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::Call);

/// Submits a header that a client may not believe, past the pool.
fn refused<S: Side, T: Side>(
	source: &Chain<S>,
	target: &mut Chain<T>,
	change: impl FnOnce(&mut Header, &mut Justification, &mut u64),
) -> DispatchError {
	let number = source.height();
	let block = source.at(number);
	let (mut header, mut justification) = (block.header.clone(), source.justify(number));
	let mut set_id = block.finalizer.set_id;
	change(&mut header, &mut justification, &mut set_id);
	let best = target.read(T::best_finalized);
	let error = target
		.read(|| T::dispatch(RELAYER, T::header_call(header, justification, set_id)))
		.unwrap_err();
	assert_eq!(target.read(T::best_finalized), best);
	error
}

/// The same attacks on both light clients.
fn attacks<S: Side, T: Side>(
	source: &mut Chain<S>,
	target: &mut Chain<T>,
	invalid: DispatchError,
	set: DispatchError,
) {
	source.produce(2);
	let strangers: Vec<ed25519::Pair> = [Ed25519Keyring::Eve, Ed25519Keyring::Ferdie]
		.map(|key| key.pair())
		.into();
	// A header of somebody's own making, with the signature that is on the true one.
	let forged = refused(source, target, |header, _, _| {
		header.set_state_root([9; 32].into());
	});
	assert_eq!(forged, invalid);
	// The same with a commit that says it is for this header: nobody has signed that.
	let forged = refused(source, target, |header, justification, _| {
		header.set_state_root([9; 32].into());
		let (hash, number) = (header.hash(), *header.number());
		justification.commit.target_hash = hash;
		for signed in &mut justification.commit.precommits {
			signed.precommit.target_hash = hash;
			signed.precommit.target_number = number;
		}
	});
	assert_eq!(forged, invalid);
	// Another set of authorities signs.
	let by_strangers = refused(source, target, |header, justification, set_id| {
		*justification = justify(header, &strangers, *set_id);
	});
	assert_eq!(by_strangers, invalid);
	// Nobody signs.
	let by_nobody = refused(source, target, |header, justification, set_id| {
		*justification = justify(header, &[], *set_id);
	});
	assert_eq!(by_nobody, invalid);
	// The true authorities, as members of the set before or after.
	let signers: Vec<ed25519::Pair> = vec![Ed25519Keyring::Alice.pair()];
	let in_another_set = refused(source, target, |header, justification, set_id| {
		*justification = justify(header, &signers, *set_id + 1);
	});
	assert_eq!(in_another_set, invalid);
	let of_another_set = refused(source, target, |header, justification, set_id| {
		*set_id += 1;
		*justification = justify(header, &signers, *set_id);
	});
	assert_eq!(of_another_set, set);
	// More than what is needed is refused too: somebody would pay for it.
	let with_ancestors = refused(source, target, |header, justification, _| {
		justification.votes_ancestries.push(header.clone());
	});
	assert_eq!(with_ancestors, invalid);
	// And the true one passes.
	relay_headers(source, target);
	assert_eq!(target.read(T::best_finalized).unwrap().number(), source.height());
}

#[test]
fn header_is_believed_by_the_partner_only_when_lutines_authorities_signed_it() {
	let World {
		mut lutine,
		mut partner,
		..
	} = World::new();
	let (invalid, set) = (
		PartnerError::InvalidJustification,
		PartnerError::InvalidAuthoritySetId,
	);
	attacks(&mut lutine, &mut partner, invalid.into(), set.into());
}

#[test]
fn header_is_believed_by_lutine_only_when_the_partners_authorities_signed_it() {
	let World {
		mut lutine,
		mut partner,
		..
	} = World::new();
	let (invalid, set) = (
		LutineError::InvalidJustification,
		LutineError::InvalidAuthoritySetId,
	);
	attacks(&mut partner, &mut lutine, invalid.into(), set.into());
}

/// What the pool refuses costs nobody a fee.
#[test]
fn header_that_is_known_is_refused_before_anybody_pays() {
	let mut world = World::new();
	world.relay_headers();
	let known = world.partner.read(Partner::best_finalized).unwrap().number();
	let before = world.partner.read(|| {
		lutine_partner_runtime::System::account(RELAYER.to_account_id())
			.data
			.free
	});
	for number in [known, known - 1] {
		let block = world.lutine.at(number).clone();
		let call = Partner::header_call(block.header, world.lutine.justify(number), block.finalizer.set_id);
		assert_eq!(world.partner.validate(RELAYER, call.clone()), Err(STALE));
		assert_eq!(world.partner.try_apply(RELAYER, call), Err(STALE));
	}
	// Of another set of authorities: it could only fail.
	world.lutine.produce(1);
	let number = world.lutine.height();
	let block = world.lutine.at(number).clone();
	let call = Partner::header_call(
		block.header,
		world.lutine.justify(number),
		block.finalizer.set_id + 1,
	);
	assert_eq!(world.partner.validate(RELAYER, call.clone()), Err(CALL));
	assert_eq!(world.partner.try_apply(RELAYER, call), Err(CALL));
	let after = world.partner.read(|| {
		lutine_partner_runtime::System::account(RELAYER.to_account_id())
			.data
			.free
	});
	assert_eq!(after, before);
}

#[test]
fn light_client_begins_once_and_by_its_owner_or_a_referendum_only() {
	let mut world = World::strangers();
	let initialize =
		|data| pallet_bridge_grandpa::Call::<lutine_partner_runtime::Runtime>::initialize { init_data: data };
	let data = world.lutine.initialization();
	// Nothing is known before.
	let number = world.lutine.height();
	let block = world.lutine.at(number).clone();
	let early = Partner::header_call(block.header, world.lutine.justify(number), block.finalizer.set_id);
	assert_eq!(world.partner.try_apply(RELAYER, early), Err(CALL));
	for stranger in [Sr25519Keyring::Bob, RELAYER] {
		assert_err!(
			world.partner.apply(stranger, initialize(data.clone())),
			DispatchError::BadOrigin
		);
	}
	assert_ok!(world.partner.apply(Alice, initialize(data.clone())));
	assert_err!(
		world.partner.apply(Alice, initialize(data)),
		PartnerError::AlreadyInitialized
	);
	// On Lutine nobody owns it.
	let data = world.partner.initialization();
	let call = |data| pallet_bridge_grandpa::Call::<lutine_runtime::Runtime>::initialize { init_data: data };
	for who in Sr25519Keyring::well_known() {
		assert_err!(
			world.lutine.apply(who, call(data.clone())),
			DispatchError::BadOrigin
		);
	}
	assert_ok!(world.lutine.read(|| Lutine::dispatch_as_root(call(data).into())));
	world.produce(1);
	world.relay_headers();
}

#[test]
fn two_thirds_and_one_must_sign() {
	let mut world = World::strangers();
	// Four authorities with the well-known keys of tests.
	let accounts: Vec<Account> = bp_test_utils::accounts(4);
	let mut data = world.lutine.initialization();
	data.authority_list = accounts.iter().map(|account| ((*account).into(), 1)).collect();
	data.set_id = 7;
	assert_ok!(world.partner.read(|| Partner::begin(data)));
	world.produce(1);
	let header = world.lutine.head().header.clone();
	let signed_by = |count: usize| {
		make_justification_for_header::<Header>(JustificationGeneratorParams {
			header: header.clone(),
			round: 1,
			set_id: 7,
			authorities: accounts[..count].iter().map(|account| (*account, 1)).collect(),
			ancestors: 0,
			forks: 1,
		})
	};
	// Too few, and more than needed, which somebody would pay for.
	for count in [2, 4] {
		let call = Partner::header_call(header.clone(), signed_by(count), 7);
		assert_err!(
			world.partner.apply(RELAYER, call),
			PartnerError::InvalidJustification
		);
	}
	let call = Partner::header_call(header.clone(), signed_by(3), 7);
	assert_ok!(world.partner.apply(RELAYER, call));
	assert_eq!(
		world.partner.read(Partner::best_finalized).unwrap().1,
		header.hash()
	);
}

#[test]
fn halted_light_client_takes_nothing_and_goes_on_where_it_stopped() {
	let mut world = World::new();
	world.partner.read(|| Partner::halt_headers(true));
	world.produce(2);
	let number = world.lutine.height();
	let block = world.lutine.at(number).clone();
	let call = Partner::header_call(block.header, world.lutine.justify(number), block.finalizer.set_id);
	assert_eq!(world.partner.try_apply(RELAYER, call), Err(CALL));
	world.partner.read(|| Partner::halt_headers(false));
	world.partner.produce(1);
	relay_headers(&mut world.lutine, &mut world.partner);
	assert_eq!(
		world.partner.read(Partner::best_finalized).unwrap().number(),
		number
	);
}

/// A chain that begins anew is not the one that is known: neither its headers nor its messages are news.
#[test]
fn chain_that_begins_anew_is_not_believed() {
	let mut world = World::new();
	world.endow(Sr25519Keyring::Charlie);
	assert_ok!(
		world
			.partner
			.send_money(Sr25519Keyring::Charlie, Money::Lut, UNIT, here(Alice))
	);
	world.settle();
	let known = world.lutine.read(Lutine::best_finalized).unwrap();
	let mut other = Chain::<Partner>::new();
	while other.height() < known.number() {
		let call = Lutine::header_call(
			other.head().header.clone(),
			other.justify(other.height()),
			other.head().finalizer.set_id,
		);
		assert_eq!(world.lutine.validate(RELAYER, call), Err(STALE));
		other.produce(1);
	}
	let received = world.lutine.read(Lutine::inbound);
	// Higher than what is known it has the same authorities, and is believed: that is theirs. Its lane begins anew, and what
	// it sends is what was received already.
	other.produce(1);
	assert_ok!(submit_header(&other, &mut world.lutine, other.height()));
	other.read(|| Partner::send(vec![1, 2, 3])).unwrap();
	other.produce(1);
	assert_ok!(submit_header(&other, &mut world.lutine, other.height()));
	let call = messages_call(&mut other, &mut world.lutine, 1..=1);
	assert_eq!(world.lutine.validate(RELAYER, call.clone()), Err(STALE));
	assert!(world.lutine.try_apply(RELAYER, call).is_err());
	assert_eq!(world.lutine.read(Lutine::inbound), received);
}
