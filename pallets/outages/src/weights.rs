//! Weights of `pallet_outages`, measured by `scripts/weights`: do not edit.
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
	/// Weight of the benchmark `note`.
	fn note() -> Weight;
	/// Weight of the benchmark `extended`.
	fn extended() -> Weight;
}

/// Weights for a chain, with what its database takes.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `PartnerGrandpa::BestFinalized` (r:1 w:0)
	/// Proof: `PartnerGrandpa::BestFinalized` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:0)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Outages::Current` (r:1 w:1)
	/// Proof: `Outages::Current` (`max_values`: Some(1), `max_size`: Some(38), added: 533, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Outages::Past` (r:1 w:1)
	/// Proof: `Outages::Past` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	fn note() -> Weight {
		// Proof: measured 12882.
		Weight::from_parts(41_850_000, 13775)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `PartnerGrandpa::BestFinalized` (r:1 w:0)
	/// Proof: `PartnerGrandpa::BestFinalized` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:0)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Outages::Current` (r:1 w:0)
	/// Proof: `Outages::Current` (`max_values`: Some(1), `max_size`: Some(38), added: 533, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Outages::Past` (r:1 w:0)
	/// Proof: `Outages::Past` (`max_values`: Some(1), `max_size`: Some(12290), added: 12785, mode: `MaxEncodedLen`)
	fn extended() -> Weight {
		// Proof: measured 12858.
		Weight::from_parts(29_636_000, 13775).saturating_add(T::DbWeight::get().reads(8))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn note() -> Weight {
		Weight::from_parts(41_850_000, 13775).saturating_add(ParityDbWeight::get().reads_writes(8, 2))
	}
	fn extended() -> Weight {
		Weight::from_parts(29_636_000, 13775).saturating_add(ParityDbWeight::get().reads_writes(8, 0))
	}
}
