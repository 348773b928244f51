//! Benchmarks of the calls, each with lists as long as they can be.

use super::*;
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::DispatchResult,
	traits::{EnsureOrigin, Get},
};
use frame_system::RawOrigin;
use lutine_primitives::{
	insurance::{ProductId, RiskClass, TrackRecord},
	time::Seconds,
};
use sp_core::H256;

const PRODUCT: ProductId = ProductId::MAX;

fn code() -> H256 {
	H256::repeat_byte(1)
}

fn auditor<T: Config>(index: u32) -> T::AccountId {
	account("auditor", index, 0)
}

/// As late as an audit that is filed now can end.
fn valid_until<T: Config>() -> Seconds {
	Pallet::<T>::now() + T::Parameters::get().audit_validity
}

/// Begins a record without audits and feed.
fn begin<T: Config>(product: ProductId) -> DispatchResult {
	Pallet::<T>::begin(product, RiskClass::Lending, code(), Pallet::<T>::now())
}

/// Gives a product a feed and as many valid audits as fit, and begins its record unless whoever listed it has.
pub(crate) fn begin_worst<T: Config>(product: ProductId) {
	if !Profiles::<T>::contains_key(product) {
		begin::<T>(product).expect("the product has no record; qed");
	}
	let code_hash = Profiles::<T>::mutate(product, |profile| {
		let profile = profile.as_mut().expect("its record has begun; qed");
		profile.feed = Some(0);
		profile.code_hash
	});
	for index in 0..T::MaxAudits::get() {
		let auditor = auditor::<T>(index);
		Auditors::<T>::insert(&auditor, ());
		Pallet::<T>::do_file_audit(auditor, product, code_hash, valid_until::<T>())
			.expect("nobody else files audits; qed");
	}
}

fn listing_origin<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::ListingOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}

fn auditor_origin<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::AuditorOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_class() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		begin::<T>(PRODUCT)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PRODUCT, RiskClass::Bridge);

		assert_eq!(
			Profiles::<T>::get(PRODUCT).map(|profile| profile.class),
			Some(RiskClass::Bridge)
		);
		Ok(())
	}

	#[benchmark]
	fn set_feed() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		begin::<T>(PRODUCT)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PRODUCT, Some(u32::MAX));

		assert_eq!(
			Profiles::<T>::get(PRODUCT).and_then(|profile| profile.feed),
			Some(u32::MAX)
		);
		Ok(())
	}

	/// By an auditor, whose registration is looked up, and for code that no audit of a full list is for.
	#[benchmark]
	fn report_upgrade() -> Result<(), BenchmarkError> {
		begin_worst::<T>(PRODUCT);
		let auditor = auditor::<T>(0);
		let new = H256::repeat_byte(2);

		#[extrinsic_call]
		_(RawOrigin::Signed(auditor), PRODUCT, new);

		assert_eq!(
			Profiles::<T>::get(PRODUCT).map(|profile| profile.code_hash),
			Some(new)
		);
		Ok(())
	}

	#[benchmark]
	fn add_auditor() -> Result<(), BenchmarkError> {
		let origin = auditor_origin::<T>()?;
		let auditor = auditor::<T>(0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, auditor.clone());

		assert!(Auditors::<T>::contains_key(&auditor));
		Ok(())
	}

	#[benchmark]
	fn remove_auditor() -> Result<(), BenchmarkError> {
		let origin = auditor_origin::<T>()?;
		let auditor = auditor::<T>(0);
		Auditors::<T>::insert(&auditor, ());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, auditor.clone());

		assert!(!Auditors::<T>::contains_key(&auditor));
		Ok(())
	}

	/// The list is full and only its last audit does not count: every other is looked at and written again.
	#[benchmark]
	fn file_audit() -> Result<(), BenchmarkError> {
		begin_worst::<T>(PRODUCT);
		Auditors::<T>::remove(auditor::<T>(T::MaxAudits::get() - 1));
		let caller = auditor::<T>(T::MaxAudits::get());
		Auditors::<T>::insert(&caller, ());

		#[extrinsic_call]
		_(
			RawOrigin::Signed(caller.clone()),
			PRODUCT,
			code(),
			valid_until::<T>(),
		);

		let audits = Audits::<T>::get(PRODUCT);
		assert!(audits.is_full());
		assert_eq!(audits.last().map(|audit| audit.auditor.clone()), Some(caller));
		Ok(())
	}

	/// The last of a full list.
	#[benchmark]
	fn withdraw_audit() -> Result<(), BenchmarkError> {
		begin_worst::<T>(PRODUCT);
		let caller = auditor::<T>(T::MaxAudits::get() - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), PRODUCT);

		assert!(!Audits::<T>::get(PRODUCT).is_full());
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, mock::new_test_ext(), mock::Test);
}
