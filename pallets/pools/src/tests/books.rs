//! Earning by the second, settlement, and what the books say over time.

use super::*;
use frame_support::{
	assert_noop, assert_storage_noop,
	storage::{TransactionOutcome, transactional::with_transaction, with_storage_layer},
	traits::{Get, Hooks},
	weights::{RuntimeDbWeight, Weight},
};
use lutine_math::{pricing, shares as share_math, solvency};
use lutine_primitives::{parameters, time::YEAR};
use std::collections::{BTreeMap, BTreeSet};

/// What one is in a fixed-point number.
pub const UNIT: u128 = 1_000_000_000_000_000_000;

/// SplitMix64: one word of state, so that a seed tells everything.
pub struct Random(pub u64);

impl Random {
	pub fn below(&mut self, bound: u128) -> u128 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		u128::from(z ^ (z >> 31)) % bound
	}
}

/// Gives every test the parameters of a production chain back, also where they share a thread.
pub struct Defaults;

impl Drop for Defaults {
	fn drop(&mut self) {
		PoolParameters::set(Default::default());
		PricingParameters::set(Default::default());
		AccountingDay::set(DAY);
		Limit::set(100_000);
		Probability::set(FixedU128::from_rational(2, 100));
	}
}

/// What would come of it, if it were done: everything stored is as before.
pub fn what_if<R>(does: impl FnOnce() -> R) -> R {
	with_transaction(|| TransactionOutcome::Rollback(Ok::<_, DispatchError>(does()))).unwrap()
}

/// As [`pool_with`], and its manager takes a fee.
pub fn pool_with_fee(fee: u32, capital: Balance, lines: &[(ProductId, u32)]) -> PoolId {
	let pool = NextPool::<Test>::get();
	assert_ok!(Pools::create(signed(MANAGER), USD, billionths(fee)));
	for (product, percent) in lines {
		set_line(pool, *product, *percent);
	}
	deposit(pool, ALICE, capital);
	pool
}

/// Reserve (5 %), treasury (2 %), manager and the rest of what is earned, each from what the one before left.
pub fn parts(earned: Balance, fee: Balance) -> [Balance; 4] {
	let reserve = earned * 5 / 100;
	let treasury = (earned - reserve) * 2 / 100;
	let manager = (earned - reserve - treasury) * fee / 100;
	[reserve, treasury, manager, earned - reserve - treasury - manager]
}

/// The end of the day that begins or goes on at a time.
fn next_boundary(time: Seconds) -> Seconds {
	(time / DAY + 1) * DAY
}

/// The number of the day that ends at a time.
fn day_of(end: Seconds) -> u64 {
	end / DAY
}

/// A pool with cover until a year from now, so that it has days to walk.
fn pool_with_a_year_of_cover() -> (PoolId, Policy) {
	let pool = pool_with(1_000_000, &[(0, 50), (1, 50)]);
	let policy = write(pool, 0, 300_000, 365);
	(pool, policy)
}

// ---------------------------------------------------------------------------------------------- Earning

#[test]
fn premium_is_earned_and_exposure_released_when_their_times_come() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		let policy = write(pool, 0, 10_000, 30);
		set_time(policy.term.end - 1);
		settle(pool);
		// A second of the stream is left, which is a part of a unit here.
		assert_eq!(books(pool).rate, policy.allocation.rate);
		assert_eq!(books(pool).unearned, policy.allocation.rate);
		set_time(policy.term.end);
		settle(pool);
		let ended = books(pool);
		assert_eq!((ended.rate, ended.unearned), (0, 0));
		assert_eq!(
			ended.capital + ended.cuts.reserve + ended.cuts.treasury,
			100_000 + policy.premium
		);
		set_time(policy.term.end + RELEASED - 1);
		settle(pool);
		assert_eq!(line(pool, 0).exposure, 10_000);
		pass(1);
		settle(pool);
		assert_eq!(line(pool, 0).exposure, 0);
		assert_eq!(Days::<Test>::iter_prefix(pool).count(), 0);
	});
}

#[test]
fn premium_reaches_every_recipient_to_the_unit_when_it_is_earned_second_by_second() {
	build_and_execute(|| {
		let (capital, fee) = (10_000_000_000, 20);
		let pool = pool_with_fee(fee as u32, capital, &[(0, 100)]);
		let begun = now();
		let policy = write(pool, 0, 5_000_000_000, 45);
		let unearned =
			|at: Seconds| (policy.allocation.rate * u128::from(policy.term.end.saturating_sub(at))) >> 32;

		let mut expected = [0; 4];
		let mut earn = |amount: Balance| {
			for (sum, part) in expected.iter_mut().zip(parts(amount, fee)) {
				*sum += part;
			}
			expected
		};
		earn(policy.premium - unearned(begun));
		// The books are brought to each day's end on the way: that is where the parts are rounded.
		let mut at = begun;
		for step in [
			0,
			1,
			1,
			59,
			3_600,
			DAY,
			2 * DAY + 1,
			10 * DAY - 7,
			20 * DAY,
			30 * DAY,
		] {
			let to = at + step;
			let mut sums = earn(0);
			while at < to {
				let next = next_boundary(at).min(to);
				sums = earn(unearned(at) - unearned(next));
				at = next;
			}
			set_time(to);
			settle(pool);
			let after = books(pool);
			assert_eq!(
				after.cuts,
				Cuts {
					reserve: sums[0],
					treasury: sums[1],
					manager: sums[2]
				}
			);
			assert_eq!(after.capital, capital + sums[3]);
			assert_eq!(after.upr(), unearned(to));
			let totals = &after.totals;
			assert_eq!(
				[
					totals.to_reserve,
					totals.to_treasury,
					totals.to_manager,
					totals.to_capital
				],
				sums,
				"{step} seconds later"
			);
		}
		assert!(at > policy.term.end);
		assert_eq!(expected.iter().sum::<Balance>(), policy.premium);
		assert!(expected.iter().all(|sum| *sum > 0));
	});
}

#[test]
fn dust_is_earned_at_once_when_no_rate_can_express_it() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 100)]);
		let (mut premiums, mut scaled) = (0, 0);
		for (amount, days) in [(1_000, 365), (20_001, 200), (77, 31), (123_457, 30)] {
			let policy = write(pool, 0, amount, days);
			let seconds = u128::from(policy.term.end - now());
			let rate = (policy.premium << 32) / seconds;
			assert_eq!(policy.allocation.rate, rate);
			premiums += policy.premium;
			scaled += rate * seconds;
			// What the streams hold in whole units is unearned, and all the rest is earned already: a unit or so, of
			// which no cut takes a whole one.
			let after = books(pool);
			assert_eq!(after.upr(), scaled >> 32);
			assert_eq!(after.capital, 1_000_000 + premiums - (scaled >> 32));
		}
		assert!(books(pool).totals.to_capital > 0, "there was no dust");
	});
}

#[test]
fn every_stream_ends_on_its_own_day_when_there_are_many() {
	build_and_execute(|| {
		let mut random = Random(3);
		let capital = 1_000_000_000;
		let pool = pool_with(capital, &[(0, 40), (1, 40), (100, 30), (101, 30)]);
		let mut policies: Vec<Policy> = Vec::new();
		for _ in 0..40 {
			let product = [0, 1, 100, 101][random.below(4) as usize];
			let days = 1 + random.below(30) as u64;
			policies.push(write(pool, product, 1 + random.below(10_000_000), days));
			pass(random.below(4_000) as u64);
		}
		let last = policies.iter().map(|policy| policy.term.end).max().unwrap();
		let mut days = 0;
		while now() < last {
			pass(1 + random.below(u128::from(2 * DAY)) as u64);
			settle(pool);
			days += 1;
			let at = now();
			let live = || policies.iter().filter(|policy| policy.term.end > at);
			let left = |policy: &Policy| policy.allocation.rate * u128::from(policy.term.end - at);
			let after = books(pool);
			assert_eq!(
				after.rate,
				live().map(|policy| policy.allocation.rate).sum::<u128>()
			);
			assert_eq!(after.unearned, live().map(left).sum::<u128>());
			let mut ends: Vec<_> = live().map(|policy| day_of(policy.term.end)).collect();
			ends.sort_unstable();
			ends.dedup();
			assert_eq!(
				Days::<Test>::iter_prefix_values(pool)
					.filter(|day| day.ending > 0)
					.count(),
				ends.len()
			);
		}
		assert!(days > 10);
		let premiums: Balance = policies.iter().map(|policy| policy.premium).sum();
		let after = books(pool);
		assert_eq!(
			after.capital + after.cuts.reserve + after.cuts.treasury,
			capital + premiums
		);
	});
}

#[test]
fn premium_is_earned_by_the_second_when_days_are_short() {
	let _defaults = Defaults;
	AccountingDay::set(10);
	build_and_execute(|| {
		// A development chain lives a whole policy in minutes.
		let pool = pool_with(100_000_000, &[(0, 100)]);
		let end = (now() + 300).div_ceil(10) * 10;
		let term = Term {
			end,
			claim_window: 25,
		};
		let premium = with_storage_layer(|| {
			<Pools as Underwriting<AccountId>>::write(&BUYER, pool, &USD, 0, 50_000_000, term)
		})
		.unwrap();
		assert!(premium.net > 0);
		pass(125);
		settle(pool);
		assert_eq!(books(pool).unearned, premium.rate * u128::from(end - now()));
		// The claim window ends within a day; exposure lives to that day's end.
		set_time(end + 29);
		settle(pool);
		assert_eq!(line(pool, 0).exposure, 50_000_000);
		pass(1);
		settle(pool);
		assert_eq!(line(pool, 0).exposure, 0);
	});
}

// ---------------------------------------------------------------------------------------------- Settlement

#[test]
fn books_are_those_of_daily_settlement_when_pool_slept_for_a_year() {
	build_and_execute(|| {
		let mut random = Random(11);
		let lines = [(0, 40), (1, 40), (2, 30), (100, 25), (101, 25)];
		let [daily, asleep, often] = [0; 3].map(|_| pool_with_fee(15, 1_000_000_000_000, &lines));
		let mut boundaries = 0;
		for _ in 0..120 {
			let product = lines[random.below(5) as usize].0;
			let (amount, days) = (1 + random.below(4_000_000_000), 1 + random.below(365) as u64);
			let policies = [daily, asleep, often].map(|pool| write(pool, product, amount, days));
			assert!(
				policies
					.iter()
					.all(|policy| policy.premium == policies[0].premium)
			);
			let before = now();
			pass(random.below(u128::from(DAY / 4)) as u64);
			boundaries += now() / DAY - before / DAY;
		}

		// One is settled at every day's end, one at any time, and one not at all.
		let begun = now();
		let mut settlements = 0;
		for _ in 0..410 {
			let boundary = next_boundary(now());
			for _ in 0..random.below(3) {
				let at = now() + random.below(u128::from(boundary - now())) as u64;
				set_time(at);
				settle(often);
				settlements += 1;
			}
			set_time(boundary);
			assert_ok!(Pools::settle(signed(BOB), daily));
			boundaries += 1;
		}
		pass(12_345);
		assert_ok!(Pools::settle(signed(BOB), daily));
		settle(often);
		settlements += 14;

		let most = parameters::Pools::default().max_days_per_settle;
		let mut calls = 0;
		while books(asleep).settled_at < now() {
			let before = books(asleep).settled_at;
			let weight = Pools::settle(signed(BOB), asleep).unwrap().actual_weight.unwrap();
			assert!(weight.all_lte(<() as WeightInfo>::settle(most, RELEASES_PER_SETTLE + 5)));
			let after = books(asleep).settled_at;
			assert!(after > before);
			// Days are not looked at where nothing is left to happen.
			assert!(books(asleep).exposure == 0 || after / DAY - before / DAY <= u64::from(most));
			Pools::do_try_state().unwrap();
			calls += 1;
		}
		// Policies and their claim windows fill at least 380 days.
		assert!(calls >= 380u32.div_ceil(most), "{calls} calls");
		assert!(now() - begun >= 410 * DAY - DAY);

		// What is settled day by day at once is what was settled on every day.
		let plain = |pool| Pool {
			share: 0,
			marks: Default::default(),
			..books(pool)
		};
		assert_eq!(plain(asleep), plain(daily));
		assert_eq!(plain(daily).exposure, 0);
		for (product, _) in lines {
			assert_eq!(line(asleep, product), line(daily, product));
		}

		// Where one day is earned in pieces each piece rounds each of three cuts down once more: less than three units
		// of capital for each piece, and nothing of what all of them earn together.
		let (a, b) = (plain(daily), plain(often));
		let pieces = u128::from(boundaries + settlements) + 120;
		assert_eq!((a.rate, a.unearned, a.exposure), (b.rate, b.unearned, b.exposure));
		let earned = |pool: &PoolOf<Test>| {
			let totals = &pool.totals;
			totals.to_reserve + totals.to_treasury + totals.to_manager + totals.to_capital
		};
		assert_eq!(earned(&a), earned(&b));
		assert!(earned(&a) > 1_000 * pieces, "too little is earned to tell");
		assert!(a.cuts.reserve.abs_diff(b.cuts.reserve) < pieces);
		assert!(a.cuts.treasury.abs_diff(b.cuts.treasury) < 2 * pieces);
		assert!(a.cuts.manager.abs_diff(b.cuts.manager) < 2 * pieces);
		assert!(a.capital.abs_diff(b.capital) < 3 * pieces);
	});
}

#[test]
fn settlement_takes_one_step_when_nothing_is_written() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		pass(5_000 * DAY);
		let weight = Pools::settle(signed(BOB), pool).unwrap().actual_weight;
		assert_eq!(weight, Some(<() as WeightInfo>::settle(0, 0)));
		assert_eq!(books(pool).settled_at, now());
		assert_eq!(books(pool).capital, 1_000_000);
		// And again, when all that was written is over.
		let policy = write(pool, 0, 300_000, 3);
		set_time(policy.term.end + RELEASED);
		settle(pool);
		pass(5_000 * DAY);
		let weight = Pools::settle(signed(BOB), pool).unwrap().actual_weight;
		assert_eq!(weight, Some(<() as WeightInfo>::settle(0, 0)));
		assert_eq!(books(pool).settled_at, now());
	});
}

#[test]
fn settlement_stops_when_it_walked_as_many_days_as_one_call_may() {
	build_and_execute(|| {
		let (pool, _) = pool_with_a_year_of_cover();
		let begun = now();
		pass(100 * DAY);
		let weight = Pools::settle(signed(BOB), pool).unwrap().actual_weight;
		assert_eq!(weight, Some(<() as WeightInfo>::settle(32, 0)));
		assert_eq!(books(pool).settled_at, next_boundary(begun) + 31 * DAY);
		assert_ok!(Pools::settle(signed(BOB), pool));
		assert_ok!(Pools::settle(signed(BOB), pool));
		assert!(books(pool).settled_at < now());
		// Four days of the hundred are left, and a part of today.
		let weight = Pools::settle(signed(BOB), pool).unwrap().actual_weight;
		assert_eq!(weight, Some(<() as WeightInfo>::settle(4, 0)));
		assert_eq!(books(pool).settled_at, now());
	});
}

#[test]
fn settlement_of_exactly_the_most_days_arrives_when_the_last_of_them_has_just_begun() {
	build_and_execute(|| {
		let (pool, _) = pool_with_a_year_of_cover();
		let last = next_boundary(now()) + 31 * DAY;
		// A whole day more than 32 boundaries would need another call; the part of a day after them does not.
		set_time(last + DAY - 1);
		what_if(|| {
			assert_ok!(Pools::settle(signed(BOB), pool));
			assert_eq!(books(pool).settled_at, now());
		});
		set_time(last + DAY);
		assert_ok!(Pools::settle(signed(BOB), pool));
		assert_eq!(books(pool).settled_at, last);
	});
}

#[test]
fn settlement_stops_when_it_released_as_much_as_one_call_may() {
	let _defaults = Defaults;
	PoolParameters::mutate(|p| p.max_days_per_settle = 400);
	build_and_execute(|| {
		let lines: Vec<_> = (0..32).map(|product| (product, 10)).collect();
		let pool = pool_with(1_000_000, &lines);
		for days in 1..=5 {
			for (product, _) in &lines {
				write(pool, *product, 500, days);
			}
		}
		let release = |days: u64| term(days).end + RELEASED;
		let (first, second, fourth, fifth) = (release(1), release(2), release(4), release(5));
		pass(100 * DAY);
		let left = || {
			lines
				.iter()
				.map(|(product, _)| line(pool, *product).exposure)
				.sum::<Balance>()
		};
		// Two days bring 64 releases, which is all that a call begins with.
		let walked = (second - START.div_ceil(DAY) * DAY) / DAY + 1;
		let weight = Pools::settle(signed(BOB), pool).unwrap().actual_weight;
		assert_eq!(weight, Some(<() as WeightInfo>::settle(walked as u32, 64)));
		assert_eq!(second - first, DAY);
		assert_eq!(books(pool).settled_at, second);
		assert_eq!(left(), 3 * 32 * 500);
		assert_ok!(Pools::settle(signed(BOB), pool));
		assert_eq!(books(pool).settled_at, fourth);
		assert_ok!(Pools::settle(signed(BOB), pool));
		assert_eq!((books(pool).settled_at, left()), (now(), 0));
		assert!(now() > fifth);
	});
}

#[test]
fn whole_book_is_released_when_every_line_of_a_full_pool_matures_on_one_day() {
	build_and_execute(|| {
		let lines: Vec<_> = (0..32).map(|product| (product, 10)).collect();
		let pool = pool_with(1_000_000, &lines);
		let another = Pools::set_line(
			signed(MANAGER),
			pool,
			40,
			billionths(10),
			Some(FixedU128::from_rational(4, 100)),
		);
		assert_eq!(another, Err(Error::<Test>::TooManyLines.into()));
		let mut policies = Vec::new();
		for (product, _) in &lines {
			// The second one of a product on the same day joins the first.
			policies.push(write(pool, *product, 9_000, 30));
			policies.push(write(pool, *product, 1_000 + u128::from(*product), 30));
		}
		let release = policies[0].term.end + RELEASED;
		let day = Days::<Test>::get(pool, day_of(release));
		assert_eq!(day.maturing.len(), 32);
		assert!(
			day.maturing
				.iter()
				.all(|(product, amount)| *amount == 10_000 + u128::from(*product))
		);
		set_time(release - DAY);
		settle(pool);
		assert_eq!(
			books(pool).exposure,
			policies
				.iter()
				.map(|policy| policy.allocation.amount)
				.sum::<Balance>()
		);
		set_time(release);
		let weight = Pools::settle(signed(BOB), pool).unwrap().actual_weight;
		assert_eq!(weight, Some(<() as WeightInfo>::settle(1, 32)));
		let after = books(pool);
		assert_eq!((after.exposure, after.squares), (0, Default::default()));
		assert_eq!(Groups::<Test>::iter_prefix(pool).count(), 0);
		assert!(
			lines
				.iter()
				.all(|(product, _)| line(pool, *product).exposure == 0)
		);
	});
}

#[test]
fn calls_change_nothing_when_pool_is_not_settled() {
	build_and_execute(|| {
		let (pool, policy) = pool_with_a_year_of_cover();
		deposit(pool, BOB, 10_000);
		assert_ok!(Pools::request_withdrawal(signed(ALICE), pool, 1_000, 0));
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(1)));
		pass(33 * DAY);
		let rate = Some(FixedU128::from_rational(4, 100));
		let dispatched: Vec<crate::Call<Test>> = vec![
			Call::deposit {
				pool,
				amount: 1_000,
				min_shares: 0,
				deadline: None,
			},
			Call::request_withdrawal {
				pool,
				shares: 1_000,
				min_amount: 0,
			},
			Call::cancel_withdrawal { pool, request: 0 },
			Call::process_withdrawals { pool, max: 1 },
			Call::withdraw_marked_down { pool, request: 0 },
			Call::enact_change { pool, id: 0 },
			Call::distribute { pool },
			Call::pay_arrears { pool, amount: 1 },
		];
		let managed: Vec<crate::Call<Test>> = vec![
			Call::set_line {
				pool,
				product: 2,
				weight: billionths(10),
				rate,
			},
			Call::set_line {
				pool,
				product: 0,
				weight: billionths(10),
				rate: None,
			},
			Call::close_line { pool, product: 1 },
			Call::set_fee {
				pool,
				fee: billionths(2),
			},
			Call::set_manager { pool, manager: BOB },
			Call::withdraw_change { pool, id: 0 },
		];
		let calls = dispatched
			.into_iter()
			.map(|call| (ALICE, call))
			.chain(managed.into_iter().map(|call| (MANAGER, call)));
		for (who, call) in calls {
			use sp_runtime::traits::Dispatchable;
			// A dispatched call has a storage layer, so that what it settled before it failed is forgotten.
			assert_noop!(
				RuntimeCall::Pools(call)
					.dispatch(signed(who))
					.map_err(|error| error.error),
				Error::<Test>::PoolNotSettled
			);
		}
		assert_noop!(
			try_write(pool, 1, 1_000, 30).map(|_| ()),
			Error::<Test>::PoolNotSettled
		);
		assert_noop!(cancel(&policy), Error::<Test>::PoolNotSettled);
		assert_noop!(quote(pool, 1, 1_000, term(30)), Error::<Test>::PoolNotSettled);
		// Anyone can help: one more day would have been too few.
		assert_ok!(Pools::settle(signed(BOB), pool));
		assert_ok!(try_write(pool, 1, 1_000, 30));
		assert_ok!(cancel(&policy));
	});
}

#[test]
fn settle_fails_when_there_is_no_such_pool() {
	build_and_execute(|| {
		assert_noop!(Pools::settle(signed(BOB), 0), Error::<Test>::UnknownPool);
		empty_pool();
		assert_noop!(Pools::settle(signed(BOB), 1), Error::<Test>::UnknownPool);
	});
}

#[test]
fn weight_of_settling_all_is_the_sum_over_the_pools_with_a_line() {
	build_and_execute(|| {
		let db: RuntimeDbWeight = <Test as frame_system::Config>::DbWeight::get();
		let all = |product| <Pools as Reserving<AccountId>>::settle_all_weight(product);
		assert_eq!(all(0), db.reads(1));
		let pools = [0, 10, 25].map(|later| {
			pass(later * DAY);
			let pool = pool_with(1_000_000, &[(0, 50)]);
			write(pool, 0, 300_000, 365);
			pool
		});
		// Has a line on another product only.
		let other = pool_with(1_000_000, &[(1, 50)]);
		write(other, 1, 300_000, 365);
		pass(3 * DAY);
		let sum = |pools: &[PoolId]| {
			pools.iter().fold(db.reads(1), |sum, pool| {
				sum.saturating_add(Pools::settle_weight(*pool))
			})
		};
		// They were left on different days, the first ones for longer than one call may settle.
		assert!(Pools::settle_weight(pools[0]).all_gte(Pools::settle_weight(pools[2])));
		assert_eq!(all(0), sum(&pools));
		assert_eq!(all(1), sum(&[other]));
		assert!(all(0).all_gte(all(1)) && all(0) != all(1));
		// What is told before anybody has looked is no less than any of it.
		let announced = <Pools as Underwriting<AccountId>>::worst_settle_weight();
		for pool in pools {
			let one = <Pools as Underwriting<AccountId>>::settle_weight(pool);
			assert_eq!(one, Pools::settle_weight(pool));
			assert!(announced.all_gte(one));
		}
		assert!(<Pools as Reserving<AccountId>>::worst_settle_all_weight().all_gte(all(0)));
		pools.into_iter().for_each(settle);
		assert_eq!(all(0), db.reads(1));
	});
}

#[test]
fn idle_work_writes_no_pool_that_did_nothing_but_earn() {
	build_and_execute(|| {
		let (pool, _) = pool_with_a_year_of_cover();
		let begun = now();
		set_time(next_boundary(begun) - 1);
		<Pools as Hooks<u64>>::on_idle(1, Weight::MAX);
		assert_eq!(books(pool).settled_at, begun);
		pass(1);
		<Pools as Hooks<u64>>::on_idle(2, Weight::MAX);
		assert_eq!(books(pool).settled_at, now());
	});
}

#[test]
fn on_idle_settles_every_pool_when_it_has_the_weight() {
	build_and_execute(|| {
		let pools = [0; 3].map(|_| {
			let pool = pool_with(1_000_000, &[(0, 50)]);
			write(pool, 0, 300_000, 365);
			pool
		});
		let begun = now();
		pass(40 * DAY);
		let settled = || pools.map(|pool| books(pool).settled_at);
		let idle = |weight| {
			let used = <Pools as Hooks<u64>>::on_idle(1, weight);
			assert!(used.all_lte(weight), "it takes more than there is");
		};
		idle(Weight::zero());
		assert_eq!(settled(), [begun; 3]);

		// Weight for the most that one pool can take serves one in each block, in turn.
		let db: RuntimeDbWeight = <Test as frame_system::Config>::DbWeight::get();
		let one = <() as WeightInfo>::process_withdrawals(8)
			.saturating_add(Pools::settle_weight(pools[0]))
			.saturating_add(db.reads_writes(3, 1));
		let first = next_boundary(begun) + 31 * DAY;
		idle(one);
		assert_eq!(settled(), [first, begun, begun]);
		idle(one);
		assert_eq!(settled(), [first, first, begun]);
		// What is left of the first takes less, so that the same weight serves it as well.
		idle(one);
		assert_eq!(settled(), [now(), first, first]);
		idle(one);
		assert_eq!(settled(), [now(); 3]);
		Pools::do_try_state().unwrap();
		let expected = what_if(|| {
			settle(pools[0]);
			books(pools[0]).capital
		});
		assert_eq!(books(pools[2]).capital, expected);
	});
}

#[test]
fn on_idle_looks_at_few_pools_when_there_are_many() {
	build_and_execute(|| {
		let pools: Vec<_> = (0..40)
			.map(|_| {
				let pool = empty_pool();
				deposit(pool, ALICE, 1_000);
				pool
			})
			.collect();
		for pool in &pools {
			super::capital::request(*pool, ALICE, 1_000);
		}
		pass(14 * DAY);
		let one =
			<() as WeightInfo>::process_withdrawals(1).saturating_add(<() as WeightInfo>::settle(14, 0));
		// In three blocks once around, and the third begins again.
		for served in [16, 32, 40] {
			let used = <Pools as Hooks<u64>>::on_idle(1, Weight::MAX);
			assert!(used.all_lte(one.saturating_mul(16)));
			let left = pools.iter().filter(|pool| books(**pool).supply > 0).count();
			assert_eq!(40 - left, served);
		}
		assert_eq!(IdleCursor::<Test>::get(), 8);
	});
}

/// A chain with the usual costs of its database.
mod weighed {
	use frame_support::{derive_impl, weights::constants::RocksDbWeight};

	#[frame_support::runtime]
	mod runtime {
		#[runtime::runtime]
		#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask)]
		pub struct Chain;

		#[runtime::pallet_index(0)]
		pub type System = frame_system;
	}

	#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
	impl frame_system::Config for Chain {
		type Block = frame_system::mocking::MockBlock<Chain>;
		type DbWeight = RocksDbWeight;
	}
}

/// Everything that is stored.
fn stored() -> BTreeMap<Vec<u8>, Vec<u8>> {
	let mut all = BTreeMap::new();
	let mut key = Vec::new();
	while let Some(next) = sp_io::storage::next_key(&key) {
		all.insert(next.clone(), sp_io::storage::get(&next).unwrap().to_vec());
		key = next;
	}
	all
}

#[test]
fn weight_counts_all_that_is_stored_when_a_day_releases_every_line() {
	build_and_execute(|| {
		let lines: Vec<_> = (0..32).map(|product| (product, 100)).collect();
		let pool = pool_with(1_000_000, &lines);
		let policies: Vec<_> = (0..32).map(|product| write(pool, product, 1_000, 30)).collect();
		let release = policies[0].term.end + RELEASED;
		set_time(release - DAY);
		settle(pool);
		set_time(release);
		System::reset_events();
		let before = stored();
		assert_ok!(Pools::settle(signed(BOB), pool));
		let after = stored();
		let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
		let changed = keys
			.into_iter()
			.filter(|key| before.get(*key) != after.get(*key))
			.count() as u64;
		assert!(changed >= 3 * 32);
		let db = crate::weights::SubstrateWeight::<weighed::Chain>::settle(1, 32)
			.saturating_sub(crate::weights::SubstrateWeight::<Test>::settle(1, 32));
		// Whatever was written had been read.
		let done = <weighed::Chain as frame_system::Config>::DbWeight::get().reads_writes(changed, changed);
		assert!(db.ref_time() >= done.ref_time(), "{db:?} for {done:?}");
	});
}

// ---------------------------------------------------------------------------------------------- Reports

/// A busy pool: two groups of its own and one that two products share, a queue, and something set aside.
fn busy_pool() -> PoolId {
	let pool = pool_with_fee(10, 10_000_000, &[(0, 40), (1, 40), (100, 30), (101, 30)]);
	deposit(pool, BOB, 2_345_678);
	for (product, amount, days) in [
		(0, 2_000_000, 20),
		(1, 1_500_000, 60),
		(100, 1_000_000, 90),
		(101, 700_000, 200),
		(0, 5_000, 300),
	] {
		write(pool, product, amount, days);
	}
	assert_ok!(Pools::request_withdrawal(signed(BOB), pool, 345_678, 300_000));
	assert_ok!(Pools::request_withdrawal(signed(ALICE), pool, 1_000, 0));
	freeze(1);
	accept(7, 1, 30);
	thaw(1);
	pool
}

#[test]
fn reports_are_those_of_settled_books_when_pool_slept() {
	build_and_execute(|| {
		let pool = busy_pool();
		pass(150 * DAY + 77);
		let stored = books(pool).settled_at;
		let report = || {
			(
				Pools::report_pool(pool).unwrap(),
				Pools::report_lines(pool),
				Pools::report_position(pool, &ALICE).unwrap(),
				Pools::report_position(pool, &BOB).unwrap(),
				Pools::report_queue(pool),
			)
		};
		assert_storage_noop!({
			report();
			Pools::report_pools();
		});
		let before = report();
		assert_eq!(before.0.settled_at, stored);
		settle(pool);
		let after = report();
		assert_eq!(after.0.settled_at, now());
		assert_eq!(
			PoolReport {
				settled_at: now(),
				..before.0
			},
			after.0
		);
		assert_eq!(
			(before.1, before.2, before.3, before.4),
			(after.1, after.2, after.3, after.4)
		);
		assert_eq!(Pools::report_pools(), vec![pool]);
	});
}

#[test]
fn report_is_what_the_books_say_when_part_of_them_is_set_aside() {
	build_and_execute(|| {
		let pool = busy_pool();
		pass(10 * DAY);
		settle(pool);
		let books = books(pool);
		let report = Pools::report_pool(pool).unwrap();
		let rho = parameters::Pricing::default().rho;

		// Product 1 has 30 % of 1 500 000 set aside, the rest counts in its group.
		let groups: [u128; 3] = [2_005_000, 1_050_000, 1_700_000];
		let sum: u128 = groups.iter().sum();
		let squares: u128 = groups.iter().map(|group| group * group).sum();
		let scr = solvency::scr(sum, squares.into(), rho).unwrap();
		assert_eq!(report.reserved, 450_000);
		assert_eq!(report.exposure, sum + 450_000);
		assert_eq!((report.scr, report.required), (scr, scr + 450_000));
		assert_eq!(report.free_capital, books.capital - scr - 450_000);
		let ratio = FixedU128::from_inner(books.capital * UNIT / (scr + 450_000));
		assert_eq!(report.solvency_ratio, Some(ratio));
		assert_eq!(
			report.share_price,
			Some(FixedU128::from_inner(books.capital * UNIT / books.supply))
		);
		assert!(!report.strained);
		// 450 000 is above 2 % of capital.
		assert!(report.stands_still);
		assert_eq!(
			(report.capital, report.supply, report.upr),
			(books.capital, books.supply, books.upr())
		);
		assert_eq!(
			(report.manager, report.manager_fee),
			(MANAGER, Perbill::from_percent(10))
		);
		assert_eq!(
			(report.cuts, report.totals),
			(books.cuts.clone(), books.totals.clone())
		);
		assert_eq!(report.queued_shares, 346_678);

		let bob = Pools::report_position(pool, &BOB).unwrap();
		assert_eq!((bob.shares, bob.queued, bob.due), (2_000_000, 345_678, 0));
		assert_eq!(bob.value, 2_345_678 * books.capital / books.supply);
		assert_eq!(
			bob.marked_down,
			2_345_678 * (books.capital - 450_000) / books.supply
		);
		assert!(bob.marked_down < bob.value);

		let queue = Pools::report_queue(pool);
		assert_eq!(queue.len(), 2);
		assert_eq!(
			(queue[0].request, queue[0].who.clone(), queue[0].shares),
			(0, BOB, 345_678)
		);
		assert_eq!(queue[0].min_amount, 300_000);
		assert_eq!(queue[0].due, START + 14 * DAY);
		assert_eq!(queue[0].value, 345_678 * books.capital / books.supply);
		assert_eq!(
			(queue[1].request, queue[1].who.clone(), queue[1].is_void),
			(1, ALICE, false)
		);
	});
}

#[test]
fn reports_come_in_pages_of_bounded_length() {
	build_and_execute(|| {
		assert!(Pools::report_pools_from(0).is_empty());
		let pools: Vec<_> = (0..66).map(|_| empty_pool()).collect();
		let page = |first| Pools::report_pools_from(first);
		assert!(page(0).into_iter().map(|(pool, _)| pool).eq(pools[..64].to_vec()));
		assert_eq!(page(64).len(), 2);
		let (pool, report) = page(65).remove(0);
		assert_eq!(Some(report), Pools::report_pool(pool));
		assert!(page(66).is_empty() && page(u32::MAX).is_empty());
	});
}

#[test]
fn views_are_what_is_reported() {
	build_and_execute(|| {
		let pool = busy_pool();
		super::capital::request(pool, ALICE, 1_000);
		pass(DAY);
		assert_eq!(Pools::pool(pool), Pools::report_pool(pool));
		assert_eq!(Pools::lines(pool), Pools::report_lines(pool));
		assert_eq!(Pools::position(pool, ALICE), Pools::report_position(pool, &ALICE));
		assert_eq!(Pools::queue(pool), Pools::report_queue(pool));
		assert!(!Pools::lines(pool).is_empty() && !Pools::queue(pool).is_empty());
	});
}

#[test]
fn report_is_none_when_there_is_no_such_pool() {
	build_and_execute(|| {
		assert_eq!(Pools::report_pool(0), None);
		assert_eq!(Pools::report_position(0, &ALICE), None);
		assert!(Pools::report_lines(0).is_empty() && Pools::report_queue(0).is_empty());
		assert!(Pools::report_pools().is_empty());
		// Without shares there is no price, and where nothing is required no ratio.
		let pool = empty_pool();
		let report = Pools::report_pool(pool).unwrap();
		assert_eq!(
			(report.share_price, report.solvency_ratio, report.trailing),
			(None, None, None)
		);
		assert!(!report.strained && !report.stands_still);
	});
}

#[test]
fn lines_are_reported_with_their_price_when_utilisation_moves() {
	build_and_execute(|| {
		let pricing = parameters::Pricing::default();
		let pool = pool_with(10_000_000, &[(0, 50), (1, 30)]);
		let report = |product| {
			Pools::report_lines(pool)
				.into_iter()
				.find(|line| line.product == product)
				.unwrap()
		};
		let mut spots = Vec::new();
		let mut written = 0;
		// From an empty line to a full one, by way of the target.
		for more in [0, 1, 999_999, 1_000_000, 2_000_000, 500_000, 499_999, 1] {
			if more > 0 {
				write(pool, 0, more, 30);
			}
			written += more;
			let line = report(0);
			let books = books(pool);
			let capacity = books.capital / 2;
			let u = FixedU128::from_inner((written * UNIT).div_ceil(capacity));
			assert_eq!(
				(line.exposure, line.capacity, line.utilisation),
				(written, capacity, Some(u))
			);
			let rate = FixedU128::from_rational(4, 100);
			assert_eq!(line.rate, rate, "no time has passed");
			let spot = line.spot.unwrap();
			assert!(spot >= rate / pricing.steepness && spot <= rate * pricing.steepness);
			spots.push(spot);
		}
		assert!(spots.is_sorted(), "scarcity never makes cover cheaper");
		assert_eq!(
			spots[0],
			FixedU128::from_rational(1, 100),
			"an empty line asks rate / k"
		);
		// What is left of a unit of capacity by dust that was earned keeps it from being quite full.
		let full = FixedU128::from_rational(16, 100);
		assert!(
			*spots.last().unwrap() <= full
				&& full - *spots.last().unwrap() < FixedU128::from_rational(1, 100_000)
		);
		assert_eq!(pricing.steepness, FixedU128::from_u32(4));

		let other = report(1);
		assert_eq!(
			(other.exposure, other.spot),
			(0, Some(FixedU128::from_rational(1, 100)))
		);
		freeze(0);
		let line = report(0);
		assert!(line.is_stopped && !other.is_stopped);
		assert_eq!(line.reserved, written);
	});
}

#[test]
fn trailing_yield_is_the_move_of_the_share_price_when_marks_are_old_enough() {
	build_and_execute(|| {
		let (pool, _) = pool_with_a_year_of_cover();
		let price = || {
			settle(pool);
			let books = books(pool);
			(now(), books.capital * UNIT / books.supply)
		};
		assert_eq!(
			Pools::report_pool(pool).unwrap().trailing,
			None,
			"too young to tell"
		);
		pass(DAY);
		let first = price();
		assert_eq!(Pools::report_pool(pool).unwrap().trailing, None);

		let check = |from: (Seconds, u128)| {
			let at = price();
			let trailing = Pools::report_pool(pool).unwrap().trailing.unwrap();
			assert_eq!(
				trailing.from,
				Mark {
					at: from.0,
					price: FixedU128::from_inner(from.1)
				}
			);
			let growth = (at.1 as f64 / from.1 as f64 - 1.0) * YEAR as f64 / (at.0 - from.0) as f64;
			let told = trailing.yearly.into_inner() as f64 / UNIT as f64;
			assert!(
				(told - growth).abs() < 1e-9,
				"{told} is told where it is {growth}"
			);
			assert!(told > 0.0);
			at
		};
		pass(29 * DAY);
		// The only mark there is.
		check(first);
		pass(DAY);
		let second = check(first);
		pass(29 * DAY);
		check(first);
		pass(DAY);
		// From here on the older mark is always 30 to 60 days old.
		let third = check(second);
		pass(12 * DAY);
		check(second);
		pass(18 * DAY);
		check(third);
	});
}

#[test]
fn trailing_yield_is_told_from_true_prices_when_pool_slept() {
	build_and_execute(|| {
		let (pool, policy) = pool_with_a_year_of_cover();
		pass(DAY);
		settle(pool);
		// Asleep for most of a year, then settled in several calls; a price at which a walk paused is an old one.
		pass(250 * DAY);
		settle(pool);
		pass(31 * DAY);
		settle(pool);
		let net = policy.premium as f64 * 0.95 * 0.98;
		let yearly = net / 1_000_000.0 * YEAR as f64 / (policy.term.end - START) as f64;
		let trailing = Pools::report_pool(pool).unwrap().trailing.unwrap();
		let told = trailing.yearly.into_inner() as f64 / UNIT as f64;
		assert!(
			(told / yearly - 1.0).abs() < 0.05,
			"{told} is told where it is {yearly}"
		);
		for mark in books(pool).marks {
			let earned = net * (mark.at - START) as f64 / (policy.term.end - START) as f64;
			let price = mark.price.into_inner() as f64 / UNIT as f64;
			// Cuts of small daily amounts are rounded down in favour of capital: a unit a day for each.
			assert!((price - 1.0 - earned / 1_000_000.0).abs() < 1e-3, "{mark:?}");
		}
	});
}

#[test]
fn solvency_ratio_falls_and_price_rises_when_cover_is_sold_and_earned() {
	build_and_execute(|| {
		let (pool, policy) = pool_with_a_year_of_cover();
		let report = Pools::report_pool(pool).unwrap();
		let capital = books(pool).capital;
		// One group: what is required is its exposure.
		assert_eq!(report.required, 300_000);
		assert_eq!(report.solvency_ratio, share_math::price(300_000, capital));
		set_time(policy.term.end);
		let later = Pools::report_pool(pool).unwrap();
		assert!(later.share_price > report.share_price && later.solvency_ratio > report.solvency_ratio);
		let [_, _, _, net] = parts(policy.premium, 0);
		assert!(later.capital >= 1_000_000 + net && later.capital < 1_000_000 + policy.premium);
		assert_eq!(later.upr, 0);
		// The rate falls while most of a line is empty.
		let line = Pools::report_lines(pool)
			.into_iter()
			.find(|line| line.product == 0)
			.unwrap();
		assert!(line.rate < FixedU128::from_rational(4, 100));
		assert_eq!(
			line.spot,
			pricing::spot(
				line.rate,
				line.utilisation.unwrap(),
				&crate::types::curve(&parameters::Pricing::default())
			)
		);
	});
}
