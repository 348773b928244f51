//! What the register stores, and what it tells.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound, pallet_prelude::Get,
};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, GroupId, ProductId, RiskClass},
	time::Seconds,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::{FixedU128, Perbill};

/// Where the live security scores come from. Implemented by the runtime over its oracle.
pub trait LiveScores {
	/// The factor that a feed last gave, and when it was fed. `None` where it has never given one.
	fn score(key: u32) -> Option<(FixedU128, Seconds)>;
}

/// No feed gives anything.
impl LiveScores for () {
	fn score(_: u32) -> Option<(FixedU128, Seconds)> {
		None
	}
}

/// What decides how risky a product is, beside its audits.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound())]
#[scale_info(skip_type_params(MaxAssets))]
pub struct RiskProfile<MaxAssets: Get<u32>> {
	/// What kind of thing it is.
	pub class: RiskClass,
	/// What it can fail together with. Never changes: the sums of every pool with a line on it depend on it.
	pub group: GroupId,
	/// Hash of the code that it runs now. Audits of other code do not count.
	pub code_hash: H256,
	/// The assets in which it is sold, with the most that may be insured in each. None is zero, none appears twice.
	pub limits: BoundedVec<(AssetId, Balance), MaxAssets>,
	/// The feed of its live security score.
	pub feed: Option<u32>,
	/// When it was listed, or when its last incident was accepted. A time to come counts as now.
	pub quiet_since: Seconds,
	/// Weight of the accepted incidents, as it was at `quiet_since`. It halves every year.
	pub past: FixedU128,
}

/// One auditor's audit of one product.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Audit<AccountId> {
	/// Who answers for it. It counts while they are registered.
	pub auditor: AccountId,
	/// Hash of the code that was audited. It counts while the product runs this code.
	pub code_hash: H256,
	/// The first second at which it no longer counts.
	pub valid_until: Seconds,
}

/// How likely a product is to fail, now, and why.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct RiskReport {
	/// Annual probability of a total loss, rounded up.
	pub probability: FixedU128,
	/// Base probability of the product's class.
	pub base: Perbill,
	/// Valid audits. No more than `max_audits` of the parameters lower the probability.
	pub audits: u32,
	/// Seconds without an accepted incident.
	pub quiet: Seconds,
	/// Weight of the accepted incidents, decayed to now.
	pub past: FixedU128,
	/// Factor of the live security score, within its bounds; 1 without a fresh one.
	pub live: FixedU128,
	/// Whether the product has a feed that gives no fresh score.
	pub live_is_stale: bool,
}

/// A product that a chain starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisProfile {
	/// Its id.
	pub product: ProductId,
	/// What kind of thing it is.
	pub class: RiskClass,
	/// What it can fail together with.
	pub group: GroupId,
	/// Hash of the code that it runs.
	pub code_hash: H256,
	/// The assets in which it is sold, with the most that may be insured in each.
	pub limits: Vec<(AssetId, Balance)>,
	/// Since when it has been without an incident, in Unix seconds. Genesis has no clock to tell: a product whose record
	/// begins with the chain gets the time of the chain's launch. A time to come counts as now until it is reached.
	pub quiet_since: Seconds,
}
