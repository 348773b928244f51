// What is for sale on the chain that is measured, and what goes wrong on it.

import { eventOf, height, native, people, send, sleep, timeAt, untilBlock } from '../e2e/lib/chain.mjs';
import {
  USD,
  beforeTime,
  dayEnd,
  dollars,
  fixedPercent,
  list,
  percent,
  proposal,
  quote,
  sayOnce,
  secretVote,
  untilMoved,
} from '../e2e/lib/insurance.mjs';

/** What each policy insures. */
export const AMOUNT = dollars(12);
/** How long, in seconds: longer than all of this takes. */
const PERIOD = 3_000;
/** Claims up to this need no vote. */
export const SMALL = dollars(1);
/** As long as a URI and a hash of evidence are. */
export const EVIDENCE = ['ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi', `0x${'5a'.repeat(32)}`];

/** Pools that most is sold from, and all that the product has whose quotes are measured: as many as it may have. */
const [POOLS, LINES] = [3, 32];
const CAPITAL = dollars(300_000);
/** The feed that proves incidents of one product; an accounting day of the development chain. */
const [FEED, DAY] = [7, 10];
const FALLEN = fixedPercent(60);

/** Incidents that a feed proves, one in each. */
export const ROUNDS = 3;

export class Market {
  #api;
  #who;

  constructor(api, who) {
    this.#api = api;
    this.#who = who;
  }

  /**
   * Lists products and opens pools: `single` is insured by one pool and `split` by three, `quoted` by as many as may
   * have a line on a product, and those of `proven` by one pool against what a feed proves, each a day after the other.
   */
  async open() {
    this.pool = (await this.#api.query.pools.nextPool()).toNumber();
    const { alice, bob, charlie, dave, eve } = this.#who;
    const { pools, utility } = this.#api.tx;
    const small = { optimistic: SMALL };
    const table = [[fixedPercent(95), 40], [fixedPercent(50), 100]];
    const proven = Array.from({ length: ROUNDS }, (_, index) => ({
      class: 'Stablecoin',
      trigger: { Parametric: { feed: FEED, averaging: 1, observation: 1 + index, table } },
      waitingPeriod: 2 * DAY,
      limits: { optimistic: dollars(100_000) },
    }));
    const terms = [{ waitingPeriod: 5, limits: small }, { waitingPeriod: 5, limits: small }, {}, ...proven];
    const products = terms.map((each, index) => ({ proposal: proposal(`Bench ${index}`, each), group: 120 + index }));
    const { ids } = await list(this.#api, eve, [alice, charlie], products);
    [this.single, this.split, this.quoted, ...this.proven] = ids;

    const line = (pool, product, hundredths = 400) =>
      pools.setLine(pool, product, percent(50), fixedPercent(hundredths) / 100n);
    const opened = Array.from({ length: POOLS }, (_, index) => [
      pools.create(USD, percent(10)),
      line(this.pool + index, this.split),
    ]);
    const own = [this.single, ...this.proven].map((product) => line(this.pool, product));
    await send(this.#api, utility.batchAll([...opened.flat(), ...own]), alice);
    const deposits = opened.map((_, index) => pools.deposit(this.pool + index, CAPITAL, 0, null));
    await send(this.#api, utility.batchAll(deposits), bob);

    // Prices differ a little, so that the cheapest split has to be looked for.
    const further = Array.from({ length: LINES }, (_, index) => [
      pools.create(USD, percent(10)),
      line(this.pool + POOLS + index, this.quoted, 400 + 10 * index),
      pools.deposit(this.pool + POOLS + index, dollars(25_000), 0, null),
    ]);
    for (let at = 0; at < LINES; at += 8) {
      await send(this.#api, utility.batchAll(further.slice(at, at + 8).flat()), dave);
    }
  }

  /** The oracle says what the feed is worth. */
  async #say(value) {
    const { alice, bob, charlie } = this.#who;
    await sayOnce(this.#api, [alice, bob, charlie], FEED, value);
  }

  /** The feed is heard, so that what it proves is sold for the next half minute. */
  async freshen() {
    await this.#say(fixedPercent(100));
  }

  /**
   * The purchase of a policy, split evenly over so many pools of this market, or from one that is named. Its price may
   * rise with those before it.
   */
  async order(product, pools = 1, first = this.pool) {
    const { end } = await quote(this.#api, product, USD, AMOUNT, PERIOD);
    const parts = Array.from({ length: pools }, (_, index) => ({ pool: first + index, amount: AMOUNT / BigInt(pools) }));
    const order = { amount: AMOUNT, end, parts, maxPremium: AMOUNT, deadline: null, broker: null };
    // What is insured is named by 32 bytes, like an account on another chain.
    const item = ({ publicKey }) => `0x${Buffer.from(publicKey).toString('hex')}`;
    return ({ pair }) => this.#api.tx.cover.buy(product, USD, order, item(pair));
  }

  /** A quote over all lines: what `coverApi.quote` is asked. */
  quoteOfAll() {
    return [this.quoted, USD, dollars(40_000), PERIOD];
  }

  // -- What goes wrong

  /** An incident of `single` is reported, judged and accepted. Returns its id. */
  async judge() {
    const { tx, events, query } = this.#api;
    const { bob, eve } = this.#who;
    const judges = people(this.#api, ['Grace', 'Heidi', 'Ivan']);
    const gifts = judges.map(({ address }) => tx.balances.transferKeepAlive(address, native(this.#api, 100)));
    await send(this.#api, tx.utility.batchAll(gifts), bob);
    await Promise.all(judges.map((judge) => send(this.#api, tx.claims.stake(native(this.#api, 10)), judge)));
    await untilBlock(this.#api, (await height(this.#api)) + 1);

    const happened = await timeAt(this.#api, await height(this.#api));
    const report = tx.claims.report(this.single, happened, ...EVIDENCE, native(this.#api, 1));
    const reported = await send(this.#api, report, eve);
    const { incident, case: id } = eventOf(reported.events, events.claims.Reported).data;
    const { commitUntil, revealUntil } = eventOf(reported.events, events.claims.AssessmentBegan).data;
    const votes = judges.map((who) => secretVote(this.#api, id.toNumber(), who, 100));
    await Promise.all(votes.map(({ commit, assessor }) => send(this.#api, commit, assessor)));
    await untilBlock(this.#api, commitUntil.toNumber());
    await Promise.all(votes.map(({ reveal, assessor }) => send(this.#api, reveal, assessor)));
    const verdict = await untilMoved(this.#api, id, events.claims.Verdict, revealUntil.toNumber());
    await untilMoved(this.#api, id, events.claims.Decided, verdict.event.data.until.toNumber());
    const { state } = (await query.claims.incidents(incident)).unwrap();
    if (!state.isAccepted) throw new Error(`the incident was judged and is ${state.type} instead of Accepted`);
    return incident.toNumber();
  }

  /** The feed falls when all cover that begins until `start` has begun. Returns when that is. */
  async fall(start) {
    const now = await timeAt(this.#api, await height(this.#api));
    const falls = await dayEnd(this.#api, Math.max(start, now + 4));
    await beforeTime(this.#api, falls);
    await this.#say(FALLEN);
    return falls;
  }

  /**
   * A day after it fell, the feed proves an incident of each of `proven`. Returns the incidents, each with `due`, the time
   * at which its observation ends.
   */
  async prove(falls) {
    const { tx, events } = this.#api;
    await beforeTime(this.#api, falls + DAY);
    const calls = this.proven.map((product) => tx.claims.trigger(product));
    const result = await send(this.#api, tx.utility.batchAll(calls), this.#who.eve);
    // It is heard for the last of the observations as well.
    await this.#say(FALLEN);
    const triggered = result.events.filter((event) => events.claims.Triggered.is(event));
    return triggered.map(({ data }, index) => ({ id: data.incident.toNumber(), due: falls + (2 + index) * DAY }));
  }

  /** Ends an observation in the first block that can, and does something for the same block. Returns what came of that. */
  async endObservation({ id, due }, action) {
    await beforeTime(this.#api, due);
    // Where block work is faster, it has done so already, and begun to pay.
    const ended = send(this.#api, this.#api.tx.claims.pokeIncident(id), this.#who.eve).catch((error) => {
      if (!/^claims\.(NothingDue|IncidentOpen): /.test(error.message)) throw error;
    });
    // It comes into the pool first, and weighs less: so it is first in the block.
    const [result] = await Promise.all([sleep(100).then(action), ended]);
    return result;
  }
}
