//! Earning, solvency, and what the books say over time.

use super::*;

#[test]
fn premium_is_earned_by_the_second_and_exposure_released_after_the_claim_window() {
	build_and_execute(|| {
		let pool = pool_with(100_000, &[(0, 100)]);
		assert_eq!(books(pool).capital, 100_000);
		let policy = write(pool, 0, 10_000, 30);
		assert!(policy.premium > 0);
		pass(10 * DAY);
		settle(pool);
		Pools::do_try_state().unwrap();
		set_time(policy.term.end);
		settle(pool);
		let earned = books(pool);
		assert_eq!(earned.unearned, 0);
		assert_eq!(earned.rate, 0);
		assert_eq!(
			earned.capital + earned.cuts.reserve + earned.cuts.treasury,
			100_000 + policy.premium
		);
		assert_eq!(line(pool, 0).exposure, 10_000);
		set_time(policy.term.end + CLAIM_WINDOW);
		settle(pool);
		assert_eq!(line(pool, 0).exposure, 0);
	});
}
