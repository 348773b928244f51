//! Weights of `pallet_pools`, measured by `scripts/weights`: do not edit.
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
	/// Weight of the benchmark `admit_asset`.
	fn admit_asset() -> Weight;
	/// Weight of the benchmark `create`.
	fn create() -> Weight;
	/// Weight of the benchmark `deposit`.
	fn deposit() -> Weight;
	/// Weight of the benchmark `request_withdrawal`.
	fn request_withdrawal() -> Weight;
	/// Weight of the benchmark `cancel_withdrawal`.
	fn cancel_withdrawal() -> Weight;
	/// Weight of the benchmark `process_withdrawals`, with `r` from 1 to 64.
	fn process_withdrawals(r: u32) -> Weight;
	/// Weight of the benchmark `withdraw_marked_down`.
	fn withdraw_marked_down() -> Weight;
	/// Weight of the benchmark `set_line`.
	fn set_line() -> Weight;
	/// Weight of the benchmark `close_line`.
	fn close_line() -> Weight;
	/// Weight of the benchmark `announce`.
	fn announce() -> Weight;
	/// Weight of the benchmark `withdraw_change`.
	fn withdraw_change() -> Weight;
	/// Weight of the benchmark `enact_change`.
	fn enact_change() -> Weight;
	/// Weight of the benchmark `settle`, with `d` from 3 to 32, with `r` from 0 to 32.
	fn settle(d: u32, r: u32) -> Weight;
	/// Weight of the benchmark `distribute`.
	fn distribute() -> Weight;
	/// Weight of the benchmark `pay_arrears`.
	fn pay_arrears() -> Weight;
	/// Weight of the benchmark `draw_reserve`.
	fn draw_reserve() -> Weight;
	/// Weight of the benchmark `collect_due`.
	fn collect_due() -> Weight;
}

/// Weights for a chain, with what its database takes.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Cover::Groups` (r:1 w:0)
	/// Proof: `Cover::Groups` (`max_values`: None, `max_size`: Some(61), added: 2536, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:0)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Pools::AdmittedAssets` (r:1 w:1)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	fn admit_asset() -> Weight {
		// Proof: measured 1160.
		Weight::from_parts(30_224_000, 3675)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `Pools::AdmittedAssets` (r:1 w:0)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Pools::NextPool` (r:1 w:1)
	/// Proof: `Pools::NextPool` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:2 w:2)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:3 w:3)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Pools::NextShare` (r:1 w:1)
	/// Proof: `Pools::NextShare` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Metadata` (r:2 w:1)
	/// Proof: `Assets::Metadata` (`max_values`: None, `max_size`: Some(140), added: 2615, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:0 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	fn create() -> Weight {
		// Proof: measured 2023.
		Weight::from_parts(183_646_000, 8817)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::NextShare` (r:1 w:1)
	/// Proof: `Pools::NextShare` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:2 w:2)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Metadata` (r:2 w:1)
	/// Proof: `Assets::Metadata` (`max_values`: None, `max_size`: Some(140), added: 2615, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:4 w:4)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Pools::AdmittedAssets` (r:1 w:0)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	fn deposit() -> Weight {
		// Proof: measured 3265.
		Weight::from_parts(185_701_000, 11426)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::AdmittedAssets` (r:1 w:0)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Pools::RequestCounts` (r:1 w:1)
	/// Proof: `Pools::RequestCounts` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Requests` (r:0 w:1)
	/// Proof: `Pools::Requests` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	fn request_withdrawal() -> Weight {
		// Proof: measured 2590.
		Weight::from_parts(125_116_000, 6208)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Requests` (r:1 w:1)
	/// Proof: `Pools::Requests` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Pools::RequestCounts` (r:1 w:1)
	/// Proof: `Pools::RequestCounts` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn cancel_withdrawal() -> Weight {
		// Proof: measured 2740.
		Weight::from_parts(116_883_000, 6208)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Requests` (r:64 w:64)
	/// Proof: `Pools::Requests` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:2 w:2)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:66 w:66)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Pools::RequestCounts` (r:64 w:64)
	/// Proof: `Pools::RequestCounts` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:64 w:64)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:64 w:64)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn process_withdrawals(r: u32) -> Weight {
		// Proof: measured 3025 + r * 408.
		Weight::from_parts(146_181_000, 6360)
			.saturating_add(Weight::from_parts(93_877_643, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().reads(5).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().writes(5))
			.saturating_add(T::DbWeight::get().writes(5).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 2830).saturating_mul(r.into()))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Requests` (r:1 w:1)
	/// Proof: `Pools::Requests` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:2 w:2)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:3 w:3)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Pools::RequestCounts` (r:1 w:1)
	/// Proof: `Pools::RequestCounts` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn withdraw_marked_down() -> Weight {
		// Proof: measured 3274.
		Weight::from_parts(156_415_000, 8817)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	/// Storage: `Pools::Pools` (r:33 w:2)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:33 w:2)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:0)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Pools::AdmittedAssets` (r:1 w:0)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Changes` (r:1 w:1)
	/// Proof: `Pools::Changes` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:33 w:0)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:1)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	fn set_line() -> Weight {
		// Proof: measured 23592.
		Weight::from_parts(506_513_000, 101772)
			.saturating_add(T::DbWeight::get().reads(107))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:1 w:1)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:1)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	fn close_line() -> Weight {
		// Proof: measured 1559.
		Weight::from_parts(40_760_000, 4044)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::NextChange` (r:1 w:1)
	/// Proof: `Pools::NextChange` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Changes` (r:1 w:1)
	/// Proof: `Pools::Changes` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	fn announce() -> Weight {
		// Proof: measured 2196.
		Weight::from_parts(50_307_000, 4326)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Changes` (r:1 w:1)
	/// Proof: `Pools::Changes` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	fn withdraw_change() -> Weight {
		// Proof: measured 1570.
		Weight::from_parts(34_391_000, 4326)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Pools::Pools` (r:33 w:2)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Changes` (r:1 w:1)
	/// Proof: `Pools::Changes` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:33 w:2)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:0)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Pools::AdmittedAssets` (r:1 w:0)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:33 w:0)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:1)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	fn enact_change() -> Weight {
		// Proof: measured 23705.
		Weight::from_parts(495_145_000, 101772)
			.saturating_add(T::DbWeight::get().reads(107))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Days` (r:32 w:32)
	/// Proof: `Pools::Days` (`max_values`: None, `max_size`: Some(685), added: 3160, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:32 w:32)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:32 w:32)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductExposures` (r:32 w:32)
	/// Proof: `Pools::ProductExposures` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	fn settle(d: u32, r: u32) -> Weight {
		// Proof: measured 2148 + d * 64 + r * 210.
		Weight::from_parts(40_546_641, 4044)
			.saturating_add(Weight::from_parts(4_736_042, 0).saturating_mul(d.into()))
			.saturating_add(Weight::from_parts(19_779_727, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads(1).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads(3).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes(1).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().writes(3).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 3160).saturating_mul(d.into()))
			.saturating_add(Weight::from_parts(0, 2601).saturating_mul(r.into()))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:4 w:4)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Reserves` (r:1 w:1)
	/// Proof: `Pools::Reserves` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	fn distribute() -> Weight {
		// Proof: measured 2475.
		Weight::from_parts(144_487_000, 11426)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn pay_arrears() -> Weight {
		// Proof: measured 2367.
		Weight::from_parts(73_054_000, 6208)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Reserves` (r:1 w:1)
	/// Proof: `Pools::Reserves` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn draw_reserve() -> Weight {
		// Proof: measured 2458.
		Weight::from_parts(76_944_000, 6208)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	/// Storage: `Pools::Pools` (r:1 w:1)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Dues` (r:1 w:1)
	/// Proof: `Pools::Dues` (`max_values`: None, `max_size`: Some(76), added: 2551, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Homes` (r:1 w:0)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	fn collect_due() -> Weight {
		// Proof: measured 2473.
		Weight::from_parts(84_780_000, 6208)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(5))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn admit_asset() -> Weight {
		Weight::from_parts(30_224_000, 3675).saturating_add(ParityDbWeight::get().reads_writes(3, 1))
	}
	fn create() -> Weight {
		Weight::from_parts(183_646_000, 8817).saturating_add(ParityDbWeight::get().reads_writes(16, 11))
	}
	fn deposit() -> Weight {
		Weight::from_parts(185_701_000, 11426).saturating_add(ParityDbWeight::get().reads_writes(17, 11))
	}
	fn request_withdrawal() -> Weight {
		Weight::from_parts(125_116_000, 6208).saturating_add(ParityDbWeight::get().reads_writes(12, 8))
	}
	fn cancel_withdrawal() -> Weight {
		Weight::from_parts(116_883_000, 6208).saturating_add(ParityDbWeight::get().reads_writes(12, 8))
	}
	fn process_withdrawals(r: u32) -> Weight {
		Weight::from_parts(146_181_000, 6360)
			.saturating_add(Weight::from_parts(93_877_643, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(9, 5))
			.saturating_add(ParityDbWeight::get().reads(5).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().writes(5).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 2830).saturating_mul(r.into()))
	}
	fn withdraw_marked_down() -> Weight {
		Weight::from_parts(156_415_000, 8817).saturating_add(ParityDbWeight::get().reads_writes(14, 10))
	}
	fn set_line() -> Weight {
		Weight::from_parts(506_513_000, 101772).saturating_add(ParityDbWeight::get().reads_writes(107, 6))
	}
	fn close_line() -> Weight {
		Weight::from_parts(40_760_000, 4044).saturating_add(ParityDbWeight::get().reads_writes(7, 3))
	}
	fn announce() -> Weight {
		Weight::from_parts(50_307_000, 4326).saturating_add(ParityDbWeight::get().reads_writes(7, 3))
	}
	fn withdraw_change() -> Weight {
		Weight::from_parts(34_391_000, 4326).saturating_add(ParityDbWeight::get().reads_writes(6, 2))
	}
	fn enact_change() -> Weight {
		Weight::from_parts(495_145_000, 101772).saturating_add(ParityDbWeight::get().reads_writes(107, 6))
	}
	fn settle(d: u32, r: u32) -> Weight {
		Weight::from_parts(40_546_641, 4044)
			.saturating_add(Weight::from_parts(4_736_042, 0).saturating_mul(d.into()))
			.saturating_add(Weight::from_parts(19_779_727, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(5, 1))
			.saturating_add(ParityDbWeight::get().reads(1).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().reads(3).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().writes(1).saturating_mul(d.into()))
			.saturating_add(ParityDbWeight::get().writes(3).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(0, 3160).saturating_mul(d.into()))
			.saturating_add(Weight::from_parts(0, 2601).saturating_mul(r.into()))
	}
	fn distribute() -> Weight {
		Weight::from_parts(144_487_000, 11426).saturating_add(ParityDbWeight::get().reads_writes(13, 9))
	}
	fn pay_arrears() -> Weight {
		Weight::from_parts(73_054_000, 6208).saturating_add(ParityDbWeight::get().reads_writes(8, 4))
	}
	fn draw_reserve() -> Weight {
		Weight::from_parts(76_944_000, 6208).saturating_add(ParityDbWeight::get().reads_writes(9, 5))
	}
	fn collect_due() -> Weight {
		Weight::from_parts(84_780_000, 6208).saturating_add(ParityDbWeight::get().reads_writes(10, 5))
	}
}
