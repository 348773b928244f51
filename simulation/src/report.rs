//! What many worlds have in common, as figures and as tables.

use crate::{
	ledger::Rules,
	market::Investor,
	scenario::{Appetite, Frequency, POOLS},
	world::{Outcome, PoolOutcome},
};
use lutine_primitives::Balance;
use std::fmt::Write;

/// The markets that are compared, as tables name them.
pub const MARKETS: [(Rules, &str); 3] = [
	(Rules::CHAIN, "the chain"),
	(Rules::UNGATED, "no gate"),
	(Rules::NEITHER, "no gate, no price"),
];

/// Worlds at one frequency in one market.
pub struct Sample {
	/// How often things failed.
	pub frequency: Frequency,
	/// The place of the market in [`MARKETS`].
	pub market: usize,
	/// What became of each world.
	pub outcomes: Vec<Outcome>,
}

/// An estimate with the ends of its 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
	/// The estimate.
	pub value: f64,
	/// Where the interval begins.
	pub low: f64,
	/// Where it ends.
	pub high: f64,
}

impl Estimate {
	/// The mean, with the normal interval.
	pub fn mean(values: &[f64]) -> Self {
		let n = values.len() as f64;
		let value = values.iter().sum::<f64>() / n;
		let squares: f64 = values.iter().map(|x| (x - value).powi(2)).sum();
		let half = 1.96 * (squares / (n - 1.0).max(1.0) / n).sqrt();
		Self {
			value,
			low: value - half,
			high: value + half,
		}
	}

	/// How often something was true, with Wilson's interval, which is right also where it never was.
	pub fn share(values: &[bool]) -> Self {
		let (n, z) = (values.len() as f64, 1.96_f64);
		let value = values.iter().filter(|x| **x).count() as f64 / n;
		let middle = value + z * z / (2.0 * n);
		let half = z * (value * (1.0 - value) / n + z * z / (4.0 * n * n)).sqrt();
		let over = 1.0 + z * z / n;
		Self {
			value,
			low: ((middle - half) / over).max(0.0),
			high: ((middle + half) / over).min(1.0),
		}
	}

	/// A quotient of two sums over worlds, with the interval of its linear approximation.
	pub fn ratio(parts: &[(f64, f64)]) -> Self {
		let n = parts.len() as f64;
		let (over, under) = parts
			.iter()
			.fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
		let value = if under > 0.0 { over / under } else { 0.0 };
		let squares: f64 = parts.iter().map(|(x, y)| (x - value * y).powi(2)).sum();
		let half = if under > 0.0 {
			1.96 * (squares * n / (n - 1.0).max(1.0)).sqrt() / under
		} else {
			0.0
		};
		Self {
			value,
			low: value - half,
			high: value + half,
		}
	}
}

/// The value below which a part of all values are.
pub fn quantile(values: &[f64], part: f64) -> f64 {
	let mut sorted = values.to_vec();
	sorted.sort_unstable_by(f64::total_cmp);
	let place = part * (sorted.len() - 1) as f64;
	let (low, high) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
	low + (high - low) * place.fract()
}

/// What an investor gained of what they put in.
fn gain(pool: &PoolOutcome, who: Investor) -> f64 {
	let (put_in, gain) = pool.gains[who as usize];
	gain as f64 / put_in as f64
}

impl Sample {
	/// An estimate of a quotient of sums.
	pub fn ratio(&self, parts: impl Fn(&Outcome) -> (Balance, Balance)) -> Estimate {
		let parts = self.outcomes.iter().map(parts);
		Estimate::ratio(&parts.map(|(x, y)| (x as f64, y as f64)).collect::<Vec<_>>())
	}

	/// The worlds in which a pool could not pay everything at once.
	pub fn ruin(&self) -> Estimate {
		let ruined: Vec<_> = self.outcomes.iter().map(Outcome::is_ruined).collect();
		Estimate::share(&ruined)
	}

	/// The part of awards that was not paid at once.
	pub fn delayed(&self) -> Estimate {
		self.ratio(|world| (world.awards[0] - world.at_once, world.awards[0]))
	}

	/// The part of awards that was never paid.
	pub fn unpaid(&self) -> Estimate {
		self.ratio(|world| {
			let owed = world.pools.iter().map(|pool| pool.books.arrears).sum();
			(owed, world.awards[0])
		})
	}

	/// The part of awards that was owed at the end of the year of sales.
	fn owed_after_sales(&self) -> Estimate {
		self.ratio(|world| {
			let owed = world.pools.iter().map(|pool| pool.arrears_after_sales).sum();
			(owed, world.awards[0])
		})
	}

	/// Pools of an appetite, over all worlds.
	fn pools(&self, appetite: Appetite) -> impl Iterator<Item = &PoolOutcome> {
		self.outcomes.iter().flat_map(move |world| {
			let pools = world.pools.iter().zip(POOLS);
			pools
				.filter(move |(_, other)| *other == appetite)
				.map(|(pool, _)| pool)
		})
	}

	/// What who stayed gained, by pool.
	pub fn yields(&self, appetite: Appetite) -> Vec<f64> {
		self.pools(appetite)
			.map(|pool| gain(pool, Investor::Loyal))
			.collect()
	}

	/// The loss ratio of each world.
	pub fn loss_ratios(&self) -> Vec<f64> {
		self.outcomes.iter().map(Outcome::loss_ratio).collect()
	}

	/// What an investor gained in all pools together.
	fn gain_of(&self, who: Investor) -> Estimate {
		let parts: Vec<_> = self
			.outcomes
			.iter()
			.map(|world| {
				world.pools.iter().fold((0.0, 0.0), |sum, pool| {
					let (put_in, gain) = pool.gains[who as usize];
					(sum.0 + gain as f64, sum.1 + put_in as f64)
				})
			})
			.collect();
		Estimate::ratio(&parts)
	}

	/// Exposure over capital, averaged over time.
	fn leverage<'a>(pools: impl Iterator<Item = &'a PoolOutcome>) -> (Balance, Balance) {
		pools.fold((0, 0), |sum, pool| {
			(sum.0 + pool.exposure_days, sum.1 + pool.capital_days)
		})
	}
}

fn percent(estimate: Estimate, digits: usize) -> String {
	format!(
		"{:.digits$} ({:.digits$}–{:.digits$})",
		100.0 * estimate.value,
		100.0 * estimate.low,
		100.0 * estimate.high,
	)
}

/// Sums by world, in millions of dollars.
fn millions(values: impl Iterator<Item = Balance>) -> String {
	let values: Vec<_> = values.map(|value| value as f64 / 1e12).collect();
	format!("{:.1}", Estimate::mean(&values).value)
}

/// All tables, in Markdown.
pub fn tables(samples: &[Sample], seed: u64) -> String {
	let mut text = String::new();
	let worlds = samples.first().map_or(0, |sample| sample.outcomes.len());
	let line = |text: &mut String, cells: &[String]| {
		let _ = writeln!(text, "| {} |", cells.join(" | "));
	};
	let head = |text: &mut String, cells: &[&str]| {
		let _ = writeln!(text, "| {} |", cells.join(" | "));
		let _ = writeln!(text, "|{}", " --- |".repeat(cells.len()));
	};
	let _ = writeln!(
		text,
		"{worlds} worlds at each frequency, seeds from {seed} on; in brackets the 95 % confidence interval.\n"
	);
	let name = |sample: &Sample| vec![sample.frequency.name(), MARKETS[sample.market].1.to_string()];

	let _ = writeln!(text, "**Pools and claims.**\n");
	head(
		&mut text,
		&[
			"frequency",
			"market",
			"cover sold, of what was wanted, %",
			"exposure / capital",
			"premium, million $",
			"awards, million $",
			"loss ratio, %",
			"worlds with a pool ruined, %",
			"awards not paid at once, %",
			"owed after the year, %",
			"never paid, %",
		],
	);
	for sample in samples {
		let outcomes = &sample.outcomes;
		let mut cells = name(sample);
		cells.push(format!(
			"{:.0}",
			100.0 * sample.ratio(|world| (world.cover[1], world.cover[0])).value
		));
		cells.push(format!(
			"{:.2}",
			sample.ratio(|world| Sample::leverage(world.pools.iter())).value
		));
		cells.push(millions(outcomes.iter().map(|world| world.premium[0])));
		cells.push(millions(outcomes.iter().map(|world| world.awards[0])));
		cells.push(percent(
			sample.ratio(|world| (world.awards[0], world.premium[0])),
			0,
		));
		cells.push(percent(sample.ruin(), 1));
		cells.push(percent(sample.delayed(), 2));
		cells.push(format!("{:.2}", 100.0 * sample.owed_after_sales().value));
		cells.push(percent(sample.unpaid(), 2));
		line(&mut text, &cells);
	}

	let _ = writeln!(
		text,
		"\n**What underwriters who stay earn, by the appetite of their pool.**\n"
	);
	head(
		&mut text,
		&[
			"frequency",
			"market",
			"appetite",
			"exposure / capital",
			"required / capital, %",
			"yield, mean, %",
			"5 % quantile, %",
			"median, %",
			"95 % quantile, %",
			"pools ruined, %",
		],
	);
	for sample in samples {
		for appetite in Appetite::ALL {
			let yields = sample.yields(appetite);
			let (exposure, capital) = Sample::leverage(sample.pools(appetite));
			let required: Balance = sample.pools(appetite).map(|pool| pool.required_days).sum();
			// Two pools of one world are no two worlds.
			let ruined: Vec<_> = sample
				.pools(appetite)
				.map(|pool| f64::from(u8::from(pool.books.delayed > 0)))
				.collect::<Vec<_>>()
				.chunks(2)
				.map(|pair| pair.iter().sum::<f64>() / pair.len() as f64)
				.collect();
			let mean: Vec<_> = yields
				.chunks(2)
				.map(|pair| pair.iter().sum::<f64>() / pair.len() as f64)
				.collect();
			let mut cells = name(sample);
			cells.push(appetite.name().into());
			cells.push(format!("{:.2}", exposure as f64 / capital as f64));
			cells.push(format!("{:.0}", 100.0 * required as f64 / capital as f64));
			cells.push(percent(Estimate::mean(&mean), 1));
			for part in [0.05, 0.5, 0.95] {
				cells.push(format!("{:.1}", 100.0 * quantile(&yields, part)));
			}
			cells.push(format!("{:.1}", 100.0 * Estimate::mean(&ruined).value));
			line(&mut text, &cells);
		}
	}

	let _ = writeln!(text, "\n**Who is clever, and who waits.**\n");
	head(
		&mut text,
		&[
			"frequency",
			"market",
			"gain of who stays, %",
			"of who runs from rumours, %",
			"of who comes for recoveries, % of what they bring",
			"insiders' premium, % of all",
			"insiders' awards, % of all",
			"served of arrears in the end, %",
			"mean wait for a unit of arrears, days",
		],
	);
	for sample in samples {
		let mut cells = name(sample);
		for who in Investor::ALL {
			let came = sample.outcomes.iter().flat_map(|world| &world.pools);
			cells.push(
				match came.map(|pool| pool.gains[who as usize].0).sum::<Balance>() {
					0 => "–".into(),
					_ => percent(sample.gain_of(who), 1),
				},
			);
		}
		cells.push(format!(
			"{:.1}",
			100.0 * sample.ratio(|world| (world.premium[1], world.premium[0])).value
		));
		cells.push(format!(
			"{:.1}",
			100.0 * sample.ratio(|world| (world.awards[1], world.awards[0])).value
		));
		let sum = |what: fn(&PoolOutcome) -> Balance| -> f64 {
			let pools = sample.outcomes.iter().flat_map(|world| &world.pools);
			pools.map(what).sum::<Balance>() as f64
		};
		let (delayed, owed) = (sum(|pool| pool.books.delayed), sum(|pool| pool.books.arrears));
		if delayed > 0.0 {
			cells.push(format!("{:.0}", 100.0 * (delayed - owed) / delayed));
			cells.push(format!("{:.0}", sum(|pool| pool.arrears_days) / delayed));
		} else {
			cells.extend(["–".to_string(), "–".to_string()]);
		}
		line(&mut text, &cells);
	}
	text
}
