//! The arithmetic of Lutine: solvency, prices, earned premium, shares, arrears and awards.
//!
//! Pure functions on plain numbers, without FRAME and without floating point.
//!
//! - **Units.** An amount is a `u128` in an asset's smallest unit. Time is whole seconds. Rates and probabilities are
//!   per year of 31 557 600 seconds. A ratio is a `Perbill` or a `FixedU128` (18 decimals).
//! - **Exactness.** A formula of rationals is evaluated as one fraction of wide integers and rounded once, at its end;
//!   only `exp` is approximate. Each function says which way it rounds: premium and required capital up, shares,
//!   refunds and payouts down, so always in favour of the pool.
//! - **Failure.** No input whatever makes a function panic or wrap. `None` is for a result that does not exist or does
//!   not fit its type. Inputs up to [`MAX_AMOUNT`] never fail because an intermediate result is too large.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod arrears;
pub mod claims;
pub mod feeds;
mod fixed;
pub mod pricing;
pub mod shares;
pub mod solvency;
pub mod split;
pub mod streams;

/// No recorded amount is larger: about 1.2 * 10^27 of the smallest unit.
pub const MAX_AMOUNT: u128 = 1 << 90;

/// Seconds in the year of every annual rate: 365.25 days.
pub(crate) const YEAR: u64 = 31_557_600;
