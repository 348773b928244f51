// The demonstration of the bridge: two chains, the relayer, and insurance from one to the other. See `--help`.

import { parseArgs } from 'node:util';
import { binary, ensureFree, relayerBinary } from './lib/node.mjs';
import { bold, clear, faint, pass, print, say, step } from './lib/tell.mjs';

const HELP = `Starts Lutine, the partner chain and the relayer, and shows, in under five minutes, what insurance from one
chain to the other is: light clients begin, LUT crosses the bridge, somebody on the partner chain buys cover on
Lutine, somebody else proves it there, an incident is judged, a claim is filed from the partner chain and paid,
and the payout goes home by itself. All three then keep running until Ctrl-C. Their data is temporary.

usage: node e2e/bridge.mjs [options]

  --port N           Lutine answers RPC on this port (9944), the partner chain on the next one
  --stop-after       stop everything when the demonstration is over
  --lutine URL       do not start anything: Lutine answers here,
  --partner URL      the partner chain here, and a relayer runs between them
  --help             show this

The node is what LUTINE_NODE names, the relayer what LUTINE_RELAYER does, else the release builds of this repository.`;

let bridge;
let over = false;

// -- Options

function options() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        port: { type: 'string', default: '9944' },
        'stop-after': { type: 'boolean', default: false },
        lutine: { type: 'string' },
        partner: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    misused(error.message.split(/[.\n]/)[0]);
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port < 1 || port > 65_534) misused(`--port takes a port, not "${values.port}"`);
  const { lutine, partner } = values;
  if ((lutine === undefined) !== (partner === undefined)) misused('--lutine and --partner go together');
  for (const url of [lutine, partner]) {
    if (url !== undefined && !/^wss?:\/\//.test(url)) misused(`a chain answers at ws:// or wss://, not "${url}"`);
  }
  return { port, stopAfter: values['stop-after'], help: values.help, urls: lutine && { lutine, partner } };
}

function misused(message) {
  console.error(`bridge: ${message}; see --help`);
  process.exit(2);
}

function next() {
  const { lutine, partner } = bridge.urls;
  step('Both chains are yours');
  say(`Lutine answers at ${bold(lutine)}, the partner chain at ${bold(partner)}, until you press Ctrl-C.`);
  for (const url of [lutine, partner]) {
    say(`In Polkadot.js Apps: https://polkadot.js.org/apps/?rpc=${encodeURIComponent(url)}`);
  }
  say();
  say('Try next:');
  say('- On the partner chain, Developer > Chain state: lutineGrandpa.bestFinalized, the last block of Lutine it knows.');
  say('- On Lutine, Developer > Chain state: homes and outages, and system.account of the account that Charlie has there.');
}

// -- Start and end

async function client() {
  try {
    return await Promise.all([import('./lib/bridge.mjs'), import('./crossing.mjs')]);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error('the client library is missing: run "npm ci" in e2e');
  }
}

async function main() {
  const { port, stopAfter, help, urls } = options();
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
  const [{ Bridge }, { crossing }] = await client();
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  print(bold('Lutine: cover across chains'));
  step('Two chains');
  if (urls) {
    relayerBinary();
    bridge = await Bridge.at(urls);
  } else {
    binary();
    relayerBinary();
    await Promise.all([ensureFree(port), ensureFree(port + 1)]);
    pass('starting: the nodes compile their runtimes, which takes some seconds');
    bridge = await Bridge.start({ lutinePort: port, partnerPort: port + 1 });
    for (const [name, node] of Object.entries(bridge.nodes)) {
      void node.exited.then((how) => {
        if (!ending) void finish(1, `the node of ${name} ended: ${node.reason(how)}`);
      });
    }
  }
  for (const api of [bridge.lutine, bridge.partner]) {
    const pace = api.consts.babe.expectedBlockTime.toNumber() / 1_000;
    say(`${api.runtimeChain}, a block every ${pace} s, with ${api.registry.chainTokens[0]} as its token`);
  }
  await crossing(bridge);
  say();
  say(faint(`That took ${seconds()} s.`));
  if (stopAfter || urls) {
    await finish(0);
    return;
  }
  next();
  over = true;
}

let ending = false;

/** Stops what was started, and this process. */
async function finish(code, message) {
  if (ending) return;
  ending = true;
  if (message) clear();
  if (message) console.error(`bridge: ${message}`);
  const started = bridge && Object.keys(bridge.nodes).length > 0;
  await bridge?.dispose();
  if (started && !message) say(faint('The chains and the relayer have stopped.'));
  process.exit(code);
}

// Where a node has just ended, what it says of that explains more than what the connection does.
main().catch((error) => setTimeout(finish, bridge ? 500 : 0, 1, error.message));
