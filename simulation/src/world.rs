//! A world: one market, and what people do in it.

use crate::{
	market::{Books, Investor, Market, time_of},
	scenario::{CAPITAL, END, Failure, OVER, POOLS, Purchase, SALES, Scenario},
};
use lutine_primitives::{
	Balance,
	parameters::Cover,
	time::{DAY, Seconds},
};
use std::collections::BTreeMap;

/// How long after it happened something is reported.
pub const UNKNOWN: Seconds = 6 * 3_600;
/// A pool that stands behind less than this part of its capital on a product is not worth a rumour.
const WORTH_A_RUMOUR: Balance = 50;
/// After so many days who ran from a rumour comes back.
const RETURN: u32 = 45;
/// From payment to recovery.
const RECOVERED: u32 = 60;
/// Who comes for a recovery comes so many days before it, and asks to leave so many days later: they leave when all of it is
/// earned.
const GUEST: (u32, u32) = (3, 79);
/// What a guest brings is a tenth of what the pool has.
const GUEST_PART: Balance = 10;
/// When all who are left leave: all is paid, and what came back is earned.
const LEAVE: u32 = END - 20;
/// Pools are brought to now after so many days at least, for one call walks 32.
const ROUND: u32 = 15;
/// Cuts are distributed, and arrears paid from the reserve, every month.
const MONTH: u32 = 30;

/// What became of a pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PoolOutcome {
	/// Its books in the end.
	pub books: Books,
	/// What it owed at the end of the year of sales.
	pub arrears_after_sales: Balance,
	/// Sums over the days of sales: exposure, what is required, capital.
	pub exposure_days: Balance,
	/// What was required.
	pub required_days: Balance,
	/// Capital.
	pub capital_days: Balance,
	/// The sum over all days of what was owed.
	pub arrears_days: Balance,
	/// What investors put in for the first time, and what more they have in the end than they began with.
	pub gains: [(Balance, i128); 3],
}

/// What became of a world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
	/// Purchases that were wanted, and those that were made.
	pub wanted: [u32; 2],
	/// Cover that was wanted, and that was sold.
	pub cover: [Balance; 2],
	/// Net premium, and that of it which was paid by those who knew.
	pub premium: [Balance; 2],
	/// Awards, and those of them for who knew.
	pub awards: [Balance; 2],
	/// What of the awards was paid at once.
	pub at_once: Balance,
	/// What came back.
	pub recovered: Balance,
	/// Incidents under which something was paid.
	pub incidents: u32,
	/// By pool.
	pub pools: Vec<PoolOutcome>,
}

impl Outcome {
	/// Whether a pool could not pay something at once.
	pub fn is_ruined(&self) -> bool {
		self.pools.iter().any(|pool| pool.books.delayed > 0)
	}

	/// Awards over premium.
	pub fn loss_ratio(&self) -> f64 {
		self.awards[0] as f64 / (self.premium[0] as f64).max(1.0)
	}
}

struct Policy {
	product: usize,
	left: Balance,
	start: Seconds,
	end: Seconds,
	knew: bool,
}

enum Task {
	Reveal(u32),
	Count(u32),
	Accept(u32),
	Pay(u32),
	Close(u32),
	GuestsCome(u32),
	GuestsGo,
	Recover(u32),
	Return(u32),
	Distribute,
	Leave,
}

struct Case {
	failure: Failure,
	/// The policies that claim.
	claims: Vec<usize>,
	happened: Seconds,
	reported: Seconds,
	awards: Balance,
}

struct World<'a, M> {
	market: &'a mut M,
	scenario: &'a Scenario,
	window: Seconds,
	waiting: Seconds,
	policies: Vec<Policy>,
	cases: Vec<Case>,
	tasks: BTreeMap<u32, Vec<Task>>,
	delisted: Vec<usize>,
	queues: Vec<bool>,
	outcome: Outcome,
	day: u32,
}

/// Lets a market go through what was drawn, and tells what became of it.
pub fn run(market: &mut impl Market, scenario: &Scenario) -> Outcome {
	let terms = Cover::default();
	let mut world = World {
		market,
		scenario,
		window: terms.claim_window,
		waiting: terms.waiting_period,
		policies: vec![],
		cases: vec![],
		tasks: BTreeMap::new(),
		delisted: vec![],
		queues: vec![false; POOLS.len()],
		outcome: Outcome {
			pools: vec![PoolOutcome::default(); POOLS.len()],
			..Default::default()
		},
		day: 0,
	};
	for month in 1..END / MONTH {
		world.plan(month * MONTH, Task::Distribute);
	}
	world.plan(LEAVE, Task::Leave);
	world.live();
	world.finish();
	world.outcome
}

impl<M: Market> World<'_, M> {
	fn plan(&mut self, day: u32, task: Task) {
		self.tasks.entry(day).or_default().push(task);
	}

	fn pools(&self) -> std::ops::Range<u32> {
		0..POOLS.len() as u32
	}

	fn live(&mut self) {
		let mut failures = self.scenario.failures.iter().peekable();
		let mut rumours = self.scenario.rumours.iter().peekable();
		let mut last = 0;
		for day in 0..END {
			let purchases: &[Purchase] = self
				.scenario
				.purchases
				.get(day as usize)
				.map_or(&[], |today| today);
			let is_quiet = purchases.is_empty()
				&& !self.tasks.contains_key(&day)
				&& failures.peek().is_none_or(|failure| failure.day != day)
				&& rumours.peek().is_none_or(|(of, _)| *of != day)
				&& !self.queues.iter().any(|waits| *waits)
				&& day != SALES;
			if is_quiet && day - last < ROUND {
				continue;
			}
			self.note(day - last);
			last = day;
			self.day = day;
			self.market.go_to(day);
			if day == SALES {
				for pool in self.pools() {
					self.outcome.pools[pool as usize].arrears_after_sales = self.market.books(pool).arrears;
				}
			}
			for task in self.tasks.remove(&day).unwrap_or_default() {
				self.perform(task);
			}
			while let Some(failure) = failures.next_if(|failure| failure.day == day) {
				self.report(failure);
			}
			while let Some((_, product)) = rumours.next_if(|(of, _)| *of == day) {
				self.run_away(*product);
			}
			for pool in self.pools() {
				if self.queues[pool as usize] {
					self.queues[pool as usize] = self.market.process(pool);
				}
			}
			for purchase in purchases {
				self.purchase(purchase);
			}
		}
	}

	/// Adds up what was true for so many days.
	fn note(&mut self, days: u32) {
		for pool in self.pools() {
			let books = self.market.books(pool);
			let told = &mut self.outcome.pools[pool as usize];
			let days = Balance::from(days);
			told.arrears_days += books.arrears * days;
			if self.day < SALES {
				told.exposure_days += books.exposure * days;
				told.required_days += books.required * days;
				told.capital_days += books.capital * days;
			}
		}
	}

	fn perform(&mut self, task: Task) {
		match task {
			Task::Reveal(incident) => self.market.reveal(incident),
			Task::Count(incident) => self.market.count(incident),
			Task::Accept(incident) => self.accept(incident),
			Task::Pay(incident) => self.pay(incident),
			Task::Close(incident) => self.close(incident),
			Task::GuestsCome(incident) => self.guests_come(incident),
			Task::GuestsGo => {
				for pool in self.pools() {
					self.leave(pool, Investor::Guest);
				}
			}
			Task::Recover(incident) => self.recover(incident),
			Task::Return(pool) => self.come_back(pool),
			Task::Distribute => {
				for pool in self.pools() {
					self.market.distribute(pool);
				}
			}
			Task::Leave => {
				for pool in self.pools() {
					for who in Investor::ALL {
						self.leave(pool, who);
					}
				}
			}
		}
	}

	// ------------------------------------------------------------------------------------------ Cover

	/// Somebody asks for a quote, and for a third of it where there is not as much or it is too dear.
	fn purchase(&mut self, purchase: &Purchase) {
		self.outcome.wanted[0] += 1;
		self.outcome.cover[0] += purchase.amount;
		let now = time_of(self.day);
		for amount in [purchase.amount, purchase.amount / 3] {
			let quote = self.market.quote(purchase.product, amount, purchase.days);
			let Some(quote) =
				quote.filter(|quote| purchase.most.is_none_or(|most| quote.yearly(now) <= most))
			else {
				continue;
			};
			self.market.buy(purchase.product, &quote);
			let knew = purchase.most.is_none();
			self.policies.push(Policy {
				product: purchase.product,
				left: amount,
				start: now + self.waiting,
				end: quote.end,
				knew,
			});
			self.outcome.wanted[1] += 1;
			self.outcome.cover[1] += amount;
			self.outcome.premium[0] += quote.net;
			self.outcome.premium[1] += if knew { quote.net } else { 0 };
			return;
		}
	}

	// ------------------------------------------------------------------------------------------ Incidents

	/// Two days to commit, one to reveal, two to dispute: so says the chain.
	fn report(&mut self, failure: &Failure) {
		let incident = self.market.report(failure.product, failure.percent);
		let reported = time_of(self.day);
		self.cases.push(Case {
			failure: failure.clone(),
			claims: vec![],
			happened: reported - UNKNOWN,
			reported,
			awards: 0,
		});
		self.plan(self.day + 2, Task::Reveal(incident));
		self.plan(self.day + 3, Task::Count(incident));
		self.plan(self.day + 5, Task::Accept(incident));
	}

	/// All who had cover then claim at once, and each claim is voted on.
	fn accept(&mut self, incident: u32) {
		self.market.accept(incident);
		let case = &mut self.cases[incident as usize];
		let is_hit = |policy: &Policy| {
			policy.product == case.failure.product
				&& policy.left > 0
				&& (policy.start..policy.end).contains(&case.happened)
				&& case.reported <= policy.end + self.window
		};
		case.claims = (0..self.policies.len())
			.filter(|policy| is_hit(&self.policies[*policy]))
			.collect();
		let claims: Vec<_> = case.claims.iter().map(|policy| *policy as u32).collect();
		self.market.file(incident, &claims);
		self.plan(self.day + 2, Task::Reveal(incident));
		self.plan(self.day + 3, Task::Count(incident));
		self.plan(self.day + 5, Task::Pay(incident));
		self.plan(self.day + (self.window / DAY) as u32 + 1, Task::Close(incident));
	}

	fn pay(&mut self, incident: u32) {
		let payments = self.market.pay(incident);
		let case = &mut self.cases[incident as usize];
		assert_eq!(payments.len(), case.claims.len());
		for (policy, paid) in case.claims.iter().zip(payments) {
			let award = paid.at_once + paid.arrears;
			let policy = &mut self.policies[*policy];
			policy.left -= award;
			case.awards += award;
			self.outcome.awards[0] += award;
			self.outcome.awards[1] += if policy.knew { award } else { 0 };
			self.outcome.at_once += paid.at_once;
		}
		if case.awards > 0 {
			self.outcome.incidents += 1;
			if case.failure.recovered.is_some() {
				self.plan(self.day + RECOVERED - GUEST.0, Task::GuestsCome(incident));
				self.plan(self.day + RECOVERED, Task::Recover(incident));
				self.plan(self.day + RECOVERED - GUEST.0 + GUEST.1, Task::GuestsGo);
			}
		}
	}

	/// What lost half or more is not for sale again.
	fn close(&mut self, incident: u32) {
		self.market.close(incident);
		let Failure { product, percent, .. } = self.cases[incident as usize].failure;
		if self.delisted.contains(&product) {
			return;
		}
		let again = percent < 50;
		self.market.relist(product, again);
		if !again {
			self.delisted.push(product);
		}
	}

	fn recover(&mut self, incident: u32) {
		let case = &self.cases[incident as usize];
		let amount = (case.awards as f64 * case.failure.recovered.unwrap_or(0.0)) as Balance;
		if amount > 0 {
			self.market.recover(incident, amount);
			self.outcome.recovered += amount;
		}
	}

	// ------------------------------------------------------------------------------------------ Underwriters

	/// Whether a pool takes deposits that anybody in their senses would make.
	fn is_sound(books: &Books) -> bool {
		books.arrears == 0 && books.capital >= books.supply / 100 && books.supply > 0
	}

	fn leave(&mut self, pool: u32, who: Investor) {
		if self.market.shares(pool, who) > 0 {
			self.market.request(pool, who);
			self.queues[pool as usize] = true;
		}
	}

	/// Those who are nervous ask for their money wherever the product is insured.
	fn run_away(&mut self, product: usize) {
		for pool in self.pools() {
			let capital = self.market.books(pool).capital;
			if self.market.exposure(pool, product) * WORTH_A_RUMOUR > capital
				&& self.market.shares(pool, Investor::Nervous) > 0
			{
				self.leave(pool, Investor::Nervous);
				self.plan(self.day + RETURN, Task::Return(pool));
			}
		}
	}

	fn come_back(&mut self, pool: u32) {
		if self.day >= LEAVE {
			return;
		}
		self.market.cancel_requests(pool, Investor::Nervous);
		let cash = self.market.cash(pool, Investor::Nervous);
		if cash > 0 && self.day < SALES && Self::is_sound(&self.market.books(pool)) {
			self.market.deposit(pool, Investor::Nervous, cash);
		}
	}

	fn guests_come(&mut self, incident: u32) {
		for (pool, loss) in self.market.losses(incident) {
			let books = self.market.books(pool);
			let cash = self.market.cash(pool, Investor::Guest);
			let amount = cash.min(books.capital / GUEST_PART);
			if loss > 0 && amount > 0 && self.day < OVER && Self::is_sound(&books) {
				self.outcome.pools[pool as usize].gains[Investor::Guest as usize].0 += amount;
				self.market.deposit(pool, Investor::Guest, amount);
			}
		}
	}

	fn finish(&mut self) {
		self.market.finish();
		for pool in self.pools() {
			let told = &mut self.outcome.pools[pool as usize];
			told.books = self.market.books(pool);
			let began = [CAPITAL[0], CAPITAL[1], crate::market::GUEST_CASH];
			for (who, began) in Investor::ALL.into_iter().zip(began) {
				let gain = self.market.cash(pool, who) as i128 - began as i128;
				let put_in = &mut told.gains[who as usize];
				put_in.1 = gain;
				if who != Investor::Guest {
					put_in.0 = began;
				}
			}
		}
	}
}
