import { existsSync, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runAttached, runGroup } from '../../build/test/process.mjs';

const LONG = 10_000;

test('output and exit code are handed back', async () => {
  assert.equal(await runGroup('sh', ['-c', 'echo out; echo err >&2; exit 3'], LONG), {
    output: 'out\nerr\n',
    exitCode: 3,
    problem: '',
  });
});

test('a program that takes too long is killed with everything it started', async () => {
  const { output, problem } = await runGroup('sh', ['-c', 'sleep 60 & echo $!; wait'], 300);
  assert.match(problem, 'not finished within 0.3 s');
  assert.ok(await isGone(output.trim()));
});

test('what a program leaves behind is killed when it ends', async () => {
  const { output, problem } = await runGroup('sh', ['-c', 'sleep 60 & echo $!'], LONG);
  assert.is(problem, '');
  assert.ok(await isGone(output.trim()));
});

test('a program that does not exist is a problem', async () => {
  assert.match((await runGroup('macveil-no-such-program', [], LONG)).problem, 'ENOENT');
});

test('an attached program stays in the process group of the terminal, which may ask for a password', async () => {
  // Field 5 of proc(5) stat.
  const script = '[ "$(cut -d " " -f 5 /proc/$$/stat)" = "$(cut -d " " -f 5 /proc/$PPID/stat)" ] || exit 3';
  assert.is((await runAttached('sh', ['-c', script], LONG)).exitCode, 0);
});

test('an attached program that takes too long is ended', async () => {
  const { exitCode, problem } = await runAttached('sleep', ['60'], 300);
  assert.is(exitCode, null);
  assert.match(problem, 'not finished within 0.3 s');
});

// A killed process may still be on its way out: looked at again and again, up to the limit.
async function isGone(pid: string): Promise<boolean> {
  const end = Date.now() + LONG;
  while (Date.now() < end) {
    if (!isRunning(pid)) return true;
    await setImmediate();
  }
  return false;
}

// Field 3 of proc(5) stat: Z is a process that has ended and that its parent has not asked about.
function isRunning(pid: string): boolean {
  if (!existsSync(`/proc/${pid}`)) return false;
  return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

test.run();
