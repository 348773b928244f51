//! What the benchmarks measure.

use super::*;
use crate::worst::{NOW, state_of_size};
use std::time::Instant;

#[test]
fn worst_proofs_are_of_the_size_that_is_measured() {
	for pieces in 32..=proofs::MAX_PIECES {
		let (root, proof) = state_of_size(pieces);
		let size = proofs::pieces(&proof);
		assert!(size == pieces || size + 1 == pieces, "{size} for {pieces}");
		// Beyond the values and the ways that there are anyway each piece is a node.
		assert!(proof.len() as u32 + 20 > pieces, "{} for {pieces}", proof.len());

		let seen = proofs::read(root, proof, worst::POLICY).unwrap();
		assert_eq!(seen.time, NOW);
		assert!(seen.policy.is_some());
	}
}

#[test]
fn weight_is_far_above_what_reading_takes() {
	build_and_execute(|| {
		let (root, proof) = state_of_size(proofs::MAX_PIECES);
		let begun = Instant::now();
		for _ in 0..20 {
			proofs::read(root, proof.clone(), worst::POLICY).unwrap();
		}
		let taken = begun.elapsed().as_nanos() as u64 * 1_000 / 20;
		println!("a proof of {} pieces took {taken} ps", proofs::pieces(&proof));
		let weight = Certificates::prove_weight(&proof).ref_time();
		assert!(taken < weight, "{taken} of {weight}");
	});
}

#[test]
fn weight_grows_with_the_proof() {
	let weight = |proof: RawStorageProof| Certificates::prove_weight(&proof).ref_time();
	let none = weight(vec![]);
	assert!(weight(vec![vec![]]) > none);
	assert_eq!(weight(vec![vec![0; 64]]), weight(vec![vec![]]));
	assert!(weight(vec![vec![0; 65]]) > weight(vec![vec![0; 64]]));
	assert_eq!(weight(vec![vec![]; 3]), weight(vec![vec![0; 192]]));
}
