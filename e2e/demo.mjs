// The demonstration: a development chain, and what insurance on it is. See `--help`.

import { demonstration } from './lib/demonstration.mjs';
import { binary, ensureFree, startNode } from './lib/node.mjs';
import { bold, pass, say, step } from './lib/tell.mjs';

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

demonstration({
  name: 'demo',
  title: 'Lutine: the demonstration',
  help: HELP,
  load: () => Promise.all([import('./lib/chain.mjs'), import('./story.mjs')]),

  async play([{ connect }, { story }], { port, ends }) {
    binary();
    await ensureFree(port);
    step('A chain of its own');
    pass('starting: the node compiles the runtime, which takes some seconds');
    const started = Date.now();
    node = await startNode({ rpcPort: port });
    ends('the node', node);
    api = await connect(node.url);
    const seconds = (ms) => (ms / 1000).toFixed(1);
    say(`${api.runtimeChain}, one validator, started in ${seconds(Date.now() - started)} s;`);
    say(`a block every ${seconds(api.consts.babe.expectedBlockTime.toNumber())} s.`);
    say(`Its data is in ${node.dir} and goes with it.`);
    await story(api);
    return next;
  },

  async dispose() {
    await api?.disconnect();
    await node?.dispose();
    return node && 'The chain has stopped.';
  },
});

async function next() {
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
  await api.disconnect();
  api = undefined;
}
