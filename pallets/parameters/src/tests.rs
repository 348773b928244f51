//! The pallet in a runtime of its own.

use crate::{self as pallet_chain_parameters, *};
use frame_support::{assert_noop, assert_ok, derive_impl};
use frame_system::{EnsureRoot, RawOrigin};
use lutine_primitives::parameters::{Field, Governance, GovernanceField, Parameters, Pools, PoolsField};
use sp_runtime::{BuildStorage, traits::BadOrigin};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type ChainParameters = pallet_chain_parameters;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

impl Config for Test {
	type AdminOrigin = EnsureRoot<Self::AccountId>;
	type WeightInfo = ();
}

fn ext_of(chain_parameters: GenesisConfig<Test>) -> sp_io::TestExternalities {
	RuntimeGenesisConfig {
		system: Default::default(),
		chain_parameters,
	}
	.build_storage()
	.unwrap()
	.into()
}

/// A chain with the production values.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext = ext_of(GenesisConfig::default());
	ext.execute_with(|| System::set_block_number(1));
	ext
}

fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Pallet::<Test>::do_try_state().unwrap();
	});
}

#[test]
fn genesis_values_are_read_back() {
	let governance = Governance {
		launch_period: 10,
		..Default::default()
	};
	ext_of(GenesisConfig {
		governance: governance.clone(),
		..Default::default()
	})
	.execute_with(|| {
		assert_eq!(Pallet::<Test>::governance(), governance);
		assert_eq!(Pallet::<Test>::pools(), Pools::default());
	});
}

#[test]
#[should_panic(expected = "launch_period) is out of bounds")]
fn genesis_is_refused_when_a_field_is_out_of_bounds() {
	let governance = Governance {
		launch_period: 0,
		..Default::default()
	};
	ext_of(GenesisConfig {
		governance,
		..Default::default()
	});
}

#[test]
fn group_is_replaced_when_root_asks() {
	build_and_execute(|| {
		let previous = Pallet::<Test>::governance();
		let new = Governance {
			launch_period: 77,
			..Default::default()
		};
		assert_ok!(Pallet::<Test>::set(
			RawOrigin::Root.into(),
			Box::new(Parameters::Governance(new.clone()))
		));
		assert_eq!(Pallet::<Test>::governance(), new);
		// The other groups stay.
		assert_eq!(Pallet::<Test>::pools(), Pools::default());
		System::assert_last_event(
			Event::<Test>::Updated {
				previous: Box::new(Parameters::Governance(previous)),
				current: Box::new(Parameters::Governance(new)),
			}
			.into(),
		);
	});
}

#[test]
fn set_fails_when_origin_is_not_root() {
	build_and_execute(|| {
		let new = Box::new(Parameters::Governance(Governance::default()));
		assert_noop!(
			Pallet::<Test>::set(RawOrigin::Signed(1).into(), new.clone()),
			BadOrigin
		);
		assert_noop!(Pallet::<Test>::set(RawOrigin::None.into(), new), BadOrigin);
	});
}

#[test]
fn set_fails_when_a_field_is_out_of_bounds() {
	build_and_execute(|| {
		let new = Governance {
			voting_period: 0,
			..Default::default()
		};
		assert_noop!(
			Pallet::<Test>::set(RawOrigin::Root.into(), Box::new(Parameters::Governance(new))),
			Error::<Test>::OutOfBounds(Field::Governance(GovernanceField::voting_period))
		);
		let new = Pools {
			change_delay: 2,
			..Default::default()
		};
		assert_noop!(
			Pallet::<Test>::set(RawOrigin::Root.into(), Box::new(Parameters::Pools(new))),
			Error::<Test>::OutOfBounds(Field::Pools(PoolsField::change_delay))
		);
	});
}
