// The demonstration: a development chain, and token holders who change one of its rules. See `--help`.

import { parseArgs } from 'node:util';
import { binary, ensureFree, startNode } from './lib/node.mjs';

const HELP = `Starts a development chain and shows, in about a minute, how token holders change one of its rules:
a proposal, seconds, votes with conviction, enactment. The chain then keeps running until Ctrl-C. Its data
is temporary.

usage: node e2e/demo.mjs [options]

  --port N       answer RPC on this port (9944)
  --stop-after   stop the chain when the demonstration is over
  --help         show this

The node is what LUTINE_NODE names, else the release build of this repository.`;

let chain; // what lib/chain.mjs exports, loaded once the options are known to be right
let node;
let api;
let over = false;

// -- Options

function options() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        port: { type: 'string', default: '9944' },
        'stop-after': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    misused(error.message.split(/[.\n]/)[0]);
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port < 1 || port > 65_535) misused(`--port takes a port, not "${values.port}"`);
  return { port, stopAfter: values['stop-after'], help: values.help };
}

function misused(message) {
  console.error(`demo: ${message}; see --help`);
  process.exit(2);
}

// -- Output

const plain = !process.stdout.isTTY || Boolean(process.env.NO_COLOR);
const style = (code) => (text) => (plain ? text : `\u001b[${code}m${text}\u001b[0m`);
const bold = style('1');
const faint = style('2');
const good = style('32');
const bad = style('31');

let steps = 0;
let inPlace = false; // the last line is one that comes and goes

function print(line) {
  if (inPlace) process.stdout.write('\r\u001b[K');
  inPlace = false;
  console.log(line);
}

const step = (title) => print(`\n${bold(`${(steps += 1)}. ${title}`)}`);
const say = (text = '') => print(text ? `   ${text}` : '');

/** A line about a wait: on a terminal the next line takes its place. */
function pass(text) {
  const line = faint(`   ... ${text}`);
  if (!process.stdout.isTTY) return print(line);
  process.stdout.write(`\r\u001b[K${line}`);
  inPlace = true;
}

/** Shows how far a wait for a block is: all the while on a terminal, else once. */
function waiting(what) {
  let told = false;
  return {
    onBlock(now, target) {
      if (told && !process.stdout.isTTY) return;
      pass(`${what} at block ${target}: now at ${now}, ${Math.max(target - now, 0)} to go`);
      told = true;
    },
  };
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const numbers = rows[0].map((_, column) => rows.slice(1).every((row) => /^[\d,.-]+( \w+)?$/.test(row[column])));
  rows.forEach((row, line) => {
    const cells = row.map((cell, i) => (numbers[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])));
    say(line === 0 ? faint(cells.join('   ').trimEnd()) : cells.join('   ').trimEnd());
  });
}

// -- The story

async function story() {
  const { balances, formatNative, parameters, send, setParameters } = chain;
  const who = chain.wellKnown(api);
  const lut = (amount) => formatNative(api, amount);

  step('Who is who');
  await cast(who, lut);
  say();
  say('There is no sudo key. What Root alone may do takes a referendum of token holders.');

  step('A rule to change');
  const rules = await parameters(api, 'Governance');
  const before = rules.minimumDeposit.toBigInt();
  const wanted = 2n * before;
  say(`Who proposes a referendum locks a deposit: at least ${lut(before)}. Dave wants that to be ${lut(wanted)}.`);
  const change = await setParameters(api, 'Governance', { minimumDeposit: wanted });
  try {
    await send(api, change, who.dave);
    throw new Error('an ordinary account was able to change a governed parameter');
  } catch (error) {
    if (error.message !== 'BadOrigin') throw error;
    say(`He tries to set it himself: ${bad(error.message)}. The call is for Root.`);
  }

  step('Dave proposes, others second');
  await chain.untilRoomToSecond(api);
  const reason = 'A higher deposit keeps noise out of the queue, so that what matters is voted on sooner.';
  const call = api.tx.utility.batchAll([change, api.tx.system.remark(reason)]);
  const proposed = await chain.propose(api, call, who.dave);
  const bytes = call.method.encodedLength;
  say(
    proposed.inline
      ? `The call is ${bytes} bytes: short enough to travel with the proposal.`
      : `The call, with his reasons, is ${bytes} bytes: he notes it on the chain as a preimage and proposes its hash.`,
  );
  const { proposal, block, deposit } = proposed;
  say(`Proposal ${proposal} is in the public queue in block ${block}; ${lut(deposit)} of his is locked.`);
  const seconders = [who.charlie, who.ferdie];
  await Promise.all(seconders.map((each) => send(api, api.tx.democracy.second(proposal), each)));
  say(`${names(seconders)} second it with as much each. The proposal with most behind it is tabled next,`);
  say(`once every ${rules.launchPeriod} blocks.`);
  const tabled = await chain.untilTabled(api, proposed, waiting('tabled'));
  say(`Referendum ${tabled.index} is open until block ${tabled.end}. The deposits are returned.`);

  step('The vote');
  await ballots(who, lut, tabled, rules);

  step('The result');
  const passed = await chain.untilFinished(api, tabled, waiting('counted'));
  if (!passed) throw new Error(`referendum ${tabled.index} did not pass`);
  say(`Referendum ${tabled.index} ${good('passed')} in block ${tabled.end}.`);
  say(`Who lost has ${tabled.delay} blocks to leave before it counts.`);
  const enacted = await chain.untilEnacted(api, tabled, waiting('enacted'));
  const updated = enacted.events.find((event) => api.events.parameters.Updated.is(event));
  if (!updated) throw new Error('the referendum was enacted and changed nothing');
  say(`Enacted as Root in block ${enacted.block}: event parameters.Updated.`);
  const after = (await parameters(api, 'Governance')).minimumDeposit.toBigInt();
  if (after !== wanted) throw new Error(`the deposit is ${lut(after)}`);
  say();
  table([
    ['', 'before', 'after'],
    ['deposit of a proposal', lut(before), lut(after)],
  ]);
  const { frozen } = await balances(api, who.bob);
  say();
  say(`Bob's ${lut(frozen)} stay locked for his conviction; the rest of his tokens moves as before.`);
}

const names = (accounts) => accounts.map(({ meta }) => title(meta.name)).join(' and ');
const title = (name) => name.replace('Stash', '//stash');

async function cast(who, lut) {
  const [validators, council, committee] = await Promise.all([
    api.query.session.validators(),
    api.query.council.members(),
    api.query.technicalCommittee.members(),
  ]);
  const roles = (address) =>
    Object.entries({ validator: validators, council, 'technical committee': committee })
      .filter(([, members]) => members.some((member) => member.eq(address)))
      .map(([role]) => role)
      .join(', ');
  const rows = [['', 'free', 'on hold', '']];
  for (const account of Object.values(who)) {
    const { free, held, total } = await chain.balances(api, account);
    if (total > 0n) rows.push([title(account.meta.name), lut(free), lut(held), roles(account.address)]);
  }
  table(rows);
}

async function ballots(who, lut, { index }, rules) {
  const issuance = (await api.query.balances.totalIssuance()).toBigInt();
  const count = (votes) => chain.formatUnits(votes, api.registry.chainDecimals[0]);
  const counted = (votes) => `${count(votes)} ${count(votes) === '1' ? 'vote' : 'votes'}`;
  const cast = async (votes) => {
    await Promise.all(votes.map((each) => chain.vote(api, index, each)));
    for (const { who: voter, aye, conviction, amount } of votes) {
      const { tenths, periods } = chain.CONVICTIONS[conviction];
      const lock = periods * rules.voteLockingPeriod.toNumber();
      say(
        `${title(voter.meta.name)} votes ${aye ? good('aye') : bad('nay')} with ${lut(amount)}` +
          ` x ${Number(tenths) / 10} = ${counted(chain.votesOf(amount, conviction))}` +
          (aye && lock ? `, locked for ${lock} blocks once it passes` : ''),
      );
    }
  };
  const standing = async () => {
    const tally = await chain.tallyOf(api, index);
    const passes = chain.passes(tally, issuance);
    say(
      `   so far ${count(tally.ayes)} aye and ${count(tally.nays)} nay, by ${lut(tally.turnout)} of ${lut(issuance)}:` +
        ` ${passes ? good('it would pass') : bad('it would not pass')}`,
    );
    return passes;
  };

  await cast([{ who: who.bob, aye: true, conviction: 'Locked3x', amount: chain.native(api, 10) }]);
  await standing();
  await cast([{ who: who.eve, aye: false, conviction: 'Locked1x', amount: chain.native(api, 1) }]);
  await standing();
  say('Hardly anybody has voted, so a lone nay is enough: the fewer vote, the clearer the majority has to be.');
  // Whole tokens, and one less than all: the vote's own fee comes off first.
  const one = chain.native(api, 1);
  const all = async (account) => ((await chain.balances(api, account)).total / one - 1n) * one;
  const half = async (account) => ((await all(account)) / one / 2n) * one;
  await cast([
    { who: who.alice, aye: true, conviction: 'None', amount: await half(who.alice) },
    { who: who.charlie, aye: true, conviction: 'Locked1x', amount: await half(who.charlie) },
    // Staked tokens are on hold and vote like free ones.
    { who: who.aliceStash, aye: true, conviction: 'Locked2x', amount: await all(who.aliceStash) },
  ]);
  if (!(await standing())) throw new Error('the votes are not enough for the referendum to pass');
}

function next() {
  const { url } = node;
  step('The chain is yours');
  say(`It answers at ${bold(url)} and makes a block a second until you press Ctrl-C.`);
  say(`In Polkadot.js Apps: https://polkadot.js.org/apps/?rpc=${encodeURIComponent(url)}`);
  say();
  say('Try next:');
  say('- Governance > Democracy: propose to change it back, as Dave. The deposit is the new one.');
  say('- Developer > Extrinsics: as Bob, assets.transfer of asset 1 (tUSD, 6 decimals) to Eve.');
  say('- Developer > Extrinsics: as Alice, council.propose a motion, and see that no council can do what Root can.');
}

// -- Start and end

async function main() {
  const { port, stopAfter, help } = options();
  if (help) {
    console.log(HELP);
    return;
  }
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => {
      print('');
      void finish(over ? 0 : code);
    });
  }
  try {
    chain = await import('./lib/chain.mjs');
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error('the client library is missing: run "npm ci" in e2e');
  }
  binary();
  await ensureFree(port);
  print(bold('Lutine: the demonstration'));
  step('A chain of its own');
  pass('starting: the node compiles the runtime, which takes some seconds');
  const started = Date.now();
  node = await startNode({ rpcPort: port });
  void node.exited.then((how) => {
    if (!ending) void finish(1, `the node ended: ${node.reason(how)}`);
  });
  api = await chain.connect(node.url);
  const seconds = (ms) => (ms / 1000).toFixed(1);
  say(`${api.runtimeChain}, one validator, started in ${seconds(Date.now() - started)} s;`);
  say(`a block every ${seconds(api.consts.babe.expectedBlockTime.toNumber())} s.`);
  say(`Its data is in ${node.dir} and goes with it.`);

  await story();
  say();
  say(faint(`That took ${seconds(Date.now() - started)} s.`));
  if (stopAfter) {
    await finish(0);
    return;
  }
  next();
  await api.disconnect();
  api = undefined;
  over = true;
}

let ending = false;

/** Stops the chain and this process. */
async function finish(code, message) {
  if (ending) return;
  ending = true;
  if (message && inPlace) print('');
  if (message) console.error(`demo: ${message}`);
  await api?.disconnect();
  await node?.dispose();
  if (node && !message) say(faint('The chain has stopped.'));
  process.exit(code);
}

// Where the node has just ended, what it says of that explains more than what the connection does.
main().catch((error) => setTimeout(finish, node ? 500 : 0, 1, error.message));
