//! The pallet in a runtime of its own, with balances and assets as on the chain. The way home is what a test makes it.

use crate::{self as pallet_homes, *};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, ConstU128, Hooks,
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		fungibles::{Inspect, Mutate},
		tokens::Preservation,
	},
	weights::{Weight, constants::ParityDbWeight},
};
use frame_system::{EnsureRoot, EnsureSigned};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, OnPaid},
};
use sp_runtime::{BuildStorage, DispatchError, DispatchResult};
use std::collections::BTreeMap;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type Homes = pallet_homes;
}

pub type AccountId = u64;
pub type Home = [u8; 32];
pub type NativeAndAssets = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type MaxConsumers = ConstU32<128>;
	type DbWeight = ParityDbWeight;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<MINIMUM>;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
}

/// The smallest account, in LUT and in every asset.
pub const MINIMUM: Balance = 10;
/// What is held for a home.
pub const DEPOSIT: Balance = 50;
/// Assets that an account gathers at a time.
pub const MAX_ASSETS: u32 = 3;
/// Parcels that are sent in a block.
pub const MAX_SENDS: u32 = 2;

pub const LUT: AssetId = AssetId::Native;
pub const USD: AssetId = AssetId::WithId(1);
pub const EUR: AssetId = AssetId::WithId(2);
/// No way carries it.
pub const XAU: AssetId = AssetId::WithId(3);
/// All assets of the tests.
pub const ASSETS: [AssetId; 4] = [LUT, USD, EUR, XAU];

/// Those who live elsewhere, and who pays them.
pub const ALICE: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CAROL: AccountId = 3;
pub const POOL: AccountId = 8;
/// Where the way brings what it takes. It has the minimum of everything.
pub const VAULT: AccountId = 9;
/// What the pool has of everything, and all others of LUT.
pub const ENDOWMENT: Balance = 1 << 80;
pub const PURSE: Balance = 1_000;

/// Room for everything that a block may do.
pub const PLENTY: Weight = Weight::MAX;

/// A parcel that arrived.
pub type Parcel = (AccountId, Home, AssetId, Balance);

parameter_types! {
	/// Whether the way is there.
	pub static Open: bool = true;
	/// For how many parcels it has room.
	pub static Room: u32 = u32::MAX;
	/// What it takes at least; others are not carried.
	pub static Least: BTreeMap<AssetId, Balance> = BTreeMap::from([(LUT, 1), (USD, 20), (EUR, 1)]);
	/// What it takes and then fails with.
	pub static Poisoned: Vec<AssetId> = vec![];
	/// What it says is paid to whom while it carries something.
	pub static Echo: Option<(AccountId, AssetId, Balance)> = None;
	/// How often it was tried.
	pub static Tried: u32 = 0;
	/// What it took.
	pub static Arrived: Vec<Parcel> = vec![];
}

/// The way home.
pub struct Road;

impl Way<AccountId, Home> for Road {
	fn is_open() -> bool {
		Open::get() && Room::get() > 0
	}

	fn least(asset: &AssetId) -> Option<Balance> {
		Least::get().get(asset).copied()
	}

	fn send(who: &AccountId, home: &Home, asset: &AssetId, amount: Balance) -> DispatchResult {
		Tried::mutate(|tried| *tried += 1);
		NativeAndAssets::transfer(asset.clone(), who, &VAULT, amount, Preservation::Preserve)?;
		if let Some((who, asset, amount)) = Echo::get() {
			pay(who, &asset, amount);
		}
		if Poisoned::get().contains(asset) {
			return Err(DispatchError::Other("poisoned"));
		}
		Room::mutate(|room| *room -= 1);
		Arrived::mutate(|arrived| arrived.push((*who, *home, asset.clone(), amount)));
		Ok(())
	}

	fn weight() -> Weight {
		Weight::from_parts(1_000_000, 1_000)
	}
}

impl Config for Test {
	type Home = Home;
	type Assets = NativeAndAssets;
	type Way = Road;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type HomeDeposit = ConstU128<DEPOSIT>;
	type MaxAssets = ConstU32<MAX_ASSETS>;
	type MaxSendsPerBlock = ConstU32<MAX_SENDS>;
	type WeightInfo = ();
}

/// A chain on which everybody has a little LUT, and the way is as it is at first.
pub fn new_test_ext() -> sp_io::TestExternalities {
	Open::set(true);
	Room::set(u32::MAX);
	Least::set(BTreeMap::from([(LUT, 1), (USD, 20), (EUR, 1)]));
	Poisoned::set(vec![]);
	Echo::set(None);
	Tried::set(0);
	Arrived::set(vec![]);
	let ids = [1, 2, 3];
	let people = (1..VAULT).filter(|who| *who != POOL);
	let mut ext: sp_io::TestExternalities = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: people
				.map(|who| (who, PURSE))
				.chain([(POOL, ENDOWMENT), (VAULT, MINIMUM)])
				.collect(),
			..Default::default()
		},
		assets: pallet_assets::GenesisConfig {
			assets: ids.map(|id| (id, POOL, true, MINIMUM)).to_vec(),
			accounts: ids
				.into_iter()
				.flat_map(|id| [(id, POOL, ENDOWMENT), (id, VAULT, MINIMUM)])
				.collect(),
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap()
	.into();
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test and then every invariant.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Homes::do_try_state().unwrap();
	});
}

/// Pays somebody as a pool would, and tells of it.
pub fn pay(who: AccountId, asset: &AssetId, amount: Balance) {
	NativeAndAssets::transfer(asset.clone(), &POOL, &who, amount, Preservation::Preserve).unwrap();
	<Homes as OnPaid<AccountId>>::on_paid(&who, asset, amount);
}

/// Gives somebody something that is no payout.
pub fn give(who: AccountId, asset: &AssetId, amount: Balance) {
	NativeAndAssets::transfer(asset.clone(), &POOL, &who, amount, Preservation::Preserve).unwrap();
}

/// Somebody spends.
pub fn spend(who: AccountId, asset: &AssetId, amount: Balance) -> DispatchResult {
	NativeAndAssets::transfer(asset.clone(), &who, &POOL, amount, Preservation::Expendable).map(|_| ())
}

pub fn balance(asset: &AssetId, who: AccountId) -> Balance {
	NativeAndAssets::balance(asset.clone(), &who)
}

/// What the way took.
pub fn vault(asset: &AssetId) -> Balance {
	balance(asset, VAULT) - MINIMUM
}

pub fn gathered(who: AccountId, asset: &AssetId) -> Balance {
	Gathered::<Test>::get(who, asset)
}

/// The end of a block that has so much weight left.
pub fn idle(limit: Weight) -> Weight {
	let used = Homes::on_idle(System::block_number(), limit);
	assert!(used.all_lte(limit));
	System::set_block_number(System::block_number() + 1);
	used
}
