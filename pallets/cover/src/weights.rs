//! Weights of the calls.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of the calls of this pallet. Settling the pools that a call names is added to it where days have passed since
/// their books were left.
pub trait WeightInfo {
	/// Weight of [`register_group`](crate::Call::register_group).
	fn register_group() -> Weight;
	/// Weight of [`propose`](crate::Call::propose).
	fn propose() -> Weight;
	/// Weight of [`withdraw_proposal`](crate::Call::withdraw_proposal).
	fn withdraw_proposal() -> Weight;
	/// Weight of [`list`](crate::Call::list).
	fn list() -> Weight;
	/// Weight of [`amend`](crate::Call::amend).
	fn amend() -> Weight;
	/// Weight of [`pause`](crate::Call::pause).
	fn pause() -> Weight;
	/// Weight of [`resume`](crate::Call::resume).
	fn resume() -> Weight;
	/// Weight of [`delist`](crate::Call::delist).
	fn delist() -> Weight;
	/// Weight of [`buy`](crate::Call::buy), with `n` pools.
	fn buy(n: u32) -> Weight;
	/// Weight of [`renew`](crate::Call::renew), with `n` pools.
	fn renew(n: u32) -> Weight;
	/// Weight of [`cancel`](crate::Call::cancel), with `n` pools.
	fn cancel(n: u32) -> Weight;
	/// Weight of [`close`](crate::Call::close), with `n` pools.
	fn close(n: u32) -> Weight;
	/// Weight of [`pull_arrears`](crate::Call::pull_arrears), with `n` pools.
	fn pull_arrears(n: u32) -> Weight;
}

/// Weights for a chain, rounded up from a run of `lutine-node benchmark pallet --chain dev --pallet pallet_cover --extrinsic '*'`
/// on two cores of a cloud machine, in the profile `release` with its debug assertions. The proof sizes are estimates.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn register_group() -> Weight {
		Weight::from_parts(15_000_000, 4_000).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn propose() -> Weight {
		Weight::from_parts(105_000_000, 23_000).saturating_add(T::DbWeight::get().reads_writes(13, 4))
	}
	fn withdraw_proposal() -> Weight {
		Weight::from_parts(61_000_000, 5_000).saturating_add(T::DbWeight::get().reads_writes(3, 3))
	}
	fn list() -> Weight {
		Weight::from_parts(125_000_000, 26_000).saturating_add(T::DbWeight::get().reads_writes(17, 5))
	}
	fn amend() -> Weight {
		Weight::from_parts(58_000_000, 23_000).saturating_add(T::DbWeight::get().reads_writes(11, 1))
	}
	fn pause() -> Weight {
		Weight::from_parts(19_000_000, 5_000).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn resume() -> Weight {
		Weight::from_parts(19_000_000, 5_000).saturating_add(T::DbWeight::get().reads_writes(1, 1))
	}
	fn delist() -> Weight {
		Weight::from_parts(60_000_000, 5_000).saturating_add(T::DbWeight::get().reads_writes(3, 3))
	}
	fn buy(n: u32) -> Weight {
		Weight::from_parts(365_000_000, 46_000)
			.saturating_add(T::DbWeight::get().reads_writes(42, 16))
			.saturating_add(Weight::from_parts(133_000_000, 6_400).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(6, 6).saturating_mul(n.into()))
	}
	fn renew(n: u32) -> Weight {
		Weight::from_parts(425_000_000, 46_000)
			.saturating_add(T::DbWeight::get().reads_writes(44, 17))
			.saturating_add(Weight::from_parts(133_000_000, 6_400).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(6, 6).saturating_mul(n.into()))
	}
	fn cancel(n: u32) -> Weight {
		Weight::from_parts(246_000_000, 6_400)
			.saturating_add(T::DbWeight::get().reads_writes(18, 17))
			.saturating_add(Weight::from_parts(100_000_000, 6_400).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(6, 6).saturating_mul(n.into()))
	}
	fn close(n: u32) -> Weight {
		Weight::from_parts(189_000_000, 6_400)
			.saturating_add(T::DbWeight::get().reads_writes(17, 16))
			.saturating_add(Weight::from_parts(54_000_000, 3_100).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(3, 3).saturating_mul(n.into()))
	}
	fn pull_arrears(n: u32) -> Weight {
		Weight::from_parts(83_000_000, 4_400)
			.saturating_add(T::DbWeight::get().reads_writes(9, 3))
			.saturating_add(Weight::from_parts(52_000_000, 3_100).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(3, 3).saturating_mul(n.into()))
	}
}

/// The same without the database, for tests.
impl WeightInfo for () {
	fn register_group() -> Weight {
		Weight::from_parts(15_000_000, 4_000)
	}
	fn propose() -> Weight {
		Weight::from_parts(105_000_000, 23_000)
	}
	fn withdraw_proposal() -> Weight {
		Weight::from_parts(61_000_000, 5_000)
	}
	fn list() -> Weight {
		Weight::from_parts(125_000_000, 26_000)
	}
	fn amend() -> Weight {
		Weight::from_parts(58_000_000, 23_000)
	}
	fn pause() -> Weight {
		Weight::from_parts(19_000_000, 5_000)
	}
	fn resume() -> Weight {
		Weight::from_parts(19_000_000, 5_000)
	}
	fn delist() -> Weight {
		Weight::from_parts(60_000_000, 5_000)
	}
	fn buy(n: u32) -> Weight {
		Weight::from_parts(365_000_000, 46_000)
			.saturating_add(Weight::from_parts(133_000_000, 6_400).saturating_mul(n.into()))
	}
	fn renew(n: u32) -> Weight {
		Weight::from_parts(425_000_000, 46_000)
			.saturating_add(Weight::from_parts(133_000_000, 6_400).saturating_mul(n.into()))
	}
	fn cancel(n: u32) -> Weight {
		Weight::from_parts(246_000_000, 6_400)
			.saturating_add(Weight::from_parts(100_000_000, 6_400).saturating_mul(n.into()))
	}
	fn close(n: u32) -> Weight {
		Weight::from_parts(189_000_000, 6_400)
			.saturating_add(Weight::from_parts(54_000_000, 3_100).saturating_mul(n.into()))
	}
	fn pull_arrears(n: u32) -> Weight {
		Weight::from_parts(83_000_000, 4_400)
			.saturating_add(Weight::from_parts(52_000_000, 3_100).saturating_mul(n.into()))
	}
}
