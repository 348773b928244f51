//! The register of products: who may change it, and what it refuses.

use super::*;
use frame_support::{assert_noop, assert_ok};
use lutine_primitives::insurance::{MAX_AMOUNT, Products};
use sp_runtime::traits::BadOrigin;

const DOLLAR: AssetId = AssetId::WithId(1);

fn limit(asset: AssetId) -> Option<Balance> {
	<Pricing as Products>::limit(PRODUCT, &asset)
}

#[test]
fn product_is_known_when_it_is_registered() {
	build_and_execute(|| {
		assert_eq!(<Pricing as Products>::group(PRODUCT), None);
		assert_eq!(limit(AssetId::Native), None);
		assert_ok!(Pricing::register(
			signed(LISTER),
			PRODUCT,
			RiskClass::Bridge,
			3,
			code(1),
			limits(&[(AssetId::Native, 1), (DOLLAR, MAX_AMOUNT)])
		));
		assert_eq!(<Pricing as Products>::group(PRODUCT), Some(3));
		assert_eq!(limit(AssetId::Native), Some(1));
		assert_eq!(limit(DOLLAR), Some(MAX_AMOUNT));
		assert_eq!(limit(AssetId::WithId(2)), None);
		assert_eq!(
			Profiles::<Test>::get(PRODUCT),
			Some(RiskProfile {
				class: RiskClass::Bridge,
				group: 3,
				code_hash: code(1),
				limits: limits(&[(AssetId::Native, 1), (DOLLAR, MAX_AMOUNT)]),
				feed: None,
				quiet_since: START,
				past: 0.into(),
			})
		);
		let events: Vec<_> = System::read_events_for_pallet::<Event<Test>>();
		assert_eq!(
			events,
			[
				Event::ProductRegistered {
					product: PRODUCT,
					class: RiskClass::Bridge,
					group: 3,
					code_hash: code(1),
				},
				Event::LimitSet {
					product: PRODUCT,
					asset: AssetId::Native,
					limit: 1,
				},
				Event::LimitSet {
					product: PRODUCT,
					asset: DOLLAR,
					limit: MAX_AMOUNT,
				},
			]
		);
	});
}

#[test]
fn product_is_refused_when_it_is_not_sound() {
	build_and_execute(|| {
		let register =
			|product, of: &[_]| Pricing::register(root(), product, RiskClass::Other, 4, code(2), limits(of));
		assert_noop!(register(1, &[(DOLLAR, 0)]), Error::<Test>::ZeroLimit);
		assert_noop!(
			register(1, &[(DOLLAR, MAX_AMOUNT + 1)]),
			Error::<Test>::LimitTooHigh
		);
		assert_noop!(
			register(1, &[(DOLLAR, 1), (AssetId::Native, 1), (DOLLAR, 2)]),
			Error::<Test>::DuplicateAsset
		);
		super::register();
		let before = Profiles::<Test>::get(PRODUCT);
		assert_noop!(register(PRODUCT, &[(DOLLAR, 1)]), Error::<Test>::ProductExists);
		assert_eq!(Profiles::<Test>::get(PRODUCT), before);
	});
}

#[test]
fn limit_can_be_set_changed_and_removed() {
	build_and_execute(|| {
		register();
		let set = |asset, to| {
			assert_ok!(Pricing::set_limit(signed(LISTER), PRODUCT, asset, to));
		};
		set(DOLLAR, 5);
		System::assert_last_event(
			Event::<Test>::LimitSet {
				product: PRODUCT,
				asset: DOLLAR,
				limit: 5,
			}
			.into(),
		);
		assert_eq!((limit(AssetId::Native), limit(DOLLAR)), (Some(1_000), Some(5)));
		set(AssetId::Native, MAX_AMOUNT);
		assert_eq!(
			(limit(AssetId::Native), limit(DOLLAR)),
			(Some(MAX_AMOUNT), Some(5))
		);
		set(AssetId::Native, 0);
		System::assert_last_event(
			Event::<Test>::LimitSet {
				product: PRODUCT,
				asset: AssetId::Native,
				limit: 0,
			}
			.into(),
		);
		assert_eq!((limit(AssetId::Native), limit(DOLLAR)), (None, Some(5)));
		set(DOLLAR, 0);
		assert_eq!(limit(DOLLAR), None);
		// The product is still there, with the price it had.
		assert_eq!(probability(), millionths_of_percent(3_000_000));
		assert_eq!(<Pricing as Products>::group(PRODUCT), Some(3));
	});
}

#[test]
fn limit_is_refused_when_it_is_not_sound() {
	build_and_execute(|| {
		let set = |asset, to| Pricing::set_limit(root(), PRODUCT, asset, to);
		assert_noop!(set(DOLLAR, 1), Error::<Test>::UnknownProduct);
		register();
		assert_noop!(set(DOLLAR, MAX_AMOUNT + 1), Error::<Test>::LimitTooHigh);
		assert_noop!(set(DOLLAR, Balance::MAX), Error::<Test>::LimitTooHigh);
		assert_noop!(set(DOLLAR, 0), Error::<Test>::UnknownAsset);
		assert_noop!(set(AssetId::Native, 1_000), Error::<Test>::NothingChanges);
		for id in 1..MAX_ASSETS {
			assert_ok!(set(AssetId::WithId(id), 1));
		}
		assert_noop!(set(AssetId::WithId(100), 1), Error::<Test>::TooManyAssets);
		// Others can still be changed, and make room.
		assert_ok!(set(DOLLAR, 2));
		assert_ok!(set(AssetId::Native, 0));
		assert_ok!(set(AssetId::WithId(100), 1));
	});
}

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
		register();
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
fn nobody_but_the_committee_and_root_changes_the_register() {
	build_and_execute(|| {
		register();
		for origin in [signed(1), signed(9), RawOrigin::None.into()] {
			let origin = || origin.clone();
			assert_noop!(
				Pricing::register(origin(), 8, RiskClass::Other, 4, code(1), limits(&[])),
				BadOrigin
			);
			assert_noop!(Pricing::set_class(origin(), PRODUCT, RiskClass::Other), BadOrigin);
			assert_noop!(Pricing::set_limit(origin(), PRODUCT, DOLLAR, 1), BadOrigin);
			assert_noop!(Pricing::set_feed(origin(), PRODUCT, Some(1)), BadOrigin);
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

#[cfg(feature = "runtime-benchmarks")]
#[test]
fn product_for_benchmarks_is_as_dear_to_price_as_can_be() {
	build_and_execute(|| {
		<Pricing as Products>::create(PRODUCT, 3, DOLLAR, 5);
		<Pricing as Products>::create(PRODUCT, 3, DOLLAR, 5);
		<Pricing as Products>::create(PRODUCT, 3, AssetId::Native, 6);
		assert_eq!(<Pricing as Products>::group(PRODUCT), Some(3));
		assert_eq!((limit(DOLLAR), limit(AssetId::Native)), (Some(5), Some(6)));
		assert_eq!(report().audits, MAX_AUDITS);
		assert!(report().live_is_stale);
	});
}
