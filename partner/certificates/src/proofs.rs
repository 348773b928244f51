//! What is read of Lutine's state: under which keys, in which form, and out of which proofs.
//!
//! This chain does not know Lutine's pallets. The names, hashers and types here are those of `pallet-cover`, `pallet-nfts` and
//! `pallet-timestamp` as Lutine's runtime has them; tests compare them with the real ones.

use crate::types::{Certificate, State};
use alloc::{collections::BTreeMap, vec::Vec};
use bp_runtime::{
	RawStorageProof, StorageProofChecker, StorageProofError, storage_map_final_key, storage_value_key,
};
use codec::{Decode, DecodeAll, Encode};
use frame_support::{
	Blake2_128Concat, BoundedVec, StorageHasher, Twox64Concat,
	storage::storage_prefix,
	traits::{ConstU32, STORAGE_VERSION_STORAGE_KEY_POSTFIX},
};
use lutine_primitives::{
	Balance, BlockNumber,
	insurance::{Allocation, AssetId, PolicyId, ProductId},
	time::Seconds,
};
use sp_core::H256;
use sp_runtime::{AccountId32, Perbill, traits::BlakeTwo256};

/// The pallet of Lutine that has the policies.
const COVER: &str = "Cover";
/// Its storage map of them.
const POLICIES: &str = "Policies";
/// The version of what it stores that is read here.
pub const COVER_VERSION: u16 = 0;
/// The pallet of Lutine in which each policy is an item: whoever owns that holds the policy.
const NFTS: &str = "Nfts";
/// Its storage map of items.
const ITEM: &str = "Item";
/// The collection whose items the policies are.
const COLLECTION: u32 = 0;
/// The pallet of Lutine that knows the time.
const TIMESTAMP: &str = "Timestamp";
/// Where it has it, in milliseconds.
const NOW: &str = "Now";

/// What is counted of a proof: bytes, of which each node has a whole number of pieces of this size.
pub const PIECE: u32 = 64;
/// Pieces that a proof may have: sixteen kibibytes. That of one policy among a billion takes twelve.
pub const MAX_PIECES: u32 = 256;

/// What a policy holds of its product, as Lutine stores it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TermsRecord {
	/// From the end of cover to the last report of an incident, in seconds.
	pub claim_window: Seconds,
	/// What every award is lessened by.
	pub deductible: Balance,
	/// The largest claim that needs no vote.
	pub optimistic_limit: Balance,
	/// Share of unearned premium kept when the holder cancels.
	pub cancellation_fee: Perbill,
}

/// A policy as Lutine stores it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct PolicyRecord {
	/// On which product.
	pub product: ProductId,
	/// In which asset.
	pub asset: AssetId,
	/// What was insured.
	pub amount: Balance,
	/// What of it was awarded.
	pub awarded: Balance,
	/// What of it policies were bought for that follow this one.
	pub renewed: Balance,
	/// What was paid to the pools.
	pub net_premium: Balance,
	/// What was paid to the broker.
	pub commission: Balance,
	/// Who was paid it.
	pub broker: Option<AccountId32>,
	/// When it was bought, in Unix seconds.
	pub bought: Seconds,
	/// The first second of cover.
	pub start: Seconds,
	/// The first second after it.
	pub end: Seconds,
	/// Which pools stand behind it.
	pub allocations: BoundedVec<Allocation, ConstU32<8>>,
	/// Its terms.
	pub terms: TermsRecord,
	/// What it insures.
	pub item: BoundedVec<u8, ConstU32<128>>,
	/// Who bought it.
	pub buyer: AccountId32,
	/// The deposit for its storage.
	pub deposit: Balance,
	/// Whether a claim under it is open.
	pub claim_open: bool,
	/// Whether it was cancelled.
	pub cancelled: bool,
}

/// An item of a collection as Lutine stores it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ItemRecord {
	/// Who owns it.
	pub owner: AccountId32,
	/// Who may transfer it for them, and until which block.
	pub approvals: BTreeMap<AccountId32, Option<BlockNumber>>,
	/// Who paid how much for its storage.
	pub deposit: (AccountId32, Balance),
}

/// What a proof shows of a policy in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
	/// The time of the block, in Unix seconds.
	pub time: Seconds,
	/// The policy and who holds it, if it is there.
	pub policy: Option<(PolicyRecord, AccountId32)>,
}

/// Why nothing is known after a proof was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
	/// It is not a proof of what it is for.
	Proof(StorageProofError),
	/// Lutine stores policies in a version that is not known here.
	Version,
	/// A value is not what it should be.
	Encoding,
	/// The policy is there, but nobody holds it.
	Holder,
}

/// The keys of Lutine's state that a proof of a policy is of: the policy, the item that tells its holder, the time, and the
/// version of what `pallet-cover` stores.
pub fn keys(policy: PolicyId) -> [Vec<u8>; 4] {
	[
		storage_map_final_key::<Twox64Concat>(COVER, POLICIES, &policy.encode()).0,
		item_key(policy),
		storage_value_key(TIMESTAMP, NOW).0,
		storage_prefix(COVER.as_bytes(), STORAGE_VERSION_STORAGE_KEY_POSTFIX).to_vec(),
	]
}

fn item_key(policy: PolicyId) -> Vec<u8> {
	let mut key = storage_prefix(NFTS.as_bytes(), ITEM.as_bytes()).to_vec();
	key.extend(Blake2_128Concat::hash(&COLLECTION.encode()));
	key.extend(Blake2_128Concat::hash(&policy.encode()));
	key
}

/// How many pieces a proof has. What it takes to read one grows with its nodes as well as with its bytes: a node is as good as
/// never smaller than half a piece.
pub fn pieces(proof: &RawStorageProof) -> u32 {
	proof.iter().fold(0, |sum: u32, node| {
		let size = u32::try_from(node.len()).unwrap_or(u32::MAX);
		sum.saturating_add(size.div_ceil(PIECE).max(1))
	})
}

/// Reads what a proof shows of a policy in the state with this root. Every node must be needed for that.
pub fn read(root: H256, proof: RawStorageProof, policy: PolicyId) -> Result<Seen, Failure> {
	let mut checker = StorageProofChecker::<BlakeTwo256>::new(root, proof).map_err(Failure::Proof)?;
	let [policy_key, item_key, time_key, version_key] = keys(policy);
	let mut value = |key: &[u8]| checker.read_value(key).map_err(Failure::Proof);
	let (record, item) = (value(&policy_key)?, value(&item_key)?);
	let (time, version) = (value(&time_key)?, value(&version_key)?);
	checker.ensure_no_unused_nodes().map_err(Failure::Proof)?;

	// FRAME takes what has no version for the first.
	let version = version.map_or(Ok(0), |bytes| decode::<u16>(&bytes))?;
	if version != COVER_VERSION {
		return Err(Failure::Version);
	}
	let milliseconds = decode::<u64>(&time.ok_or(Failure::Encoding)?)?;
	let policy = match record {
		None => None,
		Some(record) => {
			let record = decode::<PolicyRecord>(&record)?;
			let item = decode::<ItemRecord>(&item.ok_or(Failure::Holder)?)?;
			Some((record, item.owner))
		}
	};
	Ok(Seen {
		time: milliseconds / 1_000,
		policy,
	})
}

/// A value, of which nothing may be left: another type is most often of another length.
fn decode<V: Decode>(bytes: &[u8]) -> Result<V, Failure> {
	V::decode_all(&mut &bytes[..]).map_err(|_| Failure::Encoding)
}

impl PolicyRecord {
	/// Where the policy was in its life at the time of the block.
	fn state(&self, time: Seconds) -> State {
		if self.cancelled {
			State::Cancelled
		} else if self.awarded >= self.amount {
			State::Exhausted
		} else if time >= self.end {
			State::Expired
		} else {
			State::Active
		}
	}

	/// What is kept of it.
	pub fn certificate(&self, holder: AccountId32, number: BlockNumber, time: Seconds) -> Certificate {
		Certificate {
			holder,
			product: self.product,
			asset: self.asset.clone(),
			amount: self.amount,
			awarded: self.awarded,
			deductible: self.terms.deductible,
			start: self.start,
			end: self.end,
			claim_window: self.terms.claim_window,
			item: sp_io::hashing::blake2_256(&self.item).into(),
			claim_open: self.claim_open,
			state: self.state(time),
			number,
			time,
		}
	}
}
