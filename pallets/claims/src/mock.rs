//! The pallet in a runtime of its own, with the pools, the cover, the balances, assets and certificates of the chain.
//! Token holders, feeds, risk and parameters are given by the tests.

use crate::{self as pallet_claims, *};
use frame_support::{
	PalletId, derive_impl, parameter_types,
	traits::{
		AsEnsureOriginWithArg, ConstU32, ConstU64, ConstU128, Hooks,
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		fungibles,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, AssetInfo, Name, OnPaid, ProductId, Risk, RiskClass, Spot, TrackRecord},
	parameters,
	time::{Deadlines, Seconds},
};
use pallet_nfts::{PalletFeature, PalletFeatures};
use pallet_pools::AssetTerms;
use sp_core::H256;
use sp_runtime::{BuildStorage, DispatchError, DispatchResult, FixedU128, Perbill, traits::IdentityLookup};
use std::collections::{BTreeMap, BTreeSet};

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
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(3)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(4)]
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(5)]
	pub type Pools = pallet_pools;
	#[runtime::pallet_index(6)]
	pub type Cover = pallet_cover;
	#[runtime::pallet_index(7)]
	pub type Claims = pallet_claims;
}

/// Accounts are as long as on a chain: those of pools are derived.
pub type AccountId = sp_runtime::AccountId32;
pub type BlockNumber = u64;
pub type NativeAndAssets = UnionOf<Balances, Assets, NativeFromLeft, NativeOrWithId<u32>, AccountId>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type MaxConsumers = ConstU32<128>;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = ();
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<SEED>;
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
	type MetadataDepositBase = ConstU128<7>;
	type MetadataDepositPerByte = ConstU128<1>;
	type Freezer = ();
	type Holder = ();
}

parameter_types! {
	pub NftFeatures: PalletFeatures = PalletFeatures::from_disabled(PalletFeature::Attributes.into());
	pub const Nobody: AccountId = account(0);
}

impl pallet_nfts::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type CollectionId = u32;
	type ItemId = u32;
	type Currency = Balances;
	type ForceOrigin = frame_support::traits::NeverEnsureOrigin<()>;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureRootWithSuccess<AccountId, Nobody>>;
	type Locker = ();
	type CollectionDeposit = ConstU128<100>;
	type ItemDeposit = ConstU128<10>;
	type MetadataDepositBase = ConstU128<1>;
	type AttributeDepositBase = ConstU128<1>;
	type DepositPerByte = ConstU128<1>;
	type StringLimit = ConstU32<256>;
	type KeyLimit = ConstU32<64>;
	type ValueLimit = ConstU32<256>;
	type ApprovalsLimit = ConstU32<20>;
	type ItemAttributesApprovalsLimit = ConstU32<1>;
	type MaxTips = ConstU32<10>;
	type MaxDeadlineDuration = ConstU64<10_000>;
	type MaxAttributesPerCall = ConstU32<1>;
	type Features = NftFeatures;
	type OffchainSignature = sp_runtime::MultiSignature;
	type OffchainPublic = sp_runtime::MultiSigner;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type WeightInfo = ();
	type BlockNumberProvider = System;
}

/// An accounting day of the mock is as long as on a production chain.
pub const DAY: Seconds = lutine_primitives::time::DAY;
/// How long a block takes.
pub const BLOCK: Seconds = 6;

parameter_types! {
	pub static ClaimsParameters: parameters::Claims = claims_parameters();
	pub static CoverParameters: parameters::Cover = parameters::Cover {
		product_deposit: 1_000,
		policy_deposit: 100,
		..Default::default()
	};
	pub static PoolParameters: parameters::Pools = parameters::Pools::default();
	pub static PricingParameters: parameters::Pricing = parameters::Pricing::default();
	pub static AccountingDay: Seconds = DAY;
	/// What a notice of a payment takes.
	pub static Notice: Weight = Weight::zero();
	pub const Treasury: AccountId = TREASURY;
	pub const PoolsPalletId: PalletId = PalletId(*b"lut/pool");
	pub const CoverPalletId: PalletId = PalletId(*b"lut/covr");
	pub const ClaimsPalletId: PalletId = PalletId(*b"lut/clms");
	/// What the price of risk was told: a product and what it lost of itself.
	pub static Told: Vec<(ProductId, Perbill)> = vec![];
	/// What feeds say; those that are not here say one.
	pub static Fed: BTreeMap<u32, Option<FixedU128>> = BTreeMap::new();
	/// The referenda that were ever started: the place of each is its id.
	pub static Asked: Vec<Question> = vec![];
	/// How long a referendum is voted on.
	pub static VotingPeriod: BlockNumber = 20;
	/// From the block in which votes are counted to the enactment.
	pub static EnactmentPeriod: BlockNumber = 4;
	/// Whether a referendum can be started.
	pub static CanAsk: bool = true;
	/// By how much deadlines are later, for who can be reached.
	pub static Waiting: Seconds = 0;
	/// The windows that were asked for: from when, and until when.
	pub static Windows: Vec<(Seconds, Seconds)> = vec![];
}

/// Small enough to be watched; the rest is as on a production chain.
fn claims_parameters() -> parameters::Claims {
	parameters::Claims {
		commit_period: 6,
		reveal_period: 5,
		challenge_period: 5,
		dispute_period: 5,
		bond: 1_000,
		assessors_fee: 200,
		min_stake: 1_000,
		max_weight: 1_000_000,
		unbonding_period: 60,
		..Default::default()
	}
}

/// A referendum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
	pub case: CaseId,
	pub ballot: u32,
	pub text: String,
	pub majority: Majority,
	/// The block in which the votes are counted.
	pub ends: BlockNumber,
	/// Whether anybody has voted.
	pub voted: bool,
	/// Whether it passes when the votes are counted.
	pub passes: bool,
	pub cancelled: bool,
	/// Whether the pallet said that the question is not needed any more.
	pub forgotten: bool,
}

/// Token holders decide what the tests say.
pub struct TokenHolders;
impl Referenda<BlockNumber> for TokenHolders {
	fn start(
		case: CaseId,
		ballot: u32,
		question: &[u8],
		majority: Majority,
	) -> Result<(u32, BlockNumber), DispatchError> {
		if !CanAsk::get() {
			return Err("not now".into());
		}
		let ends = System::block_number() + VotingPeriod::get();
		Asked::mutate(|asked| {
			asked.push(Question {
				case,
				ballot,
				text: String::from_utf8(question.to_vec()).unwrap(),
				majority,
				ends,
				voted: false,
				passes: false,
				cancelled: false,
				forgotten: false,
			});
			Ok((asked.len() as u32 - 1, ends))
		})
	}

	fn outcome(referendum: u32) -> Outcome<BlockNumber> {
		let question = asked(referendum);
		if question.cancelled {
			Outcome::Cancelled
		} else if System::block_number() < question.ends {
			Outcome::Ongoing
		} else if question.passes {
			Outcome::Passed {
				enacted_at: question.ends + EnactmentPeriod::get(),
			}
		} else {
			Outcome::NotPassed
		}
	}

	/// As in `pallet-democracy`, nothing is known of a referendum that is over.
	fn has_votes(referendum: u32) -> bool {
		asked(referendum).voted && Self::outcome(referendum) == Outcome::Ongoing
	}

	fn forget(referendum: u32) {
		change(referendum, |question| {
			assert!(!question.forgotten, "a question was forgotten before");
			question.forgotten = true;
		});
	}
}

/// A referendum as it is now.
pub fn asked(referendum: u32) -> Question {
	Asked::get()[referendum as usize].clone()
}

fn change(referendum: u32, change: impl FnOnce(&mut Question)) {
	Asked::mutate(|asked| change(&mut asked[referendum as usize]));
}

/// Somebody votes in a referendum, and it will pass.
pub fn pass_referendum(referendum: u32) {
	change(referendum, |question| {
		(question.voted, question.passes) = (true, true)
	});
}

/// Somebody votes in a referendum, and it will not pass.
pub fn fail_referendum(referendum: u32) {
	change(referendum, |question| {
		(question.voted, question.passes) = (true, false)
	});
}

/// A referendum is cancelled.
pub fn cancel_referendum(referendum: u32) {
	change(referendum, |question| question.cancelled = true);
}

/// Feeds say what the tests say.
pub struct Spots;
impl Spot for Spots {
	fn spot(feed: u32) -> Option<FixedU128> {
		Fed::get()
			.get(&feed)
			.copied()
			.unwrap_or(Some(FixedU128::from_u32(1)))
	}
}

/// Deadlines wait for as long as the tests say.
pub struct Outages;
impl Deadlines for Outages {
	fn extended(begin: Seconds, deadline: Seconds) -> Seconds {
		Windows::mutate(|windows| windows.push((begin, deadline)));
		deadline + Waiting::get()
	}
	fn weight() -> frame_support::weights::Weight {
		frame_support::weights::Weight::from_parts(7, 7)
	}
}

/// Every product is as likely to fail as any other.
pub struct Odds;
impl Risk for Odds {
	fn probability(_: ProductId) -> Option<FixedU128> {
		Some(FixedU128::from_rational(2, 100))
	}
}
impl TrackRecord for Odds {
	fn begin(_: ProductId, _: RiskClass, _: H256, _: Seconds) -> DispatchResult {
		Ok(())
	}
	fn incident_accepted(product: ProductId, verdict: Perbill) {
		Told::mutate(|told| told.push((product, verdict)));
	}
	#[cfg(feature = "runtime-benchmarks")]
	fn begin_worst(_: ProductId) {}
}

pub struct Registry;
impl AssetInfo for Registry {
	fn is_sufficient(asset: &AssetId) -> bool {
		match asset {
			AssetId::Native => true,
			AssetId::WithId(id) => {
				pallet_assets::Asset::<Test>::get(id).is_some_and(|asset| asset.is_sufficient)
			}
		}
	}
	fn decimals(_: &AssetId) -> u8 {
		6
	}
	fn symbol(asset: &AssetId) -> Vec<u8> {
		match asset {
			AssetId::Native => b"LUT".to_vec(),
			AssetId::WithId(id) => {
				use fungibles::metadata::Inspect;
				<Assets as Inspect<_>>::symbol(*id)
			}
		}
	}
}

/// Whoever is told of payments takes as long as the tests say.
pub struct Hearer;
impl OnPaid<AccountId> for Hearer {
	fn on_paid(_: &AccountId, _: &AssetId, _: Balance) {}
	fn weight(notices: u32) -> Weight {
		Notice::get().saturating_mul(notices.into())
	}
}

impl pallet_pools::Config for Test {
	type AdmitOrigin = EnsureRoot<AccountId>;
	type ReserveOrigin = EnsureRoot<AccountId>;
	type Assets = NativeAndAssets;
	type Shares = Assets;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AssetInfo = Registry;
	type Products = Cover;
	type Risk = Odds;
	type OnPaid = Hearer;
	type Parameters = PoolParameters;
	type PricingParameters = PricingParameters;
	type Time = Timestamp;
	type AccountingDay = AccountingDay;
	type Treasury = Treasury;
	type PalletId = PoolsPalletId;
	type FirstShareAsset = ConstU32<0x8000_0000>;
	type RequestDeposit = ConstU128<5>;
	type MaxLinesPerPool = ConstU32<32>;
	type MaxLinesPerProduct = ConstU32<32>;
	type MaxChanges = ConstU32<8>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl pallet_cover::Config for Test {
	type ListingOrigin = EnsureRoot<AccountId>;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AssetInfo = Registry;
	type Underwriting = Pools;
	type Reserving = Pools;
	type TrackRecord = Odds;
	type Spot = Spots;
	type Parameters = CoverParameters;
	type Time = Timestamp;
	type AccountingDay = AccountingDay;
	type PalletId = CoverPalletId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

impl Config for Test {
	type Coverage = Cover;
	type Reserving = Pools;
	type Spot = Spots;
	type Referenda = TokenHolders;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Parameters = ClaimsParameters;
	type Time = Timestamp;
	type AccountingDay = AccountingDay;
	type Deadlines = Outages;
	type Treasury = Treasury;
	type PalletId = ClaimsPalletId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
mod benchmark_helper {
	use super::*;
	use frame_support::traits::Get;
	use lutine_primitives::insurance::{Coverage, PolicyId, PoolId, Products, Trigger};
	use pallet_cover::{BenchmarkHelper as _, MAX_ALLOCATIONS, Order, Part};

	/// What each pool has.
	const CAPITAL: Balance = 1 << 70;
	/// What may be insured: little enough for a pool of that capital to begin.
	const LIMIT: Balance = 8 * CAPITAL;
	/// What each of them stands behind of a policy.
	const PART: Balance = 1 << 60;

	impl pallet_pools::BenchmarkHelper for Helper {
		fn asset() -> AssetId {
			USD
		}
		fn set_time(seconds: Seconds) {
			set_time(seconds);
		}
	}

	impl pallet_cover::BenchmarkHelper<AccountId> for Helper {
		fn assets() -> Vec<AssetId> {
			vec![USD]
		}
		fn set_time(seconds: Seconds) {
			set_time(seconds);
		}
		fn feed(feed: u32, value: FixedU128) {
			Fed::mutate(|fed| fed.insert(feed, Some(value)));
		}
		fn fund(who: &AccountId, asset: AssetId, amount: Balance) {
			use fungibles::Mutate;
			NativeAndAssets::mint_into(asset, who, amount).unwrap();
		}
		fn max_lines() -> u32 {
			<Test as pallet_pools::Config>::MaxLinesPerPool::get()
		}
		fn open_pool(asset: AssetId, products: &[ProductId], capital: Balance) -> PoolId {
			let pool = pallet_pools::NextPool::<Test>::get();
			let manager = || RuntimeOrigin::signed(MANAGER);
			Pools::create(manager(), asset, 0).unwrap();
			for product in products {
				let rate = Some(FixedU128::from_rational(4, 100));
				Pools::set_line(manager(), pool, *product, 1_000_000_000, rate).unwrap();
			}
			Pools::deposit(manager(), pool, capital, 0, None).unwrap();
			pool
		}
	}

	impl BenchmarkHelper<AccountId> for Helper {
		fn product(trigger: Option<(u32, u32)>, limit: Balance) -> ProductId {
			let id = pallet_cover::NextProduct::<Test>::get();
			<Cover as Products>::create(id, 0, USD, LIMIT);
			pallet_cover::Products::<Test>::mutate(id, |product| {
				let product = product.as_mut().unwrap();
				product.conditions.deductible = 0;
				for limits in product.conditions.assets.iter_mut() {
					limits.optimistic = limit;
				}
				product.trigger = match (trigger, product.trigger.clone()) {
					(Some((feed, days)), Trigger::Parametric { table, .. }) => {
						pallet_cover::WatchedFeeds::<Test>::insert(feed, ());
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
			for _ in 0..<Test as pallet_pools::Config>::MaxLinesPerProduct::get() {
				Self::open_pool(USD, &[id], CAPITAL);
			}
			id
		}

		fn sell(product: ProductId, holder: &AccountId, turn: u32) -> PolicyId {
			let pools = pallet_pools::ProductUnderwriters::<Test>::get(product).pools;
			let parts: Vec<_> = (turn * MAX_ALLOCATIONS..)
				.take(MAX_ALLOCATIONS as usize)
				.map(|place| Part {
					pool: pools[place as usize % pools.len()],
					amount: PART,
				})
				.collect();
			<Self as pallet_cover::BenchmarkHelper<_>>::fund(holder, USD, 1 << 72);
			if let Some((feed, _)) = <Cover as Coverage<_>>::product(product)
				.unwrap()
				.trigger
				.threshold()
			{
				<Self as pallet_cover::BenchmarkHelper<_>>::feed(feed, FixedU128::from_u32(2));
			}
			let policy = pallet_cover::NextPolicy::<Test>::get();
			let order = Order {
				amount: PART * Balance::from(MAX_ALLOCATIONS),
				end: (now() / DAY + 41) * DAY,
				parts: parts.try_into().unwrap(),
				max_premium: Balance::MAX,
				deadline: None,
				broker: None,
			};
			Cover::buy(
				RuntimeOrigin::signed(holder.clone()),
				product,
				USD,
				order,
				Default::default(),
			)
			.unwrap();
			policy
		}

		fn asset() -> AssetId {
			USD
		}
		fn fund(who: &AccountId, amount: Balance) {
			<Self as pallet_cover::BenchmarkHelper<_>>::fund(who, USD, amount);
		}
		fn set_time(seconds: Seconds) {
			set_time(seconds);
		}
		fn settle_pools() {
			for pool in 0..pallet_pools::NextPool::<Test>::get() {
				// As many times as it takes.
				for _ in 0..100 {
					Pools::settle(RuntimeOrigin::signed(MANAGER), pool).unwrap();
				}
			}
		}
		fn feed(feed: u32, value: FixedU128) {
			<Self as pallet_cover::BenchmarkHelper<_>>::feed(feed, value);
		}
		fn end_referendum(referendum: u32, passed: bool) {
			change(referendum, |question| {
				(question.ends, question.passes) = (System::block_number(), passed);
			});
		}
	}
}

/// The stablecoin of the tests, sufficient; what fails with it is in [`USD_GROUP`].
pub const USD: AssetId = AssetId::WithId(1);
/// Another one.
pub const EUR: AssetId = AssetId::WithId(2);
pub const USD_GROUP: u32 = 50;
/// The least that an account holds of native tokens: what the pallet's account was seeded with.
pub const SEED: Balance = 10;
/// What everybody has of everything.
pub const ENDOWMENT: Balance = 1 << 80;
/// What the treasury has.
pub const TREASURE: Balance = 1_000_000;
/// When the tests begin: the middle of an accounting day.
pub const START: Seconds = 20_000 * DAY + DAY / 2;

pub const fn account(n: u8) -> AccountId {
	AccountId::new([n; 32])
}

/// People of the tests: the first runs pools, the second fills them.
pub const MANAGER: AccountId = account(1);
pub const ALICE: AccountId = account(2);
/// Has no part in anything.
pub const BOB: AccountId = account(3);
/// Reports incidents.
pub const REPORTER: AccountId = account(4);
/// Buy cover.
pub const BUYER: AccountId = account(5);
pub const HOLDER: AccountId = account(6);
/// Challenges proposals.
pub const CHALLENGER: AccountId = account(7);
/// Dispute verdicts, towards more and towards less.
pub const UP: AccountId = account(8);
pub const DOWN: AccountId = account(9);
/// Judge.
pub const JUDGES: [AccountId; 5] = [account(11), account(12), account(13), account(14), account(15)];
pub const TREASURY: AccountId = account(200);

/// Forgets what an earlier test, or an earlier part of the same one, told the mocks.
fn reset() {
	Asked::set(vec![]);
	Fed::set(Default::default());
	Told::set(vec![]);
	CanAsk::set(true);
	Waiting::set(0);
	Windows::set(vec![]);
	ClaimsParameters::set(claims_parameters());
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	reset();
	let people = || (1..=15).map(account);
	let terms = |group| AssetTerms {
		group,
		min_first_deposit: 1_000,
		min_withdrawal: 100,
	};
	let mut ext: sp_io::TestExternalities = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: people()
				.map(|who| (who, ENDOWMENT))
				.chain([(TREASURY, TREASURE)])
				.collect(),
			..Default::default()
		},
		assets: pallet_assets::GenesisConfig {
			assets: vec![(1, MANAGER, true, 3), (2, MANAGER, true, 3)],
			metadata: vec![(1, b"Dollar".to_vec(), b"USD".to_vec(), 6)],
			accounts: people()
				.flat_map(|who| [(1, who.clone(), ENDOWMENT), (2, who, ENDOWMENT)])
				.collect(),
			..Default::default()
		},
		pools: pallet_pools::GenesisConfig {
			assets: vec![
				(USD, terms(USD_GROUP)),
				(EUR, terms(52)),
				(AssetId::Native, terms(51)),
			],
			..Default::default()
		},
		cover: pallet_cover::GenesisConfig {
			groups: [USD_GROUP, 51, 52]
				.into_iter()
				.chain(0..4)
				.map(|group| (group, name(&format!("group {group}"))))
				.collect(),
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap()
	.into();
	ext.execute_with(|| {
		System::set_block_number(1);
		set_time(START);
	});
	ext
}

pub fn name(text: &str) -> Name {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// Every invariant, of claims, cover and pools, and that nobody's tokens are on hold for nothing.
pub fn check() {
	Pools::do_try_state().unwrap();
	Cover::do_try_state().unwrap();
	Claims::do_try_state().unwrap();
	let parties: BTreeSet<AccountId> = Cases::<Test>::iter_values()
		.flat_map(|case| case.parties().map(|party| party.who.clone()).collect::<Vec<_>>())
		.collect();
	for (who, holds) in pallet_balances::Holds::<Test>::iter() {
		for hold in holds {
			let is_known = match hold.id {
				RuntimeHoldReason::Claims(HoldReason::Stake) => Assessors::<Test>::contains_key(&who),
				RuntimeHoldReason::Claims(HoldReason::Bond) => parties.contains(&who),
				_ => true,
			};
			assert!(is_known || hold.amount == 0, "{who:?} has {hold:?} for nothing");
		}
	}
}

/// Runs a test and then every invariant; no event may tell of nothing.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		check();
		for told in System::read_events_for_pallet::<crate::Event<Test>>() {
			let is_nothing = matches!(told, crate::Event::BondLost { amount: 0, .. });
			assert!(!is_nothing, "{told:?}");
		}
	});
}

/// What happens between one block and the next: `idle` is given to block work.
fn next_block(idle: Option<frame_support::weights::Weight>) {
	let now = System::block_number();
	if let Some(weight) = idle {
		let used = Claims::on_idle(now, weight);
		assert!(used.all_lte(weight), "block work took {used:?} of {weight:?}");
	}
	Claims::on_finalize(now);
	System::set_block_number(now + 1);
	pass(BLOCK);
	Claims::on_initialize(now + 1);
}

/// Runs blocks, without their idle time, until one begins.
pub fn run_to(block: BlockNumber) {
	assert!(block >= System::block_number(), "block {block} is over");
	while System::block_number() < block {
		next_block(None);
	}
}

/// Runs so many blocks, without their idle time.
pub fn run(blocks: BlockNumber) {
	run_to(System::block_number() + blocks);
}

/// Runs so many blocks with so much idle time each.
pub fn run_idle(blocks: BlockNumber, weight: frame_support::weights::Weight) {
	(0..blocks).for_each(|_| next_block(Some(weight)));
}

pub fn block() -> BlockNumber {
	System::block_number()
}

pub fn set_time(seconds: Seconds) {
	pallet_timestamp::Now::<Test>::put(seconds * 1_000);
}

pub fn now() -> Seconds {
	pallet_timestamp::Now::<Test>::get() / 1_000
}

/// Lets time go by in one block, as on a chain that stood still.
pub fn pass(seconds: Seconds) {
	set_time(now() + seconds);
}

pub fn balance(asset: &AssetId, who: &AccountId) -> Balance {
	use fungibles::Inspect;
	NativeAndAssets::balance(asset.clone(), who)
}

pub fn usd(who: &AccountId) -> Balance {
	balance(&USD, who)
}

/// Native tokens that are not on hold.
pub fn native(who: &AccountId) -> Balance {
	balance(&AssetId::Native, who)
}
