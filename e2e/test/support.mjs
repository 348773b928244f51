// One test, one node, one connection; and what tests look at.

import assert from 'node:assert/strict';
import test from 'node:test';
import { assetBalance, balances, connect, height, send, wellKnown } from '../lib/chain.mjs';
import { TUSD } from '../lib/insurance.mjs';
import { Network } from '../lib/network.mjs';
import { startNode } from '../lib/node.mjs';

// -- Tests

/**
 * A test on a chain of its own. `connection.api` talks to it as long as the test does not `close` it; when the test
 * fails, the node's last words are printed.
 */
export function onChain(name, body, { timeout = 180_000, ...start } = {}) {
  test(name, { timeout }, async (t) => {
    const node = await startNode(start);
    const connection = {
      api: undefined,
      async open() {
        this.api = await connect(node.url);
        return this.api;
      },
      async close() {
        await this.api?.disconnect();
        this.api = undefined;
      },
    };
    // A test that takes too long is left by the runner as it stands.
    const end = async () => {
      await connection.close();
      await node.dispose();
    };
    t.signal.addEventListener('abort', end);
    try {
      const api = await connection.open();
      await body({ t, node, connection, api, who: wellKnown(api) });
    } catch (error) {
      console.error(`-- the node's last lines --\n${node.tail()}\n--`);
      throw error;
    } finally {
      await end();
    }
  });
}

/**
 * A test on a network of validators, all started. `connect` gives a connection to a node that is closed when the test is
 * over, and what is put into `ended` is done then, the last first; when the test fails, the last words of every validator
 * are printed.
 */
export function onNetwork(name, options, body, { timeout = 300_000 } = {}) {
  test(name, { timeout }, async (t) => {
    const network = await Network.make(options);
    const ended = [];
    // A test that takes too long is left by the runner as it stands.
    const end = async () => {
      for (const action of ended.splice(0).reverse()) await action().catch(() => {});
      await network.dispose();
    };
    t.signal.addEventListener('abort', end);
    try {
      await network.start();
      const to = async ({ url }) => {
        const api = await connect(url, { finalised: true });
        ended.push(() => api.disconnect());
        return api;
      };
      await body({ t, network, connect: to, ended });
    } catch (error) {
      for (const [index, node] of network.validators.entries()) {
        console.error(`-- the last lines of validator ${index + 1} --\n${node.tail()}\n--`);
      }
      throw error;
    } finally {
      await end();
    }
  });
}

/** Chapters of a test, each of which builds on those before it: the first that fails is the last. */
export const story = (t) => async (name, body) => {
  let failure;
  await t.test(name, async (within) => {
    try {
      await body(within);
    } catch (error) {
      failure = error;
      throw error;
    }
  });
  if (failure) throw new Error(`the story ends with: ${name}`);
};

/** A test for each of many things that are on their way at the same time, as pairs of name and promise. */
export async function together(within, cases) {
  const outcomes = await Promise.allSettled(cases.map(([, promise]) => promise));
  for (const [index, [name]] of cases.entries()) {
    await within.test(name, () => outcomes[index].status === 'rejected' && assert.fail(outcomes[index].reason));
  }
}

/**
 * Calls that are refused, each for its reason, and leave all that `state` reads as it was. They are sent at once, so
 * that it takes no longer: each signer counts on from its nonce.
 */
export async function allRefused(api, within, state, cases) {
  const untouched = await state();
  const nonces = new Map();
  for (const [, { address }] of cases) {
    if (!nonces.has(address)) nonces.set(address, (await api.rpc.system.accountNextIndex(address)).toNumber());
  }
  const sent = cases.map(([name, signer, call, expected]) => {
    const nonce = nonces.get(signer.address);
    nonces.set(signer.address, nonce + 1);
    return [name, refuses(send(api, call, signer, { nonce }), expected)];
  });
  await together(within, sent);
  assert.deepEqual(await state(), untouched);
}

/** What the state says of an account that a refused transaction must leave alone. */
export async function snapshot(api, accounts) {
  const states = await Promise.all(accounts.map(({ address }) => api.query.system.account(address)));
  return states.map((state) => state.toHex());
}

/** Fails unless the action does, for that reason. */
export const refuses = (action, expected) =>
  assert.rejects(action, (error) => {
    assert.match(error.message, expected);
    return true;
  });

// -- What the chain says

/** What an event says, by name. */
export const named = ({ data }) => Object.fromEntries(data.names.map((name, index) => [name, data[index]]));

/** Those of a kind among events, each by what it says. */
export const all = (events, kind) => events.filter((event) => kind.is(event)).map(named);

/** The state before a block and the state after it. */
export async function around(api, { hash }) {
  const { parentHash } = await api.rpc.chain.getHeader(hash);
  return [await api.at(parentHash), await api.at(hash)];
}

/** What an account has more than it had before a block. */
export async function moved(api, { block }, account) {
  const read = async (at) => ({ ...(await balances(at, account)), usd: await assetBalance(at, TUSD, account) });
  const [had, has] = await Promise.all((await around(api, block)).map(read));
  return { free: has.free - had.free, held: has.held - had.held, usd: has.usd - had.usd };
}

/** Numbers in a struct, by name. */
export const numbers = (struct, ...names) => Object.fromEntries(names.map((name) => [name, struct[name].toBigInt()]));

export const hex = (value) => `0x${Buffer.from(value.toU8a()).toString('hex')}`;

/** What a storage item holds, as pairs of key and value. */
async function entries(item) {
  if (item.creator.meta.type.isPlain) return [[item.key(), await item()]];
  return (await item.entries()).map(([key, value]) => [key.toHex(), value]);
}

/** Everything that is stored in the items which `choose` takes of those of the chain, by key. */
export async function stored(api, choose) {
  const { query } = await api.at(await api.rpc.chain.getBlockHash());
  const found = await Promise.all(choose(query).flatMap(Object.values).map(entries));
  // Books may be brought to now at any time, which changes nothing but this.
  const ageless = (key, value) => (key === 'settledAt' ? undefined : value);
  return Object.fromEntries(found.flat().map(([key, value]) => [key, JSON.stringify(value, ageless)]));
}

/** Checks that all that pallets store decodes to the byte, and that they store something in each of those `wanted`. */
export async function storageDecodes(api, wanted) {
  const hash = await api.rpc.chain.getBlockHash();
  const { query } = await api.at(hash);
  for (const [pallet, names] of Object.entries(wanted)) {
    const seen = new Set();
    for (const [name, item] of Object.entries(query[pallet])) {
      for (const [key, value] of await entries(item)) {
        const raw = await api.rpc.state.getStorage.raw(key, hash);
        // A plain item that is not there has a default.
        if (raw === null) continue;
        // An optional item that is there is stored bare.
        assert.equal(hex(item.creator.meta.modifier.isOptional ? value.unwrap() : value), raw, `${pallet}.${name}`);
        seen.add(name);
      }
    }
    for (const name of names) assert.ok(seen.has(name), `${pallet}.${name}`);
  }
}

/** Checks that every block so far decodes to the byte, and returns all that happened. */
export async function blocksDecode(api) {
  const all = [];
  const last = await height(api);
  for (let number = 0; number <= last; number += 1) {
    const hash = await api.rpc.chain.getBlockHash(number);
    const [{ block }, encoded] = [await api.rpc.chain.getBlock(hash), await api.rpc.chain.getBlock.raw(hash)];
    assert.deepEqual(block.extrinsics.map((each) => each.toHex()), encoded.block.extrinsics, `block ${number}`);
    const records = await (await api.at(hash)).query.system.events();
    const raw = await api.rpc.state.getStorage.raw(api.query.system.events.key(), hash);
    assert.equal(records.toHex(), raw ?? '0x00', `events of block ${number}`);
    all.push(...records.map(({ event }) => event));
  }
  return all;
}
