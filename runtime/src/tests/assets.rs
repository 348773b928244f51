//! Assets, certificates and the oracle.

use super::*;
use crate::{
	adapters::{
		asset_creation::{FIRST_SHARE_ASSET, FIRST_USER_ASSET},
		filters::MAX_FEEDS,
	},
	configs::assets::NativeAndAssets,
	genesis::TEST_STABLECOIN,
};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::NativeOrWithId,
		fungibles::{Inspect, Mutate},
		tokens::Preservation,
	},
};
use pallet_nfts::{CollectionConfig, CollectionSettings, MintSettings};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve};
use sp_runtime::{DispatchError, FixedU128};

#[test]
fn asset_is_created_by_anyone_outside_the_ranges_of_token_holders_and_of_shares() {
	let mut chain = Chain::dev();
	let create = |id: u32| pallet_assets::Call::create {
		id: id.into(),
		admin: Dave.to_account_id().into(),
		min_balance: 1,
	};
	let refused = Err(DispatchError::BadOrigin);
	for id in [2, FIRST_USER_ASSET - 1] {
		assert_eq!(chain.apply(Dave, create(id)), refused);
	}
	assert_ok!(chain.apply(Dave, create(FIRST_USER_ASSET)));
	assert_ok!(chain.apply(Dave, create(FIRST_SHARE_ASSET - 1)));
	assert_eq!(
		chain.apply(Dave, create(FIRST_SHARE_ASSET)),
		Err(DispatchError::BadOrigin)
	);
	assert_eq!(chain.apply(Dave, create(u32::MAX)), Err(DispatchError::BadOrigin));
}

#[test]
fn union_moves_the_native_token_and_assets_alike() {
	let mut chain = Chain::dev();
	chain.read(|| {
		let (from, to) = (Dave.to_account_id(), Eve.to_account_id());
		for asset in [NativeOrWithId::Native, NativeOrWithId::WithId(TEST_STABLECOIN)] {
			let before = NativeAndAssets::balance(asset.clone(), &to);
			assert_ok!(NativeAndAssets::transfer(
				asset.clone(),
				&from,
				&to,
				1_000_000,
				Preservation::Preserve
			));
			assert_eq!(NativeAndAssets::balance(asset, &to), before + 1_000_000);
		}
	});
}

#[test]
fn collections_are_out_of_reach_of_users() {
	let mut chain = Chain::dev();
	let config = CollectionConfig {
		settings: CollectionSettings::all_enabled(),
		max_supply: None,
		mint_settings: MintSettings::default(),
	};
	let create = pallet_nfts::Call::create {
		admin: Dave.to_account_id().into(),
		config,
	};
	assert_eq!(chain.apply(Dave, create), Err(DispatchError::BadOrigin));
}

#[test]
fn oracle_answers_with_the_median_of_three_feeders() {
	let mut chain = Chain::dev();
	let feed = |value: u128| {
		let values = vec![(7, FixedU128::from_u32(value as u32))];
		pallet_oracle::Call::feed_values {
			values: values.try_into().unwrap(),
		}
	};
	assert_ok!(chain.apply(Alice, feed(1)));
	assert_ok!(chain.apply(Bob, feed(2)));
	assert_eq!(chain.read(|| Oracle::get(&7)), None);
	assert_ok!(chain.apply(Charlie, feed(30)));
	assert_eq!(
		chain.read(|| Oracle::get(&7)).map(|fed| fed.value),
		Some(FixedU128::from_u32(2))
	);
	chain.read(|| {
		assert_noop!(
			OracleMembers::add_member(
				RuntimeOrigin::signed(Alice.to_account_id()),
				Dave.to_account_id().into()
			),
			DispatchError::BadOrigin
		);
	});
	// A stranger's feed is refused.
	assert!(chain.apply(Dave, feed(9)).is_err());
}

#[test]
fn feeders_store_no_more_than_there_can_be_feeds() {
	let mut chain = Chain::dev();
	let feed = |key: u32| -> RuntimeCall {
		let values = vec![(0, FixedU128::from_u32(1)), (key, FixedU128::from_u32(1))];
		pallet_oracle::Call::feed_values {
			values: values.try_into().unwrap(),
		}
		.into()
	};
	let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
	assert_ok!(chain.apply(Alice, feed(MAX_FEEDS - 1)));
	assert_eq!(chain.apply(Alice, feed(MAX_FEEDS)), filtered);
	let batch = pallet_utility::Call::batch_all {
		calls: vec![feed(u32::MAX)],
	};
	assert_eq!(chain.apply(Alice, batch), filtered);
	// A feeder who leaves takes along all it ever said, in one call.
	let leave = pallet_membership::Call::<Runtime, pallet_membership::Instance1>::change_key {
		new: Dave.to_account_id().into(),
	};
	assert_eq!(chain.apply(Alice, RuntimeCall::OracleMembers(leave)), filtered);
}
