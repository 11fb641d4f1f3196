import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rootTree } from '../../src/check/root-tree.ts';
import { scratch, writeFiles } from '../install/fixture.ts';

const root = scratch();
writeFiles(root, { 'etc/modprobe.d/a.conf': 'in the image\n', 'etc/hostname': 'image\n' });
mkdirSync(join(root, 'etc/modprobe.d/folder.conf'));
symlinkSync('/etc/hostname', join(root, 'etc/modprobe.d/link.conf'));
symlinkSync('/dev/null', join(root, 'etc/modprobe.d/mask.conf'));
symlinkSync('/etc/modprobe.d', join(root, 'etc/linked'));
symlinkSync('../../../../../../etc/passwd', join(root, 'etc/modprobe.d/climbs.conf'));
const tree = rootTree(root);

test('a folder shows its files and links, not its folders', () => {
  assert.equal(tree.files('etc/linked'), ['a.conf', 'climbs.conf', 'link.conf', 'mask.conf']);
  assert.equal(tree.files('etc/missing'), []);
});

test('links lead to files of the image, never to those of this host', () => {
  assert.is(tree.content('etc/modprobe.d/link.conf')?.toString(), 'image\n');
  assert.is(tree.content('etc/modprobe.d/climbs.conf'), null);
  assert.is(tree.content('etc/modprobe.d/mask.conf'), null);
  assert.is(tree.real('etc/linked/a.conf'), 'etc/modprobe.d/a.conf');
});

test.run();
