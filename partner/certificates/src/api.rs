//! What other pallets and clients ask.

use crate::{Accounts, Certificate, Certificates, Config, Pallet, proofs};
use alloc::vec::Vec;
use lutine_primitives::{insurance::PolicyId, time::Seconds};

/// What another pallet may rely on.
pub trait Certified<AccountId> {
	/// A policy that `holder` holds, under which what happens `now` is insured: as proven at most `max_age` seconds ago. `None`
	/// where it is another's, was cancelled, is exhausted or closed, has not begun or is over, or where the proof is older.
	///
	/// What is insured is [`Certificate::left`]; on what, [`Certificate::product`] and [`Certificate::item`] say. Since the
	/// proof its holder may have sold or cancelled it, and a claim may have been paid: a `max_age` is how long somebody may be
	/// deceived. While [`Certificate::claim_open`] it cannot be cancelled.
	fn cover_of(policy: PolicyId, holder: &AccountId, now: Seconds, max_age: Seconds) -> Option<Certificate>;
}

impl<T: Config> Certified<T::AccountId> for Pallet<T> {
	fn cover_of(
		policy: PolicyId,
		holder: &T::AccountId,
		now: Seconds,
		max_age: Seconds,
	) -> Option<Certificate> {
		let certificate = Certificates::<T>::get(policy)?.certificate;
		let holds = certificate.is_in_force(now)
			&& certificate.age(now) <= max_age
			&& T::Accounts::is_of(&certificate.holder, holder);
		holds.then_some(certificate)
	}
}

sp_api::decl_runtime_apis! {
	/// Policies of Lutine as far as they were proven here.
	pub trait CertificatesApi {
		/// What was proven of a policy last, with its state as far as time alone has changed it since.
		fn certificate(policy: PolicyId) -> Option<Certificate>;
		/// The keys of Lutine's state that a proof of the policy is of: for `state_getReadProof` of a node of Lutine, at a block
		/// that this chain knows.
		fn proof_keys(policy: PolicyId) -> Vec<Vec<u8>>;
	}
}

impl<T: Config> Pallet<T> {
	/// What was proven of a policy last, with its state as far as time alone has changed it since.
	pub fn report_certificate(policy: PolicyId) -> Option<Certificate> {
		let mut certificate = Certificates::<T>::get(policy)?.certificate;
		certificate.state = certificate.state_at(Self::now());
		Some(certificate)
	}

	/// The keys of Lutine's state that a proof of a policy is of.
	pub fn report_proof_keys(policy: PolicyId) -> Vec<Vec<u8>> {
		proofs::keys(policy).into()
	}
}
