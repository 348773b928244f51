// Cover across chains while everything between them fails: the relayer is killed in the middle of whatever is on its way,
// both chains change their keys, and one of them is gone for two minutes. Nothing is lost, and after every chapter the
// books agree to the unit.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Bridge, CARRIED } from '../lib/bridge.mjs';
import * as chain from '../lib/chain.mjs';
import { dollars, fixedPercent, judged, list, percent, proposal, quote, taking, untilMoved } from '../lib/insurance.mjs';
import { ask } from './network/consensus.mjs';
import { refuses, story } from './support.mjs';

const { balances, eventOf, eventsAt, height, native, palletAccount, people, send, sleep, timeAt, untilTime } = chain;

/** From a purchase to the beginning of cover. */
const WAITING = 5;
const PERIOD = 3_600;
/** A message is killed on its way so many times. */
const KILLS = Number(process.env.KILLS ?? 2);
/** How long the partner chain is gone. */
const OUTAGE = Number(process.env.OUTAGE ?? 125) * 1_000;
const URI = 'https://example.org/evidence';
const HASH = `0x${'5a'.repeat(32)}`;

const body = async ({ t, bridge }) => {
  const { who } = bridge;
  const { alice, bob, charlie, dave, eve } = who;
  // A connection is another one after its node was gone.
  const lutine = () => bridge.lutine;
  const partner = () => bridge.partner;
  const assessors = people(lutine(), ['Grace', 'Heidi', 'Ivan']);
  const lut = native(lutine(), 1);
  const chapter = story(t);
  const begun = Date.now();
  const note = (text) => t.diagnostic(`${((Date.now() - begun) / 1_000).toFixed(0)} s: ${text}`);
  const random = (from, to) => from + Math.random() * (to - from);

  /** Nothing is missing, and nothing is abroad that is not backed. */
  const balanced = async (when) => {
    const books = await bridge.backing();
    for (const asset of CARRIED) assert.equal(books[asset].missing, 0n, `${asset} ${when}: ${JSON.stringify(printable(books))}`);
    return books;
  };
  /** The same when nothing is on its way. */
  const settled = async (when, options) => {
    await bridge.quiet(options);
    const books = await balanced(when);
    for (const asset of CARRIED) assert.equal(books[asset].toPartner + books[asset].toLutine, 0n, asset);
    note(`${when}: ${books.LUT.held} held, ${books.LUT.issued} issued`);
  };

  /** Kills the relayer while something is on its way, again and again, and starts it each time. */
  const disturb = async (what) => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Most messages are there after five seconds: the first kill comes before.
      await sleep(kill === 0 ? random(200, 2_500) : random(500, 5_000));
      assert.equal((await bridge.relayer.kill9()).signal, 'SIGKILL');
      const { LUT } = await balanced(`${what}, without a relayer`);
      note(`${what}: the relayer is killed, ${LUT.messages} messages are on their way`);
      await sleep(random(0, 2_000));
      bridge.relayer.start();
    }
  };
  /** Sends messages, disturbs them, and waits until they have arrived. */
  const disturbed = async (what, ...sends) => {
    const messages = [];
    for (const each of sends) messages.push(await each());
    await disturb(what);
    return Promise.all(messages.map((message) => bridge.arrived(message)));
  };

  const policyOf = async (id) => (await lutine().call.coverApi.policy(id)).unwrap().policy;

  await chapter('light clients begin by their owner and by a referendum, and only once', async () => {
    bridge.relayer.start();
    await bridge.begin();
    const [ofPartner, ofLutine] = [await height(partner()), await height(lutine())];
    await Promise.all([bridge.untilKnown('lutine', ofPartner + 1), bridge.untilKnown('partner', ofLutine + 1)]);
    const again = partner().createType('Call', await bridge.relayer.beginning('lutine'));
    await refuses(send(partner(), partner().tx(again), alice), /^lutineGrandpa\.AlreadyInitialized/);
    await refuses(send(partner(), partner().tx(again), bob), /BadOrigin/);
    assert.equal(bridge.relayer.running, true, bridge.relayer.tail());
  });

  await chapter('what is wrong is refused with its reason, on both chains, and nothing leaves', async () => {
    const { homes, partnerBridge, polkadotXcm } = lutine().tx;
    const { certificates } = partner().tx;
    const there = { V5: { parents: 1, interior: { X1: [{ GlobalConsensus: bridge.networks.partner }] } } };
    const transfer = (amount, limit = 'Unlimited') => {
      const beneficiary = { V5: { parents: 0, interior: { X1: [{ AccountId32: { network: null, id: bob.publicKey } }] } } };
      const assets = { V5: [{ id: { parents: 0, interior: 'Here' }, fun: { Fungible: amount } }] };
      return polkadotXcm.limitedReserveTransferAssets(there, beneficiary, assets, 0, limit);
    };
    const { free } = await balances(lutine(), bob);
    const unknown = `0x${'11'.repeat(32)}`;
    for (const [api, call, reason] of [
      [lutine(), homes.send(bob.address, 'Native'), /^homes\.NoHome/],
      [lutine(), homes.setHome(null), /^homes\.NoHome/],
      // The other chain would turn it away with all that it brings.
      [lutine(), transfer(lut, { Limited: { refTime: 1, proofSize: 1 } }), /^polkadotXcm\.SendFailure/],
      [lutine(), transfer(2n * free), /^polkadotXcm\.LocalExecutionIncompleteWithError.*FailedToTransactAsset/],
      [lutine(), polkadotXcm.execute({ V5: [] }, { refTime: 10n ** 9n, proofSize: 10_000 }), /^polkadotXcm\.Filtered/],
      [lutine(), partnerBridge.openBridge({ V5: { X1: [{ GlobalConsensus: 'Polkadot' }] } }), /^BadOrigin$/],
      [partner(), certificates.prove(0, unknown, []), /^certificates\.UnknownHeader/],
      [partner(), certificates.prove(0, unknown, [`0x${'00'.repeat(20_000)}`]), /^certificates\.TooLarge/],
      [partner(), certificates.remove(7), /^certificates\.UnknownCertificate/],
    ]) {
      await refuses(send(api, call, bob), reason);
    }
    const books = await balanced('after what was refused');
    for (const asset of CARRIED) assert.equal(books[asset].held + books[asset].toPartner, 0n, asset);
  });

  let product;
  await chapter('LUT and dollars cross while the relayer is killed', async () => {
    const list_ = async () => {
      const limits = { asset: 'Native', total: 500_000n * lut, min: lut, max: 100_000n * lut, optimistic: 1_000n * lut };
      const terms = { waitingPeriod: WAITING, conditions: { assets: [limits] } };
      const { ids } = await list(lutine(), eve, [alice, charlie], [{ proposal: proposal('Across', terms), group: 120 }]);
      [product] = ids;
      const { balances: tokens, pools, utility } = lutine().tx;
      const gifted = [...assessors.map(({ address }) => address), palletAccount(lutine(), 'treasury')];
      const gifts = gifted.map((address) => tokens.transferKeepAlive(address, 100n * lut));
      const pool = [
        pools.create('Native', percent(10)),
        pools.setLine(0, product, percent(50), fixedPercent(5)),
        pools.deposit(0, 50_000n * lut, 0, null),
      ];
      await Promise.all([send(lutine(), utility.batchAll(pool), alice), send(lutine(), utility.batchAll(gifts), eve)]);
      await Promise.all(assessors.map((each) => send(lutine(), lutine().tx.claims.stake(10n * lut), each)));
    };
    const carry = async () => {
      await disturbed(
        'the transfer',
        () => bridge.toPartner(bob, 'LUT', 300n * lut, charlie),
        () => bridge.toPartner(bob, 'LUT', 200n * lut, dave),
        () => bridge.toPartner(bob, 'tUSD', dollars(50), charlie),
      );
    };
    await Promise.all([list_(), carry()]);
    for (const [account, sent] of [
      [charlie, 300n],
      [dave, 200n],
    ]) {
      const got = await bridge.abroad('LUT', account);
      assert.ok(got > (sent - 1n) * lut && got <= sent * lut, `${got}`);
    }
    assert.ok((await bridge.abroad('tUSD', charlie)) > 0n);
    await settled('after the transfers');
  });

  const policies = {};
  await chapter('cover is bought from the partner chain while the relayer is killed', async () => {
    const { cover, homes } = lutine().tx;
    const amount = 1_000n * lut;
    const offer = await quote(lutine(), product, 'Native', amount, PERIOD);
    const order = taking(amount, offer, { maxPremium: 2n * offer.netPremium.toBigInt() });
    const buy = (account) => () => {
      const calls = [
        cover.buy(product, 'Native', order, 'what is at stake'),
        homes.setHome(bridge.home(account)),
      ];
      const deposits = offer.deposit.toBigInt() + lutine().consts.homes.homeDeposit.toBigInt();
      return bridge.act(account, calls, { LUT: order.maxPremium + deposits + lut });
    };
    const results = await disturbed('the purchase', buy(charlie), buy(dave));
    for (const [index, [name, account]] of [
      ['charlie', charlie],
      ['dave', dave],
    ].entries()) {
      const derived = await bridge.derived(account);
      const { Bought } = lutine().events.cover;
      const bought = results[index].events.find((event) => Bought.is(event) && event.data.holder.eq(derived));
      assert.ok(bought, `no policy for ${name}`);
      const { policy, start } = bought.data;
      policies[name] = { id: policy.toNumber(), start: start.toNumber(), derived, amount, block: results[index].block };
      const item = (await lutine().query.nfts.item(0, policy)).unwrap();
      assert.ok(item.owner.eq(derived));
    }
    await settled('after the purchases');
  });

  await chapter('a call that is not for the partner chain is refused, and the money stays its sender’s', async () => {
    const derived = await bridge.derived(charlie);
    const free = async () => (await lutine().query.system.account(derived)).data.free.toBigInt();
    const before = await free();
    const message = await bridge.act(charlie, [lutine().tx.system.remark('0x00')], { LUT: 3n * lut });
    await assert.rejects(bridge.arrived(message), /failed/);
    assert.ok((await free()) >= before + 3n * lut, 'what the message brought is not in the account');
    await settled('after a refused call');
  });

  // What follows takes its time on Lutine anyway.
  let judging;
  await chapter('something happens, and is reported on Lutine', async () => {
    await untilTime(lutine(), Math.max(...Object.values(policies).map(({ start }) => start)) + 1);
    const happened = await timeAt(lutine(), await height(lutine()));
    judging = judged(lutine(), { product, happened, reporter: eve, assessors });
    judging.catch(() => {});
  });

  await chapter('a policy is proven on the partner chain while the relayer is killed', async () => {
    const { id, derived, amount } = policies.charlie;
    const since = (await height(lutine())) + 3;
    const disturbing = disturb('the proof');
    const { certificate, size } = await bridge.prove(id, eve, { since });
    await disturbing;
    note(`a proof of ${size} bytes`);
    assert.ok(certificate.holder.eq(derived));
    assert.equal(certificate.amount.toBigInt(), amount);
    assert.ok(certificate.state.isActive);
    assert.equal(certificate.product.toNumber(), product);
    // What is not there cannot be proven, nor the same again.
    await refuses(bridge.prove(99, eve, { since }), /^certificates\.NoSuchPolicy/);
    await settled('after the proof');
  });

  await chapter('both chains change their keys while messages go both ways', async () => {
    const chains = [
      { name: 'lutine', api: lutine(), validator: who.aliceStash },
      { name: 'partner', api: partner(), validator: alice },
    ];
    const set = async (api) => (await api.query.grandpa.currentSetId()).toNumber();
    const before = await Promise.all(chains.map(({ api }) => set(api)));
    for (const { name, api, validator } of chains) {
      const owner = `0x${Buffer.from(validator.publicKey).toString('hex')}`;
      const [{ keys, proof }] = await ask(bridge.nodes[name], ['author_rotateKeysWithOwner', owner]);
      await send(api, api.tx.session.setKeys(keys, proof), validator);
    }
    const messages = [];
    const changed = async () => {
      messages.push(await bridge.toPartner(bob, 'LUT', lut, charlie), await bridge.bringHome(dave, 'LUT', lut / 2n));
      const now = await Promise.all(chains.map(({ api }) => set(api)));
      const known = [await bridge.authoritySet('partner'), await bridge.authoritySet('lutine')];
      await sleep(5_000);
      return now.every((each, index) => each > before[index] && known[index] === each);
    };
    await bridge.until('both know the new keys of the other', changed, { seconds: 240 });
    note(`${messages.length} messages while both changed their keys`);
    messages.push(await bridge.toPartner(bob, 'LUT', lut, charlie), await bridge.bringHome(dave, 'LUT', lut / 2n));
    await Promise.all(messages.map((message) => bridge.arrived(message)));
    await settled('after new keys');
  });

  let incident;
  const claimed = {};
  await chapter('claims are filed from the partner chain while the relayer is killed', async () => {
    ({ incident } = await judging);
    const { bond, assessorsFee } = Object.fromEntries(await lutine().query.parameters.claimsParameters());
    const brought = bond.toBigInt() + assessorsFee.toBigInt() + lut;
    const file = (account, { id }, loss) => () =>
      bridge.act(account, [lutine().tx.claims.file(incident, id, loss, URI, HASH)], { LUT: brought });
    // A tenth of what is set aside may be awarded without a vote.
    const loss = 100n * lut;
    const [{ events }] = await disturbed('the claim', file(charlie, policies.charlie, loss));
    const { case: id, until } = eventOf(events, lutine().events.claims.Proposed).data;
    Object.assign(claimed, { id: id.toNumber(), until: until.toNumber(), loss });
    await balanced('after the claim');
  });

  await chapter('the payout goes home while the relayer is killed', async () => {
    const before = await bridge.abroad('LUT', charlie);
    const paid = await untilMoved(lutine(), claimed.id, lutine().events.claims.Decided, claimed.until);
    const { paid: award } = eventOf(paid.events, lutine().events.claims.ClaimPaid).data;
    assert.equal(award.toBigInt(), claimed.loss);
    await disturb('the payout');
    const came = async () => (await bridge.abroad('LUT', charlie)) > before;
    await bridge.until('the payout is at home', came);
    const more = (await bridge.abroad('LUT', charlie)) - before;
    assert.ok(more > claimed.loss - lut && more <= claimed.loss, `${more}`);
    await settled('after the payout');
  });

  await chapter('the partner chain is gone for two minutes, and who lives there can still claim', async () => {
    const { partner: node } = bridge.nodes;
    // What the connection still asks would fail with the node, and nobody waits for it.
    do await sleep(1_000);
    while (partner().stats.active.requests > 0);
    await partner().disconnect();
    await node.kill9();
    const gone = Date.now();
    note('the partner chain is gone');
    const meanwhile = await bridge.toPartner(bob, 'LUT', 10n * lut, eve);
    await sleep(Math.max(OUTAGE - (Date.now() - gone), 0));
    await node.start();
    await bridge.reconnect('partner');
    note('the partner chain is back');
    const { Began, Ended } = lutine().events.outages;
    await Promise.all([bridge.untilKnown('lutine', (await height(partner())) + 1), bridge.arrived(meanwhile)]);
    // What Lutine has noticed of it: windows of claims do not run meanwhile.
    const last = await height(lutine());
    const events = (await Promise.all(Array.from({ length: 200 }, (_, ago) => eventsAt(lutine(), last - ago)))).flat();
    const told = [Began, Ended].map((kind) => events.filter((event) => kind.is(event)).length);
    if (OUTAGE >= 120_000) assert.ok(told[0] >= 1 && told[1] >= 1, `outages that began and ended: ${told}`);
    assert.ok((await bridge.abroad('LUT', eve)) > 9n * lut);

    const { bond, assessorsFee } = Object.fromEntries(await lutine().query.parameters.claimsParameters());
    const brought = bond.toBigInt() + assessorsFee.toBigInt() + lut;
    const call = lutine().tx.claims.file(incident, policies.dave.id, 50n * lut, URI, HASH);
    const filed = await bridge.arrived(await bridge.act(dave, [call], { LUT: brought }));
    const { case: id, until } = eventOf(filed.events, lutine().events.claims.Proposed).data;
    await untilMoved(lutine(), id.toNumber(), lutine().events.claims.Decided, until.toNumber());
    await settled('after the outage');
  });

  await chapter('what is left on Lutine comes home, and the books agree', async () => {
    const policy = await policyOf(policies.charlie.id);
    assert.equal(policy.awarded.toBigInt(), claimed.loss);
    await bridge.arrived(await bridge.bringHome(charlie, 'tUSD', dollars(20)));
    await settled('at the end');
    assert.equal(bridge.relayer.running, true, bridge.relayer.tail());
  });
};

const printable = (books) =>
  Object.fromEntries(
    Object.entries(books).map(([asset, figures]) => [
      asset,
      Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, `${value}`])),
    ]),
  );

test('cover across chains, whatever fails between them', { timeout: 900_000 }, async (t) => {
  const bridge = await Bridge.start();
  const end = () => bridge.dispose();
  t.signal.addEventListener('abort', end);
  try {
    await body({ t, bridge });
  } catch (error) {
    console.error(`-- the last lines of the relayer --\n${bridge.relayer.tail(60)}\n--`);
    for (const [name, node] of Object.entries(bridge.nodes)) {
      console.error(`-- the last lines of ${name} --\n${node.tail()}\n--`);
    }
    throw error;
  } finally {
    await end();
  }
});
