// Measures what a chain takes for insurance, beside what it takes for a transfer. See `--help`.

import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { connect, wellKnown } from '../e2e/lib/chain.mjs';
import { binary } from '../e2e/lib/node.mjs';
import { SCALES, measure } from './measure.mjs';
import { Chain } from './meter.mjs';
import { goalsOf, markdown } from './report.mjs';

const HELP = `Measures what calls of insurance take in comparison with transfers: how many a second a chain includes, what
they take to execute, what weight they are charged; the state that a policy adds, and how long a quote takes. It does
so on a new development chain of one validator and a node that follows. Both are gone when it ends.

usage: node bench/bench.mjs [options]

  --scale S    full, or small to see that it works (full)
  --json FILE  write the figures to a file as well
  --help       show this

The node is what LUTINE_NODE names, else the release build of this repository. The table goes to standard output.`;

const began = Date.now();
const say = (text) => console.error(`bench: ${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`);

function options() {
  try {
    const { values } = parseArgs({
      options: {
        scale: { type: 'string', default: 'full' },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!Object.hasOwn(SCALES, values.scale)) throw new Error(`--scale is small or full, not "${values.scale}"`);
    return values;
  } catch (error) {
    console.error(`bench: ${error.message.split(/[.\n]/)[0]}; see --help`);
    process.exit(2);
  }
}

const chain = new Chain();
let api;
let ending = false;

/** Stops the nodes and this process. */
async function finish(code, message) {
  if (ending) return;
  ending = true;
  if (message) console.error(`bench: ${message}`);
  await api?.disconnect();
  await chain.dispose();
  process.exit(code);
}

async function main() {
  const { scale, json, help } = options();
  if (help) {
    console.log(HELP);
    return;
  }
  binary();
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => void finish(code));
  }
  const load = loadavg()[0];
  say('a chain is started');
  await chain.start();
  for (const node of [chain.author, chain.follower]) {
    void node.exited.then((how) => finish(1, `a node ended: ${node.reason(how)}`));
  }
  api = await connect(chain.author.url);
  const { specName, specVersion } = api.runtimeVersion;
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0].model,
    cores: cpus().length,
    load,
    node: await chain.rpc.ask('system_version'),
    runtime: `${specName}-${specVersion}`,
    client: process.versions.node,
    scale,
  };
  const measured = await measure(api, chain, wellKnown(api), SCALES[scale], say);
  const figures = { machine, ...measured, goals: goalsOf(measured) };
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(markdown(figures));
  await finish(0);
}

// Where a node has just ended, what it says of that explains more than what the connection does.
main().catch((error) => setTimeout(finish, 500, 1, error.message));
