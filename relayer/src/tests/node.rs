//! A chain in memory, served as its node serves it.

use crate::chain::{AccountId, Chain};
use bp_header_chain::{ConsensusLogReader, GrandpaConsensusLogReader};
use bp_messages::{InboundMessageDetails, OutboundMessageDetails};
use codec::{Decode, Encode};
use frame_support::storage::transactional::with_transaction_unchecked;
use jsonrpsee::{
	RpcModule,
	core::server::SubscriptionMessage,
	server::{Server, ServerHandle},
	types::ErrorObjectOwned,
};
use lutine_bridge::chains::LaneId;
use lutine_integration_tests::{Chain as Memory, Header, Side};
use serde_json::{Value, json};
use sp_core::{Bytes, H256};
use sp_runtime::{
	StateVersion, TransactionOutcome,
	traits::BlakeTwo256,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};
use std::{
	collections::{BTreeMap, HashMap},
	marker::PhantomData,
	sync::{Arc, Mutex},
	time::Duration,
};

/// States are kept for so many blocks.
const KEPT: u32 = 40;
const TICK: Duration = Duration::from_millis(10);

/// What is remembered of a block.
struct Remembered {
	state: BTreeMap<Vec<u8>, Vec<u8>>,
	grandpa: (Vec<u8>, Vec<u8>),
}

/// A chain with what its node keeps beside it.
pub struct Node<S: Side, C> {
	pub memory: Memory<S>,
	pub finalised: u32,
	/// Transactions that came.
	pub taken: usize,
	/// Transactions in blocks that failed.
	pub failed: Vec<String>,
	remembered: HashMap<H256, Remembered>,
	bodies: HashMap<H256, Vec<Vec<u8>>>,
	pool: Vec<Vec<u8>>,
	chain: PhantomData<C>,
}

pub type Shared<S, C> = Arc<Mutex<Node<S, C>>>;

fn error(text: impl Into<String>) -> ErrorObjectOwned {
	ErrorObjectOwned::owned(4003, text.into(), None::<()>)
}

impl<S: Side<Extrinsic: Decode>, C: Chain> Node<S, C> {
	pub fn new(memory: Memory<S>) -> Self {
		let mut node = Self {
			finalised: memory.height(),
			memory,
			taken: 0,
			failed: vec![],
			remembered: HashMap::new(),
			bodies: HashMap::new(),
			pool: vec![],
			chain: PhantomData,
		};
		node.remember();
		node
	}

	/// Produces a block with what is in the pool, and finalises the one before.
	pub fn step(&mut self) {
		let pool = std::mem::take(&mut self.pool);
		let decoded = pool
			.iter()
			.map(|bytes| S::Extrinsic::decode(&mut &bytes[..]).unwrap());
		let results = self.memory.block(decoded.collect());
		// The inherent comes first.
		let mut body = vec![vec![0]];
		for (bytes, result) in pool.into_iter().zip(results) {
			match result {
				Ok(outcome) => {
					if let Err(why) = outcome {
						self.failed.push(format!("{why:?}"));
					}
					body.push(bytes);
				}
				Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources)) => {
					self.pool.push(bytes);
				}
				Err(_) => {}
			}
		}
		self.bodies.insert(self.memory.head().header.hash(), body);
		self.finalised = self.memory.height() - 1;
		self.remember();
	}

	fn remember(&mut self) {
		let state = self.memory.read(|| {
			let mut state = BTreeMap::new();
			let mut key = vec![];
			while let Some(next) = sp_io::storage::next_key(&key) {
				state.insert(next.clone(), sp_io::storage::get(&next).unwrap().to_vec());
				key = next;
			}
			state
		});
		let (authorities, set_id) = self.memory.read(S::authorities);
		let grandpa = (authorities.encode(), set_id.encode());
		self.remembered
			.insert(self.memory.head().header.hash(), Remembered { state, grandpa });
		let height = self.memory.height();
		if height > KEPT {
			self.remembered
				.remove(&self.memory.at(height - KEPT).header.hash());
		}
	}

	fn state(&self, at: H256) -> Result<&Remembered, ErrorObjectOwned> {
		self.remembered
			.get(&at)
			.ok_or_else(|| error(format!("State already discarded for {at:?}")))
	}

	fn header(&self, hash: H256) -> Option<&Header> {
		let mut numbers = (1..=self.memory.height()).rev();
		numbers
			.find(|number| self.memory.at(*number).header.hash() == hash)
			.map(|number| &self.memory.at(number).header)
	}

	fn hash(&self, number: u32) -> Option<H256> {
		match number {
			0 => Some(H256::zero()),
			number if number <= self.memory.height() => Some(self.memory.at(number).header.hash()),
			_ => None,
		}
	}

	fn storage(&self, keys: Vec<Bytes>, at: H256) -> Result<Value, ErrorObjectOwned> {
		let state = &self.state(at)?.state;
		let changes: Vec<_> = keys
			.into_iter()
			.map(|key| {
				let value = state.get(&key.0).cloned().map(Bytes);
				(key, value)
			})
			.collect();
		Ok(json!([{ "block": at, "changes": changes }]))
	}

	fn proof(&self, keys: Vec<Bytes>, at: H256) -> Result<Value, ErrorObjectOwned> {
		let state = self.state(at)?.state.clone();
		let backend = sp_state_machine::InMemoryBackend::<BlakeTwo256>::from((state, StateVersion::V1));
		let keys = keys.into_iter().map(|key| key.0);
		let proof = sp_state_machine::prove_read_on_trie_backend(&backend, keys)
			.map_err(|why| error(why.to_string()))?;
		let proof: Vec<_> = proof.into_iter_nodes().map(Bytes).collect();
		Ok(json!({ "at": at, "proof": proof }))
	}

	fn call(&mut self, function: &str, argument: &[u8], at: H256) -> Result<Bytes, ErrorObjectOwned> {
		let (authorities, set_id) = self.state(at)?.grandpa.clone();
		let answer = match function {
			"GrandpaApi_grandpa_authorities" => authorities,
			"GrandpaApi_current_set_id" => set_id,
			name if name == C::MESSAGE_DETAILS => {
				type Argument = (LaneId, Vec<(Vec<u8>, OutboundMessageDetails)>);
				let (_, messages) =
					Argument::decode(&mut &*argument).map_err(|why| error(why.to_string()))?;
				let details: Vec<_> = messages
					.into_iter()
					.map(|(payload, details)| InboundMessageDetails {
						dispatch_weight: self.memory.read(|| S::dispatch_weight(details.nonce, payload)),
					})
					.collect();
				details.encode()
			}
			name => return Err(error(format!("no function {name}"))),
		};
		Ok(Bytes(answer))
	}

	fn submit(&mut self, bytes: Vec<u8>) -> Result<(), ErrorObjectOwned> {
		let transaction =
			S::Extrinsic::decode(&mut &bytes[..]).map_err(|why| error(format!("bad format: {why}")))?;
		let parent = self.memory.head().header.hash();
		let validity = self.memory.read(|| {
			with_transaction_unchecked(|| TransactionOutcome::Rollback(S::validate(transaction, parent)))
		});
		validity.map_err(|why| error(format!("Invalid Transaction: {why:?}")))?;
		self.taken += 1;
		self.pool.push(bytes);
		Ok(())
	}

	/// Where a transaction is: in a block, or nowhere any more.
	fn status(&self, bytes: &Vec<u8>) -> Option<Value> {
		let block = self.bodies.iter().find(|(_, body)| body.contains(bytes));
		match block {
			Some((hash, _)) => Some(json!({ "inBlock": hash })),
			None if self.pool.contains(bytes) => None,
			None => Some(json!("invalid")),
		}
	}

	fn nonce(&self, account: &AccountId) -> u32 {
		let state = &self.remembered[&self.memory.head().header.hash()].state;
		let value = state.get(&C::account_key(account));
		value.map_or(0, |value| C::account(value).unwrap().0) + self.pool.len() as u32
	}

	fn prove_finality(&self, number: u32) -> Result<Option<Bytes>, ErrorObjectOwned> {
		if number > self.finalised {
			return Err(error("Block not yet finalized"));
		}
		let changes = |number: &u32| {
			GrandpaConsensusLogReader::<u32>::schedules_authorities_change(
				&self.memory.at(*number).header.digest,
			)
		};
		if !(1..=self.finalised).any(|number| changes(&number)) {
			return Err(error("Block not covered by authority set changes"));
		}
		let proved = (number..=self.finalised).find(changes).unwrap_or(self.finalised);
		let headers: Vec<_> = (number + 1..=proved)
			.map(|number| self.memory.at(number).header.clone())
			.collect();
		let justification = self.memory.justify(proved).encode();
		Ok(Some(Bytes(
			(self.hash(proved).unwrap(), justification, headers).encode(),
		)))
	}
}

/// Serves a chain. Returns where.
pub async fn serve<S, C>(node: Shared<S, C>) -> (String, ServerHandle)
where
	S: Side<Extrinsic: Decode> + Send,
	C: Chain,
{
	let mut module = RpcModule::from_arc(node);
	macro_rules! methods {
		($($name:literal => |$node:ident, $params:pat_param in $types:ty| $body:expr;)*) => { $(
			module
				.register_method($name, |params, node, _| -> Result<Value, ErrorObjectOwned> {
					let $params: $types = params.parse()?;
					let mut $node = node.lock().unwrap();
					let $node = &mut *$node;
					Ok(json!($body))
				})
				.unwrap();
		)* };
	}
	methods! {
		"state_getRuntimeVersion" => |_node, _ in Option<Vec<()>>| C::version();
		"chain_getHeader" => |node, hash in Option<Vec<H256>>| match hash.unwrap_or_default().first() {
			Some(hash) => node.header(*hash).cloned(),
			None => Some(node.memory.head().header.clone()),
		};
		"chain_getFinalizedHead" => |node, _ in Option<Vec<()>>| node.hash(node.finalised);
		"chain_getBlockHash" => |node, (number,) in (u32,)| node.hash(number);
		"chain_getBlock" => |node, (hash,) in (H256,)| {
			let body: Vec<_> = node.bodies[&hash].iter().cloned().map(Bytes).collect();
			json!({ "block": { "header": node.header(hash), "extrinsics": body }, "justifications": null })
		};
		"state_queryStorageAt" => |node, (keys, at) in (Vec<Bytes>, H256)| node.storage(keys, at)?;
		"state_getReadProof" => |node, (keys, at) in (Vec<Bytes>, H256)| node.proof(keys, at)?;
		"state_call" => |node, (function, argument, at) in (String, Bytes, H256)| node.call(&function, &argument.0, at)?;
		"system_accountNextIndex" => |node, (account,) in (AccountId,)| node.nonce(&account);
		"grandpa_proveFinality" => |node, (number,) in (u32,)| node.prove_finality(number)?;
	}
	module
		.register_subscription(
			"author_submitAndWatchExtrinsic",
			"author_extrinsicUpdate",
			"author_unwatchExtrinsic",
			|params, pending, node, _| async move {
				let (bytes,): (Bytes,) = params.parse().unwrap();
				let submitted = node.lock().unwrap().submit(bytes.0.clone());
				if let Err(error) = submitted {
					pending.reject(error).await;
					return;
				}
				let sink = pending.accept().await.unwrap();
				let mut statuses = vec![json!("ready"), json!({ "broadcast": ["peer"] })];
				while statuses.len() < 3 {
					tokio::time::sleep(TICK).await;
					statuses.extend(node.lock().unwrap().status(&bytes.0));
				}
				for status in statuses {
					if sink
						.send(SubscriptionMessage::from_json(&status).unwrap())
						.await
						.is_err()
					{
						return;
					}
				}
			},
		)
		.unwrap();
	module
		.register_subscription(
			"grandpa_subscribeJustifications",
			"grandpa_justifications",
			"grandpa_unsubscribeJustifications",
			|_, pending, node, _| async move {
				let sink = pending.accept().await.unwrap();
				let mut told = node.lock().unwrap().finalised;
				while !sink.is_closed() {
					let justification = {
						let node = node.lock().unwrap();
						(node.finalised > told).then(|| {
							told = node.finalised;
							Bytes(node.memory.justify(told).encode())
						})
					};
					if let Some(justification) = justification {
						let message = SubscriptionMessage::from_json(&justification).unwrap();
						if sink.send(message).await.is_err() {
							return;
						}
					}
					tokio::time::sleep(TICK).await;
				}
			},
		)
		.unwrap();
	let server = Server::builder().build("127.0.0.1:0").await.unwrap();
	let url = format!("ws://{}", server.local_addr().unwrap());
	(url, server.start(module))
}
