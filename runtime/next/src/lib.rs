//! Nothing: its build script makes a wasm.
