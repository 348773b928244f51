//! The two chains, each by the types of its runtime: what is submitted to it, and where things are in its state.

use crate::error::Error;
use bp_header_chain::{ChainWithGrandpa, InitializationData, justification::GrandpaJustification};
use bp_messages::{
	ChainWithMessages, UnrewardedRelayersState, source_chain::FromBridgedChainMessagesDeliveryProof,
	target_chain::FromBridgedChainMessagesProof,
};
use codec::{Compact, Decode, DecodeAll, Encode};
use frame_support::{
	dispatch::GetDispatchInfo, storage::storage_prefix, traits::PalletInfoAccess, weights::Weight,
};
use lutine_bridge::chains::{self, FROM_LUTINE_MESSAGE_DETAILS_METHOD, FROM_PARTNER_MESSAGE_DETAILS_METHOD};
pub use lutine_bridge::chains::{AccountId, BlockNumber, Hash, Header, LaneId};
use sp_consensus_grandpa::SetId;
use sp_core::{Pair, sr25519};
use sp_runtime::{DispatchError, generic::Era, traits::TransactionExtension};
use sp_version::RuntimeVersion;

/// That validators finalised a block.
pub type Justification = GrandpaJustification<Header>;
/// That messages were sent.
pub type MessagesProof = FromBridgedChainMessagesProof<Hash, LaneId>;
/// That messages were received.
pub type DeliveryProof = FromBridgedChainMessagesDeliveryProof<Hash, LaneId>;

/// What a transaction says beside its call.
#[derive(Clone, Debug)]
pub struct Terms {
	/// How many transactions the account sent before.
	pub nonce: u32,
	/// How long it is valid.
	pub era: Era,
	/// The first block at which it is.
	pub birth: Hash,
	/// The chain it is for.
	pub genesis: Hash,
	/// The version of the runtime it is for.
	pub version: (u32, u32),
}

impl Terms {
	/// What the transaction carries, as it is encoded whatever the order of what carries nothing: the era, the nonce, no
	/// tip, and no hash of the metadata.
	fn carried(&self) -> Vec<u8> {
		(self.era, Compact(self.nonce), Compact(0u128), 0u8).encode()
	}

	/// What it does not carry but signs over.
	fn implied(&self) -> Vec<u8> {
		let (spec, transaction) = self.version;
		let metadata: Option<[u8; 32]> = None;
		(spec, transaction, self.genesis, self.birth, metadata).encode()
	}
}

/// A chain.
pub trait Chain: Send + Sync + 'static {
	/// Its name in log lines and metrics.
	const NAME: &'static str;
	/// The function of its runtime that tells the weight of messages from the other chain.
	const MESSAGE_DETAILS: &'static str;

	/// What the other chain knows of it.
	type Known: ChainWithGrandpa + ChainWithMessages;
	/// What a transaction does.
	type Call: Clone + Encode + Send + Sync;

	/// The runtime that this relayer was built with.
	fn version() -> RuntimeVersion;

	/// Where its time is.
	fn time_key() -> Vec<u8>;
	/// Where the number of its set of validators is.
	fn set_id_key() -> Vec<u8>;
	/// Where an account is.
	fn account_key(account: &AccountId) -> Vec<u8>;
	/// Where the events of a block are.
	fn events_key() -> Vec<u8>;
	/// An account's nonce and free balance.
	fn account(value: &[u8]) -> Result<(u32, u128), codec::Error>;
	/// Why a transaction failed, by the events of its block and its place in it.
	fn failure(events: &[u8], position: usize) -> Result<Option<String>, codec::Error>;

	/// Begins the light client.
	fn initialise(data: InitializationData<Header>) -> Self::Call;
	/// Submits a header.
	fn submit_header(header: Header, justification: Justification, set_id: SetId) -> Self::Call;
	/// Delivers messages.
	fn deliver(relayer: AccountId, proof: MessagesProof, count: u32, weight: Weight) -> Self::Call;
	/// Confirms messages.
	fn confirm(proof: DeliveryProof, relayers: UnrewardedRelayersState) -> Self::Call;

	/// What a call weighs.
	fn weight(call: &Self::Call) -> Weight;
	/// The transaction.
	fn sign(call: Self::Call, signer: &sr25519::Pair, terms: &Terms) -> Result<Vec<u8>, Error>;
}

/// The insurance chain.
pub struct Lutine;
/// The chain at the other end of the bridge.
pub struct Partner;

macro_rules! chain {
	($chain:ident = $name:literal, $known:ty, $runtime:ident, $grandpa:ident, $messages:ident, $details:ident) => {
		impl Chain for $chain {
			const NAME: &'static str = $name;
			const MESSAGE_DETAILS: &'static str = $details;

			type Known = $known;
			type Call = $runtime::RuntimeCall;

			fn version() -> RuntimeVersion {
				$runtime::VERSION
			}

			fn time_key() -> Vec<u8> {
				pallet_timestamp::Now::<$runtime::Runtime>::hashed_key().to_vec()
			}

			fn set_id_key() -> Vec<u8> {
				pallet_grandpa::CurrentSetId::<$runtime::Runtime>::hashed_key().to_vec()
			}

			fn account_key(account: &AccountId) -> Vec<u8> {
				frame_system::Account::<$runtime::Runtime>::hashed_key_for(account)
			}

			fn events_key() -> Vec<u8> {
				storage_prefix($runtime::System::name().as_bytes(), b"Events").to_vec()
			}

			fn account(value: &[u8]) -> Result<(u32, u128), codec::Error> {
				type Data = <$runtime::Runtime as frame_system::Config>::AccountData;
				let account = frame_system::AccountInfo::<u32, Data>::decode(&mut &*value)?;
				Ok((account.nonce, account.data.free))
			}

			fn failure(events: &[u8], position: usize) -> Result<Option<String>, codec::Error> {
				type Record = frame_system::EventRecord<$runtime::RuntimeEvent, Hash>;
				let events = Vec::<Record>::decode(&mut &*events)?;
				Ok(events
					.into_iter()
					.find_map(|record| match (record.phase, record.event) {
						(
							frame_system::Phase::ApplyExtrinsic(index),
							$runtime::RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
								dispatch_error,
								..
							}),
						) if index as usize == position => Some(match &dispatch_error {
							DispatchError::Module(error) => {
								let bytes = [&[error.index][..], &error.error[..]].concat();
								$runtime::RuntimeError::decode(&mut &bytes[..]).map_or_else(
									|_| format!("{dispatch_error:?}"),
									|error| format!("{error:?}"),
								)
							}
							error => format!("{error:?}"),
						}),
						_ => None,
					}))
			}

			fn initialise(init_data: InitializationData<Header>) -> Self::Call {
				$runtime::RuntimeCall::$grandpa(pallet_bridge_grandpa::Call::initialize { init_data })
			}

			fn submit_header(header: Header, justification: Justification, set_id: SetId) -> Self::Call {
				$runtime::RuntimeCall::$grandpa(pallet_bridge_grandpa::Call::submit_finality_proof_ex {
					finality_target: Box::new(header),
					justification,
					current_set_id: set_id,
					is_free_execution_expected: false,
				})
			}

			fn deliver(relayer: AccountId, proof: MessagesProof, count: u32, weight: Weight) -> Self::Call {
				$runtime::RuntimeCall::$messages(pallet_bridge_messages::Call::receive_messages_proof {
					relayer_id_at_bridged_chain: relayer,
					proof: Box::new(proof),
					messages_count: count,
					dispatch_weight: weight,
				})
			}

			fn confirm(proof: DeliveryProof, relayers_state: UnrewardedRelayersState) -> Self::Call {
				$runtime::RuntimeCall::$messages(
					pallet_bridge_messages::Call::receive_messages_delivery_proof {
						proof,
						relayers_state,
					},
				)
			}

			fn weight(call: &Self::Call) -> Weight {
				call.get_dispatch_info().call_weight
			}

			fn sign(call: Self::Call, signer: &sr25519::Pair, terms: &Terms) -> Result<Vec<u8>, Error> {
				use $runtime::{Address, RuntimeCall, SignedPayload, TxExtension, UncheckedExtrinsic};
				type Implied = <TxExtension as TransactionExtension<RuntimeCall>>::Implicit;

				let foreign = |_| {
					Error::Fatal(format!(
						"transactions of {} carry something that this relayer does not know",
						$name
					))
				};
				let carried = TxExtension::decode_all(&mut &terms.carried()[..]).map_err(foreign)?;
				let implied = Implied::decode_all(&mut &terms.implied()[..]).map_err(foreign)?;
				let payload = SignedPayload::from_raw(call, carried, implied);
				let signature = payload.using_encoded(|bytes| signer.sign(bytes));
				let (call, carried, _) = payload.deconstruct();
				let address = Address::Id(AccountId::from(signer.public()));
				Ok(UncheckedExtrinsic::new_signed(call, address, signature.into(), carried).encode())
			}
		}
	};
}

chain!(
	Lutine = "lutine",
	chains::Lutine,
	lutine_runtime,
	PartnerGrandpa,
	PartnerMessages,
	FROM_PARTNER_MESSAGE_DETAILS_METHOD
);
chain!(
	Partner = "partner",
	chains::Partner,
	lutine_partner_runtime,
	LutineGrandpa,
	LutineMessages,
	FROM_LUTINE_MESSAGE_DETAILS_METHOD
);

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keyring::Sr25519Keyring::Alice;
	use sp_runtime::{ModuleError, traits::Checkable};

	fn terms() -> Terms {
		Terms {
			nonce: 7,
			era: Era::mortal(64, 5),
			birth: Hash::repeat_byte(5),
			genesis: Hash::repeat_byte(9),
			version: (0, 0),
		}
	}

	macro_rules! tests_of {
		($module:ident, $chain:ident, $runtime:ident) => {
			mod $module {
				use super::*;
				use $runtime::{Runtime, RuntimeCall, System, UncheckedExtrinsic};

				fn call() -> RuntimeCall {
					frame_system::Call::remark { remark: vec![1] }.into()
				}

				fn check(terms: &Terms) -> Result<AccountId, String> {
					let bytes = $chain::sign(call(), &Alice.pair(), terms).unwrap();
					let transaction = UncheckedExtrinsic::decode_all(&mut &bytes[..]).unwrap();
					sp_io::TestExternalities::default().execute_with(|| {
						frame_system::BlockHash::<Runtime>::insert(0, Hash::repeat_byte(9));
						frame_system::BlockHash::<Runtime>::insert(5, Hash::repeat_byte(5));
						System::set_block_number(6);
						let checked = transaction
							.check(&frame_system::ChainContext::<Runtime>::default())
							.map_err(|error| format!("{error:?}"))?;
						assert_eq!(checked.function, call());
						match checked.format {
							sp_runtime::generic::ExtrinsicFormat::Signed(account, _) => Ok(account),
							_ => Err("unsigned".into()),
						}
					})
				}

				#[test]
				fn transaction_is_valid_when_signed_for_the_version_and_the_blocks() {
					let version = $chain::version();
					let mut terms = terms();
					terms.version = (version.spec_version, version.transaction_version);
					assert_eq!(check(&terms), Ok(Alice.to_account_id()));
					for other in [
						Terms {
							version: (0, terms.version.1),
							..terms.clone()
						},
						Terms {
							genesis: Hash::zero(),
							..terms.clone()
						},
						Terms {
							birth: Hash::zero(),
							..terms
						},
					] {
						assert!(check(&other).is_err(), "{other:?}");
					}
				}

				#[test]
				fn account_is_read_as_the_chain_writes_it() {
					sp_io::TestExternalities::default().execute_with(|| {
						let alice = Alice.to_account_id();
						frame_system::Account::<Runtime>::mutate(&alice, |account| {
							account.nonce = 3;
							account.data.free = 5;
						});
						let value = sp_io::storage::get(&$chain::account_key(&alice)).unwrap();
						assert_eq!($chain::account(&value), Ok((3, 5)));
					});
				}

				#[test]
				fn failure_is_named_and_found_by_place() {
					let error = DispatchError::Module(ModuleError {
						index: <$runtime::System as PalletInfoAccess>::index() as u8,
						error: [5, 0, 0, 0],
						message: None,
					});
					sp_io::TestExternalities::default().execute_with(|| {
						System::set_block_number(1);
						System::note_applied_extrinsic(&Ok(().into()), Default::default());
						System::note_applied_extrinsic(&Err(error.into()), Default::default());
						let events = sp_io::storage::get(&$chain::events_key()).unwrap();
						assert_eq!($chain::failure(&events, 0), Ok(None));
						let failure = $chain::failure(&events, 1).unwrap().unwrap();
						assert!(failure.contains("CallFiltered"), "{failure}");
					});
				}
			}
		};
	}

	tests_of!(lutine, Lutine, lutine_runtime);
	tests_of!(partner, Partner, lutine_partner_runtime);
}
