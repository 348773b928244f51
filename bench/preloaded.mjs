// Makes the specification of a chain that begins with many policies, and tells what its nodes take.

import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { binary, temporaryFolder } from '../e2e/lib/node.mjs';

/** Seconds that a thousand policies take at most until two nodes have them in their databases, and those of none. */
const [PER_THOUSAND, ANYHOW] = [1, 60];

/** What makes the specification: what LUTINE_PRELOAD names, else what lies beside the node. */
export function preloader() {
  const named = process.env.LUTINE_PRELOAD;
  const path = named ? resolve(named) : join(dirname(binary()), 'lutine-preload');
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new Error(`no lutine-preload at ${path}: build the workspace, or name one in LUTINE_PRELOAD`);
  }
  return path;
}

/**
 * Makes the specification of a chain. `market` is what `lutine-preload` is asked for. Returns its file, when its clock
 * begins, and what it took.
 *
 * No block can come before that time. It is when nodes of it should have started: policies of a development chain last
 * an hour.
 */
export async function prepare(market, say) {
  const dir = temporaryFolder();
  const [base, full] = ['base.json', 'full.json'].map((name) => join(dir, name));
  const exported = execFileSync(binary(), ['export-chain-spec', '--chain', 'dev', '--raw'], {
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const spec = { ...JSON.parse(exported), name: 'Lutine Preloaded', id: 'lutine_preloaded' };
  writeFileSync(base, JSON.stringify(spec));

  const began = Date.now() / 1_000;
  const begin = Math.ceil(began + ANYHOW + (market.policies / 1_000) * PER_THOUSAND);
  const options = Object.entries(market).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const state = await preload(['--base', base, '--output', full, '--now', String(begin), ...options], say);
  const file = statSync(full).size;
  const made = Date.now() / 1_000 - began;

  return { spec: full, begin, figures: { ...state, file, made } };
}

/** Runs it. Returns what it says of the state. */
async function preload(args, say) {
  const child = spawn(preloader(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => child.kill();
  process.once('exit', stop);
  createInterface({ input: child.stderr }).on('line', say);
  let told = '';
  child.stdout.on('data', (data) => (told += data));
  const code = await new Promise((done, fail) => child.once('error', fail).once('close', done));
  process.removeListener('exit', stop);
  if (code !== 0) throw new Error(`lutine-preload ended with ${code}`);
  return JSON.parse(told);
}

/** The memory of a node's process now, and the most it ever had, in bytes. */
export function memoryOf({ pid }) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]) * 1_024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}
