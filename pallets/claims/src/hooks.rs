//! Block work: what is done unasked with weight that nobody else wants.

use crate::{
	Cases, Config, Dockets, Errand, IdleCursor, IncidentState, Incidents, OpenIncidents, Pallet, Payout,
	WeightInfo,
};
use frame_support::{pallet_prelude::*, storage::with_storage_layer, weights::WeightMeter};
use lutine_primitives::insurance::IncidentId;

/// Things that are looked at in a block.
const TASKS: u32 = 32;
/// Policies that are paid in a block.
const POLICIES: u64 = 256;

impl<T: Config> Pallet<T> {
	/// Moves cases and incidents on and looks at feeds in breach, one after the other. Nothing depends on it: whoever
	/// needs one moved on can do it.
	pub(crate) fn keep_going(meter: &mut WeightMeter) {
		// To find the next thing: from where it stopped, and from the beginning of each kind.
		let looking = T::DbWeight::get().reads_writes(5, 1);
		if meter.try_consume(T::DbWeight::get().reads(1)).is_err() {
			return;
		}
		let begun = IdleCursor::<T>::get();
		let mut last = begun;
		let mut is_around = false;
		for _ in 0..TASKS {
			if !meter.can_consume(looking) {
				break;
			}
			meter.consume(looking);
			let Some(task) = Self::next_task(last) else {
				// Once around is enough.
				if is_around || last.is_none() {
					last = None;
					break;
				}
				(last, is_around) = (None, true);
				continue;
			};
			last = Some(task);
			// What would take too much does not keep the others from theirs.
			if !meter.can_consume(Self::task_weight(task)) {
				continue;
			}
			// One that fails is left as it was, and the others go on.
			let done = with_storage_layer(|| Self::do_task(task, meter.remaining()));
			meter.consume(done.unwrap_or(looking));
		}
		if last != begun {
			IdleCursor::<T>::set(last);
		}
	}

	/// What comes after something: cases, then incidents, then products.
	fn next_task(after: Option<Errand>) -> Option<Errand> {
		let mut cases = match after {
			None => Cases::<T>::iter_keys(),
			Some(Errand::Case(id)) => Cases::<T>::iter_keys_from(Cases::<T>::hashed_key_for(id)),
			Some(_) => return Self::next_incident(after),
		};
		cases
			.next()
			.map(Errand::Case)
			.or_else(|| Self::next_incident(None))
	}

	fn next_incident(after: Option<Errand>) -> Option<Errand> {
		let mut incidents = match after {
			Some(Errand::Incident(id)) => {
				OpenIncidents::<T>::iter_keys_from(OpenIncidents::<T>::hashed_key_for(id))
			}
			Some(Errand::Product(_)) => return Self::next_product(after),
			_ => OpenIncidents::<T>::iter_keys(),
		};
		incidents
			.next()
			.map(Errand::Incident)
			.or_else(|| Self::next_product(None))
	}

	fn next_product(after: Option<Errand>) -> Option<Errand> {
		let mut products = match after {
			Some(Errand::Product(id)) => Dockets::<T>::iter_keys_from(Dockets::<T>::hashed_key_for(id)),
			_ => Dockets::<T>::iter_keys(),
		};
		products.next().map(Errand::Product)
	}

	fn is_paid_in_batches(id: IncidentId) -> bool {
		Incidents::<T>::get(id).is_some_and(|incident| {
			matches!(
				incident.state,
				IncidentState::Accepted {
					payout: Payout::Batch { .. },
					..
				}
			)
		})
	}

	/// The least that must be left for something to be tried.
	fn task_weight(task: Errand) -> Weight {
		match task {
			Errand::Case(id) => Self::poke_weight(id),
			Errand::Incident(id) if Self::is_paid_in_batches(id) => Self::batch_weight(id, 1),
			Errand::Incident(_) => Self::poke_incident_weight(),
			Errand::Product(_) => {
				<T as Config>::WeightInfo::thaw().saturating_add(<T as Config>::WeightInfo::rearm())
			}
		}
	}

	/// Does something, within what is left, and returns what it took.
	fn do_task(task: Errand, left: Weight) -> Result<Weight, DispatchError> {
		match task {
			Errand::Case(id) => Self::do_poke(id),
			Errand::Incident(id) if Self::is_paid_in_batches(id) => {
				let none = <T as Config>::WeightInfo::pay_batch(0);
				let policies = left
					.saturating_sub(none)
					.checked_div_per_component(&Self::each_weight())
					.unwrap_or(1)
					.clamp(1, POLICIES);
				Self::do_pay_batch(id, policies as u32, left).map(|(_, used)| used)
			}
			Errand::Incident(id) => {
				Self::do_poke_incident(id)?;
				Ok(Self::poke_incident_weight())
			}
			Errand::Product(product) => {
				let docket = Dockets::<T>::get(product);
				let mut used = T::DbWeight::get().reads(1);
				if docket.in_breach && with_storage_layer(|| Self::do_thaw(product)).is_ok() {
					used.saturating_accrue(<T as Config>::WeightInfo::thaw());
				}
				if docket.fired.is_some() {
					used.saturating_accrue(<T as Config>::WeightInfo::rearm());
					let _ = with_storage_layer(|| Self::do_rearm(product));
				}
				Ok(used)
			}
		}
	}
}
