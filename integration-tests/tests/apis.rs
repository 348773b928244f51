//! What the runtimes tell wallets and relayers, against what then happens.

use codec::{Decode, Encode};
use frame_support::assert_ok;
use lutine_bridge::chains::{LUTINE_NETWORK, PARTNER_NETWORK, lane_id, location};
use lutine_integration_tests::*;
use sp_keyring::Sr25519Keyring::{Alice, Charlie, Dave};
use xcm::{VersionedAsset, VersionedAssetId, VersionedLocation, VersionedXcm, latest::prelude::*};
use xcm_runtime_apis::{
	conversions::Error as ConversionError,
	dry_run::{CallDryRunEffects, XcmDryRunEffects},
	fees::Error as FeesError,
};

/// Asks a runtime as a client does: by the name of the method, in bytes.
fn ask<R: Decode>(
	answer: impl FnOnce(&str, &[u8]) -> Option<Vec<u8>>,
	method: &str,
	input: impl Encode,
) -> R {
	let answer = answer(method, &input.encode()).expect("the runtime has the method");
	R::decode(&mut &answer[..]).unwrap()
}

fn lutine<R: Decode>(world: &mut World, method: &str, input: impl Encode) -> R {
	world
		.lutine
		.read(|| ask(lutine_runtime::api::dispatch, method, input))
}

fn partner<R: Decode>(world: &mut World, method: &str, input: impl Encode) -> R {
	world
		.partner
		.read(|| ask(lutine_partner_runtime::api::dispatch, method, input))
}

/// The message that is under way to the partner, as that executes it.
fn on_the_way_out(world: &mut World) -> Xcm<()> {
	under_way(&mut world.lutine, &mut world.partner).pop().unwrap()
}

fn on_the_way_back(world: &mut World) -> Xcm<()> {
	under_way(&mut world.partner, &mut world.lutine).pop().unwrap()
}

#[test]
fn fee_is_what_the_partner_says_it_is() {
	let mut world = World::new();
	for money in [Money::Lut, Money::Dollar] {
		let amount = if money == Money::Lut {
			10 * UNIT
		} else {
			100 * DOLLAR
		};
		let before = world
			.partner
			.read(|| money.held_on_partner(&Charlie.to_account_id()));
		assert_ok!(world.lutine.send_money(Alice, money, amount, here(Charlie)));
		let message = VersionedXcm::from(on_the_way_out(&mut world));
		let weight: Result<Weight, FeesError> =
			partner(&mut world, "XcmPaymentApi_query_xcm_weight", message);
		let asset = VersionedAssetId::from(AssetId(money.seen_from_partner()));
		let fee: Result<Balance, FeesError> = partner(
			&mut world,
			"XcmPaymentApi_query_weight_to_asset_fee",
			(weight.unwrap(), asset),
		);
		world.settle();
		let arrived = world
			.partner
			.read(|| money.held_on_partner(&Charlie.to_account_id()))
			- before;
		assert_eq!(arrived, amount - fee.unwrap(), "{money:?}");
	}
}

#[test]
fn fee_is_what_lutine_says_it_is() {
	let mut world = World::new();
	world.endow(Charlie);
	let before = world
		.lutine
		.read(|| Money::Lut.held_on_lutine(&Dave.to_account_id()));
	assert_ok!(
		world
			.partner
			.send_money(Charlie, Money::Lut, 10 * UNIT, here(Dave))
	);
	let message = VersionedXcm::from(on_the_way_back(&mut world));
	let weight: Result<Weight, FeesError> = lutine(&mut world, "XcmPaymentApi_query_xcm_weight", message);
	let weight = weight.unwrap();
	let asset = VersionedAssetId::from(AssetId(Location::here()));
	world.settle();
	let fee: Result<Balance, FeesError> = lutine(
		&mut world,
		"XcmPaymentApi_query_weight_to_asset_fee",
		(weight, asset),
	);
	let paid = 10 * UNIT
		- (world
			.lutine
			.read(|| Money::Lut.held_on_lutine(&Dave.to_account_id()))
			- before);
	let fee = fee.unwrap();
	// The multiplier moves from block to block, and by little.
	assert!(fee.abs_diff(paid) <= fee / 100, "{fee} {paid}");
	// No other money pays there.
	for money in [Money::Dollar, Money::Prt] {
		let asset = VersionedAssetId::from(AssetId(money.seen_from_lutine()));
		let fee: Result<Balance, FeesError> = lutine(
			&mut world,
			"XcmPaymentApi_query_weight_to_asset_fee",
			(weight, asset),
		);
		assert_eq!(fee, Err(FeesError::AssetNotFound));
	}
	let accepted: Result<Vec<VersionedAssetId>, FeesError> =
		lutine(&mut world, "XcmPaymentApi_query_acceptable_payment_assets", 5u32);
	assert_eq!(
		accepted.unwrap(),
		vec![VersionedAssetId::from(AssetId(Location::here()))]
	);
}

/// A purchase can be tried on Lutine before anything is sent, and what is tried is what happens.
#[test]
fn purchase_is_tried_before_it_is_sent() {
	let mut world = World::insured();
	let call = world.lutine.read(|| buy(1_000 * DOLLAR, 30));
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, purse(250 * DOLLAR), vec![call]))
	);
	let message = on_the_way_back(&mut world);
	let weight: Result<Weight, FeesError> = lutine(
		&mut world,
		"XcmPaymentApi_query_xcm_weight",
		VersionedXcm::from(message.clone()),
	);
	let effects: Result<XcmDryRunEffects<lutine_runtime::RuntimeEvent>, xcm_runtime_apis::dry_run::Error> =
		lutine(
			&mut world,
			"DryRunApi_dry_run_xcm",
			(
				VersionedLocation::from(location(PARTNER_NETWORK)),
				VersionedXcm::from(Xcm::<lutine_runtime::RuntimeCall>::from(message)),
			),
		);
	let effects = effects.unwrap();
	let Outcome::Complete { used } = effects.execution_result else {
		panic!("{:?}", effects.execution_result);
	};
	assert!(used.all_lte(weight.unwrap()));
	let bought = |events: &[lutine_runtime::RuntimeEvent]| {
		events.iter().find_map(|event| match event {
			lutine_runtime::RuntimeEvent::Cover(pallet_cover::Event::Bought {
				net_premium, holder, ..
			}) => Some((*net_premium, holder.clone())),
			_ => None,
		})
	};
	let tried = bought(&effects.emitted_events).expect("it buys");
	assert_eq!(tried.1, derived(Charlie));
	assert!(
		world.lutine.read(|| lutine_runtime::Cover::holder(0)).is_none(),
		"nothing was done"
	);
	world.settle();
	assert!(world.lutine.read(|| lutine_runtime::Cover::holder(0)).is_some());
	let policy = world
		.lutine
		.read(|| pallet_cover::Policies::<lutine_runtime::Runtime>::get(0).unwrap());
	// The price moves with the seconds, and by little.
	assert!(policy.net_premium.abs_diff(tried.0) <= tried.0 / 20, "{policy:?}");
}

/// A wallet sees on its own chain what would be sent.
#[test]
fn transfer_is_tried_before_it_is_sent() {
	let mut world = World::new();
	let effects: Result<CallDryRunEffects<lutine_runtime::RuntimeEvent>, xcm_runtime_apis::dry_run::Error> =
		lutine(
			&mut world,
			"DryRunApi_dry_run_call",
			(
				lutine_runtime::OriginCaller::system(frame_system::RawOrigin::Signed(Alice.to_account_id())),
				transfer_out(10 * UNIT, Charlie),
				5u32,
			),
		);
	let effects = effects.unwrap();
	assert_ok!(effects.execution_result);
	let sent: Vec<_> = effects.forwarded_xcms;
	assert_eq!(sent.len(), 1, "{sent:?}");
	assert_eq!(sent[0].0, VersionedLocation::from(location(PARTNER_NETWORK)));
	let tried: Xcm<()> = sent[0].1[0].clone().try_into().unwrap();
	assert_eq!(
		world.lutine.read(Lutine::outbound).latest_generated_nonce,
		0,
		"nothing was sent"
	);
	assert_ok!(world.lutine.apply(Alice, transfer_out(10 * UNIT, Charlie)));
	let sent = on_the_way_out(&mut world);
	// But for the name that each message has.
	assert_eq!(tried.0[..tried.0.len() - 1], sent.0[..sent.0.len() - 1]);
}

#[test]
fn place_has_the_account_that_the_runtime_says() {
	let mut world = World::new();
	let convert = |place: Location| (VersionedLocation::from(place),);
	let account: Result<sp_runtime::AccountId32, ConversionError> = lutine(
		&mut world,
		"LocationToAccountApi_convert_location",
		convert(partners(Charlie)),
	);
	assert_eq!(account, Ok(derived(Charlie)));
	let account: Result<sp_runtime::AccountId32, ConversionError> = lutine(
		&mut world,
		"LocationToAccountApi_convert_location",
		convert(here(Charlie)),
	);
	assert_eq!(account, Ok(Charlie.to_account_id()));
	let account: Result<sp_runtime::AccountId32, ConversionError> = lutine(
		&mut world,
		"LocationToAccountApi_convert_location",
		convert(location(PARTNER_NETWORK)),
	);
	assert_eq!(account, Ok(reserve_on_lutine()));
	let account: Result<sp_runtime::AccountId32, ConversionError> = partner(
		&mut world,
		"LocationToAccountApi_convert_location",
		convert(location(LUTINE_NETWORK)),
	);
	assert_eq!(account, Ok(reserve_on_partner()));
	let account: Result<sp_runtime::AccountId32, ConversionError> = lutine(
		&mut world,
		"LocationToAccountApi_convert_location",
		convert(Location::new(2, Here)),
	);
	assert_eq!(account, Err(ConversionError::Unsupported));
	// The same person with a network named is somebody else, and nobody acts as them.
	let with_network = Location::new(
		1,
		[
			GlobalConsensus(PARTNER_NETWORK),
			AccountId32 {
				network: Some(PARTNER_NETWORK),
				id: Charlie.to_account_id().into(),
			},
		],
	);
	let account: Result<sp_runtime::AccountId32, ConversionError> = lutine(
		&mut world,
		"LocationToAccountApi_convert_location",
		convert(with_network),
	);
	assert_ne!(account, Ok(derived(Charlie)));
}

#[test]
fn each_chain_trusts_the_other_with_its_own_money_alone() {
	let mut world = World::new();
	type Answer = Result<bool, xcm_runtime_apis::trusted_query::Error>;
	for money in Money::ALL {
		let asset = VersionedAsset::from(money.on_lutine(1));
		let place = VersionedLocation::from(location(PARTNER_NETWORK));
		let trusted: Answer = lutine(
			&mut world,
			"TrustedQueryApi_is_trusted_reserve",
			(asset.clone(), place.clone()),
		);
		assert_eq!(trusted, Ok(money == Money::Prt));
		let trusted: Answer = lutine(
			&mut world,
			"TrustedQueryApi_is_trusted_teleporter",
			(asset, place),
		);
		assert_eq!(trusted, Ok(false));
		let asset = VersionedAsset::from(money.on_partner(1));
		let place = VersionedLocation::from(location(LUTINE_NETWORK));
		let trusted: Answer = partner(
			&mut world,
			"TrustedQueryApi_is_trusted_reserve",
			(asset.clone(), place.clone()),
		);
		assert_eq!(trusted, Ok(money != Money::Prt));
		let trusted: Answer = partner(
			&mut world,
			"TrustedQueryApi_is_trusted_teleporter",
			(asset, place),
		);
		assert_eq!(trusted, Ok(false));
	}
}

#[test]
fn relayer_is_told_what_it_needs() {
	let mut world = World::new();
	world.relay_headers();
	type Id = Option<bp_runtime::HeaderId<sp_core::H256, u32>>;
	let best: Id = partner(&mut world, "LutineFinalityApi_best_finalized", ());
	assert_eq!(best, world.partner.read(Partner::best_finalized));
	let best: Id = lutine(&mut world, "PartnerFinalityApi_best_finalized", ());
	assert_eq!(best, world.lutine.read(Lutine::best_finalized));
	assert_ok!(world.lutine.send_money(Alice, Money::Lut, UNIT, here(Charlie)));
	let details: Vec<bp_messages::OutboundMessageDetails> = lutine(
		&mut world,
		"ToPartnerOutboundLaneApi_message_details",
		(lane_id(), 1u64, 5u64),
	);
	assert_eq!(details.len(), 1);
	let payload = world.lutine.read(|| Lutine::message(1)).unwrap();
	assert_eq!(details[0].size as usize, payload.len());
	let inbound: Vec<bp_messages::InboundMessageDetails> = partner(
		&mut world,
		"FromLutineInboundLaneApi_message_details",
		(lane_id(), vec![(payload.clone(), details[0].clone())]),
	);
	assert_eq!(
		inbound[0].dispatch_weight,
		world.partner.read(|| Partner::dispatch_weight(1, payload))
	);
}
