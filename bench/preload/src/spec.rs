//! Raw chain specifications: read as a whole, written key by key, because a large one does not fit into memory as text.

use serde_json::{Map, Value};
use sp_core::{
	bytes::{from_hex, to_hex},
	storage::Storage,
};
use sp_state_machine::BasicExternalities;
use std::{
	fs::File,
	io::{BufWriter, Write},
	path::Path,
};

/// All of a specification but its state.
pub type Head = Map<String, Value>;

/// Reads a specification: what it says besides, and its state.
pub fn read(path: &Path) -> Result<(Head, BasicExternalities), String> {
	let explain = |error: String| format!("{} is no raw chain spec: {error}", path.display());
	let text = std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
	let mut head: Head = serde_json::from_slice(&text).map_err(|error| explain(error.to_string()))?;
	let genesis = head.remove("genesis").unwrap_or_default();
	let top = genesis["raw"]["top"]
		.as_object()
		.ok_or_else(|| explain("it has no raw state".into()))?;
	let mut storage = Storage::default();
	for (key, value) in top {
		let bytes = |hex: &str| from_hex(hex).map_err(|error| explain(error.to_string()));
		storage
			.top
			.insert(bytes(key)?, bytes(value.as_str().unwrap_or_default())?);
	}
	Ok((head, BasicExternalities::new(storage)))
}

/// Writes a specification.
pub fn write(path: &Path, head: Head, storage: Storage) -> Result<(), String> {
	let written = || -> std::io::Result<()> {
		let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
		let head = serde_json::to_string(&head)?;
		// The state is one more field.
		let open = head.trim_end_matches('}');
		write!(
			file,
			"{open},\"genesis\":{{\"raw\":{{\"childrenDefault\":{{}},\"top\":{{"
		)?;
		for (index, (key, value)) in storage.top.iter().enumerate() {
			let comma = if index > 0 { "," } else { "" };
			write!(
				file,
				"{comma}\n\"{}\":\"{}\"",
				to_hex(key, false),
				to_hex(value, false)
			)?;
		}
		writeln!(file, "}}}}}}}}")?;
		file.flush()
	};
	written().map_err(|error| format!("cannot write {}: {error}", path.display()))
}
