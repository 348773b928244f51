//! How likely each insurable product is to fail, as of now.
//!
//! ## Terms
//! - **product**: one insurable thing. Its profile has what decides how risky it is beside its audits: class, the code it
//!   runs, feed, and record.
//! - **record**: how long a product has been without an accepted incident, and what past ones still weigh.
//! - **probability**: of a total loss within a year. It is what the technical premium of a policy is made of.
//! - **audit**: a registered auditor's word, for a time, on one version of a product's code.
//! - **feed**: an oracle's live security score of a product, a factor on its probability.
//!
//! ## Usage
//! Products are listed in `pallet-cover`, which begins their record here through
//! [`TrackRecord::begin`](lutine_primitives::insurance::TrackRecord::begin) and tells of accepted incidents. The technical
//! committee, or a referendum, changes a product's [class](Call::set_class) and [feed](Call::set_feed). A referendum
//! [admits](Call::add_auditor) auditors, who [file](Call::file_audit) audits and [report](Call::report_upgrade) new code.
//! Pools ask for the probability through [`Risk`](lutine_primitives::insurance::Risk). Clients ask the view function
//! `risk`, which explains a probability by its parts.
//!
//! ## Design
//! `probability = base of the class * audits * track * live`, within bounds:
//! - audits: 1.5 with none valid, else 0.85 for each of up to three. An audit is valid while its auditor is registered,
//!   the product runs the audited code and its time is not over.
//! - track: 0.05 less for every 90 days without an accepted incident, down to 0.6; times one plus the weight of past
//!   incidents. Each adds its verdict; the sum halves every year.
//! - live: the feed's factor within its bounds; 1 without a fresh one.
//!
//! These numbers are parameters. Nothing is stored but facts: what has become stale stops counting at its second,
//! although nobody writes anything, and a new parameter counts at once. What a policy was sold for stays.
//!
//! ## Limitations
//! The chain cannot see code on other chains. An upgrade counts when it is reported. A removed auditor's audits count
//! again if the auditor is added again before their time is over, and audits of earlier code if the product returns to
//! it.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::{Audit, LiveScores, RiskProfile, RiskReport};
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod dispatchables;
mod impls;
mod invariants;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use super::{
		WeightInfo,
		types::{Audit, LiveScores, RiskProfile, RiskReport},
	};
	use alloc::vec::Vec;
	use frame_support::{pallet_prelude::*, traits::UnixTime};
	use frame_system::pallet_prelude::*;
	use lutine_primitives::{
		insurance::{ProductId, RiskClass},
		parameters::Pricing,
		time::Seconds,
	};
	use sp_core::H256;
	use sp_runtime::{FixedU128, Perbill};

	/// An audit on a chain.
	pub type AuditOf<T> = Audit<<T as frame_system::Config>::AccountId>;

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Who may change what is known of a product: the technical committee, or Root.
		type ListingOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who may admit auditors and remove them: Root, which only a referendum is.
		type AuditorOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The parameters of risk.
		type Parameters: Get<Pricing>;
		/// Insurance time.
		type Time: UnixTime;
		/// The live security scores.
		type Feeds: LiveScores;
		/// Audits that a product's list can hold. More than `max_audits` of the parameters, or few auditors could keep the
		/// others out.
		#[pallet::constant]
		type MaxAudits: Get<u32>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// What is stored is of this version. Whoever changes a stored type raises it and brings a migration.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What decides how risky each product is, from its listing on and for ever. One entry of fixed size per product that
	/// governance lists; nobody pays for it.
	#[pallet::storage]
	pub type Profiles<T: Config> = StorageMap<_, Twox64Concat, ProductId, RiskProfile>;

	/// The audits of each product, one of each auditor at most, valid or not. Bounded per product and written only by
	/// auditors that governance admits; nobody pays for it.
	#[pallet::storage]
	pub type Audits<T: Config> =
		StorageMap<_, Twox64Concat, ProductId, BoundedVec<AuditOf<T>, T::MaxAudits>, ValueQuery>;

	/// The registered auditors. One entry for each that governance admits; nobody pays for it.
	#[pallet::storage]
	pub type Auditors<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, ()>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A product was listed; its record begins.
		ProductRegistered {
			/// Its id.
			product: ProductId,
			/// What kind of thing it is.
			class: RiskClass,
			/// Hash of the code that it runs.
			code_hash: H256,
		},
		/// A product counts as another kind of thing from now on.
		ClassSet {
			/// Which product.
			product: ProductId,
			/// What kind of thing it is.
			class: RiskClass,
		},
		/// A product's feed was set.
		FeedSet {
			/// Which product.
			product: ProductId,
			/// The feed, if it has one.
			feed: Option<u32>,
		},
		/// A product runs other code. Audits of other code than this stopped counting.
		CodeUpgraded {
			/// Which product.
			product: ProductId,
			/// Hash of the code that it runs now.
			code_hash: H256,
		},
		/// An auditor was admitted.
		AuditorAdded {
			/// Who.
			auditor: T::AccountId,
		},
		/// An auditor was removed. Their audits stopped counting.
		AuditorRemoved {
			/// Who.
			auditor: T::AccountId,
		},
		/// An audit was filed, in the place of an earlier one by the same auditor.
		AuditFiled {
			/// Of which product.
			product: ProductId,
			/// By whom.
			auditor: T::AccountId,
			/// Hash of the code that was audited.
			code_hash: H256,
			/// The first second at which it no longer counts.
			valid_until: Seconds,
		},
		/// An auditor took an audit back.
		AuditWithdrawn {
			/// Of which product.
			product: ProductId,
			/// Whose it was.
			auditor: T::AccountId,
		},
		/// An accepted incident entered a product's record.
		IncidentRecorded {
			/// Which product.
			product: ProductId,
			/// How much of itself it lost.
			verdict: Perbill,
			/// The weight of all its incidents by now.
			past: FixedU128,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No such product was ever listed.
		UnknownProduct,
		/// The product has a record already.
		ProductExists,
		/// It is so already.
		NothingChanges,
		/// The account is a registered auditor already.
		AlreadyAuditor,
		/// The account is no registered auditor.
		NotAuditor,
		/// The audited code is not what the product runs.
		OtherCode,
		/// The audit's time is over already.
		AuditExpired,
		/// The audit's time is longer than the parameters allow.
		AuditTooLong,
		/// The product has as many valid audits as it can.
		TooManyAudits,
		/// The account has no audit of this product.
		UnknownAudit,
		/// An audit on file is for this code; only the technical committee or Root may report that it runs.
		AuditedCode,
	}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The registered auditors.
		pub auditors: Vec<T::AccountId>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for auditor in &self.auditors {
				if Pallet::<T>::do_add_auditor(auditor.clone()).is_err() {
					panic!("pricing: the auditor {auditor:?} is listed twice");
				}
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxAudits::get() > 0, "a product's list must hold an audit");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// How likely a product is to fail, now, and what that is made of. `None` where no such product was ever
		/// listed.
		pub fn risk(product: ProductId) -> Option<RiskReport> {
			Self::report(product)
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Changes what kind of thing a product counts as.
		///
		/// ## Origin
		/// The technical committee, or Root.
		///
		/// ## Details
		/// Its price changes at once, for later policies. Its record stays.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`]: no such product was ever listed.
		/// - [`Error::NothingChanges`]: it is of this class already.
		///
		/// ## Events
		/// - [`Event::ClassSet`]
		#[pallet::call_index(0)]
		pub fn set_class(origin: OriginFor<T>, product: ProductId, class: RiskClass) -> DispatchResult {
			T::ListingOrigin::ensure_origin(origin)?;
			Self::do_set_class(product, class)
		}

		/// Sets the oracle's key of a product's live security score, or removes it.
		///
		/// ## Origin
		/// The technical committee, or Root.
		///
		/// ## Details
		/// The key need not have a value yet: until it has a fresh one, the score's factor is 1.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`]: no such product was ever listed.
		/// - [`Error::NothingChanges`]: this is its feed already.
		///
		/// ## Events
		/// - [`Event::FeedSet`]
		#[pallet::call_index(1)]
		pub fn set_feed(origin: OriginFor<T>, product: ProductId, feed: Option<u32>) -> DispatchResult {
			T::ListingOrigin::ensure_origin(origin)?;
			Self::do_set_feed(product, feed)
		}

		/// Reports that a product runs other code than its profile says.
		///
		/// ## Origin
		/// The technical committee, Root, or a registered auditor.
		///
		/// ## Details
		/// Audits of any other code stop counting at once. They count again if the product returns to that code before their
		/// time is over, which only the technical committee or Root may report: an auditor can make a product dearer by
		/// this call, never cheaper.
		///
		/// ## Errors
		/// - [`Error::NotAuditor`]: the signer is no registered auditor.
		/// - [`Error::AuditedCode`]: an auditor reports code that an audit on file is for.
		/// - [`Error::UnknownProduct`]: no such product was ever listed.
		/// - [`Error::NothingChanges`]: the profile has this code already.
		///
		/// ## Events
		/// - [`Event::CodeUpgraded`]
		#[pallet::call_index(2)]
		pub fn report_upgrade(origin: OriginFor<T>, product: ProductId, code_hash: H256) -> DispatchResult {
			if let Err(origin) = T::ListingOrigin::try_origin(origin) {
				let who = ensure_signed(origin)?;
				ensure!(Auditors::<T>::contains_key(&who), Error::<T>::NotAuditor);
				// Whoever may name the code in use may make old audits count.
				ensure!(
					Audits::<T>::get(product)
						.iter()
						.all(|audit| audit.code_hash != code_hash),
					Error::<T>::AuditedCode
				);
			}
			Self::do_report_upgrade(product, code_hash)
		}

		/// Admits an auditor, whose audits lower the price of products.
		///
		/// ## Origin
		/// Root: the enactment of a referendum.
		///
		/// ## Details
		/// Audits that a removed auditor filed count again, as far as they are valid otherwise.
		///
		/// ## Errors
		/// - [`Error::AlreadyAuditor`]: the account is a registered auditor.
		///
		/// ## Events
		/// - [`Event::AuditorAdded`]
		#[pallet::call_index(3)]
		pub fn add_auditor(origin: OriginFor<T>, auditor: T::AccountId) -> DispatchResult {
			T::AuditorOrigin::ensure_origin(origin)?;
			Self::do_add_auditor(auditor)
		}

		/// Removes an auditor; none of their audits counts any longer.
		///
		/// ## Origin
		/// Root: the enactment of a referendum.
		///
		/// ## Details
		/// It counts from this moment on, for all products, whatever their number. The audits stay in their lists until
		/// others need the room.
		///
		/// ## Errors
		/// - [`Error::NotAuditor`]: the account is no registered auditor.
		///
		/// ## Events
		/// - [`Event::AuditorRemoved`]
		#[pallet::call_index(4)]
		pub fn remove_auditor(origin: OriginFor<T>, auditor: T::AccountId) -> DispatchResult {
			T::AuditorOrigin::ensure_origin(origin)?;
			Self::do_remove_auditor(auditor)
		}

		/// Files an audit of the code that a product runs.
		///
		/// ## Origin
		/// A registered auditor.
		///
		/// ## Details
		/// The audit counts until the second `valid_until`, at most `audit_validity` of the parameters from now. It replaces
		/// the auditor's earlier audit of the product. Where the list is full, audits that do not count are dropped from it
		/// for good.
		///
		/// ## Errors
		/// - [`Error::NotAuditor`]: the signer is no registered auditor.
		/// - [`Error::UnknownProduct`]: no such product was ever listed.
		/// - [`Error::OtherCode`]: the product runs other code.
		/// - [`Error::AuditExpired`]: `valid_until` is not in the future.
		/// - [`Error::AuditTooLong`]: `valid_until` is too far in the future.
		/// - [`Error::TooManyAudits`]: the list is full of valid audits.
		///
		/// ## Events
		/// - [`Event::AuditFiled`]
		#[pallet::call_index(5)]
		pub fn file_audit(
			origin: OriginFor<T>,
			product: ProductId,
			code_hash: H256,
			valid_until: Seconds,
		) -> DispatchResult {
			let auditor = ensure_signed(origin)?;
			Self::do_file_audit(auditor, product, code_hash, valid_until)
		}

		/// Takes back the signer's audit of a product.
		///
		/// ## Origin
		/// Signed: whoever filed the audit, registered still or not.
		///
		/// ## Details
		/// The audit stops counting at once.
		///
		/// ## Errors
		/// - [`Error::UnknownAudit`]: the signer has no audit of this product.
		///
		/// ## Events
		/// - [`Event::AuditWithdrawn`]
		#[pallet::call_index(6)]
		pub fn withdraw_audit(origin: OriginFor<T>, product: ProductId) -> DispatchResult {
			let auditor = ensure_signed(origin)?;
			Self::do_withdraw_audit(auditor, product)
		}
	}
}
