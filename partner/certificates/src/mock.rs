//! The pallet in a runtime of its own, with a light client, and a state of Lutine that the tests write.

use crate::{self as pallet_certificates, *};
use bp_header_chain::ChainWithGrandpa;
use bp_runtime::{Chain, ChainId, RawStorageProof};
use codec::Encode;
use frame_support::{
	derive_impl,
	traits::{ConstU32, ConstU64, ConstU128},
	weights::Weight,
};
use lutine_primitives::{
	Balance, BlockNumber,
	insurance::{Allocation, AssetId, PolicyId},
	time::Seconds,
};
use proofs::{ItemRecord, PolicyRecord, TermsRecord};
use sp_core::H256;
use sp_runtime::{
	AccountId32, BuildStorage, MultiSignature, Perbill, StateVersion,
	traits::{BlakeTwo256, Hash, IdentityLookup},
};
use sp_state_machine::{InMemoryBackend, prove_read};
use std::collections::BTreeMap;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(3)]
	pub type LutineGrandpa = pallet_bridge_grandpa;
	#[runtime::pallet_index(4)]
	pub type Certificates = pallet_certificates;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = ();
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<10>;
	type AccountStore = System;
}

/// The other chain.
#[derive(Debug)]
pub struct Lutine;

impl Chain for Lutine {
	const ID: ChainId = *b"ltne";
	type BlockNumber = BlockNumber;
	type Hash = H256;
	type Hasher = BlakeTwo256;
	type Header = sp_runtime::generic::Header<BlockNumber, BlakeTwo256>;
	type AccountId = AccountId32;
	type Balance = Balance;
	type Nonce = u32;
	type Signature = MultiSignature;
	const STATE_VERSION: StateVersion = StateVersion::V1;

	fn max_extrinsic_size() -> u32 {
		0
	}
	fn max_extrinsic_weight() -> Weight {
		Weight::zero()
	}
}

impl ChainWithGrandpa for Lutine {
	const WITH_CHAIN_GRANDPA_PALLET_NAME: &'static str = "LutineGrandpa";
	const MAX_AUTHORITIES_COUNT: u32 = 4;
	const REASONABLE_HEADERS_IN_JUSTIFICATION_ANCESTRY: u32 = 8;
	const MAX_MANDATORY_HEADER_SIZE: u32 = 256;
	const AVERAGE_HEADER_SIZE: u32 = 64;
}

impl pallet_bridge_grandpa::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type BridgedChain = Lutine;
	type MaxFreeHeadersPerBlock = ConstU32<4>;
	type FreeHeadersInterval = ();
	type HeadersToKeep = ConstU32<16>;
	type WeightInfo = ();
}

/// What is held for a certificate.
pub const DEPOSIT: Balance = 100;
/// How old a state may be.
pub const MAX_AGE: Seconds = 3_600;

/// Here a person also has the account of Lutine whose bytes are one more than those of their own.
pub struct Derived;
impl Accounts<AccountId32> for Derived {
	fn is_of(there: &AccountId32, here: &AccountId32) -> bool {
		SameKey::is_of(there, here) || *there == derived(here)
	}
}

/// The account on Lutine of a person of this chain who has no key there.
pub fn derived(here: &AccountId32) -> AccountId32 {
	let mut bytes: [u8; 32] = here.clone().into();
	bytes[31] += 100;
	bytes.into()
}

impl Config for Test {
	type Headers = LightClient<Test>;
	type Accounts = Derived;
	type Deposits = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Deposit = ConstU128<DEPOSIT>;
	type MaxAge = ConstU64<MAX_AGE>;
	type Time = Timestamp;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Helper;
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Helper;
#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper for Helper {
	fn set_time(seconds: Seconds) {
		set_time(seconds);
	}
	fn import(hash: H256, header: Header) {
		LightClient::<Test>::import(hash, header);
	}
}

pub const fn account(n: u8) -> AccountId32 {
	AccountId32::new([n; 32])
}

/// People of this chain.
pub const ALICE: AccountId32 = account(1);
pub const BOB: AccountId32 = account(2);
/// Has nothing.
pub const PAUPER: AccountId32 = account(3);
/// Buys cover on Lutine.
pub const BUYER: AccountId32 = account(5);
/// Holds it.
pub const HOLDER: AccountId32 = account(6);

/// What people have.
pub const ENDOWMENT: Balance = 1_000;
/// When the tests begin, here and on Lutine.
pub const START: Seconds = 1_800_000_000;
/// The policy of the tests.
pub const POLICY: PolicyId = 7;

pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext: sp_io::TestExternalities = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: [ALICE, BOB].map(|who| (who, ENDOWMENT)).into(),
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap()
	.into();
	ext.execute_with(|| {
		System::set_block_number(1);
		set_time(START);
	});
	ext
}

/// Runs a test and then every invariant.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		Certificates::do_try_state().unwrap();
	});
}

pub fn set_time(seconds: Seconds) {
	pallet_timestamp::Now::<Test>::put(seconds * 1_000);
}

/// A policy on its tenth day of a hundred, of 1 000 units of which 300 were awarded.
pub fn policy() -> PolicyRecord {
	const DAY: Seconds = lutine_primitives::time::DAY;
	PolicyRecord {
		product: 3,
		asset: AssetId::WithId(1),
		amount: 1_000,
		awarded: 300,
		renewed: 0,
		net_premium: 50,
		commission: 5,
		broker: Some(account(9)),
		bought: START - 17 * DAY,
		start: START - 10 * DAY,
		end: START + 90 * DAY,
		allocations: vec![Allocation {
			pool: 2,
			amount: 700,
			rate: 1 << 32,
		}]
		.try_into()
		.unwrap(),
		terms: TermsRecord {
			claim_window: 35 * DAY,
			deductible: 10,
			optimistic_limit: 100,
			cancellation_fee: Perbill::from_percent(10),
		},
		item: b"an account".to_vec().try_into().unwrap(),
		buyer: BUYER,
		deposit: 1_000_000,
		claim_open: false,
		cancelled: false,
	}
}

pub fn item(owner: AccountId32) -> ItemRecord {
	ItemRecord {
		owner,
		approvals: [(account(8), Some(77)), (account(9), None)].into(),
		deposit: (account(10), 0),
	}
}

/// A state of Lutine.
#[derive(Clone)]
pub struct Chainstate(pub BTreeMap<Vec<u8>, Vec<u8>>);

impl Chainstate {
	/// Has the policy, held by [`HOLDER`], among hundreds of others and much else.
	pub fn new() -> Self {
		let mut state = Self(BTreeMap::new());
		for n in 0..500_u32 {
			let name = format!("Other{}", n % 40);
			let key = bp_runtime::storage_value_key(&name, &n.to_string()).0;
			state.0.insert(key, vec![n as u8; n as usize % 100]);
		}
		for id in 0..300 {
			state.put(id, &policy(), HOLDER);
		}
		state.set_time(START);
		state.0.insert(proofs::keys(POLICY)[3].clone(), 0_u16.encode());
		state
	}

	pub fn put(&mut self, id: PolicyId, policy: &PolicyRecord, holder: AccountId32) {
		let [policy_key, item_key, ..] = proofs::keys(id);
		self.0.insert(policy_key, policy.encode());
		self.0.insert(item_key, item(holder).encode());
	}

	/// With another policy of the id of the tests.
	pub fn with(change: impl FnOnce(&mut PolicyRecord)) -> Self {
		let (mut state, mut policy) = (Self::new(), policy());
		change(&mut policy);
		state.put(POLICY, &policy, HOLDER);
		state
	}

	/// Without the policy of the tests.
	pub fn without() -> Self {
		let mut state = Self::new();
		for key in &proofs::keys(POLICY)[..2] {
			state.0.remove(key);
		}
		state
	}

	pub fn set_time(&mut self, seconds: Seconds) {
		let key = proofs::keys(POLICY)[2].clone();
		self.0.insert(key, (seconds * 1_000 + 999).encode());
	}

	/// At another time.
	pub fn at(mut self, seconds: Seconds) -> Self {
		self.set_time(seconds);
		self
	}

	fn backend(&self) -> InMemoryBackend<BlakeTwo256> {
		(self.0.clone(), StateVersion::V1).into()
	}

	pub fn root(&self) -> H256 {
		*self.backend().root()
	}

	/// What a node of Lutine answers when it is asked for a policy.
	pub fn proof(&self, id: PolicyId) -> RawStorageProof {
		self.proof_of(&proofs::keys(id))
	}

	pub fn proof_of(&self, keys: &[Vec<u8>]) -> RawStorageProof {
		prove_read(self.backend(), keys)
			.unwrap()
			.into_iter_nodes()
			.collect()
	}

	/// Makes it the state of a header that the light client knows.
	pub fn import(&self, number: BlockNumber) -> H256 {
		let state_root = self.root();
		let hash = BlakeTwo256::hash_of(&(number, state_root));
		LightClient::<Test>::import(hash, Header { number, state_root });
		hash
	}
}
