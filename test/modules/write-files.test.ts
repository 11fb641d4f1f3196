import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { writeFiles } from '../../src/modules/write-files.ts';
import { rejection, withRoot } from './make-root.ts';

test('files are replaced and nothing is left beside them', () =>
  withRoot({ 'list.conf': 'old' }, async (root) => {
    await writeFiles([{ path: join(root, 'list.conf'), text: 'new' }]);
    assert.is(readFileSync(join(root, 'list.conf'), 'utf8'), 'new');
    assert.equal(readdirSync(root), ['list.conf']);
  }));

test('when one file cannot be written, none has changed', () =>
  withRoot({ 'list.conf': 'old' }, async (root) => {
    const wanted = [join(root, 'list.conf'), join(root, 'missing/manifest.json')];
    const error = await rejection(writeFiles(wanted.map((path) => ({ path, text: 'new' }))));
    assert.is((error as CliError).exitCode, EXIT.io);
    assert.is(readFileSync(join(root, 'list.conf'), 'utf8'), 'old');
    assert.equal(readdirSync(root), ['list.conf']);
  }));

test('a place that takes no files is an error of writing that names the file', async () => {
  const error = await rejection(writeFiles([{ path: '/proc/macveil.conf', text: 'x' }]));
  assert.instance(error, CliError);
  assert.is((error as CliError).exitCode, EXIT.io);
  assert.match((error as CliError).message, /\/proc\/macveil\.conf/);
});

test('a folder in the place of a file stays, and nothing is left beside it', () =>
  withRoot({}, async (root) => {
    mkdirSync(join(root, 'list.conf'));
    await rejection(writeFiles([{ path: join(root, 'list.conf'), text: 'new' }]));
    assert.equal(readdirSync(root), ['list.conf']);
  }));

test.run();
