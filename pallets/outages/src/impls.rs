//! Seeing the bridge, noting what was seen, and what deadlines make of it.

use crate::{
	Bridge, BridgeWatch, Config, Current, Event, Outage, Pallet, Past, WeightInfo,
	types::{Sight, record, wait},
};
use frame_support::{
	traits::{Get, UnixTime},
	weights::Weight,
};
use lutine_primitives::time::{Deadlines, Seconds};

impl<T: Config> Pallet<T> {
	/// The time of the block, in Unix seconds.
	pub(crate) fn now() -> Seconds {
		T::Time::now().as_secs()
	}

	/// What is known of the bridge once what is seen of it now has been taken note of, and the outage that ends by that.
	/// Changes nothing.
	pub(crate) fn look() -> (Option<Bridge>, Option<Outage>) {
		// All of it in any case: so it always takes the same.
		let (header, is_open, is_halted) = (
			T::Bridge::last_header(),
			T::Bridge::is_open(),
			T::Bridge::is_halted(),
		);
		let sight = Sight { header, is_open };
		let now = Self::now();
		let Some(mut bridge) = Current::<T>::get().or_else(|| Bridge::open(sight, now)) else {
			return (None, None);
		};
		let sight = Sight {
			is_open: is_open && !is_halted,
			..sight
		};
		let ended = bridge.see(sight, now, T::Tolerance::get(), T::MaxExtension::get());
		(Some(bridge), ended)
	}

	/// Stores what is seen of the bridge.
	pub(crate) fn note() {
		let (Some(bridge), ended) = Self::look() else {
			return;
		};
		let before = Current::<T>::get();
		if before.is_none() {
			Self::deposit_event(Event::Opened);
		}
		if let Some(outage) = ended {
			let (now, keep) = (Self::now(), Self::keep());
			Past::<T>::mutate(|past| record(past, outage, now, T::AccountingDay::get(), keep));
			Self::deposit_event(Event::Ended {
				from: outage.from,
				to: outage.to,
			});
		}
		if let Some(open) = bridge.out
			&& before.is_none_or(|before| before.out.is_none())
		{
			Self::deposit_event(Event::Began { since: open.from });
		}
		if before != Some(bridge) {
			Current::<T>::put(bridge);
		}
	}

	/// For how long after its end an outage can matter to a window.
	fn keep() -> Seconds {
		T::LongestWindow::get()
			.saturating_add(T::AccountingDay::get())
			.saturating_add(T::MaxExtension::get())
	}

	/// The last second, as far as is known now, of a window that would last from `begin` until `deadline`.
	pub(crate) fn extend(begin: Seconds, deadline: Seconds) -> Seconds {
		let (bridge, ended) = Self::look();
		// Where a bridge came later, the window was over before.
		let Some(bridge) = bridge.filter(|bridge| bridge.opened <= deadline) else {
			return deadline;
		};
		let most = T::MaxExtension::get();
		let open = bridge.out.map(|open| open.end(Self::now(), most));
		let outages = Past::<T>::get().into_iter().chain(ended).chain(open);
		let end = deadline.saturating_add(T::AccountingDay::get());
		wait(outages, begin, end, end.saturating_add(most))
	}
}

impl<T: Config> Deadlines for Pallet<T> {
	fn extended(begin: Seconds, deadline: Seconds) -> Seconds {
		Self::extend(begin, deadline)
	}

	fn weight() -> Weight {
		<T as Config>::WeightInfo::extended()
	}
}
