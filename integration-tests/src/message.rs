//! The programs that people send.

use crate::*;
use codec::Encode;
use lutine_bridge::{
	accounts::person,
	chains::{LUTINE_NETWORK, PARTNER_NETWORK, location, universal},
};
use lutine_runtime::configs::xcm::{LocationToAccountId, PARTNER_TOKEN};
use sp_keyring::Sr25519Keyring;
use sp_runtime::DispatchResult;
use xcm::{
	VersionedInteriorLocation, VersionedXcm,
	latest::{AssetTransferFilter, prelude::*},
};
use xcm_builder::BridgeMessage;
use xcm_executor::traits::ConvertLocation;

/// Money that crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Money {
	/// Lutine's own token.
	Lut,
	/// The test stablecoin, an asset of Lutine.
	Dollar,
	/// The partner's own token.
	Prt,
}

impl Money {
	/// All of it.
	pub const ALL: [Self; 3] = [Self::Lut, Self::Dollar, Self::Prt];

	/// Where it is, as Lutine sees it.
	pub fn seen_from_lutine(self) -> Location {
		match self {
			Self::Lut => Location::here(),
			Self::Dollar => Location::new(0, [PalletInstance(40), GeneralIndex(1)]),
			Self::Prt => location(PARTNER_NETWORK),
		}
	}

	/// Where it is, as the partner sees it.
	pub fn seen_from_partner(self) -> Location {
		match self {
			Self::Lut => location(LUTINE_NETWORK),
			Self::Dollar => Location::new(
				1,
				[
					GlobalConsensus(LUTINE_NETWORK),
					PalletInstance(40),
					GeneralIndex(1),
				],
			),
			Self::Prt => Location::here(),
		}
	}

	/// Some of it, as Lutine sees it.
	pub fn on_lutine(self, amount: Balance) -> Asset {
		(self.seen_from_lutine(), amount).into()
	}

	/// Some of it, as the partner sees it.
	pub fn on_partner(self, amount: Balance) -> Asset {
		(self.seen_from_partner(), amount).into()
	}

	/// What somebody has of it on Lutine.
	pub fn held_on_lutine(self, who: &sp_runtime::AccountId32) -> Balance {
		match self {
			Self::Lut => lutine_runtime::System::account(who).data.free,
			Self::Dollar => lutine_runtime::Assets::balance(1, who),
			Self::Prt => lutine_runtime::Assets::balance(PARTNER_TOKEN, who),
		}
	}

	/// What somebody has of it on the partner.
	pub fn held_on_partner(self, who: &sp_runtime::AccountId32) -> Balance {
		match self {
			Self::Lut => lutine_partner_runtime::Assets::balance(1, who),
			Self::Dollar => lutine_partner_runtime::Assets::balance(2, who),
			Self::Prt => lutine_partner_runtime::System::account(who).data.free,
		}
	}

	/// What there is of it on a chain that is not its own.
	pub fn issued_away(self, world: &mut World) -> Balance {
		match self {
			Self::Lut => world
				.partner
				.read(|| lutine_partner_runtime::Assets::total_supply(1)),
			Self::Dollar => world
				.partner
				.read(|| lutine_partner_runtime::Assets::total_supply(2)),
			Self::Prt => world
				.lutine
				.read(|| lutine_runtime::Assets::total_supply(PARTNER_TOKEN)),
		}
	}
}

/// Somebody of a chain, as that sees them.
pub fn here(who: Sr25519Keyring) -> Location {
	AccountId32 {
		network: None,
		id: who.to_account_id().into(),
	}
	.into()
}

/// Somebody of the partner, as Lutine sees them.
pub fn partners(who: Sr25519Keyring) -> Location {
	person(PARTNER_NETWORK, who.to_account_id().into())
}

/// The account on Lutine of somebody of the partner.
pub fn derived(who: Sr25519Keyring) -> sp_runtime::AccountId32 {
	LocationToAccountId::convert_location(&partners(who)).unwrap()
}

/// The account on Lutine of the partner chain.
pub fn reserve_on_lutine() -> sp_runtime::AccountId32 {
	LocationToAccountId::convert_location(&location(PARTNER_NETWORK)).unwrap()
}

/// The account on the partner of the Lutine chain.
pub fn reserve_on_partner() -> sp_runtime::AccountId32 {
	lutine_bridge::accounts::LocationToAccountId::<PartnerUniversal>::convert_location(&location(
		LUTINE_NETWORK,
	))
	.unwrap()
}

frame_support::parameter_types! {
	/// Where the partner is.
	pub PartnerUniversal: InteriorLocation = universal(PARTNER_NETWORK);
	/// Where Lutine is.
	pub LutineUniversal: InteriorLocation = universal(LUTINE_NETWORK);
}

/// What is left of a message goes to somebody.
pub fn refund_to(beneficiary: Location) -> Instruction<()> {
	SetAppendix(Xcm(vec![
		RefundSurplus,
		DepositAsset {
			assets: Wild(AllCounted(3)),
			beneficiary,
		},
	]))
}

/// A call on Lutine, made by the account there of who sends it.
pub fn transact(call: impl Into<lutine_runtime::RuntimeCall>) -> Instruction<()> {
	Transact {
		origin_kind: OriginKind::SovereignAccount,
		fallback_max_weight: None,
		call: call.into().encode().into(),
	}
}

/// What somebody of the partner takes along to Lutine.
#[derive(Clone, Debug, Default)]
pub struct Luggage {
	/// LUT for fees there.
	pub fees: Balance,
	/// All else.
	pub assets: Vec<(Money, Balance)>,
}

/// A program for the partner: it sends money to Lutine, and a program for it there.
pub fn to_lutine(luggage: Luggage, preserve_origin: bool, remote: Vec<Instruction<()>>) -> Xcm<()> {
	let Luggage { fees, assets } = luggage;
	let mut taken: Vec<Asset> = assets
		.iter()
		.map(|(money, amount)| money.on_partner(*amount))
		.collect();
	taken.push(Money::Lut.on_partner(fees));
	let filters: Vec<AssetTransferFilter> = assets
		.iter()
		.map(|(money, amount)| {
			let asset = Definite(money.on_partner(*amount).into());
			match money {
				Money::Prt => AssetTransferFilter::ReserveDeposit(asset),
				_ => AssetTransferFilter::ReserveWithdraw(asset),
			}
		})
		.collect();
	Xcm(vec![
		WithdrawAsset(taken.into()),
		InitiateTransfer {
			destination: location(LUTINE_NETWORK),
			remote_fees: Some(AssetTransferFilter::ReserveWithdraw(Definite(
				Money::Lut.on_partner(fees).into(),
			))),
			preserve_origin,
			assets: filters.try_into().unwrap(),
			remote_xcm: Xcm(remote),
		},
	])
}

/// What somebody of the partner wants done on Lutine, as `BRIDGE.md` has it: the money goes to their account there, their
/// account makes the calls, each must succeed, and what is left goes to it.
pub fn errand(who: Sr25519Keyring, luggage: Luggage, calls: Vec<lutine_runtime::RuntimeCall>) -> Xcm<()> {
	let mut remote = vec![
		refund_to(partners(who)),
		SetHints {
			hints: vec![AssetClaimer {
				location: partners(who),
			}]
			.try_into()
			.unwrap(),
		},
	];
	let assets: Vec<Asset> = luggage
		.assets
		.iter()
		.map(|(money, amount)| money.on_lutine(*amount))
		.collect();
	if !assets.is_empty() {
		remote.push(DepositAsset {
			assets: Definite(assets.into()),
			beneficiary: partners(who),
		});
	}
	for call in calls {
		remote.push(transact(call));
		remote.push(ExpectTransactStatus(MaybeErrorCode::Success));
	}
	to_lutine(luggage, true, remote)
}

/// The call on the partner that executes a program.
pub fn execution(partner: &mut Chain<Partner>, program: Xcm<()>) -> lutine_partner_runtime::RuntimeCall {
	let versioned = VersionedXcm::from(program.clone());
	let max_weight = partner
		.read(|| lutine_partner_runtime::PolkadotXcm::query_xcm_weight(versioned))
		.unwrap();
	let message = VersionedXcm::from(Xcm::<lutine_partner_runtime::RuntimeCall>::from(program));
	pallet_xcm::Call::<lutine_partner_runtime::Runtime>::execute {
		message: Box::new(message),
		max_weight,
	}
	.into()
}

impl Chain<Partner> {
	/// Somebody executes a program on the partner.
	pub fn execute(&mut self, who: Sr25519Keyring, program: Xcm<()>) -> DispatchResult {
		let call = execution(self, program);
		self.apply(who, call)
	}

	/// Somebody sends money of one kind to an account on Lutine.
	pub fn send_money(
		&mut self,
		who: Sr25519Keyring,
		money: Money,
		amount: Balance,
		beneficiary: Location,
	) -> DispatchResult {
		let mut assets = vec![money.on_partner(amount)];
		// Lutine takes fees in LUT: other money travels with some.
		if money != Money::Lut {
			assets.push(Money::Lut.on_partner(UNIT));
		}
		let assets = Assets::from(assets);
		let lut = Money::Lut.seen_from_partner();
		let fee_asset_item = assets.inner().iter().position(|asset| asset.id.0 == lut).unwrap() as u32;
		self.apply(
			who,
			pallet_xcm::Call::<lutine_partner_runtime::Runtime>::transfer_assets {
				dest: Box::new(location(LUTINE_NETWORK).into()),
				beneficiary: Box::new(beneficiary.into()),
				assets: Box::new(assets.into()),
				fee_asset_item,
				weight_limit: Unlimited,
			},
		)
	}

	/// The partner's own validators send a program in the name of their chain: whatever they like, without taking
	/// anything for it.
	pub fn forge(&mut self, program: Xcm<()>) {
		let mut program = program;
		program
			.0
			.insert(0, UniversalOrigin(GlobalConsensus(PARTNER_NETWORK)));
		let message = BridgeMessage {
			universal_dest: VersionedInteriorLocation::from(universal(LUTINE_NETWORK)),
			message: VersionedXcm::from(program),
		};
		self.read(|| Partner::send(message.encode())).unwrap();
		self.produce(1);
	}
}

impl Chain<Lutine> {
	/// Somebody sends money of one kind to an account on the partner.
	pub fn send_money(
		&mut self,
		who: Sr25519Keyring,
		money: Money,
		amount: Balance,
		beneficiary: Location,
	) -> DispatchResult {
		let assets = Assets::from(vec![money.on_lutine(amount)]);
		self.apply(
			who,
			pallet_xcm::Call::<lutine_runtime::Runtime>::transfer_assets {
				dest: Box::new(location(PARTNER_NETWORK).into()),
				beneficiary: Box::new(beneficiary.into()),
				assets: Box::new(assets.into()),
				fee_asset_item: 0,
				weight_limit: Unlimited,
			},
		)
	}
}

/// The call on Lutine that sends LUT to somebody of the partner.
pub fn transfer_out(amount: Balance, to: Sr25519Keyring) -> lutine_runtime::RuntimeCall {
	pallet_xcm::Call::<lutine_runtime::Runtime>::transfer_assets {
		dest: Box::new(location(PARTNER_NETWORK).into()),
		beneficiary: Box::new(here(to).into()),
		assets: Box::new(Assets::from(vec![Money::Lut.on_lutine(amount)]).into()),
		fee_asset_item: 0,
		weight_limit: Unlimited,
	}
	.into()
}

/// The call on the partner that sends LUT to somebody of Lutine.
pub fn transfer_back(amount: Balance, to: Sr25519Keyring) -> lutine_partner_runtime::RuntimeCall {
	pallet_xcm::Call::<lutine_partner_runtime::Runtime>::transfer_assets {
		dest: Box::new(location(LUTINE_NETWORK).into()),
		beneficiary: Box::new(here(to).into()),
		assets: Box::new(Assets::from(vec![Money::Lut.on_partner(amount)]).into()),
		fee_asset_item: 0,
		weight_limit: Unlimited,
	}
	.into()
}
