//! The chain's clock: what is fixed at genesis because a later change would stop the chain or rewrite its past.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::weights::Weight;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Insurance time: seconds since the Unix epoch, or a span of them.
pub type Seconds = u64;

/// A calendar day.
pub const DAY: Seconds = 86_400;
/// The year of every annual rate: 365.25 days.
pub const YEAR: Seconds = 31_557_600;

/// The lengths of everything that repeats, from a slot to an era, each in the unit below it.
///
/// BABE and staking read these at every block, and streams of premium end on day boundaries: a changed value would make
/// nodes disagree on whose slot it is, or leave recorded streams without an end. So they are set at genesis, once.
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
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Clock {
	/// Milliseconds from slot to slot, and so from block to block. Even and whole seconds, 1 000 to 60 000.
	pub slot: u64,
	/// Slots in an epoch, which is also a session. 10 to 14 400.
	pub slots_per_epoch: u64,
	/// Epochs in a staking era. 1 to 48.
	pub epochs_per_era: u32,
	/// Eras that unbonded stake still answers for its validator. 1 to 112.
	pub bonding_eras: u32,
	/// Eras between an offence and its slash, in which governance may cancel it. Below `bonding_eras` by two at least, or none.
	pub slash_defer_eras: u32,
	/// Seconds in an accounting day, aligned to the Unix epoch: cover ends at its ends. A multiple of the slot, at most
	/// a calendar day.
	pub accounting_day: Seconds,
}

impl Clock {
	/// What no genesis may violate, as a sentence to show to who wrote it.
	pub fn check(&self) -> Result<(), &'static str> {
		let rule = |holds: bool, text| if holds { Ok(()) } else { Err(text) };
		rule(
			(1_000..=60_000).contains(&self.slot) && self.slot.is_multiple_of(1_000),
			"clock: slot must be whole seconds, from 1 000 to 60 000 milliseconds",
		)?;
		rule(
			(10..=14_400).contains(&self.slots_per_epoch),
			"clock: slotsPerEpoch must be 10 to 14 400",
		)?;
		rule(
			(1..=48).contains(&self.epochs_per_era),
			"clock: epochsPerEra must be 1 to 48",
		)?;
		rule(
			(1..=112).contains(&self.bonding_eras),
			"clock: bondingEras must be 1 to 112",
		)?;
		rule(
			// A session before the era of a slash begins, unbonding counts that era already.
			self.slash_defer_eras == 0 || self.slash_defer_eras + 1 < self.bonding_eras,
			"clock: slashDeferEras must be below bondingEras by two at least, or none",
		)?;
		rule(
			(1..=DAY).contains(&self.accounting_day)
				&& (self.accounting_day * 1_000).is_multiple_of(self.slot),
			"clock: accountingDay must be a multiple of the slot, at most 86 400 seconds",
		)
	}
}

/// The clock of a production chain: a block every 6 seconds, sessions of 4 hours, eras of a day, 28 days to unbond.
impl Default for Clock {
	fn default() -> Self {
		Self {
			slot: 6_000,
			slots_per_epoch: 2_400,
			epochs_per_era: 6,
			bonding_eras: 28,
			slash_defer_eras: 26,
			accounting_day: DAY,
		}
	}
}

/// Deadlines that wait for people who are kept from meeting them. Implemented by `pallet-outages`, for those whose
/// messages come over the bridge, and by `()` where nothing waits.
pub trait Deadlines {
	/// The last second, as far as is known now, to do what may be done from `begin` until `deadline`.
	///
	/// It is never before `deadline`, and may grow as long as it is not over: whoever asks keeps `deadline`, and asks again.
	/// Once it is over it stays so.
	fn extended(begin: Seconds, deadline: Seconds) -> Seconds;

	/// The most that asking takes.
	fn weight() -> Weight;
}

impl Deadlines for () {
	fn extended(_: Seconds, deadline: Seconds) -> Seconds {
		deadline
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn production_clock_is_sound() {
		assert_eq!(Clock::default().check(), Ok(()));
	}

	#[test]
	fn clock_is_refused_when_a_length_is_out_of_bounds() {
		let wrong: [fn(&mut Clock); 11] = [
			|c| c.slot = 0,
			|c| c.slot = 1_500,
			|c| c.slot = 61_000,
			|c| c.slots_per_epoch = 9,
			|c| c.slots_per_epoch = 14_401,
			|c| c.epochs_per_era = 0,
			|c| c.bonding_eras = 0,
			|c| c.slash_defer_eras = 27,
			|c| c.accounting_day = 0,
			|c| c.accounting_day = 86_399,
			|c| c.accounting_day = 2 * DAY,
		];
		for (i, change) in wrong.iter().enumerate() {
			let mut clock = Clock::default();
			change(&mut clock);
			assert!(clock.check().is_err(), "change {i} was accepted");
		}
	}
}
