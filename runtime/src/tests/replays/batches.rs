//! One incident that a feed proves hits every policy of a product.

use super::*;
use crate::configs::system::RuntimeBlockWeights;
use frame_support::{
	assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::Weight,
};
use pallet_claims::{ClaimState, IncidentState, Payout};
use std::time::{Duration, Instant};

const AMOUNT: Balance = 1_000 * DOLLAR;

/// Prints how many blocks it takes to pay all. `LUTINE_POLICIES` says how many policies there are: ten thousand where it
/// does not.
#[test]
fn batch_pays_each_policy_once_when_thousands_are_hit() {
	let policies: u32 = std::env::var("LUTINE_POLICIES").map_or(10_000, |count| count.parse().unwrap());
	let all = Balance::from(policies) * AMOUNT;
	tell(date(2024, 1, 1), || {
		register(11, "Pegged");
		let trigger = Trigger::Parametric {
			feed: depeg::FEED,
			averaging: 1,
			observation: 1,
			table: vec![(FixedU128::from_rational(9, 10), 100)].try_into().unwrap(),
		};
		let product = list("Pegged", RiskClass::Stablecoin, 11, trigger, conditions(all, all));
		let pool = open_pool();
		assert_ok!(set_line(pool, product, 100));
		deposit(pool, 2 * all);
		let one = FixedU128::from_u32(1);
		depeg::feed(one);
		let holder = |number| person("holder", number);
		for number in 0..policies {
			buy(&holder(number), product, AMOUNT, 60 * DAY).unwrap();
			// No block has the events of so many.
			forget_events();
		}
		check_invariants();

		let (down, proven) = (date(2024, 1, 10), date(2024, 1, 11));
		depeg::live(down, |_| one);
		depeg::live(proven + DAY, |_| FixedU128::from_rational(1, 2));
		let keeper = person("keeper", 0);
		let incident = pallet_claims::NextIncident::<Runtime>::get();
		call(&keeper, pallet_claims::Call::trigger { product });
		depeg::live(proven + 2 * DAY, |_| FixedU128::from_rational(1, 2));
		settle(pool);
		call(&keeper, pallet_claims::Call::poke_incident { incident });
		check_invariants();

		// As many as one transaction may pay, and one transaction a block: two do not fit.
		let limits = RuntimeBlockWeights::get();
		let most = limits.get(DispatchClass::Normal).max_extrinsic.unwrap();
		let page = |most| RuntimeCall::from(pallet_claims::Call::pay_batch { incident, most });
		let weight = |page: &RuntimeCall| page.get_dispatch_info().call_weight;
		let size = (1..=policies)
			.rev()
			.find(|size| weight(&page(*size)).all_lte(most))
			.unwrap();
		let (mut blocks, mut used, mut time, mut longest) =
			(0, Weight::zero(), Duration::ZERO, Duration::ZERO);
		let is_done = || {
			let state = pallet_claims::Incidents::<Runtime>::get(incident).unwrap().state;
			!matches!(
				state,
				IncidentState::Accepted {
					payout: Payout::Batch { .. },
					..
				}
			)
		};
		while !is_done() {
			let call = page(size);
			let begun = Instant::now();
			let outcome = call.dispatch(RuntimeOrigin::signed(keeper.clone())).unwrap();
			let elapsed = begun.elapsed();
			forget_events();
			blocks += 1;
			used += outcome.actual_weight.unwrap();
			time += elapsed;
			longest = longest.max(elapsed);
		}
		check_invariants();
		println!(
			"{policies} policies: {blocks} blocks by weight, {size} in each, {} ms of execution, at most {} ms in a block; \
			 a block's transactions may take {} ms, and these take {} ms of weight in all",
			time.as_millis(),
			longest.as_millis(),
			most.ref_time() / 1_000_000_000,
			used.ref_time() / 1_000_000_000,
		);

		for number in 0..policies {
			assert_eq!(received(&holder(number)), AMOUNT, "each once");
		}
		let mut claims = 0;
		for (_, claim) in pallet_claims::Claims::<Runtime>::iter_prefix(incident) {
			claims += 1;
			let verdict = 100;
			let paid = ClaimState::Paid {
				verdict,
				paid: AMOUNT,
				arrears: 0,
			};
			assert_eq!(claim.state, paid);
		}
		assert_eq!(claims, policies);
		assert_eq!(Pools::report_pool(pool).unwrap().totals.losses, all);
		let again = attempt(&keeper, page(size));
		assert_eq!(again, Err(pallet_claims::Error::<Runtime>::NothingToPay.into()));
		call(&keeper, pallet_claims::Call::poke_incident { incident });
	});
}
