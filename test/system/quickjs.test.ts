import { resolve } from 'node:path';
import { execa } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileHook } from '../../src/compile/compile.ts';
import { createSystem } from '../../src/system/quickjs.ts';

// The process around the System: arguments, environment and exit codes of a compiled program.

const PROGRAM = resolve('.cache/tests/quickjs-program');

test.before(async () => {
  await compileHook({ entry: 'test/system/programs/process.ts', output: PROGRAM });
});

test('arguments and environment reach the program', async () => {
  const { stdout } = await run(['show', 'two words', '\u20ac'], { COLOUR: 'blue' });
  assert.equal(JSON.parse(stdout), { args: ['show', 'two words', '\u20ac'], colour: 'blue', absent: true });
});

test('the exit code is the one the program chose', async () => {
  assert.is((await run(['exit', '3'])).exitCode, 3);
});

test('an error that nobody catches ends with 70 and its words on standard error', async () => {
  const { exitCode, stderr } = await run(['throw']);
  assert.is(exitCode, 70);
  assert.match(stderr, /macveil: internal error: Error: nobody catches this/);
  assert.match(stderr, /at failing$/m);
});

test('a program that ends without choosing an exit code ends with 70', async () => {
  const { exitCode, stderr } = await run(['end']);
  assert.is(exitCode, 70);
  assert.match(stderr, /without an exit code/);
});

test('a log that can be kept nowhere is dropped, and the work goes on', () => {
  const tried: string[] = [];
  const refuse = (call: string) => () => {
    tried.push(call);
    throw Object.assign(new Error(''), { code: 'EPIPE' });
  };
  Object.assign(globalThis, { macveilNative: { kmsg: refuse('kmsg'), print: refuse('print') } });
  createSystem().log('err', 'blocked');
  assert.equal(tried, ['kmsg', 'print']);
});

test('endless recursion ends with 70, not with a crash', async () => {
  assert.is((await run(['recurse'])).exitCode, 70);
});

test('printing into a closed pipe is an error of the call, with EPIPE', async () => {
  const { stderr } = await execa('sh', ['-c', `(sleep 0.1; exec "$0" print) | true`, PROGRAM]);
  assert.match(stderr, /write to stdout: EPIPE/);
});

test.run();

function run(args: string[], env: Record<string, string> = {}) {
  return execa(PROGRAM, args, { env, extendEnv: false, reject: false });
}
