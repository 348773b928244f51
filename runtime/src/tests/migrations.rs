//! Upgrades of the states that earlier runtimes left.
//!
//! Each state in `migrations/` is that of a development chain of the `spec_version` in its name, without the code, on which
//! pools, policies, a withdrawal, an announced change and an incident with claims were at work. To add one, run such a chain
//! with the last node before the change, and write down what `state_getKeysPaged` and `state_queryStorageAt` give.

use super::*;
use frame_support::traits::{GetStorageVersion, StorageVersion};
use lutine_primitives::parameters;
use sp_core::bytes::from_hex;
use std::collections::BTreeMap;

/// Seconds of a development chain's accounting day.
const DAY: u64 = 10;

/// A chain that goes on from a state.
fn chain_of(state: &str) -> Chain {
	let items: BTreeMap<String, String> = serde_json::from_str(state).unwrap();
	let bytes = |hex: &str| from_hex(hex).unwrap();
	let mut ext = TestExternalities::default();
	ext.execute_with(|| {
		for (key, value) in &items {
			sp_io::storage::set(&bytes(key), &bytes(value));
		}
	});
	ext.commit_all().unwrap();
	let slot = ext.execute_with(|| Babe::current_slot().into());
	Chain { ext, slot }
}

fn spec_1() -> Chain {
	chain_of(include_str!("migrations/spec-1.json"))
}

#[test]
fn state_of_spec_1_goes_on_with_every_parameter() {
	let mut chain = spec_1();
	let policies = chain.read(|| {
		assert_eq!(Parameters::on_chain_storage_version(), StorageVersion::new(0));
		pallet_cover::Policies::<Runtime>::iter().count()
	});
	assert!(policies > 0);
	// The first block of the new runtime migrates; all invariants hold after it.
	chain.block(vec![]);
	chain.read(|| {
		assert_eq!(
			Parameters::on_chain_storage_version(),
			Parameters::in_code_storage_version()
		);
		assert_eq!(
			Parameters::pools(),
			parameters::Pools {
				withdrawal_cooldown: 3 * DAY,
				change_delay: 4 * DAY,
				change_expiry: 4 * DAY,
				recovery_stream: 90 * DAY,
				..Default::default()
			}
		);
		assert_eq!(pallet_cover::Policies::<Runtime>::iter().count(), policies);
	});
	let at = chain.read(System::block_number);
	chain.run_to(at + 20);
	let settle = pallet_pools::Call::settle { pool: 0 };
	chain.apply(Sr25519Keyring::Alice, settle).unwrap();
}

#[test]
fn nothing_is_migrated_twice() {
	let mut chain = spec_1();
	chain.block(vec![]);
	chain.read(|| {
		let mut governed = Parameters::pools();
		governed.change_expiry += 1;
		pallet_chain_parameters::PoolsParameters::<Runtime>::put(&governed);
		Executive::execute_on_runtime_upgrade();
		assert_eq!(Parameters::pools(), governed);
	});
}

/// As `try-runtime` does it: what each migration says of before and after, and the invariants of the SDK's pallets too.
#[cfg(feature = "try-runtime")]
#[test]
fn state_of_spec_1_passes_the_checks_of_an_upgrade() {
	use frame_try_runtime::UpgradeCheckSelect;
	spec_1().read(|| {
		Executive::try_runtime_upgrade(UpgradeCheckSelect::All).unwrap();
	});
}
