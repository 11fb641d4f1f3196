import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bundleWorker } from '../../build/fuzz/bundle.mjs';
import { fuzz, saveFinding } from '../../build/fuzz/fuzz.mjs';
import type { Result } from '../../build/fuzz/protocol.ts';
import { growthOf, leaks } from '../../build/fuzz/report.mjs';

const worker = await bundleWorker('test/fuzz/control-worker.ts', '.cache/tests/fuzz/control-worker.mjs');
const run = (only: string, more: object = {}): Promise<Result> =>
  fuzz({ worker, only, seed: 1, to: 1000, limit: 100, stuckMs: only === 'hang' ? 600 : 10_000, ...more });

const FAULTS: [string, RegExp][] = [
  ['crash', /TypeError: Cannot read properties of undefined/],
  ['crash later', /RangeError: made for this test/],
  ['crash behind its back', /Error: nobody waits for this/],
  ['hang', /does not end/],
  ['slow', /took \d+ ms, 100 at most/],
  ['eat', /ERR_WORKER_OUT_OF_MEMORY/],
  ['exit', /ended the whole program with exit code 0/],
];

for (const [fault, message] of FAULTS) {
  test(`a parser with this fault is found: ${fault}`, async () => {
    const { findings } = await run(fault, { to: 500, heapMib: 64 });
    assert.is(findings.length, 1, 'the same fault counts once');
    assert.is(findings[0]?.target, fault);
    assert.match(findings[0]?.problem ?? '', message);
  });
}

test('a parser that keeps something of every input is found', async () => {
  const result = await run('leak', { to: 20_000 });
  assert.equal(result.findings, []);
  assert.ok(leaks(result), `it grew by ${growthOf(result)?.held} bytes`);
});

test('a sound parser passes, with its memory measured', async () => {
  const result = await run('sound', { to: 20_000 });
  assert.equal(result.findings, []);
  assert.is(result.runs, 20_000);
  assert.ok(growthOf(result));
  assert.not.ok(leaks(result));
});

test('the work goes on behind a run that does not end', async () => {
  const { findings, runs } = await run('hang');
  assert.ok((findings[0]?.times ?? 0) > 1);
  assert.ok(runs > (findings[0]?.run ?? 0) + 1);
});

test('the same seed finds the same input in the same run, another seed another', async () => {
  const [one, same, other] = [await first('crash'), await first('crash'), await first('crash', { seed: 2 })];
  assert.is(one.run, same.run);
  assert.equal(one.input, same.input);
  assert.is.not(one.run, other.run);
});

for (const fault of ['crash', 'hang']) {
  test(`the input that is kept of a finding shows it again by itself: ${fault}`, async () => {
    const found = await first(fault);
    const again = await first(fault, {
      input: readFileSync(saveFinding(found, 1, '.cache/tests/fuzz/findings')),
      to: 1,
    });
    assert.is(again.key, found.key);
  });
}

test('a time limit ends the work, with its memory measured', async () => {
  const result = await run('sound', { to: 2 ** 31 - 1, seconds: 1 });
  assert.ok(result.seconds >= 1 && result.seconds < 20);
  assert.ok(result.runs > 100);
  assert.ok(growthOf(result));
});

test('the command says what is wrong with its arguments, and ends with 2', () => {
  for (const [args, message] of [
    [['--runs', 'many'], /--runs takes a whole number, and got: many/],
    [['--input', 'x'], /--input needs --target/],
    [['--target', 'none', '--runs', '1'], /no parser none; there are: module/],
    [['--unknown'], /--unknown/],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, ['build/fuzz.mjs', ...args], { encoding: 'utf8' });
    assert.is(status, 2, stderr);
    assert.match(stderr, message);
  }
});

test('a parser that does not exist is an error, not a success', async () => {
  const error = await run('none').catch((problem) => problem);
  assert.match(error.message, /no parser none; there are: sound, crash/);
});

async function first(fault: string, more: object = {}) {
  const [finding] = (await run(fault, more)).findings;
  assert.ok(finding, `${fault} is found`);
  return finding;
}

test.run();
