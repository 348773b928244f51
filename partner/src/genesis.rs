//! What a partner chain starts from: a development chain's state, in which well-known accounts have tokens, one of them
//! validates, and the lane to Lutine is open.

use crate::{
	AccountId, AssetsConfig, BabeConfig, Balance, BalancesConfig, ClockConfig, LutineBridgeConfig,
	LutineGrandpaConfig, PRT, RuntimeGenesisConfig, SessionConfig, SessionKeys,
	configs::MILLI,
	xcm_config::{LUT, LocationToAccountId, LutineLocation, STABLECOIN},
};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use lutine_bridge::chains::{LUTINE_NETWORK, universal};
use lutine_primitives::time::Clock;
use serde_json::Value;
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_genesis_builder::PresetId;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use xcm::latest::prelude::Location;
use xcm_executor::traits::ConvertLocation;

/// The preset of a development chain with one validator.
pub const DEV: &str = sp_genesis_builder::DEV_RUNTIME_PRESET;
/// All of them.
pub const PRESETS: [&str; 1] = [DEV];

/// Every slot has a block.
pub const BABE_EPOCH_CONFIG: BabeEpochConfiguration = BabeEpochConfiguration {
	c: (1, 4),
	allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots,
};

/// What each well-known account gets.
const ENDOWMENT: Balance = 1_000_000 * PRT;

/// The genesis configuration of a preset, as a patch of the default one.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
	match id.as_ref() {
		// A JSON value always has a text.
		DEV => serde_json::to_vec(&development()).ok(),
		_ => None,
	}
}

/// The whole genesis configuration of a preset: the default one with its patch over it, as nodes merge them.
#[cfg(feature = "std")]
pub fn configuration(id: &str) -> Option<Value> {
	fn merge(base: &mut Value, patch: Value) {
		match (base, patch) {
			(Value::Object(base), Value::Object(patch)) => {
				for (key, value) in patch {
					merge(base.entry(key).or_insert(Value::Null), value);
				}
			}
			(base, patch) => *base = patch,
		}
	}
	let mut whole = serde_json::to_value(RuntimeGenesisConfig::default()).ok()?;
	merge(&mut whole, serde_json::from_slice(&preset(&id.into())?).ok()?);
	Some(whole)
}

/// The account of Lutine itself, which nobody has a key to. It holds what people there own of PRT, and has the roles of
/// the assets that stand for Lutine's.
pub fn lutines_account() -> AccountId {
	// Every location below a global consensus has an account.
	LocationToAccountId::convert_location(&LutineLocation::get()).unwrap_or_else(|| [0; 32].into())
}

fn development() -> Value {
	let accounts: Vec<AccountId> = Sr25519Keyring::well_known()
		.map(|key| key.to_account_id())
		.collect();
	let alice = Sr25519Keyring::Alice.to_account_id();
	let keys = SessionKeys {
		babe: Sr25519Keyring::Alice.public().into(),
		grandpa: Ed25519Keyring::Alice.public().into(),
		authority_discovery: Sr25519Keyring::Alice.public().into(),
	};
	build_struct_json_patch!(RuntimeGenesisConfig {
		clock: ClockConfig {
			settings: Clock {
				slot: 1_000,
				slots_per_epoch: 60,
				epochs_per_era: 3,
				bonding_eras: 3,
				slash_defer_eras: 1,
				accounting_day: 10,
			}
		},
		babe: BabeConfig {
			epoch_config: BABE_EPOCH_CONFIG
		},
		balances: BalancesConfig {
			balances: accounts
				.into_iter()
				.map(|who| (who, ENDOWMENT))
				// What everybody on Lutine owns here can be taken out to the last unit, and the account stays.
				.chain([(lutines_account(), 10 * MILLI)])
				.collect::<Vec<_>>(),
		},
		session: SessionConfig {
			keys: vec![(alice.clone(), alice.clone(), keys)],
		},
		assets: AssetsConfig {
			assets: vec![
				(LUT, lutines_account(), true, 10 * MILLI),
				(STABLECOIN, lutines_account(), true, 10_000),
			],
			metadata: vec![
				(LUT, b"Lutine".to_vec(), b"LUT".to_vec(), 12),
				(STABLECOIN, b"Test US dollar".to_vec(), b"tUSD".to_vec(), 6),
			],
		},
		// Nobody has a say over the chain; the account that begins the light client may also halt it.
		lutine_grandpa: LutineGrandpaConfig { owner: Some(alice) },
		lutine_bridge: LutineBridgeConfig {
			opened_bridges: vec![(Location::here(), universal(LUTINE_NETWORK), None)],
		},
	})
}
