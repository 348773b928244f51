//! What the pallet is told of payments.

use crate::{Config, Event, Pallet, WeightInfo};
use frame_support::weights::Weight;
use lutine_primitives::{
	Balance,
	insurance::{AssetId, OnPaid},
};

impl<T: Config> OnPaid<T::AccountId> for Pallet<T> {
	fn on_paid(who: &T::AccountId, asset: &AssetId, amount: Balance) {
		if amount == 0 {
			return;
		}
		let (who, asset) = (who.clone(), asset.clone());
		match Self::note(&who, &asset, amount) {
			Ok(true) => Self::deposit_event(Event::Gathered { who, asset, amount }),
			Ok(false) => {}
			Err(why) => Self::deposit_event(Event::Kept {
				who,
				asset,
				amount,
				why,
			}),
		}
	}

	fn weight(notices: u32) -> Weight {
		<T as Config>::WeightInfo::on_paid(notices)
	}
}
