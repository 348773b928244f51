//! What clients ask: quotes, products, policies and the track record, as of now.

use crate::{
	Config, Error, MAX_ALLOCATIONS, Pallet, Part, Policies, PolicyOf, ProductOf, Products, Record, Records,
	State,
};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use frame_support::{
	storage::{TransactionOutcome, transactional::with_transaction},
	traits::Get,
};
use lutine_math::{pricing, split, streams};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, PolicyId, PoolId, ProductId, Reserving, Underwriting},
	time::{Seconds, YEAR},
};
use scale_info::TypeInfo;
use sp_arithmetic::{Rounding, helpers_128bit::multiply_by_rational_with_rounding};
use sp_runtime::{DispatchError, FixedPointNumber, FixedU128, Perbill, traits::Bounded};

/// Policies that are told of one holder at most.
const POLICIES_REPORTED: usize = 1_024;

/// The cheapest split of a purchase now: no other costs less by more than a unit for each part, unless more pools would
/// take part than may. Amounts are units of the asset.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Quote {
	/// What the parts cost together. A broker's commission comes on top.
	pub net_premium: Balance,
	/// The same for a year, as a share of the amount, rounded down.
	pub yearly: FixedU128,
	/// The parts, to be submitted as they are.
	pub parts: Vec<Part>,
	/// What is behind the price of each, in their order.
	pub figures: Vec<PartFigures>,
	/// The first second of cover, without a policy that it follows.
	pub start: Seconds,
	/// The first second after it.
	pub end: Seconds,
	/// From the end of cover to the last report of an incident, in seconds.
	pub claim_window: Seconds,
	/// What an award is lessened by.
	pub deductible: Balance,
	/// The share of unearned premium that a cancellation costs.
	pub cancellation_fee: Perbill,
	/// The deposit that is held for the policy, in LUT.
	pub deposit: Balance,
	/// What else may be insured on the product.
	pub limit_left: Balance,
}

/// What is behind the price of a part.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PartFigures {
	/// Which pool.
	pub pool: PoolId,
	/// What it asks: the larger of the next two.
	pub net_premium: Balance,
	/// The expected loss and the cost of the risk capital tied up.
	pub technical: Balance,
	/// What demand for the line makes of it.
	pub market: Balance,
	/// The annual probability of a total loss that it reckons with.
	pub probability: FixedU128,
	/// The line's rate a year at target utilisation.
	pub rate: FixedU128,
	/// What the line holds before.
	pub exposure: Balance,
	/// What it can hold in all.
	pub capacity: Balance,
	/// What the pool has of capital that is not reserved.
	pub free_capital: Balance,
}

/// A policy as of now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PolicyReport<AccountId> {
	/// As it is stored.
	pub policy: crate::Policy<AccountId>,
	/// Who holds it.
	pub holder: AccountId,
	/// Where it is in its life.
	pub state: State,
	/// What its holder would be refunded now, in the asset; none where it cannot be cancelled.
	pub refund: Option<Balance>,
	/// What of it can be renewed while the product is for sale.
	pub renewable: Balance,
	/// What the pools owe on it.
	pub arrears: Balance,
}

/// What was sold of a product, or of all, in an asset.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ProductRecord {
	/// In which asset.
	pub asset: AssetId,
	/// What pools stand behind now: cover in force, and cover that ended whose claim window is open.
	pub in_force: Balance,
	/// What was ever sold.
	pub record: Record,
}

sp_api::decl_runtime_apis! {
	/// Quotes, products, policies and the track record as of now.
	pub trait CoverApi<AccountId> where AccountId: Codec {
		/// How much cover on a product can be bought at once now.
		fn available(product: ProductId, asset: AssetId) -> Balance;
		/// The cheapest split of so much cover on a product for so many seconds, or why there is none. It ends with the
		/// accounting day in which they are over.
		fn quote(product: ProductId, asset: AssetId, amount: Balance, period: Seconds) -> Result<Quote, DispatchError>;
		/// The ids of all products.
		fn products() -> Vec<ProductId>;
		/// A product.
		fn product(product: ProductId) -> Option<crate::Product<AccountId>>;
		/// A policy that is not closed.
		fn policy(policy: PolicyId) -> Option<PolicyReport<AccountId>>;
		/// The policies that an account holds, at most 1 024.
		fn policies_of(who: AccountId) -> Vec<PolicyId>;
		/// What was sold of a product, or of all, by asset.
		fn track_record(product: Option<ProductId>) -> Vec<ProductRecord>;
	}
}

impl<T: Config> Pallet<T> {
	/// The cheapest split of a purchase now.
	pub fn report_quote(
		id: ProductId,
		asset: &AssetId,
		amount: Balance,
		period: Seconds,
	) -> Result<Quote, DispatchError> {
		let end = Self::day_end(period)?;
		let (product, term) = Self::ensure_sold(id, asset, amount, end)?;
		let limits = product.limits(asset).ok_or(Error::<T>::NotSoldInAsset)?;
		let (pools, offers): (Vec<_>, Vec<_>) = T::Underwriting::offers(id, asset, term).into_iter().unzip();
		let split = split::cheapest(amount, &offers, MAX_ALLOCATIONS as usize)
			.ok_or(Error::<T>::NotEnoughCapacity)?;
		let mut net_premium: Balance = 0;
		let (mut parts, mut figures) = (Vec::new(), Vec::new());
		for ((pool, offer), amount) in pools.into_iter().zip(offers).zip(split) {
			if amount == 0 {
				continue;
			}
			let premiums = offer.technical(amount).zip(offer.market(amount));
			let (technical, market) = premiums.ok_or(Error::<T>::NotEnoughCapacity)?;
			let net = pricing::net_premium(technical, market);
			net_premium = net_premium
				.checked_add(net)
				.ok_or(Error::<T>::NotEnoughCapacity)?;
			parts.push(Part { pool, amount });
			figures.push(PartFigures {
				pool,
				net_premium: net,
				technical,
				market,
				probability: offer.technical.probability,
				rate: offer.rate,
				exposure: offer.exposure,
				capacity: offer.capacity,
				free_capital: offer.technical.free,
			});
		}
		let parameters = T::Parameters::get();
		let now = Self::now();
		let share = FixedU128::saturating_from_rational(net_premium, amount).into_inner();
		let seconds = term.end.saturating_sub(now);
		let yearly = multiply_by_rational_with_rounding(share, YEAR.into(), seconds.into(), Rounding::Down);
		Ok(Quote {
			net_premium,
			yearly: yearly.map_or_else(FixedU128::max_value, FixedU128::from_inner),
			parts,
			figures,
			start: now.saturating_add(product.waiting_period),
			end: term.end,
			claim_window: term.claim_window,
			deductible: product.conditions.deductible_of(amount),
			cancellation_fee: parameters.cancellation_fee,
			deposit: parameters.policy_deposit,
			limit_left: limits.total.saturating_sub(T::Underwriting::exposure(id, asset)),
		})
	}

	/// The end of the accounting day in which so many seconds from now are over.
	fn day_end(period: Seconds) -> Result<Seconds, DispatchError> {
		let end = Self::now().checked_add(period);
		let end = end.and_then(|end| streams::day_end(end, T::AccountingDay::get()));
		Ok(end.ok_or(Error::<T>::PeriodTooLong)?)
	}

	/// How much cover on a product can be bought at once now, in the shortest policy.
	pub fn report_available(id: ProductId, asset: &AssetId) -> Balance {
		Self::most_for_sale(id, asset).unwrap_or(0)
	}

	fn most_for_sale(id: ProductId, asset: &AssetId) -> Option<Balance> {
		let product = Products::<T>::get(id)?;
		let limits = product.limits(asset)?;
		let end = Self::day_end(product.conditions.min_period).ok()?;
		let (_, term) = Self::ensure_sold(id, asset, limits.min, end).ok()?;
		let offers = T::Underwriting::offers(id, asset, term);
		let mut rooms: Vec<_> = offers.iter().map(|(_, offer)| offer.room()).collect();
		rooms.sort_unstable_by(|a, b| b.cmp(a));
		let left = limits.total.saturating_sub(T::Underwriting::exposure(id, asset));
		let most = rooms
			.into_iter()
			.take(MAX_ALLOCATIONS as usize)
			.fold(0, Balance::saturating_add)
			.min(left)
			.min(limits.max);
		(most >= limits.min).then_some(most)
	}

	/// The ids of all products.
	pub fn report_products() -> Vec<ProductId> {
		let mut products: Vec<_> = Products::<T>::iter_keys().collect();
		products.sort_unstable();
		products
	}

	/// A product.
	pub fn report_product(id: ProductId) -> Option<ProductOf<T>> {
		Products::<T>::get(id)
	}

	/// A policy as of now.
	pub fn report_policy(id: PolicyId) -> Option<PolicyReport<T::AccountId>> {
		let policy: PolicyOf<T> = Policies::<T>::get(id)?;
		let holder = Self::holder(id)?;
		let refund = with_transaction(|| TransactionOutcome::Rollback(Self::do_cancel(&holder, id))).ok();
		let state = policy.state(Self::now());
		let arrears = policy
			.allocations
			.iter()
			.map(|part| T::Reserving::arrears_of(part.pool, id))
			.fold(0, Balance::saturating_add);
		Some(PolicyReport {
			renewable: match state {
				State::Active => policy.left().saturating_sub(policy.renewed),
				_ => 0,
			},
			state,
			policy,
			holder,
			refund,
			arrears,
		})
	}

	/// The policies that an account holds.
	pub fn report_policies_of(who: &T::AccountId) -> Vec<PolicyId> {
		let mut policies: Vec<_> = Self::held(who).take(POLICIES_REPORTED).collect();
		policies.sort_unstable();
		policies
	}

	/// What was sold of a product, or of all, by asset.
	pub fn report_track_record(product: Option<ProductId>) -> Vec<ProductRecord> {
		let mut sums: Vec<ProductRecord> = Vec::new();
		let of_one = |id| -> Vec<_> {
			Records::<T>::iter_prefix(id)
				.map(|(asset, record)| (id, asset, record))
				.collect()
		};
		let records = product.map_or_else(|| Records::<T>::iter().collect(), of_one);
		for (id, asset, record) in records {
			let in_force = T::Underwriting::exposure(id, &asset);
			match sums.iter_mut().find(|sum| sum.asset == asset) {
				Some(sum) => {
					sum.in_force = sum.in_force.saturating_add(in_force);
					sum.record = sum.record.plus(&record);
				}
				None => sums.push(ProductRecord {
					asset,
					in_force,
					record,
				}),
			}
		}
		sums
	}
}
