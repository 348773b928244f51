import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test, { after } from 'node:test';
import { guard } from '../../lib/node.mjs';
import { onNetwork, story } from '../support.mjs';
import { Witness, ask, halted } from './consensus.mjs';

const NAME = 'validators that are cut off from each other never finalise different blocks, and go on when they are not';

// -- Wires

// Each validator is in a network namespace of its own, at 10.0.0.K. Its wire goes to one of two bridges in a further
// namespace, which are joined by another wire.
const space = (name) => `lutine-${process.pid}-${name}`;
const hub = space('hub');
const places = [1, 2, 3, 4].map((k) => ({
  name: space(k),
  within: ['ip', 'netns', 'exec', space(k)],
  address: `10.0.0.${k}`,
  wire: `to-${k}`,
  bridge: k <= 2 ? 'left' : 'right',
}));
const JOINT = 'joint';

const ip = (...args) => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
/** Does several things to the devices of a namespace. */
const inside = (name, ...lines) =>
  execFileSync('ip', ['-n', name, '-batch', '-'], { input: `${lines.join('\n')}\n`, stdio: ['pipe', 'pipe', 'pipe'] });
const cut = (wire) => inside(hub, `link set ${wire} down`);
const mend = (wire) => inside(hub, `link set ${wire} up`);

const made = [];

function add(name) {
  guard({ netns: name });
  ip('netns', 'add', name);
  made.push(name);
}

function remove() {
  for (const name of made.splice(0)) {
    ip('netns', 'del', name);
    guard({ netns: name, gone: true });
  }
}

/** Why there can be no namespaces here, if there cannot. */
function obstacle() {
  try {
    add(hub);
    return undefined;
  } catch (error) {
    if (error.code === 'ENOENT') return 'needs the command ip, of the package iproute2';
    if (/not permitted|denied/.test(error.stderr)) return 'needs to be root, to make network namespaces';
    throw error;
  }
}

function lay() {
  inside(
    hub,
    ...['link add left type bridge', 'link add right type bridge', `link add ${JOINT} type veth peer name joint-end`],
    ...[`link set ${JOINT} master left`, 'link set joint-end master right'],
    ...['left', 'right', JOINT, 'joint-end'].map((device) => `link set ${device} up`),
  );
  for (const { name, address, wire, bridge } of places) {
    add(name);
    inside(hub, `link add ${wire} type veth peer name eth0 netns ${name}`, `link set ${wire} master ${bridge} up`);
    inside(name, 'link set lo up', `addr add ${address}/24 dev eth0`, 'link set eth0 up');
  }
}

// -- The test

async function body({ t, network }) {
  const chapter = story(t);
  const witness = new Witness();
  const all = network.validators.map(({ url }, index) => ({ url, within: places[index].within }));
  const highest = async (some) => Math.max(...(await witness.lookAt(some)).map(({ best }) => best));
  const hashAt = async (validator, number) => (await ask(validator, ['chain_getBlockHash', number]))[0];

  await chapter('together they finalise', async () => {
    await witness.until('three peers, and block 3 is final', all, ({ peers, final }) => peers === 3 && final >= 3);
  });

  /**
   * Finality gets beyond what is the longest chain now, on all. What was sent in vain is sent again after as long as the
   * cut has lasted, or twice that. And a peer that had left a request unanswered is asked nothing for a minute, two minutes
   * the next time: that is in the SDK, and cuts that take long on a slow machine get there.
   */
  const resumes = async () => {
    const target = (await highest(all)) + 3;
    await witness.until(`block ${target} is final`, all, ({ final }) => final >= target, { seconds: 300 });
    await witness.agree(all);
  };

  let forks;

  await chapter('in halves they make blocks, and finalise none', async () => {
    cut(JOINT);
    const before = await highest(all);
    const target = before + 8;
    const seen = await witness.until(`block ${target} on either side`, all, ({ best }) => best >= target);
    halted(seen, before);
    forks = await Promise.all(all.map((validator) => hashAt(validator, target)));
    assert.notEqual(forks[0], forks[2]);
  });

  await chapter('mended, they finalise one of the two chains', async () => {
    mend(JOINT);
    await resumes();
    // Whoever hears of the other one late, and asks for it, is answered.
    for (const [index, hash] of forks.entries()) {
      const [found] = await ask(all[index], ['chain_getBlock', hash]);
      assert.ok(found, `validator ${index + 1} has thrown away what it made or took before`);
    }
  });

  await chapter('one that is cut off finalises nothing, and the three others go on', async () => {
    cut(places[3].wire);
    const before = await highest(all);
    const target = before + 6;
    await witness.until(`block ${target} is final on the three`, all.slice(0, 3), ({ final }) => final >= target);
    const own = ({ best }) => best >= before + 3;
    const seen = await witness.until('the fourth makes three blocks of its own', all.slice(3), own);
    halted(seen, before);
  });

  await chapter('mended, it catches up', async () => {
    mend(places[3].wire);
    await resumes();
  });
}

const skip = obstacle();
if (skip) {
  test(NAME, { skip });
} else {
  after(remove);
  lay();
  const hosts = places.map(({ address, within }) => ({ address: `/ip4/${address}/tcp/30333`, within }));
  onNetwork(NAME, { hosts }, body, { timeout: 900_000 });
}
