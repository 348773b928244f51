//! Block work: what is done unasked with weight that nobody else wants.

use crate::{Config, IdleCursor, NextPool, Pallet, WeightInfo, ledger::Ledger};
use frame_support::{pallet_prelude::*, storage::with_storage_layer, weights::WeightMeter};
use lutine_primitives::insurance::PoolId;

/// Requests that are paid for one pool in a block, and before a change of its manager's is made.
pub(crate) const REQUESTS: u32 = 8;
/// Pools that a block looks at: their number has no bound.
const POOLS: PoolId = 16;

impl<T: Config> Pallet<T> {
	/// Brings the books of some pools to now and pays their queues; the next block goes on with those after them. Nothing
	/// depends on it: whoever needs a pool settled can settle it.
	pub(crate) fn keep_going(meter: &mut WeightMeter) {
		let bookkeeping = T::DbWeight::get().reads_writes(2, 1);
		if meter.try_consume(bookkeeping).is_err() {
			return;
		}
		let pools = NextPool::<T>::get();
		if pools == 0 {
			return;
		}
		let mut cursor = IdleCursor::<T>::get();
		for _ in 0..pools.min(POOLS) {
			if cursor >= pools {
				cursor = 0;
			}
			// Finding out what a pool would take is itself a read.
			if meter.try_consume(T::DbWeight::get().reads(1)).is_err() {
				break;
			}
			let most =
				T::WeightInfo::process_withdrawals(REQUESTS).saturating_add(Self::settle_weight(cursor));
			if !meter.can_consume(most) {
				break;
			}
			// A pool that cannot be brought to now is left as it was, and the others go on.
			let used = with_storage_layer(|| Self::keep_pool_going(cursor)).unwrap_or(most);
			meter.consume(used);
			cursor = cursor.saturating_add(1);
		}
		IdleCursor::<T>::put(cursor);
	}

	fn keep_pool_going(pool: PoolId) -> Result<Weight, DispatchError> {
		let mut ledger = Ledger::<T>::open(pool)?;
		let queue = ledger.pool.queue.clone();
		let mut requests = 0;
		if ledger.settle()? {
			requests = Self::do_process_withdrawals(&mut ledger, REQUESTS)?;
		}
		let used = Self::settled(ledger.days, ledger.releases)
			.saturating_add(T::WeightInfo::process_withdrawals(requests));
		// Books that did nothing but earn say the same when they are left as they were: no block writes every pool.
		if ledger.days > 0 || ledger.pool.queue != queue {
			ledger.close()?;
		}
		Ok(used)
	}
}
