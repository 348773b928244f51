//! What the insurance pallets ask about assets.

use crate::{Assets, Runtime};
use alloc::vec::Vec;
use frame_support::traits::fungibles::metadata::Inspect;
use lutine_primitives::insurance::{AssetId, AssetInfo};

/// Decimals of the native token.
const NATIVE_DECIMALS: u8 = 12;
/// Symbol of the native token.
const NATIVE_SYMBOL: &[u8] = b"LUT";

/// The native token, and the assets whose owners were allowed to make them enough for an account to exist.
pub struct SufficientAssets;

impl AssetInfo for SufficientAssets {
	fn is_sufficient(asset: &AssetId) -> bool {
		match asset {
			AssetId::Native => true,
			AssetId::WithId(id) => {
				pallet_assets::Asset::<Runtime>::get(id).is_some_and(|details| details.is_sufficient)
			}
		}
	}

	fn decimals(asset: &AssetId) -> u8 {
		match asset {
			AssetId::Native => NATIVE_DECIMALS,
			AssetId::WithId(id) => <Assets as Inspect<_>>::decimals(*id),
		}
	}

	fn symbol(asset: &AssetId) -> Vec<u8> {
		match asset {
			AssetId::Native => NATIVE_SYMBOL.to_vec(),
			AssetId::WithId(id) => <Assets as Inspect<_>>::symbol(*id),
		}
	}
}
