//! Policies of Lutine, proven on the partner.

use frame_support::{assert_err, assert_ok};
use lutine_integration_tests::*;
use lutine_primitives::insurance::PolicyId;
use lutine_runtime::{Cover, Runtime};
use pallet_certificates::{Certificate, Certified, Error, State, proofs};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave};
use sp_runtime::DispatchResult;

type PartnerError = Error<lutine_partner_runtime::Runtime>;

/// What proves a policy as it is in Lutine's latest block, which the partner knows afterwards.
fn proof_of(world: &mut World, policy: PolicyId) -> (H256, Vec<Vec<u8>>) {
	world.lutine.produce(1);
	relay_headers(&mut world.lutine, &mut world.partner);
	let keys = proofs::keys(policy);
	(world.lutine.head().header.hash(), world.lutine.prove(keys))
}

fn submit(
	world: &mut World,
	who: Sr25519Keyring,
	policy: PolicyId,
	at: H256,
	proof: Vec<Vec<u8>>,
) -> DispatchResult {
	let call = pallet_certificates::Call::<lutine_partner_runtime::Runtime>::prove { policy, at, proof };
	world.partner.apply(who, call)
}

fn prove(world: &mut World, policy: PolicyId) -> DispatchResult {
	let (at, proof) = proof_of(world, policy);
	submit(world, Bob, policy, at, proof)
}

fn certificate(world: &mut World, policy: PolicyId) -> Certificate {
	world
		.partner
		.read(|| lutine_partner_runtime::Certificates::report_certificate(policy))
		.expect("it was proven")
}

/// Whether what was proven is what Lutine stores.
fn same(world: &mut World, id: PolicyId, state: State) {
	let proven = certificate(world, id);
	let number = world.lutine.height();
	world.lutine.read(|| {
		let policy = pallet_cover::Policies::<Runtime>::get(id).unwrap();
		let expected = Certificate {
			holder: Cover::holder(id).unwrap(),
			product: policy.product,
			asset: policy.asset.clone(),
			amount: policy.amount,
			awarded: policy.awarded,
			deductible: policy.terms.deductible,
			start: policy.start,
			end: policy.end,
			claim_window: policy.terms.claim_window,
			item: sp_io::hashing::blake2_256(&policy.item).into(),
			claim_open: policy.claim_open,
			state,
			number,
			time: now(),
		};
		assert_eq!(proven, expected);
		// The partner reads what Lutine stores, to the last byte.
		let record: proofs::PolicyRecord =
			codec::DecodeAll::decode_all(&mut &codec::Encode::encode(&policy)[..]).unwrap();
		assert_eq!(codec::Encode::encode(&record), codec::Encode::encode(&policy));
	});
}

#[test]
fn certificate_says_what_lutine_stores() {
	let mut world = World::insured();
	let id = world.buy_from_partner(Charlie, 1_000 * DOLLAR, 30);
	assert_ok!(prove(&mut world, id));
	same(&mut world, id, State::Active);
	let proven = certificate(&mut world, id);
	assert_eq!(proven.left(), 1_000 * DOLLAR);
	// Cover has not begun.
	let covered = |world: &mut World, who: Sr25519Keyring| {
		world.partner.read(|| {
			let now = pallet_timestamp::Now::<lutine_partner_runtime::Runtime>::get() / 1_000;
			let who = who.to_account_id();
			<lutine_partner_runtime::Certificates as Certified<_>>::cover_of(id, &who, now, 1_000)
		})
	};
	assert_eq!(covered(&mut world, Charlie), None);
	world.lutine.begin_cover(id);
	world.synchronize();
	assert_ok!(prove(&mut world, id));
	same(&mut world, id, State::Active);
	// Whoever holds it on Lutine by their account there holds it here, and nobody else.
	assert_eq!(covered(&mut world, Charlie), Some(certificate(&mut world, id)));
	assert_eq!(covered(&mut world, Dave), None);
}

#[test]
fn certificate_follows_a_claim_and_the_end_of_the_policy() {
	let mut world = World::insured();
	let id = world.buy_from_partner(Charlie, 1_000 * DOLLAR, 40);
	world.lutine.begin_cover(id);
	let incident = world.lutine.accepted_incident();
	assert_ok!(world.partner.execute(
		Charlie,
		errand(Charlie, fare(), vec![file(incident, id, 400 * DOLLAR)])
	));
	world.settle();
	assert_ok!(prove(&mut world, id));
	same(&mut world, id, State::Active);
	assert!(certificate(&mut world, id).claim_open);
	world.wait(|| !pallet_cover::Policies::<Runtime>::get(id).unwrap().claim_open);
	assert_ok!(prove(&mut world, id));
	same(&mut world, id, State::Active);
	assert_eq!(certificate(&mut world, id).awarded, 400 * DOLLAR);
}

#[test]
fn closed_policy_is_proven_to_be_gone_and_stays_so() {
	let mut world = World::insured();
	let id = world.buy_from_partner(Charlie, 1_000 * DOLLAR, 30);
	let (before, proof_before) = proof_of(&mut world, id);
	assert_ok!(prove(&mut world, id));
	let cancel = pallet_cover::Call::cancel { policy: id };
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, fare(), vec![cancel.into()]))
	);
	world.settle();
	assert!(
		world
			.lutine
			.read(|| pallet_cover::Policies::<Runtime>::get(id))
			.is_none()
	);
	assert_ok!(prove(&mut world, id));
	assert_eq!(certificate(&mut world, id).state, State::Closed);
	// What is known does not give way to what was before.
	assert_err!(
		submit(&mut world, Bob, id, before, proof_before),
		PartnerError::NotNewer
	);
	assert_eq!(certificate(&mut world, id).state, State::Closed);
	// What was never there needs no certificate.
	let never = id + 1_000;
	assert_err!(prove(&mut world, never), PartnerError::NoSuchPolicy);
}

#[test]
fn proof_of_something_else_proves_nothing() {
	let mut world = World::insured();
	let id = world.buy_from_partner(Charlie, 1_000 * DOLLAR, 30);
	let other = world.buy_from_partner(Dave, 2_000 * DOLLAR, 30);
	let (at, proof) = proof_of(&mut world, id);
	let of_other = world.lutine.prove(proofs::keys(other));
	let refused = |world: &mut World, at: H256, proof: Vec<Vec<u8>>| {
		assert!(submit(world, Bob, id, at, proof).is_err());
		assert!(
			world
				.partner
				.read(|| lutine_partner_runtime::Certificates::report_certificate(id))
				.is_none()
		);
	};
	refused(&mut world, at, of_other);
	for index in 0..proof.len() {
		let mut tampered = proof.clone();
		let middle = tampered[index].len() / 2;
		tampered[index][middle] ^= 1;
		refused(&mut world, at, tampered);
		let mut lacking = proof.clone();
		lacking.remove(index);
		refused(&mut world, at, lacking);
	}
	let mut more = proof.clone();
	more.push(vec![0; 40]);
	refused(&mut world, at, more);
	refused(&mut world, [3; 32].into(), proof.clone());
	// A header that is final on Lutine, and not known here.
	world.lutine.produce(1);
	let unknown = world.lutine.head().header.hash();
	let later = world.lutine.prove(proofs::keys(id));
	refused(&mut world, unknown, later);
	// While the light client is halted nothing is relied on.
	world.partner.read(|| Partner::halt_headers(true));
	refused(&mut world, at, proof.clone());
	world.partner.read(|| Partner::halt_headers(false));
	assert_ok!(submit(&mut world, Bob, id, at, proof));
}
