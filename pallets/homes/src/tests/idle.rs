//! Block work: bounded, fair, and stopped by nothing.

use super::*;
use frame_support::weights::Weight;
use lutine_primitives::Balance;
use std::collections::BTreeSet;

/// So many residents besides, each with a payout in USD.
fn crowd(first: AccountId, count: u64, amount: Balance) -> BTreeSet<AccountId> {
	(first..first + count)
		.inspect(|&who| {
			give(who, &LUT, PURSE);
			assert_ok!(Homes::set_home(signed(who), Some([who as u8; 32])));
			give(who, &USD, MINIMUM);
			pay(who, &USD, amount);
		})
		.collect()
}

fn arrived() -> BTreeSet<AccountId> {
	Arrived::get().into_iter().map(|(who, ..)| who).collect()
}

#[test]
fn gathered_is_sent_unasked() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		idle(PLENTY);
		assert_eq!(Arrived::get(), [(ALICE, ALICES, USD, 90)]);
		assert_eq!(IdleCursor::<Test>::get(), None);
	});
}

#[test]
fn block_sends_no_more_than_it_may() {
	with_homes(|| {
		let people = crowd(100, 7, 100);
		for blocks in 1..=4 {
			idle(PLENTY);
			assert_eq!(Arrived::get().len(), (blocks * MAX_SENDS as usize).min(7));
		}
		assert_eq!(arrived(), people);
		// When all is sent nothing is tried any more.
		let tried = Tried::get();
		idle(PLENTY);
		assert_eq!(Tried::get(), tried);
	});
}

#[test]
fn block_does_nothing_when_it_has_no_weight() {
	with_homes(|| {
		pay(ALICE, &USD, 100);
		assert_eq!(idle(Weight::zero()), Weight::zero());
		// The cursor is looked at, and there is no room for a parcel.
		let look = <()>::look() + Homes::send_weight();
		idle(look - Weight::from_parts(1, 0));
		idle(Weight::from_parts(look.ref_time(), u64::MAX));
		idle(Weight::from_parts(u64::MAX, 0));
		assert_eq!(Tried::get(), 0);
		assert_eq!(gathered(ALICE, &USD), 100);
		// Just enough.
		let bookkeeping = <Test as frame_system::Config>::DbWeight::get().reads_writes(4, 1);
		assert_eq!(idle(look + bookkeeping), look + bookkeeping);
		assert_eq!(Tried::get(), 1);
	});
}

#[test]
fn poisoned_asset_stops_no_other() {
	with_homes(|| {
		Poisoned::set(vec![EUR]);
		let people = crowd(100, 20, 100);
		for who in &people {
			pay(*who, &EUR, 100);
		}
		// Each parcel is tried once in a round, and there are twice as many as people.
		for _ in 0..people.len() as u32 * 2 / MAX_SENDS {
			idle(PLENTY);
		}
		assert_eq!(arrived(), people);
		assert!(Arrived::get().iter().all(|(_, _, asset, _)| *asset == USD));
		assert!(people.iter().all(|who| gathered(*who, &EUR) == 100));
		System::assert_has_event(
			Event::Kept {
				who: 100,
				asset: EUR,
				amount: 90,
				why: DispatchError::Other(""),
			}
			.into(),
		);
		// It goes when it can.
		Poisoned::set(vec![]);
		for _ in 0..people.len() as u32 / MAX_SENDS {
			idle(PLENTY);
		}
		assert!(people.iter().all(|who| gathered(*who, &EUR) == 0));
	});
}

#[test]
fn dust_stops_no_payment() {
	with_homes(|| {
		// Far more than a block looks at.
		let dust = crowd(100, 200, 1);
		let people = crowd(1_000, 5, 100);
		let looks = u64::from(MAX_SENDS) * 8;
		for _ in 0..(dust.len() as u64).div_ceil(looks) + people.len() as u64 {
			idle(PLENTY);
		}
		assert_eq!(arrived(), people);
		// It is still theirs, and goes with the next payment.
		assert!(dust.iter().all(|who| gathered(*who, &USD) == 1));
		pay(100, &USD, 19);
		for _ in 0..30 {
			idle(PLENTY);
		}
		assert_eq!(gathered(100, &USD), 0);
	});
}

#[test]
fn work_of_a_block_is_bounded_when_nothing_can_be_sent() {
	with_homes(|| {
		crowd(100, 200, 1);
		let looks = MAX_SENDS * 8;
		let bookkeeping = <Test as frame_system::Config>::DbWeight::get().reads_writes(4, 1);
		let most = bookkeeping + <()>::look() * u64::from(looks);
		assert!(idle(PLENTY).all_lte(most));
		// Nor does it ask again and again at a shut door.
		Open::set(false);
		assert!(idle(PLENTY).all_lte(bookkeeping + <()>::look()));
	});
}

#[test]
fn turn_is_kept_when_the_way_is_shut_or_full() {
	with_homes(|| {
		let people = crowd(100, 6, 100);
		Open::set(false);
		idle(PLENTY);
		assert!(Arrived::get().is_empty());
		assert_eq!(IdleCursor::<Test>::get(), None);
		Open::set(true);
		for _ in 0..6 {
			// Room for one in each block: it is another one's turn each time.
			Room::set(1);
			idle(PLENTY);
			assert_eq!(Room::get(), 0);
		}
		assert_eq!(arrived(), people);
		assert_eq!(Tried::get(), 6);
	});
}

#[test]
fn nothing_is_tried_twice_in_a_block() {
	with_homes(|| {
		Poisoned::set(vec![USD]);
		pay(ALICE, &USD, 100);
		for blocks in 1..5 {
			idle(PLENTY);
			assert_eq!(Tried::get(), blocks);
		}
		// Nor from the middle of a round.
		pay(BOB, &USD, 100);
		pay(BOB, &EUR, 100);
		Poisoned::set(vec![USD, EUR]);
		let before = Tried::get();
		for _ in 0..6 {
			idle(PLENTY);
		}
		assert!(Tried::get() - before <= 6 * MAX_SENDS);
	});
}

#[test]
fn round_goes_on_when_what_it_stopped_at_is_gone() {
	with_homes(|| {
		let people = crowd(100, 6, 100);
		Room::set(3);
		idle(PLENTY);
		let (stopped_at, _) = IdleCursor::<Test>::get().unwrap();
		assert!(arrived().contains(&stopped_at));
		// It moves away, and so do those who come next.
		assert_ok!(Homes::set_home(signed(stopped_at), None));
		let gone: Vec<_> = people
			.iter()
			.filter(|who| !arrived().contains(who))
			.take(2)
			.copied()
			.collect();
		for who in &gone {
			assert_ok!(Homes::set_home(signed(*who), None));
		}
		Room::set(u32::MAX);
		for _ in 0..3 {
			idle(PLENTY);
		}
		let expected: BTreeSet<_> = people.iter().filter(|who| !gone.contains(who)).copied().collect();
		assert_eq!(arrived(), expected);
	});
}
