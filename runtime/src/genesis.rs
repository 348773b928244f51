//! What a chain starts from.
//!
//! - [`DEV`]: one validator, a block a second, accounting days of ten seconds, short periods, the well-known accounts
//!   with LUT and a test stablecoin.
//! - [`LOCAL`]: the same with four validators.
//! - [`PRODUCTION`]: the clock and parameters of a production chain, which are the defaults everywhere. It has neither
//!   accounts nor validators; the node adds those of an authorities file.

use crate::{
	AccountId, AssetsConfig, BabeConfig, Balance, BalancesConfig, BlockNumber, ClockConfig, CouncilConfig,
	CoverConfig, LUT, OracleMembersConfig, ParametersConfig, PartnerBridgeConfig, PoolsConfig, PricingConfig,
	RuntimeGenesisConfig, SessionConfig, SessionKeys, StakingConfig, TechnicalCommitteeConfig,
	configs::{
		MILLI,
		consensus::MAX_CANDIDATES,
		xcm::{LocationToAccountId, PARTNER_TOKEN, PartnerLocation},
	},
};
use alloc::{vec, vec::Vec};
use frame_support::{BoundedVec, build_struct_json_patch, traits::Get};
use lutine_bridge::chains::{PARTNER_NETWORK, universal};
use lutine_primitives::{
	insurance::{AssetId, GroupId, Name, ProductId, RiskClass, Trigger},
	parameters::{Claims, Cover, Governance, Pools, Pricing},
	time::{Clock, Seconds},
};
use pallet_cover::{Conditions, GenesisProduct, Limits, Proposal};
use pallet_pools::AssetTerms;
use pallet_staking::StakerStatus;
use serde_json::Value;
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_genesis_builder::PresetId;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::{FixedU128, Perbill};
use xcm::latest::prelude::Location;
use xcm_executor::traits::ConvertLocation;

/// The preset of a development chain with one validator.
pub const DEV: &str = sp_genesis_builder::DEV_RUNTIME_PRESET;
/// The preset of a development chain with four validators.
pub const LOCAL: &str = sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;
/// The preset that a production chain is built on.
pub const PRODUCTION: &str = "production";
/// All of them.
pub const PRESETS: [&str; 3] = [DEV, LOCAL, PRODUCTION];

/// One slot in four has a primary author by lot; where it has none, a secondary one is assigned, so that every slot
/// has a block.
pub const BABE_EPOCH_CONFIG: BabeEpochConfiguration = BabeEpochConfiguration {
	c: (1, 4),
	allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots,
};

/// The asset id of the test stablecoin on development chains.
pub const TEST_STABLECOIN: u32 = 1;

/// The risk group of the native token.
const NATIVE_GROUP: GroupId = 0;
/// The risk group of the test stablecoin.
const TEST_STABLECOIN_GROUP: GroupId = 1;

/// What each well-known account gets on a development chain.
const ENDOWMENT: Balance = 1_000_000 * LUT;
/// What each validator of a development chain bonds.
const BOND: Balance = 100_000 * LUT;
/// One unit of the test stablecoin, of 6 decimals.
const DOLLAR: Balance = 1_000_000;

/// The genesis configuration of a preset, as a patch of the default one.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV => development(1),
		LOCAL => development(4),
		PRODUCTION => production(),
		_ => return None,
	};
	// A JSON value always has a text.
	serde_json::to_vec(&patch).ok()
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

fn production() -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		clock: ClockConfig {
			settings: Clock::default()
		},
		parameters: ParametersConfig {
			governance: Governance::default(),
			pricing: Pricing::default(),
			pools: Pools::default(),
			cover: Cover::default(),
			claims: Claims::default(),
		},
		babe: BabeConfig {
			epoch_config: BABE_EPOCH_CONFIG
		},
		staking: StakingConfig {
			minimum_validator_count: 1u32,
			slash_reward_fraction: Perbill::from_percent(10),
			min_nominator_bond: 100 * LUT,
			min_validator_bond: 1_000 * LUT,
			max_validator_count: Some(MAX_CANDIDATES),
		},
		pools: PoolsConfig {
			assets: vec![(AssetId::Native, native_terms())]
		},
		cover: CoverConfig {
			groups: vec![(NATIVE_GROUP, text("LUT"))]
		},
	})
}

/// What pools in the native token begin with.
fn native_terms() -> AssetTerms {
	AssetTerms {
		group: NATIVE_GROUP,
		min_first_deposit: 100 * LUT,
		min_withdrawal: LUT,
	}
}

/// A text of bounded length.
fn text<Bound: Get<u32>>(text: &str) -> BoundedVec<u8, Bound> {
	BoundedVec::truncate_from(text.as_bytes().to_vec())
}

/// The risk groups of a development chain: two of assets, three of products.
fn development_groups() -> Vec<(GroupId, Name)> {
	[
		(NATIVE_GROUP, "LUT"),
		(TEST_STABLECOIN_GROUP, "Test US dollar"),
		(11, "Example lending"),
		(12, "Example exchange"),
		(13, "Example bridge"),
	]
	.map(|(group, name)| (group, text(name)))
	.into()
}

/// Three things to insure, each in a risk group of its own, and the test stablecoin, which fails with itself and whose
/// feed proves it.
fn development_products() -> Vec<GenesisProduct> {
	let level = |hundredths| FixedU128::from_rational(hundredths, 100);
	let depeg = Trigger::Parametric {
		feed: TEST_STABLECOIN,
		averaging: 3,
		observation: 3,
		table: BoundedVec::truncate_from(vec![(level(95), 20), (level(88), 50), (level(50), 100)]),
	};
	let of = |id: ProductId, class, group, name, trigger| {
		let limits = |asset, unit| Limits {
			asset,
			total: 1_000_000 * unit,
			min: unit,
			max: 500_000 * unit,
			optimistic: 1_000 * unit,
		};
		GenesisProduct {
			id,
			group,
			// They have no past, whenever the chain is started.
			quiet_since: Seconds::MAX,
			proposal: Proposal {
				name: text(name),
				class,
				code_hash: Default::default(),
				terms_hash: Default::default(),
				trigger,
				waiting_period: None,
				claim_window: None,
				conditions: Conditions {
					uri: Default::default(),
					assets: BoundedVec::truncate_from(vec![
						limits(AssetId::Native, LUT / 10),
						limits(AssetId::WithId(TEST_STABLECOIN), DOLLAR),
					]),
					min_period: 28 * DEV_DAY,
					max_period: 365 * DEV_DAY,
					deductible: 0,
				},
			},
		}
	};
	let assessed = |id, class, group, name| of(id, class, group, name, Trigger::Assessed);
	vec![
		assessed(1, RiskClass::Lending, 11, "Example lending"),
		assessed(2, RiskClass::Exchange, 12, "Example exchange"),
		assessed(3, RiskClass::Bridge, 13, "Example bridge"),
		of(
			4,
			RiskClass::Stablecoin,
			TEST_STABLECOIN_GROUP,
			"Test US dollar",
			depeg,
		),
	]
}

/// A chain whose validators are the first of the well-known accounts, at most six, at a pace at which a whole life of
/// insurance can be watched.
fn development(validators: usize) -> Value {
	let accounts: Vec<AccountId> = Sr25519Keyring::well_known()
		.map(|key| key.to_account_id())
		.collect();
	// The well-known accounts are six people, from Alice to Ferdie, and then their stashes in the same order.
	let stashes = &accounts[6..][..validators];
	let keys = Sr25519Keyring::well_known()
		.zip(Ed25519Keyring::well_known())
		.map(|(sr25519, ed25519)| SessionKeys {
			babe: sr25519.public().into(),
			grandpa: ed25519.public().into(),
			authority_discovery: sr25519.public().into(),
		});
	let committee = accounts[..3].to_vec();
	build_struct_json_patch!(RuntimeGenesisConfig {
		clock: ClockConfig {
			settings: development_clock()
		},
		parameters: ParametersConfig {
			governance: development_governance(),
			pricing: Pricing {
				audit_validity: 365 * DEV_DAY,
				track_step: 90 * DEV_DAY,
				live_max_age: 60,
				..Default::default()
			},
			// Shorter than in a production chain even in days of this one: somebody is watching.
			pools: Pools {
				withdrawal_cooldown: 3 * DEV_DAY,
				change_delay: 4 * DEV_DAY,
				change_expiry: 30 * DEV_DAY,
				recovery_stream: 90 * DEV_DAY,
				..Default::default()
			},
			cover: Cover {
				min_period: 28 * DEV_DAY,
				max_period: 365 * DEV_DAY,
				waiting_period: 7 * DEV_DAY,
				claim_window: 35 * DEV_DAY,
				..Default::default()
			},
			claims: Claims {
				commit_period: 30,
				reveal_period: 15,
				challenge_period: 15,
				dispute_period: 15,
				bond: LUT,
				assessors_fee: LUT / 5,
				min_stake: 10 * LUT,
				unbonding_period: 60,
				report_decay: 90 * DEV_DAY,
				// Three accounting days: who feeds a development chain need not hurry.
				feed_max_age: 3 * DEV_DAY,
				instant_window: 30 * DEV_DAY,
				..Default::default()
			},
		},
		balances: BalancesConfig {
			balances: accounts
				.iter()
				.cloned()
				.map(|who| (who, ENDOWMENT))
				// What everybody on the partner chain owns here can be taken out to the last unit, and the account stays.
				.chain([(partners_account(), 10 * MILLI)])
				.collect::<Vec<_>>(),
		},
		babe: BabeConfig {
			epoch_config: BABE_EPOCH_CONFIG
		},
		session: SessionConfig {
			keys: stashes
				.iter()
				.zip(keys)
				.map(|(stash, keys)| (stash.clone(), stash.clone(), keys))
				.collect::<Vec<_>>(),
		},
		staking: StakingConfig {
			validator_count: validators as u32,
			minimum_validator_count: 1u32,
			stakers: stashes
				.iter()
				.map(|stash| (
					stash.clone(),
					stash.clone(),
					BOND,
					StakerStatus::<AccountId>::Validator
				))
				.collect::<Vec<_>>(),
			slash_reward_fraction: Perbill::from_percent(10),
			min_nominator_bond: LUT,
			min_validator_bond: 100 * LUT,
			max_validator_count: Some(MAX_CANDIDATES),
		},
		council: CouncilConfig {
			members: committee.clone()
		},
		technical_committee: TechnicalCommitteeConfig {
			members: committee.clone()
		},
		oracle_members: OracleMembersConfig {
			members: sp_runtime::BoundedVec::truncate_from(committee.clone()),
		},
		pricing: PricingConfig {
			auditors: committee.clone(),
		},
		cover: CoverConfig {
			groups: development_groups(),
			products: development_products(),
		},
		pools: PoolsConfig {
			assets: vec![
				(AssetId::Native, native_terms()),
				(
					AssetId::WithId(TEST_STABLECOIN),
					AssetTerms {
						group: TEST_STABLECOIN_GROUP,
						min_first_deposit: 100 * DOLLAR,
						min_withdrawal: DOLLAR,
					},
				),
			],
		},
		assets: AssetsConfig {
			assets: vec![
				(TEST_STABLECOIN, committee[0].clone(), true, DOLLAR / 100),
				(PARTNER_TOKEN, partners_account(), true, LUT / 100),
			],
			metadata: vec![
				(TEST_STABLECOIN, b"Test US dollar".to_vec(), b"tUSD".to_vec(), 6),
				(PARTNER_TOKEN, b"Partner token".to_vec(), b"PRT".to_vec(), 12),
			],
			accounts: accounts
				.into_iter()
				.map(|who| (TEST_STABLECOIN, who, 1_000_000 * DOLLAR))
				.collect::<Vec<_>>(),
		},
		// The lane to the partner chain. Its light client begins with a header that does not exist yet.
		partner_bridge: PartnerBridgeConfig {
			opened_bridges: vec![(Location::here(), universal(PARTNER_NETWORK), None)],
		},
	})
}

/// The account of the partner chain itself, which nobody has a key to. It holds what people there own of this chain's
/// assets, and has the roles of the asset that stands for their token.
pub fn partners_account() -> AccountId {
	// Every location below a global consensus has an account.
	LocationToAccountId::convert_location(&PartnerLocation::get()).unwrap_or_else(|| [0; 32].into())
}

/// Seconds in an accounting day of a development chain.
const DEV_DAY: Seconds = 10;

fn development_clock() -> Clock {
	Clock {
		slot: 1_000,
		slots_per_epoch: 60,
		epochs_per_era: 3,
		bonding_eras: 3,
		slash_defer_eras: 1,
		accounting_day: DEV_DAY,
	}
}

fn development_governance() -> Governance {
	const PERIOD: BlockNumber = 10;
	Governance {
		launch_period: PERIOD,
		voting_period: PERIOD,
		enactment_period: 5,
		vote_locking_period: 5,
		fast_track_voting_period: 5,
		cooloff_period: PERIOD,
		minimum_deposit: LUT,
		motion_duration: 60,
		spend_period: PERIOD,
		payout_period: 600,
		safe_mode_duration: 30,
	}
}
