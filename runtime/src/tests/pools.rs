//! Pools on the whole runtime: the path of an underwriter, and what safe mode and proxies leave of it.

use super::*;
use crate::genesis::TEST_STABLECOIN;
use frame_support::assert_ok;
use lutine_primitives::insurance::AssetId;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
use sp_runtime::FixedU128;

pub const USD: AssetId = AssetId::WithId(TEST_STABLECOIN);
pub const DOLLAR: Balance = 1_000_000;

pub fn dollars(who: Sr25519Keyring) -> Balance {
	Assets::balance(TEST_STABLECOIN, who.to_account_id())
}

/// A pool of Alice with a line on product 1, and a thousand dollars of Bob's.
pub fn chain_with_pool() -> Chain {
	let mut chain = Chain::dev();
	assert_ok!(chain.apply(
		Alice,
		pallet_pools::Call::create {
			asset: USD,
			manager_fee: 100_000_000
		}
	));
	let rate = Some(FixedU128::from_rational(4, 100));
	let set_line = |product| pallet_pools::Call::set_line {
		pool: 0,
		product,
		weight: 500_000_000,
		rate,
	};
	assert_ok!(chain.apply(Alice, set_line(1)));
	assert_ok!(chain.apply(Bob, deposit(100_000 * DOLLAR)));
	chain
}

pub fn deposit(amount: Balance) -> pallet_pools::Call<Runtime> {
	pallet_pools::Call::deposit {
		pool: 0,
		amount,
		min_shares: amount,
		deadline: None,
	}
}

#[test]
fn underwriter_gets_everything_back_when_nothing_happened() {
	let mut chain = chain_with_pool();
	let share = chain.read(|| Pools::report_pool(0).unwrap().share);
	assert_eq!(share, crate::adapters::asset_creation::FIRST_SHARE_ASSET);
	assert_eq!(chain.read(|| dollars(Bob)), 900_000 * DOLLAR);

	assert_ok!(chain.apply(
		Bob,
		pallet_pools::Call::request_withdrawal {
			pool: 0,
			shares: 100_000 * DOLLAR,
			min_amount: 100_000 * DOLLAR
		}
	));
	let queued = chain.read(|| Pools::report_queue(0));
	assert_eq!(queued.len(), 1);
	// Nobody calls for it: block work pays when the cooldown is over, a second a block.
	let cooldown = chain.read(|| Parameters::pools().withdrawal_cooldown) as u32;
	let height = chain.read(System::block_number);
	chain.run_to(height + cooldown - 1);
	assert_eq!(chain.read(|| dollars(Bob)), 900_000 * DOLLAR);
	chain.run_to(height + cooldown);
	assert_eq!(chain.read(|| dollars(Bob)), 1_000_000 * DOLLAR);
}

#[test]
fn line_is_refused_when_the_product_fails_with_the_pools_asset() {
	let mut chain = chain_with_pool();
	let rate = Some(FixedU128::from_rational(4, 100));
	let result = chain.apply(
		Alice,
		pallet_pools::Call::set_line {
			pool: 0,
			product: 4,
			weight: 1,
			rate,
		},
	);
	assert_eq!(result, Err(pallet_pools::Error::<Runtime>::OwnRiskGroup.into()));
}

#[test]
fn shares_move_like_any_asset() {
	let mut chain = chain_with_pool();
	let share = chain.read(|| Pools::report_pool(0).unwrap().share);
	assert_ok!(chain.apply(
		Bob,
		pallet_assets::Call::transfer {
			id: share.into(),
			target: Charlie.to_account_id().into(),
			amount: 40_000 * DOLLAR,
		}
	));
	let position = chain.read(|| Pools::report_position(0, &Charlie.to_account_id()).unwrap());
	assert_eq!(
		(position.shares, position.value),
		(40_000 * DOLLAR, 40_000 * DOLLAR)
	);
	// Nobody mints shares but the pool, not even who created it.
	let mint = pallet_assets::Call::mint {
		id: share.into(),
		beneficiary: Alice.to_account_id().into(),
		amount: 1,
	};
	assert!(chain.apply(Alice, mint).is_err());
}

#[test]
fn withdrawals_stay_open_and_sales_of_shares_stop_when_safe_mode_is_on() {
	let mut chain = chain_with_pool();
	chain.read(|| SafeMode::force_enter(RuntimeOrigin::root()).unwrap());
	let filtered = frame_system::Error::<Runtime>::CallFiltered.into();
	assert_eq!(chain.apply(Bob, deposit(DOLLAR)), Err(filtered));
	assert_ok!(chain.apply(
		Bob,
		pallet_pools::Call::request_withdrawal {
			pool: 0,
			shares: 1_000 * DOLLAR,
			min_amount: 0
		}
	));
	assert_ok!(chain.apply(Charlie, pallet_pools::Call::settle { pool: 0 }));
}

/// What became of the call that a proxy made last.
pub fn executed(chain: &mut Chain) -> sp_runtime::DispatchResult {
	chain.read(|| {
		System::events()
			.into_iter()
			.rev()
			.find_map(|record| match record.event {
				RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
				_ => None,
			})
			.unwrap()
	})
}

#[test]
fn proxy_runs_a_pool_but_cannot_give_it_away() {
	let mut chain = chain_with_pool();
	assert_ok!(chain.apply(
		Alice,
		pallet_proxy::Call::add_proxy {
			delegate: Charlie.to_account_id().into(),
			proxy_type: crate::configs::system::ProxyType::Underwriting,
			delay: 0,
		}
	));
	let by_proxy = |call: pallet_pools::Call<Runtime>| pallet_proxy::Call::proxy {
		real: Alice.to_account_id().into(),
		force_proxy_type: None,
		call: Box::new(call.into()),
	};
	assert_ok!(chain.apply(Charlie, by_proxy(pallet_pools::Call::set_fee { pool: 0, fee: 0 })));
	assert_ok!(executed(&mut chain));
	let give_away = pallet_pools::Call::set_manager {
		pool: 0,
		manager: Charlie.to_account_id(),
	};
	// What a pool owes it may owe to who holds the proxy.
	let pay = pallet_pools::Call::pay_arrears { pool: 0, amount: 1 };
	for call in [give_away, pay] {
		assert_ok!(chain.apply(Charlie, by_proxy(call)));
		assert_eq!(
			executed(&mut chain),
			Err(frame_system::Error::<Runtime>::CallFiltered.into())
		);
	}
}
