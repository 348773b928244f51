import assert from 'node:assert/strict';
import { native, send, sleep } from '../lib/chain.mjs';
import { USD, dollars, fixedPercent, percent, quote, taking } from '../lib/insurance.mjs';
import { freePorts } from '../lib/node.mjs';
import { onChain, story } from './support.mjs';

const [port] = await freePorts(1);
const PRODUCT = 1;
/** Rounds are ten seconds apart; a busy machine is later. */
const LONGEST_ROUND = 40_000;
/** All there are, with their labels. */
const LABELS = {
  lutine_metrics_block: [],
  lutine_metrics_seconds: [],
  lutine_cover_in_force: ['asset'],
  lutine_policies: ['asset'],
  lutine_pools: [],
  lutine_pool_capital: ['asset', 'pool'],
  lutine_pool_required: ['asset', 'pool'],
  lutine_pool_arrears: ['asset', 'pool'],
  lutine_pool_solvency_ratio: ['asset', 'pool'],
  lutine_pool_strained: ['asset', 'pool'],
  lutine_open_cases: [],
  lutine_referenda: [],
};

/** The series of ours that the node shows now, as text such as `lutine_pool_capital{asset="1",pool="0"}`, with values. */
async function scrape() {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const series = {};
  for (const [, name, inner, value] of text.matchAll(/^(lutine_\w+)(?:\{(.*)\})? (\S+)$/gm)) {
    const labels = (inner ?? '')
      .split(',')
      // The SDK adds the chain's id to every metric of a node.
      .filter((label) => label && !label.startsWith('chain='))
      .sort();
    series[labels.length ? `${name}{${labels.join(',')}}` : name] = Number(value);
  }
  return series;
}

/** What the next round shows, which begins after the block. */
async function round(after) {
  const deadline = Date.now() + LONGEST_ROUND;
  for (;;) {
    // The block is set last, and the next round is seconds away.
    const series = await scrape();
    if (series.lutine_metrics_block > after) return series;
    if (Date.now() > deadline) throw new Error(`the metrics are still those of block ${series.lutine_metrics_block}`);
    await sleep(200);
  }
}

/** What the runtime's own answers at a block make of them. */
async function expected(api, block) {
  const { call } = await api.at(await api.rpc.chain.getBlockHash(block));
  const asset = (id) => (id.isNative ? 'native' : id.asWithId.toString());
  const series = { lutine_metrics_block: block };
  for (const { asset: id, inForce, record } of await call.coverApi.trackRecord(null)) {
    const labels = `{asset="${asset(id)}"}`;
    series[`lutine_cover_in_force${labels}`] = Number(inForce.toBigInt());
    series[`lutine_policies${labels}`] = record.open.toNumber();
  }
  const pools = await call.poolsApi.pools();
  series.lutine_pools = pools.length;
  for (const pool of pools) {
    const { asset: id, capital, required, arrears, solvencyRatio, strained } = (await call.poolsApi.pool(pool)).unwrap();
    const labels = `{asset="${asset(id)}",pool="${pool}"}`;
    series[`lutine_pool_capital${labels}`] = Number(capital.toBigInt());
    series[`lutine_pool_required${labels}`] = Number(required.toBigInt());
    series[`lutine_pool_arrears${labels}`] = Number(arrears.toBigInt());
    series[`lutine_pool_strained${labels}`] = Number(strained.isTrue);
    if (solvencyRatio.isNone) continue;
    series[`lutine_pool_solvency_ratio${labels}`] = Number(solvencyRatio.unwrap().toBigInt()) / 1e18;
  }
  const pending = await call.claimsApi.pending();
  series.lutine_open_cases = pending.cases.toNumber();
  series.lutine_referenda = pending.referenda.toNumber();
  return series;
}

const body = async ({ t, api, who: { alice, bob, dave, eve } }) => {
  const { claims, cover, pools, utility } = api.tx;
  const chapter = story(t);
  const lut = native(api, 1);
  const final = async () => (await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())).number.toNumber();

  /** Sees that the metrics after a block are what the runtime says, and returns those of them that `kind` names. */
  const agree = async (after, kind) => {
    const { lutine_metrics_seconds: took, ...series } = await round(after);
    assert.ok(took > 0 && took < 5, `${took} s`);
    const block = series.lutine_metrics_block;
    assert.ok(block <= (await final()), `block ${block} is not final`);
    assert.deepEqual(series, await expected(api, block));
    return Object.keys(series).filter((name) => name.startsWith(kind));
  };

  await chapter('a chain without pools shows none', async () => {
    assert.deepEqual(await agree(0, 'lutine_pool_'), []);
  });

  let block;
  await chapter('pools that stand behind nothing have capital, and no solvency ratio', async () => {
    // The deposits make amounts that a float cannot hold to the unit.
    const calls = [
      ...[pools.create(USD, 0), pools.setLine(0, PRODUCT, percent(50), fixedPercent(4))],
      ...[pools.create('Native', 0), pools.setLine(1, PRODUCT, percent(50), fixedPercent(4))],
      ...[pools.deposit(0, dollars(100_000) + 1n, 0, null), pools.deposit(1, 50_000n * lut + 1n, 0, null)],
    ];
    ({ block } = await send(api, utility.batchAll(calls), alice));
    const shown = await agree(block.number, 'lutine_pool_');
    assert.equal(shown.length, 8);
    assert.ok(!shown.some((name) => name.startsWith('lutine_pool_solvency_ratio')));
  });

  await chapter('cover and an incident show to the unit', async () => {
    const buy = async (buyer, asset, amount) => {
      const order = taking(amount, await quote(api, PRODUCT, asset, amount, 600), { maxPremium: amount });
      return send(api, cover.buy(PRODUCT, asset, order, ''), buyer);
    };
    await Promise.all([buy(dave, USD, dollars(1_234) + 5n), buy(eve, 'Native', 77n * lut + 7n)]);
    const happened = (await api.query.timestamp.now()).toNumber() / 1_000;
    const report = claims.report(PRODUCT, Math.floor(happened), 'ipfs://evidence', `0x${'ab'.repeat(32)}`, 100n * lut);
    ({ block } = await send(api, report, bob));
    const shown = await agree(block.number, 'lutine_');
    for (const pool of ['asset="1",pool="0"', 'asset="native",pool="1"']) {
      assert.ok(shown.includes(`lutine_pool_solvency_ratio{${pool}}`), pool);
    }
    const { lutine_open_cases: cases, lutine_pools: count } = await scrape();
    assert.deepEqual([cases, count], [1, 2]);
  });

  await chapter('nothing of ours is labelled by what anybody can make many of for nothing', async () => {
    const shown = Object.keys(await scrape());
    const labels = Object.fromEntries(
      shown.map((series) => [series.split('{')[0], [...series.matchAll(/(\w+)=/g)].map(([, label]) => label)]),
    );
    assert.deepEqual(labels, LABELS);
  });
};

onChain('metrics are what the chain says', body, { timeout: 180_000, prometheusPort: port });
