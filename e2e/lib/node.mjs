// Starts real nodes, each on its own data and ports, and leaves none behind.

import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const GUARD = fileURLToPath(new URL('guard.mjs', import.meta.url));
const START_TIMEOUT = 180_000;
const STOP_TIMEOUT = 20_000;
const LINES_KEPT = 300;

/** The node's binary: what `LUTINE_NODE` names, else what a release build of this repository leaves. */
export function binary() {
  const named = process.env.LUTINE_NODE;
  const path = named ? resolve(named) : join(targetDirectory(), 'release', 'lutine-node');
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new Error(
      named
        ? `LUTINE_NODE names nothing that can be run: ${path}`
        : `no node binary at ${path}: build it with "cargo build --release --workspace", or name one in LUTINE_NODE`,
    );
  }
  return path;
}

/** The binary of the relayer: what `LUTINE_RELAYER` names, else what was built beside the node. */
export function relayerBinary() {
  const path = process.env.LUTINE_RELAYER ? resolve(process.env.LUTINE_RELAYER) : join(dirname(binary()), 'lutine-relayer');
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new Error(`no relayer binary at ${path}: build it, or name one in LUTINE_RELAYER`);
  }
  return path;
}

/** The wasm of a runtime with the next spec version, which `scripts/test` builds. */
export function nextRuntime() {
  return join(targetDirectory(), 'next', 'lutine_runtime.wasm');
}

function targetDirectory() {
  try {
    const metadata = execFileSync('cargo', ['metadata', '--no-deps', '--offline', '--format-version', '1'], {
      cwd: REPOSITORY,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(metadata).target_directory;
  } catch {
    // No cargo here: a binary may have been brought along all the same.
    return resolve(REPOSITORY, process.env.CARGO_TARGET_DIR ?? 'target');
  }
}

const taken = (port) => new Error(`port ${port} is taken: stop what listens on it, or choose another port`);

/** Refuses a port that something already listens on. */
export async function ensureFree(port) {
  for (const host of ['127.0.0.1', '::1']) {
    const problem = await new Promise((done) => {
      const server = createServer();
      server.once('error', ({ code }) => done(code));
      server.listen({ port, host, exclusive: true }, () => server.close(() => done(undefined)));
    });
    if (problem === 'EADDRINUSE') throw taken(port);
    if (problem === 'EACCES') throw new Error(`port ${port} is not for this user: choose one above 1023`);
  }
}

/** So many ports that nothing listens on now. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise((done) => server.listen(0, '127.0.0.1', done));
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** A folder that is gone when this process is, if not before. */
export function temporaryFolder() {
  const dir = mkdtempSync(join(tmpdir(), 'lutine-'));
  guard({ dir });
  return dir;
}

/** Removes it now. */
export function removeFolder(dir) {
  rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  guard({ dir, gone: true });
}

/**
 * Starts a node of a development chain, Lutine's if no other is named, on new data and waits until it answers. It ends
 * with this process, if not before. Port 0 is any free one. Metrics are there if they have a port. `patience` is how long
 * it may take, in ms.
 */
export async function startNode({ chain, rpcPort = 0, prometheusPort, patience, args = [] } = {}) {
  const development = [
    ...['--dev', ...(chain ? ['--chain', chain] : []), '--listen-addr', '/ip4/127.0.0.1/tcp/0'],
    // Development chains share their genesis and their keys: two that find each other would fight over every block.
    ...['--no-mdns', '--no-telemetry'],
    ...(prometheusPort ? ['--prometheus-port', String(prometheusPort)] : ['--no-prometheus']),
  ];
  const node = new LocalNode({ rpcPort, patience, args: [...development, ...args] });
  try {
    await node.start();
  } catch (error) {
    await node.dispose();
    throw error;
  }
  return node;
}

/** A node of some chain, as a process of this machine that ends with this one. */
export class LocalNode {
  #binary = binary();
  #wanted;
  #args;
  #within;
  #patience;
  #child;
  #log = [];

  /** Is told every line the node writes. */
  onLine = () => {};
  /** Where its data is. */
  dir;
  /** Where it answers. */
  url;
  /** Resolves to `{ code, signal }` when the process has ended. */
  exited = Promise.resolve({ code: null, signal: null });

  /**
   * `within` is the command that runs another one where this node is to be: in a namespace, say. `patience` is how long
   * it may take until it answers, in ms.
   */
  constructor({ rpcPort = 0, dir = temporaryFolder(), args, within = [], patience = START_TIMEOUT }) {
    this.#wanted = rpcPort;
    this.#args = args;
    this.#within = within;
    this.#patience = patience;
    this.dir = dir;
  }

  get running() {
    return this.#child !== undefined;
  }

  get pid() {
    return this.#child?.pid;
  }

  /** The last lines the node wrote. */
  tail(lines = 30) {
    return this.#log.slice(-lines).join('\n');
  }

  /** Why it ended: what it says itself, if it does, else its last lines. */
  reason({ code, signal }) {
    const said = this.#log.filter((line) => line.startsWith('Error: ')).pop();
    return said ? said.slice('Error: '.length) : `${signal ?? `exit code ${code}`}\n${this.tail(10)}`;
  }

  async start() {
    if (this.#wanted) await ensureFree(this.#wanted);
    const [command, ...args] = [
      ...[...this.#within, this.#binary, '--base-path', this.dir, '--rpc-port', String(this.#wanted)],
      ...this.#args,
    ];
    // A level set for something else would hide the line that says where the node answers.
    const { RUST_LOG: _, ...env } = process.env;
    // Its own process group: Ctrl-C reaches this process alone, which stops the node in order.
    const child = spawn(command, args, { detached: true, env, stdio: ['ignore', 'ignore', 'pipe'] });
    const failed = new Promise((_, reject) => child.once('error', reject));
    this.exited = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
    this.exited.then(() => {
      if (this.#child !== child) return;
      this.#child = undefined;
      guard({ dir: this.dir });
    });
    this.#child = child;
    if (child.pid) guard({ dir: this.dir, pid: child.pid });

    const listening = new Promise((done) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        this.#log.push(line);
        if (this.#log.length > LINES_KEPT) this.#log.shift();
        this.onLine(line);
        const match = line.match(/Running JSON-RPC server: addr=.*?(?:127\.0\.0\.1|0\.0\.0\.0):(\d+)/);
        if (match) done(Number(match[1]));
      });
    });
    const ended = this.exited.then(({ code, signal }) => {
      throw new Error(`the node ended while starting: ${this.reason({ code, signal })}`);
    });
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`the node did not answer within ${this.#patience / 1000} s\n${this.tail()}`)),
        this.#patience,
      );
    });
    try {
      const port = await Promise.race([listening, ended, failed, late]);
      // A node that finds its port taken chooses another one by itself.
      if (this.#wanted && port !== this.#wanted) throw taken(this.#wanted);
      this.url = `ws://127.0.0.1:${port}`;
    } finally {
      clearTimeout(timer);
      ended.catch(() => {});
      failed.catch(() => {});
    }
  }

  /** Asks the node to end, and kills it when it does not. */
  async stop() {
    const child = this.#child;
    if (!child?.pid) return this.exited;
    child.kill('SIGINT');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
    const result = await this.exited;
    clearTimeout(timer);
    return result;
  }

  /** Ends the node as a power cut would. */
  async kill9() {
    this.#child?.kill('SIGKILL');
    return this.exited;
  }

  /** Starts the node again on the data it left. Where any port would do, it may get another one. */
  async restart() {
    await this.stop();
    await this.start();
  }

  /** Stops the node and removes its data. */
  async dispose() {
    await this.stop();
    removeFolder(this.dir);
  }
}

let watcher;

/** Tells the guard of a change, having started it if there is none. */
export function guard(message) {
  if (!watcher) {
    watcher = spawn(process.execPath, [GUARD], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    watcher.unref();
    watcher.stdin.unref();
    watcher.stdin.on('error', () => {});
  }
  watcher.stdin.write(`${JSON.stringify(message)}\n`);
}
