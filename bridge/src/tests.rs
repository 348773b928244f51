use crate::{
	accounts,
	chains::{self, *},
	queue::Peer,
};
use frame_support::{parameter_types, traits::Contains};
use xcm::latest::prelude::*;
use xcm_executor::traits::ConvertLocation;

parameter_types! {
	pub Universal: InteriorLocation = universal(LUTINE_NETWORK);
	pub const There: NetworkId = PARTNER_NETWORK;
}

#[test]
fn both_ends_name_the_lane_alike() {
	let from_there: LaneId = ends(PARTNER_NETWORK, LUTINE_NETWORK)
		.unwrap()
		.calculate_lane_id(chains::XCM_VERSION)
		.unwrap();
	assert_eq!(lane_id(), from_there);
	let other_version: LaneId = ends(PARTNER_NETWORK, LUTINE_NETWORK)
		.unwrap()
		.calculate_lane_id(4)
		.unwrap();
	assert_ne!(lane_id(), other_version);
}

#[test]
fn version_is_the_one_spoken() {
	assert_eq!(chains::XCM_VERSION, xcm::latest::VERSION);
}

#[test]
fn messages_are_from_the_chain_and_never_from_here() {
	assert_eq!(
		Location::from(Peer::Partner),
		Location::new(1, [GlobalConsensus(PARTNER_NETWORK)])
	);
	assert_eq!(
		Location::from(Peer::Lutine),
		Location::new(1, [GlobalConsensus(LUTINE_NETWORK)])
	);
}

#[test]
fn people_of_the_other_chain_have_accounts_of_their_own() {
	type All = accounts::LocationToAccountId<Universal>;
	type People = accounts::PeopleToAccountId<There, Universal>;
	let alice = accounts::person(PARTNER_NETWORK, [1; 32]);
	let bob = accounts::person(PARTNER_NETWORK, [2; 32]);
	let account = All::convert_location(&alice).unwrap();
	assert_eq!(People::convert_location(&alice), Some(account.clone()));
	assert_ne!(All::convert_location(&bob), Some(account.clone()));
	// Not the account of the same key here, and not that of the same key with a network.
	assert_ne!(account, AccountId::from([1; 32]));
	let with_network = Location::new(
		1,
		[
			GlobalConsensus(PARTNER_NETWORK),
			AccountId32 {
				network: Some(PARTNER_NETWORK),
				id: [1; 32],
			},
		],
	);
	assert_ne!(All::convert_location(&with_network), Some(account));
	assert_eq!(People::convert_location(&with_network), None);
}

#[test]
fn nobody_acts_as_the_chain_that_holds_what_all_own() {
	type People = accounts::PeopleToAccountId<There, Universal>;
	for place in [
		location(PARTNER_NETWORK),
		Location::here(),
		Location::new(
			0,
			[AccountId32 {
				network: None,
				id: [1; 32],
			}],
		),
		accounts::person(LUTINE_NETWORK, [1; 32]),
		accounts::person(NetworkId::Polkadot, [1; 32]),
		Location::new(
			1,
			[
				GlobalConsensus(PARTNER_NETWORK),
				AccountId32 {
					network: None,
					id: [1; 32],
				},
				PalletInstance(1),
			],
		),
	] {
		assert_eq!(People::convert_location(&place), None, "{place:?}");
	}
	assert!(accounts::Family::<There>::contains(&location(PARTNER_NETWORK)));
	assert!(!accounts::Family::<There>::contains(&location(LUTINE_NETWORK)));
	assert!(!accounts::Family::<There>::contains(&Location::here()));
}
