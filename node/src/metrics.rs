//! The state of the insurance as Prometheus metrics, read from the last finalised block.
//!
//! What a round costs is bounded: one page of pools, and figures that the runtime has summed up or stops counting. The
//! next page comes with the next round.

use crate::service::Client;
use futures::{FutureExt, StreamExt};
use futures_timer::Delay;
use lutine_primitives::insurance::{AssetId, PoolId};
use lutine_runtime::{AccountId, Hash, opaque::Block};
use pallet_claims::ClaimsApi;
use pallet_cover::CoverApi;
use pallet_pools::{PoolReport, PoolsApi};
use sc_client_api::{BlockchainEvents, HeaderBackend};
use sp_api::{ApiError, ApiExt, ProvideRuntimeApi};
use sp_runtime::traits::Header;
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use substrate_prometheus_endpoint::{F64, Gauge, GaugeVec, Opts, PrometheusError, Registry, U64, register};

/// Rounds are at least so far apart, however fast blocks are finalised.
const INTERVAL: Duration = Duration::from_secs(10);

/// The metrics, registered.
pub struct Metrics {
	block: Gauge<U64>,
	seconds: Gauge<F64>,
	cover_in_force: GaugeVec<F64>,
	policies: GaugeVec<U64>,
	pools: Gauge<U64>,
	capital: GaugeVec<F64>,
	required: GaugeVec<F64>,
	arrears: GaugeVec<F64>,
	solvency_ratio: GaugeVec<F64>,
	strained: GaugeVec<U64>,
	open_cases: Gauge<U64>,
	referenda: Gauge<U64>,
	/// Where the next page of pools begins.
	next: PoolId,
}

impl Metrics {
	/// Registers them all. Amounts are in the smallest unit of their asset.
	pub fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let count = |name: &str, help: &str| register(Gauge::<U64>::new(name, help)?, registry);
		let amounts = |name: &str, help: &str, labels: &[&str]| {
			register(GaugeVec::<F64>::new(Opts::new(name, help), labels)?, registry)
		};
		let counts = |name: &str, help: &str, labels: &[&str]| {
			register(GaugeVec::<U64>::new(Opts::new(name, help), labels)?, registry)
		};
		let pool = ["pool", "asset"];
		Ok(Self {
			block: count(
				"lutine_metrics_block",
				"Finalised block that the figures of the insurance are of",
			)?,
			seconds: register(
				Gauge::<F64>::new("lutine_metrics_seconds", "How long it took to read them")?,
				registry,
			)?,
			cover_in_force: amounts(
				"lutine_cover_in_force",
				"What pools stand behind, by asset",
				&["asset"],
			)?,
			policies: counts(
				"lutine_policies",
				"Policies that are not closed, by asset",
				&["asset"],
			)?,
			pools: count("lutine_pools", "Pools")?,
			capital: amounts("lutine_pool_capital", "A pool's own money", &pool)?,
			required: amounts("lutine_pool_required", "What a pool must hold", &pool)?,
			arrears: amounts("lutine_pool_arrears", "What a pool owes after losses", &pool)?,
			solvency_ratio: amounts(
				"lutine_pool_solvency_ratio",
				"Capital over what is required; none while nothing is",
				&pool,
			)?,
			strained: counts(
				"lutine_pool_strained",
				"1 while capital is below what is required",
				&pool,
			)?,
			open_cases: count("lutine_open_cases", "Cases that are not final, up to 1024")?,
			referenda: count("lutine_referenda", "Cases that token holders vote on")?,
			next: 0,
		})
	}

	/// Whether a chain has insurance to tell of: the one at the other end of the bridge has none.
	pub fn apply(client: &Client) -> Result<bool, ApiError> {
		client
			.runtime_api()
			.has_api::<dyn CoverApi<Block, AccountId>>(client.info().best_hash)
	}

	/// Reads a round whenever blocks are finalised.
	pub async fn run(mut self, client: Arc<Client>) {
		let mut blocks = client
			.finality_notification_stream()
			.map(|block| (block.hash, *block.header.number()));
		while let Some(mut block) = blocks.next().await {
			while let Some(Some(newer)) = blocks.next().now_or_never() {
				block = newer;
			}
			let (hash, number) = block;
			let started = Instant::now();
			match self.read(&client, hash) {
				Ok(()) => {
					self.block.set(number.into());
					self.seconds.set(started.elapsed().as_secs_f64());
				}
				Err(error) => {
					log::warn!(target: "metrics", "cannot read the insurance at block {number}: {error}");
				}
			}
			Delay::new(INTERVAL).await;
		}
	}

	fn read(&mut self, client: &Client, at: Hash) -> Result<(), ApiError> {
		let api = client.runtime_api();
		for sum in CoverApi::<Block, AccountId>::track_record(&*api, at, None)? {
			let asset = [&*name(&sum.asset)];
			self.cover_in_force
				.with_label_values(&asset)
				.set(sum.in_force as f64);
			self.policies.with_label_values(&asset).set(sum.record.open);
		}
		let pending = api.pending(at)?;
		self.open_cases.set(pending.cases.into());
		self.referenda.set(pending.referenda.into());

		let mut pools = api.pools_from(at, self.next)?;
		if pools.is_empty() && self.next > 0 {
			self.next = 0;
			pools = api.pools_from(at, 0)?;
		}
		for (pool, report) in pools {
			self.next = pool.saturating_add(1);
			self.pools.set(self.pools.get().max(self.next.into()));
			self.show(pool, &report);
		}
		Ok(())
	}

	fn show(&self, pool: PoolId, report: &PoolReport<AccountId>) {
		let labels = [&*pool.to_string(), &*name(&report.asset)];
		self.capital.with_label_values(&labels).set(report.capital as f64);
		self.required
			.with_label_values(&labels)
			.set(report.required as f64);
		self.arrears.with_label_values(&labels).set(report.arrears as f64);
		self.strained
			.with_label_values(&labels)
			.set(report.strained.into());
		match report.solvency_ratio {
			Some(ratio) => self
				.solvency_ratio
				.with_label_values(&labels)
				.set(ratio.to_float()),
			// It fails where there is none.
			None => drop(self.solvency_ratio.remove_label_values(&labels)),
		}
	}
}

/// An asset as a label.
fn name(asset: &AssetId) -> String {
	match asset {
		AssetId::Native => "native".into(),
		AssetId::WithId(id) => id.to_string(),
	}
}
