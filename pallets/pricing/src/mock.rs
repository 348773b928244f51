//! The pallet in a runtime of its own, whose time, parameters and scores a test sets.

use crate::{self as pallet_pricing, *};
use core::time::Duration;
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types,
	traits::{ConstU32, EitherOfDiverse, UnixTime},
};
use frame_system::{EnsureRoot, EnsureSignedBy};
use lutine_primitives::{parameters, time::Seconds};
use sp_runtime::{BuildStorage, FixedU128};
use std::collections::BTreeMap;

/// An ordinary second on which no day begins.
pub const START: Seconds = 1_800_000_123;
/// Who may change what is known of products beside Root.
pub const LISTER: u64 = 100;
/// Audits that a list can hold.
pub const MAX_AUDITS: u32 = 16;
/// Auditors since genesis.
pub const AUDITORS: [u64; 4] = [1, 2, 3, 4];

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Pricing = pallet_pricing;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

parameter_types! {
	pub static Now: Seconds = START;
	pub static Parameters: parameters::Pricing = parameters::Pricing::default();
	pub static Scores: BTreeMap<u32, (FixedU128, Seconds)> = BTreeMap::new();
}

ord_parameter_types! {
	pub const Lister: u64 = LISTER;
}

impl UnixTime for Now {
	fn now() -> Duration {
		Duration::from_secs(Self::get())
	}
}

impl LiveScores for Scores {
	fn score(key: u32) -> Option<(FixedU128, Seconds)> {
		Self::get().get(&key).copied()
	}
}

impl Config for Test {
	type ListingOrigin = EitherOfDiverse<EnsureRoot<u64>, EnsureSignedBy<Lister, u64>>;
	type AuditorOrigin = EnsureRoot<u64>;
	type Parameters = Parameters;
	type Time = Now;
	type Feeds = Scores;
	type MaxAudits = ConstU32<MAX_AUDITS>;
	type WeightInfo = ();
}

/// A chain with these auditors and no product, and time, parameters and scores as they are at first.
pub fn ext_of(auditors: &[u64]) -> sp_io::TestExternalities {
	Now::set(START);
	Parameters::set(Default::default());
	Scores::set(Default::default());
	let genesis = RuntimeGenesisConfig {
		system: Default::default(),
		pricing: GenesisConfig {
			auditors: auditors.to_vec(),
		},
	};
	let mut ext = sp_io::TestExternalities::from(genesis.build_storage().unwrap());
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// A chain with [`AUDITORS`] and no product.
pub fn new_test_ext() -> sp_io::TestExternalities {
	ext_of(&AUDITORS)
}

/// Runs a test on such a chain and checks its invariants after it.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Pallet::<Test>::do_try_state().unwrap();
	});
}
