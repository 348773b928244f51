//! Setting a home, changing it and clearing it.

use super::*;
use frame_support::traits::fungible::InspectHold;
use pallet_balances::Call as BalancesCall;

fn on_hold(who: AccountId) -> lutine_primitives::Balance {
	Balances::balance_on_hold(&HoldReason::Home.into(), &who)
}

#[test]
fn home_is_set_for_a_deposit() {
	build_and_execute(|| {
		assert_ok!(Homes::set_home(signed(ALICE), Some(ALICES)));
		System::assert_last_event(
			Event::HomeSet {
				who: ALICE,
				home: ALICES,
			}
			.into(),
		);
		assert_eq!(Homes::home(ALICE), Some(ALICES));
		assert_eq!(on_hold(ALICE), DEPOSIT);
		assert_eq!(balance(&LUT, ALICE), PURSE - DEPOSIT);
	});
}

#[test]
fn home_is_refused_when_the_deposit_is_not_there() {
	build_and_execute(|| {
		// The account must also live.
		assert_ok!(spend(ALICE, &LUT, PURSE - DEPOSIT - MINIMUM + 1));
		assert_noop!(
			Homes::set_home(signed(ALICE), Some(ALICES)),
			Error::<Test>::DepositNotThere
		);
		// Nor may anybody else say where somebody lives.
		assert_noop!(
			Homes::set_home(RuntimeOrigin::root(), Some(ALICES)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn home_is_the_last_one_when_it_is_set_again() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		// Every message that buys cover may say it again.
		assert_ok!(Homes::set_home(signed(ALICE), Some(ALICES)));
		assert_eq!((on_hold(ALICE), gathered(ALICE, &USD)), (DEPOSIT, 100));
		assert_ok!(Homes::set_home(signed(ALICE), Some(BOBS)));
		assert_eq!((on_hold(ALICE), gathered(ALICE, &USD)), (DEPOSIT, 100));
		assert_ok!(Homes::send(signed(CAROL), ALICE, USD));
		assert_eq!(Arrived::get(), [(ALICE, BOBS, USD, 90)]);
	});
}

#[test]
fn deposit_is_returned_when_the_home_is_cleared() {
	with_homes(|| {
		let post = Homes::set_home(signed(ALICE), None).unwrap();
		System::assert_last_event(Event::HomeCleared { who: ALICE }.into());
		assert_eq!(post.actual_weight, Some(<()>::clear_home(0)));
		assert_eq!((on_hold(ALICE), balance(&LUT, ALICE)), (0, PURSE));
		assert_eq!(Homes::home(ALICE), None);
		assert_noop!(Homes::set_home(signed(ALICE), None), Error::<Test>::NoHome);
	});
}

#[test]
fn gathered_stays_with_the_account_when_the_home_is_cleared() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		pay(ALICE, &EUR, 100);
		pay(BOB, &USD, 100);
		let post = Homes::set_home(signed(ALICE), None).unwrap();
		assert_eq!(post.actual_weight, Some(<()>::clear_home(2)));
		assert_eq!((gathered(ALICE, &USD), gathered(ALICE, &EUR)), (0, 0));
		assert_eq!((balance(&USD, ALICE), balance(&EUR, ALICE)), (100, 100));
		assert_noop!(Homes::send(signed(ALICE), ALICE, USD), Error::<Test>::NoHome);
		// What somebody else gathered is still theirs.
		assert_eq!(gathered(BOB, &USD), 100);
		// A home that is set later has no claim to it either.
		assert_ok!(Homes::set_home(signed(ALICE), Some(ALICES)));
		assert_noop!(
			Homes::send(signed(ALICE), ALICE, USD),
			Error::<Test>::NothingToSend
		);
		idle(PLENTY);
		assert_eq!(Arrived::get(), [(BOB, BOBS, USD, 90)]);
	});
}

#[test]
fn account_cannot_be_emptied_below_its_deposit_when_it_has_a_home() {
	with_homes(|| {
		let call = RuntimeCall::Balances(BalancesCall::transfer_all {
			dest: POOL,
			keep_alive: false,
		});
		assert_ok!(sp_runtime::traits::Dispatchable::dispatch(call, signed(ALICE)));
		assert_eq!(on_hold(ALICE), DEPOSIT);
		assert_ok!(Homes::set_home(signed(ALICE), None));
	});
}

#[test]
fn weight_is_that_of_what_is_asked_for() {
	use frame_support::dispatch::GetDispatchInfo;
	let weight = |home| Call::<Test>::set_home { home }.get_dispatch_info().call_weight;
	assert_eq!(weight(Some(ALICES)), <()>::set_home());
	assert_eq!(weight(None), <()>::clear_home(MAX_ASSETS));
	let send = Call::<Test>::send {
		account: ALICE,
		asset: USD,
	};
	assert_eq!(
		send.get_dispatch_info().call_weight,
		<()>::send() + Road::weight()
	);
	assert_eq!(
		<Homes as OnPaid<AccountId>>::weight(3),
		<() as WeightInfo>::on_paid(3)
	);
}
