import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { eventOf, height, native, people, referendum, send, timeAt, untilBlock, untilTime } from '../../lib/chain.mjs';
import {
  USD,
  dollars,
  fixedPercent,
  list,
  percent,
  proposal,
  quote,
  secretVote,
  taking,
  untilMoved,
} from '../../lib/insurance.mjs';
import { nextRuntime } from '../../lib/node.mjs';
import { named, onNetwork, refuses, story } from '../support.mjs';

const INSURED = dollars(10_000);
const LOSS = dollars(1_000);
/** From a purchase to the beginning of cover. */
const WAITING = 5;
/** Every node compiles the new runtime before it goes on, four on one machine at the same time. In milliseconds. */
const COMPILING = 180_000;
const EVIDENCE = ['https://example.org/evidence', `0x${'5a'.repeat(32)}`];

const specVersion = async (api) => (await api.rpc.state.getRuntimeVersion()).specVersion.toNumber();

onNetwork('a referendum replaces the runtime of a network, and cover bought before is paid after', {}, async ({ t, network, connect }) => {
  const chapter = story(t);
  const apis = await Promise.all(network.validators.map(connect));
  const [api] = apis;
  const [alice, bob, charlie, dave, eve, grace] = people(api, ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Grace']);
  const { tx, events: kinds } = api;
  const lut = native(api, 1);
  const wasm = readFileSync(nextRuntime());
  const code = `0x${wasm.toString('hex')}`;
  const hash = api.registry.hash(wasm);

  let policy;
  let start;
  await chapter('cover is bought', async () => {
    const product = { proposal: proposal('Insured', { waitingPeriod: WAITING, limits: { optimistic: LOSS } }), group: 120 };
    const { ids } = await list(api, eve, [alice, charlie], [product]);
    const line = tx.pools.setLine(0, ids[0], percent(50), fixedPercent(5));
    await send(api, tx.utility.batchAll([tx.pools.create(USD, 0), line]), alice);
    await send(api, tx.pools.deposit(0, dollars(100_000), 0, null), charlie);
    await send(api, tx.balances.transferKeepAlive(grace.address, 100n * lut), bob);
    await send(api, tx.claims.stake(50n * lut), grace);
    const order = taking(INSURED, await quote(api, ids[0], USD, INSURED, 600), { maxPremium: INSURED });
    const bought = await send(api, tx.cover.buy(ids[0], USD, order, 'an account'), dave, { finalised: true });
    const event = eventOf(bought.events, kinds.cover.Bought).data;
    policy = { id: event.policy.toNumber(), product: ids[0] };
    start = event.start.toNumber();
  });

  let before;
  const next = (await specVersion(api)) + 1;
  await chapter('token holders allow one runtime, and no other', async () => {
    await refuses(send(api, tx.system.applyAuthorizedUpgrade(code), dave), /NothingAuthorized/);
    await refuses(send(api, tx.system.authorizeUpgrade(hash), dave), /BadOrigin/);
    const { passed } = await referendum(api, {
      call: tx.system.authorizeUpgrade(hash),
      proposer: dave,
      seconders: [eve],
      votes: [
        { who: alice, aye: true, conviction: 'Locked3x', amount: 500_000n * lut },
        { who: bob, aye: false, conviction: 'Locked1x', amount: 1_000n * lut },
      ],
    });
    assert.ok(passed);
    const current = (await api.rpc.state.getStorage(':code')).unwrap();
    // Final before the runtime changes: signed for the one before, a block of another branch could not take it again.
    await refuses(
      send(api, tx.system.applyAuthorizedUpgrade(current.toHex()), dave, { finalised: true }),
      /Unauthorized/,
    );
    before = (await api.query.cover.policies(policy.id)).toHex();
  });

  await chapter('anyone brings its code, and every validator goes on with it', async () => {
    const { block } = await send(api, tx.system.applyAuthorizedUpgrade(code), eve, { finalised: true, timeout: COMPILING });
    assert.equal(await specVersion(api), next);
    await Promise.all(
      apis.map(async (each) => {
        await untilBlock(each, block.number + 3, { finalised: true, stall: COMPILING });
        assert.equal(await specVersion(each), next);
        const stored = (await each.rpc.state.getStorage(':code')).unwrap();
        assert.equal(each.registry.hash(stored.toU8a(true)).toHex(), hash.toHex());
      }),
    );
    const last = await api.query.system.lastRuntimeUpgrade();
    assert.equal(last.unwrap().specVersion.toNumber(), next);
    assert.equal((await api.query.cover.policies(policy.id)).toHex(), before);
  });

  await chapter('what was bought before is claimed and paid under the new one', async () => {
    // The library learns of the new runtime by itself; what was made of the old one's metadata is of no use any more.
    assert.equal(api.runtimeVersion.specVersion.toNumber(), next);
    const { claims: told, assets } = api.events;
    await untilTime(api, start + 1);
    const happened = await timeAt(api, await height(api));
    const { report, file } = api.tx.claims;
    const reported = await send(api, report(policy.product, happened, ...EVIDENCE, 10n * lut), dave);
    const incident = named(eventOf(reported.events, told.Reported));
    const voting = named(eventOf(reported.events, told.AssessmentBegan));
    const ballot = secretVote(api, incident.case.toNumber(), grace, 100);
    await send(api, ballot.commit, grace);
    await untilBlock(api, voting.commitUntil.toNumber());
    await send(api, ballot.reveal, grace);
    const verdict = await untilMoved(api, ballot.id, told.Verdict, voting.revealUntil.toNumber());
    await untilMoved(api, ballot.id, told.Decided, verdict.event.data.until.toNumber());

    const filed = await send(api, file(incident.incident, policy.id, LOSS, ...EVIDENCE), dave);
    const { case: id } = named(eventOf(filed.events, told.Filed));
    const { until } = named(eventOf(filed.events, told.Proposed));
    const decided = await untilMoved(api, id, told.Decided, until.toNumber());
    const paid = named(eventOf(decided.events, told.ClaimPaid));
    assert.equal(paid.policy.toNumber(), policy.id);
    const received = decided.events.find(
      (event) => assets.Transferred.is(event) && event.data.to.eq(dave.address),
    );
    assert.equal(received.data.amount.toBigInt(), LOSS);
  });
}, { timeout: 600_000 });
