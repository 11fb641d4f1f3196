import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from '../../src/prove/temporary.ts';

test('a temporary folder is there until it is removed, with all that is in it', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'a/b'), { recursive: true });
  folder.remove();
  assert.not.ok(existsSync(folder.path));
});

test('a temporary folder goes at the end of the program', () => {
  const folder = temporaryFolder();
  assert.ok(existsSync(folder.path));
  process.listeners('exit').at(-1)?.(0);
  assert.not.ok(existsSync(folder.path));
});

test.run();
