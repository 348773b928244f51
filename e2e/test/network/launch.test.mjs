// What docs/launch.md says, done: from keys that operators make to the first final block of a production chain.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { balances, connect, parameters, untilBlock } from '../../lib/chain.mjs';
import { LocalNode, binary, freePorts, removeFolder, temporaryFolder } from '../../lib/node.mjs';
import { refuses, story } from '../support.mjs';

const ID = 'lutine_launch';
const LUT = 10n ** 12n;
/** The kinds of keys a validator signs with: the name in the file, the one in the keystore, and the scheme. */
const SESSION = [
  ['babe', 'babe', 'sr25519'],
  ['grandpa', 'gran', 'ed25519'],
  ['authorityDiscovery', 'audi', 'sr25519'],
];

/** What a command of the node prints. Fails with what it says when it does. */
async function run(...args) {
  try {
    const { stdout } = await promisify(execFile)(binary(), args, { maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    throw new Error(error.stderr);
  }
}

const generate = async (scheme = 'sr25519') =>
  JSON.parse(await run('key', 'generate', '--scheme', scheme, '--output-type', 'json'));

/** Someone who is going to validate: a base path, the keys that are secret, and what the others are told of them. */
async function operator(folder, port) {
  const base = join(folder, `operator-${port}`);
  const identity = `${base}.node-key`;
  await run('key', 'generate-node-key', '--file', identity);
  const peer = (await run('key', 'inspect-node-key', '--file', identity)).trim();
  const [stash, ...session] = await Promise.all(['sr25519', ...SESSION.map(([, , scheme]) => scheme)].map(generate));
  const keys = SESSION.map(([field], index) => [field, session[index].ss58Address]);
  return {
    base,
    identity,
    port,
    secrets: session.map(({ secretPhrase }) => secretPhrase),
    address: `/ip4/127.0.0.1/tcp/${port}/p2p/${peer}`,
    entry: { stash: stash.ss58Address, ...Object.fromEntries(keys), bond: `${50_000n * LUT}` },
  };
}

/** Puts the session keys where the node looks for them. */
async function insertKeys({ base, secrets }, spec) {
  for (const [index, [, type, scheme]] of SESSION.entries()) {
    const secret = `${base}.secret`;
    writeFileSync(secret, secrets[index], { mode: 0o600 });
    const key = ['--key-type', type, '--scheme', scheme, '--suri', secret];
    await run('key', 'insert', '--chain', spec, '--base-path', base, ...key);
    rmSync(secret);
  }
}

const node = ({ base, identity, port }, spec) =>
  new LocalNode({
    dir: base,
    args: [
      ...['--chain', spec, '--validator', '--node-key-file', identity],
      ...['--listen-addr', `/ip4/127.0.0.1/tcp/${port}`, '--no-prometheus'],
    ],
  });

test('a production chain is launched from a file of authorities, and its blocks become final', { timeout: 300_000 }, async (t) => {
  const chapter = story(t);
  const folder = temporaryFolder();
  const nodes = [];
  const apis = [];
  // A test that takes too long is left by the runner as it stands.
  const end = async () => {
    await Promise.all(apis.splice(0).map((api) => api.disconnect()));
    await Promise.all(nodes.map((each) => each.stop()));
    removeFolder(folder);
  };
  t.signal.addEventListener('abort', end);
  try {
    const operators = await Promise.all((await freePorts(2)).map((port) => operator(folder, port)));
    const [rich, feeder, ...members] = (await Promise.all(Array.from({ length: 5 }, () => generate()))).map(
      ({ ss58Address }) => ss58Address,
    );
    const file = {
      name: 'Lutine launch',
      id: ID,
      protocolId: ID,
      bootnodes: operators.map(({ address }) => address),
      telemetry: null,
      validators: operators.map(({ entry }) => entry),
      balances: [
        ...operators.map(({ entry }) => ({ account: entry.stash, amount: `${100_000n * LUT}` })),
        { account: rich, amount: `${30_000_000n * LUT}` },
      ],
      council: members.slice(0, 2),
      technicalCommittee: members.slice(2),
      oracleFeeders: [feeder],
    };
    const spec = join(folder, 'spec.json');

    await chapter('a file that names a key twice is refused, with both places', async () => {
      const { babe } = file.validators[0];
      const wrong = { ...file, validators: [file.validators[0], { ...file.validators[1], authorityDiscovery: babe }] };
      writeFileSync(join(folder, 'wrong.json'), JSON.stringify(wrong));
      const made = run('production-spec', '--authorities', join(folder, 'wrong.json'), '--output', spec);
      await refuses(made, /wrong\.json`: `validators\[1\]\.authorityDiscovery` repeats `validators\[0\]\.babe`: 5\w+\n$/);
    });

    await chapter('whoever makes the spec from the file makes the same', async () => {
      const authorities = join(folder, 'authorities.json');
      writeFileSync(authorities, JSON.stringify(file));
      const make = (...output) => run('production-spec', '--authorities', authorities, ...output);
      const [, checked] = await Promise.all([make('--output', spec), make()]);
      assert.ok(checked === readFileSync(spec, 'utf8'), 'the specs differ');
    });

    await chapter('blocks become final once both validators run', async () => {
      await Promise.all(operators.map((each) => insertKeys(each, spec)));
      nodes.push(...operators.map((each) => node(each, spec)));
      await Promise.all(nodes.map((each) => each.start()));
      for (const { url } of nodes) apis.push(await connect(url));
      const finalised = apis.map(async (api) => {
        await untilBlock(api, 3);
        await untilBlock(api, 1, { finalised: true });
        return (await api.rpc.chain.getBlockHash(1)).toHex();
      });
      const [first, second] = await Promise.all(finalised);
      assert.equal(first, second);
    });

    await chapter('the genesis has what the file says', async () => {
      const [api] = apis;
      const genesis = await api.at(api.genesisHash);
      const { query } = genesis;
      const given = Object.fromEntries(file.balances.map(({ account, amount }) => [account, BigInt(amount)]));
      for (const [account] of await query.system.account.entries()) {
        const [who] = account.args;
        const { total } = await balances(genesis, who);
        // Pallets' own accounts must exist before anybody pays into them.
        const own = Buffer.from(who.toU8a()).toString().startsWith('modl') && api.consts.balances.existentialDeposit;
        assert.equal(total, own ? own.toBigInt() : given[who], who.toString());
        delete given[who];
      }
      assert.deepEqual(given, {});
      // Equal stakes are elected in any order.
      const validators = (await query.session.validators()).toJSON().sort();
      assert.deepEqual(validators, file.validators.map(({ stash }) => stash).sort());
      assert.equal((await query.staking.validatorCount()).toNumber(), 2);
      for (const { stash, bond, ...keys } of file.validators) {
        assert.equal((await query.staking.ledger(stash)).unwrap().active.toBigInt(), BigInt(bond));
        const { babe, grandpa, authorityDiscovery } = (await query.session.nextKeys(stash)).unwrap();
        const addresses = { babe, grandpa, authorityDiscovery };
        for (const [field, key] of Object.entries(addresses)) {
          assert.equal(api.registry.createType('AccountId', key.toU8a()).toString(), keys[field], field);
        }
      }
      for (const [pallet, field] of [
        ['council', 'council'],
        ['technicalCommittee', 'technicalCommittee'],
        ['oracleMembers', 'oracleFeeders'],
      ]) {
        assert.deepEqual((await query[pallet].members()).toJSON().sort(), [...file[field]].sort(), field);
      }
      const settings = (await query.clock.settings()).toJSON();
      assert.deepEqual([settings.slot, settings.slotsPerEpoch, settings.bondingEras], [6_000, 2_400, 28]);
      assert.equal((await parameters(genesis, 'Governance')).votingPeriod.toNumber(), 7 * 24 * 600);
    });
  } catch (error) {
    for (const each of nodes) console.error(`-- a validator's last lines --\n${each.tail()}\n--`);
    throw error;
  } finally {
    await end();
  }
});
