//! The calls that neither safe mode nor a pause stops.

use crate::{Runtime, RuntimeCall};
use frame_support::traits::{Contains, GetCallMetadata};
use pallet_tx_pause::RuntimeCallNameOf;

/// Block production, validators, governance and oracle feeds stay open whatever happens: they are the way out of it.
///
/// `Utility`, `Multisig` and `Proxy` are here because what they wrap is filtered again by itself.
const ESSENTIAL: [&str; 21] = [
	"System",
	"Timestamp",
	"Babe",
	"Grandpa",
	"Staking",
	"VoterList",
	"Session",
	"Parameters",
	"Preimage",
	"Scheduler",
	"Democracy",
	"Council",
	"TechnicalCommittee",
	"Treasury",
	"SafeMode",
	"TxPause",
	"OracleMembers",
	"Oracle",
	"Utility",
	"Multisig",
	"Proxy",
];

/// Calls of the pallets in [`ESSENTIAL`].
pub struct Essential;

impl Contains<RuntimeCall> for Essential {
	fn contains(call: &RuntimeCall) -> bool {
		ESSENTIAL.contains(&call.get_call_metadata().pallet_name)
	}
}

impl Contains<RuntimeCallNameOf<Runtime>> for Essential {
	fn contains((pallet, _): &RuntimeCallNameOf<Runtime>) -> bool {
		ESSENTIAL
			.iter()
			.any(|essential| essential.as_bytes() == pallet.as_slice())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::traits::PalletInfoAccess;

	#[test]
	fn every_essential_pallet_exists() {
		let names = <crate::AllPalletsWithSystem as frame_support::traits::PalletsInfoAccess>::infos();
		for essential in ESSENTIAL {
			assert!(names.iter().any(|pallet| pallet.name == essential), "{essential}");
		}
		assert_eq!(crate::Balances::name(), "Balances");
	}
}
