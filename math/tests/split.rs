//! The cheapest split against trying every split, against moving parts of it, and with numbers of every size.

use lutine_math::{
	MAX_AMOUNT,
	pricing::{Curve, Technical},
	split::{Offer, cheapest},
};
use proptest::{collection::vec, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};
use sp_arithmetic::{FixedU128, Perbill};
use std::time::Instant;

const UNIT: u128 = 1_000_000_000_000_000_000;
const YEAR: u64 = 31_557_600;

/// Any number, the extreme ones often.
fn wild() -> impl Strategy<Value = u128> {
	prop_oneof![
		any::<u128>(),
		select(vec![0, 1, UNIT, MAX_AMOUNT, u128::MAX]),
		(0..128_u32, any::<u128>()).prop_map(|(bits, x)| x >> bits),
	]
}

fn wild_time() -> impl Strategy<Value = u64> {
	prop_oneof![any::<u64>(), select(vec![0, 1, YEAR, u64::MAX]), 0..=1_u64 << 32]
}

fn wild_fixed() -> impl Strategy<Value = FixedU128> {
	prop_oneof![wild(), 0..10 * UNIT].prop_map(FixedU128::from_inner)
}

fn ratio() -> impl Strategy<Value = Perbill> {
	prop_oneof![
		(0..=100_u32).prop_map(Perbill::from_percent),
		select(vec![0, 1, 999_999_999, 1_000_000_000]).prop_map(Perbill::from_parts),
		(0..=1_000_000_000_u32).prop_map(Perbill::from_parts)
	]
}

prop_compose! {
	fn wild_offer()(
		technical in (wild(), wild(), wild(), wild()), fixed in [wild_fixed(), wild_fixed(), wild_fixed(), wild_fixed()],
		ratios in [ratio(), ratio(), ratio(), ratio(), ratio(), ratio()], time in [wild_time(), wild_time()],
		line in [wild(), wild()],
	) -> Offer {
		let (group, sum, amount, free) = technical;
		let [probability, load, rate, steepness] = fixed;
		let [return_on_capital, rho, target, cuts @ ..] = ratios;
		Offer {
			technical: Technical {
				group, sum, amount, free, probability, load, return_on_capital, rho, seconds: time[0], window: time[1], cuts,
			},
			capacity: line[0],
			exposure: line[1],
			rate,
			curve: Curve { target, steepness },
		}
	}
}

/// From one to the other percentage.
fn fixed_percent(min: u128, max: u128) -> impl Strategy<Value = FixedU128> {
	(min..=max).prop_map(|percent| FixedU128::from_rational(percent, 100))
}

/// From `min` to `max`, and these often.
fn fixed(min: u128, max: u128) -> impl Strategy<Value = FixedU128> {
	prop_oneof![
		1 => select(vec![min * UNIT, max * UNIT]),
		6 => min * UNIT..=max * UNIT,
	]
	.prop_map(FixedU128::from_inner)
}

prop_compose! {
	/// An offer whose room and book are of the size of `scale`, with a technical premium of about the market's.
	fn offer(scale: u128)(
		room in 0..=scale, exposure in 0..=scale, group in 0..=scale, others in 0..=2 * scale, free in 1..=4 * scale,
		probability in fixed(0, 1), load in fixed(0, 3), rate in fixed(0, 3), steepness in fixed(1, 6),
		ratios in [ratio(), ratio(), ratio()], time in [1..=2 * YEAR, 0..=YEAR],
		cuts in [0..=50_u32, 0..=50_u32, 0..=50_u32],
	) -> Offer {
		let [return_on_capital, rho, target] = ratios;
		Offer {
			technical: Technical {
				group, sum: group + others, amount: 0, free, probability, load, return_on_capital, rho,
				seconds: time[0], window: time[1], cuts: cuts.map(Perbill::from_percent),
			},
			capacity: exposure + room,
			exposure,
			rate,
			curve: Curve { target, steepness },
		}
	}
}

fn cost(offers: &[Offer], parts: &[u128]) -> u128 {
	let premiums = offers.iter().zip(parts);
	premiums
		.map(|(offer, part)| offer.premium(*part).expect("can be bought"))
		.sum()
}

fn taking(parts: &[u128]) -> usize {
	parts.iter().filter(|part| **part > 0).count()
}

/// What the `most` largest offers have.
fn most_room(offers: &[Offer], most: usize) -> u128 {
	let mut rooms: Vec<_> = offers.iter().map(Offer::room).collect();
	rooms.sort_unstable_by(|a, b| b.cmp(a));
	rooms.iter().take(most).sum()
}

/// What every split must be.
fn check(amount: u128, offers: &[Offer], most: usize, parts: &[u128]) {
	assert_eq!(parts.len(), offers.len());
	assert_eq!(
		parts.iter().try_fold(0_u128, |sum, part| sum.checked_add(*part)),
		Some(amount)
	);
	assert!(taking(parts) <= most);
	for (offer, part) in offers.iter().zip(parts) {
		assert!(*part <= offer.room());
		assert!(offer.premium(*part).is_some());
	}
}

/// The least that can be paid for a multiple of `step` with parts that are multiples of it.
fn least(steps: usize, step: u128, offers: &[Offer]) -> Option<u128> {
	let mut best = vec![None; steps + 1];
	best[0] = Some(0);
	for offer in offers {
		let premiums: Vec<_> = (0..=steps).map(|n| offer.premium(n as u128 * step)).collect();
		best = (0..=steps)
			.map(|n| {
				(0..=n)
					.filter_map(|part| Some(best[n - part]? + premiums[part]?))
					.min()
			})
			.collect();
	}
	best[steps]
}

fn cases(cases: u32) -> ProptestConfig {
	ProptestConfig {
		cases,
		failure_persistence: None,
		..Default::default()
	}
}

proptest! {
	#![proptest_config(cases(4_000))]

	#[test]
	fn split_of_few_units_is_the_best_of_all(offers in vec(offer(40), 1..5), amount in 0..=60_u128) {
		let split = cheapest(amount, &offers, offers.len());
		let best = least(amount as usize, 1, &offers);
		prop_assert_eq!(split.is_some(), best.is_some());
		let (Some(split), Some(best)) = (split, best) else { return Ok(()) };
		check(amount, &offers, offers.len(), &split);
		prop_assert!(cost(&offers, &split) <= best + offers.len() as u128, "{split:?} {} {best}", cost(&offers, &split));
	}

	#[test]
	fn split_is_no_dearer_than_any_in_steps(
		(offers, step) in (0..84_u32).prop_flat_map(|bits| (vec(offer(40 << bits), 1..5), 1..2_u128 << bits)),
		steps in 1..=40_usize,
	) {
		let amount = steps as u128 * step;
		let Some(best) = least(steps, step, &offers) else { return Ok(()) };
		let split = cheapest(amount, &offers, offers.len()).expect("there is one");
		check(amount, &offers, offers.len(), &split);
		prop_assert!(cost(&offers, &split) <= best + offers.len() as u128, "{split:?} {} {best}", cost(&offers, &split));
	}

	#[test]
	fn moving_a_share_of_a_part_saves_nothing(
		offers in (0..90_u32).prop_flat_map(|bits| vec(offer(1 << bits), 1..12)), share in any::<u128>(),
	) {
		let room: u128 = offers.iter().map(Offer::room).sum();
		let amount = share % (room + 1);
		let split = cheapest(amount, &offers, offers.len()).expect("there is room");
		check(amount, &offers, offers.len(), &split);
		let now = cost(&offers, &split);
		for from in 0..offers.len() {
			for to in 0..offers.len() {
				for delta in [1, 7, amount / 1_000, amount / 10, split[from] / 2, split[from]] {
					if from == to || delta > split[from] || split[to] + delta > offers[to].room() {
						continue;
					}
					let mut moved = split.clone();
					moved[from] -= delta;
					moved[to] += delta;
					prop_assert!(now <= cost(&offers, &moved) + offers.len() as u128, "{from} {to} {delta} {split:?}");
				}
			}
		}
	}

	#[test]
	fn no_more_parts_than_allowed_and_none_only_without_room(
		offers in (0..90_u32).prop_flat_map(|bits| vec(offer(1 << bits), 0..12)),
		share in any::<u128>(), most in 0..12_usize, all in any::<bool>(),
	) {
		let room = most_room(&offers, most);
		let amount = if all { room } else { share % (room + 1) };
		let split = cheapest(amount, &offers, most).expect("there is room");
		check(amount, &offers, most, &split);
		prop_assert_eq!(cheapest(room + 1, &offers, most), None);
		// Where the best of all has no more parts, it is the one.
		let best = cheapest(amount, &offers, offers.len()).expect("there is room");
		prop_assert!(taking(&best) > most || split == best);
	}

	#[test]
	fn another_offer_makes_nothing_dearer(
		offers in (0..90_u32).prop_flat_map(|bits| vec(offer(1 << bits), 2..12)), share in any::<u128>(),
	) {
		let (_, fewer) = offers.split_last().expect("two at least");
		let room: u128 = fewer.iter().map(Offer::room).sum();
		let amount = share % (room + 1);
		let total = |offers: &[Offer]| cost(offers, &cheapest(amount, offers, offers.len()).expect("there is room"));
		prop_assert!(total(&offers) <= total(fewer) + offers.len() as u128);
	}

	#[test]
	fn order_of_offers_does_not_matter(
		offers in (0..90_u32).prop_flat_map(|bits| vec(offer(1 << bits), 1..12)), share in any::<u128>(),
	) {
		let room: u128 = offers.iter().map(Offer::room).sum();
		let amount = share % (room + 1);
		let total = |offers: &[Offer]| cost(offers, &cheapest(amount, offers, offers.len()).expect("there is room"));
		let reversed: Vec<_> = offers.iter().rev().copied().collect();
		prop_assert!(total(&offers).abs_diff(total(&reversed)) <= offers.len() as u128);
	}
}

proptest! {
	#![proptest_config(cases(50_000))]

	#[test]
	fn no_input_makes_a_split_panic(
		wild in vec(wild_offer(), 0..6), tame in vec(offer(UNIT), 0..3), amount in wild(), most in 0..6_usize,
	) {
		let offers: Vec<_> = wild.into_iter().chain(tame).collect();
		for amount in [amount, amount % UNIT] {
			let split = cheapest(amount, &offers, most);
			prop_assert_eq!(&split, &cheapest(amount, &offers, most));
			if let Some(split) = split {
				check(amount, &offers, most, &split);
			}
		}
	}
}

/// A line of a size, half full, with nothing but a market price.
fn line(capacity: u128, rate_percent: u32, steepness: u32) -> Offer {
	Offer {
		technical: Technical {
			group: capacity / 2,
			sum: capacity,
			amount: 0,
			free: capacity,
			probability: FixedU128::from_u32(0),
			load: FixedU128::from_u32(1),
			return_on_capital: Perbill::zero(),
			rho: Perbill::from_percent(25),
			seconds: YEAR,
			window: 0,
			cuts: [Perbill::zero(); 3],
		},
		capacity,
		exposure: capacity / 2,
		rate: FixedU128::from_rational(u128::from(rate_percent), 100),
		curve: Curve {
			target: Perbill::from_percent(80),
			steepness: FixedU128::from_u32(steepness),
		},
	}
}

/// Pools of several sizes, whose two premiums swap within what is bought, alike in price or not.
fn market(pools: u32, alike: bool) -> Vec<Offer> {
	let pool = |n: u32| {
		let kind = if alike { 0 } else { n };
		let mut offer = line(
			u128::from(1_000 + 37 * n) * 1_000 * UNIT,
			4 + kind % 5,
			2 + kind % 7,
		);
		offer.technical.probability = FixedU128::from_rational(u128::from(10 + kind % 9), 1_000);
		offer.technical.return_on_capital = Perbill::from_percent(5 + kind % 10);
		offer.technical.cuts = [Perbill::from_percent(10); 3];
		offer
	};
	(0..pools).map(pool).collect()
}

#[test]
fn nothing_is_split_into_nothing() {
	let offers = [line(100, 5, 4), line(100, 5, 4)];
	assert_eq!(cheapest(0, &offers, 2), Some(vec![0, 0]));
	assert_eq!(cheapest(0, &offers, 0), Some(vec![0, 0]));
	assert_eq!(cheapest(0, &[], 0), Some(vec![]));
	assert_eq!(cheapest(1, &[], 1), None);
	assert_eq!(cheapest(1, &offers, 0), None);
	assert_eq!(cheapest(101, &offers, 2), None);
	assert_eq!(cheapest(51, &offers, 1), None);
	assert_eq!(cheapest(100, &offers, 2), Some(vec![50, 50]));
}

#[test]
fn little_goes_to_one_pool() {
	let offers = [
		line(1_000_000, 5, 4),
		line(1_000_000, 5, 4),
		line(2_000_000, 5, 4),
	];
	for amount in 1..10 {
		let split = cheapest(amount, &offers, 3).expect("there is room");
		assert_eq!(taking(&split), 1);
		assert_eq!(cost(&offers, &split), 1);
	}
	// Flat prices leave no reason for a second part either.
	let offers = [line(1_000, 5, 1), line(100_000, 5, 1), line(10_000, 5, 1)];
	assert_eq!(cheapest(20_000, &offers, 3), Some(vec![0, 20_000, 0]));
}

#[test]
fn equal_pools_sell_equal_parts() {
	let offers = [line(1_000 * UNIT, 5, 4); 4];
	assert_eq!(cheapest(400 * UNIT, &offers, 4), Some(vec![100 * UNIT; 4]));
	// Whatever the order, three may sell.
	let split = cheapest(399 * UNIT, &offers, 3).expect("there is room");
	assert_eq!(split.iter().filter(|part| **part == 133 * UNIT).count(), 3);
}

#[test]
fn cheaper_pool_sells_until_it_is_as_dear() {
	// Half full, they ask 11.5 % and 14.375 %, and 1.5 and 1.875 points more for each tenth of the line.
	let offers = [line(1_000 * UNIT, 16, 4), line(1_000 * UNIT, 20, 4)];
	assert_eq!(cheapest(100 * UNIT, &offers, 2), Some(vec![100 * UNIT, 0]));
	// (14.375 + 1.875 * 3 - 11.5) / (1.5 + 1.875) tenths of the line, to the nearest unit.
	let first = 251_851_851_851_851_851_852;
	assert_eq!(
		cheapest(300 * UNIT, &offers, 2),
		Some(vec![first, 300 * UNIT - first])
	);
}

/// On so small a line the unit that the target utilisation lies in costs more than twice what its middle does.
#[test]
fn unit_across_the_target_costs_what_is_on_both_sides() {
	let mut small = line(6, 231, 6);
	small.exposure = 2;
	small.curve.target = Perbill::from_percent(91);
	let mut tied = line(21, 0, 1);
	tied.exposure = 0;
	tied.technical = Technical {
		group: 32,
		sum: 64,
		free: 20,
		return_on_capital: Perbill::from_percent(90),
		..tied.technical
	};
	let offers = [small, tied];
	let premiums = |offer: &Offer| -> Vec<_> { (1..=4).filter_map(|amount| offer.premium(amount)).collect() };
	assert_eq!(premiums(&small), [2, 3, 5, 11]);
	assert_eq!(premiums(&tied), [4, 8, 12, 16]);
	assert_eq!(cheapest(5, &offers, 2), Some(vec![3, 2]));
}

#[test]
fn offers_that_cannot_sell_are_left_out() {
	let good = line(1_000, 5, 4);
	let mut broke = good;
	broke.technical.free = 0;
	let mut greedy = good;
	greedy.technical.cuts[1] = Perbill::one();
	let full = Offer {
		exposure: 1_000,
		..good
	};
	let none = Offer { capacity: 0, ..good };
	let offers = [broke, greedy, full, none, good];
	assert_eq!(cheapest(500, &offers, 5), Some(vec![0, 0, 0, 0, 500]));
	assert_eq!(cheapest(501, &offers, 5), None);
}

#[test]
fn offer_sells_as_much_as_has_a_premium() {
	// A premium is its amount's square, so that it fits up to 2^64 - 1.
	let mut offer = line(1 << 90, 5, 4);
	offer.exposure = 0;
	offer.technical = Technical {
		group: 0,
		sum: 0,
		free: 1,
		return_on_capital: Perbill::one(),
		..offer.technical
	};
	let fits = (1 << 64) - 1;
	assert_eq!(cheapest(fits, &[offer], 1), Some(vec![fits]));
	assert_eq!(cheapest(fits + 1, &[offer], 1), None);
	let split = cheapest(fits + 2, &[offer, offer], 2).expect("two can");
	assert_eq!(split.iter().sum::<u128>(), fits + 2);
	assert!(split[0].abs_diff(split[1]) <= 1);
}

#[test]
fn dear_pool_sells_where_few_may_and_its_room_is_needed() {
	// The large line is so dear that it sells last.
	let offers = [
		line(400 * UNIT, 5, 4),
		line(420 * UNIT, 5, 4),
		line(2_000 * UNIT, 80, 4),
	];
	let amount = 420 * UNIT;
	let all = cheapest(amount, &offers, 3).expect("there is room");
	assert_eq!(taking(&all), 3);
	assert!(all[2] < all[0]);
	assert_eq!(cheapest(amount, &offers, 2).map(|split| split[0]), Some(0));
	assert_eq!(cheapest(amount, &offers, 1), Some(vec![0, 0, amount]));
}

#[test]
fn part_of_a_full_pool_moves_to_the_smaller_one_that_has_room() {
	let (mut full, mut roomy) = (line(4, 1, 1), line(1_000, 2, 1));
	(full.exposure, roomy.exposure) = (2, 0);
	assert_eq!((full.room(), full.premium(2)), (2, Some(1)));
	assert_eq!((roomy.premium(1), roomy.premium(3)), (Some(1), Some(1)));
	assert_eq!(cheapest(3, &[full, roomy], 2), Some(vec![0, 3]));
}

/// A price may fit where a step on the way to the premium does not.
#[test]
fn what_has_no_premium_is_not_sold_however_cheap() {
	let mut offer = line(MAX_AMOUNT, 0, 1);
	offer.exposure = 0;
	offer.curve.steepness = FixedU128::from_inner(u128::from(u64::MAX) * UNIT);
	let room = offer.room();
	assert_eq!(offer.premium(room), None);
	assert_eq!(cheapest(room, &[offer], 1), None);
	assert_eq!(cheapest(1_000, &[offer], 1), Some(vec![1_000]));
	// However long, and however high the rate.
	offer.curve.steepness = FixedU128::from_u32(1);
	for (rate, seconds) in [
		(FixedU128::from_inner(u128::MAX), YEAR),
		(FixedU128::from_u32(1), u64::MAX),
	] {
		(offer.rate, offer.technical.seconds) = (rate, seconds);
		for bits in 0..=90 {
			let amount = 1 << bits;
			let sold = cheapest(amount, &[offer], 1);
			assert_eq!(
				sold.is_some(),
				offer.premium(amount).is_some(),
				"2^{bits} at {rate} for {seconds} s"
			);
		}
	}
}

#[test]
fn largest_amounts_are_split() {
	let mut offer = line(MAX_AMOUNT, 10_000, 100);
	offer.exposure = 0;
	offer.technical = Technical {
		group: MAX_AMOUNT,
		sum: MAX_AMOUNT,
		free: MAX_AMOUNT,
		probability: FixedU128::from_u32(1),
		load: FixedU128::from_u32(100),
		return_on_capital: Perbill::one(),
		seconds: 1 << 32,
		window: 1 << 32,
		cuts: [Perbill::from_percent(50); 3],
		..offer.technical
	};
	let (third, half) = (MAX_AMOUNT / 3, MAX_AMOUNT / 2);
	for target in [0, 1, 333_333_333, 999_999_999, 1_000_000_000] {
		offer.curve.target = Perbill::from_parts(target);
		assert!(offer.premium(MAX_AMOUNT).is_some());
		let split = cheapest(MAX_AMOUNT, &[offer; 3], 3).expect("there is room");
		assert!(split.iter().all(|part| part.abs_diff(third) <= 1), "{split:?}");
		let split = cheapest(MAX_AMOUNT, &[offer; 3], 2).expect("there is room");
		assert_eq!(split.iter().filter(|part| **part == half).count(), 2);
		assert_eq!(cheapest(MAX_AMOUNT, &[offer], 1), Some(vec![MAX_AMOUNT]));
	}
}

#[test]
fn pools_are_chosen_well_where_not_all_may_sell() {
	// Of one size and another, full and empty, cheap and dear.
	let pool = (
		1_000..1_000_000_u128,
		0..95_u128,
		fixed_percent(1, 20),
		fixed_percent(200, 600),
		0..=20_u32,
	);
	let pool = pool.prop_map(|(size, used, rate, steepness, return_on_capital)| {
		let mut offer = line(size * UNIT, 0, 1);
		offer.exposure = offer.capacity * used / 100;
		offer.rate = rate;
		offer.curve.steepness = steepness;
		offer.technical.probability = FixedU128::from_rational(2, 100);
		offer.technical.return_on_capital = Perbill::from_percent(return_on_capital);
		offer
	});
	let market = (vec(pool, 8), any::<u128>());
	let mut runner = TestRunner::deterministic();
	let (mut tried, mut excess, mut worst) = (0, 0, 0);
	while tried < 200 {
		let (offers, share) = market.new_tree(&mut runner).expect("no filter").current();
		let amount = share % (most_room(&offers, 3) + 1);
		let split = cheapest(amount, &offers, 3).expect("there is room");
		if taking(&cheapest(amount, &offers, 8).expect("there is room")) <= 3 {
			continue;
		}
		let three = (0..8).flat_map(|a| (0..a).flat_map(move |b| (0..b).map(move |c| [a, b, c])));
		let three = three.map(|three| three.map(|at| offers[at]));
		let best = three
			.filter_map(|three| Some(cost(&three, &cheapest(amount, &three, 3)?)))
			.min();
		let best = best.expect("there is room");
		let more = (cost(&offers, &split) - best) * 1_000_000 / best;
		(tried, excess, worst) = (tried + 1, excess + more, worst.max(more));
	}
	println!(
		"dearer than the best choice: {} millionths on average, {worst} at worst",
		excess / tried
	);
	assert!(excess / tried < 5_000);
}

#[test]
fn split_over_32_pools_is_quick() {
	for alike in [false, true] {
		let offers = market(32, alike);
		let room: u128 = offers.iter().map(Offer::room).sum();
		for (share, most) in [(1, 8), (10, 8), (20, 8), (10, 32), (40, 32), (80, 32), (100, 32)] {
			let amount = room / 100 * share;
			let rounds = (0..50).map(|_| {
				let start = Instant::now();
				(
					cheapest(amount, &offers, most).expect("there is room"),
					start.elapsed(),
				)
			});
			let (split, time) = rounds.min_by_key(|(_, time)| *time).expect("some rounds");
			println!(
				"{share} % of the room, at most {most} parts: {}, {time:?}",
				taking(&split)
			);
			check(amount, &offers, most, &split);
		}
	}
}
