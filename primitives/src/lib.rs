//! Types that Lutine's pallets, runtime and node share.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod fees;
pub mod insurance;
pub mod parameters;
pub mod time;

/// An amount of any asset, in that asset's smallest unit.
pub type Balance = u128;
/// The height of a block.
pub type BlockNumber = u32;

/// One LUT, the native token, in its smallest unit (12 decimals).
pub const LUT: Balance = 1_000_000_000_000;
