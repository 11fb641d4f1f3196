import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { writeFiles } from '../../src/cli/write-files.ts';
import { withRoot } from '../modules/make-root.ts';
import { mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';

test('files are replaced and nothing is left beside them', () =>
  withRoot({ 'list.conf': 'old' }, (root) => {
    write(join(root, 'list.conf'));
    assert.is(readFileSync(join(root, 'list.conf'), 'utf8'), 'new');
    assert.equal(readdirSync(root), ['list.conf']);
  }));

test('when one file cannot be written, none has changed', () =>
  withRoot({ 'list.conf': 'old' }, (root) => {
    const error = failure(() => write(join(root, 'list.conf'), join(root, 'missing/manifest.json')));
    assert.is(error.exitCode, EXIT.io);
    assert.match(error.message, 'missing: does not exist');
    assert.is(readFileSync(join(root, 'list.conf'), 'utf8'), 'old');
    assert.equal(readdirSync(root), ['list.conf']);
  }));

test('when one place is a folder, none has changed, and the error says so in words', () =>
  withRoot({ 'list.conf': 'old' }, (root) => {
    mkdirSync(join(root, 'manifest.json'));
    const error = failure(() => write(join(root, 'list.conf'), join(root, 'manifest.json')));
    assert.equal([error.exitCode, error.message], [EXIT.io, `${join(root, 'manifest.json')}: is a folder`]);
    assert.is(readFileSync(join(root, 'list.conf'), 'utf8'), 'old');
    assert.equal(readdirSync(root), ['list.conf', 'manifest.json']);
  }));

test('one file for two outputs is refused, also by another name', () =>
  withRoot({ 'list.conf': 'old' }, (root) => {
    symlinkSync('list.conf', join(root, 'link'));
    const error = failure(() => write(join(root, 'list.conf'), join(root, 'link')));
    assert.is(error.exitCode, EXIT.usage);
    assert.is(readFileSync(join(root, 'list.conf'), 'utf8'), 'old');
  }));

test('a place that takes no files is an error of writing that names the file', () => {
  const error = failure(() => write('/proc/macveil.conf'));
  assert.is(error.exitCode, EXIT.io);
  assert.match(error.message, '/proc/macveil.conf');
});

for (const [name, before] of [
  ['leads to a file', { target: 'old' }],
  ['leads nowhere yet', {}],
] as const) {
  test(`a symbolic link that ${name} stays one, and its target is written`, () =>
    withRoot(before, (root) => {
      symlinkSync('target', join(root, 'link'));
      write(join(root, 'link'));
      assert.ok(lstatSync(join(root, 'link')).isSymbolicLink());
      assert.is(readFileSync(join(root, 'target'), 'utf8'), 'new');
      assert.equal(readdirSync(root), ['link', 'target']);
    }));
}

test('symbolic links in a loop are an error of writing', () =>
  withRoot({}, (root) => {
    symlinkSync('loop', join(root, 'loop'));
    assert.is(failure(() => write(join(root, 'loop'))).exitCode, EXIT.io);
  }));

test('a FIFO stays one, and its reader gets the text', () =>
  withRoot({}, async (root) => {
    const fifo = join(root, 'fifo');
    spawnSync('mkfifo', [fifo]);
    const reader = spawn('timeout', ['10', 'cat', fifo]);
    const text = once(reader.stdout, 'data');
    write(fifo);
    assert.is(String(await text), 'new');
    assert.ok(lstatSync(fifo).isFIFO());
  }));

test('an open file below /proc is added to, not cut nor replaced', () =>
  withRoot({ log: 'old\n' }, (root) => {
    const file = openSync(join(root, 'log'), 'a');
    write(`/proc/self/fd/${file}`);
    closeSync(file);
    assert.is(readFileSync(join(root, 'log'), 'utf8'), 'old\nnew');
    assert.equal(readdirSync(root), ['log']);
  }));

const problem = mountProblem();
if (problem) {
  skipTest(test, 'devices and mount points', problem);
} else {
  test('a device stays one', () =>
    withRoot({}, (root) => {
      const device = join(root, 'null');
      spawnSync('mknod', [device, 'c', '1', '3']);
      write(device);
      assert.ok(lstatSync(device).isCharacterDevice());
      assert.equal(readdirSync(root), ['null']);
    }));

  test('when a file cannot be moved in, those before it get their old content back', () =>
    withRoot({ 'list.conf': 'old', 'manifest.json': 'old' }, (root) => {
      const mounted = join(root, 'manifest.json');
      spawnSync('mount', ['--bind', mounted, mounted]);
      const error = failure(() => write(join(root, 'list.conf'), join(root, 'made'), mounted));
      spawnSync('umount', [mounted]);
      assert.match(error.message, 'manifest.json');
      assert.is(readFileSync(join(root, 'list.conf'), 'utf8'), 'old');
      assert.equal(readdirSync(root), ['list.conf', 'manifest.json']);
    }));
}

function write(...paths: string[]): void {
  writeFiles(paths.map((path) => ({ path, content: 'new', mode: null })));
}

function failure(action: () => void): CliError {
  try {
    action();
  } catch (error) {
    assert.instance(error, CliError);
    return error as CliError;
  }
  return assert.unreachable('it was written') as never;
}

test.run();
