// Shows how the weights that scripts/weights measures differ between two revisions, or from one to the files as they are:
// `node bench/weights.mjs FROM [TO]`. Those of a range of sizes are compared at its end.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** What a chain on ParityDB charges, in picoseconds: `ParityDbWeight` of the SDK. */
const [READ, WRITE] = [8_000_000, 50_000_000];

const root = new URL('..', import.meta.url).pathname;
const git = (...args) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

function textAt(revision, file) {
  try {
    return revision ? git('show', `${revision}:${file}`) : readFileSync(root + file, 'utf8');
  } catch {
    return '';
  }
}

/** Of each function its time in picoseconds and its proof in bytes. */
function weightsOf(text) {
  const [traits, chain = ''] = text.split(/> (?:pallet_xcm::)?WeightInfo for SubstrateWeight</);
  const ranges = new Map();
  for (const [, docs, name] of traits.matchAll(/\/\/\/ (.*)\n\tfn (\w+)\(/g)) {
    ranges.set(name, new Map([...docs.matchAll(/`(\w)` from \d+ to (\d+)/g)].map(([, of, to]) => [of, Number(to)])));
  }
  const weights = new Map();
  for (const [, name, body] of chain.split('\nimpl ')[0].matchAll(/\n\tfn (\w+)\([^)]*\) -> Weight \{\n(.*?)\n\t\}/gs)) {
    let [time, proof] = [0, 0];
    const terms = body.replaceAll(/\/\/.*|\s|(?<=\d)_(?=\d)/g, '');
    for (const [, kind, args, of] of terms.matchAll(/(from_parts|reads_writes|reads|writes)\(([\d,]+)\)+(?:\.saturating_mul\((\w)\.into)?/g)) {
      const [first, second = 0] = args.split(',').map(Number);
      const times = of ? (ranges.get(name)?.get(of) ?? 1) : 1;
      const weighed = { from_parts: [1, 0], reads: [READ, 0], writes: [WRITE, 0], reads_writes: [READ, WRITE] }[kind];
      time += times * (first * weighed[0] + second * weighed[1]);
      proof += times * (kind === 'from_parts' ? second : 0);
    }
    weights.set(name, { time, proof });
  }
  return weights;
}

const [from, to] = process.argv.slice(2);
if (!from) throw new Error('usage: node bench/weights.mjs FROM [TO]');
for (const revision of [from, to].filter(Boolean)) git('rev-parse', '--verify', `${revision}^{commit}`);

const percent = (before, after) => `${after >= before ? '+' : ''}${((after / before - 1) * 100).toFixed(0)} %`;
const change = (before, after, unit) => (before && after ? `${unit(before)} → ${unit(after)} (${percent(before, after)})` : `${before ? unit(before) : 'none'} → ${after ? unit(after) : 'none'}`);
const micros = (time) => `${(time / 1e6).toFixed(0)} µs`;
const bytes = (proof) => `${proof} B`;

console.log('| weight | time, with the database | proof |\n|---|---:|---:|');
const files = ['pallets', 'partner'].flatMap((folder) => readdirSync(root + folder).map((pallet) => [pallet, `${folder}/${pallet}/src/weights.rs`]));
for (const [pallet, file] of [...files, ['xcm', 'bridge/src/weights.rs']]) {
  if (!existsSync(root + file)) continue;
  const [before, after] = [weightsOf(textAt(from, file)), weightsOf(textAt(to, file))];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(name), after.get(name)];
    if (old?.time === now?.time && old?.proof === now?.proof) continue;
    console.log(`| ${pallet}.${name} | ${change(old?.time, now?.time, micros)} | ${change(old?.proof, now?.proof, bytes)} |`);
  }
}
