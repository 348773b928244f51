//! The pallet's tests by subject, and what they share.

use crate::{
	mock::{Claims, *},
	*,
};
use frame_support::{
	assert_ok,
	traits::fungible::{Inspect, InspectHold},
};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, IncidentId, PolicyId, PoolId, ProductId, RiskClass, Trigger},
	parameters,
	time::Seconds,
};
use pallet_cover::{Conditions, Item, Limits, Order, OrderOf, Part, Proposal};
use sp_core::H256;
use sp_runtime::{DispatchResult, FixedU128};

mod assessors;
mod bonds;
mod cases;
mod deadlines;
mod fuzz;
mod invariants;
mod parametric;
mod payouts;
mod reports;

pub type Error = crate::Error<Test>;
pub type Event = crate::Event<Test>;
pub type CoverError = pallet_cover::Error<Test>;

/// The waiting time before cover begins, and how long claims are made, in the tests.
pub const WAITING: Seconds = 7 * DAY;
pub const CLAIM_WINDOW: Seconds = 35 * DAY;

/// What the parameters of the tests say.
pub const COMMIT: BlockNumber = 6;
pub const REVEAL: BlockNumber = 5;
pub const CHALLENGE: BlockNumber = 5;
pub const DISPUTE: BlockNumber = 5;
pub const UNBONDING: BlockNumber = 60;
pub const BOND: Balance = 1_000;
pub const FEE: Balance = 200;
/// What each of the [`seated`] judges has staked, and what a vote of theirs puts at risk.
pub const STAKE: Balance = 10_000;
pub const SLICE: Balance = 500;

/// The feed of parametric products.
pub const FEED: u32 = 7;

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Changes the parameters of claims.
pub fn govern(change: impl FnOnce(&mut parameters::Claims)) {
	ClaimsParameters::mutate(change);
}

// ---------------------------------------------------------------------------------------------- Cover

pub fn limits(asset: AssetId) -> Limits {
	Limits {
		asset,
		total: 1_000_000_000,
		min: 1,
		max: 500_000_000,
		optimistic: 1_000,
	}
}

/// A product sold in [`USD`]; claims up to 1 000 under it need no vote.
pub fn proposal() -> Proposal {
	Proposal {
		name: name("Example lending"),
		class: RiskClass::Lending,
		code_hash: Default::default(),
		terms_hash: Default::default(),
		trigger: Trigger::Assessed,
		waiting_period: None,
		claim_window: None,
		conditions: Conditions {
			uri: b"ipfs://terms".to_vec().try_into().unwrap(),
			assets: vec![limits(USD)].try_into().unwrap(),
			min_period: 28 * DAY,
			max_period: 365 * DAY,
			deductible: 0,
		},
	}
}

/// The same sold in other assets.
pub fn sold_in(assets: &[AssetId]) -> Proposal {
	let mut proposal = proposal();
	proposal.conditions.assets = assets
		.iter()
		.cloned()
		.map(limits)
		.collect::<Vec<_>>()
		.try_into()
		.unwrap();
	proposal
}

/// A trigger of [`FEED`]; levels of its table are hundredths.
pub fn parametric(averaging: u32, observation: u32, table: &[(u32, u8)]) -> Trigger {
	let rows = table
		.iter()
		.map(|(level, percent)| (FixedU128::from_rational((*level).into(), 100), *percent));
	Trigger::Parametric {
		feed: FEED,
		averaging,
		observation,
		table: rows.collect::<Vec<_>>().try_into().unwrap(),
	}
}

/// Proposes and lists a product.
pub fn list(proposal: Proposal) -> ProductId {
	let product = pallet_cover::NextProduct::<Test>::get();
	assert_ok!(Cover::propose(signed(ALICE), proposal));
	assert_ok!(Cover::list(root(), product, 0));
	product
}

/// A pool with so much capital and a line of all of it on each product.
pub fn pool_in(asset: AssetId, products: &[ProductId], capital: Balance) -> PoolId {
	let pool = pallet_pools::NextPool::<Test>::get();
	assert_ok!(Pools::create(signed(MANAGER), asset, 0));
	for product in products {
		let rate = Some(FixedU128::from_rational(4, 100));
		assert_ok!(Pools::set_line(
			signed(MANAGER),
			pool,
			*product,
			1_000_000_000,
			rate
		));
	}
	assert_ok!(Pools::deposit(signed(ALICE), pool, capital, 0, None));
	pool
}

/// A listed product, and a pool in [`USD`] behind it.
pub fn market() -> (ProductId, PoolId) {
	market_of(proposal())
}

/// The same with a product of one's own.
pub fn market_of(proposal: Proposal) -> (ProductId, PoolId) {
	let product = list(proposal);
	(product, pool_in(USD, &[product], 1_000_000_000))
}

/// The end of the day in which a period from now is over.
pub fn end_of(period: Seconds) -> Seconds {
	(now() + period).div_ceil(DAY) * DAY
}

/// An order for so much from one pool, for 60 days, at any price.
pub fn order(pool: PoolId, amount: Balance) -> OrderOf<Test> {
	Order {
		amount,
		end: end_of(60 * DAY),
		parts: vec![Part { pool, amount }].try_into().unwrap(),
		max_premium: Balance::MAX,
		deadline: None,
		broker: None,
	}
}

/// Buys in [`USD`].
pub fn try_buy(who: AccountId, product: ProductId, order: OrderOf<Test>) -> DispatchResult {
	Cover::buy(signed(who), product, USD, order, Item::default())
}

pub fn buy(who: AccountId, product: ProductId, order: OrderOf<Test>) -> PolicyId {
	let policy = pallet_cover::NextPolicy::<Test>::get();
	assert_ok!(try_buy(who, product, order));
	policy
}

/// A policy of the buyer's of so much on a market, whose cover has begun.
pub fn insured(amount: Balance) -> (ProductId, PoolId, PolicyId) {
	let (product, pool) = market();
	let policy = buy(BUYER, product, order(pool, amount));
	pass(WAITING);
	(product, pool, policy)
}

/// Passes a certificate on.
pub fn transfer(policy: PolicyId, from: AccountId, to: AccountId) {
	assert_ok!(Nfts::transfer(
		signed(from),
		pallet_cover::CERTIFICATES,
		policy,
		to
	));
}

/// What a pool has set aside.
pub fn reserved(pool: PoolId) -> Balance {
	pallet_pools::Pools::<Test>::get(pool).unwrap().reserved
}

// ---------------------------------------------------------------------------------------------- Incidents and claims

pub fn uri() -> Vec<u8> {
	b"ipfs://evidence".to_vec()
}

pub fn hash() -> H256 {
	H256::repeat_byte(7)
}

pub fn evidence() -> Evidence {
	Evidence {
		uri: uri().try_into().unwrap(),
		digest: hash(),
	}
}

/// Reports that something happened to a product just now, at any price.
pub fn try_report(who: AccountId, product: ProductId) -> DispatchResult {
	Claims::report(signed(who), product, now(), uri(), hash(), Balance::MAX)
}

/// The same by the reporter.
pub fn report(product: ProductId) -> (IncidentId, CaseId) {
	report_by(REPORTER, product)
}

pub fn report_by(who: AccountId, product: ProductId) -> (IncidentId, CaseId) {
	let opened = (NextIncident::<Test>::get(), NextCase::<Test>::get());
	assert_ok!(try_report(who, product));
	opened
}

pub fn incident(id: IncidentId) -> IncidentOf<Test> {
	Incidents::<Test>::get(id).unwrap()
}

/// An incident on a product that was just accepted with so many percent, and not disputed. Judges must be
/// [`seated`]; their votes are settled.
pub fn accepted(product: ProductId, percent: u8) -> IncidentId {
	let (incident, case) = report(product);
	conclude(case, percent);
	incident
}

/// Claims a loss, and returns the case.
pub fn file(who: AccountId, incident: IncidentId, policy: PolicyId, loss: Balance) -> CaseId {
	let case = NextCase::<Test>::get();
	assert_ok!(Claims::file(signed(who), incident, policy, loss, uri(), hash()));
	case
}

pub fn claim(incident: IncidentId, policy: PolicyId) -> Claim {
	crate::Claims::<Test>::get(incident, policy).unwrap()
}

pub fn try_pay_batch(incident: IncidentId, most: u32) -> DispatchResult {
	Claims::pay_batch(signed(BOB), incident, most)
		.map(|_| ())
		.map_err(|error| error.error)
}

pub fn try_challenge(who: AccountId, case: CaseId, alternative: u8) -> DispatchResult {
	Claims::challenge(signed(who), case, alternative, uri(), hash())
}

pub fn challenge(case: CaseId, alternative: u8) {
	assert_ok!(try_challenge(CHALLENGER, case, alternative));
}

pub fn try_dispute(who: AccountId, case: CaseId, direction: Direction) -> DispatchResult {
	Claims::dispute(signed(who), case, direction, uri(), hash())
}

/// Disputes a verdict upward or downward, by who does that in the tests.
pub fn dispute(case: CaseId, direction: Direction) {
	let who = match direction {
		Direction::Upward => UP,
		Direction::Downward => DOWN,
	};
	assert_ok!(try_dispute(who, case, direction));
}

/// What a product has that is undecided.
pub fn docket(product: ProductId) -> Docket {
	Dockets::<Test>::get(product)
}

// ---------------------------------------------------------------------------------------------- Assessors

pub fn stake(who: &AccountId, amount: Balance) {
	assert_ok!(Claims::stake(signed(who.clone()), amount));
}

pub fn assessor(who: &AccountId) -> AssessorOf<Test> {
	Assessors::<Test>::get(who).unwrap()
}

/// The first judges have so much staked each, for long enough to vote in what is opened from now on.
pub fn seat(stakes: &[Balance]) {
	for (judge, amount) in JUDGES.iter().zip(stakes) {
		stake(judge, *amount);
	}
	run(1);
}

/// Three judges have [`STAKE`] staked each.
pub fn seated() {
	seat(&[STAKE; 3]);
}

/// What votes are committed with.
pub const SALT: [u8; 32] = [9; 32];

pub fn try_commit(who: &AccountId, case: CaseId, percent: u8) -> DispatchResult {
	let commitment = Claims::commitment(case, who, percent, SALT);
	Claims::commit(signed(who.clone()), case, commitment)
}

pub fn commit(who: &AccountId, case: CaseId, percent: u8) {
	assert_ok!(try_commit(who, case, percent));
}

pub fn try_reveal(who: &AccountId, case: CaseId, percent: u8) -> DispatchResult {
	Claims::reveal(signed(who.clone()), case, percent, SALT)
}

pub fn reveal(who: &AccountId, case: CaseId, percent: u8) {
	assert_ok!(try_reveal(who, case, percent));
}

/// Each of the first judges commits and reveals a vote. The case is still voted on when this returns.
pub fn vote(case: CaseId, percents: &[u8]) {
	vote_all(&[case], percents);
}

/// The same in several cases at once.
pub fn vote_all(cases: &[CaseId], percents: &[u8]) {
	let each = |act: fn(&AccountId, CaseId, u8)| {
		for case in cases {
			for (judge, percent) in JUDGES.iter().zip(percents) {
				act(judge, *case, *percent);
			}
		}
	};
	each(commit);
	run_to(cases.iter().map(|case| deadline(*case)).max().unwrap() + 1);
	each(reveal);
}

/// The judges vote, and it is known what they say.
pub fn judge(case: CaseId, percents: &[u8]) -> u8 {
	judge_all(&[case], percents);
	self::case(case).verdict.unwrap()
}

/// The same in several cases at once.
pub fn judge_all(cases: &[CaseId], percents: &[u8]) {
	vote_all(cases, percents);
	run_to(cases.iter().map(|case| last_reveal(*case)).max().unwrap() + 1);
	cases.iter().copied().for_each(poke);
}

/// Pays every vote in a case that is not settled.
pub fn settle_all(case: CaseId) {
	let voters: Vec<_> = Votes::<Test>::iter_key_prefix(case).collect();
	for who in voters {
		settle(case, &who);
	}
}

pub fn settle(case: CaseId, who: &AccountId) {
	assert_ok!(Claims::settle(signed(BOB), case, who.clone()));
}

// ---------------------------------------------------------------------------------------------- Cases

pub fn case(id: CaseId) -> CaseOf<Test> {
	Cases::<Test>::get(id).unwrap()
}

pub fn phase(id: CaseId) -> Phase<BlockNumber> {
	case(id).phase
}

pub fn try_poke(case: CaseId) -> DispatchResult {
	Claims::poke(signed(BOB), case)
		.map(|_| ())
		.map_err(|error| error.error)
}

pub fn poke(case: CaseId) {
	assert_ok!(try_poke(case));
}

/// The last block in which something may be done in the phase of a case: of an assessment, in which votes are committed;
/// of a referendum, the one before votes are counted.
pub fn deadline(id: CaseId) -> BlockNumber {
	match phase(id) {
		Phase::Optimistic { until } | Phase::Disputable { until } => until,
		Phase::Assessing { commit_until, .. } => commit_until,
		Phase::Voting { ends, .. } => ends - 1,
		other => panic!("{other:?} has no deadline"),
	}
}

/// The last block in which votes are revealed.
pub fn last_reveal(id: CaseId) -> BlockNumber {
	match phase(id) {
		Phase::Assessing { reveal_until, .. } => reveal_until,
		other => panic!("nobody reveals votes in {other:?}"),
	}
}

/// Runs to the first block after the deadline of a case, and moves it on.
pub fn pass_deadline(case: CaseId) {
	run_to(deadline(case) + 1);
	poke(case);
}

/// Nobody reveals a vote.
pub fn pass_assessment(case: CaseId) {
	run_to(last_reveal(case) + 1);
	poke(case);
}

/// All three judges say the same, nobody disputes it, all votes are settled, and the case is final.
pub fn conclude(case: CaseId, percent: u8) {
	assert_eq!(judge(case, &[percent; 3]), percent);
	settle_all(case);
	pass_deadline(case);
	assert!(!Cases::<Test>::contains_key(case));
}

/// The referendum and the ballot in which token holders vote on a case.
pub fn referendum(id: CaseId) -> (u32, u32) {
	match phase(id) {
		Phase::Voting {
			referendum, ballot, ..
		} => (referendum, ballot),
		other => panic!("no vote is held in {other:?}"),
	}
}

/// The referendum of a case passes and is enacted, and the case is moved on.
pub fn pass_vote(case: CaseId) {
	let (referendum, ballot) = referendum(case);
	pass_referendum(referendum);
	run_to(deadline(case) + 1);
	assert_ok!(Claims::enact(root(), case, ballot));
	poke(case);
}

/// The referendum of a case is voted on and does not pass, and the case is moved on.
pub fn fail_vote(case: CaseId) {
	fail_referendum(referendum(case).0);
	pass_deadline(case);
}

/// Nobody votes in the referendum of a case, and the case is moved on.
pub fn miss_vote(case: CaseId) {
	pass_deadline(case);
}

// ---------------------------------------------------------------------------------------------- Money and events

/// Native tokens on hold for a reason.
pub fn on_hold(reason: HoldReason, who: &AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), who)
}

/// All native tokens of an account, on hold or not.
pub fn total(who: &AccountId) -> Balance {
	Balances::total_balance(who)
}

/// What the mutual reserve of the native token was ever paid: its record, and the seed of its account.
pub fn reserve() -> Balance {
	let account = native(&Pools::reserve_account(&AssetId::Native));
	let recorded = pallet_pools::Reserves::<Test>::get(AssetId::Native);
	assert!(account == recorded || account == recorded + SEED);
	account
}

/// How many of the pallet's events since they were last forgotten fit.
pub fn told(fits: impl Fn(&Event) -> bool) -> usize {
	let events: Vec<Event> = System::read_events_for_pallet();
	events.iter().filter(|event| fits(event)).count()
}

/// Whether an event was told.
pub fn was_told(event: &Event) -> bool {
	System::events()
		.iter()
		.any(|record| record.event == event.clone().into())
}
