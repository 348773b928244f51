//! The native token as democracy sees it: what is on hold votes like what is free.

use core::marker::PhantomData;
use frame_support::traits::{
	BalanceStatus, Currency, ExistenceRequirement, LockIdentifier, LockableCurrency, ReservableCurrency,
	SignedImbalance, WithdrawReasons,
};
use sp_runtime::{DispatchError, DispatchResult};

/// Forwards to `C`, but calls an account's whole balance free.
///
/// Democracy bounds the weight of a vote by the free balance. Stakes and bonds are holds, which that excludes, although
/// nobody has more at stake than who put them up. Locks, which is how democracy keeps votes from being counted twice,
/// reach the whole balance as it is.
pub struct TotalAsFree<C>(PhantomData<C>);

impl<AccountId, C: Currency<AccountId>> Currency<AccountId> for TotalAsFree<C> {
	type Balance = C::Balance;
	type PositiveImbalance = C::PositiveImbalance;
	type NegativeImbalance = C::NegativeImbalance;

	fn free_balance(who: &AccountId) -> Self::Balance {
		C::total_balance(who)
	}

	fn total_balance(who: &AccountId) -> Self::Balance {
		C::total_balance(who)
	}

	fn can_slash(who: &AccountId, value: Self::Balance) -> bool {
		C::can_slash(who, value)
	}

	fn total_issuance() -> Self::Balance {
		C::total_issuance()
	}

	fn active_issuance() -> Self::Balance {
		C::active_issuance()
	}

	fn deactivate(amount: Self::Balance) {
		C::deactivate(amount)
	}

	fn reactivate(amount: Self::Balance) {
		C::reactivate(amount)
	}

	fn minimum_balance() -> Self::Balance {
		C::minimum_balance()
	}

	fn burn(amount: Self::Balance) -> Self::PositiveImbalance {
		C::burn(amount)
	}

	fn issue(amount: Self::Balance) -> Self::NegativeImbalance {
		C::issue(amount)
	}

	fn ensure_can_withdraw(
		who: &AccountId,
		amount: Self::Balance,
		reasons: WithdrawReasons,
		new_balance: Self::Balance,
	) -> DispatchResult {
		C::ensure_can_withdraw(who, amount, reasons, new_balance)
	}

	fn transfer(
		source: &AccountId,
		dest: &AccountId,
		value: Self::Balance,
		requirement: ExistenceRequirement,
	) -> DispatchResult {
		C::transfer(source, dest, value, requirement)
	}

	fn slash(who: &AccountId, value: Self::Balance) -> (Self::NegativeImbalance, Self::Balance) {
		C::slash(who, value)
	}

	fn deposit_into_existing(
		who: &AccountId,
		value: Self::Balance,
	) -> Result<Self::PositiveImbalance, DispatchError> {
		C::deposit_into_existing(who, value)
	}

	fn deposit_creating(who: &AccountId, value: Self::Balance) -> Self::PositiveImbalance {
		C::deposit_creating(who, value)
	}

	fn withdraw(
		who: &AccountId,
		value: Self::Balance,
		reasons: WithdrawReasons,
		requirement: ExistenceRequirement,
	) -> Result<Self::NegativeImbalance, DispatchError> {
		C::withdraw(who, value, reasons, requirement)
	}

	fn make_free_balance_be(
		who: &AccountId,
		balance: Self::Balance,
	) -> SignedImbalance<Self::Balance, Self::PositiveImbalance> {
		C::make_free_balance_be(who, balance)
	}
}

impl<AccountId, C: ReservableCurrency<AccountId>> ReservableCurrency<AccountId> for TotalAsFree<C> {
	fn can_reserve(who: &AccountId, value: Self::Balance) -> bool {
		C::can_reserve(who, value)
	}

	fn slash_reserved(who: &AccountId, value: Self::Balance) -> (Self::NegativeImbalance, Self::Balance) {
		C::slash_reserved(who, value)
	}

	fn reserved_balance(who: &AccountId) -> Self::Balance {
		C::reserved_balance(who)
	}

	fn reserve(who: &AccountId, value: Self::Balance) -> DispatchResult {
		C::reserve(who, value)
	}

	fn unreserve(who: &AccountId, value: Self::Balance) -> Self::Balance {
		C::unreserve(who, value)
	}

	fn repatriate_reserved(
		slashed: &AccountId,
		beneficiary: &AccountId,
		value: Self::Balance,
		status: BalanceStatus,
	) -> Result<Self::Balance, DispatchError> {
		C::repatriate_reserved(slashed, beneficiary, value, status)
	}
}

impl<AccountId, C: LockableCurrency<AccountId>> LockableCurrency<AccountId> for TotalAsFree<C> {
	type Moment = C::Moment;
	type MaxLocks = C::MaxLocks;

	fn set_lock(id: LockIdentifier, who: &AccountId, amount: Self::Balance, reasons: WithdrawReasons) {
		C::set_lock(id, who, amount, reasons)
	}

	fn extend_lock(id: LockIdentifier, who: &AccountId, amount: Self::Balance, reasons: WithdrawReasons) {
		C::extend_lock(id, who, amount, reasons)
	}

	fn remove_lock(id: LockIdentifier, who: &AccountId) {
		C::remove_lock(id, who)
	}
}
