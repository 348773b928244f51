//! The relayer between both runtimes, each on a state in memory and served as its node serves it.

mod node;

use crate::{
	chain::{self, Chain, Header},
	error::Error,
	initialise,
	metrics::Metrics,
	relay::{self, Place, Plan},
	transactions::Signer,
};
use bp_header_chain::InitializationData;
use codec::Decode;
use lutine_integration_tests::{Lutine, Partner, Side, World};
use node::{Node, Shared, serve};
use sp_core::Bytes;
use std::{
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};
use tokio::task::JoinHandle;

const PLAN: Plan = Plan {
	header_every: Duration::from_secs(600),
	poll: Duration::from_millis(20),
	transaction_timeout: Duration::from_secs(5),
	any_spec_version: false,
};

/// Both nodes, with blocks coming.
struct Nodes {
	lutine: Shared<Lutine, chain::Lutine>,
	partner: Shared<Partner, chain::Partner>,
	urls: [String; 2],
	tasks: Vec<JoinHandle<()>>,
	_handles: [jsonrpsee::server::ServerHandle; 2],
}

impl Nodes {
	async fn new(world: World) -> Self {
		let lutine = Arc::new(Mutex::new(Node::new(world.lutine)));
		let partner = Arc::new(Mutex::new(Node::new(world.partner)));
		let (lutine_url, lutine_handle) = serve(lutine.clone()).await;
		let (partner_url, partner_handle) = serve(partner.clone()).await;
		let tasks = vec![blocks(lutine.clone()), blocks(partner.clone())];
		Self {
			lutine,
			partner,
			urls: [lutine_url, partner_url],
			tasks,
			_handles: [lutine_handle, partner_handle],
		}
	}

	/// A relayer with both directions.
	fn relayer(&self, secret: &str) -> [JoinHandle<Error>; 2] {
		let metrics = Metrics::new().unwrap();
		let signer = Signer::new(secret).unwrap();
		let [lutine, partner] = &self.urls;
		let place = |source: &String, target: &String| Place {
			source: source.clone(),
			target: target.clone(),
			account_at_source: signer.account.clone(),
			signer: signer.clone(),
		};
		[
			tokio::spawn(relay::keep::<chain::Lutine, chain::Partner>(
				place(lutine, partner),
				PLAN,
				metrics.of::<chain::Lutine, chain::Partner>(),
			)),
			tokio::spawn(relay::keep::<chain::Partner, chain::Lutine>(
				place(partner, lutine),
				PLAN,
				metrics.of::<chain::Partner, chain::Lutine>(),
			)),
		]
	}

	/// Sends messages from both chains.
	fn send(&self, count: usize) {
		for index in 0..count {
			let payload = vec![index as u8; 40 + 100 * index];
			let payload = || payload.clone();
			self.lutine
				.lock()
				.unwrap()
				.memory
				.read(|| Lutine::send(payload()))
				.unwrap();
			self.partner
				.lock()
				.unwrap()
				.memory
				.read(|| Partner::send(payload()))
				.unwrap();
		}
	}

	/// Whether all that was sent is delivered and confirmed.
	fn is_settled(&self) -> bool {
		let mut lutine = self.lutine.lock().unwrap();
		let mut partner = self.partner.lock().unwrap();
		let sent = [
			lutine.memory.read(Lutine::outbound),
			partner.memory.read(Partner::outbound),
		];
		let received = [
			partner.memory.read(Partner::inbound),
			lutine.memory.read(Lutine::inbound),
		];
		sent.iter().zip(received).all(|(sent, received)| {
			let all = sent.latest_generated_nonce;
			sent.latest_received_nonce == all && received.last_delivered_nonce() == all
		})
	}

	async fn settle(&self, relayers: &[JoinHandle<Error>]) {
		self.wait("everything to be delivered and confirmed", relayers, || {
			self.is_settled()
		})
		.await;
	}

	async fn wait(&self, what: &str, relayers: &[JoinHandle<Error>], is_so: impl Fn() -> bool) {
		let began = Instant::now();
		while !is_so() {
			assert!(!self.tasks.iter().any(JoinHandle::is_finished), "a node failed");
			assert!(!relayers.iter().any(JoinHandle::is_finished), "a relayer gave up");
			assert!(
				began.elapsed() < Duration::from_secs(120),
				"waited in vain for {what}"
			);
			tokio::time::sleep(Duration::from_millis(20)).await;
		}
	}

	fn nothing_failed(&self) {
		assert_eq!(self.lutine.lock().unwrap().failed, Vec::<String>::new());
		assert_eq!(self.partner.lock().unwrap().failed, Vec::<String>::new());
	}
}

impl Drop for Nodes {
	fn drop(&mut self) {
		self.tasks.iter().for_each(JoinHandle::abort);
	}
}

/// Lets blocks come.
fn blocks<S: Side<Extrinsic: Decode> + Send, C: Chain>(node: Shared<S, C>) -> JoinHandle<()> {
	tokio::spawn(async move {
		loop {
			node.lock().unwrap().step();
			tokio::time::sleep(Duration::from_millis(30)).await;
		}
	})
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_delivered_and_confirmed_both_ways() {
	let nodes = Nodes::new(World::new()).await;
	let relayer = nodes.relayer("//Ferdie");
	nodes.send(3);
	nodes.settle(&relayer).await;
	// More than one transaction takes, and more than the lane takes before the first are confirmed.
	for _ in 0..10 {
		nodes.send(20);
		tokio::time::sleep(Duration::from_millis(200)).await;
	}
	nodes.settle(&relayer).await;
	nodes.nothing_failed();
	relayer.iter().for_each(JoinHandle::abort);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_when_the_relayer_is_killed_at_any_moment() {
	let nodes = Nodes::new(World::new()).await;
	for moment in 0..12 {
		let relayer = nodes.relayer("//Ferdie");
		nodes.send(2);
		tokio::time::sleep(Duration::from_millis(40 + 37 * moment)).await;
		relayer.iter().for_each(JoinHandle::abort);
	}
	let relayer = nodes.relayer("//Ferdie");
	nodes.settle(&relayer).await;
	nodes.nothing_failed();
	relayer.iter().for_each(JoinHandle::abort);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_of_validators_is_brought_also_after_an_absence() {
	let nodes = Nodes::new(World::new()).await;
	let set = || nodes.lutine.lock().unwrap().memory.read(Lutine::authorities).1;
	let known = || nodes.partner.lock().unwrap().memory.read(Partner::known_set).1;
	let first = set();
	nodes
		.wait("the validators to change twice", &[], || set() >= first + 2)
		.await;
	assert_eq!(known(), first);
	let relayer = nodes.relayer("//Ferdie");
	nodes.send(2);
	nodes
		.wait("both changes to be known", &relayer, || known() >= first + 2)
		.await;
	nodes.settle(&relayer).await;
	nodes.nothing_failed();
	relayer.iter().for_each(JoinHandle::abort);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_relayers_do_not_hinder_each_other() {
	let nodes = Nodes::new(World::new()).await;
	let relayers: Vec<_> = ["//Ferdie", "//Eve"]
		.into_iter()
		.flat_map(|secret| nodes.relayer(secret))
		.collect();
	for _ in 0..5 {
		nodes.send(4);
		tokio::time::sleep(Duration::from_millis(150)).await;
	}
	nodes.settle(&relayers).await;
	relayers.iter().for_each(JoinHandle::abort);
}

#[tokio::test(flavor = "multi_thread")]
async fn initialisation_begins_a_light_client_that_follows() {
	let nodes = Nodes::new(World::strangers()).await;
	let relayer = nodes.relayer("//Ferdie");
	nodes.send(2);

	let read = |text: String| {
		let value: serde_json::Value = serde_json::from_str(&text).unwrap();
		let argument: Bytes = serde_json::from_value(value["argument"].clone()).unwrap();
		let call: Bytes = serde_json::from_value(value["call"].clone()).unwrap();
		assert!(call.0.ends_with(&argument.0));
		InitializationData::<Header>::decode(&mut &argument.0[..]).unwrap()
	};
	let lutine = initialise::data::<chain::Lutine, chain::Partner>(&nodes.urls[0]).await;
	let partner = initialise::data::<chain::Partner, chain::Lutine>(&nodes.urls[1]).await;
	let (lutine, partner) = (read(lutine.unwrap()), read(partner.unwrap()));
	nodes
		.partner
		.lock()
		.unwrap()
		.memory
		.read(|| Partner::begin(lutine))
		.unwrap();
	nodes
		.lutine
		.lock()
		.unwrap()
		.memory
		.read(|| Lutine::begin(partner))
		.unwrap();
	nodes.settle(&relayer).await;
	nodes.nothing_failed();
	relayer.iter().for_each(JoinHandle::abort);
}

#[tokio::test(flavor = "multi_thread")]
async fn relayer_gives_up_when_the_nodes_are_swapped() {
	let nodes = Nodes::new(World::new()).await;
	let signer = Signer::new("//Ferdie").unwrap();
	let place = Place {
		source: nodes.urls[1].clone(),
		target: nodes.urls[0].clone(),
		account_at_source: signer.account.clone(),
		signer,
	};
	let metrics = Metrics::new().unwrap().of::<chain::Lutine, chain::Partner>();
	let error = relay::keep::<chain::Lutine, chain::Partner>(place, PLAN, metrics).await;
	assert!(
		matches!(&error, Error::Fatal(text) if text.contains("swapped")),
		"{error}"
	);
}
