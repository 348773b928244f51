// Many accounts that sign beforehand and send at once, and what became of what they sent.

import { assetBalance, describeError, native, people, send, sleep } from '../e2e/lib/chain.mjs';
import { TUSD, dollars } from '../e2e/lib/insurance.mjs';

/** Transactions in a request, and requests at a time. */
const [BATCH, LANES] = [50, 4];
/** Transactions that wait in the pool, at most: it takes 8,192, and those whose turn has not come count apart. */
const PENDING = 5_000;
const STALL = 30_000;
/** Transactions that are signed at a stretch. */
const YIELD = 100;
/** What each account gets. */
const GIFT = { lut: 150, usd: dollars(1_000) };

export class Crowd {
  #api;
  #rpc;

  /** Accounts are named by their number; those of another name are on the chain already. */
  constructor(api, rpc, size, name = 'Bench') {
    this.#api = api;
    this.#rpc = rpc;
    const names = Array.from({ length: size }, (_, index) => `${name} ${index}`);
    this.accounts = people(api, names).map((pair, index) => ({ pair, address: pair.address, index, nonce: 0 }));
    this.byAddress = new Map(this.accounts.map((account) => [account.address, account]));
  }

  /** Gives all of them what they need. */
  async fund(giver) {
    const { balances, assets, utility } = this.#api.tx;
    for (let at = 0; at < this.accounts.length; at += 100) {
      const calls = this.accounts
        .slice(at, at + 100)
        .flatMap(({ address }) => [
          balances.transferKeepAlive(address, native(this.#api, GIFT.lut)),
          assets.transfer(TUSD, address, GIFT.usd),
        ]);
      await send(this.#api, utility.batchAll(calls), giver);
    }
    const last = await assetBalance(this.#api, TUSD, this.accounts.at(-1));
    if (last !== GIFT.usd) throw new Error(`an account has ${last} units of the dollar instead of ${GIFT.usd}`);
  }

  /** So many calls, by the accounts in turn, each signed by who is to send it. */
  async sign(count, callOf) {
    const pairs = Array.from({ length: count }, (_, index) => {
      const account = this.accounts[index % this.accounts.length];
      return [account, callOf(account, index)];
    });
    return this.signEach(pairs);
  }

  /** Signs calls, given with their accounts, for ever and with the nonces that come next. */
  async signEach(pairs) {
    const signed = [];
    for (const [account, call] of pairs) {
      // Signing leaves no time for anything else, and a node lets go of a client that does not answer for long.
      if (signed.length % YIELD === 0) await new Promise(setImmediate);
      const extrinsic = await call.signAsync(account.pair, { nonce: account.nonce, era: 0 });
      account.nonce += 1;
      signed.push({ lane: account.index % LANES, hex: extrinsic.toHex() });
    }
    return signed;
  }

  /** Sends what was signed as fast as the pool takes it, and waits until blocks have it all. Returns those blocks. */
  async send(signed) {
    const left = new Set(signed.map(({ hex }) => hex));
    let next = Number((await this.#rpc.ask('chain_getHeader')).number) + 1;
    let sent = 0;
    let failure;
    // Those of an account go one after the other, or the pool would put them aside.
    const lane = async (own) => {
      for (let at = 0; at < own.length && !failure; at += BATCH) {
        while (sent - (signed.length - left.size) > PENDING && !failure) await sleep(20);
        const batch = own.slice(at, at + BATCH);
        sent += batch.length;
        await this.#rpc.askEach('author_submitExtrinsic', batch.map(({ hex }) => [hex]));
      }
    };
    for (let number = 0; number < LANES; number += 1) {
      lane(signed.filter((each) => each.lane === number)).catch((error) => (failure = error));
    }
    const blocks = [];
    for (let since = Date.now(); left.size > 0; ) {
      if (failure) throw failure;
      const hash = await this.#rpc.ask('chain_getBlockHash', next);
      if (hash === null) {
        if (Date.now() - since > STALL) throw new Error(`${left.size} of ${signed.length} calls come into no block`);
        await sleep(50);
        continue;
      }
      const { block } = await this.#rpc.ask('chain_getBlock', hash);
      const own = new Set(block.extrinsics.flatMap((hex, index) => (left.delete(hex) ? [index] : [])));
      if (own.size > 0) {
        blocks.push({ number: next, hash, own });
        since = Date.now();
      }
      next += 1;
    }
    return blocks;
  }

  /**
   * What became of what was sent in bursts, each given by its blocks: the events, the mean weight in µs, and how many a
   * second of the chain's time there were. Fails unless all succeeded.
   */
  async outcome(bursts) {
    const { system } = this.#api.events;
    const events = [];
    let weight = 0;
    for (const { number, hash, own } of bursts.flat()) {
      for (const { phase, event } of await (await this.#api.at(hash)).query.system.events()) {
        if (!phase.isApplyExtrinsic || !own.has(phase.asApplyExtrinsic.toNumber())) continue;
        if (system.ExtrinsicFailed.is(event)) {
          const reason = describeError(this.#api, event.data.dispatchError);
          throw new Error(`extrinsic ${phase.asApplyExtrinsic} of block ${number} failed: ${reason}`);
        }
        if (system.ExtrinsicSuccess.is(event)) weight += event.data.dispatchInfo.weight.refTime.toNumber() / 1e6;
        else events.push(event);
      }
    }
    const blocks = bursts.flat();
    return { events, weight: weight / sum(blocks), blocks: blocks.length, rate: await this.#rate(bursts) };
  }

  /** Of all blocks but the first and the last of each burst, which are not full. */
  async #rate(bursts) {
    const full = bursts.map((blocks) => (blocks.length > 2 ? blocks.slice(1, -1) : blocks));
    const time = async (number) => {
      const at = await this.#api.at(await this.#rpc.ask('chain_getBlockHash', number));
      return (await at.query.timestamp.now()).toNumber();
    };
    let took = 0;
    for (const blocks of full) took += (await time(blocks.at(-1).number)) - (await time(blocks[0].number - 1));
    return (sum(full.flat()) * 1_000) / took;
  }
}

const sum = (blocks) => blocks.reduce((all, { own }) => all + own.size, 0);
