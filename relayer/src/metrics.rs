//! What the relayer tells Prometheus.

use crate::{
	chain::Chain,
	direction::{Facts, Reason},
	error::Error,
	transactions::Outcome,
	view::View,
};
use bp_messages::MessageNonce;
use std::net::SocketAddr;
use substrate_prometheus_endpoint::{
	Counter, CounterVec, F64, Gauge, GaugeVec, Opts, PrometheusError, Registry, U64, init_prometheus,
	register,
};

/// The metrics of both directions.
pub struct Metrics {
	registry: Registry,
	blocks: GaugeVec<U64>,
	header_age: GaugeVec<F64>,
	messages: GaugeVec<U64>,
	balance: GaugeVec<F64>,
	waiting: GaugeVec<U64>,
	transactions: CounterVec<U64>,
	connections: CounterVec<U64>,
}

impl Metrics {
	/// Registers them all.
	pub fn new() -> Result<Self, PrometheusError> {
		let registry = Registry::new_custom(Some("lutine_relayer".into()), None)?;
		let counts = |name: &str, help: &str, labels: &[&str]| {
			register(GaugeVec::<U64>::new(Opts::new(name, help), labels)?, &registry)
		};
		let amounts = |name: &str, help: &str, labels: &[&str]| {
			register(GaugeVec::<F64>::new(Opts::new(name, help), labels)?, &registry)
		};
		let counters = |name: &str, help: &str, labels: &[&str]| {
			register(CounterVec::<U64>::new(Opts::new(name, help), labels)?, &registry)
		};
		Ok(Self {
			blocks: counts(
				"block",
				"Heights: best and finalised of the source and of the target, and the last header of the source known to \
				 the target",
				&["direction", "block"],
			)?,
			header_age: amounts(
				"header_age_seconds",
				"How much older the last header known to the target is than the source's last final block",
				&["direction"],
			)?,
			messages: counts(
				"messages",
				"Messages from the source that are undelivered, and delivered ones that the source does not know to be",
				&["direction", "state"],
			)?,
			balance: amounts(
				"balance",
				"What the relayer's account on the target has free, in the smallest unit",
				&["direction"],
			)?,
			waiting: counts("waiting", "1 for what is waited for", &["direction", "reason"])?,
			transactions: counters(
				"transactions",
				"Transactions sent to the target, by what they are for and what became of them",
				&["direction", "step", "outcome"],
			)?,
			connections: counters(
				"connections",
				"How often the nodes were connected to",
				&["direction"],
			)?,
			registry,
		})
	}

	/// Serves them, for as long as the process lives.
	///
	/// Errors: the port is taken.
	pub async fn serve(&self, address: SocketAddr) -> Result<(), Error> {
		// The server says so only when it is spoken to.
		std::net::TcpListener::bind(address).map_err(|error| {
			Error::Fatal(format!(
				"cannot serve metrics on {address}: {error}; give another --prometheus-port, or --no-prometheus"
			))
		})?;
		let registry = self.registry.clone();
		tokio::spawn(async move {
			if let Err(error) = init_prometheus(address, registry).await {
				log::error!(target: "prometheus", "metrics are no longer served: {error}");
			}
		});
		Ok(())
	}

	/// Those of one direction.
	pub fn of<S: Chain, T: Chain>(&self) -> DirectionMetrics {
		let direction = format!("{}-{}", S::NAME, T::NAME);
		let block = |name: &str| self.blocks.with_label_values(&[&direction, name]);
		let messages = |name: &str| self.messages.with_label_values(&[&direction, name]);
		DirectionMetrics {
			source_best: block("source_best"),
			source_finalised: block("source_finalised"),
			target_best: block("target_best"),
			target_finalised: block("target_finalised"),
			known: block("known"),
			header_age: self.header_age.with_label_values(&[&direction]),
			undelivered: messages("undelivered"),
			unconfirmed: messages("unconfirmed"),
			balance: self.balance.with_label_values(&[&direction]),
			waiting: self.waiting.clone(),
			transactions: self.transactions.clone(),
			connections: self.connections.with_label_values(&[&direction]),
			direction,
		}
	}
}

/// The metrics of one direction.
#[derive(Clone)]
pub struct DirectionMetrics {
	direction: String,
	source_best: Gauge<U64>,
	source_finalised: Gauge<U64>,
	target_best: Gauge<U64>,
	target_finalised: Gauge<U64>,
	known: Gauge<U64>,
	header_age: Gauge<F64>,
	undelivered: Gauge<U64>,
	unconfirmed: Gauge<U64>,
	balance: Gauge<F64>,
	waiting: GaugeVec<U64>,
	transactions: CounterVec<U64>,
	connections: Counter<U64>,
}

impl DirectionMetrics {
	/// Takes over what was seen.
	pub fn seen(&self, view: &View) {
		let state = &view.state;
		self.source_best.set(state.best.number.into());
		self.source_finalised.set(state.finalised.number.into());
		self.target_best.set(view.target_best.number.into());
		self.target_finalised.set(view.target_finalised.number.into());
		if let Some(known) = view.known {
			self.known.set(known.number.into());
		}
		let age = |known: &Facts| state.finalised.time.saturating_sub(known.time) as f64 / 1_000.0;
		// Without its state, it is older than the node keeps states.
		self.header_age
			.set(state.known.as_ref().map_or(f64::INFINITY, age));
		let delivered: MessageNonce = state
			.inbound
			.as_ref()
			.map_or(0, |lane| lane.last_delivered_nonce());
		self.undelivered.set(state.best.sent.saturating_sub(delivered));
		self.unconfirmed
			.set(delivered.saturating_sub(state.best.confirmed));
		self.balance.set(view.balance as f64);
	}

	/// Takes over what is waited for, if anything.
	pub fn waits(&self, waiting: Option<Reason>) {
		for reason in Reason::ALL {
			self.waiting
				.with_label_values(&[self.direction.as_str(), reason.name()])
				.set((waiting == Some(reason)).into());
		}
	}

	/// Counts a transaction.
	pub fn sent(&self, step: &str, outcome: &Outcome) {
		self.transactions
			.with_label_values(&[self.direction.as_str(), step, outcome.name()])
			.inc();
	}

	/// Counts a connection.
	pub fn connected(&self) {
		self.connections.inc();
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::{Lutine, Partner};

	#[test]
	fn one_reason_is_waited_for_at_a_time() {
		let metrics = Metrics::new().unwrap();
		let direction = metrics.of::<Lutine, Partner>();
		let waited_for = || {
			let value = |reason: &Reason| {
				metrics
					.waiting
					.with_label_values(&["lutine-partner", reason.name()])
					.get()
			};
			Reason::ALL
				.into_iter()
				.filter(|reason| value(reason) == 1)
				.collect::<Vec<_>>()
		};
		direction.waits(Some(Reason::Finality));
		assert_eq!(waited_for(), [Reason::Finality]);
		direction.waits(Some(Reason::Nothing));
		assert_eq!(waited_for(), [Reason::Nothing]);
		direction.waits(None);
		assert_eq!(waited_for(), []);
	}
}
