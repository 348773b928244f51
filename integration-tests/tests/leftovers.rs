//! Messages that fail, and whose is what they leave.

use codec::Encode;
use frame_support::assert_ok;
use lutine_bridge::chains::{LUTINE_NETWORK, universal};
use lutine_integration_tests::*;
use lutine_runtime::{Runtime, RuntimeCall, configs::governance::TreasuryAccount};
use sp_keyring::Sr25519Keyring::{self, Charlie, Dave};
use xcm::{VersionedInteriorLocation, VersionedXcm, latest::prelude::*};
use xcm_builder::BridgeMessage;

fn lut(world: &mut World, who: Sr25519Keyring) -> Balance {
	world.lutine.read(|| Money::Lut.held_on_lutine(&derived(who)))
}

fn traps() -> usize {
	let prefix = frame_support::storage::storage_prefix(b"PolkadotXcm", b"AssetTraps").to_vec();
	frame_support::storage::KeyPrefixIterator::new(prefix.clone(), prefix, |_| Ok(())).count()
}

/// Something of Charlie's that is trapped on Lutine: the assets, as they are claimed.
fn trapped(world: &mut World) -> Assets {
	let remote = vec![
		SetHints {
			hints: vec![AssetClaimer {
				location: partners(Charlie),
			}]
			.try_into()
			.unwrap(),
		},
		Trap(7),
	];
	let luggage = Luggage {
		fees: 10 * UNIT,
		assets: vec![(Money::Dollar, 100 * DOLLAR)],
	};
	assert_ok!(world.partner.execute(Charlie, to_lutine(luggage, true, remote)));
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&false));
	let (owner, _, assets) = world.lutine.trapped.last().cloned().expect("it is trapped");
	assert_eq!(owner, partners(Charlie));
	assert_eq!(world.lutine.read(traps), 1);
	assets.try_into().unwrap()
}

/// Somebody claims what is trapped for themselves.
fn claim(world: &mut World, who: Sr25519Keyring, assets: &Assets) -> bool {
	let remote = vec![
		refund_to(partners(who)),
		ClaimAsset {
			assets: assets.clone(),
			ticket: Location::here(),
		},
		DepositAsset {
			assets: Wild(AllCounted(3)),
			beneficiary: partners(who),
		},
	];
	assert_ok!(world.partner.execute(who, to_lutine(fare(), true, remote)));
	world.settle();
	*world.lutine.executed.last().unwrap()
}

#[test]
fn what_is_trapped_is_its_owners_and_nobody_elses() {
	let mut world = World::insured();
	let assets = trapped(&mut world);
	let before = world
		.lutine
		.read(|| Money::Dollar.held_on_lutine(&derived(Charlie)));
	assert!(!claim(&mut world, Dave, &assets));
	// Nor more than there is, nor twice.
	let mut more = assets.clone().into_inner();
	more.push(Money::Prt.on_lutine(1));
	assert!(!claim(&mut world, Charlie, &Assets::from(more)));
	assert!(claim(&mut world, Charlie, &assets));
	let after = world
		.lutine
		.read(|| Money::Dollar.held_on_lutine(&derived(Charlie)));
	assert_eq!(after - before, 100 * DOLLAR);
	assert!(!claim(&mut world, Charlie, &assets));
	assert_eq!(world.lutine.read(traps), 0);
	// Nor does whoever has the same key on Lutine.
	let assets = trapped(&mut world);
	for who in [Charlie, Dave] {
		let call = pallet_xcm::Call::<Runtime>::claim_assets {
			assets: Box::new(assets.clone().into()),
			beneficiary: Box::new(here(who).into()),
		};
		assert!(world.lutine.apply(who, call).is_err());
	}
}

#[test]
fn unspent_fees_are_the_senders_without_a_word_about_them() {
	let mut world = World::insured();
	// No appendix: what is left is trapped in the name of who sent it.
	assert_ok!(
		world
			.partner
			.execute(Charlie, to_lutine(fare(), true, vec![ClearError]))
	);
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&true));
	let (owner, _, assets) = world.lutine.trapped.last().cloned().unwrap();
	assert_eq!(owner, partners(Charlie));
	let assets = Assets::try_from(assets).unwrap();
	let before = lut(&mut world, Charlie);
	assert!(claim(&mut world, Charlie, &assets));
	assert!(lut(&mut world, Charlie) > before + 9 * UNIT);
}

/// What is left over of a message in nobody's name goes to the treasury: nobody could claim it.
#[test]
fn what_is_nobodys_is_the_treasurys() {
	let mut world = World::insured();
	let treasury = |world: &mut World| {
		world
			.lutine
			.read(|| Money::Lut.held_on_lutine(&TreasuryAccount::get()))
	};
	let before = treasury(&mut world);
	assert_ok!(
		world
			.partner
			.execute(Charlie, to_lutine(fare(), false, vec![ClearError]))
	);
	world.settle();
	assert!(treasury(&mut world) > before + 9 * UNIT);
	assert_eq!(world.lutine.read(traps), 0);
}

#[test]
fn fees_that_are_too_low_buy_nothing() {
	let mut world = World::insured();
	let call = world.lutine.read(|| buy(1_000 * DOLLAR, 30));
	let luggage = Luggage {
		// Enough for the instructions on a quiet day, so that they leave, but not for the call.
		fees: UNIT / 20,
		assets: vec![(Money::Dollar, 250 * DOLLAR)],
	};
	let treasury = |world: &mut World| {
		world
			.lutine
			.read(|| Money::Lut.held_on_lutine(&TreasuryAccount::get()))
	};
	let before = treasury(&mut world);
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, luggage, vec![call]))
	);
	for _ in 0..3 {
		world.relay_messages();
		world.produce(1);
	}
	assert_eq!(world.lutine.executed.last(), Some(&false));
	assert_eq!(world.lutine.read(|| lutine_runtime::Cover::holder(0)), None);
	// The fees are gone, to the treasury; the dollars never left what Lutine holds for the partner.
	assert!(treasury(&mut world) >= before);
	assert_eq!(world.book(Money::Dollar).stranded(), (250 * DOLLAR) as i128);
	assert_eq!(world.book(Money::Lut).stranded(), 0);
}

#[test]
fn message_that_cannot_be_read_takes_nothing_with_it() {
	let mut world = World::insured();
	let before = world.lutine.executed.len();
	let payloads: Vec<Vec<u8>> = vec![
		vec![],
		vec![0xff; 100],
		// For somebody else.
		BridgeMessage {
			universal_dest: VersionedInteriorLocation::from(universal(NetworkId::Polkadot)),
			message: VersionedXcm::from(Xcm::<()>(vec![ClearOrigin])),
		}
		.encode(),
		// For nobody below the chain.
		BridgeMessage {
			universal_dest: VersionedInteriorLocation::from(InteriorLocation::from([
				GlobalConsensus(LUTINE_NETWORK),
				PalletInstance(1),
			])),
			message: VersionedXcm::from(Xcm::<()>(vec![ClearOrigin])),
		}
		.encode(),
	];
	let count = payloads.len() as u64;
	for payload in payloads {
		world.partner.read(|| Partner::send(payload)).unwrap();
	}
	let delivered = world.lutine.read(Lutine::inbound).last_delivered_nonce();
	world.settle();
	// They arrived, nothing was executed, and the lane goes on.
	assert_eq!(
		world.lutine.read(Lutine::inbound).last_delivered_nonce(),
		delivered + count
	);
	assert_eq!(world.lutine.executed.len(), before);
	assert_ok!(world.partner.send_money(Charlie, Money::Lut, UNIT, here(Dave)));
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&true));
}

#[test]
fn call_that_cannot_be_read_costs_its_sender_the_fee_alone() {
	let mut world = World::insured();
	let before = lut(&mut world, Charlie);
	let remote = vec![
		refund_to(partners(Charlie)),
		DepositAsset {
			assets: Definite(Money::Dollar.on_lutine(100 * DOLLAR).into()),
			beneficiary: partners(Charlie),
		},
		Transact {
			origin_kind: OriginKind::SovereignAccount,
			fallback_max_weight: None,
			call: vec![0xff, 0xff, 0xff].into(),
		},
		ExpectTransactStatus(MaybeErrorCode::Success),
	];
	let luggage = Luggage {
		fees: 10 * UNIT,
		assets: vec![(Money::Dollar, 100 * DOLLAR)],
	};
	assert_ok!(world.partner.execute(Charlie, to_lutine(luggage, true, remote)));
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&false));
	assert!(lut(&mut world, Charlie) > before + 9 * UNIT);
	assert_eq!(
		world
			.lutine
			.read(|| Money::Dollar.held_on_lutine(&derived(Charlie))),
		100 * DOLLAR
	);
}

#[test]
fn message_of_too_many_instructions_is_refused_where_it_begins() {
	let mut world = World::insured();
	let before = world
		.partner
		.read(|| Money::Lut.held_on_partner(&Charlie.to_account_id()));
	let many = to_lutine(fare(), true, vec![ClearError; 110]);
	let call = execution(&mut world.partner, many);
	assert!(
		world.partner.try_apply(Charlie, call.clone()).is_err(),
		"no block has room for that"
	);
	assert!(world.partner.read(|| Partner::dispatch(Charlie, call)).is_err());
	// Too long to travel.
	let long = vec![transact(RuntimeCall::from(frame_system::Call::remark {
		remark: vec![0; 40_000],
	}))];
	assert!(
		world
			.partner
			.execute(Charlie, to_lutine(fare(), true, long))
			.is_err()
	);
	let after = world
		.partner
		.read(|| Money::Lut.held_on_partner(&Charlie.to_account_id()));
	assert_eq!(after, before);
	world.check();
}

/// A message that weighs more than messages get of a block stops nobody: it waits until somebody has it executed.
#[test]
fn message_that_weighs_too_much_waits_and_stops_nobody() {
	let mut world = World::insured();
	// A program may be long, and its calls heavy: with as many pools as a purchase can have.
	let call = world.lutine.read(|| {
		let mut order = order(8 * DOLLAR, 30);
		let part = |pool| pallet_cover::Part { pool, amount: DOLLAR };
		order.parts = (0..8).map(part).collect::<Vec<_>>().try_into().unwrap();
		pallet_cover::Call::<Runtime>::buy {
			product: PRODUCT,
			asset: USD,
			order,
			item: Default::default(),
		}
	});
	let mut program = vec![
		WithdrawAsset(Money::Lut.on_lutine(100 * UNIT).into()),
		PayFees {
			asset: Money::Lut.on_lutine(100 * UNIT),
		},
		AliasOrigin(partners(Charlie)),
		refund_to(partners(Charlie)),
	];
	let weigh = |world: &mut World, program: &[Instruction<()>]| {
		let program = VersionedXcm::from(Xcm(program.to_vec()));
		world
			.lutine
			.read(|| lutine_runtime::PolkadotXcm::query_xcm_weight(program))
			.unwrap()
	};
	let most = world
		.lutine
		.read(lutine_runtime::configs::xcm::MessagesWeight::get);
	while weigh(&mut world, &program).all_lte(most) {
		assert!(program.len() < 95, "a message that long is not read");
		program.push(transact(call.clone()));
	}
	let weight = weigh(&mut world, &program);
	world.partner.forge(Xcm(program));
	assert_ok!(world.partner.send_money(Charlie, Money::Lut, UNIT, here(Dave)));
	let count = world.lutine.executed.len();
	for _ in 0..4 {
		world.relay_messages();
		world.produce(1);
	}
	assert_eq!(
		world.lutine.executed[count..],
		[true],
		"who comes after is served"
	);
	let before = lut(&mut world, Charlie);
	// Anybody can have it executed who pays for that.
	let (page, index) = world.lutine.overweight.pop().expect("it waits");
	let call = pallet_message_queue::Call::<Runtime>::execute_overweight {
		message_origin: lutine_bridge::queue::Peer::Partner,
		page,
		index,
		// What the bridge adds to the program weighs as well, and pools that are further behind do.
		weight_limit: sp_runtime::Perbill::from_percent(40) * weight + weight,
	};
	assert_ok!(world.lutine.apply(Dave, call));
	assert!(lut(&mut world, Charlie) > before + 50 * UNIT);
	// The partner has sent what it had not taken.
	world.accept_books();
	world.settle();
}
