//! What is no proof, each for its own reason.

use super::*;
use codec::Encode;

const BAD: fn(StorageProofError) -> Error = Error::BadProof;

/// The state of the tests, known as that of a header, and the proof of the policy in it.
fn known() -> (Chainstate, H256, RawStorageProof) {
	let state = Chainstate::new();
	let (at, proof) = (state.import(9), state.proof(POLICY));
	(state, at, proof)
}

#[test]
fn proof_is_refused_when_the_header_is_not_known() {
	build_and_execute(|| {
		let (_, _, proof) = known();
		refused(H256::repeat_byte(1), proof, Error::UnknownHeader);
	});
}

#[test]
fn proof_is_refused_while_the_light_client_is_halted() {
	build_and_execute(|| {
		let (_, at, proof) = known();
		let mode = bp_runtime::BasicOperatingMode::Halted;
		assert_ok!(LutineGrandpa::set_operating_mode(RuntimeOrigin::root(), mode));
		refused(at, proof.clone(), Error::UnknownHeader);

		let mode = bp_runtime::BasicOperatingMode::Normal;
		assert_ok!(LutineGrandpa::set_operating_mode(RuntimeOrigin::root(), mode));
		assert_ok!(Certificates::prove(signed(ALICE), POLICY, at, proof));
	});
}

#[test]
fn proof_is_refused_when_any_byte_of_any_node_is_another() {
	build_and_execute(|| {
		let (_, at, proof) = known();
		for node in 0..proof.len() {
			for byte in [0, proof[node].len() / 2, proof[node].len() - 1] {
				let mut tampered = proof.clone();
				tampered[node][byte] ^= 1;
				let result = Certificates::prove(signed(ALICE), POLICY, at, tampered);
				assert!(
					[
						Err(BAD(StorageProofError::StorageRootMismatch).into()),
						Err(BAD(StorageProofError::StorageValueUnavailable).into()),
					]
					.contains(&result),
					"node {node}, byte {byte}: {result:?}"
				);
			}
		}
		assert_eq!(certificate(), None);
	});
}

#[test]
fn proof_is_refused_when_it_is_of_another_state() {
	build_and_execute(|| {
		let (_, at, _) = known();
		let other = Chainstate::with(|policy| policy.amount = 1_000_000);
		refused(
			at,
			other.proof(POLICY),
			BAD(StorageProofError::StorageRootMismatch),
		);
	});
}

#[test]
fn proof_is_refused_when_it_is_of_another_policy() {
	build_and_execute(|| {
		let (state, at, _) = known();
		refused(
			at,
			state.proof(POLICY + 1),
			BAD(StorageProofError::StorageValueUnavailable),
		);
	});
}

#[test]
fn proof_is_refused_when_it_is_not_of_all_keys() {
	build_and_execute(|| {
		let (state, at, _) = known();
		let keys = proofs::keys(POLICY);
		for left_out in 0..keys.len() {
			let mut some = keys.to_vec();
			some.remove(left_out);
			let proof = state.proof_of(&some);
			// The version is small enough to be in a node on the way to the policy.
			if left_out == 3 {
				assert_eq!(proof, state.proof(POLICY));
			} else {
				refused(at, proof, BAD(StorageProofError::StorageValueUnavailable));
			}
		}
	});
}

#[test]
fn proof_is_refused_when_a_node_is_missing() {
	build_and_execute(|| {
		let (state, at, proof) = known();
		let root = state.root();
		for node in 0..proof.len() {
			let mut truncated = proof.clone();
			let removed = truncated.remove(node);
			let error = if H256(sp_io::hashing::blake2_256(&removed)) == root {
				StorageProofError::StorageRootMismatch
			} else {
				StorageProofError::StorageValueUnavailable
			};
			refused(at, truncated, BAD(error));
		}
		refused(at, vec![], BAD(StorageProofError::StorageRootMismatch));
	});
}

#[test]
fn proof_is_refused_when_it_is_padded() {
	build_and_execute(|| {
		let (state, at, proof) = known();
		let padding: Vec<_> = state
			.proof(POLICY + 1)
			.into_iter()
			.filter(|node| !proof.contains(node))
			.chain([vec![], vec![0], vec![1; 100]])
			.collect();
		for node in padding {
			let mut padded = proof.clone();
			padded.push(node);
			refused(at, padded, BAD(StorageProofError::UnusedKey));
		}
		let mut doubled = proof.clone();
		doubled.push(proof[0].clone());
		refused(at, doubled, BAD(StorageProofError::DuplicateNodes));
	});
}

#[test]
fn proof_is_refused_when_it_is_too_large() {
	build_and_execute(|| {
		let (_, at, proof) = known();
		let most = proofs::MAX_PIECES;
		let room = (most - proofs::pieces(&proof)) * proofs::PIECE;
		let mut padded = proof.clone();
		padded.push(vec![7; room as usize]);
		assert_eq!(proofs::pieces(&padded), most);
		refused(at, padded.clone(), BAD(StorageProofError::UnusedKey));
		padded.last_mut().unwrap().push(7);
		refused(at, padded, Error::TooLarge);

		let many = (0..=most).map(|n| n.encode()).collect();
		refused(at, many, Error::TooLarge);
		refused(at, vec![vec![]; most as usize + 1], Error::TooLarge);
	});
}

#[test]
fn proof_is_refused_when_a_value_is_not_what_it_should_be() {
	let cut = |key: usize, by: usize| {
		let mut state = Chainstate::new();
		let value = state.0.get_mut(&proofs::keys(POLICY)[key]).unwrap();
		value.truncate(value.len() - by);
		state
	};
	let grown = |key: usize| {
		let mut state = Chainstate::new();
		let value = state.0.get_mut(&proofs::keys(POLICY)[key]).unwrap();
		value.push(0);
		state
	};
	let mut timeless = Chainstate::new();
	timeless.0.remove(&proofs::keys(POLICY)[2]);
	let states = (0..4)
		.flat_map(|key| [cut(key, 1), grown(key)])
		.chain([timeless, cut(0, 100)]);
	for state in states {
		build_and_execute(|| {
			refused_in(&state, ALICE, 9, Error::Undecodable);
		});
	}
}

#[test]
fn proof_is_refused_when_lutine_stores_policies_in_another_version() {
	build_and_execute(|| {
		let mut state = Chainstate::new();
		state.0.insert(proofs::keys(POLICY)[3].clone(), 1_u16.encode());
		refused_in(&state, ALICE, 9, Error::OtherVersion);
	});
}

#[test]
fn proof_is_refused_when_nobody_holds_the_policy() {
	build_and_execute(|| {
		let mut state = Chainstate::new();
		state.0.remove(&proofs::keys(POLICY)[1]);
		refused_in(&state, ALICE, 9, Error::NoHolder);
	});
}

#[test]
fn proof_is_refused_when_there_is_no_policy_and_no_certificate() {
	build_and_execute(|| {
		refused_in(&Chainstate::without(), ALICE, 9, Error::NoSuchPolicy);
		let state = Chainstate::new();
		let id = 1_000_000;
		let (at, proof) = (state.import(9), state.proof(id));
		assert_noop!(
			Certificates::prove(signed(ALICE), id, at, proof),
			Error::NoSuchPolicy
		);
	});
}

#[test]
fn proof_is_refused_when_as_much_is_known() {
	build_and_execute(|| {
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		let other = Chainstate::with(|policy| policy.awarded = 0);
		for number in [0, 8, 9] {
			refused_in(&other, BOB, number, Error::NotNewer);
		}
		assert_ok!(prove(BOB, 10, &other));
	});
}

#[test]
fn proof_is_refused_when_its_state_is_too_old() {
	build_and_execute(|| {
		set_time(START + MAX_AGE);
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		set_time(START + MAX_AGE + 1);
		refused_in(&Chainstate::new(), ALICE, 10, Error::TooOld);
		assert_ok!(prove(ALICE, 11, &Chainstate::new().at(START + 1)));
	});
}

#[test]
fn proof_is_refused_when_the_prover_cannot_pay() {
	build_and_execute(|| {
		refused_in(&Chainstate::new(), PAUPER, 9, Error::DepositNotThere);
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		refused_in(&Chainstate::new(), PAUPER, 10, Error::DepositNotThere);
		assert_eq!(held(&ALICE), DEPOSIT);
	});
}

#[test]
fn only_accounts_prove_and_remove() {
	build_and_execute(|| {
		let (_, at, proof) = known();
		let refused = sp_runtime::DispatchError::BadOrigin;
		assert_noop!(
			Certificates::prove(RuntimeOrigin::none(), POLICY, at, proof),
			refused
		);
		assert_noop!(Certificates::remove(RuntimeOrigin::root(), POLICY), refused);
	});
}
