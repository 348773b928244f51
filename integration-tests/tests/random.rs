//! Whatever people, relayers and time do in whatever order: nothing is lost, and nothing comes from nowhere.

use lutine_integration_tests::*;
use proptest::prelude::*;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave};

/// Who acts.
const PEOPLE: [Sr25519Keyring; 4] = [Alice, Bob, Charlie, Dave];

#[derive(Clone, Copy, Debug)]
enum Step {
	/// Somebody of Lutine sends money to somebody of the partner.
	Out(usize, Money, Balance, usize),
	/// Somebody of the partner sends money to somebody of Lutine.
	Back(usize, Money, Balance, usize),
	/// Somebody of the partner buys so much cover.
	Buy(usize, Balance),
	/// Somebody of the partner gives up a policy, whoever's it is.
	Cancel(usize, u32),
	/// The relayer brings headers.
	Headers,
	/// The relayer brings messages to the partner, or to Lutine.
	Deliver(bool),
	/// The relayer brings confirmations to Lutine, or to the partner.
	Confirm(bool),
	/// Blocks of Lutine, and of the partner.
	Blocks(u32, u32),
	/// The lane is shut on a chain, or opened.
	Halt(bool, bool),
}

fn money() -> impl Strategy<Value = Money> {
	prop_oneof![Just(Money::Lut), Just(Money::Dollar), Just(Money::Prt)]
}

fn amount() -> impl Strategy<Value = Balance> {
	prop_oneof![
		4 => UNIT / 10..20 * UNIT,
		2 => DOLLAR..500 * DOLLAR,
		1 => 1..100u128,
		1 => Just(u128::MAX),
	]
}

fn step() -> impl Strategy<Value = Step> {
	let who = 0..PEOPLE.len();
	prop_oneof![
		4 => (who.clone(), money(), amount(), who.clone()).prop_map(|(a, b, c, d)| Step::Out(a, b, c, d)),
		4 => (who.clone(), money(), amount(), who.clone()).prop_map(|(a, b, c, d)| Step::Back(a, b, c, d)),
		2 => (who.clone(), DOLLAR..2_000 * DOLLAR).prop_map(|(a, b)| Step::Buy(a, b)),
		1 => (who, 0..3u32).prop_map(|(a, b)| Step::Cancel(a, b)),
		2 => Just(Step::Headers),
		4 => any::<bool>().prop_map(Step::Deliver),
		3 => any::<bool>().prop_map(Step::Confirm),
		2 => (0..5u32, 0..5u32).prop_map(|(a, b)| Step::Blocks(a, b)),
		1 => any::<(bool, bool)>().prop_map(|(a, b)| Step::Halt(a, b)),
	]
}

/// What is done may fail: it is the books that must not.
fn take(world: &mut World, step: Step, halted: &mut [bool; 2]) {
	match step {
		Step::Out(from, money, amount, to) => {
			let _ = world
				.lutine
				.send_money(PEOPLE[from], money, amount, here(PEOPLE[to]));
		}
		Step::Back(from, money, amount, to) => {
			let _ = world
				.partner
				.send_money(PEOPLE[from], money, amount, here(PEOPLE[to]));
		}
		Step::Buy(who, amount) => {
			let who = PEOPLE[who];
			let call = world.lutine.read(|| buy(amount, 30));
			let _ = world
				.partner
				.execute(who, errand(who, purse(amount / 4), vec![call]));
		}
		Step::Cancel(who, policy) => {
			let who = PEOPLE[who];
			let call = pallet_cover::Call::cancel { policy };
			let _ = world.partner.execute(who, errand(who, fare(), vec![call.into()]));
		}
		Step::Headers => world.relay_headers(),
		Step::Deliver(true) if !halted[1] => {
			deliver(&mut world.lutine, &mut world.partner);
		}
		Step::Deliver(false) if !halted[0] => {
			deliver(&mut world.partner, &mut world.lutine);
		}
		Step::Confirm(true) if !halted[0] => {
			confirm(&mut world.partner, &mut world.lutine);
		}
		Step::Confirm(false) if !halted[1] => {
			confirm(&mut world.lutine, &mut world.partner);
		}
		Step::Deliver(_) | Step::Confirm(_) => {}
		Step::Blocks(lutine, partner) => {
			world.lutine.produce(lutine);
			world.partner.produce(partner);
		}
		Step::Halt(on_lutine, is_halted) => {
			if on_lutine {
				world.lutine.read(|| Lutine::halt_messages(is_halted));
			} else {
				world.partner.read(|| Partner::halt_messages(is_halted));
			}
			halted[usize::from(!on_lutine)] = is_halted;
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

	#[test]
	fn books_are_right_after_every_step(steps in prop::collection::vec(step(), 1..40)) {
		let mut world = World::insured();
		let mut halted = [false; 2];
		for step in steps {
			take(&mut world, step, &mut halted);
			world.check();
		}
		world.lutine.read(|| Lutine::halt_messages(false));
		world.partner.read(|| Partner::halt_messages(false));
		world.produce(1);
		world.settle();
	}
}
