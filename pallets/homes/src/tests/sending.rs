//! Sending home what was gathered, and everything that can be in the way.

use super::*;
use frame_support::assert_storage_noop;

fn send(who: AccountId, asset: &lutine_primitives::insurance::AssetId) -> Result<(), DispatchError> {
	frame_support::storage::with_storage_layer(|| Homes::send(signed(CAROL), who, asset.clone()))
}

#[test]
fn gathered_is_sent_home_by_anyone() {
	with_homes(|| {
		give(ALICE, &USD, 40);
		pay(ALICE, &USD, 100);
		assert_eq!(Homes::ready(ALICE, USD), Ok(100));
		assert_ok!(send(ALICE, &USD));
		System::assert_last_event(
			Event::Sent {
				who: ALICE,
				home: ALICES,
				asset: USD,
				amount: 100,
			}
			.into(),
		);
		assert_eq!(Arrived::get(), [(ALICE, ALICES, USD, 100)]);
		// What was not paid by cover stays.
		assert_eq!((balance(&USD, ALICE), vault(&USD)), (40, 100));
		assert_eq!(gathered(ALICE, &USD), 0);
		assert_eq!(send(ALICE, &USD), Err(Error::<Test>::NothingToSend.into()));
		// The native token goes the same way.
		pay(ALICE, &LUT, 30);
		assert_ok!(send(ALICE, &LUT));
		assert_eq!(balance(&LUT, ALICE), PURSE - DEPOSIT);
	});
}

#[test]
fn account_stays_alive_when_all_it_has_is_sent() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		assert_ok!(send(ALICE, &USD));
		assert_eq!(balance(&USD, ALICE), MINIMUM);
		// What keeps it alive is not waited for, or the note would never go.
		assert_eq!(gathered(ALICE, &USD), 0);
		// And the next payment goes whole.
		pay(ALICE, &USD, 100);
		assert_ok!(send(ALICE, &USD));
		assert_eq!((balance(&USD, ALICE), vault(&USD)), (MINIMUM, 190));
	});
}

#[test]
fn only_what_is_there_is_sent_when_the_account_spent_some() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		assert_ok!(spend(ALICE, &USD, 60));
		assert_ok!(send(ALICE, &USD));
		assert_eq!(Arrived::get(), [(ALICE, ALICES, USD, 30)]);
		assert_eq!(gathered(ALICE, &USD), 0);
	});
}

#[test]
fn nothing_is_sent_when_the_account_spent_all() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		assert_ok!(spend(ALICE, &USD, 100));
		assert_storage_noop!(assert_eq!(
			send(ALICE, &USD),
			Err(Error::<Test>::NothingToSend.into())
		));
		assert_eq!(gathered(ALICE, &USD), 100);
		// Block work sees that, and what is put in later is nobody's payout.
		idle(PLENTY);
		assert_eq!(gathered(ALICE, &USD), 0);
		give(ALICE, &USD, 100);
		assert_eq!(send(ALICE, &USD), Err(Error::<Test>::NothingToSend.into()));
	});
}

#[test]
fn deposits_of_the_account_are_never_sent() {
	with_homes(|| {
		pay(ALICE, &LUT, 100);
		// Everything but the minimum and the payout is spent, then some of that goes on hold too.
		assert_ok!(spend(ALICE, &LUT, PURSE - DEPOSIT - MINIMUM));
		let reason = HoldReason::Home.into();
		assert_ok!(<Balances as frame_support::traits::fungible::MutateHold<_>>::hold(&reason, &ALICE, 60));
		assert_eq!(Homes::ready(ALICE, LUT), Ok(40));
		assert_ok!(send(ALICE, &LUT));
		assert_eq!(balance(&LUT, ALICE), MINIMUM);
		assert_ok!(
			<Balances as frame_support::traits::fungible::MutateHold<_>>::release(
				&reason,
				&ALICE,
				60,
				frame_support::traits::tokens::Precision::Exact
			)
		);
	});
}

#[test]
fn send_is_refused_when_there_is_no_home() {
	with_homes(|| {
		pay(CAROL, &USD, 100);
		assert_storage_noop!(assert_eq!(send(CAROL, &USD), Err(Error::<Test>::NoHome.into())));
		assert_noop!(
			Homes::send(RuntimeOrigin::none(), ALICE, USD),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn payment_waits_when_the_way_is_shut_or_full() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		pay(BOB, &USD, 100);
		Open::set(false);
		assert_storage_noop!(assert_eq!(
			send(ALICE, &USD),
			Err(Error::<Test>::WayClosed.into())
		));
		assert_eq!(Homes::ready(ALICE, USD), Err(Error::<Test>::WayClosed.into()));
		Open::set(true);
		Room::set(1);
		assert_ok!(send(BOB, &USD));
		assert_storage_noop!(assert_eq!(
			send(ALICE, &USD),
			Err(Error::<Test>::WayClosed.into())
		));
		assert_eq!((balance(&USD, ALICE), gathered(ALICE, &USD)), (100, 100));
		assert_eq!(Tried::get(), 1);
		Room::set(1);
		assert_ok!(send(ALICE, &USD));
	});
}

#[test]
fn payment_waits_when_the_way_does_not_carry_the_asset() {
	with_homes(|| {
		pay(ALICE, &XAU, 100);
		assert_storage_noop!(assert_eq!(
			send(ALICE, &XAU),
			Err(Error::<Test>::NotCarried.into())
		));
		Least::mutate(|least| least.insert(XAU, 1));
		assert_ok!(send(ALICE, &XAU));
	});
}

#[test]
fn payments_add_up_when_each_is_too_little() {
	with_homes(|| {
		give(ALICE, &USD, MINIMUM);
		pay(ALICE, &USD, 19);
		assert_storage_noop!(assert_eq!(
			send(ALICE, &USD),
			Err(Error::<Test>::TooLittle.into())
		));
		pay(ALICE, &USD, 1);
		assert_ok!(send(ALICE, &USD));
		assert_eq!(Arrived::get(), [(ALICE, ALICES, USD, 20)]);
		// As little as can be is not too little to be spent where it is.
		pay(ALICE, &USD, 1);
		assert_ok!(spend(ALICE, &USD, 1));
	});
}

#[test]
fn account_keeps_all_when_the_way_fails_after_it_took_the_money() {
	with_homes(|| {
		Poisoned::set(vec![USD]);
		pay(ALICE, &USD, 100);
		// Without a layer around it, as in a hook.
		let events = System::event_count();
		assert_eq!(
			Homes::do_send(&ALICE, &USD),
			Err(DispatchError::Other("poisoned"))
		);
		assert_eq!((balance(&USD, ALICE), vault(&USD)), (100, 0));
		assert_eq!(gathered(ALICE, &USD), 100);
		assert_eq!(System::event_count(), events);
		assert_eq!(Residents::<Test>::get(ALICE).unwrap().assets, 1);
		Poisoned::set(vec![]);
		assert_ok!(send(ALICE, &USD));
	});
}

#[test]
fn payment_waits_when_the_asset_is_frozen() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		assert_ok!(Assets::freeze_asset(signed(POOL), 1));
		assert_storage_noop!(assert_eq!(
			send(ALICE, &USD),
			Err(Error::<Test>::NothingToSend.into())
		));
		// It was not spent, and block work knows that.
		idle(PLENTY);
		assert_eq!(gathered(ALICE, &USD), 100);
		assert_ok!(Assets::thaw_asset(signed(POOL), 1));
		assert_ok!(Assets::freeze(signed(POOL), 1, ALICE));
		assert_eq!(send(ALICE, &USD), Err(Error::<Test>::NothingToSend.into()));
		assert!(spend(ALICE, &USD, 1).is_err());
		idle(PLENTY);
		assert_eq!(gathered(ALICE, &USD), 100);
		assert_ok!(Assets::thaw(signed(POOL), 1, ALICE));
		assert_ok!(send(ALICE, &USD));
	});
}

#[test]
fn rest_stays_noted_when_some_of_it_is_locked() {
	with_homes(|| {
		use frame_support::traits::{LockIdentifier, LockableCurrency, WithdrawReasons};
		const LOCK: LockIdentifier = *b"a lock  ";
		pay(ALICE, &LUT, 1_000);
		// As by a vote: all but this much.
		Balances::set_lock(LOCK, &ALICE, PURSE + 400, WithdrawReasons::all());
		assert_ok!(send(ALICE, &LUT));
		let sent = Arrived::get()[0].3;
		assert!(sent < 1_000);
		assert_eq!(gathered(ALICE, &LUT), 1_000 - sent);
		assert_eq!(send(ALICE, &LUT), Err(Error::<Test>::NothingToSend.into()));
		Balances::remove_lock(LOCK, &ALICE);
		assert_ok!(send(ALICE, &LUT));
		assert_eq!(vault(&LUT), 1_000);
		assert_eq!(gathered(ALICE, &LUT), 0);
	});
}

#[test]
fn payment_is_noted_anew_when_it_arrives_while_another_is_sent() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		// Of the same asset to the same account, while its note is in hand.
		Echo::set(Some((ALICE, USD, 33)));
		assert_ok!(send(ALICE, &USD));
		assert_eq!(Arrived::get(), [(ALICE, ALICES, USD, 90)]);
		assert_eq!((gathered(ALICE, &USD), balance(&USD, ALICE)), (33, 43));
		// And where the sending fails it never happened.
		Poisoned::set(vec![USD]);
		assert_storage_noop!(assert!(send(ALICE, &USD).is_err()));
		// Of another account.
		Poisoned::set(vec![]);
		Echo::set(Some((BOB, USD, 44)));
		assert_ok!(send(ALICE, &USD));
		assert_eq!((gathered(ALICE, &USD), gathered(BOB, &USD)), (0, 44));
	});
}
