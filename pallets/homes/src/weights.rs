//! Weights of `pallet_homes`, by hand and on the safe side: `scripts/weights` will measure them.
//!
//! Times are in picoseconds, proofs in bytes.

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
	/// Storage: `Homes::Homes` (r:1 w:1), `Balances::Holds` (r:1 w:1), `System::Account` (r:1 w:1)
	fn set_home() -> Weight {
		Weight::from_parts(120_000_000, 6_000)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `Homes::Homes` (r:1 w:1), `Balances::Holds` (r:1 w:1), `System::Account` (r:1 w:1), `Homes::Gathered` (r:a w:a)
	fn clear_home(a: u32) -> Weight {
		Weight::from_parts(130_000_000, 6_000)
			.saturating_add(Weight::from_parts(15_000_000, 2_600).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().reads(a.into()))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(T::DbWeight::get().writes(a.into()))
	}
	/// Storage: `Homes::Homes` (r:1 w:1), `Homes::Gathered` (r:1 w:1), the asset and the account (r:2 w:0), what the way
	/// looks at to say whether it is open (r:8 w:0)
	fn send() -> Weight {
		Weight::from_parts(220_000_000, 24_000)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Homes::Homes` (r:1 w:1), `Homes::Gathered` (r:2 w:1), the asset and the account (r:2 w:0), what the way
	/// looks at to say whether it is open (r:8 w:0)
	fn look() -> Weight {
		Weight::from_parts(160_000_000, 26_000)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Homes::Homes` (r:1 w:1), `Homes::Gathered` (r:1 w:1)
	fn on_paid(n: u32) -> Weight {
		Weight::from_parts(30_000_000, 6_000)
			.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn set_home() -> Weight {
		Weight::from_parts(120_000_000, 6_000).saturating_add(ParityDbWeight::get().reads_writes(3, 3))
	}
	fn clear_home(a: u32) -> Weight {
		Weight::from_parts(130_000_000, 6_000)
			.saturating_add(Weight::from_parts(15_000_000, 2_600).saturating_mul(a.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(4, 3))
			.saturating_add(ParityDbWeight::get().reads_writes(a.into(), a.into()))
	}
	fn send() -> Weight {
		Weight::from_parts(220_000_000, 24_000).saturating_add(ParityDbWeight::get().reads_writes(12, 2))
	}
	fn look() -> Weight {
		Weight::from_parts(160_000_000, 26_000).saturating_add(ParityDbWeight::get().reads_writes(13, 2))
	}
	fn on_paid(n: u32) -> Weight {
		Weight::from_parts(30_000_000, 6_000)
			.saturating_add(Weight::from_parts(20_000_000, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(2, 2))
	}
}
