//! Headers and what proves that they are final.

use crate::{
	chain::{BlockNumber, Hash, Header, Justification},
	error::Error,
	node::Node,
};
use bp_header_chain::{
	AuthoritySet, ConsensusLogReader, GrandpaConsensusLogReader,
	justification::verify_and_optimize_justification,
};
use jsonrpsee::types::error::OVERSIZED_RESPONSE_CODE;
use sp_runtime::traits::Header as _;

/// A node tells all headers up to the one that is proved. Where these are too many, it is asked again from a block so
/// much later: fewer than fit into one answer, so that no change of validators is stepped over.
const STRIDE: BlockNumber = 4_096;

/// Checks a justification as the target will, and leaves out what is not needed.
pub fn optimise(
	mut justification: Justification,
	authorities: &AuthoritySet,
) -> Result<Justification, String> {
	let context = authorities
		.clone()
		.try_into()
		.map_err(|error| format!("the authorities are none: {error:?}"))?;
	let target: (Hash, BlockNumber) = (
		justification.commit.target_hash,
		justification.commit.target_number,
	);
	verify_and_optimize_justification::<Header>(target, &context, &mut justification)
		.map_err(|error| format!("{error:?}"))?;
	Ok(justification)
}

/// Whether the validators change in this block.
pub fn changes_validators(header: &Header) -> bool {
	GrandpaConsensusLogReader::<BlockNumber>::schedules_authorities_change(header.digest())
}

/// The first header after `after` in which the validators change, with its justification by the ones that go.
///
/// Errors: the node has no such proof. A chain whose validators never changed has none for the past, and a node that
/// came to the chain by warp sync has none of before.
pub async fn mandatory(
	source: &Node,
	after: BlockNumber,
	authorities: &AuthoritySet,
) -> Result<(Header, Justification), Error> {
	let mut block = after.saturating_add(1);
	let justification = loop {
		match source.prove_finality(block).await {
			Ok(Some(justification)) => break justification,
			Ok(None) => {
				return Err(Error::Unusable(format!(
					"the {} node has no justification of the change of validators after block {after}",
					source.name
				)));
			}
			Err(Error::Answer {
				code: OVERSIZED_RESPONSE_CODE,
				..
			}) => block = block.saturating_add(STRIDE),
			Err(error) => return Err(error),
		}
	};
	let number = justification.commit.target_number;
	let justification = optimise(justification, authorities).map_err(|error| {
		Error::Unusable(format!(
			"the justification of block {number} of {} is not by the validators of set {}: {error}",
			source.name, authorities.set_id
		))
	})?;
	let header = source.header(justification.commit.target_hash).await?;
	Ok((header, justification))
}
