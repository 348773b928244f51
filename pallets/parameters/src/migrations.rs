//! Migrations of what earlier runtimes stored.

use crate::{Config, Pallet, PoolsParameters};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_support::{
	migrations::VersionedMigration, traits::Get, traits::UncheckedOnRuntimeUpgrade, weights::Weight,
};
use lutine_primitives::{parameters::Pools, time::Seconds};
use sp_runtime::Perbill;
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

/// To version 1: the pools' parameters get the time after which a change that is due must be announced anew. Without it
/// what is stored could not be read, and every parameter of the group would silently be a production chain's.
pub type AddChangeExpiry<T> =
	VersionedMigration<0, 1, UncheckedAddChangeExpiry<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// The pools' parameters of version 0.
#[derive(Clone, Encode, Decode)]
struct PoolsV0 {
	reserve_cut: Perbill,
	treasury_cut: Perbill,
	max_manager_fee: Perbill,
	withdrawal_cooldown: Seconds,
	change_delay: Seconds,
	queue_stop: Perbill,
	max_requests: u32,
	max_days_per_settle: u32,
	recovery_stream: Seconds,
}

impl From<PoolsV0> for Pools {
	fn from(old: PoolsV0) -> Self {
		Self {
			reserve_cut: old.reserve_cut,
			treasury_cut: old.treasury_cut,
			max_manager_fee: old.max_manager_fee,
			withdrawal_cooldown: old.withdrawal_cooldown,
			change_delay: old.change_delay,
			// As long as it is waited for, whatever governance has made of that.
			change_expiry: old.change_delay,
			queue_stop: old.queue_stop,
			max_requests: old.max_requests,
			max_days_per_settle: old.max_days_per_settle,
			recovery_stream: old.recovery_stream,
		}
	}
}

/// [`AddChangeExpiry`], whatever the version is.
pub struct UncheckedAddChangeExpiry<T>(PhantomData<T>);

impl<T: Config> UncheckedOnRuntimeUpgrade for UncheckedAddChangeExpiry<T> {
	fn on_runtime_upgrade() -> Weight {
		let translated = PoolsParameters::<T>::translate::<PoolsV0, _>(|old| old.map(Into::into));
		frame_support::defensive_assert!(
			translated.is_ok(),
			"the pools' parameters are not those of version 0"
		);
		T::DbWeight::get().reads_writes(1, 1)
	}

	#[cfg(feature = "try-runtime")]
	fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
		let stored = frame_support::storage::unhashed::get::<PoolsV0>(&PoolsParameters::<T>::hashed_key());
		Ok(stored
			.ok_or("there are no pools' parameters of version 0")?
			.encode())
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(before: Vec<u8>) -> Result<(), TryRuntimeError> {
		let old =
			PoolsV0::decode(&mut &before[..]).map_err(|_| "what was read before cannot be read again")?;
		frame_support::ensure!(
			PoolsParameters::<T>::get() == old.into(),
			"a parameter of pools is not what it was"
		);
		Ok(())
	}
}
