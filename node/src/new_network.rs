//! A network of validators with keys of their own, for one machine or for a few: to try things on, not to be trusted with
//! anything.

use crate::{
	chain_spec::{self, Validator},
	errors::unwritable,
};
use lutine_runtime::{AccountId, genesis};
use sc_chain_spec::ChainType;
use sc_keystore::LocalKeystore;
use sc_network::{
	config::{MultiaddrWithPeerId, NodeKeyConfig, Secret},
	multiaddr::Multiaddr,
};
use sc_service::BasePath;
use serde_json::{Value, json};
use sp_core::{Pair, crypto::Ss58Codec, sr25519};
use sp_keystore::Keystore;
use sp_runtime::key_types::{AUTHORITY_DISCOVERY, BABE, GRANDPA};
use std::{
	fmt::Display,
	fs::{self, OpenOptions},
	io::Write,
	os::unix::fs::OpenOptionsExt,
	path::{Path, PathBuf},
};

const ID: &str = "lutine_network";

/// Make a network of validators at the pace of the development chain: their keys, and the chain spec they start from.
///
/// The folder gets `spec.json` and, for each validator, a base path `validator-1`, `validator-2`, and so on, with its
/// session keys, its network identity, and `stash.json`, the secret of the account that its stake is bonded by. The
/// well-known accounts (Alice, Bob, ...) hold LUT and a test stablecoin, as they do on a development chain.
#[derive(Debug, clap::Args)]
pub struct NewNetworkCmd {
	/// Where a validator is going to listen, such as /ip4/127.0.0.1/tcp/30333 or /dns4/validator-1/tcp/30333. Once for each.
	#[arg(long = "validator", value_name = "ADDRESS", required = true)]
	validators: Vec<Multiaddr>,

	/// The folder to make, or an empty one.
	#[arg(long, value_name = "FOLDER")]
	output: PathBuf,

	/// Write the genesis as a readable configuration, not as raw storage, from which nodes start faster.
	#[arg(long)]
	plain: bool,
}

impl NewNetworkCmd {
	/// Generates and writes.
	pub fn run(&self) -> Result<(), String> {
		let failed =
			|path: &Path, error: &dyn Display| format!("cannot write to `{}`: {error}", path.display());
		let folder = &self.output;
		fs::create_dir_all(folder)
			.map_err(|error| unwritable(folder, &error, "choose another with --output"))?;
		let mut entries =
			fs::read_dir(folder).map_err(|error| format!("cannot read `{}`: {error}", folder.display()))?;
		if entries.next().is_some() {
			return Err(format!(
				"`{}` is not empty: choose another folder with --output, or empty this one",
				folder.display()
			));
		}

		let (mut validators, mut boot_nodes) = (Vec::new(), Vec::new());
		for (index, address) in self.validators.iter().enumerate() {
			let base_path = folder.join(format!("validator-{}", index + 1));
			let chain = BasePath::new(&base_path).config_dir(ID);
			validators.push(keys(&base_path, &chain)?);

			let network = chain.join("network");
			let identity = fs::create_dir_all(&network)
				.and_then(|()| {
					NodeKeyConfig::Ed25519(Secret::File(network.join("secret_ed25519"))).into_keypair()
				})
				.map_err(|error| failed(&network, &error))?;
			boot_nodes.push(MultiaddrWithPeerId {
				multiaddr: address.clone(),
				peer_id: identity.public().to_peer_id(),
			});
		}

		let spec = chain_spec::builder(genesis::LOCAL)?
			.with_name("Lutine Network")
			.with_id(ID)
			.with_chain_type(ChainType::Local)
			.with_boot_nodes(boot_nodes)
			.with_genesis_config_patch(genesis_patch(&validators)?)
			.build();
		let path = folder.join("spec.json");
		fs::write(&path, spec.as_json(!self.plain)?).map_err(|error| failed(&path, &error))
	}
}

/// Generates what a validator signs with. Its account's secret goes to the base path, its session keys to the keystore of
/// the chain.
fn keys(base_path: &Path, chain: &Path) -> Result<Validator, String> {
	let failed = |error: &dyn Display| format!("cannot write keys to `{}`: {error}", base_path.display());
	let keystore = LocalKeystore::open(chain.join("keystore"), None).map_err(|error| failed(&error))?;
	let sr25519 = |kind| {
		keystore
			.sr25519_generate_new(kind, None)
			.map(|key| AccountId::new(key.0))
	};
	let [babe, authority_discovery] = [sr25519(BABE), sr25519(AUTHORITY_DISCOVERY)];
	let grandpa = keystore
		.ed25519_generate_new(GRANDPA, None)
		.map(|key| AccountId::new(key.0));

	let (pair, phrase, _) = sr25519::Pair::generate_with_phrase(None);
	let stash = AccountId::from(pair.public());
	let secret = json!({ "address": stash.to_ss58check(), "secretPhrase": phrase });
	OpenOptions::new()
		.write(true)
		.create_new(true)
		.mode(0o600)
		.open(base_path.join("stash.json"))
		.and_then(|mut file| writeln!(file, "{secret:#}"))
		.map_err(|error| failed(&error))?;

	Ok(Validator {
		stash,
		babe: babe.map_err(|error| failed(&error))?,
		grandpa: grandpa.map_err(|error| failed(&error))?,
		authority_discovery: authority_discovery.map_err(|error| failed(&error))?,
	})
}

/// What to change in the genesis of the local chain: its validators, who are as rich as its own and bond as much.
fn genesis_patch(validators: &[Validator]) -> Result<Value, String> {
	let preset = genesis::preset(&genesis::LOCAL.into()).ok_or("the runtime has no local preset")?;
	let mut preset: Value = serde_json::from_slice(&preset).map_err(|error| error.to_string())?;
	let endowment = preset["balances"]["balances"][0][1].take();
	let bond = preset["staking"]["stakers"][0][2].take();
	let Value::Array(mut balances) = preset["balances"]["balances"].take() else {
		return Err("the runtime's local preset gives nobody anything".into());
	};
	balances[0][1] = endowment.clone();
	balances.extend(
		validators
			.iter()
			.map(|validator| json!([validator.stash, endowment])),
	);
	let bonded = validators.iter().map(|validator| (validator, bond.clone()));
	let mut patch = chain_spec::validators_patch(bonded);
	patch["balances"] = json!({ "balances": balances });
	Ok(patch)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain_spec::ChainSpec;

	fn folder(test: &str) -> PathBuf {
		let folder = std::env::temp_dir().join(format!("lutine-network-{test}-{}", std::process::id()));
		let _ = fs::remove_dir_all(&folder);
		folder
	}

	fn command(output: PathBuf) -> NewNetworkCmd {
		NewNetworkCmd {
			validators: vec![
				"/ip4/127.0.0.1/tcp/30333".parse().unwrap(),
				"/dns4/second/tcp/30333".parse().unwrap(),
			],
			output,
			plain: true,
		}
	}

	#[test]
	fn network_has_keys_of_its_own_that_its_spec_names() {
		let folder = folder("keys");
		let made = command(folder.clone()).run();
		if lutine_runtime::WASM_BINARY.is_none() {
			assert!(made.is_err_and(|error| error.contains("SKIP_WASM_BUILD")));
			fs::remove_dir_all(&folder).unwrap();
			return;
		}
		made.unwrap();
		let text = fs::read_to_string(folder.join("spec.json")).unwrap();
		ChainSpec::from_json_bytes(text.clone().into_bytes())
			.unwrap()
			.as_json(true)
			.unwrap();
		let spec: Value = serde_json::from_str(&text).unwrap();
		assert!(
			spec["bootNodes"][1]
				.as_str()
				.unwrap()
				.starts_with("/dns4/second/tcp/30333/p2p/")
		);
		let genesis = &spec["genesis"]["runtimeGenesis"]["patch"];
		assert_eq!(genesis["staking"]["validatorCount"], 2);
		for index in 0..2 {
			let base_path = folder.join(format!("validator-{}", index + 1));
			let secret: Value =
				serde_json::from_slice(&fs::read(base_path.join("stash.json")).unwrap()).unwrap();
			let phrase = secret["secretPhrase"].as_str().unwrap();
			let stash = sr25519::Pair::from_phrase(phrase, None).unwrap().0.public();
			assert_eq!(secret["address"], stash.to_ss58check());
			let session = &genesis["session"]["keys"][index];
			assert_eq!(session[0], secret["address"]);
			assert_eq!(genesis["staking"]["stakers"][index][0], secret["address"]);

			let keystore =
				LocalKeystore::open(BasePath::new(base_path).config_dir(ID).join("keystore"), None).unwrap();
			for (kind, name) in [
				(BABE, "babe"),
				(GRANDPA, "grandpa"),
				(AUTHORITY_DISCOVERY, "authority_discovery"),
			] {
				let key = AccountId::from_ss58check(session[2][name].as_str().unwrap()).unwrap();
				assert_eq!(keystore.keys(kind).unwrap(), [<[u8; 32]>::from(key).to_vec()]);
			}
		}
		fs::remove_dir_all(&folder).unwrap();
	}

	#[test]
	fn folder_is_refused_when_something_is_in_it() {
		let folder = folder("full");
		fs::create_dir(&folder).unwrap();
		fs::write(folder.join("kept"), "").unwrap();
		let error = command(folder.clone()).run().unwrap_err();
		assert!(
			error.contains("is not empty") && error.contains("--output"),
			"{error}"
		);
		assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
		fs::remove_dir_all(&folder).unwrap();
	}
}
