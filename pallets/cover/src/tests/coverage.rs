//! What claims command and ask.

use super::*;
use frame_support::{assert_noop, assert_storage_noop, storage::with_storage_layer};
use lutine_primitives::insurance::{Insured, Payment, Reserving};

/// As a call would make it: an error takes everything back.
fn hook<X>(command: impl FnOnce() -> Result<X, DispatchError>) -> Result<X, DispatchError> {
	with_storage_layer(command)
}

fn try_pay(incident: u32, policy: PolicyId, award: Balance) -> Result<Payment, DispatchError> {
	hook(|| <Cover as Coverage<AccountId>>::pay(incident, policy, award))
}

fn try_close(incident: u32, product: ProductId) -> DispatchResult {
	hook(|| <Cover as Coverage<AccountId>>::close(incident, product))
}

fn try_accept(incident: u32, product: ProductId, verdict: Perbill) -> DispatchResult {
	hook(|| <Cover as Coverage<AccountId>>::accept(incident, product, verdict))
}

fn open_claim(policy: PolicyId) -> DispatchResult {
	hook(|| <Cover as Coverage<AccountId>>::open_claim(policy))
}

fn settle_claim(policy: PolicyId) -> DispatchResult {
	hook(|| <Cover as Coverage<AccountId>>::settle_claim(policy))
}

fn page(product: ProductId, after: Option<PolicyId>, most: u32) -> Vec<PolicyId> {
	<Cover as Coverage<AccountId>>::policies(product, after, most)
}

/// All pages of so many, with something done between them.
fn pages(product: ProductId, most: u32, mut between: impl FnMut(&[PolicyId])) -> Vec<PolicyId> {
	let (mut all, mut after) = (vec![], None);
	loop {
		let found = page(product, after, most);
		let Some(last) = found.last() else {
			return all;
		};
		after = Some(*last);
		all.extend(&found);
		between(&found);
	}
}

fn owed(id: PolicyId) -> Balance {
	let parts = policy(id).allocations;
	parts
		.iter()
		.map(|part| <Pools as Reserving<AccountId>>::arrears_of(part.pool, id))
		.sum()
}

fn amounts(id: PolicyId) -> Vec<Balance> {
	policy(id).allocations.iter().map(|part| part.amount).collect()
}

fn reserved(pool: PoolId) -> Balance {
	pallet_pools::Pools::<Test>::get(pool).unwrap().reserved
}

/// How often cover said something since the events were last forgotten.
fn told(event: &Event<Test>) -> usize {
	let events: Vec<Event<Test>> = System::read_events_for_pallet();
	events.iter().filter(|other| *other == event).count()
}

/// A policy of so much on a market, whose cover has begun.
fn insured(amount: Balance) -> (ProductId, PoolId, PolicyId) {
	let (product, pool) = market();
	let id = buy(BUYER, product, order(pool, amount));
	pass(WAITING);
	(product, pool, id)
}

/// One pool that insured two products as far as it could, each with a policy of so much, and lost all of the first: it
/// owes most of the second.
fn ruined() -> (ProductId, PoolId, PolicyId) {
	let (first, second) = (list(proposal(), 0), list(proposal(), 1));
	let pool = pool_with(USD, &[first, second], 100_000_000);
	let [lost, id] = [first, second].map(|product| {
		// What is left of the capital is known to the offers alone.
		let most = Cover::report_available(product, &USD);
		buy(BUYER, product, order(pool, most.min(70_000_000)))
	});
	pass(WAITING);
	accept(1, first, 100);
	award(1, lost, policy(lost).amount);
	accept(2, second, 100);
	(second, pool, id)
}

// ---------------------------------------------------------------------------------------------- Incidents

#[test]
fn freezing_and_thawing_again_changes_nothing() {
	build_and_execute(|| {
		let (product, pool, _) = insured(1_000_000);
		freeze(product);
		assert_eq!(reserved(pool), 1_000_000);
		assert_storage_noop!(freeze(product));
		assert!(super::product(product).frozen);
		thaw(product);
		assert_eq!(reserved(pool), 0);
		assert_storage_noop!(thaw(product));
		assert!(!super::product(product).frozen);
		assert_eq!(super::product(product).status, Status::Listed);
		buy(BUYER, product, order(pool, 1_000));
	});
}

#[test]
fn incidents_are_refused_when_the_product_was_never_listed() {
	build_and_execute(|| {
		let proposed = NextProduct::<Test>::get();
		assert_ok!(Cover::propose(signed(ALICE), proposal()));
		let freeze = |id| hook(|| <Cover as Coverage<AccountId>>::freeze(id));
		for (id, error) in [
			(proposed, Error::NotListed),
			(proposed + 1, Error::UnknownProduct),
		] {
			assert_noop!(freeze(id), DispatchError::from(error));
		}
		assert_noop!(try_accept(1, proposed, Perbill::one()), Error::NotListed);
		assert_noop!(try_accept(1, proposed + 1, Perbill::one()), Error::UnknownProduct);
		assert_noop!(
			hook(|| <Cover as Coverage<AccountId>>::thaw(proposed + 1)),
			Error::UnknownProduct
		);
	});
}

#[test]
fn frozen_product_is_neither_bought_nor_renewed_nor_cancelled_nor_closed() {
	build_and_execute(|| {
		let (product, pool, id) = insured(1_000_000);
		let old = buy(BUYER, product, order(pool, 1_000));
		let refused = || {
			let stopped = DispatchError::from(Error::ProductUnderIncident);
			assert_noop!(try_buy(BUYER, product, order(pool, 1_000)), stopped);
			assert_noop!(Cover::renew(signed(BUYER), id, order(pool, 1_000)), stopped);
			assert_noop!(Cover::cancel(signed(BUYER), id), stopped);
		};
		freeze(product);
		refused();
		accept(1, product, 50);
		refused();
		thaw(product);
		refused();
		set_time(policy(old).last_report() + 1);
		settle(pool);
		assert_noop!(Cover::close(signed(BOB), old), Error::ProductUnderIncident);
		// What waited for the end of the incident is stood behind until then.
		assert_eq!(exposure(pool, product), 1_001_000);
		close_incident(1, product);
		// The one whose window has just ended is so until the day is over.
		assert_eq!(exposure(pool, product), 1_000);
		assert_ok!(Cover::close(signed(BOB), old));
		assert_noop!(try_buy(BUYER, product, order(pool, 1_000)), Error::ProductPaused);
	});
}

#[test]
fn accepted_incident_pauses_once_and_enters_the_record() {
	build_and_execute(|| {
		let (product, pool, _) = insured(1_000_000);
		Told::set(vec![]);
		System::reset_events();
		let third = Perbill::from_rational(1u32, 3);
		assert_ok!(try_accept(7, product, third));
		assert_ok!(try_accept(8, product, Perbill::from_percent(20)));
		assert_eq!(told(&Event::Paused { product }), 1);
		assert_eq!(
			Told::get(),
			[(product, third), (product, Perbill::from_percent(20))]
		);
		assert_eq!(super::product(product).incidents, 2);
		assert_eq!(super::product(product).status, Status::Paused);
		assert_eq!(reserved(pool), third.mul_ceil(1_000_000) + 200_000);

		// It is sold again when governance resumes it, and not before all incidents are closed.
		let resume = || Cover::resume(RuntimeOrigin::root(), product);
		for incident in [7, 8] {
			assert_noop!(resume(), Error::ProductUnderIncident);
			close_incident(incident, product);
		}
		assert_eq!(reserved(pool), 0);
		assert_noop!(try_buy(BUYER, product, order(pool, 1_000)), Error::ProductPaused);
		freeze(product);
		assert_noop!(resume(), Error::ProductUnderIncident);
		thaw(product);
		assert_ok!(resume());
		buy(BUYER, product, order(pool, 1_000));
		assert_eq!(told(&Event::Resumed { product }), 1);
	});
}

#[test]
fn delisted_product_stays_so_when_an_incident_is_accepted() {
	build_and_execute(|| {
		let (product, _, id) = insured(1_000_000);
		assert_ok!(Cover::delist(RuntimeOrigin::root(), product));
		System::reset_events();
		freeze(product);
		accept(1, product, 100);
		thaw(product);
		assert_eq!(told(&Event::Paused { product }), 0);
		award(1, id, 1_000_000);
		close_incident(1, product);
		assert_eq!(super::product(product).status, Status::Delisted);
	});
}

#[test]
fn incident_is_closed_once_and_only_when_it_was_accepted() {
	build_and_execute(|| {
		let (product, ..) = insured(1_000_000);
		assert_noop!(try_close(1, product), PoolsError::UnknownIncident);
		accept(1, product, 100);
		assert_noop!(try_accept(1, product, Perbill::one()), PoolsError::IncidentKnown);
		assert_noop!(try_close(2, product), PoolsError::UnknownIncident);
		accept(3, product, 100);
		close_incident(1, product);
		assert_noop!(try_close(1, product), PoolsError::IncidentClosed);
		assert_noop!(try_accept(1, product, Perbill::one()), PoolsError::IncidentKnown);
		close_incident(3, product);
		assert_noop!(try_close(3, product), PoolsError::UnknownIncident);
		assert_eq!(super::product(product).incidents, 0);
	});
}

// ---------------------------------------------------------------------------------------------- Policies in force

#[test]
fn policy_is_in_force_unless_something_speaks_against_it() {
	build_and_execute(|| {
		let mut deductible = proposal();
		deductible.conditions.deductible = 1;
		deductible.conditions.assets[0].optimistic = 77;
		let (product, pool) = market_of(deductible);
		let id = buy(BUYER, product, order(pool, 1_000_001));
		let Policy { start, end, .. } = policy(id);
		let last = policy(id).last_report();
		let ask = |id, product, happened, reported| {
			<Cover as Coverage<AccountId>>::in_force(id, product, happened, reported)
		};
		assert_eq!(
			ask(id + 1, product, start, start),
			Err(Error::UnknownPolicy.into())
		);
		for (other, happened, reported, error) in [
			(product + 1, start, start, Error::OtherProduct),
			(product, start - 1, start, Error::BeforeCover),
			(product, end, end, Error::AfterCover),
			(product, end - 1, last + 1, Error::ReportedTooLate),
		] {
			assert_eq!(ask(id, other, happened, reported), Err(error.into()));
		}
		let expected = InForce {
			holder: BUYER,
			amount: 1_000_001,
			asset: USD,
			// A billionth, rounded up.
			deductible: 1,
			optimistic_limit: 77,
		};
		assert_eq!(ask(id, product, start, last), Ok(expected.clone()));
		assert_eq!(ask(id, product, end - 1, last), Ok(expected.clone()));

		// What is asked for does not depend on when it is asked, and is the holder's of that time.
		transfer(id, BUYER, HOLDER);
		set_time(start);
		accept(1, product, 100);
		award(1, id, 1_000_000);
		let rest = InForce {
			holder: HOLDER,
			amount: 1,
			..expected
		};
		assert_eq!(ask(id, product, start, last), Ok(rest));
		award(1, id, 1);
		assert_eq!(ask(id, product, start, last), Err(Error::PolicyExhausted.into()));
	});
}

#[test]
fn cancelled_policy_is_not_in_force_and_cannot_be_claimed_under() {
	build_and_execute(|| {
		let (product, pool, id) = insured(1_000_000);
		accept(1, product, 50);
		award(1, id, 400_000);
		close_incident(1, product);
		assert_ok!(Cover::cancel(signed(BUYER), id));
		assert_eq!(in_force(id, now(), now()), Err(Error::PolicyCancelled.into()));
		assert_noop!(open_claim(id), Error::PolicyCancelled);
		accept(2, product, 100);
		assert_eq!(reserved(pool), 0);
		assert_noop!(try_pay(2, id, 1), Error::PolicyCancelled);
		assert_ok!(Cover::close(signed(BOB), id));
		assert_noop!(open_claim(id), Error::UnknownPolicy);
		assert_noop!(settle_claim(id), Error::UnknownPolicy);
		assert_noop!(try_pay(2, id, 1), Error::UnknownPolicy);
	});
}

#[test]
fn claim_keeps_a_policy_until_it_is_settled() {
	build_and_execute(|| {
		let (product, pool, id) = insured(1_000_000);
		assert_noop!(settle_claim(id), Error::NoClaimOpen);
		assert_ok!(open_claim(id));
		assert_noop!(open_claim(id), Error::ClaimOpen);
		assert_noop!(Cover::cancel(signed(BUYER), id), Error::ClaimOpen);
		// It can be passed on, and renewed: what follows has no claim.
		transfer(id, BUYER, HOLDER);
		assert_ok!(Cover::renew(signed(HOLDER), id, order(pool, 1_000)));
		assert!(!policy(id + 1).claim_open);
		set_time(policy(id).last_report() + 1);
		settle(pool);
		assert_noop!(Cover::close(signed(BOB), id), Error::ClaimOpen);
		assert_ok!(settle_claim(id));
		assert_noop!(settle_claim(id), Error::NoClaimOpen);
		assert_ok!(Cover::close(signed(BOB), id));
		assert_eq!(super::product(product).status, Status::Listed);
	});
}

// ---------------------------------------------------------------------------------------------- What claims ask

fn left(id: PolicyId) -> Balance {
	<Cover as Coverage<AccountId>>::left(id)
}

#[test]
fn product_is_told_to_claims_from_its_listing_on() {
	build_and_execute(|| {
		let told = <Cover as Coverage<AccountId>>::product;
		let id = NextProduct::<Test>::get();
		let mut proposal = proposal();
		proposal.trigger = parametric(3, 5, &[(95, 20), (50, 100)]);
		proposal.claim_window = Some(9 * DAY);
		(
			proposal.conditions.assets[0].optimistic,
			proposal.conditions.assets[1].optimistic,
		) = (7, 8);
		assert_ok!(Cover::propose(signed(ALICE), proposal.clone()));
		assert_eq!(told(id), None);
		assert_ok!(Cover::list(RuntimeOrigin::root(), id, 0));
		let mut insured = Insured {
			name: proposal.name,
			trigger: proposal.trigger,
			claim_window: 9 * DAY,
			instant_limits: vec![(USD, 7), (AssetId::Native, 8)].try_into().unwrap(),
		};
		assert_eq!(told(id), Some(insured.clone()));
		assert_ok!(Cover::pause(RuntimeOrigin::root(), id));
		assert_eq!(told(id), Some(insured.clone()));

		let mut conditions = proposal.conditions;
		conditions.assets.remove(0);
		conditions.assets[0].optimistic = 9;
		assert_ok!(Cover::amend(RuntimeOrigin::root(), id, conditions));
		insured.instant_limits = vec![(AssetId::Native, 9)].try_into().unwrap();
		assert_ok!(Cover::delist(RuntimeOrigin::root(), id));
		// Claims are made after a product is sold no more.
		assert_eq!(told(id), Some(insured));

		let refused = NextProduct::<Test>::get();
		assert_ok!(Cover::propose(signed(ALICE), super::proposal()));
		assert_ok!(Cover::delist(RuntimeOrigin::root(), refused));
		assert_eq!(told(refused), None);
		assert_eq!(told(refused + 1), None);
	});
}

#[test]
fn every_asset_of_a_product_is_told_when_it_has_as_many_as_it_may() {
	build_and_execute(|| {
		for id in 10..9 + MAX_ASSETS {
			assert_ok!(Assets::force_create(RuntimeOrigin::root(), id, MANAGER, true, 1));
		}
		let mut proposal = proposal();
		let others = (10..9 + MAX_ASSETS).map(|id| limits(AssetId::WithId(id)));
		let assets: Vec<_> = others.chain([limits(USD)]).collect();
		assert_eq!(assets.len(), MAX_ASSETS as usize);
		proposal.conditions.assets = assets.clone().try_into().unwrap();
		let id = list(proposal, 0);
		let told = <Cover as Coverage<AccountId>>::product(id)
			.unwrap()
			.instant_limits;
		let expected: Vec<_> = assets
			.into_iter()
			.map(|limits| (limits.asset, limits.optimistic))
			.collect();
		assert_eq!(told.into_inner(), expected);
	});
}

#[test]
fn what_is_left_of_a_policy_shrinks_with_awards_and_ends_with_it() {
	build_and_execute(|| {
		let (product, pool, id) = insured(1_000_000);
		let cancelled = buy(BUYER, product, order(pool, 5_000));
		assert_eq!(
			(left(id), left(cancelled), left(cancelled + 1)),
			(1_000_000, 5_000, 0)
		);
		accept(1, product, 100);
		award(1, id, 400_000);
		award(1, cancelled, 1);
		assert_eq!((left(id), left(cancelled)), (600_000, 4_999));
		close_incident(1, product);
		// It stays stored for what pools may owe, but insures nothing.
		assert_ok!(Cover::cancel(signed(BUYER), cancelled));
		assert!(policy(cancelled).cancelled);
		assert_eq!(left(cancelled), 0);
		// When it expired it still has what claims are made for.
		set_time(policy(id).end + 1);
		assert_eq!(left(id), 600_000);
		accept(2, product, 100);
		award(2, id, 600_000);
		assert_eq!(left(id), 0);
		close_incident(2, product);
		assert_ok!(Cover::close(signed(BOB), id));
		assert_eq!(left(id), 0);
	});
}

#[test]
fn holder_is_whoever_has_the_certificate_and_exposure_what_pools_stand_behind() {
	build_and_execute(|| {
		let holder = <Cover as Coverage<AccountId>>::holder;
		let behind = <Cover as Coverage<AccountId>>::exposure;
		let (product, pool, id) = insured(1_000_000);
		let second = pool_in(USD, product, 100_000_000);
		assert_eq!((holder(id), holder(id + 1)), (Some(BUYER), None));
		transfer(id, BUYER, HOLDER);
		assert_eq!(holder(id), Some(HOLDER));
		let other = buy(BUYER, product, split(&[(pool, 1_000), (second, 2_000)]));
		assert_eq!(behind(product, &USD), 1_003_000);
		assert_eq!(behind(product, &AssetId::Native), 0);
		assert_eq!(behind(product + 1, &USD), 0);
		assert_ok!(Cover::cancel(signed(BUYER), other));
		assert_eq!((behind(product, &USD), holder(other)), (1_000_000, None));
	});
}

// ---------------------------------------------------------------------------------------------- Awards

#[test]
fn award_is_split_by_largest_remainder() {
	build_and_execute(|| {
		let product = list(proposal(), 0);
		let pools = [1, 2, 3].map(|_| pool_in(USD, product, 1_000_000_000));
		let parts = [(pools[0], 100), (pools[1], 200), (pools[2], 400)];
		let id = buy(BUYER, product, super::split(&parts));
		pass(WAITING);
		accept(1, product, 100);
		let before = usd(&BUYER);
		// Sevenths: of 10 they lose 3, 6 and 5 to rounding; two units are left for the last two.
		assert_eq!(try_pay(1, id, 10), Ok(Payment { paid: 10, arrears: 0 }));
		assert_eq!(amounts(id), [99, 197, 394]);
		// Next in proportion to what is left.
		award(1, id, 1);
		assert_eq!(amounts(id), [99, 197, 393]);
		award(1, id, 0);
		assert_eq!(amounts(id), [99, 197, 393]);
		for (pool, left) in pools.into_iter().zip(amounts(id)) {
			assert_eq!(exposure(pool, product), left);
		}
		assert_eq!((usd(&BUYER) - before, policy(id).awarded), (11, 11));
		award(1, id, policy(id).left());
		assert_eq!(amounts(id), [0, 0, 0]);
		assert_eq!(usd(&BUYER) - before, 700);
	});
}

#[test]
fn cancelling_after_a_partial_award_refunds_the_premium_of_what_is_left() {
	build_and_execute(|| {
		let product = list(proposal(), 0);
		let pools = [1, 2].map(|_| pool_in(USD, product, 1_000_000_000));
		let id = buy(
			BUYER,
			product,
			super::split(&[(pools[0], 100_000_003), (pools[1], 50_000_000)]),
		);
		let bought = policy(id);
		pass(WAITING);
		accept(1, product, 100);
		award(1, id, 60_000_000);
		award(1, id, 7);
		close_incident(1, product);
		pass(DAY + 1);
		let seconds = u128::from(bought.end - now());
		let expected: Balance = bought
			.allocations
			.iter()
			.zip(&policy(id).allocations)
			.map(|(before, after)| {
				// In proportion to what is left, and each award rounded against the holder.
				let exact = before.rate * after.amount / before.amount;
				assert!((exact - 1..=exact).contains(&after.rate));
				let unearned = (after.rate * seconds) >> 32;
				assert!(unearned <= (before.rate * seconds * after.amount / before.amount) >> 32);
				unearned - unearned.div_ceil(10)
			})
			.sum();
		// To the units that were rounded, what was paid for the rest of the cover on the rest of the amount.
		let whole = bought.net_premium * seconds * 90_000_000 * 9
			/ (u128::from(bought.end - START) * 150_000_003 * 10);
		assert!((whole - 4..=whole).contains(&expected), "{expected} of {whole}");
		let before = usd(&BUYER);
		assert_ok!(Cover::cancel(signed(BUYER), id));
		assert_eq!(usd(&BUYER) - before, expected);
		assert_eq!(pools.map(|pool| exposure(pool, product)), [0, 0]);
	});
}

#[test]
fn award_above_what_is_left_is_refused() {
	build_and_execute(|| {
		let (product, _, id) = insured(1_000_000);
		accept(1, product, 50);
		assert_noop!(try_pay(1, id, 1_000_001), Error::AwardTooLarge);
		assert_noop!(try_pay(2, id, 1), PoolsError::UnknownIncident);
		// A claim may be worth more than the verdict on the whole product.
		award(1, id, 600_000);
		assert_noop!(try_pay(1, id, 400_001), Error::AwardTooLarge);
		assert_noop!(try_pay(1, id, Balance::MAX), Error::AwardTooLarge);
		award(1, id, 400_000);
		assert_noop!(try_pay(1, id, 1), Error::AwardTooLarge);
		close_incident(1, product);
		assert_noop!(try_pay(1, id, 1), Error::AwardTooLarge);
	});
}

#[test]
fn closed_incident_pays_nothing_more() {
	build_and_execute(|| {
		let (product, _, id) = insured(1_000_000);
		accept(1, product, 50);
		close_incident(1, product);
		assert_noop!(try_pay(1, id, 1), PoolsError::IncidentClosed);
	});
}

#[test]
fn award_of_nothing_is_paid_when_nothing_is_left() {
	build_and_execute(|| {
		let (product, _, id) = insured(1_000_000);
		accept(1, product, 100);
		award(1, id, 1_000_000);
		// A claim that a deductible has eaten up must still come to its end.
		assert_eq!(try_pay(1, id, 0), Ok(Payment::default()));
	});
}

#[test]
fn exhausted_policy_is_closed_at_once_and_the_deposit_is_the_buyers() {
	build_and_execute(|| {
		let (product, pool, id) = insured(1_000_000);
		transfer(id, BUYER, HOLDER);
		freeze(product);
		accept(1, product, 100);
		thaw(product);
		let (holder, buyer) = (usd(&HOLDER), usd(&BUYER));
		System::reset_events();
		award(1, id, 1_000_000);
		assert_eq!(
			told(&Event::Awarded {
				policy: id,
				holder: HOLDER,
				paid: 1_000_000,
				arrears: 0
			}),
			1
		);
		assert_eq!(policy(id).state(now()), State::Exhausted);
		assert_eq!((usd(&HOLDER) - holder, usd(&BUYER)), (1_000_000, buyer));
		assert_eq!(exposure(pool, product), 0);
		assert_noop!(Cover::cancel(signed(HOLDER), id), Error::PolicyExhausted);

		assert_eq!(on_hold(HoldReason::Policy, &BUYER), 100);
		assert_ok!(Cover::close(signed(BOB), id));
		assert_eq!(on_hold(HoldReason::Policy, &BUYER), 0);
		assert_eq!(Cover::holder(id), None);
		let record = Records::<Test>::get(product, USD);
		assert_eq!((record.open, record.sold, record.awards), (0, 1, 1_000_000));
	});
}

#[test]
fn arrears_keep_a_policy_and_follow_its_certificate() {
	build_and_execute(|| {
		let (_, pool, id) = ruined();
		let insured = policy(id).amount;
		let payment = try_pay(2, id, insured).unwrap();
		assert_eq!(payment.paid + payment.arrears, insured);
		assert!(payment.arrears > insured / 4, "{payment:?}");
		assert_eq!(owed(id), payment.arrears);
		assert_noop!(Cover::close(signed(BOB), id), Error::ArrearsLeft);

		// Half is served: whoever holds the certificate when it is pulled gets it.
		let half = payment.arrears / 2;
		assert_ok!(Pools::pay_arrears(signed(ALICE), pool, half));
		transfer(id, BUYER, HOLDER);
		let (holder, buyer) = (usd(&HOLDER), usd(&BUYER));
		assert_ok!(Cover::pull_arrears(signed(BOB), id));
		let pulled = usd(&HOLDER) - holder;
		assert!((half - 1..=half).contains(&pulled));
		assert_ok!(Cover::pull_arrears(signed(BOB), id));
		assert_eq!(usd(&HOLDER) - holder, pulled);
		assert_eq!(
			Cover::report_policy(id).unwrap().arrears,
			payment.arrears - pulled
		);
		assert_noop!(Cover::close(signed(BOB), id), Error::ArrearsLeft);

		// The rest comes to the one after, when the policy is closed.
		assert_ok!(Pools::pay_arrears(signed(ALICE), pool, payment.arrears));
		transfer(id, HOLDER, BOB);
		let bob = usd(&BOB);
		assert_ok!(Cover::close(signed(ALICE), id));
		assert_eq!(usd(&BOB) - bob, payment.arrears - pulled);
		assert_eq!((usd(&HOLDER) - holder, usd(&BUYER)), (pulled, buyer));
		assert_noop!(Cover::pull_arrears(signed(BOB), id), Error::UnknownPolicy);
	});
}

#[test]
fn arrears_of_a_cancelled_policy_are_still_paid() {
	build_and_execute(|| {
		let (product, pool, id) = ruined();
		let payment = try_pay(2, id, policy(id).amount / 2).unwrap();
		assert!(payment.arrears > 0);
		close_incident(2, product);
		assert_ok!(Cover::cancel(signed(BUYER), id));
		assert_eq!(policy(id).state(now()), State::Cancelled);
		assert_noop!(Cover::close(signed(BOB), id), Error::ArrearsLeft);
		let before = usd(&BUYER);
		assert_ok!(Pools::pay_arrears(signed(ALICE), pool, Balance::MAX));
		let owed = owed(id);
		assert_ok!(Cover::close(signed(BOB), id));
		assert_eq!(usd(&BUYER) - before, owed);
		assert_eq!(Records::<Test>::get(product, USD).open, 0);
	});
}

#[test]
fn award_is_the_holders_when_the_certificate_moved_after_the_incident() {
	build_and_execute(|| {
		let (product, _, id) = insured(1_000_000);
		let happened = now();
		pass(DAY);
		freeze(product);
		accept(1, product, 100);
		thaw(product);
		assert_ok!(open_claim(id));
		assert_eq!(in_force(id, happened, now()).unwrap().holder, BUYER);
		transfer(id, BUYER, HOLDER);
		assert_eq!(in_force(id, happened, now()).unwrap().holder, HOLDER);
		let (holder, buyer) = (usd(&HOLDER), usd(&BUYER));
		award(1, id, 300_000);
		assert_eq!((usd(&HOLDER) - holder, usd(&BUYER)), (300_000, buyer));
	});
}

#[test]
fn award_is_due_when_the_holder_cannot_receive_it() {
	build_and_execute(|| {
		let (product, pool) = market();
		let stranger = account(99);
		let [blocked, poor, after] = [BUYER, HOLDER, BOB].map(|who| buy(who, product, order(pool, 1_000)));
		transfer(poor, HOLDER, stranger.clone());
		pass(WAITING);
		assert_ok!(Assets::block(signed(MANAGER), 1, BUYER));
		accept(1, product, 100);
		let before = usd(&BOB);
		award(1, blocked, 1_000);
		// Less than an account can exist by.
		award(1, poor, USD_MINIMUM - 1);
		award(1, after, 1_000);
		assert_eq!(
			(due(pool, &BUYER), due(pool, &stranger)),
			(1_000, USD_MINIMUM - 1)
		);
		assert_eq!(usd(&BOB) - before, 1_000);
		// What is due is nobody's arrears.
		assert_ok!(Cover::close(signed(BOB), blocked));
		assert_ok!(Assets::thaw(signed(MANAGER), 1, BUYER));
		let before = usd(&BUYER);
		assert_ok!(Pools::collect_due(signed(BOB), pool, BUYER));
		assert_eq!(usd(&BUYER) - before, 1_000);
		award(1, poor, 1_000 - (USD_MINIMUM - 1));
		assert_eq!(usd(&stranger), 1_000 - (USD_MINIMUM - 1));
		assert_ok!(Pools::collect_due(signed(BOB), pool, stranger.clone()));
		assert_eq!(usd(&stranger), 1_000);
	});
}

#[test]
fn award_is_paid_when_the_pool_was_not_settled_for_long() {
	build_and_execute(|| {
		let (product, pool, id) = insured(1_000_000);
		accept(1, product, 100);
		set_time(policy(id).last_report() + 40 * DAY);
		let before = usd(&BUYER);
		award(1, id, 600_000);
		settle(pool);
		award(1, id, 400_000);
		assert_eq!(usd(&BUYER) - before, 1_000_000);
	});
}

#[test]
fn two_incidents_on_a_product_pay_what_the_policy_has() {
	build_and_execute(|| {
		let (product, pool, id) = insured(1_000_000);
		let other = buy(BOB, product, order(pool, 500_000));
		pass(WAITING);
		accept(1, product, 60);
		accept(2, product, 70);
		// Together they set aside no more than there is.
		assert_eq!(reserved(pool), 1_500_000);
		let before = usd(&BUYER);
		award(1, id, 600_000);
		assert_eq!(exposure(pool, product), 900_000);
		assert_noop!(try_pay(2, id, 700_000), Error::AwardTooLarge);
		award(2, id, 400_000);
		assert_eq!(usd(&BUYER) - before, 1_000_000);
		close_incident(1, product);
		// The second one's share of what is left stays aside.
		assert!(super::product(product).is_under_incident());
		assert_noop!(Cover::cancel(signed(BOB), other), Error::ProductUnderIncident);
		award(2, other, 350_000);
		close_incident(2, product);
		assert_eq!((reserved(pool), exposure(pool, product)), (0, 150_000));
		assert_ok!(Cover::cancel(signed(BOB), other));
		assert_eq!(Records::<Test>::get(product, USD).awards, 1_350_000);
	});
}

// ---------------------------------------------------------------------------------------------- Paging

#[test]
fn every_policy_is_told_once_in_pages_of_any_size() {
	build_and_execute(|| {
		let (product, pool) = market();
		let other = list(proposal(), 1);
		assert!(page(product, None, 10).is_empty());
		let bought: Vec<_> = (0..23).map(|_| buy(BUYER, product, order(pool, 1_000))).collect();
		let second = pool_in(USD, other, 1_000_000_000);
		buy(BUYER, other, order(second, 1_000));
		assert!(page(product, None, 0).is_empty());
		for most in [1, 2, 5, 22, 23, 24, u32::MAX] {
			let mut all = pages(product, most, |found| assert!(found.len() <= most as usize));
			all.sort_unstable();
			assert_eq!(all, bought);
		}
		assert_eq!(page(other, None, 9).len(), 1);
		assert!(page(other + 1, None, 9).is_empty());
	});
}

#[test]
fn no_policy_is_missed_when_others_are_closed_between_pages() {
	build_and_execute(|| {
		let (product, pool) = market();
		let bought: Vec<_> = (0..20).map(|_| buy(BUYER, product, order(pool, 1_000))).collect();
		pass(WAITING);
		accept(1, product, 100);
		// Each page is paid and closed before the next is asked for, from behind what is not there any more.
		let mut all = pages(product, 3, |found| {
			for id in found {
				award(1, *id, 1_000);
				assert_ok!(Cover::close(signed(BOB), *id));
			}
		});
		all.sort_unstable();
		assert_eq!(all, bought);
		assert!(page(product, None, 1).is_empty());
	});
}

#[test]
fn order_of_policies_does_not_change_when_some_are_closed() {
	build_and_execute(|| {
		let (product, pool) = market();
		for _ in 0..20 {
			buy(BUYER, product, order(pool, 1_000));
		}
		let all = page(product, None, 20);
		for (closed, seen) in [(3, 7), (7, 7), (12, 7)] {
			assert_ok!(Cover::cancel(signed(BUYER), all[closed]));
			let left: Vec<_> = all[seen + 1..]
				.iter()
				.copied()
				.filter(|id| Policies::<Test>::contains_key(id))
				.collect();
			assert_eq!(page(product, Some(all[seen]), 20), left);
		}
	});
}
