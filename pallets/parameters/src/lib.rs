//! The numbers that governance may change while the chain runs.
//!
//! ## Terms
//! - **group**: the parameters one pallet reads, a struct of `lutine_primitives::parameters`: one storage value, one read.
//! - **bounds**: the range each field is declared with, and the rules between fields. Nothing outside them is ever stored.
//!
//! ## Usage
//! A chain gets its values at genesis, so that a development chain and a production chain run the same runtime. Later a
//! referendum replaces a whole group with [`Call::set`]. Pallets read theirs through [`Pallet::governance`] and its
//! like, which the runtime wraps into the `Get` types that a pallet's configuration asks for.
//!
//! ## Design
//! `pallet-parameters` of the SDK has neither a genesis nor sight of the new value when it asks whether the origin may set
//! it. A whole group is set at once because some fields only make sense together.
//!
//! ## Limitations
//! A runtime upgrade that narrows a bound must bring a migration for values outside it; `try_state` finds them.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
pub mod migrations;
#[cfg(test)]
mod tests;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use super::WeightInfo;
	use alloc::boxed::Box;
	use core::marker::PhantomData;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use lutine_primitives::parameters::{Claims, Cover, Field, Governance, Parameters, Pools, Pricing};

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Who may change parameters: Root, which only a referendum is.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// What is stored is of this version; [`migrations`](crate::migrations) lead to it.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Parameters of democracy, the collectives, the treasury and safe mode. Fixed size; nobody pays for it.
	#[pallet::storage]
	#[pallet::getter(fn governance)]
	pub type GovernanceParameters<T> = StorageValue<_, Governance, ValueQuery>;

	/// Parameters of risk and premium. Fixed size; nobody pays for it.
	#[pallet::storage]
	#[pallet::getter(fn pricing)]
	pub type PricingParameters<T> = StorageValue<_, Pricing, ValueQuery>;

	/// Parameters of underwriting capital. Fixed size; nobody pays for it.
	#[pallet::storage]
	#[pallet::getter(fn pools)]
	pub type PoolsParameters<T> = StorageValue<_, Pools, ValueQuery>;

	/// Parameters of products and policies. Fixed size; nobody pays for it.
	#[pallet::storage]
	#[pallet::getter(fn cover)]
	pub type CoverParameters<T> = StorageValue<_, Cover, ValueQuery>;

	/// Parameters of judging incidents and claims. Fixed size; nobody pays for it.
	#[pallet::storage]
	#[pallet::getter(fn claims)]
	pub type ClaimsParameters<T> = StorageValue<_, Claims, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A group of parameters was replaced; it counts from now on, for what has not yet begun.
		Updated {
			/// The values until now.
			previous: Box<Parameters>,
			/// The values from now on.
			current: Box<Parameters>,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The named field is outside its bounds, or at odds with another field of its group. The type of the group in
		/// the metadata states the bounds of each field.
		OutOfBounds(Field),
	}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T> {
		/// Democracy, the collectives, the treasury and safe mode.
		pub governance: Governance,
		/// Risk and premium.
		pub pricing: Pricing,
		/// Underwriting capital.
		pub pools: Pools,
		/// Products and policies.
		pub cover: Cover,
		/// Judging incidents and claims.
		pub claims: Claims,
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for group in [
				Parameters::Governance(self.governance.clone()),
				Parameters::Pricing(self.pricing.clone()),
				Parameters::Pools(self.pools.clone()),
				Parameters::Cover(self.cover.clone()),
				Parameters::Claims(self.claims.clone()),
			] {
				if let Err(field) = Pallet::<T>::try_replace(group) {
					panic!("parameters: {field:?} is out of bounds");
				}
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Accounts for the one read of [`GovernanceParameters`] that democracy's block work makes.
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			T::DbWeight::get().reads(1)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Replaces one group of parameters by new values, all of them at once.
		///
		/// ## Origin
		/// Root: the enactment of a referendum.
		///
		/// ## Details
		/// Periods that already run keep their end; new ones use the new values.
		///
		/// ## Errors
		/// - [`Error::OutOfBounds`]: a field is outside its bounds or at odds with another one; nothing is changed.
		///
		/// ## Events
		/// - [`Event::Updated`]
		#[pallet::call_index(0)]
		pub fn set(origin: OriginFor<T>, parameters: Box<Parameters>) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let current = parameters.clone();
			let previous = Box::new(Self::try_replace(*parameters).map_err(Error::<T>::OutOfBounds)?);
			Self::deposit_event(Event::Updated { previous, current });
			Ok(())
		}
	}

	impl<T: Config> Pallet<T> {
		/// Stores a group that is within its bounds and returns the one it replaces. The only writer of this pallet.
		fn try_replace(parameters: Parameters) -> Result<Parameters, Field> {
			parameters.check()?;
			Ok(match parameters {
				Parameters::Governance(new) => {
					Parameters::Governance(GovernanceParameters::<T>::mutate(|old| {
						core::mem::replace(old, new)
					}))
				}
				Parameters::Pricing(new) => {
					Parameters::Pricing(PricingParameters::<T>::mutate(|old| core::mem::replace(old, new)))
				}
				Parameters::Pools(new) => {
					Parameters::Pools(PoolsParameters::<T>::mutate(|old| core::mem::replace(old, new)))
				}
				Parameters::Cover(new) => {
					Parameters::Cover(CoverParameters::<T>::mutate(|old| core::mem::replace(old, new)))
				}
				Parameters::Claims(new) => {
					Parameters::Claims(ClaimsParameters::<T>::mutate(|old| core::mem::replace(old, new)))
				}
			})
		}
	}

	impl<T: Config> Pallet<T> {
		/// Every stored group is within its bounds.
		pub fn do_try_state() -> Result<(), sp_runtime::TryRuntimeError> {
			let sound = Self::governance().check().is_ok()
				&& Self::pricing().check().is_ok()
				&& Self::pools().check().is_ok()
				&& Self::cover().check().is_ok()
				&& Self::claims().check().is_ok();
			ensure!(sound, "a stored parameter is out of bounds");
			Ok(())
		}
	}
}
