// Networks of validators with keys of their own, on this machine.

import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalNode, binary, freePorts, removeFolder, temporaryFolder } from './node.mjs';

export class Network {
  #folder = temporaryFolder();
  #others = [];

  /** The chain spec. */
  spec = join(this.#folder, 'network', 'spec.json');
  /** The validators, by order: not started. */
  validators;

  /**
   * Makes the keys and the genesis. `clock` changes what is fixed in it, such as `{ slotsPerEpoch: 10 }`. A validator
   * listens at the address that `hosts` has for it, such as `/ip4/10.0.0.1/tcp/30333`, and runs `within` a command.
   */
  static async make({ validators = 4, clock, hosts } = {}) {
    const network = new Network();
    const places =
      hosts ?? (await freePorts(validators)).map((port) => ({ address: `/ip4/127.0.0.1/tcp/${port}` }));
    const made = join(network.#folder, 'network');
    const addresses = places.flatMap(({ address }) => ['--validator', address]);
    const run = (...args) => execFileSync(binary(), args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 });
    try {
      run('new-network', '--output', made, ...addresses, ...(clock ? ['--plain'] : []));
      if (clock) {
        // As text: it has numbers that this language would round.
        let spec = readFileSync(network.spec, 'utf8');
        for (const [field, value] of Object.entries(clock)) {
          spec = spec.replace(new RegExp(`("${field}": )\\d+`), (_, before) => `${before}${value}`);
        }
        writeFileSync(network.spec, spec);
        writeFileSync(network.spec, run('export-chain-spec', '--chain', network.spec, '--raw'));
      }
    } catch (error) {
      removeFolder(network.#folder);
      throw error;
    }
    network.validators = places.map(({ address, within, args = [] }, index) => {
      const name = `validator-${index + 1}`;
      const dir = join(made, name);
      return new LocalNode({ dir, within, args: [...network.#args(name, address), '--validator', ...args] });
    });
    return network;
  }

  #args(name, address) {
    const quiet = ['--no-mdns', '--no-prometheus', '--no-telemetry'];
    return ['--chain', this.spec, '--name', name, '--listen-addr', address, ...quiet];
  }

  /** A further node of this chain, with data of its own: not started. */
  node(name, { args = [], rpcPort } = {}) {
    const node = new LocalNode({ rpcPort, args: [...this.#args(name, '/ip4/127.0.0.1/tcp/0'), ...args] });
    this.#others.push(node);
    return node;
  }

  /**
   * A further node that validates, with a network identity of its own: not started. It has no session keys yet, or those
   * of the node `keysOf`.
   */
  validator(name, { keysOf } = {}) {
    const node = this.node(name, { args: ['--validator'] });
    const identity = ['key', 'generate-node-key', '--base-path', node.dir, '--chain', this.spec];
    execFileSync(binary(), identity, { stdio: 'ignore' });
    const keystore = ({ dir }) => join(dir, 'chains', 'lutine_network', 'keystore');
    if (keysOf) cpSync(keystore(keysOf), keystore(node), { recursive: true });
    return node;
  }

  /** Starts all validators. */
  async start() {
    await Promise.all(this.validators.map((validator) => validator.start()));
  }

  /** Whose account a validator's stake is: `{ address, secretPhrase }`. */
  stash(index) {
    return JSON.parse(readFileSync(join(this.validators[index].dir, 'stash.json')));
  }

  /** Stops what runs and removes everything. */
  async dispose() {
    await Promise.all(this.#others.map((node) => node.dispose()));
    await Promise.all(this.validators.map((validator) => validator.stop()));
    removeFolder(this.#folder);
  }
}
