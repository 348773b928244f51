use crate::{
	Runtime, RuntimeGenesisConfig,
	configs::{RuntimeBlockLength, RuntimeBlockWeights},
	genesis,
};
use bp_runtime::Chain;
use frame_support::{dispatch::DispatchClass, traits::Get};
use lutine_bridge::chains;
use sp_runtime::BuildStorage;

/// The instance of the bridge pallets.
type OnlyOne = ();

/// What Lutine says of this chain is what it is.
#[test]
fn chain_is_as_the_bridge_knows_it() {
	bridge_runtime_common::assert_complete_bridge_types!(
		runtime: Runtime,
		with_bridged_chain_messages_instance: OnlyOne,
		this_chain: chains::Partner,
		bridged_chain: chains::Lutine,
		expected_payload_type: bp_xcm_bridge_hub::XcmAsPlainPayload,
	);
	let length = RuntimeBlockLength::get();
	assert_eq!(
		chains::Partner::max_extrinsic_size(),
		*length.max.get(DispatchClass::Normal)
	);
	let heaviest = RuntimeBlockWeights::get()
		.get(DispatchClass::Normal)
		.max_extrinsic
		.unwrap();
	assert!(chains::Partner::max_extrinsic_weight().all_lte(heaviest));
	assert!(<pallet_message_queue::MaxMessageLenOf<Runtime> as Get<u32>>::get() >= chains::MAX_MESSAGE_SIZE);
	bridge_runtime_common::integrity::assert_bridge_messages_pallet_constants::<Runtime, ()>();
	bridge_runtime_common::integrity::assert_bridge_grandpa_pallet_constants::<Runtime, ()>();
	bridge_runtime_common::integrity::check_message_lane_weights::<chains::Partner, Runtime, ()>(
		1_024, 128, 256, false,
	);
}

#[test]
fn every_preset_makes_a_chain() {
	for preset in genesis::PRESETS {
		let whole = genesis::configuration(preset).unwrap();
		serde_json::from_value::<RuntimeGenesisConfig>(whole)
			.unwrap()
			.build_storage()
			.unwrap();
	}
}
