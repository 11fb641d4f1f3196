import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../install/fixture.ts';
import { CONF } from './faults.ts';

/** Opens the driver of a made image, unless nothing is tried at all. */
export const OPEN = { [CONF]: 'softdep e1000 pre: plain\n' };

/** The image's own modprobe, under the name it is called by. */
export function replaceModprobe(root: string, content: string): void {
  rmSync(join(root, 'usr/sbin/modprobe'), { force: true });
  writeFiles(root, { 'usr/sbin/modprobe': content });
}

/** Opens the driver in an initrd, and puts a folder of it behind an absolute link. */
export function moveAway(inside: string, folder: string): void {
  mkdirSync(join(inside, 'opt'));
  renameSync(join(inside, folder), join(inside, 'opt/moved'));
  symlinkSync('/opt/moved', join(inside, folder));
  writeFiles(inside, OPEN);
}

/** Makes /lib a folder with the kernels in it, as before /usr was merged. */
export function splitLib(root: string): void {
  rmSync(join(root, 'lib'));
  mkdirSync(join(root, 'lib'));
  renameSync(join(root, 'usr/lib/modules'), join(root, 'lib/modules'));
}
