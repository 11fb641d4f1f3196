import { readFileSync, writeFileSync } from 'node:fs';
import { BuildError } from '../image/build-error.mjs';
import { GOLDEN_KERNELS } from './golden.mjs';
import { cardDrivers, countKernel, judgeChoice } from './judgement.mjs';
import { METHODS } from './methods.mjs';

/** The page that holds the tables. */
const PAGE = 'docs/comparison.md';
const BEGIN = '<!-- tables: made by node build/kernels.mjs --comparison -->\n';
const END = '<!-- end of tables -->\n';
const COLUMNS = 110;
const HEADS = {
  kernels: ['kernel', 'module files', 'choke modules', 'creators', 'blocked', 'of these, drivers of cards'],
  methods: [
    'kernel',
    'method',
    'chooses',
    'card drivers missed',
    'blocked modules missed',
    'chosen, make no interface',
  ],
};

/** What each method makes of a kernel, beside what macveil makes of it. */
export async function compareMethods(name, root, kernel) {
  const rows = [];
  for (const { name: method, choose } of METHODS)
    rows.push({ method, ...judgeChoice(await choose(root), kernel) });
  return { name, ...countKernel(kernel), cards: cardDrivers(kernel).size, rows };
}

/** The line of the first table for one kernel. */
export function formatCounts({ release, total, choke, creators, blocked, cards }) {
  return row([release, total, choke, creators, blocked, cards]);
}

/** The lines of the second table for one kernel. */
export function formatMethods({ release, rows }) {
  return rows
    .map(({ method, size, missedCards, missed, harmless }) =>
      row([release, method, size, missedCards.length, missed.length, harmless.length]),
    )
    .join('');
}

/** The card drivers that each method misses in one kernel, by name. */
export function formatMissed({ name, rows }) {
  return rows
    .map(
      ({ method, missedCards }) =>
        `${wrap(`${missedHead(name, method)}${missedCards.join(', ') || 'none'}`)}\n`,
    )
    .join('\n');
}

/** The page as it stands. */
export function readPage() {
  return readFileSync(PAGE, 'utf8');
}

/** True when the page's figures are of this release of a kernel. */
export function isOnPage(page, release) {
  return page.includes(`\n| ${release} |`);
}

/** The card drivers that the page says a method misses in one of the kernels that it names them for. */
export function namedAsMissed(page, name, method) {
  const [, paragraph] = page.split(missedHead(name, method));
  if (paragraph === undefined)
    throw new BuildError(
      `${PAGE} does not name what ${method} misses in ${name}`,
      'run: node build/kernels.mjs --comparison',
    );
  return paragraph.split('\n\n')[0].split(/,\s+/);
}

/** Puts new tables into the page. */
export function writePage(comparisons) {
  const [before, rest] = readPage().split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined)
    throw new BuildError(`${PAGE} has lost the lines that enclose its tables`, `put back: ${BEGIN}${END}`);
  writeFileSync(PAGE, `${before}${BEGIN}${formatTables(comparisons)}${END}${after}`);
}

function formatTables(comparisons) {
  const all = (format) => comparisons.map(format).join('');
  // By name only for the kernels whose verdicts are on record: six times as many names would help nobody.
  const named = comparisons
    .filter(({ name }) => GOLDEN_KERNELS.includes(name))
    .map(formatMissed)
    .join('\n');
  return `
${head(HEADS.kernels)}${all(formatCounts)}
${head(HEADS.methods)}${all(formatMethods)}
Card drivers missed, by name:

${named}
`;
}

function missedHead(name, method) {
  return `**${name}, ${method}:** `;
}

function head(names) {
  return row(names) + row(names.map(() => '---'));
}

function row(cells) {
  return `| ${cells.join(' | ')} |\n`;
}

function wrap(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > COLUMNS) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}
