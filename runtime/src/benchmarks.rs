//! The benchmarks that measure this runtime's own pallets.

use crate::{
	configs::{assets::NativeAndAssets, governance::TreasuryAccount},
	*,
};
use alloc::{string::String, vec, vec::Vec};
use frame_benchmarking::{BenchmarkBatch, BenchmarkConfig, BenchmarkList, define_benchmarks};
use frame_support::{
	assert_ok,
	traits::{Get, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys, fungibles::Mutate},
};
use lutine_primitives::{
	insurance::{AssetId, GroupId, PoolId, ProductId},
	time::Seconds,
};
use sp_runtime::FixedU128;

define_benchmarks!(
	[pallet_chain_parameters, Parameters]
	[pallet_pricing, Pricing]
	[pallet_pools, Pools]
	[pallet_cover, Cover]
);

/// Every benchmark, and the storage of every pallet.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::<BenchmarkList>::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs the benchmarks that `config` names.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// What the benchmarks of the insurance pallets need of the chain.
pub struct InsuranceHelper;

/// Fails with none of the products of the benchmarks.
const GROUP: GroupId = GroupId::MAX;
/// The first id of assets that cover is sold in, beyond those that a chain has from its genesis.
const FIRST_ASSET: u32 = 1_000;

impl InsuranceHelper {
	/// A sufficient asset, with a symbol as long as can be.
	fn asset_of(id: u32) -> AssetId {
		if !pallet_assets::Asset::<Runtime>::contains_key(id) {
			let (root, owner) = (RuntimeOrigin::root(), TreasuryAccount::get().into());
			assert_ok!(Assets::force_create(root.clone(), id.into(), owner, true, 1));
			let limit: u32 = <<Runtime as pallet_assets::Config>::StringLimit as Get<u32>>::get();
			let longest = vec![b's'; limit as usize];
			assert_ok!(Assets::force_set_metadata(
				root,
				id.into(),
				longest.clone(),
				longest,
				6,
				false
			));
		}
		AssetId::WithId(id)
	}
}

impl pallet_pools::BenchmarkHelper for InsuranceHelper {
	fn asset() -> AssetId {
		Self::asset_of(FIRST_ASSET)
	}

	fn set_time(seconds: Seconds) {
		pallet_timestamp::Now::<Runtime>::put(seconds * 1_000);
	}
}

impl pallet_cover::BenchmarkHelper<AccountId> for InsuranceHelper {
	fn assets() -> Vec<AssetId> {
		(FIRST_ASSET..FIRST_ASSET + pallet_cover::MAX_ASSETS)
			.map(Self::asset_of)
			.collect()
	}

	fn set_time(seconds: Seconds) {
		<Self as pallet_pools::BenchmarkHelper>::set_time(seconds);
	}

	fn fund(who: &AccountId, asset: AssetId, amount: Balance) {
		assert_ok!(NativeAndAssets::mint_into(asset, who, amount));
	}

	fn max_lines() -> u32 {
		<Runtime as pallet_pools::Config>::MaxLinesPerPool::get()
	}

	fn open_pool(asset: AssetId, products: &[ProductId], capital: Balance) -> PoolId {
		let root = RuntimeOrigin::root();
		if !pallet_cover::Groups::<Runtime>::contains_key(GROUP) {
			assert_ok!(Cover::register_group(
				root.clone(),
				GROUP,
				vec![b'g'].try_into().unwrap()
			));
		}
		if !pallet_pools::AdmittedAssets::<Runtime>::contains_key(&asset) {
			let terms = pallet_pools::AssetTerms {
				group: GROUP,
				min_first_deposit: 1,
				min_withdrawal: 1,
			};
			assert_ok!(Pools::admit_asset(root, asset.clone(), terms));
		}
		let manager = TreasuryAccount::get();
		Self::fund(&manager, AssetId::Native, 1_000 * LUT);
		Self::fund(&manager, asset.clone(), 2 * capital);
		let origin = RuntimeOrigin::signed(manager);
		let pool = pallet_pools::NextPool::<Runtime>::get();
		assert_ok!(Pools::create(origin.clone(), asset, 0));
		for product in products {
			let rate = Some(FixedU128::from_rational(4, 100));
			assert_ok!(Pools::set_line(
				origin.clone(),
				pool,
				*product,
				1_000_000_000,
				rate
			));
		}
		assert_ok!(Pools::deposit(origin, pool, capital, 0, None));
		pool
	}
}
