//! Incidents that a feed proves: what is kept of it, and what it freezes, proves, shows and pays.

use super::*;
use frame_support::{assert_noop, traits::Hooks};
use lutine_math::feeds::{Feed, MAX_VALUE, Mark};
use lutine_primitives::insurance::Coverage;
use sp_runtime::{DispatchError, Perbill};

/// How long a value of a feed counts in the tests.
pub const HOUR: Seconds = DAY / 24;

/// The levels of the tests, in hundredths, and what is lost at or below each.
const TABLE: [(u32, u8); 3] = [(95, 20), (88, 50), (50, 100)];
/// What a product may pay within 30 days before anybody need be heard.
const LIMIT: Balance = 1_000;
/// What is insured where the limit is to be exceeded.
const MUCH: Balance = 1_000_000;

pub fn hundredths(n: u32) -> FixedU128 {
	FixedU128::from_rational(n.into(), 100)
}

/// A level and a few of the smallest parts more or less.
fn off(level: FixedU128, parts: i128) -> FixedU128 {
	FixedU128::from_inner(level.into_inner().checked_add_signed(parts).unwrap())
}

/// A product that [`FEED`] proves incidents of: averaged over two days, observed for three.
pub fn depeg() -> Proposal {
	depeg_over(2, 3)
}

pub fn depeg_over(averaging: u32, observation: u32) -> Proposal {
	Proposal {
		trigger: parametric(averaging, observation, &TABLE),
		..proposal()
	}
}

/// [`FEED`] says something now, and its oracle tells the pallet.
pub fn says(value: FixedU128) {
	Fed::mutate(|fed| fed.insert(FEED, Some(value)));
	Claims::note_price(FEED, value, now());
}

/// Whatever [`FEED`] said is too old by now.
fn goes_stale() {
	Fed::mutate(|fed| fed.insert(FEED, None));
}

/// [`FEED`] says the same until a time, without a gap, and it is that time.
pub fn hold_until(end: Seconds, value: FixedU128) {
	while now() < end {
		says(value);
		set_time((now() + HOUR).min(end));
	}
}

/// [`FEED`] says so many hundredths for so many days.
pub fn hold(days: Seconds, n: u32) {
	hold_until(now() + days * DAY, hundredths(n));
}

/// [`FEED`] says so many hundredths for so many seconds of a day that begins now, and nothing in the rest of it.
fn hold_in_part(seconds: Seconds, n: u32) {
	let (begun, value) = (now(), hundredths(n));
	hold_until(begun + seconds - HOUR, value);
	says(value);
	goes_stale();
	set_time(begun + DAY);
}

/// The end of the last day that is over.
fn midnight() -> Seconds {
	now() - now() % DAY
}

/// A market of a product, a policy of the buyer's of so much on it whose cover has begun, and a feed that has said one
/// all the time. It is the end of a day.
pub fn watched(proposal: Proposal, amount: Balance) -> (ProductId, PoolId, PolicyId) {
	let (product, pool) = market_of(proposal);
	let policy = buy(BUYER, product, order(pool, amount));
	hold_until((now() + WAITING).div_ceil(DAY) * DAY, hundredths(100));
	(product, pool, policy)
}

fn try_freeze(product: ProductId) -> DispatchResult {
	Claims::freeze(signed(BOB), product)
}

fn try_thaw(product: ProductId) -> DispatchResult {
	Claims::thaw(signed(BOB), product)
}

fn try_trigger(product: ProductId) -> DispatchResult {
	Claims::trigger(signed(BOB), product)
}

fn try_rearm(product: ProductId) -> DispatchResult {
	Claims::rearm(signed(BOB), product)
}

pub fn trigger(product: ProductId) -> IncidentId {
	let id = NextIncident::<Test>::get();
	assert_ok!(try_trigger(product));
	id
}

pub fn try_poke_incident(id: IncidentId) -> DispatchResult {
	Claims::poke_incident(signed(BOB), id)
}

pub fn poke_incident(id: IncidentId) {
	assert_ok!(try_poke_incident(id));
}

/// A [watched] market whose feed has just proven an incident at 94 hundredths.
fn proven(proposal: Proposal, amount: Balance) -> (ProductId, PoolId, PolicyId, IncidentId) {
	let (product, pool, policy) = watched(proposal, amount);
	hold(2, 94);
	let id = trigger(product);
	(product, pool, policy, id)
}

/// The same with the observation over, in which the feed said nothing worse.
fn observed(proposal: Proposal, amount: Balance) -> (ProductId, PoolId, PolicyId, IncidentId) {
	let (product, pool, policy, id) = proven(proposal, amount);
	hold(3, 94);
	poke_incident(id);
	(product, pool, policy, id)
}

/// What an incident is judged in.
fn case_of(id: IncidentId) -> CaseId {
	match incident(id).state {
		IncidentState::Judged { case } => case,
		other => panic!("{other:?} is not judged"),
	}
}

/// What an accepted incident says to be lost.
fn verdict_of(id: IncidentId) -> u8 {
	match incident(id).state {
		IncidentState::Accepted { verdict, .. } | IncidentState::Closed { verdict } => verdict,
		other => panic!("{other:?} is not accepted"),
	}
}

fn observation(id: IncidentId) -> (Seconds, u32, u32, FixedU128) {
	match incident(id).state {
		IncidentState::Observed {
			day,
			days_left,
			patience,
			lowest,
		} => (day, days_left, patience, lowest),
		other => panic!("{other:?} is not observed"),
	}
}

pub fn pay_all(id: IncidentId) {
	assert_ok!(Claims::pay_batch(signed(BOB), id, 100));
}

/// Pays an incident and closes it.
fn pay_and_close(id: IncidentId) {
	pay_all(id);
	poke_incident(id);
}

// ---------------------------------------------------------------------------------------------- History

#[test]
fn feed_is_ignored_when_no_listed_product_watches_it() {
	build_and_execute(|| {
		let value = hundredths(100);
		Claims::note_price(FEED, value, now());
		let product = pallet_cover::NextProduct::<Test>::get();
		assert_ok!(Cover::propose(signed(ALICE), depeg()));
		Claims::note_price(FEED, value, now());
		assert_eq!(Feeds::<Test>::iter().count(), 0);
		assert_ok!(Cover::list(root(), product, 0));
		Claims::note_price(FEED + 1, value, now());
		assert_eq!(Feeds::<Test>::iter().count() + Marks::<Test>::iter().count(), 0);

		Claims::note_price(FEED, value, now() - 5);
		let begun = Feed {
			value: value.into_inner(),
			taken: now() - 5,
			at: now(),
			mark: Mark::default(),
		};
		assert_eq!(Feeds::<Test>::iter().collect::<Vec<_>>(), [(FEED, begun)]);
		// Of the day in which it began nothing is known before.
		assert_eq!(
			Marks::<Test>::iter().collect::<Vec<_>>(),
			[(FEED, midnight(), Mark::default())]
		);
	});
}

#[test]
fn feed_is_marked_at_the_ends_of_the_last_62_days_when_it_goes_on() {
	build_and_execute(|| {
		list(depeg());
		let first = midnight();
		hold_until(first + DAY, hundredths(100));
		for day in 1..=70u64 {
			says(hundredths(100));
			let ends: Vec<Seconds> = (0..62)
				.map(|before| (first + day * DAY).saturating_sub(before * DAY))
				.collect();
			let kept = ends.iter().filter(|end| **end >= first).count();
			assert_eq!(Marks::<Test>::iter_prefix(FEED).count(), kept, "day {day}");
			for end in ends.into_iter().filter(|end| *end >= first) {
				// It began in the middle of the first day, and was fresh ever since.
				let fresh = end.saturating_sub(START);
				let mark = Mark {
					sum: u128::from(fresh) * hundredths(100).into_inner(),
					fresh,
				};
				assert_eq!(Marks::<Test>::get(FEED, end), Some(mark), "day {day}");
			}
			hold(1, 100);
		}
	});
}

#[test]
fn history_is_bounded_and_true_when_a_feed_was_silent_for_long() {
	for silence in [1, 2, 60, 61, 62, 63, 64, 65, 100, 1_000] {
		build_and_execute(|| {
			list(depeg());
			hold_until(midnight() + 70 * DAY, hundredths(100));
			assert_eq!(Marks::<Test>::iter_prefix(FEED).count(), 62);
			let (last_fresh, fresh) = (now(), now() - START);
			pass(silence * DAY + 5);
			says(hundredths(90));
			let today = midnight();
			let mut ends: Vec<_> = Marks::<Test>::iter_key_prefix(FEED).collect();
			ends.sort_unstable();
			let expected: Vec<_> = (0..62).rev().map(|before| today - before * DAY).collect();
			assert_eq!(ends, expected, "silent for {silence} days");
			for end in ends {
				let seconds = if end < last_fresh { end - START } else { fresh };
				assert_eq!(Marks::<Test>::get(FEED, end).unwrap().fresh, seconds);
			}
			// In the silence nothing can be proven, and afterwards what is new counts, and not what was before.
			assert_eq!(Claims::average(FEED, today, 1), None);
			hold_until(today + DAY, hundredths(90));
			assert_eq!(Claims::average(FEED, today + DAY, 1), Some(hundredths(90)));
			if silence >= 62 {
				assert_eq!(Claims::average(FEED, today + DAY, 60), None);
			}
		});
	}
}

/// Numbers as good as random ones, the same in each run.
struct Dice(u64);

impl Dice {
	fn below(&mut self, n: u64) -> u64 {
		self.0 = self
			.0
			.wrapping_mul(6_364_136_223_846_793_005)
			.wrapping_add(1_442_695_040_888_963_407);
		(self.0 >> 33) % n
	}
}

#[test]
fn average_is_that_of_a_walk_over_seconds_when_values_come_late_and_leave_gaps() {
	const LENGTH: Seconds = 60;
	const AGE: Seconds = 10;
	const DAYS: usize = 80;
	for seed in 0..20 {
		build_and_execute(|| {
			AccountingDay::set(LENGTH);
			govern(|claims| claims.feed_max_age = AGE);
			let min_fresh = [500_000_000, 800_000_000, 950_000_000][seed as usize % 3];
			govern(|claims| claims.min_fresh = Perbill::from_parts(min_fresh));
			list(depeg());
			let mut dice = Dice(seed);
			let begun = START - START % LENGTH;
			// What is known of each second: the value that held, while it was fresh.
			let mut walk: Vec<Option<u128>> = vec![];
			let mut held: Option<(u128, Seconds)> = None;
			let mut due = START + dice.below(LENGTH);
			for second in begun..begun + DAYS as Seconds * LENGTH {
				if second == due {
					set_time(second);
					let (value, taken) = (u128::from(dice.below(1_000_000)), second - dice.below(AGE) / 2);
					Claims::note_price(FEED, FixedU128::from_inner(value), taken);
					held = Some((value, taken));
					due = second
						+ 1 + match dice.below(400) {
						0 => dice.below(3 * LENGTH),
						1..=5 => dice.below(2 * AGE),
						_ => dice.below(AGE / 2),
					};
				}
				walk.push(
					held.filter(|(_, taken)| second < taken + AGE)
						.map(|(value, _)| value),
				);
			}
			let over = begun + DAYS as Seconds * LENGTH;
			set_time(over + dice.below(LENGTH));
			let first = walk.iter().position(Option::is_some).unwrap() / LENGTH as usize;
			let mut known = 0;
			for to in DAYS - 61..=DAYS {
				for days in [1, 2, 3, 7, 30, 60] {
					// What was before the feed began, and more than 61 days ago, is not known.
					let Some(from) = to.checked_sub(days).filter(|from| *from >= first.max(DAYS - 61)) else {
						continue;
					};
					let window = &walk[from * LENGTH as usize..to * LENGTH as usize];
					let fresh: Vec<u128> = window.iter().flatten().copied().collect();
					let is_enough =
						fresh.len() as u128 * 1_000_000_000 >= window.len() as u128 * u128::from(min_fresh);
					let expected = (is_enough && !fresh.is_empty())
						.then(|| FixedU128::from_inner(fresh.iter().sum::<u128>() / fresh.len() as u128));
					let end = begun + to as Seconds * LENGTH;
					let average = Claims::average(FEED, end, days as Seconds);
					assert_eq!(average, expected, "seed {seed}, {days} days to day {to}");
					known += usize::from(average.is_some());
				}
			}
			assert!(known > 50, "seed {seed} shows nothing");
			assert!(Marks::<Test>::iter_prefix(FEED).count() <= 62);
		});
	}
}

#[test]
fn nothing_overflows_when_an_oracle_lies_without_measure() {
	build_and_execute(|| {
		let (product, ..) = watched(depeg(), LIMIT);
		let lies = [
			(u128::MAX, now()),
			(MAX_VALUE, u64::MAX),
			(MAX_VALUE + 1, 0),
			(0, now()),
			(1, now() + DAY),
			(u128::MAX, u64::MAX),
		];
		for (value, taken) in lies {
			Claims::note_price(FEED, FixedU128::from_inner(value), taken);
			let feed = Feeds::<Test>::get(FEED).unwrap();
			assert_eq!(feed.value, value.min(MAX_VALUE));
			assert_eq!((feed.taken, feed.at), (taken.min(now()), now()));
			pass(HOUR);
		}
		// Two of them were too old when they came, and never counted.
		let fresh = Feeds::<Test>::get(FEED).unwrap().mark_at(now(), HOUR).fresh;
		assert_eq!(fresh, now() - START - 2 * HOUR);
		hold_until(midnight() + 3 * DAY, FixedU128::from_inner(u128::MAX));
		// It counts as the highest there may be.
		let average = Claims::average(FEED, midnight(), 2).unwrap();
		assert_eq!(average, FixedU128::from_inner(MAX_VALUE));
		assert_noop!(try_trigger(product), Error::NoBreach);
		for (end, days) in [
			(u64::MAX, 1),
			(midnight(), u64::MAX),
			(0, 1),
			(u64::MAX, u64::MAX),
		] {
			Claims::average(FEED, end, days);
		}
	});
}

// ---------------------------------------------------------------------------------------------- Freeze and thaw

#[test]
fn product_is_frozen_when_its_feed_is_at_the_threshold() {
	build_and_execute(|| {
		let (product, pool, policy) = watched(depeg(), MUCH);
		for value in [
			hundredths(100),
			off(hundredths(95), 1),
			FixedU128::from_inner(u128::MAX),
		] {
			says(value);
			assert_noop!(try_freeze(product), Error::NoBreach);
		}
		assert_eq!(reserved(pool), 0);
		let spot = hundredths(95);
		says(spot);
		assert_ok!(try_freeze(product));
		assert!(was_told(&Event::Frozen { product, spot }));
		assert!(docket(product).in_breach);
		assert_eq!(reserved(pool), MUCH);

		// Even where the feed is back: it must be thawed first.
		says(hundredths(100));
		assert_noop!(
			try_buy(HOLDER, product, order(pool, 1_000)),
			CoverError::ProductUnderIncident
		);
		assert_noop!(
			Cover::cancel(signed(BUYER), policy),
			CoverError::ProductUnderIncident
		);
		assert_noop!(try_freeze(product), Error::AlreadyFrozen);
		check();
		assert_ok!(try_thaw(product));
		assert_eq!(reserved(pool), 0);
		assert_eq!(docket(product), Docket::default());
		assert!(!Dockets::<Test>::contains_key(product));
		buy(HOLDER, product, order(pool, 1_000));
		assert_ok!(Cover::cancel(signed(BUYER), policy));
		// And again.
		says(FixedU128::from_inner(0));
		assert_ok!(try_freeze(product));
		assert_eq!(reserved(pool), 1_000);
	});
}

#[test]
fn freeze_and_thaw_are_refused_when_nothing_is_known_of_the_product_or_its_feed() {
	build_and_execute(|| {
		let (assessed, _) = market();
		let proposed = pallet_cover::NextProduct::<Test>::get();
		assert_ok!(Cover::propose(signed(ALICE), depeg()));
		type Call = fn(ProductId) -> DispatchResult;
		let calls: [Call; 4] = [try_freeze, try_thaw, try_trigger, try_rearm];
		for call in calls {
			for unknown in [proposed, 99, u32::MAX] {
				assert_noop!(call(unknown), Error::UnknownProduct);
			}
			assert_noop!(call(assessed), Error::AssessedProduct);
		}
		let (product, ..) = watched(depeg(), MUCH);
		goes_stale();
		assert_noop!(try_freeze(product), Error::FeedNotFresh);
		assert_noop!(try_thaw(product), Error::NotFrozen);
		says(hundredths(90));
		assert_ok!(try_freeze(product));
		for refused in [
			Claims::freeze(root(), product),
			Claims::thaw(root(), product),
			Claims::trigger(root(), product),
			Claims::rearm(root(), product),
		] {
			assert_noop!(refused, DispatchError::BadOrigin);
		}
	});
}

#[test]
fn product_is_not_frozen_when_its_feed_has_not_been_back_since_an_incident() {
	build_and_execute(|| {
		let (product, pool, _, id) = observed(depeg(), LIMIT);
		assert_eq!(verdict_of(id), 20);
		says(hundredths(90));
		// Or nothing would ever thaw what is dead.
		assert_noop!(try_freeze(product), Error::NotBackYet);
		pay_and_close(id);
		assert_noop!(try_freeze(product), Error::NotBackYet);
		assert_eq!(reserved(pool), 0);
		hold(3, 100);
		assert_ok!(try_rearm(product));
		says(hundredths(90));
		assert_ok!(try_freeze(product));
		assert_eq!(reserved(pool), LIMIT * 8 / 10);
	});
}

#[test]
fn product_is_thawed_when_its_feed_is_above_the_threshold() {
	build_and_execute(|| {
		let (product, pool, _) = watched(depeg(), MUCH);
		assert_noop!(try_thaw(product), Error::NotFrozen);
		says(hundredths(94));
		assert_ok!(try_freeze(product));
		for value in [hundredths(0), hundredths(94), hundredths(95)] {
			says(value);
			assert_noop!(try_thaw(product), Error::FeedInBreach);
		}
		goes_stale();
		assert_noop!(try_thaw(product), Error::FeedNotFresh);
		says(off(hundredths(95), 1));
		assert_ok!(try_thaw(product));
		assert!(was_told(&Event::Thawed { product }));
		assert_eq!(reserved(pool), 0);
		assert_noop!(try_thaw(product), Error::NotFrozen);
	});
}

#[test]
fn product_is_thawed_when_its_feed_has_been_silent_for_a_whole_window() {
	build_and_execute(|| {
		let (product, pool, _) = watched(depeg(), MUCH);
		says(hundredths(90));
		assert_ok!(try_freeze(product));
		let silent_since = now();
		goes_stale();
		// The first hour of the day was fresh: it is in windows of two days until three days later.
		set_time(silent_since + 3 * DAY - 1);
		assert_noop!(try_thaw(product), Error::FeedNotFresh);
		pass(1);
		assert_ok!(try_thaw(product));
		assert_eq!(reserved(pool), 0);
		assert_noop!(try_trigger(product), Error::FeedTooSparse);
	});
}

#[test]
fn product_stays_frozen_when_its_silent_feed_can_still_prove_an_incident() {
	build_and_execute(|| {
		// A value counts for a whole day, which is all that is averaged.
		govern(|claims| claims.feed_max_age = DAY);
		let (product, pool, _) = watched(depeg_over(1, 1), MUCH);
		says(hundredths(90));
		pass(DAY - 60);
		says(hundredths(90));
		assert_ok!(try_freeze(product));
		pass(DAY + 60);
		goes_stale();
		// The day that is just over was fresh for all but a minute.
		assert_eq!(Claims::average(FEED, midnight(), 1), Some(hundredths(90)));
		assert_noop!(try_thaw(product), Error::FeedNotFresh);
		assert_eq!(reserved(pool), MUCH);
		trigger(product);
	});
}

// ---------------------------------------------------------------------------------------------- Trigger

#[test]
fn incident_is_proven_when_the_average_is_at_the_threshold() {
	for (more, proves) in [(1, false), (0, true), (-1, true)] {
		build_and_execute(|| {
			let (product, pool, _) = watched(depeg(), MUCH);
			// A day below and a day above, that add up to just the threshold, or a little beside it.
			hold(1, 91);
			hold_until(now() + DAY, off(hundredths(99), 2 * more));
			let average = off(hundredths(95), more);
			assert_eq!(Claims::average(FEED, now(), 2), Some(average));
			// Nobody asks what it says at the moment.
			says(hundredths(100));
			if !proves {
				assert_noop!(try_trigger(product), Error::NoBreach);
				return;
			}
			pass(77);
			let id = trigger(product);
			assert!(was_told(&Event::Triggered {
				incident: id,
				product,
				who: BOB,
				average
			}));
			let expected = Incident {
				product,
				happened: midnight() - 1,
				reported: now(),
				reporter: BOB,
				subsidies: 0,
				state: IncidentState::Observed {
					day: midnight(),
					days_left: 3,
					patience: 60,
					lowest: average,
				},
			};
			assert_eq!(incident(id), expected);
			let docket = docket(product);
			assert_eq!(docket.observed, Some(id));
			assert_eq!(docket.fired, Some(midnight()));
			assert_eq!(reserved(pool), MUCH);
			assert_eq!(native(&BOB), ENDOWMENT);
			assert_eq!(Claims::report_record(Some(product)).record.incidents, 1);
		});
	}
}

#[test]
fn nothing_is_proven_when_only_the_spot_is_in_breach() {
	build_and_execute(|| {
		let (product, pool, policy) = watched(depeg(), MUCH);
		// An hour of nothing in two days of one does not make it.
		hold(1, 100);
		hold_until(now() + DAY - HOUR, hundredths(100));
		hold_until(now() + HOUR, hundredths(0));
		assert_ok!(try_freeze(product));
		assert_noop!(try_trigger(product), Error::NoBreach);
		// Nor do days that are not over.
		hold_until(now() + DAY - 1, hundredths(90));
		assert_noop!(try_trigger(product), Error::NoBreach);
		says(hundredths(100));
		assert_ok!(try_thaw(product));
		assert_eq!(reserved(pool), 0);
		assert_ok!(Cover::cancel(signed(BUYER), policy));
	});
}

#[test]
fn nothing_is_proven_when_nothing_is_known_of_the_feed() {
	build_and_execute(|| {
		let (product, pool) = market_of(depeg());
		buy(BUYER, product, order(pool, MUCH));
		Fed::mutate(|fed| fed.insert(FEED, Some(hundredths(50))));
		assert_noop!(try_trigger(product), Error::FeedNotFresh);
		set_time(midnight() + DAY);
		// The window begins before the feed does, by a second and by a day.
		pass(1);
		hold_until(midnight() + DAY, hundredths(50));
		assert_noop!(try_trigger(product), Error::FeedTooSparse);
		hold(1, 50);
		// The day's beginning is marked, and only a second of it is missing.
		assert_eq!(now(), midnight());
		let id = trigger(product);
		assert_eq!(incident(id).happened, now() - 1);
	});
	build_and_execute(|| {
		let (product, pool) = market_of(depeg());
		buy(BUYER, product, order(pool, MUCH));
		set_time(midnight() + DAY);
		hold(1, 50);
		assert_noop!(try_trigger(product), Error::FeedTooSparse);
		hold(1, 50);
		trigger(product);
	});
}

#[test]
fn nothing_is_proven_when_the_feed_was_fresh_for_too_short() {
	// 80 percent of two days, and a second less.
	for (fresh, proves) in [(138_240, true), (138_239, false)] {
		build_and_execute(|| {
			let (product, ..) = watched(depeg(), MUCH);
			let begun = now();
			hold_until(begun + fresh - HOUR, hundredths(90));
			says(hundredths(90));
			goes_stale();
			set_time(begun + 2 * DAY);
			if proves {
				trigger(product);
			} else {
				assert_noop!(try_trigger(product), Error::FeedTooSparse);
			}
		});
	}
}

#[test]
fn nothing_is_proven_twice_when_an_incident_is_open() {
	build_and_execute(|| {
		seated();
		let (product, _, _, id) = proven(depeg(), MUCH);
		assert_noop!(try_trigger(product), Error::AlreadyFrozen);
		hold(3, 94);
		assert_noop!(try_trigger(product), Error::AlreadyFrozen);
		poke_incident(id);
		let case = case_of(id);
		assert_noop!(try_trigger(product), Error::AlreadyFrozen);
		challenge(case, 0);
		assert_noop!(try_trigger(product), Error::AlreadyFrozen);
		conclude(case, 20);
		assert_eq!(verdict_of(id), 20);
		assert_noop!(try_trigger(product), Error::NotBackYet);
		pay_and_close(id);
		hold(3, 50);
		assert_noop!(try_trigger(product), Error::NotBackYet);
		assert_noop!(try_rearm(product), Error::NotBackYet);
		assert_eq!(NextIncident::<Test>::get(), 1);
	});
}

#[test]
fn report_is_refused_when_a_feed_proves_incidents() {
	build_and_execute(|| {
		let (product, ..) = watched(depeg(), MUCH);
		assert_noop!(try_report(REPORTER, product), Error::ParametricProduct);
		assert_eq!(Claims::report_bond(product), None);
	});
}

#[test]
fn client_sees_what_the_feed_can_prove() {
	build_and_execute(|| {
		let (assessed, _) = market();
		assert_eq!(Claims::report_feed(assessed), None);
		assert_eq!(Claims::report_feed(99), None);
		let (product, ..) = watched(depeg(), LIMIT);
		says(hundredths(94));
		let report = Claims::report_feed(product).unwrap();
		assert_eq!(
			report,
			FeedReport {
				value: hundredths(94),
				taken: now(),
				average: Some(hundredths(100)),
				threshold: hundredths(95),
				armed: true,
			}
		);
		hold(2, 94);
		assert_eq!(
			Claims::report_feed(product).unwrap().average,
			Some(hundredths(94))
		);
		trigger(product);
		assert!(!Claims::report_feed(product).unwrap().armed);
	});
}

// ---------------------------------------------------------------------------------------------- Who is hit

#[test]
fn policy_is_hit_when_its_cover_holds_the_last_second_that_proves_the_incident() {
	build_and_execute(|| {
		let (product, pool) = market_of(depeg());
		let last_day = midnight() + 40 * DAY;
		let happened = last_day - 1;
		let ending = |who, end| {
			let order = Order {
				end,
				..order(pool, 500)
			};
			buy(who, product, order)
		};
		let ends_then = ending(BUYER, last_day);
		let ended_before = ending(HOLDER, last_day - DAY);
		hold_until(happened - WAITING, hundredths(100));
		let begins_then = buy(ALICE, product, order(pool, 400));
		hold_until(last_day - WAITING, hundredths(100));
		let begins_after = buy(BOB, product, order(pool, 300));
		hold_until(last_day - 2 * DAY, hundredths(100));
		hold(2, 60);
		says(hundredths(100));
		// Whoever buys now knows what the average will prove, and waits for nothing.
		let bought_after = buy(REPORTER, product, order(pool, 200));
		pass(1_000);
		let id = trigger(product);
		assert_eq!(incident(id).happened, happened);
		assert_noop!(
			try_buy(REPORTER, product, order(pool, 100)),
			CoverError::ProductUnderIncident
		);
		hold_until(last_day + 3 * DAY, hundredths(100));
		poke_incident(id);
		assert_eq!(verdict_of(id), 50);

		let before: Vec<_> = [BUYER, ALICE, HOLDER, BOB, REPORTER].iter().map(usd).collect();
		pay_all(id);
		let after: Vec<_> = [BUYER, ALICE, HOLDER, BOB, REPORTER].iter().map(usd).collect();
		let paid: Vec<_> = after
			.iter()
			.zip(before)
			.map(|(after, before)| after - before)
			.collect();
		assert_eq!(paid, [250, 200, 0, 0, 0]);
		let mut hit: Vec<_> = crate::Claims::<Test>::iter_key_prefix(id).collect();
		hit.sort_unstable();
		assert_eq!(hit, [ends_then, begins_then]);
		for passed_over in [ended_before, begins_after, bought_after] {
			assert!(!crate::Claims::<Test>::contains_key(id, passed_over));
		}
		assert_eq!(
			claim(id, ends_then),
			Claim {
				asset: USD,
				loss: 500,
				deductible: 0,
				filed: incident(id).reported,
				state: ClaimState::Paid {
					verdict: 100,
					paid: 250,
					arrears: 0
				},
			}
		);
		poke_incident(id);
		let record = Claims::report_record(Some(product));
		assert_eq!(record.mean_payout_time, Some(3 * DAY - 1_000));
		assert_eq!(
			record.record,
			Record {
				incidents: 1,
				accepted: 1,
				filed: 2,
				approved: 2,
				paid: 2,
				payout_seconds: 2 * (3 * DAY - 1_000),
				..Default::default()
			}
		);
	});
}

#[test]
fn claim_is_refused_when_a_feed_proved_the_incident() {
	build_and_execute(|| {
		let (_, _, policy, id) = observed(depeg(), LIMIT);
		let try_file = || Claims::file(signed(BUYER), id, policy, 1, uri(), hash());
		assert_noop!(try_file(), Error::ParametricProduct);
		pay_all(id);
		assert_noop!(try_file(), Error::ParametricProduct);
		poke_incident(id);
		assert_noop!(try_file(), Error::NoClaims);
	});
}

// ---------------------------------------------------------------------------------------------- Observation

#[test]
fn observation_is_refused_when_no_day_is_over() {
	build_and_execute(|| {
		let (product, _, _, id) = proven(depeg(), LIMIT);
		let begun = now();
		assert_noop!(try_poke_incident(id), Error::NothingDue);
		hold_until(begun + DAY - 1, hundredths(93));
		assert_noop!(try_poke_incident(id), Error::NothingDue);
		pass(1);
		poke_incident(id);
		assert_eq!(observation(id), (begun + DAY, 2, 59, hundredths(93)));
		assert_noop!(try_poke_incident(id), Error::NothingDue);
		// Two days at once.
		hold(2, 94);
		poke_incident(id);
		assert!(was_told(&Event::ObservationEnded {
			incident: id,
			lowest: hundredths(93),
			verdict: 20
		}));
		assert_eq!(verdict_of(id), 20);
		assert_eq!(docket(product).observed, None);
		assert_noop!(try_poke_incident(99), Error::UnknownIncident);
	});
}

#[test]
fn percentage_is_that_of_the_lowest_daily_average_when_a_feed_is_observed() {
	// What each day of the observation says, and what is lost by that.
	for (days, percent, lowest) in [
		// Whoever triggers at the mildest level gains nothing by it.
		([94, 94, 94], 20, 94),
		([92, 87, 93], 50, 87),
		([92, 93, 88], 50, 88),
		([89, 93, 89], 20, 89),
		([94, 50, 100], 100, 50),
		([94, 51, 100], 50, 51),
		([0, 0, 0], 100, 0),
		// It proved something, whatever it says afterwards.
		([100, 100, 100], 20, 94),
		([120, 500, 100], 20, 94),
	] {
		for at_once in [true, false] {
			build_and_execute(|| {
				let (_, pool, _, id) = proven(depeg(), LIMIT);
				for day in days {
					hold(1, day);
					if !at_once {
						poke_incident(id);
					}
				}
				if at_once {
					poke_incident(id);
				}
				assert!(was_told(&Event::ObservationEnded {
					incident: id,
					lowest: hundredths(lowest),
					verdict: percent
				}));
				assert_eq!(verdict_of(id), percent, "{days:?}");
				assert_eq!(reserved(pool), LIMIT * Balance::from(percent) / 100);
				let before = usd(&BUYER);
				pay_and_close(id);
				assert_eq!(usd(&BUYER) - before, LIMIT * Balance::from(percent) / 100);
				assert_eq!(reserved(pool), 0);
			});
		}
	}
}

#[test]
fn later_days_count_for_nothing_when_nobody_looked_in_time() {
	// All days of the observation, or all the patience there is with a feed that is dead.
	for (fresh, silent) in [(3, 0), (1, 59)] {
		build_and_execute(|| {
			let (_, _, _, id) = proven(depeg(), LIMIT);
			hold(fresh, 94);
			goes_stale();
			pass(silent * DAY);
			hold(4, 10);
			poke_incident(id);
			assert_eq!(verdict_of(id), 20);
		});
	}
}

#[test]
fn days_count_by_their_average_when_the_feed_moves_within_them() {
	build_and_execute(|| {
		let (_, _, _, id) = proven(depeg(), LIMIT);
		// A day that is half at 70 and half at 100 is at 85.
		hold_until(now() + DAY / 2, hundredths(70));
		hold_until(now() + DAY / 2, hundredths(100));
		hold(2, 100);
		poke_incident(id);
		assert!(was_told(&Event::ObservationEnded {
			incident: id,
			lowest: hundredths(85),
			verdict: 50
		}));
	});
}

#[test]
fn observation_is_extended_when_a_day_is_too_sparse() {
	build_and_execute(|| {
		let (_, _, _, id) = proven(depeg(), LIMIT);
		let begun = now();
		hold(1, 93);
		// A second less than 80 percent: it would have been the lowest.
		hold_in_part(69_119, 40);
		poke_incident(id);
		assert_eq!(observation(id), (begun + 2 * DAY, 2, 58, hundredths(93)));
		hold_in_part(69_120, 90);
		poke_incident(id);
		assert_eq!(observation(id), (begun + 3 * DAY, 1, 57, hundredths(90)));
		// A day of silence.
		pass(DAY);
		poke_incident(id);
		assert_eq!(observation(id), (begun + 4 * DAY, 1, 56, hundredths(90)));
		hold(1, 91);
		poke_incident(id);
		assert!(was_told(&Event::ObservationEnded {
			incident: id,
			lowest: hundredths(90),
			verdict: 20
		}));
	});
}

#[test]
fn observation_ends_after_60_days_when_the_feed_is_dead() {
	for at_once in [true, false] {
		build_and_execute(|| {
			let (product, pool, policy, id) = proven(depeg(), LIMIT);
			let begun = now();
			hold(1, 60);
			goes_stale();
			if at_once {
				set_time(begun + 60 * DAY - 1);
			} else {
				for _ in 0..58 {
					poke_incident(id);
					pass(DAY);
				}
				pass(DAY - 1);
			}
			poke_incident(id);
			assert_eq!(observation(id), (begun + 59 * DAY, 2, 1, hundredths(60)));
			pass(1);
			poke_incident(id);
			assert!(was_told(&Event::ObservationEnded {
				incident: id,
				lowest: hundredths(60),
				verdict: 50
			}));
			// The policy has ended since, and the pool's books were left alone.
			assert!(pallet_cover::Policies::<Test>::get(policy).unwrap().end < now());
			let before = usd(&BUYER);
			pay_and_close(id);
			assert_eq!(usd(&BUYER) - before, LIMIT / 2);
			assert_eq!(reserved(pool), 0);
			// Nothing thaws or rearms it, and nothing needs to.
			assert_noop!(try_rearm(product), Error::NotBackYet);
			assert_noop!(try_thaw(product), Error::NotFrozen);
		});
	}
}

#[test]
fn proof_begins_anew_when_an_oracle_dies_in_the_middle_of_a_breach() {
	build_and_execute(|| {
		let (product, ..) = watched(depeg(), LIMIT);
		// It stops while the average is not below the threshold yet: nothing is proven, then or ever.
		hold(1, 94);
		hold_in_part(DAY / 2, 94);
		assert_noop!(try_trigger(product), Error::FeedTooSparse);
		pass(DAY);
		assert_noop!(try_trigger(product), Error::FeedTooSparse);
		// It comes back as low as it was: it takes two days again.
		hold(1, 94);
		assert_noop!(try_trigger(product), Error::FeedTooSparse);
		hold(1, 94);
		let id = trigger(product);
		assert_eq!(observation(id).3, hundredths(94));
	});
}

#[test]
fn policy_can_neither_be_closed_nor_cancelled_when_an_incident_is_observed() {
	build_and_execute(|| {
		let (_, _, policy, id) = proven(depeg(), LIMIT);
		goes_stale();
		assert_noop!(
			Cover::cancel(signed(BUYER), policy),
			CoverError::ProductUnderIncident
		);
		// Long after its claim window.
		pass(200 * DAY);
		assert_noop!(
			Cover::close(signed(BOB), policy),
			CoverError::ProductUnderIncident
		);
		poke_incident(id);
		let before = usd(&BUYER);
		pay_and_close(id);
		assert_eq!(usd(&BUYER) - before, LIMIT / 5);
		assert_ok!(Cover::close(signed(BOB), policy));
	});
}

// ---------------------------------------------------------------------------------------------- Instant limit

#[test]
fn incident_is_accepted_at_once_when_it_stays_within_the_instant_limit() {
	for (amount, instant) in [(5_000, true), (5_001, false)] {
		build_and_execute(|| {
			let (product, pool, _, id) = observed(depeg(), amount);
			assert_eq!(reserved(pool), if instant { 1_000 } else { amount });
			if instant {
				assert!(was_told(&Event::IncidentAccepted {
					incident: id,
					product,
					verdict: 20,
					until: now() + CLAIM_WINDOW
				}));
				assert_eq!(
					Instants::<Test>::get(product, USD),
					Instant {
						used: 1_000,
						at: now()
					}
				);
				assert!(OpenIncidents::<Test>::contains_key(id));
				assert_eq!(NextCase::<Test>::get(), 0);
			} else {
				let case = case_of(id);
				assert!(was_told(&Event::Proposed {
					case,
					proposal: 20,
					until: block() + CHALLENGE
				}));
				assert_eq!(Instants::<Test>::iter().count(), 0);
				assert!(!OpenIncidents::<Test>::contains_key(id));
				assert_eq!(docket(product).judged, Some(case));
				assert_noop!(try_poke_incident(id), Error::NothingDue);
				assert_noop!(try_pay_batch(id, 1), Error::NothingToPay);
			}
			assert_eq!(Told::get().len(), usize::from(instant));
		});
	}
}

#[test]
fn incident_is_accepted_when_nobody_challenges_it_in_time() {
	build_and_execute(|| {
		let (product, pool, _, id) = observed(depeg(), MUCH);
		let case = case_of(id);
		assert_eq!(super::case(case).opener.bond, 0);
		run_to(deadline(case));
		assert_noop!(try_poke(case), Error::NothingDue);
		run(1);
		assert_noop!(try_challenge(CHALLENGER, case, 0), Error::NotChallengeable);
		poke(case);
		assert_eq!(verdict_of(id), 20);
		assert_eq!(reserved(pool), MUCH / 5);
		assert_eq!(docket(product).judged, None);
		assert_eq!(Told::get(), [(product, Perbill::from_percent(20))]);
		let before = usd(&BUYER);
		pay_and_close(id);
		assert_eq!(usd(&BUYER) - before, MUCH / 5);
		// Nobody put up anything, and nobody was paid.
		assert_eq!(native(&BOB), ENDOWMENT);
		assert_eq!(native(&TREASURY), TREASURE);
	});
}

#[test]
fn product_is_thawed_when_assessors_reject_what_its_feed_proved() {
	build_and_execute(|| {
		seated();
		let (product, pool, policy, id) = observed(depeg(), MUCH);
		let case = case_of(id);
		run_to(deadline(case));
		assert_noop!(try_challenge(CHALLENGER, case, 20), Error::AlternativeTooHigh);
		challenge(case, 0);
		// Twice the first bond, and the fee, which nobody has paid so far.
		assert_eq!(on_hold(HoldReason::Bond, &CHALLENGER), 2 * BOND);
		assert_eq!(total(&CHALLENGER), ENDOWMENT - FEE);
		assert!(was_told(&Event::Challenged {
			case,
			who: CHALLENGER,
			alternative: 0,
			bond: 2 * BOND
		}));
		// Whoever triggered it is a party to it.
		check();
		conclude(case, 0);
		assert_eq!(incident(id).state, IncidentState::Rejected);
		assert!(was_told(&Event::IncidentRejected {
			incident: id,
			product
		}));
		assert_eq!(reserved(pool), 0);
		assert_eq!(Told::get(), []);
		// The treasury pays the fee of who was right.
		assert_eq!(native(&CHALLENGER), ENDOWMENT);
		assert_eq!(native(&TREASURY), TREASURE - FEE);
		assert_eq!(native(&BOB), ENDOWMENT);
		let judges: Balance = JUDGES[..3].iter().map(total).sum();
		assert_eq!(judges, 3 * ENDOWMENT + FEE);

		// It can be sold again, and what was sold be cancelled. What it proved it does not prove again.
		says(hundredths(100));
		buy(HOLDER, product, order(pool, 1_000));
		assert_ok!(Cover::cancel(signed(BUYER), policy));
		assert_noop!(try_poke_incident(id), Error::NothingDue);
		assert_noop!(try_pay_batch(id, 1), Error::NothingToPay);
		assert_noop!(try_trigger(product), Error::NotBackYet);
		assert_eq!(Claims::report_record(None).record.rejected, 1);
	});
}

#[test]
fn fall_is_proven_when_it_goes_on_after_its_feed_was_rejected() {
	build_and_execute(|| {
		seated();
		let (product, pool, policy, id) = observed(depeg(), MUCH);
		let looked_at = midnight();
		let case = case_of(id);
		challenge(case, 0);
		conclude(case, 0);
		assert_noop!(try_rearm(product), Error::Armed);
		// It goes on, so nobody leaves.
		says(hundredths(60));
		assert_ok!(try_freeze(product));
		assert_eq!(reserved(pool), MUCH);
		// A day that was looked at does not prove anything once more.
		assert_noop!(try_trigger(product), Error::NotBackYet);
		hold_until(looked_at + 2 * DAY - 1, hundredths(60));
		assert_noop!(try_trigger(product), Error::NotBackYet);
		hold_until(looked_at + 2 * DAY, hundredths(60));
		let again = trigger(product);
		assert_eq!(incident(again).happened, looked_at + 2 * DAY - 1);
		assert_noop!(try_freeze(product), Error::NotBackYet);
		hold(3, 60);
		poke_incident(again);
		pass_deadline(case_of(again));
		assert_eq!(verdict_of(again), 50);
		pay_all(again);
		assert!(matches!(
			claim(again, policy).state,
			ClaimState::Paid { paid, .. } if paid == MUCH / 2
		));
		// What was paid is not paid again as long as the feed is not back.
		hold(3, 60);
		assert_noop!(try_trigger(product), Error::NotBackYet);
	});
}

#[test]
fn reports_do_not_grow_dearer_when_what_a_feed_proved_is_rejected() {
	build_and_execute(|| {
		seated();
		let (assessed, _) = market();
		let (.., id) = observed(depeg(), MUCH);
		let case = case_of(id);
		challenge(case, 0);
		conclude(case, 0);
		// Nobody reported it.
		assert_eq!(Claims::report_bond(assessed), Some(BOND));
	});
}

#[test]
fn challenger_loses_the_bond_when_assessors_agree_with_the_feed() {
	build_and_execute(|| {
		seated();
		let (_, pool, _, id) = observed(depeg(), MUCH);
		let case = case_of(id);
		challenge(case, 0);
		conclude(case, 20);
		assert_eq!(verdict_of(id), 20);
		assert_eq!(reserved(pool), MUCH / 5);
		// Half of it goes to whoever triggered, who put up nothing; the fee stays with the assessors.
		assert_eq!(native(&CHALLENGER), ENDOWMENT - 2 * BOND - FEE);
		assert_eq!(native(&BOB), ENDOWMENT + BOND);
		assert_eq!(reserve(), BOND);
		assert_eq!(native(&TREASURY), TREASURE);
		pay_and_close(id);
	});
}

#[test]
fn both_are_right_when_assessors_say_what_the_challenger_does() {
	build_and_execute(|| {
		seated();
		let (_, pool, _, id) = observed(depeg(), MUCH);
		let case = case_of(id);
		challenge(case, 10);
		conclude(case, 10);
		assert_eq!(verdict_of(id), 10);
		assert_eq!(reserved(pool), MUCH / 10);
		assert_eq!(native(&CHALLENGER), ENDOWMENT);
		assert_eq!(native(&TREASURY), TREASURE - FEE);
		let before = usd(&BUYER);
		pay_and_close(id);
		assert_eq!(usd(&BUYER) - before, MUCH / 10);
	});
}

#[test]
fn challenger_gets_bond_and_fee_back_when_somebody_who_stands_for_less_takes_the_place() {
	build_and_execute(|| {
		seated();
		let (_, _, _, id) = observed(depeg(), MUCH);
		let case = case_of(id);
		challenge(case, 19);
		assert_eq!(total(&CHALLENGER), ENDOWMENT - FEE);
		for alternative in [19, 20, 100] {
			assert_noop!(try_challenge(UP, case, alternative), Error::AlternativeTooHigh);
		}
		run_to(deadline(case));
		assert_ok!(try_challenge(UP, case, 5));
		assert_eq!(native(&CHALLENGER), ENDOWMENT);
		assert_eq!(on_hold(HoldReason::Bond, &UP), 4 * BOND);
		assert_eq!(total(&UP), ENDOWMENT - FEE);
		check();
		// And once more, to the bottom.
		assert_ok!(try_challenge(CHALLENGER, case, 0));
		assert_eq!(native(&UP), ENDOWMENT);
		assert_eq!(on_hold(HoldReason::Bond, &CHALLENGER), 8 * BOND);
		assert_noop!(try_challenge(UP, case, 0), Error::AlternativeTooHigh);
		check();
		// Votes that were revealed must not tell who joins.
		run(1);
		assert_noop!(try_challenge(UP, case, 0), Error::NotChallengeable);
		// Nobody votes: what was proposed stands, open to dispute. The fee goes back to who pays it now.
		pass_assessment(case);
		pass_assessment(case);
		assert_eq!(total(&CHALLENGER), ENDOWMENT);
		pass_deadline(case);
		assert_eq!(verdict_of(id), 20);
		assert_eq!(native(&CHALLENGER), ENDOWMENT - 8 * BOND);
	});
}

#[test]
fn place_of_the_challenger_is_kept_when_who_wants_it_cannot_pay_its_fee() {
	build_and_execute(|| {
		seated();
		let (_, _, _, id) = observed(depeg(), MUCH);
		let case = case_of(id);
		challenge(case, 10);
		let poor = account(100);
		assert_ok!(Balances::transfer_allow_death(
			signed(ALICE),
			poor.clone(),
			4 * BOND + FEE + SEED - 1
		));
		assert_noop!(try_challenge(poor.clone(), case, 0), Error::BondNotThere);
		assert_ok!(Balances::transfer_allow_death(signed(ALICE), poor.clone(), 1));
		assert_ok!(try_challenge(poor.clone(), case, 0));
		assert_eq!(native(&poor), SEED);
		assert_eq!(native(&CHALLENGER), ENDOWMENT);
	});
}

#[test]
fn observation_ends_when_whoever_triggered_it_is_gone() {
	build_and_execute(|| {
		seated();
		let (product, pool, _) = watched(depeg(), MUCH);
		hold(2, 94);
		let passer_by = account(100);
		assert_ok!(Balances::transfer_allow_death(
			signed(ALICE),
			passer_by.clone(),
			1_000
		));
		assert_ok!(Claims::trigger(signed(passer_by.clone()), product));
		assert_ok!(Balances::transfer_all(signed(passer_by.clone()), ALICE, false));
		assert_eq!(System::providers(&passer_by), 0);
		hold(3, 94);
		poke_incident(0);
		let case = case_of(0);
		challenge(case, 0);
		conclude(case, 20);
		assert_eq!(verdict_of(0), 20);
		assert_eq!(reserved(pool), MUCH / 5);
		// Half of the challenger's bond is for them, as if they were there.
		assert_eq!(native(&passer_by), BOND);
	});
}

#[test]
fn bucket_leaks_over_thirty_days_when_a_product_pays_at_once() {
	// The second incident sets 480 aside, and of the 600 of the first one a thirtieth is forgotten each day.
	for (days, late, instant) in [(3, 0, false), (4, 1, false), (4, 0, true)] {
		build_and_execute(|| {
			let (product, pool, policy) = watched(depeg_over(1, 1), 3_000);
			hold(1, 94);
			let first = trigger(product);
			hold(1, 94);
			pass(late);
			poke_incident(first);
			let begun = now();
			assert_eq!(
				Instants::<Test>::get(product, USD),
				Instant { used: 600, at: begun }
			);
			pay_and_close(first);
			hold_until(midnight() + (days - 2) * DAY, hundredths(100));
			assert_ok!(try_rearm(product));
			hold(1, 94);
			let second = trigger(product);
			hold(1, 94);
			poke_incident(second);
			assert_eq!(now() - begun, days * DAY - late);
			if instant {
				// 600 less four thirtieths, and 480.
				let used = Instant {
					used: 1_000,
					at: now(),
				};
				assert_eq!(Instants::<Test>::get(product, USD), used);
				assert_eq!(verdict_of(second), 20);
				assert_eq!(reserved(pool), 480);
				pay_and_close(second);
				assert_eq!(<Cover as Coverage<AccountId>>::left(policy), 3_000 - 600 - 480);
			} else {
				case_of(second);
				let used = Instant { used: 600, at: begun };
				assert_eq!(Instants::<Test>::get(product, USD), used);
			}
		});
	}
}

/// Buys in another asset.
fn buy_in(asset: AssetId, who: AccountId, product: ProductId, order: OrderOf<Test>) -> PolicyId {
	let policy = pallet_cover::NextPolicy::<Test>::get();
	assert_ok!(Cover::buy(signed(who), product, asset, order, Item::default()));
	policy
}

/// A product that a feed proves incidents of, sold in two assets, a policy in each, and the observation over.
fn observed_in_two(dollars: Balance, euros: Balance) -> (ProductId, [PoolId; 2], [PolicyId; 2], IncidentId) {
	let product = list(Proposal {
		trigger: depeg().trigger,
		..sold_in(&[USD, EUR])
	});
	let pools = [USD, EUR].map(|asset| pool_in(asset, &[product], 1_000_000_000));
	let policies = [
		buy(BUYER, product, order(pools[0], dollars)),
		buy_in(EUR, BUYER, product, order(pools[1], euros)),
	];
	hold_until((now() + WAITING).div_ceil(DAY) * DAY, hundredths(100));
	hold(2, 94);
	let id = trigger(product);
	hold(3, 94);
	(product, pools, policies, id)
}

#[test]
fn each_asset_has_its_limit_when_a_product_is_sold_in_several() {
	build_and_execute(|| {
		let (product, pools, _, id) = observed_in_two(5_000, 4_000);
		poke_incident(id);
		assert_eq!(verdict_of(id), 20);
		assert_eq!(pools.map(reserved), [1_000, 800]);
		let at = now();
		assert_eq!(Instants::<Test>::get(product, USD), Instant { used: 1_000, at });
		assert_eq!(Instants::<Test>::get(product, EUR), Instant { used: 800, at });
		let before = [USD, EUR].map(|asset| balance(&asset, &BUYER));
		pay_and_close(id);
		let after = [USD, EUR].map(|asset| balance(&asset, &BUYER));
		assert_eq!([after[0] - before[0], after[1] - before[1]], [1_000, 800]);
	});
	for (dollars, euros) in [(5_000, 5_001), (5_001, 5_000)] {
		build_and_execute(|| {
			let (_, pools, _, id) = observed_in_two(dollars, euros);
			poke_incident(id);
			case_of(id);
			// What is not paid at once counts in none of them.
			assert_eq!(Instants::<Test>::iter().count(), 0);
			assert_eq!(pools.map(reserved), [dollars, euros]);
		});
	}
}

#[test]
fn incident_can_be_challenged_when_much_is_insured_in_an_asset_that_is_not_sold_any_more() {
	build_and_execute(|| {
		let (product, _, _, id) = observed_in_two(1_000, MUCH);
		// What was insured in it before stays so.
		let conditions = Conditions {
			assets: vec![limits(USD)].try_into().unwrap(),
			..proposal().conditions
		};
		assert_ok!(Cover::amend(root(), product, conditions));
		poke_incident(id);
		case_of(id);
	});
}

// ---------------------------------------------------------------------------------------------- Rearming

#[test]
fn product_is_rearmed_when_its_feed_was_back_for_a_whole_window() {
	build_and_execute(|| {
		let (product, _, _, id) = observed(depeg_over(2, 1), LIMIT);
		pay_and_close(id);
		let fresh = watched_again(product);
		assert_noop!(try_rearm(fresh), Error::Armed);
		assert_noop!(try_rearm(product), Error::NotBackYet);
		hold(1, 100);
		assert_noop!(try_rearm(product), Error::NotBackYet);
		// At the threshold it is not back.
		hold(1, 95);
		assert_noop!(try_rearm(product), Error::NotBackYet);
		hold(1, 100);
		// A day that is too sparse shows nothing.
		hold_in_part(69_119, 100);
		assert_noop!(try_rearm(product), Error::NotBackYet);
		hold_until(now() + DAY, off(hundredths(95), 1));
		assert_noop!(try_rearm(product), Error::NotBackYet);
		hold_until(now() + DAY - 1, off(hundredths(95), 1));
		assert_noop!(try_rearm(product), Error::NotBackYet);
		assert!(docket(product).fired.is_some());
		hold_until(now() + 1, off(hundredths(95), 1));
		assert_ok!(try_rearm(product));
		assert!(was_told(&Event::Rearmed { product }));
		assert!(!Dockets::<Test>::contains_key(product));
		assert_noop!(try_rearm(product), Error::Armed);
	});
}

/// Another product on the same feed.
fn watched_again(like: ProductId) -> ProductId {
	let trigger = pallet_cover::Products::<Test>::get(like).unwrap().trigger;
	list(Proposal {
		trigger,
		..proposal()
	})
}

#[test]
fn product_is_not_rearmed_when_its_window_holds_days_that_proved_the_incident() {
	build_and_execute(|| {
		// A single day of zero pulls down an average over three, whatever the others say.
		let (product, _, _) = watched(depeg_over(3, 1), LIMIT);
		hold(1, 0);
		hold(2, 100);
		let id = trigger(product);
		hold(1, 100);
		poke_incident(id);
		pay_and_close(id);
		// The feed was above the threshold for three days, two of which proved the incident.
		assert_noop!(try_rearm(product), Error::NotBackYet);
		hold(1, 100);
		assert_noop!(try_rearm(product), Error::NotBackYet);
		hold(1, 100);
		assert_ok!(try_rearm(product));
		assert_noop!(try_trigger(product), Error::NoBreach);
	});
}

#[test]
fn product_is_not_rearmed_when_its_feed_is_observed() {
	build_and_execute(|| {
		let (product, _, policy) = watched(depeg_over(1, 5), LIMIT);
		hold(1, 94);
		let first = trigger(product);
		hold(1, 100);
		// The day was back, but what the feed does now still counts for the incident.
		assert_noop!(try_rearm(product), Error::NotBackYet);
		says(hundredths(90));
		assert_noop!(try_freeze(product), Error::NotBackYet);
		hold(3, 100);
		assert_noop!(try_rearm(product), Error::NotBackYet);
		hold(1, 40);
		poke_incident(first);
		// The last day made it a total loss: it is not another one as well.
		assert_eq!(verdict_of(first), 100);
		assert_noop!(try_trigger(product), Error::NotBackYet);
		assert_noop!(try_rearm(product), Error::NotBackYet);
		let before = usd(&BUYER);
		pay_and_close(first);
		assert_eq!(usd(&BUYER) - before, LIMIT);
		assert_eq!(<Cover as Coverage<AccountId>>::left(policy), 0);
		hold(1, 100);
		assert_ok!(try_rearm(product));
	});
}

#[test]
fn fall_is_paid_once_when_the_feed_was_back_in_between() {
	build_and_execute(|| {
		let (product, _, policy) = watched(depeg_over(1, 5), LIMIT);
		hold(1, 94);
		let first = trigger(product);
		hold(4, 100);
		let _ = try_rearm(product);
		hold(1, 85);
		poke_incident(first);
		assert_eq!(verdict_of(first), 50);
		// That fall is in the first incident already.
		assert_noop!(try_trigger(product), Error::NotBackYet);
		pay_and_close(first);
		assert_eq!(<Cover as Coverage<AccountId>>::left(policy), LIMIT / 2);
	});
}

#[test]
fn second_incident_pays_of_what_is_left_when_the_product_was_rearmed() {
	build_and_execute(|| {
		govern(|claims| claims.instant_window = DAY);
		let (product, pool, policy, first) = observed(depeg(), LIMIT);
		let before = usd(&BUYER);
		pay_all(first);
		// While the first one is not closed yet.
		hold(2, 100);
		assert_ok!(try_rearm(product));
		hold(1, 10);
		hold(1, 100);
		let second = trigger(product);
		poke_incident(first);
		assert_eq!(reserved(pool), 800);
		hold(3, 87);
		poke_incident(second);
		assert_eq!(verdict_of(second), 50);
		assert_eq!(reserved(pool), 400);
		pay_and_close(second);
		assert_eq!(usd(&BUYER) - before, 200 + 400);
		assert_eq!(reserved(pool), 0);
		assert_eq!(<Cover as Coverage<AccountId>>::left(policy), 400);
		assert_eq!(
			pallet_pools::Lines::<Test>::get(pool, product).unwrap().exposure,
			400
		);
		// It is paused until governance resumes it.
		says(hundredths(100));
		assert_noop!(
			try_buy(HOLDER, product, order(pool, 100)),
			CoverError::ProductPaused
		);
		assert_ok!(Cover::resume(root(), product));
		buy(HOLDER, product, order(pool, 100));
	});
}

#[test]
fn two_incidents_are_paid_in_either_order_when_both_are_open() {
	for in_order in [true, false] {
		build_and_execute(|| {
			govern(|claims| claims.instant_window = DAY);
			let (product, pool, policy, first) = observed(depeg(), LIMIT);
			hold(2, 100);
			assert_ok!(try_rearm(product));
			hold(2, 40);
			let second = trigger(product);
			hold(3, 40);
			poke_incident(second);
			assert_eq!(verdict_of(second), 100);
			// A fifth and all of it, but never more than there is.
			assert_eq!(reserved(pool), LIMIT);
			let before = usd(&BUYER);
			for id in if in_order {
				[first, second]
			} else {
				[second, first]
			} {
				pay_all(id);
			}
			assert_eq!(usd(&BUYER) - before, LIMIT);
			assert_eq!(<Cover as Coverage<AccountId>>::left(policy), 0);
			assert_eq!(crate::Claims::<Test>::contains_key(first, policy), in_order);
			for id in [second, first] {
				poke_incident(id);
			}
			assert_eq!(reserved(pool), 0);
		});
	}
}

#[test]
fn no_mark_outlives_a_long_silence_when_it_was_in_the_database() {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		list(depeg());
		hold_until(midnight() + 70 * DAY, hundredths(100));
		assert_eq!(Marks::<Test>::iter_prefix(FEED).count(), 62);
	});
	// What was not in the database before is cleared whatever the limit says.
	ext.commit_all().unwrap();
	ext.execute_with(|| {
		pass(1_000 * DAY);
		says(hundredths(100));
		assert!(Marks::<Test>::iter_key_prefix(FEED).all(|end| end + 62 * DAY > now()));
		check();
	});
}

// ---------------------------------------------------------------------------------------------- Block work

/// Lets a block's idle time go by, as much as there can be.
fn idle() {
	run_idle(1, frame_support::weights::Weight::MAX);
}

#[test]
fn all_is_done_unasked_when_blocks_have_room() {
	build_and_execute(|| {
		let (product, pool, _) = watched(depeg(), LIMIT);
		says(hundredths(90));
		assert_ok!(try_freeze(product));
		idle();
		assert_eq!(reserved(pool), LIMIT);
		says(hundredths(96));
		idle();
		assert!(was_told(&Event::Thawed { product }));
		assert_eq!(reserved(pool), 0);

		// Proof is asked for by somebody, and all that follows is not.
		hold_until(midnight() + DAY, hundredths(100));
		hold(2, 94);
		let id = trigger(product);
		let begun = now();
		idle();
		assert_eq!(observation(id).0, begun);
		let before = usd(&BUYER);
		for day in 1..=3 {
			hold_until(begun + day * DAY, hundredths(94));
			idle();
			assert!(day == 3 || observation(id).0 == begun + day * DAY);
		}
		idle();
		assert_eq!(usd(&BUYER) - before, LIMIT / 5);
		idle();
		assert_eq!(incident(id).state, IncidentState::Closed { verdict: 20 });
		assert_eq!(reserved(pool), 0);
		assert!(docket(product).fired.is_some());
		hold_until(begun + 6 * DAY, hundredths(100));
		idle();
		assert!(was_told(&Event::Rearmed { product }));
		assert!(!Dockets::<Test>::contains_key(product));
		check();
	});
}

#[test]
fn feed_is_not_armed_while_something_is_undecided() {
	build_and_execute(|| {
		let (product, ..) = watched(depeg(), LIMIT);
		let armed = || Claims::report_feed(product).unwrap().armed;
		assert!(armed());
		for undecided in [
			Docket {
				fired: Some(1),
				..Default::default()
			},
			Docket {
				observed: Some(1),
				..Default::default()
			},
			Docket {
				judged: Some(1),
				..Default::default()
			},
		] {
			Dockets::<Test>::insert(product, undecided);
			assert!(!armed());
		}
		Dockets::<Test>::remove(product);
	});
}

/// So many products with something to look at.
fn products_to_look_at(count: ProductId) -> Vec<ProductId> {
	for product in 0..count {
		let docket = Docket {
			fired: Some(1),
			..Default::default()
		};
		Dockets::<Test>::insert(product, docket);
	}
	Dockets::<Test>::iter_keys().collect()
}

#[test]
fn block_work_goes_on_where_it_stopped_when_there_is_much_of_it() {
	build_and_execute(|| {
		let products = products_to_look_at(40);
		// What is looked at in a block, less the look at where it is once around.
		for last in [31, 22] {
			<Claims as Hooks<_>>::on_idle(block(), frame_support::weights::Weight::MAX);
			assert_eq!(IdleCursor::<Test>::get(), Some(Errand::Product(products[last])));
		}
	});
}

#[test]
fn block_work_goes_around_once_when_there_is_little_of_it() {
	build_and_execute(|| {
		products_to_look_at(4);
		<Claims as Hooks<_>>::on_idle(block(), frame_support::weights::Weight::MAX);
		assert_eq!(IdleCursor::<Test>::get(), None);
	});
}

#[test]
fn proposal_of_a_feed_stands_unasked_when_nobody_challenges_it() {
	build_and_execute(|| {
		let (_, _, _, id) = observed(depeg(), MUCH);
		let before = usd(&BUYER);
		run_idle(CHALLENGE, frame_support::weights::Weight::MAX);
		case_of(id);
		run_idle(4, frame_support::weights::Weight::MAX);
		assert_eq!(incident(id).state, IncidentState::Closed { verdict: 20 });
		assert_eq!(usd(&BUYER) - before, MUCH / 5);
	});
}
