import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BLOCKLIST, HOOK } from '../../src/paths.ts';
import { inRoot, withDebian } from '../kernels/debian-root.ts';
import { mountProblem } from '../mounts.ts';
import { skipTest } from '../skip.ts';
import { apt, assertCovered, assertProven, copyPackages, filesIn, filesOf, packedIn } from './in-debian.ts';
import { newerPackage } from './newer-package.ts';

/** A card's driver that every kernel has, and one that the cloud kernel lacks. */
const COMMON_DRIVER = 'virtio_net';
const LATER_DRIVER = 'e1000';
const CARDS = ['e1000', 'virtio-net-pci', 'usb-net'];
/** Where people put what is of no package. */
const EXECUTABLE = '/usr/local/bin/macveil';

/** How macveil comes into a Debian: its packages, and the executable where Debian's own Node is too old for them. */
export interface Variant {
  suite: string;
  packages: RegExp;
  executable: boolean;
}

/** Installs, checks, boots and purges the packages in a clean Debian. */
export function testPackages(variant: Variant): void {
  const problem = mountProblem();
  if (problem) skipTest(test, `packages in Debian ${variant.suite}`, problem);
  else
    test(`in Debian ${variant.suite} the packages do all, and purging them leaves nothing`, () =>
      withDebian(variant.suite, (root) => lifeOf(root, variant)));
  test.run();
}

async function lifeOf(root: string, variant: Variant): Promise<void> {
  const packages = prepare(root, variant);
  await apt(root, 'update');
  // What macveil depends on stays when it goes, so it is there before; busybox is the shell of a proof in the initramfs.
  await apt(root, 'install', 'busybox', ...(variant.executable ? [] : ['nodejs']));
  await inRoot(root, 'update-initramfs', '-c', '-k', 'all');
  const before = await stateOf(root);
  if (!variant.executable) await alone(root, packages);
  await installed(root, packages, variant);
  await upgraded(root, packages, variant);
  await purged(root, before);
  await apt(root, 'install', ...packages);
  await followed(root, variant);
  if (!variant.executable) await together(root, packages, variant);
}

function prepare(root: string, { packages, executable }: Variant): string[] {
  if (executable) copyFileSync('dist/macveil', join(root, EXECUTABLE));
  return copyPackages(root, packages);
}

/** Files of the root, and of its initramfs. */
async function stateOf(root: string): Promise<string[]> {
  const initramfs = await Promise.all(releases(root).map((release) => filesIn(root, release)));
  return [...(await filesOf(root)), ...initramfs.flat()];
}

/** Without anybody who could make a list: cards are anonymised all the same. */
async function alone(root: string, packages: string[]): Promise<void> {
  await apt(root, 'install', ...packages.filter(isHook));
  const [release = ''] = releases(root);
  const packed = await packedIn(root, release);
  assert.ok(packed.includes(HOOK.slice(1)) && !packed.includes(BLOCKLIST.slice(1)), packed.join('\n'));
  await assertProven(root, release, ['virtio-net-pci'], 'packages-alone');
}

async function installed(root: string, packages: string[], variant: Variant): Promise<void> {
  await apt(root, 'install', ...packages);
  const [release = ''] = releases(root);
  await assertCovered(root, release, COMMON_DRIVER);
  assert.match(await check(root, variant), /^proven: /m);
}

/** A later hook is in the initramfs at once: check compares it with the root's, and that with the package's record. */
async function upgraded(root: string, packages: string[], variant: Variant): Promise<void> {
  const old = readFileSync(join(root, HOOK));
  await apt(root, 'install', await newerPackage(root, packages.find(isHook) ?? ''));
  assert.not.equal(readFileSync(join(root, HOOK)), old);
  assert.match(await check(root, variant), /^proven: /m);
}

async function purged(root: string, before: string[]): Promise<void> {
  await apt(root, 'purge', 'macveil*');
  assert.equal(await stateOf(root), before);
  // The comparison can fail.
  writeFileSync(join(root, 'etc/left-behind'), '');
  assert.not.equal(await stateOf(root), before);
  rmSync(join(root, 'etc/left-behind'));
}

/** A kernel that is installed later. */
async function followed(root: string, variant: Variant): Promise<void> {
  await apt(root, 'install', 'linux-image-amd64');
  const release = releases(root).find((name) => !name.includes('cloud')) ?? '';
  await assertCovered(root, release, LATER_DRIVER);
  assert.match(await check(root, variant), /^proven: /m);
  await assertProven(root, release, CARDS, `packages-${variant.suite}`);
}

const isHook = (path: string) => path.includes('macveil-hook_');

/** Kernel, Node and macveil in one run of apt, which configures them in an order of its own, as when an image is made. */
async function together(root: string, packages: string[], variant: Variant): Promise<void> {
  await apt(root, 'purge', '--auto-remove', 'macveil*', 'nodejs', 'linux-image-.*');
  assert.not.ok(existsSync(join(root, 'usr/lib/modules')));
  await apt(root, 'install', 'linux-image-cloud-amd64', ...packages);
  const [release = ''] = releases(root);
  await assertCovered(root, release, COMMON_DRIVER);
  assert.match(await check(root, variant), /^proven: /m);
}

function check(root: string, { executable }: Variant): Promise<string> {
  return inRoot(root, executable ? EXECUTABLE : 'macveil', 'check', '--root', '/');
}

function releases(root: string): string[] {
  const folder = join(root, 'usr/lib/modules');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'modules.dep')));
}
