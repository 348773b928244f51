//! Who produces and finalises blocks: BABE, GRANDPA, sessions and nominated proof of stake.

use super::{MILLI, storage_deposit};
use crate::{
	AccountId, Babe, Balance, Balances, Historical, Offences, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, Session, SessionKeys, Staking, Timestamp, UncheckedExtrinsic, VoterList,
	configs::governance::TreasuryAccount,
};
use frame_election_provider_support::{
	SequentialPhragmen, VoteWeight,
	bounds::{ElectionBounds, ElectionBoundsBuilder},
	onchain,
};
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, Nothing, tokens::imbalance::ResolveTo},
};
use frame_system::EnsureRoot;
use pallet_clock::{
	BondingDuration, EpochDuration, ReportLongevity, ReportSessions, SessionsPerEra, SlashDeferDuration,
	SlotDuration,
};
use pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
use sp_runtime::{
	Perbill,
	curve::PiecewiseLinear,
	traits::{ConvertInto, OpaqueKeys},
};
use sp_session::MembershipProof;
use sp_staking::currency_to_vote::U128CurrencyToVote;

/// Validators in a set at most. Bounds the work of an election and of a change of session.
pub type MaxAuthorities = ConstU32<200>;
/// Voters that an election looks at: the largest. It runs within one block.
const MAX_VOTERS: u32 = 1_000;
/// Who may stand for election. With more than an election looks at there would be none at all.
pub const MAX_CANDIDATES: u32 = 500;
/// Who backs one validator, over all its pages: nobody but voters. A report of equivocation weighs as much as all of them,
/// and more than a block takes would leave every offence unpunished.
pub type MaxNominators = ConstU32<MAX_VOTERS>;

impl pallet_babe::Config for Runtime {
	type EpochDuration = EpochDuration<Runtime>;
	type ExpectedBlockTime = SlotDuration<Runtime>;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = MaxNominators;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Runtime, Offences, Historical, ReportLongevity<Runtime>>;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = MaxNominators;
	type MaxSetIdSessionEntries = ReportSessions<Runtime>;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Runtime, Offences, Historical, ReportLongevity<Runtime>>;
}

impl pallet_authority_discovery::Config for Runtime {
	type MaxAuthorities = MaxAuthorities;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Runtime, Babe>;
	type EventHandler = Staking;
}

parameter_types! {
	pub const SessionKeyDeposit: Balance = storage_deposit(1, 96 + 3 * 64);
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	type SessionManager = pallet_session::historical::NoteHistoricalRoot<Runtime, Staking>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = SessionKeyDeposit;
}

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = pallet_staking::UnitIdentificationOf<Runtime>;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Runtime>;
	type OnOffenceHandler = Staking;
}

pallet_staking_reward_curve::build! {
	const INFLATION: PiecewiseLinear<'static> = curve!(
		min_inflation: 0_025_000,
		max_inflation: 0_100_000,
		ideal_stake: 0_500_000,
		falloff: 0_050_000,
		max_piece_count: 40,
		test_precision: 0_005_000,
	);
}

/// The bags of the voter list: 200 thresholds, each 8.8 % above the one below, from 1 LUT to the largest weight. Weights
/// of votes are stakes divided until the whole issuance fits 64 bits.
const BAGS: [VoteWeight; 200] = {
	let mut bags = [VoteWeight::MAX; 200];
	let mut threshold = 1_000 * MILLI;
	let mut i = 0;
	while i < 199 {
		bags[i] = threshold as VoteWeight;
		threshold = threshold * 1_088 / 1_000;
		i += 1;
	}
	bags
};

parameter_types! {
	pub const RewardCurve: &'static PiecewiseLinear<'static> = &INFLATION;
	pub const BagThresholds: &'static [VoteWeight] = &BAGS;
	/// An election looks at so many voters and at so many candidates.
	pub Bounds: ElectionBounds = ElectionBoundsBuilder::default()
		.voters_count(MAX_VOTERS.into())
		.targets_count(MAX_CANDIDATES.into())
		.build();
}

impl pallet_bags_list::Config<pallet_bags_list::Instance1> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_bags_list::weights::SubstrateWeight<Runtime>;
	type ScoreProvider = Staking;
	type BagThresholds = BagThresholds;
	type MaxAutoRebagPerBlock = ConstU32<5>;
	type Score = VoteWeight;
}

/// Elects validators within the block that ends an era.
pub struct Election;
impl onchain::Config for Election {
	type Sort = ConstBool<true>;
	type System = Runtime;
	type Solver = SequentialPhragmen<AccountId, Perbill>;
	type MaxBackersPerWinner = MaxNominators;
	type MaxWinnersPerPage = MaxAuthorities;
	type DataProvider = Staking;
	type WeightInfo = frame_election_provider_support::weights::SubstrateWeight<Runtime>;
	type Bounds = Bounds;
}

/// Bounds of the staking pallet's own benchmarks.
pub struct StakingBenchmarking;
impl pallet_staking::BenchmarkingConfig for StakingBenchmarking {
	type MaxValidators = ConstU32<100>;
	type MaxNominators = ConstU32<100>;
}

impl pallet_staking::Config for Runtime {
	type OldCurrency = Balances;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CurrencyBalance = Balance;
	type UnixTime = Timestamp;
	type CurrencyToVote = U128CurrencyToVote;
	type ElectionProvider = onchain::OnChainExecution<Election>;
	type GenesisElectionProvider = onchain::OnChainExecution<Election>;
	type NominationsQuota = pallet_staking::FixedNominationsQuota<16>;
	type HistoryDepth = ConstU32<84>;
	type RewardRemainder = ResolveTo<TreasuryAccount, Balances>;
	type RuntimeEvent = RuntimeEvent;
	type Slash = ResolveTo<TreasuryAccount, Balances>;
	type Reward = ();
	type SessionsPerEra = SessionsPerEra<Runtime>;
	type BondingDuration = BondingDuration<Runtime>;
	type SlashDeferDuration = SlashDeferDuration<Runtime>;
	type AdminOrigin = EnsureRoot<AccountId>;
	type SessionInterface = Self;
	type EraPayout = pallet_staking::ConvertCurve<RewardCurve>;
	type NextNewSession = Session;
	type MaxExposurePageSize = ConstU32<256>;
	type MaxValidatorSet = MaxAuthorities;
	type VoterList = VoterList;
	type TargetList = pallet_staking::UseValidatorsMap<Runtime>;
	type MaxUnlockingChunks = ConstU32<32>;
	type MaxControllersInDeprecationBatch = ConstU32<1>;
	type EventListeners = ();
	type Filter = Nothing;
	type BenchmarkingConfig = StakingBenchmarking;
	type WeightInfo = pallet_staking::weights::SubstrateWeight<Runtime>;
}

// Reports of equivocation are transactions that nobody signs.
impl<C> frame_system::offchain::CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = UncheckedExtrinsic;
}

impl<C> frame_system::offchain::CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}
