//! How long the bridge was out, so that nobody loses a claim by that.
//!
//! ## Terms
//! - **bridge**: the light client of the other chain and the lane on which its people's messages come.
//! - **news**: another header of the other chain. Messages are proven against headers, so without news none come.
//! - **outage**: a time without news longer than is tolerated, from the last news on; or in which headers or messages are
//!   refused, or the lane is closed.
//! - **window**: the time in which something may be done, such as filing claims under an incident.
//!
//! ## Usage
//! Whoever keeps a deadline asks [`Deadlines::extended`](lutine_primitives::time::Deadlines::extended) whether it is over.
//! The pallet has no calls. Clients read [`Current`] and [`Past`], or ask the view functions.
//!
//! ## Design
//! A window does not run while the bridge is out, and lasts an accounting day longer if there was a bridge before its
//! deadline: a message that is sent on the last day has to travel. Both together are a window's last second as of now. An
//! outage that is not over lasts until now, so that a window that waits for it is never over.
//!
//! What is over stays over. An outage is noticed when nothing was heard for as long as is tolerated, and counts from when
//! it began; but only a window that is open when it is noticed waits for it. The bridge that is closed by governance is
//! out, and never makes a deadline earlier.
//!
//! Nobody waits for ever. An outage counts for as long as [`MaxExtension`](Config::MaxExtension) from its beginning, and
//! prolongs a window by as much, all outages taken together. Where the bridge never comes back, windows that begin later
//! wait for nothing but their day.
//!
//! The end of every block notes what it has seen, in constant time. Whoever asks before that sees for themselves: nothing
//! depends on the note but the second in which an outage that is over ended.
//!
//! ## Limitations
//! News are headers. A relayer that brings headers and no messages makes no outage; anybody can bring the messages then,
//! for the headers prove them.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod impls;
mod invariants;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::{Bridge, BridgeWatch, Open, Outage};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{pallet_prelude::*, traits::UnixTime};
	use frame_system::pallet_prelude::*;
	use lutine_primitives::time::Seconds;

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The bridge.
		type Bridge: BridgeWatch;
		/// How long nothing may be heard of the other chain before that is an outage.
		type Tolerance: Get<Seconds>;
		/// How long an outage counts at most, and by how much all of them prolong a window at most.
		type MaxExtension: Get<Seconds>;
		/// The longest window there is, before anything prolongs it.
		type LongestWindow: Get<Seconds>;
		/// The length of an accounting day, which never changes.
		type AccountingDay: Get<Seconds>;
		/// The time of the block.
		type Time: UnixTime;
		/// Outages of the past that are remembered.
		#[pallet::constant]
		type MaxOutages: Get<u32>;
		/// Weights of the block's work, and of asking.
		type WeightInfo: WeightInfo;
		/// What the benchmarks need of the chain.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// What is stored is of this version. Whoever changes a stored type raises it and brings a migration.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What is known of the bridge, from the moment when there first is one. Nobody pays for it.
	#[pallet::storage]
	pub type Current<T> = StorageValue<_, Bridge>;

	/// The outages that are over and may still matter to a window, in order. Those within a day of each other are one.
	/// Nobody pays for it.
	#[pallet::storage]
	pub type Past<T: Config> = StorageValue<_, BoundedVec<Outage, T::MaxOutages>, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// There is a bridge now.
		Opened,
		/// The bridge is out.
		Began {
			/// When the other chain was last heard of, in Unix seconds.
			since: Seconds,
		},
		/// The bridge is not out any more.
		Ended {
			/// When the other chain was last heard of before, in Unix seconds.
			from: Seconds,
			/// Until when it counts as out: now, or earlier where nobody waited for it any more.
			to: Seconds,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Accounts for what the end of the block takes.
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			<T as Config>::WeightInfo::note()
		}

		/// Notes what this block has seen of the bridge, all its headers included.
		fn on_finalize(_: BlockNumberFor<T>) {
			Self::note();
		}

		fn integrity_test() {
			assert!(T::AccountingDay::get() > 0, "a day has a length");
			assert!(
				T::Tolerance::get() < T::MaxExtension::get(),
				"an outage must be noticed before nobody waits for it any more"
			);
			assert!(T::MaxOutages::get() > 1, "two outages are remembered at least");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The outage that is not over, if there is one.
		pub fn is_out() -> Option<Open> {
			Self::look().0.and_then(|bridge| bridge.out)
		}

		/// The last second, as far as is known now, of a window that would last from `begin` until `deadline`.
		pub fn last_second(begin: Seconds, deadline: Seconds) -> Seconds {
			Self::extend(begin, deadline)
		}
	}
}
