//! What is stored, and the arithmetic of it: when the bridge is out, and how long a window waits for that.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, traits::Get};
use lutine_primitives::{BlockNumber, time::Seconds};
use scale_info::TypeInfo;

/// What can be seen of the bridge from this chain. Implemented by the runtime over the light client and the lane.
pub trait BridgeWatch {
	/// The number of the last header of the other chain that was imported, or `None` before the light client was
	/// initialised. Another number is news of the other chain.
	fn last_header() -> Option<BlockNumber>;
	/// Whether there is a lane, and it is open.
	fn is_open() -> bool;
	/// Whether headers or messages are refused for the time being.
	fn is_halted() -> bool;
}

/// What is seen of the bridge at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
	/// The last header that was imported.
	pub header: Option<BlockNumber>,
	/// Whether messages can come over it, as far as this chain decides that.
	pub is_open: bool,
}

/// A time in which the bridge was out. In Unix seconds.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Outage {
	/// When the other chain was last heard of. Windows stood still from then on.
	pub from: Seconds,
	/// The first second in which that counted as an outage. A window that was over before did not wait.
	pub noticed: Seconds,
	/// When it ended. Windows ran again from then on.
	pub to: Seconds,
}

impl Outage {
	/// How long it was.
	pub fn lasted(&self) -> Seconds {
		self.to.saturating_sub(self.from)
	}

	/// One outage for this and a later one: as long as both together, directly before the end of the later.
	///
	/// A window that began before this one waits neither longer nor shorter than for both; one that began after it, and
	/// before the later one, waits longer by this one's length at most.
	pub fn join(self, later: Self) -> Self {
		Self {
			from: later.from.saturating_sub(self.lasted()),
			noticed: self.noticed.max(later.noticed.saturating_sub(self.lasted())),
			to: later.to,
		}
	}
}

/// An outage that is not over.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Open {
	/// When the other chain was last heard of.
	pub from: Seconds,
	/// The first second in which that counted as an outage.
	pub noticed: Seconds,
}

impl Open {
	/// The same, ended. After `most` seconds nobody waits any more for a bridge that does not come back.
	pub fn end(self, now: Seconds, most: Seconds) -> Outage {
		Outage {
			from: self.from,
			noticed: self.noticed,
			to: now.min(self.from.saturating_add(most)),
		}
	}
}

/// What is known of the bridge.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Bridge {
	/// Since when there has been one.
	pub opened: Seconds,
	/// The last header that was imported.
	pub header: Option<BlockNumber>,
	/// When the other chain was last heard of, or an outage ended.
	pub heard: Seconds,
	/// The outage that is not over.
	pub out: Option<Open>,
}

impl Bridge {
	/// A bridge that has just been opened, unless there is none.
	pub fn open(sight: Sight, now: Seconds) -> Option<Self> {
		(sight.is_open && sight.header.is_some()).then_some(Self {
			opened: now,
			header: sight.header,
			heard: now,
			out: None,
		})
	}

	/// Takes note of what is seen. Returns the outage that has ended.
	pub fn see(&mut self, sight: Sight, now: Seconds, tolerance: Seconds, most: Seconds) -> Option<Outage> {
		let patience = |heard: Seconds| heard.saturating_add(tolerance);
		// Nothing was heard for too long, whatever is heard now.
		if self.out.is_none() && now > patience(self.heard) {
			self.out = Some(Open {
				from: self.heard,
				noticed: patience(self.heard).saturating_add(1),
			});
		}
		if sight.header.is_some() && sight.header != self.header {
			self.header = sight.header;
			self.heard = now;
		}
		let is_out = !sight.is_open || sight.header.is_none() || now > patience(self.heard);
		match self.out {
			None if is_out => {
				self.out = Some(Open {
					from: self.heard,
					noticed: now,
				});
				None
			}
			Some(open) if !is_out => {
				self.out = None;
				self.heard = now;
				Some(open.end(now, most))
			}
			_ => None,
		}
	}
}

/// The last second of a window that would last from `begin` until `end`, once it has waited for outages: not longer than
/// until `latest`. They are in order, and do not overlap.
pub fn wait(outages: impl Iterator<Item = Outage>, begin: Seconds, end: Seconds, latest: Seconds) -> Seconds {
	let mut end = end;
	for outage in outages {
		// It was over when this outage was noticed, and so it is for the later ones.
		if end < outage.noticed {
			break;
		}
		let stood = outage.to.saturating_sub(outage.from.max(begin));
		end = end.saturating_add(stood).min(latest);
	}
	end
}

/// Adds an outage that has just ended to those of the past, and forgets those that ended longer ago than `keep`.
///
/// Outages that began within a `day` of each other become one: no window that began since the first of them can be over,
/// because all last a day at least. Where there is no room, so do the two that began nearest to each other. A window that
/// was over in the last seconds, as many as the first of them lasted, and had begun between them may then be open again.
pub fn record<S: Get<u32>>(
	past: &mut BoundedVec<Outage, S>,
	outage: Outage,
	now: Seconds,
	day: Seconds,
	keep: Seconds,
) {
	past.retain(|outage| outage.to.saturating_add(keep) >= now);
	if let Some(last) = past.last_mut()
		&& last.from.saturating_add(day) >= now
	{
		*last = last.join(outage);
		return;
	}
	let mut all: Vec<Outage> = core::mem::take(past).into_inner();
	all.push(outage);
	if all.len() > S::get() as usize {
		let nearest = all
			.windows(2)
			.enumerate()
			.min_by_key(|(_, pair)| pair[1].from.saturating_sub(pair[0].from))
			.map(|(place, _)| place);
		if let Some(place) = nearest {
			let later = all.remove(place.saturating_add(1));
			all[place] = all[place].join(later);
		}
	}
	*past = BoundedVec::truncate_from(all);
}
