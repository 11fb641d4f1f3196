import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { contentKey } from '../../build/image/key.mjs';
import { empty } from '../../build/image/workspace.mjs';
import { bundledText } from '../../build/lib/esbuild.mjs';

const test = suite<{ directory: string; before: string }>('image key');

test.before.each((context) => {
  context.directory = mkdtempSync(join(tmpdir(), 'macveil-key-'));
  mkdirSync(join(context.directory, 'folder'));
  writeFileSync(join(context.directory, 'folder/file'), 'one', { mode: 0o644 });
  context.before = contentKey([context.directory]);
});
test.after.each(({ directory }) => rmSync(directory, { recursive: true }));

test('the same content has the same key', ({ directory, before }) => {
  writeFileSync(join(directory, 'folder/file'), 'one');
  assert.is(contentKey([directory]), before);
});

test('a changed file changes the key', ({ directory, before }) => {
  writeFileSync(join(directory, 'folder/file'), 'two');
  assert.is.not(contentKey([directory]), before);
});

test('a new file changes the key', ({ directory, before }) => {
  writeFileSync(join(directory, 'folder/another'), '');
  assert.is.not(contentKey([directory]), before);
});

test('a file that becomes a program changes the key', ({ directory, before }) => {
  chmodSync(join(directory, 'folder/file'), 0o755);
  assert.is.not(contentKey([directory]), before);
});

test('further text changes the key', ({ directory, before }) => {
  assert.is.not(contentKey([directory], 'recipe'), before);
});

test('the text of the install command holds all that decides an image, and not the other commands', () => {
  const text = bundledText('src/cli/install.ts');
  for (const part of ['makeLists', 'rebuildOrTell', 'planInstall', 'dvb_core']) assert.match(text, part);
  for (const part of ['qemu-system', 'Take away again']) assert.not.match(text, part);
});

test('the text of the install command is the same each time', () => {
  assert.is(bundledText('src/cli/install.ts'), bundledText('src/cli/install.ts'));
});

test('an emptied cache is still there, with what a running build has in it', async ({ directory }) => {
  mkdirSync(join(directory, 'building-1-x'));
  await empty(directory);
  assert.not.ok(existsSync(join(directory, 'folder')));
  assert.ok(existsSync(join(directory, 'building-1-x')));
});

test.run();
