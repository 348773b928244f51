//! The window in which claims are filed, where it waits for holders who cannot be reached.

use super::{
	parametric::{poke_incident, try_poke_incident},
	*,
};
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	traits::Get,
	weights::{RuntimeDbWeight, Weight},
};
use lutine_primitives::time::Deadlines;

const LOSS: Balance = 100_000;

/// An incident that was just accepted, whose window has been over for a second where nothing waits.
fn window_over() -> (IncidentId, PoolId, [PolicyId; 2], Seconds) {
	seated();
	let (product, pool) = market();
	let policies = [0; 2].map(|_| buy(BUYER, product, order(pool, LOSS)));
	pass(WAITING);
	let id = accepted(product, 100);
	let until = now() + CLAIM_WINDOW;
	run(DISPUTE + 1);
	set_time(until + 1);
	(id, pool, policies, until)
}

fn try_file(id: IncidentId, policy: PolicyId) -> DispatchResult {
	Claims::file(signed(BUYER), id, policy, 10, uri(), hash())
}

#[test]
fn claims_are_made_to_the_last_second_that_deadlines_wait_for() {
	build_and_execute(|| {
		let (id, pool, policies, until) = window_over();
		assert_noop!(try_file(id, policies[0]), Error::NoClaims);
		Waiting::set(100);
		set_time(until + 100);
		assert_eq!(Claims::filing_ends(id), Some(until + 100));
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		assert_ok!(try_file(id, policies[0]));
		pass(1);
		assert_noop!(try_file(id, policies[1]), Error::NoClaims);
		// What was filed is judged nevertheless, and paid.
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		let before = usd(&BUYER);
		pass_deadline(NextCase::<Test>::get() - 1);
		assert_eq!(usd(&BUYER) - before, 10);
		assert!(reserved(pool) > 0);
		poke_incident(id);
		assert_eq!(reserved(pool), 0);
		assert_eq!(Claims::filing_ends(id), None);
	});
}

#[test]
fn deadlines_are_asked_for_the_products_window_once_it_is_over() {
	build_and_execute(|| {
		let (id, _, policies, until) = window_over();
		set_time(until);
		assert_ok!(try_file(id, policies[0]));
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		assert!(Windows::get().is_empty());
		pass(1);
		assert_noop!(try_file(id, policies[1]), Error::NoClaims);
		assert_eq!(Windows::get(), [(until - CLAIM_WINDOW, until)]);
		// The window is the contract's, whatever governance thinks of new ones.
		CoverParameters::mutate(|cover| cover.claim_window = DAY);
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		assert_eq!(Windows::get()[1], (until - CLAIM_WINDOW, until));
	});
}

#[test]
fn block_work_closes_an_incident_only_when_deadlines_wait_no_more() {
	build_and_execute(|| {
		let (id, pool, ..) = window_over();
		Waiting::set(DAY);
		run_idle(3, Weight::MAX);
		assert!(OpenIncidents::<Test>::contains_key(id));
		assert_eq!(reserved(pool), 2 * LOSS);
		Waiting::set(0);
		run_idle(3, Weight::MAX);
		assert!(!OpenIncidents::<Test>::contains_key(id));
		assert_eq!(reserved(pool), 0);
	});
}

#[test]
fn incident_that_is_closed_stays_so_when_deadlines_wait_later() {
	build_and_execute(|| {
		let (id, _, policies, _) = window_over();
		poke_incident(id);
		Waiting::set(100 * DAY);
		assert_noop!(try_file(id, policies[0]), Error::NoClaims);
		assert_noop!(try_poke_incident(id), Error::NothingDue);
		assert_eq!(incident(id).state, IncidentState::Closed { verdict: 100 });
	});
}

#[test]
fn policy_is_kept_and_the_product_stays_stopped_while_deadlines_wait() {
	build_and_execute(|| {
		let (id, pool, policies, until) = window_over();
		Waiting::set(60 * DAY);
		// Long after the policy's own last report.
		set_time(until + 60 * DAY);
		let closed = Cover::close(signed(BOB), policies[0]).map_err(|error| error.error);
		assert_noop!(closed.map(|_| ()), CoverError::ProductUnderIncident);
		let product = incident(id).product;
		assert_noop!(
			try_buy(HOLDER, product, order(pool, 1)),
			CoverError::ProductUnderIncident
		);
		let before = usd(&BUYER);
		assert_ok!(try_file(id, policies[0]));
		pass_deadline(NextCase::<Test>::get() - 1);
		assert_eq!(usd(&BUYER) - before, 10);
	});
}

#[test]
fn incident_paid_without_claims_waits_for_nobody() {
	build_and_execute(|| {
		let (id, ..) = window_over();
		Incidents::<Test>::mutate(id, |incident| {
			if let IncidentState::Accepted { payout, .. } = &mut incident.as_mut().unwrap().state {
				*payout = Payout::Done;
			}
		});
		Waiting::set(100 * DAY);
		assert_eq!(Claims::filing_ends(id), None);
		poke_incident(id);
		assert!(Windows::get().is_empty());
	});
}

#[test]
fn unknown_incident_has_no_last_second() {
	build_and_execute(|| assert_eq!(Claims::filing_ends(0), None));
}

#[test]
fn calls_pay_for_asking() {
	build_and_execute(|| {
		let database: RuntimeDbWeight = <Test as frame_system::Config>::DbWeight::get();
		let asking = database.reads(1) + Outages::weight();
		let file = crate::Call::<Test>::file {
			incident: 0,
			policy: 0,
			loss: 0,
			uri: uri(),
			hash: hash(),
		};
		assert_eq!(
			file.get_dispatch_info().call_weight,
			<() as WeightInfo>::file() + asking
		);
		let poke = crate::Call::<Test>::poke_incident { incident: 0 };
		assert_eq!(
			poke.get_dispatch_info().call_weight,
			<() as WeightInfo>::poke_incident() + asking
		);
	});
}
