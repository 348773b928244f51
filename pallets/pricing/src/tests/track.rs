//! The record: its beginning, time without incidents, and incidents.

use super::*;
use frame_support::{assert_noop, assert_ok};
use lutine_primitives::time::YEAR;
use sp_runtime::{Perbill, traits::Zero};

fn costs(expected: u128) {
	assert_eq!(probability(), millionths_of_percent(expected));
}

fn incident(percent: u32) {
	<Pricing as TrackRecord>::incident_accepted(PRODUCT, Perbill::from_percent(percent));
}

fn past() -> FixedU128 {
	report().past
}

fn begin_since(since: Seconds) {
	assert_ok!(<Pricing as TrackRecord>::begin(
		PRODUCT,
		RiskClass::Lending,
		code(1),
		since
	));
}

#[test]
fn product_is_known_when_its_record_begins() {
	build_and_execute(|| {
		assert_ok!(<Pricing as TrackRecord>::begin(
			PRODUCT,
			RiskClass::Bridge,
			code(1),
			START
		));
		assert_eq!(
			Profiles::<Test>::get(PRODUCT),
			Some(RiskProfile {
				class: RiskClass::Bridge,
				code_hash: code(1),
				feed: None,
				quiet_since: START,
				past: 0.into(),
			})
		);
		assert_eq!(
			System::read_events_for_pallet::<Event<Test>>(),
			[Event::ProductRegistered {
				product: PRODUCT,
				class: RiskClass::Bridge,
				code_hash: code(1),
			}]
		);
	});
}

#[test]
fn record_begins_once() {
	build_and_execute(|| {
		begin();
		let again = || <Pricing as TrackRecord>::begin(PRODUCT, RiskClass::Other, code(2), START + 1);
		assert_noop!(again(), Error::<Test>::ProductExists);
		wait(DAY);
		incident(40);
		assert_noop!(again(), Error::<Test>::ProductExists);
	});
}

#[test]
fn record_that_begins_later_has_no_quiet_time_before() {
	build_and_execute(|| {
		// At genesis itself there is no time.
		Now::set(0);
		begin_since(START + DAY);
		assert_eq!(report().quiet, 0);
		costs(3_000_000);
		Pricing::do_try_state().unwrap();
		Now::set(START);
		assert_eq!(report().quiet, 0);
		wait(91 * DAY - 1);
		costs(3_000_000);
		wait(1);
		costs(2_850_000);
	});
}

#[test]
fn record_can_begin_in_the_past() {
	build_and_execute(|| {
		begin_since(START - 180 * DAY);
		assert_eq!(report().quiet, 180 * DAY);
		costs(2_700_000);
	});
}

#[test]
fn incident_counts_from_its_time_when_the_record_begins_later() {
	build_and_execute(|| {
		begin_since(START + YEAR);
		incident(100);
		assert_eq!((past(), report().quiet), (1.into(), 0));
		wait(YEAR);
		assert_eq!((past(), report().quiet), (FixedU128::from_rational(1, 2), YEAR));
	});
}

#[test]
fn quiet_time_lowers_the_price_step_by_step() {
	build_and_execute(|| {
		begin();
		costs(3_000_000);
		wait(90 * DAY - 1);
		costs(3_000_000);
		wait(1);
		costs(2_850_000);
		wait(90 * DAY - 1);
		costs(2_850_000);
		wait(1);
		costs(2_700_000);
		wait(6 * 90 * DAY - 1);
		costs(1_950_000);
		wait(1);
		costs(1_800_000);
		// The floor.
		wait(90 * DAY);
		costs(1_800_000);
		wait(100 * YEAR);
		costs(1_800_000);
	});
}

#[test]
fn incident_raises_the_price_and_ends_the_quiet_time() {
	build_and_execute(|| {
		begin();
		wait(720 * DAY);
		costs(1_800_000);
		incident(40);
		System::assert_last_event(
			Event::<Test>::IncidentRecorded {
				product: PRODUCT,
				verdict: Perbill::from_percent(40),
				past: FixedU128::from_rational(40, 100),
			}
			.into(),
		);
		// 2 % * 1.5 * 1 * 1.4
		costs(4_200_000);
		assert_eq!(report().quiet, 0);
		wait(90 * DAY - 1);
		let before = probability();
		wait(1);
		// The step takes 5 % off; the decay of one second next to nothing.
		let left = FixedU128::from_rational(95, 100);
		assert!(probability() < before * left);
		assert!(probability() > before * left * FixedU128::from_rational(999_999, 1_000_000));
	});
}

#[test]
fn weight_of_an_incident_halves_every_year() {
	build_and_execute(|| {
		begin();
		incident(100);
		costs(6_000_000);
		wait(YEAR);
		assert_eq!(past(), FixedU128::from_rational(1, 2));
		// Four whole steps in a year: 2 % * 1.5 * 0.8 * 1.5
		costs(3_600_000);
		wait(YEAR);
		assert_eq!(past(), FixedU128::from_rational(1, 4));
		wait(98 * YEAR);
		assert!(past() < FixedU128::from_rational(1, 1_000_000_000_000));
		wait(1_000_000 * YEAR);
		assert!(past().is_zero());
		costs(1_800_000);
	});
}

#[test]
fn second_incident_adds_to_what_is_left_of_the_first() {
	build_and_execute(|| {
		begin();
		incident(100);
		wait(YEAR);
		incident(50);
		assert_eq!(past(), 1.into());
		costs(6_000_000);
		// In the same second.
		incident(25);
		assert_eq!(past(), FixedU128::from_rational(125, 100));
		costs(6_750_000);
		wait(YEAR);
		assert_eq!(past(), FixedU128::from_rational(625, 1_000));
	});
}

#[test]
fn many_incidents_stop_at_the_highest_probability() {
	build_and_execute(|| {
		begin();
		(0..1_000).for_each(|_| incident(100));
		assert_eq!(past(), 1_000.into());
		costs(40_000_000);
	});
}

#[test]
fn verdict_of_zero_changes_nothing() {
	build_and_execute(|| {
		begin();
		wait(720 * DAY);
		let (profile, events) = (Profiles::<Test>::get(PRODUCT), System::events());
		incident(0);
		assert_eq!(Profiles::<Test>::get(PRODUCT), profile);
		assert_eq!(System::events(), events);
		costs(1_800_000);
	});
}

#[test]
fn incident_of_an_unknown_product_is_ignored() {
	build_and_execute(|| {
		incident(100);
		assert_eq!(System::events(), Vec::new());
		assert!(!Profiles::<Test>::contains_key(PRODUCT));
	});
}

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn record_for_benchmarks_is_as_dear_to_price_as_can_be() {
	build_and_execute(|| {
		let is_dear = || {
			assert_eq!(report().audits, MAX_AUDITS);
			assert!(report().live_is_stale);
		};
		<Pricing as TrackRecord>::begin_worst(PRODUCT);
		is_dear();
		<Pricing as TrackRecord>::begin_worst(PRODUCT);
		is_dear();
		// Whoever lists a product may have begun its record.
		begin_as(8, RiskClass::Lending);
		<Pricing as TrackRecord>::begin_worst(8);
		assert_eq!(Pricing::risk(8), Pricing::risk(PRODUCT));
	});
}
