//! Lutine and its partner, bridged in one process: a module for each subject.

#![recursion_limit = "512"]
#![allow(missing_docs)]

mod apis;
mod authorities;
mod certificates;
mod congestion;
mod headers;
mod lanes;
mod leftovers;
mod origins;
mod outages;
mod payouts;
mod purchases;
mod random;
mod transfers;
