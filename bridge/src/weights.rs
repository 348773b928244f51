//! Weights of `pallet_xcm`, measured by `scripts/weights`: do not edit.
//!
//! 2026-11-22, Intel(R) Xeon(R) Processor, `lutine-node benchmark pallet` 64.0.0, steps 20, repeats 20, worst case of a map 1000000
//! entries, chain `Some("dev")`, Compiled. Times are in picoseconds, proofs in bytes.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights for a chain, with what its database takes.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_xcm::WeightInfo for SubstrateWeight<T> {
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `PartnerBridge::Bridges` (r:1 w:0)
	/// Proof: `PartnerBridge::Bridges` (`max_values`: None, `max_size`: Some(1917), added: 4392, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `PartnerMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(32828), added: 35303, mode: `MaxEncodedLen`)
	fn send() -> Weight {
		// Proof: measured 451.
		Weight::from_parts(43_946_000, 5382)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `Benchmark::Override` (r:0 w:0)
	/// Proof: `Benchmark::Override` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn teleport_assets() -> Weight {
		// Proof: measured 0.
		Weight::from_parts(18_446_744_073_709_551_000, 0)
	}
	/// Storage: `PolkadotXcm::ShouldRecordXcm` (r:1 w:0)
	/// Proof: `PolkadotXcm::ShouldRecordXcm` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `PartnerBridge::Bridges` (r:1 w:0)
	/// Proof: `PartnerBridge::Bridges` (`max_values`: None, `max_size`: Some(1917), added: 4392, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `PartnerMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(32828), added: 35303, mode: `MaxEncodedLen`)
	fn reserve_transfer_assets() -> Weight {
		// Proof: measured 554.
		Weight::from_parts(110_079_000, 5382)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `PolkadotXcm::ShouldRecordXcm` (r:1 w:0)
	/// Proof: `PolkadotXcm::ShouldRecordXcm` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Asset` (r:1 w:1)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `PartnerBridge::Bridges` (r:1 w:0)
	/// Proof: `PartnerBridge::Bridges` (`max_values`: None, `max_size`: Some(1917), added: 4392, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `PartnerMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(32828), added: 35303, mode: `MaxEncodedLen`)
	fn transfer_assets() -> Weight {
		// Proof: measured 1357.
		Weight::from_parts(156_329_000, 6208)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	/// Storage: `PolkadotXcm::ShouldRecordXcm` (r:1 w:0)
	/// Proof: `PolkadotXcm::ShouldRecordXcm` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	fn execute() -> Weight {
		// Proof: measured 0.
		Weight::from_parts(7_404_000, 1485).saturating_add(T::DbWeight::get().reads(1))
	}
	/// Storage: `PolkadotXcm::SupportedVersion` (r:0 w:1)
	/// Proof: `PolkadotXcm::SupportedVersion` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn force_xcm_version() -> Weight {
		// Proof: measured 0.
		Weight::from_parts(7_379_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	fn force_default_xcm_version() -> Weight {
		// Proof: measured 0.
		Weight::from_parts(2_252_000, 0)
	}
	/// Storage: `PolkadotXcm::VersionNotifiers` (r:1 w:1)
	/// Proof: `PolkadotXcm::VersionNotifiers` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `PolkadotXcm::QueryCounter` (r:1 w:1)
	/// Proof: `PolkadotXcm::QueryCounter` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `PartnerBridge::Bridges` (r:1 w:0)
	/// Proof: `PartnerBridge::Bridges` (`max_values`: None, `max_size`: Some(1917), added: 4392, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `PartnerMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(32828), added: 35303, mode: `MaxEncodedLen`)
	/// Storage: `PolkadotXcm::Queries` (r:0 w:1)
	/// Proof: `PolkadotXcm::Queries` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn force_subscribe_version_notify() -> Weight {
		// Proof: measured 451.
		Weight::from_parts(49_267_000, 5382)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	/// Storage: `PolkadotXcm::VersionNotifiers` (r:1 w:1)
	/// Proof: `PolkadotXcm::VersionNotifiers` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `PartnerBridge::Bridges` (r:1 w:0)
	/// Proof: `PartnerBridge::Bridges` (`max_values`: None, `max_size`: Some(1917), added: 4392, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `PartnerMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(32828), added: 35303, mode: `MaxEncodedLen`)
	/// Storage: `PolkadotXcm::Queries` (r:0 w:1)
	/// Proof: `PolkadotXcm::Queries` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn force_unsubscribe_version_notify() -> Weight {
		// Proof: measured 546.
		Weight::from_parts(48_579_000, 5382)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `PolkadotXcm::XcmExecutionSuspended` (r:0 w:1)
	/// Proof: `PolkadotXcm::XcmExecutionSuspended` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	fn force_suspension() -> Weight {
		// Proof: measured 0.
		Weight::from_parts(2_254_000, 0).saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `PolkadotXcm::SupportedVersion` (r:6 w:2)
	/// Proof: `PolkadotXcm::SupportedVersion` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn migrate_supported_version() -> Weight {
		// Proof: measured 22.
		Weight::from_parts(18_653_000, 15862)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `PolkadotXcm::VersionNotifiers` (r:6 w:2)
	/// Proof: `PolkadotXcm::VersionNotifiers` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn migrate_version_notifiers() -> Weight {
		// Proof: measured 26.
		Weight::from_parts(18_744_000, 15866)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `PolkadotXcm::VersionNotifyTargets` (r:7 w:0)
	/// Proof: `PolkadotXcm::VersionNotifyTargets` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn already_notified_target() -> Weight {
		// Proof: measured 271.
		Weight::from_parts(23_722_000, 18586).saturating_add(T::DbWeight::get().reads(7))
	}
	/// Storage: `PolkadotXcm::VersionNotifyTargets` (r:2 w:1)
	/// Proof: `PolkadotXcm::VersionNotifyTargets` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `PartnerBridge::Bridges` (r:1 w:0)
	/// Proof: `PartnerBridge::Bridges` (`max_values`: None, `max_size`: Some(1917), added: 4392, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `PartnerMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(32828), added: 35303, mode: `MaxEncodedLen`)
	fn notify_current_targets() -> Weight {
		// Proof: measured 518.
		Weight::from_parts(48_903_000, 6458)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// Storage: `PolkadotXcm::VersionNotifyTargets` (r:5 w:0)
	/// Proof: `PolkadotXcm::VersionNotifyTargets` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn notify_target_migration_fail() -> Weight {
		// Proof: measured 240.
		Weight::from_parts(16_972_000, 13605).saturating_add(T::DbWeight::get().reads(5))
	}
	/// Storage: `PolkadotXcm::VersionNotifyTargets` (r:6 w:2)
	/// Proof: `PolkadotXcm::VersionNotifyTargets` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn migrate_version_notify_targets() -> Weight {
		// Proof: measured 33.
		Weight::from_parts(18_933_000, 15873)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `PolkadotXcm::VersionNotifyTargets` (r:6 w:2)
	/// Proof: `PolkadotXcm::VersionNotifyTargets` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `PartnerMessages::OutboundLanes` (r:1 w:1)
	/// Proof: `PartnerMessages::OutboundLanes` (`max_values`: None, `max_size`: Some(73), added: 2548, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::PalletOperatingMode` (r:1 w:0)
	/// Proof: `PartnerMessages::PalletOperatingMode` (`max_values`: Some(1), `max_size`: Some(2), added: 497, mode: `MaxEncodedLen`)
	/// Storage: `PartnerBridge::Bridges` (r:1 w:0)
	/// Proof: `PartnerBridge::Bridges` (`max_values`: None, `max_size`: Some(1917), added: 4392, mode: `MaxEncodedLen`)
	/// Storage: `PartnerMessages::OutboundMessages` (r:0 w:1)
	/// Proof: `PartnerMessages::OutboundMessages` (`max_values`: None, `max_size`: Some(32828), added: 35303, mode: `MaxEncodedLen`)
	fn migrate_and_notify_old_targets() -> Weight {
		// Proof: measured 518.
		Weight::from_parts(60_503_000, 16358)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// Storage: `PolkadotXcm::QueryCounter` (r:1 w:1)
	/// Proof: `PolkadotXcm::QueryCounter` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `PolkadotXcm::Queries` (r:0 w:1)
	/// Proof: `PolkadotXcm::Queries` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn new_query() -> Weight {
		// Proof: measured 0.
		Weight::from_parts(2_683_000, 1485)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// Storage: `PolkadotXcm::Queries` (r:1 w:1)
	/// Proof: `PolkadotXcm::Queries` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn take_response() -> Weight {
		// Proof: measured 7576.
		Weight::from_parts(25_834_000, 11041)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	/// Storage: `PolkadotXcm::ShouldRecordXcm` (r:1 w:0)
	/// Proof: `PolkadotXcm::ShouldRecordXcm` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `PolkadotXcm::AssetTraps` (r:1 w:1)
	/// Proof: `PolkadotXcm::AssetTraps` (`max_values`: None, `max_size`: None, mode: `Measured`)
	/// Storage: `Assets::Asset` (r:2 w:2)
	/// Proof: `Assets::Asset` (`max_values`: None, `max_size`: Some(210), added: 2685, mode: `MaxEncodedLen`)
	/// Storage: `Assets::Account` (r:2 w:2)
	/// Proof: `Assets::Account` (`max_values`: None, `max_size`: Some(134), added: 2609, mode: `MaxEncodedLen`)
	fn claim_assets(n: u32) -> Weight {
		// Proof: measured 973.
		Weight::from_parts(83_753_184, 5752)
			.saturating_add(Weight::from_parts(1_154_607, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(Weight::from_parts(0, 42).saturating_mul(n.into()))
	}
	/// Storage: `Benchmark::Override` (r:0 w:0)
	/// Proof: `Benchmark::Override` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn add_authorized_alias() -> Weight {
		// Proof: measured 0.
		Weight::from_parts(18_446_744_073_709_551_000, 0)
	}
	/// Storage: `Benchmark::Override` (r:0 w:0)
	/// Proof: `Benchmark::Override` (`max_values`: None, `max_size`: None, mode: `Measured`)
	fn remove_authorized_alias() -> Weight {
		// Proof: measured 0.
		Weight::from_parts(18_446_744_073_709_551_000, 0)
	}
	fn weigh_message(n: u32) -> Weight {
		// Proof: measured 0.
		Weight::from_parts(1_210_000, 0)
			.saturating_add(Weight::from_parts(38_111, 0).saturating_mul(n.into()))
	}
	fn decode_xcm(n: u32) -> Weight {
		// Proof: measured 0.
		Weight::from_parts(1_324_309, 0).saturating_add(Weight::from_parts(1_811, 0).saturating_mul(n.into()))
	}
}
