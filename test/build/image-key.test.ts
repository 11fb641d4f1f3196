import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { contentKey } from '../../build/image/key.mjs';

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

test.run();
