//! Security scores from the oracle.

use crate::Oracle;
use lutine_primitives::time::Seconds;
use pallet_pricing::LiveScores;
use sp_runtime::FixedU128;

/// The oracle's value under a key, with its own time: without enough feeders the oracle goes on giving the last value,
/// so whoever reads it judges its age.
pub struct OracleScores;

impl LiveScores for OracleScores {
	fn score(key: u32) -> Option<(FixedU128, Seconds)> {
		let fed = Oracle::get(&key)?;
		Some((fed.value, fed.timestamp / 1_000))
	}
}
