//! Builds the runtime's wasm.

fn main() {
	#[cfg(feature = "std")]
	{
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults()
			// Arithmetic of a release build wraps silently unless told otherwise; on a chain with money it must not.
			.append_to_rust_flags("-C overflow-checks=on");
		builder.build();
	}
}
