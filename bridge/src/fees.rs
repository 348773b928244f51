//! What a message costs where it arrives.

use crate::chains::{LUTINE_NETWORK, location, stablecoin};
use frame_support::weights::{Weight, WeightToFee as _};
use lutine_primitives::{Balance, fees::WeightToFee};
use xcm::latest::prelude::{Location, NetworkId};

/// What an instruction weighs at most, a call that it makes not counted. The dearest moves four assets or sends a message
/// of the largest size, which is 40 accesses to the state and its hashing.
pub const INSTRUCTION_WEIGHT: Weight = Weight::from_parts(1_000_000_000, 64 * 1024);
/// What a message takes from a block that the barrier turned away.
pub const REFUSED_WEIGHT: Weight = Weight::from_parts(500_000_000, 64 * 1024);

/// While its blocks are empty, Lutine's fees fall to one in so many of the price of weight. The partner's stay as they are.
pub const MOST_DISCOUNT: u32 = 10;

/// A price on the partner chain in Lutine's stablecoin, rounded up: one is worth one PRT, less the decimals it lacks.
pub const fn in_stablecoin(fee: Balance) -> Balance {
	fee.div_ceil(1_000_000)
}

/// The least that so many instructions cost on a chain, paid in an asset that is there as that chain sees it. `None`: it
/// takes no fees in this.
pub fn least(there: NetworkId, asset: &Location, instructions: usize) -> Option<Balance> {
	let price = WeightToFee::weight_to_fee(&INSTRUCTION_WEIGHT.saturating_mul(instructions as u64));
	// Nothing tells Lutine what other money is worth.
	if there == LUTINE_NETWORK {
		return (*asset == Location::here()).then(|| price / Balance::from(MOST_DISCOUNT));
	}
	if *asset == Location::here() || *asset == location(LUTINE_NETWORK) {
		Some(price)
	} else {
		(*asset == stablecoin()).then(|| in_stablecoin(price))
	}
}
