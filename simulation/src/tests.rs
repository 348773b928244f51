//! The markets are what they are said to be.

use crate::{
	chain::Chain,
	ledger::{Ledger, Rules},
	market::{Investor, Market},
	scenario::{self, Assumptions, CAPITAL, DOLLAR, Failure, Frequency, OVER, POOLS, Purchase, Scenario},
	world::{self, Outcome},
};
use lutine_primitives::Balance;

/// A world in which everybody buys `amount` of product 0 on the first day and it fails on the thirtieth.
fn one_failure(amount: Balance, percent: u8) -> Scenario {
	let mut scenario = Scenario {
		purchases: vec![vec![]; OVER as usize],
		..Default::default()
	};
	scenario.purchases[0].push(Purchase {
		product: 0,
		amount,
		days: 90,
		most: None,
	});
	scenario.failures.push(Failure {
		product: 0,
		day: 30,
		percent,
		recovered: None,
	});
	scenario
}

fn on_both(scenario: &Scenario) -> Outcome {
	let on_chain = Chain::run(|chain| world::run(chain, scenario));
	let in_memory = world::run(&mut Ledger::new(Rules::CHAIN), scenario);
	assert_eq!(on_chain, in_memory);
	on_chain
}

#[test]
fn loss_is_the_cover_times_the_verdict_when_one_thing_fails() {
	let amount = 3_000_000 * DOLLAR;
	let outcome = on_both(&one_failure(amount, 60));
	assert_eq!(outcome.cover, [amount; 2]);
	assert_eq!(
		(outcome.awards[0], outcome.at_once),
		(amount * 60 / 100, amount * 60 / 100)
	);
	assert!(!outcome.is_ruined());
	let losses: Balance = outcome.pools.iter().map(|pool| pool.books.losses).sum();
	assert_eq!(losses, outcome.awards[0]);
	// What underwriters lost is that, less what they keep of premium.
	let kept = outcome.premium[0] as f64 * 0.95 * 0.98 * 0.9;
	let gained: i128 = outcome
		.pools
		.iter()
		.flat_map(|pool| pool.gains)
		.map(|(_, gain)| gain)
		.sum();
	let expected = kept - outcome.awards[0] as f64;
	assert!(
		(gained as f64 - expected).abs() < 1_000.0,
		"{gained} instead of {expected}"
	);
}

#[test]
fn nothing_is_paid_when_cover_began_too_late() {
	let mut scenario = one_failure(1_000_000 * DOLLAR, 100);
	scenario.failures[0].day = 6;
	assert_eq!(on_both(&scenario).awards, [0, 0]);
}

#[test]
fn ledger_comes_to_what_the_runtime_comes_to_when_a_year_is_random() {
	let assumptions = Assumptions {
		purchases: 150.0,
		..Assumptions::at(Frequency::Priced(4.0))
	};
	let scenario = Scenario::draw(7, &assumptions);
	let first = on_both(&scenario);
	let again = on_both(&Scenario::draw(7, &assumptions));
	assert_eq!(first, again, "a seed is a world");
	assert!(first.incidents > 0 && first.awards[0] > 0);
	let other = Scenario::draw(8, &assumptions);
	assert_ne!(world::run(&mut Ledger::new(Rules::CHAIN), &other), first);
}

#[test]
fn as_much_fails_as_is_assumed_when_failures_take_others_with_them() {
	let products = scenario::products();
	for (frequency, times) in [(Frequency::Priced(1.0), 1.0), (Frequency::Together(1.0), 1.0)] {
		let worlds = 3_000;
		let lost: f64 = (0..worlds)
			.flat_map(|seed| Scenario::draw(seed, &Assumptions::at(frequency)).failures)
			.map(|failure| f64::from(failure.percent) / 100.0)
			.sum();
		let years = worlds as f64 * f64::from(OVER - 1) / 365.25;
		let assumed: f64 = products
			.iter()
			.map(|product| product.probability.to_float())
			.sum();
		// A product that has just failed is left alone for some time.
		let part = lost / years / assumed / times;
		assert!((0.9..1.1).contains(&part), "{part} of what is assumed");
	}
}

#[test]
fn gate_refuses_what_the_market_without_it_sells() {
	// All that all pools would write on one product is more than any of them can bear on five.
	let mut scenario = one_failure(12_000_000 * DOLLAR, 100);
	for product in 0..24 {
		let purchase = Purchase {
			product,
			..scenario.purchases[0][0].clone()
		};
		scenario.purchases[1].push(purchase);
	}
	let gated = on_both(&scenario);
	let ungated = world::run(&mut Ledger::new(Rules::UNGATED), &scenario);
	assert!(ungated.cover[1] > 2 * gated.cover[1]);
	for pool in &gated.pools {
		assert!(pool.required_days <= pool.capital_days);
	}
	assert!(
		ungated
			.pools
			.iter()
			.any(|pool| pool.required_days > pool.capital_days)
	);
}

#[test]
fn gate_lets_nobody_go_who_is_needed() {
	let mut market = Ledger::new(Rules::CHAIN);
	let (pool, amount) = (5, CAPITAL[0] + CAPITAL[1]);
	while let Some(quote) = market.quote(0, 5_000_000 * DOLLAR, 90) {
		market.buy(0, &quote);
	}
	for who in [Investor::Loyal, Investor::Nervous] {
		market.request(pool, who);
	}
	market.go_to(20);
	assert!(market.process(pool), "somebody waits");
	let books = market.books(pool);
	assert!(books.required > 0 && books.capital < amount);
	assert!(books.capital - books.required <= 1, "all that is free has left");
	assert_eq!(POOLS.len(), 6);
}
