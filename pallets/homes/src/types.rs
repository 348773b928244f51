//! What is stored of a home, and what the pallet needs of the rest of the chain.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::weights::Weight;
use lutine_primitives::{Balance, insurance::AssetId};
use scale_info::TypeInfo;
use sp_runtime::DispatchResult;

/// Where the owner of an account lives.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Residence<Home> {
	/// Where that is.
	pub home: Home,
	/// What is on hold for it.
	pub deposit: Balance,
	/// Of how many assets something is gathered.
	pub assets: u32,
}

/// What takes money from accounts here to homes on another chain. Implemented by the runtime.
pub trait Way<AccountId, Home> {
	/// Whether it takes anything now: it is there, and has room for one more. Where it says no, nothing is tried.
	fn is_open() -> bool;

	/// The least of an asset that it takes, or `None` where it does not carry the asset.
	fn least(asset: &AssetId) -> Option<Balance>;

	/// Takes `amount` of an asset, which the account can spend and live on, and sends it home.
	///
	/// It is called in a storage layer of its own: an error takes back all that was written, and the account keeps the
	/// money. What it costs on the way is paid out of the amount.
	fn send(who: &AccountId, home: &Home, asset: &AssetId, amount: Balance) -> DispatchResult;

	/// The most that [`send`](Self::send) takes.
	fn weight() -> Weight;
}
