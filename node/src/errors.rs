//! Errors as one line that says what to do.

use sc_cli::Error as CliError;
use sc_service::Error as ServiceError;
use std::{io, path::Path};

/// The error on one line, without the SDK's wrapping, and with advice where the SDK gives none.
pub fn one_line(error: &CliError) -> String {
	let text = match error {
		CliError::Input(text) | CliError::Service(ServiceError::Other(text)) => text.clone(),
		CliError::Service(ServiceError::Application(inner)) => inner.to_string(),
		CliError::NetworkKeyNotFound(path) => no_network_key(path),
		other => other.to_string(),
	};
	if text == "Essential task failed." {
		return "a part of the node failed and took the rest down: the last lines of the log say which part and why"
			.into();
	}
	if text.contains("Database file is in use") {
		return "another process has this chain's database open: stop it, or give this node a folder of its own \
			with --base-path"
			.into();
	}
	// A genesis that the runtime refuses is followed by the whole genesis.
	let text = text.split(" for blob:").next().unwrap_or_default();
	text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A file or folder that cannot be written.
pub fn unwritable(path: &Path, error: &io::Error, advice: &str) -> String {
	format!("cannot write to `{}`: {error}; {advice}", path.display())
}

fn no_network_key(path: &Path) -> String {
	// `<base path>/chains/<id>/network/secret_ed25519`, unless `--node-key-file` names a file.
	let command = match path.ancestors().nth(4) {
		Some(base) if path.ends_with("network/secret_ed25519") => {
			format!("--base-path {} --chain <THE SAME CHAIN>", base.display())
		}
		_ => format!("--file {}", path.display()),
	};
	format!(
		"a validator needs a lasting network identity and `{}` does not exist: make it once with \
		 `key generate-node-key {command}`; only on a test chain, --unsafe-force-node-key-generation makes one \
		 at start",
		path.display()
	)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn error_is_one_line_without_the_wrapping() {
		assert_eq!(one_line(&CliError::Input("a\n  b".into())), "a b");
		assert_eq!(one_line(&ServiceError::Other("bad".into()).into()), "bad");
		assert_eq!(
			one_line(&CliError::Input(
				"Invalid JSON for blob:\n{ \"balances\": [] }".into()
			)),
			"Invalid JSON"
		);
	}

	#[test]
	fn error_names_the_command_when_the_network_key_is_missing() {
		let in_base_path = CliError::NetworkKeyNotFound("/data/chains/x/network/secret_ed25519".into());
		assert!(one_line(&in_base_path).contains("key generate-node-key --base-path /data --chain"));

		let chosen = CliError::NetworkKeyNotFound("/keys/node".into());
		assert!(one_line(&chosen).contains("key generate-node-key --file /keys/node"));
	}
}
