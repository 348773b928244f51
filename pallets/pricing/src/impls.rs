//! The price of risk, and the traits through which other pallets meet this one.

use crate::{
	AuditOf, Auditors, Audits, Config, Error, Event, LiveScores, Pallet, Profiles, RiskProfile, RiskReport,
};
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{Get, UnixTime},
};
use lutine_math::pricing;
use lutine_primitives::{
	insurance::{ProductId, Risk, RiskClass, TrackRecord},
	parameters::Pricing,
	time::Seconds,
};
use sp_core::H256;
use sp_runtime::{
	FixedU128, Perbill, Saturating,
	traits::{One, Zero},
};

impl<T: Config> Pallet<T> {
	/// Unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// Whether an audit counts for a product that runs the given code.
	pub(crate) fn is_valid(audit: &AuditOf<T>, code_hash: &H256, now: Seconds) -> bool {
		// The register of auditors is read last and only where it decides.
		audit.code_hash == *code_hash
			&& now < audit.valid_until
			&& Auditors::<T>::contains_key(&audit.auditor)
	}

	/// What a product's probability is made of, as of now. All of it is derived at this moment, so that an audit or a
	/// score that has become stale needs nobody to write it down.
	pub(crate) fn report(product: ProductId) -> Option<RiskReport> {
		let profile = Profiles::<T>::get(product)?;
		let parameters = T::Parameters::get();
		let now = Self::now();

		let base = base_of(&parameters, profile.class);
		let is_valid = |audit: &&AuditOf<T>| Self::is_valid(audit, &profile.code_hash, now);
		let audits = Audits::<T>::get(product).iter().filter(is_valid).count() as u32;
		let quiet = now.saturating_sub(profile.quiet_since);
		let past = pricing::track_decay(profile.past, quiet);
		let fresh = profile.feed.map(|key| fresh_score::<T>(key, &parameters, now));
		let live = fresh.flatten().unwrap_or_else(FixedU128::one);

		let risk = pricing::Risk {
			base,
			unaudited_factor: parameters.unaudited_factor,
			audit_factor: parameters.audit_factor,
			max_audits: parameters.max_audits,
			track_step: parameters.track_step,
			track_discount: parameters.track_discount,
			track_floor: parameters.track_floor,
			low: parameters.min_probability,
			high: parameters.max_probability,
		};
		Some(RiskReport {
			probability: pricing::loss_probability(&risk, audits, quiet, past, live),
			base,
			audits,
			quiet,
			past,
			live,
			live_is_stale: fresh == Some(None),
		})
	}
}

/// The base probability of a class.
fn base_of(parameters: &Pricing, class: RiskClass) -> Perbill {
	match class {
		RiskClass::Lending => parameters.base_lending,
		RiskClass::Exchange => parameters.base_exchange,
		RiskClass::Staking => parameters.base_staking,
		RiskClass::Stablecoin => parameters.base_stablecoin,
		RiskClass::Bridge => parameters.base_bridge,
		RiskClass::Custody => parameters.base_custody,
		RiskClass::Yield => parameters.base_yield,
		RiskClass::Other => parameters.base_other,
	}
}

/// What a feed gives, within its bounds, unless it is older than a score may be.
fn fresh_score<T: Config>(key: u32, parameters: &Pricing, now: Seconds) -> Option<FixedU128> {
	let (score, fed) = T::Feeds::score(key)?;
	let is_fresh = now.saturating_sub(fed) <= parameters.live_max_age;
	is_fresh.then(|| {
		score
			.max(parameters.min_live_factor)
			.min(parameters.max_live_factor)
	})
}

impl<T: Config> Risk for Pallet<T> {
	fn probability(product: ProductId) -> Option<FixedU128> {
		Self::report(product).map(|report| report.probability)
	}
}

impl<T: Config> TrackRecord for Pallet<T> {
	fn begin(product: ProductId, class: RiskClass, code_hash: H256, since: Seconds) -> DispatchResult {
		ensure!(!Profiles::<T>::contains_key(product), Error::<T>::ProductExists);
		let profile = RiskProfile {
			class,
			code_hash,
			feed: None,
			// Stored as given, for at genesis there is no time yet to compare it with.
			quiet_since: since,
			past: FixedU128::zero(),
		};
		Profiles::<T>::insert(product, profile);
		Self::deposit_event(Event::ProductRegistered {
			product,
			class,
			code_hash,
		});
		Ok(())
	}

	fn incident_accepted(product: ProductId, verdict: Perbill) {
		if verdict.is_zero() {
			return;
		}
		let Some(mut profile) = Profiles::<T>::get(product) else {
			return;
		};
		let now = Self::now();
		let decayed = pricing::track_decay(profile.past, now.saturating_sub(profile.quiet_since));
		profile.past = decayed.saturating_add(FixedU128::from(verdict));
		profile.quiet_since = now;
		let past = profile.past;
		Profiles::<T>::insert(product, profile);
		Self::deposit_event(Event::IncidentRecorded {
			product,
			verdict,
			past,
		});
	}

	/// The product has as many valid audits as fit and a feed.
	#[cfg(feature = "runtime-benchmarks")]
	fn begin_worst(product: ProductId) {
		crate::benchmarking::begin_worst::<T>(product);
	}
}
