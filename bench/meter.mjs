// What blocks take: to the node that builds them, and to one that follows and imports them.

import { sleep, untilBlock } from '../e2e/lib/chain.mjs';
import { LocalNode, freePorts, startNode } from '../e2e/lib/node.mjs';
import { Rpc } from './rpc.mjs';

const IMPORT = 'substrate_block_verification_and_import_time';
const BUILD = 'substrate_proposer_block_constructed';
const CATCH_UP_TIMEOUT = 120_000;

/** How long a node may take to make a large state of its specification, in ms. */
const PATIENCE = 3_600_000;

/** A development chain: the author of its blocks, and a node that follows when it is told to. */
export class Chain {
  #spec;
  #ports;
  #peer;
  #empty;

  author;
  follower;
  /** Asks the author. */
  rpc;

  /** What each of them took to start, in seconds, the author first. */
  starting;

  /** It may have another specification than that of development. */
  constructor({ spec = 'dev' } = {}) {
    this.#spec = spec;
  }

  async start() {
    this.#ports = await freePorts(2);
    const args = [
      ...['--chain', this.#spec, '--name', 'follower', '--listen-addr', '/ip4/127.0.0.1/tcp/0'],
      ...['--no-mdns', '--no-telemetry', '--prometheus-port', `${this.#ports[1]}`],
      // It has a peer only while it is told of one. The other backend would not let go of it.
      ...['--reserved-only', '--network-backend', 'libp2p'],
    ];
    // One after the other: what a large state takes would not be there twice.
    const times = [Date.now()];
    this.author = await startNode({
      prometheusPort: this.#ports[0],
      patience: PATIENCE,
      args: ['--chain', this.#spec],
    });
    times.push(Date.now());
    this.follower = new LocalNode({ args, patience: PATIENCE });
    await this.follower.start();
    times.push(Date.now());
    this.starting = [1, 2].map((index) => (times[index] - times[index - 1]) / 1_000);
    this.rpc = new Rpc(this.author.url);
    const addresses = await this.rpc.ask('system_localListenAddresses');
    this.#peer = addresses.find((address) => address.startsWith('/ip4/127.0.0.1/'));
  }

  /** The number of the best block of a node. */
  async height(rpc = this.rpc) {
    return Number((await rpc.ask('chain_getHeader')).number);
  }

  /** Lets the follower meet the author, and waits until it has imported all there is. */
  async #join() {
    const follower = new Rpc(this.follower.url);
    await follower.ask('system_addReservedPeer', this.#peer);
    const target = await this.height();
    const deadline = Date.now() + CATCH_UP_TIMEOUT;
    while ((await this.height(follower)) < target) {
      if (Date.now() > deadline) {
        throw new Error(`the follower has not come to block ${target}\n${this.follower.tail()}`);
      }
      await sleep(50);
    }
  }

  async #part() {
    await new Rpc(this.follower.url).ask('system_removeReservedPeer', this.#peer.split('/').pop());
  }

  /** What both have measured so far: of each the number of blocks, and their seconds. */
  async #read() {
    const [build, imported] = await Promise.all([histogram(this.#ports[0], BUILD), histogram(this.#ports[1], IMPORT)]);
    return { build, imported };
  }

  /** Looks at so many blocks that must be empty, to know what those take. */
  async rest(api, blocks) {
    await this.#join();
    const begun = await this.#read();
    await untilBlock(api, (await this.height()) + blocks);
    await this.#join();
    const done = await this.#read();
    const each = (kind) => (done[kind].seconds - begun[kind].seconds) / (done[kind].blocks - begun[kind].blocks);
    this.#empty = { build: each('build'), imported: each('imported') };
    return this.#empty;
  }

  /** What each of the next blocks takes to be imported, in seconds, until one of that time, in Unix seconds. */
  async watch(until) {
    await this.#join();
    const took = [];
    let { imported: last } = await this.#read();
    while (Date.now() < until * 1_000) {
      await sleep(100);
      const { imported } = await this.#read();
      // Where two came at once, each took half of it.
      const blocks = imported.blocks - last.blocks;
      for (let block = 0; block < blocks; block += 1) took.push((imported.seconds - last.seconds) / blocks);
      last = imported;
    }
    return took;
  }

  /**
   * Does something, and tells what its blocks took beyond what as many empty ones take, in seconds: those to `build`
   * them and to have them `imported`; and what came of it.
   *
   * The follower is away meanwhile and imports the blocks afterwards. Otherwise it would check every transaction for its
   * own pool at the same time, and what it shows would be how many of those share the cores.
   */
  async measure(api, action) {
    await this.#join();
    const begun = await this.#read();
    await this.#part();
    const result = await action();
    // What comes after it is empty again: a state to look at.
    await untilBlock(api, (await this.height()) + 1);
    await this.#join();
    const done = await this.#read();
    const beyond = (kind) =>
      done[kind].seconds - begun[kind].seconds - this.#empty[kind] * (done[kind].blocks - begun[kind].blocks);
    return { result, build: beyond('build'), imported: beyond('imported') };
  }

  async dispose() {
    await Promise.all([this.author?.dispose(), this.follower?.dispose()]);
  }
}

async function histogram(port, name) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const value = (suffix) => {
    const found = text.match(new RegExp(`^${name}_${suffix}(?:\\{.*\\})? (\\S+)$`, 'm'));
    if (!found) throw new Error(`the node has no metric ${name}_${suffix}`);
    return Number(found[1]);
  };
  return { blocks: value('count'), seconds: value('sum') };
}
