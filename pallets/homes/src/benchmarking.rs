//! Benchmarks of the calls and of block work, each in its worst case. What the [`Way`] takes it says itself, so nothing is
//! carried here; all is in the native token, which every way carries.

use super::*;
use codec::Decode;
use frame_benchmarking::{account, v2::*};
use frame_support::{
	assert_ok,
	traits::{
		Get,
		fungible::{Inspect, Mutate},
		fungibles::Inspect as _,
	},
};
use frame_system::RawOrigin;
use lutine_primitives::{
	Balance,
	insurance::{AssetId, OnPaid},
};
use sp_runtime::traits::TrailingZeroInput;

const AMOUNT: Balance = 1 << 60;

fn home_of<T: Config>() -> T::Home {
	T::Home::decode(&mut TrailingZeroInput::zeroes()).expect("zeros are a home; qed")
}

/// An account with much more than it will gather, and a deposit.
fn person<T: Config>() -> T::AccountId {
	let who: T::AccountId = account("person", 0, 0);
	let amount = 4 * AMOUNT + T::HomeDeposit::get() + T::Deposits::minimum_balance();
	assert_ok!(T::Deposits::mint_into(&who, amount));
	who
}

fn resident<T: Config>() -> T::AccountId {
	let who = person::<T>();
	assert_ok!(Pallet::<T>::do_set_home(who.clone(), home_of::<T>()));
	who
}

fn assets<T: Config>(count: u32) -> impl Iterator<Item = AssetId> {
	(0..count.min(T::MaxAssets::get())).map(AssetId::WithId)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The first one, for which a deposit is held.
	#[benchmark]
	fn set_home() {
		let who = person::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Some(home_of::<T>()));

		assert!(Homes::<T>::contains_key(&who));
	}

	/// With something gathered of so many assets.
	#[benchmark]
	fn clear_home(a: Linear<0, 16>) {
		let who = resident::<T>();
		for asset in assets::<T>(a) {
			Pallet::<T>::on_paid(&who, &asset, AMOUNT);
		}

		#[extrinsic_call]
		set_home(RawOrigin::Signed(who.clone()), None);

		assert!(!Homes::<T>::contains_key(&who));
		assert!(Gathered::<T>::iter_key_prefix(&who).next().is_none());
	}

	/// Everything but the carrying.
	#[benchmark]
	fn send() {
		let (who, asset) = (resident::<T>(), AssetId::Native);
		Pallet::<T>::on_paid(&who, &asset, AMOUNT);

		#[block]
		{
			let _ = T::Way::is_open();
			let (home, amount) = Pallet::<T>::parcel(&who, &asset).expect("it can be sent; qed");
			assert_ok!(Pallet::<T>::hand_over(&who, &asset, &home, amount, || Ok(())));
		}

		assert_eq!(Gathered::<T>::get(&who, &asset), 0);
	}

	/// At a note that is not of what the account has any more, beside another one.
	#[benchmark]
	fn look() {
		let who = resident::<T>();
		for asset in assets::<T>(2) {
			Pallet::<T>::on_paid(&who, &asset, AMOUNT);
		}
		let asset = AssetId::WithId(0);

		#[block]
		{
			let _ = T::Way::is_open();
			let _ = Gathered::<T>::iter_keys_from(Gathered::<T>::hashed_key_for(&who, &asset)).next();
			let _ = Pallet::<T>::parcel(&who, &asset);
			Pallet::<T>::shrink(&who, &asset);
		}

		assert_eq!(
			Gathered::<T>::get(&who, &asset),
			T::Assets::balance(asset.clone(), &who)
		);
	}

	/// So many notices in one call about one account, which had gathered nothing.
	#[benchmark]
	fn on_paid(n: Linear<1, 16>) {
		let (who, asset) = (resident::<T>(), AssetId::Native);

		#[block]
		{
			for _ in 0..n {
				<Pallet<T> as OnPaid<T::AccountId>>::on_paid(&who, &asset, AMOUNT / 16);
			}
		}

		assert!(Gathered::<T>::get(&who, &asset) > 0);
	}

	impl_benchmark_test_suite!(Pallet, mock::new_test_ext(), mock::Test);
}
