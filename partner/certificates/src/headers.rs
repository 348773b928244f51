//! What the pallet asks of its surroundings about Lutine: which of its headers are final, and whose its accounts are.

use bp_header_chain::StoredHeaderData;
use bp_runtime::{BasicOperatingMode, Chain};
use core::marker::PhantomData;
use lutine_primitives::BlockNumber;
use pallet_bridge_grandpa::{ImportedHeaders, PalletOperatingMode};
use sp_core::H256;
use sp_runtime::AccountId32;

/// Number and state root of a header of Lutine.
pub type Header = StoredHeaderData<BlockNumber, H256>;

/// The headers of Lutine that are known to be final.
pub trait Headers {
	/// A final header, or `None` where it is not known, not known any more, or nothing may be relied on at the moment.
	fn header(hash: H256) -> Option<Header>;
}

/// The headers of a light client. While that is halted there are none: somebody doubts them.
pub struct LightClient<T, I = ()>(PhantomData<(T, I)>);

impl<T, I: 'static> Headers for LightClient<T, I>
where
	T: pallet_bridge_grandpa::Config<I, BridgedChain: Chain<BlockNumber = BlockNumber, Hash = H256>>,
{
	fn header(hash: H256) -> Option<Header> {
		let is_halted = PalletOperatingMode::<T, I>::get() == BasicOperatingMode::Halted;
		(!is_halted).then(|| ImportedHeaders::<T, I>::get(hash)).flatten()
	}
}

#[cfg(any(test, feature = "runtime-benchmarks"))]
impl<T, I: 'static> LightClient<T, I>
where
	T: pallet_bridge_grandpa::Config<I, BridgedChain: Chain<BlockNumber = BlockNumber, Hash = H256>>,
{
	/// Has the light client know a header, as if it had been imported.
	pub fn import(hash: H256, header: Header) {
		PalletOperatingMode::<T, I>::put(BasicOperatingMode::Normal);
		ImportedHeaders::<T, I>::insert(hash, header);
	}
}

/// Whose the accounts of Lutine are.
pub trait Accounts<AccountId> {
	/// Whether an account of Lutine belongs to an account of this chain.
	fn is_of(there: &AccountId32, here: &AccountId) -> bool;
}

/// An account of Lutine belongs to the account of this chain with the same key.
pub struct SameKey;

impl<AccountId: AsRef<[u8]>> Accounts<AccountId> for SameKey {
	fn is_of(there: &AccountId32, here: &AccountId) -> bool {
		let there: &[u8] = there.as_ref();
		there == here.as_ref()
	}
}
