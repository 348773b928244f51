// What each validator of a network says of the chain, and whether they agree on what is final.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sleep } from '../../lib/chain.mjs';

const run = promisify(execFile);

/**
 * Asks a validator, `{ url, within }`, several things at once, each `[method, ...parameters]`. `within` is the command
 * that runs another one where the url can be reached.
 */
export async function ask({ url, within = [] }, ...questions) {
  const batch = questions.map(([method, ...params], id) => ({ jsonrpc: '2.0', id, method, params }));
  const [command, ...args] = [
    ...[...within, 'curl', '-sS', '--noproxy', '*', '--max-time', '20', '-H', 'Content-Type: application/json'],
    ...['-d', JSON.stringify(batch), url.replace('ws:', 'http:')],
  ];
  const { stdout } = await run(command, args, { maxBuffer: 2 ** 24 });
  const answers = JSON.parse(stdout);
  return questions.map((question, index) => {
    const { result, error } = answers.find(({ id }) => id === index);
    if (error) throw new Error(`${question}: ${error.message}`);
    return result;
  });
}

const hashesTo = (validator, height) =>
  ask(validator, ...Array.from({ length: height + 1 }, (_, number) => ['chain_getBlockHash', number]));

/** Checks that no block above a height is final: none that was made when the votes had become too few. */
export function halted(seen, height) {
  for (const { final } of seen) assert.ok(final <= height, `${final} is final, of blocks made after ${height}`);
}

/** Remembers every block that it saw to be final anywhere. */
export class Witness {
  #final = new Map();

  /** How far a validator's chain is, and how many peers it has. */
  async look(validator) {
    const [{ number: best }, head, { peers }] = await ask(
      validator,
      ['chain_getHeader'],
      ['chain_getFinalizedHead'],
      ['system_health'],
    );
    const [{ number: final }] = await ask(validator, ['chain_getHeader', head]);
    const known = this.#final.get(Number(final)) ?? head;
    assert.equal(head, known, `two blocks of height ${Number(final)} are final`);
    this.#final.set(Number(final), head);
    return { best: Number(best), final: Number(final), peers };
  }

  lookAt(validators) {
    return Promise.all(validators.map((validator) => this.look(validator)));
  }

  /** Looks at validators until something is true of what each of them says, and returns that. */
  async until(what, validators, isTrue, { seconds = 120 } = {}) {
    const deadline = Date.now() + seconds * 1_000;
    for (;;) {
      const seen = await this.lookAt(validators);
      if (seen.every(isTrue)) return seen;
      if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}\n${JSON.stringify(seen)}`);
      await sleep(500);
    }
  }

  /** Checks that all that was final anywhere is final on each of them, and that their final chains are one. */
  async agree(validators) {
    const highest = Math.max(...this.#final.keys());
    await this.until(`block ${highest} is final on all`, validators, ({ final }) => final >= highest);
    const chains = await Promise.all(validators.map((validator) => hashesTo(validator, highest)));
    for (const chain of chains) assert.deepEqual(chain, chains[0]);
    for (const [number, hash] of this.#final) {
      if (number <= highest) assert.equal(chains[0][number], hash, `block ${number}, final before`);
    }
  }
}
