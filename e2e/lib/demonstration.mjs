// What a demonstration is beside its story: options, a client that may be missing, and an end, however it comes.

import { parseArgs } from 'node:util';
import { bold, clear, faint, print, say } from './tell.mjs';

/** How long the reason may take for which a connection broke: a node that ended. */
const REASON_MS = 500;

/**
 * Plays a demonstration, from the command line to the end of the process.
 *
 * `options` are those beside `--port`, `--stop-after` and `--help`; `check(values)` says what is wrong with them. The
 * chains answer at so many `ports`, from the one that is asked for.
 *
 * `load()` imports the client library, once the options are known to be right. `play(loaded, { port, values, ends })`
 * begins and tells: what `ends(name, node)` is told of ends the demonstration where it ends. It returns what then stays,
 * `next()` to tell of that; without it, or where it is not wanted, everything stops. `dispose()` does that at any time:
 * what it returns is said of it.
 */
export function demonstration({ name, title, help, options = {}, check = () => {}, ports = 1, load, play, dispose }) {
  let [playing, over, ending] = [false, false, false];

  const misused = (message) => {
    console.error(`${name}: ${message}; see --help`);
    process.exit(2);
  };

  const read = () => {
    let values;
    try {
      ({ values } = parseArgs({
        options: {
          port: { type: 'string', default: '9944' },
          'stop-after': { type: 'boolean', default: false },
          help: { type: 'boolean', short: 'h', default: false },
          ...options,
        },
      }));
    } catch (error) {
      misused(error.message.split(/[.\n]/)[0]);
    }
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port < 1 || port > 65_536 - ports) {
      misused(`--port takes a port, not "${values.port}"`);
    }
    const wrong = check(values);
    if (wrong) misused(wrong);
    return { port, values };
  };

  const finish = async (code, message) => {
    if (ending) return;
    ending = true;
    if (message) {
      clear();
      console.error(`${name}: ${message}`);
    }
    const stopped = await dispose();
    if (stopped && !message) say(faint(stopped));
    process.exit(code);
  };

  const ends = (what, node) =>
    void node.exited.then((how) => {
      if (!ending) void finish(1, `${what} ended: ${node.reason(how)}`);
    });

  const main = async () => {
    const { port, values } = read();
    if (values.help) {
      console.log(help);
      return;
    }
    for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
      process.on(signal, () => {
        print('');
        void finish(over ? 0 : code);
      });
    }
    const loaded = await load().catch((error) => {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      throw new Error('the client library is missing: run "npm ci" in e2e');
    });
    const started = Date.now();
    print(bold(title));
    playing = true;
    const next = await play(loaded, { port, values, ends });
    say();
    say(faint(`That took ${((Date.now() - started) / 1000).toFixed(1)} s.`));
    if (values['stop-after'] || !next) {
      await finish(0);
      return;
    }
    await next();
    over = true;
  };

  // Where a node has just ended, what it says of that explains more than what the connection does.
  main().catch((error) => setTimeout(finish, playing ? REASON_MS : 0, 1, error.message));
}
