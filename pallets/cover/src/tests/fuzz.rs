//! Random purchases, claims, changes of governance and clock jumps, with every invariant and the laws that bind the
//! pallets to each other after each of them.
//!
//! `LUTINE_FUZZ_STEPS` sets how many, `LUTINE_FUZZ_SEED` where they begin. With `--nocapture` the run ends with a table of
//! how often each call ended how.
//!
//! The world remembers each policy as its orders, awards and cancellations must have made it, reckoned here in plain
//! arithmetic, and compares that with what is stored. So no law is tested with the sums that it is about.

use super::*;
use frame_support::{
	dispatch::DispatchErrorWithPostInfo,
	storage::with_storage_layer,
	traits::{Hooks, fungible::Inspect},
	weights::Weight,
};
use lutine_primitives::insurance::{Allocation, IncidentId, Reserving};
use std::collections::{BTreeMap, BTreeSet};

/// Steps of an ordinary test run.
const STEPS: u64 = 6_000;
/// A world grows old and hard to change; each lives for so many steps. It begins with a seed of its own, one above that
/// of the world before, so that a failure can be repeated without the worlds before it.
const LIFE: u64 = 2_000;
const ASSETS: [AssetId; 2] = [USD, AssetId::Native];
/// Pools in each asset; those in [`USD`] have the first ids.
const POOLS: [u32; 2] = [4, 2];
/// Products that are there from the start.
const PRODUCTS: u32 = 4;
const BILLION: u128 = 1_000_000_000;

/// SplitMix64: one word of state, so that a seed tells everything.
struct Random(u64);

impl Random {
	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut z = self.0;
		z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		z ^ (z >> 31)
	}

	fn below(&mut self, bound: u64) -> u64 {
		self.next() % bound.max(1)
	}

	fn chance(&mut self, one_in: u64) -> bool {
		self.below(one_in) == 0
	}

	/// From nothing up to `most`, mostly small.
	fn up_to(&mut self, most: Balance) -> Balance {
		let bound = most >> self.below(16);
		u128::from(self.next()) % (bound + 1)
	}

	fn of<'a, X>(&mut self, list: &'a [X]) -> Option<&'a X> {
		(!list.is_empty()).then(|| &list[self.below(list.len() as u64) as usize])
	}

	/// Who has everything.
	fn person(&mut self) -> AccountId {
		account(2 + self.below(7) as u8)
	}

	/// Those, and two who begin with nothing.
	fn anybody(&mut self) -> AccountId {
		match self.below(12) {
			n @ 0..=1 => account(60 + n as u8),
			_ => self.person(),
		}
	}

	fn pool(&mut self) -> PoolId {
		self.below(POOLS.iter().sum::<u32>().into()) as u32
	}

	fn product(&mut self) -> ProductId {
		self.below(PRODUCTS.into()) as u32
	}
}

fn everybody() -> impl Iterator<Item = AccountId> {
	(1..=8).chain(60..=61).map(account)
}

/// The place in [`ASSETS`] of what a pool holds.
fn asset_of(pool: PoolId) -> usize {
	usize::from(pool >= POOLS[0])
}

fn pools_in(asset: usize) -> std::ops::Range<PoolId> {
	match asset {
		0 => 0..POOLS[0],
		_ => POOLS[0]..POOLS[0] + POOLS[1],
	}
}

/// What becomes of the exposure of a part.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Backing {
	/// Its pool has not come to its release.
	Scheduled,
	/// It has, while an incident kept the exposure.
	Matured,
	Released,
}

/// A policy that was bought, until its pools have released all of it.
struct Known {
	/// As it must be stored, as long as it is not closed.
	policy: PolicyOf<Test>,
	holder: AccountId,
	/// What of its awards came to a holder, or is due to one.
	received: Balance,
	/// For each allocation.
	backing: Vec<Backing>,
	closed: bool,
}

impl Known {
	fn asset(&self) -> usize {
		usize::from(self.policy.asset == AssetId::Native)
	}

	/// The end of the accounting day in which the claim window is over.
	fn release(&self) -> Seconds {
		release(&self.policy)
	}

	/// What a claim may ask for.
	fn in_force(&self, happened: Seconds, reported: Seconds) -> bool {
		let policy = &self.policy;
		!policy.cancelled
			&& policy.awarded < policy.amount
			&& policy.start <= happened
			&& happened < policy.end
			&& reported <= policy.end + policy.terms.claim_window
	}

	fn owed(&self, id: PolicyId) -> Balance {
		self.policy
			.allocations
			.iter()
			.map(|part| <Pools as Reserving<AccountId>>::arrears_of(part.pool, id))
			.sum()
	}
}

/// An incident that was accepted and is not closed.
#[derive(Clone, Copy)]
struct Incident {
	id: IncidentId,
	product: ProductId,
	percent: u32,
	happened: Seconds,
	/// From then on the product is stopped.
	reported: Seconds,
}

/// What pools and cover must have remembered.
#[derive(Default)]
struct World {
	policies: BTreeMap<PolicyId, Known>,
	/// By product and asset.
	records: BTreeMap<(ProductId, usize), Record>,
	/// Products with something undecided, and since when.
	frozen: BTreeMap<ProductId, Seconds>,
	incidents: Vec<Incident>,
	next_incident: IncidentId,
	/// Incidents that were closed.
	closed: Vec<IncidentId>,
	/// Who proposed a product, with which deposit.
	proposals: BTreeMap<ProductId, (AccountId, Balance)>,
	/// What buyers paid, and brokers got, by asset.
	gross: [Balance; 2],
	commissions: [Balance; 2],
	/// Accounts that cannot move [`USD`]; all where it is frozen.
	blocked: BTreeSet<AccountId>,
	all_blocked: bool,
	outcomes: BTreeMap<(&'static str, String), u64>,
}

/// What must have come to an account, or waits for it in a pool; what it gave is below zero.
type Flow = (usize, AccountId, i128);
/// What everybody has, waiting in pools included.
type Wealth = BTreeMap<(usize, AccountId), Balance>;

/// What a step came to: the name of the call, how it ended, and what it moved, where that is told by what the call is.
struct Outcome {
	call: &'static str,
	result: Result<(), DispatchError>,
	flows: Option<Vec<Flow>>,
}

impl Outcome {
	fn new(call: &'static str, result: Result<(), DispatchError>, flows: Vec<Flow>) -> Self {
		Self {
			call,
			result,
			flows: Some(flows),
		}
	}

	/// Was not made, for want of anything to make it on.
	fn idle(call: &'static str) -> Self {
		Self::still(call, Err(DispatchError::Other("nothing to do")))
	}

	/// Moves nothing.
	fn still(call: &'static str, result: Result<(), DispatchError>) -> Self {
		Self::new(call, result, vec![])
	}

	/// A call of the pools, which look after themselves.
	fn of_pools(call: &'static str, result: Result<(), DispatchError>) -> Self {
		Self {
			call,
			result,
			flows: None,
		}
	}
}

/// Parts of an award, by largest remainder, the first of equals first.
fn apportioned(award: Balance, amounts: &[Balance]) -> Vec<Balance> {
	let total: Balance = amounts.iter().sum();
	let mut parts: Vec<Balance> = amounts.iter().map(|amount| award * amount / total).collect();
	let mut order: Vec<usize> = (0..amounts.len()).collect();
	order.sort_by_key(|i| std::cmp::Reverse(award * amounts[*i] % total));
	let left = award - parts.iter().sum::<Balance>();
	for i in order.into_iter().take(left as usize) {
		parts[i] += 1;
	}
	parts
}

/// What an allocation's premium has yet to earn, less the fee on it, rounded up.
fn refund(part: &Allocation, end: Seconds, fee: Perbill) -> Balance {
	let unearned = (part.rate * u128::from(end - now())) >> 32;
	unearned - (unearned * u128::from(fee.deconstruct())).div_ceil(BILLION)
}

/// The end of the accounting day in which the claim window is over: in its last second it is not.
fn release(policy: &PolicyOf<Test>) -> Seconds {
	(policy.end + policy.terms.claim_window) / DAY * DAY + DAY
}

fn wealth() -> Wealth {
	let mut wealth: Wealth = everybody()
		.flat_map(|who| {
			let native = <Balances as Inspect<_>>::total_balance(&who);
			[((0, who.clone()), usd(&who)), ((1, who), native)]
		})
		.collect();
	for (pool, who, due) in pallet_pools::Dues::<Test>::iter() {
		*wealth.entry((asset_of(pool), who)).or_default() += due;
	}
	wealth
}

fn books(pool: PoolId) -> pallet_pools::PoolOf<Test> {
	pallet_pools::Pools::<Test>::get(pool).unwrap()
}

fn hook<X>(command: impl FnOnce() -> Result<X, DispatchError>) -> Result<X, DispatchError> {
	with_storage_layer(command)
}

/// Calls end with their weight or without it.
trait Ended {
	fn error(self) -> DispatchError;
}
impl Ended for DispatchError {
	fn error(self) -> DispatchError {
		self
	}
}
impl Ended for DispatchErrorWithPostInfo {
	fn error(self) -> DispatchError {
		self.error
	}
}

fn call<X>(result: Result<X, impl Ended>) -> Result<(), DispatchError> {
	result.map(|_| ()).map_err(Ended::error)
}

fn error_name(error: DispatchError) -> String {
	match error {
		DispatchError::Other(message) => message.into(),
		DispatchError::Module(module) => module.message.unwrap_or("an error of another pallet").into(),
		other => format!("{other:?}"),
	}
}

fn setting(name: &str, default: u64) -> u64 {
	std::env::var(name)
		.ok()
		.map_or(default, |value| value.parse().expect("a number"))
}

/// Tells where a run broke off, and how to come there again.
struct Place {
	seed: u64,
	step: u64,
}
impl Drop for Place {
	fn drop(&mut self) {
		if std::thread::panicking() {
			eprintln!("in step {} of LUTINE_FUZZ_SEED={}", self.step, self.seed);
		}
	}
}

impl World {
	/// Products of all sorts of periods, two of them in one risk group, and one that fails with [`USD`].
	fn new() -> Self {
		CoverParameters::set(lutine_primitives::parameters::Cover {
			min_period: DAY,
			product_deposit: 1_000,
			policy_deposit: 100,
			..Default::default()
		});
		PoolParameters::set(Default::default());
		PricingParameters::set(Default::default());
		Probability::set(FixedU128::from_rational(2, 100));
		for (group, waiting, window, min_period, max_period) in [
			(0, WAITING, CLAIM_WINDOW, 28 * DAY, 365 * DAY),
			(1, 0, 2 * DAY, DAY, 10 * DAY),
			(1, 3_600, 5 * DAY + 7, 2 * DAY, 60 * DAY),
			(USD_GROUP, 2 * DAY, DAY - 1, 3 * DAY, 30 * DAY),
		] {
			let mut proposal = proposal();
			proposal.waiting_period = Some(waiting);
			proposal.claim_window = Some(window);
			proposal.conditions.min_period = min_period;
			proposal.conditions.max_period = max_period;
			proposal.conditions.assets = ASSETS.map(wide_limits).to_vec().try_into().unwrap();
			list(proposal, group);
		}
		for (asset, id) in ASSETS.into_iter().zip([0, 1]) {
			for pool in pools_in(id) {
				let last = if id == 0 { PRODUCTS - 1 } else { PRODUCTS };
				let products: Vec<_> = (0..last).collect();
				assert_eq!(pool_with(asset.clone(), &products, 500_000 << (pool % 4)), pool);
			}
		}
		Self::default()
	}

	fn step(&mut self, random: &mut Random) -> Outcome {
		let who = random.person();
		let pool = random.pool();
		match random.below(100) {
			0..=23 => self.purchase(random, None),
			24..=28 => {
				let active = |known: &Known| known.policy.state(now()) == State::Active;
				let id = match random.chance(4) {
					true => self.open_policy(random),
					false => self.open_where(random, active),
				};
				self.purchase(random, id)
			}
			29..=32 => self.transfer(random),
			33..=35 => self.cancel(random),
			36..=41 => self.close(random),
			42..=43 => self.pull(random),
			44..=47 => Outcome::of_pools("settle", call(Pools::settle(signed(who), pool))),
			48..=49 => {
				let amount = match random.chance(3) {
					true => 700_000,
					false => random.up_to(500_000),
				};
				Outcome::of_pools(
					"deposit",
					call(Pools::deposit(signed(who), pool, amount, 0, None)),
				)
			}
			50..=52 => self.withdrawal(random, who, pool),
			53..=63 => self.time(random),
			64..=68 => self.register(random, who),
			69 if random.chance(3) => self.freeze(random),
			69 => self.ruin(random),
			70..=71 => self.thaw(random),
			72 => self.accept(random),
			73 if random.chance(3) => self.report_late(random),
			73..=74 => self.close_incident(random),
			75..=87 => self.pay(random),
			88..=90 => self.claim(random),
			91..=92 => self.block(random),
			93 => {
				// Whatever is sent to an account unasked must change nothing.
				let amount = u128::from(random.below(1_000)) + 1;
				let asset = asset_of(pool);
				let to = match random.chance(4) {
					true => Cover::account(),
					false => Pools::account(pool),
				};
				let result = match asset {
					0 => call(Assets::transfer(signed(who.clone()), 1, to, amount)),
					_ => call(Balances::transfer_allow_death(signed(who.clone()), to, amount)),
				};
				Outcome::new("donate", result, vec![(asset, who, -(amount as i128))])
			}
			94 => {
				govern(|cover| {
					cover.cancellation_fee = Perbill::from_percent(random.below(51) as u32);
					cover.policy_deposit = random.below(1_000).into();
					cover.product_deposit = random.below(1_000).into();
					cover.max_commission = Perbill::from_percent(random.below(51) as u32);
				});
				PricingParameters::mutate(|p| p.rho = Perbill::from_percent(random.below(40) as u32));
				Probability::set(FixedU128::from_rational(1 + u128::from(random.below(30)), 100));
				Outcome::still("govern", Ok(()))
			}
			_ => self.debts(random, who, pool),
		}
	}

	// ------------------------------------------------------------------------------------------ What is known

	fn is_stopped(&self, product: ProductId) -> bool {
		self.frozen.contains_key(&product) || self.incidents.iter().any(|open| open.product == product)
	}

	fn can_move(&self, asset: usize, who: &AccountId) -> bool {
		asset == 1 || !(self.all_blocked || self.blocked.contains(who))
	}

	/// A policy that is not closed.
	fn open_policy(&self, random: &mut Random) -> Option<PolicyId> {
		self.open_where(random, |_| true)
	}

	fn open_where(&self, random: &mut Random, fits: impl Fn(&Known) -> bool) -> Option<PolicyId> {
		let ids: Vec<_> = self
			.policies
			.iter()
			.filter(|(_, known)| !known.closed && fits(known))
			.map(|(id, _)| *id)
			.collect();
		random.of(&ids).copied()
	}

	fn record(&mut self, known: (ProductId, usize)) -> &mut Record {
		self.records.entry(known).or_default()
	}

	// ------------------------------------------------------------------------------------------ Policies

	/// Buys, or renews a policy: quoted or split at random, and now and then with a fault that must be refused.
	fn purchase(&mut self, random: &mut Random, renews: Option<PolicyId>) -> Outcome {
		let name = if renews.is_some() { "renew" } else { "buy" };
		let (mut who, mut id, mut asset) = (random.person(), random.product(), 0);
		let is_sold = |id: &ProductId| product(*id).status == Status::Listed && !self.is_stopped(*id);
		let sold: Vec<_> = (0..PRODUCTS).filter(is_sold).collect();
		if let (Some(one), false) = (random.of(&sold), random.chance(8)) {
			id = *one;
		}
		// No pool in what fails with a product has a line on it.
		if random.chance(4) || (id == PRODUCTS - 1 && !random.chance(8)) {
			asset = 1;
		}
		let mut renewable = true;
		let mut most = 5_000_000;
		if let Some(old) = renews.map(|old| &self.policies[&old]) {
			(who, id, asset) = (old.holder.clone(), old.policy.product, old.asset());
			let left = old.policy.left().checked_sub(old.policy.renewed);
			renewable = old.policy.state(now()) == State::Active && left > Some(0);
			most = left.unwrap_or(0).max(1);
		}
		let product = product(id);
		let conditions = &product.conditions;
		let (shortest, longest) = (conditions.min_period, conditions.max_period);
		let period = match random.below(8) {
			0 => shortest,
			1 => longest,
			_ => shortest + random.below(longest - shortest + 1) / (1 + random.below(8)),
		};
		// As a quote tells it.
		let end = (now() + period).div_ceil(DAY) * DAY;
		let mut amount = match random.below(12) {
			0..=3 => most,
			4 => 1,
			_ => random.up_to(most).max(1),
		};
		let quoted = |amount| Cover::report_quote(id, &ASSETS[asset], amount, period);
		let mut quote = quoted(amount);
		// Full books are where losses hurt.
		while quote.is_err() && amount > 1_000 && product.status == Status::Listed {
			amount /= 2;
			quote = quoted(amount);
		}
		let is_quoted = quote.is_ok() && random.chance(2);
		let parts = match &quote {
			Ok(quote) if is_quoted => quote.parts.iter().map(|part| (part.pool, part.amount)).collect(),
			_ => some_parts(random, asset, amount),
		};
		let mut order = super::split(&parts);
		order.end = end;
		let max_commission = CoverParameters::get().max_commission.deconstruct();
		let commission = match random.below(4) {
			0 => max_commission,
			_ => random.up_to(max_commission.into()) as u32,
		};
		order.broker = random.chance(3).then(|| Broker {
			account: random.anybody(),
			commission,
		});
		if let (true, Ok(quote)) = (is_quoted, &quote) {
			let commission = order.broker.as_ref().map_or(0, |broker| broker.commission);
			order.max_premium = quote.net_premium + commission_on(quote.net_premium, commission);
			order.deadline = random.chance(3).then(now);
		}
		let is_faulty = random.chance(6);
		if is_faulty {
			spoil(random, &mut order, asset, conditions);
			if renews.is_some() && random.chance(4) {
				who = random.anybody();
			}
		}

		System::reset_events();
		let next = NextPolicy::<Test>::get();
		let item = Item::try_from(vec![random.below(3) as u8]).unwrap();
		let (result, item, follows) = match renews {
			Some(old) => (
				Cover::renew(signed(who.clone()), old, order.clone()),
				self.policies[&old].policy.item.clone(),
				Some(self.policies[&old].policy.end),
			),
			None => (
				Cover::buy(
					signed(who.clone()),
					id,
					ASSETS[asset].clone(),
					order.clone(),
					item.clone(),
				),
				item,
				None,
			),
		};
		if result.is_err() {
			let can_pay = self.can_move(asset, &who)
				&& parts
					.iter()
					.all(|(pool, _)| self.can_move(asset, &Pools::account(*pool)));
			assert!(
				!(is_quoted
					&& !is_faulty && renewable
					&& can_pay && everybody().take(8).any(|rich| rich == who)),
				"what was quoted is refused: {result:?}"
			);
			return Outcome::still(name, result);
		}
		assert!(!is_faulty && renewable, "an order was filled that is faulty");
		assert!(
			product.status == Status::Listed && !self.is_stopped(id),
			"a product was sold that is not for sale"
		);
		let limits = product.limits(&ASSETS[asset]).unwrap();
		assert!((limits.min..=limits.max).contains(&amount) && (shortest..=longest).contains(&period));
		assert!(pallet_pools::ProductExposures::<Test>::get(id, &ASSETS[asset]) <= limits.total);

		let written: Vec<(PoolId, Balance, Balance)> = pool_events()
			.into_iter()
			.filter_map(|event| match event {
				pallet_pools::Event::Written {
					pool,
					product,
					amount,
					premium,
					end: until,
				} => {
					assert_eq!((product, until), (id, end));
					Some((pool, amount, premium))
				}
				_ => None,
			})
			.collect();
		let net: Balance = written.iter().map(|(.., premium)| premium).sum();
		let commission = order
			.broker
			.as_ref()
			.map_or(0, |broker| commission_on(net, broker.commission));
		assert_eq!(
			parts,
			written
				.iter()
				.map(|(pool, amount, _)| (*pool, *amount))
				.collect::<Vec<_>>()
		);
		assert!(net + commission <= order.max_premium && net > 0);
		match &quote {
			Ok(quote) if is_quoted => assert_eq!(quote.net_premium, net, "a quote is not the price"),
			// No other split costs less by more than a unit for each part.
			Ok(quote) => assert!(quote.net_premium <= net + quote.parts.len() as u128),
			Err(_) => {}
		}
		let waited = now() + product.waiting_period;
		let policy = Policy {
			product: id,
			asset: ASSETS[asset].clone(),
			amount,
			awarded: 0,
			renewed: 0,
			net_premium: net,
			commission,
			broker: order.broker.as_ref().map(|broker| broker.account.clone()),
			bought: now(),
			start: follows.map_or(waited, |end| end.min(waited)),
			end,
			allocations: written
				.iter()
				.map(|(pool, amount, premium)| Allocation {
					pool: *pool,
					amount: *amount,
					rate: (premium << 32) / u128::from(end - now()),
				})
				.collect::<Vec<_>>()
				.try_into()
				.unwrap(),
			terms: Terms {
				claim_window: product.claim_window,
				deductible: (amount * u128::from(conditions.deductible)).div_ceil(BILLION),
				optimistic_limit: limits.optimistic,
				cancellation_fee: CoverParameters::get().cancellation_fee,
			},
			item,
			buyer: who.clone(),
			deposit: CoverParameters::get().policy_deposit,
			claim_open: false,
			cancelled: false,
		};
		let mut expected = vec![Event::Bought {
			policy: next,
			product: id,
			holder: who.clone(),
			asset: ASSETS[asset].clone(),
			amount,
			net_premium: net,
			commission,
			start: policy.start,
			end,
		}];
		if let Some(old) = renews {
			self.policies.get_mut(&old).unwrap().policy.renewed += amount;
			expected.push(Event::Renewed {
				policy: old,
				by: next,
			});
		}
		assert_eq!(cover_events(), expected);
		let record = self.record((id, asset));
		record.sold += 1;
		record.open += 1;
		record.insured += amount;
		record.net_premiums += net;
		record.commissions += commission;
		let mut flows = vec![(asset, who.clone(), -((net + commission) as i128))];
		if let Some(broker) = order.broker {
			flows.push((asset, broker.account, commission as i128));
		}
		self.gross[asset] += net + commission;
		self.commissions[asset] += commission;
		self.policies.insert(
			next,
			Known {
				backing: vec![Backing::Scheduled; policy.allocations.len()],
				policy,
				holder: who,
				received: 0,
				closed: false,
			},
		);
		Outcome::new(name, result, flows)
	}

	fn transfer(&mut self, random: &mut Random) -> Outcome {
		let (name, to) = ("transfer", random.anybody());
		let Some(id) = self.open_policy(random) else {
			return Outcome::idle(name);
		};
		let known = self.policies.get_mut(&id).unwrap();
		let from = match random.chance(10) {
			true => random.anybody(),
			false => known.holder.clone(),
		};
		let result = call(Nfts::transfer(signed(from.clone()), CERTIFICATES, id, to.clone()));
		assert_eq!(
			result.is_ok(),
			from == known.holder,
			"a certificate moves by its holder's will"
		);
		if result.is_ok() {
			known.holder = to;
		}
		Outcome::still(name, result)
	}

	fn cancel(&mut self, random: &mut Random) -> Outcome {
		let name = "cancel";
		let active = |known: &Known| known.policy.state(now()) == State::Active;
		let id = match random.chance(4) {
			true => self.open_policy(random),
			false => self.open_where(random, active),
		};
		let Some(id) = id else {
			return Outcome::still(
				name,
				call(Cover::cancel(signed(random.person()), NextPolicy::<Test>::get())),
			);
		};
		let who = match random.chance(10) {
			true => random.anybody(),
			false => self.policies[&id].holder.clone(),
		};
		let report = Cover::report_policy(id).unwrap();
		// A pool whose capital is below the risk capital of what is not reserved takes no fee.
		let waives = |pool| {
			let report = Pools::report_pool(pool).unwrap();
			report.capital < report.scr
		};
		let waived: Vec<bool> = report
			.policy
			.allocations
			.iter()
			.map(|part| waives(part.pool))
			.collect();
		System::reset_events();
		let result = Cover::cancel(signed(who.clone()), id);
		let stopped = self.is_stopped(self.policies[&id].policy.product);
		let known = self.policies.get_mut(&id).unwrap();
		let may = active(known) && known.holder == who && !known.policy.claim_open && !stopped;
		let Ok(()) = result else {
			assert!(
				!may || result == Err(PoolsError::PoolNotSettled.into()),
				"who may cancel cannot: {result:?}"
			);
			return Outcome::still(name, result);
		};
		assert!(may, "a policy was cancelled that may not be");
		let (asset, policy) = (known.asset(), &mut known.policy);
		let mut sum = 0;
		for (part, waived) in policy.allocations.iter_mut().zip(waived) {
			let fee = if waived {
				Perbill::zero()
			} else {
				policy.terms.cancellation_fee
			};
			sum += refund(part, policy.end, fee);
			(part.amount, part.rate) = (0, 0);
		}
		assert_eq!(report.refund, Some(sum));
		assert!(sum <= policy.net_premium);
		policy.cancelled = true;
		let mut expected = vec![Event::Cancelled {
			policy: id,
			holder: who.clone(),
			refund: sum,
		}];
		// A policy without awards is closed with it.
		known.closed = policy.awarded == 0;
		if known.closed {
			expected.push(Event::Closed { policy: id });
		}
		let (key, closed) = ((policy.product, asset), known.closed);
		assert_eq!(cover_events(), expected);
		let record = self.record(key);
		record.refunds += sum;
		record.open -= u64::from(closed);
		Outcome::new(name, result, vec![(asset, who, sum as i128)])
	}

	/// Whether nothing can be claimed under a policy any more.
	fn is_over(&self, known: &Known) -> bool {
		let policy = &known.policy;
		let is_late = now() > policy.end + policy.terms.claim_window && !self.is_stopped(policy.product);
		!policy.claim_open && (policy.cancelled || policy.awarded == policy.amount || is_late)
	}

	fn close(&mut self, random: &mut Random) -> Outcome {
		let name = "close";
		let id = match random.chance(8) {
			true => self.open_policy(random),
			false => self.open_where(random, |known| self.is_over(known)),
		};
		let Some(id) = id else {
			return Outcome::still(name, close(signed(random.person()), NextPolicy::<Test>::get()));
		};
		let is_over = self.is_over(&self.policies[&id]);
		let owed = self.policies[&id].owed(id);
		System::reset_events();
		let result = close(signed(random.anybody()), id);
		let known = self.policies.get_mut(&id).unwrap();
		let Ok(()) = result else {
			assert!(
				!is_over || (owed > 0 && result == Err(Error::ArrearsLeft.into())),
				"what is over cannot be closed: {result:?}"
			);
			return Outcome::still(name, result);
		};
		assert!(is_over, "a policy was closed that is not over");
		assert_eq!(known.owed(id), 0);
		known.received += owed;
		assert_eq!(known.received, known.policy.awarded, "an award is lost");
		known.closed = true;
		assert_eq!(cover_events(), [Event::Closed { policy: id }]);
		let (asset, key) = (known.asset(), known.policy.product);
		let flows = vec![(asset, known.holder.clone(), owed as i128)];
		self.record((key, asset)).open -= 1;
		Outcome::new(name, result, flows)
	}

	fn pull(&mut self, random: &mut Random) -> Outcome {
		let name = "pull_arrears";
		let debts: Vec<PolicyId> = pallet_pools::Debts::<Test>::iter_keys()
			.map(|(_, id)| id)
			.collect();
		let id = match random.of(&debts) {
			Some(id) if !random.chance(8) => Some(*id),
			_ => self.open_policy(random),
		};
		let Some(id) = id else {
			let unknown = NextPolicy::<Test>::get();
			return Outcome::still(name, Cover::pull_arrears(signed(random.person()), unknown));
		};
		let known = self.policies.get_mut(&id).unwrap();
		let before = known.owed(id);
		let result = Cover::pull_arrears(signed(random.anybody()), id);
		assert_eq!(result, Ok(()), "arrears cannot be pulled");
		let pulled = before - known.owed(id);
		known.received += pulled;
		Outcome::new(
			name,
			result,
			vec![(known.asset(), known.holder.clone(), pulled as i128)],
		)
	}

	// ------------------------------------------------------------------------------------------ Claims

	fn freeze(&mut self, random: &mut Random) -> Outcome {
		let id = random.product();
		if !self.frozen.is_empty() && random.chance(2) {
			return Outcome::idle("freeze");
		}
		let result = hook(|| <Cover as Coverage<AccountId>>::freeze(id));
		assert_eq!(result, Ok(()));
		self.frozen.entry(id).or_insert(now());
		Outcome::still("freeze", result)
	}

	fn thaw(&mut self, random: &mut Random) -> Outcome {
		let frozen: Vec<_> = self.frozen.keys().copied().collect();
		let id = random.product();
		let id = random.of(&frozen).copied().unwrap_or(id);
		let result = hook(|| <Cover as Coverage<AccountId>>::thaw(id));
		assert_eq!(result, Ok(()));
		self.frozen.remove(&id);
		Outcome::still("thaw", result)
	}

	fn accept(&mut self, random: &mut Random) -> Outcome {
		let name = "accept";
		let frozen: Vec<_> = self.frozen.keys().copied().collect();
		let id = match random.of(&frozen) {
			Some(id) => *id,
			None if self.incidents.len() < 3 => match self.open_policy(random) {
				Some(hit) if !random.chance(4) => self.policies[&hit].policy.product,
				_ => random.product(),
			},
			None => return Outcome::idle(name),
		};
		if let (true, Some(known)) = (random.chance(20), random.of(&self.closed).copied()) {
			let result = hook(|| {
				<Cover as Coverage<AccountId>>::accept(
					known,
					id,
					Perbill::from_percent(random.below(101) as u32),
				)
			});
			assert!(result.is_err(), "an incident is accepted twice");
			return Outcome::still(name, result);
		}
		let reported = self.frozen.get(&id).copied().unwrap_or_else(now);
		let may_be_hit = |known: &Known| known.policy.product == id && known.policy.start <= reported;
		let happened = match self.open_where(random, may_be_hit) {
			Some(policy) if !random.chance(4) => {
				let policy = &self.policies[&policy].policy;
				let edges = [policy.start, policy.end - 1, policy.end, reported];
				(*random.of(&edges).unwrap()).min(reported)
			}
			_ => reported - random.below(4 * DAY),
		};
		self.accept_one(random, id, happened, reported)
	}

	fn accept_one(
		&mut self,
		random: &mut Random,
		id: ProductId,
		happened: Seconds,
		reported: Seconds,
	) -> Outcome {
		let percent = match random.chance(2) {
			true => 100,
			false => random.below(101) as u32,
		};
		let incident = Incident {
			id: self.next_incident,
			product: id,
			percent,
			happened,
			reported,
		};
		let was_listed = product(id).status == Status::Listed;
		System::reset_events();
		let result =
			hook(|| <Cover as Coverage<AccountId>>::accept(incident.id, id, Perbill::from_percent(percent)));
		assert_eq!(result, Ok(()), "an incident cannot be accepted");
		assert_eq!(
			cover_events().contains(&Event::Paused { product: id }),
			was_listed
		);
		self.next_incident += 1;
		self.incidents.push(incident);
		if !random.chance(4) {
			assert_eq!(hook(|| <Cover as Coverage<AccountId>>::thaw(id)), Ok(()));
			self.frozen.remove(&id);
		}
		Outcome::still("accept", result)
	}

	fn close_incident(&mut self, random: &mut Random) -> Outcome {
		let name = "close incident";
		let Some(incident) = random.of(&self.incidents).copied() else {
			return Outcome::idle(name);
		};
		if random.chance(6) {
			let unknown = self.closed.last().copied().unwrap_or(IncidentId::MAX);
			let result = hook(|| <Cover as Coverage<AccountId>>::close(unknown, incident.product));
			assert!(result.is_err(), "an incident was closed that is not open");
			return Outcome::still(name, result);
		}
		let result = hook(|| <Cover as Coverage<AccountId>>::close(incident.id, incident.product));
		assert_eq!(result, Ok(()), "an incident cannot be closed");
		self.incidents.retain(|other| other.id != incident.id);
		self.closed.push(incident.id);
		if random.chance(2) {
			let resumed = Cover::resume(RuntimeOrigin::root(), incident.product);
			assert!(!self.is_stopped(incident.product) || resumed.is_err());
		}
		Outcome::still(name, result)
	}

	/// Pays under an incident, as claims would, what was in force.
	fn pay(&mut self, random: &mut Random) -> Outcome {
		let name = "pay";
		let Some(incident) = random.of(&self.incidents).copied() else {
			return match random.chance(6) {
				true => self.accept(random),
				false => Outcome::idle(name),
			};
		};
		let Incident {
			happened, reported, ..
		} = incident;
		let hit =
			|known: &Known| known.policy.product == incident.product && known.in_force(happened, reported);
		let id = match random.chance(6) {
			true => self.open_policy(random),
			false => self.open_where(random, hit),
		};
		let Some(id) = id else {
			return match random.chance(3) {
				true => self.close_incident(random),
				false => Outcome::idle(name),
			};
		};
		let known = self.policies.get_mut(&id).unwrap();
		let found = <Cover as Coverage<AccountId>>::in_force(id, incident.product, happened, reported);
		assert_eq!(
			found.is_ok(),
			hit(known),
			"in force is what the policy says: {found:?}"
		);
		let found = match found {
			Ok(found) => found,
			Err(error) => return Outcome::still("in_force", Err(error)),
		};
		let left = known.policy.left();
		assert_eq!((&found.holder, found.amount), (&known.holder, left));
		assert_eq!(found.asset, known.policy.asset);

		let most = left * u128::from(incident.percent) / 100;
		let award = match random.below(16) {
			0..=5 => left,
			6..=9 => most,
			10 => 1,
			11 => left + 1,
			_ => random.up_to(most),
		};
		let under = if random.chance(20) {
			IncidentId::MAX
		} else {
			incident.id
		};
		let (owed, open) = (known.owed(id), self.incidents.iter().any(|open| open.id == under));
		System::reset_events();
		let result = hook(|| <Cover as Coverage<AccountId>>::pay(under, id, award));
		let payment = match result {
			Ok(payment) => payment,
			Err(error) => {
				assert!(award > left || !open, "who was insured is not paid: {error:?}");
				return Outcome::still(name, Err(error));
			}
		};
		assert!(award <= left && (open || award == 0), "more was paid than may be");
		assert_eq!(payment.paid + payment.arrears, award);
		assert_eq!(
			cover_events(),
			[Event::Awarded {
				policy: id,
				holder: known.holder.clone(),
				paid: payment.paid,
				arrears: payment.arrears
			}]
		);
		let policy = &mut known.policy;
		let amounts: Vec<_> = policy.allocations.iter().map(|part| part.amount).collect();
		for (part, award) in policy.allocations.iter_mut().zip(apportioned(award, &amounts)) {
			let left = part.amount - award;
			part.rate = (part.rate * left).checked_div(part.amount).unwrap_or(0);
			part.amount = left;
		}
		policy.awarded += award;
		let arrived = payment.paid + (owed + payment.arrears - known.owed(id));
		known.received += arrived;
		let (asset, product) = (known.asset(), known.policy.product);
		let flows = vec![(asset, known.holder.clone(), arrived as i128)];
		self.record((product, asset)).awards += award;
		Outcome::new(name, Ok(()), flows)
	}

	fn claim(&mut self, random: &mut Random) -> Outcome {
		let (name, opens) = match random.chance(3) {
			true => ("open_claim", true),
			false => ("settle_claim", false),
		};
		let id = match opens || random.chance(4) {
			true => self.open_policy(random),
			false => self.open_where(random, |known| known.policy.claim_open),
		};
		let Some(id) = id else {
			return Outcome::idle(name);
		};
		let policy = &mut self.policies.get_mut(&id).unwrap().policy;
		let may = match opens {
			true => !policy.claim_open && !policy.cancelled,
			false => policy.claim_open,
		};
		let result = hook(|| match opens {
			true => <Cover as Coverage<AccountId>>::open_claim(id),
			false => <Cover as Coverage<AccountId>>::settle_claim(id),
		});
		assert_eq!(result.is_ok(), may);
		if may {
			policy.claim_open = opens;
		}
		Outcome::still(name, result)
	}

	// ------------------------------------------------------------------------------------------ The world around

	/// What all but one thing insured have in common fails now: more than pools must hold capital for.
	fn ruin(&mut self, random: &mut Random) -> Outcome {
		let name = "ruin";
		if !self.incidents.is_empty() {
			return Outcome::idle(name);
		}
		let spared = random.product();
		for id in (0..PRODUCTS).filter(|id| *id != spared) {
			self.accept_one(random, id, now(), now());
		}
		Outcome::still(name, Ok(()))
	}

	/// An incident of the last second of cover is reported in the last second of the claim window, after somebody who
	/// would rather not see it paid has settled the pools.
	fn report_late(&mut self, random: &mut Random) -> Outcome {
		let name = "report in the last second";
		let in_time = |known: &Known| {
			let last = known.policy.last_report();
			(now()..now() + 7 * DAY).contains(&last) && known.policy.state(now()) != State::Cancelled
		};
		let Some(id) = self.open_where(random, in_time) else {
			return Outcome::idle(name);
		};
		let policy = self.policies[&id].policy.clone();
		set_time(policy.last_report());
		for part in &policy.allocations {
			settle(part.pool);
		}
		self.mature();
		self.frozen.entry(policy.product).or_insert(now());
		assert_eq!(
			hook(|| <Cover as Coverage<AccountId>>::freeze(policy.product)),
			Ok(())
		);
		let outcome = self.accept_one(random, policy.product, policy.end - 1, now());
		Outcome {
			call: name,
			..outcome
		}
	}

	fn time(&mut self, random: &mut Random) -> Outcome {
		let target = match random.below(16) {
			0 => now(),
			1..=6 => now() + random.below(7_200),
			7..=8 => now() + random.below(DAY),
			9 => now() + DAY - now() % DAY,
			// To what begins or ends next, or a second beside it.
			10..=14 => {
				let mut edges: Vec<Seconds> = self
					.policies
					.values()
					.flat_map(|known| {
						let policy = &known.policy;
						[policy.start, policy.end, policy.last_report(), known.release()]
					})
					.filter(|edge| *edge >= now())
					.collect();
				edges.sort_unstable();
				edges.truncate(4);
				random.of(&edges).map_or(now(), |edge| *edge) - 1 + random.below(3)
			}
			_ if random.chance(4) => now() + random.below(45 * DAY),
			_ => now() + random.below(5 * DAY),
		};
		if target > now() && target < now() + 50 * DAY {
			set_time(target);
		}
		if random.chance(3) {
			let weight = Weight::from_parts(random.below(40_000_000_000), u64::MAX);
			let used = <Pools as Hooks<u64>>::on_idle(1, weight);
			assert!(used.all_lte(weight), "on_idle takes more than it was given");
			// It pays who waits to leave.
			return Outcome::of_pools("time", Ok(()));
		}
		Outcome::still("time", Ok(()))
	}

	fn register(&mut self, random: &mut Random, who: AccountId) -> Outcome {
		let root = RuntimeOrigin::root;
		let paused: Vec<_> = (0..PRODUCTS)
			.filter(|id| product(*id).status == Status::Paused)
			.collect();
		let id = match random.of(&paused).copied() {
			Some(id) if random.chance(2) => id,
			_ => random.product(),
		};
		match random.below(10) {
			0..=2 => {
				let mut conditions = product(id).conditions;
				let mut assets = vec![];
				for asset in ASSETS {
					let mut limits = wide_limits(asset);
					limits.total >>= random.below(4);
					limits.max = limits.max.min(limits.total) >> random.below(3);
					limits.min = random.up_to(1_000).max(1).min(limits.max);
					limits.optimistic = random.up_to(limits.max);
					if !random.chance(10) {
						assets.push(limits);
					}
				}
				conditions.assets = assets.try_into().unwrap();
				conditions.deductible = random.below(200_000_000) as u32;
				conditions.max_period += random.below(3) * DAY;
				conditions.max_period = conditions.max_period.min(365 * DAY);
				Outcome::still("amend", Cover::amend(root(), id, conditions))
			}
			3 if random.chance(3) => Outcome::still("pause", Cover::pause(root(), id)),
			3..=7 => {
				let before = product(id);
				let result = Cover::resume(root(), id);
				let may = before.status == Status::Paused && !self.is_stopped(id);
				assert_eq!(result.is_ok(), may, "{result:?}");
				Outcome::still("resume", result)
			}
			8 => {
				let sold = (0..PRODUCTS).filter(|id| product(*id).status != Status::Delisted);
				match sold.count() > 3 && random.chance(12) {
					true => Outcome::still("delist", Cover::delist(root(), id)),
					false => Outcome::idle("delist"),
				}
			}
			_ => self.propose(random, who),
		}
	}

	/// Products that are never sold: only their deposits matter.
	fn propose(&mut self, random: &mut Random, who: AccountId) -> Outcome {
		let root = RuntimeOrigin::root;
		let proposed: Vec<_> = self.proposals.keys().copied().collect();
		let id = random.of(&proposed).copied().unwrap_or(99);
		let (name, result) = match random.below(5) {
			0..=1 => {
				let id = NextProduct::<Test>::get();
				let deposit = CoverParameters::get().product_deposit;
				let result = Cover::propose(signed(who.clone()), proposal());
				assert_eq!(result, Ok(()));
				self.proposals.insert(id, (who, deposit));
				return Outcome::still("propose", result);
			}
			2 => {
				let proposer = self.proposals.get(&id).map(|(proposer, _)| proposer.clone());
				let who = if random.chance(3) {
					who
				} else {
					proposer.unwrap_or(who)
				};
				("withdraw_proposal", Cover::withdraw_proposal(signed(who), id))
			}
			3 => ("list", Cover::list(root(), id, random.below(4) as u32)),
			_ => ("refuse", Cover::delist(root(), id)),
		};
		if result.is_ok() {
			self.proposals.remove(&id);
		}
		Outcome::still(name, result)
	}

	fn withdrawal(&self, random: &mut Random, who: AccountId, pool: PoolId) -> Outcome {
		match random.below(4) {
			0..=1 => {
				let all = Assets::balance(books(pool).share, &who);
				let part = all / (1 + u128::from(random.below(4)));
				Outcome::of_pools(
					"request_withdrawal",
					call(Pools::request_withdrawal(signed(who), pool, part, 0)),
				)
			}
			2 => Outcome::of_pools(
				"process_withdrawals",
				call(Pools::process_withdrawals(signed(who), pool, 8)),
			),
			_ => {
				let request = pallet_pools::Requests::<Test>::iter().next();
				let (pool, index, who) = request.map_or((pool, 0, who), |(pool, index, request)| {
					(pool, index, request.who)
				});
				let result = call(Pools::withdraw_marked_down(signed(who), pool, index));
				Outcome::of_pools("withdraw_marked_down", result)
			}
		}
	}

	/// What is owed: to creditors, to those who could not receive, and to whoever has a cut.
	fn debts(&mut self, random: &mut Random, who: AccountId, pool: PoolId) -> Outcome {
		let indebted: Vec<_> = pallet_pools::Pools::<Test>::iter()
			.filter(|(_, books)| books.arrears.outstanding > 0)
			.map(|(pool, _)| pool)
			.collect();
		match random.below(5) {
			0 => Outcome::of_pools("distribute", call(Pools::distribute(signed(who), pool))),
			1 => {
				let due = pallet_pools::Dues::<Test>::iter_keys().next();
				let (pool, who) = due.unwrap_or((pool, who));
				// From what waits to what they have.
				Outcome::still("collect_due", Pools::collect_due(signed(ALICE), pool, who))
			}
			2..=3 => {
				let pool = random.of(&indebted).copied().unwrap_or(pool);
				let amount = random.up_to(4_000_000);
				let before = books(pool).arrears;
				Outcome::of_pools("pay_arrears", {
					let result = call(Pools::pay_arrears(signed(who), pool, amount));
					assert!(books(pool).arrears.outstanding <= before.outstanding);
					result
				})
			}
			_ => {
				let open = self.incidents.iter().map(|incident| incident.id);
				let all: Vec<_> = open.chain(self.closed.iter().copied()).collect();
				let Some(incident) = random.of(&all).copied() else {
					return Outcome::idle("recover");
				};
				let asset = asset_of(pool);
				let amount = random.up_to(1_000_000);
				let result =
					hook(|| <Pools as Reserving<AccountId>>::recover(&who, incident, &ASSETS[asset], amount));
				Outcome::new("recover", result, vec![(asset, who, -(amount as i128))])
			}
		}
	}

	/// An asset's owner may keep accounts from receiving and sending; everybody else goes on.
	fn block(&mut self, random: &mut Random) -> Outcome {
		let manager = || signed(MANAGER);
		if random.chance(8) {
			let result = match self.all_blocked {
				true => Assets::thaw_asset(manager(), 1),
				false if random.chance(2) => Assets::freeze_asset(manager(), 1),
				false => return Outcome::idle("freeze asset"),
			};
			assert_eq!(result, Ok(()));
			self.all_blocked = !self.all_blocked;
			return Outcome::still("freeze asset", result);
		}
		if self.all_blocked || self.blocked.len() > 3 || random.chance(2) {
			if self.all_blocked {
				assert_eq!(Assets::thaw_asset(manager(), 1), Ok(()));
				self.all_blocked = false;
			}
			let blocked: Vec<_> = self.blocked.iter().cloned().collect();
			if let Some(who) = random.of(&blocked) {
				assert_eq!(Assets::thaw(manager(), 1, who.clone()), Ok(()));
				self.blocked.remove(who);
			}
			return Outcome::still("thaw account", Ok(()));
		}
		let who = match random.chance(8) {
			true => Pools::account(random.below(POOLS[0].into()) as u32),
			false => random.anybody(),
		};
		let result = Assets::block(manager(), 1, who.clone());
		if result.is_ok() {
			self.blocked.insert(who);
		}
		Outcome::still("block account", result)
	}

	// ------------------------------------------------------------------------------------------ The laws

	/// Exposure is released with the day in which the claim window is over; while an incident stops the product it waits.
	fn mature(&mut self) {
		let settled: Vec<Seconds> = (0..POOLS.iter().sum())
			.map(|pool| books(pool).settled_at)
			.collect();
		let stopped: Vec<bool> = (0..PRODUCTS).map(|product| self.is_stopped(product)).collect();
		for known in self.policies.values_mut() {
			let release = known.release();
			let is_stopped = stopped[known.policy.product as usize];
			for (part, backing) in known.policy.allocations.iter().zip(&mut known.backing) {
				*backing = match *backing {
					// Nothing is settled by what stops a product or lets it go on: a pool that came to the release in
					// this step found the product as it is now.
					Backing::Scheduled if settled[part.pool as usize] < release => Backing::Scheduled,
					Backing::Scheduled | Backing::Matured if is_stopped => Backing::Matured,
					_ => Backing::Released,
				};
			}
		}
		let is_needed = |known: &Known| {
			!known.closed || known.backing.iter().any(|backing| *backing != Backing::Released)
		};
		self.policies.retain(|_, known| is_needed(known));
	}

	fn check(&self, issuance: [Balance; 3]) {
		Pools::do_try_state().unwrap();
		Cover::do_try_state().unwrap();
		self.check_policies();
		self.check_exposure();
		self.check_money();
		self.check_holds();
		let usd: Balance = pallet_assets::Account::<Test>::iter_keys()
			.filter(|(asset, _)| *asset == 1)
			.map(|(_, who)| usd(&who))
			.sum();
		let native: Balance = frame_system::Account::<Test>::iter_values()
			.map(|account| account.data.free + account.data.reserved)
			.sum();
		assert_eq!(
			[usd, native, Balances::total_issuance()],
			[issuance[0], issuance[1], issuance[1]],
			"units were made or lost"
		);
		assert_eq!(
			[Assets::total_supply(1), Assets::total_supply(2)],
			[issuance[0], issuance[2]]
		);
	}

	/// What is stored is what orders, awards and cancellations have made it.
	fn check_policies(&self) {
		let open: BTreeMap<_, _> = self.policies.iter().filter(|(_, known)| !known.closed).collect();
		let stored: BTreeMap<PolicyId, PolicyOf<Test>> = Policies::<Test>::iter().collect();
		assert!(
			stored.keys().eq(open.keys().copied()),
			"policies are others than were bought"
		);
		for (id, known) in open {
			assert_eq!(
				stored[id], known.policy,
				"policy {id} is another than was made of it"
			);
			assert_eq!(Cover::holder(*id).as_ref(), Some(&known.holder));
			let policy = &known.policy;
			assert!(policy.awarded <= policy.amount);
			assert_eq!(
				known.received + known.owed(*id),
				policy.awarded,
				"policy {id} was paid, or is owed, another sum than its awards"
			);
		}
		for id in 0..PRODUCTS {
			let product = product(id);
			assert_eq!(product.frozen, self.frozen.contains_key(&id));
			let open = self.incidents.iter().filter(|incident| incident.product == id);
			assert_eq!(product.incidents as usize, open.count());
		}
	}

	/// What pools stand behind is what policies say that is not released.
	fn check_exposure(&self) {
		let mut lines: BTreeMap<(PoolId, ProductId), (Balance, Balance)> = BTreeMap::new();
		for known in self.policies.values() {
			for (part, backing) in known.policy.allocations.iter().zip(&known.backing) {
				let (exposure, matured) = lines.entry((part.pool, known.policy.product)).or_default();
				if *backing != Backing::Released {
					*exposure += part.amount;
				}
				if *backing == Backing::Matured {
					*matured += part.amount;
				}
			}
		}
		for (pool, product, line) in pallet_pools::Lines::<Test>::iter() {
			let expected = lines.remove(&(pool, product)).unwrap_or_default();
			assert_eq!(
				(line.exposure, line.matured),
				expected,
				"pool {pool} stands behind something else on product {product}"
			);
			assert_eq!(line.is_stopped(), self.is_stopped(product));
		}
		assert!(lines.is_empty());
	}

	/// Premiums, commissions, refunds and awards are the same sums for who paid and got them, for cover and for pools.
	fn check_money(&self) {
		for (asset, id) in ASSETS.iter().enumerate() {
			let mut total = Record::default();
			for ((product, of), record) in &self.records {
				if *of == asset {
					assert_eq!(Records::<Test>::get(product, id), *record);
					total = total.plus(record);
				}
			}
			let (mut premiums, mut refunds, mut losses, mut flowed, mut recovered) = (0, 0, 0, 0, 0);
			for pool in pools_in(asset).map(books) {
				let totals = &pool.totals;
				premiums += totals.premiums;
				refunds += totals.refunded;
				losses += totals.losses + totals.arrears;
				recovered += totals.recovered;
				flowed += pool.upr()
					+ totals.refunded
					+ totals.to_reserve
					+ totals.to_treasury
					+ totals.to_manager
					+ totals.to_arrears
					+ totals.to_capital;
			}
			assert_eq!(total.net_premiums, premiums, "premiums");
			assert_eq!(total.refunds, refunds, "refunds");
			assert_eq!(total.awards, losses, "awards");
			assert_eq!(total.commissions, self.commissions[asset], "commissions");
			assert_eq!(
				self.gross[asset],
				self.commissions[asset] + flowed - recovered,
				"gross premium"
			);
		}
		assert_eq!(Records::<Test>::iter().count(), self.records.len());
	}

	/// The native tokens on hold are deposits.
	fn check_holds(&self) {
		for who in everybody() {
			let policies: Balance = self
				.policies
				.values()
				.filter(|known| !known.closed && known.policy.buyer == who)
				.map(|known| known.policy.deposit)
				.sum();
			let proposals: Balance = self
				.proposals
				.values()
				.filter(|(proposer, _)| *proposer == who)
				.map(|(_, deposit)| deposit)
				.sum();
			let requests =
				Balances::balance_on_hold(&pallet_pools::HoldReason::WithdrawalRequest.into(), &who);
			assert_eq!(on_hold(HoldReason::Policy, &who), policies);
			assert_eq!(on_hold(HoldReason::Proposal, &who), proposals);
			assert_eq!(Balances::reserved_balance(&who), policies + proposals + requests);
		}
	}

	/// What clients are told.
	fn check_reports(&self, random: &mut Random) {
		let open = || self.policies.iter().filter(|(_, known)| !known.closed);
		for product in 0..PRODUCTS {
			let (mut found, mut after) = (vec![], None);
			let most = 1 + random.below(9) as u32;
			loop {
				let page = <Cover as Coverage<AccountId>>::policies(product, after, most);
				found.extend(page.iter().copied());
				after = page.last().copied();
				if page.len() < most as usize {
					break;
				}
			}
			found.sort_unstable();
			let known = open().filter(|(_, known)| known.policy.product == product);
			assert_eq!(found, known.map(|(id, _)| *id).collect::<Vec<_>>());
		}
		let (id, asset) = (random.product(), random.below(2) as usize);
		let product = product(id);
		let available = Cover::report_available(id, &ASSETS[asset]);
		let quote = |amount| Cover::report_quote(id, &ASSETS[asset], amount, product.conditions.min_period);
		let least = product.limits(&ASSETS[asset]).map_or(1, |limits| limits.min);
		assert_eq!(quote(available).is_ok(), available >= least);
		assert!(quote(available + 1).is_err() || available + 1 == least);
		let who = random.anybody();
		let held: Vec<_> = open()
			.filter(|(_, known)| known.holder == who)
			.map(|(id, _)| *id)
			.collect();
		assert_eq!(Cover::report_policies_of(&who), held);
		for sum in Cover::report_track_record(None) {
			let asset = usize::from(sum.asset == AssetId::Native);
			let lines = pallet_pools::Lines::<Test>::iter().filter(|(pool, ..)| asset_of(*pool) == asset);
			assert_eq!(
				sum.in_force,
				lines.map(|(.., line)| line.exposure).sum::<Balance>()
			);
			assert_eq!(
				sum.record.open as usize,
				open().filter(|(_, known)| known.asset() == asset).count()
			);
		}
	}
}

fn cover_events() -> Vec<Event<Test>> {
	System::read_events_for_pallet()
}

fn pool_events() -> Vec<pallet_pools::Event<Test>> {
	System::read_events_for_pallet()
}

fn wide_limits(asset: AssetId) -> Limits {
	Limits {
		total: 10_000_000,
		max: 5_000_000,
		..limits(asset)
	}
}

fn commission_on(net: Balance, commission: u32) -> Balance {
	(net * u128::from(commission)).div_ceil(BILLION)
}

/// An amount split over up to three pools of an asset, as nobody was told to.
fn some_parts(random: &mut Random, asset: usize, amount: Balance) -> Vec<(PoolId, Balance)> {
	let mut pools: Vec<_> = pools_in(asset).collect();
	let count = (1 + random.below(3))
		.min(amount.min(3) as u64)
		.min(pools.len() as u64);
	let mut left = amount;
	(1..=count)
		.map(|rest| {
			let pool = pools.swap_remove(random.below(pools.len() as u64) as usize);
			let others = u128::from(count - rest);
			let part = match others {
				0 => left,
				_ => 1 + u128::from(random.next()) % (left - others),
			};
			left -= part;
			(pool, part)
		})
		.collect()
}

/// Makes an order one that must be refused, whatever the state of the world.
fn spoil(random: &mut Random, order: &mut OrderOf<Test>, asset: usize, conditions: &Conditions) {
	let mut parts = order.parts.to_vec();
	match random.below(13) {
		0 => parts.push(Part { pool: 5, amount: 0 }),
		1 => parts.push(Part {
			amount: 1,
			..parts[0]
		}),
		2 => order.amount += 1,
		3 => parts[0].amount += 1,
		// A day shorter than the shortest, or longer than the longest.
		4 => order.end = (now() + conditions.min_period) / DAY * DAY - DAY,
		5 => order.end = (now() + conditions.max_period).div_ceil(DAY) * DAY + DAY,
		12 => order.end += 1 + random.below(DAY - 1),
		6 => {
			order.broker = Some(Broker {
				account: random.anybody(),
				commission: CoverParameters::get().max_commission.deconstruct() + 1,
			});
		}
		7 => order.max_premium = 0,
		8 => order.deadline = Some(now() - 1),
		9 => parts[0].pool = 99,
		10 => parts[0].pool = pools_in(1 - asset).start,
		_ => {
			parts.clear();
			order.amount = 0;
		}
	}
	order.parts = parts.try_into().unwrap();
}

#[test]
fn books_of_cover_and_pools_agree_when_calls_are_random() {
	let steps = setting("LUTINE_FUZZ_STEPS", STEPS);
	let first = setting("LUTINE_FUZZ_SEED", 1);
	let mut outcomes = BTreeMap::new();
	for (n, begun) in (0..steps).step_by(LIFE as usize).enumerate() {
		let seed = first.wrapping_add(n as u64);
		let mut random = Random(seed);
		new_test_ext().execute_with(|| {
			let mut world = World::new();
			world.outcomes = std::mem::take(&mut outcomes);
			let issuance = [
				Assets::total_supply(1),
				Balances::total_issuance(),
				Assets::total_supply(2),
			];
			for step in 0..LIFE.min(steps - begun) {
				let _place = Place { seed, step };
				let mut expected = wealth();
				System::reset_events();
				let Outcome { call, result, flows } = world.step(&mut random);
				let outcome = match result {
					Ok(()) => "ok".into(),
					Err(error) => error_name(error),
				};
				assert!(!outcome.contains("Arithmetic"), "{call} ended with {outcome}");
				// What fails moves nothing, and a call moves only what it says.
				let flows = if result.is_ok() { flows } else { Some(vec![]) };
				if let Some(flows) = flows {
					for (asset, who, flow) in flows {
						let has = expected.entry((asset, who)).or_default();
						*has = has
							.checked_add_signed(flow)
							.expect("nobody pays what they have not");
					}
					assert_eq!(wealth(), expected, "{call} moved something else");
				}
				*world.outcomes.entry((call, outcome)).or_default() += 1;
				world.mature();
				world.check(issuance);
				if step.is_multiple_of(16) {
					world.check_reports(&mut random);
				}
			}
			outcomes = world.outcomes;
		});
	}
	let mut total = 0;
	for ((call, outcome), count) in &outcomes {
		println!("{call:<26} {outcome:<28} {count:>8}");
		total += count;
	}
	println!("{total} calls");
	// A run in which nothing succeeds would prove nothing.
	for call in [
		"buy",
		"renew",
		"cancel",
		"close",
		"pull_arrears",
		"pay",
		"accept",
		"process_withdrawals",
	] {
		assert!(
			steps < STEPS || outcomes.contains_key(&(call, "ok".into())),
			"{call} never succeeded"
		);
	}
}
