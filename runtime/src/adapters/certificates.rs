//! What users may not do with certificates.

use crate::RuntimeCall;
use frame_support::traits::Contains;
use pallet_cover::CERTIFICATES;
use pallet_nfts::Call;

/// Every call but the burning of a certificate: that would leave a policy nobody holds. Closing the policy burns it. Holds
/// inside batches, proxies and multisigs as well.
pub struct KeepCertificates;

impl Contains<RuntimeCall> for KeepCertificates {
	fn contains(call: &RuntimeCall) -> bool {
		!matches!(call, RuntimeCall::Nfts(Call::burn { collection, .. }) if *collection == CERTIFICATES)
	}
}
