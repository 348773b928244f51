// What a client does with the chain: connect, send, wait, read errors, and take a referendum from proposal to
// enactment. Everything is decoded from the chain's own metadata.

import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';

const SEND_TIMEOUT = 60_000;
const STALL = 30_000;

/** Votes that a conviction makes of ten units, and the lock periods it costs. */
export const CONVICTIONS = {
  None: { tenths: 1n, periods: 0 },
  Locked1x: { tenths: 10n, periods: 1 },
  Locked2x: { tenths: 20n, periods: 2 },
  Locked3x: { tenths: 30n, periods: 4 },
  Locked4x: { tenths: 40n, periods: 8 },
  Locked5x: { tenths: 50n, periods: 16 },
  Locked6x: { tenths: 60n, periods: 32 },
};

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// -- Connection and accounts

/** The connections over which what is sent has to be final. */
const patient = new WeakSet();

/**
 * Connects to a node. With `finalised`, whatever is sent over the connection counts once its block is final. Where several
 * validators make blocks the best one may give way to another, which takes the same transactions in another order: what
 * one signer does then comes before what another did for it.
 */
export async function connect(url, { finalised = false } = {}) {
  const provider = new WsProvider(url, false);
  await provider.connect();
  const api = await ApiPromise.create({
    provider,
    throwOnConnect: true,
    noInitWarn: true,
    // They carry no data; the library only warns that it does not know the names.
    signedExtensions: {
      AuthorizeCall: { extrinsic: {}, payload: {} },
      BridgeRejectObsoleteHeadersAndMessages: { extrinsic: {}, payload: {} },
    },
  });
  if (finalised) patient.add(api);
  return api;
}

/** Accounts that are derived from nothing but their names, as those of development chains are. */
export function people(api, names) {
  const keyring = new Keyring({ type: 'sr25519', ss58Format: api.registry.chainSS58 });
  return names.map((name) => keyring.addFromUri(`//${name.replace('Stash', '//stash')}`, { name }));
}

/** The well-known accounts of development chains. */
export function wellKnown(api) {
  const names = ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Ferdie', 'AliceStash'];
  const accounts = people(api, names);
  return Object.fromEntries(names.map((name, index) => [name[0].toLowerCase() + name.slice(1), accounts[index]]));
}

/** The account that a pallet derives from its id. */
export function palletAccount(api, pallet) {
  const bytes = Buffer.alloc(32);
  bytes.write('modl');
  bytes.set(api.consts[pallet].palletId.toU8a(), 4);
  return api.registry.createType('AccountId', bytes).toString();
}

// -- Amounts

/** An amount in the smallest unit of something with that many decimals, in full: `1,234.5`. */
export function formatUnits(amount, decimals) {
  const value = BigInt(amount.toString());
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

/** An amount of the native token, with its symbol. */
export const formatNative = (api, amount) =>
  `${formatUnits(amount, api.registry.chainDecimals[0])} ${api.registry.chainTokens[0]}`;

/** So many whole native tokens, in the smallest unit. */
export const native = (api, whole) => BigInt(whole) * 10n ** BigInt(api.registry.chainDecimals[0]);

/** What an account has; `total` is what it votes with, the tokens on hold included. */
export async function balances(api, account) {
  const { data } = await api.query.system.account(account.address ?? account);
  const [free, held, frozen] = [data.free, data.reserved, data.frozen].map((x) => x.toBigInt());
  return { free, held, frozen, total: free + held };
}

/** What an account has of an asset. */
export async function assetBalance(api, asset, account) {
  const held = await api.query.assets.account(asset, account.address ?? account);
  return held.isSome ? held.unwrap().balance.toBigInt() : 0n;
}

// -- Errors and transactions

/** A dispatch error in words: `pallet.ErrorName: docs` where a pallet raised it. */
export function describeError(api, error) {
  if (!error.isModule) {
    // `Token`, `Arithmetic` and their like say more inside.
    const inner = error.inner?.type;
    return inner ? `${error.type}.${inner}` : error.type;
  }
  const { section, name, docs, fields } = api.registry.findMetaError(error.asModule);
  let data = error.asModule.error.toU8a().slice(1);
  const details = [];
  for (const { type } of fields) {
    const value = api.registry.createType(api.registry.createLookupType(type), data);
    data = data.slice(value.encodedLength);
    details.push(words(value.toJSON()));
  }
  return `${section}.${name}${details.length ? `(${details.join(', ')})` : ''}: ${docs.join(' ')}`;
}

function words(json) {
  if (json === null || typeof json !== 'object') return String(json);
  return Object.entries(json)
    .map(([key, value]) => `${key}: ${words(value)}`)
    .join(', ');
}

/** The dispatch error in an event's data, be it a failure itself or the result of a call inside another. */
function errorIn(data) {
  for (const value of data) {
    if (value.isErr === true) return value.asErr;
    if (value.isModule !== undefined && value.isBadOrigin !== undefined) return value;
  }
  return undefined;
}

const signers = new WeakMap();

/** Submits for a signer with the next nonce, one after the other: a node counts on only once its pool has the last one. */
function inTurn(api, address, submit) {
  if (!signers.has(api)) signers.set(api, new Map());
  const known = signers.get(api);
  if (!known.has(address)) known.set(address, { turn: Promise.resolve(), next: 0 });
  const signer = known.get(address);
  const mine = signer.turn.then(async () => {
    const nonce = Math.max((await api.rpc.system.accountNextIndex(address)).toNumber(), signer.next);
    const submitted = await submit(nonce);
    signer.next = nonce + 1;
    return submitted;
  });
  signer.turn = mine.catch(() => {});
  return mine;
}

/**
 * Signs and sends a transaction and waits until a block has it, or until that block is final. Throws the reason when
 * the transaction, or a call inside it, fails; with `partly` only calls inside may fail, and the events tell which did.
 * Returns where it landed, its events, and the fee. A signer may send several at once.
 */
export async function send(
  api,
  tx,
  signer,
  { finalised = patient.has(api), partly = false, timeout = SEND_TIMEOUT, ...options } = {},
) {
  let unsubscribe;
  let timer;
  // It is signed in place, and others may send the same.
  const own = api.tx(tx.method);
  try {
    const result = await new Promise((resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no block took the transaction within ${timeout / 1000} s`)),
        timeout,
      );
      // Immortal: a node whose best block changes to a lower one refuses what was signed over a block it does not have.
      const submit = (nonce) =>
        own.signAndSend(signer, { era: 0, ...options, nonce }, (update) => {
          if (update.isError) reject(new Error(`the transaction was refused: ${update.status.type}`));
          else if (finalised ? update.isFinalized : update.isInBlock || update.isFinalized) resolve(update);
        });
      const submitted = options.nonce === undefined ? inTurn(api, signer.address, submit) : submit(options.nonce);
      submitted.then((stop) => (unsubscribe = stop), reject);
    });
    const events = result.events.map(({ event }) => event);
    for (const event of events) {
      const error = !partly || api.events.system.ExtrinsicFailed.is(event) ? errorIn(event.data) : undefined;
      if (error) throw new Error(describeError(api, error));
    }
    const hash = result.status.isFinalized ? result.status.asFinalized : result.status.asInBlock;
    const { number } = await api.rpc.chain.getHeader(hash);
    const paid = events.find((event) => api.events.transactionPayment.TransactionFeePaid.is(event));
    return {
      block: { hash, number: number.toNumber() },
      index: result.txIndex,
      events,
      fee: paid ? paid.data.actualFee.toBigInt() : 0n,
    };
  } finally {
    clearTimeout(timer);
    unsubscribe?.();
  }
}

/** The one event of that kind among those of a transaction. */
export function eventOf(events, kind) {
  const found = events.find((event) => kind.is(event));
  if (!found) throw new Error(`no such event: ${kind.meta.name}`);
  return found;
}

// -- Blocks

export async function height(api, { finalised = false } = {}) {
  const header = finalised
    ? await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead())
    : await api.rpc.chain.getHeader();
  return header.number.toNumber();
}

/** Waits for a block, or until it is final. Fails when the chain stands still. */
export async function untilBlock(api, target, { finalised = false, stall = STALL, onBlock } = {}) {
  let last = -1;
  let since = Date.now();
  for (;;) {
    const now = await height(api, { finalised });
    if (now !== last) {
      last = now;
      since = Date.now();
      onBlock?.(now, target);
    }
    if (now >= target) return now;
    if (Date.now() - since > stall) {
      const kind = finalised ? 'final block' : 'block';
      throw new Error(`no new ${kind} for ${stall / 1000} s: the last is ${now}, waiting for ${target}`);
    }
    await sleep(200);
  }
}

/** What happened in a block. */
export async function eventsAt(api, number) {
  const at = await api.at(await api.rpc.chain.getBlockHash(number));
  return (await at.query.system.events()).map(({ event }) => event);
}

/** The time of a block, in whole Unix seconds, as the pallets of insurance count it. */
export async function timeAt(api, number) {
  const at = await api.at(await api.rpc.chain.getBlockHash(number));
  return Math.floor((await at.query.timestamp.now()).toNumber() / 1_000);
}

/** Waits until the chain's clock shows so many Unix seconds. Returns the first block from now on that does. */
export async function untilTime(api, seconds) {
  for (let number = await height(api); ; number += 1) {
    await untilBlock(api, number);
    if ((await timeAt(api, number)) >= seconds) return number;
  }
}

/** Looks through the blocks from one to another, as they come, for the first one that `find` makes something of. */
export async function watch(api, from, to, find, { onBlock } = {}) {
  for (let number = from; number <= to; number += 1) {
    await untilBlock(api, number, { onBlock: (now) => onBlock?.(now, to) });
    const found = await find(await eventsAt(api, number), number);
    if (found !== undefined) return found;
  }
  throw new Error(`blocks ${from} to ${to} do not have what was waited for`);
}

/** Blocks that what is due may take longer: block work has the room that nobody else wants. */
const PATIENCE = 5;

/**
 * Waits for the first event of a kind that `isIt` is true of, in the block where it is due or soon after. Returns it with
 * the block and all that happened in it.
 */
export const untilEvent = (api, kind, due, isIt = () => true, options = {}) =>
  watch(
    api,
    due,
    due + PATIENCE,
    async (events, number) => {
      const event = events.find((each) => kind.is(each) && isIt(each.data));
      return event && { event, events, block: { hash: await api.rpc.chain.getBlockHash(number), number } };
    },
    { onBlock: (now) => options.onBlock?.(now, due) },
  );

// -- View functions

/** Asks a view function of a pallet, by the names that the metadata has. `api` may be that of a block. */
export async function view(api, pallet, name, ...args) {
  const { registry } = api;
  const typed = (type, value) => registry.createType(registry.createLookupType(type), value);
  const { viewFunctions } = registry.metadata.pallets.find((each) => each.name.eq(pallet));
  const { id, inputs, output } = viewFunctions.find((each) => each.name.eq(name));
  const input = Buffer.concat(inputs.map(({ type }, position) => typed(type, args[position]).toU8a()));
  // All view functions share this one runtime API, which knows bytes only.
  const result = await api.call.runtimeViewFunction.executeViewFunction(id.toHex(), `0x${input.toString('hex')}`);
  if (result.isErr) throw new Error(`${pallet}.${name} gives no answer: ${result.asErr.type}`);
  return typed(output, result.asOk.toU8a(true));
}

// -- Governed parameters

const group = (name) => name[0].toLowerCase() + name.slice(1);

/** The values of a group of governed parameters, by field. */
export async function parameters(api, name) {
  const stored = await api.query.parameters[`${group(name)}Parameters`]();
  return Object.fromEntries(stored);
}

/** The call that changes some fields of a group and leaves the others. */
export async function setParameters(api, name, changes) {
  return api.tx.parameters.set({ [name]: { ...(await parameters(api, name)), ...changes } });
}

// -- Referenda

/**
 * Waits, where the next tabling is close, until it is over, so that what is proposed now can still be seconded, where it
 * must be final before too.
 */
async function untilRoomToSecond(api, blocks = patient.has(api) ? 10 : 5) {
  const period = (await parameters(api, 'Governance')).launchPeriod.toNumber();
  const now = await height(api);
  const left = period - (now % period);
  if (left < Math.min(blocks, period)) await untilBlock(api, now + left);
}

/**
 * Puts a call forward for a referendum, its bytes noted first where they are too long to go along. The deposit is the
 * smallest that is accepted.
 */
export async function propose(api, call, proposer) {
  const bytes = call.method.toU8a();
  const inline = bytes.length <= 128;
  if (!inline) await send(api, api.tx.preimage.notePreimage(call.method.toHex()), proposer);
  const bounded = inline
    ? { Inline: call.method.toHex() }
    : { Lookup: { hash: api.registry.hash(bytes), len: bytes.length } };
  const { minimumDeposit } = await parameters(api, 'Governance');
  const { block, events } = await send(api, api.tx.democracy.propose(bounded, minimumDeposit), proposer);
  const { proposalIndex, deposit } = eventOf(events, api.events.democracy.Proposed).data;
  return { proposal: proposalIndex.toNumber(), deposit: deposit.toBigInt(), inline, block: block.number };
}

/** Waits until a proposal is tabled; the public queue is looked at once in a launch period. */
async function untilTabled(api, { proposal, block }, options) {
  const { launchPeriod } = await parameters(api, 'Governance');
  const period = launchPeriod.toNumber();
  const next = (Math.floor(block / period) + 1) * period;
  const index = await watch(
    api,
    block + 1,
    next,
    (events) => {
      const at = events.findIndex(
        (event) => api.events.democracy.Tabled.is(event) && event.data.proposalIndex.toNumber() === proposal,
      );
      // The referendum that begins is the next one told of.
      return at < 0 ? undefined : eventOf(events.slice(at), api.events.democracy.Started).data.refIndex.toNumber();
    },
    options,
  );
  const { end, delay } = await ongoing(api, index);
  return { index, end: end.toNumber(), delay: delay.toNumber() };
}

async function ongoing(api, index) {
  const info = (await api.query.democracy.referendumInfoOf(index)).unwrapOr(undefined);
  return info?.isOngoing ? info.asOngoing : undefined;
}

/** How a running referendum stands. */
export async function tallyOf(api, index) {
  const status = await ongoing(api, index);
  if (!status) throw new Error(`referendum ${index} is not being voted on`);
  const [ayes, nays, turnout] = ['ayes', 'nays', 'turnout'].map((field) => status.tally[field].toBigInt());
  return { ayes, nays, turnout };
}

/** Votes with an amount and a conviction. */
export const vote = (api, index, { who, aye, conviction = 'Locked1x', amount }) =>
  send(api, api.tx.democracy.vote(index, { Standard: { vote: { aye, conviction }, balance: amount } }), who);

/** The votes that an amount is worth with a conviction. */
export const votesOf = (amount, conviction) => (amount * CONVICTIONS[conviction].tenths) / 10n;

/**
 * Whether a tally passes a public referendum: the smaller the turnout, the clearer the majority has to be
 * (`nays / sqrt(turnout) < ayes / sqrt(issuance)`).
 */
export const passes = ({ ayes, nays, turnout }, issuance) => nays * root(issuance) < ayes * root(turnout);

function root(n) {
  if (n < 2n) return n;
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** Waits until a referendum has ended; tells whether it passed. */
async function untilFinished(api, { index, end }, options) {
  await untilBlock(api, end, options);
  const info = (await api.query.democracy.referendumInfoOf(index)).unwrapOr(undefined);
  if (!info?.isFinished) throw new Error(`referendum ${index} was cancelled`);
  return info.asFinished.approved.isTrue;
}

/** Waits until a referendum that passed is enacted; throws the reason when its call fails. Returns block and events. */
async function untilEnacted(api, { index, end, delay }, options) {
  const { Dispatched, CallUnavailable, PermanentlyOverweight } = api.events.scheduler;
  const name = Buffer.alloc(32);
  name.write('democrac');
  name.writeUInt32LE(index, 8);
  const due = end + Math.max(delay, 1);
  // A full agenda moves a task to a later block.
  return watch(
    api,
    end + 1,
    due + 5,
    (events, number) => {
      const told = events.find(
        (event) =>
          [Dispatched, CallUnavailable, PermanentlyOverweight].some((kind) => kind.is(event)) &&
          event.data.id.isSome &&
          event.data.id.unwrap().toHex() === `0x${name.toString('hex')}`,
      );
      if (!told) return undefined;
      if (!Dispatched.is(told)) throw new Error(`referendum ${index} could not be enacted: ${told.method}`);
      const error = errorIn([told.data.result]);
      if (error) throw new Error(`referendum ${index} failed when enacted: ${describeError(api, error)}`);
      return { block: number, events };
    },
    { onBlock: (now) => options?.onBlock?.(now, due) },
  );
}

/** All of it: from a call to its enactment, or to its end when it does not pass. */
export async function referendum(api, { call, proposer, seconders = [], votes }) {
  if (seconders.length) await untilRoomToSecond(api);
  const proposed = await propose(api, call, proposer);
  await Promise.all(seconders.map((who) => send(api, api.tx.democracy.second(proposed.proposal), who)));
  const tabled = await untilTabled(api, proposed);
  await Promise.all(votes.map((each) => vote(api, tabled.index, each)));
  const tally = await tallyOf(api, tabled.index);
  const passed = await untilFinished(api, tabled);
  const enacted = passed ? await untilEnacted(api, tabled) : undefined;
  return { ...proposed, ...tabled, tally, passed, enacted };
}

// -- The technical committee

/** Takes a call through the technical committee: these members, the first of whom proposes it, are all for it. */
export async function motion(api, call, members) {
  const { propose, vote, close } = api.tx.technicalCommittee;
  const [proposer] = members;
  const length = call.method.encodedLength;
  const { weight } = await call.paymentInfo(proposer);
  const proposed = await send(api, propose(members.length, call, length), proposer);
  const { proposalHash, proposalIndex } = eventOf(proposed.events, api.events.technicalCommittee.Proposed).data;
  await Promise.all(members.map((member) => send(api, vote(proposalHash, proposalIndex, true), member)));
  return send(api, close(proposalHash, proposalIndex, weight, length), proposer);
}
