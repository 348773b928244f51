//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use lutine_primitives::{
	Balance, BlockNumber,
	insurance::{AssetId, ProductId},
	time::Seconds,
};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;

/// Where a policy is in its life.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum State {
	/// It was bought and has not ended. Cover may still have to begin.
	Active,
	/// Its period is over. Until its claim window is, claims can be made on Lutine for what happened before.
	Expired,
	/// Its holder ended it.
	Cancelled,
	/// All of it was awarded.
	Exhausted,
	/// It is not there any more, and its id is never used again.
	Closed,
}

/// A policy of Lutine as it was in the state of one of its blocks. Amounts are units of `asset`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Certificate {
	/// The account of Lutine that held it.
	pub holder: AccountId32,
	/// On which product of Lutine.
	pub product: ProductId,
	/// In which asset, by its id on Lutine.
	pub asset: AssetId,
	/// What was insured.
	pub amount: Balance,
	/// What of it was awarded: paid to its holder, or owed to them.
	pub awarded: Balance,
	/// What every award under it is lessened by.
	pub deductible: Balance,
	/// The first second of cover.
	pub start: Seconds,
	/// The first second after it.
	pub end: Seconds,
	/// From the end of cover to the last report of an incident, in seconds.
	pub claim_window: Seconds,
	/// Blake2 hash of what it insures: of the bytes that its buyer named as its item.
	pub item: H256,
	/// Whether a claim under it was open.
	pub claim_open: bool,
	/// Where it was in its life.
	pub state: State,
	/// The number of the block.
	pub number: BlockNumber,
	/// The time of the block, in Unix seconds.
	pub time: Seconds,
}

impl Certificate {
	/// What is insured and was not awarded yet.
	pub fn left(&self) -> Balance {
		self.amount.saturating_sub(self.awarded)
	}

	/// Where the policy is in its life now, if nothing but time has passed since.
	pub fn state_at(&self, now: Seconds) -> State {
		match self.state {
			State::Active if now >= self.end => State::Expired,
			state => state,
		}
	}

	/// Whether something that happens now is insured, if nothing but time has passed since.
	pub fn is_in_force(&self, now: Seconds) -> bool {
		self.state_at(now) == State::Active && self.start <= now
	}

	/// How long ago this was so, in seconds; nothing where Lutine's clock is ahead.
	pub fn age(&self, now: Seconds) -> Seconds {
		now.saturating_sub(self.time)
	}
}

/// A certificate with what was paid for its storage.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Entry<AccountId> {
	/// What was proven.
	pub certificate: Certificate,
	/// Who proved last that the policy is there, and gets the deposit back.
	pub depositor: AccountId,
	/// The native tokens on hold for it.
	pub deposit: Balance,
}
