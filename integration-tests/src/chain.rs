//! One chain in memory.

use crate::Finalizer;
use bp_header_chain::InitializationData;
use bp_messages::{
	InboundLaneData, MessageNonce, OutboundLaneData, OutboundMessageDetails, UnrewardedRelayersState,
	source_chain::FromBridgedChainMessagesDeliveryProof, target_chain::FromBridgedChainMessagesProof,
};
use bp_runtime::{BasicOperatingMode, HeaderId};
use codec::{Compact, Decode, Encode};
use frame_support::{dispatch::GetDispatchInfo, genesis_builder_helper::build_state, weights::Weight};
use lutine_bridge::chains::lane_id;
use sp_consensus_babe::digests::{PreDigest, SecondaryPlainPreDigest};
use sp_consensus_grandpa::{AuthorityList, SetId};
use sp_core::{H256, Pair};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	AccountId32, ApplyExtrinsicResult, Digest, DigestItem, DispatchError, DispatchResult,
	generic::{self, Era},
	traits::{BlakeTwo256, Header as _},
	transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidity},
};
use sp_trie::RawStorageProof;
use std::marker::PhantomData;
use xcm::prelude::{Location, XcmHash};

/// A header of either chain.
pub type Header = generic::Header<u32, BlakeTwo256>;
/// The lane between the chains.
pub type Lane = bp_messages::HashedLaneId;
/// What proves that a header is final.
pub type Justification = bp_header_chain::justification::GrandpaJustification<Header>;
/// What proves messages.
pub type MessagesProof = FromBridgedChainMessagesProof<H256, Lane>;
/// What proves that messages arrived.
pub type DeliveryProof = FromBridgedChainMessagesDeliveryProof<H256, Lane>;
/// Money.
pub type Balance = u128;

/// A whole LUT or PRT.
pub const UNIT: Balance = 1_000_000_000_000;
/// A whole dollar of the test stablecoin.
pub const DOLLAR: Balance = 1_000_000;
/// Who relays.
pub const RELAYER: Sr25519Keyring = Sr25519Keyring::Ferdie;

/// What the harness needs of a runtime.
pub trait Side: 'static {
	/// What it is called.
	const NAME: &'static str;
	/// The name of its pallet that keeps the lane.
	const MESSAGES: &'static str;
	/// Its calls.
	type Call: Clone + GetDispatchInfo;
	/// Its events.
	type Event: std::fmt::Debug;
	/// Its transactions.
	type Extrinsic: Clone;

	/// Writes the genesis of its development chain.
	fn build();
	/// Milliseconds from block to block.
	fn slot_duration() -> u64;
	/// Begins a block.
	fn initialize(header: &Header);
	/// Applies the inherent of a block.
	fn tell_time(now: u64);
	/// A transaction as a wallet makes it.
	fn sign(signer: Sr25519Keyring, call: Self::Call, tip: Balance) -> Self::Extrinsic;
	/// Applies a transaction.
	fn apply(transaction: Self::Extrinsic) -> ApplyExtrinsicResult;
	/// Looks at a transaction as the pool does.
	fn validate(transaction: Self::Extrinsic, parent: H256) -> TransactionValidity;
	/// Ends a block.
	fn finalize() -> Header;
	/// Checks every invariant of its own pallets.
	fn check();
	/// Who finalises its blocks.
	fn authorities() -> (AuthorityList, SetId);
	/// What was said in the last block.
	fn events() -> Vec<Self::Event>;
	/// A call by itself, with no fee and no transaction around it.
	fn dispatch(signer: Sr25519Keyring, call: Self::Call) -> DispatchResult;
	/// The same by Root.
	fn dispatch_as_root(call: Self::Call) -> DispatchResult;

	/// Begins the light client of the other chain, as Root.
	fn begin(data: InitializationData<Header>) -> DispatchResult;
	/// The latest header of the other chain that is known.
	fn best_finalized() -> Option<HeaderId<H256, u32>>;
	/// Who is to finalise its next ones.
	fn known_set() -> (AuthorityList, SetId);
	/// Stops the light client, or lets it go on.
	fn halt_headers(halted: bool);
	/// Stops the lane, or lets it go on.
	fn halt_messages(halted: bool);
	/// The call that brings a header.
	fn header_call(header: Header, justification: Justification, set_id: SetId) -> Self::Call;
	/// The call that brings messages.
	fn messages_call(proof: MessagesProof, count: u32, weight: Weight) -> Self::Call;
	/// The call that brings a confirmation.
	fn confirmation_call(proof: DeliveryProof, state: UnrewardedRelayersState) -> Self::Call;
	/// What goes out.
	fn outbound() -> OutboundLaneData;
	/// What comes in.
	fn inbound() -> InboundLaneData<AccountId32>;
	/// A message that waits to be carried.
	fn message(nonce: MessageNonce) -> Option<Vec<u8>>;
	/// What it takes to receive a message.
	fn dispatch_weight(nonce: MessageNonce, payload: Vec<u8>) -> Weight;
	/// Puts bytes on the lane, as only the chain itself can: a chain whose validators lie can send anything.
	fn send(payload: Vec<u8>) -> Result<MessageNonce, String>;
	/// How many messages arrived and were not executed yet.
	fn queued() -> u64;
	/// The messages that arrived and were not executed yet.
	fn waiting() -> Vec<Vec<u8>>;
	/// Messages executed in the last block: whether each was a success.
	fn executed() -> Vec<bool>;
	/// What was said of messages in the last block, for whoever reads why a test failed.
	fn story() -> Vec<String>;
	/// Messages that were found too heavy in the last block: where they wait.
	fn overweight() -> Vec<(u32, u32)>;
	/// What was trapped in the last block: by whom, and its hash.
	fn trapped() -> Vec<(Location, XcmHash, xcm::VersionedAssets)>;
}

/// The Lutine chain.
pub struct Lutine;
/// Its partner.
pub struct Partner;

macro_rules! side {
	($name:ident, $runtime:ident, $grandpa:ident, $messages:ident, [$($checked:ident),*]) => {
		impl Side for $name {
			const NAME: &'static str = stringify!($name);
			const MESSAGES: &'static str = stringify!($messages);
			type Call = $runtime::RuntimeCall;
			type Event = $runtime::RuntimeEvent;
			type Extrinsic = $runtime::UncheckedExtrinsic;

			fn build() {
				let genesis = $runtime::genesis::configuration($runtime::genesis::DEV).unwrap();
				build_state::<$runtime::RuntimeGenesisConfig>(serde_json::to_vec(&genesis).unwrap()).unwrap();
			}

			fn slot_duration() -> u64 {
				$runtime::Babe::slot_duration()
			}

			fn initialize(header: &Header) {
				$runtime::Executive::initialize_block(header);
			}

			fn tell_time(now: u64) {
				let now = pallet_timestamp::Call::<$runtime::Runtime>::set { now };
				Self::apply($runtime::UncheckedExtrinsic::new_bare(now.into())).unwrap().unwrap();
			}

			fn sign(signer: Sr25519Keyring, call: Self::Call, tip: Balance) -> Self::Extrinsic {
				let account = signer.to_account_id();
				// What a transaction carries of its extensions: how long it is valid, the nonce, the tip, and that it does
				// not sign over the metadata.
				let nonce = $runtime::System::account_nonce(&account);
				let carried = (Era::Immortal, Compact(nonce), Compact(tip), 0u8).encode();
				let extension = $runtime::TxExtension::decode(&mut &carried[..]).unwrap();
				let payload = $runtime::SignedPayload::new(call, extension).unwrap();
				let signature = payload.using_encoded(|bytes| signer.pair().sign(bytes));
				let (call, extension, _) = payload.deconstruct();
				$runtime::UncheckedExtrinsic::new_signed(call, account.into(), signature.into(), extension)
			}

			fn apply(transaction: Self::Extrinsic) -> ApplyExtrinsicResult {
				$runtime::Executive::apply_extrinsic(transaction)
			}

			fn validate(transaction: Self::Extrinsic, parent: H256) -> TransactionValidity {
				$runtime::Executive::validate_transaction(TransactionSource::External, transaction, parent)
			}

			fn finalize() -> Header {
				$runtime::Executive::finalize_block()
			}

			fn check() {
				$($runtime::$checked::do_try_state().unwrap();)*
			}

			fn authorities() -> (AuthorityList, SetId) {
				let set = pallet_grandpa::CurrentSetId::<$runtime::Runtime>::get();
				($runtime::Grandpa::grandpa_authorities(), set)
			}

			fn events() -> Vec<Self::Event> {
				$runtime::System::events().into_iter().map(|record| record.event).collect()
			}

			fn dispatch(signer: Sr25519Keyring, call: Self::Call) -> DispatchResult {
				use sp_runtime::traits::Dispatchable;
				let origin = $runtime::RuntimeOrigin::signed(signer.to_account_id());
				call.dispatch(origin).map(|_| ()).map_err(|error| error.error)
			}

			fn dispatch_as_root(call: Self::Call) -> DispatchResult {
				use sp_runtime::traits::Dispatchable;
				call.dispatch($runtime::RuntimeOrigin::root()).map(|_| ()).map_err(|error| error.error)
			}

			fn begin(data: InitializationData<Header>) -> DispatchResult {
				let origin = $runtime::RuntimeOrigin::root();
				$runtime::$grandpa::initialize(origin, data).map(|_| ()).map_err(|error| error.error)
			}

			fn best_finalized() -> Option<HeaderId<H256, u32>> {
				pallet_bridge_grandpa::BestFinalized::<$runtime::Runtime>::get()
			}

			fn known_set() -> (AuthorityList, SetId) {
				let set: bp_header_chain::AuthoritySet =
					pallet_bridge_grandpa::CurrentAuthoritySet::<$runtime::Runtime>::get().into();
				(set.authorities, set.set_id)
			}

			fn halt_headers(halted: bool) {
				let mode = if halted { BasicOperatingMode::Halted } else { BasicOperatingMode::Normal };
				$runtime::$grandpa::set_operating_mode($runtime::RuntimeOrigin::root(), mode).unwrap();
			}

			fn halt_messages(halted: bool) {
				let mode = if halted { BasicOperatingMode::Halted } else { BasicOperatingMode::Normal };
				let mode = bp_messages::MessagesOperatingMode::Basic(mode);
				$runtime::$messages::set_operating_mode($runtime::RuntimeOrigin::root(), mode).unwrap();
			}

			fn header_call(header: Header, justification: Justification, current_set_id: SetId) -> Self::Call {
				pallet_bridge_grandpa::Call::<$runtime::Runtime>::submit_finality_proof_ex {
					finality_target: Box::new(header),
					justification,
					current_set_id,
					is_free_execution_expected: false,
				}
				.into()
			}

			fn messages_call(proof: MessagesProof, count: u32, weight: Weight) -> Self::Call {
				pallet_bridge_messages::Call::<$runtime::Runtime>::receive_messages_proof {
					relayer_id_at_bridged_chain: RELAYER.to_account_id(),
					proof: Box::new(proof),
					messages_count: count,
					dispatch_weight: weight,
				}
				.into()
			}

			fn confirmation_call(proof: DeliveryProof, relayers_state: UnrewardedRelayersState) -> Self::Call {
				pallet_bridge_messages::Call::<$runtime::Runtime>::receive_messages_delivery_proof {
					proof,
					relayers_state,
				}
				.into()
			}

			fn outbound() -> OutboundLaneData {
				$runtime::$messages::outbound_lane_data(lane_id()).expect("the lane is open")
			}

			fn inbound() -> InboundLaneData<AccountId32> {
				$runtime::$messages::inbound_lane_data(lane_id()).expect("the lane is open")
			}

			fn message(nonce: MessageNonce) -> Option<Vec<u8>> {
				$runtime::$messages::outbound_message_data(lane_id(), nonce)
			}

			fn dispatch_weight(nonce: MessageNonce, payload: Vec<u8>) -> Weight {
				let size = payload.len() as u32;
				let details = OutboundMessageDetails { nonce, dispatch_weight: Weight::zero(), size };
				$runtime::$messages::inbound_message_data(lane_id(), payload, details).dispatch_weight
			}

			fn send(payload: Vec<u8>) -> Result<MessageNonce, String> {
				use bp_messages::source_chain::MessagesBridge;
				type Messages = $runtime::$messages;
				let ticket = <Messages as MessagesBridge<_, _>>::validate_message(lane_id(), &payload)
					.map_err(|error| format!("{error:?}"))?;
				Ok(<Messages as MessagesBridge<_, _>>::send_message(ticket).nonce)
			}

			fn queued() -> u64 {
				use frame_support::traits::QueueFootprintQuery;
				pallet_message_queue::BookStateFor::<$runtime::Runtime>::iter_keys()
					.map(|peer| <$runtime::MessageQueue as QueueFootprintQuery<_>>::footprint(peer).storage.count)
					.sum()
			}

			fn waiting() -> Vec<Vec<u8>> {
				pallet_message_queue::Pages::<$runtime::Runtime>::iter_values()
					.flat_map(|page| unprocessed(page.encode()))
					.collect()
			}

			fn executed() -> Vec<bool> {
				Self::events()
					.into_iter()
					.filter_map(|event| match event {
						$runtime::RuntimeEvent::MessageQueue(pallet_message_queue::Event::Processed {
							success,
							..
						}) => Some(success),
						$runtime::RuntimeEvent::MessageQueue(
							pallet_message_queue::Event::ProcessingFailed { .. },
						) => Some(false),
						_ => None,
					})
					.collect()
			}

			fn story() -> Vec<String> {
				Self::events()
					.into_iter()
					.filter(|event| {
						matches!(
							event,
							$runtime::RuntimeEvent::MessageQueue(_)
								| $runtime::RuntimeEvent::PolkadotXcm(_)
								| $runtime::RuntimeEvent::$messages(pallet_bridge_messages::Event::MessagesReceived(_))
						)
					})
					.map(|event| format!("{event:?}"))
					.collect()
			}

			fn overweight() -> Vec<(u32, u32)> {
				Self::events()
					.into_iter()
					.filter_map(|event| match event {
						$runtime::RuntimeEvent::MessageQueue(
							pallet_message_queue::Event::OverweightEnqueued {
								page_index,
								message_index,
								..
							},
						) => Some((page_index, message_index)),
						_ => None,
					})
					.collect()
			}

			fn trapped() -> Vec<(Location, XcmHash, xcm::VersionedAssets)> {
				Self::events()
					.into_iter()
					.filter_map(|event| match event {
						$runtime::RuntimeEvent::PolkadotXcm(pallet_xcm::Event::AssetsTrapped {
							hash,
							origin,
							assets,
						}) => Some((origin, hash.0, assets)),
						_ => None,
					})
					.collect()
			}
		}
	};
}

side!(
	Lutine,
	lutine_runtime,
	PartnerGrandpa,
	PartnerMessages,
	[Clock, Parameters, Pricing, Pools, Cover, Claims, Outages, Homes]
);
side!(
	Partner,
	lutine_partner_runtime,
	LutineGrandpa,
	LutineMessages,
	[Clock, Certificates]
);

/// The messages of a page of the queue that were not executed yet. A page is five numbers and a heap, in which each
/// message stands behind its length and whether it was executed.
fn unprocessed(page: Vec<u8>) -> Vec<Vec<u8>> {
	let (_, heap) = <([u32; 5], Vec<u8>)>::decode(&mut &page[..]).unwrap();
	let mut heap = &heap[..];
	let mut found = vec![];
	while let Ok((length, processed)) = <(u32, bool)>::decode(&mut heap) {
		let (message, rest) = heap.split_at(length as usize);
		if !processed {
			found.push(message.to_vec());
		}
		heap = rest;
	}
	found
}

/// A block that was produced.
#[derive(Clone)]
pub struct Produced {
	/// Its header.
	pub header: Header,
	/// Who finalises it.
	pub finalizer: Finalizer,
}

/// A chain in memory.
pub struct Chain<S> {
	ext: TestExternalities,
	slot: u64,
	blocks: Vec<Produced>,
	/// Keys of GRANDPA that are in no keyring.
	pub keys: Vec<sp_core::ed25519::Pair>,
	/// Messages executed so far: whether each was a success.
	pub executed: Vec<bool>,
	/// Messages too heavy so far.
	pub overweight: Vec<(u32, u32)>,
	/// What was trapped so far.
	pub trapped: Vec<(Location, XcmHash, xcm::VersionedAssets)>,
	side: PhantomData<S>,
}

impl<S: Side> Default for Chain<S> {
	fn default() -> Self {
		Self::new()
	}
}

impl<S: Side> Chain<S> {
	/// A development chain with its first block produced.
	pub fn new() -> Self {
		let mut ext = TestExternalities::default();
		ext.execute_with(S::build);
		ext.commit_all().unwrap();
		let mut chain = Self {
			ext,
			slot: 1_800_000_000,
			blocks: vec![],
			keys: vec![],
			executed: vec![],
			overweight: vec![],
			trapped: vec![],
			side: PhantomData,
		};
		chain.block(vec![]);
		chain
	}

	/// Produces a block with these transactions. Checks the invariants after it.
	pub fn block(&mut self, transactions: Vec<S::Extrinsic>) -> Vec<ApplyExtrinsicResult> {
		self.slot += 1;
		let pre_digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
			authority_index: 0,
			slot: self.slot.into(),
		});
		let logs = vec![DigestItem::PreRuntime(
			sp_consensus_babe::BABE_ENGINE_ID,
			pre_digest.encode(),
		)];
		let parent = self
			.blocks
			.last()
			.map(|block| block.header.hash())
			.unwrap_or_default();
		let number = self.blocks.len() as u32 + 1;
		let begun = Header::new(
			number,
			Default::default(),
			Default::default(),
			parent,
			Digest { logs },
		);
		let slot = self.slot;
		let ((voters, set_id), header, results) = self.ext.execute_with(|| {
			let finalizer = S::authorities();
			S::initialize(&begun);
			S::tell_time(slot * S::slot_duration());
			let results = transactions.into_iter().map(S::apply).collect();
			let header = S::finalize();
			S::check();
			(finalizer, header, results)
		});
		self.ext.commit_all().unwrap();
		assert_eq!(
			header.state_root,
			*self.ext.backend.root(),
			"a header has the root of its state"
		);
		let executed = self.read(S::executed);
		self.executed.extend(executed);
		// Shown when a test fails.
		for line in self.read(S::story) {
			println!("{} {number}: {line}", S::NAME);
		}
		let overweight = self.read(S::overweight);
		self.overweight.extend(overweight);
		let trapped = self.read(S::trapped);
		self.trapped.extend(trapped);
		let finalizer = Finalizer::new(voters, set_id);
		self.blocks.push(Produced { header, finalizer });
		results
	}

	/// Produces empty blocks.
	pub fn produce(&mut self, count: u32) {
		(0..count).for_each(|_| {
			self.block(vec![]);
		});
	}

	/// Produces a block with one transaction, which must be valid, and returns its outcome. A block in which a session ends
	/// has no room: the next one has.
	pub fn apply(&mut self, signer: Sr25519Keyring, call: impl Into<S::Call>) -> DispatchResult {
		self.try_apply(signer, call).expect("the transaction is valid")
	}

	/// The same of a transaction that may be invalid.
	pub fn try_apply(&mut self, signer: Sr25519Keyring, call: impl Into<S::Call>) -> ApplyExtrinsicResult {
		let call = call.into();
		for _ in 0..3 {
			let transaction = self.sign(signer, call.clone());
			let result = self.block(vec![transaction]).remove(0);
			if result != Err(InvalidTransaction::ExhaustsResources.into()) {
				return result;
			}
		}
		Err(InvalidTransaction::ExhaustsResources.into())
	}

	/// What the pool says of a transaction with this call.
	pub fn validate(&mut self, signer: Sr25519Keyring, call: impl Into<S::Call>) -> TransactionValidity {
		let transaction = self.sign(signer, call.into());
		let parent = self.head().header.hash();
		// The pool leaves no traces in the state.
		self.ext.execute_with(|| {
			frame_support::storage::transactional::with_transaction_unchecked(|| {
				sp_runtime::TransactionOutcome::Rollback(S::validate(transaction, parent))
			})
		})
	}

	/// A transaction with this call.
	pub fn sign(&mut self, signer: Sr25519Keyring, call: S::Call) -> S::Extrinsic {
		self.ext.execute_with(|| S::sign(signer, call, 0))
	}

	/// Produces blocks until something is so.
	pub fn wait(&mut self, is_so: impl Fn() -> bool) {
		for _ in 0..600 {
			if self.read(&is_so) {
				return;
			}
			self.block(vec![]);
		}
		panic!("it never was so on {}", S::NAME);
	}

	/// Reads the state, or writes to it: what is written is in the next block.
	pub fn read<R>(&mut self, read: impl FnOnce() -> R) -> R {
		self.ext.execute_with(read)
	}

	/// New keys of a session, kept where the chain's blocks can be finalised with them.
	pub fn with_keystore<R>(&mut self, seed: &str, generate: impl FnOnce(Vec<u8>) -> R) -> R {
		let keystore = sp_keystore::testing::MemoryKeystore::new();
		self.ext
			.register_extension(sp_keystore::KeystoreExt::new(keystore));
		self.keys
			.push(sp_core::ed25519::Pair::from_string(seed, None).unwrap());
		self.ext.execute_with(|| generate(seed.as_bytes().to_vec()))
	}

	/// The height.
	pub fn height(&self) -> u32 {
		self.blocks.len() as u32
	}

	/// A block.
	pub fn at(&self, number: u32) -> &Produced {
		&self.blocks[number as usize - 1]
	}

	/// The latest block.
	pub fn head(&self) -> &Produced {
		self.at(self.height())
	}

	/// Proves values of the state of the latest block, or that they are not there.
	pub fn prove<K: AsRef<[u8]>>(&self, keys: impl IntoIterator<Item = K>) -> RawStorageProof {
		let proof = sp_state_machine::prove_read_on_trie_backend(&self.ext.backend, keys).unwrap();
		proof.into_iter_nodes().collect()
	}

	/// What proves that a block is final.
	pub fn justify(&self, number: u32) -> Justification {
		let block = self.at(number);
		block.finalizer.justify(&block.header, &self.keys)
	}

	/// What was said in the last block.
	pub fn events(&mut self) -> Vec<S::Event> {
		self.read(S::events)
	}

	/// Whether something was said in the last block.
	pub fn said(&mut self, matches: impl Fn(&S::Event) -> bool) -> bool {
		self.events().iter().any(matches)
	}

	/// What begins a light client of this chain at its latest block.
	pub fn initialization(&mut self) -> InitializationData<Header> {
		let (authority_list, set_id) = self.read(S::authorities);
		InitializationData {
			header: Box::new(self.head().header.clone()),
			authority_list,
			set_id,
			operating_mode: BasicOperatingMode::Normal,
		}
	}
}

/// The error that a call of a pallet gives.
pub fn error(error: impl Into<DispatchError>) -> DispatchResult {
	Err(error.into())
}
