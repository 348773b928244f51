import assert from 'node:assert/strict';
import {
  balances,
  connect,
  eventOf,
  native,
  parameters,
  passes,
  referendum,
  setParameters,
  votesOf,
} from '../lib/chain.mjs';
import { onChain, refuses } from './support.mjs';

/** Half of what the account votes with. */
const half = async (api, account) => (await balances(api, account)).total / 2n;

onChain('token holders change a parameter, from proposal to enactment', async ({ api, node, who }) => {
  const before = await parameters(api, 'Governance');
  const period = before.launchPeriod.toNumber();
  const call = await setParameters(api, 'Governance', { launchPeriod: period + 2 });

  const votes = [
    { who: who.alice, aye: true, conviction: 'None', amount: await half(api, who.alice) },
    { who: who.bob, aye: true, conviction: 'Locked3x', amount: await half(api, who.bob) },
    { who: who.eve, aye: false, conviction: 'Locked1x', amount: (await half(api, who.eve)) / 10n },
  ];
  const result = await referendum(api, { call, proposer: who.dave, seconders: [who.charlie], votes });
  assert.ok(result.inline);

  const [alice, bob, eve] = votes;
  assert.deepEqual(result.tally, {
    ayes: votesOf(alice.amount, 'None') + votesOf(bob.amount, 'Locked3x'),
    nays: eve.amount,
    turnout: alice.amount + bob.amount + eve.amount,
  });
  assert.ok(result.passed);
  assert.ok(result.enacted.block >= result.end + result.delay);

  const { previous, current } = eventOf(result.enacted.events, api.events.parameters.Updated).data;
  assert.equal(previous.asGovernance.launchPeriod.toNumber(), period);
  assert.equal(current.asGovernance.launchPeriod.toNumber(), period + 2);
  // That field and no other.
  const after = await parameters(api, 'Governance');
  for (const [field, value] of Object.entries(after)) {
    assert.equal(value.toString(), field === 'launchPeriod' ? String(period + 2) : before[field].toString(), field);
  }
  // Who connects now sees it among the constants of the pallet that it governs.
  const late = await connect(node.url);
  assert.equal(late.consts.democracy.launchPeriod.toNumber(), period + 2);
  await late.disconnect();
});

onChain('staked tokens vote, and a long call goes by its preimage', async ({ api, who }) => {
  const stash = who.aliceStash;
  const { free, held, total } = await balances(api, stash);
  assert.ok(held > 0n, 'the stash is bonded');

  const deposit = (await parameters(api, 'Governance')).minimumDeposit.toBigInt();
  const call = api.tx.utility.batchAll([
    await setParameters(api, 'Governance', { minimumDeposit: 2n * deposit }),
    api.tx.system.remark(`0x${'5a'.repeat(200)}`),
  ]);
  const proposer = who.dave;
  const result = await referendum(api, {
    call,
    proposer,
    votes: [{ who: stash, aye: true, amount: total - native(api, 1) }],
  });
  assert.ok(!result.inline);
  assert.ok(result.tally.turnout > free, 'more than the free tokens voted');
  assert.ok(result.passed);
  assert.equal((await parameters(api, 'Governance')).minimumDeposit.toBigInt(), 2n * deposit);
});

onChain('a referendum fails with its reason where it asks for what is out of bounds', async ({ api, who }) => {
  const before = (await api.query.parameters.governanceParameters()).toHex();
  const call = await setParameters(api, 'Governance', { votingPeriod: 0 });
  const votes = [{ who: who.alice, aye: true, amount: await half(api, who.alice) }];
  await refuses(
    referendum(api, { call, proposer: who.dave, votes }),
    /failed when enacted: parameters\.OutOfBounds\(governance: voting_?period\)/i,
  );
  assert.equal((await api.query.parameters.governanceParameters()).toHex(), before);
});

onChain('a lone nay stops a referendum that hardly anybody votes in', async ({ api, who }) => {
  const before = (await api.query.parameters.governanceParameters()).toHex();
  const call = await setParameters(api, 'Governance', { launchPeriod: 20 });
  const result = await referendum(api, {
    call,
    proposer: who.dave,
    votes: [
      { who: who.bob, aye: true, conviction: 'Locked3x', amount: native(api, 10) },
      { who: who.eve, aye: false, amount: native(api, 1) },
    ],
  });
  assert.equal(passes(result.tally, (await api.query.balances.totalIssuance()).toBigInt()), false);
  assert.equal(result.passed, false);
  assert.equal((await api.query.parameters.governanceParameters()).toHex(), before);
});
