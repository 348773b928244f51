//! Assets, pools, lines, announced changes, and where the cuts of premium go.

use super::*;
use frame_support::{assert_noop, traits::Get};
use sp_runtime::{TokenError, traits::BadOrigin};

const RATE: FixedU128 = FixedU128::from_rational(4, 100);

fn terms() -> AssetTerms {
	AssetTerms {
		group: 50,
		min_first_deposit: 1_000,
		min_withdrawal: 100,
	}
}

fn delay() -> Seconds {
	PoolParameters::get().change_delay
}

/// The number of the change that was announced last.
fn announced(pool: PoolId) -> u32 {
	Changes::<Test>::get(pool).last().unwrap().id
}

// ------------------------------------------------------------------------------------------------ Assets

#[test]
fn asset_is_refused_when_the_origin_is_not_root() {
	build_and_execute(|| {
		assert_noop!(Pools::admit_asset(signed(MANAGER), USD, terms()), BadOrigin);
	});
}

#[test]
fn asset_is_refused_when_accounts_cannot_live_by_it() {
	build_and_execute(|| {
		assert_noop!(
			Pools::admit_asset(RuntimeOrigin::root(), DUST, terms()),
			Error::<Test>::AssetNotSufficient
		);
		let unknown = AssetId::WithId(77);
		assert_noop!(
			Pools::admit_asset(RuntimeOrigin::root(), unknown, terms()),
			Error::<Test>::AssetNotSufficient
		);
	});
}

#[test]
fn asset_is_refused_when_its_minima_make_no_sense() {
	build_and_execute(|| {
		let bad = |min_first_deposit, min_withdrawal| AssetTerms {
			group: 50,
			min_first_deposit,
			min_withdrawal,
		};
		// Below what an account must hold; a withdrawal of nothing; one above the first deposit; beyond every amount.
		for wrong in [
			bad(USD_MINIMUM - 1, 1),
			bad(1_000, 0),
			bad(1_000, 1_001),
			bad(Balance::MAX, 1),
		] {
			assert_noop!(
				Pools::admit_asset(RuntimeOrigin::root(), USD, wrong),
				Error::<Test>::BadAssetTerms
			);
		}
		assert_ok!(Pools::admit_asset(
			RuntimeOrigin::root(),
			USD,
			bad(USD_MINIMUM, 1)
		));
	});
}

#[test]
fn asset_keeps_its_group_when_its_minima_change() {
	build_and_execute(|| {
		let other_group = AssetTerms { group: 52, ..terms() };
		assert_noop!(
			Pools::admit_asset(RuntimeOrigin::root(), USD, other_group),
			Error::<Test>::GroupIsForEver
		);
		let higher = AssetTerms {
			min_first_deposit: 5_000,
			..terms()
		};
		assert_ok!(Pools::admit_asset(RuntimeOrigin::root(), USD, higher));
		let pool = empty_pool();
		assert_noop!(
			Pools::deposit(signed(ALICE), pool, 4_999, 0, None),
			Error::<Test>::BelowMinimum
		);
	});
}

// ------------------------------------------------------------------------------------------------ Pools

#[test]
fn pool_is_created_with_a_seed_that_is_nobodys() {
	build_and_execute(|| {
		let before = (usd(&MANAGER), native(&MANAGER));
		let pool = empty_pool();
		let account = Pools::account(pool);
		assert_eq!(usd(&account), USD_MINIMUM);
		assert_eq!(before.0 - usd(&MANAGER), USD_MINIMUM);
		// The existential deposit, and the deposits for the metadata (7 and one for each byte of "Lutine pool 0 share" and
		// "LP0-0") and for the shares' escrow.
		let escrow: Balance = <Test as pallet_assets::Config>::AssetAccountDeposit::get();
		assert_eq!(before.1 - native(&MANAGER), 10 + 7 + 19 + 5 + escrow);
		assert_eq!(books(pool).capital, 0);
		assert_eq!(books(pool).manager, MANAGER);
	});
}

#[test]
fn pool_is_refused_when_the_asset_is_foreign() {
	build_and_execute(|| {
		for foreign in [DUST, AssetId::WithId(77)] {
			assert_noop!(
				Pools::create(signed(MANAGER), foreign, 0),
				Error::<Test>::AssetNotAdmitted
			);
		}
	});
}

#[test]
fn pool_is_refused_when_the_fee_is_too_high() {
	build_and_execute(|| {
		for fee in [200_000_001, 1_000_000_001, u32::MAX] {
			assert_noop!(
				Pools::create(signed(MANAGER), USD, fee),
				Error::<Test>::FeeTooHigh
			);
		}
		assert_ok!(Pools::create(signed(MANAGER), USD, 200_000_000));
	});
}

#[test]
fn pool_is_refused_when_the_creator_cannot_pay_its_seed() {
	build_and_execute(|| {
		assert_noop!(
			Pools::create(signed(account(99)), USD, 0),
			TokenError::FundsUnavailable
		);
	});
}

// ------------------------------------------------------------------------------------------------ Lines

#[test]
fn line_is_refused_when_anything_about_it_is_wrong() {
	build_and_execute(|| {
		let pool = empty_pool();
		let set = |who: AccountId, pool, product, weight, rate| {
			Pools::set_line(signed(who), pool, product, weight, rate)
		};
		let some = Some(RATE);
		assert_noop!(set(MANAGER, 9, 0, 1, some), Error::<Test>::UnknownPool);
		assert_noop!(set(ALICE, pool, 0, 1, some), Error::<Test>::NotTheManager);
		assert_noop!(
			set(MANAGER, pool, 0, 1_000_000_001, some),
			Error::<Test>::WeightAboveOne
		);
		assert_noop!(
			set(MANAGER, pool, 0, u32::MAX, some),
			Error::<Test>::WeightAboveOne
		);
		assert_noop!(set(MANAGER, pool, 0, 0, some), Error::<Test>::ZeroAmount);
		assert_noop!(set(MANAGER, pool, 0, 1, None), Error::<Test>::RateMissing);
		// Governance lets a rate be 0.1 % to 25 %.
		for wrong in [
			FixedU128::from_inner(0),
			FixedU128::from_rational(26, 100),
			FixedU128::from_inner(u128::MAX),
		] {
			assert_noop!(
				set(MANAGER, pool, 0, 1, Some(wrong)),
				Error::<Test>::RateOutOfBounds
			);
		}
		assert_noop!(set(MANAGER, pool, 1_000, 1, some), Error::<Test>::UnknownProduct);
		assert_noop!(set(MANAGER, pool, 99, 1, some), Error::<Test>::NotSoldInAsset);
		assert_noop!(set(MANAGER, pool, 50, 1, some), Error::<Test>::OwnRiskGroup);
		assert_ok!(set(MANAGER, pool, 0, billionths(50), some));
		assert_noop!(
			set(MANAGER, pool, 0, billionths(50), None),
			Error::<Test>::NothingToChange
		);
		assert_noop!(
			set(MANAGER, pool, 0, billionths(60), some),
			Error::<Test>::RateIsSet
		);
	});
}

#[test]
fn line_is_refused_when_the_pool_has_as_many_as_it_may() {
	build_and_execute(|| {
		let pool = empty_pool();
		for product in 0..32 {
			set_line(pool, product, 10);
		}
		assert_eq!(books(pool).lines, 32);
		assert_noop!(
			Pools::set_line(signed(MANAGER), pool, 32, 1, Some(RATE)),
			Error::<Test>::TooManyLines
		);
		// One that is closed makes room.
		assert_ok!(Pools::close_line(signed(MANAGER), pool, 0));
		set_line(pool, 32, 10);
	});
}

#[test]
fn line_stays_when_it_has_exposure() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		assert_noop!(
			Pools::close_line(signed(ALICE), pool, 0),
			Error::<Test>::NotTheManager
		);
		assert_noop!(
			Pools::close_line(signed(MANAGER), pool, 1),
			Error::<Test>::NoSuchLine
		);
		let policy = write(pool, 0, 1_000, 30);
		assert_noop!(
			Pools::close_line(signed(MANAGER), pool, 0),
			Error::<Test>::LineInUse
		);
		assert_ok!(cancel(&policy));
		freeze(0);
		assert_noop!(
			Pools::close_line(signed(MANAGER), pool, 0),
			Error::<Test>::LineInUse
		);
		thaw(0);
		assert_ok!(Pools::close_line(signed(MANAGER), pool, 0));
		assert_eq!(books(pool).lines, 0);
		assert!(ProductUnderwriters::<Test>::get(0).pools.is_empty());
	});
}

#[test]
fn line_is_refused_when_incidents_stop_the_product() {
	build_and_execute(|| {
		let insurer = pool_with(100_000, &[(0, 100)]);
		write(insurer, 0, 1_000, 30);
		let pool = empty_pool();
		freeze(0);
		let set = || Pools::set_line(signed(MANAGER), pool, 0, billionths(50), Some(RATE));
		assert_noop!(set(), Error::<Test>::ProductStopped);
		accept(7, 0, 10);
		thaw(0);
		assert_noop!(set(), Error::<Test>::ProductStopped);
		close(7, 0);
		assert_ok!(set());
	});
}

#[test]
fn weight_is_lowered_at_once_and_nothing_written_is_touched() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		let policy = write(pool, 0, 50_000, 30);
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 0, billionths(10), None));
		assert_eq!(line(pool, 0).weight, Perbill::from_percent(10));
		assert_eq!(line(pool, 0).exposure, 50_000);
		assert_eq!(
			try_write(pool, 0, 1, 30),
			Err(Error::<Test>::CapacityExceeded.into())
		);
		assert_ok!(cancel(&policy));
	});
}

#[test]
fn lowering_a_weight_takes_an_announced_raise_back() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 0, billionths(90), None));
		assert_eq!(Changes::<Test>::get(pool).len(), 1);
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 0, billionths(20), None));
		assert!(Changes::<Test>::get(pool).is_empty());
	});
}

#[test]
fn raise_is_refused_when_the_pool_is_strained() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 60), (1, 60)]);
		write(pool, 0, 55_000, 300);
		write(pool, 1, 55_000, 300);
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 0, billionths(70), None));
		let raise = announced(pool);
		pass(delay());
		settle(pool);
		// Both are reported: 110 000 would be owed.
		freeze(0);
		freeze(1);
		assert!(books(pool).strained);
		assert_noop!(
			Pools::set_line(signed(MANAGER), pool, 1, billionths(70), None),
			Error::<Test>::InsufficientCapital
		);
		assert_noop!(
			Pools::enact_change(signed(BOB), pool, raise),
			Error::<Test>::InsufficientCapital
		);
	});
}

#[test]
fn full_list_takes_a_larger_line_in_the_place_of_the_smallest_idle_one() {
	build_and_execute(|| {
		// The mock's lists hold four. Three are larger than the newcomer; the second could hold least.
		let capital = [100_000, 30_000, 40_000, 80_000];
		let pools = capital.map(|capital| pool_with(capital, &[(0, 100)]));
		// The smallest of all has exposure, and stays.
		write(pools[1], 0, 1, 30);
		let small = empty_pool();
		assert_ok!(Pools::set_line(
			signed(MANAGER),
			small,
			1,
			billionths(100),
			Some(RATE)
		));
		deposit(small, BOB, 40_000);
		let bring = |pool: PoolId| {
			assert_ok!(Pools::set_line(
				signed(MANAGER),
				pool,
				0,
				billionths(100),
				Some(RATE)
			));
			pass(delay());
			settle(pool);
			Pools::enact_change(signed(BOB), pool, announced(pool))
		};
		// As much as the smallest idle one is not more.
		assert_eq!(
			bring(small).map_err(|e| e.error),
			Err(Error::<Test>::ProductFull.into())
		);

		let large = empty_pool();
		deposit(large, BOB, 40_001);
		assert_ok!(bring(large));
		assert!(Lines::<Test>::contains_key(large, 0));
		assert!(!Lines::<Test>::contains_key(pools[2], 0));
		assert_eq!(books(pools[2]).lines, 0);
		assert!(Lines::<Test>::contains_key(pools[1], 0));
	});
}

#[test]
fn line_is_refused_when_it_could_hold_too_little() {
	build_and_execute(|| {
		// A fourth of the limit of 100 000.
		let pool = empty_pool();
		deposit(pool, ALICE, 24_999);
		assert_ok!(Pools::set_line(
			signed(MANAGER),
			pool,
			0,
			billionths(100),
			Some(RATE)
		));
		pass(delay());
		assert_noop!(
			Pools::enact_change(signed(BOB), pool, announced(pool)),
			Error::<Test>::CapacityTooSmall
		);
		deposit(pool, ALICE, 1);
		assert_ok!(Pools::enact_change(signed(BOB), pool, announced(pool)));
	});
}

/// Lines without capital behind them could fill a product's list, so that nobody else can sell.
#[test]
fn squatters_of_a_list_sell_nothing_and_are_replaced() {
	build_and_execute(|| {
		let squatters: Vec<_> = (0..4)
			.map(|_| {
				let pool = empty_pool();
				set_line(pool, 0, 100);
				pool
			})
			.collect();
		deposit(squatters[0], BOB, 24_999);
		assert_eq!(
			try_write(squatters[0], 0, 1, 30),
			Err(Error::<Test>::CapacityTooSmall.into())
		);
		let pool = empty_pool();
		deposit(pool, ALICE, 25_000);
		assert_ok!(Pools::set_line(
			signed(MANAGER),
			pool,
			0,
			billionths(100),
			Some(RATE)
		));
		pass(delay());
		assert_ok!(Pools::enact_change(signed(BOB), pool, announced(pool)));
		write(pool, 0, 1_000, 30);
	});
}

// ------------------------------------------------------------------------------------------------ Changes

#[test]
fn change_is_made_at_the_second_its_delay_is_over() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 0, billionths(90), None));
		let id = announced(pool);
		assert_noop!(
			Pools::enact_change(signed(BOB), pool, id + 1),
			Error::<Test>::UnknownChange
		);
		pass(delay() - 1);
		assert_noop!(Pools::enact_change(signed(BOB), pool, id), Error::<Test>::NotDue);
		assert_eq!(line(pool, 0).weight, Perbill::from_percent(50));
		pass(1);
		assert_ok!(Pools::enact_change(signed(BOB), pool, id));
		assert_eq!(line(pool, 0).weight, Perbill::from_percent(90));
		assert_noop!(
			Pools::enact_change(signed(BOB), pool, id),
			Error::<Test>::UnknownChange
		);
	});
}

#[test]
fn delay_does_not_run_while_the_queue_stands_still() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		write(pool, 0, 10_000, 300);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(5)));
		let id = announced(pool);
		pass(5 * DAY);
		freeze(0);
		assert!(books(pool).standstill.since.is_some());
		pass(20 * DAY);
		assert_noop!(Pools::enact_change(signed(BOB), pool, id), Error::<Test>::NotDue);
		thaw(0);
		assert_eq!(books(pool).standstill.total, 20 * DAY);
		settle(pool);
		pass(delay() - 5 * DAY - 1);
		assert_noop!(Pools::enact_change(signed(BOB), pool, id), Error::<Test>::NotDue);
		pass(1);
		assert_ok!(Pools::enact_change(signed(BOB), pool, id));
	});
}

#[test]
fn change_takes_the_place_of_another_of_the_same() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50), (1, 50)]);
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 0, billionths(90), None));
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 1, billionths(90), None));
		let before = Changes::<Test>::get(pool);
		pass(DAY);
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 0, billionths(80), None));
		let after = Changes::<Test>::get(pool);
		assert_eq!(after.len(), 2);
		// The new one waits from its own time: nobody can announce early and fill in later.
		assert_eq!(after[1].at, now());
		assert_eq!(after[0], before[1]);
	});
}

#[test]
fn changes_are_refused_when_too_many_or_of_nothing_or_anothers() {
	build_and_execute(|| {
		let products: Vec<_> = (0..9).map(|product| (product, 50)).collect();
		let pool = pool_with(100_000, &products);
		assert_noop!(
			Pools::set_fee(signed(ALICE), pool, 1),
			Error::<Test>::NotTheManager
		);
		assert_noop!(
			Pools::set_fee(signed(MANAGER), pool, 0),
			Error::<Test>::NothingToChange
		);
		assert_noop!(
			Pools::set_fee(signed(MANAGER), pool, 200_000_001),
			Error::<Test>::FeeTooHigh
		);
		assert_noop!(
			Pools::set_manager(signed(ALICE), pool, ALICE),
			Error::<Test>::NotTheManager
		);
		assert_noop!(
			Pools::set_manager(signed(MANAGER), pool, MANAGER),
			Error::<Test>::NothingToChange
		);
		for product in 0..8 {
			assert_ok!(Pools::set_line(
				signed(MANAGER),
				pool,
				product,
				billionths(90),
				None
			));
		}
		assert_noop!(
			Pools::set_line(signed(MANAGER), pool, 8, billionths(90), None),
			Error::<Test>::TooManyChanges
		);
		assert_noop!(
			Pools::withdraw_change(signed(ALICE), pool, 0),
			Error::<Test>::NotTheManager
		);
		assert_noop!(
			Pools::withdraw_change(signed(MANAGER), pool, 99),
			Error::<Test>::UnknownChange
		);
		assert_ok!(Pools::withdraw_change(signed(MANAGER), pool, 0));
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 8, billionths(90), None));
	});
}

#[test]
fn fee_is_refused_when_governance_lowered_the_highest_meanwhile() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(20)));
		pass(delay());
		PoolParameters::mutate(|p| p.max_manager_fee = Perbill::from_percent(10));
		assert_noop!(
			Pools::enact_change(signed(BOB), pool, announced(pool)),
			Error::<Test>::FeeTooHigh
		);
		PoolParameters::set(Default::default());
	});
}

#[test]
fn new_manager_finds_nothing_that_the_old_one_earned() {
	build_and_execute(|| {
		let pool = NextPool::<Test>::get();
		assert_ok!(Pools::create(signed(MANAGER), USD, billionths(20)));
		set_line(pool, 0, 100);
		deposit(pool, ALICE, 100_000);
		write(pool, 0, 60_000, 60);
		assert_ok!(Pools::set_manager(signed(MANAGER), pool, BOB));
		let id = announced(pool);
		pass(delay());
		settle(pool);
		let earned = books(pool).cuts.manager;
		assert!(earned > 0);
		let before = usd(&MANAGER);
		assert_ok!(Pools::enact_change(signed(CAROL), pool, id));
		assert_eq!(usd(&MANAGER), before + earned);
		assert_eq!(books(pool).cuts.manager, 0);
		assert_noop!(
			Pools::set_fee(signed(MANAGER), pool, 1),
			Error::<Test>::NotTheManager
		);
	});
}

/// A manager who adds a line on something that is about to fail, and insures it, would empty the pool.
#[test]
fn share_holders_leave_before_a_bad_line_sells() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		assert_ok!(Pools::set_line(
			signed(MANAGER),
			pool,
			7,
			billionths(100),
			Some(RATE)
		));
		let id = announced(pool);
		assert_ok!(Pools::request_withdrawal(signed(ALICE), pool, 100_000, 100_000));
		assert_eq!(
			try_write(pool, 7, 1_000, 30),
			Err(Error::<Test>::NoSuchLine.into())
		);
		pass(PoolParameters::get().withdrawal_cooldown);
		assert_noop!(
			Pools::enact_change(signed(MANAGER), pool, id),
			Error::<Test>::NotDue
		);
		assert_ok!(Pools::process_withdrawals(signed(ALICE), pool, 1));
		assert_eq!(usd(&ALICE), ENDOWMENT);
		pass(DAY);
		assert_ok!(Pools::enact_change(signed(MANAGER), pool, id));
		assert!(try_write(pool, 7, 1_000, 30).is_err());
	});
}

// ------------------------------------------------------------------------------------------------ Cuts and reserve

/// A pool with a fee of 20 % that has earned premium, and what each of the others has of it: reserve, treasury, manager.
fn pool_with_cuts(capital: Balance) -> (PoolId, [Balance; 3]) {
	let pool = NextPool::<Test>::get();
	assert_ok!(Pools::create(signed(MANAGER), USD, billionths(20)));
	set_line(pool, 0, 100);
	deposit(pool, ALICE, capital);
	let policy = write(pool, 0, capital / 10 * 9, 90);
	set_time(policy.term.end);
	settle(pool);
	let cuts = books(pool).cuts;
	assert!(cuts.reserve > USD_MINIMUM && cuts.treasury > 0 && cuts.manager > 0);
	(pool, [cuts.reserve, cuts.treasury, cuts.manager])
}

#[test]
fn cuts_go_where_they_belong_to_the_unit() {
	build_and_execute(|| {
		let (pool, [reserve, treasury, manager]) = pool_with_cuts(100_000_000);
		let before = usd(&MANAGER);
		let capital = books(pool).capital;
		assert_ok!(Pools::distribute(signed(BOB), pool));
		// The first units are the seed of the reserve's account.
		assert_eq!(Reserves::<Test>::get(USD), reserve - USD_MINIMUM);
		assert_eq!(usd(&Pools::reserve_account(&USD)), reserve);
		assert_eq!(usd(&Treasury::get()), treasury);
		assert_eq!(usd(&MANAGER), before + manager);
		assert_eq!(books(pool).capital, capital);
		assert_noop!(Pools::distribute(signed(BOB), pool), Error::<Test>::NothingDue);
		assert_noop!(Pools::distribute(signed(BOB), 9), Error::<Test>::UnknownPool);
	});
}

#[test]
fn cut_waits_when_its_recipient_cannot_receive_it() {
	build_and_execute(|| {
		let (pool, [reserve, treasury, manager]) = pool_with_cuts(100_000_000);
		// The treasury's account is blocked, and so is the manager's.
		assert_ok!(Assets::transfer(signed(CAROL), 1, Treasury::get(), 100));
		assert_ok!(Assets::block(signed(MANAGER), 1, Treasury::get()));
		assert_ok!(Assets::block(signed(MANAGER), 1, MANAGER));
		assert_ok!(Pools::distribute(signed(BOB), pool));
		assert_eq!(Reserves::<Test>::get(USD), reserve - USD_MINIMUM);
		assert_eq!(books(pool).cuts.treasury, treasury);
		assert_eq!(Dues::<Test>::get(pool, MANAGER), manager);
		assert_ok!(Assets::thaw(signed(MANAGER), 1, Treasury::get()));
		assert_ok!(Pools::distribute(signed(BOB), pool));
		assert_eq!(usd(&Treasury::get()), 100 + treasury);
	});
}

/// A pool that owes after losing all it had, and how much.
fn pool_in_arrears() -> (PoolId, Balance) {
	let pool = pool_with(100_000, &[(0, 60), (1, 60)]);
	let mut first = write(pool, 0, 55_000, 30);
	let mut second = write(pool, 1, 55_000, 30);
	freeze(0);
	freeze(1);
	accept(1, 0, 100);
	accept(2, 1, 100);
	let one = pay(1, 1, &mut first, 55_000, &BOB).unwrap();
	let two = pay(2, 2, &mut second, 55_000, &CAROL).unwrap();
	let owed = books(pool).arrears.outstanding;
	assert!(owed > 0 && owed <= one.arrears + two.arrears);
	(pool, owed)
}

#[test]
fn reserve_pays_arrears_by_referendum_and_no_more_than_is_owed() {
	build_and_execute(|| {
		let (source, _) = pool_with_cuts(5_000_000);
		assert_ok!(Pools::distribute(signed(BOB), source));
		let reserve = Reserves::<Test>::get(USD);
		let (pool, owed) = pool_in_arrears();
		let draw = |amount| Pools::draw_reserve(RuntimeOrigin::root(), pool, amount);
		assert_noop!(Pools::draw_reserve(signed(ALICE), pool, 1), BadOrigin);
		assert_noop!(draw(0), Error::<Test>::ZeroAmount);
		assert_noop!(
			Pools::draw_reserve(RuntimeOrigin::root(), source, 1),
			Error::<Test>::NoArrears
		);
		assert!(owed > reserve, "the reserve cannot pay all of it");
		assert_noop!(draw(reserve + 1), Error::<Test>::ReserveTooSmall);
		assert_ok!(draw(reserve));
		assert_eq!(Reserves::<Test>::get(USD), 0);
		assert_eq!(usd(&Pools::reserve_account(&USD)), USD_MINIMUM);
		assert_eq!(books(pool).arrears.outstanding, owed - reserve);
	});
}

#[test]
fn arrears_take_what_anybody_pays_and_no_more_than_is_owed() {
	build_and_execute(|| {
		let (pool, owed) = pool_in_arrears();
		let give = |amount| Pools::pay_arrears(signed(ALICE), pool, amount);
		assert_noop!(give(0), Error::<Test>::ZeroAmount);
		assert_noop!(
			Pools::pay_arrears(signed(account(99)), pool, 1),
			TokenError::FundsUnavailable
		);
		let before = usd(&ALICE);
		assert_ok!(give(Balance::MAX));
		assert_eq!(before - usd(&ALICE), owed);
		assert_eq!(books(pool).arrears.outstanding, 0);
		assert_noop!(give(1), Error::<Test>::NoArrears);
	});
}
