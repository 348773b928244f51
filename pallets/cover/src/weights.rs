//! Weights of the calls.

use frame_support::{traits::Get, weights::Weight};

/// What each call takes, in its worst case, beside settling the pools that it names.
pub trait WeightInfo {
	/// Register a risk group.
	fn register_group() -> Weight;
	/// Propose a product with the longest texts in as many assets as it can be sold in.
	fn propose() -> Weight;
	/// Take a proposal back.
	fn withdraw_proposal() -> Weight;
	/// List a product.
	fn list() -> Weight;
	/// Amend a product in as many assets as it can be sold in.
	fn amend() -> Weight;
	/// Pause a product.
	fn pause() -> Weight;
	/// Resume a product.
	fn resume() -> Weight;
	/// Delist a product.
	fn delist() -> Weight;
	/// Buy from `n` pools.
	fn buy(n: u32) -> Weight;
	/// Renew with `n` pools.
	fn renew(n: u32) -> Weight;
	/// Cancel what `n` pools stand behind.
	fn cancel(n: u32) -> Weight;
	/// Close a policy on which `n` pools owed money.
	fn close(n: u32) -> Weight;
	/// Pull arrears from `n` pools.
	fn pull_arrears(n: u32) -> Weight;
}

macro_rules! weights {
	($db:ty, $for:ty, $($generics:tt)*) => {
		impl<$($generics)*> WeightInfo for $for {
			fn register_group() -> Weight { Weight::from_parts(20_000_000, 4_000).saturating_add(<$db>::get().reads_writes(1, 1)) }
			fn propose() -> Weight { Weight::from_parts(60_000_000, 6_000).saturating_add(<$db>::get().reads_writes(12, 3)) }
			fn withdraw_proposal() -> Weight { Weight::from_parts(50_000_000, 6_000).saturating_add(<$db>::get().reads_writes(3, 3)) }
			fn list() -> Weight { Weight::from_parts(70_000_000, 8_000).saturating_add(<$db>::get().reads_writes(6, 4)) }
			fn amend() -> Weight { Weight::from_parts(40_000_000, 6_000).saturating_add(<$db>::get().reads_writes(10, 1)) }
			fn pause() -> Weight { Weight::from_parts(20_000_000, 6_000).saturating_add(<$db>::get().reads_writes(1, 1)) }
			fn resume() -> Weight { Weight::from_parts(20_000_000, 6_000).saturating_add(<$db>::get().reads_writes(1, 1)) }
			fn delist() -> Weight { Weight::from_parts(50_000_000, 6_000).saturating_add(<$db>::get().reads_writes(3, 3)) }
			fn buy(n: u32) -> Weight { Weight::from_parts(250_000_000, 10_000).saturating_add(<$db>::get().reads_writes(20, 16)).saturating_add(Weight::from_parts(150_000_000, 8_000).saturating_add(<$db>::get().reads_writes(12, 9)).saturating_mul(n.into())) }
			fn renew(n: u32) -> Weight { Self::buy(n).saturating_add(Weight::from_parts(20_000_000, 2_000)).saturating_add(<$db>::get().reads_writes(2, 1)) }
			fn cancel(n: u32) -> Weight { Weight::from_parts(60_000_000, 6_000).saturating_add(<$db>::get().reads_writes(6, 3)).saturating_add(Weight::from_parts(120_000_000, 8_000).saturating_add(<$db>::get().reads_writes(12, 9)).saturating_mul(n.into())) }
			fn close(n: u32) -> Weight { Weight::from_parts(150_000_000, 8_000).saturating_add(<$db>::get().reads_writes(12, 12)).saturating_add(Weight::from_parts(80_000_000, 8_000).saturating_add(<$db>::get().reads_writes(8, 6)).saturating_mul(n.into())) }
			fn pull_arrears(n: u32) -> Weight { Weight::from_parts(20_000_000, 4_000).saturating_add(<$db>::get().reads_writes(2, 0)).saturating_add(Weight::from_parts(80_000_000, 8_000).saturating_add(<$db>::get().reads_writes(8, 6)).saturating_mul(n.into())) }
		}
	};
}

/// Weights with the costs of the runtime's database.
pub struct SubstrateWeight<T>(core::marker::PhantomData<T>);
weights!(T::DbWeight, SubstrateWeight<T>, T: frame_system::Config);
weights!(frame_support::weights::constants::ParityDbWeight, (),);
