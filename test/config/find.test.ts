import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { findConfig } from '../../src/config/find.ts';
import { withRoot } from '../modules/make-root.ts';
import { skipTest } from '../skip.ts';

const NOBODY = 65534;

for (const ending of ['ts', 'mts', 'js', 'mjs']) {
  test(`macveil.config.${ending} is found`, () =>
    withRoot({ [`macveil.config.${ending}`]: '' }, (folder) => {
      assert.is(findConfig(folder), join(folder, `macveil.config.${ending}`));
    }));
}

test('a folder without configuration has none, whatever else is there', () =>
  withRoot({ 'config.ts': '', 'macveil.configuration': '', 'macveil.config.ts~': '' }, (folder) => {
    assert.is(findConfig(folder), null);
  }));

for (const name of [
  'macveil.config',
  'macveil.config.json',
  'macveil.config.cjs',
  'macveil.config.cts',
  'macveil.config.TS',
  'Macveil.Config.ts.bak',
]) {
  test(`${name} was meant to be one, and is refused`, () =>
    withRoot({ [name]: '' }, (folder) => {
      assert.match(refusal(folder), `${name} is no configuration by its name`);
    }));
}

const NO_FILES: [string, (path: string) => void][] = [
  ['a folder', (path) => mkdirSync(path)],
  ['a FIFO', (path) => execFileSync('mkfifo', [path])],
  ['a link that leads nowhere', (path) => symlinkSync('missing.ts', path)],
  ['a link to itself', (path) => symlinkSync('macveil.config.ts', path)],
];
for (const [what, make] of NO_FILES) {
  test(`${what} of that name is refused`, () =>
    withRoot({ 'keep.ts': '' }, (folder) => {
      make(join(folder, 'macveil.config.ts'));
      assert.match(refusal(folder), 'macveil.config.ts is no file, or a link that leads to none');
    }));
}

test('a file that is none beside one that is does not pass', () =>
  withRoot({ 'macveil.config.ts': '', 'macveil.config.json': '' }, (folder) => {
    assert.match(refusal(folder), 'macveil.config.json is no configuration');
  }));

test('two configurations are refused, with both names', () =>
  withRoot({ 'macveil.config.ts': '', 'macveil.config.mjs': '' }, (folder) => {
    assert.match(refusal(folder), /macveil\.config\.mjs, .*macveil\.config\.ts/);
  }));

test('a configuration that anyone may write to is refused', () =>
  withRoot({ 'macveil.config.ts': '' }, (folder) => {
    chmodSync(join(folder, 'macveil.config.ts'), 0o666);
    assert.match(refusal(folder), 'others may write to it');
  }));

if (process.geteuid?.() !== 0) {
  skipTest(test, 'files of other users', 'only root can make one');
} else {
  test('a configuration of another user is refused', () =>
    withRoot({ 'macveil.config.ts': '' }, (folder) => {
      chownSync(join(folder, 'macveil.config.ts'), NOBODY, NOBODY);
      assert.match(refusal(folder), 'belongs to another user');
    }));

  test('a configuration that a group of others may write to is refused, one of the own group not', () =>
    withRoot({ 'macveil.config.ts': '' }, (folder) => {
      const file = join(folder, 'macveil.config.ts');
      chmodSync(file, 0o664);
      assert.is(findConfig(folder), file);
      chownSync(file, 0, NOBODY);
      assert.match(refusal(folder), 'others may write to it');
    }));

  test('a link of another user to a file of root is refused', () =>
    withRoot({ 'mine.ts': '' }, (folder) => {
      symlinkSync('mine.ts', join(folder, 'macveil.config.ts'));
      assert.ok(findConfig(folder));
      lchownSync(join(folder, 'macveil.config.ts'), NOBODY, NOBODY);
      assert.match(refusal(folder), 'belongs to another user');
    }));

  test('a configuration of the user who became root with sudo is taken', () =>
    withRoot({ 'macveil.config.ts': '' }, (folder) => {
      chownSync(join(folder, 'macveil.config.ts'), NOBODY, NOBODY);
      process.env.SUDO_UID = String(NOBODY);
      const found = findConfig(folder);
      delete process.env.SUDO_UID;
      assert.ok(found);
    }));
}

function refusal(folder: string): string {
  try {
    findConfig(folder);
  } catch (error) {
    assert.instance(error, CliError);
    assert.is((error as CliError).exitCode, EXIT.input);
    return (error as CliError).message;
  }
  return assert.unreachable('it was taken') as never;
}

test.run();
