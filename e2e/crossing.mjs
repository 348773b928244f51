// What the demonstration of the bridge shows: somebody on another chain is insured on Lutine, proves it at home, claims
// from there and is paid there. All of it happens on two real chains; what is told is what they say, and checked.

import { CARRIED } from './lib/bridge.mjs';
import * as chain from './lib/chain.mjs';
import { CERTIFICATES, fixedPercent, judged, percent, quote, taking, untilMoved } from './lib/insurance.mjs';
import { clear, faint, good, pass, say, step, table, waiting, waitingFor } from './lib/tell.mjs';

const { balances, eventOf, formatUnits, height, native, send, timeAt } = chain;

/** What can be insured of the products that the development chain begins with: the first that nothing has happened to. */
const PRODUCTS = [3, 2, 1];
const HOUR = 3_600;
const DECIMALS = { LUT: 12, tUSD: 6 };

const show = (asset, amount) => `${formatUnits(amount, DECIMALS[asset])} ${asset}`;
const lut = (amount) => show('LUT', amount);

/** The demonstration fails where a chain does not do what is told. */
function check(isSo, otherwise) {
  if (!isSo) throw new Error(otherwise);
}

export async function crossing(bridge) {
  const told = new Crossing(bridge);
  try {
    await told.relayerStarts();
    await told.lightClientsBegin();
    await told.lutCrosses();
    await told.underwritersComeIn();
    await told.charlieBuys();
    await told.daveProves();
    await told.coverBegins();
    await told.incidentIsJudged();
    await told.charlieClaims();
    await told.payoutGoesHome();
    await told.booksAgree();
  } finally {
    clear();
  }
}

class Crossing {
  constructor(bridge) {
    this.bridge = bridge;
    this.who = bridge.who;
    this.one = native(bridge.lutine, 1);
    this.assessors = chain.people(bridge.lutine, ['Grace', 'Heidi', 'Ivan']);
  }

  get lutine() {
    return this.bridge.lutine;
  }

  get partner() {
    return this.bridge.partner;
  }

  async now() {
    return timeAt(this.lutine, await height(this.lutine));
  }

  /** How far both chains and the lane between them are, after every message. */
  async balance(when) {
    const { LUT } = await this.bridge.backing();
    check(LUT.missing === 0n, `${when}: ${LUT.missing} of the LUT abroad are not backed`);
    return LUT;
  }

  async relayerStarts() {
    const { bridge } = this;
    say(
      'Neither trusts the other, and there is no chain above them. Each keeps a light client of the other one: it checks the ' +
        'signatures under final blocks, and whatever is said to be in their state is proven from there.',
    );
    if (Object.keys(bridge.nodes).length > 0) {
      bridge.relayer.start();
      void bridge.relayer.exited.then(({ code, signal }) => (this.relayerEnded = `${signal ?? `exit code ${code}`}`));
      say('A relayer carries headers and proofs. It has no rights: it can be slow, but what it says is checked.');
    }
  }

  async lightClientsBegin() {
    const { bridge, lutine } = this;
    step('The light clients begin');
    const had = [await bridge.known('lutine'), await bridge.known('partner')];
    if (had.every(Boolean)) {
      say('They have begun before.');
    } else {
      say(
        'A light client has to begin with something it cannot check: a header and who signs the next one. On the partner chain ' +
          'its owner says so; on Lutine nobody can but token holders, by referendum.',
      );
      pass('token holders vote, which takes half a minute here');
      await bridge.begin();
    }
    // Both must be shown blocks that came later.
    const [ofPartner, ofLutine] = await Promise.all([height(this.partner), height(lutine)]);
    const known = await Promise.all([
      bridge.untilKnown('lutine', ofPartner + 1),
      bridge.untilKnown('partner', ofLutine + 1),
    ]).catch((error) => {
      throw new Error(this.relayerEnded ? `the relayer ended: ${this.relayerEnded}\n${error.message}` : error.message);
    });
    say(`Lutine knows that block ${known[0].number} of the partner chain is final, and it knows block ${known[1].number} of Lutine.`);
  }

  async lutCrosses() {
    const { bridge, who, one } = this;
    step('LUT crosses the bridge');
    const amount = 500n * one;
    const before = await bridge.abroad('LUT', who.charlie);
    const message = await bridge.toPartner(who.bob, 'LUT', amount, who.charlie);
    say(
      `Bob sends ${lut(amount)} to Charlie on the partner chain: message ${message.nonce}, in block ${message.block.number} of Lutine. They ` +
        "stay on Lutine, in an account that is the partner chain's; what Charlie gets is a claim on them.",
    );
    const { LUT } = await bridge.backing();
    check(LUT.missing === 0n, `${LUT.missing} of the LUT abroad are not backed`);
    if (LUT.toPartner > 0n) say(`On its way: ${lut(LUT.toPartner)}. The books count that too.`);
    const arrived = await bridge.arrived(message);
    const got = (await bridge.abroad('LUT', who.charlie)) - before;
    check(got > 0n && got <= amount, `Charlie has got ${got}`);
    say(`In block ${arrived.block.number} of the partner chain ${good(`Charlie has ${lut(got)}`)}: ${lut(amount - got)} went for its execution there.`);
  }

  async underwritersComeIn() {
    const { lutine, who, assessors, one } = this;
    step('On Lutine somebody is ready to insure');
    const { balances: money, claims, pools, utility } = lutine.tx;
    const id = (await lutine.call.poolsApi.pools()).length;
    this.product = await this.unharmed();
    const gifts = [...assessors.map(({ address }) => address), chain.palletAccount(lutine, 'treasury')];
    await Promise.all([
      send(
        lutine,
        utility.batchAll([
          pools.create('Native', percent(10)),
          pools.setLine(id, this.product, percent(50), fixedPercent(5)),
          pools.deposit(id, 20_000n * one, 0, null),
        ]),
        who.alice,
      ),
      send(lutine, utility.batchAll(gifts.map((to) => money.transferKeepAlive(to, 100n * one))), who.bob),
    ]);
    await Promise.all(assessors.map((each) => send(lutine, claims.stake(10n * one), each)));
    this.pool = id;
    const { name } = (await lutine.call.coverApi.product(this.product)).unwrap();
    this.name = name.toUtf8();
    say(
      `Alice opens a pool with ${lut(20_000n * one)} and insures product ${this.product}, "${this.name}". Grace, Heidi and Ivan stake, to judge what happens.`,
    );
  }

  /** Where the demonstration was shown before, products are still under its incidents. */
  async unharmed() {
    for (const product of PRODUCTS) {
      const failed = await quote(this.lutine, product, 'Native', this.one, HOUR).catch(({ message }) => message);
      if (!String(failed).startsWith('cover.ProductUnderIncident')) return product;
    }
    throw new Error('every product is under an incident: show this on a chain that is younger');
  }

  async charlieBuys() {
    const { bridge, lutine, who, one } = this;
    step('Charlie buys cover on Lutine, without having an account there');
    this.derived = await bridge.derived(who.charlie);
    this.amount = 1_000n * one;
    const offer = await quote(lutine, this.product, 'Native', this.amount, HOUR);
    const premium = offer.netPremium.toBigInt();
    // By the time it arrives it may cost a little more.
    const order = taking(this.amount, offer, { maxPremium: (premium * 11n) / 10n });
    const deposits = offer.deposit.toBigInt() + lutine.consts.homes.homeDeposit.toBigInt();
    const brought = order.maxPremium + deposits + one;
    const calls = [
      lutine.tx.cover.buy(this.product, 'Native', order, 'what Charlie has on the bridge'),
      lutine.tx.homes.setHome(bridge.home(who.charlie)),
    ];
    this.charlieBefore = await bridge.abroad('LUT', who.charlie);
    const message = await bridge.act(who.charlie, calls, { LUT: brought });
    say(
      `One message does all of it: it takes ${lut(brought)} and a fee along, buys ${lut(this.amount)} of cover for an hour, and says where a payout ` +
        'is to go: home. On Lutine it acts for an account that is nobody but Charlie of the partner chain:',
    );
    say(faint(this.derived));
    const { events, block } = await bridge.arrived(message);
    const bought = eventOf(events, lutine.events.cover.Bought).data;
    this.policy = bought.policy.toNumber();
    this.start = bought.start.toNumber();
    this.bought = block.number;
    const item = (await lutine.query.nfts.item(CERTIFICATES, this.policy)).unwrap();
    check(item.owner.eq(this.derived), 'somebody else has the certificate');
    await this.balance('after the purchase');
    say(
      `Block ${block.number} of Lutine: ${good(`policy ${this.policy} is Charlie's`)}, for a premium of ${lut(bought.netPremium)}. He signed on his own chain, ` +
        'and nothing else.',
    );
  }

  async daveProves() {
    const { bridge, who } = this;
    step('At home Dave proves that Charlie is insured');
    const { certificate, header, size } = await bridge.prove(this.policy, who.dave, { since: this.bought });
    check(certificate.holder.eq(this.derived) && certificate.state.isActive, 'somebody else is insured');
    say(
      `Anyone can: Dave takes a proof of ${size} bytes from any node of Lutine, under block ${header} that the partner chain knows to be ` +
        `final. No message is sent. The partner chain has checked it: ${good(`policy ${this.policy} of product ${this.product} insures ${lut(certificate.amount)}`)}.`,
    );
  }

  async coverBegins() {
    const left = this.start - (await this.now());
    if (left <= 0) return;
    step(`Cover begins in ${left} seconds`);
    const tell = waiting((seconds) => `${seconds} s until cover begins`);
    for (let now = await this.now(); now <= this.start; now = await this.now()) {
      tell(this.start - now);
      await chain.untilBlock(this.lutine, (await height(this.lutine)) + 1);
    }
    say('It is in force.');
  }

  async incidentIsJudged() {
    const { lutine, who, assessors } = this;
    step('It happens, and is judged on Lutine');
    say(`Eve reports that "${this.name}" was hit. The assessors vote in secret, show their votes, and nobody disputes them.`);
    const happened = await this.now();
    const result = await judged(
      lutine,
      { product: this.product, happened, reporter: who.eve, assessors },
      waitingFor('the incident is judged'),
    );
    this.incident = result.incident;
    check(result.verdict === 100, `the verdict is ${result.verdict} %`);
    say(`Incident ${this.incident} is accepted with ${result.verdict} %.`);
  }

  async charlieClaims() {
    const { bridge, lutine, who, one } = this;
    const { claims } = lutine.events;
    step('Charlie claims from home');
    this.loss = 80n * one;
    const { bond, assessorsFee } = await chain.parameters(lutine, 'Claims');
    const brought = bond.toBigInt() + assessorsFee.toBigInt() + one;
    const evidence = ['https://example.org/what-charlie-had', lutine.registry.hash('a statement')];
    const call = lutine.tx.claims.file(this.incident, this.policy, this.loss, ...evidence);
    const message = await bridge.act(who.charlie, [call], { LUT: brought });
    const { events } = await bridge.arrived(message);
    const { case: id, until } = eventOf(events, claims.Proposed).data;
    say(
      `He lost ${lut(this.loss)}, and the message brings the bond along. It is a small claim: it stands unless somebody challenges it by block ${until}.`,
    );
    // He is paid abroad first: what comes home is seen from now on.
    this.home = await bridge.abroad('LUT', who.charlie);
    const paid = await untilMoved(lutine, id.toNumber(), claims.Decided, until.toNumber(), waitingFor('it is final'));
    const payment = eventOf(paid.events, claims.ClaimPaid).data;
    this.award = payment.paid.toBigInt();
    check(payment.arrears.isZero() && this.award === this.loss, 'not all of it was paid');
    say(`Block ${paid.block.number} of Lutine: ${good(`${lut(this.award)} are paid`)}, to the account that is Charlie's there.`);
  }

  async payoutGoesHome() {
    const { bridge, who } = this;
    step('The payout goes home by itself');
    const came = async () => {
      const more = (await bridge.abroad('LUT', who.charlie)) - this.home;
      return more > 0n && more;
    };
    const got = await bridge.until('the payout is at home', came);
    check(got <= this.award, 'more came home than was paid');
    say(
      `Nobody had to do anything: ${good(`Charlie has ${lut(got)} more on the partner chain`)}. ${lut(this.award - got)} went for the message's execution there.`,
    );
  }

  async booksAgree() {
    const { bridge, lutine, who } = this;
    step('The books, to the unit');
    await bridge.quiet();
    const books = await bridge.backing();
    table([
      ['', 'held on Lutine', 'issued on the partner chain', 'on its way', 'missing'],
      ...CARRIED.map((asset) => {
        const { held, issued, toPartner, toLutine, missing } = books[asset];
        check(missing === 0n, `${missing} of ${asset} is missing`);
        return [asset, ...[held, issued, toPartner + toLutine, missing].map((each) => formatUnits(each, DECIMALS[asset]))];
      }),
    ]);
    const [at, left] = [await bridge.abroad('LUT', who.charlie), await balances(lutine, this.derived)];
    say();
    say(
      `Charlie has ${lut(at)} at home. On Lutine his account keeps ${lut(left.free)}, what was left of fees, and ${lut(left.held)} as deposits for his policy and his home.`,
    );
  }
}
