//! The pallet against a model that walks second by second and keeps the end of every window.

use super::*;
use proptest::{collection::vec, prelude::*};

#[derive(Clone, Copy, Debug)]
enum Step {
	/// Seconds go by, and a block ends with news or without.
	Block { seconds: Seconds, news: bool },
	/// Governance halts messages, or lets them go on.
	Halt(bool),
	/// It closes the lane, or opens it.
	Open(bool),
	/// A window of so many seconds begins.
	Begin(Seconds),
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		12 => (1..12u64, any::<bool>()).prop_map(|(seconds, news)| Step::Block { seconds, news }),
		2 => (20..60u64, any::<bool>()).prop_map(|(seconds, news)| Step::Block { seconds, news }),
		1 => any::<bool>().prop_map(Step::Halt),
		1 => prop_oneof![3 => Just(true), 1 => Just(false)].prop_map(Step::Open),
		4 => (0..LENGTH).prop_map(Step::Begin),
	]
}

/// The longest window.
const LENGTH: Seconds = 80;

#[derive(Clone, Copy, Debug)]
struct Window {
	begin: Seconds,
	deadline: Seconds,
	/// Its last second.
	end: Seconds,
	/// The latest that may become.
	latest: Seconds,
	/// Whether it waits for the outage that is not over.
	waits: bool,
	/// Whether the pallet has said that it is over.
	was_over: bool,
}

#[derive(Debug)]
struct Model {
	day: Seconds,
	tolerance: Seconds,
	most: Seconds,
	heard: Seconds,
	/// When the outage began that is not over.
	out: Option<Seconds>,
	windows: Vec<Window>,
}

impl Model {
	fn begin(&mut self, now: Seconds, length: Seconds) {
		let end = now + length + self.day;
		self.windows.push(Window {
			begin: now,
			deadline: now + length,
			end,
			latest: end + self.most,
			waits: self.out.is_some(),
			was_over: false,
		});
	}

	/// An outage is noticed: whatever is open gets back what it has lost.
	fn notice(&mut self, now: Seconds) {
		let from = self.heard;
		self.out = Some(from);
		for window in &mut self.windows {
			window.waits = window.end >= now;
			if window.waits {
				window.end = (window.end + now - from.max(window.begin)).min(window.latest);
			}
		}
	}

	/// Another second.
	fn tick(&mut self, now: Seconds) {
		match self.out {
			None if now > self.heard + self.tolerance => self.notice(now),
			Some(from) if now <= from + self.most => {
				for window in self.windows.iter_mut().filter(|window| window.waits) {
					window.end = (window.end + 1).min(window.latest);
				}
			}
			_ => {}
		}
	}

	/// The end of a block.
	fn block(&mut self, now: Seconds, news: bool) {
		if news {
			self.heard = now;
		}
		let is_out = IsHalted::get() || !IsOpen::get() || now > self.heard + self.tolerance;
		match self.out {
			None if is_out => self.notice(now),
			Some(_) if !is_out => (self.out, self.heard) = (None, now),
			_ => {}
		}
	}
}

/// Walks through steps. Returns whether outages became one.
fn walk(steps: Vec<Step>, lengths: (Seconds, Seconds, Seconds), room: u32) -> bool {
	let mut is_joined = false;
	new_test_ext().execute_with(|| {
		let (day, tolerance, most) = lengths;
		AccountingDay::set(day);
		Tolerated::set(tolerance);
		Extension::set(tolerance + most);
		LongestWindow::set(LENGTH);
		MaxOutages::set(room);
		IsOpen::set(true);
		Header::set(Some(1));
		end_block();
		let mut model = Model {
			day,
			tolerance,
			most: tolerance + most,
			heard: START,
			out: None,
			windows: vec![],
		};
		for step in steps {
			match step {
				Step::Halt(halted) => IsHalted::set(halted),
				Step::Open(open) => IsOpen::set(open),
				Step::Begin(length) => model.begin(Now::get(), length),
				Step::Block { seconds, news } => {
					for _ in 0..seconds {
						Now::mutate(|now| *now += 1);
						model.tick(Now::get());
					}
					if news {
						import();
					}
					let now = Now::get();
					model.block(now, news);
					let asked: Vec<_> = model
						.windows
						.iter()
						.map(|window| end(window.begin, window.deadline))
						.collect();
					let before = told().len();
					end_block();
					if let Some(Event::Ended { from, to }) = told().get(before..).and_then(|new| new.first())
					{
						let last = past().last().copied().unwrap();
						is_joined |= (last.from, last.to) != (*from, *to);
						is_joined |= past().len() == room as usize;
					}
					for (window, asked) in model.windows.iter_mut().zip(asked) {
						let told = end(window.begin, window.deadline);
						assert!(told >= window.deadline + day);
						assert!(told <= window.latest);
						if now <= window.end {
							assert!(now <= told, "{window:?} is over too early: {told} at {now}");
							assert!(told >= window.end, "{window:?} is shorter: {told} at {now}");
							if !is_joined {
								assert_eq!((told, asked), (window.end, window.end), "{window:?} at {now}");
							}
						} else if !is_joined {
							assert!(now > told, "{window:?} is over too late: {told} at {now}");
						}
						if room > 1_000 {
							assert!(!window.was_over || now > told, "{window:?} is open again");
							window.was_over |= now > told;
						}
					}
				}
			}
		}
	});
	is_joined
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(300))]

	#[test]
	fn window_is_what_the_model_says_whatever_happens(
		steps in vec(step(), 1..150),
		lengths in (1..6u64, 6..12u64, 1..60u64),
	) {
		walk(steps, lengths, 10_000);
	}

	/// Many outages are one then. No window is shorter by that, and what is over stays so.
	#[test]
	fn window_is_never_shorter_than_the_model_says_when_days_are_long(
		steps in vec(step(), 1..150),
		lengths in (1..60u64, 1..12u64, 1..60u64),
	) {
		walk(steps, lengths, 10_000);
	}

	#[test]
	fn window_is_never_shorter_than_the_model_says_when_there_is_little_room(
		steps in vec(step(), 1..150),
		lengths in (1..20u64, 1..12u64, 1..60u64),
	) {
		walk(steps, lengths, 2);
	}
}
