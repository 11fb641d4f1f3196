import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { normaliseName, parseCmdline } from '../../src/core/cmdline.ts';

const pairs = (text: string) => parseCmdline(text).parameters.map(({ name, value }) => [name, value]);

const CASES: [title: string, text: string, expected: [string, string | null][]][] = [
  [
    'words are separated by any white space of the kernel',
    'a\tb \n c\u00a0d',
    [
      ['a', null],
      ['b', null],
      ['c', null],
      ['d', null],
    ],
  ],
  ['white space outside the kernel table stays in the word', 'a\u2003b', [['a\u2003b', null]]],
  ['the first = divides name and value', 'a=b=c', [['a', 'b=c']]],
  [
    'an empty value is not the same as none',
    'a= b',
    [
      ['a', ''],
      ['b', null],
    ],
  ],
  [
    'a = in the first place belongs to the name',
    '=a b',
    [
      ['=a', null],
      ['b', null],
    ],
  ],
  [
    'quotes around a value keep its spaces and vanish',
    'a="b c" d',
    [
      ['a', 'b c'],
      ['d', null],
    ],
  ],
  [
    'quotes around a whole word vanish',
    '"a=b c" d',
    [
      ['a', 'b c'],
      ['d', null],
    ],
  ],
  ['quotes in the middle of a value stay', 'a=b"c d"e', [['a', 'b"c d"e']]],
  ['a name hidden inside a quoted value is no parameter', 'a="x macveil=keep"', [['a', 'x macveil=keep']]],
  ['an unclosed quote swallows the rest', 'a="b c', [['a', 'b c']]],
  [
    'duplicates all stay, in order',
    'a=1 a=2',
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
  ['an empty line has no parameters', ' \n', []],
];

for (const [title, text, expected] of CASES) test(title, () => assert.equal(pairs(text), expected));

test('words after a lone -- are for init', () => {
  const { parameters, init } = parseCmdline('quiet -- single macveil=keep');
  assert.equal(
    parameters.map((word) => word.name),
    ['quiet'],
  );
  assert.equal(
    init.map((word) => word.name),
    ['single', 'macveil'],
  );
});

test('three dashes, which installers use, end nothing', () => {
  assert.equal(parseCmdline('a --- b').init, []);
});

test('a quoted -- ends the parameters as well, because the kernel compares after removing quotes', () => {
  assert.equal(
    parseCmdline('a "--" b').init.map((word) => word.name),
    ['b'],
  );
});

test('an unclosed quote is seen, a closed one is not reported', () => {
  assert.equal(parseCmdline('a="b c').parameters[0]?.closed, false);
  assert.equal(parseCmdline('a="b c"').parameters[0]?.closed, true);
});

test('dashes and underscores in names are the same', () => {
  assert.is(normaliseName('a-b_c'), 'a_b_c');
});

test.run();
