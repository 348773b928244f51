import assert from 'node:assert/strict';
import {
  assetBalance,
  balances,
  eventOf,
  eventsAt,
  height,
  motion,
  native,
  parameters,
  send,
  timeAt,
  untilTime,
  view,
} from '../lib/chain.mjs';
import { TUSD, USD, dollars, fixedPercent, percent } from '../lib/insurance.mjs';
import {
  allRefused,
  blocksDecode,
  named,
  numbers,
  onChain,
  refuses,
  storageDecodes,
  stored,
  story,
} from './support.mjs';

/** An asset that anybody may create. */
const OTHER = 2 ** 16;
/** The product that is proposed first, and the code that it runs. */
const PRODUCT = 5;
const CODE = `0x${'c0de'.repeat(16)}`;

onChain("an underwriter's life", async ({ t, api, who }) => {
  const { alice, bob, charlie, dave, eve, ferdie } = who;
  const { tx, events: kinds } = api;
  const chapter = story(t);
  const periods = await parameters(api, 'Pools');
  const [cooldown, delay] = [periods.withdrawalCooldown.toNumber(), periods.changeDelay.toNumber()];

  /** The pool as of now. */
  const report = async () => (await api.call.poolsApi.pool(0)).unwrap();
  const lineOn = async (product) =>
    (await api.call.poolsApi.lines(0)).find((line) => line.product.toNumber() === product);
  const own = (section) => (event) => event.section === section;

  let share;
  let account;
  await chapter('Alice opens a pool and is ready to insure at once, for nobody has shares', async () => {
    const { events } = await send(api, tx.pools.create(USD, percent(10)), alice);
    const { pool, manager, asset, share: created } = eventOf(events, kinds.pools.Created).data;
    assert.equal(pool.toNumber(), 0);
    assert.ok(manager.eq(alice.address));
    assert.equal(asset.asWithId.toNumber(), TUSD);
    share = created.toNumber();
    assert.equal(share, api.consts.pools.firstShareAsset.toNumber());
    // The account of the pool owns the shares, so that nobody else can make any.
    account = (await api.query.assets.asset(share)).unwrap().owner.toString();

    const line = await send(api, tx.pools.setLine(0, 1, percent(50), fixedPercent(4)), alice);
    assert.deepEqual(line.events.filter(own('pools')).map(({ method }) => method), ['LineSet']);
    const { product, weight } = eventOf(line.events, kinds.pools.LineSet).data;
    assert.deepEqual([product.toNumber(), weight.toNumber(), weight.toHuman()], [1, percent(50), '50.00%']);
  });

  await chapter("Bob's deposit buys shares, an asset like any other", async () => {
    const deadline = (await timeAt(api, await height(api))) + 60;
    const deposit = tx.pools.deposit(0, dollars(50_000), dollars(50_000), deadline);
    const { events } = await send(api, deposit, bob);
    const { who: owner, ...data } = named(eventOf(events, kinds.pools.Deposited));
    assert.ok(owner.eq(bob.address));
    assert.deepEqual(numbers(data, 'pool', 'amount', 'shares'), {
      pool: 0n,
      amount: dollars(50_000),
      shares: dollars(50_000),
    });

    assert.equal(await assetBalance(api, TUSD, bob), dollars(950_000));
    assert.equal(await assetBalance(api, share, bob), dollars(50_000));
    const { name, symbol, decimals } = await api.query.assets.metadata(share);
    assert.deepEqual([name.toUtf8(), symbol.toUtf8(), decimals.toNumber()], ['Lutine pool 0 share', 'LP0-0', 6]);
    // Beside what is recorded the account has what every account must have.
    const seed = (await api.query.assets.asset(TUSD)).unwrap().minBalance.toBigInt();
    assert.equal(await assetBalance(api, TUSD, account), dollars(50_000) + seed);
  });

  await chapter('the runtime API tells the figures, and the view functions the same', async () => {
    assert.deepEqual(Object.keys(api.call.poolsApi).sort(), ['lines', 'pool', 'pools', 'poolsFrom', 'position', 'queue']);
    assert.deepEqual((await api.call.poolsApi.pools()).map((id) => id.toNumber()), [0]);
    const [[id, first]] = await api.call.poolsApi.poolsFrom(0);
    assert.deepEqual([id.toNumber(), first.toHex()], [0, (await api.call.poolsApi.pool(0)).unwrap().toHex()]);
    assert.ok((await api.call.poolsApi.pool(9)).isNone);

    const now = await report();
    assert.ok(now.manager.eq(alice.address));
    assert.equal(now.managerFee.toNumber(), percent(10));
    assert.equal(now.share.toNumber(), share);
    const figures = ['capital', 'supply', 'freeCapital', 'exposure', 'scr', 'required', 'upr', 'queuedShares'];
    assert.deepEqual(numbers(now, ...figures), {
      capital: dollars(50_000),
      supply: dollars(50_000),
      freeCapital: dollars(50_000),
      exposure: 0n,
      scr: 0n,
      required: 0n,
      upr: 0n,
      queuedShares: 0n,
    });
    // Without anything to stand behind there is no ratio, rather than an infinite one.
    assert.ok(now.solvencyRatio.isNone);
    assert.equal(now.sharePrice.unwrap().toBigInt(), fixedPercent(100));
    assert.deepEqual([now.strained.isTrue, now.standsStill.isTrue], [false, false]);

    const lines = await api.call.poolsApi.lines(0);
    assert.equal(lines.length, 1);
    const [{ product, group, weight, utilisation, spot, rate, isStopped, ...line }] = lines.map(fieldsOf);
    assert.deepEqual([product.toNumber(), group.toNumber(), weight.toNumber()], [1, 11, percent(50)]);
    assert.deepEqual(numbers(line, 'capacity', 'exposure'), { capacity: dollars(25_000), exposure: 0n });
    assert.equal(utilisation.unwrap().toBigInt(), 0n);
    assert.equal(rate.toBigInt(), fixedPercent(4));
    // Of an empty line the next unit costs the rate over the steepness of the curve.
    const steepness = (await parameters(api, 'Pricing')).steepness.toBigInt();
    assert.equal(spot.unwrap().toBigInt(), (fixedPercent(4) * fixedPercent(100)) / steepness);
    assert.ok(isStopped.isFalse);

    const position = (await api.call.poolsApi.position(0, bob.address)).unwrap();
    assert.deepEqual(numbers(position, 'shares', 'queued', 'value', 'markedDown', 'due'), {
      shares: dollars(50_000),
      queued: 0n,
      value: dollars(50_000),
      markedDown: dollars(50_000),
      due: 0n,
    });

    const at = await api.at(await api.rpc.chain.getBlockHash());
    const questions = [['pool', 0], ['pool', 9], ['lines', 0], ['position', 0, bob.address], ['queue', 0]];
    for (const [name, ...args] of questions) {
      const viewed = await view(at, 'Pools', name, ...args);
      assert.equal(viewed.toHex(), (await at.call.poolsApi[name](...args)).toHex(), name);
    }
  });

  await chapter('two of the three of the technical committee list a product, and an audit makes it safer', async () => {
    const probability = async () => (await view(api, 'Pricing', 'risk', PRODUCT)).unwrap().probability.toBigInt();
    const limits = { asset: USD, total: dollars(100_000), min: 1, max: dollars(1_000), optimistic: 0 };
    const proposal = {
      name: 'Another exchange',
      class: 'Exchange',
      codeHash: CODE,
      conditions: { assets: [limits], minPeriod: 280, maxPeriod: 3_650 },
    };
    const proposed = eventOf((await send(api, tx.cover.propose(proposal), eve)).events, kinds.cover.Proposed);
    assert.equal(proposed.data.product.toNumber(), PRODUCT);
    const calls = tx.utility.batchAll([tx.cover.registerGroup(120, 'Another group'), tx.cover.list(PRODUCT, 120)]);
    const { events } = await motion(api, calls, [bob, charlie]);
    const registered = named(eventOf(events, kinds.pricing.ProductRegistered));
    assert.equal(registered.product.toNumber(), PRODUCT);
    assert.equal(registered.class.type, 'Exchange');
    assert.equal(registered.codeHash.toHex(), CODE);
    assert.equal(eventOf(events, kinds.cover.Listed).data.group.toNumber(), 120);

    // Two percent for an exchange, half as much again for want of an audit; one audit takes fifteen percent off.
    assert.equal(await probability(), fixedPercent(3));
    const until = (await timeAt(api, await height(api))) + 600;
    const audit = await send(api, tx.pricing.fileAudit(PRODUCT, CODE, until), alice);
    const { auditor, validUntil } = eventOf(audit.events, kinds.pricing.AuditFiled).data;
    assert.ok(auditor.eq(alice.address));
    assert.equal(validUntil.toNumber(), until);
    assert.equal(await probability(), (fixedPercent(2) * 85n) / 100n);
    assert.equal((await view(api, 'Pricing', 'risk', PRODUCT)).unwrap().audits.toNumber(), 1);
  });

  // From here on two clocks run beside each other: what Alice announces, and what Bob waits for.
  let changes;
  await chapter('with share holders, what Alice wants is announced first', async () => {
    const wanted = [
      tx.pools.setLine(0, 1, percent(60), null),
      tx.pools.setLine(0, PRODUCT, percent(20), fixedPercent(5)),
    ];
    const { events } = await send(api, tx.utility.batchAll(wanted), alice);
    assert.deepEqual(events.filter(own('pools')).map(({ method }) => method), ['ChangeAnnounced', 'ChangeAnnounced']);
    const announced = events.filter((event) => kinds.pools.ChangeAnnounced.is(event)).map(named);
    changes = announced.map(({ id }) => id.toNumber());
    assert.deepEqual(
      announced.map(({ change }) => [change.asLine.product.toNumber(), change.asLine.weight.toNumber()]),
      [[1, percent(60)], [PRODUCT, percent(20)]],
    );
    const stored = await api.query.pools.changes(0);
    assert.deepEqual(stored.map(({ id }) => id.toNumber()), changes);

    await refuses(send(api, tx.pools.enactChange(0, changes[0]), eve), /^pools\.NotDue: /);
    assert.equal((await lineOn(1)).weight.toNumber(), percent(50));
    assert.equal(await lineOn(PRODUCT), undefined);
  });

  let asked;
  await chapter('Bob asks for half of his money back, and nobody can make it come early', async () => {
    const before = await balances(api, bob);
    const half = dollars(25_000);
    const { events, block, fee } = await send(api, tx.pools.requestWithdrawal(0, half, half), bob);
    const data = named(eventOf(events, kinds.pools.WithdrawalRequested));
    assert.ok(data.who.eq(bob.address));
    assert.deepEqual(numbers(data, 'shares', 'minAmount'), { shares: half, minAmount: half });
    asked = { request: data.request.toNumber(), due: data.due.toNumber() };
    assert.equal(asked.due, (await timeAt(api, block.number)) + cooldown);

    // His shares are in escrow, and a deposit is on hold.
    const deposit = api.consts.pools.requestDeposit.toBigInt();
    assert.ok(deposit > 0n);
    assert.deepEqual(await balances(api, bob), {
      free: before.free - deposit - fee,
      held: before.held + deposit,
      frozen: before.frozen,
      total: before.total - fee,
    });
    const [hold] = await api.query.balances.holds(bob.address);
    assert.deepEqual([hold.id.type, hold.id.inner.type], ['Pools', 'WithdrawalRequest']);
    assert.equal(await assetBalance(api, share, bob), half);
    assert.equal(await assetBalance(api, share, account), half);
    const position = (await api.call.poolsApi.position(0, bob.address)).unwrap();
    assert.deepEqual(numbers(position, 'shares', 'queued', 'value'), {
      shares: half,
      queued: half,
      value: dollars(50_000),
    });
    const queue = await api.call.poolsApi.queue(0);
    assert.equal(queue.length, 1);
    assert.deepEqual(numbers(queue[0], 'request', 'shares', 'minAmount', 'due', 'value'), {
      request: BigInt(asked.request),
      shares: half,
      minAmount: half,
      due: BigInt(asked.due),
      value: half,
    });

    const early = await send(api, tx.pools.processWithdrawals(0, 10), ferdie);
    assert.deepEqual(early.events.filter(own('pools')), []);
    assert.equal(await assetBalance(api, TUSD, bob), dollars(950_000));
    assert.equal((await report()).queuedShares.toBigInt(), half);
  });

  await chapter('what is wrong is refused with its reason and changes nothing', async (within) => {
    // An asset that anybody can make, and a pool that nobody has put anything into.
    await Promise.all([
      send(api, tx.assets.create(OTHER, bob.address, 1), bob),
      send(api, tx.pools.create('Native', 0), charlie),
    ]);
    const { deposit, setLine, requestWithdrawal } = tx.pools;
    const one = dollars(1);
    const past = (await timeAt(api, await height(api))) - 1;
    const terms = { group: 9, minFirstDeposit: one, minWithdrawal: one };
    const cases = [
      ['a deposit of nothing', bob, deposit(0, 0, 0, null), /^pools\.ZeroAmount: /],
      ['a first deposit of dust', bob, deposit(1, native(api, 99), 0, null), /^pools\.BelowMinimum: /],
      ['a withdrawal of dust', bob, requestWithdrawal(0, one - 1n, 0), /^pools\.BelowMinimum: /],
      ['a pool that is not there', bob, deposit(9, one, 0, null), /^pools\.UnknownPool: /],
      ['a worse price than accepted', bob, deposit(0, one, one + 1n, null), /^pools\.TooFewShares: /],
      ['a deposit that comes too late', bob, deposit(0, one, one, past), /^pools\.DeadlinePassed: /],
      ['a deposit of more than one has', bob, deposit(0, dollars(950_001), 0, null), /^Token\.FundsUnavailable$/],
      ['a weight above one', alice, setLine(0, 1, percent(100) + 1, null), /^pools\.WeightAboveOne: /],
      ['a product that is not there', alice, setLine(0, 99, percent(1), fixedPercent(4)), /^pools\.UnknownProduct: /],
      ['what fails with the asset', alice, setLine(0, 4, percent(1), fixedPercent(4)), /^pools\.OwnRiskGroup: /],
      ['a new line without a rate', alice, setLine(0, 2, percent(1), null), /^pools\.RateMissing: /],
      ['a rate for an old line', alice, setLine(0, 1, percent(70), fixedPercent(4)), /^pools\.RateIsSet: /],
      ['a rate out of bounds', alice, setLine(0, 2, percent(1), fixedPercent(26)), /^pools\.RateOutOfBounds: /],
      ['a line in the pool of another', bob, setLine(0, 1, percent(1), null), /^pools\.NotTheManager: /],
      ['a fee above the highest', eve, tx.pools.create(USD, percent(20) + 1), /^pools\.FeeTooHigh: /],
      ['a pool in any asset', eve, tx.pools.create({ WithId: OTHER }, 0), /^pools\.AssetNotAdmitted: /],
      ['more shares than one has', bob, requestWithdrawal(0, dollars(25_000) + 1n, 0), /^pools\.InsufficientShares: /],
      ["another's request", charlie, tx.pools.cancelWithdrawal(0, asked.request), /^pools\.NotTheOwner: /],
      ['a request that is not there', bob, tx.pools.cancelWithdrawal(0, 99), /^pools\.UnknownRequest: /],
      ['a change that is not there', eve, tx.pools.enactChange(0, 99), /^pools\.UnknownChange: /],
      ['an asset admitted by anyone', bob, tx.pools.admitAsset({ WithId: OTHER }, terms), /^BadOrigin$/],
      ['a product listed by anyone', alice, tx.cover.list(PRODUCT, 120), /^BadOrigin$/],
      ['an audit by anyone', dave, tx.pricing.fileAudit(PRODUCT, CODE, past + 600), /^pricing\.NotAuditor: /],
      ['an audit of other code', bob, tx.pricing.fileAudit(1, CODE, past + 600), /^pricing\.OtherCode: /],
      ['shares made by the manager', alice, tx.assets.mint(share, alice.address, 1), /^assets\.NoPermission: /],
      ['an asset that looks like shares', eve, tx.assets.create(share + 9, eve.address, 1), /^BadOrigin$/],
    ];

    // Whose turn it is in block work is nobody's business.
    const books = ({ idleCursor: _, ...pools }) => pools;
    const items = ({ pools, pricing, assets, balances: { holds } }) => [books(pools), pricing, assets, { holds }];
    await allRefused(api, within, () => stored(api, items), cases);
    assert.ok((await timeAt(api, await height(api))) < asked.due, 'all of that was before the withdrawal was due');
  });

  await chapter('what is stored decodes to the byte while something of everything is there', async () => {
    await storageDecodes(api, {
      pools: ['pools', 'lines', 'productUnderwriters', 'changes', 'requests', 'requestCounts', 'admittedAssets'],
      pricing: ['profiles', 'audits', 'auditors'],
    });
  });

  await chapter('Bob is paid when the cooldown is over, to the unit, and nobody has to call', async () => {
    const number = await untilTime(api, asked.due);
    const hash = await api.rpc.chain.getBlockHash(number);
    const { parentHash } = await api.rpc.chain.getHeader(hash);
    const [earlier, then] = [await api.at(parentHash), await api.at(hash)];
    assert.equal(await assetBalance(earlier, TUSD, bob), dollars(950_000));
    assert.equal(await assetBalance(then, TUSD, bob), dollars(975_000));
    const { block } = await api.rpc.chain.getBlock(hash);
    assert.deepEqual(block.extrinsics.filter(({ isSigned }) => isSigned).map(({ method }) => method.toHuman()), []);

    const data = named(eventOf(await eventsAt(api, number), kinds.pools.Withdrawn));
    assert.ok(data.who.eq(bob.address));
    assert.deepEqual(numbers(data, 'pool', 'request', 'shares', 'amount'), {
      pool: 0n,
      request: BigInt(asked.request),
      shares: dollars(25_000),
      amount: dollars(25_000),
    });

    // The deposit for the request is his again.
    const deposit = api.consts.pools.requestDeposit.toBigInt();
    const [held, freed] = [await balances(earlier, bob), await balances(then, bob)];
    assert.deepEqual(freed, { ...held, free: held.free + deposit, held: held.held - deposit });
    assert.equal((await api.query.balances.holds(bob.address)).length, 0);

    assert.equal(await assetBalance(api, share, account), 0n);
    assert.equal((await api.call.poolsApi.queue(0)).length, 0);
    assert.ok((await api.query.pools.requests(0, asked.request)).isNone);
    assert.deepEqual(numbers(await report(), 'capital', 'supply', 'queuedShares'), {
      capital: dollars(25_000),
      supply: dollars(25_000),
      queuedShares: 0n,
    });
  });

  await chapter('what was announced waits for its time, and then anyone makes it happen', async () => {
    const due = (await api.query.pools.changes(0))[0].at.toNumber() + delay;
    // Share holders who asked at once are out by then.
    assert.ok(due > asked.due);
    await untilTime(api, due);
    // Time alone does nothing.
    assert.equal((await lineOn(1)).weight.toNumber(), percent(50));
    const calls = changes.map((id) => tx.pools.enactChange(0, id));
    const { events } = await send(api, tx.utility.batchAll(calls), eve);
    assert.deepEqual(events.filter(own('pools')).map(({ method }) => method), ['LineSet', 'LineSet']);
    const [old, fresh] = [await lineOn(1), await lineOn(PRODUCT)];
    assert.deepEqual(
      [old, fresh].map((line) => [line.group.toNumber(), line.weight.toNumber(), line.capacity.toBigInt()]),
      [[11, percent(60), dollars(15_000)], [120, percent(20), dollars(5_000)]],
    );
    // Nobody buys, so the rates begin to fall, by little in seconds.
    for (const [line, rate] of [[old, fixedPercent(4)], [fresh, fixedPercent(5)]]) {
      const now = line.rate.toBigInt();
      assert.ok(now <= rate && now > rate - rate / 10_000n, `${now}`);
    }
    assert.equal((await api.query.pools.changes(0)).length, 0);
  });

  await chapter('a donation changes no figure', async () => {
    const figures = async () => {
      const { settledAt: _, ...rest } = fieldsOf(await report());
      return JSON.stringify([rest, await api.call.poolsApi.position(0, bob.address)]);
    };
    const [told, had] = [await figures(), await assetBalance(api, TUSD, account)];
    const gifts = [
      tx.assets.transfer(TUSD, account, dollars(1_000)),
      tx.balances.transferKeepAlive(account, native(api, 10)),
    ];
    await send(api, tx.utility.batchAll(gifts), dave);
    assert.equal(await assetBalance(api, TUSD, account), had + dollars(1_000));
    assert.equal(await figures(), told);
    // Nor the price for whoever comes next.
    const { events } = await send(api, tx.pools.deposit(0, dollars(100), 0, null), dave);
    assert.equal(eventOf(events, kinds.pools.Deposited).data.shares.toBigInt(), dollars(100));
  });

  await chapter('every block of it decodes to the byte', async () => {
    const met = new Set((await blocksDecode(api)).map(({ section, method }) => `${section}.${method}`));
    for (const name of ['pools.Withdrawn', 'pools.LineSet', 'pricing.AuditFiled']) assert.ok(met.has(name), name);
  });
});

/** The fields of a struct by name. */
const fieldsOf = (struct) => Object.fromEntries(struct.entries());
