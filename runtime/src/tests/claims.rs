//! Claims on the whole runtime: from a report to the payout, through assessors and real referenda, with what democracy,
//! the scheduler, safe mode and a chain that stood still may do to them.

use super::{
	pools::{DOLLAR, USD, chain_with_pool, dollars, executed},
	*,
};
use crate::{
	adapters::referenda::DemocracyReferenda, configs::governance::TreasuryAccount,
	configs::system::ProxyType, genesis::TEST_STABLECOIN,
};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::GetDispatchInfo,
	traits::{
		Get, GetCallMetadata, QueryPreimage, StorePreimage,
		fungible::InspectHold,
		schedule::{DispatchTime, v3::Anon},
	},
};
use lutine_primitives::{
	insurance::{AssetId, IncidentId, ProductId},
	time::{DAY, Seconds},
};
use pallet_claims::{
	CaseId, CaseOf, ClaimState, Direction, Event, HoldReason, IncidentState, Outcome, Phase, Referenda,
};
use pallet_cover::{Order, Part};
use pallet_democracy::{AccountVote, Conviction, MetadataOwner, ReferendumInfo, Vote, VoteThreshold};
use sp_keyring::Sr25519Keyring::{Alice, AliceStash, Bob, BobStash, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{
	DispatchError, DispatchResult, FixedU128, Perbill, traits::Dispatchable,
	transaction_validity::InvalidTransaction,
};

type Call = pallet_claims::Call<Runtime>;
type Error = pallet_claims::Error<Runtime>;

/// What Charlie insures, in dollars from pool 0.
const PRODUCT: ProductId = 1;
/// For how much.
const AMOUNT: Balance = 10_000 * DOLLAR;
/// Who has stakes: the weight of the last is more than that of the others together.
const STAKES: [(Sr25519Keyring, Balance); 3] = [(Dave, 10 * LUT), (Eve, 10 * LUT), (Ferdie, 30 * LUT)];
/// What keeps a vote from being told too early.
const SALT: [u8; 32] = [7; 32];
/// The product whose incidents the price of the test stablecoin proves.
const DEPEG: ProductId = 4;

fn now() -> Seconds {
	pallet_timestamp::Now::<Runtime>::get() / 1_000
}

fn uri() -> Vec<u8> {
	b"ipfs://evidence".to_vec()
}

/// What Claims says of the last block.
fn events(chain: &mut Chain) -> Vec<Event<Runtime>> {
	chain.read(|| {
		System::events()
			.into_iter()
			.filter_map(|record| match record.event {
				RuntimeEvent::Claims(event) => Some(event),
				_ => None,
			})
			.collect()
	})
}

/// A block with all of these, each by somebody else; all must succeed. A block in which a session ends has no room.
fn all(chain: &mut Chain, calls: Vec<(Sr25519Keyring, RuntimeCall)>) {
	let full = Err(InvalidTransaction::ExhaustsResources.into());
	let produce = |chain: &mut Chain| {
		let calls = calls.iter().cloned();
		let transactions = calls.map(|(who, call)| chain.sign(who, call, 0)).collect();
		chain.block(transactions)
	};
	let mut results = produce(chain);
	if results.iter().all(|result| *result == full) {
		results = produce(chain);
	}
	assert!(
		results.iter().all(|result| matches!(result, Ok(Ok(())))),
		"{results:?}"
	);
}

/// Produces blocks until something is so.
fn wait(chain: &mut Chain, is_so: impl Fn() -> bool) {
	for _ in 0..500 {
		if chain.read(&is_so) {
			return;
		}
		chain.block(vec![]);
	}
	panic!("it never was so");
}

/// A purchase for sixty accounting days.
fn buy(product: ProductId, asset: AssetId, amount: Balance) -> RuntimeCall {
	let day = pallet_clock::AccountingDay::<Runtime>::get();
	let order = Order {
		amount,
		end: (now().div_ceil(day) + 60) * day,
		parts: vec![Part { pool: 0, amount }].try_into().unwrap(),
		max_premium: amount,
		deadline: None,
		broker: None,
	};
	pallet_cover::Call::buy {
		product,
		asset,
		order,
		item: Default::default(),
	}
	.into()
}

/// Charlie holds policy 0 on product 1, whose waiting period is over, and three assessors have stakes. The treasury has
/// some money.
fn insured_chain() -> Chain {
	let mut chain = chain_with_pool();
	let purchase = chain.read(|| buy(PRODUCT, USD, AMOUNT));
	let gift = pallet_balances::Call::transfer_keep_alive {
		dest: TreasuryAccount::get().into(),
		value: 100 * LUT,
	};
	let mut calls = vec![(Charlie, purchase), (Alice, gift.into())];
	calls.extend(STAKES.map(|(who, amount)| (who, Call::stake { amount }.into())));
	all(&mut chain, calls);
	let start = chain.read(|| Cover::report_policy(0).unwrap().policy.start);
	wait(&mut chain, || now() >= start);
	chain
}

fn case(chain: &mut Chain, id: CaseId) -> CaseOf<Runtime> {
	chain.read(|| pallet_claims::Cases::<Runtime>::get(id).expect("the case is not final"))
}

fn is_final(chain: &mut Chain, id: CaseId) -> bool {
	chain.read(|| !pallet_claims::Cases::<Runtime>::contains_key(id))
}

/// Reports an incident on product 1 that happens now.
fn report(chain: &mut Chain, who: Sr25519Keyring) -> (IncidentId, CaseId) {
	let ids = chain.read(|| {
		(
			pallet_claims::NextIncident::<Runtime>::get(),
			pallet_claims::NextCase::<Runtime>::get(),
		)
	});
	let call = Call::report {
		product: PRODUCT,
		happened: chain.read(now),
		uri: uri(),
		hash: Default::default(),
		max_bond: 100 * LUT,
	};
	assert_ok!(chain.apply(who, call));
	ids
}

fn file(loss: Balance) -> Call {
	Call::file {
		incident: 0,
		policy: 0,
		loss,
		uri: uri(),
		hash: Default::default(),
	}
}

fn commit(case: CaseId, who: Sr25519Keyring, percent: u8) -> Call {
	let commitment = Claims::commitment(case, &who.to_account_id(), percent, SALT);
	Call::commit { case, commitment }
}

fn reveal(case: CaseId, percent: u8) -> Call {
	Call::reveal {
		case,
		percent,
		salt: SALT,
	}
}

/// Assessors vote on a case. Ends in the last block in which they can reveal.
fn judge(chain: &mut Chain, id: CaseId, votes: &[(Sr25519Keyring, u8)]) {
	let Phase::Assessing {
		commit_until,
		reveal_until,
	} = case(chain, id).phase
	else {
		panic!("assessors are not asked");
	};
	let commits = votes
		.iter()
		.map(|(who, percent)| (*who, commit(id, *who, *percent).into()))
		.collect();
	all(chain, commits);
	chain.run_to(commit_until);
	let reveals = votes
		.iter()
		.map(|(who, percent)| (*who, reveal(id, *percent).into()))
		.collect();
	all(chain, reveals);
	chain.run_to(reveal_until);
}

/// Produces a block in which somebody moves a case on.
fn poke(chain: &mut Chain, case: CaseId) {
	assert_ok!(chain.apply(BobStash, Call::poke { case }));
}

/// A dispute, and the referendum that follows: its number, and the block in which the votes are counted.
fn dispute(chain: &mut Chain, id: CaseId, who: Sr25519Keyring, direction: Direction) -> (u32, BlockNumber) {
	let call = Call::dispute {
		case: id,
		direction,
		uri: uri(),
		hash: Default::default(),
	};
	assert_ok!(chain.apply(who, call));
	let Phase::Disputable { until } = case(chain, id).phase else {
		panic!("the verdict is not open to dispute");
	};
	chain.run_to(until);
	poke(chain, id);
	voting(chain, id)
}

/// The referendum that runs on a case, and the block in which its votes are counted.
fn voting(chain: &mut Chain, id: CaseId) -> (u32, BlockNumber) {
	let Phase::Voting { referendum, ends, .. } = case(chain, id).phase else {
		panic!("token holders are not asked: {:?}", case(chain, id));
	};
	assert_eq!(
		chain.read(|| DemocracyReferenda::outcome(referendum)),
		Outcome::Ongoing
	);
	(referendum, ends)
}

fn cast(referendum: u32, aye: bool, balance: Balance) -> RuntimeCall {
	let conviction = Conviction::Locked1x;
	pallet_democracy::Call::vote {
		ref_index: referendum,
		vote: AccountVote::Standard {
			vote: Vote { aye, conviction },
			balance,
		},
	}
	.into()
}

/// A verdict of 0 % that Dave and Eve give and Bob disputes: less than half of the weight is behind it.
fn disputed_chain() -> (Chain, CaseId, u32, BlockNumber) {
	let mut chain = insured_chain();
	let (_, id) = report(&mut chain, Charlie);
	judge(&mut chain, id, &[(Dave, 0), (Eve, 0)]);
	poke(&mut chain, id);
	assert!(!case(&mut chain, id).is_strong);
	let (referendum, ends) = dispute(&mut chain, id, Bob, Direction::Upward);
	(chain, id, referendum, ends)
}

/// What somebody could spend if no lock held it back.
fn spendable(chain: &mut Chain, who: Sr25519Keyring) -> Balance {
	chain.read(|| free(&who.to_account_id()))
}

/// What is on hold of somebody's for bonds and fees.
fn bonds(chain: &mut Chain, who: Sr25519Keyring) -> Balance {
	let reason = RuntimeHoldReason::Claims(HoldReason::Bond);
	chain.read(|| Balances::balance_on_hold(&reason, &who.to_account_id()))
}

fn total(chain: &mut Chain, who: &AccountId) -> Balance {
	use frame_support::traits::fungible::Inspect;
	chain.read(|| <Balances as Inspect<_>>::total_balance(who))
}

/// Nothing is left of any case: neither bonds nor fees, votes, questions, or metadata.
fn check_nothing_is_left(chain: &mut Chain) {
	for who in Sr25519Keyring::well_known() {
		assert_eq!(bonds(chain, who), 0, "{who}");
	}
	assert_eq!(
		total(chain, &Claims::account()),
		chain.read(<Runtime as pallet_balances::Config>::ExistentialDeposit::get)
	);
	chain.read(|| {
		assert_eq!(pallet_claims::Cases::<Runtime>::iter().count(), 0);
		assert_eq!(pallet_claims::Rounds::<Runtime>::iter().count(), 0);
		assert_eq!(pallet_claims::Votes::<Runtime>::iter().count(), 0);
		assert_eq!(pallet_claims::Evidences::<Runtime>::iter().count(), 0);
		assert!(pallet_claims::Running::<Runtime>::get().is_empty());
		assert_eq!(pallet_democracy::MetadataOf::<Runtime>::iter().count(), 0);
		assert_eq!(pallet_preimage::RequestStatusFor::<Runtime>::iter().count(), 0);
		assert_eq!(pallet_preimage::PreimageFor::<Runtime>::iter().count(), 0);
	});
}

/// Settles the votes of assessors in a case. Returns what they were paid and what they lost.
fn settle(chain: &mut Chain, case: CaseId, assessors: &[Sr25519Keyring]) -> (Balance, Balance) {
	let mut sums = (0, 0);
	for assessor in assessors {
		let assessor = assessor.to_account_id();
		assert_ok!(chain.apply(BobStash, Call::settle { case, assessor }));
		for event in events(chain) {
			if let Event::VoteSettled { reward, lost, .. } = event {
				sums = (sums.0 + reward, sums.1 + lost);
			}
		}
	}
	sums
}

#[test]
fn holder_is_paid_to_the_unit_when_token_holders_overturn_the_assessors() {
	let mut chain = insured_chain();
	let fee = chain.read(|| Parameters::claims().assessors_fee);
	let bond = chain.read(|| Parameters::claims().bond);
	let before = chain.read(|| Pools::report_pool(0).unwrap());
	let (incident, id) = report(&mut chain, Charlie);
	assert_eq!(
		bonds(&mut chain, Charlie),
		bond,
		"the fee is the assessors' by now"
	);
	// All of it is set aside at once, and nobody buys what may be worthless.
	chain.read(|| assert_eq!(Pools::report_pool(0).unwrap().reserved, AMOUNT));
	let purchase = chain.read(|| buy(PRODUCT, USD, AMOUNT));
	assert!(chain.apply(Eve, purchase).is_err());

	judge(&mut chain, id, &[(Dave, 0), (Eve, 0)]);
	assert_eq!(
		chain.apply(BobStash, Call::poke { case: 99 }),
		Err(Error::UnknownCase.into())
	);
	let verdict = case(&mut chain, id);
	assert_eq!((verdict.verdict, verdict.is_strong), (Some(0), false));
	let (referendum, ends) = dispute(&mut chain, id, Bob, Direction::Upward);
	assert_eq!(bonds(&mut chain, Bob), 2 * bond);
	all(
		&mut chain,
		vec![
			(Alice, cast(referendum, true, 1_000 * LUT)),
			(Dave, cast(referendum, false, 10 * LUT)),
		],
	);
	assert_eq!(
		chain.apply(BobStash, Call::poke { case: id }),
		Err(Error::NothingDue.into())
	);
	chain.run_to(ends);
	chain.read(|| {
		assert_eq!(
			DemocracyReferenda::outcome(referendum),
			Outcome::Passed { enacted_at: ends + 1 }
		)
	});
	assert!(case(&mut chain, id).upward.unwrap().voted);
	// The scheduler enacts it in the next block, before the transactions. Whoever was right has the bond back in the same.
	let (bob, charlie) = (spendable(&mut chain, Bob), spendable(&mut chain, Charlie));
	poke(&mut chain, id);
	assert!(is_final(&mut chain, id));
	assert_eq!(spendable(&mut chain, Bob) - bob, 2 * bond);
	assert_eq!(spendable(&mut chain, Charlie) - charlie, bond + fee);
	let said = events(&mut chain);
	assert!(said.contains(&Event::ReferendumEnded {
		case: id,
		referendum,
		passed: true
	}));
	assert!(
		said.iter()
			.any(|event| matches!(event, Event::IncidentAccepted { verdict: 100, .. }))
	);
	assert!(matches!(
		chain.read(|| pallet_claims::Incidents::<Runtime>::get(incident).unwrap().state),
		IncidentState::Accepted { verdict: 100, .. }
	));
	assert_eq!(settle(&mut chain, id, &[Dave, Eve]), (fee, 0));

	// A claim for more than was insured counts as that, and is too large to stand without a vote.
	assert_ok!(chain.apply(Charlie, file(AMOUNT + 5)));
	let claim = id + 1;
	judge(&mut chain, claim, &[(Dave, 50), (Eve, 49), (Ferdie, 50)]);
	poke(&mut chain, claim);
	let Phase::Disputable { until } = case(&mut chain, claim).phase else {
		panic!("there is a verdict");
	};
	chain.run_to(until);
	let charlie = chain.read(|| dollars(Charlie));
	poke(&mut chain, claim);
	assert_eq!(chain.read(|| dollars(Charlie)) - charlie, AMOUNT / 2);
	assert!(events(&mut chain).contains(&Event::ClaimPaid {
		incident,
		policy: 0,
		paid: AMOUNT / 2,
		arrears: 0
	}));
	assert_eq!(settle(&mut chain, claim, &[Dave, Eve, Ferdie]), (fee, 0));
	assert_eq!(
		chain.apply(Charlie, file(AMOUNT)),
		Err(Error::AlreadyClaimed.into())
	);

	// Nothing more can be claimed: what is left is free again.
	let IncidentState::Accepted { until, .. } =
		chain.read(|| pallet_claims::Incidents::<Runtime>::get(incident).unwrap().state)
	else {
		panic!("it is open to claims");
	};
	wait(&mut chain, || now() > until);
	chain.block(vec![]);
	let after = chain.read(|| {
		assert!(matches!(
			pallet_claims::Incidents::<Runtime>::get(incident).unwrap().state,
			IncidentState::Closed { verdict: 100 }
		));
		Pools::report_pool(0).unwrap()
	});
	chain.read(|| {
		let all = Claims::report_record(None);
		assert_eq!(all, Claims::report_record(Some(PRODUCT)));
		let record = all.record;
		assert_eq!((record.incidents, record.accepted, record.rejected), (1, 1, 0));
		assert_eq!((record.filed, record.approved, record.denied), (1, 1, 0));
		assert_eq!((record.paid, record.verdicts, record.overturned), (1, 2, 1));
		assert_eq!(all.mean_payout_time, Some(record.payout_seconds));
		assert_eq!(all.overturned, Perbill::from_percent(50));
	});
	assert_eq!(after.reserved, 0);
	let earned = after.capital + AMOUNT / 2 - before.capital;
	assert!(earned <= before.upr, "{earned}");
	check_nothing_is_left(&mut chain);
}

#[test]
fn verdict_stands_and_bonds_return_when_nobody_votes() {
	let (mut chain, id, referendum, ends) = disputed_chain();
	chain.run_to(ends);
	let bob = spendable(&mut chain, Bob);
	poke(&mut chain, id);
	assert!(is_final(&mut chain, id));
	assert_eq!(spendable(&mut chain, Bob) - bob, 2 * LUT);
	let said = events(&mut chain);
	assert!(said.contains(&Event::ReferendumEnded {
		case: id,
		referendum,
		passed: false
	}));
	// A report is lost where nothing was, however that is found.
	let lost = Event::BondLost {
		case: id,
		who: Charlie.to_account_id(),
		amount: LUT,
	};
	assert!(said.contains(&lost));
	assert_eq!(settle(&mut chain, id, &[Dave, Eve]).1, 0);
	check_nothing_is_left(&mut chain);
	chain.read(|| assert_eq!(Pools::report_pool(0).unwrap().reserved, 0));
}

#[test]
fn disputers_bond_is_lost_when_token_holders_vote_it_down() {
	let (mut chain, id, referendum, ends) = disputed_chain();
	// All of Bob's tokens vote, those on hold for the bond among them: that does not save the bond.
	let everything = total(&mut chain, &Bob.to_account_id()) - LUT;
	all(
		&mut chain,
		vec![
			(Bob, cast(referendum, true, everything)),
			(Alice, cast(referendum, false, 980_000 * LUT)),
			(AliceStash, cast(referendum, false, 980_000 * LUT)),
		],
	);
	chain.run_to(ends);
	let before = total(&mut chain, &Bob.to_account_id());
	poke(&mut chain, id);
	let lost = Event::BondLost {
		case: id,
		who: Bob.to_account_id(),
		amount: 2 * LUT,
	};
	assert!(events(&mut chain).contains(&lost));
	assert_eq!(before - total(&mut chain, &Bob.to_account_id()), 2 * LUT);
	settle(&mut chain, id, &[Dave, Eve]);
	check_nothing_is_left(&mut chain);
}

#[test]
fn cancelled_referendum_is_restarted_once_and_then_the_verdict_stands() {
	let (mut chain, id, first, _) = disputed_chain();
	assert_ok!(chain.apply(Alice, cast(first, true, 1_000 * LUT)));
	let question = |chain: &mut Chain, referendum| {
		chain.read(|| {
			pallet_democracy::MetadataOf::<Runtime>::get(MetadataOwner::Referendum(referendum)).unwrap()
		})
	};
	let first_question = question(&mut chain, first);
	chain.read(|| Democracy::emergency_cancel(RuntimeOrigin::root(), first).unwrap());
	chain.read(|| assert_eq!(DemocracyReferenda::outcome(first), Outcome::Cancelled));
	poke(&mut chain, id);
	let (second, _) = voting(&mut chain, id);
	assert_ne!(first, second);
	assert!(case(&mut chain, id).restarted);
	chain.read(|| {
		assert_eq!(<Preimage as QueryPreimage>::len(&first_question), None);
		assert_noop!(Claims::enact(RuntimeOrigin::root(), id, 0), Error::NotPassed);
	});

	// Blacklisted this time. It had votes, but they were never counted.
	assert_ok!(chain.apply(Alice, cast(second, true, 1_000 * LUT)));
	chain.read(|| {
		let Some(ReferendumInfo::Ongoing(status)) =
			pallet_democracy::ReferendumInfoOf::<Runtime>::get(second)
		else {
			panic!("the referendum runs");
		};
		let root = RuntimeOrigin::root();
		assert_ok!(Democracy::blacklist(root, status.proposal.hash(), Some(second)));
		assert_eq!(DemocracyReferenda::outcome(second), Outcome::Cancelled);
	});
	let bob = spendable(&mut chain, Bob);
	poke(&mut chain, id);
	assert!(is_final(&mut chain, id));
	assert_eq!(spendable(&mut chain, Bob) - bob, 2 * LUT);
	assert!(
		events(&mut chain)
			.iter()
			.any(|event| matches!(event, Event::IncidentRejected { .. }))
	);
	settle(&mut chain, id, &[Dave, Eve]);
	check_nothing_is_left(&mut chain);
	// Whoever voted on what was cancelled has the tokens back.
	let remove = |index| pallet_democracy::Call::remove_vote { index };
	assert_ok!(chain.apply(Alice, remove(first)));
	assert_ok!(chain.apply(Alice, remove(second)));
}

/// Cancels what democracy scheduled, as another referendum might.
fn drop_enactment(chain: &mut Chain, referendum: u32) {
	let mut name = [0; 32];
	let encoded = codec::Encode::encode(&(*b"democrac", referendum));
	name[..encoded.len()].copy_from_slice(&encoded);
	chain.read(|| Scheduler::cancel_named(RuntimeOrigin::root(), name).unwrap());
}

/// Fills the agenda of a block, so that nothing else can be scheduled then.
fn fill_agenda(chain: &mut Chain, when: BlockNumber) {
	chain.read(|| {
		let most: u32 = <Runtime as pallet_scheduler::Config>::MaxScheduledPerBlock::get();
		for _ in 0..most {
			let remark = frame_system::Call::<Runtime>::remark { remark: vec![1] };
			let call = Preimage::bound(RuntimeCall::from(remark)).unwrap();
			let root = frame_system::RawOrigin::Root.into();
			let scheduled =
				<Scheduler as Anon<_, RuntimeCall, _>>::schedule(DispatchTime::At(when), None, 0, root, call);
			assert!(scheduled.is_ok());
		}
	});
}

#[test]
fn passed_referendum_is_enacted_by_a_poke_when_the_scheduler_lost_it() {
	for agenda_is_full in [false, true] {
		let (mut chain, id, referendum, ends) = disputed_chain();
		assert_ok!(chain.apply(Alice, cast(referendum, true, 1_000 * LUT)));
		if agenda_is_full {
			fill_agenda(&mut chain, ends + 1);
		}
		chain.run_to(ends);
		if !agenda_is_full {
			drop_enactment(&mut chain, referendum);
		}
		let passed = Outcome::Passed { enacted_at: ends + 1 };
		chain.read(|| assert_eq!(DemocracyReferenda::outcome(referendum), passed));
		// Its time is not over yet.
		assert_eq!(
			chain.apply(BobStash, Call::poke { case: id }),
			Err(Error::NothingDue.into())
		);
		poke(&mut chain, id);
		assert!(is_final(&mut chain, id));
		assert!(
			events(&mut chain)
				.iter()
				.any(|event| matches!(event, Event::IncidentAccepted { verdict: 100, .. }))
		);
		// And it cannot come late.
		chain.read(|| {
			assert_noop!(Claims::enact(RuntimeOrigin::root(), id, 0), Error::UnknownCase);
		});
	}
}

#[test]
fn enactment_is_nobodys_but_the_referendums() {
	let (mut chain, id, referendum, ends) = disputed_chain();
	assert_eq!(
		chain.apply(Alice, Call::enact { case: id, ballot: 0 }),
		Err(DispatchError::BadOrigin)
	);
	chain.read(|| {
		let council = pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3);
		assert_noop!(Claims::enact(council.into(), id, 0), DispatchError::BadOrigin);
		// Another referendum has the origin, but not the votes.
		assert_noop!(Claims::enact(RuntimeOrigin::root(), id, 0), Error::NotPassed);
	});
	assert_ok!(chain.apply(Alice, cast(referendum, true, LUT)));
	chain.run_to(ends);
	chain.read(|| {
		for ballot in [1, u32::MAX] {
			assert_noop!(Claims::enact(RuntimeOrigin::root(), id, ballot), Error::NotPassed);
		}
		assert_noop!(
			Claims::enact(RuntimeOrigin::root(), id + 1, 0),
			Error::UnknownCase
		);
	});
}

#[test]
fn referendum_on_a_case_is_out_of_reach_of_councils() {
	let (mut chain, _, referendum, ends) = disputed_chain();
	chain.read(|| {
		let Some(ReferendumInfo::Ongoing(status)) =
			pallet_democracy::ReferendumInfoOf::<Runtime>::get(referendum)
		else {
			panic!("the referendum runs");
		};
		let hash = status.proposal.hash();
		let councils: [RuntimeOrigin; 3] = [
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(3, 3).into(),
			pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance2>::Members(3, 3).into(),
			RuntimeOrigin::signed(Alice.to_account_id()),
		];
		for origin in councils {
			let attempts: [RuntimeCall; 6] = [
				pallet_democracy::Call::emergency_cancel {
					ref_index: referendum,
				}
				.into(),
				pallet_democracy::Call::cancel_referendum {
					ref_index: referendum,
				}
				.into(),
				pallet_democracy::Call::blacklist {
					proposal_hash: hash,
					maybe_ref_index: Some(referendum),
				}
				.into(),
				pallet_scheduler::Call::cancel {
					when: ends + 1,
					index: 0,
				}
				.into(),
				pallet_preimage::Call::unrequest_preimage { hash }.into(),
				Call::enact { case: 0, ballot: 0 }.into(),
			];
			for attempt in attempts {
				assert_noop!(
					attempt.dispatch(origin.clone()).map_err(|error| error.error),
					DispatchError::BadOrigin
				);
			}
			// Nor do they rewrite what is asked.
			assert!(Democracy::set_metadata(origin, MetadataOwner::Referendum(referendum), None).is_err());
		}
	});
}

#[test]
fn staked_and_bonded_tokens_vote_and_are_slashed_all_the_same() {
	let mut chain = insured_chain();
	let (_, id) = report(&mut chain, Charlie);
	// Eve is the only one who is wrong, and the others are more than two thirds.
	let Phase::Assessing { commit_until, .. } = case(&mut chain, id).phase else {
		panic!("assessors are asked");
	};
	all(
		&mut chain,
		vec![
			(Dave, commit(id, Dave, 0).into()),
			(Eve, commit(id, Eve, 100).into()),
			(Ferdie, commit(id, Ferdie, 0).into()),
		],
	);
	chain.run_to(commit_until);
	all(
		&mut chain,
		vec![
			(Dave, reveal(id, 0).into()),
			(Eve, reveal(id, 100).into()),
			(Ferdie, reveal(id, 0).into()),
		],
	);
	wait(&mut chain, || {
		pallet_claims::Cases::<Runtime>::get(0).unwrap().verdict.is_some()
	});
	assert!(case(&mut chain, id).is_strong);
	let (referendum, ends) = dispute(&mut chain, id, Bob, Direction::Upward);

	let voters = [Eve, Bob];
	let unheld = voters.map(|who| spendable(&mut chain, who));
	let everything = voters.map(|who| total(&mut chain, &who.to_account_id()) - LUT / 10);
	assert!(
		everything[0] > unheld[0],
		"some of it can only be what is on hold"
	);
	let votes = vec![
		(Eve, cast(referendum, true, everything[0])),
		(Bob, cast(referendum, true, everything[1])),
	];
	all(&mut chain, votes);
	chain.read(|| {
		let Some(ReferendumInfo::Ongoing(status)) =
			pallet_democracy::ReferendumInfoOf::<Runtime>::get(referendum)
		else {
			panic!("the referendum runs");
		};
		assert_eq!(status.tally.ayes, everything[0] + everything[1]);
		assert_eq!(status.threshold, VoteThreshold::SuperMajorityApprove);
	});
	// The lock of the vote does not keep the stake.
	let stake = |chain: &mut Chain| {
		let eve = Eve.to_account_id();
		chain.read(|| {
			let held = Balances::balance_on_hold(&RuntimeHoldReason::Claims(HoldReason::Stake), &eve);
			let stake = pallet_claims::Assessors::<Runtime>::get(&eve).unwrap().stake;
			assert_eq!(held, stake);
			stake
		})
	};
	let before = stake(&mut chain);
	let (reward, lost) = settle(&mut chain, id, &[Eve]);
	assert_eq!((reward, lost), (0, LUT / 2));
	assert_eq!(before - stake(&mut chain), lost);
	chain.run_to(ends + 1);
	wait(&mut chain, || !pallet_claims::Cases::<Runtime>::contains_key(0));
	settle(&mut chain, id, &[Dave, Ferdie]);
	check_nothing_is_left(&mut chain);
}

/// Whether token holders overturn a verdict of 0 % with a whale that votes in the last block.
fn late_whale_wins(verdict_by: &[(Sr25519Keyring, u8)]) -> bool {
	let mut chain = insured_chain();
	let (incident, id) = report(&mut chain, Charlie);
	judge(&mut chain, id, verdict_by);
	poke(&mut chain, id);
	let (referendum, ends) = dispute(&mut chain, id, Bob, Direction::Upward);
	let against = cast(referendum, false, 100_000 * LUT);
	assert_ok!(chain.apply(Dave, against));
	chain.run_to(ends - 2);
	assert_ok!(chain.apply(AliceStash, cast(referendum, true, 150_000 * LUT)));
	assert_eq!(chain.read(System::block_number), ends - 1);
	chain.run_to(ends);
	// Nothing goes into the block that counts them.
	chain.run_to(ends + 1);
	wait(&mut chain, || !pallet_claims::Cases::<Runtime>::contains_key(0));
	let state = chain.read(|| pallet_claims::Incidents::<Runtime>::get(incident).unwrap().state);
	matches!(state, IncidentState::Accepted { .. })
}

#[test]
fn late_whale_overturns_a_weak_verdict_but_not_a_strong_one() {
	assert!(late_whale_wins(&[(Dave, 0), (Eve, 0)]));
	assert!(!late_whale_wins(&[(Dave, 0), (Eve, 0), (Ferdie, 0)]));
}

#[test]
fn question_is_there_in_words_while_it_is_asked_and_gone_after() {
	let (mut chain, id, referendum, ends) = disputed_chain();
	let hash = chain.read(|| {
		let owner = MetadataOwner::Referendum(referendum);
		let hash = pallet_democracy::MetadataOf::<Runtime>::get(owner).unwrap();
		let text = <Preimage as QueryPreimage>::fetch(&hash, None).unwrap();
		let text = String::from_utf8(text.into_owned()).unwrap();
		assert!(text.starts_with("Case 0, ballot 0: "), "{text}");
		for words in ["Example lending", "incident 0", "0 %", "100 %", "Aye"] {
			assert!(text.contains(words), "{words} is not in: {text}");
		}
		hash
	});
	assert_ok!(chain.apply(Alice, cast(referendum, true, LUT)));
	// Once it is over anybody may clear the metadata, by which nothing is left behind either.
	chain.run_to(ends);
	chain.read(|| {
		let owner = MetadataOwner::Referendum(referendum);
		let anybody = RuntimeOrigin::signed(Eve.to_account_id());
		assert_ok!(Democracy::set_metadata(anybody, owner, None));
	});
	poke(&mut chain, id);
	chain.read(|| {
		assert_eq!(<Preimage as QueryPreimage>::len(&hash), None);
		assert_eq!(pallet_democracy::MetadataOf::<Runtime>::iter().count(), 0);
	});
}

#[test]
fn claims_go_on_when_safe_mode_is_entered_during_a_vote() {
	let (mut chain, id, referendum, ends) = disputed_chain();
	let enter = || SafeMode::force_enter(RuntimeOrigin::root()).unwrap();
	chain.read(enter);
	let transfer = pallet_balances::Call::transfer_keep_alive {
		dest: Bob.to_account_id().into(),
		value: LUT,
	};
	let filtered: DispatchResult = Err(frame_system::Error::<Runtime>::CallFiltered.into());
	assert_eq!(chain.apply(Alice, transfer), filtered);
	// Nor is a call of Claims paused, by whomever.
	chain.read(|| {
		for call in RuntimeCall::get_call_names("Claims") {
			let name = |text: &str| sp_runtime::BoundedVec::truncate_from(text.as_bytes().to_vec());
			assert_noop!(
				TxPause::pause(RuntimeOrigin::root(), (name("Claims"), name(call))),
				pallet_tx_pause::Error::<Runtime>::Unpausable
			);
		}
	});
	assert_ok!(chain.apply(Alice, cast(referendum, true, 1_000 * LUT)));
	chain.run_to(ends);
	poke(&mut chain, id);
	assert!(is_final(&mut chain, id));
	// A small claim needs no vote.
	assert_ok!(chain.apply(Charlie, file(500 * DOLLAR)));
	let Phase::Optimistic { until } = case(&mut chain, id + 1).phase else {
		panic!("it stands unless it is challenged");
	};
	let before = chain.read(|| dollars(Charlie));
	chain.run_to(until);
	poke(&mut chain, id + 1);
	chain.read(|| assert!(SafeMode::is_entered(), "it lasts for thirty blocks"));
	assert_eq!(chain.read(|| dollars(Charlie)) - before, 500 * DOLLAR);
	// Assessors vote, and are paid, too.
	chain.read(|| {
		if !SafeMode::is_entered() {
			enter();
		}
	});
	settle(&mut chain, id, &[Dave, Eve]);
	let (_, another) = report(&mut chain, Dave);
	all(&mut chain, vec![(Eve, commit(another, Eve, 0).into())]);
}

#[test]
fn block_work_alone_carries_a_case_from_the_report_to_the_payout() {
	let mut chain = insured_chain();
	let (incident, id) = report(&mut chain, Charlie);
	judge(&mut chain, id, &[(Dave, 100), (Eve, 100)]);
	let dispute_period = chain.read(|| Parameters::claims().dispute_period);
	let challenge_period = chain.read(|| Parameters::claims().challenge_period);
	// Counted in the next block, and final in the one after the last in which it can be disputed.
	let height = chain.read(System::block_number);
	chain.run_to(height + 1);
	assert_eq!(case(&mut chain, id).verdict, Some(100));
	chain.run_to(height + 1 + dispute_period);
	assert!(!is_final(&mut chain, id));
	chain.block(vec![]);
	assert!(is_final(&mut chain, id));

	let before = chain.read(|| dollars(Charlie));
	assert_ok!(chain.apply(Charlie, file(1_000 * DOLLAR)));
	let height = chain.read(System::block_number);
	chain.run_to(height + challenge_period);
	assert_eq!(chain.read(|| dollars(Charlie)), before);
	chain.block(vec![]);
	assert_eq!(chain.read(|| dollars(Charlie)) - before, 1_000 * DOLLAR);
	chain.read(|| {
		let claim = pallet_claims::Claims::<Runtime>::get(incident, 0).unwrap();
		let paid = ClaimState::Paid {
			verdict: 100,
			paid: 1_000 * DOLLAR,
			arrears: 0,
		};
		assert_eq!(claim.state, paid);
	});
	// And the incident to its end.
	wait(&mut chain, || {
		let incident = pallet_claims::Incidents::<Runtime>::get(0).unwrap();
		matches!(incident.state, IncidentState::Closed { .. })
	});
	settle(&mut chain, id, &[Dave, Eve]);
	check_nothing_is_left(&mut chain);
	// Nobody ever sent a poke, and the product waits for governance.
	chain.read(|| {
		assert_eq!(
			Cover::report_product(PRODUCT).unwrap().status,
			pallet_cover::Status::Paused
		)
	});
}

#[test]
fn voting_goes_on_when_the_chain_stood_still() {
	let mut chain = insured_chain();
	let (incident, id) = report(&mut chain, Charlie);
	let stand_still = |chain: &mut Chain| {
		chain.slot += 60 * DAY;
		chain.block(vec![]);
	};
	let before = case(&mut chain, id).phase;
	stand_still(&mut chain);
	assert_eq!(case(&mut chain, id).phase, before);
	judge(&mut chain, id, &[(Dave, 0), (Eve, 0)]);
	stand_still(&mut chain);
	// A session ended, which leaves no room for block work.
	chain.block(vec![]);
	let Phase::Disputable { .. } = case(&mut chain, id).phase else {
		panic!("it is open to dispute: {:?}", case(&mut chain, id));
	};
	stand_still(&mut chain);
	let (referendum, ends) = dispute(&mut chain, id, Bob, Direction::Upward);
	stand_still(&mut chain);
	assert_ok!(chain.apply(Alice, cast(referendum, true, 1_000 * LUT)));
	chain.run_to(ends + 1);
	wait(&mut chain, || !pallet_claims::Cases::<Runtime>::contains_key(0));
	let accepted = chain.read(System::block_number);

	// The window for claims is over by the clock, but there are blocks in which to claim.
	stand_still(&mut chain);
	chain.read(|| {
		let IncidentState::Accepted {
			until, not_before, ..
		} = pallet_claims::Incidents::<Runtime>::get(incident).unwrap().state
		else {
			panic!("it is accepted and open");
		};
		assert!(now() > until);
		assert_eq!(not_before, accepted + Parameters::claims().dispute_period);
	});
	let dispute_period = chain.read(|| Parameters::claims().dispute_period);
	chain.run_to(accepted + dispute_period - 1);
	assert_ok!(chain.apply(Charlie, file(100 * DOLLAR)));
	let before = chain.read(|| dollars(Charlie));
	// One too late.
	let late = chain.apply(Charlie, file(100 * DOLLAR));
	assert_eq!(late, Err(Error::NoClaims.into()));
	wait(&mut chain, || !pallet_claims::Cases::<Runtime>::contains_key(1));
	assert_eq!(chain.read(|| dollars(Charlie)) - before, 100 * DOLLAR);
}

// ------------------------------------------------------------------------------------------ Feeds

/// All feeders say what a dollar costs, in hundredths.
fn feed(chain: &mut Chain, hundredths: u128) {
	let values = vec![(TEST_STABLECOIN, FixedU128::from_rational(hundredths, 100))];
	let call = pallet_oracle::Call::feed_values {
		values: values.try_into().unwrap(),
	};
	let fed = [Alice, Bob, Charlie].map(|who| (who, call.clone().into()));
	all(chain, fed.into());
}

/// The feed goes on for so many accounting days, twice a day.
fn feed_for(chain: &mut Chain, days: u32, hundredths: u128) {
	for _ in 0..2 * days {
		feed(chain, hundredths);
		let height = chain.read(System::block_number);
		chain.run_to(height + 4);
	}
}

/// Three holders, each insured against a depeg for 60 LUT by a pool in the native token, after the waiting period.
fn depeg_chain() -> Chain {
	let mut chain = Chain::dev();
	let create = pallet_pools::Call::create {
		asset: AssetId::Native,
		manager_fee: 0,
	};
	assert_ok!(chain.apply(Alice, create));
	let line = pallet_pools::Call::set_line {
		pool: 0,
		product: DEPEG,
		weight: 500_000_000,
		rate: Some(FixedU128::from_rational(4, 100)),
	};
	assert_ok!(chain.apply(Alice, line));
	assert_ok!(chain.apply(Bob, super::pools::deposit(50_000 * LUT)));
	feed(&mut chain, 100);
	let purchase = chain.read(|| buy(DEPEG, AssetId::Native, 60 * LUT));
	let purchases = [Dave, Eve, Ferdie].map(|who| (who, purchase.clone()));
	all(&mut chain, purchases.into());
	feed_for(&mut chain, 8, 100);
	chain.read(|| {
		for policy in 0..3 {
			assert!(Cover::report_policy(policy).unwrap().policy.start < now());
		}
	});
	chain
}

fn incident_state(chain: &mut Chain, incident: IncidentId) -> IncidentState<BlockNumber> {
	chain.read(|| pallet_claims::Incidents::<Runtime>::get(incident).unwrap().state)
}

#[test]
fn everybody_is_paid_without_a_claim_when_the_feed_proves_a_depeg() {
	let mut chain = depeg_chain();
	let freeze = Call::freeze { product: DEPEG };
	let trigger = Call::trigger { product: DEPEG };
	assert_eq!(chain.apply(BobStash, freeze.clone()), Err(Error::NoBreach.into()));
	feed(&mut chain, 80);
	assert_ok!(chain.apply(BobStash, freeze));
	chain.read(|| assert_eq!(Pools::report_pool(0).unwrap().reserved, 180 * LUT));
	// A moment proves nothing.
	assert_eq!(
		chain.apply(BobStash, trigger.clone()),
		Err(Error::NoBreach.into())
	);
	feed_for(&mut chain, 4, 80);
	assert_ok!(chain.apply(BobStash, trigger));
	assert!(events(&mut chain).iter().any(|event| matches!(
		event,
		Event::Triggered { average, .. } if *average == FixedU128::from_rational(80, 100)
	)));
	let IncidentState::Observed { day, days_left, .. } = incident_state(&mut chain, 0) else {
		panic!("it is observed");
	};
	// It recovers, but the lowest day counts.
	feed_for(&mut chain, 1, 80);
	feed(&mut chain, 100);
	let over = day + Seconds::from(days_left) * chain.read(pallet_clock::AccountingDay::<Runtime>::get);
	wait(&mut chain, || now() + 1 >= over);
	let before = [Dave, Eve, Ferdie].map(|who| spendable(&mut chain, who));
	// Block work would do all of it at the end of this block.
	let pay = |most| Call::pay_batch { incident: 0, most };
	all(
		&mut chain,
		vec![
			(Bob, Call::poke_incident { incident: 0 }.into()),
			(BobStash, pay(2).into()),
			(AliceStash, pay(10).into()),
		],
	);
	let batch = |policies, done| Event::BatchPaid {
		incident: 0,
		policies,
		done,
	};
	let said = events(&mut chain);
	assert!(
		said.contains(&batch(2, false)) && said.contains(&batch(1, true)),
		"{said:?}"
	);
	let after = [Dave, Eve, Ferdie].map(|who| spendable(&mut chain, who));
	for (before, after) in before.into_iter().zip(after) {
		assert_eq!(after - before, 30 * LUT);
	}
	assert_eq!(chain.apply(BobStash, pay(1)), Err(Error::NothingToPay.into()));
	wait(&mut chain, || {
		let incident = pallet_claims::Incidents::<Runtime>::get(0).unwrap();
		matches!(incident.state, IncidentState::Closed { verdict: 50 })
	});
	chain.read(|| {
		assert_eq!(Pools::report_pool(0).unwrap().reserved, 0);
		for policy in 0..3 {
			let claim = pallet_claims::Claims::<Runtime>::get(0, policy).unwrap();
			let paid = ClaimState::Paid {
				verdict: 100,
				paid: 30 * LUT,
				arrears: 0,
			};
			assert_eq!(claim.state, paid);
		}
	});
}

#[test]
fn feed_proves_nothing_when_it_is_stale() {
	let mut chain = depeg_chain();
	let freeze = Call::freeze { product: DEPEG };
	let trigger = Call::trigger { product: DEPEG };
	feed(&mut chain, 80);
	let height = chain.read(System::block_number);
	let patience = chain.read(|| Parameters::claims().feed_max_age) as BlockNumber;
	chain.run_to(height + patience);
	assert_eq!(
		chain.apply(BobStash, freeze.clone()),
		Err(Error::FeedNotFresh.into())
	);
	chain.run_to(height + patience + 40);
	assert_eq!(
		chain.apply(BobStash, trigger.clone()),
		Err(Error::FeedTooSparse.into())
	);
	// Two feeders are too few to say anything new.
	let values = vec![(TEST_STABLECOIN, FixedU128::from_rational(70, 100))];
	let call = pallet_oracle::Call::feed_values {
		values: values.try_into().unwrap(),
	};
	chain.read(|| {
		pallet_oracle::RawValues::<Runtime>::remove(Charlie.to_account_id(), TEST_STABLECOIN);
	});
	let fed = [Alice, Bob].map(|who| (who, call.clone().into()));
	all(&mut chain, fed.into());
	assert_eq!(chain.apply(BobStash, freeze), Err(Error::FeedNotFresh.into()));
}

#[test]
fn price_is_noted_as_it_is_fed_and_paid_for() {
	let mut chain = Chain::dev();
	let values = |count: u32| {
		let values = (0..count)
			.map(|key| (key, FixedU128::from_u32(1)))
			.collect::<Vec<_>>();
		RuntimeCall::from(pallet_oracle::Call::feed_values {
			values: values.try_into().unwrap(),
		})
	};
	chain.read(|| {
		let weight = |count| values(count).get_dispatch_info().call_weight;
		let each = weight(32).saturating_sub(weight(0)) / 32;
		let hook = Claims::note_price_weight();
		assert!(each.all_gte(hook), "{each} {hook}");
		assert!(hook.ref_time() > 0);
		let bare =
			<pallet_oracle::weights::SubstrateWeight<Runtime> as pallet_oracle::WeightInfo>::feed_values(32);
		assert!(weight(32).all_gte(bare.saturating_add(hook * 32)));
	});
	feed(&mut chain, 97);
	chain.read(|| {
		let feed = pallet_claims::Feeds::<Runtime>::get(TEST_STABLECOIN).unwrap();
		let value = FixedU128::from_rational(97, 100).into_inner();
		assert_eq!((feed.value, feed.taken), (value, now()));
	});
	// What nothing depends on costs the chain no storage.
	let fed = [Alice, Bob, Charlie].map(|who| (who, values(32)));
	all(&mut chain, fed.into());
	chain.read(|| assert_eq!(pallet_claims::Feeds::<Runtime>::iter().count(), 1));
}

#[test]
fn large_depeg_is_open_to_challenge_and_then_to_the_token_holders() {
	let mut chain = depeg_chain();
	let more = chain.read(|| buy(DEPEG, AssetId::Native, 600 * LUT));
	feed(&mut chain, 100);
	all(
		&mut chain,
		[Dave, Eve, Ferdie].map(|who| (who, more.clone())).into(),
	);
	let stakes = STAKES.map(|(who, amount)| (who, Call::stake { amount }.into()));
	all(&mut chain, stakes.into());
	feed_for(&mut chain, 8, 100);
	feed_for(&mut chain, 4, 80);
	assert_ok!(chain.apply(BobStash, Call::trigger { product: DEPEG }));
	feed_for(&mut chain, 4, 80);
	wait(&mut chain, || pallet_claims::Cases::<Runtime>::contains_key(0));
	assert!(matches!(case(&mut chain, 0).phase, Phase::Optimistic { .. }));
	assert_eq!(case(&mut chain, 0).proposal, 50);

	// Somebody says that the feed lies, and the assessors believe it.
	let fee = chain.read(|| Parameters::claims().assessors_fee);
	let challenge = Call::challenge {
		case: 0,
		alternative: 0,
		uri: uri(),
		hash: Default::default(),
	};
	assert_ok!(chain.apply(Alice, challenge));
	assert_eq!(bonds(&mut chain, Alice), 2 * LUT);
	judge(&mut chain, 0, &[(Dave, 0), (Eve, 0)]);
	wait(&mut chain, || {
		pallet_claims::Cases::<Runtime>::get(0).unwrap().verdict.is_some()
	});
	let (referendum, ends) = dispute(&mut chain, 0, Bob, Direction::Upward);
	assert_eq!(bonds(&mut chain, Bob), 4 * LUT);
	all(
		&mut chain,
		vec![(AliceStash, cast(referendum, true, 1_000 * LUT))],
	);
	chain.run_to(ends + 1);
	wait(&mut chain, || !pallet_claims::Cases::<Runtime>::contains_key(0));
	// The challenger was wrong: half of the bond goes to who stood against it. Block work pays everybody.
	wait(&mut chain, || {
		let incident = pallet_claims::Incidents::<Runtime>::get(0).unwrap();
		matches!(incident.state, IncidentState::Closed { verdict: 50 })
	});
	chain.read(|| {
		for policy in 0..6 {
			let claim = pallet_claims::Claims::<Runtime>::get(0, policy).unwrap();
			let insured = if policy < 3 { 60 * LUT } else { 600 * LUT };
			let paid = ClaimState::Paid {
				verdict: 100,
				paid: insured / 2,
				arrears: 0,
			};
			assert_eq!(claim.state, paid);
		}
	});
	assert_eq!(settle(&mut chain, 0, &[Dave, Eve]), (fee, 0));
	check_nothing_is_left(&mut chain);
}

#[test]
fn clients_read_the_next_bond_and_the_feed() {
	let mut chain = insured_chain();
	let bond = |chain: &mut Chain, product| chain.read(|| Claims::report_bond(product));
	assert_eq!(bond(&mut chain, PRODUCT), Some(LUT));
	report(&mut chain, Charlie);
	assert_eq!(bond(&mut chain, PRODUCT), Some(2 * LUT));
	assert_eq!(bond(&mut chain, DEPEG), None);
	assert_eq!(bond(&mut chain, 99), None);
	assert_eq!(chain.read(|| Claims::report_feed(DEPEG)), None);
	feed_for(&mut chain, 5, 97);
	chain.read(|| {
		let feed = Claims::report_feed(DEPEG).unwrap();
		let value = FixedU128::from_rational(97, 100);
		assert_eq!((feed.value, feed.average), (value, Some(value)));
		assert_eq!(feed.threshold, FixedU128::from_rational(95, 100));
		assert!(feed.armed && feed.taken <= now());
		assert_eq!(Claims::report_feed(PRODUCT), None);
	});
}

// ------------------------------------------------------------------------------------------ Proxies

#[test]
fn proxies_claim_or_judge_for_an_account_but_put_up_none_of_its_stake() {
	let mut chain = insured_chain();
	let (incident, id) = report(&mut chain, Alice);
	let add = |delegate: Sr25519Keyring, proxy_type| {
		RuntimeCall::from(pallet_proxy::Call::add_proxy {
			delegate: delegate.to_account_id().into(),
			proxy_type,
			delay: 0,
		})
	};
	all(
		&mut chain,
		vec![
			(Charlie, add(AliceStash, ProxyType::Cover)),
			(Dave, add(BobStash, ProxyType::Assessing)),
		],
	);
	let by_proxy = |chain: &mut Chain, proxy, real: Sr25519Keyring, call: Call| {
		let call = pallet_proxy::Call::proxy {
			real: real.to_account_id().into(),
			force_proxy_type: None,
			call: Box::new(call.into()),
		};
		assert_ok!(chain.apply(proxy, call));
		executed(chain)
	};
	let filtered: DispatchResult = Err(frame_system::Error::<Runtime>::CallFiltered.into());
	let judges = |chain: &mut Chain, call: Call| by_proxy(chain, BobStash, Dave, call);
	assert_ok!(judges(&mut chain, commit(id, Dave, 100)));
	for call in [
		Call::stake { amount: LUT },
		Call::leave {},
		Call::withdraw_stake {},
		file(1),
		Call::enact { case: id, ballot: 0 },
	] {
		assert_eq!(judges(&mut chain, call), filtered);
	}
	let Phase::Assessing { commit_until, .. } = case(&mut chain, id).phase else {
		panic!("assessors are asked");
	};
	chain.run_to(commit_until);
	assert_ok!(judges(&mut chain, reveal(id, 100)));
	wait(&mut chain, || !pallet_claims::Cases::<Runtime>::contains_key(0));
	let assessor = Dave.to_account_id();
	assert_ok!(judges(&mut chain, Call::settle { case: id, assessor }));

	let claims = |chain: &mut Chain, call: Call| by_proxy(chain, AliceStash, Charlie, call);
	assert_ok!(claims(&mut chain, file(100 * DOLLAR)));
	let happened = chain.read(now);
	for call in [
		Call::report {
			product: PRODUCT,
			happened,
			uri: uri(),
			hash: Default::default(),
			max_bond: 100 * LUT,
		},
		Call::stake { amount: 10 * LUT },
		// Half of a bond that is lost goes to the other side, which may be who holds the proxy.
		Call::challenge {
			case: id + 1,
			alternative: 0,
			uri: uri(),
			hash: Default::default(),
		},
		Call::dispute {
			case: id + 1,
			direction: Direction::Downward,
			uri: uri(),
			hash: Default::default(),
		},
		// A case that the verdict went against may be a stranger's.
		Call::dispute {
			case: id + 1,
			direction: Direction::Upward,
			uri: uri(),
			hash: Default::default(),
		},
		Call::recover {
			incident,
			asset: USD,
			amount: DOLLAR,
		},
		commit(id + 1, Charlie, 100),
	] {
		assert_eq!(claims(&mut chain, call), filtered);
	}
	let before = chain.read(|| dollars(Charlie));
	wait(&mut chain, || !pallet_claims::Cases::<Runtime>::contains_key(1));
	assert_eq!(chain.read(|| dollars(Charlie)) - before, 100 * DOLLAR);
}

#[test]
fn proxy_types_keep_their_numbers() {
	// What stored proxies say.
	let types = [
		ProxyType::Any,
		ProxyType::Governance,
		ProxyType::Staking,
		ProxyType::Underwriting,
		ProxyType::Cover,
		ProxyType::Assessing,
	];
	for (number, proxy_type) in (0u8..).zip(types) {
		assert_eq!(codec::Encode::encode(&proxy_type), [number]);
	}
}

#[test]
fn enactment_keeps_its_place_in_the_encoding() {
	// Referenda that run hold this call, and so may proposals made by hand.
	let call = RuntimeCall::from(Call::enact { case: 7, ballot: 3 });
	assert_eq!(codec::Encode::encode(&call), [53, 0, 7, 0, 0, 0, 3, 0, 0, 0]);
}

#[test]
fn beginning_of_a_block_accounts_for_the_votes_that_end_with_it() {
	use frame_support::traits::Hooks;
	sp_io::TestExternalities::default().execute_with(|| {
		let db = <Runtime as frame_system::Config>::DbWeight::get();
		System::set_block_number(5);
		for (ends, ending) in [(vec![], 0), (vec![6], 1), (vec![6, 7, 6], 2)] {
			let running: Vec<_> = (0..).zip(ends).map(|(case, end)| (case, true, end)).collect();
			pallet_claims::Running::<Runtime>::put(sp_runtime::BoundedVec::truncate_from(running));
			let begun = <pallet_claims::Pallet<Runtime> as Hooks<_>>::on_initialize(5);
			// The list, and the case and the referendum of each.
			assert_eq!(begun, db.reads_writes(1 + 2 * ending, ending));
		}
	});
}
