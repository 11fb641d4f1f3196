import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { CheckResult } from '../../src/check/check.ts';
import { exitCodeOf, FINDING_KINDS, type Finding } from '../../src/check/finding.ts';
import { formatCheck } from '../../src/check/format.ts';

const FINDING: Finding = { kind: 'loading', what: 'e1000 loads', where: '/a.conf:1', cure: 'remove it' };
const RESULT: CheckResult = {
  version: 1,
  root: '/image',
  initrds: ['/boot/initrd.img'],
  kmod: ['kmod 34.2 (own)', 'kmod 30 (host)'],
  kmodNotAsked: '',
  counts: { kernels: 1, modules: 382, aliases: 4862, questions: 9000 },
  findings: [],
};

test('without findings the result is one line that says what was tried, and the code is 0', () => {
  const line =
    'proven: 382 blocked modules and 4862 aliases and symbols tried in 9000 ways with kmod 34.2 (own) and kmod 30 (host) in the root and 1 initrd\n';
  assert.is(formatCheck(RESULT), line);
  assert.is(exitCodeOf([]), 0);
});

test('findings stand by kind, the most serious first, each with place and cure', () => {
  const text = formatCheck({ ...RESULT, findings: [FINDING, { ...FINDING, kind: 'list', what: 'no list' }] });
  assert.ok(text.indexOf('no list') < text.indexOf('e1000 loads'));
  assert.match(text, /where \/a\.conf:1\n {4}cure {2}remove it\n/);
  assert.match(text, /^not proven: 2 findings; /m);
});

test('of many findings of one kind ten are shown and the others counted', () => {
  const findings = Array.from({ length: 25 }, (_, index) => ({ ...FINDING, what: `module ${index} loads` }));
  const text = formatCheck({ ...RESULT, findings });
  assert.is(text.match(/module \d+ loads/g)?.length, 10);
  assert.match(text, 'and 15 more; --json names them all');
});

test('the lowest code of all kinds wins, and each kind has one of its own', () => {
  assert.is(exitCodeOf([FINDING, { ...FINDING, kind: 'hook' }]), FINDING_KINDS.loading.exitCode);
  const codes = Object.values(FINDING_KINDS).map(({ exitCode }) => exitCode);
  assert.is(new Set(codes).size, codes.length);
});

test.run();
