//! What clients ask, as of now.

use crate::{Cases, Config, Dockets, Feeds, Pallet, Record, Records, Running};
use codec::{Decode, Encode};
use lutine_primitives::{
	Balance,
	insurance::{Coverage, ProductId, Trigger},
	time::Seconds,
};
use scale_info::TypeInfo;
use sp_runtime::{FixedU128, Perbill};

/// Cases that are counted at most.
const CASES_COUNTED: usize = 1_024;

/// What became of incidents and claims.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TrackRecord {
	/// The figures.
	pub record: Record,
	/// The mean time from a claim to its payout, in seconds; none where none was paid.
	pub mean_payout_time: Option<Seconds>,
	/// Share of the assessors' verdicts that token holders changed.
	pub overturned: Perbill,
}

/// What is being decided.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Pending {
	/// Cases that are not final, counted up to 1 024.
	pub cases: u32,
	/// Those of them that token holders vote on.
	pub referenda: u32,
}

/// A feed that proves incidents.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct FeedReport {
	/// The last value.
	pub value: FixedU128,
	/// When it was taken, in Unix seconds.
	pub taken: Seconds,
	/// Its average over the days that are averaged to prove an incident, if it was fresh for long enough.
	pub average: Option<FixedU128>,
	/// The level at or below which it is in breach.
	pub threshold: FixedU128,
	/// Whether it can prove an incident: none is observed or judged, and it has been back since the last one.
	pub armed: bool,
}

sp_api::decl_runtime_apis! {
	/// Incidents, claims and feeds as of now.
	pub trait ClaimsApi {
		/// The bond that a report on a product takes now. None for a product whose incidents a feed proves.
		fn report_bond(product: ProductId) -> Option<Balance>;
		/// The feed that proves incidents of a product.
		fn feed(product: ProductId) -> Option<FeedReport>;
		/// How much is being decided.
		fn pending() -> Pending;
		/// What became of the incidents and claims of a product, or of all.
		fn track_record(product: Option<ProductId>) -> TrackRecord;
	}
}

impl<T: Config> Pallet<T> {
	/// The bond that a report on a product takes now.
	pub fn report_bond(product: ProductId) -> Option<Balance> {
		let insured = T::Coverage::product(product)?;
		match insured.trigger {
			Trigger::Assessed => Self::bond_of_report(&insured, &Dockets::<T>::get(product)).ok(),
			Trigger::Parametric { .. } => None,
		}
	}

	/// The feed that proves incidents of a product.
	pub fn report_feed(product: ProductId) -> Option<FeedReport> {
		let proof = Self::proof(product).ok()?;
		let history = Feeds::<T>::get(proof.feed)?;
		let docket = Dockets::<T>::get(product);
		Some(FeedReport {
			value: FixedU128::from_inner(history.value),
			taken: history.taken,
			average: Self::average(proof.feed, Self::last_day_end(), proof.averaging),
			threshold: proof.threshold,
			armed: docket.fired.is_none() && docket.observed.is_none() && docket.judged.is_none(),
		})
	}

	/// How much is being decided.
	pub fn report_pending() -> Pending {
		Pending {
			cases: Cases::<T>::iter_keys().take(CASES_COUNTED).count() as u32,
			referenda: Running::<T>::get().len() as u32,
		}
	}

	/// What became of the incidents and claims of a product, or of all.
	pub fn report_record(product: Option<ProductId>) -> TrackRecord {
		let record = match product {
			Some(product) => Records::<T>::get(product),
			// As many as governance has listed.
			None => Records::<T>::iter_values().fold(Record::default(), |sum, record| sum.plus(&record)),
		};
		TrackRecord {
			mean_payout_time: record.payout_seconds.checked_div(record.paid),
			overturned: match record.verdicts {
				0 => Perbill::zero(),
				verdicts => Perbill::from_rational(record.overturned, verdicts),
			},
			record,
		}
	}
}
