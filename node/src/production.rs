//! The spec of a production chain, from a file that lists its authorities.
//!
//! The file is checked here rather than left to the runtime, which would refuse a bad genesis without naming the entry,
//! and would take a key that the whole world knows.

use crate::{
	chain_spec::{self, ChainSpec},
	errors::unwritable,
};
use lutine_runtime::{AccountId, Balance, genesis};
use sc_chain_spec::ChainType;
use sc_service::config::{MultiaddrWithPeerId, TelemetryEndpoints};
use serde::Deserialize;
use serde_json::{Value, json};
use sp_core::{
	Pair,
	crypto::{DEV_PHRASE, Ss58Codec},
	ecdsa, ed25519, sr25519,
};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{MultiSigner, traits::IdentifyAccount};
use std::{
	collections::BTreeMap,
	fs,
	io::{self, Write},
	path::PathBuf,
};

/// Makes the chain spec of a production chain.
#[derive(Debug, clap::Args)]
pub struct ProductionSpecCmd {
	/// The JSON file with the chain's name, first peers, validators, balances and committees.
	#[arg(long, value_name = "FILE")]
	authorities: PathBuf,

	/// Where to write the chain spec. Without it, the spec is printed.
	#[arg(long, value_name = "FILE")]
	output: Option<PathBuf>,

	/// Write the genesis as a readable configuration, not as raw storage, from which nodes start faster.
	#[arg(long)]
	plain: bool,
}

impl ProductionSpecCmd {
	/// Reads, checks and writes.
	pub fn run(&self) -> Result<(), String> {
		let file = self.authorities.display();
		let text = fs::read_to_string(&self.authorities)
			.map_err(|error| format!("cannot read `{file}`: {error}; --authorities takes a JSON file"))?;
		let spec = Chain::parse(&text)
			.map_err(|error| format!("`{file}`: {error}"))?
			.spec()?;
		// Built in either form, because only then does the runtime see it.
		let raw = spec
			.as_json(true)
			.map_err(|error| format!("`{file}`: the runtime refuses this genesis: {error}"))?;
		let json = if self.plain { spec.as_json(false)? } else { raw };
		match &self.output {
			Some(path) => fs::write(path, json)
				.map_err(|error| unwritable(path, &error, "choose another file with --output")),
			None => io::stdout()
				.write_all(json.as_bytes())
				.map_err(|error| format!("cannot print the chain spec: {error}")),
		}
	}
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct File {
	name: String,
	id: String,
	protocol_id: String,
	bootnodes: Vec<String>,
	telemetry: Option<Vec<(String, u8)>>,
	validators: Vec<Validator>,
	balances: Vec<Endowment>,
	council: Vec<String>,
	technical_committee: Vec<String>,
	oracle_feeders: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Validator {
	stash: String,
	babe: String,
	grandpa: String,
	authority_discovery: String,
	bond: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endowment {
	account: String,
	amount: String,
}

/// The file after it was found good.
struct Chain {
	name: String,
	id: String,
	protocol_id: String,
	bootnodes: Vec<MultiaddrWithPeerId>,
	telemetry: Option<TelemetryEndpoints>,
	/// What to change in the runtime's preset.
	genesis: Value,
}

impl Chain {
	fn parse(text: &str) -> Result<Self, String> {
		let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
		if file.name.trim().is_empty() {
			return Err("`name` is empty".into());
		}
		identifier("id", &file.id)?;
		identifier("protocolId", &file.protocol_id)?;

		let bootnodes = entries("bootnodes", &file.bootnodes).map(|(entry, address)| {
			address.parse().map_err(|_| {
				format!("`{entry}` is no address of the form /dns4/HOST/tcp/PORT/p2p/PEER: `{address}`")
			})
		});
		let telemetry = file
			.telemetry
			.map(TelemetryEndpoints::new)
			.transpose()
			.map_err(|error| format!("`telemetry` has an address that is none: {error}"))?;

		Ok(Self {
			bootnodes: bootnodes.collect::<Result<_, _>>()?,
			telemetry,
			genesis: genesis_patch(
				&file.validators,
				&file.balances,
				[
					("council", &file.council),
					("technicalCommittee", &file.technical_committee),
					("oracleFeeders", &file.oracle_feeders),
				],
			)?,
			name: file.name,
			id: file.id,
			protocol_id: file.protocol_id,
		})
	}

	fn spec(self) -> Result<ChainSpec, String> {
		let builder = chain_spec::builder(genesis::PRODUCTION)?
			.with_name(&self.name)
			.with_id(&self.id)
			.with_chain_type(ChainType::Live)
			.with_protocol_id(&self.protocol_id)
			.with_boot_nodes(self.bootnodes)
			.with_genesis_config_patch(self.genesis);
		Ok(match self.telemetry {
			Some(telemetry) => builder.with_telemetry_endpoints(telemetry),
			None => builder,
		}
		.build())
	}
}

/// Checks all that becomes state, and puts it into the form of the runtime's genesis configuration.
fn genesis_patch(
	validators: &[Validator],
	endowments: &[Endowment],
	committees: [(&str, &Vec<String>); 3],
) -> Result<Value, String> {
	let keys = Keys::new();

	let mut balances = Named::default();
	let mut issuance: Balance = 0;
	for (entry, endowment) in entries("balances", endowments) {
		let account = keys.account(&format!("{entry}.account"), &endowment.account)?;
		let amount = amount(&format!("{entry}.amount"), &endowment.amount)?;
		issuance = issuance
			.checked_add(amount)
			.ok_or_else(|| format!("`{entry}.amount` brings the sum of all balances above 2^128"))?;
		balances.insert(format!("{entry}.account"), account, amount)?;
	}

	if validators.is_empty() {
		return Err("`validators` is empty: a chain needs at least one".into());
	}
	let mut used = Named::default();
	let mut bonded = Vec::new();
	for (entry, validator) in entries("validators", validators) {
		let mut take = |field: &str, text: &str, read: fn(&Keys, &str, &str) -> Result<AccountId, String>| {
			let entry = format!("{entry}.{field}");
			let key = read(&keys, &entry, text)?;
			used.insert(entry, key.clone(), ())?;
			Ok::<_, String>(key)
		};
		let keys = chain_spec::Validator {
			stash: take("stash", &validator.stash, Keys::account)?,
			babe: take("babe", &validator.babe, Keys::key)?,
			grandpa: take("grandpa", &validator.grandpa, Keys::key)?,
			authority_discovery: take("authorityDiscovery", &validator.authority_discovery, Keys::key)?,
		};

		let bond = amount(&format!("{entry}.bond"), &validator.bond)?;
		let balance = balances.get(&keys.stash).copied().unwrap_or_default();
		if bond >= balance {
			return Err(format!(
				"`{entry}.bond` is {bond}, but `balances` gives its stash {balance}: the balance must be larger, \
				 because an account cannot bond all it has"
			));
		}

		bonded.push((keys, bond));
	}

	let [council, technical_committee, oracle_feeders] =
		committees.map(|(field, members)| keys.members(field, members));
	let mut patch = chain_spec::validators_patch(bonded.iter().map(|(keys, bond)| (keys, *bond)));
	patch["balances"] = json!({ "balances": balances.values() });
	patch["council"] = json!({ "members": council? });
	patch["technicalCommittee"] = json!({ "members": technical_committee? });
	patch["oracleMembers"] = json!({ "members": oracle_feeders? });
	Ok(patch)
}

/// Each item with its place in the file, such as `validators[2]`.
fn entries<'a, T>(field: &'a str, items: &'a [T]) -> impl Iterator<Item = (String, &'a T)> {
	items
		.iter()
		.enumerate()
		.map(move |(index, item)| (format!("{field}[{index}]"), item))
}

/// The id names a folder, the protocol id a protocol.
fn identifier(entry: &str, text: &str) -> Result<(), String> {
	let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
	if text.is_empty() || !text.chars().all(allowed) {
		return Err(format!(
			"`{entry}` takes lower-case letters, digits, `-` and `_`, and has `{text}`"
		));
	}
	Ok(())
}

fn amount(entry: &str, text: &str) -> Result<Balance, String> {
	// `parse` would take a sign.
	Some(text)
		.filter(|text| text.chars().all(|c| c.is_ascii_digit()))
		.and_then(|text| text.parse().ok())
		.filter(|amount| *amount > 0)
		.ok_or_else(|| {
			format!("`{entry}` takes a whole number of base units above zero, in quotes, and has `{text}`")
		})
}

/// Keys, each with its place in the file and a value, in the order of the file.
struct Named<T>(Vec<(String, AccountId, T)>);

impl<T> Default for Named<T> {
	fn default() -> Self {
		Self(Vec::new())
	}
}

impl<T> Named<T> {
	fn insert(&mut self, entry: String, key: AccountId, value: T) -> Result<(), String> {
		if let Some((first, ..)) = self.0.iter().find(|(_, known, _)| *known == key) {
			return Err(format!("`{entry}` repeats `{first}`: {}", key.to_ss58check()));
		}
		self.0.push((entry, key, value));
		Ok(())
	}

	fn get(&self, key: &AccountId) -> Option<&T> {
		self.0
			.iter()
			.find(|(_, known, _)| known == key)
			.map(|(.., value)| value)
	}

	fn values(&self) -> Vec<(&AccountId, &T)> {
		self.0.iter().map(|(_, key, value)| (key, value)).collect()
	}
}

/// Reads keys, and knows those that are no secret.
struct Keys {
	well_known: BTreeMap<AccountId, String>,
}

impl Keys {
	fn new() -> Self {
		fn add<P: Pair>(well_known: &mut BTreeMap<AccountId, String>, path: &str)
		where
			MultiSigner: From<P::Public>,
		{
			let pair = P::from_string(&format!("{DEV_PHRASE}{path}"), None)
				.expect("the development phrase is valid, and so are the names in the keyring");
			let account = MultiSigner::from(pair.public()).into_account();
			let name = match path {
				"" => "the root of the development phrase".to_string(),
				path => format!("the development key `{path}`"),
			};
			well_known.insert(account, name);
		}
		let zero = (AccountId::new([0; 32]), "the key of all zeros".to_string());
		let mut well_known = BTreeMap::from([zero]);
		let named = Sr25519Keyring::iter().map(|key| format!("//{}", <&str>::from(key)));
		for path in named.chain([String::new()]) {
			add::<sr25519::Pair>(&mut well_known, &path);
			add::<ed25519::Pair>(&mut well_known, &path);
			add::<ecdsa::Pair>(&mut well_known, &path);
		}
		Self { well_known }
	}

	/// An account: an SS58 address.
	fn account(&self, entry: &str, text: &str) -> Result<AccountId, String> {
		let account = AccountId::from_ss58check(text)
			.map_err(|_| format!("`{entry}` takes an SS58 address, and has `{text}`"))?;
		self.secret(entry, account)
	}

	/// A session key: as an SS58 address or in hexadecimal.
	fn key(&self, entry: &str, text: &str) -> Result<AccountId, String> {
		let key = text.parse().map_err(|_| {
			format!(
				"`{entry}` takes a public key, as an SS58 address or as 0x and 64 digits, and has `{text}`"
			)
		})?;
		self.secret(entry, key)
	}

	fn secret(&self, entry: &str, key: AccountId) -> Result<AccountId, String> {
		match self.well_known.get(&key) {
			Some(name) => Err(format!(
				"`{entry}` is {name}, which anyone can sign with: use a key of your own"
			)),
			None => Ok(key),
		}
	}

	fn members(&self, field: &str, members: &[String]) -> Result<Vec<AccountId>, String> {
		if members.is_empty() {
			return Err(format!("`{field}` is empty: it needs at least one member"));
		}
		let mut accounts = Named::default();
		for (entry, text) in entries(field, members) {
			let account = self.account(&entry, text)?;
			accounts.insert(entry, account, ())?;
		}
		Ok(accounts
			.values()
			.into_iter()
			.map(|(account, _)| account.clone())
			.collect())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use lutine_runtime::{Runtime, System};
	use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1;
	use sp_keyring::Ed25519Keyring;

	const EXAMPLE: &str = include_str!("../tests/authorities.json");

	fn text_at(pointer: &str) -> String {
		let file: Value = serde_json::from_str(EXAMPLE).unwrap();
		file.pointer(pointer).unwrap().as_str().unwrap().into()
	}

	/// Expects the example to be refused for these reasons when the value at `pointer` is another.
	#[track_caller]
	fn refused(pointer: &str, value: impl Into<Value>, reasons: [&str; 2]) {
		let mut file: Value = serde_json::from_str(EXAMPLE).unwrap();
		*file.pointer_mut(pointer).unwrap() = value.into();
		let error = Chain::parse(&file.to_string()).map(|chain| chain.id).unwrap_err();
		assert!(
			reasons.iter().all(|reason| error.contains(reason)) && !error.contains('\n'),
			"{error}"
		);
	}

	#[test]
	fn example_becomes_the_state_of_a_chain() {
		let chain = Chain::parse(EXAMPLE).unwrap();
		assert_eq!((chain.bootnodes.len(), chain.telemetry.is_some()), (1, true));

		sp_io::TestExternalities::default().execute_with(|| {
			let preset = |id| -> Value {
				serde_json::from_slice(
					&<Runtime as GenesisBuilderV1<lutine_runtime::Block>>::get_preset(&id).unwrap(),
				)
				.unwrap()
			};
			let mut config = preset(None);
			sc_chain_spec::json_merge(&mut config, preset(Some(genesis::PRODUCTION.into())));
			sc_chain_spec::json_merge(&mut config, chain.genesis);
			<Runtime as GenesisBuilderV1<lutine_runtime::Block>>::build_state(
				config.to_string().into_bytes(),
			)
			.unwrap();

			// More than 64 bits hold: JSON numbers must not stop there.
			let rich = AccountId::from_ss58check(&text_at("/balances/2/account")).unwrap();
			assert_eq!(System::account(rich).data.free, 30_000_000_000_000_000_000);
		});
	}

	#[test]
	fn example_becomes_a_spec_that_nodes_read() {
		if lutine_runtime::WASM_BINARY.is_none() {
			assert!(
				Chain::parse(EXAMPLE)
					.unwrap()
					.spec()
					.is_err_and(|error| error.contains("SKIP_WASM_BUILD"))
			);
			return;
		}
		let spec = Chain::parse(EXAMPLE).unwrap().spec().unwrap();
		let raw = spec.as_json(true).unwrap();
		let plain = ChainSpec::from_json_bytes(spec.as_json(false).unwrap().into_bytes()).unwrap();
		assert_eq!(plain.as_json(true).unwrap(), raw);
	}

	#[test]
	fn well_known_key_is_refused_wherever_it_stands() {
		let alice = Sr25519Keyring::Alice.to_account_id().to_ss58check();
		for pointer in [
			"/validators/1/stash",
			"/validators/0/babe",
			"/validators/0/grandpa",
			"/validators/0/authorityDiscovery",
			"/balances/2/account",
			"/council/1",
			"/technicalCommittee/0",
			"/oracleFeeders/0",
		] {
			let entry = pointer[1..]
				.replace("/0", "[0]")
				.replace("/1", "[1]")
				.replace("/2", "[2]")
				.replace('/', ".");
			refused(
				pointer,
				alice.clone(),
				[&format!("`{entry}` is the development key"), "`//Alice`"],
			);
		}
	}

	#[test]
	fn well_known_key_is_refused_whichever_it_is() {
		let root = sr25519::Pair::from_string(DEV_PHRASE, None).unwrap().public();
		let ed25519_root = ed25519::Pair::from_string(DEV_PHRASE, None).unwrap().public();
		let keys = Sr25519Keyring::iter()
			.map(|key| key.to_raw_public())
			.chain(Ed25519Keyring::iter().map(|key| key.to_raw_public()))
			.chain([root.0, ed25519_root.0, [0; 32]]);
		for key in keys {
			let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
			refused(
				"/validators/0/grandpa",
				format!("0x{hex}"),
				["`validators[0].grandpa` is the", "use a key"],
			);
		}
	}

	#[test]
	fn key_is_refused_when_it_repeats_another() {
		let stash = text_at("/validators/0/stash");
		refused(
			"/validators/1/stash",
			stash.clone(),
			["`validators[1].stash`", "`validators[0].stash`"],
		);
		refused(
			"/validators/1/babe",
			stash.clone(),
			["`validators[1].babe`", "`validators[0].stash`"],
		);
		let babe = text_at("/validators/0/babe");
		refused(
			"/validators/0/authorityDiscovery",
			babe,
			["`validators[0].authorityDiscovery`", "`validators[0].babe`"],
		);
		refused(
			"/balances/1/account",
			stash,
			["`balances[1].account`", "`balances[0].account`"],
		);
		refused(
			"/council/2",
			text_at("/council/0"),
			["`council[2]`", "`council[0]`"],
		);
	}

	#[test]
	fn list_is_refused_when_it_is_empty() {
		for field in ["validators", "council", "technicalCommittee", "oracleFeeders"] {
			refused(
				&format!("/{field}"),
				json!([]),
				[&format!("`{field}` is empty"), "at least one"],
			);
		}
	}

	#[test]
	fn bond_is_refused_when_the_balance_does_not_exceed_it() {
		let balance = text_at("/balances/0/amount");
		refused(
			"/validators/0/bond",
			balance.clone(),
			["`validators[0].bond`", &balance],
		);
		refused(
			"/balances/1/account",
			text_at("/council/0"),
			["`validators[1].bond`", "gives its stash 0"],
		);
	}

	#[test]
	fn entry_is_refused_when_it_is_malformed() {
		refused("/validators/0/stash", "5Grwva", ["`validators[0].stash`", "SS58"]);
		refused(
			"/validators/1/stash",
			text_at("/validators/1/babe"),
			["`validators[1].stash`", "SS58"],
		);
		refused(
			"/validators/0/babe",
			"0x1234",
			["`validators[0].babe`", "0x and 64 digits"],
		);
		for amount in [
			"",
			"0",
			"-1",
			"+1",
			"1.5",
			"1e12",
			"1_000",
			"340282366920938463463374607431768211456",
		] {
			refused(
				"/validators/0/bond",
				amount,
				["`validators[0].bond`", "whole number"],
			);
			refused(
				"/balances/1/amount",
				amount,
				["`balances[1].amount`", "whole number"],
			);
		}
		refused(
			"/balances/2/amount",
			u128::MAX.to_string(),
			["`balances[2].amount`", "2^128"],
		);
		refused(
			"/bootnodes/0",
			"boot.example.org:30333",
			["`bootnodes[0]`", "/p2p/"],
		);
		refused("/telemetry/0/0", "no address", ["`telemetry`", "address"]);
		refused("/name", " ", ["`name`", "empty"]);
		refused("/id", "../lutine", ["`id`", "lower-case"]);
		refused("/protocolId", "", ["`protocolId`", "lower-case"]);
	}

	#[test]
	fn file_is_refused_with_the_place_when_it_is_not_as_described() {
		let error = |text: &str| Chain::parse(text).map(|chain| chain.id).unwrap_err();
		assert!(error(&EXAMPLE.replace("\"council\"", "\"counsel\"")).contains("unknown field `counsel`"));
		assert!(error("{}").contains("missing field `name` at line 1 column 2"));
		assert!(error(&EXAMPLE.replace("\"50000000000000000\"", "50000000000000000")).contains("at line 20"));
		assert!(error(&EXAMPLE[..100]).contains("EOF"));
	}
}
