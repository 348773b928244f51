//! What is left over of a message, and whose it is.

use core::marker::PhantomData;
use frame_support::{
	traits::{Contains, Get},
	weights::Weight,
};
use xcm::latest::prelude::{Assets, Location, XcmContext};
use xcm_executor::{
	AssetsInHolding,
	traits::{ClaimAssets, DropAssets, TransactAsset},
};

/// Keeps what is left over for whoever may claim it. Where nobody could, because no one can act as the `Nobody` it would
/// belong to, the keeper's account gets it.
pub struct TrapForKeeper<Trap, Transactor, Keeper, Nobody>(PhantomData<(Trap, Transactor, Keeper, Nobody)>);

impl<Trap, Transactor, Keeper, Nobody> DropAssets for TrapForKeeper<Trap, Transactor, Keeper, Nobody>
where
	Trap: DropAssets,
	Transactor: TransactAsset,
	Keeper: Get<Location>,
	Nobody: Contains<Location>,
{
	fn drop_assets(claimer: &Location, mut assets: AssetsInHolding, context: &XcmContext) -> Weight {
		if !Nobody::contains(claimer) {
			return Trap::drop_assets(claimer, assets, context);
		}
		let mut refused = AssetsInHolding::new();
		while let Some((id, credit)) = assets.fungible.pop_first() {
			let asset = AssetsInHolding::new_from_fungible_credit(id, credit);
			if let Err((asset, _)) = Transactor::deposit_asset(asset, &Keeper::get(), Some(context)) {
				refused.subsume_assets(asset);
			}
		}
		refused.subsume_assets(assets);
		Trap::drop_assets(claimer, refused, context)
	}
}

impl<Trap: ClaimAssets, Transactor, Keeper, Nobody> ClaimAssets
	for TrapForKeeper<Trap, Transactor, Keeper, Nobody>
{
	fn claim_assets(
		origin: &Location,
		ticket: &Location,
		what: &Assets,
		context: &XcmContext,
	) -> Option<AssetsInHolding> {
		Trap::claim_assets(origin, ticket, what, context)
	}
}
