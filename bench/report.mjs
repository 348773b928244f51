// What was measured, as Markdown.

/** What calls may take, in transfers: by the name of the row. */
const GOALS = [
  ['cover.buy, one pool', 4, 3],
  ['cover.buy, three pools', 6],
  ['pools.deposit', 3],
  ['claims.file, a small one', 3],
  ['claims.file, to be voted on', 3],
  ['claims.payBatch, a policy', 2],
];
/** In bytes, and in milliseconds. */
const STATE = 1_024;
const QUOTE = 1;

const NOTES = [
  "- a second: included, of the chain's time, where a burst has more than two blocks without its first and its last",
  '- transfers for it: how many of those are included in that time',
  '- import: to verify and import the blocks, as a node that follows measures it, less what empty ones take; the median',
  '- build: the same for their author, who answers those who send and checks what they send at the same time',
  '- weight: what the chain charges',
  '- claims.payBatch: one call pays all policies of an incident, in the block in which its observation is ended',
];

/** What was aimed at, and whether it is met. */
export function goalsOf({ rows, state, quotes }) {
  const [transfer] = rows;
  const times = GOALS.map(([name, most, moonshot]) => {
    const row = rows.find((row) => row.name === name);
    const measured = median(row.imported) / median(transfer.imported);
    return { name, measured, most, moonshot, unit: 'transfers', met: measured <= most };
  });
  const quote = quotes.quote.p50 - quotes.floor.p50;
  return [
    ...times,
    { name: 'state of a policy', measured: state.bytes, most: STATE, unit: 'bytes', met: state.bytes <= STATE },
    { name: `quote over ${quotes.lines} lines`, measured: quote, most: QUOTE, unit: 'ms', met: quote < QUOTE },
  ];
}

export function markdown(figures) {
  const { machine, rows, state, quotes, goals } = figures;
  const [transfer] = rows;
  const times = (row, field) => number(median(row[field]) / median(transfer[field]), 1);
  return [
    '# Measured',
    '',
    where(machine),
    '',
    table([
      [
        ...['', 'calls', 'blocks', 'a second', 'transfers for it'],
        ...['import µs', '× transfer', 'of each burst', 'build µs', '× transfer', 'weight µs', '× transfer'],
      ],
      ...rows.map((row) => [
        ...[row.name, number(row.count), number(row.blocks), number(row.rate), number(transfer.rate / row.rate, 1)],
        ...[number(median(row.imported)), times(row, 'imported'), row.imported.map((each) => number(each)).join(' ')],
        ...[number(median(row.build)), times(row, 'build'), number(row.weight), times(row, 'weight')],
      ]),
    ]),
    '',
    ...NOTES,
    '',
    `## State: ${number(state.bytes)} bytes for each of ${number(state.policies)} policies`,
    '',
    table([
      ['', 'bytes a policy'],
      ...state.items.filter(({ bytes }) => bytes >= 0.5).map(({ name, bytes }) => [name, number(bytes, 1)]),
      ['the folder of the database, with its blocks and its past', number(state.database)],
    ]),
    '',
    `## Quotes over RPC: ${number(quotes.count)} one after the other, each of ${quotes.parts} parts from ${quotes.lines} lines, in ms`,
    '',
    table([
      ['', 'p50', 'p99'],
      ['coverApi.quote', number(quotes.quote.p50, 2), number(quotes.quote.p99, 2)],
      ['Core_version, which does nothing', number(quotes.floor.p50, 2), number(quotes.floor.p99, 2)],
      [
        'the difference to its p50',
        number(quotes.quote.p50 - quotes.floor.p50, 2),
        number(quotes.quote.p99 - quotes.floor.p50, 2),
      ],
    ]),
    '',
    '## Goals',
    '',
    table([
      ['', 'measured', 'goal', ''],
      ...goals.map(({ name, measured, most, moonshot, unit, met }) => [
        name,
        `${number(measured, unit === 'bytes' ? 0 : 2)} ${unit}`,
        `${unit === 'ms' ? '<' : '≤'} ${number(most)}${moonshot ? ` (moonshot ${moonshot})` : ''}`,
        (met ? 'met' : '**missed**') + (moonshot && measured <= moonshot ? ', and the moonshot' : ''),
      ]),
    ]),
  ].join('\n');
}

export const number = (value, digits = 0) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** On what it was measured. */
export const where = (machine) =>
  `${machine.date}, ${machine.cpu}, ${machine.cores} cores (load ${number(machine.load, 1)} before it began); ` +
  `lutine-node ${machine.node}, runtime ${machine.runtime}, Node.js ${machine.client}, scale ${machine.scale}.`;

/** Of some, or of one. */
export function median(values) {
  const sorted = [values].flat().sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The first row is the head; all columns but the first are flush right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length), 3));
  const flush = (cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]));
  const rule = widths.map((width, column) => (column ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const [head, ...body] = rows.map((row) => row.map(flush));
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
