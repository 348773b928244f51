//! The configuration of every pallet, by subject.

pub mod assets;
pub mod bridge;
pub mod consensus;
pub mod governance;
pub mod insurance;
pub mod system;
pub mod xcm;

use crate::{Balance, LUT};

/// A thousandth of a LUT.
pub const MILLI: Balance = LUT / 1_000;

/// What an account locks for state that it makes others store: `items` entries of `bytes` in all.
pub const fn storage_deposit(items: u32, bytes: u32) -> Balance {
	items as Balance * 100 * MILLI + bytes as Balance * MILLI
}
