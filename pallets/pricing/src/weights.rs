//! Weights of `pallet_pricing`, measured by `scripts/weights`: do not edit.
//!
//! 2026-11-22, Intel(R) Xeon(R) Processor, `lutine-node benchmark pallet` 64.0.0, steps 20, repeats 20, worst case of a map 1000000
//! entries, chain `Some("dev")`, Compiled. Times are in picoseconds, proofs in bytes.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{Weight, constants::ParityDbWeight},
};

/// Weights of this pallet's calls and of the work of its hooks: one function for each benchmark in `benchmarking.rs`.
pub trait WeightInfo {
	/// Weight of the benchmark `set_class`.
	fn set_class() -> Weight;
	/// Weight of the benchmark `set_feed`.
	fn set_feed() -> Weight;
	/// Weight of the benchmark `report_upgrade`.
	fn report_upgrade() -> Weight;
	/// Weight of the benchmark `add_auditor`.
	fn add_auditor() -> Weight;
	/// Weight of the benchmark `remove_auditor`.
	fn remove_auditor() -> Weight;
	/// Weight of the benchmark `file_audit`.
	fn file_audit() -> Weight;
	/// Weight of the benchmark `withdraw_audit`.
	fn withdraw_audit() -> Weight;
}

/// Weights for a chain, with what its database takes.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Pricing::Profiles` (r:1 w:1)
	/// Proof: `Pricing::Profiles` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	fn set_class() -> Weight {
		// Proof: measured 314.
		Weight::from_parts(12_431_000, 3539)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Pricing::Profiles` (r:1 w:1)
	/// Proof: `Pricing::Profiles` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	fn set_feed() -> Weight {
		// Proof: measured 314.
		Weight::from_parts(13_788_000, 3539)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Pricing::Auditors` (r:1 w:0)
	/// Proof: `Pricing::Auditors` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Audits` (r:1 w:0)
	/// Proof: `Pricing::Audits` (`max_values`: None, `max_size`: Some(1165), added: 3640, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Profiles` (r:1 w:1)
	/// Proof: `Pricing::Profiles` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	fn report_upgrade() -> Weight {
		// Proof: measured 1881.
		Weight::from_parts(22_355_000, 4630)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Pricing::Auditors` (r:1 w:1)
	/// Proof: `Pricing::Auditors` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn add_auditor() -> Weight {
		// Proof: measured 221.
		Weight::from_parts(10_624_000, 3513)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Pricing::Auditors` (r:1 w:1)
	/// Proof: `Pricing::Auditors` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn remove_auditor() -> Weight {
		// Proof: measured 258.
		Weight::from_parts(10_227_000, 3513)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Pricing::Auditors` (r:17 w:0)
	/// Proof: `Pricing::Auditors` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Profiles` (r:1 w:0)
	/// Proof: `Pricing::Profiles` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Audits` (r:1 w:1)
	/// Proof: `Pricing::Audits` (`max_values`: None, `max_size`: Some(1165), added: 3640, mode: `MaxEncodedLen`)
	fn file_audit() -> Weight {
		// Proof: measured 2932.
		Weight::from_parts(78_811_000, 43881)
			.saturating_add(T::DbWeight::get().reads(21))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Pricing::Audits` (r:1 w:1)
	/// Proof: `Pricing::Audits` (`max_values`: None, `max_size`: Some(1165), added: 3640, mode: `MaxEncodedLen`)
	fn withdraw_audit() -> Weight {
		// Proof: measured 1301.
		Weight::from_parts(13_377_000, 4630)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn set_class() -> Weight {
		Weight::from_parts(12_431_000, 3539).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn set_feed() -> Weight {
		Weight::from_parts(13_788_000, 3539).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn report_upgrade() -> Weight {
		Weight::from_parts(22_355_000, 4630).saturating_add(ParityDbWeight::get().reads_writes(3, 1))
	}
	fn add_auditor() -> Weight {
		Weight::from_parts(10_624_000, 3513).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn remove_auditor() -> Weight {
		Weight::from_parts(10_227_000, 3513).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn file_audit() -> Weight {
		Weight::from_parts(78_811_000, 43881).saturating_add(ParityDbWeight::get().reads_writes(21, 1))
	}
	fn withdraw_audit() -> Weight {
		Weight::from_parts(13_377_000, 4630).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
}
