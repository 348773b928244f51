//! The exact seconds at which something begins and ends, and what could be gained around them.

use super::*;
use frame_support::{assert_noop, dispatch::GetDispatchInfo};

const NOON: Seconds = START;
const MIDNIGHT: Seconds = START + DAY / 2;

/// A policy for so long, bought from the first pool of the first product.
fn bought(amount: Balance, period: Seconds) -> PolicyId {
	let mut order = order(0, amount);
	order.end = end_of(period);
	buy(BUYER, 0, order)
}

#[test]
fn cover_counts_from_its_first_second_to_its_last() {
	build_and_execute(|| {
		let (product, _) = market();
		let id = bought(1_000_000, 30 * DAY);
		let policy = policy(id);
		let (start, end, last) = (policy.start, policy.end, policy.last_report());
		assert_eq!(
			(start, end, last),
			(NOON + WAITING, MIDNIGHT + 30 * DAY, end + CLAIM_WINDOW)
		);
		for (happened, reported, error) in [
			(0, start, Error::BeforeCover),
			(NOON, start, Error::BeforeCover),
			(start - 1, start, Error::BeforeCover),
			(end, end, Error::AfterCover),
			(Seconds::MAX, Seconds::MAX, Error::AfterCover),
			(end - 1, last + 1, Error::ReportedTooLate),
			(start, Seconds::MAX, Error::ReportedTooLate),
		] {
			assert_eq!(in_force(id, happened, reported), Err(error.into()));
		}
		for (happened, reported) in [(start, start), (end - 1, end - 1), (start, last), (end - 1, last)] {
			let found = in_force(id, happened, reported).unwrap();
			assert_eq!((found.amount, found.holder), (1_000_000, BUYER));
		}
		let of = |product| <Cover as Coverage<AccountId>>::in_force(id, product, start, start);
		assert_eq!(of(product + 1), Err(Error::OtherProduct.into()));
		assert_ok!(of(product));
	});
}

#[test]
fn policy_can_be_closed_a_second_after_the_last_report() {
	build_and_execute(|| {
		market();
		let id = bought(1_000_000, 30 * DAY);
		set_time(policy(id).last_report());
		assert_noop!(Cover::close(signed(BOB), id), Error::ClaimWindowOpen);
		pass(1);
		assert_ok!(Cover::close(signed(BOB), id));
	});
}

#[test]
fn incident_reported_in_the_last_second_can_be_paid() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = bought(1_000_000, 30 * DAY);
		let (end, last) = (policy(id).end, policy(id).last_report());
		set_time(last);
		// Somebody who would rather not see it paid is first in the block.
		settle(pool);
		assert_ok!(in_force(id, end - 1, last));
		freeze(product);
		accept(1, product, 100);
		thaw(product);
		pass(5 * DAY);
		settle(pool);
		let before = usd(&BUYER);
		award(1, id, 1_000_000);
		assert_eq!(usd(&BUYER) - before, 1_000_000);
	});
}

#[test]
fn product_has_no_room_before_the_last_second_of_a_report_is_over() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = bought(1_000_000, 30 * DAY);
		set_time(policy(id).last_report());
		settle(pool);
		assert_eq!(exposure(pool, product), 1_000_000);
	});
}

#[test]
fn cover_ends_with_the_day_in_which_its_period_is_over() {
	build_and_execute(|| {
		market();
		for (bought_at, period, end) in [
			(NOON, 28 * DAY, MIDNIGHT + 28 * DAY),
			(NOON, 30 * DAY + DAY / 2, MIDNIGHT + 30 * DAY),
			(NOON, 30 * DAY + DAY / 2 + 1, MIDNIGHT + 31 * DAY),
			(NOON, 365 * DAY, MIDNIGHT + 365 * DAY),
			(MIDNIGHT - 1, 30 * DAY, MIDNIGHT + 30 * DAY),
			(MIDNIGHT - 1, 30 * DAY + 2, MIDNIGHT + 31 * DAY),
			(MIDNIGHT, 30 * DAY, MIDNIGHT + 30 * DAY),
			(MIDNIGHT, 30 * DAY + 1, MIDNIGHT + 31 * DAY),
			(MIDNIGHT + 1, 30 * DAY, MIDNIGHT + 31 * DAY),
		] {
			set_time(bought_at);
			let policy = policy(bought(1_000_000, period));
			assert_eq!(policy.end, end);
			assert_eq!(policy.start, bought_at + WAITING);
		}
	});
}

#[test]
fn period_may_be_off_by_less_than_a_day() {
	build_and_execute(|| {
		let (product, pool) = market();
		// At noon the ends of days are half a day off whatever is bought; at midnight a whole period can be had.
		for (at, shortest, longest) in [
			(NOON, 27, 365),
			(MIDNIGHT - 1, 27, 365),
			(MIDNIGHT, 28, 365),
			(MIDNIGHT + 1, 28, 366),
			(NOON + DAY, 28, 366),
			(MIDNIGHT + DAY - 1, 28, 366),
			(MIDNIGHT + DAY, 29, 366),
		] {
			set_time(at);
			let attempt = |days, seconds| {
				let mut order = order(pool, 1_000_000);
				order.end = MIDNIGHT + days * DAY + seconds;
				try_buy(BUYER, product, order)
			};
			assert_noop!(attempt(shortest - 1, 0), Error::PeriodTooShort);
			assert_noop!(attempt(longest + 1, 0), Error::PeriodTooLong);
			for days in [shortest, longest] {
				assert_noop!(attempt(days, 1), Error::NotADaysEnd);
				assert_noop!(attempt(days - 1, DAY - 1), Error::NotADaysEnd);
				let id = NextPolicy::<Test>::get();
				assert_ok!(attempt(days, 0));
				let policy = policy(id);
				assert_eq!((policy.start, policy.end), (at + WAITING, MIDNIGHT + days * DAY));
				let off = (policy.end - at).abs_diff(if days == shortest { 28 } else { 365 } * DAY);
				assert!(off < DAY);
			}
			// A quote of either bound can be bought.
			for period in [28 * DAY, 365 * DAY] {
				let end = Cover::report_quote(product, &USD, 1_000_000, period).unwrap().end;
				assert_ok!(attempt((end - MIDNIGHT) / DAY, 0));
			}
		}
	});
}

#[test]
fn period_may_be_off_when_a_product_is_sold_for_only_one() {
	build_and_execute(|| {
		let mut fixed = proposal();
		fixed.conditions.max_period = fixed.conditions.min_period;
		let (product, pool) = market_of(fixed);
		for at in [NOON, MIDNIGHT - 1, MIDNIGHT, MIDNIGHT + 1] {
			set_time(at);
			let quote = Cover::report_quote(product, &USD, 1_000, 28 * DAY).unwrap();
			let mut order = order(pool, 1_000);
			for (days, is_sold) in [(-2, false), (-1, at % DAY > 0), (0, true), (1, false)] {
				order.end = quote.end.saturating_add_signed(days * DAY as i64);
				assert_eq!(try_buy(BUYER, product, order.clone()).is_ok(), is_sold);
			}
		}
	});
}

#[test]
fn refund_is_paid_until_the_last_second_of_cover() {
	build_and_execute(|| {
		let (product, pool) = market();
		let [at_once, late, over] = core::array::from_fn(|_| bought(100_000_000, 30 * DAY));
		let rate = policy(late).allocations[0].rate;
		let refund = |seconds: Seconds| {
			let unearned = (rate * u128::from(seconds)) >> 32;
			unearned - unearned.div_ceil(10)
		};
		let cancel = |id| {
			let before = usd(&BUYER);
			assert_ok!(Cover::cancel(signed(BUYER), id));
			usd(&BUYER) - before
		};
		let end = policy(late).end;
		assert_eq!(
			policy(at_once).allocations[0].rate,
			policy(at_once).net_premium * (1 << 32) / u128::from(end - NOON)
		);
		assert_ne!(policy(at_once).allocations[0].rate, rate);
		let all = policy(at_once).net_premium;
		assert!([all - all.div_ceil(10), all - all.div_ceil(10) - 1].contains(&cancel(at_once)));
		set_time(end - 1);
		settle(pool);
		assert_eq!(cancel(late), refund(1));
		pass(1);
		assert_noop!(Cover::cancel(signed(BUYER), over), Error::PolicyExpired);
		assert_eq!(exposure(pool, product), 100_000_000);
	});
}

#[test]
fn order_stands_until_its_deadline() {
	build_and_execute(|| {
		let (product, pool) = market();
		let mut order = order(pool, 1_000_000);
		order.deadline = Some(START + 10);
		pass(10);
		buy(BUYER, product, order.clone());
		pass(1);
		assert_noop!(try_buy(BUYER, product, order), Error::DeadlinePassed);
	});
}

#[test]
fn renewal_begins_when_the_old_cover_ends_or_its_own_waiting_is_over() {
	build_and_execute(|| {
		let (_, pool) = market();
		let id = bought(1_000_000, 30 * DAY);
		let end = policy(id).end;
		for (renewed_at, start) in [
			(START, START + WAITING),
			(end - WAITING - 1, end - 1),
			(end - WAITING, end),
			(end - WAITING + 1, end),
			(end - 1, end),
		] {
			set_time(renewed_at);
			settle(pool);
			let next = NextPolicy::<Test>::get();
			assert_ok!(Cover::renew(signed(BUYER), id, order(pool, 1_000)));
			assert_eq!(policy(next).start, start);
			assert_eq!(policy(next).bought, renewed_at);
			assert_eq!(in_force(next, start - 1, start), Err(Error::BeforeCover.into()));
			assert_ok!(in_force(next, start, start));
		}
		set_time(end);
		settle(pool);
		assert_noop!(
			Cover::renew(signed(BUYER), id, order(pool, 1_000)),
			Error::PolicyExpired
		);
	});
}

#[test]
fn renewal_covers_the_second_after_the_last_one() {
	build_and_execute(|| {
		let (_, pool) = market();
		let id = bought(1_000_000, 30 * DAY);
		let end = policy(id).end;
		set_time(end - 1);
		settle(pool);
		assert_ok!(Cover::renew(signed(BUYER), id, order(pool, 1_000_000)));
		assert_ok!(in_force(id, end - 1, end));
		assert_eq!(in_force(id + 1, end - 1, end), Err(Error::BeforeCover.into()));
		assert_eq!(in_force(id, end, end), Err(Error::AfterCover.into()));
		assert_ok!(in_force(id + 1, end, end));
		// Which insures what the first one did.
		assert_eq!(policy(id + 1).item, policy(id).item);
	});
}

/// The most that a holder has in force at a moment of what was never waited for.
fn without_waiting(at: Seconds) -> Balance {
	Policies::<Test>::iter_values()
		.filter(|policy| policy.start <= at && at < policy.end && at < policy.bought + WAITING)
		.map(|policy| policy.left())
		.sum()
}

#[test]
fn one_policy_that_was_waited_for_never_becomes_two() {
	build_and_execute(|| {
		let (_, pool) = market();
		let id = bought(1_000_000, 30 * DAY);
		let end = policy(id).end;
		let renew = |id, amount| Cover::renew(signed(BUYER), id, order(pool, amount));
		// Right after the purchase nothing is gained.
		assert_ok!(renew(id, 250_000));
		assert_eq!(policy(id + 1).start, START + WAITING);
		// Shortly before the end at most what it insures goes on, in however many parts, whoever holds it.
		set_time(end - 10);
		settle(pool);
		assert_ok!(renew(id, 500_000));
		transfer(id, BUYER, HOLDER);
		assert_noop!(
			Cover::renew(signed(HOLDER), id, order(pool, 250_001)),
			Error::RenewalTooLarge
		);
		assert_ok!(Cover::renew(signed(HOLDER), id, order(pool, 250_000)));
		// The renewal of a renewal waits for the end of that one.
		assert_ok!(renew(id + 2, 500_000));
		assert_eq!(policy(id + 4).start, end - 10 + WAITING);
		assert!(policy(id + 4).start < policy(id + 2).end);
		// A renewal that was given up gives nothing back.
		assert_ok!(Cover::cancel(signed(BUYER), id + 2));
		assert_noop!(
			Cover::renew(signed(HOLDER), id, order(pool, 1)),
			Error::RenewalTooLarge
		);
		for at in [policy(id).start, end - 1, end, end - 10 + WAITING - 1] {
			assert!(without_waiting(at) <= 1_000_000);
		}
	});
}

#[test]
fn waiting_period_is_not_dodged_when_the_certificate_moves() {
	build_and_execute(|| {
		market();
		let id = bought(1_000_000, 30 * DAY);
		let start = policy(id).start;
		transfer(id, BUYER, HOLDER);
		transfer(id, HOLDER, BUYER);
		assert_eq!(in_force(id, start - 1, start), Err(Error::BeforeCover.into()));
		assert_eq!(policy(id).start, start);
		assert_ok!(in_force(id, start, start));
	});
}

#[test]
fn cover_bought_after_an_incident_and_before_its_report_is_not_in_force() {
	build_and_execute(|| {
		let (product, _) = market();
		let happened = now();
		pass(60);
		let id = bought(1_000_000, 30 * DAY);
		pass(WAITING);
		freeze(product);
		assert_eq!(in_force(id, happened, now()), Err(Error::BeforeCover.into()));
		// Nor where the reporter says that it happened after the purchase.
		assert_eq!(
			in_force(id, happened + 120, now()),
			Err(Error::BeforeCover.into())
		);
	});
}

#[test]
fn product_without_waiting_covers_from_the_second_of_the_purchase() {
	build_and_execute(|| {
		let mut instant = proposal();
		instant.waiting_period = Some(0);
		market_of(instant);
		let id = bought(1_000_000, 28 * DAY);
		assert_ok!(in_force(id, START, START));
		assert_eq!(in_force(id, START - 1, START), Err(Error::BeforeCover.into()));
	});
}

#[test]
fn longest_waiting_leaves_a_second_of_cover_in_the_shortest_period() {
	build_and_execute(|| {
		let mut slow = proposal();
		slow.waiting_period = Some(27 * DAY);
		market_of(slow);
		set_time(MIDNIGHT + DAY - 1);
		let id = bought(1_000_000, 27 * DAY);
		assert_eq!(policy(id).end - policy(id).start, 1);
		assert_ok!(in_force(id, policy(id).start, policy(id).end));
	});
}

#[test]
fn claim_window_of_any_length_is_kept_to_the_second() {
	build_and_execute(|| {
		let mut odd = proposal();
		odd.claim_window = Some(DAY + 7);
		let (product, pool) = market_of(odd);
		let id = bought(1_000_000, 30 * DAY);
		let last = policy(id).last_report();
		assert_eq!(last, policy(id).end + DAY + 7);
		set_time(last + 1);
		settle(pool);
		assert_eq!(exposure(pool, product), 1_000_000);
		assert_ok!(Cover::close(signed(BOB), id));
		set_time(last.div_ceil(DAY) * DAY);
		settle(pool);
		assert_eq!(exposure(pool, product), 0);
	});
}

#[test]
fn exposure_is_held_through_the_last_second_of_a_report() {
	for (window, days) in [(1, 1), (DAY - 1, 1), (DAY, 2), (35 * DAY - 1, 35), (35 * DAY, 36)] {
		build_and_execute(|| {
			let mut odd = proposal();
			odd.claim_window = Some(window);
			let (product, pool) = market_of(odd);
			let id = bought(1_000_000, 30 * DAY);
			let (end, last) = (policy(id).end, policy(id).last_report());
			let release = end + days * DAY;
			for (at, held) in [(last, 1_000_000), (release - 1, 1_000_000), (release, 0)] {
				set_time(at);
				settle(pool);
				assert_eq!(exposure(pool, product), held);
			}
			assert_ok!(Cover::close(signed(BOB), id));
		});
	}
}

#[test]
fn closing_is_not_charged_for_the_books_of_pools_when_nothing_was_awarded() {
	build_and_execute(|| {
		market();
		let id = bought(1_000_000, 30 * DAY);
		set_time(policy(id).last_report() + 1);
		let most = Call::<Test>::close { policy: id }.get_dispatch_info().call_weight;
		let taken = Cover::close(signed(BOB), id).unwrap().actual_weight;
		// The pool was left alone all the while, and still is.
		let least = <<Test as Config>::WeightInfo as WeightInfo>::close(1);
		assert_eq!(taken, Some(least));
		assert!(most.all_gt(least));
	});
}
