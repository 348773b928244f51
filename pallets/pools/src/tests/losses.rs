//! Incidents: what is set aside, what is paid at once, what stays owed, and what comes back.

use super::{
	books::{Defaults, Random, parts, what_if},
	capital::{pool_that_lost_everything, process, request},
	*,
};
use frame_support::{assert_noop, assert_storage_noop, storage::with_storage_layer};
use lutine_primitives::insurance::{GroupId, IncidentId, MAX_AMOUNT, OnPaid, Payment, PolicyId};
use sp_runtime::FixedPointNumber;
use std::collections::BTreeMap;

fn recover(payer: &AccountId, incident: IncidentId, amount: Balance) -> Result<(), DispatchError> {
	with_storage_layer(|| <Pools as Reserving<AccountId>>::recover(payer, incident, &USD, amount))
}

fn pull(pool: PoolId, policy: PolicyId, recipient: &AccountId) -> Result<Balance, DispatchError> {
	with_storage_layer(|| <Pools as Reserving<AccountId>>::pull_arrears(pool, policy, recipient))
}

fn owed(pool: PoolId, policy: PolicyId) -> Balance {
	<Pools as Reserving<AccountId>>::arrears_of(pool, policy)
}

fn try_accept(incident: IncidentId, product: ProductId, percent: u32) -> Result<(), DispatchError> {
	with_storage_layer(|| {
		<Pools as Reserving<AccountId>>::accept(incident, product, Perbill::from_percent(percent))
	})
}

fn try_close(incident: IncidentId, product: ProductId) -> Result<(), DispatchError> {
	with_storage_layer(|| <Pools as Reserving<AccountId>>::close(incident, product))
}

fn loss(incident: IncidentId, pool: PoolId) -> Loss {
	Losses::<Test>::get(incident, pool).unwrap()
}

/// Everything that freezing touches.
fn sums(
	pool: PoolId,
) -> (
	PoolOf<Test>,
	BTreeMap<ProductId, Line>,
	BTreeMap<GroupId, Balance>,
) {
	(
		books(pool),
		Lines::<Test>::iter_prefix(pool).collect(),
		Groups::<Test>::iter_prefix(pool).collect(),
	)
}

/// What incidents cost the pool is set aside: `percent` of both products 0 and 1, as incidents 0 and 1.
fn fail_both(percent: u32) {
	for product in [0, 1] {
		freeze(product);
		accept(product, product, percent);
		thaw(product);
	}
}

/// A pool of a million that stands behind two groups, either of which it could pay, and four policies: policy n is the
/// nth, the first two are on product 0.
fn pool_with_two_groups() -> (PoolId, [Policy; 4]) {
	let pool = pool_with(1_000_000, &[(0, 100), (1, 100), (2, 100)]);
	let policies = [(0, 400_000), (0, 270_001), (1, 350_003), (1, 299_999)]
		.map(|(product, amount)| write(pool, product, amount, 90));
	assert!(!books(pool).strained);
	(pool, policies)
}

/// Pays the whole of a policy of [`pool_with_two_groups`] to the account that goes with it.
fn pay_all(policy: &mut Policy, id: PolicyId) -> Payment {
	let award = policy.allocation.amount;
	pay(policy.product, id, policy, award, &holder(id)).unwrap()
}

fn holder(id: PolicyId) -> AccountId {
	account(100 + id as u8)
}

/// The pool of [`pool_with_two_groups`] after both groups have failed as a whole and all was claimed: it has no
/// capital, and owes the same part of each award. Returns the awards.
fn pool_in_arrears() -> (PoolId, [Balance; 4]) {
	let (pool, mut policies) = pool_with_two_groups();
	let awards = [0, 1, 2, 3].map(|id: usize| policies[id].allocation.amount);
	fail_both(100);
	for (id, policy) in policies.iter_mut().enumerate() {
		pay_all(policy, id as u32);
	}
	assert_eq!(books(pool).capital, 0);
	assert!(books(pool).arrears.outstanding > 300_000);
	(pool, awards)
}

#[test]
fn every_asset_has_a_reserve_of_its_own() {
	let assets = [0, 1, u32::MAX].map(AssetId::WithId);
	let accounts: std::collections::BTreeSet<_> = assets
		.iter()
		.chain([&AssetId::Native])
		.map(Pools::reserve_account)
		.collect();
	assert_eq!(accounts.len(), 4);
}

// ---------------------------------------------------------------------------------------------- Setting aside

#[test]
fn freeze_sets_all_exposure_aside_when_lines_are_in_several_pools() {
	build_and_execute(|| {
		let pools = [100_000, 1_000_000].map(|capital| pool_with(capital, &[(0, 50), (1, 50)]));
		write(pools[0], 0, 30_000, 30);
		write(pools[0], 1, 20_000, 30);
		write(pools[1], 0, 400_000, 60);
		freeze(0);
		System::assert_has_event(Event::ProductFrozen { product: 0 }.into());
		assert_eq!(pools.map(|pool| books(pool).reserved), [30_000, 400_000]);
		assert_eq!(pools.map(|pool| books(pool).exposure), [20_000, 0]);
		assert!(
			pools
				.iter()
				.all(|pool| line(*pool, 0).frozen && !line(*pool, 1).frozen)
		);
		assert_eq!(Groups::<Test>::get(pools[0], 0), 0);
		assert_eq!(Groups::<Test>::get(pools[0], 1), 20_000);
		assert!(ProductUnderwriters::<Test>::get(0).frozen);
	});
}

#[test]
fn freeze_reserves_what_is_recorded_when_the_pool_was_left_unsettled() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50), (1, 50)]);
		let short = write(pool, 0, 100_000, 5);
		let long = write(pool, 0, 50_000, 300);
		let begun = now();
		let release = short.term.end + RELEASED;
		set_time(release + 40 * DAY);
		// The books have not released the short one yet, so that it is set aside too.
		freeze(0);
		assert_eq!(books(pool).settled_at, begun);
		assert_eq!(books(pool).reserved, 150_000);
		assert_eq!(line(pool, 0).matured, 0);
		settle(pool);
		assert_eq!(books(pool).reserved, 150_000);
		assert_eq!(
			(line(pool, 0).exposure, line(pool, 0).matured),
			(150_000, 100_000)
		);
		thaw(0);
		assert_eq!(
			(line(pool, 0).exposure, line(pool, 0).matured),
			(long.allocation.amount, 0)
		);
		assert_eq!((books(pool).reserved, books(pool).exposure), (0, 50_000));
	});
}

#[test]
fn freeze_and_thaw_change_nothing_when_they_are_repeated() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		write(pool, 0, 100_000, 30);
		assert_storage_noop!(thaw(0));
		freeze(0);
		pass(100);
		assert_storage_noop!(freeze(0));
		assert_eq!(books(pool).reserved, 100_000);
		thaw(0);
		assert_storage_noop!(thaw(0));
		assert_eq!(books(pool).reserved, 0);
	});
}

#[test]
fn thaw_restores_every_sum_when_the_alarm_was_false() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50), (1, 50), (100, 30), (101, 30)]);
		for (product, amount) in [(0, 123_456), (1, 77_777), (100, 50_001), (101, 99_999)] {
			write(pool, product, amount, 60);
		}
		pass(3 * DAY + 5);
		settle(pool);
		// Brings the lines' rates to now, as the freeze will.
		for product in [0, 1, 100, 101] {
			freeze(product);
			thaw(product);
		}
		let before = sums(pool);
		// In any order, also with the two of one group apart.
		freeze(100);
		assert_eq!(Groups::<Test>::get(pool, 100), 99_999);
		freeze(0);
		freeze(101);
		assert_eq!(books(pool).exposure, 77_777);
		assert_ne!(sums(pool), before);
		thaw(100);
		thaw(101);
		thaw(0);
		assert_eq!(sums(pool), before);
	});
}

#[test]
fn freeze_leaves_no_trace_when_nobody_underwrites_the_product() {
	build_and_execute(|| {
		freeze(7);
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let rate = Some(FixedU128::from_rational(4, 100));
		// No line can be opened that would escape what is set aside.
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 7, billionths(10), rate));
		pass(15 * DAY);
		settle(pool);
		assert_noop!(
			with_storage_layer(|| Pools::enact_change(signed(ALICE), pool, 0)).map_err(|error| error.error),
			Error::<Test>::ProductStopped
		);
		thaw(7);
		assert!(!ProductUnderwriters::<Test>::contains_key(7));
		accept(1, 7, 50);
		assert_noop!(
			with_storage_layer(|| Pools::enact_change(signed(ALICE), pool, 0)).map_err(|error| error.error),
			Error::<Test>::ProductStopped
		);
		close(1, 7);
		assert!(!ProductUnderwriters::<Test>::contains_key(7));
		assert_ok!(Pools::enact_change(signed(ALICE), pool, 0));
		assert_eq!(ProductUnderwriters::<Test>::get(7).pools.to_vec(), vec![pool]);
	});
}

#[test]
fn accept_sets_its_percentage_aside_rounded_up_when_exposure_is_odd() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let small = pool_with(500_000, &[(0, 50)]);
		write(pool, 0, 123_457, 60);
		write(small, 0, 3, 60);
		freeze(0);
		for percent in 0..=100 {
			what_if(|| {
				accept(9, 0, percent);
				// As long as it is frozen all of it is reserved.
				assert_eq!(books(pool).reserved, 123_457);
				thaw(0);
				let share = (123_457 * u128::from(percent)).div_ceil(100);
				assert_eq!(
					loss(9, pool),
					Loss {
						share: books(pool).share,
						reserved: share,
						..Default::default()
					}
				);
				assert_eq!(
					(books(pool).reserved, books(pool).exposure),
					(share, 123_457 - share)
				);
				assert_eq!(Groups::<Test>::get(pool, 0), 123_457 - share);
				let few = (3 * u128::from(percent)).div_ceil(100);
				assert_eq!(books(small).reserved, few);
				System::assert_has_event(
					Event::SetAside {
						incident: 9,
						pool: small,
						amount: few,
					}
					.into(),
				);
				assert!(line(pool, 0).is_stopped());
				Pools::do_try_state().unwrap();
			});
		}
	});
}

#[test]
fn reserve_is_the_sum_of_incidents_but_at_most_the_exposure_when_there_are_several() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 100_001, 60);
		accept(1, 0, 30);
		accept(2, 0, 45);
		assert_eq!(books(pool).reserved, 30_001 + 45_001);
		accept(3, 0, 60);
		let share = 60_001;
		assert_eq!(line(pool, 0).shares, 30_001 + 45_001 + share);
		assert_eq!((books(pool).reserved, books(pool).exposure), (100_001, 0));
		// What is paid under one leaves the others what they have.
		pay(2, 1, &mut policy, 40_000, &CAROL).unwrap();
		assert_eq!(line(pool, 0).shares, 30_001 + 5_001 + share);
		assert_eq!(books(pool).reserved, 60_001);
		close(1, 0);
		close(2, 0);
		assert_eq!((line(pool, 0).shares, books(pool).reserved), (share, 60_001));
		pay(3, 1, &mut policy, 10_000, &CAROL).unwrap();
		assert_eq!((line(pool, 0).shares, books(pool).reserved), (50_001, 50_001));
		assert!(line(pool, 0).is_stopped());
		close(3, 0);
		assert_eq!((books(pool).reserved, books(pool).exposure), (0, 50_001));
		assert!(!line(pool, 0).is_stopped());
	});
}

#[test]
fn second_incident_takes_its_part_of_what_is_left_when_the_first_was_paid() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 100_000, 60);
		accept(1, 0, 50);
		pay(1, 1, &mut policy, 50_000, &CAROL).unwrap();
		accept(2, 0, 50);
		assert_eq!(loss(2, pool).reserved, 25_000);
		assert_eq!((books(pool).reserved, books(pool).exposure), (25_000, 25_000));
	});
}

#[test]
fn incident_is_refused_when_it_is_known_or_unknown() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50), (1, 50)]);
		let policy = write(pool, 0, 100_000, 60);
		assert_noop!(try_close(1, 0), Error::<Test>::UnknownIncident);
		assert_noop!(try_close(1, 9), Error::<Test>::UnknownIncident);
		assert_noop!(
			pay(1, 1, &mut policy.clone(), 10, &CAROL),
			Error::<Test>::UnknownIncident
		);
		accept(1, 0, 10);
		assert_noop!(try_accept(1, 0, 10), Error::<Test>::IncidentKnown);
		assert_noop!(try_accept(1, 1, 10), Error::<Test>::IncidentKnown);
		// Not the incident that is open: what this one has set aside must stay.
		assert_noop!(try_close(2, 0), Error::<Test>::UnknownIncident);
		assert_noop!(
			pay(2, 1, &mut policy.clone(), 10, &CAROL),
			Error::<Test>::UnknownIncident
		);
		assert_noop!(
			pay(
				1,
				1,
				&mut Policy {
					allocation: Allocation {
						pool: 5,
						..policy.allocation
					},
					..policy.clone()
				},
				1,
				&CAROL
			),
			Error::<Test>::UnknownPool
		);
		assert_eq!(books(pool).reserved, 10_000);
		close(1, 0);
		assert_noop!(try_close(1, 0), Error::<Test>::UnknownIncident);
		// Known for ever: a second judgement of it would take from recoveries of the first.
		assert_noop!(try_accept(1, 0, 10), Error::<Test>::IncidentKnown);
	});
}

// ---------------------------------------------------------------------------------------------- Maturity

#[test]
fn exposure_matures_but_stays_when_the_line_is_frozen() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 100), (1, 100)]);
		let policies = [5, 6, 60].map(|days| write(pool, 0, 10_000 * u128::from(days), days));
		write(pool, 1, 70_000, 5);
		freeze(0);
		set_time(policies[1].term.end + RELEASED);
		settle(pool);
		assert_eq!(
			(line(pool, 0).exposure, line(pool, 0).matured),
			(710_000, 110_000)
		);
		assert_eq!(books(pool).reserved, 710_000);
		// The other line goes on as ever.
		assert_eq!(line(pool, 1).exposure, 0);
		accept(1, 0, 10);
		// Claims may still be made on what has matured.
		assert_eq!(loss(1, pool).reserved, 71_000);
		thaw(0);
		assert_eq!(
			(line(pool, 0).exposure, line(pool, 0).matured),
			(710_000, 110_000)
		);
		assert_eq!(books(pool).reserved, 71_000);
		close(1, 0);
		assert_eq!((line(pool, 0).exposure, line(pool, 0).matured), (600_000, 0));
		assert_eq!((books(pool).reserved, books(pool).exposure), (0, 600_000));
		set_time(policies[2].term.end + RELEASED);
		settle(pool);
		assert_eq!(line(pool, 0).exposure, 0);
	});
}

#[test]
fn matured_exposure_waits_for_the_last_incident_when_there_are_two() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let policy = write(pool, 0, 50_000, 5);
		accept(1, 0, 10);
		accept(2, 0, 10);
		freeze(0);
		set_time(policy.term.end + RELEASED);
		settle(pool);
		for end in [|| close(1, 0), || thaw(0)] {
			end();
			assert_eq!((line(pool, 0).exposure, line(pool, 0).matured), (50_000, 50_000));
		}
		close(2, 0);
		assert_eq!((line(pool, 0).exposure, line(pool, 0).matured), (0, 0));
	});
}

#[test]
fn matured_exposure_is_paid_when_it_waits() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut first = write(pool, 0, 50_000, 5);
		let mut second = write(pool, 0, 30_000, 80);
		freeze(0);
		set_time(first.term.end + RELEASED);
		settle(pool);
		accept(1, 0, 100);
		thaw(0);
		pay(1, 1, &mut first, 20_000, &CAROL).unwrap();
		assert_eq!((line(pool, 0).exposure, line(pool, 0).matured), (60_000, 30_000));
		pay(1, 2, &mut second, 30_000, &CAROL).unwrap();
		assert_eq!((line(pool, 0).exposure, line(pool, 0).matured), (30_000, 30_000));
		// Nothing is left to mature of what was paid.
		assert_eq!(
			Days::<Test>::iter_prefix_values(pool)
				.filter(|day| !day.maturing.is_empty())
				.count(),
			0
		);
		close(1, 0);
		assert_eq!((line(pool, 0).exposure, books(pool).exposure), (0, 0));
	});
}

// ---------------------------------------------------------------------------------------------- Paying

#[test]
fn award_is_paid_in_full_when_capital_covers_what_is_reserved() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50), (1, 50)]);
		let mut policy = write(pool, 0, 200_000, 60);
		write(pool, 0, 50_000, 60);
		write(pool, 1, 100_000, 60);
		freeze(0);
		accept(4, 0, 80);
		thaw(0);
		let before = books(pool);
		let (had, held) = (usd(&CAROL), usd(&Pools::account(pool)));
		let payment = pay(4, 33, &mut policy, 160_000, &CAROL).unwrap();
		assert_eq!(
			payment,
			Payment {
				paid: 160_000,
				arrears: 0
			}
		);
		assert_eq!(
			(usd(&CAROL) - had, held - usd(&Pools::account(pool))),
			(160_000, 160_000)
		);
		System::assert_has_event(
			Event::LossPaid {
				incident: 4,
				pool,
				policy: 33,
				paid: 160_000,
				arrears: 0,
			}
			.into(),
		);
		let after = books(pool);
		assert_eq!(after.capital, before.capital - 160_000);
		assert_eq!((before.reserved, after.reserved), (200_000, 40_000));
		assert_eq!(after.exposure, 50_000 + 100_000);
		assert_eq!(line(pool, 0).exposure, 90_000);
		assert_eq!((after.totals.losses, after.totals.arrears), (160_000, 0));
		assert_eq!(
			loss(4, pool),
			Loss {
				product: 0,
				share: books(pool).share,
				reserved: 40_000,
				paid: 160_000,
				arrears: 0,
				is_closed: false,
			}
		);
		assert_eq!(owed(pool, 33), 0);
		// Premium does not care: it is earned to the end of cover.
		assert_eq!((after.rate, after.unearned), (before.rate, before.unearned));
		// What is left of the policy matures in its time.
		close(4, 0);
		set_time(policy.term.end + RELEASED - DAY);
		settle(pool);
		assert_eq!(line(pool, 0).exposure, 90_000);
		pass(DAY);
		settle(pool);
		assert_eq!(line(pool, 0).exposure, 0);
	});
}

#[test]
fn ratio_is_one_when_capital_is_exactly_what_is_reserved() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		fail_both(100);
		let missing = books(pool).reserved - books(pool).capital;
		// A unit short of it: the first to claim is paid a unit less.
		let payment = what_if(|| {
			deposit(pool, BOB, missing - 1);
			pay_all(&mut policies[0].clone(), 0)
		});
		assert_eq!(
			payment,
			Payment {
				paid: 399_999,
				arrears: 1
			}
		);
		deposit(pool, BOB, missing);
		assert_eq!(books(pool).capital, books(pool).reserved);
		for (id, policy) in policies.iter_mut().enumerate() {
			assert_eq!(pay_all(policy, id as u32).arrears, 0);
		}
		assert_eq!(books(pool).capital, 0);
	});
}

#[test]
fn everybody_gets_the_same_ratio_when_two_groups_fail_at_once_in_any_order_of_claims() {
	build_and_execute(|| {
		let (pool, policies) = pool_with_two_groups();
		fail_both(100);
		let capital = books(pool).capital;
		let reserved: Balance = policies.iter().map(|policy| policy.allocation.amount).sum();
		assert_eq!(books(pool).reserved, reserved);
		assert!(
			capital < reserved && capital > policies[0].allocation.amount + policies[1].allocation.amount
		);
		let mut orders = 0;
		for order in 0..256u32 {
			let order = [0, 2, 4, 6].map(|shift| (order >> shift & 3) as usize);
			if (0..4).any(|id| !order.contains(&id)) {
				continue;
			}
			orders += 1;
			what_if(|| {
				for id in order {
					let amount = policies[id].allocation.amount;
					let payment = pay_all(&mut policies[id].clone(), id as u32);
					let share = amount * capital / reserved;
					// Each payment before it was rounded down by less than a unit, which is there for those who follow.
					assert!(
						payment.paid >= share && payment.paid <= share + 2,
						"{id} in {order:?} got {} instead of {share}",
						payment.paid
					);
					assert_eq!(payment.paid + payment.arrears, amount);
					assert_eq!(usd(&holder(id as u32)), payment.paid);
					assert_eq!(owed(pool, id as u32), payment.arrears);
					Pools::do_try_state().unwrap();
				}
				// All that there was is paid, to the unit.
				let after = books(pool);
				assert_eq!((after.capital, after.reserved, after.exposure), (0, 0, 0));
				assert_eq!(after.totals.losses, capital);
				assert_eq!(after.arrears.outstanding, reserved - capital);
			});
		}
		assert_eq!(orders, 24);
	});
}

#[test]
fn a_claim_in_pieces_gets_no_more_when_the_pool_cannot_pay_all() {
	build_and_execute(|| {
		// Two awards under two incidents on a product are paid at the ratio of one.
		let (pool, policies) = pool_with_two_groups();
		fail_both(100);
		accept(7, 0, 100);
		let whole = what_if(|| pay_all(&mut policies[0].clone(), 0));
		let mut policy = policies[0].clone();
		let first = pay(0, 0, &mut policy, 123_457, &CAROL).unwrap();
		let second = pay(7, 0, &mut policy, 400_000 - 123_457, &CAROL).unwrap();
		assert!((first.paid + second.paid).abs_diff(whole.paid) <= 1);
		assert_eq!(owed(pool, 0), first.arrears + second.arrears);
	});
}

#[test]
fn award_is_refused_when_it_is_more_than_the_allocation() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 100_000, 60);
		write(pool, 0, 300_000, 60);
		accept(1, 0, 100);
		for award in [100_001, MAX_AMOUNT, Balance::MAX] {
			assert_noop!(
				pay(1, 1, &mut policy, award, &CAROL),
				Error::<Test>::UnknownAllocation
			);
		}
		pay(1, 1, &mut policy, 99_999, &CAROL).unwrap();
		assert_noop!(
			pay(1, 1, &mut policy, 2, &CAROL),
			Error::<Test>::UnknownAllocation
		);
		pay(1, 1, &mut policy, 1, &CAROL).unwrap();
		// An allocation that the pool does not have, or not any more.
		let none = Policy {
			term: term(33),
			..told_with(&policy, 100_000)
		};
		assert_noop!(
			pay(1, 1, &mut none.clone(), 1, &CAROL),
			Error::<Test>::UnknownAllocation
		);
		let more = told_with(&policy, 300_001);
		assert_noop!(
			pay(1, 1, &mut more.clone(), 300_001, &CAROL),
			Error::<Test>::UnknownAllocation
		);
	});
}

/// The policy as somebody would tell it who has an interest in another amount.
fn told_with(policy: &Policy, amount: Balance) -> Policy {
	Policy {
		allocation: Allocation {
			amount,
			..policy.allocation
		},
		..policy.clone()
	}
}

#[test]
fn award_of_nothing_changes_no_sum_when_it_is_paid() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 100_000, 60);
		accept(1, 0, 100);
		let before = sums(pool);
		assert_eq!(pay(1, 1, &mut policy, 0, &CAROL), Ok(Payment::default()));
		assert_eq!(sums(pool), before);
		assert_eq!(owed(pool, 1), 0);
	});
}

#[test]
fn payout_goes_on_when_the_pool_slept_longer_than_one_call_settles() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50), (1, 50)]);
		let mut long = write(pool, 0, 200_000, 300);
		// Over long ago, with a claim window that is over too, on a day that nobody has walked to.
		let mut short = write(pool, 0, 100_000, 28);
		write(pool, 1, 100_000, 40);
		let begun = now();
		pass(150 * DAY);
		freeze(0);
		accept(1, 0, 50);
		thaw(0);
		assert_eq!(books(pool).settled_at, begun);
		assert_eq!(books(pool).reserved, 150_000);

		let payment = pay(1, 1, &mut long, 100_000, &CAROL).unwrap();
		assert_eq!(payment.paid, 100_000);
		let settled = books(pool).settled_at;
		assert!(settled > begun && settled < now(), "a part of the way");
		Pools::do_try_state().unwrap();
		assert!(short.term.end + RELEASED > settled);
		assert_eq!(pay(1, 2, &mut short, 50_000, &CAROL).unwrap().paid, 50_000);
		Pools::do_try_state().unwrap();
		settle(pool);
		// What was not paid of the short one waits for the end of the incident.
		assert_eq!((line(pool, 0).exposure, line(pool, 0).matured), (150_000, 50_000));
		assert_eq!(line(pool, 1).exposure, 0);
		close(1, 0);
		assert_eq!(
			(line(pool, 0).exposure, books(pool).exposure, books(pool).reserved),
			(100_000, 100_000, 0)
		);
	});
}

#[test]
fn everything_about_a_loss_goes_on_when_the_pool_is_not_settled() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		write(pool, 2, 1_000, 365);
		pass(40 * DAY);
		settle(pool);
		assert_ok!(Pools::distribute(signed(ALICE), pool));
		let begun = now();
		pass(100 * DAY);
		fail_both(100);
		assert_eq!(books(pool).settled_at, begun);
		// The first claim finds the books 32 days on; the next one 64.
		let first = pay_all(&mut policies[0], 0);
		assert!(first.arrears > 0);
		Pools::do_try_state().unwrap();
		let reserve = Reserves::<Test>::get(USD);
		assert!(reserve > 0);
		assert_ok!(Pools::draw_reserve(RuntimeOrigin::root(), pool, reserve));
		assert!(books(pool).settled_at < now());
		assert!(pull(pool, 0, &CAROL).unwrap() >= reserve);
		Pools::do_try_state().unwrap();
		close(0, 0);
		close(1, 1);
		settle(pool);
	});
}

// ---------------------------------------------------------------------------------------------- Closing

#[test]
fn close_frees_what_is_left_when_not_all_was_claimed() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 200_000, 60);
		write(pool, 0, 100_000, 60);
		accept(1, 0, 50);
		assert_eq!(books(pool).reserved, 150_000);
		pay(1, 1, &mut policy, 60_000, &CAROL).unwrap();
		assert_eq!(books(pool).reserved, 90_000);
		close(1, 0);
		System::assert_has_event(
			Event::Freed {
				incident: 1,
				pool,
				amount: 90_000,
			}
			.into(),
		);
		assert_eq!((books(pool).reserved, books(pool).exposure), (0, 240_000));
		assert_eq!(Groups::<Test>::get(pool, 0), 240_000);
		assert_eq!((line(pool, 0).shares, line(pool, 0).incidents), (0, 0));
		// Kept for those who recover something later.
		assert_eq!(
			loss(1, pool),
			Loss {
				product: 0,
				share: books(pool).share,
				reserved: 0,
				paid: 60_000,
				arrears: 0,
				is_closed: true,
			}
		);
		assert_ok!(try_write(pool, 0, 1_000, 30).map(|_| ()));
	});
}

#[test]
fn awards_take_what_is_there_when_they_are_more_than_was_set_aside() {
	build_and_execute(|| {
		// Claims never award more than the verdict; if they did, the pool's sums would still hold.
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 200_000, 60);
		accept(1, 0, 10);
		assert_eq!(pay(1, 1, &mut policy, 150_000, &CAROL).unwrap().paid, 150_000);
		assert_eq!(
			(line(pool, 0).shares, books(pool).reserved, books(pool).exposure),
			(0, 0, 50_000)
		);
		close(1, 0);
		assert_eq!(line(pool, 0).exposure, 50_000);
	});
}

// ---------------------------------------------------------------------------------------------- Arrears

/// What can be pulled for each of the four policies.
fn pullable(pool: PoolId) -> [Balance; 4] {
	[0, 1, 2, 3].map(|id| what_if(|| pull(pool, id, &CAROL).unwrap()))
}

/// Each debt got its part of what was served, rounded down by less than a unit for what is outstanding of it.
fn assert_shared(pool: PoolId, debts: [Balance; 4], served: Balance) {
	let all: Balance = debts.iter().sum();
	for (debt, got) in debts.iter().zip(pullable(pool)) {
		let share = debt * served / all;
		assert!(got == share || got + 1 == share, "{got} of {share}");
	}
}

#[test]
fn arrears_are_served_when_premium_is_earned() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		fail_both(100);
		for (id, policy) in policies.iter_mut().enumerate() {
			pay_all(policy, id as u32);
		}
		let debts = [0, 1, 2, 3].map(|id| owed(pool, id));
		let before = books(pool);
		assert_eq!(before.arrears.fund, 0);
		// The premium of the policies that failed is still earned, a day's worth at a time.
		let unearned = |at: Seconds| {
			let scaled: u128 = policies
				.iter()
				.map(|policy| policy.allocation.rate * u128::from(policy.term.end - at))
				.sum();
			scaled >> 32
		};
		let mut sums = [0; 4];
		let mut at = now();
		let until = at + 20 * DAY;
		while at < until {
			let next = ((at / DAY + 1) * DAY).min(until);
			for (sum, part) in sums.iter_mut().zip(parts(unearned(at) - unearned(next), 0)) {
				*sum += part;
			}
			at = next;
		}
		set_time(until);
		settle(pool);
		let after = books(pool);
		assert!(sums[3] > 1_000);
		assert_eq!((after.capital, after.arrears.fund), (0, sums[3]));
		assert_eq!(after.totals.to_arrears, sums[3]);
		assert_eq!(before.arrears.outstanding - after.arrears.outstanding, sums[3]);
		assert_eq!(after.cuts.reserve - before.cuts.reserve, sums[0]);
		assert_shared(pool, debts, sums[3]);
		assert_noop!(
			with_storage_layer(|| Pools::deposit(signed(BOB), pool, 1_000, 0, None))
				.map_err(|error| error.error),
			Error::<Test>::PoolInArrears
		);
	});
}

#[test]
fn premium_beyond_arrears_is_capital_again_when_all_is_served() {
	build_and_execute(|| {
		let (pool, _) = pool_in_arrears();
		let outstanding = books(pool).arrears.outstanding;
		// All but a hundred units comes from elsewhere.
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, outstanding - 100));
		pass(30 * DAY);
		settle(pool);
		let after = books(pool);
		assert_eq!((after.arrears.outstanding, after.totals.to_arrears), (0, 100));
		assert!(after.capital > 0);
		assert_eq!(after.arrears.fund, outstanding);
		assert_ok!(Pools::deposit(signed(BOB), pool, 1_000_000, 0, None));
	});
}

#[test]
fn arrears_are_served_from_capital_when_less_of_it_is_reserved() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		freeze(0);
		freeze(1);
		accept(0, 0, 100);
		thaw(0);
		// Product 1 is not judged yet, and stands beside it in full.
		let first = pay_all(&mut policies[0], 0);
		let second = pay_all(&mut policies[1], 1);
		assert!(first.arrears > 50_000);
		let before = books(pool);
		assert!(before.capital < before.reserved);
		// It was nothing: now the capital is there for those who were paid in part.
		thaw(1);
		let arrears = first.arrears + second.arrears;
		System::assert_has_event(
			Event::ArrearsServed {
				pool,
				amount: arrears,
			}
			.into(),
		);
		let after = books(pool);
		assert_eq!((after.arrears.outstanding, after.arrears.fund), (0, arrears));
		assert_eq!(after.capital, before.capital - arrears);
		for (id, payment) in [(0, first), (1, second)] {
			assert_eq!(pull(pool, id, &holder(id)), Ok(payment.arrears));
			assert_eq!(usd(&holder(id)), payment.paid + payment.arrears);
		}
		assert_eq!((owed(pool, 0), owed(pool, 1)), (0, 0));
	});
}

#[test]
fn arrears_are_served_in_part_when_the_next_verdict_frees_a_part() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		freeze(0);
		freeze(1);
		accept(0, 0, 100);
		thaw(0);
		let payment = pay_all(&mut policies[0], 0);
		accept(1, 1, 80);
		let before = books(pool);
		thaw(1);
		let after = books(pool);
		// 80 % of 650 002, and what the second policy of product 0 may still claim.
		assert_eq!(after.reserved, 520_002 + 270_001);
		let free = before.capital.saturating_sub(after.reserved);
		assert_eq!(after.arrears.fund, free.min(payment.arrears));
		assert_eq!(after.capital, before.capital - after.arrears.fund);
		// Whoever claims next gets what the first one got.
		assert!(after.capital <= after.reserved || after.arrears.outstanding == 0);
	});
}

#[test]
fn arrears_are_served_up_to_what_is_owed_when_anyone_pays_in() {
	build_and_execute(|| {
		let (pool, awards) = pool_in_arrears();
		let debts = [0, 1, 2, 3].map(|id| owed(pool, id));
		let outstanding = books(pool).arrears.outstanding;
		assert_eq!(
			outstanding,
			awards.iter().sum::<Balance>() - books(pool).totals.losses
		);
		let error = |amount| {
			with_storage_layer(|| Pools::pay_arrears(signed(BOB), pool, amount)).map_err(|error| error.error)
		};
		assert_noop!(error(0), Error::<Test>::ZeroAmount);
		let before = usd(&BOB);
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, 100_000));
		System::assert_has_event(
			Event::ArrearsServed {
				pool,
				amount: 100_000,
			}
			.into(),
		);
		assert_eq!(before - usd(&BOB), 100_000);
		assert_shared(pool, debts, 100_000);
		// Of a payment that is too large only what is owed is taken.
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, Balance::MAX));
		assert_eq!(before - usd(&BOB), outstanding);
		assert_eq!(pullable(pool), debts);
		assert_noop!(error(1), Error::<Test>::NoArrears);
	});
}

#[test]
fn reserve_pays_arrears_when_a_referendum_says_so() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		pass(60 * DAY);
		settle(pool);
		let cut = books(pool).cuts.reserve;
		assert_ok!(Pools::distribute(signed(ALICE), pool));
		// The first units seed the reserve's account.
		let reserve = cut - USD_MINIMUM;
		assert_eq!(Reserves::<Test>::get(USD), reserve);
		let draw = |origin, amount| {
			with_storage_layer(|| Pools::draw_reserve(origin, pool, amount)).map_err(|error| error.error)
		};
		let root = RuntimeOrigin::root;
		assert_noop!(draw(root(), 10), Error::<Test>::NoArrears);
		fail_both(100);
		for (id, policy) in policies.iter_mut().enumerate() {
			pay_all(policy, id as u32);
		}
		let debts = [0, 1, 2, 3].map(|id| owed(pool, id));
		assert_noop!(draw(signed(MANAGER), 10), DispatchError::BadOrigin);
		assert_noop!(draw(root(), 0), Error::<Test>::ZeroAmount);
		assert_noop!(draw(root(), reserve + 1), Error::<Test>::ReserveTooSmall);
		assert_noop!(draw(root(), Balance::MAX), Error::<Test>::ReserveTooSmall);
		let held = usd(&Pools::account(pool));
		assert_ok!(draw(root(), reserve));
		System::assert_has_event(
			Event::ReserveDrawn {
				pool,
				asset: USD,
				amount: reserve,
			}
			.into(),
		);
		assert_eq!(Reserves::<Test>::get(USD), 0);
		assert_eq!(usd(&Pools::account(pool)) - held, reserve);
		assert_eq!(usd(&Pools::reserve_account(&USD)), USD_MINIMUM);
		assert_eq!(books(pool).arrears.fund, reserve);
		assert_shared(pool, debts, reserve);
	});
}

#[test]
fn being_first_gains_nothing_when_arrears_are_served_and_pulled() {
	build_and_execute(|| {
		let (pool, _) = pool_in_arrears();
		let debts = [0, 1, 2, 3].map(|id| owed(pool, id));
		let serve = |amount| {
			assert_ok!(Pools::pay_arrears(signed(BOB), pool, amount));
		};
		// One pulls whenever there is something, another at the end, the third in between.
		let mut got = [0; 4];
		for (step, amount) in [77_777, 1, 50_000, 3, 123_456].into_iter().enumerate() {
			serve(amount);
			got[0] += pull(pool, 0, &CAROL).unwrap();
			assert_eq!(pull(pool, 0, &CAROL), Ok(0));
			if step == 2 {
				got[2] += pull(pool, 2, &CAROL).unwrap();
			}
		}
		let served = 77_777 + 1 + 50_000 + 3 + 123_456;
		for id in [3, 1, 2, 0] {
			got[id as usize] += pull(pool, id, &CAROL).unwrap();
		}
		let all: Balance = debts.iter().sum();
		for (debt, got) in debts.iter().zip(got) {
			let share = debt * served / all;
			assert!(got == share || got + 1 == share, "{got} of {share}");
		}
		// The last unit goes to whom it belongs.
		serve(Balance::MAX);
		for id in 0..4 {
			got[id as usize] += pull(pool, id, &CAROL).unwrap();
		}
		assert_eq!(got, debts);
		assert_eq!(
			(books(pool).arrears.fund, books(pool).arrears.outstanding),
			(0, 0)
		);
		assert_eq!(Debts::<Test>::iter_prefix(pool).count(), 0);
	});
}

#[test]
fn claim_order_does_not_matter_for_the_reserve_when_all_have_claimed() {
	build_and_execute(|| {
		let (pool, policies) = pool_with_two_groups();
		pass(60 * DAY);
		settle(pool);
		assert_ok!(Pools::distribute(signed(ALICE), pool));
		fail_both(100);
		let reserve = Reserves::<Test>::get(USD);
		let outcome = |order: [usize; 4]| {
			what_if(|| {
				for id in order {
					pay_all(&mut policies[id].clone(), id as u32);
				}
				assert_ok!(Pools::draw_reserve(RuntimeOrigin::root(), pool, reserve));
				for id in order {
					pull(pool, id as u32, &holder(id as u32)).unwrap();
				}
				[0, 1, 2, 3].map(|id| usd(&holder(id)))
			})
		};
		let one = outcome([0, 1, 2, 3]);
		for order in [[3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
			for (a, b) in one.iter().zip(outcome(order)) {
				assert!(a.abs_diff(b) <= 2, "{order:?}: {a} or {b}");
			}
		}
	});
}

#[test]
fn pull_reaches_whoever_is_named_when_something_was_served() {
	build_and_execute(|| {
		let (pool, _) = pool_in_arrears();
		assert_eq!(pull(pool, 0, &CAROL), Ok(0));
		assert_eq!(pull(pool, 99, &CAROL), Ok(0));
		assert_eq!(owed(pool, 99), 0);
		assert_noop!(pull(9, 0, &CAROL), Error::<Test>::UnknownPool);
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, 100_000));
		let others = [1, 2, 3].map(|id| Debts::<Test>::get(pool, id));
		let (due, before, total) = (pullable(pool)[0], usd(&CAROL), owed(pool, 0));
		assert!(due > 0);
		let fund = books(pool).arrears.fund;
		// The certificate may have another holder by now.
		assert_eq!(pull(pool, 0, &CAROL), Ok(due));
		System::assert_has_event(
			Event::ArrearsPulled {
				pool,
				policy: 0,
				amount: due,
			}
			.into(),
		);
		assert_eq!(usd(&CAROL) - before, due);
		assert_eq!(
			(owed(pool, 0), fund - books(pool).arrears.fund),
			(total - due, due)
		);
		// Nobody else's debt is touched, however many there are.
		assert_eq!([1, 2, 3].map(|id| Debts::<Test>::get(pool, id)), others);
	});
}

#[test]
fn awards_are_paid_or_owed_to_the_unit_when_everything_happens_at_once() {
	for seed in 0..20 {
		build_and_execute(|| {
			let mut random = Random(seed);
			let (pool, policies) = pool_with_two_groups();
			write(pool, 2, 1 + random.below(5_000), 365);
			let issuance = Assets::total_supply(1);
			let mut policies = policies.to_vec();
			let amounts: Vec<_> = policies.iter().map(|policy| policy.allocation.amount).collect();
			fail_both(100);
			let (mut awards, mut received) = ([0; 4], [0; 4]);
			for _ in 0..150 {
				let id = random.below(4) as usize;
				match random.below(6) {
					0 | 1 => {
						let left = policies[id].allocation.amount;
						let incident = policies[id].product;
						let award = random.below(left + 1);
						if award == 0 {
							continue;
						}
						let before = usd(&CAROL);
						let payment = pay(incident, id as u32, &mut policies[id], award, &CAROL).unwrap();
						assert_eq!(payment.paid + payment.arrears, award);
						awards[id] += award;
						// What was served of an older award comes with it.
						received[id] += usd(&CAROL) - before;
					}
					2 => {
						let amount = 1 + random.below(50_000);
						if books(pool).arrears.outstanding > 0 {
							assert_ok!(Pools::pay_arrears(signed(BOB), pool, amount));
						}
					}
					3 => {
						let before = usd(&ALICE);
						let pulled = pull(pool, id as u32, &ALICE).unwrap();
						assert_eq!(usd(&ALICE) - before, pulled);
						received[id] += pulled;
					}
					4 => {
						pass(random.below(200_000) as u64);
						settle(pool);
					}
					_ => {
						let amount = 1 + random.below(2_000);
						let _ = recover(&BOB, policies[id].product, amount);
					}
				}
				for id in 0..4 {
					assert_eq!(
						received[id] + owed(pool, id as u32),
						awards[id],
						"seed {seed}, policy {id}"
					);
					assert!(awards[id] <= amounts[id]);
				}
				assert_eq!(Assets::total_supply(1), issuance);
				Pools::do_try_state().unwrap();
			}
			assert!(awards.iter().sum::<Balance>() > 500_000);
		});
	}
}

#[test]
fn second_award_joins_the_first_ones_arrears_when_a_policy_has_some() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		fail_both(100);
		accept(5, 0, 100);
		let policy = &mut policies[0];
		let first = pay(0, 0, policy, 100_000, &CAROL).unwrap();
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, 10_000));
		let served = pullable(pool)[0];
		assert!(
			served == 10_000 || served == 9_999,
			"what is outstanding is rounded up"
		);
		let before = usd(&CAROL);
		let second = pay(5, 0, policy, 200_000, &CAROL).unwrap();
		// The old debt is brought to now, or the new one would share in what was served before it.
		assert_eq!(usd(&CAROL) - before, served + second.paid);
		assert_eq!(owed(pool, 0), first.arrears - served + second.arrears);
		assert_eq!(pullable(pool)[0], 0);
	});
}

// ---------------------------------------------------------------------------------------------- Who cannot receive

#[test]
fn one_poisoned_recipient_stops_nobody_when_losses_are_paid() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		fail_both(100);
		assert_ok!(Assets::block(signed(MANAGER), 1, CAROL));
		let before = usd(&CAROL);
		let payment = pay(0, 0, &mut policies[0], 400_000, &CAROL).unwrap();
		assert!(payment.paid > 0);
		System::assert_has_event(
			Event::PaymentDue {
				pool,
				who: CAROL,
				amount: payment.paid,
			}
			.into(),
		);
		assert_eq!(
			(usd(&CAROL), Dues::<Test>::get(pool, CAROL)),
			(before, payment.paid)
		);
		assert_eq!(books(pool).dues, payment.paid);
		for (id, policy) in (1..).zip(&mut policies[1..4]) {
			assert!(pay_all(policy, id).paid > 0);
		}
		// What is pulled waits with it.
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, 50_000));
		let pulled = pull(pool, 0, &CAROL).unwrap();
		assert!(pulled > 0);
		let due = payment.paid + pulled;
		assert_eq!(
			(
				books(pool).dues,
				Pools::report_position(pool, &CAROL).unwrap().due
			),
			(due, due)
		);
		// Nobody can collect it before it can be received, and only once.
		let collect = || with_storage_layer(|| Pools::collect_due(signed(BOB), pool, CAROL));
		assert_storage_noop!(assert!(collect().is_err()));
		assert_ok!(Assets::thaw(signed(MANAGER), 1, CAROL));
		assert_ok!(collect());
		System::assert_has_event(
			Event::DueCollected {
				pool,
				who: CAROL,
				amount: due,
			}
			.into(),
		);
		assert_eq!((usd(&CAROL), books(pool).dues), (before + due, 0));
		assert_noop!(collect(), Error::<Test>::NothingDue);
	});
}

#[test]
fn award_below_the_assets_minimum_waits_when_the_account_does_not_exist() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 100_000, 60);
		accept(1, 0, 100);
		let nobody = account(99);
		let payment = pay(1, 1, &mut policy, USD_MINIMUM - 1, &nobody).unwrap();
		assert_eq!(payment.paid, USD_MINIMUM - 1);
		assert_eq!(
			(usd(&nobody), Dues::<Test>::get(pool, &nobody)),
			(0, USD_MINIMUM - 1)
		);
		// Too little stays due; as soon as the account exists it can be had.
		assert_storage_noop!(assert!(
			with_storage_layer(|| Pools::collect_due(signed(BOB), pool, nobody.clone())).is_err()
		));
		pay(1, 1, &mut policy, 1_000, &nobody).unwrap();
		assert_eq!(usd(&nobody), 1_000);
		assert_ok!(Pools::collect_due(signed(BOB), pool, nobody.clone()));
		assert_eq!(usd(&nobody), 1_000 + USD_MINIMUM - 1);
	});
}

#[test]
fn losses_become_dues_when_the_asset_itself_is_frozen() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		fail_both(100);
		assert_ok!(Assets::freeze_asset(signed(MANAGER), 1));
		let paid: Vec<_> = policies
			.iter_mut()
			.enumerate()
			.map(|(id, policy)| pay_all(policy, id as u32).paid)
			.collect();
		assert_eq!(books(pool).dues, paid.iter().sum::<Balance>());
		Pools::do_try_state().unwrap();
		assert_ok!(Assets::thaw_asset(signed(MANAGER), 1));
		for (id, paid) in paid.iter().enumerate() {
			assert_ok!(Pools::collect_due(signed(BOB), pool, holder(id as u32)));
			assert_eq!(usd(&holder(id as u32)), *paid);
		}
		assert_eq!(books(pool).dues, 0);
		// All but its seed is gone from the pool, and the premium that is not earned yet.
		let after = books(pool);
		let kept = after.upr() + after.cuts.reserve + after.cuts.treasury;
		assert_eq!(usd(&Pools::account(pool)), kept + USD_MINIMUM);
	});
}

// ---------------------------------------------------------------------------------------------- Notices

#[test]
fn holder_is_told_of_once_when_an_award_and_arrears_are_paid() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		fail_both(100);
		Told::take();
		let first = pay(0, 0, &mut policies[0], 200_000, &CAROL).unwrap();
		assert_eq!(Told::take(), [(CAROL, USD, first.paid)]);
		for (id, policy) in (1..).zip(&mut policies[1..4]) {
			pay_all(policy, id);
		}
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, 50_000));
		Told::take();
		// What is served is told when it is paid, whoever pays it in.
		let before = usd(&CAROL);
		let served = pull(pool, 0, &CAROL).unwrap();
		assert!(served > 0);
		assert_eq!(Told::take(), [(CAROL, USD, served)]);
		assert_eq!(usd(&CAROL), before + served);
		assert_eq!(pull(pool, 0, &CAROL), Ok(0));
		assert!(Told::take().is_empty());
		// An award pulls what is served of the old debt: both are told, and nothing else.
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, 50_000));
		Told::take();
		let before = usd(&CAROL);
		pay(0, 0, &mut policies[0], 100_000, &CAROL).unwrap();
		let told = Told::take();
		assert!(told.iter().all(|(who, asset, _)| (who, asset) == (&CAROL, &USD)));
		let sum: Balance = told.iter().map(|(.., amount)| amount).sum();
		assert_eq!(usd(&CAROL), before + sum);
	});
}

#[test]
fn holder_is_told_of_when_a_due_is_collected_and_not_before() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		fail_both(100);
		assert_ok!(Assets::block(signed(MANAGER), 1, CAROL));
		Told::take();
		let paid = pay(0, 0, &mut policies[0], 400_000, &CAROL).unwrap().paid;
		assert!(paid > 0 && Told::take().is_empty());
		let collect = || with_storage_layer(|| Pools::collect_due(signed(BOB), pool, CAROL));
		assert!(collect().is_err() && Told::take().is_empty());
		assert_ok!(Assets::thaw(signed(MANAGER), 1, CAROL));
		assert_ok!(collect());
		assert_eq!(Told::take(), [(CAROL, USD, paid)]);
		assert!(collect().is_err() && Told::take().is_empty());
	});
}

#[test]
fn holder_is_told_of_when_a_premium_is_refunded() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let policy = write(pool, 0, 100_000, 60);
		// Premiums, deposits and commissions are no payments to holders.
		assert_ok!(<Pools as Underwriting<AccountId>>::pay_through(
			pool, &BUYER, &CAROL, 50
		));
		assert!(Told::take().is_empty());
		let refund = cancel(&policy).unwrap();
		assert_eq!(Told::take(), [(BUYER, USD, refund)]);
	});
}

#[test]
fn nobody_is_told_of_when_share_holders_are_paid() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		write(pool, 0, 100_000, 60);
		request(pool, ALICE, 10_000);
		set_time(now() + 20 * DAY);
		settle(pool);
		let before = usd(&ALICE);
		process(pool);
		assert!(usd(&ALICE) > before);
		assert!(Told::take().is_empty());
	});
}

#[test]
fn notices_are_weighed_where_a_due_is_collected() {
	use frame_support::dispatch::GetDispatchInfo;
	new_test_ext().execute_with(|| {
		let call = Call::<Test>::collect_due { pool: 0, who: CAROL };
		assert_eq!(
			call.get_dispatch_info().call_weight,
			<()>::collect_due() + Ear::weight(1)
		);
		assert_eq!(
			<Pools as Underwriting<AccountId>>::notice_weight(16),
			Ear::weight(16)
		);
	});
}

/// Several groups can add up to more than is ever recorded, each of them sold when there was room for it.
#[test]
fn incident_is_reserved_when_sums_are_beyond_the_largest_amount() {
	build_and_execute(|| {
		let lines = [0, 1, 2, 3, 4, 5].map(|product| (product, 100));
		assert_ok!(Assets::mint(signed(MANAGER), 1, ALICE, u128::MAX / 4));
		assert_ok!(Assets::mint(signed(MANAGER), 1, BUYER, u128::MAX / 4));
		let pool = pool_with(MAX_AMOUNT - (1 << 85), &lines);
		write(pool, 0, 1 << 89, 30);
		freeze(0);
		for product in 1..=5 {
			write(pool, product, MAX_AMOUNT / 100 * 17, 30);
		}
		let before = sums(pool);
		(1..=5).for_each(freeze);
		assert!(books(pool).reserved > MAX_AMOUNT);
		Pools::do_try_state().unwrap();
		accept(1, 5, 50);
		thaw(5);
		close(1, 5);
		(1..=4).for_each(thaw);
		let after = sums(pool);
		assert_eq!(
			(after.0.exposure, after.0.reserved, after.2),
			(before.0.exposure, before.0.reserved, before.2)
		);
		thaw(0);
		assert!(books(pool).exposure > MAX_AMOUNT);
		// What would add to them is refused.
		assert_noop!(
			try_write(pool, 1, 1, 30).map(|_| ()),
			Error::<Test>::AmountTooLarge
		);
	});
}

// ---------------------------------------------------------------------------------------------- Strained

#[test]
fn strained_pool_sells_and_lets_go_nothing_but_goes_on_when_groups_fail() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		let other = write(pool, 2, 1_000, 90);
		assert_ok!(Pools::request_withdrawal(signed(ALICE), pool, 10_000, 0));
		assert_ok!(Pools::set_line(signed(MANAGER), pool, 2, billionths(50), None));
		pass(14 * DAY);
		settle(pool);
		System::reset_events();
		freeze(0);
		System::assert_has_event(Event::Strained { pool }.into());
		let count = || {
			System::events()
				.into_iter()
				.filter(|record| {
					matches!(
						record.event,
						RuntimeEvent::Pools(Event::Strained { .. } | Event::Relieved { .. })
					)
				})
				.count()
		};
		// Once is enough.
		freeze(1);
		assert_eq!(count(), 1);
		assert!(books(pool).strained && Pools::report_pool(pool).unwrap().strained);

		assert_noop!(
			try_write(pool, 2, 1, 30).map(|_| ()),
			Error::<Test>::InsufficientCapital
		);
		fn layered<R>(
			call: impl FnOnce() -> Result<
				R,
				sp_runtime::DispatchErrorWithPostInfo<frame_support::dispatch::PostDispatchInfo>,
			>,
		) -> Result<(), DispatchError> {
			with_storage_layer(call).map(|_| ()).map_err(|error| error.error)
		}
		assert_noop!(
			layered(|| Pools::process_withdrawals(signed(BOB), pool, 8)),
			Error::<Test>::QueueStandsStill
		);
		assert_noop!(
			layered(|| Pools::withdraw_marked_down(signed(ALICE), pool, 0)),
			Error::<Test>::InsufficientCapital
		);
		assert_noop!(
			layered(|| Pools::set_line(signed(MANAGER), pool, 2, billionths(60), None)),
			Error::<Test>::InsufficientCapital
		);

		// Deposits, cancellations of what is not judged, and payouts.
		deposit(pool, BOB, 50_000);
		assert!(books(pool).strained);
		assert!(cancel(&other).unwrap() > 0);
		for product in [0, 1] {
			accept(product, product, 100);
			thaw(product);
		}
		for (id, policy) in policies.iter_mut().enumerate() {
			assert!(pay_all(policy, id as u32).paid > 0);
		}
		assert_eq!(books(pool).capital, 0);
	});
}

#[test]
fn strained_pool_is_relieved_when_it_holds_what_it_must_again() {
	build_and_execute(|| {
		let (pool, _) = pool_with_two_groups();
		freeze(0);
		let required = Pools::report_pool(pool).unwrap().required;
		let missing = required - books(pool).capital;
		System::reset_events();
		what_if(|| {
			deposit(pool, BOB, missing - 1);
			assert!(books(pool).strained);
		});
		what_if(|| {
			deposit(pool, BOB, missing);
			System::assert_has_event(Event::Relieved { pool }.into());
			assert!(!books(pool).strained);
		});
		what_if(|| {
			thaw(0);
			System::assert_has_event(Event::Relieved { pool }.into());
			assert!(!books(pool).strained);
		});
		assert!(books(pool).strained);
	});
}

#[test]
fn queue_pays_nothing_when_a_parameter_has_strained_the_pool() {
	let _defaults = Defaults;
	build_and_execute(|| {
		let (pool, policies) = pool_with_two_groups();
		assert_ok!(Pools::request_withdrawal(signed(ALICE), pool, 1_000, 0));
		pass(14 * DAY);
		PricingParameters::mutate(|p| p.rho = Perbill::from_percent(40));
		settle(pool);
		let before = books(pool);
		assert!(before.strained && before.reserved == 0);
		// The queue moves, but there is nothing for it.
		let shares = before.queue.shares;
		assert_ok!(Pools::process_withdrawals(signed(BOB), pool, 8));
		assert_eq!(
			(books(pool).queue.shares, books(pool).capital),
			(shares, before.capital)
		);
		assert_eq!(books(pool).queue.head, 0);
		// Cancelled without a fee, for capital is below what the rest of the book asks for.
		let unearned = (policies[0].allocation.rate * u128::from(policies[0].term.end - now())) >> 32;
		assert_eq!(cancel(&policies[0]), Ok(unearned));
		assert!(!books(pool).strained);
		assert_ok!(Pools::process_withdrawals(signed(BOB), pool, 8));
		assert_eq!(books(pool).queue.shares, 0);
	});
}

// ---------------------------------------------------------------------------------------------- Recoveries

#[test]
fn recovery_is_streamed_to_pools_by_what_they_paid_when_nothing_is_owed() {
	build_and_execute(|| {
		let pools = [pool_with(1_000_000, &[(0, 50)]), pool_with(2_000_000, &[(0, 50)])];
		// A pool with a line that nobody bought from gets nothing back.
		let idle = pool_with(1_000_000, &[(0, 50)]);
		let mut policies = [write(pools[0], 0, 100_000, 30), write(pools[1], 0, 200_003, 30)];
		accept(1, 0, 100);
		for (id, policy) in policies.iter_mut().enumerate() {
			let award = policy.allocation.amount;
			assert_eq!(pay(1, id as u32, policy, award, &CAROL).unwrap().paid, award);
		}
		close(1, 0);
		pass(10 * DAY);
		pools.into_iter().for_each(settle);
		let before = pools.map(books);
		let had = usd(&BOB);
		assert_ok!(recover(&BOB, 1, 90_000));
		assert_eq!(had - usd(&BOB), 90_000);
		// 90 000 in the ratio 100 000 : 200 003; the unit that both lose by rounding goes to who lost more.
		let [(first, one), (second, two)] =
			[100_000, 200_003].map(|paid: u128| (90_000 * paid / 300_003, 90_000 * paid % 300_003));
		assert_eq!(first + second + 1, 90_000);
		let parts = [first + u128::from(one > two), second + u128::from(two > one)];
		let end = (now() + 90 * DAY).div_ceil(DAY) * DAY;
		let seconds = u128::from(end - now());
		for i in 0..2 {
			let pool = books(pools[i]);
			let rate = (parts[i] << 32) / seconds;
			assert_eq!(pool.rate - before[i].rate, rate);
			assert_eq!(pool.unearned - before[i].unearned, rate * seconds);
			assert_eq!(pool.totals.recovered, parts[i]);
			System::assert_has_event(
				Event::Recovered {
					incident: 1,
					pool: pools[i],
					amount: parts[i],
				}
				.into(),
			);
		}
		assert_eq!(books(idle).totals.recovered, 0);
		Pools::do_try_state().unwrap();
		// Depositing now buys no share in what is not earned yet.
		assert!(books(pools[0]).capital - before[0].capital <= 2);
		set_time(end - DAY / 2);
		pools.into_iter().for_each(settle);
		assert!(books(pools[0]).unearned > 0);
		set_time(end);
		pools.into_iter().for_each(settle);
		for i in 0..2 {
			let pool = books(pools[i]);
			assert_eq!(pool.unearned, 0);
			let earned = pool.totals.to_reserve + pool.totals.to_treasury + pool.totals.to_capital;
			assert_eq!(earned, policies[i].premium + parts[i]);
		}
	});
}

/// A pool of a million of Alice's after a loss, paid at once or of what there was, that left it about `left`. Nothing is
/// owed or written any more.
fn pool_after_a_loss(left: Balance) -> PoolId {
	let pool = pool_with(1_000_000, &[(0, 100)]);
	let mut policy = write(pool, 0, 1_000_000, 30);
	accept(1, 0, 100);
	let award = 1_000_000 - left;
	assert_eq!(
		pay(1, 1, &mut policy, award, &CAROL).unwrap(),
		Payment {
			paid: award,
			arrears: 0
		}
	);
	close(1, 0);
	set_time(policy.term.end + RELEASED);
	settle(pool);
	assert_eq!((books(pool).exposure, books(pool).unearned), (0, 0));
	pool
}

#[test]
fn newcomer_buys_no_recovery_when_he_deposits_after_a_loss() {
	// What is left, what comes back, and what a newcomer brings.
	for (left, recovered, amount) in [
		(0, 900_000, 10_000),
		(0, 900_000, 10_000_000),
		(100_000, 900_000, 900_000),
		(500_000, 500_000, 500_000),
	] {
		build_and_execute(|| {
			let pool = pool_after_a_loss(left);
			let before = books(pool).capital;
			assert_ok!(recover(&BOB, 1, recovered));
			pass(3 * DAY / 24);
			deposit(pool, BUYER, amount);
			pass(91 * DAY);
			settle(pool);
			assert_eq!(books(pool).unearned, 0);
			let worth = |who| Pools::report_position(pool, who).unwrap().value;
			let earned = books(pool).totals.recovered * 931 / 1_000;
			let (alice, newcomer) = (worth(&ALICE), worth(&BUYER));
			assert!(
				newcomer <= amount + amount / 1_000 && newcomer >= amount - amount / 1_000,
				"{newcomer} for {amount}"
			);
			assert!(
				alice >= before + earned - earned / 1_000 - 10,
				"{alice} of {before} and {earned}"
			);
		});
	}
}

#[test]
fn newcomer_buys_no_premium_of_paid_policies_when_he_deposits_after_a_loss() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 100)]);
		let mut policy = write(pool, 0, 1_000_000, 365);
		accept(1, 0, 100);
		let award = books(pool).capital;
		assert_ok!(pay(1, 1, &mut policy, award.min(1_000_000), &CAROL));
		close(1, 0);
		// A thousandth of the supply has been earned again, and much more is to be.
		pass(20 * DAY);
		settle(pool);
		let (capital, upr) = (books(pool).capital, books(pool).upr());
		assert!(capital >= 1_000 && upr > 10 * capital, "{capital} {upr}");
		let price = Pools::report_pool(pool).unwrap().deposit_price.unwrap();
		let bought = deposit(pool, BUYER, 10_000);
		assert_eq!(price.saturating_mul_int(bought), 9_999);
		set_time(policy.term.end);
		settle(pool);
		let worth = Pools::report_position(pool, &BUYER).unwrap().value;
		// The cuts of little are rounded down, and what they leave is shared.
		assert!((9_990..=10_100).contains(&worth), "{worth}");
	});
}

#[test]
fn newcomer_shares_in_premium_as_before_when_the_pool_stands_behind_its_policies() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 100), (1, 100)]);
		write(pool, 0, 500_000, 365);
		write(pool, 1, 500_000, 365);
		let before = books(pool);
		assert!(before.upr() > 20_000);
		assert_eq!(
			deposit(pool, BUYER, 100_000),
			100_000 * before.supply / before.capital
		);
	});
}

#[test]
fn recovery_goes_to_the_reserve_when_the_pool_has_started_anew() {
	build_and_execute(|| {
		let (pool, owed) = pool_that_lost_everything();
		let incident = Losses::<Test>::iter_keys().next().unwrap().0;
		assert!(loss(incident, pool).paid > 0);
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, owed));
		deposit(pool, CAROL, 1_000);
		let before = books(pool);
		// What the old shares lost is not theirs who came after them.
		assert_ok!(recover(&BOB, incident, 50_000));
		let after = books(pool);
		assert_eq!(
			(after.unearned, after.capital, after.totals),
			(before.unearned, before.capital, before.totals)
		);
		let arrears = after.arrears.fund - before.arrears.fund;
		assert_eq!(Reserves::<Test>::get(USD), 50_000 - arrears - USD_MINIMUM);
	});
}

#[test]
fn recovery_goes_to_the_reserve_when_everybody_has_left() {
	build_and_execute(|| {
		let pool = pool_after_a_loss(500_000);
		let another = pool_with(1_000, &[]);
		request(pool, ALICE, 1_000_000);
		pass(PoolParameters::get().withdrawal_cooldown);
		process(pool);
		assert_eq!((books(pool).supply, books(pool).capital), (0, 0));
		assert_ok!(recover(&BOB, 1, 50_000));
		assert_eq!((books(pool).unearned, books(pool).totals.recovered), (0, 0));
		assert_eq!(Reserves::<Test>::get(USD), 50_000 - USD_MINIMUM);
		assert_eq!(books(another).totals.recovered, 0);
	});
}

#[test]
fn recovery_serves_arrears_first_when_pools_still_owe() {
	build_and_execute(|| {
		let (pool, awards) = pool_in_arrears();
		let arrears = loss(0, pool).arrears;
		assert_eq!(arrears, owed(pool, 0) + owed(pool, 1));
		let before = books(pool);
		assert_ok!(recover(&BOB, 0, arrears / 2));
		let after = books(pool);
		assert_eq!(after.arrears.fund, arrears / 2);
		assert_eq!((after.rate, after.totals.recovered), (before.rate, 0));
		assert_eq!(loss(0, pool).arrears, arrears - arrears / 2);
		System::assert_has_event(
			Event::ArrearsServed {
				pool,
				amount: arrears / 2,
			}
			.into(),
		);
		// The rest of what this incident left unpaid, and a thousand for share holders.
		assert_ok!(recover(&BOB, 0, arrears - arrears / 2 + 1_000));
		let after = books(pool);
		assert_eq!(after.arrears.fund, arrears);
		assert_eq!(after.totals.recovered, 1_000);
		assert_eq!(loss(0, pool).arrears, 0);
		assert_ok!(recover(&BOB, 0, 500));
		assert_eq!(books(pool).totals.recovered, 1_500);
		let received: Balance = (0..4).map(|id| usd(&holder(id)) + owed(pool, id)).sum();
		assert_eq!(received, awards.iter().sum::<Balance>());
	});
}

#[test]
fn recovery_serves_no_more_arrears_than_are_left_when_others_served_them() {
	build_and_execute(|| {
		let (pool, _) = pool_in_arrears();
		let arrears = loss(0, pool).arrears;
		let outstanding = books(pool).arrears.outstanding;
		assert_ok!(Pools::pay_arrears(signed(BOB), pool, outstanding - 10));
		let had = usd(&BOB);
		assert_ok!(recover(&BOB, 0, arrears));
		assert_eq!(had - usd(&BOB), arrears);
		let after = books(pool);
		assert_eq!(
			(after.arrears.outstanding, after.totals.recovered),
			(0, arrears - 10)
		);
	});
}

#[test]
fn recovery_counts_what_pools_paid_themselves_when_it_served_their_arrears() {
	build_and_execute(|| {
		// Both stand behind 100 000 of product 0; another group fails at the same time, which one of them cannot bear.
		let sound = pool_with(1_000_000, &[(0, 50)]);
		let weak = pool_with(150_000, &[(0, 100), (1, 100)]);
		let mut policies = [write(sound, 0, 100_000, 30), write(weak, 0, 100_000, 30)];
		write(weak, 1, 100_000, 30);
		freeze(0);
		freeze(1);
		accept(1, 0, 100);
		thaw(0);
		let [full, part] = [0, 1].map(|id| pay(1, id as u32, &mut policies[id], 100_000, &CAROL).unwrap());
		assert_eq!(full.arrears, 0);
		assert!(part.arrears > 20_000 && part.paid > 70_000);
		// What the weak one never paid is not its loss: it gets back by what it did pay.
		assert_ok!(recover(&BOB, 1, part.arrears + 10_000));
		assert_eq!(books(weak).arrears.outstanding, 0);
		let back = [sound, weak].map(|pool| books(pool).totals.recovered);
		assert_eq!(back.iter().sum::<Balance>(), 10_000);
		let share = 10_000 * 100_000 / (100_000 + part.paid);
		assert!(back[0] == share || back[0] == share + 1, "{back:?}");
		// And again, when nothing is owed any more.
		assert_ok!(recover(&BOB, 1, 10_000));
		let again = [sound, weak].map(|pool| books(pool).totals.recovered);
		assert_eq!(again[0], 2 * back[0]);
	});
}

#[test]
fn recovery_serves_the_arrears_of_every_pool_in_proportion_when_it_is_small() {
	build_and_execute(|| {
		let pools = [120_000, 500_000].map(|capital| pool_with(capital, &[(0, 100), (1, 100)]));
		let mut policies = pools.map(|pool| {
			let written = books(pool).capital * 2 / 3;
			write(pool, 1, written, 60);
			write(pool, 0, written, 60)
		});
		freeze(0);
		freeze(1);
		accept(1, 0, 100);
		thaw(0);
		let arrears = [0, 1].map(|id| {
			let award = policies[id].allocation.amount;
			pay(1, id as u32, &mut policies[id], award, &holder(id as u32))
				.unwrap()
				.arrears
		});
		let all = arrears[0] + arrears[1];
		assert!(arrears[0] > 10_000 && arrears[1] > 4 * arrears[0]);
		assert_ok!(recover(&BOB, 1, 10_000));
		let funds = pools.map(|pool| books(pool).arrears.fund);
		assert_eq!(funds[0] + funds[1], 10_000);
		for (fund, arrears) in funds.iter().zip(arrears) {
			assert!((arrears * 10_000 / all..=(arrears * 10_000).div_ceil(all)).contains(fund));
		}
		assert_eq!(pools.map(|pool| books(pool).totals.recovered), [0, 0]);
	});
}

#[test]
fn recovery_beyond_arrears_is_taken_when_the_pool_could_pay_nothing_itself() {
	build_and_execute(|| {
		let (pool, mut policies) = pool_with_two_groups();
		let mut last = write(pool, 2, 1_000, 90);
		fail_both(100);
		for (id, policy) in policies.iter_mut().enumerate() {
			pay_all(policy, id as u32);
		}
		assert_eq!(books(pool).capital, 0);
		accept(9, 2, 100);
		assert_eq!(
			pay(9, 50, &mut last, 1_000, &CAROL),
			Ok(Payment {
				paid: 0,
				arrears: 1_000
			})
		);
		assert_ok!(recover(&BOB, 9, 1_777));
		assert_eq!(
			loss(9, pool),
			Loss {
				product: 2,
				share: books(pool).share,
				reserved: 0,
				paid: 0,
				arrears: 0,
				is_closed: false,
			}
		);
		assert_eq!(
			(books(pool).arrears.fund, books(pool).totals.recovered),
			(1_000, 777)
		);
		// Now it has lost nothing by this incident that could come back.
		assert_noop!(recover(&BOB, 9, 1), Error::<Test>::NothingToRecover);
	});
}

#[test]
fn recovery_is_refused_when_there_is_nothing_to_recover() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 100_000, 60);
		assert_noop!(recover(&BOB, 1, 0), Error::<Test>::ZeroAmount);
		assert_noop!(recover(&BOB, 1, MAX_AMOUNT + 1), Error::<Test>::AmountTooLarge);
		assert_noop!(recover(&BOB, 1, Balance::MAX), Error::<Test>::AmountTooLarge);
		assert_noop!(recover(&BOB, 1, 1_000), Error::<Test>::NothingToRecover);
		accept(1, 0, 100);
		assert_noop!(recover(&BOB, 1, 1_000), Error::<Test>::NothingToRecover);
		pay(1, 1, &mut policy, 50_000, &CAROL).unwrap();
		// In another asset nobody paid.
		assert_noop!(
			with_storage_layer(|| {
				<Pools as Reserving<AccountId>>::recover(&BOB, 1, &AssetId::Native, 1_000)
			}),
			Error::<Test>::NothingToRecover
		);
		let poor = account(98);
		assert_storage_noop!(assert!(recover(&poor, 1, 1_000).is_err()));
		assert_ok!(recover(&BOB, 1, 1_000));
	});
}

#[test]
fn recovery_goes_to_pools_of_its_asset_when_pools_of_two_assets_paid() {
	build_and_execute(|| {
		let dollars = pool_with(1_000_000, &[(0, 50)]);
		let natives = NextPool::<Test>::get();
		assert_ok!(Pools::create(signed(MANAGER), AssetId::Native, 0));
		set_line(natives, 0, 50);
		deposit(natives, ALICE, 1_000_000);
		let mut policies = [write(dollars, 0, 100_000, 60), write(natives, 0, 100_000, 60)];
		accept(1, 0, 100);
		for (id, policy) in policies.iter_mut().enumerate() {
			let before = (usd(&CAROL), native(&CAROL));
			pay(1, id as u32, policy, 50_000, &CAROL).unwrap();
			let gained = (usd(&CAROL) - before.0, native(&CAROL) - before.1);
			assert_eq!(gained, if id == 0 { (50_000, 0) } else { (0, 50_000) });
		}
		assert_ok!(with_storage_layer(|| {
			<Pools as Reserving<AccountId>>::recover(&BOB, 1, &AssetId::Native, 7_000)
		}));
		assert_eq!(
			[dollars, natives].map(|pool| books(pool).totals.recovered),
			[0, 7_000]
		);
	});
}

#[test]
fn recovery_waits_for_settlement_when_a_pool_slept_longer_than_one_call_settles() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 100_000, 300);
		accept(1, 0, 100);
		pay(1, 1, &mut policy, 50_000, &CAROL).unwrap();
		pass(40 * DAY);
		// A stream that began before its time would end with premium that nobody paid.
		assert_noop!(recover(&BOB, 1, 9_000), Error::<Test>::PoolNotSettled);
		settle(pool);
		assert_ok!(recover(&BOB, 1, 9_000));
		Pools::do_try_state().unwrap();
		close(1, 0);
		pass(400 * DAY);
		settle(pool);
		let after = books(pool);
		assert_eq!((after.rate, after.unearned), (0, 0));
		assert_eq!(
			after.totals.to_reserve + after.totals.to_treasury + after.totals.to_capital,
			policy.premium + 9_000
		);
	});
}

#[test]
fn incident_is_closed_once_and_for_all_when_another_is_open() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let policy = write(pool, 0, 100_000, 60);
		accept(1, 0, 10);
		accept(2, 0, 20);
		close(1, 0);
		assert_noop!(try_close(1, 0), Error::<Test>::IncidentClosed);
		assert_noop!(
			pay(1, 1, &mut policy.clone(), 10, &CAROL),
			Error::<Test>::IncidentClosed
		);
		assert_eq!(books(pool).reserved, 20_000);
		assert!(line(pool, 0).is_stopped());
		close(2, 0);
		assert_eq!(books(pool).reserved, 0);
	});
}

#[test]
fn nothing_is_paid_or_closed_when_the_incident_was_on_another_product() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50), (1, 50)]);
		let mut other = write(pool, 1, 50_000, 30);
		write(pool, 0, 50_000, 30);
		accept(1, 0, 50);
		accept(2, 1, 50);
		assert_noop!(
			pay(1, 7, &mut other, 10_000, &BOB),
			Error::<Test>::UnknownIncident
		);
		assert_noop!(try_close(1, 1), Error::<Test>::UnknownIncident);
		assert_ok!(try_close(1, 0));
		assert_ok!(try_close(2, 1));
	});
}
