// What the demonstration shows: a product is listed, underwritten and insured, two things go wrong, and whoever was
// insured against them is paid. All of it happens on a real chain; what is told is what the chain says, and checked.

import * as chain from './lib/chain.mjs';
import {
  CERTIFICATES,
  Feed,
  TUSD,
  USD,
  beforeTime,
  dayEnd,
  dollars,
  fixedPercent,
  list,
  payAll,
  percent,
  proposal,
  questionOf,
  quote,
  secretVote,
  sum,
  taking,
  untilMoved,
} from './lib/insurance.mjs';
import { bad, clear, faint, good, say, step, table, waiting, waitingFor } from './lib/tell.mjs';

const { assetBalance, balances, eventOf, formatUnits, parameters, send, timeAt, untilEvent } = chain;

/** The product that insures the dollar of the development chain. */
const DEPEG = 4;
/** An hour of cover: 360 accounting days of this chain. */
const HOUR = 3_600;

const usd = (amount) => `${formatUnits(amount, 6)} tUSD`;
const clock = (seconds) => new Date(Number(seconds) * 1_000).toISOString().slice(11, 19);
const nameOf = ({ meta }) => meta.name.replace('Stash', '//stash');
const names = (accounts) =>
  accounts
    .map(nameOf)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');
/** Ratios with 18 decimals. */
const ratio = (value, digits = 2) => (Number(value.toBigInt()) / 1e18).toFixed(digits);
const percents = (value, digits = 2) => `${(Number(value.toBigInt()) / 1e16).toFixed(digits)} %`;

/** The demonstration fails where the chain does not do what is told. */
function check(isSo, otherwise) {
  if (!isSo) throw new Error(otherwise);
}

/** What is refused, and why: the first words of the reason. */
async function refusal(action) {
  try {
    await action;
  } catch (error) {
    return bad(error.message.split(':')[0]);
  }
  throw new Error('what must be refused was accepted');
}

export async function story(api) {
  const told = new Story(api);
  try {
    await told.whoIsWho();
    await told.productIsListed();
    await told.poolsAreOpened();
    await told.daveBuysCover();
    await told.othersInsureTheDollar();
    await told.assessorsStake();
    await told.waitingPeriod();
    await told.vaultIsRobbed();
    await told.dollarFalls();
    await told.assessorsAnswer();
    await told.daveDisputes();
    await told.allArePaid();
    await told.tokenHoldersDecide();
    await told.daveIsPaid();
    await told.booksBalance();
  } finally {
    clear();
    await told.feed.stop();
  }
}

class Story {
  /** What Dave has paid in fees for his transactions. */
  daveFees = 0n;

  constructor(api) {
    this.api = api;
    this.who = chain.wellKnown(api);
    this.assessors = chain.people(api, ['Grace', 'Heidi', 'Ivan']);
    this.savers = chain.people(api, ['Judy', 'Kim', 'Leo', 'Mia', 'Noah', 'Olga', 'Peggy', 'Quinn']);
    const { alice, bob, charlie } = this.who;
    this.feed = new Feed(api, [alice, bob, charlie], TUSD);
    this.lut = (amount) => chain.formatNative(api, amount);
    this.one = chain.native(api, 1);
  }

  /** Dave signs, and his fees are remembered. */
  async dave(call) {
    const result = await send(this.api, call, this.who.dave);
    this.daveFees += result.fee;
    return result;
  }

  async now() {
    return timeAt(this.api, await chain.height(this.api));
  }

  pool = async (id) => (await this.api.call.poolsApi.pool(id)).unwrap();

  // ------------------------------------------------------------------------------------------ Before

  async whoIsWho() {
    const { api, who, lut } = this;
    step('Who is who');
    const [validators, council, committee, oracle] = await Promise.all([
      api.query.session.validators(),
      api.query.council.members(),
      api.query.technicalCommittee.members(),
      api.query.oracleMembers.members(),
    ]);
    const roles = { validator: validators, council, 'technical committee': committee, oracle };
    const rows = [['', 'LUT', 'tUSD', '']];
    for (const account of Object.values(who)) {
      const { total } = await balances(api, account);
      const own = Object.entries(roles).filter(([, members]) => members.some((member) => member.eq(account.address)));
      const decimals = api.registry.chainDecimals[0];
      rows.push([
        nameOf(account),
        formatUnits(total, decimals),
        formatUnits(await assetBalance(api, TUSD, account), 6),
        own.map(([role]) => role).join(', '),
      ]);
    }
    table(rows);
    say();
    say(
      'There is no sudo key. The committee lists what can be insured; what anything costs, the chain reckons; what happened, ' +
        'assessors say, and token holders after them. tUSD is a test dollar.',
    );
    // Others who take part, and a treasury as a chain has that was not started a minute ago.
    const gift = (to, amount) => api.tx.balances.transferKeepAlive(to, amount);
    const people = [...this.assessors, ...this.savers];
    await Promise.all([
      send(api, api.tx.utility.batchAll(people.map(({ address }) => gift(address, 100n * this.one))), who.bob),
      send(api, gift(chain.palletAccount(api, 'treasury'), 100n * this.one), who.alice),
    ]);
    say(`Bob gives ${lut(100n * this.one)} each to ${people.length} more people, Alice as much to the treasury.`);
  }

  async productIsListed() {
    const { api, who, lut } = this;
    const { alice, charlie, eve } = who;
    step('Eve has built a vault, and wants it to be insurable');
    const limits = { total: dollars(1_000_000), max: dollars(500_000), optimistic: dollars(5_000) };
    const vault = proposal('Harbour vault', {
      class: 'Yield',
      codeHash: api.registry.hash('the code of the vault'),
      termsHash: api.registry.hash('the terms of its cover'),
      limits,
      conditions: { uri: 'https://example.org/harbour/terms', deductible: percent(1) },
    });
    const { ids, proposed, listed } = await list(api, eve, [alice, charlie], [{ proposal: vault, group: 120 }]);
    [this.product] = ids;
    const then = await api.at(proposed.block.hash);
    const deposit = await then.query.balances.holds(eve.address);
    const { events } = listed;
    check(
      events.some((event) => api.events.cover.Listed.is(event)),
      'the vault is not listed',
    );
    say(
      `She proposes the product; ${lut(sum(deposit.map(({ amount }) => amount.toBigInt())))} of hers is on hold until it is decided on. ` +
        'Alice and Charlie, two of the three of the technical committee, list it in a risk group of its own.',
    );
    const product = (await api.call.coverApi.product(this.product)).unwrap();
    say();
    table([
      ['', ''],
      ['product', `${this.product}: ${vault.name}`],
      [
        'cover begins',
        `${product.waitingPeriod} s after a purchase: seven accounting days, which take ten seconds here`,
      ],
      ['deductible', '1 % of what is insured'],
      ['small claims', `up to ${usd(limits.optimistic)}: paid without a vote unless somebody challenges them`],
    ]);
  }

  async poolsAreOpened() {
    const { api, who, lut } = this;
    const { alice, bob, charlie, ferdie } = who;
    const { pools, utility } = api.tx;
    step('Underwriters put up capital');
    const open = async (manager, asset, product, rate) => {
      const id = (await api.call.poolsApi.pools()).length;
      const calls = [pools.create(asset, percent(10)), pools.setLine(id, product, percent(50), rate)];
      await send(api, utility.batchAll(calls), manager);
      return id;
    };
    this.usdPool = await open(alice, USD, this.product, fixedPercent(5));
    this.lutPool = await open(bob, 'Native', DEPEG, fixedPercent(4));
    this.deposits = { [this.usdPool]: dollars(200_000), [this.lutPool]: 10_000n * this.one };
    const deposit = (id, whose) => send(api, pools.deposit(id, this.deposits[id], 0, null), whose);
    await Promise.all([deposit(this.usdPool, charlie), deposit(this.lutPool, ferdie)]);
    say(
      'Alice opens a pool of dollars and is ready to insure the vault. Bob opens one of LUT, to insure the dollar itself; ' +
        'no pool may insure what fails together with its own money. Charlie and Ferdie trust them with theirs.',
    );
    say();
    const rows = [['pool', 'manager', 'capital', 'insures', 'room', 'a year, at target']];
    for (const [id, manager, amount] of [
      [this.usdPool, 'Alice', usd],
      [this.lutPool, 'Bob', lut],
    ]) {
      const [line] = await api.call.poolsApi.lines(id);
      const { capital } = await this.pool(id);
      const { name } = (await api.call.coverApi.product(line.product)).unwrap();
      rows.push([`${id}`, manager, amount(capital), name.toUtf8(), amount(line.capacity), percents(line.rate)]);
    }
    table(rows);
  }

  async daveBuysCover() {
    const { api, who, lut, product } = this;
    step('Dave has money in the vault, and insures it');
    this.amount = dollars(50_000);
    this.daveBefore = { usd: await assetBalance(api, TUSD, who.dave), lut: (await balances(api, who.dave)).total };
    const offer = await quote(api, product, USD, this.amount, HOUR);
    const [figures] = offer.figures;
    say(`He asks the chain what ${usd(this.amount)} for an hour cost: the runtime API coverApi.quote.`);
    say();
    table([
      ['', '', ''],
      ['premium', usd(offer.netPremium), `${percents(offer.yearly)} a year of what is insured`],
      [
        '  for the risk',
        usd(figures.technical),
        `it fails with a probability of ${percents(figures.probability)} a year; nobody buys below this`,
      ],
      ['  by demand', usd(figures.market), 'what the line asks at this utilisation; the larger of both counts'],
      ['deposit', lut(offer.deposit), 'returned when the policy is closed'],
    ]);
    const order = taking(this.amount, offer);
    const result = await this.dave(api.tx.cover.buy(product, USD, order, 'account 0xda5e in the vault'));
    const bought = eventOf(result.events, api.events.cover.Bought).data;
    this.policy = bought.policy.toNumber();
    this.premium = bought.netPremium.toBigInt();
    [this.start, this.end] = [bought.start.toNumber(), bought.end.toNumber()];
    check(this.premium <= offer.netPremium.toBigInt(), 'the premium is higher than was quoted');
    const paid = this.daveBefore.usd - (await assetBalance(api, TUSD, who.dave));
    check(paid === this.premium, 'another premium was paid');
    const { data } = (await api.query.nfts.itemMetadataOf(CERTIFICATES, this.policy)).unwrap();
    say();
    say(
      `He takes it as it is and pays ${usd(this.premium)}. His certificate is an NFT, item ${this.policy} of collection ${CERTIFICATES}:`,
    );
    say(good(data.toUtf8()));
    const again = await quote(api, product, USD, this.amount, HOUR);
    say(
      `Whoever holds it is insured. The next one pays more, for the pool has less to spare: ${usd(again.netPremium)} for the same.`,
    );
  }

  async othersInsureTheDollar() {
    const { api, lut, savers } = this;
    step('Eight others insure themselves against the dollar losing its peg');
    const amount = 20n * this.one;
    const asked = () => quote(api, DEPEG, 'Native', amount, HOUR);
    say(
      `This product has no assessors: a feed proves its incidents. While that is silent nothing is sold: ${await refusal(asked())}.`,
    );
    await this.feed.say(fixedPercent(100));
    say(
      'Alice, Bob and Charlie are the oracle. From now on each says every five seconds what a dollar is worth: 1.00.',
    );
    const offer = await asked();
    const order = taking(amount, offer, { maxPremium: 2n * offer.netPremium.toBigInt() });
    const results = await Promise.all(
      savers.map((saver) => send(api, api.tx.cover.buy(DEPEG, 'Native', order, 'my dollars'), saver)),
    );
    const bought = results.map(({ events }) => eventOf(events, api.events.cover.Bought).data);
    this.saved = { amount, policies: bought.map(({ policy }) => policy.toNumber()) };
    this.savedFrom = Math.max(...bought.map(({ start }) => start.toNumber()));
    const premiums = bought.map(({ netPremium }) => netPremium.toBigInt()).sort((a, b) => (a < b ? -1 : 1));
    const blocks = new Set(results.map(({ block }) => block.number));
    say(
      `${names(savers)} buy cover of ${lut(amount)} each, ` +
        `in ${blocks.size === 1 ? 'one block' : `${blocks.size} blocks`}, and each pays a little more than the one before: ` +
        `${lut(premiums[0])} the first, ${lut(premiums.at(-1))} the last.`,
    );
  }

  async assessorsStake() {
    const { api, assessors, lut } = this;
    step('Three people offer to judge what happens');
    const stake = 10n * this.one;
    await Promise.all(assessors.map((assessor) => send(api, api.tx.claims.stake(stake), assessor)));
    const { slice } = await parameters(api, 'Claims');
    say(
      `${names(assessors)} stake ${lut(stake)} each. Each vote they give puts ${slice.toNumber() / 1e7} % of that at risk. ` +
        'They judge what is reported from now on, not what is reported already.',
    );
  }

  async waitingPeriod() {
    const { api, who, usdPool } = this;
    const begin = Math.max(this.start, this.savedFrom);
    step(`Cover begins in ${begin - (await this.now())} seconds`);
    say('Nobody insures a house that is on fire already: every product has a waiting period. Meanwhile:');
    say();
    const withdrawn = dollars(50_000);
    const asked = await send(api, api.tx.pools.requestWithdrawal(usdPool, withdrawn, withdrawn), who.charlie);
    const due = eventOf(asked.events, api.events.pools.WithdrawalRequested).data.due.toNumber();
    const before = await assetBalance(api, TUSD, who.charlie);
    say(`- Charlie wants a quarter of his capital back. He is paid at ${clock(due)}, if nothing happens until then.`);
    say(
      '- A claim is judged by up to three instances. A proposal stands unless somebody challenges it with a bond; then ' +
        'assessors vote, in secret until all have voted; then token holders, in a referendum that no council can veto. ' +
        'Each next bond is twice the last. Who was right has it back; who was wrong loses it to the other side and the reserve.',
    );
    await this.countdown(due, 'until Charlie is paid');
    const since = (await chain.height(api)) - 2;
    const paid = await untilEvent(api, api.events.pools.Withdrawn, since, (data) => data.who.eq(who.charlie.address));
    const has = await assetBalance(api, TUSD, who.charlie);
    say(`- ${clock(due)}: block work has paid Charlie, in block ${paid.block.number}: ${usd(has - before)}.`);
    this.withdrawn = paid.event.data.amount.toBigInt();
    check(this.withdrawn === has - before, 'Charlie was paid another amount');

    const books = await this.pool(usdPool);
    const [premiums, upr] = [books.totals.premiums.toBigInt(), books.upr.toBigInt()];
    say(
      `- Premium is earned by the second: of ${usd(premiums)} the pool has earned ${usd(premiums - upr)} by now. Its capital is ` +
        `${ratio(books.solvencyRatio.unwrap())} times what it must hold for all that it insures; below that it would sell nothing.`,
    );
    await this.countdown(begin, 'until all cover has begun');
    say(`- ${clock(begin)}: cover is in force.`);
  }

  /** Waits for a second of the chain's time. */
  async countdown(until, what) {
    const show = waiting((left) => `${left} s ${what}`);
    for (let now = await this.now(); now < until; now = await this.now()) {
      show(until - now);
      await chain.untilBlock(this.api, (await chain.height(this.api)) + 1);
    }
  }

  // ------------------------------------------------------------------------------------------ Two things happen

  async vaultIsRobbed() {
    const { api, who, lut, product, usdPool, assessors } = this;
    const { report } = api.tx.claims;
    step('The vault is robbed, and Dave reports it');
    const { bond, assessorsFee } = await parameters(api, 'Claims');
    [this.bond, this.fee] = [bond.toBigInt(), assessorsFee.toBigInt()];
    const [happened, hash] = [await this.now(), api.registry.hash('what was found')];
    const evidence = (name) => [`https://example.org/${name}`, hash];
    const [robbed, alarm] = await Promise.all([
      this.dave(report(product, happened, ...evidence('robbery'), this.bond)),
      send(api, report(1, happened, ...evidence('rumour'), this.bond), who.ferdie),
    ]);
    const reported = eventOf(robbed.events, api.events.claims.Reported).data;
    [this.incident, this.case] = [reported.incident.toNumber(), reported.case.toNumber()];
    this.alarm = eventOf(alarm.events, api.events.claims.Reported).data.case.toNumber();
    const { commitUntil, revealUntil } = eventOf(robbed.events, api.events.claims.AssessmentBegan).data;
    const alarmed = eventOf(alarm.events, api.events.claims.AssessmentBegan).data;
    this.commitUntil = Math.max(commitUntil.toNumber(), alarmed.commitUntil.toNumber());
    this.revealUntil = { [this.case]: revealUntil.toNumber(), [this.alarm]: alarmed.revealUntil.toNumber() };
    say(
      `He puts up a bond of ${lut(this.bond)} and the assessors' fee of ${lut(this.fee)}: incident ${this.incident}, case ${this.case}.`,
    );
    const books = await this.pool(usdPool);
    say(
      `At once all that insures the vault is set aside: ${usd(books.reserved)}. Nobody withdraws from the pool, and nobody buys: ` +
        `${await refusal(quote(api, product, USD, dollars(100), HOUR))}. At the same time Ferdie spreads a rumour: he reports product 1, which is safe.`,
    );

    const [grace, heidi, ivan] = assessors;
    const vote = (id, assessor, percentage) => secretVote(api, id, assessor, percentage);
    this.votes = [
      vote(this.case, grace, 0),
      vote(this.case, heidi, 0),
      vote(this.case, ivan, 100),
      vote(this.alarm, grace, 0),
      vote(this.alarm, heidi, 0),
      vote(this.alarm, ivan, 0),
    ];
    await Promise.all(
      assessors.map((assessor) => {
        const own = this.votes.filter((each) => each.assessor === assessor).map(({ commit }) => commit);
        return send(api, api.tx.utility.batchAll(own), assessor);
      }),
    );
    say(`${names(assessors)} commit their votes on both. All that anybody sees of Grace's is its hash:`);
    say(faint(this.votes[0].commit.args[1].toHex()));
  }

  async dollarFalls() {
    const { api, savers, lutPool, lut } = this;
    const { claims } = api.tx;
    const { freeze, trigger } = claims;
    step('While they think, the dollar falls');
    const falls = await dayEnd(api, (await this.now()) + 2);
    await beforeTime(api, falls);
    const fell = await this.feed.say(fixedPercent(80));
    say(
      `${clock(fell)}: the oracle says 0.80. From now on nobody buys who knows more: ${await refusal(quote(api, DEPEG, 'Native', this.saved.amount, HOUR))}.`,
    );
    const [judy, kim] = savers;
    const frozen = await send(api, freeze(DEPEG), judy);
    const { spot } = eventOf(frozen.events, api.events.claims.Frozen).data;
    say(
      `Judy freezes the product, as anyone may at ${ratio(spot)}: ${lut((await this.pool(lutPool)).reserved)} is set aside for all who are insured. ` +
        `A moment proves nothing. She triggers the incident all the same: ${await refusal(send(api, trigger(DEPEG), judy))}.`,
    );
    let triggered;
    for (let end = await dayEnd(api, fell + 1); !triggered; end += 10) {
      check(end < falls + 60, 'the fall is not proven');
      await this.countdown(end - 1, 'until the accounting day is over');
      await send(api, trigger(DEPEG), kim).then(
        (result) => (triggered = result),
        (error) => check(/NoBreach/.test(error.message), error.message),
      );
    }
    const { incident, average } = eventOf(triggered.events, api.events.claims.Triggered).data;
    this.depeg = incident.toNumber();
    const { happened } = (await api.query.claims.incidents(this.depeg)).unwrap();
    this.observed = happened.toNumber() + 1 + 30;
    say(
      `${clock(happened.toNumber() + 1)}: the day is over, and the average of three days is ${ratio(average, 3)}: below 0.95. Kim's trigger is accepted, ` +
        `as incident ${this.depeg}. The next three days show how much is lost: the lowest daily average decides, ` +
        '20 % at 0.95, 50 % at 0.88, all at 0.50. At their end, whoever is insured is paid.',
    );

    this.savings = await Promise.all(savers.map((saver) => balances(api, saver)));
    // In its time, whatever is told meanwhile.
    this.payday = beforeTime(api, this.observed).then(() =>
      payAll(api, this.depeg, claims.pokeIncident(this.depeg), this.who.eve),
    );
    this.payday.catch(() => {});
  }

  async assessorsAnswer() {
    const { api, assessors } = this;
    step('The assessors show their votes');
    await chain.untilBlock(api, this.commitUntil, waitingFor('votes are closed'));
    const [, , ivan] = assessors;
    const revealed = this.votes.filter(({ id, assessor }) => id === this.case || assessor !== ivan);
    await Promise.all(revealed.map(({ reveal, assessor }) => send(api, reveal, assessor)));
    for (const { assessor, percent: percentage } of revealed.filter(({ id }) => id === this.case)) {
      say(
        `${nameOf(assessor)} says ${percentage} %${percentage ? `: ${good('everything was lost')}` : `: ${bad('nothing happened')}`}`,
      );
    }
    say("On Ferdie's rumour Grace and Heidi say 0 % as well. Ivan forgets to show his vote.");
    const verdicts = [this.case, this.alarm].map((id) =>
      untilMoved(
        api,
        id,
        api.events.claims.Verdict,
        this.revealUntil[id],
        id === this.case ? waitingFor('votes are counted') : {},
      ),
    );
    const [{ event }, alarm] = await Promise.all(verdicts);
    const { verdict, isStrong, until } = event.data;
    check(verdict.toNumber() === 0 && isStrong.isTrue, 'the assessors said something else');
    this.disputeUntil = until.toNumber();
    this.alarmUntil = alarm.event.data.until.toNumber();
    say(
      `Their verdict is the median by stake: ${bad('0 %')} for the vault. More than half of all stake is behind it, so that ` +
        'token holders need a clear majority to change it. They are wrong, and Dave has 15 blocks to say so.',
    );
  }

  async daveDisputes() {
    const { api, lut } = this;
    step('Dave takes it to the token holders');
    const { dispute } = api.tx.claims;
    const evidence = ['https://example.org/transactions-of-the-thief', api.registry.hash('better evidence')];
    const result = await this.dave(dispute(this.case, 'Upward', ...evidence));
    const { bond } = eventOf(result.events, api.events.claims.Disputed).data;
    this.disputeBond = bond.toBigInt();
    say(
      `He disputes the verdict upward with a bond of ${lut(bond)} and better evidence. Had nobody done so, it would stand ` +
        `after block ${this.disputeUntil}. For no more than that bond everybody has to listen.`,
    );
  }

  async allArePaid() {
    const { api, savers, saved, lut, lutPool } = this;
    step('Meanwhile: all who insured the dollar are paid, in one block');
    await this.countdown(this.observed, 'until the observation is over');
    const { block, events, event, asked } = await this.payday;
    const ended = eventOf(events, api.events.claims.ObservationEnded).data;
    const each = (saved.amount * ended.verdict.toBigInt()) / 100n;
    const payments = events.filter((one) => api.events.claims.ClaimPaid.is(one)).map(({ data }) => data);
    check(event.data.done.isTrue && payments.length === savers.length, `${payments.length} were paid`);
    check(
      payments.every(({ paid, arrears }) => paid.toBigInt() === each && arrears.isZero()),
      'somebody was paid another amount',
    );
    say(
      `The lowest day was at ${ratio(ended.lowest)}: ${ended.verdict} % is lost. In block ${block.number} ` +
        `${asked ? 'Eve calls pay_batch, as anyone may, and' : 'block work'} pays ${payments.length} policies ${lut(each)} each. ` +
        'Nobody had to claim, and nobody had to prove a loss.',
    );
    const now = await Promise.all(savers.map((saver) => balances(api, saver)));
    say();
    table([
      ['', 'before', 'paid', 'after'],
      ...savers.map((saver, index) => {
        const [had, has] = [this.savings[index].free, now[index].free];
        check(has - had === each, `${nameOf(saver)} has another amount`);
        return [nameOf(saver), lut(had), lut(has - had), lut(has)];
      }),
    ]);
    this.lutLosses = each * BigInt(savers.length);
    const { reserved } = await this.pool(lutPool);
    check(reserved.isZero(), 'something is still set aside');
    say();
    say(`What was set aside and not needed is free again. The dollar recovers.`);
    await this.feed.say(fixedPercent(100));
  }

  // ------------------------------------------------------------------------------------------ Token holders

  async tokenHoldersDecide() {
    const { api, who, lut } = this;
    const { claims } = api.events;
    step('Token holders vote');
    const started = await untilMoved(
      api,
      this.case,
      claims.ReferendumStarted,
      this.disputeUntil,
      waitingFor('the referendum begins'),
    );
    const { referendum, ends } = started.event.data;
    const index = referendum.toNumber();
    say(`Referendum ${index} runs until block ${ends}. A wallet shows what is asked:`);
    say(good(await questionOf(api, index)));
    say();
    await this.ballots(index);
    const ended = await untilMoved(api, this.case, claims.ReferendumEnded, ends.toNumber(), waitingFor('counted'));
    check(ended.event.data.passed.isTrue, `referendum ${index} did not pass`);
    const accepted = await untilEvent(api, claims.IncidentAccepted, ended.block.number, (data) =>
      data.incident.eq(this.incident),
    );
    const { verdict } = accepted.event.data;
    check(verdict.toNumber() === 100, 'the incident is accepted with another percentage');
    say();
    say(
      `It ${good('passed')}, and is enacted in block ${ended.block.number}: incident ${this.incident} is accepted with ${verdict} %.`,
    );
    const [hold] = (await api.query.balances.holds(who.dave.address)).filter(({ id }) => id.isClaims);
    check(hold === undefined, "something of Dave's is still on hold");
    say(
      `Dave has both bonds back, ${lut(this.bond + this.disputeBond)}, and the treasury pays the assessors' fee in his place.`,
    );

    const alarm = await untilMoved(api, this.alarm, claims.Decided, this.alarmUntil);
    const lost = alarm.events.filter((event) => claims.BondLost.is(event)).map(({ data }) => data);
    const own = lost.find(({ who: loser }) => loser.eq(who.ferdie.address));
    check(alarm.event.data.outcome.isZero() && own, "Ferdie's bond is not lost");
    say(`Nobody disputed that Ferdie's rumour is false: his bond of ${lut(own.amount)} is lost to the mutual reserve.`);
  }

  async ballots(index) {
    const { api, who, lut } = this;
    const issuance = (await api.query.balances.totalIssuance()).toBigInt();
    const { voteLockingPeriod } = await parameters(api, 'Governance');
    const count = (votes) => formatUnits(votes, api.registry.chainDecimals[0]);
    const cast = async (votes) => {
      await Promise.all(votes.map((each) => chain.vote(api, index, each)));
      for (const { who: voter, aye, conviction, amount } of votes) {
        const { tenths, periods } = chain.CONVICTIONS[conviction];
        const lock = periods * voteLockingPeriod.toNumber();
        say(
          `${nameOf(voter)} votes ${aye ? good('aye') : bad('nay')} with ${lut(amount)} x ${Number(tenths) / 10}` +
            ` = ${count(chain.votesOf(amount, conviction))} votes${aye && lock ? `, locked for ${lock} blocks if it passes` : ''}`,
        );
      }
      const tally = await chain.tallyOf(api, index);
      const passes = chain.passes(tally, issuance);
      say(
        `   so far ${count(tally.ayes)} aye and ${count(tally.nays)} nay, by ${lut(tally.turnout)} of ${lut(issuance)}:` +
          ` ${passes ? good('it would pass') : bad('it would not pass')}`,
      );
      return passes;
    };
    const whole = async (account) => ((await balances(api, account)).total / this.one - 1n) * this.one;
    await cast([
      // His fee is remembered too.
      { who: who.eve, aye: true, conviction: 'Locked3x', amount: 1_000n * this.one },
      { who: who.ferdie, aye: false, conviction: 'Locked1x', amount: 500n * this.one },
    ]);
    say(
      'Few have voted, and the fewer do, the clearer the majority has to be. What is staked or on hold votes like what is free:',
    );
    const enough = await cast([
      { who: who.bob, aye: true, conviction: 'None', amount: ((await whole(who.bob)) / this.one / 2n) * this.one },
      { who: who.aliceStash, aye: true, conviction: 'Locked2x', amount: await whole(who.aliceStash) },
    ]);
    check(enough, 'the votes are not enough for the referendum to pass');
  }

  // ------------------------------------------------------------------------------------------ The claim

  async daveIsPaid() {
    const { api, who, lut, policy, incident } = this;
    const { claims } = api.events;
    step('Dave claims what he lost');
    const loss = dollars(4_500);
    const evidence = [
      'https://example.org/what-dave-had',
      api.registry.hash('a signature of his account in the vault'),
    ];
    const before = await assetBalance(api, TUSD, who.dave);
    const filed = await this.dave(api.tx.claims.file(incident, policy, loss, ...evidence));
    const { case: id, until } = eventOf(filed.events, claims.Proposed).data;
    say(
      `${usd(loss)} of his ${usd(this.amount)} were in the part that was robbed. It is a small claim, with a bond of ${lut(this.bond)}: it stands unless ` +
        `somebody challenges it by block ${until} with ${lut(2n * this.bond)}. Nobody does.`,
    );
    const paid = await untilMoved(api, id.toNumber(), claims.Decided, until.toNumber(), waitingFor('it is final'));
    const payment = eventOf(paid.events, claims.ClaimPaid).data;
    this.award = payment.paid.toBigInt();
    check(payment.policy.eq(policy) && payment.arrears.isZero(), 'not all of it was paid');
    const { terms } = (await api.call.coverApi.policy(policy)).unwrap().policy;
    const has = await assetBalance(api, TUSD, who.dave);
    check(
      has - before === this.award && this.award === loss - terms.deductible.toBigInt(),
      'Dave was paid another amount',
    );
    say(
      `Block ${paid.block.number}: ${good(`Dave is paid ${usd(this.award)}`)}, which is his loss less the deductible of ${usd(terms.deductible)}.`,
    );
  }

  // ------------------------------------------------------------------------------------------ The books

  async booksBalance() {
    const { api, who, lut, usdPool, lutPool } = this;
    step('The books, to the unit');
    const { claims, pools, utility } = api.tx;
    const kinds = api.events.claims;
    const settled = await this.dave(
      utility.batchAll(this.votes.map(({ id, assessor }) => claims.settle(id, assessor.address))),
    );
    const outcomes = settled.events.filter((event) => kinds.VoteSettled.is(event)).map(({ data }) => data);
    say(
      "Votes are settled by anyone. Who voted near the assessors' verdict shares the fee, even if token holders changed it; who never " +
        'showed a vote loses what it put at risk. Ivan, who was right about the vault, was not outvoted clearly enough to lose anything.',
    );
    say();
    table([
      ['', 'the vault', '', 'the rumour', ''],
      ['', 'earned', 'lost', 'earned', 'lost'],
      ...this.assessors.map((assessor) => [
        nameOf(assessor),
        ...[this.case, this.alarm].flatMap((id) => {
          const { reward, lost } = outcomes.find((each) => each.case.eq(id) && each.assessor.eq(assessor.address));
          return [lut(reward), lut(lost)];
        }),
      ]),
    ]);
    check(sum(outcomes.map(({ reward }) => reward.toBigInt())) === 2n * this.fee, 'the fees are not shared out');
    const account = await balances(api, chain.palletAccount(api, 'claims'));
    check(account.total === api.consts.balances.existentialDeposit.toBigInt(), 'the account of claims keeps something');

    // Dave, in both tokens.
    const dave = { usd: await assetBalance(api, TUSD, who.dave), lut: (await balances(api, who.dave)).total };
    check(dave.usd === this.daveBefore.usd - this.premium + this.award, "Dave's dollars do not add up");
    check(dave.lut === this.daveBefore.lut - this.daveFees, "Dave's LUT do not add up");
    say();
    table([
      ['Dave', 'before', 'premium', 'paid', 'fees', 'now'],
      ['tUSD', usd(this.daveBefore.usd), usd(-this.premium), usd(this.award), '', usd(dave.usd)],
      ['LUT', lut(this.daveBefore.lut), '', '', lut(-this.daveFees), lut(dave.lut)],
    ]);

    // Both pools, with all that their accounts hold.
    say();
    const rows = [['pool', 'deposited', 'withdrawn', 'premium earned', 'losses paid', 'capital now']];
    await Promise.all([send(api, pools.settle(usdPool), who.eve), send(api, pools.settle(lutPool), who.eve)]);
    const hash = await api.rpc.chain.getBlockHash();
    const at = await api.at(hash);
    const accounts = [];
    for (const [id, amount, withdrawn, losses] of [
      [usdPool, usd, this.withdrawn, this.award],
      [lutPool, lut, 0n, this.lutLosses],
    ]) {
      const books = (await at.call.poolsApi.pool(id)).unwrap();
      const total = (name) => books.totals[name].toBigInt();
      const capital = books.capital.toBigInt();
      check(losses === total('losses') && total('arrears') === 0n, `pool ${id} paid other losses`);
      check(
        capital === this.deposits[id] - withdrawn + total('toCapital') - losses,
        `the capital of pool ${id} does not add up`,
      );
      rows.push([
        `${id}`,
        amount(this.deposits[id]),
        amount(-withdrawn),
        amount(total('toCapital')),
        amount(-losses),
        amount(capital),
      ]);

      const earned = sum(['toReserve', 'toTreasury', 'toManager', 'toCapital', 'toArrears', 'refunded'].map(total));
      check(total('premiums') === earned + books.upr.toBigInt(), `the premium of pool ${id} does not add up`);
      const owner = (await at.query.assets.asset(books.share)).unwrap().owner.toString();
      const held = books.asset.isNative ? (await balances(at, owner)).free : await assetBalance(at, TUSD, owner);
      const seed = books.asset.isNative
        ? api.consts.balances.existentialDeposit.toBigInt()
        : (await at.query.assets.asset(TUSD)).unwrap().minBalance.toBigInt();
      const { reserve, treasury, manager } = books.cuts;
      const cuts = sum([reserve, treasury, manager]);
      check(
        held === capital + books.upr.toBigInt() + cuts + seed,
        `the account of pool ${id} does not hold what its books say`,
      );
      accounts.push([`${id}`, amount(capital), amount(books.upr), amount(cuts), amount(seed), amount(held)]);
    }
    table(rows);
    say();
    table([['pool', 'capital', 'premium not earned yet', 'cuts to hand on', 'seed', 'its account holds'], ...accounts]);

    const { record, meanPayoutTime, overturned } = await api.call.claimsApi.trackRecord(null);
    say();
    say(
      `The track record of the chain, by claimsApi.trackRecord: ${record.incidents} incidents, ${record.accepted} accepted, ` +
        `${record.rejected} rejected; ${record.paid} of ${record.filed} claims paid, ${meanPayoutTime.unwrapOr('no')} s after they were filed in the ` +
        `mean; ${record.overturned} of ${record.verdicts} verdicts overturned (${overturned.toHuman()}).`,
    );
  }
}
