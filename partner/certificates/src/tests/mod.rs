//! The pallet's tests by subject, and what they share.

use crate::{
	mock::{Certificates, *},
	*,
};
use bp_runtime::{RawStorageProof, StorageProofError};
use frame_support::{
	assert_noop, assert_ok,
	traits::fungible::{Inspect, InspectHold},
};
use lutine_primitives::{Balance, BlockNumber, time::Seconds};
use sp_core::H256;
use sp_runtime::{AccountId32, DispatchResult};

mod agreement;
mod closing;
mod mutations;
mod proving;
mod refusals;
mod reliance;
mod worst;

pub type Error = crate::Error<Test>;

pub fn signed(who: AccountId32) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Has the light client know the state as that of the block of this number, and proves the policy of the tests in it.
pub fn prove(who: AccountId32, number: BlockNumber, state: &Chainstate) -> DispatchResult {
	let at = state.import(number);
	Certificates::prove(signed(who), POLICY, at, state.proof(POLICY))
}

/// Tries to prove the policy of the tests with something, which must fail and change nothing.
pub fn refused(at: H256, proof: RawStorageProof, error: Error) {
	assert_noop!(Certificates::prove(signed(ALICE), POLICY, at, proof), error);
}

/// Like [`prove`], which must fail and change nothing.
pub fn refused_in(state: &Chainstate, who: AccountId32, number: BlockNumber, error: Error) {
	let at = state.import(number);
	let proof = state.proof(POLICY);
	assert_noop!(Certificates::prove(signed(who), POLICY, at, proof), error);
}

pub fn certificate() -> Option<Certificate> {
	crate::Certificates::<Test>::get(POLICY).map(|entry| entry.certificate)
}

pub fn held(who: &AccountId32) -> Balance {
	Balances::balance_on_hold(&HoldReason::Certificate.into(), who)
}

pub fn free(who: &AccountId32) -> Balance {
	Balances::balance(who)
}

pub fn last_event() -> Event<Test> {
	match System::events().pop().expect("there was an event").event {
		RuntimeEvent::Certificates(event) => event,
		other => panic!("{other:?}"),
	}
}
