//! Weights of `pallet_cover`, measured by `scripts/weights`: do not edit.
//!
//! 2026-11-22, Intel(R) Xeon(R) Processor, `lutine-node benchmark pallet` 64.0.0, steps 20, repeats 20, worst case of a map 1000000
//! entries, chain `Some("dev")`, Compiled. Times are in picoseconds, proofs in bytes.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{Weight, constants::ParityDbWeight},
};

/// Weights of this pallet's calls and of the work of its hooks: one function for each benchmark in `benchmarking.rs`.
pub trait WeightInfo {
	/// Weight of the benchmark `register_group`.
	fn register_group() -> Weight;
	/// Weight of the benchmark `propose`.
	fn propose() -> Weight;
	/// Weight of the benchmark `withdraw_proposal`.
	fn withdraw_proposal() -> Weight;
	/// Weight of the benchmark `list`.
	fn list() -> Weight;
	/// Weight of the benchmark `amend`.
	fn amend() -> Weight;
	/// Weight of the benchmark `pause`.
	fn pause() -> Weight;
	/// Weight of the benchmark `resume`.
	fn resume() -> Weight;
	/// Weight of the benchmark `delist`.
	fn delist() -> Weight;
	/// Weight of the benchmark `buy`, with `n` from 1 to 8.
	fn buy(n: u32) -> Weight;
	/// Weight of the benchmark `renew`, with `n` from 1 to 8.
	fn renew(n: u32) -> Weight;
	/// Weight of the benchmark `cancel`, with `n` from 1 to 8.
	fn cancel(n: u32) -> Weight;
	/// Weight of the benchmark `close`, with `n` from 1 to 8.
	fn close(n: u32) -> Weight;
	/// Weight of the benchmark `pull_arrears`, with `n` from 1 to 8.
	fn pull_arrears(n: u32) -> Weight;
}

/// Weights for a chain, with what its database takes.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Cover::Groups` (r:1 w:1)
	/// Proof: `Cover::Groups` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `MaxEncodedLen`)
	fn register_group() -> Weight {
		// Proof: measured 247.
		Weight::from_parts(12_893_000, 3526)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Parameters::CoverParameters` (r:1 w:0)
	/// Proof: `Parameters::CoverParameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Cover::NextProduct` (r:1 w:1)
	/// Proof: `Cover::NextProduct` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:8 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:0 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	fn propose() -> Weight {
		// Proof: measured 1425.
		Weight::from_parts(88_034_000, 22470)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn withdraw_proposal() -> Weight {
		// Proof: measured 1679.
		Weight::from_parts(49_559_000, 4655)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Groups` (r:1 w:0)
	/// Proof: `Cover::Groups` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::CoverParameters` (r:1 w:0)
	/// Proof: `Parameters::CoverParameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:8 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Profiles` (r:1 w:1)
	/// Proof: `Pricing::Profiles` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Cover::WatchedFeeds` (r:0 w:1)
	/// Proof: `Cover::WatchedFeeds` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn list() -> Weight {
		// Proof: measured 3417.
		Weight::from_parts(105_942_000, 22470)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::CoverParameters` (r:1 w:0)
	/// Proof: `Parameters::CoverParameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:8 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	fn amend() -> Weight {
		// Proof: measured 2506.
		Weight::from_parts(52_640_000, 22470)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	fn pause() -> Weight {
		// Proof: measured 1372.
		Weight::from_parts(15_366_000, 4655)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	fn resume() -> Weight {
		// Proof: measured 1372.
		Weight::from_parts(15_103_000, 4655)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn delist() -> Weight {
		// Proof: measured 1679.
		Weight::from_parts(52_911_000, 4655)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::CoverParameters` (r:1 w:0)
	/// Proof: `Parameters::CoverParameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:0)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Oracle::Values` (r:2 w:0)
	/// Proof: `Oracle::Values` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductExposures` (r:1 w:1)
	/// Proof: `Pools::ProductExposures` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:8 w:8)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Profiles` (r:1 w:0)
	/// Proof: `Pricing::Profiles` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Audits` (r:1 w:0)
	/// Proof: `Pricing::Audits` (`max_values`: None, `max_size`: Some(1165), added: 3640, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Auditors` (r:16 w:0)
	/// Proof: `Pricing::Auditors` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:8 w:8)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:8 w:8)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:10 w:10)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Days` (r:16 w:16)
	/// Proof: `Pools::Days` (`max_values`: None, `max_size`: Some(685), added: 3160, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Cover::NextPolicy` (r:1 w:1)
	/// Proof: `Cover::NextPolicy` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Item` (r:1 w:1)
	/// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Collection` (r:1 w:1)
	/// Proof: `Nfts::Collection` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::CollectionConfigOf` (r:1 w:0)
	/// Proof: `Nfts::CollectionConfigOf` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemConfigOf` (r:1 w:1)
	/// Proof: `Nfts::ItemConfigOf` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Metadata` (r:1 w:0)
	/// Proof: `Assets::Metadata` (`max_values`: None, `max_size`: Some(140), added: 2615, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemMetadataOf` (r:1 w:1)
	/// Proof: `Nfts::ItemMetadataOf` (`max_values`: None, `max_size`: Some(347), added: 2822, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:1)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Cover::ProductPolicies` (r:0 w:1)
	/// Proof: `Cover::ProductPolicies` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Policies` (r:0 w:1)
	/// Proof: `Cover::Policies` (`max_values`: None, `max_size`: Some(671), added: 3146, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Account` (r:0 w:1)
	/// Proof: `Nfts::Account` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	fn buy(n: u32) -> Weight {
		// Proof: measured 9535 + n * 1614.
		Weight::from_parts(328_874_204, 41358)
			.saturating_add(Weight::from_parts(118_722_091, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(42))
			.saturating_add(T::DbWeight::get().reads(6).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(16))
			.saturating_add(T::DbWeight::get().writes(6).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 6320).saturating_mul(n.into()))
	}
	/// Storage: `Cover::Policies` (r:1 w:2)
	/// Proof: `Cover::Policies` (`max_values`: None, `max_size`: Some(671), added: 3146, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Item` (r:2 w:1)
	/// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::CoverParameters` (r:1 w:0)
	/// Proof: `Parameters::CoverParameters` (`max_values`: Some(1), `max_size`: Some(72), added: 567, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:0)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Oracle::Values` (r:2 w:0)
	/// Proof: `Oracle::Values` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductExposures` (r:1 w:1)
	/// Proof: `Pools::ProductExposures` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:8 w:8)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Profiles` (r:1 w:0)
	/// Proof: `Pricing::Profiles` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Audits` (r:1 w:0)
	/// Proof: `Pricing::Audits` (`max_values`: None, `max_size`: Some(1165), added: 3640, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Auditors` (r:16 w:0)
	/// Proof: `Pricing::Auditors` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:8 w:8)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:8 w:8)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:10 w:10)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Days` (r:16 w:16)
	/// Proof: `Pools::Days` (`max_values`: None, `max_size`: Some(685), added: 3160, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Cover::NextPolicy` (r:1 w:1)
	/// Proof: `Cover::NextPolicy` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Collection` (r:1 w:1)
	/// Proof: `Nfts::Collection` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::CollectionConfigOf` (r:1 w:0)
	/// Proof: `Nfts::CollectionConfigOf` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemConfigOf` (r:1 w:1)
	/// Proof: `Nfts::ItemConfigOf` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Metadata` (r:1 w:0)
	/// Proof: `Assets::Metadata` (`max_values`: None, `max_size`: Some(140), added: 2615, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemMetadataOf` (r:1 w:1)
	/// Proof: `Nfts::ItemMetadataOf` (`max_values`: None, `max_size`: Some(347), added: 2822, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:1)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Cover::ProductPolicies` (r:0 w:1)
	/// Proof: `Cover::ProductPolicies` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Account` (r:0 w:1)
	/// Proof: `Nfts::Account` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	fn renew(n: u32) -> Weight {
		// Proof: measured 13052 + n * 1639.
		Weight::from_parts(369_706_287, 41358)
			.saturating_add(Weight::from_parts(121_315_068, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(44))
			.saturating_add(T::DbWeight::get().reads(6).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(17))
			.saturating_add(T::DbWeight::get().writes(6).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 6320).saturating_mul(n.into()))
	}
	/// Storage: `Cover::Policies` (r:1 w:1)
	/// Proof: `Cover::Policies` (`max_values`: None, `max_size`: Some(671), added: 3146, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Item` (r:1 w:1)
	/// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:0)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:8 w:8)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:8 w:8)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Days` (r:16 w:16)
	/// Proof: `Pools::Days` (`max_values`: None, `max_size`: Some(685), added: 3160, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:8 w:8)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductExposures` (r:1 w:1)
	/// Proof: `Pools::ProductExposures` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:9 w:9)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Homes` (r:1 w:0)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:1)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Attribute` (r:1 w:0)
	/// Proof: `Nfts::Attribute` (`max_values`: None, `max_size`: Some(479), added: 2954, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemConfigOf` (r:1 w:1)
	/// Proof: `Nfts::ItemConfigOf` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Collection` (r:1 w:1)
	/// Proof: `Nfts::Collection` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemMetadataOf` (r:1 w:1)
	/// Proof: `Nfts::ItemMetadataOf` (`max_values`: None, `max_size`: Some(347), added: 2822, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Cover::ProductPolicies` (r:0 w:1)
	/// Proof: `Cover::ProductPolicies` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Account` (r:0 w:1)
	/// Proof: `Nfts::Account` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemPriceOf` (r:0 w:1)
	/// Proof: `Nfts::ItemPriceOf` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemAttributesApprovalsOf` (r:0 w:1)
	/// Proof: `Nfts::ItemAttributesApprovalsOf` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::PendingSwapOf` (r:0 w:1)
	/// Proof: `Nfts::PendingSwapOf` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	fn cancel(n: u32) -> Weight {
		// Proof: measured 7288 + n * 1641.
		Weight::from_parts(193_821_587, 6196)
			.saturating_add(Weight::from_parts(95_711_826, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(19))
			.saturating_add(T::DbWeight::get().reads(6).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(17))
			.saturating_add(T::DbWeight::get().writes(6).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 6320).saturating_mul(n.into()))
	}
	/// Storage: `Cover::Policies` (r:1 w:1)
	/// Proof: `Cover::Policies` (`max_values`: None, `max_size`: Some(671), added: 3146, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:0)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Item` (r:1 w:1)
	/// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:8 w:8)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Debts` (r:8 w:8)
	/// Proof: `Pools::Debts` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:9 w:9)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Homes` (r:1 w:0)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Attribute` (r:1 w:0)
	/// Proof: `Nfts::Attribute` (`max_values`: None, `max_size`: Some(479), added: 2954, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemConfigOf` (r:1 w:1)
	/// Proof: `Nfts::ItemConfigOf` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Collection` (r:1 w:1)
	/// Proof: `Nfts::Collection` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemMetadataOf` (r:1 w:1)
	/// Proof: `Nfts::ItemMetadataOf` (`max_values`: None, `max_size`: Some(347), added: 2822, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:1)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Cover::ProductPolicies` (r:0 w:1)
	/// Proof: `Cover::ProductPolicies` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Account` (r:0 w:1)
	/// Proof: `Nfts::Account` (`max_values`: None, `max_size`: Some(88), added: 2563, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemPriceOf` (r:0 w:1)
	/// Proof: `Nfts::ItemPriceOf` (`max_values`: None, `max_size`: Some(89), added: 2564, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::ItemAttributesApprovalsOf` (r:0 w:1)
	/// Proof: `Nfts::ItemAttributesApprovalsOf` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::PendingSwapOf` (r:0 w:1)
	/// Proof: `Nfts::PendingSwapOf` (`max_values`: None, `max_size`: Some(71), added: 2546, mode: `MaxEncodedLen`)
	fn close(n: u32) -> Weight {
		// Proof: measured 5516 + n * 800.
		Weight::from_parts(166_783_558, 6196)
			.saturating_add(Weight::from_parts(50_467_251, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(18))
			.saturating_add(T::DbWeight::get().reads(3).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(16))
			.saturating_add(T::DbWeight::get().writes(3).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 3054).saturating_mul(n.into()))
	}
	/// Storage: `Cover::Policies` (r:1 w:0)
	/// Proof: `Cover::Policies` (`max_values`: None, `max_size`: Some(671), added: 3146, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Item` (r:1 w:0)
	/// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:8 w:8)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Debts` (r:8 w:8)
	/// Proof: `Pools::Debts` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:9 w:9)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Homes` (r:1 w:0)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	fn pull_arrears(n: u32) -> Weight {
		// Proof: measured 3476 + n * 792.
		Weight::from_parts(70_720_367, 4326)
			.saturating_add(Weight::from_parts(47_790_374, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().reads(3).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().writes(3))
			.saturating_add(T::DbWeight::get().writes(3).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 3054).saturating_mul(n.into()))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn register_group() -> Weight {
		Weight::from_parts(12_893_000, 3526).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn propose() -> Weight {
		Weight::from_parts(88_034_000, 22470).saturating_add(ParityDbWeight::get().reads_writes(13, 4))
	}
	fn withdraw_proposal() -> Weight {
		Weight::from_parts(49_559_000, 4655).saturating_add(ParityDbWeight::get().reads_writes(3, 3))
	}
	fn list() -> Weight {
		Weight::from_parts(105_942_000, 22470).saturating_add(ParityDbWeight::get().reads_writes(16, 5))
	}
	fn amend() -> Weight {
		Weight::from_parts(52_640_000, 22470).saturating_add(ParityDbWeight::get().reads_writes(11, 1))
	}
	fn pause() -> Weight {
		Weight::from_parts(15_366_000, 4655).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn resume() -> Weight {
		Weight::from_parts(15_103_000, 4655).saturating_add(ParityDbWeight::get().reads_writes(1, 1))
	}
	fn delist() -> Weight {
		Weight::from_parts(52_911_000, 4655).saturating_add(ParityDbWeight::get().reads_writes(3, 3))
	}
	fn buy(n: u32) -> Weight {
		Weight::from_parts(328_874_204, 41358)
			.saturating_add(Weight::from_parts(118_722_091, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(42, 16))
			.saturating_add(ParityDbWeight::get().reads(6).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().writes(6).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 6320).saturating_mul(n.into()))
	}
	fn renew(n: u32) -> Weight {
		Weight::from_parts(369_706_287, 41358)
			.saturating_add(Weight::from_parts(121_315_068, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(44, 17))
			.saturating_add(ParityDbWeight::get().reads(6).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().writes(6).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 6320).saturating_mul(n.into()))
	}
	fn cancel(n: u32) -> Weight {
		Weight::from_parts(193_821_587, 6196)
			.saturating_add(Weight::from_parts(95_711_826, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(19, 17))
			.saturating_add(ParityDbWeight::get().reads(6).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().writes(6).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 6320).saturating_mul(n.into()))
	}
	fn close(n: u32) -> Weight {
		Weight::from_parts(166_783_558, 6196)
			.saturating_add(Weight::from_parts(50_467_251, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(18, 16))
			.saturating_add(ParityDbWeight::get().reads(3).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().writes(3).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 3054).saturating_mul(n.into()))
	}
	fn pull_arrears(n: u32) -> Weight {
		Weight::from_parts(70_720_367, 4326)
			.saturating_add(Weight::from_parts(47_790_374, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(10, 3))
			.saturating_add(ParityDbWeight::get().reads(3).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().writes(3).saturating_mul(n.into()))
			.saturating_add(Weight::from_parts(0, 3054).saturating_mul(n.into()))
	}
}
