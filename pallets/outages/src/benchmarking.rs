//! Benchmarks of the block's work and of asking, each with as many outages as are remembered.

use super::*;
use frame_benchmarking::v2::*;
use frame_support::{BoundedVec, traits::Get};
use lutine_primitives::{BlockNumber, time::Seconds};

/// What a chain gives the benchmarks.
pub trait BenchmarkHelper {
	/// Opens the bridge, and imports a header of the other chain.
	fn import(header: BlockNumber);
	/// Makes it another time.
	fn set_time(seconds: Seconds);
}

/// A bridge that has been out as often as can be remembered, and has been out again for more than a day. Returns when the
/// first outage began.
fn worst<T: Config>() -> Seconds {
	let begun: Seconds = 1_000_000_000;
	let mut at = begun;
	let mut past = BoundedVec::<Outage, T::MaxOutages>::new();
	while past
		.try_push(Outage {
			from: at,
			noticed: at + 1,
			to: at + 1,
		})
		.is_ok()
	{
		at += 2;
	}
	Past::<T>::put(past);
	Current::<T>::put(Bridge {
		opened: begun,
		header: Some(1),
		heard: at,
		out: Some(Open {
			from: at,
			noticed: at + 1,
		}),
	});
	T::BenchmarkHelper::set_time(at + T::AccountingDay::get() + 1);
	begun
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// An outage ends for which there is no room.
	#[benchmark]
	fn note() {
		worst::<T>();
		T::BenchmarkHelper::import(2);

		#[block]
		{
			Pallet::<T>::note();
		}

		assert!(Current::<T>::get().is_some_and(|bridge| bridge.out.is_none()));
	}

	/// A window as long as all of them.
	#[benchmark]
	fn extended() {
		let begun = worst::<T>();
		let deadline = Pallet::<T>::now();
		let end;

		#[block]
		{
			end = Pallet::<T>::extend(begun, deadline);
		}

		assert!(end > deadline);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
