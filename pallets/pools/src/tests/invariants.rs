//! Books that do not add up are told of by the invariant that they break.

use super::{capital::request, *};
use lutine_math::arrears::Debt;

/// Has a bit of everything: cover in two groups, an incident with capital set aside, a debt partly served, a queue, cuts and a
/// reserve.
fn busy_pool() -> PoolId {
	let pool = pool_with(100_000, &[(0, 100), (1, 100), (2, 100)]);
	deposit(pool, BOB, 20_000);
	let mut lost = write(pool, 0, 80_000, 30);
	write(pool, 1, 60_000, 60);
	pass(DAY);
	settle(pool);
	request(pool, BOB, 1_000);
	for product in [0, 1] {
		freeze(product);
		accept(product, product, 100);
	}
	pay(0, 0, &mut lost, 75_000, &BUYER).unwrap();
	assert!(books(pool).arrears.outstanding > 0 && books(pool).reserved > 0);
	assert_ok!(<Pools as Reserving<AccountId>>::fund_reserve(&ALICE, &USD, 5_000));
	pool
}

#[test]
fn invariants_notice_whatever_is_changed_without_the_rest() {
	build_and_execute(|| {
		let pool = busy_pool();
		let (day, today) = Days::<Test>::iter_prefix(pool).next().unwrap();
		let (number, asked) = Requests::<Test>::iter_prefix(pool).next().unwrap();
		let owed = Debts::<Test>::get(pool, 0).unwrap();
		let told = |broken, by: &dyn Fn()| {
			let told = books::what_if(|| {
				by();
				Pools::do_try_state()
			});
			assert_eq!(told, Err(sp_runtime::TryRuntimeError::Other(broken)));
		};
		let books = |broken, by: &dyn Fn(&mut PoolOf<Test>)| {
			told(broken, &|| {
				crate::pallet::Pools::<Test>::mutate(pool, |books| by(books.as_mut().unwrap()));
			});
		};
		let product = |broken, by: &dyn Fn(&mut Underwriters<<Test as Config>::MaxLinesPerProduct>)| {
			told(broken, &|| ProductUnderwriters::<Test>::mutate(1, by));
		};

		told("a pool has an id that was not given", &|| {
			NextPool::<Test>::put(pool)
		});

		// Money and shares.
		books("the recorded sums of a pool overflow", &|books| {
			books.dues = u128::MAX
		});
		books("a pool's account holds less than is recorded", &|books| {
			books.capital += 1_000_000
		});
		books("premium is neither unearned nor refunded nor earned", &|books| {
			books.totals.to_capital += 1
		});
		books("more shares are issued than the supply", &|books| {
			books.supply -= 1
		});
		books("escrow holds less than the queue", &|books| {
			books.queue.shares += 1
		});
		told("dues are not what the pool recorded", &|| {
			Dues::<Test>::insert(pool, BOB, 1)
		});
		told("a reserve's account holds less than is recorded", &|| {
			Reserves::<Test>::insert(USD, 5_001)
		});

		// Exposure.
		told("a day that is settled was not cleared", &|| {
			Days::<Test>::insert(pool, 1, today.clone())
		});
		told("an empty day is stored", &|| {
			Days::<Test>::insert(pool, day + 500, DayOf::<Test>::default())
		});
		told("a line's exposure is not what matures", &|| {
			Lines::<Test>::mutate(pool, 1, |line| line.as_mut().unwrap().exposure += 1)
		});
		told("exposure matures on no line", &|| Lines::<Test>::remove(pool, 1));
		books("the number of lines is wrong", &|books| books.lines += 1);
		books("what is reserved is not the sum over lines", &|books| {
			books.reserved += 1
		});
		told("groups are not the sum over lines", &|| {
			Groups::<Test>::insert(pool, 7, 1)
		});
		books("the sums over groups are wrong", &|books| books.exposure += 1);
		books("the sums over groups are wrong", &|books| {
			books.squares += 1.into()
		});
		books(
			"a pool is strained without the mark, or marked without being strained",
			&|books| books.strained = !books.strained,
		);

		// Streams.
		books("the rate is not the sum of streams", &|books| books.rate += 1);
		books("unearned premium is not the sum of streams", &|books| {
			books.unearned += 1
		});

		// Incidents and arrears.
		told("what a line sets aside is not the sum of its incidents", &|| {
			Losses::<Test>::mutate(1, pool, |loss| loss.as_mut().unwrap().reserved += 1)
		});
		told("capital is set aside in no pool", &|| {
			Losses::<Test>::insert(1, pool + 1, Losses::<Test>::get(1, pool).unwrap())
		});
		books("the arrears fund holds less than can be pulled", &|books| {
			books.arrears.serve(1_000);
			books.arrears.fund = 0;
		});
		told("arrears are not the sum of debts", &|| {
			Debts::<Test>::remove(pool, 0)
		});
		told("arrears are not the sum of debts", &|| {
			Debts::<Test>::insert(pool, 1, owed)
		});
		told("nothing is owed on a debt", &|| {
			Debts::<Test>::insert(pool, 1, Debt { owed: 0, ..owed })
		});

		// The queue.
		books("escrow is not the sum of the queue", &|books| {
			books.queue.shares -= 1
		});
		told("a request is in no pool", &|| {
			Requests::<Test>::insert(pool + 1, 0, asked.clone())
		});
		told("a request is outside its queue", &|| {
			Requests::<Test>::insert(pool, number + 1, asked.clone())
		});
		told("deposits on hold are not those of the requests", &|| {
			let more = RequestOf::<Test> {
				deposit: asked.deposit + 1,
				..asked.clone()
			};
			Requests::<Test>::insert(pool, number, more)
		});
		told("requests are miscounted", &|| {
			RequestCounts::<Test>::insert(pool, BOB, 2)
		});

		// Products and pools.
		told("the exposure on a product is not the sum over its lines", &|| {
			ProductExposures::<Test>::insert(1, USD, 1)
		});
		product("a product does not know a line on it", &|known| {
			known.pools.clear()
		});
		product("a line and its product disagree on being frozen", &|known| {
			known.frozen = !known.frozen
		});
		product("a pool underwrites a product twice", &|known| {
			known.pools.try_push(pool).unwrap()
		});
		product("a line has more incidents than its product", &|known| {
			known.incidents = 0
		});
		told("a product's pool has no line", &|| {
			ProductUnderwriters::<Test>::mutate(7, |known| known.pools.try_push(pool).unwrap())
		});
	});
}
