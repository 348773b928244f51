//! The far ends: nothing panics whatever comes in, and nothing is refused for its size up to what may be recorded.

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

/// Any number, the extreme ones often.
fn wild() -> impl Strategy<Value = u128> {
	prop_oneof![
		any::<u128>(),
		Just(0),
		Just(1),
		Just(u128::MAX),
		Just(MAX_AMOUNT),
		(0..128_u32).prop_map(|bits| 1 << bits),
		(0..128_u32, any::<u128>()).prop_map(|(bits, x)| x >> bits),
	]
}

fn time() -> impl Strategy<Value = u64> {
	prop_oneof![
		any::<u64>(),
		Just(0),
		Just(1),
		Just(u64::MAX),
		(0..64_u32).prop_map(|bits| 1 << bits)
	]
}

fn fixed() -> impl Strategy<Value = FixedU128> {
	prop_oneof![wild(), Just(UNIT), 0..10 * UNIT].prop_map(FixedU128::from_inner)
}

fn ratio() -> impl Strategy<Value = Perbill> {
	prop_oneof![
		Just(0),
		Just(1),
		Just(999_999_999),
		Just(1_000_000_000),
		0..=1_000_000_000_u32
	]
	.prop_map(Perbill::from_parts)
}

fn wide() -> impl Strategy<Value = U256> {
	prop_oneof![
		(wild(), wild()).prop_map(|(a, b)| U256::from(a) * U256::from(b)),
		Just(U256::MAX)
	]
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 50_000, failure_persistence: None, ..Default::default() })]

	#[test]
	fn no_input_makes_solvency_panic(x in [wild(), wild(), wild(), wild()], squares in wide(), rho in ratio()) {
		let [a, b, sum, group] = x;
		replace_square(squares, a, b);
		scr(sum, squares, rho);
		required(a, sum, squares, rho);
		let room = headroom(a, b, sum, squares, group, rho);
		prop_assert!(sum.checked_add(room).is_some());
		prop_assert!(payout_ratio(a, b) <= FixedU128::from_u32(1));
		prop_assert!(payout(group, a, b) <= a.min(group));
	}

	#[test]
	fn no_input_makes_pricing_panic(
		x in [wild(), wild(), wild()], f in [fixed(), fixed(), fixed(), fixed(), fixed()],
		r in [ratio(), ratio(), ratio(), ratio(), ratio()], time in [time(), time()],
	) {
		let [a, b, c] = x;
		let [rate, u, steepness, low, high] = f;
		let curve = Curve { target: r[0], steepness };
		capacity(a, r[0], b, c);
		prop_assert_eq!(utilisation(a, b).is_none(), b == 0);
		spot(rate, u, &curve);
		market_premium(a, b, c, rate, &curve, time[0]);
		prop_assert!(net_premium(a, b) > 0);
		prop_assert!(rate_after(rate, u, &curve, steepness, time[0], low, high) <= high);
		rate_after(rate, FixedU128::from_inner(u.into_inner() % UNIT), &curve, low, time[0], u, high);
		prop_assert!(track_decay(u, time[0]) <= u);
		let technical = Technical {
			group: a, sum: b, amount: c, free: low.into_inner(), probability: rate, load: u,
			return_on_capital: r[0], rho: r[1], seconds: time[0], window: time[1], cuts: [r[2], r[3], r[4]],
		};
		technical_premium(&technical);
		let risk = Risk {
			base: r[0], unaudited_factor: rate, audit_factor: u, max_audits: time[1] as u32, track_step: time[1],
			track_discount: r[1], track_floor: r[2], low: r[3], high: r[4],
		};
		let p = loss_probability(&risk, a as u32, time[0], low, high);
		prop_assert!(p.into_inner() <= u128::from(risk.high.deconstruct()) * 1_000_000_000);
	}

	#[test]
	fn no_input_makes_money_panic(
		x in [wild(), wild(), wild(), wild()], time in [time(), time()], cuts in [ratio(), ratio(), ratio()],
		percent in any::<[u8; 2]>(), parts in vec(wild(), 0..6),
	) {
		let [a, b, c, d] = x;
		day_end(time[0], time[1]);
		stream(a, time[0]);
		unearned(a, time[0]);
		refund(a, time[0], cuts[0]);
		earned_parts(a, cuts);
		shares_for(a, b, c);
		amount_for(a, b, c);
		price(a, b);
		split(a, &parts);
		award(a, b, percent[0], percent[1], c, d);
		let mut weights = [0; 101];
		parts.iter().zip(&mut weights).for_each(|(part, weight)| *weight = *part);
		weighted_median(&weights);
	}
}

/// Nothing, one unit, a third, all but one, and all that may be recorded.
const AMOUNTS: [u128; 5] = [0, 1, MAX_AMOUNT / 3, MAX_AMOUNT - 1, MAX_AMOUNT];
const TIMES: [u64; 4] = [1, 31_557_600, (1 << 32) - 1, 1 << 32];

fn ratios() -> [Perbill; 6] {
	[0, 1, 333_333_333, 500_000_000, 999_999_999, 1_000_000_000].map(Perbill::from_parts)
}

/// Up to `max`, with digits that share no factor with the scale.
fn ratios_up_to(max: u128) -> [FixedU128; 3] {
	[1, max * UNIT - 1, max * UNIT].map(FixedU128::from_inner)
}

#[test]
fn solvency_holds_up_to_the_largest_amount() {
	for sum in AMOUNTS {
		for squares in [sum, sum * sum.min(1 << 37)]
			.map(U256::from)
			.into_iter()
			.chain([U256::from(sum).pow(2.into())])
		{
			for rho in ratios() {
				assert!(scr(sum, squares, rho).is_some_and(|scr| scr <= sum));
				for reserved in AMOUNTS {
					assert!(required(reserved, sum, squares, rho).is_some());
				}
				assert!(replace_square(squares, 0, MAX_AMOUNT).is_some());
			}
		}
	}
}

#[test]
fn market_premium_holds_up_to_the_largest_amount() {
	for capacity in AMOUNTS.into_iter().skip(1) {
		for before in AMOUNTS.into_iter().filter(|before| *before <= capacity) {
			for amount in AMOUNTS
				.into_iter()
				.chain([capacity - before])
				.filter(|x| before + x <= capacity)
			{
				for target in ratios() {
					for steepness in ratios_up_to(100) {
						for rate in ratios_up_to(10) {
							for seconds in TIMES {
								let curve = Curve { target, steepness };
								let premium = market_premium(capacity, before, amount, rate, &curve, seconds);
								// Below a steepness of one, a full line is priced at almost nothing and an empty one
								// at a multiple that need not fit.
								assert!(premium.is_some() || steepness.into_inner() == 1);
								let u = utilisation(before, capacity).expect("a capacity");
								assert!(spot(rate, u, &curve).is_some() || steepness.into_inner() == 1);
							}
						}
					}
				}
			}
		}
	}
}

#[test]
fn technical_premium_holds_up_to_the_largest_amount() {
	let cut = Perbill::from_percent(50);
	// What a book this full and this little free capital would ask for is beyond 2^128 when less is free.
	for free in [1 << 70, MAX_AMOUNT] {
		for group in AMOUNTS {
			for amount in AMOUNTS {
				for rho in ratios() {
					for return_on_capital in ratios() {
						for probability in ratios_up_to(1) {
							for load in ratios_up_to(100) {
								for seconds in TIMES {
									let technical = Technical {
										group,
										sum: MAX_AMOUNT,
										amount,
										free,
										probability,
										load,
										return_on_capital,
										rho,
										seconds,
										window: seconds,
										cuts: [cut; 3],
									};
									assert!(technical_premium(&technical).is_some(), "{technical:?}");
								}
							}
						}
					}
				}
			}
		}
	}
}

#[test]
fn premium_is_refused_when_nothing_is_free_or_left() {
	let technical = Technical {
		group: 0,
		sum: 0,
		amount: 1,
		free: 1,
		probability: FixedU128::from_u32(1),
		load: FixedU128::from_u32(1),
		return_on_capital: Perbill::zero(),
		rho: Perbill::zero(),
		seconds: 31_557_600,
		window: 0,
		cuts: [Perbill::zero(); 3],
	};
	assert_eq!(technical_premium(&technical), Some(1));
	assert_eq!(technical_premium(&Technical { free: 0, ..technical }), None);
	let cuts = [Perbill::zero(), Perbill::one(), Perbill::zero()];
	assert_eq!(technical_premium(&Technical { cuts, ..technical }), None);
	let curve = Curve {
		target: Perbill::from_percent(80),
		steepness: FixedU128::from_u32(4),
	};
	let rate = FixedU128::from_u32(1);
	assert_eq!(market_premium(10, 5, 6, rate, &curve, 1), None);
	assert_eq!(market_premium(0, 0, 0, rate, &curve, 1), None);
	assert_eq!(market_premium(10, u128::MAX, 1, rate, &curve, 1), None);
	assert_eq!(market_premium(10, 5, 0, rate, &curve, 1), Some(0));
	assert_eq!(
		market_premium(
			10,
			0,
			10,
			rate,
			&Curve {
				steepness: FixedU128::from_u32(0),
				..curve
			},
			1
		),
		None
	);
}

#[test]
fn money_holds_up_to_the_largest_amount() {
	for amount in AMOUNTS {
		for seconds in TIMES {
			let (rate, _) = stream(amount, seconds).expect("below the limit");
			assert!(refund(rate, seconds, Perbill::from_percent(10)).is_some());
		}
		for other in AMOUNTS {
			assert!(split(amount, &[other, amount, 1]).is_some());
			for supply in AMOUNTS.into_iter().skip(1) {
				assert!(amount_for(amount.min(supply), supply, other).is_some());
				// Where shares are more than 2^38 times the capital they stand for, none are minted.
				if other > supply >> 38 {
					assert!(shares_for(amount, supply, other).is_some());
				}
				if other >> 60 < supply {
					assert!(price(supply, other).is_some());
				}
			}
		}
	}
}
