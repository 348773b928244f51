//! What the calls do once their origin is known.

use crate::{Audit, Auditors, Audits, Config, Error, Event, Pallet, Profiles, RiskProfile};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Get},
};
use lutine_primitives::{
	insurance::{ProductId, RiskClass},
	time::Seconds,
};
use sp_core::H256;

impl<T: Config> Pallet<T> {
	/// Changes a product's profile.
	fn try_change(
		product: ProductId,
		change: impl FnOnce(&mut RiskProfile) -> Result<(), Error<T>>,
	) -> DispatchResult {
		Profiles::<T>::try_mutate(product, |profile| {
			change(profile.as_mut().ok_or(Error::<T>::UnknownProduct)?)
		})
		.map_err(DispatchError::from)
	}

	pub(crate) fn do_set_class(product: ProductId, class: RiskClass) -> DispatchResult {
		Self::try_change(product, |profile| {
			ensure!(profile.class != class, Error::<T>::NothingChanges);
			profile.class = class;
			Ok(())
		})?;
		Self::deposit_event(Event::ClassSet { product, class });
		Ok(())
	}

	pub(crate) fn do_set_feed(product: ProductId, feed: Option<u32>) -> DispatchResult {
		Self::try_change(product, |profile| {
			ensure!(profile.feed != feed, Error::<T>::NothingChanges);
			profile.feed = feed;
			Ok(())
		})?;
		Self::deposit_event(Event::FeedSet { product, feed });
		Ok(())
	}

	pub(crate) fn do_report_upgrade(product: ProductId, code_hash: H256) -> DispatchResult {
		Self::try_change(product, |profile| {
			ensure!(profile.code_hash != code_hash, Error::<T>::NothingChanges);
			profile.code_hash = code_hash;
			Ok(())
		})?;
		Self::deposit_event(Event::CodeUpgraded { product, code_hash });
		Ok(())
	}

	pub(crate) fn do_add_auditor(auditor: T::AccountId) -> DispatchResult {
		ensure!(!Auditors::<T>::contains_key(&auditor), Error::<T>::AlreadyAuditor);
		Auditors::<T>::insert(&auditor, ());
		Self::deposit_event(Event::AuditorAdded { auditor });
		Ok(())
	}

	pub(crate) fn do_remove_auditor(auditor: T::AccountId) -> DispatchResult {
		ensure!(Auditors::<T>::take(&auditor).is_some(), Error::<T>::NotAuditor);
		Self::deposit_event(Event::AuditorRemoved { auditor });
		Ok(())
	}

	pub(crate) fn do_file_audit(
		auditor: T::AccountId,
		product: ProductId,
		code_hash: H256,
		valid_until: Seconds,
	) -> DispatchResult {
		ensure!(Auditors::<T>::contains_key(&auditor), Error::<T>::NotAuditor);
		let profile = Profiles::<T>::get(product).ok_or(Error::<T>::UnknownProduct)?;
		ensure!(code_hash == profile.code_hash, Error::<T>::OtherCode);
		let now = Self::now();
		ensure!(now < valid_until, Error::<T>::AuditExpired);
		ensure!(
			valid_until - now <= T::Parameters::get().audit_validity,
			Error::<T>::AuditTooLong
		);

		let audit = Audit {
			auditor: auditor.clone(),
			code_hash,
			valid_until,
		};
		Audits::<T>::try_mutate(product, |audits| {
			audits.retain(|other| other.auditor != auditor);
			if audits.is_full() {
				audits.retain(|other| Self::is_valid(other, &profile.code_hash, now));
			}
			audits.try_push(audit).map_err(|_| Error::<T>::TooManyAudits)
		})?;
		Self::deposit_event(Event::AuditFiled {
			product,
			auditor,
			code_hash,
			valid_until,
		});
		Ok(())
	}

	pub(crate) fn do_withdraw_audit(auditor: T::AccountId, product: ProductId) -> DispatchResult {
		Audits::<T>::try_mutate_exists(product, |slot| -> Result<(), Error<T>> {
			let audits = slot.as_mut().ok_or(Error::<T>::UnknownAudit)?;
			let index = audits.iter().position(|audit| audit.auditor == auditor);
			audits.remove(index.ok_or(Error::<T>::UnknownAudit)?);
			if audits.is_empty() {
				*slot = None;
			}
			Ok(())
		})?;
		Self::deposit_event(Event::AuditWithdrawn { product, auditor });
		Ok(())
	}
}
