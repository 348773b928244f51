//! The pallet's tests by subject, and what they share.

mod fuzz;
mod gathering;
mod homes;
mod idle;
mod sending;

pub use crate::mock::Homes;
use crate::{mock::*, pallet::Homes as Residents, *};
use frame_support::{assert_noop, assert_ok};
use lutine_primitives::insurance::OnPaid;
use sp_runtime::DispatchError;

pub const ALICES: Home = [1; 32];
pub const BOBS: Home = [2; 32];

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Alice and Bob live elsewhere.
pub fn with_homes(test: impl FnOnce()) {
	build_and_execute(|| {
		assert_ok!(Homes::set_home(signed(ALICE), Some(ALICES)));
		assert_ok!(Homes::set_home(signed(BOB), Some(BOBS)));
		test();
	});
}
