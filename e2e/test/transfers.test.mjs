import assert from 'node:assert/strict';
import { balances, eventOf, formatUnits, native, send } from '../lib/chain.mjs';
import { onChain } from './support.mjs';

const TUSD = 1;

onChain('a transfer moves its amount, and its fee goes where the events say', async ({ api, who }) => {
  const amount = native(api, 1_234);
  const tx = api.tx.balances.transferKeepAlive(who.dave.address, amount);
  const { block, index, events, fee } = await send(api, tx, who.bob, { finalised: true });
  assert.ok(fee > 0n);

  const here = await api.at(block.hash);
  const before = await api.at((await api.rpc.chain.getHeader(block.hash)).parentHash);
  const change = async (address) => {
    const [old, now] = [await before.query.system.account(address), await here.query.system.account(address)];
    return now.data.free.toBigInt() - old.data.free.toBigInt();
  };
  assert.equal(await change(who.bob.address), -amount - fee);
  assert.equal(await change(who.dave.address), amount);

  // Whoever is told of as having been given the fee has it; together that is all of it.
  const records = (await here.query.system.events()).filter(
    ({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.toNumber() === index,
  );
  const given = new Map();
  for (const { event } of records) {
    if (!api.events.balances.Deposit.is(event)) continue;
    const { who: account, amount: part } = event.data;
    if (account.eq(who.bob.address)) continue;
    given.set(account.toString(), (given.get(account.toString()) ?? 0n) + part.toBigInt());
  }
  const treasury = api.consts.treasury.potAccount.toString();
  const { author } = await api.derive.chain.getHeader(block.hash);
  assert.deepEqual([...given.keys()].sort(), [treasury, author.toString()].sort());
  assert.equal(given.get(author.toString()), fee / 5n);
  for (const [account, part] of given) assert.equal(await change(account), part, account);
  const sum = [...given.values()].reduce((a, b) => a + b, 0n);
  assert.equal(sum, fee);

  const paid = eventOf(events, api.events.transactionPayment.TransactionFeePaid);
  assert.ok(paid.data.who.eq(who.bob.address));
  const [issued, now] = [await before.query.balances.totalIssuance(), await here.query.balances.totalIssuance()];
  assert.equal(now.toBigInt(), issued.toBigInt());
});

onChain('the test stablecoin moves like any asset', async ({ api, who }) => {
  const metadata = await api.query.assets.metadata(TUSD);
  assert.equal(metadata.symbol.toUtf8(), 'tUSD');
  assert.equal(metadata.decimals.toNumber(), 6);
  assert.ok((await api.query.assets.asset(TUSD)).unwrap().isSufficient.isTrue);

  const held = async ({ address }) =>
    (await api.query.assets.account(TUSD, address)).unwrapOr({ balance: 0n }).balance.toString();
  assert.equal(formatUnits(await held(who.bob), 6), '1,000,000');

  // A sufficient asset opens an account that has no native tokens.
  const stranger = who.dave.derive('//nobody');
  const native_before = await balances(api, who.bob);
  const { fee } = await send(api, api.tx.assets.transfer(TUSD, stranger.address, 12_500_000n), who.bob);
  assert.equal(formatUnits(await held(who.bob), 6), '999,987.5');
  assert.equal(formatUnits(await held(stranger), 6), '12.5');
  assert.equal((await balances(api, who.bob)).free, native_before.free - fee);
  assert.equal((await balances(api, stranger)).total, 0n);
});
