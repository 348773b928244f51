//! What can be done in a market, whoever keeps its books.

use crate::scenario::{DOLLAR, LONGEST};
use lutine_primitives::{
	Balance,
	time::{DAY, Seconds, YEAR},
};

/// When the worlds begin, in Unix seconds.
pub const GENESIS: Seconds = 1_704_067_200;
/// What may be insured on a product in all, and by one policy.
pub const LIMIT: Balance = 24_000_000 * DOLLAR;
/// The least that a policy insures.
pub const LEAST: Balance = DOLLAR;
/// The shortest period of a policy and the longest, in days.
pub const PERIODS: (u64, u64) = (28, LONGEST as u64);
/// What managers take of earned premium, in billionths.
pub const MANAGER_FEE: u32 = 100_000_000;
/// The least that an account may hold of the asset.
pub const MINIMUM_BALANCE: Balance = DOLLAR / 100;
/// What who comes for recoveries has for each pool.
pub const GUEST_CASH: Balance = 10_000_000 * DOLLAR;

/// The time of a day at which all things of that day happen: noon, and a block later each day, so that what takes so many
/// whole days of blocks is over.
pub fn time_of(day: u32) -> Seconds {
	GENESIS + DAY / 2 + Seconds::from(day) * (DAY + 6)
}

/// Who has shares in a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Investor {
	/// Stays until the end.
	Loyal,
	/// Runs when there are rumours about something that the pool insures, and comes back.
	Nervous,
	/// Comes before something is recovered, and leaves with it.
	Guest,
}

impl Investor {
	/// All of them.
	pub const ALL: [Self; 3] = [Self::Loyal, Self::Nervous, Self::Guest];
}

/// A pool's books. Amounts are units of its asset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
	/// Its own money.
	pub capital: Balance,
	/// Shares issued.
	pub supply: Balance,
	/// Premium not earned yet.
	pub upr: Balance,
	/// All that it stands behind.
	pub exposure: Balance,
	/// The part of it that is reserved for incidents.
	pub reserved: Balance,
	/// What it must hold.
	pub required: Balance,
	/// What it owes after losses.
	pub arrears: Balance,
	/// Net premium ever taken.
	pub premiums: Balance,
	/// Losses ever paid at once.
	pub losses: Balance,
	/// Losses that ever became arrears.
	pub delayed: Balance,
}

/// A price for cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
	/// How much is insured.
	pub amount: Balance,
	/// Premium for all parts.
	pub net: Balance,
	/// The first second after cover.
	pub end: Seconds,
	/// Pools with their parts.
	pub parts: Vec<(u32, Balance)>,
}

impl Quote {
	/// The premium for a year, as a part of the amount, when bought at `now`.
	pub fn yearly(&self, now: Seconds) -> f64 {
		self.net as f64 / self.amount as f64 * YEAR as f64 / (self.end - now) as f64
	}
}

/// What a claim was paid, and what is owed on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paid {
	/// At once.
	pub at_once: Balance,
	/// Later.
	pub arrears: Balance,
}

/// A market with pools, products and books. Products, pools, policies and incidents are counted from 0; a policy's number
/// is how many were sold before it.
pub trait Market {
	/// Goes on to a day and brings all pools there.
	fn go_to(&mut self, day: u32);
	/// A pool's books.
	fn books(&self, pool: u32) -> Books;
	/// What a pool stands behind on a product.
	fn exposure(&self, pool: u32, product: usize) -> Balance;

	/// The cheapest split of cover, if there is as much.
	fn quote(&self, product: usize, amount: Balance, days: u32) -> Option<Quote>;
	/// Buys it.
	fn buy(&mut self, product: usize, quote: &Quote);

	/// Puts money in.
	fn deposit(&mut self, pool: u32, who: Investor, amount: Balance);
	/// Shares outside the queue.
	fn shares(&self, pool: u32, who: Investor) -> Balance;
	/// Money outside the pool.
	fn cash(&self, pool: u32, who: Investor) -> Balance;
	/// Asks to withdraw all of somebody's shares.
	fn request(&mut self, pool: u32, who: Investor);
	/// Takes back what somebody asked.
	fn cancel_requests(&mut self, pool: u32, who: Investor);
	/// Pays those who wait, as far as may be. Returns whether anybody still does.
	fn process(&mut self, pool: u32) -> bool;
	/// Distributes cuts, and pays arrears from the reserve.
	fn distribute(&mut self, pool: u32);

	/// Somebody reports that a product failed six hours ago; assessors commit to how much was lost. Returns the incident.
	fn report(&mut self, product: usize, percent: u8) -> u32;
	/// Assessors reveal their votes, on the incident or on the claims under it.
	fn reveal(&mut self, incident: u32);
	/// Their votes are counted.
	fn count(&mut self, incident: u32);
	/// The incident's verdict is final.
	fn accept(&mut self, incident: u32);
	/// The holders of policies claim all they insure; assessors commit to that.
	fn file(&mut self, incident: u32, policies: &[u32]);
	/// The claims are final and paid, in the order in which they were filed.
	fn pay(&mut self, incident: u32) -> Vec<Paid>;
	/// Nothing more can be claimed.
	fn close(&mut self, incident: u32);
	/// Whether the product is sold again, or never.
	fn relist(&mut self, product: usize, again: bool);
	/// What the incident has cost each pool.
	fn losses(&self, incident: u32) -> Vec<(u32, Balance)>;
	/// Money comes back.
	fn recover(&mut self, incident: u32, amount: Balance);

	/// Checks all books in the end.
	fn finish(&mut self);
}
