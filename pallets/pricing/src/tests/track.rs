//! The record: time without incidents, and incidents.

use super::*;
use lutine_primitives::{insurance::TrackRecord, time::YEAR};
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

#[test]
fn quiet_time_lowers_the_price_step_by_step() {
	build_and_execute(|| {
		register();
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
		register();
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
		register();
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
		register();
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
		register();
		(0..1_000).for_each(|_| incident(100));
		assert_eq!(past(), 1_000.into());
		costs(40_000_000);
	});
}

#[test]
fn verdict_of_zero_changes_nothing() {
	build_and_execute(|| {
		register();
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
