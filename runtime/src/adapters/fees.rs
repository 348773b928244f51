//! Where transaction fees go.

use crate::{AccountId, Authorship, Balances, configs::governance::TreasuryAccount};
use frame_support::traits::{
	Imbalance, OnUnbalanced,
	fungible::{Balanced, Credit},
	tokens::imbalance::ResolveTo,
};

/// A fifth of the fee to the block's author and the rest to the treasury; the tip to the author.
pub struct FeesToAuthorAndTreasury;

type NativeCredit = Credit<AccountId, Balances>;
type ToTreasury = ResolveTo<TreasuryAccount, Balances>;

impl OnUnbalanced<NativeCredit> for FeesToAuthorAndTreasury {
	/// The payment pallet hands over the fee and then, where there is one, the tip.
	fn on_unbalanceds(mut fee_and_tip: impl Iterator<Item = NativeCredit>) {
		let Some(fee) = fee_and_tip.next() else { return };
		let (mut to_author, to_treasury) = fee.ration(20, 80);
		if let Some(tip) = fee_and_tip.next() {
			to_author.subsume(tip);
		}
		ToTreasury::on_unbalanced(to_treasury);
		match Authorship::author() {
			// An author whose account cannot receive leaves it to the treasury.
			Some(author) => {
				if let Err(refused) = Balances::resolve(&author, to_author) {
					ToTreasury::on_unbalanced(refused);
				}
			}
			None => ToTreasury::on_unbalanced(to_author),
		}
	}

	/// Messages from other chains pay a fee alone.
	fn on_nonzero_unbalanced(fee: NativeCredit) {
		Self::on_unbalanceds(core::iter::once(fee));
	}
}
