//! Assets, pools, lines, announced changes, and where the cuts of premium go.

use super::{
	books::{Defaults, parts, pool_with_fee, what_if},
	capital::{call, call_by, process, request},
	*,
};
use frame_support::{assert_noop, storage::with_storage_layer, traits::Get};
use lutine_primitives::insurance::MAX_AMOUNT;
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

/// Announces a new line, or makes it at once where nobody holds shares.
fn new_line(pool: PoolId, product: ProductId, percent: u32) {
	assert_ok!(Pools::set_line(
		signed(MANAGER),
		pool,
		product,
		billionths(percent),
		Some(RATE)
	));
}

/// Announces a higher weight, or sets a lower one.
fn set_weight(pool: PoolId, product: ProductId, percent: u32) {
	assert_ok!(Pools::set_line(
		signed(MANAGER),
		pool,
		product,
		billionths(percent),
		None
	));
}

fn enact(pool: PoolId, id: u32) -> sp_runtime::DispatchResult {
	call(CAROL, Call::enact_change { pool, id })
}

fn assert_event(event: crate::Event<Test>) {
	System::assert_has_event(event.into());
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
fn asset_is_refused_when_its_group_is_not_registered() {
	build_and_execute(|| {
		let nowhere = AssetTerms {
			group: 101,
			..terms()
		};
		assert_noop!(
			Pools::admit_asset(RuntimeOrigin::root(), USD, nowhere),
			Error::<Test>::UnknownGroup
		);
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

#[test]
fn asset_is_admitted_when_it_is_sufficient() {
	build_and_execute(|| {
		let euro = AssetId::WithId(3);
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), 3, MANAGER, true, 5));
		let admit = |asset: AssetId, min_first_deposit| Call::admit_asset {
			asset,
			terms: AssetTerms {
				group: 53,
				min_first_deposit,
				min_withdrawal: 5,
			},
		};
		assert_noop!(
			call(
				MANAGER,
				Call::create {
					asset: euro.clone(),
					manager_fee: 0
				}
			),
			Error::<Test>::AssetNotAdmitted
		);
		for origin in [RuntimeOrigin::none(), signed(MANAGER)] {
			assert_noop!(call_by(origin, admit(euro.clone(), 5)), BadOrigin);
		}
		assert_noop!(
			call_by(RuntimeOrigin::root(), admit(euro.clone(), 4)),
			Error::<Test>::BadAssetTerms
		);
		assert_ok!(call_by(RuntimeOrigin::root(), admit(euro.clone(), 5)));
		let terms = AdmittedAssets::<Test>::get(&euro).unwrap();
		assert_eq!((terms.group, terms.min_first_deposit), (53, 5));
		assert_event(Event::AssetAdmitted {
			asset: euro.clone(),
			terms,
		});
		assert_ok!(Assets::mint(signed(MANAGER), 3, MANAGER, 1_000));
		assert_ok!(call(
			MANAGER,
			Call::create {
				asset: euro,
				manager_fee: 0
			}
		));
	});
}

#[test]
fn calls_fail_when_nobody_signed_them() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		request(pool, ALICE, 1_000);
		let calls: Vec<crate::Call<Test>> = vec![
			Call::create {
				asset: USD,
				manager_fee: 0,
			},
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
			Call::set_line {
				pool,
				product: 0,
				weight: 1,
				rate: None,
			},
			Call::close_line { pool, product: 0 },
			Call::set_fee { pool, fee: 1 },
			Call::set_manager { pool, manager: BOB },
			Call::withdraw_change { pool, id: 0 },
			Call::enact_change { pool, id: 0 },
			Call::settle { pool },
			Call::distribute { pool },
			Call::pay_arrears { pool, amount: 1 },
			Call::collect_due { pool, who: ALICE },
		];
		// Root is no manager and no share holder: a referendum has two calls only.
		for call in calls {
			for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
				assert_noop!(call_by(origin, call.clone()), BadOrigin);
			}
		}
		let draw = Call::draw_reserve { pool, amount: 1 };
		for origin in [RuntimeOrigin::none(), signed(MANAGER)] {
			assert_noop!(call_by(origin, draw.clone()), BadOrigin);
		}
	});
}

// ------------------------------------------------------------------------------------------------ Pools

#[test]
fn pool_has_a_seed_that_is_nobodys_when_it_is_created() {
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

#[test]
fn pool_is_refused_when_its_creator_lacks_one_of_both_tokens() {
	build_and_execute(|| {
		let poor = account(99);
		let create = || {
			call(
				poor.clone(),
				Call::create {
					asset: USD,
					manager_fee: 0,
				},
			)
		};
		assert_ok!(Balances::transfer_allow_death(signed(BOB), poor.clone(), 1_000));
		assert_noop!(create(), TokenError::FundsUnavailable);
		assert_ok!(Assets::transfer(signed(BOB), 1, poor.clone(), USD_MINIMUM));
		// What it costs leaves the creator's own account alive.
		let cost = 10 + (7 + 19 + 5) + 10;
		assert_ok!(Balances::transfer_allow_death(
			signed(poor.clone()),
			BOB,
			1_000 - cost - 9
		));
		assert_noop!(create(), TokenError::NotExpendable);
		assert_ok!(Balances::transfer_allow_death(signed(BOB), poor.clone(), 1));
		assert_ok!(create());
		assert_eq!((native(&poor), usd(&poor)), (10, 0));
		assert_event(Event::Created {
			pool: 0,
			manager: poor,
			asset: USD,
			share: 0x8000_0000,
		});
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
fn line_is_accepted_when_its_figures_are_at_their_bounds() {
	build_and_execute(|| {
		let pool = empty_pool();
		let set = |product, weight, rate: u128| {
			let rate = Some(FixedU128::from_inner(rate));
			call(
				MANAGER,
				Call::set_line {
					pool,
					product,
					weight,
					rate,
				},
			)
		};
		let (low, high) = (1_000_000_000_000_000, 250_000_000_000_000_000);
		assert_noop!(set(0, 1, low - 1), Error::<Test>::RateOutOfBounds);
		assert_noop!(set(1, 1_000_000_000, high + 1), Error::<Test>::RateOutOfBounds);
		assert_ok!(set(0, 1, low));
		assert_ok!(set(1, 1_000_000_000, high));
		assert_eq!(
			(line(pool, 0).weight, line(pool, 0).rate),
			(Perbill::from_parts(1), FixedU128::from_inner(low))
		);
		assert_eq!(
			(line(pool, 1).weight, line(pool, 1).rate),
			(Perbill::one(), FixedU128::from_inner(high))
		);
		assert_event(Event::LineSet {
			pool,
			product: 1,
			weight: Perbill::one(),
		});
		// Products of one group are lines of their own.
		assert_ok!(set(100, 1, low));
		assert_ok!(set(101, 1, low));
		assert_eq!(
			(line(pool, 100).group, line(pool, 101).group, books(pool).lines),
			(100, 100, 4)
		);
	});
}

#[test]
fn line_is_refused_when_it_fails_with_the_pools_own_asset() {
	build_and_execute(|| {
		let usd_pool = empty_pool();
		let native_pool = NextPool::<Test>::get();
		assert_ok!(Pools::create(signed(MANAGER), AssetId::Native, 0));
		for (pool, own, other) in [(usd_pool, 50, 51), (native_pool, 51, 50)] {
			let set = |product| {
				call(
					MANAGER,
					Call::set_line {
						pool,
						product,
						weight: 1,
						rate: Some(RATE),
					},
				)
			};
			assert_noop!(set(own), Error::<Test>::OwnRiskGroup);
			assert_ok!(set(other));
		}
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
fn line_is_closed_and_leaves_room_when_nothing_is_written_on_it() {
	build_and_execute(|| {
		let pools: Vec<_> = (0..4).map(|_| pool_with(100_000, &[(0, 100)])).collect();
		for pool in &pools[..3] {
			write(*pool, 0, 1_000, 30);
		}
		let late = empty_pool();
		let set = || {
			call(
				MANAGER,
				Call::set_line {
					pool: late,
					product: 0,
					weight: 1,
					rate: Some(RATE),
				},
			)
		};
		// Without capital it could hold nothing, which is not more than the idle one can.
		assert_noop!(set(), Error::<Test>::ProductFull);
		let close = |pool| call(MANAGER, Call::close_line { pool, product: 0 });
		assert_noop!(close(99), Error::<Test>::UnknownPool);
		assert_noop!(close(pools[0]), Error::<Test>::LineInUse);
		assert_ok!(close(pools[3]));
		assert_event(Event::LineClosed {
			pool: pools[3],
			product: 0,
		});
		assert_eq!(books(pools[3]).lines, 0);
		assert_ok!(set());
		assert_eq!(
			ProductUnderwriters::<Test>::get(0).pools.to_vec(),
			[pools[0], pools[1], pools[2], late]
		);
	});
}

#[test]
fn line_is_refused_when_every_line_of_the_product_is_in_use() {
	build_and_execute(|| {
		for _ in 0..4 {
			let pool = pool_with(100_000, &[(0, 100)]);
			write(pool, 0, 1, 30);
		}
		// However much it could hold: who has sold is not pushed out.
		let large = empty_pool();
		deposit(large, BOB, 10_000_000);
		new_line(large, 0, 100);
		pass(delay());
		assert_noop!(enact(large, announced(large)), Error::<Test>::ProductFull);
	});
}

#[test]
fn new_line_is_refused_when_things_changed_while_it_waited() {
	build_and_execute(|| {
		// The product was stopped.
		let pool = pool_with(100_000, &[]);
		new_line(pool, 0, 100);
		let id = announced(pool);
		pass(delay());
		freeze(0);
		assert_noop!(enact(pool, id), Error::<Test>::ProductStopped);
		thaw(0);
		accept(0, 0, 100);
		assert_noop!(enact(pool, id), Error::<Test>::ProductStopped);
		close(0, 0);
		assert_ok!(enact(pool, id));

		// The pool has got another line meanwhile, its last.
		let pool = empty_pool();
		for product in 0..31 {
			set_line(pool, product, 10);
		}
		deposit(pool, ALICE, 1_000_000);
		new_line(pool, 31, 10);
		new_line(pool, 32, 10);
		let last = announced(pool);
		pass(delay());
		assert_ok!(enact(pool, last));
		assert_noop!(enact(pool, last - 1), Error::<Test>::TooManyLines);
	});
}

#[test]
fn new_line_is_refused_when_the_pool_is_strained() {
	let _defaults = Defaults;
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100), (1, 100)]);
		write(pool, 0, 60_000, 60);
		write(pool, 1, 60_000, 60);
		new_line(pool, 2, 50);
		pass(delay());
		// Governance thinks that the two fail together.
		PricingParameters::mutate(|p| p.rho = Perbill::one());
		settle(pool);
		assert!(books(pool).strained);
		assert_noop!(enact(pool, announced(pool)), Error::<Test>::CapacityTooSmall);
		// A lower weight is always possible.
		set_weight(pool, 0, 10);
		assert_eq!(line(pool, 0).weight, Perbill::from_percent(10));
	});
}

#[test]
fn nothing_written_is_touched_when_a_weight_is_lowered_at_once() {
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
fn announced_raise_is_taken_back_when_the_weight_is_lowered() {
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
fn smallest_idle_line_is_replaced_when_a_larger_one_comes_to_a_full_list() {
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

#[test]
fn pool_without_a_place_sells_again_when_it_brings_more_capital() {
	build_and_execute(|| {
		let pools: Vec<_> = (0..5).map(|n| pool_with(100_000 + n, &[])).collect();
		for pool in &pools {
			new_line(*pool, 0, 100);
		}
		pass(delay());
		for pool in &pools[..4] {
			assert_ok!(enact(*pool, announced(*pool)));
		}
		// The fifth could hold a unit more than the next, and takes the place of the smallest.
		assert_ok!(enact(pools[4], announced(pools[4])));
		assert_event(Event::LineClosed {
			pool: pools[0],
			product: 0,
		});
		let listed = || {
			let mut listed = ProductUnderwriters::<Test>::get(0).pools.to_vec();
			listed.sort_unstable();
			listed
		};
		assert_eq!(listed(), pools[1..]);
		assert_eq!(
			try_write(pools[0], 0, 1, 30),
			Err(Error::<Test>::NoSuchLine.into())
		);
		// It waits like for any new line, and comes back with more.
		deposit(pools[0], BOB, 50_000);
		new_line(pools[0], 0, 100);
		assert_noop!(enact(pools[0], announced(pools[0])), Error::<Test>::NotDue);
		pass(delay());
		assert_ok!(enact(pools[0], announced(pools[0])));
		assert_eq!(listed(), [pools[0], pools[2], pools[3], pools[4]]);
		write(pools[0], 0, 1_000, 30);
	});
}

// ------------------------------------------------------------------------------------------------ Changes

#[test]
fn change_is_made_when_its_delay_is_over_to_the_second() {
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
fn change_must_be_announced_anew_when_it_was_due_for_long() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		set_weight(pool, 0, 90);
		let id = announced(pool);
		pass(delay() + PoolParameters::get().change_expiry - 1);
		let last = with_storage_layer(|| enact(pool, id).and(Err::<(), _>("rolled back".into())));
		assert_eq!(last, Err("rolled back".into()));
		pass(1);
		assert_noop!(enact(pool, id), Error::<Test>::ChangeExpired);
		pass(365 * DAY);
		settle(pool);
		assert_noop!(enact(pool, id), Error::<Test>::ChangeExpired);
		// The new one takes its place, and waits as long.
		set_weight(pool, 0, 90);
		assert_eq!(Changes::<Test>::get(pool).len(), 1);
		assert_noop!(enact(pool, announced(pool)), Error::<Test>::NotDue);
		pass(delay());
		assert_ok!(enact(pool, announced(pool)));
	});
}

#[test]
fn delay_does_not_run_when_the_queue_stands_still() {
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
fn change_is_replaced_when_another_of_the_same_is_announced() {
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
fn old_manager_is_paid_what_he_earned_when_a_new_one_comes() {
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

#[test]
fn changes_are_made_at_once_when_nobody_holds_shares() {
	build_and_execute(|| {
		let pool = empty_pool();
		new_line(pool, 0, 50);
		assert_eq!(line(pool, 0).weight, Perbill::from_percent(50));
		set_weight(pool, 0, 90);
		assert_eq!(line(pool, 0).weight, Perbill::from_percent(90));
		assert_ok!(call(
			MANAGER,
			Call::set_fee {
				pool,
				fee: billionths(7)
			}
		));
		assert_event(Event::FeeSet {
			pool,
			fee: Perbill::from_percent(7),
		});
		assert_eq!(books(pool).manager_fee, Perbill::from_percent(7));
		assert_ok!(call(MANAGER, Call::set_manager { pool, manager: BOB }));
		assert_event(Event::ManagerSet { pool, manager: BOB });
		assert_eq!(books(pool).manager, BOB);
		assert_eq!(Changes::<Test>::iter().count(), 0);
		// From the first share on nothing is made at once any more.
		deposit(pool, ALICE, 1_000);
		assert_ok!(call(BOB, Call::set_fee { pool, fee: 0 }));
		assert_eq!(books(pool).manager_fee, Perbill::from_percent(7));
	});
}

#[test]
fn announced_change_is_forgotten_when_it_is_made_at_once_after_the_last_holder_left() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(20)));
		let fee = announced(pool);
		set_weight(pool, 0, 60);
		let weight = announced(pool);
		request(pool, ALICE, 100_000);
		pass(delay());
		process(pool);
		assert_eq!(books(pool).supply, 0);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(1)));
		// Whoever comes now need not fear the old one.
		deposit(pool, BOB, 1_000);
		assert_noop!(enact(pool, fee), Error::<Test>::UnknownChange);
		assert_eq!(
			Changes::<Test>::get(pool)
				.iter()
				.map(|change| change.id)
				.collect::<Vec<_>>(),
			[weight]
		);
	});
}

#[test]
fn change_is_announced_with_all_that_is_to_be_known_when_it_waits() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		new_line(pool, 1, 30);
		set_weight(pool, 0, 60);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(20)));
		assert_ok!(Pools::set_manager(signed(MANAGER), pool, BOB));
		let (new, raised) = (Perbill::from_percent(30), Perbill::from_percent(60));
		let changes = [
			Change::Line {
				product: 1,
				weight: new,
				rate: RATE,
			},
			Change::Line {
				product: 0,
				weight: raised,
				rate: line(pool, 0).rate,
			},
			Change::Fee(Perbill::from_percent(20)),
			Change::Manager(BOB),
		];
		for (id, change) in changes.iter().enumerate() {
			assert_event(Event::ChangeAnnounced {
				pool,
				id: id as u32,
				change: change.clone(),
			});
			assert_eq!(
				Changes::<Test>::get(pool)[id],
				Announced {
					id: id as u32,
					change: change.clone(),
					at: START,
					standstill: 0
				}
			);
		}
		assert!(!Lines::<Test>::contains_key(pool, 1));
		pass(delay());
		// In any order, by anyone.
		for id in [3, 0, 2, 1] {
			assert_ok!(enact(pool, id));
		}
		assert_event(Event::LineSet {
			pool,
			product: 1,
			weight: new,
		});
		assert_event(Event::LineSet {
			pool,
			product: 0,
			weight: raised,
		});
		assert_eq!(
			(books(pool).manager, books(pool).manager_fee),
			(BOB, Perbill::from_percent(20))
		);
		assert_eq!(Changes::<Test>::iter().count(), 0);
	});
}

#[test]
fn newer_change_waits_its_whole_delay_when_it_replaces_one_that_is_due() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[]);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, 1));
		let first = announced(pool);
		pass(delay());
		what_if(|| {
			assert_ok!(enact(pool, first));
		});
		// A small change cannot be announced to make a large one when it is due.
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(20)));
		let second = announced(pool);
		assert_noop!(enact(pool, first), Error::<Test>::UnknownChange);
		assert_noop!(enact(pool, second), Error::<Test>::NotDue);
		pass(delay() - 1);
		assert_noop!(enact(pool, second), Error::<Test>::NotDue);
		pass(1);
		assert_ok!(enact(pool, second));
	});
}

#[test]
fn change_cannot_be_made_when_it_was_withdrawn() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50), (1, 50)]);
		set_weight(pool, 0, 60);
		set_weight(pool, 1, 60);
		let [first, second] = [0, 1].map(|position| Changes::<Test>::get(pool)[position].id);
		let withdraw = |who, pool, id| call(who, Call::withdraw_change { pool, id });
		assert_noop!(withdraw(MANAGER, 99, first), Error::<Test>::UnknownPool);
		assert_noop!(enact(99, first), Error::<Test>::UnknownPool);
		assert_ok!(withdraw(MANAGER, pool, first));
		assert_event(Event::ChangeWithdrawn { pool, id: first });
		assert_noop!(withdraw(MANAGER, pool, first), Error::<Test>::UnknownChange);
		pass(delay());
		assert_noop!(enact(pool, first), Error::<Test>::UnknownChange);
		assert_ok!(enact(pool, second));
		assert_eq!(
			[0, 1].map(|product| line(pool, product).weight),
			[50, 60].map(Perbill::from_percent)
		);
	});
}

#[test]
fn only_its_own_raise_is_taken_back_when_a_weight_is_lowered() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50), (1, 50)]);
		set_weight(pool, 0, 60);
		set_weight(pool, 1, 60);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, 1));
		set_weight(pool, 0, 0);
		assert_event(Event::LineSet {
			pool,
			product: 0,
			weight: Perbill::zero(),
		});
		assert_eq!(
			Changes::<Test>::get(pool)
				.iter()
				.map(|change| change.id)
				.collect::<Vec<_>>(),
			[1, 2]
		);
	});
}

#[test]
fn delay_leaves_out_every_time_in_which_the_queue_stood_still() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		write(pool, 0, 10_000, 300);
		freeze(0);
		pass(3 * DAY);
		// Announced while it stands still: none of what was before counts.
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(5)));
		let id = announced(pool);
		assert_eq!(Changes::<Test>::get(pool)[0].standstill, 3 * DAY);
		pass(delay() + DAY);
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		thaw(0);
		pass(delay() - 1);
		settle(pool);
		// And a second time, in the last second.
		freeze(0);
		pass(2 * DAY);
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		thaw(0);
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		pass(1);
		assert_ok!(enact(pool, id));
		assert_eq!(books(pool).standstill.total, 3 * DAY + delay() + DAY + 2 * DAY);
	});
}

#[test]
fn share_holders_still_leave_first_when_the_queue_stood_still_meanwhile() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		write(pool, 0, 10_000, 300);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(20)));
		let id = announced(pool);
		// Asked for at once; but when it is due, an incident is judged.
		request(pool, ALICE, 50_000);
		pass(10 * DAY);
		freeze(0);
		pass(20 * DAY);
		assert_noop!(
			call(ALICE, Call::process_withdrawals { pool, max: 1 }),
			Error::<Test>::QueueStandsStill
		);
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		thaw(0);
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		process(pool);
		assert!(usd(&ALICE) >= ENDOWMENT - 50_000);
		pass(delay() - 10 * DAY - 1);
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		pass(1);
		assert_ok!(enact(pool, id));
	});
}

/// In a full pool nobody can leave, and cover that is cancelled frees capital for whoever comes next.
#[test]
fn change_waits_when_due_requests_cannot_be_paid() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 100)]);
		deposit(pool, BOB, 100_000);
		let decoy = write(pool, 0, 1_000_000, 28);
		write(pool, 0, 100_000, 28);
		new_line(pool, 7, 100);
		let id = announced(pool);
		request(pool, ALICE, 1_000_000);
		request(pool, BOB, 50_000);
		pass(delay());
		settle(pool);
		// Free is only what was earned; the rest of them waits, and the change with them.
		process(pool);
		assert!(books(pool).queue.shares > 1_040_000);
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		// Those who wait come before the change in the block in which the capital comes free.
		cancel(&decoy).unwrap();
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		process(pool);
		assert!(usd(&ALICE) >= ENDOWMENT);
		// Bob's are paid as far as there is capital: the change waits for him as well.
		assert!(books(pool).queue.shares > 0);
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		assert!(try_write(pool, 7, 1_000, 28).is_err());
		set_time(decoy.term.end + RELEASED);
		settle(pool);
		// It was due all the while, so it is announced anew.
		assert_noop!(enact(pool, id), Error::<Test>::ChangeExpired);
		new_line(pool, 7, 100);
		pass(delay());
		assert_ok!(enact(pool, announced(pool)));
		assert_eq!(books(pool).queue.shares, 0);
		assert!(usd(&BOB) >= ENDOWMENT - 50_000);
	});
}

#[test]
fn change_pays_the_queue_when_due_requests_come_before_it() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(20)));
		let id = announced(pool);
		for _ in 0..8 {
			request(pool, ALICE, 1_000);
		}
		deposit(pool, BOB, 3_000);
		request(pool, BOB, 1_000);
		pass(delay());
		// One more than a change pays.
		assert_noop!(enact(pool, id), Error::<Test>::NotDue);
		assert_ok!(call(CAROL, Call::process_withdrawals { pool, max: 1 }));
		// A request that is not due yet does not keep the change waiting.
		request(pool, BOB, 1_000);
		let paid = Pools::enact_change(signed(CAROL), pool, id)
			.unwrap()
			.actual_weight
			.unwrap();
		let most =
			<() as WeightInfo>::enact_change().saturating_add(<() as WeightInfo>::process_withdrawals(8));
		assert!(paid.all_lte(most.saturating_add(<() as WeightInfo>::settle(1, 0))));
		assert!(paid.all_gte(<() as WeightInfo>::process_withdrawals(8)));
		assert_eq!(books(pool).queue.shares, 1_000);
		assert_eq!(books(pool).manager_fee, Perbill::from_percent(20));
	});
}

#[test]
fn fee_is_taken_of_later_earnings_when_it_is_raised() {
	build_and_execute(|| {
		let capital = 1_000_000_000;
		let pool = pool_with(capital, &[(0, 100)]);
		let policy = write(pool, 0, 500_000_000, 60);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(20)));
		// To the end of a day, so that a day later one whole day was earned.
		set_time((now() + delay()).div_ceil(DAY) * DAY);
		assert_ok!(enact(pool, announced(pool)));
		let before = books(pool);
		assert_eq!(before.cuts.manager, 0);
		pass(DAY);
		settle(pool);
		let unearned = |at: Seconds| (policy.allocation.rate * u128::from(policy.term.end - at)) >> 32;
		let [_, _, manager, rest] = parts(unearned(now() - DAY) - unearned(now()), 20);
		assert!(manager > 0);
		assert_eq!(books(pool).cuts.manager, manager);
		assert_eq!(books(pool).capital, before.capital + rest);
	});
}

#[test]
fn old_manager_is_due_what_he_earned_when_he_cannot_receive_it() {
	build_and_execute(|| {
		let pool = pool_with_fee(20, 100_000_000, &[(0, 100)]);
		write(pool, 0, 60_000_000, 60);
		assert_ok!(Pools::set_manager(signed(MANAGER), pool, BOB));
		let id = announced(pool);
		pass(delay());
		settle(pool);
		let earned = books(pool).cuts.manager;
		assert!(earned > 0);
		assert_ok!(Assets::block(signed(MANAGER), 1, MANAGER));
		assert_ok!(enact(pool, id));
		assert_eq!(
			(Dues::<Test>::get(pool, MANAGER), books(pool).dues),
			(earned, earned)
		);
		assert_ok!(Assets::thaw(signed(MANAGER), 1, MANAGER));
		let before = usd(&MANAGER);
		assert_ok!(call(BOB, Call::collect_due { pool, who: MANAGER }));
		assert_eq!(usd(&MANAGER), before + earned);
	});
}

#[test]
fn new_manager_decides_of_the_old_ones_changes_when_he_takes_over() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 50)]);
		assert_ok!(Pools::set_manager(signed(MANAGER), pool, BOB));
		let manager = announced(pool);
		assert_ok!(Pools::set_fee(signed(MANAGER), pool, billionths(20)));
		let fee = announced(pool);
		pass(delay());
		assert_noop!(
			call(BOB, Call::withdraw_change { pool, id: fee }),
			Error::<Test>::NotTheManager
		);
		assert_ok!(enact(pool, manager));
		for old in [
			Call::withdraw_change { pool, id: fee },
			Call::set_line {
				pool,
				product: 0,
				weight: 1,
				rate: None,
			},
			Call::close_line { pool, product: 0 },
			Call::set_manager {
				pool,
				manager: MANAGER,
			},
		] {
			assert_noop!(call(MANAGER, old), Error::<Test>::NotTheManager);
		}
		assert_ok!(call(BOB, Call::withdraw_change { pool, id: fee }));
		assert_noop!(enact(pool, fee), Error::<Test>::UnknownChange);
	});
}

#[test]
fn bad_line_finds_no_capital_when_its_manager_insures_it_himself() {
	build_and_execute(|| {
		// The manager knows that product 7 fails. He owns a little of the pool, and wants the rest.
		let pool = pool_with(100_000, &[(0, 50)]);
		deposit(pool, MANAGER, 26_000);
		new_line(pool, 7, 100);
		let id = announced(pool);
		// Alice sees it as late as she can: a second before the cooldown would not end in time.
		pass(delay() - 14 * DAY);
		request(pool, ALICE, 100_000);
		pass(14 * DAY);
		// The queue goes before the change in every block in which both are due.
		process(pool);
		assert_ok!(enact(pool, id));
		assert_eq!(usd(&ALICE), ENDOWMENT);
		// What he can insure is his own.
		let mut policy = write(pool, 7, 26_000, 30);
		freeze(7);
		accept(0, 7, 100);
		thaw(7);
		assert_ok!(pay(0, 0, &mut policy, 26_000, &MANAGER));
		assert!(usd(&MANAGER) < ENDOWMENT);
		assert_eq!(usd(&ALICE), ENDOWMENT);
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
fn cuts_go_where_they_belong_to_the_unit_when_distributed() {
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
		// They are no payments to holders.
		assert!(Told::take().is_empty());
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

#[test]
fn seed_of_a_reserve_is_taken_once_when_several_pools_fill_it() {
	build_and_execute(|| {
		let pools = [100_000_000, 200_000_000].map(|capital| {
			let pool = pool_with_fee(20, capital, &[(0, 100)]);
			write(pool, 0, capital / 2, 30);
			pool
		});
		pass(32 * DAY);
		let cuts = pools.map(|pool| {
			settle(pool);
			books(pool).cuts
		});
		let before = usd(&MANAGER);
		for pool in pools {
			assert_ok!(call(BOB, Call::distribute { pool }));
		}
		assert_event(Event::Distributed {
			pool: pools[0],
			to_reserve: cuts[0].reserve - USD_MINIMUM,
			to_treasury: cuts[0].treasury,
			to_manager: cuts[0].manager,
		});
		assert_event(Event::Distributed {
			pool: pools[1],
			to_reserve: cuts[1].reserve,
			to_treasury: cuts[1].treasury,
			to_manager: cuts[1].manager,
		});
		assert_eq!(
			Reserves::<Test>::get(USD),
			cuts[0].reserve + cuts[1].reserve - USD_MINIMUM
		);
		assert_eq!(usd(&Treasury::get()), cuts[0].treasury + cuts[1].treasury);
		assert_eq!(usd(&MANAGER), before + cuts[0].manager + cuts[1].manager);
		for pool in pools {
			assert_eq!(books(pool).cuts, Cuts::default());
			assert_eq!(usd(&Pools::account(pool)), books(pool).capital + USD_MINIMUM);
		}
	});
}

#[test]
fn cuts_wait_when_they_are_too_little_for_an_account_to_exist() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 100)]);
		// Settled at the end of the first day, half a day later. So much is sold that each cut is too little then.
		let sell = |amount| {
			write(pool, 0, amount, 60);
			pass(DAY / 2);
			settle(pool);
			books(pool).cuts
		};
		let too_little = |cuts: &Cuts| {
			(1..=USD_MINIMUM).contains(&cuts.reserve) && (1..USD_MINIMUM).contains(&cuts.treasury)
		};
		let mut amounts = (1..100).map(|n| n * 10_000);
		let amount = amounts
			.find(|amount| what_if(|| too_little(&sell(*amount))))
			.unwrap();
		let cuts = sell(amount);
		assert_ok!(call(BOB, Call::distribute { pool }));
		// All of it would be the reserve's seed, and none of it reserve.
		assert_eq!(books(pool).cuts, cuts);
		assert_eq!((Reserves::<Test>::get(USD), usd(&Treasury::get())), (0, 0));
		pass(20 * DAY);
		settle(pool);
		let cuts = books(pool).cuts;
		assert_ok!(call(BOB, Call::distribute { pool }));
		assert_eq!(Reserves::<Test>::get(USD), cuts.reserve - USD_MINIMUM);
		assert_eq!(usd(&Treasury::get()), cuts.treasury);
	});
}

#[test]
fn reserve_grows_by_all_of_a_cut_when_somebody_has_given_its_account_the_seed() {
	build_and_execute(|| {
		let (pool, [reserve, ..]) = pool_with_cuts(100_000_000);
		assert_ok!(Assets::transfer(
			signed(BOB),
			1,
			Pools::reserve_account(&USD),
			1_000
		));
		assert_ok!(call(BOB, Call::distribute { pool }));
		// What was given beyond it is no reserve: sums are recorded, not read from balances.
		assert_eq!(Reserves::<Test>::get(USD), reserve);
		assert_eq!(usd(&Pools::reserve_account(&USD)), 1_000 + reserve);
	});
}

#[test]
fn cuts_of_a_native_pool_go_to_a_reserve_of_its_own_when_distributed() {
	build_and_execute(|| {
		let pool = NextPool::<Test>::get();
		assert_ok!(Pools::create(signed(MANAGER), AssetId::Native, billionths(20)));
		set_line(pool, 0, 100);
		deposit(pool, ALICE, 100_000_000);
		write(pool, 0, 50_000_000, 30);
		pass(32 * DAY);
		settle(pool);
		let cuts = books(pool).cuts;
		let before = native(&MANAGER);
		assert_ok!(call(BOB, Call::distribute { pool }));
		assert_eq!(Reserves::<Test>::get(AssetId::Native), cuts.reserve - 10);
		assert_eq!(native(&Pools::reserve_account(&AssetId::Native)), cuts.reserve);
		assert_eq!(native(&Treasury::get()), cuts.treasury);
		assert_eq!(native(&MANAGER), before + cuts.manager);
		assert_eq!(Reserves::<Test>::get(USD), 0);
	});
}

#[test]
fn everyone_waits_when_the_asset_is_frozen() {
	build_and_execute(|| {
		let (pool, [reserve, treasury, manager]) = pool_with_cuts(100_000_000);
		assert_ok!(Assets::freeze_asset(signed(MANAGER), 1));
		assert_ok!(call(BOB, Call::distribute { pool }));
		assert_eq!(
			books(pool).cuts,
			Cuts {
				reserve,
				treasury,
				manager: 0
			}
		);
		assert_eq!(
			(Dues::<Test>::get(pool, MANAGER), Reserves::<Test>::get(USD)),
			(manager, 0)
		);
		assert_ok!(Assets::thaw_asset(signed(MANAGER), 1));
		assert_ok!(call(BOB, Call::distribute { pool }));
		assert_eq!(Reserves::<Test>::get(USD), reserve - USD_MINIMUM);
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
fn reserve_pays_arrears_when_a_referendum_draws_it() {
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
fn arrears_take_no_more_than_is_owed_when_anybody_pays() {
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

#[test]
fn reserve_keeps_what_is_not_owed_when_more_is_drawn() {
	build_and_execute(|| {
		let (source, _) = pool_with_cuts(100_000_000);
		assert_ok!(Pools::distribute(signed(BOB), source));
		let reserve = Reserves::<Test>::get(USD);
		let (pool, owed) = pool_in_arrears();
		assert!(owed < reserve);
		let draw = |pool, amount| call_by(RuntimeOrigin::root(), Call::draw_reserve { pool, amount });
		assert_noop!(draw(99, 1), Error::<Test>::UnknownPool);
		// The reserve of another asset is not touched for it, nor its own beyond what is owed.
		assert_ok!(draw(pool, u128::MAX));
		assert_event(Event::ReserveDrawn {
			pool,
			asset: USD,
			amount: owed,
		});
		assert_event(Event::ArrearsServed { pool, amount: owed });
		assert_eq!(Reserves::<Test>::get(USD), reserve - owed);
		assert_eq!(usd(&Pools::reserve_account(&USD)), reserve - owed + USD_MINIMUM);
		assert_eq!(
			(books(pool).arrears.outstanding, books(pool).arrears.fund),
			(0, owed)
		);
		assert_noop!(draw(pool, 1), Error::<Test>::NoArrears);
	});
}

fn fund_reserve(payer: &AccountId, asset: &AssetId, amount: Balance) -> Result<(), DispatchError> {
	with_storage_layer(|| <Pools as Reserving<AccountId>>::fund_reserve(payer, asset, amount))
}

#[test]
fn reserve_grows_to_the_unit_when_somebody_funds_it() {
	build_and_execute(|| {
		for (asset, seed) in [(USD, USD_MINIMUM), (AssetId::Native, 10)] {
			let account = Pools::reserve_account(&asset);
			let before = balance(&asset, &BOB);
			// The first units are the seed of the reserve's account.
			assert_ok!(fund_reserve(&BOB, &asset, 1_000));
			assert_eq!(Reserves::<Test>::get(&asset), 1_000 - seed);
			assert_event(Event::ReserveFunded {
				asset: asset.clone(),
				amount: 1_000 - seed,
			});
			Pools::do_try_state().unwrap();
			assert_ok!(fund_reserve(&BOB, &asset, 1));
			assert_event(Event::ReserveFunded {
				asset: asset.clone(),
				amount: 1,
			});
			assert_eq!(Reserves::<Test>::get(&asset), 1_001 - seed);
			assert_eq!(balance(&asset, &account), 1_001);
			assert_eq!(balance(&asset, &BOB), before - 1_001);
		}
	});
}

#[test]
fn funds_and_cuts_add_up_in_one_reserve() {
	build_and_execute(|| {
		let (pool, [cut, ..]) = pool_with_cuts(100_000_000);
		assert_ok!(fund_reserve(&BOB, &USD, USD_MINIMUM));
		// The seed alone is no reserve.
		assert_eq!(Reserves::<Test>::get(USD), 0);
		assert_event(Event::ReserveFunded {
			asset: USD,
			amount: 0,
		});
		assert_ok!(Pools::distribute(signed(BOB), pool));
		assert_eq!(Reserves::<Test>::get(USD), cut);
		assert_ok!(fund_reserve(&CAROL, &USD, 500));
		assert_eq!(Reserves::<Test>::get(USD), cut + 500);
		assert_eq!(usd(&Pools::reserve_account(&USD)), cut + 500 + USD_MINIMUM);
		// Arrears are paid from it like from cuts.
		let (ruined, _) = pool_in_arrears();
		assert!(books(ruined).arrears.outstanding > 0);
		assert_ok!(Pools::draw_reserve(RuntimeOrigin::root(), ruined, 500));
		assert_eq!(Reserves::<Test>::get(USD), cut);
	});
}

#[test]
fn payer_of_a_reserve_may_give_all_that_they_have() {
	build_and_execute(|| {
		let payer = account(90);
		assert_ok!(Assets::transfer(signed(BOB), 1, payer.clone(), 100));
		assert_ok!(Balances::transfer_allow_death(signed(BOB), payer.clone(), 100));
		for asset in [USD, AssetId::Native] {
			assert_ok!(fund_reserve(&payer, &asset, 100));
			assert_eq!(balance(&asset, &payer), 0);
		}
		assert!(!System::account_exists(&payer));
	});
}

#[test]
fn reserve_is_as_it_was_when_it_cannot_be_funded() {
	build_and_execute(|| {
		let refused = |payer: &AccountId, asset: &AssetId, amount, error: DispatchError| {
			assert_noop!(fund_reserve(payer, asset, amount), error);
		};
		refused(&BOB, &DUST, 1_000, Error::<Test>::AssetNotAdmitted.into());
		refused(
			&BOB,
			&AssetId::WithId(9),
			1_000,
			Error::<Test>::AssetNotAdmitted.into(),
		);
		refused(&BOB, &USD, 0, Error::<Test>::ZeroAmount.into());
		refused(&BOB, &USD, MAX_AMOUNT + 1, Error::<Test>::AmountTooLarge.into());
		refused(&BOB, &USD, Balance::MAX, Error::<Test>::AmountTooLarge.into());
		// Less than the account of the reserve lives by.
		refused(&BOB, &USD, USD_MINIMUM - 1, Error::<Test>::BelowMinimum.into());
		refused(&account(90), &USD, 1_000, TokenError::FundsUnavailable.into());
		assert_ok!(Assets::freeze(signed(MANAGER), 1, BOB));
		refused(&BOB, &USD, 1_000, TokenError::Frozen.into());
		// What is recorded has a bound, whoever pays and however often.
		assert_ok!(Assets::mint(signed(MANAGER), 1, CAROL, 2 * MAX_AMOUNT));
		assert_ok!(fund_reserve(&CAROL, &USD, MAX_AMOUNT));
		assert_ok!(fund_reserve(&CAROL, &USD, USD_MINIMUM));
		assert_eq!(Reserves::<Test>::get(USD), MAX_AMOUNT);
		refused(&CAROL, &USD, 1, Error::<Test>::AmountTooLarge.into());
	});
}

#[test]
fn reserve_is_drawn_when_the_pool_was_left_alone_for_too_long() {
	let _defaults = Defaults;
	build_and_execute(|| {
		let (source, _) = pool_with_cuts(100_000_000);
		assert_ok!(Pools::distribute(signed(BOB), source));
		let (pool, _) = pool_in_arrears();
		PoolParameters::mutate(|p| p.max_days_per_settle = 1);
		pass(5 * DAY);
		// Who pays of his own accord can settle first; a referendum that passed is not lost for that.
		assert_noop!(
			call(ALICE, Call::pay_arrears { pool, amount: 1 }),
			Error::<Test>::PoolNotSettled
		);
		let owed = books(pool).arrears.outstanding;
		let fund = books(pool).arrears.fund;
		assert_ok!(call_by(
			RuntimeOrigin::root(),
			Call::draw_reserve { pool, amount: 100 }
		));
		// The day that it did walk has served some too.
		let after = books(pool);
		assert!(after.settled_at < now());
		assert_eq!(after.arrears.outstanding, owed - 100 - after.totals.to_arrears);
		assert_eq!(after.arrears.fund, fund + 100 + after.totals.to_arrears);
	});
}

#[test]
fn arrears_are_as_they_were_when_whoever_pays_them_cannot() {
	build_and_execute(|| {
		let (pool, _) = pool_in_arrears();
		let healthy = pool_with(100_000, &[]);
		let give = |pool| call(ALICE, Call::pay_arrears { pool, amount: 100 });
		assert_noop!(give(99), Error::<Test>::UnknownPool);
		assert_ok!(Assets::freeze(signed(MANAGER), 1, ALICE));
		assert_noop!(give(pool), TokenError::Frozen);
		assert_noop!(
			call(
				BOB,
				Call::pay_arrears {
					pool: healthy,
					amount: 1
				}
			),
			Error::<Test>::NoArrears
		);
	});
}
