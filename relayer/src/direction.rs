//! What is to be done next in one direction: a pure function of what the two chains say.
//!
//! Everything that the state of the *source* proves is submitted to the *target*: its headers, the messages it sent, and
//! that it received what the target sent. The target believes proofs only at headers that it knows. So either there is
//! something to prove at the last header it knows, or a newer header is brought first.

use crate::chain::{AccountId, BlockNumber};
use bp_messages::{InboundLaneData, LaneState, MessageNonce, OutboundLaneData};
use sp_consensus_grandpa::SetId;
use std::{fmt, ops::RangeInclusive, time::Duration};

#[cfg(test)]
mod tests;

/// What the state of the source says after one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
	/// The block's height.
	pub number: BlockNumber,
	/// The chain's time, in milliseconds.
	pub time: u64,
	/// The set of validators that finalises what comes after it.
	pub set_id: SetId,
	/// The last message that the source sent.
	pub sent: MessageNonce,
	/// The last of them that the source knows to be received.
	pub confirmed: MessageNonce,
	/// The last message of the target that the source received.
	pub received: MessageNonce,
}

/// What the target knows of the source's headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LightClient {
	/// Nothing: nobody has called `initialize`.
	Uninitialised,
	/// It is halted by its owner.
	Halted,
	/// It follows.
	Follows {
		/// The last header it knows.
		number: BlockNumber,
		/// The validators whose signature it wants under the next one.
		set_id: SetId,
	},
}

/// What is decided upon. The target's part is of its best block.
#[derive(Clone, Debug)]
pub struct State {
	/// The light client on the target.
	pub client: LightClient,
	/// Whether the messages pallet on the target takes nothing.
	pub messages_halted: bool,
	/// What the target received of the source's messages; none while there is no lane.
	pub inbound: Option<InboundLaneData<AccountId>>,
	/// What the target sent; none while there is no lane.
	pub outbound: Option<OutboundLaneData>,
	/// The source after the last header that the target knows; none where the node no longer has that state.
	pub known: Option<Facts>,
	/// The source after the newest header that can be submitted, if that is newer.
	pub candidate: Option<Facts>,
	/// The source after its last final block.
	pub finalised: Facts,
	/// The source after its best block.
	pub best: Facts,
}

/// What the target's runtime limits, and what the operator wants.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
	/// Messages received whose confirmation the receiver has not seen, at most.
	pub max_unconfirmed: MessageNonce,
	/// Entries of relayers who delivered these, at most.
	pub max_relayers: MessageNonce,
	/// A header that is so much older than the newest one is replaced.
	pub header_every: Duration,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
	/// Nothing.
	Wait(Reason),
	/// Bring the header in which the validators change, the first one after that height.
	Mandatory {
		/// The last header that the target knows.
		after: BlockNumber,
	},
	/// Bring the candidate.
	Header {
		/// The last header that the target knows.
		after: BlockNumber,
		/// The candidate's height.
		to: BlockNumber,
		/// Whether something waits for it. Otherwise it is due by age.
		needed: bool,
	},
	/// Deliver messages, as many of these as a transaction can take.
	Deliver {
		/// The first one.
		begin: MessageNonce,
		/// The last one.
		end: MessageNonce,
	},
	/// Confirm that the source received messages.
	Confirm {
		/// The last one that the target knows to be received.
		after: MessageNonce,
		/// The last one that is.
		to: MessageNonce,
	},
}

/// Why nothing is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
	/// There is nothing to carry.
	Nothing,
	/// The light client has to be initialised by its owner or a referendum.
	Initialisation,
	/// The light client is halted.
	ClientHalted,
	/// The target takes no messages.
	MessagesHalted,
	/// The target's end of the lane is closed, or not there.
	LaneClosed,
	/// The target takes no more before it learns what the source knows to be received.
	LaneFull,
	/// The node of the source has not come as far as the target knows it to be.
	SourceBehind,
	/// The source has to finalise the block with what is to be carried.
	Finality,
	/// The next justification of the source.
	Justification,
	/// What the last attempt at the same was for has not happened: not at once again.
	Retry,
	/// A transaction of the same account is on its way.
	OwnTransaction,
	/// The nodes have to be reachable.
	Connection,
}

impl Reason {
	/// All of them.
	pub const ALL: [Self; 12] = [
		Self::Nothing,
		Self::Initialisation,
		Self::ClientHalted,
		Self::MessagesHalted,
		Self::LaneClosed,
		Self::LaneFull,
		Self::SourceBehind,
		Self::Finality,
		Self::Justification,
		Self::Retry,
		Self::OwnTransaction,
		Self::Connection,
	];

	/// Its name in metrics.
	pub fn name(self) -> &'static str {
		match self {
			Self::Nothing => "nothing",
			Self::Initialisation => "initialisation",
			Self::ClientHalted => "client_halted",
			Self::MessagesHalted => "messages_halted",
			Self::LaneClosed => "lane_closed",
			Self::LaneFull => "lane_full",
			Self::SourceBehind => "source_behind",
			Self::Finality => "finality",
			Self::Justification => "justification",
			Self::Retry => "retry",
			Self::OwnTransaction => "own_transaction",
			Self::Connection => "connection",
		}
	}
}

impl fmt::Display for Reason {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Nothing => "nothing to carry",
			Self::Initialisation => {
				"the light client on the target to be initialised (lutine-relayer initialise-data)"
			}
			Self::ClientHalted => "the light client on the target, which is halted",
			Self::MessagesHalted => "the messages pallet on the target, which is halted",
			Self::LaneClosed => "the lane to be opened on the target",
			Self::LaneFull => "the lane, which is full until the source learns what was received",
			Self::SourceBehind => "the node of the source to come as far as the target knows the chain to be",
			Self::Finality => "the source to finalise what is to be carried",
			Self::Justification => "the next justification of the source",
			Self::Retry => "a while before the same is tried again",
			Self::OwnTransaction => "a transaction of the same account that is on its way",
			Self::Connection => "the nodes",
		})
	}
}

impl Step {
	/// Its name in metrics and log lines.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Wait(_) => "wait",
			Self::Mandatory { .. } => "mandatory_header",
			Self::Header { .. } => "header",
			Self::Deliver { .. } => "deliver",
			Self::Confirm { .. } => "confirm",
		}
	}

	/// Whether this step is for what that one was for: what that one should have changed in the target has not changed.
	pub fn repeats(&self, earlier: &Self) -> bool {
		match (self, earlier) {
			(
				Self::Mandatory { after } | Self::Header { after, .. },
				Self::Mandatory { after: before } | Self::Header { after: before, .. },
			) => after == before,
			(Self::Deliver { begin, .. }, Self::Deliver { begin: before, .. }) => begin == before,
			(Self::Confirm { after, .. }, Self::Confirm { after: before, .. }) => after == before,
			_ => false,
		}
	}
}

impl fmt::Display for Step {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Wait(reason) => write!(f, "wait for {reason}"),
			Self::Mandatory { after } => {
				write!(f, "bring the header after {after} that changes the validators")
			}
			Self::Header {
				after,
				to,
				needed: true,
			} => write!(f, "bring header {to} after {after}, which is needed"),
			Self::Header { after, to, .. } => write!(f, "bring header {to} after {after}, which is old"),
			Self::Deliver { begin, end } => write!(f, "deliver messages {begin} to {end}"),
			Self::Confirm { after, to } => write!(f, "confirm messages {} to {to}", after.saturating_add(1)),
		}
	}
}

/// What to do next.
pub fn decide(state: &State, rules: &Rules) -> Step {
	let (number, set_id) = match state.client {
		LightClient::Uninitialised => return Step::Wait(Reason::Initialisation),
		LightClient::Halted => return Step::Wait(Reason::ClientHalted),
		LightClient::Follows { number, set_id } => (number, set_id),
	};
	if state.finalised.number < number {
		return Step::Wait(Reason::SourceBehind);
	}
	// No other header can come before it. It goes first also where messages can be proved without, lest the state at the
	// header that is known be gone when it is needed.
	if state.finalised.set_id > set_id && state.finalised.number > number {
		return Step::Mandatory { after: number };
	}

	let carry = |facts: &Facts| state.carry(facts, rules);
	if let Some(step) = state.known.as_ref().and_then(carry) {
		return step;
	}
	if let Some(candidate) = &state.candidate {
		let header = |needed| Step::Header {
			after: number,
			to: candidate.number,
			needed,
		};
		if carry(candidate).is_some() {
			return header(true);
		}
		let age = |known: &Facts| Duration::from_millis(candidate.time.saturating_sub(known.time));
		if state
			.known
			.as_ref()
			.is_none_or(|known| age(known) >= rules.header_every)
		{
			return header(false);
		}
	}
	Step::Wait(state.reason(rules))
}

impl State {
	/// What can be proved by the state of the source after one block.
	fn carry(&self, facts: &Facts, rules: &Rules) -> Option<Step> {
		if self.messages_halted {
			return None;
		}
		self.confirmable(facts).or_else(|| {
			self.deliverable(facts, rules).map(|nonces| Step::Deliver {
				begin: *nonces.start(),
				end: *nonces.end(),
			})
		})
	}

	fn confirmable(&self, facts: &Facts) -> Option<Step> {
		let outbound = self.outbound.as_ref()?;
		let after = outbound.latest_received_nonce;
		(facts.received > after && facts.received <= outbound.latest_generated_nonce).then_some(
			Step::Confirm {
				after,
				to: facts.received,
			},
		)
	}

	/// The messages that the target takes next. It first learns what the source knows to be received, by the same proof,
	/// and forgets about these.
	fn deliverable(&self, facts: &Facts, rules: &Rules) -> Option<RangeInclusive<MessageNonce>> {
		let inbound = self
			.inbound
			.as_ref()
			.filter(|lane| lane.state == LaneState::Opened)?;
		let delivered = inbound.last_delivered_nonce();
		if facts.confirmed > delivered {
			// The target has forgotten what it received: the source no longer has these messages.
			return None;
		}
		let confirmed = inbound.last_confirmed_nonce.max(facts.confirmed);
		let relayers = inbound
			.relayers
			.iter()
			.filter(|entry| entry.messages.end > confirmed)
			.count();
		if relayers as MessageNonce >= rules.max_relayers {
			return None;
		}
		let begin = delivered.checked_add(1)?;
		let end = facts.sent.min(confirmed.saturating_add(rules.max_unconfirmed));
		(begin <= end).then_some(begin..=end)
	}

	/// Why nothing is done.
	fn reason(&self, rules: &Rules) -> Reason {
		if self.carry(&self.finalised, rules).is_some() {
			return Reason::Justification;
		}
		if self.carry(&self.best, rules).is_some() {
			return Reason::Finality;
		}
		let delivered = self
			.inbound
			.as_ref()
			.map_or(0, |inbound| inbound.last_delivered_nonce());
		let confirmed = self
			.outbound
			.as_ref()
			.map_or(MessageNonce::MAX, |outbound| outbound.latest_received_nonce);
		let open = self
			.inbound
			.as_ref()
			.is_some_and(|lane| lane.state == LaneState::Opened);
		if self.best.sent <= delivered && self.best.received <= confirmed {
			Reason::Nothing
		} else if self.messages_halted {
			Reason::MessagesHalted
		} else if !open {
			Reason::LaneClosed
		} else {
			Reason::LaneFull
		}
	}
}
