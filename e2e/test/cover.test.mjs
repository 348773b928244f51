import assert from 'node:assert/strict';
import { describeError, eventOf, motion, native, send, timeAt, untilTime } from '../lib/chain.mjs';
import { TUSD, USD, dollars, fixedPercent, percent, quote as ask, sum, taking } from '../lib/insurance.mjs';
import {
  allRefused,
  around as stateAround,
  blocksDecode,
  moved as movedBy,
  named,
  numbers,
  onChain,
  refuses,
  storageDecodes,
  stored,
  story,
  together,
} from './support.mjs';

/** The collection of certificates. */
const CERTIFICATES = 0;
/** The product that is proposed first, and what it says of itself. */
const PRODUCT = 5;
/** An asset that anybody may create. */
const OTHER = 2 ** 16;
const NAME = 'Kelp staking';
const GROUP = 120;
const [SHORTEST, LONGEST] = [280, 3_650];
/** As long as it may be, so that a policy can be renewed without a gap soon after its purchase. */
const WAITING = 270;
/** Each pool may write half of what it has. */
const POOLS = [
  { fee: percent(10), rate: fixedPercent(10), capital: dollars(400_000) },
  { fee: 0, rate: fixedPercent(15), capital: dollars(200_000) },
];
const LIMIT = dollars(400_000);

const BILLION = 10n ** 9n;
const ceilDiv = (a, b) => (a + b - 1n) / b;

const body = async ({ t, api, who }) => {
  const { alice, bob, charlie, dave, eve, ferdie, aliceStash } = who;
  const { tx, events: kinds } = api;
  const chapter = story(t);
  const lut = native(api, 1);
  const day = (await api.query.clock.settings()).accountingDay.toNumber();

  // -- What users ask and order

  const quote = (amount, { period = SHORTEST, product = PRODUCT, asset = USD, at = api } = {}) =>
    ask(at, product, asset, amount, period);
  const order = async (amount, asked) => taking(amount, await quote(amount, asked));
  const buy = (order, item = 'vault 0xbeef') => tx.cover.buy(PRODUCT, USD, order, item);
  const available = async (product = PRODUCT) => (await api.call.coverApi.available(product, USD)).toBigInt();
  const product = async (id = PRODUCT) => (await api.call.coverApi.product(id)).unwrap();
  const policy = async (id, at = api) => (await at.call.coverApi.policy(id)).unwrap();
  const policiesOf = async ({ address }) => (await api.call.coverApi.policiesOf(address)).map((id) => id.toNumber());
  const exposures = async (at = api) => {
    const lines = await Promise.all(POOLS.map((_, pool) => at.query.pools.lines(pool, PRODUCT)));
    return lines.map((line) => line.unwrap().exposure.toBigInt());
  };

  // -- What they can check

  const around = ({ block }) => stateAround(api, block);
  const moved = (result, account) => movedBy(api, result, account);

  /**
   * Checks all that must be true of purchases in a transaction, and returns their policies: who pays holds them, and
   * pays what the pools ask, to the unit.
   */
  const sold = async (result, holder, { end, start, commission: share = 0 }) => {
    const [, after] = await around(result);
    const time = await timeAt(api, result.block.number);
    const ids = [];
    let [written, paid] = [[], 0n];
    for (const event of result.events) {
      if (kinds.pools.Written.is(event)) written.push(numbers(named(event), 'pool', 'amount', 'premium'));
      if (!kinds.cover.Bought.is(event)) continue;
      const bought = named(event);
      const told = numbers(bought, 'product', 'amount', 'netPremium', 'commission', 'start', 'end');
      assert.deepEqual(told, {
        product: BigInt(PRODUCT),
        amount: sum(written.map(({ amount }) => amount)),
        netPremium: sum(written.map(({ premium }) => premium)),
        commission: ceilDiv(told.netPremium * BigInt(share), BILLION),
        start: BigInt(start ?? time + WAITING),
        end: BigInt(end),
      });
      const id = bought.policy.toNumber();
      const { policy: kept, holder: keeper, state } = await policy(id, after);
      assert.deepEqual(numbers(kept, ...Object.keys(told)), told);
      assert.deepEqual([kept.bought.toNumber(), kept.deposit.toBigInt(), state.type], [time, lut, 'Active']);
      const { owner } = (await after.query.nfts.item(CERTIFICATES, id)).unwrap();
      for (const whose of [bought.holder, kept.buyer, keeper, owner]) assert.ok(whose.eq(holder));
      // What a pool stands behind, and what it earns a second for it.
      assert.deepEqual(
        kept.allocations.map((each) => numbers(each, 'pool', 'amount', 'rate')),
        written.map(({ premium, ...part }) => ({ ...part, rate: (premium << 32n) / (told.end - BigInt(time)) })),
      );
      ids.push(id);
      [paid, written] = [paid + told.netPremium + told.commission, []];
    }
    assert.ok(ids.length > 0);
    const { held, usd } = await moved(result, holder);
    assert.deepEqual([held, usd], [lut * BigInt(ids.length), -paid]);
    return ids;
  };

  const books = ({ cover, nfts, assets, pools, balances }) => [cover, nfts, assets, [pools.lines, balances.holds]];
  const refused = (within, cases) => allRefused(api, within, () => stored(api, books), cases);

  // -- The story

  await chapter('a new chain tells what it insures', async () => {
    const questions = ['available', 'policiesOf', 'policy', 'product', 'products', 'quote', 'trackRecord'];
    assert.deepEqual(Object.keys(api.call.coverApi).sort(), questions);
    assert.deepEqual((await api.call.coverApi.products()).map((id) => id.toNumber()), [1, 2, 3, 4]);
    const { name, status } = await product(1);
    assert.deepEqual([name.toUtf8(), status.type], ['Example lending', 'Listed']);
    // Of what no pool underwrites there is nothing to be had.
    await refuses(quote(dollars(100), { product: 1 }), /^cover\.NotEnoughCapacity: /);
    assert.deepEqual([await available(1), await available(99)], [0n, 0n]);
  });

  const limits = { asset: USD, total: LIMIT, min: dollars(10), max: LIMIT, optimistic: dollars(1_000) };
  const proposal = {
    name: NAME,
    class: 'Staking',
    codeHash: `0x${'c0de'.repeat(16)}`,
    termsHash: `0x${'7e25'.repeat(16)}`,
    trigger: 'Assessed',
    waitingPeriod: WAITING,
    claimWindow: null,
    conditions: {
      uri: 'https://example.org/kelp/terms.txt',
      assets: [limits],
      minPeriod: SHORTEST,
      maxPeriod: LONGEST,
      deductible: percent(5),
    },
  };
  const deposit = native(api, 100);

  await chapter('Eve proposes a product, and her deposit is on hold', async () => {
    const result = await send(api, tx.cover.propose(proposal), eve);
    assert.equal(eventOf(result.events, kinds.cover.Proposed).data.product.toNumber(), PRODUCT);
    assert.deepEqual(await moved(result, eve), { free: -deposit - result.fee, held: deposit, usd: 0n });
    const [hold] = await api.query.balances.holds(eve.address);
    assert.deepEqual([hold.id.type, hold.id.inner.type], ['Cover', 'Proposal']);

    const { status, waitingPeriod, claimWindow } = await product();
    const { proposer, class: kind, codeHash } = status.asProposed;
    const told = [proposer.toString(), kind.type, codeHash.toHex()];
    assert.deepEqual(told, [eve.address, proposal.class, proposal.codeHash]);
    // A claim window of its own it did not ask for.
    assert.deepEqual([waitingPeriod.toNumber(), claimWindow.toNumber()], [WAITING, 35 * day]);
  });

  await chapter('that is all that anybody can do without the technical committee', async (within) => {
    const { registerGroup, list, pause, withdrawProposal } = tx.cover;
    const line = [tx.pools.create(USD, 0), tx.pools.setLine(0, PRODUCT, percent(50), fixedPercent(10))];
    const other = (changes) => tx.cover.propose({ ...proposal, ...changes });
    const conditions = (changes) => other({ conditions: { ...proposal.conditions, ...changes } });
    const asset = (changes) => conditions({ assets: [{ ...limits, ...changes }] });
    // The average of more days than cover waits for.
    const late = { Parametric: { feed: TUSD, averaging: 28, observation: 3, table: [[fixedPercent(95), 20]] } };
    await send(api, tx.assets.create(OTHER, bob.address, 1), bob);
    await refused(within, [
      ['a group registered by anyone', eve, registerGroup(GROUP, 'Kelp'), /^BadOrigin$/],
      ['a product listed by its proposer', eve, list(PRODUCT, 11), /^BadOrigin$/],
      ['a product listed by one of the committee', alice, list(PRODUCT, 11), /^BadOrigin$/],
      ['a product paused by anyone', dave, pause(1), /^BadOrigin$/],
      ['a proposal withdrawn by another', dave, withdrawProposal(PRODUCT), /^cover\.NotTheProposer: /],
      ['a line on what is not listed', alice, tx.utility.batchAll(line), /^pools\.UnknownProduct: /],
      ['a purchase of what is not listed', dave, buy({ amount: 1, end: 0, parts: [] }), /^cover\.NotListed: /],
      ['a product without a name', eve, other({ name: ' ' }), /^cover\.BadName: /],
      ['a name that looks like another', eve, other({ name: 'K\u0435lp staking' }), /^cover\.BadName: /],
      ['an address beyond ASCII', eve, conditions({ uri: 'https://ex\u0430mple.org/' }), /^cover\.BadUri: /],
      ['limits that contradict each other', eve, asset({ min: LIMIT + 1n }), /^cover\.BadLimits: /],
      ['an asset that no account exists by', eve, asset({ asset: { WithId: OTHER } }), /^cover\.AssetNotSufficient: /],
      ['cover that begins a day before its end', eve, other({ waitingPeriod: WAITING + 1 }), /^cover\.BadPeriods: /],
      ['a deductible above everything', eve, conditions({ deductible: percent(100) + 1 }), /^cover\.BadDeductible: /],
      ['a trigger that looks back too far', eve, other({ trigger: late }), /^cover\.BadWaitingPeriod: /],
    ]);
  });

  await chapter('two of the three of the committee list it, and Eve has her deposit again', async () => {
    const calls = tx.utility.batchAll([tx.cover.registerGroup(GROUP, 'Kelp'), tx.cover.list(PRODUCT, GROUP)]);
    const result = await motion(api, calls, [alice, charlie]);
    assert.deepEqual(await moved(result, eve), { free: deposit, held: -deposit, usd: 0n });
    const { status, group } = await product();
    assert.deepEqual([status.type, group.unwrap().toNumber()], ['Listed', GROUP]);
  });

  await chapter('Alice and Bob open lines on it at prices of their own, and Charlie trusts them both', async () => {
    for (const [pool, manager] of [alice, bob].entries()) {
      const { fee, rate } = POOLS[pool];
      const calls = [tx.pools.create(USD, fee), tx.pools.setLine(pool, PRODUCT, percent(50), rate)];
      await send(api, tx.utility.batchAll(calls), manager);
    }
    // Lines without money behind them sell nothing.
    assert.equal(await available(), 0n);
    const deposits = POOLS.map(({ capital }, pool) => tx.pools.deposit(pool, capital, 0, null));
    await send(api, tx.utility.batchAll(deposits), charlie);
    assert.equal(await available(), dollars(300_000));
  });

  await chapter('a quote tells the cheapest split and all that is behind it', async (within) => {
    const amount = dollars(100_000);
    const at = await api.at(await api.rpc.chain.getBlockHash());
    const time = Math.floor((await at.query.timestamp.now()).toNumber() / 1_000);
    const ask = (whole, asked) => quote(whole, { at, ...asked });
    const offer = await ask(amount);
    const [net, end] = [offer.netPremium.toBigInt(), Math.ceil((time + SHORTEST) / day) * day];
    assert.deepEqual(numbers(offer, 'start', 'end', 'claimWindow', 'deductible', 'deposit', 'limitLeft'), {
      start: BigInt(time + WAITING),
      end: BigInt(end),
      claimWindow: BigInt(35 * day),
      deductible: dollars(5_000),
      deposit: lut,
      limitLeft: LIMIT,
    });
    assert.equal(offer.cancellationFee.toNumber(), percent(10));
    assert.equal(offer.yearly.toBigInt(), (((net * 10n ** 18n) / amount) * 31_557_600n) / BigInt(end - time));

    // Both pools take part, the cheaper one with more, and each asks the larger of two prices.
    const parts = offer.parts.map((part) => part.amount.toBigInt());
    assert.deepEqual([sum(parts), offer.parts.map(({ pool }) => pool.toNumber())], [amount, [0, 1]]);
    assert.ok(parts[0] > parts[1] && parts[1] > 0n);
    assert.equal(sum(offer.figures.map(({ netPremium }) => netPremium)), net);
    for (const [index, figures] of offer.figures.entries()) {
      const { pool, netPremium, technical, market, rate, ...books } = numbers(figures, ...figures.keys());
      assert.deepEqual([pool, netPremium], [BigInt(index), technical > market ? technical : market]);
      const { capital: freeCapital, rate: began } = POOLS[index];
      // 1.2 percent for its class, half as much again for want of an audit.
      const probability = fixedPercent(9) / 5n;
      assert.deepEqual(books, { probability, exposure: 0n, capacity: freeCapital / 2n, freeCapital });
      // Nobody has bought, so the rates have begun to fall, by little in seconds.
      assert.ok(rate <= began && rate > began - began / 10_000n);
    }

    // Less than a day is missing to the shortest period, or too much to the longest.
    const first = Math.floor((time + SHORTEST) / day) * day;
    const last = Math.ceil((time + LONGEST) / day) * day;
    for (const end of [first, last]) assert.equal((await ask(amount, { period: end - time })).end.toNumber(), end);
    const room = await available();
    assert.equal(sum((await ask(room)).parts.map((part) => part.amount)), room);
    const cases = [
      ['an unknown product', ask(amount, { product: 99 }), /^cover\.UnknownProduct: /],
      ['an asset in which it is not sold', ask(amount, { asset: 'Native' }), /^cover\.NotSoldInAsset: /],
      ['nothing', ask(0n), /^cover\.AmountTooSmall: /],
      ['more than the pools can hold', ask(room + 1n), /^cover\.NotEnoughCapacity: /],
      ['too short a period', ask(amount, { period: first - day - time }), /^cover\.PeriodTooShort: /],
      ['too long a period', ask(amount, { period: last + day - time }), /^cover\.PeriodTooLong: /],
      ['for ever', ask(amount, { period: 2n ** 64n - 1n }), /^cover\.PeriodTooLong: /],
    ];
    await together(within, cases.map(([name, asked, expected]) => [`no quote for ${name}`, refuses(asked, expected)]));
  });

  let first;
  await chapter('Dave takes a quote as it is, of a day that is over, and pays no more than he was told', async () => {
    const amount = dollars(100_000);
    const at = await api.at(await api.rpc.chain.getBlockHash());
    const asked = Math.floor((await at.query.timestamp.now()).toNumber() / 1_000);
    const offer = await quote(amount, { at });
    const end = offer.end.toNumber();
    await untilTime(api, Math.ceil(asked / day) * day + 1);
    // Who asks only now for the same period is told another day.
    assert.equal((await quote(amount)).end.toNumber(), end + day);
    const call = buy(taking(amount, offer, { deadline: asked + 60 }));
    assert.equal(call.args[2].parts.toHex(), offer.parts.toHex());
    const result = await send(api, call, dave);
    const [id] = await sold(result, dave.address, { end });
    assert.equal(id, 0);

    // The price falls with time, by what those seconds cost.
    const net = named(eventOf(result.events, kinds.cover.Bought)).netPremium.toBigInt();
    const [parent] = await around(result);
    const [shortly, time] = [await timeAt(api, result.block.number - 1), await timeAt(api, result.block.number)];
    const period = end - shortly;
    const [told, most] = [offer, await quote(amount, { period, at: parent })].map((each) => each.netPremium.toBigInt());
    assert.ok(net <= most && most <= told);
    assert.ok((told - net) * BigInt(end - asked) <= told * BigInt(time - asked + 1));

    assert.deepEqual(await moved(result, dave), { free: -lut - result.fee, held: lut, usd: -net });
    const [hold] = await api.query.balances.holds(dave.address);
    assert.deepEqual([hold.id.type, hold.id.inner.type], ['Cover', 'Policy']);
    assert.deepEqual(await exposures(), offer.parts.map((part) => part.amount.toBigInt()));
    const { policy: kept, arrears, renewable } = await policy(id);
    assert.deepEqual([arrears.toBigInt(), renewable.toBigInt()], [0n, amount]);
    assert.equal(kept.item.toUtf8(), 'vault 0xbeef');
    const same = ['claimWindow', 'deductible', 'cancellationFee'];
    assert.deepEqual(numbers(kept.terms, ...same), numbers(offer, ...same));
    assert.equal(kept.terms.optimisticLimit.toBigInt(), limits.optimistic);
    assert.equal((await quote(dollars(10))).limitLeft.toBigInt(), LIMIT - amount);
    first = { id, amount, end, start: kept.start.toNumber() };
  });

  await chapter('the price is what the highest price may be, and not a unit less', async () => {
    const good = await order(dollars(500));
    const limit = good.maxPremium.toBigInt();
    // The price falls until a block has them. There each offers a unit more than the one before, and the first that is
    // enough is taken; its item tells which.
    const orders = Array.from({ length: 16 }, (_, below) => buy({ ...good, maxPremium: limit - BigInt(below) }, `${below}`));
    const half = (calls) => calls.length / 2;
    const firstOf = (calls) =>
      calls.length === 1
        ? calls[0]
        : tx.utility.ifElse(firstOf(calls.slice(0, half(calls))), firstOf(calls.slice(half(calls))));
    const result = await send(api, firstOf([...orders].reverse()), eve, { partly: true });
    const [id] = await sold(result, eve.address, { end: good.end });
    const refused = result.events.filter((event) => kinds.utility.IfElseFallbackCalled.is(event));
    for (const { data } of refused) assert.match(describeError(api, data.mainError), /^cover\.PremiumTooHigh: /);
    assert.ok(refused.length > 0);
    const below = BigInt((await policy(id)).policy.item.toUtf8());
    const { netPremium } = named(eventOf(result.events, kinds.cover.Bought));
    assert.equal(netPremium.toBigInt(), limit - below);
  });

  await chapter('what is wrong with an order is refused with its reason and changes nothing', async (within) => {
    // Somebody without dollars, and somebody without the deposit.
    const [penniless, deposited] = [dave.derive('//penniless'), dave.derive('//deposited')];
    const gifts = [
      tx.balances.transferKeepAlive(penniless.address, 3n * lut),
      tx.balances.transferKeepAlive(deposited.address, lut / 2n),
      tx.assets.transfer(TUSD, deposited.address, dollars(100)),
      // Eve may do everything for Dave.
      tx.proxy.addProxy(eve.address, 'Any', 0),
    ];
    await send(api, tx.utility.batchAll(gifts), dave);

    const amount = dollars(1_000);
    // Of a few days more, for all of this takes its time.
    const offer = await quote(amount, { period: SHORTEST + 3 * day });
    const [fund, end] = [offer.netPremium.toBigInt(), offer.end.toNumber()];
    const good = taking(amount, offer, { maxPremium: amount });
    const order = (changes) => buy({ ...good, ...changes });
    const parts = (...list) => ({ parts: list.map(([pool, amount]) => ({ pool, amount })) });
    const elsewhere = { ...good, ...parts([0, amount]) };
    const broker = (share) => ({ account: bob.address, commission: percent(share) });
    const { cancel, close, propose, renew } = tx.cover;
    const { batchAll } = tx.utility;
    const { burn, create, lockItemTransfer, setMetadata, transfer } = tx.nfts;
    const certificate = [CERTIFICATES, first.id];
    const burned = burn(...certificate);
    const collection = { settings: 0, mintSettings: { mintType: 'Issuer', defaultItemSettings: 0 } };
    await refused(within, [
      ['a lower price than the pools ask', dave, order({ maxPremium: fund / 2n }), /^cover\.PremiumTooHigh: /],
      ['a dearer split', dave, order({ ...parts([1, amount]), maxPremium: fund }), /^cover\.PremiumTooHigh: /],
      ['a broker on top', dave, order({ maxPremium: fund, broker: broker(20) }), /^cover\.PremiumTooHigh: /],
      ['a greedy broker', dave, order({ broker: broker(21) }), /^cover\.CommissionTooHigh: /],
      ['an order that comes too late', dave, order({ deadline: 1 }), /^cover\.DeadlinePassed: /],
      ['too little', dave, order({ amount: dollars(10) - 1n }), /^cover\.AmountTooSmall: /],
      ['more than may be insured', dave, order({ amount: LIMIT - first.amount }), /^cover\.ProductLimitExceeded: /],
      ["another end than a day's", dave, order({ end: end + 1 }), /^cover\.NotADaysEnd: /],
      ['too short a period', dave, order({ end: end - 5 * day }), /^cover\.PeriodTooShort: /],
      ['too long a period', dave, order({ end: end + LONGEST - SHORTEST }), /^cover\.PeriodTooLong: /],
      ['a pool twice', dave, order(parts([0, 1n], [0, amount - 1n])), /^cover\.DuplicatePool: /],
      ['parts of less than all', dave, order(parts([0, amount - 1n])), /^cover\.PartsDoNotAddUp: /],
      ['a pool that is not there', dave, order(parts([9, amount])), /^pools\.UnknownPool: /],
      ['a pool without such a line', dave, tx.cover.buy(1, USD, elsewhere, ''), /^pools\.NoSuchLine: /],
      ['a buyer without dollars', penniless, order({}), /^Token\.FundsUnavailable$/],
      ['a buyer without the deposit', deposited, order({}), /^cover\.DepositNotThere: /],
      ['a proposer without the deposit', penniless, propose(proposal), /^cover\.DepositNotThere: /],
      ['two of which one fails', dave, batchAll([order({}), order({ maxPremium: 1 })]), /^cover\.PremiumTooHigh: /],
      ["another's policy cancelled", eve, cancel(first.id), /^cover\.NotTheHolder: /],
      ["another's policy renewed", eve, renew(first.id, good), /^cover\.NotTheHolder: /],
      ['more renewed', dave, renew(first.id, { ...good, amount: first.amount + 1n }), /^cover\.RenewalTooLarge: /],
      ['a policy in force, closed', eve, close(first.id), /^cover\.ClaimWindowOpen: /],
      ['a certificate burned by its owner', dave, burned, /^system\.CallFiltered: /],
      ['burned in a batch', dave, batchAll([burned]), /^system\.CallFiltered: /],
      ['burned by a proxy', eve, tx.proxy.proxy(dave.address, 'Any', burned), /^system\.CallFiltered: /],
      ['taken by a stranger', eve, transfer(...certificate, eve.address), /^nfts\.NoPermission: /],
      ['rewritten by its owner', dave, setMetadata(...certificate, 'all is insured'), /^nfts\.NoPermission: /],
      ['locked by its owner', dave, lockItemTransfer(...certificate), /^nfts\.NoPermission: /],
      ['a collection that looks like ours', dave, create(dave.address, collection), /^BadOrigin$/],
    ]);
  });

  await chapter("the certificate is an item like any other, and says in a wallet's words what it is", async () => {
    const { data } = (await api.query.nfts.itemMetadataOf(CERTIFICATES, first.id)).unwrap();
    const date = (seconds) => new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');
    const period = `${date(first.start)} to ${date(first.end)} UTC`;
    assert.equal(data.toUtf8(), `Lutine cover 0: ${NAME} (product ${PRODUCT}), 100000 tUSD, ${period}`);
    assert.deepEqual(await policiesOf(dave), [first.id]);
  });

  await chapter('Dave gives it to Ferdie, and the cover with it', async (within) => {
    await send(api, tx.nfts.transfer(CERTIFICATES, first.id, ferdie.address), dave);
    assert.deepEqual([await policiesOf(dave), await policiesOf(ferdie)], [[], [first.id]]);
    const { holder, policy: kept } = await policy(first.id);
    // Who bought it gets the deposit, and nothing else.
    assert.ok(holder.eq(ferdie.address) && kept.buyer.eq(dave.address));
    await refused(within, [
      ['its old holder cannot cancel it', dave, tx.cover.cancel(first.id), /^cover\.NotTheHolder: /],
      ['nor renew it', dave, tx.cover.renew(first.id, await order(dollars(1_000))), /^cover\.NotTheHolder: /],
      ['nor take it back', dave, tx.nfts.transfer(CERTIFICATES, first.id, dave.address), /^nfts\.NoPermission: /],
    ]);
  });

  let renewal;
  await chapter('Ferdie renews it, and is not without cover for a second', async () => {
    // Before that, the new one's own waiting period would be over earlier.
    await untilTime(api, first.end - WAITING);
    const amount = dollars(60_000);
    const good = await order(amount);
    const result = await send(api, tx.cover.renew(first.id, good), ferdie);
    [renewal] = await sold(result, ferdie.address, { end: good.end, start: first.end });
    assert.equal(named(eventOf(result.events, kinds.cover.Renewed)).by.toNumber(), renewal);
    assert.equal((await policy(renewal)).policy.item.toUtf8(), 'vault 0xbeef');
    assert.deepEqual(await policiesOf(ferdie), [first.id, renewal]);
    const left = (await policy(first.id)).renewable.toBigInt();
    assert.equal(left, first.amount - amount);
    const more = tx.cover.renew(first.id, { ...good, amount: left + 1n });
    await refuses(send(api, more, ferdie), /^cover\.RenewalTooLarge: /);
  });

  await chapter('Ferdie cancels the old one: he is refunded to the second, and it is gone', async (within) => {
    const price = 10n * lut;
    await send(api, tx.nfts.setPrice(CERTIFICATES, first.id, price, null), ferdie);
    const { item, itemMetadataOf, itemPriceOf } = api.query.nfts;
    assert.ok((await itemPriceOf(CERTIFICATES, first.id)).isSome);
    const result = await send(api, tx.cover.cancel(first.id), ferdie);
    const [before, after] = await around(result);
    // All that it takes is what the policy keeps.
    const { allocations, terms, end } = (await before.query.cover.policies(first.id)).unwrap();
    const refunds = async (number) => {
      const seconds = end.toBigInt() - BigInt(await timeAt(api, number));
      return allocations.map(({ rate }) => {
        const unearned = (rate.toBigInt() * seconds) >> 32n;
        return unearned - ceilDiv(unearned * terms.cancellationFee.toBigInt(), BILLION);
      });
    };
    const expected = await refunds(result.block.number);
    first.refund = sum(expected);
    const { refund } = numbers(named(eventOf(result.events, kinds.cover.Cancelled)), 'refund');
    assert.equal(refund, first.refund);
    const parts = result.events.filter((event) => kinds.pools.Cancelled.is(event)).map(named);
    assert.deepEqual(parts.map((part) => part.refund.toBigInt()), expected);
    assert.equal((await moved(result, ferdie)).usd, refund);
    // He had been told.
    const told = sum(await refunds(result.block.number - 1));
    assert.equal((await policy(first.id, before)).refund.unwrap().toBigInt(), told);
    assert.equal(sum(await exposures(before)) - sum(await exposures(after)), first.amount);

    // Nothing was awarded under it, so it is closed with that: who bought it has the deposit again.
    assert.equal(eventOf(result.events, kinds.cover.Closed).data.policy.toNumber(), first.id);
    assert.deepEqual(await moved(result, dave), { free: lut, held: -lut, usd: 0n });
    for (const kept of [item, itemMetadataOf, itemPriceOf]) assert.ok((await kept(CERTIFICATES, first.id)).isNone);
    assert.ok((await api.call.coverApi.policy(first.id)).isNone);
    assert.deepEqual(await policiesOf(ferdie), [renewal]);
    await refused(within, [
      ['nobody can be sold it', eve, tx.nfts.buyItem(CERTIFICATES, first.id, price), /^nfts\.UnknownItem: /],
      ['it cannot be cancelled again', ferdie, tx.cover.cancel(first.id), /^cover\.UnknownPolicy: /],
      ['nor renewed', ferdie, tx.cover.renew(first.id, await order(dollars(100))), /^cover\.UnknownPolicy: /],
      ['nor closed', eve, tx.cover.close(first.id), /^cover\.UnknownPolicy: /],
    ]);
  });

  await chapter('Eve buys for Charlie, whose proxy she is for cover alone', async (within) => {
    await send(api, tx.proxy.addProxy(eve.address, 'Cover', 0), charlie);
    const acting = (call) => tx.proxy.proxy(charlie.address, 'Cover', call);
    const good = await order(dollars(20_000));
    const result = await send(api, acting(buy(good)), eve);
    const [id] = await sold(result, charlie.address, { end: good.end });
    assert.equal((await moved(result, eve)).usd, 0n);
    const away = tx.nfts.transfer(CERTIFICATES, id, eve.address);
    await refused(within, [
      ['she cannot have the certificate', eve, acting(away), /^system\.CallFiltered: /],
      ['nor in a batch', eve, acting(tx.utility.batchAll([away])), /^system\.CallFiltered: /],
      ['nor his money', eve, acting(tx.assets.transfer(TUSD, eve.address, 1)), /^system\.CallFiltered: /],
      ['nor more than he said', eve, tx.proxy.proxy(charlie.address, 'Any', away), /^proxy\.NotProxy: /],
    ]);
  });

  await chapter('Eve and Ferdie buy together', async () => {
    const { asMulti } = tx.multisig;
    // A second signature takes its time, which a quote has.
    const good = await order(dollars(20_000));
    const call = buy(good);
    const { weight } = await call.paymentInfo(eve);
    const approved = await send(api, asMulti(2, [ferdie.address], null, call, weight), eve);
    const ours = eventOf(approved.events, kinds.multisig.NewMultisig).data.multisig.toString();
    const gifts = [tx.balances.transferKeepAlive(ours, 3n * lut), tx.assets.transfer(TUSD, ours, dollars(10))];
    await send(api, tx.utility.batchAll(gifts), dave);
    const when = { height: approved.block.number, index: approved.index };
    const result = await send(api, asMulti(2, [eve.address], when, call, weight), ferdie);
    assert.deepEqual(await policiesOf({ address: ours }), await sold(result, ours, { end: good.end }));
  });

  await chapter('two purchases in one batch, the second dearer than the first', async () => {
    const amount = dollars(10_000);
    // Of one pool and a size the second costs more.
    const changes = { parts: [{ pool: 0, amount }], maxPremium: amount };
    const each = { ...(await order(amount)), ...changes };
    const result = await send(api, tx.utility.batchAll([buy(each, 'vault 0'), buy(each, 'vault 1')]), aliceStash);
    const ids = await sold(result, aliceStash.address, { end: each.end });
    assert.deepEqual(await policiesOf(aliceStash), ids);
    const [one, two] = await Promise.all(ids.map(async (id) => (await policy(id)).policy));
    assert.ok(one.netPremium.lt(two.netPremium));
    assert.deepEqual([one.item.toUtf8(), two.item.toUtf8()], ['vault 0', 'vault 1']);
  });

  await chapter('the committee pauses the product, and resumes it', async (within) => {
    const amount = dollars(10_000);
    const good = await order(amount);
    await motion(api, tx.cover.pause(PRODUCT), [alice, bob]);
    assert.deepEqual([(await product()).status.type, await available()], ['Paused', 0n]);
    await refuses(quote(amount), /^cover\.ProductPaused: /);
    await refused(within, [
      ['no purchase', dave, buy(good), /^cover\.ProductPaused: /],
      ['no renewal', ferdie, tx.cover.renew(renewal, good), /^cover\.ProductPaused: /],
    ]);
    // Who has cover may still leave.
    assert.ok((await policy(renewal)).refund.isSome);

    await motion(api, tx.cover.resume(PRODUCT), [alice, bob]);
    const broker = { account: bob.address, commission: percent(10) };
    const again = await order(amount);
    const maxPremium = ceilDiv(again.maxPremium.toBigInt() * 11n, 10n);
    const result = await send(api, buy({ ...again, maxPremium, broker }), dave);
    await sold(result, dave.address, { end: again.end, commission: broker.commission });
    const commission = named(eventOf(result.events, kinds.cover.Bought)).commission.toBigInt();
    assert.ok(commission > 0n);
    assert.equal((await moved(result, bob)).usd, commission);
  });

  await chapter('the track record is what happened, and all of it decodes to the byte', async () => {
    await storageDecodes(api, {
      cover: ['groups', 'products', 'nextProduct', 'policies', 'nextPolicy', 'productPolicies', 'records'],
      nfts: ['collection', 'item', 'itemMetadataOf', 'account'],
    });
    const events = await blocksDecode(api);
    const all = (kind) => events.filter((event) => kind.is(event)).map(named);
    const total = (told, name) => sum(told.map((each) => each[name]));
    const bought = all(kinds.cover.Bought);
    const happened = {
      sold: BigInt(bought.length),
      open: BigInt(bought.length - all(kinds.cover.Closed).length),
      insured: total(bought, 'amount'),
      netPremiums: total(bought, 'netPremium'),
      commissions: total(bought, 'commission'),
      refunds: total(all(kinds.cover.Cancelled), 'refund'),
      awards: 0n,
    };
    assert.deepEqual([happened.sold, happened.open, happened.refunds], [8n, 7n, first.refund]);
    const [told, ...others] = await api.call.coverApi.trackRecord(PRODUCT);
    assert.deepEqual([told.asset.asWithId.toNumber(), others], [TUSD, []]);
    assert.deepEqual(numbers(told.record, ...Object.keys(happened)), happened);
    assert.equal(told.inForce.toBigInt(), happened.insured - first.amount);
    assert.equal(told.inForce.toBigInt(), sum(await exposures()));
    // Nothing else was sold on this chain.
    assert.equal(JSON.stringify(await api.call.coverApi.trackRecord(null)), JSON.stringify([told]));
    // Nobody can lose a policy: there are as many certificates as are open.
    assert.equal((await api.query.nfts.collection(CERTIFICATES)).unwrap().items.toBigInt(), happened.open);
    assert.equal((await api.query.cover.policies.keys()).length, Number(happened.open));
    // What the pools took in is what buyers paid and was not refunded.
    const books = await Promise.all(POOLS.map((_, pool) => api.query.pools.pools(pool)));
    const taken = books.map((book) => book.unwrap().totals);
    assert.deepEqual([total(taken, 'premiums'), total(taken, 'refunded')], [happened.netPremiums, happened.refunds]);
  });
};

onChain("a policy's life", body, { timeout: 240_000 });
