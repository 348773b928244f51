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
/// database takes. Settling the pools that a call reaches comes on top. Whoever pays a policy is charged for a debt of each of its
/// pools besides, as if none could pay all; what ends the case of a claim is charged as a step and a payment.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: Config> WeightInfo for SubstrateWeight<T> {
	fn enact() -> Weight {
		Weight::from_parts(150_000_000, 4_500).saturating_add(T::DbWeight::get().reads_writes(7, 6))
	}

	fn stake() -> Weight {
		Weight::from_parts(150_000_000, 3_800).saturating_add(T::DbWeight::get().reads_writes(5, 4))
	}

	fn leave() -> Weight {
		Weight::from_parts(35_000_000, 3_600).saturating_add(T::DbWeight::get().reads_writes(3, 2))
	}

	fn withdraw_stake() -> Weight {
		Weight::from_parts(110_000_000, 3_800).saturating_add(T::DbWeight::get().reads_writes(3, 3))
	}

	fn report() -> Weight {
		Weight::from_parts(1_600_000_000, 99_000).saturating_add(T::DbWeight::get().reads_writes(120, 110))
	}

	fn file() -> Weight {
		Weight::from_parts(340_000_000, 6_200).saturating_add(T::DbWeight::get().reads_writes(14, 13))
	}

	fn add_evidence() -> Weight {
		Weight::from_parts(43_000_000, 3_800).saturating_add(T::DbWeight::get().reads_writes(1, 0))
	}

	fn challenge() -> Weight {
		Weight::from_parts(250_000_000, 8_800).saturating_add(T::DbWeight::get().reads_writes(10, 11))
	}

	fn commit() -> Weight {
		Weight::from_parts(290_000_000, 8_800).saturating_add(T::DbWeight::get().reads_writes(12, 9))
	}

	fn reveal() -> Weight {
		Weight::from_parts(84_000_000, 5_100).saturating_add(T::DbWeight::get().reads_writes(4, 2))
	}

	fn settle() -> Weight {
		Weight::from_parts(290_000_000, 8_800).saturating_add(T::DbWeight::get().reads_writes(11, 9))
	}

	fn dispute() -> Weight {
		Weight::from_parts(180_000_000, 3_800).saturating_add(T::DbWeight::get().reads_writes(3, 4))
	}

	fn poke() -> Weight {
		Weight::from_parts(390_000_000, 6_200).saturating_add(T::DbWeight::get().reads_writes(17, 15))
	}

	fn conclude_incident() -> Weight {
		Weight::from_parts(3_700_000_000, 99_000).saturating_add(T::DbWeight::get().reads_writes(126, 154))
	}

	fn conclude_claim() -> Weight {
		Weight::from_parts(2_400_000_000, 54_000).saturating_add(T::DbWeight::get().reads_writes(100, 85))
	}

	fn poke_incident() -> Weight {
		Weight::from_parts(3_800_000_000, 160_000).saturating_add(T::DbWeight::get().reads_writes(179, 135))
	}

	fn pay_batch(p: u32) -> Weight {
		Weight::from_parts(1_700_000_000, 99_000)
			.saturating_add(Weight::from_parts(1_500_000_000, 42_000).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads_writes(129, 109))
			.saturating_add(T::DbWeight::get().reads_writes(26, 18).saturating_mul(p.into()))
	}

	fn pay_claim() -> Weight {
		Weight::from_parts(2_000_000_000, 48_000).saturating_add(T::DbWeight::get().reads_writes(77, 64))
	}

	fn recover() -> Weight {
		Weight::from_parts(4_600_000_000, 110_000).saturating_add(T::DbWeight::get().reads_writes(137, 99))
	}

	fn freeze() -> Weight {
		Weight::from_parts(1_300_000_000, 99_000).saturating_add(T::DbWeight::get().reads_writes(106, 99))
	}

	fn thaw() -> Weight {
		Weight::from_parts(1_400_000_000, 99_000).saturating_add(T::DbWeight::get().reads_writes(106, 99))
	}

	fn trigger() -> Weight {
		Weight::from_parts(1_700_000_000, 99_000).saturating_add(T::DbWeight::get().reads_writes(110, 103))
	}

	fn rearm() -> Weight {
		Weight::from_parts(1_300_000_000, 160_000).saturating_add(T::DbWeight::get().reads_writes(69, 2))
	}

	fn note_price() -> Weight {
		Weight::from_parts(480_000_000, 3_600).saturating_add(T::DbWeight::get().reads_writes(68, 126))
	}
}

/// Weights without those of the database, for tests.
impl WeightInfo for () {
	fn enact() -> Weight {
		Weight::from_parts(150_000_000, 4_500)
	}

	fn stake() -> Weight {
		Weight::from_parts(150_000_000, 3_800)
	}

	fn leave() -> Weight {
		Weight::from_parts(35_000_000, 3_600)
	}

	fn withdraw_stake() -> Weight {
		Weight::from_parts(110_000_000, 3_800)
	}

	fn report() -> Weight {
		Weight::from_parts(1_600_000_000, 99_000)
	}

	fn file() -> Weight {
		Weight::from_parts(340_000_000, 6_200)
	}

	fn add_evidence() -> Weight {
		Weight::from_parts(43_000_000, 3_800)
	}

	fn challenge() -> Weight {
		Weight::from_parts(250_000_000, 8_800)
	}

	fn commit() -> Weight {
		Weight::from_parts(290_000_000, 8_800)
	}

	fn reveal() -> Weight {
		Weight::from_parts(84_000_000, 5_100)
	}

	fn settle() -> Weight {
		Weight::from_parts(290_000_000, 8_800)
	}

	fn dispute() -> Weight {
		Weight::from_parts(180_000_000, 3_800)
	}

	fn poke() -> Weight {
		Weight::from_parts(390_000_000, 6_200)
	}

	fn conclude_incident() -> Weight {
		Weight::from_parts(3_700_000_000, 99_000)
	}

	fn conclude_claim() -> Weight {
		Weight::from_parts(2_400_000_000, 54_000)
	}

	fn poke_incident() -> Weight {
		Weight::from_parts(3_800_000_000, 160_000)
	}

	fn pay_batch(p: u32) -> Weight {
		Weight::from_parts(1_700_000_000, 99_000)
			.saturating_add(Weight::from_parts(1_500_000_000, 42_000).saturating_mul(p.into()))
	}

	fn pay_claim() -> Weight {
		Weight::from_parts(2_000_000_000, 48_000)
	}

	fn recover() -> Weight {
		Weight::from_parts(4_600_000_000, 110_000)
	}

	fn freeze() -> Weight {
		Weight::from_parts(1_300_000_000, 99_000)
	}

	fn thaw() -> Weight {
		Weight::from_parts(1_400_000_000, 99_000)
	}

	fn trigger() -> Weight {
		Weight::from_parts(1_700_000_000, 99_000)
	}

	fn rearm() -> Weight {
		Weight::from_parts(1_300_000_000, 160_000)
	}

	fn note_price() -> Weight {
		Weight::from_parts(480_000_000, 3_600)
	}
}
