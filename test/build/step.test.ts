import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT_MISSING } from '../../build/kernels/missing.mjs';
import { runStep } from '../../build/test/step.mjs';

test('what was made counts as a test that passed', async () => {
  assert.equal(await countsOf(0), { passed: 1, failed: 0, skipped: 0, reasons: [] });
});

test('what could not be made counts as a failure, whatever was missing another time', async () => {
  assert.equal(await countsOf(1), { passed: 0, failed: 1, skipped: 0, reasons: [] });
});

test('a program that never ended counts as a failure', async () => {
  assert.equal(await countsOf(null), { passed: 0, failed: 1, skipped: 0, reasons: [] });
});

test('what the archive does not offer is skipped, with the reason', async () => {
  const reasons = ['no such suite'];
  assert.equal(await countsOf(EXIT_MISSING), { passed: 0, failed: 0, skipped: 1, reasons });
});

test('that exit code without a reason is a failure', async () => {
  assert.is((await countsOf(EXIT_MISSING, '')).failed, 1);
});

async function countsOf(exitCode: number | null, reason = 'no such suite') {
  const run = async () => ({ output: '', exitCode, problem: '' });
  const result = await runStep({ name: 'build: it', args: [], run, whyMissing: () => reason });
  const { passed, failed, skipped, reasons } = result;
  return { passed, failed, skipped, reasons };
}

test.run();
