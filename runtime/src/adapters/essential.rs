//! The calls that neither safe mode nor a pause stops.

use crate::{Runtime, RuntimeCall};
use frame_support::traits::{Contains, GetCallMetadata};
use pallet_tx_pause::RuntimeCallNameOf;

/// Block production, validators, governance and oracle feeds stay open whatever happens: they are the way out of it. So
/// does everything by which people get money that is theirs. All calls of a pallet where none is named.
///
/// `Utility`, `Multisig` and `Proxy` are here because what they wrap is filtered again by itself.
const ESSENTIAL: [(&str, &[&str]); 29] = [
	("System", &[]),
	("Timestamp", &[]),
	("Babe", &[]),
	("Grandpa", &[]),
	("Staking", &[]),
	("VoterList", &[]),
	("Session", &[]),
	("Parameters", &[]),
	("Preimage", &[]),
	("Scheduler", &[]),
	("Democracy", &[]),
	("Council", &[]),
	("TechnicalCommittee", &[]),
	("Treasury", &[]),
	("SafeMode", &[]),
	("TxPause", &[]),
	("OracleMembers", &[]),
	("Oracle", &[]),
	("Utility", &[]),
	("Multisig", &[]),
	("Proxy", &[]),
	(
		"Pools",
		&[
			"request_withdrawal",
			"cancel_withdrawal",
			"process_withdrawals",
			"withdraw_marked_down",
			"settle",
			"distribute",
			"pay_arrears",
			"draw_reserve",
			"collect_due",
		],
	),
	(
		"Cover",
		&[
			"withdraw_proposal",
			"pause",
			"delist",
			"cancel",
			"close",
			"pull_arrears",
		],
	),
	("Claims", &[]),
	("Homes", &[]),
	("PartnerGrandpa", &[]),
	("PartnerMessages", &[]),
	("MessageQueue", &[]),
	("PolkadotXcm", &["claim_assets"]),
];

/// The calls in [`ESSENTIAL`].
pub struct Essential;

impl Essential {
	fn has(pallet: &[u8], call: &[u8]) -> bool {
		ESSENTIAL.iter().any(|(name, calls)| {
			name.as_bytes() == pallet
				&& (calls.is_empty() || calls.iter().any(|name| name.as_bytes() == call))
		})
	}
}

impl Contains<RuntimeCall> for Essential {
	fn contains(call: &RuntimeCall) -> bool {
		let metadata = call.get_call_metadata();
		Self::has(metadata.pallet_name.as_bytes(), metadata.function_name.as_bytes())
	}
}

impl Contains<RuntimeCallNameOf<Runtime>> for Essential {
	fn contains((pallet, call): &RuntimeCallNameOf<Runtime>) -> bool {
		Self::has(pallet, call)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_essential_call_exists() {
		let pallets = <crate::AllPalletsWithSystem as frame_support::traits::PalletsInfoAccess>::infos();
		for (pallet, calls) in ESSENTIAL {
			assert!(pallets.iter().any(|info| info.name == pallet), "{pallet}");
			let names = RuntimeCall::get_call_names(pallet);
			for call in calls {
				assert!(names.contains(call), "{pallet}.{call}");
			}
		}
	}
}
