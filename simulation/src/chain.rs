//! The market that the real runtime makes: genesis and parameters of a production chain, every step a dispatched call.
//!
//! Time jumps from one day with something to do to the next, for no promise depends on the hooks of the blocks between.

use crate::{
	market::{
		Books, GENESIS, GUEST_CASH, Investor, LEAST, LIMIT, MANAGER_FEE, MINIMUM_BALANCE, Market, PERIODS,
		Paid, Quote, time_of,
	},
	scenario::{self, CAPITAL, DOLLAR, POOLS},
};
use codec::Encode;
use frame_support::{
	BoundedVec,
	genesis_builder_helper::build_state,
	storage::{storage_prefix, unhashed},
	traits::{Get, fungible::Mutate, fungibles::Mutate as MutateAssets},
};
use lutine_primitives::{
	Balance, BlockNumber, LUT,
	insurance::{AssetId, Trigger},
	time::{DAY, Seconds},
};
use lutine_runtime::{
	AccountId, Assets, Balances, Claims, Clock, Cover, Parameters, Pools, Pricing, Runtime, RuntimeCall,
	RuntimeGenesisConfig, RuntimeOrigin, System,
	configs::governance::TreasuryAccount,
	genesis::{self, TEST_STABLECOIN},
};
use pallet_claims::{CaseId, ClaimState};
use pallet_cover::{Conditions, Limits, Order, Part, Proposal};
use pallet_pools::AssetTerms;
use sp_core::storage::Storage;
use sp_runtime::{DispatchError, DispatchResult, FixedU128, traits::Dispatchable};
use sp_state_machine::BasicExternalities;
use std::sync::LazyLock;

/// What is insured, deposited and paid.
const USD: AssetId = AssetId::WithId(TEST_STABLECOIN);
/// The risk group of the dollar; those of products follow.
const DOLLAR_GROUP: u32 = 1;
/// Who judges.
const ASSESSORS: u32 = 3;
/// What keeps a vote from being told too early.
const SALT: [u8; 32] = [7; 32];

/// A chain on its first day: pools with lines and capital, products that are for sale.
static BEGINNING: LazyLock<Storage> = LazyLock::new(|| {
	let mut ext = BasicExternalities::new_empty();
	ext.execute_with(|| {
		let whole = genesis::configuration(genesis::PRODUCTION).expect("there is this preset");
		build_state::<RuntimeGenesisConfig>(serde_json::to_vec(&whole).expect("it is JSON"))
			.expect("the preset is right");
		furnish();
	});
	ext.into_storages()
});

/// An account with more LUT than it needs.
fn person(name: &str, number: u32) -> AccountId {
	AccountId::new(sp_io::hashing::blake2_256(&(name, number).encode()))
}

fn endow(who: &AccountId, dollars: Balance) {
	Balances::mint_into(who, 1_000_000_000 * LUT).expect("it can be minted");
	if dollars > 0 {
		<Assets as MutateAssets<_>>::mint_into(TEST_STABLECOIN, who, dollars).expect("it can be minted");
	}
}

fn investor(pool: u32, who: Investor) -> AccountId {
	person("investor", pool * 10 + who as u32)
}

fn insured() -> AccountId {
	person("insured", 0)
}

fn keeper() -> AccountId {
	person("keeper", 0)
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

fn text<Bound: Get<u32>>(text: &str) -> BoundedVec<u8, Bound> {
	BoundedVec::truncate_from(text.as_bytes().to_vec())
}

fn uri() -> Vec<u8> {
	b"ipfs://evidence".to_vec()
}

fn now() -> Seconds {
	pallet_timestamp::Now::<Runtime>::get() / 1_000
}

fn set_time(day: u32) {
	let time = time_of(day);
	pallet_timestamp::Now::<Runtime>::put(time * 1_000);
	System::set_block_number(((time - GENESIS) / 6 + 1) as BlockNumber);
	forget_events();
}

/// Forgets events as the next block does.
fn forget_events() {
	for item in [&b"Events"[..], b"EventCount"] {
		unhashed::kill(&storage_prefix(b"System", item));
	}
}

fn furnish() {
	set_time(0);
	for (name, count) in [
		("assessor", ASSESSORS),
		("auditor", 2),
		("manager", POOLS.len() as u32),
	] {
		for number in 0..count {
			endow(&person(name, number), 0);
		}
	}
	for name in ["issuer", "keeper", "reporter", "proposer", "finder", "insured"] {
		endow(&person(name, 0), 0);
	}
	endow(&TreasuryAccount::get(), 0);
	govern(pallet_assets::Call::force_create {
		id: TEST_STABLECOIN.into(),
		owner: person("issuer", 0).into(),
		is_sufficient: true,
		min_balance: MINIMUM_BALANCE,
	});
	endow(&insured(), 100_000_000_000 * DOLLAR);
	endow(&person("finder", 0), 1_000_000_000 * DOLLAR);
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
		let amount = 10_000_000 * LUT;
		call(&person("assessor", number), pallet_claims::Call::stake { amount });
	}
	for number in 0..2 {
		let auditor = person("auditor", number);
		govern(pallet_pricing::Call::add_auditor { auditor });
	}
	let products = scenario::products();
	let groups = products.iter().map(|product| product.group).max().unwrap_or(0);
	for group in 0..=groups {
		govern(pallet_cover::Call::register_group {
			group: group as u32 + DOLLAR_GROUP + 1,
			name: text(&format!("dependency {group}")),
		});
	}
	for (number, product) in products.iter().enumerate() {
		list(number, product);
	}
	for (pool, appetite) in POOLS.iter().enumerate() {
		open(pool as u32, appetite.weight());
	}
}

/// A product is proposed, listed and audited.
fn list(number: usize, product: &scenario::Product) {
	let limits = Limits {
		asset: USD,
		total: LIMIT,
		min: LEAST,
		max: LIMIT,
		// Every claim is voted on.
		optimistic: 0,
	};
	let proposal = Proposal {
		name: text(&format!("{:?} {number}", product.class)),
		class: product.class,
		code_hash: Default::default(),
		terms_hash: Default::default(),
		trigger: Trigger::Assessed,
		waiting_period: None,
		claim_window: None,
		conditions: Conditions {
			uri: Default::default(),
			assets: BoundedVec::truncate_from(vec![limits]),
			min_period: PERIODS.0 * DAY,
			max_period: PERIODS.1 * DAY,
			deductible: 0,
		},
	};
	let id = pallet_cover::NextProduct::<Runtime>::get();
	call(&person("proposer", 0), pallet_cover::Call::propose { proposal });
	govern(pallet_cover::Call::list {
		product: id,
		group: product.group as u32 + DOLLAR_GROUP + 1,
	});
	for number in 0..product.audits {
		let file = pallet_pricing::Call::file_audit {
			product: id,
			code_hash: Default::default(),
			valid_until: now() + Parameters::pricing().audit_validity,
		};
		call(&person("auditor", number), file);
	}
	assert_eq!(
		Pricing::risk(id).map(|risk| risk.probability),
		Some(product.probability)
	);
}

/// A pool with a line on every product, and capital.
fn open(pool: u32, percent: u32) {
	let manager = person("manager", pool);
	<Assets as MutateAssets<_>>::mint_into(TEST_STABLECOIN, &manager, MINIMUM_BALANCE)
		.expect("it can be minted");
	let create = pallet_pools::Call::create {
		asset: USD,
		manager_fee: MANAGER_FEE,
	};
	call(&manager, create);
	let bounds = Parameters::pricing();
	for product in product_ids() {
		let probability = Pricing::risk(product).expect("it is listed").probability;
		let rate = probability * FixedU128::from_rational(3, 2);
		let set_line = pallet_pools::Call::set_line {
			pool,
			product,
			weight: percent * 10_000_000,
			rate: Some(rate.clamp(bounds.min_rate.into(), bounds.max_rate.into())),
		};
		call(&manager, set_line);
	}
	let cash = [CAPITAL[0], CAPITAL[1], GUEST_CASH];
	for (who, cash) in Investor::ALL.into_iter().zip(cash) {
		endow(&investor(pool, who), cash);
	}
	deposit(pool, Investor::Loyal, CAPITAL[0]);
	deposit(pool, Investor::Nervous, CAPITAL[1]);
}

fn deposit(pool: u32, who: Investor, amount: Balance) {
	let deposit = pallet_pools::Call::deposit {
		pool,
		amount,
		min_shares: 0,
		deadline: None,
	};
	call(&investor(pool, who), deposit);
}

fn product_ids() -> Vec<u32> {
	Cover::report_products()
}

/// Every invariant of the chain's own pallets, over the whole state.
pub fn check_invariants() {
	Clock::do_try_state().expect("the clock is right");
	Parameters::do_try_state().expect("parameters are right");
	Pricing::do_try_state().expect("prices are right");
	Pools::do_try_state().expect("pools are right");
	Cover::do_try_state().expect("cover is right");
	Claims::do_try_state().expect("claims are right");
}

struct Incident {
	id: u32,
	product: u32,
	percent: u8,
	/// What is judged now, each with what assessors say: the incident, or the claims under it.
	cases: Vec<(CaseId, u8)>,
	claims: Vec<u32>,
}

/// A chain in memory. It lives in [`Chain::run`].
pub struct Chain {
	products: Vec<u32>,
	first_policy: u32,
	incidents: Vec<Incident>,
	/// All dollars in the beginning.
	supply: Balance,
}

impl Chain {
	/// Runs something on a new chain.
	pub fn run<R>(story: impl FnOnce(&mut Self) -> R) -> R {
		let mut ext = BasicExternalities::new(BEGINNING.clone());
		ext.execute_with(|| {
			story(&mut Self {
				products: product_ids(),
				first_policy: pallet_cover::NextPolicy::<Runtime>::get(),
				incidents: vec![],
				supply: Assets::total_supply(TEST_STABLECOIN),
			})
		})
	}

	/// Assessors commit to a percentage.
	fn commit(case: CaseId, percent: u8) {
		for number in 0..ASSESSORS {
			let who = person("assessor", number);
			let commitment = Claims::commitment(case, &who, percent, SALT);
			call(&who, pallet_claims::Call::commit { case, commitment });
		}
	}

	fn poke(&self, incident: u32) {
		for (case, _) in &self.incidents[incident as usize].cases {
			call(&keeper(), pallet_claims::Call::poke { case: *case });
		}
	}
}

impl Market for Chain {
	fn go_to(&mut self, day: u32) {
		set_time(day);
		for pool in 0..POOLS.len() as u32 {
			call(&keeper(), pallet_pools::Call::settle { pool });
		}
	}

	fn books(&self, pool: u32) -> Books {
		let report = Pools::report_pool(pool).expect("it is there");
		Books {
			capital: report.capital,
			supply: report.supply,
			upr: report.upr,
			exposure: report.exposure,
			reserved: report.reserved,
			required: report.required,
			arrears: report.arrears,
			premiums: report.totals.premiums,
			losses: report.totals.losses,
			delayed: report.totals.arrears,
		}
	}

	fn exposure(&self, pool: u32, product: usize) -> Balance {
		pallet_pools::Lines::<Runtime>::get(pool, self.products[product]).map_or(0, |line| line.exposure)
	}

	fn quote(&self, product: usize, amount: Balance, days: u32) -> Option<Quote> {
		let period = Seconds::from(days) * DAY;
		let quote = Cover::report_quote(self.products[product], &USD, amount, period).ok()?;
		Some(Quote {
			amount,
			net: quote.net_premium,
			end: quote.end,
			parts: quote.parts.iter().map(|part| (part.pool, part.amount)).collect(),
		})
	}

	fn buy(&mut self, product: usize, quote: &Quote) {
		let parts = quote.parts.iter().map(|(pool, amount)| Part {
			pool: *pool,
			amount: *amount,
		});
		let buy = pallet_cover::Call::buy {
			product: self.products[product],
			asset: USD,
			order: Order {
				amount: quote.amount,
				end: quote.end,
				parts: BoundedVec::truncate_from(parts.collect()),
				max_premium: quote.net,
				deadline: Some(now()),
				broker: None,
			},
			item: Default::default(),
		};
		call(&insured(), buy);
	}

	fn deposit(&mut self, pool: u32, who: Investor, amount: Balance) {
		deposit(pool, who, amount);
	}

	fn shares(&self, pool: u32, who: Investor) -> Balance {
		let share = pallet_pools::Pools::<Runtime>::get(pool)
			.expect("it is there")
			.share;
		Assets::balance(share, investor(pool, who))
	}

	fn cash(&self, pool: u32, who: Investor) -> Balance {
		Assets::balance(TEST_STABLECOIN, investor(pool, who))
	}

	fn request(&mut self, pool: u32, who: Investor) {
		let leave = pallet_pools::Call::request_withdrawal {
			pool,
			shares: self.shares(pool, who),
			min_amount: 0,
		};
		call(&investor(pool, who), leave);
	}

	fn cancel_requests(&mut self, pool: u32, who: Investor) {
		let who = investor(pool, who);
		for queued in Pools::report_queue(pool) {
			if queued.who == who {
				let request = queued.request;
				call(&who, pallet_pools::Call::cancel_withdrawal { pool, request });
			}
		}
	}

	fn process(&mut self, pool: u32) -> bool {
		let process = attempt(
			&keeper(),
			pallet_pools::Call::process_withdrawals { pool, max: 8 },
		);
		let stands_still: DispatchError = pallet_pools::Error::<Runtime>::QueueStandsStill.into();
		assert!(process.is_ok() || process == Err(stands_still), "{process:?}");
		pallet_pools::Requests::<Runtime>::iter_key_prefix(pool)
			.next()
			.is_some()
	}

	fn distribute(&mut self, pool: u32) {
		let nothing: DispatchError = pallet_pools::Error::<Runtime>::NothingDue.into();
		let distributed = attempt(&keeper(), pallet_pools::Call::distribute { pool });
		assert!(
			distributed.is_ok() || distributed == Err(nothing),
			"{distributed:?}"
		);
		let arrears = self.books(pool).arrears;
		let amount = arrears.min(pallet_pools::Reserves::<Runtime>::get(USD));
		if amount > 0 {
			govern(pallet_pools::Call::draw_reserve { pool, amount });
		}
	}

	fn report(&mut self, product: usize, percent: u8) -> u32 {
		let (id, case) = (
			pallet_claims::NextIncident::<Runtime>::get(),
			pallet_claims::NextCase::<Runtime>::get(),
		);
		let product = self.products[product];
		let report = pallet_claims::Call::report {
			product,
			happened: happened(),
			uri: uri(),
			hash: Default::default(),
			max_bond: Balance::MAX,
		};
		call(&person("reporter", 0), report);
		Self::commit(case, percent);
		self.incidents.push(Incident {
			id,
			product,
			percent,
			cases: vec![(case, percent)],
			claims: vec![],
		});
		self.incidents.len() as u32 - 1
	}

	fn reveal(&mut self, incident: u32) {
		for (case, percent) in &self.incidents[incident as usize].cases {
			for number in 0..ASSESSORS {
				let reveal = pallet_claims::Call::reveal {
					case: *case,
					percent: *percent,
					salt: SALT,
				};
				call(&person("assessor", number), reveal);
			}
		}
	}

	fn count(&mut self, incident: u32) {
		self.poke(incident);
		for (case, _) in &self.incidents[incident as usize].cases {
			for number in 0..ASSESSORS {
				let settle = pallet_claims::Call::settle {
					case: *case,
					assessor: person("assessor", number),
				};
				call(&keeper(), settle);
			}
		}
	}

	fn accept(&mut self, incident: u32) {
		self.poke(incident);
		let Incident { id, percent, .. } = self.incidents[incident as usize];
		let state = pallet_claims::Incidents::<Runtime>::get(id).map(|incident| incident.state);
		assert!(
			matches!(state, Some(pallet_claims::IncidentState::Accepted { verdict, .. }) if verdict == percent)
		);
	}

	fn file(&mut self, incident: u32, policies: &[u32]) {
		let Incident { id, .. } = self.incidents[incident as usize];
		let mut cases = vec![];
		for policy in policies {
			let case = pallet_claims::NextCase::<Runtime>::get();
			let file = pallet_claims::Call::file {
				incident: id,
				policy: self.first_policy + policy,
				// As much as the policy insures.
				loss: LIMIT,
				uri: uri(),
				hash: Default::default(),
			};
			call(&insured(), file);
			Self::commit(case, 100);
			cases.push((case, 100));
		}
		let stored = &mut self.incidents[incident as usize];
		stored.cases = cases;
		stored.claims = policies.to_vec();
	}

	fn pay(&mut self, incident: u32) -> Vec<Paid> {
		self.poke(incident);
		let incident = &self.incidents[incident as usize];
		let paid = incident.claims.iter().map(|policy| {
			let claim = pallet_claims::Claims::<Runtime>::get(incident.id, self.first_policy + policy);
			match claim.map(|claim| claim.state) {
				Some(ClaimState::Paid { paid, arrears, .. }) => Paid {
					at_once: paid,
					arrears,
				},
				other => panic!("nothing keeps a claim from being paid: {other:?}"),
			}
		});
		paid.collect()
	}

	fn close(&mut self, incident: u32) {
		let incident = self.incidents[incident as usize].id;
		call(&keeper(), pallet_claims::Call::poke_incident { incident });
	}

	fn relist(&mut self, product: usize, again: bool) {
		let product = self.products[product];
		match again {
			true => govern(pallet_cover::Call::resume { product }),
			false => govern(pallet_cover::Call::delist { product }),
		}
	}

	fn losses(&self, incident: u32) -> Vec<(u32, Balance)> {
		let Incident { id, product, .. } = self.incidents[incident as usize];
		let mut losses: Vec<_> = pallet_pools::Losses::<Runtime>::iter_prefix(id)
			.inspect(|(_, loss)| assert_eq!(loss.product, product))
			.map(|(pool, loss)| (pool, loss.paid + loss.arrears))
			.collect();
		losses.sort_unstable();
		losses
	}

	fn recover(&mut self, incident: u32, amount: Balance) {
		let recover = pallet_claims::Call::recover {
			incident: self.incidents[incident as usize].id,
			asset: USD,
			amount,
		};
		call(&person("finder", 0), recover);
	}

	/// All arrears that were served are pulled, every invariant holds, and no dollar was made or lost.
	fn finish(&mut self) {
		for pool in 0..POOLS.len() as u32 {
			let owed: Vec<_> = pallet_pools::Debts::<Runtime>::iter_key_prefix(pool).collect();
			for policy in owed {
				call(&keeper(), pallet_cover::Call::pull_arrears { policy });
			}
		}
		check_invariants();
		let mut known = Assets::balance(TEST_STABLECOIN, TreasuryAccount::get());
		known += Assets::balance(TEST_STABLECOIN, Pools::reserve_account(&USD));
		known += Assets::balance(TEST_STABLECOIN, insured());
		known += Assets::balance(TEST_STABLECOIN, person("finder", 0));
		for pool in 0..POOLS.len() as u32 {
			known += Assets::balance(TEST_STABLECOIN, Pools::account(pool));
			known += Assets::balance(TEST_STABLECOIN, person("manager", pool));
			for who in Investor::ALL {
				known += self.cash(pool, who);
			}
		}
		let supply = Assets::total_supply(TEST_STABLECOIN);
		assert_eq!((known, supply), (supply, self.supply), "to the unit");
	}
}

/// When something happened that is reported now.
fn happened() -> Seconds {
	now() - crate::world::UNKNOWN
}
