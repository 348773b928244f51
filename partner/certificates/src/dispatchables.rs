//! What the calls do.

use crate::{
	Certificates, Config, Entry, Error, Event, Headers, HoldReason, Pallet, State, WeightInfo,
	proofs::{self, Failure},
};
use bp_runtime::RawStorageProof;
use frame_support::{
	pallet_prelude::*,
	traits::{UnixTime, fungible::MutateHold, tokens::Precision},
};
use lutine_primitives::{Balance, insurance::PolicyId, time::Seconds};
use sp_core::H256;

impl<T> From<Failure> for Error<T> {
	fn from(failure: Failure) -> Self {
		match failure {
			Failure::Proof(why) => Self::BadProof(why),
			Failure::Version => Self::OtherVersion,
			Failure::Encoding => Self::Undecodable,
			Failure::Holder => Self::NoHolder,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Now, in Unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// Whether something of that time is too old to be proven, and so old enough to be forgotten.
	fn is_past(time: Seconds) -> bool {
		time.saturating_add(T::MaxAge::get()) < Self::now()
	}

	pub(crate) fn prove_weight(proof: &RawStorageProof) -> Weight {
		<T as Config>::WeightInfo::prove(proofs::pieces(proof))
	}

	pub(crate) fn do_prove(
		who: T::AccountId,
		policy: PolicyId,
		at: H256,
		proof: RawStorageProof,
	) -> DispatchResult {
		ensure!(proofs::pieces(&proof) <= proofs::MAX_PIECES, Error::<T>::TooLarge);
		let header = T::Headers::header(at).ok_or(Error::<T>::UnknownHeader)?;
		let before = Certificates::<T>::get(policy);
		ensure!(
			before
				.as_ref()
				.is_none_or(|entry| header.number > entry.certificate.number),
			Error::<T>::NotNewer
		);
		let seen = proofs::read(header.state_root, proof, policy).map_err(Error::<T>::from)?;
		ensure!(!Self::is_past(seen.time), Error::<T>::TooOld);
		match seen.policy {
			Some((record, holder)) => {
				let deposit = Self::change_depositor(&who, before)?;
				let certificate = record.certificate(holder, header.number, seen.time);
				Self::deposit_event(Event::Proven {
					policy,
					holder: certificate.holder.clone(),
					left: certificate.left(),
					end: certificate.end,
					state: certificate.state,
					number: certificate.number,
					by: who.clone(),
				});
				let entry = Entry {
					certificate,
					depositor: who,
					deposit,
				};
				Certificates::<T>::insert(policy, entry);
			}
			None => {
				// It stays: what is known to be closed cannot be proven with an older header to be open.
				let mut entry = before
					.filter(|entry| entry.certificate.state != State::Closed)
					.ok_or(Error::<T>::NoSuchPolicy)?;
				entry.certificate.state = State::Closed;
				entry.certificate.claim_open = false;
				entry.certificate.number = header.number;
				entry.certificate.time = seen.time;
				Certificates::<T>::insert(policy, entry);
				Self::deposit_event(Event::Closed {
					policy,
					number: header.number,
				});
			}
		}
		Ok(())
	}

	/// Has `who` pay for a certificate, and gives back to who paid before. Returns what is on hold.
	fn change_depositor(
		who: &T::AccountId,
		before: Option<Entry<T::AccountId>>,
	) -> Result<Balance, DispatchError> {
		match before {
			Some(entry) if entry.depositor == *who => Ok(entry.deposit),
			before => {
				let deposit = T::Deposit::get();
				T::Deposits::hold(&HoldReason::Certificate.into(), who, deposit)
					.map_err(|_| Error::<T>::DepositNotThere)?;
				if let Some(entry) = before {
					Self::return_deposit(&entry)?;
				}
				Ok(deposit)
			}
		}
	}

	fn return_deposit(entry: &Entry<T::AccountId>) -> DispatchResult {
		let reason = HoldReason::Certificate.into();
		T::Deposits::release(&reason, &entry.depositor, entry.deposit, Precision::Exact)?;
		Ok(())
	}

	pub(crate) fn do_remove(policy: PolicyId) -> DispatchResult {
		let entry = Certificates::<T>::take(policy).ok_or(Error::<T>::UnknownCertificate)?;
		ensure!(Self::is_past(entry.certificate.time), Error::<T>::TooEarly);
		Self::return_deposit(&entry)?;
		Self::deposit_event(Event::Removed {
			policy,
			depositor: entry.depositor,
			deposit: entry.deposit,
		});
		Ok(())
	}
}
