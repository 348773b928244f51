//! Block work: what was gathered is sent home with weight that nobody else wants.

use crate::{Config, Event, Gathered, IdleCursor, Pallet, Way, WeightInfo};
use alloc::vec::Vec;
use frame_support::{pallet_prelude::*, weights::WeightMeter};
use lutine_primitives::insurance::AssetId;

/// Notes that are looked at in a block for each parcel that may be sent: most of those that cannot be sent cost little.
const LOOKS_PER_SEND: u32 = 8;

impl<T: Config> Pallet<T> {
	/// Goes on round the notes from where the last block stopped, once at most, and sends what can be sent. Nothing depends on
	/// it: whoever wants something sent can do it.
	pub(crate) fn keep_going(meter: &mut WeightMeter) {
		// The cursor, whether there is anything at all, and where both ends of the round are.
		if meter.try_consume(T::DbWeight::get().reads_writes(4, 1)).is_err() {
			return;
		}
		let (look, send) = (<T as Config>::WeightInfo::look(), Self::send_weight());
		let begun = IdleCursor::<T>::get();
		let mut last = begun.clone();
		let mut is_around = begun.is_none();
		let mut sends: u32 = 0;
		for _ in 0..T::MaxSendsPerBlock::get().saturating_mul(LOOKS_PER_SEND) {
			let Some(next) = Self::next_note(last.as_ref()) else {
				last = None;
				if is_around {
					break;
				}
				is_around = true;
				continue;
			};
			let is_second_time = is_around
				&& begun
					.as_ref()
					.is_some_and(|begun| Self::place_of(&next) > Self::place_of(begun));
			// Whoever comes next here has room for one more, or it is where the next block begins.
			if is_second_time
				|| sends >= T::MaxSendsPerBlock::get()
				|| !meter.can_consume(look.saturating_add(send))
			{
				break;
			}
			meter.consume(look);
			// Full after the last one, perhaps.
			if !T::Way::is_open() {
				break;
			}
			let (who, asset) = &next;
			match Self::parcel(who, asset) {
				Ok((home, amount)) => {
					sends = sends.saturating_add(1);
					meter.consume(send);
					let sent = Self::hand_over(who, asset, &home, amount, || {
						T::Way::send(who, &home, asset, amount)
					});
					if let Err(why) = sent {
						Self::deposit_event(Event::Kept {
							who: who.clone(),
							asset: asset.clone(),
							amount,
							why,
						});
					}
				}
				Err(_) => Self::shrink(who, asset),
			}
			last = Some(next);
		}
		if last != begun {
			IdleCursor::<T>::set(last);
		}
	}

	/// The note behind another one, which may be gone by now.
	fn next_note(after: Option<&(T::AccountId, AssetId)>) -> Option<(T::AccountId, AssetId)> {
		match after {
			Some(note) => Gathered::<T>::iter_keys_from(Self::place_of(note)).next(),
			None => Gathered::<T>::iter_keys().next(),
		}
	}

	/// Where a note is in the order in which they are gone round.
	fn place_of((who, asset): &(T::AccountId, AssetId)) -> Vec<u8> {
		Gathered::<T>::hashed_key_for(who, asset)
	}
}
