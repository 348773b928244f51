//! Random sequences of everything that can happen, with what must be true after each step.

use super::*;
use frame_support::{storage::with_storage_layer, weights::Weight};
use lutine_primitives::{Balance, insurance::AssetId};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
	SetHome(AccountId, u8),
	ClearHome(AccountId),
	Pay(AccountId, AssetId, Balance),
	Give(AccountId, AssetId, Balance),
	Spend(AccountId, AssetId, Balance),
	Freeze(AccountId, AssetId, bool),
	Send(AccountId, AssetId),
	Idle(u64),
	Open(bool),
	Room(u32),
	Carry(AssetId, Option<Balance>),
	Poison(AssetId, bool),
	Echo(Option<(AccountId, AssetId, Balance)>),
}

fn who() -> impl Strategy<Value = AccountId> {
	1..=5u64
}

fn asset() -> impl Strategy<Value = AssetId> {
	(0..ASSETS.len()).prop_map(|index| ASSETS[index].clone())
}

fn amount() -> impl Strategy<Value = Balance> {
	prop_oneof![
		2 => 1..=30u128,
		2 => 1..=1_000u128,
		1 => 1..=(1u128 << 70),
	]
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		4 => (who(), any::<u8>()).prop_map(|(who, home)| Step::SetHome(who, home)),
		1 => who().prop_map(Step::ClearHome),
		8 => (who(), asset(), amount()).prop_map(|(who, asset, amount)| Step::Pay(who, asset, amount)),
		1 => (who(), asset(), amount()).prop_map(|(who, asset, amount)| Step::Give(who, asset, amount)),
		4 => (who(), asset(), amount()).prop_map(|(who, asset, amount)| Step::Spend(who, asset, amount)),
		1 => (who(), asset(), any::<bool>()).prop_map(|(who, asset, is)| Step::Freeze(who, asset, is)),
		6 => (who(), asset()).prop_map(|(who, asset)| Step::Send(who, asset)),
		6 => (0..4_000_000_000u64).prop_map(Step::Idle),
		2 => any::<bool>().prop_map(Step::Open),
		2 => (0..6u32).prop_map(Step::Room),
		1 => (asset(), proptest::option::of(1..100u128)).prop_map(|(asset, least)| Step::Carry(asset, least)),
		1 => (asset(), any::<bool>()).prop_map(|(asset, is)| Step::Poison(asset, is)),
		1 => proptest::option::of((who(), asset(), 1..100u128)).prop_map(Step::Echo),
	]
}

/// What each account was paid while it had a home, by asset.
#[derive(Default)]
struct Told(BTreeMap<(AccountId, AssetId), Balance>);

fn set_poison(asset: AssetId, is: bool) {
	Poisoned::mutate(|poisoned| {
		poisoned.retain(|other| *other != asset);
		if is {
			poisoned.push(asset);
		}
	});
}

impl Told {
	fn pay(&mut self, who: AccountId, asset: &AssetId, amount: Balance) {
		*self.0.entry((who, asset.clone())).or_default() += amount;
	}

	fn take(&mut self, step: Step) {
		// What is refused leaves no trace.
		let _ = with_storage_layer(|| self.try_take(step));
	}

	fn try_take(&mut self, step: Step) -> Result<(), DispatchError> {
		let refused = |error: frame_support::dispatch::DispatchErrorWithPostInfo| error.error;
		match step {
			Step::SetHome(who, home) => {
				Homes::set_home(signed(who), Some([home; 32])).map_err(refused)?;
			}
			Step::ClearHome(who) => {
				Homes::set_home(signed(who), None).map_err(refused)?;
			}
			Step::Pay(who, asset, amount) => {
				// Below the minimum nobody can be paid who has nothing: pools would owe it.
				if balance(&asset, who) + amount >= MINIMUM {
					pay(who, &asset, amount);
					self.pay(who, &asset, amount);
				}
			}
			Step::Give(who, asset, amount) => {
				if balance(&asset, who) + amount >= MINIMUM {
					give(who, &asset, amount);
				}
			}
			Step::Spend(who, asset, amount) => {
				let left = balance(&asset, who).saturating_sub(amount);
				// What is less than an account is burned by the asset; here nothing may be lost.
				if left == 0 || left >= MINIMUM {
					spend(who, &asset, amount)?;
				}
			}
			Step::Freeze(who, AssetId::WithId(id), true) => Assets::freeze(signed(POOL), id, who)?,
			Step::Freeze(who, AssetId::WithId(id), false) => Assets::thaw(signed(POOL), id, who)?,
			Step::Freeze(..) => {}
			Step::Send(who, asset) => Homes::send(signed(CAROL), who, asset)?,
			Step::Idle(time) => {
				idle(Weight::from_parts(time, u64::MAX));
			}
			Step::Open(open) => Open::set(open),
			Step::Room(room) => Room::set(room),
			Step::Carry(asset, least) => Least::mutate(|carried| {
				carried.remove(&asset);
				if let Some(least) = least {
					carried.insert(asset, least);
				}
			}),
			Step::Poison(asset, is) => set_poison(asset, is),
			// Who is told of must be able to receive it.
			Step::Echo(echo) => {
				Echo::set(echo.filter(|(who, asset, _)| balance(asset, *who) >= MINIMUM));
			}
		}
		Ok(())
	}

	/// What is true at any time.
	fn check(&self, issued: &[Balance]) {
		Homes::do_try_state().unwrap();
		for (asset, issued) in ASSETS.iter().zip(issued) {
			use frame_support::traits::fungibles::Inspect;
			assert_eq!(NativeAndAssets::total_issuance(asset.clone()), *issued);
			let arrived: Balance = Arrived::get()
				.iter()
				.filter(|parcel| parcel.2 == *asset)
				.map(|parcel| parcel.3)
				.sum();
			assert_eq!(vault(asset), arrived, "money left that did not arrive");
		}
		// No more has gone home, or is to go there, than was paid.
		let mut gone: BTreeMap<(AccountId, AssetId), Balance> = BTreeMap::new();
		for (who, _, asset, amount) in Arrived::get() {
			*gone.entry((who, asset)).or_default() += amount;
		}
		for (who, asset, amount) in Gathered::<Test>::iter() {
			*gone.entry((who, asset)).or_default() += amount;
		}
		for (key, amount) in gone {
			assert!(
				amount <= self.0.get(&key).copied().unwrap_or(0),
				"more went home than was paid"
			);
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

	#[test]
	fn everything_holds_after_any_sequence(steps in prop::collection::vec(step(), 1..120)) {
		new_test_ext().execute_with(|| {
			use frame_support::traits::fungibles::Inspect;
			let issued = ASSETS.map(NativeAndAssets::total_issuance);
			let mut told = Told::default();
			for step in steps {
				// What is paid while something is carried counts when the parcel arrives, and may be paid more often.
				let before = Arrived::get().len();
				let echo = Echo::get();
				told.take(step);
				if let Some((who, asset, amount)) = echo {
					for _ in before..Arrived::get().len() {
						told.pay(who, &asset, amount);
					}
				}
				told.check(&issued);
			}

			// When nothing is in the way any more all goes home that can.
			Open::set(true);
			Room::set(u32::MAX);
			Poisoned::set(vec![]);
			Echo::set(None);
			let ready = |(who, asset, _): &(AccountId, AssetId, Balance)| Homes::ready(*who, asset.clone()).is_ok();
			let waiting = Gathered::<Test>::iter().filter(ready).count();
			for _ in 0..=waiting.div_ceil(MAX_SENDS as usize) + 1 {
				idle(PLENTY);
				told.check(&issued);
			}
			assert_eq!(Gathered::<Test>::iter().filter(ready).count(), 0);
		});
	}
}
