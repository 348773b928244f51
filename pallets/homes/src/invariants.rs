//! What is true of the stored state after every call:
//!
//! 1. What is gathered belongs to an account with a home, and is more than nothing.
//! 2. Each home counts of how many assets something is gathered, and they are no more than there may be.
//! 3. The native tokens on hold are the deposits of homes.

use crate::{Config, Gathered, HoldReason, Homes, Pallet};
use frame_support::{
	ensure,
	traits::{Get, fungible::InspectHold},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Every invariant of this pallet, over the whole state.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (who, residence) in Homes::<T>::iter() {
			ensure!(
				Gathered::<T>::iter_key_prefix(&who).count() == residence.assets as usize,
				"a home miscounts what is gathered"
			);
			ensure!(
				residence.assets <= T::MaxAssets::get(),
				"an account gathers more assets than it may"
			);
			ensure!(
				T::Deposits::balance_on_hold(&HoldReason::Home.into(), &who) == residence.deposit,
				"what is on hold is not the deposit of a home"
			);
		}
		for (who, _, amount) in Gathered::<T>::iter() {
			ensure!(
				Homes::<T>::contains_key(&who),
				"something is gathered for no home"
			);
			ensure!(amount > 0, "a note of nothing is stored");
		}
		Ok(())
	}
}
