//! What breaks the rules is found.

use super::*;
use sp_runtime::TryRuntimeError;

fn finds(problem: &'static str) {
	assert_eq!(Pricing::do_try_state(), Err(TryRuntimeError::Other(problem)));
}

#[test]
fn corrupt_profile_is_found() {
	new_test_ext().execute_with(|| {
		begin();
		Pricing::do_try_state().unwrap();
		Profiles::<Test>::mutate(PRODUCT, |slot| {
			let profile = slot.as_mut().unwrap();
			profile.past = 1.into();
			profile.quiet_since = START + 1;
		});
		finds("an accepted incident is in the future");
	});
}

#[test]
fn corrupt_list_of_audits_is_found() {
	new_test_ext().execute_with(|| {
		begin();
		file(1);
		let audits = Audits::<Test>::get(PRODUCT);

		Audits::<Test>::insert(8, audits.clone());
		finds("audits of an unknown product");
		Audits::<Test>::remove(8);

		Audits::<Test>::mutate(PRODUCT, |list| list.try_push(audits[0].clone()).unwrap());
		finds("an auditor has two audits of one product");

		Audits::<Test>::mutate(PRODUCT, |list| list.clear());
		finds("an empty list of audits is stored");
	});
}
