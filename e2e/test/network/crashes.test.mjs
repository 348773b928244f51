// Validators of a network are killed at any moment while cover is bought all the time. Nothing that was final is lost.
//
// `KILLS` says how many times: four, one at each kind of moment, where it says nothing. Fifty take a quarter of an hour.
// `SEED` repeats a run's random choices, not its timing.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { WsProvider } from '@polkadot/api';
import { send, sleep, wellKnown } from '../../lib/chain.mjs';
import { USD, dollars, fixedPercent, percent, quote, sum, taking } from '../../lib/insurance.mjs';
import { binary } from '../../lib/node.mjs';
import { onNetwork, story } from '../support.mjs';

const KILLS = Number(process.env.KILLS ?? 4);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));

/** When a validator is killed. */
const MOMENTS = ['at any time', 'as author', 'as it told a block final', 'again while it started'];
/** From the kill to the next start. */
const LONGEST_OUTAGE = 6_000;
const CATCH_UP = 60_000;
/** One purchase in so many milliseconds, each by the next of the buyers. */
const PACE = 150;
/** Final blocks that a killed node may forget and must fetch again: its database writes in the background. */
const FORGOTTEN = 5;
/** Purchases on their way: a network that stands still must not be buried. */
const MOST_OPEN = 200;
const PRODUCT = 1;
/** So that no policy ends meanwhile. */
const PERIOD = 3_600;
/** What no node that is well says. */
const TROUBLE = /panick|corrupt|database(?!: ParityDb at)|essential task|equivocat|checksum|backend error|discarded/i;

/** Numbers below one, the same for the same seed. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Waits for something, and fails with its name. */
async function until(what, deadline, isIt) {
  const last = Date.now() + deadline;
  while (!(await isIt())) {
    if (Date.now() > last) throw new Error(`not within ${deadline / 1_000} s: ${what}`);
    await sleep(100);
  }
}

/** A node as seen from outside: what it says in its log, and what it tells is final. */
class Witness {
  #told;
  #next;

  /** The last block that it told is final. */
  final = { number: 0 };
  trouble = [];

  /** `told` hears of each block that it tells is final: its header as JSON. */
  constructor(name, node, told) {
    Object.assign(this, { name, node });
    this.#told = told;
    node.onLine = (line) => {
      if (TROUBLE.test(line)) this.trouble.push(line);
    };
  }

  async open() {
    this.rpc = new WsProvider(this.node.url, false);
    await this.rpc.connect();
    await this.rpc.isReady;
    await this.rpc.subscribe('chain_finalizedHead', 'chain_subscribeFinalizedHeads', [], (_, header) => {
      if (!header) return;
      this.final = this.#told(this, header);
      this.#next?.();
    });
  }

  async close() {
    // What is under way fails with the connection.
    await this.rpc?.disconnect().catch(() => {});
    this.rpc = undefined;
  }

  /** Waits until it tells the next one. */
  next() {
    return new Promise((done) => (this.#next = done));
  }

  async best() {
    return Number((await this.rpc.send('chain_getHeader', [])).number);
  }

  hash(number) {
    return this.rpc.send('chain_getBlockHash', [number]);
  }
}

/** Buys cover through a node from several accounts, and keeps what became final. */
class Buyers {
  #api;
  #accounts;
  #orders;
  #going = true;
  #done;
  #seen;

  sent = 0;
  /** What was bought and is final: `{ id, block, hash, stored }`. */
  bought = [];
  /** The most that one block had. */
  most = 0;

  constructor(api, accounts, orders) {
    this.#api = api;
    this.#accounts = accounts;
    this.#orders = orders;
  }

  async start() {
    const nonces = await Promise.all(this.#accounts.map(({ address }) => this.#api.rpc.system.accountNextIndex(address)));
    this.#seen = (await this.#api.rpc.chain.getHeader()).number.toNumber();
    this.#done = Promise.all([this.#buy(nonces.map(Number)), this.#record()]);
    // Told of by `stop`.
    this.#done.catch(() => (this.#going = false));
  }

  async #buy(nonces) {
    for (; this.#going; await sleep(PACE)) {
      if (this.sent - this.bought.length >= MOST_OPEN) continue;
      const turn = this.sent % nonces.length;
      const order = this.#orders[this.sent % this.#orders.length];
      const call = this.#api.tx.cover.buy(PRODUCT, USD, order, `purchase ${this.sent}`);
      await call.signAndSend(this.#accounts[turn], { nonce: nonces[turn], era: 0 });
      nonces[turn] += 1;
      this.sent += 1;
    }
  }

  /** Looks through all final blocks, one after the other. */
  async #record() {
    const { rpc, query } = this.#api;
    while (this.#going || this.bought.length < this.sent) {
      const final = (await rpc.chain.getHeader(await rpc.chain.getFinalizedHead())).number.toNumber();
      for (; this.#seen < final; this.#seen += 1) {
        const number = this.#seen + 1;
        const hash = (await rpc.chain.getBlockHash(number)).toHex();
        const next = (await (await this.#api.at(hash)).query.cover.nextPolicy()).toNumber();
        const ids = Array.from({ length: next - this.bought.length }, (_, index) => this.bought.length + index);
        this.most = Math.max(this.most, ids.length);
        if (ids.length === 0) continue;
        const keys = ids.map((id) => query.cover.policies.key(id));
        const [{ changes }] = await rpc.state.queryStorageAt.raw(keys, hash);
        const stored = new Map(changes);
        this.bought.push(...ids.map((id, index) => ({ id, block: number, hash, stored: stored.get(keys[index]) })));
      }
      await sleep(200);
    }
  }

  /** Ends it when all that was sent is final. */
  async stop() {
    this.#going = false;
    let timer;
    const late = new Promise((_, reject) => {
      const fail = () => reject(new Error(`of ${this.sent} purchases only ${this.bought.length} became final`));
      timer = setTimeout(fail, CATCH_UP);
    });
    await Promise.race([this.#done, late]).finally(() => clearTimeout(timer));
  }
}

/** What the database of a node that does not run has as its last final block. */
async function storedFinal(network, node) {
  const args = ['chain-info', '--chain', network.spec, '--base-path', node.dir];
  const { stdout } = await promisify(execFile)(binary(), args);
  const { finalized_number: number, finalized_hash: hash } = JSON.parse(stdout);
  return { number: Number(number), hash };
}

const body = async ({ t, network, connect, ended }) => {
  const random = generator(SEED);
  const below = (limit) => Math.floor(random() * limit);
  const began = Date.now();
  const seconds = (from = began) => ((Date.now() - from) / 1_000).toFixed(1);
  const note = (text) => t.diagnostic(`${seconds()} s: ${text}`);
  note(`SEED=${SEED} KILLS=${KILLS}`);

  const entrance = network.node('entrance');
  await entrance.start();
  const api = await connect(entrance);

  // Whatever anybody ever told is final.
  const finals = new Map();
  const told = (witness, json) => {
    const header = api.createType('Header', json);
    const final = { number: header.number.toNumber(), hash: header.hash.toHex() };
    const known = finals.get(final.number);
    if (known && known.hash !== final.hash) {
      witness.trouble.push(`block ${final.number} is ${final.hash}, and ${known.hash} says ${known.by}`);
    }
    if (!known) finals.set(final.number, { ...final, by: witness.name });
    return final;
  };
  const witnesses = network.validators.map((node, index) => new Witness(`validator ${index + 1}`, node, told));
  const all = [...witnesses, new Witness('entrance', entrance, told)];
  ended.push(() => Promise.all(all.map((witness) => witness.close())));
  await Promise.all(all.map((witness) => witness.open()));
  const trouble = () => all.flatMap(({ name, trouble }) => trouble.map((line) => `${name}: ${line}`));

  // -- Pools, and cover from them

  const { alice, bob, charlie, dave, eve, ferdie } = wellKnown(api);
  const { create, deposit, setLine } = api.tx.pools;
  const pools = [0, 1].flatMap((pool) => [
    create(USD, percent(10)),
    setLine(pool, PRODUCT, percent(50), fixedPercent(4 + pool)),
    deposit(pool, dollars(400_000), 0, null),
  ]);
  await send(api, api.tx.utility.batchAll(pools), alice, { finalised: true });
  const offer = await quote(api, PRODUCT, USD, dollars(1), PERIOD);
  const orders = [[2], [1, 1], [0, 3]].map((amounts) => {
    const parts = amounts.map((amount, pool) => ({ pool, amount: dollars(amount) })).filter(({ amount }) => amount);
    const amount = sum(parts.map((part) => part.amount));
    // The price is not what this is about.
    return taking(amount, offer, { parts, maxPremium: amount });
  });
  const buyers = new Buyers(api, [bob, charlie, dave, eve, ferdie], orders);
  await buyers.start();
  note('cover is being bought');

  // -- Kills

  /** Waits for a slot that a validator is the author of, and for a moment in it. */
  const untilAuthor = async ({ rpc }) => {
    for (let tries = 0; tries < 60; tries += 1, await sleep(500)) {
      const slots = Object.values(await rpc.send('babe_epochAuthorship', []));
      const next = slots
        .flatMap(({ primary, secondary, secondary_vrf: drawn }) => [...primary, ...secondary, ...drawn])
        .filter((slot) => slot * 1_000 > Date.now())
        .sort((a, b) => a - b)[0];
      if (next === undefined) continue;
      await sleep(next * 1_000 - Date.now() + random() * 700);
      return;
    }
    throw new Error('a validator is the author of no slot');
  };

  const figures = { down: [], back: [], forgotten: [] };
  const kill = async (moment) => {
    const witness = witnesses[below(witnesses.length)];
    const { name, node } = witness;
    if (moment === 'as author') await untilAuthor(witness);
    else await sleep(random() * 3_000);
    if (moment === 'as it told a block final') await witness.next();
    const { final: last } = witness;
    await node.kill9();
    const killed = Date.now();
    await witness.close();
    await sleep(random() * LONGEST_OUTAGE);

    let early = 0;
    if (moment === 'again while it started') {
      const started = node.start().then(
        () => false,
        () => true,
      );
      await sleep(random() * 4_000);
      await node.kill9();
      early = Number(await started);
    }

    const kept = await storedFinal(network, node);
    const forgotten = Math.max(last.number - kept.number, 0);
    figures.forgotten.push(forgotten);
    const restarted = Date.now();
    await node.start();
    await witness.open();
    assert.ok(forgotten <= FORGOTTEN, `${name} told that ${last.number} is final, and kept ${kept.number}`);
    assert.equal(await witness.hash(kept.number), kept.hash, `${name}: block ${kept.number}`);
    await until(`${name} is where the others are`, CATCH_UP, async () => {
      const others = Math.max(...all.map(({ final }) => final.number));
      return witness.final.number >= others - 2 && (await witness.best()) >= others;
    });
    assert.equal(await witness.hash(last.number), last.hash, `${name}: block ${last.number}`);
    figures.down.push(restarted - killed);
    figures.back.push(Date.now() - restarted);
    note(
      `${name} killed ${moment}${early ? ', before it answered' : ''}, with ${last.number} final, ${forgotten} of them forgotten; ` +
        `${seconds(killed)} s until it had caught up`,
    );
    assert.deepEqual(trouble(), []);
  };

  const chapter = story(t);
  await chapter(`a validator comes back with all it told is final, ${KILLS} times`, async () => {
    for (let count = 0; count < KILLS; count += 1) await kill(MOMENTS[count % MOMENTS.length]);
  });

  // -- What is left

  await chapter('every purchase that was sent is final, and finality keeps up', async () => {
    await buyers.stop();
    for (const { name, rpc } of all) {
      await until(`${name} has the last blocks final`, 20_000, async () => {
        const final = await rpc.send('chain_getHeader', [await rpc.send('chain_getFinalizedHead', [])]);
        return Number((await rpc.send('chain_getHeader', [])).number) - Number(final.number) <= 4;
      });
    }
    const { sent, bought, most } = buyers;
    assert.equal(bought.length, sent);
    const blocks = new Set(bought.map(({ block }) => block)).size;
    note(`${sent} purchases in ${blocks} blocks, at most ${most} in one`);
  });

  const end = Math.min(...all.map(({ final }) => final.number));
  await chapter('all have the same final blocks', async () => {
    const numbers = Array.from({ length: end + 1 }, (_, number) => number);
    const [first, ...others] = await Promise.all(all.map(({ rpc }) => rpc.send('chain_getBlockHash', [numbers])));
    for (const [index, hashes] of others.entries()) assert.deepEqual(hashes, first, all[index + 1].name);
    for (const { number, hash, by } of finals.values()) {
      if (number <= end) assert.equal(first[number], hash, `block ${number}, final by ${by}`);
    }
    note(`${end} final blocks, ${finals.size} of them told`);
  });

  await chapter('every validator has every policy as it was bought, and its books add up', async () => {
    const hash = finals.get(end)?.hash ?? (await all[0].hash(end));
    for (const { name, node } of witnesses) {
      const own = await connect(node);
      const at = await own.at(hash);
      const stored = new Map(
        (await at.query.cover.policies.entries()).map(([key, policy]) => [key.args[0].toNumber(), policy.unwrap()]),
      );
      const exposures = [0n, 0n];
      for (const { id, block, stored: bought } of buyers.bought) {
        const policy = stored.get(id);
        assert.equal(policy?.toHex(), bought, `${name}: policy ${id} of block ${block}`);
        for (const { pool, amount } of policy.allocations) exposures[pool.toNumber()] += amount.toBigInt();
      }
      assert.equal(stored.size, buyers.bought.length, name);
      for (const [pool, exposure] of exposures.entries()) {
        const [line] = await at.call.poolsApi.lines(pool);
        const { exposure: whole } = (await at.call.poolsApi.pool(pool)).unwrap();
        assert.deepEqual([line.exposure.toBigInt(), whole.toBigInt()], [exposure, exposure], `${name}: pool ${pool}`);
      }
      // Who votes or builds twice is reported.
      assert.equal((await at.query.offences.reports.keys()).length, 0, name);
    }
    assert.deepEqual(trouble(), []);
    const mean = (list) => Math.round(sum(list).toString() / list.length);
    note(`down ${mean(figures.down)} ms, and back after ${mean(figures.back)} ms more, in the mean`);
  });
};

onNetwork('what is final stays when validators are killed under load', { validators: 4 }, body, { timeout: 240_000 + KILLS * 90_000 });
