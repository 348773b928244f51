//! Puts the version and the commit into the binary.

use substrate_build_script_utils::{generate_cargo_keys, rerun_if_git_head_changed};

fn main() {
	// Outside a git checkout both only warn, and the commit reads as zeros.
	generate_cargo_keys();
	rerun_if_git_head_changed();
}
