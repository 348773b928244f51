//! What happens to a world whatever anybody does in it: who wants cover, what fails, what is rumoured, what comes back.
//!
//! All of it is drawn from the seed before the world begins, so that each market is put to the same test.

use crate::random::Random;
use lutine_math::pricing::{Risk, loss_probability};
use lutine_primitives::{Balance, insurance::RiskClass, parameters::Pricing};
use sp_runtime::{FixedU128, traits::One};

/// A dollar in the smallest unit.
pub const DOLLAR: Balance = 1_000_000;
/// Days in which cover is sold.
pub const SALES: u32 = 365;
/// The longest period, in days.
pub const LONGEST: u32 = 180;
/// The first day on which no policy is in force any more.
pub const OVER: u32 = SALES + LONGEST + 1;
/// When everything is paid and everybody has left.
pub const END: u32 = 760;
/// After an incident the product has none for so long.
const QUIET: u32 = 60;

/// How much a pool dares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Appetite {
	/// Writes up to a tenth of its capital on each product.
	Safe,
	/// Up to three tenths.
	Average,
	/// Up to eight tenths: in all, nineteen times its capital.
	Greedy,
}

impl Appetite {
	/// All of them.
	pub const ALL: [Self; 3] = [Self::Safe, Self::Average, Self::Greedy];

	/// The weight of each of its lines, in percent of capital.
	pub fn weight(self) -> u32 {
		match self {
			Self::Safe => 10,
			Self::Average => 30,
			Self::Greedy => 80,
		}
	}

	/// As tables name it.
	pub fn name(self) -> &'static str {
		match self {
			Self::Safe => "safe",
			Self::Average => "average",
			Self::Greedy => "greedy",
		}
	}
}

/// The pools. Each has a line on every product.
pub const POOLS: [Appetite; 6] = [
	Appetite::Safe,
	Appetite::Safe,
	Appetite::Average,
	Appetite::Average,
	Appetite::Greedy,
	Appetite::Greedy,
];
/// What a pool begins with: that of underwriters who stay, and that of underwriters who run.
pub const CAPITAL: [Balance; 2] = [7_000_000 * DOLLAR, 3_000_000 * DOLLAR];

/// All classes, with the part of cover that was lost a year in ten years of exploits, in percent (`docs/replays.md`).
pub const CLASSES: [(RiskClass, f64); 8] = [
	(RiskClass::Lending, 0.78),
	(RiskClass::Exchange, 0.45),
	(RiskClass::Staking, 0.18),
	(RiskClass::Stablecoin, 0.19),
	(RiskClass::Bridge, 2.19),
	(RiskClass::Custody, 2.06),
	(RiskClass::Yield, 1.07),
	(RiskClass::Other, 5.35),
];
/// Products of each class. They have two audits, one and none, and are wanted three, two and one times as much.
const TIERS: usize = 3;
/// How many products there are.
pub const PRODUCTS: usize = CLASSES.len() * TIERS;
/// How many products depend on the same thing.
const GROUPS: [usize; 9] = [4, 4, 4, 3, 3, 2, 2, 1, 1];

/// An insurable thing.
#[derive(Clone, Copy, Debug)]
pub struct Product {
	/// Its class.
	pub class: RiskClass,
	/// Its risk group, counted from 0.
	pub group: usize,
	/// Its audits.
	pub audits: u32,
	/// The probability of losing everything within a year that the chain lists it with.
	pub probability: FixedU128,
	/// The part of its cover that was lost a year by products of its class.
	pub historical: f64,
}

/// The base probability of a class.
fn base_of(class: RiskClass, pricing: &Pricing) -> sp_runtime::Perbill {
	match class {
		RiskClass::Lending => pricing.base_lending,
		RiskClass::Exchange => pricing.base_exchange,
		RiskClass::Staking => pricing.base_staking,
		RiskClass::Stablecoin => pricing.base_stablecoin,
		RiskClass::Bridge => pricing.base_bridge,
		RiskClass::Custody => pricing.base_custody,
		RiskClass::Yield => pricing.base_yield,
		RiskClass::Other => pricing.base_other,
	}
}

/// What the chain says a product's probability of loss is.
pub fn probability(
	class: RiskClass,
	audits: u32,
	quiet: u64,
	past: FixedU128,
	pricing: &Pricing,
) -> FixedU128 {
	let risk = Risk {
		base: base_of(class, pricing),
		unaudited_factor: pricing.unaudited_factor,
		audit_factor: pricing.audit_factor,
		max_audits: pricing.max_audits,
		track_step: pricing.track_step,
		track_discount: pricing.track_discount,
		track_floor: pricing.track_floor,
		low: pricing.min_probability,
		high: pricing.max_probability,
	};
	loss_probability(&risk, audits, quiet, past, FixedU128::one())
}

/// The products of every world.
pub fn products() -> Vec<Product> {
	let groups: Vec<usize> = GROUPS
		.iter()
		.enumerate()
		.flat_map(|(group, size)| std::iter::repeat_n(group, *size))
		.collect();
	(0..PRODUCTS)
		.map(|number| {
			let (class, historical) = CLASSES[number % CLASSES.len()];
			let audits = (TIERS - 1 - number / CLASSES.len()) as u32;
			Product {
				class,
				// Each group has several classes: five has no divisor with their number in common.
				group: groups[number * 5 % PRODUCTS],
				audits,
				probability: probability(class, audits, 0, FixedU128::default(), &Pricing::default()),
				historical: historical / 100.0,
			}
		})
		.collect()
}

/// How often things fail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Frequency {
	/// As often as in ten years of exploits.
	Historical,
	/// So many times as often as the chain's own price says.
	Priced(f64),
	/// The same, and whatever fails takes all that depends on the same with it, and three things that do not.
	Together(f64),
}

impl Frequency {
	/// Those that are simulated.
	pub const ALL: [Self; 6] = [
		Self::Historical,
		Self::Priced(1.0),
		Self::Priced(2.0),
		Self::Priced(4.0),
		Self::Priced(8.0),
		Self::Together(4.0),
	];
	/// Those of them that make a series: all but the last.
	pub const PLOTTED: usize = 5;

	/// As tables name it.
	pub fn name(self) -> String {
		match self {
			Self::Historical => "historical".into(),
			Self::Priced(times) => format!("priced ×{times:.0}"),
			Self::Together(times) => format!("priced ×{times:.0}, together"),
		}
	}

	/// The part of a product's cover that is lost a year.
	fn loss(self, product: &Product) -> f64 {
		match self {
			Self::Historical => product.historical,
			Self::Priced(times) | Self::Together(times) => product.probability.to_float() * times,
		}
	}
}

/// What can be changed about all worlds. The defaults are what the document tells of.
#[derive(Clone, Copy, Debug)]
pub struct Assumptions {
	/// How often things fail.
	pub frequency: Frequency,
	/// Purchases that are wanted in the year, on average.
	pub purchases: f64,
	/// The median of what is wanted to be insured by one of them, in dollars, and the deviation of its logarithm.
	pub amount: (f64, f64),
	/// The median of what is paid at most for it, in probabilities of loss at listing, and the same deviation.
	pub willing: (f64, f64),
	/// Purchases by who knows that a product is about to fail, on average for each that does.
	pub insiders: f64,
	/// How probable it is that others who depend on the same are asked whether they fail too, and that each then does.
	pub contagion: (f64, f64),
	/// How probable it is that three things that have nothing in common fail with it.
	pub disaster: f64,
	/// How probable it is that there are rumours before it is known.
	pub rumours: f64,
	/// False rumours in a year, on average.
	pub false_rumours: f64,
	/// How probable it is that something comes back.
	pub recoveries: f64,
}

impl Assumptions {
	/// The defaults at a frequency.
	pub fn at(frequency: Frequency) -> Self {
		let (contagion, disaster) = match frequency {
			Frequency::Historical | Frequency::Priced(_) => ((0.2, 0.5), 0.05),
			Frequency::Together(_) => ((1.0, 1.0), 1.0),
		};
		Self {
			frequency,
			purchases: 700.0,
			amount: (1_100_000.0, 0.9),
			willing: (4.0, 0.5),
			insiders: 1.5,
			contagion,
			disaster,
			rumours: 0.6,
			false_rumours: 3.0,
			recoveries: 0.15,
		}
	}
}

/// Somebody wants cover.
#[derive(Clone, Debug)]
pub struct Purchase {
	/// On which product.
	pub product: usize,
	/// How much.
	pub amount: Balance,
	/// For how many days.
	pub days: u32,
	/// What they pay at most, a year, as a part of it. Who knows what will happen pays anything.
	pub most: Option<f64>,
}

/// Something fails.
#[derive(Clone, Debug)]
pub struct Failure {
	/// Which product.
	pub product: usize,
	/// On which day it is reported; it happened six hours before.
	pub day: u32,
	/// How much of what was insured is lost, in percent.
	pub percent: u8,
	/// How much of what was paid comes back.
	pub recovered: Option<f64>,
}

/// All that is drawn for a world.
#[derive(Clone, Debug, Default)]
pub struct Scenario {
	/// By day.
	pub purchases: Vec<Vec<Purchase>>,
	/// In the order of days.
	pub failures: Vec<Failure>,
	/// Days and products, in the order of days.
	pub rumours: Vec<(u32, usize)>,
}

impl Scenario {
	/// Draws a world.
	pub fn draw(seed: u64, assumptions: &Assumptions) -> Self {
		let products = products();
		let mut scenario = Self {
			purchases: vec![vec![]; OVER as usize],
			..Default::default()
		};
		scenario.draw_failures(&mut Random::new(seed, 1), &products, assumptions);
		scenario.draw_purchases(&mut Random::new(seed, 2), &products, assumptions);
		scenario.draw_insiders(&mut Random::new(seed, 3), assumptions);
		scenario.draw_rumours(&mut Random::new(seed, 4), assumptions);
		scenario
	}

	fn draw_failures(&mut self, random: &mut Random, products: &[Product], assumptions: &Assumptions) {
		let mut drawn = vec![];
		let days = f64::from(OVER);
		for (first, rate) in first_failures(products, assumptions).into_iter().enumerate() {
			for _ in 0..random.poisson(rate * days / 365.25) {
				let day = 1 + random.below(OVER as usize - 1) as u32;
				let mut hit = vec![first];
				if random.chance(assumptions.contagion.0) {
					hit.extend((0..products.len()).filter(|other| {
						*other != first
							&& products[*other].group == products[first].group
							&& random.chance(assumptions.contagion.1)
					}));
				}
				if random.chance(assumptions.disaster) {
					let mut strangers: Vec<_> = (0..products.len())
						.filter(|other| products[*other].group != products[first].group)
						.collect();
					for _ in 0..3 {
						hit.push(strangers.swap_remove(random.below(strangers.len())));
					}
				}
				for product in hit {
					drawn.push(Failure {
						product,
						day,
						percent: 20 + 10 * random.below(9) as u8,
						recovered: random
							.chance(assumptions.recoveries)
							.then(|| 0.1 + 0.8 * random.unit()),
					});
				}
			}
		}
		drawn.sort_by_key(|failure| failure.day);
		for failure in drawn {
			let before = self
				.failures
				.iter()
				.rev()
				.find(|before| before.product == failure.product);
			if before.is_none_or(|before| before.day + QUIET <= failure.day) {
				self.failures.push(failure);
			}
		}
	}

	fn draw_purchases(&mut self, random: &mut Random, products: &[Product], assumptions: &Assumptions) {
		let wanted: Vec<f64> = (0..products.len())
			.map(|number| (TIERS - number / CLASSES.len()) as f64)
			.collect();
		for day in 0..SALES as usize {
			for _ in 0..random.poisson(assumptions.purchases / f64::from(SALES)) {
				let product = random.weighted(&wanted);
				let (median, sigma) = assumptions.willing;
				let most = products[product].probability.to_float() * random.log_normal(median, sigma);
				let purchase = Purchase {
					product,
					amount: amount(random, assumptions),
					days: [30, 90, LONGEST][random.weighted(&[0.4, 0.4, 0.2])],
					most: Some(most),
				};
				self.purchases[day].push(purchase);
			}
		}
	}

	/// Some know up to twenty days before; the waiting period of seven days is there for those who know late.
	fn draw_insiders(&mut self, random: &mut Random, assumptions: &Assumptions) {
		for failure in &self.failures {
			for _ in 0..random.poisson(assumptions.insiders) {
				let before = random.below(21) as u32;
				let purchase = Purchase {
					product: failure.product,
					amount: amount(random, assumptions),
					days: 30,
					most: None,
				};
				match failure.day.checked_sub(before) {
					Some(day) if day < SALES => self.purchases[day as usize].push(purchase),
					_ => {}
				}
			}
		}
	}

	fn draw_rumours(&mut self, random: &mut Random, assumptions: &Assumptions) {
		for failure in &self.failures {
			let before = 1 + random.below(20) as u32;
			if random.chance(assumptions.rumours) && failure.day > before {
				self.rumours.push((failure.day - before, failure.product));
			}
		}
		for _ in 0..random.poisson(assumptions.false_rumours) {
			self.rumours
				.push((random.below(SALES as usize) as u32, random.below(PRODUCTS)));
		}
		self.rumours.sort_unstable();
	}
}

/// What somebody wants to insure.
fn amount(random: &mut Random, assumptions: &Assumptions) -> Balance {
	let (median, sigma) = assumptions.amount;
	let dollars = random.log_normal(median, sigma).clamp(50_000.0, 8_000_000.0);
	dollars as Balance * DOLLAR
}

/// How often each product is the first to fail, a year, so that with those that others take with them as much is lost as is
/// assumed. A failure takes six tenths on average.
fn first_failures(products: &[Product], assumptions: &Assumptions) -> Vec<f64> {
	let all = 0..products.len();
	let aims: Vec<f64> = products
		.iter()
		.map(|product| assumptions.frequency.loss(product) / 0.6)
		.collect();
	// How probable it is that one takes another with it.
	let takes: Vec<Vec<f64>> = all
		.clone()
		.map(|first| {
			let group = products[first].group;
			let strangers = products.iter().filter(|product| product.group != group).count() as f64;
			all.clone()
				.map(|other| match products[other].group == group {
					_ if other == first => 0.0,
					true => assumptions.contagion.0 * assumptions.contagion.1,
					false => assumptions.disaster * 3.0 / strangers,
				})
				.collect()
		})
		.collect();
	let taken = |rates: &[f64], product: usize| -> f64 {
		all.clone()
			.map(|first| rates[first] * takes[first][product])
			.sum()
	};
	let mut rates = aims.clone();
	for _ in 0..300 {
		rates = all
			.clone()
			// Step by step, or the rates would swing.
			.map(|product| 0.9 * rates[product] + 0.1 * (aims[product] - taken(&rates, product)).max(0.0))
			.collect();
	}
	// Some are taken by others more often than they would fail: all together lose what is assumed.
	let lost: f64 = all
		.clone()
		.map(|product| rates[product] + taken(&rates, product))
		.sum();
	let part = aims.iter().sum::<f64>() / lost;
	rates.iter().map(|rate| rate * part).collect()
}
