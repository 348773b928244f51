//! Risk capital of a book of exposures, what is left to write, and what is paid when there is too little.
//!
//! A book is held as two running sums over its risk groups, whatever their number: `sum`, of the exposures `E_g`, and
//! `squares`, of `E_g²`. Its risk capital is
//!
//! `SCR = sqrt((1 - rho) * squares + rho * sum²)`:
//!
//! the exposures added up as if any two groups' losses had the correlation `rho`. It lies between the largest group
//! and the sum of all, so any one group can be paid in full.

use crate::fixed::{BILLION, UNIT, mul_div_down, parts, product, quotient, root};
use primitive_types::{U256, U512};
use sp_arithmetic::{FixedU128, Perbill};

/// The sum of squares after one group's exposure went from `before` to `after`. Exact.
///
/// `None`: the sum does not hold `before²`, or does not fit.
pub fn replace_square(squares: U256, before: u128, after: u128) -> Option<U256> {
	squares
		.checked_sub(product(before, before))?
		.checked_add(product(after, after))
}

/// A billion times `SCR²`. Below 2^286, and exact.
fn risk_square(sum: u128, squares: U256, rho: Perbill) -> U512 {
	let rho = parts(rho);
	squares.full_mul(U256::from(BILLION - rho)) + product(sum, sum).full_mul(U256::from(rho))
}

/// Risk capital of a book, in the smallest unit: `ceil(sqrt((1 - rho) * squares + rho * sum²))`, exactly.
///
/// `None`: 2^128 or more, which takes squares that no exposures of this sum have.
pub fn scr(sum: u128, squares: U256, rho: Perbill) -> Option<u128> {
	let square = risk_square(sum, squares, rho);
	let billion = U512::from(BILLION);
	let down = quotient(square, billion)?;
	// The least n with n² >= square is that of the square rounded up.
	let up = if down * billion == square { down } else { down + 1 };
	let low = root(up);
	u128::try_from(if low * low == up { low } else { low + 1 }).ok()
}

/// What a pool must hold: all that is reserved, in full, and the risk capital of the rest. Rounded up.
///
/// `None`: 2^128 or more.
pub fn required(reserved: u128, sum: u128, squares: U256, rho: Perbill) -> Option<u128> {
	reserved.checked_add(scr(sum, squares, rho)?)
}

/// The most that can still be written in a group whose exposure is `group`: the largest `x` with
/// `required(reserved, sum + x, squares - group² + (group + x)², rho) <= capital`, exactly.
///
/// Zero when the book is not solvent as it is, or nothing is free. With `free = capital - reserved` and
/// `b = (1 - rho) * group + rho * sum`, the condition is `(x + b)² <= free² - SCR² + b²`, so one root answers it.
pub fn headroom(capital: u128, reserved: u128, sum: u128, squares: U256, group: u128, rho: Perbill) -> u128 {
	let Some(free) = capital.checked_sub(reserved) else {
		return 0;
	};
	let billion = U256::from(BILLION);
	let share = parts(rho);
	// A billion times b: below 2^158.
	let b = product(BILLION - share, group) + product(share, sum);
	let scaled_free = product(free, BILLION);
	// Everything below is scaled by a billion squared; each square is below 2^316.
	let under = scaled_free.full_mul(scaled_free) + b.full_mul(b);
	let Some(under) = under.checked_sub(risk_square(sum, squares, rho) * U512::from(billion)) else {
		return 0;
	};
	let Some(room) = root(under).checked_sub(U512::from(b)) else {
		return 0;
	};
	let room = quotient(room, U512::from(billion)).and_then(|x| u128::try_from(x).ok());
	// At most `free`, by the formula; and what is written must fit the sum.
	room.unwrap_or(0).min(u128::MAX - sum)
}

/// What a pool pays at once of each unit due: `min(1, capital / reserved)`, rounded down. One when nothing is reserved.
pub fn payout_ratio(capital: u128, reserved: u128) -> FixedU128 {
	let ratio = if capital < reserved {
		mul_div_down(capital, UNIT, reserved)
	} else {
		None
	};
	FixedU128::from_inner(ratio.unwrap_or(UNIT))
}

/// What a pool pays at once of `part`: `floor(part * min(1, capital / max(reserved, part)))`, in the smallest unit.
///
/// Never above `part` nor above `capital`. `part` counts as reserved even where the rounding of parts left a unit less
/// on record.
pub fn payout(part: u128, capital: u128, reserved: u128) -> u128 {
	let reserved = reserved.max(part);
	if capital >= reserved {
		return part;
	}
	// `reserved` is above `capital`, so above zero, and not below `part`.
	mul_div_down(part, capital, reserved).unwrap_or(0)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn squares(groups: &[u128]) -> U256 {
		groups.iter().fold(U256::zero(), |sum, e| sum + product(*e, *e))
	}

	#[test]
	fn scr_meets_known_values() {
		let of = |groups: &[u128], rho| scr(groups.iter().sum(), squares(groups), Perbill::from_percent(rho));
		assert_eq!(of(&[], 25), Some(0));
		assert_eq!(of(&[100], 25), Some(100));
		assert_eq!(of(&[100, 100], 100), Some(200));
		assert_eq!(of(&[300, 400], 0), Some(500));
		assert_eq!(of(&[300, 400], 25), Some(557));
		assert_eq!(of(&[u128::MAX], 25), Some(u128::MAX));
		assert_eq!(scr(0, U256::MAX, Perbill::zero()), None);
	}

	#[test]
	fn squares_follow_a_group() {
		assert_eq!(replace_square(squares(&[3, 4]), 4, 5), Some(squares(&[3, 5])));
		assert_eq!(replace_square(squares(&[3]), 4, 5), None);
		assert_eq!(replace_square(U256::MAX, 0, 1), None);
		assert_eq!(
			replace_square(product(u128::MAX, u128::MAX), u128::MAX, u128::MAX),
			Some(product(u128::MAX, u128::MAX))
		);
	}

	#[test]
	fn headroom_is_zero_when_nothing_is_free() {
		let rho = Perbill::from_percent(10);
		assert_eq!(headroom(100, 100, 0, U256::zero(), 0, rho), 0);
		assert_eq!(headroom(99, 100, 0, U256::zero(), 0, rho), 0);
		assert_eq!(headroom(100, 1, 100, squares(&[100]), 100, rho), 0);
		assert_eq!(headroom(100, 0, 60, squares(&[60]), 60, rho), 40);
		assert_eq!(headroom(u128::MAX, 0, 0, U256::zero(), 0, rho), u128::MAX);
	}

	#[test]
	fn payout_shares_what_there_is() {
		assert_eq!(payout_ratio(1, 0), FixedU128::from_u32(1));
		assert_eq!(payout_ratio(0, 0), FixedU128::from_u32(1));
		assert_eq!(payout_ratio(1, 3).into_inner(), 333_333_333_333_333_333);
		assert_eq!(payout(10, 50, 100), 5);
		assert_eq!(payout(10, 100, 100), 10);
		assert_eq!(payout(101, 100, 100), 100);
		assert_eq!(payout(0, 0, 0), 0);
	}
}
