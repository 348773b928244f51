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

// glibc's allocator keeps what a huge genesis state or a burst of transactions took, for good; this one gives it back to
// the system within seconds.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("Error: {}", errors::one_line(&error));
			ExitCode::FAILURE
		}
	}
}
