//! The pallet in a runtime of its own.

use crate::{self as pallet_clock, *};
use frame_support::{derive_impl, traits::Get};
use lutine_primitives::time::Clock;
use sp_runtime::BuildStorage;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type ChainClock = pallet_clock;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

impl Config for Test {}

fn with_clock(settings: Clock, test: impl FnOnce()) {
	let genesis = RuntimeGenesisConfig {
		system: Default::default(),
		chain_clock: GenesisConfig {
			settings,
			..Default::default()
		},
	};
	sp_io::TestExternalities::from(genesis.build_storage().unwrap()).execute_with(|| {
		test();
		Pallet::<Test>::do_try_state().unwrap();
	});
}

#[test]
fn getters_follow_genesis() {
	let settings = Clock {
		slot: 1_000,
		slots_per_epoch: 60,
		epochs_per_era: 3,
		bonding_eras: 3,
		slash_defer_eras: 1,
		accounting_day: 10,
	};
	with_clock(settings, || {
		assert_eq!(SlotDuration::<Test>::get(), 1_000);
		assert_eq!(MinimumPeriod::<Test>::get(), 500);
		assert_eq!(EpochDuration::<Test>::get(), 60);
		assert_eq!(SessionsPerEra::<Test>::get(), 3);
		assert_eq!(BondingDuration::<Test>::get(), 3);
		assert_eq!(SlashDeferDuration::<Test>::get(), 1);
		assert_eq!(ReportLongevity::<Test>::get(), 540);
		assert_eq!(ReportSessions::<Test>::get(), 9);
		assert_eq!(AccountingDay::<Test>::get(), 10);
	});
}

#[test]
#[should_panic(expected = "clock: slot must be whole seconds")]
fn genesis_is_refused_when_the_clock_is_unsound() {
	with_clock(
		Clock {
			slot: 0,
			..Default::default()
		},
		|| {},
	);
}

#[test]
fn getters_are_sound_without_a_genesis() {
	// The SDK's integrity tests and its metadata read them in an empty state.
	sp_io::TestExternalities::default().execute_with(|| {
		assert_eq!(SlotDuration::<Test>::get(), 6_000);
		assert_eq!(EpochDuration::<Test>::get(), 2_400);
	});
}
