//! What both ends of the bridge between Lutine and its partner chain share.
//!
//! - [`chains`]: the two chains as each knows the other, and the lane between them;
//! - [`accounts`]: who somebody from the other chain is on this one;
//! - [`fees`]: what a message costs where it arrives;
//! - [`router`]: what leaves, within the bounds of what the other end can take;
//! - [`queue`]: what arrives: it waits in a queue, and is executed within the weight that a block has for it;
//! - [`trap`]: what is left over of a message, and whose it is;
//! - [`weights`]: those of `pallet-xcm`, which are both chains'.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod accounts;
pub mod chains;
pub mod fees;
pub mod queue;
pub mod router;
#[cfg(test)]
mod tests;
pub mod trap;
pub mod weights;
