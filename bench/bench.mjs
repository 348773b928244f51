// Measures what a chain takes for insurance, beside what it takes for a transfer. See `--help`.

import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { connect, sleep, wellKnown } from '../e2e/lib/chain.mjs';
import { binary } from '../e2e/lib/node.mjs';
import { SCALES, measure } from './measure.mjs';
import { Chain } from './meter.mjs';
import { preloader, prepare } from './preloaded.mjs';
import { goalsOf, markdown } from './report.mjs';
import { COMPARED, compare } from './scale.mjs';
import { scaleMarkdown } from './scale-report.mjs';

const HELP = `Measures what calls of insurance take in comparison with transfers: how many a second a chain includes, what
they take to execute, what weight they are charged; the state that a policy adds, and how long a quote takes. It does
so on a new development chain of one validator and a node that follows. Both are gone when it ends.

With --preload it measures what a chain that begins with so many policies takes beside an empty one, and the day on which
a tenth of them end. A million take about an hour, a machine of 24 GB of memory for themselves, and 8 GB of disk.

usage: node bench/bench.mjs [options]

  --scale S    full, or small to see that it works (full)
  --preload N  compare a chain of so many policies with an empty one: a multiple of 1 000
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
        preload: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!Object.hasOwn(SCALES, values.scale)) throw new Error(`--scale is small or full, not "${values.scale}"`);
    const { preload } = values;
    if (preload && !(Number(preload) > 0 && Number(preload) % 1_000 === 0)) {
      throw new Error(`--preload takes a multiple of 1 000, not "${preload}"`);
    }
    return values;
  } catch (error) {
    console.error(`bench: ${error.message.split(/[.\n]/)[0]}; see --help`);
    process.exit(2);
  }
}

const chains = [];
const apis = [];
let ending = false;

/** Stops the nodes and this process. */
async function finish(code, message) {
  if (ending) return;
  ending = true;
  if (message) console.error(`bench: ${message}`);
  await Promise.all(apis.map((api) => api.disconnect()));
  await Promise.all(chains.map((chain) => chain.dispose()));
  process.exit(code);
}

/** Starts a chain. Returns it with what a client needs of it. */
async function start(options) {
  const chain = new Chain(options);
  chains.push(chain);
  await chain.start();
  for (const node of [chain.author, chain.follower]) {
    void node.exited.then((how) => finish(1, `a node ended: ${node.reason(how)}`));
  }
  const api = await connect(chain.author.url);
  apis.push(api);
  return { chain, api, who: wellKnown(api) };
}

/** Of so many policies, a tenth end on a day that comes when all else is measured. */
async function measureAtScale(policies, scale) {
  const small = scale === 'small';
  const market = {
    ...{ policies, products: 1_000, pools: 200, each: 10 },
    ...{ ending: policies / 10, 'ending-after': small ? 36 : 110 },
  };
  preloader();
  const { spec, begin, figures } = await prepare(market, say);
  say('its nodes start');
  const preloaded = await start({ spec });
  const { starting } = preloaded.chain;
  const left = begin - Date.now() / 1_000;
  say(`they took ${starting.map(Math.round).join(' and ')} s; the chain's time begins in ${Math.round(left)} s`);
  await sleep(Math.max(left, 0) * 1_000);
  const empty = await start();
  const measured = await compare(empty, preloaded, { market, begin }, COMPARED[scale], say);
  return [empty, { market, preparing: { ...figures, starting }, ...measured }];
}

async function main() {
  const { scale, preload, json, help } = options();
  if (help) {
    console.log(HELP);
    return;
  }
  binary();
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => void finish(code));
  }
  const load = loadavg()[0];
  let measured;
  let first;
  if (preload) {
    [first, measured] = await measureAtScale(Number(preload), scale);
  } else {
    say('a chain is started');
    first = await start();
    measured = await measure(first.api, first.chain, first.who, SCALES[scale], say);
  }
  const { chain, api } = first;
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
  const figures = { machine, ...measured, ...(preload ? {} : { goals: goalsOf(measured) }) };
  if (json) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(preload ? scaleMarkdown(figures) : markdown(figures));
  await finish(0);
}

// Where a node has just ended, what it says of that explains more than what the connection does.
main().catch((error) => setTimeout(finish, 500, 1, error.message));
