// Runs the tests, one file at a time: each has a node of its own, and their clocks matter.
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
const files = readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();

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

let child;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    child?.kill(signal);
  });
}

const failed = [];
for (const name of files) {
  child = spawn(process.execPath, ['--test', join(here, name)], { stdio: 'inherit' });
  const passed = await new Promise((done) => child.once('exit', (code) => done(code === 0)));
  if (interrupted) fail('interrupted');
  if (!passed) failed.push(name);
}

if (failed.length) fail(`failed: ${failed.join(', ')}`);
console.log(`e2e: all ${files.length} files passed`);
