import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadingFindings } from '../../src/check/loading-findings.ts';
import type { ConfigLine } from '../../src/check/modprobe-config.ts';
import type { Way } from '../../src/check/ways.ts';
import { makeFacts } from '../modules/make-facts.ts';

const LIST = '/usr/lib/modprobe.d/macveil-blocklist.conf';
const FACTS = new Map(
  [
    makeFacts('e1000'),
    makeFacts('mid', { depends: ['e1000'] }),
    makeFacts('top', { depends: ['mid'] }),
    makeFacts('soft'),
    makeFacts('over', { depends: ['soft'] }),
  ].map((module) => [module.name, module]),
);
const SOFTDEP: ConfigLine = {
  keyword: 'softdep',
  name: 'soft',
  rest: 'pre: e1000',
  place: '/etc/modprobe.d/a.conf:3',
  ours: false,
};

const WORDS: [Way, RegExp][] = [
  [{ query: 'e1000', how: 'name', place: '' }, /^e1000 loads by name \(modprobe e1000\), because/],
  [{ query: 'pci:x', how: 'own-alias', place: '' }, /^e1000 loads by alias \(pci:x\), because/],
  [
    { query: 'card', how: 'alias', place: '/a.conf:1' },
    /^e1000 loads by the alias card of \/a\.conf:1, because/,
  ],
  [
    { query: 'e1000', how: 'boot', place: '/etc/modules:2' },
    /^e1000 loads at boot by e1000 in \/etc\/modules:2, because/,
  ],
  [{ query: 'top', how: 'name', place: '' }, /^e1000 loads as a dependency of top, because/],
  [
    { query: 'over', how: 'name', place: '' },
    /^e1000 loads by the softdep of over in \/etc\/modprobe\.d\/a\.conf:3, because/,
  ],
];

for (const [way, words] of WORDS) {
  test(`the words for ${way.how} ${way.query}: ${words.source}`, () => {
    assert.match(findings([way], [SOFTDEP])[0]?.what ?? '', words);
  });
}

const BY_NAME: Way = { query: 'e1000', how: 'name', place: '' };

test('further ways are counted', () => {
  assert.match(findings([BY_NAME, BY_NAME, BY_NAME], [])[0]?.what ?? '', ', and in 2 more ways,');
});

test('a kmod that alone would load it is named', () => {
  const [finding] = loadingFindings(
    [{ module: 'e1000', ways: [BY_NAME], kmods: ['kmod 30'] }],
    around([]),
    LIST,
    false,
  );
  assert.match(finding?.what ?? '', '(only with kmod 30)');
});

test('the cause is the line before the list, or what the list lacks', () => {
  const ours = (keyword: string) => ({ ...SOFTDEP, keyword, name: 'e1000', place: `${LIST}:1`, ours: true });
  const foreign = { ...SOFTDEP, name: 'e1000', place: '/etc/modprobe.d/0.conf:1' };
  const causes = [
    [foreign, ours('softdep')],
    [ours('softdep')],
    [ours('install')],
    [ours('install'), ours('softdep')],
  ];
  assert.equal(
    causes
      .map((lines) => findings([BY_NAME], lines)[0])
      .map((finding) => [finding?.where, finding?.what.split('because ')[1]]),
    [
      [
        '/etc/modprobe.d/0.conf:1',
        "a softdep line read before macveil's makes kmod pass over its install line",
      ],
      [LIST, 'the list has no install line for it'],
      [LIST, 'the list has no softdep line for it'],
      [LIST, 'modprobe passes over the list'],
    ],
  );
});

test('a boot list of an initrd is a kind of its own, beside the other ways', () => {
  const boot: Way = { query: 'e1000', how: 'boot', place: 'initrd.img: /conf/modules:1' };
  const opening = { module: 'e1000', ways: [BY_NAME, boot], kmods: ['a', 'b'] };
  const kinds = loadingFindings([opening], around([]), LIST, true).map(({ kind }) => kind);
  assert.equal(kinds, ['loading', 'preload']);
});

function findings(ways: Way[], lines: ConfigLine[]) {
  return loadingFindings([{ module: 'e1000', ways, kmods: ['a', 'b'] }], around(lines), LIST, false);
}

function around(lines: ConfigLine[]) {
  return { facts: FACTS, lines, honoursInstall: true, kmods: 2 };
}

test.run();
