//! Claims made from the partner, and payouts that go home.

use frame_support::assert_ok;
use lutine_bridge::chains::MAX_UNDELIVERED;
use lutine_integration_tests::*;
use lutine_primitives::insurance::{IncidentId, PolicyId};
use lutine_runtime::{Runtime, RuntimeCall};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave};

const AMOUNT: Balance = 1_000 * DOLLAR;
const LOSS: Balance = 600 * DOLLAR;

fn home(who: Sr25519Keyring) -> RuntimeCall {
	pallet_homes::Call::set_home {
		home: Some(who.to_account_id().into()),
	}
	.into()
}

fn at_home(world: &mut World, who: Sr25519Keyring) -> Balance {
	world
		.partner
		.read(|| Money::Dollar.held_on_partner(&who.to_account_id()))
}

fn on_lutine(world: &mut World, who: Sr25519Keyring) -> Balance {
	world.lutine.read(|| Money::Dollar.held_on_lutine(&derived(who)))
}

/// Charlie of the partner holds a policy whose product has an accepted incident.
fn hit(calls: Vec<RuntimeCall>) -> (World, PolicyId, IncidentId) {
	let mut world = World::insured();
	let policy = world.buy_from_partner_with(Charlie, AMOUNT, 60, calls);
	world.lutine.begin_cover(policy);
	world.synchronize();
	world.relay_headers();
	let incident = world.lutine.accepted_incident();
	world.synchronize();
	world.relay_headers();
	(world, policy, incident)
}

/// Charlie claims, from home.
fn claim(world: &mut World, policy: PolicyId, incident: IncidentId) {
	let program = errand(Charlie, fare(), vec![file(incident, policy, LOSS)]);
	assert_ok!(world.partner.execute(Charlie, program));
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&true));
	assert!(
		world
			.lutine
			.read(|| pallet_cover::Policies::<Runtime>::get(policy).unwrap().claim_open)
	);
}

/// Blocks of Lutine until the claim is paid, without a relayer.
fn paid(world: &mut World, policy: PolicyId) {
	world
		.lutine
		.wait(|| pallet_cover::Policies::<Runtime>::get(policy).unwrap().awarded == LOSS);
}

#[test]
fn payout_goes_home() {
	let (mut world, policy, incident) = hit(vec![home(Charlie)]);
	let (there, here) = (on_lutine(&mut world, Charlie), at_home(&mut world, Charlie));
	claim(&mut world, policy, incident);
	world.wait(|| pallet_cover::Policies::<Runtime>::get(policy).unwrap().awarded == LOSS);
	world.produce(2);
	world.settle();
	assert_eq!(on_lutine(&mut world, Charlie), there, "nothing of it stays");
	let came = at_home(&mut world, Charlie) - here;
	assert!(came > LOSS - DOLLAR && came <= LOSS, "{came}");
}

#[test]
fn payout_stays_with_the_holder_when_they_said_no_home() {
	let (mut world, policy, incident) = hit(vec![]);
	let (there, here) = (on_lutine(&mut world, Charlie), at_home(&mut world, Charlie));
	claim(&mut world, policy, incident);
	world.wait(|| pallet_cover::Policies::<Runtime>::get(policy).unwrap().awarded == LOSS);
	world.produce(2);
	world.settle();
	assert_eq!(on_lutine(&mut world, Charlie) - there, LOSS);
	assert_eq!(at_home(&mut world, Charlie), here);
}

#[test]
fn payout_waits_for_the_way_home_when_that_is_shut() {
	let (mut world, policy, incident) = hit(vec![home(Charlie)]);
	let (there, here) = (on_lutine(&mut world, Charlie), at_home(&mut world, Charlie));
	claim(&mut world, policy, incident);
	world.lutine.read(|| Lutine::halt_messages(true));
	paid(&mut world, policy);
	world.lutine.produce(3);
	assert_eq!(
		on_lutine(&mut world, Charlie) - there,
		LOSS,
		"their account keeps it"
	);
	// Nobody can make it go.
	let send = pallet_homes::Call::send {
		account: derived(Charlie),
		asset: USD,
	};
	let closed = pallet_homes::Error::<Runtime>::WayClosed;
	assert_eq!(world.lutine.apply(Bob, send), error(closed));
	world.lutine.read(|| Lutine::halt_messages(false));
	world.lutine.produce(3);
	world.settle();
	assert_eq!(on_lutine(&mut world, Charlie), there);
	assert!(at_home(&mut world, Charlie) - here > LOSS - DOLLAR);
}

#[test]
fn payout_waits_for_the_way_home_when_that_is_full() {
	let (mut world, policy, incident) = hit(vec![home(Charlie)]);
	let (there, here) = (on_lutine(&mut world, Charlie), at_home(&mut world, Charlie));
	claim(&mut world, policy, incident);
	fill(&mut world);
	paid(&mut world, policy);
	world.lutine.produce(3);
	assert_eq!(on_lutine(&mut world, Charlie) - there, LOSS);
	world.settle();
	world.lutine.produce(3);
	world.settle();
	assert_eq!(on_lutine(&mut world, Charlie), there);
	assert!(at_home(&mut world, Charlie) - here > LOSS - DOLLAR);
}

/// Fills the lane of Lutine: no message has room.
fn fill(world: &mut World) {
	let outbound = world.lutine.read(Lutine::outbound);
	let waiting = outbound.latest_generated_nonce - outbound.latest_received_nonce;
	for _ in waiting..MAX_UNDELIVERED {
		let transfer = transfer_out(UNIT, Dave);
		assert_ok!(world.lutine.read(|| Lutine::dispatch(Alice, transfer.clone())));
	}
	assert!(
		world
			.lutine
			.read(|| Lutine::dispatch(Alice, transfer_out(UNIT, Dave)))
			.is_err()
	);
}

#[test]
fn holder_who_lives_on_lutine_is_paid_there() {
	let mut world = World::insured();
	let policy = world.lutine.read(pallet_cover::NextPolicy::<Runtime>::get);
	let call = world.lutine.read(|| buy(AMOUNT, 60));
	assert_ok!(world.lutine.apply(Charlie, call));
	world.lutine.begin_cover(policy);
	let incident = world.lutine.accepted_incident();
	let before = world
		.lutine
		.read(|| Money::Dollar.held_on_lutine(&Charlie.to_account_id()));
	assert_ok!(world.lutine.apply(Charlie, file(incident, policy, LOSS)));
	paid(&mut world, policy);
	world.synchronize();
	world.settle();
	let after = world
		.lutine
		.read(|| Money::Dollar.held_on_lutine(&Charlie.to_account_id()));
	assert_eq!(after - before, LOSS);
}

/// A certificate that was given away pays whoever holds it, where they live.
#[test]
fn payout_goes_to_who_holds_the_certificate() {
	let (mut world, policy, incident) = hit(vec![home(Charlie)]);
	claim(&mut world, policy, incident);
	// Charlie cannot pass it on over the bridge; the payout is theirs, whoever else claims to live there.
	assert_ok!(
		world
			.partner
			.execute(Dave, errand(Dave, purse(DOLLAR), vec![home(Charlie)]))
	);
	world.settle();
	let before = at_home(&mut world, Charlie);
	world.wait(|| pallet_cover::Policies::<Runtime>::get(policy).unwrap().awarded == LOSS);
	world.produce(2);
	world.settle();
	assert!(at_home(&mut world, Charlie) - before > LOSS - DOLLAR);
}

/// An asset that the partner does not know has no way there: it stays, and is the holder's.
#[test]
fn payout_in_an_asset_that_does_not_travel_stays_with_the_holder() {
	use lutine_primitives::insurance::{AssetId, OnPaid};
	let mut world = World::insured();
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, purse(DOLLAR), vec![home(Charlie)]))
	);
	world.settle();
	let share = world
		.lutine
		.read(|| lutine_runtime::Pools::report_pool(0).unwrap().share);
	let give = pallet_assets::Call::transfer {
		id: share.into(),
		target: derived(Charlie).into(),
		amount: 100 * DOLLAR,
	};
	assert_ok!(world.lutine.apply(Bob, give));
	world.lutine.read(|| {
		<lutine_runtime::Homes as OnPaid<_>>::on_paid(&derived(Charlie), &AssetId::WithId(share), DOLLAR)
	});
	world.lutine.produce(3);
	let send = pallet_homes::Call::send {
		account: derived(Charlie),
		asset: AssetId::WithId(share),
	};
	let refused = pallet_homes::Error::<Runtime>::NotCarried;
	assert_eq!(world.lutine.apply(Bob, send), error(refused));
	let has = world
		.lutine
		.read(|| lutine_runtime::Assets::balance(share, derived(Charlie)));
	assert_eq!(has, 100 * DOLLAR);
	world.settle();
}

/// Too little to be worth its way stays until there is more.
#[test]
fn payout_that_is_too_little_waits_for_more() {
	use lutine_primitives::insurance::OnPaid;
	let mut world = World::insured();
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, purse(100 * DOLLAR), vec![home(Charlie)]))
	);
	world.settle();
	let here = at_home(&mut world, Charlie);
	let note = |world: &mut World, amount: Balance| {
		world
			.lutine
			.read(|| <lutine_runtime::Homes as OnPaid<_>>::on_paid(&derived(Charlie), &USD, amount));
		world.lutine.produce(3);
		world.settle();
	};
	note(&mut world, DOLLAR / 100);
	assert_eq!(on_lutine(&mut world, Charlie), 100 * DOLLAR);
	note(&mut world, 10 * DOLLAR);
	assert_eq!(on_lutine(&mut world, Charlie), 90 * DOLLAR - DOLLAR / 100);
	assert!(at_home(&mut world, Charlie) > here + 9 * DOLLAR);
}

/// A claim needs a bond: without it the message fails, and costs its fee.
#[test]
fn claim_is_refused_when_the_account_has_no_bond() {
	let (mut world, policy, incident) = hit(vec![]);
	// All LUT that is there goes home first.
	let lut = world.lutine.read(|| Money::Lut.held_on_lutine(&derived(Charlie)));
	let away = pallet_balances::Call::transfer_keep_alive {
		dest: Bob.to_account_id().into(),
		value: lut - UNIT / 5,
	};
	let little = || Luggage {
		fees: UNIT / 2,
		assets: vec![],
	};
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, little(), vec![away.into()]))
	);
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&true));
	let claim = file(incident, policy, LOSS);
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, little(), vec![claim.clone()]))
	);
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&false));
	// With the bond in the same message it is made.
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, purse(DOLLAR), vec![claim]))
	);
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&true));
}
