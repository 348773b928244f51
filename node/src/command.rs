//! Runs what the command line asks for.

use crate::{
	chain_spec,
	cli::{Cli, Subcommand},
	errors, preflight,
	service::{self, Partial},
};
use lutine_runtime::opaque::Block;
use sc_cli::{Error, KeySubcommand, Result, SubstrateCli};

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Lutine Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		"the Lutine authors".into()
	}

	fn support_url() -> String {
		"the issue tracker of the repository this node was built from".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> std::result::Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(Box::new(chain_spec::load(id)?))
	}
}

/// Does what the arguments of this process ask for.
pub fn run() -> Result<()> {
	let cli = Cli::from_args();
	match &cli.subcommand {
		None => run_node(&cli),
		Some(Subcommand::Key(KeySubcommand::GenerateNodeKey(cmd)))
			if cmd.chain.is_none() && !names_base_path() =>
		{
			// Not stored for a chain, so none need be chosen.
			cmd.common.run()
		}
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		Some(Subcommand::ExportChainSpec(cmd)) => {
			let spec = cli.load_spec(&cmd.chain)?;
			cmd.run(spec).map_err(|error| match (error, &cmd.output) {
				(Error::Io(error), Some(path)) => {
					errors::unwritable(path, &error, "choose another file with --output").into()
				}
				(error, _) => error,
			})
		}
		Some(Subcommand::ProductionSpec(cmd)) => Ok(cmd.run()?),
		Some(Subcommand::NewNetwork(cmd)) => Ok(cmd.run()?),
		Some(Subcommand::CheckBlock(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Partial {
				client,
				task_manager,
				import_queue,
				..
			} = service::new_partial(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::ExportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Partial {
				client, task_manager, ..
			} = service::new_partial(&config)?;
			Ok((cmd.run(client, config.database), task_manager))
		}),
		Some(Subcommand::ExportState(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Partial {
				client, task_manager, ..
			} = service::new_partial(&config)?;
			Ok((cmd.run(client, config.chain_spec), task_manager))
		}),
		Some(Subcommand::ImportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Partial {
				client,
				task_manager,
				import_queue,
				..
			} = service::new_partial(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::PurgeChain(cmd)) => cli
			.create_runner(cmd)?
			.sync_run(|config| cmd.run(config.database)),
		Some(Subcommand::Revert(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let Partial {
				client,
				backend,
				task_manager,
				..
			} = service::new_partial(&config)?;
			Ok((
				cmd.run(client, backend, Some(Box::new(service::revert))),
				task_manager,
			))
		}),
		Some(Subcommand::ChainInfo(cmd)) => cli
			.create_runner(cmd)?
			.sync_run(|config| cmd.run::<Block>(&config)),
		#[cfg(feature = "runtime-benchmarks")]
		Some(Subcommand::Benchmark(cmd)) => crate::benchmarking::run(&cli, cmd),
		#[cfg(not(feature = "runtime-benchmarks"))]
		Some(Subcommand::Benchmark { .. }) => {
			Err("this node has no benchmarks: build one with `--features runtime-benchmarks`".into())
		}
		#[cfg(feature = "try-runtime")]
		Some(Subcommand::TryRuntime(cmd)) => cli.create_runner(cmd)?.sync_run(|config| {
			let Partial { client, backend, .. } = service::new_partial(&config)?;
			cmd.run(&client, &backend)
		}),
		#[cfg(not(feature = "try-runtime"))]
		Some(Subcommand::TryRuntime { .. }) => {
			Err("this node cannot try its runtime: build one with `--features try-runtime`".into())
		}
	}
}

fn run_node(cli: &Cli) -> Result<()> {
	let mut runner = cli
		.create_runner(&cli.run)
		.map_err(|error| preflight::explain(error, &cli.run))?;
	if cli.run.rpc_params.experimental_rpc_endpoint.is_empty() {
		// By default the SDK moves to a random port when the chosen one is taken, where no client looks for it.
		let endpoints = runner.config_mut().rpc.addr.iter_mut().flatten();
		endpoints.for_each(|endpoint| endpoint.retry_random_port = false);
	}
	preflight::check(runner.config())?;
	runner.run_node_until_exit(|config| async move { service::start(config).map_err(Error::from) })
}

/// Whether the key goes into a base path. Its command keeps these arguments to itself.
fn names_base_path() -> bool {
	std::env::args().any(|argument| argument.starts_with("--base-path") || argument == "--default-base-path")
}
