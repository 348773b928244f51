//! Money that crosses, and comes back.

use frame_support::{assert_noop, assert_ok, weights::WeightToFee as _};
use lutine_bridge::fees;
use lutine_integration_tests::*;
use lutine_primitives::fees::WeightToFee;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve};
use xcm::latest::{AssetTransferFilter, prelude::*};
use xcm_executor::traits::TransferType;

/// What somebody of Lutine has there.
fn there(world: &mut World, money: Money, who: Sr25519Keyring) -> Balance {
	world.lutine.read(|| money.held_on_lutine(&who.to_account_id()))
}

/// What somebody of the partner has there.
fn at_the_partner(world: &mut World, money: Money, who: Sr25519Keyring) -> Balance {
	world.partner.read(|| money.held_on_partner(&who.to_account_id()))
}

#[test]
fn lut_goes_to_the_partner_and_back() {
	let mut world = World::new();
	let before = there(&mut world, Money::Lut, Dave);
	assert_ok!(
		world
			.lutine
			.send_money(Alice, Money::Lut, 100 * UNIT, here(Charlie))
	);
	let book = world.book(Money::Lut);
	assert_eq!(
		(book.held, book.leaving, book.issued),
		(100 * UNIT, 100 * UNIT, 0)
	);
	world.settle();
	let book = world.book(Money::Lut);
	assert_eq!(
		(book.held, book.leaving, book.issued),
		(100 * UNIT, 0, 100 * UNIT)
	);
	let arrived = at_the_partner(&mut world, Money::Lut, Charlie);
	assert!(arrived > 99 * UNIT && arrived <= 100 * UNIT, "{arrived}");

	assert_ok!(world.partner.send_money(Charlie, Money::Lut, arrived, here(Dave)));
	assert_eq!(at_the_partner(&mut world, Money::Lut, Charlie), 0);
	let book = world.book(Money::Lut);
	assert_eq!(
		(book.held, book.returning, book.issued),
		(100 * UNIT, arrived, 100 * UNIT - arrived)
	);
	world.settle();
	let back = there(&mut world, Money::Lut, Dave) - before;
	assert!(back > 98 * UNIT && back <= arrived, "{back}");
	assert_eq!(world.book(Money::Lut).held, 100 * UNIT - arrived);
}

#[test]
fn stablecoin_goes_to_the_partner_and_back() {
	let mut world = World::new();
	assert_ok!(
		world
			.lutine
			.send_money(Alice, Money::Lut, 100 * UNIT, here(Charlie))
	);
	assert_ok!(
		world
			.lutine
			.send_money(Alice, Money::Dollar, 1_000 * DOLLAR, here(Charlie))
	);
	world.settle();
	let arrived = at_the_partner(&mut world, Money::Dollar, Charlie);
	assert!(arrived > 990 * DOLLAR && arrived <= 1_000 * DOLLAR, "{arrived}");
	let before = there(&mut world, Money::Dollar, Dave);
	assert_ok!(
		world
			.partner
			.send_money(Charlie, Money::Dollar, arrived, here(Dave))
	);
	world.settle();
	assert_eq!(
		there(&mut world, Money::Dollar, Dave) - before,
		arrived,
		"fees on Lutine are in LUT"
	);
	assert_eq!(world.book(Money::Dollar).held, 1_000 * DOLLAR - arrived);
}

#[test]
fn partners_token_goes_to_lutine_and_back() {
	let mut world = World::new();
	assert_ok!(
		world
			.lutine
			.send_money(Alice, Money::Lut, 100 * UNIT, here(Charlie))
	);
	world.settle();
	assert_ok!(
		world
			.partner
			.send_money(Charlie, Money::Prt, 10 * UNIT, here(Dave))
	);
	world.settle();
	assert_eq!(there(&mut world, Money::Prt, Dave), 10 * UNIT);
	assert_eq!(world.book(Money::Prt).held, 10 * UNIT);
	let before = at_the_partner(&mut world, Money::Prt, Eve);
	assert_ok!(world.lutine.send_money(Dave, Money::Prt, 10 * UNIT, here(Eve)));
	world.settle();
	let back = at_the_partner(&mut world, Money::Prt, Eve) - before;
	assert!(back > 9 * UNIT && back <= 10 * UNIT, "{back}");
	assert_eq!(there(&mut world, Money::Prt, Dave), 0);
	assert_eq!(
		world.book(Money::Prt),
		Book {
			held: 0,
			issued: 0,
			leaving: 0,
			returning: 0
		}
	);
}

#[test]
fn money_of_the_partner_is_capital_of_no_pool() {
	let mut world = World::new();
	let create = pallet_pools::Call::create {
		asset: lutine_primitives::insurance::AssetId::WithId(lutine_runtime::configs::xcm::PARTNER_TOKEN),
		manager_fee: 0,
	};
	let refused = pallet_pools::Error::<lutine_runtime::Runtime>::AssetNotAdmitted;
	assert_eq!(world.lutine.apply(Alice, create), error(refused));
}

#[test]
fn transfer_is_refused_where_it_begins_when_it_could_not_end() {
	let mut world = World::new();
	world.endow(Charlie);
	// Below the chain is nobody.
	let call = pallet_xcm::Call::<lutine_partner_runtime::Runtime>::transfer_assets {
		dest: Box::new(
			Location::new(
				1,
				[
					GlobalConsensus(lutine_bridge::chains::LUTINE_NETWORK),
					AccountId32 {
						network: None,
						id: [1; 32],
					},
				],
			)
			.into(),
		),
		beneficiary: Box::new(here(Dave).into()),
		assets: Box::new(Assets::from(vec![Money::Lut.on_partner(UNIT)]).into()),
		fee_asset_item: 0,
		weight_limit: Unlimited,
	};
	let before = at_the_partner(&mut world, Money::Lut, Charlie);
	assert!(world.partner.apply(Charlie, call).is_err());
	assert_eq!(at_the_partner(&mut world, Money::Lut, Charlie), before);
	// Somewhere else is no way.
	for network in [NetworkId::Polkadot, lutine_bridge::chains::PARTNER_NETWORK] {
		let call = pallet_xcm::Call::<lutine_partner_runtime::Runtime>::transfer_assets {
			dest: Box::new(Location::new(1, [GlobalConsensus(network)]).into()),
			beneficiary: Box::new(here(Dave).into()),
			assets: Box::new(Assets::from(vec![Money::Prt.on_partner(UNIT)]).into()),
			fee_asset_item: 0,
			weight_limit: Unlimited,
		};
		assert!(world.partner.apply(Charlie, call).is_err());
	}
	world.check();
}

#[test]
fn asset_that_the_other_chain_does_not_know_does_not_leave() {
	let mut world = World::new();
	world.lutine.open_pool();
	let share = world
		.lutine
		.read(|| lutine_runtime::Pools::report_pool(0).unwrap().share);
	let before = world
		.lutine
		.read(|| lutine_runtime::Assets::balance(share, Bob.to_account_id()));
	assert!(before > 0);
	let call = pallet_xcm::Call::<lutine_runtime::Runtime>::transfer_assets {
		dest: Box::new(lutine_bridge::chains::location(lutine_bridge::chains::PARTNER_NETWORK).into()),
		beneficiary: Box::new(here(Dave).into()),
		assets: Box::new(
			Assets::from(vec![Asset::from((
				Location::new(0, [PalletInstance(40), GeneralIndex(share.into())]),
				before,
			))])
			.into(),
		),
		fee_asset_item: 0,
		weight_limit: Unlimited,
	};
	world.lutine.read(|| {
		use sp_runtime::traits::Dispatchable;
		let call = lutine_runtime::RuntimeCall::from(call);
		let origin = lutine_runtime::RuntimeOrigin::signed(Bob.to_account_id());
		assert!(call.dispatch(origin).is_err());
	});
	let after = world
		.lutine
		.read(|| lutine_runtime::Assets::balance(share, Bob.to_account_id()));
	assert_eq!(after, before);
	world.check();
}

#[test]
fn more_than_one_has_does_not_leave() {
	let mut world = World::new();
	world.endow(Charlie);
	let has = at_the_partner(&mut world, Money::Lut, Charlie);
	assert!(
		world
			.partner
			.send_money(Charlie, Money::Lut, has + 1, here(Dave))
			.is_err()
	);
	assert!(
		world
			.partner
			.send_money(Eve, Money::Lut, UNIT, here(Dave))
			.is_err()
	);
	assert!(world.lutine.send_money(Eve, Money::Prt, 1, here(Dave)).is_err());
	let all = there(&mut world, Money::Lut, Alice);
	assert!(
		world
			.lutine
			.send_money(Alice, Money::Lut, all, here(Dave))
			.is_err()
	);
	world.settle();
	assert_eq!(at_the_partner(&mut world, Money::Lut, Charlie), has);
}

/// Nobody has the roles of what is minted for the other chain: neither a key, nor the chain's own account.
#[test]
fn nobody_mints_what_stands_for_the_other_chains_money() {
	let mut world = World::new();
	for who in Sr25519Keyring::well_known() {
		let origin = lutine_runtime::RuntimeOrigin::signed(who.to_account_id());
		let id = lutine_runtime::configs::xcm::PARTNER_TOKEN;
		let to = who.to_account_id().into();
		world.lutine.read(|| {
			assert_noop!(
				lutine_runtime::Assets::mint(origin, id.into(), to, UNIT),
				pallet_assets::Error::<lutine_runtime::Runtime>::NoPermission
			);
		});
		for id in [1u32, 2] {
			let origin = lutine_partner_runtime::RuntimeOrigin::signed(who.to_account_id());
			let to = who.to_account_id().into();
			world.partner.read(|| {
				assert_noop!(
					lutine_partner_runtime::Assets::mint(origin, id.into(), to, UNIT),
					pallet_assets::Error::<lutine_partner_runtime::Runtime>::NoPermission
				);
			});
		}
	}
}

/// Lutine takes fees in LUT alone. What comes without any would be lost there, so it does not leave.
#[test]
fn money_that_pays_no_fees_at_the_other_end_does_not_leave_alone() {
	let mut world = World::new();
	world.endow(Charlie);
	for money in [Money::Dollar, Money::Prt] {
		let amount = if money == Money::Prt {
			10 * UNIT
		} else {
			100 * DOLLAR
		};
		let before = at_the_partner(&mut world, money, Charlie);
		let call = pallet_xcm::Call::<lutine_partner_runtime::Runtime>::transfer_assets {
			dest: Box::new(lutine_bridge::chains::location(lutine_bridge::chains::LUTINE_NETWORK).into()),
			beneficiary: Box::new(here(Dave).into()),
			assets: Box::new(Assets::from(vec![money.on_partner(amount)]).into()),
			fee_asset_item: 0,
			weight_limit: Unlimited,
		};
		let refused = world.partner.read(|| Partner::dispatch(Charlie, call.into()));
		assert!(refused.is_err(), "{money:?}");
		assert_eq!(at_the_partner(&mut world, money, Charlie), before);
	}
	// Nor does a program that would pay with them.
	let program = Xcm(vec![
		WithdrawAsset(Money::Dollar.on_partner(100 * DOLLAR).into()),
		InitiateTransfer {
			destination: lutine_bridge::chains::location(lutine_bridge::chains::LUTINE_NETWORK),
			remote_fees: Some(AssetTransferFilter::ReserveWithdraw(Definite(
				Money::Dollar.on_partner(100 * DOLLAR).into(),
			))),
			preserve_origin: true,
			assets: Default::default(),
			remote_xcm: Xcm(vec![]),
		},
	]);
	assert!(world.partner.execute(Charlie, program).is_err());
	world.settle();
}

/// What cannot pay for its arrival would be nobody's there. What can arrives.
#[test]
fn transfer_that_cannot_pay_for_its_arrival_does_not_leave() {
	let mut world = World::new();
	world.endow(Charlie);
	// A transfer has five instructions, and its name. Lutine's fees are at their least while its blocks are empty.
	let price = WeightToFee::weight_to_fee(&fees::INSTRUCTION_WEIGHT.saturating_mul(6));
	let at_least = price / Balance::from(fees::MOST_DISCOUNT);
	for (money, too_little, from_partner) in [
		(Money::Lut, price * 2 / 3, false),
		(Money::Dollar, fees::in_stablecoin(price) * 2 / 3, false),
		(Money::Lut, at_least * 2 / 3, true),
	] {
		let books = world.book(money);
		let refused = if from_partner {
			world.partner.send_money(Charlie, money, too_little, here(Dave))
		} else {
			world.lutine.send_money(Alice, money, too_little, here(Dave))
		};
		let reason: &str = refused.unwrap_err().into();
		assert_eq!(reason, "SendFailure", "{too_little} of {money:?}");
		world.settle();
		assert_eq!(world.book(money), books);
	}
	for money in [Money::Lut, Money::Dollar] {
		let before = at_the_partner(&mut world, money, Dave);
		let enough = match money {
			Money::Dollar => fees::in_stablecoin(2 * price),
			_ => 2 * price,
		};
		assert_ok!(world.lutine.send_money(Alice, money, enough, here(Dave)));
		world.settle();
		assert!(at_the_partner(&mut world, money, Dave) > before, "{money:?}");
	}
}

/// Who says that an asset's reserve is elsewhere would burn it here and get nothing there.
#[test]
fn asset_does_not_leave_in_another_way_than_its_own() {
	let mut world = World::new();
	world.endow(Charlie);
	assert_ok!(
		world
			.partner
			.send_money(Charlie, Money::Prt, 10 * UNIT, here(Charlie))
	);
	world.settle();
	let to_partner = lutine_bridge::chains::location(lutine_bridge::chains::PARTNER_NETWORK);
	let to_lutine = lutine_bridge::chains::location(lutine_bridge::chains::LUTINE_NETWORK);
	let deposit = xcm::VersionedXcm::from(Xcm::<()>(vec![DepositAsset {
		assets: Wild(All),
		beneficiary: here(Dave),
	}]));
	let ways = [
		TransferType::LocalReserve,
		TransferType::DestinationReserve,
		TransferType::Teleport,
		TransferType::RemoteReserve(to_partner.clone().into()),
		TransferType::RemoteReserve(to_lutine.clone().into()),
		TransferType::RemoteReserve(Location::new(1, [GlobalConsensus(NetworkId::Polkadot)]).into()),
	];
	for money in Money::ALL {
		// What is a chain's own leaves from its reserve, what is the other's returns to it.
		let way_out = usize::from(money == Money::Prt);
		let amount = if money == Money::Dollar {
			10 * DOLLAR
		} else {
			5 * UNIT
		};
		for (index, way) in ways.iter().enumerate() {
			let out = pallet_xcm::Call::<lutine_runtime::Runtime>::transfer_assets_using_type_and_then {
				dest: Box::new(to_partner.clone().into()),
				assets: Box::new(Assets::from(vec![money.on_lutine(amount)]).into()),
				assets_transfer_type: Box::new(way.clone()),
				remote_fees_id: Box::new(AssetId(money.seen_from_lutine()).into()),
				fees_transfer_type: Box::new(way.clone()),
				custom_xcm_on_dest: Box::new(deposit.clone()),
				weight_limit: Unlimited,
			};
			let before = there(&mut world, money, Charlie);
			let outcome = world.lutine.read(|| Lutine::dispatch(Charlie, out.into()));
			assert_eq!(
				outcome.is_ok(),
				index == way_out,
				"{money:?} out as {way:?}: {outcome:?}"
			);
			if outcome.is_err() {
				assert_eq!(there(&mut world, money, Charlie), before);
			}
			let back =
				pallet_xcm::Call::<lutine_partner_runtime::Runtime>::transfer_assets_using_type_and_then {
					dest: Box::new(to_lutine.clone().into()),
					assets: Box::new(Assets::from(vec![money.on_partner(amount)]).into()),
					assets_transfer_type: Box::new(way.clone()),
					remote_fees_id: Box::new(AssetId(money.seen_from_partner()).into()),
					fees_transfer_type: Box::new(way.clone()),
					custom_xcm_on_dest: Box::new(deposit.clone()),
					weight_limit: Unlimited,
				};
			let before = at_the_partner(&mut world, money, Charlie);
			let outcome = world.partner.read(|| Partner::dispatch(Charlie, back.into()));
			// LUT alone pays its way.
			let is_right = money == Money::Lut && index == 1;
			assert_eq!(
				outcome.is_ok(),
				is_right,
				"{money:?} back as {way:?}: {outcome:?}"
			);
			if outcome.is_err() {
				assert_eq!(at_the_partner(&mut world, money, Charlie), before);
			}
		}
	}
	// By a program neither.
	let remote = Xcm(vec![PayFees {
		asset: Money::Lut.on_lutine(UNIT),
	}]);
	for last in [
		InitiateTeleport {
			assets: Wild(All),
			dest: to_lutine.clone(),
			xcm: remote.clone(),
		},
		DepositReserveAsset {
			assets: Wild(All),
			dest: to_lutine.clone(),
			xcm: remote.clone(),
		},
	] {
		let program = Xcm(vec![WithdrawAsset(Money::Lut.on_partner(UNIT).into()), last]);
		let before = at_the_partner(&mut world, Money::Lut, Charlie);
		assert!(world.partner.execute(Charlie, program).is_err());
		assert_eq!(at_the_partner(&mut world, Money::Lut, Charlie), before);
	}
	let program = Xcm(vec![
		WithdrawAsset(Money::Prt.on_partner(UNIT).into()),
		InitiateReserveWithdraw {
			assets: Wild(All),
			reserve: to_lutine,
			xcm: remote,
		},
	]);
	assert!(world.partner.execute(Charlie, program).is_err());
	world.settle();
}

/// A limit that is too low would be turned away at the other end, with the money.
#[test]
fn transfer_with_a_limit_on_its_weight_does_not_leave() {
	let mut world = World::new();
	world.endow(Charlie);
	for weight in [
		Weight::zero(),
		Weight::from_parts(1_000_000_000_000, 1_000_000_000),
	] {
		let out = pallet_xcm::Call::<lutine_runtime::Runtime>::transfer_assets {
			dest: Box::new(lutine_bridge::chains::location(lutine_bridge::chains::PARTNER_NETWORK).into()),
			beneficiary: Box::new(here(Dave).into()),
			assets: Box::new(Assets::from(vec![Money::Lut.on_lutine(UNIT)]).into()),
			fee_asset_item: 0,
			weight_limit: Limited(weight),
		};
		let before = there(&mut world, Money::Lut, Charlie);
		assert!(
			world
				.lutine
				.read(|| Lutine::dispatch(Charlie, out.into()))
				.is_err()
		);
		assert_eq!(there(&mut world, Money::Lut, Charlie), before);
		let back = pallet_xcm::Call::<lutine_partner_runtime::Runtime>::transfer_assets {
			dest: Box::new(lutine_bridge::chains::location(lutine_bridge::chains::LUTINE_NETWORK).into()),
			beneficiary: Box::new(here(Dave).into()),
			assets: Box::new(Assets::from(vec![Money::Lut.on_partner(UNIT)]).into()),
			fee_asset_item: 0,
			weight_limit: Limited(weight),
		};
		let before = at_the_partner(&mut world, Money::Lut, Charlie);
		assert!(
			world
				.partner
				.read(|| Partner::dispatch(Charlie, back.into()))
				.is_err()
		);
		assert_eq!(at_the_partner(&mut world, Money::Lut, Charlie), before);
	}
	world.settle();
}
