// What a client does with insurance: asks for prices, votes on cases, feeds oracles. Amounts are in the smallest unit.

import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  describeError,
  eventOf,
  eventsAt,
  motion,
  send,
  timeAt,
  untilBlock,
  untilEvent,
  untilTime,
} from './chain.mjs';

// -- Amounts

/** The dollar of the development chain. */
export const TUSD = 1;
export const USD = { WithId: TUSD };
export const dollars = (whole) => BigInt(whole) * 1_000_000n;

/** Calls take shares of something in billionths, and the chain tells them so. */
export const percent = (whole) => whole * 10_000_000;
/** Rates and prices have 18 decimals. */
export const fixedPercent = (whole) => BigInt(whole) * 10n ** 16n;

export const sum = (amounts) => amounts.reduce((all, each) => all + BigInt(each), 0n);

/** The collection whose items are the certificates of policies. */
export const CERTIFICATES = 0;

// -- Cover

/** A product to be proposed, sold in dollars. */
export const proposal = (name, { limits, ...changes } = {}) => ({
  name,
  class: 'Lending',
  codeHash: null,
  termsHash: null,
  trigger: 'Assessed',
  waitingPeriod: null,
  claimWindow: null,
  ...changes,
  conditions: {
    uri: '',
    assets: [{ asset: USD, total: dollars(400_000), min: dollars(1), max: dollars(400_000), optimistic: 0, ...limits }],
    minPeriod: 280,
    maxPeriod: 3_650,
    deductible: 0,
    ...changes.conditions,
  },
});

/** What so much cover costs for so many seconds. Throws the reason where none is to be had. `api` may be that of a block. */
export async function quote(api, product, asset, amount, period) {
  const answer = await api.call.coverApi.quote(product, asset, amount, period);
  if (answer.isErr) throw new Error(describeError(api, answer.asErr));
  return answer.asOk;
}

/** The order that takes a quote as it is. */
export const taking = (amount, { end, parts, netPremium: maxPremium }, changes) => {
  return { amount, end, parts, maxPremium, deadline: null, broker: null, ...changes };
};

/** Somebody proposes products, and the technical committee lists each in a risk group of its own. Returns their ids. */
export async function list(api, proposer, members, products) {
  const { batchAll } = api.tx.utility;
  const proposed = await send(api, batchAll(products.map(({ proposal }) => api.tx.cover.propose(proposal))), proposer);
  const ids = proposed.events
    .filter((event) => api.events.cover.Proposed.is(event))
    .map(({ data }) => data.product.toNumber());
  const listings = products.flatMap(({ proposal, group }, index) => [
    api.tx.cover.registerGroup(group, proposal.name),
    api.tx.cover.list(ids[index], group),
  ]);
  return { ids, proposed, listed: await motion(api, batchAll(listings), members) };
}

// -- Cases

/** What an assessor commits to. It holds the case and the assessor, so that a copy is of no use to anybody else. */
function commitment(api, id, assessor, percent, salt) {
  const vote = [id, assessor.address, percent, salt];
  return api.registry.hash(api.createType('(u32, AccountId, u8, [u8; 32])', vote).toU8a());
}

/** A vote on a case that nobody knows before it is revealed: the calls that commit and reveal it. */
export function secretVote(api, id, assessor, percent) {
  const salt = `0x${randomBytes(32).toString('hex')}`;
  const { commit, reveal } = api.tx.claims;
  return {
    id,
    assessor,
    percent,
    salt,
    commit: commit(id, commitment(api, id, assessor, percent, salt)),
    reveal: reveal(id, percent, salt),
  };
}

/** What token holders are asked in a referendum, in words. */
export async function questionOf(api, referendum) {
  const hash = await api.query.democracy.metadataOf({ Referendum: referendum });
  if (hash.isNone) throw new Error(`referendum ${referendum} says nothing of itself`);
  const keys = await api.query.preimage.preimageFor.keys();
  const key = keys.find(({ args: [[kept]] }) => kept.eq(hash.unwrap()));
  if (!key) throw new Error(`the question of referendum ${referendum} is not kept`);
  return (await api.query.preimage.preimageFor(key.args[0])).unwrap().toUtf8();
}

/**
 * Waits for what moves a case on once the last block of a deadline is over: the event of a kind that is about it. Block
 * work does that unasked.
 */
export const untilMoved = (api, id, kind, deadline, options) =>
  untilEvent(api, kind, deadline + 1, (data) => data.case.eq(id), options);

/**
 * An incident that somebody reports, that assessors who have staked say so much was lost in, and that nobody disputes:
 * from the report until it is accepted.
 */
export async function judged(api, { product, happened, reporter, assessors, percent = 100 }, { onBlock } = {}) {
  const { claims } = api.events;
  const evidence = ['https://example.org/incident', api.registry.hash('what was found')];
  const bond = (await api.call.claimsApi.reportBond(product)).unwrap();
  const reported = await send(api, api.tx.claims.report(product, happened, ...evidence, bond), reporter);
  const { incident, case: id } = eventOf(reported.events, claims.Reported).data;
  const { commitUntil, revealUntil } = eventOf(reported.events, claims.AssessmentBegan).data;
  const votes = assessors.map((assessor) => secretVote(api, id.toNumber(), assessor, percent));
  await Promise.all(votes.map(({ commit, assessor }) => send(api, commit, assessor)));
  await untilBlock(api, commitUntil.toNumber(), { onBlock });
  await Promise.all(votes.map(({ reveal, assessor }) => send(api, reveal, assessor)));
  const said = await untilMoved(api, id.toNumber(), claims.Verdict, revealUntil.toNumber(), { onBlock });
  const disputable = said.event.data.until.toNumber();
  const isIt = (data) => data.incident.eq(incident);
  const accepted = await untilEvent(api, claims.IncidentAccepted, disputable + 1, isIt, { onBlock });
  return { incident: incident.toNumber(), verdict: accepted.event.data.verdict.toNumber(), ...accepted };
}

// -- Feeds

/** The second at which an accounting day ends that is not over at some second. */
export async function dayEnd(api, seconds) {
  const day = (await api.query.clock.settings()).accountingDay.toNumber();
  return Math.ceil(seconds / day) * day;
}

/** Waits for the block before the one that has that time: what is sent now is in that one. */
export const beforeTime = (api, seconds) => untilTime(api, seconds - 1);

/** Members of the oracle say what a thing is worth, with 18 decimals. Returns the time of the block in which the last does. */
export async function sayOnce(api, members, key, value) {
  const results = await Promise.all(members.map((each) => send(api, api.tx.oracle.feedValues([[key, value]]), each)));
  return timeAt(api, Math.max(...results.map(({ block }) => block.number)));
}

/** Members of the oracle who say the same again and again, until they say something else or are told to stop. */
export class Feed {
  #say;
  #value;
  #turn = Promise.resolve();
  #going;
  #failure;

  constructor(...feed) {
    this.#say = () => sayOnce(...feed, this.#value);
  }

  /** What they say from now on. Returns the time of the block in which the last of them has said it. */
  async say(value) {
    this.#value = value;
    const said = await this.#once();
    if (this.#going === undefined) void this.#goOn();
    return said;
  }

  /** One after the other: a member is heard once in a block. */
  #once() {
    const said = this.#turn.then(this.#say);
    this.#turn = said.catch(() => {});
    return said;
  }

  async #goOn() {
    this.#going = true;
    for (;;) {
      await setTimeout(5_000, undefined, { ref: false });
      if (!this.#going) return;
      await this.#once().catch((error) => {
        this.#failure = error;
        this.#going = false;
      });
    }
  }

  /** Ends it, when what is under way is done. */
  async stop() {
    this.#going = false;
    await this.#turn;
    if (this.#failure) throw this.#failure;
  }
}

// -- Incidents that a feed proves

/**
 * Moves an incident on and pays all it hit, in the block where that is due; `due` is the call that makes it so, and must
 * be sent in the block before. Where block work was faster, it is what that did, in that block and the one before.
 */
export async function payAll(api, incident, due, who) {
  const { BatchPaid } = api.events.claims;
  try {
    const calls = [due, api.tx.claims.payBatch(incident, 100)];
    const result = await send(api, api.tx.utility.batchAll(calls), who);
    return { ...result, event: eventOf(result.events, BatchPaid), asked: true };
  } catch (error) {
    if (!/^claims\.(NothingDue|IncidentOpen|NothingToPay|UnknownCase): /.test(error.message)) throw error;
    const last = (await api.rpc.chain.getHeader()).number.toNumber();
    const paid = await untilEvent(api, BatchPaid, Math.max(last - 5, 1), (data) => data.incident.eq(incident));
    const before = await eventsAt(api, paid.block.number - 1);
    return { ...paid, events: [...before, ...paid.events], asked: false };
  }
}
