//! Arrears: what a pool still owes to many creditors, served pro rata to what is outstanding, in constant time.
//!
//! Each unit of debt shrinks by the same factor when money comes in, so one running product, the *price*, tells what is
//! left of a debt: `owed * price now / price then`. (Liquity's stability pool keeps its deposits so.)
//!
//! **Who is favoured.** What is outstanding is always rounded up, so the fund covers all that can be pulled:
//! `fund = Σ owed - outstanding` holds exactly, and no rounding makes the sum of [`outstanding_of`] less than
//! `outstanding`. Less than a unit for each debt stays in the fund meanwhile. When the last unit is served, a new
//! *epoch* begins: a debt of a past one has nothing outstanding, and is paid to its last unit.
//!
//! **Precision.** The price is a mantissa from 2^125 to 2^127 and a number of halvings, the *scale*. So a service, a
//! pull or an extension shifts what is outstanding by less than 2^-124 of it, also for a debt that is opened late,
//! when the price is low: debts of 2^90 units drift by less than a unit over 2^34 of them.
//!
//! [`outstanding_of`]: Arrears::outstanding_of

use crate::fixed::{mul_div_up, product};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::{U256, U512};
use scale_info::TypeInfo;

/// The price of arrears at the start of an epoch. It only falls.
pub const ONE: u128 = 1 << 127;
/// What the lowest mantissa of a price is above: see [`normalised`].
const MANTISSA_BITS: u32 = 126;
/// Halvings between two prices beyond which only "more than nothing" is left of any debt.
const FAR: u32 = 256;
/// Halvings to which a debt's price is kept apart from the arrears' in [`Arrears::extend`]. What more there are stand
/// for less than 2^-96 of a unit.
const NEAR: u32 = 100;

/// A pool's arrears.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Arrears {
	/// What is still owed and not served, in the smallest unit.
	pub outstanding: u128,
	/// What was served and not pulled yet, in the smallest unit.
	pub fund: u128,
	/// What is left of a unit that was owed at the start of the epoch, times [`ONE`] and `2^scale`. Rounded up.
	pub price: u128,
	/// How often the price was doubled to keep its precision.
	pub scale: u32,
	/// How often everything was served.
	pub epoch: u32,
}

impl Default for Arrears {
	fn default() -> Self {
		Self {
			outstanding: 0,
			fund: 0,
			price: ONE,
			scale: 0,
			epoch: 0,
		}
	}
}

/// What a pool owes to one creditor.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Debt {
	/// What was outstanding when the debt was last touched, in the smallest unit, rounded up.
	pub owed: u128,
	/// The price at which exactly that was outstanding: the arrears' when the debt was last touched, or a little above
	/// where `owed` was rounded up. Rounded down.
	pub price: u128,
	/// That price's scale.
	pub scale: u32,
	/// The epoch in which the debt was last touched.
	pub epoch: u32,
}

/// The shift after which `n / d` lies between 2^125 and 2^127, and `n` within 2^255; none where it does already or is
/// larger. `d` must be above zero.
fn normalised(n: U256, d: u128) -> u32 {
	// The quotient lies between 2^(difference - 1) and 2^(difference + 1).
	let difference = n.bits() as i64 - i64::from(u128::BITS - d.leading_zeros());
	u32::try_from(i64::from(MANTISSA_BITS) - difference).unwrap_or(0)
}

impl Arrears {
	/// Opens a new debt.
	///
	/// `None`: what is outstanding and in the fund would not fit.
	pub fn open(&mut self, amount: u128) -> Option<Debt> {
		let outstanding = self.outstanding.checked_add(amount)?;
		// Whatever is served later moves from one to the other.
		outstanding.checked_add(self.fund)?;
		self.outstanding = outstanding;
		Some(self.debt(amount))
	}

	/// A debt of which all is outstanding now.
	fn debt(&self, owed: u128) -> Debt {
		Debt {
			owed,
			price: self.price,
			scale: self.scale,
			epoch: self.epoch,
		}
	}

	/// Adds to a debt which was pulled just before.
	///
	/// `None`, and nothing changes: something can still be pulled, or the result would not fit.
	pub fn extend(&mut self, debt: &mut Debt, amount: u128) -> Option<()> {
		if self.outstanding_of(debt) != debt.owed {
			return None;
		}
		let owed = debt.owed.checked_add(amount)?;
		let before = *debt;
		let opened = self.open(amount)?;
		*debt = if before.owed == 0 {
			opened
		} else if amount == 0 {
			before
		} else {
			Debt {
				owed,
				price: self.joint_price(&before, owed, amount),
				..opened
			}
		};
		Some(())
	}

	/// The price at which `owed` stands for what is outstanding of the debt and for the amount: `owed * p * q /
	/// (debt.owed * p + amount * q)` with the arrears' price `p` and the debt's `q`, both at the arrears' scale.
	fn joint_price(&self, debt: &Debt, owed: u128, amount: u128) -> u128 {
		let apart = self.scale.saturating_sub(debt.scale).min(NEAR);
		// Below 2^(128 + 100), and with the others below 2^484.
		let then = U256::from(debt.price) << apart;
		let n = then.full_mul(product(owed, self.price));
		let over = U512::from(product(debt.owed, self.price)) + then.full_mul(U256::from(amount));
		// `owed` is less than a unit above what is outstanding, and so at most twice it: the price is below 2^128.
		n.checked_div(over)
			.and_then(|price| u128::try_from(price).ok())
			.unwrap_or(self.price)
	}

	/// Takes `min(amount, outstanding)` into the fund for all creditors, pro rata. Returns what it took.
	///
	/// The price goes to `price * (outstanding - taken) / outstanding`, rounded up.
	pub fn serve(&mut self, amount: u128) -> u128 {
		// `open` made room in the fund for all that is outstanding.
		let taken = amount.min(self.outstanding).min(u128::MAX - self.fund);
		if taken == 0 {
			return 0;
		}
		let before = self.outstanding;
		self.fund += taken;
		self.outstanding -= taken;
		if self.outstanding == 0 {
			self.price = ONE;
			self.scale = 0;
			self.epoch = self.epoch.wrapping_add(1);
			return taken;
		}
		let n = product(self.price.max(1), self.outstanding);
		let shift = normalised(n, before);
		let (down, rest) = (n << shift).div_mod(U256::from(before));
		// Below the price, or below 2^127.
		self.price = down.low_u128() + u128::from(!rest.is_zero());
		// A scale that ends only leaves more in the fund until everything is served.
		self.scale = self.scale.saturating_add(shift);
		taken
	}

	/// What is outstanding of a debt, in the smallest unit: `owed * price now / price then`, rounded up, at most
	/// `owed`. Zero for a past epoch.
	pub fn outstanding_of(&self, debt: &Debt) -> u128 {
		if debt.epoch != self.epoch || debt.owed == 0 {
			return 0;
		}
		let Some(apart) = self.scale.checked_sub(debt.scale) else {
			return debt.owed;
		};
		if apart == 0 {
			return mul_div_up(debt.owed, self.price, debt.price)
				.map_or(debt.owed, |left| left.min(debt.owed));
		}
		if apart >= FAR || debt.price == 0 {
			return 1;
		}
		let (down, rest) = product(debt.owed, self.price).div_mod(U256::from(debt.price));
		// Rounding up the quotient and then its shift would give the same.
		let whole = down >> apart;
		let exact = rest.is_zero() && whole << apart == down;
		u128::try_from(whole)
			.ok()
			.and_then(|whole| whole.checked_add(u128::from(!exact)))
			.map_or(debt.owed, |left| left.min(debt.owed))
	}

	/// What a creditor can take out of the fund now, in the smallest unit: what was served of the debt and not pulled
	/// yet.
	pub fn pullable(&self, debt: &Debt) -> u128 {
		debt.owed.saturating_sub(self.outstanding_of(debt)).min(self.fund)
	}

	/// Takes what can be pulled out of the fund and brings the debt to now. Returns what it took.
	///
	/// What is outstanding is rounded up for show, but the debt's price is set so that the part of a unit is not lost:
	/// it stays `owed * price now / price then`. So pulling often leaves no more in the fund than pulling once.
	pub fn pull(&mut self, debt: &mut Debt) -> u128 {
		let pulled = self.pullable(debt);
		let owed = debt.owed.saturating_sub(pulled);
		self.fund = self.fund.saturating_sub(pulled);
		if owed == 0 {
			*debt = self.debt(0);
		} else if pulled > 0 {
			let n = product(owed, debt.price);
			// Never beyond the arrears' scale: there the mantissa is at least the arrears' own.
			let shift = normalised(n, debt.owed).min(self.scale.saturating_sub(debt.scale));
			let price = (n << shift) / U256::from(debt.owed);
			// Below 2^127, or at most the price it had.
			debt.price = price.low_u128();
			debt.scale = debt.scale.saturating_add(shift);
			debt.owed = owed;
		}
		pulled
	}
}
