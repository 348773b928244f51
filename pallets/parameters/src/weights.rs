//! Weights of the calls. The runtime uses those measured on a node; a mock uses `()`.

use frame_support::weights::Weight;

/// Weights of the calls of this pallet.
pub trait WeightInfo {
	/// Weight of [`set`](crate::Call::set).
	fn set() -> Weight;
}

impl WeightInfo for () {
	fn set() -> Weight {
		Weight::zero()
	}
}
