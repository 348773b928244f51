//! Deposits, shares, the withdrawal queue and what is due: who comes, who leaves, and who tries to gain by it.

use super::{
	books::{Defaults, what_if},
	*,
};
use frame_support::{
	assert_noop,
	traits::{
		Hooks,
		fungible::InspectHold,
		fungibles::{Inspect, metadata::Inspect as InspectMetadata, roles::Inspect as InspectRoles},
	},
	weights::Weight,
};
use lutine_primitives::insurance::MAX_AMOUNT;
use sp_runtime::{DispatchResult, TokenError, traits::Dispatchable};

/// From a request to its payment.
const COOLDOWN: Seconds = 14 * DAY;
/// The native deposit for a request.
const DEPOSIT: Balance = 5;
/// Someone who means no good.
const MALLORY: AccountId = account(6);
/// Somebody with nothing at all.
const STRANGER: AccountId = account(9);

/// Dispatches a call as a transaction does: all or nothing.
pub fn call_by(origin: RuntimeOrigin, call: crate::Call<Test>) -> DispatchResult {
	RuntimeCall::Pools(call)
		.dispatch(origin)
		.map(|_| ())
		.map_err(|failed| failed.error)
}

/// As [`call_by`], signed.
pub fn call(who: AccountId, call: crate::Call<Test>) -> DispatchResult {
	call_by(signed(who), call)
}

fn try_deposit(pool: PoolId, who: AccountId, amount: Balance) -> DispatchResult {
	call(
		who,
		Call::deposit {
			pool,
			amount,
			min_shares: 0,
			deadline: None,
		},
	)
}

fn try_request(pool: PoolId, who: AccountId, shares: Balance, min_amount: Balance) -> DispatchResult {
	call(
		who,
		Call::request_withdrawal {
			pool,
			shares,
			min_amount,
		},
	)
}

/// Asks to withdraw, for whatever the shares will be worth. Returns the number of the request.
pub fn request(pool: PoolId, who: AccountId, shares: Balance) -> u64 {
	request_at_least(pool, who, shares, 0)
}

fn request_at_least(pool: PoolId, who: AccountId, shares: Balance, min_amount: Balance) -> u64 {
	let number = books(pool).queue.tail;
	assert_ok!(try_request(pool, who, shares, min_amount));
	number
}

fn try_cancel(pool: PoolId, who: AccountId, request: u64) -> DispatchResult {
	call(who, Call::cancel_withdrawal { pool, request })
}

fn try_process(pool: PoolId, max: u32) -> DispatchResult {
	call(account(7), Call::process_withdrawals { pool, max })
}

/// Pays all that can be paid.
pub fn process(pool: PoolId) {
	assert_ok!(try_process(pool, 100));
}

fn try_marked_down(pool: PoolId, who: AccountId, request: u64) -> DispatchResult {
	call(who, Call::withdraw_marked_down { pool, request })
}

fn try_collect(pool: PoolId, who: AccountId) -> DispatchResult {
	call(account(7), Call::collect_due { pool, who })
}

fn is_queued(pool: PoolId, request: u64) -> bool {
	Requests::<Test>::contains_key(pool, request)
}

fn on_hold(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::WithdrawalRequest.into(), who)
}

fn assert_event(event: crate::Event<Test>) {
	System::assert_has_event(event.into());
}

/// The part of something that a part of a whole is, rounded down.
fn floor(part: Balance, whole: Balance, of: Balance) -> Balance {
	part * of / whole
}

/// What a number of shares is worth by a pool's stored books.
fn worth(pool: PoolId, shares: Balance) -> Balance {
	floor(shares, books(pool).supply, books(pool).capital)
}

/// What the reserve (5 %) and the treasury (2 %) leave of what is earned.
fn left_by_cuts(earned: Balance) -> Balance {
	let left = earned - earned * 5 / 100;
	left - left * 2 / 100
}

/// What share holders earn of the only policy in a pool without fee, written at `from`, until `to`, if its books are
/// brought to now at no other time.
fn earned(policy: &Policy, from: Seconds, to: Seconds) -> Balance {
	let unearned =
		|at: Seconds| (policy.allocation.rate * u128::from(policy.term.end.saturating_sub(at))) >> 32;
	let mut sum = left_by_cuts(policy.premium - unearned(from));
	let mut at = from;
	while at < to {
		let next = ((at / DAY + 1) * DAY).min(to);
		sum += left_by_cuts(unearned(at) - unearned(next));
		at = next;
	}
	sum
}

/// A product's incident from report to end, in which all that one policy asks for is awarded.
fn lose(pool: PoolId, incident: u32, policy: &mut Policy, award: Balance) {
	freeze(policy.product);
	accept(incident, policy.product, 100);
	thaw(policy.product);
	assert_eq!(policy.allocation.pool, pool);
	assert_ok!(pay(incident, incident, policy, award, &BUYER));
	close(incident, policy.product);
}

/// A pool of Alice (100 000 shares) and Bob (50 000) that lost 40 000 and earns nothing any more: its price is below one,
/// and stands still.
fn pool_at_a_loss() -> PoolId {
	let pool = pool_with(100_000, &[(0, 100)]);
	deposit(pool, BOB, 50_000);
	let mut policy = write(pool, 0, 40_000, 30);
	lose(pool, 0, &mut policy, 40_000);
	set_time(policy.term.end);
	settle(pool);
	let after = books(pool);
	assert_eq!((after.supply, after.rate, after.exposure), (150_000, 0, 0));
	assert!(after.capital < 111_000);
	pool
}

/// A pool of Alice (80 000 shares) and Bob (20 000).
fn pool_with_two_lines() -> PoolId {
	let pool = pool_with(80_000, &[(0, 100), (1, 100)]);
	deposit(pool, BOB, 20_000);
	pool
}

/// Sells more than such a pool has, for thirty days, and loses all of it in the same second. Returns when cover ends.
fn lose_everything(pool: PoolId) -> Seconds {
	let mut policies = [write(pool, 0, 60_000, 30), write(pool, 1, 50_000, 30)];
	let capital = books(pool).capital;
	for product in [0, 1] {
		freeze(product);
		accept(product, product, 100);
		thaw(product);
	}
	let mut paid = 0;
	for (policy, award) in policies.iter_mut().zip([60_000, 50_000]) {
		paid += pay(policy.product, policy.product, policy, award, &BUYER)
			.unwrap()
			.paid;
	}
	assert_eq!((paid, books(pool).capital), (capital, 0));
	assert_eq!(books(pool).arrears.outstanding, 110_000 - capital);
	policies[0].term.end
}

/// A pool of Alice and Bob that lost everything, and earns nothing any more. Returns what it still owes.
pub fn pool_that_lost_everything() -> (PoolId, Balance) {
	let pool = pool_with_two_lines();
	set_time(lose_everything(pool));
	settle(pool);
	let after = books(pool);
	assert_eq!((after.capital, after.unearned), (0, 0));
	(pool, after.arrears.outstanding)
}

/// Gives an account a unit of so many assets that it can hold no further one.
fn fill_with_worthless_assets(who: &AccountId) -> Vec<u32> {
	let mut held = Vec::new();
	for id in 1_000..1_200 {
		assert_ok!(Assets::create(signed(MALLORY), id, MALLORY, 1));
		if Assets::mint(signed(MALLORY), id, who.clone(), 1).is_err() {
			return held;
		}
		held.push(id);
	}
	panic!("the account can hold any number of assets");
}

// ---------------------------------------------------------------------------------------------- Deposits

#[test]
fn deposit_buys_a_share_for_each_unit_when_it_is_the_first() {
	build_and_execute(|| {
		let pool = empty_pool();
		assert_eq!(deposit(pool, ALICE, 12_345), 12_345);
		assert_event(Event::Deposited {
			pool,
			who: ALICE,
			amount: 12_345,
			shares: 12_345,
		});
		assert_eq!(usd(&ALICE), ENDOWMENT - 12_345);
		assert_eq!((books(pool).capital, books(pool).supply), (12_345, 12_345));
		// The seed is outside the books.
		assert_eq!(usd(&Pools::account(pool)), 12_345 + USD_MINIMUM);
	});
}

#[test]
fn deposit_buys_shares_at_the_price_rounded_down_when_there_are_some() {
	build_and_execute(|| {
		let pool = pool_at_a_loss();
		let before = books(pool);
		for (who, amount) in [(CAROL, 7_777), (MALLORY, 1), (CAROL, 123_457)] {
			let PoolOf::<Test> { capital, supply, .. } = books(pool);
			let expected = floor(amount, capital, supply);
			assert_eq!(deposit(pool, who.clone(), amount), expected);
			let after = books(pool);
			assert_eq!(
				(after.capital, after.supply),
				(capital + amount, supply + expected)
			);
			// Nobody's deposit takes anything from those who are there.
			assert!(after.capital * supply >= capital * after.supply);
		}
		// It could not have been one for one.
		assert!(books(pool).supply - before.supply > books(pool).capital - before.capital);
	});
}

#[test]
fn shares_bear_the_name_of_their_pool_when_it_is_created() {
	build_and_execute(|| {
		let pools = [empty_pool(), empty_pool()];
		assert_ok!(Pools::create(signed(ALICE), AssetId::Native, 0));
		for (number, pool) in pools.into_iter().chain([2]).enumerate() {
			let share = books(pool).share;
			assert_eq!(share, 0x8000_0000 + number as u32);
			assert_eq!(
				Assets::name(share),
				format!("Lutine pool {number} share").into_bytes()
			);
			assert_eq!(Assets::symbol(share), format!("LP{number}-{number}").into_bytes());
			assert_eq!(Assets::decimals(share), 6);
			assert_eq!(Assets::minimum_balance(share), 1);
			assert!(
				!<Registry as lutine_primitives::insurance::AssetInfo>::is_sufficient(&AssetId::WithId(
					share
				))
			);
			// Nobody has the key of its owner: nobody mints, freezes or burns shares but the pool.
			assert_eq!(Assets::owner(share), Some(Pools::account(pool)));
		}
	});
}

#[test]
fn deposit_fails_when_amount_is_zero_or_beyond_what_is_recorded() {
	build_and_execute(|| {
		let pool = pool_with(10_000, &[]);
		assert_ok!(Assets::mint(signed(MANAGER), 1, BOB, 2 * MAX_AMOUNT));
		assert_noop!(try_deposit(pool, BOB, 0), Error::<Test>::ZeroAmount);
		for amount in [MAX_AMOUNT + 1, u128::MAX] {
			assert_noop!(try_deposit(pool, BOB, amount), Error::<Test>::AmountTooLarge);
		}
		// All that is recorded together has the same bound as each amount.
		assert_noop!(
			try_deposit(pool, BOB, MAX_AMOUNT - 10_000 + 1),
			Error::<Test>::AmountTooLarge
		);
		assert_ok!(try_deposit(pool, BOB, MAX_AMOUNT - 10_000));
		assert_noop!(try_deposit(pool, ALICE, 1), Error::<Test>::AmountTooLarge);
	});
}

#[test]
fn deposit_fails_when_it_is_the_first_and_below_the_minimum() {
	build_and_execute(|| {
		let pool = empty_pool();
		assert_noop!(try_deposit(pool, ALICE, 999), Error::<Test>::BelowMinimum);
		assert_ok!(try_deposit(pool, ALICE, 1_000));
		// The next one may be as small as a share.
		assert_ok!(try_deposit(pool, BOB, 1));
		assert_eq!(shares(pool, &BOB), 1);
	});
}

#[test]
fn deposit_fails_when_it_is_worth_less_than_a_share() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000_000, &[(0, 100)]);
		write(pool, 0, 500_000_000, 30);
		pass(10 * DAY);
		settle(pool);
		assert!(books(pool).capital > books(pool).supply);
		assert_noop!(try_deposit(pool, BOB, 1), Error::<Test>::BelowMinimum);
		assert_eq!(deposit(pool, BOB, 2), 1);
	});
}

#[test]
fn deposit_fails_when_there_is_no_such_pool() {
	build_and_execute(|| {
		empty_pool();
		assert_noop!(try_deposit(1, ALICE, 1_000), Error::<Test>::UnknownPool);
		assert_noop!(try_deposit(PoolId::MAX, ALICE, 1_000), Error::<Test>::UnknownPool);
	});
}

#[test]
fn deposit_fails_when_it_buys_fewer_shares_than_asked_for() {
	build_and_execute(|| {
		let pool = pool_at_a_loss();
		let PoolOf::<Test> { capital, supply, .. } = books(pool);
		let expected = floor(10_000, capital, supply);
		let with = |min_shares| Call::deposit {
			pool,
			amount: 10_000,
			min_shares,
			deadline: None,
		};
		assert_noop!(call(CAROL, with(expected + 1)), Error::<Test>::TooFewShares);
		assert_noop!(call(CAROL, with(u128::MAX)), Error::<Test>::TooFewShares);
		assert_ok!(call(CAROL, with(expected)));
		assert_eq!(shares(pool, &CAROL), expected);
	});
}

#[test]
fn deposit_fails_when_deadline_has_passed() {
	build_and_execute(|| {
		let pool = pool_with(10_000, &[]);
		let until = |deadline| Call::deposit {
			pool,
			amount: 1_000,
			min_shares: 0,
			deadline,
		};
		let deadline = Some(now() + 60);
		pass(60);
		assert_ok!(call(BOB, until(deadline)));
		pass(1);
		assert_noop!(call(BOB, until(deadline)), Error::<Test>::DeadlinePassed);
		assert_noop!(call(BOB, until(Some(0))), Error::<Test>::DeadlinePassed);
		assert_ok!(call(BOB, until(Some(Seconds::MAX))));
		assert_ok!(call(BOB, until(None)));
	});
}

#[test]
fn deposit_fails_when_pool_owes_money() {
	build_and_execute(|| {
		let (pool, owed) = pool_that_lost_everything();
		assert_eq!(books(pool).arrears.outstanding, owed);
		assert_noop!(try_deposit(pool, CAROL, 50_000), Error::<Test>::PoolInArrears);
		assert_ok!(call(
			CAROL,
			Call::pay_arrears {
				pool,
				amount: owed - 1
			}
		));
		assert_noop!(try_deposit(pool, CAROL, 50_000), Error::<Test>::PoolInArrears);
		assert_ok!(call(CAROL, Call::pay_arrears { pool, amount: 1 }));
		assert_ok!(try_deposit(pool, CAROL, 50_000));
	});
}

#[test]
fn deposit_fails_when_capital_is_below_a_thousandth_of_the_supply() {
	for (capital, fails) in [(99, true), (100, false)] {
		build_and_execute(|| {
			let pool = pool_with(100_000, &[(0, 100)]);
			let mut policy = write(pool, 0, 100_000, 30);
			let award = books(pool).capital - capital;
			lose(pool, 0, &mut policy, award);
			assert_eq!((books(pool).capital, books(pool).supply), (capital, 100_000));
			if fails {
				assert_noop!(try_deposit(pool, BOB, 10_000), Error::<Test>::PoolRuined);
			} else {
				// The premium of what was paid out is the old holders': all but the cuts, and a tenth of what is still insured.
				let upr = books(pool).upr();
				let shared = books(pool).exposure.min(100) / 10;
				let cut = upr * 5 / 100;
				let premium = upr - cut - (upr - cut) * 2 / 100;
				assert_eq!(
					deposit(pool, BOB, 10_000),
					10_000 * 100_000 / (100 + premium - shared)
				);
			}
		});
	}
}

#[test]
fn deposit_fails_when_pool_was_left_alone_for_too_long() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		write(pool, 0, 50_000, 365);
		// The 32 days that one call walks, from the middle of the first to a second before the 33rd ends.
		set_time(START + DAY / 2 + 32 * DAY - 1);
		what_if(|| {
			assert_ok!(try_deposit(pool, BOB, 1_000));
		});
		pass(1);
		assert_noop!(try_deposit(pool, BOB, 1_000), Error::<Test>::PoolNotSettled);
		settle(pool);
		assert_ok!(try_deposit(pool, BOB, 1_000));
	});
}

#[test]
fn deposit_fails_with_the_error_of_the_asset_when_its_owner_cannot_pay() {
	build_and_execute(|| {
		let pool = pool_with(10_000, &[]);
		assert_noop!(
			try_deposit(pool, BOB, ENDOWMENT + 1),
			TokenError::FundsUnavailable
		);
		assert_ok!(Assets::freeze(signed(MANAGER), 1, BOB));
		assert_noop!(try_deposit(pool, BOB, 1_000), TokenError::Frozen);
		assert_ok!(try_deposit(pool, CAROL, 1_000));
		assert_ok!(Assets::thaw(signed(MANAGER), 1, BOB));
		assert_ok!(Assets::freeze_asset(signed(MANAGER), 1));
		assert_noop!(try_deposit(pool, BOB, 1_000), TokenError::Frozen);
		assert_ok!(Assets::thaw_asset(signed(MANAGER), 1));
		assert_ok!(Assets::block(signed(MANAGER), 1, Pools::account(pool)));
		assert_noop!(try_deposit(pool, BOB, 1_000), TokenError::Blocked);
	});
}

#[test]
fn deposit_fails_when_its_owner_cannot_hold_shares() {
	build_and_execute(|| {
		let pool = pool_with(10_000, &[]);
		// Shares do not keep an account alive, and one without native tokens has nothing else that may.
		assert_ok!(Assets::transfer(signed(BOB), 1, STRANGER, 5_000));
		assert_noop!(try_deposit(pool, STRANGER, 1_000), TokenError::CannotCreate);
		assert_ok!(Balances::transfer_allow_death(signed(BOB), STRANGER, 10));
		assert_ok!(try_deposit(pool, STRANGER, 1_000));
	});
}

#[test]
fn deposit_may_empty_its_owners_account_when_nothing_depends_on_it() {
	build_and_execute(|| {
		let pool = pool_with(10_000, &[]);
		assert_ok!(try_deposit(pool, BOB, ENDOWMENT));
		assert_eq!((usd(&BOB), shares(pool, &BOB)), (0, ENDOWMENT));
	});
}

// ---------------------------------------------------------------------------------------------- Requests

#[test]
fn request_moves_shares_into_escrow_when_it_is_made() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		let due = now() + COOLDOWN;
		assert_ok!(try_request(pool, ALICE, 30_000, 29_000));
		assert_event(Event::WithdrawalRequested {
			pool,
			request: 0,
			who: ALICE,
			shares: 30_000,
			min_amount: 29_000,
			due,
		});
		assert_eq!(
			Requests::<Test>::get(pool, 0).unwrap(),
			Request {
				who: ALICE,
				share: books(pool).share,
				shares: 30_000,
				min_amount: 29_000,
				due,
				deposit: DEPOSIT,
			}
		);
		assert_eq!(shares(pool, &ALICE), 70_000);
		assert_eq!(shares(pool, &Pools::account(pool)), 30_000);
		assert_eq!(
			books(pool).queue,
			Queue {
				head: 0,
				tail: 1,
				shares: 30_000
			}
		);
		assert_eq!(on_hold(&ALICE), DEPOSIT);
		// They are still shares: the supply is as it was.
		assert_eq!(books(pool).supply, 100_000);
	});
}

#[test]
fn request_fails_when_it_asks_for_nothing_or_for_more_than_its_owner_has() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		deposit(pool, BOB, 1_000);
		assert_noop!(try_request(pool, BOB, 0, 0), Error::<Test>::ZeroAmount);
		for shares in [1_001, u128::MAX] {
			assert_noop!(
				try_request(pool, BOB, shares, 0),
				Error::<Test>::InsufficientShares
			);
		}
		assert_noop!(
			try_request(pool, STRANGER, 1, 0),
			Error::<Test>::InsufficientShares
		);
		assert_noop!(try_request(pool + 1, BOB, 1, 0), Error::<Test>::UnknownPool);
		// Those in escrow are not in the account any more.
		request(pool, BOB, 600);
		assert_noop!(try_request(pool, BOB, 401, 0), Error::<Test>::InsufficientShares);
	});
}

#[test]
fn request_fails_when_it_is_worth_less_than_the_minimum() {
	build_and_execute(|| {
		let pool = pool_at_a_loss();
		let PoolOf::<Test> { capital, supply, .. } = books(pool);
		// The fewest shares that are worth a hundred units.
		let least = (100 * supply).div_ceil(capital);
		assert!(least > 100);
		assert_eq!((worth(pool, least - 1), worth(pool, least)), (99, 100));
		assert_noop!(try_request(pool, BOB, least - 1, 0), Error::<Test>::BelowMinimum);
		assert_ok!(try_request(pool, BOB, least, 0));
	});
}

#[test]
fn request_may_be_small_when_it_is_for_all_of_ones_shares() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		deposit(pool, BOB, 150);
		request(pool, BOB, 100);
		// Fifty are left, which is less than a withdrawal's minimum; but who leaves must be able to.
		assert_noop!(try_request(pool, BOB, 49, 0), Error::<Test>::BelowMinimum);
		request(pool, BOB, 50);
		pass(COOLDOWN);
		process(pool);
		assert_eq!(usd(&BOB), ENDOWMENT);
	});
}

#[test]
fn request_fails_when_its_owner_has_eight_in_the_queue() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		let other = pool_with(100_000, &[]);
		deposit(pool, BOB, 100_000);
		for number in 0..8 {
			assert_eq!(request(pool, ALICE, 1_000), number);
		}
		assert_noop!(try_request(pool, ALICE, 1_000, 0), Error::<Test>::TooManyRequests);
		assert_eq!(on_hold(&ALICE), 8 * DEPOSIT);
		// The bound is each account's, in each pool.
		request(pool, BOB, 1_000);
		request(other, ALICE, 1_000);
		// It counts those that are there.
		assert_ok!(try_cancel(pool, ALICE, 3));
		request(pool, ALICE, 1_000);
		pass(COOLDOWN);
		process(pool);
		assert_eq!(RequestCounts::<Test>::get(pool, ALICE), 0);
		for _ in 0..8 {
			request(pool, ALICE, 1_000);
		}
		assert_noop!(try_request(pool, ALICE, 1_000, 0), Error::<Test>::TooManyRequests);
	});
}

#[test]
fn request_fails_when_its_owner_cannot_pay_the_deposit() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		assert_ok!(Balances::transfer_allow_death(
			signed(BOB),
			STRANGER,
			10 + DEPOSIT - 1
		));
		assert_ok!(Assets::transfer(signed(ALICE), books(pool).share, STRANGER, 500));
		assert_noop!(try_request(pool, STRANGER, 500, 0), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(BOB), STRANGER, 1));
		assert_ok!(try_request(pool, STRANGER, 500, 0));
	});
}

// ---------------------------------------------------------------------------------------------- Cancelling

#[test]
fn shares_and_deposit_come_back_when_a_request_is_cancelled() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		let number = request(pool, ALICE, 30_000);
		let free = native(&ALICE);
		assert_ok!(try_cancel(pool, ALICE, number));
		assert_event(Event::WithdrawalReturned {
			pool,
			request: number,
			who: ALICE,
			shares: 30_000,
		});
		assert_eq!(shares(pool, &ALICE), 100_000);
		assert_eq!((native(&ALICE), on_hold(&ALICE)), (free + DEPOSIT, 0));
		assert_eq!(books(pool).queue.shares, 0);
		assert!(!is_queued(pool, number));
	});
}

#[test]
fn cancelling_fails_when_the_request_is_unknown_or_somebody_elses() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		let number = request(pool, ALICE, 30_000);
		assert_noop!(try_cancel(pool, BOB, number), Error::<Test>::NotTheOwner);
		assert_noop!(try_cancel(pool, ALICE, number + 1), Error::<Test>::UnknownRequest);
		assert_noop!(try_cancel(pool, ALICE, u64::MAX), Error::<Test>::UnknownRequest);
		assert_noop!(try_cancel(pool + 1, ALICE, number), Error::<Test>::UnknownPool);
		assert_ok!(try_cancel(pool, ALICE, number));
		assert_noop!(try_cancel(pool, ALICE, number), Error::<Test>::UnknownRequest);
	});
}

#[test]
fn request_can_be_cancelled_when_the_queue_stands_still() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		write(pool, 0, 50_000, 30);
		let number = request(pool, ALICE, 30_000);
		freeze(0);
		// Who stays bears the loss with the others: nothing speaks against it.
		assert_ok!(try_cancel(pool, ALICE, number));
		assert_eq!(shares(pool, &ALICE), 100_000);
	});
}

// ---------------------------------------------------------------------------------------------- The queue

#[test]
fn withdrawal_is_paid_at_the_price_of_the_moment_when_its_cooldown_is_over() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000_000, &[(0, 100)]);
		deposit(pool, BOB, 500_000_000);
		let policy = write(pool, 0, 400_000_000, 30);
		let number = request(pool, BOB, 200_000_000);
		let before = (usd(&BOB), native(&BOB));
		pass(COOLDOWN - 1);
		what_if(|| {
			process(pool);
			assert!(is_queued(pool, number), "paid a second too early");
		});
		pass(1);
		process(pool);

		// What was earned in escrow is the withdrawer's too.
		let capital = 1_500_000_000 + earned(&policy, START, now());
		let amount = floor(200_000_000, 1_500_000_000, capital);
		assert!(amount > 200_000_000);
		assert_event(Event::Withdrawn {
			pool,
			request: number,
			who: BOB,
			shares: 200_000_000,
			amount,
		});
		assert_eq!((usd(&BOB), native(&BOB)), (before.0 + amount, before.1 + DEPOSIT));
		let after = books(pool);
		assert_eq!((after.capital, after.supply), (capital - amount, 1_300_000_000));
		assert_eq!(
			after.queue,
			Queue {
				head: 1,
				tail: 1,
				shares: 0
			}
		);
		assert_eq!(Assets::total_issuance(after.share), 1_300_000_000);
		assert!(!is_queued(pool, number));
		assert_eq!(RequestCounts::<Test>::iter().count(), 0);
	});
}

#[test]
fn head_of_the_queue_is_paid_in_part_when_free_capital_is_short() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		deposit(pool, BOB, 20_000);
		let policy = write(pool, 0, 90_000, 30);
		let first = request_at_least(pool, ALICE, 50_000, 45_001);
		let second = request(pool, BOB, 20_000);
		pass(COOLDOWN);
		process(pool);

		let capital = 120_000 + earned(&policy, START, now());
		let free = capital - 90_000;
		let payable = free * 120_000 / capital;
		let amount = payable * capital / 120_000;
		assert_event(Event::Withdrawn {
			pool,
			request: first,
			who: ALICE,
			shares: payable,
			amount,
		});
		// The limit goes with the shares; what is left of it is rounded up.
		let rest = Requests::<Test>::get(pool, first).unwrap();
		let left = 50_000 - payable;
		assert_eq!(rest.shares, left);
		assert_eq!(rest.min_amount, 45_001 - 45_001 * payable / 50_000);
		assert_eq!(on_hold(&ALICE), DEPOSIT);
		assert_eq!(books(pool).queue.head, first);
		assert_eq!(books(pool).queue.shares, left + 20_000);
		assert_eq!(books(pool).capital, capital - amount);
		// Nothing more can be had now.
		let unchanged = books(pool);
		process(pool);
		assert_eq!(books(pool), unchanged);

		// The rest comes first as soon as there is capital for it.
		let paid = usd(&ALICE);
		deposit(pool, CAROL, 60_000);
		let PoolOf::<Test> { capital, supply, .. } = books(pool);
		let amount = floor(left, supply, capital);
		assert_ok!(try_process(pool, 1));
		assert_eq!(usd(&ALICE), paid + amount);
		assert_eq!(on_hold(&ALICE), 0);
		assert!(is_queued(pool, second));
		let amount = floor(20_000, supply - left, capital - amount);
		process(pool);
		assert_eq!(usd(&BOB), ENDOWMENT - 20_000 + amount);
	});
}

#[test]
fn request_is_paid_whole_when_its_worth_rounded_down_is_just_what_is_free() {
	build_and_execute(|| {
		let pool = pool_at_a_loss();
		write(pool, 0, 50_000, 30);
		let (capital, supply) = books::what_if(|| {
			pass(COOLDOWN);
			settle(pool);
			(books(pool).capital, books(pool).supply)
		});
		// The most shares that are worth no more than what is free, of which the worth buys back fewer.
		let free = capital - 50_000;
		let asked = ((free + 1) * supply - 1) / capital;
		assert_eq!(floor(asked, supply, capital), free);
		assert!(floor(free, capital, supply) < asked);
		let request = request(pool, ALICE, asked);
		pass(COOLDOWN);
		process(pool);
		assert!(!is_queued(pool, request));
		assert_eq!(
			(books(pool).capital, books(pool).supply),
			(50_000, supply - asked)
		);
	});
}

#[test]
fn queue_is_paid_in_order_when_several_wait() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		deposit(pool, BOB, 100_000);
		let numbers = [
			request(pool, ALICE, 1_000),
			request(pool, BOB, 2_000),
			request(pool, ALICE, 3_000),
		];
		pass(COOLDOWN);
		let left = || numbers.map(|number| is_queued(pool, number));
		assert_ok!(try_process(pool, 0));
		assert_eq!(left(), [true, true, true]);
		assert_ok!(try_process(pool, 1));
		assert_eq!(left(), [false, true, true]);
		assert_ok!(try_process(pool, 1));
		assert_eq!(left(), [false, false, true]);
		assert_ok!(try_process(pool, u32::MAX));
		assert_eq!(left(), [false, false, false]);
		assert_eq!(usd(&BOB), ENDOWMENT - 100_000 + 2_000);
	});
}

#[test]
fn request_waits_for_those_before_it_when_it_is_due_first() {
	let _defaults = Defaults;
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		deposit(pool, BOB, 100_000);
		let first = request(pool, ALICE, 1_000);
		// A referendum shortens the cooldown, for later requests only.
		PoolParameters::mutate(|p| p.withdrawal_cooldown = DAY);
		let second = request(pool, BOB, 1_000);
		pass(COOLDOWN - 1);
		process(pool);
		assert!(is_queued(pool, first) && is_queued(pool, second));
		pass(1);
		process(pool);
		assert!(!is_queued(pool, first) && !is_queued(pool, second));
	});
}

#[test]
fn request_is_returned_when_its_shares_are_worth_less_than_it_asks_for() {
	build_and_execute(|| {
		let pool = pool_at_a_loss();
		let value = worth(pool, 10_000);
		let too_much = request_at_least(pool, ALICE, 10_000, value + 1);
		let enough = request_at_least(pool, BOB, 10_000, value);
		let (alice, bob) = ((usd(&ALICE), native(&ALICE)), usd(&BOB));
		pass(COOLDOWN);
		process(pool);
		assert_event(Event::WithdrawalReturned {
			pool,
			request: too_much,
			who: ALICE,
			shares: 10_000,
		});
		assert_eq!((usd(&ALICE), native(&ALICE)), (alice.0, alice.1 + DEPOSIT));
		assert_eq!(shares(pool, &ALICE), 100_000);
		assert_eq!(usd(&BOB), bob + value);
		assert!(!is_queued(pool, too_much) && !is_queued(pool, enough));
		assert_eq!(books(pool).queue.shares, 0);
	});
}

#[test]
fn queue_passes_holes_when_requests_were_cancelled() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		deposit(pool, BOB, 100_000);
		for who in [ALICE, BOB, ALICE, BOB, ALICE] {
			request(pool, who, 1_000);
		}
		for number in [0, 2, 4] {
			assert_ok!(try_cancel(pool, ALICE, number));
		}
		pass(COOLDOWN);
		// A hole is looked at like a request, so that a call's work has a bound.
		assert_ok!(try_process(pool, 3));
		assert!(!is_queued(pool, 1) && is_queued(pool, 3));
		process(pool);
		assert_eq!(usd(&BOB), ENDOWMENT - 98_000);
		assert_eq!(usd(&ALICE), ENDOWMENT - 100_000);
		assert_eq!((books(pool).queue.head, books(pool).queue.tail), (5, 5));
	});
}

#[test]
fn processing_fails_when_more_than_a_fiftieth_of_capital_is_reserved() {
	for (exposure, fails) in [(2_000, false), (2_001, true)] {
		build_and_execute(|| {
			let pool = pool_with(100_000, &[(0, 100)]);
			let number = request(pool, ALICE, 10_000);
			pass(COOLDOWN);
			write(pool, 0, exposure, 30);
			freeze(0);
			assert_eq!(books(pool).reserved, exposure);
			assert_eq!(books(pool).capital / 50, 2_000);
			if fails {
				assert_noop!(try_process(pool, 1), Error::<Test>::QueueStandsStill);
				thaw(0);
			}
			process(pool);
			assert!(!is_queued(pool, number));
		});
	}
}

#[test]
fn processing_stops_when_what_it_pays_makes_the_queue_stand_still() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		let numbers = [request(pool, ALICE, 10_000), request(pool, ALICE, 10_000)];
		pass(COOLDOWN);
		write(pool, 0, 2_000, 30);
		freeze(0);
		// Two thousand are a fiftieth of what is there, but more of what the first leaves.
		process(pool);
		assert_eq!(numbers.map(|number| is_queued(pool, number)), [false, true]);
		assert_eq!(books(pool).standstill.since, Some(now()));
	});
}

#[test]
fn processing_fails_when_there_is_no_such_pool() {
	build_and_execute(|| {
		assert_noop!(try_process(0, 1), Error::<Test>::UnknownPool);
	});
}

#[test]
fn queues_are_paid_unasked_when_a_block_has_weight_left() {
	build_and_execute(|| {
		let pools = [pool_with(100_000, &[]), pool_with(100_000, &[])];
		for pool in pools {
			for _ in 0..8 {
				request(pool, ALICE, 1_000);
			}
			deposit(pool, BOB, 5_000);
			request(pool, BOB, 5_000);
		}
		pass(COOLDOWN);
		// Eight for each pool and block.
		<Pools as Hooks<u64>>::on_idle(1, Weight::MAX);
		for pool in pools {
			assert_eq!(books(pool).queue.head, 8);
			assert_eq!(RequestCounts::<Test>::get(pool, ALICE), 0);
		}
		assert_eq!(usd(&ALICE), ENDOWMENT - 200_000 + 16_000);
		<Pools as Hooks<u64>>::on_idle(2, Weight::MAX);
		assert_eq!(usd(&BOB), ENDOWMENT);
	});
}

#[test]
fn hook_takes_no_more_than_it_is_given_when_weight_is_scarce() {
	build_and_execute(|| {
		let pools = [pool_with(100_000, &[(0, 50)]), pool_with(100_000, &[(0, 50)])];
		for pool in pools {
			write(pool, 0, 10_000, 30);
			for _ in 0..8 {
				request(pool, ALICE, 1_000);
			}
		}
		pass(COOLDOWN);
		// Fourteen days have passed, and each may end a policy on the only line.
		let most =
			<() as WeightInfo>::process_withdrawals(8).saturating_add(<() as WeightInfo>::settle(14, 14));
		let before = pools.map(books);
		let too_little = [
			Weight::zero(),
			Weight::from_parts(most.ref_time() - 1, most.proof_size()),
			Weight::from_parts(most.ref_time(), most.proof_size() - 1),
			Weight::from_parts(u64::MAX, 0),
		];
		for limit in too_little {
			let used = <Pools as Hooks<u64>>::on_idle(1, limit);
			assert!(used.all_lte(limit));
			assert_eq!(pools.map(books), before);
		}
		// Enough for the first to be looked at, after which it is not enough for the second.
		assert!(<Pools as Hooks<u64>>::on_idle(1, most).all_lte(most));
		assert_eq!(pools.map(|pool| books(pool).queue.head), [8, 0]);
		// The next block goes on where this one ended.
		assert!(<Pools as Hooks<u64>>::on_idle(2, most).all_lte(most));
		assert_eq!(pools.map(|pool| books(pool).queue.head), [8, 8]);
	});
}

#[test]
fn others_are_paid_unasked_when_one_pools_queue_stands_still() {
	build_and_execute(|| {
		let (stopped, other) = (pool_with(100_000, &[(0, 100)]), pool_with(100_000, &[]));
		write(stopped, 0, 50_000, 30);
		let numbers = [stopped, other].map(|pool| request(pool, ALICE, 1_000));
		freeze(0);
		pass(COOLDOWN);
		<Pools as Hooks<u64>>::on_idle(1, Weight::MAX);
		assert!(is_queued(stopped, numbers[0]));
		assert!(!is_queued(other, numbers[1]));
	});
}

#[test]
fn withdrawal_waits_when_the_pool_is_strained() {
	let _defaults = Defaults;
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100), (1, 100)]);
		write(pool, 0, 60_000, 60);
		write(pool, 1, 60_000, 60);
		let number = request(pool, ALICE, 1_000);
		pass(COOLDOWN);
		what_if(|| {
			process(pool);
			assert!(!is_queued(pool, number));
		});
		// Governance thinks that the two fail together: 120 000 are required.
		PricingParameters::mutate(|p| p.rho = Perbill::one());
		process(pool);
		assert!(is_queued(pool, number) && books(pool).strained);
		// Deposits are welcome; when they are enough, the queue is paid from what is above.
		let missing = 120_000 - books(pool).capital;
		what_if(|| {
			deposit(pool, BOB, missing - 1);
			assert!(books(pool).strained);
		});
		deposit(pool, BOB, missing);
		assert!(!books(pool).strained);
		assert_event(Event::Relieved { pool });
		process(pool);
		assert!(is_queued(pool, number));
		deposit(pool, BOB, 2_000);
		process(pool);
		assert!(!is_queued(pool, number));
	});
}

// ---------------------------------------------------------------------------------------------- Marked down

#[test]
fn marked_down_price_counts_all_that_is_reserved_as_lost_when_the_queue_stands_still() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		deposit(pool, BOB, 50_000);
		let policy = write(pool, 0, 30_000, 60);
		let number = request(pool, BOB, 40_000);
		let before = usd(&BOB);
		freeze(0);
		pass(COOLDOWN);
		assert_ok!(try_marked_down(pool, BOB, number));
		let capital = 150_000 + earned(&policy, START, now());
		let amount = floor(40_000, 150_000, capital - 30_000);
		assert!(amount < 40_000);
		assert_event(Event::Withdrawn {
			pool,
			request: number,
			who: BOB,
			shares: 40_000,
			amount,
		});
		assert_eq!(usd(&BOB), before + amount);
		assert_eq!(
			(books(pool).capital, books(pool).supply),
			(capital - amount, 110_000)
		);
		assert_eq!(on_hold(&BOB), 0);
		// Those who stay have lost nothing by it, whatever becomes of the incident.
		assert!((books(pool).capital - 30_000) * 150_000 >= (capital - 30_000) * 110_000);
	});
}

#[test]
fn marked_down_withdrawal_is_paid_in_part_when_free_capital_is_short() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100), (1, 100)]);
		write(pool, 0, 30_000, 30);
		write(pool, 1, 60_000, 30);
		let number = request_at_least(pool, ALICE, 50_000, 30_001);
		pass(COOLDOWN);
		settle(pool);
		freeze(0);
		let capital = books(pool).capital;
		// Required: 30 000 reserved, and 60 000 for the only group that is left.
		let (value, free) = (capital - 30_000, capital - 90_000);
		let payable = free * 100_000 / value;
		let amount = payable * value / 100_000;
		assert!(amount > 0 && payable < 50_000);
		let before = usd(&ALICE);
		assert_ok!(try_marked_down(pool, ALICE, number));
		assert_eq!(usd(&ALICE), before + amount);
		let rest = Requests::<Test>::get(pool, number).unwrap();
		assert_eq!(rest.shares, 50_000 - payable);
		assert_eq!(rest.min_amount, 30_001 - 30_001 * payable / 50_000);
		assert_eq!(books(pool).queue.shares, 50_000 - payable);
		assert!(!books(pool).strained);
		// As nothing is free any more, nothing is paid any more.
		assert_noop!(
			try_marked_down(pool, ALICE, number),
			Error::<Test>::InsufficientCapital
		);
	});
}

#[test]
fn queue_goes_on_behind_it_when_a_request_left_at_the_marked_down_price() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		write(pool, 0, 30_000, 30);
		let numbers = [request(pool, ALICE, 1_000), request(pool, ALICE, 2_000)];
		pass(COOLDOWN);
		freeze(0);
		// Not the head: everyone may choose to leave so.
		assert_ok!(try_marked_down(pool, ALICE, numbers[1]));
		assert_eq!(numbers.map(|number| is_queued(pool, number)), [true, false]);
		thaw(0);
		process(pool);
		assert_eq!((books(pool).queue.head, books(pool).queue.shares), (2, 0));
	});
}

#[test]
fn marked_down_withdrawal_fails_when_it_may_not_be_had() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100), (1, 100)]);
		write(pool, 0, 60_000, 60);
		write(pool, 1, 20_000, 60);
		let number = request_at_least(pool, ALICE, 10_000, 5_000);
		freeze(0);
		assert_noop!(try_marked_down(pool, ALICE, 7), Error::<Test>::UnknownRequest);
		assert_noop!(
			try_marked_down(pool + 1, ALICE, number),
			Error::<Test>::UnknownPool
		);
		assert_noop!(try_marked_down(pool, BOB, number), Error::<Test>::NotTheOwner);
		pass(COOLDOWN - 1);
		assert_noop!(try_marked_down(pool, ALICE, number), Error::<Test>::NotDue);
		pass(1);
		// Four tenths of the price is less than half of it.
		assert_noop!(
			try_marked_down(pool, ALICE, number),
			Error::<Test>::WorthTooLittle
		);
		thaw(0);
		assert_noop!(try_marked_down(pool, ALICE, number), Error::<Test>::QueueMoves);
		process(pool);
		assert_noop!(
			try_marked_down(pool, ALICE, number),
			Error::<Test>::UnknownRequest
		);
	});
}

#[test]
fn marked_down_withdrawal_fails_when_nothing_is_free() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100), (1, 100)]);
		write(pool, 0, 60_000, 30);
		write(pool, 1, 50_000, 30);
		let number = request(pool, ALICE, 1_000);
		pass(COOLDOWN);
		freeze(0);
		// What is reserved is covered, but not the rest beside it.
		assert!(books(pool).strained);
		assert_noop!(
			try_marked_down(pool, ALICE, number),
			Error::<Test>::InsufficientCapital
		);
		// And here the marked-down price is none at all.
		freeze(1);
		assert_eq!(books(pool).reserved, 110_000);
		assert_noop!(
			try_marked_down(pool, ALICE, number),
			Error::<Test>::InsufficientCapital
		);
	});
}

// ---------------------------------------------------------------------------------------------- Starting anew

#[test]
fn pool_starts_anew_with_other_shares_when_it_lost_everything_and_owes_nothing() {
	build_and_execute(|| {
		let (pool, owed) = pool_that_lost_everything();
		let old = books(pool).share;
		assert_ok!(call(CAROL, Call::pay_arrears { pool, amount: owed }));
		assert!(books(pool).is_void());

		let name = format!("Lutine pool {pool} share");
		let symbol = format!("LP{pool}-1");
		// The base and a unit a byte, in the mock.
		let metadata = 7 + (name.len() + symbol.len()) as u128;
		let before = native(&CAROL);
		assert_eq!(deposit(pool, CAROL, 5_000), 5_000);
		let after = books(pool);
		assert_event(Event::StartedAnew {
			pool,
			void: old,
			share: old + 1,
		});
		assert_eq!(
			(after.share, after.supply, after.capital),
			(old + 1, 5_000, 5_000)
		);
		assert_eq!(Assets::name(old + 1), name.into_bytes());
		assert_eq!(Assets::symbol(old + 1), symbol.into_bytes());
		// And the deposit for the account in which shares are in escrow.
		assert_eq!(before - native(&CAROL), metadata + 10);

		// What the old ones have is an asset that nobody pays anything for.
		assert_eq!(Assets::balance(old, ALICE), 80_000);
		let position = Pools::position(pool, ALICE).unwrap();
		assert_eq!((position.shares, position.value), (0, 0));
		assert_noop!(
			try_request(pool, ALICE, 80_000, 0),
			Error::<Test>::InsufficientShares
		);
		// And the newcomer owns all there is.
		request(pool, CAROL, 5_000);
		pass(COOLDOWN);
		let before = usd(&CAROL);
		process(pool);
		assert_eq!(usd(&CAROL), before + 5_000);
		assert_eq!((books(pool).capital, books(pool).supply), (0, 0));
	});
}

#[test]
fn deposit_changes_nothing_when_it_is_too_small_to_start_anew() {
	build_and_execute(|| {
		let (pool, owed) = pool_that_lost_everything();
		assert_ok!(call(CAROL, Call::pay_arrears { pool, amount: owed }));
		assert_noop!(try_deposit(pool, CAROL, 999), Error::<Test>::BelowMinimum);
		assert_ok!(try_deposit(pool, CAROL, 1_000));
	});
}

#[test]
fn old_shares_are_not_void_when_the_pool_still_earns_for_them() {
	build_and_execute(|| {
		let pool = pool_with_two_lines();
		let end = lose_everything(pool);
		let share = books(pool).share;
		let pay = Call::pay_arrears {
			pool,
			amount: u128::MAX,
		};
		assert_ok!(call(CAROL, pay));
		let left = books(pool);
		assert_eq!((left.capital, left.arrears.outstanding), (0, 0));
		assert!(left.unearned > 0 && !left.is_void());
		// Neither at once nor later, when some of it has come.
		assert_noop!(try_deposit(pool, CAROL, 10_000), Error::<Test>::PoolRuined);
		pass(3 * DAY);
		assert_noop!(try_deposit(pool, CAROL, 10_000), Error::<Test>::PoolRuined);
		set_time(end);
		// The premium of the policies that were paid is theirs who bore the loss, and the price is that of it.
		let before = usd(&CAROL);
		let bought = deposit(pool, CAROL, 10_000);
		let after = books(pool);
		assert_eq!((after.share, after.supply), (share, 100_000 + bought));
		let earned = after.capital - 10_000;
		assert!(earned > 100 && earned <= left.upr());
		assert_eq!(bought, floor(10_000, earned, 100_000));
		assert_eq!(usd(&CAROL), before - 10_000);
	});
}

#[test]
fn nobody_takes_what_is_still_to_be_earned_when_he_pays_the_arrears_of_a_pool_that_lost_everything() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 100), (1, 100)]);
		let mut policies = [write(pool, 0, 600_000, 365), write(pool, 1, 401_000, 365)];
		for product in [0, 1] {
			freeze(product);
			accept(product, product, 100);
			thaw(product);
		}
		for (policy, award) in policies.iter_mut().zip([600_000, 401_000]) {
			assert_ok!(pay(policy.product, policy.product, policy, award, &BUYER));
		}
		// A thousand units are owed, and fifty thousand are still to be earned: who pays the one and brings the least
		// that a pool begins with would own the other, if the shares were void now.
		let lost = books(pool);
		assert!(lost.capital == 0 && lost.arrears.outstanding <= 1_000 && lost.upr() > 50_000);
		let pay = Call::pay_arrears {
			pool,
			amount: u128::MAX,
		};
		assert_ok!(call(MALLORY, pay));
		assert_noop!(try_deposit(pool, MALLORY, 1_000), Error::<Test>::PoolRuined);
		set_time(policies[0].term.end);
		settle(pool);
		assert_eq!((shares(pool, &ALICE), books(pool).supply), (1_000_000, 1_000_000));
		assert!(books(pool).capital > 50_000 * 9 / 10);
	});
}

#[test]
fn old_requests_are_returned_when_the_pool_has_started_anew() {
	build_and_execute(|| {
		let pool = pool_with_two_lines();
		let numbers = [
			request(pool, BOB, 15_000),
			request(pool, ALICE, 50_000),
			request(pool, ALICE, 10_000),
		];
		set_time(lose_everything(pool));
		let old = books(pool).share;
		let pay = Call::pay_arrears {
			pool,
			amount: u128::MAX,
		};
		assert_ok!(call(CAROL, pay));
		deposit(pool, CAROL, 50_000);
		let new = request(pool, CAROL, 10_000);
		assert_eq!(books(pool).queue.shares, 10_000);
		let queue = Pools::queue(pool);
		assert_eq!(
			queue
				.iter()
				.map(|request| (request.is_void, request.value > 0))
				.collect::<Vec<_>>(),
			[(true, false), (true, false), (true, false), (false, true)]
		);

		assert_noop!(
			try_marked_down(pool, ALICE, numbers[1]),
			Error::<Test>::SharesVoid
		);
		// Their owners may take them back, or wait until the head of the queue comes to them, which is at once.
		assert_ok!(try_cancel(pool, ALICE, numbers[1]));
		process(pool);
		assert_event(Event::WithdrawalReturned {
			pool,
			request: numbers[0],
			who: BOB,
			shares: 15_000,
		});
		assert_eq!(Assets::balance(old, BOB), 20_000);
		assert_eq!(Assets::balance(old, ALICE), 80_000);
		assert_eq!((on_hold(&ALICE), on_hold(&BOB)), (0, 0));
		// The newcomer's waits for its cooldown.
		assert_eq!((books(pool).queue.head, books(pool).queue.shares), (new, 10_000));
	});
}

// ---------------------------------------------------------------------------------------------- Dues

#[test]
fn withdrawal_is_due_and_the_queue_goes_on_when_its_recipient_is_blocked() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		deposit(pool, BOB, 50_000);
		request(pool, BOB, 20_000);
		request(pool, ALICE, 30_000);
		assert_ok!(Assets::block(signed(MANAGER), 1, BOB));
		pass(COOLDOWN);
		process(pool);
		assert_event(Event::PaymentDue {
			pool,
			who: BOB,
			amount: 20_000,
		});
		assert_eq!((Dues::<Test>::get(pool, BOB), books(pool).dues), (20_000, 20_000));
		assert_eq!(usd(&ALICE), ENDOWMENT - 70_000);
		// It is no share holder's any more.
		assert_eq!((books(pool).capital, books(pool).supply), (100_000, 100_000));
		assert_eq!(usd(&Pools::account(pool)), 120_000 + USD_MINIMUM);
		assert_eq!((shares(pool, &BOB), on_hold(&BOB)), (30_000, 0));

		assert_noop!(try_collect(pool, BOB), TokenError::Blocked);
		// A second one adds to the first.
		request(pool, BOB, 1_000);
		pass(COOLDOWN);
		process(pool);
		assert_eq!(Dues::<Test>::get(pool, BOB), 21_000);
		assert_ok!(Assets::thaw(signed(MANAGER), 1, BOB));
		assert_ok!(try_collect(pool, BOB));
		assert_event(Event::DueCollected {
			pool,
			who: BOB,
			amount: 21_000,
		});
		assert_eq!(usd(&BOB), ENDOWMENT - 29_000);
		assert_eq!((Dues::<Test>::iter().count(), books(pool).dues), (0, 0));
		assert_noop!(try_collect(pool, BOB), Error::<Test>::NothingDue);
	});
}

#[test]
fn withdrawal_is_due_when_it_is_too_little_for_an_account_to_exist() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		// Two units are less than an account must hold.
		assert_ok!(Balances::transfer_allow_death(signed(BOB), STRANGER, 1_000));
		assert_ok!(Assets::transfer(signed(ALICE), books(pool).share, STRANGER, 2));
		request(pool, STRANGER, 2);
		request(pool, ALICE, 10_000);
		pass(COOLDOWN);
		process(pool);
		assert_eq!(Dues::<Test>::get(pool, STRANGER), 2);
		assert_eq!(usd(&ALICE), ENDOWMENT - 90_000);
		assert_noop!(try_collect(pool, STRANGER), TokenError::BelowMinimum);
		// With an account it can be had, by whoever asks.
		assert_ok!(Assets::transfer(signed(BOB), 1, STRANGER, 3));
		assert_ok!(try_collect(pool, STRANGER));
		assert_eq!(usd(&STRANGER), 5);
	});
}

#[test]
fn collecting_fails_when_nothing_is_due() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		assert_noop!(try_collect(pool, ALICE), Error::<Test>::NothingDue);
		assert_noop!(try_collect(pool + 1, ALICE), Error::<Test>::UnknownPool);
	});
}

#[test]
fn due_is_collected_when_the_pool_was_left_alone_for_too_long() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		write(pool, 0, 50_000, 365);
		request(pool, ALICE, 10_000);
		pass(COOLDOWN);
		settle(pool);
		let amount = worth(pool, 10_000);
		assert_ok!(Assets::block(signed(MANAGER), 1, ALICE));
		process(pool);
		assert_ok!(Assets::thaw(signed(MANAGER), 1, ALICE));
		pass(100 * DAY);
		assert_noop!(try_process(pool, 1), Error::<Test>::PoolNotSettled);
		// It is nobody else's any more, whatever the books will say.
		assert_ok!(try_collect(pool, ALICE));
		assert_eq!(usd(&ALICE), ENDOWMENT - 100_000 + amount);
	});
}

// ---------------------------------------------------------------------------------------------- Attacks

#[test]
fn donation_moves_no_price_when_it_is_sent_to_a_pools_account() {
	build_and_execute(|| {
		let pool = pool_with(10_000, &[(0, 100)]);
		let before = books(pool);
		let gift = 1_000_000_000;
		assert_ok!(Assets::transfer(signed(MALLORY), 1, Pools::account(pool), gift));
		assert_ok!(Assets::transfer(
			signed(ALICE),
			before.share,
			Pools::account(pool),
			1_000
		));
		settle(pool);
		assert_eq!(books(pool), before);
		assert_eq!(deposit(pool, BOB, 12_345), 12_345);
		// Nor is anything of it capital that cover could be sold on.
		assert_eq!(Pools::pool(pool).unwrap().capital, 22_345);
		assert_eq!(
			try_write(pool, 0, 22_346, 30),
			Err(Error::<Test>::CapacityExceeded.into())
		);
		request(pool, BOB, 12_345);
		pass(COOLDOWN);
		process(pool);
		assert_eq!(usd(&BOB), ENDOWMENT);
	});
}

#[test]
fn first_depositor_gains_nothing_when_he_inflates_the_price() {
	build_and_execute(|| {
		// The textbook: deposit the least, leave with all but one share, donate, and wait for whoever comes next.
		let pool = empty_pool();
		deposit(pool, MALLORY, 1_000);
		request(pool, MALLORY, 999);
		pass(COOLDOWN);
		process(pool);
		assert_eq!((books(pool).supply, books(pool).capital), (1, 1));
		assert_ok!(Assets::transfer(
			signed(MALLORY),
			1,
			Pools::account(pool),
			1_000_000
		));
		let spent = ENDOWMENT - usd(&MALLORY);
		assert_eq!(deposit(pool, BOB, 1_999_999), 1_999_999);
		request(pool, BOB, 1_999_999);
		request(pool, MALLORY, 1);
		pass(COOLDOWN);
		process(pool);
		assert_eq!(usd(&BOB), ENDOWMENT);
		assert_eq!(ENDOWMENT - usd(&MALLORY), spent - 1);
	});
}

#[test]
fn newcomer_earns_by_the_second_when_he_comes_just_before_premium_is_earned() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000_000, &[(0, 100)]);
		let policy = write(pool, 0, 500_000_000, 60);
		let unearned = books(pool).upr();
		let begun = books(pool).capital;
		let bought = deposit(pool, MALLORY, 1_000_000_000);
		let supply = 1_000_000_000 + bought;
		let number = request(pool, MALLORY, bought);
		// What was paid for sixty days is not there yet: leaving at once would cost the rounding, if one could.
		assert!(worth(pool, bought) <= 1_000_000_000);
		process(pool);
		assert!(is_queued(pool, number));
		pass(COOLDOWN);
		process(pool);
		let earned = earned(&policy, START, now()) - (begun - 1_000_000_000);
		let gain = usd(&MALLORY) - ENDOWMENT;
		assert_eq!(
			gain,
			floor(bought, supply, begun + 1_000_000_000 + earned) - 1_000_000_000
		);
		// Fourteen days' part of sixty, halved, and less the cuts.
		assert!(gain > 0 && gain <= earned / 2);
		assert!(earned < unearned * 15 / 60);
	});
}

#[test]
fn newcomer_earns_a_second_when_he_comes_a_second_before_cover_ends() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000_000, &[(0, 100)]);
		let policy = write(pool, 0, 500_000_000, 30);
		set_time(policy.term.end - 1);
		let bought = deposit(pool, MALLORY, 1_000_000_000);
		pass(1);
		settle(pool);
		let second = (policy.allocation.rate >> 32) + 1;
		assert!(worth(pool, bought) <= 1_000_000_000 + second);
		// And the first depositor has the earnings of thirty days.
		assert!(worth(pool, 1_000_000_000) > 1_000_000_000 + policy.premium * 9 / 10);
	});
}

#[test]
fn purchase_cannot_be_sandwiched_when_somebody_deposits_just_before_it() {
	build_and_execute(|| {
		let buy = |pool| write(pool, 0, 400_000_000, 30);
		let pool = pool_with(1_000_000_000, &[(0, 100)]);
		let alone = what_if(|| buy(pool).premium);
		let bought = deposit(pool, MALLORY, 1_000_000_000);
		let number = request(pool, MALLORY, bought);
		let policy = buy(pool);
		// The buyer pays no more for it, and none of it is the depositor's: it is earned by those who stand behind it.
		assert!(policy.premium <= alone);
		assert!(worth(pool, bought) <= 1_000_000_000);
		process(pool);
		assert_noop!(try_marked_down(pool, MALLORY, number), Error::<Test>::NotDue);
		// The depositor stands behind it for as long as anyone: what happens meanwhile is half his loss.
		pass(COOLDOWN - 1);
		let mut policy = policy;
		lose(pool, 0, &mut policy, 400_000_000);
		pass(1);
		process(pool);
		let lost = ENDOWMENT - usd(&MALLORY);
		assert!((199_000_000..200_000_000).contains(&lost), "lost {lost}");
	});
}

#[test]
fn buyer_pays_the_expected_loss_when_he_cheapens_cover_by_a_deposit_of_his_own() {
	build_and_execute(|| {
		let pool = pool_with(100_000_000, &[(0, 100)]);
		let alone = what_if(|| write(pool, 0, 90_000_000, 30).premium);
		deposit(pool, BUYER, 100_000_000_000);
		let policy = write(pool, 0, 90_000_000, 30);
		assert!(policy.premium < alone);
		// 2 % a year with a load of 1.2, until the end, before the cuts of 5 % and 2 %: nobody ever pays less.
		let seconds = u128::from(policy.term.end - now());
		let loss = 90_000_000 * 24 * seconds / (1_000 * 31_557_600);
		assert!(policy.premium >= loss * 10_000 / (95 * 98));
		// And the deposit is bound for the cooldown, in which it bears what may happen.
		let number = request(pool, BUYER, 100_000_000_000);
		process(pool);
		assert!(is_queued(pool, number));
	});
}

#[test]
fn nobody_leaves_at_the_full_price_when_a_verdict_is_pending() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		deposit(pool, BOB, 20_000);
		let mut policy = write(pool, 0, 60_000, 60);
		let number = request(pool, BOB, 20_000);
		pass(COOLDOWN);
		// Due, and free capital would cover it; but the report comes first.
		freeze(0);
		assert_noop!(try_process(pool, 1), Error::<Test>::QueueStandsStill);
		<Pools as Hooks<u64>>::on_idle(1, Weight::MAX);
		assert!(is_queued(pool, number));
		accept(0, 0, 100);
		thaw(0);
		assert_noop!(try_process(pool, 1), Error::<Test>::QueueStandsStill);
		assert_ok!(pay(0, 0, &mut policy, 60_000, &BUYER));
		// Now the loss is booked, and the price is that of those who stay.
		settle(pool);
		let amount = worth(pool, 20_000);
		assert!(amount < 11_000);
		process(pool);
		assert_eq!(usd(&BOB), ENDOWMENT - 20_000 + amount);
		assert!(worth(pool, 100_000) >= 5 * amount);
	});
}

#[test]
fn nobody_leaves_at_the_full_price_when_the_cooldown_ends_while_a_verdict_is_pending() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		deposit(pool, BOB, 20_000);
		let policy = write(pool, 0, 60_000, 60);
		// Bob knows of it thirteen days before it is reported.
		let number = request(pool, BOB, 20_000);
		pass(COOLDOWN - DAY);
		freeze(0);
		pass(3 * DAY);
		assert_noop!(try_process(pool, 1), Error::<Test>::QueueStandsStill);
		settle(pool);
		let full = worth(pool, 20_000);
		let marked = floor(20_000, books(pool).supply, books(pool).capital - 60_000);
		assert!(marked < full * 6 / 10);
		what_if(|| {
			assert_ok!(try_marked_down(pool, BOB, number));
			assert_eq!(usd(&BOB), ENDOWMENT - 20_000 + marked);
		});
		// Rejected: nothing was lost, and the queue goes on where it stood.
		thaw(0);
		process(pool);
		assert_eq!(usd(&BOB), ENDOWMENT - 20_000 + full);
		assert_eq!(line(pool, 0).exposure, policy.allocation.amount);
	});
}

#[test]
fn deposit_makes_the_queue_move_at_no_gain_when_a_verdict_is_pending() {
	build_and_execute(|| {
		// Mallory's request is due. He makes what is reserved small beside capital, so that the queue moves.
		let pool = pool_with(50_000, &[(0, 100)]);
		deposit(pool, MALLORY, 50_000);
		let mut policy = write(pool, 0, 50_000, 60);
		request(pool, MALLORY, 50_000);
		pass(COOLDOWN);
		settle(pool);
		let stays = worth(pool, 50_000);
		freeze(0);
		deposit(pool, MALLORY, 3_000_000);
		process(pool);
		assert_eq!(usd(&MALLORY), ENDOWMENT - 3_050_000 + stays);
		accept(0, 0, 100);
		thaw(0);
		assert_ok!(pay(0, 0, &mut policy, 50_000, &BUYER));
		// He bears sixty parts of sixty-one of the loss, instead of one of two.
		let lost = 3_000_000 - worth(pool, shares(pool, &MALLORY));
		assert!(lost > 49_000, "lost {lost}");
		assert!(worth(pool, 50_000) > stays - 1_000);
	});
}

#[test]
fn queue_is_not_blocked_when_its_head_is_worth_nothing() {
	build_and_execute(|| {
		let pool = pool_at_a_loss();
		// A share is worth three quarters of a unit, and nobody can be paid that.
		assert_ok!(Assets::transfer(signed(BOB), books(pool).share, MALLORY, 1));
		let dust = request(pool, MALLORY, 1);
		let number = request(pool, ALICE, 10_000);
		let amount = worth(pool, 10_000);
		pass(COOLDOWN);
		process(pool);
		assert!(!is_queued(pool, number), "dust blocks the queue");
		assert_eq!(usd(&ALICE), ENDOWMENT - 100_000 + amount);
		assert_event(Event::WithdrawalReturned {
			pool,
			request: dust,
			who: MALLORY,
			shares: 1,
		});
		assert_eq!((shares(pool, &MALLORY), on_hold(&MALLORY)), (1, 0));
	});
}

#[test]
fn queue_is_not_blocked_when_shares_cannot_be_returned() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		deposit(pool, MALLORY, 5_000);
		// It asks for what it cannot get, so that it has to be returned; and its owner sees to it that it cannot be.
		let poison = request_at_least(pool, MALLORY, 5_000, u128::MAX);
		let held = fill_with_worthless_assets(&MALLORY);
		let number = request(pool, ALICE, 10_000);
		pass(COOLDOWN);
		process(pool);
		assert!(
			!is_queued(pool, number),
			"a request that cannot be returned blocks the queue"
		);
		assert_eq!(usd(&ALICE), ENDOWMENT - 90_000);
		// His shares wait for him: nothing is lost.
		assert!(is_queued(pool, poison));
		let position = Pools::position(pool, MALLORY).unwrap();
		assert_eq!(
			(position.shares, position.queued, position.value),
			(0, 5_000, 5_000)
		);
		assert_eq!((books(pool).queue.shares, on_hold(&MALLORY)), (5_000, DEPOSIT));
		assert_noop!(try_cancel(pool, MALLORY, poison), TokenError::CannotCreate);
		for id in &held[..2] {
			assert_ok!(Assets::transfer(signed(MALLORY), *id, BOB, 1));
		}
		assert_ok!(try_cancel(pool, MALLORY, poison));
		assert_eq!((shares(pool, &MALLORY), on_hold(&MALLORY)), (5_000, 0));
	});
}

#[test]
fn everyone_can_ask_to_leave_when_somebody_fills_the_pools_account_with_assets() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		fill_with_worthless_assets(&Pools::account(pool));
		let number = request(pool, ALICE, 10_000);
		pass(COOLDOWN);
		process(pool);
		assert!(!is_queued(pool, number));
		// And again, with nothing in escrow before.
		request(pool, ALICE, 10_000);
	});
}

#[test]
fn pool_can_be_created_when_somebody_has_filled_its_account_before() {
	build_and_execute(|| {
		let account = Pools::account(NextPool::<Test>::get());
		assert_ok!(Balances::transfer_allow_death(
			signed(MALLORY),
			account.clone(),
			1_000
		));
		fill_with_worthless_assets(&account);
		let pool = pool_with(100_000, &[]);
		request(pool, ALICE, 10_000);
		pass(COOLDOWN);
		process(pool);
		assert_eq!(usd(&ALICE), ENDOWMENT - 90_000);
	});
}

#[test]
fn price_stays_when_a_holder_burns_shares() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		let share = books(pool).share;
		deposit(pool, MALLORY, 900_000);
		assert_ok!(Assets::transfer(signed(MALLORY), share, BOB, 1));
		// `pallet-assets` lets holders give up an account with what is in it. It is their loss, and nobody's gain.
		assert_ok!(Assets::refund(signed(MALLORY), share, true));
		assert_eq!(Assets::total_issuance(share), 100_001);
		assert_eq!(books(pool).supply, 1_000_000);
		assert_eq!(deposit(pool, CAROL, 5_000), 5_000);
		request(pool, ALICE, 100_000);
		pass(COOLDOWN);
		process(pool);
		assert_eq!(usd(&ALICE), ENDOWMENT);
	});
}

#[test]
fn withdrawal_revives_the_account_when_it_was_reaped() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		request(pool, ALICE, 10_000);
		assert_ok!(Assets::transfer_all(signed(ALICE), 1, BOB, false));
		assert_eq!(pallet_assets::Account::<Test>::get(1, ALICE), None);
		// The native account cannot be reaped meanwhile: the deposit is on hold in it.
		assert_ok!(Balances::transfer_all(signed(ALICE), BOB, false));
		assert!(System::account_exists(&ALICE));
		pass(COOLDOWN);
		process(pool);
		assert_eq!(usd(&ALICE), 10_000);
	});
}

#[test]
fn withdrawals_are_due_when_the_asset_is_frozen() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		deposit(pool, BOB, 50_000);
		request(pool, BOB, 50_000);
		request(pool, ALICE, 30_000);
		pass(COOLDOWN);
		assert_ok!(Assets::freeze_asset(signed(MANAGER), 1));
		process(pool);
		assert_eq!(books(pool).dues, 80_000);
		assert_eq!((books(pool).capital, books(pool).supply), (70_000, 70_000));
		assert_noop!(try_collect(pool, BOB), TokenError::Frozen);
		assert_ok!(Assets::thaw_asset(signed(MANAGER), 1));
		assert_ok!(try_collect(pool, BOB));
		assert_ok!(try_collect(pool, ALICE));
		assert_eq!((usd(&BOB), usd(&ALICE)), (ENDOWMENT, ENDOWMENT - 70_000));
	});
}

#[test]
fn withdrawals_are_due_when_the_pools_account_is_frozen() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		request(pool, ALICE, 30_000);
		pass(COOLDOWN);
		assert_ok!(Assets::freeze(signed(MANAGER), 1, Pools::account(pool)));
		process(pool);
		assert_eq!(Dues::<Test>::get(pool, ALICE), 30_000);
		assert_ok!(Assets::thaw(signed(MANAGER), 1, Pools::account(pool)));
		assert_ok!(try_collect(pool, ALICE));
		assert_eq!(usd(&ALICE), ENDOWMENT - 70_000);
	});
}

#[test]
fn native_pool_keeps_its_seed_when_everybody_has_left() {
	build_and_execute(|| {
		// There the pool's seed, its deposits and its capital are in one account.
		let pool = NextPool::<Test>::get();
		assert_ok!(Pools::create(signed(MANAGER), AssetId::Native, 0));
		deposit(pool, ALICE, 10_000);
		request(pool, ALICE, 10_000);
		let before = native(&ALICE);
		pass(COOLDOWN);
		process(pool);
		assert_eq!(native(&ALICE), before + 10_000 + DEPOSIT);
		assert_eq!((books(pool).capital, books(pool).dues), (0, 0));
		assert_eq!(native(&Pools::account(pool)), 10);
	});
}

#[test]
fn arithmetic_holds_when_figures_are_the_largest() {
	build_and_execute(|| {
		let pool = empty_pool();
		assert_ok!(Assets::mint(signed(MANAGER), 1, ALICE, MAX_AMOUNT));
		assert_eq!(deposit(pool, ALICE, MAX_AMOUNT), MAX_AMOUNT);
		// What is too much is said, not wrapped.
		assert_noop!(
			try_request(pool, ALICE, u128::MAX, u128::MAX),
			Error::<Test>::InsufficientShares
		);
		let greedy = request_at_least(pool, ALICE, MAX_AMOUNT / 2, u128::MAX);
		let modest = request_at_least(pool, ALICE, MAX_AMOUNT / 2, MAX_AMOUNT / 2);
		pass(COOLDOWN);
		process(pool);
		assert!(!is_queued(pool, greedy) && !is_queued(pool, modest));
		assert_eq!(books(pool).capital, MAX_AMOUNT / 2);
		assert_eq!(shares(pool, &ALICE), MAX_AMOUNT / 2);
		// A clock that is far beyond every due time.
		set_time(u64::MAX / 1_000);
		request(pool, ALICE, MAX_AMOUNT / 2);
		assert_ok!(try_process(pool, u32::MAX));
		assert_eq!(
			Requests::<Test>::get(pool, 2).unwrap().due,
			u64::MAX / 1_000 + COOLDOWN
		);
	});
}
