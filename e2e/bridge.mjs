// The demonstration of the bridge: two chains, the relayer, and insurance from one to the other. See `--help`.

import { demonstration } from './lib/demonstration.mjs';
import { binary, ensureFree, relayerBinary } from './lib/node.mjs';
import { bold, pass, say, step } from './lib/tell.mjs';

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

demonstration({
  name: 'bridge',
  title: 'Lutine: cover across chains',
  help: HELP,
  options: { lutine: { type: 'string' }, partner: { type: 'string' } },
  check({ lutine, partner }) {
    if ((lutine === undefined) !== (partner === undefined)) return '--lutine and --partner go together';
    const wrong = [lutine, partner].find((url) => url !== undefined && !/^wss?:\/\//.test(url));
    return wrong === undefined ? undefined : `a chain answers at ws:// or wss://, not "${wrong}"`;
  },
  ports: 2,
  load: () => Promise.all([import('./lib/bridge.mjs'), import('./crossing.mjs')]),

  async play([{ Bridge }, { crossing }], { port, values: { lutine, partner }, ends }) {
    step('Two chains');
    if (lutine) {
      relayerBinary();
      bridge = await Bridge.at({ lutine, partner });
    } else {
      binary();
      relayerBinary();
      await Promise.all([ensureFree(port), ensureFree(port + 1)]);
      pass('starting: the nodes compile their runtimes, which takes some seconds');
      bridge = await Bridge.start({ lutinePort: port, partnerPort: port + 1 });
      for (const [name, node] of Object.entries(bridge.nodes)) ends(`the node of ${name}`, node);
    }
    for (const api of [bridge.lutine, bridge.partner]) {
      const pace = api.consts.babe.expectedBlockTime.toNumber() / 1_000;
      say(`${api.runtimeChain}, a block every ${pace} s, with ${api.registry.chainTokens[0]} as its token`);
    }
    await crossing(bridge);
    return lutine ? undefined : next;
  },

  async dispose() {
    const started = bridge && Object.keys(bridge.nodes).length > 0;
    await bridge?.dispose();
    return started && 'The chains and the relayer have stopped.';
  },
});

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
