//! What is true of the stored state after every call:
//!
//! 1. Each pool's account holds at least capital, unearned premium, cuts, the arrears fund, dues and its seed; each
//!    reserve's account its recorded sum and its seed.
//! 2. The exposure of a line is what matures on later days and what waits for incidents. The sums of groups, their squares
//!    and what is reserved equal a full recount. What a line has set aside is the sum of its incidents.
//! 3. Capital covers what is required, or the pool is marked as strained. SCR is at least the largest group.
//! 4. The supply of shares is the issuance of the share asset, and what holders burned. Escrow is the sum of the queue.
//! 5. What came in as premium or recovery is unearned, refunded, or earned by one of the recipients.
//! 6. The deposits on hold are those recorded with requests, and each account's requests are counted.
//! 7. Unearned premium is the sum over streams that have not ended, exactly; so is the rate. Arrears that can be pulled are
//!    in the fund; their sum is what is outstanding, within rounding in the fund's favour.
//! 8. Products and pools refer to each other both ways. What all pools in an asset stand behind on a product is the sum
//!    over their lines.

use crate::{
	Config, Days, Debts, Dues, Groups, HoldReason, Lines, Losses, NextPool, Pallet, Pools, ProductExposures,
	ProductUnderwriters, RequestCounts, Requests, Reserves, types::Line,
};
use alloc::collections::BTreeMap;
use codec::Encode;
use frame_support::{
	ensure,
	traits::{Get, fungible::InspectHold, fungibles::Inspect},
};
use lutine_math::solvency;
use lutine_primitives::{
	Balance,
	insurance::{PoolId, ProductId},
};
use sp_core::U256;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Every invariant of this pallet, over the whole state.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut set_aside: BTreeMap<(PoolId, ProductId), Balance> = BTreeMap::new();
		for (_, pool, loss) in Losses::<T>::iter() {
			*set_aside.entry((pool, loss.product)).or_default() += loss.reserved;
		}
		for (id, pool) in Pools::<T>::iter() {
			ensure!(id < NextPool::<T>::get(), "a pool has an id that was not given");
			Self::check_money(id, &pool)?;
			Self::check_exposure(id, &pool)?;
			Self::check_streams(id, &pool)?;
			Self::check_arrears(id, &pool)?;
			for (product, line) in Lines::<T>::iter_prefix(id) {
				ensure!(
					line.shares == set_aside.remove(&(id, product)).unwrap_or(0),
					"what a line sets aside is not the sum of its incidents"
				);
			}
		}
		ensure!(
			set_aside.values().all(|left| *left == 0),
			"capital is set aside in no pool"
		);
		for (asset, reserve) in Reserves::<T>::iter() {
			let balance = T::Assets::balance(asset.clone(), &Self::reserve_account(&asset));
			ensure!(
				balance >= reserve + T::Assets::minimum_balance(asset),
				"a reserve's account holds less than is recorded"
			);
		}
		Self::check_requests()?;
		Self::check_underwriters()
	}

	fn check_money(id: PoolId, pool: &crate::PoolOf<T>) -> Result<(), TryRuntimeError> {
		let account = Self::account(id);
		let holdings = pool.holdings().ok_or("the recorded sums of a pool overflow")?;
		let seed = T::Assets::minimum_balance(pool.asset.clone());
		ensure!(
			T::Assets::balance(pool.asset.clone(), &account) >= holdings + seed,
			"a pool's account holds less than is recorded"
		);
		ensure!(
			Dues::<T>::iter_prefix_values(id).sum::<Balance>() == pool.dues,
			"dues are not what the pool recorded"
		);
		let t = &pool.totals;
		ensure!(
			t.premiums + t.recovered
				== pool.upr()
					+ t.refunded + t.to_reserve
					+ t.to_treasury + t.to_manager
					+ t.to_arrears + t.to_capital,
			"premium is neither unearned nor refunded nor earned"
		);
		// Holders can burn shares by giving up an account of `pallet-assets`; the price counts them none the less.
		ensure!(
			T::Shares::total_issuance(pool.share) <= pool.supply,
			"more shares are issued than the supply"
		);
		ensure!(
			T::Shares::balance(pool.share, &account) >= pool.queue.shares,
			"escrow holds less than the queue"
		);
		Ok(())
	}

	fn check_exposure(id: PoolId, pool: &crate::PoolOf<T>) -> Result<(), TryRuntimeError> {
		let mut scheduled: BTreeMap<ProductId, Balance> = BTreeMap::new();
		let day = T::AccountingDay::get();
		for (index, today) in Days::<T>::iter_prefix(id) {
			ensure!(
				index * day > pool.settled_at,
				"a day that is settled was not cleared"
			);
			ensure!(!today.is_empty(), "an empty day is stored");
			for (product, amount) in today.maturing {
				ensure!(amount > 0, "a day matures nothing of a product");
				*scheduled.entry(product).or_default() += amount;
			}
		}
		let mut groups: BTreeMap<_, Balance> = BTreeMap::new();
		let (mut reserved, mut lines) = (0, 0);
		for (product, line) in Lines::<T>::iter_prefix(id) {
			lines += 1;
			ensure!(
				line.exposure == line.matured + scheduled.remove(&product).unwrap_or(0),
				"a line's exposure is not what matures"
			);
			ensure!(
				line.matured == 0 || line.is_stopped(),
				"exposure waits for no incident"
			);
			reserved += line.reserved();
			*groups.entry(line.group).or_default() += line.unreserved();
			let underwriters = ProductUnderwriters::<T>::get(product);
			ensure!(
				underwriters.pools.contains(&id),
				"a product does not know a line on it"
			);
			ensure!(
				underwriters.frozen == line.frozen,
				"a line and its product disagree on being frozen"
			);
		}
		ensure!(scheduled.is_empty(), "exposure matures on no line");
		ensure!(lines == pool.lines, "the number of lines is wrong");
		ensure!(
			reserved == pool.reserved,
			"what is reserved is not the sum over lines"
		);

		groups.retain(|_, exposure| *exposure > 0);
		let stored: BTreeMap<_, Balance> = Groups::<T>::iter_prefix(id).collect();
		ensure!(stored == groups, "groups are not the sum over lines");
		let sum: Balance = groups.values().sum();
		let squares = groups
			.values()
			.fold(U256::zero(), |sum, e| sum + U256::from(*e) * U256::from(*e));
		ensure!(
			sum == pool.exposure && squares == pool.squares,
			"the sums over groups are wrong"
		);

		let scr = solvency::scr(sum, squares, pool.judged_with).ok_or("SCR overflows")?;
		ensure!(
			groups.values().all(|e| *e <= scr),
			"SCR is below the largest group"
		);
		ensure!(
			pool.strained == (pool.capital < pool.reserved + scr),
			"a pool is strained without the mark, or marked without being strained"
		);
		Ok(())
	}

	fn check_streams(id: PoolId, pool: &crate::PoolOf<T>) -> Result<(), TryRuntimeError> {
		let (mut rate, mut unearned) = (0u128, 0u128);
		for (index, today) in Days::<T>::iter_prefix(id) {
			let left = index * T::AccountingDay::get() - pool.settled_at;
			rate += today.ending;
			unearned += today.ending * u128::from(left);
		}
		ensure!(rate == pool.rate, "the rate is not the sum of streams");
		ensure!(
			unearned == pool.unearned,
			"unearned premium is not the sum of streams"
		);
		Ok(())
	}

	fn check_arrears(id: PoolId, pool: &crate::PoolOf<T>) -> Result<(), TryRuntimeError> {
		let (mut pullable, mut outstanding, mut debts) = (0u128, 0u128, 0u128);
		for debt in Debts::<T>::iter_prefix_values(id) {
			ensure!(debt.owed > 0, "nothing is owed on a debt");
			// Whatever the fund holds: `pullable` itself never says more than that.
			let left = pool.arrears.outstanding_of(&debt);
			pullable += debt.owed - left;
			outstanding += left;
			debts += 1;
		}
		ensure!(
			pullable <= pool.arrears.fund,
			"the arrears fund holds less than can be pulled"
		);
		ensure!(
			outstanding >= pool.arrears.outstanding && outstanding <= pool.arrears.outstanding + debts,
			"arrears are not the sum of debts"
		);
		Ok(())
	}

	fn check_requests() -> Result<(), TryRuntimeError> {
		let mut deposits: BTreeMap<_, Balance> = BTreeMap::new();
		let mut counts: BTreeMap<_, u32> = BTreeMap::new();
		let mut escrow: BTreeMap<PoolId, Balance> = BTreeMap::new();
		for (pool, index, request) in Requests::<T>::iter() {
			let books = Pools::<T>::get(pool).ok_or("a request is in no pool")?;
			// It may be before the head where its owner could not receive its shares.
			ensure!(index < books.queue.tail, "a request is outside its queue");
			*deposits.entry(request.who.clone()).or_default() += request.deposit;
			*counts.entry((pool, request.who)).or_default() += 1;
			if request.share == books.share {
				*escrow.entry(pool).or_default() += request.shares;
			}
		}
		for (id, pool) in Pools::<T>::iter() {
			ensure!(
				pool.queue.shares == escrow.get(&id).copied().unwrap_or(0),
				"escrow is not the sum of the queue"
			);
		}
		for (who, deposit) in deposits {
			ensure!(
				T::Deposits::balance_on_hold(&HoldReason::WithdrawalRequest.into(), &who) == deposit,
				"deposits on hold are not those of the requests"
			);
		}
		let stored: BTreeMap<_, u32> = RequestCounts::<T>::iter()
			.map(|(pool, who, count)| ((pool, who), count))
			.collect();
		ensure!(stored == counts, "requests are miscounted");
		Ok(())
	}

	fn check_underwriters() -> Result<(), TryRuntimeError> {
		let mut exposures: BTreeMap<_, Balance> = BTreeMap::new();
		for (pool, product, line) in Lines::<T>::iter().filter(|(_, _, line)| line.exposure > 0) {
			let asset = Pools::<T>::get(pool).ok_or("a line is in no pool")?.asset;
			*exposures.entry((product, asset.encode())).or_default() += line.exposure;
		}
		let stored: BTreeMap<_, _> = ProductExposures::<T>::iter()
			.map(|(product, asset, sum)| ((product, asset.encode()), sum))
			.collect();
		ensure!(
			stored == exposures,
			"the exposure on a product is not the sum over its lines"
		);
		for (product, underwriters) in ProductUnderwriters::<T>::iter() {
			let mut pools = underwriters.pools.to_vec();
			pools.sort_unstable();
			pools.dedup();
			ensure!(
				pools.len() == underwriters.pools.len(),
				"a pool underwrites a product twice"
			);
			for pool in pools {
				let line: Line = Lines::<T>::get(pool, product).ok_or("a product's pool has no line")?;
				ensure!(
					line.incidents <= underwriters.incidents,
					"a line has more incidents than its product"
				);
			}
		}
		Ok(())
	}
}
