//! The chain's clock: slot, epoch, era and accounting day, set at genesis and never again.
//!
//! ## Terms
//! See [`Clock`](lutine_primitives::time::Clock), the one value this pallet stores.
//!
//! ## Usage
//! The pallet has no calls. The runtime hands its [`Get`] types to timestamp, BABE and staking, so that one runtime serves
//! chains with different clocks: a development chain with a block a second and days of ten seconds differs from a
//! production chain by genesis alone.
//!
//! ## Design
//! Values that depend on each other are derived here, once: the minimum period of `pallet-timestamp` is half the slot.
//! The pallet comes before the ones it serves in the runtime's index order, because genesis is built in that order.
//!
//! ## Limitations
//! Root can write any storage with `system.set_storage`, this value included; doing so stops the chain.

#![cfg_attr(not(feature = "std"), no_std)]

pub use pallet::*;

#[cfg(test)]
mod tests;

#[frame_support::pallet]
pub mod pallet {
	use core::marker::PhantomData;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use lutine_primitives::time::Clock;

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// What is stored is of this version. Whoever changes a stored type raises it and brings a migration.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The clock. Written at genesis only; nobody pays for it.
	#[pallet::storage]
	pub type Settings<T> = StorageValue<_, Clock, ValueQuery>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T> {
		/// The clock; a production chain's where the genesis says nothing.
		pub settings: Clock,
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			if let Err(rule) = self.settings.check() {
				panic!("{rule}");
			}
			Settings::<T>::put(self.settings);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Accounts for the one read of [`Settings`] that a block makes, whoever asks for it first.
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			T::DbWeight::get().reads(1)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	impl<T: Config> Pallet<T> {
		/// The stored clock is one that genesis would accept.
		pub fn do_try_state() -> Result<(), sp_runtime::TryRuntimeError> {
			Settings::<T>::get().check().map_err(Into::into)
		}
	}

	/// Implements [`Get`] for a type named after what it reads.
	macro_rules! getter {
		($(#[$docs:meta])* $name:ident: $type:ty = |$clock:ident| $value:expr) => {
			$(#[$docs])*
			pub struct $name<T>(PhantomData<T>);
			impl<T: Config> Get<$type> for $name<T> {
				fn get() -> $type {
					let $clock = Settings::<T>::get();
					$value
				}
			}
		};
	}

	getter! {
		/// Milliseconds in a slot: BABE's expected block time.
		SlotDuration: u64 = |clock| clock.slot
	}
	getter! {
		/// Milliseconds that must lie between two timestamps: half a slot, as BABE derives its slot from it.
		MinimumPeriod: u64 = |clock| clock.slot / 2
	}
	getter! {
		/// Slots in an epoch.
		EpochDuration: u64 = |clock| clock.slots_per_epoch
	}
	getter! {
		/// Sessions in an era; a session is an epoch.
		SessionsPerEra: u32 = |clock| clock.epochs_per_era
	}
	getter! {
		/// Eras until unbonded stake is free.
		BondingDuration: u32 = |clock| clock.bonding_eras
	}
	getter! {
		/// Eras until a slash is applied.
		SlashDeferDuration: u32 = |clock| clock.slash_defer_eras
	}
	getter! {
		/// Slots in which an offence can be reported: as long as its stake is bonded.
		ReportLongevity: u64 = |clock| {
			u64::from(clock.bonding_eras) * u64::from(clock.epochs_per_era) * clock.slots_per_epoch
		}
	}
	getter! {
		/// Sessions whose GRANDPA set ids are kept: those in which an offence can be reported.
		ReportSessions: u64 = |clock| u64::from(clock.bonding_eras) * u64::from(clock.epochs_per_era)
	}
	getter! {
		/// Seconds in an accounting day.
		AccountingDay: u64 = |clock| clock.accounting_day
	}
}
