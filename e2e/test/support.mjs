// One test, one node, one connection.

import assert from 'node:assert/strict';
import test from 'node:test';
import { connect, wellKnown } from '../lib/chain.mjs';
import { startNode } from '../lib/node.mjs';

/**
 * A test on a chain of its own. `connection.api` talks to it as long as the test does not `close` it; when the test
 * fails, the node's last words are printed.
 */
export function onChain(name, body, { timeout = 180_000 } = {}) {
  test(name, { timeout }, async (t) => {
    const node = await startNode();
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
