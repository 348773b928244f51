//! Too many messages at once: refused where they begin, or waiting where they are. None is lost.

use frame_support::{assert_err, assert_ok};
use lutine_bridge::chains::MAX_UNDELIVERED;
use lutine_integration_tests::*;
use sp_keyring::Sr25519Keyring::{Alice, Charlie, Dave};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use xcm::latest::prelude::*;

const STALE: TransactionValidityError = TransactionValidityError::Invalid(InvalidTransaction::Stale);

#[test]
fn lane_that_is_full_takes_no_more_until_something_arrived() {
	let mut world = World::new();
	for _ in 0..MAX_UNDELIVERED {
		assert_ok!(
			world
				.lutine
				.read(|| Lutine::dispatch(Alice, transfer_out(UNIT, Charlie)))
		);
	}
	let before = world
		.lutine
		.read(|| Money::Lut.held_on_lutine(&Alice.to_account_id()));
	let refused = world
		.lutine
		.read(|| Lutine::dispatch(Alice, transfer_out(UNIT, Charlie)));
	let is_said = matches!(
		refused,
		Err(sp_runtime::DispatchError::Module(sp_runtime::ModuleError { message: Some(message), .. }))
			if message.starts_with("LocalExecutionIncomplete") || message == "SendFailure"
	);
	assert!(is_said, "{refused:?}");
	let after = world
		.lutine
		.read(|| Money::Lut.held_on_lutine(&Alice.to_account_id()));
	assert_eq!(after, before);
	world.check();
	// All arrive, and the lane is as good as new.
	world.settle();
	assert_eq!(
		world.book(Money::Lut).issued,
		Balance::from(MAX_UNDELIVERED) * UNIT
	);
	assert_ok!(world.lutine.send_money(Alice, Money::Lut, UNIT, here(Charlie)));
	world.settle();
}

#[test]
fn partners_lane_that_is_full_keeps_the_senders_money() {
	let mut world = World::new();
	world.endow(Charlie);
	let call = || transfer_back(UNIT, Dave);
	for _ in 0..MAX_UNDELIVERED {
		assert_ok!(world.partner.read(|| Partner::dispatch(Charlie, call())));
	}
	let before = world
		.partner
		.read(|| Money::Lut.held_on_partner(&Charlie.to_account_id()));
	assert!(world.partner.read(|| Partner::dispatch(Charlie, call())).is_err());
	let program = errand(Charlie, fare(), vec![]);
	assert!(world.partner.execute(Charlie, program).is_err());
	let after = world
		.partner
		.read(|| Money::Lut.held_on_partner(&Charlie.to_account_id()));
	assert_eq!(after, before);
	world.settle();
}

/// A queue that is long takes no more from the lane. It works itself off, and then it does.
#[test]
fn messages_wait_on_the_lane_when_the_queue_is_long() {
	let mut world = World::insured();
	let heavy = || {
		let mut program = vec![
			WithdrawAsset(Money::Lut.on_lutine(10 * UNIT).into()),
			PayFees {
				asset: Money::Lut.on_lutine(10 * UNIT),
			},
		];
		program.extend((0..90).map(|_| ClearError));
		program.extend([
			RefundSurplus,
			DepositAsset {
				assets: Wild(All),
				beneficiary: here(Dave),
			},
		]);
		Xcm(program)
	};
	for _ in 0..90 {
		world.partner.forge(heavy());
	}
	relay_headers(&mut world.partner, &mut world.lutine);
	let nonces = undelivered(&mut world.partner, &mut world.lutine);
	let (begin, end) = nonces.into_inner();
	let call = messages_call(&mut world.partner, &mut world.lutine, begin..=begin + 79);
	assert_ok!(world.lutine.apply(RELAYER, call));
	assert!(world.lutine.read(Lutine::queued) >= 64);
	let count = world.lutine.executed.len();
	let more = messages_call(&mut world.partner, &mut world.lutine, begin + 80..=end);
	assert_err!(world.lutine.try_apply(RELAYER, more.clone()), STALE);
	// Blocks go on and have room for others.
	assert_ok!(world.lutine.send_money(Alice, Money::Lut, UNIT, here(Charlie)));
	world.lutine.wait(|| Lutine::queued() < 64);
	assert!(world.lutine.executed.len() > count);
	assert_ok!(world.lutine.apply(RELAYER, more));
	world.lutine.wait(|| Lutine::queued() == 0);
	// The partner has sent what it had not taken.
	world.accept_books();
	world.settle();
	assert!(world.lutine.executed.iter().all(|success| *success));
}
