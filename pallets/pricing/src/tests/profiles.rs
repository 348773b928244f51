//! Profiles: who may change them, and what is refused.

use super::*;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn change_is_refused_when_the_product_is_unknown_or_nothing_changes() {
	build_and_execute(|| {
		let unknown = Error::<Test>::UnknownProduct;
		assert_noop!(Pricing::set_class(root(), PRODUCT, RiskClass::Other), unknown);
		assert_noop!(
			Pricing::set_feed(root(), PRODUCT, Some(1)),
			Error::<Test>::UnknownProduct
		);
		assert_noop!(
			Pricing::report_upgrade(root(), PRODUCT, code(2)),
			Error::<Test>::UnknownProduct
		);
		assert_noop!(
			Pricing::report_upgrade(signed(1), PRODUCT, code(2)),
			Error::<Test>::UnknownProduct
		);
		begin();
		let same = || Error::<Test>::NothingChanges;
		assert_noop!(Pricing::set_class(root(), PRODUCT, RiskClass::Lending), same());
		assert_noop!(Pricing::set_feed(root(), PRODUCT, None), same());
		assert_ok!(Pricing::set_feed(root(), PRODUCT, Some(1)));
		assert_noop!(Pricing::set_feed(root(), PRODUCT, Some(1)), same());
		assert_noop!(Pricing::report_upgrade(root(), PRODUCT, code(1)), same());
		// Two auditors saw the same upgrade.
		assert_ok!(Pricing::report_upgrade(signed(1), PRODUCT, code(2)));
		assert_noop!(Pricing::report_upgrade(signed(2), PRODUCT, code(2)), same());
	});
}

#[test]
fn nobody_but_the_committee_and_root_changes_a_profile() {
	build_and_execute(|| {
		begin();
		for origin in [signed(1), signed(9), RawOrigin::None.into()] {
			assert_noop!(
				Pricing::set_class(origin.clone(), PRODUCT, RiskClass::Other),
				BadOrigin
			);
			assert_noop!(Pricing::set_feed(origin, PRODUCT, Some(1)), BadOrigin);
		}
		assert_noop!(
			Pricing::report_upgrade(signed(9), PRODUCT, code(2)),
			Error::<Test>::NotAuditor
		);
		assert_noop!(
			Pricing::report_upgrade(RawOrigin::None.into(), PRODUCT, code(2)),
			BadOrigin
		);
	});
}
