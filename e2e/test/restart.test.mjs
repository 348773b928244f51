import assert from 'node:assert/strict';
import { height, native, send, untilBlock } from '../lib/chain.mjs';
import { onChain } from './support.mjs';

onChain('a node killed without warning goes on with the same chain', async ({ api: first, node, connection, who }) => {
  const transfer = first.tx.balances.transferKeepAlive(who.dave.address, native(first, 7));
  const { block } = await send(first, transfer, who.bob, { finalised: true });
  await untilBlock(first, block.number + 3, { finalised: true });
  const genesis = first.genesisHash.toHex();
  const final = await height(first, { finalised: true });
  const hashes = await Promise.all(
    Array.from({ length: final + 1 }, async (_, number) => (await first.rpc.chain.getBlockHash(number)).toHex()),
  );

  await connection.close();
  assert.equal((await node.kill9()).signal, 'SIGKILL');
  await node.restart();
  const api = await connection.open();

  assert.equal(api.genesisHash.toHex(), genesis);
  await untilBlock(api, final + 3, { finalised: true });
  for (const [number, hash] of hashes.entries()) {
    assert.equal((await api.rpc.chain.getBlockHash(number)).toHex(), hash, `block ${number}`);
  }
});

onChain('a node told to stop ends at once, in order', async ({ api, node, connection }) => {
  await untilBlock(api, 3);
  await connection.close();
  const asked = Date.now();
  assert.deepEqual(await node.stop(), { code: 0, signal: null });
  assert.ok(Date.now() - asked < 5_000, `${Date.now() - asked} ms`);

  await node.restart();
  await untilBlock(await connection.open(), 6);
});
