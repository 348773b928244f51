//! The fall of a stablecoin in May 2022, as its price went, with the policies that an insurer had sold on it: 234 of them,
//! for 22 158 820 dollars together. Under 173 of them somebody claimed, and 18 of those claims were rejected.

use super::*;
use frame_support::{assert_ok, traits::Hooks};
use lutine_primitives::insurance::Coverage;
use pallet_claims::{ClaimState, Error, Event, IncidentState};
use pallet_cover::Error as CoverError;
use pallet_pools::Error as PoolsError;

/// The oracle's key of the price.
pub const FEED: u32 = 7;

const COVERS: u32 = 234;
const COVERED: Balance = 22_158_820 * DOLLAR;
/// Claims, and what was claimed.
const CLAIMED: (usize, Balance) = (173, 12_474_477_840_000);
/// Those of them that were paid, and what was.
const APPROVED: (usize, Balance) = (155, 11_730_758_240_000);
/// What the insurer was paid for them.
const PUBLISHED_PREMIUM: Balance = 94_000 * DOLLAR;

/// Three feeders say what something costs.
pub fn feed(price: FixedU128) {
	for number in 0..3 {
		let values = vec![(FEED, price)].try_into().unwrap();
		call(
			&person("feeder", number),
			pallet_oracle::Call::feed_values { values },
		);
	}
	// Each feeds once in a block, and this ends it.
	Oracle::on_finalize(System::block_number());
}

/// Goes on to a time while the price is fed every full hour: a value counts for an hour, and days that are not fresh for
/// most of their time prove nothing.
pub fn live(until: Seconds, price: impl Fn(Seconds) -> FixedU128) {
	let mut next = (now() / HOUR + 1) * HOUR;
	while next <= until {
		at(next);
		feed(price(next));
		next += HOUR;
	}
	at(until.max(now()));
}

/// The price in May 2022: all day what was typical of the day, and four hours of its low.
fn price(time: Seconds) -> FixedU128 {
	let day = (time / DAY * DAY)
		.checked_sub(date(2022, 5, 7))
		.map(|since| since / DAY);
	let (typical, low) = match day {
		None => (1_000, 1_000),
		Some(0) => (990, 985),
		Some(1) => (995, 980),
		Some(2) => (850, 680),
		Some(3) => (800, 600),
		Some(4) => (550, 240),
		Some(5) => (450, 300),
		Some(6) => (150, 100),
		Some(later) => {
			let falling = 150 - 10 * u128::from(later - 7).min(7);
			(falling, falling)
		}
	};
	let is_low = (12..16).contains(&(time % DAY / HOUR));
	FixedU128::from_rational(if is_low { low } else { typical }, 1_000)
}

/// What became of a policy before the fall, and whether its holder claimed in the story.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
	Claimed,
	/// It was in force, and nobody claimed.
	Forgotten,
	/// Its period was over.
	Expired,
	/// It was bought too late to have begun.
	Waiting,
}

struct Sale {
	number: u32,
	day: Seconds,
	period: Seconds,
	amount: Balance,
	fate: Fate,
}

impl Sale {
	fn holder(&self) -> AccountId {
		person("holder", self.number)
	}

	fn is_valid(&self) -> bool {
		matches!(self.fate, Fate::Claimed | Fate::Forgotten)
	}
}

/// The policies, by the day on which they were sold. Every thirteenth, 18 as in the story, is not in force when it happens.
/// Of those who claimed and were paid, those who claimed and were not, and those who did not claim, each had as much
/// together as in the story: a few are large and most are small, each one over its rank, five ranks down.
fn sales() -> Vec<Sale> {
	let forgotten = COVERS as usize - CLAIMED.0;
	let (mut valid, mut sales) = (0, vec![]);
	for number in 0..COVERS {
		let nth = u64::from(number / 13);
		let (fate, day, period) = match (number % 13 == 12, nth % 2) {
			(true, 0) => (Fate::Expired, date(2021, 12, 1) + nth * 5 * DAY, 28 + nth),
			(true, _) => (Fate::Waiting, date(2022, 5, 3) + nth % 4 * DAY, 60 + nth),
			_ => {
				let day = date(2021, 12, 1) + u64::from(number) * 150 / u64::from(COVERS) * DAY;
				let until = date(2022, 6, 5) + u64::from(number * 7 % 90) * DAY;
				// As many as there were, evenly among the others.
				let in_force = forgotten + APPROVED.0;
				let is_forgotten = valid * forgotten / in_force < (valid + 1) * forgotten / in_force;
				valid += 1;
				let fate = if is_forgotten {
					Fate::Forgotten
				} else {
					Fate::Claimed
				};
				(fate, day, (until - day) / DAY)
			}
		};
		sales.push(Sale {
			number,
			day: day + 12 * HOUR,
			period: period * DAY,
			amount: 0,
			fate,
		});
	}
	for (fates, sum) in [
		(&[Fate::Claimed][..], APPROVED.1),
		(&[Fate::Forgotten], COVERED - CLAIMED.1),
		(&[Fate::Expired, Fate::Waiting], CLAIMED.1 - APPROVED.1),
	] {
		let mut of_them: Vec<_> = sales
			.iter_mut()
			.filter(|sale| fates.contains(&sale.fate))
			.collect();
		let rank = |number: usize| 1_000_000_000 / (number as Balance + 5);
		let ranks: Balance = (0..of_them.len()).map(rank).sum();
		let mut left = sum;
		for (place, sale) in of_them.iter_mut().enumerate() {
			sale.amount = sum * rank(place) / ranks / DOLLAR * DOLLAR;
			left -= sale.amount;
		}
		of_them[0].amount += left;
	}
	sales.sort_by_key(|sale| sale.day);
	sales
}

/// Has a case judged while the price goes on.
fn judge(id: CaseId, percent: u8) {
	while let Some(next) = step(id, percent) {
		live(next, price);
	}
}

fn refused<T>(outcome: Result<T, DispatchError>, error: impl Into<DispatchError>) {
	assert_eq!(outcome.map(|_| ()), Err(error.into()));
}

/// What was going on elsewhere in one variant: another product, insured by the same pool, fails in the same week.
struct Elsewhere {
	product: ProductId,
	policy: PolicyId,
	holder: AccountId,
	amount: Balance,
}

fn ust_week(is_short: bool) {
	let begins = date(2021, 12, 1);
	register(21, "Terra");
	register(22, "Elsewhere");
	let level = |hundredths| FixedU128::from_rational(hundredths, 100);
	let trigger = Trigger::Parametric {
		feed: FEED,
		averaging: 10,
		observation: 7,
		table: vec![
			(level(88), 25),
			(level(70), 50),
			(level(50), 75),
			(level(30), 100),
		]
		.try_into()
		.unwrap(),
	};
	let million = 1_000_000 * DOLLAR;
	let product = list(
		"Dollar of an algorithm",
		RiskClass::Stablecoin,
		21,
		trigger,
		conditions(30 * million, million / 10),
	);
	audit(product, 2);
	let other = list(
		"Lender",
		RiskClass::Lending,
		22,
		Trigger::Assessed,
		conditions(30 * million, 0),
	);
	// In the one variant two pools can bear all of it, in the other one pool could, and what it insures elsewhere.
	let pools: Vec<_> = if is_short { vec![26] } else { vec![14, 13] }
		.into_iter()
		.map(|millions| {
			let pool = open_pool();
			assert_ok!(set_line(pool, product, 100));
			assert_ok!(set_line(pool, other, 100));
			deposit(pool, millions * million);
			pool
		})
		.collect();
	feed(price(begins));

	let elsewhere = is_short.then(|| {
		let (holder, amount) = (person("elsewhere", 0), 10 * million);
		let (policy, _) = buy(&holder, other, amount, 365 * DAY).unwrap();
		Elsewhere {
			product: other,
			policy,
			holder,
			amount,
		}
	});
	let sales = sales();
	let mut premium = 0;
	let mut policies = vec![];
	for sale in &sales {
		live(sale.day, price);
		let (policy, quote) = buy(&sale.holder(), product, sale.amount, sale.period).unwrap();
		premium += quote.net_premium;
		policies.push(policy);
	}
	check_invariants();
	assert_eq!(sales.iter().map(|sale| sale.amount).sum::<Balance>(), COVERED);

	// The day before, nothing is amiss: cover is sold, and whoever wants to leave waits for the cooldown.
	let underwriter = person("underwriter", pools[0]);
	let leave = |shares| pallet_pools::Call::request_withdrawal {
		pool: pools[0],
		shares,
		min_amount: 0,
	};
	live(date(2022, 5, 7), price);
	call(&underwriter, leave(million));
	let incident_elsewhere = elsewhere
		.as_ref()
		.map(|elsewhere| report(elsewhere.product, now() - HOUR));
	// What is judged elsewhere goes on meanwhile.
	let vote = || incident_elsewhere.map(|(_, case)| step(case, 100));
	vote();
	live(date(2022, 5, 8), price);
	let quote = || Cover::report_quote(product, &USD, 1_000 * DOLLAR, 30 * DAY);
	let keeper = person("keeper", 0);
	let freeze = || attempt(&keeper, pallet_claims::Call::freeze { product });
	if !is_short {
		assert_ok!(quote());
	}
	refused(freeze(), Error::<Runtime>::NoBreach);

	// The first hour at or below the threshold: nobody buys what may fall, and whoever sees it freezes the product.
	live(date(2022, 5, 9), price);
	refused(quote(), CoverError::<Runtime>::FeedInBreach);
	assert_ok!(freeze());
	refused(quote(), CoverError::<Runtime>::ProductUnderIncident);
	check_invariants();
	for pool in &pools {
		let report = Pools::report_pool(*pool).unwrap();
		assert!(report.stands_still && report.reserved > 0);
	}
	// Asking to leave stays open; leaving does not.
	call(&underwriter, leave(million));
	live(date(2022, 5, 9) + HOUR, price);
	vote();

	let trigger = || attempt(&keeper, pallet_claims::Call::trigger { product });
	for day in 10..13 {
		live(date(2022, 5, day), price);
		refused(trigger(), Error::<Runtime>::NoBreach);
	}
	live(date(2022, 5, 13), price);
	let incident = pallet_claims::NextIncident::<Runtime>::get();
	assert_ok!(trigger());
	check_invariants();
	refused(trigger(), Error::<Runtime>::AlreadyFrozen);

	let claim_elsewhere = incident_elsewhere
		.zip(elsewhere.as_ref())
		.map(|((incident, case), it)| {
			judge(case, 100);
			let claim = file(&it.holder, incident, it.policy, it.amount).unwrap();
			judge(claim, 100);
			incident
		});
	let marked_down = leave_marked_down(&underwriter, pools[0], is_short);
	refused(
		attempt(&keeper, pallet_claims::Call::pay_batch { incident, most: 1 }),
		Error::<Runtime>::NothingToPay,
	);

	// The week of observation says how much is lost; as that is more than may be paid at once, anyone may challenge it.
	call(&keeper, pallet_claims::Call::poke_incident { incident });
	let Some(IncidentState::Judged { case }) =
		pallet_claims::Incidents::<Runtime>::get(incident).map(|incident| incident.state)
	else {
		panic!("it is proposed");
	};
	judge(case, 100);
	for pool in &pools {
		settle(*pool);
	}
	check_invariants();
	let account = |pool: &PoolId| dollars(&Pools::account(*pool));
	let before: Vec<_> = pools
		.iter()
		.map(|pool| Pools::report_pool(*pool).unwrap())
		.collect();
	let held: Balance = pools.iter().map(account).sum();
	let issued = Assets::total_supply(TEST_STABLECOIN);

	// All are paid, and none of them had to do anything: what a feed proved takes no claims.
	refused(
		file(&sales[0].holder(), incident, policies[0], sales[0].amount),
		Error::<Runtime>::ParametricProduct,
	);
	events();
	for looked_at in [50, 50, 50, 50, 34] {
		let most = 50;
		call(&keeper, pallet_claims::Call::pay_batch { incident, most });
		assert!(
			events().contains(
				&Event::BatchPaid {
					incident,
					policies: looked_at,
					done: looked_at < most,
				}
				.into()
			)
		);
		check_invariants();
	}
	let (mut paid, mut owed, mut awards, mut valid) = (0, 0, 0, 0);
	let (mut claimed, mut claimed_at_once) = (0, 0);
	let pallet_claims::Incident {
		happened, reported, ..
	} = pallet_claims::Incidents::<Runtime>::get(incident).unwrap();
	let ratio = |amount: Balance| match is_short {
		false => amount,
		true => amount * before[0].capital / before[0].reserved,
	};
	for (sale, policy) in sales.iter().zip(&policies) {
		let claim = pallet_claims::Claims::<Runtime>::get(incident, *policy);
		assert_eq!(claim.is_some(), sale.is_valid());
		let Some(ClaimState::Paid {
			paid: at_once,
			arrears,
			..
		}) = claim.map(|claim| claim.state)
		else {
			let because = match sale.fate {
				Fate::Expired => CoverError::<Runtime>::AfterCover,
				_ => CoverError::BeforeCover,
			};
			refused(
				<Cover as Coverage<_>>::in_force(*policy, product, happened, reported),
				because,
			);
			assert_eq!(received(&sale.holder()), 0);
			continue;
		};
		valid += 1;
		if sale.fate == Fate::Claimed {
			claimed += sale.amount;
			claimed_at_once += at_once;
		}
		awards += sale.amount;
		paid += at_once;
		owed += arrears;
		assert_eq!(at_once + arrears, sale.amount);
		assert_eq!(received(&sale.holder()), at_once);
		// What each payment before was rounded down by stayed with those who came after, a unit each at most.
		let more = at_once.checked_sub(ratio(sale.amount)).expect("nobody gets less");
		let most = if is_short { Balance::from(COVERS) } else { 0 };
		assert!(more <= most, "the same part of each");
	}
	assert_eq!((valid, sales.len() - valid), (216, CLAIMED.0 - APPROVED.0));
	assert_eq!(claimed, APPROVED.1, "as in the story");
	// To the unit: what the pools' accounts lost is what the holders have.
	assert_eq!(held - pools.iter().map(account).sum::<Balance>(), paid);
	assert_eq!(Assets::total_supply(TEST_STABLECOIN), issued);
	assert_eq!(owed > 0, is_short);
	println!(
		"a stablecoin falls, {}: premium {} thousand dollars for {} of cover (published: {}); {valid} of {COVERS} paid, \
		 {} of {} thousand at once, {} to whoever claimed in the story{}",
		if is_short {
			"capital short"
		} else {
			"capital enough"
		},
		thousands(premium),
		thousands(COVERED),
		thousands(PUBLISHED_PREMIUM),
		thousands(paid),
		thousands(awards),
		thousands(claimed_at_once),
		marked_down,
	);

	// It is over. What was set aside for those who were not in force is free, and the first to get it are creditors.
	call(&keeper, pallet_claims::Call::poke_incident { incident });
	check_invariants();
	let pull = || {
		for policy in policies
			.iter()
			.chain(elsewhere.as_ref().map(|elsewhere| &elsewhere.policy))
		{
			let policy = *policy;
			call(&keeper, pallet_cover::Call::pull_arrears { policy });
		}
		check_invariants();
	};
	// What each has of the award, by policy: the same for all.
	let shares = || -> Vec<f64> {
		let valid = sales.iter().filter(|sale| sale.is_valid());
		valid
			.map(|sale| received(&sale.holder()) as f64 / sale.amount as f64)
			.collect()
	};
	let spread = |shares: &[f64]| {
		let (low, high) = shares.iter().fold((f64::MAX, 0f64), |(low, high), share| {
			(low.min(*share), high.max(*share))
		});
		assert!(high - low < 1e-6, "{low} to {high}");
		low
	};
	if let (Some(elsewhere), Some(incident)) = (elsewhere.as_ref(), claim_elsewhere) {
		let pool = pools[0];
		let arrears = || Pools::report_pool(pool).unwrap().arrears;
		let before = spread(&shares());
		pull();
		let freed = spread(&shares());
		assert!(freed > before && arrears() > 0);
		refused(
			attempt(
				&underwriter,
				pallet_pools::Call::deposit {
					pool,
					amount: DOLLAR,
					min_shares: 0,
					deadline: None,
				},
			),
			PoolsError::<Runtime>::PoolInArrears,
		);

		// A gift, and then money that comes back from elsewhere, which is owed to all alike.
		let giver = person("giver", 0);
		fund(&giver, 2 * million);
		let pay = pallet_pools::Call::pay_arrears {
			pool,
			amount: million,
		};
		call(&giver, pay);
		pull();
		let given = spread(&shares());
		assert!(given > freed);
		let amount = million;
		let recover = pallet_claims::Call::recover {
			incident,
			asset: USD,
			amount,
		};
		call(&giver, recover);
		pull();
		let recovered = spread(&shares());
		assert!(recovered > given);
		let amount = arrears();
		fund(&giver, amount);
		call(&giver, pallet_pools::Call::pay_arrears { pool, amount });
		pull();
		println!(
			"  of each award: {before:.4} at once, {freed:.4} when the incident was closed, {given:.4} after a gift, \
			 {recovered:.4} after a recovery elsewhere"
		);
		assert_eq!(arrears(), 0);
		assert_eq!(received(&elsewhere.holder), elsewhere.amount);
	}
	for sale in &sales {
		let expected = if sale.is_valid() { sale.amount } else { 0 };
		assert_eq!(received(&sale.holder()), expected);
	}
	for pool in &pools {
		let report = Pools::report_pool(*pool).unwrap();
		assert_eq!((report.reserved, report.arrears, report.dues), (0, 0, 0));
	}
}

/// The underwriter's first request is due, and the queue stands still. They may take what is left when everything that is
/// set aside is lost, where anything is.
fn leave_marked_down(underwriter: &AccountId, pool: PoolId, is_short: bool) -> String {
	live(date(2022, 5, 21), price);
	let process = pallet_pools::Call::process_withdrawals { pool, max: 1 };
	refused(
		attempt(&person("keeper", 0), process),
		PoolsError::<Runtime>::QueueStandsStill,
	);
	let before = dollars(underwriter);
	let marked_down = attempt(
		underwriter,
		pallet_pools::Call::withdraw_marked_down { pool, request: 0 },
	);
	if is_short {
		refused(marked_down, PoolsError::<Runtime>::InsufficientCapital);
		return String::new();
	}
	assert_ok!(marked_down);
	check_invariants();
	let share = (dollars(underwriter) - before) as f64 / (1_000_000 * DOLLAR) as f64;
	assert!(share < 1.0);
	format!("; who left meanwhile got {share:.2} of the price")
}

#[test]
fn ust_week_when_there_is_capital_for_all() {
	tell(date(2021, 12, 1), || ust_week(false));
}

#[test]
fn ust_week_when_capital_was_lost_elsewhere() {
	tell(date(2021, 12, 1), || ust_week(true));
}
