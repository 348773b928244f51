//! What is true of products and their audits after every call.

use crate::{Audits, Config, Pallet, Profiles};
use frame_support::{ensure, traits::Get};
use sp_runtime::{FixedU128, TryRuntimeError, traits::Zero};

impl<T: Config> Pallet<T> {
	/// Checks what is stored:
	///
	/// - where incidents weigh on a product, the last of them is not in the future;
	/// - every list of audits belongs to a product, is not empty and has one audit of each auditor at most;
	/// - every product has a probability, and it is within the bounds of the parameters.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let parameters = T::Parameters::get();
		let bounds =
			FixedU128::from(parameters.min_probability)..=FixedU128::from(parameters.max_probability);
		let now = Self::now();
		for (product, profile) in Profiles::<T>::iter() {
			ensure!(
				profile.past.is_zero() || profile.quiet_since <= now,
				"an accepted incident is in the future"
			);
			let report = Self::report(product).ok_or("a product has no probability")?;
			ensure!(
				bounds.contains(&report.probability),
				"a product's probability is out of bounds"
			);
		}
		for (product, audits) in Audits::<T>::iter() {
			ensure!(
				Profiles::<T>::contains_key(product),
				"audits of an unknown product"
			);
			ensure!(!audits.is_empty(), "an empty list of audits is stored");
			for (i, audit) in audits.iter().enumerate() {
				ensure!(
					!audits[..i].iter().any(|other| other.auditor == audit.auditor),
					"an auditor has two audits of one product"
				);
			}
		}
		Ok(())
	}
}
