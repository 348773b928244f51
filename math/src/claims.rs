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

#[cfg(test)]
mod tests {
	use super::*;

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
