//! Blocks, fees, balances, and accounts that act together or for each other.

use super::{MILLI, storage_deposit};
use crate::{
	AccountId, Babe, Balance, Balances, Block, BlockNumber, Hash, Nonce, OriginCaller, PalletInfo, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeFreezeReason, RuntimeHoldReason, RuntimeOrigin, RuntimeTask, SafeMode,
	System, TxPause, VERSION,
	adapters::{
		fees::FeesToAuthorAndTreasury,
		filters::{KeepCertificates, KnownFeeds, Shallow},
	},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	parameter_types,
	traits::{ConstU8, ConstU16, ConstU32, ConstU128, InsideBoth, InstanceFilter, VariantCountOf},
	weights::{
		ConstantMultiplier, Weight,
		constants::{ExtrinsicBaseWeight, ParityDbWeight, WEIGHT_REF_TIME_PER_SECOND},
	},
};
use frame_system::{
	EnsureRoot,
	limits::{BlockLength, BlockWeights},
};
use lutine_bridge::fees::MOST_DISCOUNT;
use lutine_primitives::fees::WeightToFee;
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use scale_info::TypeInfo;
use sp_runtime::{
	FixedPointNumber, Perbill, Perquintill,
	traits::{AccountIdLookup, BlakeTwo256, Bounded},
};
use sp_version::RuntimeVersion;

/// The part of a block that ordinary transactions may fill; the rest is for operational ones and inherents.
const NORMAL_RATIO: Perbill = Perbill::from_percent(75);
/// The part of a block that hooks are assumed to take.
const HOOKS_RATIO: Perbill = Perbill::from_percent(10);
/// Two seconds of computation: a third of the slot of a production chain. Not dynamic, because clients read it once; a
/// chain with shorter slots fills its blocks less, as its proposers stop when their slot's share is over.
const MAXIMUM_BLOCK_WEIGHT: Weight = Weight::from_parts(2 * WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

parameter_types! {
	pub const BlockHashCount: BlockNumber = 4_096;
	pub const Version: RuntimeVersion = VERSION;
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(5 * 1024 * 1024)
		.modify_max_length_for_class(DispatchClass::Normal, |length| *length = NORMAL_RATIO * *length)
		.build();
	pub RuntimeBlockWeights: BlockWeights =
		BlockWeights::builder()
			.for_class(DispatchClass::all(), |weights| weights.base_extrinsic = ExtrinsicBaseWeight::get())
			.for_class(DispatchClass::Normal, |weights| {
				weights.max_total = Some(NORMAL_RATIO * MAXIMUM_BLOCK_WEIGHT);
			})
			.for_class(DispatchClass::Operational, |weights| {
				weights.max_total = Some(MAXIMUM_BLOCK_WEIGHT);
				weights.reserved = Some(MAXIMUM_BLOCK_WEIGHT - NORMAL_RATIO * MAXIMUM_BLOCK_WEIGHT);
			})
			.avg_block_initialization(HOOKS_RATIO)
			.build_or_panic();
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	type BaseCallFilter = InsideBoth<
		InsideBoth<SafeMode, TxPause>,
		InsideBoth<KeepCertificates, InsideBoth<KnownFeeds, Shallow>>,
	>;
	type Block = Block;
	type BlockWeights = RuntimeBlockWeights;
	type BlockLength = RuntimeBlockLength;
	type AccountId = AccountId;
	type Nonce = Nonce;
	type Hash = Hash;
	type Hashing = BlakeTwo256;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type BlockHashCount = BlockHashCount;
	type DbWeight = ParityDbWeight;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<Balance>;
	// The generic prefix, which every wallet knows. It can never change: addresses in use would look foreign.
	type SS58Prefix = ConstU16<42>;
	// Each asset an account holds without being sufficient by it counts one.
	type MaxConsumers = ConstU32<128>;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	type SingleBlockMigrations = crate::Migrations;
}

impl pallet_clock::Config for Runtime {}

impl pallet_chain_parameters::Config for Runtime {
	type AdminOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_chain_parameters::weights::SubstrateWeight<Runtime>;
}

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Babe;
	type MinimumPeriod = pallet_clock::MinimumPeriod<Runtime>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
	type Balance = Balance;
	type DustRemoval = ();
	type ExistentialDeposit = ConstU128<{ 10 * MILLI }>;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
}

parameter_types! {
	/// The fullness of blocks that fees steer towards.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast: about 30 % in a day of full blocks of a production chain.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// Low enough to make an idle chain cheap, high enough to recover from within hours.
	pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_rational(1, MOST_DISCOUNT);
	pub MaximumMultiplier: Multiplier = Bounded::max_value();
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FungibleAdapter<Balances, FeesToAuthorAndTreasury>;
	type WeightToFee = WeightToFee;
	// A hundredth of a thousandth of a LUT a byte.
	type LengthToFee = ConstantMultiplier<Balance, ConstU128<{ MILLI / 100 }>>;
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Runtime,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	pub const MultisigDepositBase: Balance = storage_deposit(1, 88);
	pub const MultisigDepositFactor: Balance = storage_deposit(0, 32);
	pub const ProxyDepositBase: Balance = storage_deposit(1, 8);
	pub const ProxyDepositFactor: Balance = storage_deposit(0, 33);
	pub const AnnouncementDepositBase: Balance = storage_deposit(1, 8);
	pub const AnnouncementDepositFactor: Balance = storage_deposit(0, 66);
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
	type BlockNumberProvider = System;
}

/// What a proxy may do for the account it serves.
#[derive(
	Copy,
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	Any,
	/// Governance: propose, vote, sit in a collective.
	Governance,
	/// Staking and session keys.
	Staking,
	/// Underwriting: run a pool, and its capital in and out for the account's own good.
	Underwriting,
	/// Cover: buy without a broker, renew, cancel and close policies, claim under them, and propose products, for the
	/// account.
	Cover,
	/// Assessing: vote on cases with the stake that the account put up.
	Assessing,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			Self::Any => true,
			Self::Governance => matches!(
				call,
				RuntimeCall::Democracy(..)
					| RuntimeCall::Council(..)
					| RuntimeCall::TechnicalCommittee(..)
					| RuntimeCall::Treasury(..)
					| RuntimeCall::Preimage(..)
					| RuntimeCall::Utility(..)
			),
			Self::Staking => matches!(
				call,
				RuntimeCall::Staking(..)
					| RuntimeCall::Session(..)
					| RuntimeCall::VoterList(..)
					| RuntimeCall::Utility(..)
			),
			// Handing the pool to somebody else is for the account itself, and so is paying what the pool owes: that may be
			// owed to who holds the proxy.
			Self::Underwriting => match call {
				RuntimeCall::Pools(call) => !matches!(
					call,
					pallet_pools::Call::set_manager { .. } | pallet_pools::Call::pay_arrears { .. }
				),
				call => matches!(call, RuntimeCall::Utility(..)),
			},
			// What is bought is the account's: passing it on is for the account itself, and so is paying a broker, who could
			// be the proxy.
			Self::Cover => match call {
				RuntimeCall::Cover(
					pallet_cover::Call::buy { order, .. } | pallet_cover::Call::renew { order, .. },
				) => order.broker.is_none(),
				// What they are paid goes to the account. Its bonds are only put up for its own claims, not in disputes: whoever
				// is on the other side of a bond gets half of it, and that may be who holds the proxy.
				RuntimeCall::Claims(call) => matches!(
					call,
					pallet_claims::Call::file { .. }
						| pallet_claims::Call::add_evidence { .. }
						| pallet_claims::Call::settle { .. }
						| pallet_claims::Call::poke { .. }
						| pallet_claims::Call::poke_incident { .. }
						| pallet_claims::Call::pay_batch { .. }
						| pallet_claims::Call::pay_claim { .. }
				),
				call => matches!(call, RuntimeCall::Cover(..) | RuntimeCall::Utility(..)),
			},
			// How much is staked, and for how long, is for the account itself.
			Self::Assessing => matches!(
				call,
				RuntimeCall::Claims(
					pallet_claims::Call::commit { .. }
						| pallet_claims::Call::reveal { .. }
						| pallet_claims::Call::settle { .. }
						| pallet_claims::Call::poke { .. }
				) | RuntimeCall::Utility(..)
			),
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		*self == Self::Any || self == other
	}
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<32>;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
}
