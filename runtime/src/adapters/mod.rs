//! What binds one pallet to another.

pub mod asset_creation;
pub mod asset_info;
pub mod bridge_watch;
pub mod essential;
pub mod fees;
pub mod filters;
pub mod home;
pub mod oracle;
pub mod referenda;
pub mod voting_currency;
