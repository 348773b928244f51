//! The benchmarks that measure this runtime's own pallets.

use crate::{
	configs::{
		assets::NativeAndAssets,
		governance::TreasuryAccount,
		xcm::{
			CARRIED_ASSETS, LocationToAccountId, NativeLocation, PARTNER_TOKEN, PartnerLocation,
			TravellingAssets,
		},
	},
	*,
};
use alloc::{boxed::Box, string::String, vec, vec::Vec};
use frame_benchmarking::{
	BenchmarkBatch, BenchmarkConfig, BenchmarkList, define_benchmarks, whitelisted_caller,
};
use frame_support::{
	assert_ok,
	traits::{Get, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys, fungibles::Mutate},
};
use lutine_primitives::{
	insurance::{AssetId, GroupId, PolicyId, PoolId, ProductId, Trigger},
	time::Seconds,
};
use pallet_xcm::benchmarking::Pallet as XcmBenchmarks;
use sp_runtime::{FixedU128, traits::MaybeEquivalence};
use xcm::latest::{Asset, Assets as XcmAssets, Location};
use xcm_executor::traits::ConvertLocation;

define_benchmarks!(
	[pallet_chain_parameters, Parameters]
	[pallet_pricing, Pricing]
	[pallet_pools, Pools]
	[pallet_cover, Cover]
	[pallet_claims, Claims]
	[pallet_homes, Homes]
	[pallet_outages, Outages]
	[pallet_xcm, XcmBenchmarks::<Runtime>]
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
const FIRST_ASSET: u32 = 2_000;

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

	fn fund_account(who: &AccountId, asset: AssetId, amount: Balance) {
		assert_ok!(NativeAndAssets::mint_into(asset, who, amount));
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

	fn feed(feed: u32, value: FixedU128) {
		let timestamp = pallet_timestamp::Now::<Runtime>::get();
		pallet_oracle::Values::<Runtime>::insert(feed, pallet_oracle::TimestampedValue { value, timestamp });
	}

	fn fund(who: &AccountId, asset: AssetId, amount: Balance) {
		Self::fund_account(who, asset, amount);
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
		Self::fund_account(&manager, AssetId::Native, 1_000 * LUT);
		Self::fund_account(&manager, asset.clone(), 2 * capital);
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

/// What each pool has that stands behind a policy of the benchmarks of claims.
const CAPITAL: Balance = 1 << 70;
/// What may be insured: little enough for a pool of that capital to begin.
const LIMIT: Balance = 8 * CAPITAL;
/// What each of them stands behind of a policy.
const PART: Balance = 1 << 60;

impl pallet_claims::BenchmarkHelper<AccountId> for InsuranceHelper {
	fn product(trigger: Option<(u32, u32)>, limit: Balance) -> ProductId {
		let (id, group) = (pallet_cover::NextProduct::<Runtime>::get(), GROUP - 1);
		let asset = Self::asset_of(FIRST_ASSET);
		<Cover as lutine_primitives::insurance::Products>::create(id, group, asset.clone(), LIMIT);
		pallet_cover::Products::<Runtime>::mutate(id, |product| {
			let product = product.as_mut().expect("it was just made");
			product.conditions.deductible = 0;
			for limits in product.conditions.assets.iter_mut() {
				limits.optimistic = limit;
			}
			product.trigger = match (trigger, product.trigger.clone()) {
				(Some((feed, days)), Trigger::Parametric { table, .. }) => {
					pallet_cover::WatchedFeeds::<Runtime>::insert(feed, ());
					Trigger::Parametric {
						feed,
						averaging: days,
						observation: days,
						table,
					}
				}
				_ => Trigger::Assessed,
			};
		});
		for _ in 0..<Runtime as pallet_pools::Config>::MaxLinesPerProduct::get() {
			<Self as pallet_cover::BenchmarkHelper<AccountId>>::open_pool(asset.clone(), &[id], CAPITAL);
		}
		id
	}

	fn sell(product: ProductId, holder: &AccountId, turn: u32) -> PolicyId {
		let day = pallet_clock::AccountingDay::<Runtime>::get();
		let now = pallet_timestamp::Now::<Runtime>::get() / 1_000;
		let end = (now + Parameters::cover().min_period.max(40 * day)).div_ceil(day) * day;
		let pools = pallet_pools::ProductUnderwriters::<Runtime>::get(product).pools;
		let first = turn * pallet_cover::MAX_ALLOCATIONS;
		let parts: Vec<_> = (0..pallet_cover::MAX_ALLOCATIONS)
			.map(|part| pallet_cover::Part {
				pool: pools[((first + part) % pools.len() as u32) as usize],
				amount: PART,
			})
			.collect();
		let asset = <Self as pallet_claims::BenchmarkHelper<AccountId>>::asset();
		Self::fund_account(holder, asset.clone(), 1 << 72);
		if let Some((feed, _)) = pallet_cover::Products::<Runtime>::get(product)
			.expect("it was made")
			.trigger
			.threshold()
		{
			<Self as pallet_cover::BenchmarkHelper<AccountId>>::feed(feed, FixedU128::from_u32(2));
		}
		let policy = pallet_cover::NextPolicy::<Runtime>::get();
		assert_ok!(Cover::buy(
			RuntimeOrigin::signed(holder.clone()),
			product,
			asset,
			pallet_cover::Order {
				amount: PART * Balance::from(pallet_cover::MAX_ALLOCATIONS),
				end,
				parts: parts.try_into().expect("they are as many as there may be"),
				max_premium: Balance::MAX,
				deadline: None,
				broker: None,
			},
			Default::default(),
		));
		policy
	}

	fn asset() -> AssetId {
		Self::asset_of(FIRST_ASSET)
	}

	fn fund(who: &AccountId, amount: Balance) {
		Self::fund_account(
			who,
			<Self as pallet_claims::BenchmarkHelper<AccountId>>::asset(),
			amount,
		);
	}

	fn set_time(seconds: Seconds) {
		<Self as pallet_pools::BenchmarkHelper>::set_time(seconds);
	}

	fn settle_pools() {
		for pool in 0..pallet_pools::NextPool::<Runtime>::get() {
			// As many times as it takes.
			for _ in 0..100 {
				assert_ok!(Pools::settle(RuntimeOrigin::signed(TreasuryAccount::get()), pool));
			}
		}
	}

	fn feed(feed: u32, value: FixedU128) {
		<Self as pallet_cover::BenchmarkHelper<AccountId>>::feed(feed, value);
	}

	fn end_referendum(referendum: u32, approved: bool) {
		let end = System::block_number();
		pallet_democracy::ReferendumInfoOf::<Runtime>::insert(
			referendum,
			pallet_democracy::ReferendumInfo::Finished { end, approved },
		);
	}
}

/// How much of each asset the benchmarks of XCM move: more than an account needs to exist.
const MOVED: Balance = 10 * LUT;

/// Everything that travels, the native token first: no message brings more kinds.
fn travelling() -> impl Iterator<Item = Asset> {
	let others = CARRIED_ASSETS.into_iter().chain([PARTNER_TOKEN]);
	let places = others.map(|id| TravellingAssets::convert_back(&id).expect("it travels"));
	[NativeLocation::get()]
		.into_iter()
		.chain(places)
		.map(|place| (place, MOVED).into())
}

impl pallet_xcm::benchmarking::Config for Runtime {
	type DeliveryHelper = ();

	fn reachable_dest() -> Option<Location> {
		Some(PartnerLocation::get())
	}

	fn reserve_transferable_asset_and_dest() -> Option<(Asset, Location)> {
		Some(((NativeLocation::get(), MOVED).into(), PartnerLocation::get()))
	}

	/// All that this chain is the reserve of, at once.
	fn set_up_complex_asset_transfer() -> Option<(XcmAssets, u32, Location, Box<dyn FnOnce()>)> {
		let (sender, to) = (whitelisted_caller(), PartnerLocation::get());
		InsuranceHelper::fund_account(&sender, AssetId::Native, 2 * MOVED);
		for id in CARRIED_ASSETS {
			InsuranceHelper::fund_account(&sender, AssetId::WithId(id), MOVED);
		}
		let assets: Vec<_> = travelling().take(1 + CARRIED_ASSETS.len()).collect();
		let reserve = LocationToAccountId::convert_location(&to).expect("it has an account");
		let held = move || {
			let others = CARRIED_ASSETS.map(|id| Assets::balance(id, &reserve));
			(Balances::free_balance(&reserve), others)
		};
		let before = held();
		let is_locked = move || {
			let (native, others) = held();
			assert_eq!(native, before.0 + MOVED);
			assert_eq!(others, before.1.map(|before| before + MOVED));
		};
		Some((assets.into(), 0, to, Box::new(is_locked)))
	}

	fn get_asset() -> Asset {
		(NativeLocation::get(), MOVED).into()
	}

	fn get_assets(n: u32) -> XcmAssets {
		travelling().take(n as usize).collect::<Vec<_>>().into()
	}

	fn batch_call(calls: Vec<RuntimeCall>) -> Option<RuntimeCall> {
		Some(pallet_utility::Call::batch { calls }.into())
	}
}
