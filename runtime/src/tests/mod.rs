//! The whole runtime, driven as a node drives it: genesis from a preset, blocks with inherents, signed transactions with
//! every extension.

mod assets;
mod claims;
mod cover;
mod fees;
mod genesis;
mod governance;
mod migrations;
mod pools;
mod replays;
mod stopping;

use crate::*;
use frame_support::genesis_builder_helper::build_state;
use serde_json::Value;
use sp_consensus_babe::digests::{PreDigest, SecondaryPlainPreDigest};
use sp_core::Pair;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{ApplyExtrinsicResult, Digest, DigestItem, generic::Era, traits::Header as _};

/// The whole genesis configuration of a preset.
pub fn genesis_of(preset: &str) -> Value {
	crate::genesis::configuration(preset).unwrap()
}

/// A chain in memory.
pub struct Chain {
	ext: TestExternalities,
	slot: u64,
}

impl Chain {
	/// The chain that a preset describes.
	pub fn new(preset: &str) -> Self {
		let mut ext = TestExternalities::default();
		ext.execute_with(|| {
			build_state::<RuntimeGenesisConfig>(serde_json::to_vec(&genesis_of(preset)).unwrap()).unwrap()
		});
		ext.commit_all().unwrap();
		Self {
			ext,
			slot: 1_800_000_000,
		}
	}

	/// A development chain with its first block produced.
	pub fn dev() -> Self {
		let mut chain = Self::new(crate::genesis::DEV);
		chain.block(vec![]);
		chain
	}

	/// Produces a block with these transactions. Checks the invariants after it.
	pub fn block(&mut self, transactions: Vec<UncheckedExtrinsic>) -> Vec<ApplyExtrinsicResult> {
		self.slot += 1;
		let slot = self.slot;
		self.ext.execute_with(|| {
			let pre_digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
				authority_index: 0,
				slot: slot.into(),
			});
			let digest = Digest {
				logs: vec![DigestItem::PreRuntime(
					sp_consensus_babe::BABE_ENGINE_ID,
					codec::Encode::encode(&pre_digest),
				)],
			};
			let number = System::block_number() + 1;
			let parent = System::parent_hash();
			let header = Header::new(number, Default::default(), Default::default(), parent, digest);
			Executive::initialize_block(&header);
			let now = pallet_timestamp::Call::set {
				now: slot * Babe::slot_duration(),
			};
			Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(now.into()))
				.unwrap()
				.unwrap();
			let results = transactions.into_iter().map(Executive::apply_extrinsic).collect();
			Executive::finalize_block();
			check_invariants();
			results
		})
	}

	/// Produces a block with one transaction, which must be valid, and returns its outcome.
	pub fn apply(
		&mut self,
		signer: Sr25519Keyring,
		call: impl Into<RuntimeCall>,
	) -> sp_runtime::DispatchResult {
		let transaction = self.sign(signer, call.into(), 0);
		self.block(vec![transaction])
			.remove(0)
			.expect("the transaction is valid")
	}

	/// Produces empty blocks until this height.
	pub fn run_to(&mut self, number: BlockNumber) {
		while self.read(System::block_number) < number {
			self.block(vec![]);
		}
	}

	/// Reads the state.
	pub fn read<R>(&mut self, read: impl FnOnce() -> R) -> R {
		self.ext.execute_with(read)
	}

	/// A transaction as a wallet makes it: with every extension, mortal to none, and a tip.
	pub fn sign(&mut self, signer: Sr25519Keyring, call: RuntimeCall, tip: Balance) -> UncheckedExtrinsic {
		self.ext.execute_with(|| {
			let account = signer.to_account_id();
			let extension: TxExtension = (
				frame_system::AuthorizeCall::new(),
				frame_system::CheckNonZeroSender::new(),
				frame_system::CheckSpecVersion::new(),
				frame_system::CheckTxVersion::new(),
				frame_system::CheckGenesis::new(),
				frame_system::CheckMortality::from(Era::Immortal),
				frame_system::CheckNonce::from(System::account_nonce(&account)),
				frame_system::CheckWeight::new(),
				pallet_transaction_payment::ChargeTransactionPayment::from(tip),
				frame_metadata_hash_extension::CheckMetadataHash::new(false),
				BridgeRejectObsoleteHeadersAndMessages,
				frame_system::WeightReclaim::new(),
			);
			let payload = SignedPayload::new(call, extension).unwrap();
			let signature = codec::Encode::using_encoded(&payload, |bytes| signer.pair().sign(bytes));
			let (call, extension, _) = payload.deconstruct();
			UncheckedExtrinsic::new_signed(call, account.into(), signature.into(), extension)
		})
	}
}

/// Every invariant of the chain's own pallets, and what they say of each other.
pub fn check_invariants() {
	Clock::do_try_state().unwrap();
	Parameters::do_try_state().unwrap();
	Pricing::do_try_state().unwrap();
	Pools::do_try_state().unwrap();
	Cover::do_try_state().unwrap();
	Claims::do_try_state().unwrap();
	cover::check_books();
}

/// What an account could spend if nothing held it back.
pub fn free(who: &AccountId) -> Balance {
	System::account(who).data.free
}
