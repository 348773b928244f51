//! Wide integers, exact division and `exp`, for the other modules.

use core::ops::{Add, Div, Shr};
use primitive_types::{U128, U256, U512};
use sp_arithmetic::Perbill;

/// What one is in a `Perbill`.
pub const BILLION: u128 = 1_000_000_000;
/// What one is in a `FixedU128`.
pub const UNIT: u128 = 1_000_000_000_000_000_000;

/// A ratio's billionths, at most [`BILLION`].
pub fn parts(ratio: Perbill) -> u128 {
	u128::from(ratio.deconstruct())
}

/// The product, in full.
pub fn product(a: u128, b: u128) -> U256 {
	U128::from(a).full_mul(b.into())
}

/// `n / d`, rounded down. `None`: `d` is zero.
///
/// Divides the narrow way where it can: that is several times cheaper.
pub fn quotient(n: U512, d: U512) -> Option<U512> {
	match (U256::try_from(n), U256::try_from(d)) {
		(Ok(n), Ok(d)) => n.checked_div(d).map(U512::from),
		_ => n.checked_div(d),
	}
}

/// `n / d`, rounded up. `None`: `d` is zero, or the result is 2^128 or more.
pub fn div_up(n: U512, d: U512) -> Option<u128> {
	let down = quotient(n, d)?;
	// The quotient times its divisor is at most `n`.
	let exact = down * d == n;
	u128::try_from(down).ok()?.checked_add(u128::from(!exact))
}

/// `a * b / c`, rounded down. `None`: `c` is zero, or the result is 2^128 or more.
pub fn mul_div_down(a: u128, b: u128, c: u128) -> Option<u128> {
	match a.checked_mul(b) {
		Some(n) => n.checked_div(c),
		None => u128::try_from(product(a, b).checked_div(U256::from(c))?).ok(),
	}
}

/// `a * b / c`, rounded up. `None`: `c` is zero, or the result is 2^128 or more.
pub fn mul_div_up(a: u128, b: u128, c: u128) -> Option<u128> {
	let (down, rest) = match U256::from(c) {
		c if c.is_zero() => return None,
		c => product(a, b).div_mod(c),
	};
	u128::try_from(down)
		.ok()?
		.checked_add(u128::from(!rest.is_zero()))
}

/// The square root, rounded down.
pub fn root(square: U512) -> U512 {
	if square.is_zero() {
		return square;
	}
	let Ok(narrow) = U256::try_from(square) else {
		// In whole pairs of bits to the left, so that the root of the upper half has as many digits as can be.
		let pairs = square.leading_zeros() / 2;
		let square = square << (2 * pairs);
		let high = root(square >> 256) + 1;
		return newton(high << 128, square) >> pairs;
	};
	let pairs = narrow.leading_zeros() / 2;
	let narrow = narrow << (2 * pairs);
	let high = (narrow >> 128).low_u128().isqrt();
	U512::from(newton((U256::from(high) + 1) << 64, narrow) >> pairs)
}

/// Newton's method for a square root, rounded down. Begun above it, it only falls until it is there: at once, where half of
/// the digits are right.
fn newton<T>(mut above: T, square: T) -> T
where
	T: Copy + PartialOrd + Add<Output = T> + Div<Output = T> + Shr<u32, Output = T>,
{
	loop {
		let next = (above + square / above) >> 1;
		if next >= above {
			return above;
		}
		above = next;
	}
}

/// The greatest common divisor; the other number where one is zero.
pub fn common_divisor(mut a: u128, mut b: u128) -> u128 {
	while b != 0 {
		(a, b) = (b, a % b);
	}
	a
}

/// Fractional bits of `exp`'s argument and mantissa. As many as leave the remainder of a division by 147 bits, scaled by
/// them, within 256.
const EXP_BITS: u32 = 108;
/// `ln 2`, rounded down.
const LN_2: u128 = 224_939_120_507_729_810_846_275_465_740_351;
/// The largest argument whose result can matter: `exp(89)` is beyond 2^128.
const EXP_LIMIT: u128 = 89;

/// `mantissa * 2^(exponent - EXP_BITS)`, the mantissa from one (included) to two (excluded).
#[derive(Clone, Copy)]
pub struct Exp {
	mantissa: u128,
	exponent: i32,
}

/// `exp` of a number so far from zero that no `u128` is left of one.
pub struct Beyond;

/// `exp(r)` for `r` in `[0, ln 2]`, both scaled by 2^108.
///
/// Horner's scheme over 28 terms of Taylor's series; the terms left out are below 2^-117. Each step rounds down and
/// only ever adds, so the result is at most 2^-106 low, never above, and never falls where `r` rises.
fn mantissa(r: u128) -> u128 {
	let one = 1 << EXP_BITS;
	let mut sum = one;
	for term in (1..=28_u128).rev() {
		// Below 2^109 each, so the shifted product is below 2^109.
		sum = one + (product(r, sum) >> EXP_BITS).low_u128() / term;
	}
	sum
}

/// `exp(± n / d)`. Relative error below 2^-100.
///
/// The result never falls where the argument rises: rounding is monotone at every step, and `ln 2` is rounded down, so
/// a mantissa stays below two. `Err`: the argument is 89 or more from zero. `d` must be below 2^147 and above zero.
pub fn exp(negative: bool, n: U256, d: U256) -> Result<Exp, Beyond> {
	let (whole, rest) = n.div_mod(d);
	if whole >= U256::from(EXP_LIMIT) {
		return Err(Beyond);
	}
	// Below 89 * 2^108.
	let x = ((whole << EXP_BITS) + (rest << EXP_BITS) / d).low_u128();
	Ok(if negative {
		let halvings = x.div_ceil(LN_2);
		Exp {
			mantissa: mantissa(halvings * LN_2 - x),
			exponent: -(halvings as i32),
		}
	} else {
		Exp {
			mantissa: mantissa(x % LN_2),
			exponent: (x / LN_2) as i32,
		}
	})
}

/// `2^-(n / d)`, with `exp`'s error. `None`: it is below 2^-128. `d` must be above zero.
pub fn halved(n: u64, d: u64) -> Option<Exp> {
	let halvings = i32::try_from(n / d).ok().filter(|h| *h < 128)?;
	let rest = n % d;
	if rest == 0 {
		return Some(Exp {
			mantissa: 1 << EXP_BITS,
			exponent: -halvings,
		});
	}
	// One halving too many, and the rest of it taken back.
	let back = mul_div_down(LN_2, u128::from(d - rest), u128::from(d))?;
	Some(Exp {
		mantissa: mantissa(back),
		exponent: -halvings - 1,
	})
}

impl Exp {
	/// `amount` times this, rounded down, or to the nearest (half up). `None`: 2^128 or more.
	pub fn times(self, amount: u128, nearest: bool) -> Option<u128> {
		let product = product(amount, self.mantissa);
		let shift = EXP_BITS as i32 - self.exponent;
		let result = if shift > 0 {
			let half = if nearest {
				U256::one() << (shift as u32 - 1)
			} else {
				U256::zero()
			};
			// Both below 2^238: `shift` is at most 108 + 129.
			(product + half) >> (shift as u32)
		} else {
			let shift = shift.unsigned_abs();
			if product.bits() as u32 + shift > 128 {
				return None;
			}
			product << shift
		};
		u128::try_from(result).ok()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn exp_meets_known_digits() {
		let of = |negative, n: u64, d: u64| exp(negative, n.into(), d.into()).ok().expect("small");
		let scale = 10_u128.pow(24);
		// floor(10^24 * e^x)
		let known = [
			(false, 0, 1, scale),
			(false, 1, 1, 2_718_281_828_459_045_235_360_287),
			(true, 1, 1, 367_879_441_171_442_321_595_523),
			(false, 1, 2, 1_648_721_270_700_128_146_848_650),
			(false, 10, 1, 22_026_465_794_806_716_516_957_900_645),
			(true, 50, 1, 192),
		];
		for (negative, n, d, digits) in known {
			let got = of(negative, n, d).times(scale, false).expect("fits");
			assert!(
				got.abs_diff(digits) <= 1,
				"exp of {n}/{d}, negative {negative}: {got}"
			);
		}
	}

	#[test]
	fn exp_never_falls_where_its_argument_rises() {
		let value = |x: u128, negative| {
			let e = exp(negative, x.into(), U256::one() << EXP_BITS)
				.ok()
				.expect("small");
			e.times(1 << 100, false).expect("fits")
		};
		// Around every multiple of ln 2, where the range reduction jumps.
		for n in 0..20_u128 {
			for x in (n * LN_2).saturating_sub(3)..n * LN_2 + 3 {
				assert!(value(x, false) <= value(x + 1, false));
				assert!(value(x, true) >= value(x + 1, true));
			}
		}
	}

	#[test]
	fn powers_of_two_multiply_exactly_up_to_the_largest_number() {
		let of = |exponent| Exp {
			mantissa: 1 << EXP_BITS,
			exponent,
		};
		for nearest in [false, true] {
			for exponent in 0..128 {
				let most = u128::MAX >> exponent;
				assert_eq!(of(exponent).times(most, nearest), Some(most << exponent));
				if exponent > 0 {
					assert_eq!(of(exponent).times(most + 1, nearest), None);
				}
			}
			assert_eq!(of(128).times(0, nearest), Some(0));
			assert_eq!(of(128).times(1, nearest), None);
		}
		assert_eq!(of(-1).times(3, false), Some(1));
		assert_eq!(of(-1).times(3, true), Some(2));
	}

	#[test]
	fn mantissa_stays_below_two() {
		assert_eq!(mantissa(0), 1 << EXP_BITS);
		assert!(mantissa(LN_2) < 2 << EXP_BITS);
		assert!(mantissa(LN_2) > (2 << EXP_BITS) - 8);
	}

	#[test]
	fn root_is_the_largest_number_whose_square_fits() {
		// Every number of bits; around squares, at both ends.
		for bits in 0..=256_usize {
			for root_of in [
				U512::one() << bits,
				(U512::one() << bits) - 1,
				(U512::one() << bits) * 5 / 7,
			] {
				let Some(square) = root_of.checked_mul(root_of) else {
					continue;
				};
				assert_eq!(root(square), root_of);
				if !root_of.is_zero() {
					assert_eq!(root(square - 1), root_of - 1);
					assert_eq!(root(square.saturating_add(root_of * 2)), root_of);
				}
			}
		}
		assert_eq!(root(U512::MAX), (U512::one() << 256) - 1);
		assert_eq!(root(U256::MAX.into()), U512::from(u128::MAX));
	}

	#[test]
	fn division_rounds_as_it_says() {
		let wide = |x: u128| U512::from(x);
		assert_eq!(div_up(wide(7), wide(2)), Some(4));
		assert_eq!(div_up(wide(8), wide(2)), Some(4));
		assert_eq!(div_up(wide(8), wide(0)), None);
		assert_eq!(div_up(U512::MAX, wide(1)), None);
		assert_eq!(mul_div_down(u128::MAX, u128::MAX, u128::MAX), Some(u128::MAX));
		assert_eq!(mul_div_up(u128::MAX, 2, 4), Some(1 << 127));
		assert_eq!(mul_div_up(u128::MAX, u128::MAX, 1), None);
		assert_eq!(mul_div_up(1, 1, 0), None);
	}
}
