//! Referenda, and who has no say over them.

use super::*;
use frame_support::{
	assert_noop, assert_ok,
	traits::{StorePreimage, schedule::DispatchTime},
};
use lutine_primitives::parameters::{Governance, Parameters as Group, Pricing};
use pallet_democracy::{AccountVote, Conviction, ReferendumInfo, Vote, VoteThreshold};
use sp_keyring::Sr25519Keyring::{Alice, AliceStash, Bob, Charlie, Dave, Eve};
use sp_runtime::{
	DispatchError,
	traits::{Dispatchable, Hash},
};

fn vote(aye: bool, conviction: Conviction, balance: Balance) -> AccountVote<Balance> {
	AccountVote::Standard {
		vote: Vote { aye, conviction },
		balance,
	}
}

fn new_governance() -> Governance {
	Governance {
		launch_period: 20,
		..crate::tests::genesis::dev_governance()
	}
}

/// Starts a referendum on this call at once and returns its index.
fn start(chain: &mut Chain, call: RuntimeCall) -> u32 {
	chain.read(|| {
		let bound = Preimage::bound(call).unwrap();
		Democracy::internal_start_referendum(bound, VoteThreshold::SimpleMajority, 5)
	})
}

fn set_governance(group: Governance) -> RuntimeCall {
	pallet_chain_parameters::Call::set {
		parameters: Box::new(Group::Governance(group)),
	}
	.into()
}

#[test]
fn proposal_is_enacted_when_token_holders_pass_it() {
	let mut chain = Chain::dev();
	let call = set_governance(new_governance());
	let proposal = chain.read(|| Preimage::bound(call).unwrap());
	chain
		.apply(Dave, pallet_democracy::Call::propose { proposal, value: LUT })
		.unwrap();
	chain
		.apply(Eve, pallet_democracy::Call::second { proposal: 0 })
		.unwrap();
	// Tabled where the height is a multiple of the launch period, which is 10.
	chain.run_to(10);
	let aye = vote(true, Conviction::Locked3x, 100_000 * LUT);
	chain
		.apply(
			Bob,
			pallet_democracy::Call::vote {
				ref_index: 0,
				vote: aye,
			},
		)
		.unwrap();
	let nay = vote(false, Conviction::None, 200 * LUT);
	chain
		.apply(
			Eve,
			pallet_democracy::Call::vote {
				ref_index: 0,
				vote: nay,
			},
		)
		.unwrap();
	chain.read(|| {
		let Some(ReferendumInfo::Ongoing(status)) = pallet_democracy::ReferendumInfoOf::<Runtime>::get(0)
		else {
			panic!("the referendum runs");
		};
		// Three times what is locked for four periods, a tenth of what is not locked at all.
		assert_eq!((status.tally.ayes, status.tally.nays), (300_000 * LUT, 20 * LUT));
		assert_eq!(status.end, 20);
	});
	chain.run_to(20 + 5);
	chain.read(|| {
		assert_eq!(Parameters::governance(), new_governance());
		assert_eq!(<Runtime as pallet_democracy::Config>::LaunchPeriod::get(), 20);
	});
}

#[test]
fn nothing_changes_when_the_referendum_fails() {
	let mut chain = Chain::dev();
	let before = chain.read(Parameters::governance);
	let index = start(&mut chain, set_governance(new_governance()));
	let nay = vote(false, Conviction::Locked1x, LUT);
	chain
		.apply(
			Bob,
			pallet_democracy::Call::vote {
				ref_index: index,
				vote: nay,
			},
		)
		.unwrap();
	chain.run_to(30);
	assert_eq!(chain.read(Parameters::governance), before);
}

#[test]
fn enactment_changes_nothing_when_a_parameter_is_out_of_bounds() {
	let mut chain = Chain::dev();
	let before = chain.read(Parameters::governance);
	let index = start(
		&mut chain,
		set_governance(Governance {
			voting_period: 0,
			..before.clone()
		}),
	);
	let aye = vote(true, Conviction::Locked1x, LUT);
	chain
		.apply(
			Bob,
			pallet_democracy::Call::vote {
				ref_index: index,
				vote: aye,
			},
		)
		.unwrap();
	chain.run_to(30);
	assert_eq!(chain.read(Parameters::governance), before);
}

#[test]
fn group_larger_than_inline_is_enacted_from_its_preimage() {
	let mut chain = Chain::dev();
	let new = Pricing {
		max_audits: 2,
		..Default::default()
	};
	let call = RuntimeCall::from(pallet_chain_parameters::Call::set {
		parameters: Box::new(Group::Pricing(new.clone())),
	});
	let bytes = codec::Encode::encode(&call);
	assert!(bytes.len() > 128);
	chain
		.apply(
			Dave,
			pallet_preimage::Call::note_preimage { bytes: bytes.clone() },
		)
		.unwrap();
	let proposal = frame_support::traits::Bounded::Lookup {
		hash: BlakeTwo256::hash(&bytes),
		len: bytes.len() as u32,
	};
	chain
		.apply(Dave, pallet_democracy::Call::propose { proposal, value: LUT })
		.unwrap();
	chain.run_to(10);
	let aye = vote(true, Conviction::None, LUT);
	chain
		.apply(
			Bob,
			pallet_democracy::Call::vote {
				ref_index: 0,
				vote: aye,
			},
		)
		.unwrap();
	chain.run_to(26);
	assert_eq!(chain.read(Parameters::pricing), new);
}

#[test]
fn tokens_on_hold_vote_and_no_more_than_all_of_them() {
	let mut chain = Chain::dev();
	let index = start(&mut chain, set_governance(new_governance()));
	let stash = AliceStash.to_account_id();
	let (total, unheld) = chain.read(|| {
		use frame_support::traits::fungible::{Inspect, InspectHold};
		assert_eq!(Balances::total_balance_on_hold(&stash), 100_000 * LUT);
		(Balances::total_balance(&stash), free(&stash))
	});
	let balance = 999_000 * LUT;
	assert!(unheld < balance && balance < total);
	let too_much = vote(true, Conviction::None, total + LUT);
	let refused = chain.apply(
		AliceStash,
		pallet_democracy::Call::vote {
			ref_index: index,
			vote: too_much,
		},
	);
	assert_eq!(
		refused,
		Err(pallet_democracy::Error::<Runtime>::InsufficientFunds.into())
	);

	let aye = vote(true, Conviction::Locked1x, balance);
	chain
		.apply(
			AliceStash,
			pallet_democracy::Call::vote {
				ref_index: index,
				vote: aye,
			},
		)
		.unwrap();
	chain.read(|| {
		let Some(ReferendumInfo::Ongoing(status)) = pallet_democracy::ReferendumInfoOf::<Runtime>::get(index)
		else {
			panic!("the referendum runs");
		};
		assert_eq!(status.tally.ayes, balance);
	});
	// What voted cannot vote again from another account.
	let away = pallet_balances::Call::transfer_keep_alive {
		dest: Bob.to_account_id().into(),
		value: 100_000 * LUT,
	};
	assert_eq!(
		chain.apply(AliceStash, away),
		Err(sp_runtime::TokenError::Frozen.into())
	);
}

#[test]
fn referendum_is_out_of_reach_of_councils() {
	let mut chain = Chain::dev();
	let call = set_governance(new_governance());
	let index = start(&mut chain, call.clone());
	let hash = chain.read(|| Preimage::bound::<RuntimeCall>(call).unwrap().hash());
	chain.read(|| {
		let councils: [RuntimeOrigin; 3] = [
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3).into(),
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance2>::Members(3, 3).into(),
			RuntimeOrigin::signed(Alice.to_account_id()),
		];
		for origin in councils {
			let attempts: [RuntimeCall; 4] = [
				pallet_democracy::Call::emergency_cancel { ref_index: index }.into(),
				pallet_democracy::Call::cancel_referendum { ref_index: index }.into(),
				pallet_democracy::Call::blacklist {
					proposal_hash: hash,
					maybe_ref_index: Some(index),
				}
				.into(),
				pallet_scheduler::Call::cancel { when: 15, index: 0 }.into(),
			];
			for attempt in attempts {
				assert_noop!(
					attempt.dispatch(origin.clone()).map_err(|error| error.error),
					DispatchError::BadOrigin
				);
			}
		}
		assert_ok!(Democracy::emergency_cancel(RuntimeOrigin::root(), index));
	});
}

#[test]
fn scheduled_enactment_does_not_depend_on_who_is_in_the_council() {
	let mut chain = Chain::dev();
	chain.read(|| {
		assert_noop!(
			Council::set_members(
				RuntimeOrigin::signed(Alice.to_account_id()),
				vec![Dave.to_account_id()],
				None,
				3
			),
			DispatchError::BadOrigin
		);
		assert_ok!(Council::set_members(
			RuntimeOrigin::root(),
			vec![Dave.to_account_id()],
			None,
			3
		));
		assert_ok!(<Scheduler as frame_support::traits::schedule::v3::Named<
			_,
			RuntimeCall,
			_,
		>>::schedule_named(
			[7; 32],
			DispatchTime::After(3),
			None,
			0,
			frame_system::RawOrigin::Root.into(),
			Preimage::bound(set_governance(new_governance())).unwrap(),
		));
	});
	chain.run_to(6);
	assert_eq!(chain.read(Parameters::governance), new_governance());
}

#[test]
fn parameters_are_out_of_reach_of_everyone_but_a_referendum() {
	let mut chain = Chain::dev();
	let before = chain.read(Parameters::governance);
	assert_eq!(
		chain.apply(Charlie, set_governance(new_governance())),
		Err(DispatchError::BadOrigin)
	);
	assert_eq!(chain.read(Parameters::governance), before);
}

#[test]
fn collectives_together_cannot_end_a_vote_before_others_have_voted() {
	use pallet_collective::{Instance1, Instance2, RawOrigin};
	let mut chain = Chain::dev();
	chain.read(|| {
		let council = || RuntimeOrigin::from(RawOrigin::<AccountId, Instance1>::Members(3, 3));
		let committee = || RuntimeOrigin::from(RawOrigin::<AccountId, Instance2>::Members(3, 3));
		let call = Preimage::bound(set_governance(new_governance())).unwrap();
		// A question that stands unless most are against it.
		assert_noop!(
			Democracy::external_propose_default(council(), call.clone()),
			DispatchError::BadOrigin
		);
		assert_ok!(Democracy::external_propose_majority(council(), call.clone()));
		let shortest = Parameters::governance().fast_track_voting_period;
		assert_noop!(
			Democracy::fast_track(committee(), call.hash(), shortest - 1, 0),
			DispatchError::BadOrigin
		);
		assert_ok!(Democracy::fast_track(committee(), call.hash(), shortest, 0));
	});
	let production = Governance::default();
	assert!(production.fast_track_voting_period >= production.voting_period / 14);
	let hasty = Governance {
		fast_track_voting_period: production.voting_period / 14 - 1,
		..production
	};
	assert!(Group::Governance(hasty).check().is_err());
}
