//! Payouts go home: what cover pays to an account whose owner lives on another chain is sent there.
//!
//! ## Terms
//! - **home**: where the owner of an account lives, on another chain, in that chain's words. The account here is often one
//!   that only messages from there can use.
//! - **gathered**: what an account was paid since it has a home, and was not sent there. It is a note, not a balance: the
//!   money is in the account, and its owner's to spend.
//! - **way**: what takes money to another chain. See [`Way`].
//!
//! ## Usage
//! A holder [sets a home](Call::set_home) once, best in the message that buys the cover. What pools pay to it from then on is
//! noted as it arrives, through [`OnPaid`](lutine_primitives::insurance::OnPaid): awards, arrears, refunds of premium, and
//! what was due. Block work sends it home where there is room; anyone may [have it sent](Call::send) at once.
//!
//! ## Design
//! A payout is paid first and sent later, by other work: whatever is wrong with the way, no payout fails by it. Sending is
//! all or nothing. What cannot be sent, because the way is shut or full, does not carry the asset, or because it is too
//! little, stays in the account and in the note, and is tried again when its turn comes round. Block work looks at a bounded
//! number of notes in a block, goes round all of them, and lets none that cannot be sent stop those behind it.
//!
//! The lesser of what was gathered and what the account can spend and live on is sent. Where the owner has spent it, the
//! note shrinks to what is there.
//!
//! ## Limitations
//! Units have no marks: an owner who spent a payout and puts the same amount into the account later may find it sent
//! home, unless block work has looked in between. What is needed to keep the account alive never leaves it. The way is
//! trusted to take a parcel or to fail; that it arrives is the other chain's matter.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::{Residence, Way};
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod dispatchables;
mod hooks;
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
		types::{Residence, Way},
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use lutine_primitives::{Balance, insurance::AssetId};

	/// A home as it is stored.
	pub type ResidenceOf<T> = Residence<<T as Config>::Home>;

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Where somebody lives on another chain: its words mean nothing here.
		type Home: Parameter + MaxEncodedLen;
		/// What payouts are made in.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>;
		/// What takes money home.
		type Way: Way<Self::AccountId, Self::Home>;
		/// What deposits are held in: the native token.
		type Deposits: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>
			+ fungible::Mutate<Self::AccountId, Balance = Balance>;
		/// Reasons for which native tokens are on hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// The deposit held for a home, for its storage and that of what is gathered.
		#[pallet::constant]
		type HomeDeposit: Get<Balance>;
		/// Assets of which an account may have gathered something at a time.
		#[pallet::constant]
		type MaxAssets: Get<u32>;
		/// Parcels that are sent unasked in a block.
		#[pallet::constant]
		type MaxSendsPerBlock: Get<u32>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// What is stored is of this version. Whoever changes a stored type raises it and brings a migration.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Why this pallet holds native tokens.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For the storage of a home, until it is cleared.
		#[codec(index = 0)]
		Home,
	}

	/// The homes of accounts whose owners live on other chains. Each pays with a deposit.
	#[pallet::storage]
	pub type Homes<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, ResidenceOf<T>>;

	/// What was paid to accounts with a home and not sent there, by account and asset; none is stored where there is
	/// nothing. Bounded for each account; the deposit of its home pays.
	#[pallet::storage]
	pub type Gathered<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Blake2_128Concat, AssetId, Balance, ValueQuery>;

	/// What `on_idle` looked at last.
	#[pallet::storage]
	pub type IdleCursor<T: Config> = StorageValue<_, (T::AccountId, AssetId)>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// What an account is paid is sent home from now on.
		HomeSet {
			/// Which account.
			who: T::AccountId,
			/// Where its owner lives.
			home: T::Home,
		},
		/// What an account is paid stays in it from now on, and so does what it has.
		HomeCleared {
			/// Which account.
			who: T::AccountId,
		},
		/// A payment arrived in an account with a home, and is to be sent there.
		Gathered {
			/// Which account.
			who: T::AccountId,
			/// What was paid.
			asset: AssetId,
			/// How much.
			amount: Balance,
		},
		/// What was gathered is on its way. This says that it left, not that it arrived.
		Sent {
			/// From which account.
			who: T::AccountId,
			/// Where to.
			home: T::Home,
			/// What.
			asset: AssetId,
			/// How much.
			amount: Balance,
		},
		/// A payment could not be sent home unasked, and stays in the account.
		Kept {
			/// Which account.
			who: T::AccountId,
			/// What was paid.
			asset: AssetId,
			/// How much.
			amount: Balance,
			/// What stood in the way. Where it is that there are too many assets, the payment was not noted; in any other case it is
			/// tried again.
			why: DispatchError,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account has no home.
		NoHome,
		/// Nothing was gathered, or nothing of it is there that the account can spend and live on.
		NothingToSend,
		/// It is too little for its way to be worth it.
		TooLittle,
		/// The way home does not carry this asset.
		NotCarried,
		/// The way home is shut, or full.
		WayClosed,
		/// The account has not the LUT for the deposit.
		DepositNotThere,
		/// The account has gathered something of as many assets as it can.
		TooManyAssets,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, limit: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(limit);
			Self::keep_going(&mut meter);
			meter.consumed()
		}

		fn integrity_test() {
			assert!(
				T::MaxAssets::get() > 0,
				"an account must be able to gather something"
			);
			assert!(
				T::MaxSendsPerBlock::get() > 0,
				"what was gathered must be sent home"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The home of an account.
		pub fn home(who: T::AccountId) -> Option<T::Home> {
			Homes::<T>::get(who).map(|residence| residence.home)
		}

		/// What would be sent home of an asset now, or why nothing would be.
		pub fn ready(who: T::AccountId, asset: AssetId) -> Result<Balance, DispatchError> {
			let (_, amount) = Self::parcel(&who, &asset)?;
			ensure!(T::Way::is_open(), Error::<T>::WayClosed);
			Ok(amount)
		}
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Says where the signer lives, so that what cover pays to this account from now on is sent there; or, with none, that
		/// it stays here.
		///
		/// ## Origin
		/// Signed. A deposit in LUT is held for the first home until it is cleared.
		///
		/// ## Details
		/// To set a home again changes it, also for what is gathered and not sent yet. To set the same one succeeds: every
		/// message that buys cover may do it. When the home is cleared, what was gathered stays in the account as the signer's own
		/// money, and is not sent by a home set later.
		///
		/// ## Errors
		/// - [`Error::DepositNotThere`]
		/// - [`Error::NoHome`]: there is none to clear.
		///
		/// ## Events
		/// - [`Event::HomeSet`], [`Event::HomeCleared`]
		#[pallet::call_index(0)]
		#[pallet::weight(match home {
			Some(_) => <T as Config>::WeightInfo::set_home(),
			None => <T as Config>::WeightInfo::clear_home(T::MaxAssets::get()),
		})]
		pub fn set_home(origin: OriginFor<T>, home: Option<T::Home>) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			match home {
				Some(home) => {
					Self::do_set_home(who, home)?;
					Ok(().into())
				}
				None => {
					let assets = Self::do_clear_home(who)?;
					Ok(Some(<T as Config>::WeightInfo::clear_home(assets)).into())
				}
			}
		}

		/// Sends home what an account has gathered of an asset, as far as it is still there.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// The account stays alive: what it needs for that stays in it. All of the rest goes at once or nothing does. Block work
		/// does the same unasked.
		///
		/// ## Errors
		/// - [`Error::NoHome`], [`Error::NothingToSend`], [`Error::NotCarried`], [`Error::TooLittle`], [`Error::WayClosed`];
		///   what the way says where it cannot take it.
		///
		/// ## Events
		/// - [`Event::Sent`]
		#[pallet::call_index(1)]
		#[pallet::weight(Pallet::<T>::send_weight())]
		pub fn send(origin: OriginFor<T>, account: T::AccountId, asset: AssetId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_send(&account, &asset)
		}
	}
}
