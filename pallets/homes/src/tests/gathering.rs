//! What is noted of payments.

use super::*;
use lutine_primitives::Balance;

#[test]
fn payment_is_noted_when_the_account_has_a_home() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		System::assert_last_event(
			Event::Gathered {
				who: ALICE,
				asset: USD,
				amount: 100,
			}
			.into(),
		);
		pay(ALICE, &USD, 11);
		assert_eq!(gathered(ALICE, &USD), 111);
		// Each asset by itself, in the account that was paid.
		pay(ALICE, &LUT, 7);
		assert_eq!((gathered(ALICE, &USD), gathered(ALICE, &LUT)), (111, 7));
		assert_eq!(gathered(BOB, &USD), 0);
		// The money is in the account all the time.
		assert_eq!(balance(&USD, ALICE), 111);
		assert_eq!(Residents::<Test>::get(ALICE).unwrap().assets, 2);
	});
}

#[test]
fn payment_is_not_noted_when_the_account_has_no_home() {
	with_homes(|| {
		let events = System::event_count();
		pay(CAROL, &USD, 100);
		assert_eq!(gathered(CAROL, &USD), 0);
		// Only what the assets say.
		assert!(
			System::events()
				.iter()
				.skip(events as usize)
				.all(|record| !matches!(record.event, RuntimeEvent::Homes(_)))
		);
		// Nor what was paid before it has one.
		assert_ok!(Homes::set_home(signed(CAROL), Some(ALICES)));
		assert_noop!(
			Homes::send(signed(CAROL), CAROL, USD),
			Error::<Test>::NothingToSend
		);
	});
}

#[test]
fn nothing_is_noted_when_nothing_is_paid() {
	with_homes(|| {
		<Homes as OnPaid<AccountId>>::on_paid(&ALICE, &USD, 0);
		assert_eq!(Residents::<Test>::get(ALICE).unwrap().assets, 0);
		assert!(!Gathered::<Test>::contains_key(ALICE, USD));
	});
}

#[test]
fn payment_stays_when_too_many_assets_are_gathered() {
	with_homes(|| {
		for asset in [&LUT, &USD, &XAU] {
			pay(ALICE, asset, 100);
		}
		pay(ALICE, &EUR, 100);
		System::assert_last_event(
			Event::Kept {
				who: ALICE,
				asset: EUR,
				amount: 100,
				why: Error::<Test>::TooManyAssets.into(),
			}
			.into(),
		);
		assert_eq!((balance(&EUR, ALICE), gathered(ALICE, &EUR)), (100, 0));
		// There is room for more of what is noted, and for another asset when one is gone.
		pay(ALICE, &USD, 100);
		assert_eq!(gathered(ALICE, &USD), 200);
		assert_ok!(Homes::send(signed(BOB), ALICE, USD));
		pay(ALICE, &EUR, 100);
		assert_eq!(gathered(ALICE, &EUR), 100);
	});
}

#[test]
fn note_is_as_high_as_can_be_when_a_payment_is_beyond_numbers() {
	with_homes(|| {
		give(ALICE, &USD, 100);
		for _ in 0..2 {
			<Homes as OnPaid<AccountId>>::on_paid(&ALICE, &USD, Balance::MAX);
		}
		assert_eq!(gathered(ALICE, &USD), Balance::MAX);
		assert_ok!(Homes::send(signed(BOB), ALICE, USD));
		// Nobody is sent more than there is.
		assert_eq!(Arrived::get(), [(ALICE, ALICES, USD, 90)]);
		assert_eq!(gathered(ALICE, &USD), 0);
	});
}
