import assert from 'node:assert/strict';
import {
  balances,
  eventOf,
  height,
  motion,
  native,
  palletAccount,
  passes,
  people,
  send,
  tallyOf,
  timeAt,
  untilBlock,
  untilEvent,
  untilTime,
  vote,
  votesOf,
} from '../lib/chain.mjs';
import {
  USD,
  dollars,
  fixedPercent,
  list,
  percent,
  proposal,
  questionOf,
  quote,
  secretVote,
  sum,
  taking,
  untilMoved,
} from '../lib/insurance.mjs';
import {
  all,
  allRefused,
  blocksDecode,
  moved as movedBy,
  named,
  numbers,
  onChain,
  refuses,
  storageDecodes,
  stored,
  story,
} from './support.mjs';

/** What is proposed first: one whose incident token holders judge in the end, and one where they are not asked. */
const [DISPUTED, AGREED] = [5, 6];
const CAPITAL = dollars(400_000);
/** From a purchase to the beginning of cover, so that not all of this is spent waiting. */
const WAITING = 5;
/** Half a percent of what is insured. */
const DEDUCTIBLE = percent(1) / 2;
/** Claims up to this need no vote. */
const SMALL = dollars(2_000);
const URI = 'https://example.org/evidence';
const HASH = `0x${'5a'.repeat(32)}`;

const body = async ({ t, api, who }) => {
  const { alice, bob, charlie, dave, eve, ferdie, aliceStash } = who;
  const [grace, heidi, ivan, judy, poor] = people(api, ['Grace', 'Heidi', 'Ivan', 'Judy', 'Poor']);
  const { tx, events: kinds } = api;
  const { claims } = tx;
  const told = kinds.claims;
  const chapter = story(t);
  const lut = native(api, 1);
  // What the development chain has governed.
  const [bond, fee] = [lut, lut / 5n];

  const moved = (result, account) => movedBy(api, result, account);
  const now = async () => timeAt(api, await height(api));
  const ask = (product) => quote(api, product, USD, dollars(100), 300);
  const record = async (product) => (await api.call.claimsApi.trackRecord(product)).record;
  const pool = async (at = api) => (await at.call.poolsApi.pool(0)).unwrap();
  const reportBond = async (product) => (await api.call.claimsApi.reportBond(product)).unwrapOr(undefined)?.toBigInt();
  const holdsOf = async (account) =>
    Object.fromEntries(
      (await api.query.balances.holds(account.address)).map(({ id, amount }) => [
        `${id.type}.${id.inner.type}`,
        amount.toBigInt(),
      ]),
    );

  const report = (product, happened, { uri = URI, most = bond } = {}) =>
    claims.report(product, happened, uri, HASH, most);
  const file = (incident, policy, loss, uri = URI) => claims.file(incident, policy, loss, uri, HASH);
  const dispute = (id, direction, uri = URI) => claims.dispute(id, direction, uri, HASH);
  const challenge = (id, alternative, uri = URI) => claims.challenge(id, alternative, uri, HASH);

  const books = ({ claims: { idleCursor: _, ...claims }, cover, pools, balances: { holds }, democracy }) => [
    claims,
    cover,
    { lines: pools.lines, losses: pools.losses },
    { holds },
    democracy,
  ];
  const refused = (within, cases) => allRefused(api, within, () => stored(api, books), cases);

  /** Buys so much for 300 seconds; returns the policy and when its cover begins. */
  const buy = async (product, amount, whom) => {
    const order = taking(amount, await quote(api, product, USD, amount, 300), { maxPremium: amount });
    const { events } = await send(api, tx.cover.buy(product, USD, order, 'an account'), whom);
    const { policy, start } = eventOf(events, kinds.cover.Bought).data;
    return { id: policy.toNumber(), amount, holder: whom, start: start.toNumber() };
  };

  // -- The story

  let policies;
  await chapter('two products, a pool behind both, and three who hold policies', async () => {
    const terms = { waitingPeriod: WAITING, limits: { optimistic: SMALL }, conditions: { deductible: DEDUCTIBLE } };
    const products = ['Disputed', 'Agreed'].map((name, index) => ({
      proposal: proposal(name, terms),
      group: 120 + index,
    }));
    const gift = (account, amount) => tx.balances.transferKeepAlive(account.address ?? account, amount);
    const gifts = [
      ...[grace, heidi, ivan, judy].map((account) => gift(account, 100n * lut)),
      gift(poor, lut),
      // It refunds the fees of those who were right.
      gift(palletAccount(api, 'treasury'), 10n * lut),
    ];
    const [{ ids }] = await Promise.all([
      list(api, eve, [alice, charlie], products),
      send(api, tx.utility.batchAll(gifts), bob),
    ]);
    assert.deepEqual(ids, [DISPUTED, AGREED]);
    const lines = ids.map((id) => tx.pools.setLine(0, id, percent(50), fixedPercent(5)));
    await send(api, tx.utility.batchAll([tx.pools.create(USD, 0), ...lines]), alice);
    await send(api, tx.pools.deposit(0, CAPITAL, 0, null), charlie);
    const [first, second, third] = await Promise.all([
      buy(DISPUTED, dollars(100_000), dave),
      buy(AGREED, dollars(50_000), eve),
      buy(AGREED, dollars(40_000), ferdie),
    ]);
    policies = { dave: first, eve: second, ferdie: third };
  });

  await chapter('who judges puts tokens on hold', async () => {
    const stakes = [
      [grace, 10n],
      [heidi, 11n],
      [ivan, 10n],
      [dave, 30n],
    ];
    const results = await Promise.all(
      stakes.map(([assessor, stake]) => send(api, claims.stake(stake * lut), assessor)),
    );
    for (const [index, [assessor, stake]] of stakes.entries()) {
      const { assessor: named_, ...amounts } = named(eventOf(results[index].events, told.Staked));
      assert.ok(named_.eq(assessor.address));
      assert.deepEqual(numbers(amounts, 'stake', 'weight'), { stake: stake * lut, weight: stake * lut });
    }
    assert.equal((await moved(results[0], grace)).held, 10n * lut);
    assert.deepEqual(await holdsOf(grace), { 'Claims.Stake': 10n * lut });
    assert.equal((await api.query.claims.totalWeight()).toBigInt(), 61n * lut);
  });

  await chapter('what is wrong is refused with its reason before anything happened', async (within) => {
    const soon = (await now()) + 3_600;
    const then = await now();
    const long = `https://${'x'.repeat(121)}`;
    await refused(within, [
      ['a stake below the lowest', eve, claims.stake(10n * lut - 1n), /^claims\.StakeTooSmall: /],
      ['a stake of nothing', grace, claims.stake(0), /^claims\.StakeTooSmall: /],
      ['more stake than there is', heidi, claims.stake(1_000n * lut), /^claims\.BondNotThere: /],
      ['to leave without being there', eve, claims.leave(), /^claims\.NotAnAssessor: /],
      ["a stake taken back that is nobody's", eve, claims.withdrawStake(), /^claims\.NotAnAssessor: /],
      ['a stake taken back by who has not left', grace, claims.withdrawStake(), /^claims\.NotLeft: /],
      ['a report on nothing', dave, report(99, then), /^claims\.UnknownProduct: /],
      ['a report on what a feed proves', dave, report(4, then), /^claims\.ParametricProduct: /],
      ['a report of what is to come', dave, report(DISPUTED, soon), /^claims\.InTheFuture: /],
      [
        'a dearer report than was agreed to',
        dave,
        report(DISPUTED, then, { most: bond - 1n }),
        /^claims\.BondTooHigh: /,
      ],
      ['a report without the bond', poor, report(DISPUTED, then), /^claims\.BondNotThere: /],
      ['evidence that is too long', dave, report(DISPUTED, then, { uri: long }), /^claims\.EvidenceTooLong: /],
      ['evidence that is nowhere', dave, report(DISPUTED, then, { uri: '' }), /^claims\.BadUri: /],
      ['evidence with a space', dave, report(DISPUTED, then, { uri: 'a b' }), /^claims\.BadUri: /],
      ['a claim under nothing', dave, file(0, policies.dave.id, 1), /^claims\.UnknownIncident: /],
      ['evidence in no case', dave, claims.addEvidence(0, URI, HASH), /^claims\.UnknownCase: /],
      ['a challenge of nothing', dave, challenge(0, 0), /^claims\.UnknownCase: /],
      ['a dispute of nothing', dave, dispute(0, 'Upward'), /^claims\.UnknownCase: /],
      ['a vote on nothing', grace, claims.commit(0, HASH), /^claims\.UnknownCase: /],
      ['a vote shown on nothing', grace, claims.reveal(0, 0, HASH), /^claims\.UnknownCase: /],
      ['a vote settled that was never given', bob, claims.settle(0, grace.address), /^claims\.UnknownVote: /],
      ['no case moved on', bob, claims.poke(0), /^claims\.UnknownCase: /],
      ['no incident moved on', bob, claims.pokeIncident(0), /^claims\.UnknownIncident: /],
      ['nobody paid', bob, claims.payBatch(0, 0), /^claims\.ZeroAmount: /],
      ['all paid after nothing', bob, claims.payBatch(0, 10), /^claims\.UnknownIncident: /],
      ['one paid after nothing', bob, claims.payClaim(0, 0), /^claims\.UnknownIncident: /],
      ['money brought back after nothing', bob, claims.recover(0, USD, 1), /^claims\.UnknownIncident: /],
      ['what is assessed, frozen', bob, claims.freeze(DISPUTED), /^claims\.AssessedProduct: /],
      ['what is assessed, triggered', bob, claims.trigger(DISPUTED), /^claims\.AssessedProduct: /],
      ['a verdict enacted by anyone', alice, claims.enact(0, 0), /^BadOrigin$/],
    ]);
    assert.deepEqual(
      [await reportBond(DISPUTED), await reportBond(4), await reportBond(99)],
      [bond, undefined, undefined],
    );
  });

  let [robbed, agreed] = [];
  await chapter('Dave and Ferdie report an incident each, and all that insures the products is set aside', async () => {
    // Cover of the others has begun, Charlie's has not.
    const begun = Math.max(...Object.values(policies).map(({ start }) => start));
    await untilTime(api, begun);
    policies.charlie = await buy(AGREED, dollars(10_000), charlie);
    const happened = await now();
    assert.ok(happened >= begun && happened < policies.charlie.start);
    const reserve = palletAccount(api, 'claims');
    const kept = (await balances(api, reserve)).total;
    const results = await Promise.all([
      send(api, report(DISPUTED, happened), dave),
      send(api, report(AGREED, happened), ferdie),
    ]);
    assert.equal((await balances(api, reserve)).total - kept, 2n * fee);
    [robbed, agreed] = results.map(({ events }, index) => {
      const { incident, case: id, product, reporter, ...rest } = named(eventOf(events, told.Reported));
      assert.equal(product.toNumber(), [DISPUTED, AGREED][index]);
      assert.ok(reporter.eq([dave, ferdie][index].address));
      assert.deepEqual(numbers(rest, 'happened', 'bond'), { happened: BigInt(happened), bond });
      const { commitUntil, revealUntil } = named(eventOf(events, told.AssessmentBegan));
      return {
        incident: incident.toNumber(),
        id: id.toNumber(),
        commitUntil: commitUntil.toNumber(),
        revealUntil: revealUntil.toNumber(),
      };
    });
    for (const [index, reporter] of [dave, ferdie].entries()) {
      const { free, held } = await moved(results[index], reporter);
      assert.deepEqual([free, held], [-bond - fee - results[index].fee, bond]);
    }
    const { block } = results[0];
    const begins = [robbed.commitUntil - block.number, robbed.revealUntil - block.number];
    assert.deepEqual(begins, [30, 45]);
    assert.equal((await api.query.claims.cases(robbed.id)).unwrap().phase.type, 'Assessing');

    const report_ = await pool();
    assert.equal(report_.reserved.toBigInt(), dollars(200_000));
    assert.ok(report_.standsStill.isTrue);
    assert.deepEqual(
      [await reportBond(DISPUTED), await reportBond(AGREED), await reportBond(1)],
      [2n * bond, 2n * bond, bond],
    );
    await refuses(ask(DISPUTED), /^cover\.ProductUnderIncident: /);
  });

  let votes;
  await chapter('assessors commit votes that nobody can read', async (within) => {
    const ballot = (assessor, ...percents) =>
      [robbed, agreed].map(({ id }, index) => secretVote(api, id, assessor, percents[index]));
    votes = [ballot(grace, 0, 60), ballot(heidi, 0, 60), ballot(ivan, 100, 60)];
    // Too late for what is judged already.
    await send(api, claims.stake(50n * lut), judy);
    await Promise.all(
      votes.map(([one, other]) => send(api, tx.utility.batchAll([one.commit, other.commit]), one.assessor)),
    );
    const [{ weight, slice, ballot: kept }] = [(await api.query.claims.votes(robbed.id, heidi.address)).unwrap()];
    assert.deepEqual([weight.toBigInt(), slice.toBigInt()], [11n * lut, (11n * lut) / 20n]);
    assert.ok(kept.isCommitted);

    const [{ commit, reveal }] = votes[0];
    await refused(within, [
      ['a second vote', grace, commit, /^claims\.AlreadyCommitted: /],
      ['a vote by anyone', eve, commit, /^claims\.NotAnAssessor: /],
      ['a vote in a case of their own', dave, commit, /^claims\.PartyToTheCase: /],
      ['a vote with a stake that came later', judy, commit, /^claims\.StakeTooRecent: /],
      ['a vote shown while others vote', grace, reveal, /^claims\.RevealClosed: /],
      ['a vote settled before it counts', bob, claims.settle(robbed.id, grace.address), /^claims\.RoundOpen: /],
      ['a challenge of what is voted on', eve, challenge(robbed.id, 0), /^claims\.NotChallengeable: /],
      ['a dispute of what is not known', dave, dispute(robbed.id, 'Upward'), /^claims\.NotDisputable: /],
      ['a case moved on in its time', bob, claims.poke(robbed.id), /^claims\.NothingDue: /],
      ['an incident moved on that is judged', bob, claims.pokeIncident(robbed.incident), /^claims\.NothingDue: /],
      ['a claim before its incident is true', dave, file(robbed.incident, policies.dave.id, 1), /^claims\.NoClaims: /],
      ['all paid before that', bob, claims.payBatch(robbed.incident, 9), /^claims\.NothingToPay: /],
      ['one paid without a claim', bob, claims.payClaim(robbed.incident, 0), /^claims\.UnknownClaim: /],
      ['a policy cancelled', dave, tx.cover.cancel(policies.dave.id), /^cover\.ProductUnderIncident: /],
      ['a verdict enacted by Dave', dave, claims.enact(robbed.id, 0), /^BadOrigin$/],
    ]);
    // Anyone may add to what is known.
    const added = await send(api, claims.addEvidence(robbed.id, URI, HASH), eve);
    const { evidence } = eventOf(added.events, told.EvidenceAdded).data;
    // The client has a `hash` of its own.
    assert.deepEqual([evidence.uri.toUtf8(), evidence.digest.toHex()], [URI, HASH]);
  });

  await chapter('safe mode stops payments of anyone, and no claim', async () => {
    await motion(api, tx.safeMode.forceEnter(), [alice, bob]);
    const transfer = tx.balances.transferKeepAlive(dave.address, lut);
    await refuses(send(api, transfer, eve), /^system\.CallFiltered: /);
    await refuses(motion(api, tx.txPause.pause(['Claims', 'reveal']), [alice, bob]), /^txPause\.Unpausable: /);
  });

  await chapter('votes are shown once all are given, and only as they were given', async (within) => {
    await untilBlock(api, robbed.commitUntil);
    const [[{ commit, salt }], [, other]] = votes;
    const shown = (id, percentage, with_) => claims.reveal(id, percentage, with_);
    await refused(within, [
      ['a vote too late', grace, commit, /^claims\.CommitClosed: /],
      ['another percentage', grace, shown(robbed.id, 1, salt), /^claims\.CommitmentMismatch: /],
      ['another salt', grace, shown(robbed.id, 0, HASH), /^claims\.CommitmentMismatch: /],
      ["another's vote", heidi, shown(robbed.id, 0, salt), /^claims\.CommitmentMismatch: /],
      ['a vote on another case', heidi, shown(robbed.id, 60, other.salt), /^claims\.CommitmentMismatch: /],
      ['more than everything', grace, shown(robbed.id, 101, salt), /^claims\.BadPercent: /],
      ['a vote that was never given', judy, shown(robbed.id, 0, salt), /^claims\.NothingCommitted: /],
    ]);
    // Ivan forgets one of his.
    const reveals = [...votes[0], ...votes[1], votes[2][0]];
    const results = await Promise.all(reveals.map(({ reveal, assessor }) => send(api, reveal, assessor)));
    assert.equal(eventOf(results[4].events, told.Revealed).data.percent.toNumber(), 100);
    await refuses(send(api, votes[0][0].reveal, grace), /^claims\.AlreadyRevealed: /);
    const tally = (await api.query.claims.tallies(robbed.id)).unwrap();
    assert.deepEqual([tally[0].toBigInt(), tally[100].toBigInt()], [21n * lut, 10n * lut]);
  });

  await chapter('the verdict is their median: nothing for one, most of it for the other', async () => {
    const verdict = async ({ id, revealUntil }) => untilMoved(api, id, told.Verdict, revealUntil);
    const [{ event, block }, other] = await Promise.all([verdict(robbed), verdict(agreed)]);
    const { verdict: said, isStrong, until } = event.data;
    // Of 61 tokens, 21 are behind it: less than half.
    assert.deepEqual([said.toNumber(), isStrong.isTrue, until.toNumber()], [0, false, block.number + 15]);
    robbed.until = until.toNumber();
    assert.deepEqual([other.event.data.verdict.toNumber(), other.event.data.isStrong.isTrue], [60, false]);
    agreed.until = other.event.data.until.toNumber();
  });

  let left;
  await chapter('Dave disputes it upward with twice the bond', async (within) => {
    await refused(within, [
      ['downward of nothing', eve, dispute(robbed.id, 'Downward'), /^claims\.NothingToDispute: /],
      ['with evidence too long', eve, dispute(robbed.id, 'Upward', 'x'.repeat(129)), /^claims\.EvidenceTooLong: /],
      ['without the bond', poor, dispute(robbed.id, 'Upward'), /^claims\.BondNotThere: /],
      ['a vote shown too late', ivan, votes[2][1].reveal, /^claims\.RevealClosed: /],
      ['a challenge of a verdict', eve, challenge(robbed.id, 0), /^claims\.NotChallengeable: /],
    ]);
    const result = await send(api, dispute(robbed.id, 'Upward'), dave);
    const { direction, bond: second } = named(eventOf(result.events, told.Disputed));
    assert.deepEqual([direction.type, second.toBigInt()], ['Upward', 2n * bond]);
    const { free, held } = await moved(result, dave);
    assert.deepEqual([free, held], [-2n * bond - result.fee, 2n * bond]);
    await refuses(send(api, dispute(robbed.id, 'Upward'), eve), /^claims\.AlreadyDisputed: /);

    const leaving = await send(api, claims.leave(), ivan);
    left = eventOf(leaving.events, told.Left).data.freeFrom.toNumber();
    assert.equal(left, leaving.block.number + 60);
    await refused(within, [
      ['to leave twice', ivan, claims.leave(), /^claims\.HasLeft: /],
      ['to stake after that', ivan, claims.stake(lut), /^claims\.HasLeft: /],
      ['to take the stake along', ivan, claims.withdrawStake(), /^claims\.StakeLocked: /],
    ]);
  });

  await chapter('votes are settled by anyone: who agrees shares the fee, who was outvoted clearly pays', async () => {
    const settled = async (id, assessor) => {
      const result = await send(api, claims.settle(id, assessor.address), bob);
      const { reward, lost } = numbers(named(eventOf(result.events, told.VoteSettled)), 'reward', 'lost');
      const { free, held } = await moved(result, assessor);
      assert.deepEqual([free, held], [reward, -lost]);
      return [reward, lost];
    };
    // By weight, 10 and 11 of 21, and the last one gets what rounding leaves.
    const first = (fee * 10n) / 21n;
    assert.deepEqual(await settled(robbed.id, grace), [first, 0n]);
    // More than two thirds of what was shown is against Ivan.
    assert.deepEqual(await settled(robbed.id, ivan), [0n, lut / 2n]);
    assert.deepEqual(await settled(robbed.id, heidi), [fee - first, 0n]);
    await refuses(send(api, claims.settle(robbed.id, grace.address), bob), /^claims\.UnknownVote: /);
    assert.ok((await api.query.claims.rounds(robbed.id)).isNone);
  });

  let index;
  await chapter('token holders are asked in words, and vote with what is staked as well', async () => {
    const started = await untilMoved(api, robbed.id, told.ReferendumStarted, robbed.until);
    const { referendum, ends, direction, ballot } = named(started.event);
    index = referendum.toNumber();
    assert.deepEqual([direction.type, ends.toNumber() - started.block.number], ['Upward', 10]);
    assert.equal(
      await questionOf(api, index),
      `Case ${robbed.id}, ballot ${ballot}: how much of Disputed was lost in incident ${robbed.incident}. ` +
        'The assessors say 0 %. Aye: it is 100 % instead. If this does not pass, it is not.',
    );
    robbed.ends = ends.toNumber();
    // Less than half of the assessors' stake is behind the verdict.
    const { threshold } = (await api.query.democracy.referendumInfoOf(index)).unwrap().asOngoing;
    assert.equal(threshold.type, 'SimpleMajority');
    const { free, total } = await balances(api, aliceStash);
    const ballots = [
      { who: aliceStash, aye: true, conviction: 'None', amount: total - lut },
      // With what would be enough against so few in any other referendum.
      { who: bob, aye: false, conviction: 'Locked1x', amount: 90_000n * lut },
    ];
    await Promise.all([
      ...ballots.map((each) => vote(api, index, each)),
      refuses(send(api, claims.poke(robbed.id), bob), /^claims\.NothingDue: /),
    ]);
    assert.ok(total - lut > free);
    const tally = await tallyOf(api, index);
    assert.deepEqual(tally, {
      ayes: votesOf(total - lut, 'None'),
      nays: 90_000n * lut,
      turnout: total - lut + 90_000n * lut,
    });
    const issuance = (await api.query.balances.totalIssuance()).toBigInt();
    assert.equal(passes(tally, issuance), false);
    assert.ok(tally.ayes > tally.nays);
    await storageDecodes(api, { claims: ['running', 'dockets'] });
  });

  await chapter('it passes, its enactment ends the case, and Dave has both bonds and the fee again', async () => {
    const ended = await untilMoved(api, robbed.id, told.ReferendumEnded, robbed.ends);
    assert.ok(ended.event.data.passed.isTrue);
    const decided = await untilMoved(api, robbed.id, told.Decided, ended.block.number - 1);
    assert.equal(decided.event.data.outcome.toNumber(), 100);
    const { verdict, incident } = eventOf(decided.events, told.IncidentAccepted).data;
    assert.deepEqual([verdict.toNumber(), incident.toNumber()], [100, robbed.incident]);
    const { free, held } = await moved(decided, dave);
    assert.deepEqual([free, held], [3n * bond + fee, -3n * bond]);
    assert.ok((await api.query.claims.cases(robbed.id)).isNone);
    assert.equal((await api.query.preimage.preimageFor.keys()).length, 0);
  });

  await chapter(
    'what nobody disputes is true when the time for it is over, and its reporter was right',
    async (within) => {
      const result = await untilEvent(api, told.IncidentAccepted, agreed.until + 1, ({ incident }) =>
        incident.eq(agreed.incident),
      );
      const { verdict, until } = result.event.data;
      assert.equal(verdict.toNumber(), 60);
      assert.equal(until.toNumber(), (await timeAt(api, result.block.number)) + 350);
      // The bond is his again, and the treasury pays the fee.
      const { free, held } = await moved(result, ferdie);
      assert.deepEqual([free, held], [bond + fee, -bond]);
      const { reserved } = numbers(await pool(), 'reserved');
      assert.equal(reserved, dollars(100_000) + dollars(60_000));
      await refuses(ask(AGREED), /^cover\.ProductUnderIncident: /);
      const under = (policy, loss = 1, uri) => file(agreed.incident, policy.id, loss, uri);
      await refused(within, [
        ['a claim by anyone else', dave, under(policies.eve), /^claims\.NotTheHolder: /],
        ['a claim for nothing', eve, under(policies.eve, 0), /^claims\.ZeroLoss: /],
        ['a claim of what was not covered yet', charlie, under(policies.charlie), /^cover\.BeforeCover: /],
        ['a claim on another product', dave, under(policies.dave), /^cover\.OtherProduct: /],
        ['a claim under no policy', dave, under({ id: 99 }), /^cover\.UnknownPolicy: /],
        ['a claim with evidence too long', eve, under(policies.eve, 1, 'x'.repeat(129)), /^claims\.EvidenceTooLong: /],
        ['a policy cancelled after a loss', eve, tx.cover.cancel(policies.eve.id), /^cover\.ProductUnderIncident: /],
        ['the product resumed by one', alice, tx.cover.resume(AGREED), /^BadOrigin$/],
        [
          'an incident closed that can be claimed under',
          bob,
          claims.pokeIncident(agreed.incident),
          /^claims\.IncidentOpen: /,
        ],
      ]);
    },
  );

  let [small, doubted] = [];
  await chapter('Eve and Ferdie claim so little that nobody has to vote', async (within) => {
    const filed = await Promise.all([
      send(api, file(agreed.incident, policies.eve.id, SMALL), eve),
      send(api, file(agreed.incident, policies.ferdie.id, SMALL), ferdie),
    ]);
    [small, doubted] = filed.map(({ events, block }) => {
      const { case: id, loss } = named(eventOf(events, told.Filed));
      const { proposal: proposed, until } = named(eventOf(events, told.Proposed));
      assert.deepEqual([loss.toBigInt(), proposed.toNumber(), until.toNumber()], [SMALL, 100, block.number + 15]);
      return { id: id.toNumber(), until: until.toNumber() };
    });
    const { free, held } = await moved(filed[0], eve);
    assert.deepEqual([free, held], [-bond - fee - filed[0].fee, bond + fee]);
    // A tenth of what is set aside for it may be awarded like this.
    const budget = (await api.query.claims.budgets(agreed.incident, USD)).unwrap();
    // What is lost, less the deductibles.
    const awards = [policies.eve, policies.ferdie].map(({ amount }) => (SMALL * 60n) / 100n - amount / 200n);
    assert.deepEqual(numbers(budget, 'limit', 'used'), { limit: dollars(6_000), used: sum(awards) });
    await refused(within, [
      ['a second claim', eve, file(agreed.incident, policies.eve.id, 1), /^claims\.AlreadyClaimed: /],
      ['a challenge for as much', bob, challenge(doubted.id, 100), /^claims\.AlternativeTooHigh: /],
      ['a challenge without the bond', poor, challenge(doubted.id, 0), /^claims\.BondNotThere: /],
      ['a vote on what nobody doubts', grace, claims.commit(doubted.id, HASH), /^claims\.CommitClosed: /],
      ['a dispute of what nobody judged', bob, dispute(doubted.id, 'Downward'), /^claims\.NotDisputable: /],
      ['a claim paid in its time', bob, claims.poke(small.id), /^claims\.NothingDue: /],
    ]);
  });

  await chapter('Bob doubts one of them, and Charlie doubts it more', async (within) => {
    const first = await send(api, challenge(doubted.id, 20), bob);
    const { bond: put } = named(eventOf(first.events, told.Challenged));
    assert.deepEqual([put.toBigInt(), (await moved(first, bob)).held], [2n * bond, 2n * bond]);
    // The fee of who filed goes to the assessors.
    assert.deepEqual(await moved(first, ferdie), { free: 0n, held: -fee, usd: 0n });
    const { commitUntil, revealUntil } = named(eventOf(first.events, told.AssessmentBegan));
    Object.assign(doubted, { commitUntil: commitUntil.toNumber(), revealUntil: revealUntil.toNumber() });
    await refuses(send(api, challenge(doubted.id, 20), charlie), /^claims\.AlternativeTooHigh: /);
    const second = await send(api, challenge(doubted.id, 10), charlie);
    assert.equal((await moved(second, charlie)).held, 4n * bond);
    assert.deepEqual(await moved(second, bob), { free: 2n * bond, held: -2n * bond, usd: 0n });

    doubted.votes = [secretVote(api, doubted.id, grace, 25), secretVote(api, doubted.id, heidi, 30)];
    await Promise.all(doubted.votes.map(({ commit, assessor }) => send(api, commit, assessor)));
    await refused(within, [
      ['a vote by who has left', ivan, claims.commit(doubted.id, HASH), /^claims\.HasLeft: /],
      ['a vote by who holds the policy', ferdie, claims.commit(doubted.id, HASH), /^claims\.NotAnAssessor: /],
    ]);
  });

  await chapter('what is stored decodes to the byte while something of everything is there', async () => {
    const wanted = [
      'assessors',
      'totalWeight',
      'cases',
      'nextCase',
      'evidences',
      'rounds',
      'tallies',
      'votes',
      'nextBallot',
    ];
    wanted.push('incidents', 'nextIncident', 'openIncidents', 'claims', 'budgets', 'records');
    await storageDecodes(api, { claims: wanted });
  });

  await chapter('Dave claims, and block work pays Eve what she lost less her deductible, to the unit', async () => {
    const { events } = await send(api, file(robbed.incident, policies.dave.id, SMALL), dave);
    const { case: id, until } = named(eventOf(events, told.Proposed));
    robbed.claim = { id: id.toNumber(), until: until.toNumber() };

    const paid = await untilMoved(api, small.id, told.Decided, small.until);
    const award = dollars(950);
    const { free, held, usd } = await moved(paid, eve);
    assert.deepEqual([free, held, usd], [bond + fee, -bond - fee, award]);
    const { policy, ...sums } = named(eventOf(paid.events, told.ClaimPaid));
    assert.equal(policy.toNumber(), policies.eve.id);
    assert.deepEqual(numbers(sums, 'paid', 'arrears'), { paid: award, arrears: 0n });
    const claim = (await api.query.claims.claims(agreed.incident, policies.eve.id)).unwrap();
    const { verdict, paid: kept } = claim.state.asPaid;
    assert.deepEqual([verdict.toNumber(), kept.toBigInt()], [100, award]);
    const { policy: left_ } = (await api.call.coverApi.policy(policies.eve.id)).unwrap();
    assert.deepEqual([left_.awarded.toBigInt(), left_.claimOpen.isTrue], [award, false]);
  });

  await chapter('Dave is paid as well', async () => {
    const paid = await untilMoved(api, robbed.claim.id, told.Decided, robbed.claim.until);
    const { free, held, usd } = await moved(paid, dave);
    assert.deepEqual([free, held, usd], [bond + fee, -bond - fee, SMALL - dollars(500)]);
  });

  await chapter('the assessors find that Ferdie claims too much', async () => {
    await untilBlock(api, doubted.commitUntil);
    await Promise.all(doubted.votes.map(({ reveal, assessor }) => send(api, reveal, assessor)));
    const { event } = await untilMoved(api, doubted.id, told.Verdict, doubted.revealUntil);
    assert.equal(event.data.verdict.toNumber(), 30);
    doubted.until = event.data.until.toNumber();
  });

  await chapter('Ivan has his stake back when his time and his votes are over, less what he lost', async () => {
    await untilBlock(api, left);
    await refuses(send(api, claims.withdrawStake(), ivan), /^claims\.VotesNotSettled: /);
    // He never showed this one.
    const settled = await send(api, claims.settle(agreed.id, ivan.address), bob);
    assert.equal(named(eventOf(settled.events, told.VoteSettled)).lost.toBigInt(), lut / 2n);
    const result = await send(api, claims.withdrawStake(), ivan);
    const { free, held } = await moved(result, ivan);
    assert.deepEqual([free, held], [9n * lut - result.fee, -9n * lut]);
    await refuses(send(api, claims.leave(), ivan), /^claims\.NotAnAssessor: /);
    const calls = [grace, heidi].flatMap(({ address }) => [
      claims.settle(agreed.id, address),
      claims.settle(doubted.id, address),
    ]);
    await send(api, tx.utility.batchAll(calls), bob);
  });

  await chapter('who claimed too much loses the bond, half of it to who said so', async () => {
    const paid = await untilMoved(api, doubted.id, told.Decided, doubted.until);
    assert.equal(paid.event.data.outcome.toNumber(), 30);
    // 30 % of 60 % of the loss, less the deductible.
    const { free, held, usd } = await moved(paid, ferdie);
    assert.deepEqual([free, held, usd], [0n, -bond, dollars(360 - 200)]);
    const { who: loser, amount } = named(eventOf(paid.events, told.BondLost));
    assert.ok(loser.eq(ferdie.address) && amount.toBigInt() === bond);
    const challenger = await moved(paid, charlie);
    assert.deepEqual([challenger.free, challenger.held], [4n * bond + bond / 2n, -4n * bond]);
    const funded = named(eventOf(paid.events, kinds.pools.ReserveFunded));
    assert.ok(funded.asset.isNative);
    assert.equal(funded.amount.toBigInt(), bond / 2n);
  });

  await chapter(
    'the track record is what happened, nothing is left over, and all of it decodes to the byte',
    async () => {
      const figures = [
        'incidents',
        'accepted',
        'rejected',
        'filed',
        'approved',
        'denied',
        'paid',
        'verdicts',
        'overturned',
      ];
      const one = { incidents: 1n, accepted: 1n, rejected: 0n, denied: 0n };
      assert.deepEqual(numbers(await record(DISPUTED), ...figures), {
        ...one,
        filed: 1n,
        approved: 1n,
        paid: 1n,
        verdicts: 1n,
        overturned: 1n,
      });
      assert.deepEqual(numbers(await record(AGREED), ...figures), {
        ...one,
        filed: 2n,
        approved: 2n,
        paid: 2n,
        verdicts: 2n,
        overturned: 0n,
      });
      const both = await api.call.claimsApi.trackRecord(null);
      assert.deepEqual(numbers(both.record, 'filed', 'verdicts'), { filed: 3n, verdicts: 3n });
      assert.equal(both.overturned.toHuman(), '33.33%');
      assert.equal(both.meanPayoutTime.unwrap().toBigInt(), both.record.payoutSeconds.toBigInt() / 3n);

      const account = await balances(api, palletAccount(api, 'claims'));
      assert.deepEqual([account.total, account.held], [api.consts.balances.existentialDeposit.toBigInt(), 0n]);
      const held = await Promise.all([bob, charlie, ferdie, grace, dave].map(holdsOf));
      const policy = { 'Cover.Policy': lut };
      assert.deepEqual(held, [
        {},
        policy,
        policy,
        { 'Claims.Stake': 10n * lut },
        { 'Claims.Stake': 30n * lut, ...policy },
      ]);
      for (const item of ['cases', 'evidences', 'rounds', 'tallies', 'votes']) {
        assert.equal((await api.query.claims[item].keys()).length, 0, item);
      }

      const hash = await api.rpc.chain.getBlockHash();
      const at = await api.at(hash);
      const { totals, capital } = await pool(at);
      const losses = dollars(950 + 1_500 + 160);
      assert.deepEqual(numbers(totals, 'losses', 'arrears'), { losses, arrears: 0n });
      assert.equal(capital.toBigInt(), CAPITAL + totals.toCapital.toBigInt() - losses);
      const events = await blocksDecode(api);
      assert.equal(sum(all(events, kinds.pools.LossPaid).map(({ paid }) => paid.toBigInt())), losses);
      // Cases were moved on by block work alone.
      assert.equal(all(events, told.Decided).length, 5);
    },
  );
};

onChain('the life of a claim', body, { timeout: 480_000 });
