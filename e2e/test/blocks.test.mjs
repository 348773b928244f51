import assert from 'node:assert/strict';
import { height, untilBlock } from '../lib/chain.mjs';
import { onChain } from './support.mjs';

const timeOf = async (api, number) => {
  const at = await api.at(await api.rpc.chain.getBlockHash(number));
  return (await at.query.timestamp.now()).toNumber();
};

onChain('blocks come every second and become final', async ({ t, api }) => {
  await t.test('the chain presents itself as wallets expect', () => {
    assert.deepEqual(api.registry.chainTokens, ['LUT']);
    assert.deepEqual(api.registry.chainDecimals, [12]);
    assert.equal(api.registry.chainSS58, 42);
    assert.equal(api.consts.system.ss58Prefix.toNumber(), 42);
    assert.equal(api.tx.sudo, undefined);
  });

  assert.equal(api.consts.babe.expectedBlockTime.toNumber(), 1_000);

  const first = Math.max(await height(api), 1);
  await untilBlock(api, first + 15);
  const interval = ((await timeOf(api, first + 15)) - (await timeOf(api, first))) / 15;
  // A block is stamped when it is made, somewhere in its slot; a busy machine misses a slot now and then.
  assert.ok(interval > 900 && interval < 1_500, `${interval} ms between blocks`);

  await untilBlock(api, first + 15, { finalised: true });
  const [best, final] = [await height(api), await height(api, { finalised: true })];
  assert.ok(best - final <= 5, `the last final block is ${final}, the last block ${best}`);
});
