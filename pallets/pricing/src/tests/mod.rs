//! Tests by subject.

mod audits;
mod formula;
mod genesis;
mod invariants;
mod live;
mod price;
mod profiles;
mod track;

use crate::{mock::*, *};
use frame_support::assert_ok;
use frame_system::RawOrigin;
use lutine_primitives::{
	insurance::{ProductId, Risk, RiskClass, TrackRecord},
	parameters,
	time::{DAY, Seconds},
};
use sp_core::H256;
use sp_runtime::FixedU128;

type Origin = <Test as frame_system::Config>::RuntimeOrigin;

/// The product of most tests.
const PRODUCT: ProductId = 7;

fn root() -> Origin {
	RawOrigin::Root.into()
}

fn signed(who: u64) -> Origin {
	RawOrigin::Signed(who).into()
}

fn code(version: u8) -> H256 {
	H256::repeat_byte(version)
}

/// Begins the record of a product that runs `code(1)`.
fn begin_as(product: ProductId, class: RiskClass) {
	assert_ok!(<Pricing as TrackRecord>::begin(
		product,
		class,
		code(1),
		Now::get()
	));
}

/// Begins the record of [`PRODUCT`], a lending protocol (2 %).
fn begin() {
	begin_as(PRODUCT, RiskClass::Lending);
}

/// Files an audit of [`PRODUCT`]'s first code, valid for 100 days.
fn file(auditor: u64) {
	assert_ok!(Pricing::file_audit(
		signed(auditor),
		PRODUCT,
		code(1),
		Now::get() + 100 * DAY
	));
}

fn wait(seconds: Seconds) {
	Now::set(Now::get() + seconds);
}

fn govern(change: impl FnOnce(&mut parameters::Pricing)) {
	let mut parameters = Parameters::get();
	change(&mut parameters);
	parameters.check().unwrap();
	Parameters::set(parameters);
}

fn feed(key: u32, percent: u128) {
	let mut scores = Scores::get();
	scores.insert(key, (FixedU128::from_rational(percent, 100), Now::get()));
	Scores::set(scores);
}

fn probability() -> FixedU128 {
	<Pricing as Risk>::probability(PRODUCT).unwrap()
}

fn report() -> RiskReport {
	Pricing::risk(PRODUCT).unwrap()
}

/// A number given in millionths of a percent: two factors of two decimals on a probability of basis points.
fn millionths_of_percent(x: u128) -> FixedU128 {
	FixedU128::from_rational(x, 100_000_000)
}
