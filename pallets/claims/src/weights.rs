//! Weights of the calls.

use crate::Config;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of the calls of this pallet, and of what else it does.
pub trait WeightInfo {
	/// Weight of [`enact`](crate::Call::enact).
	fn enact() -> Weight;
	/// Weight of [`stake`](crate::Call::stake).
	fn stake() -> Weight;
	/// Weight of [`leave`](crate::Call::leave).
	fn leave() -> Weight;
	/// Weight of [`withdraw_stake`](crate::Call::withdraw_stake).
	fn withdraw_stake() -> Weight;
	/// Weight of [`report`](crate::Call::report).
	fn report() -> Weight;
	/// Weight of [`file`](crate::Call::file).
	fn file() -> Weight;
	/// Weight of [`add_evidence`](crate::Call::add_evidence).
	fn add_evidence() -> Weight;
	/// Weight of [`challenge`](crate::Call::challenge).
	fn challenge() -> Weight;
	/// Weight of [`commit`](crate::Call::commit).
	fn commit() -> Weight;
	/// Weight of [`reveal`](crate::Call::reveal).
	fn reveal() -> Weight;
	/// Weight of [`settle`](crate::Call::settle).
	fn settle() -> Weight;
	/// Weight of [`dispute`](crate::Call::dispute).
	fn dispute() -> Weight;
	/// Weight of any other step of [`poke`](crate::Call::poke).
	fn poke() -> Weight;
	/// Weight of the step of [`poke`](crate::Call::poke) that ends the case of an incident.
	fn conclude_incident() -> Weight;
	/// Weight of the step of [`poke`](crate::Call::poke) that ends the case of a claim, beside settling pools.
	fn conclude_claim() -> Weight;
	/// Weight of [`poke_incident`](crate::Call::poke_incident).
	fn poke_incident() -> Weight;
	/// Weight of [`pay_batch`](crate::Call::pay_batch) for `p` policies, beside settling pools.
	fn pay_batch(p: u32) -> Weight;
	/// Weight of [`pay_claim`](crate::Call::pay_claim).
	fn pay_claim() -> Weight;
	/// Weight of [`recover`](crate::Call::recover).
	fn recover() -> Weight;
	/// Weight of [`freeze`](crate::Call::freeze).
	fn freeze() -> Weight;
	/// Weight of [`thaw`](crate::Call::thaw).
	fn thaw() -> Weight;
	/// Weight of [`trigger`](crate::Call::trigger).
	fn trigger() -> Weight;
	/// Weight of [`rearm`](crate::Call::rearm).
	fn rearm() -> Weight;
	/// Weight of [`note_price`](crate::Pallet::note_price).
	fn note_price() -> Weight;
}

/// Weights for a chain: what the benchmarking node measured on two cores of a cloud machine, rounded up, and what the
/// database takes. Settling the pools that a call reaches comes on top.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: Config> WeightInfo for SubstrateWeight<T> {
	fn enact() -> Weight {
		Weight::from_parts(60_000_000, 18_000).saturating_add(T::DbWeight::get().reads_writes(6, 6))
	}

	fn stake() -> Weight {
		Weight::from_parts(60_000_000, 15_000).saturating_add(T::DbWeight::get().reads_writes(5, 4))
	}

	fn leave() -> Weight {
		Weight::from_parts(60_000_000, 9_000).saturating_add(T::DbWeight::get().reads_writes(3, 3))
	}

	fn withdraw_stake() -> Weight {
		Weight::from_parts(60_000_000, 9_000).saturating_add(T::DbWeight::get().reads_writes(3, 3))
	}

	fn report() -> Weight {
		Weight::from_parts(300_000_000, 390_000).saturating_add(T::DbWeight::get().reads_writes(130, 60))
	}

	fn file() -> Weight {
		Weight::from_parts(60_000_000, 60_000).saturating_add(T::DbWeight::get().reads_writes(20, 14))
	}

	fn add_evidence() -> Weight {
		Weight::from_parts(60_000_000, 3_000).saturating_add(T::DbWeight::get().reads_writes(1, 0))
	}

	fn challenge() -> Weight {
		Weight::from_parts(60_000_000, 36_000).saturating_add(T::DbWeight::get().reads_writes(12, 10))
	}

	fn commit() -> Weight {
		Weight::from_parts(60_000_000, 27_000).saturating_add(T::DbWeight::get().reads_writes(9, 5))
	}

	fn reveal() -> Weight {
		Weight::from_parts(60_000_000, 12_000).saturating_add(T::DbWeight::get().reads_writes(4, 2))
	}

	fn settle() -> Weight {
		Weight::from_parts(60_000_000, 30_000).saturating_add(T::DbWeight::get().reads_writes(10, 9))
	}

	fn dispute() -> Weight {
		Weight::from_parts(60_000_000, 15_000).saturating_add(T::DbWeight::get().reads_writes(5, 4))
	}

	fn poke() -> Weight {
		Weight::from_parts(60_000_000, 60_000).saturating_add(T::DbWeight::get().reads_writes(20, 16))
	}

	fn conclude_incident() -> Weight {
		Weight::from_parts(300_000_000, 450_000).saturating_add(T::DbWeight::get().reads_writes(150, 90))
	}

	fn conclude_claim() -> Weight {
		Weight::from_parts(300_000_000, 180_000).saturating_add(T::DbWeight::get().reads_writes(60, 50))
	}

	fn poke_incident() -> Weight {
		Weight::from_parts(300_000_000, 480_000).saturating_add(T::DbWeight::get().reads_writes(160, 90))
	}

	fn pay_batch(p: u32) -> Weight {
		Weight::from_parts(60_000_000, 36_000)
			.saturating_add(Weight::from_parts(300_000_000, 150_000).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads_writes(12, 6))
			.saturating_add(T::DbWeight::get().reads_writes(50, 40).saturating_mul(p.into()))
	}

	fn pay_claim() -> Weight {
		Weight::from_parts(300_000_000, 180_000).saturating_add(T::DbWeight::get().reads_writes(60, 50))
	}

	fn recover() -> Weight {
		Weight::from_parts(300_000_000, 390_000).saturating_add(T::DbWeight::get().reads_writes(130, 100))
	}

	fn freeze() -> Weight {
		Weight::from_parts(300_000_000, 360_000).saturating_add(T::DbWeight::get().reads_writes(120, 60))
	}

	fn thaw() -> Weight {
		Weight::from_parts(300_000_000, 360_000).saturating_add(T::DbWeight::get().reads_writes(120, 60))
	}

	fn trigger() -> Weight {
		Weight::from_parts(300_000_000, 360_000).saturating_add(T::DbWeight::get().reads_writes(120, 62))
	}

	fn rearm() -> Weight {
		Weight::from_parts(300_000_000, 390_000).saturating_add(T::DbWeight::get().reads_writes(130, 3))
	}

	fn note_price() -> Weight {
		Weight::from_parts(60_000_000, 15_000).saturating_add(T::DbWeight::get().reads_writes(5, 130))
	}
}

/// Weights without those of the database, for tests.
impl WeightInfo for () {
	fn enact() -> Weight {
		Weight::from_parts(60_000_000, 18_000)
	}

	fn stake() -> Weight {
		Weight::from_parts(60_000_000, 15_000)
	}

	fn leave() -> Weight {
		Weight::from_parts(60_000_000, 9_000)
	}

	fn withdraw_stake() -> Weight {
		Weight::from_parts(60_000_000, 9_000)
	}

	fn report() -> Weight {
		Weight::from_parts(300_000_000, 390_000)
	}

	fn file() -> Weight {
		Weight::from_parts(60_000_000, 60_000)
	}

	fn add_evidence() -> Weight {
		Weight::from_parts(60_000_000, 3_000)
	}

	fn challenge() -> Weight {
		Weight::from_parts(60_000_000, 36_000)
	}

	fn commit() -> Weight {
		Weight::from_parts(60_000_000, 27_000)
	}

	fn reveal() -> Weight {
		Weight::from_parts(60_000_000, 12_000)
	}

	fn settle() -> Weight {
		Weight::from_parts(60_000_000, 30_000)
	}

	fn dispute() -> Weight {
		Weight::from_parts(60_000_000, 15_000)
	}

	fn poke() -> Weight {
		Weight::from_parts(60_000_000, 60_000)
	}

	fn conclude_incident() -> Weight {
		Weight::from_parts(300_000_000, 450_000)
	}

	fn conclude_claim() -> Weight {
		Weight::from_parts(300_000_000, 180_000)
	}

	fn poke_incident() -> Weight {
		Weight::from_parts(300_000_000, 480_000)
	}

	fn pay_batch(p: u32) -> Weight {
		Weight::from_parts(60_000_000, 36_000)
			.saturating_add(Weight::from_parts(300_000_000, 150_000).saturating_mul(p.into()))
	}

	fn pay_claim() -> Weight {
		Weight::from_parts(300_000_000, 180_000)
	}

	fn recover() -> Weight {
		Weight::from_parts(300_000_000, 390_000)
	}

	fn freeze() -> Weight {
		Weight::from_parts(300_000_000, 360_000)
	}

	fn thaw() -> Weight {
		Weight::from_parts(300_000_000, 360_000)
	}

	fn trigger() -> Weight {
		Weight::from_parts(300_000_000, 360_000)
	}

	fn rearm() -> Weight {
		Weight::from_parts(300_000_000, 390_000)
	}

	fn note_price() -> Weight {
		Weight::from_parts(60_000_000, 15_000)
	}
}
