// How much there is: bytes of the state, and of a folder.

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = 1_000;

/** The bytes of all keys and values in the state of a block, by storage item. */
export async function stateOf(api, rpc, hash) {
  const names = itemNames(api);
  const sizes = new Map();
  for (let last = null; ; ) {
    const keys = await rpc.ask('state_getKeysPaged', '0x', PAGE, last, hash);
    if (keys.length === 0) return sizes;
    const [{ changes }] = await rpc.ask('state_queryStorageAt', keys, hash);
    for (const [key, value] of changes) {
      const name = names.get(key.slice(0, 66)) ?? 'other';
      sizes.set(name, (sizes.get(name) ?? 0) + bytes(key) + bytes(value ?? '0x'));
    }
    last = keys.at(-1);
  }
}

/** What each item has grown by between two of those, the largest first. */
export const growth = (before, after) =>
  [...after]
    .map(([name, size]) => ({ name, bytes: size - (before.get(name) ?? 0) }))
    .sort((one, other) => other.bytes - one.bytes);

const bytes = (hex) => hex.length / 2 - 1;

/** The names of all storage items, by what their keys begin with. */
function itemNames(api) {
  const items = Object.entries(api.query).flatMap(([pallet, items]) =>
    Object.entries(items)
      .filter(([, item]) => item.keyPrefix)
      .map(([name, item]) => [item.keyPrefix().slice(0, 66), `${pallet}.${name}`]),
  );
  return new Map(items);
}

/** What a folder takes on the disk, in bytes. */
export function folderSize(dir) {
  let size = 0;
  for (const name of readdirSync(dir)) {
    try {
      const path = join(dir, name);
      const found = lstatSync(path);
      size += found.isDirectory() ? folderSize(path) : found.blocks * 512;
    } catch (error) {
      // A database removes files while it is looked at.
      if (error.code !== 'ENOENT') throw error;
    }
  }
  return size;
}
