//! Weights of the calls.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of the calls of this pallet. That of [`settle`](Self::settle) is added to most of the others
/// where days have passed since the pool's books were left.
pub trait WeightInfo {
	/// Weight of [`admit_asset`](crate::Call::admit_asset).
	fn admit_asset() -> Weight;
	/// Weight of [`create`](crate::Call::create).
	fn create() -> Weight;
	/// Weight of [`deposit`](crate::Call::deposit).
	fn deposit() -> Weight;
	/// Weight of [`request_withdrawal`](crate::Call::request_withdrawal).
	fn request_withdrawal() -> Weight;
	/// Weight of [`cancel_withdrawal`](crate::Call::cancel_withdrawal).
	fn cancel_withdrawal() -> Weight;
	/// Weight of [`process_withdrawals`](crate::Call::process_withdrawals), with `r` requests.
	fn process_withdrawals(r: u32) -> Weight;
	/// Weight of [`withdraw_marked_down`](crate::Call::withdraw_marked_down).
	fn withdraw_marked_down() -> Weight;
	/// Weight of [`set_line`](crate::Call::set_line).
	fn set_line() -> Weight;
	/// Weight of [`close_line`](crate::Call::close_line).
	fn close_line() -> Weight;
	/// Weight of [`set_fee`](crate::Call::set_fee) and [`set_manager`](crate::Call::set_manager).
	fn announce() -> Weight;
	/// Weight of [`withdraw_change`](crate::Call::withdraw_change).
	fn withdraw_change() -> Weight;
	/// Weight of [`enact_change`](crate::Call::enact_change).
	fn enact_change() -> Weight;
	/// Weight of [`settle`](crate::Call::settle), over `d` days with `r` releases in all.
	fn settle(d: u32, r: u32) -> Weight;
	/// Weight of [`distribute`](crate::Call::distribute).
	fn distribute() -> Weight;
	/// Weight of [`pay_arrears`](crate::Call::pay_arrears).
	fn pay_arrears() -> Weight;
	/// Weight of [`draw_reserve`](crate::Call::draw_reserve).
	fn draw_reserve() -> Weight;
	/// Weight of [`collect_due`](crate::Call::collect_due).
	fn collect_due() -> Weight;
}

/// Weights for a chain, rounded up from a run of `lutine-node benchmark pallet --chain dev --pallet pallet_pools --extrinsic '*'`
/// on two cores of a cloud machine, in the profile `release` with its debug assertions. The proof sizes are estimates.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn admit_asset() -> Weight {
		Weight::from_parts(37_000_000, 4_000).saturating_add(T::DbWeight::get().reads_writes(3, 1))
	}
	fn create() -> Weight {
		Weight::from_parts(238_000_000, 8_000).saturating_add(T::DbWeight::get().reads_writes(16, 11))
	}
	fn deposit() -> Weight {
		Weight::from_parts(233_000_000, 9_000).saturating_add(T::DbWeight::get().reads_writes(17, 11))
	}
	fn request_withdrawal() -> Weight {
		Weight::from_parts(154_000_000, 8_000).saturating_add(T::DbWeight::get().reads_writes(12, 8))
	}
	fn cancel_withdrawal() -> Weight {
		Weight::from_parts(143_000_000, 8_000).saturating_add(T::DbWeight::get().reads_writes(12, 8))
	}
	fn process_withdrawals(r: u32) -> Weight {
		Weight::from_parts(42_000_000, 6_000)
			.saturating_add(T::DbWeight::get().reads_writes(9, 5))
			.saturating_add(Weight::from_parts(127_000_000, 3_000).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads_writes(5, 5).saturating_mul(r.into()))
	}
	fn withdraw_marked_down() -> Weight {
		Weight::from_parts(192_000_000, 9_000).saturating_add(T::DbWeight::get().reads_writes(14, 10))
	}
	fn set_line() -> Weight {
		Weight::from_parts(610_000_000, 120_000).saturating_add(T::DbWeight::get().reads_writes(107, 6))
	}
	fn close_line() -> Weight {
		Weight::from_parts(46_000_000, 6_000).saturating_add(T::DbWeight::get().reads_writes(7, 3))
	}
	fn announce() -> Weight {
		// The benchmark announces. A pool without share holders pays its old manager at once instead: a transfer more.
		Weight::from_parts(110_000_000, 9_000).saturating_add(T::DbWeight::get().reads_writes(11, 7))
	}
	fn withdraw_change() -> Weight {
		Weight::from_parts(41_000_000, 5_000).saturating_add(T::DbWeight::get().reads_writes(6, 2))
	}
	fn enact_change() -> Weight {
		Weight::from_parts(610_000_000, 120_000).saturating_add(T::DbWeight::get().reads_writes(107, 6))
	}
	fn settle(d: u32, r: u32) -> Weight {
		Weight::from_parts(84_000_000, 6_000)
			.saturating_add(T::DbWeight::get().reads_writes(13, 9))
			.saturating_add(Weight::from_parts(6_300_000, 3_200).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 1).saturating_mul(d.into()))
			.saturating_add(Weight::from_parts(19_000_000, 5_600).saturating_mul(r.into()))
			// A line, its group and its product's exposure: the benchmark meets products twice, and so counts fewer.
			.saturating_add(T::DbWeight::get().reads_writes(3, 3).saturating_mul(r.into()))
	}
	fn distribute() -> Weight {
		Weight::from_parts(184_000_000, 9_000).saturating_add(T::DbWeight::get().reads_writes(13, 9))
	}
	fn pay_arrears() -> Weight {
		Weight::from_parts(85_000_000, 6_000).saturating_add(T::DbWeight::get().reads_writes(8, 4))
	}
	fn draw_reserve() -> Weight {
		Weight::from_parts(91_000_000, 6_000).saturating_add(T::DbWeight::get().reads_writes(9, 5))
	}
	fn collect_due() -> Weight {
		Weight::from_parts(94_000_000, 6_000).saturating_add(T::DbWeight::get().reads_writes(9, 5))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn admit_asset() -> Weight {
		Weight::from_parts(37_000_000, 4_000)
	}
	fn create() -> Weight {
		Weight::from_parts(238_000_000, 8_000)
	}
	fn deposit() -> Weight {
		Weight::from_parts(233_000_000, 9_000)
	}
	fn request_withdrawal() -> Weight {
		Weight::from_parts(154_000_000, 8_000)
	}
	fn cancel_withdrawal() -> Weight {
		Weight::from_parts(143_000_000, 8_000)
	}
	fn process_withdrawals(r: u32) -> Weight {
		Weight::from_parts(42_000_000, 6_000)
			.saturating_add(Weight::from_parts(127_000_000, 3_000).saturating_mul(r.into()))
	}
	fn withdraw_marked_down() -> Weight {
		Weight::from_parts(192_000_000, 9_000)
	}
	fn set_line() -> Weight {
		Weight::from_parts(610_000_000, 120_000)
	}
	fn close_line() -> Weight {
		Weight::from_parts(46_000_000, 6_000)
	}
	fn announce() -> Weight {
		Weight::from_parts(110_000_000, 9_000)
	}
	fn withdraw_change() -> Weight {
		Weight::from_parts(41_000_000, 5_000)
	}
	fn enact_change() -> Weight {
		Weight::from_parts(610_000_000, 120_000)
	}
	fn settle(d: u32, r: u32) -> Weight {
		Weight::from_parts(84_000_000, 6_000)
			.saturating_add(Weight::from_parts(6_300_000, 3_200).saturating_mul(d.into()))
			.saturating_add(Weight::from_parts(19_000_000, 5_600).saturating_mul(r.into()))
	}
	fn distribute() -> Weight {
		Weight::from_parts(184_000_000, 9_000)
	}
	fn pay_arrears() -> Weight {
		Weight::from_parts(85_000_000, 6_000)
	}
	fn draw_reserve() -> Weight {
		Weight::from_parts(91_000_000, 6_000)
	}
	fn collect_due() -> Weight {
		Weight::from_parts(94_000_000, 6_000)
	}
}
