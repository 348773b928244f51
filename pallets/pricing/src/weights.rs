//! Weights of the calls.

use crate::Config;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of the calls of this pallet.
pub trait WeightInfo {
	/// Weight of [`set_class`](crate::Call::set_class).
	fn set_class() -> Weight;
	/// Weight of [`set_feed`](crate::Call::set_feed).
	fn set_feed() -> Weight;
	/// Weight of [`report_upgrade`](crate::Call::report_upgrade).
	fn report_upgrade() -> Weight;
	/// Weight of [`add_auditor`](crate::Call::add_auditor).
	fn add_auditor() -> Weight;
	/// Weight of [`remove_auditor`](crate::Call::remove_auditor).
	fn remove_auditor() -> Weight;
	/// Weight of [`file_audit`](crate::Call::file_audit).
	fn file_audit() -> Weight;
	/// Weight of [`withdraw_audit`](crate::Call::withdraw_audit).
	fn withdraw_audit() -> Weight;
}

/// Time that a call takes beside what its database costs: to decode it, to check it and to deposit an event.
const CALL: u64 = 30_000_000;
/// Time to decode, change and encode one entry of a list.
const ENTRY: u64 = 2_000_000;
/// What the proof of one key of a map takes at most beside the key's value.
const KEY_PROOF: u64 = 2_600;
/// Size of a profile.
const PROFILE: u64 = 62;
/// Size of an audit by an account of 32 bytes.
const AUDIT: u64 = 72;
/// Size of the parameters.
const PARAMETERS: u64 = 512;

/// Weights for a chain, on top of what its database costs. Reads, writes and sizes are counted in the
/// code at full lists, and the time beside them is above what the benchmarking node measured on two cores of a cloud machine.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: Config> SubstrateWeight<T> {
	fn audits() -> u64 {
		KEY_PROOF + AUDIT * u64::from(T::MaxAudits::get())
	}

	/// A call that changes a profile.
	fn change_profile() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF + PROFILE).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
}

impl<T: Config> WeightInfo for SubstrateWeight<T> {
	fn set_class() -> Weight {
		Self::change_profile()
	}

	fn set_feed() -> Weight {
		Self::change_profile()
	}

	fn report_upgrade() -> Weight {
		// Reads the register of auditors and the list of audits.
		Self::change_profile()
			.saturating_add(Weight::from_parts(
				ENTRY * u64::from(T::MaxAudits::get()),
				KEY_PROOF + Self::audits(),
			))
			.saturating_add(T::DbWeight::get().reads(2))
	}

	fn add_auditor() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}

	fn remove_auditor() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}

	fn file_audit() -> Weight {
		// Reads the auditor, the profile, the time, the parameters, the list and the auditor of every entry in it.
		let entries = u64::from(T::MaxAudits::get());
		let proof = PROFILE + Self::audits() + KEY_PROOF * (entries + 4) + PARAMETERS;
		Weight::from_parts(CALL + 3 * ENTRY * entries, proof)
			.saturating_add(T::DbWeight::get().reads_writes(entries + 5, 1))
	}

	fn withdraw_audit() -> Weight {
		Weight::from_parts(CALL + 2 * ENTRY * u64::from(T::MaxAudits::get()), Self::audits())
			.saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn set_class() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF)
	}

	fn set_feed() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF)
	}

	fn report_upgrade() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF)
	}

	fn add_auditor() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF)
	}

	fn remove_auditor() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF)
	}

	fn file_audit() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF)
	}

	fn withdraw_audit() -> Weight {
		Weight::from_parts(CALL, KEY_PROOF)
	}
}
