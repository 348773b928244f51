//! Claims under accepted incidents, and policies that a feed's incident hit: who can claim, what is awarded, and how it
//! is paid.

use super::{
	parametric::{depeg, hold, pay_all, poke_incident, trigger, try_poke_incident, watched},
	*,
};
use frame_support::assert_noop;
use lutine_primitives::insurance::{Coverage, MAX_AMOUNT};
use sp_runtime::DispatchError;

type PoolsError = pallet_pools::Error<Test>;
type Losses = pallet_pools::Losses<Test>;

/// What is insured where claims are to be voted on.
const MUCH: Balance = 1_000_000;

fn try_file(who: AccountId, incident: IncidentId, policy: PolicyId, loss: Balance) -> DispatchResult {
	Claims::file(signed(who), incident, policy, loss, uri(), hash())
}

fn try_pay_claim(incident: IncidentId, policy: PolicyId) -> DispatchResult {
	Claims::pay_claim(signed(BOB), incident, policy)
		.map(|_| ())
		.map_err(|error| error.error)
}

fn policy(id: PolicyId) -> pallet_cover::PolicyOf<Test> {
	pallet_cover::Policies::<Test>::get(id).unwrap()
}

fn pool(id: PoolId) -> pallet_pools::PoolOf<Test> {
	pallet_pools::Pools::<Test>::get(id).unwrap()
}

/// What a pool stands behind on a product.
fn exposure(pool: PoolId, product: ProductId) -> Balance {
	pallet_pools::Lines::<Test>::get(pool, product).unwrap().exposure
}

fn left(policy: PolicyId) -> Balance {
	<Cover as Coverage<AccountId>>::left(policy)
}

/// What a pool owes on a policy.
fn owed(pool: PoolId, policy: PolicyId) -> Balance {
	pallet_pools::Debts::<Test>::get(pool, policy).map_or(0, |debt| debt.owed)
}

/// What a pool could not pay to somebody.
fn due(pool: PoolId, who: &AccountId) -> Balance {
	pallet_pools::Dues::<Test>::get(pool, who)
}

/// Brings a pool's books to now, however long it was left alone.
fn settle_pool(id: PoolId) {
	while pool(id).settled_at < now() {
		assert_ok!(Pools::settle(signed(BOB), id));
	}
}

/// Reports that something happened some time ago, and leaves it to be judged.
fn reported(product: ProductId, happened: Seconds) -> (IncidentId, CaseId) {
	let opened = (NextIncident::<Test>::get(), NextCase::<Test>::get());
	let report = Claims::report(signed(REPORTER), product, happened, uri(), hash(), Balance::MAX);
	assert_ok!(report);
	opened
}

/// An incident that happened some time ago and was just accepted.
fn accepted_at(product: ProductId, happened: Seconds, percent: u8) -> IncidentId {
	let (incident, case) = reported(product, happened);
	conclude(case, percent);
	incident
}

/// Cases that are being judged are all decided with the same percentage, and all at the same moment.
fn decide_all(cases: &[CaseId], percent: u8) {
	judge_all(cases, &[percent; 3]);
	cases.iter().copied().for_each(settle_all);
	run_to(cases.iter().map(|case| deadline(*case)).max().unwrap() + 1);
}

/// A claim that stands as it was filed.
fn paid_in_full(who: AccountId, incident: IncidentId, policy: PolicyId, loss: Balance) {
	let case = file(who, incident, policy, loss);
	match phase(case) {
		Phase::Optimistic { .. } => pass_deadline(case),
		_ => conclude(case, 100),
	}
}

/// Passes the time in which claims are made under an incident, and closes it.
fn close_incident(id: IncidentId) {
	let IncidentState::Accepted {
		until, not_before, ..
	} = incident(id).state
	else {
		panic!("it is not accepted");
	};
	run_to(block().max(not_before + 1));
	set_time(now().max(until + 1));
	poke_incident(id);
}

/// A product of which so much of a claim needs no vote, with a deductible in percent.
fn terms(optimistic: Balance, deductible: u32) -> Proposal {
	let mut proposal = proposal();
	proposal.conditions.assets[0].optimistic = optimistic;
	proposal.conditions.deductible = deductible * 10_000_000;
	proposal
}

/// The same with a limit that lets a pool of [`MUCH`] stand behind it.
fn small(mut proposal: Proposal) -> Proposal {
	let limits = &mut proposal.conditions.assets[0];
	(limits.total, limits.max) = (16 * MUCH, 16 * MUCH);
	proposal
}

/// A policy of somebody's on a market, for 60 days.
fn buy_for(who: AccountId, product: ProductId, pool: PoolId, amount: Balance) -> PolicyId {
	buy(who, product, order(pool, amount))
}

// ---------------------------------------------------------------------------------------------- Who can claim

#[test]
fn claim_is_refused_when_cover_did_not_hold_the_second_it_happened() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let id = buy_for(BUYER, product, pool, MUCH);
		let (start, end) = (policy(id).start, policy(id).end);
		assert_eq!(start, now() + WAITING);
		set_time(end);
		let mut paid = 0;
		for (happened, refused) in [
			(start - 1, Some(CoverError::BeforeCover)),
			(start, None),
			(end - 1, None),
			(end, Some(CoverError::AfterCover)),
			(START, Some(CoverError::BeforeCover)),
			(0, Some(CoverError::BeforeCover)),
		] {
			let incident = accepted_at(product, happened, 100);
			match refused {
				Some(error) => {
					assert_noop!(try_file(BUYER, incident, id, 100), error);
				}
				None => {
					let before = usd(&BUYER);
					paid_in_full(BUYER, incident, id, 100);
					paid += usd(&BUYER) - before;
				}
			}
			check();
		}
		assert_eq!(paid, 200);
	});
}

#[test]
fn claim_is_refused_when_the_incident_was_reported_after_the_claim_window() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let id = buy_for(BUYER, product, pool, MUCH);
		let happened = policy(id).end - 1;
		set_time(policy(id).end + CLAIM_WINDOW);
		let (in_time, first) = reported(product, happened);
		pass(1);
		let (too_late, second) = reported(product, happened);
		conclude(first, 100);
		conclude(second, 100);
		assert_noop!(try_file(BUYER, too_late, id, 100), CoverError::ReportedTooLate);
		let before = usd(&BUYER);
		paid_in_full(BUYER, in_time, id, 100);
		assert_eq!(usd(&BUYER) - before, 100);
	});
}

#[test]
fn claim_is_refused_when_the_policy_is_no_longer_or_not_on_this_product() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let policies = [1_000, MUCH, MUCH, MUCH].map(|amount| buy_for(BUYER, product, pool, amount));
		let [exhausted, cancelled, removed, other] = policies;
		let (elsewhere, second_pool) = market();
		let foreign = buy_for(BUYER, elsewhere, second_pool, MUCH);
		pass(WAITING);
		let first = accepted(product, 100);
		assert_noop!(try_file(BUYER, first, foreign, 1), CoverError::OtherProduct);
		assert_noop!(try_file(BUYER, first, 99, 1), CoverError::UnknownPolicy);
		assert_noop!(try_file(BUYER, 99, other, 1), Error::UnknownIncident);
		paid_in_full(BUYER, first, exhausted, 1_000);
		paid_in_full(BUYER, first, cancelled, 10);
		close_incident(first);
		assert_ok!(Cover::resume(root(), product));
		let happened = now();
		assert!(policies.iter().all(|id| happened < policy(*id).end));
		settle_pool(pool);
		assert_ok!(Cover::cancel(signed(BUYER), cancelled));
		assert_ok!(Cover::cancel(signed(BUYER), removed));

		let second = accepted_at(product, happened, 100);
		assert_noop!(try_file(BUYER, second, exhausted, 1), CoverError::PolicyExhausted);
		assert_noop!(try_file(BUYER, second, cancelled, 1), CoverError::PolicyCancelled);
		assert_noop!(try_file(BUYER, second, removed, 1), CoverError::UnknownPolicy);
		assert_noop!(try_file(HOLDER, second, other, 1), Error::NotTheHolder);
		assert_noop!(try_file(BUYER, second, other, 0), Error::ZeroLoss);
		assert_noop!(try_file(BUYER, first, other, 1), Error::NoClaims);
		assert_noop!(
			Claims::file(root(), second, other, 1, uri(), hash()),
			DispatchError::BadOrigin
		);
		assert_ok!(try_file(BUYER, second, other, 1));
	});
}

#[test]
fn claim_is_refused_when_the_incident_is_not_accepted() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(MUCH);
		let (id, case) = report(product);
		assert_noop!(try_file(BUYER, id, policy, 1), Error::NoClaims);
		conclude(case, 0);
		assert_noop!(try_file(BUYER, id, policy, 1), Error::NoClaims);
	});
}

#[test]
fn policy_has_one_claim_under_an_incident_when_it_is_paid_denied_or_judged() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let [paid, denied, judged] = [MUCH; 3].map(|amount| buy_for(BUYER, product, pool, amount));
		pass(WAITING);
		let id = accepted(product, 100);
		paid_in_full(BUYER, id, paid, 10);
		let case = file(BUYER, id, denied, 2_000);
		conclude(case, 0);
		file(BUYER, id, judged, 10);
		for policy in [paid, denied, judged] {
			assert_noop!(try_file(BUYER, id, policy, 1), Error::AlreadyClaimed);
			// Nor does whoever holds it next have another one.
			transfer(policy, BUYER, HOLDER);
			assert_noop!(try_file(HOLDER, id, policy, 1), Error::AlreadyClaimed);
		}
	});
}

#[test]
fn policy_has_one_open_claim_when_there_are_two_incidents() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(MUCH);
		let [first, second] = [accepted(product, 100), accepted(product, 100)];
		let case = file(BUYER, first, policy, 10);
		assert_noop!(try_file(BUYER, second, policy, 10), CoverError::ClaimOpen);
		pass_deadline(case);
		assert_ok!(try_file(BUYER, second, policy, 10));
	});
}

#[test]
fn claim_is_refused_when_its_evidence_cannot_be_shown() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(MUCH);
		let id = accepted(product, 100);
		let file = |uri: &[u8]| Claims::file(signed(BUYER), id, policy, 1, uri.to_vec(), hash());
		assert_noop!(file(&[b'a'; 129]), Error::EvidenceTooLong);
		assert_noop!(file(&[b'a'; 100_000]), Error::EvidenceTooLong);
		for bad in [
			&b""[..],
			b"a b",
			b" a",
			b"a\n",
			b"a\0",
			b"\x7f",
			"\u{e9}".as_bytes(),
			&[0xff],
		] {
			assert_noop!(file(bad), Error::BadUri);
		}
		assert_ok!(file(&[b'~'; 128]));
		assert_eq!(
			Evidences::<Test>::get(case_of(id, policy), Role::Opener)
				.unwrap()
				.uri
				.into_inner(),
			[b'~'; 128]
		);
	});
}

/// What a claim is judged in.
fn case_of(incident: IncidentId, policy: PolicyId) -> CaseId {
	match claim(incident, policy).state {
		ClaimState::Judged { case, .. } => case,
		other => panic!("{other:?} is not judged"),
	}
}

#[test]
fn claim_is_refused_when_there_is_not_enough_for_bond_and_fee() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(MUCH);
		let id = accepted(product, 100);
		let poor = account(100);
		transfer(policy, BUYER, poor.clone());
		assert_noop!(try_file(poor.clone(), id, policy, 1), Error::BondNotThere);
		fund(&poor, BOND + FEE + SEED - 1);
		assert_noop!(try_file(poor.clone(), id, policy, 1), Error::BondNotThere);
		fund(&poor, 1);
		assert_ok!(try_file(poor.clone(), id, policy, 1));
		assert_eq!(native(&poor), SEED);
		assert_eq!(on_hold(HoldReason::Bond, &poor), BOND + FEE);
	});
}

/// Gives somebody native tokens of Alice's.
fn fund(who: &AccountId, amount: Balance) {
	assert_ok!(Balances::transfer_allow_death(signed(ALICE), who.clone(), amount));
}

#[test]
fn claims_are_made_to_the_last_second_when_blocks_go_on() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let policies = [MUCH; 2].map(|amount| buy_for(BUYER, product, pool, amount));
		pass(WAITING);
		let id = accepted(product, 100);
		let until = now() + CLAIM_WINDOW;
		assert_eq!(
			incident(id).state,
			IncidentState::Accepted {
				verdict: 100,
				until,
				not_before: block() + DISPUTE,
				open: 0,
				payout: Payout::Claims,
			}
		);
		run(DISPUTE + 1);
		set_time(until);
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		assert_ok!(try_file(BUYER, id, policies[0], 10));
		pass(1);
		assert_noop!(try_file(BUYER, id, policies[1], 10), Error::NoClaims);
		// What was filed is judged nevertheless.
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		let before = usd(&BUYER);
		pass_deadline(case_of(id, policies[0]));
		assert_eq!(usd(&BUYER) - before, 10);
		poke_incident(id);
	});
}

#[test]
fn claims_can_still_be_made_when_the_chain_stood_still_for_the_whole_window() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let policies = [MUCH; 3].map(|amount| buy_for(BUYER, product, pool, amount));
		pass(WAITING);
		let id = accepted(product, 100);
		let last = block() + DISPUTE;
		pass(10 * CLAIM_WINDOW);
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		assert_ok!(try_file(BUYER, id, policies[0], 10));
		run_to(last);
		assert_ok!(try_file(BUYER, id, policies[1], 10));
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		run(1);
		assert_noop!(try_file(BUYER, id, policies[2], 10), Error::NoClaims);
		let before = usd(&BUYER);
		pass_deadline(case_of(id, policies[0]));
		pass_deadline(case_of(id, policies[1]));
		assert_eq!(usd(&BUYER) - before, 20);
		poke_incident(id);
		assert_eq!(reserved(pool), 0);
	});
}

#[test]
fn renewal_and_what_it_follows_share_no_second_when_something_happens_between_them() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let first = buy_for(BUYER, product, pool, MUCH);
		pass(55 * DAY);
		let second = pallet_cover::NextPolicy::<Test>::get();
		settle_pool(pool);
		assert_ok!(Cover::renew(signed(BUYER), first, order(pool, MUCH)));
		let end = policy(first).end;
		assert_eq!(policy(second).start, end);
		set_time(end);
		let (before, case) = reported(product, end - 1);
		let (after, other) = reported(product, end);
		conclude(case, 100);
		conclude(other, 100);
		assert_noop!(try_file(BUYER, before, second, 10), CoverError::BeforeCover);
		assert_noop!(try_file(BUYER, after, first, 10), CoverError::AfterCover);
		let had = usd(&BUYER);
		paid_in_full(BUYER, before, first, 10);
		paid_in_full(BUYER, after, second, 20);
		assert_eq!(usd(&BUYER) - had, 30);
	});
}

#[test]
fn claim_is_paid_when_the_policy_has_ended_and_its_exposure_was_due_to_be_released() {
	build_and_execute(|| {
		seated();
		let (product, pool, id) = insured(MUCH);
		let (end, happened) = (policy(id).end, now());
		set_time(end + CLAIM_WINDOW);
		let incident = accepted_at(product, happened, 100);
		pass(3 * DAY);
		settle_pool(pool);
		let line = pallet_pools::Lines::<Test>::get(pool, product).unwrap();
		assert_eq!((line.exposure, line.matured), (MUCH, MUCH));
		assert_noop!(Cover::close(signed(BOB), id), CoverError::ProductUnderIncident);
		let before = usd(&BUYER);
		paid_in_full(BUYER, incident, id, 400_000);
		assert_eq!(usd(&BUYER) - before, 400_000);
		assert_eq!((reserved(pool), exposure(pool, product)), (600_000, 600_000));
		close_incident(incident);
		assert_eq!((reserved(pool), exposure(pool, product)), (0, 0));
		assert_ok!(Cover::close(signed(BOB), id));
	});
}

// ---------------------------------------------------------------------------------------------- Without a vote

#[test]
fn claim_needs_no_vote_when_its_loss_is_within_the_policys_limit() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let policies = [MUCH; 3].map(|amount| buy_for(BUYER, product, pool, amount));
		// What governance changes is for later policies.
		assert_ok!(Cover::amend(root(), product, terms(1, 0).conditions));
		pass(WAITING);
		let id = accepted(product, 100);
		let small = file(BUYER, id, policies[0], 1_000);
		let large = file(BUYER, id, policies[1], 1_001);
		assert_eq!(
			phase(small),
			Phase::Optimistic {
				until: block() + CHALLENGE
			}
		);
		assert!(was_told(&Event::Proposed {
			case: small,
			proposal: 100,
			until: block() + CHALLENGE
		}));
		assert!(matches!(phase(large), Phase::Assessing { .. }));
		let states = policies.map(|policy| crate::Claims::<Test>::get(id, policy).map(|claim| claim.state));
		let judged = |case, counted| Some(ClaimState::Judged { case, counted });
		assert_eq!(states, [judged(small, 1_000), judged(large, 0), None]);
		assert_eq!(on_hold(HoldReason::Bond, &BUYER), 2 * BOND + FEE);

		let had = usd(&BUYER);
		pass_deadline(small);
		assert_eq!(usd(&BUYER) - had, 1_000);
		assert_eq!(on_hold(HoldReason::Bond, &BUYER), BOND);
		// Nobody votes on the other one: it ends as it was filed.
		pass_assessment(large);
		pass_assessment(large);
		pass_deadline(large);
		assert_eq!(usd(&BUYER) - had, 2_001);
		// All bonds and fees came back.
		assert_eq!(total(&BUYER), ENDOWMENT);
	});
}

#[test]
fn claims_need_a_vote_when_a_tenth_of_what_is_reserved_is_awarded_without() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let policies = [5_000; 5].map(|amount| buy_for(BUYER, product, pool, amount));
		pass(WAITING);
		let id = accepted(product, 100);
		assert_eq!(reserved(pool), 25_000);
		let budget = || Budgets::<Test>::get(id, USD).unwrap();
		let is_optimistic = |case| matches!(phase(case), Phase::Optimistic { .. });
		assert!(is_optimistic(file(BUYER, id, policies[0], 1_000)));
		assert!(is_optimistic(file(BUYER, id, policies[1], 1_000)));
		// A unit too many.
		assert!(!is_optimistic(file(BUYER, id, policies[2], 501)));
		assert_eq!((budget().limit, budget().used), (2_500, 2_000));
		assert!(is_optimistic(file(BUYER, id, policies[3], 500)));
		assert_eq!(budget().used, 2_500);
		assert!(!is_optimistic(file(BUYER, id, policies[4], 1)));
		// What is paid has not become available again.
		let had = usd(&BUYER);
		for policy in [0, 1, 3] {
			run_to(block().max(deadline(case_of(id, policies[policy])) + 1));
			poke(case_of(id, policies[policy]));
		}
		assert_eq!(usd(&BUYER) - had, 2_500);
		assert_eq!(budget().used, 2_500);
	});
}

#[test]
fn budget_counts_what_can_be_awarded_when_the_incident_is_a_partial_loss() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let policies = [10_000; 5].map(|amount| buy_for(BUYER, product, pool, amount));
		pass(WAITING);
		// Half of 50 000 is reserved, of which 2 500 may be awarded: half of 5 000.
		let id = accepted(product, 50);
		for policy in policies {
			let case = file(BUYER, id, policy, 1_000);
			assert_eq!(claim(id, policy).state, ClaimState::Judged { case, counted: 500 });
		}
		let budget = Budgets::<Test>::get(id, USD).unwrap();
		assert_eq!((budget.limit, budget.used), (2_500, 2_500));
	});
}

#[test]
fn each_asset_has_its_budget_when_a_product_is_sold_in_several() {
	build_and_execute(|| {
		seated();
		let product = list(sold_in(&[USD, EUR]));
		let pools = [USD, EUR].map(|asset| pool_in(asset, &[product], 1_000_000_000));
		let dollars = [5_000; 2].map(|amount| buy_for(BUYER, product, pools[0], amount));
		let euros = [4_000; 2].map(|amount| {
			let id = pallet_cover::NextPolicy::<Test>::get();
			let order = order(pools[1], amount);
			assert_ok!(Cover::buy(signed(BUYER), product, EUR, order, Item::default()));
			id
		});
		pass(WAITING);
		let id = accepted(product, 100);
		let counted = |policy, loss| {
			file(BUYER, id, policy, loss);
			match claim(id, policy).state {
				ClaimState::Judged { counted, .. } => counted,
				_ => unreachable!(),
			}
		};
		assert_eq!(counted(dollars[0], 1_000), 1_000);
		assert_eq!(counted(euros[0], 801), 0);
		assert_eq!(counted(dollars[1], 1), 0);
		assert_eq!(counted(euros[1], 800), 800);
		let before = (usd(&BUYER), balance(&EUR, &BUYER));
		pass_deadline(case_of(id, dollars[0]));
		poke(case_of(id, euros[1]));
		let after = (usd(&BUYER), balance(&EUR, &BUYER));
		assert_eq!((after.0 - before.0, after.1 - before.1), (1_000, 800));
	});
}

#[test]
fn budget_is_free_again_when_a_claim_is_challenged() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let policies = [5_000; 2].map(|amount| buy_for(BUYER, product, pool, amount));
		pass(WAITING);
		let id = accepted(product, 100);
		let case = file(BUYER, id, policies[0], 1_000);
		challenge(case, 0);
		assert!(matches!(phase(case), Phase::Assessing { .. }));
		assert_eq!(Budgets::<Test>::get(id, USD).unwrap().used, 0);
		assert_eq!(
			claim(id, policies[0]).state,
			ClaimState::Judged { case, counted: 0 }
		);
		let other = file(BUYER, id, policies[1], 1_000);
		assert!(matches!(phase(other), Phase::Optimistic { .. }));
		// Another challenger frees nothing more.
		let before = Budgets::<Test>::get(id, USD);
		challenge_at_most(case);
		assert_eq!(Budgets::<Test>::get(id, USD), before);
	});
}

/// There is nothing below what the challenger stands for.
fn challenge_at_most(case: CaseId) {
	assert_noop!(try_challenge(UP, case, 0), Error::AlternativeTooHigh);
}

#[test]
fn budget_is_gone_when_the_incident_is_closed() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(MUCH);
		let id = accepted(product, 100);
		paid_in_full(BUYER, id, policy, 10);
		assert_eq!(Budgets::<Test>::iter().count(), 1);
		close_incident(id);
		assert_eq!(Budgets::<Test>::iter().count(), 0);
		assert_eq!(incident(id).state, IncidentState::Closed { verdict: 100 });
	});
}

// ---------------------------------------------------------------------------------------------- Awards

#[test]
fn award_is_what_both_verdicts_leave_of_the_loss_less_the_deductible() {
	// Insured, deductible in percent, loss, the incident's verdict, the claim's, and what is paid.
	for (amount, deductible, loss, incident, percent, expected) in [
		(MUCH, 0, MUCH, 100, 100, MUCH),
		(MUCH, 0, MUCH + 1, 100, 100, MUCH),
		(MUCH, 0, Balance::MAX, 100, 100, MUCH),
		(MUCH, 0, Balance::MAX, 1, 1, 100),
		(MUCH, 0, 777, 50, 40, 155),
		(MUCH, 0, 777_777, 33, 77, 197_633),
		(MUCH, 1, MUCH, 100, 100, 990_000),
		(MUCH, 1, 500_000, 50, 100, 240_000),
		(MUCH, 1, 10_000, 100, 100, 0),
		(MUCH, 1, 10_001, 100, 100, 1),
		(MUCH, 100, MUCH, 100, 100, 0),
		// The deductible is rounded up.
		(101, 1, 101, 100, 100, 99),
		(1, 0, 1, 100, 100, 1),
		(1, 0, 1, 99, 100, 0),
		(1, 1, 1, 100, 100, 0),
		(99, 0, 99, 100, 1, 0),
		(100, 0, 100, 100, 1, 1),
	] {
		build_and_execute(|| {
			seated();
			// All of it is voted on.
			let (product, pool) = market_of(terms(0, deductible));
			let id = buy_for(BUYER, product, pool, amount);
			pass(WAITING);
			let accepted = accepted(product, incident);
			let (capital, set_aside) = (self::pool(pool).capital, reserved(pool));
			assert_eq!(set_aside, (amount * Balance::from(incident)).div_ceil(100));
			let case = file(BUYER, accepted, id, loss);
			assert!(was_told(&Event::Filed {
				incident: accepted,
				policy: id,
				case,
				loss: loss.min(amount)
			}));
			let had = usd(&BUYER);
			conclude(case, percent);
			assert_eq!(usd(&BUYER) - had, expected);
			assert_eq!(
				claim(accepted, id),
				Claim {
					asset: USD,
					loss: loss.min(amount),
					deductible: (amount * Balance::from(deductible)).div_ceil(100),
					filed: claim(accepted, id).filed,
					state: ClaimState::Paid {
						verdict: percent,
						paid: expected,
						arrears: 0
					},
				}
			);
			assert!(was_told(&Event::ClaimPaid {
				incident: accepted,
				policy: id,
				paid: expected,
				arrears: 0
			}));
			assert_eq!((policy(id).awarded, left(id)), (expected, amount - expected));
			assert!(!policy(id).claim_open);
			assert_eq!(reserved(pool), set_aside - expected);
			assert_eq!(exposure(pool, product), amount - expected);
			// But for the premium earned meanwhile.
			assert!(self::pool(pool).capital >= capital - expected);
			assert_eq!(self::pool(pool).totals.losses, expected);
		});
	}
}

#[test]
fn claim_is_denied_when_assessors_find_no_loss() {
	build_and_execute(|| {
		seated();
		let (product, pool, policy) = insured(MUCH);
		let id = accepted(product, 100);
		let (had, kept) = (usd(&BUYER), reserve());
		let case = file(BUYER, id, policy, 5_000);
		conclude(case, 0);
		assert!(was_told(&Event::ClaimDenied { incident: id, policy }));
		assert_eq!(claim(id, policy).state, ClaimState::Denied);
		assert_eq!(usd(&BUYER), had);
		assert_eq!(native(&BUYER), ENDOWMENT - deposit() - BOND - FEE);
		// Nobody stood for less, so all of it is for the reserve.
		assert_eq!(reserve() - kept, BOND);
		assert_eq!(reserved(pool), MUCH);
		assert_noop!(try_pay_claim(id, policy), Error::NothingDue);
		let record = Claims::report_record(Some(product)).record;
		assert_eq!(
			(record.filed, record.approved, record.denied, record.paid),
			(1, 0, 1, 0)
		);
		// Another incident can be claimed under.
		let other = accepted(product, 100);
		paid_in_full(BUYER, other, policy, 10);
		assert_eq!(usd(&BUYER), had + 10);
	});
}

/// What a policy's buyer has on hold for it.
fn deposit() -> Balance {
	CoverParameters::get().policy_deposit
}

#[test]
fn policy_never_pays_more_than_it_insures_when_it_is_hit_again_and_again() {
	build_and_execute(|| {
		seated();
		let (product, pool, policy) = insured(MUCH);
		let happened = now();
		let before = usd(&BUYER);
		// Each counts for what is left.
		for (percent, paid) in [(60, 600_000), (70, 280_000), (50, 60_000), (100, 60_000)] {
			let id = accepted_at(product, happened, percent);
			let had = usd(&BUYER);
			paid_in_full(BUYER, id, policy, MUCH);
			assert_eq!(usd(&BUYER) - had, paid);
			check();
		}
		assert_eq!(usd(&BUYER) - before, MUCH);
		assert_eq!((left(policy), exposure(pool, product)), (0, 0));
		assert_eq!(reserved(pool), 0);
		let last = accepted_at(product, happened, 100);
		assert_noop!(try_file(BUYER, last, policy, 1), CoverError::PolicyExhausted);
		assert_ok!(Cover::close(signed(BOB), policy));
	});
}

#[test]
fn holder_at_the_end_is_paid_when_the_certificate_moved_during_the_claim() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(MUCH);
		let id = accepted(product, 100);
		let case = file(BUYER, id, policy, 5_000);
		transfer(policy, BUYER, HOLDER);
		vote(case, &[100; 3]);
		transfer(policy, HOLDER, UP);
		let had = [BUYER, HOLDER, UP].map(|who| usd(&who));
		run_to(last_reveal(case) + 1);
		poke(case);
		settle_all(case);
		pass_deadline(case);
		let has = [BUYER, HOLDER, UP].map(|who| usd(&who));
		assert_eq!(has, [had[0], had[1], had[2] + 5_000]);
		// The bond is whose it was, and the fee, which the treasury pays.
		assert_eq!(native(&BUYER), ENDOWMENT - deposit());
	});
}

// ---------------------------------------------------------------------------------------------- Closing

#[test]
fn incident_is_closed_when_its_window_is_over_and_no_claim_is_open() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market();
		let policies = [MUCH; 2].map(|amount| buy_for(BUYER, product, pool, amount));
		pass(WAITING);
		let id = accepted(product, 50);
		assert_eq!((reserved(pool), exposure(pool, product)), (MUCH, 2 * MUCH));
		let until = now() + CLAIM_WINDOW;
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		run(DISPUTE + 1);
		set_time(until);
		let case = file(BUYER, id, policies[0], 100_000);
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		pass(1);
		// The window is over and the claim is open.
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		conclude(case, 100);
		assert_eq!(reserved(pool), MUCH - 50_000);
		assert_noop!(Cover::resume(root(), product), CoverError::ProductUnderIncident);
		assert_noop!(
			try_buy(HOLDER, product, order(pool, 1)),
			CoverError::ProductUnderIncident
		);
		poke_incident(id);
		assert!(was_told(&Event::IncidentClosed { incident: id }));
		assert_eq!(reserved(pool), 0);
		assert_eq!(exposure(pool, product), 2 * MUCH - 50_000);
		assert!(!OpenIncidents::<Test>::contains_key(id));
		assert_noop!(try_poke_incident(id), Error::NothingDue);
		settle_pool(pool);
		assert_noop!(
			try_buy(HOLDER, product, order(pool, 1)),
			CoverError::ProductPaused
		);
		assert_ok!(Cover::resume(root(), product));
		buy_for(HOLDER, product, pool, 1);
		// All is told of it for ever.
		assert_eq!(incident(id).state, IncidentState::Closed { verdict: 50 });
		assert!(matches!(claim(id, policies[0]).state, ClaimState::Paid { .. }));
	});
}

#[test]
fn incident_is_closed_a_second_after_its_window_when_nobody_claimed() {
	build_and_execute(|| {
		seated();
		let (product, pool, _) = insured(MUCH);
		let id = accepted(product, 100);
		let until = now() + CLAIM_WINDOW;
		let not_before = block() + DISPUTE;
		set_time(until + 1);
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		run_to(not_before);
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		run(1);
		set_time(until);
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		set_time(until + 1);
		assert_eq!(reserved(pool), MUCH);
		poke_incident(id);
		assert_eq!(reserved(pool), 0);
	});
}

// ---------------------------------------------------------------------------------------------- Recipients

#[test]
fn holder_is_paid_when_their_account_is_frozen() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(MUCH);
		let id = accepted(product, 100);
		let case = file(BUYER, id, policy, 5_000);
		// They cannot spend, but receive.
		assert_ok!(Assets::freeze(signed(MANAGER), 1, BUYER));
		let had = usd(&BUYER);
		conclude(case, 100);
		assert_eq!(usd(&BUYER) - had, 5_000);
	});
}

#[test]
fn payment_waits_when_the_holder_cannot_receive_it() {
	type Spoil = fn(PolicyId) -> AccountId;
	type Mend = fn();
	let ways: [(Spoil, Mend, Balance); 3] = [
		(
			|_| {
				assert_ok!(Assets::block(signed(MANAGER), 1, BUYER));
				BUYER
			},
			|| {
				assert_ok!(Assets::thaw(signed(MANAGER), 1, BUYER));
			},
			5_000,
		),
		(
			|_| {
				assert_ok!(Assets::freeze_asset(signed(MANAGER), 1));
				BUYER
			},
			|| {
				assert_ok!(Assets::thaw_asset(signed(MANAGER), 1));
			},
			5_000,
		),
		// An account that does not exist, and less than makes it exist.
		(
			|policy| {
				transfer(policy, BUYER, account(100));
				account(100)
			},
			|| {
				assert_ok!(Assets::transfer(signed(ALICE), 1, account(100), 3));
			},
			2,
		),
	];
	for (spoil, mend, loss) in ways {
		build_and_execute(|| {
			seated();
			let (product, pool, policy) = insured(MUCH);
			let id = accepted(product, 100);
			let case = file(BUYER, id, policy, loss);
			let holder = spoil(policy);
			let had = usd(&holder);
			match phase(case) {
				Phase::Optimistic { .. } => pass_deadline(case),
				_ => conclude(case, 100),
			}
			// For the chain it is paid.
			assert_eq!(
				claim(id, policy).state,
				ClaimState::Paid {
					verdict: 100,
					paid: loss,
					arrears: 0
				}
			);
			assert_eq!(usd(&holder), had);
			assert_eq!((due(pool, &holder), self::pool(pool).dues), (loss, loss));
			assert_eq!(reserved(pool), MUCH - loss);
			check();
			close_incident(id);
			assert!(Pools::collect_due(signed(BOB), pool, holder.clone()).is_err());
			mend();
			let had = usd(&holder);
			assert_ok!(Pools::collect_due(signed(BOB), pool, holder.clone()));
			assert_eq!(usd(&holder) - had, loss);
			assert_eq!((due(pool, &holder), self::pool(pool).dues), (0, 0));
		});
	}
}

#[test]
fn batch_goes_on_when_one_holder_cannot_receive() {
	build_and_execute(|| {
		let (product, pool, first) = watched(depeg(), 1_000);
		let (second, third) = {
			// Bought in time for what happens later.
			let bought = [HOLDER, UP].map(|who| buy_for(who, product, pool, 1_000));
			hold(8, 100);
			(bought[0], bought[1])
		};
		hold(2, 94);
		let id = trigger(product);
		hold(3, 94);
		poke_incident(id);
		transfer(third, UP, account(100));
		assert_ok!(Assets::block(signed(MANAGER), 1, HOLDER));
		let had = [BUYER, HOLDER, account(100)].map(|who| usd(&who));
		pay_all(id);
		let has = [BUYER, HOLDER, account(100)].map(|who| usd(&who));
		assert_eq!(has, [had[0] + 200, had[1], had[2] + 200]);
		assert_eq!(due(pool, &HOLDER), 200);
		for policy in [first, second, third] {
			let paid = ClaimState::Paid {
				verdict: 100,
				paid: 200,
				arrears: 0,
			};
			assert_eq!(claim(id, policy).state, paid);
		}
		poke_incident(id);
		assert_eq!(reserved(pool), 0);
		assert_ok!(Assets::thaw(signed(MANAGER), 1, HOLDER));
		assert_ok!(Pools::collect_due(signed(BOB), pool, HOLDER));
		assert_eq!(usd(&HOLDER), had[1] + 200);
	});
}

// ---------------------------------------------------------------------------------------------- Too little capital

/// Two products that fail for reasons of their own, a pool of a million behind 700 000 of one and 600 000 of the other,
/// and an accepted incident on each, under which all four policies claim all they have. All can be paid now.
struct Ruin {
	pool: PoolId,
	incidents: [IncidentId; 2],
	/// Who holds it, under which incident, which, for how much, and the case.
	claims: [(AccountId, IncidentId, PolicyId, Balance, CaseId); 4],
}

fn ruin() -> Ruin {
	seated();
	let first = list(small(proposal()));
	let second = pallet_cover::NextProduct::<Test>::get();
	assert_ok!(Cover::propose(signed(ALICE), small(proposal())));
	assert_ok!(Cover::list(root(), second, 1));
	let pool = pool_in(USD, &[first, second], MUCH);
	let policies = [
		(BUYER, first, 400_000),
		(HOLDER, first, 300_000),
		(UP, second, 350_000),
		(DOWN, second, 250_000),
	]
	.map(|(who, product, amount)| (who.clone(), product, buy_for(who, product, pool, amount), amount));
	pass(WAITING);
	let cases = [first, second].map(report);
	decide_all(&cases.map(|(_, case)| case), 100);
	let incidents = cases.map(|(incident, case)| {
		poke(case);
		incident
	});
	assert_eq!(reserved(pool), 1_300_000);
	let claims = policies.map(|(who, product, policy, amount)| {
		let incident = incidents[usize::from(product == second)];
		let case = file(who.clone(), incident, policy, amount);
		(who, incident, policy, amount, case)
	});
	decide_all(&claims.clone().map(|(.., case)| case), 100);
	settle_pool(pool);
	Ruin {
		pool,
		incidents,
		claims,
	}
}

#[test]
fn everybody_gets_the_same_ratio_when_two_groups_fail_and_there_is_capital_for_one() {
	for claims_in_order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
		build_and_execute(|| {
			let Ruin { pool, claims, .. } = ruin();
			let capital = self::pool(pool).capital;
			assert!(capital < 1_300_000);
			let mut sum = 0;
			for place in claims_in_order {
				let (who, incident, policy, amount, case) = claims[place].clone();
				let had = usd(&who);
				poke(case);
				let paid = usd(&who) - had;
				// Whoever comes first, but for the units that rounding left of those before.
				let fair = amount * capital / 1_300_000;
				assert!(paid.abs_diff(fair) <= 3, "{paid} is not {fair}");
				let arrears = amount - paid;
				assert_eq!(
					claim(incident, policy).state,
					ClaimState::Paid {
						verdict: 100,
						paid,
						arrears
					}
				);
				assert_eq!(owed(pool, policy), arrears);
				assert_eq!(left(policy), 0);
				sum += paid;
				check();
			}
			// What rounding leaves serves the arrears at once.
			let books = self::pool(pool);
			assert!(capital - sum <= 4);
			assert_eq!((books.capital, books.reserved), (0, 0));
			assert_eq!(books.arrears.outstanding, 1_300_000 - capital);
			assert_eq!(books.arrears.fund, capital - sum);
		});
	}
}

#[test]
fn arrears_are_pulled_by_who_holds_the_certificate_when_money_was_recovered() {
	build_and_execute(|| {
		let Ruin {
			pool,
			incidents,
			claims,
		} = ruin();
		for (.., case) in &claims {
			poke(*case);
		}
		let owing = claims.clone().map(|(_, _, policy, ..)| owed(pool, policy));
		let outstanding = self::pool(pool).arrears.outstanding;
		let nothing_yet = |place: usize| {
			let (who, _, policy, ..) = &claims[place];
			let had = usd(who);
			assert_ok!(Cover::pull_arrears(signed(BOB), *policy));
			assert!(usd(who) - had <= 1);
		};
		nothing_yet(0);
		// Nobody who was paid can be gone while something is owed on it.
		assert_noop!(Cover::close(signed(BOB), claims[0].2), CoverError::ArrearsLeft);
		let (who, policy) = (claims[3].0.clone(), claims[3].2);
		transfer(policy, who.clone(), BOB);

		// All arrears of a pool are alike, under whichever incident: half of them are served.
		let recovered = outstanding / 2;
		assert!(owing[0] + owing[1] > recovered);
		let had = usd(&ALICE);
		assert_ok!(Claims::recover(signed(ALICE), incidents[0], USD, recovered));
		assert_eq!(had - usd(&ALICE), recovered);
		assert_eq!(self::pool(pool).arrears.outstanding, outstanding - recovered);
		assert_eq!(self::pool(pool).upr(), self::pool(pool).upr());
		check();
		let holders = [BUYER, HOLDER, UP, BOB];
		for (place, holder) in holders.iter().enumerate() {
			let had = usd(holder);
			assert_ok!(Cover::pull_arrears(signed(REPORTER), claims[place].2));
			let half = owing[place] / 2;
			assert!((usd(holder) - had).abs_diff(half) <= 2, "{place}");
		}
		assert_eq!(usd(&who), ENDOWMENT - premium(policy) + 250_000 - owing[3]);

		// The rest, and more than that: what nobody is owed is the pool's, bit by bit.
		let unearned = self::pool(pool).upr();
		for (incident, more) in [(incidents[1], 0), (incidents[0], 90_000)] {
			let outstanding = self::pool(pool).arrears.outstanding;
			let owed = Losses::get(incident, pool).unwrap().arrears.min(outstanding);
			assert!(owed > 0);
			assert_ok!(Claims::recover(signed(ALICE), incident, USD, owed + more));
			assert_eq!(self::pool(pool).arrears.outstanding, outstanding - owed);
		}
		assert_eq!(self::pool(pool).arrears.outstanding, 0);
		let streamed = self::pool(pool).upr() - unearned;
		assert!((89_999..=90_000).contains(&streamed));
		for (place, holder) in holders.iter().enumerate() {
			assert_ok!(Cover::pull_arrears(signed(REPORTER), claims[place].2));
			assert_eq!(owed(pool, claims[place].2), 0);
			if place < 3 {
				let amount = claims[place].3;
				assert_eq!(usd(holder), ENDOWMENT - premium(claims[place].2) + amount);
			}
		}
		assert_eq!(self::pool(pool).arrears.fund, 0);
		assert_ok!(Cover::close(signed(BOB), claims[0].2));
		incidents.into_iter().for_each(close_incident);
	});
}

/// What a policy cost.
fn premium(id: PolicyId) -> Balance {
	policy(id).net_premium
}

#[test]
fn batch_pays_the_same_ratio_to_all_when_the_pool_has_not_enough() {
	for page in [1, 2, 4] {
		build_and_execute(|| {
			let product = list(Proposal {
				trigger: parametric(2, 3, &[(95, 100)]),
				..small(terms(MUCH, 0))
			});
			let other = pallet_cover::NextProduct::<Test>::get();
			assert_ok!(Cover::propose(signed(ALICE), small(proposal())));
			assert_ok!(Cover::list(root(), other, 1));
			let pool = pool_in(USD, &[product, other], MUCH);
			let policies = [(BUYER, 400_000), (HOLDER, 300_000)].map(|(who, amount)| {
				let policy = buy_for(who.clone(), product, pool, amount);
				(who, policy, amount)
			});
			buy_for(UP, other, pool, 600_000);
			set_time(now().div_ceil(DAY) * DAY);
			hold(8, 100);
			// The other one is reported: all of it is set aside as well.
			report(other);
			hold(2, 94);
			let id = trigger(product);
			hold(3, 94);
			poke_incident(id);
			settle_pool(pool);
			let capital = self::pool(pool).capital;
			assert_eq!(reserved(pool), 1_300_000);
			let had = policies.clone().map(|(who, ..)| usd(&who));
			while matches!(
				incident(id).state,
				IncidentState::Accepted {
					payout: Payout::Batch { .. },
					..
				}
			) {
				assert_ok!(try_pay_batch(id, page));
			}
			for ((who, policy, amount), had) in policies.into_iter().zip(had) {
				let (paid, fair) = (usd(&who) - had, amount * capital / 1_300_000);
				assert!(paid.abs_diff(fair) <= 1, "{paid} is not {fair}");
				assert_eq!(owed(pool, policy), amount - paid);
			}
		});
	}
}

// ---------------------------------------------------------------------------------------------- Batches

/// A product whose feed has proven a total loss of five policies, and the holders of those; two more are on it that were
/// not in force.
fn batch() -> (PoolId, ProductId, IncidentId, [PolicyId; 5]) {
	let (product, pool) = market_of(Proposal {
		trigger: parametric(2, 1, &[(95, 100)]),
		..terms(MAX_AMOUNT, 0)
	});
	let hit = [100, 200, 300, 400, 500].map(|amount| buy_for(BUYER, product, pool, amount));
	set_time(now().div_ceil(DAY) * DAY);
	hold(8, 100);
	for amount in [1_000, 2_000] {
		buy_for(HOLDER, product, pool, amount);
	}
	hold(2, 94);
	let id = trigger(product);
	hold(1, 94);
	poke_incident(id);
	(pool, product, id, hit)
}

#[test]
fn every_policy_is_paid_once_when_pages_are_of_any_size() {
	for page in (1..=9).chain([u32::MAX]) {
		build_and_execute(|| {
			let (pool, product, id, hit) = batch();
			assert_noop!(try_pay_batch(id, 0), Error::ZeroAmount);
			let had = usd(&BUYER);
			let mut pages = 0;
			loop {
				let before = told(|event| matches!(event, Event::ClaimPaid { .. }));
				let IncidentState::Accepted {
					payout: Payout::Batch { .. },
					..
				} = incident(id).state
				else {
					break;
				};
				assert_noop!(try_poke_incident(id), Error::IncidentOpen);
				assert_ok!(try_pay_batch(id, page));
				pages += 1;
				let paid = told(|event| matches!(event, Event::ClaimPaid { .. })) - before;
				assert!(paid <= page as usize);
				check();
			}
			// Seven are looked at, and the last page is one that is not full.
			assert_eq!(pages, 7 / page + 1, "pages of {page}");
			let looked_at: Vec<(u32, bool)> = System::read_events_for_pallet::<Event>()
				.into_iter()
				.filter_map(|event| match event {
					Event::BatchPaid { policies, done, .. } => Some((policies, done)),
					_ => None,
				})
				.collect();
			assert!(looked_at.len() as u32 <= pages);
			assert_eq!(looked_at.last(), Some(&(7 % page, true)));
			assert_eq!(usd(&BUYER) - had, 1_500);
			assert_eq!(crate::Claims::<Test>::iter_prefix(id).count(), 5);
			for (policy, amount) in hit.into_iter().zip([100, 200, 300, 400, 500]) {
				assert_eq!(
					claim(id, policy).state,
					ClaimState::Paid {
						verdict: 100,
						paid: amount,
						arrears: 0
					}
				);
			}
			// Not twice.
			assert_noop!(try_pay_batch(id, page), Error::NothingToPay);
			assert_eq!(reserved(pool), 3_000);
			poke_incident(id);
			assert_noop!(try_pay_batch(id, page), Error::NothingToPay);
			assert_eq!((reserved(pool), exposure(pool, product)), (0, 3_000));
		});
	}
}

#[test]
fn batch_is_charged_for_every_day_it_walks_when_its_pool_was_left_alone() {
	build_and_execute(|| {
		let (pool, _, id, _) = batch();
		settle_pool(pool);
		PoolParameters::mutate(|pools| pools.max_days_per_settle = 1);
		pass(30 * DAY);
		let begun = self::pool(pool).settled_at;
		let used = Claims::pay_batch(signed(BOB), id, 7)
			.unwrap()
			.actual_weight
			.unwrap();
		// Each of the five that are paid walks a day; the two that were not in force are charged as if they did.
		assert_eq!(self::pool(pool).settled_at / DAY, begun / DAY + 5);
		let none = <() as WeightInfo>::pay_batch(7);
		let day = <() as pallet_pools::WeightInfo>::settle(1, 1);
		assert_eq!(used, none + day * 7);
	});
}

#[test]
fn batch_stops_when_its_pools_take_more_than_it_may() {
	build_and_execute(|| {
		let (pool, _, id, _) = batch();
		settle_pool(pool);
		PoolParameters::mutate(|pools| pools.max_days_per_settle = 1);
		pass(30 * DAY);
		let day = <() as pallet_pools::WeightInfo>::settle(1, 1);
		for (policies, within) in [
			// However little it may take, it goes on.
			(1, frame_support::weights::Weight::zero()),
			(1, <() as WeightInfo>::pay_batch(2) + day),
			(2, <() as WeightInfo>::pay_batch(2) + day * 2),
			(3, <() as WeightInfo>::pay_batch(100)),
		] {
			let most = 3;
			let (looked_at, used) = Claims::do_pay_batch(id, most, within).unwrap();
			assert_eq!(looked_at, policies);
			assert_eq!(
				used,
				<() as WeightInfo>::pay_batch(policies) + day * u64::from(policies)
			);
			let done = false;
			assert!(was_told(&Event::BatchPaid {
				incident: id,
				policies,
				done
			}));
		}
		assert_ok!(try_pay_batch(id, 1));
		assert!(matches!(
			incident(id).state,
			IncidentState::Accepted {
				payout: Payout::Done,
				..
			}
		));
	});
}

#[test]
fn weight_is_announced_without_looking_at_pools_when_they_were_left_alone() {
	use frame_support::dispatch::GetDispatchInfo;
	type Call = crate::Call<Test>;
	build_and_execute(|| {
		let (pool, _, id, hit) = batch();
		settle_pool(pool);
		let calls = |incident, policy, case| {
			let (asset, amount) = (USD, 1);
			[
				Call::pay_batch { incident, most: 1 },
				Call::pay_batch { incident, most: 495 },
				Call::recover {
					incident,
					asset,
					amount,
				},
				Call::pay_claim { incident, policy },
				Call::poke { case },
			]
			.map(|call| call.get_dispatch_info().call_weight)
		};
		let announced = calls(id, hit[0], 0);
		assert_eq!(announced, calls(id + 1, 1_000, 1_000));
		pass(30 * DAY);
		assert_eq!(announced, calls(id, hit[0], 0));
		// It is enough for pools that were left alone as long as one call can mend, and a large batch takes no more for it.
		let worst = <() as pallet_pools::WeightInfo>::settle(32, 96);
		assert_eq!(announced[0], <() as WeightInfo>::pay_batch(1) + worst * 8);
		assert_eq!(announced[1], <() as WeightInfo>::pay_batch(495));
		assert_eq!(announced[2], <() as WeightInfo>::recover() + worst * 32);
		assert_eq!(announced[3], <() as WeightInfo>::pay_claim() + worst * 8);
		assert_eq!(announced[4], <() as WeightInfo>::conclude_claim() + worst * 8);
		assert_eq!(Claims::note_price_weight(), <() as WeightInfo>::note_price());
		// What is not used of it is not paid, nor what a call that fails did not do.
		let walked = <() as pallet_pools::WeightInfo>::settle(30, 30);
		assert_eq!(
			Claims::pay_weight(hit[0]),
			<() as WeightInfo>::pay_claim() + walked
		);
		assert_eq!(Claims::recover_weight(id), <() as WeightInfo>::recover() + walked);
		let used = Claims::pay_batch(signed(BOB), id, 1)
			.unwrap()
			.actual_weight
			.unwrap();
		assert_eq!(used, <() as WeightInfo>::pay_batch(1) + walked);
		let refused = |outcome: frame_support::dispatch::DispatchResultWithPostInfo| {
			outcome.unwrap_err().post_info.actual_weight.unwrap()
		};
		let refused = [
			refused(Claims::pay_batch(signed(BOB), id, 0)),
			refused(Claims::poke(signed(BOB), 1_000)),
			refused(Claims::pay_claim(signed(BOB), id, 1_000)),
			refused(Claims::recover(signed(BOB), id, EUR, 1)),
		];
		for used in refused {
			assert!(used.all_lte(<() as WeightInfo>::recover() + walked), "{used:?}");
		}
	});
}

#[test]
fn end_of_a_claims_case_is_charged_for_its_pools_when_they_were_left_alone() {
	build_and_execute(|| {
		seated();
		let (product, pool) = market_of(terms(1_000, 0));
		let policy = buy_for(BUYER, product, pool, MUCH);
		pass(WAITING);
		let incident = accepted(product, 100);
		let case = file(BUYER, incident, policy, 1_000);
		settle_pool(pool);
		pass(3 * DAY);
		run_to(deadline(case) + 1);
		let most = Claims::poke_weight(case);
		let used = Claims::poke(signed(BOB), case).unwrap().actual_weight.unwrap();
		assert_eq!(most, used);
		let walked = <() as pallet_pools::WeightInfo>::settle(3, 3);
		assert_eq!(used, <() as WeightInfo>::conclude_claim() + walked);
	});
}

#[test]
fn batch_goes_on_when_the_last_one_paid_was_closed() {
	for page in 1..=7 {
		build_and_execute(|| {
			let (pool, product, id, hit) = batch();
			let had = usd(&BUYER);
			while try_pay_batch(id, page).is_ok() {
				for policy in hit {
					// Nothing is left of those that were paid.
					if pallet_cover::Policies::<Test>::contains_key(policy) && left(policy) == 0 {
						assert_ok!(Cover::close(signed(BOB), policy));
					}
				}
				// Nobody can come in between, nor go.
				assert_noop!(
					try_buy(BUYER, product, order(pool, 100)),
					CoverError::ProductUnderIncident
				);
				check();
			}
			assert_eq!(usd(&BUYER) - had, 1_500, "pages of {page}");
			assert_eq!(crate::Claims::<Test>::iter_key_prefix(id).count(), hit.len());
			assert_eq!(pallet_cover::Policies::<Test>::iter().count(), 2);
			poke_incident(id);
		});
	}
}

#[test]
fn batch_is_refused_when_there_is_nothing_to_pay() {
	build_and_execute(|| {
		seated();
		let (product, _, policy) = insured(MUCH);
		assert_noop!(try_pay_batch(0, 1), Error::UnknownIncident);
		let (id, case) = report(product);
		assert_noop!(try_pay_batch(id, 1), Error::NothingToPay);
		conclude(case, 100);
		// They claim, each.
		assert_noop!(try_pay_batch(id, 1), Error::NothingToPay);
		assert_noop!(try_pay_claim(id, policy), Error::UnknownClaim);
		assert_noop!(try_pay_claim(99, policy), Error::UnknownIncident);
		assert_noop!(Claims::pay_batch(root(), id, 1), DispatchError::BadOrigin);
		assert_noop!(Claims::pay_claim(root(), id, 1), DispatchError::BadOrigin);
	});
}

#[test]
fn batch_is_done_at_once_when_nobody_was_hit() {
	build_and_execute(|| {
		let (product, pool, policy) = watched(depeg(), 1_000);
		assert_ok!(Cover::cancel(signed(BUYER), policy));
		hold(2, 94);
		let id = trigger(product);
		hold(3, 94);
		poke_incident(id);
		assert_ok!(try_pay_batch(id, 1));
		assert!(was_told(&Event::BatchPaid {
			incident: id,
			policies: 0,
			done: true
		}));
		poke_incident(id);
		assert_eq!(reserved(pool), 0);
	});
}

// ---------------------------------------------------------------------------------------------- Failures

/// The books of a pool about an incident are lost, so that nothing can be paid.
fn lose_books(incident: IncidentId, pool: PoolId) -> pallet_pools::Loss {
	let loss = Losses::get(incident, pool).unwrap();
	Losses::remove(incident, pool);
	loss
}

#[test]
fn claim_is_paid_later_when_it_could_not_be_paid_at_once() {
	build_and_execute(|| {
		seated();
		let (product, pool, policy) = insured(MUCH);
		let id = accepted(product, 100);
		let case = file(BUYER, id, policy, 5_000);
		judge(case, &[60; 3]);
		settle_all(case);
		let loss = lose_books(id, pool);
		let had = usd(&BUYER);
		pass_deadline(case);
		// The verdict is spoken and bonds are returned, whatever becomes of the payment.
		assert!(was_told(&Event::PaymentFailed {
			incident: id,
			policy,
			error: PoolsError::UnknownIncident.into()
		}));
		assert_eq!(claim(id, policy).state, ClaimState::Due { verdict: 60 });
		assert_eq!(usd(&BUYER), had);
		assert_eq!(native(&BUYER), ENDOWMENT - deposit());
		assert!(!Cases::<Test>::contains_key(case));
		assert_noop!(try_pay_claim(id, policy), PoolsError::UnknownIncident);
		// Nothing is over while it waits.
		run(DISPUTE + 1);
		pass(2 * CLAIM_WINDOW);
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		assert_noop!(Cover::close(signed(BOB), policy), CoverError::ClaimOpen);
		transfer(policy, BUYER, HOLDER);
		Losses::insert(id, pool, loss);
		check();
		let had = usd(&HOLDER);
		assert_ok!(try_pay_claim(id, policy));
		assert_eq!(usd(&HOLDER) - had, 3_000);
		assert_eq!(
			claim(id, policy).state,
			ClaimState::Paid {
				verdict: 60,
				paid: 3_000,
				arrears: 0
			}
		);
		assert_noop!(try_pay_claim(id, policy), Error::NothingDue);
		poke_incident(id);
		assert_eq!(reserved(pool), 0);
		let record = Claims::report_record(Some(product)).record;
		assert_eq!((record.approved, record.paid), (1, 1));
	});
}

#[test]
fn batch_goes_on_when_some_policies_cannot_be_paid() {
	build_and_execute(|| {
		// One pool has lost its books, and the other has not.
		let product = list(Proposal {
			trigger: parametric(2, 1, &[(95, 100)]),
			..small(terms(MUCH, 0))
		});
		let pools = [MUCH; 2].map(|capital| pool_in(USD, &[product], capital));
		let policies = [0, 1, 0, 1].map(|pool: usize| buy_for(BUYER, product, pools[pool], 1_000));
		set_time(now().div_ceil(DAY) * DAY);
		hold(8, 100);
		hold(2, 94);
		let id = trigger(product);
		hold(1, 94);
		poke_incident(id);
		let loss = lose_books(id, pools[0]);
		let had = usd(&BUYER);
		assert_ok!(try_pay_batch(id, 3));
		assert_ok!(try_pay_batch(id, 3));
		assert_noop!(try_pay_batch(id, 3), Error::NothingToPay);
		assert_eq!(usd(&BUYER) - had, 2_000);
		for (place, policy) in policies.into_iter().enumerate() {
			let state = match place % 2 {
				0 => ClaimState::Due { verdict: 100 },
				_ => ClaimState::Paid {
					verdict: 100,
					paid: 1_000,
					arrears: 0,
				},
			};
			assert_eq!(claim(id, policy).state, state);
		}
		assert!(matches!(
			incident(id).state,
			IncidentState::Accepted {
				open: 2,
				payout: Payout::Done,
				..
			}
		));
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		pass(200 * DAY);
		assert_noop!(
			Cover::close(signed(BOB), policies[0]),
			CoverError::ProductUnderIncident
		);
		Losses::insert(id, pools[0], loss);
		check();
		assert_ok!(try_pay_claim(id, policies[0]));
		assert_noop!(try_poke_incident(id), Error::IncidentOpen);
		assert_ok!(try_pay_claim(id, policies[2]));
		assert_eq!(usd(&BUYER) - had, 4_000);
		poke_incident(id);
		assert_eq!(pools.map(reserved), [0, 0]);
	});
}

#[test]
fn part_of_a_policy_is_not_paid_when_one_of_its_pools_cannot_pay() {
	build_and_execute(|| {
		seated();
		let product = list(small(proposal()));
		let pools = [MUCH; 2].map(|capital| pool_in(USD, &[product], capital));
		let policy = buy(
			BUYER,
			product,
			Order {
				amount: 10_000,
				parts: [(pools[0], 7_000), (pools[1], 3_000)]
					.map(|(pool, amount)| Part { pool, amount })
					.to_vec()
					.try_into()
					.unwrap(),
				..order(pools[0], 1)
			},
		);
		pass(WAITING);
		let id = accepted(product, 100);
		let case = file(BUYER, id, policy, 10_000);
		judge(case, &[100; 3]);
		settle_all(case);
		let loss = lose_books(id, pools[1]);
		let had = usd(&BUYER);
		pass_deadline(case);
		assert_eq!(usd(&BUYER), had);
		assert_eq!(pools.map(reserved), [7_000, 3_000]);
		Losses::insert(id, pools[1], loss);
		assert_ok!(try_pay_claim(id, policy));
		assert_eq!(usd(&BUYER) - had, 10_000);
		assert_eq!(pools.map(reserved), [0, 0]);
		assert_eq!(pools.map(|pool| self::pool(pool).totals.losses), [7_000, 3_000]);
	});
}

// ---------------------------------------------------------------------------------------------- Recoveries

#[test]
fn recovered_money_is_refused_when_nothing_was_paid_in_its_asset() {
	build_and_execute(|| {
		seated();
		let (product, pool, policy) = insured(MUCH);
		let recover = |incident, asset, amount| {
			Claims::recover(signed(BOB), incident, asset, amount)
				.map(|_| ())
				.map_err(|error| error.error)
		};
		assert_noop!(recover(0, USD, 1), Error::UnknownIncident);
		let (id, case) = report(product);
		assert_noop!(recover(id, USD, 1), PoolsError::NothingToRecover);
		conclude(case, 100);
		assert_noop!(recover(id, USD, 1), PoolsError::NothingToRecover);
		paid_in_full(BUYER, id, policy, 1_000);
		assert_noop!(recover(id, EUR, 1), PoolsError::NothingToRecover);
		assert_noop!(recover(id, AssetId::Native, 1), PoolsError::NothingToRecover);
		assert_noop!(recover(id, USD, 0), PoolsError::ZeroAmount);
		assert_noop!(recover(id, USD, Balance::MAX), PoolsError::AmountTooLarge);
		assert_noop!(Claims::recover(root(), id, USD, 1), DispatchError::BadOrigin);

		let (had, holds) = (usd(&BOB), usd(&Pools::account(pool)));
		assert_ok!(recover(id, USD, 400));
		assert_eq!((had - usd(&BOB), usd(&Pools::account(pool)) - holds), (400, 400));
		assert_eq!(self::pool(pool).totals.recovered, 400);
		// Also when it is over.
		close_incident(id);
		settle_pool(pool);
		assert_ok!(recover(id, USD, 500));
		assert_eq!(self::pool(pool).totals.recovered, 900);
	});
}

// ---------------------------------------------------------------------------------------------- False claims

#[test]
fn thousand_false_claims_cost_their_bonds_and_gain_a_tenth_at_most() {
	build_and_execute(|| {
		// Enough to be at risk in a thousand cases at once.
		seat(&[1_000_000_000; 3]);
		let (product, pool) = market();
		let honest = buy_for(HOLDER, product, pool, MUCH);
		let false_ones: Vec<PolicyId> = (0..1_000).map(|_| buy_for(BUYER, product, pool, 1_000)).collect();
		pass(WAITING);
		let id = accepted(product, 100);
		assert_eq!(reserved(pool), 2 * MUCH);
		let (money, had) = (total(&BUYER), usd(&BUYER));
		let cases: Vec<CaseId> = false_ones
			.iter()
			.enumerate()
			.map(|(filed, policy)| {
				let case = file(BUYER, id, *policy, Balance::MAX);
				// Each has its bond on hold; of the fees those that are not with assessors yet.
				let unvoted = (filed as Balance + 1).min(200);
				let on_hold = self::on_hold(HoldReason::Bond, &BUYER);
				assert_eq!(on_hold, (filed as Balance + 1) * BOND + unvoted * FEE);
				case
			})
			.collect();
		let (unvoted, voted) = cases.split_at(200);
		assert!(
			unvoted
				.iter()
				.all(|case| matches!(phase(*case), Phase::Optimistic { .. }))
		);
		assert!(
			voted
				.iter()
				.all(|case| matches!(phase(*case), Phase::Assessing { .. }))
		);
		// An honest one is voted on like them, and has not to wait for them.
		let true_one = file(HOLDER, id, honest, MUCH);

		// Nobody looks at those that need no vote: they get no more than a tenth.
		run_to(deadline(unvoted[0]) + 1);
		unvoted.iter().copied().for_each(poke);
		assert_eq!(usd(&BUYER) - had, 2 * MUCH / 10);
		for (judge, amount) in JUDGES.iter().zip([0; 3]) {
			voted.iter().for_each(|case| commit(judge, *case, amount));
			commit(judge, true_one, 100);
		}
		run_to(deadline(true_one) + 1);
		for judge in &JUDGES[..3] {
			voted.iter().for_each(|case| reveal(judge, *case, 0));
			reveal(judge, true_one, 100);
		}
		run_to(last_reveal(true_one) + 1);
		for case in voted.iter().chain([&true_one]) {
			poke(*case);
			settle_all(*case);
		}
		run_to(deadline(true_one) + 1);
		let before = usd(&HOLDER);
		for case in voted.iter().chain([&true_one]) {
			poke(*case);
		}
		assert_eq!(usd(&HOLDER) - before, MUCH);
		assert_eq!(usd(&BUYER) - had, 2 * MUCH / 10);
		assert_eq!(money - total(&BUYER), 800 * (BOND + FEE));
		assert_eq!(on_hold(HoldReason::Bond, &BUYER), 0);
	});
}

#[test]
fn claim_costs_as_much_as_any_other_when_hundreds_are_open() {
	// What is read of the state to file a claim, to challenge it and to decide it, in bytes of its proof.
	let cost = |claims: usize| {
		let mut ext = new_test_ext();
		let (id, policy) = ext.execute_with(|| {
			seated();
			let (product, pool) = market();
			let policies: Vec<_> = (0..=claims)
				.map(|_| buy_for(BUYER, product, pool, MUCH))
				.collect();
			pass(WAITING);
			let id = accepted(product, 100);
			for policy in &policies[1..] {
				file(BUYER, id, *policy, 1_000);
			}
			// Not what a chain would hold of earlier blocks.
			System::reset_events();
			(id, policies[0])
		});
		ext.commit_all().unwrap();
		let (case, filed) = ext.execute_and_prove(|| file(BUYER, id, policy, 1_000));
		ext.commit_all().unwrap();
		ext.execute_with(|| run_to(deadline(case) + 1));
		ext.commit_all().unwrap();
		let ((), decided) = ext.execute_and_prove(|| poke(case));
		[filed, decided].map(|proof| proof.iter_nodes().map(Vec::len).sum::<usize>())
	};
	let (few, many) = (cost(10), cost(400));
	for (few, many) in few.into_iter().zip(many) {
		assert!(many < few + few / 2, "{many} bytes for {few}");
	}
}

// ---------------------------------------------------------------------------------------------- Notices

#[test]
fn notices_are_weighed_where_claims_are_paid() {
	use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
	new_test_ext().execute_with(|| {
		let notice = Weight::from_parts(1_000, 10);
		let by_notices = |call: Call<Test>| {
			let weigh = || call.get_dispatch_info().call_weight;
			Notice::set(Weight::zero());
			let without = weigh();
			Notice::set(notice);
			weigh() - without
		};
		let (incident, policy, case) = (0, 0, 0);
		assert_eq!(by_notices(Call::pay_claim { incident, policy }), notice * 16);
		assert_eq!(by_notices(Call::poke { case }), notice * 16);
		for most in [1, 5, 1_000] {
			// With few of them it is most of all what their pools take.
			let more = by_notices(Call::pay_batch { incident, most });
			assert!(more.all_gte(notice * 16) && more.all_lte(notice * (16 * u64::from(most))));
		}
		let most = 100_000;
		assert_eq!(
			by_notices(Call::pay_batch { incident, most }),
			notice * (16 * u64::from(most))
		);
		Notice::set(Weight::zero());
	});
}
