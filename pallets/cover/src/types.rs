//! What the pallet stores, and what its calls take.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use lutine_primitives::{
	Balance,
	insurance::{Allocation, AssetId, GroupId, Name, PoolId, ProductId, RiskClass, Term, Trigger, Uri},
	time::Seconds,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::Perbill;

/// Pools that a policy can be split over.
pub const MAX_ALLOCATIONS: u32 = 8;
/// Assets that a product can be sold in.
pub const MAX_ASSETS: u32 = 8;

/// What a policy insures, such as an account on another chain.
pub type Item = BoundedVec<u8, ConstU32<128>>;
/// The parts of a purchase.
pub type Parts = BoundedVec<Part, ConstU32<MAX_ALLOCATIONS>>;

/// How much of a product is sold in an asset. Amounts are units of it.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
	/// Which asset.
	pub asset: AssetId,
	/// The most that all pools may stand behind.
	pub total: Balance,
	/// The smallest policy.
	pub min: Balance,
	/// The largest policy.
	pub max: Balance,
	/// What needs no vote: a claim up to this on an assessed product, all payouts of a time up to this on a parametric one.
	pub optimistic: Balance,
}

/// What governance may change about a product, for later policies.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Conditions {
	/// Where the terms are written, whose hash never changes.
	pub uri: Uri,
	/// The assets in which it is sold.
	pub assets: BoundedVec<Limits, ConstU32<MAX_ASSETS>>,
	/// The shortest period of a policy, in seconds.
	pub min_period: Seconds,
	/// The longest period of a policy, in seconds.
	pub max_period: Seconds,
	/// What every award is lessened by, in billionths of the amount insured.
	pub deductible: u32,
}

impl Conditions {
	/// What every award under a policy of so much is lessened by, rounded up.
	pub fn deductible_of(&self, amount: Balance) -> Balance {
		Perbill::from_parts(self.deductible).mul_ceil(amount)
	}
}

/// A product that somebody proposes.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Proposal {
	/// What it is called.
	pub name: Name,
	/// What kind of thing it is.
	pub class: RiskClass,
	/// Hash of the code that it runs.
	pub code_hash: H256,
	/// Blake2 hash of the terms.
	pub terms_hash: H256,
	/// How incidents arise.
	pub trigger: Trigger,
	/// From a purchase to the beginning of cover, in seconds; the chain's where none is given.
	pub waiting_period: Option<Seconds>,
	/// From the end of cover to the last report of an incident, in seconds; the chain's where none is given.
	pub claim_window: Option<Seconds>,
	/// What can be changed later.
	pub conditions: Conditions,
}

/// Where a product is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Status<AccountId> {
	/// It waits to be listed.
	Proposed {
		/// Who proposed it.
		proposer: AccountId,
		/// The native tokens on hold for it.
		deposit: Balance,
		/// What kind of thing it is said to be.
		class: RiskClass,
		/// The code that it is said to run.
		code_hash: H256,
	},
	/// It can be bought.
	Listed,
	/// It cannot be bought until it is resumed.
	Paused,
	/// It cannot be bought any more. What was sold stays in force.
	Delisted,
}

/// An insurable thing with its terms.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Product<AccountId> {
	/// What it is called.
	pub name: Name,
	/// What it can fail together with, from its listing on and for ever.
	pub group: Option<GroupId>,
	/// Blake2 hash of the terms.
	pub terms_hash: H256,
	/// How incidents arise.
	pub trigger: Trigger,
	/// From a purchase to the beginning of cover, in seconds.
	pub waiting_period: Seconds,
	/// From the end of cover to the last report of an incident, in seconds.
	pub claim_window: Seconds,
	/// What governance may change.
	pub conditions: Conditions,
	/// Where it is in its life.
	pub status: Status<AccountId>,
	/// Whether something about it is undecided.
	pub frozen: bool,
	/// Accepted incidents that are not closed.
	pub incidents: u32,
}

impl<AccountId> Product<AccountId> {
	/// Whether an incident stops sales and cancellations.
	pub fn is_under_incident(&self) -> bool {
		self.frozen || self.incidents > 0
	}

	/// How much of it is sold in an asset.
	pub fn limits(&self, asset: &AssetId) -> Option<&Limits> {
		self.conditions
			.assets
			.iter()
			.find(|limits| limits.asset == *asset)
	}
}

/// A part of a purchase: what one pool is to stand behind.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Part {
	/// Which pool.
	pub pool: PoolId,
	/// How much, in units of the asset.
	#[codec(compact)]
	pub amount: Balance,
}

/// Who brought the buyer.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Broker<AccountId> {
	/// Who is paid.
	pub account: AccountId,
	/// How much, in billionths of the net premium.
	pub commission: u32,
}

/// What a buyer asks for, and the price that they agree to.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Order<AccountId> {
	/// What is insured, in units of the asset.
	#[codec(compact)]
	pub amount: Balance,
	/// When cover ends, in Unix seconds: the end of an accounting day, as a quote tells it.
	#[codec(compact)]
	pub end: Seconds,
	/// Which pools stand behind it; the parts add up to the amount.
	pub parts: Parts,
	/// The most that is paid, commission included, in units of the asset.
	#[codec(compact)]
	pub max_premium: Balance,
	/// Until when the order stands, in Unix seconds; for ever where there is none.
	pub deadline: Option<Seconds>,
	/// Who brought the buyer, if anybody did.
	pub broker: Option<Broker<AccountId>>,
}

/// What a policy holds of its product and of the chain's parameters as they were at its purchase.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Terms {
	/// From the end of cover to the last report of an incident, in seconds.
	pub claim_window: Seconds,
	/// What every award is lessened by, in units of the asset.
	pub deductible: Balance,
	/// The largest claim that needs no vote, in units of the asset.
	pub optimistic_limit: Balance,
	/// Share of unearned premium kept when the holder cancels.
	pub cancellation_fee: Perbill,
}

/// One holder's cover on one product. Whoever holds its certificate holds it. Amounts are units of `asset`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Policy<AccountId> {
	/// On which product.
	pub product: ProductId,
	/// In which asset.
	pub asset: AssetId,
	/// What was insured.
	pub amount: Balance,
	/// What of it was awarded: paid, or owed as arrears.
	pub awarded: Balance,
	/// What of it policies were bought for that follow this one without a gap.
	pub renewed: Balance,
	/// What was paid to the pools.
	pub net_premium: Balance,
	/// What was paid to the broker.
	pub commission: Balance,
	/// Who was paid it.
	pub broker: Option<AccountId>,
	/// When it was bought, in Unix seconds.
	pub bought: Seconds,
	/// The first second of cover.
	pub start: Seconds,
	/// The first second after it.
	pub end: Seconds,
	/// Which pools stand behind it, each with what is left of its part.
	pub allocations: BoundedVec<Allocation, ConstU32<MAX_ALLOCATIONS>>,
	/// Its terms.
	pub terms: Terms,
	/// What it insures.
	pub item: Item,
	/// Who bought it, and gets the deposit back.
	pub buyer: AccountId,
	/// The native tokens on hold for its storage.
	pub deposit: Balance,
	/// Whether a claim under it is open.
	pub claim_open: bool,
	/// Whether it was cancelled.
	pub cancelled: bool,
}

impl<AccountId> Policy<AccountId> {
	/// When it ends for the pools.
	pub fn term(&self) -> Term {
		Term {
			end: self.end,
			claim_window: self.terms.claim_window,
		}
	}

	/// What is insured and not awarded yet.
	pub fn left(&self) -> Balance {
		self.amount.saturating_sub(self.awarded)
	}

	/// The last second in which an incident can be reported for it.
	pub fn last_report(&self) -> Seconds {
		self.end.saturating_add(self.terms.claim_window)
	}

	/// Where it is in its life.
	pub fn state(&self, now: Seconds) -> State {
		if self.cancelled {
			State::Cancelled
		} else if self.left() == 0 {
			State::Exhausted
		} else if now >= self.end {
			State::Expired
		} else {
			State::Active
		}
	}
}

/// Where a policy is in its life.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum State {
	/// It was bought and has not ended. Cover may still have to begin.
	Active,
	/// Its period is over. Until its claim window is, claims can be made for what happened before.
	Expired,
	/// Its holder ended it and was refunded. It is there because something was awarded under it before.
	Cancelled,
	/// All of it was awarded.
	Exhausted,
}

/// Everything that was ever sold of a product in an asset, in units of it.
#[derive(
	Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Record {
	/// How many policies were sold.
	pub sold: u64,
	/// How many of them are not closed.
	pub open: u64,
	/// What they insured, all together.
	pub insured: Balance,
	/// What was paid to pools.
	pub net_premiums: Balance,
	/// What was paid to brokers.
	pub commissions: Balance,
	/// What was refunded.
	pub refunds: Balance,
	/// What was awarded.
	pub awards: Balance,
}

impl Record {
	/// The sum of two records in one asset.
	pub fn plus(&self, other: &Self) -> Self {
		Self {
			sold: self.sold.saturating_add(other.sold),
			open: self.open.saturating_add(other.open),
			insured: self.insured.saturating_add(other.insured),
			net_premiums: self.net_premiums.saturating_add(other.net_premiums),
			commissions: self.commissions.saturating_add(other.commissions),
			refunds: self.refunds.saturating_add(other.refunds),
			awards: self.awards.saturating_add(other.awards),
		}
	}
}

/// A product that a chain starts with, listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisProduct {
	/// Its id.
	pub id: ProductId,
	/// What it can fail together with.
	pub group: GroupId,
	/// Since when it has been without an incident, in Unix seconds. Genesis has no clock to tell: a product whose record
	/// begins with the chain gets the time of the chain's launch. A time to come counts as now until it is reached.
	pub quiet_since: Seconds,
	/// All else.
	pub proposal: Proposal,
}
