//! How token holders decide, and what may never be stopped while they do.
//!
//! Every referendum can be cancelled by another referendum only: no council or committee has a veto over what token
//! holders put to the vote. The council may put questions of its own, which the technical committee may hurry or, before
//! they are tabled, veto.

use super::storage_deposit;
use crate::{
	AccountId, Balance, Balances, OriginCaller, Parameters, Preimage, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, RuntimeOrigin, Scheduler, System, Treasury,
	adapters::{essential::Essential, voting_currency::TotalAsFree},
	configs::{assets::NativeAndAssets, system::RuntimeBlockWeights},
};
use frame_support::{
	PalletId, parameter_types,
	traits::{
		ConstBool, ConstU32, EitherOf, EitherOfDiverse, EqualPrivilegeOnly, LinearStoragePrice, MapSuccess,
		NeverEnsureOrigin,
		fungible::{HoldConsideration, NativeOrWithId},
		tokens::{UnityAssetBalanceConversion, pay::PayAssetFromAccount},
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned, pallet_prelude::BlockNumberFor};
use lutine_primitives::BlockNumber;
use pallet_collective::{EnsureMember, EnsureProportionAtLeast};
use sp_runtime::{
	Perbill, Permill,
	traits::{IdentityLookup, Replace},
};

type CouncilCollective = pallet_collective::Instance1;
type TechnicalCollective = pallet_collective::Instance2;

type HalfOfCouncil = EnsureProportionAtLeast<AccountId, CouncilCollective, 1, 2>;
type ThreeQuartersOfCouncil = EnsureProportionAtLeast<AccountId, CouncilCollective, 3, 4>;
type TwoThirdsOfCommittee = EnsureProportionAtLeast<AccountId, TechnicalCollective, 2, 3>;
/// Two thirds of the technical committee, or a referendum.
pub type CommitteeOrRoot = EitherOfDiverse<EnsureRoot<AccountId>, TwoThirdsOfCommittee>;

// The governed parameters, as the pallets read them.
parameter_types! {
	pub LaunchPeriod: BlockNumber = Parameters::governance().launch_period;
	pub VotingPeriod: BlockNumber = Parameters::governance().voting_period;
	pub EnactmentPeriod: BlockNumber = Parameters::governance().enactment_period;
	pub VoteLockingPeriod: BlockNumber = Parameters::governance().vote_locking_period;
	pub FastTrackVotingPeriod: BlockNumber = Parameters::governance().fast_track_voting_period;
	pub CooloffPeriod: BlockNumber = Parameters::governance().cooloff_period;
	pub MinimumDeposit: Balance = Parameters::governance().minimum_deposit;
	pub MotionDuration: BlockNumber = Parameters::governance().motion_duration;
	pub SpendPeriod: BlockNumber = Parameters::governance().spend_period;
	pub PayoutPeriod: BlockNumber = Parameters::governance().payout_period;
	pub SafeModeDuration: BlockNumber = Parameters::governance().safe_mode_duration;
}

parameter_types! {
	pub MaximumSchedulerWeight: Weight = Perbill::from_percent(80) * RuntimeBlockWeights::get().max_block;
	pub MaximumProposalWeight: Weight = Perbill::from_percent(50) * RuntimeBlockWeights::get().max_block;
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
	pub const PreimageBaseDeposit: Balance = storage_deposit(2, 64);
	pub const PreimageByteDeposit: Balance = storage_deposit(0, 1);
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<PreimageBaseDeposit, PreimageByteDeposit, Balance>,
	>;
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = MaximumSchedulerWeight;
	type ScheduleOrigin = EnsureRoot<AccountId>;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type MaxScheduledPerBlock = ConstU32<50>;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

impl pallet_democracy::Config for Runtime {
	type WeightInfo = pallet_democracy::weights::SubstrateWeight<Runtime>;
	type RuntimeEvent = RuntimeEvent;
	type Scheduler = Scheduler;
	type Preimages = Preimage;
	type Currency = TotalAsFree<Balances>;
	type EnactmentPeriod = EnactmentPeriod;
	type LaunchPeriod = LaunchPeriod;
	type VotingPeriod = VotingPeriod;
	type VoteLockingPeriod = VoteLockingPeriod;
	type MinimumDeposit = MinimumDeposit;
	type InstantAllowed = ConstBool<false>;
	type FastTrackVotingPeriod = FastTrackVotingPeriod;
	type CooloffPeriod = CooloffPeriod;
	type MaxVotes = ConstU32<100>;
	type MaxProposals = ConstU32<100>;
	type MaxDeposits = ConstU32<100>;
	type MaxBlacklisted = ConstU32<100>;
	type ExternalOrigin = HalfOfCouncil;
	type ExternalMajorityOrigin = ThreeQuartersOfCouncil;
	// The council asks; whoever does not vote is not counted for it.
	type ExternalDefaultOrigin = NeverEnsureOrigin<()>;
	type SubmitOrigin = EnsureSigned<AccountId>;
	type FastTrackOrigin = TwoThirdsOfCommittee;
	// Whatever is decided, others have had the time to vote on it.
	type InstantOrigin = NeverEnsureOrigin<()>;
	// Only a referendum undoes a referendum, or what may become one.
	type CancellationOrigin = EnsureRoot<AccountId>;
	type BlacklistOrigin = EnsureRoot<AccountId>;
	type CancelProposalOrigin = EnsureRoot<AccountId>;
	// Reaches the council's own proposals only.
	type VetoOrigin = EnsureMember<AccountId, TechnicalCollective>;
	type PalletsOrigin = OriginCaller;
	type Slash = Treasury;
}

// Members are set by referendum. A collective proposes and hurries; it decides nothing.
impl pallet_collective::Config<CouncilCollective> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = MotionDuration;
	type MaxProposals = ConstU32<20>;
	type MaxMembers = ConstU32<30>;
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
	type SetMembersOrigin = EnsureRoot<AccountId>;
	type MaxProposalWeight = MaximumProposalWeight;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Consideration = ();
}

impl pallet_collective::Config<TechnicalCollective> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = MotionDuration;
	type MaxProposals = ConstU32<20>;
	type MaxMembers = ConstU32<30>;
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
	type SetMembersOrigin = EnsureRoot<AccountId>;
	type MaxProposalWeight = MaximumProposalWeight;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Consideration = ();
}

parameter_types! {
	pub const TreasuryPalletId: PalletId = PalletId(*b"lut/trsy");
	/// Holds the treasury, in LUT and in every asset its cut of premiums comes in.
	pub TreasuryAccount: AccountId = Treasury::account_id();
	pub const MaxSpend: Balance = Balance::MAX;
	pub const Burn: Permill = Permill::zero();
}

impl pallet_treasury::Config for Runtime {
	type Currency = Balances;
	type RejectOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type SpendPeriod = SpendPeriod;
	type Burn = Burn;
	type PalletId = TreasuryPalletId;
	type BurnDestination = ();
	type WeightInfo = pallet_treasury::weights::SubstrateWeight<Runtime>;
	type SpendFunds = ();
	type MaxApprovals = ConstU32<100>;
	type SpendOrigin = EnsureRootWithSuccess<AccountId, MaxSpend>;
	type AssetKind = NativeOrWithId<u32>;
	type Beneficiary = AccountId;
	type BeneficiaryLookup = IdentityLookup<AccountId>;
	type Paymaster = PayAssetFromAccount<NativeAndAssets, TreasuryAccount>;
	// Only compared with the limit of the origin, and a referendum has none.
	type BalanceConverter = UnityAssetBalanceConversion;
	type PayoutPeriod = PayoutPeriod;
	type BlockNumberProvider = System;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = super::assets::TreasuryBenchmarkHelper;
}

/// Two thirds of the technical committee for the governed duration, or a referendum.
type SafeModeOrigin = EitherOf<
	EnsureRootWithSuccess<AccountId, SafeModeDuration>,
	MapSuccess<TwoThirdsOfCommittee, Replace<SafeModeDuration>>,
>;

impl pallet_safe_mode::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WhitelistedCalls = Essential;
	type EnterDuration = SafeModeDuration;
	type ExtendDuration = SafeModeDuration;
	// Nobody enters safe mode alone, whatever they would pay for it.
	type EnterDepositAmount = NoDeposit;
	type ExtendDepositAmount = NoDeposit;
	type ForceEnterOrigin = SafeModeOrigin;
	type ForceExtendOrigin = SafeModeOrigin;
	type ForceExitOrigin = CommitteeOrRoot;
	type ForceDepositOrigin = NeverEnsureOrigin<()>;
	type Notify = ();
	type ReleaseDelay = NoDelay;
	type WeightInfo = pallet_safe_mode::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const NoDeposit: Option<Balance> = None;
	pub const NoDelay: Option<BlockNumberFor<Runtime>> = None;
}

impl pallet_tx_pause::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PauseOrigin = CommitteeOrRoot;
	type UnpauseOrigin = CommitteeOrRoot;
	type WhitelistedCalls = Essential;
	type MaxNameLen = ConstU32<64>;
	type WeightInfo = pallet_tx_pause::weights::SubstrateWeight<Runtime>;
}
