import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isOnPage, readPage } from '../../build/kernels/comparison.mjs';
import { GOLDEN_KERNELS, parseGolden, readGolden } from '../../build/kernels/golden.mjs';
import { expectNone } from './record.ts';

const CURE = 'look at it';

for (const name of GOLDEN_KERNELS) {
  const { release } = parseGolden(readGolden(name));

  test(`${name}: verdicts and figures are of the same release`, () => {
    assert.ok(isOnPage(readPage(), release), 'renew both: node build/kernels.mjs --golden, and --comparison');
  });

  test(`${name}: a difference in the release on record is an error`, () => {
    assert.is(
      problemOf(() => expectNone(release, ['new_nic'], CURE)),
      CURE,
    );
    assert.is(
      problemOf(() => expectNone(release, [], CURE)),
      '',
    );
  });
}

test('a difference in another release is told, and no error', () => {
  const { log } = console;
  const lines: string[] = [];
  console.log = (text: string) => lines.push(text);
  try {
    expectNone('9.9.9-amd64', ['new_nic'], CURE);
  } finally {
    console.log = log;
  }
  assert.equal(lines, [`note: 9.9.9-amd64 is not on record and differs: new_nic; ${CURE}`]);
});

test.run();

/** The words of what it throws: uvu's own `throws` does not look at a failed assertion. */
function problemOf(work: () => void): string {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
