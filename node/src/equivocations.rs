//! Reports validators that make two blocks in one slot.
//!
//! The SDK looks for them as well. But since its check moved from the verifier to the import it looks at headers without
//! their seals, and no chain believes a proof without signatures. What it reports is dropped in `service`, and reported
//! from here.

use crate::service::Client;
use lutine_runtime::{Header, opaque::Block};
use sc_client_api::HeaderBackend;
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_api::{ApiExt, ProvideRuntimeApi};
use sp_consensus::BlockOrigin;
use sp_consensus_babe::{BabeApi, EquivocationProof, Slot};
use std::{
	collections::BTreeMap,
	error::Error,
	sync::{Arc, Mutex, PoisonError},
};

/// Slots whose headers are remembered.
const SLOTS: u64 = 1_000;

/// Imports blocks as `Inner` does, and reports who made another one in the same slot.
#[derive(Clone)]
pub struct Watched<Inner> {
	inner: Inner,
	client: Arc<Client>,
	pool: OffchainTransactionPoolFactory<Block>,
	/// The first header of each slot and authority.
	seen: Arc<Mutex<BTreeMap<(Slot, u32), Header>>>,
}

impl<Inner> Watched<Inner> {
	/// Reports are transactions that go to the pool.
	pub fn new(inner: Inner, client: Arc<Client>, pool: OffchainTransactionPoolFactory<Block>) -> Self {
		Self {
			inner,
			client,
			pool,
			seen: Arc::default(),
		}
	}

	/// Remembers a sealed header; returns the one before it of the same slot and authority, if there is another.
	fn remember(&self, slot: Slot, authority: u32, header: &Header) -> Option<Header> {
		let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
		*seen = seen.split_off(&(slot.saturating_sub(SLOTS), 0));
		let first = seen.entry((slot, authority)).or_insert_with(|| header.clone());
		(first != header).then(|| first.clone())
	}

	fn check(&self, header: Header) -> Result<(), Box<dyn Error + Send + Sync>> {
		let digest = sc_consensus_babe::find_pre_digest::<Block>(&header)?;
		let (slot, authority) = (digest.slot(), digest.authority_index());
		let Some(first_header) = self.remember(slot, authority, &header) else {
			return Ok(());
		};

		// One instance serves calls into one block only.
		let api = || self.client.runtime_api();
		let parent = header.parent_hash;
		let mut epoch = api().current_epoch(parent)?;
		// The first block of an epoch has a parent in the one before.
		if slot >= epoch.start_slot + epoch.duration {
			epoch = api().next_epoch(parent)?;
		}
		let (offender, _) = epoch
			.authorities
			.get(authority as usize)
			.cloned()
			.ok_or("there is no such authority")?;
		let best = self.client.info().best_hash;
		// Keys that are new in a session are known to no state before it.
		let proof = match api().generate_key_ownership_proof(best, slot, offender.clone())? {
			Some(proof) => Some(proof),
			None => api().generate_key_ownership_proof(parent, slot, offender.clone())?,
		};
		let proof = proof.ok_or(
			"the chain has no proof of who the offender is, who no longer validates or is never slashed there",
		)?;
		let equivocation = EquivocationProof {
			slot,
			offender,
			first_header,
			second_header: header,
		};
		let mut api = api();
		api.register_extension(self.pool.offchain_transaction_pool(best));
		api.submit_report_equivocation_unsigned_extrinsic(best, equivocation, proof)?;
		log::info!(target: "babe", "reported that authority {authority} made two blocks in slot {slot}");
		Ok(())
	}
}

#[async_trait::async_trait]
impl<Inner: BlockImport<Block> + Send + Sync> BlockImport<Block> for Watched<Inner> {
	type Error = Inner::Error;

	async fn check_block(&self, block: BlockCheckParams<Block>) -> Result<ImportResult, Self::Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(&self, block: BlockImportParams<Block>) -> Result<ImportResult, Self::Error> {
		// What is only caught up with was seen by others when it was new.
		let is_new = matches!(
			block.origin,
			BlockOrigin::Own | BlockOrigin::NetworkBroadcast | BlockOrigin::ConsensusBroadcast
		);
		let header = (is_new && !block.with_state()).then(|| block.post_header());
		let result = self.inner.import_block(block).await?;
		// The seal and the author of what was imported are right.
		if let (Some(header), ImportResult::Imported(_)) = (header, &result)
			&& let Err(error) = self.check(header)
		{
			log::warn!(target: "babe", "cannot report two blocks of one slot: {error}");
		}
		Ok(result)
	}
}
