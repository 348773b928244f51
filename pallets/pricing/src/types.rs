//! What is stored of products, and what is told of them.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use lutine_primitives::{insurance::RiskClass, time::Seconds};
use scale_info::TypeInfo;
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
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RiskProfile {
	/// What kind of thing it is.
	pub class: RiskClass,
	/// Hash of the code that it runs now. Audits of other code do not count.
	pub code_hash: H256,
	/// The feed of its live security score.
	pub feed: Option<u32>,
	/// When its record began, or when its last incident was accepted. A time to come counts as now.
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
