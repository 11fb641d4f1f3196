import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseManifest } from '../../src/core/manifest.ts';
import { listing, scratch } from '../install/fixture.ts';
import { assertError, MANIFEST, policyOf, prepare } from './install-fixture.ts';
import { macveilIn } from './run.ts';

test('--keep-policy repeats the policy of the last run', () => {
  const { root, install } = prepare();
  install('--strict', '--allow', 'e1000');
  const installed = listing(root);
  assert.match(install('--keep-policy').stdout, 'nothing to change');
  assert.equal(listing(root), installed);
});

test('--keep-policy goes on when a module that the policy names is gone, and says so', () => {
  const { root, kernel, install } = prepare();
  install('--block', 'e1000');
  const driver = readFileSync(join(kernel, 'kernel/e1000.ko'));
  rmSync(join(kernel, 'kernel/e1000.ko'));
  writeFileSync(join(kernel, 'kernel/igb.ko'), driver);
  const result = install('--keep-policy');
  assert.is(result.exitCode, 0);
  assert.match(result.stderr, 'the policy names e1000, and no kernel has it any more');
  assert.equal(policyOf(root)?.block, ['e1000']);
});

test('--keep-policy uses no configuration of the current folder', () => {
  const { root, hook, install } = prepare();
  install();
  const folder = scratch();
  writeFileSync(join(folder, 'macveil.config.mjs'), 'export default { strict: true };');
  const args = ['install', '--root', root, '--hook', hook];
  assert.is(macveilIn(folder, ...args, '--keep-policy').exitCode, 0);
  assert.is(policyOf(root)?.strict, false);
  assert.is(macveilIn(folder, ...args).exitCode, 0);
  assert.is(policyOf(root)?.strict, true);
});

test('--keep-policy without a manifest, or beside another policy, is one error, and nothing is placed', () => {
  const { root, install } = prepare();
  const before = listing(root);
  assertError(install('--keep-policy'), 3, /no whole manifest to keep the policy of/);
  assertError(install('--keep-policy', '--strict'), 2, /--keep-policy and --strict contradict/);
  assert.equal(listing(root), before);
});

test('--keep-policy takes a driver to accept besides, and keeps it from then on', () => {
  const { root, kernel, install } = prepare();
  install('--block', 'e1000');
  writeFileSync(join(kernel, 'modules.builtin'), 'kernel/drivers/net/virtio_net.ko\n');
  assert.match(install('--keep-policy').stderr, '--keep-policy --accept-builtin virtio_net');
  assert.is(install('--keep-policy', '--accept-builtin', 'virtio-net').exitCode, 0);
  assert.is(install('--keep-policy').exitCode, 0);
  assert.equal([policyOf(root)?.block, policyOf(root)?.acceptBuiltin], [['e1000'], ['virtio_net']]);
});

test('a typing error in what is accepted beside --keep-policy is one error', () => {
  const { install } = prepare();
  install();
  assertError(install('--keep-policy', '--accept-builtin', 'virtio'), 3, /no built-in driver virtio/);
});

const FOREIGN: [string, object, RegExp][] = [
  ['a class there is none of', { classes: { software: 'block' } }, /software is an unknown class/],
  [
    'a class that cannot be changed',
    { classes: { unreadable: 'allow' } },
    /unreadable is a class that cannot/,
  ],
  ['what contradicts itself', { allow: ['e1000'], block: ['e1000'] }, /e1000 is both allowed .* and blocked/],
];
for (const [what, choices, message] of FOREIGN) {
  test(`--keep-policy does not keep ${what}`, () => {
    const { root, install } = prepare();
    install();
    const manifest = parseManifest(readFileSync(join(root, MANIFEST), 'utf8'));
    const changed = { ...manifest, policy: { ...manifest?.policy, ...choices } };
    writeFileSync(join(root, MANIFEST), JSON.stringify(changed));
    const before = listing(root);
    const result = install('--keep-policy');
    assertError(result, 3, message);
    assert.match(result.stderr, /in the manifest of .*\n.*without --keep-policy/);
    assert.equal(listing(root), before);
  });
}

test.run();
