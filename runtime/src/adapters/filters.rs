//! What nobody may call who is not Root, wherever it is wrapped: in batches, proxies, multisigs or motions.

use crate::RuntimeCall;
use frame_support::traits::Contains;
use pallet_cover::CERTIFICATES;

/// Every call but the burning of a certificate: that would leave a policy nobody holds. Closing the policy burns it.
pub struct KeepCertificates;

impl Contains<RuntimeCall> for KeepCertificates {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::Nfts(pallet_nfts::Call::burn { collection, .. }) if *collection == CERTIFICATES)
	}
}

/// Feeds have keys below this.
pub const MAX_FEEDS: u32 = 1_024;

/// Every call but those with which a feeder could store without limit. Feeding is free of fees, and all that a feeder has
/// said is removed at once when it leaves: a block must have room for that. So feeds have small keys, and a feeder leaves
/// by referendum only.
pub struct KnownFeeds;

impl Contains<RuntimeCall> for KnownFeeds {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Oracle(pallet_oracle::Call::feed_values { values }) => {
				values.iter().all(|(key, _)| *key < MAX_FEEDS)
			}
			RuntimeCall::OracleMembers(pallet_membership::Call::change_key { .. }) => false,
			_ => true,
		}
	}
}

/// How often a call may be wrapped: a batch of a proxy's batches, agreed to by a multisig.
const MAX_WRAPPINGS: u8 = 4;

/// Every call that is not wrapped too often. What a call weighs is computed anew in every batch around it, nobody pays for
/// that, and some of our weights read the state.
pub struct Shallow;

impl Contains<RuntimeCall> for Shallow {
	fn contains(call: &RuntimeCall) -> bool {
		is_within(call, MAX_WRAPPINGS)
	}
}

fn is_within(call: &RuntimeCall, wrappings: u8) -> bool {
	use pallet_utility::Call as Utility;
	let inner = |call: &RuntimeCall| wrappings > 0 && is_within(call, wrappings.saturating_sub(1));
	match call {
		RuntimeCall::Utility(
			Utility::batch { calls } | Utility::batch_all { calls } | Utility::force_batch { calls },
		) => calls.iter().all(inner),
		RuntimeCall::Utility(
			Utility::as_derivative { call, .. }
			| Utility::dispatch_as { call, .. }
			| Utility::dispatch_as_fallible { call, .. }
			| Utility::with_weight { call, .. },
		) => inner(call),
		RuntimeCall::Utility(Utility::if_else { main, fallback }) => inner(main) && inner(fallback),
		RuntimeCall::Proxy(
			pallet_proxy::Call::proxy { call, .. } | pallet_proxy::Call::proxy_announced { call, .. },
		) => inner(call),
		RuntimeCall::Multisig(
			pallet_multisig::Call::as_multi { call, .. }
			| pallet_multisig::Call::as_multi_threshold_1 { call, .. },
		) => inner(call),
		RuntimeCall::Council(
			pallet_collective::Call::execute { proposal, .. }
			| pallet_collective::Call::propose { proposal, .. },
		) => inner(proposal),
		RuntimeCall::TechnicalCommittee(
			pallet_collective::Call::execute { proposal, .. }
			| pallet_collective::Call::propose { proposal, .. },
		) => inner(proposal),
		_ => true,
	}
}
