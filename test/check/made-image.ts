import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { macveil } from '../cli/run.ts';
import { makeHook, makeRoot, scratch, writeFiles } from '../install/fixture.ts';
import { buildModule } from '../modules/build-module.ts';
import { cpioArchive } from './demo-image.ts';

/** The release of the made kernel. */
export const RELEASE = '6.12.0-test';
/** The folder of its modules. */
export const KERNEL = `usr/lib/modules/${RELEASE}`;

/** One network driver, one module that needs it and may load, one with a soft dependency on it, one of neither kind. */
const MODULES = {
  'drivers/net/e1000.ko': buildModule({
    imports: ['register_netdev'],
    exports: ['e1000_share'],
    modinfo: ['license=GPL', 'alias=pci:v00008086d0000100Esv[0-3]*'],
  }),
  'drivers/infiniband/hw/mlx5/mlx5_ib.ko': buildModule({ imports: ['e1000_share'] }),
  'sound/soft.ko': buildModule({ modinfo: ['softdep=pre: e1000'] }),
  'fs/plain.ko': buildModule({ imports: ['printk'] }),
};

const ORDER = ['all_generic_ide', 'macveil', 'udev']
  .map((name) => `/scripts/init-top/${name} "$@"\n`)
  .join('');

/** A root with macveil installed, and the files of the initrd that belongs to it. */
export interface MadeImage {
  root: string;
  /** The initrd, unpacked; `packInitrd` makes the file. */
  inside: string;
}

/** Makes a small image in which nothing is wrong. */
export function makeImage(): MadeImage {
  const folder = scratch();
  const root = makeRoot(join(folder, 'root'));
  for (const [path, module] of Object.entries(MODULES)) writeModule(root, path, module);
  writeFiles(root, { [`${KERNEL}/modules.builtin`]: '', [`${KERNEL}/modules.builtin.modinfo`]: '' });
  runDepmod(root);
  const install = macveil('install', '--root', root, '--hook', makeHook(join(folder, 'hook')), '--no-config');
  if (install.exitCode !== 0) throw new Error(install.stderr);
  return { root, inside: fillInitrd(root, join(folder, 'initrd')) };
}

/** Puts one more module file into the kernel's folder; without depmod nobody knows of it. */
export function writeModule(root: string, path: string, content: Buffer): void {
  const file = join(root, KERNEL, 'kernel', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Makes the indexes anew. */
export function runDepmod(root: string): void {
  execFileSync('depmod', ['-b', root, RELEASE], { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A copy of an image, to be changed at will. */
export function copyImage({ root, inside }: MadeImage): MadeImage {
  const folder = scratch();
  const copy = { root: join(folder, 'root'), inside: join(folder, 'initrd') };
  cpSync(root, copy.root, { recursive: true, verbatimSymlinks: true });
  cpSync(inside, copy.inside, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** Packs the initrd as it is now. */
export function packInitrd({ inside }: MadeImage): string {
  const file = join(scratch(), 'initrd.img');
  writeFileSync(file, cpioArchive(inside));
  return file;
}

function fillInitrd(root: string, inside: string): string {
  for (const path of ['usr/lib/macveil/macveil-hook', 'usr/lib/modprobe.d', 'usr/lib/udev/rules.d', KERNEL])
    cpSync(join(root, path), join(inside, path), { recursive: true });
  cpSync(join(root, 'usr/share/initramfs-tools/scripts'), join(inside, 'scripts'), { recursive: true });
  writeFiles(inside, {
    'scripts/init-top/ORDER': ORDER,
    'usr/bin/kmod': '\x7fELF ... kmod version 34.2 ...',
    'usr/bin/busybox': '\x7fELF ... BusyBox v1.37 ...',
  });
  mkdirSync(join(inside, 'usr/sbin'));
  execFileSync('ln', ['-s', '../bin/kmod', join(inside, 'usr/sbin/modprobe')]);
  for (const name of ['bin', 'sbin', 'lib']) execFileSync('ln', ['-s', `usr/${name}`, join(inside, name)]);
  return inside;
}
