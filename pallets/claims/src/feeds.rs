//! Incidents that a feed proves: what it adds up to, when it is in breach, and what it shows to be lost.

use crate::{
	Cases, Config, Dockets, Error, Event, Feeds, Incident, IncidentOf, IncidentState, Incidents, Instant,
	Instants, Marks, OpenIncidents, Pallet, Subject, WeightInfo,
};
use frame_support::pallet_prelude::*;
use lutine_math::feeds::{Feed, Mark, average, percentage};
use lutine_primitives::{
	Balance,
	insurance::{Coverage, IncidentId, Insured, MAX_TRIGGER_DAYS, ProductId, Spot, Table, Trigger},
	time::Seconds,
};
use sp_arithmetic::{Rounding, helpers_128bit::multiply_by_rational_with_rounding};
use sp_runtime::{FixedU128, Perbill};

/// Days whose ends a feed is known at: enough to average over the longest window some time after it.
const KEPT_DAYS: Seconds = MAX_TRIGGER_DAYS as Seconds + 2;

/// How a feed proves the incidents of a product.
pub(crate) struct Proof {
	pub(crate) feed: u32,
	pub(crate) averaging: Seconds,
	observation: u32,
	table: Table,
	pub(crate) threshold: FixedU128,
	insured: Insured,
}

impl<T: Config> Pallet<T> {
	// ------------------------------------------------------------------------------------------ History

	fn day() -> Seconds {
		T::AccountingDay::get().max(1)
	}

	/// The end of the last day that is over.
	pub(crate) fn last_day_end() -> Seconds {
		let now = Self::now();
		now - now % Self::day()
	}

	/// A feed has a value, which was taken at some time. Called whenever an oracle is fed; ignores feeds that prove
	/// nothing.
	pub fn note_price(feed: u32, value: FixedU128, taken: Seconds) {
		if !T::Coverage::is_watched(feed) {
			return;
		}
		let (now, day) = (Self::now(), Self::day());
		let value = value.into_inner();
		let today = now - now % day;
		let Some(mut history) = Feeds::<T>::get(feed) else {
			Marks::<T>::insert(feed, today, Mark::default());
			Feeds::<T>::insert(feed, Feed::new(value, taken, now));
			return;
		};
		let max_age = T::Parameters::get().feed_max_age;
		let kept = KEPT_DAYS.saturating_mul(day);
		let mut end = (history.at - history.at % day).saturating_add(day);
		if end.saturating_add(kept) <= today {
			// So long a silence leaves nothing that is of use. What is made for it then is all within what is kept.
			end = today.saturating_sub(kept).saturating_add(day);
			let _ = Marks::<T>::clear_prefix(feed, KEPT_DAYS as u32 + 2, None);
		}
		while end <= today {
			Marks::<T>::insert(feed, end, history.mark_at(end, max_age));
			if history.at >= end.saturating_sub(kept) {
				Marks::<T>::remove(feed, end.saturating_sub(kept));
			}
			end = end.saturating_add(day);
		}
		history.take(value, taken, now, max_age);
		Feeds::<T>::insert(feed, history);
	}

	/// The most that [`note_price`](Self::note_price) takes.
	pub fn note_price_weight() -> Weight {
		<T as Config>::WeightInfo::note_price()
	}

	/// What a feed had added up to at a day's end that is over.
	fn mark(feed: u32, history: &Feed, end: Seconds) -> Option<Mark> {
		if end >= history.at {
			Some(history.mark_at(end, T::Parameters::get().feed_max_age))
		} else {
			Marks::<T>::get(feed, end)
		}
	}

	/// The average of a feed over so many whole days before an end of a day, if it was fresh for long enough.
	pub(crate) fn average(feed: u32, end: Seconds, days: Seconds) -> Option<FixedU128> {
		let history = Feeds::<T>::get(feed)?;
		let seconds = days.checked_mul(Self::day())?;
		let from = Self::mark(feed, &history, end.checked_sub(seconds)?)?;
		let to = Self::mark(feed, &history, end)?;
		let least_fresh = T::Parameters::get().min_fresh.deconstruct();
		average(from, to, seconds, least_fresh).map(FixedU128::from_inner)
	}

	// ------------------------------------------------------------------------------------------ Breach

	/// How a feed proves incidents of a product.
	pub(crate) fn proof(product: ProductId) -> Result<Proof, DispatchError> {
		let insured = T::Coverage::product(product).ok_or(Error::<T>::UnknownProduct)?;
		let (
			Trigger::Parametric {
				feed,
				averaging,
				observation,
				table,
			},
			Some((_, threshold)),
		) = (insured.trigger.clone(), insured.trigger.threshold())
		else {
			return Err(Error::<T>::AssessedProduct.into());
		};
		Ok(Proof {
			feed,
			averaging: averaging.into(),
			observation,
			table,
			threshold,
			insured,
		})
	}

	pub(crate) fn do_freeze(product: ProductId) -> DispatchResult {
		let proof = Self::proof(product)?;
		let mut docket = Dockets::<T>::get(product);
		ensure!(!docket.in_breach, Error::<T>::AlreadyFrozen);
		// Until the feed has been back it proves nothing, and nothing would ever thaw what is dead.
		ensure!(docket.fired.is_none(), Error::<T>::NotBackYet);
		let spot = T::Spot::spot(proof.feed).ok_or(Error::<T>::FeedNotFresh)?;
		ensure!(spot <= proof.threshold, Error::<T>::NoBreach);
		T::Coverage::freeze(product)?;
		docket.in_breach = true;
		Dockets::<T>::insert(product, docket);
		Self::deposit_event(Event::Frozen { product, spot });
		Ok(())
	}

	pub(crate) fn do_thaw(product: ProductId) -> DispatchResult {
		let proof = Self::proof(product)?;
		let mut docket = Dockets::<T>::get(product);
		ensure!(docket.in_breach, Error::<T>::NotFrozen);
		match T::Spot::spot(proof.feed) {
			Some(spot) => ensure!(spot > proof.threshold, Error::<T>::FeedInBreach),
			None => {
				// What was fresh before is not in any window any more.
				let max_age = T::Parameters::get().feed_max_age;
				let fresh_until =
					Feeds::<T>::get(proof.feed).map_or(0, |history| history.taken.saturating_add(max_age));
				let window = proof.averaging.saturating_mul(Self::day());
				ensure!(
					fresh_until.saturating_add(window) <= Self::last_day_end(),
					Error::<T>::FeedNotFresh
				);
			}
		}
		docket.in_breach = false;
		Self::put_docket(product, docket)?;
		Self::deposit_event(Event::Thawed { product });
		Ok(())
	}

	pub(crate) fn do_trigger(who: T::AccountId, product: ProductId) -> DispatchResult {
		let proof = Self::proof(product)?;
		let mut docket = Dockets::<T>::get(product);
		ensure!(
			docket.observed.is_none() && docket.judged.is_none(),
			Error::<T>::AlreadyFrozen
		);
		ensure!(docket.fired.is_none(), Error::<T>::NotBackYet);
		ensure!(Feeds::<T>::contains_key(proof.feed), Error::<T>::FeedNotFresh);
		let end = Self::last_day_end();
		if let Some(looked_at) = docket.looked_at {
			let window = proof.averaging.saturating_mul(Self::day());
			ensure!(looked_at.saturating_add(window) <= end, Error::<T>::NotBackYet);
		}
		let average = Self::average(proof.feed, end, proof.averaging).ok_or(Error::<T>::FeedTooSparse)?;
		ensure!(average <= proof.threshold, Error::<T>::NoBreach);

		let incident = Self::open_incident(Incident {
			product,
			happened: end.saturating_sub(1),
			reported: Self::now(),
			reporter: who.clone(),
			subsidies: 0,
			state: IncidentState::Observed {
				day: end,
				days_left: proof.observation,
				patience: MAX_TRIGGER_DAYS,
				lowest: average,
			},
		})?;
		OpenIncidents::<T>::insert(incident, ());
		T::Coverage::freeze(product)?;
		docket.in_breach = false;
		docket.observed = Some(incident);
		docket.fired = Some(end);
		docket.looked_at = None;
		Dockets::<T>::insert(product, docket);
		Self::deposit_event(Event::Triggered {
			incident,
			product,
			who,
			average,
		});
		Ok(())
	}

	pub(crate) fn do_rearm(product: ProductId) -> DispatchResult {
		let proof = Self::proof(product)?;
		let mut docket = Dockets::<T>::get(product);
		let fired = docket.fired.ok_or(Error::<T>::Armed)?;
		// What the feed does meanwhile counts for the incident that it proved: it proves no other one.
		ensure!(docket.observed.is_none(), Error::<T>::NotBackYet);
		let (end, day) = (Self::last_day_end(), Self::day());
		ensure!(
			fired.saturating_add(proof.averaging.saturating_mul(day)) <= end,
			Error::<T>::NotBackYet
		);
		for before in 0..proof.averaging {
			let back = Self::average(proof.feed, end.saturating_sub(before.saturating_mul(day)), 1)
				.is_some_and(|average| average > proof.threshold);
			ensure!(back, Error::<T>::NotBackYet);
		}
		docket.fired = None;
		Self::put_docket(product, docket)?;
		Self::deposit_event(Event::Rearmed { product });
		Ok(())
	}

	// ------------------------------------------------------------------------------------------ Observation

	/// Looks at the days since a feed proved an incident. Once enough of them are over, it is known how much is lost.
	pub(crate) fn observe(id: IncidentId, mut incident: IncidentOf<T>) -> DispatchResult {
		let IncidentState::Observed {
			day,
			days_left,
			patience,
			lowest,
		} = &mut incident.state
		else {
			return Err(Error::<T>::NothingDue.into());
		};
		let proof = Self::proof(incident.product)?;
		let (length, last) = (Self::day(), Self::last_day_end());
		ensure!(day.saturating_add(length) <= last, Error::<T>::NothingDue);
		while *days_left > 0 && *patience > 0 && day.saturating_add(length) <= last {
			*day = day.saturating_add(length);
			*patience = patience.saturating_sub(1);
			// A day that proves nothing makes the observation longer.
			if let Some(average) = Self::average(proof.feed, *day, 1) {
				*lowest = average.min(*lowest);
				*days_left = days_left.saturating_sub(1);
			}
		}
		if *days_left > 0 && *patience > 0 {
			Incidents::<T>::insert(id, incident);
			return Ok(());
		}
		let (lowest, looked_at) = (*lowest, *day);
		let levels = proof
			.table
			.iter()
			.map(|(level, percent)| (level.into_inner(), *percent));
		let verdict = percentage(levels, lowest.into_inner());
		Self::deposit_event(Event::ObservationEnded {
			incident: id,
			lowest,
			verdict,
		});
		let product = incident.product;
		let mut docket = Dockets::<T>::get(product);
		docket.observed = None;
		if Self::is_instant(product, &proof.insured, verdict) {
			Self::accept(id, &mut incident, &proof.insured, verdict)?;
		} else {
			let subject = Subject::Incident { incident: id };
			let reporter = incident.reporter.clone();
			let (number, mut case) = Self::open_case(subject, verdict, reporter, 0, 0, None)?;
			Self::propose(number, &mut case);
			Cases::<T>::insert(number, case);
			docket.judged = Some(number);
			docket.looked_at = Some(looked_at);
			incident.state = IncidentState::Judged { case: number };
			OpenIncidents::<T>::remove(id);
		}
		Incidents::<T>::insert(id, incident);
		Self::put_docket(product, docket)
	}

	/// Whether an incident sets so little aside, with what the product paid of late, that nobody need be heard; counts it
	/// then.
	fn is_instant(product: ProductId, insured: &Insured, verdict: u8) -> bool {
		let (now, window) = (Self::now(), T::Parameters::get().instant_window);
		let verdict = Perbill::from_percent(verdict.into());
		let mut counted = alloc::vec::Vec::new();
		for (asset, limit) in &insured.instant_limits {
			let reserved = verdict.mul_ceil(T::Coverage::exposure(product, asset));
			if reserved == 0 {
				continue;
			}
			let before = Instants::<T>::get(product, asset);
			let used = leaked(before, now, window).saturating_add(reserved);
			if used > *limit {
				return false;
			}
			counted.push((asset, used));
		}
		for (asset, used) in counted {
			Instants::<T>::insert(product, asset, Instant { used, at: now });
		}
		true
	}
}

/// What is left in a leaky bucket, rounded up.
fn leaked(bucket: Instant, now: Seconds, window: Seconds) -> Balance {
	let left = window.saturating_sub(now.saturating_sub(bucket.at));
	multiply_by_rational_with_rounding(bucket.used, left.into(), window.max(1).into(), Rounding::Up)
		.unwrap_or(bucket.used)
}
