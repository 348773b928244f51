//! Both runtimes, bridged in one process.
//!
//! [`World`] holds the two chains. Each is its real runtime on a state in memory, driven as its node drives it: genesis
//! from the preset of a development chain, blocks with inherents, signed transactions with every extension, headers
//! finalised by the chain's own GRANDPA authorities. Between them stands nothing but what a relayer does: it reads the
//! state of one chain, proves it by the nodes of its trie, and submits that to the other.
//!
//! - [`chain`]: one chain, and what is the same of both.
//! - [`finality`]: justifications, true ones and others.
//! - [`relay`]: headers, messages and confirmations.
//! - [`books`]: what is held of an asset on one chain against what of it is on the other.
//! - [`message`]: the programs that people send.
//! - [`insurance`]: a pool to buy cover from, and what happens to what it insures.

// A transaction of a runtime has a deep type.
#![recursion_limit = "512"]

pub mod books;
pub mod chain;
pub mod finality;
pub mod insurance;
pub mod message;
pub mod relay;

pub use books::*;
pub use chain::*;
pub use finality::*;
pub use insurance::*;
pub use message::*;
pub use relay::*;
