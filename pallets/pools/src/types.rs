//! What the pallet stores.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound, traits::Get};
use lutine_math::{arrears::Arrears, pricing, streams::SCALE_BITS};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, GroupId, ProductId},
	parameters::Pricing,
	time::Seconds,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::U256;
use sp_runtime::{BoundedVec, FixedU128, Perbill};

/// A pool: its balance sheet, its queue and its running sums. Amounts are units of `asset`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Pool<AccountId> {
	/// Who sets lines and takes the fee.
	pub manager: AccountId,
	/// What is deposited, insured and paid.
	pub asset: AssetId,
	/// The asset that its shares are now; older ones are void.
	pub share: u32,
	/// What the manager takes of earned premium, after the reserve and the treasury.
	pub manager_fee: Perbill,
	/// Shares issued.
	pub supply: Balance,
	/// The pool's own money.
	pub capital: Balance,
	/// What all streams earn a second, scaled by 2^32.
	pub rate: u128,
	/// What they will have earned when they end, scaled by 2^32.
	pub unearned: u128,
	/// Until when premium is earned, streams are ended and exposures are released.
	pub settled_at: Seconds,
	/// Exposure that is not reserved: the sum over its risk groups.
	pub exposure: Balance,
	/// The sum of their squares.
	pub squares: U256,
	/// Exposure that is reserved for incidents.
	pub reserved: Balance,
	/// Cuts of earned premium that wait to be distributed.
	pub cuts: Cuts,
	/// What the pool owes after losses it could not pay at once.
	pub arrears: Arrears,
	/// Payments that their recipients could not receive.
	pub dues: Balance,
	/// Who wants to leave.
	pub queue: Queue,
	/// How long the queue has stood still.
	pub standstill: Standstill,
	/// Whether capital was below what is required after the last change.
	pub strained: bool,
	/// The correlation with which that was judged; governance may have changed it since.
	pub judged_with: Perbill,
	/// How many lines the pool has.
	pub lines: u32,
	/// The share price at two earlier times, from which the trailing yield is told.
	pub marks: [Mark; 2],
	/// Everything that ever flowed.
	pub totals: Totals,
}

impl<AccountId> Pool<AccountId> {
	/// Premium that is not earned yet, in whole units.
	pub fn upr(&self) -> Balance {
		self.unearned >> SCALE_BITS
	}

	/// What the pool's account holds at least, beside its seed: every recorded sum.
	pub fn holdings(&self) -> Option<Balance> {
		[
			self.upr(),
			self.cuts.reserve,
			self.cuts.treasury,
			self.cuts.manager,
			self.arrears.fund,
			self.dues,
		]
		.into_iter()
		.try_fold(self.capital, |sum, part| sum.checked_add(part))
	}

	/// Whether a new share asset may take the place of one that nobody can be paid for any more. What is still to be earned
	/// is its holders', and must not go to whoever clears what is left of a loss and deposits next.
	pub fn is_void(&self) -> bool {
		self.supply > 0
			&& self.capital == 0
			&& self.unearned == 0
			&& self.exposure == 0
			&& self.reserved == 0
			&& self.arrears.outstanding == 0
	}
}

/// Cuts of earned premium by recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Cuts {
	/// For the mutual reserve of the asset.
	pub reserve: Balance,
	/// For the treasury.
	pub treasury: Balance,
	/// For the manager.
	pub manager: Balance,
}

/// The withdrawal queue: the requests with an index from `head` up to, not including, `tail`. Cancelled ones leave holes.
/// One before `head` was to be returned, and waits for its owner, who could not receive its shares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Queue {
	/// The first that may be there.
	pub head: u64,
	/// The next to be given.
	pub tail: u64,
	/// Shares in escrow.
	pub shares: Balance,
}

/// How long the withdrawal queue has stood still because of what is reserved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Standstill {
	/// Since when it does, where it does now.
	pub since: Option<Seconds>,
	/// The sum of the times before.
	pub total: Seconds,
}

impl Standstill {
	/// All of it until now.
	pub fn until(&self, now: Seconds) -> Seconds {
		self.since.map_or(self.total, |since| {
			self.total.saturating_add(now.saturating_sub(since))
		})
	}
}

/// A share price at a time.
#[derive(
	Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo, DecodeWithMemTracking,
)]
pub struct Mark {
	/// When.
	pub at: Seconds,
	/// Capital for each share.
	pub price: FixedU128,
}

/// Everything that ever flowed through a pool. Premium, recovered money and whatever else came in as income is either
/// unearned, refunded or earned by one of the five recipients, to the unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Totals {
	/// Net premium taken.
	pub premiums: Balance,
	/// Recovered money that was streamed; what served arrears directly is not in it.
	pub recovered: Balance,
	/// Unearned premium paid back.
	pub refunded: Balance,
	/// Earned by the asset's reserve.
	pub to_reserve: Balance,
	/// Earned by the treasury.
	pub to_treasury: Balance,
	/// Earned by managers.
	pub to_manager: Balance,
	/// Earned premium that served arrears.
	pub to_arrears: Balance,
	/// Earned by share holders.
	pub to_capital: Balance,
	/// Losses paid at once.
	pub losses: Balance,
	/// Losses that became arrears.
	pub arrears: Balance,
}

/// A pool's appetite for a product, and what it has written.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Line {
	/// The product's risk group.
	pub group: GroupId,
	/// Share of capital that may be written.
	pub weight: Perbill,
	/// Everything the pool stands behind on the product.
	pub exposure: Balance,
	/// The part of it whose time is over, but whose release waits for the end of incidents.
	pub matured: Balance,
	/// What is set aside for accepted incidents: the sum of their shares.
	pub shares: Balance,
	/// Whether all of the exposure is set aside because something is undecided.
	pub frozen: bool,
	/// Accepted incidents that are not closed.
	pub incidents: u32,
	/// The market rate at target utilisation, a year, when last touched.
	pub rate: FixedU128,
	/// The utilisation from then on, which moves the rate; `None` where there was no capacity at all.
	pub utilisation: Option<FixedU128>,
	/// When the line was last touched.
	pub touched: Seconds,
}

impl Line {
	/// What counts in full as reserved.
	pub fn reserved(&self) -> Balance {
		if self.frozen {
			self.exposure
		} else {
			self.shares.min(self.exposure)
		}
	}

	/// What counts in the sums of its group.
	pub fn unreserved(&self) -> Balance {
		self.exposure - self.reserved()
	}

	/// Whether incidents stop sales and releases.
	pub fn is_stopped(&self) -> bool {
		self.frozen || self.incidents > 0
	}

	/// The rate at a time, which nobody has touched it until.
	pub fn rate_at(&self, at: Seconds, pricing: &Pricing) -> FixedU128 {
		let Some(utilisation) = self.utilisation else {
			return self.rate;
		};
		pricing::rate_after(
			self.rate,
			utilisation,
			&curve(pricing),
			pricing.speed,
			at.saturating_sub(self.touched),
			pricing.min_rate.into(),
			pricing.max_rate.into(),
		)
	}
}

/// The shape of market rates.
pub fn curve(pricing: &Pricing) -> pricing::Curve {
	pricing::Curve {
		target: pricing.target_utilisation,
		steepness: pricing.steepness,
	}
}

/// What happens to a pool at the end of an accounting day.
#[derive(
	CloneNoBound,
	DebugNoBound,
	DefaultNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxLines))]
pub struct Day<MaxLines: Get<u32>> {
	/// Sum of the rates of the streams that end.
	pub ending: u128,
	/// Exposure whose time is over, by product.
	pub maturing: BoundedVec<(ProductId, Balance), MaxLines>,
}

impl<MaxLines: Get<u32>> Day<MaxLines> {
	/// Whether it need not be stored.
	pub fn is_empty(&self) -> bool {
		self.ending == 0 && self.maturing.is_empty()
	}
}

/// The pools that underwrite a product.
#[derive(
	CloneNoBound,
	DebugNoBound,
	DefaultNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxLines))]
pub struct Underwriters<MaxLines: Get<u32>> {
	/// Pools with a line, in no order.
	pub pools: BoundedVec<u32, MaxLines>,
	/// Whether all of their exposure is set aside.
	pub frozen: bool,
	/// Accepted incidents that are not closed.
	pub incidents: u32,
}

impl<MaxLines: Get<u32>> Underwriters<MaxLines> {
	/// Whether it need not be stored.
	pub fn is_idle(&self) -> bool {
		self.pools.is_empty() && !self.frozen && self.incidents == 0
	}
}

/// What an accepted incident costs a pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Loss {
	/// On which product it was.
	pub product: ProductId,
	/// The asset that the pool's shares were: their holders bore it.
	pub share: u32,
	/// What is still set aside for it.
	pub reserved: Balance,
	/// What was paid at once.
	pub paid: Balance,
	/// What became arrears, less what recoveries have served of it.
	pub arrears: Balance,
	/// Whether nothing more is paid for it.
	pub is_closed: bool,
}

/// A request to withdraw.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Request<AccountId> {
	/// Whose shares.
	pub who: AccountId,
	/// Of which asset; void where it is not the pool's share asset any more.
	pub share: u32,
	/// How many are still in escrow.
	pub shares: Balance,
	/// What they must be worth when paid, or they are returned.
	pub min_amount: Balance,
	/// From when they may be paid.
	pub due: Seconds,
	/// The native deposit on hold for the request.
	pub deposit: Balance,
}

/// What governance says of an asset that pools may be opened in.
#[derive(
	Clone,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssetTerms {
	/// Its risk group: what fails with it.
	pub group: GroupId,
	/// The least that a pool starts with.
	pub min_first_deposit: Balance,
	/// The least that a withdrawal may be worth when it is asked for.
	pub min_withdrawal: Balance,
}

/// What a manager may announce.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub enum Change<AccountId> {
	/// A new line, or a higher weight of one.
	Line {
		/// On which product.
		product: ProductId,
		/// Share of capital that may be written.
		weight: Perbill,
		/// The rate a year at target utilisation that a new line begins with.
		rate: FixedU128,
	},
	/// Another fee of the manager.
	Fee(Perbill),
	/// Another manager.
	Manager(AccountId),
}

impl<AccountId> Change<AccountId> {
	/// Whether one takes the place of the other.
	pub fn is_of_the_same(&self, other: &Self) -> bool {
		match (self, other) {
			(Self::Line { product, .. }, Self::Line { product: other, .. }) => product == other,
			(Self::Fee(_), Self::Fee(_)) | (Self::Manager(_), Self::Manager(_)) => true,
			_ => false,
		}
	}
}

/// A change that is announced and waits.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Announced<AccountId> {
	/// Its number, which no other change of the pool has.
	pub id: u32,
	/// What.
	pub change: Change<AccountId>,
	/// When it was announced.
	pub at: Seconds,
	/// How long the queue had stood still until then.
	pub standstill: Seconds,
}
