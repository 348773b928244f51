//! What outages make of a window.

use super::*;

const WINDOW: Seconds = 350;

#[test]
fn deadline_is_what_it_is_when_there_is_no_bridge() {
	build_and_execute(|| {
		silent(5);
		assert_eq!(end(START, START + WINDOW), START + WINDOW);
		assert_eq!(<() as Deadlines>::extended(START, START + WINDOW), START + WINDOW);
	});
}

#[test]
fn window_lasts_a_day_longer_when_there_is_a_bridge() {
	bridged(|| {
		assert_eq!(end(START, START + WINDOW), START + WINDOW + DAY);
		in_order(10 * WINDOW);
		assert_eq!(end(START, START + WINDOW), START + WINDOW + DAY);
	});
}

#[test]
fn window_that_is_over_stays_so_when_a_bridge_comes_later() {
	build_and_execute(|| {
		let deadline = START + 10;
		silent(10);
		IsOpen::set(true);
		Header::set(Some(1));
		// In its last second it is not over.
		assert_eq!(end(START, deadline), deadline + DAY);
		IsOpen::set(false);
		silent(1);
		IsOpen::set(true);
		assert_eq!(end(START, deadline), deadline);
		end_block();
		assert_eq!(end(START, deadline), deadline);
		assert_eq!(end(START, deadline + 1), deadline + 1 + DAY);
	});
}

#[test]
fn window_does_not_run_while_the_bridge_is_out() {
	bridged(|| {
		in_order(50);
		let deadline = START + WINDOW;
		outage(200);
		assert_eq!(end(START, deadline), deadline + DAY + 200);
		in_order(DAY);
		outage(30);
		assert_eq!(end(START, deadline), deadline + DAY + 230);
	});
}

#[test]
fn window_is_not_over_while_the_bridge_is_out() {
	bridged(|| {
		let deadline = START + WINDOW;
		let other = deadline + 20;
		in_order(WINDOW + DAY - 10);
		for _ in 0..30 {
			Now::mutate(|now| *now += 15);
			assert!(Now::get() <= end(START, other));
			end_block();
		}
		// It was over before the outage was noticed: ten seconds were left, and twenty are tolerated.
		assert_eq!(end(START, deadline), deadline + DAY);
		// A longer one waits with as many seconds left as it had.
		assert_eq!(end(START, other), Now::get() + 30);
		heard(1);
		assert_eq!(end(START, other), Now::get() + 30);
	});
}

#[test]
fn outage_counts_for_a_window_that_is_open_in_the_second_in_which_it_is_noticed() {
	bridged(|| {
		let noticed = START + TOLERANCE + 1;
		let deadline = noticed - DAY;
		// Both began before there was a bridge, and their deadlines are after that.
		assert!(deadline < START);
		AccountingDay::set(10);
		let deadline = noticed - 10;
		silent(TOLERANCE);
		assert_eq!(end(START, deadline), noticed);
		assert_eq!(end(START, deadline - 1), noticed - 1);
		silent(1);
		assert_eq!(end(START, deadline), noticed + TOLERANCE + 1);
		assert_eq!(end(START, deadline - 1), noticed - 1);
		heard(100);
		assert_eq!(end(START, deadline), noticed + TOLERANCE + 101);
		assert_eq!(end(START, deadline - 1), noticed - 1);
	});
}

#[test]
fn only_the_part_of_an_outage_counts_that_is_in_the_window() {
	bridged(|| {
		silent(100);
		let begin = Now::get();
		silent(50);
		assert_eq!(end(begin, begin + WINDOW), begin + WINDOW + DAY + 50);
		heard(30);
		assert_eq!(end(begin, begin + WINDOW), begin + WINDOW + DAY + 80);
		// It began in the second in which the outage ended, and a second before.
		let now = Now::get();
		assert_eq!(end(now, now + WINDOW), now + WINDOW + DAY);
		assert_eq!(end(now - 1, now + WINDOW), now + WINDOW + DAY + 1);
	});
}

#[test]
fn day_does_not_run_either_while_the_bridge_is_out() {
	bridged(|| {
		let deadline = START + WINDOW;
		in_order(WINDOW + DAY - TOLERANCE - 1);
		outage(300);
		assert_eq!(end(START, deadline), deadline + DAY + 300);
	});
}

#[test]
fn window_waits_at_once_when_the_bridge_is_halted() {
	bridged(|| {
		let deadline = START + WINDOW;
		in_order(WINDOW + DAY);
		assert_eq!(end(START, deadline), Now::get());
		IsHalted::set(true);
		end_block();
		silent(500);
		assert_eq!(end(START, deadline), Now::get());
		IsHalted::set(false);
		heard(1);
		assert_eq!(end(START, deadline), Now::get());
		heard(1);
		assert!(end(START, deadline) < Now::get());
	});
}

#[test]
fn window_that_is_over_stays_so_when_governance_halts_or_closes_the_bridge() {
	bridged(|| {
		let deadline = START + WINDOW;
		in_order(WINDOW + DAY + 1);
		for switch in [|| IsHalted::set(true), || IsOpen::set(false)] {
			switch();
			assert_eq!(end(START, deadline), deadline + DAY);
			silent(50);
			assert_eq!(end(START, deadline), deadline + DAY);
		}
		IsHalted::set(false);
		IsOpen::set(true);
		heard(1);
		assert_eq!(end(START, deadline), deadline + DAY);
	});
}

#[test]
fn deadline_is_never_earlier_when_governance_closes_the_bridge() {
	bridged(|| {
		let deadline = START + WINDOW;
		in_order(50);
		let before = end(START, deadline);
		IsOpen::set(false);
		heard(5);
		assert!(end(START, deadline) >= before);
		silent(10 * MOST);
		assert_eq!(end(START, deadline), before + MOST);
	});
}

#[test]
fn all_outages_together_prolong_a_window_by_no_more_than_is_allowed() {
	bridged(|| {
		let deadline = START + WINDOW;
		for _ in 0..20 {
			outage(300);
			in_order(5);
		}
		assert_eq!(end(START, deadline), deadline + DAY + MOST);
		assert!(end(START, deadline) < Now::get());
		// Another one does not wake it up.
		silent(300);
		assert_eq!(end(START, deadline), deadline + DAY + MOST);
	});
}

#[test]
fn nobody_waits_for_a_bridge_that_does_not_come_back() {
	bridged(|| {
		let deadline = START + WINDOW;
		silent(MOST);
		assert_eq!(end(START, deadline), deadline + DAY + MOST);
		silent(WINDOW + DAY);
		assert_eq!(end(START, deadline), Now::get());
		silent(1);
		assert!(end(START, deadline) < Now::get());
		// What begins later waits for nothing.
		let now = Now::get();
		assert_eq!(end(now, now + WINDOW), now + WINDOW + DAY);
		silent(100 * MOST);
		assert_eq!(end(now, now + WINDOW), now + WINDOW + DAY);
		heard(1);
		assert_eq!(end(now, now + WINDOW), now + WINDOW + DAY);
	});
}

#[test]
fn asking_tells_the_same_before_and_after_the_block_is_noted() {
	bridged(|| {
		let deadline = START + WINDOW;
		Now::mutate(|now| *now += TOLERANCE + 100);
		let told = end(START, deadline);
		assert_eq!(told, deadline + DAY + TOLERANCE + 100);
		import();
		assert_eq!(end(START, deadline), told);
		end_block();
		assert_eq!(end(START, deadline), told);
	});
}

#[test]
fn window_of_impossible_times_is_answered() {
	bridged(|| {
		outage(300);
		assert_eq!(end(0, Seconds::MAX), Seconds::MAX);
		assert_eq!(end(Seconds::MAX, Seconds::MAX), Seconds::MAX);
		assert_eq!(end(Seconds::MAX, START), START + DAY);
		assert_eq!(end(0, 0), 0);
	});
}

#[test]
fn weight_of_asking_is_what_is_measured() {
	assert_eq!(<Outages as Deadlines>::weight(), <() as WeightInfo>::extended());
	build_and_execute(|| {
		assert_eq!(Outages::on_initialize(1), <() as WeightInfo>::note());
	});
}
