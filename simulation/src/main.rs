//! Simulates years of an insurance market, many times over: random demand, failures as often as in the past and more often,
//! people who know more than others. Tells how often pools are ruined, what underwriters earn and what insured people wait
//! for, with the chain's solvency gate and without it. Draws plots into a folder, and writes tables to standard output; what
//! they say is in `docs/simulation.md`.
//!
//! **With the gate** the market is the real runtime with the genesis and the parameters of a production chain
//! ([`chain`]). **Without it** the market is a ledger in memory ([`ledger`]). The runtime cannot be governed into a market
//! without a gate: of what it depends on only `rho` is a parameter, and at its bound of 0 the risk capital of a book is still
//! the root of the sum of squares of its groups, never below the largest. Line weights are shares of capital, so capital
//! that is made up would pay claims. And a switch in the runtime would be a back door. So the ledger keeps the books of
//! `pallet-pools` once more, with the same arithmetic (`lutine-math`) and a rule that says whether the gate is there. With
//! it, each world must come out of the ledger as it comes out of the runtime, to the unit, or the simulation stops.

mod chain;
mod ledger;
mod market;
mod plots;
mod random;
mod report;
mod scenario;
#[cfg(test)]
mod tests;
mod world;

use crate::{
	chain::Chain,
	ledger::{Ledger, Rules},
	report::{MARKETS, Sample},
	scenario::{Assumptions, Frequency, Scenario},
	world::Outcome,
};
use std::{error::Error, fs, path::PathBuf, thread, time::Instant};

/// What the command line says.
struct Settings {
	worlds: usize,
	seed: u64,
	output: PathBuf,
}

fn settings(mut arguments: impl Iterator<Item = String>) -> Result<Settings, String> {
	let mut settings = Settings {
		worlds: 100,
		seed: 1,
		output: PathBuf::from("docs/simulation"),
	};
	while let Some(option) = arguments.next() {
		let value = arguments.next().ok_or(format!("{option} needs a value"))?;
		let number = value
			.parse::<u64>()
			.map_err(|_| format!("{option} needs a number, not '{value}'"));
		match option.as_str() {
			"--worlds" => settings.worlds = number?.max(1) as usize,
			"--seed" => settings.seed = number?,
			"--output" => settings.output = value.into(),
			_ => return Err(format!("there is no option {option}")),
		}
	}
	Ok(settings)
}

/// Runs a world on the chain and in all ledgers. The first must come to the same twice.
fn world(seed: u64, frequency: Frequency) -> [Outcome; MARKETS.len()] {
	let scenario = Scenario::draw(seed, &Assumptions::at(frequency));
	let on_chain = Chain::run(|chain| world::run(chain, &scenario));
	let outcomes = MARKETS.map(|(rules, _)| world::run(&mut Ledger::new(rules), &scenario));
	assert_eq!(MARKETS[0].0, Rules::CHAIN);
	assert_eq!(
		outcomes[0], on_chain,
		"the ledger is not what the runtime is: seed {seed}"
	);
	outcomes
}

/// Runs all worlds, in the order of their seeds, on all cores.
fn worlds(settings: &Settings, frequency: Frequency) -> Vec<[Outcome; MARKETS.len()]> {
	let threads = thread::available_parallelism().map_or(1, |threads| threads.get());
	let size = settings.worlds.div_ceil(threads);
	thread::scope(|scope| {
		let parts: Vec<_> = (0..settings.worlds)
			.step_by(size)
			.map(|first| {
				let part = first..(first + size).min(settings.worlds);
				scope.spawn(move || {
					let seeds = part.map(|number| settings.seed + number as u64);
					seeds.map(|seed| world(seed, frequency)).collect::<Vec<_>>()
				})
			})
			.collect();
		let parts = parts
			.into_iter()
			.map(|part| part.join().expect("no world is impossible"));
		parts.flatten().collect()
	})
}

fn main() -> Result<(), Box<dyn Error>> {
	let settings = settings(std::env::args().skip(1))?;
	let begun = Instant::now();
	let mut samples = vec![];
	for frequency in Frequency::ALL {
		let mut of_market = MARKETS.map(|_| vec![]);
		for outcomes in worlds(&settings, frequency) {
			for (all, outcome) in of_market.iter_mut().zip(outcomes) {
				all.push(outcome);
			}
		}
		let seconds = begun.elapsed().as_secs();
		eprintln!("{}: {} worlds, {seconds} s", frequency.name(), settings.worlds);
		for (market, outcomes) in of_market.into_iter().enumerate() {
			samples.push(Sample {
				frequency,
				market,
				outcomes,
			});
		}
	}
	fs::create_dir_all(&settings.output)?;
	plots::draw(&samples, &settings.output)?;
	print!("{}", report::tables(&samples, settings.seed));
	Ok(())
}
