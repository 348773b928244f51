//! The register: proposing, listing, amending, pausing, resuming and delisting products.

use super::*;
use frame_support::assert_noop;
use lutine_primitives::insurance::{MAX_AMOUNT, Products as ProductRegister};
use sp_runtime::{BuildStorage, traits::BadOrigin};

/// A change of a proposal, and what it is refused with.
type Fault = (fn(&mut Proposal), Error);

fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

fn propose(proposal: Proposal) -> ProductId {
	let product = NextProduct::<Test>::get();
	assert_ok!(Cover::propose(signed(ALICE), proposal));
	product
}

fn bytes<const N: u32>(bytes: &[u8]) -> frame_support::BoundedVec<u8, frame_support::traits::ConstU32<N>> {
	bytes.to_vec().try_into().unwrap()
}

/// What is wrong with conditions, whoever gives them.
fn faulty_conditions() -> Vec<Fault> {
	vec![
		(|p| p.conditions.uri = bytes(b"ipfs://two words"), Error::BadUri),
		(|p| p.conditions.uri = bytes(b" "), Error::BadUri),
		(|p| p.conditions.uri = bytes(b"ipfs://terms\n"), Error::BadUri),
		(|p| p.conditions.uri = bytes(b"\0"), Error::BadUri),
		(|p| p.conditions.uri = bytes(b"ipfs://\x7f"), Error::BadUri),
		(|p| p.conditions.uri = bytes(b"ipfs://\xff"), Error::BadUri),
		(
			|p| p.conditions.uri = bytes("https://lutin\u{435}.example".as_bytes()),
			Error::BadUri,
		),
		(
			|p| p.conditions.uri = bytes("https://\u{202e}elpmaxe".as_bytes()),
			Error::BadUri,
		),
		(|p| p.conditions.assets[0].min = 0, Error::BadLimits),
		(|p| p.conditions.assets[0].min = 500_000_001, Error::BadLimits),
		(|p| p.conditions.assets[1].max = 1_000_000_001, Error::BadLimits),
		(
			|p| p.conditions.assets[0].total = MAX_AMOUNT + 1,
			Error::BadLimits,
		),
		(|p| p.conditions.assets[0].total = Balance::MAX, Error::BadLimits),
		(
			|p| p.conditions.assets[0].optimistic = MAX_AMOUNT + 1,
			Error::BadLimits,
		),
		(|p| p.conditions.assets[1].asset = USD, Error::DuplicateAsset),
		(|p| p.conditions.assets[1].asset = DUST, Error::AssetNotSufficient),
		(
			|p| p.conditions.assets[1].asset = AssetId::WithId(99),
			Error::AssetNotSufficient,
		),
		(|p| p.conditions.min_period = 28 * DAY - 1, Error::BadPeriods),
		(|p| p.conditions.max_period = 365 * DAY + 1, Error::BadPeriods),
		(|p| p.conditions.max_period = Seconds::MAX, Error::BadPeriods),
		(|p| p.conditions.max_period = 28 * DAY - 1, Error::BadPeriods),
		(|p| p.conditions.min_period = 365 * DAY + 1, Error::BadPeriods),
		(|p| p.conditions.deductible = 1_000_000_001, Error::BadDeductible),
		(|p| p.conditions.deductible = u32::MAX, Error::BadDeductible),
	]
}

/// A trigger whose highest level is so many of the smallest parts.
fn with_level(level: u128) -> Trigger {
	let mut trigger = parametric(7, 7, &[(100, 1), (50, 100)]);
	if let Trigger::Parametric { table, .. } = &mut trigger {
		table[0].0 = FixedU128::from_inner(level);
	}
	trigger
}

/// What else can be wrong with a proposal.
fn faulty_proposals() -> Vec<Fault> {
	vec![
		(|p| p.name = bytes(b""), Error::BadName),
		(|p| p.name = bytes(b" "), Error::BadName),
		(|p| p.name = bytes(b" \xc2\xa0 "), Error::BadName),
		(|p| p.name = bytes("Übersee".as_bytes()), Error::BadName),
		// Signs that look like others, turn the text around, or cannot be seen.
		(
			|p| p.name = bytes("\u{410}\u{430}ve lending".as_bytes()),
			Error::BadName,
		),
		(|p| p.name = bytes("Aave \u{202e}3v".as_bytes()), Error::BadName),
		(
			|p| p.name = bytes("\u{2066}Aave\u{2069}".as_bytes()),
			Error::BadName,
		),
		(|p| p.name = bytes("Aa\u{200b}ve".as_bytes()), Error::BadName),
		(|p| p.name = bytes("\u{feff}Aave".as_bytes()), Error::BadName),
		(|p| p.name = bytes(b"tab\t"), Error::BadName),
		(|p| p.name = bytes(b"two\nlines"), Error::BadName),
		(|p| p.name = bytes(b"nul\0"), Error::BadName),
		(|p| p.name = bytes(b"delete\x7f"), Error::BadName),
		(|p| p.name = bytes(b"latin \xe9"), Error::BadName),
		(|p| p.name = bytes(b"half \xf0\x9f\x94"), Error::BadName),
		(|p| p.waiting_period = Some(90 * DAY + 1), Error::BadWaitingPeriod),
		(|p| p.waiting_period = Some(Seconds::MAX), Error::BadWaitingPeriod),
		// The shortest policy has no second of cover.
		(|p| p.waiting_period = Some(27 * DAY + 1), Error::BadPeriods),
		(|p| p.claim_window = Some(0), Error::BadClaimWindow),
		(|p| p.claim_window = Some(366 * DAY + 1), Error::BadClaimWindow),
		(|p| p.claim_window = Some(Seconds::MAX), Error::BadClaimWindow),
		(|p| p.trigger = parametric(0, 7, &[(90, 50)]), Error::BadTrigger),
		(|p| p.trigger = parametric(7, 0, &[(90, 50)]), Error::BadTrigger),
		(|p| p.trigger = parametric(61, 7, &[(90, 50)]), Error::BadTrigger),
		(|p| p.trigger = parametric(7, 61, &[(90, 50)]), Error::BadTrigger),
		(
			|p| p.trigger = parametric(u32::MAX, u32::MAX, &[(90, 50)]),
			Error::BadTrigger,
		),
		(|p| p.trigger = parametric(7, 7, &[]), Error::BadTrigger),
		// No average of a feed is above what it can show: it would be in breach for ever.
		(
			|p| p.trigger = with_level(lutine_math::feeds::MAX_VALUE),
			Error::BadTrigger,
		),
		(|p| p.trigger = with_level(u128::MAX), Error::BadTrigger),
		(|p| p.trigger = parametric(7, 7, &[(90, 0)]), Error::BadTrigger),
		(|p| p.trigger = parametric(7, 7, &[(90, 101)]), Error::BadTrigger),
		(
			|p| p.trigger = parametric(7, 7, &[(90, 50), (90, 60)]),
			Error::BadTrigger,
		),
		(
			|p| p.trigger = parametric(7, 7, &[(90, 50), (95, 60)]),
			Error::BadTrigger,
		),
		(
			|p| p.trigger = parametric(7, 7, &[(90, 50), (80, 50)]),
			Error::BadTrigger,
		),
		(
			|p| p.trigger = parametric(7, 7, &[(90, 50), (80, 60), (70, 40)]),
			Error::BadTrigger,
		),
		(
			|p| p.trigger = parametric(8, 7, &[(90, 50)]),
			Error::BadWaitingPeriod,
		),
		(
			|p| {
				p.trigger = parametric(7, 7, &[(90, 50)]);
				p.waiting_period = Some(7 * DAY - 1);
			},
			Error::BadWaitingPeriod,
		),
	]
}

#[test]
fn each_faulty_proposal_is_refused_with_its_own_error() {
	build_and_execute(|| {
		for (i, (change, error)) in faulty_proposals()
			.into_iter()
			.chain(faulty_conditions())
			.enumerate()
		{
			let mut faulty = proposal();
			change(&mut faulty);
			println!("fault {i}: {error:?}");
			assert_noop!(Cover::propose(signed(ALICE), faulty), error);
		}
	});
}

#[test]
fn each_faulty_amendment_is_refused_with_its_own_error() {
	build_and_execute(|| {
		let id = list(proposal(), 0);
		for (i, (change, error)) in faulty_conditions().into_iter().enumerate() {
			let mut faulty = proposal();
			change(&mut faulty);
			println!("fault {i}: {error:?}");
			assert_noop!(Cover::amend(root(), id, faulty.conditions), error);
		}
		// The waiting period stays, so cover must be longer than it.
		govern(|chain| chain.min_period = 1);
		let mut conditions = proposal().conditions;
		conditions.min_period = WAITING + DAY - 1;
		assert_noop!(Cover::amend(root(), id, conditions.clone()), Error::BadPeriods);
		conditions.min_period = WAITING + DAY;
		assert_ok!(Cover::amend(root(), id, conditions));
	});
}

#[test]
fn proposal_is_taken_when_everything_is_at_its_bound() {
	build_and_execute(|| {
		let mut extreme = proposal();
		extreme.name = bytes(b"Lutine! 48 bytes of whatever can be printed, ok?");
		extreme.conditions.uri = bytes(&(0..128).map(|i| b'!' + i % 94).collect::<Vec<_>>());
		extreme.waiting_period = Some(27 * DAY);
		extreme.claim_window = Some(1);
		extreme.conditions.max_period = 28 * DAY;
		extreme.conditions.deductible = 1_000_000_000;
		extreme.conditions.assets[0] = Limits {
			asset: USD,
			total: MAX_AMOUNT,
			min: MAX_AMOUNT,
			max: MAX_AMOUNT,
			optimistic: MAX_AMOUNT,
		};
		extreme.trigger = parametric(27, 60, &[(100, 1), (50, 2), (0, 100)]);
		let id = list(extreme.clone(), 0);
		assert_eq!(product(id).trigger, extreme.trigger);
		assert_eq!(
			(product(id).waiting_period, product(id).claim_window),
			(27 * DAY, 1)
		);
		assert_eq!(product(id).conditions.uri, extreme.conditions.uri);

		extreme.trigger = with_level(lutine_math::feeds::MAX_VALUE - 1);
		extreme.name = bytes(b"a large figure");
		list(extreme.clone(), 0);

		extreme.name = bytes(b" ~ ");
		extreme.conditions.uri = bytes(b"");
		extreme.claim_window = Some(366 * DAY);
		extreme.waiting_period = Some(0);
		extreme.trigger = Trigger::Assessed;
		extreme.conditions.assets = Default::default();
		list(extreme, 0);
	});
}

#[test]
fn windows_are_those_of_the_chain_when_it_was_proposed() {
	build_and_execute(|| {
		let id = propose(proposal());
		govern(|chain| (chain.waiting_period, chain.claim_window) = (DAY, 2 * DAY));
		assert_ok!(Cover::list(root(), id, 0));
		assert_eq!(
			(product(id).waiting_period, product(id).claim_window),
			(WAITING, CLAIM_WINDOW)
		);
		let next = list(proposal(), 0);
		assert_eq!(
			(product(next).waiting_period, product(next).claim_window),
			(DAY, 2 * DAY)
		);
	});
}

#[test]
fn listing_is_refused_when_the_chain_or_an_asset_has_changed() {
	build_and_execute(|| {
		let id = propose(proposal());
		let before = CoverParameters::get();
		govern(|chain| chain.min_period += 1);
		assert_noop!(Cover::list(root(), id, 0), Error::BadPeriods);
		CoverParameters::set(before);

		let status = |is_sufficient| {
			let (owner, minimum) = (MANAGER, USD_MINIMUM);
			assert_ok!(Assets::force_asset_status(
				root(),
				1,
				owner.clone(),
				owner.clone(),
				owner.clone(),
				owner,
				minimum,
				is_sufficient,
				false
			));
		};
		status(false);
		assert_noop!(Cover::list(root(), id, 0), Error::AssetNotSufficient);
		status(true);
		assert_noop!(Cover::list(root(), id, 77), Error::UnknownGroup);
		assert_ok!(Cover::list(root(), id, 0));
	});
}

#[test]
fn only_its_origin_may_make_each_call() {
	build_and_execute(|| {
		let (id, pool) = market();
		let proposed = propose(proposal());
		let policy = buy(BUYER, id, order(pool, 1_000));
		let nobody = RuntimeOrigin::none;
		for origin in [signed(ALICE), signed(Cover::account()), nobody()] {
			assert_noop!(Cover::register_group(origin.clone(), 9, name("group")), BadOrigin);
			assert_noop!(Cover::list(origin.clone(), proposed, 0), BadOrigin);
			assert_noop!(Cover::amend(origin.clone(), id, proposal().conditions), BadOrigin);
			assert_noop!(Cover::pause(origin.clone(), id), BadOrigin);
			assert_noop!(Cover::resume(origin.clone(), id), BadOrigin);
			assert_noop!(Cover::delist(origin.clone(), id), BadOrigin);
		}
		for origin in [root(), nobody()] {
			assert_noop!(Cover::propose(origin.clone(), proposal()), BadOrigin);
			assert_noop!(Cover::withdraw_proposal(origin.clone(), proposed), BadOrigin);
			assert_noop!(
				Cover::buy(origin.clone(), id, USD, order(pool, 1_000), Item::default()),
				BadOrigin
			);
			assert_noop!(
				Cover::renew(origin.clone(), policy, order(pool, 1_000)),
				BadOrigin
			);
			assert_noop!(Cover::cancel(origin.clone(), policy), BadOrigin);
			assert_noop!(Cover::close(origin.clone(), policy), BadOrigin);
			assert_noop!(Cover::pull_arrears(origin, policy), BadOrigin);
		}
	});
}

#[test]
fn each_call_is_refused_with_its_own_error_when_the_product_is_in_another_state() {
	build_and_execute(|| {
		let [proposed, listed, paused, delisted, withdrawn, refused] =
			core::array::from_fn(|_| propose(proposal()));
		for id in [listed, paused, delisted] {
			assert_ok!(Cover::list(root(), id, 0));
		}
		assert_ok!(Cover::pause(root(), paused));
		assert_ok!(Cover::delist(root(), delisted));
		assert_ok!(Cover::withdraw_proposal(signed(ALICE), withdrawn));
		assert_ok!(Cover::delist(root(), refused));
		let unknown = NextProduct::<Test>::get();

		type Call = fn(ProductId) -> DispatchResult;
		let list: Call = |id| Cover::list(root(), id, 0);
		let withdraw: Call = |id| Cover::withdraw_proposal(signed(ALICE), id);
		let amend: Call = |id| Cover::amend(root(), id, proposal().conditions);
		let pause: Call = |id| Cover::pause(root(), id);
		let resume: Call = |id| Cover::resume(root(), id);
		let delist: Call = |id| Cover::delist(root(), id);

		for id in [withdrawn, refused, unknown, ProductId::MAX] {
			for call in [list, withdraw, amend, pause, resume, delist] {
				assert_noop!(call(id), Error::UnknownProduct);
			}
		}
		for (id, call, error) in [
			(proposed, amend, Error::NotListed),
			(proposed, pause, Error::NotListed),
			(proposed, resume, Error::NotPaused),
			(listed, list, Error::AlreadyListed),
			(listed, withdraw, Error::AlreadyListed),
			(listed, resume, Error::NotPaused),
			(paused, list, Error::AlreadyListed),
			(paused, withdraw, Error::AlreadyListed),
			(paused, pause, Error::ProductPaused),
			(delisted, list, Error::AlreadyListed),
			(delisted, withdraw, Error::AlreadyListed),
			(delisted, amend, Error::NotListed),
			(delisted, pause, Error::NotListed),
			(delisted, resume, Error::NotPaused),
			(delisted, delist, Error::NotListed),
		] {
			println!("product {id}: {error:?}");
			assert_noop!(call(id), error);
		}
		for (id, call) in [
			(listed, pause),
			(listed, amend),
			(listed, resume),
			(listed, delist),
			(paused, delist),
		] {
			assert_ok!(call(id));
		}
		assert_noop!(
			Cover::withdraw_proposal(signed(BOB), proposed),
			Error::NotTheProposer
		);
	});
}

#[test]
fn resuming_is_refused_when_an_incident_is_open() {
	build_and_execute(|| {
		let (id, _) = market();
		assert_ok!(Cover::pause(root(), id));
		freeze(id);
		assert_noop!(Cover::resume(root(), id), Error::ProductUnderIncident);
		accept(1, id, 50);
		thaw(id);
		assert_noop!(Cover::resume(root(), id), Error::ProductUnderIncident);
		accept(2, id, 10);
		close_incident(1, id);
		assert_noop!(Cover::resume(root(), id), Error::ProductUnderIncident);
		close_incident(2, id);
		assert_ok!(Cover::resume(root(), id));
		assert_eq!(product(id).status, Status::Listed);
	});
}

#[test]
fn deposit_is_returned_as_recorded_when_a_proposal_ends() {
	build_and_execute(|| {
		let ends: [fn(ProductId) -> DispatchResult; 3] = [
			|id| Cover::list(root(), id, 0),
			|id| Cover::withdraw_proposal(signed(ALICE), id),
			|id| Cover::delist(root(), id),
		];
		let before = native(&ALICE);
		let products = ends.map(|end| (propose(proposal()), end));
		assert_eq!(on_hold(HoldReason::Proposal, &ALICE), 3_000);
		govern(|chain| chain.product_deposit = 7);
		let late = propose(proposal());
		for (i, (id, end)) in products.into_iter().enumerate() {
			assert_ok!(end(id));
			let left = 2_007 - 1_000 * i as Balance;
			assert_eq!(on_hold(HoldReason::Proposal, &ALICE), left);
		}
		assert_ok!(Cover::delist(root(), late));
		assert_eq!(native(&ALICE), before);
		assert_eq!(on_hold(HoldReason::Proposal, &ALICE), 0);
		// A listed product has no deposit any more.
		assert_ok!(Cover::delist(root(), 0));
		assert_eq!(native(&ALICE), before);
	});
}

#[test]
fn proposing_is_refused_when_the_deposit_cannot_be_held() {
	build_and_execute(|| {
		let who = account(90);
		fund(AssetId::Native, &who, 1_009);
		assert_noop!(
			Cover::propose(signed(who.clone()), proposal()),
			Error::DepositNotThere
		);
		fund(AssetId::Native, &who, 1);
		assert_ok!(Cover::propose(signed(who.clone()), proposal()));
		assert_eq!(on_hold(HoldReason::Proposal, &who), 1_000);
	});
}

#[test]
fn group_is_registered_once_and_by_a_name() {
	build_and_execute(|| {
		assert_noop!(
			Cover::register_group(root(), 0, name("again")),
			Error::GroupExists
		);
		assert_noop!(Cover::register_group(root(), 9, name(" ")), Error::BadName);
		for bad in ["", "é", "\u{202e}segdirb", "\u{feff}", "a\nb"] {
			let bad = bytes(bad.as_bytes());
			assert_noop!(Cover::register_group(root(), 9, bad), Error::BadName);
		}
		assert_noop!(Cover::register_group(root(), 9, bytes(b"\xff")), Error::BadName);
		assert!(!Cover::is_group(9));
		assert_ok!(Cover::register_group(root(), u32::MAX, name("all bridges")));
		assert!(Cover::is_group(u32::MAX));
	});
}

#[test]
fn pools_may_open_lines_only_when_a_product_is_listed_or_paused() {
	build_and_execute(|| {
		let sold = |id| (Cover::group(id), Cover::limit(id, &USD));
		let id = propose(proposal());
		assert_eq!(sold(id), (None, None));
		assert_ok!(Cover::list(root(), id, 3));
		assert_eq!(sold(id), (Some(3), Some(1_000_000_000)));
		assert_eq!(Cover::limit(id, &DUST), None);
		assert_ok!(Cover::pause(root(), id));
		assert_eq!(sold(id), (Some(3), Some(1_000_000_000)));
		let mut conditions = proposal().conditions;
		conditions.assets[0].total = 600_000_000;
		assert_ok!(Cover::amend(root(), id, conditions));
		assert_eq!(sold(id), (Some(3), Some(600_000_000)));
		assert_ok!(Cover::delist(root(), id));
		assert_eq!(sold(id), (Some(3), None));
		assert_eq!(sold(id + 1), (None, None));
	});
}

#[test]
fn accepted_incident_pauses_a_product_and_is_told_to_the_price_of_risk() {
	build_and_execute(|| {
		let (id, _) = market();
		let (gone, _) = market();
		assert_ok!(Cover::delist(root(), gone));
		for id in [id, gone] {
			accept(id, id, 40);
			close_incident(id, id);
		}
		assert_eq!(product(id).status, Status::Paused);
		assert_eq!(product(gone).status, Status::Delisted);
		let verdict = Perbill::from_percent(40);
		assert_eq!(Told::get(), [(id, verdict), (gone, verdict)]);
		let proposed = propose(proposal());
		assert_noop!(<Cover as Coverage<AccountId>>::freeze(proposed), Error::NotListed);
		assert_noop!(
			<Cover as Coverage<AccountId>>::accept(9, proposed, verdict),
			Error::NotListed
		);
		assert_noop!(<Cover as Coverage<AccountId>>::thaw(99), Error::UnknownProduct);
	});
}

/// A chain that starts with these products.
fn genesis(products: Vec<GenesisProduct>) -> sp_io::TestExternalities {
	RuntimeGenesisConfig {
		assets: pallet_assets::GenesisConfig {
			assets: vec![(1, MANAGER, true, USD_MINIMUM)],
			..Default::default()
		},
		cover: crate::GenesisConfig {
			groups: vec![(4, name("four"))],
			products,
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap()
	.into()
}

fn at_genesis(id: ProductId, group: u32) -> GenesisProduct {
	GenesisProduct {
		id,
		group,
		quiet_since: 0,
		proposal: proposal(),
	}
}

#[test]
fn products_of_genesis_are_listed_without_a_deposit() {
	genesis(vec![at_genesis(5, 4), at_genesis(2, 4)]).execute_with(|| {
		assert_eq!(Cover::report_products(), [2, 5]);
		assert_eq!(NextProduct::<Test>::get(), 6);
		assert_eq!(product(5).status, Status::Listed);
		assert_eq!(Cover::group(2), Some(4));
		assert_eq!(on_hold(HoldReason::Proposal, &Cover::account()), 0);
		Cover::do_try_state().unwrap();
	});
}

#[test]
fn feeds_of_products_of_genesis_are_watched() {
	let mut with_feed = at_genesis(5, 4);
	with_feed.proposal.trigger = parametric(7, 7, &[(90, 50)]);
	genesis(vec![with_feed, at_genesis(2, 4)]).execute_with(|| {
		assert_eq!(WatchedFeeds::<Test>::iter_keys().collect::<Vec<_>>(), [FEED]);
		Cover::do_try_state().unwrap();
	});
}

#[test]
#[should_panic(expected = "product 2 cannot be listed")]
fn genesis_fails_when_a_product_is_there_twice() {
	genesis(vec![at_genesis(2, 4), at_genesis(2, 4)]);
}

#[test]
#[should_panic(expected = "product 2 cannot be listed")]
fn genesis_fails_when_a_group_is_not_registered() {
	genesis(vec![at_genesis(2, 5)]);
}
