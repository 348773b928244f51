//! Shares of a pool, and splitting an amount without loss.

use crate::fixed::{UNIT, mul_div_down, product};
use alloc::vec::Vec;
use primitive_types::U256;
use sp_arithmetic::FixedU128;

/// Shares minted for a deposit: `floor(deposit * supply / capital)`, or one for one when there are none yet.
///
/// Rounded down, so that a deposit never lowers what a share is worth. `None`: there are shares but no capital, or the
/// result does not fit.
pub fn shares_for(deposit: u128, supply: u128, capital: u128) -> Option<u128> {
	if supply == 0 {
		Some(deposit)
	} else {
		mul_div_down(deposit, supply, capital)
	}
}

/// What shares are worth, in the smallest unit: `floor(shares * capital / supply)`.
///
/// Rounded down, so that a withdrawal never lowers what the other shares are worth. `None`: there are no shares, or not
/// that many.
pub fn amount_for(shares: u128, supply: u128, capital: u128) -> Option<u128> {
	if shares > supply {
		return None;
	}
	mul_div_down(shares, capital, supply)
}

/// Price of one share: `capital / supply`, rounded down.
///
/// `None`: there are no shares, or the price is above 3.4 * 10^20.
pub fn price(supply: u128, capital: u128) -> Option<FixedU128> {
	mul_div_down(capital, UNIT, supply).map(FixedU128::from_inner)
}

/// Splits an amount by weights so that the parts add up to it, by largest remainder.
///
/// Each gets `floor(amount * part / sum)`; what is left goes, a unit each, to those who lost most by rounding, the
/// first of equals first. `None`: the weights add up to zero, or to 2^128 or more.
pub fn split(amount: u128, parts: &[u128]) -> Option<Vec<u128>> {
	let total = parts
		.iter()
		.try_fold(0_u128, |sum, part| sum.checked_add(*part))
		.filter(|sum| *sum > 0)?;
	let mut out = Vec::with_capacity(parts.len());
	let mut remainders = Vec::with_capacity(parts.len());
	let mut left = amount;
	for (index, part) in parts.iter().enumerate() {
		let (share, remainder) = product(amount, *part).div_mod(U256::from(total));
		// Shares are at most `amount` in all, remainders below `total`.
		left -= share.low_u128();
		out.push(share.low_u128());
		remainders.push((remainder.low_u128(), index));
	}
	// A stable sort keeps the first of equals first.
	remainders.sort_by_key(|(remainder, _)| core::cmp::Reverse(*remainder));
	// Fewer units are left than there are parts with a remainder.
	for (_, index) in remainders {
		if left == 0 {
			break;
		}
		if let Some(share) = out.get_mut(index) {
			*share += 1;
			left -= 1;
		}
	}
	Some(out)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn first_shares_are_one_for_one() {
		assert_eq!(shares_for(5, 0, 0), Some(5));
		assert_eq!(shares_for(5, 0, 7), Some(5));
		assert_eq!(shares_for(5, 10, 3), Some(16));
		assert_eq!(shares_for(5, 1, 0), None);
		assert_eq!(shares_for(u128::MAX, 2, 1), None);
	}

	#[test]
	fn shares_are_worth_their_part() {
		assert_eq!(amount_for(5, 10, 3), Some(1));
		assert_eq!(amount_for(10, 10, 3), Some(3));
		assert_eq!(amount_for(11, 10, 3), None);
		assert_eq!(amount_for(0, 0, 3), None);
		assert_eq!(
			price(3, 2).map(FixedU128::into_inner),
			Some(666_666_666_666_666_666)
		);
		assert_eq!(price(0, 2), None);
		assert_eq!(price(1, u128::MAX), None);
	}

	#[test]
	fn split_gives_the_rest_to_the_largest_remainder() {
		assert_eq!(split(10, &[1, 1, 1]), Some(alloc::vec![4, 3, 3]));
		assert_eq!(split(11, &[1, 1, 1]), Some(alloc::vec![4, 4, 3]));
		assert_eq!(split(10, &[1, 0, 5]), Some(alloc::vec![2, 0, 8]));
		assert_eq!(split(u128::MAX, &[u128::MAX]), Some(alloc::vec![u128::MAX]));
		assert_eq!(split(10, &[]), None);
		assert_eq!(split(10, &[0, 0]), None);
		assert_eq!(split(10, &[u128::MAX, 1]), None);
	}
}
