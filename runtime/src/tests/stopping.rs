//! Safe mode and pauses: what they stop, and what they must not.

use super::*;
use frame_support::{assert_noop, assert_ok, traits::Contains};
use pallet_democracy::{AccountVote, Conviction, Vote, VoteThreshold};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve};
use sp_runtime::{DispatchError, traits::Hash};

type BaseCallFilter = <Runtime as frame_system::Config>::BaseCallFilter;

fn transfer() -> RuntimeCall {
	pallet_balances::Call::transfer_keep_alive {
		dest: Bob.to_account_id().into(),
		value: LUT,
	}
	.into()
}

fn filtered() -> sp_runtime::DispatchResult {
	Err(frame_system::Error::<Runtime>::CallFiltered.into())
}

/// The technical committee decides as its members do: by a motion that two of three agree to.
fn by_committee(chain: &mut Chain, call: impl Into<RuntimeCall>) {
	let proposal: RuntimeCall = call.into();
	let bytes = codec::Encode::encoded_size(&proposal) as u32;
	let hash = BlakeTwo256::hash_of(&proposal);
	let index = chain.read(pallet_collective::ProposalCount::<Runtime, pallet_collective::Instance2>::get);
	type Motion = pallet_collective::Call<Runtime, pallet_collective::Instance2>;
	let propose = Motion::propose {
		threshold: 2,
		proposal: proposal.into(),
		length_bound: bytes,
	};
	chain
		.apply(Alice, RuntimeCall::TechnicalCommittee(propose))
		.unwrap();
	for member in [Alice, Charlie] {
		let vote = Motion::vote {
			proposal: hash,
			index,
			approve: true,
		};
		chain
			.apply(member, RuntimeCall::TechnicalCommittee(vote))
			.unwrap();
	}
	let close = Motion::close {
		proposal_hash: hash,
		index,
		proposal_weight_bound: frame_support::weights::Weight::from_parts(1_000_000_000, 100_000),
		length_bound: bytes,
	};
	chain
		.apply(Alice, RuntimeCall::TechnicalCommittee(close))
		.unwrap();
}

#[test]
fn safe_mode_leaves_blocks_and_governance_running() {
	let mut chain = Chain::dev();
	assert_ok!(chain.apply(Dave, transfer()));
	by_committee(&mut chain, pallet_safe_mode::Call::force_enter {});
	chain.read(|| assert!(SafeMode::is_entered()));

	// Money stands still, however it is wrapped.
	assert_eq!(chain.apply(Dave, transfer()), filtered());
	assert_eq!(
		chain.apply(
			Dave,
			pallet_utility::Call::batch_all {
				calls: vec![transfer()]
			}
		),
		filtered()
	);

	// A referendum runs from its first vote to its enactment.
	let (index, end) = chain.read(|| {
		use frame_support::traits::StorePreimage;
		let call = RuntimeCall::from(pallet_system_remark());
		let bound = Preimage::bound(call).unwrap();
		let index = Democracy::internal_start_referendum(bound, VoteThreshold::SimpleMajority, 1);
		(index, System::block_number() + 11)
	});
	let vote = AccountVote::Standard {
		vote: Vote {
			aye: true,
			conviction: Conviction::Locked1x,
		},
		balance: LUT,
	};
	assert_ok!(chain.apply(
		Eve,
		pallet_democracy::Call::vote {
			ref_index: index,
			vote
		}
	));
	chain.run_to(end + 1);
	chain.read(|| {
		assert!(SafeMode::is_entered(), "it lasts for thirty blocks");
		assert!(matches!(
			pallet_democracy::ReferendumInfoOf::<Runtime>::get(index),
			Some(pallet_democracy::ReferendumInfo::Finished { approved: true, .. })
		));
	});

	// It ends by itself.
	let now = chain.read(System::block_number);
	chain.run_to(now + 31);
	chain.read(|| assert!(!SafeMode::is_entered()));
	assert_ok!(chain.apply(Dave, transfer()));
}

fn pallet_system_remark() -> frame_system::Call<Runtime> {
	frame_system::Call::remark { remark: vec![1] }
}

#[test]
fn safe_mode_is_out_of_reach_of_a_single_account() {
	let mut chain = Chain::dev();
	assert_eq!(
		chain.apply(Alice, pallet_safe_mode::Call::force_enter {}),
		Err(DispatchError::BadOrigin)
	);
	assert_eq!(
		chain.apply(Alice, pallet_safe_mode::Call::enter {}),
		Err(pallet_safe_mode::Error::<Runtime>::NotConfigured.into())
	);
}

#[test]
fn pause_stops_one_call_and_blocks_go_on() {
	let mut chain = Chain::dev();
	let name = |pallet: &str, call: &str| {
		(
			sp_runtime::BoundedVec::truncate_from(pallet.as_bytes().to_vec()),
			sp_runtime::BoundedVec::truncate_from(call.as_bytes().to_vec()),
		)
	};
	let full_name = name("Balances", "transfer_keep_alive");
	by_committee(
		&mut chain,
		pallet_tx_pause::Call::pause {
			full_name: full_name.clone(),
		},
	);
	assert_eq!(chain.apply(Dave, transfer()), filtered());
	let all = pallet_balances::Call::transfer_all {
		dest: Bob.to_account_id().into(),
		keep_alive: true,
	};
	assert_ok!(chain.apply(Dave, all));

	chain.read(|| {
		for (pallet, call) in [
			("Timestamp", "set"),
			("Democracy", "vote"),
			("Preimage", "note_preimage"),
			("Grandpa", "report_equivocation_unsigned"),
			("Oracle", "feed_values"),
			("SafeMode", "force_exit"),
			("TxPause", "unpause"),
			("Utility", "batch_all"),
		] {
			assert_noop!(
				TxPause::pause(RuntimeOrigin::root(), name(pallet, call)),
				pallet_tx_pause::Error::<Runtime>::Unpausable
			);
		}
	});
	by_committee(&mut chain, pallet_tx_pause::Call::unpause { ident: full_name });
	assert_ok!(chain.apply(Eve, transfer()));
}

#[test]
fn every_call_passes_the_filter_when_nothing_is_stopped() {
	let mut chain = Chain::dev();
	chain.read(|| {
		assert!(BaseCallFilter::contains(&transfer()));
		assert!(BaseCallFilter::contains(&pallet_system_remark().into()));
	});
}
