//! A proof that costs as much to read as one of its size can: with as many nodes, each as small as can be. The way to a policy is
//! made as long as its key allows, and when that does not suffice the ways to the other keys.

use crate::proofs::{self, ItemRecord, PolicyRecord, TermsRecord};
use alloc::{collections::BTreeMap, vec, vec::Vec};
use bp_runtime::RawStorageProof;
use codec::Encode;
use lutine_primitives::{
	Balance,
	insurance::{Allocation, AssetId, PolicyId},
	time::Seconds,
};
use sp_core::H256;
use sp_runtime::{AccountId32, Perbill, traits::BlakeTwo256};
use sp_trie::{
	LayoutV1, MemoryDB, RandomState, Recorder, Trie, TrieDBBuilder, TrieMut, recorder_ext::RecorderExt,
	trie_types::TrieDBMutBuilderV1,
};

/// The policy that is proven.
pub const POLICY: PolicyId = 7;
/// The time of the block.
pub const NOW: Seconds = 2_000_000_000;

/// As large as it can be.
fn policy() -> PolicyRecord {
	let allocation = Allocation {
		pool: u32::MAX,
		amount: Balance::MAX,
		rate: u128::MAX,
	};
	PolicyRecord {
		product: 1,
		asset: AssetId::WithId(1),
		amount: Balance::MAX,
		awarded: 0,
		renewed: 0,
		net_premium: 0,
		commission: 0,
		broker: Some(AccountId32::new([1; 32])),
		bought: NOW,
		start: NOW,
		end: NOW + 1,
		allocations: vec![allocation; 8].try_into().expect("there may be eight"),
		terms: TermsRecord {
			claim_window: 1,
			deductible: 0,
			optimistic_limit: 0,
			cancellation_fee: Perbill::zero(),
		},
		item: vec![b'i'; 128].try_into().expect("there may be so many"),
		buyer: AccountId32::new([2; 32]),
		deposit: 1,
		claim_open: false,
		cancelled: false,
	}
}

fn item() -> ItemRecord {
	ItemRecord {
		owner: AccountId32::new([3; 32]),
		approvals: BTreeMap::new(),
		deposit: (AccountId32::new([4; 32]), 0),
	}
}

/// A key that leaves another one at one of its nibbles, and ends there.
fn aside(key: &[u8], nibble: usize) -> Vec<u8> {
	let (whole, byte) = (&key[..nibble / 2], key[nibble / 2]);
	let last = if nibble.is_multiple_of(2) {
		(byte ^ 0x10) & 0xf0
	} else {
		byte ^ 0x01
	};
	[whole, &[last]].concat()
}

/// The root of a state with the policy, and the proof of it, with so many forks on the way.
pub fn state(forks: usize) -> (H256, RawStorageProof) {
	let keys = proofs::keys(POLICY);
	let values = [
		policy().encode(),
		item().encode(),
		(NOW * 1_000).encode(),
		proofs::COVER_VERSION.encode(),
	];
	// Without the standard library there is no default.
	let mut db = MemoryDB::<BlakeTwo256>::with_hasher(RandomState::default());
	let mut root = H256::default();
	{
		let mut trie = TrieDBMutBuilderV1::<BlakeTwo256>::new(&mut db, &mut root).build();
		let ways = keys
			.iter()
			.flat_map(|key| (0..key.len() * 2).map(move |nibble| aside(key, nibble)));
		for key in ways.take(forks) {
			trie.insert(&key, &[1]).expect("the database is in memory");
		}
		for (key, value) in keys.iter().zip(&values) {
			trie.insert(key, value).expect("the database is in memory");
		}
	}
	let mut recorder = Recorder::<LayoutV1<BlakeTwo256>>::new();
	{
		let trie = TrieDBBuilder::<LayoutV1<BlakeTwo256>>::new(&db, &root)
			.with_recorder(&mut recorder)
			.build();
		for (key, value) in keys.iter().zip(values) {
			assert_eq!(trie.get(key).expect("all nodes are there"), Some(value));
		}
	}
	(root, recorder.into_raw_storage_proof())
}

/// A state whose proof has so many pieces, or one or two less.
pub fn state_of_size(pieces: u32) -> (H256, RawStorageProof) {
	let mut forks = 0;
	loop {
		let (root, proof) = state(forks);
		// No fork makes more than two pieces.
		let missing = pieces.saturating_sub(proofs::pieces(&proof)) as usize;
		if missing < 2 {
			return (root, proof);
		}
		forks += missing / 2;
	}
}
