//! The pallet in a runtime of its own, whose bridge and time a test sets.

use crate::{self as pallet_outages, *};
use core::time::Duration;
use frame_support::{
	derive_impl, parameter_types,
	traits::{Hooks, UnixTime},
};
use lutine_primitives::{BlockNumber, time::Seconds};
use sp_runtime::BuildStorage;

/// When the tests begin.
pub const START: Seconds = 1_800_000_123;
/// An accounting day of the mock: short enough to walk second by second.
pub const DAY: Seconds = 100;
/// How long the other chain may be silent.
pub const TOLERANCE: Seconds = 20;
/// How long anybody waits.
pub const MOST: Seconds = 1_000;
/// The longest window.
pub const LONGEST: Seconds = 5_000;
/// Outages that are remembered.
pub const ROOM: u32 = 8;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(RuntimeCall, RuntimeEvent, RuntimeError, RuntimeOrigin, RuntimeTask)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Outages = pallet_outages;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
}

parameter_types! {
	pub static Now: Seconds = START;
	/// The last header that the light client knows.
	pub static Header: Option<BlockNumber> = None;
	pub static IsOpen: bool = false;
	pub static IsHalted: bool = false;
	pub static AccountingDay: Seconds = DAY;
	pub static Tolerated: Seconds = TOLERANCE;
	pub static Extension: Seconds = MOST;
	pub static LongestWindow: Seconds = LONGEST;
	pub static MaxOutages: u32 = ROOM;
}

impl UnixTime for Now {
	fn now() -> Duration {
		Duration::from_secs(Self::get())
	}
}

pub struct Bridged;
impl BridgeWatch for Bridged {
	fn last_header() -> Option<BlockNumber> {
		Header::get()
	}
	fn is_open() -> bool {
		IsOpen::get()
	}
	fn is_halted() -> bool {
		IsHalted::get()
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper for Bridged {
	fn import(header: BlockNumber) {
		IsOpen::set(true);
		Header::set(Some(header));
	}
	fn set_time(seconds: Seconds) {
		Now::set(seconds);
	}
}

impl Config for Test {
	type Bridge = Bridged;
	type Tolerance = Tolerated;
	type MaxExtension = Extension;
	type LongestWindow = LongestWindow;
	type AccountingDay = AccountingDay;
	type Time = Now;
	type MaxOutages = MaxOutages;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Bridged;
}

/// A chain without a bridge.
pub fn new_test_ext() -> sp_io::TestExternalities {
	Now::set(START);
	Header::set(None);
	IsOpen::set(false);
	IsHalted::set(false);
	AccountingDay::set(DAY);
	Tolerated::set(TOLERANCE);
	Extension::set(MOST);
	LongestWindow::set(LONGEST);
	MaxOutages::set(ROOM);
	let genesis = RuntimeGenesisConfig::default().build_storage().unwrap();
	let mut ext = sp_io::TestExternalities::from(genesis);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test on such a chain and checks its invariants after it.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Outages::do_try_state().unwrap();
	});
}

/// The same with a bridge that has just been opened.
pub fn bridged(test: impl FnOnce()) {
	build_and_execute(|| {
		IsOpen::set(true);
		Header::set(Some(1));
		end_block();
		test();
	});
}

/// A header of the other chain is imported.
pub fn import() {
	Header::mutate(|header| *header = Some(header.unwrap_or(0) + 1));
}

/// Ends the block.
pub fn end_block() {
	let number = System::block_number();
	Outages::on_finalize(number);
	Outages::do_try_state().unwrap();
	System::set_block_number(number + 1);
	Outages::on_initialize(number + 1);
}

/// A block that many seconds later in which nothing is heard.
pub fn silent(seconds: Seconds) {
	Now::mutate(|now| *now += seconds);
	end_block();
}

/// A block that many seconds later that imports a header.
pub fn heard(seconds: Seconds) {
	Now::mutate(|now| *now += seconds);
	import();
	end_block();
}

/// Blocks with headers for so many seconds.
pub fn in_order(seconds: Seconds) {
	let end = Now::get() + seconds;
	while Now::get() < end {
		heard((end - Now::get()).min(TOLERANCE));
	}
}
