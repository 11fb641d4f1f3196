import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { countTests } from '../../build/test/counts.mjs';

test('passed, failed and skipped tests are counted from the closing lines', () => {
  const output = `skipped: boots: no QEMU\n${closing(5, 3, 1)}`;
  const { passed, failed, skipped, reasons } = countTests(ended(output, 1));
  assert.equal(
    { passed, failed, skipped, reasons },
    { passed: 3, failed: 2, skipped: 1, reasons: ['boots: no QEMU'] },
  );
});

test('notes of a file are kept for its readers', () => {
  const { notes } = countTests(ended(`note: 7 modules\nno note: 8\n${closing(1, 1, 0)}`, 0));
  assert.equal(notes, ['7 modules']);
});

test('notes from inside a test stand behind what uvu wrote of its suite, and are kept as well', () => {
  const output = ` golden 6.1  note: first\n golden 6.1  • • note: second\n• ✘ note: third\nnote: fourth\n`;
  assert.equal(countTests(ended(output + closing(1, 1, 0), 0)).notes, ['first', 'second', 'third', 'fourth']);
});

test('a file that crashed before its end counts as failed', () => {
  assert.is(countTests(ended('Error: boom\n', 1)).failed, 1);
});

test('a file without tests counts as failed', () => {
  assert.match(countTests(ended(closing(0, 0, 0), 0)).why, 'holds no tests');
});

test('a file that never started its tests counts as failed', () => {
  assert.is(countTests(ended('', 0)).failed, 1);
});

test('a skip without a reason counts as failed', () => {
  assert.match(countTests(ended(closing(3, 3, 1), 0)).why, 'without a reason');
});

test('an exit code that the counts do not explain counts as failed', () => {
  assert.is(countTests(ended(closing(3, 3, 0), 7)).failed, 1);
});

test('a file that was killed counts as failed even when its tests passed', () => {
  assert.is(countTests({ ...ended(closing(3, 3, 0), null), problem: 'killed' }).failed, 1);
});

test('a file whose tests all passed has no failure', () => {
  assert.equal(countTests(ended(closing(3, 3, 0), 0)).failed, 0);
});

function closing(total: number, passed: number, skipped: number): string {
  return `\n  Total:     ${total}\n  Passed:    ${passed}\n  Skipped:   ${skipped}\n  Duration:  1.00ms\n\n`;
}

function ended(output: string, exitCode: number | null) {
  return { output, exitCode, problem: '' };
}

test.run();
