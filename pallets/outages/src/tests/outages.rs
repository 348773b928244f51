//! When the bridge is out, and what is remembered of it.

use super::*;

#[test]
fn nothing_is_known_when_there_is_no_bridge() {
	build_and_execute(|| {
		silent(10 * MOST);
		// A lane without a light client, and the other way round.
		IsOpen::set(true);
		silent(10 * MOST);
		IsOpen::set(false);
		Header::set(Some(7));
		silent(10 * MOST);
		assert_eq!((Current::<Test>::get(), past()), (None, vec![]));
		assert_eq!(Outages::is_out(), None);
		assert!(told().is_empty());
	});
}

#[test]
fn bridge_is_known_from_the_block_in_which_there_is_one() {
	build_and_execute(|| {
		silent(5);
		IsOpen::set(true);
		Header::set(Some(7));
		// Who asks before the end of the block knows as well.
		assert_eq!(end(Now::get(), Now::get()), Now::get() + DAY);
		end_block();
		let now = Now::get();
		assert_eq!(
			current(),
			Bridge {
				opened: now,
				header: Some(7),
				heard: now,
				out: None,
			}
		);
		assert_eq!(told(), [Event::Opened]);
	});
}

#[test]
fn silence_is_an_outage_a_second_after_it_is_tolerated() {
	bridged(|| {
		silent(TOLERANCE);
		assert_eq!(current().out, None);
		silent(1);
		let open = Open {
			from: START,
			noticed: START + TOLERANCE + 1,
		};
		assert_eq!(current().out, Some(open));
		assert_eq!(Outages::is_out(), Some(open));
		assert_eq!(told()[1..], [Event::Began { since: START }]);
		silent(100);
		assert_eq!(current().out, Some(open));
		heard(7);
		let to = START + TOLERANCE + 108;
		assert_eq!(Outages::is_out(), None);
		assert_eq!(
			past(),
			[Outage {
				from: START,
				noticed: open.noticed,
				to
			}]
		);
		assert_eq!(told()[2..], [Event::Ended { from: START, to }]);
	});
}

#[test]
fn news_in_time_make_no_outage_however_long_it_goes_on() {
	bridged(|| {
		(0..100).for_each(|_| heard(TOLERANCE));
		assert!(past().is_empty());
		assert_eq!(told(), [Event::Opened]);
	});
}

#[test]
fn outage_is_found_when_its_end_is_the_first_that_is_seen_of_it() {
	bridged(|| {
		// The chain stood still as well, or its hooks did not run.
		heard(TOLERANCE + 1);
		let now = Now::get();
		assert_eq!(
			past(),
			[Outage {
				from: START,
				noticed: now,
				to: now
			}]
		);
		assert_eq!(told()[1..], [Event::Ended { from: START, to: now }]);
	});
}

#[test]
fn bridge_is_out_at_once_when_it_is_halted() {
	bridged(|| {
		silent(3);
		IsHalted::set(true);
		silent(4);
		let open = Open {
			from: START,
			noticed: START + 7,
		};
		assert_eq!(current().out, Some(open));
		// Headers alone help nobody where messages are refused.
		(0..10).for_each(|_| heard(10));
		assert_eq!(current().out, Some(open));
		IsHalted::set(false);
		silent(1);
		assert_eq!(
			past(),
			[Outage {
				from: START,
				noticed: START + 7,
				to: START + 108
			}]
		);
		// It counts as a sign of life.
		silent(TOLERANCE);
		assert_eq!(current().out, None);
		silent(1);
		assert_eq!(current().out.unwrap().from, START + 108);
	});
}

#[test]
fn bridge_stays_out_when_it_goes_on_and_nothing_is_heard() {
	bridged(|| {
		IsHalted::set(true);
		silent(TOLERANCE + 5);
		IsHalted::set(false);
		silent(5);
		assert!(current().out.is_some());
		heard(5);
		assert_eq!(past()[0].to, Now::get());
	});
}

#[test]
fn bridge_is_out_when_governance_closes_the_lane() {
	bridged(|| {
		IsOpen::set(false);
		heard(5);
		assert_eq!(current().out.unwrap().noticed, START + 5);
		in_order(50);
		assert!(current().out.is_some());
		IsOpen::set(true);
		heard(5);
		assert_eq!((current().out, past().len()), (None, 1));
		assert_eq!(current().opened, START);
	});
}

#[test]
fn halt_that_is_over_before_the_block_ends_is_none() {
	bridged(|| {
		Now::mutate(|now| *now += 5);
		IsHalted::set(true);
		assert!(Outages::is_out().is_some());
		IsHalted::set(false);
		end_block();
		assert!(past().is_empty() && current().out.is_none());
	});
}

#[test]
fn outage_ends_when_nobody_waits_for_it_any_more() {
	bridged(|| {
		silent(MOST);
		assert_eq!(current().out.unwrap().end(Now::get(), MOST).to, START + MOST);
		silent(10 * MOST);
		heard(1);
		assert_eq!(past()[0].to, START + MOST);
		assert_eq!(current().heard, Now::get());
	});
}

#[test]
fn same_header_is_no_news_and_another_one_is() {
	bridged(|| {
		Header::set(Some(1));
		silent(TOLERANCE + 1);
		assert!(current().out.is_some());
		// Governance may have initialised the light client at an earlier one.
		Header::set(Some(0));
		silent(1);
		assert!(current().out.is_none());
	});
}

#[test]
fn bridge_is_out_when_its_light_client_is_gone() {
	bridged(|| {
		Header::set(None);
		silent(1);
		assert!(current().out.is_some());
		assert_eq!(current().header, Some(1));
		Header::set(Some(1));
		silent(1);
		assert!(current().out.is_none());
	});
}

#[test]
fn outages_of_a_day_are_one_as_long_as_all_of_them() {
	bridged(|| {
		outage(30);
		in_order(20);
		outage(25);
		let to = START + 75;
		assert_eq!(
			past(),
			[Outage {
				from: to - 55,
				noticed: START + 50 + TOLERANCE + 1 - 30,
				to
			}]
		);
		// It began a day ago, to the second, and a second more.
		in_order(55);
		outage(25);
		assert_eq!((past().len(), past()[0].lasted()), (2, 55));
	});
}

#[test]
fn outages_are_one_when_the_first_began_exactly_a_day_ago() {
	bridged(|| {
		outage(30);
		in_order(DAY - 60);
		outage(30);
		assert_eq!(Now::get(), START + DAY);
		assert_eq!((past().len(), past()[0].lasted()), (1, 60));
	});
}

#[test]
fn nearest_outages_become_one_when_there_is_no_room() {
	bridged(|| {
		for turn in 0..ROOM {
			in_order(DAY + if turn == 4 { 10 } else { 50 });
			outage(30 + Seconds::from(turn));
		}
		let before = past();
		assert_eq!(before.len() as u32, ROOM);
		let all: Seconds = before.iter().map(Outage::lasted).sum();
		in_order(DAY + 50);
		outage(40);
		let after = past();
		assert_eq!(after.len() as u32, ROOM);
		assert_eq!(after.iter().map(Outage::lasted).sum::<Seconds>(), all + 40);
		assert_eq!(after[3], before[3].join(before[4]));
		assert_eq!(after[3].lasted(), 33 + 34);
		assert_eq!(after[..3], before[..3]);
		assert_eq!(after[4..7], before[5..]);
	});
}

#[test]
fn outage_is_forgotten_when_no_window_can_have_seen_it() {
	bridged(|| {
		outage(30);
		let first = past()[0];
		let keep = LONGEST + DAY + MOST;
		in_order(keep - 30);
		outage(30);
		assert_eq!(past().len(), 2);
		assert_eq!(Now::get(), first.to + keep);
		in_order(DAY + 1);
		outage(30);
		assert!(!past().contains(&first));
		assert_eq!(past().len(), 2);
	});
}

#[test]
fn flood_of_outages_takes_no_room_that_long_ones_need() {
	bridged(|| {
		outage(500);
		let long = past()[0];
		// Whoever is the only relayer lets the bridge be out as often as there is room, and more often.
		for _ in 0..5 * ROOM {
			outage(TOLERANCE + 1);
			in_order(5);
		}
		assert!(past().len() as u32 <= ROOM);
		let lost: Seconds = past().iter().map(Outage::lasted).sum();
		assert_eq!(lost, long.lasted() + Seconds::from(5 * ROOM) * (TOLERANCE + 1));
	});
}

#[test]
fn block_without_news_writes_nothing() {
	bridged(|| {
		silent(5);
		let root = sp_io::storage::root(Default::default());
		Now::mutate(|now| *now += 5);
		Outages::on_finalize(System::block_number());
		assert_eq!(sp_io::storage::root(Default::default()), root);
	});
}

#[test]
fn configuration_of_the_tests_is_sound() {
	new_test_ext().execute_with(Outages::integrity_test);
}

#[test]
#[should_panic(expected = "an outage must be noticed")]
fn configuration_is_refused_when_an_outage_ends_before_it_is_noticed() {
	new_test_ext().execute_with(|| {
		Extension::set(TOLERANCE);
		Outages::integrity_test();
	});
}
