//! The cheapest split of a purchase over pools whose prices rise with what they sell.
//!
//! A pool's premium is the larger of two that are convex, each with a price of the next unit that rises in straight
//! lines: so does the price of the larger one, but for a step up where it is the other. Each pool's units thus make a
//! schedule of few straight stretches, and the cheapest split takes from all schedules what costs no more than one price.

use crate::{
	MAX_AMOUNT, YEAR,
	fixed::{BILLION, UNIT, parts, product, quotient},
	pricing::{Curve, Technical, market_premium, net_premium, technical_premium},
};
use alloc::{vec, vec::Vec};
use core::cmp::Ordering;
use primitive_types::{U256, U512};
use sp_arithmetic::FixedU128;

/// What a pool asks for cover on a product, as a function of the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
	/// What the technical premium depends on. Its amount does not count.
	pub technical: Technical,
	/// What the line can hold in all.
	pub capacity: u128,
	/// What the line holds.
	pub exposure: u128,
	/// The line's rate a year at target utilisation.
	pub rate: FixedU128,
	/// How its price depends on utilisation.
	pub curve: Curve,
}

impl Offer {
	/// The most that can be bought.
	pub fn room(&self) -> u128 {
		self.capacity.saturating_sub(self.exposure)
	}

	/// The technical premium of an amount, rounded up.
	pub fn technical(&self, amount: u128) -> Option<u128> {
		technical_premium(&Technical {
			amount,
			..self.technical
		})
	}

	/// The market premium of an amount, rounded up.
	pub fn market(&self, amount: u128) -> Option<u128> {
		market_premium(
			self.capacity,
			self.exposure,
			amount,
			self.rate,
			&self.curve,
			self.technical.seconds,
		)
	}

	/// What is paid for an amount: the larger of both premiums, at least one unit; nothing for nothing.
	pub fn premium(&self, amount: u128) -> Option<u128> {
		match amount {
			0 => Some(0),
			_ => Some(net_premium(self.technical(amount)?, self.market(amount)?)),
		}
	}

	/// How much of `amount` can be bought at a premium that fits its type, and the prices of all of it. `None`: one does not
	/// fit.
	fn units(&self, amount: u128) -> Option<(u128, Schedule)> {
		// No price falls while a line fills. If one did, the cheapest units would not come first.
		if self.curve.steepness.into_inner() < UNIT {
			return None;
		}
		let most = self.room().min(amount);
		// No need to compute a premium that cannot be too large.
		let schedule = || self.schedule(most, LOW_PRICE);
		if let Some(schedule) = self.is_modest().then(schedule).flatten() {
			return Some((most, schedule));
		}
		let limit = last(0, most, |amount| self.premium(amount).is_some());
		Some((limit, self.schedule(limit, U256::MAX.bits())?))
	}

	/// Whether no step on the way to a premium can be too large: the longest, in [`market_premium`], has 505 bits.
	fn is_modest(&self) -> bool {
		let t = &self.technical;
		let amounts = [self.capacity, t.free, t.group, t.sum];
		let prices = [self.rate, self.curve.steepness];
		amounts.iter().all(|amount| *amount <= MAX_AMOUNT)
			&& prices.iter().all(|price| price.into_inner() <= 100 * UNIT)
			&& t.seconds <= 1 << 32
	}

	/// What units add to the technical premium: the terms of [`technical_premium`].
	fn technical_line(&self, bits: u32) -> Option<Line> {
		let t = &self.technical;
		let rho = parts(t.rho);
		let (seconds, window) = (u128::from(t.seconds), u128::from(t.window));
		let tied = |growth: U256| {
			let growth = growth * U256::from(parts(t.return_on_capital));
			growth.full_mul(product(seconds + window, UNIT))
		};
		let loss =
			product(t.probability.into_inner(), t.load.into_inner()).full_mul(product(t.free, seconds));
		let before = product(BILLION - rho, t.group) + product(rho, t.sum);
		let keep: u128 = t.cuts.iter().map(|cut| BILLION - parts(*cut)).product();
		let over = product(t.free, keep).full_mul(U256::from(BILLION * u128::from(YEAR)));
		Some(Line {
			first: price(loss + tied(before * 2 + BILLION), over)?,
			rise: price(tied(U256::from(2 * BILLION) << bits), over)?,
			bits,
		})
	}

	/// What units add to the market premium, the first with its middle at `from` on a part of the curve of this `length`,
	/// both in half billionths of a unit. There the price goes from the rate over `divisor` to `steepness` times that.
	fn market_line(&self, from: U256, length: U256, divisor: u128, bits: u32) -> Option<Line> {
		let steepness = self.curve.steepness.into_inner();
		let rise = (U256::from(2 * BILLION) << bits).full_mul((steepness - UNIT).into());
		Some(Line {
			first: self.market_price(from, length, divisor)?,
			rise: self.priced(rise, length, divisor)?,
			bits,
		})
	}

	/// The price at `from`, as above.
	fn market_price(&self, from: U256, length: U256, divisor: u128) -> Option<U256> {
		let steepness = self.curve.steepness.into_inner();
		let height = (length - from).full_mul(UNIT.into()) + from.full_mul(steepness.into());
		self.priced(height, length, divisor)
	}

	/// A height of the curve over `length`, whose 10^18 stand for the rate over `divisor`, as a price.
	fn priced(&self, height: U512, length: U256, divisor: u128) -> Option<U256> {
		let rate_and_time = product(self.rate.into_inner(), u128::from(self.technical.seconds));
		let scaled = match U256::try_from(height) {
			Ok(height) => height.full_mul(rate_and_time),
			Err(_) => height.checked_mul(rate_and_time.into())?,
		};
		price(scaled, length.full_mul(product(UNIT * u128::from(YEAR), divisor)))
	}

	/// The prices of all units up to a limit. `None`: one has more bits than `most`, or does not fit, with inputs beyond
	/// `MAX_AMOUNT`.
	fn schedule(&self, limit: u128, most: usize) -> Option<Schedule> {
		let within = |line: Line| (line.first.max(line.rise).bits() <= most).then_some(line);
		// In half billionths the kink and the middle of a unit, where its price is its average one, are whole numbers.
		let unit = U256::from(2 * BILLION);
		let end = |units: u128| (U256::from(self.exposure) + U256::from(units)) * unit;
		let middle = |start: u128| end(start) + unit / 2;
		let kink = product(self.capacity, 2 * parts(self.curve.target));
		let full = product(self.capacity, 2 * BILLION);
		let steepness = self.curve.steepness.into_inner();
		// Units that end at or before the kink: no more than the capacity.
		let below = (kink / unit).low_u128().saturating_sub(self.exposure).min(limit);
		let mut above = below;
		let mut schedule = Schedule::default();
		let technical = within(self.technical_line(bits(limit))?)?;
		if below > 0 {
			let technical = technical.part(0, below);
			let market = within(self.market_line(middle(0), kink, steepness, technical.bits)?)?;
			schedule.add_dearer(technical, market, below);
		}
		if below < limit && end(below) < kink {
			// The middle of the unit that the kink is in is not its average: either side of the kink has its own.
			above += 1;
			let technical = technical.part(below, 1);
			let (before, after) = (kink - end(below), end(above) - kink);
			let cheaper = self.market_price(kink - before / 2, kink, steepness)?;
			let dearer = self.market_price(after / 2, full - kink, UNIT)?;
			let both = cheaper.full_mul(before) + dearer.full_mul(after);
			let market = within(Line {
				first: U256::try_from(quotient(both, unit.into())?).ok()?,
				rise: U256::zero(),
				bits: technical.bits,
			})?;
			schedule.add_dearer(technical, market, 1);
		}
		if above < limit {
			let technical = technical.part(above, limit - above);
			let market =
				within(self.market_line(middle(above) - kink, full - kink, UNIT, technical.bits)?)?;
			schedule.add_dearer(technical, market, limit - above);
		}
		Some(schedule)
	}
}

/// Fractional bits of a unit's price. Up to `MAX_AMOUNT` their error in a premium is below 2^-7.
const PRICE_BITS: u32 = 100;

/// Bits of prices so low that `MAX_AMOUNT` at twice the highest of them, 2^127, is a premium that fits.
const LOW_PRICE: usize = PRICE_BITS as usize + 36;

/// A price, `n / d`, rounded down. `None`: does not fit.
fn price(n: U512, d: U512) -> Option<U256> {
	if n.leading_zeros() < PRICE_BITS {
		return None;
	}
	U256::try_from(quotient(n << PRICE_BITS, d)?).ok()
}

/// How many bits a number has.
fn bits(x: u128) -> u32 {
	u128::BITS - x.leading_zeros()
}

/// The last number, up to `to`, for which something holds: it does for `from`, and for none after the first for which it
/// does not.
fn last(mut from: u128, mut to: u128, holds: impl Fn(u128) -> bool) -> u128 {
	if holds(to) {
		return to;
	}
	while to - from > 1 {
		let middle = from + (to - from) / 2;
		if holds(middle) {
			from = middle;
		} else {
			to = middle;
		}
	}
	from
}

/// A price times a number of units, which for most assets is one of 64 bits: that is quicker.
fn times(price: U256, units: u128) -> U256 {
	match u64::try_from(units) {
		Ok(units) => price * units,
		Err(_) => price * U256::from(units),
	}
}

/// Prices of one unit after another, in a straight line that does not fall.
///
/// Of no more units than have `bits`, all of which cost less than 2^128, so that no product here has more than 232 bits.
#[derive(Clone, Copy, Debug)]
struct Line {
	/// Price of the first unit.
	first: U256,
	/// By how much the price rises over `2^bits` units.
	rise: U256,
	bits: u32,
}

impl Line {
	/// The units after the first `from`, as a line of so many.
	fn part(&self, from: u128, units: u128) -> Self {
		let bits = bits(units);
		Self {
			first: self.after(from),
			rise: self.rise >> (self.bits - bits),
			bits,
		}
	}

	/// Price of the unit after so many.
	fn after(&self, units: u128) -> U256 {
		self.first + (times(self.rise, units) >> self.bits)
	}

	/// Price of the first units together.
	fn total(&self, units: u128) -> U256 {
		let average = self.first + (times(self.rise, units.saturating_sub(1)) >> (self.bits + 1));
		times(average, units)
	}

	/// How many of the first `units` come before the line that began lower is the higher one. Both have the same bits.
	fn until_crossing(&self, other: &Self, units: u128) -> u128 {
		let (low, high) = if self.first < other.first {
			(self, other)
		} else {
			(other, self)
		};
		let gap = (high.first - low.first) << self.bits;
		let before = gap.checked_div(low.rise.saturating_sub(high.rise));
		before.map_or(units, |before| (before + 1).min(units.into()).low_u128())
	}
}

/// Some units on a line.
struct Stretch {
	line: Line,
	units: u128,
	/// Price of the last unit.
	last: U256,
}

impl Stretch {
	/// How many units cost no more than a price, as [`Line::after`] rounds it.
	fn supply(&self, price: U256) -> u128 {
		if price >= self.last {
			return self.units;
		}
		price.checked_sub(self.line.first).map_or(0, |above| {
			// A line that does not rise ends where it begins.
			let steps = ((above + 1) << self.line.bits) + self.line.rise - 1;
			(steps / self.line.rise).low_u128()
		})
	}
}

/// A pool's units, each no cheaper than those before.
#[derive(Default)]
struct Schedule {
	stretches: Vec<Stretch>,
	/// The technical and the market premium of all units.
	premiums: (U256, U256),
}

impl Schedule {
	/// Adds the units of a line that come after the first `from`, up to the first `to`.
	fn add(&mut self, mut line: Line, from: u128, to: u128) {
		if from < to {
			let units = to - from;
			// The rounding of prices must not make one fall.
			let before = self.stretches.last().map_or(U256::zero(), |stretch| stretch.last);
			line.first = line.after(from).max(before);
			let last = line.after(units - 1);
			self.stretches.push(Stretch { line, units, last });
		}
	}

	/// Adds units with their lines for both premiums: the larger of these counts.
	fn add_dearer(&mut self, technical: Line, market: Line, units: u128) {
		let before = self.premiums;
		let premiums = |units| (before.0 + technical.total(units), before.1 + market.total(units));
		let compare = |(technical, market): (U256, U256)| technical.cmp(&market);
		let premium = |units| {
			let (technical, market) = premiums(units);
			technical.max(market)
		};
		let dearer = |ordering: Ordering| if ordering.is_lt() { market } else { technical };
		let crossing = technical.until_crossing(&market, units);
		let mut from = 0;
		// Before the lines cross and after it, what is between both premiums only grows or only shrinks.
		for to in [crossing, units] {
			let at_end = premiums(to);
			let at_start = compare(self.premiums).then(compare(at_end));
			let swap = if compare(at_end) == at_start {
				to
			} else {
				last(from, to, |units| compare(premiums(units)) == at_start)
			};
			self.add(dearer(at_start), from, swap);
			if swap < to {
				// The unit in which the other premium becomes the larger one has some of both.
				let line = Line {
					first: premium(swap + 1).saturating_sub(premium(swap)),
					rise: U256::zero(),
					bits: 0,
				};
				self.add(line, 0, 1);
				self.add(dearer(compare(at_end)), swap + 1, to);
			}
			(from, self.premiums) = (to, at_end);
			if to == units {
				break;
			}
		}
	}

	/// How many units cost no more than a price.
	fn supply(&self, price: U256) -> u128 {
		self.stretches.iter().map(|stretch| stretch.supply(price)).sum()
	}

	/// What the first units cost.
	fn cost(&self, mut units: u128) -> U256 {
		let each = self.stretches.iter().map(|stretch| {
			let sold = units.min(stretch.units);
			units -= sold;
			stretch.line.total(sold)
		});
		each.fold(U256::zero(), |sum, cost| sum + cost)
	}

	/// The price of the unit after so many.
	fn next(&self, mut units: u128) -> Option<U256> {
		for stretch in &self.stretches {
			if units < stretch.units {
				return Some(stretch.line.after(units));
			}
			units -= stretch.units;
		}
		None
	}
}

/// How many of those at the beginning something holds for: it does for none after the first for which it does not. `guess`
/// is looked at first.
fn leading<T>(all: &[T], guess: usize, holds: impl Fn(&T) -> bool) -> usize {
	match (all[..guess].split_last(), all[guess..].split_first()) {
		(Some((before, rest)), _) if !holds(before) => rest.partition_point(holds),
		(_, Some((after, rest))) if holds(after) => guess + 1 + rest.partition_point(holds),
		_ => guess,
	}
}

/// The cheapest units of all schedules. `prices` are those at which stretches begin or end, in order, and about so many of
/// them as `guess` says are below that of the dearest unit sold. `None`: there are not so many units.
fn fill(amount: u128, schedules: &[&Schedule], prices: &[U256], guess: usize) -> Option<Vec<u128>> {
	let supply = |price| {
		let units = schedules
			.iter()
			.map(|schedule| U256::from(schedule.supply(price)));
		units.fold(U256::zero(), |sum, units| sum + units)
	};
	let above = leading(prices, guess, |price| supply(*price) <= amount.into());
	let low = above.checked_sub(1).and_then(|at| prices.get(at)).copied();
	let price = low.zip(prices.get(above)).map(|(low, high)| {
		// No stretch begins or ends between both, so that supply rises in a straight line, but for what is rounded: two
		// units of each schedule, and what one step of the price adds.
		let (sold, span) = (supply(low), *high - low - 1);
		let units = supply(low + span) - sold;
		let need = (U256::from(amount) - sold).saturating_sub((2 * schedules.len()).into());
		if units <= need {
			return low + span;
		}
		let part = quotient(span.full_mul(need), units.into()).and_then(|part| U256::try_from(part).ok());
		low + part.unwrap_or_default().saturating_sub(U256::one())
	});
	let mut parts = match price.or(low) {
		Some(price) => schedules.iter().map(|schedule| schedule.supply(price)).collect(),
		None => vec![0; schedules.len()],
	};
	// What is left is a few units of each, or all at one price.
	let mut left = parts.iter().fold(amount, |left, part| left.saturating_sub(*part));
	let next = schedules
		.iter()
		.zip(&parts)
		.map(|(schedule, part)| schedule.next(*part));
	let mut next: Vec<_> = next.collect();
	while left > 0 {
		let each = next.iter().enumerate();
		// Of equals one that sells already.
		let each = each.filter_map(|(at, next)| next.map(|price| (price, parts[at] == 0, at)));
		let (price, _, at) = each.min()?;
		let units = schedules[at].supply(price).saturating_sub(parts[at]).min(left);
		left -= units;
		parts[at] += units;
		next[at] = schedules[at].next(parts[at]);
	}
	Some(parts)
}

/// Bits of a price and of an amount in rough numbers: so few that their product has 64, which wasm divides at once.
const ROUGH_BITS: u32 = 32;
/// In how many halvings the price is found at which so many pools sell enough.
const SEARCH_STEPS: u32 = 16;

/// Some units on a line, in rough numbers.
struct Rough {
	first: u64,
	last: u64,
	units: u64,
}

impl Rough {
	/// Twice what is gained by selling the units that cost no more than a price, and how many they are.
	fn surplus(&self, price: u64) -> (u128, u64) {
		if price >= self.last {
			let above = (price - self.first) + (price - self.last);
			return (u128::from(self.units) * u128::from(above), self.units);
		}
		let above = price.saturating_sub(self.first);
		let units = (self.units * above)
			.checked_div(self.last - self.first)
			.unwrap_or(0);
		(u128::from(units * above), units)
	}
}

/// All schedules in rough numbers, to find out where to look.
struct Outline {
	schedules: Vec<Vec<Rough>>,
	amount: u64,
	highest: u64,
	price_bits: u32,
}

impl Outline {
	fn new(amount: u128, schedules: &[Schedule], prices: &[U256]) -> Self {
		let highest = prices.last().copied().unwrap_or_default();
		let price_bits = (highest.bits() as u32).saturating_sub(ROUGH_BITS);
		let amount_bits = bits(amount).saturating_sub(ROUGH_BITS);
		let rough = |stretch: &Stretch| Rough {
			first: (stretch.line.first >> price_bits).low_u64(),
			last: (stretch.last >> price_bits).low_u64(),
			// More than the amount nobody sells.
			units: (stretch.units >> amount_bits) as u64,
		};
		let each = schedules
			.iter()
			.map(|schedule| schedule.stretches.iter().map(rough).collect());
		Self {
			schedules: each.collect(),
			amount: (amount >> amount_bits) as u64,
			highest: (highest >> price_bits).low_u64(),
			price_bits,
		}
	}

	/// What a schedule gains at a price, and how many units it sells.
	fn surplus(&self, at: usize, price: u64) -> (u128, u64) {
		let each = self.schedules[at].iter().map(|stretch| stretch.surplus(price));
		each.fold((0, 0), |(gain, units), each| (gain + each.0, units + each.1))
	}

	/// How many of the prices, which are in order, are below that at which some schedules sell the amount.
	fn below_clearing(&self, prices: &[U256], some: impl IntoIterator<Item = usize> + Clone) -> usize {
		prices.partition_point(|price| {
			let price = (*price >> self.price_bits).low_u64();
			let units = some.clone().into_iter().map(|at| self.surplus(at, price).1);
			units.sum::<u64>() <= self.amount
		})
	}

	/// The `most` pools with the largest surplus at the least price at which these sell the amount. Were it just the
	/// amount, no other pools, so many, could sell it for less. Those chosen are the best but for what rough numbers leave
	/// out.
	fn best(&self, most: usize) -> Vec<usize> {
		let best = |price| {
			let each = (0..self.schedules.len()).map(|at| (self.surplus(at, price), at));
			let mut best: Vec<_> = each.collect();
			best.sort_unstable_by(|a, b| b.cmp(a));
			best.truncate(most);
			best
		};
		let enough = |price| best(price).into_iter().map(|((_, units), _)| units).sum::<u64>() >= self.amount;
		let (mut low, mut high) = (0, self.highest);
		// However dear, those with most units have the largest surplus in the end.
		for _ in 0..SEARCH_STEPS {
			if enough(high) {
				break;
			}
			(low, high) = (high, high * 2 + 1);
		}
		while high - low > (high >> SEARCH_STEPS).max(1) {
			let middle = low + (high - low) / 2;
			if enough(middle) {
				high = middle;
			} else {
				low = middle;
			}
		}
		best(high).into_iter().map(|(_, at)| at).collect()
	}
}

/// The pools to sell an amount where no more than `most` may: the best as far as rough numbers tell, unless these have too
/// few units. Those with most have enough.
fn choose(amount: u128, outline: &Outline, limits: &[u128], most: usize) -> Vec<usize> {
	let mut chosen = outline.best(most);
	if chosen.iter().map(|at| limits[*at]).fold(0, u128::saturating_add) < amount {
		chosen = (0..limits.len()).collect();
		chosen.sort_unstable_by_key(|at| core::cmp::Reverse(limits[*at]));
		chosen.truncate(most);
	}
	chosen
}

/// Where there are parts, the smallest first.
fn by_size(parts: &[u128]) -> Vec<usize> {
	let mut order: Vec<_> = (0..parts.len()).filter(|at| parts[*at] > 0).collect();
	order.sort_by_key(|at| parts[*at]);
	order
}

/// By how much more than its units cost, in whole units, a part is at most worth moving: it is rounded up, and so is what it
/// is moved to.
const ROUNDING: u8 = 3;

/// Moves parts, the smallest first, to where they cost no more: each part that is left pays for its rounding.
fn merge(offers: &[Offer], schedules: &[Schedule], parts: &mut [u128]) {
	let next = schedules.iter().zip(parts.iter());
	let mut next: Vec<_> = next.map(|(schedule, part)| schedule.next(*part)).collect();
	for from in by_size(parts) {
		let moved = parts[from];
		let worth = schedules[from].cost(moved) + (U256::from(ROUNDING) << PRICE_BITS);
		// Prices do not fall: most moves need no premium to be told too dear.
		let others = (0..parts.len()).filter(|to| *to != from && parts[*to] > 0);
		let others = others.filter_map(|to| Some((next[to]?, to)));
		let is_dear = |price: U256| price.full_mul(moved.into()) > worth.into();
		if others.clone().min().is_none_or(|(least, _)| is_dear(least)) {
			continue;
		}
		let moves = others.filter_map(|(price, to)| {
			if is_dear(price) {
				return None;
			}
			let premium = offers[to].premium(parts[to].checked_add(moved)?)?;
			let added = premium - offers[to].premium(parts[to])?;
			(added <= offers[from].premium(moved)?).then_some((added, to))
		});
		if let Some((_, to)) = moves.min() {
			(parts[to], parts[from]) = (parts[to] + moved, 0);
			next[to] = schedules[to].next(parts[to]);
		}
	}
}

/// Splits `amount` over offers so that the sum of their premiums is the least, with no more than `most` parts. Returns a
/// part for each offer, zero for those that take none.
///
/// With amounts up to `MAX_AMOUNT`, no split costs less by more than a unit for each part, which is what the rounding of
/// premiums makes out. A split into few parts is preferred to one into more that costs the same. Where more than `most`
/// would take part, those are chosen that sell most profitably at a common price, and the amount is split over them as
/// above: mostly the best choice, but not always.
///
/// An offer sells no more than has a premium, and nothing at a steepness below 1. `None`: no `most` offers have so much
/// to sell.
pub fn cheapest(amount: u128, offers: &[Offer], most: usize) -> Option<Vec<u128>> {
	// Where a price does not fit, nothing is sold.
	let units = |offer: &Offer| offer.units(amount).unwrap_or_default();
	let (limits, schedules): (Vec<_>, Vec<_>) = offers.iter().map(units).unzip();
	let mut largest = limits.clone();
	largest.sort_unstable_by(|a, b| b.cmp(a));
	if largest.into_iter().take(most).fold(0, u128::saturating_add) < amount {
		return None;
	}
	let stretches = schedules.iter().flat_map(|schedule| &schedule.stretches);
	let mut prices: Vec<_> = stretches
		.flat_map(|stretch| [stretch.line.first, stretch.last])
		.collect();
	prices.sort_unstable();
	let outline = Outline::new(amount, &schedules, &prices);
	let all: Vec<_> = schedules.iter().collect();
	let mut parts = fill(
		amount,
		&all,
		&prices,
		outline.below_clearing(&prices, 0..schedules.len()),
	)?;
	merge(offers, &schedules, &mut parts);
	if by_size(&parts).len() > most {
		let chosen = choose(amount, &outline, &limits, most);
		let none = Schedule::default();
		let mut some = vec![&none; schedules.len()];
		for at in &chosen {
			some[*at] = &schedules[*at];
		}
		parts = fill(
			amount,
			&some,
			&prices,
			outline.below_clearing(&prices, chosen.iter().copied()),
		)?;
		merge(offers, &schedules, &mut parts);
	}
	Some(parts)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use sp_arithmetic::Perbill;

	/// Up to twenty units, dear enough that whole units of what is paid tell all prices apart.
	fn offer() -> impl Strategy<Value = Offer> {
		let books = (1..=20_u128, 0..=20_u128, 0..=20_u128, 0..=20_u128, 1..=60_u128);
		let prices = (0..=1_u128 << 27, 0..=1_u128 << 27, 10..=60_u128);
		(books, prices, 1..=99_u32, 0..=100_u32).prop_map(|(books, prices, target, rho)| {
			let (room, exposure, group, others, free) = books;
			let (probability, rate, steepness) = prices;
			Offer {
				technical: Technical {
					amount: 0,
					group,
					sum: group + others,
					free,
					probability: FixedU128::from_u32(1),
					load: FixedU128::from_inner(probability * UNIT),
					return_on_capital: Perbill::one(),
					rho: Perbill::from_percent(rho),
					seconds: YEAR,
					window: 1_000_000 * YEAR,
					cuts: Default::default(),
				},
				capacity: exposure + room,
				exposure,
				rate: FixedU128::from_inner(rate * UNIT),
				curve: Curve {
					target: Perbill::from_percent(target),
					steepness: FixedU128::from_rational(steepness, 10),
				},
			}
		})
	}

	/// A line whose prices, and their averages, are whole numbers.
	fn line() -> impl Strategy<Value = Line> {
		(0..=200_u64, 0..=10_u64).prop_map(|(first, rise)| Line {
			first: first.into(),
			rise: U256::from(2 * rise) << 6,
			bits: 6,
		})
	}

	proptest! {
		#![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..Default::default() })]

		#[test]
		fn units_of_a_schedule_cost_the_premium(offer in offer()) {
			let room = offer.room();
			let schedule = offer.schedule(room, LOW_PRICE).expect("small");
			for units in 1..=room {
				let cost = U256::from(offer.premium(units).expect("small")) << PRICE_BITS;
				let off = cost.max(schedule.cost(units)) - cost.min(schedule.cost(units));
				// Premiums are rounded up, or a unit at least.
				prop_assert!(off <= U256::from(2) << PRICE_BITS, "{units} units are off by {}", off >> PRICE_BITS);
			}
		}

		#[test]
		fn the_larger_of_two_premiums_counts_at_every_unit(
			lines in (line(), line()), before in (0..=400_u64, 0..=400_u64), units in 1..=40_u128,
		) {
			let (technical, market) = lines;
			let mut schedule = Schedule { premiums: (before.0.into(), before.1.into()), ..Default::default() };
			let larger = |units| {
				(U256::from(before.0) + technical.total(units)).max(U256::from(before.1) + market.total(units))
			};
			schedule.add_dearer(technical, market, units);
			for sold in 0..=units {
				prop_assert_eq!(schedule.cost(sold), larger(sold) - larger(0), "of {} units", sold);
			}
		}

		#[test]
		fn supply_is_of_the_units_that_cost_no_more(line in line(), fine in 0..64_u64, units in 1..=40_u128) {
			let line = Line { rise: line.rise + fine, ..line };
			let stretch = Stretch { line, units, last: line.after(units - 1) };
			for price in 0..=1_000_u64 {
				let counted = (0..units).filter(|unit| line.after(*unit) <= price.into()).count();
				prop_assert_eq!(stretch.supply(price.into()), counted as u128);
			}
		}
	}

	#[test]
	fn prices_that_do_not_fit_are_none() {
		let high = U512::one() << (511 - PRICE_BITS as usize);
		assert!(price(high, high).is_some_and(|price| price == U256::one() << PRICE_BITS));
		for bits in 1..=PRICE_BITS as usize {
			assert_eq!(price(high << bits, high), None);
		}
	}

	#[test]
	fn leading_ones_are_counted_from_any_guess() {
		for (length, count) in (0..6).flat_map(|length| (0..=length).map(move |count| (length, count))) {
			let all: Vec<_> = (0..length).map(|at| at < count).collect();
			for guess in 0..=length {
				assert_eq!(leading(&all, guess, |one| *one), count, "{all:?} from {guess}");
			}
		}
	}

	#[test]
	fn pools_are_chosen_by_what_the_amount_costs_there() {
		let schedule = |units, price: u8| {
			let line = Line {
				first: U256::from(price) << PRICE_BITS,
				rise: U256::zero(),
				bits: bits(units),
			};
			let mut schedule = Schedule::default();
			schedule.add(line, 0, units);
			schedule
		};
		// The cheapest has too little, and the largest is dearer than one that has just enough.
		let limits = [60, 100, 101];
		let schedules = [schedule(60, 1), schedule(100, 10), schedule(101, 11)];
		let prices = [1, 10, 11].map(|price| U256::from(price) << PRICE_BITS);
		let outline = Outline::new(100, &schedules, &prices);
		assert_eq!(choose(100, &outline, &limits, 1), [1]);
	}
}
