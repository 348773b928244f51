//! The class, the bounds, and governance's changes of both.

use super::*;
use frame_support::assert_ok;
use sp_runtime::Perbill;

#[test]
fn unaudited_product_costs_one_and_a_half_times_its_class() {
	build_and_execute(|| {
		let classes = [
			(RiskClass::Lending, 200),
			(RiskClass::Exchange, 200),
			(RiskClass::Staking, 120),
			(RiskClass::Stablecoin, 250),
			(RiskClass::Bridge, 500),
			(RiskClass::Custody, 400),
			(RiskClass::Yield, 300),
			(RiskClass::Other, 800),
		];
		for (product, (class, base)) in classes.into_iter().enumerate() {
			let product = product as ProductId;
			begin_as(product, class);
			let report = Pricing::risk(product).unwrap();
			assert_eq!(report.base, Perbill::from_rational(base, 10_000u32));
			assert_eq!(
				report.probability,
				FixedU128::from_rational(u128::from(base) * 3, 20_000)
			);
			assert_eq!(<Pricing as Risk>::probability(product), Some(report.probability));
		}
	});
}

#[test]
fn unknown_product_has_no_price() {
	build_and_execute(|| {
		assert_eq!(<Pricing as Risk>::probability(PRODUCT), None);
		assert_eq!(Pricing::risk(PRODUCT), None);
	});
}

#[test]
fn report_tells_what_a_price_is_made_of() {
	build_and_execute(|| {
		begin();
		file(1);
		file(2);
		wait(DAY);
		assert_eq!(
			report(),
			RiskReport {
				probability: millionths_of_percent(1_445_000),
				base: Perbill::from_percent(2),
				audits: 2,
				quiet: DAY,
				past: 0.into(),
				live: 1.into(),
				live_is_stale: false,
			}
		);
	});
}

#[test]
fn price_stays_within_its_bounds() {
	build_and_execute(|| {
		begin();
		// 27 % * 1.5 is above 40 %.
		govern(|p| p.base_lending = Perbill::from_percent(27));
		assert_eq!(probability(), FixedU128::from_rational(40, 100));
		// Just below, and just above.
		govern(|p| p.base_lending = Perbill::from_parts(266_666_666));
		assert_eq!(
			probability(),
			FixedU128::from_rational(399_999_999, 1_000_000_000)
		);
		govern(|p| p.base_lending = Perbill::from_parts(266_666_667));
		assert_eq!(probability(), FixedU128::from_rational(40, 100));
		// 0.03 % * 1.5 is below 0.05 %.
		govern(|p| p.base_lending = Perbill::from_rational(3u32, 10_000));
		assert_eq!(probability(), FixedU128::from_rational(5, 10_000));
		govern(|p| p.base_lending = Perbill::from_parts(1));
		assert_eq!(probability(), FixedU128::from_rational(5, 10_000));
		// Every bad factor at once.
		govern(|p| {
			p.base_lending = Perbill::one();
			p.unaudited_factor = 10.into();
			p.max_live_factor = 10.into();
			p.max_probability = Perbill::one();
		});
		assert_ok!(Pricing::set_feed(root(), PRODUCT, Some(1)));
		feed(1, u128::MAX >> 70);
		assert_eq!(probability(), 1.into());
	});
}

#[test]
fn changed_parameter_counts_at_once() {
	build_and_execute(|| {
		begin();
		assert_eq!(probability(), millionths_of_percent(3_000_000));
		govern(|p| p.base_lending = Perbill::from_percent(10));
		assert_eq!(probability(), millionths_of_percent(15_000_000));
		govern(|p| p.unaudited_factor = 2.into());
		assert_eq!(probability(), millionths_of_percent(20_000_000));
		govern(|p| p.max_probability = Perbill::from_percent(12));
		assert_eq!(probability(), millionths_of_percent(12_000_000));
		(1..=3).for_each(file);
		govern(|p| p.audit_factor = FixedU128::from_rational(50, 100));
		assert_eq!(probability(), millionths_of_percent(1_250_000));
		govern(|p| p.max_audits = 2);
		assert_eq!(probability(), millionths_of_percent(2_500_000));
		wait(DAY);
		govern(|p| p.track_step = DAY);
		assert_eq!(probability(), millionths_of_percent(2_375_000));
		govern(|p| p.track_discount = Perbill::from_percent(50));
		assert_eq!(probability(), millionths_of_percent(1_500_000));
		govern(|p| p.track_floor = Perbill::from_percent(10));
		assert_eq!(probability(), millionths_of_percent(1_250_000));
		govern(|p| p.min_probability = Perbill::from_percent(11));
		assert_eq!(probability(), millionths_of_percent(11_000_000));
	});
}

#[test]
fn class_can_change_while_the_record_stays() {
	build_and_execute(|| {
		begin();
		wait(180 * DAY);
		assert_eq!(probability(), millionths_of_percent(2_700_000));
		assert_ok!(Pricing::set_class(signed(LISTER), PRODUCT, RiskClass::Bridge));
		System::assert_last_event(
			Event::<Test>::ClassSet {
				product: PRODUCT,
				class: RiskClass::Bridge,
			}
			.into(),
		);
		assert_eq!(probability(), millionths_of_percent(6_750_000));
		assert_eq!(report().quiet, 180 * DAY);
	});
}
