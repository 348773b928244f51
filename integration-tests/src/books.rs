//! What is held of an asset on one chain against what of it is on the other.

use crate::*;
use codec::Decode;
use xcm::{VersionedXcm, latest::prelude::*};
use xcm_builder::BridgeMessage;

/// What a chain's account has from its genesis on, of the token of the chain that it is on: so that it lives.
pub const SEED: Balance = UNIT / 100;

/// What of some money is where, in its smallest unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Book {
	/// What its own chain holds for the other one, beside what that had from the start.
	pub held: Balance,
	/// What there is of it on the other one.
	pub issued: Balance,
	/// What is under way to the other one: held, and not issued yet.
	pub leaving: Balance,
	/// What is under way home: issued no more, and held still.
	pub returning: Balance,
}

impl Book {
	/// What is held for nobody; below zero, what is issued of nothing.
	pub fn stranded(&self) -> i128 {
		self.held as i128 - (self.issued + self.leaving + self.returning) as i128
	}
}

/// What a message takes along of something, whoever it is for. What it does after it has become somebody else is not the
/// chain's.
fn taken(message: &Xcm<()>, what: &Location) -> (Balance, Balance) {
	let sum = |assets: &Assets| {
		assets
			.inner()
			.iter()
			.map(|asset| match asset {
				Asset {
					id: AssetId(id),
					fun: Fungible(amount),
				} if id == what => *amount,
				_ => 0,
			})
			.sum::<Balance>()
	};
	let (mut deposited, mut withdrawn) = (0, 0);
	for instruction in &message.0 {
		match instruction {
			ReserveAssetDeposited(assets) => deposited += sum(assets),
			WithdrawAsset(assets) => withdrawn += sum(assets),
			ClearOrigin | AliasOrigin(_) | DescendOrigin(_) => break,
			_ => {}
		}
	}
	(deposited, withdrawn)
}

/// The messages of one chain to the other that were not executed yet.
pub fn under_way<S: Side, T: Side>(source: &mut Chain<S>, target: &mut Chain<T>) -> Vec<Xcm<()>> {
	let mut found = vec![];
	for nonce in undelivered(source, target) {
		let payload = source.read(|| S::message(nonce)).unwrap();
		// The lane stores what it was given in its encoding: the bytes with their length before them.
		let payload = Vec::<u8>::decode(&mut &payload[..]).unwrap();
		// What is no message takes nothing along.
		if let Ok(BridgeMessage { message, .. }) = BridgeMessage::decode(&mut &payload[..]) {
			found.extend(Xcm::try_from(message));
		}
	}
	for message in target.read(T::waiting) {
		if let Ok(message) = VersionedXcm::<()>::decode(&mut &message[..]) {
			found.extend(Xcm::try_from(message));
		}
	}
	found
}

impl World {
	/// What of some money is where.
	pub fn book(&mut self, money: Money) -> Book {
		let out = under_way(&mut self.lutine, &mut self.partner);
		let back = under_way(&mut self.partner, &mut self.lutine);
		let sum = |messages: &[Xcm<()>], what: &Location| {
			messages.iter().fold((0, 0), |(deposited, withdrawn), message| {
				let more = taken(message, what);
				(deposited + more.0, withdrawn + more.1)
			})
		};
		// What Lutine keeps leaves in messages to the partner, and returns in those of the partner; what the partner keeps,
		// the other way round.
		let (away, home) = match money {
			Money::Prt => (
				sum(&back, &money.seen_from_lutine()),
				sum(&out, &money.seen_from_partner()),
			),
			_ => (
				sum(&out, &money.seen_from_partner()),
				sum(&back, &money.seen_from_lutine()),
			),
		};
		let held = match money {
			Money::Prt => self.partner.read(|| money.held_on_partner(&reserve_on_partner())),
			_ => self.lutine.read(|| money.held_on_lutine(&reserve_on_lutine())),
		};
		let seed = if money == Money::Dollar { 0 } else { SEED };
		Book {
			held: held.saturating_sub(seed),
			issued: money.issued_away(self),
			leaving: away.0,
			returning: home.1,
		}
	}

	/// Nothing is lost and nothing comes from nowhere: what a chain holds for the other is what is there, to the unit.
	pub fn check(&mut self) {
		for money in Money::ALL {
			let book = self.book(money);
			let expected = self.stranded.get(&money).copied().unwrap_or(0);
			assert_eq!(book.stranded(), expected, "{money:?}: {book:?}");
		}
	}

	/// The books of now are taken as they are: from here on they must not change.
	pub fn accept_books(&mut self) {
		for money in Money::ALL {
			let stranded = self.book(money).stranded();
			self.stranded.insert(money, stranded);
		}
	}
}
