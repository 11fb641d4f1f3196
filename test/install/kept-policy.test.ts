import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { NO_CHOICES } from '../../src/core/manifest.ts';
import { keptPolicy } from '../../src/install/kept-policy.ts';
import { MANIFEST } from '../../src/paths.ts';
import { makeRoot, scratch, writeFiles } from './fixture.ts';

const policy = { ...NO_CHOICES, strict: true, allow: ['tun'] };
const TEXT = JSON.stringify({ version: 1, policy, kernels: [] });

test('the policy of the manifest is kept', () => {
  const root = makeRoot(join(scratch(), 'root'));
  writeFiles(root, { [MANIFEST]: TEXT });
  assert.equal(keptPolicy(root), policy);
});

test('a folder of the root that is a link is followed inside the root', () => {
  const root = makeRoot(join(scratch(), 'root'));
  writeFiles(root, { 'opt/manifest.json': TEXT });
  symlinkSync('/opt', join(root, 'usr/lib/macveil'));
  assert.equal(keptPolicy(root), policy);
});

test('a root without manifest keeps none, and the error says what to do', () => {
  assert.match(refused(makeRoot(join(scratch(), 'root'))), 'options of the first time');
});

test('a manifest that is cut off is not believed', () => {
  const root = makeRoot(join(scratch(), 'root'));
  writeFiles(root, { [MANIFEST]: TEXT.slice(0, -1) });
  refused(root);
});

test('a manifest that is a link to one outside is not believed', () => {
  const root = makeRoot(join(scratch(), 'root'));
  const outside = scratch();
  writeFiles(outside, { 'manifest.json': TEXT });
  mkdirSync(join(root, 'usr/lib/macveil'));
  symlinkSync(join(outside, 'manifest.json'), join(root, MANIFEST));
  refused(root);
});

function refused(root: string): string {
  try {
    keptPolicy(root);
  } catch (error) {
    assert.instance(error, CliError);
    assert.is((error as CliError).exitCode, EXIT.input);
    return (error as CliError).hint;
  }
  return assert.unreachable('it was taken') as never;
}

test.run();
