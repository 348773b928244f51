//! What buying, renewing, cancelling and closing refuse, each with its own error and without any change.

use super::*;
use frame_support::assert_noop;
use sp_runtime::{ArithmeticError, TokenError};

/// A change of an order, and what it is refused with.
type Fault = (Box<dyn Fn(&mut OrderOf<Test>)>, DispatchError);

fn fault(change: impl Fn(&mut OrderOf<Test>) + 'static, error: impl Into<DispatchError>) -> Fault {
	(Box::new(change), error.into())
}

fn part(pool: PoolId, amount: Balance) -> Part {
	Part { pool, amount }
}

fn parts(parts: &[Part]) -> Parts {
	parts.to_vec().try_into().unwrap()
}

/// Amount and parts of one pool.
fn sized(order: &mut OrderOf<Test>, amount: Balance) {
	order.amount = amount;
	order.parts[0].amount = amount;
}

fn broker(commission: u32) -> Option<Broker<AccountId>> {
	Some(Broker {
		account: BROKER,
		commission,
	})
}

/// A product with a smallest policy and a commission, and a pool behind it.
fn strict_market() -> (ProductId, PoolId) {
	let mut proposal = proposal();
	proposal.conditions.assets[0].min = 1_000;
	market_of(proposal)
}

#[test]
fn each_faulty_order_is_refused_with_its_own_error() {
	build_and_execute(|| {
		let (product, pool) = strict_market();
		let other = list(proposal(), 1);
		let lineless = pool_in(USD, other, 1_000_000_000);
		let native_pool = pool_in(AssetId::Native, product, 1_000_000_000);
		let small = pool_in(USD, product, 40_000_000);
		let amount = 100_000_000;
		let faults = [
			fault(|o| sized(o, 0), Error::AmountTooSmall),
			fault(|o| sized(o, 999), Error::AmountTooSmall),
			fault(|o| sized(o, 500_000_001), Error::AmountTooLarge),
			fault(|o| sized(o, Balance::MAX), Error::AmountTooLarge),
			fault(|o| o.end = 0, Error::PeriodTooShort),
			fault(|o| o.end = end_of(26 * DAY), Error::PeriodTooShort),
			fault(|o| o.end = end_of(366 * DAY), Error::PeriodTooLong),
			fault(|o| o.end = Seconds::MAX / DAY * DAY, Error::PeriodTooLong),
			fault(|o| o.end += 1, Error::NotADaysEnd),
			fault(|o| o.end = Seconds::MAX, Error::NotADaysEnd),
			fault(|o| o.parts = parts(&[]), Error::EmptyPart),
			fault(
				move |o| o.parts = parts(&[part(pool, amount), part(small, 0)]),
				Error::EmptyPart,
			),
			fault(
				move |o| o.parts = parts(&[part(pool, amount - 1), part(pool, 1)]),
				Error::DuplicatePool,
			),
			fault(
				move |o| o.parts = parts(&[part(pool, amount - 1), part(small, 2)]),
				Error::PartsDoNotAddUp,
			),
			fault(
				move |o| o.parts = parts(&[part(pool, amount - 2), part(small, 1)]),
				Error::PartsDoNotAddUp,
			),
			fault(
				move |o| o.parts = parts(&[part(pool, Balance::MAX), part(small, amount + 1)]),
				Error::PartsDoNotAddUp,
			),
			fault(|o| o.deadline = Some(0), Error::DeadlinePassed),
			fault(|o| o.deadline = Some(START - 1), Error::DeadlinePassed),
			fault(|o| o.broker = broker(200_000_001), Error::CommissionTooHigh),
			fault(|o| o.broker = broker(u32::MAX), Error::CommissionTooHigh),
			fault(|o| o.max_premium = 0, Error::PremiumTooHigh),
			fault(|o| o.parts[0].pool = 99, PoolsError::UnknownPool),
			fault(move |o| o.parts[0].pool = lineless, PoolsError::NoSuchLine),
			fault(move |o| o.parts[0].pool = native_pool, PoolsError::OtherAsset),
			fault(
				move |o| o.parts = parts(&[part(small, 40_000_001), part(pool, amount - 40_000_001)]),
				PoolsError::CapacityExceeded,
			),
			// The last part fails, and nothing of the first stays.
			fault(
				move |o| o.parts = parts(&[part(pool, amount - 1), part(lineless, 1)]),
				PoolsError::NoSuchLine,
			),
		];
		for (i, (change, error)) in faults.into_iter().enumerate() {
			let mut faulty = order(pool, amount);
			change(&mut faulty);
			println!("fault {i}: {error:?}");
			assert_noop!(try_buy(BUYER, product, faulty), error);
		}
		let mut full = order(small, 40_000_000);
		(full.deadline, full.broker) = (Some(START), broker(200_000_000));
		buy(BUYER, product, full);
	});
}

#[test]
fn nothing_is_sold_when_the_product_is_not_for_sale() {
	build_and_execute(|| {
		let (product, pool) = market();
		let refused = |product, asset: &AssetId, error: Error| {
			let order = order(pool, 1_000);
			let error = DispatchError::from(error);
			assert_eq!(
				Cover::report_quote(product, asset, order.amount, 30 * DAY),
				Err(error)
			);
			assert_noop!(
				Cover::buy(signed(BUYER), product, asset.clone(), order, Item::default()),
				error
			);
		};
		assert_ok!(Cover::propose(signed(ALICE), proposal()));
		refused(product + 1, &USD, Error::NotListed);
		refused(product + 2, &USD, Error::UnknownProduct);
		refused(product, &DUST, Error::NotSoldInAsset);

		freeze(product);
		refused(product, &USD, Error::ProductUnderIncident);
		accept(1, product, 10);
		thaw(product);
		refused(product, &USD, Error::ProductUnderIncident);
		close_incident(1, product);
		refused(product, &USD, Error::ProductPaused);
		assert_ok!(Cover::resume(RuntimeOrigin::root(), product));

		let mut conditions = proposal().conditions;
		conditions.assets.remove(0);
		assert_ok!(Cover::amend(RuntimeOrigin::root(), product, conditions));
		refused(product, &USD, Error::NotSoldInAsset);
		assert_ok!(Cover::delist(RuntimeOrigin::root(), product));
		refused(product, &USD, Error::NotListed);
	});
}

#[test]
fn thawed_product_is_for_sale_again() {
	build_and_execute(|| {
		let (product, pool) = market();
		freeze(product);
		thaw(product);
		buy(BUYER, product, order(pool, 1_000));
	});
}

#[test]
fn price_is_refused_one_unit_above_what_was_agreed_to() {
	build_and_execute(|| {
		let (product, pool) = market();
		let net = Cover::report_quote(product, &USD, 300_000_000, 30 * DAY)
			.unwrap()
			.net_premium;
		let gross = net + (net * 3).div_ceil(100);
		let mut order = order(pool, 300_000_000);
		order.broker = broker(30_000_000);
		order.max_premium = gross - 1;
		assert_noop!(try_buy(BUYER, product, order.clone()), Error::PremiumTooHigh);
		order.max_premium = gross;
		let before = usd(&BUYER);
		buy(BUYER, product, order);
		assert_eq!(before - usd(&BUYER), gross);
	});
}

#[test]
fn product_is_sold_up_to_its_limit_over_all_pools() {
	build_and_execute(|| {
		let (product, pool) = market();
		let second = pool_in(USD, product, 1_000_000_000);
		let half = 500_000_000;
		let more = |amount| try_buy(BUYER, product, order(pool, amount));
		let first = buy(BUYER, product, order(pool, half));
		assert_noop!(
			try_buy(BUYER, product, split(&[(pool, 1), (second, half)])),
			Error::AmountTooLarge
		);
		buy(BUYER, product, order(second, half - 1));
		assert_noop!(more(2), Error::ProductLimitExceeded);
		assert_ok!(more(1));
		assert_noop!(more(1), Error::ProductLimitExceeded);
		assert_eq!(
			Cover::report_quote(product, &USD, 1, 30 * DAY).unwrap_err(),
			Error::ProductLimitExceeded.into()
		);
		// Another asset has a limit of its own.
		let native_pool = pool_in(AssetId::Native, product, 1_000_000_000);
		assert_ok!(Cover::buy(
			signed(BUYER),
			product,
			AssetId::Native,
			order(native_pool, 1_000),
			Item::default()
		));

		assert_ok!(Cover::cancel(signed(BUYER), first));
		assert_noop!(
			try_buy(BUYER, product, split(&[(pool, 1), (second, half)])),
			Error::AmountTooLarge
		);
		assert_ok!(more(half));
		assert_noop!(more(1), Error::ProductLimitExceeded);

		// What expired counts until its claim window is over and the pools have noticed.
		set_time(policy(1).last_report() - 1);
		settle(pool);
		settle(second);
		assert_noop!(more(1), Error::ProductLimitExceeded);
		pass(1 + DAY);
		assert_noop!(more(1), Error::ProductLimitExceeded);
		settle(second);
		assert_ok!(more(half - 1));
		settle(pool);
		assert_eq!(exposure(pool, product), half - 1);
		assert_ok!(more(1));
	});
}

#[test]
fn lowered_limit_stops_sales_and_touches_nothing_sold() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 300_000_000));
		let mut conditions = proposal().conditions;
		(conditions.assets[0].max, conditions.assets[0].total) = (200_000_000, 200_000_000);
		assert_ok!(Cover::amend(RuntimeOrigin::root(), product, conditions));
		assert_noop!(
			try_buy(BUYER, product, order(pool, 1)),
			Error::ProductLimitExceeded
		);
		assert_eq!(policy(id).left(), 300_000_000);
		assert_ok!(Cover::cancel(signed(BUYER), id));
		assert_ok!(try_buy(BUYER, product, order(pool, 200_000_000)));
	});
}

#[test]
fn pool_sells_nothing_when_it_is_not_solvent() {
	let causes: [fn(ProductId, [PolicyId; 2]); 2] = [
		// A loss, or a parameter under which the groups count for more together.
		|product, lost| {
			accept(1, product, 100);
			lost.into_iter().for_each(|policy| award(1, policy, 300_000_000));
		},
		|_, _| PricingParameters::mutate(|pricing| pricing.rho = Perbill::one()),
	];
	for cause in causes {
		build_and_execute(|| {
			let [product, other] = [0, 1].map(|group| list(proposal(), group));
			let pool = pool_with(USD, &[product, other], 1_000_000_000);
			let [lost, kept] =
				[product, other].map(|id| [(); 2].map(|()| buy(BUYER, id, order(pool, 300_000_000))));
			cause(product, lost);
			let one = || order(pool, 1);
			assert_noop!(try_buy(BUYER, other, one()), PoolsError::InsufficientCapital);
			assert_noop!(
				Cover::renew(signed(BUYER), kept[0], one()),
				PoolsError::InsufficientCapital
			);
			assert_eq!(
				Cover::report_quote(other, &USD, 1, 30 * DAY),
				Err(Error::NotEnoughCapacity.into())
			);
			// Whoever leaves makes room.
			assert_ok!(Cover::cancel(signed(BUYER), kept[0]));
			assert_ok!(try_buy(BUYER, other, one()));
		});
	}
}

#[test]
fn pool_left_alone_for_more_than_a_month_sells_and_refunds_when_it_is_settled() {
	build_and_execute(|| {
		let (product, pool) = market();
		let mut long = order(pool, 1_000_000);
		long.end = end_of(100 * DAY);
		let id = buy(BUYER, product, long);
		// The tests begin at noon.
		set_time(START + 32 * DAY + DAY / 2 - 1);
		assert_ok!(frame_support::storage::with_transaction(|| {
			frame_support::storage::TransactionOutcome::Rollback(try_buy(BUYER, product, order(pool, 1_000)))
		}));
		pass(1);
		assert_noop!(
			try_buy(BUYER, product, order(pool, 1_000)),
			PoolsError::PoolNotSettled
		);
		assert_noop!(
			Cover::renew(signed(BUYER), id, order(pool, 1_000)),
			PoolsError::PoolNotSettled
		);
		assert_noop!(Cover::cancel(signed(BUYER), id), PoolsError::PoolNotSettled);
		assert_eq!(Cover::report_policy(id).unwrap().refund, None);
		assert_eq!(
			Cover::report_quote(product, &USD, 1_000, 30 * DAY),
			Err(Error::NotEnoughCapacity.into())
		);
		settle(pool);
		assert_ok!(Cover::renew(signed(BUYER), id, order(pool, 1_000)));
		assert_ok!(Cover::cancel(signed(BUYER), id));
	});
}

#[test]
fn buyer_with_exactly_enough_can_buy_and_with_a_unit_less_cannot() {
	build_and_execute(|| {
		let (product, pool) = market();
		let mut order = order(pool, 200_000_000);
		order.broker = broker(200_000_000);
		let net = Cover::report_quote(product, &USD, 200_000_000, 30 * DAY)
			.unwrap()
			.net_premium;
		let gross = net + net.div_ceil(5);
		let who = account(90);
		let attempt = || try_buy(who.clone(), product, order.clone());
		// The deposit, and what an account must hold of the native token.
		fund(AssetId::Native, &who, 109);
		assert_noop!(attempt(), TokenError::FundsUnavailable);
		fund(USD, &who, net - 1);
		assert_noop!(attempt(), TokenError::FundsUnavailable);
		fund(USD, &who, gross - net);
		assert_noop!(attempt(), TokenError::FundsUnavailable);
		fund(USD, &who, 1);
		assert_noop!(attempt(), Error::DepositNotThere);
		fund(AssetId::Native, &who, 1);
		assert_ok!(attempt());
		assert_eq!((usd(&who), Balances::free_balance(&who)), (0, 10));
		assert_eq!(on_hold(HoldReason::Policy, &who), 100);
		assert_eq!(Cover::holder(0), Some(who.clone()));

		// A renewal has a deposit of its own.
		fund(USD, &who, 1_000);
		fund(AssetId::Native, &who, 99);
		let renew = || Cover::renew(signed(who.clone()), 0, self::order(pool, 1_000));
		assert_noop!(renew(), Error::DepositNotThere);
		fund(AssetId::Native, &who, 1);
		assert_ok!(renew());
		assert_eq!(on_hold(HoldReason::Policy, &who), 200);
	});
}

#[test]
fn buyer_needs_the_least_balance_of_an_asset_until_the_last_payment() {
	build_and_execute(|| {
		let (product, pool) = market();
		let second = pool_in(USD, product, 1_000_000_000);
		// The first pool is paid a few units, the broker or the second pool one.
		let mut brokered = order(pool, 1_000);
		brokered.broker = broker(100_000_000);
		for (who, order) in [
			(account(90), brokered),
			(account(91), split(&[(pool, 1_000), (second, 1)])),
		] {
			let policy = policy(buy(BUYER, product, order.clone()));
			let gross = policy.net_premium + policy.commission;
			assert_ne!(gross, 1);
			fund(AssetId::Native, &who, 110);
			fund(USD, &who, gross);
			// What would be left after the first payment is less than an account may hold.
			assert_noop!(
				try_buy(who.clone(), product, order.clone()),
				TokenError::FundsUnavailable
			);
			fund(USD, &who, USD_MINIMUM - 1);
			assert_ok!(try_buy(who, product, order));
		}
	});
}

#[test]
fn only_the_holder_may_renew_and_cancel() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 1_000_000));
		assert_ok!(Nfts::approve_transfer(signed(BUYER), CERTIFICATES, id, BOB, None));
		let refused = |who: AccountId| {
			assert_noop!(Cover::cancel(signed(who.clone()), id), Error::NotTheHolder);
			assert_noop!(
				Cover::renew(signed(who), id, order(pool, 1_000)),
				Error::NotTheHolder
			);
		};
		refused(BOB);
		refused(HOLDER);
		refused(Cover::account());
		transfer(id, BOB, HOLDER);
		refused(BOB);
		refused(BUYER);
		assert_ok!(Cover::renew(signed(HOLDER), id, order(pool, 1_000)));
		assert_ok!(Cover::cancel(signed(HOLDER), id));
		for call in [Cover::cancel, close, Cover::pull_arrears] {
			assert_noop!(call(signed(BUYER), 99), Error::UnknownPolicy);
		}
		assert_noop!(
			Cover::renew(signed(BUYER), 99, order(pool, 1_000)),
			Error::UnknownPolicy
		);
	});
}

#[test]
fn policy_can_be_cancelled_only_once_and_only_in_time() {
	build_and_execute(|| {
		let (product, pool) = market();
		let [open, lost, expired, twice] =
			core::array::from_fn(|_| buy(BUYER, product, order(pool, 1_000_000)));
		award_a_unit(9, product, &[twice]);
		let refused = |id, error: Error| {
			assert_noop!(Cover::cancel(signed(BUYER), id), error);
			assert_eq!(Cover::report_policy(id).and_then(|report| report.refund), None);
		};
		assert_ok!(<Cover as Coverage<AccountId>>::open_claim(open));
		refused(open, Error::ClaimOpen);
		freeze(product);
		refused(twice, Error::ProductUnderIncident);
		accept(1, product, 100);
		thaw(product);
		refused(twice, Error::ProductUnderIncident);
		award(1, lost, 1_000_000);
		refused(lost, Error::PolicyExhausted);
		close_incident(1, product);
		refused(lost, Error::PolicyExhausted);
		refused(open, Error::ClaimOpen);
		assert_ok!(<Cover as Coverage<AccountId>>::settle_claim(open));
		assert_ok!(Cover::cancel(signed(BUYER), open));
		refused(open, Error::UnknownPolicy);

		// A product that is not sold any more can be left.
		assert_ok!(Cover::delist(RuntimeOrigin::root(), product));
		assert_ok!(Cover::cancel(signed(BUYER), twice));
		refused(twice, Error::PolicyCancelled);
		set_time(policy(expired).end);
		refused(expired, Error::PolicyExpired);
	});
}

#[test]
fn policy_can_be_closed_only_when_nothing_can_be_claimed_under_it() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 1_000_000));
		let other = buy(BUYER, product, order(pool, 1_000_000));
		let close = |id| Cover::close(signed(BOB), id);
		assert_noop!(close(id), Error::ClaimWindowOpen);
		set_time(policy(id).end);
		assert_noop!(close(id), Error::ClaimWindowOpen);
		settle(pool);
		freeze(product);
		set_time(policy(id).last_report() + 1);
		assert_noop!(close(id), Error::ProductUnderIncident);
		accept(1, product, 10);
		thaw(product);
		assert_noop!(close(id), Error::ProductUnderIncident);
		assert_ok!(<Cover as Coverage<AccountId>>::open_claim(id));
		close_incident(1, product);
		assert_noop!(close(id), Error::ClaimOpen);
		assert_ok!(<Cover as Coverage<AccountId>>::settle_claim(id));
		assert_ok!(close(id));
		assert_noop!(close(id), Error::UnknownPolicy);
		assert_ok!(close(other));
	});
}

#[test]
fn cancelled_and_exhausted_policies_can_be_closed_under_an_incident() {
	build_and_execute(|| {
		let (product, pool) = market();
		let [cancelled, lost] = core::array::from_fn(|_| buy(BUYER, product, order(pool, 1_000_000)));
		award_a_unit(9, product, &[cancelled]);
		assert_ok!(Cover::cancel(signed(BUYER), cancelled));
		accept(1, product, 100);
		award(1, lost, 1_000_000);
		for id in [cancelled, lost] {
			assert_ok!(Cover::close(signed(BOB), id));
		}
		assert_eq!(on_hold(HoldReason::Policy, &BUYER), 0);
	});
}

#[test]
fn renewal_is_refused_when_the_policy_is_over_or_the_product_not_sold() {
	build_and_execute(|| {
		let (product, pool) = market();
		let [closed, cancelled, lost, id] =
			core::array::from_fn(|_| buy(BUYER, product, order(pool, 1_000_000)));
		award_a_unit(9, product, &[cancelled]);
		let refused = |id, error: Error| {
			assert_noop!(Cover::renew(signed(BUYER), id, order(pool, 1_000)), error);
		};
		assert_ok!(Cover::cancel(signed(BUYER), cancelled));
		refused(cancelled, Error::PolicyCancelled);
		assert_ok!(Cover::cancel(signed(BUYER), closed));
		refused(closed, Error::UnknownPolicy);
		accept(1, product, 100);
		award(1, lost, 1_000_000);
		refused(lost, Error::PolicyExhausted);
		refused(id, Error::ProductUnderIncident);
		close_incident(1, product);
		refused(id, Error::ProductPaused);
		assert_ok!(Cover::resume(RuntimeOrigin::root(), product));
		let mut dear = order(pool, 1_000);
		dear.max_premium = 1;
		assert_noop!(Cover::renew(signed(BUYER), id, dear), Error::PremiumTooHigh);
		assert_eq!(policy(id).renewed, 0);
		set_time(policy(id).end);
		settle(pool);
		refused(id, Error::PolicyExpired);
	});
}

#[test]
fn policy_is_renewed_in_parts_up_to_what_it_insures() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 1_000_000));
		let renew = |amount| Cover::renew(signed(BUYER), id, order(pool, amount));
		assert_noop!(renew(1_000_001), Error::RenewalTooLarge);
		assert_noop!(renew(Balance::MAX), Error::RenewalTooLarge);
		assert_ok!(renew(400_000));
		assert_noop!(renew(600_001), Error::RenewalTooLarge);
		assert_noop!(renew(Balance::MAX), Error::RenewalTooLarge);
		assert_ok!(renew(600_000 - 1));
		// What is awarded is not insured any more.
		accept(1, product, 100);
		award(1, id, 1);
		close_incident(1, product);
		assert_ok!(Cover::resume(RuntimeOrigin::root(), product));
		assert_noop!(renew(1), Error::RenewalTooLarge);
		assert_eq!(policy(id).renewed, 999_999);
		// Nor is it after the renewal was given up, whose waiting was done.
		assert_ok!(Cover::cancel(signed(BUYER), id + 1));
		assert_noop!(renew(1), Error::RenewalTooLarge);
	});
}

#[test]
fn nothing_is_sold_when_the_numbers_are_used_up() {
	build_and_execute(|| {
		let (product, pool) = market();
		NextPolicy::<Test>::put(PolicyId::MAX);
		assert_noop!(
			try_buy(BUYER, product, order(pool, 1_000)),
			ArithmeticError::Overflow
		);
		NextPolicy::<Test>::put(0);
		NextProduct::<Test>::put(ProductId::MAX);
		assert_noop!(
			Cover::propose(signed(ALICE), proposal()),
			ArithmeticError::Overflow
		);
	});
}
