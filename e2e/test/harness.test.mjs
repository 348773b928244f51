import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { formatUnits, passes, sleep } from '../lib/chain.mjs';
import { startNode } from '../lib/node.mjs';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const script = (name, args, env = {}) =>
  spawnSync(process.execPath, [path(name), ...args], { encoding: 'utf8', env: { ...process.env, ...env } });
const demo = (args, env) => script('demo.mjs', args, env);

test('amounts are written in full', () => {
  assert.equal(formatUnits(1_234_500_000_000_000n, 12), '1,234.5');
  assert.equal(formatUnits(1n, 12), '0.000000000001');
  assert.equal(formatUnits(0n, 12), '0');
  assert.equal(formatUnits(-12_000_000n, 6), '-12');
});

test('a public referendum needs a clearer majority the fewer vote', () => {
  const issuance = 10_000n ** 2n;
  assert.equal(passes({ ayes: 600n, nays: 50n, turnout: 10_000n }, issuance), false);
  assert.equal(passes({ ayes: 600n, nays: 5n, turnout: 10_000n }, issuance), true);
  assert.equal(passes({ ayes: 0n, nays: 0n, turnout: 0n }, issuance), false);
});

test('the demonstration says in one line what is wrong with how it was called', () => {
  const wrong = [
    [['--nonsense'], {}, 2, /--nonsense/],
    [['--port', 'x'], {}, 2, /port/],
    [['--port', '70000'], {}, 2, /port/],
    [['now'], {}, 2, /now/],
    [['--stop-after', '--port', '59944'], { LUTINE_NODE: '/nonexistent/node' }, 1, /LUTINE_NODE.*\/nonexistent\/node/],
  ];
  for (const [args, env, status, expected] of wrong) {
    const result = demo(args, env);
    assert.equal(result.status, status, args.join(' '));
    assert.match(result.stderr, expected);
    assert.equal(result.stderr.trim().split('\n').length, 1, result.stderr);
  }
  const help = demo(['--help']);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /--stop-after/);
});

test('so does that of the bridge', () => {
  const wrong = [
    [['--nonsense'], {}, 2, /--nonsense/],
    [['--port', '65535'], {}, 2, /port/],
    [['--lutine', 'ws://127.0.0.1:1'], {}, 2, /--partner/],
    [['--lutine', 'ws://127.0.0.1:1', '--partner', 'x'], {}, 2, /"x"/],
    [['--stop-after', '--port', '59944'], { LUTINE_NODE: '/nonexistent/node' }, 1, /LUTINE_NODE.*\/nonexistent\/node/],
    [['--stop-after', '--port', '59944'], { LUTINE_RELAYER: '/nonexistent/relayer' }, 1, /\/nonexistent\/relayer/],
  ];
  for (const [args, env, status, expected] of wrong) {
    const result = script('bridge.mjs', args, env);
    assert.equal(result.status, status, args.join(' '));
    assert.match(result.stderr, expected);
    assert.equal(result.stderr.trim().split('\n').length, 1, result.stderr);
  }
  const help = script('bridge.mjs', ['--help']);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /--stop-after/);
});

test('a port that is taken is named', async (t) => {
  const server = createServer();
  await new Promise((done) => server.listen({ port: 0, host: '127.0.0.1' }, done));
  t.after(() => server.close());
  const { port } = server.address();
  await assert.rejects(startNode({ rpcPort: port }), { message: new RegExp(`^port ${port} is taken: [^\n]+$`) });
});

test('nothing is left of a node whose owner was killed', { timeout: 120_000 }, async () => {
  const script = `
    import { startNode } from ${JSON.stringify(path('lib/node.mjs'))};
    const { dir, url } = await startNode();
    console.log(JSON.stringify({ dir, url }));
    process.stdin.resume().on('end', () => process.exit());
  `;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { dir, url } = JSON.parse(await new Promise((done) => owner.stdout.once('data', done)));
  assert.ok((await answers(url)) && existsSync(dir));
  owner.kill('SIGKILL');
  const deadline = Date.now() + 20_000;
  while (((await answers(url)) || existsSync(dir)) && Date.now() < deadline) await sleep(100);
  assert.equal(await answers(url), false);
  assert.equal(existsSync(dir), false);
});

const answers = (url) =>
  new Promise((done) => {
    const { hostname, port } = new URL(url);
    const socket = createConnection({ host: hostname, port: Number(port) });
    socket.once('error', () => done(false)).once('connect', () => socket.destroy() && done(true));
  });
