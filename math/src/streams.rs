//! Premium earned by the second, from purchase to the end of cover.
//!
//! A stream is a rate in units per second, scaled by 2^[`SCALE_BITS`]. Streams that end together add up to one rate.

use crate::fixed::{BILLION, mul_div_down, mul_div_up, parts, product};
use sp_arithmetic::Perbill;

/// Fractional bits of a stream's rate.
pub const SCALE_BITS: u32 = 32;
/// A premium from here on does not fit a rate.
const PREMIUM_LIMIT: u128 = 1 << (u128::BITS - SCALE_BITS);

/// End of the accounting day of `day` seconds that holds the second `time`. A boundary ends its day.
///
/// `None`: the day has no length, or its end does not fit.
pub fn day_end(time: u64, day: u64) -> Option<u64> {
	if day == 0 {
		return None;
	}
	time.div_ceil(day).checked_mul(day)
}

/// The stream of a premium over `seconds`: its rate, rounded down, and the dust that is earned at once.
///
/// `rate = floor(premium * 2^32 / seconds)` and `dust = premium - floor(rate * seconds / 2^32)`, so nothing of the
/// premium is lost. `None`: no seconds, or a premium of 2^96 or more.
pub fn stream(premium: u128, seconds: u64) -> Option<(u128, u128)> {
	if premium >= PREMIUM_LIMIT {
		return None;
	}
	let rate = (premium << SCALE_BITS).checked_div(u128::from(seconds))?;
	// At most the scaled premium.
	Some((rate, premium - ((rate * u128::from(seconds)) >> SCALE_BITS)))
}

/// What a stream has yet to earn, in the smallest unit: `floor(rate * seconds_left / 2^32)`.
///
/// `None`: 2^128 or more.
pub fn unearned(rate: u128, seconds_left: u64) -> Option<u128> {
	u128::try_from(product(rate, u128::from(seconds_left)) >> SCALE_BITS).ok()
}

/// What a cancellation pays back, in the smallest unit: what is [`unearned`], less the fee on it rounded up.
///
/// `None`: what is unearned does not fit.
pub fn refund(rate: u128, seconds_left: u64, fee: Perbill) -> Option<u128> {
	let unearned = unearned(rate, seconds_left)?;
	unearned.checked_sub(mul_div_up(unearned, parts(fee), BILLION)?)
}

/// Splits earned premium into reserve, treasury, manager and rest. They add up to `amount`.
///
/// Each cut is taken from what the one before left, rounded down.
pub fn earned_parts(amount: u128, cuts: [Perbill; 3]) -> [u128; 4] {
	let mut rest = amount;
	let [reserve, treasury, manager] = cuts.map(|cut| {
		// A ratio of at most one of it, so never more than there is.
		let part = mul_div_down(rest, parts(cut), BILLION).unwrap_or(rest);
		rest -= part;
		part
	});
	[reserve, treasury, manager, rest]
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn day_ends_at_its_boundary() {
		assert_eq!(day_end(0, 10), Some(0));
		assert_eq!(day_end(1, 10), Some(10));
		assert_eq!(day_end(10, 10), Some(10));
		assert_eq!(day_end(11, 10), Some(20));
		assert_eq!(day_end(11, 0), None);
		assert_eq!(day_end(u64::MAX, 10), None);
		assert_eq!(day_end(u64::MAX, u64::MAX), Some(u64::MAX));
	}

	#[test]
	fn stream_is_none_when_it_cannot_be_held() {
		assert_eq!(stream(1, 0), None);
		assert_eq!(stream(1 << 96, 1), None);
		let (rate, dust) = stream((1 << 96) - 1, 1).expect("fits");
		assert_eq!((unearned(rate, 1), dust), (Some((1 << 96) - 1), 0));
		assert_eq!(unearned(u128::MAX, 1 << 33), None);
	}

	#[test]
	fn refund_takes_its_fee_rounded_up() {
		let rate = 1 << SCALE_BITS;
		assert_eq!(refund(rate, 11, Perbill::from_percent(10)), Some(9));
		assert_eq!(refund(rate, 11, Perbill::zero()), Some(11));
		assert_eq!(refund(rate, 11, Perbill::one()), Some(0));
	}

	#[test]
	fn cuts_follow_each_other() {
		let cut = Perbill::from_percent;
		assert_eq!(
			earned_parts(1_000, [cut(10), cut(10), cut(50)]),
			[100, 90, 405, 405]
		);
		assert_eq!(earned_parts(7, [cut(100), cut(10), cut(50)]), [7, 0, 0, 0]);
	}
}
