import assert from 'node:assert/strict';
import * as chain from '../../lib/chain.mjs';
import { all, around, moved, onNetwork, story, together } from '../support.mjs';
import { ask } from './consensus.mjs';

const { balances, eventOf, height, native, palletAccount, people, referendum, send, untilBlock, watch } = chain;

/** Eras of 20 seconds: nobody waits long for an election. */
const CLOCK = { slotsPerEpoch: 10, epochsPerEra: 2 };
/** Blocks until whatever was done to stakes shows: three eras, and some to spare for a slow machine. */
const PATIENCE = 80;

// -- Nodes

const rpc = async (node, ...question) => (await ask(node, question))[0];

/** The number of the last final block that a node knows. */
const finalised = async (node) => {
  const hash = await rpc(node, 'chain_getFinalizedHead');
  return Number((await rpc(node, 'chain_getHeader', hash)).number);
};

/** Whether all of these nodes know that this block, or a later one, is final. */
const knowFinal = async (nodes, number) => Math.min(...(await Promise.all(nodes.map(finalised)))) >= number;

/** Everything in the state of a block, as pairs of key and value. */
async function wholeState(node, hash) {
  const pairs = [];
  for (let keys = [null]; keys.length > 0; ) {
    keys = await rpc(node, 'state_getKeysPaged', '0x', 200, keys.at(-1), hash);
    if (keys.length > 0) pairs.push(...(await rpc(node, 'state_queryStorageAt', keys, hash))[0].changes);
  }
  return pairs;
}

// -- Stakes

/** Looks at the chain at every block from now on until `check` gives something. */
async function until(api, what, check) {
  const first = await height(api);
  for (let number = first; number <= first + PATIENCE; number += 1) {
    await untilBlock(api, number);
    const found = await check();
    if (found) return found;
  }
  throw new Error(`after ${PATIENCE} blocks still not: ${what}`);
}

const activeEra = async (api) => (await api.query.staking.activeEra()).unwrap().index.toNumber();

const validates = async (api, { address }) => (await api.query.session.validators()).some((each) => each.eq(address));

/** What backs a validator in an era: its own stake, and that of each of its nominators. */
async function exposure(api, era, { address }) {
  const { own } = (await api.query.staking.erasStakersOverview(era, address)).unwrap();
  const { others } = (await api.query.staking.erasStakersPaged(era, address, 0)).unwrap();
  const backing = others.map(({ who, value }) => [who.toString(), value.toBigInt()]);
  return Object.fromEntries([[address, own.toBigInt()], ...backing]);
}

/** What a validator has for the blocks that it made in an era. */
async function points(api, era, { address }) {
  const { individual } = await api.query.staking.erasRewardPoints(era);
  return [...individual].find(([who]) => who.eq(address))?.[1].toNumber() ?? 0;
}

async function bonded(api, address) {
  const { total, active } = (await api.query.staking.ledger(address)).unwrap();
  return { total: total.toBigInt(), active: active.toBigInt() };
}

const name = 'validators join, leave and are slashed, and nodes that come late follow, while blocks become final';
onNetwork(name, { clock: CLOCK }, body, { timeout: 600_000 });

async function body({ t, network, connect }) {
  const chapter = story(t);
  const [validator, failing, , offending] = network.validators;
  const offender = network.stash(3);
  const newcomer = network.validator('validator-5');

  const api = await connect(validator);
  const { tx, query, events: kinds } = api;
  const [alice, bob, charlie, operator] = people(api, ['Alice', 'Bob', 'Charlie', 'Operator']);
  const lut = native(api, 1);
  const [funds, bond, backing] = [150_000n * lut, 100_000n * lut, 20_000n * lut];

  // What the operator of the fifth validator has paid.
  let fees = 0n;
  const operate = async (...calls) => {
    const sent = await Promise.all(calls.map((call) => send(api, call, operator)));
    for (const { fee } of sent) fees += fee;
    return sent;
  };

  await chapter('a fifth validator is elected once token holders ask for five', async () => {
    const more = referendum(api, {
      call: tx.staking.increaseValidatorCount(1),
      proposer: alice,
      votes: [{ who: alice, aye: true, amount: 500_000n * lut }],
    });
    const join = async () => {
      await Promise.all([newcomer.start(), send(api, tx.balances.transferKeepAlive(operator.address, funds), alice)]);
      const owner = `0x${Buffer.from(operator.publicKey).toString('hex')}`;
      const { keys, proof } = await rpc(newcomer, 'author_rotateKeysWithOwner', owner);
      await operate(
        tx.staking.bond(bond, 'Stash'),
        tx.session.setKeys(keys, proof),
        tx.staking.validate({ commission: 100_000_000, blocked: false }),
      );
    };
    const nominate = (nominator, { address }) => {
      const calls = [tx.staking.bond(backing, 'Stash'), tx.staking.nominate([address])];
      return send(api, tx.utility.batchAll(calls), nominator);
    };
    const [{ passed }] = await Promise.all([more, join(), nominate(bob, operator), nominate(charlie, offender)]);
    assert.ok(passed);
    // Until there is a fifth seat, it may take that of another one.
    await until(api, 'five validators', async () => (await query.session.validators()).length === 5);
    assert.ok(await validates(api, operator));
  });

  let worked;
  await chapter('it makes blocks, with its own stake and that of who nominated it', async () => {
    worked = await until(api, 'a block of the fifth validator', async () => {
      const era = await activeEra(api);
      return (await points(api, era, operator)) > 0 && era;
    });
    assert.deepEqual(await exposure(api, worked, operator), { [operator.address]: bond, [bob.address]: backing });
  });

  await chapter('blocks become final by its vote when another validator fails', async () => {
    // Four of five votes are needed.
    await until(api, 'five vote', async () => (await rpc(validator, 'grandpa_roundState')).best.totalWeight === 5);
    assert.equal((await rpc(validator, 'grandpa_roundState')).best.thresholdWeight, 4);
    await failing.kill9();
    await untilBlock(api, (await height(api)) + 8, { finalised: true });
  });

  const comeBack = async () => {
    await failing.start();
    const last = await height(api);
    await until(api, 'the validator that failed knows the last block', () => knowFinal([failing], last));
  };

  const follow = async () => {
    const late = ['full', 'warp'].map((sync) => network.node(sync, { args: ['--sync', sync] }));
    await Promise.all(late.map((node) => node.start()));
    await until(api, 'late nodes know final blocks', () => knowFinal(late, 1));
    // A block that was not there when they came: both have executed what led to it.
    const common = (await height(api)) + 2;
    await until(api, 'late nodes know the last final block', () => knowFinal([validator, ...late], common));
    const hash = await rpc(validator, 'chain_getBlockHash', common);
    const header = await rpc(validator, 'chain_getHeader', hash);
    const state = await wholeState(validator, hash);
    assert.ok(state.length > 300, `${state.length} keys`);
    for (const node of late) {
      assert.equal(await rpc(node, 'chain_getBlockHash', common), hash);
      assert.deepEqual(await rpc(node, 'chain_getHeader', hash), header);
      assert.deepEqual(await wholeState(node, hash), state);
    }
    // One has executed every block, the other none from before it came.
    const [full, warp] = late;
    const first = await rpc(validator, 'chain_getBlockHash', 1);
    const stateOfFirst = (node) => rpc(node, 'state_getStorage', query.timestamp.now.key(), first);
    assert.ok(await stateOfFirst(full));
    await assert.rejects(stateOfFirst(warp), /UnknownBlock/);
    assert.match(warp.tail(Infinity), /Warp sync is complete/);
    assert.doesNotMatch(full.tail(Infinity), /Warp sync/);
  };

  const misbehave = async () => {
    const twin = network.validator('twin', { keysOf: offending });
    await twin.start();
    const begin = await height(api);
    const isIt = ({ validator: who }) => who.eq(offender.address);
    const at = async (number) => api.at(await api.rpc.chain.getBlockHash(number));
    const report = await watch(api, begin, begin + PATIENCE, async (events, block) => {
      const reported = all(events, kinds.staking.SlashReported).find(isIt);
      return reported && { ...reported, events, block };
    });
    eventOf(report.events, kinds.offences.Offence);
    await watch(api, report.block, report.block + PATIENCE, async (_, block) => {
      const { session } = (await at(block)).query;
      const index = (await session.validators()).findIndex((each) => each.eq(offender.address));
      return (await session.disabledValidators()).some(([disabled]) => disabled.eq(index)) || undefined;
    });
    await twin.stop();

    // What it and its nominator are going to lose is known at once, and could be cancelled.
    const era = report.slashEra.toNumber();
    const exposed = await exposure(api, era, offender);
    assert.deepEqual(Object.keys(exposed), [offender.address, charlie.address]);
    const loss = ([who, stake]) => [who, (stake * report.fraction.toBigInt()) / 10n ** 9n];
    const lost = Object.fromEntries(Object.entries(exposed).map(loss));
    const then = await at(report.block);
    const [unapplied] = (await then.query.staking.unappliedSlashes(era + 2)).filter(isIt);
    assert.equal(unapplied.own.toBigInt(), lost[offender.address]);

    // The whole era after it is left for that.
    const applied = await watch(api, report.block + 1, report.block + PATIENCE, async (events, number) => {
      const over = all(events, kinds.staking.EraPaid).some(({ eraIndex }) => eraIndex.eq(era + 1));
      return over ? { events, block: { number, hash: await api.rpc.chain.getBlockHash(number) } } : undefined;
    });
    const slashed = all(applied.events, kinds.staking.Slashed);
    assert.deepEqual(Object.fromEntries(slashed.map(({ staker, amount }) => [`${staker}`, amount.toBigInt()])), lost);
    const [before, after] = await around(api, applied.block);
    for (const [who, amount] of Object.entries(lost)) {
      const { total, active } = await bonded(before, who);
      assert.deepEqual(await bonded(after, who), { total: total - amount, active: active - amount });
      assert.equal((await moved(api, applied, who)).held, -amount);
    }
    // Who put the report into a block has a part of it, the treasury the rest, beside its part of every era.
    const bounty = unapplied.payout.toBigInt();
    const rest = lost[offender.address] + lost[charlie.address] - bounty;
    const deposits = all(applied.events, kinds.balances.Deposit);
    const received = (who) => deposits.filter((each) => each.who.eq(who)).map(({ amount }) => amount.toBigInt());
    const treasury = palletAccount(api, 'treasury');
    assert.ok(bounty > 0n && received(unapplied.reporters[0]).includes(bounty), `${bounty}`);
    assert.ok(received(treasury).includes(rest), `${rest}`);
    assert.equal((await moved(api, applied, treasury)).free, received(treasury).reduce((a, b) => a + b));
  };

  const leave = async () => {
    await operate(tx.staking.chill(), tx.staking.unbond(bond));
    const due = (await query.staking.ledger(operator.address)).unwrap().unlocking[0].era.toNumber();
    await until(api, 'the fifth validator has left', async () => !(await validates(api, operator)));
    assert.equal((await query.session.validators()).length, 4);

    const [paid] = await operate(tx.staking.payoutStakersByPage(operator.address, worked, 0));
    const rewards = all(paid.events, kinds.staking.Rewarded);
    const reward = Object.fromEntries(rewards.map(({ stash, amount }) => [`${stash}`, amount.toBigInt()]));
    assert.ok(reward[operator.address] > 0n && reward[bob.address] > 0n);

    const planned = async () => (await query.staking.currentEra()).unwrap().toNumber();
    await until(api, 'the bonding duration is over', async () => (await planned()) >= due);
    const [{ events }] = await operate(tx.staking.withdrawUnbonded(0), tx.session.purgeKeys());
    assert.equal(eventOf(events, kinds.staking.Withdrawn).data.amount.toBigInt(), bond);
    assert.ok((await query.staking.ledger(operator.address)).isNone);
    const { free, held } = await balances(api, operator);
    assert.equal(held, 0n);
    // Besides it had a part of the fees of blocks that it made.
    const kept = funds + reward[operator.address];
    assert.ok(free >= kept - fees && free < kept, `${free} of ${kept}, fees ${fees}`);
  };

  await chapter('at the same time', (inner) =>
    together(inner, [
      ['a node that executes every block and one that warps come to the same state', follow()],
      ['a validator that runs twice is disabled, and an era later slashed with its nominator', misbehave()],
      ['the fifth validator leaves with its tokens and its rewards', leave()],
      ['the validator that failed catches up', comeBack()],
    ]),
  );

  await chapter('nobody else was accused, and all have one chain', async () => {
    const reports = (await query.offences.reports.entries()).map(([, report]) => `${report.unwrap().offender[0]}`);
    assert.deepEqual([...new Set(reports)], [offender.address]);
    const last = await height(api);
    await until(api, 'all know the last block', () => knowFinal(network.validators, last));
    const hashes = network.validators.map((node) => rpc(node, 'chain_getBlockHash', last));
    assert.equal(new Set(await Promise.all(hashes)).size, 1);
  });
}
