//! What a chain starts from.

use super::*;

#[test]
fn genesis_auditors_are_registered() {
	ext_of(&[2, 9]).execute_with(|| {
		begin();
		assert_eq!(probability(), millionths_of_percent(3_000_000));
		file(9);
		assert_eq!(probability(), millionths_of_percent(1_700_000));
		file(2);
		assert_eq!(probability(), millionths_of_percent(1_445_000));
		Pricing::do_try_state().unwrap();
	});
}

#[test]
#[should_panic(expected = "pricing: the auditor 2 is listed twice")]
fn genesis_is_refused_when_an_auditor_is_listed_twice() {
	ext_of(&[2, 1, 2]);
}
