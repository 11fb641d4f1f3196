import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { capture } from '../../build/kernels/program.mjs';
import { parseManifest } from '../../src/core/manifest.ts';
import { BLOCKLIST, MANIFEST } from '../../src/paths.ts';
import { mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';
import { addMacveil, inRoot, withDebian } from './debian-root.ts';

/** Allowed by default: that it is on the list shows whether the policy of the first time was kept. */
const BLOCKED_BY_CHOICE = 'dummy';
/** A card's driver that the cloud kernel does not have. */
const OF_THE_NEW_KERNEL = 'e1000';
const ADDED = 'added_nic';

/** After another kernel, or other modules, were installed by apt, list and initramfs know them. */
export function testRefresh(suite: string): void {
  const problem = mountProblem();
  if (problem) skipTest(test, `installing kernels in Debian ${suite}`, problem);
  else {
    test(`in Debian ${suite} the list follows what apt installs`, () =>
      withDebian(suite, async (root) => {
        addMacveil(root);
        await install(root);
        assert.not.ok(listed(root).has(OF_THE_NEW_KERNEL));
        await followsKernels(root);
        await followsModules(root);
        await restsOtherwise(root);
      }));
  }
  test.run();
}

function install(root: string): Promise<string> {
  const choice = ['--block', BLOCKED_BY_CHOICE];
  return capture(process.execPath, [
    'dist/macveil.mjs',
    'install',
    '--root',
    root,
    ...choice,
    '--update-initramfs',
  ]);
}

async function followsKernels(root: string): Promise<void> {
  await inRoot(root, 'apt-get', 'update', '-q');
  const before = releases(root);
  await inRoot(root, 'apt-get', 'install', '-y', '-q', '--no-install-recommends', 'linux-image-amd64');
  assert.is(releases(root).length, before.length + 1);
  const names = listed(root);
  assert.ok(names.has(OF_THE_NEW_KERNEL) && names.has(BLOCKED_BY_CHOICE));
  await assertPacked(root);
}

/** As dkms does for a kernel that is there: a module file, then depmod. */
async function followsModules(root: string): Promise<void> {
  const release = releases(root).find((name) => !name.includes('cloud')) ?? '';
  await inRoot(root, 'sh', '-euc', PACKAGE_A_MODULE, 'sh', release, ADDED);
  await inRoot(root, 'apt-get', 'install', '-y', '-q', `/root/${ADDED}.deb`);
  assert.ok(listed(root).has(ADDED));
  await assertPacked(root);
}

/** A package without modules: macveil is not even started. */
async function restsOtherwise(root: string): Promise<void> {
  writeFileSync(join(root, 'usr/bin/macveil'), '#!/bin/sh\necho started >/root/started\n');
  await inRoot(root, 'apt-get', 'install', '-y', '-q', '--reinstall', 'debian-archive-keyring');
  assert.not.ok(existsSync(join(root, 'root/started')));
}

const PACKAGE_A_MODULE = `
mkdir -p /root/package/DEBIAN "/root/package/usr/lib/modules/$1/updates"
for file in /usr/lib/modules/$1/kernel/drivers/net/ethernet/intel/e1000/e1000.ko*; do
  cp "$file" "/root/package/usr/lib/modules/$1/updates/$2.ko\${file#*.ko}"
done
printf 'Package: added-nic\\nVersion: 1\\nArchitecture: all\\nMaintainer: nobody\\nDescription: a module\\n' >/root/package/DEBIAN/control
printf '#!/bin/sh\\n[ "$1" != configure ] || depmod %s\\n' "$1" >/root/package/DEBIAN/postinst
chmod 755 /root/package/DEBIAN/postinst
dpkg-deb --build /root/package "/root/$2.deb"`;

/** Every initramfs holds the very list of the root. */
async function assertPacked(root: string): Promise<void> {
  for (const release of releases(root)) {
    rmSync(join(root, 'root/initrd'), { recursive: true, force: true });
    mkdirSync(join(root, 'root/initrd'));
    await inRoot(root, 'unmkinitramfs', `/boot/initrd.img-${release}`, '/root/initrd');
    const found = await inRoot(root, 'find', '/root/initrd', '-path', `*${BLOCKLIST}`);
    assert.is(readFileSync(join(root, found.trim()), 'utf8'), readFileSync(join(root, BLOCKLIST), 'utf8'));
  }
}

function listed(root: string): Set<string> {
  const lines = readFileSync(join(root, BLOCKLIST), 'utf8').matchAll(/^install (\S+)/gm);
  return new Set(Array.from(lines, ([, name = '']) => name));
}

function releases(root: string): string[] {
  const manifest = parseManifest(readFileSync(join(root, MANIFEST), 'utf8'));
  return manifest?.kernels.map(({ release }) => release) ?? [];
}
