// What is measured, in order: each call in bursts of its own, the state that policies add, and what a quote takes.

import { native } from '../e2e/lib/chain.mjs';
import { dollars } from '../e2e/lib/insurance.mjs';
import { Crowd } from './crowd.mjs';
import { AMOUNT, EVIDENCE, Market, ROUNDS, SMALL } from './market.mjs';
import { folderSize, growth, stateOf } from './state.mjs';

/** How many accounts there are, how many blocks show what an empty one takes, and how many calls of each kind are made. */
export const SCALES = {
  small: {
    accounts: 50,
    quiet: 5,
    transfers: 900,
    settlements: 300,
    deposits: 300,
    purchases: 450,
    splits: 300,
    cancellations: 150,
    claims: 120,
    proven: 300,
    quotes: 300,
  },
  full: {
    accounts: 400,
    quiet: 10,
    transfers: 18_000,
    settlements: 6_000,
    deposits: 6_000,
    purchases: 4_500,
    splits: 3_000,
    cancellations: 2_400,
    claims: 900,
    // For each incident. One call cannot pay many more: they must fit into a block.
    proven: 400,
    quotes: 2_000,
  },
};

/** Claims that are there before any is measured: block work looks at so many cases in each block, even if none is due. */
const LOOKED_AT = 40;
/** Blocks of rest where what comes next is soon. */
const SHORT_REST = 3;

/** Measures all of it on a new chain. `say` is told what is going on. */
export async function measure(api, chain, who, scale, say) {
  const { tx, events: kinds } = api;
  const { rpc } = chain;
  const crowd = new Crowd(api, rpc, scale.accounts);
  const market = new Market(api, who);
  const rows = [];

  const row = (name, figures) => {
    rows.push({ name, ...figures });
    const each = figures.imported.map((time) => Math.round(time)).join(', ');
    say(`${name}: ${Math.round(figures.rate)} a second, ${each} µs each to import`);
  };

  /** Sends what is signed, in bursts: one that something else on the machine disturbs does not count much. */
  const phase = async (name, signing, rest = scale.quiet) => {
    say(`${name}: signing`);
    const signed = await signing;
    say(`${name}: ${signed.length} of them are sent`);
    if (rest) await chain.rest(api, rest);
    const size = Math.ceil(signed.length / ROUNDS);
    const rounds = [];
    for (let at = 0; at < signed.length; at += size) {
      const part = signed.slice(at, at + size);
      const { result, imported, build } = await chain.measure(api, () => crowd.send(part));
      rounds.push({ blocks: result, imported: (imported * 1e6) / part.length, build: (build * 1e6) / part.length });
    }
    const bursts = rounds.map(({ blocks }) => blocks);
    const { events, ...figures } = await crowd.outcome(bursts);
    const times = { imported: rounds.map(({ imported }) => imported), build: rounds.map(({ build }) => build) };
    row(name, { count: signed.length, ...figures, ...times });
    return { events, first: bursts[0][0].number, last: bursts.at(-1).at(-1).number };
  };

  /** Who holds which policy, of those bought. */
  const bought = (events) =>
    events
      .filter((event) => kinds.cover.Bought.is(event))
      .map(({ data }) => ({
        id: data.policy.toNumber(),
        holder: crowd.byAddress.get(data.holder.toString()),
        start: data.start.toNumber(),
      }));

  // -- Calls that need nothing to have happened

  say('products are listed, pools opened, accounts funded');
  await market.open();
  await crowd.fund(who.alice);
  const next = ({ index }) => crowd.accounts[(index + 1) % crowd.accounts.length].address;
  const transfer = (account) => tx.balances.transferKeepAlive(next(account), native(api, 1) / 1_000n);
  // The first of everything takes longer.
  const warming = await crowd.sign(scale.accounts * 4, transfer);
  await chain.rest(api, 1);
  await chain.measure(api, () => crowd.send(warming));

  await phase('balances.transferKeepAlive', crowd.sign(scale.transfers, transfer));
  await phase('pools.settle', crowd.sign(scale.settlements, () => tx.pools.settle(market.pool)));
  const deposit = tx.pools.deposit(market.pool, dollars(10), 0, null);
  await phase('pools.deposit', crowd.sign(scale.deposits, () => api.tx(deposit.method)));

  const order = await market.order(market.single);
  const folder = folderSize(chain.author.dir);
  const single = await phase('cover.buy, one pool', crowd.sign(scale.purchases, order));
  say('counting the state');
  const state = {
    policies: scale.purchases,
    ...(await grownBy(single)),
    database: (folderSize(chain.author.dir) - folder) / scale.purchases,
  };
  const policies = bought(single.events);

  const split = await market.order(market.split, 3);
  await phase('cover.buy, three pools', crowd.sign(scale.splits, split));
  const cancel = ({ id, holder }) => [holder, tx.cover.cancel(id)];
  await phase('cover.cancel', crowd.signEach(policies.splice(0, scale.cancellations).map(cancel)));

  say('coverApi.quote over all lines');
  const quotes = await latencies(api, rpc, market.quoteOfAll(), scale.quotes);

  // -- What is paid without a claim

  say('a feed falls, and three incidents are proven');
  await market.freshen();
  const insured = [];
  for (const product of market.proven) insured.push(...(await crowd.sign(scale.proven, await market.order(product))));
  const { events } = await crowd.outcome([await crowd.send(insured)]);
  const falls = await market.fall(Math.max(...bought(events).map(({ start }) => start)));
  await chain.rest(api, SHORT_REST);
  const payments = [];
  for (const incident of await market.prove(falls)) {
    const payment = await crowd.sign(1, () => tx.claims.payBatch(incident.id, scale.proven));
    const { result, imported, build } = await chain.measure(api, () =>
      market.endObservation(incident, () => crowd.send(payment)),
    );
    const { events, ...figures } = await crowd.outcome([result]);
    // By the call: what block work paid is in the time of the block as well, and takes the same.
    const paid = events.find((event) => kinds.claims.BatchPaid.is(event)).data.policies.toNumber();
    payments.push({ imported, build, paid, ...figures });
  }
  const mean = (of) => payments.reduce((sum, each) => sum + of(each), 0) / payments.length;
  row('claims.payBatch, a policy', {
    count: scale.proven * payments.length,
    blocks: payments.length,
    rate: mean(({ rate, paid }) => rate * paid),
    weight: mean(({ weight, paid }) => weight / paid),
    imported: payments.map(({ imported }) => (imported * 1e6) / scale.proven),
    build: payments.map(({ build }) => (build * 1e6) / scale.proven),
  });

  // -- Claims

  say('an incident is reported and judged, which takes over a minute');
  const incident = await market.judge();
  const file = (count, loss) =>
    crowd.signEach(
      policies
        .splice(0, count)
        .map(({ id, holder }) => [holder, tx.claims.file(incident, id, loss, ...EVIDENCE)]),
    );
  const [before, voted, small] = [
    await file(LOOKED_AT, AMOUNT),
    await file(scale.claims, AMOUNT),
    await file(scale.claims, SMALL / 2n),
  ];
  await crowd.outcome([await crowd.send(before)]);
  // The small ones at once after the others, and last: soon after they are filed block work begins to pay them.
  await phase('claims.file, to be voted on', voted, SHORT_REST);
  await phase('claims.file, a small one', small, 0);

  return { rows, state, quotes };

  /** What the state has grown by in those blocks, for each policy. */
  async function grownBy({ first, last }) {
    const [before, after] = await Promise.all(
      [first - 1, last + 1].map(async (number) => stateOf(api, rpc, await rpc.ask('chain_getBlockHash', number))),
    );
    const items = growth(before, after).map(({ name, bytes }) => ({ name, bytes: bytes / scale.purchases }));
    return { bytes: items.reduce((sum, { bytes }) => sum + bytes, 0), items };
  }
}

/** How long a call of the runtime takes over RPC, in ms, and one that does nothing. */
export async function latencies(api, rpc, args, count) {
  // Or there would be nothing to measure.
  const answer = await api.call.coverApi.quote(...args);
  if (answer.isErr) throw new Error(`there is no quote: ${answer.asErr.type}`);
  const { params } = api.call.coverApi.quote.meta;
  const encoded = Buffer.concat(params.map(({ type }, index) => api.createType(type, args[index]).toU8a()));
  const asked = { floor: ['Core_version', '0x'], quote: ['CoverApi_quote', `0x${encoded.toString('hex')}`] };
  const { pools } = await api.query.pools.productUnderwriters(args[0]);
  const result = { count, lines: pools.length, parts: answer.asOk.parts.length };
  for (const [name, call] of Object.entries(asked)) {
    const took = [];
    for (let index = 0; index < count; index += 1) {
      const begin = process.hrtime.bigint();
      await rpc.ask('state_call', ...call);
      took.push(Number(process.hrtime.bigint() - begin) / 1e6);
    }
    took.sort((one, other) => one - other);
    const at = (share) => took[Math.floor(count * share)];
    result[name] = { p50: at(0.5), p99: at(0.99) };
  }
  return result;
}
