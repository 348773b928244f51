//! Cover: what can be insured, who is insured, and the certificates that prove it.
//!
//! ## Terms
//! - **product**: one insurable thing with its terms: a protocol, a stablecoin, a bridge, a custodian.
//! - **risk group**: products and assets that can fail together. Each is in exactly one, for ever.
//! - **policy**: one holder's cover on one product: amount, asset, period, insured item.
//! - **certificate**: the item of `pallet-nfts` that a policy is. Whoever holds it holds the cover.
//! - **part**: what one pool is to stand behind of a purchase; **allocation**: what it does stand behind.
//! - **waiting period**: from a purchase to the beginning of cover.
//! - **claim window**: how long after the end of cover an incident can be reported.
//!
//! ## Usage
//! Anyone [proposes](Call::propose) a product with a deposit; the technical committee, or a referendum,
//! [lists](Call::list) it in a risk group, [amends](Call::amend), [pauses](Call::pause), [resumes](Call::resume) and
//! [delists](Call::delist) it. Who wants cover asks the runtime API `quote` for the cheapest split over the pools, and
//! submits that with the price they agree to: [`buy`](Call::buy). The holder of the certificate
//! [renews](Call::renew) or [cancels](Call::cancel); anyone [closes](Call::close) what is over. `pallet-claims` freezes
//! products, asks what was in force and has claims paid through [`Coverage`](lutine_primitives::insurance::Coverage).
//!
//! ## Design
//! The chain never searches: a purchase names its pools, each recomputes its price, and the sum must not be above what the
//! buyer agreed to. What a policy holds is written into it at its purchase: a later change of its product or of a
//! parameter does not reach it.
//!
//! A certificate moves by the ordinary calls of `pallet-nfts`; nothing here needs to know. Only the closing of its policy
//! burns it, and the runtime refuses `Nfts::burn` on the collection.
//!
//! Cover whose incidents a feed proves is sold only while that feed is fresh and above the level that proves one. Who sees
//! the fall before the chain has averaged it must not be able to insure against what is happening already.
//!
//! Nothing here counts or walks policies: buying costs the same with one in force and with a million.
//!
//! ## Limitations
//! What the pools stand behind is counted until the claim window is over, and so is what a product's limit bounds. A
//! renewal is charged from its purchase on, so it is best bought late. A policy that expired stays until somebody closes
//! it.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod certificates;
mod impls;
mod invariants;
#[cfg(test)]
mod mock;
mod policies;
mod products;
#[cfg(test)]
mod tests;
mod types;
pub mod weights;

#[cfg(feature = "std")]
pub use api::CoverApi;
pub use api::{PartFigures, PolicyReport, ProductRecord, Quote, runtime_decl_for_cover_api};
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The collection of `pallet-nfts` whose items are the certificates.
pub const CERTIFICATES: u32 = 0;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		PalletId,
		pallet_prelude::*,
		traits::{UnixTime, fungible},
	};
	use frame_system::pallet_prelude::*;
	use lutine_primitives::{
		Balance,
		insurance::{
			AssetId, AssetInfo, GroupId, Name, PolicyId, ProductId, Reserving, Spot, TrackRecord,
			Underwriting,
		},
		parameters,
		time::Seconds,
	};

	/// A product as it is stored.
	pub type ProductOf<T> = Product<<T as frame_system::Config>::AccountId>;
	/// A policy as it is stored.
	pub type PolicyOf<T> = Policy<<T as frame_system::Config>::AccountId>;
	/// An order as it is submitted.
	pub type OrderOf<T> = Order<<T as frame_system::Config>::AccountId>;

	#[pallet::config]
	pub trait Config:
		frame_system::Config + pallet_nfts::Config<CollectionId = u32, ItemId = PolicyId>
	{
		/// Who lists products and registers risk groups: the technical committee, or Root.
		type ListingOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// What deposits are held in: the native token.
		type Deposits: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>;
		/// Reasons for which native tokens are on hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// More about assets.
		type AssetInfo: AssetInfo;
		/// The pools that write cover.
		type Underwriting: Underwriting<Self::AccountId>;
		/// The pools that set capital aside and pay.
		type Reserving: Reserving<Self::AccountId>;
		/// What decides how risky a product is.
		type TrackRecord: TrackRecord;
		/// What the feeds that prove incidents say now.
		type Spot: Spot;
		/// The parameters of cover.
		type Parameters: Get<parameters::Cover>;
		/// The time of the block.
		type Time: UnixTime;
		/// The length of an accounting day, which never changes.
		type AccountingDay: Get<Seconds>;
		/// What the account that owns the certificates' collection is derived from.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What the benchmarks need of the chain.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// What is stored is of this version. Whoever changes a stored type raises it and brings a migration.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Why this pallet holds native tokens.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For a product that is proposed, until it is listed, withdrawn or refused.
		#[codec(index = 0)]
		Proposal,
		/// For the storage of a policy, until it is closed.
		#[codec(index = 1)]
		Policy,
	}

	/// The risk groups by id, with their names. Nobody pays: governance registers them.
	#[pallet::storage]
	pub type Groups<T> = StorageMap<_, Twox64Concat, GroupId, Name>;

	/// The products. A proposer pays with a deposit, governance for those that it lists.
	#[pallet::storage]
	pub type Products<T: Config> = StorageMap<_, Twox64Concat, ProductId, ProductOf<T>>;

	/// The feeds that prove incidents of a product that is or was listed. Nobody pays: governance lists products.
	#[pallet::storage]
	pub type WatchedFeeds<T> = StorageMap<_, Twox64Concat, u32, ()>;

	/// The id of the next product.
	#[pallet::storage]
	pub type NextProduct<T> = StorageValue<_, ProductId, ValueQuery>;

	/// The policies, each until it is closed. Its buyer pays with a deposit.
	#[pallet::storage]
	pub type Policies<T: Config> = StorageMap<_, Twox64Concat, PolicyId, PolicyOf<T>>;

	/// The id of the next policy.
	#[pallet::storage]
	pub type NextPolicy<T> = StorageValue<_, PolicyId, ValueQuery>;

	/// The policies of each product, so that all those hit by an incident can be paid. The deposit of a policy pays.
	#[pallet::storage]
	pub type ProductPolicies<T> = StorageDoubleMap<_, Twox64Concat, ProductId, Twox64Concat, PolicyId, ()>;

	/// What was ever sold of each product in each asset. Bounded by what governance lists.
	#[pallet::storage]
	pub type Records<T> =
		StorageDoubleMap<_, Twox64Concat, ProductId, Blake2_128Concat, AssetId, Record, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A risk group was registered.
		GroupRegistered {
			/// Its id.
			group: GroupId,
			/// What it is called.
			name: Name,
		},
		/// A product was proposed.
		Proposed {
			/// Its id.
			product: ProductId,
			/// By whom.
			who: T::AccountId,
			/// What it is called.
			name: Name,
		},
		/// A proposed product was taken back or refused, and is gone.
		ProposalRemoved {
			/// Which product.
			product: ProductId,
		},
		/// A product can be bought.
		Listed {
			/// Which product.
			product: ProductId,
			/// What it can fail together with, for ever.
			group: GroupId,
		},
		/// What can be changed of a product was changed, for later policies.
		Amended {
			/// Which product.
			product: ProductId,
		},
		/// A product cannot be bought until it is resumed.
		Paused {
			/// Which product.
			product: ProductId,
		},
		/// A paused product can be bought again.
		Resumed {
			/// Which product.
			product: ProductId,
		},
		/// A product cannot be bought any more. What was sold stays in force.
		Delisted {
			/// Which product.
			product: ProductId,
		},
		/// Cover was bought.
		Bought {
			/// The policy; its certificate is the item of this id.
			policy: PolicyId,
			/// On which product.
			product: ProductId,
			/// Who bought it and holds it now.
			holder: T::AccountId,
			/// In which asset.
			asset: AssetId,
			/// How much is insured.
			amount: Balance,
			/// What was paid to the pools.
			net_premium: Balance,
			/// What was paid to the broker.
			commission: Balance,
			/// The first second of cover.
			start: Seconds,
			/// The first second after it.
			end: Seconds,
		},
		/// A policy follows another one; between both there is no gap.
		Renewed {
			/// The one before.
			policy: PolicyId,
			/// The one that follows.
			by: PolicyId,
		},
		/// A holder ended a policy.
		Cancelled {
			/// Which policy.
			policy: PolicyId,
			/// Who was refunded.
			holder: T::AccountId,
			/// How much.
			refund: Balance,
		},
		/// A policy was removed, its certificate burned and its deposit returned.
		Closed {
			/// Which policy.
			policy: PolicyId,
		},
		/// A claim under a policy was paid as far as the pools could.
		Awarded {
			/// Which policy.
			policy: PolicyId,
			/// Who was paid.
			holder: T::AccountId,
			/// What was paid at once.
			paid: Balance,
			/// What the pools still owe.
			arrears: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such product.
		UnknownProduct,
		/// There is no such policy, or it is closed.
		UnknownPolicy,
		/// No such risk group is registered.
		UnknownGroup,
		/// The risk group is registered already.
		GroupExists,
		/// A name must be of printable ASCII, and not blank.
		BadName,
		/// A URI must be of printable ASCII without spaces.
		BadUri,
		/// An asset's limits must be `1 <= min <= max <= total`, and no amount above the highest that is ever recorded.
		BadLimits,
		/// An asset is listed twice.
		DuplicateAsset,
		/// An account cannot exist by holding this asset alone.
		AssetNotSufficient,
		/// A product's periods must be within those that governance sets, the shorter one a day longer than the waiting
		/// period.
		BadPeriods,
		/// The waiting period is longer than any may be, or shorter than what a trigger averages over.
		BadWaitingPeriod,
		/// The claim window is shorter or longer than any may be.
		BadClaimWindow,
		/// A deductible is at most 1 000 000 000 billionths of the amount insured.
		BadDeductible,
		/// A trigger looks back 1 to 60 days, and its table falls in levels while it rises in percentages up to 100.
		BadTrigger,
		/// The product is listed already, or was.
		AlreadyListed,
		/// The product is not listed, or not any more.
		NotListed,
		/// The product is paused.
		ProductPaused,
		/// The product is not paused.
		NotPaused,
		/// Only the proposer may do this.
		NotTheProposer,
		/// An incident on the product is undecided, or claims are made under one.
		ProductUnderIncident,
		/// The feed that proves incidents of the product is missing or too old.
		FeedNotFresh,
		/// Sales are stopped while the feed is in breach: an incident may be about to be proved.
		FeedInBreach,
		/// The product is not sold in this asset.
		NotSoldInAsset,
		/// The amount is below the product's smallest policy.
		AmountTooSmall,
		/// The amount is above the product's largest policy.
		AmountTooLarge,
		/// Cover ends with an accounting day: a quote tells when.
		NotADaysEnd,
		/// The period is shorter than the product's shortest by an accounting day or more.
		PeriodTooShort,
		/// The period is longer than the product's longest by an accounting day or more.
		PeriodTooLong,
		/// So much more would be above what may be insured on the product.
		ProductLimitExceeded,
		/// The pools with a line on the product cannot hold so much at the moment.
		NotEnoughCapacity,
		/// A purchase needs parts, none of them zero.
		EmptyPart,
		/// A pool has two parts of the purchase.
		DuplicatePool,
		/// The parts do not add up to the amount.
		PartsDoNotAddUp,
		/// The commission is above the highest that a broker may take.
		CommissionTooHigh,
		/// The premium is above what the buyer agreed to.
		PremiumTooHigh,
		/// The deadline has passed.
		DeadlinePassed,
		/// The account has not the LUT for the deposit.
		DepositNotThere,
		/// Only the holder of the certificate may do this.
		NotTheHolder,
		/// The policy was cancelled.
		PolicyCancelled,
		/// All of the policy was awarded.
		PolicyExhausted,
		/// The policy's period is over.
		PolicyExpired,
		/// A renewal is for at most what the policy still insures and is not renewed yet.
		RenewalTooLarge,
		/// A claim under the policy is open.
		ClaimOpen,
		/// No claim under the policy is open.
		NoClaimOpen,
		/// Something can still be claimed under the policy: it is too early to close it.
		ClaimWindowOpen,
		/// The pools still owe money on the policy.
		ArrearsLeft,
		/// The policy is on another product.
		OtherProduct,
		/// It happened before cover began.
		BeforeCover,
		/// It happened when cover was over.
		AfterCover,
		/// It was reported when the claim window was over.
		ReportedTooLate,
		/// The award is above what is left of the policy.
		AwardTooLarge,
	}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T> {
		/// The risk groups, of assets and products.
		pub groups: Vec<(GroupId, Name)>,
		/// The products, which are listed from the start.
		pub products: Vec<GenesisProduct>,
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Pallet::<T>::create_collection();
			for (group, name) in &self.groups {
				if let Err(error) = Pallet::<T>::do_register_group(*group, name.clone()) {
					panic!("cover: risk group {group} cannot be registered: {error:?}");
				}
			}
			for product in &self.products {
				if let Err(error) = Pallet::<T>::list_at_genesis(product.clone()) {
					panic!("cover: product {} cannot be listed: {error:?}", product.id);
				}
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Registers a risk group, of things that can fail together.
		///
		/// ## Origin
		/// The technical committee, or Root.
		///
		/// ## Details
		/// Every product that is listed and every asset that pools are opened in is in exactly one, for ever. A group is
		/// never removed.
		///
		/// ## Errors
		/// - [`Error::GroupExists`], [`Error::BadName`]
		///
		/// ## Events
		/// - [`Event::GroupRegistered`]
		#[pallet::call_index(0)]
		pub fn register_group(origin: OriginFor<T>, group: GroupId, name: Name) -> DispatchResult {
			T::ListingOrigin::ensure_origin(origin)?;
			Self::do_register_group(group, name)
		}

		/// Proposes a product.
		///
		/// ## Origin
		/// Signed. A deposit is held until the product is listed, taken back or refused.
		///
		/// ## Details
		/// The product cannot be bought before it is listed. Its trigger, its waiting period, its claim window and the hash
		/// of its terms never change; what is in `conditions` governance may amend for later policies. Where no waiting
		/// period or claim window is given they are those of the chain's parameters at this moment.
		///
		/// ## Errors
		/// - [`Error::BadName`], [`Error::BadUri`], [`Error::BadLimits`], [`Error::DuplicateAsset`],
		///   [`Error::AssetNotSufficient`]
		/// - [`Error::BadPeriods`], [`Error::BadWaitingPeriod`], [`Error::BadClaimWindow`], [`Error::BadDeductible`]
		/// - [`Error::BadTrigger`], [`Error::DepositNotThere`]
		///
		/// ## Events
		/// - [`Event::Proposed`]
		#[pallet::call_index(1)]
		pub fn propose(origin: OriginFor<T>, proposal: Proposal) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_propose(who, proposal)
		}

		/// Takes a proposed product back. Its deposit is returned.
		///
		/// ## Origin
		/// Signed by the proposer.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::AlreadyListed`], [`Error::NotTheProposer`]
		///
		/// ## Events
		/// - [`Event::ProposalRemoved`]
		#[pallet::call_index(2)]
		pub fn withdraw_proposal(origin: OriginFor<T>, product: ProductId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_remove_proposal(product, Some(who))
		}

		/// Lists a proposed product in a risk group: from now on pools can open lines on it, and it can be bought. The
		/// proposer's deposit is returned.
		///
		/// ## Origin
		/// The technical committee, or Root.
		///
		/// ## Details
		/// Its group never changes. Its record for the price of risk begins now. Where a feed proves its incidents, averages
		/// of that feed are kept from now on.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::AlreadyListed`], [`Error::UnknownGroup`]
		/// - [`Error::BadPeriods`], [`Error::AssetNotSufficient`]: governance, or an asset's owner, has changed something since
		///   it was proposed.
		///
		/// ## Events
		/// - [`Event::Listed`]
		#[pallet::call_index(3)]
		pub fn list(origin: OriginFor<T>, product: ProductId, group: GroupId) -> DispatchResult {
			T::ListingOrigin::ensure_origin(origin)?;
			Self::do_list(product, group, Self::now())
		}

		/// Changes the conditions of a product that was listed, for later policies.
		///
		/// ## Origin
		/// The technical committee, or Root.
		///
		/// ## Details
		/// An asset that is left out is not sold in any more; what was sold in it stays in force.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::NotListed`]
		/// - [`Error::BadUri`], [`Error::BadLimits`], [`Error::DuplicateAsset`], [`Error::AssetNotSufficient`],
		///   [`Error::BadPeriods`], [`Error::BadDeductible`]
		///
		/// ## Events
		/// - [`Event::Amended`]
		#[pallet::call_index(4)]
		pub fn amend(origin: OriginFor<T>, product: ProductId, conditions: Conditions) -> DispatchResult {
			T::ListingOrigin::ensure_origin(origin)?;
			Self::do_amend(product, conditions)
		}

		/// Stops the sale of a product until it is resumed.
		///
		/// ## Origin
		/// The technical committee, or Root.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::NotListed`], [`Error::ProductPaused`]
		///
		/// ## Events
		/// - [`Event::Paused`]
		#[pallet::call_index(5)]
		pub fn pause(origin: OriginFor<T>, product: ProductId) -> DispatchResult {
			T::ListingOrigin::ensure_origin(origin)?;
			Self::do_pause(product)
		}

		/// Lets a paused product be bought again: also one that an accepted incident has paused.
		///
		/// ## Origin
		/// The technical committee, or Root.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::NotPaused`], [`Error::ProductUnderIncident`]
		///
		/// ## Events
		/// - [`Event::Resumed`]
		#[pallet::call_index(6)]
		pub fn resume(origin: OriginFor<T>, product: ProductId) -> DispatchResult {
			T::ListingOrigin::ensure_origin(origin)?;
			Self::do_resume(product)
		}

		/// Ends the sale of a product for ever, or refuses one that is proposed and returns its deposit.
		///
		/// ## Origin
		/// The technical committee, or Root.
		///
		/// ## Details
		/// What was sold stays in force, and claims can be made under it.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::NotListed`]
		///
		/// ## Events
		/// - [`Event::Delisted`], [`Event::ProposalRemoved`]
		#[pallet::call_index(7)]
		pub fn delist(origin: OriginFor<T>, product: ProductId) -> DispatchResult {
			T::ListingOrigin::ensure_origin(origin)?;
			Self::do_delist(product)
		}

		/// Buys cover on a product. The buyer gets a certificate; whoever holds that is insured.
		///
		/// ## Origin
		/// Signed. The buyer pays the premium in `asset`, and a deposit in LUT is held for the policy's storage.
		///
		/// ## Details
		/// Each pool asks what it asks now; the runtime API `quote` tells the cheapest split beforehand. The sum with the
		/// commission is paid at once, and is refused above `max_premium` and after `deadline`. Cover begins after the
		/// waiting period. `item` says what is insured, such as an account on another chain, best as its bytes. Where a feed
		/// proves incidents of the product, that must be fresh and above the level at which it is in breach.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::NotListed`], [`Error::ProductPaused`], [`Error::ProductUnderIncident`]
		/// - [`Error::FeedNotFresh`], [`Error::FeedInBreach`]
		/// - [`Error::NotSoldInAsset`], [`Error::AmountTooSmall`], [`Error::AmountTooLarge`]
		/// - [`Error::NotADaysEnd`], [`Error::PeriodTooShort`], [`Error::PeriodTooLong`], [`Error::ProductLimitExceeded`]
		/// - [`Error::EmptyPart`], [`Error::DuplicatePool`], [`Error::PartsDoNotAddUp`]
		/// - [`Error::PremiumTooHigh`], [`Error::DeadlinePassed`], [`Error::CommissionTooHigh`]
		/// - of `pools`: no such pool or line, another asset, too little capacity or capital, not settled
		/// - [`Error::DepositNotThere`]; what the balance says where the buyer cannot pay.
		///
		/// ## Events
		/// - [`Event::Bought`]; `pools.Written` for each part
		#[pallet::call_index(8)]
		#[pallet::weight(Pallet::<T>::buy_weight(order))]
		pub fn buy(
			origin: OriginFor<T>,
			product: ProductId,
			asset: AssetId,
			order: OrderOf<T>,
			item: Item,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_buy(who, product, asset, order, item, None).map(|_| ())
		}

		/// Buys the policy that follows another one without a gap: on its product and its item, in its asset.
		///
		/// ## Origin
		/// Signed by the holder of the certificate. Payment and deposit are as for [`buy`](Call::buy).
		///
		/// ## Details
		/// The policy must be active. The new one is for at most what it still insures and is not renewed yet, at today's
		/// price and the product's terms of today. Its cover begins when that of the old one ends, without a waiting
		/// period, or when its own waiting period is over if that is earlier. To cancel it does not let the old one be
		/// renewed again.
		///
		/// ## Errors
		/// - [`Error::UnknownPolicy`], [`Error::NotTheHolder`], [`Error::PolicyCancelled`], [`Error::PolicyExhausted`],
		///   [`Error::PolicyExpired`], [`Error::RenewalTooLarge`]
		/// - all those of [`buy`](Call::buy), [`Error::FeedNotFresh`] and [`Error::FeedInBreach`] among them
		///
		/// ## Events
		/// - [`Event::Bought`], [`Event::Renewed`]
		#[pallet::call_index(9)]
		#[pallet::weight(Pallet::<T>::renew_weight(order))]
		pub fn renew(origin: OriginFor<T>, policy: PolicyId, order: OrderOf<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_renew(who, policy, order)
		}

		/// Ends a policy. What it has not used of its premium is refunded to the second, less a fee, in the asset that it
		/// was paid in; nothing can be claimed under it any more.
		///
		/// ## Origin
		/// Signed by the holder of the certificate.
		///
		/// ## Details
		/// The fee is the one of the policy's purchase; a pool that could not bear the loss it is there for takes none. A
		/// broker's commission is not refunded. The policy is closed with it, unless something was awarded under it: then
		/// pools may still owe money to whoever holds the certificate.
		///
		/// ## Errors
		/// - [`Error::UnknownPolicy`], [`Error::NotTheHolder`], [`Error::PolicyCancelled`], [`Error::PolicyExhausted`],
		///   [`Error::PolicyExpired`], [`Error::ClaimOpen`], [`Error::ProductUnderIncident`]; a pool that is not settled.
		///
		/// ## Events
		/// - [`Event::Cancelled`], [`Event::Closed`]; `pools.Cancelled` for each allocation
		#[pallet::call_index(10)]
		#[pallet::weight(Pallet::<T>::cancel_weight(*policy))]
		pub fn cancel(origin: OriginFor<T>, policy: PolicyId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_cancel(&who, policy).map(|_| ())
		}

		/// Removes a policy under which nothing can be claimed any more: burns its certificate and returns the deposit to
		/// whoever bought it.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// A policy that expired can be closed when its claim window is over and no incident on its product is open; one that
		/// was cancelled or awarded in full at any time. What was served of its arrears is paid on the way; as long as
		/// some are left it stays.
		///
		/// ## Errors
		/// - [`Error::UnknownPolicy`], [`Error::ClaimWindowOpen`], [`Error::ProductUnderIncident`], [`Error::ClaimOpen`],
		///   [`Error::ArrearsLeft`]
		///
		/// ## Events
		/// - [`Event::Closed`]
		#[pallet::call_index(11)]
		#[pallet::weight(Pallet::<T>::close_weight(*policy))]
		pub fn close(origin: OriginFor<T>, policy: PolicyId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Ok(Self::do_close(policy)?.into())
		}

		/// Pays what was served of a policy's arrears to the holder of its certificate.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// Succeeds where nothing was served.
		///
		/// ## Errors
		/// - [`Error::UnknownPolicy`]
		///
		/// ## Events
		/// - `pools.ArrearsPulled` for each pool that paid
		#[pallet::call_index(12)]
		#[pallet::weight(Pallet::<T>::pull_weight(*policy))]
		pub fn pull_arrears(origin: OriginFor<T>, policy: PolicyId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_pull_arrears(policy)
		}
	}
}
