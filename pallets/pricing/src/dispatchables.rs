//! What the calls do once their origin is known.

use crate::{Auditors, Audits, Config, Error, Event, Limits, Pallet, ProfileOf, Profiles, types::*};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult, Get},
};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, GroupId, MAX_AMOUNT, ProductId, RiskClass},
	time::Seconds,
};
use sp_core::H256;
use sp_runtime::{FixedU128, traits::Zero};

impl<T: Config> Pallet<T> {
	/// Enters a product whose record begins at `quiet_since`.
	pub(crate) fn do_register(
		product: ProductId,
		class: RiskClass,
		group: GroupId,
		code_hash: H256,
		limits: Limits<T>,
		quiet_since: Seconds,
	) -> Result<(), Error<T>> {
		ensure!(!Profiles::<T>::contains_key(product), Error::<T>::ProductExists);
		for (i, (asset, limit)) in limits.iter().enumerate() {
			ensure!(!limit.is_zero(), Error::<T>::ZeroLimit);
			ensure!(*limit <= MAX_AMOUNT, Error::<T>::LimitTooHigh);
			ensure!(
				!limits[..i].iter().any(|(other, _)| other == asset),
				Error::<T>::DuplicateAsset
			);
		}

		Self::deposit_event(Event::ProductRegistered {
			product,
			class,
			group,
			code_hash,
		});
		for (asset, limit) in limits.iter() {
			Self::deposit_event(Event::LimitSet {
				product,
				asset: asset.clone(),
				limit: *limit,
			});
		}
		let profile = RiskProfile {
			class,
			group,
			code_hash,
			limits,
			feed: None,
			quiet_since,
			past: FixedU128::zero(),
		};
		Profiles::<T>::insert(product, profile);
		Ok(())
	}

	/// Changes a product's profile.
	fn try_change(
		product: ProductId,
		change: impl FnOnce(&mut ProfileOf<T>) -> Result<(), Error<T>>,
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

	pub(crate) fn do_set_limit(product: ProductId, asset: AssetId, limit: Balance) -> DispatchResult {
		Self::try_change(product, |profile| {
			ensure!(limit <= MAX_AMOUNT, Error::<T>::LimitTooHigh);
			let index = profile.limits.iter().position(|(sold_in, _)| *sold_in == asset);
			match index {
				None if limit.is_zero() => Err(Error::<T>::UnknownAsset),
				None => profile
					.limits
					.try_push((asset.clone(), limit))
					.map_err(|_| Error::<T>::TooManyAssets),
				Some(i) if limit.is_zero() => {
					profile.limits.remove(i);
					Ok(())
				}
				Some(i) => {
					ensure!(profile.limits[i].1 != limit, Error::<T>::NothingChanges);
					profile.limits[i].1 = limit;
					Ok(())
				}
			}
		})?;
		Self::deposit_event(Event::LimitSet {
			product,
			asset,
			limit,
		});
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
