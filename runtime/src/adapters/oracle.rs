//! What the insurance pallets know of the world outside: the oracle's values.
//!
//! Without enough feeders the oracle goes on giving the last value, so whoever reads it judges its age.

use crate::{AccountId, Claims, Oracle, Parameters, Runtime, Timestamp};
use core::marker::PhantomData;
use frame_support::{
	traits::{Get, UnixTime},
	weights::Weight,
};
use lutine_primitives::{insurance::Spot, time::Seconds};
use pallet_oracle::OnNewData;
use pallet_pricing::LiveScores;
use sp_runtime::FixedU128;

/// The oracle's value under a key, and when the feeders gave it.
fn fed(key: u32) -> Option<(FixedU128, Seconds)> {
	let fed = Oracle::get(&key)?;
	Some((fed.value, fed.timestamp / 1_000))
}

/// Security scores, with their own time: what uses them governs how old they may be.
pub struct OracleScores;

impl LiveScores for OracleScores {
	fn score(key: u32) -> Option<(FixedU128, Seconds)> {
		fed(key)
	}
}

/// Values that prove incidents, while they are not older than governance lets them be.
pub struct OracleSpot;

impl Spot for OracleSpot {
	fn spot(feed: u32) -> Option<FixedU128> {
		let (value, at) = fed(feed)?;
		let now = <Timestamp as UnixTime>::now().as_secs();
		(at.saturating_add(Parameters::claims().feed_max_age) >= now).then_some(value)
	}
}

/// Tells claims what feeds say, as it comes.
pub struct PricesToClaims;

impl OnNewData<AccountId, u32, FixedU128> for PricesToClaims {
	/// The value given is one feeder's. What counts is what all of them say together, which is known by now.
	fn on_new_data(_: &AccountId, key: &u32, _: &FixedU128) {
		if let Some((value, taken)) = fed(*key) {
			Claims::note_price(*key, value, taken);
		}
	}
}

/// The weights of the oracle pallet with what its own do not know of: the raw values of all feeders, of which `Feeders`
/// may be, that are combined for each key, and [`PricesToClaims`].
pub struct FeedWeights<W, Feeders>(PhantomData<(W, Feeders)>);

impl<W: pallet_oracle::WeightInfo, Feeders: Get<u32>> pallet_oracle::WeightInfo for FeedWeights<W, Feeders> {
	fn feed_values(values: u32) -> Weight {
		let db = <Runtime as frame_system::Config>::DbWeight::get();
		let combining = db.reads_writes(Feeders::get().into(), 1);
		let each = combining.saturating_add(Claims::note_price_weight());
		W::feed_values(values).saturating_add(each.saturating_mul(values.into()))
	}

	fn on_finalize() -> Weight {
		W::on_finalize()
	}
}
