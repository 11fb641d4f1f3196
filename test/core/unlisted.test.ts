import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Manifest, NO_CHOICES } from '../../src/core/manifest.ts';
import { unlistedFindings } from '../../src/core/unlisted.ts';

const RELEASE = '6.12-test';
const E1000 = { name: 'e1000', path: 'kernel/e1000.ko.xz', class: 'hardware', blocked: true };
const MANIFEST: Manifest = {
  version: 1,
  policy: NO_CHOICES,
  kernels: [{ release: RELEASE, modules: [E1000], others: ['kernel/fs/ext4.ko.xz'], builtin: [] }],
};
const DEP = 'kernel/e1000.ko.xz: kernel/fs/ext4.ko.xz\nkernel/fs/ext4.ko.xz:\n';

const texts = (dep: string, release = RELEASE) =>
  unlistedFindings(MANIFEST.kernels, release, dep).map(({ rule, text }) => `${rule}: ${text}`);

test('modules that are all in the manifest are no finding', () => {
  assert.equal(texts(DEP), []);
});

test('modules that were unpacked since are the same modules', () => {
  assert.equal(texts(DEP.replaceAll('.ko.xz', '.ko')), []);
});

test('a module that came later is one, by name and with a cure', () => {
  const [text = '', ...more] = texts(`${DEP}updates/dkms/r8125.ko.zst: kernel/e1000.ko.xz\n`);
  assert.match(text, /^unlisted-module: 1 kernel module came .*\(r8125\.ko\).*run "macveil install"/);
  assert.equal(more, []);
});

test('the same name in another place is another module', () => {
  assert.match(texts(`${DEP}updates/dkms/ext4.ko.xz:\n`)[0] ?? '', 'ext4.ko');
});

test('of many modules three are named and the rest is counted', () => {
  const many = Array.from({ length: 9 }, (_, i) => `extra/m${i}.ko:\n`).join('');
  assert.match(texts(DEP + many)[0] ?? '', /9 kernel modules .*\(m0\.ko, m1\.ko, m2\.ko and 6 more\)/);
});

test('a kernel that the manifest does not know is one', () => {
  const [text = '', ...more] = texts(DEP, '7.0-new');
  assert.match(text, /^unlisted-kernel: .*7\.0-new/);
  assert.equal(more, []);
});

test('without modules.dep nothing can be loaded by name, so nothing is missing from the list', () => {
  assert.equal(texts(''), []);
});

test('a modules.dep that is cut off in the middle of a line still tells what it holds', () => {
  assert.match(texts(`${DEP}extra/new.ko: kernel/e10`)[0] ?? '', 'new.ko');
});

test.run();
