//! Signs transactions, sends them and watches what becomes of them.

use crate::{
	chain::{AccountId, Chain, Terms},
	error::Error,
	node::{Block, Node, Status},
};
use sp_core::{Pair, crypto::SecretStringError, sr25519};
use sp_runtime::generic::Era;
use std::{fmt, time::Duration};

/// For so many blocks a transaction is valid. It must be a power of two.
const LIFETIME: u64 = 64;
/// A transaction's life begins at a final block, unless that is so many blocks behind the best one.
const FINALITY_LAG: u32 = 16;

/// Who signs on one chain.
#[derive(Clone)]
pub struct Signer {
	pair: sr25519::Pair,
	/// The account.
	pub account: AccountId,
}

impl Signer {
	/// Reads a phrase, a seed in hex or a development key.
	///
	/// Errors: why it is none, without showing it.
	pub fn new(secret: &str) -> Result<Self, &'static str> {
		let pair = sr25519::Pair::from_string(secret, None).map_err(|error| match error {
			SecretStringError::InvalidPhrase => "the phrase is not a valid mnemonic",
			SecretStringError::InvalidPassword => "the password is invalid",
			SecretStringError::InvalidSeed | SecretStringError::InvalidSeedLength => {
				"the seed must be 32 bytes in hex"
			}
			SecretStringError::InvalidPath => "the derivation path is invalid",
			SecretStringError::InvalidFormat(_) => "it is neither a phrase, nor a seed in hex, nor a path",
		})?;
		let account = pair.public().into();
		Ok(Self { pair, account })
	}
}

/// What became of a transaction, as far as it was watched. The state of the chain has the last word.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
	/// It is in a block.
	Included {
		/// The block.
		block: Block,
		/// Why it did nothing, if it failed.
		failure: Option<String>,
	},
	/// The node did not take it.
	Refused(String),
	/// The node took it and it got into no block in time.
	Lost(String),
}

impl Outcome {
	/// In a word, for metrics.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Included { failure: None, .. } => "included",
			Self::Included { .. } => "failed",
			Self::Refused(_) => "refused",
			Self::Lost(_) => "lost",
		}
	}

	/// Whether it is in a block and did not fail.
	pub fn is_good(&self) -> bool {
		matches!(self, Self::Included { failure: None, .. })
	}
}

impl fmt::Display for Outcome {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Included { block, failure: None } => write!(f, "in block {}", block.number),
			Self::Included {
				block,
				failure: Some(why),
			} => write!(f, "in block {}, where it failed: {why}", block.number),
			Self::Refused(why) => write!(f, "refused by the node: {why}"),
			Self::Lost(why) => write!(f, "in no block: {why}"),
		}
	}
}

/// Checks that a node runs the runtime that this relayer was built with. Its version, for signing.
pub async fn check_version<C: Chain>(node: &Node, any_spec: bool) -> Result<(u32, u32), Error> {
	let (found, built) = (node.version().await?, C::version());
	let fatal = |text| Err(Error::Fatal(text));
	if found.spec_name != built.spec_name {
		return fatal(format!(
			"the node that is given as --{} runs the chain {:?}, not {:?}: are the two nodes swapped?",
			C::NAME,
			found.spec_name,
			built.spec_name
		));
	}
	if found.transaction_version != built.transaction_version {
		return fatal(format!(
			"the {} chain encodes transactions by version {}, this relayer by version {}: update the relayer",
			C::NAME,
			found.transaction_version,
			built.transaction_version
		));
	}
	if found.spec_version != built.spec_version && !any_spec {
		return fatal(format!(
			"the {} chain runs version {}, this relayer was built with version {}: update the relayer, or give \
			 --any-spec-version if you know that the bridge did not change in between",
			C::NAME,
			found.spec_version,
			built.spec_version
		));
	}
	Ok((found.spec_version, found.transaction_version))
}

/// Signs a call and watches until the transaction is in a block, lost, or too long on its way.
///
/// Errors: only those that say nothing about the transaction. It may be in the pool then.
pub async fn send<C: Chain>(
	node: &Node,
	signer: &Signer,
	nonce: u32,
	version: (u32, u32),
	call: C::Call,
	timeout: Duration,
) -> Result<Outcome, Error> {
	let (best, finalised, genesis) = tokio::try_join!(node.best(), node.finalised(), node.genesis())?;
	let birth = birth(best, finalised);
	let terms = Terms {
		nonce,
		era: Era::mortal(LIFETIME, birth.number.into()),
		birth: birth.hash,
		genesis,
		version,
	};
	let bytes = C::sign(call, &signer.pair, &terms)?;
	log::debug!(target: "transactions", "{}: {} bytes with nonce {nonce}", C::NAME, bytes.len());
	let mut statuses = match node.submit(&bytes).await {
		Ok(statuses) => statuses,
		Err(Error::Answer { message, .. }) => return Ok(Outcome::Refused(message)),
		Err(error) => return Err(error),
	};

	let watch = async {
		loop {
			let status = match statuses.next().await {
				Some(Ok(status)) => status,
				Some(Err(error)) => return Ok(Outcome::Lost(format!("its status cannot be read: {error}"))),
				None => {
					return Err(Error::Connection {
						node: C::NAME.into(),
						reason: "it no longer tells of the transaction".into(),
					});
				}
			};
			log::debug!(target: "transactions", "{}: nonce {nonce}: {status:?}", C::NAME);
			let lost = |why: &str| Ok(Outcome::Lost(why.into()));
			match status {
				Status::InBlock(hash) | Status::Finalized(hash) => {
					return included::<C>(node, &bytes, hash).await;
				}
				Status::Usurped(_) => return lost("another transaction of the account took its nonce"),
				Status::Dropped => return lost("the node dropped it, its pool is full"),
				Status::Invalid => return lost("it became invalid, the state must have changed"),
				Status::FinalityTimeout(_) => return lost("its block was not finalised in time"),
				Status::Future | Status::Ready | Status::Broadcast(_) | Status::Retracted(_) => {}
			}
		}
	};
	tokio::time::timeout(timeout, watch)
		.await
		.unwrap_or_else(|_| Ok(Outcome::Lost(format!("none came within {timeout:?}"))))
}

/// Where a transaction's life begins: at a block that stays, unless finality is far behind.
fn birth(best: Block, finalised: Block) -> Block {
	if finalised.number.saturating_add(FINALITY_LAG) < best.number {
		best
	} else {
		finalised
	}
}

async fn included<C: Chain>(node: &Node, bytes: &[u8], hash: sp_core::H256) -> Result<Outcome, Error> {
	let block = Block::from(&node.header(hash).await?);
	let failure = match failure::<C>(node, bytes, hash).await {
		Ok(failure) => failure,
		Err(error @ Error::Connection { .. }) => return Err(error),
		// The state will tell.
		Err(error) => {
			log::debug!(target: "transactions", "{}: the events cannot be read: {error}", C::NAME);
			None
		}
	};
	Ok(Outcome::Included { block, failure })
}

async fn failure<C: Chain>(node: &Node, bytes: &[u8], hash: sp_core::H256) -> Result<Option<String>, Error> {
	let (position, mut events) = (
		node.position(bytes, hash).await?,
		node.storage(&[C::events_key()], hash).await?,
	);
	let (Some(position), Some(Some(events))) = (position, events.pop()) else {
		return Ok(None);
	};
	C::failure(&events, position).map_err(|error| Error::Unusable(error.to_string()))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn transaction_is_born_at_a_final_block_unless_finality_lags() {
		let block = |number| Block {
			number,
			hash: sp_core::H256::from_low_u64_be(number.into()),
		};
		assert_eq!(birth(block(10), block(7)), block(7));
		assert_eq!(birth(block(16), block(0)), block(0));
		assert_eq!(birth(block(17), block(0)), block(17));
	}

	#[test]
	fn outcome_is_good_only_in_a_block_without_failure() {
		let block = Block {
			number: 3,
			hash: Default::default(),
		};
		let good = Outcome::Included { block, failure: None };
		assert!(good.is_good());
		assert_eq!(good.to_string(), "in block 3");
		let failed = Outcome::Included {
			block,
			failure: Some("Bad".into()),
		};
		assert!(!failed.is_good());
		assert_eq!(failed.name(), "failed");
		assert!(failed.to_string().contains("Bad"));
		assert!(!Outcome::Lost(String::new()).is_good());
	}
}
