// needs: macveil-hook, executable, demo-image
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { baseKey } from '../../build/image/base.mjs';
import { FINDING_KINDS } from '../../src/check/finding.ts';
import { EXIT } from '../../src/cli/errors.ts';
import { BLOCKLIST } from '../../src/paths.ts';
import { scratch, writeFiles } from '../install/fixture.ts';
import { mountProblem } from '../mounts.ts';
import { note } from '../note.ts';
import { skipTest } from '../skip.ts';

const DEMO_ROOT = `.cache/image/root-${baseKey()}`;
const PROGRAM = 'usr/bin/macveil';
const XZ = 'usr/bin/xz';
const GRUB = "menuentry 'Debian' {\n  linux /boot/vmlinuz root=/dev/sda1\n  initrd /boot/initrd.img\n}\n";
const NAMESPACES = ['--mount', '--pid', '--mount-proc', '--fork', '--kill-child'];
const LIMIT_MS = 300_000;

const problem = mountProblem();
if (problem) skipTest(test, 'the executable installs and checks in a Debian root without Node', problem);
else addTests(copyRoot());

function copyRoot(): string {
  const root = join(scratch(), 'root');
  execaSync('cp', ['-a', DEMO_ROOT, root]);
  copyFileSync('dist/macveil', join(root, PROGRAM));
  writeFiles(root, { 'boot/grub/grub.cfg': GRUB });
  return root;
}

function addTests(root: string): void {
  const inRoot = (command: string) => {
    const args = [...NAMESPACES, 'sh', 'build/live-build/in-root.sh', root, command];
    return execaSync('unshare', args, { reject: false, timeout: LIMIT_MS });
  };

  test('there is no Node in this root, and nothing else that could run the command line', () => {
    assert.is(inRoot('for name in node nodejs npm; do command -v "$name"; done; false').stdout, '');
    const found = inRoot('find / -xdev -type f -size +20M \\( -name "node*" -o -name "libnode*" \\)');
    assert.equal([found.exitCode, found.stdout], [0, '']);
    assert.is.not(inRoot('node --version').exitCode, 0);
    assert.is(inRoot('command -v macveil').stdout, `/${PROGRAM}`);
    assert.is(inRoot('macveil --version').stdout, JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  test('without the program that unpacks the kernel’s modules it says so and changes nothing', () => {
    if (existsSync(join(root, XZ))) renameSync(join(root, XZ), join(root, `${XZ}.away`));
    const result = inRoot('macveil install --root /');
    assert.is(result.exitCode, EXIT.tool, result.stderr);
    assert.match(result.stderr, 'xz-utils');
    assert.not.ok(existsSync(join(root, BLOCKLIST)));
    // The library is in every Debian root, since dpkg uses it.
    copyFileSync('/usr/bin/xz', join(root, XZ));
  });

  test('blocklist lists the network drivers of its kernel', () => {
    const result = inRoot('macveil blocklist --root / --no-cache');
    assert.is(result.exitCode, EXIT.ok, result.stderr);
    assert.match(result.stdout, /^blacklist e1000e$/m);
    assert.ok(result.stdout.split('\n').length > 1000);
  });

  test('install rebuilds the initramfs, and check proves it', () => {
    const installed = inRoot('macveil install --root / --update-initramfs --no-cache');
    assert.is(installed.exitCode, EXIT.ok, installed.stderr);
    note(`in a root without Node: ${installed.stdout.split('\n').at(-1)}`);
    const initrd = readdirSync(join(root, 'boot')).find((name) => name.startsWith('initrd.img-'));
    assert.ok(initrd);
    const checked = inRoot('macveil check --root /');
    assert.is(checked.exitCode, 0, checked.stdout + checked.stderr);
    assert.match(checked.stdout, /^proven: .* in the root and 1 initrd$/m);
    assert.equal(readdirSync(join(root, 'tmp')), [], 'nothing is left of what it unpacked');
  });

  test('a list that was taken away is found there', () => {
    const list = join(root, BLOCKLIST);
    renameSync(list, `${list}.away`);
    const checked = inRoot('macveil check --root /');
    renameSync(`${list}.away`, list);
    assert.is(checked.exitCode, FINDING_KINDS.list.exitCode, checked.stderr);
    assert.is(inRoot('macveil check --root /').exitCode, 0);
  });

  test('menu writes its entries there, and takes them out again', () => {
    const file = join(root, 'boot/grub/grub.cfg');
    const made = inRoot('macveil menu /boot/grub/grub.cfg');
    assert.is(made.exitCode, EXIT.ok, made.stderr);
    for (const decision of ['keep', 'offline'])
      assert.match(readFileSync(file, 'utf8'), `macveil=${decision}`);
    assert.is(inRoot('macveil menu /boot/grub/grub.cfg --remove').exitCode, EXIT.ok);
    assert.is(readFileSync(file, 'utf8'), GRUB);
  });

  test('uninstall takes everything away', () => {
    const result = inRoot('macveil uninstall --root /');
    assert.is(result.exitCode, EXIT.ok, result.stderr);
    assert.not.ok(existsSync(join(root, BLOCKLIST)));
    assert.not.ok(existsSync(join(root, 'usr/lib/macveil')));
  });
}

test.run();
