import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { binary, ensureFree, guard, removeFolder, temporaryFolder } from '../../lib/node.mjs';
import { story } from '../support.mjs';
import { Witness, halted } from './consensus.mjs';

const script = fileURLToPath(new URL('../../../scripts/network', import.meta.url));
const env = { ...process.env, LUTINE_NODE: binary() };

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const runs = (pid) => read(`/proc/${pid}/cmdline`) !== '';

/** Where a network's ports can begin: nothing listens on those of so many validators. */
async function freeBase(count) {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const base = 10_000 + 1_000 * Math.floor(Math.random() * 20);
    const ports = Array.from({ length: count }, (_, k) => [10, 11, 12].map((port) => base + 10 * k + port)).flat();
    try {
      for (const port of ports) await ensureFree(port);
      return base;
    } catch {
      // Another one, then.
    }
  }
  throw new Error('no free ports');
}

/** A network that `scripts/network` makes. */
class ScriptedNetwork {
  #temporary = temporaryFolder();
  #disposed;
  folder = join(this.#temporary, 'of validators');

  async do(...args) {
    try {
      return (await promisify(execFile)(script, [...args, '--folder', this.folder], { env })).stdout;
    } finally {
      await this.#tellGuard();
    }
  }

  /** What the script shows of each validator, by order. */
  async validators() {
    if (!existsSync(this.folder)) return [];
    const { stdout } = await promisify(execFile)(script, ['status', '--folder', this.folder], { env });
    return [...stdout.matchAll(/^(validator-\d+) .*$/gm)].map(([line, name]) => {
      const [, pid, best, final, peers, url, , metrics] = line.split(/\s+/);
      const log = join(this.folder, 'logs', `${name}.log`);
      return { name, pid: Number(pid), best, final, peers, url, metrics, log };
    });
  }

  /** So that nothing is left when this process is killed. */
  async #tellGuard() {
    for (const { name, pid } of await this.validators()) guard({ dir: join(this.folder, name), pid: pid || undefined });
  }

  dispose() {
    return (this.#disposed ??= (async () => {
      if (existsSync(this.folder)) await this.do('remove');
      removeFolder(this.#temporary);
    })());
  }
}

test('a network of processes survives the loss of one, halts at two, and recovers', { timeout: 480_000 }, async (t) => {
  const network = new ScriptedNetwork();
  t.signal.addEventListener('abort', () => network.dispose());
  const chapter = story(t);
  const witness = new Witness();
  let all;
  let pids;
  const highest = async (some) => Math.max(...(await witness.lookAt(some)).map(({ best }) => best));
  const finalises = async (some) => {
    const best = await highest(some);
    await witness.until(`block ${best + 3} is final`, some, ({ final }) => final >= best + 3);
  };
  /** The processes now; those not named are the same as before. */
  const changed = async (...names) => {
    const before = pids;
    all = await network.validators();
    pids = Object.fromEntries(all.map(({ name, pid }) => [name, pid]));
    for (const [name, pid] of Object.entries(pids)) {
      if (names.includes(name)) assert.notEqual(pid, before[name], name);
      else assert.equal(pid, before[name], name);
    }
  };

  try {
    await chapter('four validators find each other and finalise one chain', async () => {
      const said = await network.do('start', '--port', String(await freeBase(4)));
      all = await network.validators();
      pids = Object.fromEntries(all.map(({ name, pid }) => [name, pid]));
      assert.deepEqual(Object.keys(pids), [1, 2, 3, 4].map((k) => `validator-${k}`));
      assert.match(said, new RegExp(`polkadot.js.org/apps/\\?rpc=${encodeURIComponent(all[0].url)}\n`));
      await witness.until('three peers, and block 3 is final', all, ({ peers, final }) => peers === 3 && final >= 3);
      await witness.agree(all);
      const metrics = await (await fetch(`http://127.0.0.1:${all[1].metrics}/metrics`)).text();
      assert.match(metrics, /^substrate_block_height\{status="finalized".*\} \d+$/m);
      const [{ best, final, peers }] = await network.validators();
      assert.ok(Number(best) >= Number(final) && Number(final) >= 3 && peers === '3', `${best} ${final} ${peers}`);
    });

    await chapter('without one, finality goes on', async () => {
      await network.do('kill', '4');
      assert.equal(runs(pids['validator-4']), false);
      await changed('validator-4');
      await finalises(all.slice(0, 3));
    });

    await chapter('without two, blocks are made and none becomes final', async () => {
      await network.do('kill', 'validator-3');
      await changed('validator-3');
      const two = all.slice(0, 2);
      const before = await highest(two);
      const seen = await witness.until('eight more blocks', two, ({ best }) => best >= before + 8);
      halted(seen, before);
    });

    await chapter('with one of them back, all of it becomes final', async () => {
      await network.do('start', '3');
      await changed('validator-3');
      await finalises(all.slice(0, 3));
      await witness.agree(all.slice(0, 3));
      const near = ({ best, final }) => best - final <= 5;
      await witness.until('finality is five blocks behind at most', all.slice(0, 3), near);
    });

    await chapter('the other one is started with those that are missing, and catches up', async () => {
      await network.do('start');
      await changed('validator-4');
      await witness.agree(all);
    });

    await chapter('one that is stopped ends in order, and only that one', async () => {
      const said = await network.do('stop', '2');
      assert.match(said, /^validator-2 has ended$/m);
      await changed('validator-2');
      assert.equal(await network.do('log', '2'), read(all[1].log));
      assert.match(await network.do('stop', '2'), /validator-2 was not running/);
    });

    await chapter('removed, it leaves neither a process nor a folder', async () => {
      const last = Object.values(pids).filter(Boolean);
      assert.equal(last.length, 3);
      assert.deepEqual(last.map(runs), [true, true, true]);
      await network.do('remove');
      assert.deepEqual(last.map(runs), [false, false, false]);
      assert.equal(existsSync(network.folder), false);
    });
  } catch (error) {
    for (const { name, log } of all ?? []) {
      console.error(`-- the last lines of ${name} --\n${read(log).split('\n').slice(-30).join('\n')}\n--`);
    }
    throw error;
  } finally {
    await network.dispose();
  }
});

test('the script says in one line what is wrong with how it was called, and touches nothing', () => {
  const folder = temporaryFolder();
  try {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'kept'), 'as it was');
    const none = join(folder, 'none');
    // As far as the script looks at it while nothing runs.
    const stopped = join(folder, 'stopped');
    mkdirSync(stopped);
    writeFileSync(join(stopped, 'spec.json'), '{}');
    writeFileSync(join(stopped, 'ports'), '31010 31011 31012\n31020 31021 31022\n');
    const wrong = [
      [[], /--help/],
      [['begin'], /no command 'begin'/],
      [['start', '--nonsense'], /no option '--nonsense'/],
      [['start', '--validators'], /--validators takes a value/],
      [['start', '--validators', 'many'], /--validators takes a number, not 'many'/],
      [['start', '--validators', '0', '--folder', none], /from 1 to 50, not 0/],
      [['start', '--port', '80', '--folder', none], /from 1024 to \d+, not 80/],
      [['stop', '--validators', '3'], /--validators and --port are for start/],
      [['kill', '--folder', stopped], /takes a validator/],
      [['status', '2', '--folder', stopped], /status takes no validators/],
      [['stop', '3', '--folder', stopped], /no validator '3': there are validator-1 to validator-2$/],
      [['log', 'alice', '--folder', stopped], /no validator 'alice'/],
      [['log', '1', '--folder', stopped], /has not been started/],
      [['start', '--validators', '3', '--folder', stopped], /there is a network in/],
      [['start', '1', '--folder', none], /there is no network in .*none: .*start/],
      [['status', '--folder', none], /there is no network in/],
      [['remove', '--folder', none], /there is no network in/],
      [['remove', '--folder', other], /there is no network in .*other/],
      [['start', '--folder', other], /other is neither a network nor empty: .*--folder/],
    ];
    const call = (args, changes = {}) => spawnSync(script, args, { encoding: 'utf8', env: { ...env, ...changes } });
    const refused = ({ status, stderr }, expected) => {
      assert.equal(status, 1, stderr);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
      assert.match(stderr.trim(), expected);
    };
    for (const [args, expected] of wrong) refused(call(args), expected);
    refused(call(['start', '--folder', none], { LUTINE_NODE: '/no/node' }), /LUTINE_NODE.*\/no\/node/);
    assert.equal(read(join(other, 'kept')), 'as it was');
    assert.equal(existsSync(none), false);
    assert.ok(existsSync(join(stopped, 'spec.json')));
    assert.match(call(['--help']).stdout, /scripts\/network start/);
  } finally {
    removeFolder(folder);
  }
});
