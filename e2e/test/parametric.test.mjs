import assert from 'node:assert/strict';
import {
  assetBalance,
  eventOf,
  height,
  motion,
  native,
  people,
  send,
  timeAt,
  untilBlock,
  untilEvent,
  untilTime,
  watch,
} from '../lib/chain.mjs';
import {
  CERTIFICATES,
  TUSD,
  USD,
  Feed,
  beforeTime,
  dayEnd,
  dollars,
  fixedPercent,
  list,
  payAll,
  percent,
  proposal,
  quote,
  sayOnce,
  sum,
  taking,
} from '../lib/insurance.mjs';
import {
  all,
  allRefused,
  around,
  blocksDecode,
  moved,
  named,
  numbers,
  onChain,
  refuses,
  storageDecodes,
  stored,
  story,
} from './support.mjs';

/** What the development chain begins with: dollars, proven by the feed of the same number. */
const SHIPPED = 4;
/** What is proposed first: the same price insured twice, with as much instantly as ever, and with nothing instantly. */
const [INSTANT, SLOW] = [5, 6];
const FEED = 7;
const DAY = 10;
const WAITING = 20;
const HOLDERS = 24;
const AMOUNT = dollars(100);
const VERDICT = 40n;

const body = async ({ t, api, who }) => {
  const { alice, bob, charlie, dave, eve, ferdie, aliceStash } = who;
  const { tx, events: kinds } = api;
  const { claims } = tx;
  const told = kinds.claims;
  const chapter = story(t);
  const lut = native(api, 1);
  const feed = new Feed(api, [alice, bob, charlie], FEED);

  const now = async () => timeAt(api, await height(api));
  const ask = (product, asset = USD, amount = AMOUNT) => quote(api, product, asset, amount, 300);
  const order = async (product) => taking(AMOUNT, await ask(product), { maxPremium: AMOUNT });
  const pool = async (at = api) => (await at.call.poolsApi.pool(0)).unwrap();
  const lineOn = async (product, at = api) =>
    (await at.call.poolsApi.lines(0)).find((line) => line.product.eq(product));
  const product = async (id) => (await api.call.coverApi.product(id)).unwrap();
  const reported = async (id) => (await api.call.claimsApi.feed(id)).unwrap();
  const books = ({ claims: { idleCursor: _, feeds, marks, ...claims }, cover, pools, balances: { holds } }) => [
    claims,
    cover,
    { lines: pools.lines, losses: pools.losses },
    { holds },
  ];
  const refused = (within, cases) => allRefused(api, within, () => stored(api, books), cases);

  // -- The story

  let order_;
  let shippedSaid;
  await chapter('two products that one feed proves, and a pool that has a line on both', async () => {
    const trigger = {
      Parametric: {
        feed: FEED,
        averaging: 1,
        observation: 1,
        table: [
          [fixedPercent(95), VERDICT],
          [fixedPercent(50), 100],
        ],
      },
    };
    const products = ['Instant', 'Slow'].map((name, index) => ({
      proposal: proposal(name, {
        class: 'Stablecoin',
        trigger,
        waitingPeriod: WAITING,
        limits: { optimistic: index === 0 ? dollars(100_000) : 0 },
      }),
      group: 120 + index,
    }));
    // Said once, and never again.
    shippedSaid = await sayOnce(api, [alice, bob, charlie], TUSD, fixedPercent(100));
    const { ids } = await list(api, eve, [alice, charlie], products);
    assert.deepEqual(ids, [INSTANT, SLOW]);
    const lines = ids.map((id) => tx.pools.setLine(0, id, percent(40), fixedPercent(5)));
    await send(api, tx.utility.batchAll([tx.pools.create(USD, 0), ...lines]), ferdie);
    await send(api, tx.pools.deposit(0, dollars(200_000), 0, null), ferdie);
  });

  await chapter('while the feed is silent nothing is sold and nothing is proven', async (within) => {
    assert.ok((await api.call.claimsApi.feed(INSTANT)).isNone);
    await refuses(ask(INSTANT), /^cover\.FeedNotFresh: /);
    assert.equal((await api.call.coverApi.available(INSTANT, USD)).toBigInt(), 0n);
    const end = await dayEnd(api, (await now()) + 300);
    const blind = { amount: AMOUNT, end, parts: [{ pool: 0, amount: AMOUNT }], maxPremium: AMOUNT };
    await refused(within, [
      ['a purchase', dave, tx.cover.buy(INSTANT, USD, blind, ''), /^cover\.FeedNotFresh: /],
      ['a freeze', dave, claims.freeze(INSTANT), /^claims\.FeedNotFresh: /],
      ['a trigger', dave, claims.trigger(INSTANT), /^claims\.FeedNotFresh: /],
      ['a thaw of what is not frozen', dave, claims.thaw(INSTANT), /^claims\.NotFrozen: /],
      ['arms for what has them', dave, claims.rearm(INSTANT), /^claims\.Armed: /],
      ['a freeze of nothing', dave, claims.freeze(99), /^claims\.UnknownProduct: /],
      ['a value by who is no member', dave, tx.oracle.feedValues([[FEED, 1]]), /^oracle\.NoPermission: /],
      ['a report', dave, claims.report(INSTANT, await now(), 'x', null, lut), /^claims\.ParametricProduct: /],
    ]);
    // Two of three are not enough.
    const two = [alice, bob].map((member) => send(api, tx.oracle.feedValues([[FEED, fixedPercent(100)]]), member));
    await Promise.all(two);
    await refuses(ask(INSTANT), /^cover\.FeedNotFresh: /);
    await feed.say(fixedPercent(100));
    const report = await reported(INSTANT);
    assert.deepEqual(numbers(report, 'value', 'threshold'), { value: fixedPercent(100), threshold: fixedPercent(95) });
    assert.deepEqual([report.average.isNone, report.armed.isTrue], [true, true]);
    await refused(within, [
      ['a freeze without a breach', dave, claims.freeze(INSTANT), /^claims\.NoBreach: /],
      ['a trigger before a day is known', dave, claims.trigger(INSTANT), /^claims\.FeedTooSparse: /],
    ]);
  });

  const holders = people(
    api,
    Array.from({ length: HOLDERS }, (_, index) => `Holder ${index}`),
  );
  const [blocked] = holders;
  const policies = { [INSTANT]: [], [SLOW]: [] };
  await chapter(
    'twenty-four people who never signed anything hold cover on one, Dave and Eve on the other',
    async () => {
      order_ = await order(INSTANT);
      // They are bought by a few, who give the certificates away.
      let next = (await api.query.cover.nextPolicy()).toNumber();
      const buyers = [dave, eve, ferdie, aliceStash];
      const share = HOLDERS / buyers.length;
      const purchases = buyers.flatMap((buyer) =>
        Array.from({ length: share }, () => send(api, tx.cover.buy(INSTANT, USD, order_, 'a dollar'), buyer)),
      );
      const bought = (await Promise.all(purchases)).map(({ events }) => eventOf(events, kinds.cover.Bought).data);
      assert.equal(next + HOLDERS, (await api.query.cover.nextPolicy()).toNumber());
      policies[INSTANT] = bought.map(({ policy }) => policy.toNumber());
      const gifts = bought.map(({ policy }, index) => [
        buyers[Math.floor(index / share)],
        tx.nfts.transfer(CERTIFICATES, policy, holders[index].address),
      ]);
      const slow = await order(SLOW);
      const own = await Promise.all([
        ...[dave, eve].map((buyer) => send(api, tx.cover.buy(SLOW, USD, slow, 'a dollar'), buyer)),
        ...buyers.map((buyer) => {
          const calls = gifts.filter(([giver]) => giver === buyer).map(([, call]) => call);
          return send(api, tx.utility.batchAll(calls), buyer);
        }),
      ]);
      policies[SLOW] = own.slice(0, 2).map(({ events }) => eventOf(events, kinds.cover.Bought).data.policy.toNumber());
      policies.start = Math.max(
        ...[...bought, ...own.slice(0, 2).map(({ events }) => eventOf(events, kinds.cover.Bought).data)].map(
          ({ start }) => start.toNumber(),
        ),
      );
      for (const [index, holder] of holders.entries()) {
        const held = (await api.call.coverApi.policiesOf(holder.address)).map((id) => id.toNumber());
        assert.deepEqual(held, [policies[INSTANT][index]]);
      }
      // One of them cannot receive anything.
      await send(api, tx.assets.transfer(TUSD, blocked.address, dollars(1)), dave);
      await send(api, tx.assets.block(TUSD, blocked.address), alice);
    },
  );

  await chapter('a dip stops sales at once, anyone freezes, and it is over when the feed is back', async (within) => {
    // At the beginning of a day, which is long enough to forget it.
    const begin = await dayEnd(api, (await now()) + 2);
    await beforeTime(api, begin);
    await feed.say(fixedPercent(95));
    await refuses(ask(INSTANT), /^cover\.FeedInBreach: /);
    const frozen = await send(api, claims.freeze(INSTANT), dave);
    assert.deepEqual(numbers(named(eventOf(frozen.events, told.Frozen)), 'product', 'spot'), {
      product: BigInt(INSTANT),
      spot: fixedPercent(95),
    });
    const [, after] = await around(api, frozen.block);
    assert.equal((await pool(after)).reserved.toBigInt(), AMOUNT * BigInt(HOLDERS));
    await refused(within, [
      ['a purchase', dave, tx.cover.buy(SLOW, USD, order_, ''), /^cover\.FeedInBreach: /],
      ['a purchase of what is frozen', dave, tx.cover.buy(INSTANT, USD, order_, ''), /^cover\.ProductUnderIncident: /],
      ['a policy cancelled', dave, tx.cover.cancel(policies[INSTANT][0]), /^cover\.NotTheHolder: /],
      ['a second freeze', dave, claims.freeze(INSTANT), /^claims\.AlreadyFrozen: /],
      ['a thaw', dave, claims.thaw(INSTANT), /^claims\.FeedInBreach: /],
      ['a trigger without proof', dave, claims.trigger(INSTANT), /^claims\.(NoBreach|FeedTooSparse): /],
    ]);
    const back = await height(api);
    await feed.say(fixedPercent(96));
    // Block work does it, if nobody else.
    await untilEvent(api, told.Thawed, back, ({ product: id }) => id.eq(INSTANT));
    assert.ok((await pool()).reserved.isZero());
    assert.equal((await product(INSTANT)).frozen.isTrue, false);
    // A day of a little of it proves nothing.
    await untilTime(api, begin + DAY);
    const { average } = await reported(INSTANT);
    assert.ok(average.unwrap().toBigInt() > fixedPercent(95), `${average}`);
    await refused(within, [
      ['a trigger without a breach', dave, claims.trigger(INSTANT), /^claims\.NoBreach: /],
      ['a thaw of what is not frozen', dave, claims.thaw(INSTANT), /^claims\.NotFrozen: /],
    ]);
  });

  let falls;
  await chapter('who buys when it is about to fall buys for later', async () => {
    falls = await dayEnd(api, Math.max(policies.start, (await now()) + 4));
    await untilTime(api, falls - 4);
    const late = await send(api, tx.cover.buy(INSTANT, USD, await order(INSTANT), 'late'), dave);
    const { policy, start } = eventOf(late.events, kinds.cover.Bought).data;
    policies.late = policy.toNumber();
    assert.ok(start.toNumber() >= falls + DAY);
  });

  const incidents = {};
  await chapter('it falls for a day, and anyone proves both incidents', async (within) => {
    await beforeTime(api, falls);
    assert.ok((await feed.say(fixedPercent(60))) <= falls + 1);
    await send(api, claims.freeze(SLOW), eve);
    await refuses(send(api, claims.trigger(INSTANT), eve), /^claims\.NoBreach: /);
    await beforeTime(api, falls + DAY);
    const results = await Promise.all([send(api, claims.trigger(INSTANT), eve), send(api, claims.trigger(SLOW), dave)]);
    for (const [index, id] of [INSTANT, SLOW].entries()) {
      const { incident, product: which, who: by, average } = named(eventOf(results[index].events, told.Triggered));
      assert.deepEqual([which.toNumber(), by.toString()], [id, [eve, dave][index].address]);
      assert.ok(average.toBigInt() >= fixedPercent(60) && average.toBigInt() < fixedPercent(70), `${average}`);
      incidents[id] = incident.toNumber();
      const { happened, state } = (await api.query.claims.incidents(incident)).unwrap();
      assert.deepEqual([happened.toNumber(), state.type], [falls + DAY - 1, 'Observed']);
      assert.equal((await reported(id)).armed.isTrue, false);
    }
    assert.equal((await pool()).reserved.toBigInt(), AMOUNT * BigInt(HOLDERS + 1 + 2));
    await refused(within, [
      ['a second trigger', eve, claims.trigger(INSTANT), /^claims\.AlreadyFrozen: /],
      ['a freeze', eve, claims.freeze(INSTANT), /^claims\.NotBackYet: /],
      ['a thaw', eve, claims.thaw(SLOW), /^claims\.NotFrozen: /],
      ['arms before it is back', eve, claims.rearm(INSTANT), /^claims\.NotBackYet: /],
      ['a payment before it is known how much', eve, claims.payBatch(incidents[INSTANT], 9), /^claims\.NothingToPay: /],
      ['an observation ended before its day', eve, claims.pokeIncident(incidents[INSTANT]), /^claims\.NothingDue: /],
      ['a claim', dave, claims.file(incidents[SLOW], policies[SLOW][0], 1, 'x', null), /^claims\.NoClaims: /],
      ['a purchase', dave, tx.cover.buy(INSTANT, USD, order_, ''), /^cover\.ProductUnderIncident: /],
    ]);
  });

  const each = (AMOUNT * VERDICT) / 100n;
  await chapter('when the day of observation is over, all twenty-four are paid in one block', async () => {
    await beforeTime(api, falls + 2 * DAY);
    const due = claims.pokeIncident(incidents[INSTANT]);
    const result = await payAll(api, incidents[INSTANT], due, eve);
    const { verdict, lowest } = named(eventOf(result.events, told.ObservationEnded));
    assert.deepEqual([verdict.toBigInt(), lowest.toBigInt()], [VERDICT, fixedPercent(60)]);
    const accepted = named(eventOf(result.events, told.IncidentAccepted));
    assert.equal(accepted.verdict.toBigInt(), VERDICT);
    assert.deepEqual(numbers(named(result.event), 'policies'), { policies: BigInt(HOLDERS + 1) });
    assert.ok(named(result.event).done.isTrue);
    const paid = all(result.events, told.ClaimPaid);
    assert.deepEqual(
      paid.map(({ policy }) => policy.toNumber()).sort((a, b) => a - b),
      [...policies[INSTANT]].sort((a, b) => a - b),
    );
    assert.ok(paid.every((one) => one.paid.toBigInt() === each && one.arrears.isZero()));
    for (const holder of holders.slice(1)) {
      assert.deepEqual(await moved(api, result, holder), { free: 0n, held: 0n, usd: each });
    }
    // What one cannot receive waits, and stops nobody.
    assert.deepEqual(await moved(api, result, blocked), { free: 0n, held: 0n, usd: 0n });
    const dues = all(result.events, kinds.pools.PaymentDue);
    assert.deepEqual(
      dues.map((one) => [one.who.toString(), one.amount.toBigInt()]),
      [[blocked.address, each]],
    );
    // Cover of who bought late had not begun.
    assert.ok((await api.query.claims.claims(incidents[INSTANT], policies.late)).isNone);
    assert.equal((await api.call.coverApi.policy(policies.late)).unwrap().policy.awarded.toBigInt(), 0n);
    const claim = (await api.query.claims.claims(incidents[INSTANT], policies[INSTANT][3])).unwrap();
    assert.deepEqual([claim.state.asPaid.paid.toBigInt(), claim.loss.toBigInt()], [each, AMOUNT]);

    // All of it counts against what is instant for some time.
    const { used } = await api.query.claims.instants(INSTANT, USD);
    assert.equal(used.toBigInt(), (AMOUNT * BigInt(HOLDERS + 1) * VERDICT) / 100n);
    const paidOut = each * BigInt(HOLDERS);
    const [before, after] = await around(api, result.block);
    assert.equal((await lineOn(INSTANT, before)).exposure.toBigInt(), AMOUNT * BigInt(HOLDERS + 1));
    assert.equal((await lineOn(INSTANT, after)).exposure.toBigInt(), AMOUNT * BigInt(HOLDERS + 1) - paidOut);
    await refuses(send(api, claims.payBatch(incidents[INSTANT], 9), eve), /^claims\.NothingToPay: /);
  });

  let slow;
  await chapter('where nothing is instant there is time to challenge', async (within) => {
    const { event, block } = await untilEvent(api, told.Proposed, (await height(api)) - 3);
    const { proposal: percentage, until, case: id } = event.data;
    assert.deepEqual([percentage.toBigInt(), until.toNumber()], [VERDICT, block.number + 15]);
    slow = { id: id.toNumber(), until: until.toNumber() };
    const { opener, fee, subject } = (await api.query.claims.cases(slow.id)).unwrap();
    assert.deepEqual(
      [opener.bond.toBigInt(), fee.toBigInt(), subject.asIncident.incident.toNumber()],
      [0n, 0n, incidents[SLOW]],
    );
    await refused(within, [
      ['a challenge for more', eve, claims.challenge(slow.id, 41, 'x', null), /^claims\.AlternativeTooHigh: /],
      ['a payment in that time', eve, claims.payBatch(incidents[SLOW], 9), /^claims\.NothingToPay: /],
      ['its end', eve, claims.poke(slow.id), /^claims\.NothingDue: /],
      ['another trigger', eve, claims.trigger(SLOW), /^claims\.AlreadyFrozen: /],
    ]);
  });

  let back;
  await chapter('what is not needed is free again, and the blocked one is paid when that is over', async () => {
    await untilEvent(api, told.IncidentClosed, (await height(api)) - 8, ({ incident }) =>
      incident.eq(incidents[INSTANT]),
    );
    const line = await lineOn(INSTANT);
    assert.deepEqual([line.reserved.isZero(), line.isStopped.isTrue], [true, false]);
    assert.equal((await pool()).reserved.toBigInt(), AMOUNT * 2n);
    // From the beginning of the next day.
    back = { time: await dayEnd(api, (await now()) + 2) };
    back.block = await beforeTime(api, back.time);
    await feed.say(fixedPercent(99));
    await send(api, tx.assets.thaw(TUSD, blocked.address), alice);
    const collected = await send(api, tx.pools.collectDue(0, blocked.address), eve);
    assert.equal(eventOf(collected.events, kinds.pools.DueCollected).data.amount.toBigInt(), each);
    assert.equal(await assetBalance(api, TUSD, blocked), dollars(1) + each);
    assert.ok((await pool()).dues.isZero());
  });

  await chapter('unchallenged it is true, and Dave and Eve are paid', async () => {
    await untilBlock(api, slow.until);
    const result = await payAll(api, incidents[SLOW], claims.poke(slow.id), ferdie);
    // Block work may have been faster.
    assert.ok(result.block.number <= slow.until + 2);
    assert.equal(eventOf(result.events, told.Decided).data.outcome.toBigInt(), VERDICT);
    for (const holder of [dave, eve]) assert.equal((await moved(api, result, holder)).usd, each);
    await untilEvent(api, told.IncidentClosed, result.block.number, ({ incident }) => incident.eq(incidents[SLOW]));
    assert.ok((await pool()).reserved.isZero());
  });

  await chapter('a feed that fell silent proves nothing', async (within) => {
    await untilTime(api, shippedSaid + 60);
    await refuses(ask(SHIPPED, 'Native', lut), /^cover\.FeedNotFresh: /);
    await refused(within, [
      ['a freeze', dave, claims.freeze(SHIPPED), /^claims\.FeedNotFresh: /],
      ['a trigger', dave, claims.trigger(SHIPPED), /^claims\.FeedTooSparse: /],
    ]);
  });

  await chapter(
    'after a whole day above the threshold it can prove another one, and is sold when it is resumed',
    async () => {
      for (const id of [INSTANT, SLOW]) {
        // Block work does it, if nobody else.
        const armed = await watch(api, back.block, back.block + 2 * DAY, (events, number) =>
          all(events, told.Rearmed).some((one) => one.product.eq(id)) ? number : undefined,
        );
        assert.equal(await timeAt(api, armed), back.time + DAY);
        assert.ok((await reported(id)).armed.isTrue);
        await refuses(send(api, claims.rearm(id), eve), /^claims\.Armed: /);
        assert.equal((await product(id)).status.type, 'Paused');
      }
      await refuses(ask(INSTANT), /^cover\.ProductPaused: /);
      await motion(api, tx.cover.resume(INSTANT), [alice, charlie]);
      const again = await send(api, tx.cover.buy(INSTANT, USD, await order(INSTANT), 'again'), dave);
      assert.ok(eventOf(again.events, kinds.cover.Bought));
    },
  );

  await chapter('all of it decodes to the byte, and adds up', async () => {
    await feed.stop();
    await storageDecodes(api, {
      claims: ['incidents', 'nextIncident', 'claims', 'instants', 'feeds', 'marks', 'records'],
      oracle: ['rawValues', 'values'],
    });
    const losses = each * BigInt(HOLDERS + 2);
    const hash = await api.rpc.chain.getBlockHash();
    const { totals } = await pool(await api.at(hash));
    assert.deepEqual(numbers(totals, 'losses', 'arrears'), { losses, arrears: 0n });
    const { record, meanPayoutTime } = await api.call.claimsApi.trackRecord(null);
    const paid = BigInt(HOLDERS + 2);
    assert.deepEqual(numbers(record, 'incidents', 'accepted', 'filed', 'approved', 'paid', 'verdicts'), {
      incidents: 2n,
      accepted: 2n,
      filed: paid,
      approved: paid,
      paid,
      verdicts: 0n,
    });
    assert.ok(meanPayoutTime.isSome);
    const [sold] = await api.call.coverApi.trackRecord(INSTANT);
    assert.equal(sold.record.awards.toBigInt(), each * BigInt(HOLDERS));
    const events = await blocksDecode(api);
    assert.equal(sum(all(events, kinds.pools.LossPaid).map((one) => one.paid.toBigInt())), losses);
    assert.equal(all(events, told.PaymentFailed).length, 0);
  });
};

onChain('what a feed proves', body, { timeout: 480_000 });
