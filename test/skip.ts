import type { Test } from 'uvu';

/** Leaves one test out and says why; a skip without a reason counts as a failure (build/test/counts.mjs). */
export function skipTest(test: Test, title: string, reason: string): void {
  console.log(`skipped: ${title}: ${reason}`);
  test.skip(title);
}
