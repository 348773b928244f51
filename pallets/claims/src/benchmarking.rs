//! Benchmarks of the calls, each in its worst case: products with as many lines as they may have, policies behind which as
//! many pools stand as can be, cases with as many parties. The books of pools are up to date: bringing them there is
//! charged separately.

use super::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::{account, v2::*};
use frame_support::{
	assert_ok,
	traits::{
		Get,
		fungible::{Inspect, Mutate},
	},
};
use frame_system::RawOrigin;
use lutine_math::feeds::{Feed, Mark};
use lutine_primitives::{
	Balance, BlockNumber,
	insurance::{AssetId, Coverage, IncidentId, MAX_TRIGGER_DAYS, PolicyId, ProductId},
	time::Seconds,
};
use sp_core::H256;
use sp_runtime::{FixedU128, traits::Saturating};

/// What a chain gives the benchmarks.
pub trait BenchmarkHelper<AccountId> {
	/// A product that can be bought, in as many assets as there may be, with a line in as many pools as may have one. Its
	/// incidents are reported, or proven by a feed over so many days. Up to the limit it takes neither a vote nor a
	/// challenge window.
	fn product(trigger: Option<(u32, u32)>, limit: Balance) -> ProductId;
	/// Sells a policy behind which as many pools stand as can be: other ones at each of the first turns. It begins with the
	/// next day.
	fn sell(product: ProductId, holder: &AccountId, turn: u32) -> PolicyId;
	/// The asset that policies are sold in.
	fn asset() -> AssetId;
	/// Gives an account so much more of that asset.
	fn fund(who: &AccountId, amount: Balance);
	/// Makes it another time.
	fn set_time(seconds: Seconds);
	/// Brings the books of all pools to now.
	fn settle_pools();
	/// Has a feed say something now.
	fn feed(feed: u32, value: FixedU128);
	/// Ends a referendum now, in which somebody voted.
	fn end_referendum(referendum: u32, passed: bool);
}

const FEED: u32 = u32::MAX;
/// More than any policy insures.
const NO_LIMIT: Balance = Balance::MAX / 2;

fn day<T: Config>() -> Seconds {
	T::AccountingDay::get()
}

/// The first second of a day long after the epoch.
fn dawn<T: Config>() -> Seconds {
	let dawn = 10_000 * day::<T>() + 1;
	T::BenchmarkHelper::set_time(dawn);
	dawn
}

/// Lets whole days pass, and brings the pools there.
fn pass_days<T: Config>(days: u32) {
	T::BenchmarkHelper::set_time(Pallet::<T>::now() + Seconds::from(days) * day::<T>());
	T::BenchmarkHelper::settle_pools();
}

fn pass_blocks<T: Config>(blocks: BlockNumber) {
	frame_system::Pallet::<T>::set_block_number(Pallet::<T>::block().saturating_add(blocks.into()));
}

/// Somebody with native tokens for every bond.
fn person<T: Config>(name: &'static str, index: u32) -> T::AccountId {
	let who: T::AccountId = account(name, index, 0);
	let parameters = T::Parameters::get();
	let amount = 1_000 * (parameters.bond + parameters.assessors_fee + parameters.min_stake);
	assert_ok!(T::Deposits::mint_into(
		&who,
		amount + T::Deposits::minimum_balance()
	));
	who
}

fn signed<T: Config>(who: &T::AccountId) -> T::RuntimeOrigin {
	RawOrigin::Signed(who.clone()).into()
}

fn longest_uri() -> Vec<u8> {
	vec![b'u'; 128]
}

fn assessor<T: Config>(index: u32) -> T::AccountId {
	let who = person::<T>("assessor", index);
	let stake = 2 * T::Parameters::get().min_stake;
	assert_ok!(Pallet::<T>::stake(signed::<T>(&who), stake));
	who
}

/// A report, and the assessors who can judge it.
fn reported<T: Config>() -> (CaseId, IncidentId, Vec<T::AccountId>) {
	dawn::<T>();
	let product = T::BenchmarkHelper::product(None, NO_LIMIT);
	let assessors = (0..3).map(assessor::<T>).collect();
	pass_blocks::<T>(1);
	let reporter = person::<T>("reporter", 0);
	report::<T>(product, &reporter);
	(NextCase::<T>::get() - 1, NextIncident::<T>::get() - 1, assessors)
}

fn report<T: Config>(product: ProductId, reporter: &T::AccountId) {
	assert_ok!(Pallet::<T>::report(
		signed::<T>(reporter),
		product,
		Pallet::<T>::now(),
		longest_uri(),
		H256::zero(),
		Balance::MAX
	));
}

fn commitment<T: Config>(case: CaseId, who: &T::AccountId, percent: u8) -> H256 {
	Pallet::<T>::commitment(case, who, percent, [7; 32])
}

/// Has assessors commit and reveal these votes, and their verdict known.
fn vote<T: Config>(case: CaseId, votes: &[(&T::AccountId, u8)]) {
	for (who, percent) in votes {
		let commitment = commitment::<T>(case, who, *percent);
		assert_ok!(Pallet::<T>::commit(signed::<T>(who), case, commitment));
	}
	let parameters = T::Parameters::get();
	pass_blocks::<T>(parameters.commit_period + 1);
	for (who, percent) in votes {
		assert_ok!(Pallet::<T>::reveal(signed::<T>(who), case, *percent, [7; 32]));
	}
	pass_blocks::<T>(parameters.reveal_period + 1);
	assert_ok!(Pallet::<T>::do_poke(case));
}

/// Disputes a verdict in both directions, and has token holders asked.
fn disputed<T: Config>(case: CaseId) {
	for (index, direction) in [Direction::Upward, Direction::Downward].into_iter().enumerate() {
		let who = person::<T>("disputer", index as u32);
		assert_ok!(Pallet::<T>::dispute(
			signed::<T>(&who),
			case,
			direction,
			longest_uri(),
			H256::zero()
		));
	}
	pass_blocks::<T>(T::Parameters::get().dispute_period + 1);
	assert_ok!(Pallet::<T>::do_poke(case));
}

/// The vote on a case: its ballot and its referendum.
fn vote_on<T: Config>(case: CaseId) -> (u32, u32) {
	match Cases::<T>::get(case).unwrap().phase {
		Phase::Voting {
			ballot, referendum, ..
		} => (ballot, referendum),
		_ => panic!("the case is not voted on"),
	}
}

/// Has somebody have voted, and the referendum end.
fn end<T: Config>(case: CaseId, passed: bool) {
	let (_, referendum) = vote_on::<T>(case);
	Cases::<T>::mutate(case, |case| {
		let case = case.as_mut().unwrap();
		for dispute in [&mut case.upward, &mut case.downward].into_iter().flatten() {
			dispute.voted = true;
		}
	});
	T::BenchmarkHelper::end_referendum(referendum, passed);
}

/// A policy that was in force when an incident happened that is accepted.
fn hit<T: Config>(policies: u32) -> (IncidentId, Vec<(PolicyId, T::AccountId)>) {
	dawn::<T>();
	let product = T::BenchmarkHelper::product(None, NO_LIMIT);
	let holders = sold::<T>(product, policies);
	pass_days::<T>(3);
	let incident = accepted::<T>(product, Payout::Claims);
	(incident, holders)
}

fn sold<T: Config>(product: ProductId, policies: u32) -> Vec<(PolicyId, T::AccountId)> {
	(0..policies)
		.map(|turn| {
			let holder = person::<T>("holder", turn);
			(T::BenchmarkHelper::sell(product, &holder, turn), holder)
		})
		.collect()
}

/// An incident of now that is accepted in full.
fn accepted<T: Config>(product: ProductId, payout: Payout) -> IncidentId {
	let now = Pallet::<T>::now();
	let mut incident = Incident {
		product,
		happened: now,
		reported: now,
		reporter: account("reporter", 0, 0),
		subsidies: 0,
		state: IncidentState::Rejected,
	};
	let id = Pallet::<T>::open_incident(incident.clone()).unwrap();
	let insured = T::Coverage::product(product).unwrap();
	assert_ok!(Pallet::<T>::accept(id, &mut incident, &insured, 100));
	if let IncidentState::Accepted { payout: stored, .. } = &mut incident.state {
		*stored = payout;
	}
	Incidents::<T>::insert(id, incident);
	id
}

/// A claim under an incident, of so much.
fn filed<T: Config>(incident: IncidentId, policy: PolicyId, holder: &T::AccountId, loss: Balance) -> CaseId {
	assert_ok!(Pallet::<T>::file(
		signed::<T>(holder),
		incident,
		policy,
		loss,
		longest_uri(),
		H256::zero()
	));
	NextCase::<T>::get() - 1
}

/// A product whose feed has been known for as long as it is kept, at a value.
fn watched<T: Config>(value: FixedU128) -> ProductId {
	let now = dawn::<T>();
	let product = T::BenchmarkHelper::product(Some((FEED, MAX_TRIGGER_DAYS)), NO_LIMIT);
	history::<T>(value, now);
	product
}

fn history<T: Config>(value: FixedU128, now: Seconds) {
	let value = value.into_inner();
	let today = now - now % day::<T>();
	let seconds = |days: u32| Seconds::from(days) * day::<T>();
	let all = MAX_TRIGGER_DAYS + 2;
	let mark = |days: u32| Mark {
		sum: value * u128::from(seconds(days)),
		fresh: seconds(days),
	};
	for days in 0..=all {
		Marks::<T>::insert(FEED, today - seconds(all - days), mark(days));
	}
	let feed = Feed {
		value,
		taken: now,
		at: now,
		mark: mark(all),
	};
	Feeds::<T>::insert(FEED, feed);
	T::BenchmarkHelper::feed(FEED, FixedU128::from_inner(value));
}

/// Below every level, and above.
fn low() -> FixedU128 {
	FixedU128::from_rational(1, 100)
}

fn high() -> FixedU128 {
	FixedU128::from_u32(2)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn enact() {
		let (case, _, assessors) = reported::<T>();
		vote::<T>(case, &[(&assessors[0], 50)]);
		disputed::<T>(case);
		end::<T>(case, true);
		let (ballot, _) = vote_on::<T>(case);

		#[extrinsic_call]
		_(RawOrigin::Root, case, ballot);

		assert!(matches!(
			Cases::<T>::get(case).unwrap().phase,
			Phase::Decided { .. }
		));
	}

	#[benchmark]
	fn stake() {
		let who = assessor::<T>(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 1);

		assert_eq!(
			Assessors::<T>::get(who).unwrap().stake,
			2 * T::Parameters::get().min_stake + 1
		);
	}

	#[benchmark]
	fn leave() {
		let who = assessor::<T>(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(Assessors::<T>::get(who).unwrap().free_from.is_some());
	}

	#[benchmark]
	fn withdraw_stake() {
		let who = assessor::<T>(0);
		assert_ok!(Pallet::<T>::leave(signed::<T>(&who)));
		pass_blocks::<T>(T::Parameters::get().unbonding_period);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(!Assessors::<T>::contains_key(who));
	}

	/// The first one freezes every line of the product.
	#[benchmark]
	fn report() {
		dawn::<T>();
		let product = T::BenchmarkHelper::product(None, NO_LIMIT);
		let reporter = person::<T>("reporter", 0);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(reporter),
			product,
			0,
			longest_uri(),
			H256::zero(),
			Balance::MAX,
		);

		assert!(Dockets::<T>::get(product).judged.is_some());
	}

	/// Small enough by itself, but not with the others: so it is voted on.
	#[benchmark]
	fn file() {
		let (incident, holders) = hit::<T>(1);
		let (policy, holder) = &holders[0];

		#[extrinsic_call]
		_(
			RawOrigin::Signed(holder.clone()),
			incident,
			*policy,
			Balance::MAX,
			longest_uri(),
			H256::zero(),
		);

		assert!(Claims::<T>::contains_key(incident, policy));
	}

	#[benchmark]
	fn add_evidence() {
		let (case, ..) = reported::<T>();
		let who = person::<T>("witness", 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), case, longest_uri(), H256::zero());
	}

	#[benchmark]
	fn challenge() {
		let (incident, holders) = hit::<T>(1);
		let (policy, holder) = &holders[0];
		let case = filed::<T>(incident, *policy, holder, 1);
		let challenger = person::<T>("challenger", 0);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(challenger),
			case,
			0,
			longest_uri(),
			H256::zero(),
		);

		assert!(Cases::<T>::get(case).unwrap().challenger.is_some());
	}

	/// By somebody who voted in the first attempt, which nobody revealed.
	#[benchmark]
	fn commit() {
		let (case, _, assessors) = reported::<T>();
		let who = assessors[0].clone();
		let commitment = commitment::<T>(case, &who, 50);
		assert_ok!(Pallet::<T>::commit(signed::<T>(&who), case, commitment));
		let parameters = T::Parameters::get();
		pass_blocks::<T>(parameters.commit_period + parameters.reveal_period + 1);
		assert_ok!(Pallet::<T>::do_poke(case));

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), case, commitment);

		assert_eq!(Votes::<T>::get(case, who).unwrap().attempt, 1);
	}

	#[benchmark]
	fn reveal() {
		let (case, _, assessors) = reported::<T>();
		let who = assessors[0].clone();
		let commitment = commitment::<T>(case, &who, 100);
		assert_ok!(Pallet::<T>::commit(signed::<T>(&who), case, commitment));
		pass_blocks::<T>(T::Parameters::get().commit_period + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), case, 100, [7; 32]);

		assert_eq!(Votes::<T>::get(case, who).unwrap().ballot, Ballot::Revealed(100));
	}

	/// Of who was far from a clear verdict, and loses a slice.
	#[benchmark]
	fn settle() {
		let (case, _, assessors) = reported::<T>();
		let votes: Vec<_> = assessors.iter().zip([0, 100, 100]).collect();
		vote::<T>(case, &votes);
		let who = assessors[0].clone();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), case, who.clone());

		assert!(!Votes::<T>::contains_key(case, &who));
		assert!(Assessors::<T>::get(&who).unwrap().stake < 2 * T::Parameters::get().min_stake);
	}

	#[benchmark]
	fn dispute() {
		let (case, _, assessors) = reported::<T>();
		vote::<T>(case, &[(&assessors[0], 50)]);
		let who = person::<T>("disputer", 0);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(who),
			case,
			Direction::Downward,
			longest_uri(),
			H256::zero(),
		);

		assert!(Cases::<T>::get(case).unwrap().downward.is_some());
	}

	/// A referendum failed, and the next one is started.
	#[benchmark]
	fn poke() {
		let (case, _, assessors) = reported::<T>();
		vote::<T>(case, &[(&assessors[0], 50)]);
		disputed::<T>(case);
		end::<T>(case, false);
		let who = person::<T>("anyone", 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), case);

		assert!(matches!(
			Cases::<T>::get(case).unwrap().phase,
			Phase::Voting {
				direction: Direction::Downward,
				..
			}
		));
	}

	/// It is accepted by token holders, and every line is frozen no more.
	#[benchmark]
	fn conclude_incident() {
		let (case, incident, assessors) = reported::<T>();
		vote::<T>(case, &[(&assessors[0], 50)]);
		disputed::<T>(case);
		end::<T>(case, true);
		pass_blocks::<T>(10);

		#[block]
		{
			assert_ok!(Pallet::<T>::do_poke(case));
		}

		assert!(matches!(
			Incidents::<T>::get(incident).unwrap().state,
			IncidentState::Accepted { verdict: 100, .. }
		));
	}

	/// With every party a case can have.
	#[benchmark]
	fn conclude_claim() {
		let (incident, holders) = hit::<T>(1);
		let (policy, holder) = &holders[0];
		let assessors: Vec<_> = (0..1).map(assessor::<T>).collect();
		pass_blocks::<T>(1);
		// A small one can be challenged; it claims all the same.
		let case = filed::<T>(incident, *policy, holder, 1);
		Claims::<T>::mutate(incident, policy, |claim| {
			claim.as_mut().unwrap().loss = T::Coverage::left(*policy);
		});
		let challenger = person::<T>("challenger", 0);
		assert_ok!(Pallet::<T>::challenge(
			signed::<T>(&challenger),
			case,
			0,
			longest_uri(),
			H256::zero()
		));
		vote::<T>(case, &[(&assessors[0], 50)]);
		disputed::<T>(case);
		end::<T>(case, true);
		pass_blocks::<T>(10);

		#[block]
		{
			assert_ok!(Pallet::<T>::do_poke(case));
		}

		assert!(matches!(
			Claims::<T>::get(incident, policy).unwrap().state,
			ClaimState::Paid { verdict: 100, .. }
		));
	}

	/// An observation as long as there is one, after which every line is frozen no more.
	#[benchmark]
	fn poke_incident() {
		let product = watched::<T>(low());
		let who = person::<T>("anyone", 0);
		assert_ok!(Pallet::<T>::trigger(signed::<T>(&who), product));
		let incident = NextIncident::<T>::get() - 1;
		pass_days::<T>(MAX_TRIGGER_DAYS);
		history::<T>(low(), Pallet::<T>::now());

		#[extrinsic_call]
		_(RawOrigin::Signed(who), incident);

		assert!(!matches!(
			Incidents::<T>::get(incident).unwrap().state,
			IncidentState::Observed { .. }
		));
	}

	#[benchmark]
	fn pay_batch(p: Linear<1, 16>) {
		dawn::<T>();
		let product = T::BenchmarkHelper::product(None, NO_LIMIT);
		let holders = sold::<T>(product, p);
		pass_days::<T>(3);
		let incident = accepted::<T>(product, Payout::Batch { after: None });
		let who = person::<T>("anyone", 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), incident, p);

		assert!(holders.iter().all(|(policy, _)| T::Coverage::left(*policy) == 0));
	}

	#[benchmark]
	fn pay_claim() {
		let (incident, holders) = hit::<T>(1);
		let (policy, holder) = &holders[0];
		let case = filed::<T>(incident, *policy, holder, Balance::MAX);
		Cases::<T>::remove(case);
		Claims::<T>::mutate(incident, policy, |claim| {
			claim.as_mut().unwrap().state = ClaimState::Due { verdict: 100 };
		});
		let who = person::<T>("anyone", 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), incident, *policy);

		assert_eq!(T::Coverage::left(*policy), 0);
	}

	/// To as many pools as can have paid.
	#[benchmark]
	fn recover() {
		let (incident, holders) = hit::<T>(4);
		for (policy, _) in &holders {
			let left = T::Coverage::left(*policy);
			assert_ok!(T::Coverage::pay(incident, *policy, left));
		}
		let who = person::<T>("anyone", 0);
		let amount = 1 << 60;
		T::BenchmarkHelper::fund(&who, amount);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(who),
			incident,
			T::BenchmarkHelper::asset(),
			amount,
		);
	}

	#[benchmark]
	fn freeze() {
		let product = watched::<T>(low());
		let who = person::<T>("anyone", 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), product);

		assert!(Dockets::<T>::get(product).in_breach);
	}

	#[benchmark]
	fn thaw() {
		let product = watched::<T>(low());
		let who = person::<T>("anyone", 0);
		assert_ok!(Pallet::<T>::freeze(signed::<T>(&who), product));
		T::BenchmarkHelper::feed(FEED, high());

		#[extrinsic_call]
		_(RawOrigin::Signed(who), product);

		assert!(!Dockets::<T>::get(product).is_undecided());
	}

	#[benchmark]
	fn trigger() {
		let product = watched::<T>(low());
		let who = person::<T>("anyone", 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), product);

		assert!(Dockets::<T>::get(product).observed.is_some());
	}

	#[benchmark]
	fn rearm() {
		let product = watched::<T>(high());
		let who = person::<T>("anyone", 0);
		Dockets::<T>::mutate(product, |docket| docket.fired = Some(0));

		#[extrinsic_call]
		_(RawOrigin::Signed(who), product);

		assert!(Dockets::<T>::get(product).fired.is_none());
	}

	/// After a silence longer than a feed is known for: all that is known goes, and as much comes.
	#[benchmark]
	fn note_price() {
		watched::<T>(high());
		let after = |days: u32| Pallet::<T>::now() + Seconds::from(days) * day::<T>();
		for _ in 0..MAX_TRIGGER_DAYS + 2 {
			T::BenchmarkHelper::set_time(after(1));
			Pallet::<T>::note_price(FEED, high(), Pallet::<T>::now());
		}
		T::BenchmarkHelper::set_time(after(MAX_TRIGGER_DAYS + 4));

		#[block]
		{
			Pallet::<T>::note_price(FEED, low(), Pallet::<T>::now());
		}

		assert_eq!(Feeds::<T>::get(FEED).unwrap().value, low().into_inner());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
