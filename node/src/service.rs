//! Puts the parts of a node together: client, pool, BABE, GRANDPA, network, RPC.

use crate::{equivocations::Watched, metrics::Metrics, rpc};
use futures::{FutureExt, StreamExt};
use lutine_runtime::{BlockNumber, Hash, RuntimeApi, opaque::Block};
use sc_client_api::{Backend as _, HeaderBackend};
use sc_consensus::{DefaultImportQueue, LongestChain};
use sc_consensus_babe::{BabeBlockImport, BabeLink, BabeWorkerHandle, SlotProportion};
use sc_consensus_grandpa::{GrandpaBlockImport, GrandpaPruningFilter, LinkHalf, SharedVoterState};
use sc_executor::WasmExecutor;
use sc_network::{
	Event, Litep2pNetworkBackend, NetworkBackend, NetworkEventStream, NetworkWorker,
	config::{FullNetworkConfiguration, NetworkBackendType},
};
use sc_service::{
	BuildGenesisBlock, Configuration, Error, GenesisBlockBuilder, PartialComponents, TFullBackend,
	TFullClient, TaskManager, WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::{OffchainTransactionPoolFactory, RejectAllTxPool};
use sp_consensus_babe::inherents::{BabeCreateInherentDataProviders, InherentDataProvider as SlotProvider};
use sp_runtime::traits::Block as _;
use sp_timestamp::InherentDataProvider as TimestampProvider;
use std::{sync::Arc, time::Duration};

/// What the runtime may call of the node.
#[cfg(not(feature = "runtime-benchmarks"))]
pub type HostFunctions = sp_io::SubstrateHostFunctions;
/// What the runtime may call of the node.
#[cfg(feature = "runtime-benchmarks")]
pub type HostFunctions = (
	sp_io::SubstrateHostFunctions,
	frame_benchmarking::benchmarking::HostFunctions,
);

/// Access to the chain.
pub type Client = TFullClient<Block, RuntimeApi, Executor>;
/// The database.
pub type Backend = TFullBackend<Block>;
/// The rule by which BABE picks the best chain.
pub type SelectChain = LongestChain<Backend, Block>;
/// Transactions not yet in a block.
pub type TransactionPool = TransactionPoolHandle<Block, Client>;

type Executor = WasmExecutor<HostFunctions>;
type GrandpaImport = GrandpaBlockImport<Backend, Block, Client, SelectChain>;
type BabeInherents = BabeCreateInherentDataProviders<Block>;
type BabeImport = Watched<BabeBlockImport<Block, Client, GrandpaImport, BabeInherents, SelectChain>>;

/// The parts that subcommands need as well as a node.
pub type Partial =
	PartialComponents<Client, Backend, SelectChain, DefaultImportQueue<Block>, TransactionPool, Consensus>;

/// What ties import, authoring and voting together.
pub struct Consensus {
	block_import: BabeImport,
	babe_link: BabeLink<Block>,
	babe_worker: BabeWorkerHandle<Block>,
	grandpa_link: LinkHalf<Block, Client, SelectChain>,
	inherents: BabeInherents,
	telemetry: Option<Telemetry>,
}

/// GRANDPA keeps a proof of finality at least once in so many blocks: from one to the next, light clients and bridges
/// need no other.
const JUSTIFICATION_PERIOD: u32 = 512;

/// Opens the database and everything that works without a network.
pub fn new_partial(config: &Configuration) -> Result<Partial, Error> {
	let telemetry = new_telemetry(config)?;
	let telemetry_handle = telemetry.as_ref().map(|(_, telemetry)| telemetry.handle());

	let executor = sc_service::new_wasm_executor::<HostFunctions>(&config.executor);
	let backend = open_database(config)?;
	let storage = config
		.chain_spec
		.as_storage_builder()
		.build_storage()
		.map_err(|error| {
			format!(
				"the runtime in the chain spec `{}` refuses its genesis: {error}",
				config.chain_spec.id()
			)
		})?;
	let genesis = |storage| {
		GenesisBlockBuilder::new_with_storage(
			storage,
			!config.no_genesis(),
			backend.clone(),
			executor.clone(),
		)
	};
	check_genesis(config, &backend, genesis(storage.clone())?)?;
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts_with_genesis_builder::<Block, RuntimeApi, _, _>(
			config,
			telemetry_handle.clone(),
			executor.clone(),
			backend.clone(),
			genesis(storage)?,
			false,
		)?;
	let client = Arc::new(client);
	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = LongestChain::new(backend.clone());
	let transaction_pool = Arc::new(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (grandpa_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry_handle.clone(),
	)?;

	let babe_config = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe_config.slot_duration();
	let inherents: BabeInherents = Arc::new(move |_, ()| async move {
		let timestamp = TimestampProvider::from_system_time();
		let slot = SlotProvider::from_timestamp_and_slot_duration(*timestamp, slot_duration);
		Ok((slot, timestamp))
	});
	let (block_import, babe_link) = sc_consensus_babe::block_import(
		babe_config,
		grandpa_import.clone(),
		client.clone(),
		inherents.clone(),
		select_chain.clone(),
		// Its reports of equivocation prove nothing: see `equivocations`.
		OffchainTransactionPoolFactory::new(RejectAllTxPool::default()),
	)?;
	let block_import = Watched::new(
		block_import,
		client.clone(),
		OffchainTransactionPoolFactory::new(transaction_pool.clone()),
	);
	let (import_queue, babe_worker) =
		sc_consensus_babe::import_queue(sc_consensus_babe::ImportQueueParams {
			link: babe_link.clone(),
			block_import: block_import.clone(),
			justification_import: Some(Box::new(grandpa_import)),
			client: client.clone(),
			slot_duration,
			spawner: &task_manager.spawn_essential_handle(),
			registry: config.prometheus_registry(),
			telemetry: telemetry_handle,
		})?;

	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		keystore_container,
		select_chain,
		import_queue,
		transaction_pool,
		other: Consensus {
			block_import,
			babe_link,
			babe_worker,
			grandpa_link,
			inherents,
			telemetry,
		},
	})
}

fn new_telemetry(config: &Configuration) -> Result<Option<(TelemetryWorker, Telemetry)>, Error> {
	let Some(endpoints) = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
	else {
		return Ok(None);
	};
	let worker = TelemetryWorker::new(16)?;
	let telemetry = worker.handle().new_telemetry(endpoints);
	Ok(Some((worker, telemetry)))
}

fn open_database(config: &Configuration) -> Result<Arc<Backend>, Error> {
	let mut settings = config.db_config();
	// Warp sync needs the justifications at each change of the authorities, however old.
	settings.pruning_filters = vec![Arc::new(GrandpaPruningFilter)];
	Ok(sc_service::new_db_backend(settings)?)
}

/// Refuses a database whose chain starts from another genesis than the spec's. The SDK would follow the database and
/// never meet a peer.
fn check_genesis(
	config: &Configuration,
	backend: &Backend,
	builder: impl BuildGenesisBlock<Block>,
) -> Result<(), Error> {
	let found = backend.blockchain().info().genesis_hash;
	if found == Hash::default() {
		// Empty: this run writes the genesis.
		return Ok(());
	}
	let (genesis, _) = builder.build_genesis_block()?;
	let expected = genesis.hash();
	if found == expected {
		return Ok(());
	}
	Err(Error::Other(format!(
		"the database in `{}` belongs to another chain (its genesis is {found:?}, that of the chain spec `{}` is \
		 {expected:?}): start with the spec it was made with, choose another --base-path, or delete the database \
		 with `purge-chain`",
		config.data_path.display(),
		config.chain_spec.id(),
	)))
}

/// Starts a node on the network that the configuration asks for.
pub fn start(config: Configuration) -> Result<TaskManager, Error> {
	match config.network.network_backend {
		NetworkBackendType::Litep2p => start_on::<Litep2pNetworkBackend>(config),
		NetworkBackendType::Libp2p => start_on::<NetworkWorker<Block, Hash>>(config),
	}
}

fn start_on<Network: NetworkBackend<Block, Hash>>(config: Configuration) -> Result<TaskManager, Error> {
	let PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other:
			Consensus {
				block_import,
				babe_link,
				babe_worker,
				grandpa_link,
				inherents,
				mut telemetry,
			},
	} = new_partial(&config)?;
	let keystore = keystore_container.keystore();
	let prometheus = config.prometheus_registry().cloned();
	let authority_set = grandpa_link.shared_authority_set().clone();
	let voter_state = SharedVoterState::empty();

	let mut net_config =
		FullNetworkConfiguration::<Block, Hash, Network>::new(&config.network, prometheus.clone());
	let metrics = Network::register_notification_metrics(config.prometheus_registry());
	let grandpa_protocol =
		sc_consensus_grandpa::protocol_standard_name(&client.info().genesis_hash, &config.chain_spec);
	let (grandpa_peers, grandpa_notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, Network>(
		grandpa_protocol.clone(),
		metrics.clone(),
		net_config.peer_store_handle(),
	);
	net_config.add_notification_protocol(grandpa_peers);

	let warp_proofs = sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		authority_set.clone(),
		Vec::new(),
	);
	let (network, system_rpc_tx, tx_handler_controller, sync_service, _) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(Arc::new(warp_proofs))),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	if config.offchain_worker.enabled {
		let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			keystore: Some(keystore.clone()),
			offchain_db: backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(transaction_pool.clone())),
			network_provider: Arc::new(network.clone()),
			is_validator: config.role.is_authority(),
			// No pallet of the runtime asks anyone over HTTP.
			enable_http_requests: false,
			custom_extensions: |_| Vec::new(),
		})?;
		task_manager.spawn_handle().spawn(
			"offchain-workers-runner",
			Some("offchain-worker"),
			workers.run(client.clone(), task_manager.spawn_handle()).boxed(),
		);
	}

	let rpc_sources = rpc::Sources {
		client: client.clone(),
		pool: transaction_pool.clone(),
		select_chain: select_chain.clone(),
		chain_spec: config.chain_spec.cloned_box(),
		keystore: keystore.clone(),
		babe: babe_worker,
		authority_set: authority_set.clone(),
		voter_state: voter_state.clone(),
		justifications: grandpa_link.justification_stream(),
		finality_proofs: sc_consensus_grandpa::FinalityProofProvider::new_for_service(
			backend.clone(),
			Some(authority_set),
		),
	};

	let role = config.role;
	let name = config.network.node_name.clone();
	let force_authoring = config.force_authoring;
	let votes = !config.disable_grandpa;
	let discovery = sc_authority_discovery::WorkerConfig {
		publish_non_global_ips: config.network.allow_non_globals_in_dht,
		public_addresses: config.network.public_addresses.clone(),
		// This chain never had nodes that do not sign their record with their network identity.
		strict_record_validation: true,
		persisted_cache_directory: config.network.net_config_path.clone(),
		..Default::default()
	};

	sc_service::spawn_tasks(sc_service::SpawnTasksParams {
		config,
		client: client.clone(),
		backend,
		task_manager: &mut task_manager,
		keystore: keystore.clone(),
		transaction_pool: transaction_pool.clone(),
		rpc_builder: Box::new(move |executor| Ok(rpc::methods(&rpc_sources, executor)?)),
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;
	let telemetry = telemetry.as_ref().map(Telemetry::handle);

	if let Some(registry) = &prometheus
		&& Metrics::apply(&client).map_err(|error| error.to_string())?
	{
		task_manager.spawn_handle().spawn_blocking(
			"insurance-metrics",
			None,
			Metrics::register(registry)?.run(client.clone()),
		);
	}

	if role.is_authority() {
		let proposers = sc_basic_authorship::ProposerFactory::new(
			task_manager.spawn_handle(),
			client.clone(),
			transaction_pool.clone(),
			prometheus.as_ref(),
			telemetry.clone(),
		);
		let babe = sc_consensus_babe::start_babe(sc_consensus_babe::BabeParams {
			keystore: keystore.clone(),
			client: client.clone(),
			select_chain,
			env: proposers,
			block_import,
			sync_oracle: sync_service.clone(),
			justification_sync_link: sync_service.clone(),
			create_inherent_data_providers: inherents,
			force_authoring,
			// Blocks keep their pace while finality lags.
			backoff_authoring_blocks: None::<()>,
			babe_link,
			// The other half is for the block to reach and convince the rest.
			block_proposal_slot_portion: SlotProportion::new(0.5),
			max_block_proposal_slot_portion: None,
			telemetry: telemetry.clone(),
		})?;
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("babe-proposer", Some("block-authoring"), babe);

		let dht_events = network
			.event_stream("authority-discovery")
			.filter_map(|event| async move {
				match event {
					Event::Dht(event) => Some(event),
					_ => None,
				}
			});
		let (worker, _) = sc_authority_discovery::new_worker_and_service_with_config(
			discovery,
			client.clone(),
			Arc::new(network.clone()),
			Box::pin(dht_events),
			sc_authority_discovery::Role::PublishAndDiscover(keystore.clone()),
			prometheus.clone(),
			task_manager.spawn_handle(),
		);
		task_manager
			.spawn_handle()
			.spawn("authority-discovery-worker", Some("networking"), worker.run());
	}

	if votes {
		let voter = sc_consensus_grandpa::run_grandpa_voter(sc_consensus_grandpa::GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: Duration::from_millis(333),
				justification_generation_period: JUSTIFICATION_PERIOD,
				name: Some(name),
				observer_enabled: false,
				// A node that is no authority follows the votes and casts none.
				keystore: role.is_authority().then_some(keystore),
				local_role: role,
				telemetry: telemetry.clone(),
				protocol_name: grandpa_protocol,
			},
			link: grandpa_link,
			network,
			sync: sync_service,
			notification_service: grandpa_notifications,
			voting_rule: sc_consensus_grandpa::VotingRulesBuilder::default().build(),
			prometheus_registry: prometheus,
			shared_voter_state: voter_state,
			telemetry,
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(transaction_pool),
		})?;
		task_manager
			.spawn_essential_handle()
			.spawn_blocking("grandpa-voter", None, voter);
	}

	Ok(task_manager)
}

/// Takes back what BABE and GRANDPA remember of the last `blocks` blocks.
pub fn revert(client: Arc<Client>, backend: Arc<Backend>, blocks: BlockNumber) -> sc_cli::Result<()> {
	sc_consensus_babe::revert(client.clone(), backend, blocks)?;
	sc_consensus_grandpa::revert(client, blocks)?;
	Ok(())
}
