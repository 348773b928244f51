//! A register that breaks its own rules is found.

use super::*;
use sp_runtime::TryRuntimeError;

fn finds(problem: &'static str, corrupt: impl FnOnce(&mut ProfileOf<Test>)) {
	new_test_ext().execute_with(|| {
		register();
		Pricing::do_try_state().unwrap();
		Profiles::<Test>::mutate(PRODUCT, |profile| corrupt(profile.as_mut().unwrap()));
		assert_eq!(Pricing::do_try_state(), Err(TryRuntimeError::Other(problem)));
	});
}

#[test]
fn corrupt_profile_is_found() {
	finds("a product's limit is out of bounds", |p| {
		p.limits = limits(&[(AssetId::Native, 0)])
	});
	finds("a product's limit is out of bounds", |p| {
		p.limits = limits(&[(AssetId::Native, Balance::MAX)])
	});
	finds("a product has two limits for one asset", |p| {
		p.limits = limits(&[(AssetId::Native, 1), (AssetId::Native, 2)])
	});
	finds("an accepted incident is in the future", |p| {
		p.past = 1.into();
		p.quiet_since = START + 1;
	});
}

#[test]
fn corrupt_list_of_audits_is_found() {
	new_test_ext().execute_with(|| {
		register();
		file(1);
		let audits = Audits::<Test>::get(PRODUCT);
		let problem = |text| assert_eq!(Pricing::do_try_state(), Err(TryRuntimeError::Other(text)));

		Audits::<Test>::insert(8, audits.clone());
		problem("audits of an unknown product");
		Audits::<Test>::remove(8);

		Audits::<Test>::mutate(PRODUCT, |list| list.try_push(audits[0].clone()).unwrap());
		problem("an auditor has two audits of one product");

		Audits::<Test>::mutate(PRODUCT, |list| list.clear());
		problem("an empty list of audits is stored");
	});
}
