//! Books that do not add up are told of by the invariant that they break.

use super::{feeds::depeg, *};
use frame_support::storage::{TransactionOutcome, transactional::with_transaction};

#[test]
fn invariants_notice_whatever_is_changed_without_the_rest() {
	build_and_execute(|| {
		let (product, pool) = market();
		let id = buy(BUYER, product, order(pool, 1_000));
		award_a_unit(0, product, &[id]);
		let told = |broken, by: &dyn Fn()| {
			let told = with_transaction(|| {
				by();
				TransactionOutcome::Rollback(Ok::<_, DispatchError>(Cover::do_try_state()))
			});
			assert_eq!(told, Ok(Err(sp_runtime::TryRuntimeError::Other(broken))));
		};
		let policy = |broken, by: &dyn Fn(&mut PolicyOf<Test>)| {
			told(broken, &|| {
				Policies::<Test>::mutate(id, |policy| by(policy.as_mut().unwrap()))
			});
		};
		policy(
			"more was awarded or renewed of a policy than it insured",
			&|policy| policy.awarded = 1_001,
		);
		policy(
			"more was awarded or renewed of a policy than it insured",
			&|policy| policy.renewed = 1_001,
		);
		policy(
			"what pools stand behind is not what a policy insures",
			&|policy| policy.awarded = 2,
		);
		policy(
			"what pools stand behind is not what a policy insures",
			&|policy| policy.cancelled = true,
		);
		policy("a policy has a pool twice, or none", &|policy| {
			let mut nothing = policy.allocations[0];
			nothing.amount = 0;
			policy.allocations.try_push(nothing).unwrap();
		});
		policy("a policy's times are out of order", &|policy| {
			policy.start = policy.end
		});
		policy("a policy's times are out of order", &|policy| {
			policy.bought = policy.start + 1
		});
		policy("a policy's times are out of order", &|policy| policy.end += 1);
		policy("a claim is open on a policy that was cancelled", &|policy| {
			(policy.cancelled, policy.claim_open) = (true, true);
			policy.allocations[0].amount = 0;
		});
		policy("a record holds less than its open policies", &|policy| {
			policy.commission += 1
		});
		policy("what is on hold is not what was recorded", &|policy| {
			policy.deposit += 1
		});
		told("a policy has an id that was not given", &|| {
			NextPolicy::<Test>::put(id)
		});
		told("a policy is not in the index of its product", &|| {
			ProductPolicies::<Test>::remove(product, id)
		});
		told("a product's index has what is no policy", &|| {
			ProductPolicies::<Test>::insert(product, id + 1, ())
		});
		told("policies and certificates are not the same", &|| {
			Policies::<Test>::remove(id)
		});
		told("a policy is in no record", &|| {
			Records::<Test>::remove(product, USD)
		});
		let counts: [fn(&mut Record); 2] = [|record| record.open += 1, |record| record.sold -= 1];
		for count in counts {
			told("a record miscounts policies", &|| {
				Records::<Test>::mutate(product, USD, count)
			});
		}
		let sums: [fn(&mut Record); 4] = [
			|record| record.insured -= 1,
			|record| record.net_premiums -= 1,
			|record| record.awards -= 1,
			|record| record.refunds += record.net_premiums + 1,
		];
		for sum in sums {
			told("a record holds less than its open policies", &|| {
				Records::<Test>::mutate(product, USD, sum)
			});
		}
		told("a product has an id that was not given", &|| {
			NextProduct::<Test>::put(product)
		});

		let changed = |broken, by: fn(&mut ProductOf<Test>)| {
			told(broken, &|| {
				Products::<Test>::mutate(product, |product| by(product.as_mut().unwrap()))
			});
		};
		changed(
			"a listed product is in no group, or a proposed one is",
			|product| product.group = None,
		);
		changed("a product is in a group that is not registered", |product| {
			product.group = Some(99)
		});
		changed("a product is sold under an incident", |product| {
			product.incidents = 1
		});
		changed("a product's periods are out of order", |product| {
			product.waiting_period = product.conditions.min_period
		});
		changed("a product's periods are out of order", |product| {
			product.conditions.max_period = product.conditions.min_period - 1
		});
		changed("a product's limits are out of order", |product| {
			product.conditions.assets[0].min = 0
		});
		changed("a product's limits are out of order", |product| {
			product.conditions.assets[0].max = 0
		});
		changed("a product's limits are out of order", |product| {
			product.conditions.assets[0].total = 1
		});
		changed("a product's limits are out of order", |product| {
			product.conditions.assets[0].total = lutine_primitives::insurance::MAX_AMOUNT + 1
		});
	});
}

#[test]
fn invariants_fail_when_a_feed_is_not_watched() {
	new_test_ext().execute_with(|| {
		list(depeg(), 0);
		check();
		WatchedFeeds::<Test>::remove(FEED);
		let broken = sp_runtime::TryRuntimeError::Other("a feed that proves incidents is not watched");
		assert_eq!(Cover::do_try_state(), Err(broken));
	});
}
