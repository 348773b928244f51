//! Weights of `pallet_certificates`, measured by `scripts/weights`: do not edit.
//!
//! 2026-11-22, Intel(R) Xeon(R) Processor, `lutine-node benchmark pallet` 64.0.0, steps 20, repeats 20, worst case of a map 1000000
//! entries, chain `Some("partner-dev")`, Compiled. Times are in picoseconds, proofs in bytes.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{Weight, constants::ParityDbWeight},
};

/// Weights of this pallet's calls and of the work of its hooks: one function for each benchmark in `benchmarking.rs`.
pub trait WeightInfo {
	/// Weight of the benchmark `prove`, with `n` from 32 to 256.
	fn prove(n: u32) -> Weight;
	/// Weight of the benchmark `remove`.
	fn remove() -> Weight;
}

/// Weights for a chain, with what its database takes.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `LutineGrandpa::PalletOperatingMode` (r:1 w:0)
	/// Proof: `LutineGrandpa::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(1), added: 496, mode: `MaxEncodedLen`)
	/// Storage: `LutineGrandpa::ImportedHeaders` (r:1 w:0)
	/// Proof: `LutineGrandpa::ImportedHeaders` (`max_values`: Some(4096), `max_size`: Some(68), added: 1553, mode: `MaxEncodedLen`)
	/// Storage: `Certificates::Certificates` (r:1 w:1)
	/// Proof: `Certificates::Certificates` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	fn prove(n: u32) -> Weight {
		// Proof: measured 744.
		Weight::from_parts(82_780_793, 6218)
			.saturating_add(Weight::from_parts(1_378_901, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Certificates::Certificates` (r:1 w:1)
	/// Proof: `Certificates::Certificates` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(139), added: 2614, mode: `MaxEncodedLen`)
	fn remove() -> Weight {
		// Proof: measured 516.
		Weight::from_parts(62_206_000, 6196)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn prove(n: u32) -> Weight {
		Weight::from_parts(82_780_793, 6218)
			.saturating_add(Weight::from_parts(1_378_901, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(8, 5))
	}
	fn remove() -> Weight {
		Weight::from_parts(62_206_000, 6196).saturating_add(ParityDbWeight::get().reads_writes(5, 4))
	}
}
