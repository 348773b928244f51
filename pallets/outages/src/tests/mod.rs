//! The pallet's tests by subject, and what they share.

use crate::{
	mock::{Outages, *},
	*,
};
use frame_support::traits::Hooks;
use lutine_primitives::time::{Deadlines, Seconds};

mod model;
mod outages;
mod windows;

type Event = crate::Event<Test>;

/// The outages that are over.
fn past() -> Vec<Outage> {
	Past::<Test>::get().into_inner()
}

fn current() -> Bridge {
	Current::<Test>::get().unwrap()
}

/// The last second of a window as of now.
fn end(begin: Seconds, deadline: Seconds) -> Seconds {
	<Outages as Deadlines>::extended(begin, deadline)
}

/// What the pallet told, the oldest first.
fn told() -> Vec<Event> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Outages(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// A time without news, and the news after it.
fn outage(seconds: Seconds) {
	assert!(seconds > TOLERANCE);
	heard(seconds);
}
