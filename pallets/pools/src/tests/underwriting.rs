//! Quotes, sales and cancellations: what they cost, what they leave behind, and who they must not be cheap for.

use super::{
	books::{Defaults, Random, UNIT, parts, pool_with_fee, what_if},
	*,
};
use frame_support::{assert_noop, assert_storage_noop, storage::with_storage_layer};
use lutine_math::{
	pricing::{self, Curve, Technical},
	solvency,
};
use lutine_primitives::{
	insurance::{GroupId, MAX_AMOUNT, Premium},
	parameters::{PoolsField, Pricing},
	time::YEAR,
};
use sp_core::U256;
use sp_runtime::TokenError;
use std::collections::BTreeMap;

fn write_for(
	payer: &AccountId,
	pool: PoolId,
	product: ProductId,
	amount: Balance,
	term: Term,
) -> Result<Premium, DispatchError> {
	let asset = asset_of(pool);
	with_storage_layer(|| {
		<Pools as Underwriting<AccountId>>::write(payer, pool, &asset, product, amount, term)
	})
}

fn cancel_with(
	recipient: &AccountId,
	product: ProductId,
	allocation: &Allocation,
	term: Term,
	fee: Perbill,
) -> Result<Balance, DispatchError> {
	with_storage_layer(|| {
		<Pools as Underwriting<AccountId>>::cancel(recipient, product, allocation, term, fee)
	})
}

/// What a pool's books come to when all of its lines are counted again.
struct Recount {
	groups: BTreeMap<GroupId, Balance>,
	sum: Balance,
	squares: U256,
	reserved: Balance,
}

fn recount(pool: PoolId) -> Recount {
	let mut groups: BTreeMap<GroupId, Balance> = BTreeMap::new();
	let mut reserved = 0;
	for line in Lines::<Test>::iter_prefix_values(pool) {
		let set_aside = if line.frozen {
			line.exposure
		} else {
			line.shares.min(line.exposure)
		};
		reserved += set_aside;
		*groups.entry(line.group).or_default() += line.exposure - set_aside;
	}
	Recount {
		sum: groups.values().sum(),
		squares: groups
			.values()
			.fold(U256::zero(), |sum, e| sum + U256::from(*e) * U256::from(*e)),
		groups,
		reserved,
	}
}

impl Recount {
	fn required(&self) -> Balance {
		self.reserved + solvency::scr(self.sum, self.squares, PricingParameters::get().rho).unwrap()
	}

	/// What a line of this weight can hold.
	fn capacity(&self, capital: Balance, weight: u128, group: GroupId, exposure: Balance) -> Balance {
		let before = self.groups.get(&group).copied().unwrap_or(0);
		let rho = PricingParameters::get().rho;
		let room = solvency::headroom(capital, self.reserved, self.sum, self.squares, before, rho);
		(capital * weight / 100).min(exposure + room)
	}
}

fn curve_of(pricing: &Pricing) -> Curve {
	Curve {
		target: pricing.target_utilisation,
		steepness: pricing.steepness,
	}
}

/// A line as somebody would follow it who sees every sale and nothing of the pallet's own records.
#[derive(Clone, Copy)]
struct Followed {
	weight: u128,
	group: GroupId,
	rate: FixedU128,
	/// Utilisation after the last touch; none before the first, for the line was set when the pool was empty.
	utilisation: Option<FixedU128>,
	touched: Seconds,
	exposure: Balance,
}

impl Followed {
	fn new(product: ProductId, weight: u128) -> Self {
		Self {
			weight,
			group: product.min(100),
			rate: FixedU128::from_rational(4, 100),
			utilisation: None,
			touched: now(),
			exposure: 0,
		}
	}

	fn rate_now(&self) -> FixedU128 {
		let pricing = PricingParameters::get();
		self.utilisation.map_or(self.rate, |u| {
			pricing::rate_after(
				self.rate,
				u,
				&curve_of(&pricing),
				pricing.speed,
				now() - self.touched,
				pricing.min_rate.into(),
				pricing.max_rate.into(),
			)
		})
	}

	fn touch(&mut self, pool: PoolId) {
		self.rate = self.rate_now();
		self.touched = now();
		let capacity = recount(pool).capacity(books(pool).capital, self.weight, self.group, self.exposure);
		let inner = (self.exposure.min(capacity) * UNIT).div_ceil(capacity);
		self.utilisation = Some(FixedU128::from_inner(inner));
	}

	fn premium(&self, pool: PoolId, amount: Balance, term: &Term, fee: u32) -> Premium {
		let pricing = PricingParameters::get();
		let books = books(pool);
		let count = recount(pool);
		let seconds = term.end - now();
		let capacity = count.capacity(books.capital, self.weight, self.group, self.exposure);
		let market = pricing::market_premium(
			capacity,
			self.exposure,
			amount,
			self.rate_now(),
			&curve_of(&pricing),
			seconds,
		)
		.unwrap();
		let technical = pricing::technical_premium(&Technical {
			group: count.groups.get(&self.group).copied().unwrap_or(0),
			sum: count.sum,
			amount,
			free: books.capital - count.reserved,
			probability: Probability::get(),
			load: pricing.load,
			return_on_capital: pricing.return_on_capital,
			rho: pricing.rho,
			seconds,
			window: term.claim_window,
			cuts: [
				Perbill::from_percent(5),
				Perbill::from_percent(2),
				Perbill::from_percent(fee),
			],
		})
		.unwrap();
		let net = technical.max(market).max(1);
		Premium {
			net,
			technical,
			market,
			rate: (net << 32) / u128::from(seconds),
		}
	}
}

/// One pool in which every line holds up to everything that solvency allows.
fn open_pool(capital: Balance, products: &[ProductId]) -> PoolId {
	let lines: Vec<_> = products.iter().map(|product| (*product, 100)).collect();
	pool_with(capital, &lines)
}

/// The most that can be written on a line now.
fn room(pool: PoolId, product: ProductId) -> Balance {
	let line = Pools::report_lines(pool)
		.into_iter()
		.find(|line| line.product == product)
		.unwrap();
	line.capacity - line.exposure
}

/// Writes all that can be.
fn fill(pool: PoolId, product: ProductId, days: Seconds) -> Policy {
	write(pool, product, room(pool, product), days)
}

// ---------------------------------------------------------------------------------------------- Prices

#[test]
fn exposure_on_a_product_is_that_of_all_pools_in_an_asset() {
	build_and_execute(|| {
		for amount in [10_000, 20_000] {
			let pool = pool_with(100_000, &[(0, 100), (1, 100)]);
			write(pool, 0, amount, 30);
		}
		let exposure = |product, asset| <Pools as Underwriting<AccountId>>::exposure(product, &asset);
		assert_eq!(exposure(0, USD), 30_000);
		assert_eq!(exposure(1, USD), 0);
		assert_eq!(exposure(0, AssetId::Native), 0);
	});
}

#[test]
fn quote_is_what_a_sale_costs_when_nothing_comes_between() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 80), (1, 80)]);
		let mut random = Random(5);
		for _ in 0..50 {
			let product = random.below(2) as u32;
			let term = term(1 + random.below(60) as u64);
			let amount = 1 + random.below(20_000);
			let quoted = quote(pool, product, amount, term);
			// The books are settled already, so that a quote leaves no trace at all.
			assert_storage_noop!(assert_eq!(quote(pool, product, amount, term), quoted));
			let (paid, held) = (usd(&BUYER), usd(&Pools::account(pool)));
			let written = write_for(&BUYER, pool, product, amount, term);
			assert_eq!(quoted, written);
			if let Ok(premium) = written {
				assert_eq!(paid - usd(&BUYER), premium.net);
				assert_eq!(usd(&Pools::account(pool)) - held, premium.net);
				System::assert_last_event(
					Event::Written {
						pool,
						product,
						amount,
						premium: premium.net,
						end: term.end,
					}
					.into(),
				);
			}
			pass(random.below(20_000) as u64);
			settle(pool);
		}
		assert!(books(pool).totals.premiums > 0);
	});
}

#[test]
fn quote_is_as_of_now_when_books_are_old() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 80)]);
		write(pool, 0, 500_000, 60);
		pass(20 * DAY);
		let asked = quote(pool, 0, 1_000, term(30));
		settle(pool);
		assert_eq!(quote(pool, 0, 1_000, term(30)), asked);
	});
}

#[test]
fn premium_is_that_of_the_formulas_when_book_and_time_move() {
	let _defaults = Defaults;
	build_and_execute(|| {
		let fee = 15;
		let lines = [(0u32, 60u128), (1, 30), (2, 5), (100, 40), (101, 40)];
		let weights = lines.map(|(product, weight)| (product, weight as u32));
		let pool = pool_with_fee(fee, 50_000_000_000, &weights);
		let mut followed: BTreeMap<_, _> = lines
			.iter()
			.map(|(product, weight)| (*product, Followed::new(*product, *weight)))
			.collect();
		let mut random = Random(8);
		let (mut by_technical, mut by_market, mut sold) = (0, 0, 0);
		for step in 0..120 {
			// Less than a claim window in all, so that no release touches a line unseen.
			pass(random.below(20_000) as u64);
			settle(pool);
			if step % 30 == 29 {
				// Whatever changes from outside counts from the next sale on.
				Probability::set(FixedU128::from_rational(1 + random.below(300), 10_000));
			}
			let product = lines[random.below(5) as usize].0;
			if step % 20 == 11 {
				// Part of the book is set aside, which is not there to sell with.
				let line = followed.get_mut(&product).unwrap();
				freeze(product);
				line.touch(pool);
				assert_noop!(quote(pool, product, 1, term(30)), Error::<Test>::ProductStopped);
				let other = lines
					.iter()
					.map(|(other, _)| *other)
					.find(|other| *other != product)
					.unwrap();
				let term = term(40);
				assert_eq!(
					quote(pool, other, 1_000, term),
					Ok(followed[&other].premium(pool, 1_000, &term, fee))
				);
				thaw(product);
				followed.get_mut(&product).unwrap().touch(pool);
				continue;
			}
			let line = followed.get_mut(&product).unwrap();
			let term = term(1 + random.below(365) as u64);
			let magnitude = 1 + random.below(9) as u32;
			let amount = 1 + random.below(10u128.pow(magnitude));
			let capacity =
				recount(pool).capacity(books(pool).capital, line.weight, line.group, line.exposure);
			let written = |line: &Followed| {
				let expected = line.premium(pool, amount, &term, fee);
				assert_eq!(write_for(&BUYER, pool, product, amount, term), Ok(expected));
				expected
			};
			if line.exposure + amount > capacity {
				let refused = Err(Error::<Test>::CapacityExceeded.into());
				assert_eq!(write_for(&BUYER, pool, product, amount, term), refused);
				continue;
			}
			let premium = written(line);
			line.exposure += amount;
			line.touch(pool);
			sold += 1;
			by_technical += u32::from(premium.technical > premium.market);
			by_market += u32::from(premium.market > premium.technical);
			let stored = super::line(pool, product);
			assert_eq!((stored.exposure, stored.rate), (line.exposure, line.rate));
		}
		assert!(
			sold > 60 && by_technical > 5 && by_market > 5,
			"{sold} sold: {by_technical}, {by_market}"
		);
	});
}

#[test]
fn premium_follows_the_parameters_when_they_are_extreme() {
	let _defaults = Defaults;
	build_and_execute(|| {
		let pool = pool_with(1_000_000_000, &[(0, 100), (1, 100)]);
		write(pool, 1, 200_000_000, 60);
		let line = Followed::new(0, 100);
		let term = term(45);
		let check = |change: fn(&mut Pricing)| {
			PricingParameters::set(Default::default());
			PricingParameters::mutate(change);
			assert_eq!(PricingParameters::get().check(), Ok(()));
			let expected = line.premium(pool, 300_000_000, &term, 0);
			assert_eq!(quote(pool, 0, 300_000_000, term), Ok(expected));
			expected
		};
		let ordinary = check(|_| {});
		assert!(check(|p| p.load = FixedU128::from_u32(10)).technical > ordinary.technical);
		assert!(check(|p| p.return_on_capital = Perbill::one()).technical > ordinary.technical);
		assert!(check(|p| p.return_on_capital = Perbill::zero()).technical < ordinary.technical);
		assert!(check(|p| p.rho = Perbill::zero()).technical < ordinary.technical);
		// With a steepness of one the price does not depend on scarcity.
		let flat = check(|p| p.steepness = FixedU128::from_u32(1)).market;
		assert_eq!(
			flat,
			(300_000_000 * 4 * u128::from(term.end - now())).div_ceil(100 * u128::from(YEAR))
		);
		check(|p| p.steepness = FixedU128::from_u32(20));
		check(|p| p.target_utilisation = Perbill::from_percent(10));
		check(|p| p.target_utilisation = Perbill::from_percent(95));
		// Correlation of one: exposures simply add up, and the room is what they leave of capital.
		check(|p| p.rho = Perbill::one());
		assert_eq!(
			quote(pool, 0, 800_000_002, term),
			Err(Error::<Test>::CapacityExceeded.into())
		);
	});
}

#[test]
fn managers_fee_is_priced_in_when_technical_premium_rules() {
	let _defaults = Defaults;
	Probability::set(FixedU128::from_rational(30, 100));
	build_and_execute(|| {
		let [free, dear] = [0, 20].map(|fee| pool_with_fee(fee, 1_000_000_000, &[(0, 50)]));
		let term = term(100);
		let [without, with] = [free, dear].map(|pool| quote(pool, 0, 100_000_000, term).unwrap());
		assert_eq!(without.market, with.market);
		assert_eq!((without.net, with.net), (without.technical, with.technical));
		// What share holders get of either is the same, but for roundings of the premium and of each cut.
		let rest = |premium: &Premium, fee| parts(premium.net, fee)[3];
		assert!(rest(&with, 20).abs_diff(rest(&without, 0)) <= 4);
		assert!(with.net > without.net * 124 / 100);
	});
}

// ---------------------------------------------------------------------------------------------- Refusals

#[test]
fn sale_is_refused_when_it_asks_for_what_nobody_can_have() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let good = term(30);
		let refuse = |pool, product, amount, term, error: Error<Test>| {
			let error: DispatchError = error.into();
			assert_storage_noop!(assert_eq!(quote(pool, product, amount, term), Err(error)));
			assert_noop!(write_for(&BUYER, pool, product, amount, term), error);
		};
		refuse(pool, 0, 0, good, Error::ZeroAmount);
		refuse(pool, 0, MAX_AMOUNT + 1, good, Error::AmountTooLarge);
		refuse(pool, 0, Balance::MAX, good, Error::AmountTooLarge);
		refuse(pool, 0, MAX_AMOUNT, good, Error::CapacityExceeded);
		refuse(pool, 1, 1_000, good, Error::NoSuchLine);
		refuse(pool, 2_000, 1_000, good, Error::NoSuchLine);
		refuse(pool + 1, 0, 1_000, good, Error::UnknownPool);

		let ends = |end| Term {
			end,
			claim_window: CLAIM_WINDOW,
		};
		let last = u64::MAX / DAY * DAY;
		for end in [
			0,
			now() - 1,
			now(),
			now() + 1,
			now() / DAY * DAY,
			good.end - 1,
			good.end + 1,
			last + 1,
			u64::MAX,
		] {
			refuse(pool, 0, 1_000, ends(end), Error::BadTerm);
		}
		// Such a claim window would end after time itself.
		refuse(
			pool,
			0,
			1_000,
			Term {
				end: good.end,
				claim_window: u64::MAX,
			},
			Error::BadTerm,
		);
		refuse(
			pool,
			0,
			1_000,
			Term {
				end: good.end,
				claim_window: u64::MAX - good.end,
			},
			Error::BadTerm,
		);
		refuse(pool, 0, 1_000, ends(last), Error::BadTerm);

		assert_ok!(quote(pool, 0, 1_000, ends((now() / DAY + 1) * DAY)));
		assert_ok!(write_for(&BUYER, pool, 0, 1_000, good));
	});
}

#[test]
fn sale_at_the_second_in_which_a_day_ends_is_refused_when_it_is_for_that_day() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let end = (now() / DAY + 1) * DAY;
		let term = Term {
			end,
			claim_window: CLAIM_WINDOW,
		};
		set_time(end - 1);
		// A single second of cover has a price.
		assert_eq!(quote(pool, 0, 1_000, term).unwrap().net, 1);
		set_time(end);
		assert_noop!(write_for(&BUYER, pool, 0, 1_000, term), Error::<Test>::BadTerm);
	});
}

#[test]
fn sale_is_refused_when_an_incident_stops_the_product() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50), (1, 50)]);
		write(pool, 0, 1_000, 30);
		freeze(0);
		assert_noop!(
			write_for(&BUYER, pool, 0, 1_000, term(30)),
			Error::<Test>::ProductStopped
		);
		accept(1, 0, 10);
		thaw(0);
		assert_noop!(
			write_for(&BUYER, pool, 0, 1_000, term(30)),
			Error::<Test>::ProductStopped
		);
		// Another product goes on, and so does this one when the incident is closed.
		assert_ok!(write_for(&BUYER, pool, 1, 1_000, term(30)));
		close(1, 0);
		assert_ok!(write_for(&BUYER, pool, 0, 1_000, term(30)));
	});
}

#[test]
fn sale_ends_at_the_unit_when_a_lines_weight_is_used_up() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 30)]);
		assert_noop!(
			write_for(&BUYER, pool, 0, 300_001, term(30)),
			Error::<Test>::CapacityExceeded
		);
		let policy = write(pool, 0, 300_000, 30);
		assert_noop!(
			write_for(&BUYER, pool, 0, 1, term(30)),
			Error::<Test>::CapacityExceeded
		);
		assert!(books(pool).capital < 1_000_004, "dust has made no room");
		cancel(&policy).unwrap();
		assert_ok!(write_for(&BUYER, pool, 0, 300_000, term(30)));
	});
}

#[test]
fn sale_ends_at_the_unit_when_solvency_is_used_up() {
	build_and_execute(|| {
		let capital = 1_000_000;
		let pool = open_pool(capital, &[0, 1]);
		write(pool, 0, 700_000, 30);
		// The most x with 0.9 (700 000² + x²) + 0.1 (700 000 + x)² <= capital², found by trying.
		let capital = books(pool).capital;
		let fits = |x: u128| {
			9 * (700_000 * 700_000 + x * x) + (700_000 + x) * (700_000 + x) <= 10 * capital * capital
		};
		let (mut low, mut high) = (0, capital);
		while low + 1 < high {
			let middle = (low + high) / 2;
			if fits(middle) { low = middle } else { high = middle }
		}
		assert!(low > 600_000);
		assert_noop!(
			write_for(&BUYER, pool, 1, low + 1, term(30)),
			Error::<Test>::CapacityExceeded
		);
		assert_ok!(write_for(&BUYER, pool, 1, low, term(30)));
		assert!(recount(pool).required() <= books(pool).capital);
		assert!(!books(pool).strained);
	});
}

#[test]
fn sale_is_refused_when_capital_does_not_cover_what_is_written() {
	let _defaults = Defaults;
	build_and_execute(|| {
		let pool = open_pool(1_000_000, &[0, 1, 2]);
		write(pool, 0, 600_000, 30);
		write(pool, 1, 500_000, 30);
		PricingParameters::mutate(|p| p.rho = Perbill::one());
		assert!(recount(pool).required() > books(pool).capital);
		for product in 0..3 {
			assert_noop!(
				write_for(&BUYER, pool, product, 1, term(30)),
				Error::<Test>::InsufficientCapital
			);
		}
		settle(pool);
		PricingParameters::set(Default::default());
		assert_ok!(write_for(&BUYER, pool, 2, 1, term(30)));
	});
}

#[test]
fn sale_is_refused_when_nothing_is_free() {
	build_and_execute(|| {
		let empty = empty_pool();
		set_line(empty, 0, 100);
		assert_noop!(
			write_for(&BUYER, empty, 0, 1, term(30)),
			Error::<Test>::InsufficientCapital
		);

		let pool = open_pool(1_000_000, &[0, 1]);
		write(pool, 0, 1_000_000, 30);
		freeze(0);
		// Dust that was earned is all that is left, if there is any.
		let free = books(pool).capital - 1_000_000;
		let error = if free == 0 {
			Error::<Test>::InsufficientCapital
		} else {
			Error::<Test>::CapacityExceeded
		};
		assert_noop!(write_for(&BUYER, pool, 1, free + 1, term(30)), error);
	});
}

#[test]
fn sale_is_refused_when_the_buyer_cannot_pay() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let poor = account(77);
		let term = term(30);
		let premium = quote(pool, 0, 100_000, term).unwrap().net;
		assert_ok!(Assets::transfer(signed(BOB), 1, poor.clone(), premium - 1));
		assert_noop!(
			write_for(&poor, pool, 0, 100_000, term),
			DispatchError::Token(sp_runtime::TokenError::FundsUnavailable)
		);
		assert_ok!(Assets::transfer(signed(BOB), 1, poor.clone(), 1));
		// The last unit may go: nothing but the premium depends on the account.
		assert_ok!(write_for(&poor, pool, 0, 100_000, term));
		assert_eq!(usd(&poor), 0);
	});
}

#[test]
fn first_sale_of_a_line_is_refused_when_its_capacity_is_a_decoy() {
	let _defaults = Defaults;
	build_and_execute(|| {
		// Four pools may underwrite a product that is insured up to 100 000.
		let pool = empty_pool();
		set_line(pool, 0, 50);
		deposit(pool, ALICE, 49_999);
		assert_noop!(
			write_for(&BUYER, pool, 0, 1_000, term(30)),
			Error::<Test>::CapacityTooSmall
		);
		deposit(pool, ALICE, 1);
		assert_ok!(write_for(&BUYER, pool, 0, 1_000, term(30)));
		// A line in use goes on with what it has.
		Limit::set(1_000_000);
		assert_ok!(write_for(&BUYER, pool, 0, 1_000, term(30)));
	});
}

// ---------------------------------------------------------------------------------------------- Solvency

#[test]
fn pool_is_solvent_after_every_sale_when_sales_and_correlation_are_random() {
	let _defaults = Defaults;
	// Lines without exposure sell however little room the others leave them.
	Limit::set(4);
	build_and_execute(|| {
		let products = [0, 1, 2, 3, 100, 101, 102];
		let pools = [open_pool(100_000_000, &products), open_pool(777_777, &products)];
		let mut random = Random(21);
		let (mut sold, mut policies) = ([0; 2], Vec::new());
		for _ in 0..1_500 {
			let i = random.below(2) as usize;
			let pool = pools[i];
			let product = products[random.below(7) as usize];
			match random.below(8) {
				0 => pass(random.below(100_000) as u64),
				1 => PricingParameters::mutate(|p| p.rho = Perbill::from_percent(random.below(101) as u32)),
				2 if !policies.is_empty() => {
					let policy: Policy = policies.swap_remove(random.below(policies.len() as u128) as usize);
					assert_ok!(cancel(&policy));
				}
				_ => {
					settle(pool);
					let most = room(pool, product);
					let before = recount(pool).required();
					let strained = before > books(pool).capital;
					// As much as the line says, a part of it, or too much.
					let amount = match random.below(4) {
						0 => most,
						1 => most + 1 + random.below(1_000),
						_ => 1 + random.below(most.max(1)),
					};
					let days = 1 + random.below(60) as u64;
					let root = sp_io::storage::root(sp_core::storage::StateVersion::V1);
					match try_write(pool, product, amount, days) {
						Ok(policy) => {
							assert!(!strained && amount <= most);
							let count = recount(pool);
							let capital = books(pool).capital;
							assert!(count.required() <= capital);
							// So any one group can fail as a whole.
							assert!(count.groups.values().all(|group| *group <= capital));
							assert!(!books(pool).strained);
							sold[i] += 1;
							policies.push(policy);
						}
						Err(_) => {
							assert!(
								strained || amount > most || amount == 0,
								"{amount} of {most} was refused"
							);
							assert_eq!(root, sp_io::storage::root(sp_core::storage::StateVersion::V1));
						}
					}
				}
			}
		}
		assert!(sold.iter().all(|sold| *sold > 100), "{sold:?}");
	});
}

// ---------------------------------------------------------------------------------------------- Cancellation

#[test]
fn refund_is_exact_to_the_second_when_cover_is_cancelled() {
	build_and_execute(|| {
		let pool = pool_with_fee(10, 1_000_000_000, &[(0, 50), (1, 50)]);
		write(pool, 1, 1_000_000, 200);
		let policy = write(pool, 0, 200_000_000, 100);
		let (begun, end) = (now(), policy.term.end);
		let ten = Perbill::from_percent(10);
		for after in [
			0,
			1,
			2,
			3_599,
			DAY / 2,
			DAY,
			31 * DAY + 5,
			end - begun - 1,
			end - begun,
		] {
			what_if(|| {
				while now() < begun + after {
					pass(DAY.min(begun + after - now()));
					settle(pool);
				}
				let before = books(pool);
				let (had, held) = (usd(&CAROL), usd(&Pools::account(pool)));
				let unearned = (policy.allocation.rate * u128::from(end - now())) >> 32;
				let fee = (unearned * 10).div_ceil(100);
				let refund = cancel_with(&CAROL, 0, &policy.allocation, policy.term, ten).unwrap();
				assert_eq!(refund, unearned - fee, "{after} seconds after the sale");
				assert_eq!(usd(&CAROL) - had, refund);
				assert_eq!(held - usd(&Pools::account(pool)), refund);

				let books = books(pool);
				assert_eq!(books.totals.refunded - before.totals.refunded, refund);
				assert_eq!(
					before.unearned - books.unearned,
					policy.allocation.rate * u128::from(end - now())
				);
				assert_eq!(
					before.rate - books.rate,
					if end > now() { policy.allocation.rate } else { 0 }
				);
				// What is kept is earned like any premium, fractions of a unit apart.
				let kept = before.upr() - books.upr() - refund;
				assert!(kept == fee || kept == fee + 1);
				assert_eq!(books.capital - before.capital, parts(kept, 10)[3]);
				assert_eq!(books.cuts.manager - before.cuts.manager, parts(kept, 10)[2]);
				// Exposure is gone at once, and nothing is left to mature.
				assert_eq!(line(pool, 0).exposure, 0);
				assert_eq!(Groups::<Test>::get(pool, 0), 0);
				assert_eq!(books.exposure, 1_000_000);
				Pools::do_try_state().unwrap();
				let (amount, refund) = (policy.allocation.amount, refund);
				System::assert_has_event(
					Event::Cancelled {
						pool,
						product: 0,
						amount,
						refund,
					}
					.into(),
				);
			});
		}
	});
}

#[test]
fn refund_is_less_a_fee_that_is_rounded_up_when_the_fee_is_odd() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let policy = write(pool, 0, 123_456, 77);
		let unearned = (policy.allocation.rate * u128::from(policy.term.end - now())) >> 32;
		assert!(unearned > 100);
		for billionths in [0, 1, 333_333_333, 500_000_000, 999_999_999, 1_000_000_000] {
			let fee = (unearned * u128::from(billionths)).div_ceil(1_000_000_000);
			let refund = what_if(|| {
				cancel_with(
					&BUYER,
					0,
					&policy.allocation,
					policy.term,
					Perbill::from_parts(billionths),
				)
			});
			assert_eq!(refund, Ok(unearned - fee));
		}
	});
}

#[test]
fn refund_is_in_full_when_capital_is_below_risk_capital() {
	let _defaults = Defaults;
	build_and_execute(|| {
		let pool = open_pool(1_000_000, &[0, 1, 2]);
		let policies = [(0, 500_000), (1, 400_000), (2, 300_000)]
			.map(|(product, amount)| write(pool, product, amount, 90));
		pass(10 * DAY);
		settle(pool);
		let unearned = |policy: &Policy| (policy.allocation.rate * u128::from(policy.term.end - now())) >> 32;
		let less_fee = |policy: &Policy| unearned(policy) - unearned(policy).div_ceil(10);
		// Exposures of 1 200 000 that are thought to fail together.
		PricingParameters::mutate(|p| p.rho = Perbill::one());
		assert!(books(pool).capital < 1_200_000);
		for policy in &policies {
			assert_eq!(what_if(|| cancel(policy)), Ok(unearned(policy)));
		}
		assert_eq!(cancel(&policies[0]), Ok(unearned(&policies[0])));
		// With 700 000 left the pool can bear it again.
		assert_eq!(cancel(&policies[1]), Ok(less_fee(&policies[1])));

		// What is set aside does not count: a pool that is strained by it alone keeps the fee.
		PricingParameters::set(Default::default());
		let rest = write(pool, 1, 600_000, 90);
		write(pool, 0, 500_000, 90);
		freeze(0);
		assert!(books(pool).strained);
		assert_eq!(cancel(&rest), Ok(less_fee(&rest)));
	});
}

#[test]
fn refund_is_less_the_fee_when_capital_is_exactly_risk_capital() {
	build_and_execute(|| {
		let pool = open_pool(1_000_000, &[0]);
		let policy = fill(pool, 0, 90);
		// Dust that was earned may have made room for a unit more.
		let dust = books(pool).capital - policy.allocation.amount;
		if dust > 0 {
			write(pool, 0, dust, 90);
		}
		assert_eq!(recount(pool).required(), books(pool).capital);
		let unearned = (policy.allocation.rate * u128::from(policy.term.end - now())) >> 32;
		assert_eq!(cancel(&policy), Ok(unearned - unearned.div_ceil(10)));
	});
}

#[test]
fn exposure_is_released_for_nothing_when_cover_is_cancelled_after_its_end() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let policy = write(pool, 0, 100_000, 5);
		set_time(policy.term.end + 1);
		settle(pool);
		assert_eq!(line(pool, 0).exposure, 100_000);
		let before = usd(&BUYER);
		assert_eq!(cancel(&policy), Ok(0));
		assert_eq!(line(pool, 0).exposure, 0);
		assert_eq!(usd(&BUYER), before);
		// Once more finds nothing.
		assert_noop!(cancel(&policy), Error::<Test>::UnknownAllocation);
		let other = write(pool, 0, 50_000, 5);
		set_time(other.term.end + RELEASED - DAY);
		settle(pool);
		pass(DAY);
		// The books release it before the call does.
		assert_eq!(cancel(&other), Ok(0));
		assert_eq!((line(pool, 0).exposure, usd(&BUYER)), (0, before - other.premium));
	});
}

#[test]
fn cancellation_is_refused_when_the_pool_knows_no_such_allocation() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50), (1, 50)]);
		let policy = write(pool, 0, 100_000, 30);
		let refused = |product: ProductId, allocation: Allocation, term: Term| {
			assert_storage_noop!(
				cancel_with(&BUYER, product, &allocation, term, Perbill::zero()).unwrap_err()
			);
		};
		let Policy { allocation, term, .. } = policy.clone();
		refused(
			0,
			Allocation {
				amount: allocation.amount + 1,
				..allocation
			},
			term,
		);
		refused(
			0,
			Allocation {
				rate: allocation.rate + 1,
				..allocation
			},
			term,
		);
		refused(
			0,
			Allocation {
				rate: u128::MAX,
				..allocation
			},
			term,
		);
		refused(
			0,
			Allocation {
				amount: Balance::MAX,
				..allocation
			},
			term,
		);
		refused(
			0,
			Allocation {
				pool: pool + 1,
				..allocation
			},
			term,
		);
		refused(1, allocation, term);
		refused(2, allocation, term);
		refused(
			0,
			allocation,
			Term {
				end: term.end + DAY,
				..term
			},
		);
		refused(
			0,
			allocation,
			Term {
				end: term.end - DAY,
				..term
			},
		);
		refused(
			0,
			allocation,
			Term {
				claim_window: term.claim_window + DAY,
				..term
			},
		);
		refused(
			0,
			allocation,
			Term {
				claim_window: u64::MAX,
				..term
			},
		);

		assert_ok!(cancel(&policy));
		// Twice is once too often.
		refused(0, allocation, term);
		assert_noop!(
			cancel_with(&BUYER, 2, &allocation, term, Perbill::zero()),
			Error::<Test>::NoSuchLine
		);
		assert_noop!(
			cancel_with(
				&BUYER,
				0,
				&Allocation {
					pool: 9,
					..allocation
				},
				term,
				Perbill::zero()
			),
			Error::<Test>::UnknownPool
		);
	});
}

#[test]
fn cancellation_is_refused_when_an_incident_stops_the_product() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50), (1, 50)]);
		let (stopped, other) = (write(pool, 0, 100_000, 30), write(pool, 1, 100_000, 30));
		freeze(0);
		assert_noop!(cancel(&stopped), Error::<Test>::ProductStopped);
		accept(1, 0, 1);
		thaw(0);
		assert_noop!(cancel(&stopped), Error::<Test>::ProductStopped);
		assert_ok!(cancel(&other));
		close(1, 0);
		assert_ok!(cancel(&stopped));
	});
}

#[test]
fn refund_waits_when_the_recipient_cannot_receive_it() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let policy = write(pool, 0, 100_000, 60);
		assert_ok!(Assets::block(signed(MANAGER), 1, BUYER));
		let before = usd(&BUYER);
		let refund = cancel(&policy).unwrap();
		assert!(refund > 0);
		assert_eq!((usd(&BUYER), Dues::<Test>::get(pool, BUYER)), (before, refund));
		assert_eq!((books(pool).dues, line(pool, 0).exposure), (refund, 0));
		System::assert_has_event(
			Event::PaymentDue {
				pool,
				who: BUYER,
				amount: refund,
			}
			.into(),
		);
		assert_ok!(Assets::thaw(signed(MANAGER), 1, BUYER));
		assert_ok!(Pools::collect_due(signed(CAROL), pool, BUYER));
		assert_eq!((usd(&BUYER), books(pool).dues), (before + refund, 0));
	});
}

// ---------------------------------------------------------------------------------------------- Rates

/// `rate * exp(speed * err * seconds / year)`, in the machine's numbers.
fn moved(rate: f64, u: f64, seconds: Seconds) -> f64 {
	let err = if u > 0.8 { (u - 0.8) / 0.2 } else { (u - 0.8) / 0.8 };
	rate * (2.0 * err * seconds as f64 / YEAR as f64).exp()
}

fn float(x: FixedU128) -> f64 {
	x.into_inner() as f64 / UNIT as f64
}

fn close_to(a: f64, b: f64) -> bool {
	(a / b - 1.0).abs() < 1e-9
}

#[test]
fn rate_follows_demand_when_time_passes() {
	build_and_execute(|| {
		let pricing = PricingParameters::get();
		// Each on its own line, as full as it says.
		let pool = pool_with(1_000_000_000_000, &[(0, 10), (1, 10), (2, 10), (3, 10)]);
		for (product, percent) in [(0, 1), (1, 40), (2, 80), (3, 99)] {
			write(pool, product, percent * 1_000_000_000, 365);
		}
		let u = |product| float(line(pool, product).utilisation.unwrap());
		let mut begun = [0, 1, 2, 3].map(|product| (u(product), 0.04));
		for (i, (u, _)) in begun.iter().enumerate() {
			assert!((u - [0.01, 0.4, 0.8, 0.99][i]).abs() < 1e-9);
		}
		for seconds in [1, 3_600, 30 * DAY, 100 * DAY] {
			what_if(|| {
				pass(seconds);
				settle(pool);
				for (product, (u, rate)) in begun.iter().enumerate() {
					let product = product as u32;
					let line = Pools::report_lines(pool)
						.into_iter()
						.find(|line| line.product == product)
						.unwrap();
					assert!(close_to(float(line.rate), moved(*rate, *u, seconds)));
				}
			});
		}
		begun.reverse();
		let after = |product, seconds| line(pool, product).rate_at(now() + seconds, &pricing);
		assert!(after(0, DAY) < FixedU128::from_rational(4, 100));
		assert!(after(3, DAY) > FixedU128::from_rational(4, 100));
		// At the target it stands still, but for the dust in its capacity.
		assert!(close_to(float(after(2, DAY)), 0.04));
		// And never leaves its bounds.
		assert_eq!(after(0, 100 * YEAR), FixedU128::from_rational(1, 1_000));
		assert_eq!(after(3, 100 * YEAR), FixedU128::from_rational(25, 100));
		assert_eq!(after(3, u64::MAX - now()), FixedU128::from_rational(25, 100));
	});
}

#[test]
fn rate_is_the_same_when_a_line_is_touched_often_or_once() {
	build_and_execute(|| {
		let pricing = PricingParameters::get();
		for percent in [10, 60, 95] {
			let pool = pool_with(1_000_000_000_000, &[(0, 10), (1, 10)]);
			for product in [0, 1] {
				write(pool, product, percent * 1_000_000_000, 365);
			}
			let mut random = Random(percent as u64);
			for _ in 0..500 {
				pass(random.below(40_000) as u64);
				// A false alarm touches the line and leaves it as full as it was: freezing does not settle, so that the
				// premium that was earned since makes no room.
				freeze(1);
				pass(random.below(3) as u64);
				thaw(1);
			}
			assert!(now() - line(pool, 0).touched > 80 * DAY);
			assert_eq!(line(pool, 1).touched, now());
			let [once, often] = [0, 1].map(|product| float(line(pool, product).rate_at(now(), &pricing)));
			assert!((once / 0.04 - 1.0).abs() > 0.1, "the rate has moved");
			assert!(close_to(once, often), "{once} and {often} at {percent} %");
		}
	});
}

#[test]
fn rate_moves_by_what_was_written_before_when_it_is_touched() {
	build_and_execute(|| {
		let pricing = PricingParameters::get();
		let pool = pool_with(1_000_000_000_000, &[(0, 10)]);
		// Nobody has touched the line since it was set up in an empty pool.
		pass(100 * DAY);
		write(pool, 0, 20_000_000_000, 365);
		assert_eq!(line(pool, 0).rate, FixedU128::from_rational(4, 100));
		let u = float(line(pool, 0).utilisation.unwrap());
		pass(50 * DAY);
		settle(pool);
		// Whoever fills it now does not change what the time before has done.
		write(pool, 0, 79_000_000_000, 365);
		let rate = moved(0.04, u, 50 * DAY);
		assert!(close_to(float(line(pool, 0).rate), rate));
		let full = float(line(pool, 0).utilisation.unwrap());
		assert!(full > 0.98);
		pass(10 * DAY);
		assert!(close_to(
			float(line(pool, 0).rate_at(now(), &pricing)),
			moved(rate, full, 10 * DAY)
		));
	});
}

#[test]
fn rate_changes_its_course_at_the_days_end_when_exposure_is_released() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000_000_000, &[(0, 10)]);
		let short = write(pool, 0, 90_000_000_000, 1);
		let long = write(pool, 0, 9_000_000_000, 200);
		let full = float(line(pool, 0).utilisation.unwrap());
		let (begun, release) = (now(), short.term.end + RELEASED);
		// Nobody looks until long after.
		set_time(release + 20 * DAY);
		let report = Pools::report_lines(pool);
		let rate = moved(0.04, full, release - begun);
		assert!(rate > 0.045);
		settle(pool);
		let stored = line(pool, 0);
		assert_eq!(
			(stored.touched, stored.exposure),
			(release, long.allocation.amount)
		);
		assert!(close_to(float(stored.rate), rate));
		let empty = float(stored.utilisation.unwrap());
		assert!((empty - 0.09).abs() < 0.001);
		assert!(close_to(float(report[0].rate), moved(rate, empty, 20 * DAY)));
	});
}

// ---------------------------------------------------------------------------------------------- Attacks

/// Pools of random shape in which something is written already.
fn random_pool(random: &mut Random) -> PoolId {
	let capital = 10u128.pow(4 + random.below(9) as u32) + random.below(1_000_000);
	let weights = [0, 1, 2, 100, 101].map(|product| (product, 20 + random.below(81) as u32));
	// Lines without exposure sell however little room the others leave them.
	Limit::set(4);
	let pool = pool_with_fee(random.below(21) as u32, capital, &weights);
	for _ in 0..random.below(6) {
		let product = weights[random.below(5) as usize].0;
		let most = room(pool, product);
		if most > 0 {
			write(
				pool,
				product,
				1 + random.below(most),
				1 + random.below(365) as u64,
			);
		}
		pass(random.below(5_000) as u64);
	}
	settle(pool);
	pool
}

/// Premium in all of buying the parts one after the other, in one block.
fn cost(pool: PoolId, product: ProductId, amounts: &[Balance], days: Seconds) -> Balance {
	what_if(|| {
		amounts
			.iter()
			.map(|amount| write(pool, product, *amount, days).premium)
			.sum()
	})
}

#[test]
fn split_purchase_is_never_cheaper_when_pools_are_random() {
	let _defaults = Defaults;
	for seed in 0..150 {
		new_test_ext().execute_with(|| {
			let mut random = Random(seed);
			let pool = random_pool(&mut random);
			let product = [0, 1, 2, 100, 101][random.below(5) as usize];
			let most = room(pool, product);
			if most < 2 {
				return;
			}
			let days = 1 + random.below(365) as u64;
			for _ in 0..4 {
				let amount = 2 + random.below(most - 1);
				let mut left = amount;
				let mut pieces = Vec::new();
				for _ in 0..random.below(12) {
					if left > 1 {
						let piece = 1 + random.below(left - 1);
						pieces.push(piece);
						left -= piece;
					}
				}
				pieces.push(left);
				let (whole, split) = (
					cost(pool, product, &[amount], days),
					cost(pool, product, &pieces, days),
				);
				assert!(
					split >= whole,
					"seed {seed}: {amount} costs {whole}, in {pieces:?} {split}"
				);
			}
		});
	}
}

#[test]
fn cover_in_single_units_is_dearer_when_it_is_small() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let whole = cost(pool, 0, &[200], 28);
		let split = cost(pool, 0, &[1; 200], 28);
		// Nothing costs nothing.
		assert_eq!(split, 200);
		assert!(whole < split);
	});
}

#[test]
fn decoy_purchase_does_not_cheapen_the_next_when_it_is_in_any_group() {
	let _defaults = Defaults;
	let mut dearer = 0;
	for seed in 0..150 {
		new_test_ext().execute_with(|| {
			let mut random = Random(1_000 + seed);
			let pool = random_pool(&mut random);
			let product = 100;
			// Another product of the same group, one of another group, and the very product itself.
			let decoy = [101, 0, 100][random.below(3) as usize];
			let days = 1 + random.below(365) as u64;
			let most = room(pool, product).min(room(pool, decoy));
			if most < 3 {
				return;
			}
			let amount = 1 + random.below(most / 3);
			let alone = quote(pool, product, amount, term(days)).unwrap();
			let first = write(
				pool,
				decoy,
				1 + random.below(most / 3),
				1 + random.below(365) as u64,
			);
			let Ok(second) = quote(pool, product, amount, term(days)) else {
				// The decoy took the room.
				return;
			};
			// All that it can do is to leave dust in the capital: a unit of that is worth less than a unit of premium.
			assert!(second.technical + 1 >= alone.technical, "seed {seed}");
			assert!(second.market + 1 >= alone.market, "seed {seed}");
			assert!(
				second.net + first.premium > alone.net,
				"seed {seed}: a decoy of {} paid off",
				first.premium
			);
			dearer += u32::from(second.net > alone.net);
			// Nor does it pay to cancel the decoy afterwards.
			let bought = write(pool, product, amount, days);
			let back = cancel(&first).unwrap();
			assert!(first.premium + bought.premium - back >= alone.net);
		});
	}
	assert!(dearer > 50, "the decoys were no decoys");
}

#[test]
fn decoy_in_another_group_makes_cover_dearer_when_groups_are_correlated() {
	build_and_execute(|| {
		let pool = open_pool(1_000_000_000, &[0, 1, 100, 101]);
		let term = term(200);
		let alone = quote(pool, 100, 100_000_000, term).unwrap();
		let after = |decoy| {
			what_if(|| {
				write(pool, decoy, 300_000_000, 200);
				quote(pool, 100, 100_000_000, term).unwrap()
			})
		};
		let (same, other) = (after(101), after(0));
		assert!(alone.technical < other.technical && other.technical < same.technical);
	});
}

#[test]
fn early_cancellation_and_a_new_policy_are_not_cheaper_when_nothing_else_happens() {
	build_and_execute(|| {
		// To buy, cancel and buy again is to pay the fee.
		let pool = pool_with(1_000_000_000, &[(0, 50)]);
		let straight = cost(pool, 0, &[100_000_000], 100);
		let first = write(pool, 0, 100_000_000, 100);
		let back = cancel(&first).unwrap();
		let second = write(pool, 0, 100_000_000, 100);
		assert!(first.premium - back + second.premium >= straight + straight / 11);
	});
}

#[test]
fn policy_of_one_unit_lives_a_whole_life_when_it_costs_one_unit() {
	build_and_execute(|| {
		let pool = pool_with(1_000_000, &[(0, 50)]);
		let mut policy = write(pool, 0, 1, 28);
		assert_eq!(policy.premium, 1);
		// One unit is never unearned as a whole: its stream is below it after rounding.
		assert_eq!(books(pool).capital + books(pool).upr(), 1_000_001);
		assert_eq!(what_if(|| cancel(&policy)), Ok(0));
		freeze(0);
		assert_eq!(books(pool).reserved, 1);
		accept(1, 0, 1);
		thaw(0);
		// One per cent of a unit is set aside as a unit.
		assert_eq!(books(pool).reserved, 1);
		assert_eq!(pay(1, 1, &mut policy, 1, &CAROL).unwrap().paid, 1);
		close(1, 0);
		assert_eq!((line(pool, 0).exposure, books(pool).reserved), (0, 0));
	});
}

#[test]
fn policy_of_everything_is_paid_in_full_when_it_fails() {
	build_and_execute(|| {
		let pool = open_pool(1_000_000, &[0, 1]);
		let mut policy = write(pool, 0, 1_000_000, 90);
		assert!(room(pool, 0) <= 3);
		assert!(
			room(pool, 1) <= 3_000,
			"next to nothing fits beside it: {}",
			room(pool, 1)
		);
		pass(20 * DAY);
		freeze(0);
		accept(1, 0, 100);
		thaw(0);
		assert!(!books(pool).strained, "capital covers the whole of any group");
		let before = usd(&CAROL);
		let payment = pay(1, 1, &mut policy, 1_000_000, &CAROL).unwrap();
		assert_eq!((payment.paid, payment.arrears), (1_000_000, 0));
		assert_eq!(usd(&CAROL) - before, 1_000_000);
		close(1, 0);
		let after = books(pool);
		assert_eq!((after.exposure, after.reserved), (0, 0));
		// What is left is premium that was earned.
		assert_eq!(after.capital, after.totals.to_capital);
	});
}

#[test]
fn each_whole_group_can_be_paid_when_it_fails_alone() {
	build_and_execute(|| {
		let pool = open_pool(10_000_000, &[0, 1, 100, 101]);
		write(pool, 0, 6_000_000, 90);
		let mut shared = [write(pool, 100, 3_000_000, 90), write(pool, 101, 3_000_000, 90)];
		let one = fill(pool, 1, 90);
		assert!(
			recount(pool).sum > books(pool).capital,
			"more is written than there is"
		);
		what_if(|| {
			let mut one = one.clone();
			accept(1, 1, 100);
			let award = one.allocation.amount;
			assert_eq!(pay(1, 1, &mut one, award, &CAROL).unwrap().paid, award);
		});
		// Both products of the shared group, with what they depend on.
		accept(1, 100, 100);
		accept(2, 101, 100);
		for (i, policy) in shared.iter_mut().enumerate() {
			let payment = pay(1 + i as u32, i as u32, policy, 3_000_000, &CAROL).unwrap();
			assert_eq!((payment.paid, payment.arrears), (3_000_000, 0));
		}
		// What the first failure has cost is missing for the next: no sale until it is back.
		assert!(books(pool).strained);
		assert!(recount(pool).required() > books(pool).capital);
		assert_noop!(
			write_for(&BUYER, pool, 0, 1, term(30)),
			Error::<Test>::InsufficientCapital
		);
		let missing = recount(pool).required() - books(pool).capital;
		deposit(pool, BOB, missing - 1);
		assert!(books(pool).strained);
		deposit(pool, BOB, 1);
		assert!(!books(pool).strained);
	});
}

#[test]
fn books_hold_when_amounts_are_as_large_as_numbers_get() {
	build_and_execute(|| {
		// A pool of as much as is ever recorded.
		assert_ok!(Assets::mint(signed(MANAGER), 1, ALICE, u128::MAX / 4));
		assert_ok!(Assets::mint(signed(MANAGER), 1, BUYER, u128::MAX / 4));
		let pool = open_pool(MAX_AMOUNT - (1 << 85), &[0, 1]);
		let amount = 1 << 89;
		let policy = write(pool, 0, amount, 365);
		assert!(policy.premium > 1 << 82);
		assert_noop!(
			try_write(pool, 1, u128::MAX, 30).map(|_| ()),
			Error::<Test>::AmountTooLarge
		);
		assert_noop!(
			try_write(pool, 0, u128::MAX - amount, 30).map(|_| ()),
			Error::<Test>::AmountTooLarge
		);
		Pools::do_try_state().unwrap();
		// What all sums would add up to is bounded too: the premium of ten thousand years does not fit.
		let long = Term {
			end: (now() / DAY + 10_000 * 366) * DAY,
			claim_window: CLAIM_WINDOW,
		};
		assert_noop!(
			write_for(&BUYER, pool, 1, 1 << 88, long),
			Error::<Test>::AmountTooLarge
		);
		pass(200 * DAY);
		settle(pool);
		let unearned = (policy.allocation.rate * u128::from(policy.term.end - now())) >> 32;
		assert_eq!(cancel(&policy), Ok(unearned - unearned.div_ceil(10)));
	});
}

#[test]
fn books_hold_when_a_term_is_longer_than_any_product_has() {
	build_and_execute(|| {
		assert_ok!(Assets::mint(signed(MANAGER), 1, BUYER, u128::MAX / 4));
		let pool = pool_with(1_000_000, &[(0, 50)]);
		// Centuries of cover cost many times the amount, which is no reason to break.
		for years in [100, 10_000, 1_000_000, 500_000_000_000] {
			let term = Term {
				end: (now() + years * YEAR).div_ceil(DAY) * DAY,
				claim_window: CLAIM_WINDOW,
			};
			let premium = write_for(&BUYER, pool, 0, 1_000, term).unwrap();
			assert!(premium.net > 10 * u128::from(years));
			Pools::do_try_state().unwrap();
		}
	});
}

#[test]
fn figures_of_this_file_hold_when_parameters_are_those_of_a_chain() {
	// Other tests in it count on what is named here.
	let pools = PoolParameters::get();
	assert_eq!(pools.check(), Ok::<(), PoolsField>(()));
	assert_eq!(
		(pools.reserve_cut, pools.treasury_cut),
		(Perbill::from_percent(5), Perbill::from_percent(2))
	);
	let pricing = PricingParameters::get();
	assert_eq!(
		(pricing.target_utilisation, pricing.rho),
		(Perbill::from_percent(80), Perbill::from_percent(10))
	);
	assert_eq!(
		(pricing.steepness, pricing.speed),
		(FixedU128::from_u32(4), FixedU128::from_u32(2))
	);
}

#[test]
fn offers_are_of_the_pools_that_can_sell_now() {
	build_and_execute(|| {
		let offers = |term: Term| <Pools as Underwriting<AccountId>>::offers(0, &USD, term);
		let [first, stale, second] = [1, 2, 3].map(|millions| open_pool(millions * 1_000_000, &[0]));
		let _without_line = open_pool(1_000_000, &[1]);
		let native = NextPool::<Test>::get();
		assert_ok!(Pools::create(signed(MANAGER), AssetId::Native, 0));
		set_line(native, 0, 100);
		assert_ok!(Pools::deposit(signed(ALICE), native, 1_000_000, 0, None));
		let pools = |offers: &[(PoolId, _)]| offers.iter().map(|(pool, _)| *pool).collect::<Vec<_>>();
		assert_eq!(pools(&offers(term(30))), [first, stale, second]);

		// A pool that nobody brought to now cannot sell.
		write(stale, 0, 1_000, 90);
		pass(40 * DAY);
		let term = term(30);
		let asked = offers(term);
		assert_eq!(pools(&asked), [first, second]);
		for (pool, offer) in &asked {
			assert_eq!(offer.room(), room(*pool, 0));
			assert_eq!(
				offer.premium(400_000),
				quote(*pool, 0, 400_000, term).ok().map(|premium| premium.net)
			);
		}
		assert_storage_noop!(offers(term));
		freeze(0);
		assert_eq!(offers(term), []);
	});
}

#[test]
fn sale_is_refused_when_the_pool_is_in_another_asset() {
	build_and_execute(|| {
		let pool = open_pool(1_000_000, &[0]);
		let write = || {
			with_storage_layer(|| {
				<Pools as Underwriting<AccountId>>::write(&BUYER, pool, &AssetId::Native, 0, 1_000, term(30))
			})
		};
		assert_noop!(write(), Error::<Test>::OtherAsset);
	});
}

#[test]
fn payment_through_a_pool_is_due_when_it_cannot_be_received() {
	build_and_execute(|| {
		let pool = open_pool(1_000_000, &[0]);
		let pay = |recipient: &AccountId, amount| {
			with_storage_layer(|| {
				<Pools as Underwriting<AccountId>>::pay_through(pool, &BUYER, recipient, amount)
			})
		};
		let (paid, had) = (usd(&BUYER), usd(&CAROL));
		assert_ok!(pay(&CAROL, 500));
		assert_eq!((paid - usd(&BUYER), usd(&CAROL) - had), (500, 500));
		assert_eq!(books(pool).dues, 0);

		assert_ok!(Assets::block(signed(MANAGER), 1, CAROL));
		let newcomer = account(99);
		assert_ok!(pay(&CAROL, 500));
		assert_ok!(pay(&newcomer, USD_MINIMUM - 1));
		assert_eq!(paid - usd(&BUYER), 1_000 + USD_MINIMUM - 1);
		assert_eq!(Dues::<Test>::get(pool, CAROL), 500);
		assert_eq!(Dues::<Test>::get(pool, newcomer), USD_MINIMUM - 1);
		assert_noop!(pay(&CAROL, ENDOWMENT), TokenError::FundsUnavailable);
	});
}
