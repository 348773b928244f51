//! The Lutine node: validates, follows and serves the chain.

// The errors of the SDK, which its traits ask for, are large.
#![allow(clippy::result_large_err)]

use std::process::ExitCode;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod chain_spec;
mod cli;
mod command;
mod equivocations;
mod errors;
mod metrics;
mod new_network;
mod preflight;
mod production;
mod rpc;
mod service;
#[cfg(feature = "try-runtime")]
mod try_runtime;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {}", errors::one_line(&error));
			ExitCode::FAILURE
		}
	}
}
