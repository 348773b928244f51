import assert from 'node:assert/strict';
import { ApiPromise, WsProvider } from '@polkadot/api';
import { height, native, propose, send, setParameters, untilBlock } from '../lib/chain.mjs';
import { blocksDecode, hex, onChain } from './support.mjs';

/** The pallets of this repository: what they say in the metadata is all that a wallet's user gets to read. */
const OURS = ['claims', 'clock', 'cover', 'homes', 'outages', 'parameters', 'pools', 'pricing'];

onChain('everything decodes from the metadata alone', async ({ t, node, connection, api: ours, who }) => {
  // A bit of everything for the blocks to hold.
  const { tx } = ours;
  const parts = [
    tx.balances.transferKeepAlive(who.dave.address, native(ours, 3)),
    tx.assets.transfer(1, who.dave.address, 5_000_000n),
    tx.system.remarkWithEvent('0x4c7574696e65'),
    tx.proxy.addProxy(who.eve.address, 'Any', 0),
    tx.multisig.asMulti(2, [who.dave.address, who.eve.address].sort(), null, tx.system.remark('0x00'), {
      refTime: 1_000_000_000n,
      proofSize: 10_000n,
    }),
  ];
  await send(ours, tx.utility.batch(parts), who.bob);
  await propose(ours, tx.utility.batchAll([await setParameters(ours, 'Governance', {}), ...parts]), who.charlie);
  await untilBlock(ours, (await height(ours)) + 2);
  await connection.close();

  // A client as plain as can be, to see what it has to say.
  const said = [];
  const originals = { warn: console.warn, error: console.error };
  console.warn = console.error = (...line) => said.push(line.join(' '));
  const provider = new WsProvider(node.url);
  const api = await ApiPromise.create({ provider, noInitWarn: true }).finally(() => Object.assign(console, originals));
  connection.api = api;
  const raw = (method, ...params) => provider.send(method, params);
  const { pallets, apis } = api.runtimeMetadata.asLatest;
  const asked = [
    ...apis.map(({ name, methods }) => ({ name: `${name}`, functions: methods })),
    ...pallets.map(({ name, viewFunctions }) => ({ name: `${name}Api`, functions: viewFunctions })),
  ];

  await t.test('transaction extensions that the client does not know carry no data', () => {
    const unknown = said.flatMap((line) => line.match(/Unknown signed extensions (.*?) found/)?.[1].split(', ') ?? []);
    const others = said.filter((line) => !line.includes('Unknown signed extensions'));
    assert.deepEqual(others, []);
    const { transactionExtensions } = api.runtimeMetadata.asLatest.extrinsic;
    for (const name of unknown) {
      const { type, implicit } = transactionExtensions.find(({ identifier }) => identifier.eq(name));
      for (const id of [type, implicit]) assert.equal(empty(api, id), true, name);
    }
  });

  await t.test('every block so far, to the byte', () => blocksDecode(api));

  await t.test('every constant', () => {
    for (const { name, constants } of pallets) {
      for (const constant of constants) {
        const value = api.registry.createType(api.registry.createLookupType(constant.type), constant.value.toU8a(true));
        assert.equal(hex(value), constant.value.toHex(), `${name}.${constant.name}`);
      }
    }
  });

  await t.test('every storage item', async () => {
    const hash = await api.rpc.chain.getBlockHash();
    const { query } = await api.at(hash);
    let seen = 0;
    for (const [pallet, items] of Object.entries(query)) {
      // What the client adds of its own: the well-known keys of every chain.
      if (pallet === 'substrate') continue;
      for (const [name, item] of Object.entries(items)) {
        const { type, modifier } = item.creator.meta;
        const values = type.isPlain
          ? [[item.key(), await item()]]
          : (await item.entriesPaged({ args: [], pageSize: 20 })).map(([key, value]) => [key.toHex(), value]);
        for (const [key, value] of values) {
          const stored = await raw('state_getStorage', key, hash.toHex());
          if (stored === null) continue;
          // An optional item that is there is stored bare.
          assert.equal(hex(modifier.isOptional ? value.unwrap() : value), stored, `${pallet}.${name}`);
          seen += 1;
        }
      }
    }
    assert.ok(seen > 0);
  });

  await t.test('every type that a call, an event or an error names', () => {
    for (const { name, calls, events, errors } of pallets) {
      for (const variants of [calls, events, errors]) {
        for (const variant of variantsOf(api, variants)) {
          for (const field of variant.fields) {
            const type = api.registry.createLookupType(field.type);
            assert.doesNotThrow(() => api.registry.createType(type), `${name}.${variant.name}.${field.name}`);
          }
        }
      }
    }
  });

  await t.test('every type that a runtime API or a view function names', () => {
    const told = asked.filter(({ functions }) => functions.length > 0).map(({ name }) => name);
    for (const name of ['ClaimsApi', 'CoverApi', 'PoolsApi', 'PricingApi']) assert.ok(told.includes(name), name);
    for (const { name, functions } of asked) {
      for (const { name: called, inputs, output } of functions) {
        for (const id of [...inputs.map(({ type }) => type), output]) {
          const type = api.registry.createLookupType(id);
          assert.doesNotThrow(() => api.registry.createType(type), `${name}.${called}`);
        }
      }
    }
  });

  await t.test('our pallets explain themselves', () => {
    const silent = [];
    const check = (docs, where) => docs.join('').trim() || silent.push(where);
    for (const wanted of OURS) {
      const pallet = pallets.find(({ name }) => name.toString().toLowerCase() === wanted);
      assert.ok(pallet, wanted);
      const { calls: call, events: event, errors: error } = pallet;
      for (const [kind, variants] of Object.entries({ call, event, error })) {
        for (const { name, docs, fields } of variantsOf(api, variants)) {
          check(docs, `${kind} ${wanted}.${name}`);
          if (kind !== 'event') continue;
          for (const field of fields) check(field.docs, `event ${wanted}.${name}.${field.name}`);
        }
      }
      for (const { name, docs } of pallet.storage.isSome ? pallet.storage.unwrap().items : []) {
        check(docs, `storage ${wanted}.${name}`);
      }
      for (const { name, docs } of pallet.constants) check(docs, `constant ${wanted}.${name}`);
      for (const { functions } of asked.filter(({ name }) => name === `${pallet.name}Api`)) {
        for (const { name, docs } of functions) check(docs, `question ${wanted}.${name}`);
      }
    }
    assert.deepEqual(silent, []);
  });
});

/** The calls, events or errors of a pallet, if it has any. */
const variantsOf = (api, type) =>
  type.isSome ? api.registry.lookup.getSiType(type.unwrap().type).def.asVariant.variants : [];

/** Whether a value of the type takes no bytes. */
const empty = (api, id) => api.registry.createType(api.registry.createLookupType(id)).encodedLength === 0;
