//! A relayer that is away costs nobody a claim.

use frame_support::assert_ok;
use lutine_integration_tests::*;
use lutine_primitives::insurance::{IncidentId, PolicyId};
use lutine_runtime::{Outages, Runtime};
use pallet_claims::IncidentState;
use sp_keyring::Sr25519Keyring::{Charlie, Dave};

/// Charlie and Dave of the partner hold policies that are hit by an accepted incident.
fn hit() -> (World, [PolicyId; 2], IncidentId) {
	let mut world = World::insured();
	let first = world.buy_from_partner(Charlie, 1_000 * DOLLAR, 90);
	let second = world.buy_from_partner(Dave, 1_000 * DOLLAR, 90);
	world.lutine.begin_cover(second);
	world.synchronize();
	world.relay_headers();
	let incident = world.lutine.accepted_incident();
	world.synchronize();
	world.relay_headers();
	(world, [first, second], incident)
}

/// The last second for claims, before anything prolongs it.
fn deadline(world: &mut World, incident: IncidentId) -> u64 {
	world.lutine.read(
		|| match pallet_claims::Incidents::<Runtime>::get(incident).unwrap().state {
			IncidentState::Accepted { until, .. } => until,
			_ => panic!("claims can be made"),
		},
	)
}

/// Blocks on both chains, with headers relayed, until a second.
fn together_until(world: &mut World, second: u64) {
	while world.lutine.read(now) < second {
		world.produce(8);
		world.relay_headers();
		world.synchronize();
	}
}

fn claim_of(world: &mut World, incident: IncidentId, policy: PolicyId) -> bool {
	world
		.lutine
		.read(|| pallet_cover::Policies::<Runtime>::get(policy).is_some_and(|policy| policy.claim_open))
		|| world
			.lutine
			.read(|| pallet_claims::Claims::<Runtime>::contains_key(incident, policy))
}

#[test]
fn claim_that_a_relayer_holds_back_is_in_time() {
	let (mut world, [first, second], incident) = hit();
	let (deadline, day) = (deadline(&mut world, incident), world.lutine.read(day));
	let claims = |who, policy| errand(who, fare(), vec![file(incident, policy, 100 * DOLLAR)]);
	// Sent in time, and nobody carries it.
	assert_ok!(world.partner.execute(Charlie, claims(Charlie, first)));
	let silent_from = world.lutine.read(now);
	world.lutine.wait(|| now() > deadline + 5 * day);
	assert!(
		world.lutine.read(Outages::is_out).is_some(),
		"an outage is noticed"
	);
	assert!(world.lutine.read(|| is_accepted(incident)), "the incident waits");
	world.synchronize();
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&true));
	assert!(claim_of(&mut world, incident, first));
	// Whoever was late then has the time that the outage took.
	let lasted = world.lutine.read(now) - silent_from;
	let last = world.lutine.read(|| Outages::last_second(silent_from, deadline));
	assert!(last >= deadline + lasted - day, "{last} {deadline} {lasted}");
	assert_ok!(world.partner.execute(Dave, claims(Dave, second)));
	world.settle();
	assert!(claim_of(&mut world, incident, second));
}

#[test]
fn deadline_ends_when_the_bridge_was_there_all_the_time() {
	let (mut world, [first, second], incident) = hit();
	let (deadline, day) = (deadline(&mut world, incident), world.lutine.read(day));
	// The grace of a day is for what is under way.
	together_until(&mut world, deadline + day / 2);
	let claims = |who, policy| errand(who, fare(), vec![file(incident, policy, 100 * DOLLAR)]);
	if world.lutine.read(now) + 5 < deadline + day {
		assert_ok!(world.partner.execute(Charlie, claims(Charlie, first)));
		world.settle();
	}
	together_until(&mut world, deadline + 4 * day);
	assert!(world.lutine.read(Outages::is_out).is_none());
	let count = world.lutine.executed.len();
	assert_ok!(world.partner.execute(Dave, claims(Dave, second)));
	world.settle();
	assert_eq!(world.lutine.executed[count..], [false]);
	assert!(!claim_of(&mut world, incident, second));
}
