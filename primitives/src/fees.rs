//! What weight costs, on Lutine and on the partner chain.

use crate::{Balance, LUT};
use frame_support::weights::{
	WeightToFeeCoefficient, WeightToFeeCoefficients, WeightToFeePolynomial, constants::ExtrinsicBaseWeight,
};
use sp_arithmetic::Perbill;

/// A transaction of the least weight costs a thousandth of a native token, and others in proportion.
pub struct WeightToFee;
impl WeightToFeePolynomial for WeightToFee {
	type Balance = Balance;
	fn polynomial() -> WeightToFeeCoefficients<Balance> {
		let (least, base) = (LUT / 1_000, Balance::from(ExtrinsicBaseWeight::get().ref_time()));
		[WeightToFeeCoefficient {
			degree: 1,
			negative: false,
			coeff_frac: Perbill::from_rational(least % base, base),
			coeff_integer: least / base,
		}]
		.into_iter()
		.collect()
	}
}
