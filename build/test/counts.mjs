import { stripVTControlCharacters } from 'node:util';

/** A line a test file prints for each test it skips: what is missing; test/skip.ts writes it. */
const SKIP_LINE = /^skipped: (.+)$/gm;

/**
 * A line a test file prints for people to read although its tests pass: what was measured; test/note.ts writes it. In front
 * of it may stand what uvu has written of this suite by then: its name between spaces, and a sign for each test.
 */
const NOTE_LINE = /^(?: .* {2}|.*[•✘] )?note: (.+)$/gm;

/**
 * What a finished test file amounts to, from uvu's closing counts. Everything that could hide a failure counts as
 * one: no counts (it crashed), no tests at all, an exit code that the counts do not explain, a skip without a reason.
 */
export function countTests({ output, exitCode, problem }) {
  const plain = stripVTControlCharacters(output);
  const total = closingCount(plain, 'Total');
  const passed = closingCount(plain, 'Passed');
  const skipped = closingCount(plain, 'Skipped');
  const reasons = Array.from(plain.matchAll(SKIP_LINE), (match) => match[1]);
  const notes = Array.from(plain.matchAll(NOTE_LINE), (match) => match[1]);
  const why = problem || hiddenFailure({ total, passed, skipped, reasons, exitCode });
  const failed = Math.max((total ?? 0) - (passed ?? 0), 0) + (why ? 1 : 0);
  return { passed: passed ?? 0, failed, skipped: skipped ?? 0, reasons, notes, why };
}

function hiddenFailure({ total, passed, skipped, reasons, exitCode }) {
  if (total === null) return `ended with exit code ${exitCode} before its tests were finished`;
  if (total + skipped === 0) return 'holds no tests: does it end with test.run()?';
  if (skipped > reasons.length)
    return 'skips tests without a reason (test.only left in, or use skipTest of test/skip.ts)';
  if (exitCode !== 0 && passed === total)
    return `all tests passed, and yet it ended with exit code ${exitCode}`;
  return '';
}

function closingCount(output, label) {
  const last = Array.from(output.matchAll(new RegExp(`^  ${label}: +(\\d+)$`, 'gm'))).at(-1);
  return last ? Number(last[1]) : null;
}
