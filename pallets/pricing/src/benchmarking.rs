//! Benchmarks of the calls, each with lists as long as they can be.

use super::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::{BoundedVec, DispatchResult},
	traits::{EnsureOrigin, Get},
};
use frame_system::RawOrigin;
use lutine_primitives::{
	Balance,
	insurance::{AssetId, GroupId, MAX_AMOUNT, ProductId, Products, RiskClass},
};
use sp_core::H256;

const PRODUCT: ProductId = ProductId::MAX;
const GROUP: GroupId = GroupId::MAX;

fn code() -> H256 {
	H256::repeat_byte(1)
}

fn full_limits<T: Config>() -> Limits<T> {
	let limits: Vec<_> = (0..T::MaxAssets::get())
		.map(|id| (AssetId::WithId(id), MAX_AMOUNT))
		.collect();
	BoundedVec::truncate_from(limits)
}

fn register_product<T: Config>() -> DispatchResult {
	let now = Pallet::<T>::now();
	Pallet::<T>::do_register(
		PRODUCT,
		RiskClass::Lending,
		GROUP,
		code(),
		full_limits::<T>(),
		now,
	)?;
	Ok(())
}

fn auditor<T: Config>(index: u32) -> T::AccountId {
	account("auditor", index, 0)
}

/// Files an audit for as long as it can be valid, by an auditor who is admitted if need be.
fn file_audit<T: Config>(product: ProductId, code_hash: H256, index: u32) -> DispatchResult {
	let auditor = auditor::<T>(index);
	Auditors::<T>::insert(&auditor, ());
	let valid_until = Pallet::<T>::now() + T::Parameters::get().audit_validity;
	Pallet::<T>::do_file_audit(auditor, product, code_hash, valid_until)
}

/// Fills a product's list of audits.
fn fill_audits<T: Config>(product: ProductId, code_hash: H256) -> DispatchResult {
	(0..T::MaxAudits::get()).try_for_each(|index| file_audit::<T>(product, code_hash, index))
}

/// Makes a product with a limit in an asset, or adds the limit to one that is there.
pub(crate) fn create_product<T: Config>(product: ProductId, group: GroupId, asset: AssetId, limit: Balance) {
	if !Profiles::<T>::contains_key(product) {
		let now = Pallet::<T>::now();
		Pallet::<T>::do_register(product, RiskClass::Other, group, code(), Default::default(), now)
			.expect("the id is not taken; qed");
		Pallet::<T>::do_set_feed(product, Some(0)).expect("the product has no feed; qed");
		fill_audits::<T>(product, code()).expect("the list is empty; qed");
	}
	if Pallet::<T>::limit(product, &asset) != Some(limit) {
		Pallet::<T>::do_set_limit(product, asset, limit).expect("the limit is another one; qed");
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
	fn register() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;

		#[extrinsic_call]
		_(
			origin as T::RuntimeOrigin,
			PRODUCT,
			RiskClass::Lending,
			GROUP,
			code(),
			full_limits::<T>(),
		);

		assert!(Profiles::<T>::contains_key(PRODUCT));
		Ok(())
	}

	#[benchmark]
	fn set_class() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		register_product::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PRODUCT, RiskClass::Bridge);

		assert_eq!(
			Profiles::<T>::get(PRODUCT).map(|profile| profile.class),
			Some(RiskClass::Bridge)
		);
		Ok(())
	}

	/// The last of as many limits as there can be.
	#[benchmark]
	fn set_limit() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		register_product::<T>()?;
		let asset = AssetId::WithId(T::MaxAssets::get() - 1);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PRODUCT, asset, 1);

		let last = Profiles::<T>::get(PRODUCT).and_then(|profile| profile.limits.last().cloned());
		assert_eq!(last.map(|(_, limit)| limit), Some(1));
		Ok(())
	}

	#[benchmark]
	fn set_feed() -> Result<(), BenchmarkError> {
		let origin = listing_origin::<T>()?;
		register_product::<T>()?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, PRODUCT, Some(u32::MAX));

		assert_eq!(
			Profiles::<T>::get(PRODUCT).and_then(|profile| profile.feed),
			Some(u32::MAX)
		);
		Ok(())
	}

	/// By an auditor, whose registration is looked up.
	#[benchmark]
	fn report_upgrade() -> Result<(), BenchmarkError> {
		register_product::<T>()?;
		let auditor = auditor::<T>(0);
		Auditors::<T>::insert(&auditor, ());
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
		register_product::<T>()?;
		fill_audits::<T>(PRODUCT, code())?;
		Auditors::<T>::remove(auditor::<T>(T::MaxAudits::get() - 1));
		let caller = auditor::<T>(T::MaxAudits::get());
		Auditors::<T>::insert(&caller, ());
		let valid_until = Pallet::<T>::now() + T::Parameters::get().audit_validity;

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), PRODUCT, code(), valid_until);

		let audits = Audits::<T>::get(PRODUCT);
		assert!(audits.is_full());
		assert_eq!(audits.last().map(|audit| audit.auditor.clone()), Some(caller));
		Ok(())
	}

	/// The last of a full list.
	#[benchmark]
	fn withdraw_audit() -> Result<(), BenchmarkError> {
		register_product::<T>()?;
		fill_audits::<T>(PRODUCT, code())?;
		let caller = auditor::<T>(T::MaxAudits::get() - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), PRODUCT);

		assert!(!Audits::<T>::get(PRODUCT).is_full());
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, mock::new_test_ext(), mock::Test);
}
