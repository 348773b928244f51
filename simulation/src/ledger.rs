//! A market whose books are a few numbers in memory, with the chain's arithmetic and with the solvency gate or without.
//!
//! It keeps the same books in the same steps as `pallet-pools`, so with the gate it must come to what the runtime comes to,
//! to the unit; every world checks that. Without the gate the one difference is what [`Rules`] say.

use crate::{
	market::{
		Books, GUEST_CASH, Investor, LEAST, LIMIT, MANAGER_FEE, MINIMUM_BALANCE, Market, PERIODS, Paid,
		Quote, time_of,
	},
	scenario::{self, CAPITAL, POOLS, Product},
};
use lutine_math::{
	arrears::Arrears,
	claims::award,
	pricing::{self, Technical, track_decay},
	shares, solvency,
	split::{self, Offer},
	streams::{self, SCALE_BITS},
};
use lutine_primitives::{
	Balance, parameters,
	time::{DAY, Seconds},
};
use pallet_pools::{Line, curve};
use sp_core::U256;
use sp_runtime::{FixedU128, Perbill};
use std::collections::{BTreeMap, VecDeque};

/// How many pools stand behind a policy at most.
const PARTS: usize = pallet_cover::MAX_ALLOCATIONS as usize;
/// How many lines a product has at most.
const LINES: Balance = 32;
/// How many requests one call looks at.
const REQUESTS: u32 = 8;

/// What keeps pools from writing and paying out more than they can bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
	/// Whether capital must cover what is required after a sale and a withdrawal.
	pub gate: bool,
	/// Whether the risk capital that a policy ties up has a price.
	pub priced: bool,
}

impl Rules {
	/// Those of the chain.
	pub const CHAIN: Self = Self {
		gate: true,
		priced: true,
	};
	/// The chain's prices, and no check.
	pub const UNGATED: Self = Self {
		gate: false,
		priced: true,
	};
	/// Neither a check nor a price for risk capital: line weights and demand alone.
	pub const NEITHER: Self = Self {
		gate: false,
		priced: false,
	};
}

#[derive(Clone, Default)]
struct Day {
	ending: u128,
	maturing: Vec<(usize, Balance)>,
}

#[derive(Clone)]
struct Request {
	who: Investor,
	shares: Balance,
	due: Seconds,
}

/// A pool.
#[derive(Clone)]
struct Pool {
	books: Books,
	/// Scaled by 2^32.
	rate: u128,
	unearned: u128,
	settled_at: Seconds,
	/// What is not reserved: the sum over groups, and of their squares.
	exposure: Balance,
	squares: U256,
	cuts: [Balance; 3],
	arrears: Arrears,
	queue: VecDeque<Request>,
	days: BTreeMap<Seconds, Day>,
	lines: Vec<Line>,
	groups: Vec<Balance>,
	shares: [Balance; 3],
	cash: [Balance; 3],
	/// What came in less what went out.
	holdings: Balance,
}

struct Policy {
	product: usize,
	allocations: Vec<(u32, Balance)>,
	end: Seconds,
}

#[derive(Default)]
struct Loss {
	reserved: Balance,
	paid: Balance,
	arrears: Balance,
}

#[derive(Default)]
struct Incident {
	product: usize,
	percent: u8,
	claims: Vec<u32>,
	losses: BTreeMap<u32, Loss>,
}

struct Insured {
	product: Product,
	/// What the chain remembers of past incidents, and since when.
	past: FixedU128,
	quiet_since: Seconds,
	stopped: bool,
}

/// A market in memory.
pub struct Ledger {
	rules: Rules,
	pricing: parameters::Pricing,
	pools: Vec<Pool>,
	parameters: parameters::Pools,
	window: Seconds,
	now: Seconds,
	products: Vec<Insured>,
	policies: Vec<Policy>,
	incidents: Vec<Incident>,
	reserve: Balance,
	reserve_account: Balance,
}

impl Ledger {
	/// A market on its first day: pools with their lines and capital, products that are for sale.
	pub fn new(rules: Rules) -> Self {
		let mut pricing = parameters::Pricing::default();
		if !rules.priced {
			pricing.return_on_capital = Perbill::zero();
		}
		let now = time_of(0);
		let products: Vec<_> = scenario::products()
			.into_iter()
			.map(|product| Insured {
				product,
				past: FixedU128::default(),
				quiet_since: now,
				stopped: false,
			})
			.collect();
		let groups = products
			.iter()
			.map(|insured| insured.product.group)
			.max()
			.unwrap_or(0)
			+ 1;
		let pools = POOLS
			.iter()
			.map(|appetite| {
				let lines = products.iter().map(|insured| {
					let rate = insured.product.probability * FixedU128::from_rational(3, 2);
					Line {
						group: insured.product.group as u32,
						weight: Perbill::from_percent(appetite.weight()),
						exposure: 0,
						matured: 0,
						shares: 0,
						frozen: false,
						incidents: 0,
						rate: rate.clamp(pricing.min_rate.into(), pricing.max_rate.into()),
						utilisation: None,
						touched: now,
					}
				});
				Pool {
					books: Books::default(),
					rate: 0,
					unearned: 0,
					settled_at: now,
					exposure: 0,
					squares: U256::zero(),
					cuts: [0; 3],
					arrears: Arrears::default(),
					queue: VecDeque::new(),
					days: BTreeMap::new(),
					lines: lines.collect(),
					groups: vec![0; groups],
					shares: [0; 3],
					cash: [CAPITAL[0], CAPITAL[1], GUEST_CASH],
					holdings: 0,
				}
			})
			.collect();
		let mut market = Self {
			rules,
			pricing,
			pools,
			parameters: parameters::Pools::default(),
			window: parameters::Cover::default().claim_window,
			now,
			products,
			policies: vec![],
			incidents: vec![],
			reserve: 0,
			reserve_account: 0,
		};
		for pool in 0..POOLS.len() as u32 {
			market.deposit(pool, Investor::Loyal, CAPITAL[0]);
			market.deposit(pool, Investor::Nervous, CAPITAL[1]);
		}
		market
	}

	fn cuts(&self) -> [Perbill; 3] {
		[
			self.parameters.reserve_cut,
			self.parameters.treasury_cut,
			Perbill::from_parts(MANAGER_FEE),
		]
	}

	fn probability(&self, product: usize) -> FixedU128 {
		let insured = &self.products[product];
		let quiet = self.now - insured.quiet_since;
		let Product { class, audits, .. } = insured.product;
		scenario::probability(
			class,
			audits,
			quiet,
			track_decay(insured.past, quiet),
			&self.pricing,
		)
	}

	/// When a pool stops standing behind a policy.
	fn release_of(&self, end: Seconds) -> Seconds {
		(end + self.window + 1).div_ceil(DAY) * DAY
	}

	/// Changes a pool, and serves arrears from what nothing needs.
	fn with<R>(&mut self, pool: u32, change: impl FnOnce(&mut Open<'_>) -> R) -> R {
		let cuts = self.cuts();
		let mut open = Open {
			pool: &mut self.pools[pool as usize],
			pricing: &self.pricing,
			parameters: &self.parameters,
			gate: self.rules.gate,
			cuts,
			now: self.now,
		};
		let result = change(&mut open);
		open.note();
		result
	}

	fn offer(&self, pool: &Pool, product: usize, end: Seconds) -> Option<Offer> {
		let line = &pool.lines[product];
		let open = Look {
			pool,
			pricing: &self.pricing,
			gate: self.rules.gate,
		};
		if line.is_stopped() || !open.is_solvent() {
			return None;
		}
		let free = pool.books.capital.saturating_sub(pool.books.reserved);
		let group = pool.groups[line.group as usize];
		let offer = Offer {
			technical: Technical {
				group,
				sum: pool.exposure,
				amount: 0,
				free,
				probability: self.probability(product),
				load: self.pricing.load,
				return_on_capital: self.pricing.return_on_capital,
				rho: self.pricing.rho,
				seconds: end - self.now,
				window: self.window,
				cuts: self.cuts(),
			},
			capacity: open.capacity(line, group),
			exposure: line.exposure,
			rate: line.rate_at(self.now, &self.pricing),
			curve: curve(&self.pricing),
		};
		(free > 0 && (offer.exposure > 0 || offer.capacity >= LIMIT / LINES)).then_some(offer)
	}
}

/// What a pool could do.
struct Look<'a> {
	pool: &'a Pool,
	pricing: &'a parameters::Pricing,
	gate: bool,
}

impl Look<'_> {
	fn required(&self) -> Balance {
		let Pool {
			books,
			exposure,
			squares,
			..
		} = self.pool;
		solvency::required(books.reserved, *exposure, *squares, self.pricing.rho).expect("it fits")
	}

	fn is_solvent(&self) -> bool {
		!self.gate || self.required() <= self.pool.books.capital
	}

	/// What may be paid out: without the gate, all that is not set aside.
	fn free_capital(&self) -> Balance {
		let kept = if self.gate {
			self.required()
		} else {
			self.pool.books.reserved
		};
		self.pool.books.capital.saturating_sub(kept)
	}

	fn capacity(&self, line: &Line, group: Balance) -> Balance {
		let Pool {
			books,
			exposure,
			squares,
			..
		} = self.pool;
		let headroom = if self.gate {
			let rho = self.pricing.rho;
			solvency::headroom(books.capital, books.reserved, *exposure, *squares, group, rho)
		} else {
			Balance::MAX
		};
		pricing::capacity(books.capital, line.weight, line.exposure, headroom)
	}
}

/// A pool that is being changed.
struct Open<'a> {
	pool: &'a mut Pool,
	pricing: &'a parameters::Pricing,
	parameters: &'a parameters::Pools,
	gate: bool,
	cuts: [Perbill; 3],
	now: Seconds,
}

impl Open<'_> {
	fn look(&self) -> Look<'_> {
		Look {
			pool: self.pool,
			pricing: self.pricing,
			gate: self.gate,
		}
	}

	fn note(&mut self) {
		let free = self.pool.books.capital.saturating_sub(self.pool.books.reserved);
		if self.pool.arrears.outstanding > 0 && free > 0 {
			self.pool.books.capital -= self.pool.arrears.serve(free);
		}
	}

	fn settle(&mut self) {
		while self.pool.settled_at < self.now {
			if self.pool.rate == 0 && self.pool.exposure == 0 && self.pool.books.reserved == 0 {
				self.pool.settled_at = self.now;
				break;
			}
			let index = self.pool.settled_at / DAY + 1;
			if index * DAY > self.now {
				self.earn_until(self.now);
				break;
			}
			self.earn_until(index * DAY);
			let today = self.pool.days.remove(&index).unwrap_or_default();
			self.pool.rate -= today.ending;
			for (product, amount) in today.maturing {
				self.update_line(product, index * DAY, |line| {
					line.mature(amount).expect("it is there")
				});
			}
		}
	}

	fn earn_until(&mut self, at: Seconds) {
		let passed = at - self.pool.settled_at;
		self.pool.settled_at = at;
		let before = self.pool.unearned >> SCALE_BITS;
		self.pool.unearned -= self.pool.rate * u128::from(passed);
		self.earn(before - (self.pool.unearned >> SCALE_BITS));
	}

	fn earn(&mut self, amount: Balance) {
		let [reserve, treasury, manager, rest] = streams::earned_parts(amount, self.cuts);
		let served = self.pool.arrears.serve(rest);
		for (sum, part) in self.pool.cuts.iter_mut().zip([reserve, treasury, manager]) {
			*sum += part;
		}
		self.pool.books.capital += rest - served;
	}

	fn stream(&mut self, amount: Balance, end: Seconds) {
		let seconds = end - self.now;
		let (rate, _) = streams::stream(amount, seconds).expect("it fits");
		let before = self.pool.unearned >> SCALE_BITS;
		self.pool.unearned += rate * u128::from(seconds);
		self.pool.rate += rate;
		let streamed = (self.pool.unearned >> SCALE_BITS) - before;
		self.pool.days.entry(end / DAY).or_default().ending += rate;
		self.earn(amount - streamed);
	}

	fn update_line<R>(&mut self, product: usize, at: Seconds, change: impl FnOnce(&mut Line) -> R) -> R {
		let mut line = self.pool.lines[product].clone();
		line.rate = line.rate_at(at, self.pricing);
		line.touched = line.touched.max(at);
		let (reserved, unreserved) = (line.reserved(), line.unreserved());
		let result = change(&mut line);
		let group = self.pool.groups[line.group as usize];
		let after = group - unreserved + line.unreserved();
		let pool = &mut self.pool;
		pool.squares = solvency::replace_square(pool.squares, group, after).expect("it holds the group");
		pool.exposure = pool.exposure - unreserved + line.unreserved();
		pool.books.reserved = pool.books.reserved - reserved + line.reserved();
		pool.groups[line.group as usize] = after;
		line.utilisation = pricing::utilisation(line.exposure, self.look().capacity(&line, after));
		self.pool.lines[product] = line;
		result
	}

	/// Takes what will not live to its day out of what matures then. Returns whether that day is to come.
	fn unschedule(&mut self, product: usize, release: Seconds, amount: Balance) -> bool {
		if release <= self.pool.settled_at {
			return false;
		}
		let today = self.pool.days.get_mut(&(release / DAY)).expect("it is scheduled");
		let place = today.maturing.iter().position(|(other, _)| *other == product);
		let place = place.expect("it is scheduled");
		today.maturing[place].1 -= amount;
		if today.maturing[place].1 == 0 {
			today.maturing.swap_remove(place);
		}
		true
	}

	fn schedule(&mut self, product: usize, release: Seconds, amount: Balance) {
		let today = self.pool.days.entry(release / DAY).or_default();
		match today.maturing.iter_mut().find(|(other, _)| *other == product) {
			Some((_, sum)) => *sum += amount,
			None => today.maturing.push((product, amount)),
		}
	}

	fn take_in(&mut self, amount: Balance) {
		self.pool.holdings += amount;
	}

	fn pay_out(&mut self, amount: Balance) {
		self.pool.holdings -= amount;
	}

	fn stands_still(&self) -> bool {
		self.pool.books.reserved > self.parameters.queue_stop.mul_floor(self.pool.books.capital)
	}

	/// What all shares together cost whoever deposits.
	fn deposit_value(&self) -> Balance {
		let books = &self.pool.books;
		let [.., to_capital] = streams::earned_parts(self.pool.unearned >> SCALE_BITS, self.cuts);
		let shared = books.capital.min(self.pool.exposure + books.reserved) / 10;
		books.capital + to_capital.saturating_sub(shared)
	}

	/// Serves the first request. Returns whether it is gone.
	fn serve_head(&mut self) -> bool {
		let Some(request) = self.pool.queue.front().cloned() else {
			return false;
		};
		if request.due > self.now || self.stands_still() {
			return false;
		}
		let (supply, capital) = (self.pool.books.supply, self.pool.books.capital);
		let worth = shares::amount_for(request.shares, supply, capital).unwrap_or(0);
		if worth < 1 {
			self.pool.shares[request.who as usize] += request.shares;
			self.pool.queue.pop_front();
			return true;
		}
		let free = self.look().free_capital();
		let payable = if worth <= free {
			request.shares
		} else {
			shares::shares_for(free, supply, capital)
				.unwrap_or(0)
				.min(request.shares)
		};
		let amount = shares::amount_for(payable, supply, capital).unwrap_or(0);
		if amount == 0 {
			return false;
		}
		self.pool.books.supply -= payable;
		self.pool.books.capital -= amount;
		self.pool.cash[request.who as usize] += amount;
		self.pay_out(amount);
		if payable == request.shares {
			self.pool.queue.pop_front();
			return true;
		}
		self.pool.queue[0].shares -= payable;
		false
	}
}

impl Market for Ledger {
	fn go_to(&mut self, day: u32) {
		self.now = time_of(day);
		for pool in 0..self.pools.len() as u32 {
			self.with(pool, |open| open.settle());
		}
	}

	fn books(&self, pool: u32) -> Books {
		let pool = &self.pools[pool as usize];
		let look = Look {
			pool,
			pricing: &self.pricing,
			gate: self.rules.gate,
		};
		Books {
			upr: pool.unearned >> SCALE_BITS,
			exposure: pool.exposure + pool.books.reserved,
			required: look.required(),
			arrears: pool.arrears.outstanding,
			..pool.books.clone()
		}
	}

	fn exposure(&self, pool: u32, product: usize) -> Balance {
		self.pools[pool as usize].lines[product].exposure
	}

	fn quote(&self, product: usize, amount: Balance, days: u32) -> Option<Quote> {
		let sold: Balance = self.pools.iter().map(|pool| pool.lines[product].exposure).sum();
		let is_allowed = (LEAST..=LIMIT).contains(&amount) && sold + amount <= LIMIT;
		if self.products[product].stopped || !is_allowed || u64::from(days) < PERIODS.0 {
			return None;
		}
		let end = (self.now + Seconds::from(days) * DAY).div_ceil(DAY) * DAY;
		let (pools, offers): (Vec<_>, Vec<_>) = (0..)
			.zip(&self.pools)
			.filter_map(|(id, pool)| Some((id, self.offer(pool, product, end)?)))
			.unzip();
		let split = split::cheapest(amount, &offers, PARTS)?;
		let mut quote = Quote {
			amount,
			net: 0,
			end,
			parts: vec![],
		};
		for ((pool, offer), part) in pools.into_iter().zip(offers).zip(split) {
			if part > 0 {
				quote.net += offer.premium(part)?;
				quote.parts.push((pool, part));
			}
		}
		Some(quote)
	}

	fn buy(&mut self, product: usize, quote: &Quote) {
		let release = self.release_of(quote.end);
		for (pool, amount) in &quote.parts {
			let offer = self.offer(&self.pools[*pool as usize], product, quote.end);
			let premium = offer
				.and_then(|offer| offer.premium(*amount))
				.expect("it was quoted");
			self.with(*pool, |open| {
				open.take_in(premium);
				open.pool.books.premiums += premium;
				open.stream(premium, quote.end);
				open.update_line(product, open.now, |line| line.exposure += amount);
				open.schedule(product, release, *amount);
				assert!(open.look().is_solvent());
			});
		}
		self.policies.push(Policy {
			product,
			allocations: quote.parts.clone(),
			end: quote.end,
		});
	}

	fn deposit(&mut self, pool: u32, who: Investor, amount: Balance) {
		self.with(pool, |open| {
			let books = &open.pool.books;
			let minted =
				shares::shares_for(amount, books.supply, open.deposit_value()).expect("there is capital");
			open.take_in(amount);
			open.pool.cash[who as usize] -= amount;
			open.pool.shares[who as usize] += minted;
			open.pool.books.capital += amount;
			open.pool.books.supply += minted;
		});
	}

	fn shares(&self, pool: u32, who: Investor) -> Balance {
		self.pools[pool as usize].shares[who as usize]
	}

	fn cash(&self, pool: u32, who: Investor) -> Balance {
		self.pools[pool as usize].cash[who as usize]
	}

	fn request(&mut self, pool: u32, who: Investor) {
		self.with(pool, |open| {
			let shares = std::mem::take(&mut open.pool.shares[who as usize]);
			let due = open.now + open.parameters.withdrawal_cooldown;
			open.pool.queue.push_back(Request { who, shares, due });
		});
	}

	fn cancel_requests(&mut self, pool: u32, who: Investor) {
		self.with(pool, |open| {
			let pool = &mut open.pool;
			for request in pool.queue.iter().filter(|request| request.who == who) {
				pool.shares[who as usize] += request.shares;
			}
			pool.queue.retain(|request| request.who != who);
		});
	}

	fn process(&mut self, pool: u32) -> bool {
		self.with(pool, |open| {
			if !open.stands_still() {
				for _ in 0..REQUESTS {
					if !open.serve_head() {
						break;
					}
				}
			}
			!open.pool.queue.is_empty()
		})
	}

	fn distribute(&mut self, pool: u32) {
		let (mut reserve, mut account) = (self.reserve, self.reserve_account);
		self.with(pool, |open| {
			let [to_reserve, to_treasury, to_manager] = open.pool.cuts;
			let seed = MINIMUM_BALANCE.saturating_sub(account);
			open.pay_out(to_treasury + to_manager);
			open.pool.cuts = [to_reserve, 0, 0];
			if to_reserve > seed {
				reserve += to_reserve - seed;
				account += to_reserve;
				open.pay_out(to_reserve);
				open.pool.cuts = [0; 3];
			}
		});
		self.with(pool, |open| {
			let served = open
				.pool
				.arrears
				.serve(open.pool.arrears.outstanding.min(reserve));
			reserve -= served;
			account -= served;
			open.take_in(served);
		});
		(self.reserve, self.reserve_account) = (reserve, account);
	}

	fn report(&mut self, product: usize, percent: u8) -> u32 {
		for pool in 0..self.pools.len() as u32 {
			self.with(pool, |open| {
				open.update_line(product, open.now, |line| line.frozen = true)
			});
		}
		self.products[product].stopped = true;
		self.incidents.push(Incident {
			product,
			percent,
			..Default::default()
		});
		self.incidents.len() as u32 - 1
	}

	fn reveal(&mut self, _incident: u32) {}

	fn count(&mut self, _incident: u32) {}

	fn accept(&mut self, incident: u32) {
		let Incident { product, percent, .. } = self.incidents[incident as usize];
		let verdict = Perbill::from_percent(percent.into());
		let insured = &mut self.products[product];
		let decayed = track_decay(insured.past, self.now - insured.quiet_since);
		insured.past = decayed + FixedU128::from(verdict);
		insured.quiet_since = self.now;
		for pool in 0..self.pools.len() as u32 {
			let reserved = self.with(pool, |open| {
				open.update_line(product, open.now, |line| {
					let share = verdict.mul_ceil(line.exposure);
					line.shares += share;
					line.incidents += 1;
					share
				})
			});
			let loss = Loss {
				reserved,
				..Default::default()
			};
			self.incidents[incident as usize].losses.insert(pool, loss);
			self.with(pool, |open| {
				open.update_line(product, open.now, |line| {
					line.frozen = false;
					line.release_matured().expect("it is there");
				})
			});
		}
	}

	fn file(&mut self, incident: u32, policies: &[u32]) {
		self.incidents[incident as usize].claims = policies.to_vec();
	}

	fn pay(&mut self, incident: u32) -> Vec<Paid> {
		let mut incident_now = std::mem::take(&mut self.incidents[incident as usize]);
		let mut all = vec![];
		for claim in &incident_now.claims {
			let policy = &mut self.policies[*claim as usize];
			let (product, end) = (policy.product, policy.end);
			let amounts: Vec<_> = policy.allocations.iter().map(|(_, amount)| *amount).collect();
			let left: Balance = amounts.iter().sum();
			let award = award(left, left, incident_now.percent, 100, 0, left);
			let parts = shares::split(award, &amounts).expect("it insures something");
			let mut allocations = policy.allocations.clone();
			let release = self.release_of(end);
			let mut paid = Paid::default();
			for ((pool, left), part) in allocations.iter_mut().zip(parts).filter(|(_, part)| *part > 0) {
				let loss = incident_now.losses.get_mut(pool).expect("it has a line");
				self.with(*pool, |open| {
					let books = &mut open.pool.books;
					let at_once = solvency::payout(part, books.capital, books.reserved);
					let arrears = part - at_once;
					books.capital -= at_once;
					books.losses += at_once;
					books.delayed += arrears;
					let share = part.min(loss.reserved);
					loss.reserved -= share;
					loss.paid += at_once;
					loss.arrears += arrears;
					let scheduled = open.unschedule(product, release, part);
					open.update_line(product, open.now, |line| {
						line.pay(part, share, !scheduled).expect("it is there")
					});
					open.pool.arrears.open(arrears).expect("it fits");
					open.pay_out(at_once);
					paid.at_once += at_once;
					paid.arrears += arrears;
				});
				*left -= part;
			}
			self.policies[*claim as usize].allocations = allocations;
			all.push(paid);
		}
		incident_now.claims.clear();
		self.incidents[incident as usize] = incident_now;
		all
	}

	fn close(&mut self, incident: u32) {
		let product = self.incidents[incident as usize].product;
		for pool in 0..self.pools.len() as u32 {
			let loss = self.incidents[incident as usize].losses.get_mut(&pool);
			let left = std::mem::take(&mut loss.expect("it has a line").reserved);
			self.with(pool, |open| {
				open.update_line(product, open.now, |line| {
					line.shares -= left;
					line.incidents -= 1;
					line.release_matured().expect("it is there");
				})
			});
		}
	}

	fn relist(&mut self, product: usize, again: bool) {
		self.products[product].stopped = !again;
	}

	fn losses(&self, incident: u32) -> Vec<(u32, Balance)> {
		let losses = self.incidents[incident as usize].losses.iter();
		losses
			.map(|(pool, loss)| (*pool, loss.paid + loss.arrears))
			.collect()
	}

	fn recover(&mut self, incident: u32, amount: Balance) {
		let mut losses = std::mem::take(&mut self.incidents[incident as usize].losses);
		let mut hit: Vec<u32> = losses
			.iter()
			.filter(|(_, loss)| loss.paid > 0 || loss.arrears > 0)
			.map(|(pool, _)| *pool)
			.collect();
		// As the chain comes by them: of equals, the first gets what rounding leaves.
		hit.sort_by_key(|pool| sp_io::hashing::twox_64(&pool.to_le_bytes()));
		let owed: Vec<Balance> = hit
			.iter()
			.map(|pool| {
				losses[pool]
					.arrears
					.min(self.pools[*pool as usize].arrears.outstanding)
			})
			.collect();
		let to_arrears = owed.iter().sum::<Balance>().min(amount);
		let served = shares::split(to_arrears, &owed).unwrap_or_else(|| vec![0; owed.len()]);
		let weights: Vec<Balance> = hit
			.iter()
			.zip(&served)
			.map(|(pool, served)| losses[pool].paid + (losses[pool].arrears - served))
			.collect();
		let weights = if weights.iter().all(|weight| *weight == 0) {
			owed
		} else {
			weights
		};
		let streamed = shares::split(amount - to_arrears, &weights).expect("it cost something");
		for (place, pool) in hit.into_iter().enumerate() {
			let (serve, mut stream) = (served[place], streamed[place]);
			if self.pools[pool as usize].books.supply == 0 {
				self.reserve += stream;
				self.reserve_account += stream;
				stream = 0;
			}
			losses.get_mut(&pool).expect("it is one of them").arrears -= serve;
			let end = (self.now + self.parameters.recovery_stream).div_ceil(DAY) * DAY;
			self.with(pool, |open| {
				open.take_in(serve + stream);
				open.pool.arrears.serve(serve);
				if stream > 0 {
					open.stream(stream, end);
				}
			});
		}
		self.incidents[incident as usize].losses = losses;
	}

	/// Whatever came in and did not go out is capital, unearned, a cut, or served and not pulled.
	fn finish(&mut self) {
		for pool in &self.pools {
			let recorded = pool.books.capital
				+ (pool.unearned >> SCALE_BITS)
				+ pool.cuts.iter().sum::<Balance>()
				+ pool.arrears.fund;
			assert_eq!(pool.holdings, recorded, "no money is made or lost");
			assert_eq!(
				pool.books.supply,
				pool.shares.iter().sum::<Balance>()
					+ pool.queue.iter().map(|request| request.shares).sum::<Balance>()
			);
			assert_eq!((pool.exposure, pool.books.reserved, pool.rate), (0, 0, 0));
		}
	}
}
