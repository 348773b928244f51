//! Tries the runtime of this node on the state of a chain.

use crate::service::{Backend, Client};
use frame_try_runtime::UpgradeCheckSelect;
use lutine_runtime::{Executive, VERSION, configs::system::RuntimeBlockWeights, opaque::Block};
use sc_cli::{BlockNumberOrHash, CliConfiguration, DatabaseParams, PruningParams, Result, SharedParams};
use sc_client_api::{Backend as _, HeaderBackend, TrieCacheContext};
use sp_api::{Core, ProvideRuntimeApi};
use sp_externalities::set_and_run_with_externalities;
use sp_runtime::generic::BlockId;
use sp_state_machine::{Ext, OverlayedChanges};

/// Upgrades the state of a block to the runtime that this node was built with, and keeps nothing of it. Every migration
/// passes its checks, everything stored decodes, and the invariants of every pallet hold, or it fails and says why.
#[derive(Debug, Clone, clap::Parser)]
pub struct TryRuntimeCmd {
	/// The block, the best one if none is named.
	#[arg(value_name = "HASH or NUMBER")]
	input: Option<BlockNumberOrHash>,

	#[clap(flatten)]
	shared_params: SharedParams,

	#[clap(flatten)]
	pruning_params: PruningParams,

	#[clap(flatten)]
	database_params: DatabaseParams,
}

impl TryRuntimeCmd {
	/// Runs it on the database of a node that does not run.
	pub fn run(&self, client: &Client, backend: &Backend) -> Result<()> {
		let hash = match &self.input {
			Some(block) => client.expect_block_hash_from_id(&block.parse::<Block>()?)?,
			None => client.info().best_hash,
		};
		let number = client.expect_block_number_from_id(&BlockId::Hash(hash))?;
		let version = client
			.runtime_api()
			.version(hash)
			.map_err(sc_client_api::blockchain::Error::from)?;
		if version.spec_name != VERSION.spec_name {
			return Err(format!(
				"this chain runs `{}`: only a chain of `{}` can be tried, which is the runtime that this command has",
				version.spec_name, VERSION.spec_name
			)
			.into());
		}
		let from = version.spec_version;
		let state = backend.state_at(hash, TrieCacheContext::Untrusted)?;
		let mut overlay = OverlayedChanges::default();
		let mut ext = Ext::new(&mut overlay, &state, None);
		let weight = set_and_run_with_externalities(&mut ext, || {
			Executive::try_runtime_upgrade(UpgradeCheckSelect::All)
		})
		.map_err(|error| {
			let error: &'static str = error.into();
			format!("the state of block {number} does not pass the checks of an upgrade: {error}")
		})?;
		let share = weight.ref_time() as f64 / RuntimeBlockWeights::get().max_block.ref_time() as f64;
		println!(
			"The state of block {number} passes from spec version {from} to {}. That takes {:.1} % of a block.",
			VERSION.spec_version,
			share * 100.0
		);
		Ok(())
	}
}

impl CliConfiguration for TryRuntimeCmd {
	fn shared_params(&self) -> &SharedParams {
		&self.shared_params
	}

	fn pruning_params(&self) -> Option<&PruningParams> {
		Some(&self.pruning_params)
	}

	fn database_params(&self) -> Option<&DatabaseParams> {
		Some(&self.database_params)
	}
}
