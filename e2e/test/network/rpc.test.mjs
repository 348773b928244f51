// A public node: what it refuses, and floods that must harm neither it nor the validators behind it.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { send, sleep, wellKnown } from '../../lib/chain.mjs';
import { onNetwork, story } from '../support.mjs';

/** How a public node is started. */
const PUBLIC = [
  ...['--rpc-external', '--rpc-methods', 'safe', '--rpc-cors', 'all', '--rpc-max-connections', '100'],
  ...['--rpc-max-request-size', '1', '--rpc-max-batch-request-len', '20'],
  ...['--rpc-max-subscriptions-per-connection', '64', '--rpc-rate-limit', '1200'],
];
const CONNECTIONS = 100;
const SUBSCRIPTIONS = 64;
/** Blocks that a good transaction may take. */
const PATIENCE = 10;
/** How such a call is refused. */
const REFUSAL = /^RPC call is unsafe to be called externally$|are unsafe and disabled on this node$/;
/** What the node may take of memory in these floods, in MB. */
const MEMORY = 1_500;

const KEY = `0x${'00'.repeat(32)}`;
const PEER = '/ip4/127.0.0.1/tcp/1/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp';
/** What only the operator of a node may do, each with arguments that it would be done with. */
const UNSAFE = {
  author_hasKey: [KEY, 'babe'],
  author_hasSessionKeys: [KEY],
  author_insertKey: ['babe', '//Alice', KEY],
  author_removeExtrinsic: [[]],
  author_rotateKeys: [],
  author_rotateKeysWithOwner: [KEY],
  babe_epochAuthorship: [],
  offchain_localStorageClear: ['PERSISTENT', KEY],
  offchain_localStorageGet: ['PERSISTENT', KEY],
  offchain_localStorageSet: ['PERSISTENT', KEY, KEY],
  state_callRecorded: ['Core_version', '0x', KEY],
  state_getPairs: ['0x'],
  state_queryStorage: [[KEY], KEY],
  state_subscribeStorage: [],
  state_traceBlock: [KEY],
  system_addLogFilter: ['trace'],
  system_addReservedPeer: [PEER],
  system_dryRun: ['0x'],
  system_dryRunAt: ['0x'],
  system_peers: [],
  system_removeReservedPeer: [PEER],
  system_resetLogFilter: [],
  system_unstable_networkState: [],
};
/** All others that the node has. One that is in neither list needs somebody to think about it. */
const SAFE = {
  account: ['nextIndex'],
  author: ['pendingExtrinsics', 'submitAndWatchExtrinsic', 'submitExtrinsic', 'unwatchExtrinsic'],
  bitswap_v1: ['get'],
  chain: [
    ...['getBlock', 'getBlockHash', 'getFinalisedHead', 'getFinalizedHead', 'getHead', 'getHeader'],
    ...['getRuntimeVersion', 'subscribeAllHeads', 'subscribeFinalisedHeads', 'subscribeFinalizedHeads'],
    ...['subscribeNewHead', 'subscribeNewHeads', 'subscribeRuntimeVersion', 'unsubscribeAllHeads'],
    ...['unsubscribeFinalisedHeads', 'unsubscribeFinalizedHeads', 'unsubscribeNewHead', 'unsubscribeNewHeads'],
    'unsubscribeRuntimeVersion',
  ],
  chainHead_v1: [
    ...['body', 'call', 'continue', 'follow', 'header', 'stopOperation', 'storage', 'unfollow', 'unpin'],
  ],
  chainSpec_v1: ['chainName', 'genesisHash', 'properties'],
  childstate: [
    ...['getKeys', 'getKeysPaged', 'getKeysPagedAt', 'getStorage', 'getStorageEntries', 'getStorageHash'],
    'getStorageSize',
  ],
  grandpa: ['proveFinality', 'roundState', 'subscribeJustifications', 'unsubscribeJustifications'],
  payment: ['queryFeeDetails', 'queryInfo'],
  rpc: ['methods'],
  state: [
    ...['call', 'callAt', 'getChildReadProof', 'getKeys', 'getKeysPaged', 'getKeysPagedAt', 'getMetadata'],
    ...['getReadProof', 'getRuntimeVersion', 'getStorage', 'getStorageAt', 'getStorageHash', 'getStorageHashAt'],
    ...['getStorageSize', 'getStorageSizeAt', 'queryStorageAt', 'subscribeRuntimeVersion'],
    ...['unsubscribeRuntimeVersion', 'unsubscribeStorage'],
  ],
  subscribe: ['newHead'],
  sync_state: ['genSyncSpec'],
  system: [
    ...['accountNextIndex', 'chain', 'chainType', 'health', 'localListenAddresses', 'localPeerId', 'name'],
    ...['nodeRoles', 'properties', 'reservedPeers', 'syncState', 'version'],
  ],
  transactionWatch_v1: ['submitAndWatch', 'unwatch'],
  transaction_v1: ['broadcast', 'stop'],
  unsubscribe: ['newHead'],
};

// -- Clients

const portOf = ({ url }) => Number(new URL(url).port);
const message = (method, params, id = 1) => JSON.stringify({ jsonrpc: '2.0', id, method, params });

/** Sends a body by HTTP. Returns status and answer; status 0 where the connection was closed instead. */
function post(port, body, { agent, headers } = {}) {
  return new Promise((done) => {
    const options = { host: '127.0.0.1', port, method: 'POST', agent, timeout: 30_000 };
    const sent = request({ ...options, headers: { 'Content-Type': 'application/json', ...headers } }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        done({ status: response.statusCode, text: Buffer.concat(chunks).toString() });
        // An answer to what is not sent yet leaves nothing to send it for.
        if (!sent.writableFinished) sent.destroy();
      });
      response.on('error', () => done({ status: 0, text: '' }));
    });
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => done({ status: 0, text: '' }));
    sent.end(body);
  });
}

async function call(port, method, params = [], options = {}) {
  const { status, text } = await post(port, message(method, params), options);
  if (status !== 200) throw new Error(`${method}: HTTP ${status} ${text}`);
  return JSON.parse(text);
}

const KEPT = 200_000;

/** A WebSocket that may be as rude as it likes. `open` tells whether it was let in. */
class RudeClient {
  #socket;
  /** The beginning of what it was sent. */
  text = '';

  static async open(port) {
    const client = new RudeClient();
    client.isOpen = await client.#handshake(port);
    return client;
  }

  #handshake(port) {
    const lines = [
      ...['GET / HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Connection: Upgrade', 'Upgrade: websocket'],
      ...['Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`, '', ''],
    ];
    return new Promise((done) => {
      const socket = connectSocket({ host: '127.0.0.1', port }, () => socket.write(lines.join('\r\n')));
      this.#socket = socket;
      socket.once('data', (data) => done(data.toString().startsWith('HTTP/1.1 101')));
      socket.on('data', (data) => {
        if (this.text.length < KEPT) this.text += data.toString('latin1');
      });
      socket.on('error', () => done(false));
      socket.on('close', () => done(false));
    });
  }

  /** Stops to read what is sent to it. */
  deaf() {
    this.#socket.pause();
  }

  send(text) {
    const payload = Buffer.from(text);
    const header = Buffer.alloc(14);
    header[0] = 0x81;
    // The mask is four zero bytes.
    header[1] = 0xff;
    header.writeBigUInt64BE(BigInt(payload.length), 2);
    this.#socket.write(header);
    this.#socket.write(payload);
  }

  destroy() {
    this.#socket.destroy();
  }
}

/** Sends bodies one after the other over a few connections, until all are sent or time is up. Counts answers by kind. */
async function flood(port, bodies, { lanes = 8, milliseconds = 7_000 } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const counts = {};
  const last = Date.now() + milliseconds;
  let next = 0;
  const lane = async () => {
    while (next < bodies.length && Date.now() < last) {
      const key = kindOf(await post(port, bodies[next++], { agent }));
      counts[key] = (counts[key] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  agent.destroy();
  return { sent: next, counts };
}

const hexOf = (value) => Buffer.from(value.toU8a()).toString('hex');

function shuffled(list) {
  const keyed = list.map((each) => [Math.random(), each]);
  return keyed.sort(([a], [b]) => a - b).map(([, each]) => each);
}

/** What a JSON-RPC answer is about, for counting. */
function kindOf({ status, text }) {
  if (status !== 200) return status ? `HTTP ${status}` : 'closed';
  try {
    const answer = JSON.parse(text);
    const kind = ({ error }) => (error ? `error ${error.code}` : 'result');
    return Array.isArray(answer) ? `batch of ${[...new Set(answer.map(kind))].join(', ')}` : kind(answer);
  } catch {
    return 'no JSON';
  }
}

const body = async ({ t, network, connect, ended }) => {
  const chapter = story(t);
  const entrance = network.node('entrance', { args: PUBLIC });
  await entrance.start();
  const port = portOf(entrance);
  const api = await connect(entrance);
  const { alice, bob, ferdie } = wellKnown(api);

  // -- Measures

  const heights = async () => {
    const of = async (validator) => {
      const header = async (...hash) => Number((await call(portOf(validator), 'chain_getHeader', hash)).result.number);
      return [await header(), await header((await call(portOf(validator), 'chain_getFinalizedHead')).result)];
    };
    const all = await Promise.all(network.validators.map(of));
    // Of the one that is behind.
    return [0, 1].map((index) => Math.min(...all.map((each) => each[index])));
  };
  const memory = () => {
    const [, kilobytes] = readFileSync(`/proc/${entrance.pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m);
    return Number(kilobytes) / 1_024;
  };
  const total = { seconds: 0, best: 0, final: 0, memory: 0 };
  const trouble = [];
  let lines = 0;
  entrance.onLine = (line) => {
    lines += 1;
    if (/essential task|database|Thread '/i.test(line)) trouble.push(line);
  };

  /** Sees how the chain gets on during something, and that a good transaction gets through at the same time. */
  const during = async (name, action) => {
    const written = lines;
    const watch = setInterval(() => (total.memory = Math.max(total.memory, memory())), 200);
    try {
      const [from, began] = [await heights(), Date.now()];
      const gift = async () => {
        await sleep(1_000);
        const after = (await heights())[0];
        const { block } = await send(api, api.tx.balances.transferKeepAlive(bob.address, 1n), alice);
        return block.number - after;
      };
      const [told, took] = await Promise.all([action(), gift()]);
      const seconds = (Date.now() - began) / 1_000;
      const to = await heights();
      const [best, final] = to.map((height, index) => height - from[index]);
      for (const [key, value] of Object.entries({ seconds, best, final })) total[key] += value;
      t.diagnostic(
        `${name}: ${told}; ${seconds.toFixed(1)} s, ${best} blocks, ${final} final; a good transaction took ` +
          `${took} blocks; up to ${Math.round(total.memory)} MB of memory, ${lines - written} lines of log`,
      );
      assert.ok(took <= PATIENCE, `a good transaction took ${took} blocks`);
    } finally {
      clearInterval(watch);
    }
  };

  // -- What is refused

  const refusal = ({ result, error }, name) =>
    assert.match(error?.message ?? '', REFUSAL, `${name}: ${JSON.stringify(error ?? result)}`);
  const refusesUnsafe = async (to, options) => {
    for (const [name, params] of Object.entries(UNSAFE)) {
      // Subscriptions need a WebSocket.
      if (name !== 'state_subscribeStorage') refusal(await call(to, name, params, options), name);
    }
  };

  await chapter('all methods that the node has are known to be safe or not', async () => {
    const { result } = await call(port, 'rpc_methods');
    const safe = Object.entries(SAFE).flatMap(([prefix, names]) => names.map((name) => `${prefix}_${name}`));
    assert.deepEqual([...result.methods].sort(), [...safe, ...Object.keys(UNSAFE)].sort());
    for (const name of safe.filter((each) => !/subscribe|[wW]atch|follow/.test(each))) {
      const { error } = await call(port, name);
      assert.ok(!REFUSAL.test(error?.message), `${name}: ${JSON.stringify(error)}`);
    }
  });

  await chapter('what only the operator may do is refused, whoever the client says it is', async () => {
    await refusesUnsafe(port);
    const local = `127.0.0.1:${portOf(network.validators[0])}`;
    const lies = {
      Host: local,
      Origin: `http://${local}`,
      Forwarded: 'for=127.0.0.1;host=localhost',
      'X-Forwarded-For': '127.0.0.1',
      'X-Real-IP': '127.0.0.1',
    };
    await refusesUnsafe(port, { headers: lies });
    // By WebSocket, and in a batch, it is the same.
    const client = await RudeClient.open(port);
    assert.ok(client.isOpen);
    const all = Object.entries(UNSAFE).map(([name, params], id) => message(name, params, id));
    const batch = all.slice(0, 20).map((text, id) => text.replace(`"id":${id}`, `"id":${id + 100}`));
    for (const text of [...all, `[${batch.join(',')}]`]) client.send(text);
    const answers = () => [...client.text.matchAll(/"id":(\d+),"(result|error)":(?:\{"code":-?\d+,"message":"([^"]*)")?/g)];
    for (let tries = 0; tries < 50 && answers().length < all.length + batch.length; tries += 1) await sleep(100);
    client.destroy();
    assert.equal(new Set(answers().map(([, id]) => id)).size, all.length + batch.length, client.text);
    for (const [answer, , kind, said] of answers()) assert.ok(kind === 'error' && REFUSAL.test(said), answer);
  });

  await chapter('on the interface of this machine alone the operator may', async () => {
    const peers = async () => (await call(portOf(network.validators[0]), 'system_peers')).result;
    // The other validator and the public node, once they have met.
    for (let tries = 0; tries < 60 && (await peers()).length < 2; tries += 1) await sleep(500);
    assert.equal((await peers()).length, 2);
  });

  await chapter('a node that is not told which methods refuses the same from outside', async () => {
    const other = network.node('other', { args: ['--rpc-external', '--rpc-cors', 'all'] });
    await other.start();
    await refusesUnsafe(portOf(other));
    await other.dispose();
  });

  await chapter('a validator does not start with its RPC open to the world', async () => {
    for (const methods of ['auto', 'safe']) {
      const key = '--unsafe-force-node-key-generation';
      const args = ['--validator', key, '--rpc-external', '--rpc-methods', methods];
      const validator = network.node('open', { args });
      await assert.rejects(validator.start(), /--rpc-external option shouldn't be used if the node is running as a validator/);
      await validator.dispose();
    }
  });

  // -- Floods

  await chapter('thousands of bad transactions hold up neither blocks nor a good one', async () => {
    // It is signed in place.
    const signed = async ({ method }, signer, nonce) =>
      (await api.tx(method).signAsync(signer, { nonce, era: 0 })).toHex();
    const transfer = api.tx.balances.transferKeepAlive(alice.address, 1n);
    const nonce = (await api.rpc.system.accountNextIndex(ferdie.address)).toNumber();
    const good = await signed(transfer, ferdie, nonce);
    const junk = (bytes) => randomBytes(bytes).toString('hex');
    const many = (count, make) => Promise.all(Array.from({ length: count }, (_, index) => make(index)));
    const asExtrinsic = (hex) => `0x${hexOf(api.createType('Bytes', `0x${hex}`))}`;
    const [account, signature] = [good.slice(6, 6 + 70), 128];
    const [call, batch] = [transfer, api.tx.utility.batch([transfer])].map(({ method }) => method.toHex().slice(2));
    const extra = good.slice(6 + account.length + signature, -call.length);
    const nested = batch.slice(0, -call.length).repeat(1_000) + call;
    const pauper = alice.derive('//pauper');
    const kinds = await Promise.all([
      many(1_500, (index) => `0x${junk(1 + (index % 2_000))}`),
      many(500, () => asExtrinsic(`84${junk(149)}`)),
      many(20, () => asExtrinsic(`84${junk(400_000)}`)),
      many(1_500, () => asExtrinsic(account + junk(64) + extra + call)),
      many(20, () => asExtrinsic(account + junk(64) + extra + nested)),
      many(1_000, (index) => signed(transfer, ferdie, nonce + 10 + index)),
      many(300, (index) => signed(transfer, pauper, index)),
    ]);
    const bodies = shuffled(kinds.flat()).map((hex) => message('author_submitExtrinsic', [hex]));
    await during('bad transactions', async () => {
      const { sent, counts } = await flood(port, bodies);
      // Those with a nonce to come may wait for the ones before.
      assert.ok((counts.result ?? 0) <= 1_000, JSON.stringify(counts));
      return `${sent} of ${bodies.length}, ${JSON.stringify(counts)}`;
    });
  });

  await chapter('requests that are too large, too many at once or too deep are refused', async () => {
    const [open, close] = ['[', ']'].map((bracket) => bracket.repeat(200_000));
    const metadata = message('state_getMetadata', []);
    const cases = [
      ['too large', 'x'.repeat(20_000_000), /^HTTP 413$|^closed$/],
      ['a batch too long', `[${Array(5_000).fill(metadata).join(',')}]`, /^error -32010$/],
      ['too deep', open + close, /^batch of error -32600$/],
      ['arguments too deep', metadata.replace('[]', open + close), /^error -32602$/],
    ];
    await during('requests', async () => {
      const floods = cases.map(async ([name, body, expected]) => {
        const { sent, counts } = await flood(port, Array(10_000).fill(body), { lanes: 2, milliseconds: 6_000 });
        for (const kind of Object.keys(counts)) assert.match(kind, expected, `${name}: ${JSON.stringify(counts)}`);
        return `${sent} ${name}`;
      });
      return (await Promise.all(floods)).join(', ');
    });
    const client = await RudeClient.open(port);
    client.send('x'.repeat(3_000_000));
    client.send(message('system_chain', []));
    for (let tries = 0; tries < 50 && !/Lutine/.test(client.text); tries += 1) await sleep(100);
    client.destroy();
    assert.match(client.text, /-32007.*Lutine/s);
  });

  await chapter('thousands of connections and subscriptions, and who does not read, leave room for others', async () => {
    const clients = [];
    const idle = [];
    ended.push(async () => [...clients, ...idle].forEach((client) => client.destroy()));
    await during('connections', async () => {
      for (let index = 0; index < 500; index += 1) {
        // Not a whole line of a request.
        const socket = connectSocket({ host: '127.0.0.1', port }, () => socket.write('POST'));
        idle.push(socket.on('error', () => {}));
      }
      let refused = 0;
      for (let wave = 0; wave < 30; wave += 1) {
        const opened = await Promise.all(Array.from({ length: 50 }, () => RudeClient.open(port)));
        for (const client of opened) client.isOpen ? clients.push(client) : (refused += 1);
      }
      assert.equal(clients.length, CONNECTIONS - 1);
      const [deaf, listening] = [clients.slice(0, 20), clients.slice(20)];
      for (const client of deaf) {
        client.deaf();
        for (let id = 0; id < 10; id += 1) client.send(message('state_getMetadata', [], id));
      }
      for (const client of listening) {
        for (let id = 0; id < SUBSCRIPTIONS + 10; id += 1) client.send(message('chain_subscribeAllHeads', [], id));
      }
      await sleep(7_000);
      const isFull = ({ text }) => text.split('Too many subscriptions').length === 11;
      for (let waited = 0; waited < 60 && !listening.every(isFull); waited += 1) await sleep(500);
      assert.equal(listening.filter(isFull).length, listening.length);
      return `${clients.length} connections, ${refused} more refused, ${listening.length * SUBSCRIPTIONS} subscriptions`;
    });
    for (const client of [...clients, ...idle]) client.destroy();
  });

  await chapter('after all that nobody notices anything', async () => {
    const late = await connect(entrance);
    const before = await heights();
    const { block } = await send(late, late.tx.balances.transferKeepAlive(bob.address, 1n), alice, { finalised: true });
    assert.ok(block.number <= before[0] + 5, `block ${block.number}, sent after ${before[0]}`);
    const { seconds, best, final, memory: most } = total;
    const said = `${best} blocks and ${final} final ones in ${seconds.toFixed(1)} s, at most ${Math.round(most)} MB`;
    t.diagnostic(`in all: ${said}`);
    assert.ok(Math.min(best, final) >= 0.8 * Math.floor(seconds), said);
    assert.ok(most < MEMORY, `${most} MB`);
    assert.deepEqual(trouble, []);
  });
};

onNetwork('a public node protects itself and its network', { validators: 2 }, body, { timeout: 240_000 });
