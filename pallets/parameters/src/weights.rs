//! Weights of the calls.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of the calls of this pallet.
pub trait WeightInfo {
	/// Weight of [`set`](crate::Call::set).
	fn set() -> Weight;
}

/// Weights for a chain, on top of what its database costs. Not measured: several times what a storage value of this size
/// takes to decode, check and encode on any machine that can validate.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn set() -> Weight {
		Weight::from_parts(50_000_000, 2_000).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn set() -> Weight {
		Weight::from_parts(50_000_000, 2_000)
	}
}
