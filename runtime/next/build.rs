//! Builds the runtime's wasm with the next spec version, if `NEXT_RUNTIME` names a folder for it. An upgrade of a running
//! chain is rehearsed with it.

use std::{env, fs, io, path::PathBuf, process::Command};
use substrate_wasm_builder::WasmBuilder;

const FOLDER: &str = "NEXT_RUNTIME";
/// Where the wasm builder puts what it has made.
const TARGET: &str = "WASM_TARGET_DIRECTORY";

fn main() -> io::Result<()> {
	println!("cargo:rerun-if-env-changed={FOLDER}");
	println!("cargo:rerun-if-changed=build.rs");
	let Some(folder) = env::var_os(FOLDER) else {
		return Ok(());
	};
	if env::var_os(TARGET).is_some_and(|target| target == folder) {
		return build();
	}
	// The wasm builder has one folder for a project, beside the nearest `build`: one of that name in ours keeps this build
	// apart from the runtime's own.
	let root = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("build");
	let out = root.join("out");
	fs::create_dir_all(&out)?;
	// Cargo leaves one beside its own, by which it sees what is older than the build.
	fs::write(root.join("invoked.timestamp"), "")?;
	let built = Command::new(env::current_exe()?)
		.envs([("OUT_DIR", out.as_os_str()), (TARGET, &folder)])
		.env("WASM_BUILD_TYPE", "release")
		.status()?;
	if built.success() {
		Ok(())
	} else {
		Err(io::Error::other("the wasm was not built"))
	}
}

fn build() -> io::Result<()> {
	WasmBuilder::new()
		.with_project(fs::canonicalize("../Cargo.toml")?)
		.map_err(io::Error::other)?
		.import_memory()
		.export_heap_base()
		// As the runtime itself.
		.append_to_rust_flags("-C overflow-checks=on")
		.enable_feature("next-version")
		.build();
	Ok(())
}
