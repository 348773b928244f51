//! Whole stories on the whole runtime, with the clock and the parameters of a production chain: ten years of exploits,
//! the fall of a stablecoin, two disasters at once, and one that hits ten thousand.
//!
//! Time jumps from one event to the next: no promise depends on the hooks of the blocks between, so nothing may be lost
//! without them. What is learned from the stories is in `docs/replays.md`.

mod batches;
mod depeg;
mod exploits;
mod groups;

use super::{
	pools::{DOLLAR, USD},
	*,
};
use crate::{
	configs::governance::TreasuryAccount,
	genesis::{PRODUCTION, TEST_STABLECOIN},
};
use frame_support::{
	storage::{storage_prefix, unhashed},
	traits::{
		Get,
		fungible::{Inspect, Mutate},
		fungibles::Mutate as MutateAssets,
	},
};
use lutine_primitives::{
	insurance::{GroupId, IncidentId, PolicyId, PoolId, ProductId, RiskClass, Trigger},
	time::{DAY, Seconds, YEAR},
};
use pallet_claims::{CaseId, Phase};
use pallet_cover::{Conditions, Limits, Order, Proposal, Quote};
use pallet_pools::AssetTerms;
use sp_runtime::{DispatchError, DispatchResult, FixedU128, traits::Dispatchable};

/// When the chains of these stories begin: with the year 2016, in Unix seconds.
const GENESIS: Seconds = 1_451_606_400;
/// The risk group of the dollar that all cover is in.
const DOLLAR_GROUP: GroupId = 1;
/// Who judges.
const ASSESSORS: u32 = 5;
/// What keeps a vote from being told too early.
const SALT: [u8; 32] = [7; 32];
const HOUR: Seconds = 3_600;

// ---------------------------------------------------------------------------------------------- Time

/// Midnight of a day.
fn date(year: u64, month: u64, day: u64) -> Seconds {
	// Years that begin with March have their leap day last.
	let (year, month) = if month > 2 {
		(year, month - 3)
	} else {
		(year - 1, month + 9)
	};
	let leaps = year / 4 - year / 100 + year / 400;
	let days = 365 * year + leaps + (153 * month + 2) / 5 + day - 1;
	// From the first of March of the year 0 to 1970.
	(days - 719_468) * DAY
}

fn now() -> Seconds {
	pallet_timestamp::Now::<Runtime>::get() / 1_000
}

/// When a block is made.
fn time_of(block: BlockNumber) -> Seconds {
	GENESIS + Seconds::from(block - 1) * 6
}

/// Goes on to a time, as if every block until then had been made and nothing had happened in them.
fn at(time: Seconds) {
	assert!(time >= now().max(GENESIS), "time goes on");
	pallet_timestamp::Now::<Runtime>::put(time * 1_000);
	System::set_block_number(((time - GENESIS) / 6 + 1) as BlockNumber);
	forget_events();
}

/// Forgets events as the next block does. To clear their topics too, of which there are none, would be to look through all
/// that has changed since the story began, every time.
fn forget_events() {
	for item in [&b"Events"[..], b"EventCount"] {
		unhashed::kill(&storage_prefix(b"System", item));
	}
}

/// What has happened since this was last asked.
fn events() -> Vec<RuntimeEvent> {
	let events = System::read_events_no_consensus()
		.map(|record| record.event)
		.collect();
	forget_events();
	events
}

// ---------------------------------------------------------------------------------------------- People and calls

/// Somebody with more LUT than they need.
fn person(name: &str, number: u32) -> AccountId {
	let account = AccountId::new(sp_io::hashing::blake2_256(&codec::Encode::encode(&(
		name, number,
	))));
	if Balances::total_balance(&account) == 0 {
		Balances::mint_into(&account, 10_000_000 * LUT).unwrap();
	}
	account
}

fn dollars(who: &AccountId) -> Balance {
	Assets::balance(TEST_STABLECOIN, who)
}

/// What everybody who buys cover has beside what it costs: an account that is emptied to the last unit may lose that.
const PURSE: Balance = DOLLAR;

/// What somebody who bought cover was paid since.
fn received(who: &AccountId) -> Balance {
	dollars(who).saturating_sub(PURSE)
}

fn fund(who: &AccountId, amount: Balance) {
	<Assets as MutateAssets<_>>::mint_into(TEST_STABLECOIN, who, amount).unwrap();
}

/// What becomes of somebody's call.
fn attempt(who: &AccountId, call: impl Into<RuntimeCall>) -> DispatchResult {
	let outcome = call.into().dispatch(RuntimeOrigin::signed(who.clone()));
	outcome.map(|_| ()).map_err(|failed| failed.error)
}

#[track_caller]
fn call(who: &AccountId, call: impl Into<RuntimeCall>) {
	let call = call.into();
	if let Err(error) = attempt(who, call.clone()) {
		panic!("{call:?}: {error:?}");
	}
}

/// A referendum, or the technical committee where that may.
#[track_caller]
fn govern(call: impl Into<RuntimeCall>) {
	let call = call.into();
	if let Err(error) = call.clone().dispatch(RuntimeOrigin::root()) {
		panic!("{call:?}: {error:?}");
	}
}

fn text<Bound: Get<u32>>(text: &str) -> frame_support::BoundedVec<u8, Bound> {
	frame_support::BoundedVec::truncate_from(text.as_bytes().to_vec())
}

/// Tells a story on a production chain with a dollar of six decimals, assessors, auditors and oracles.
fn tell(begins: Seconds, story: impl FnOnce()) {
	// Nothing is committed, from genesis on: what has changed is quicker to walk through than the tree below, and checks
	// of all books do so often.
	TestExternalities::default().execute_with(|| {
		let genesis = serde_json::to_vec(&genesis_of(PRODUCTION)).unwrap();
		build_state::<RuntimeGenesisConfig>(genesis).unwrap();
		at(begins);
		let owner = person("issuer", 0);
		govern(pallet_assets::Call::force_create {
			id: TEST_STABLECOIN.into(),
			owner: owner.into(),
			is_sufficient: true,
			min_balance: DOLLAR / 100,
		});
		govern(pallet_cover::Call::register_group {
			group: DOLLAR_GROUP,
			name: text("US dollar"),
		});
		govern(pallet_pools::Call::admit_asset {
			asset: USD,
			terms: AssetTerms {
				group: DOLLAR_GROUP,
				min_first_deposit: 100 * DOLLAR,
				min_withdrawal: DOLLAR,
			},
		});
		for number in 0..ASSESSORS {
			let amount = 1_000_000 * LUT;
			call(&person("assessor", number), pallet_claims::Call::stake { amount });
		}
		for number in 0..3 {
			let auditor = person("auditor", number);
			govern(pallet_pricing::Call::add_auditor { auditor });
			let who = person("feeder", number).into();
			govern(pallet_membership::Call::<Runtime, pallet_membership::Instance1>::add_member { who });
		}
		Balances::mint_into(&TreasuryAccount::get(), 10_000_000 * LUT).unwrap();
		story();
		check_invariants();
	});
}

// ---------------------------------------------------------------------------------------------- Products and pools

fn register(group: GroupId, name: &str) {
	let name = text(name);
	govern(pallet_cover::Call::register_group { group, name });
}

/// What a product of these stories may be sold for. `optimistic` is what needs no vote.
fn conditions(total: Balance, optimistic: Balance) -> Conditions {
	Conditions {
		uri: Default::default(),
		assets: vec![Limits {
			asset: USD,
			total,
			min: DOLLAR,
			max: total,
			optimistic,
		}]
		.try_into()
		.unwrap(),
		min_period: 28 * DAY,
		max_period: 365 * DAY,
		deductible: 0,
	}
}

/// A product that was proposed and listed.
fn list(name: &str, class: RiskClass, group: GroupId, trigger: Trigger, conditions: Conditions) -> ProductId {
	let product = pallet_cover::NextProduct::<Runtime>::get();
	// Cover may not begin before what proves an incident could have been known.
	let waiting_period = match trigger {
		Trigger::Assessed => None,
		Trigger::Parametric { averaging, .. } => Some(Seconds::from(averaging) * DAY),
	};
	let proposal = Proposal {
		name: text(name),
		class,
		code_hash: Default::default(),
		terms_hash: Default::default(),
		trigger,
		waiting_period,
		claim_window: None,
		conditions,
	};
	call(&person("proposer", 0), pallet_cover::Call::propose { proposal });
	govern(pallet_cover::Call::list { product, group });
	product
}

/// So many auditors audit what a product runs, for as long as an audit may last.
fn audit(product: ProductId, audits: u32) {
	let valid_until = now() + Parameters::pricing().audit_validity;
	for number in 0..audits {
		let call = pallet_pricing::Call::file_audit {
			product,
			code_hash: Default::default(),
			valid_until,
		};
		self::call(&person("auditor", number), call);
	}
}

/// A pool without capital, run by its own manager for a tenth of the premium.
fn open_pool() -> PoolId {
	let pool = pallet_pools::NextPool::<Runtime>::get();
	let manager = person("manager", pool);
	fund(&manager, DOLLAR / 100);
	let create = pallet_pools::Call::create {
		asset: USD,
		manager_fee: 100_000_000,
	};
	call(&manager, create);
	pool
}

/// The manager is ready to write so many percent of the pool's capital on a product. The market's rate begins a half above
/// the expected loss.
fn set_line(pool: PoolId, product: ProductId, percent: u32) -> DispatchResult {
	let bounds = Parameters::pricing();
	let probability = Pricing::risk(product).unwrap().probability;
	let rate = probability * FixedU128::from_rational(3, 2);
	let set_line = pallet_pools::Call::set_line {
		pool,
		product,
		weight: percent * 10_000_000,
		rate: Some(rate.clamp(bounds.min_rate.into(), bounds.max_rate.into())),
	};
	attempt(&person("manager", pool), set_line)
}

/// The underwriter of a pool, who is one person in these stories, puts money in.
fn deposit(pool: PoolId, amount: Balance) {
	let who = person("underwriter", pool);
	fund(&who, amount);
	let deposit = pallet_pools::Call::deposit {
		pool,
		amount,
		min_shares: 0,
		deadline: None,
	};
	call(&who, deposit);
}

/// Brings a pool's books to now.
fn settle(pool: PoolId) {
	while pallet_pools::Pools::<Runtime>::get(pool).unwrap().settled_at < now() {
		call(&person("keeper", 0), pallet_pools::Call::settle { pool });
	}
}

// ---------------------------------------------------------------------------------------------- Cover

/// What a wallet submits after a quote.
fn order(amount: Balance, quote: &Quote) -> Order<AccountId> {
	Order {
		amount,
		end: quote.end,
		parts: quote.parts.clone().try_into().unwrap(),
		max_premium: quote.net_premium,
		deadline: Some(now()),
		broker: None,
	}
}

/// Gives a buyer what cover costs: whatever is in their purse in the end is what it has paid.
fn fund_buyer(who: &AccountId, quote: &Quote) {
	let purse = if dollars(who) == 0 { PURSE } else { 0 };
	fund(who, purse + quote.net_premium);
}

/// Buys cover at the price that the chain quotes.
fn buy(
	who: &AccountId,
	product: ProductId,
	amount: Balance,
	period: Seconds,
) -> Result<(PolicyId, Quote), DispatchError> {
	let quote = Cover::report_quote(product, &USD, amount, period)?;
	let policy = pallet_cover::NextPolicy::<Runtime>::get();
	let call = pallet_cover::Call::buy {
		product,
		asset: USD,
		order: order(amount, &quote),
		item: Default::default(),
	};
	fund_buyer(who, &quote);
	self::call(who, call);
	Ok((policy, quote))
}

// ---------------------------------------------------------------------------------------------- Cases

fn uri() -> Vec<u8> {
	b"ipfs://evidence".to_vec()
}

/// Somebody reports that something happened. Returns the incident and its case.
fn report(product: ProductId, happened: Seconds) -> (IncidentId, CaseId) {
	let ids = (
		pallet_claims::NextIncident::<Runtime>::get(),
		pallet_claims::NextCase::<Runtime>::get(),
	);
	let report = pallet_claims::Call::report {
		product,
		happened,
		uri: uri(),
		hash: Default::default(),
		max_bond: Balance::MAX,
	};
	call(&person("reporter", 0), report);
	ids
}

/// Somebody claims a loss under a policy. Returns the case.
fn file(
	who: &AccountId,
	incident: IncidentId,
	policy: PolicyId,
	loss: Balance,
) -> Result<CaseId, DispatchError> {
	let case = pallet_claims::NextCase::<Runtime>::get();
	let file = pallet_claims::Call::file {
		incident,
		policy,
		loss,
		uri: uri(),
		hash: Default::default(),
	};
	attempt(who, file).map(|()| case)
}

/// Does what can be done in a case now: assessors vote, whose verdict is to be `percent`, votes are settled, and the case
/// is moved on. Returns when more can be done; none once it is final.
fn step(id: CaseId, percent: u8) -> Option<Seconds> {
	let case = pallet_claims::Cases::<Runtime>::get(id)?;
	let block = System::block_number();
	match case.phase {
		Phase::Waiting => return Some(now() + DAY),
		Phase::Optimistic { until } | Phase::Disputable { until } if block <= until => {
			return Some(time_of(until + 1));
		}
		Phase::Assessing { commit_until, .. } if block <= commit_until => {
			for number in 0..ASSESSORS {
				let who = person("assessor", number);
				let commitment = Claims::commitment(id, &who, vote(number, percent), SALT);
				let commit = pallet_claims::Call::commit { case: id, commitment };
				call(&who, commit);
			}
			return Some(time_of(commit_until + 1));
		}
		Phase::Assessing { reveal_until, .. } if block <= reveal_until => {
			for number in 0..ASSESSORS {
				let reveal = pallet_claims::Call::reveal {
					case: id,
					percent: vote(number, percent),
					salt: SALT,
				};
				call(&person("assessor", number), reveal);
			}
			return Some(time_of(reveal_until + 1));
		}
		_ => {}
	}
	let keeper = person("keeper", 0);
	call(&keeper, pallet_claims::Call::poke { case: id });
	if let Some(round) = pallet_claims::Rounds::<Runtime>::get(id)
		&& round.result.is_some()
	{
		for number in 0..ASSESSORS {
			let assessor = person("assessor", number);
			call(&keeper, pallet_claims::Call::settle { case: id, assessor });
		}
	}
	step(id, percent)
}

/// How an assessor votes where the truth is `percent`: one thinks a little less and another a little more of it.
fn vote(number: u32, percent: u8) -> u8 {
	match number {
		3 => percent.saturating_sub(5),
		4 => (percent + 5).min(100),
		_ => percent,
	}
}

/// Has cases judged until they are final, all of them in the same blocks and in this order.
fn judge(cases: &[(CaseId, u8)]) {
	while let Some(next) = cases
		.iter()
		.filter_map(|(case, percent)| step(*case, *percent))
		.min()
	{
		at(next);
	}
}

/// A sum of money in thousands of dollars.
fn thousands(amount: Balance) -> String {
	format!("{:.0}", amount as f64 / 1e9)
}
