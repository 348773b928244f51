//! Random calls and clock jumps, with every invariant after each of them.
//!
//! `LUTINE_FUZZ_STEPS` sets how many, `LUTINE_FUZZ_SEED` where they begin. With `--nocapture` the run ends with a table of
//! how often each call ended how.

use super::*;
use frame_support::{
	dispatch::DispatchErrorWithPostInfo, storage::with_storage_layer, traits::Hooks, weights::Weight,
};
use lutine_primitives::insurance::{IncidentId, PolicyId};
use std::collections::{BTreeMap, BTreeSet};

/// Steps of an ordinary test run.
const STEPS: u64 = 20_000;
const PEOPLE: u8 = 6;
const PRODUCTS: u32 = 7;
const POOLS: u32 = 3;

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

	/// Mostly amounts of ordinary size, now and then one at an end of what there is.
	fn amount(&mut self) -> Balance {
		match self.below(24) {
			0 => 0,
			1 => 1,
			2 => Balance::MAX,
			3 if self.chance(100) => ENDOWMENT / 2,
			n => {
				let bound = 10u64.pow(2 + (n % 5) as u32);
				self.below(bound).into()
			}
		}
	}

	fn person(&mut self) -> AccountId {
		account(2 + self.below(PEOPLE.into()) as u8)
	}

	fn pool(&mut self) -> PoolId {
		self.below(u64::from(POOLS) + u64::from(self.0.is_multiple_of(50))) as u32
	}

	fn product(&mut self) -> ProductId {
		// The last two share a risk group.
		match self.below(PRODUCTS.into()) as u32 {
			n if n >= PRODUCTS - 2 => 100 + n,
			n => n,
		}
	}

	fn of<'a, X>(&mut self, list: &'a [X]) -> Option<&'a X> {
		(!list.is_empty()).then(|| &list[self.below(list.len() as u64) as usize])
	}
}

/// What cover and claims would remember.
#[derive(Default)]
struct World {
	policies: BTreeMap<PolicyId, Policy>,
	/// Open incidents with their products and verdicts.
	incidents: Vec<(IncidentId, ProductId, u32)>,
	closed: Vec<IncidentId>,
	paid: BTreeSet<(IncidentId, PolicyId)>,
	next_policy: PolicyId,
	next_incident: IncidentId,
	/// What was awarded on each policy, and what of it arrived or is due.
	awarded: BTreeMap<PolicyId, Balance>,
	received: BTreeMap<PolicyId, Balance>,
	outcomes: BTreeMap<(&'static str, String), u64>,
}

/// What a step came to: the name of the call, and how it ended.
type Outcome = (&'static str, Result<(), DispatchError>);

impl World {
	fn step(&mut self, random: &mut Random) -> Outcome {
		let pool = random.pool();
		let who = random.person();
		match random.below(40) {
			0..=3 => {
				let min_shares = if random.chance(10) { random.amount() } else { 0 };
				let deadline = random.chance(10).then(|| now() - 5 + random.below(10));
				let amount = random.amount();
				(
					"deposit",
					call(Pools::deposit(signed(who), pool, amount, min_shares, deadline)),
				)
			}
			4..=5 => {
				let all = crate::pallet::Pools::<Test>::get(pool)
					.map_or(0, |books| Assets::balance(books.share, &who));
				let part = if random.chance(8) {
					random.amount()
				} else {
					all / (1 + u128::from(random.below(4)))
				};
				let min = if random.chance(6) { part } else { 0 };
				(
					"request_withdrawal",
					call(Pools::request_withdrawal(signed(who), pool, part, min)),
				)
			}
			6 => {
				let (who, request) = self.request(random, pool).unwrap_or((who, 0));
				(
					"cancel_withdrawal",
					call(Pools::cancel_withdrawal(signed(who), pool, request)),
				)
			}
			7 => (
				"process_withdrawals",
				call(Pools::process_withdrawals(
					signed(who),
					pool,
					random.below(9) as u32,
				)),
			),
			8 => {
				let (who, request) = self.request(random, pool).unwrap_or((who, 0));
				(
					"withdraw_marked_down",
					call(Pools::withdraw_marked_down(signed(who), pool, request)),
				)
			}
			9..=10 => {
				let weight = random.below(1_050_000_000) as u32;
				let rate = random
					.chance(3)
					.then(|| FixedU128::from_rational(random.below(30).into(), 100));
				let who = if random.chance(20) { who } else { MANAGER };
				(
					"set_line",
					call(Pools::set_line(signed(who), pool, random.product(), weight, rate)),
				)
			}
			11 if random.chance(8) => (
				"close_line",
				call(Pools::close_line(signed(MANAGER), pool, random.product())),
			),
			11..=12 => match random.below(4) {
				0 => (
					"set_manager",
					call(Pools::set_manager(signed(MANAGER), pool, MANAGER)),
				),
				1 if random.chance(4) => {
					let id = self.change(random, pool);
					(
						"withdraw_change",
						call(Pools::withdraw_change(signed(MANAGER), pool, id)),
					)
				}
				_ => {
					let fee = random.below(220_000_000) as u32;
					("set_fee", call(Pools::set_fee(signed(MANAGER), pool, fee)))
				}
			},
			13 => {
				let id = self.change(random, pool);
				("enact_change", call(Pools::enact_change(signed(who), pool, id)))
			}
			14 => ("settle", call(Pools::settle(signed(who), pool))),
			15 => ("distribute", call(Pools::distribute(signed(who), pool))),
			16 => (
				"pay_arrears",
				call(Pools::pay_arrears(signed(who), pool, random.amount() / 3)),
			),
			17 => {
				let amount = random.amount();
				(
					"draw_reserve",
					call(Pools::draw_reserve(RuntimeOrigin::root(), pool, amount)),
				)
			}
			18 => {
				let due = Dues::<Test>::iter().next();
				let (pool, who) = due.map_or((pool, who.clone()), |(pool, due, _)| (pool, due));
				(
					"collect_due",
					call(Pools::collect_due(signed(who.clone()), pool, who)),
				)
			}
			19..=24 => ("write", self.write(random, pool)),
			25 => ("cancel", self.cancel(random)),
			26 if random.chance(4) => {
				let product = random.product();
				(
					"freeze",
					with_storage_layer(|| <Pools as Reserving<AccountId>>::freeze(product)),
				)
			}
			26..=27 => {
				let frozen = ProductUnderwriters::<Test>::iter()
					.filter(|(_, u)| u.frozen)
					.map(|(product, _)| product);
				let frozen: Vec<_> = frozen.collect();
				let product = random.of(&frozen).copied().unwrap_or(0);
				(
					"thaw",
					with_storage_layer(|| <Pools as Reserving<AccountId>>::thaw(product)),
				)
			}
			28 if self.incidents.len() < 4 || random.chance(30) => ("accept", self.accept(random)),
			28..=31 => ("pay", self.pay(random)),
			32 => ("close", self.close(random)),
			33 => ("pull_arrears", self.pull(random, &who)),
			34 => ("recover", self.recover(random, &who)),
			35 => {
				// Whatever is sent to a pool's account unasked must change nothing.
				let account = Pools::account(pool);
				let amount = u128::from(random.below(1_000)) + 1;
				("donate", call(Assets::transfer(signed(who), 1, account, amount)))
			}
			36 => {
				// An asset's owner may keep an account from receiving; everybody else goes on.
				let result = match random.chance(3) && who != BUYER {
					true => call(Assets::block(signed(MANAGER), 1, who)),
					false => call(Assets::thaw(signed(MANAGER), 1, who)),
				};
				("block or thaw", result)
			}
			37 => {
				PricingParameters::mutate(|p| p.rho = Perbill::from_percent(random.below(40) as u32));
				("rho", Ok(()))
			}
			_ => {
				let seconds = match random.below(8) {
					0 => 0,
					1..=3 => random.below(7_200),
					4..=5 => random.below(3 * DAY),
					6 => random.below(20 * DAY),
					_ if random.chance(6) => random.below(500 * DAY),
					_ => DAY - now() % DAY,
				};
				pass(seconds);
				if random.chance(2) {
					let weight = Weight::from_parts(random.below(40_000_000_000), u64::MAX);
					let used = <Pools as Hooks<u64>>::on_idle(1, weight);
					assert!(used.all_lte(weight), "on_idle takes more than it was given");
				}
				("time", Ok(()))
			}
		}
	}

	fn request(&self, random: &mut Random, pool: PoolId) -> Option<(AccountId, u64)> {
		let books = crate::pallet::Pools::<Test>::get(pool)?;
		let index = books.queue.head + random.below(books.queue.tail - books.queue.head + 1);
		Some((Requests::<Test>::get(pool, index)?.who, index))
	}

	fn change(&self, random: &mut Random, pool: PoolId) -> u32 {
		let announced = Changes::<Test>::get(pool);
		random.of(&announced).map_or(9, |change| change.id)
	}

	fn write(&mut self, random: &mut Random, pool: PoolId) -> Result<(), DispatchError> {
		let lines: Vec<_> = Lines::<Test>::iter_key_prefix(pool).collect();
		let product = match random.chance(10) {
			true => random.product(),
			false => random.of(&lines).copied().unwrap_or(0),
		};
		let amount = match random.chance(3) {
			true => random.amount(),
			// Full books are where losses hurt.
			false => {
				let lines = Pools::report_lines(pool);
				let room = lines
					.iter()
					.find(|line| line.product == product)
					.map_or(1, |line| line.capacity - line.exposure.min(line.capacity));
				room / u128::from(1 + random.below(4))
			}
		};
		let policy = try_write(pool, product, amount, 1 + random.below(70))?;
		self.policies.insert(self.next_policy, policy);
		self.next_policy += 1;
		Ok(())
	}

	/// Policies in whose time nothing can happen any more are forgotten.
	fn policy(&mut self, random: &mut Random) -> Option<PolicyId> {
		let ids: Vec<_> = self.policies.keys().copied().collect();
		random.of(&ids).copied()
	}

	fn cancel(&mut self, random: &mut Random) -> Result<(), DispatchError> {
		let Some(id) = self.policy(random) else {
			return Ok(());
		};
		let policy = self.policies[&id].clone();
		let refund = cancel(&policy)?;
		assert!(refund <= policy.premium, "more is refunded than was paid");
		self.policies.remove(&id);
		Ok(())
	}

	fn accept(&mut self, random: &mut Random) -> Result<(), DispatchError> {
		let percent = if random.chance(2) {
			100
		} else {
			random.below(101) as u32
		};
		let written: Vec<_> = self.policies.values().map(|policy| policy.product).collect();
		let product = random.of(&written).copied().unwrap_or(0);
		let incident = self.next_incident;
		with_storage_layer(|| {
			<Pools as Reserving<AccountId>>::accept(incident, product, Perbill::from_percent(percent))
		})?;
		self.next_incident += 1;
		self.incidents.push((incident, product, percent));
		Ok(())
	}

	/// One claim for each policy and incident, within the verdict; now and then with more than that, up to the amount.
	fn pay(&mut self, random: &mut Random) -> Result<(), DispatchError> {
		let Some((incident, product, percent)) = random.of(&self.incidents).copied() else {
			return Ok(());
		};
		let claimable: Vec<PolicyId> = self
			.policies
			.iter()
			.filter(|(id, policy)| policy.product == product && !self.paid.contains(&(incident, **id)))
			.map(|(id, _)| *id)
			.collect();
		let Some(id) = random.of(&claimable).copied() else {
			return Ok(());
		};
		let policy = self.policies.get_mut(&id).unwrap();
		let most = match random.chance(10) {
			true => policy.allocation.amount,
			false => policy.allocation.amount * u128::from(percent) / 100,
		};
		let award = if random.chance(3) {
			most
		} else {
			most * u128::from(random.below(101)) / 100
		};
		let recipient = random.person();
		let before = arrived(policy.allocation.pool, &recipient);
		let payment = pay(incident, id, policy, award, &recipient)?;
		assert_eq!(payment.paid + payment.arrears, award);
		let pool = policy.allocation.pool;
		*self.received.entry(id).or_default() += arrived(pool, &recipient) - before;
		*self.awarded.entry(id).or_default() += award;
		self.paid.insert((incident, id));
		Ok(())
	}

	fn pull(&mut self, random: &mut Random, who: &AccountId) -> Result<(), DispatchError> {
		let debts: Vec<_> = Debts::<Test>::iter_keys().collect();
		let Some((pool, id)) = random.of(&debts).copied() else {
			return Ok(());
		};
		let pulled = with_storage_layer(|| <Pools as Reserving<AccountId>>::pull_arrears(pool, id, who))?;
		*self.received.entry(id).or_default() += pulled;
		Ok(())
	}

	fn close(&mut self, random: &mut Random) -> Result<(), DispatchError> {
		let Some(entry) = random.of(&self.incidents).copied() else {
			return Ok(());
		};
		with_storage_layer(|| <Pools as Reserving<AccountId>>::close(entry.0, entry.1))?;
		self.incidents.retain(|other| *other != entry);
		self.closed.push(entry.0);
		Ok(())
	}

	fn recover(&mut self, random: &mut Random, who: &AccountId) -> Result<(), DispatchError> {
		let open = self.incidents.iter().map(|(id, ..)| *id);
		let all: Vec<_> = open.chain(self.closed.iter().copied()).collect();
		let Some(incident) = random.of(&all).copied() else {
			return Ok(());
		};
		let amount = random.amount() / 10;
		with_storage_layer(|| <Pools as Reserving<AccountId>>::recover(who, incident, &USD, amount))
	}

	/// What nobody else's record can tell: money is neither made nor lost, and nobody gets more than was awarded.
	fn check(&self, issuance: Balance) {
		assert_eq!(Assets::total_supply(1), issuance, "units were made or lost");
		for (id, awarded) in &self.awarded {
			let received = self.received.get(id).copied().unwrap_or(0);
			assert!(received <= *awarded, "policy {id} got {received} of {awarded}");
		}
	}

	/// Policies that the pools have released cannot be paid or cancelled any more.
	fn forget_released(&mut self) {
		let lines: BTreeMap<(PoolId, ProductId), Line> = Lines::<Test>::iter()
			.map(|(pool, product, line)| ((pool, product), line))
			.collect();
		self.policies.retain(|_, policy| {
			let key = (policy.allocation.pool, policy.product);
			let release = (policy.term.end + policy.term.claim_window).div_ceil(DAY) * DAY;
			let settled = books(policy.allocation.pool).settled_at >= release;
			policy.allocation.amount > 0 && (!settled || lines.get(&key).is_some_and(|line| line.matured > 0))
		});
	}
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

/// What an account has, and what waits for it in a pool.
fn arrived(pool: PoolId, who: &AccountId) -> Balance {
	usd(who) + Dues::<Test>::get(pool, who)
}

fn name(error: DispatchError) -> String {
	match error {
		DispatchError::Module(module) => module.message.unwrap_or("an error of another pallet").into(),
		other => format!("{other:?}"),
	}
}

fn setting(name: &str, default: u64) -> u64 {
	std::env::var(name)
		.ok()
		.map_or(default, |value| value.parse().expect("a number"))
}

#[test]
fn books_stay_sound_when_calls_are_random() {
	let steps = setting("LUTINE_FUZZ_STEPS", STEPS);
	let mut random = Random(setting("LUTINE_FUZZ_SEED", 1));
	let mut world = World::default();
	// A world grows old and hard to change; each lives for so many steps.
	let life = 10_000;
	for begun in (0..steps).step_by(life as usize) {
		new_test_ext().execute_with(|| {
			world = World {
				outcomes: std::mem::take(&mut world.outcomes),
				..Default::default()
			};
			PricingParameters::set(Default::default());
			for fee in 0..POOLS {
				assert_ok!(Pools::create(signed(MANAGER), USD, fee * 50_000_000));
			}
			for pool in 0..POOLS {
				for product in 0..4 {
					set_line(pool, product + pool, 60);
				}
				deposit(pool, ALICE, 100_000 << (2 * pool));
			}
			let issuance = Assets::total_supply(1);
			for step in begun..steps.min(begun + life) {
				let (call, result) = world.step(&mut random);
				let outcome = result.map_or_else(name, |()| "ok".into());
				assert!(
					!outcome.contains("Arithmetic"),
					"step {step}: {call} ended with {outcome}"
				);
				*world.outcomes.entry((call, outcome)).or_default() += 1;
				if let Err(broken) = Pools::do_try_state() {
					panic!("step {step}: {call} broke an invariant: {broken:?}");
				}
				world.check(issuance);
				if step.is_multiple_of(16) {
					world.forget_released();
				}
			}
		});
	}
	let mut total = 0;
	for ((call, outcome), count) in &world.outcomes {
		println!("{call:<22} {outcome:<28} {count:>8}");
		total += count;
	}
	println!("{total} calls");
	// A run in which nothing succeeds would prove nothing.
	for call in [
		"deposit",
		"process_withdrawals",
		"write",
		"cancel",
		"pay",
		"pull_arrears",
		"recover",
		"enact_change",
	] {
		assert!(
			steps < STEPS || world.outcomes.contains_key(&(call, "ok".into())),
			"{call} never succeeded"
		);
	}
}
