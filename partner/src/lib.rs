//! The state transition of the partner chain: a thin chain at the other end of Lutine's bridge.
//!
//! It has what a chain needs whose people are insured on Lutine: accounts, assets, XCM, the bridge, and proofs of the
//! policies they hold there ([`pallet_certificates`]). Its validators are those of its genesis, who may change their keys.
//! It stands for any chain with GRANDPA finality, and shows what such a chain adds to its own runtime.

#![cfg_attr(not(feature = "std"), no_std)]
// Most of a runtime's public items are made by macros, which do not document them. The pallets are checked.
#![allow(missing_docs)]
// Nested tuples of extensions and calls make deep types.
#![recursion_limit = "512"]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod configs;
pub mod genesis;
#[cfg(test)]
mod tests;
pub mod xcm_config;

pub use apis::*;
pub use lutine_bridge::chains::{AccountId, BlockNumber, Hash, Header, Signature};
pub use lutine_primitives::Balance;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{MultiAddress, generic, impl_opaque_keys};
use sp_version::{RuntimeVersion, runtime_version};

/// One PRT, the native token, in its smallest unit.
pub const PRT: Balance = 1_000_000_000_000;

/// How many transactions an account has sent.
pub type Nonce = u32;
/// How transactions name an account.
pub type Address = MultiAddress<AccountId, ()>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A transaction or inherent as it stands in a block.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What a transaction signs over.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// What a transaction carries beside its call, in the order in which it is checked.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckMortality<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	BridgeRejectObsoleteHeadersAndMessages,
	frame_system::WeightReclaim<Runtime>,
);

bridge_runtime_common::generate_bridge_reject_obsolete_headers_and_messages! {
	RuntimeCall, AccountId,
	// What another relayer has brought already costs nobody a fee.
	LutineGrandpa, LutineMessages
}

/// Executes blocks by dispatching to the pallets.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

impl_opaque_keys! {
	/// The keys with which a validator signs for a session.
	pub struct SessionKeys {
		/// Produces blocks (sr25519).
		pub babe: Babe,
		/// Finalises them (ed25519).
		pub grandpa: Grandpa,
		/// Is found by other validators (sr25519).
		pub authority_discovery: AuthorityDiscovery,
	}
}

/// The version of this runtime.
#[runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("lutine-partner"),
	impl_name: Cow::Borrowed("lutine-partner"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

#[frame_support::runtime]
mod runtime {
	/// The partner runtime.
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	// Where Lutine has the same pallet it has the same index.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Clock = pallet_clock;
	#[runtime::pallet_index(3)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(4)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(5)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(6)]
	pub type TransactionPayment = pallet_transaction_payment;

	#[runtime::pallet_index(10)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(15)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(16)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(17)]
	pub type AuthorityDiscovery = pallet_authority_discovery;

	#[runtime::pallet_index(30)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(40)]
	pub type Assets = pallet_assets;

	#[runtime::pallet_index(54)]
	pub type Certificates = pallet_certificates;

	// The bridge to Lutine. The names are part of the proofs that Lutine checks.
	#[runtime::pallet_index(60)]
	pub type LutineGrandpa = pallet_bridge_grandpa;
	#[runtime::pallet_index(61)]
	pub type LutineMessages = pallet_bridge_messages;
	#[runtime::pallet_index(62)]
	pub type LutineBridge = pallet_xcm_bridge_hub;
	#[runtime::pallet_index(63)]
	pub type MessageQueue = pallet_message_queue;
	#[runtime::pallet_index(64)]
	pub type PolkadotXcm = pallet_xcm;
}
