//! Certificates: policies of the Lutine chain, proven on this one.
//!
//! ## Terms
//! - **policy**: one holder's cover on one product of Lutine. Whoever owns the item of `pallet-nfts` with its id holds it.
//! - **header**: of a block of Lutine that this chain's light client knows to be final. It has the root of a state.
//! - **proof**: the nodes of that state's trie on the way to a policy, to its holder and to the time of the block.
//! - **certificate**: what was proven of a policy last.
//!
//! ## Usage
//! Anyone [proves](Call::prove) a policy as it is in the state of a header: [`CertificatesApi`] says which keys a node of Lutine
//! is to be asked for. Other pallets ask [`Certified`] whether an account is covered, and how old that knowledge may be. When a
//! proof shows that a policy is gone its certificate is closed; what nobody has proven for long anyone
//! [removes](Call::remove).
//!
//! ## Design
//! No message is sent and nobody on Lutine takes part: what is read is the state that its validators have finalised.
//!
//! One proof shows all at once. The policy says what is insured, the item who holds it, the time of the block whether it had
//! expired, and the version of what `pallet-cover` stores that the bytes mean what they are taken for. Absence is
//! proven in the same way, under the same keys. A proof has exactly the nodes that it needs, so nobody makes the chain carry more.
//!
//! What is known never gives way to what is older. A certificate is replaced by a later header's only, and it is kept, closed or
//! not, until no proof of its time is accepted any more: so that what was seen to be closed is not proven open with the
//! header before.
//!
//! Whoever proves pays: a deposit is held for the storage, and is returned when another proves the policy or when the certificate
//! is removed.
//!
//! ## Limitations
//! A certificate says what was, not what is: its holder may have sold or cancelled the policy since. How old it may be is for
//! those to say who rely on it. While no headers come in, certificates only grow older. When Lutine changes how it stores policies
//! this pallet must change too; until then it refuses every proof, and relies on nothing.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod dispatchables;
mod headers;
mod invariants;
#[cfg(test)]
mod mock;
pub mod proofs;
#[cfg(test)]
mod tests;
mod types;
pub mod weights;
#[cfg(any(test, feature = "runtime-benchmarks"))]
mod worst;

#[cfg(feature = "std")]
pub use api::CertificatesApi;
pub use api::{Certified, runtime_decl_for_certificates_api};
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use headers::{Accounts, Header, Headers, LightClient, SameKey};
pub use pallet::*;
pub use types::{Certificate, Entry, State};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use bp_runtime::{RawStorageProof, StorageProofError};
	use frame_support::{
		pallet_prelude::*,
		traits::{UnixTime, fungible},
	};
	use frame_system::pallet_prelude::*;
	use lutine_primitives::{Balance, BlockNumber, insurance::PolicyId, time::Seconds};
	use sp_core::H256;
	use sp_runtime::AccountId32;

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The headers of Lutine that are known to be final.
		type Headers: Headers;
		/// Whose the accounts of Lutine are.
		type Accounts: Accounts<Self::AccountId>;
		/// What deposits are held in: the native token.
		type Deposits: fungible::Mutate<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
		/// Reasons for which native tokens are on hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// What is held for the storage of a certificate.
		#[pallet::constant]
		type Deposit: Get<Balance>;
		/// How many seconds old a state may be of which something is proven. For so long a certificate is kept at least.
		#[pallet::constant]
		type MaxAge: Get<Seconds>;
		/// The time of the block.
		type Time: UnixTime;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What the benchmarks need of the chain.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper;
	}

	/// What is stored is of this version. Whoever changes a stored type raises it and brings a migration.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Why this pallet holds native tokens.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For the storage of a certificate, until another proves its policy or it is removed.
		#[codec(index = 0)]
		Certificate,
	}

	/// What was proven last of each policy of Lutine. Whoever proved that it is there pays with a deposit.
	#[pallet::storage]
	pub type Certificates<T: Config> = StorageMap<_, Twox64Concat, PolicyId, Entry<T::AccountId>>;

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// How many bytes a proof may have, each of its nodes rounded up to the next multiple of 64.
		#[pallet::constant_name(MaxProofSize)]
		fn max_proof_size() -> u32 {
			proofs::MAX_PIECES * proofs::PIECE
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A policy of Lutine was proven to be there.
		Proven {
			/// Which policy.
			policy: PolicyId,
			/// The account of Lutine that held it.
			holder: AccountId32,
			/// What was insured and not awarded yet, in units of its asset.
			left: Balance,
			/// The first second after cover.
			end: Seconds,
			/// Where it was in its life.
			state: State,
			/// The number of the block of Lutine in whose state that was so.
			number: BlockNumber,
			/// Who proved it, and pays for the storage from now on.
			by: T::AccountId,
		},
		/// A policy of Lutine was proven to be gone.
		Closed {
			/// Which policy.
			policy: PolicyId,
			/// The number of the block of Lutine in whose state it was not.
			number: BlockNumber,
		},
		/// A certificate that nobody may rely on any more was removed and its deposit returned.
		Removed {
			/// Of which policy.
			policy: PolicyId,
			/// Who was returned it.
			depositor: T::AccountId,
			/// How much.
			deposit: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The light client does not know the header, does not keep it any more, or is halted.
		UnknownHeader,
		/// The proof is not one of this policy in the state of this header. Its nodes must be those on the way to the keys that
		/// the runtime API `proof_keys` tells, and no others; why they are not is told with it.
		BadProof(StorageProofError),
		/// The proof is larger than the constant `MaxProofSize`.
		TooLarge,
		/// As much is known already of the state of this header or of a later one.
		NotNewer,
		/// The state is so old that what was known of later ones may be forgotten.
		TooOld,
		/// There is no such policy in that state, or not any more, and no certificate to be closed.
		NoSuchPolicy,
		/// The policy is there, but not the item that tells who holds it.
		NoHolder,
		/// A value in the state is not what this chain takes it for.
		Undecodable,
		/// Lutine stores policies in another version than the one that this chain knows.
		OtherVersion,
		/// The account has not the native tokens for the deposit.
		DepositNotThere,
		/// Nothing was proven of this policy, or it was removed.
		UnknownCertificate,
		/// The certificate cannot be removed yet: an older state could still be proven.
		TooEarly,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::Deposit::get() > 0, "storage must be paid for");
			assert!(T::MaxAge::get() > 0, "no proof would be young enough");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Proves a policy of Lutine as it is in the state of one of its blocks, or that it is not there any more.
		///
		/// ## Origin
		/// Signed, by anyone. A deposit is held for the certificate, and returned when another proves the policy or when the
		/// certificate is removed. To prove that a policy is gone takes none.
		///
		/// ## Details
		/// `at` is the hash of a block that this chain's light client knows, later than the one of which something is known
		/// already. `proof` is what a node of Lutine answers to `state_getReadProof` for the keys of the runtime API
		/// `proof_keys` at this block.
		///
		/// ## Errors
		/// - [`Error::TooLarge`], [`Error::UnknownHeader`], [`Error::NotNewer`], [`Error::BadProof`], [`Error::TooOld`]
		/// - [`Error::OtherVersion`], [`Error::Undecodable`], [`Error::NoHolder`], [`Error::NoSuchPolicy`]
		/// - [`Error::DepositNotThere`]
		///
		/// ## Events
		/// - [`Event::Proven`], or [`Event::Closed`] where it is gone
		#[pallet::call_index(0)]
		#[pallet::weight(Pallet::<T>::prove_weight(proof))]
		pub fn prove(
			origin: OriginFor<T>,
			policy: PolicyId,
			at: H256,
			proof: RawStorageProof,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_prove(who, policy, at, proof)
		}

		/// Removes a certificate that was not proven for so long that nobody may rely on it any more, closed or not, and returns
		/// its deposit.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// - [`Error::UnknownCertificate`], [`Error::TooEarly`]
		///
		/// ## Events
		/// - [`Event::Removed`]
		#[pallet::call_index(1)]
		pub fn remove(origin: OriginFor<T>, policy: PolicyId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_remove(policy)
		}
	}
}
