//! Benchmarks of the calls.

use super::*;
use alloc::boxed::Box;
use frame_benchmarking::v2::*;
use frame_support::traits::EnsureOrigin;
use lutine_primitives::parameters::{Parameters, Pricing};

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The group with the most fields.
	#[benchmark]
	fn set() -> Result<(), BenchmarkError> {
		let origin = T::AdminOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		let new = Pricing {
			max_audits: 1,
			..Default::default()
		};

		#[extrinsic_call]
		_(
			origin as T::RuntimeOrigin,
			Box::new(Parameters::Pricing(new.clone())),
		);

		assert_eq!(Pallet::<T>::pricing(), new);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, tests::new_test_ext(), tests::Test);
}
