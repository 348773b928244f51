//! Weights and fees.

use super::*;
use crate::configs::{MILLI, system::RuntimeBlockWeights};
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{Contains, fungible::Inspect},
};
use sp_keyring::Sr25519Keyring::{Alice, AliceStash, Bob, Dave, Eve};

fn transfer(to: Sr25519Keyring, value: Balance) -> RuntimeCall {
	pallet_balances::Call::transfer_keep_alive {
		dest: to.to_account_id().into(),
		value,
	}
	.into()
}

#[test]
fn transfer_costs_thousandths_of_a_lut() {
	let mut chain = Chain::dev();
	let before = chain.read(|| free(&Eve.to_account_id()));
	chain.apply(Eve, transfer(Bob, LUT)).unwrap();
	let fee = before - LUT - chain.read(|| free(&Eve.to_account_id()));
	assert!((MILLI..20 * MILLI).contains(&fee), "a transfer costs {fee}");
}

#[test]
fn fee_goes_to_author_and_treasury_and_tip_to_author() {
	let mut chain = Chain::dev();
	// The chain's only validator has its stash as its account.
	let author = AliceStash.to_account_id();
	let treasury = chain.read(Treasury::account_id);
	let balances = |chain: &mut Chain| {
		chain.read(|| {
			(
				free(&Eve.to_account_id()),
				free(&author),
				free(&treasury),
				Balances::total_issuance(),
			)
		})
	};
	let before = balances(&mut chain);
	let tip = 3 * LUT;
	let call = transfer(Eve, LUT);
	let transaction = chain.sign(Eve, call, tip);
	chain.block(vec![transaction]).remove(0).unwrap().unwrap();
	let after = balances(&mut chain);

	let fee = before.0 - after.0 - tip;
	assert!(fee > 0);
	assert_eq!(after.1 - before.1, fee / 5 + tip);
	assert_eq!(after.2 - before.2, fee - fee / 5);
	assert_eq!(after.3, before.3, "nothing is burned or made");
}

#[test]
fn base_weights_leave_room_for_transactions() {
	let weights = RuntimeBlockWeights::get();
	weights.clone().validate().unwrap();
	let mut chain = Chain::dev();
	let block = chain.read(|| {
		let info = transfer(Bob, LUT).get_dispatch_info();
		let normal = weights.get(frame_support::dispatch::DispatchClass::Normal);
		normal.max_total.unwrap().ref_time() / (info.total_weight() + normal.base_extrinsic).ref_time()
	});
	assert!(block > 1_000, "a block takes {block} transfers");
}

#[test]
fn no_call_of_ours_is_free() {
	let mut chain = Chain::dev();
	chain.read(|| {
		let parameters = lutine_primitives::parameters::Parameters::Pools(Default::default());
		let set = RuntimeCall::from(pallet_chain_parameters::Call::set {
			parameters: Box::new(parameters),
		});
		let database = <Runtime as frame_system::Config>::DbWeight::get().reads_writes(1, 1);
		assert!(set.get_dispatch_info().call_weight.ref_time() > database.ref_time());
	});
}

#[test]
fn empty_block_is_far_from_full() {
	let mut chain = Chain::dev();
	chain.run_to(3);
	let used = chain.read(|| System::block_weight().total().ref_time());
	let full = RuntimeBlockWeights::get().max_block.ref_time();
	assert!(used * 10 < full, "{used} of {full}");
}

#[test]
fn transaction_is_refused_when_it_cannot_be_paid() {
	let mut chain = Chain::dev();
	let call = transfer(Bob, LUT);
	let transaction = chain.sign(Sr25519Keyring::Two, call, 0);
	let result = chain.block(vec![transaction]).remove(0);
	assert_eq!(
		result,
		Err(sp_runtime::transaction_validity::InvalidTransaction::Payment.into())
	);
	assert_eq!(
		chain.read(|| Balances::balance(&Sr25519Keyring::Two.to_account_id())),
		0
	);
}

#[test]
fn transaction_is_refused_when_it_is_sent_again() {
	let mut chain = Chain::dev();
	let call = transfer(Bob, LUT);
	let transaction = chain.sign(Alice, call, 0);
	chain.block(vec![transaction.clone()]).remove(0).unwrap().unwrap();
	assert_eq!(
		chain.block(vec![transaction]).remove(0),
		Err(sp_runtime::transaction_validity::InvalidTransaction::Stale.into())
	);
}

#[test]
fn call_is_refused_when_it_is_wrapped_deeper_than_anybody_needs() {
	let mut chain = Chain::dev();
	let boxed = |call: &RuntimeCall| Box::new(call.clone());
	let wrappers: [fn(Box<RuntimeCall>) -> RuntimeCall; 7] = [
		|call| pallet_utility::Call::batch { calls: vec![*call] }.into(),
		|call| pallet_utility::Call::force_batch { calls: vec![*call] }.into(),
		|call| pallet_utility::Call::as_derivative { index: 0, call }.into(),
		|call| {
			let fallback = Box::new(frame_system::Call::remark { remark: vec![] }.into());
			pallet_utility::Call::if_else { main: call, fallback }.into()
		},
		|call| {
			let real = Dave.to_account_id().into();
			pallet_proxy::Call::proxy {
				real,
				force_proxy_type: None,
				call,
			}
			.into()
		},
		|call| {
			pallet_multisig::Call::as_multi_threshold_1 {
				other_signatories: vec![Eve.to_account_id()],
				call,
			}
			.into()
		},
		|proposal| {
			RuntimeCall::Council(pallet_collective::Call::execute {
				proposal,
				length_bound: 10_000,
			})
		},
	];
	type Filter = <Runtime as frame_system::Config>::BaseCallFilter;
	for wrap in wrappers {
		let mut call: RuntimeCall = frame_system::Call::remark { remark: vec![] }.into();
		for _ in 0..4 {
			call = wrap(boxed(&call));
			assert!(chain.read(|| Filter::contains(&call)));
		}
		call = wrap(boxed(&call));
		assert!(!chain.read(|| Filter::contains(&call)), "{call:?}");
		assert_eq!(
			chain.apply(Dave, call),
			Err(frame_system::Error::<Runtime>::CallFiltered.into())
		);
	}
}
