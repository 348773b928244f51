//! Sequences of calls, blocks and prices on the whole runtime.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lutine_fuzz::run(bytes));
