//! What the calls do.

use crate::{Config, Error, Event, Gathered, HoldReason, Homes, Pallet, ResidenceOf, Way, WeightInfo};
use frame_support::{
	pallet_prelude::*,
	storage::with_storage_layer,
	traits::{
		fungible::MutateHold,
		fungibles::Inspect,
		tokens::{Fortitude, Precision, Preservation},
	},
};
use lutine_primitives::{Balance, insurance::AssetId};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_home(who: T::AccountId, home: T::Home) -> DispatchResult {
		let residence = match Homes::<T>::get(&who) {
			Some(residence) => ResidenceOf::<T> {
				home: home.clone(),
				..residence
			},
			None => {
				let deposit = T::HomeDeposit::get();
				T::Deposits::hold(&HoldReason::Home.into(), &who, deposit)
					.map_err(|_| Error::<T>::DepositNotThere)?;
				ResidenceOf::<T> {
					home: home.clone(),
					deposit,
					assets: 0,
				}
			}
		};
		Homes::<T>::insert(&who, residence);
		Self::deposit_event(Event::HomeSet { who, home });
		Ok(())
	}

	/// Returns of how many assets something was gathered.
	pub(crate) fn do_clear_home(who: T::AccountId) -> Result<u32, DispatchError> {
		let residence = Homes::<T>::take(&who).ok_or(Error::<T>::NoHome)?;
		T::Deposits::release(
			&HoldReason::Home.into(),
			&who,
			residence.deposit,
			Precision::Exact,
		)?;
		let cleared = Gathered::<T>::clear_prefix(&who, residence.assets, None);
		debug_assert!(cleared.maybe_cursor.is_none());
		Self::deposit_event(Event::HomeCleared { who });
		Ok(residence.assets)
	}

	pub(crate) fn do_send(who: &T::AccountId, asset: &AssetId) -> DispatchResult {
		let (home, amount) = Self::parcel(who, asset)?;
		ensure!(T::Way::is_open(), Error::<T>::WayClosed);
		Self::hand_over(who, asset, &home, amount, || {
			T::Way::send(who, &home, asset, amount)
		})
	}

	/// What there is to send now, and where to, if the way is open.
	pub(crate) fn parcel(who: &T::AccountId, asset: &AssetId) -> Result<(T::Home, Balance), DispatchError> {
		let residence = Homes::<T>::get(who).ok_or(Error::<T>::NoHome)?;
		let gathered = Gathered::<T>::get(who, asset);
		ensure!(gathered > 0, Error::<T>::NothingToSend);
		let least = T::Way::least(asset).ok_or(Error::<T>::NotCarried)?;
		let spendable =
			T::Assets::reducible_balance(asset.clone(), who, Preservation::Preserve, Fortitude::Polite);
		let amount = gathered.min(spendable);
		ensure!(amount > 0, Error::<T>::NothingToSend);
		ensure!(amount >= least, Error::<T>::TooLittle);
		Ok((residence.home, amount))
	}

	/// Has a parcel carried, all or nothing, and notes what is left.
	pub(crate) fn hand_over(
		who: &T::AccountId,
		asset: &AssetId,
		home: &T::Home,
		amount: Balance,
		carry: impl FnOnce() -> DispatchResult,
	) -> DispatchResult {
		with_storage_layer(|| {
			// The note goes before the money does: what arrives meanwhile is noted anew.
			let gathered = Self::take_note(who, asset);
			carry()?;
			// More is left where the account could not spend all: if it is not what keeps it alive, it will be able to one day.
			let there = T::Assets::balance(asset.clone(), who);
			let left = gathered.saturating_sub(amount).min(there);
			if left > T::Assets::minimum_balance(asset.clone()) {
				Self::note(who, asset, left)?;
			}
			Self::deposit_event(Event::Sent {
				who: who.clone(),
				home: home.clone(),
				asset: asset.clone(),
				amount,
			});
			Ok(())
		})
	}

	/// Adds to what an account with a home has gathered. Returns whether it has one.
	pub(crate) fn note(who: &T::AccountId, asset: &AssetId, amount: Balance) -> Result<bool, DispatchError> {
		let Some(mut residence) = Homes::<T>::get(who) else {
			return Ok(false);
		};
		let gathered = Gathered::<T>::get(who, asset);
		if gathered == 0 {
			ensure!(residence.assets < T::MaxAssets::get(), Error::<T>::TooManyAssets);
			residence.assets = residence.assets.saturating_add(1);
			Homes::<T>::insert(who, residence);
		}
		// Never more is sent than is there, so a sum may stop at the highest.
		Gathered::<T>::insert(who, asset, gathered.saturating_add(amount));
		Ok(true)
	}

	/// Removes a note and returns what it said.
	fn take_note(who: &T::AccountId, asset: &AssetId) -> Balance {
		let gathered = Gathered::<T>::take(who, asset);
		if gathered > 0 {
			Homes::<T>::mutate_extant(who, |residence| {
				residence.assets = residence.assets.saturating_sub(1);
			});
		}
		gathered
	}

	/// Brings a note to what is there: the rest was spent.
	pub(crate) fn shrink(who: &T::AccountId, asset: &AssetId) {
		let there = T::Assets::balance(asset.clone(), who);
		if there == 0 {
			Self::take_note(who, asset);
		} else if there < Gathered::<T>::get(who, asset) {
			Gathered::<T>::insert(who, asset, there);
		}
	}

	/// The most that sending takes.
	pub(crate) fn send_weight() -> Weight {
		<T as Config>::WeightInfo::send().saturating_add(T::Way::weight())
	}
}
