//! What the chain begins with, and the calls that make it.

use clap::Args;
use frame_support::{
	BoundedVec,
	dispatch::RawOrigin,
	traits::{CallMetadata, Get, GetCallMetadata},
};
use lutine_primitives::{
	insurance::{AssetId, PoolId, ProductId, RiskClass, Trigger},
	time::Seconds,
};
use lutine_runtime::{
	AccountId, Balance, Claims, Clock, Cover, LUT, Parameters, Pools, Pricing, Runtime, RuntimeCall,
	RuntimeOrigin, genesis,
};
use pallet_cover::{Conditions, Limits, Order, Part, Proposal};
use sp_core::{
	Pair,
	crypto::{DEV_PHRASE, DeriveJunction},
	sr25519,
};
use sp_keyring::Sr25519Keyring::{Alice, Eve};
use sp_runtime::{FixedU128, traits::Dispatchable};

const USD: AssetId = AssetId::WithId(genesis::TEST_STABLECOIN);
const DOLLAR: Balance = 1_000_000;
/// What each policy insures, and what stands behind those of a pool.
const AMOUNT: Balance = 100 * DOLLAR;
const CAPITAL: Balance = 10_000_000 * DOLLAR;
/// What each holder can spend beside deposits.
const MONEY: (Balance, Balance) = (100 * LUT, 1_000 * DOLLAR);
/// Lines that a pool has: as many as it may have.
const LINES: u32 = 32;
/// The first risk group: a product has one of its own.
const GROUPS: u32 = 1_000;
/// Accounting days after the beginning on which the policies end that do not end on the day asked for.
const FIRST_END: u32 = 200;
const LAST_END: u32 = 360;
/// How often it is told how many there are.
const REPORT: u32 = 100_000;

/// How much there is of everything.
#[derive(Args)]
pub struct Market {
	/// Policies in force
	#[arg(long, default_value_t = 1_000_000)]
	policies: u32,
	/// Products
	#[arg(long, default_value_t = 1_000)]
	products: u32,
	/// Pools, each with 32 lines; a divisor of the number of products
	#[arg(long, default_value_t = 200)]
	pools: u32,
	/// Policies that each holder has
	#[arg(long, default_value_t = 10)]
	each: u32,
	/// Of the policies, those that end on one day
	#[arg(long, default_value_t = 100_000)]
	ending: u32,
	/// That day, counted in accounting days from the beginning
	#[arg(long, default_value_t = 60)]
	ending_after: u32,
}

impl Market {
	/// Refuses what cannot be.
	pub fn check(&self) -> Result<(), String> {
		let sound = [
			(self.products >= LINES, "there must be at least 32 products"),
			(
				self.pools > 0
					&& self.products.is_multiple_of(self.pools)
					&& self.products / self.pools <= LINES,
				"the number of pools must divide that of products, and not be much smaller",
			),
			(self.each > 0, "a holder has at least one policy"),
			(
				self.ending <= self.policies,
				"no more policies can end on one day than there are",
			),
			(
				(28..=LAST_END).contains(&self.ending_after),
				"policies can end 28 to 360 days after the beginning",
			),
		];
		match sound.iter().find(|(holds, _)| !holds) {
			Some((_, why)) => Err((*why).into()),
			None => Ok(()),
		}
	}

	/// Makes all of it, at one moment.
	pub fn furnish(&self, now: Seconds, say: &impl Fn(String)) -> Result<(), String> {
		pallet_timestamp::Now::<Runtime>::put(now * 1_000);
		let (first_product, first_pool) = (
			pallet_cover::NextProduct::<Runtime>::get(),
			pallet_pools::NextPool::<Runtime>::get(),
		);
		say(format!("{} products, {} pools", self.products, self.pools));
		let (root, _) = sr25519::Pair::from_phrase(DEV_PHRASE, None).map_err(|error| format!("{error:?}"))?;
		self.list(first_product)?;
		self.open(&root, first_product, first_pool)?;
		say(format!(
			"{} policies of {} holders",
			self.policies,
			self.policies.div_ceil(self.each)
		));
		let deposit = Parameters::cover().policy_deposit;
		let mut holder = Alice.to_account_id();
		for number in 0..self.policies {
			if number.is_multiple_of(self.each) {
				holder = account(&root, "Holder", number / self.each)?;
				let free = MONEY.0 + deposit * Balance::from(self.each);
				endow(&holder, free, MONEY.1)?;
			}
			self.buy(number, now, &holder, first_product, first_pool)?;
			if (number + 1).is_multiple_of(REPORT) {
				say(format!("{} policies", number + 1));
			}
		}
		Ok(())
	}

	fn list(&self, first: ProductId) -> Result<(), String> {
		for index in 0..self.products {
			let name = BoundedVec::truncate_from(format!("Preloaded {index}").into_bytes());
			by_root(pallet_cover::Call::register_group {
				group: GROUPS + index,
				name: name.clone(),
			})?;
			let total = 1_000_000 * DOLLAR;
			let limits = Limits {
				asset: USD,
				total,
				min: DOLLAR,
				max: total,
				optimistic: DOLLAR,
			};
			let chain = Parameters::cover();
			let proposal = Proposal {
				name,
				class: RiskClass::Lending,
				code_hash: Default::default(),
				terms_hash: Default::default(),
				trigger: Trigger::Assessed,
				waiting_period: None,
				claim_window: None,
				conditions: Conditions {
					uri: Default::default(),
					assets: BoundedVec::truncate_from(vec![limits]),
					min_period: chain.min_period,
					max_period: chain.max_period,
					deductible: 0,
				},
			};
			by(&Eve.to_account_id(), pallet_cover::Call::propose { proposal })?;
			by_root(pallet_cover::Call::list {
				product: first + index,
				group: GROUPS + index,
			})?;
		}
		Ok(())
	}

	/// Products from one pool's first to the next one's.
	fn stride(&self) -> u32 {
		self.products / self.pools
	}

	fn open(&self, root: &sr25519::Pair, first_product: ProductId, first_pool: PoolId) -> Result<(), String> {
		let manager = Alice.to_account_id();
		for index in 0..self.pools {
			let pool = first_pool + index;
			by(
				&manager,
				pallet_pools::Call::create {
					asset: USD,
					manager_fee: 100_000_000,
				},
			)?;
			for line in 0..LINES {
				// They begin with different rates, so that a quote has to choose.
				let rate = Some(FixedU128::from_rational((400 + index % 100).into(), 10_000));
				let product = first_product + (index * self.stride() + line) % self.products;
				by(
					&manager,
					pallet_pools::Call::set_line {
						pool,
						product,
						weight: 500_000_000,
						rate,
					},
				)?;
			}
			// Nobody can hold the shares of all of them.
			let underwriter = account(root, "Underwriter", index)?;
			endow(&underwriter, MONEY.0, CAPITAL)?;
			by(
				&underwriter,
				pallet_pools::Call::deposit {
					pool,
					amount: CAPITAL,
					min_shares: 0,
					deadline: None,
				},
			)?;
		}
		Ok(())
	}

	/// Products in turn, and of each the pools with a line on it in turn.
	fn buy(
		&self,
		number: u32,
		now: Seconds,
		holder: &AccountId,
		first_product: ProductId,
		first_pool: PoolId,
	) -> Result<(), String> {
		let index = number % self.products;
		let back = (number / self.products) % ((LINES - self.stride()) / self.stride() + 1);
		let pool = first_pool + (index / self.stride() + self.pools - back % self.pools) % self.pools;
		let days = if number < self.ending {
			self.ending_after
		} else {
			FIRST_END + number % (LAST_END - FIRST_END)
		};
		let day = pallet_clock::AccountingDay::<Runtime>::get();
		let order = Order {
			amount: AMOUNT,
			end: (now.div_ceil(day) + Seconds::from(days)) * day,
			parts: BoundedVec::truncate_from(vec![Part { pool, amount: AMOUNT }]),
			max_premium: AMOUNT,
			deadline: None,
			broker: None,
		};
		let item = BoundedVec::truncate_from(<AccountId as AsRef<[u8]>>::as_ref(holder).to_vec());
		by(
			holder,
			pallet_cover::Call::buy {
				product: first_product + index,
				asset: USD,
				order,
				item,
			},
		)
	}
}

/// The account of a name and a number: `//Holder 7`.
fn account(root: &sr25519::Pair, name: &str, number: u32) -> Result<AccountId, String> {
	let path = [DeriveJunction::hard(format!("{name} {number}"))];
	let (pair, _) = root
		.derive(path.into_iter(), None)
		.map_err(|error| format!("{error:?}"))?;
	Ok(pair.public().into())
}

/// Gives an account LUT and dollars.
fn endow(who: &AccountId, new_free: Balance, amount: Balance) -> Result<(), String> {
	let (who, beneficiary) = (who.clone().into(), who.clone().into());
	by_root(pallet_balances::Call::force_set_balance { who, new_free })?;
	let id = genesis::TEST_STABLECOIN.into();
	by(
		&Alice.to_account_id(),
		pallet_assets::Call::mint {
			id,
			beneficiary,
			amount,
		},
	)
}

fn by(who: &AccountId, call: impl Into<RuntimeCall>) -> Result<(), String> {
	dispatch(RuntimeOrigin::signed(who.clone()), call.into())
}

fn by_root(call: impl Into<RuntimeCall>) -> Result<(), String> {
	dispatch(RawOrigin::Root.into(), call.into())
}

fn dispatch(origin: RuntimeOrigin, call: RuntimeCall) -> Result<(), String> {
	let CallMetadata {
		pallet_name,
		function_name,
	} = call.get_call_metadata();
	match call.dispatch(origin) {
		Ok(_) => Ok(()),
		Err(failed) => Err(format!("{pallet_name}.{function_name} fails: {:?}", failed.error)),
	}
}

/// Those of the pallets of insurance.
pub fn check_invariants() -> Result<(), String> {
	let checks = [
		Clock::do_try_state,
		Parameters::do_try_state,
		Pricing::do_try_state,
		Pools::do_try_state,
		Cover::do_try_state,
		Claims::do_try_state,
	];
	checks
		.iter()
		.try_for_each(|check| check().map_err(|error| format!("{error:?}")))
}
