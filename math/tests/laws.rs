//! Laws that hold whatever the numbers: what nobody may gain by, and what must add up.

use lutine_math::{
	MAX_AMOUNT,
	claims::{award, weighted_median},
	pricing::{
		Curve, Risk, Technical, capacity, loss_probability, market_premium, net_premium, rate_after, spot,
		technical_premium, track_decay, utilisation,
	},
	shares::{amount_for, price, shares_for, split},
	solvency::{headroom, payout, payout_ratio, replace_square, required, scr},
	streams::{day_end, earned_parts, refund, stream, unearned},
};
use primitive_types::U256;
use proptest::{collection::vec, prelude::*};
use sp_arithmetic::{FixedU128, Perbill};

const UNIT: u128 = 1_000_000_000_000_000_000;
const YEAR: u64 = 31_557_600;

/// Amounts of all magnitudes alike, up to 2^`bits`.
fn up_to(bits: u32) -> impl Strategy<Value = u128> {
	(0..=bits, any::<u128>()).prop_map(|(bits, x)| x & ((1 << bits) - 1))
}

fn amount() -> impl Strategy<Value = u128> {
	up_to(90)
}

fn ratio() -> impl Strategy<Value = Perbill> {
	prop_oneof![
		(0..=100_u32).prop_map(Perbill::from_percent),
		(0..=1_000_000_000_u32).prop_map(Perbill::from_parts)
	]
}

/// A cut as governance may set it: it leaves something.
fn cut() -> impl Strategy<Value = Perbill> {
	(0..=500_000_000_u32).prop_map(Perbill::from_parts)
}

/// From zero to `max`.
fn fixed(max: u128) -> impl Strategy<Value = FixedU128> {
	(0..=max * UNIT).prop_map(FixedU128::from_inner)
}

fn curve() -> impl Strategy<Value = Curve> {
	(ratio(), UNIT..=100 * UNIT).prop_map(|(target, k)| Curve {
		target,
		steepness: FixedU128::from_inner(k),
	})
}

fn seconds() -> impl Strategy<Value = u64> {
	0..=1_u64 << 32
}

prop_compose! {
	/// What is bought on a line in two parts: capacity, exposure before, both amounts.
	fn two_purchases()(a in up_to(88), b in up_to(88), before in up_to(88), rest in up_to(88)) -> [u128; 4] {
		[a + b + before + rest + 1, before, a, b]
	}
}

prop_compose! {
	fn technical()(
		group in up_to(88), others in up_to(88), amount in up_to(88), free in 1_u128 << 60..MAX_AMOUNT,
		probability in fixed(1), load in fixed(100), return_on_capital in ratio(), rho in ratio(),
		seconds in seconds(), window in seconds(), cuts in [cut(), cut(), cut()],
	) -> Technical {
		Technical {
			group, sum: group + others, amount, free, probability, load, return_on_capital, rho, seconds, window, cuts,
		}
	}
}

/// A book: exposures of its groups, their sum and their squares' sum.
fn book() -> impl Strategy<Value = (Vec<u128>, u128, U256)> {
	(1..88_u32)
		.prop_flat_map(|bits| vec(up_to(bits), 1..12))
		.prop_map(|groups| {
			let sum = groups.iter().sum();
			let squares = squares(&groups);
			(groups, sum, squares)
		})
}

fn squares(groups: &[u128]) -> U256 {
	groups
		.iter()
		.map(|e| U256::from(*e) * U256::from(*e))
		.fold(U256::zero(), |sum, square| sum + square)
}

fn risk() -> impl Strategy<Value = Risk> {
	let factors = (fixed(10), fixed(1), 0..=8_u32);
	let track = (1..=315_619_200_u64, cut(), ratio());
	(ratio(), factors, track, ratio(), ratio()).prop_map(
		|(base, (unaudited_factor, audit_factor, max_audits), track, a, b)| Risk {
			base,
			unaudited_factor,
			audit_factor,
			max_audits,
			track_step: track.0,
			track_discount: track.1,
			track_floor: track.2,
			low: a.min(b),
			high: a.max(b),
		},
	)
}

fn weights() -> impl Strategy<Value = [u128; 101]> {
	let vote = (0..=100_usize, prop_oneof![Just(1), 1..10_u128, up_to(128 - 8)]);
	let votes = vec(vote, 1..20).prop_filter("somebody votes", |votes| {
		votes.iter().any(|(_, weight)| *weight > 0)
	});
	votes.prop_map(|votes| {
		let mut weights = [0; 101];
		for (percent, weight) in votes {
			weights[percent] += weight;
		}
		weights
	})
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..Default::default() })]

	// --- solvency ---------------------------------------------------------------------------------------------------

	#[test]
	fn risk_capital_lies_between_the_largest_group_and_the_sum((groups, sum, squares) in book(), rho in ratio()) {
		let scr = scr(sum, squares, rho).unwrap();
		prop_assert!(scr >= *groups.iter().max().unwrap());
		prop_assert!(scr <= sum);
	}

	#[test]
	fn squares_follow_every_change_of_a_group((groups, _, before) in book(), at in any::<usize>(), to in amount()) {
		let mut groups = groups;
		let at = at % groups.len();
		let after = replace_square(before, groups[at], to).unwrap();
		let from = core::mem::replace(&mut groups[at], to);
		prop_assert_eq!(after, squares(&groups));
		prop_assert_eq!(replace_square(after, to, from), Some(before));
	}

	#[test]
	fn headroom_fits_and_one_more_does_not(
		(groups, sum, squares) in book(),
		at in any::<usize>(), capital in amount(), reserved in up_to(80), rho in ratio(),
	) {
		// About as much capital as the book asks for, or any.
		for capital in [capital, reserved + sum / 2, reserved + sum, reserved + sum + capital % (sum + 2)] {
			let group = groups[at % groups.len()];
			let fits = |x: u128| {
				let squares = replace_square(squares, group, group + x).unwrap();
				required(reserved, sum + x, squares, rho).unwrap() <= capital
			};
			let room = headroom(capital, reserved, sum, squares, group, rho);
			prop_assert!(fits(room) || room == 0);
			prop_assert!(!fits(room + 1));
		}
	}

	#[test]
	fn payouts_never_exceed_capital_and_coming_first_gains_nothing(
		parts in vec(up_to(80), 1..12), capital in up_to(84),
	) {
		let due: u128 = parts.iter().sum();
		let ratio = payout_ratio(capital, due);
		let (mut left, mut reserved) = (capital, due);
		for part in &parts {
			let paid = payout(*part, left, reserved);
			prop_assert!(paid <= *part && paid <= left);
			// Whoever comes, at whatever turn, is paid the ratio of the start and what rounding left.
			let fair = payout(*part, capital, due);
			prop_assert!(paid >= fair && paid <= fair + parts.len() as u128);
			prop_assert!(U256::from(ratio.into_inner()) * U256::from(*part) < U256::from(fair + 1) * U256::from(UNIT));
			left -= paid;
			reserved -= part;
		}
		prop_assert!(capital < due || left == capital - due);
	}

	// --- pricing ----------------------------------------------------------------------------------------------------

	#[test]
	fn splitting_never_makes_the_market_premium_cheaper(
		[line, before, a, b] in two_purchases(), rate in fixed(10), curve in curve(), time in seconds(),
	) {
		let premium = |before, amount| market_premium(line, before, amount, rate, &curve, time).unwrap();
		let (whole, parts) = (premium(before, a + b), premium(before, a) + premium(before + a, b));
		prop_assert!(parts >= whole);
		prop_assert!(parts <= whole + 1);
	}

	#[test]
	fn splitting_never_makes_the_technical_premium_cheaper(whole in technical(), a in any::<u128>()) {
		let a = a % (whole.amount + 1);
		let first = Technical { amount: a, ..whole };
		let second =
			Technical { amount: whole.amount - a, group: whole.group + a, sum: whole.sum + a, ..whole };
		let parts = technical_premium(&first).unwrap() + technical_premium(&second).unwrap();
		let whole = technical_premium(&whole).unwrap();
		prop_assert!(parts >= whole);
		prop_assert!(parts <= whole + 1);
	}

	#[test]
	fn splitting_never_makes_the_net_premium_cheaper(
		[line, before, a, b] in two_purchases(), rate in fixed(10), curve in curve(), t in technical(),
	) {
		let net = |bought, amount| {
			let market = market_premium(line, before + bought, amount, rate, &curve, t.seconds).unwrap();
			let t = Technical { amount, group: t.group + bought, sum: t.sum + bought, ..t };
			net_premium(technical_premium(&t).unwrap(), market)
		};
		prop_assert!(net(0, a) + net(a, b) >= net(0, a + b));
	}

	#[test]
	fn market_premium_rises_with_amount_time_rate_and_utilisation(
		[line, before, a, b] in two_purchases(), rate in fixed(9), more in fixed(1), curve in curve(),
		time in 0..1_u64 << 31, longer in 0..1_u64 << 31,
	) {
		let premium = |line, before, amount, rate, time| {
			market_premium(line, before, amount, rate, &curve, time).unwrap()
		};
		let base = premium(line, before, a, rate, time);
		prop_assert!(premium(line, before, a + b, rate, time) >= base);
		prop_assert!(premium(line, before, a, rate, time + longer) >= base);
		let dearer = FixedU128::from_inner(rate.into_inner() + more.into_inner());
		prop_assert!(premium(line, before, a, dearer, time) >= base);
		prop_assert!(premium(line, before + b, a, rate, time) >= base);
		// A larger line is a less used one.
		prop_assert!(premium(line + b, before, a, rate, time) <= base);
	}

	#[test]
	fn market_premium_is_the_spot_price_at_some_point_of_the_purchase(
		[line, before, a, b] in two_purchases(), rate in fixed(1), curve in curve(), time in seconds(),
	) {
		let premium = market_premium(line, before, a, rate, &curve, time).unwrap();
		let at = |exposure| spot(rate, utilisation(exposure, line).unwrap(), &curve).unwrap();
		let year = U256::from(UNIT) * U256::from(YEAR);
		let cost = |price: FixedU128| {
			U256::from(a) * U256::from(price.into_inner()) * U256::from(time) / year
		};
		prop_assert!(U256::from(premium) <= cost(at(before + a)) + 1);
		// Utilisation and spot price are rounded up: by less than 10^-9 of the price, for a target from 1 % to 99 %.
		let target = curve.target;
		if target >= Perbill::from_percent(1) && target <= Perbill::from_percent(99) {
			let floor = cost(at(before));
			let slack = cost(FixedU128::from_inner(1 + 10_000 * rate.into_inner() / UNIT));
			prop_assert!(U256::from(premium) + slack + 1 >= floor);
		}
		prop_assert!(at(before) <= at(before + b));
	}

	#[test]
	fn technical_premium_rises_with_amount_time_probability_load_and_cuts(t in technical(), by in 1..1_u64 << 30) {
		let base = technical_premium(&t).unwrap();
		let more = |change: &dyn Fn(&mut Technical)| {
			let mut t = t;
			change(&mut t);
			technical_premium(&t).unwrap()
		};
		let step = FixedU128::from_inner(by.into());
		prop_assert!(more(&|t| t.amount += u128::from(by)) >= base);
		prop_assert!(more(&|t| t.seconds += by) >= base);
		prop_assert!(more(&|t| t.window += by) >= base);
		prop_assert!(more(&|t| t.probability = t.probability + step) >= base);
		prop_assert!(more(&|t| t.load = t.load + step) >= base);
		prop_assert!(more(&|t| t.free = t.free.saturating_sub(by.into()).max(1)) >= base);
		prop_assert!(more(&|t| t.cuts[1] = t.cuts[1] + Perbill::from_parts(1)) >= base);
	}

	#[test]
	fn purchases_of_others_never_make_the_technical_premium_cheaper(t in technical(), bought in amount()) {
		let base = technical_premium(&t).unwrap();
		let other_group = Technical { sum: t.sum + bought, ..t };
		let same_group = Technical { group: t.group + bought, ..other_group };
		prop_assert!(technical_premium(&other_group).unwrap() >= base);
		prop_assert!(technical_premium(&same_group).unwrap() >= technical_premium(&other_group).unwrap());
	}

	#[test]
	fn capacity_stays_within_weight_and_solvency(
		capital in amount(), weight in ratio(), exposure in amount(), room in amount(),
	) {
		let line = capacity(capital, weight, exposure, room);
		prop_assert!(line <= capital && line <= exposure + room);
		prop_assert!(line == exposure + room || line == weight.mul_floor(capital));
	}

	#[test]
	fn spot_passes_through_its_three_points(rate in fixed(10), curve in curve()) {
		let of = |u| spot(rate, FixedU128::from_inner(u), &curve).unwrap().into_inner();
		let (target, steepness) = (u128::from(curve.target.deconstruct()) * 1_000_000_000, curve.steepness);
		prop_assert_eq!(of(target), rate.into_inner());
		if target > 0 {
			let lowest = U256::from(of(0)) * U256::from(steepness.into_inner());
			let scaled = U256::from(rate.into_inner()) * U256::from(UNIT);
			prop_assert!(lowest >= scaled && lowest < scaled + U256::from(steepness.into_inner()));
		}
		if target < UNIT {
			let highest = U256::from(rate.into_inner()) * U256::from(steepness.into_inner());
			prop_assert_eq!(U256::from(of(UNIT)), (highest + U256::from(UNIT - 1)) / U256::from(UNIT));
			prop_assert_eq!(of(UNIT), of(u128::MAX));
		}
	}

	#[test]
	fn rate_after_rises_with_utilisation_and_stays_clamped(
		rate in fixed(10), u in fixed(1), further in prop_oneof![Just(1_u128), up_to(60)], curve in curve(),
		speed in fixed(50), time in prop_oneof![0..1_000_u64, seconds()], a in fixed(1), b in fixed(1),
	) {
		let (low, high) = (a.min(b), a.max(b));
		let after = |rate, u, low, high| rate_after(rate, u, &curve, speed, time, low, high);
		let got = after(rate, u, low, high);
		prop_assert!(got >= low && got <= high);
		let (none, all) = (FixedU128::from_inner(0), FixedU128::from_inner(u128::MAX));
		let fuller = FixedU128::from_inner(u.into_inner() + further);
		let free = after(rate, u, none, all);
		prop_assert_eq!(got, free.max(low).min(high));
		prop_assert!(free <= after(rate, fuller, none, all));
		prop_assert!(free <= after(FixedU128::from_inner(rate.into_inner() + further), u, none, all));
		let target = u128::from(curve.target.deconstruct()) * 1_000_000_000;
		prop_assert_eq!(after(rate, FixedU128::from_inner(target), none, all), rate);
		let falls = u.into_inner() < target;
		prop_assert!((falls && free <= rate) || (!falls && free >= rate));
	}

	#[test]
	fn rate_after_does_not_depend_on_how_often_it_is_touched(
		rate in UNIT / 1_000..UNIT, u in fixed(1), target in 10..=95_u32, speed in fixed(4),
		a in 1..YEAR / 2, b in 1..YEAR / 2,
	) {
		let curve = Curve { target: Perbill::from_percent(target), steepness: FixedU128::from_u32(4) };
		let (low, high) = (FixedU128::from_inner(0), FixedU128::from_u32(1_000));
		let after = |rate, time| rate_after(rate, u, &curve, speed, time, low, high);
		let rate = FixedU128::from_inner(rate);
		let (once, twice) = (after(rate, a + b), after(after(rate, a), b));
		// Half a unit each time, the first half grown by at most e^2.
		prop_assert!(once.into_inner().abs_diff(twice.into_inner()) <= 5);
	}

	#[test]
	fn past_incidents_fade_and_halve_every_year(past in fixed(1_000), time in seconds(), later in seconds()) {
		let after = track_decay(past, time);
		prop_assert!(after <= past);
		prop_assert!(track_decay(past, time + later) <= after);
		prop_assert_eq!(track_decay(past, 0), past);
		for years in 0..4 {
			prop_assert_eq!(track_decay(past, years * YEAR).into_inner(), past.into_inner() >> years);
		}
		prop_assert!(track_decay(past, time + YEAR).into_inner().abs_diff(after.into_inner() / 2) <= 1);
	}

	#[test]
	fn loss_probability_rises_with_incidents_and_falls_with_audits_and_quiet_time(
		risk in risk(), audits in 1..10_u32, quiet in seconds(), past in fixed(10), live in fixed(10), by in up_to(60),
	) {
		let of = |audits, quiet, past, live| loss_probability(&risk, audits, quiet, past, live).into_inner();
		let more = |x: FixedU128| FixedU128::from_inner(x.into_inner() + by);
		let p = of(audits, quiet, past, live);
		let bound = |ratio: Perbill| u128::from(ratio.deconstruct()) * 1_000_000_000;
		prop_assert!(p >= bound(risk.low) && p <= bound(risk.high));
		prop_assert!(of(audits, quiet, more(past), live) >= p);
		prop_assert!(of(audits, quiet, past, more(live)) >= p);
		// The 36th decimal, where the audits' factor is rounded up, must not be what decides.
		prop_assert!(of(audits + 1, quiet, past, live) <= p + 1);
		prop_assert!(of(audits, quiet + risk.track_step, past, live) <= p);
	}

	// --- streams ----------------------------------------------------------------------------------------------------

	#[test]
	fn stream_and_dust_are_the_premium(premium in up_to(96), time in 1..=1_u64 << 32) {
		let (rate, dust) = stream(premium, time).unwrap();
		prop_assert_eq!(unearned(rate, time).unwrap() + dust, premium);
		// Less than a second's worth of the lowest rate.
		prop_assert!(dust <= u128::from((time >> 32) + 1));
	}

	#[test]
	fn refund_never_exceeds_what_was_paid_and_never_rises(
		premium in up_to(96), time in 1..=1_u64 << 32, left in any::<u64>(), fee in ratio(),
	) {
		let (rate, _) = stream(premium, time).unwrap();
		let left = left % (time + 1);
		let back = refund(rate, left, fee).unwrap();
		prop_assert!(back <= premium);
		prop_assert!(back <= unearned(rate, left).unwrap());
		prop_assert!(left == 0 || refund(rate, left - 1, fee).unwrap() <= back);
		// Buying and cancelling at once costs the fee.
		let full = refund(rate, time, fee).unwrap();
		prop_assert!(full <= premium - fee.mul_ceil(unearned(rate, time).unwrap()));
	}

	#[test]
	fn earned_parts_add_up(amount in any::<u128>(), cuts in [ratio(), ratio(), ratio()]) {
		let [reserve, treasury, manager, rest] = earned_parts(amount, cuts);
		prop_assert_eq!(reserve + treasury + manager + rest, amount);
		prop_assert_eq!(reserve, cuts[0].mul_floor(amount));
		prop_assert_eq!(treasury, cuts[1].mul_floor(amount - reserve));
		prop_assert_eq!(manager, cuts[2].mul_floor(amount - reserve - treasury));
	}

	#[test]
	fn day_end_is_the_next_boundary(time in 0..u64::MAX / 2, day in 1..u64::MAX / 2) {
		let end = day_end(time, day).unwrap();
		prop_assert!(end >= time && end - time < day && end.is_multiple_of(day));
	}

	// --- shares -----------------------------------------------------------------------------------------------------

	#[test]
	fn deposit_never_dilutes(deposit in amount(), supply in amount(), capital in amount(), held in any::<u128>()) {
		prop_assume!(supply > 0 && capital > 0);
		let held = held % (supply + 1);
		let Some(minted) = shares_for(deposit, supply, capital) else { return Ok(()) };
		let before = amount_for(held, supply, capital).unwrap();
		let Some(total) = supply.checked_add(minted) else { return Ok(()) };
		prop_assert!(amount_for(held, total, capital + deposit).unwrap() >= before);
		// Unless it has become too high for its type.
		let after = price(total, capital + deposit);
		prop_assert!(after.is_none() || after >= price(supply, capital));
		// Who deposits and leaves at once takes out no more than was put in.
		prop_assert!(amount_for(minted, total, capital + deposit).unwrap() <= deposit);
	}

	#[test]
	fn withdrawal_never_dilutes(supply in amount(), capital in amount(), out in any::<u128>(), held in any::<u128>()) {
		prop_assume!(supply > 0);
		let out = out % (supply + 1);
		let left = supply - out;
		prop_assume!(left > 0);
		let held = held % (left + 1);
		let paid = amount_for(out, supply, capital).unwrap();
		prop_assert!(paid <= capital);
		let before = amount_for(held, supply, capital).unwrap();
		prop_assert!(amount_for(held, left, capital - paid).unwrap() >= before);
	}

	#[test]
	fn split_adds_up_and_nobody_gets_a_unit_more_or_less(amount in any::<u128>(), parts in vec(up_to(120), 1..20)) {
		let total: u128 = parts.iter().sum();
		let out = split(amount, &parts);
		prop_assert_eq!(out.is_none(), total == 0);
		let Some(out) = out else { return Ok(()) };
		prop_assert_eq!(out.iter().sum::<u128>(), amount);
		for (got, part) in out.iter().zip(&parts) {
			let down = U256::from(amount) * U256::from(*part) / U256::from(total);
			prop_assert!(U256::from(*got) == down || U256::from(*got) == down + 1);
			prop_assert!(*part > 0 || *got == 0);
		}
	}

	// --- claims -----------------------------------------------------------------------------------------------------

	#[test]
	fn award_stays_within_every_limit(
		loss in any::<u128>(), then in any::<u128>(), incident in any::<u8>(), claim in any::<u8>(),
		deductible in amount(), left in any::<u128>(),
	) {
		let got = award(loss, then, incident, claim, deductible, left);
		prop_assert!(got <= loss && got <= then && got <= left);
		prop_assert!(award(loss, then, incident.saturating_add(1), claim, deductible, left) >= got);
		prop_assert!(award(loss, then, incident, claim, deductible + 1, left) <= got);
		prop_assert_eq!(award(loss, then, 0, claim, deductible, left), 0);
	}

	#[test]
	fn median_has_half_of_the_weight_on_either_side(weights in weights()) {
		let median = usize::from(weighted_median(&weights).unwrap());
		let sum = |weights: &[u128]| weights.iter().sum::<u128>();
		let total = sum(&weights);
		prop_assert!(weights[median] > 0);
		prop_assert!(2 * sum(&weights[..median]) <= total);
		prop_assert!(2 * sum(&weights[..=median]) > total);
	}

	#[test]
	fn median_goes_to_the_higher_when_tied(low in 0..100_usize, apart in 1..=100_usize, weight in 1..1_u128 << 100) {
		let mut weights = [0; 101];
		let high = (low + apart).min(100);
		weights[low] = weight;
		weights[high] = weight;
		prop_assert_eq!(weighted_median(&weights).map(usize::from), Some(high));
		weights[low] += 1;
		prop_assert_eq!(weighted_median(&weights).map(usize::from), Some(low));
	}

	#[test]
	fn median_never_falls_by_a_higher_vote(weights in weights(), percent in 0..=100_usize, weight in up_to(100)) {
		let median = weighted_median(&weights).unwrap();
		let mut more = weights;
		more[percent] += weight;
		let after = weighted_median(&more).unwrap();
		let higher = percent >= usize::from(median);
		prop_assert!((higher && after >= median) || (!higher && after <= median));
	}
}
