//! Laws of the arrears: many creditors, served and pulling in any order, against a reference that goes through all.

use lutine_math::arrears::{Arrears, Debt};
use primitive_types::{U256, U512};
use proptest::{collection::vec, prelude::*};

/// One creditor, and what a walk over all of them says.
struct Creditor {
	debt: Debt,
	/// Ever owed, and ever pulled.
	owed: u128,
	pulled: u128,
	/// Truly outstanding, with 128 fractional bits, rounded down at each service.
	left: U256,
}

/// Arrears, their creditors, and the sums kept by hand.
#[derive(Default)]
struct Book {
	arrears: Arrears,
	creditors: Vec<Creditor>,
	opened: u128,
	served: u128,
}

impl Book {
	fn open(&mut self, amount: u128) {
		let debt = self.arrears.open(amount).expect("fits");
		self.opened += amount;
		self.creditors.push(Creditor {
			debt,
			owed: amount,
			pulled: 0,
			left: U256::from(amount) << 128,
		});
	}

	fn pull(&mut self, index: usize) {
		let creditor = &mut self.creditors[index];
		let (outstanding, pullable) = (
			self.arrears.outstanding_of(&creditor.debt),
			self.arrears.pullable(&creditor.debt),
		);
		let pulled = self.arrears.pull(&mut creditor.debt);
		assert_eq!(pulled, pullable);
		creditor.pulled += pulled;
		// Pulling changes nothing but the fund, and there is nothing left to pull.
		assert_eq!(self.arrears.outstanding_of(&creditor.debt), outstanding);
		assert_eq!(self.arrears.pull(&mut creditor.debt), 0);
	}

	fn extend(&mut self, index: usize, amount: u128) {
		self.pull(index);
		let creditor = &mut self.creditors[index];
		let before = self.arrears.outstanding_of(&creditor.debt);
		self.arrears.extend(&mut creditor.debt, amount).expect("pulled");
		assert_eq!(self.arrears.outstanding_of(&creditor.debt), before + amount);
		creditor.owed += amount;
		creditor.left += U256::from(amount) << 128;
		self.opened += amount;
	}

	fn serve(&mut self, amount: u128) {
		let before = self.arrears.outstanding;
		let taken = self.arrears.serve(amount);
		assert_eq!(taken, amount.min(before));
		self.served += taken;
		for creditor in &mut self.creditors {
			let left = creditor.left.full_mul(U256::from(before - taken));
			creditor.left = (left / U512::from(before.max(1)))
				.try_into()
				.expect("smaller than before");
		}
	}

	/// Everything that must hold at any time.
	fn check(&self) {
		assert_eq!(self.arrears.outstanding, self.opened - self.served);
		let owed: u128 = self.creditors.iter().map(|c| c.debt.owed).sum();
		assert_eq!(self.arrears.fund, owed - self.arrears.outstanding);
		let pullable: u128 = self
			.creditors
			.iter()
			.map(|c| self.arrears.pullable(&c.debt))
			.sum();
		assert!(
			pullable <= self.arrears.fund,
			"{pullable} is more than {}",
			self.arrears.fund
		);
		let indebted = self.creditors.iter().filter(|c| c.debt.owed > 0).count() as u128;
		assert!(
			self.arrears.fund - pullable <= indebted,
			"{} of {indebted}",
			self.arrears.fund - pullable
		);
		// Nobody has a unit more or less outstanding than is fair, however often anyone pulled. 2^-16 for the drift.
		let unit = (U256::one() << 128) + (U256::one() << 112);
		for c in &self.creditors {
			let outstanding = U256::from(self.arrears.outstanding_of(&c.debt)) << 128;
			assert!(outstanding >= c.left && outstanding <= c.left + unit);
			assert_eq!(
				c.owed - c.pulled,
				c.debt.owed,
				"what is not pulled is still recorded"
			);
		}
	}

	/// All is served: each has exactly what was ever owed to them.
	fn settle(&mut self) {
		self.serve(u128::MAX);
		assert_eq!(self.arrears.outstanding, 0);
		for index in 0..self.creditors.len() {
			assert_eq!(self.arrears.outstanding_of(&self.creditors[index].debt), 0);
			self.pull(index);
			assert_eq!(self.creditors[index].pulled, self.creditors[index].owed);
		}
		assert_eq!(self.arrears.fund, 0);
		self.check();
	}
}

#[derive(Clone, Debug)]
enum Step {
	Open(u128),
	Extend(usize, u128),
	/// So many 65 536ths of what is outstanding, and some more.
	Serve(u16, u128),
	/// All but so many units.
	ServeAllBut(u128),
	Pull(usize),
	PullAll,
}

fn step() -> impl Strategy<Value = Step> {
	let amount = || (0..=90_u32, any::<u128>()).prop_map(|(bits, x)| x & ((1 << bits) - 1));
	prop_oneof![
		3 => amount().prop_map(Step::Open),
		2 => (any::<usize>(), amount()).prop_map(|(i, x)| Step::Extend(i, x)),
		4 => (any::<u16>(), 0..10_u128).prop_map(|(part, x)| Step::Serve(part, x)),
		1 => (0..4_u128).prop_map(Step::ServeAllBut),
		4 => any::<usize>().prop_map(Step::Pull),
		1 => Just(Step::PullAll),
	]
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..Default::default() })]

	#[test]
	fn creditors_are_served_pro_rata_and_paid_in_full(steps in vec(step(), 1..80)) {
		let mut book = Book::default();
		for step in steps {
			let some = |index: usize| index % book.creditors.len().max(1);
			match step {
				Step::Open(amount) => book.open(amount),
				Step::Serve(part, more) => {
					let share = (book.arrears.outstanding >> 16) * u128::from(part) + more;
					book.serve(share);
				},
				Step::ServeAllBut(rest) => book.serve(book.arrears.outstanding.saturating_sub(rest)),
				Step::PullAll => (0..book.creditors.len()).for_each(|index| book.pull(index)),
				_ if book.creditors.is_empty() => {},
				Step::Extend(index, amount) => book.extend(some(index), amount),
				Step::Pull(index) => book.pull(some(index)),
			}
			book.check();
		}
		book.settle();
	}

	#[test]
	fn extending_is_refused_when_something_can_be_pulled(owed in 1..1_u128 << 90, served in 1..1_u128 << 90) {
		let mut arrears = Arrears::default();
		let mut debt = arrears.open(owed).unwrap();
		arrears.open(1).unwrap();
		arrears.serve(served.min(owed));
		prop_assume!(arrears.pullable(&debt) > 0);
		let before = (arrears, debt);
		prop_assert_eq!(arrears.extend(&mut debt, 1), None);
		prop_assert_eq!((arrears, debt), before);
	}

	#[test]
	fn no_state_makes_arrears_panic(
		fields in [edge(), edge(), edge(), edge(), edge()],
		marks in any::<[u8; 4]>(), amount in edge(),
	) {
		let [outstanding, fund, price, owed, debt_price] = fields;
		let [scale, debt_scale, epoch, far] = marks.map(u32::from);
		let spread = if far < 64 { u32::MAX / 255 } else { 1 };
		let mut arrears = Arrears { outstanding, fund, price, scale: scale * spread, epoch: epoch & 1 };
		let mut debt = Debt { owed, price: debt_price, scale: debt_scale * spread, epoch: 1 };
		for round in 0..3 {
			prop_assert!(arrears.outstanding_of(&debt) <= debt.owed);
			prop_assert!(arrears.pullable(&debt) <= arrears.fund);
			arrears.serve(amount >> (40 * round));
			let (before, fund) = (debt.owed, arrears.fund);
			let pulled = arrears.pull(&mut debt);
			prop_assert_eq!((debt.owed, arrears.fund), (before - pulled, fund - pulled));
			arrears.extend(&mut debt, amount);
			arrears.open(amount);
		}
	}
}

fn edge() -> impl Strategy<Value = u128> {
	prop_oneof![
		any::<u128>(),
		Just(0),
		Just(1),
		Just(u128::MAX),
		Just(1 << 127),
		(0..128_u32).prop_map(|b| 1 << b)
	]
}

/// The price falls by thousands of halvings, and newcomers at any price are served as well as the first.
#[test]
fn late_debts_lose_nothing_when_the_price_has_fallen_far() {
	let mut book = Book::default();
	book.open(1 << 90);
	for round in 0..3_000_u128 {
		book.serve(book.arrears.outstanding / 7 * (round % 7) + 1);
		if round % 50 == 0 {
			book.open((1 << 90) - round);
		}
		if round % 3 == 0 {
			book.pull(round as usize % book.creditors.len());
		}
		if round % 10 == 0 {
			book.extend(round as usize % 5 % book.creditors.len(), 1 << (round % 90));
		}
		book.check();
	}
	assert!(book.arrears.scale > 1_000 && book.arrears.epoch == 0);
	book.settle();
}

/// A unit that cannot be shared stays in the fund for the time being, however often everyone pulls.
#[test]
fn pulling_after_every_service_leaves_no_more_in_the_fund() {
	let mut book = Book::default();
	(0..40).for_each(|index| book.open(1_000 + index));
	for _ in 0..5_000 {
		book.serve(7);
		(0..40).for_each(|index| book.pull(index));
		book.check();
	}
	book.settle();
}

#[test]
fn opening_is_refused_when_the_fund_could_not_hold_it() {
	let mut arrears = Arrears::default();
	let mut first = arrears.open(u128::MAX - 1).expect("fits");
	assert_eq!(arrears.open(2), None);
	assert_eq!(arrears.serve(5), 5);
	assert_eq!(arrears.open(2), None);
	let second = arrears.open(1).expect("fits");
	assert_eq!(arrears.serve(u128::MAX), u128::MAX - 5);
	assert_eq!(
		(arrears.fund, arrears.outstanding, arrears.epoch),
		(u128::MAX, 0, 1)
	);
	assert_eq!(arrears.pullable(&second), 1);
	assert_eq!(arrears.pull(&mut first), u128::MAX - 1);
	assert_eq!(arrears.fund, 1);
}

#[test]
fn paid_debt_starts_anew_when_extended_in_a_later_epoch() {
	let mut arrears = Arrears::default();
	let mut debt = arrears.open(10).expect("fits");
	arrears.serve(10);
	assert_eq!(arrears.extend(&mut debt, 5), None);
	assert_eq!(arrears.pull(&mut debt), 10);
	arrears.extend(&mut debt, 5).expect("pulled");
	assert_eq!((debt.owed, debt.epoch, arrears.outstanding), (5, 1, 5));
	assert_eq!(arrears.serve(0), 0);
	assert_eq!(arrears.serve(9), 5);
	assert_eq!(arrears.pull(&mut debt), 5);
	assert_eq!(
		arrears,
		Arrears {
			epoch: 2,
			..Default::default()
		}
	);
}
