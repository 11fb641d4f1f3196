import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareVersions } from '../../src/menu/systemd-boot/version.ts';

/** Each is older than the next, as `systemd-analyze compare-versions` of systemd 252 says. */
const ASCENDING = [
  '~',
  '',
  '1~rc1',
  '1',
  '1-1',
  '1^',
  '1.',
  '1.A',
  '1.a',
  '1.ab',
  '1.1',
  '1.9',
  '1.12',
  '6.12.9',
  '6.12.48',
];
const ALIKE = [
  ['6.12.048', '6.12.48'],
  ['6.12+48', '6.12_48'],
  ['+1', '1'],
] as const;

test('versions sort as systemd sorts them', () => {
  for (const [index, older] of ASCENDING.entries())
    for (const newer of ASCENDING.slice(index + 1)) {
      assert.ok(compareVersions(older, newer) < 0, `"${older}" before "${newer}"`);
      assert.ok(compareVersions(newer, older) > 0, `"${newer}" after "${older}"`);
    }
});

test('zeros before a number and what only parts words make no difference', () => {
  for (const [a, b] of ALIKE) assert.is(compareVersions(a, b), 0, `${a} and ${b}`);
});

test.run();
