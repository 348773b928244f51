//! Makes the raw specification of a chain that begins with many policies, for measurements.
//!
//! The state of another raw specification is furnished by the calls that anybody would make: products are proposed and
//! listed, pools opened, policies bought. All of that happens at one moment, before the first block, so that the first
//! block finds a state that the chain could have come to by itself. Invariants are checked before it is written.

mod market;
mod spec;

use clap::Parser;
use market::Market;
use std::{path::PathBuf, time::Instant};

/// What is asked for.
#[derive(Parser)]
#[command(
	name = "lutine-preload",
	about = "Writes the raw chain spec of a chain that begins with many policies"
)]
struct Options {
	/// The raw chain spec to begin with, as `lutine-node export-chain-spec --raw` writes it
	#[arg(long)]
	base: PathBuf,
	/// Where to write the other one
	#[arg(long)]
	output: PathBuf,
	/// The chain's time before its first block, in Unix seconds; blocks can only come later
	#[arg(long)]
	now: u64,
	#[command(flatten)]
	market: Market,
	/// Do not check the invariants
	#[arg(long)]
	unchecked: bool,
}

fn main() -> Result<(), String> {
	let options = Options::parse();
	options.market.check()?;
	let began = Instant::now();
	let say = |text: String| eprintln!("preload: {:4} s  {text}", began.elapsed().as_secs());

	let (head, mut ext) = spec::read(&options.base)?;
	ext.execute_with(|| {
		options.market.furnish(options.now, &say)?;
		if !options.unchecked {
			say("the invariants are checked".into());
			market::check_invariants()?;
		}
		Ok::<_, String>(())
	})?;
	let storage = ext.into_storages();
	let bytes: usize = storage
		.top
		.iter()
		.map(|(key, value)| key.len() + value.len())
		.sum();
	let keys = storage.top.len();
	say(format!(
		"{keys} keys, {bytes} bytes with their values, are written"
	));
	spec::write(&options.output, head, storage)?;
	say("done".into());
	// For a program that asks.
	println!("{{\"keys\":{keys},\"bytes\":{bytes}}}");
	Ok(())
}
