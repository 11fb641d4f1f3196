import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findInitrds, unseenKernels } from '../../src/check/find-initrds.ts';
import { openInitrds } from '../../src/check/initrds.ts';
import { rootTree } from '../../src/check/root-tree.ts';
import { scratch, writeFiles } from '../install/fixture.ts';

test('copies that dkms, dpkg and people keep are no initrds', () => {
  const root = rootWith(
    'boot/initrd.img-6.1',
    'boot/initrd.img-6.1.old-dkms',
    'boot/initrd.img-6.1.dpkg-bak',
    'boot/initrd.img-6.1.bak',
    'boot/vmlinuz-6.1',
  );
  assert.equal(findInitrds(root), { files: [join(root, 'boot/initrd.img-6.1')], findings: [] });
});

test('a link leads to a file of the root, and never to one of this host', () => {
  const root = rootWith('boot/initrd.img-6.1', 'data/initrd');
  const outside = join(rootWith('initrd'), 'initrd');
  symlinkSync('/data/initrd', join(root, 'boot/initrd.img-6.2'));
  symlinkSync(outside, join(root, 'boot/initrd.img-6.3'));
  const { files, findings } = findInitrds(root);
  assert.equal(files, [join(root, 'boot/initrd.img-6.1'), join(root, 'data/initrd')]);
  assert.equal(
    findings.map(({ kind, where }) => `${kind} ${where}`),
    ['initrd-hook /boot/initrd.img-6.3'],
  );
});

test('a /boot that is missing or no folder has no initrds', () => {
  assert.equal(findInitrds(rootWith('etc/hostname')).files, []);
  assert.equal(findInitrds(rootWith('boot')).files, []);
});

test('an initrd of /boot that cannot be opened is a finding, one that was named is an error', async () => {
  const root = rootWith('etc/hostname');
  writeFiles(root, { 'boot/initrd.img-6.1': '' });
  mkdirSync(join(root, 'usr'));
  const around = { root: rootTree(root), installed: [], kernels: [] };
  const { findings } = await openInitrds(root, undefined, around);
  assert.equal(
    findings.map(({ kind, what }) => `${kind}: ${what}`),
    [`initrd-hook: ${join(root, 'boot/initrd.img-6.1')} is empty`],
  );
  const named = openInitrds(root, [join(root, 'boot/initrd.img-6.1')], around);
  assert.match(
    await named.then(
      () => '',
      (error: Error) => error.message,
    ),
    'is empty',
  );
});

test('each kernel needs an initrd, and one may serve several', () => {
  const initrds = [new Map([['6.1', []]]), new Map([['6.2', []]])];
  assert.equal(
    unseenKernels(['6.1', '6.2', '6.3'], initrds).map(({ subject }) => subject),
    ['6.3'],
  );
});

function rootWith(...paths: string[]): string {
  const root = scratch();
  writeFiles(root, Object.fromEntries(paths.map((path) => [path, 'x'])));
  return root;
}

test.run();
