//! Bytes that claim to be what the chain decodes: transactions and what is in them, and all that it stores.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lutine_fuzz::decode(bytes));
