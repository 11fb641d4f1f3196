import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { printSummary } from '../../build/test/report.mjs';

test('the last line is the counts alone, and what was skipped stands before it', () => {
  const lines = printed([result({ passed: 3, skipped: 2 }), result({ passed: 1 })]);
  assert.is(lines.at(-1), '4 passed, 0 failed');
  assert.match(lines.join('\n'), '2 skipped');
});

test('files that failed are named', () => {
  const lines = printed([result({ passed: 1, failed: 1 })]);
  assert.is(lines.at(-1), '1 passed, 1 failed');
  assert.match(lines.join('\n'), 'failing: some.test.ts');
});

function result(counts: Record<string, number>) {
  return { name: 'some.test.ts', passed: 0, failed: 0, skipped: 0, reasons: [], ...counts };
}

function printed(results: ReturnType<typeof result>[]): string[] {
  const { log } = console;
  const lines: string[] = [];
  console.log = (text: string) => lines.push(...text.split('\n'));
  try {
    printSummary(results);
  } finally {
    console.log = log;
  }
  return lines;
}

test.run();
