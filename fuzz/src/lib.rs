//! A development chain that bytes drive. [`run`] takes each few of them as a step, such as a call of anybody, a message
//! from the partner chain, a block at any time, a price, or an asset that stops moving; after each step every invariant
//! holds. [`decode`] takes them as what the chain decodes.

use arbitrary::{Result, Unstructured};
use codec::{Decode, Encode};
use frame_support::{
	BoundedVec,
	dispatch::GetDispatchInfo,
	genesis_builder_helper::build_state,
	traits::{Get, OnFinalize, OnIdle, OnInitialize},
};
use lutine_bridge::accounts::person;
use lutine_primitives::{
	insurance::{AssetId, RiskClass},
	parameters::Parameters as Group,
	time::Seconds,
};
use lutine_runtime::{
	AccountId, AllPalletsWithSystem, Assets, Babe, Balance, Balances, Claims, Clock, Cover, Homes, LUT,
	Outages, Parameters, Pools, Pricing, Runtime, RuntimeCall, RuntimeGenesisConfig, RuntimeOrigin, System,
	UncheckedExtrinsic,
	configs::{
		system::RuntimeBlockWeights,
		xcm::{LocationToAccountId, PartnerLocation, PartnerNetwork, XcmConfig},
	},
	genesis,
};
use pallet_claims::Direction;
use pallet_cover::{Broker, Order, Part};
use pallet_democracy::{AccountVote, Conviction, Vote};
use sp_consensus_babe::digests::{PreDigest, SecondaryPlainPreDigest};
use sp_core::{H256, storage::Storage};
use sp_keyring::Sr25519Keyring::{self, Alice, AliceStash, Bob, Charlie, Dave, Eve, Ferdie, One};
use sp_runtime::{
	Digest, DigestItem, FixedU128,
	traits::{BlakeTwo256, Dispatchable, Hash},
};
use sp_state_machine::BasicExternalities;
use std::sync::LazyLock;
use xcm::latest::prelude::{
	AccountId32, All, BuyExecution, DepositAsset, DescendOrigin, ExecuteXcm, Here, OriginKind, RefundSurplus,
	Transact, Unlimited, Wild, WithdrawAsset, Xcm,
};
use xcm_executor::{XcmExecutor, traits::ConvertLocation};

/// The test stablecoin: pools 0 and 1 are in it, pool 2 is in the native token.
const USD: AssetId = AssetId::WithId(genesis::TEST_STABLECOIN);
const DOLLAR: Balance = 1_000_000;
/// Who calls. The last has nothing.
const PEOPLE: [Sr25519Keyring; 8] = [Alice, Bob, Charlie, Dave, Eve, Ferdie, AliceStash, One];
/// Who feeds the oracle.
const FEEDERS: [Sr25519Keyring; 3] = [Alice, Bob, Charlie];
/// The product that the price of the stablecoin decides about.
const PARAMETRIC: u32 = 4;
/// A run's length. What goes wrong later goes wrong sooner from another beginning.
const MOST_STEPS: u32 = 200;
/// The first slot.
const BEGIN: u64 = 1_800_000_000;

/// The state from which every run begins: three pools with capital, some policies, assessors with stakes, a price.
static BEGINNING: LazyLock<Storage> = LazyLock::new(|| {
	let mut ext = BasicExternalities::new_empty();
	ext.execute_with(|| {
		let whole = genesis::configuration(genesis::DEV).expect("there is this preset");
		build_state::<RuntimeGenesisConfig>(serde_json::to_vec(&whole).expect("it is JSON"))
			.expect("the preset is right");
		furnish();
	});
	ext.into_storages()
});

fn furnish() {
	block(1);
	let signed = |who: AccountId, call: RuntimeCall| {
		let name = format!("{call:?}");
		call.dispatch(RuntimeOrigin::signed(who))
			.unwrap_or_else(|failed| panic!("{name}: {failed:?}"));
	};
	let must = |who: Sr25519Keyring, call: RuntimeCall| signed(who.to_account_id(), call);
	for (pool, asset, unit) in [(0, USD, DOLLAR), (1, USD, DOLLAR), (2, AssetId::Native, LUT / 10)] {
		must(
			Alice,
			pallet_pools::Call::create {
				asset,
				manager_fee: 100_000_000,
			}
			.into(),
		);
		for product in if pool == 2 {
			vec![1, PARAMETRIC]
		} else {
			vec![1, 2, 3]
		} {
			let rate = Some(FixedU128::from_rational(4, 100));
			must(
				Alice,
				pallet_pools::Call::set_line {
					pool,
					product,
					weight: 500_000_000,
					rate,
				}
				.into(),
			);
		}
		let (amount, min_shares) = (100_000 * unit, 0);
		must(
			Bob,
			pallet_pools::Call::deposit {
				pool,
				amount,
				min_shares,
				deadline: None,
			}
			.into(),
		);
	}
	for (who, amount) in [(Dave, 10 * LUT), (Eve, 10 * LUT), (Ferdie, 30 * LUT)] {
		must(who, pallet_claims::Call::stake { amount }.into());
	}
	feed(100);
	for (index, (product, pools)) in [(1, &[0][..]), (1, &[0, 1]), (2, &[1]), (PARAMETRIC, &[2])]
		.into_iter()
		.enumerate()
	{
		let unit = if product == PARAMETRIC { LUT / 10 } else { DOLLAR };
		must(
			[Charlie, Dave][index % 2],
			buy(product, pools, 1_000 * unit, 60, None).into(),
		);
	}
	// They live on the partner chain as well, and have cover here from there.
	for (who, pools) in [(Charlie, &[1][..]), (Dave, &[2])] {
		let here = from_partner(who);
		let dest = here.clone().into();
		must(
			who,
			pallet_balances::Call::transfer_allow_death {
				dest,
				value: 10_000 * LUT,
			}
			.into(),
		);
		must(
			who,
			pallet_assets::Call::transfer {
				id: genesis::TEST_STABLECOIN.into(),
				target: here.clone().into(),
				amount: 10_000 * DOLLAR,
			}
			.into(),
		);
		let home = Some(who.to_account_id().into());
		signed(here.clone(), pallet_homes::Call::set_home { home }.into());
		let unit = if pools == [2] { LUT / 10 } else { DOLLAR };
		signed(here, buy(1, pools, 1_000 * unit, 60, None).into());
	}
	// Cover has begun.
	for _ in 0..8 {
		block(10);
	}
	feed(100);
}

fn now() -> Seconds {
	pallet_timestamp::Now::<Runtime>::get() / 1_000
}

fn day() -> Seconds {
	pallet_clock::AccountingDay::<Runtime>::get()
}

/// The next block, so many slots on, with the work of all pallets at its ends.
fn block(slots: u64) {
	let slot = BEGIN.max(now()) + slots;
	if System::block_number() > 0 {
		let left = RuntimeBlockWeights::get()
			.max_block
			.saturating_sub(System::block_weight().total());
		AllPalletsWithSystem::on_idle(System::block_number(), left);
		AllPalletsWithSystem::on_finalize(System::block_number());
	}
	System::reset_events();
	let digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
		authority_index: 0,
		slot: slot.into(),
	});
	let digest = DigestItem::PreRuntime(sp_consensus_babe::BABE_ENGINE_ID, digest.encode());
	let number = System::block_number() + 1;
	System::initialize(
		&number,
		&H256::from_low_u64_be(number.into()),
		&Digest { logs: vec![digest] },
	);
	let weight = AllPalletsWithSystem::on_initialize(number);
	System::register_extra_weight_unchecked(weight, frame_support::dispatch::DispatchClass::Mandatory);
	let now = pallet_timestamp::Call::set {
		now: slot * Babe::slot_duration(),
	};
	RuntimeCall::from(now)
		.dispatch(RuntimeOrigin::none())
		.expect("time goes on");
}

/// All feeders say what the stablecoin is worth, in cents.
fn feed(cents: u32) {
	for who in FEEDERS {
		let values = BoundedVec::truncate_from(vec![(
			genesis::TEST_STABLECOIN,
			FixedU128::from_rational(cents.into(), 100),
		)]);
		// Each is heard once in a block.
		let _ = RuntimeCall::from(pallet_oracle::Call::feed_values { values })
			.dispatch(RuntimeOrigin::signed(who.to_account_id()));
	}
}

fn order(amount: Balance, pools: &[u32], days: Seconds, broker: Option<Sr25519Keyring>) -> Order<AccountId> {
	let share = amount / pools.len().max(1) as Balance;
	Order {
		amount: share.saturating_mul(pools.len() as Balance),
		end: (now().div_ceil(day()) + days) * day(),
		parts: BoundedVec::truncate_from(
			pools
				.iter()
				.map(|pool| Part {
					pool: *pool,
					amount: share,
				})
				.collect(),
		),
		max_premium: amount,
		deadline: None,
		broker: broker.map(|who| Broker {
			account: who.to_account_id(),
			commission: 50_000_000,
		}),
	}
}

fn buy(
	product: u32,
	pools: &[u32],
	amount: Balance,
	days: Seconds,
	broker: Option<Sr25519Keyring>,
) -> pallet_cover::Call<Runtime> {
	let asset = if pools.first() == Some(&2) {
		AssetId::Native
	} else {
		USD
	};
	let order = order(amount, pools, days, broker);
	pallet_cover::Call::buy {
		product,
		asset,
		order,
		item: Default::default(),
	}
}

/// The account here of somebody on the partner chain.
fn from_partner(who: Sr25519Keyring) -> AccountId {
	let place = person(PartnerNetwork::get(), who.to_account_id().into());
	LocationToAccountId::convert_location(&place).expect("everybody there has one")
}

/// A message arrives in which somebody on the partner chain has a call made here, and pays for that with what they have here.
fn arrive(who: Sr25519Keyring, call: &RuntimeCall) {
	let key = who.to_account_id().into();
	let there = AccountId32 {
		network: None,
		id: key,
	};
	let message = Xcm(vec![
		DescendOrigin(there.into()),
		WithdrawAsset((Here, LUT).into()),
		BuyExecution {
			fees: (Here, LUT).into(),
			weight_limit: Unlimited,
		},
		Transact {
			origin_kind: OriginKind::SovereignAccount,
			fallback_max_weight: None,
			call: call.encode().into(),
		},
		RefundSurplus,
		DepositAsset {
			assets: Wild(All),
			beneficiary: person(PartnerNetwork::get(), key),
		},
	]);
	let most = RuntimeBlockWeights::get().max_block;
	let mut id = BlakeTwo256::hash_of(&message).into();
	let _ = XcmExecutor::<XcmConfig>::prepare_and_execute(
		PartnerLocation::get(),
		message,
		&mut id,
		most,
		Default::default(),
	);
}

/// What an assessor says of a case: the same whenever asked, so that nothing needs to be remembered.
fn opinion(case: u32, who: Sr25519Keyring) -> u8 {
	[0, 100, 100, 40, 100][(case as usize + who as usize) % 5]
}

/// What nobody guesses.
fn salt(who: Sr25519Keyring) -> [u8; 32] {
	[who as u8; 32]
}

/// Bytes as choices.
struct Choices<'a>(Unstructured<'a>);

impl Choices<'_> {
	fn below(&mut self, bound: u32) -> Result<u32> {
		self.0.int_in_range(0..=bound - 1)
	}

	fn of<X: Clone>(&mut self, all: &[X]) -> Result<X> {
		self.0.choose(all).cloned()
	}

	fn chance(&mut self, one_in: u32) -> Result<bool> {
		Ok(self.below(one_in)? == 0)
	}

	fn who(&mut self) -> Result<Sr25519Keyring> {
		self.of(&PEOPLE)
	}

	/// From nothing to all there is, in steps that small changes of the bytes reach.
	fn amount(&mut self) -> Result<Balance> {
		let digits: Balance = self.0.arbitrary::<u8>()?.into();
		Ok(match self.below(24)? {
			0 => Balance::MAX,
			zeros => digits * 10u128.pow(zeros / 2 + 2),
		})
	}

	/// One of those that there are; at times the next, which there is not.
	fn id(&mut self, next: u32) -> Result<u32> {
		self.below(next.saturating_add(1).min(64))
	}

	fn pool(&mut self) -> Result<u32> {
		self.below(4)
	}

	fn product(&mut self) -> Result<u32> {
		self.below(7)
	}

	fn policy(&mut self) -> Result<u32> {
		self.id(pallet_cover::NextPolicy::<Runtime>::get())
	}

	fn case(&mut self) -> Result<u32> {
		self.id(pallet_claims::NextCase::<Runtime>::get())
	}

	fn incident(&mut self) -> Result<u32> {
		self.id(pallet_claims::NextIncident::<Runtime>::get())
	}

	fn asset(&mut self) -> Result<AssetId> {
		self.of(&[USD, USD, AssetId::Native, AssetId::WithId(77)])
	}

	/// Shares of something, in billionths; at times more than all.
	fn share(&mut self) -> Result<u32> {
		Ok(self.below(256)? * 5_000_000)
	}

	fn pools(&mut self) -> Result<Vec<u32>> {
		self.of(&[
			vec![0],
			vec![1],
			vec![2],
			vec![0, 1],
			vec![1, 0],
			vec![0, 2],
			vec![0, 0],
			vec![],
		])
	}

	fn order(&mut self) -> Result<(Vec<u32>, Order<AccountId>)> {
		let pools = self.pools()?;
		let broker = if self.chance(8)? { Some(self.who()?) } else { None };
		Ok((
			pools.clone(),
			order(self.amount()?, &pools, self.below(400)?.into(), broker),
		))
	}

	/// Where a policy is, by who holds it, if anybody does; so that calls for holders succeed as often as they fail.
	fn holder(&mut self, policy: u32) -> Result<AccountId> {
		let somebody = self.who()?.to_account_id();
		Ok(Cover::holder(policy)
			.filter(|_| somebody != One.to_account_id())
			.unwrap_or(somebody))
	}
}

/// Where the evidence is.
fn evidence() -> (Vec<u8>, H256) {
	(b"ipfs://evidence".to_vec(), H256::repeat_byte(1))
}

/// A call, and who makes it: nobody stands for Root, on behalf of token holders.
fn call(choices: &mut Choices) -> Result<(Option<AccountId>, RuntimeCall)> {
	let who = choices.who()?;
	let mut by = Some(who.to_account_id());
	let (uri, hash) = evidence();
	let call = match choices.below(77)? {
		// Pools
		0 => pallet_pools::Call::create {
			asset: choices.asset()?,
			manager_fee: choices.share()?,
		}
		.into(),
		1..=3 => pallet_pools::Call::deposit {
			pool: choices.pool()?,
			amount: choices.amount()?,
			min_shares: 0,
			deadline: None,
		}
		.into(),
		4..=6 => pallet_pools::Call::request_withdrawal {
			pool: choices.pool()?,
			shares: choices.amount()?,
			min_amount: 0,
		}
		.into(),
		7 => {
			let pool = choices.pool()?;
			pallet_pools::Call::cancel_withdrawal {
				pool,
				request: choices.below(16)?.into(),
			}
			.into()
		}
		8 => pallet_pools::Call::process_withdrawals {
			pool: choices.pool()?,
			max: choices.below(8)?,
		}
		.into(),
		9 => {
			let pool = choices.pool()?;
			pallet_pools::Call::withdraw_marked_down {
				pool,
				request: choices.below(16)?.into(),
			}
			.into()
		}
		10..=11 => {
			by = Some(if choices.chance(4)? { who } else { Alice }.to_account_id());
			let (pool, product, weight) = (choices.pool()?, choices.product()?, choices.share()?);
			let rate = if choices.chance(4)? {
				None
			} else {
				Some(FixedU128::from_rational(choices.below(256)?.into(), 100))
			};
			pallet_pools::Call::set_line {
				pool,
				product,
				weight,
				rate,
			}
			.into()
		}
		12 => pallet_pools::Call::close_line {
			pool: choices.pool()?,
			product: choices.product()?,
		}
		.into(),
		13 => pallet_pools::Call::set_fee {
			pool: choices.pool()?,
			fee: choices.share()?,
		}
		.into(),
		14 => pallet_pools::Call::set_manager {
			pool: choices.pool()?,
			manager: choices.who()?.to_account_id(),
		}
		.into(),
		15 => pallet_pools::Call::withdraw_change {
			pool: choices.pool()?,
			id: choices.below(8)?,
		}
		.into(),
		16 => pallet_pools::Call::enact_change {
			pool: choices.pool()?,
			id: choices.below(8)?,
		}
		.into(),
		17 => pallet_pools::Call::settle {
			pool: choices.pool()?,
		}
		.into(),
		18 => pallet_pools::Call::distribute {
			pool: choices.pool()?,
		}
		.into(),
		19 => pallet_pools::Call::pay_arrears {
			pool: choices.pool()?,
			amount: choices.amount()?,
		}
		.into(),
		20 => {
			by = None;
			pallet_pools::Call::draw_reserve {
				pool: choices.pool()?,
				amount: choices.amount()?,
			}
			.into()
		}
		21 => pallet_pools::Call::collect_due {
			pool: choices.pool()?,
			who: choices.who()?.to_account_id(),
		}
		.into(),
		// Cover
		22..=27 => {
			let product = choices.product()?;
			let (pools, order) = choices.order()?;
			let asset = if pools.first() == Some(&2) {
				AssetId::Native
			} else {
				USD
			};
			pallet_cover::Call::buy {
				product,
				asset,
				order,
				item: Default::default(),
			}
			.into()
		}
		28 => {
			let policy = choices.policy()?;
			by = Some(choices.holder(policy)?);
			pallet_cover::Call::renew {
				policy,
				order: choices.order()?.1,
			}
			.into()
		}
		29..=30 => {
			let policy = choices.policy()?;
			by = Some(choices.holder(policy)?);
			pallet_cover::Call::cancel { policy }.into()
		}
		31 => pallet_cover::Call::close {
			policy: choices.policy()?,
		}
		.into(),
		32 => pallet_cover::Call::pull_arrears {
			policy: choices.policy()?,
		}
		.into(),
		33 => {
			let product = choices.product()?;
			by = None;
			match choices.below(5)? {
				0 => pallet_cover::Call::pause { product }.into(),
				1 | 2 => pallet_cover::Call::resume { product }.into(),
				3 => pallet_cover::Call::delist { product }.into(),
				_ => pallet_pricing::Call::set_class {
					product,
					class: choices.of(&[RiskClass::Custody, RiskClass::Stablecoin])?,
				}
				.into(),
			}
		}
		34 => {
			let (collection, item) = (pallet_cover::CERTIFICATES, choices.policy()?);
			by = Some(choices.holder(item)?);
			pallet_nfts::Call::transfer {
				collection,
				item,
				dest: choices.who()?.to_account_id().into(),
			}
			.into()
		}
		// Claims
		35 => pallet_claims::Call::stake {
			amount: choices.amount()?,
		}
		.into(),
		36 => pallet_claims::Call::leave {}.into(),
		37 => pallet_claims::Call::withdraw_stake {}.into(),
		38..=40 => {
			let happened = now().saturating_sub(choices.below(256)?.into());
			pallet_claims::Call::report {
				product: choices.product()?,
				happened,
				uri,
				hash,
				max_bond: Balance::MAX,
			}
			.into()
		}
		41..=44 => {
			let (incident, policy, loss) = (choices.incident()?, choices.policy()?, choices.amount()?);
			by = Some(choices.holder(policy)?);
			pallet_claims::Call::file {
				incident,
				policy,
				loss,
				uri,
				hash,
			}
			.into()
		}
		45 => pallet_claims::Call::add_evidence {
			case: choices.case()?,
			uri,
			hash,
		}
		.into(),
		46..=47 => pallet_claims::Call::challenge {
			case: choices.case()?,
			alternative: choices.below(104)? as u8,
			uri,
			hash,
		}
		.into(),
		48..=50 => {
			let case = choices.case()?;
			let commitment = Claims::commitment(case, &who.to_account_id(), opinion(case, who), salt(who));
			pallet_claims::Call::commit { case, commitment }.into()
		}
		51..=53 => {
			let case = choices.case()?;
			pallet_claims::Call::reveal {
				case,
				percent: opinion(case, who),
				salt: salt(who),
			}
			.into()
		}
		54 => pallet_claims::Call::settle {
			case: choices.case()?,
			assessor: choices.who()?.to_account_id(),
		}
		.into(),
		55..=56 => {
			let direction = choices.of(&[Direction::Upward, Direction::Downward])?;
			pallet_claims::Call::dispute {
				case: choices.case()?,
				direction,
				uri,
				hash,
			}
			.into()
		}
		57 => {
			by = None;
			pallet_claims::Call::enact {
				case: choices.case()?,
				ballot: choices.below(4)?,
			}
			.into()
		}
		58 => pallet_claims::Call::poke {
			case: choices.case()?,
		}
		.into(),
		59 => pallet_claims::Call::poke_incident {
			incident: choices.incident()?,
		}
		.into(),
		60 => pallet_claims::Call::pay_batch {
			incident: choices.incident()?,
			most: choices.below(8)?,
		}
		.into(),
		61 => pallet_claims::Call::pay_claim {
			incident: choices.incident()?,
			policy: choices.policy()?,
		}
		.into(),
		62 => {
			let (incident, asset, amount) = (choices.incident()?, choices.asset()?, choices.amount()?);
			pallet_claims::Call::recover {
				incident,
				asset,
				amount,
			}
			.into()
		}
		63..=64 => {
			let product = choices.of(&[PARAMETRIC, PARAMETRIC, PARAMETRIC, 1])?;
			match choices.below(4)? {
				0 => pallet_claims::Call::freeze { product }.into(),
				1 => pallet_claims::Call::thaw { product }.into(),
				2 => pallet_claims::Call::trigger { product }.into(),
				_ => pallet_claims::Call::rearm { product }.into(),
			}
		}
		65..=66 => {
			let referenda = pallet_democracy::ReferendumCount::<Runtime>::get();
			let vote = Vote {
				aye: choices.of(&[true, false])?,
				conviction: Conviction::Locked1x,
			};
			let vote = AccountVote::Standard {
				vote,
				balance: 500_000 * LUT,
			};
			pallet_democracy::Call::vote {
				ref_index: choices.id(referenda)?,
				vote,
			}
			.into()
		}
		// What else there is
		67 => {
			let (id, who) = (
				genesis::TEST_STABLECOIN.into(),
				choices.who()?.to_account_id().into(),
			);
			by = Some(Alice.to_account_id());
			match choices.below(6)? {
				0 => pallet_assets::Call::freeze_asset { id }.into(),
				1 | 2 => pallet_assets::Call::thaw_asset { id }.into(),
				3 => pallet_assets::Call::block { id, who }.into(),
				4 => pallet_assets::Call::thaw { id, who }.into(),
				_ => pallet_assets::Call::freeze {
					id,
					who: Pools::account(choices.pool()?).into(),
				}
				.into(),
			}
		}
		68 => {
			let dest = match choices.below(3)? {
				0 => Pools::account(choices.pool()?),
				1 => Claims::account(),
				_ => choices.who()?.to_account_id(),
			};
			let amount = choices.amount()?;
			match choices.of(&[true, false])? {
				true => pallet_balances::Call::transfer_allow_death {
					dest: dest.into(),
					value: amount,
				}
				.into(),
				false => {
					let id = choices.of(&[
						genesis::TEST_STABLECOIN,
						lutine_runtime::adapters::asset_creation::FIRST_SHARE_ASSET,
					])?;
					pallet_assets::Call::transfer {
						id: id.into(),
						target: dest.into(),
						amount,
					}
					.into()
				}
			}
		}
		69 => {
			by = None;
			let parameters = Box::new(governed(choices)?);
			pallet_chain_parameters::Call::set { parameters }.into()
		}
		70 => pallet_pricing::Call::report_upgrade {
			product: choices.product()?,
			code_hash: H256::repeat_byte(2),
		}
		.into(),
		71 => {
			let valid_until = now() + Seconds::from(choices.below(256)?) * day();
			pallet_pricing::Call::file_audit {
				product: choices.product()?,
				code_hash: H256::zero(),
				valid_until,
			}
			.into()
		}
		72 => {
			by = None;
			match choices.of(&[true, false])? {
				true => pallet_safe_mode::Call::force_enter {}.into(),
				false => pallet_safe_mode::Call::force_exit {}.into(),
			}
		}
		73 => {
			by = Some(from_partner(who));
			let home = choices.of(&[Some(Charlie), Some(Dave), None])?;
			let home = home.map(|home| home.to_account_id().into());
			pallet_homes::Call::set_home { home }.into()
		}
		74..=75 => pallet_homes::Call::send {
			account: from_partner(choices.who()?),
			asset: choices.asset()?,
		}
		.into(),
		_ => {
			let calls = vec![call(choices)?.1, call(choices)?.1];
			pallet_utility::Call::batch_all { calls }.into()
		}
	};
	Ok((by, call))
}

/// What token holders may make of the parameters.
fn governed(choices: &mut Choices) -> Result<Group> {
	Ok(match choices.below(3)? {
		0 => {
			let mut pools = Parameters::pools();
			pools.withdrawal_cooldown = Seconds::from(1 + choices.below(100)?) * day();
			pools.recovery_stream = Seconds::from(1 + choices.below(100)?) * day();
			Group::Pools(pools)
		}
		1 => {
			let mut claims = Parameters::claims();
			claims.commit_period = 1 + choices.below(40)?;
			claims.dispute_period = 1 + choices.below(40)?;
			claims.max_referenda = 1 + choices.below(4)?;
			claims.max_incident_referenda = 1;
			claims.tolerance = choices.below(51)? as u8;
			Group::Claims(claims)
		}
		_ => {
			let mut cover = Parameters::cover();
			cover.min_period = Seconds::from(1 + choices.below(40)?) * day();
			cover.waiting_period = Seconds::from(choices.below(20)?) * day();
			cover.claim_window = Seconds::from(1 + choices.below(60)?) * day();
			Group::Cover(cover)
		}
	})
}

/// One step, and what must be so after it.
fn step(choices: &mut Choices) -> Result<()> {
	match choices.below(8)? {
		0 | 1 => {
			// A block a second, an accounting day, a month, or a chain that stood still for years.
			let slots = choices.of(&[1, 1, 1, 1, 5, 10, 10, 35, 100, 300, 4_000, 40_000])?;
			block(slots);
			if choices.chance(2)? {
				feed(100);
			}
		}
		2 => feed(choices.of(&[100, 99, 96, 95, 94, 85, 40, 0])?),
		3 => {
			let (_, call) = call(choices)?;
			arrive(choices.of(&[Charlie, Dave, One])?, &call);
		}
		_ => {
			let (by, call) = call(choices)?;
			let most = call.get_dispatch_info().call_weight;
			let name = format!("{call:?}");
			let origin = by.map_or_else(RuntimeOrigin::root, RuntimeOrigin::signed);
			if let Ok(info) = call.dispatch(origin) {
				let used = info.actual_weight.unwrap_or(most);
				assert!(used.all_lte(most), "{name} took {used:?} of {most:?}");
			}
		}
	}
	check();
	Ok(())
}

fn check() {
	Clock::do_try_state().unwrap();
	Parameters::do_try_state().unwrap();
	Pricing::do_try_state().unwrap();
	Pools::do_try_state().unwrap();
	Cover::do_try_state().unwrap();
	Claims::do_try_state().unwrap();
	Homes::do_try_state().unwrap();
	Outages::do_try_state().unwrap();
}

/// Runs what the bytes say on a new chain.
pub fn run(bytes: &[u8]) {
	let mut ext = BasicExternalities::new(BEGINNING.clone());
	ext.execute_with(|| {
		let dollars = Assets::total_supply(genesis::TEST_STABLECOIN);
		let mut choices = Choices(Unstructured::new(bytes));
		for _ in 0..MOST_STEPS {
			if choices.0.is_empty() || step(&mut choices).is_err() {
				break;
			}
		}
		assert_eq!(
			Assets::total_supply(genesis::TEST_STABLECOIN),
			dollars,
			"dollars were made or lost"
		);
		assert!(Balances::total_issuance() > 0);
		// Whatever was done, the chain goes on.
		for _ in 0..3 {
			block(10);
			check();
		}
	});
}

/// Takes the bytes as a transaction, a call, or something stored. What decodes is the same after it was encoded again, a
/// call has a weight, and does no harm when somebody makes it.
pub fn decode(bytes: &[u8]) {
	let Some((kind, mut bytes)) = bytes.split_first() else {
		return;
	};
	fn round<X: Decode + Encode + PartialEq>(bytes: &mut &[u8]) {
		if let Ok(decoded) = X::decode(bytes) {
			assert!(X::decode(&mut &decoded.encode()[..]).is_ok_and(|again| again == decoded));
		}
	}
	let mut ext = BasicExternalities::new(BEGINNING.clone());
	ext.execute_with(|| match kind % 16 {
		0..=3 => {
			if let Ok(transaction) = UncheckedExtrinsic::decode(&mut bytes) {
				let _ = transaction.get_dispatch_info();
				assert!(UncheckedExtrinsic::decode(&mut &transaction.encode()[..]).is_ok());
			}
		}
		4..=7 => {
			if let Ok(call) = RuntimeCall::decode(&mut bytes) {
				assert!(RuntimeCall::decode(&mut &call.encode()[..]).is_ok_and(|again| again == call));
				let _ = call.get_dispatch_info();
				let _ = call.dispatch(RuntimeOrigin::signed(Dave.to_account_id()));
				check();
			}
		}
		8 => {
			if let Ok((product, asset, amount, period)) = Decode::decode(&mut bytes) {
				let _ = Cover::report_quote(product, &asset, amount, period);
			}
		}
		9 => round::<pallet_claims::CaseOf<Runtime>>(&mut bytes),
		10 => round::<pallet_claims::IncidentOf<Runtime>>(&mut bytes),
		11 => round::<pallet_claims::Claim>(&mut bytes),
		12 => round::<pallet_cover::Product<AccountId>>(&mut bytes),
		13 => round::<pallet_cover::Proposal>(&mut bytes),
		14 => round::<pallet_pools::Pool<AccountId>>(&mut bytes),
		_ => round::<Group>(&mut bytes),
	});
}
