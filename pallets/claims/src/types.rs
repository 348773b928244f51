//! What the pallet stores, what its calls take, and the trait through which it puts questions to token holders.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::ConstU32};
use lutine_math::claims::decayed;
use lutine_primitives::{
	Balance,
	insurance::{AssetId, IncidentId, PolicyId, ProductId, Uri},
	time::Seconds,
};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::{DispatchError, FixedU128, Perbill};

/// The judging of one incident or claim.
pub type CaseId = u32;

/// Incidents of a product that can wait while another is judged; a parameter allows as many or fewer.
pub const MAX_WAITING: u32 = 16;
/// Referenda that can run at once; a parameter allows as many or fewer.
pub const MAX_REFERENDA: u32 = 32;

/// What is judged.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Subject {
	/// Whether something happened to a product, and how much of it was lost.
	Incident {
		/// Which incident.
		incident: IncidentId,
	},
	/// Whether a loss under an accepted incident is as large as it is said to be.
	Claim {
		/// Under which incident.
		incident: IncidentId,
		/// Under which policy.
		policy: PolicyId,
	},
}

impl Subject {
	/// The incident that it is, or is claimed under.
	pub fn incident(&self) -> IncidentId {
		match self {
			Self::Incident { incident } | Self::Claim { incident, .. } => *incident,
		}
	}

	/// Whether it is an incident.
	pub fn is_incident(&self) -> bool {
		matches!(self, Self::Incident { .. })
	}
}

/// What the assessors' verdict is disputed towards.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Direction {
	/// What the case was opened with.
	Upward,
	/// What the challenger said, or nothing.
	Downward,
}

/// Who stands for something in a case, with what they would lose.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Party<AccountId> {
	/// Who.
	pub who: AccountId,
	/// Native tokens on hold.
	pub bond: Balance,
}

/// A dispute of the assessors' verdict in one direction.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Dispute<AccountId> {
	/// Who disputes.
	pub party: Party<AccountId>,
	/// Whether anybody voted in its referendum.
	pub voted: bool,
}

/// Where a case is. A deadline is the last block in which something may be done.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Phase<BlockNumber> {
	/// Another incident of the product is judged before.
	Waiting,
	/// The proposal stands unless it is challenged.
	Optimistic {
		/// Until when.
		until: BlockNumber,
	},
	/// Assessors vote.
	Assessing {
		/// Until when they commit votes.
		commit_until: BlockNumber,
		/// Until when they reveal them.
		reveal_until: BlockNumber,
	},
	/// The assessors' verdict stands unless it is disputed.
	Disputable {
		/// Until when.
		until: BlockNumber,
	},
	/// It waits for a referendum.
	Queued {
		/// In which direction that asks.
		direction: Direction,
	},
	/// Token holders vote.
	Voting {
		/// In which direction.
		direction: Direction,
		/// What ties an enactment to this vote.
		ballot: u32,
		/// The referendum.
		referendum: u32,
		/// The block in which the votes are counted.
		ends: BlockNumber,
	},
	/// The last word is spoken, and has not had its effect yet.
	Decided {
		/// The percentage.
		outcome: u8,
	},
}

/// The judging of one incident or claim.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Case<AccountId, BlockNumber> {
	/// What is judged.
	pub subject: Subject,
	/// The percentage that it was opened with.
	pub proposal: u8,
	/// The percentage that a challenger stands for; zero where there is none.
	pub alternative: u8,
	/// Who opened it. Their bond is zero where a feed speaks for itself.
	pub opener: Party<AccountId>,
	/// Who challenged the proposal.
	pub challenger: Option<Party<AccountId>>,
	/// Who disputes the verdict towards the proposal.
	pub upward: Option<Dispute<AccountId>>,
	/// Who disputes it towards the alternative.
	pub downward: Option<Dispute<AccountId>>,
	/// What the assessors are paid: on hold until they are asked. The opener's, or where their bond is zero the
	/// challenger's.
	pub fee: Balance,
	/// Whether the assessors were asked, and the fee is theirs.
	pub fee_spent: bool,
	/// What the assessors said.
	pub verdict: Option<u8>,
	/// Whether so much weight stands behind the verdict that a simple majority cannot change it.
	pub is_strong: bool,
	/// Whether a referendum about it was cancelled before.
	pub restarted: bool,
	/// Where it is.
	pub phase: Phase<BlockNumber>,
}

impl<AccountId: PartialEq, BlockNumber> Case<AccountId, BlockNumber> {
	/// The dispute in a direction.
	pub fn dispute(&self, direction: Direction) -> Option<&Dispute<AccountId>> {
		match direction {
			Direction::Upward => self.upward.as_ref(),
			Direction::Downward => self.downward.as_ref(),
		}
	}

	/// The place of the dispute in a direction.
	pub fn dispute_mut(&mut self, direction: Direction) -> &mut Option<Dispute<AccountId>> {
		match direction {
			Direction::Upward => &mut self.upward,
			Direction::Downward => &mut self.downward,
		}
	}

	/// What a referendum in a direction asks for.
	pub fn asked(&self, direction: Direction) -> u8 {
		match direction {
			Direction::Upward => self.proposal,
			Direction::Downward => self.alternative,
		}
	}

	/// Everybody who has a bond in it.
	pub fn parties(&self) -> impl Iterator<Item = &Party<AccountId>> {
		let disputers = [&self.upward, &self.downward];
		[Some(&self.opener), self.challenger.as_ref()]
			.into_iter()
			.chain(disputers.map(|dispute| dispute.as_ref().map(|dispute| &dispute.party)))
			.flatten()
	}

	/// Who pays the assessors.
	pub fn fee_payer(&self) -> &AccountId {
		match &self.challenger {
			Some(challenger) if self.opener.bond == 0 => &challenger.who,
			_ => &self.opener.who,
		}
	}
}

/// Whose evidence it is.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Role {
	/// Who opened the case.
	Opener,
	/// Who challenged the proposal.
	Challenger,
	/// Who disputes the verdict towards the proposal.
	Upward,
	/// Who disputes it towards the alternative.
	Downward,
}

/// A document that somebody refers to.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Evidence {
	/// Where it is.
	pub uri: Uri,
	/// Its blake2-256 hash. Not called that: Polkadot.js shows its own hash of the whole by that name.
	pub digest: H256,
}

/// Who votes in cases. Amounts are native tokens.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Assessor<BlockNumber> {
	/// What is on hold.
	pub stake: Balance,
	/// What a vote weighs.
	pub weight: Balance,
	/// The block since which it weighs so much: it votes in cases whose voting began later.
	pub since: BlockNumber,
	/// What of the stake the votes not settled yet may cost.
	pub at_risk: Balance,
	/// Votes not settled yet.
	pub votes: u32,
	/// From when on the stake can be withdrawn, once its owner has left.
	pub free_from: Option<BlockNumber>,
}

/// A vote of an assessor.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Vote {
	/// In which attempt: the first, or the second after nobody revealed in the first.
	pub attempt: u8,
	/// What it weighs.
	pub weight: Balance,
	/// What of the stake it puts at risk.
	pub slice: Balance,
	/// What it says.
	pub ballot: Ballot,
}

/// What a vote says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Ballot {
	/// Nobody knows yet: the hash of it.
	Committed(H256),
	/// A percentage.
	Revealed(u8),
}

/// The voting of assessors in a case, until every vote is settled.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Round<BlockNumber> {
	/// The block in which it was opened.
	pub opened: BlockNumber,
	/// The first attempt, or the second after nobody revealed in the first.
	pub attempt: u8,
	/// Share of a vote's weight that it puts at risk.
	pub slice: Perbill,
	/// Percentage points around the verdict within which a vote agrees with it.
	pub tolerance: u8,
	/// Share of the weight that must agree before the others lose their slices.
	pub consensus: Perbill,
	/// The weight of all assessors when it was opened.
	pub total: Balance,
	/// Votes that are not settled.
	pub votes: u32,
	/// What is left of the fee, in native tokens.
	pub pot: Balance,
	/// What it came to.
	pub result: Option<RoundResult>,
}

/// What a round came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct RoundResult {
	/// The weighted median; none where nobody revealed.
	pub verdict: Option<u8>,
	/// The weight of the votes that agree with it and are not settled.
	pub agreeing: Balance,
	/// Whether so much weight agrees that the others lose their slices.
	pub is_clear: bool,
}

/// How often something happened of late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Recent {
	/// Thousandths, as of then.
	pub thousandths: u32,
	/// When it last happened.
	pub at: Seconds,
}

impl Recent {
	/// How often by now, rounded up.
	pub fn count(&self, now: Seconds, decay: Seconds) -> u32 {
		decayed(self.thousandths, now.saturating_sub(self.at), decay).div_ceil(1_000)
	}

	/// It happened once more.
	pub fn add(&mut self, now: Seconds, decay: Seconds) {
		let before = decayed(self.thousandths, now.saturating_sub(self.at), decay);
		*self = Self {
			thousandths: before.saturating_add(1_000),
			at: now,
		};
	}
}

/// What is undecided about a product, and what was of late.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Docket {
	/// The case that is judged.
	pub judged: Option<CaseId>,
	/// The cases that wait, the next first.
	pub waiting: BoundedVec<CaseId, ConstU32<MAX_WAITING>>,
	/// The incident that a feed proves and that is observed.
	pub observed: Option<IncidentId>,
	/// Whether the product was frozen because its feed is in breach.
	pub in_breach: bool,
	/// The end of the last day that counted for an incident, where its feed has not been back since.
	pub fired: Option<Seconds>,
	/// Reports rejected of late.
	pub rejected: Recent,
	/// When the first of the reports was made that made room for another one since something became undecided.
	pub displaced: Option<Seconds>,
	/// The end of the last day that was looked at for an incident that is judged, or was rejected.
	pub looked_at: Option<Seconds>,
}

impl Docket {
	/// Whether exposure stays set aside.
	pub fn is_undecided(&self) -> bool {
		self.judged.is_some() || !self.waiting.is_empty() || self.observed.is_some() || self.in_breach
	}

	/// Reports that are not decided.
	pub fn open(&self) -> u32 {
		u32::from(self.judged.is_some()).saturating_add(self.waiting.len() as u32)
	}
}

/// An event on one product.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Incident<AccountId, BlockNumber> {
	/// On which product.
	pub product: ProductId,
	/// When it happened, in Unix seconds.
	pub happened: Seconds,
	/// When it was reported.
	pub reported: Seconds,
	/// Who reported it.
	pub reporter: AccountId,
	/// Fees of assessors that the treasury paid under it.
	pub subsidies: u32,
	/// Where it is.
	pub state: IncidentState<BlockNumber>,
}

/// Where an incident is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum IncidentState<BlockNumber> {
	/// A feed proved it, and shows now how much is lost.
	Observed {
		/// The end of the last day that was looked at.
		day: Seconds,
		/// Days that are still to be looked at, of those in which the feed is fresh.
		days_left: u32,
		/// Days after which it ends all the same.
		patience: u32,
		/// The lowest average so far.
		lowest: FixedU128,
	},
	/// It is judged, or waits to be.
	Judged {
		/// The case.
		case: CaseId,
	},
	/// It is true.
	Accepted {
		/// How much was lost, in percent.
		verdict: u8,
		/// The last second in which claims are filed, unless it waits for who is kept from filing: see the view function
		/// `filing_ends`.
		until: Seconds,
		/// The last block, at the least, in which they are: a chain that stood still closes no window.
		not_before: BlockNumber,
		/// Claims that are not settled.
		open: u32,
		/// How those hit are paid.
		payout: Payout,
	},
	/// It is not true.
	Rejected,
	/// Its report made room for another one with a higher bond.
	Displaced,
	/// It was true, and is over.
	Closed {
		/// How much was lost, in percent.
		verdict: u8,
	},
}

/// How those hit by an incident are paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Payout {
	/// They claim, each.
	Claims,
	/// All are paid, one after the other.
	Batch {
		/// The last one looked at.
		after: Option<PolicyId>,
	},
	/// All were paid.
	Done,
}

/// One policy's demand under an accepted incident. Amounts are units of `asset`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Claim {
	/// The policy's asset.
	pub asset: AssetId,
	/// What is said to be lost, at most what was insured.
	pub loss: Balance,
	/// What the award is lessened by.
	pub deductible: Balance,
	/// When it was filed.
	pub filed: Seconds,
	/// Where it is.
	pub state: ClaimState,
}

/// Where a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum ClaimState {
	/// It is judged.
	Judged {
		/// The case.
		case: CaseId,
		/// What it counts of the awards that need no vote.
		counted: Balance,
	},
	/// It was approved and could not be paid yet.
	Due {
		/// The percentage of the loss.
		verdict: u8,
	},
	/// It was paid.
	Paid {
		/// The percentage of the loss.
		verdict: u8,
		/// What was paid at once.
		paid: Balance,
		/// What the pools owe, or owed.
		arrears: Balance,
	},
	/// It was denied.
	Denied,
}

/// What may be awarded under an incident in an asset without a vote, in units of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Budget {
	/// The most.
	pub limit: Balance,
	/// What is filed of it.
	pub used: Balance,
}

/// What a product paid of late without a challenge window, in units of an asset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Instant {
	/// How much, as of then.
	pub used: Balance,
	/// When it last did.
	pub at: Seconds,
}

/// What became of a product's incidents and claims.
#[derive(
	Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Record {
	/// Incidents reported by somebody or proven by a feed.
	pub incidents: u32,
	/// Incidents accepted.
	pub accepted: u32,
	/// Incidents rejected.
	pub rejected: u32,
	/// Claims filed, and policies paid without one.
	pub filed: u64,
	/// Claims approved.
	pub approved: u64,
	/// Claims denied.
	pub denied: u64,
	/// Claims paid.
	pub paid: u64,
	/// Seconds from filing to payout, all together.
	pub payout_seconds: u64,
	/// Cases that assessors gave a verdict on and that are final.
	pub verdicts: u64,
	/// Those in which a referendum changed it.
	pub overturned: u64,
}

impl Record {
	/// The sum of two records.
	pub fn plus(&self, other: &Self) -> Self {
		Self {
			incidents: self.incidents.saturating_add(other.incidents),
			accepted: self.accepted.saturating_add(other.accepted),
			rejected: self.rejected.saturating_add(other.rejected),
			filed: self.filed.saturating_add(other.filed),
			approved: self.approved.saturating_add(other.approved),
			denied: self.denied.saturating_add(other.denied),
			paid: self.paid.saturating_add(other.paid),
			payout_seconds: self.payout_seconds.saturating_add(other.payout_seconds),
			verdicts: self.verdicts.saturating_add(other.verdicts),
			overturned: self.overturned.saturating_add(other.overturned),
		}
	}
}

/// What block work did last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Errand {
	/// It moved a case on.
	Case(CaseId),
	/// It moved an incident on.
	Incident(IncidentId),
	/// It looked at the feed of a product.
	Product(ProductId),
}

/// What must be in favour of changing a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Majority {
	/// More for than against.
	Simple,
	/// The fewer vote, the more of them.
	Super,
}

/// What became of a referendum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<BlockNumber> {
	/// It is voted on.
	Ongoing,
	/// It passed.
	Passed {
		/// The block in which it is enacted.
		enacted_at: BlockNumber,
	},
	/// It did not pass.
	NotPassed,
	/// Another referendum cancelled it.
	Cancelled,
}

/// Puts questions to all token holders.
pub trait Referenda<BlockNumber> {
	/// Starts a referendum whose passing [enacts](crate::Call::enact) `case` as of `ballot`. `question` says in words what
	/// is decided. Returns its id, and the block in which the votes are counted.
	fn start(
		case: CaseId,
		ballot: u32,
		question: &[u8],
		majority: Majority,
	) -> Result<(u32, BlockNumber), DispatchError>;

	/// What became of a referendum.
	fn outcome(referendum: u32) -> Outcome<BlockNumber>;

	/// Whether anybody has voted in a referendum that is voted on.
	fn has_votes(referendum: u32) -> bool;

	/// The question of a referendum is not needed any more.
	fn forget(referendum: u32);
}
