//! How payouts go home to the partner chain.

use crate::{
	AccountId, Balance, RuntimeCall,
	configs::xcm::{CARRIED_ASSETS, Lane, PartnerLocation, TravellingAssets, Universal, XcmConfig},
};
use alloc::vec;
use frame_support::{
	ensure,
	weights::{Weight, WeightToFee as _},
};
use lutine_bridge::fees::{INSTRUCTION_WEIGHT, in_stablecoin};
use lutine_primitives::{fees::WeightToFee, insurance::AssetId};
use sp_runtime::{DispatchError, DispatchResult, traits::MaybeEquivalence};
use xcm::latest::prelude::{AssetId as XcmAssetId, *};
use xcm_executor::XcmExecutor;

/// Instructions of a parcel's message at its arrival, at most: what the bridge and the router add as well.
const AT_ARRIVAL: u64 = 8;
/// A parcel is worth this many times what its arrival costs at the least.
const WORTH: Balance = 2;

/// An account of the partner chain, as its key.
pub type Home = [u8; 32];

/// A reserve transfer over the bridge: what is sent goes to the partner chain's account here, and as much of what stands
/// for it there to the home, less the fee of the arrival.
pub struct OverTheBridge;

impl OverTheBridge {
	fn place(asset: &AssetId) -> Option<Location> {
		match asset {
			AssetId::Native => Some(Location::here()),
			AssetId::WithId(id) if CARRIED_ASSETS.contains(id) => TravellingAssets::convert_back(id),
			AssetId::WithId(_) => None,
		}
	}

	fn message(home: &Home, asset: &Asset) -> Option<Xcm<RuntimeCall>> {
		let there = PartnerLocation::get();
		let fees = asset.clone().reanchored(&there, &Universal::get()).ok()?;
		let beneficiary = Location::new(
			0,
			[AccountId32 {
				network: None,
				id: *home,
			}],
		);
		let arrival = Xcm(vec![
			// Whatever goes wrong after this, who lives there can claim what came.
			SetHints {
				hints: vec![AssetClaimer {
					location: beneficiary.clone(),
				}]
				.try_into()
				.ok()?,
			},
			BuyExecution {
				fees,
				weight_limit: Unlimited,
			},
			DepositAsset {
				assets: Wild(AllCounted(1)),
				beneficiary,
			},
		]);
		Some(Xcm(vec![TransferReserveAsset {
			assets: asset.clone().into(),
			dest: there,
			xcm: arrival,
		}]))
	}
}

impl pallet_homes::Way<AccountId, Home> for OverTheBridge {
	fn is_open() -> bool {
		Lane::is_open()
	}

	fn least(asset: &AssetId) -> Option<Balance> {
		Self::place(asset)?;
		// The partner asks what this chain asks, but that it has no multiplier.
		let fee = WeightToFee::weight_to_fee(&INSTRUCTION_WEIGHT.saturating_mul(AT_ARRIVAL));
		Some(match asset {
			AssetId::Native => fee.saturating_mul(WORTH),
			AssetId::WithId(_) => in_stablecoin(fee.saturating_mul(WORTH)),
		})
	}

	fn send(who: &AccountId, home: &Home, asset: &AssetId, amount: Balance) -> DispatchResult {
		let place = Self::place(asset).ok_or(DispatchError::Other("the asset does not travel"))?;
		let origin = Location::new(
			0,
			[AccountId32 {
				network: None,
				id: who.clone().into(),
			}],
		);
		let asset = Asset {
			id: XcmAssetId(place),
			fun: Fungible(amount),
		};
		let message =
			Self::message(home, &asset).ok_or(DispatchError::Other("the asset has no place there"))?;
		let mut id = sp_io::hashing::blake2_256(&codec::Encode::encode(&(who, home, &asset)));
		let outcome = XcmExecutor::<XcmConfig>::prepare_and_execute(
			origin,
			message,
			&mut id,
			Self::weight(),
			Self::weight(),
		);
		ensure!(
			outcome.ensure_complete().is_ok(),
			DispatchError::Other("the transfer did not start")
		);
		Ok(())
	}

	fn weight() -> Weight {
		// One instruction, and the bridge's writes that go with it.
		INSTRUCTION_WEIGHT.saturating_mul(2)
	}
}
