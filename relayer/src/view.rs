//! Reads what is decided upon from the two nodes.

use crate::{
	chain::{AccountId, Chain, Hash, Header, Justification},
	direction::{Facts, LightClient, State},
	error::Error,
	headers,
	node::{Block, Node},
};
use bp_header_chain::{AuthoritySet, ChainWithGrandpa, storage_keys as headers_keys};
use bp_messages::{
	ChainWithMessages, InboundLaneData, MessagesOperatingMode, OutboundLaneData,
	storage_keys as messages_keys,
};
use bp_runtime::{BasicOperatingMode, HeaderId, OperatingMode};
use codec::Decode;
use lutine_bridge::chains::lane_id;
use std::{collections::HashMap, marker::PhantomData};

/// Facts of so many blocks are kept: they never change.
const KEPT: usize = 128;

/// The name of the messages pallet whose other end is on `There`.
pub fn messages_pallet<There: Chain>() -> &'static str {
	<There::Known as ChainWithMessages>::WITH_CHAIN_MESSAGES_PALLET_NAME
}

/// The name of the light client of `Of` on the other chain.
pub fn light_client<Of: Chain>() -> &'static str {
	<Of::Known as ChainWithGrandpa>::WITH_CHAIN_GRANDPA_PALLET_NAME
}

/// Everything that one look at the chains shows.
pub struct View {
	/// What is decided upon.
	pub state: State,
	/// The last header that the target knows.
	pub known: Option<Block>,
	/// The validators whose signature the target wants under the next one.
	pub authorities: AuthoritySet,
	/// What the candidate is submitted with.
	pub candidate: Option<(Header, Justification)>,
	/// The target's best block, which all of this is of.
	pub target_best: Block,
	/// The target's last final block.
	pub target_finalised: Block,
	/// How many transactions the relayer has sent to the target, in that best block.
	pub nonce: u32,
	/// What the relayer has there.
	pub balance: u128,
}

/// Looks at the chains in one direction.
pub struct Viewer<S, T> {
	facts: HashMap<Hash, Facts>,
	/// A header that the target knows and the source's node has, too.
	common: Option<Hash>,
	direction: PhantomData<(S, T)>,
}

impl<S: Chain, T: Chain> Viewer<S, T> {
	/// One that has seen nothing yet.
	pub fn new() -> Self {
		Self {
			facts: HashMap::new(),
			common: None,
			direction: PhantomData,
		}
	}

	/// Looks.
	pub async fn look(
		&mut self,
		source: &Node,
		target: &Node,
		account: &AccountId,
		newest: Option<&Justification>,
	) -> Result<View, Error> {
		let (target_best, target_finalised, source_best, source_finalised) = tokio::try_join!(
			target.best(),
			target.finalised(),
			source.best(),
			source.finalised()
		)?;

		let (client, lane) = (light_client::<S>(), lane_id());
		let keys = [
			headers_keys::best_finalized_key(client).0,
			headers_keys::current_authority_set_key(client).0,
			headers_keys::pallet_operating_mode_key(client).0,
			messages_keys::operating_mode_key(messages_pallet::<S>()).0,
			messages_keys::inbound_lane_data_key(messages_pallet::<S>(), &lane).0,
			messages_keys::outbound_lane_data_key(messages_pallet::<S>(), &lane).0,
			T::account_key(account),
		];
		let mut values = target.storage(&keys, target_best.hash).await?.into_iter();
		let known: Option<HeaderId<Hash, u32>> = next(&mut values)?;
		let authorities: AuthoritySet = next(&mut values)?.unwrap_or_default();
		let mode: Option<BasicOperatingMode> = next(&mut values)?;
		let messages_mode: Option<MessagesOperatingMode> = next(&mut values)?;
		let inbound: Option<InboundLaneData<AccountId>> = next(&mut values)?;
		let outbound: Option<OutboundLaneData> = next(&mut values)?;
		let (nonce, balance) = match values.next().flatten() {
			Some(value) => T::account(&value).map_err(unusable)?,
			None => (0, 0),
		};
		let known = known.map(|HeaderId(number, hash)| Block { number, hash });

		let finalised = self.facts(source, source_finalised).await?;
		let best = self.facts(source, source_best).await?;
		let mut known_facts = None;
		if let Some(block) = known {
			self.check_common(source, block, source_finalised).await?;
			known_facts = self.facts_if_kept(source, block).await?;
		}
		let candidate = match (known, newest) {
			(Some(known), Some(justification)) if justification.commit.target_number > known.number => {
				self.candidate(source, justification, &authorities).await?
			}
			_ => None,
		};
		let candidate_facts = match &candidate {
			Some((header, _)) => self.facts_if_kept(source, header.into()).await?,
			None => None,
		};

		Ok(View {
			state: State {
				client: match known {
					None => LightClient::Uninitialised,
					Some(_) if mode.unwrap_or_default().is_halted() => LightClient::Halted,
					Some(block) => LightClient::Follows {
						number: block.number,
						set_id: authorities.set_id,
					},
				},
				messages_halted: messages_mode.unwrap_or_default().is_halted(),
				inbound,
				outbound,
				known: known_facts,
				candidate: candidate_facts,
				finalised,
				best,
			},
			known,
			authorities,
			candidate,
			target_best,
			target_finalised,
			nonce,
			balance,
		})
	}

	/// The newest justification with its header, if the validators that the target knows signed it.
	async fn candidate(
		&self,
		source: &Node,
		justification: &Justification,
		authorities: &AuthoritySet,
	) -> Result<Option<(Header, Justification)>, Error> {
		match headers::optimise(justification.clone(), authorities) {
			Ok(justification) => {
				let header = source.header(justification.commit.target_hash).await?;
				Ok(Some((header, justification)))
			}
			// As after every change of validators, until the target knows of it.
			Err(error) => {
				log::debug!(
					target: "relay",
					"{} to {}: the justification of block {} is not by the validators of set {}: {error}",
					S::NAME,
					T::NAME,
					justification.commit.target_number,
					authorities.set_id
				);
				Ok(None)
			}
		}
	}

	/// Fails where the target knows another chain than the one the source's node follows.
	async fn check_common(&mut self, source: &Node, known: Block, finalised: Block) -> Result<(), Error> {
		if self.common == Some(known.hash) || known.number > finalised.number {
			return Ok(());
		}
		match source.block_hash(known.number).await? {
			Some(hash) if hash != known.hash => Err(Error::Fatal(format!(
				"block {} of the {} chain is {:?} for the light client on {}, but {hash:?} for the node: the node \
				 follows another chain, or the chain was begun anew",
				known.number,
				S::NAME,
				known.hash,
				T::NAME
			))),
			Some(_) => {
				self.common = Some(known.hash);
				Ok(())
			}
			None => Ok(()),
		}
	}

	/// The facts after a block; none where the node no longer has its state.
	async fn facts_if_kept(&mut self, source: &Node, block: Block) -> Result<Option<Facts>, Error> {
		match self.facts(source, block).await {
			Ok(facts) => Ok(Some(facts)),
			Err(error) if error.is_answer() => {
				log::debug!(target: "relay", "no state of block {} of {}: {error}", block.number, S::NAME);
				Ok(None)
			}
			Err(error) => Err(error),
		}
	}

	async fn facts(&mut self, source: &Node, block: Block) -> Result<Facts, Error> {
		if let Some(facts) = self.facts.get(&block.hash) {
			return Ok(facts.clone());
		}
		let lane = lane_id();
		let keys = [
			S::time_key(),
			S::set_id_key(),
			messages_keys::outbound_lane_data_key(messages_pallet::<T>(), &lane).0,
			messages_keys::inbound_lane_data_key(messages_pallet::<T>(), &lane).0,
		];
		let mut values = source.storage(&keys, block.hash).await?.into_iter();
		let time: Option<u64> = next(&mut values)?;
		let set_id: Option<u64> = next(&mut values)?;
		let outbound: Option<OutboundLaneData> = next(&mut values)?;
		let inbound: Option<InboundLaneData<AccountId>> = next(&mut values)?;
		let facts = Facts {
			number: block.number,
			time: time.unwrap_or_default(),
			set_id: set_id.unwrap_or_default(),
			sent: outbound.as_ref().map_or(0, |lane| lane.latest_generated_nonce),
			confirmed: outbound.map_or(0, |lane| lane.latest_received_nonce),
			received: inbound.map_or(0, |lane| lane.last_delivered_nonce()),
		};
		if self.facts.len() >= KEPT {
			self.facts.clear();
		}
		self.facts.insert(block.hash, facts.clone());
		Ok(facts)
	}
}

/// Decodes the next of the values that were asked for.
fn next<V: Decode>(values: &mut impl Iterator<Item = Option<Vec<u8>>>) -> Result<Option<V>, Error> {
	values
		.next()
		.flatten()
		.map(|value| V::decode(&mut &value[..]))
		.transpose()
		.map_err(unusable)
}

fn unusable(error: codec::Error) -> Error {
	Error::Unusable(format!("the state cannot be read: {error}"))
}
