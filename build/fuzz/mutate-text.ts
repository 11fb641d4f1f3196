import type { Mutation } from './mutate.ts';

/** Words that mean something in the texts macveil reads, or that surprise a program which takes text for data. */
const WORDS = [
  ...[
    '\0',
    '\n',
    '\r\n',
    ' ',
    '\t',
    ':',
    '=',
    '.',
    '/',
    '../',
    '//',
    ',',
    '"',
    "'",
    '\\',
    '#',
    '{',
    '}',
    '[',
    ']',
  ],
  ...[
    'alias=',
    'softdep=pre: ',
    'depends=',
    'file=',
    '.alias=',
    'kernel/',
    '.ko',
    '.ko.xz',
    'pci:v*',
    'usb:',
  ],
  ...['null', 'true', 'false', '-1', '1e999', '""', '{}', '[]', '"version"', '"kernels"', '"blocked"'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\ufeff', '\u2028', '\ud800', 'é', '\xff'],
];
const LONG = [100, 5000, 40_000];

const insertWord: Mutation = (bytes, random) => {
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(WORDS)), bytes.subarray(at)]);
};

const insertLong: Mutation = (bytes, random) => {
  const at = random.below(bytes.length + 1);
  const long = Buffer.alloc(random.pick(LONG), random.pick(WORDS));
  return Buffer.concat([bytes.subarray(0, at), long, bytes.subarray(at)]);
};

const swapLines: Mutation = (bytes, random) => {
  const lines = bytes.toString('latin1').split('\n');
  const [from, to] = [random.below(lines.length), random.below(lines.length)];
  [lines[from], lines[to]] = [lines[to] ?? '', lines[from] ?? ''];
  return Buffer.from(lines.join('\n'), 'latin1');
};

/** Mutations of lists and of JSON. */
export const OF_TEXT: readonly Mutation[] = [insertWord, insertWord, insertWord, insertLong, swapLines];
