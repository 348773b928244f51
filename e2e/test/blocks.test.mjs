import assert from 'node:assert/strict';
import { height, untilBlock } from '../lib/chain.mjs';
import { onChain } from './support.mjs';

const timeOf = async (api, number) => {
  const at = await api.at(await api.rpc.chain.getBlockHash(number));
  return (await at.query.timestamp.now()).toNumber();
};

onChain('blocks come every second and become final', async ({ api }) => {
  assert.equal(api.consts.babe.expectedBlockTime.toNumber(), 1_000);

  const first = Math.max(await height(api), 1);
  await untilBlock(api, first + 15);
  const interval = ((await timeOf(api, first + 15)) - (await timeOf(api, first))) / 15;
  // A slot is never shorter than a second; a busy machine misses one now and then.
  assert.ok(interval >= 1_000 && interval < 1_500, `${interval} ms between blocks`);

  await untilBlock(api, first + 15, { finalised: true });
  const [best, final] = [await height(api), await height(api, { finalised: true })];
  assert.ok(best - final <= 5, `the last final block is ${final}, the last block ${best}`);
});

onChain('the chain presents itself as wallets expect', async ({ api }) => {
  assert.deepEqual(api.registry.chainTokens, ['LUT']);
  assert.deepEqual(api.registry.chainDecimals, [12]);
  assert.equal(api.registry.chainSS58, 42);
  assert.equal(api.consts.system.ss58Prefix.toNumber(), 42);
  assert.equal(api.tx.sudo, undefined);
});
