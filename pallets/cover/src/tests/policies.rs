//! The life of a policy: its terms, its certificate, its refund and its end.

use super::*;
use frame_support::assert_noop;

/// What is refunded for a part of a policy: what it has not earned, less the fee on it rounded up.
fn refund_of(policy: &PolicyOf<Test>, at: Seconds, fee: Perbill) -> Balance {
	let seconds = Balance::from(policy.end - at);
	policy
		.allocations
		.iter()
		.map(|part| {
			let unearned = (part.rate * seconds) / (1 << 32);
			unearned - (unearned * Balance::from(fee.deconstruct())).div_ceil(1_000_000_000)
		})
		.sum()
}

/// Cancels, and returns what the holder's balance has grown by.
fn cancel(who: &AccountId, id: PolicyId) -> Balance {
	let before = usd(who);
	assert_ok!(Cover::cancel(signed(who.clone()), id));
	usd(who) - before
}

const TENTH: Perbill = Perbill::from_percent(10);

/// What wallets show of a certificate.
fn text(id: PolicyId) -> String {
	let metadata = pallet_nfts::ItemMetadataOf::<Test>::get(CERTIFICATES, id).unwrap();
	String::from_utf8(metadata.data.into_inner()).unwrap()
}

#[test]
fn whole_life_of_a_policy() {
	build_and_execute(|| {
		let (product, pool) = market();
		let mut order = order(pool, 200_000_000);
		order.broker = Some(Broker {
			account: BROKER,
			commission: 50_000_000,
		});
		let (paid, earned) = (usd(&BUYER), usd(&BROKER));
		let id = buy(BUYER, product, order.clone());
		let bought = policy(id);
		assert_eq!(paid - usd(&BUYER), bought.net_premium + bought.commission);
		assert_eq!(usd(&BROKER) - earned, bought.commission);
		assert_eq!(bought.commission, bought.net_premium.div_ceil(20));
		assert_eq!(bought.start, now() + WAITING);
		assert_eq!(bought.end, (now() + 30 * DAY).div_ceil(DAY) * DAY);
		assert_eq!(bought.last_report(), bought.end + CLAIM_WINDOW);

		transfer(id, BUYER, HOLDER);
		assert_noop!(
			Cover::renew(signed(BUYER), id, order.clone()),
			Error::NotTheHolder
		);
		set_time(bought.end - DAY);
		assert_ok!(Pools::settle(signed(BOB), pool));
		order.end = end_of(30 * DAY);
		assert_ok!(Cover::renew(signed(HOLDER), id, order));
		let next = policy(id + 1);
		assert_eq!(next.start, bought.end);

		pass(2 * DAY);
		assert_noop!(Cover::cancel(signed(HOLDER), id), Error::PolicyExpired);
		let report = Cover::report_policy(id + 1).unwrap();
		let before = usd(&HOLDER);
		assert_ok!(Cover::cancel(signed(HOLDER), id + 1));
		assert_eq!(Some(usd(&HOLDER) - before), report.refund);
		assert!(report.refund > Some(0));
		assert_noop!(Cover::close(signed(BOB), id + 1), Error::UnknownPolicy);
		assert_noop!(Cover::close(signed(BOB), id), Error::ClaimWindowOpen);
		set_time(bought.last_report() + 1);
		assert_ok!(Cover::close(signed(BOB), id));
		assert_eq!(Policies::<Test>::iter().count(), 0);
		assert_eq!(balance(&DUST, &BUYER), ENDOWMENT);
	});
}

// ------------------------------------------------------------------------------------------ Refunds

#[test]
fn refund_is_exact_to_the_second_over_several_pools() {
	build_and_execute(|| {
		let (product, first) = market();
		let pools = [
			first,
			pool_in(USD, product, 600_000_000),
			pool_in(USD, product, 70_000_000),
		];
		buy(BUYER, product, order(pools[1], 123_456_789));
		let amounts = [33_333_333, 100_000_001, 7_777_777];
		let held = pools.map(|pool| usd(&Pools::account(pool)));
		let id = buy(
			BUYER,
			product,
			split(&core::array::from_fn::<_, 3, _>(|i| (pools[i], amounts[i]))),
		);
		let bought = policy(id);
		for (i, part) in bought.allocations.iter().enumerate() {
			// What the pool was paid is spread over the seconds until the end.
			let premium = usd(&Pools::account(pools[i])) - held[i];
			assert_eq!((part.pool, part.amount), (pools[i], amounts[i]));
			assert_eq!(part.rate, (premium << 32) / Balance::from(bought.end - START));
		}
		for passed in [0, 1, 59, DAY / 2, WAITING + 17, 29 * DAY] {
			set_time(START + passed);
			let expected = refund_of(&bought, now(), TENTH);
			assert!(expected < bought.net_premium);
			assert_eq!(Cover::report_policy(id).unwrap().refund, Some(expected));
		}
		let expected = refund_of(&bought, now(), TENTH);
		assert_eq!(cancel(&BUYER, id), expected);
		System::assert_has_event(
			crate::Event::<Test>::Cancelled {
				policy: id,
				holder: BUYER,
				refund: expected,
			}
			.into(),
		);
		assert_eq!(Cover::report_policy(id), None);
		assert_eq!(pools.map(|pool| exposure(pool, product)), [0, 123_456_789, 0]);
	});
}

#[test]
fn commission_is_not_refunded() {
	build_and_execute(|| {
		let (product, pool) = market();
		let mut order = order(pool, 50_000_000);
		order.broker = Some(Broker {
			account: BUYER,
			commission: 200_000_000,
		});
		let id = buy(BUYER, product, order);
		let expected = refund_of(&policy(id), now(), TENTH);
		assert_eq!(cancel(&BUYER, id), expected);
	});
}

#[test]
fn refund_is_due_and_exposure_gone_when_the_holder_cannot_receive() {
	build_and_execute(|| {
		let (product, pool) = market();
		let second = pool_in(USD, product, 1_000_000_000);
		let id = buy(BUYER, product, split(&[(pool, 40_000_000), (second, 60_000_000)]));
		transfer(id, BUYER, HOLDER);
		assert_ok!(Assets::block(signed(MANAGER), 1, HOLDER));
		let expected = refund_of(&policy(id), now(), TENTH);
		assert_eq!(Cover::report_policy(id).unwrap().refund, Some(expected));
		assert_eq!(cancel(&HOLDER, id), 0);
		assert_eq!(due(pool, &HOLDER) + due(second, &HOLDER), expected);
		assert_eq!((exposure(pool, product), exposure(second, product)), (0, 0));
		assert_eq!(Cover::report_track_record(None)[0].record.refunds, expected);
		assert_eq!(Cover::holder(id), None);
		assert_ok!(Assets::thaw(signed(MANAGER), 1, HOLDER));
		let before = usd(&HOLDER);
		for pool in [pool, second] {
			assert_ok!(Pools::collect_due(signed(BOB), pool, HOLDER));
		}
		assert_eq!(usd(&HOLDER) - before, expected);

		// A holder without an account, and less than one must hold.
		let id = buy(BUYER, product, order(pool, 1_000));
		let expected = refund_of(&policy(id), now(), TENTH);
		assert!((1..USD_MINIMUM).contains(&expected));
		transfer(id, BUYER, account(90));
		assert_eq!(cancel(&account(90), id), 0);
		assert_eq!(due(pool, &account(90)), expected);
	});
}

#[test]
fn fee_is_waived_when_the_pool_could_not_bear_its_losses() {
	build_and_execute(|| {
		let [product, other] = [0, 1].map(|group| list(proposal(), group));
		let weak = pool_with(USD, &[product, other], 1_000_000_000);
		let sound = pool_in(USD, other, 1_000_000_000);
		let lost = [500_000_000, 200_000_000].map(|amount| buy(BUYER, product, order(weak, amount)));
		let id = buy(BUYER, other, split(&[(weak, 400_000_000), (sound, 100_000_000)]));
		let parts = policy(id).allocations.clone();
		let with_fee = Cover::report_policy(id).unwrap().refund.unwrap();
		assert_eq!(with_fee, refund_of(&policy(id), now(), TENTH));
		accept(1, product, 100);
		award(1, lost[0], 500_000_000);
		// Still enough for what is not set aside.
		assert_eq!(Cover::report_policy(id).unwrap().refund, Some(with_fee));
		award(1, lost[1], 200_000_000);
		let seconds = Balance::from(policy(id).end - now());
		let [first, second] = [0, 1].map(|i| (parts[i].rate * seconds) >> 32);
		assert_eq!(cancel(&BUYER, id), first + second - second.div_ceil(10));
	});
}

#[test]
fn part_of_a_policy_that_was_not_awarded_is_refunded() {
	build_and_execute(|| {
		let (product, pool) = market();
		let second = pool_in(USD, product, 1_000_000_000);
		let id = buy(BUYER, product, split(&[(pool, 40_000_000), (second, 60_000_000)]));
		let full = refund_of(&policy(id), now(), TENTH);
		accept(1, product, 30);
		award(1, id, 25_000_000);
		close_incident(1, product);
		let expected = refund_of(&policy(id), now(), TENTH);
		assert!(full * 3 / 4 - expected <= 3);
		assert_eq!(cancel(&BUYER, id), expected);
		assert_eq!((exposure(pool, product), exposure(second, product)), (0, 0));
		assert_eq!(policy(id).state(now()), State::Cancelled);
		assert_ok!(Cover::close(signed(BOB), id));
	});
}

#[test]
fn policy_is_closed_with_its_cancellation_when_nothing_was_awarded() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 1_000_000));
		transfer(id, BUYER, HOLDER);
		let deposit = native(&BUYER);
		System::reset_events();
		let refund = cancel(&HOLDER, id);
		let events = System::events()
			.into_iter()
			.filter_map(|record| match record.event {
				RuntimeEvent::Cover(event) => Some(event),
				_ => None,
			});
		let cancelled = crate::Event::<Test>::Cancelled {
			policy: id,
			holder: HOLDER,
			refund,
		};
		assert_eq!(
			events.collect::<Vec<_>>(),
			[cancelled, crate::Event::Closed { policy: id }]
		);
		assert_eq!(native(&BUYER) - deposit, 100);
		assert_eq!(Cover::report_track_record(None)[0].record.open, 0);
		for call in [Cover::cancel, close, Cover::pull_arrears] {
			assert_noop!(call(signed(HOLDER), id), Error::UnknownPolicy);
		}
		assert_noop!(
			Cover::renew(signed(HOLDER), id, order(pool, 1_000)),
			Error::UnknownPolicy
		);
	});
}

#[test]
fn policy_stays_when_it_is_cancelled_after_an_award_and_is_closed_later() {
	build_and_execute(|| {
		let [product, two, three] = [0, 1, 2].map(|group| list(proposal(), group));
		let pool = pool_with(USD, &[product, two, three], 1_000_000_000);
		let amount = 500_000_000;
		let [id, other, another] = [product, two, three].map(|of| buy(BUYER, of, order(pool, amount)));
		for (incident, product) in [product, two, three].into_iter().enumerate() {
			accept(incident as u32, product, 100);
		}
		// All three together are more than the pool has.
		award(0, id, 200_000_000);
		close_incident(0, product);
		let owed = Cover::report_policy(id).unwrap().arrears;
		assert!(owed > 0);
		let expected = Cover::report_policy(id).unwrap().refund;
		assert_eq!(Some(cancel(&BUYER, id)), expected);
		let left = policy(id);
		assert_eq!((left.awarded, left.state(now())), (200_000_000, State::Cancelled));
		assert_eq!(
			left.allocations.to_vec(),
			[lutine_primitives::insurance::Allocation {
				pool,
				amount: 0,
				rate: 0
			}]
		);
		assert_eq!(exposure(pool, product), 0);
		let report = Cover::report_policy(id).unwrap();
		assert_eq!((report.refund, report.renewable, report.arrears), (None, 0, owed));
		assert_noop!(Cover::cancel(signed(BUYER), id), Error::PolicyCancelled);
		assert_noop!(Cover::close(signed(BOB), id), Error::ArrearsLeft);
		assert_eq!(on_hold(HoldReason::Policy, &BUYER), 300);

		// Whoever holds the certificate is paid what is still owed.
		transfer(id, BUYER, HOLDER);
		assert_ok!(Pools::pay_arrears(signed(ALICE), pool, owed));
		let before = usd(&HOLDER);
		assert_ok!(Cover::close(signed(BOB), id));
		assert_eq!(usd(&HOLDER) - before, owed);
		assert_eq!(on_hold(HoldReason::Policy, &BUYER), 200);
		assert_eq!(Cover::report_policy(id), None);
		for (incident, product, id) in [(1, two, other), (2, three, another)] {
			close_incident(incident, product);
			cancel(&BUYER, id);
		}
	});
}

#[test]
fn nothing_can_be_claimed_when_a_policy_was_cancelled_just_before_the_report() {
	build_and_execute(|| {
		let (product, pool) = market();
		let [whole, partly] = core::array::from_fn(|_| buy(BUYER, product, order(pool, 1_000_000)));
		award_a_unit(9, product, &[partly]);
		pass(WAITING + DAY);
		cancel(&BUYER, whole);
		cancel(&BUYER, partly);
		let (happened, root) = (now() - 60, sp_io::storage::root);
		freeze(product);
		accept(1, product, 100);
		let version = sp_runtime::StateVersion::V1;
		let before = root(version);
		for (id, error) in [(whole, Error::UnknownPolicy), (partly, Error::PolicyCancelled)] {
			let error = DispatchError::from(error);
			assert_eq!(
				<Cover as Coverage<AccountId>>::in_force(id, product, happened, now()),
				Err(error)
			);
			assert_eq!(<Cover as Coverage<AccountId>>::open_claim(id), Err(error));
			assert_eq!(<Cover as Coverage<AccountId>>::pay(1, id, 0), Err(error));
		}
		assert_eq!(root(version), before);
		assert_eq!(pallet_pools::Pools::<Test>::get(pool).unwrap().reserved, 0);
	});
}

// ------------------------------------------------------------------------------------------ Terms

#[test]
fn terms_of_a_policy_stay_when_product_and_parameters_change() {
	build_and_execute(|| {
		let mut proposal = proposal();
		proposal.conditions.deductible = 100_000_001;
		proposal.conditions.assets[0].optimistic = 777;
		let (product, pool) = market_of(proposal.clone());
		let native_before = native(&BUYER);
		let id = buy(BUYER, product, order(pool, 100_000_000));
		let bought = policy(id);
		assert_eq!(
			bought.terms,
			Terms {
				claim_window: CLAIM_WINDOW,
				deductible: 10_000_001,
				optimistic_limit: 777,
				cancellation_fee: TENTH,
			}
		);

		govern(|chain| {
			*chain = lutine_primitives::parameters::Cover {
				min_period: DAY,
				max_period: 2 * DAY,
				waiting_period: DAY,
				claim_window: 1,
				cancellation_fee: Perbill::from_percent(50),
				max_commission: Perbill::zero(),
				product_deposit: 1,
				policy_deposit: 1,
			};
		});
		proposal.conditions = Conditions {
			min_period: WAITING + DAY,
			max_period: WAITING + DAY,
			..proposal.conditions
		};
		govern(|chain| chain.max_period = 365 * DAY);
		proposal.conditions.deductible = 1_000_000_000;
		proposal.conditions.assets[0].optimistic = 0;
		let root = RuntimeOrigin::root;
		assert_ok!(Cover::amend(root(), product, proposal.conditions.clone()));
		let mut order = order(pool, 1_000_000);
		order.end = end_of(WAITING + DAY);
		let later = buy(BUYER, product, order);
		assert_eq!(
			policy(later).terms,
			Terms {
				claim_window: CLAIM_WINDOW,
				deductible: 1_000_000,
				optimistic_limit: 0,
				cancellation_fee: Perbill::from_percent(50),
			}
		);
		assert_eq!(policy(later).deposit, 1);
		assert_eq!(on_hold(HoldReason::Policy, &BUYER), 101);

		proposal.conditions.assets = Default::default();
		assert_ok!(Cover::amend(root(), product, proposal.conditions));
		assert_ok!(Cover::pause(root(), product));
		assert_ok!(Cover::delist(root(), product));
		assert_eq!(policy(id), bought);
		let found = in_force(id, bought.end - 1, bought.last_report()).unwrap();
		assert_eq!((found.deductible, found.optimistic_limit), (10_000_001, 777));
		assert_eq!(
			in_force(id, bought.end - 1, bought.last_report() + 1),
			Err(Error::ReportedTooLate.into())
		);

		pass(3 * DAY + 5);
		let half = Perbill::from_percent(50);
		let (old, new) = (
			refund_of(&policy(id), now(), TENTH),
			refund_of(&policy(later), now(), half),
		);
		assert_eq!((cancel(&BUYER, id), cancel(&BUYER, later)), (old, new));
		assert_eq!(native(&BUYER), native_before);
	});
}

#[test]
fn renewal_has_the_terms_of_its_own_purchase() {
	build_and_execute(|| {
		let (product, pool) = market();
		let item: Item = b"0xabcd".to_vec().try_into().unwrap();
		assert_ok!(Cover::buy(
			signed(BUYER),
			product,
			USD,
			order(pool, 1_000_000),
			item.clone()
		));
		let mut conditions = proposal().conditions;
		conditions.deductible = 500_000_000;
		assert_ok!(Cover::amend(RuntimeOrigin::root(), product, conditions));
		govern(|chain| (chain.cancellation_fee, chain.policy_deposit) = (Perbill::zero(), 33));
		transfer(0, BUYER, HOLDER);
		assert_ok!(Cover::renew(signed(HOLDER), 0, order(pool, 600_000)));
		let renewal = policy(1);
		assert_eq!((renewal.item, renewal.buyer, renewal.deposit), (item, HOLDER, 33));
		assert_eq!(renewal.terms.deductible, 300_000);
		assert_eq!(renewal.terms.cancellation_fee, Perbill::zero());
		assert_eq!((policy(0).renewed, renewal.renewed), (600_000, 0));
		System::assert_last_event(crate::Event::<Test>::Renewed { policy: 0, by: 1 }.into());
	});
}

// ------------------------------------------------------------------------------------------ Deposits

#[test]
fn deposit_returns_to_the_buyer_when_another_holds_the_certificate() {
	build_and_execute(|| {
		let (product, pool) = market();
		let before = [native(&BUYER), native(&HOLDER), native(&BOB)];
		let id = buy(BUYER, product, order(pool, 1_000_000));
		govern(|chain| chain.policy_deposit = 5_000);
		let dearer = buy(BUYER, product, order(pool, 1_000_000));
		assert_eq!(on_hold(HoldReason::Policy, &BUYER), 5_100);
		transfer(id, BUYER, HOLDER);
		transfer(dearer, BUYER, HOLDER);
		govern(|chain| chain.policy_deposit = 1);
		for (policy, left) in [(id, 5_000), (dearer, 0)] {
			cancel(&HOLDER, policy);
			assert_eq!(on_hold(HoldReason::Policy, &BUYER), left);
		}
		assert_eq!([native(&BUYER), native(&HOLDER), native(&BOB)], before);
	});
}

// ------------------------------------------------------------------------------------------ Certificates

#[test]
fn certificate_says_what_it_covers() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 200_500_000));
		assert_eq!(
			text(id),
			"Lutine cover 0: Example lending (product 0), 200.5 USD, 2024-10-11 12:00:00 to 2024-11-04 00:00:00 UTC"
		);
		let native_pool = pool_in(AssetId::Native, product, 1_000_000_000);
		assert_ok!(Cover::buy(
			signed(BUYER),
			product,
			AssetId::Native,
			order(native_pool, 1),
			Item::default()
		));
		assert!(text(id + 1).contains(", 0.000001 LUT, "));
	});
}

#[test]
fn certificate_is_readable_when_the_symbol_of_its_asset_is_not() {
	build_and_execute(|| {
		let (product, pool) = market();
		let root = RuntimeOrigin::root;
		for (symbol, shown) in [
			(&b"US\n\xff \xe2\x80\xaeD\0$"[..], "1 USD$"),
			(
				b"A-very-long-symbol-of-fifty-bytes-is-shown-in-part",
				"1 A-very-long-",
			),
			("Ⓤ".as_bytes(), "1 of asset 1"),
			(b"", "1 of asset 1"),
		] {
			assert_ok!(Assets::force_set_metadata(
				root(),
				1,
				b"Dollar".to_vec(),
				symbol.to_vec(),
				6,
				false
			));
			let id = buy(BUYER, product, order(pool, 1_000_000));
			assert!(text(id).contains(&format!(", {shown}, 2024-")), "{}", text(id));
		}
		assert_ok!(Assets::force_clear_metadata(root(), 1));
		let id = buy(BUYER, product, order(pool, 1_000_000));
		assert!(text(id).contains(", 1 of asset 1, "));
	});
}

#[test]
fn longest_certificate_can_be_issued() {
	build_and_execute(|| {
		let mut long = proposal();
		long.name = name(&"x".repeat(48));
		long.conditions.assets[0].max = 1 << 79;
		long.conditions.assets[0].total = 1 << 79;
		NextProduct::<Test>::put(ProductId::MAX - 1);
		let product = list(long, 0);
		let pool = pool_in(USD, product, 1 << 79);
		NextPolicy::<Test>::put(PolicyId::MAX - 1);
		assert_ok!(Assets::force_set_metadata(
			RuntimeOrigin::root(),
			1,
			vec![b'x'; 50],
			vec![b'x'; 50],
			6,
			false
		));
		let id = buy(BUYER, product, order(pool, (1 << 78) + 1));
		assert!(text(id).ends_with(" UTC"));
		assert_ok!(Cover::cancel(signed(BUYER), id));
	});
}

#[test]
fn cover_follows_its_certificate_by_every_way_it_can_move() {
	build_and_execute(|| {
		let (product, pool) = market();
		let [id, other] = core::array::from_fn(|_| buy(BUYER, product, order(pool, 1_000_000)));
		let start = policy(id).start;
		let holds = |who: &AccountId| {
			assert_eq!(Cover::holder(id).as_ref(), Some(who));
			assert_eq!(in_force(id, start, start).unwrap().holder, *who);
			assert_eq!(Cover::report_policy(id).unwrap().holder, *who);
			assert!(Cover::report_policies_of(who).contains(&id));
		};
		assert_eq!(Cover::report_policies_of(&BUYER), [id, other]);

		assert_ok!(Nfts::approve_transfer(signed(BUYER), CERTIFICATES, id, BOB, None));
		holds(&BUYER);
		transfer(id, BOB, HOLDER);
		holds(&HOLDER);

		assert_ok!(Nfts::set_price(signed(HOLDER), CERTIFICATES, id, Some(500), None));
		let (seller, buyer) = (native(&HOLDER), native(&BOB));
		assert_ok!(Nfts::buy_item(signed(BOB), CERTIFICATES, id, 500));
		assert_eq!((native(&HOLDER) - seller, buyer - native(&BOB)), (500, 500));
		holds(&BOB);

		assert_ok!(Nfts::create_swap(
			signed(BOB),
			CERTIFICATES,
			id,
			CERTIFICATES,
			Some(other),
			None,
			100
		));
		assert_ok!(Nfts::claim_swap(
			signed(BUYER),
			CERTIFICATES,
			other,
			CERTIFICATES,
			id,
			None
		));
		holds(&BUYER);
		assert_eq!(Cover::report_policies_of(&BOB), [other]);
		assert!(Cover::report_policies_of(&HOLDER).is_empty());
		let expected = refund_of(&policy(other), now(), TENTH);
		assert_eq!(cancel(&BOB, other), expected);
	});
}

#[test]
fn certificate_on_sale_cannot_be_bought_when_its_policy_was_cancelled() {
	build_and_execute(|| {
		let (product, pool) = market();
		let [id, other] = core::array::from_fn(|_| buy(BUYER, product, order(pool, 1_000_000)));
		transfer(other, BUYER, BOB);
		let offer = |id| {
			assert_ok!(Nfts::set_price(signed(BUYER), CERTIFICATES, id, Some(500), None));
			assert_ok!(Nfts::create_swap(
				signed(BUYER),
				CERTIFICATES,
				id,
				CERTIFICATES,
				None,
				None,
				100
			));
		};
		let refused = |id| {
			type NftsError = pallet_nfts::Error<Test>;
			assert_noop!(
				Nfts::buy_item(signed(BOB), CERTIFICATES, id, 500),
				NftsError::UnknownItem
			);
			assert_noop!(
				Nfts::claim_swap(signed(BOB), CERTIFICATES, other, CERTIFICATES, id, None),
				NftsError::UnknownItem
			);
		};
		offer(id);
		let before = native(&BOB);
		cancel(&BUYER, id);
		refused(id);
		// Nor is the next certificate on sale.
		let next = buy(BUYER, product, order(pool, 1_000_000));
		assert_noop!(
			Nfts::buy_item(signed(BOB), CERTIFICATES, next, 500),
			pallet_nfts::Error::<Test>::NotForSale
		);
		offer(next);
		set_time(policy(next).last_report() + 1);
		assert_ok!(Cover::close(signed(ALICE), next));
		refused(next);
		assert_eq!((native(&BOB), Cover::holder(other)), (before, Some(BOB)));
	});
}

#[test]
fn nothing_but_the_cover_pallet_changes_what_a_certificate_says() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 1_000_000));
		for who in [BUYER, BOB] {
			assert_noop!(
				Nfts::set_metadata(signed(who.clone()), CERTIFICATES, id, Default::default()),
				pallet_nfts::Error::<Test>::NoPermission
			);
			assert_noop!(
				Nfts::clear_metadata(signed(who.clone()), CERTIFICATES, id),
				pallet_nfts::Error::<Test>::NoPermission
			);
			assert_noop!(
				Nfts::lock_item_transfer(signed(who.clone()), CERTIFICATES, id),
				pallet_nfts::Error::<Test>::NoPermission
			);
			assert_noop!(
				Nfts::lock_item_properties(signed(who.clone()), CERTIFICATES, id, true, true),
				pallet_nfts::Error::<Test>::NoPermission
			);
			assert_noop!(
				Nfts::mint(signed(who.clone()), CERTIFICATES, 99, who.clone(), None),
				pallet_nfts::Error::<Test>::NoPermission
			);
			assert_noop!(
				Nfts::force_mint(signed(who.clone()), CERTIFICATES, 99, who, Default::default()),
				pallet_nfts::Error::<Test>::NoPermission
			);
		}
	});
}

#[test]
fn closing_leaves_no_trace_of_a_certificate() {
	build_and_execute(|| {
		let (product, pool) = market();
		let collection = pallet_nfts::Collection::<Test>::get(CERTIFICATES);
		let [id, other] = core::array::from_fn(|_| buy(BUYER, product, order(pool, 1_000_000)));
		transfer(id, BUYER, HOLDER);
		assert_ok!(Nfts::approve_transfer(
			signed(HOLDER),
			CERTIFICATES,
			id,
			BOB,
			Some(1_000)
		));
		assert_ok!(Nfts::set_price(
			signed(HOLDER),
			CERTIFICATES,
			id,
			Some(500),
			Some(BOB)
		));
		assert_ok!(Nfts::create_swap(
			signed(HOLDER),
			CERTIFICATES,
			id,
			CERTIFICATES,
			None,
			None,
			100
		));
		let closed = |id| System::assert_last_event(crate::Event::<Test>::Closed { policy: id }.into());
		assert_ok!(Cover::cancel(signed(HOLDER), id));
		closed(id);
		set_time(policy(other).last_report() + 1);
		assert_ok!(Cover::close(signed(BOB), other));
		closed(other);
		assert!(!pallet_nfts::Item::<Test>::contains_key(CERTIFICATES, id));
		assert!(!pallet_nfts::ItemConfigOf::<Test>::contains_key(CERTIFICATES, id));
		assert!(!pallet_nfts::ItemMetadataOf::<Test>::contains_key(
			CERTIFICATES,
			id
		));
		assert!(!pallet_nfts::ItemPriceOf::<Test>::contains_key(CERTIFICATES, id));
		assert!(!pallet_nfts::PendingSwapOf::<Test>::contains_key(
			CERTIFICATES,
			id
		));
		assert_eq!(pallet_nfts::Account::<Test>::iter().count(), 0);
		assert_eq!(pallet_nfts::Collection::<Test>::get(CERTIFICATES), collection);
		assert_eq!(
			(
				Policies::<Test>::iter().count(),
				ProductPolicies::<Test>::iter().count()
			),
			(0, 0)
		);
		assert_eq!((Cover::holder(id), Cover::report_policy(id)), (None, None));
		assert!(Cover::report_policies_of(&HOLDER).is_empty());
	});
}

#[test]
fn number_of_a_closed_policy_is_not_given_again() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 1_000_000));
		assert_ok!(Cover::cancel(signed(BUYER), id));
		assert_eq!(buy(BUYER, product, order(pool, 1_000_000)), id + 1);
	});
}

#[test]
fn policy_is_in_each_state_in_turn() {
	build_and_execute(|| {
		let (product, pool) = market();
		let [id, lost, cancelled] = core::array::from_fn(|_| buy(BUYER, product, order(pool, 1_000_000)));
		let state = |id| Cover::report_policy(id).unwrap().state;
		award_a_unit(9, product, &[cancelled]);
		assert_ok!(Cover::cancel(signed(BUYER), cancelled));
		accept(1, product, 100);
		award(1, lost, 999_999);
		assert_eq!(
			[id, lost, cancelled].map(state),
			[State::Active, State::Active, State::Cancelled]
		);
		award(1, lost, 1);
		set_time(policy(id).end - 1);
		assert_eq!([id, lost].map(state), [State::Active, State::Exhausted]);
		pass(1);
		assert_eq!(
			[id, lost, cancelled].map(state),
			[State::Expired, State::Exhausted, State::Cancelled]
		);
	});
}

#[test]
fn renewable_is_what_can_be_renewed() {
	build_and_execute(|| {
		let (product, pool) = market();
		let [id, partly, lost] = core::array::from_fn(|_| buy(BUYER, product, order(pool, 1_000_000)));
		let renewable = |id| Cover::report_policy(id).unwrap().renewable;
		let renew = |id, amount| Cover::renew(signed(BUYER), id, order(pool, amount));
		assert_eq!([id, partly, lost].map(renewable), [1_000_000; 3]);
		assert_ok!(renew(id, 400_000));
		award_a_unit(1, product, &[id, partly]);
		accept(2, product, 100);
		award(2, lost, 1_000_000);
		close_incident(2, product);
		assert_ok!(Cover::resume(RuntimeOrigin::root(), product));
		assert_eq!([id, partly, lost].map(renewable), [599_999, 999_999, 0]);
		assert_noop!(renew(lost, 1), Error::PolicyExhausted);
		assert_ok!(Cover::cancel(signed(BUYER), partly));
		assert_eq!(renewable(partly), 0);
		assert_noop!(renew(partly, 1), Error::PolicyCancelled);

		set_time(policy(id).end - 1);
		settle(pool);
		assert_noop!(renew(id, renewable(id) + 1), Error::RenewalTooLarge);
		assert_ok!(renew(id, renewable(id) - 1));
		assert_eq!(renewable(id), 1);
		pass(1);
		assert_eq!(renewable(id), 0);
		assert_noop!(renew(id, 1), Error::PolicyExpired);
		assert_eq!(renewable(NextPolicy::<Test>::get() - 1), 599_998);
	});
}

// ---------------------------------------------------------------------------------------------- Notices

#[test]
fn notices_are_weighed_where_pools_pay_the_holder() {
	use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 1_000_000));
		let notice = Weight::from_parts(1_000, 10);
		let by_notices = |call: Call<Test>| {
			let weigh = || call.get_dispatch_info().call_weight;
			Notice::set(Weight::zero());
			let without = weigh();
			Notice::set(notice);
			weigh() - without
		};
		// One for each pool; for as many as there can be where the policy is not known yet.
		for (policy, pools) in [(id, 1), (99, 8)] {
			assert_eq!(by_notices(Call::cancel { policy }), notice * pools);
			assert_eq!(by_notices(Call::pull_arrears { policy }), notice * pools);
			assert_eq!(by_notices(Call::close { policy }), notice * pools);
		}
		let order = order(pool, 1_000_000);
		assert_eq!(by_notices(Call::renew { policy: id, order }), Weight::zero());
		// An award may come with arrears.
		assert_eq!(<Cover as Coverage<AccountId>>::notice_weight(), notice * 16);
		Notice::set(Weight::zero());
	});
}

#[test]
fn policy_is_cancelled_when_one_of_its_pools_has_paid_all_of_its_part() {
	build_and_execute(|| {
		let (product, first) = market();
		let second = pool_in(USD, product, 1_000_000_000);
		let id = buy(BUYER, product, split(&[(first, 1), (second, 1)]));
		award_a_unit(0, product, &[id]);
		let mut left: Vec<_> = policy(id).allocations.iter().map(|part| part.amount).collect();
		left.sort_unstable();
		assert_eq!(left, [0, 1]);
		assert_ok!(Cover::cancel(signed(BUYER), id));
	});
}

#[test]
fn weights_count_the_pools_that_were_left_alone() {
	use frame_support::weights::Weight;
	build_and_execute(|| {
		let (product, pool) = market();
		let order = order(pool, 1_000);
		let policy = buy(BUYER, product, order.clone());
		settle(pool);
		let settling = |days| <() as pallet_pools::WeightInfo>::settle(days, days);
		let told = || {
			[
				Cover::buy_weight(&order),
				Cover::renew_weight(&order),
				<Cover as Coverage<AccountId>>::settle_weight(policy),
			]
		};
		let at_once = [
			<() as WeightInfo>::buy(1),
			<() as WeightInfo>::renew(1),
			Weight::zero(),
		];
		assert_eq!(told(), at_once);
		pass(3 * DAY);
		assert_eq!(told(), at_once.map(|weight| weight + settling(3)));
		let worst = <Cover as Coverage<AccountId>>::worst_settle_weight();
		pass(365 * DAY);
		assert!(worst.all_gte(<Cover as Coverage<AccountId>>::settle_weight(policy)));
	});
}

#[test]
fn next_collection_is_another_one_than_the_certificates() {
	build_and_execute(|| {
		assert_eq!(
			pallet_nfts::NextCollectionId::<Test>::get(),
			Some(CERTIFICATES + 1)
		);
	});
}

#[test]
fn product_and_its_claim_window_are_told_once_it_is_listed() {
	build_and_execute(|| {
		let id = NextProduct::<Test>::get();
		let window = || <Cover as Coverage<AccountId>>::claim_window(id);
		assert_eq!((Cover::report_product(id), window()), (None, None));
		assert_ok!(Cover::propose(signed(ALICE), proposal()));
		assert_eq!((Cover::report_product(id), window()), (Some(product(id)), None));
		assert_ok!(Cover::list(RuntimeOrigin::root(), id, 0));
		assert_eq!(
			(Cover::report_product(id), window()),
			(Some(product(id)), Some(CLAIM_WINDOW))
		);
	});
}
