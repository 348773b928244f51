//! The loop of one direction: look, decide, act, and look again.

use crate::{
	chain::{AccountId, Chain, Justification},
	direction::{Reason, Rules, Step, decide},
	error::Error,
	headers, messages,
	metrics::DirectionMetrics,
	node::{Block, Node},
	transactions::{self, Outcome, Signer},
	view::{View, Viewer},
};
use bp_messages::ChainWithMessages;
use std::{
	fmt::Display,
	time::{Duration, Instant},
};
use tokio::sync::watch;

/// A wait that goes on is told of again so often.
const REMIND: Duration = Duration::from_secs(300);
/// The longest pause before the same is tried again.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A connection that held so long was a good one: the next one is tried at once.
const STABLE: Duration = Duration::from_secs(60);

/// What the operator wants, in both directions.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
	/// A header that is so much older than the newest one is replaced.
	pub header_every: Duration,
	/// How often to look.
	pub poll: Duration,
	/// How long a transaction is watched.
	pub transaction_timeout: Duration,
	/// Whether any version of the runtimes will do.
	pub any_spec_version: bool,
}

/// Where a direction goes from and to.
pub struct Place {
	/// The source's node.
	pub source: String,
	/// The target's node.
	pub target: String,
	/// The relayer's account on the source.
	pub account_at_source: AccountId,
	/// Who signs on the target.
	pub signer: Signer,
}

/// Relays from S to T, whatever happens to the nodes.
///
/// Returns: the error that only a person can do something about.
pub async fn keep<S: Chain, T: Chain>(place: Place, plan: Plan, metrics: DirectionMetrics) -> Error {
	let name = format!("{} to {}", S::NAME, T::NAME);
	let mut journal = Journal::new(name.clone(), plan.poll, metrics);
	let mut pause = plan.poll;
	loop {
		let started = Instant::now();
		let error = match Direction::<S, T>::connect(&place, plan).await {
			Ok(mut direction) => {
				journal.metrics.connected();
				log::info!(target: "relay", "{name}: connected");
				direction.run(&mut journal).await
			}
			Err(error) => error,
		};
		if let Error::Fatal(_) = error {
			return error;
		}
		if started.elapsed() > STABLE {
			pause = plan.poll;
		}
		log::warn!(target: "relay", "{name}: {error}; connecting again in {pause:?}");
		journal.metrics.waits(Some(Reason::Connection));
		tokio::time::sleep(pause).await;
		pause = (pause * 2).min(LONGEST_PAUSE);
	}
}

/// What a direction remembers beyond a connection, all of it for the sake of fees and log lines: what to do follows from
/// the chains alone.
struct Journal {
	name: String,
	poll: Duration,
	metrics: DirectionMetrics,
	/// The last step that was tried, how often, and when it may be tried again.
	tried: Option<(Step, u32, Instant)>,
	/// Since when another transaction of the account is on its way.
	busy: Option<Instant>,
	/// What is waited for, and when that was last told.
	waiting: Option<(Reason, Instant)>,
}

impl Journal {
	fn new(name: String, poll: Duration, metrics: DirectionMetrics) -> Self {
		Self {
			name,
			poll,
			metrics,
			tried: None,
			busy: None,
			waiting: None,
		}
	}

	/// Whether a step may be tried now. One that was tried and changed nothing waits, twice as long each time, because
	/// every transaction costs a fee.
	fn allows(&self, step: &Step, now: Instant) -> bool {
		self.tried
			.as_ref()
			.is_none_or(|(tried, _, again)| !step.repeats(tried) || now >= *again)
	}

	/// Notes that a step was tried.
	fn note(&mut self, step: Step, now: Instant) {
		let times = match &self.tried {
			Some((tried, times, _)) if step.repeats(tried) => times.saturating_add(1),
			_ => 1,
		};
		let pause = (self.poll * 2u32.pow(times.min(16))).min(LONGEST_PAUSE);
		self.tried = Some((step, times, now + pause));
	}

	/// Tells what is waited for, when that changes and now and then.
	fn wait(&mut self, reason: Reason) {
		self.metrics.waits(Some(reason));
		let now = Instant::now();
		let level = match self.waiting {
			Some((before, told)) if before == reason => {
				if now < told + REMIND {
					return;
				}
				log::Level::Info
			}
			_ if brief(reason) => log::Level::Debug,
			_ => log::Level::Info,
		};
		log::log!(target: "relay", level, "{}: waits for {reason}", self.name);
		self.waiting = Some((reason, now));
	}

	fn act(&mut self, step: &Step) {
		self.metrics.waits(None);
		self.waiting = None;
		log::info!(target: "relay", "{}: goes to {step}", self.name);
	}

	fn complain(&self, what: impl Display) {
		log::warn!(target: "relay", "{}: {what}", self.name);
	}
}

/// What every step waits for in passing.
fn brief(reason: Reason) -> bool {
	matches!(
		reason,
		Reason::Finality | Reason::Justification | Reason::OwnTransaction | Reason::Retry
	)
}

/// One direction with its connections.
struct Direction<'a, S, T> {
	place: &'a Place,
	plan: Plan,
	rules: Rules,
	source: Node,
	target: Node,
	newest: watch::Receiver<Option<Justification>>,
	viewer: Viewer<S, T>,
}

impl<'a, S: Chain, T: Chain> Direction<'a, S, T> {
	async fn connect(place: &'a Place, plan: Plan) -> Result<Self, Error> {
		let source = Node::connect(S::NAME, &place.source).await?;
		let target = Node::connect(T::NAME, &place.target).await?;
		transactions::check_version::<S>(&source, plan.any_spec_version).await?;
		transactions::check_version::<T>(&target, plan.any_spec_version).await?;
		let newest = source.justifications().await?;
		Ok(Self {
			place,
			plan,
			rules: Rules {
				max_unconfirmed: S::Known::MAX_UNCONFIRMED_MESSAGES_IN_CONFIRMATION_TX,
				max_relayers: S::Known::MAX_UNREWARDED_RELAYERS_IN_CONFIRMATION_TX,
				header_every: plan.header_every,
			},
			source,
			target,
			newest,
			viewer: Viewer::new(),
		})
	}

	/// Relays until the connection ends.
	async fn run(&mut self, journal: &mut Journal) -> Error {
		let mut pause = self.plan.poll;
		loop {
			match self.turn(journal).await {
				Ok(true) => pause = self.plan.poll,
				Ok(false) => {
					pause = self.plan.poll;
					if let Err(error) = self.pause(pause).await {
						return error;
					}
				}
				Err(error) if error.ends_connection() => return error,
				Err(error) => {
					journal.complain(format!("{error}; again in {pause:?}"));
					tokio::time::sleep(pause).await;
					pause = (pause * 2).min(LONGEST_PAUSE);
				}
			}
		}
	}

	/// Waits for the next justification, and no longer than `pause`.
	async fn pause(&mut self, pause: Duration) -> Result<(), Error> {
		match tokio::time::timeout(pause, self.newest.changed()).await {
			Ok(Err(_)) => Err(Error::Connection {
				node: S::NAME.into(),
				reason: "it no longer tells of justifications".into(),
			}),
			Ok(Ok(())) | Err(_) => Ok(()),
		}
	}

	/// Looks, decides and acts. Whether it did something.
	async fn turn(&mut self, journal: &mut Journal) -> Result<bool, Error> {
		let newest = self.newest.borrow_and_update().clone();
		let account = &self.place.signer.account;
		let view = self
			.viewer
			.look(&self.source, &self.target, account, newest.as_ref())
			.await?;
		journal.metrics.seen(&view);

		let step = decide(&view.state, &self.rules);
		if let Step::Wait(reason) = step {
			journal.wait(reason);
			return Ok(false);
		}
		if !journal.allows(&step, Instant::now()) {
			journal.wait(Reason::Retry);
			return Ok(false);
		}
		// A transaction that is still on its way, perhaps of before a restart, may be for just this step.
		let nonce = self.target.next_nonce(account).await?;
		if nonce > view.nonce {
			let since = *journal.busy.get_or_insert_with(Instant::now);
			if since.elapsed() < self.plan.transaction_timeout {
				journal.wait(Reason::OwnTransaction);
				return Ok(false);
			}
		}
		journal.busy = None;
		// Also what was made by another runtime is refused: fees would be lost.
		let version = transactions::check_version::<T>(&self.target, self.plan.any_spec_version).await?;

		journal.act(&step);
		journal.note(step.clone(), Instant::now());
		let call = self.call(&step, &view).await?;
		let Some(call) = call else { return Ok(false) };
		let timeout = self.plan.transaction_timeout;
		let outcome =
			transactions::send::<T>(&self.target, &self.place.signer, nonce, version, call, timeout).await?;
		self.report(journal, step, &outcome, view.balance);
		Ok(outcome.is_good())
	}

	/// The call that takes a step.
	async fn call(&self, step: &Step, view: &View) -> Result<Option<T::Call>, Error> {
		let set_id = view.authorities.set_id;
		let Some(known) = view.known else { return Ok(None) };
		let call = match *step {
			Step::Wait(_) => return Ok(None),
			Step::Mandatory { after } => {
				let candidate = view.candidate.clone();
				let (header, justification) =
					match candidate.filter(|(header, _)| headers::changes_validators(header)) {
						Some(candidate) => candidate,
						None => headers::mandatory(&self.source, after, &view.authorities).await?,
					};
				log::info!(
					target: "relay",
					"{} to {}: header {} ends the term of the validators of set {set_id}",
					S::NAME,
					T::NAME,
					Block::from(&header).number
				);
				T::submit_header(header, justification, set_id)
			}
			Step::Header { .. } => {
				let Some((header, justification)) = view.candidate.clone() else {
					return Ok(None);
				};
				T::submit_header(header, justification, set_id)
			}
			Step::Deliver { begin, end } => {
				let (call, last) = messages::deliver::<S, T>(
					&self.source,
					&self.target,
					known,
					view.target_best.hash,
					&self.place.account_at_source,
					begin,
					end,
				)
				.await?;
				if last < end {
					log::info!(
						target: "relay",
						"{} to {}: messages {begin} to {last} fill a transaction",
						S::NAME,
						T::NAME
					);
				}
				call
			}
			Step::Confirm { .. } => messages::confirm::<S, T>(&self.source, known).await?,
		};
		Ok(Some(call))
	}

	fn report(&self, journal: &Journal, step: Step, outcome: &Outcome, balance: u128) {
		journal.metrics.sent(step.name(), outcome);
		let name = step.name();
		if outcome.is_good() {
			log::info!(target: "relay", "{}: {name}: {outcome}", journal.name);
		} else if let Outcome::Refused(_) = outcome {
			journal.complain(format!(
				"{name}: {outcome}; the relayer's account {} on {} has {balance} free",
				self.place.signer.account,
				T::NAME
			));
		} else {
			journal.complain(format!("{name}: {outcome}"));
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::{Lutine, Partner},
		metrics::Metrics,
	};

	const POLL: Duration = Duration::from_secs(1);

	fn journal() -> Journal {
		let metrics = Metrics::new().unwrap().of::<Lutine, Partner>();
		Journal::new("test".into(), POLL, metrics)
	}

	fn deliver(begin: u64) -> Step {
		Step::Deliver {
			begin,
			end: begin + 5,
		}
	}

	#[test]
	fn step_is_repeated_only_after_growing_pauses() {
		let (mut journal, mut now) = (journal(), Instant::now());
		assert!(journal.allows(&deliver(1), now));
		for pause in [2, 4, 8, 16, 32, 60, 60] {
			journal.note(deliver(1), now);
			let pause = Duration::from_secs(pause);
			assert!(!journal.allows(&deliver(1), now + pause - Duration::from_millis(1)));
			now += pause;
			assert!(journal.allows(&deliver(1), now));
		}
	}

	#[test]
	fn step_is_free_when_the_one_before_did_its_work() {
		let (mut journal, now) = (journal(), Instant::now());
		journal.note(deliver(1), now);
		journal.note(deliver(1), now);
		assert!(journal.allows(&deliver(7), now));
		assert!(journal.allows(&Step::Mandatory { after: 1 }, now));
		journal.note(deliver(7), now);
		assert!(!journal.allows(&deliver(7), now + POLL));
		assert!(journal.allows(&deliver(7), now + 2 * POLL));
	}
}
