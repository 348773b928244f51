//! What the calls of `pallet-xcm` weigh.

use frame_support::weights::Weight;

/// By hand, from above. A transfer between chains touches about 40 values: two balances, the lane, its message; the
/// database takes 8 microseconds to read one and 50 to write one.
const SENDS: Weight = Weight::from_parts(2_500_000_000, 64 * 1024);
/// What changes a value or two.
const LITTLE: Weight = Weight::from_parts(250_000_000, 16 * 1024);
/// What each byte of a message takes to decode and weigh: a tenth of a microsecond, ten times what it is.
const BYTE: Weight = Weight::from_parts(100_000, 0);

/// Weights of `pallet-xcm` that no benchmark measured.
pub struct XcmByHand;

macro_rules! weights {
	($($weight:ident: $($name:ident)*;)*) => { $( $(
		fn $name() -> Weight {
			$weight
		}
	)* )* };
}

impl pallet_xcm::WeightInfo for XcmByHand {
	weights! {
		SENDS: send teleport_assets reserve_transfer_assets transfer_assets force_subscribe_version_notify
			force_unsubscribe_version_notify notify_current_targets migrate_and_notify_old_targets;
		LITTLE: execute force_xcm_version force_default_xcm_version force_suspension migrate_supported_version
			migrate_version_notifiers already_notified_target notify_target_migration_fail
			migrate_version_notify_targets new_query take_response add_authorized_alias remove_authorized_alias;
	}

	fn claim_assets(assets: u32) -> Weight {
		LITTLE.saturating_mul(u64::from(assets).saturating_add(1))
	}

	fn weigh_message(bytes: u32) -> Weight {
		BYTE.saturating_mul(bytes.into())
	}

	fn decode_xcm(bytes: u32) -> Weight {
		BYTE.saturating_mul(bytes.into())
	}
}
