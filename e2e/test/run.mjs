// Runs the files of tests: two at a time where each has a node of its own, then those of networks of nodes one at a time,
// which want the machine for themselves.
//
// `npm test -- referend transfer` runs the files whose names contain one of the words. Node's own `--test` reads
// folders and globs differently in 18, 20 and 22 and is content when nothing matches: so the files are listed here.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { binary } from '../lib/node.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const words = process.argv.slice(2);
/** The files of tests in a folder. */
const filesIn = (folder) =>
  readdirSync(join(here, folder))
    .filter((name) => name.endsWith('.test.mjs'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .sort()
    .map((name) => join(folder, name));
const [small, large] = ['', 'network'].map(filesIn);
const files = [...small, ...large];

function fail(message) {
  console.error(`e2e: ${message}`);
  process.exit(1);
}

if (files.length === 0) fail(words.length ? `no test file is called ${words.join(' or ')}` : 'there are no tests');
try {
  // Said once here rather than by every test.
  binary();
} catch (error) {
  fail(error.message);
}

const running = new Set();
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of running) child.kill(signal);
  });
}

const failed = [];

/** Runs a file, and shows what it says once it is over: it may not be the only one. */
async function run(name) {
  const begin = Date.now();
  console.log(`e2e: ${name} begins`);
  const child = spawn(process.execPath, ['--test', join(here, name)], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(data));
  const passed = await new Promise((done) => child.once('close', (code) => done(code === 0)));
  running.delete(child);
  console.log(`${Buffer.concat(said)}e2e: ${name} took ${Math.round((Date.now() - begin) / 1000)} s`);
  if (!passed) failed.push(name);
}

/** Runs files, so many at a time. */
async function runAll(names, atOnce) {
  const left = [...names];
  const worker = async () => {
    while (left.length && !interrupted) await run(left.shift());
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

await runAll(small, 2);
await runAll(large, 1);
if (interrupted) fail('interrupted');
if (failed.length) fail(`failed: ${failed.join(', ')}`);
console.log(`e2e: all ${files.length} files passed`);
