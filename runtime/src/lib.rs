//! The state transition of the Lutine chain.
//!
//! One runtime serves every chain: what differs between a development chain and a production chain is genesis alone
//! (see [`genesis`]). The pallets are configured in [`configs`]; what binds one pallet to another lives in [`adapters`].

#![cfg_attr(not(feature = "std"), no_std)]
// Most of a runtime's public items are made by macros, which do not document them. The pallets are checked.
#![allow(missing_docs)]
// Nested tuples of extensions and calls make deep types.
#![recursion_limit = "512"]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

pub mod adapters;
mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod configs;
pub mod genesis;
#[cfg(test)]
mod tests;

pub use apis::*;
pub use lutine_primitives::{Balance, BlockNumber, LUT};

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{
	MultiAddress, MultiSignature, generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
};
use sp_version::{RuntimeVersion, runtime_version};

/// A signature under any of the supported schemes.
pub type Signature = MultiSignature;
/// An account: the public key behind a signature, or its hash.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How many transactions an account has sent.
pub type Nonce = u32;
/// A hash of chain data.
pub type Hash = sp_core::H256;
/// How transactions name an account.
pub type Address = MultiAddress<AccountId, ()>;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
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
	PartnerGrandpa, PartnerMessages
}

/// Executes blocks by dispatching to the pallets.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// What an upgrade to this runtime does to the state first, each where the chain's own version of it asks for that.
pub type Migrations = (pallet_chain_parameters::migrations::AddChangeExpiry<Runtime>,);

/// Blocks as the node sees them: it needs no knowledge of what a transaction means.
pub mod opaque {
	use super::*;

	/// A block of opaque transactions.
	pub type Block = generic::Block<Header, sp_runtime::OpaqueExtrinsic>;
}

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

/// The version of this runtime. `spec_version` rises with every change of behaviour, `transaction_version` with every
/// change of how a transaction is encoded.
#[cfg(not(feature = "next-version"))]
#[runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("lutine"),
	impl_name: Cow::Borrowed("lutine"),
	authoring_version: 1,
	spec_version: 3,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 2,
	system_version: 1,
};

/// The version after this one, of a runtime that a rehearsed upgrade leads to: see `runtime/next`.
#[cfg(feature = "next-version")]
#[runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("lutine"),
	impl_name: Cow::Borrowed("lutine"),
	authoring_version: 1,
	spec_version: 4,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 2,
	system_version: 1,
};

#[frame_support::runtime]
mod runtime {
	/// The Lutine runtime.
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

	// Genesis and the hooks of a block run in the order of the indices. The clock and the parameters come first because
	// others read them; an index never changes, because clients and stored calls name pallets by it.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Clock = pallet_clock;
	#[runtime::pallet_index(2)]
	pub type Parameters = pallet_chain_parameters;
	#[runtime::pallet_index(3)]
	pub type Babe = pallet_babe;
	#[runtime::pallet_index(4)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(5)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(6)]
	pub type TransactionPayment = pallet_transaction_payment;

	// Consensus. Authorship and staking before session: a new session asks both.
	#[runtime::pallet_index(10)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(11)]
	pub type Staking = pallet_staking;
	#[runtime::pallet_index(12)]
	pub type VoterList = pallet_bags_list<Instance1>;
	#[runtime::pallet_index(13)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(14)]
	pub type Historical = pallet_session::historical;
	#[runtime::pallet_index(15)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(16)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(17)]
	pub type AuthorityDiscovery = pallet_authority_discovery;

	// Governance. The scheduler before democracy: an enactment due in a block runs before new referenda are baked.
	#[runtime::pallet_index(20)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(21)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(22)]
	pub type Democracy = pallet_democracy;
	#[runtime::pallet_index(23)]
	pub type Council = pallet_collective<Instance1>;
	#[runtime::pallet_index(24)]
	pub type TechnicalCommittee = pallet_collective<Instance2>;
	#[runtime::pallet_index(25)]
	pub type Treasury = pallet_treasury;
	#[runtime::pallet_index(26)]
	pub type SafeMode = pallet_safe_mode;
	#[runtime::pallet_index(27)]
	pub type TxPause = pallet_tx_pause;

	// Accounts acting together or for each other.
	#[runtime::pallet_index(30)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(31)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(32)]
	pub type Proxy = pallet_proxy;

	// Assets and prices. Before the insurance pallets, which own assets and a collection from genesis on.
	#[runtime::pallet_index(40)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(41)]
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(42)]
	pub type OracleMembers = pallet_membership<Instance1>;
	#[runtime::pallet_index(43)]
	pub type Oracle = pallet_oracle;

	// Insurance. What is asked stands before what asks.
	#[runtime::pallet_index(50)]
	pub type Pricing = pallet_pricing;
	#[runtime::pallet_index(51)]
	pub type Pools = pallet_pools;
	#[runtime::pallet_index(52)]
	pub type Cover = pallet_cover;
	#[runtime::pallet_index(53)]
	pub type Claims = pallet_claims;
	#[runtime::pallet_index(54)]
	pub type Outages = pallet_outages;
	#[runtime::pallet_index(55)]
	pub type Homes = pallet_homes;

	// The bridge to the partner chain. The lane before what it carries. The names are part of the proofs that the partner
	// chain checks.
	#[runtime::pallet_index(60)]
	pub type PartnerGrandpa = pallet_bridge_grandpa;
	#[runtime::pallet_index(61)]
	pub type PartnerMessages = pallet_bridge_messages;
	#[runtime::pallet_index(62)]
	pub type PartnerBridge = pallet_xcm_bridge_hub;
	#[runtime::pallet_index(63)]
	pub type MessageQueue = pallet_message_queue;
	#[runtime::pallet_index(64)]
	pub type PolkadotXcm = pallet_xcm;
}
