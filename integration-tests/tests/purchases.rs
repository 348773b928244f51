//! Cover bought, kept and given up by somebody who is on the partner.

use frame_support::assert_ok;
use lutine_integration_tests::*;
use lutine_primitives::insurance::PolicyId;
use lutine_runtime::{Cover, Runtime, RuntimeCall};
use sp_keyring::Sr25519Keyring::{self, Charlie, Dave};

fn held(world: &mut World, money: Money, who: Sr25519Keyring) -> Balance {
	world.lutine.read(|| money.held_on_lutine(&derived(who)))
}

fn policy(world: &mut World, id: PolicyId) -> pallet_cover::PolicyOf<Runtime> {
	world
		.lutine
		.read(|| pallet_cover::Policies::<Runtime>::get(id).unwrap())
}

/// An errand of Charlie's, executed.
fn run(world: &mut World, luggage: Luggage, call: impl Into<RuntimeCall>) -> bool {
	let before = world.lutine.executed.len();
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, luggage, vec![call.into()]))
	);
	world.settle();
	assert_eq!(
		world.lutine.executed.len(),
		before + 1,
		"one message, executed once"
	);
	world.lutine.executed[before]
}

#[test]
fn cover_is_bought_with_one_message_of_the_partner() {
	let mut world = World::insured();
	let had = world
		.partner
		.read(|| Money::Dollar.held_on_partner(&Charlie.to_account_id()));
	let issued = world.book(Money::Dollar);
	let id = world.buy_from_partner(Charlie, 1_000 * DOLLAR, 30);
	let policy = policy(&mut world, id);
	assert_eq!(
		(policy.amount, policy.buyer.clone()),
		(1_000 * DOLLAR, derived(Charlie))
	);
	// What was taken along and not needed is in the account there, to the unit.
	assert_eq!(
		held(&mut world, Money::Dollar, Charlie),
		250 * DOLLAR - policy.net_premium
	);
	let after = world
		.partner
		.read(|| Money::Dollar.held_on_partner(&Charlie.to_account_id()));
	assert_eq!(had - after, 250 * DOLLAR);
	let now = world.book(Money::Dollar);
	assert_eq!(
		(issued.issued - now.issued, issued.held - now.held),
		(250 * DOLLAR, 250 * DOLLAR)
	);
	// Of the LUT there is the deposit less, and the fees: what they were too high came back.
	let lut = held(&mut world, Money::Lut, Charlie);
	assert!(lut > 20 * UNIT && lut < 30 * UNIT - policy.deposit, "{lut}");
	assert!(world.lutine.trapped.is_empty());
}

#[test]
fn cover_is_renewed_and_cancelled_from_the_partner() {
	let mut world = World::insured();
	let id = world.buy_from_partner(Charlie, 1_000 * DOLLAR, 30);
	let renew = world.lutine.read(|| pallet_cover::Call::renew {
		policy: id,
		order: order(1_000 * DOLLAR, 60),
	});
	assert!(run(&mut world, purse(250 * DOLLAR), renew));
	let next = id + 1;
	assert!(
		policy(&mut world, next).start <= policy(&mut world, id).end,
		"without a gap"
	);
	assert_eq!(policy(&mut world, id).renewed, 1_000 * DOLLAR);

	let before = held(&mut world, Money::Dollar, Charlie);
	for id in [next, id] {
		assert!(run(&mut world, fare(), pallet_cover::Call::cancel { policy: id }));
		assert_eq!(world.lutine.read(|| Cover::holder(id)), None);
	}
	assert!(held(&mut world, Money::Dollar, Charlie) > before);
	// A policy that is not one's own cannot be cancelled.
	let of_dave = world.buy_from_partner(Dave, 500 * DOLLAR, 30);
	assert!(!run(
		&mut world,
		fare(),
		pallet_cover::Call::cancel { policy: of_dave }
	));
	assert_eq!(world.lutine.read(|| Cover::holder(of_dave)), Some(derived(Dave)));
}

#[test]
fn money_stays_with_the_buyer_when_the_purchase_fails() {
	let mut world = World::insured();
	let mut order = world.lutine.read(|| order(1_000 * DOLLAR, 30));
	order.max_premium = 1;
	let call = pallet_cover::Call::buy {
		product: PRODUCT,
		asset: USD,
		order,
		item: Default::default(),
	};
	assert!(!run(&mut world, purse(250 * DOLLAR), call));
	assert_eq!(world.lutine.read(|| Cover::holder(0)), None);
	// The message ended with an error: what it had deposited is deposited, and the appendix gave back what fees were left.
	assert_eq!(held(&mut world, Money::Dollar, Charlie), 250 * DOLLAR);
	assert!(held(&mut world, Money::Lut, Charlie) > 25 * UNIT);
	assert!(world.lutine.trapped.is_empty());
	// It is theirs: the next purchase needs no more than fees.
	let again = world.lutine.read(|| buy(1_000 * DOLLAR, 30));
	assert!(run(&mut world, fare(), again));
	assert_eq!(world.lutine.read(|| Cover::holder(0)), Some(derived(Charlie)));
}

#[test]
fn what_is_on_lutine_comes_home_by_the_owners_word() {
	let mut world = World::insured();
	let taken = Luggage {
		fees: 10 * UNIT,
		assets: vec![(Money::Dollar, 100 * DOLLAR), (Money::Lut, 20 * UNIT)],
	};
	assert_ok!(world.partner.execute(Charlie, errand(Charlie, taken, vec![])));
	world.settle();
	assert_eq!(held(&mut world, Money::Dollar, Charlie), 100 * DOLLAR);
	let before = world
		.partner
		.read(|| Money::Dollar.held_on_partner(&Charlie.to_account_id()));
	// In their own name they withdraw, and send it to where they are: the partner's fees are paid out of it.
	use lutine_bridge::chains::{PARTNER_NETWORK, location};
	use xcm::latest::{AssetTransferFilter, prelude::*};
	let home = vec![
		refund_to(partners(Charlie)),
		WithdrawAsset(Money::Dollar.on_lutine(100 * DOLLAR).into()),
		InitiateTransfer {
			destination: location(PARTNER_NETWORK),
			remote_fees: Some(AssetTransferFilter::ReserveDeposit(Definite(
				Money::Dollar.on_lutine(DOLLAR).into(),
			))),
			preserve_origin: false,
			assets: vec![AssetTransferFilter::ReserveDeposit(Definite(
				Money::Dollar.on_lutine(99 * DOLLAR).into(),
			))]
			.try_into()
			.unwrap(),
			remote_xcm: Xcm(vec![
				RefundSurplus,
				DepositAsset {
					assets: Wild(AllCounted(2)),
					beneficiary: here(Charlie),
				},
			]),
		},
	];
	assert_ok!(world.partner.execute(Charlie, to_lutine(fare(), true, home)));
	world.settle();
	assert_eq!(held(&mut world, Money::Dollar, Charlie), 0);
	let back = world
		.partner
		.read(|| Money::Dollar.held_on_partner(&Charlie.to_account_id()))
		- before;
	assert!((99 * DOLLAR..=100 * DOLLAR).contains(&back), "{back}");
}

/// Safe mode stops sales over the bridge as it does on the chain, and keeps refunds open.
#[test]
fn cover_is_given_up_and_not_bought_in_safe_mode() {
	let mut world = World::insured();
	let id = world.buy_from_partner(Charlie, 1_000 * DOLLAR, 30);
	world
		.lutine
		.read(|| lutine_runtime::SafeMode::force_enter(lutine_runtime::RuntimeOrigin::root()).unwrap());
	let call = world.lutine.read(|| buy(1_000 * DOLLAR, 30));
	assert!(!run(&mut world, purse(250 * DOLLAR), call));
	assert!(run(&mut world, fare(), pallet_cover::Call::cancel { policy: id }));
	assert_eq!(world.lutine.read(|| Cover::holder(id)), None);
}

/// Cover in LUT needs no other money.
#[test]
fn cover_in_lut_is_bought_with_lut_alone() {
	let mut world = World::insured();
	let native = lutine_primitives::insurance::AssetId::Native;
	let create = pallet_pools::Call::create {
		asset: native.clone(),
		manager_fee: 0,
	};
	assert_ok!(world.lutine.apply(Sr25519Keyring::Alice, create));
	let line = pallet_pools::Call::set_line {
		pool: 1,
		product: PRODUCT,
		weight: 500_000_000,
		rate: Some(sp_runtime::FixedU128::from_rational(4, 100)),
	};
	assert_ok!(world.lutine.apply(Sr25519Keyring::Alice, line));
	let deposit = pallet_pools::Call::deposit {
		pool: 1,
		amount: 10_000 * UNIT,
		min_shares: 0,
		deadline: None,
	};
	assert_ok!(world.lutine.apply(Sr25519Keyring::Bob, deposit));
	let order = world.lutine.read(|| pallet_cover::Order {
		parts: vec![pallet_cover::Part {
			pool: 1,
			amount: 100 * UNIT,
		}]
		.try_into()
		.unwrap(),
		..order(100 * UNIT, 30)
	});
	let call = pallet_cover::Call::buy {
		product: PRODUCT,
		asset: native,
		order,
		item: Default::default(),
	};
	let luggage = Luggage {
		fees: 10 * UNIT,
		assets: vec![(Money::Lut, 30 * UNIT)],
	};
	assert!(run(&mut world, luggage, call));
	assert_eq!(world.lutine.read(|| Cover::holder(0)), Some(derived(Charlie)));
}

/// What somebody has on Lutine already pays for what they do there: nothing has to be taken along.
#[test]
fn what_is_on_lutine_pays_for_what_is_done_there() {
	use xcm::latest::prelude::*;
	let mut world = World::insured();
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, purse(300 * DOLLAR), vec![]))
	);
	world.settle();
	let call = world.lutine.read(|| buy(1_000 * DOLLAR, 30));
	let message = Xcm(vec![
		WithdrawAsset(Money::Lut.on_lutine(5 * UNIT).into()),
		PayFees {
			asset: Money::Lut.on_lutine(5 * UNIT),
		},
		refund_to(partners(Charlie)),
		transact(call),
		ExpectTransactStatus(MaybeErrorCode::Success),
	]);
	let send = |message: &Xcm<()>| pallet_xcm::Call::<lutine_partner_runtime::Runtime>::send {
		dest: Box::new(lutine_bridge::chains::location(lutine_bridge::chains::LUTINE_NETWORK).into()),
		message: Box::new(xcm::VersionedXcm::from(message.clone())),
	};
	assert_ok!(world.partner.apply(Charlie, send(&message)));
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&true));
	assert_eq!(world.lutine.read(|| Cover::holder(0)), Some(derived(Charlie)));
	// Who has nothing there does nothing there.
	assert_ok!(world.partner.apply(Sr25519Keyring::Eve, send(&message)));
	world.settle();
	assert_eq!(world.lutine.executed.last(), Some(&false));
}

/// A call that executes a program of its own, inside the one that is executed.
#[test]
fn payout_is_sent_home_by_a_call_of_the_message() {
	use frame_support::traits::ServiceQueues;
	use lutine_primitives::insurance::OnPaid;
	let mut world = World::insured();
	let home = pallet_homes::Call::set_home {
		home: Some(Charlie.to_account_id().into()),
	};
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, purse(300 * DOLLAR), vec![home.into()]))
	);
	world.settle();
	let send = pallet_homes::Call::send {
		account: derived(Charlie),
		asset: USD,
	};
	let here = world
		.partner
		.read(|| Money::Dollar.held_on_partner(&Charlie.to_account_id()));
	assert_ok!(
		world
			.partner
			.execute(Charlie, errand(Charlie, fare(), vec![send.into()]))
	);
	relay_headers(&mut world.partner, &mut world.lutine);
	let nonces = undelivered(&mut world.partner, &mut world.lutine);
	let call = messages_call(&mut world.partner, &mut world.lutine, nonces);
	let sent = world.lutine.read(|| {
		let before = Lutine::outbound().latest_generated_nonce;
		// Between two blocks, so that block work has not sent it before.
		<lutine_runtime::Homes as OnPaid<_>>::on_paid(&derived(Charlie), &USD, 20 * DOLLAR);
		assert_ok!(Lutine::dispatch(RELAYER, call));
		lutine_runtime::MessageQueue::service_queues(lutine_runtime::configs::xcm::MessagesWeight::get());
		Lutine::outbound().latest_generated_nonce - before
	});
	assert_eq!(sent, 1);
	world.settle();
	let came = world
		.partner
		.read(|| Money::Dollar.held_on_partner(&Charlie.to_account_id()))
		- here;
	assert!(came > 19 * DOLLAR && came <= 20 * DOLLAR, "{came}");
	assert_eq!(held(&mut world, Money::Dollar, Charlie), 280 * DOLLAR);
}
