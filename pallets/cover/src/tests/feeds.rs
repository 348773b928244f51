//! Cover whose incidents a feed proves: when it is sold, and which feeds are watched.

use super::*;
use frame_support::assert_noop;

/// Has a feed say hundredths, or nothing that can be relied on.
fn says(feed: u32, hundredths: Option<u32>) {
	let value = hundredths.map(|value| FixedU128::from_rational(value.into(), 100));
	Fed::mutate(|fed| fed.insert(feed, value));
}

/// Has [`FEED`] say what lies a little off 95 hundredths.
fn says_off(parts: i128) {
	let value = 950_000_000_000_000_000i128 + parts;
	let value = FixedU128::from_inner(value.try_into().unwrap());
	Fed::mutate(|fed| fed.insert(FEED, Some(value)));
}

/// A product whose incidents [`FEED`] proves at 95 hundredths.
pub fn depeg() -> Proposal {
	Proposal {
		trigger: parametric(7, 7, &[(95, 20), (50, 100)]),
		..proposal()
	}
}

/// What is refused, and with what, as long as a product cannot be sold.
fn assert_not_sold(product: ProductId, pool: PoolId, policy: PolicyId, error: Error) {
	let error = DispatchError::from(error);
	assert_noop!(try_buy(BUYER, product, order(pool, 1_000)), error);
	assert_noop!(Cover::renew(signed(BUYER), policy, order(pool, 1_000)), error);
	let quote = Cover::report_quote(product, &USD, 1_000, 30 * DAY);
	assert_eq!(quote, Err(error));
	assert_eq!(Cover::report_available(product, &USD), 0);
}

/// The same for one that can be; nothing is bought.
fn assert_sold(product: ProductId, pool: PoolId, policy: PolicyId) {
	use frame_support::storage::{TransactionOutcome, transactional::with_transaction};
	let quote = Cover::report_quote(product, &USD, 1_000, 30 * DAY).unwrap();
	assert_eq!(quote.parts, [Part { pool, amount: 1_000 }]);
	assert!(Cover::report_available(product, &USD) > 0);
	for renews in [false, true] {
		let outcome = with_transaction(|| {
			TransactionOutcome::Rollback(match renews {
				true => Cover::renew(signed(BUYER), policy, order(pool, 1_000)),
				false => try_buy(BUYER, product, order(pool, 1_000)),
			})
		});
		assert_ok!(outcome);
	}
}

#[test]
fn nothing_is_sold_when_the_feed_is_missing_or_in_breach() {
	build_and_execute(|| {
		let (product, pool) = market_of(depeg());
		let policy = buy(BUYER, product, order(pool, 1_000_000));
		// Up to the level itself the feed is in breach: the smallest fraction above, it is not.
		for (off, sold) in [(1, true), (0, false), (-1, false), (1, true)] {
			says_off(off);
			match sold {
				true => assert_sold(product, pool, policy),
				false => assert_not_sold(product, pool, policy, Error::FeedInBreach),
			}
		}
		for hundredths in [0, 1, 49, 50, 94] {
			says(FEED, Some(hundredths));
			assert_not_sold(product, pool, policy, Error::FeedInBreach);
		}
		says(FEED, None);
		assert_not_sold(product, pool, policy, Error::FeedNotFresh);
		says(FEED, Some(u32::MAX));
		assert_sold(product, pool, policy);
	});
}

#[test]
fn products_are_sold_whatever_a_feed_says_that_is_not_theirs() {
	build_and_execute(|| {
		let (assessed, pool) = market();
		let (parametric, second) = market_of(depeg());
		let [policy, other] = [(assessed, pool), (parametric, second)]
			.map(|(product, pool)| buy(BUYER, product, order(pool, 1_000_000)));
		says(FEED + 1, None);
		assert_sold(parametric, second, other);
		says(FEED, None);
		assert_sold(assessed, pool, policy);
		assert_not_sold(parametric, second, other, Error::FeedNotFresh);
	});
}

#[test]
fn state_of_the_product_is_told_before_that_of_its_feed() {
	build_and_execute(|| {
		let (product, pool) = market_of(depeg());
		let policy = buy(BUYER, product, order(pool, 1_000_000));
		says(FEED, Some(90));
		assert_ok!(Cover::pause(RuntimeOrigin::root(), product));
		assert_not_sold(product, pool, policy, Error::ProductPaused);
		freeze(product);
		assert_not_sold(product, pool, policy, Error::ProductUnderIncident);
		thaw(product);
		assert_ok!(Cover::resume(RuntimeOrigin::root(), product));
		assert_not_sold(product, pool, policy, Error::FeedInBreach);
	});
}

#[test]
fn holder_can_leave_when_the_feed_is_in_breach() {
	build_and_execute(|| {
		let (product, pool) = market_of(depeg());
		let [first, second] = [1_000_000; 2].map(|amount| buy(BUYER, product, order(pool, amount)));
		says(FEED, Some(90));
		assert!(Cover::report_policy(first).unwrap().refund.is_some());
		assert_ok!(Cover::cancel(signed(BUYER), first));
		says(FEED, None);
		assert_ok!(Cover::cancel(signed(BUYER), second));
	});
}

#[test]
fn feed_is_watched_when_a_product_is_listed_and_for_ever() {
	build_and_execute(|| {
		let watched = <Cover as Coverage<AccountId>>::is_watched;
		let root = RuntimeOrigin::root;
		list(proposal(), 0);
		assert_eq!(WatchedFeeds::<Test>::iter().count(), 0);
		let product = NextProduct::<Test>::get();
		assert_ok!(Cover::propose(signed(ALICE), depeg()));
		assert!(!watched(FEED));
		assert_noop!(Cover::list(root(), product, 99), Error::UnknownGroup);
		assert_ok!(Cover::list(root(), product, 0));
		assert!(watched(FEED));
		// Two products may have one feed, and claims outlive a listing.
		let second = list(depeg(), 1);
		for product in [product, second] {
			assert_ok!(Cover::delist(root(), product));
		}
		assert!(watched(FEED));
		assert_eq!(WatchedFeeds::<Test>::iter_keys().collect::<Vec<_>>(), [FEED]);
		assert!(!watched(FEED + 1));
		// A proposal that was refused watches nothing.
		let refused = NextProduct::<Test>::get();
		let mut other = depeg();
		if let Trigger::Parametric { feed, .. } = &mut other.trigger {
			*feed = 8;
		}
		assert_ok!(Cover::propose(signed(ALICE), other));
		assert_ok!(Cover::delist(root(), refused));
		assert!(!watched(8));
	});
}
