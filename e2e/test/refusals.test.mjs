import assert from 'node:assert/strict';
import { balances, native, send, setParameters } from '../lib/chain.mjs';
import { onChain, refuses, snapshot } from './support.mjs';

onChain('what is wrong is refused with its reason and changes nothing', async ({ t, api, who }) => {
  const { bob, dave } = who;
  const some = native(api, 1);
  const transfer = (amount = some) => api.tx.balances.transferKeepAlive(dave.address, amount);

  await t.test('more than there is', async () => {
    const before = await balances(api, bob);
    const [recipient] = await snapshot(api, [dave]);
    await refuses(send(api, transfer(before.free + some), bob), /^Token\.FundsUnavailable$/);
    assert.deepEqual(await snapshot(api, [dave]), [recipient]);
    // The sender is out of the fee and nothing else.
    const after = await balances(api, bob);
    assert.ok(after.free < before.free && before.free - after.free < some);
    assert.equal(after.held, before.held);
  });

  await t.test('parameters set by an ordinary account', async () => {
    const stored = async () => (await api.query.parameters.governanceParameters()).toHex();
    const before = await stored();
    const call = await setParameters(api, 'Governance', { minimumDeposit: native(api, 500) });
    await refuses(send(api, call, bob), /^BadOrigin$/);
    // Nor wrapped into something harmless; then the rest of it does not happen either.
    const [recipient] = await snapshot(api, [dave]);
    await refuses(send(api, api.tx.utility.batchAll([transfer(), call]), bob), /^BadOrigin$/);
    assert.equal(await stored(), before);
    assert.deepEqual(await snapshot(api, [dave]), [recipient]);
  });

  // What is refused before it reaches a block.
  const accounts = [bob, dave];
  const unchanged = async (name, action, expected) =>
    t.test(name, async () => {
      const before = await snapshot(api, accounts);
      await refuses(action(), expected);
      assert.deepEqual(await snapshot(api, accounts), before);
    });

  const nonce = (await api.rpc.system.accountNextIndex(bob.address)).toNumber();
  assert.ok(nonce > 0);
  await unchanged('a nonce of the past', () => send(api, transfer(), bob, { nonce: nonce - 1 }), /outdated/i);
  await unchanged("nobody's signature", () => transfer().send(), /NoUnsignedValidator/);
  await unchanged(
    'a signature of something else',
    async () => {
      const signed = await transfer().signAsync(bob, { nonce: -1 });
      // The amount comes last.
      const forged = signed.toU8a();
      forged[forged.length - 1] ^= 1;
      await api.rpc.author.submitExtrinsic(forged);
    },
    /bad signature/i,
  );
  await unchanged('an account without money', () => send(api, transfer(), bob.derive('//nobody')), /pay some fees/i);
});
