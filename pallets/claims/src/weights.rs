//! Weights of `pallet_claims`, measured by `scripts/weights`: do not edit.
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
	/// Weight of the benchmark `enact`.
	fn enact() -> Weight;
	/// Weight of the benchmark `stake`.
	fn stake() -> Weight;
	/// Weight of the benchmark `leave`.
	fn leave() -> Weight;
	/// Weight of the benchmark `withdraw_stake`.
	fn withdraw_stake() -> Weight;
	/// Weight of the benchmark `report`.
	fn report() -> Weight;
	/// Weight of the benchmark `file`.
	fn file() -> Weight;
	/// Weight of the benchmark `add_evidence`.
	fn add_evidence() -> Weight;
	/// Weight of the benchmark `challenge`.
	fn challenge() -> Weight;
	/// Weight of the benchmark `commit`.
	fn commit() -> Weight;
	/// Weight of the benchmark `reveal`.
	fn reveal() -> Weight;
	/// Weight of the benchmark `settle`.
	fn settle() -> Weight;
	/// Weight of the benchmark `dispute`.
	fn dispute() -> Weight;
	/// Weight of the benchmark `poke`.
	fn poke() -> Weight;
	/// Weight of the benchmark `conclude_incident`.
	fn conclude_incident() -> Weight;
	/// Weight of the benchmark `conclude_claim`.
	fn conclude_claim() -> Weight;
	/// Weight of the benchmark `poke_incident`.
	fn poke_incident() -> Weight;
	/// Weight of the benchmark `pay_batch`, with `p` from 1 to 16.
	fn pay_batch(p: u32) -> Weight;
	/// Weight of the benchmark `pay_claim`.
	fn pay_claim() -> Weight;
	/// Weight of the benchmark `recover`.
	fn recover() -> Weight;
	/// Weight of the benchmark `freeze`.
	fn freeze() -> Weight;
	/// Weight of the benchmark `thaw`.
	fn thaw() -> Weight;
	/// Weight of the benchmark `trigger`.
	fn trigger() -> Weight;
	/// Weight of the benchmark `rearm`.
	fn rearm() -> Weight;
	/// Weight of the benchmark `note_price`.
	fn note_price() -> Weight;
}

/// Weights for a chain, with what its database takes.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Claims::Cases` (r:1 w:1)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `Democracy::ReferendumInfoOf` (r:1 w:0)
	/// Proof: `Democracy::ReferendumInfoOf` (`max_values`: None, `max_size`: Some(201), added: 2676, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Running` (r:1 w:1)
	/// Proof: `Claims::Running` (`max_values`: Some(1), `max_size`: Some(289), added: 784, mode: `MaxEncodedLen`)
	/// Storage: `Democracy::MetadataOf` (r:1 w:1)
	/// Proof: `Democracy::MetadataOf` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: UNKNOWN KEY `0x4c80bf7401a6987d2b78635557d73d9ed2461d8a32b610b9c1b9c0d364e63ed1` (r:1 w:1)
	/// Proof: UNKNOWN KEY `0x4c80bf7401a6987d2b78635557d73d9ed2461d8a32b610b9c1b9c0d364e63ed1` (r:1 w:1)
	/// Storage: `Preimage::StatusFor` (r:1 w:0)
	/// Proof: `Preimage::StatusFor` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Preimage::RequestStatusFor` (r:1 w:1)
	/// Proof: `Preimage::RequestStatusFor` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Preimage::PreimageFor` (r:0 w:1)
	/// Proof: `Preimage::PreimageFor` (`max_values`: None, `max_size`: Some(4194344), added: 4196819, mode: `MaxEncodedLen`)
	fn enact() -> Weight {
		// Proof: measured 1045.
		Weight::from_parts(82_023_000, 4510)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	/// Storage: `Claims::Assessors` (r:1 w:1)
	/// Proof: `Claims::Assessors` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Claims::TotalWeight` (r:1 w:1)
	/// Proof: `Claims::TotalWeight` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn stake() -> Weight {
		// Proof: measured 722.
		Weight::from_parts(64_148_000, 3820)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `Claims::Assessors` (r:1 w:1)
	/// Proof: `Claims::Assessors` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::TotalWeight` (r:1 w:1)
	/// Proof: `Claims::TotalWeight` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn leave() -> Weight {
		// Proof: measured 455.
		Weight::from_parts(18_003_000, 3566)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Claims::Assessors` (r:1 w:1)
	/// Proof: `Claims::Assessors` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn withdraw_stake() -> Weight {
		// Proof: measured 412.
		Weight::from_parts(44_832_000, 3820)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:0)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Dockets` (r:1 w:1)
	/// Proof: `Claims::Dockets` (`max_values`: None, `max_size`: Some(127), added: 2602, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Rejections` (r:8 w:0)
	/// Proof: `Claims::Rejections` (`max_values`: None, `max_size`: Some(33), added: 2508, mode: `MaxEncodedLen`)
	/// Storage: `Claims::NextIncident` (r:1 w:1)
	/// Proof: `Claims::NextIncident` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Claims::NextCase` (r:1 w:1)
	/// Proof: `Claims::NextCase` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Records` (r:1 w:1)
	/// Proof: `Claims::Records` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:1)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:32 w:32)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:32 w:32)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:32 w:32)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Claims::TotalWeight` (r:1 w:0)
	/// Proof: `Claims::TotalWeight` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Cases` (r:0 w:1)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Rounds` (r:0 w:1)
	/// Proof: `Claims::Rounds` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Evidences` (r:0 w:1)
	/// Proof: `Claims::Evidences` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Tallies` (r:0 w:1)
	/// Proof: `Claims::Tallies` (`max_values`: None, `max_size`: Some(1628), added: 4103, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Incidents` (r:0 w:1)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	fn report() -> Weight {
		// Proof: measured 23174.
		Weight::from_parts(824_626_000, 98718)
			.saturating_add(T::DbWeight::get().reads(120))
			.saturating_add(T::DbWeight::get().writes(110))
	}
	/// Storage: `Claims::Incidents` (r:1 w:1)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Claims` (r:1 w:1)
	/// Proof: `Claims::Claims` (`max_values`: None, `max_size`: Some(103), added: 2578, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Policies` (r:1 w:1)
	/// Proof: `Cover::Policies` (`max_values`: None, `max_size`: Some(671), added: 3146, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Item` (r:1 w:0)
	/// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::NextCase` (r:1 w:1)
	/// Proof: `Claims::NextCase` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Budgets` (r:1 w:1)
	/// Proof: `Claims::Budgets` (`max_values`: None, `max_size`: Some(65), added: 2540, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductExposures` (r:1 w:0)
	/// Proof: `Pools::ProductExposures` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Claims::TotalWeight` (r:1 w:0)
	/// Proof: `Claims::TotalWeight` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Records` (r:1 w:1)
	/// Proof: `Claims::Records` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Cases` (r:0 w:1)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Rounds` (r:0 w:1)
	/// Proof: `Claims::Rounds` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Evidences` (r:0 w:1)
	/// Proof: `Claims::Evidences` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Tallies` (r:0 w:1)
	/// Proof: `Claims::Tallies` (`max_values`: None, `max_size`: Some(1628), added: 4103, mode: `MaxEncodedLen`)
	fn file() -> Weight {
		// Proof: measured 2407.
		Weight::from_parts(241_707_000, 6196)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(13))
	}
	/// Storage: `Claims::Cases` (r:1 w:0)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	fn add_evidence() -> Weight {
		// Proof: measured 303.
		Weight::from_parts(32_670_000, 3720).saturating_add(T::DbWeight::get().reads(1))
	}
	/// Storage: `Claims::Cases` (r:1 w:1)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Claims::TotalWeight` (r:1 w:0)
	/// Proof: `Claims::TotalWeight` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Claims` (r:1 w:1)
	/// Proof: `Claims::Claims` (`max_values`: None, `max_size`: Some(103), added: 2578, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Budgets` (r:1 w:1)
	/// Proof: `Claims::Budgets` (`max_values`: None, `max_size`: Some(65), added: 2540, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Rounds` (r:0 w:1)
	/// Proof: `Claims::Rounds` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Evidences` (r:0 w:1)
	/// Proof: `Claims::Evidences` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Tallies` (r:0 w:1)
	/// Proof: `Claims::Tallies` (`max_values`: None, `max_size`: Some(1628), added: 4103, mode: `MaxEncodedLen`)
	fn challenge() -> Weight {
		// Proof: measured 1308.
		Weight::from_parts(195_846_000, 8799)
			.saturating_add(T::DbWeight::get().reads(10))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	/// Storage: `Claims::Cases` (r:1 w:0)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Rounds` (r:1 w:1)
	/// Proof: `Claims::Rounds` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Votes` (r:1 w:1)
	/// Proof: `Claims::Votes` (`max_values`: None, `max_size`: Some(118), added: 2593, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Assessors` (r:1 w:1)
	/// Proof: `Claims::Assessors` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::TotalWeight` (r:1 w:1)
	/// Proof: `Claims::TotalWeight` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Pools::AdmittedAssets` (r:1 w:0)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Reserves` (r:1 w:1)
	/// Proof: `Pools::Reserves` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	fn commit() -> Weight {
		// Proof: measured 1952.
		Weight::from_parts(178_590_000, 8799)
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	/// Storage: `Claims::Cases` (r:1 w:0)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Rounds` (r:1 w:0)
	/// Proof: `Claims::Rounds` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Votes` (r:1 w:1)
	/// Proof: `Claims::Votes` (`max_values`: None, `max_size`: Some(118), added: 2593, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Tallies` (r:1 w:1)
	/// Proof: `Claims::Tallies` (`max_values`: None, `max_size`: Some(1628), added: 4103, mode: `MaxEncodedLen`)
	fn reveal() -> Weight {
		// Proof: measured 2249.
		Weight::from_parts(48_844_000, 5093)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Claims::Votes` (r:1 w:1)
	/// Proof: `Claims::Votes` (`max_values`: None, `max_size`: Some(118), added: 2593, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Rounds` (r:1 w:1)
	/// Proof: `Claims::Rounds` (`max_values`: None, `max_size`: Some(82), added: 2557, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Assessors` (r:1 w:1)
	/// Proof: `Claims::Assessors` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::TotalWeight` (r:1 w:1)
	/// Proof: `Claims::TotalWeight` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Pools::AdmittedAssets` (r:1 w:0)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Reserves` (r:1 w:1)
	/// Proof: `Pools::Reserves` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	fn settle() -> Weight {
		// Proof: measured 1923.
		Weight::from_parts(157_564_000, 8799)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	/// Storage: `Claims::Cases` (r:1 w:1)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Evidences` (r:0 w:1)
	/// Proof: `Claims::Evidences` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
	fn dispute() -> Weight {
		// Proof: measured 651.
		Weight::from_parts(90_286_000, 3820)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `Claims::Cases` (r:1 w:1)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `Democracy::ReferendumInfoOf` (r:1 w:1)
	/// Proof: `Democracy::ReferendumInfoOf` (`max_values`: None, `max_size`: Some(201), added: 2676, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Running` (r:1 w:1)
	/// Proof: `Claims::Running` (`max_values`: Some(1), `max_size`: Some(289), added: 784, mode: `MaxEncodedLen`)
	/// Storage: `Democracy::MetadataOf` (r:1 w:2)
	/// Proof: `Democracy::MetadataOf` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: UNKNOWN KEY `0x4c80bf7401a6987d2b78635557d73d9ed2461d8a32b610b9c1b9c0d364e63ed1` (r:1 w:2)
	/// Proof: UNKNOWN KEY `0x4c80bf7401a6987d2b78635557d73d9ed2461d8a32b610b9c1b9c0d364e63ed1` (r:1 w:2)
	/// Storage: `Preimage::StatusFor` (r:2 w:0)
	/// Proof: `Preimage::StatusFor` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Preimage::RequestStatusFor` (r:2 w:2)
	/// Proof: `Preimage::RequestStatusFor` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Claims::QueueEnds` (r:1 w:1)
	/// Proof: `Claims::QueueEnds` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::NextBallot` (r:1 w:1)
	/// Proof: `Claims::NextBallot` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Incidents` (r:1 w:0)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:0)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:0)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::GovernanceParameters` (r:1 w:0)
	/// Proof: `Parameters::GovernanceParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Democracy::ReferendumCount` (r:1 w:1)
	/// Proof: `Democracy::ReferendumCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Queue` (r:0 w:1)
	/// Proof: `Claims::Queue` (`max_values`: None, `max_size`: Some(29), added: 2504, mode: `MaxEncodedLen`)
	/// Storage: `Preimage::PreimageFor` (r:0 w:2)
	/// Proof: `Preimage::PreimageFor` (`max_values`: None, `max_size`: Some(4194344), added: 4196819, mode: `MaxEncodedLen`)
	fn poke() -> Weight {
		// Proof: measured 2594.
		Weight::from_parts(168_512_000, 6122)
			.saturating_add(T::DbWeight::get().reads(17))
			.saturating_add(T::DbWeight::get().writes(15))
	}
	/// Storage: `Claims::Cases` (r:1 w:1)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `Democracy::ReferendumInfoOf` (r:1 w:0)
	/// Proof: `Democracy::ReferendumInfoOf` (`max_values`: None, `max_size`: Some(201), added: 2676, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Running` (r:1 w:1)
	/// Proof: `Claims::Running` (`max_values`: Some(1), `max_size`: Some(289), added: 784, mode: `MaxEncodedLen`)
	/// Storage: `Democracy::MetadataOf` (r:1 w:1)
	/// Proof: `Democracy::MetadataOf` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: UNKNOWN KEY `0x4c80bf7401a6987d2b78635557d73d9ed2461d8a32b610b9c1b9c0d364e63ed1` (r:1 w:1)
	/// Proof: UNKNOWN KEY `0x4c80bf7401a6987d2b78635557d73d9ed2461d8a32b610b9c1b9c0d364e63ed1` (r:1 w:1)
	/// Storage: `Preimage::StatusFor` (r:1 w:0)
	/// Proof: `Preimage::StatusFor` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Preimage::RequestStatusFor` (r:1 w:1)
	/// Proof: `Preimage::RequestStatusFor` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Incidents` (r:1 w:1)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Records` (r:1 w:1)
	/// Proof: `Claims::Records` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:5 w:5)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:3 w:3)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Pools::AdmittedAssets` (r:1 w:0)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Reserves` (r:1 w:1)
	/// Proof: `Pools::Reserves` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:0)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Dockets` (r:1 w:1)
	/// Proof: `Claims::Dockets` (`max_values`: None, `max_size`: Some(127), added: 2602, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Profiles` (r:1 w:1)
	/// Proof: `Pricing::Profiles` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Losses` (r:1 w:32)
	/// Proof: `Pools::Losses` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:1)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:32 w:32)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:32 w:32)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:32 w:32)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::OpenIncidents` (r:0 w:1)
	/// Proof: `Claims::OpenIncidents` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Evidences` (r:0 w:4)
	/// Proof: `Claims::Evidences` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
	/// Storage: `Preimage::PreimageFor` (r:0 w:1)
	/// Proof: `Preimage::PreimageFor` (`max_values`: None, `max_size`: Some(4194344), added: 4196819, mode: `MaxEncodedLen`)
	fn conclude_incident() -> Weight {
		// Proof: measured 25511.
		Weight::from_parts(1_704_422_000, 98718)
			.saturating_add(T::DbWeight::get().reads(126))
			.saturating_add(T::DbWeight::get().writes(154))
	}
	/// Storage: `Claims::Cases` (r:1 w:1)
	/// Proof: `Claims::Cases` (`max_values`: None, `max_size`: Some(255), added: 2730, mode: `MaxEncodedLen`)
	/// Storage: `Democracy::ReferendumInfoOf` (r:1 w:0)
	/// Proof: `Democracy::ReferendumInfoOf` (`max_values`: None, `max_size`: Some(201), added: 2676, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Running` (r:1 w:1)
	/// Proof: `Claims::Running` (`max_values`: Some(1), `max_size`: Some(289), added: 784, mode: `MaxEncodedLen`)
	/// Storage: `Democracy::MetadataOf` (r:1 w:1)
	/// Proof: `Democracy::MetadataOf` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: UNKNOWN KEY `0x4c80bf7401a6987d2b78635557d73d9ed2461d8a32b610b9c1b9c0d364e63ed1` (r:1 w:1)
	/// Proof: UNKNOWN KEY `0x4c80bf7401a6987d2b78635557d73d9ed2461d8a32b610b9c1b9c0d364e63ed1` (r:1 w:1)
	/// Storage: `Preimage::StatusFor` (r:1 w:0)
	/// Proof: `Preimage::StatusFor` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Preimage::RequestStatusFor` (r:1 w:1)
	/// Proof: `Preimage::RequestStatusFor` (`max_values`: None, `max_size`: Some(91), added: 2566, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Incidents` (r:1 w:1)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Records` (r:1 w:1)
	/// Proof: `Claims::Records` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:6 w:6)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:4 w:4)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Pools::AdmittedAssets` (r:1 w:0)
	/// Proof: `Pools::AdmittedAssets` (`max_values`: None, `max_size`: Some(57), added: 2532, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Reserves` (r:1 w:1)
	/// Proof: `Pools::Reserves` (`max_values`: None, `max_size`: Some(37), added: 2512, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Policies` (r:1 w:1)
	/// Proof: `Cover::Policies` (`max_values`: None, `max_size`: Some(671), added: 3146, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:8 w:8)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Claims` (r:1 w:1)
	/// Proof: `Claims::Claims` (`max_values`: None, `max_size`: Some(103), added: 2578, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Item` (r:1 w:0)
	/// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Losses` (r:8 w:8)
	/// Proof: `Pools::Losses` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Days` (r:8 w:8)
	/// Proof: `Pools::Days` (`max_values`: None, `max_size`: Some(685), added: 3160, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:8 w:8)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:8 w:8)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductExposures` (r:1 w:1)
	/// Proof: `Pools::ProductExposures` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Debts` (r:8 w:0)
	/// Proof: `Pools::Debts` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:9 w:9)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Homes` (r:1 w:0)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:1)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Evidences` (r:0 w:4)
	/// Proof: `Claims::Evidences` (`max_values`: None, `max_size`: Some(183), added: 2658, mode: `MaxEncodedLen`)
	/// Storage: `Preimage::PreimageFor` (r:0 w:1)
	/// Proof: `Preimage::PreimageFor` (`max_values`: None, `max_size`: Some(4194344), added: 4196819, mode: `MaxEncodedLen`)
	fn conclude_claim() -> Weight {
		// Proof: measured 15822.
		Weight::from_parts(1_149_594_000, 26270)
			.saturating_add(T::DbWeight::get().reads(89))
			.saturating_add(T::DbWeight::get().writes(77))
	}
	/// Storage: `Claims::Incidents` (r:1 w:1)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:0)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Feeds` (r:1 w:0)
	/// Proof: `Claims::Feeds` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Marks` (r:61 w:0)
	/// Proof: `Claims::Marks` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Dockets` (r:1 w:1)
	/// Proof: `Claims::Dockets` (`max_values`: None, `max_size`: Some(127), added: 2602, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductExposures` (r:8 w:0)
	/// Proof: `Pools::ProductExposures` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Pricing::Profiles` (r:1 w:1)
	/// Proof: `Pricing::Profiles` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Losses` (r:1 w:32)
	/// Proof: `Pools::Losses` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:1)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:32 w:32)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:32 w:32)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:32 w:32)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Records` (r:1 w:1)
	/// Proof: `Claims::Records` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Claims::OpenIncidents` (r:0 w:1)
	/// Proof: `Claims::OpenIncidents` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	fn poke_incident() -> Weight {
		// Proof: measured 28545.
		Weight::from_parts(1_938_636_000, 155137)
			.saturating_add(T::DbWeight::get().reads(179))
			.saturating_add(T::DbWeight::get().writes(135))
	}
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Incidents` (r:1 w:1)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Cover::ProductPolicies` (r:16 w:0)
	/// Proof: `Cover::ProductPolicies` (`max_values`: None, `max_size`: Some(24), added: 2499, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:0)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:32 w:32)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Policies` (r:16 w:16)
	/// Proof: `Cover::Policies` (`max_values`: None, `max_size`: Some(671), added: 3146, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Item` (r:16 w:0)
	/// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Records` (r:1 w:1)
	/// Proof: `Claims::Records` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Losses` (r:32 w:32)
	/// Proof: `Pools::Losses` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Days` (r:32 w:32)
	/// Proof: `Pools::Days` (`max_values`: None, `max_size`: Some(685), added: 3160, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:32 w:32)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:32 w:32)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductExposures` (r:1 w:1)
	/// Proof: `Pools::ProductExposures` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Debts` (r:128 w:0)
	/// Proof: `Pools::Debts` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:48 w:48)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Homes` (r:16 w:0)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:1)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Claims` (r:0 w:16)
	/// Proof: `Claims::Claims` (`max_values`: None, `max_size`: Some(103), added: 2578, mode: `MaxEncodedLen`)
	fn pay_batch(p: u32) -> Weight {
		// Proof: measured 31330 + p * 731.
		Weight::from_parts(487_904_620, 98718)
			.saturating_add(Weight::from_parts(510_696_071, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(139))
			.saturating_add(T::DbWeight::get().reads(19).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().writes(121))
			.saturating_add(T::DbWeight::get().writes(10).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(0, 20312).saturating_mul(p.into()))
	}
	/// Storage: `Cover::Policies` (r:1 w:1)
	/// Proof: `Cover::Policies` (`max_values`: None, `max_size`: Some(671), added: 3146, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:8 w:8)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Incidents` (r:1 w:1)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Claims` (r:1 w:1)
	/// Proof: `Claims::Claims` (`max_values`: None, `max_size`: Some(103), added: 2578, mode: `MaxEncodedLen`)
	/// Storage: `Nfts::Item` (r:1 w:0)
	/// Proof: `Nfts::Item` (`max_values`: None, `max_size`: Some(861), added: 3336, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Losses` (r:8 w:8)
	/// Proof: `Pools::Losses` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Days` (r:8 w:8)
	/// Proof: `Pools::Days` (`max_values`: None, `max_size`: Some(685), added: 3160, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:8 w:8)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:8 w:8)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductExposures` (r:1 w:1)
	/// Proof: `Pools::ProductExposures` (`max_values`: None, `max_size`: Some(49), added: 2524, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Debts` (r:8 w:0)
	/// Proof: `Pools::Debts` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:9 w:9)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Homes::Homes` (r:1 w:0)
	/// Proof: `Homes::Homes` (`max_values`: None, `max_size`: Some(100), added: 2575, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:1)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Records` (r:1 w:1)
	/// Proof: `Claims::Records` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn pay_claim() -> Weight {
		// Proof: measured 13659.
		Weight::from_parts(846_849_000, 26270)
			.saturating_add(T::DbWeight::get().reads(70))
			.saturating_add(T::DbWeight::get().writes(56))
	}
	/// Storage: `Claims::Incidents` (r:1 w:0)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:0)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:32 w:32)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Losses` (r:33 w:0)
	/// Proof: `Pools::Losses` (`max_values`: None, `max_size`: Some(81), added: 2556, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:33 w:33)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Days` (r:32 w:32)
	/// Proof: `Pools::Days` (`max_values`: None, `max_size`: Some(685), added: 3160, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn recover() -> Weight {
		// Proof: measured 28119.
		Weight::from_parts(1_852_060_000, 102110)
			.saturating_add(T::DbWeight::get().reads(138))
			.saturating_add(T::DbWeight::get().writes(99))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:0)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Dockets` (r:1 w:1)
	/// Proof: `Claims::Dockets` (`max_values`: None, `max_size`: Some(127), added: 2602, mode: `MaxEncodedLen`)
	/// Storage: `Oracle::Values` (r:1 w:0)
	/// Proof: `Oracle::Values` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:1)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:32 w:32)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:32 w:32)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:32 w:32)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	fn freeze() -> Weight {
		// Proof: measured 23208.
		Weight::from_parts(752_287_000, 98718)
			.saturating_add(T::DbWeight::get().reads(106))
			.saturating_add(T::DbWeight::get().writes(99))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:0)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Dockets` (r:1 w:1)
	/// Proof: `Claims::Dockets` (`max_values`: None, `max_size`: Some(127), added: 2602, mode: `MaxEncodedLen`)
	/// Storage: `Oracle::Values` (r:1 w:0)
	/// Proof: `Oracle::Values` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:1)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:32 w:32)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:32 w:32)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:32 w:32)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	fn thaw() -> Weight {
		// Proof: measured 23275.
		Weight::from_parts(825_305_000, 98718)
			.saturating_add(T::DbWeight::get().reads(106))
			.saturating_add(T::DbWeight::get().writes(99))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:0)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Dockets` (r:1 w:1)
	/// Proof: `Claims::Dockets` (`max_values`: None, `max_size`: Some(127), added: 2602, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Feeds` (r:1 w:0)
	/// Proof: `Claims::Feeds` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Marks` (r:2 w:0)
	/// Proof: `Claims::Marks` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::NextIncident` (r:1 w:1)
	/// Proof: `Claims::NextIncident` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Records` (r:1 w:1)
	/// Proof: `Claims::Records` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:1)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Pools` (r:32 w:32)
	/// Proof: `Pools::Pools` (`max_values`: None, `max_size`: Some(579), added: 3054, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PoolsParameters` (r:1 w:0)
	/// Proof: `Parameters::PoolsParameters` (`max_values`: Some(1), `max_size`: Some(56), added: 551, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::PricingParameters` (r:1 w:0)
	/// Proof: `Parameters::PricingParameters` (`max_values`: Some(1), `max_size`: Some(208), added: 703, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Lines` (r:32 w:32)
	/// Proof: `Pools::Lines` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Pools::Groups` (r:32 w:32)
	/// Proof: `Pools::Groups` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Claims::OpenIncidents` (r:0 w:1)
	/// Proof: `Claims::OpenIncidents` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Incidents` (r:0 w:1)
	/// Proof: `Claims::Incidents` (`max_values`: None, `max_size`: Some(101), added: 2576, mode: `MaxEncodedLen`)
	fn trigger() -> Weight {
		// Proof: measured 24011.
		Weight::from_parts(761_493_000, 98718)
			.saturating_add(T::DbWeight::get().reads(110))
			.saturating_add(T::DbWeight::get().writes(103))
	}
	/// Storage: `Cover::Products` (r:1 w:1)
	/// Proof: `Cover::Products` (`max_values`: None, `max_size`: Some(1190), added: 3665, mode: `MaxEncodedLen`)
	/// Storage: `Cover::Records` (r:1 w:0)
	/// Proof: `Cover::Records` (`max_values`: None, `max_size`: Some(129), added: 2604, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Dockets` (r:1 w:1)
	/// Proof: `Claims::Dockets` (`max_values`: None, `max_size`: Some(127), added: 2602, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Feeds` (r:1 w:0)
	/// Proof: `Claims::Feeds` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Marks` (r:61 w:0)
	/// Proof: `Claims::Marks` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Pools::ProductUnderwriters` (r:1 w:0)
	/// Proof: `Pools::ProductUnderwriters` (`max_values`: None, `max_size`: Some(146), added: 2621, mode: `MaxEncodedLen`)
	fn rearm() -> Weight {
		// Proof: measured 5240.
		Weight::from_parts(490_451_000, 155137)
			.saturating_add(T::DbWeight::get().reads(69))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Cover::WatchedFeeds` (r:1 w:0)
	/// Proof: `Cover::WatchedFeeds` (`max_values`: None, `max_size`: Some(12), added: 2487, mode: `MaxEncodedLen`)
	/// Storage: `Clock::Settings` (r:1 w:0)
	/// Proof: `Clock::Settings` (`max_values`: Some(1), `max_size`: Some(36), added: 531, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Feeds` (r:1 w:1)
	/// Proof: `Claims::Feeds` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::ClaimsParameters` (r:1 w:0)
	/// Proof: `Parameters::ClaimsParameters` (`max_values`: Some(1), `max_size`: Some(145), added: 640, mode: `MaxEncodedLen`)
	/// Storage: `Claims::Marks` (r:63 w:125)
	/// Proof: `Claims::Marks` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	fn note_price() -> Weight {
		// Proof: measured 3627.
		Weight::from_parts(244_632_000, 160191)
			.saturating_add(T::DbWeight::get().reads(68))
			.saturating_add(T::DbWeight::get().writes(126))
	}
}

/// Weights for mocks.
impl WeightInfo for () {
	fn enact() -> Weight {
		Weight::from_parts(82_023_000, 4510).saturating_add(ParityDbWeight::get().reads_writes(7, 6))
	}
	fn stake() -> Weight {
		Weight::from_parts(64_148_000, 3820).saturating_add(ParityDbWeight::get().reads_writes(5, 4))
	}
	fn leave() -> Weight {
		Weight::from_parts(18_003_000, 3566).saturating_add(ParityDbWeight::get().reads_writes(3, 2))
	}
	fn withdraw_stake() -> Weight {
		Weight::from_parts(44_832_000, 3820).saturating_add(ParityDbWeight::get().reads_writes(3, 3))
	}
	fn report() -> Weight {
		Weight::from_parts(824_626_000, 98718).saturating_add(ParityDbWeight::get().reads_writes(120, 110))
	}
	fn file() -> Weight {
		Weight::from_parts(241_707_000, 6196).saturating_add(ParityDbWeight::get().reads_writes(14, 13))
	}
	fn add_evidence() -> Weight {
		Weight::from_parts(32_670_000, 3720).saturating_add(ParityDbWeight::get().reads_writes(1, 0))
	}
	fn challenge() -> Weight {
		Weight::from_parts(195_846_000, 8799).saturating_add(ParityDbWeight::get().reads_writes(10, 11))
	}
	fn commit() -> Weight {
		Weight::from_parts(178_590_000, 8799).saturating_add(ParityDbWeight::get().reads_writes(12, 9))
	}
	fn reveal() -> Weight {
		Weight::from_parts(48_844_000, 5093).saturating_add(ParityDbWeight::get().reads_writes(4, 2))
	}
	fn settle() -> Weight {
		Weight::from_parts(157_564_000, 8799).saturating_add(ParityDbWeight::get().reads_writes(11, 9))
	}
	fn dispute() -> Weight {
		Weight::from_parts(90_286_000, 3820).saturating_add(ParityDbWeight::get().reads_writes(3, 4))
	}
	fn poke() -> Weight {
		Weight::from_parts(168_512_000, 6122).saturating_add(ParityDbWeight::get().reads_writes(17, 15))
	}
	fn conclude_incident() -> Weight {
		Weight::from_parts(1_704_422_000, 98718).saturating_add(ParityDbWeight::get().reads_writes(126, 154))
	}
	fn conclude_claim() -> Weight {
		Weight::from_parts(1_149_594_000, 26270).saturating_add(ParityDbWeight::get().reads_writes(89, 77))
	}
	fn poke_incident() -> Weight {
		Weight::from_parts(1_938_636_000, 155137).saturating_add(ParityDbWeight::get().reads_writes(179, 135))
	}
	fn pay_batch(p: u32) -> Weight {
		Weight::from_parts(487_904_620, 98718)
			.saturating_add(Weight::from_parts(510_696_071, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads_writes(139, 121))
			.saturating_add(ParityDbWeight::get().reads(19).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().writes(10).saturating_mul(p.into()))
			.saturating_add(Weight::from_parts(0, 20312).saturating_mul(p.into()))
	}
	fn pay_claim() -> Weight {
		Weight::from_parts(846_849_000, 26270).saturating_add(ParityDbWeight::get().reads_writes(70, 56))
	}
	fn recover() -> Weight {
		Weight::from_parts(1_852_060_000, 102110).saturating_add(ParityDbWeight::get().reads_writes(138, 99))
	}
	fn freeze() -> Weight {
		Weight::from_parts(752_287_000, 98718).saturating_add(ParityDbWeight::get().reads_writes(106, 99))
	}
	fn thaw() -> Weight {
		Weight::from_parts(825_305_000, 98718).saturating_add(ParityDbWeight::get().reads_writes(106, 99))
	}
	fn trigger() -> Weight {
		Weight::from_parts(761_493_000, 98718).saturating_add(ParityDbWeight::get().reads_writes(110, 103))
	}
	fn rearm() -> Weight {
		Weight::from_parts(490_451_000, 155137).saturating_add(ParityDbWeight::get().reads_writes(69, 2))
	}
	fn note_price() -> Weight {
		Weight::from_parts(244_632_000, 160191).saturating_add(ParityDbWeight::get().reads_writes(68, 126))
	}
}
