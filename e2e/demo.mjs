// The demonstration: a development chain, and what insurance on it is. See `--help`.

import { parseArgs } from 'node:util';
import { binary, ensureFree, startNode } from './lib/node.mjs';
import { bold, clear, faint, pass, print, say, step } from './lib/tell.mjs';

const HELP = `Starts a development chain and shows, in about three and a half minutes, what insurance on it is: a product
is listed and underwritten, cover is bought, a theft is reported, assessors reject it, token holders overturn
them, the holder is paid; and a stablecoin falls, and all who insured it are paid in one block. The chain then
keeps running until Ctrl-C. Its data is temporary.

usage: node e2e/demo.mjs [options]

  --port N       answer RPC on this port (9944)
  --stop-after   stop the chain when the demonstration is over
  --help         show this

The node is what LUTINE_NODE names, else the release build of this repository.`;

let node;
let api;
let over = false;

// -- Options

function options() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        port: { type: 'string', default: '9944' },
        'stop-after': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    misused(error.message.split(/[.\n]/)[0]);
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port < 1 || port > 65_535) misused(`--port takes a port, not "${values.port}"`);
  return { port, stopAfter: values['stop-after'], help: values.help };
}

function misused(message) {
  console.error(`demo: ${message}; see --help`);
  process.exit(2);
}

function next() {
  const { url } = node;
  step('The chain is yours');
  say(`It answers at ${bold(url)} and makes a block a second until you press Ctrl-C.`);
  say(`In Polkadot.js Apps: https://polkadot.js.org/apps/?rpc=${encodeURIComponent(url)}`);
  say();
  say('Try next:');
  say('- Network > NFTs, or Developer > Chain state: nfts.item of collection 0, to see who holds which certificate.');
  say(
    '- Developer > Runtime calls: coverApi.quote for product 2 in {WithId: 1}; then pools.setLine as Alice, and quote again.',
  );
  say('- Developer > Extrinsics: as Grace (//Grace), claims.leave; the stake can be withdrawn 60 blocks later.');
  say('- Governance > Democracy: propose, as Dave, another deductible for product 5: cover.amend as Root.');
}

// -- Start and end

async function client() {
  try {
    return await Promise.all([import('./lib/chain.mjs'), import('./story.mjs')]);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error('the client library is missing: run "npm ci" in e2e');
  }
}

async function main() {
  const { port, stopAfter, help } = options();
  if (help) {
    console.log(HELP);
    return;
  }
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => {
      print('');
      void finish(over ? 0 : code);
    });
  }
  // Loaded once the options are known to be right.
  const [{ connect }, { story }] = await client();
  binary();
  await ensureFree(port);
  print(bold('Lutine: the demonstration'));
  step('A chain of its own');
  pass('starting: the node compiles the runtime, which takes some seconds');
  const started = Date.now();
  node = await startNode({ rpcPort: port });
  void node.exited.then((how) => {
    if (!ending) void finish(1, `the node ended: ${node.reason(how)}`);
  });
  api = await connect(node.url);
  const seconds = (ms) => (ms / 1000).toFixed(1);
  say(`${api.runtimeChain}, one validator, started in ${seconds(Date.now() - started)} s;`);
  say(`a block every ${seconds(api.consts.babe.expectedBlockTime.toNumber())} s.`);
  say(`Its data is in ${node.dir} and goes with it.`);

  await story(api);
  say();
  say(faint(`That took ${seconds(Date.now() - started)} s.`));
  if (stopAfter) {
    await finish(0);
    return;
  }
  next();
  await api.disconnect();
  api = undefined;
  over = true;
}

let ending = false;

/** Stops the chain and this process. */
async function finish(code, message) {
  if (ending) return;
  ending = true;
  if (message) clear();
  if (message) console.error(`demo: ${message}`);
  await api?.disconnect();
  await node?.dispose();
  if (node && !message) say(faint('The chain has stopped.'));
  process.exit(code);
}

// Where the node has just ended, what it says of that explains more than what the connection does.
main().catch((error) => setTimeout(finish, node ? 500 : 0, 1, error.message));
