//! One node, asked over its WebSocket.

use crate::{
	chain::{AccountId, BlockNumber, Hash, Header, Justification},
	error::Error,
};
use codec::{Decode, Encode};
use jsonrpsee::{
	core::{
		client::{ClientT, Error as ClientError, Subscription, SubscriptionClientT},
		params::ArrayParams,
	},
	rpc_params,
	ws_client::{PingConfig, WsClient, WsClientBuilder},
};
use serde::{Deserialize, de::DeserializeOwned};
use sp_core::Bytes;
use sp_runtime::traits::Header as _;
use sp_version::RuntimeVersion;
use std::time::Duration;
use tokio::sync::watch;

/// More than any node's own limit of what it answers, so that a long answer is the node's error, not ours.
const MAX_RESPONSE: u32 = 64 * 1024 * 1024;
/// More than the largest transaction, in hex.
const MAX_REQUEST: u32 = 16 * 1024 * 1024;

/// A connection to a node. It does not heal: a new one is made instead.
pub struct Node {
	/// The chain's name.
	pub name: &'static str,
	client: WsClient,
}

/// Where a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
	/// Its height.
	pub number: BlockNumber,
	/// Its hash.
	pub hash: Hash,
}

impl From<&Header> for Block {
	fn from(header: &Header) -> Self {
		Self {
			number: *header.number(),
			hash: header.hash(),
		}
	}
}

/// How far a transaction has come.
#[expect(dead_code, reason = "what is not read is shown in log lines")]
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
	/// It waits for another one of the same account.
	Future,
	/// It may be put into the next block.
	Ready,
	/// Other nodes have it.
	Broadcast(Vec<String>),
	/// It is in a block.
	InBlock(Hash),
	/// That block is no longer in the best chain.
	Retracted(Hash),
	/// That block was not finalised in time.
	FinalityTimeout(Hash),
	/// It is in a finalised block.
	Finalized(Hash),
	/// Another one with the same nonce is better.
	Usurped(Hash),
	/// The pool is full.
	Dropped,
	/// The state has become another, in which it is invalid.
	Invalid,
}

#[derive(Deserialize)]
struct Changes {
	changes: Vec<(Bytes, Option<Bytes>)>,
}

#[derive(Deserialize)]
struct ReadProof {
	proof: Vec<Bytes>,
}

#[derive(Deserialize)]
struct SignedBlock {
	block: Body,
}

#[derive(Deserialize)]
struct Body {
	extrinsics: Vec<Bytes>,
}

/// That a block is final, and what leads up to the one whose justification is at hand.
#[derive(Decode)]
struct FinalityProof {
	_block: Hash,
	justification: Vec<u8>,
	_unknown_headers: Vec<Header>,
}

impl Node {
	/// Connects.
	pub async fn connect(name: &'static str, url: &str) -> Result<Self, Error> {
		let client = WsClientBuilder::default()
			.connection_timeout(Duration::from_secs(10))
			.request_timeout(Duration::from_secs(60))
			.max_request_size(MAX_REQUEST)
			.max_response_size(MAX_RESPONSE)
			.enable_ws_ping(PingConfig::new())
			.build(url)
			.await
			.map_err(|error| Error::Connection {
				node: format!("{name} ({url})"),
				reason: error.to_string(),
			})?;
		Ok(Self { name, client })
	}

	fn error(&self, method: &str, error: ClientError) -> Error {
		match error {
			ClientError::Call(object) => Error::Answer {
				node: self.name.into(),
				method: method.into(),
				code: object.code(),
				message: match object.data() {
					Some(data) => format!("{}: {}", object.message(), data.get()),
					None => object.message().into(),
				},
			},
			ClientError::ParseError(error) => self.unusable(method, &error.to_string()),
			error => Error::Connection {
				node: self.name.into(),
				reason: format!("{error}, while it was asked for {method}"),
			},
		}
	}

	fn unusable(&self, what: &str, why: &str) -> Error {
		Error::Unusable(format!(
			"what the {} node says to {what} cannot be read: {why}",
			self.name
		))
	}

	async fn ask<R: DeserializeOwned>(&self, method: &str, params: ArrayParams) -> Result<R, Error> {
		self.client
			.request(method, params)
			.await
			.map_err(|error| self.error(method, error))
	}

	/// The version of the runtime at the best block.
	pub async fn version(&self) -> Result<RuntimeVersion, Error> {
		self.ask("state_getRuntimeVersion", rpc_params![]).await
	}

	/// A block's hash by its height, on the best chain.
	pub async fn block_hash(&self, number: BlockNumber) -> Result<Option<Hash>, Error> {
		self.ask("chain_getBlockHash", rpc_params![number]).await
	}

	/// The first block's hash.
	pub async fn genesis(&self) -> Result<Hash, Error> {
		self.block_hash(0)
			.await?
			.ok_or_else(|| self.unusable("chain_getBlockHash", "no genesis block"))
	}

	/// The best block.
	pub async fn best(&self) -> Result<Block, Error> {
		let header: Header = self.ask("chain_getHeader", rpc_params![]).await?;
		Ok((&header).into())
	}

	/// The last block that is final.
	pub async fn finalised(&self) -> Result<Block, Error> {
		let hash: Hash = self.ask("chain_getFinalizedHead", rpc_params![]).await?;
		Ok((&self.header(hash).await?).into())
	}

	/// A block's header.
	pub async fn header(&self, hash: Hash) -> Result<Header, Error> {
		let header: Option<Header> = self.ask("chain_getHeader", rpc_params![hash]).await?;
		header.ok_or_else(|| self.unusable("chain_getHeader", &format!("it has no block {hash:?}")))
	}

	/// The values under keys after a block, in the same order.
	pub async fn storage(&self, keys: &[Vec<u8>], at: Hash) -> Result<Vec<Option<Vec<u8>>>, Error> {
		let method = "state_queryStorageAt";
		let bytes: Vec<_> = keys.iter().cloned().map(Bytes).collect();
		let changes: Vec<Changes> = self.ask(method, rpc_params![bytes, at]).await?;
		let mut found: Vec<_> = changes.into_iter().flat_map(|set| set.changes).collect();
		keys.iter()
			.map(|key| {
				let value = found.iter_mut().find(|(found, _)| &found.0 == key);
				let (_, value) = value.ok_or_else(|| self.unusable(method, "a key is missing"))?;
				Ok(value.take().map(|value| value.0))
			})
			.collect()
	}

	/// The proof of the values under keys after a block.
	pub async fn proof(&self, keys: &[Vec<u8>], at: Hash) -> Result<Vec<Vec<u8>>, Error> {
		let bytes: Vec<_> = keys.iter().cloned().map(Bytes).collect();
		let proof: ReadProof = self.ask("state_getReadProof", rpc_params![bytes, at]).await?;
		Ok(proof.proof.into_iter().map(|node| node.0).collect())
	}

	/// What a function of the runtime answers after a block.
	pub async fn call<R: Decode>(&self, function: &str, argument: impl Encode, at: Hash) -> Result<R, Error> {
		let argument = Bytes(argument.encode());
		let answer: Bytes = self
			.ask("state_call", rpc_params![function, argument, at])
			.await?;
		R::decode(&mut &answer.0[..]).map_err(|error| self.unusable(function, &error.to_string()))
	}

	/// The nonce after all transactions of an account that the node knows, in blocks or not.
	pub async fn next_nonce(&self, account: &AccountId) -> Result<u32, Error> {
		self.ask("system_accountNextIndex", rpc_params![account]).await
	}

	/// Submits a transaction and follows it.
	pub async fn submit(&self, transaction: &[u8]) -> Result<Subscription<Status>, Error> {
		let method = "author_submitAndWatchExtrinsic";
		let bytes = Bytes(transaction.to_vec());
		self.client
			.subscribe(method, rpc_params![bytes], "author_unwatchExtrinsic")
			.await
			.map_err(|error| self.error(method, error))
	}

	/// A transaction's place in a block, if it is in it.
	pub async fn position(&self, transaction: &[u8], block: Hash) -> Result<Option<usize>, Error> {
		let block: Option<SignedBlock> = self.ask("chain_getBlock", rpc_params![block]).await?;
		Ok(block.and_then(|block| {
			let mut extrinsics = block.block.extrinsics.iter();
			extrinsics.position(|extrinsic| extrinsic.0 == transaction)
		}))
	}

	/// The newest justification that the node has told of since, for as long as the connection lives.
	pub async fn justifications(&self) -> Result<watch::Receiver<Option<Justification>>, Error> {
		let method = "grandpa_subscribeJustifications";
		let mut stream: Subscription<Bytes> = self
			.client
			.subscribe(method, rpc_params![], "grandpa_unsubscribeJustifications")
			.await
			.map_err(|error| self.error(method, error))?;
		let (newest, receiver) = watch::channel(None);
		let name = self.name;
		tokio::spawn(async move {
			while let Some(item) = stream.next().await {
				let justification = item
					.map_err(|error| error.to_string())
					.and_then(|bytes| decode_justification(&bytes.0));
				match justification {
					Ok(justification) => {
						if newest.send(Some(justification)).is_err() {
							return;
						}
					}
					Err(error) => {
						log::warn!(target: "node", "a justification of the {name} node cannot be read: {error}");
					}
				}
			}
		});
		Ok(receiver)
	}

	/// The justification of the last block of the set of validators that finalised `block`, or the best one of the set
	/// that is in office.
	///
	/// None where the node has none. It answers with all headers on the way too, so it refuses where these are too many.
	pub async fn prove_finality(&self, block: BlockNumber) -> Result<Option<Justification>, Error> {
		let method = "grandpa_proveFinality";
		let proof: Option<Bytes> = self.ask(method, rpc_params![block]).await?;
		proof
			.map(|bytes| {
				let proof = FinalityProof::decode(&mut &bytes.0[..]).map_err(|error| error.to_string())?;
				decode_justification(&proof.justification)
			})
			.transpose()
			.map_err(|error| self.unusable(method, &error))
	}
}

fn decode_justification(bytes: &[u8]) -> Result<Justification, String> {
	Justification::decode(&mut &*bytes).map_err(|error| error.to_string())
}
