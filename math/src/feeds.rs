//! Averages of a feed over time, counting only the seconds in which it was fresh.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The highest value of a feed that counts, as the inner number of a fixed point of 18 decimals; a higher one counts as
/// this. It keeps the sum of thousands of years within 128 bits.
pub const MAX_VALUE: u128 = 1 << 90;

/// What a feed added up to by some second: differences of two marks are averages.
#[derive(
	Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Mark {
	/// Values times the seconds they held.
	pub sum: u128,
	/// Seconds in which there was a fresh value.
	pub fresh: u64,
}

/// A feed as it adds up. A value holds from when it was taken until the next one comes, at most `max_age` seconds.
#[derive(
	Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Feed {
	/// The value that holds.
	pub value: u128,
	/// When it was taken.
	pub taken: u64,
	/// Until when everything is added up.
	pub at: u64,
	/// What it added up to then.
	pub mark: Mark,
}

impl Feed {
	/// A feed that begins with a value, taken at `taken`, at most `at`.
	pub fn new(value: u128, taken: u64, at: u64) -> Self {
		Self {
			value: value.min(MAX_VALUE),
			taken: taken.min(at),
			at,
			mark: Mark::default(),
		}
	}

	/// What the feed will have added up to at `to`, if no other value comes. A time before `at` counts as that.
	pub fn mark_at(&self, to: u64, max_age: u64) -> Mark {
		let fresh = to.min(self.taken.saturating_add(max_age)).saturating_sub(self.at);
		Mark {
			// At most 2^90 times 2^37 seconds, which is thousands of years.
			sum: self
				.mark
				.sum
				.saturating_add(self.value.saturating_mul(u128::from(fresh))),
			fresh: self.mark.fresh.saturating_add(fresh),
		}
	}

	/// Adds up until `now`, and goes on from there with a value that was taken at `taken`.
	pub fn take(&mut self, value: u128, taken: u64, now: u64, max_age: u64) {
		self.mark = self.mark_at(now, max_age);
		self.at = self.at.max(now);
		self.value = value.min(MAX_VALUE);
		self.taken = taken.min(self.at);
	}
}

/// The average between two marks that lie `seconds` apart, rounded down. `None`: less than `least_fresh` billionths of
/// that time was fresh, or none of it.
pub fn average(from: Mark, to: Mark, seconds: u64, least_fresh: u32) -> Option<u128> {
	let fresh = to.fresh.checked_sub(from.fresh).filter(|fresh| *fresh > 0)?;
	let is_enough = u128::from(fresh) * 1_000_000_000 >= u128::from(seconds) * u128::from(least_fresh);
	is_enough.then(|| to.sum.checked_sub(from.sum).map(|sum| sum / u128::from(fresh)))?
}

/// The percentage that is lost at a value: that of the lowest level at or above it. `table` holds levels, falling, with
/// percentages, rising. Zero above the first level.
pub fn percentage(table: impl IntoIterator<Item = (u128, u8)>, value: u128) -> u8 {
	table
		.into_iter()
		.take_while(|(level, _)| value <= *level)
		.last()
		.map_or(0, |(_, percent)| percent)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	/// Seconds that a value counts in the tests.
	const AGE: u64 = 10;

	#[test]
	fn average_counts_fresh_seconds_only() {
		let mut feed = Feed::new(100, 0, 0);
		let start = feed.mark;
		// Ten seconds of 100, twenty of nothing, ten of 40.
		feed.take(40, 30, 30, AGE);
		let end = feed.mark_at(50, AGE);
		assert_eq!(end.fresh, 20);
		assert_eq!(average(start, end, 50, 400_000_000), Some(70));
		assert_eq!(average(start, end, 50, 400_000_001), None);
		assert_eq!(average(end, end, 50, 0), None);
		// The wrong way round.
		assert_eq!(average(end, start, 50, 0), None);
	}

	#[test]
	fn value_holds_from_when_it_was_taken_not_from_when_it_came() {
		let mut feed = Feed::new(100, 0, 5);
		assert_eq!(feed.mark_at(20, AGE).fresh, 5);
		// It came late and is nearly too old.
		feed.take(50, 11, 20, AGE);
		assert_eq!(feed.mark_at(40, AGE), Mark { sum: 550, fresh: 6 });
		// Neither goes time backwards, nor is a value from the future.
		feed.take(70, 99, 10, AGE);
		assert_eq!((feed.at, feed.taken), (20, 20));
		assert_eq!(feed.mark_at(0, AGE), feed.mark);
	}

	#[test]
	fn percentage_is_that_of_the_lowest_level_reached() {
		let table = [(95, 20), (88, 50), (50, 100)];
		for (value, percent) in [
			(96, 0),
			(95, 20),
			(89, 20),
			(88, 50),
			(51, 50),
			(50, 100),
			(0, 100),
		] {
			assert_eq!(percentage(table, value), percent, "{value}");
		}
		assert_eq!(percentage([], 0), 0);
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(2_000))]

		/// Against a walk over every second.
		#[test]
		fn marks_are_those_of_a_walk_over_seconds(
			values in prop::collection::vec((1u128..1_000, 1u64..25, 0u64..5), 1..20),
			cut in 0u64..200,
		) {
			let mut feed = Feed::new(values[0].0, 0, 0);
			let (mut sum, mut fresh) = (0u128, 0u64);
			let mut at_cut = None;
			let mut now = 0;
			let walk = |feed: &Feed, from: u64, to: u64, sum: &mut u128, fresh: &mut u64| {
				for second in from..to {
					if second < feed.taken + AGE {
						*sum += feed.value;
						*fresh += 1;
					}
				}
			};
			for (value, wait, late) in values.iter().skip(1) {
				let next = now + wait;
				if (now..next).contains(&cut) {
					let (mut sum, mut fresh) = (sum, fresh);
					walk(&feed, now, cut, &mut sum, &mut fresh);
					at_cut = Some(Mark { sum, fresh });
					prop_assert_eq!(feed.mark_at(cut, AGE), Mark { sum, fresh });
				}
				walk(&feed, now, next, &mut sum, &mut fresh);
				feed.take(*value, next.saturating_sub(*late), next, AGE);
				prop_assert_eq!(feed.mark, Mark { sum, fresh });
				now = next;
			}
			if let Some(from) = at_cut
				&& let Some(average) = average(from, feed.mark, now - cut, 0)
			{
				let of = values.iter().map(|(value, ..)| *value);
				prop_assert!(average >= of.clone().min().unwrap() && average <= of.max().unwrap());
			}
		}

		#[test]
		fn nothing_overflows(a: u128, b: u128, taken: u64, at: u64, now: u64, to: u64, age: u64) {
			let mut feed = Feed::new(a, taken, at);
			let from = feed.mark;
			feed.take(b, taken, now, age);
			let mark = feed.mark_at(to, age);
			average(from, mark, to, u32::MAX);
		}
	}
}
