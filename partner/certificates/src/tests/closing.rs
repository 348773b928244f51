//! Policies that are gone, and certificates that are removed.

use super::*;

#[test]
fn certificate_is_closed_when_its_policy_is_proven_to_be_gone() {
	build_and_execute(|| {
		assert_ok!(prove(
			ALICE,
			9,
			&Chainstate::with(|policy| policy.claim_open = true)
		));
		// Who has nothing can prove it too.
		assert_ok!(prove(PAUPER, 10, &Chainstate::without().at(START + 6)));

		let certificate = certificate().unwrap();
		assert_eq!(certificate.state, State::Closed);
		assert_eq!((certificate.number, certificate.time), (10, START + 6));
		assert!(!certificate.claim_open);
		assert_eq!(
			last_event(),
			Event::Closed {
				policy: POLICY,
				number: 10
			}
		);
		assert_eq!(held(&ALICE), DEPOSIT);
	});
}

#[test]
fn closed_certificate_stays_closed() {
	build_and_execute(|| {
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		assert_ok!(prove(ALICE, 11, &Chainstate::without()));
		// With the header before.
		refused_in(&Chainstate::new(), ALICE, 10, Error::NotNewer);
		// To prove it again would keep the deposit from coming back.
		refused_in(&Chainstate::without(), BOB, 12, Error::NoSuchPolicy);
	});
}

#[test]
fn certificate_is_removed_when_nothing_older_can_be_proven() {
	build_and_execute(|| {
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		assert_ok!(prove(BOB, 11, &Chainstate::without().at(START + 12)));
		assert_noop!(Certificates::remove(signed(BOB), POLICY), Error::TooEarly);
		set_time(START + 12 + MAX_AGE);
		assert_noop!(Certificates::remove(signed(BOB), POLICY), Error::TooEarly);

		set_time(START + 12 + MAX_AGE + 1);
		assert_ok!(Certificates::remove(signed(BOB), POLICY));
		assert_eq!(certificate(), None);
		assert_eq!((held(&ALICE), free(&ALICE)), (0, ENDOWMENT));
		assert_eq!(
			last_event(),
			Event::Removed {
				policy: POLICY,
				depositor: ALICE,
				deposit: DEPOSIT
			}
		);
		// What was closed is not proven open with a header before.
		refused_in(&Chainstate::new().at(START + 12), ALICE, 10, Error::TooOld);
	});
}

#[test]
fn certificate_that_nobody_renews_is_removed_although_the_policy_is_there() {
	build_and_execute(|| {
		assert_ok!(prove(ALICE, 9, &Chainstate::new()));
		set_time(START + MAX_AGE + 1);
		assert_ok!(Certificates::remove(signed(ALICE), POLICY));
		assert_eq!(held(&ALICE), 0);
		assert_ok!(prove(ALICE, 9, &Chainstate::new().at(START + 10)));
	});
}

#[test]
fn nothing_is_removed_that_is_not_there() {
	build_and_execute(|| {
		assert_noop!(
			Certificates::remove(signed(ALICE), POLICY),
			Error::UnknownCertificate
		);
	});
}
