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

test('a folder without configuration has none, and a folder of that name is none', () =>
  withRoot({ 'config.ts': '' }, (folder) => {
    mkdirSync(join(folder, 'macveil.config.ts'));
    assert.is(findConfig(folder), null);
  }));

test('two configurations are refused, with both names', () =>
  withRoot({ 'macveil.config.ts': '', 'macveil.config.mjs': '' }, (folder) => {
    assert.match(refusal(folder), /macveil\.config\.ts, .*macveil\.config\.mjs/);
  }));

test('a configuration that anyone may write to is refused', () =>
  withRoot({ 'macveil.config.ts': '' }, (folder) => {
    chmodSync(join(folder, 'macveil.config.ts'), 0o666);
    assert.match(refusal(folder), 'anyone may write to it');
  }));

if (process.geteuid?.() !== 0) {
  skipTest(test, 'files of other users', 'only root can make one');
} else {
  test('a configuration of another user is refused', () =>
    withRoot({ 'macveil.config.ts': '' }, (folder) => {
      chownSync(join(folder, 'macveil.config.ts'), NOBODY, NOBODY);
      assert.match(refusal(folder), 'belongs to another user');
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
