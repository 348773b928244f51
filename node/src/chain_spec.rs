//! The chains a node can follow.

use lutine_partner_runtime as partner;
use lutine_runtime::{AccountId, WASM_BINARY, genesis, opaque::Block};
use sc_chain_spec::{ChainSpecExtension, ChainType, GenericChainSpec, Properties};
use sc_client_api::{BadBlocks, ForkBlocks};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;

/// Fields of a chain spec beyond the SDK's own.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Hashes that blocks of given numbers must have.
	pub fork_blocks: ForkBlocks<Block>,
	/// Blocks never to import.
	pub bad_blocks: BadBlocks<Block>,
	/// Where a light client starts; `sync_state_genSyncSpec` fills it.
	pub light_sync_state: sc_sync_state_rpc::LightSyncStateExtension,
}

/// A chain: its name, its genesis, its first peers.
pub type ChainSpec = GenericChainSpec<Extensions>;

/// The chain `--chain` asks for: one that is built in, or a file.
pub fn load(id: &str) -> Result<ChainSpec, String> {
	match id {
		"" => Err(
			"no chain chosen: use --dev (one node, nothing is kept), --chain local (a network of four \
			validators on this machine), --chain partner-dev --dev (the chain at the other end of the bridge) or \
			--chain FILE (a chain spec; `production-spec` makes one)"
				.into(),
		),
		"dev" => Ok(builder(genesis::DEV)?
			.with_name("Lutine Development")
			.with_id("lutine_dev")
			.with_chain_type(ChainType::Development)
			.build()),
		"local" => Ok(builder(genesis::LOCAL)?
			.with_name("Lutine Local")
			.with_id("lutine_local")
			.with_chain_type(ChainType::Local)
			.build()),
		"partner-dev" => Ok(partner_builder(partner::genesis::DEV)?
			.with_name("Lutine Partner Development")
			.with_id("lutine_partner_dev")
			.with_chain_type(ChainType::Development)
			.build()),
		"production" => Err(
			"a production chain is not built in, because it has no authorities before someone \
			lists them: make its spec with `production-spec --authorities FILE --output SPEC` and start with \
			--chain SPEC"
				.into(),
		),
		path => from_file(Path::new(path)),
	}
}

/// Begins the spec of a chain of Lutine's runtime, from one of the runtime's presets.
pub fn builder(preset: &str) -> Result<sc_chain_spec::ChainSpecBuilder<Extensions>, String> {
	begin(WASM_BINARY, preset, "lutine", "LUT")
}

/// Begins the spec of a chain at the other end of the bridge, from one of the presets of its runtime.
fn partner_builder(preset: &str) -> Result<sc_chain_spec::ChainSpecBuilder<Extensions>, String> {
	begin(partner::WASM_BINARY, preset, "lutine-partner", "PRT")
}

/// Begins the spec of a chain. Chains of different protocols do not even shake hands.
fn begin(
	wasm: Option<&[u8]>,
	preset: &str,
	protocol: &str,
	token: &str,
) -> Result<sc_chain_spec::ChainSpecBuilder<Extensions>, String> {
	let wasm = wasm.ok_or(
		"this node was built without its wasm runtime, which is part of the genesis: build it without \
		 SKIP_WASM_BUILD",
	)?;
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), token.into());
	properties.insert("tokenDecimals".into(), 12.into());
	properties.insert("ss58Format".into(), 42.into());
	Ok(ChainSpec::builder(wasm, Extensions::default())
		.with_protocol_id(protocol)
		.with_properties(properties)
		.with_genesis_config_preset_name(preset))
}

/// A validator of a genesis, by its account and its session keys.
pub struct Validator {
	/// The account whose stake it is.
	pub stash: AccountId,
	/// Produces blocks.
	pub babe: AccountId,
	/// Finalises them.
	pub grandpa: AccountId,
	/// Is found by other validators.
	pub authority_discovery: AccountId,
}

/// What to change in a genesis so that these validate, each with its bond.
pub fn validators_patch<'a, Bond: Serialize>(
	validators: impl IntoIterator<Item = (&'a Validator, Bond)>,
) -> Value {
	let (mut keys, mut stakers) = (Vec::new(), Vec::new());
	for (validator, bond) in validators {
		let Validator {
			stash,
			babe,
			grandpa,
			authority_discovery,
		} = validator;
		keys.push(json!([
			stash,
			stash,
			{ "babe": babe, "grandpa": grandpa, "authority_discovery": authority_discovery },
		]));
		stakers.push(json!([stash, stash, bond, "Validator"]));
	}
	json!({
		"session": { "keys": keys },
		"staking": { "validatorCount": stakers.len(), "stakers": stakers },
	})
}

fn from_file(path: &Path) -> Result<ChainSpec, String> {
	let name = path.display();
	if !path.is_file() {
		return Err(format!(
			"unknown chain `{name}`: none of `dev`, `local` and `partner-dev`, and no such file; --chain takes one of \
			 the three or the path of a chain spec"
		));
	}
	let explain = |error: String| {
		let error = error.strip_prefix("Error parsing spec file: ").unwrap_or(&error);
		format!(
			"`{name}` is no chain spec: {error}; use a file made by `production-spec` or `export-chain-spec`"
		)
	};
	let spec = ChainSpec::from_json_file(path.into()).map_err(explain)?;
	// Reading skips the genesis, which would be found wanting only when the database is made.
	spec.as_json(false).map_err(explain)?;
	Ok(spec)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::BuildStorage;
	use std::fs;

	const SPEC: &str = r#"{
		"name": "Test", "id": "test", "chainType": "Live", "bootNodes": [], "telemetryEndpoints": null,
		"protocolId": "test", "properties": {}, "codeSubstitutes": {},
		"genesis": { "raw": { "top": { "0x01": "0x02" }, "childrenDefault": {} } }
	}"#;

	fn load_text(test: &str, text: &str) -> Result<ChainSpec, String> {
		let file = std::env::temp_dir().join(format!("lutine-spec-{test}-{}.json", std::process::id()));
		fs::write(&file, text).unwrap();
		let spec = load(file.to_str().unwrap());
		fs::remove_file(&file).unwrap();
		spec
	}

	#[track_caller]
	fn refused(test: &str, text: &str, reason: &str) {
		let error = load_text(test, text)
			.map(|spec| spec.id().to_string())
			.unwrap_err();
		assert!(
			error.contains(test) && error.contains(reason) && !error.contains('\n'),
			"{error}"
		);
	}

	#[test]
	fn spec_is_loaded_from_a_file() {
		assert_eq!(load_text("good", SPEC).unwrap().id(), "test");
	}

	#[test]
	fn spec_is_refused_when_a_field_is_missing() {
		refused(
			"no-id",
			&SPEC.replace(r#""id": "test","#, ""),
			"missing field `id` at line 5 column 2",
		);
		refused(
			"no-genesis",
			&SPEC.replace("\"genesis\"", "\"x\""),
			"missing field `genesis`",
		);
		refused("no-top", &SPEC.replace("\"top\"", "\"x\""), "at line 4 column");
	}

	#[test]
	fn spec_is_refused_when_it_is_no_json() {
		refused("no-json", &SPEC.replace("[]", "["), "at line 2 column");
		refused("empty", "", "at line 1 column 0");
	}

	#[test]
	fn chain_is_refused_with_advice_when_it_does_not_exist() {
		let error = |id| load(id).map(|spec| spec.id().to_string()).unwrap_err();
		assert!(error("").contains("--dev"));
		assert!(error("production").contains("production-spec --authorities"));
		assert!(error("/nowhere/spec.json").contains("no such file"));
		assert!(error("/").contains("no such file"));
	}

	#[test]
	fn built_in_chains_have_their_own_ids() {
		if WASM_BINARY.is_none() {
			for chain in ["dev", "local", "partner-dev"] {
				assert!(load(chain).is_err_and(|error| error.contains("SKIP_WASM_BUILD")));
			}
			return;
		}
		assert_eq!(load("dev").unwrap().id(), "lutine_dev");
		assert_eq!(load("local").unwrap().id(), "lutine_local");
		assert_eq!(load("partner-dev").unwrap().id(), "lutine_partner_dev");
	}

	/// What a spec begins with and what a chain is called decides who talks to whom, and what wallets show.
	#[test]
	fn chains_across_the_bridge_share_neither_runtime_nor_protocol_nor_token() {
		let spec = |wasm: &[u8], protocol: &str, token: &str| {
			let spec = begin(Some(wasm), "development", protocol, token).unwrap().build();
			let properties = spec.properties();
			assert_eq!(properties["tokenDecimals"], 12);
			assert_eq!(properties["ss58Format"], 42);
			(
				spec.protocol_id().unwrap().to_string(),
				properties["tokenSymbol"].as_str().unwrap().to_string(),
			)
		};
		assert_eq!(spec(&[1], "lutine", "LUT"), ("lutine".into(), "LUT".into()));
		assert!(begin(None, "development", "lutine", "LUT").is_err());
		let (Some(lutine), Some(partner)) = (WASM_BINARY, partner::WASM_BINARY) else {
			return;
		};
		assert_ne!(lutine, partner);
		let (lutine, partner) = (load("dev").unwrap(), load("partner-dev").unwrap());
		assert_eq!(partner.protocol_id(), Some("lutine-partner"));
		assert_eq!(partner.properties()["tokenSymbol"], "PRT");
		assert_ne!(lutine.protocol_id(), partner.protocol_id());
	}

	#[test]
	fn chains_of_development_have_a_genesis() {
		if WASM_BINARY.is_none() {
			return;
		}
		for chain in ["dev", "local", "partner-dev"] {
			let spec = load(chain).unwrap();
			let storage = spec.build_storage().unwrap();
			assert!(storage.top.len() > 50, "{chain}: {}", storage.top.len());
		}
	}
}
