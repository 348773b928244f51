use super::*;
use bp_messages::{DeliveredMessages, UnrewardedRelayer};
use proptest::prelude::*;

const RULES: Rules = Rules {
	max_unconfirmed: 8,
	max_relayers: 3,
	header_every: Duration::from_secs(60),
};

fn facts(number: BlockNumber, sent: MessageNonce) -> Facts {
	Facts {
		number,
		time: u64::from(number) * 1_000,
		sent,
		..Default::default()
	}
}

/// The target knows header 10, the source has finalised 20 and is at 21. Nothing was sent.
fn quiet() -> State {
	State {
		client: LightClient::Follows {
			number: 10,
			set_id: 0,
		},
		messages_halted: false,
		inbound: Some(InboundLaneData::opened()),
		outbound: Some(OutboundLaneData::opened()),
		known: Some(facts(10, 0)),
		candidate: None,
		finalised: facts(20, 0),
		best: facts(21, 0),
	}
}

fn received(
	relayers: &[(MessageNonce, MessageNonce)],
	confirmed: MessageNonce,
) -> InboundLaneData<AccountId> {
	InboundLaneData {
		relayers: relayers
			.iter()
			.map(|&(begin, end)| UnrewardedRelayer {
				relayer: [0; 32].into(),
				messages: DeliveredMessages { begin, end },
			})
			.collect(),
		last_confirmed_nonce: confirmed,
		state: LaneState::Opened,
	}
}

fn decided(state: &State) -> Step {
	decide(state, &RULES)
}

#[test]
fn nothing_is_done_when_nothing_is_to_be_carried() {
	assert_eq!(decided(&quiet()), Step::Wait(Reason::Nothing));
}

#[test]
fn nothing_is_done_before_the_light_client_follows() {
	let mut state = quiet();
	state.known = Some(facts(10, 5));
	state.client = LightClient::Uninitialised;
	assert_eq!(decided(&state), Step::Wait(Reason::Initialisation));
	state.client = LightClient::Halted;
	assert_eq!(decided(&state), Step::Wait(Reason::ClientHalted));
}

#[test]
fn message_waits_for_finality_then_justification_then_header_then_goes() {
	let mut state = quiet();
	state.best = facts(21, 1);
	assert_eq!(decided(&state), Step::Wait(Reason::Finality));
	state.finalised = facts(21, 1);
	assert_eq!(decided(&state), Step::Wait(Reason::Justification));
	state.candidate = Some(facts(20, 0));
	assert_eq!(
		decided(&state),
		Step::Wait(Reason::Justification),
		"that header does not prove it"
	);
	state.candidate = Some(facts(21, 1));
	let header = Step::Header {
		after: 10,
		to: 21,
		needed: true,
	};
	assert_eq!(decided(&state), header);
	state.client = LightClient::Follows {
		number: 21,
		set_id: 0,
	};
	state.known = Some(facts(21, 1));
	assert_eq!(decided(&state), Step::Deliver { begin: 1, end: 1 });
	state.inbound = Some(received(&[(1, 1)], 0));
	assert_eq!(decided(&state), Step::Wait(Reason::Nothing));
}

#[test]
fn confirmation_goes_first_and_only_for_what_the_target_sent() {
	let mut state = quiet();
	state.known = Some(Facts {
		received: 3,
		..facts(10, 2)
	});
	assert_eq!(decided(&state), Step::Deliver { begin: 1, end: 2 });
	state.outbound = Some(OutboundLaneData {
		latest_generated_nonce: 4,
		latest_received_nonce: 1,
		..OutboundLaneData::opened()
	});
	assert_eq!(decided(&state), Step::Confirm { after: 1, to: 3 });
}

#[test]
fn change_of_validators_goes_before_everything() {
	let mut state = quiet();
	state.known = Some(facts(10, 2));
	state.candidate = Some(facts(20, 2));
	state.finalised.set_id = 1;
	assert_eq!(decided(&state), Step::Mandatory { after: 10 });
	state.client = LightClient::Follows {
		number: 10,
		set_id: 1,
	};
	assert_eq!(decided(&state), Step::Deliver { begin: 1, end: 2 });
}

#[test]
fn node_that_lags_is_waited_for() {
	let mut state = quiet();
	state.client = LightClient::Follows {
		number: 21,
		set_id: 0,
	};
	assert_eq!(decided(&state), Step::Wait(Reason::SourceBehind));
}

#[test]
fn old_header_is_replaced_though_nothing_needs_it() {
	let mut state = quiet();
	state.candidate = Some(facts(69, 0));
	assert_eq!(decided(&state), Step::Wait(Reason::Nothing));
	state.candidate = Some(facts(70, 0));
	let header = Step::Header {
		after: 10,
		to: 70,
		needed: false,
	};
	assert_eq!(decided(&state), header);
}

#[test]
fn header_is_replaced_when_the_state_behind_it_is_gone() {
	let mut state = quiet();
	state.known = None;
	state.finalised = facts(20, 1);
	assert_eq!(decided(&state), Step::Wait(Reason::Justification));
	state.candidate = Some(facts(20, 0));
	assert!(matches!(
		decided(&state),
		Step::Header {
			to: 20,
			needed: false,
			..
		}
	));
}

#[test]
fn lane_takes_no_more_than_it_may_before_it_learns_of_confirmations() {
	let mut state = quiet();
	state.known = Some(facts(10, 20));
	assert_eq!(decided(&state), Step::Deliver { begin: 1, end: 8 });
	state.inbound = Some(received(&[(1, 8)], 0));
	state.finalised = facts(20, 20);
	state.best = facts(21, 20);
	assert_eq!(decided(&state), Step::Wait(Reason::LaneFull));
	// The same proof tells of what was confirmed and makes room.
	state.known = Some(Facts {
		confirmed: 5,
		..facts(10, 20)
	});
	assert_eq!(decided(&state), Step::Deliver { begin: 9, end: 13 });
}

#[test]
fn lane_with_too_many_relayers_waits_for_confirmations() {
	let mut state = quiet();
	state.inbound = Some(received(&[(1, 1), (2, 2), (3, 3)], 0));
	state.known = Some(facts(10, 5));
	state.best = facts(21, 5);
	assert_eq!(decided(&state), Step::Wait(Reason::LaneFull));
	let confirmed = Facts {
		confirmed: 1,
		..facts(20, 5)
	};
	state.finalised = confirmed.clone();
	assert_eq!(decided(&state), Step::Wait(Reason::Justification));
	state.known = Some(confirmed);
	assert_eq!(decided(&state), Step::Deliver { begin: 4, end: 5 });
}

#[test]
fn reason_is_told_when_the_target_takes_nothing() {
	let mut state = quiet();
	state.known = Some(facts(10, 5));
	state.best = facts(21, 5);
	state.inbound = Some(InboundLaneData::default());
	assert_eq!(decided(&state), Step::Wait(Reason::LaneClosed));
	state.inbound = None;
	assert_eq!(decided(&state), Step::Wait(Reason::LaneClosed));
	state.inbound = Some(InboundLaneData::opened());
	state.messages_halted = true;
	assert_eq!(decided(&state), Step::Wait(Reason::MessagesHalted));
}

#[test]
fn messages_that_the_source_no_longer_has_are_not_delivered() {
	let mut state = quiet();
	state.known = Some(Facts {
		confirmed: 3,
		..facts(10, 5)
	});
	assert_ne!(decided(&state), Step::Deliver { begin: 1, end: 5 });
}

#[test]
fn step_repeats_one_that_should_have_changed_the_same() {
	let header = |after, to| Step::Header {
		after,
		to,
		needed: true,
	};
	assert!(header(1, 5).repeats(&header(1, 4)));
	assert!(header(1, 5).repeats(&Step::Mandatory { after: 1 }));
	assert!(!header(4, 5).repeats(&header(1, 4)));
	assert!(!header(1, 5).repeats(&Step::Deliver { begin: 1, end: 5 }));
	assert!(Step::Deliver { begin: 1, end: 5 }.repeats(&Step::Deliver { begin: 1, end: 2 }));
}

/// A chain, as far as a relayer sees it: each block's facts, and what the light client on it knows of the other chain.
struct Chain {
	blocks: Vec<Facts>,
	finalised: usize,
	inbound: InboundLaneData<AccountId>,
	outbound: OutboundLaneData,
	client: (BlockNumber, SetId),
}

impl Chain {
	fn new() -> Self {
		Self {
			blocks: vec![facts(0, 0)],
			finalised: 0,
			inbound: InboundLaneData::opened(),
			outbound: OutboundLaneData::opened(),
			client: (0, 0),
		}
	}

	/// A block with what has happened since.
	fn build(&mut self, change_validators: bool) {
		let number = self.blocks.len() as u32;
		self.blocks.push(Facts {
			number,
			time: u64::from(number) * 1_000,
			set_id: self.blocks.last().unwrap().set_id + SetId::from(change_validators),
			sent: self.outbound.latest_generated_nonce,
			confirmed: self.outbound.latest_received_nonce,
			received: self.inbound.last_delivered_nonce(),
		});
	}

	/// The set that finalises a block: the one in office after the block before it.
	fn finalised_by(&self, number: BlockNumber) -> SetId {
		self.blocks[number.saturating_sub(1) as usize].set_id
	}

	fn best(&self) -> &Facts {
		self.blocks.last().unwrap()
	}
}

/// What a relayer sees from `source` to `target`, its node keeping so many states.
fn see(source: &Chain, target: &Chain, kept: usize) -> State {
	let (number, set_id) = target.client;
	let finalised = &source.blocks[source.finalised];
	let pruned = number as usize + kept < source.blocks.len();
	let signed = finalised.number > number && source.finalised_by(finalised.number) == set_id;
	State {
		client: LightClient::Follows { number, set_id },
		messages_halted: false,
		inbound: Some(target.inbound.clone()),
		outbound: Some(target.outbound.clone()),
		known: (!pruned).then(|| source.blocks[number as usize].clone()),
		candidate: signed.then(|| finalised.clone()),
		finalised: finalised.clone(),
		best: source.best().clone(),
	}
}

/// Does to `target` what its runtime would, and fails where that would refuse. Returns whether there was something to do.
fn act(source: &Chain, target: &mut Chain, relayer: u8, kept: usize) -> bool {
	let step = decided(&see(source, target, kept));
	let (number, set_id) = target.client;
	let known = source.blocks[number as usize].clone();
	match step {
		Step::Wait(_) => return false,
		Step::Mandatory { after } => {
			assert_eq!(after, number);
			let mut later = source.blocks[number as usize + 1..=source.finalised].iter();
			let change = later
				.find(|block| block.set_id > set_id)
				.expect("validators changed");
			assert_eq!(source.finalised_by(change.number), set_id);
			target.client = (change.number, change.set_id);
		}
		Step::Header { after, to, .. } => {
			assert_eq!(after, number);
			assert!(
				to > number && to as usize <= source.finalised,
				"not newer, or not final"
			);
			assert_eq!(
				source.finalised_by(to),
				set_id,
				"a change of validators was stepped over"
			);
			target.client = (to, source.blocks[to as usize].set_id);
		}
		Step::Deliver { begin, end } => {
			assert!(
				end <= known.sent && begin > known.confirmed,
				"not there to be proved"
			);
			let lane = &mut target.inbound;
			assert!(known.confirmed <= lane.last_delivered_nonce());
			if known.confirmed > lane.last_confirmed_nonce {
				lane.last_confirmed_nonce = known.confirmed;
				lane.relayers.retain(|entry| entry.messages.end > known.confirmed);
				if let Some(first) = lane.relayers.front_mut() {
					first.messages.begin = first.messages.begin.max(known.confirmed + 1);
				}
			}
			assert_eq!(begin, lane.last_delivered_nonce() + 1);
			let account = AccountId::from([relayer; 32]);
			for nonce in begin..=end {
				assert!((lane.relayers.len() as u64) < RULES.max_relayers);
				assert!(nonce - lane.last_confirmed_nonce <= RULES.max_unconfirmed);
				match lane.relayers.back_mut() {
					Some(entry) if entry.relayer == account => entry.messages.end = nonce,
					_ => lane.relayers.push_back(UnrewardedRelayer {
						relayer: account.clone(),
						messages: DeliveredMessages::new(nonce),
					}),
				}
				// The entry of the last one may be full, but takes on: as the pallet, refuse where there is no room.
				if lane.relayers.len() as u64 >= RULES.max_relayers {
					break;
				}
			}
		}
		Step::Confirm { after, to } => {
			assert_eq!(
				(after, to),
				(target.outbound.latest_received_nonce, known.received)
			);
			assert!(to > after && to <= target.outbound.latest_generated_nonce);
			target.outbound.latest_received_nonce = to;
			target.outbound.oldest_unpruned_nonce = to + 1;
		}
	}
	true
}

/// What may happen to the pair of chains.
#[derive(Clone, Debug)]
enum Event {
	Send(bool),
	Build(bool, bool),
	Finalise(bool, usize),
	/// A relayer does what it decides, or its transaction is lost, or it is killed: all the same.
	Relay(bool, u8),
}

fn event() -> impl Strategy<Value = Event> {
	prop_oneof![
		3 => any::<bool>().prop_map(Event::Send),
		4 => (any::<bool>(), prop::bool::weighted(0.1)).prop_map(|(side, change)| Event::Build(side, change)),
		4 => (any::<bool>(), 0usize..4).prop_map(|(side, lag)| Event::Finalise(side, lag)),
		6 => (any::<bool>(), 0u8..4).prop_map(|(side, relayer)| Event::Relay(side, relayer)),
	]
}

proptest! {
	#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

	/// Whatever happened, and however often relayers failed, everything arrives and is confirmed once things go on; and
	/// no step is ever one that a runtime would refuse.
	#[test]
	fn everything_arrives_in_the_end(events in prop::collection::vec(event(), 0..200), kept in 2usize..40) {
		let mut chains = [Chain::new(), Chain::new()];
		for event in events {
			match event {
				Event::Send(side) => chains[usize::from(side)].outbound.latest_generated_nonce += 1,
				Event::Build(side, change) => chains[usize::from(side)].build(change),
				Event::Finalise(side, lag) => {
					let chain = &mut chains[usize::from(side)];
					chain.finalised = chain.finalised.max((chain.blocks.len() - 1).saturating_sub(lag));
				}
				Event::Relay(side, relayer) => {
					let [first, second] = &mut chains;
					let (source, target) = if side { (first, second) } else { (second, first) };
					act(source, target, relayer, kept);
				}
			}
		}

		let mut quiet = 0;
		for _ in 0..2_000 {
			let [first, second] = &mut chains;
			for chain in [&mut *first, &mut *second] {
				chain.build(false);
				chain.finalised = chain.blocks.len() - 1;
			}
			let acted = act(first, second, 9, kept) | act(second, first, 9, kept);
			quiet = if acted { 0 } else { quiet + 1 };
			if quiet > 3 {
				break;
			}
		}
		let [first, second] = &chains;
		for (source, target) in [(first, second), (second, first)] {
			prop_assert_eq!(target.inbound.last_delivered_nonce(), source.outbound.latest_generated_nonce);
			prop_assert_eq!(source.outbound.latest_received_nonce, source.outbound.latest_generated_nonce);
		}
	}
}
