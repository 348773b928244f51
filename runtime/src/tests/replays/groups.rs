//! Two products that have nothing in common fail on the same day, and there is capital for one.

use super::*;
use frame_support::assert_ok;
use lutine_primitives::insurance::Underwriting;
use pallet_claims::ClaimState;
use std::collections::BTreeMap;

/// What each of the holders of each product insures.
const AMOUNT: Balance = 120_000 * DOLLAR;
const HOLDERS: u32 = 5;
const CAPITAL: Balance = 1_000_000 * DOLLAR;

/// A policy: the product that it insures, and which of its holders has it.
type Key = (u32, u32);

/// What holders were paid at once, what they were owed, and what they had after part of it was recovered, in an order of
/// claims.
fn disaster(order: &[Key]) -> BTreeMap<Key, [Balance; 3]> {
	let mut outcome = BTreeMap::new();
	tell(date(2024, 1, 1), || {
		let pool = open_pool();
		let products = [0, 1].map(|number| {
			register(11 + number, &format!("Group {number}"));
			let conditions = conditions(CAPITAL, 0);
			let name = format!("Product {number}");
			let product = list(
				&name,
				RiskClass::Lending,
				11 + number,
				Trigger::Assessed,
				conditions,
			);
			assert_ok!(set_line(pool, product, 70));
			product
		});
		deposit(pool, CAPITAL);
		let holder = |(product, number): Key| person("holder", product * HOLDERS + number);
		let mut policies = BTreeMap::new();
		for key in order {
			let product = products[key.0 as usize];
			policies.insert(*key, buy(&holder(*key), product, AMOUNT, 90 * DAY).unwrap().0);
		}
		check_invariants();

		at(date(2024, 2, 1));
		let incidents = products.map(|product| report(product, now() - HOUR));
		judge(&incidents.map(|(_, case)| (case, 100)));
		check_invariants();
		let before = Pools::report_pool(pool).unwrap();
		assert_eq!(before.reserved, 2 * HOLDERS as Balance * AMOUNT);
		assert!(before.strained && before.capital < before.reserved);

		// All are decided in the same second, in this order.
		let cases: Vec<_> = order
			.iter()
			.map(|key| {
				let (incident, _) = incidents[key.0 as usize];
				let case = file(&holder(*key), incident, policies[key], AMOUNT).unwrap();
				(case, 100)
			})
			.collect();
		// Where nobody had for more than a month, one call could not: what it earned then would serve the first claim only.
		settle(pool);
		judge(&cases);
		check_invariants();
		let mut sum = [0, 0];
		for key in order {
			let (incident, _) = incidents[key.0 as usize];
			let claim = pallet_claims::Claims::<Runtime>::get(incident, policies[key]).unwrap();
			let ClaimState::Paid { paid, arrears, .. } = claim.state else {
				panic!("{claim:?}");
			};
			assert_eq!(paid + arrears, AMOUNT);
			assert_eq!(received(&holder(*key)), paid);
			outcome.insert(*key, [paid, arrears, 0]);
			sum = [sum[0] + paid, sum[1] + arrears];
		}
		// All the capital there was went to them.
		let after = Pools::report_pool(pool).unwrap();
		assert!(after.capital < 10 && after.arrears == sum[1], "{after:?}");
		assert_eq!(after.totals.losses, sum[0]);

		// Money that comes back after one of the two serves what the pool owes to all. Share holders get none of it.
		let pull = || {
			for policy in policies.values() {
				let keeper = person("keeper", 0);
				call(&keeper, pallet_cover::Call::pull_arrears { policy: *policy });
			}
		};
		let recovers = |amount| {
			let finder = person("finder", 0);
			fund(&finder, amount);
			let recover = pallet_claims::Call::recover {
				incident: incidents[0].0,
				asset: USD,
				amount,
			};
			call(&finder, recover);
			pull();
			check_invariants();
		};
		let half = sum[1] / 4;
		recovers(half);
		for (key, [.., recovered]) in &mut outcome {
			*recovered = received(&holder(*key));
		}
		let served: Balance = outcome.values().map(|[paid, _, now]| now - paid).sum();
		assert!(served <= half && half - served < 20, "{served} of {half}");
		let now = Pools::report_pool(pool).unwrap();
		assert_eq!(
			(now.capital, now.totals.recovered),
			(after.capital, 0),
			"nothing is left for share holders"
		);

		// What its own recoveries are owed first is served; the rest of it is the pool's, over time.
		recovers(CAPITAL);
		let left = Pools::report_pool(pool).unwrap().arrears;
		if left > 0 {
			let giver = person("giver", 0);
			fund(&giver, left);
			call(&giver, pallet_pools::Call::pay_arrears { pool, amount: left });
			pull();
		}
		assert!(Pools::report_pool(pool).unwrap().totals.recovered > 0);
		for key in order {
			assert_eq!(
				received(&holder(*key)),
				AMOUNT,
				"everybody has everything in the end"
			);
		}
		assert_eq!(Pools::report_pool(pool).unwrap().arrears, 0);
		assert_eq!(
			<Pools as Underwriting<AccountId>>::exposure(products[0], &USD),
			0,
			"what was awarded is stood behind no more"
		);
	});
	outcome
}

#[test]
fn two_groups_fail_at_once() {
	let both = |number| [(0, number), (1, number)];
	let in_turns: Vec<Key> = (0..HOLDERS).flat_map(both).collect();
	let mut one_first = in_turns.clone();
	one_first.sort();
	let mut other_first = one_first.clone();
	other_first.reverse();

	let expected = disaster(&one_first);
	let [paid, arrears, recovered] = expected[&(0, 0)];
	println!(
		"two groups, capital for one: each of {} is paid {:.4} of the award at once, {:.4} after a recovery",
		expected.len(),
		paid as f64 / AMOUNT as f64,
		recovered as f64 / AMOUNT as f64,
	);
	assert!(paid > AMOUNT * 8 / 10 && arrears > 0);
	for order in [one_first, other_first, in_turns] {
		for (key, outcome) in disaster(&order) {
			for (now, first) in outcome.iter().zip(&expected[&(0, 0)]) {
				// A unit for each payment before, which are rounded down in the pool's favour.
				assert!(
					now.abs_diff(*first) <= 10,
					"{key:?} in {order:?}: {outcome:?}, and not {expected:?}"
				);
			}
		}
	}
}
