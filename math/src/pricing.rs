//! Premiums: the technical one, below which nobody buys, the market one, which follows a line's scarcity, and the
//! estimate of a product's loss probability.

use crate::{
	YEAR,
	fixed::{BILLION, UNIT, common_divisor, div_up, exp, halved, mul_div_down, mul_div_up, parts, product},
};
use primitive_types::{U256, U512};
use sp_arithmetic::{FixedU128, Perbill};

/// How a line's price depends on its utilisation: linear up to the target, and linear above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
	/// Utilisation at which the price is the line's rate, and the rate stands still. Above 0 and below 100 %.
	pub target: Perbill,
	/// Price of a full line over that at the target, and of that over an empty line's. At least 1.
	pub steepness: FixedU128,
}

/// What a line can hold in all: `min(floor(capital * weight), exposure + headroom)`, in the smallest unit.
///
/// `capital` is all of the pool's, reserved or not, `exposure` what the line has written, `headroom` the most that solvency
/// still allows in its group: that is where what is reserved counts.
pub fn capacity(capital: u128, weight: Perbill, exposure: u128, headroom: u128) -> u128 {
	// Never above `capital`, so it fits.
	let share = mul_div_down(capital, parts(weight), BILLION).unwrap_or(capital);
	share.min(exposure.saturating_add(headroom))
}

/// `exposure / capacity`, rounded up, at most one.
///
/// `None`: the capacity is zero.
pub fn utilisation(exposure: u128, capacity: u128) -> Option<FixedU128> {
	mul_div_up(exposure.min(capacity), UNIT, capacity).map(FixedU128::from_inner)
}

/// A utilisation, at most one, and a curve's target, both in units of 10^-18.
fn position(utilisation: FixedU128, curve: &Curve) -> (u128, u128) {
	(utilisation.into_inner().min(UNIT), parts(curve.target) * BILLION)
}

/// Price of the next unit of cover for a year, as a share of it. Rounded up.
///
/// With target `t` and steepness `k`: `rate * (1/k + (1 - 1/k) * u/t)` up to the target,
/// `rate * (1 + (k - 1) * (u - t)/(1 - t))` above. A utilisation above one counts as one; a target of 0 or 100 % leaves
/// only one of the two parts. `None`: does not fit, or the steepness is zero.
pub fn spot(rate: FixedU128, utilisation: FixedU128, curve: &Curve) -> Option<FixedU128> {
	let (u, target) = position(utilisation, curve);
	let steepness = curve.steepness.into_inner();
	if steepness == 0 {
		return None;
	}
	// Multiplied out so that no term is negative, whatever the steepness.
	let (weighted, over) = if u < target {
		(
			product(UNIT, target - u) + product(steepness, u),
			product(steepness, target),
		)
	} else if target < UNIT {
		(
			product(UNIT, UNIT - u) + product(steepness, u - target),
			product(UNIT, UNIT - target),
		)
	} else {
		(U256::one(), U256::one())
	};
	div_up(weighted.full_mul(U256::from(rate.into_inner())), U512::from(over)).map(FixedU128::from_inner)
}

/// Twice the area under a line that goes from `low` to `high` over `length`, between `from` and `to`, times `length`.
fn trapezoid(from: U256, to: U256, length: U256, low: u128, high: u128) -> U512 {
	// Lengths are below 2^158, so heights are below 2^288 and the result below 2^446.
	let far = from + to;
	let height = ((length << 1) - far).full_mul(U256::from(low)) + far.full_mul(U256::from(high));
	height * U512::from(to - from)
}

/// Market premium, in the smallest unit: the exact integral of [`spot`] over a purchase, rounded up.
///
/// `ceil(capacity * (F(u1) - F(u0)) * seconds / year)` where `F' = spot`, `u0 = before / capacity` and
/// `u1 = (before + amount) / capacity`. Every unit pays the price at which it finds the line, so a purchase in parts
/// costs no less. `None`: the purchase does not fit the capacity, the capacity or the steepness is zero, or the premium
/// (with inputs beyond `MAX_AMOUNT`: a step on the way) does not fit.
pub fn market_premium(
	capacity: u128,
	before: u128,
	amount: u128,
	rate: FixedU128,
	curve: &Curve,
	seconds: u64,
) -> Option<u128> {
	let after = before.checked_add(amount)?;
	let steepness = curve.steepness.into_inner();
	if capacity == 0 || after > capacity || steepness == 0 {
		return None;
	}
	let target = parts(curve.target);
	let above_target = BILLION - target;
	// Exposure in billionths of a unit makes the kink a whole number.
	let (from, to) = (product(before, BILLION), product(after, BILLION));
	let kink = product(capacity, target);
	let below = (from.min(kink), to.min(kink));
	let above = (from.max(kink) - kink, to.max(kink) - kink);
	// Below the target the price goes from rate / k to rate, above it from rate to rate * k: both times 1 : k.
	let low = trapezoid(below.0, below.1, kink, UNIT, steepness);
	let high = trapezoid(above.0, above.1, product(capacity, above_target), UNIT, steepness);
	// Brought to a common denominator, which leaves out the part that is not touched.
	let (area, over) = match (low.is_zero(), high.is_zero()) {
		(_, true) => (low, product(target, steepness)),
		(true, false) => (high, product(above_target, UNIT)),
		(false, false) => {
			let low = low.checked_mul(U512::from(product(above_target, UNIT)))?;
			let high = high.checked_mul(U512::from(product(target, steepness)))?;
			// 30 + 30 + 60 bits and those of the steepness.
			let over = product(target * above_target, UNIT) * U256::from(steepness);
			(low.checked_add(high)?, over)
		}
	};
	if area.is_zero() {
		return Some(0);
	}
	let rate_and_time = product(rate.into_inner(), u128::from(seconds));
	let scale = product(UNIT, 2 * BILLION * u128::from(YEAR)) * U256::from(capacity);
	div_up(area.checked_mul(U512::from(rate_and_time))?, scale.full_mul(over))
}

/// What a technical premium depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Technical {
	/// Exposure of the product's risk group in the pool, before the purchase.
	pub group: u128,
	/// Exposure of all groups of the pool, before the purchase.
	pub sum: u128,
	/// Amount of cover bought.
	pub amount: u128,
	/// Capital of the pool less what is reserved.
	pub free: u128,
	/// Probability of a loss in a year.
	pub probability: FixedU128,
	/// Factor on the expected loss.
	pub load: FixedU128,
	/// Return a year on the risk capital that the policy ties up.
	pub return_on_capital: Perbill,
	/// Correlation between risk groups.
	pub rho: Perbill,
	/// From now to the end of cover.
	pub seconds: u64,
	/// Claim window: exposure outlives the cover by it.
	pub window: u64,
	/// Reserve cut, treasury cut and manager's fee, each taken from what the one before left.
	pub cuts: [Perbill; 3],
}

/// Technical premium, in the smallest unit: expected loss with a load, and the price of the risk capital that the
/// policy ties up, so that this is left after the cuts. Exact, rounded up.
///
/// `ceil((amount * p * load * seconds/year + roc * growth/free * (seconds + window)/year) / ((1 - cut1) * (1 - cut2) *
/// (1 - cut3)))`, where `growth = amount * (2 * ((1 - rho) * group + rho * sum) + amount)` is what the purchase adds to
/// the square of the risk capital. It telescopes over a purchase in parts and needs no root.
///
/// `None`: nothing is free, a cut takes everything, or the premium (with inputs beyond `MAX_AMOUNT`: a step on the way)
/// does not fit.
pub fn technical_premium(t: &Technical) -> Option<u128> {
	let rho = parts(t.rho);
	// A billion times growth / amount: below 2^161.
	let growth = ((product(BILLION - rho, t.group) + product(rho, t.sum)) << 1) + product(t.amount, BILLION);
	let (seconds, window) = (u128::from(t.seconds), u128::from(t.window));
	// Both scaled by 10^36 and by what is free.
	let loss = product(t.probability.into_inner(), t.load.into_inner()).full_mul(product(t.free, seconds));
	let tied = growth * U256::from(parts(t.return_on_capital));
	let tied = tied.full_mul(product(seconds + window, UNIT));
	let keep: u128 = t.cuts.iter().map(|cut| BILLION - parts(*cut)).product();
	let over = product(t.free, keep).full_mul(U256::from(BILLION * u128::from(YEAR)));
	// Below 2^448 + 2^316.
	div_up((loss + tied).checked_mul(U512::from(t.amount))?, over)
}

/// What a buyer pays to a pool, in the smallest unit: the larger of both premiums, at least one unit.
pub fn net_premium(technical: u128, market: u128) -> u128 {
	technical.max(market).max(1)
}

/// A line's rate at target after `seconds` at one utilisation, rounded to the nearest (so that many touches do not make
/// it drift) and clamped to `low..=high`.
///
/// `rate * exp(speed * err * seconds / year)`. `err` is `(u - t) / t` up to the target `t` and `(u - t) / (1 - t)`
/// above, so -1 for an empty line and 1 for a full one; a utilisation above one counts as one, and with a target of 0
/// or 100 % `err` is 0 at the target. Before the last rounding the relative error is below 2^-100; the result never
/// falls where `rate` or the utilisation rises. Where `low` is above `high`, the result is `high`.
pub fn rate_after(
	rate: FixedU128,
	utilisation: FixedU128,
	curve: &Curve,
	speed: FixedU128,
	seconds: u64,
	low: FixedU128,
	high: FixedU128,
) -> FixedU128 {
	let (u, target) = position(utilisation, curve);
	let falls = u < target;
	// Where `u` is at the target the distance is zero, so the span may be anything.
	let span = if falls { target } else { (UNIT - target).max(1) };
	let distance = product(u.abs_diff(target), u128::from(seconds));
	// 124 + 128 bits over 60 + 60 + 25.
	let exponent = distance * U256::from(speed.into_inner());
	let over = product(span, UNIT) * U256::from(YEAR);
	let moved = match exp(falls, exponent, over) {
		Ok(factor) => factor.times(rate.into_inner(), true),
		Err(_) if falls || rate.into_inner() == 0 => Some(0),
		Err(_) => None,
	};
	moved.map_or(high, |moved| FixedU128::from_inner(moved).max(low).min(high))
}

/// The weight of past incidents after `seconds`: it halves every year. Rounded down, so that it ends.
///
/// `past * 2^-(seconds / year)`; before the rounding the relative error is below 2^-100.
pub fn track_decay(past: FixedU128, seconds: u64) -> FixedU128 {
	let left = halved(seconds, YEAR).and_then(|factor| factor.times(past.into_inner(), false));
	FixedU128::from_inner(left.unwrap_or(0))
}

/// What a product's loss probability depends on, beside its own record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Risk {
	/// Base probability of its class.
	pub base: Perbill,
	/// Factor without a valid audit.
	pub unaudited_factor: FixedU128,
	/// Factor for each valid audit that counts.
	pub audit_factor: FixedU128,
	/// Audits that count at most.
	pub max_audits: u32,
	/// Seconds in a step without an accepted incident. Zero: no step is ever done.
	pub track_step: u64,
	/// What each step takes off the track factor.
	pub track_discount: Perbill,
	/// Where that discount ends.
	pub track_floor: Perbill,
	/// Lowest probability.
	pub low: Perbill,
	/// Highest probability.
	pub high: Perbill,
}

/// Bits that the audits' factor may have, so that its product with all others stays within 512.
const FACTOR_BITS: usize = 190;

/// `factor^times`, as a fraction. `None`: it does not fit.
///
/// Exact up to a power of three for any factor up to one, and far beyond for factors of few digits; else rounded up at
/// the 36th decimal.
fn power(factor: FixedU128, times: u32) -> Option<(U256, U256)> {
	let factor = factor.into_inner();
	let common = common_divisor(factor, UNIT);
	let exact = |x: u128| {
		let power = U256::from(x / common).checked_pow(U256::from(times))?;
		(power.bits() <= FACTOR_BITS).then_some(power)
	};
	if let (Some(n), Some(d)) = (exact(factor), exact(UNIT)) {
		return Some((n, d));
	}
	let one = product(UNIT, UNIT);
	let times_up = |a: U256, b: U256| {
		let (down, rest) = a.checked_mul(b)?.div_mod(one);
		down.checked_add(u8::from(!rest.is_zero()).into())
	};
	let (mut result, mut square, mut left) = (one, product(factor, UNIT), times);
	loop {
		if left & 1 == 1 {
			result = times_up(result, square)?;
		}
		left >>= 1;
		if left == 0 {
			break;
		}
		square = times_up(square, square)?;
	}
	(result.bits() <= FACTOR_BITS).then_some((result, one))
}

/// A product's probability of a loss in a year: `base * audits * track * live`, exact and rounded up at the end,
/// clamped to `low..=high`. What does not fit counts as `high`.
///
/// - `audits`: the unaudited factor for none, else the audit factor to the power of how many there are, at most
///   `max_audits`.
/// - `track`: `max(1 - discount * steps, floor) * (1 + past)`, with the whole steps in the `quiet` seconds since the
///   last accepted incident, and the weight of `past` incidents, each its verdict, decayed to now by [`track_decay`].
/// - `live`: the factor of the product's security score.
pub fn loss_probability(risk: &Risk, audits: u32, quiet: u64, past: FixedU128, live: FixedU128) -> FixedU128 {
	let audited = if audits == 0 {
		Some((U256::from(risk.unaudited_factor.into_inner()), U256::from(UNIT)))
	} else {
		power(risk.audit_factor, audits.min(risk.max_audits))
	};
	let steps = u128::from(quiet.checked_div(risk.track_step).unwrap_or(0));
	// Below 2^30 * 2^64.
	let track = BILLION
		.saturating_sub(parts(risk.track_discount) * steps)
		.max(parts(risk.track_floor));
	let probability = audited.and_then(|(factor, over)| {
		// 190 + 60 bits with 129 + 128; the result's 18 decimals cancel against those of the ratios.
		let ratios = factor * U256::from(parts(risk.base) * track);
		let weight = U256::from(UNIT) + U256::from(past.into_inner());
		let n = ratios
			.full_mul(weight)
			.checked_mul(U512::from(live.into_inner()))?;
		div_up(n, over.full_mul(product(UNIT, UNIT)))
	});
	let fixed = |ratio: Perbill| parts(ratio) * BILLION;
	let high = fixed(risk.high);
	FixedU128::from_inner(probability.unwrap_or(high).max(fixed(risk.low)).min(high))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn power_is_exact_while_it_fits_and_then_rounded_up() {
		let factor = FixedU128::from_inner(987_654_321_123_456_787);
		let inner = U256::from(factor.into_inner());
		let unit = U256::from(UNIT);
		assert_eq!(power(factor, 0), Some((U256::one(), U256::one())));
		assert_eq!(
			power(factor, 3),
			Some((inner * inner * inner, unit * unit * unit))
		);
		let exact = (inner * inner).full_mul(inner * inner);
		let (n, d) = power(factor, 4).expect("fits");
		assert_eq!(d, unit * unit);
		let steps = n.full_mul(d) - exact;
		assert!(steps < U512::from(2_u8) * U512::from(d));
		// Seven is odd at every halving.
		let exact = (inner * inner * inner)
			.full_mul(inner * inner * inner)
			.checked_mul(inner.into())
			.expect("420 bits");
		let (n, d) = power(factor, 7).expect("fits");
		assert_eq!(d, unit * unit);
		let decimals = U512::from(unit).pow(5_u8.into());
		let steps = U512::from(n) * decimals - exact;
		assert!(steps < U512::from(7_u8) * decimals);
		assert!(power(factor, u32::MAX).is_some_and(|(n, _)| n == U256::one()));
	}

	#[test]
	fn power_of_few_digits_stays_exact() {
		let of = |percent: u128, times| power(FixedU128::from_rational(percent, 100), times);
		assert_eq!(
			of(85, 8),
			Some((U256::from(17_u128.pow(8)), U256::from(20_u128.pow(8))))
		);
		assert_eq!(of(0, 2), Some((U256::zero(), U256::one())));
		assert_eq!(of(100, u32::MAX), Some((U256::one(), U256::one())));
		assert_eq!(power(FixedU128::from_u32(1_000), 30), None);
	}

	#[test]
	fn probability_of_a_new_product_is_its_class_times_what_is_missing() {
		let risk = Risk {
			base: Perbill::from_percent(2),
			unaudited_factor: FixedU128::from_rational(3, 2),
			audit_factor: FixedU128::from_rational(85, 100),
			max_audits: 3,
			track_step: 100,
			track_discount: Perbill::from_percent(5),
			track_floor: Perbill::from_percent(60),
			low: Perbill::from_parts(500_000),
			high: Perbill::from_percent(40),
		};
		let (zero, one) = (FixedU128::from_u32(0), FixedU128::from_u32(1));
		let of = |audits, quiet, past, live| loss_probability(&risk, audits, quiet, past, live).into_inner();
		assert_eq!(of(0, 0, zero, one), UNIT * 3 / 100);
		assert_eq!(of(1, 99, zero, one), UNIT * 17 / 1_000);
		assert_eq!(of(9, 0, zero, one), of(3, 0, zero, one));
		assert_eq!(of(0, 100, zero, one), UNIT * 285 / 10_000);
		assert_eq!(of(0, u64::MAX, zero, one), UNIT * 18 / 1_000);
		assert_eq!(of(0, 0, one, one), UNIT * 6 / 100);
		assert_eq!(of(0, 0, zero, zero), UNIT / 2_000);
		assert_eq!(of(0, 0, FixedU128::from_inner(u128::MAX), one), UNIT * 4 / 10);
		let never = Risk {
			track_step: 0,
			..risk
		};
		assert_eq!(
			loss_probability(&never, 0, u64::MAX, zero, one).into_inner(),
			UNIT * 3 / 100
		);
	}

	#[test]
	fn rate_stands_still_where_a_curve_has_only_one_part() {
		let one = FixedU128::from_u32(1);
		let of = |target, u| {
			let curve = Curve {
				target,
				steepness: FixedU128::from_u32(4),
			};
			let after = rate_after(
				one,
				u,
				&curve,
				one,
				YEAR,
				FixedU128::from_inner(0),
				FixedU128::from_u32(9),
			);
			(
				after.into_inner(),
				spot(one, u, &curve).map(FixedU128::into_inner),
			)
		};
		let zero = FixedU128::from_inner(0);
		assert_eq!(of(Perbill::zero(), zero), (UNIT, Some(UNIT)));
		assert_eq!(of(Perbill::one(), one), (UNIT, Some(UNIT)));
		// e and 1/e.
		assert_eq!(
			of(Perbill::zero(), one),
			(2_718_281_828_459_045_235, Some(4 * UNIT))
		);
		assert_eq!(
			of(Perbill::one(), zero),
			(367_879_441_171_442_322, Some(UNIT / 4))
		);
	}
}
