//! What is true of the stored state after every block and call:
//!
//! 1. Outages are only known of a bridge, and none began before there was one.
//! 2. Each was noticed between its beginning and its end, and ended before the next one began. None is in the future.
//! 3. There has been a bridge for as long as it was heard of, and it was not heard of before the last outage ended.
//! 4. The outage that is not over began after the last one that is.

use crate::{Config, Current, Pallet, Past};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Every invariant of this pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let (past, now) = (Past::<T>::get(), Self::now());
		let Some(bridge) = Current::<T>::get() else {
			ensure!(past.is_empty(), "there were outages of no bridge");
			return Ok(());
		};
		ensure!(
			bridge.header.is_some() && bridge.opened <= bridge.heard && bridge.heard <= now,
			"a bridge was heard of before there was one, or in the future"
		);
		let mut last = bridge.opened;
		for outage in &past {
			ensure!(
				last <= outage.from && outage.from <= outage.noticed && outage.noticed <= outage.to,
				"an outage is not where it belongs"
			);
			last = outage.to;
		}
		ensure!(last <= bridge.heard, "nothing was heard when an outage ended");
		if let Some(open) = bridge.out {
			ensure!(
				last <= open.from && open.from <= open.noticed && open.noticed <= now,
				"the outage that is not over began before another one was"
			);
			ensure!(open.from <= bridge.heard, "an outage began before it was silent");
		}
		Ok(())
	}
}
