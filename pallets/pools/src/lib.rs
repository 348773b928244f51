//! Pools of underwriting capital: the insurer's balance sheet.
//!
//! ## Terms
//! - **pool**: capital in one asset, run by a manager, owned by its share holders.
//! - **line**: the pool's appetite for one product: a weight, what is written, the market rate.
//! - **exposure**: what the pool stands behind, until the period and the claim window of a policy are over.
//! - **capital**: the pool's own money: what it holds less unearned premium and what is due to others.
//! - **reserved**: exposure that counts in full because an incident may or will take it.
//! - **required**: all that is reserved, and the risk capital of the rest: `reserved + SCR`.
//! - **strained**: a pool whose capital is below what is required.
//! - **arrears**: what is still owed after a pool paid its ratio of a loss.
//! - **reserve**: the mutual reserve of an asset, fed by a cut of every premium.
//!
//! ## Usage
//! Governance admits assets, each with its risk group. Anyone [creates](Call::create) a pool and manages it; anyone
//! [deposits](Call::deposit). The manager sets lines, on which `pallet-cover` writes policies through
//! [`Underwriting`](lutine_primitives::insurance::Underwriting). Share holders leave through a queue. `pallet-claims` sets
//! capital aside and pays losses through [`Reserving`](lutine_primitives::insurance::Reserving).
//!
//! ## Design
//! Time is walked, not scheduled: a pool keeps one rate of earning and one bucket for each day on which something ends, so
//! that its books are brought to now in a number of steps that does not depend on how many policies it has written. Every
//! call brings them to now first, at most [`max_days_per_settle`](lutine_primitives::parameters::Pools) days, and refuses
//! to act on books that are older; [`settle`](Call::settle) is there for those. No promise depends on `on_idle`.
//!
//! The gate of every sale and withdrawal is `reserved + SCR <= capital`, from two running sums: O(1). SCR is never below
//! the largest risk group, so that any one of them can be paid in full.
//!
//! Accounting is by recorded sums. Whatever else an account of a pool holds, a donation for example, changes nothing.
//!
//! ## Limitations
//! Recovered money is streamed to the pools like premium, and is cut like it. Pools are never removed.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod capital;
mod hooks;
mod invariants;
mod ledger;
mod management;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod types;
mod underwriting;
pub mod weights;

#[cfg(feature = "std")]
pub use api::PoolsApi;
pub use api::{LineReport, PoolReport, Position, QueuedRequest, Trailing, runtime_decl_for_pools_api};
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use ledger::RELEASES_PER_SETTLE;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::{WeightInfo, hooks::REQUESTS, ledger::Ledger};
	use alloc::vec::Vec;
	use frame_support::{
		PalletId,
		pallet_prelude::*,
		traits::{AccountTouch, UnixTime, fungible, fungibles},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use lutine_math::arrears::Debt;
	use lutine_primitives::{
		Balance,
		insurance::{
			AssetId, AssetInfo, GroupId, IncidentId, OnPaid, PolicyId, PoolId, ProductId, Products, Risk,
		},
		parameters,
		time::Seconds,
	};
	use sp_runtime::{FixedU128, Perbill, TypeId, traits::AccountIdConversion};

	/// A pool as it is stored.
	pub type PoolOf<T> = Pool<<T as frame_system::Config>::AccountId>;
	/// A day as it is stored.
	pub type DayOf<T> = Day<<T as Config>::MaxLinesPerPool>;
	/// A request as it is stored.
	pub type RequestOf<T> = Request<<T as frame_system::Config>::AccountId>;
	type ChangesOf<T> =
		BoundedVec<Announced<<T as frame_system::Config>::AccountId>, <T as Config>::MaxChanges>;

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Who admits assets: Root, which only a referendum is.
		type AdmitOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Who pays arrears from a reserve: Root.
		type ReserveOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// What is deposited, insured and paid.
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = AssetId, Balance = Balance>;
		/// What shares are.
		type Shares: fungibles::Create<Self::AccountId, AssetId = u32, Balance = Balance>
			+ fungibles::Mutate<Self::AccountId>
			+ fungibles::metadata::Mutate<Self::AccountId>
			+ fungibles::metadata::MetadataDeposit<Balance>
			+ AccountTouch<u32, Self::AccountId, Balance = Balance>;
		/// What deposits for requests are held in: the native token.
		type Deposits: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>
			+ fungible::Mutate<Self::AccountId, Balance = Balance>;
		/// Reasons for which native tokens are on hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// More about assets.
		type AssetInfo: AssetInfo;
		/// The register of products.
		type Products: Products;
		/// How likely they are to fail.
		type Risk: Risk;
		/// Who is told of money that reached a holder.
		type OnPaid: OnPaid<Self::AccountId>;
		/// The parameters of pools.
		type Parameters: Get<parameters::Pools>;
		/// The parameters of prices.
		type PricingParameters: Get<parameters::Pricing>;
		/// The time of the block.
		type Time: UnixTime;
		/// The length of an accounting day, which never changes.
		type AccountingDay: Get<Seconds>;
		/// Where the treasury's cut of premium goes.
		type Treasury: Get<Self::AccountId>;
		/// What the accounts of pools and reserves are derived from.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// The first id of share assets; all above are theirs.
		#[pallet::constant]
		type FirstShareAsset: Get<u32>;
		/// The deposit held for a request to withdraw, for its storage and its service.
		#[pallet::constant]
		type RequestDeposit: Get<Balance>;
		/// Lines that a pool may have.
		#[pallet::constant]
		type MaxLinesPerPool: Get<u32>;
		/// Pools that may have a line on a product.
		#[pallet::constant]
		type MaxLinesPerProduct: Get<u32>;
		/// Changes that may be announced for a pool at a time.
		#[pallet::constant]
		type MaxChanges: Get<u32>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What the benchmarks need of the chain.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// What is stored is of this version. Whoever changes a stored type raises it and brings a migration.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Why this pallet holds native tokens.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For a request to withdraw, until it is paid, cancelled or returned.
		#[codec(index = 0)]
		WithdrawalRequest,
	}

	/// The assets that pools may be opened in. Nobody pays: governance adds them.
	#[pallet::storage]
	pub type AdmittedAssets<T> = StorageMap<_, Blake2_128Concat, AssetId, AssetTerms>;

	/// Pools. The creator pays with the seed and the deposits for the shares' metadata and escrow, which stay with the pool.
	#[pallet::storage]
	pub type Pools<T: Config> = StorageMap<_, Twox64Concat, PoolId, PoolOf<T>>;

	/// The id of the next pool.
	#[pallet::storage]
	pub type NextPool<T> = StorageValue<_, PoolId, ValueQuery>;

	/// How many share assets were created.
	#[pallet::storage]
	pub type NextShare<T> = StorageValue<_, u32, ValueQuery>;

	/// Lines by pool and product, bounded for both. The manager pays by transaction fees.
	#[pallet::storage]
	pub type Lines<T> = StorageDoubleMap<_, Twox64Concat, PoolId, Twox64Concat, ProductId, Line>;

	/// Exposure that is not reserved, by pool and risk group; none is stored where there is none.
	#[pallet::storage]
	pub type Groups<T> =
		StorageDoubleMap<_, Twox64Concat, PoolId, Twox64Concat, GroupId, Balance, ValueQuery>;

	/// What ends on which day, by pool and the number of the day. Premium pays; settlement removes it.
	#[pallet::storage]
	pub type Days<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PoolId, Twox64Concat, u64, DayOf<T>, ValueQuery>;

	/// Who underwrites a product, and whether incidents stop it.
	#[pallet::storage]
	pub type ProductUnderwriters<T: Config> =
		StorageMap<_, Twox64Concat, ProductId, Underwriters<T::MaxLinesPerProduct>, ValueQuery>;

	/// What all pools in an asset stand behind on a product; none is stored where they stand behind nothing.
	#[pallet::storage]
	pub type ProductExposures<T> =
		StorageDoubleMap<_, Twox64Concat, ProductId, Blake2_128Concat, AssetId, Balance, ValueQuery>;

	/// Requests to withdraw by pool and index. Their owners pay with a deposit, which is returned.
	#[pallet::storage]
	pub type Requests<T: Config> = StorageDoubleMap<_, Twox64Concat, PoolId, Twox64Concat, u64, RequestOf<T>>;

	/// How many requests an account has in a pool's queue.
	#[pallet::storage]
	pub type RequestCounts<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PoolId, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Changes that managers announced. Bounded for each pool.
	#[pallet::storage]
	pub type Changes<T: Config> = StorageMap<_, Twox64Concat, PoolId, ChangesOf<T>, ValueQuery>;

	/// The number of a pool's next change.
	#[pallet::storage]
	pub type NextChange<T> = StorageMap<_, Twox64Concat, PoolId, u32, ValueQuery>;

	/// What accepted incidents cost each pool. Kept after they are closed, for recoveries; bounded by the pools that
	/// underwrite a product.
	#[pallet::storage]
	pub type Losses<T> = StorageDoubleMap<_, Twox64Concat, IncidentId, Twox64Concat, PoolId, Loss>;

	/// Arrears by pool and policy; removed when paid.
	#[pallet::storage]
	pub type Debts<T> = StorageDoubleMap<_, Twox64Concat, PoolId, Twox64Concat, PolicyId, Debt>;

	/// Payments that their recipients could not receive, by pool.
	#[pallet::storage]
	pub type Dues<T: Config> =
		StorageDoubleMap<_, Twox64Concat, PoolId, Blake2_128Concat, T::AccountId, Balance, ValueQuery>;

	/// The mutual reserve of each asset.
	#[pallet::storage]
	pub type Reserves<T> = StorageMap<_, Blake2_128Concat, AssetId, Balance, ValueQuery>;

	/// The pool that `on_idle` looks at next.
	#[pallet::storage]
	pub type IdleCursor<T> = StorageValue<_, PoolId, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Pools may be opened in an asset, or its terms were changed.
		AssetAdmitted {
			/// Which asset.
			asset: AssetId,
			/// Its risk group and minima.
			terms: AssetTerms,
		},
		/// A pool was created.
		Created {
			/// Its id.
			pool: PoolId,
			/// Who runs it.
			manager: T::AccountId,
			/// What it holds.
			asset: AssetId,
			/// What its shares are.
			share: u32,
		},
		/// Shares were issued for a deposit.
		Deposited {
			/// In which pool.
			pool: PoolId,
			/// By whom.
			who: T::AccountId,
			/// Of what amount.
			amount: Balance,
			/// For how many shares.
			shares: Balance,
		},
		/// A pool that had lost everything began again, with new shares.
		StartedAnew {
			/// Which pool.
			pool: PoolId,
			/// The share asset that is worth nothing any more.
			void: u32,
			/// The share asset from now on.
			share: u32,
		},
		/// Somebody wants to leave; the shares are in escrow.
		WithdrawalRequested {
			/// Which pool.
			pool: PoolId,
			/// The number of the request.
			request: u64,
			/// Who.
			who: T::AccountId,
			/// With how many shares.
			shares: Balance,
			/// What they must be worth when paid.
			min_amount: Balance,
			/// When they may be paid, in Unix seconds.
			due: Seconds,
		},
		/// A request left the queue unpaid, and its shares went back: it was cancelled, they were worth less than it
		/// asked for, or they are void.
		WithdrawalReturned {
			/// Which pool.
			pool: PoolId,
			/// The number of the request.
			request: u64,
			/// Whose.
			who: T::AccountId,
			/// How many shares.
			shares: Balance,
		},
		/// Shares were paid for and burned.
		Withdrawn {
			/// Which pool.
			pool: PoolId,
			/// The number of the request.
			request: u64,
			/// Whose.
			who: T::AccountId,
			/// How many shares.
			shares: Balance,
			/// For what amount.
			amount: Balance,
		},
		/// The manager announced a change that share holders can leave before.
		ChangeAnnounced {
			/// Which pool.
			pool: PoolId,
			/// The number of the change.
			id: u32,
			/// What.
			change: Change<T::AccountId>,
		},
		/// The manager took an announced change back.
		ChangeWithdrawn {
			/// Which pool.
			pool: PoolId,
			/// The number of the change.
			id: u32,
		},
		/// A line is new or has another weight.
		LineSet {
			/// Which pool.
			pool: PoolId,
			/// On which product.
			product: ProductId,
			/// Share of capital that may be written.
			weight: Perbill,
		},
		/// A line without exposure is gone.
		LineClosed {
			/// Which pool.
			pool: PoolId,
			/// On which product.
			product: ProductId,
		},
		/// The manager's fee is another.
		FeeSet {
			/// Which pool.
			pool: PoolId,
			/// The fee.
			fee: Perbill,
		},
		/// The manager is another.
		ManagerSet {
			/// Which pool.
			pool: PoolId,
			/// Who.
			manager: T::AccountId,
		},
		/// Cuts of earned premium were paid to whom they belong.
		Distributed {
			/// Which pool.
			pool: PoolId,
			/// Added to the asset's reserve.
			to_reserve: Balance,
			/// Paid to the treasury.
			to_treasury: Balance,
			/// Paid to the manager.
			to_manager: Balance,
		},
		/// A pool stands behind more.
		Written {
			/// Which pool.
			pool: PoolId,
			/// On which product.
			product: ProductId,
			/// How much more.
			amount: Balance,
			/// For which net premium.
			premium: Balance,
			/// When cover ends, in Unix seconds.
			end: Seconds,
		},
		/// A part of a policy was ended before its time.
		Cancelled {
			/// Which pool.
			pool: PoolId,
			/// On which product.
			product: ProductId,
			/// How much less it stands behind.
			amount: Balance,
			/// Unearned premium paid back.
			refund: Balance,
		},
		/// All exposure to a product is set aside in every pool.
		ProductFrozen {
			/// Which product.
			product: ProductId,
		},
		/// Exposure to a product is set aside for accepted incidents only.
		ProductThawed {
			/// Which product.
			product: ProductId,
		},
		/// A pool set capital aside for an accepted incident.
		SetAside {
			/// Which incident.
			incident: IncidentId,
			/// Which pool.
			pool: PoolId,
			/// How much.
			amount: Balance,
		},
		/// What was left of what a pool had set aside for an incident is free.
		Freed {
			/// Which incident.
			incident: IncidentId,
			/// Which pool.
			pool: PoolId,
			/// How much.
			amount: Balance,
		},
		/// A pool paid its part of an award.
		LossPaid {
			/// Under which incident.
			incident: IncidentId,
			/// Which pool.
			pool: PoolId,
			/// For which policy.
			policy: PolicyId,
			/// Paid at once.
			paid: Balance,
			/// Still owed.
			arrears: Balance,
		},
		/// Money went into a pool's arrears fund, for all its creditors in proportion.
		ArrearsServed {
			/// Which pool.
			pool: PoolId,
			/// How much.
			amount: Balance,
		},
		/// What was served of a policy's arrears was paid.
		ArrearsPulled {
			/// Which pool.
			pool: PoolId,
			/// Which policy.
			policy: PolicyId,
			/// How much.
			amount: Balance,
		},
		/// A referendum paid arrears of a pool from the reserve of its asset.
		ReserveDrawn {
			/// Which pool.
			pool: PoolId,
			/// From which asset's reserve.
			asset: AssetId,
			/// How much.
			amount: Balance,
		},
		/// Money was paid into the reserve of an asset, beside the cuts of premium.
		ReserveFunded {
			/// Into which asset's reserve.
			asset: AssetId,
			/// By how much it grew.
			amount: Balance,
		},
		/// Money recovered after an incident came back to a pool.
		Recovered {
			/// After which incident.
			incident: IncidentId,
			/// Which pool.
			pool: PoolId,
			/// How much, to its creditors and its share holders.
			amount: Balance,
		},
		/// A recipient could not receive a payment; it waits for them.
		PaymentDue {
			/// From which pool.
			pool: PoolId,
			/// Who.
			who: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// A payment that had waited was received.
		DueCollected {
			/// From which pool.
			pool: PoolId,
			/// Who.
			who: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// A pool's capital is below what it must hold: it sells nothing and lets nobody leave.
		Strained {
			/// Which pool.
			pool: PoolId,
		},
		/// A strained pool holds what it must again.
		Relieved {
			/// Which pool.
			pool: PoolId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no pool with this id.
		UnknownPool,
		/// There is no such product.
		UnknownProduct,
		/// There is no such request in this pool's queue.
		UnknownRequest,
		/// No change with this number is announced for the pool.
		UnknownChange,
		/// The incident was not accepted on this product, or not by this pool.
		UnknownIncident,
		/// Capital is already set aside for this incident.
		IncidentKnown,
		/// The incident is closed: nothing more is paid for it.
		IncidentClosed,
		/// The pool does not stand behind this allocation, or not with so much.
		UnknownAllocation,
		/// The pool has no line on this product.
		NoSuchLine,
		/// Pools cannot be opened in this asset.
		AssetNotAdmitted,
		/// An account cannot exist by holding this asset alone.
		AssetNotSufficient,
		/// The minima must be at least what the asset's accounts must hold, and a withdrawal's at most a first deposit's.
		BadAssetTerms,
		/// The risk group of an asset never changes.
		GroupIsForEver,
		/// No such risk group is registered.
		UnknownGroup,
		/// The product is not sold in the pool's asset.
		NotSoldInAsset,
		/// The pool is in another asset.
		OtherAsset,
		/// The product fails together with the pool's asset.
		OwnRiskGroup,
		/// Only the pool's manager may do this.
		NotTheManager,
		/// Only the request's owner may do this.
		NotTheOwner,
		/// The amount is zero.
		ZeroAmount,
		/// The amount, or what it would add up to, is larger than any that is recorded.
		AmountTooLarge,
		/// The amount is below the asset's minimum, or too small to be worth a share.
		BelowMinimum,
		/// The deposit is worth fewer shares than asked for.
		TooFewShares,
		/// The account has fewer shares than that.
		InsufficientShares,
		/// The deadline has passed.
		DeadlinePassed,
		/// The pool has been left alone for too long: call `settle` until it is done, then try again.
		PoolNotSettled,
		/// The pool owes money after losses; it takes deposits again when that is paid.
		PoolInArrears,
		/// Capital is below a thousandth of the supply of shares, so that new ones have no sound price.
		PoolRuined,
		/// Capital would be below what the pool must hold.
		InsufficientCapital,
		/// The line cannot hold so much, by its weight or by the pool's solvency.
		CapacityExceeded,
		/// A line on this product must be able to hold more than this.
		CapacityTooSmall,
		/// The weight is above one, which is 1 000 000 000 billionths.
		WeightAboveOne,
		/// The fee is above the highest that a manager may take.
		FeeTooHigh,
		/// A new line needs an initial rate.
		RateMissing,
		/// The rate of a line is set once; demand moves it from then on.
		RateIsSet,
		/// The rate is outside the bounds that governance sets.
		RateOutOfBounds,
		/// It is so already.
		NothingToChange,
		/// The pool has as many lines as it may have.
		TooManyLines,
		/// The product has as many lines as it may have, and none without exposure can hold less than this one.
		ProductFull,
		/// Incidents stop sales, cancellations and new lines of the product.
		ProductStopped,
		/// The line has exposure, or is under an incident.
		LineInUse,
		/// As many changes are announced as may be at a time.
		TooManyChanges,
		/// It is too early: the cooldown of the request, or the delay of the change, is not over.
		NotDue,
		/// The account has as many requests in the queue as it may have.
		TooManyRequests,
		/// So much is reserved that the queue stands still.
		QueueStandsStill,
		/// The queue moves: withdrawals are paid at the full price in turn.
		QueueMoves,
		/// The shares of the request are void, for the pool has started anew.
		SharesVoid,
		/// The shares are worth less than the request asks for.
		WorthTooLittle,
		/// Nothing is due.
		NothingDue,
		/// The pool owes nothing.
		NoArrears,
		/// The reserve holds less than that.
		ReserveTooSmall,
		/// No pool in this asset paid anything for this incident.
		NothingToRecover,
		/// Cover must end in the future, at the end of an accounting day.
		BadTerm,
		/// The change was due for so long that it must be announced anew.
		ChangeExpired,
	}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T> {
		/// Assets that pools may be opened in from the start.
		pub assets: Vec<(AssetId, AssetTerms)>,
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (asset, terms) in &self.assets {
				if let Err(error) = Pallet::<T>::do_admit(asset.clone(), terms.clone()) {
					panic!("pools: asset {asset:?} cannot be admitted: {error:?}");
				}
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, limit: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(limit);
			Self::keep_going(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(T::MaxLinesPerPool::get() > 0 && T::MaxLinesPerProduct::get() > 0);
			// The accounts of no two pools may be one: the id must fit into what an account is derived from.
			assert!(
				PalletId::TYPE_ID.len() + T::PalletId::get().0.len() + 8 <= T::AccountId::max_encoded_len(),
				"the account type is too short for the accounts of pools"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Admits an asset, so that pools can be opened in it, or changes its minima.
		///
		/// ## Origin
		/// Root: the enactment of a referendum.
		///
		/// ## Details
		/// The asset must be sufficient. Its risk group, which must be registered, is for ever.
		///
		/// ## Errors
		/// - [`Error::AssetNotSufficient`], [`Error::BadAssetTerms`], [`Error::UnknownGroup`], [`Error::GroupIsForEver`]
		///
		/// ## Events
		/// - [`Event::AssetAdmitted`]
		#[pallet::call_index(0)]
		pub fn admit_asset(origin: OriginFor<T>, asset: AssetId, terms: AssetTerms) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			// At genesis, groups are registered only after this.
			ensure!(T::Products::is_group(terms.group), Error::<T>::UnknownGroup);
			Self::do_admit(asset, terms)
		}

		/// Creates a pool in an admitted asset; the caller becomes its manager.
		///
		/// ## Origin
		/// Signed. The caller pays the pool's seed, which is the least that an account must hold in LUT and in the asset,
		/// and the deposits for its shares' metadata and escrow; both stay with the pool.
		///
		/// ## Details
		/// `manager_fee` is in billionths of earned premium, after the cuts of the reserve and the treasury.
		///
		/// ## Errors
		/// - [`Error::AssetNotAdmitted`], [`Error::FeeTooHigh`]; what the balance says where the caller cannot pay.
		///
		/// ## Events
		/// - [`Event::Created`]
		#[pallet::call_index(1)]
		pub fn create(origin: OriginFor<T>, asset: AssetId, manager_fee: u32) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let fee = Self::billionths(manager_fee).ok_or(Error::<T>::FeeTooHigh)?;
			Self::do_create(&who, asset, fee)
		}

		/// Deposits `amount` into a pool for shares.
		///
		/// ## Origin
		/// Signed, by whoever has the asset.
		///
		/// ## Details
		/// The first deposit buys as many shares as it has units; later ones `amount * supply / capital`, rounded down, at
		/// the price that counts nothing as lost yet. What is still to be earned for a risk that is over, such as money that
		/// was recovered, is counted as capital here. Fails below `min_shares`, or after `deadline` (Unix seconds). A pool
		/// that lost everything starts anew; the depositor then pays the deposits for its new shares' metadata and escrow.
		///
		/// ## Errors
		/// - [`Error::ZeroAmount`], [`Error::BelowMinimum`], [`Error::AmountTooLarge`]
		/// - [`Error::TooFewShares`], [`Error::DeadlinePassed`]
		/// - [`Error::PoolInArrears`], [`Error::PoolRuined`], [`Error::PoolNotSettled`], [`Error::UnknownPool`]
		///
		/// ## Events
		/// - [`Event::Deposited`], [`Event::StartedAnew`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::deposit().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn deposit(
			origin: OriginFor<T>,
			pool: PoolId,
			#[pallet::compact] amount: Balance,
			#[pallet::compact] min_shares: Balance,
			deadline: Option<Seconds>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let settled = Self::do_deposit(&who, pool, amount, min_shares, deadline)?;
			Ok(Some(T::WeightInfo::deposit().saturating_add(settled)).into())
		}

		/// Asks to withdraw: moves shares into escrow, where they earn and bear losses until they are paid in turn.
		///
		/// ## Origin
		/// Signed, by a holder of the pool's shares. A deposit is held until the request is gone.
		///
		/// ## Details
		/// The request is due after the cooldown, and is paid then in the order of requests, as far as the pool's free
		/// capital reaches. If the shares are worth less than `min_amount` at that time they are returned instead.
		///
		/// ## Errors
		/// - [`Error::ZeroAmount`], [`Error::InsufficientShares`], [`Error::BelowMinimum`], [`Error::TooManyRequests`]
		/// - [`Error::PoolNotSettled`], [`Error::UnknownPool`]
		///
		/// ## Events
		/// - [`Event::WithdrawalRequested`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::request_withdrawal().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn request_withdrawal(
			origin: OriginFor<T>,
			pool: PoolId,
			#[pallet::compact] shares: Balance,
			#[pallet::compact] min_amount: Balance,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let settled = Self::do_request_withdrawal(&who, pool, shares, min_amount)?;
			Ok(Some(T::WeightInfo::request_withdrawal().saturating_add(settled)).into())
		}

		/// Takes a request back, and its shares out of escrow.
		///
		/// ## Origin
		/// Signed, by the request's owner.
		///
		/// ## Errors
		/// - [`Error::UnknownRequest`], [`Error::NotTheOwner`], [`Error::PoolNotSettled`], [`Error::UnknownPool`]
		///
		/// ## Events
		/// - [`Event::WithdrawalReturned`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::cancel_withdrawal().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn cancel_withdrawal(
			origin: OriginFor<T>,
			pool: PoolId,
			#[pallet::compact] request: u64,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let settled = Self::do_cancel_withdrawal(&who, pool, request)?;
			Ok(Some(T::WeightInfo::cancel_withdrawal().saturating_add(settled)).into())
		}

		/// Pays due requests from the head of a pool's queue, at most `max` of them.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// The price is that of the moment. A request that free capital does not cover is paid in part and stays at the
		/// head. While more is reserved than governance tolerates the queue stands still.
		///
		/// ## Errors
		/// - [`Error::QueueStandsStill`], [`Error::PoolNotSettled`], [`Error::UnknownPool`]
		///
		/// ## Events
		/// - [`Event::Withdrawn`], [`Event::WithdrawalReturned`], [`Event::PaymentDue`]
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::process_withdrawals(*max).saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn process_withdrawals(
			origin: OriginFor<T>,
			pool: PoolId,
			max: u32,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let mut ledger = Ledger::<T>::open_settled(pool)?;
			ensure!(!ledger.stands_still(), Error::<T>::QueueStandsStill);
			let looked_at = Self::do_process_withdrawals(&mut ledger, max)?;
			let settled = ledger.close()?;
			Ok(Some(T::WeightInfo::process_withdrawals(looked_at).saturating_add(settled)).into())
		}

		/// Takes the marked-down price for a due request while the queue stands still.
		///
		/// ## Origin
		/// Signed, by the request's owner.
		///
		/// ## Details
		/// The price counts everything that is reserved as lost: `(capital - reserved) / supply`. Paid as far as free
		/// capital reaches.
		///
		/// ## Errors
		/// - [`Error::UnknownRequest`], [`Error::NotTheOwner`], [`Error::NotDue`], [`Error::QueueMoves`]
		/// - [`Error::SharesVoid`], [`Error::WorthTooLittle`], [`Error::InsufficientCapital`]
		/// - [`Error::PoolNotSettled`], [`Error::UnknownPool`]
		///
		/// ## Events
		/// - [`Event::Withdrawn`], [`Event::PaymentDue`]
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::withdraw_marked_down().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn withdraw_marked_down(
			origin: OriginFor<T>,
			pool: PoolId,
			#[pallet::compact] request: u64,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let settled = Self::do_withdraw_marked_down(&who, pool, request)?;
			Ok(Some(T::WeightInfo::withdraw_marked_down().saturating_add(settled)).into())
		}

		/// Sets the weight of a line, or announces a new line.
		///
		/// ## Origin
		/// Signed, by the pool's manager.
		///
		/// ## Details
		/// `weight` is in billionths of the pool's capital. A lower weight counts at once: it stops sales and touches
		/// nothing written. A higher one and a new line are announced, and [`Call::enact_change`] makes them when share
		/// holders had the time to leave. A pool without share holders makes them at once. `rate` is the market rate a
		/// year at target utilisation that a new line begins with; for an existing line it is none.
		///
		/// ## Errors
		/// - [`Error::NotTheManager`], [`Error::WeightAboveOne`], [`Error::NothingToChange`], [`Error::ZeroAmount`]
		/// - [`Error::RateMissing`], [`Error::RateIsSet`], [`Error::RateOutOfBounds`]
		/// - [`Error::UnknownProduct`], [`Error::NotSoldInAsset`], [`Error::OwnRiskGroup`], [`Error::TooManyLines`]
		/// - [`Error::InsufficientCapital`] for a higher weight in a strained pool
		/// - those of [`Call::enact_change`] where it is made at once
		///
		/// ## Events
		/// - [`Event::LineSet`], [`Event::ChangeAnnounced`]
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::set_line().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn set_line(
			origin: OriginFor<T>,
			pool: PoolId,
			product: ProductId,
			weight: u32,
			rate: Option<FixedU128>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let weight = Self::billionths(weight).ok_or(Error::<T>::WeightAboveOne)?;
			let settled = Self::do_set_line(&who, pool, product, weight, rate)?;
			Ok(Some(T::WeightInfo::set_line().saturating_add(settled)).into())
		}

		/// Removes a line without exposure.
		///
		/// ## Origin
		/// Signed, by the pool's manager.
		///
		/// ## Errors
		/// - [`Error::NotTheManager`], [`Error::NoSuchLine`], [`Error::LineInUse`]
		///
		/// ## Events
		/// - [`Event::LineClosed`]
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::close_line().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn close_line(
			origin: OriginFor<T>,
			pool: PoolId,
			product: ProductId,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let settled = Self::do_close_line(&who, pool, product)?;
			Ok(Some(T::WeightInfo::close_line().saturating_add(settled)).into())
		}

		/// Announces another fee of the manager, in billionths of earned premium.
		///
		/// ## Origin
		/// Signed, by the pool's manager.
		///
		/// ## Errors
		/// - [`Error::NotTheManager`], [`Error::FeeTooHigh`], [`Error::NothingToChange`], [`Error::TooManyChanges`]
		///
		/// ## Events
		/// - [`Event::ChangeAnnounced`]
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::announce().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn set_fee(origin: OriginFor<T>, pool: PoolId, fee: u32) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let fee = Self::billionths(fee).ok_or(Error::<T>::FeeTooHigh)?;
			let settled = Self::do_announce(&who, pool, Change::Fee(fee))?;
			Ok(Some(T::WeightInfo::announce().saturating_add(settled)).into())
		}

		/// Announces another manager.
		///
		/// ## Origin
		/// Signed, by the pool's manager.
		///
		/// ## Details
		/// What the fee has earned until the change is paid to the manager until then.
		///
		/// ## Errors
		/// - [`Error::NotTheManager`], [`Error::NothingToChange`], [`Error::TooManyChanges`]
		///
		/// ## Events
		/// - [`Event::ChangeAnnounced`]
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::announce().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn set_manager(
			origin: OriginFor<T>,
			pool: PoolId,
			manager: T::AccountId,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let settled = Self::do_announce(&who, pool, Change::Manager(manager))?;
			Ok(Some(T::WeightInfo::announce().saturating_add(settled)).into())
		}

		/// Takes an announced change back.
		///
		/// ## Origin
		/// Signed, by the pool's manager.
		///
		/// ## Errors
		/// - [`Error::NotTheManager`], [`Error::UnknownChange`]
		///
		/// ## Events
		/// - [`Event::ChangeWithdrawn`]
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::withdraw_change().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn withdraw_change(origin: OriginFor<T>, pool: PoolId, id: u32) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let settled = Self::do_withdraw_change(&who, pool, id)?;
			Ok(Some(T::WeightInfo::withdraw_change().saturating_add(settled)).into())
		}

		/// Makes an announced change whose delay is over, and not for long.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// The delay does not run while the withdrawal queue stands still. Requests that are due are paid first, at most eight
		/// of them; while one is left that cannot be paid, or was not looked at, the change waits. Whether it is allowed is
		/// checked again. A change that was due for longer than `change_expiry` must be announced anew: who came since would
		/// not expect it.
		///
		/// ## Errors
		/// - [`Error::UnknownChange`], [`Error::NotDue`], [`Error::ChangeExpired`], [`Error::FeeTooHigh`]
		/// - [`Error::CapacityTooSmall`], [`Error::ProductFull`], [`Error::ProductStopped`], [`Error::TooManyLines`],
		///   [`Error::UnknownProduct`], [`Error::NotSoldInAsset`], [`Error::OwnRiskGroup`] for a new line
		/// - [`Error::InsufficientCapital`] for a higher weight in a strained pool
		///
		/// ## Events
		/// - [`Event::LineSet`], [`Event::LineClosed`], [`Event::FeeSet`], [`Event::ManagerSet`]
		/// - those of [`Call::process_withdrawals`]
		#[pallet::call_index(12)]
		#[pallet::weight(
			T::WeightInfo::enact_change()
				.saturating_add(T::WeightInfo::process_withdrawals(REQUESTS))
				.saturating_add(Pallet::<T>::settle_weight(*pool))
		)]
		pub fn enact_change(origin: OriginFor<T>, pool: PoolId, id: u32) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (looked_at, settled) = Self::do_enact_change(pool, id)?;
			let queue = T::WeightInfo::process_withdrawals(looked_at);
			Ok(Some(
				T::WeightInfo::enact_change()
					.saturating_add(queue)
					.saturating_add(settled),
			)
			.into())
		}

		/// Brings a pool's books towards now, as far as one call may.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// - [`Error::UnknownPool`]
		#[pallet::call_index(13)]
		#[pallet::weight(Pallet::<T>::settle_weight(*pool).max(T::WeightInfo::settle(0, 0)))]
		pub fn settle(origin: OriginFor<T>, pool: PoolId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let mut ledger = Ledger::<T>::open(pool)?;
			ledger.settle()?;
			Ok(Some(ledger.close()?.max(T::WeightInfo::settle(0, 0))).into())
		}

		/// Pays the cuts of earned premium to the reserve, the treasury and the manager.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// - [`Error::NothingDue`], [`Error::PoolNotSettled`], [`Error::UnknownPool`]
		///
		/// ## Events
		/// - [`Event::Distributed`], [`Event::PaymentDue`]
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::distribute().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn distribute(origin: OriginFor<T>, pool: PoolId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let settled = Self::do_distribute(pool)?;
			Ok(Some(T::WeightInfo::distribute().saturating_add(settled)).into())
		}

		/// Pays into a pool's arrears fund, for all its creditors in proportion; no more than it owes.
		///
		/// ## Origin
		/// Signed, by whoever wants to.
		///
		/// ## Errors
		/// - [`Error::ZeroAmount`], [`Error::NoArrears`], [`Error::PoolNotSettled`], [`Error::UnknownPool`]
		///
		/// ## Events
		/// - [`Event::ArrearsServed`]
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::pay_arrears().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn pay_arrears(
			origin: OriginFor<T>,
			pool: PoolId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let settled = Self::do_pay_arrears(&who, pool, amount)?;
			Ok(Some(T::WeightInfo::pay_arrears().saturating_add(settled)).into())
		}

		/// Pays from the reserve of a pool's asset into its arrears fund; no more than it owes.
		///
		/// ## Origin
		/// Root: the enactment of a referendum.
		///
		/// ## Errors
		/// - [`Error::ZeroAmount`], [`Error::NoArrears`], [`Error::ReserveTooSmall`], [`Error::UnknownPool`]
		///
		/// ## Events
		/// - [`Event::ReserveDrawn`], [`Event::ArrearsServed`]
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::draw_reserve().saturating_add(Pallet::<T>::settle_weight(*pool)))]
		pub fn draw_reserve(
			origin: OriginFor<T>,
			pool: PoolId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResultWithPostInfo {
			T::ReserveOrigin::ensure_origin(origin)?;
			let settled = Self::do_draw_reserve(pool, amount)?;
			Ok(Some(T::WeightInfo::draw_reserve().saturating_add(settled)).into())
		}

		/// Pays what is due to an account from a pool, for it could not receive it before.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// - [`Error::NothingDue`], [`Error::UnknownPool`]; what the asset says where the account still cannot receive it.
		///
		/// ## Events
		/// - [`Event::DueCollected`]
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::collect_due().saturating_add(T::OnPaid::weight(1)))]
		pub fn collect_due(origin: OriginFor<T>, pool: PoolId, who: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_collect_due(pool, &who)
		}
	}

	impl<T: Config> Pallet<T> {
		/// The account that holds a pool's assets, and the shares in escrow. Nobody has its key.
		pub fn account(pool: PoolId) -> T::AccountId {
			T::PalletId::get().into_sub_account_truncating((b"pool", pool))
		}

		/// The account of an asset's reserve.
		pub fn reserve_account(asset: &AssetId) -> T::AccountId {
			let number = match asset {
				AssetId::Native => 0u64,
				AssetId::WithId(id) => u64::from(*id) + 1,
			};
			T::PalletId::get().into_sub_account_truncating((b"rsrv", number))
		}

		/// The most that bringing a pool's books to now can take in one call, by the days that have passed since they were
		/// left: for nearly every pool none, and nobody should pay for more, least of all for a call that fails.
		pub(crate) fn settle_weight(pool: PoolId) -> Weight {
			let Some(books) = Pools::<T>::get(pool) else {
				return Weight::zero();
			};
			let day = T::AccountingDay::get().max(1);
			let passed = (T::Time::now().as_secs() / day).saturating_sub(books.settled_at / day);
			let days = u32::try_from(passed)
				.unwrap_or(u32::MAX)
				.min(T::Parameters::get().max_days_per_settle);
			let releases = days
				.saturating_mul(books.lines)
				.min(RELEASES_PER_SETTLE.saturating_add(T::MaxLinesPerPool::get()));
			Self::settled(days, releases)
		}

		/// What walking so many days takes, beside what every call takes to open and close the books.
		pub(crate) fn settled(days: u32, releases: u32) -> Weight {
			match days {
				0 => Weight::zero(),
				_ => T::WeightInfo::settle(days, releases),
			}
		}

		/// A ratio from its billionths, or `None` above one. Clients can send any number of them, where a `Perbill` above
		/// one would make the whole transaction undecodable.
		fn billionths(parts: u32) -> Option<Perbill> {
			(parts <= Perbill::one().deconstruct()).then(|| Perbill::from_parts(parts))
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A pool as of now.
		pub fn pool(pool: PoolId) -> Option<PoolReport<T::AccountId>> {
			Self::report_pool(pool)
		}

		/// The lines of a pool as of now.
		pub fn lines(pool: PoolId) -> Vec<LineReport> {
			Self::report_lines(pool)
		}

		/// What an account has in a pool as of now.
		pub fn position(pool: PoolId, who: T::AccountId) -> Option<Position> {
			Self::report_position(pool, &who)
		}

		/// The withdrawal queue of a pool as of now, from its head.
		pub fn queue(pool: PoolId) -> Vec<QueuedRequest<T::AccountId>> {
			Self::report_queue(pool)
		}
	}
}
