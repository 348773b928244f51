// How the demonstration talks: numbered steps, lines, tables, and waits that come and go on a terminal.

const plain = !process.stdout.isTTY || Boolean(process.env.NO_COLOR);
const style = (code) => (text) => (plain ? text : `\u001b[${code}m${text}\u001b[0m`);
export const bold = style('1');
export const faint = style('2');
export const good = style('32');
export const bad = style('31');

const WIDTH = 110;
const COLOUR = /\u001b\[\d+m/g;

let steps = 0;
let inPlace = false; // the last line is one that comes and goes

export function print(line) {
  clear();
  console.log(line);
}

/** Takes a line that comes and goes away. */
export function clear() {
  if (inPlace) process.stdout.write('\r\u001b[K');
  inPlace = false;
}

export const step = (title) => print(`\n${bold(`${(steps += 1)}. ${title}`)}`);

/** A paragraph, broken where lines get long; what begins like an item of a list goes on below its first word. */
export function say(text = '') {
  const [indent] = text.match(/^ *(- )?/);
  let line = indent;
  for (const word of text.slice(indent.length).split(' ')) {
    const isBegun = line.trim() !== '' && line !== indent;
    if (isBegun && `${line} ${word}`.replace(COLOUR, '').length > WIDTH) {
      print(`   ${line}`);
      line = ' '.repeat(indent.length) + word;
    } else {
      line += isBegun ? ` ${word}` : word;
    }
  }
  print(line && `   ${line}`);
}

/** A line about a wait: on a terminal the next line takes its place. */
export function pass(text) {
  const line = faint(`   ... ${text}`);
  if (!process.stdout.isTTY) return print(line);
  process.stdout.write(`\r\u001b[K${line}`);
  inPlace = true;
}

/** Shows how far a wait is: all the while on a terminal, else when it begins and each time that tens are left. */
export function waiting(words) {
  let isBegun = false;
  return (left) => {
    if (left <= 0 || (isBegun && left % 10 && !process.stdout.isTTY)) return;
    pass(words(left));
    isBegun = true;
  };
}

/** Shows how far a wait for a block is. */
export function waitingFor(what) {
  let last;
  const show = waiting((left) => `${what} at block ${last + left}: now at ${last}, ${left} to go`);
  return { onBlock: (now, target) => show(target - (last = now)) };
}

/** Rows of cells, the first of them a heading unless it is empty; columns of amounts are flush right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const numbers = rows[0].map((_, column) =>
    rows.slice(1).every((row) => /^([+-]?[\d,.]+( [\w%]+)?)?$/.test(row[column])),
  );
  rows.forEach((row, line) => {
    if (line === 0 && row.every((cell) => cell === '')) return;
    const cells = row.map((cell, i) => (numbers[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i])));
    const text = cells.join('   ').trimEnd();
    print(`   ${line === 0 ? faint(text) : text}`);
  });
}
