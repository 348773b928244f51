//! Who somebody from the other chain is on this one.
//!
//! A person there has an account here that only they control: its address is a hash of where they are. The other chain
//! itself has one as well, which holds what was sent there and comes back from there.

use crate::chains::{AccountId, location};
use core::marker::PhantomData;
use frame_support::traits::{Contains, Get};
use xcm::latest::prelude::{AccountId32, GlobalConsensus, InteriorLocation, Location, NetworkId};
use xcm_builder::{
	AccountId32Aliases, DescribeTerminus, ExternalConsensusLocationsConverterFor, HashedDescription,
};
use xcm_executor::traits::ConvertLocation;

/// No network: how both chains write an account of their own. With a network it would be somebody else's account there.
pub struct NoNetwork;
impl Get<Option<NetworkId>> for NoNetwork {
	fn get() -> Option<NetworkId> {
		None
	}
}

/// The account of a location: of somebody here, of somebody on the other chain, of the other chain, of this one.
pub type LocationToAccountId<Universal> = (
	AccountId32Aliases<NoNetwork, AccountId>,
	Bridged<Universal>,
	HashedDescription<AccountId, DescribeTerminus>,
);

/// The accounts of the other chain and of what is in it.
pub struct Bridged<Universal>(PhantomData<Universal>);
impl<Universal: Get<InteriorLocation>> ConvertLocation<AccountId> for Bridged<Universal> {
	fn convert_location(place: &Location) -> Option<AccountId> {
		ExternalConsensusLocationsConverterFor::<Universal, AccountId>::convert_location(place)
	}
}

/// The people of another chain, and nobody else: not the chain itself, whose account here holds what they all own.
pub struct People<Network>(PhantomData<Network>);
impl<Network: Get<NetworkId>> Contains<Location> for People<Network> {
	fn contains(place: &Location) -> bool {
		matches!(
			place.unpack(),
			(1, [GlobalConsensus(network), AccountId32 { network: None, .. }]) if *network == Network::get()
		)
	}
}

/// The accounts of the people of another chain.
pub struct PeopleToAccountId<Network, Universal>(PhantomData<(Network, Universal)>);
impl<Network: Get<NetworkId>, Universal: Get<InteriorLocation>> ConvertLocation<AccountId>
	for PeopleToAccountId<Network, Universal>
{
	fn convert_location(place: &Location) -> Option<AccountId> {
		if !People::<Network>::contains(place) {
			return None;
		}
		Bridged::<Universal>::convert_location(place)
	}
}

/// Another chain and all that is in it.
pub struct Family<Network>(PhantomData<Network>);
impl<Network: Get<NetworkId>> Contains<Location> for Family<Network> {
	fn contains(place: &Location) -> bool {
		place.starts_with(&location(Network::get()))
	}
}

/// Where a person of another chain is.
pub fn person(network: NetworkId, id: [u8; 32]) -> Location {
	Location::new(1, [GlobalConsensus(network), AccountId32 { network: None, id }])
}
