//! Benchmarks of the calls, each in its worst case. A proof is measured by its pieces.

use super::*;
use crate::{
	proofs::MAX_PIECES,
	worst::{NOW, POLICY, state, state_of_size},
};
use frame_benchmarking::{account, v2::*};
use frame_support::{
	assert_ok,
	traits::{
		Get,
		fungible::{Inspect, Mutate},
	},
};
use frame_system::RawOrigin;
use lutine_primitives::{BlockNumber, time::Seconds};
use sp_core::H256;

/// What a chain gives the benchmarks.
pub trait BenchmarkHelper {
	/// Makes it another time.
	fn set_time(seconds: Seconds);
	/// Has the light client know a header.
	fn import(hash: H256, header: Header);
}

/// An account with as much as it needs.
fn person<T: Config>(index: u32) -> T::AccountId {
	let who: T::AccountId = account("person", index, 0);
	let minimum = <T::Deposits as Inspect<T::AccountId>>::minimum_balance();
	let amount = minimum
		.saturating_mul(10)
		.saturating_add(T::Deposit::get().saturating_mul(2));
	assert_ok!(T::Deposits::mint_into(&who, amount));
	who
}

fn import<T: Config>(number: BlockNumber, state_root: H256) -> H256 {
	let hash = H256::repeat_byte(number as u8);
	T::BenchmarkHelper::import(hash, Header { number, state_root });
	hash
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// Another has proven the policy before.
	#[benchmark]
	fn prove(n: Linear<32, { MAX_PIECES }>) {
		T::BenchmarkHelper::set_time(NOW);
		let (root, proof) = state_of_size(n);
		let before = person::<T>(0);
		let first = import::<T>(1, root);
		assert_ok!(Pallet::<T>::do_prove(before, POLICY, first, proof.clone()));
		let at = import::<T>(2, root);
		let who = person::<T>(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), POLICY, at, proof);

		let entry = Certificates::<T>::get(POLICY).expect("it was proven");
		assert_eq!((entry.certificate.number, entry.depositor), (2, who));
	}

	#[benchmark]
	fn remove() {
		T::BenchmarkHelper::set_time(NOW);
		let (root, proof) = state(0);
		let at = import::<T>(1, root);
		assert_ok!(Pallet::<T>::do_prove(person::<T>(0), POLICY, at, proof));
		T::BenchmarkHelper::set_time(NOW + T::MaxAge::get() + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(person::<T>(1)), POLICY);

		assert!(!Certificates::<T>::contains_key(POLICY));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
