//! Cover on the whole runtime: whoever buys it and however, the books of pools and policies, and what nobody may do.

use super::{
	pools::{DOLLAR, USD, chain_with_pool, deposit, dollars, executed},
	*,
};
use crate::{configs::system::ProxyType, genesis::TEST_STABLECOIN};
use frame_support::{
	assert_ok,
	dispatch::{GetDispatchInfo, RawOrigin},
	traits::{Get, UnfilteredDispatchable},
};
use lutine_primitives::{
	insurance::{AssetId, Coverage, PolicyId, PoolId, ProductId},
	time::Seconds,
};
use pallet_cover::{CERTIFICATES, Order, Part, PolicyOf};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave};
use sp_runtime::FixedU128;
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};

const PRODUCT: ProductId = 1;
const AMOUNT: Balance = 10_000 * DOLLAR;

type Call = pallet_cover::Call<Runtime>;

/// What pools and policies say of each other. While no policy was closed, the exposure of a line is what policies have
/// allocated to it and their time is not over; what pools were paid and refunded is always what policies record.
pub fn check_books() {
	let mut allocated: BTreeMap<(PoolId, ProductId), Balance> = BTreeMap::new();
	for (_, policy) in pallet_cover::Policies::<Runtime>::iter() {
		for allocation in &policy.allocations {
			let pool = pallet_pools::Pools::<Runtime>::get(allocation.pool).unwrap();
			let day = accounting_day();
			if (policy.last_report() + 1).div_ceil(day) * day > pool.settled_at {
				*allocated.entry((allocation.pool, policy.product)).or_default() += allocation.amount;
			}
		}
	}
	for (pool, product, line) in pallet_pools::Lines::<Runtime>::iter() {
		let allocated = allocated.remove(&(pool, product)).unwrap_or(0);
		assert!(line.exposure >= allocated, "pool {pool}, product {product}");
		let closed = pallet_cover::Records::<Runtime>::iter_prefix_values(product)
			.map(|record| record.sold - record.open)
			.sum::<u64>();
		assert!(line.exposure == allocated || closed > 0 || line.is_stopped());
	}
	assert!(allocated.values().all(|left| *left == 0));

	let mut records: BTreeMap<Vec<u8>, (Balance, Balance)> = BTreeMap::new();
	for (_, asset, record) in pallet_cover::Records::<Runtime>::iter() {
		let (paid, refunded) = records.entry(codec::Encode::encode(&asset)).or_default();
		*paid += record.net_premiums;
		*refunded += record.refunds;
	}
	for (_, pool) in pallet_pools::Pools::<Runtime>::iter() {
		let (paid, refunded) = records.entry(codec::Encode::encode(&pool.asset)).or_default();
		*paid -= pool.totals.premiums;
		*refunded -= pool.totals.refunded;
	}
	assert!(records.values().all(|left| *left == (0, 0)));
}

fn accounting_day() -> Seconds {
	pallet_clock::AccountingDay::<Runtime>::get()
}

/// The end of the accounting day in which thirty more are over.
fn end(chain: &mut Chain) -> Seconds {
	chain.read(|| {
		let now = pallet_timestamp::Now::<Runtime>::get() / 1_000;
		(now.div_ceil(accounting_day()) + 30) * accounting_day()
	})
}

fn order(amount: Balance, end: Seconds) -> Order<AccountId> {
	Order {
		amount,
		end,
		parts: vec![Part { pool: 0, amount }].try_into().unwrap(),
		max_premium: amount,
		deadline: None,
		broker: None,
	}
}

/// A purchase from pool 0 for 30 accounting days.
fn purchase(chain: &mut Chain) -> RuntimeCall {
	let end = end(chain);
	Call::buy {
		product: PRODUCT,
		asset: USD,
		order: order(AMOUNT, end),
		item: Default::default(),
	}
	.into()
}

fn policy(chain: &mut Chain, id: PolicyId) -> PolicyOf<Runtime> {
	chain.read(|| Cover::report_policy(id).unwrap().policy)
}

#[test]
fn every_way_of_buying_is_the_same() {
	let accounts = |keys: &[Sr25519Keyring]| {
		let mut accounts: Vec<_> = keys.iter().map(|key| key.to_account_id()).collect();
		accounts.sort();
		accounts
	};
	let both = accounts(&[Bob, Charlie]);
	let (height, multisig) =
		chain_with_pool().read(|| (System::block_number(), Multisig::multi_account_id(&both, 2)));
	// As a converter of XCM locations makes them: nobody has a key.
	let derived = AccountId::new(sp_io::hashing::blake2_256(b"an account of another chain"));
	let wrap = |call: &RuntimeCall| Box::new(call.clone());

	type Way<'a> = (
		&'a str,
		AccountId,
		Box<dyn Fn(&mut Chain, RuntimeCall) -> Vec<UncheckedExtrinsic> + 'a>,
	);
	let ways: Vec<Way> = vec![
		(
			"signed",
			Charlie.to_account_id(),
			Box::new(|chain, call| vec![chain.sign(Charlie, call, 0)]),
		),
		(
			"batch",
			Charlie.to_account_id(),
			Box::new(|chain, call| {
				let batch = pallet_utility::Call::batch_all { calls: vec![call] };
				vec![chain.sign(Charlie, batch.into(), 0)]
			}),
		),
		(
			"proxy",
			Charlie.to_account_id(),
			Box::new(|chain, call| {
				let by_proxy = pallet_proxy::Call::proxy {
					real: Charlie.to_account_id().into(),
					force_proxy_type: None,
					call: wrap(&call),
				};
				vec![chain.sign(Dave, by_proxy.into(), 0)]
			}),
		),
		(
			"multisig",
			multisig.clone(),
			Box::new(|chain, call| {
				let max_weight = chain.read(|| call.get_dispatch_info().call_weight);
				let by = |others: &[Sr25519Keyring]| pallet_multisig::Call::as_multi {
					threshold: 2,
					other_signatories: accounts(others),
					maybe_timepoint: (others == [Bob]).then(|| pallet_multisig::Timepoint {
						height: height + 2,
						index: 1,
					}),
					call: wrap(&call),
					max_weight,
				};
				let (first, second) = (by(&[Charlie]), by(&[Bob]));
				vec![
					chain.sign(Bob, first.into(), 0),
					chain.sign(Charlie, second.into(), 0),
				]
			}),
		),
		("another chain", derived.clone(), Box::new(|_, _| vec![])),
	];
	let mut bought: Vec<PolicyOf<Runtime>> = vec![];
	for (way, holder, transactions) in ways {
		let mut chain = chain_with_pool();
		let endow = |to: &AccountId| -> RuntimeCall {
			let calls = vec![
				pallet_balances::Call::transfer_keep_alive {
					dest: to.clone().into(),
					value: 10 * LUT,
				}
				.into(),
				pallet_assets::Call::transfer {
					id: crate::genesis::TEST_STABLECOIN.into(),
					target: to.clone().into(),
					amount: AMOUNT,
				}
				.into(),
			];
			pallet_utility::Call::batch_all { calls }.into()
		};
		let proxied = pallet_proxy::Call::add_proxy {
			delegate: Dave.to_account_id().into(),
			proxy_type: ProxyType::Cover,
			delay: 0,
		};
		let set_up = vec![
			chain.sign(Alice, endow(&multisig), 0),
			chain.sign(Dave, endow(&derived), 0),
			chain.sign(Charlie, proxied.into(), 0),
		];
		assert!(
			chain
				.block(set_up)
				.iter()
				.all(|outcome| matches!(outcome, Ok(Ok(()))))
		);
		let call = purchase(&mut chain);
		let before = chain.read(|| Assets::balance(1, &holder));
		if way == "another chain" {
			let (call, signer) = (call.clone(), derived.clone());
			chain.block(vec![]);
			assert_ok!(chain.read(|| call.dispatch_bypass_filter(RawOrigin::Signed(signer).into())));
		} else {
			let transactions = transactions(&mut chain, call);
			let outcomes = chain.block(transactions);
			assert!(
				outcomes.iter().all(|outcome| matches!(outcome, Ok(Ok(())))),
				"{way}: {outcomes:?}"
			);
		}
		let mut policy = policy(&mut chain, 0);
		assert_eq!(chain.read(|| Cover::holder(0)), Some(holder.clone()), "{way}");
		assert_eq!(
			before - chain.read(|| Assets::balance(1, &holder)),
			policy.net_premium,
			"{way}"
		);
		assert_eq!(policy.buyer, holder, "{way}");
		policy.buyer = Alice.to_account_id();
		bought.push(policy);
	}
	assert_eq!(bought.len(), 5);
	assert!(bought.iter().all(|policy| *policy == bought[0]), "{bought:#?}");
}

#[test]
fn certificate_is_burned_by_nobody_when_its_policy_is_not_closed() {
	let mut chain = chain_with_pool();
	let call = purchase(&mut chain);
	assert_ok!(chain.apply(Charlie, call));
	let burn: RuntimeCall = pallet_nfts::Call::burn {
		collection: CERTIFICATES,
		item: 0,
	}
	.into();
	let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
	assert_eq!(chain.apply(Charlie, burn.clone()), filtered);
	let batch = pallet_utility::Call::batch_all {
		calls: vec![burn.clone()],
	};
	assert_eq!(chain.apply(Charlie, batch), filtered);
	assert_ok!(chain.apply(
		Charlie,
		pallet_proxy::Call::add_proxy {
			delegate: Dave.to_account_id().into(),
			proxy_type: ProxyType::Any,
			delay: 0,
		}
	));
	assert_ok!(chain.apply(
		Dave,
		pallet_proxy::Call::proxy {
			real: Charlie.to_account_id().into(),
			force_proxy_type: None,
			call: Box::new(burn),
		}
	));
	assert_eq!(executed(&mut chain), filtered);

	// Passing it on is everybody's right, and closing the policy is the way to be rid of it.
	let transfer = pallet_nfts::Call::transfer {
		collection: CERTIFICATES,
		item: 0,
		dest: Bob.to_account_id().into(),
	};
	assert_ok!(chain.apply(Charlie, transfer));
	assert_ok!(chain.apply(Bob, Call::cancel { policy: 0 }));
	assert_eq!(chain.read(|| Cover::holder(0)), None);
}

#[test]
fn proxy_buys_cover_but_cannot_give_it_away() {
	let mut chain = chain_with_pool();
	let add = pallet_proxy::Call::add_proxy {
		delegate: Dave.to_account_id().into(),
		proxy_type: ProxyType::Cover,
		delay: 0,
	};
	assert_ok!(chain.apply(Charlie, add));
	let by_proxy = |call: RuntimeCall| pallet_proxy::Call::proxy {
		real: Charlie.to_account_id().into(),
		force_proxy_type: None,
		call: Box::new(call),
	};
	let call = purchase(&mut chain);
	assert_ok!(chain.apply(Dave, by_proxy(call)));
	assert_ok!(executed(&mut chain));
	let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
	// A broker of its choice would be paid with the account's money.
	let order = pallet_cover::Order {
		broker: Some(pallet_cover::Broker {
			account: Dave.to_account_id(),
			commission: 200_000_000,
		}),
		..order(AMOUNT, end(&mut chain))
	};
	let bought = Call::buy {
		product: PRODUCT,
		asset: USD,
		order: order.clone(),
		item: Default::default(),
	};
	for call in [bought, Call::renew { policy: 0, order }] {
		assert_ok!(chain.apply(Dave, by_proxy(call.into())));
		assert_eq!(executed(&mut chain), filtered);
	}
	let transfer = pallet_nfts::Call::transfer {
		collection: CERTIFICATES,
		item: 0,
		dest: Dave.to_account_id().into(),
	};
	assert_ok!(chain.apply(Dave, by_proxy(transfer.into())));
	assert_eq!(executed(&mut chain), filtered);
}

#[test]
fn refunds_stay_open_and_sales_stop_when_safe_mode_is_on() {
	let mut chain = chain_with_pool();
	let call = purchase(&mut chain);
	assert_ok!(chain.apply(Charlie, call.clone()));
	chain.read(|| SafeMode::force_enter(RuntimeOrigin::root()).unwrap());
	assert_eq!(
		chain.apply(Charlie, call),
		Err(frame_system::Error::<Runtime>::CallFiltered.into())
	);
	let before = chain.read(|| dollars(Charlie));
	assert_ok!(chain.apply(Charlie, Call::cancel { policy: 0 }));
	assert!(chain.read(|| dollars(Charlie)) > before);
}

/// The product whose incidents the price of the test stablecoin proves.
const DEPEG: ProductId = 4;

#[test]
fn depeg_cover_is_sold_while_the_oracle_says_that_the_peg_holds() {
	let mut chain = Chain::dev();
	let create = pallet_pools::Call::create {
		asset: AssetId::Native,
		manager_fee: 0,
	};
	assert_ok!(chain.apply(Alice, create));
	let line = pallet_pools::Call::set_line {
		pool: 0,
		product: DEPEG,
		weight: 500_000_000,
		rate: Some(FixedU128::from_rational(4, 100)),
	};
	assert_ok!(chain.apply(Alice, line));
	assert_ok!(chain.apply(Bob, deposit(500_000 * LUT)));
	let feed = |chain: &mut Chain, hundredths: u128| {
		let values = vec![(TEST_STABLECOIN, FixedU128::from_rational(hundredths, 100))];
		let call = pallet_oracle::Call::feed_values {
			values: values.try_into().unwrap(),
		};
		let fed = [Alice, Bob, Charlie].map(|who| chain.sign(who, call.clone().into(), 0));
		assert!(
			chain
				.block(fed.into())
				.iter()
				.all(|outcome| matches!(outcome, Ok(Ok(()))))
		);
	};
	let buy = |chain: &mut Chain| {
		let end = end(chain);
		let call = Call::buy {
			product: DEPEG,
			asset: AssetId::Native,
			order: order(LUT, end),
			item: Default::default(),
		};
		chain.apply(Charlie, call)
	};
	let quote = |chain: &mut Chain| {
		chain.read(|| Cover::report_quote(DEPEG, &AssetId::Native, LUT, 30 * accounting_day()).map(|_| ()))
	};
	let refused = |chain: &mut Chain, error: pallet_cover::Error<Runtime>| {
		assert_eq!(quote(chain), Err(error.into()));
	};
	assert!(chain.read(|| <Cover as Coverage<AccountId>>::is_watched(TEST_STABLECOIN)));
	refused(&mut chain, pallet_cover::Error::FeedNotFresh);
	assert_eq!(
		buy(&mut chain),
		Err(pallet_cover::Error::<Runtime>::FeedNotFresh.into())
	);

	feed(&mut chain, 95);
	refused(&mut chain, pallet_cover::Error::FeedInBreach);
	assert_eq!(
		buy(&mut chain),
		Err(pallet_cover::Error::<Runtime>::FeedInBreach.into())
	);
	feed(&mut chain, 96);
	assert_ok!(quote(&mut chain));
	assert_ok!(buy(&mut chain));

	// To the last second that governance lets a value be old, and not one more.
	feed(&mut chain, 100);
	let patience = chain.read(|| Parameters::claims().feed_max_age) as u32;
	let height = chain.read(System::block_number);
	chain.run_to(height + patience);
	assert_ok!(quote(&mut chain));
	chain.run_to(height + patience + 1);
	refused(&mut chain, pallet_cover::Error::FeedNotFresh);
	// Whoever holds cover can leave whatever the oracle says.
	assert_ok!(chain.apply(Charlie, Call::cancel { policy: 0 }));
}

#[test]
fn listed_product_has_a_price_and_every_asset_a_registered_group() {
	for preset in crate::genesis::PRESETS {
		Chain::new(preset).read(|| {
			for (asset, terms) in pallet_pools::AdmittedAssets::<Runtime>::iter() {
				assert!(
					pallet_cover::Groups::<Runtime>::contains_key(terms.group),
					"{preset}: {asset:?}"
				);
			}
			for product in Cover::report_products() {
				assert!(Pricing::risk(product).is_some(), "{preset}: {product}");
			}
		});
	}
}

#[test]
fn call_is_charged_in_full_when_the_batch_before_it_buys_what_it_is_about() {
	let mut chain = chain_with_pool();
	let calls = |policy| {
		[
			Call::cancel { policy },
			Call::close { policy },
			Call::pull_arrears { policy },
		]
	};
	// Batches are weighed before they run: what they will buy is not there yet.
	let weights = |chain: &mut Chain, policy| {
		chain.read(|| calls(policy).map(|call| call.get_dispatch_info().call_weight))
	};
	let before = weights(&mut chain, 0);
	let call = purchase(&mut chain);
	assert_ok!(chain.apply(Charlie, call));
	for (before, after) in before.into_iter().zip(weights(&mut chain, 0)) {
		assert!(before.all_gte(after), "{before} {after}");
	}
}

/// Prints what a purchase takes in chains with few and with many policies. `LUTINE_POLICIES` says how many: 2 000 where it
/// does not.
#[test]
fn purchase_takes_the_same_when_many_policies_are_in_force() {
	let many: u32 = std::env::var("LUTINE_POLICIES").map_or(2_000, |count| count.parse().unwrap());
	let mut chain = chain_with_pool();
	assert_ok!(chain.apply(Bob, deposit(800_000 * DOLLAR)));
	let end = end(&mut chain);
	let buy = |amount: Balance, who: Sr25519Keyring| {
		let origin = RuntimeOrigin::signed(who.to_account_id());
		Cover::buy(origin, PRODUCT, USD, order(amount, end), Default::default()).unwrap();
	};
	// The weight that is charged, the nodes of the state that are read, and the time that it takes.
	let measured = |chain: &mut Chain| {
		let call = purchase(chain);
		let weight = chain.read(|| call.get_dispatch_info().call_weight);
		chain.ext.commit_all().unwrap();
		let ((), proof) = chain.ext.execute_and_prove(|| buy(DOLLAR, Charlie));
		let rounds = 100;
		let mut time = Duration::ZERO;
		for _ in 0..rounds {
			chain.ext.commit_all().unwrap();
			let begun = Instant::now();
			chain.read(|| buy(DOLLAR, Charlie));
			time += begun.elapsed();
		}
		(weight, proof.into_iter_nodes().count(), time / rounds)
	};
	let few = measured(&mut chain);
	for _ in 0..many / 1_000 {
		chain.read(|| {
			(0..1_000).for_each(|_| buy(DOLLAR, Bob));
			// No block has the events of so many.
			System::reset_events();
		});
		chain.ext.commit_all().unwrap();
	}
	let lots = measured(&mut chain);
	println!("no policies: {few:?}; {many} more: {lots:?}");
	assert_eq!(few.0, lots.0);
	// The state is a tree: it grows by a level where it grows sixteenfold.
	assert!(lots.1 < 2 * few.1);
}
