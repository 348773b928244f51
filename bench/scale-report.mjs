// What was measured of a chain with many policies, as Markdown.

import { median, number, table, where } from './report.mjs';

const GB = 1e9;
/** How much more it may take than on an empty chain. */
const GOAL = 1.1;

const NOTES = [
  '- import: to verify and import the blocks, as a node that follows measures it, less what empty ones take; the median of the bursts, which are on both chains in turn',
  '- the same: the same calls on what the measurement itself has set up, which is as large on both chains',
  '- all over: calls that reach what was preloaded, each another part of it: accounts, pools, products',
];

export function scaleMarkdown({ machine, market, preparing, blocks, interval, rows, quotes, started, used, ending }) {
  const ratio = (value, other) => `${number(value / other, 2)}${value / other <= GOAL ? '' : ' **above 1.10**'}`;
  const quote = (side) => median(quotes[side].map(({ quote, floor }) => quote.p50 - floor.p50));
  const micro = (seconds) => number(seconds * 1e6);
  const gb = (bytes) => number(bytes / GB, 2);
  const memory = (side, node) => `${gb(side[node].now)} (most ${gb(side[node].most)})`;
  return [
    `# Measured with ${number(market.policies)} policies, ${number(market.products)} products, ${number(market.pools)} pools`,
    '',
    where(machine),
    '',
    table([
      ['', 'empty', 'the same', '× empty', 'all over', '× empty'],
      ...['imported', 'build'].flatMap((kind) =>
        rows.map(({ name, empty, preloaded, all }) => [
          `${name}, ${kind === 'build' ? 'build' : 'import'} µs`,
          ...[number(median(empty[kind])), number(median(preloaded[kind]))],
          ratio(median(preloaded[kind]), median(empty[kind])),
          ...[number(median(all[kind])), ratio(median(all[kind]), median(empty[kind]))],
        ]),
      ),
      ...['imported', 'build'].map((kind) => [
        `an empty block, ${kind === 'build' ? 'build' : 'import'} µs`,
        ...[micro(blocks.empty[kind]), micro(blocks.preloaded[kind])],
        ...[ratio(blocks.preloaded[kind], blocks.empty[kind]), '', ''],
      ]),
      [
        `a quote from ${quotes.empty[0].lines} lines, ms`,
        ...[number(quote('empty'), 3), number(quote('preloaded'), 3), ratio(quote('preloaded'), quote('empty'))],
        ...['', ''],
      ],
      [
        'from a block to the next, s',
        ...[number(interval.empty, 3), number(interval.preloaded, 3)],
        ...[ratio(interval.preloaded, interval.empty), '', ''],
      ],
    ]),
    '',
    ...NOTES,
    '',
    '## Bursts, µs to import',
    '',
    table([
      ['', 'empty', 'the same', 'all over'],
      ...rows.map(({ name, ...runs }) => [
        name,
        ...['empty', 'preloaded', 'all'].map((key) => runs[key].imported.map((each) => number(each)).join(' ')),
      ]),
    ]),
    '',
    '## Nodes, GB',
    '',
    table([
      ['', 'empty', 'preloaded'],
      ...[['started', started], ['after these bursts', used]].flatMap(([when, nodes]) => [
        ...['author', 'follower'].map((node) => [
          `memory of the ${node}, ${when}`,
          memory(nodes.empty, node),
          memory(nodes.preloaded, node),
        ]),
        [`database, ${when}`, gb(nodes.empty.database), gb(nodes.preloaded.database)],
      ]),
    ]),
    '',
    `The state at the beginning: ${number(preparing.keys)} keys, ${gb(preparing.bytes)} GB with their values. Its ` +
      `specification, ${gb(preparing.file)} GB, was made in ${number(preparing.made)} s; the author took ` +
      `${number(preparing.starting[0])} s to make its database of it and to answer, the follower ${number(preparing.starting[1])} s.`,
    '',
    `## The day on which ${number(market.ending)} policies end`,
    '',
    table([
      ['', 'blocks', 'import µs, median', 'most', 'weight µs before, median', 'after, median', 'most'],
      ...[['the policies end', ending.ended], ['their exposure is released', ending.released]]
        .filter(([, day]) => day)
        .map(([name, day]) => dayRow(name, day)),
    ]),
    '',
    `All were closed by their owners, ten in a call, in ${number(ending.closed.seconds)} s and ${number(ending.closed.blocks)} blocks: ` +
      `${number(median(ending.closed.rate))} a second of the chain's time. One took ${number(median(ending.closed.imported))} µs to ` +
      `import, ${number(median(ending.closed.build))} µs to build, and weighs ${number(median(ending.closed.weight))} µs.`,
  ].join('\n');
}

function dayRow(name, { imported, weights }) {
  const of = (wanted) => weights.filter(({ after }) => wanted(after)).map(({ weight }) => weight);
  const [before, after] = [of((seconds) => seconds < 0), of((seconds) => seconds >= 0)];
  return [
    ...[name, number(imported.length), number(median(imported)), number(Math.max(...imported))],
    ...[number(median(before)), number(median(after)), number(Math.max(...after))],
  ];
}
