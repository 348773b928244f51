//! What is true of the stored state after every call:
//!
//! 1. The native tokens on hold are the deposits of certificates, each at the account that paid it.
//! 2. The state of a certificate follows from the rest of it: what is active was not over, what is expired was, and something is
//!    left of both; of what is exhausted nothing is. What is closed has no claim open.

use crate::{Certificate, Certificates, Config, HoldReason, Pallet, State};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungible::InspectHold};
use lutine_primitives::Balance;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Every invariant of this pallet, over the whole state.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut deposits: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		for entry in Certificates::<T>::iter_values() {
			Self::check_certificate(&entry.certificate)?;
			*deposits.entry(entry.depositor).or_default() += entry.deposit;
		}
		for (who, deposit) in deposits {
			ensure!(
				T::Deposits::balance_on_hold(&HoldReason::Certificate.into(), &who) == deposit,
				"what is on hold is not what was recorded"
			);
		}
		Ok(())
	}

	fn check_certificate(certificate: &Certificate) -> Result<(), TryRuntimeError> {
		let (is_over, left) = (certificate.time >= certificate.end, certificate.left());
		let follows = match certificate.state {
			State::Active => !is_over && left > 0,
			State::Expired => is_over && left > 0,
			State::Exhausted => left == 0,
			State::Cancelled => true,
			State::Closed => !certificate.claim_open,
		};
		ensure!(follows, "the state of a certificate does not follow from it");
		Ok(())
	}
}
