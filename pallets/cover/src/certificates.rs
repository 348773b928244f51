//! Certificates: the items of `pallet-nfts` that policies are.

use crate::{CERTIFICATES, Config, Pallet, PolicyOf};
use alloc::{
	format,
	string::{String, ToString},
};
use chrono::DateTime;
use frame_support::{
	pallet_prelude::*,
	traits::tokens::nonfungibles_v2::{InspectEnumerable, Mutate},
};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, AssetInfo, PolicyId},
	time::Seconds,
};
use pallet_nfts::{CollectionConfig, CollectionSetting, CollectionSettings, ItemConfig};
use sp_runtime::traits::AccountIdConversion;

/// Characters that a certificate shows of an asset's symbol.
const SYMBOL: usize = 12;
/// Decimals up to which amounts are shown in whole units. No token has more.
const MAX_DECIMALS: u8 = 30;

impl<T: Config> Pallet<T> {
	/// The account that owns the certificates' collection. Nobody has its key.
	pub fn account() -> T::AccountId {
		<T as Config>::PalletId::get().into_account_truncating()
	}

	/// Creates the collection, at genesis. Items of it need no deposit: policies have one.
	pub(crate) fn create_collection() {
		let config = CollectionConfig {
			settings: CollectionSettings::from_disabled(CollectionSetting::DepositRequired.into()),
			max_supply: None,
			mint_settings: Default::default(),
		};
		let owner = Self::account();
		let event = pallet_nfts::Event::ForceCreated {
			collection: CERTIFICATES,
			owner: owner.clone(),
		};
		let created = pallet_nfts::Pallet::<T>::do_create_collection(
			CERTIFICATES,
			owner.clone(),
			owner,
			config,
			Default::default(),
			event,
		);
		if let Err(error) = created {
			panic!("cover: the certificates' collection cannot be created: {error:?}");
		}
		pallet_nfts::NextCollectionId::<T>::put(CERTIFICATES + 1);
	}

	/// Who holds a policy: whoever holds its certificate.
	pub fn holder(policy: PolicyId) -> Option<T::AccountId> {
		pallet_nfts::Pallet::<T>::owner(CERTIFICATES, policy)
	}

	/// The policies that an account holds.
	pub(crate) fn held(who: &T::AccountId) -> impl Iterator<Item = PolicyId> {
		pallet_nfts::Pallet::<T>::owned_in_collection(&CERTIFICATES, who)
	}

	/// Issues the certificate of a policy, with what wallets show of it.
	pub(crate) fn issue(
		id: PolicyId,
		policy: &PolicyOf<T>,
		product_name: &[u8],
		holder: &T::AccountId,
	) -> DispatchResult {
		type Nfts<T> = pallet_nfts::Pallet<T>;
		Nfts::<T>::mint_into(&CERTIFICATES, &id, holder, &ItemConfig::default(), false)?;
		let text = format!(
			"Lutine cover {id}: {name} (product {product}), {amount}, {start} to {end} UTC",
			name = String::from_utf8_lossy(product_name),
			product = policy.product,
			amount = amount_in::<T>(policy.amount, &policy.asset),
			start = date(policy.start),
			end = date(policy.end),
		);
		<Nfts<T> as Mutate<_, ItemConfig>>::set_item_metadata(None, &CERTIFICATES, &id, text.as_bytes())
	}

	/// Burns the certificate of a policy.
	pub(crate) fn burn(id: PolicyId) -> DispatchResult {
		<pallet_nfts::Pallet<T> as Mutate<_, ItemConfig>>::burn(&CERTIFICATES, &id, None)
	}
}

/// An amount as people write it, such as `1000.5 USD`.
fn amount_in<T: Config>(amount: Balance, asset: &AssetId) -> String {
	// The owner of an asset may write anything.
	let symbol: String = String::from_utf8_lossy(&T::AssetInfo::symbol(asset))
		.chars()
		.filter(char::is_ascii_graphic)
		.take(SYMBOL)
		.collect();
	let symbol = match asset {
		AssetId::WithId(id) if symbol.is_empty() => format!("of asset {id}"),
		_ => symbol,
	};
	format!("{} {symbol}", decimal(amount, T::AssetInfo::decimals(asset)))
}

/// An amount of smallest units as a decimal number of whole ones.
fn decimal(amount: Balance, decimals: u8) -> String {
	let decimals = usize::from(decimals.min(MAX_DECIMALS));
	let digits = format!("{amount:0>width$}", width = decimals + 1);
	let (whole, fraction) = digits.split_at(digits.len() - decimals);
	match fraction.trim_end_matches('0') {
		"" => whole.to_string(),
		fraction => format!("{whole}.{fraction}"),
	}
}

/// A moment as a date and a time of day; Unix seconds where there is no such date.
fn date(at: Seconds) -> String {
	i64::try_from(at)
		.ok()
		.and_then(|seconds| DateTime::from_timestamp(seconds, 0))
		.map_or_else(|| at.to_string(), |moment| moment.naive_utc().to_string())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_written_as_people_do() {
		assert_eq!(decimal(0, 6), "0");
		assert_eq!(decimal(1, 6), "0.000001");
		assert_eq!(decimal(1_000_500_000, 6), "1000.5");
		assert_eq!(decimal(7, 0), "7");
		assert_eq!(
			decimal(u128::MAX, 255),
			"340282366.920938463463374607431768211455"
		);
	}

	#[test]
	fn moments_are_dates() {
		assert_eq!(date(0), "1970-01-01 00:00:00");
		assert_eq!(date(1_795_219_199), "2026-11-20 23:59:59");
		assert_eq!(date(u64::MAX), u64::MAX.to_string());
	}
}
