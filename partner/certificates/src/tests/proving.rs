//! What a proof leaves behind, and who pays for it.

use super::*;

#[test]
fn policy_is_on_record_as_lutine_has_it_when_it_was_proven() {
	build_and_execute(|| {
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));

		let policy = policy();
		let expected = Certificate {
			holder: HOLDER,
			product: 3,
			asset: policy.asset,
			amount: 1_000,
			awarded: 300,
			deductible: 10,
			start: policy.start,
			end: policy.end,
			claim_window: policy.terms.claim_window,
			item: sp_io::hashing::blake2_256(b"an account").into(),
			claim_open: false,
			state: State::Active,
			number: 9,
			time: START,
		};
		assert_eq!(expected.left(), 700);
		assert_eq!(certificate(), Some(expected));
		assert_eq!(
			last_event(),
			Event::Proven {
				policy: POLICY,
				holder: HOLDER,
				left: 700,
				end: policy.end,
				state: State::Active,
				number: 9,
				by: ALICE,
			}
		);
		assert_eq!(held(&ALICE), DEPOSIT);
	});
}

#[test]
fn state_follows_from_the_policy_and_the_time_of_the_block() {
	let end = policy().end;
	let states = [
		(Chainstate::new().at(end - 1), State::Active),
		(Chainstate::new().at(end), State::Expired),
		(Chainstate::with(|policy| policy.awarded = 999), State::Active),
		(
			Chainstate::with(|policy| policy.awarded = 1_000),
			State::Exhausted,
		),
		(
			Chainstate::with(|policy| policy.awarded = 1_000).at(end),
			State::Exhausted,
		),
		(
			Chainstate::with(|policy| policy.cancelled = true),
			State::Cancelled,
		),
		(
			Chainstate::with(|policy| policy.cancelled = true).at(end),
			State::Cancelled,
		),
	];
	for (state, expected) in states {
		build_and_execute(|| {
			assert_ok!(prove(ALICE, 9, &state));
			assert_eq!(certificate().unwrap().state, expected);
		});
	}
}

#[test]
fn later_header_replaces_what_was_known() {
	build_and_execute(|| {
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		let mut sold = Chainstate::with(|policy| {
			policy.awarded = 400;
			policy.claim_open = true;
		})
		.at(START + 6);
		sold.put(
			POLICY,
			&{
				let mut policy = policy();
				policy.awarded = 400;
				policy.claim_open = true;
				policy
			},
			BUYER,
		);
		assert_ok!(prove(ALICE, 10, &sold));

		let certificate = certificate().unwrap();
		assert_eq!((certificate.number, certificate.time), (10, START + 6));
		assert_eq!((certificate.holder.clone(), certificate.left()), (BUYER, 600));
		assert!(certificate.claim_open);
		assert_eq!(held(&ALICE), DEPOSIT);
	});
}

#[test]
fn deposit_passes_to_who_proves_last() {
	build_and_execute(|| {
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		assert_ok!(prove(BOB, 10, &Chainstate::new()));

		assert_eq!((held(&ALICE), free(&ALICE)), (0, ENDOWMENT));
		assert_eq!((held(&BOB), free(&BOB)), (DEPOSIT, ENDOWMENT - DEPOSIT));
	});
}

#[test]
fn proofs_of_several_policies_are_each_paid_for() {
	build_and_execute(|| {
		let state = Chainstate::new();
		let at = state.import(9);
		for id in [1, 2, 3] {
			assert_ok!(Certificates::prove(signed(ALICE), id, at, state.proof(id)));
		}
		assert_eq!(held(&ALICE), 3 * DEPOSIT);
	});
}

#[test]
fn order_of_the_nodes_does_not_matter() {
	build_and_execute(|| {
		let state = Chainstate::new();
		let mut proof = state.proof(POLICY);
		proof.reverse();
		assert_ok!(Certificates::prove(signed(ALICE), POLICY, state.import(9), proof));
	});
}

#[test]
fn version_that_was_never_written_is_the_first() {
	build_and_execute(|| {
		let mut state = Chainstate::new();
		state.0.remove(&proofs::keys(POLICY)[3]);
		assert_ok!(prove(ALICE, 9, &state));
	});
}

#[test]
fn proof_of_a_policy_among_very_many_fits() {
	build_and_execute(|| {
		let mut state = Chainstate::new();
		for id in 0..20_000 {
			state.put(id, &policy(), HOLDER);
		}
		let proof = state.proof(POLICY);
		assert!(
			proofs::pieces(&proof) < proofs::MAX_PIECES / 2,
			"{}",
			proofs::pieces(&proof)
		);
		assert_ok!(Certificates::prove(signed(ALICE), POLICY, state.import(9), proof));
	});
}
