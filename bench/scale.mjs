// What a chain with many policies takes beside an empty one: the same calls on both, in turn, so that whatever else the
// machine does disturbs both; and the day on which many policies end.

import { native, sleep, timeAt } from '../e2e/lib/chain.mjs';
import { Crowd } from './crowd.mjs';
import { Market } from './market.mjs';
import { latencies } from './measure.mjs';
import { memoryOf } from './preloaded.mjs';
import { folderSize } from './state.mjs';

/** How many accounts there are, blocks that show what an empty one takes, rounds, and calls of each kind in a round. */
export const COMPARED = {
  small: { accounts: 50, quiet: 5, rounds: 3, transfers: 300, settlements: 150, purchases: 150, quotes: 50 },
  full: { accounts: 300, quiet: 10, rounds: 5, transfers: 1_500, settlements: 1_000, purchases: 600, quotes: 300 },
};

/** Products of those preloaded from which is bought. */
const SAMPLE = 100;
/** Seconds before and after the moment at which many policies end. */
const [BEFORE, AFTER] = [20, 30];
/** Policies that their owner closes in one call, and parts in which that is measured. */
const [CLOSED, PARTS] = [10, 5];
/** An accounting day of the development chain, and its claim window. */
const [DAY, CLAIM_WINDOW] = [10, 350];

/** One of the two chains. */
class Side {
  constructor(name, { chain, api, who }, accounts) {
    Object.assign(this, { name, chain, api, who });
    this.crowd = new Crowd(api, chain.rpc, accounts);
    this.market = new Market(api, who);
  }

  async open() {
    const { query } = this.api;
    this.products = (await query.cover.nextProduct()).toNumber();
    await this.market.open();
    await this.crowd.fund(this.who.alice);
    this.since = await this.now();
  }

  async now() {
    const height = await this.chain.height();
    return { height, time: await timeAt(this.api, height) };
  }

  transfer() {
    const { accounts } = this.crowd;
    const next = ({ index }) => accounts[(index + 1) % accounts.length].address;
    return (account) => this.api.tx.balances.transferKeepAlive(next(account), native(this.api, 1) / 1_000n);
  }

  settle() {
    return () => this.api.tx.pools.settle(this.market.pool);
  }

  buy() {
    return this.market.order(this.market.single);
  }

  // -- The same with what was preloaded, all over the state

  transferToHolders(holders) {
    const amount = native(this.api, 1) / 1_000n;
    return (_, index) => this.api.tx.balances.transferKeepAlive(holders[index % holders.length].address, amount);
  }

  settleAll() {
    return (_, index) => this.api.tx.pools.settle(index % this.market.pool);
  }

  async buyOfAll(products) {
    const orders = [];
    for (let index = 0; index < SAMPLE; index += 1) {
      const product = this.products - products + Math.floor((index * products) / SAMPLE);
      const { pools } = await this.api.query.pools.productUnderwriters(product);
      orders.push(await this.market.order(product, 1, pools[index % pools.length].toNumber()));
    }
    return (account, index) => orders[index % SAMPLE](account);
  }
}

/** Measures both. `market` is what was preloaded, and `begin` the time at which that was. */
export async function compare(empty, preloaded, { market, begin }, scale, say) {
  const sides = [new Side('empty', empty, scale.accounts), new Side('preloaded', preloaded, scale.accounts)];
  const [, full] = sides;
  const { chain, api } = full;
  const nodes = () =>
    Object.fromEntries(
      sides.map(({ name, chain: { author, follower } }) => [
        name,
        { author: memoryOf(author), follower: memoryOf(follower), database: folderSize(author.dir) },
      ]),
    );
  const started = nodes();

  const policies = (await api.query.nfts.collection(0)).unwrap().items.toNumber();
  if (policies !== market.policies) throw new Error(`the chain begins with ${policies} policies`);
  say('markets are opened, accounts funded');
  await Promise.all(sides.map((side) => side.open()));
  const holders = new Crowd(api, chain.rpc, Math.ceil(market.ending / market.each), 'Holder');
  for (const side of sides) {
    const warming = await side.crowd.sign(scale.accounts * 4, side.transfer());
    await side.chain.rest(side.api, 1);
    await side.chain.measure(side.api, () => side.crowd.send(warming));
  }

  const rest = async (blocks) => {
    const [one, other] = await Promise.all(sides.map((side) => side.chain.rest(side.api, blocks)));
    return { empty: one, preloaded: other };
  };
  const blocks = await rest(scale.quiet * 2);
  const rows = [];
  const phase = async (name, count, calls, ofAll) => {
    say(`${name}: signing`);
    const runs = [];
    for (const side of sides) runs.push({ key: side.name, side, calls: await calls(side) });
    runs.push({ key: 'all', side: full, calls: await ofAll(full) });
    for (const run of runs) Object.assign(run, { rounds: [], signed: [] });
    // In the order in which they are sent: two of the runs are of the same accounts.
    for (let round = 0; round < scale.rounds; round += 1) {
      for (const { side, calls, signed } of runs) {
        signed.push(await side.crowd.sign(count, (account, index) => calls(account, round * count + index)));
      }
    }
    await rest(scale.quiet);
    for (let round = 0; round < scale.rounds; round += 1) {
      for (const { side, signed, rounds } of runs) {
        const part = signed[round];
        const { result, imported, build } = await side.chain.measure(side.api, () => side.crowd.send(part));
        rounds.push({ blocks: result, imported: (imported * 1e6) / count, build: (build * 1e6) / count });
      }
    }
    const row = { name, count };
    for (const { key, side, rounds } of runs) {
      const { weight, rate } = await side.crowd.outcome(rounds.map(({ blocks }) => blocks));
      const times = (kind) => rounds.map((round) => round[kind]);
      row[key] = { imported: times('imported'), build: times('build'), weight, rate };
      say(`${name}, ${key}: ${times('imported').map(Math.round).join(' ')} µs each to import`);
    }
    rows.push(row);
  };
  await phase('balances.transferKeepAlive', scale.transfers, (side) => side.transfer(), (side) =>
    side.transferToHolders(holders.accounts),
  );
  await phase('pools.settle', scale.settlements, (side) => side.settle(), (side) => side.settleAll());
  await phase('cover.buy, one pool', scale.purchases, (side) => side.buy(), (side) => side.buyOfAll(market.products));

  say('quotes');
  const quotes = { empty: [], preloaded: [] };
  for (let round = 0; round < scale.rounds; round += 1) {
    for (const { name, api, chain, market } of sides) {
      quotes[name].push(await latencies(api, chain.rpc, market.quoteOfAll(), scale.quotes));
    }
  }
  const interval = {};
  for (const side of sides) {
    const [from, to] = [side.since, await side.now()];
    interval[side.name] = (to.time - from.time) / (to.height - from.height);
  }
  const used = nodes();
  return { blocks, interval, rows, quotes, started, used, ending: await endOfMany() };

  /** The day on which many policies end, the day on which their exposure is released, and their closing. */
  async function endOfMany() {
    const end = (Math.ceil(begin / DAY) + market['ending-after']) * DAY;
    const day = async (name, moment) => {
      const wait = moment - BEFORE - Date.now() / 1_000;
      if (wait < 0) {
        say(`${name}: that was before it could be watched`);
        return undefined;
      }
      say(`${name}: in ${Math.round(wait + BEFORE)} s`);
      await sleep(wait * 1_000);
      const from = await chain.height();
      const imported = await chain.watch(moment + AFTER);
      const weights = [];
      for (let number = from + 1; number <= (await chain.height()); number += 1) {
        const at = await api.at(await api.rpc.chain.getBlockHash(number));
        const { normal, operational, mandatory } = await at.query.system.blockWeight();
        const weight = [normal, operational, mandatory].reduce((sum, each) => sum + each.refTime.toNumber(), 0);
        weights.push({ after: (await timeAt(api, number)) - moment, weight: weight / 1e6 });
      }
      return { imported: imported.map((seconds) => seconds * 1e6), weights };
    };
    const closing = holders.accounts.map((account) => {
      const policies = Array.from({ length: CLOSED }, (_, index) => account.index * CLOSED + index);
      return [account, api.tx.utility.batchAll(policies.map((policy) => api.tx.cover.close(policy)))];
    });
    const ended = await day('the policies end', end);
    say('their closing is signed');
    const signed = await holders.signEach(closing);
    // The window's last second belongs to it.
    const released = await day('they are released', Math.ceil((end + CLAIM_WINDOW + 1) / DAY) * DAY);
    await chain.rest(api, scale.quiet);
    const count = async () => (await api.query.nfts.collection(0)).unwrap().items.toNumber();
    const before = await count();
    const closed = { policies: market.ending, seconds: 0, blocks: 0, imported: [], build: [], weight: [], rate: [] };
    // In parts: the states of blocks are kept for some minutes only.
    const part = Math.ceil(signed.length / PARTS);
    for (let at = 0; at < signed.length; at += part) {
      const calls = signed.slice(at, at + part);
      let seconds;
      const { result, imported, build } = await chain.measure(api, async () => {
        const since = Date.now();
        const blocks = await holders.send(calls);
        seconds = (Date.now() - since) / 1_000;
        return blocks;
      });
      const { rate, weight, blocks } = await holders.outcome([result]);
      const policies = calls.length * CLOSED;
      closed.seconds += seconds;
      closed.blocks += blocks;
      closed.imported.push((imported * 1e6) / policies);
      closed.build.push((build * 1e6) / policies);
      closed.weight.push(weight / CLOSED);
      closed.rate.push(rate * CLOSED);
      say(`${policies} policies closed in ${blocks} blocks`);
    }
    const gone = before - (await count());
    if (gone !== market.ending) throw new Error(`${gone} policies of ${market.ending} were closed`);
    return { ended, released, closed };
  }
}
