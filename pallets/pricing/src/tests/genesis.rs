//! What a chain starts from.

use super::*;
use lutine_primitives::insurance::{MAX_AMOUNT, Products};

fn profile(product: ProductId) -> GenesisProfile {
	GenesisProfile {
		product,
		class: RiskClass::Lending,
		group: 3,
		code_hash: code(1),
		limits: vec![(AssetId::Native, 1_000)],
		quiet_since: START,
	}
}

fn ext_with(profiles: Vec<GenesisProfile>) -> sp_io::TestExternalities {
	ext_of(GenesisConfig {
		auditors: AUDITORS.to_vec(),
		profiles,
	})
}

#[test]
fn genesis_products_and_auditors_are_registered() {
	ext_with(vec![profile(PRODUCT), profile(8)]).execute_with(|| {
		assert_eq!(<Pricing as Products>::group(PRODUCT), Some(3));
		assert_eq!(<Pricing as Products>::limit(8, &AssetId::Native), Some(1_000));
		assert_eq!(probability(), millionths_of_percent(3_000_000));
		file(1);
		assert_eq!(probability(), millionths_of_percent(1_700_000));
		Pricing::do_try_state().unwrap();
	});
}

#[test]
fn genesis_product_has_no_quiet_time_before_its_record_begins() {
	let launched_late = GenesisProfile {
		quiet_since: START + DAY,
		..profile(PRODUCT)
	};
	ext_with(vec![launched_late]).execute_with(|| {
		// At genesis itself there is no time.
		Now::set(0);
		assert_eq!(report().quiet, 0);
		assert_eq!(probability(), millionths_of_percent(3_000_000));
		Pricing::do_try_state().unwrap();
		Now::set(START);
		assert_eq!(report().quiet, 0);
		wait(91 * DAY - 1);
		assert_eq!(probability(), millionths_of_percent(3_000_000));
		wait(1);
		assert_eq!(probability(), millionths_of_percent(2_850_000));
	});
}

#[test]
fn genesis_product_can_bring_its_record() {
	let known = GenesisProfile {
		quiet_since: START - 180 * DAY,
		..profile(PRODUCT)
	};
	ext_with(vec![known]).execute_with(|| {
		assert_eq!(report().quiet, 180 * DAY);
		assert_eq!(probability(), millionths_of_percent(2_700_000));
	});
}

#[test]
#[should_panic(expected = "pricing: the auditor 2 is listed twice")]
fn genesis_is_refused_when_an_auditor_is_listed_twice() {
	ext_of(GenesisConfig {
		auditors: vec![2, 1, 2],
		profiles: Vec::new(),
	});
}

#[test]
#[should_panic(expected = "pricing: product 7 is listed twice")]
fn genesis_is_refused_when_a_product_is_listed_twice() {
	ext_with(vec![profile(PRODUCT), profile(PRODUCT)]);
}

fn with_limits(limits: Vec<(AssetId, Balance)>) {
	ext_with(vec![GenesisProfile {
		limits,
		..profile(PRODUCT)
	}]);
}

#[test]
#[should_panic(expected = "pricing: product 7 has a limit of zero")]
fn genesis_is_refused_when_a_limit_is_zero() {
	with_limits(vec![(AssetId::Native, 0)]);
}

#[test]
#[should_panic(expected = "pricing: product 7 has a limit above 2^90")]
fn genesis_is_refused_when_a_limit_is_too_high() {
	with_limits(vec![(AssetId::Native, MAX_AMOUNT + 1)]);
}

#[test]
#[should_panic(expected = "pricing: product 7 has two limits for one asset")]
fn genesis_is_refused_when_an_asset_has_two_limits() {
	with_limits(vec![(AssetId::Native, 1), (AssetId::Native, 2)]);
}

#[test]
#[should_panic(expected = "pricing: product 7 is sold in more than 8 assets")]
fn genesis_is_refused_when_a_product_has_too_many_assets() {
	with_limits((0..9).map(|id| (AssetId::WithId(id), 1)).collect());
}
