//! The JSON-RPC methods beyond those every node of the SDK has.

use crate::service::{Backend, Client, SelectChain, TransactionPool};
use jsonrpsee::RpcModule;
use lutine_runtime::{BlockNumber, Hash, opaque::Block};
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_babe_rpc::{Babe, BabeApiServer};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_service::ChainSpec;
use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
use sp_keystore::KeystorePtr;
use std::{error::Error, sync::Arc};
use substrate_frame_rpc_system::{System, SystemApiServer};

/// What the methods read from.
pub struct Sources {
	/// The chain.
	pub client: Arc<Client>,
	/// Transactions not yet in a block: they count for the next nonce.
	pub pool: Arc<TransactionPool>,
	/// The rule by which BABE picks the best chain.
	pub select_chain: SelectChain,
	/// The spec to which a sync state is added.
	pub chain_spec: Box<dyn ChainSpec>,
	/// The keys of this node.
	pub keystore: KeystorePtr,
	/// Answers about BABE epochs.
	pub babe: BabeWorkerHandle<Block>,
	/// The GRANDPA authorities.
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// The rounds of the voter in this node.
	pub voter_state: SharedVoterState,
	/// Justifications as they come.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proofs of finality of old blocks.
	pub finality_proofs: Arc<FinalityProofProvider<Backend, Block>>,
}

/// All methods of this node's own.
pub fn methods(
	sources: &Sources,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let Sources {
		client,
		pool,
		select_chain,
		chain_spec,
		keystore,
		babe,
		authority_set,
		voter_state,
		justifications,
		finality_proofs,
	} = sources;
	let mut module = RpcModule::new(());

	module.merge(System::new(client.clone(), pool.clone()).into_rpc())?;
	module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	module.merge(
		Babe::new(
			client.clone(),
			babe.clone(),
			keystore.clone(),
			select_chain.clone(),
		)
		.into_rpc(),
	)?;

	let grandpa = Grandpa::new(
		executor,
		authority_set.clone(),
		voter_state.clone(),
		justifications.clone(),
		finality_proofs.clone(),
	);
	module.merge(grandpa.into_rpc())?;

	let sync_state = SyncState::new(
		chain_spec.cloned_box(),
		client.clone(),
		authority_set.clone(),
		babe.clone(),
	)?;
	module.merge(sync_state.into_rpc())?;

	Ok(module)
}
