//! Buying and quoting: what is paid, by whom and to whom.

use super::*;
use frame_support::assert_noop;
use sp_runtime::FixedPointNumber;

fn quote(product: ProductId, amount: Balance) -> Quote {
	Cover::report_quote(product, &USD, amount, 30 * DAY).unwrap()
}

/// The order that a quote tells a buyer to submit, at its price.
fn as_quoted(quote: &Quote) -> OrderOf<Test> {
	Order {
		parts: quote.parts.clone().try_into().unwrap(),
		max_premium: quote.net_premium,
		end: quote.end,
		..order(0, quote.parts.iter().map(|part| part.amount).sum())
	}
}

/// What a purchase costs; nothing is bought.
fn price(product: ProductId, order: OrderOf<Test>) -> Balance {
	use frame_support::storage::{TransactionOutcome, transactional::with_transaction};
	with_transaction(|| {
		let before = usd(&BUYER);
		TransactionOutcome::Rollback(try_buy(BUYER, product, order).map(|()| before - usd(&BUYER)))
	})
	.unwrap()
}

fn brokered(pool: PoolId, amount: Balance, account: &AccountId, commission: u32) -> OrderOf<Test> {
	Order {
		broker: Some(Broker {
			account: account.clone(),
			commission,
		}),
		..order(pool, amount)
	}
}

/// A product with pools of such capitals behind it.
fn pools_of(capitals: &[Balance]) -> (ProductId, Vec<PoolId>) {
	let product = list(proposal(), 0);
	(
		product,
		capitals
			.iter()
			.map(|capital| pool_in(USD, product, *capital))
			.collect(),
	)
}

#[test]
fn buyer_pays_the_quote_to_the_unit() {
	build_and_execute(|| {
		let (product, pool) = market();
		let quote = Cover::report_quote(product, &USD, 200_000_000, 30 * DAY).unwrap();
		let before = usd(&BUYER);
		let mut order = order(pool, 200_000_000);
		order.max_premium = quote.net_premium;
		let id = buy(BUYER, product, order);
		assert_eq!(before - usd(&BUYER), quote.net_premium);
		assert_eq!(policy(id).net_premium, quote.net_premium);
		assert_eq!(Cover::holder(id), Some(BUYER));
	});
}

#[test]
fn quote_is_what_is_charged_over_one_to_several_pools() {
	build_and_execute(|| {
		let (product, pools) = pools_of(&[200_000_000, 90_000_000, 400_000_000]);
		// Prices are far from a straight line.
		buy(BUYER, product, order(pools[0], 150_000_000));
		pass(20 * DAY);
		for pool in &pools {
			settle(*pool);
		}
		for amount in [1, 2, 1_000, 999_999, 50_000_000, 123_456_789, 300_000_000] {
			let root = sp_io::storage::root(sp_runtime::StateVersion::V1);
			let quote = quote(product, amount);
			assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), root);
			assert_eq!(
				quote.parts.iter().map(|part| part.amount).sum::<Balance>(),
				amount
			);
			assert_eq!(quote.parts.len(), quote.figures.len());
			for (part, figures) in quote.parts.iter().zip(&quote.figures) {
				let premium = figures.net_premium;
				assert_eq!(part.pool, figures.pool);
				assert_eq!(premium, figures.technical.max(figures.market).max(1));
				assert_eq!(price(product, order(part.pool, part.amount)), premium);
				assert!(figures.exposure + part.amount <= figures.capacity);
			}

			let order = as_quoted(&quote);
			assert_eq!(price(product, order.clone()), quote.net_premium);
			let reversed: Vec<_> = order.parts.iter().rev().copied().collect();
			let order = Order {
				parts: reversed.try_into().unwrap(),
				..order
			};
			let before = usd(&BUYER);
			let id = buy(BUYER, product, order);
			assert_eq!(before - usd(&BUYER), quote.net_premium);
			let bought = policy(id);
			assert_eq!((bought.start, bought.end), (quote.start, quote.end));
			assert_eq!(bought.terms.claim_window, quote.claim_window);
			assert_eq!(bought.terms.cancellation_fee, quote.cancellation_fee);
			assert_eq!(bought.deposit, quote.deposit);
			assert_ok!(Cover::cancel(signed(BUYER), id));
		}
	});
}

#[test]
fn quote_is_cheaper_than_any_other_split_over_two_pools() {
	build_and_execute(|| {
		let (product, pools) = pools_of(&[300_000_000, 150_000_000]);
		buy(BUYER, product, order(pools[0], 40_000_000));
		let amount = 100_000_000;
		let cheapest = quote(product, amount).net_premium;
		for percent in 0..=100 {
			let first = amount / 100 * percent;
			let parts: Vec<_> = [(pools[0], first), (pools[1], amount - first)]
				.into_iter()
				.filter(|(_, amount)| *amount > 0)
				.collect();
			assert!(price(product, split(&parts)) >= cheapest);
		}
	});
}

#[test]
fn quote_uses_at_most_as_many_pools_as_a_policy_can_have() {
	build_and_execute(|| {
		let (product, _) = pools_of(&[50_000_000; 10]);
		let most = quote(product, 400_000_000);
		assert_eq!(most.parts.len(), MAX_ALLOCATIONS as usize);
		assert_eq!(
			Cover::report_quote(product, &USD, 400_000_001, 30 * DAY),
			Err(Error::NotEnoughCapacity.into())
		);
		buy(BUYER, product, as_quoted(&most));
		let rest = quote(product, 100_000_000);
		assert_eq!(rest.parts.len(), 2);
		buy(BUYER, product, as_quoted(&rest));
		// A unit or two of premium is earned at once.
		assert_eq!(
			Cover::report_quote(product, &USD, 1_000, 30 * DAY),
			Err(Error::NotEnoughCapacity.into())
		);
	});
}

#[test]
fn quote_can_be_bought_when_the_day_ends_in_between() {
	build_and_execute(|| {
		let (product, pools) = pools_of(&[200_000_000, 90_000_000, 400_000_000]);
		buy(
			BUYER,
			product,
			split(&[(pools[0], 90_000_000), (pools[2], 10_000_000)]),
		);
		// Each a second before the end of a day.
		let mut quoted_at = START + DAY / 2 - 1;
		for period in [28 * DAY, 28 * DAY + 1, 30 * DAY, 100 * DAY, 365 * DAY] {
			for amount in [1, 1_000, 300_000_000] {
				set_time(quoted_at);
				let quote = Cover::report_quote(product, &USD, amount, period).unwrap();
				for later in [0, 1, 2, 60, 3_600] {
					set_time(quoted_at + later);
					let order = as_quoted(&quote);
					assert!(price(product, order.clone()) <= quote.net_premium);
					let id = buy(BUYER, product, order);
					assert_eq!((policy(id).end, policy(id).bought), (quote.end, now()));
					assert_ok!(Cover::cancel(signed(BUYER), id));
				}
				quoted_at += DAY;
			}
		}
	});
}

#[test]
fn quote_rises_by_millionths_when_time_passes_above_target_utilisation() {
	build_and_execute(|| {
		let mut proposal = proposal();
		let limits = &mut proposal.conditions.assets[0];
		(limits.max, limits.total) = (1_000_000_000_000, 1_000_000_000_000);
		let product = list(proposal, 0);
		let pool = pool_in(USD, product, 100_000_000_000);
		for (sold, rises) in [(50_000_000_000, false), (45_000_000_000, true)] {
			buy(BUYER, product, order(pool, sold));
			let quote = Cover::report_quote(product, &USD, 4_000_000_000, 365 * DAY).unwrap();
			let [figures] = &quote.figures[..] else {
				panic!("one pool");
			};
			// Where demand makes the price, an order needs a margin to be taken a block later.
			assert_eq!(figures.market > figures.technical, rises);
			pass(6);
			let most = quote.net_premium;
			let later = price(
				product,
				Order {
					max_premium: most + most / 1_000_000,
					..as_quoted(&quote)
				},
			);
			assert_eq!(later > most, rises);
		}
	});
}

/// Checks that what is said to be available in an asset can be bought, and not a unit more. Nothing is bought.
fn check_available(product: ProductId, asset: &AssetId) -> Balance {
	use frame_support::storage::{TransactionOutcome, transactional::with_transaction};
	let available = Cover::report_available(product, asset);
	let quote = |amount| Cover::report_quote(product, asset, amount, 28 * DAY);
	let buy = |order| {
		with_transaction(|| {
			let item = Item::default();
			TransactionOutcome::Rollback(Cover::buy(signed(BUYER), product, asset.clone(), order, item))
		})
	};
	if available == 0 {
		let limits = crate::Products::<Test>::get(product).and_then(|known| known.limits(asset).cloned());
		for amount in [1, limits.map_or(1, |limits| limits.min)] {
			assert!(quote(amount).is_err());
			for pool in pallet_pools::Pools::<Test>::iter_keys() {
				assert!(buy(order(pool, amount)).is_err());
			}
		}
		return 0;
	}
	let mut order = as_quoted(&quote(available).unwrap());
	assert_ok!(buy(order.clone()));
	assert!(quote(available + 1).is_err());
	order.max_premium = Balance::MAX;
	order.amount += 1;
	for i in 0..order.parts.len() {
		let mut more = order.clone();
		more.parts[i].amount += 1;
		assert!(buy(more).is_err());
	}
	available
}

#[test]
fn available_is_what_the_products_limits_leave() {
	build_and_execute(|| {
		let mut proposal = proposal();
		proposal.conditions.assets[0].min = 1_000;
		let (product, pool) = market_of(proposal);
		let second = pool_in(USD, product, 1_000_000_000);
		let available = || check_available(product, &USD);
		assert_eq!(available(), 500_000_000);
		buy(BUYER, product, order(pool, 500_000_000));
		assert_eq!(available(), 500_000_000);
		let id = buy(BUYER, product, order(second, 499_999_000));
		assert_eq!(available(), 1_000);
		buy(BUYER, product, order(second, 1_000));
		assert_eq!(available(), 0);
		assert_ok!(Cover::cancel(signed(BUYER), id));
		assert_eq!(available(), 499_999_000);
		// Less is left than the smallest policy.
		buy(BUYER, product, order(second, 499_998_001));
		assert_eq!(available(), 0);
	});
}

#[test]
fn available_is_what_the_largest_pools_of_a_policy_can_hold() {
	build_and_execute(|| {
		let (product, pools) = pools_of(&[40_000_000; 10]);
		let large = pool_in(USD, product, 70_000_000);
		let available = || check_available(product, &USD);
		assert_eq!(available(), 70_000_000 + 7 * 40_000_000);
		buy(BUYER, product, order(large, 60_000_000));
		assert_eq!(available(), 8 * 40_000_000);
		for pool in &pools[..9] {
			buy(BUYER, product, order(*pool, 39_000_000));
		}
		pass(10 * DAY);
		assert!(available() > 40_000_000 + 10_000_000 + 6 * 1_000_000);
	});
}

#[test]
fn available_is_what_pools_can_hold_beside_other_products() {
	build_and_execute(|| {
		let products = [0, 1, 1].map(|group| list(proposal(), group));
		let pools = [200_000_000, 90_000_000, 33_333_333].map(|capital| pool_with(USD, &products, capital));
		let parts = [(pools[0], 120_000_001), (pools[2], 20_000_000)];
		buy(BUYER, products[1], split(&parts));
		let parts = [(pools[0], 7_654_321), (pools[1], 80_000_000)];
		buy(BUYER, products[2], split(&parts));
		let sums = products.map(|product| check_available(product, &USD));
		assert!(sums[0] > 0);
		accept(1, products[1], 50);
		assert_eq!(check_available(products[1], &USD), 0);
		assert!(check_available(products[0], &USD) < sums[0]);
		PricingParameters::mutate(|pricing| pricing.rho = Perbill::one());
		for product in products {
			check_available(product, &USD);
		}
	});
}

#[test]
fn nothing_is_available_when_nothing_can_be_bought() {
	build_and_execute(|| {
		let (product, pool) = market();
		let root = RuntimeOrigin::root;
		let available = || check_available(product, &USD);
		assert_eq!(check_available(product, &AssetId::Native), 0);
		assert_eq!(check_available(product, &DUST), 0);
		assert_eq!(check_available(product + 1, &USD), 0);
		assert_ok!(Cover::propose(signed(ALICE), proposal()));
		assert_eq!(check_available(product + 1, &USD), 0);

		let all = available();
		assert_eq!(all, 500_000_000);
		freeze(product);
		assert_eq!(available(), 0);
		accept(1, product, 10);
		thaw(product);
		assert_eq!(available(), 0);
		close_incident(1, product);
		assert_eq!(available(), 0);
		assert_ok!(Cover::resume(root(), product));
		assert_eq!(available(), all);
		assert_ok!(Cover::pause(root(), product));
		assert_eq!(available(), 0);
		assert_ok!(Cover::resume(root(), product));

		// A pool that was left alone sells nothing until it is settled.
		let mut long = order(pool, 1_000);
		long.end = end_of(100 * DAY);
		buy(BUYER, product, long);
		pass(40 * DAY);
		assert_eq!(available(), 0);
		settle(pool);
		assert_eq!(available(), all);
		assert_ok!(Cover::delist(root(), product));
		assert_eq!(available(), 0);
	});
}

#[test]
fn nothing_is_available_when_the_pools_cannot_hold_the_smallest_policy() {
	build_and_execute(|| {
		let mut proposal = proposal();
		proposal.conditions.assets[0].min = 50_000_001;
		let product = list(proposal, 0);
		pool_in(USD, product, 50_000_000);
		assert_eq!(check_available(product, &USD), 0);
		pool_in(USD, product, 40_000_000);
		assert_eq!(check_available(product, &USD), 90_000_000);
	});
}

#[test]
fn most_that_is_quoted_can_be_bought() {
	build_and_execute(|| {
		let products = [0, 1, 1].map(|group| list(proposal(), group));
		let pools = [200_000_000, 90_000_000, 33_333_333].map(|capital| pool_with(USD, &products, capital));
		// What a line can hold depends on the rest of its pool's book.
		buy(
			BUYER,
			products[1],
			split(&[(pools[0], 120_000_001), (pools[2], 20_000_000)]),
		);
		buy(
			BUYER,
			products[2],
			split(&[(pools[0], 7_654_321), (pools[1], 80_000_000)]),
		);
		for product in products {
			let is_quoted = |amount| Cover::report_quote(product, &USD, amount, 30 * DAY).is_ok();
			let (mut most, mut too_much) = (0, 500_000_000);
			while too_much - most > 1 {
				let middle = (most + too_much) / 2;
				if is_quoted(middle) {
					most = middle;
				} else {
					too_much = middle;
				}
			}
			if most == 0 {
				// Its group is full in every pool.
				assert_eq!(product, products[2]);
				continue;
			}
			let quote = quote(product, most);
			for figures in &quote.figures {
				let more = order(figures.pool, figures.capacity - figures.exposure + 1);
				assert_noop!(try_buy(BUYER, product, more), PoolsError::CapacityExceeded);
			}
			let id = buy(BUYER, product, as_quoted(&quote));
			assert_eq!(policy(id).net_premium, quote.net_premium);
		}
	});
}

#[test]
fn quote_tells_what_a_policy_would_be() {
	build_and_execute(|| {
		let mut proposal = proposal();
		proposal.conditions.deductible = 50_000_001;
		let (product, pool) = market_of(proposal);
		let quote = quote(product, 1_000_000);
		assert_eq!(quote.parts[0].pool, pool);
		assert_eq!(quote.deductible, 50_001);
		assert_eq!(quote.limit_left, 1_000_000_000);
		assert_eq!(quote.start, START + WAITING);
		assert_eq!(quote.claim_window, CLAIM_WINDOW);
		assert_eq!(quote.cancellation_fee, Perbill::from_percent(10));
		assert_eq!(quote.deposit, 100);
		// net / amount * year / seconds, each rounded down.
		let (net, seconds) = (quote.net_premium, u128::from(quote.end - START));
		assert_eq!(
			quote.yearly.into_inner(),
			net * FixedU128::DIV / 1_000_000 * u128::from(lutine_primitives::time::YEAR) / seconds
		);
		let id = buy(BUYER, product, as_quoted(&quote));
		assert_eq!(policy(id).terms.deductible, quote.deductible);
		assert_eq!(self::quote(product, 1).limit_left, 999_000_000);
	});
}

#[test]
fn quote_is_refused_as_buying_is() {
	build_and_execute(|| {
		let (product, pool) = market();
		for (amount, period) in [
			(0, 30 * DAY),
			(500_000_001, 30 * DAY),
			(Balance::MAX, 30 * DAY),
			(1_000, 0),
			(1_000, 26 * DAY),
			(1_000, 366 * DAY),
			(1_000, 10_000 * DAY),
		] {
			let mut order = order(pool, amount);
			order.end = end_of(period);
			let refused = try_buy(BUYER, product, order).unwrap_err();
			assert_eq!(Cover::report_quote(product, &USD, amount, period), Err(refused));
		}
		for period in [Seconds::MAX - now(), Seconds::MAX - now() + 1, Seconds::MAX] {
			assert_eq!(
				Cover::report_quote(product, &USD, 1_000, period),
				Err(Error::PeriodTooLong.into())
			);
		}
		// No pool is in it.
		assert_eq!(
			Cover::report_quote(product, &AssetId::Native, 1_000, 30 * DAY),
			Err(Error::NotEnoughCapacity.into())
		);
	});
}

#[test]
fn one_unit_and_everything_can_be_bought() {
	build_and_execute(|| {
		let mut proposal = proposal();
		proposal.conditions.assets[0].max = 1_000_000_000;
		let (product, pool) = market_of(proposal);
		let unit = buy(BUYER, product, order(pool, 1));
		assert_eq!(policy(unit).net_premium, 1);
		assert_ok!(Cover::cancel(signed(BUYER), unit));
		// The fee on a unit is a unit.
		assert_eq!(Cover::report_track_record(None)[0].record.refunds, 0);
		let all = buy(BUYER, product, order(pool, 1_000_000_000));
		assert_eq!(exposure(pool, product), 1_000_000_000);
		assert_ok!(Cover::cancel(signed(BUYER), all));
		assert_eq!(exposure(pool, product), 0);
	});
}

#[test]
fn highest_numbers_are_refused_and_nothing_wraps_around() {
	build_and_execute(|| {
		let (product, pool) = market();
		let all = Balance::MAX;
		let wild = |amount, parts: &[(PoolId, Balance)]| Order {
			amount,
			end: Seconds::MAX / DAY * DAY,
			broker: Some(Broker {
				account: BROKER,
				commission: 200_000_000,
			}),
			deadline: Some(Seconds::MAX),
			parts: split_parts(parts),
			max_premium: all,
		};
		let mut order = wild(all, &[(pool, all)]);
		assert_noop!(try_buy(BUYER, product, order.clone()), Error::AmountTooLarge);
		order.amount = 1_000;
		assert_noop!(try_buy(BUYER, product, order.clone()), Error::PeriodTooLong);
		order.end = end_of(365 * DAY);
		assert_noop!(try_buy(BUYER, product, order.clone()), Error::PartsDoNotAddUp);
		order.parts = split_parts(&[(pool, all), (pool + 1, 1_001)]);
		assert_noop!(try_buy(BUYER, product, order.clone()), Error::PartsDoNotAddUp);
		order.parts = split_parts(&[(pool, 1_000)]);
		buy(BUYER, product, order);
	});
}

fn split_parts(parts: &[(PoolId, Balance)]) -> Parts {
	parts
		.iter()
		.map(|(pool, amount)| Part {
			pool: *pool,
			amount: *amount,
		})
		.collect::<Vec<_>>()
		.try_into()
		.unwrap()
}

#[test]
fn gross_is_net_and_the_commission_rounded_up() {
	build_and_execute(|| {
		let (product, pool) = market();
		for (amount, commission) in [
			(1, 1),
			(1, 200_000_000),
			(3_333_333, 1),
			(77_777_777, 33_333_333),
			(77_777_777, 200_000_000),
		] {
			let (paid, earned) = (usd(&BUYER), usd(&BROKER));
			let pooled = usd(&Pools::account(pool));
			let id = buy(BUYER, product, brokered(pool, amount, &BROKER, commission));
			let policy = policy(id);
			let expected = (policy.net_premium * Balance::from(commission)).div_ceil(1_000_000_000);
			assert_eq!(policy.commission, expected);
			assert_eq!(policy.broker, Some(BROKER));
			assert_eq!(usd(&BROKER) - earned, expected);
			assert_eq!(usd(&Pools::account(pool)) - pooled, policy.net_premium);
			assert_eq!(paid - usd(&BUYER), policy.net_premium + expected);
			System::assert_has_event(
				crate::Event::<Test>::Bought {
					policy: id,
					product,
					holder: BUYER,
					asset: USD,
					amount,
					net_premium: policy.net_premium,
					commission: expected,
					start: policy.start,
					end: policy.end,
				}
				.into(),
			);
		}
	});
}

#[test]
fn broker_without_commission_or_one_who_buys_costs_nothing() {
	build_and_execute(|| {
		let (product, pool) = market();
		let amount = 10_000_000;
		let net = price(product, order(pool, amount));
		assert_eq!(price(product, brokered(pool, amount, &BROKER, 0)), net);
		// An account that cannot be paid does not matter where nothing is.
		assert_eq!(price(product, brokered(pool, amount, &account(90), 0)), net);
		assert_eq!(price(product, brokered(pool, amount, &BUYER, 200_000_000)), net);
		let mut order = brokered(pool, amount, &BUYER, 200_000_000);
		order.max_premium = net + net.div_ceil(5) - 1;
		assert_noop!(try_buy(BUYER, product, order.clone()), Error::PremiumTooHigh);
		order.max_premium += 1;
		let id = buy(BUYER, product, order);
		assert_eq!(policy(id).commission, net.div_ceil(5));
	});
}

#[test]
fn commission_is_due_when_the_broker_cannot_receive_it() {
	build_and_execute(|| {
		let (product, pool) = market();
		let second = pool_in(USD, product, 1_000_000_000);
		assert_ok!(Assets::block(signed(MANAGER), 1, BROKER));
		let mut order = brokered(pool, 0, &BROKER, 100_000_000);
		order.amount = 20_000_000;
		order.parts = split_parts(&[(second, 10_000_000), (pool, 10_000_000)]);
		let before = usd(&BUYER);
		let id = buy(BUYER, product, order);
		let policy = policy(id);
		assert_eq!(before - usd(&BUYER), policy.net_premium + policy.commission);
		assert_eq!((due(second, &BROKER), due(pool, &BROKER)), (policy.commission, 0));
		assert_ok!(Assets::thaw(signed(MANAGER), 1, BROKER));
		let before = usd(&BROKER);
		assert_ok!(Pools::collect_due(signed(BOB), second, BROKER));
		assert_eq!(usd(&BROKER) - before, policy.commission);

		// A new account, and less than it must hold.
		let id = buy(BUYER, product, brokered(pool, 1, &account(90), 100_000_000));
		assert_eq!(self::policy(id).commission, 1);
		assert_eq!((due(pool, &account(90)), usd(&account(90))), (1, 0));
		let pool = pool_in(AssetId::Native, product, 1_000_000_000);
		let order = brokered(pool, 1_000_000, &account(90), 1);
		let id = NextPolicy::<Test>::get();
		assert_ok!(Cover::buy(
			signed(BUYER),
			product,
			AssetId::Native,
			order,
			Item::default()
		));
		assert_eq!((due(pool, &account(90)), native(&account(90))), (1, 0));
		assert_eq!(self::policy(id).commission, 1);
	});
}

#[test]
fn purchase_fails_when_the_buyer_may_not_spend() {
	build_and_execute(|| {
		let (product, pool) = market();
		assert_ok!(Assets::freeze(signed(MANAGER), 1, BUYER));
		for order in [order(pool, 1_000), brokered(pool, 1_000, &BROKER, 1_000)] {
			let root = sp_io::storage::root(sp_runtime::StateVersion::V1);
			assert!(try_buy(BUYER, product, order).is_err());
			assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), root);
		}
		assert_ok!(Assets::thaw(signed(MANAGER), 1, BUYER));
		buy(BUYER, product, order(pool, 1_000));
	});
}

#[test]
fn premium_is_paid_in_the_asset_insured() {
	build_and_execute(|| {
		let (product, _) = market();
		let pool = pool_in(AssetId::Native, product, 1_000_000_000);
		let (dollars, tokens) = (usd(&BUYER), native(&BUYER));
		let item: Item = b"0x1234".to_vec().try_into().unwrap();
		assert_ok!(Cover::buy(
			signed(BUYER),
			product,
			AssetId::Native,
			order(pool, 50_000_000),
			item.clone()
		));
		let bought = policy(0);
		assert_eq!((bought.asset, bought.item), (AssetId::Native, item));
		assert_eq!(usd(&BUYER), dollars);
		assert_eq!(
			tokens - native(&BUYER),
			bought.net_premium + on_hold(HoldReason::Policy, &BUYER)
		);
		let before = native(&BUYER);
		assert_ok!(Cover::cancel(signed(BUYER), 0));
		assert!(native(&BUYER) > before);
		assert_eq!(usd(&BUYER), dollars);
	});
}

#[test]
fn buying_in_pieces_is_never_cheaper() {
	build_and_execute(|| {
		let (product, pools) = pools_of(&[200_000_000, 1_000_000_000]);
		for total in [2, 1_000, 120_000_000, 199_999_999] {
			let whole = price(product, order(pools[0], total));
			for pieces in [2, 3, 7] {
				use frame_support::storage::{TransactionOutcome, transactional::with_transaction};
				let paid = with_transaction(|| {
					let before = usd(&BUYER);
					let mut left = total;
					for i in 0..pieces {
						let piece = if i + 1 == pieces { left } else { total / pieces };
						left -= piece;
						if piece > 0 {
							buy(BUYER, product, order(pools[0], piece));
						}
					}
					TransactionOutcome::Rollback(Ok::<_, DispatchError>(before - usd(&BUYER)))
				})
				.unwrap();
				assert!(paid >= whole, "{pieces} pieces of {total}: {paid} < {whole}");
			}
		}
	});
}

#[test]
fn decoy_that_is_cancelled_does_not_pay_for_itself() {
	build_and_execute(|| {
		let (product, pool) = market();
		let amount = 100_000_000;
		let honest = price(product, order(pool, amount));
		let before = usd(&BUYER);
		let decoy = buy(BUYER, product, order(pool, 500_000_000));
		assert_ok!(Cover::cancel(signed(BUYER), decoy));
		buy(BUYER, product, order(pool, amount));
		assert!(before - usd(&BUYER) >= honest);
	});
}

#[test]
fn records_count_everything_that_was_ever_sold() {
	build_and_execute(|| {
		let (product, pool) = market();
		let other = list(proposal(), 1);
		let second = pool_in(USD, other, 1_000_000_000);
		let first = buy(BUYER, product, brokered(pool, 3_000_000, &BROKER, 100_000_000));
		let lost = buy(BUYER, product, order(pool, 2_000_000));
		buy(BUYER, other, order(second, 5_000_000));
		let (net, commission) = (
			policy(first).net_premium + policy(lost).net_premium,
			policy(first).commission,
		);
		let before = usd(&BUYER);
		assert_ok!(Cover::cancel(signed(BUYER), first));
		let refunds = usd(&BUYER) - before;
		accept(1, product, 100);
		award(1, lost, 1_500_000);
		let record = ProductRecord {
			asset: USD,
			in_force: 500_000,
			record: Record {
				sold: 2,
				open: 1,
				insured: 5_000_000,
				net_premiums: net,
				commissions: commission,
				refunds,
				awards: 1_500_000,
			},
		};
		assert_eq!(Cover::report_track_record(Some(product)), [record]);
		let [all] = &Cover::report_track_record(None)[..] else {
			panic!("one asset");
		};
		assert_eq!(
			(all.in_force, all.record.sold, all.record.insured),
			(5_500_000, 3, 10_000_000)
		);
		assert!(Cover::report_track_record(Some(99)).is_empty());
	});
}
