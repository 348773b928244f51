//! Who may create which asset.

use crate::{AccountId, RuntimeOrigin};
use frame_support::traits::{EnsureOrigin, EnsureOriginWithArg};
use frame_system::EnsureSigned;

/// Assets from this id on are shares of pools, which only the pools create.
pub const FIRST_SHARE_ASSET: u32 = 1 << 31;

/// Assets below this id are made by referendum. Which one it will be is known long before, so nobody may be first.
pub const FIRST_USER_ASSET: u32 = 1 << 16;

/// Anyone who signs, for any asset that is neither token holders' nor can be mistaken for a pool's shares.
pub struct SignedInUserRange;

impl EnsureOriginWithArg<RuntimeOrigin, u32> for SignedInUserRange {
	type Success = AccountId;

	fn try_origin(origin: RuntimeOrigin, id: &u32) -> Result<AccountId, RuntimeOrigin> {
		if !(FIRST_USER_ASSET..FIRST_SHARE_ASSET).contains(id) {
			return Err(origin);
		}
		<EnsureSigned<AccountId> as EnsureOrigin<RuntimeOrigin>>::try_origin(origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin(_: &u32) -> Result<RuntimeOrigin, ()> {
		<EnsureSigned<AccountId> as EnsureOrigin<RuntimeOrigin>>::try_successful_origin()
	}
}
