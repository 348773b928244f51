//! Carries headers, messages and confirmations between Lutine and its partner chain.
//!
//! What is to be done next follows from the state of the two chains alone, read afresh before every step, so the relayer
//! can be killed at any moment and started again. It holds no power: a wrong proof is refused by the chain that checks it.
//!
//! A *direction* goes from a source to a target: it submits to the target what its state of the source proves, which is
//! headers, messages that the source sent, and confirmations that the source received what the target sent. Each direction
//! is alone in signing for its target, so it has one transaction on its way at most. [`direction`] decides, [`view`] reads
//! what is decided upon, [`headers`] and [`messages`] make the transactions, [`transactions`] sends them and [`relay`] is
//! the loop around all this.

mod chain;
mod cli;
mod direction;
mod error;
mod headers;
mod initialise;
mod logging;
mod messages;
mod metrics;
mod node;
mod relay;
#[cfg(test)]
mod tests;
mod transactions;
mod view;

use crate::{
	chain::{Lutine, Partner},
	cli::{ChainName, Cli, Command, InitialiseData, Run},
	error::Error,
	metrics::Metrics,
	relay::{Place, Plan},
	transactions::Signer,
};
use clap::Parser;
use std::{process::ExitCode, time::Duration};

#[tokio::main]
async fn main() -> ExitCode {
	let cli = Cli::parse();
	logging::start(cli.log);
	let result = match cli.command {
		Some(Command::InitialiseData(options)) => initialise_data(&options).await,
		None => run(&cli.run).await,
	};
	match result {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {error}");
			ExitCode::FAILURE
		}
	}
}

/// Prints what a light client is begun with.
async fn initialise_data(options: &InitialiseData) -> Result<(), Error> {
	let text = match options.of {
		ChainName::Lutine => initialise::data::<Lutine, Partner>(&options.node).await,
		ChainName::Partner => initialise::data::<Partner, Lutine>(&options.node).await,
	}?;
	println!("{text}");
	Ok(())
}

/// Relays in both directions until it is told to stop, or must.
async fn run(options: &Run) -> Result<(), Error> {
	let lutine_signer = options.lutine_signer()?;
	let partner_signer = options.partner_signer()?;
	let metrics =
		Metrics::new().map_err(|error| Error::Fatal(format!("cannot make the metrics: {error}")))?;
	if let Some(address) = options.prometheus_address() {
		metrics.serve(address).await?;
	}
	let plan = Plan {
		header_every: Duration::from_secs(options.header_every_seconds),
		poll: Duration::from_millis(options.poll_milliseconds.max(100)),
		transaction_timeout: Duration::from_secs(options.transaction_timeout_seconds.max(1)),
		any_spec_version: options.any_spec_version,
	};
	let to_partner = Place {
		source: options.lutine.clone(),
		target: options.partner.clone(),
		account_at_source: lutine_signer.account.clone(),
		signer: partner_signer.clone(),
	};
	let to_lutine = Place {
		source: options.partner.clone(),
		target: options.lutine.clone(),
		account_at_source: partner_signer.account,
		signer: lutine_signer,
	};
	tokio::select! {
		error = relay::keep::<Lutine, Partner>(to_partner, plan, metrics.of::<Lutine, Partner>()) => Err(error),
		error = relay::keep::<Partner, Lutine>(to_lutine, plan, metrics.of::<Partner, Lutine>()) => Err(error),
		() = told_to_stop() => {
			log::info!(target: "relay", "told to stop; whatever is on its way is found again in the state of the chains");
			Ok(())
		}
	}
}

/// Ends when the process is asked to end.
async fn told_to_stop() {
	use tokio::signal::unix::{SignalKind, signal};
	let Ok(mut terminate) = signal(SignalKind::terminate()) else {
		return std::future::pending().await;
	};
	tokio::select! {
		_ = tokio::signal::ctrl_c() => {}
		_ = terminate.recv() => {}
	}
}

/// Reads a signer from a secret, as [`Signer::new`] does, and says whose it is where that fails.
fn signer(secret: &str, whose: &str) -> Result<Signer, Error> {
	Signer::new(secret)
		.map_err(|error| Error::Fatal(format!("the secret of {whose} cannot be used: {error}")))
}
