//! Measures weights and the machine.

use crate::{
	cli::Cli,
	service::{self, Partial},
};
use frame_benchmarking_cli::{
	BenchmarkCmd, ExtrinsicFactory, SUBSTRATE_REFERENCE_HARDWARE, SubstrateRemarkBuilder,
};
use lutine_runtime::opaque::Block;
use sc_cli::{Result, SubstrateCli};
use sp_inherents::{InherentData, InherentDataProvider};
use sp_runtime::traits::HashingFor;
use std::time::Duration;

/// Runs one benchmark.
pub fn run(cli: &Cli, cmd: &BenchmarkCmd) -> Result<()> {
	cli.create_runner(cmd)?.sync_run(|config| match cmd {
		BenchmarkCmd::Pallet(cmd) => cmd.run_with_spec::<HashingFor<Block>, ()>(Some(config.chain_spec)),
		BenchmarkCmd::Overhead(cmd) => {
			cmd.run_with_default_builder_and_spec::<Block, ()>(Some(config.chain_spec))
		}
		BenchmarkCmd::Block(cmd) => cmd.run(service::new_partial(&config)?.client),
		BenchmarkCmd::Storage(cmd) => {
			let Partial { client, backend, .. } = service::new_partial(&config)?;
			let (database, storage) = (backend.expose_db(), backend.expose_storage());
			cmd.run(
				config,
				client,
				database,
				storage,
				backend.expose_shared_trie_cache(),
			)
		}
		BenchmarkCmd::Extrinsic(cmd) => {
			let client = service::new_partial(&config)?.client;
			let remark = SubstrateRemarkBuilder::new_from_client::<_, Block>(client.clone())?;
			cmd.run(
				client,
				first_inherents()?,
				Vec::new(),
				&ExtrinsicFactory(vec![Box::new(remark)]),
			)
		}
		BenchmarkCmd::Machine(cmd) => cmd.run(&config, SUBSTRATE_REFERENCE_HARDWARE.clone()),
	})
}

/// What the first block is told from outside: that it is the beginning of time.
fn first_inherents() -> Result<InherentData> {
	let mut data = InherentData::new();
	let timestamp = sp_timestamp::InherentDataProvider::new(Duration::ZERO.into());
	futures::executor::block_on(timestamp.provide_inherent_data(&mut data))
		.map_err(|error| format!("cannot make the timestamp: {error}"))?;
	Ok(data)
}
