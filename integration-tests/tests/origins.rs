//! Who somebody is on Lutine who comes over the bridge, and what they may do.

use codec::Encode;
use frame_support::{assert_ok, traits::Contains};
use lutine_bridge::{
	accounts::person,
	chains::{LUTINE_NETWORK, PARTNER_NETWORK, location},
};
use lutine_integration_tests::*;
use lutine_runtime::{Runtime, RuntimeCall, configs::xcm::OverTheBridge};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve};
use xcm::latest::prelude::*;

/// Who gets a part of the fees.
const AUTHOR: Sr25519Keyring = Sr25519Keyring::AliceStash;

/// Fees for a message that does little.
fn small_fare() -> Luggage {
	Luggage {
		fees: 2 * UNIT,
		assets: vec![],
	}
}

/// What all others have on Lutine: the people there, those of the partner, and the partner itself.
fn others(world: &mut World, but: Sr25519Keyring) -> Vec<(sp_runtime::AccountId32, Money, Balance)> {
	let mut accounts: Vec<sp_runtime::AccountId32> = Sr25519Keyring::well_known()
		.filter(|who| ![RELAYER, AUTHOR].contains(who))
		.flat_map(|who| [who.to_account_id(), derived(who)])
		.filter(|who| *who != derived(but) && *who != but.to_account_id())
		.collect();
	accounts.push(lutine_runtime::Pools::account(0));
	world.lutine.read(|| {
		accounts
			.into_iter()
			.flat_map(|who| Money::ALL.map(|money| (who.clone(), money, money.held_on_lutine(&who))))
			.collect()
	})
}

/// Eve executes a program on the partner, which may be refused there. Nobody else loses or gains anything on Lutine, and the
/// call was not made.
fn futile(world: &mut World, program: Xcm<()>) {
	let before = others(world, Eve);
	let events_before = world.lutine.executed.len();
	let outcome = world.partner.execute(Eve, program.clone());
	for _ in 0..4 {
		world.relay_messages();
		world.produce(1);
	}
	let executed = &world.lutine.executed[events_before..];
	assert!(
		outcome.is_err() || executed.iter().all(|success| !success),
		"{program:?}: {executed:?}"
	);
	assert_eq!(others(world, Eve), before, "{program:?}");
	world.accept_books();
}

/// A transfer of LUT away from whoever makes it.
fn theft() -> RuntimeCall {
	pallet_balances::Call::transfer_allow_death {
		dest: Eve.to_account_id().into(),
		value: UNIT,
	}
	.into()
}

/// A world in which Charlie and Dave of the partner have something on Lutine, and Eve is a thief.
fn world() -> World {
	let mut world = World::insured();
	world.endow(Eve);
	for who in [Charlie, Dave] {
		assert_ok!(
			world
				.partner
				.execute(who, errand(who, purse(100 * DOLLAR), vec![]))
		);
	}
	world.settle();
	assert!(world.lutine.read(|| Money::Lut.held_on_lutine(&derived(Charlie))) > 20 * UNIT);
	world
}

#[test]
fn person_of_the_partner_is_an_account_of_their_own_on_lutine() {
	let mut world = world();
	let before = world
		.lutine
		.read(|| Money::Lut.held_on_lutine(&Bob.to_account_id()));
	let gift: RuntimeCall = pallet_balances::Call::transfer_keep_alive {
		dest: Bob.to_account_id().into(),
		value: 3 * UNIT,
	}
	.into();
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, fare(), vec![gift]))
	);
	world.settle();
	let after = world
		.lutine
		.read(|| Money::Lut.held_on_lutine(&Bob.to_account_id()));
	assert_eq!(after - before, 3 * UNIT);
	// It is the same account whichever runtime answers, and nobody's who has the same key on Lutine.
	assert_ne!(derived(Charlie), Charlie.to_account_id());
	assert_ne!(derived(Charlie), reserve_on_lutine());
}

#[test]
fn nobody_becomes_somebody_else() {
	let mut world = world();
	let victims = [
		partners(Charlie),
		location(PARTNER_NETWORK),
		location(LUTINE_NETWORK),
		Location::here(),
		Location::parent(),
		here(Alice),
		here(Charlie),
		Location::new(
			1,
			[
				GlobalConsensus(LUTINE_NETWORK),
				AccountId32 {
					network: None,
					id: Alice.to_account_id().into(),
				},
			],
		),
		Location::new(0, [PalletInstance(64)]),
	];
	for victim in victims {
		for preserve_origin in [true, false] {
			for kind in [
				OriginKind::SovereignAccount,
				OriginKind::Native,
				OriginKind::Superuser,
				OriginKind::Xcm,
			] {
				let steal = Transact {
					origin_kind: kind,
					fallback_max_weight: None,
					call: theft().encode().into(),
				};
				let program = vec![
					AliasOrigin(victim.clone()),
					steal,
					ExpectTransactStatus(MaybeErrorCode::Success),
				];
				futile(&mut world, to_lutine(small_fare(), preserve_origin, program));
			}
		}
		let withdraw = vec![
			AliasOrigin(victim),
			WithdrawAsset(Money::Lut.on_lutine(UNIT).into()),
			DepositAsset {
				assets: Wild(All),
				beneficiary: here(Eve),
			},
		];
		futile(&mut world, to_lutine(small_fare(), true, withdraw));
	}
}

#[test]
fn nobody_acts_as_a_chain() {
	let mut world = world();
	// Without their own origin, they have none.
	let without = vec![transact(theft()), ExpectTransactStatus(MaybeErrorCode::Success)];
	futile(&mut world, to_lutine(small_fare(), false, without));
	for network in [PARTNER_NETWORK, LUTINE_NETWORK, NetworkId::Polkadot] {
		let program = vec![
			UniversalOrigin(GlobalConsensus(network)),
			transact(theft()),
			ExpectTransactStatus(MaybeErrorCode::Success),
		];
		futile(&mut world, to_lutine(small_fare(), true, program));
		let program = vec![
			UniversalOrigin(GlobalConsensus(network)),
			WithdrawAsset(Money::Lut.on_lutine(UNIT).into()),
			DepositAsset {
				assets: Wild(All),
				beneficiary: here(Eve),
			},
		];
		futile(&mut world, to_lutine(small_fare(), true, program));
	}
	// On the partner itself nobody is another chain either, nor has another chain's message carried.
	for program in [
		vec![
			UniversalOrigin(GlobalConsensus(LUTINE_NETWORK)),
			ReserveAssetDeposited(Money::Lut.on_partner(1_000 * UNIT).into()),
			DepositAsset {
				assets: Wild(All),
				beneficiary: here(Eve),
			},
		],
		vec![
			ReserveAssetDeposited(Money::Lut.on_partner(1_000 * UNIT).into()),
			DepositAsset {
				assets: Wild(All),
				beneficiary: here(Eve),
			},
		],
		vec![
			ReceiveTeleportedAsset(Money::Lut.on_partner(1_000 * UNIT).into()),
			DepositAsset {
				assets: Wild(All),
				beneficiary: here(Eve),
			},
		],
		vec![ExportMessage {
			network: LUTINE_NETWORK,
			destination: Here,
			xcm: Xcm(vec![transact(theft())]),
		}],
		vec![
			AliasOrigin(here(Charlie)),
			WithdrawAsset(Money::Prt.on_partner(UNIT).into()),
		],
		vec![
			AliasOrigin(Location::here()),
			WithdrawAsset(Money::Prt.on_partner(UNIT).into()),
		],
	] {
		let before = world.partner.read(|| {
			(
				Money::Lut.held_on_partner(&Eve.to_account_id()),
				lutine_partner_runtime::Assets::total_supply(1),
			)
		});
		assert!(
			world.partner.execute(Eve, Xcm(program.clone())).is_err(),
			"{program:?}"
		);
		let after = world.partner.read(|| {
			(
				Money::Lut.held_on_partner(&Eve.to_account_id()),
				lutine_partner_runtime::Assets::total_supply(1),
			)
		});
		assert_eq!(before, after);
	}
}

/// What the partner's people could send by themselves, without taking anything along.
#[test]
fn message_that_nobody_paid_for_is_turned_away() {
	let mut world = world();
	let before = others(&mut world, Eve);
	for program in [
		vec![transact(theft())],
		vec![
			UnpaidExecution {
				weight_limit: Unlimited,
				check_origin: None,
			},
			transact(theft()),
		],
		vec![AliasOrigin(partners(Charlie)), transact(theft())],
	] {
		let count = world.lutine.executed.len();
		// Sent by somebody: the chain says who. It may be refused at once.
		let call = pallet_xcm::Call::<lutine_partner_runtime::Runtime>::send {
			dest: Box::new(location(LUTINE_NETWORK).into()),
			message: Box::new(xcm::VersionedXcm::from(Xcm(program.clone()))),
		};
		let _ = world.partner.apply(Eve, call);
		// Sent by the chain itself.
		world.partner.forge(Xcm(program));
		world.settle();
		assert!(world.lutine.executed[count..].iter().all(|success| !success));
	}
	assert_eq!(others(&mut world, Eve), before);
}

/// The partner's validators can send anything in the name of their chain. They reach what their chain holds on Lutine, and
/// nothing else.
#[test]
fn lying_validators_of_the_partner_take_what_their_chain_has_and_no_more() {
	let mut world = world();
	let people = |world: &mut World| {
		world.lutine.read(|| {
			Sr25519Keyring::well_known()
				.filter(|who| ![RELAYER, AUTHOR, Eve].contains(who))
				.map(|who| Money::ALL.map(|money| money.held_on_lutine(&who.to_account_id())))
				.collect::<Vec<_>>()
		})
	};
	let before = people(&mut world);
	let pay = |fees: Balance| {
		vec![
			WithdrawAsset(Money::Lut.on_lutine(fees).into()),
			PayFees {
				asset: Money::Lut.on_lutine(fees),
			},
		]
	};
	let deposit = DepositAsset {
		assets: Wild(All),
		beneficiary: here(Eve),
	};
	let reserve = world.book(Money::Lut).held;
	let has =
		|world: &mut World, money: Money| world.lutine.read(|| money.held_on_lutine(&Eve.to_account_id()));
	let (lut, dollars) = (has(&mut world, Money::Lut), has(&mut world, Money::Dollar));
	let programs: Vec<Vec<Instruction<()>>> = vec![
		// Money out of nothing.
		vec![
			ReserveAssetDeposited(Money::Lut.on_lutine(UNIT).into()),
			deposit.clone(),
		],
		vec![
			ReserveAssetDeposited(Money::Dollar.on_lutine(UNIT).into()),
			deposit.clone(),
		],
		vec![
			ReceiveTeleportedAsset(Money::Lut.on_lutine(UNIT).into()),
			deposit.clone(),
		],
		vec![
			ReceiveTeleportedAsset(Money::Prt.on_lutine(UNIT).into()),
			deposit.clone(),
		],
		// An asset that nobody knows.
		vec![
			ReserveAssetDeposited(
				Asset::from((
					Location::new(1, [GlobalConsensus(PARTNER_NETWORK), GeneralIndex(7)]),
					UNIT,
				))
				.into(),
			),
			deposit.clone(),
		],
		// More than their chain has.
		vec![
			WithdrawAsset(Money::Lut.on_lutine(reserve + 1).into()),
			deposit.clone(),
		],
		vec![
			WithdrawAsset(Money::Dollar.on_lutine(u128::MAX).into()),
			deposit.clone(),
		],
		// As Root, as a pallet, as Lutine.
		vec![
			Transact {
				origin_kind: OriginKind::Superuser,
				fallback_max_weight: None,
				call: RuntimeCall::from(frame_system::Call::set_code { code: vec![1, 2, 3] })
					.encode()
					.into(),
			},
			ExpectTransactStatus(MaybeErrorCode::Success),
		],
		vec![transact(theft()), ExpectTransactStatus(MaybeErrorCode::Success)],
		vec![
			UniversalOrigin(GlobalConsensus(LUTINE_NETWORK)),
			transact(theft()),
			ExpectTransactStatus(MaybeErrorCode::Success),
		],
		vec![
			AliasOrigin(here(Alice)),
			transact(theft()),
			ExpectTransactStatus(MaybeErrorCode::Success),
		],
		vec![
			AliasOrigin(Location::here()),
			transact(theft()),
			ExpectTransactStatus(MaybeErrorCode::Success),
		],
		vec![
			AliasOrigin(person(LUTINE_NETWORK, Alice.to_account_id().into())),
			transact(theft()),
			ExpectTransactStatus(MaybeErrorCode::Success),
		],
		// Below a person is nobody: not that person.
		vec![
			DescendOrigin(
				[AccountId32 {
					network: Some(PARTNER_NETWORK),
					id: Charlie.to_account_id().into(),
				}]
				.into(),
			),
			transact(theft()),
			ExpectTransactStatus(MaybeErrorCode::Success),
		],
		vec![
			DescendOrigin(
				[
					AccountId32 {
						network: None,
						id: Charlie.to_account_id().into(),
					},
					PalletInstance(1),
				]
				.into(),
			),
			transact(theft()),
			ExpectTransactStatus(MaybeErrorCode::Success),
		],
	];
	for program in programs {
		let count = world.lutine.executed.len();
		let mut whole = pay(10 * UNIT);
		whole.extend(program.clone());
		world.partner.forge(Xcm(whole));
		for _ in 0..3 {
			world.relay_messages();
			world.produce(1);
		}
		assert_eq!(world.lutine.executed[count..], [false], "{program:?}");
	}
	assert_eq!(
		(has(&mut world, Money::Lut), has(&mut world, Money::Dollar)),
		(lut, dollars)
	);
	// They can mint their own token here as at home: it is theirs, and counts nowhere.
	let mut inflation = pay(10 * UNIT);
	inflation.extend([
		ReserveAssetDeposited(Money::Prt.on_lutine(1_000_000 * UNIT).into()),
		deposit.clone(),
	]);
	world.partner.forge(Xcm(inflation));
	// They can take all that people of theirs have brought back: that is what holding it at the partner means.
	world.accept_books();
	world.settle();
	assert!(has(&mut world, Money::Prt) >= 1_000_000 * UNIT);
	let left = world.book(Money::Lut).held;
	let mut all = pay(10 * UNIT);
	all.extend([
		WithdrawAsset(Money::Lut.on_lutine(left - 10 * UNIT).into()),
		deposit,
	]);
	world.partner.forge(Xcm(all));
	for _ in 0..3 {
		world.relay_messages();
		world.produce(1);
	}
	assert_eq!(world.book(Money::Lut).held, 0);
	assert_eq!(
		people(&mut world),
		before,
		"whoever is on Lutine has what they had"
	);
}

/// Calls that nobody may make over the bridge, although they may make them on Lutine.
fn unlisted() -> Vec<RuntimeCall> {
	let inner = theft();
	let who: sp_runtime::MultiAddress<sp_runtime::AccountId32, ()> = Eve.to_account_id().into();
	vec![
		frame_system::Call::remark { remark: vec![] }.into(),
		pallet_utility::Call::batch {
			calls: vec![inner.clone()],
		}
		.into(),
		pallet_utility::Call::batch_all {
			calls: vec![inner.clone()],
		}
		.into(),
		pallet_utility::Call::force_batch {
			calls: vec![inner.clone()],
		}
		.into(),
		pallet_utility::Call::as_derivative {
			index: 0,
			call: Box::new(inner.clone()),
		}
		.into(),
		pallet_balances::Call::transfer_all {
			dest: who.clone(),
			keep_alive: false,
		}
		.into(),
		pallet_assets::Call::approve_transfer {
			id: 1.into(),
			delegate: who.clone(),
			amount: 1,
		}
		.into(),
		pallet_nfts::Call::transfer {
			collection: 0,
			item: 0,
			dest: who,
		}
		.into(),
		pallet_claims::Call::stake { amount: UNIT }.into(),
		pallet_claims::Call::report {
			product: PRODUCT,
			happened: 0,
			uri: vec![],
			hash: Default::default(),
			max_bond: 0,
		}
		.into(),
		pallet_pools::Call::create {
			asset: USD,
			manager_fee: 0,
		}
		.into(),
		pallet_xcm::Call::claim_assets {
			assets: Box::new(Assets::new().into()),
			beneficiary: Box::new(here(Eve).into()),
		}
		.into(),
		pallet_bridge_messages::Call::<Runtime>::set_operating_mode {
			operating_mode: bp_messages::MessagesOperatingMode::Basic(bp_runtime::BasicOperatingMode::Halted),
		}
		.into(),
		pallet_session::Call::purge_keys {}.into(),
	]
}

#[test]
fn call_that_is_not_on_the_list_is_not_made() {
	let mut world = world();
	for call in unlisted() {
		assert!(!OverTheBridge::contains(&call), "{call:?}");
		let nonce = world.lutine.executed.len();
		// Alone, and after one that is on the list: that is taken back with it in no case, but the message ends there.
		assert_ok!(
			world
				.partner
				.execute(Charlie, errand(Charlie, fare(), vec![call.clone()]))
		);
		world.settle();
		assert_eq!(world.lutine.executed[nonce..], [false], "{call:?}");
	}
	let halted = world
		.lutine
		.read(pallet_bridge_messages::PalletOperatingMode::<Runtime>::get);
	assert_eq!(
		halted,
		bp_messages::MessagesOperatingMode::Basic(bp_runtime::BasicOperatingMode::Normal)
	);
	assert!(OverTheBridge::contains(&theft()));
}

#[test]
fn nobody_transacts_on_the_partner_from_lutine() {
	let mut world = world();
	// Lutine's people have no way to send programs: only money.
	let call = pallet_xcm::Call::<Runtime>::execute {
		message: Box::new(xcm::VersionedXcm::from(Xcm::<RuntimeCall>(vec![
			WithdrawAsset(Money::Lut.on_lutine(UNIT).into()),
			DepositAsset {
				assets: Wild(All),
				beneficiary: here(Eve),
			},
		]))),
		max_weight: xcm::latest::Weight::from_parts(10_000_000_000, 1_000_000),
	};
	assert!(world.lutine.apply(Eve, call).is_err());
	world.check();
}
