// Two chains and what is between them: starts both and the relayer, begins their light clients, sends people, money and
// calls from one to the other, waits until they are there, and counts whether anything is missing.

import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import * as chain from './chain.mjs';
import { TUSD } from './insurance.mjs';
import { freePorts, guard, relayerBinary, removeFolder, startNode, temporaryFolder } from './node.mjs';

const { assetBalance, balances, eventOf, eventsAt, height, native, referendum, send, sleep, wellKnown } = chain;

/** Until a message from one chain has been executed on the other, in seconds: what is waited for at most. */
const PATIENCE = 120;
/** Whose money pays for what the relayer sends. Tests leave these accounts alone. */
const RELAYER = '//Ferdie//stash';

// -- Locations

const version = (value) => ({ V5: value });
const place = (parents, ...junctions) => ({
  parents,
  interior: junctions.length ? { [`X${junctions.length}`]: junctions } : 'Here',
});
const consensus = (network) => ({ GlobalConsensus: network });
const hex = (bytes) => `0x${Buffer.from(bytes).toString('hex')}`;
const person = ({ publicKey }) => ({ AccountId32: { network: null, id: hex(publicKey) } });

/** How an asset of Lutine is called at home, and below which junctions abroad. */
const ASSETS = {
  LUT: { id: 1, junctions: [] },
  tUSD: { id: 2, junctions: [{ PalletInstance: 40 }, { GeneralIndex: TUSD }] },
};
/** The assets of Lutine that the bridge carries, by symbol. */
export const CARRIED = Object.keys(ASSETS);

const OTHER = { lutine: 'partner', partner: 'lutine' };
const capital = (name) => name[0].toUpperCase() + name.slice(1);

// -- The relayer

/** The relayer as a process of this machine that ends with this one. It is not started by being made. */
export class Relayer {
  #dir = temporaryFolder();
  #urls;
  #args;
  #child;
  #log = [];

  /** Is told every line it writes. */
  onLine = () => {};
  exited = Promise.resolve({ code: null, signal: null });

  /** `lutine` and `partner` are where the chains answer. */
  constructor({ lutine, partner, prometheusPort }) {
    this.#urls = { lutine, partner };
    this.#args = [
      ...['--lutine', lutine, '--partner', partner, '--lutine-signer', RELAYER, '--partner-signer', RELAYER],
      // Nobody here wants to wait a minute for a header that no message needs.
      ...['--header-every-seconds', '15'],
      ...(prometheusPort ? ['--prometheus-port', String(prometheusPort)] : ['--no-prometheus']),
    ];
  }

  get running() {
    return this.#child !== undefined;
  }

  /** The last lines it wrote. */
  tail(lines = 30) {
    return this.#log.slice(-lines).join('\n');
  }

  start() {
    const child = spawn(relayerBinary(), this.#args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.exited = new Promise((done) => {
      child.once('error', (error) => done({ code: null, signal: error.message }));
      child.once('exit', (code, signal) => done({ code, signal }));
    });
    this.exited.then(() => {
      if (this.#child !== child) return;
      this.#child = undefined;
      guard({ dir: this.#dir });
    });
    this.#child = child;
    if (child.pid) guard({ dir: this.#dir, pid: child.pid });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.#log.push(line);
        if (this.#log.length > 300) this.#log.shift();
        this.onLine(line);
      });
    }
  }

  /** The call that begins the light client of a chain, to be made on the other one: with its last final header. */
  async beginning(of) {
    const args = ['initialise-data', '--of', of, '--node', this.#urls[of], '--log', 'warn'];
    const { stdout } = await promisify(execFile)(relayerBinary(), args, { maxBuffer: 2 ** 24 });
    return JSON.parse(stdout).call;
  }

  /** Asks it to end. */
  async stop() {
    this.#child?.kill('SIGTERM');
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), 10_000);
    const result = await this.exited;
    clearTimeout(timer);
    return result;
  }

  /** Ends it as a power cut would. */
  async kill9() {
    this.#child?.kill('SIGKILL');
    return this.exited;
  }

  async dispose() {
    await this.stop();
    removeFolder(this.#dir);
  }
}

// -- Both chains

export class Bridge {
  /** The nodes that this one started, by chain. */
  nodes = {};
  relayer;
  /** What talks to them. */
  lutine;
  partner;
  /** The last block of each that was there when something was sent to it. */
  #seen = {};

  /** Starts a chain at each end, each with one validator, and no relayer yet. Ports stay when a node is restarted. */
  static async start({ lutinePort, partnerPort, prometheusPort } = {}) {
    const bridge = new Bridge();
    const [first, second] = await freePorts(2);
    try {
      const [lutine, partner] = await Promise.all([
        startNode({ rpcPort: lutinePort ?? first }),
        startNode({ rpcPort: partnerPort ?? second, chain: 'partner-dev' }),
      ]);
      bridge.nodes = { lutine, partner };
      bridge.relayer = new Relayer({ lutine: lutine.url, partner: partner.url, prometheusPort });
      await bridge.#open({ lutine: lutine.url, partner: partner.url });
    } catch (error) {
      await bridge.dispose();
      throw error;
    }
    return bridge;
  }

  /** Both ends as they are, somewhere. They have a relayer of their own. */
  static async at(urls) {
    const bridge = new Bridge();
    bridge.relayer = new Relayer(urls);
    await bridge.#open(urls);
    return bridge;
  }

  async #open(urls) {
    this.urls = urls;
    await Promise.all(Object.keys(OTHER).map((name) => this.reconnect(name)));
    // What the chains call themselves and each other, and the lane between them, is what they themselves say.
    const [[, bridge]] = await this.lutine.query.partnerBridge.bridges.entries();
    const { laneId, bridgeOriginUniversalLocation, bridgeDestinationUniversalLocation } = bridge.unwrap();
    const network = (location) => location.inner.asX1[0].asGlobalConsensus.toJSON();
    this.lane = laneId.toHex();
    this.networks = {
      lutine: network(bridgeOriginUniversalLocation),
      partner: network(bridgeDestinationUniversalLocation),
    };
    this.who = wellKnown(this.lutine);
    this.reserve = await this.#accountOf(place(1, consensus(this.networks.partner)));
    this.seed = Object.fromEntries(
      await Promise.all(CARRIED.map(async (asset) => [asset, await this.#held(asset, await this.#first())])),
    );
  }

  /** Connects to a chain, again if need be. */
  async reconnect(name) {
    await this[name]?.disconnect().catch(() => {});
    this[name] = await chain.connect(this.urls[name]);
  }

  async dispose() {
    await Promise.all([this.lutine, this.partner].map((api) => api?.disconnect().catch(() => {})));
    await this.relayer?.dispose();
    await Promise.all(Object.values(this.nodes).map((node) => node.dispose()));
  }

  /** The state at the beginning, with what nobody has ever sent. */
  async #first() {
    return this.lutine.at(this.lutine.genesisHash);
  }

  async #accountOf(location) {
    const account = await this.lutine.call.locationToAccountApi.convertLocation(version(location));
    return account.asOk.toString();
  }

  // -- What a chain has of the other one

  #names(name) {
    const other = OTHER[name];
    return { grandpa: `${other}Grandpa`, messages: `${other}Messages` };
  }

  /** The last block of the other chain that a chain knows to be final: `{ number, hash }`, if there is one. */
  async known(name, at = this[name]) {
    const best = (await at.query[this.#names(name).grandpa].bestFinalized()).unwrapOr(undefined);
    return best && { number: best[0].toNumber(), hash: best[1].toHex() };
  }

  /** The number of the set of authorities that a chain believes of the other one. */
  async authoritySet(name) {
    const set = await this[name].query[this.#names(name).grandpa].currentAuthoritySet();
    return set.setId.toNumber();
  }

  /** Waits until a chain knows a block of the other one to be final. */
  async untilKnown(name, number, { seconds = PATIENCE } = {}) {
    const isIt = async () => {
      const known = await this.known(name);
      return known?.number >= number && known;
    };
    return this.until(`${name} knows that block ${number} of ${OTHER[name]} is final`, isIt, { seconds });
  }

  /** Waits for something, and says how far the lane is where it does not come. */
  async until(what, isIt, { seconds = PATIENCE } = {}) {
    for (const deadline = Date.now() + seconds * 1_000; ; await sleep(300)) {
      const found = await isIt();
      if (found) return found;
      if (Date.now() > deadline) {
        const state = await this.state().catch((error) => error.message);
        throw new Error(`not within ${seconds} s: ${what}\n${state}\n${this.relayer.tail(15)}`);
      }
    }
  }

  /** How far the lane is in both directions, in words. */
  async state() {
    const lines = await Promise.all(
      Object.entries(OTHER).map(async ([from, to]) => {
        const [generated, confirmed] = await this.#sent(from);
        const [executed, delivered] = await this.#executed(to);
        const known = await this.known(to);
        return (
          `${from} to ${to}: ${generated} sent, ${delivered} delivered, ${executed} executed, ${confirmed} confirmed; ` +
          `${to} knows block ${known?.number}`
        );
      }),
    );
    return lines.join('\n');
  }

  // -- Light clients

  /**
   * Begins both light clients, where they have not begun: on the partner chain by their owner, on Lutine by a referendum.
   * Starts the relayer as soon as there is one.
   */
  async begin() {
    const [lutine, partner] = await Promise.all(['lutine', 'partner'].map((name) => this.known(name)));
    await Promise.all([!partner && this.#beginPartner(), !lutine && this.#beginLutine()]);
  }

  async #beginPartner() {
    const { partner } = this;
    const call = partner.createType('Call', await this.relayer.beginning('lutine'));
    await send(partner, partner.tx(call), this.who.alice);
  }

  async #beginLutine() {
    const { lutine, who } = this;
    const call = lutine.tx(lutine.createType('Call', await this.relayer.beginning('partner')));
    const votes = [{ who: who.alice, aye: true, amount: native(lutine, 500_000) }];
    const { passed } = await referendum(lutine, { call, proposer: who.alice, votes });
    if (!passed) throw new Error('the referendum on the light client did not pass');
  }

  // -- Lanes

  /** The numbers of the last message that a chain has sent, and of the last one it knows to be delivered. */
  async #sent(name, at = this[name]) {
    const { latestGeneratedNonce, latestReceivedNonce } = (
      await at.query[this.#names(name).messages].outboundLanes(this.lane)
    ).unwrap();
    return [latestGeneratedNonce.toNumber(), latestReceivedNonce.toNumber()];
  }

  /** The numbers of the last message that a chain has executed, and of the last one that was delivered to it. */
  async #executed(name, at = this[name]) {
    const lane = await at.query[this.#names(name).messages].inboundLanes(this.lane);
    const { relayers, lastConfirmedNonce } = lane.unwrap();
    const delivered = (relayers.at(-1)?.messages.end ?? lastConfirmedNonce).toNumber();
    const queue = await at.query.messageQueue.bookStateFor(capital(OTHER[name]));
    return [delivered - queue.messageCount.toNumber(), delivered];
  }

  /** The message that a transaction sent, to be waited for with `arrived`. */
  async #message(from, since, result) {
    const { nonce } = eventOf(result.events, this[from].events[this.#names(from).messages].MessageAccepted).data;
    return { from, nonce: nonce.toNumber(), since, ...result };
  }

  /** Sends a transaction on a chain that sends a message to the other one. */
  async #sendMessage(from, call, who) {
    const to = OTHER[from];
    // While the other chain does not answer, from where it was last.
    this.#seen[to] = this[to].isConnected ? await height(this[to]) : (this.#seen[to] ?? 1);
    const since = this.#seen[to];
    return this.#message(from, since, await send(this[from], call, who));
  }

  /**
   * Waits until a message is executed on the other chain. Returns the block and all that happened in it. Fails where it
   * failed there.
   */
  async arrived({ from, nonce, since }, { seconds = PATIENCE } = {}) {
    const to = OTHER[from];
    const isIt = async () => (await this.#executed(to))[0] >= nonce;
    await this.until(`message ${nonce} of ${from} is executed on ${to}`, isIt, { seconds });
    const api = this[to];
    const { Processed, ProcessingFailed } = api.events.messageQueue;
    for (let number = Math.max(since, 1); ; number += 1) {
      const hash = await api.rpc.chain.getBlockHash(number);
      if ((await this.#executed(to, await api.at(hash)))[0] < nonce) continue;
      const { parentHash } = await api.rpc.chain.getHeader(hash);
      const [before] = await this.#executed(to, await api.at(parentHash));
      const events = await eventsAt(api, number);
      const told = events.filter((event) => Processed.is(event) || ProcessingFailed.is(event))[nonce - before - 1];
      if (!told || !Processed.is(told) || told.data.success.isFalse) {
        throw new Error(`message ${nonce} of ${from} failed in block ${number}: ${JSON.stringify(told?.toHuman())}`);
      }
      return { events, block: { hash, number } };
    }
  }

  /** Waits until everything that both have sent is executed, and confirmed. */
  async quiet({ seconds = PATIENCE } = {}) {
    const isIt = async () => {
      const all = Object.entries(OTHER).map(async ([from, to]) => {
        const [[generated, confirmed], [executed]] = [await this.#sent(from), await this.#executed(to)];
        return confirmed === generated && executed === generated;
      });
      return (await Promise.all(all)).every(Boolean);
    };
    await this.until('nothing is on its way', isIt, { seconds });
  }

  // -- People

  /** The account on Lutine of somebody on the partner chain. */
  derived(account) {
    return this.#accountOf(this.#derivedPlace(account));
  }

  #derivedPlace(account) {
    return place(1, consensus(this.networks.partner), person(account));
  }

  /** Where somebody on the partner chain lives, as Lutine is told. */
  home({ publicKey }) {
    return hex(publicKey);
  }

  /** What somebody on the partner chain has there of an asset of Lutine. */
  abroad(asset, account, at = this.partner) {
    return assetBalance(at, ASSETS[asset].id, account);
  }

  // -- Money

  /** Where the other chain is, as a chain sees it. */
  #over(from) {
    return place(1, consensus(this.networks[OTHER[from]]));
  }

  #asset(name, amount, seenFrom) {
    const { junctions } = ASSETS[name];
    const id =
      seenFrom === 'lutine' ? place(0, ...junctions) : place(1, consensus(this.networks.lutine), ...junctions);
    return { id, fun: { Fungible: amount } };
  }

  /** Sends money to the other chain, to the account of somebody there: the same key, unless another one is named. */
  #transfer(from, who, asset, amount, to = who) {
    // On Lutine nothing but LUT pays for a message.
    const fee = from === 'partner' && asset !== 'LUT' ? [this.#asset('LUT', native(this.lutine, 1) / 2n, from)] : [];
    const call = this[from].tx.polkadotXcm.limitedReserveTransferAssets(
      version(this.#over(from)),
      version(place(0, person(to))),
      version([...fee, this.#asset(asset, amount, from)]),
      0,
      'Unlimited',
    );
    return this.#sendMessage(from, call, who);
  }

  /** Sends money of Lutine to the partner chain. */
  toPartner(who, asset, amount, to) {
    return this.#transfer('lutine', who, asset, amount, to);
  }

  /** Brings money of Lutine home from the partner chain. */
  bringHome(who, asset, amount, to) {
    return this.#transfer('partner', who, asset, amount, to);
  }

  /**
   * Lets somebody on the partner chain call something on Lutine: calls are made by their derived account, one after the
   * other, with what they bring along. `fee` in LUT pays for the execution; what is left of it goes to that account.
   */
  async act(who, calls, { fee = native(this.lutine, 1), ...brought } = {}) {
    const { partner } = this;
    const amounts = Object.entries(brought).filter(([, amount]) => amount > 0n);
    const derived = this.#derivedPlace(who);
    const deposit = { DepositAsset: { assets: { Wild: { AllCounted: CARRIED.length } }, beneficiary: derived } };
    const remote = [
      { SetAppendix: ['RefundSurplus', deposit] },
      { SetHints: { hints: [{ AssetClaimer: { location: derived } }] } },
      deposit,
      ...calls.flatMap((call) => [
        { Transact: { originKind: 'SovereignAccount', fallbackMaxWeight: null, call: { encoded: call.method.toHex() } } },
        { ExpectTransactStatus: 'Success' },
      ]),
    ];
    const withdrawn = { LUT: 0n, ...brought };
    withdrawn.LUT += fee;
    const definite = ([asset, amount]) => ({ ReserveWithdraw: { Definite: [this.#asset(asset, amount, 'partner')] } });
    const message = version([
      { WithdrawAsset: Object.entries(withdrawn).map(([asset, amount]) => this.#asset(asset, amount, 'partner')) },
      {
        InitiateTransfer: {
          destination: this.#over('partner'),
          remoteFees: definite(['LUT', fee]),
          preserveOrigin: true,
          assets: amounts.map(definite),
          remoteXcm: remote,
        },
      },
    ]);
    const weight = await partner.call.xcmPaymentApi.queryXcmWeight(message);
    if (weight.isErr) throw new Error(`the message cannot be weighed: ${weight.asErr.type}`);
    return this.#sendMessage('partner', partner.tx.polkadotXcm.execute(message, weight.asOk), who);
  }

  // -- Certificates

  /**
   * Lets somebody prove a policy of Lutine on the partner chain, under a block of Lutine that it knows to be final and
   * that is not before `since`. No message is sent. Returns what is known of the policy from then on.
   */
  async prove(policy, who, { since = 0 } = {}) {
    const { lutine, partner } = this;
    const known = await this.untilKnown('partner', since);
    const keys = await partner.call.certificatesApi.proofKeys(policy);
    const { proof } = await lutine.rpc.state.getReadProof(keys.map((key) => key.toHex()), known.hash);
    const nodes = proof.map((node) => node.toHex());
    const result = await send(partner, partner.tx.certificates.prove(policy, known.hash, nodes), who);
    const certificate = (await partner.call.certificatesApi.certificate(policy)).unwrap();
    return { ...result, certificate, header: known.number, size: nodes.join('').length / 2 - nodes.length };
  }

  // -- Books

  async #held(asset, at) {
    if (asset !== 'LUT') return assetBalance(at, TUSD, this.reserve);
    return (await balances(at, this.reserve)).total;
  }

  /** What a message brings or takes of each asset of Lutine, if it is executed. */
  async #carries(from, at, nonce) {
    const key = { laneId: this.lane, nonce };
    const payload = (await at.query[this.#names(from).messages].outboundMessages(key)).unwrap();
    // Bytes, in which is where it is for, with its version, and what it says.
    const { registry } = this[from];
    const bytes = registry.createType('Bytes', payload.toU8a(true)).toU8a(true);
    const [, , { inner }] = registry.createType('(u8, StagingXcmV5Junctions, XcmVersionedXcm)', bytes);
    const same = (asset, { id }) => {
      const { id: wanted } = this.#asset(asset, 0n, OTHER[from]);
      return registry.createType('StagingXcmV5Location', wanted).eq(id);
    };
    const moved = [...inner].flatMap((instruction) => {
      if (instruction.isReserveAssetDeposited) return [...instruction.asReserveAssetDeposited];
      return instruction.isWithdrawAsset ? [...instruction.asWithdrawAsset] : [];
    });
    return Object.fromEntries(
      CARRIED.map((asset) => [
        asset,
        moved.filter((each) => same(asset, each)).reduce((all, { fun }) => all + fun.asFungible.toBigInt(), 0n),
      ]),
    );
  }

  /**
   * For each asset of Lutine what its reserve holds for the partner chain, what is issued there, and what is on its way
   * in either direction: `{ held, issued, toPartner, toLutine, messages, missing }`. Nothing may be missing, at any time.
   */
  async backing() {
    for (let tries = 0; tries < 100; tries += 1, await sleep(200)) {
      const [partner, lutine] = await Promise.all(
        [this.partner, this.lutine].map(async (api) => api.at(await api.rpc.chain.getBlockHash())),
      );
      const at = { lutine, partner };
      const lanes = Object.entries(OTHER).map(async ([from, to]) => {
        const [[generated], [executed, delivered]] = [
          await this.#sent(from, at[from]),
          await this.#executed(to, at[to]),
        ];
        return { from, generated, executed, delivered };
      });
      const found = await Promise.all(lanes);
      // What waits in a queue is on the lane no more, and what one has executed the other must have sent.
      if (found.some(({ generated, executed, delivered }) => executed !== delivered || delivered > generated)) continue;
      const onTheWay = await Promise.all(
        found.map(({ from, generated, delivered }) =>
          Promise.all(
            Array.from({ length: generated - delivered }, (_, index) =>
              this.#carries(from, at[from], delivered + 1 + index),
            ),
          ),
        ),
      );
      const [toPartner, toLutine] = ['lutine', 'partner'].map(
        (name) => onTheWay[found.findIndex(({ from }) => from === name)],
      );
      const books = CARRIED.map(async (asset) => {
        const total = (messages) => messages.reduce((all, each) => all + each[asset], 0n);
        const details = (await partner.query.assets.asset(ASSETS[asset].id)).unwrapOr(undefined);
        const issued = details ? details.supply.toBigInt() : 0n;
        const held = (await this.#held(asset, lutine)) - this.seed[asset];
        const way = [total(toPartner), total(toLutine)];
        return [
          asset,
          {
            ...{ held, issued, toPartner: way[0], toLutine: way[1], messages: toPartner.length + toLutine.length },
            missing: issued + way[0] + way[1] - held,
          },
        ];
      });
      return Object.fromEntries(await Promise.all(books));
    }
    throw new Error(`the books were never still\n${await this.state()}`);
  }
}
