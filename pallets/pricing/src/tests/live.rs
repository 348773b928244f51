//! Live security scores, and oracles that lie or stop.

use super::*;
use frame_support::assert_ok;

const KEY: u32 = 5;

fn build_with_feed(test: impl FnOnce()) {
	build_and_execute(|| {
		begin();
		assert_ok!(Pricing::set_feed(signed(LISTER), PRODUCT, Some(KEY)));
		System::assert_last_event(
			Event::<Test>::FeedSet {
				product: PRODUCT,
				feed: Some(KEY),
			}
			.into(),
		);
		test();
	});
}

/// The price, the factor in it in hundredths, and whether it is stale.
fn costs(expected: u128, live: u128, stale: bool) {
	let report = report();
	assert_eq!(report.probability, millionths_of_percent(expected));
	assert_eq!(report.live, FixedU128::from_rational(live, 100));
	assert_eq!(report.live_is_stale, stale);
}

#[test]
fn score_is_a_factor_on_the_price() {
	build_with_feed(|| {
		feed(KEY, 120);
		costs(3_600_000, 120, false);
		feed(KEY, 80);
		costs(2_400_000, 80, false);
		// Another key is somebody else's.
		feed(KEY + 1, 200);
		costs(2_400_000, 80, false);
	});
}

#[test]
fn lying_oracle_moves_the_price_within_bounds_only() {
	build_with_feed(|| {
		feed(KEY, 50);
		costs(1_500_000, 50, false);
		feed(KEY, 49);
		costs(1_500_000, 50, false);
		feed(KEY, 0);
		costs(1_500_000, 50, false);
		feed(KEY, 300);
		costs(9_000_000, 300, false);
		feed(KEY, 301);
		costs(9_000_000, 300, false);
		Scores::set([(KEY, (FixedU128::from_inner(u128::MAX), START))].into());
		costs(9_000_000, 300, false);
		govern(|p| p.max_live_factor = 1.into());
		costs(3_000_000, 100, false);
	});
}

#[test]
fn oracle_that_stops_returns_the_factor_to_one() {
	build_with_feed(|| {
		feed(KEY, 200);
		wait(DAY);
		costs(6_000_000, 200, false);
		wait(1);
		costs(3_000_000, 100, true);
		wait(1_000 * DAY);
		assert_eq!(report().live, 1.into());
	});
}

#[test]
fn score_counts_again_when_the_oracle_is_back() {
	build_with_feed(|| {
		feed(KEY, 200);
		wait(DAY + 1);
		costs(3_000_000, 100, true);
		feed(KEY, 150);
		costs(4_500_000, 150, false);
		// Governance can demand fresher ones.
		wait(61);
		govern(|p| p.live_max_age = 60);
		costs(3_000_000, 100, true);
		govern(|p| p.live_max_age = 61);
		costs(4_500_000, 150, false);
	});
}

#[test]
fn score_from_the_future_is_fresh() {
	build_with_feed(|| {
		Scores::set([(KEY, (2.into(), START + 10))].into());
		costs(6_000_000, 200, false);
		Scores::set([(KEY, (2.into(), Seconds::MAX))].into());
		costs(6_000_000, 200, false);
	});
}

#[test]
fn factor_is_one_when_the_feed_has_no_score() {
	build_with_feed(|| costs(3_000_000, 100, true));
}

#[test]
fn factor_is_one_when_there_is_no_feed() {
	build_with_feed(|| {
		feed(KEY, 200);
		feed(KEY + 1, 50);
		costs(6_000_000, 200, false);
		assert_ok!(Pricing::set_feed(root(), PRODUCT, Some(KEY + 1)));
		costs(1_500_000, 50, false);
		assert_ok!(Pricing::set_feed(root(), PRODUCT, None));
		costs(3_000_000, 100, false);
	});
}
