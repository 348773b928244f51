//! Awards and verdicts.

use crate::fixed::mul_div_down;
use primitive_types::U256;

/// What a claim is awarded, in the smallest unit, rounded down.
///
/// `min(min(loss, amount_then) * incident % * claim % - deductible, left)`, at least zero: `amount_then` is the cover
/// in force when it happened, `incident` and `claim` are the verdicts in whole percent (above 100 count as 100),
/// `left` is what the policy can still be paid.
pub fn award(loss: u128, amount_then: u128, incident: u8, claim: u8, deductible: u128, left: u128) -> u128 {
	let loss = loss.min(amount_then);
	let percent = |verdict: u8| u128::from(verdict.min(100));
	// At most the loss, so it fits.
	let gross = mul_div_down(loss, percent(incident) * percent(claim), 10_000).unwrap_or(loss);
	gross.saturating_sub(deductible).min(left)
}

/// The upper median of votes, in percent: the lowest verdict with more than half of all weight at or below it. A tie
/// goes to the higher verdict, in the insured's favour.
///
/// `weights` holds the weight of the votes for each percent, 0 to 100. `None`: nobody voted.
pub fn weighted_median(weights: &[u128; 101]) -> Option<u8> {
	// A hundred sums of 128 bits fit by far.
	let sum = |run: U256, weight: &u128| run + U256::from(*weight);
	let total = weights.iter().fold(U256::zero(), sum);
	let mut run = U256::zero();
	(0..).zip(weights).find_map(|(percent, weight)| {
		run = sum(run, weight);
		(run << 1 > total).then_some(percent)
	})
}

/// How often something happened of late, in thousandths: what it was `elapsed` seconds ago, falling in a straight line to
/// nothing within `decay` seconds, rounded up.
pub fn decayed(thousandths: u32, elapsed: u64, decay: u64) -> u32 {
	let left = decay.saturating_sub(elapsed);
	if left == 0 {
		return 0;
	}
	let product = u128::from(thousandths) * u128::from(left);
	// At most what it was.
	u32::try_from(product.div_ceil(u128::from(decay))).unwrap_or(thousandths)
}

/// The bond of a report: `base * 2^min(reports, 5) * (1 + rejections)`. `None`: more than 128 bits hold.
pub fn report_bond(base: u128, reports: u32, rejections: u32) -> Option<u128> {
	base.checked_mul(1 << reports.min(5))?
		.checked_mul(u128::from(rejections) + 1)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn reports_fade_in_a_straight_line() {
		assert_eq!(decayed(1_000, 0, 90), 1_000);
		assert_eq!(decayed(1_000, 45, 90), 500);
		assert_eq!(decayed(1_000, 89, 90), 12);
		assert_eq!(decayed(1_000, 90, 90), 0);
		assert_eq!(decayed(1_000, 0, 0), 0);
		assert_eq!(decayed(u32::MAX, 1, u64::MAX), u32::MAX);
	}

	#[test]
	fn report_bond_doubles_five_times() {
		assert_eq!(report_bond(100, 0, 0), Some(100));
		assert_eq!(report_bond(100, 3, 1), Some(1_600));
		assert_eq!(report_bond(100, 9, 2), Some(9_600));
		assert_eq!(report_bond(u128::MAX, 0, 1), None);
		assert_eq!(report_bond(1, u32::MAX, u32::MAX), Some(32 << 32));
	}

	#[test]
	fn award_is_cut_in_order() {
		assert_eq!(award(100, 80, 50, 50, 5, 1_000), 15);
		assert_eq!(award(100, 80, 50, 50, 5, 10), 10);
		assert_eq!(award(100, 80, 50, 50, 21, 1_000), 0);
		assert_eq!(award(100, 80, 255, 200, 0, 1_000), 80);
		assert_eq!(award(u128::MAX, u128::MAX, 100, 100, 0, u128::MAX), u128::MAX);
	}

	#[test]
	fn median_goes_higher_when_tied() {
		let of = |votes: &[(usize, u128)]| {
			let mut weights = [0; 101];
			votes
				.iter()
				.for_each(|(percent, weight)| weights[*percent] += weight);
			weighted_median(&weights)
		};
		assert_eq!(of(&[]), None);
		assert_eq!(of(&[(0, 1)]), Some(0));
		assert_eq!(of(&[(100, 1)]), Some(100));
		assert_eq!(of(&[(0, 50), (100, 50)]), Some(100));
		assert_eq!(of(&[(0, 51), (100, 50)]), Some(0));
		assert_eq!(of(&[(10, 1), (20, 1), (30, 1)]), Some(20));
		assert_eq!(of(&[(10, 1), (20, 1), (30, 1), (40, 1)]), Some(30));
		assert_eq!(of(&[(0, u128::MAX), (100, u128::MAX)]), Some(100));
	}
}
