//! The words that the insurance pallets share, and the traits through which they meet.
//!
//! A pallet never knows another: the runtime gives each the traits it needs. Commands go down, from claims to cover and
//! pools, from cover to pools and pricing, from pools to pricing. Every function here that changes state is atomic only
//! together with the call that makes it: an error means that the caller must fail too, so that its storage layer takes
//! back what was written.

use crate::{Balance, time::Seconds};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	BoundedVec,
	traits::{ConstU32, fungible::NativeOrWithId},
	weights::Weight,
};
use lutine_math::split::Offer;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_arithmetic::{FixedU128, Perbill};
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult};

/// An asset that cover is denominated and paid in: the native token, or one of `pallet-assets`.
pub type AssetId = NativeOrWithId<u32>;
/// A risk group: products and assets that can fail together. Each belongs to exactly one, for ever.
pub type GroupId = u32;
/// An insurable thing with its terms.
pub type ProductId = u32;
/// A pool of underwriting capital in one asset.
pub type PoolId = u32;
/// One holder's cover on one product.
pub type PolicyId = u32;
/// An event on one product, judged once.
pub type IncidentId = u32;

/// No recorded amount is larger; more is refused.
pub const MAX_AMOUNT: Balance = lutine_math::MAX_AMOUNT;

/// What kind of thing is insured. Governance sets a base probability of loss for each.
#[derive(
	Clone,
	Copy,
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
#[serde(rename_all = "camelCase")]
pub enum RiskClass {
	/// Lends and borrows.
	Lending,
	/// Trades.
	Exchange,
	/// Stakes on behalf of others.
	Staking,
	/// Keeps a peg.
	Stablecoin,
	/// Moves assets between chains.
	Bridge,
	/// Keeps assets for others.
	Custody,
	/// Moves deposits to where they earn.
	Yield,
	/// Anything else.
	Other,
}

/// Days that a parametric trigger can look back.
pub const MAX_TRIGGER_DAYS: u32 = 60;

/// A product's or a risk group's name, in printable ASCII.
pub type Name = BoundedVec<u8, ConstU32<48>>;
/// Where a document is.
pub type Uri = BoundedVec<u8, ConstU32<128>>;
/// What a trigger pays: levels, falling, with the percentage that is lost at or below each, rising.
pub type Table = BoundedVec<(FixedU128, u8), ConstU32<16>>;

/// How incidents of a product arise. Never changes.
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
pub enum Trigger {
	/// Somebody reports them and they are judged.
	#[default]
	Assessed,
	/// A feed proves them.
	Parametric {
		/// The oracle's key.
		feed: u32,
		/// Accounting days over which the feed is averaged to prove a breach.
		averaging: u32,
		/// Accounting days after that in which the lowest daily average decides how much is lost.
		observation: u32,
		/// What is lost at or below which level. The first level is the one whose breach is an incident.
		table: Table,
	},
}

impl Trigger {
	/// The feed and the level at or below which it is in breach, where a feed proves incidents.
	pub fn threshold(&self) -> Option<(u32, FixedU128)> {
		match self {
			Self::Assessed => None,
			Self::Parametric { feed, table, .. } => table.first().map(|(level, _)| (*feed, *level)),
		}
	}
}

/// What oracles say now. Implemented by the runtime over `pallet-oracle`.
pub trait Spot {
	/// The value of a feed, unless it is missing or too old to rely on.
	fn spot(feed: u32) -> Option<FixedU128>;
}

/// What the runtime knows of assets beside their balances.
pub trait AssetInfo {
	/// Whether holding the asset is enough for an account to exist: only such can be paid to anybody.
	fn is_sufficient(asset: &AssetId) -> bool;
	/// How many decimals its unit has.
	fn decimals(asset: &AssetId) -> u8;
	/// The symbol of its unit, as its owner wrote it: any bytes, or none.
	fn symbol(asset: &AssetId) -> Vec<u8>;
}

/// What underwriters ask about products. Implemented by `pallet-cover`, which keeps the register of products.
pub trait Products {
	/// Whether a risk group is registered.
	fn is_group(group: GroupId) -> bool;
	/// The risk group, or `None` where no such product was ever listed.
	fn group(product: ProductId) -> Option<GroupId>;
	/// The most that may be insured on the product in an asset, over all pools, or `None` where the product is not
	/// sold in it.
	fn limit(product: ProductId, asset: &AssetId) -> Option<Balance>;
	/// Makes a product that underwriters may write, in an asset.
	#[cfg(feature = "runtime-benchmarks")]
	fn create(product: ProductId, group: GroupId, asset: AssetId, limit: Balance);
}

/// How likely a product is to fail. Implemented by `pallet-pricing`.
pub trait Risk {
	/// The annual probability of a total loss as of now, rounded up, or `None` where there is no such product.
	fn probability(product: ProductId) -> Option<FixedU128>;
}

/// What happens to products that decides how risky they are. Implemented by `pallet-pricing`.
pub trait TrackRecord {
	/// A product was listed that runs this code; its record begins `since` then. Fails where it has one already.
	fn begin(product: ProductId, class: RiskClass, code_hash: H256, since: Seconds) -> DispatchResult;
	/// An incident on the product was accepted with a verdict: the product has lost so much of itself. An unknown
	/// product is ignored.
	fn incident_accepted(product: ProductId, verdict: Perbill);
	/// Begins a record that makes the product's price as dear to tell as can be.
	#[cfg(feature = "runtime-benchmarks")]
	fn begin_worst(product: ProductId);
}

/// A part of a policy: what one pool stands behind.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Allocation {
	/// Which pool.
	pub pool: PoolId,
	/// What it still stands behind, in its asset: what was written less what was awarded.
	pub amount: Balance,
	/// What its premium earns a second, in units scaled by 2^32.
	pub rate: u128,
}

/// When a policy ends.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Term {
	/// The end of cover: an accounting day's end. Premium is earned until then.
	pub end: Seconds,
	/// How long claims may be made after it. Pools stand behind the policy until the end of the day in which it is over.
	pub claim_window: Seconds,
}

/// What a pool asks for a part of a policy, and why.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Premium {
	/// What is paid to the pool: the larger of the two below, at least one unit.
	pub net: Balance,
	/// The expected loss and the cost of the risk capital tied up, rounded up.
	pub technical: Balance,
	/// What demand for the line makes of it, rounded up.
	pub market: Balance,
	/// What it earns a second, in units scaled by 2^32, rounded down.
	pub rate: u128,
}

/// What an award became.
#[derive(
	Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Payment {
	/// What was paid at once.
	pub paid: Balance,
	/// What the pool still owes.
	pub arrears: Balance,
}

/// Writing cover, and ending it early: what cover commands pools to do.
pub trait Underwriting<AccountId> {
	/// What each pool that could sell now asks for more on a product in an asset, as a function of the amount, in the
	/// order of their ids. Changes nothing.
	fn offers(product: ProductId, asset: &AssetId, term: Term) -> Vec<(PoolId, Offer)>;

	/// What all pools in an asset stand behind on a product, as far as they are settled.
	fn exposure(product: ProductId, asset: &AssetId) -> Balance;

	/// What bringing a pool's books to now takes, which is part of the weight of every call on it.
	fn settle_weight(pool: PoolId) -> Weight;

	/// The most that can take for any pool.
	fn worst_settle_weight() -> Weight;

	/// What so many notices of payments to one account in one asset take, which is part of the weight of every call that
	/// pays a holder. See [`OnPaid`].
	fn notice_weight(notices: u32) -> Weight;

	/// Pays `amount` of a pool's asset from `payer` to `recipient`. Where `recipient` cannot receive it the pool takes it
	/// in and owes it. Fails where `payer` cannot pay.
	fn pay_through(pool: PoolId, payer: &AccountId, recipient: &AccountId, amount: Balance)
	-> DispatchResult;

	/// Writes cover: takes the net premium of its [offer](Self::offers) from `payer`, and stands behind `amount` from now on.
	///
	/// Fails where the pool is in another asset or has no such line, where the line has not the capacity or the pool not
	/// the capital, while an incident is open on the product, and where `payer` cannot pay.
	fn write(
		payer: &AccountId,
		pool: PoolId,
		asset: &AssetId,
		product: ProductId,
		amount: Balance,
		term: Term,
	) -> Result<Premium, DispatchError>;

	/// Ends an allocation before its time: pays the unearned premium less `fee` of it, rounded up, to `recipient`, and
	/// releases the exposure at once. The pool waives the fee while it could not bear the loss it is there for.
	///
	/// Returns what was refunded, in the pool's asset. A recipient that cannot receive it is due it.
	fn cancel(
		recipient: &AccountId,
		product: ProductId,
		allocation: &Allocation,
		term: Term,
		fee: Perbill,
	) -> Result<Balance, DispatchError>;
}

/// Setting capital aside for incidents, and paying: what claims commands pools to do. Each function reaches every pool
/// with a line on the product; their number is bounded.
pub trait Reserving<AccountId> {
	/// Sets all exposure of a product aside, in full and as recorded, and stops its sales and releases, while something
	/// about it is undecided. Doing it again changes nothing.
	fn freeze(product: ProductId) -> DispatchResult;

	/// Ends what [`freeze`](Self::freeze) began. What is set aside for accepted incidents stays so.
	fn thaw(product: ProductId) -> DispatchResult;

	/// Sets `verdict` of every pool's exposure to the product aside for an accepted incident, rounded up. Sales and
	/// releases stay stopped until it is [closed](Self::close).
	fn accept(incident: IncidentId, product: ProductId, verdict: Perbill) -> DispatchResult;

	/// Frees what is left of what an incident has set aside.
	fn close(incident: IncidentId, product: ProductId) -> DispatchResult;

	/// Pays `award`, at most the allocation, for a policy under an accepted incident: at once the ratio of capital to
	/// what is reserved, before the payment and rounded down, and the rest as arrears. The exposure is gone by all of it.
	///
	/// What the policy had in arrears before is paid with it as far as it is served. A recipient that cannot receive is
	/// due the money.
	fn pay(
		incident: IncidentId,
		product: ProductId,
		policy: PolicyId,
		allocation: &Allocation,
		term: Term,
		award: Balance,
		recipient: &AccountId,
	) -> Result<Payment, DispatchError>;

	/// Pays the served part of a policy's arrears in a pool, and returns it; zero where there is none.
	fn pull_arrears(pool: PoolId, policy: PolicyId, recipient: &AccountId) -> Result<Balance, DispatchError>;

	/// What a pool owes on a policy: served and waiting to be pulled, or not served yet.
	fn arrears_of(pool: PoolId, policy: PolicyId) -> Balance;

	/// Takes money that was recovered after an incident from `payer`, for the pools in its asset that paid: their arrears
	/// of it first, and the rest in proportion to what they paid, streamed like premium.
	///
	/// Fails where no pool in this asset paid anything for the incident, and until those that did are settled.
	fn recover(payer: &AccountId, incident: IncidentId, asset: &AssetId, amount: Balance) -> DispatchResult;

	/// Pays into the mutual reserve of an asset, from which governance has arrears paid.
	fn fund_reserve(payer: &AccountId, asset: &AssetId, amount: Balance) -> DispatchResult;

	/// What bringing the books of every pool with a line on a product to now takes.
	fn settle_all_weight(product: ProductId) -> Weight;

	/// The most that can take for any product.
	fn worst_settle_all_weight() -> Weight;
}

/// What claims need to know of a product.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Insured {
	/// What it is called.
	pub name: Name,
	/// How its incidents arise.
	pub trigger: Trigger,
	/// How long claims are made under an accepted incident, in seconds.
	pub claim_window: Seconds,
	/// The assets it is or was sold in, each with the most that is paid for a parametric incident without a challenge
	/// window: nothing in those it is not sold in any more.
	pub instant_limits: BoundedVec<(AssetId, Balance), ConstU32<64>>,
}

/// What a policy offers to a claim: what was in force at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct InForce<AccountId> {
	/// Who holds the certificate now: whom a claim belongs to.
	pub holder: AccountId,
	/// What was insured at that moment and is not awarded yet.
	pub amount: Balance,
	/// In which asset.
	pub asset: AssetId,
	/// What an award is lessened by.
	pub deductible: Balance,
	/// The largest claim that needs no vote.
	pub optimistic_limit: Balance,
}

/// What claims command and ask of cover. Implemented by `pallet-cover`, which passes on to the pools what is theirs.
pub trait Coverage<AccountId> {
	/// Something about the product is undecided: sales and cancellations stop, and all exposure is set aside. Doing it
	/// again changes nothing.
	fn freeze(product: ProductId) -> DispatchResult;

	/// Ends what [`freeze`](Self::freeze) began.
	fn thaw(product: ProductId) -> DispatchResult;

	/// An incident was accepted: `verdict` of the exposure stays set aside, it enters the product's record, and the product
	/// is paused until governance resumes it.
	fn accept(incident: IncidentId, product: ProductId, verdict: Perbill) -> DispatchResult;

	/// Nothing more is claimed under an incident: what is left of it is freed.
	fn close(incident: IncidentId, product: ProductId) -> DispatchResult;

	/// What a policy had in force when something happened to its product that was reported at a time. Fails where it was
	/// not in force, or where it was reported too late.
	fn in_force(
		policy: PolicyId,
		product: ProductId,
		happened: Seconds,
		reported: Seconds,
	) -> Result<InForce<AccountId>, DispatchError>;

	/// A claim is made under a policy, which cannot be cancelled or closed until it is settled. Fails where one is open.
	fn open_claim(policy: PolicyId) -> DispatchResult;

	/// The claim under a policy is settled.
	fn settle_claim(policy: PolicyId) -> DispatchResult;

	/// Pays an award under an accepted incident to the holder, out of the pools that stand behind the policy and in
	/// proportion to what each does. Fails above what is left of the policy.
	fn pay(incident: IncidentId, policy: PolicyId, award: Balance) -> Result<Payment, DispatchError>;

	/// A product that is or was listed.
	fn product(product: ProductId) -> Option<Insured>;

	/// How long claims are made under an accepted incident of a product, in seconds, which never changes. `None` where it
	/// was never listed.
	fn claim_window(product: ProductId) -> Option<Seconds>;

	/// Whether a feed proves the incidents of any product.
	fn is_watched(feed: u32) -> bool;

	/// What all pools in an asset stand behind on a product, as far as they are settled.
	fn exposure(product: ProductId, asset: &AssetId) -> Balance;

	/// Who holds a policy's certificate.
	fn holder(policy: PolicyId) -> Option<AccountId>;

	/// What is insured by a policy and not awarded yet; zero where there is no such policy.
	fn left(policy: PolicyId) -> Balance;

	/// What bringing the books of every pool that stands behind a policy to now takes.
	fn settle_weight(policy: PolicyId) -> Weight;

	/// The most that can take for any policy.
	fn worst_settle_weight() -> Weight;

	/// The most that notices of what is paid under one policy take: part of the weight of every payment. See [`OnPaid`].
	fn notice_weight() -> Weight;

	/// Policies on a product that are not closed, at most so many, from behind one of them on, in an order that does not
	/// change. The one before may be closed by now.
	fn policies(product: ProductId, after: Option<PolicyId>, most: u32) -> Vec<PolicyId>;
}

/// Is told of money that has reached a holder: an award, arrears, a refund, or what was due. Implemented by
/// `pallet-homes`, and by `()` for who does not want to know.
///
/// What pools owe and could not pay is not told until it is paid. Every payment is told once.
pub trait OnPaid<AccountId> {
	/// `amount`, more than nothing, of an asset has arrived at an account.
	///
	/// Cannot fail, for a payment must not fail by what is made of it. Must pay nobody and call nobody: whoever tells has its
	/// books open.
	fn on_paid(who: &AccountId, asset: &AssetId, amount: Balance);

	/// The most that so many notices about one account and one asset take within a call.
	fn weight(notices: u32) -> Weight;
}

impl<AccountId> OnPaid<AccountId> for () {
	fn on_paid(_: &AccountId, _: &AssetId, _: Balance) {}

	fn weight(_: u32) -> Weight {
		Weight::zero()
	}
}
