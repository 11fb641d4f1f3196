import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type FileCalls, replaceFile } from '../../src/system/atomic-write.ts';

test('the file is written beside and then renamed', () => {
  const { done, calls } = recorder();
  replaceFile('/run/file', 'text', calls);
  assert.equal(done, [
    'unlink /run/.file.7.new',
    'create /run/.file.7.new',
    'rename /run/.file.7.new /run/file',
  ]);
});

test('a failed write removes its draft and never renames', () => {
  const { done, calls } = recorder('create');
  assert.throws(() => replaceFile('/run/file', 'text', calls), /create fails/);
  assert.equal(done, ['unlink /run/.file.7.new', 'unlink /run/.file.7.new']);
});

test('a failed rename removes the draft', () => {
  const { done, calls } = recorder('rename');
  assert.throws(() => replaceFile('/run/file', 'text', calls), /rename fails/);
  assert.is(done.at(-1), 'unlink /run/.file.7.new');
});

test.run();

function recorder(failing = '') {
  const done: string[] = [];
  const note = (call: string) => {
    return (...paths: string[]) => {
      if (call === failing) throw new Error(`${call} fails`);
      done.push([call, ...paths].join(' '));
    };
  };
  const calls: FileCalls = {
    pid: 7,
    create: (path) => note('create')(path),
    rename: note('rename'),
    unlink: note('unlink'),
  };
  return { done, calls };
}
