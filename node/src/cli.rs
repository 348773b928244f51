//! What the command line accepts.

use crate::{new_network::NewNetworkCmd, production::ProductionSpecCmd};
use sc_cli::RunCmd;

/// The arguments: those of a running node, or a subcommand.
// Blocks of forks are kept unless the operator says otherwise. A validator that was cut off hears of them late and asks its
// peers; one that has thrown them away it drops, for a minute at least: with three such peers it is alone again.
#[derive(Debug, clap::Parser)]
#[command(mut_arg("blocks_pruning", |pruning| pruning.default_value("archive")))]
pub struct Cli {
	/// What to do instead of running a node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// How to run the node.
	#[command(flatten)]
	pub run: RunCmd,
}

/// Everything but running a node.
#[derive(Debug, clap::Subcommand)]
// Parsed once per process: boxing would save nothing.
#[allow(clippy::large_enum_variant)]
pub enum Subcommand {
	/// Generate, inspect and insert keys.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Write a chain spec as JSON.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Make the chain spec of a production chain from a file that lists its authorities.
	ProductionSpec(ProductionSpecCmd),

	/// Make a network of validators at the pace of the development chain: their keys, and the chain spec they start from.
	NewNetwork(NewNetworkCmd),

	/// Import one block again and check it.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Write the state at a block as a chain spec.
	ExportState(sc_cli::ExportStateCmd),

	/// Read blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Delete the database of a chain. Keys stay.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Go back to an earlier, not yet finalized block.
	Revert(sc_cli::RevertCmd),

	/// Print how far the database has come.
	ChainInfo(sc_cli::ChainInfoCmd),

	/// Measure weights and the machine.
	#[cfg(feature = "runtime-benchmarks")]
	#[command(subcommand)]
	Benchmark(frame_benchmarking_cli::BenchmarkCmd),

	/// Try the runtime of this node on the state of a chain.
	#[cfg(feature = "try-runtime")]
	TryRuntime(crate::try_runtime::TryRuntimeCmd),

	/// Measure weights: only in a node built with `--features runtime-benchmarks`.
	// Exists so that the answer names the feature.
	#[cfg(not(feature = "runtime-benchmarks"))]
	#[command(hide = true, disable_help_flag = true)]
	Benchmark {
		/// Taken as they come.
		#[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
		arguments: Vec<String>,
	},

	/// Try the runtime of this node on the state of a chain: only in a node built with `--features try-runtime`.
	#[cfg(not(feature = "try-runtime"))]
	#[command(hide = true, disable_help_flag = true)]
	TryRuntime {
		/// Taken as they come.
		#[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
		arguments: Vec<String>,
	},
}
