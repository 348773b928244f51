//! A pool to buy cover from, and what happens to what it insures.

use crate::*;
use frame_support::{assert_ok, traits::Get};
use lutine_primitives::insurance::{AssetId, IncidentId, PolicyId, ProductId};
use lutine_runtime::{Claims, Cover, Runtime, RuntimeCall};
use pallet_claims::{CaseId, IncidentState, Phase};
use pallet_cover::{Order, Part};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Dave, Eve};
use sp_runtime::{AccountId32, FixedU128};

/// The test stablecoin.
pub const USD: AssetId = AssetId::WithId(1);
/// What is insured.
pub const PRODUCT: ProductId = 1;
/// Who judges.
const ASSESSORS: [Sr25519Keyring; 2] = [Dave, Eve];
/// What keeps a vote from being told too early.
const SALT: [u8; 32] = [7; 32];

/// Seconds of now.
pub fn now() -> u64 {
	pallet_timestamp::Now::<Runtime>::get() / 1_000
}

/// Seconds of an accounting day.
pub fn day() -> u64 {
	pallet_clock::AccountingDay::<Runtime>::get()
}

/// An order of so much from pool 0, for so many accounting days.
pub fn order(amount: Balance, days: u64) -> Order<AccountId32> {
	Order {
		amount,
		end: (now().div_ceil(day()) + days) * day(),
		parts: vec![Part { pool: 0, amount }].try_into().unwrap(),
		max_premium: amount,
		deadline: None,
		broker: None,
	}
}

/// A purchase of so much in dollars.
pub fn buy(amount: Balance, days: u64) -> RuntimeCall {
	pallet_cover::Call::buy {
		product: PRODUCT,
		asset: USD,
		order: order(amount, days),
		item: b"0x0123456789abcdef".to_vec().try_into().unwrap(),
	}
	.into()
}

/// A claim under an incident.
pub fn file(incident: IncidentId, policy: PolicyId, loss: Balance) -> RuntimeCall {
	pallet_claims::Call::file {
		incident,
		policy,
		loss,
		uri: b"ipfs://evidence".to_vec(),
		hash: Default::default(),
	}
	.into()
}

impl World {
	/// Two chains, with a pool on Lutine that sells cover in dollars, assessors, and people of the partner who have some
	/// of everything: Charlie and Dave.
	pub fn insured() -> Self {
		let mut world = Self::new();
		world.lutine.open_pool();
		world.endow(Sr25519Keyring::Charlie);
		world.endow(Sr25519Keyring::Dave);
		world
	}

	/// Somebody of the partner gets LUT and dollars there.
	pub fn endow(&mut self, who: Sr25519Keyring) {
		assert_ok!(self.lutine.send_money(Alice, Money::Lut, 1_000 * UNIT, here(who)));
		assert_ok!(
			self.lutine
				.send_money(Alice, Money::Dollar, 50_000 * DOLLAR, here(who))
		);
		self.settle();
	}

	/// Somebody of the partner buys so much cover in dollars, and is its holder. Returns the policy.
	pub fn buy_from_partner(&mut self, who: Sr25519Keyring, amount: Balance, days: u64) -> PolicyId {
		self.buy_from_partner_with(who, amount, days, vec![])
	}

	/// The same, with more to call.
	pub fn buy_from_partner_with(
		&mut self,
		who: Sr25519Keyring,
		amount: Balance,
		days: u64,
		more: Vec<RuntimeCall>,
	) -> PolicyId {
		let policy = self.lutine.read(pallet_cover::NextPolicy::<Runtime>::get);
		let mut calls = vec![self.lutine.read(|| buy(amount, days))];
		calls.extend(more);
		assert_ok!(self.partner.execute(who, errand(who, purse(amount / 4), calls)));
		self.settle();
		assert_eq!(self.lutine.executed.last(), Some(&true));
		assert_eq!(self.lutine.read(|| Cover::holder(policy)), Some(derived(who)));
		policy
	}
}

/// What a purchase needs: fees, LUT for deposits and bonds, and so many dollars.
pub fn purse(dollars: Balance) -> Luggage {
	Luggage {
		fees: 10 * UNIT,
		assets: vec![(Money::Lut, 20 * UNIT), (Money::Dollar, dollars)],
	}
}

/// What a call that costs nothing but fees needs.
pub fn fare() -> Luggage {
	Luggage {
		fees: 10 * UNIT,
		assets: vec![],
	}
}

impl Chain<Lutine> {
	/// A pool of Alice's in dollars with a line on the product, money of Bob's in it, and assessors with stakes.
	pub fn open_pool(&mut self) {
		let create = pallet_pools::Call::create {
			asset: USD,
			manager_fee: 100_000_000,
		};
		assert_ok!(self.apply(Alice, create));
		let line = pallet_pools::Call::set_line {
			pool: 0,
			product: PRODUCT,
			weight: 500_000_000,
			rate: Some(FixedU128::from_rational(4, 100)),
		};
		assert_ok!(self.apply(Alice, line));
		let deposit = pallet_pools::Call::deposit {
			pool: 0,
			amount: 100_000 * DOLLAR,
			min_shares: 0,
			deadline: None,
		};
		assert_ok!(self.apply(Bob, deposit));
		for assessor in ASSESSORS {
			assert_ok!(self.apply(assessor, pallet_claims::Call::stake { amount: 10 * UNIT }));
		}
	}

	/// The cover of a policy begins.
	pub fn begin_cover(&mut self, policy: PolicyId) {
		let start = self.read(|| Cover::report_policy(policy).unwrap().policy.start);
		self.wait(|| now() >= start);
	}

	/// Something happens to the product, and is judged as a loss of everything. Returns the incident, which is open to
	/// claims.
	pub fn accepted_incident(&mut self) -> IncidentId {
		let (incident, case) = self.read(|| {
			(
				pallet_claims::NextIncident::<Runtime>::get(),
				pallet_claims::NextCase::<Runtime>::get(),
			)
		});
		let report = pallet_claims::Call::report {
			product: PRODUCT,
			happened: self.read(now),
			uri: b"ipfs://evidence".to_vec(),
			hash: Default::default(),
			max_bond: 100 * UNIT,
		};
		assert_ok!(self.apply(Alice, report));
		self.judge(case, 100);
		self.wait(|| is_accepted(incident));
		incident
	}

	/// Assessors vote on a case.
	pub fn judge(&mut self, id: CaseId, percent: u8) {
		let Phase::Assessing { commit_until, .. } = self.read(|| {
			pallet_claims::Cases::<Runtime>::get(id)
				.expect("it is open")
				.phase
		}) else {
			panic!("assessors are not asked");
		};
		for assessor in ASSESSORS {
			let commitment = Claims::commitment(id, &assessor.to_account_id(), percent, SALT);
			let commit = pallet_claims::Call::commit { case: id, commitment };
			assert_ok!(self.apply(assessor, commit));
		}
		self.wait(|| lutine_runtime::System::block_number() >= commit_until);
		for assessor in ASSESSORS {
			let reveal = pallet_claims::Call::reveal {
				case: id,
				percent,
				salt: SALT,
			};
			assert_ok!(self.apply(assessor, reveal));
		}
	}
}

/// Whether an incident is open to claims.
pub fn is_accepted(incident: IncidentId) -> bool {
	pallet_claims::Incidents::<Runtime>::get(incident)
		.is_some_and(|incident| matches!(incident.state, IncidentState::Accepted { .. }))
}

/// Whether a case is final.
pub fn is_final(case: CaseId) -> bool {
	!pallet_claims::Cases::<Runtime>::contains_key(case)
}
