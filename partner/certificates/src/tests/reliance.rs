//! What others are told, and when they are told nothing.

use super::*;

fn cover_of(who: &AccountId32, now: Seconds, max_age: Seconds) -> Option<Balance> {
	Certificates::cover_of(POLICY, who, now, max_age).map(|certificate| certificate.left())
}

#[test]
fn cover_is_told_to_its_holder_in_its_period_only() {
	build_and_execute(|| {
		let (start, end) = (policy().start, policy().end);
		assert_eq!(cover_of(&HOLDER, START, 0), None);
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		let forever = Seconds::MAX;

		assert_eq!(cover_of(&HOLDER, START, 0), Some(700));
		assert_eq!(cover_of(&BUYER, START, 0), None);
		assert_eq!(cover_of(&ALICE, START, 0), None);
		assert_eq!(Certificates::cover_of(POLICY + 1, &HOLDER, START, forever), None);

		assert_eq!(cover_of(&HOLDER, start - 1, forever), None);
		assert_eq!(cover_of(&HOLDER, start, forever), Some(700));
		assert_eq!(cover_of(&HOLDER, end - 1, forever), Some(700));
		assert_eq!(cover_of(&HOLDER, end, forever), None);
	});
}

#[test]
fn cover_is_told_while_its_proof_is_young_enough() {
	build_and_execute(|| {
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		assert_eq!(cover_of(&HOLDER, START + 60, 60), Some(700));
		assert_eq!(cover_of(&HOLDER, START + 61, 60), None);
		// The clock of Lutine may be ahead.
		assert_eq!(cover_of(&HOLDER, START - 5, 0), Some(700));
	});
}

#[test]
fn cover_is_told_of_the_account_that_a_person_has_on_lutine_without_a_key() {
	build_and_execute(|| {
		let mut state = Chainstate::new();
		state.put(POLICY, &policy(), derived(&BOB));
		assert_ok!(prove(ALICE, 9, &state));
		assert_eq!(cover_of(&BOB, START, 0), Some(700));
		assert_eq!(cover_of(&derived(&BOB), START, 0), Some(700));
		assert_eq!(cover_of(&ALICE, START, 0), None);
	});
}

#[test]
fn no_cover_is_told_when_the_policy_is_not_active() {
	let ended: [fn(&mut proofs::PolicyRecord); 3] = [
		|policy| policy.cancelled = true,
		|policy| policy.awarded = policy.amount,
		|policy| policy.start = START + 1,
	];
	for change in ended {
		build_and_execute(|| {
			assert_ok!(prove(ALICE, 9, &Chainstate::with(change)));
			assert_eq!(cover_of(&HOLDER, START, Seconds::MAX), None);
		});
	}
	build_and_execute(|| {
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		assert_ok!(prove(ALICE, 10, &Chainstate::without()));
		assert_eq!(cover_of(&HOLDER, START, Seconds::MAX), None);
	});
}

#[test]
fn clients_are_told_what_was_proven_and_what_time_made_of_it() {
	build_and_execute(|| {
		assert_eq!(Certificates::report_certificate(POLICY), None);
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		assert_eq!(Certificates::report_certificate(POLICY), certificate());

		set_time(policy().end);
		let report = Certificates::report_certificate(POLICY).unwrap();
		assert_eq!((report.state, report.time), (State::Expired, START));
	});
}

#[test]
fn clients_are_told_the_keys_to_ask_for() {
	build_and_execute(|| {
		let state = Chainstate::new();
		let keys = Certificates::report_proof_keys(POLICY);
		assert_eq!(state.proof_of(&keys), state.proof(POLICY));
	});
}
