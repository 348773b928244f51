//! Whatever is done to a proof, it shows what it showed or it shows nothing.

use super::*;
use proptest::{collection::vec, prelude::*, sample::Index};
use std::{collections::BTreeSet, sync::LazyLock};

/// What may be done to a proof.
#[derive(Clone, Debug)]
enum Mutation {
	/// A byte of a node becomes another.
	Flip(Index, Index, u8),
	/// A node is left out.
	Drop(Index),
	/// A node is there twice.
	Double(Index),
	/// Two nodes change places.
	Swap(Index, Index),
	/// A node is cut off.
	Cut(Index, Index),
	/// Something is added to a node.
	Grow(Index, Vec<u8>),
	/// Something that is no node is added.
	Add(Vec<u8>),
	/// A node of a proof of another policy is added.
	Borrow(Index),
	/// A node of a proof in another state takes the place of one.
	Replace(Index, Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
	let at = any::<Index>;
	prop_oneof![
		(at(), at(), 1..=u8::MAX).prop_map(|(node, byte, by)| Mutation::Flip(node, byte, by)),
		at().prop_map(Mutation::Drop),
		at().prop_map(Mutation::Double),
		(at(), at()).prop_map(|(a, b)| Mutation::Swap(a, b)),
		(at(), at()).prop_map(|(node, to)| Mutation::Cut(node, to)),
		(at(), vec(any::<u8>(), 1..40)).prop_map(|(node, bytes)| Mutation::Grow(node, bytes)),
		vec(any::<u8>(), 0..200).prop_map(Mutation::Add),
		at().prop_map(Mutation::Borrow),
		(at(), at()).prop_map(|(node, by)| Mutation::Replace(node, by)),
	]
}

struct World {
	root: H256,
	proof: RawStorageProof,
	/// Of another policy in the same state.
	neighbour: RawStorageProof,
	/// Of the policy in another state.
	other: RawStorageProof,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
	let state = Chainstate::new();
	World {
		root: state.root(),
		proof: state.proof(POLICY),
		neighbour: state.proof(POLICY + 1),
		other: Chainstate::with(|policy| policy.amount = 1 << 80).proof(POLICY),
	}
});

fn mutate(proof: &mut RawStorageProof, mutation: Mutation) {
	if proof.is_empty() {
		return;
	}
	match mutation {
		Mutation::Flip(node, byte, by) => {
			let node = node.get_mut(proof);
			if !node.is_empty() {
				*byte.get_mut(node) ^= by;
			}
		}
		Mutation::Drop(node) => {
			proof.remove(node.index(proof.len()));
		}
		Mutation::Double(node) => proof.push(node.get(proof).clone()),
		Mutation::Swap(a, b) => {
			let (a, b) = (a.index(proof.len()), b.index(proof.len()));
			proof.swap(a, b);
		}
		Mutation::Cut(node, to) => {
			let node = node.get_mut(proof);
			node.truncate(to.index(node.len() + 1));
		}
		Mutation::Grow(node, bytes) => node.get_mut(proof).extend(bytes),
		Mutation::Add(bytes) => proof.push(bytes),
		Mutation::Borrow(node) => proof.push(node.get(&WORLD.neighbour).clone()),
		Mutation::Replace(node, by) => *node.get_mut(proof) = by.get(&WORLD.other).clone(),
	}
}

/// A proof in order, where no node is there twice.
fn set(proof: &RawStorageProof) -> Option<BTreeSet<&Vec<u8>>> {
	let set: BTreeSet<_> = proof.iter().collect();
	(set.len() == proof.len()).then_some(set)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn mutated_proof_shows_the_same_or_nothing(mutations in vec(mutation(), 1..5)) {
		let mut proof = WORLD.proof.clone();
		for mutation in mutations {
			mutate(&mut proof, mutation);
		}
		let is_the_same = set(&proof) == set(&WORLD.proof);
		let seen = proofs::read(WORLD.root, proof, POLICY);
		if is_the_same {
			let (record, holder) = seen.unwrap().policy.unwrap();
			prop_assert_eq!((record, holder), (policy(), HOLDER));
		} else {
			prop_assert!(matches!(seen, Err(proofs::Failure::Proof(_))), "{:?}", seen);
		}
	}

	#[test]
	fn nothing_is_shown_by_noise(nodes in vec(vec(any::<u8>(), 0..120), 0..12)) {
		let seen = proofs::read(WORLD.root, nodes, POLICY);
		prop_assert!(matches!(seen, Err(proofs::Failure::Proof(_))), "{:?}", seen);
	}

}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(100))]

	/// Even with its own root: what a value is taken for, it must be.
	#[test]
	fn noise_in_the_state_is_no_policy(bytes in vec(any::<u8>(), 0..400)) {
		let mut state = Chainstate::new();
		let key = proofs::keys(POLICY)[0].clone();
		state.0.insert(key, bytes.clone());
		match proofs::read(state.root(), state.proof(POLICY), POLICY) {
			Ok(seen) => {
				use codec::Encode;
				let (record, _) = seen.policy.unwrap();
				prop_assert_eq!(record.encode(), bytes);
			}
			Err(failure) => prop_assert_eq!(failure, proofs::Failure::Encoding),
		}
	}
}
