import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { describeFailure } from '../../src/cli/failure.ts';

test('an error for people keeps its message, hint and exit code', () => {
  const failure = describeFailure(new CliError(EXIT.input, 'no root', 'name one'));
  assert.equal(failure, { message: 'no root', hint: 'name one', exitCode: 3 });
});

for (const [code, words] of [
  ['ENOSPC', 'disk is full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'permission denied'],
] as const) {
  test(`${code} is an error of reading or writing that says where and in words`, () => {
    const error = Object.assign(new Error(code), { code, syscall: 'open', path: '/image/file' });
    const failure = describeFailure(error);
    assert.is(failure.exitCode, EXIT.io);
    assert.match(failure.message, '/image/file');
    assert.match(failure.message, words);
  });
}

test('a path that does not exist is an error of input', () => {
  const failure = describeFailure(caught(() => readFileSync('/nonexistent/file')));
  assert.equal([failure.exitCode, failure.message], [EXIT.input, '/nonexistent/file does not exist']);
});

test('a program that Node cannot find is named as not installed', () => {
  const failure = describeFailure(spawnSync('macveil-no-such-program').error);
  assert.equal([failure.exitCode, failure.message], [EXIT.tool, 'macveil-no-such-program is not installed']);
});

test('a program that execa cannot find is named as not installed', async () => {
  const failure = describeFailure(await execa('macveil-no-such-program').catch((error) => error));
  assert.equal([failure.exitCode, failure.message], [EXIT.tool, 'macveil-no-such-program is not installed']);
});

test('anything else is called a defect and shows its stack', () => {
  const failure = describeFailure(new TypeError('x is undefined'));
  assert.is(failure.exitCode, EXIT.internal);
  assert.match(failure.message, 'x is undefined');
  assert.match(failure.hint, 'defect');
});

test('a thrown value that is no error is called a defect as well', () => {
  assert.is(describeFailure('text').exitCode, EXIT.internal);
});

function caught(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

test.run();
