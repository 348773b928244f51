//! What the command line accepts.

use crate::{error::Error, signer, transactions::Signer};
use clap::{Args, Parser, Subcommand, ValueEnum};
use log::LevelFilter;
use std::{fs, net::SocketAddr, path::PathBuf};

/// Carries headers, messages and confirmations between Lutine and its partner chain, both ways.
///
/// It decides from the state of the two chains alone: it keeps no files, and can be killed at any moment and started
/// again. It pays the fees of what it submits and is paid nothing. Several may run at once, each with accounts of its own.
#[derive(Parser)]
#[command(name = "lutine-relayer", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
	/// What to do instead of relaying.
	#[command(subcommand)]
	pub command: Option<Command>,

	/// How to relay.
	#[command(flatten)]
	pub run: Run,

	/// How much to say on standard error: off, error, warn, info, debug or trace.
	#[arg(long, global = true, value_name = "LEVEL", default_value = "info")]
	pub log: LevelFilter,
}

/// Everything but relaying.
#[derive(Subcommand)]
pub enum Command {
	/// Print what the light client of a chain is begun with: the argument of `initialize` on the other chain.
	///
	/// It is the last finalised header of the chain, with the validators that finalise what comes after it. The
	/// justification of the header is checked. The state is the node's word: ask a node of your own.
	///
	/// Prints JSON: the argument's fields, `argument`, the same encoded in hex, and `call`, the whole call encoded in
	/// hex, to be signed by the owner of the light client or enacted by a referendum.
	#[command(alias = "initialize-data")]
	InitialiseData(InitialiseData),
}

/// How to relay.
#[derive(Args)]
pub struct Run {
	/// A Lutine node's WebSocket.
	#[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	pub lutine: String,

	/// A node of the partner chain: its WebSocket.
	#[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9945")]
	pub partner: String,

	/// The secret of the account that signs on Lutine: a phrase, a seed or a development key as `//Relayer`.
	///
	/// Everybody on this machine can read a command line: use --lutine-signer-file where it matters.
	#[arg(long, value_name = "SURI", conflicts_with = "lutine_signer_file")]
	lutine_signer: Option<String>,

	/// A file that holds the secret of the account that signs on Lutine, and nothing else.
	#[arg(long, value_name = "FILE")]
	lutine_signer_file: Option<PathBuf>,

	/// The secret of the account that signs on the partner chain; see --lutine-signer.
	#[arg(long, value_name = "SURI", conflicts_with = "partner_signer_file")]
	partner_signer: Option<String>,

	/// A file that holds the secret of the account that signs on the partner chain, and nothing else.
	#[arg(long, value_name = "FILE")]
	partner_signer_file: Option<PathBuf>,

	/// Submit a header whenever the last one known is so much older than the chain, though no message needs it. Lutine
	/// takes a light client that is not fed for an outage, and grants the other side's people more time.
	#[arg(long, value_name = "SECONDS", default_value_t = 60)]
	pub header_every_seconds: u64,

	/// How often to look at the chains.
	#[arg(long, value_name = "MILLISECONDS", default_value_t = 1_000)]
	pub poll_milliseconds: u64,

	/// How long to wait for a transaction to get into a block before looking at the state again.
	#[arg(long, value_name = "SECONDS", default_value_t = 120)]
	pub transaction_timeout_seconds: u64,

	/// Go on although a chain's runtime is not of the version this relayer was built with, as long as transactions are
	/// encoded alike. Only for who has read what changed.
	#[arg(long)]
	pub any_spec_version: bool,

	/// The port of the Prometheus metrics.
	#[arg(long, value_name = "PORT", default_value_t = 9616)]
	prometheus_port: u16,

	/// Serve the metrics to other machines too.
	#[arg(long)]
	prometheus_external: bool,

	/// Serve no metrics.
	#[arg(long, conflicts_with = "prometheus_external")]
	no_prometheus: bool,
}

impl Run {
	/// Who signs on Lutine.
	pub fn lutine_signer(&self) -> Result<Signer, Error> {
		read(
			"lutine",
			self.lutine_signer.as_deref(),
			self.lutine_signer_file.as_ref(),
		)
	}

	/// Who signs on the partner chain.
	pub fn partner_signer(&self) -> Result<Signer, Error> {
		read(
			"partner",
			self.partner_signer.as_deref(),
			self.partner_signer_file.as_ref(),
		)
	}

	/// Where to serve metrics, if anywhere.
	pub fn prometheus_address(&self) -> Option<SocketAddr> {
		let host = if self.prometheus_external {
			[0, 0, 0, 0]
		} else {
			[127, 0, 0, 1]
		};
		(!self.no_prometheus).then(|| (host, self.prometheus_port).into())
	}
}

fn read(chain: &str, secret: Option<&str>, file: Option<&PathBuf>) -> Result<Signer, Error> {
	match (secret, file) {
		(Some(secret), _) => signer(secret, &format!("--{chain}-signer")),
		(None, Some(path)) => {
			let text = fs::read_to_string(path)
				.map_err(|error| Error::Fatal(format!("cannot read {}: {error}", path.display())))?;
			signer(text.trim(), &path.display().to_string())
		}
		(None, None) => Err(Error::Fatal(format!(
			"who signs? Give --{chain}-signer or --{chain}-signer-file; see --help"
		))),
	}
}

/// Which chain's header to print, and whom to ask.
#[derive(Args)]
pub struct InitialiseData {
	/// The chain that is to be known.
	#[arg(long, value_enum, value_name = "CHAIN")]
	pub of: ChainName,

	/// A node of that chain: its WebSocket.
	#[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	pub node: String,
}

/// One of the two chains.
#[derive(Clone, Copy, ValueEnum)]
pub enum ChainName {
	/// The insurance chain.
	Lutine,
	/// The chain at the other end of the bridge.
	Partner,
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	fn run(arguments: &[&str]) -> Run {
		Cli::try_parse_from([&["lutine-relayer"], arguments].concat())
			.unwrap_or_else(|error| panic!("{error}"))
			.run
	}

	#[test]
	fn arguments_are_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn signer_is_read_from_secret_or_file() {
		let options = run(&["--lutine-signer", "//Relayer"]);
		let account = options.lutine_signer().unwrap().account;
		assert!(options.partner_signer().is_err());

		let path = std::env::temp_dir().join(format!("lutine-relayer-signer-{}", std::process::id()));
		fs::write(&path, "//Relayer\n").unwrap();
		let options = run(&["--partner-signer-file", path.to_str().unwrap()]);
		assert_eq!(options.partner_signer().unwrap().account, account);
		fs::remove_file(&path).unwrap();
		assert!(options.partner_signer().is_err());
	}

	#[test]
	fn signer_is_refused_when_the_secret_is_none() {
		let options = run(&["--lutine-signer", "not a phrase"]);
		let error = options.lutine_signer().err().unwrap().to_string();
		assert!(error.contains("--lutine-signer"), "{error}");
		assert!(!error.contains("not a phrase"), "the secret is shown: {error}");
	}

	#[test]
	fn metrics_are_local_unless_asked_otherwise() {
		assert_eq!(
			run(&[]).prometheus_address().unwrap().to_string(),
			"127.0.0.1:9616"
		);
		assert_eq!(
			run(&["--prometheus-external", "--prometheus-port", "1"])
				.prometheus_address()
				.unwrap()
				.to_string(),
			"0.0.0.0:1"
		);
		assert_eq!(run(&["--no-prometheus"]).prometheus_address(), None);
	}

	#[test]
	fn initialise_data_asks_for_a_chain() {
		let parse = |arguments: &[&str]| Cli::try_parse_from([&["lutine-relayer"], arguments].concat());
		assert!(parse(&["initialise-data"]).is_err());
		let cli = parse(&["initialise-data", "--of", "partner", "--node", "ws://other:1"]).unwrap();
		let Some(Command::InitialiseData(options)) = cli.command else {
			panic!("another command")
		};
		assert_eq!(options.node, "ws://other:1");
	}
}
