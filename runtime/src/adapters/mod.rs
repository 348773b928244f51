//! What binds one pallet to another.

pub mod asset_creation;
pub mod essential;
pub mod fees;
pub mod voting_currency;
