import assert from 'node:assert/strict';
import {
  assetBalance,
  balances,
  describeError,
  eventOf,
  eventsAt,
  formatUnits,
  height,
  motion,
  native,
  parameters,
  send,
  timeAt,
  untilTime,
  view,
} from '../lib/chain.mjs';
import { onChain, refuses } from './support.mjs';

const TUSD = 1;
const USD = { WithId: TUSD };
const dollars = (whole) => BigInt(whole) * 1_000_000n;

/** Calls take shares of something in billionths. */
const percent = (whole) => whole * 10_000_000;
/** Rates and prices have 18 decimals. */
const fixedPercent = (whole) => BigInt(whole) * 10n ** 16n;

/** The collection of certificates. */
const CERTIFICATES = 0;
/** The product that is proposed first, and what it says of itself. */
const PRODUCT = 5;
const NAME = 'Kelp staking';
const GROUP = 120;
const SHORTEST = 280;
/** Nearly as long as the shortest period, so that a policy can be renewed without a gap soon after its purchase. */
const WAITING = 275;
const DEDUCTIBLE = 5;
/** Each pool may write half of what it has. */
const POOLS = [
  { fee: percent(10), rate: fixedPercent(10), capital: dollars(400_000) },
  { fee: 0, rate: fixedPercent(15), capital: dollars(200_000) },
];
const LIMIT = dollars(400_000);

onChain(
  "a policy's life",
  async ({ t, api, who }) => {
    const { alice, bob, charlie, dave, eve, ferdie, aliceStash } = who;
    const { tx, events: kinds } = api;
    const lut = native(api, 1);
    const day = (await api.query.clock.settings()).accountingDay.toNumber();
    const terms = await parameters(api, 'Cover');
    const [pricing, cuts] = [await parameters(api, 'Pricing'), await parameters(api, 'Pools')];

    // Every chapter builds on those before it: the first that fails is the last.
    const chapter = async (name, body) => {
      let failure;
      await t.test(name, async (within) => {
        try {
          await body(within);
        } catch (error) {
          failure = error;
          throw error;
        }
      });
      if (failure) throw new Error(`the story ends with: ${name}`);
    };

    // -- What users ask and order

    const now = async () => timeAt(api, await height(api));
    /** The answer to a question that may have none, for the reason that it throws. */
    const answered = (result) => {
      if (result.isErr) throw new Error(describeError(api, result.asErr));
      return result.asOk;
    };
    const quote = async (amount, period, { product = PRODUCT, asset = USD, at = api } = {}) =>
      answered(await at.call.coverApi.quote(product, asset, amount, period));
    /** A day's end that an order of this period still has when it is a few seconds on its way. */
    const term = async (longer = 0) => {
      const asked = await now();
      const end = Math.ceil((asked + SHORTEST + day - 1 + longer) / day) * day;
      return { end, period: end - (day - 1) - asked };
    };
    const ordered = (amount, period, { parts, netPremium }, changes = {}) => ({
      amount,
      period,
      // What else a quote tells of its parts is not ordered.
      parts: parts.map(({ pool, amount }) => ({ pool, amount })),
      maxPremium: netPremium,
      deadline: null,
      broker: null,
      ...changes,
    });
    /** The order that takes the cheapest quote. */
    const order = async (amount, changes = {}) => {
      const { end, period } = await term();
      return { end, order: ordered(amount, period, await quote(amount, period), changes) };
    };
    const buy = (order, item = 'vault 0xbeef') => tx.cover.buy(PRODUCT, USD, order, item);
    const policy = async (id, at = api) => (await at.call.coverApi.policy(id)).unwrap();
    const policiesOf = async ({ address }) =>
      (await api.call.coverApi.policiesOf(address)).map((id) => id.toNumber());
    const record = async () => (await api.call.coverApi.trackRecord(PRODUCT))[0];
    const holderOf = async (id) => (await api.query.nfts.item(CERTIFICATES, id)).unwrap().owner.toString();
    const exposures = async (at = api) =>
      (await Promise.all(POOLS.map((_, pool) => at.query.pools.lines(pool, PRODUCT)))).map((line) =>
        line.unwrap().exposure.toBigInt(),
      );

    // -- What they can check

    /** The state before a block and the state after it. */
    const around = async ({ block }) => {
      const { parentHash } = await api.rpc.chain.getHeader(block.hash);
      return [await api.at(parentHash), await api.at(block.hash)];
    };
    /** What a pool asks, as its books are. Its line on the product holds all that it does. */
    const priceOf = (pool, amount, seconds, books) =>
      premiums({
        ...books,
        amount,
        pricing,
        cuts: [cuts.reserveCut, cuts.treasuryCut, POOLS[pool].fee].map((cut) => BigInt(cut)),
        seconds: BigInt(seconds),
        window: terms.claimWindow.toBigInt(),
      });

    /**
     * Computes again what each part that was sold in a block costs in the state it was sold in. Of that the chain keeps
     * nothing, but the books after it tell, last part first. Returns how many parts that were.
     */
    const recompute = async (at) => {
      const time = Math.floor((await at.query.timestamp.now()).toNumber() / 1_000);
      const risk = (await view(at, 'Pricing', 'risk', PRODUCT)).unwrap();
      const books = await Promise.all(
        POOLS.map(async (_, pool) => {
          const [{ capital, unearned, exposure: sum }, line, group] = [
            (await at.query.pools.pools(pool)).unwrap(),
            (await at.query.pools.lines(pool, PRODUCT)).unwrap(),
            await at.query.pools.groups(pool, GROUP),
          ];
          assert.deepEqual([sum.toBigInt(), group.toBigInt()], [line.exposure.toBigInt(), line.exposure.toBigInt()]);
          return {
            capital: capital.toBigInt(),
            unearned: unearned.toBigInt(),
            exposure: line.exposure.toBigInt(),
            weight: line.weight.toBigInt(),
            rate: line.rate.toBigInt(),
          };
        }),
      );
      const written = (await at.query.system.events())
        .map(({ event }) => event)
        .filter((event) => kinds.pools.Written.is(event))
        .map(named);
      for (const part of [...written].reverse()) {
        const { pool, amount, premium, end } = fields(part, 'pool', 'amount', 'premium', 'end');
        const book = books[Number(pool)];
        const seconds = end - BigInt(time);
        const stream = ((premium << 32n) / seconds) * seconds;
        // Less than a unit is lost to the stream, and is capital at once.
        const dust = premium - ((book.unearned >> 32n) - ((book.unearned - stream) >> 32n));
        assert.ok(dust === 0n || dust === 1n);
        book.unearned -= stream;
        book.capital -= dust;
        book.exposure -= amount;
        const price = priceOf(Number(pool), amount, seconds, {
          capacity: (book.capital * book.weight) / BILLION,
          free: book.capital,
          exposure: book.exposure,
          rate: book.rate,
          probability: risk.probability.toBigInt(),
        });
        assert.equal(premium, price.net, `part of pool ${pool}`);
      }
      return written.length;
    };

    /**
     * Checks all that must be true of purchases in a transaction, and returns their policies: who pays holds them, and
     * nobody pays a unit more or less than the books ask.
     */
    const sold = async (result, holder, { end, start, broker } = {}) => {
      const [before, after] = await around(result);
      const time = await timeAt(api, result.block.number);
      const ids = [];
      let [written, paid, counted] = [[], 0n, 0];
      for (const event of result.events) {
        if (kinds.pools.Written.is(event)) written.push(named(event));
        if (!kinds.cover.Bought.is(event)) continue;
        const bought = named(event);
        const { amount, netPremium: net, commission } = fields(bought, 'amount', 'netPremium', 'commission');
        assert.equal(bought.product.toNumber(), PRODUCT);
        assert.ok(bought.holder.eq(holder));
        assert.equal(bought.asset.asWithId.toNumber(), TUSD);
        assert.equal(net, sum(written.map(({ premium }) => premium)));
        assert.equal(amount, sum(written.map((part) => part.amount)));
        assert.equal(commission, broker ? ceilDiv(net * BigInt(broker.commission), BILLION) : 0n);
        const [begins, ends] = [bought.start.toNumber(), bought.end.toNumber()];
        assert.equal(begins, start ?? time + WAITING);
        assert.equal(ends % day, 0);
        if (end) assert.equal(ends, end);

        const id = bought.policy.toNumber();
        const stored = (await after.query.cover.policies(id)).unwrap();
        assert.deepEqual(
          fields(stored, 'product', 'amount', 'awarded', 'netPremium', 'commission', 'bought', 'start', 'end'),
          {
            product: BigInt(PRODUCT),
            amount,
            awarded: 0n,
            netPremium: net,
            commission,
            bought: BigInt(time),
            start: BigInt(begins),
            end: BigInt(ends),
          },
        );
        assert.deepEqual([stored.buyer.toString(), stored.deposit.toBigInt()], [`${holder}`, lut]);
        // What a pool stands behind, and what it earns a second for it.
        assert.deepEqual(
          stored.allocations.map((each) => fields(each, 'pool', 'amount', 'rate')),
          written.map(({ pool, amount, premium }) => ({
            pool: pool.toBigInt(),
            amount: amount.toBigInt(),
            rate: (premium.toBigInt() << 32n) / BigInt(ends - time),
          })),
        );
        assert.ok((await after.query.nfts.item(CERTIFICATES, id)).unwrap().owner.eq(holder));
        assert.equal((await policy(id, after)).state.type, 'Active');
        ids.push(id);
        counted += written.length;
        [paid, written] = [paid + net + commission, []];
      }
      assert.ok(ids.length > 0);
      // The sums that left, and the deposits.
      const [had, has] = [await balances(before, holder), await balances(after, holder)];
      assert.equal((await assetBalance(before, TUSD, holder)) - (await assetBalance(after, TUSD, holder)), paid);
      assert.equal(has.held - had.held, lut * BigInt(ids.length));
      assert.equal(await recompute(after), counted);
      return ids;
    };

    /** All are refused, each for its reason, and leave everything as it was. At once, so that it takes no longer. */
    const allRefused = async (within, cases) => {
      const untouched = await stored(api);
      const nonces = new Map();
      for (const [, { address }] of cases) {
        if (!nonces.has(address)) nonces.set(address, (await api.rpc.system.accountNextIndex(address)).toNumber());
      }
      const outcomes = await Promise.allSettled(
        cases.map(([, signer, call, expected]) => {
          const nonce = nonces.get(signer.address);
          nonces.set(signer.address, nonce + 1);
          return refuses(send(api, call, signer, { nonce }), expected);
        }),
      );
      for (const [index, [name]] of cases.entries()) {
        await within.test(name, () => outcomes[index].status === 'rejected' && assert.fail(outcomes[index].reason));
      }
      assert.deepEqual(await stored(api), untouched);
    };

    // -- The story

    await chapter('a client knows everything of cover from the metadata', () => {
      const questions = ['policiesOf', 'policy', 'product', 'products', 'quote', 'trackRecord'];
      assert.deepEqual(Object.keys(api.call.coverApi).sort(), questions);
      const typed = (type, ...value) => api.registry.createType(api.registry.createLookupType(type), ...value);
      const said = (docs, where) => assert.ok(docs.join('').trim(), `${where} explains itself`);
      const { methods } = api.registry.metadata.apis.find(({ name }) => name.eq('CoverApi'));
      for (const { name, docs, inputs, output } of methods) {
        said(docs, name);
        for (const type of [...inputs.map((input) => input.type), output]) {
          assert.doesNotThrow(() => typed(type), `${name}`);
        }
      }
      const pallet = api.registry.metadata.pallets.find(({ name }) => name.eq('Cover'));
      for (const { name, docs, type, value } of pallet.constants) {
        said(docs, name);
        assert.equal(hex(typed(type, value.toU8a(true))), value.toHex(), `${name}`);
      }
      for (const { name, docs } of pallet.storage.unwrap().items) said(docs, name);
      for (const variants of [pallet.calls, pallet.events, pallet.errors]) {
        const { type } = variants.unwrap();
        for (const { name, docs, fields } of api.registry.lookup.getSiType(type).def.asVariant.variants) {
          said(docs, name);
          for (const field of fields) {
            // Clients address arguments and event data by these names.
            assert.ok(field.name.isSome, `${name}`);
            assert.doesNotThrow(() => typed(field.type), `${name}.${field.name}`);
          }
        }
      }
    });

    await chapter('a new chain tells what it insures', async () => {
      assert.deepEqual((await api.call.coverApi.products()).map((id) => id.toNumber()), [1, 2, 3, 4]);
      const lending = (await api.call.coverApi.product(1)).unwrap();
      assert.deepEqual([lending.name.toUtf8(), lending.status.type], ['Example lending', 'Listed']);
      assert.equal((await api.query.cover.groups(lending.group.unwrap())).unwrap().toUtf8(), 'Example lending');
      assert.equal((await api.query.nfts.collection(CERTIFICATES)).unwrap().items.toNumber(), 0);
      // Of what no pool underwrites there is nothing to be had.
      await refuses(quote(dollars(100), SHORTEST, { product: 1 }), /^cover\.NotEnoughCapacity: /);
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
        maxPeriod: 3_650,
        deductible: percent(DEDUCTIBLE),
      },
    };

    await chapter('Eve proposes a product, and her deposit is on hold', async () => {
      const deposit = terms.productDeposit.toBigInt();
      assert.equal(deposit, native(api, 100));
      const before = await balances(api, eve);
      const { events, fee } = await send(api, tx.cover.propose(proposal), eve);
      const proposed = named(eventOf(events, kinds.cover.Proposed));
      assert.deepEqual([proposed.product.toNumber(), proposed.name.toUtf8()], [PRODUCT, NAME]);
      assert.ok(proposed.who.eq(eve.address));

      assert.deepEqual(await balances(api, eve), {
        free: before.free - deposit - fee,
        held: before.held + deposit,
        frozen: before.frozen,
        total: before.total - fee,
      });
      const [hold] = await api.query.balances.holds(eve.address);
      assert.deepEqual([hold.id.type, hold.id.inner.type], ['Cover', 'Proposal']);

      const product = (await api.call.coverApi.product(PRODUCT)).unwrap();
      const { proposer, deposit: held, class: kind, codeHash } = product.status.asProposed;
      assert.ok(proposer.eq(eve.address));
      assert.deepEqual([held.toBigInt(), kind.type, codeHash.toHex()], [deposit, 'Staking', proposal.codeHash]);
      assert.ok(product.group.isNone);
      // A claim window of its own it did not ask for.
      assert.deepEqual([product.waitingPeriod.toNumber(), product.claimWindow.toNumber()], [WAITING, 35 * day]);
      assert.equal(product.conditions.uri.toUtf8(), proposal.conditions.uri);
    });

    await chapter('that is all that anybody can do without the technical committee', async (within) => {
      const { registerGroup, list, pause, resume, amend, delist, withdrawProposal } = tx.cover;
      const early = { amount: dollars(100), period: SHORTEST, parts: [] };
      const line = [tx.pools.create(USD, 0), tx.pools.setLine(0, PRODUCT, percent(50), fixedPercent(10))];
      const other = (changes) => tx.cover.propose({ ...proposal, ...changes });
      const conditions = (changes) => other({ conditions: { ...proposal.conditions, ...changes } });
      const asset = (changes) => conditions({ assets: [{ ...limits, ...changes }] });
      const parametric = { feed: TUSD, averaging: 3, observation: 3, table: [[fixedPercent(95), 20]] };
      const trigger = (changes) => other({ trigger: { Parametric: { ...parametric, ...changes } } });
      await send(api, tx.assets.create(77, bob.address, 1), bob);
      await allRefused(within, [
        ['a group registered by anyone', eve, registerGroup(GROUP, 'Kelp'), /^BadOrigin$/],
        ['a product listed by its proposer', eve, list(PRODUCT, 11), /^BadOrigin$/],
        ['a product listed by one of the committee', alice, list(PRODUCT, 11), /^BadOrigin$/],
        ['a product paused by anyone', dave, pause(1), /^BadOrigin$/],
        ['a product resumed by anyone', dave, resume(1), /^BadOrigin$/],
        ['a product amended by anyone', dave, amend(1, proposal.conditions), /^BadOrigin$/],
        ['a product delisted by anyone', dave, delist(PRODUCT), /^BadOrigin$/],
        ['a proposal withdrawn by another', dave, withdrawProposal(PRODUCT), /^cover\.NotTheProposer: /],
        ['a listed product withdrawn', eve, withdrawProposal(1), /^cover\.AlreadyListed: /],
        ['a line on what is not listed', alice, tx.utility.batchAll(line), /^pools\.UnknownProduct: /],
        ['a purchase of what is not listed', dave, buy(early), /^cover\.NotListed: /],
        ['a product without a name', eve, other({ name: ' ' }), /^cover\.BadName: /],
        ['a name that is not text', eve, other({ name: '0xff' }), /^cover\.BadName: /],
        ['limits that contradict each other', eve, asset({ min: LIMIT + 1n }), /^cover\.BadLimits: /],
        ['an asset twice', eve, conditions({ assets: [limits, limits] }), /^cover\.DuplicateAsset: /],
        ['an asset that no account exists by', eve, asset({ asset: { WithId: 77 } }), /^cover\.AssetNotSufficient: /],
        ["periods below the chain's", eve, conditions({ minPeriod: SHORTEST - 1 }), /^cover\.BadPeriods: /],
        ['a waiting period as long as cover', eve, other({ waitingPeriod: SHORTEST }), /^cover\.BadPeriods: /],
        ['an endless waiting period', eve, other({ waitingPeriod: 100_000_000 }), /^cover\.BadWaitingPeriod: /],
        ['no claim window', eve, other({ claimWindow: 0 }), /^cover\.BadClaimWindow: /],
        ['a deductible above everything', eve, conditions({ deductible: percent(100) + 1 }), /^cover\.BadDeductible: /],
        ['a trigger that looks at nothing', eve, trigger({ averaging: 0 }), /^cover\.BadTrigger: /],
        ['a trigger that looks back too far', eve, trigger({ averaging: 28 }), /^cover\.BadWaitingPeriod: /],
      ]);
    });

    await chapter('two of the three of the committee list it, and Eve has her deposit again', async () => {
      const before = await balances(api, eve);
      const calls = tx.utility.batchAll([tx.cover.registerGroup(GROUP, 'Kelp'), tx.cover.list(PRODUCT, GROUP)]);
      const { events } = await motion(api, calls, [alice, charlie]);
      const registered = named(eventOf(events, kinds.cover.GroupRegistered));
      assert.deepEqual([registered.group.toNumber(), registered.name.toUtf8()], [GROUP, 'Kelp']);
      const listed = named(eventOf(events, kinds.cover.Listed));
      assert.deepEqual([listed.product.toNumber(), listed.group.toNumber()], [PRODUCT, GROUP]);

      const deposit = terms.productDeposit.toBigInt();
      assert.deepEqual(await balances(api, eve), {
        ...before,
        free: before.free + deposit,
        held: before.held - deposit,
      });
      assert.equal((await api.query.balances.holds(eve.address)).length, 0);
      const product = (await api.call.coverApi.product(PRODUCT)).unwrap();
      assert.deepEqual([product.status.type, product.group.unwrap().toNumber()], ['Listed', GROUP]);
    });

    await chapter('Alice and Bob open lines on it at prices of their own, and Charlie trusts them both', async () => {
      for (const [pool, manager] of [alice, bob].entries()) {
        const { fee, rate } = POOLS[pool];
        const calls = [tx.pools.create(USD, fee), tx.pools.setLine(pool, PRODUCT, percent(50), rate)];
        const { events } = await send(api, tx.utility.batchAll(calls), manager);
        assert.equal(eventOf(events, kinds.pools.Created).data.pool.toNumber(), pool);
      }
      // Lines without money behind them sell nothing.
      await refuses(quote(dollars(100), SHORTEST), /^cover\.NotEnoughCapacity: /);
      const deposits = POOLS.map(({ capital }, pool) => tx.pools.deposit(pool, capital, 0, null));
      await send(api, tx.utility.batchAll(deposits), charlie);
      assert.deepEqual(await exposures(), [0n, 0n]);
    });

    await chapter('a quote tells the cheapest split and all that is behind it', async (within) => {
      const amount = dollars(100_000);
      const { end, period } = await term();
      const hash = await api.rpc.chain.getBlockHash();
      const at = await api.at(hash);
      const time = Math.floor((await at.query.timestamp.now()).toNumber() / 1_000);
      const offer = await quote(amount, period, { at });
      const net = offer.netPremium.toBigInt();
      assert.deepEqual(fields(offer, 'start', 'end', 'claimWindow', 'deductible', 'deposit', 'limitLeft'), {
        start: BigInt(time + WAITING),
        end: BigInt(end),
        claimWindow: BigInt(35 * day),
        deductible: (amount * BigInt(DEDUCTIBLE)) / 100n,
        deposit: lut,
        limitLeft: LIMIT,
      });
      assert.equal(offer.cancellationFee.toNumber(), percent(10));
      const share = (net * UNIT) / amount;
      assert.equal(offer.yearly.toBigInt(), (share * UNIT) / ((BigInt(end - time) * UNIT) / YEAR));

      // Both pools take part, the cheaper one with more, and each asks what it must.
      assert.deepEqual(offer.parts.map(({ pool }) => pool.toNumber()), [0, 1]);
      assert.equal(sum(offer.parts.map((part) => part.amount)), amount);
      assert.equal(sum(offer.parts.map((part) => part.netPremium)), net);
      const books = offer.parts.map((part, pool) => {
        const figures = fields(part, 'capacity', 'freeCapital', 'exposure', 'rate', 'probability');
        const { capital, rate } = POOLS[pool];
        assert.deepEqual([figures.capacity, figures.freeCapital, figures.exposure], [capital / 2n, capital, 0n]);
        // 1.2 percent for its class, half as much again for want of an audit.
        assert.equal(figures.probability, fixedPercent(9) / 5n);
        // Nobody has bought, so the rates have begun to fall, by little in seconds.
        assert.ok(figures.rate <= rate && figures.rate > rate - rate / 10_000n);
        return { ...figures, free: figures.freeCapital };
      });
      const price = (pool, amount) => priceOf(pool, amount, end - time, books[pool]);
      for (const [pool, part] of offer.parts.entries()) {
        const { technical, market, net } = price(pool, part.amount.toBigInt());
        assert.deepEqual(fields(part, 'technical', 'market', 'netPremium'), { technical, market, netPremium: net });
      }
      // No other split that one could think of is cheaper: by less than a unit for each part, which is rounded up.
      const [first, second] = offer.parts.map((part) => part.amount.toBigInt());
      assert.ok(first > second && second > 0n);
      const steps = [1n, 2n, 1_000n, dollars(1), dollars(100), dollars(1_000)];
      for (const moved of [...steps, second, ...steps.map((step) => -step)]) {
        const other = [first + moved, second - moved].map((amount, pool) => (amount ? price(pool, amount).net : 0n));
        assert.ok(other[0] + other[1] + 2n > net, `${other[0] + other[1]} for moving ${moved}, ${net} for the quote`);
      }

      const refused = [
        ['an unknown product', quote(amount, period, { product: 99 }), /^cover\.UnknownProduct: /],
        ['an asset in which it is not sold', quote(amount, period, { asset: 'Native' }), /^cover\.NotSoldInAsset: /],
        ['an asset that is not there', quote(amount, period, { asset: { WithId: 9 } }), /^cover\.NotSoldInAsset: /],
        ['too little', quote(dollars(10) - 1n, period), /^cover\.AmountTooSmall: /],
        ['nothing', quote(0n, period), /^cover\.AmountTooSmall: /],
        ['more than the largest policy', quote(LIMIT + 1n, period), /^cover\.AmountTooLarge: /],
        ['more than the pools can hold', quote(dollars(300_001), period), /^cover\.NotEnoughCapacity: /],
        ['too short a period', quote(amount, SHORTEST - 1), /^cover\.PeriodTooShort: /],
        ['too long a period', quote(amount, 3_651), /^cover\.PeriodTooLong: /],
        ['for ever', quote(amount, 2n ** 64n - 1n), /^cover\.PeriodTooLong: /],
      ];
      const outcomes = await Promise.allSettled(refused.map(([, asked, expected]) => refuses(asked, expected)));
      for (const [index, [name]] of refused.entries()) {
        await within.test(`no quote for ${name}`, () => {
          if (outcomes[index].status === 'rejected') assert.fail(outcomes[index].reason);
        });
      }
    });

    let first;
    await chapter('Dave buys what he was quoted, and pays exactly what the pools ask', async () => {
      const amount = dollars(100_000);
      const { end, period } = await term();
      const offer = await quote(amount, period);
      const before = await balances(api, dave);
      const deadline = (await now()) + 60;
      const result = await send(api, buy(ordered(amount, period, offer, { deadline })), dave);
      const [id] = await sold(result, dave.address, { end });
      assert.equal(id, 0);

      const bought = named(eventOf(result.events, kinds.cover.Bought));
      const net = bought.netPremium.toBigInt();
      const time = await timeAt(api, result.block.number);
      assert.deepEqual([bought.start.toNumber(), bought.end.toNumber()], [time + WAITING, end]);
      // Time passes and the price falls with it; that it grows with what is sold is for the next one.
      const [parent, block] = await around(result);
      const asked = await quote(amount, end - (await timeAt(api, result.block.number - 1)), { at: parent });
      const again = await quote(amount, end - time, { at: block });
      assert.equal(asked.end.toNumber(), end);
      assert.ok(net <= asked.netPremium.toBigInt() && asked.netPremium.toBigInt() <= offer.netPremium.toBigInt());
      assert.ok(net < again.netPremium.toBigInt());
      // What it fell by is the price of the few seconds in between.
      assert.ok(offer.netPremium.toBigInt() - net < offer.netPremium.toBigInt() / 20n);

      assert.equal(await assetBalance(api, TUSD, dave), dollars(1_000_000) - net);
      assert.deepEqual(await balances(api, dave), {
        free: before.free - lut - result.fee,
        held: before.held + lut,
        frozen: before.frozen,
        total: before.total - result.fee,
      });
      const [hold] = await api.query.balances.holds(dave.address);
      assert.deepEqual([hold.id.type, hold.id.inner.type], ['Cover', 'Policy']);

      const parts = offer.parts.map((part) => part.amount.toBigInt());
      assert.deepEqual(await exposures(), parts);
      const report = await policy(id);
      assert.deepEqual([report.state.type, report.arrears.toNumber()], ['Active', 0]);
      assert.ok(report.holder.eq(dave.address));
      assert.equal(report.policy.item.toUtf8(), 'vault 0xbeef');
      assert.deepEqual(fields(report.policy.terms, 'claimWindow', 'deductible', 'optimisticLimit', 'cancellationFee'), {
        claimWindow: BigInt(35 * day),
        deductible: dollars(5_000),
        optimisticLimit: dollars(1_000),
        cancellationFee: BigInt(percent(10)),
      });
      assert.equal((await quote(dollars(10), end - time)).limitLeft.toBigInt(), LIMIT - amount);
      first = { id, amount, net, end, parts, start: bought.start.toNumber() };
    });

    await chapter('the price is what the highest price may be, and not a unit less', async () => {
      const amount = dollars(500);
      const { end, period } = await term();
      const offer = await quote(amount, period);
      const limit = offer.netPremium.toBigInt();
      // The price falls until a block has them. There each offers a unit more, and the first that is enough is taken.
      const orders = Array.from({ length: 16 }, (_, below) =>
        buy(ordered(amount, period, offer, { maxPremium: limit - BigInt(below) })),
      );
      const dear = orders.slice(1).reduce((fallback, call) => tx.utility.ifElse(call, fallback), orders[0]);
      const result = await send(api, dear, eve, { partly: true });
      await sold(result, eve.address, { end });
      const refused = result.events.filter((event) => kinds.utility.IfElseFallbackCalled.is(event));
      for (const { data } of refused) assert.match(describeError(api, data.mainError), /^cover\.PremiumTooHigh: /);
      const lowest = limit - BigInt(orders.length - 1);
      const { netPremium } = named(eventOf(result.events, kinds.cover.Bought));
      assert.ok(refused.length > 0);
      assert.equal(netPremium.toBigInt(), lowest + BigInt(refused.length));
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
      const { end, period } = await term();
      const offer = await quote(amount, period);
      const good = ordered(amount, period, offer, { maxPremium: amount });
      const order = (changes) => buy({ ...good, ...changes });
      const parts = (...list) => order({ parts: list.map(([pool, amount]) => ({ pool, amount })) });
      const [half, most] = [amount / 2n, 2n ** 128n - 1n];
      const fund = offer.netPremium.toBigInt();
      const broker = (share) => ({ account: bob.address, commission: percent(share) });
      const past = (await now()) - 1;
      const { buy: buyOf, cancel, close, renew, pullArrears } = tx.cover;
      const elsewhere = { ...good, parts: [{ pool: 0, amount }] };
      const { batchAll } = tx.utility;
      const asDave = (call, kind = null) => tx.proxy.proxy(dave.address, kind, call);
      const { burn, create, lockItemTransfer, mint, setMetadata, transfer } = tx.nfts;
      const certificate = [CERTIFICATES, first.id];
      const collection = { settings: 0, mintSettings: { mintType: 'Issuer', defaultItemSettings: 0 } };
      await allRefused(within, [
        ['a lower price than the pools ask', dave, order({ maxPremium: fund / 2n }), /^cover\.PremiumTooHigh: /],
        ['nothing for it', dave, order({ maxPremium: 0 }), /^cover\.PremiumTooHigh: /],
        ['an order that comes too late', dave, order({ deadline: past }), /^cover\.DeadlinePassed: /],
        ['an unknown product', dave, buyOf(99, USD, good, ''), /^cover\.UnknownProduct: /],
        ['an asset in which it is not sold', dave, buyOf(PRODUCT, 'Native', good, ''), /^cover\.NotSoldInAsset: /],
        ['too little', dave, order({ amount: dollars(10) - 1n }), /^cover\.AmountTooSmall: /],
        ['too much', dave, order({ amount: LIMIT + 1n }), /^cover\.AmountTooLarge: /],
        ['more than may be insured', dave, order({ amount: LIMIT - first.amount }), /^cover\.ProductLimitExceeded: /],
        ['too short a period', dave, order({ period: SHORTEST - 1 }), /^cover\.PeriodTooShort: /],
        ['too long a period', dave, order({ period: 3_651 }), /^cover\.PeriodTooLong: /],
        ['a purchase without parts', dave, parts(), /^cover\.EmptyPart: /],
        ['a part of nothing', dave, parts([0, amount], [1, 0n]), /^cover\.EmptyPart: /],
        ['a pool twice', dave, parts([0, half], [0, half]), /^cover\.DuplicatePool: /],
        ['parts of less than all', dave, parts([0, amount - 1n]), /^cover\.PartsDoNotAddUp: /],
        ['parts beyond all numbers', dave, parts([0, most], [1, amount + 1n]), /^cover\.PartsDoNotAddUp: /],
        ['a pool that is not there', dave, parts([9, amount]), /^pools\.UnknownPool: /],
        ['a pool without such a line', dave, buyOf(1, USD, elsewhere, ''), /^pools\.NoSuchLine: /],
        ['a greedy broker', dave, order({ broker: broker(21) }), /^cover\.CommissionTooHigh: /],
        ['a broker on top', dave, order({ maxPremium: fund, broker: broker(20) }), /^cover\.PremiumTooHigh: /],
        ['a buyer without dollars', penniless, order({}), /^Token\.FundsUnavailable$/],
        ['a buyer without the deposit', deposited, order({}), /^Token\.FundsUnavailable$/],
        ['two of which one fails', dave, batchAll([order({}), order({ maxPremium: 1 })]), /^cover\.PremiumTooHigh: /],
        ['what is not there, cancelled', dave, cancel(99), /^cover\.UnknownPolicy: /],
        ['what is not there, renewed', dave, renew(99, good), /^cover\.UnknownPolicy: /],
        ['what is not there, closed', dave, close(99), /^cover\.UnknownPolicy: /],
        ['what is not there, paid', dave, pullArrears(99), /^cover\.UnknownPolicy: /],
        ["another's policy cancelled", eve, cancel(first.id), /^cover\.NotTheHolder: /],
        ["another's policy renewed", eve, renew(first.id, good), /^cover\.NotTheHolder: /],
        ['a policy in force, closed', eve, close(first.id), /^cover\.ClaimWindowOpen: /],
        ['more renewed', dave, renew(first.id, { ...good, amount: first.amount + 1n }), /^cover\.RenewalTooLarge: /],
        ['a certificate burned by its owner', dave, burn(...certificate), /^system\.CallFiltered: /],
        ['burned in a batch', dave, batchAll([burn(...certificate)]), /^system\.CallFiltered: /],
        ['burned by a proxy', eve, asDave(burn(...certificate), 'Any'), /^system\.CallFiltered: /],
        ['burned in its batch', eve, asDave(batchAll([burn(...certificate)])), /^system\.CallFiltered: /],
        ['taken by a stranger', eve, transfer(...certificate, eve.address), /^nfts\.NoPermission: /],
        ['rewritten by its owner', dave, setMetadata(...certificate, 'all is insured'), /^nfts\.NoPermission: /],
        ['locked by its owner', dave, lockItemTransfer(...certificate), /^nfts\.NoPermission: /],
        ['made by anyone', dave, mint(CERTIFICATES, 77, dave.address, null), /^nfts\.NoPermission: /],
        ['a collection that looks like ours', dave, create(dave.address, collection), /^BadOrigin$/],
      ]);
      await send(api, tx.proxy.removeProxies(), dave);
    });

    await chapter("the certificate is an item like any other, and says in a wallet's words what it is", async () => {
      const { data } = (await api.query.nfts.itemMetadataOf(CERTIFICATES, first.id)).unwrap();
      const date = (seconds) => new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');
      const insured = `${formatUnits(first.amount, 6).replaceAll(',', '')} tUSD`;
      assert.equal(insured, '100000 tUSD');
      const period = `${date(first.start)} to ${date(first.end)} UTC`;
      assert.equal(data.toUtf8(), `Lutine cover ${first.id}: ${NAME} (product ${PRODUCT}), ${insured}, ${period}`);
      assert.equal(await holderOf(first.id), dave.address);
      assert.deepEqual(await policiesOf(dave), [first.id]);
      const items = await api.query.nfts.account.keys(dave.address, CERTIFICATES);
      assert.deepEqual(items.map(({ args }) => args[2].toNumber()), [first.id]);
      // It cost its buyer the policy's deposit and no other.
      assert.equal((await balances(api, dave)).held, lut);
      assert.ok((await api.query.nfts.collection(CERTIFICATES)).unwrap().ownerDeposit.isZero());
    });

    await chapter('Dave gives it to Ferdie, and the cover with it', async (within) => {
      const { events } = await send(api, tx.nfts.transfer(CERTIFICATES, first.id, ferdie.address), dave);
      const { from, to } = eventOf(events, kinds.nfts.Transferred).data;
      assert.deepEqual([from.toString(), to.toString()], [dave.address, ferdie.address]);
      assert.deepEqual([await policiesOf(dave), await policiesOf(ferdie)], [[], [first.id]]);
      const report = await policy(first.id);
      assert.ok(report.holder.eq(ferdie.address));
      // Who bought it gets the deposit, and nothing else.
      assert.ok(report.policy.buyer.eq(dave.address));
      const { order: good } = await order(dollars(1_000));
      await allRefused(within, [
        ['its old holder cannot cancel it', dave, tx.cover.cancel(first.id), /^cover\.NotTheHolder: /],
        ['nor renew it', dave, tx.cover.renew(first.id, good), /^cover\.NotTheHolder: /],
        ['nor take it back', dave, tx.nfts.transfer(CERTIFICATES, first.id, dave.address), /^nfts\.NoPermission: /],
      ]);
    });

    let renewal;
    await chapter('Ferdie renews it, and is not without cover for a second', async (within) => {
      // Before that, the new one's own waiting period would be over earlier.
      await untilTime(api, first.end - WAITING);
      const amount = dollars(60_000);
      const { end, order: good } = await order(amount);
      const result = await send(api, tx.cover.renew(first.id, good), ferdie);
      const { policy: old, by } = named(eventOf(result.events, kinds.cover.Renewed));
      [renewal] = await sold(result, ferdie.address, { end, start: first.end });
      assert.deepEqual([old.toNumber(), by.toNumber()], [first.id, renewal]);
      const { policy: fresh } = await policy(renewal);
      assert.equal(fresh.start.toNumber(), first.end);
      assert.equal(fresh.item.toUtf8(), 'vault 0xbeef');
      assert.ok(fresh.buyer.eq(ferdie.address));
      assert.deepEqual(await policiesOf(ferdie), [first.id, renewal]);
      assert.equal((await policy(first.id)).policy.renewed.toBigInt(), amount);
      const more = tx.cover.renew(first.id, { ...good, amount: first.amount - amount + 1n });
      await allRefused(within, [['more than is left of it', ferdie, more, /^cover\.RenewalTooLarge: /]]);
    });

    await chapter('Ferdie cancels the old one and is refunded to the second', async (within) => {
      const result = await send(api, tx.cover.cancel(first.id), ferdie);
      const [before, after] = await around(result);
      const time = await timeAt(api, result.block.number);
      const refunds = async (at, seconds) => {
        const { allocations, terms, end } = (await at.query.cover.policies(first.id)).unwrap();
        return allocations.map(({ rate }) => {
          const unearned = (rate.toBigInt() * (end.toBigInt() - BigInt(seconds))) >> 32n;
          return unearned - ceilDiv(unearned * terms.cancellationFee.toBigInt(), BILLION);
        });
      };
      const expected = await refunds(before, time);
      assert.ok(expected.length === 2 && expected.every((refund) => refund > 0n));
      const { policy: id, holder, refund } = named(eventOf(result.events, kinds.cover.Cancelled));
      const due = sum(expected);
      assert.deepEqual([id.toNumber(), holder.toString(), refund.toBigInt()], [first.id, ferdie.address, due]);
      const parts = result.events.filter((event) => kinds.pools.Cancelled.is(event)).map(named);
      assert.deepEqual(
        parts.map((part) => fields(part, 'pool', 'amount', 'refund')),
        first.parts.map((amount, pool) => ({ pool: BigInt(pool), amount, refund: expected[pool] })),
      );
      // He had been told.
      const told = await refunds(before, await timeAt(api, result.block.number - 1));
      assert.equal((await policy(first.id, before)).refund.unwrap().toBigInt(), sum(told));

      assert.equal((await assetBalance(after, TUSD, ferdie)) - (await assetBalance(before, TUSD, ferdie)), due);
      assert.equal(await assetBalance(before, TUSD, dave), await assetBalance(after, TUSD, dave));
      assert.deepEqual(
        (await exposures(before)).map((exposure, pool) => exposure - first.parts[pool]),
        await exposures(after),
      );
      const report = await policy(first.id);
      assert.deepEqual([report.state.type, report.refund.isNone], ['Cancelled', true]);
      assert.ok(report.policy.allocations.every(({ amount, rate }) => amount.isZero() && rate.isZero()));
      // The certificate stays until somebody closes it.
      assert.equal(await holderOf(first.id), ferdie.address);
      first.refund = due;
      const { order: good } = await order(dollars(100));
      await allRefused(within, [
        ['what is cancelled cannot be cancelled', ferdie, tx.cover.cancel(first.id), /^cover\.PolicyCancelled: /],
        ['nor renewed', ferdie, tx.cover.renew(first.id, good), /^cover\.PolicyCancelled: /],
        ['and what is not cannot be closed', ferdie, tx.cover.close(renewal), /^cover\.ClaimWindowOpen: /],
      ]);
    });

    await chapter('a stranger closes it, and Dave who bought it has the deposit again', async () => {
      const result = await send(api, tx.cover.close(first.id), eve);
      assert.equal(eventOf(result.events, kinds.cover.Closed).data.policy.toNumber(), first.id);
      const [before, after] = await around(result);
      const [had, has] = [await balances(before, dave), await balances(after, dave)];
      assert.deepEqual(has, { ...had, free: had.free + lut, held: had.held - lut });
      assert.equal((await api.query.balances.holds(dave.address)).length, 0);
      assert.deepEqual(await balances(before, ferdie), await balances(after, ferdie));

      assert.ok((await api.query.nfts.item(CERTIFICATES, first.id)).isNone);
      assert.ok((await api.query.nfts.itemMetadataOf(CERTIFICATES, first.id)).isNone);
      assert.ok((await api.query.cover.policies(first.id)).isNone);
      assert.ok((await api.call.coverApi.policy(first.id)).isNone);
      assert.deepEqual(await policiesOf(ferdie), [renewal]);
      await refuses(send(api, tx.cover.close(first.id), eve), /^cover\.UnknownPolicy: /);
    });

    await chapter('Eve buys for Charlie, whose proxy she is for cover alone', async (within) => {
      await send(api, tx.proxy.addProxy(eve.address, 'Cover', 0), charlie);
      const { end, order: good } = await order(dollars(20_000));
      const hers = await assetBalance(api, TUSD, eve);
      const result = await send(api, tx.proxy.proxy(charlie.address, 'Cover', buy(good)), eve);
      assert.ok(eventOf(result.events, kinds.proxy.ProxyExecuted).data.result.isOk);
      const [id] = await sold(result, charlie.address, { end });
      assert.deepEqual(await policiesOf(charlie), [id]);
      assert.equal(await assetBalance(api, TUSD, eve), hers);
      const away = tx.nfts.transfer(CERTIFICATES, id, eve.address);
      const acting = (call) => tx.proxy.proxy(charlie.address, 'Cover', call);
      await allRefused(within, [
        ['she cannot have the certificate', eve, acting(away), /^system\.CallFiltered: /],
        ['nor in a batch', eve, acting(tx.utility.batchAll([away])), /^system\.CallFiltered: /],
        ['nor his money', eve, acting(tx.assets.transfer(TUSD, eve.address, 1)), /^system\.CallFiltered: /],
        ['nor more than he said', eve, tx.proxy.proxy(charlie.address, 'Any', away), /^proxy\.NotProxy: /],
      ]);
    });

    await chapter('Eve and Ferdie buy together', async () => {
      const { asMulti } = tx.multisig;
      // A second signature takes its time, so they agree to a little more than they were quoted.
      const { order: good } = await order(dollars(20_000));
      const call = buy({ ...good, maxPremium: (good.maxPremium.toBigInt() * 11n) / 10n });
      const { weight } = await call.paymentInfo(eve);
      const approved = await send(api, asMulti(2, [ferdie.address], null, call, weight), eve);
      const { multisig } = eventOf(approved.events, kinds.multisig.NewMultisig).data;
      const gifts = [
        tx.balances.transferKeepAlive(multisig, 3n * lut),
        tx.assets.transfer(TUSD, multisig, dollars(10)),
      ];
      await send(api, tx.utility.batchAll(gifts), dave);
      const when = { height: approved.block.number, index: approved.index };
      const result = await send(api, asMulti(2, [eve.address], when, call, weight), ferdie);
      assert.ok(eventOf(result.events, kinds.multisig.MultisigExecuted).data.result.isOk);
      const ours = multisig.toString();
      const [id] = await sold(result, ours);
      assert.deepEqual(await policiesOf({ address: ours }), [id]);
      assert.equal((await policy(id)).holder.toString(), ours);
    });

    await chapter('two purchases in one batch, the second dearer than the first, and an early renewal', async () => {
      const { end, period } = await term(6 * day);
      const amount = dollars(10_000);
      const offer = await quote(amount, period);
      // Of one pool and a size the second costs more.
      const each = { ...ordered(amount, period, offer), parts: [{ pool: 0, amount }] };
      const calls = [0, 1].map((vault) => buy({ ...each, maxPremium: amount }, `vault ${vault}`));
      const result = await send(api, tx.utility.batchAll(calls), aliceStash);
      const ids = await sold(result, aliceStash.address, { end });
      assert.equal(ids.length, 2);
      assert.deepEqual(await policiesOf(aliceStash), ids);
      const [one, two] = result.events.filter((event) => kinds.cover.Bought.is(event)).map(named);
      assert.ok(one.netPremium.toBigInt() < two.netPremium.toBigInt());
      assert.deepEqual(
        await Promise.all(ids.map(async (id) => (await policy(id)).policy.item.toUtf8())),
        ['vault 0', 'vault 1'],
      );

      // Its own waiting period is over before the old policy is.
      const early = await order(dollars(1_000));
      const renewed = await send(api, tx.cover.renew(ids[0], early.order), aliceStash);
      const start = (await timeAt(api, renewed.block.number)) + WAITING;
      assert.ok(start < end);
      await sold(renewed, aliceStash.address, { end: early.end, start });
    });

    await chapter('the committee pauses the product, and resumes it', async (within) => {
      const { order: good } = await order(dollars(10_000));
      const paused = await motion(api, tx.cover.pause(PRODUCT), [alice, bob]);
      assert.equal(eventOf(paused.events, kinds.cover.Paused).data.product.toNumber(), PRODUCT);
      assert.equal((await api.call.coverApi.product(PRODUCT)).unwrap().status.type, 'Paused');
      await refuses(quote(dollars(10_000), good.period), /^cover\.ProductPaused: /);
      await allRefused(within, [
        ['no purchase', dave, buy(good), /^cover\.ProductPaused: /],
        ['no renewal', ferdie, tx.cover.renew(renewal, good), /^cover\.ProductPaused: /],
      ]);
      // Who has cover keeps it, and may still leave.
      const report = await policy(renewal);
      assert.deepEqual([report.state.type, report.refund.isSome], ['Active', true]);

      const resumed = await motion(api, tx.cover.resume(PRODUCT), [alice, bob]);
      assert.equal(eventOf(resumed.events, kinds.cover.Resumed).data.product.toNumber(), PRODUCT);
      const broker = { account: bob.address, commission: percent(10) };
      const { end, order: again } = await order(dollars(10_000), { broker });
      const maxPremium = ceilDiv(again.maxPremium.toBigInt() * 11n, 10n);
      const result = await send(api, buy({ ...again, maxPremium }), dave);
      await sold(result, dave.address, { end, broker });
      const { commission } = fields(named(eventOf(result.events, kinds.cover.Bought)), 'commission');
      assert.ok(commission > 0n);
      const [had, has] = await Promise.all((await around(result)).map((at) => assetBalance(at, TUSD, bob)));
      assert.equal(has - had, commission);
    });

    await chapter('the track record is what happened', async () => {
      const happened = { sold: 0n, open: 0n, insured: 0n, netPremiums: 0n, commissions: 0n, refunds: 0n, awards: 0n };
      const last = await height(api);
      for (let number = 1; number <= last; number += 1) {
        for (const event of await eventsAt(api, number)) {
          if (event.section !== 'cover') continue;
          const data = named(event);
          if (event.method === 'Bought') {
            happened.sold += 1n;
            happened.open += 1n;
            happened.insured += data.amount.toBigInt();
            happened.netPremiums += data.netPremium.toBigInt();
            happened.commissions += data.commission.toBigInt();
          }
          if (event.method === 'Cancelled') happened.refunds += data.refund.toBigInt();
          if (event.method === 'Closed') happened.open -= 1n;
        }
      }
      assert.deepEqual([happened.sold, happened.open], [9n, 8n]);
      const bought = [100_000, 500, 60_000, 20_000, 20_000, 10_000, 10_000, 1_000, 10_000];
      assert.equal(happened.insured, sum(bought.map(dollars)));
      assert.equal(happened.refunds, first.refund);
      const told = await record();
      assert.equal(told.asset.asWithId.toNumber(), TUSD);
      assert.deepEqual(fields(told.record, ...Object.keys(happened)), happened);
      const inForce = told.inForce.toBigInt();
      assert.equal(inForce, happened.insured - first.amount);
      assert.equal(inForce, sum(await exposures()));
      assert.equal((await api.query.pools.productExposures(PRODUCT, USD)).toBigInt(), inForce);
      // Nothing else was sold on this chain.
      assert.equal(JSON.stringify(await api.call.coverApi.trackRecord(null)), JSON.stringify([told]));
      assert.equal((await api.call.coverApi.trackRecord(1)).length, 0);
      // Nobody can lose a policy: there are as many certificates as are open.
      assert.equal((await api.query.nfts.collection(CERTIFICATES)).unwrap().items.toBigInt(), happened.open);
      assert.equal((await api.query.cover.policies.keys()).length, Number(happened.open));
      // What the pools took in is what buyers paid and was not refunded.
      const books = await Promise.all(POOLS.map((_, pool) => api.query.pools.pools(pool)));
      const total = (name) => sum(books.map((book) => book.unwrap().totals[name]));
      assert.deepEqual([total('premiums'), total('refunded')], [happened.netPremiums, happened.refunds]);
    });

    await chapter('what is stored and every block of it decode to the byte', async () => {
      const hash = await api.rpc.chain.getBlockHash();
      const { query } = await api.at(hash);
      const seen = new Set();
      for (const pallet of ['cover', 'nfts']) {
        for (const [name, item] of Object.entries(query[pallet])) {
          for (const [key, value] of await entries(item)) {
            const raw = await api.rpc.state.getStorage.raw(key, hash);
            // A plain item that is not there has a default.
            if (raw === null) continue;
            assert.equal(hex(item.creator.meta.modifier.isOptional ? value.unwrap() : value), raw, `${pallet}.${name}`);
            seen.add(`${pallet}.${name}`);
          }
        }
      }
      const kept = ['groups', 'products', 'nextProduct', 'policies', 'nextPolicy', 'productPolicies', 'records'];
      for (const name of kept) assert.ok(seen.has(`cover.${name}`), name);
      for (const name of ['collection', 'item', 'itemMetadataOf', 'account']) assert.ok(seen.has(`nfts.${name}`), name);

      const met = new Set();
      const last = await height(api);
      for (let number = 1; number <= last; number += 1) {
        const hash = await api.rpc.chain.getBlockHash(number);
        const [{ block }, encoded] = [await api.rpc.chain.getBlock(hash), await api.rpc.chain.getBlock.raw(hash)];
        assert.deepEqual(block.extrinsics.map((each) => each.toHex()), encoded.block.extrinsics, `block ${number}`);
        const records = await (await api.at(hash)).query.system.events();
        const raw = await api.rpc.state.getStorage.raw(api.query.system.events.key(), hash);
        assert.equal(records.toHex(), raw ?? '0x00', `events of block ${number}`);
        for (const { event } of records) met.add(`${event.section}.${event.method}`);
      }
      for (const name of ['Proposed', 'Listed', 'Bought', 'Renewed', 'Cancelled', 'Closed', 'Paused', 'Resumed']) {
        assert.ok(met.has(`cover.${name}`), name);
      }
    });
  },
  { timeout: 240_000 },
);

// -- Prices, as anybody can compute them from what the chain tells

const BILLION = 10n ** 9n;
const UNIT = 10n ** 18n;
const YEAR = 31_557_600n;

const ceilDiv = (a, b) => (a + b - 1n) / b;

/** What a pool asks: the larger of expected loss with the cost of capital, and what utilisation makes of it. */
function premiums({ pricing, cuts, amount, seconds, window, capacity, free, exposure, rate, probability }) {
  const [load, steepness] = [pricing.load.toBigInt(), pricing.steepness.toBigInt()];
  const [returns, target] = [pricing.returnOnCapital.toBigInt(), pricing.targetUtilisation.toBigInt()];

  // All of the pool is this one risk group, so the correlation does not matter.
  const loss = amount * probability * load * seconds * free * BILLION;
  const capital = returns * amount * (2n * exposure + amount) * (seconds + window) * UNIT * UNIT;
  const kept = cuts.reduce((product, cut) => product * (BILLION - cut), 1n);
  const technical = ceilDiv((loss + capital) * BILLION ** 3n, UNIT * UNIT * BILLION * YEAR * free * kept);

  // In billionths of a unit the kink of the curve is a whole number.
  const [from, to, kink] = [exposure * BILLION, (exposure + amount) * BILLION, capacity * target];
  const over = capacity * BILLION - kink;
  // Twice the area below a line from `low` to `high`, times its length.
  const area = (a, b, length, low, high) => 2n * (b - a) * length * low + (b * b - a * a) * (high - low);
  const below = area(min(from, kink), min(to, kink), kink, UNIT, steepness);
  const above = area(max(from, kink) - kink, max(to, kink) - kink, over, UNIT, steepness);
  // Up to the target the price is that part of the rate; above it, that multiple.
  const market = ceilDiv(
    (below * over * UNIT + above * kink * steepness) * rate * seconds,
    2n * kink * over * steepness * UNIT * UNIT * BILLION * YEAR,
  );
  return { technical, market, net: max(max(technical, market), 1n) };
}

const min = (a, b) => (a < b ? a : b);
const max = (a, b) => (a > b ? a : b);

// -- Reading

const sum = (amounts) => amounts.reduce((all, each) => all + BigInt(each), 0n);

/** Numbers in a struct, by name. */
const fields = (struct, ...names) => Object.fromEntries(names.map((name) => [name, struct[name].toBigInt()]));

/** What an event says, by name. */
const named = ({ data }) => Object.fromEntries(data.names.map((name, index) => [name, data[index]]));

const hex = (value) => `0x${Buffer.from(value.toU8a()).toString('hex')}`;

/** What a storage item holds, as pairs of key and value. */
async function entries(item) {
  if (item.creator.meta.type.isPlain) return [[item.key(), await item()]];
  return (await item.entries()).map(([key, value]) => [key.toHex(), value]);
}

/** Everything that is stored of cover, certificates, lines, assets and holds, by key. */
async function stored(api) {
  const { query } = await api.at(await api.rpc.chain.getBlockHash());
  const { lines, groups, productExposures } = query.pools;
  const { holds } = query.balances;
  const items = [query.cover, query.nfts, query.assets, { lines, groups, productExposures, holds }];
  const found = await Promise.all(items.flatMap(Object.values).map(entries));
  return Object.fromEntries(found.flat().map(([key, value]) => [key, JSON.stringify(value)]));
}
