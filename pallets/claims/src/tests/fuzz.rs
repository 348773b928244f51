//! Random calls of claims and of what is around them, with every invariant after each, and now and then a drain: whatever is
//! open must come to an end once its deadlines are over.
//!
//! `LUTINE_FUZZ_STEPS` sets how many, `LUTINE_FUZZ_SEED` where they begin. With `--nocapture` the run ends with a table of
//! how often each call ended how.

use super::*;
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{GetCallMetadata, GetCallName},
	weights::Weight,
};
use sp_runtime::{
	DispatchError, Perbill, StateVersion,
	traits::{Dispatchable, Zero},
};
use std::collections::{BTreeMap, BTreeSet};

/// Steps of an ordinary test run.
const STEPS: u64 = 4_000;
/// A world grows old and hard to change; each lives for so many steps. It begins with a seed of its own, one above that
/// of the world before, so that a failure can be repeated without the worlds before it.
const LIFE: u64 = 1_000;
/// What each pool holds, and its capital: the first can be ruined.
const POOLS: [(AssetId, Balance); 3] = [(USD, 100_000), (USD, 3_000_000), (AssetId::Native, 3_000_000)];
/// The products, and one that there is not: two that are judged, and one that [`FEED`] proves incidents of.
const PRODUCTS: u64 = 4;
const PARAMETRIC: ProductId = 2;
/// Who begin with nothing, and may lose all they get.
const POOR: [AccountId; 2] = [account(60), account(61)];
/// Within which a feed is fed, if at all.
const CHUNK: Seconds = DAY / 4;

type Do = crate::Call<Test>;
type Policies = pallet_cover::Policies<Test>;
type Products = pallet_cover::Products<Test>;

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

	fn percent(&mut self, from: u64, to: u64) -> Perbill {
		Perbill::from_percent((from + self.below(to - from + 1)) as u32)
	}

	/// Mostly up to `most`, of any size; now and then at an end of what there is.
	fn amount(&mut self, most: u64) -> Balance {
		match self.below(24) {
			0 => 0,
			1 => Balance::MAX,
			n => (1 + self.below(most >> (n % 5))).into(),
		}
	}

	fn of<X>(&mut self, list: impl IntoIterator<Item = X>) -> Option<X> {
		let mut list: Vec<_> = list.into_iter().collect();
		(!list.is_empty()).then(|| list.swap_remove(self.below(list.len() as u64) as usize))
	}

	/// Who has everything.
	fn person(&mut self) -> AccountId {
		account(2 + self.below(8) as u8)
	}

	fn anybody(&mut self) -> AccountId {
		match self.below(10) {
			n @ 0..=1 => POOR[n as usize].clone(),
			2 => JUDGES[self.below(5) as usize].clone(),
			_ => self.person(),
		}
	}

	fn pool(&mut self) -> PoolId {
		self.below(POOLS.len() as u64) as u32
	}

	fn product(&mut self) -> ProductId {
		self.below(PRODUCTS) as u32
	}

	/// A case that fits; now and then any number.
	fn case(&mut self, fits: impl Fn(&CaseOf<Test>) -> bool) -> CaseId {
		let fitting = Cases::<Test>::iter().filter(|(_, case)| fits(case));
		match self.of(fitting) {
			Some((id, _)) if !self.chance(24) => id,
			_ => self.below(u64::from(NextCase::<Test>::get()) + 2) as u32,
		}
	}

	/// An incident that fits; now and then any number.
	fn incident(&mut self, fits: impl Fn(&IncidentState<BlockNumber>) -> bool) -> IncidentId {
		let fitting = Incidents::<Test>::iter().filter(|(_, incident)| fits(&incident.state));
		match self.of(fitting) {
			Some((id, _)) if !self.chance(24) => id,
			_ => self.below(u64::from(NextIncident::<Test>::get()) + 2) as u32,
		}
	}

	/// Where evidence is, now and then not as it must be.
	fn uri(&mut self) -> Vec<u8> {
		match self.below(40) {
			0 => vec![],
			1 => b"with spaces".to_vec(),
			2 => vec![b'x'; 129],
			_ => uri(),
		}
	}
}

/// What is remembered of what there was.
#[derive(Default)]
struct World {
	/// What policies insured when they were bought.
	amounts: BTreeMap<PolicyId, Balance>,
	/// Claims that were paid or denied, as they were then.
	settled: BTreeMap<(IncidentId, PolicyId), Claim>,
	/// Incidents that are over, as they were then.
	over: BTreeMap<IncidentId, IncidentOf<Test>>,
	/// The cases after the last step, and the id of the next one.
	cases: (BTreeSet<CaseId>, CaseId),
	/// Events that come once.
	decided: BTreeSet<CaseId>,
	paid: BTreeSet<(IncidentId, PolicyId)>,
	/// Native tokens that there are, and those of them that somebody sent to the pallet's account unasked.
	issuance: Balance,
	donated: Balance,
	/// What the feed says, in hundredths, unless it is silent; when it last did.
	level: u32,
	is_silent: bool,
	said: Seconds,
	outcomes: BTreeMap<(String, String), u64>,
}

fn any_native() -> Balance {
	frame_system::Account::<Test>::iter_values()
		.map(|account| account.data.free + account.data.reserved)
		.sum()
}

/// Blocks in which something ends in a phase.
fn deadlines(phase: Phase<BlockNumber>) -> Vec<BlockNumber> {
	match phase {
		Phase::Optimistic { until } | Phase::Disputable { until } => vec![until],
		Phase::Assessing {
			commit_until,
			reveal_until,
		} => vec![commit_until, reveal_until],
		Phase::Voting { ends, .. } => vec![ends - 1, ends + EnactmentPeriod::get()],
		Phase::Waiting | Phase::Queued { .. } | Phase::Decided { .. } => vec![],
	}
}

fn is_due(case: &CaseOf<Test>) -> bool {
	case.phase != Phase::Waiting && deadlines(case.phase).last().is_none_or(|last| *last < block())
}

/// What a judge thinks of a case: most are near to what is true of it.
fn opinion(case: CaseId, who: &AccountId) -> u8 {
	let truth = [100, 0, 60, 100, 30][case as usize % 5];
	let who: &[u8; 32] = who.as_ref();
	match (case + u32::from(who[0])) % 7 {
		0 => 100 - truth,
		1 => (truth + 7).min(100),
		_ => truth,
	}
}

/// The policies, of one product or of all, in force at a moment.
fn in_force(time: Seconds, product: Option<ProductId>) -> impl Iterator<Item = PolicyId> {
	Policies::iter()
		.filter(move |(_, policy)| (policy.start..policy.end).contains(&time))
		.filter(move |(_, policy)| product.is_none_or(|product| policy.product == product))
		.map(|(id, _)| id)
}

fn due_claims() -> impl Iterator<Item = (IncidentId, PolicyId)> {
	crate::Claims::<Test>::iter()
		.filter(|(.., claim)| matches!(claim.state, ClaimState::Due { .. }))
		.map(|(incident, policy, _)| (incident, policy))
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
	fn begin(&mut self) {
		let outcomes = std::mem::take(&mut self.outcomes);
		Asked::set(vec![]);
		CoverParameters::mutate(|cover| cover.min_period = DAY);
		for (assets, waiting, window, deductible, optimistic) in [
			(&[USD][..], 0, 3 * DAY, 0, 1_000),
			(&[USD, AssetId::Native], DAY, 10 * DAY - 1, 50_000_000, 3_000),
			(&[USD], 2 * DAY, 5 * DAY + 7, 0, 20_000),
		] {
			let mut proposal = sold_in(assets);
			proposal.waiting_period = Some(waiting);
			proposal.claim_window = Some(window);
			proposal.conditions.min_period = waiting + DAY;
			proposal.conditions.deductible = deductible;
			for limits in &mut proposal.conditions.assets {
				limits.optimistic = optimistic;
				// Little enough for the smallest pool to stand behind it.
				(limits.total, limits.max) = (3_000_000, 3_000_000);
			}
			if assets.len() == 1 && waiting > 0 {
				proposal.trigger = parametric(2, 2, &[(95, 10), (88, 50), (50, 100)]);
			}
			list(proposal);
		}
		for (asset, capital) in POOLS {
			let products: &[ProductId] = if asset == USD { &[0, 1, PARAMETRIC] } else { &[1] };
			pool_in(asset, products, capital);
		}
		// The treasury cannot pay for everything.
		assert_ok!(Balances::transfer_keep_alive(
			signed(TREASURY),
			BOB,
			TREASURE - 2_000
		));
		seat(&[5_000; 5]);
		*self = Self {
			issuance: any_native(),
			level: 100,
			outcomes,
			..Default::default()
		};
		self.feed();
	}

	fn note(&mut self, call: impl Into<String>, outcome: impl Into<String>) {
		*self.outcomes.entry((call.into(), outcome.into())).or_default() += 1;
	}

	/// Makes a call, as Root where it is nobody's. One that fails changes nothing.
	fn call(&mut self, who: Option<&AccountId>, call: impl Into<RuntimeCall>) -> DispatchResult {
		let call = call.into();
		let named = call.get_call_metadata();
		let named = format!("{}.{}", named.pallet_name, named.function_name);
		let most = call.get_dispatch_info().call_weight;
		let before = (sp_io::storage::root(StateVersion::V1), Asked::get());
		let result = match call.dispatch(who.cloned().map_or_else(root, signed)) {
			Ok(info) => {
				let used = info.actual_weight.unwrap_or(most);
				assert!(used.all_lte(most), "{named} took {used:?} of {most:?}");
				Ok(())
			}
			Err(failed) => {
				// What the mock remembers of referenda is outside of the storage.
				Asked::set(before.1);
				assert_eq!(before.0, sp_io::storage::root(StateVersion::V1), "{named}");
				Err(failed.error)
			}
		};
		let outcome = match result {
			Ok(()) => "ok".into(),
			Err(DispatchError::Module(error)) => error.message.unwrap_or("of another pallet").into(),
			Err(error) => format!("{error:?}"),
		};
		assert!(!outcome.contains("Arithmetic"), "{named} ended with {outcome}");
		self.note(named, outcome);
		result
	}

	fn step(&mut self, random: &mut Random) {
		let (who, pool) = (random.anybody(), random.pool());
		let by = Some(&who);
		let _ = match random.below(100) {
			0..=9 => self.shop(random),
			10 => {
				let policy = random.of(Policies::iter_keys()).unwrap_or_default();
				let holder = Cover::holder(policy).filter(|_| !random.chance(8));
				let by = holder.or(Some(who));
				match random.below(4) {
					0 => self.call(by.as_ref(), pallet_cover::Call::cancel { policy }),
					1 => self.call(by.as_ref(), pallet_cover::Call::close { policy }),
					_ => self.call(
						by.as_ref(),
						pallet_nfts::Call::transfer {
							collection: pallet_cover::CERTIFICATES,
							item: policy,
							dest: random.anybody(),
						},
					),
				}
			}
			11..=12 => self.of_pools(random, who, pool),
			13..=14 => self.block(random, &who, pool),
			15..=17 => {
				let product = random.product();
				self.call(None, pallet_cover::Call::resume { product })
			}
			18..=19 => self.give(random),
			20 => {
				govern(|claims| change(claims, random));
				self.note("govern", "ok");
				Ok(())
			}
			21..=23 => {
				let amount = random.amount(20_000);
				let judge = random.of(JUDGES).filter(|_| !random.chance(4)).unwrap_or(who);
				self.call(Some(&judge), Do::stake { amount })
			}
			24 => {
				let judge = random.of(Assessors::<Test>::iter_keys()).unwrap_or(who);
				match random.chance(3) {
					true => self.call(Some(&judge), Do::leave {}),
					false => self.call(Some(&judge), Do::withdraw_stake {}),
				}
			}
			25..=28 => {
				let happened = now() - random.below(DAY / 2) + random.below(40) / 39;
				let insured = in_force(happened, None).map(|id| Policies::get(id).unwrap().product);
				let insured = random.of(insured.filter(|product| *product != PARAMETRIC));
				let report = Do::report {
					product: insured
						.filter(|_| !random.chance(8))
						.unwrap_or_else(|| random.product()),
					happened,
					uri: random.uri(),
					hash: hash(),
					max_bond: if random.chance(10) { 1_500 } else { Balance::MAX },
				};
				self.call(by, report)
			}
			29..=36 => self.file(random, who),
			37 => {
				let case = random.case(|_| true);
				let (uri, hash) = (random.uri(), hash());
				self.call(by, Do::add_evidence { case, uri, hash })
			}
			38..=40 => {
				let case = random.case(|case| match case.phase {
					Phase::Optimistic { .. } => true,
					Phase::Assessing { .. } => case.challenger.is_some(),
					_ => false,
				});
				let alternative = random.below(102) as u8;
				let (uri, hash) = (random.uri(), hash());
				self.call(
					by,
					Do::challenge {
						case,
						alternative,
						uri,
						hash,
					},
				)
			}
			41..=46 => self.commit(random, who),
			47..=52 => self.reveal(random),
			53..=55 => {
				let votes = Votes::<Test>::iter_keys().filter(|_| !random.chance(3));
				for (case, assessor) in votes.collect::<Vec<_>>() {
					let _ = self.call(by, Do::settle { case, assessor });
				}
				let case = random.case(|_| true);
				self.call(
					by,
					Do::settle {
						case,
						assessor: who.clone(),
					},
				)
			}
			56..=58 => {
				let case = random.case(|case| matches!(case.phase, Phase::Disputable { .. }));
				let direction = random.of([Direction::Upward, Direction::Downward]).unwrap();
				let (uri, hash) = (random.uri(), hash());
				self.call(
					by,
					Do::dispute {
						case,
						direction,
						uri,
						hash,
					},
				)
			}
			59..=61 => {
				self.vote(random);
				let by = by.filter(|_| random.chance(12));
				self.enact(random, by)
			}
			62..=67 | 86..=89 => {
				let case = match random.chance(4) {
					true => random.case(|_| true),
					false => random.case(is_due),
				};
				CanAsk::set(!random.chance(8));
				let result = self.call(by, Do::poke { case });
				CanAsk::set(true);
				result
			}
			68 => {
				// What is approved cannot be paid without the books of a pool.
				let books = pallet_pools::Pools::<Test>::take(pool);
				let case = random.case(|case| is_due(case) && !case.subject.is_incident());
				if Cases::<Test>::get(case).is_some_and(|case| !case.subject.is_incident()) {
					let _ = self.call(by, Do::poke { case });
				}
				let result = self.batch(random, by);
				pallet_pools::Pools::<Test>::set(pool, books);
				result
			}
			69..=70 => {
				let incident = random.incident(|state| {
					matches!(
						state,
						IncidentState::Observed { .. } | IncidentState::Accepted { .. }
					)
				});
				self.call(by, Do::poke_incident { incident })
			}
			71 => self.batch(random, by),
			72 => {
				let due = random.of(due_claims()).filter(|_| !random.chance(4));
				let settled = random.of(self.settled.keys().copied());
				let (incident, policy) = due.or(settled).unwrap_or_default();
				self.call(by, Do::pay_claim { incident, policy })
			}
			73 => {
				let recover = Do::recover {
					incident: random.incident(|state| !matches!(state, IncidentState::Judged { .. })),
					asset: if random.chance(6) { AssetId::Native } else { USD },
					amount: random.amount(20_000),
				};
				self.call(by, recover)
			}
			74..=80 => {
				let product = if random.chance(8) {
					random.product()
				} else {
					PARAMETRIC
				};
				match random.below(4) {
					0 => self.call(by, Do::freeze { product }),
					1 => self.call(by, Do::thaw { product }),
					2 => self.call(by, Do::trigger { product }),
					_ => self.call(by, Do::rearm { product }),
				}
			}
			81..=82 => {
				self.is_silent = random.chance(4);
				self.level = random.of([100, 100, 100, 96, 95, 94, 85, 40]).unwrap();
				self.feed();
				self.note("feed", "ok");
				Ok(())
			}
			83..=85 => {
				let weight = Weight::from_parts(random.below(20_000_000_000), u64::MAX);
				run_idle(1 + random.below(3), weight);
				self.note("on_idle", "ok");
				Ok(())
			}
			_ => self.time(random),
		};
	}

	/// Somebody buys several policies, mostly where some are sold.
	fn shop(&mut self, random: &mut Random) -> DispatchResult {
		let sold = Products::iter().filter(|(_, product)| !product.is_under_incident());
		let sold = random.of(sold.map(|(id, _)| id)).filter(|_| !random.chance(4));
		let product = sold.unwrap_or_else(|| random.product());
		if Products::get(product).is_some_and(|product| product.status == pallet_cover::Status::Paused) {
			let _ = self.call(None, pallet_cover::Call::resume { product });
		}
		(0..random.below(4)).try_for_each(|_| self.buy(random, product))
	}

	fn buy(&mut self, random: &mut Random, product: ProductId) -> DispatchResult {
		let pools = match random.below(6) {
			0 => vec![0],
			1 => vec![2],
			2 => vec![0, 1],
			_ => vec![1],
		};
		let parts = pools.iter().map(|pool| {
			let amount = 1 + u128::from(random.below([4_000, 20_000, 10_000][*pool as usize]));
			Part { pool: *pool, amount }
		});
		let parts: Vec<_> = parts.collect();
		let buy = pallet_cover::Call::buy {
			product,
			asset: POOLS[pools[0] as usize].0.clone(),
			order: Order {
				amount: parts.iter().map(|part| part.amount).sum(),
				end: end_of((1 + random.below(40)) * DAY),
				parts: parts.try_into().unwrap(),
				max_premium: Balance::MAX,
				deadline: None,
				broker: None,
			},
			item: Item::default(),
		};
		self.call(Some(&random.person()), buy)
	}

	fn of_pools(&mut self, random: &mut Random, who: AccountId, pool: PoolId) -> DispatchResult {
		use pallet_pools::Call;
		let by = Some(&who);
		match random.below(6) {
			0 => {
				let amount = random.amount(200_000);
				let (min_shares, deadline) = (0, None);
				self.call(
					by,
					Call::deposit {
						pool,
						amount,
						min_shares,
						deadline,
					},
				)
			}
			1 => {
				let shares = random.amount(1_000_000);
				self.call(
					Some(&ALICE),
					Call::request_withdrawal {
						pool,
						shares,
						min_amount: 0,
					},
				)
			}
			2 => self.call(by, Call::process_withdrawals { pool, max: 3 }),
			3 => self.call(by, Call::settle { pool }),
			4 => {
				let due = random.of(pallet_pools::Dues::<Test>::iter_keys());
				let (pool, who) = due.unwrap_or((pool, who.clone()));
				self.call(by, Call::collect_due { pool, who })
			}
			_ => {
				let policy = random.of(Policies::iter_keys()).unwrap_or_default();
				self.call(by, pallet_cover::Call::pull_arrears { policy })
			}
		}
	}

	/// The owner of an asset may keep accounts from moving it, also those of pools, or everybody.
	fn block(&mut self, random: &mut Random, who: &AccountId, pool: PoolId) -> DispatchResult {
		use pallet_assets::Call;
		let who = if random.chance(3) {
			Pools::account(pool)
		} else {
			who.clone()
		};
		let by = Some(&MANAGER);
		match random.below(12) {
			0..=1 => self.call(by, Call::block { id: 1, who }),
			2 => self.call(by, Call::freeze { id: 1, who }),
			3 => self.call(by, Call::freeze_asset { id: 1 }),
			4..=7 => self.call(by, Call::thaw_asset { id: 1 }),
			_ => self.call(by, Call::thaw { id: 1, who }),
		}
	}

	/// Native tokens come to who has few, or go from them; or to the pallet's account, where they must change nothing.
	fn give(&mut self, random: &mut Random) -> DispatchResult {
		let poor = random.of(POOR).unwrap();
		let value = u128::from(random.below(6_000));
		match random.below(6) {
			0 => {
				let (dest, keep_alive) = (random.person(), random.chance(2));
				self.call(
					Some(&poor),
					pallet_balances::Call::transfer_all { dest, keep_alive },
				)
			}
			1 => {
				let dest = Claims::account();
				self.call(
					Some(&BOB),
					pallet_balances::Call::transfer_keep_alive { dest, value },
				)?;
				self.donated += value;
				Ok(())
			}
			n => {
				let dest = if n == 2 { TREASURY } else { poor };
				self.call(
					Some(&BOB),
					pallet_balances::Call::transfer_keep_alive { dest, value },
				)
			}
		}
	}

	fn file(&mut self, random: &mut Random, who: AccountId) -> DispatchResult {
		let incident = random.incident(|state| {
			let payout = Payout::Claims;
			matches!(state, IncidentState::Accepted { payout: of, .. } if *of == payout)
		});
		let policy = match (Incidents::<Test>::get(incident), random.chance(10)) {
			(Some(hit), false) => {
				let fresh = |policy: &PolicyId| !crate::Claims::<Test>::contains_key(incident, policy);
				random.of(in_force(hit.happened, Some(hit.product)).filter(fresh))
			}
			_ => random.of(Policies::iter_keys()),
		};
		let policy = policy.unwrap_or_default();
		let holder = Cover::holder(policy)
			.filter(|_| !random.chance(10))
			.unwrap_or(who);
		let file = Do::file {
			incident,
			policy,
			loss: if random.chance(2) {
				random.amount(1_000)
			} else {
				random.amount(40_000)
			},
			uri: random.uri(),
			hash: hash(),
		};
		self.call(Some(&holder), file)
	}

	fn commit(&mut self, random: &mut Random, who: AccountId) -> DispatchResult {
		let case = random.case(|case| matches!(case.phase, Phase::Assessing { .. }));
		for judge in JUDGES.iter().filter(|_| !random.chance(3)) {
			let commitment = Claims::commitment(case, judge, opinion(case, judge), SALT);
			let _ = self.call(Some(judge), Do::commit { case, commitment });
		}
		self.call(
			Some(&who),
			Do::commit {
				case,
				commitment: hash(),
			},
		)
	}

	fn reveal(&mut self, random: &mut Random) -> DispatchResult {
		let mut result = Ok(());
		for (case, who) in Votes::<Test>::iter_keys()
			.filter(|_| !random.chance(3))
			.collect::<Vec<_>>()
		{
			let percent = match random.chance(12) {
				true => random.below(120) as u8,
				false => opinion(case, &who),
			};
			result = self.call(
				Some(&who),
				Do::reveal {
					case,
					percent,
					salt: SALT,
				},
			);
		}
		result
	}

	/// Token holders make up their minds, or one more referendum ends it.
	fn vote(&mut self, random: &mut Random) {
		for (case, _, ends) in Running::<Test>::get() {
			let (referendum, _) = referendum(case);
			// What was counted stands.
			if block() >= ends || asked(referendum).cancelled {
				continue;
			}
			match random.below(6) {
				0..=1 => pass_referendum(referendum),
				2..=3 => fail_referendum(referendum),
				4 => cancel_referendum(referendum),
				_ => continue,
			}
			self.note("vote", "ok");
		}
	}

	/// Of the referenda that passed one is enacted, mostly; or something that is none.
	fn enact(&mut self, random: &mut Random, by: Option<&AccountId>) -> DispatchResult {
		let passed = Running::<Test>::get()
			.into_iter()
			.map(|(case, ..)| case)
			.filter(|case| has_passed(*case));
		let passed = random.of(passed).map(|case| (case, referendum(case).1));
		let any = (random.case(|_| true), random.below(20) as u32);
		let (case, ballot) = passed.filter(|_| !random.chance(4)).unwrap_or(any);
		self.call(by, Do::enact { case, ballot })
	}

	fn batch(&mut self, random: &mut Random, by: Option<&AccountId>) -> DispatchResult {
		let incident = random.incident(|state| {
			matches!(
				state,
				IncidentState::Accepted {
					payout: Payout::Batch { .. },
					..
				}
			)
		});
		let most = random.below(5) as u32;
		self.call(by, Do::pay_batch { incident, most })
	}

	/// The feed is fed, unless it is silent.
	fn feed(&mut self) {
		if !self.is_silent {
			let value = FixedU128::from_rational(self.level.into(), 100);
			self.said = now();
			Claims::note_price(FEED, value, self.said);
			Fed::mutate(|fed| fed.insert(FEED, Some(value)));
		} else if now() - self.said > ClaimsParameters::get().feed_max_age {
			Fed::mutate(|fed| fed.insert(FEED, None));
		}
	}

	/// Time goes by in one block.
	fn elapse(&mut self, seconds: Seconds) {
		let end = now() + seconds;
		while now() < end {
			pass(CHUNK.min(end - now()));
			self.feed();
		}
	}

	fn time(&mut self, random: &mut Random) -> DispatchResult {
		let ends = Cases::<Test>::iter_values().flat_map(|case| deadlines(case.phase));
		let ends: BTreeSet<_> = ends.filter(|end| *end >= block()).collect();
		let end = match random.chance(4) {
			true => random.of(ends),
			false => ends.first().copied(),
		};
		self.vote(random);
		match random.below(10) {
			0..=1 => self.elapse(random.below(7_200)),
			2 => self.elapse(random.below(3 * DAY)),
			3 if random.chance(4) => self.elapse(random.below(40 * DAY)),
			3 => self.elapse(DAY - now() % DAY),
			4..=7 => run_to(end.unwrap_or(block()) + random.below(2)),
			_ => run(1 + random.below(4)),
		}
		self.feed();
		if !random.chance(4) && Running::<Test>::get().iter().any(|(case, ..)| has_passed(*case)) {
			let _ = self.enact(random, None);
		}
		self.note("time", "ok");
		Ok(())
	}

	/// What nobody else's record can tell.
	fn check(&mut self) {
		check();
		assert_eq!(any_native(), self.issuance, "native tokens were made or lost");
		assert_eq!(Balances::total_issuance(), self.issuance);
		let pots: Balance = Rounds::<Test>::iter_values().map(|round| round.pot).sum();
		assert_eq!(native(&Claims::account()), SEED + self.donated + pots);

		for event in System::read_events_for_pallet::<Event>() {
			match event {
				Event::Decided { case, .. } => assert!(self.decided.insert(case), "{case} was decided twice"),
				Event::ClaimPaid { incident, policy, .. } => {
					assert!(
						self.paid.insert((incident, policy)),
						"{policy} was paid twice for {incident}"
					)
				}
				_ => {}
			}
		}
		System::reset_events();

		let cases: BTreeSet<CaseId> = Cases::<Test>::iter_keys().collect();
		let (before, next) = &self.cases;
		let is_known = |id| before.contains(id) || id >= next && !self.decided.contains(id);
		assert!(cases.iter().all(is_known), "a case came back");
		self.cases = (cases, NextCase::<Test>::get());
		let unanswered = Asked::get().iter().filter(|question| !question.forgotten).count();
		assert_eq!(
			unanswered,
			Running::<Test>::get().len(),
			"a referendum is about nothing"
		);

		for (id, policy) in Policies::iter() {
			self.amounts.insert(id, policy.amount);
		}
		let mut awards: BTreeMap<PolicyId, Balance> = BTreeMap::new();
		for (incident, policy, claim) in crate::Claims::<Test>::iter() {
			match claim.state {
				ClaimState::Paid { paid, arrears, .. } => {
					assert!(self.paid.contains(&(incident, policy)));
					*awards.entry(policy).or_default() += paid + arrears;
				}
				ClaimState::Denied => {}
				ClaimState::Judged { .. } | ClaimState::Due { .. } => {
					assert!(
						!self.settled.contains_key(&(incident, policy)),
						"a claim is open again"
					);
					continue;
				}
			}
			let then = self.settled.entry((incident, policy)).or_insert(claim.clone());
			assert_eq!(*then, claim, "a claim changed after it was settled");
		}
		assert_eq!(
			self.settled.len(),
			crate::Claims::<Test>::iter().count() - open_claims(),
			"a claim is gone"
		);
		for (id, awarded) in awards {
			assert!(awarded <= self.amounts[&id], "{id} was awarded {awarded}");
			assert!(Policies::get(id).is_none_or(|policy| policy.awarded == awarded));
		}
		for (id, incident) in Incidents::<Test>::iter() {
			if let IncidentState::Rejected | IncidentState::Displaced | IncidentState::Closed { .. } =
				incident.state
			{
				let then = self.over.entry(id).or_insert(incident.clone());
				assert_eq!(*then, incident, "an incident changed after it was over");
			}
		}
		assert!(self.over.keys().all(|id| self.over[id] == incident(*id)));
	}

	/// Whatever is open comes to its end in time, by block work or by whoever cares.
	fn drain(&mut self, random: &mut Random) {
		(self.level, self.is_silent) = (100, random.chance(3));
		govern(|claims| claims.feed_max_age = DAY);
		let is_silent = self.is_silent;
		let by_idle = random.chance(2);
		let by = Some(&BOB);
		let most = 60 + 8 * Cases::<Test>::iter().count();
		let is_open = || {
			Cases::<Test>::iter_keys().next().is_some()
				|| OpenIncidents::<Test>::iter_keys().next().is_some()
				|| Dockets::<Test>::iter_values()
					.any(|docket| docket.is_undecided() || docket.fired.is_some() && !is_silent)
		};
		let mut rounds = 0;
		while is_open() {
			rounds += 1;
			assert!(rounds <= most, "something has no way forward");
			self.vote(random);
			run(VotingPeriod::get());
			if random.chance(2) {
				let _ = self.enact(random, None);
			}
			run(EnactmentPeriod::get() + 1);
			self.elapse(2 * DAY);
			if by_idle {
				run_idle(3, Weight::from_parts(u64::MAX / 2, u64::MAX / 2));
			} else {
				for case in Cases::<Test>::iter_keys().collect::<Vec<_>>() {
					let _ = self.call(by, Do::poke { case });
				}
				for incident in OpenIncidents::<Test>::iter_keys().collect::<Vec<_>>() {
					let _ = self.call(by, Do::pay_batch { incident, most: 40 });
					let _ = self.call(by, Do::poke_incident { incident });
				}
				for product in Dockets::<Test>::iter_keys().collect::<Vec<_>>() {
					let _ = self.call(by, Do::thaw { product });
					let _ = self.call(by, Do::rearm { product });
				}
			}
			for (incident, policy) in due_claims().collect::<Vec<_>>() {
				assert_ok!(self.call(by, Do::pay_claim { incident, policy }));
			}
			self.check();
		}
		for (case, assessor) in Votes::<Test>::iter_keys().collect::<Vec<_>>() {
			assert_ok!(self.call(by, Do::settle { case, assessor }));
		}
		for assessor in Assessors::<Test>::iter_keys().collect::<Vec<_>>() {
			let _ = self.call(Some(&assessor), Do::leave {});
		}
		run(100);
		self.feed();
		for assessor in Assessors::<Test>::iter_keys().collect::<Vec<_>>() {
			assert_ok!(self.call(Some(&assessor), Do::withdraw_stake {}));
		}

		assert_eq!(open_claims(), 0, "a claim is open under an incident that is not");
		assert!(Incidents::<Test>::iter_keys().all(|id| self.over.contains_key(&id)));
		assert_eq!(
			Rounds::<Test>::iter_keys().count() + Tallies::<Test>::iter_keys().count(),
			0
		);
		assert_eq!(
			Queue::<Test>::iter_keys().count() + QueueEnds::<Test>::iter_keys().count(),
			0
		);
		assert_eq!(
			Evidences::<Test>::iter_keys().count() + Budgets::<Test>::iter_keys().count(),
			0
		);
		assert!(Running::<Test>::get().is_empty() && TotalWeight::<Test>::get().is_zero());
		let on_hold = |(_, holds): (_, _)| on_hold_for_claims(holds);
		assert!(
			!pallet_balances::Holds::<Test>::iter().any(on_hold),
			"something is on hold"
		);
		assert!(Products::iter_values().all(|product| !product.is_under_incident()));
		assert!((0..POOLS.len()).all(|pool| reserved(pool as u32) == 0));
		self.check();
	}

	/// After every window nothing is left but what pools owe.
	fn end(&mut self, random: &mut Random) {
		self.drain(random);
		self.elapse(60 * DAY);
		for policy in Policies::iter_keys().collect::<Vec<_>>() {
			let result = self.call(Some(&BOB), pallet_cover::Call::close { policy });
			assert!(
				result.is_ok() || result == Err(CoverError::ArrearsLeft.into()),
				"{result:?}"
			);
		}
		self.check();
	}
}

fn on_hold_for_claims<Reasons>(holds: Reasons) -> bool
where
	Reasons: IntoIterator<Item = frame_support::traits::tokens::IdAmount<RuntimeHoldReason, Balance>>,
{
	holds
		.into_iter()
		.any(|hold| matches!(hold.id, RuntimeHoldReason::Claims(_)) && hold.amount > 0)
}

fn has_passed(case: CaseId) -> bool {
	matches!(TokenHolders::outcome(referendum(case).0), Outcome::Passed { .. })
}

fn open_claims() -> usize {
	crate::Claims::<Test>::iter_values()
		.filter(|claim| matches!(claim.state, ClaimState::Judged { .. } | ClaimState::Due { .. }))
		.count()
}

/// Governance sets something else within its bounds.
fn change(claims: &mut parameters::Claims, random: &mut Random) {
	let mut period = || 3 + random.below(8) as u32;
	claims.commit_period = period();
	claims.reveal_period = period();
	claims.challenge_period = period();
	claims.dispute_period = period();
	claims.unbonding_period = 10 * period();
	claims.bond = 10 + u128::from(random.below(2_000));
	claims.assessors_fee = 1 + u128::from(random.below(400));
	claims.min_stake = 500 + u128::from(random.below(2_000));
	claims.max_weight = claims.min_stake + u128::from(random.below(10_000));
	claims.slice = random.percent(0, 50);
	claims.tolerance = random.below(51) as u8;
	claims.consensus = random.percent(50, 100);
	claims.optimistic_share = random.percent(0, 100);
	claims.strong_verdict = random.percent(0, 100);
	claims.max_referenda = 1 + random.below(3) as u32;
	claims.max_incident_referenda = 1 + random.below(claims.max_referenda.into()) as u32;
	claims.max_waiting_incidents = 1 + random.below(3) as u32;
	claims.report_decay = 1 + random.below(90 * DAY);
	claims.feed_max_age = random.of([CHUNK / 6, CHUNK, DAY]).unwrap();
	claims.min_fresh = random.percent(50, 100);
	claims.instant_window = 1 + random.below(60 * DAY);
}

#[test]
fn everything_comes_to_an_end_when_calls_are_random() {
	let (steps, seed) = (
		setting("LUTINE_FUZZ_STEPS", STEPS),
		setting("LUTINE_FUZZ_SEED", 1),
	);
	let parameters = ClaimsParameters::get();
	let mut world = World::default();
	for (number, begun) in (0..).zip((0..steps).step_by(LIFE as usize)) {
		let mut random = Random(seed + number);
		let mut place = Place {
			seed: seed + number,
			step: 0,
		};
		ClaimsParameters::set(parameters.clone());
		let mut ext = new_test_ext();
		ext.execute_with(|| world.begin());
		for step in 0..LIFE.min(steps - begun) {
			place.step = step;
			ext.execute_with(|| {
				world.step(&mut random);
				world.check();
				if random.chance(600) {
					world.drain(&mut random);
					seat(&[5_000; 5]);
				}
			});
			if step.is_multiple_of(64) {
				ext.commit_all().unwrap();
			}
		}
		ext.execute_with(|| world.end(&mut random));
	}
	let mut total = 0;
	for ((call, outcome), count) in &world.outcomes {
		println!("{call:<28} {outcome:<28} {count:>8}");
		total += count;
	}
	println!("{total} calls");
	// A run in which nothing succeeds would prove nothing; a short one may miss what is rare.
	for call in Do::get_call_names() {
		let succeeded = world
			.outcomes
			.contains_key(&(format!("Claims.{call}"), "ok".into()));
		assert!(steps < 5 * STEPS || succeeded, "{call} never succeeded");
	}
}
