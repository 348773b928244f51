//! Weights of `pallet_homes`, measured by `scripts/weights`: do not edit.
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
	/// Weight of the benchmark `set_home`.
	fn set_home() -> Weight;
	/// Weight of the benchmark `clear_home`, with `a` from 0 to 16.
	fn clear_home(a: u32) -> Weight;
	/// Weight of the benchmark `send`.
	fn send() -> Weight;
	/// Weight of the benchmark `look`.
	fn look() -> Weight;
	/// Weight of the benchmark `on_paid`, with `n` from 1 to 16.
	fn on_paid(n: u32) -> Weight;
}

/// Weights for a chain, with what its database takes.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Homes::Homes` (r:1 w:1)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn set_home() -> Weight {
		// Proof: measured 338.
		Weight::from_parts(49_557_000, 3820)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `Homes::Homes` (r:1 w:1)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Gathered` (r:16 w:16)
	/// Proof: `Homes::Gathered` (`max_values`: None, `max_size`: Some(85), added: 2560, mode: `MaxEncodedLen`)
	fn clear_home(a: u32) -> Weight {
		// Proof: measured 573 + a * 41.
		Weight::from_parts(48_329_316, 3820)
			.saturating_add(Weight::from_parts(1_035_283, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(0, 2560).saturating_mul(a.into()))
	}
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:0)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Homes` (r:1 w:1)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Gathered` (r:1 w:1)
	/// Proof: `Homes::Gathered` (`max_values`: None, `max_size`: Some(85), added: 2560, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:0)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn send() -> Weight {
		// Proof: measured 710.
		Weight::from_parts(38_843_000, 3593)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:0)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Gathered` (r:1 w:1)
	/// Proof: `Homes::Gathered` (`max_values`: None, `max_size`: Some(85), added: 2560, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Homes` (r:1 w:1)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:1 w:0)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn look() -> Weight {
		// Proof: measured 1076.
		Weight::from_parts(39_637_000, 3599)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Homes::Homes` (r:1 w:1)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Gathered` (r:1 w:1)
	/// Proof: `Homes::Gathered` (`max_values`: None, `max_size`: Some(85), added: 2560, mode: `MaxEncodedLen`)
	fn on_paid(n: u32) -> Weight {
		// Proof: measured 237.
		Weight::from_parts(7_749_096, 3565)
			.saturating_add(Weight::from_parts(5_628_772, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn set_home() -> Weight {
		Weight::from_parts(49_557_000, 3820).saturating_add(ParityDbWeight::get().reads_writes(3, 3))
	}
	fn clear_home(a: u32) -> Weight {
		Weight::from_parts(48_329_316, 3820)
			.saturating_add(Weight::from_parts(1_035_283, 0).saturating_mul(a.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(3, 3))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(a.into()))
			.saturating_add(ParityDbWeight::get().writes(1).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(0, 2560).saturating_mul(a.into()))
	}
	fn send() -> Weight {
		Weight::from_parts(38_843_000, 3593).saturating_add(ParityDbWeight::get().reads_writes(5, 2))
	}
	fn look() -> Weight {
		Weight::from_parts(39_637_000, 3599).saturating_add(ParityDbWeight::get().reads_writes(5, 2))
	}
	fn on_paid(n: u32) -> Weight {
		Weight::from_parts(7_749_096, 3565)
			.saturating_add(Weight::from_parts(5_628_772, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(2, 2))
	}
}
