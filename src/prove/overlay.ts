import { appendFileSync, chmodSync, copyFileSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import type { BootFiles } from './boot-source.ts';

/**
 * A program that a test adds to the initramfs of its machine. The folder of `to` must be there already, and no part of
 * it a symbolic link: the archive holds the file alone, so that nothing else of the initramfs is replaced.
 */
export interface OverlayFile {
  /** A file of the host. */
  from: string;
  /** Its absolute path in the initramfs. */
  to: string;
}

/** The kernel looks for the next archive of an initramfs at multiples of this (Documentation/driver-api/early-userspace/buffer-format.rst). */
const ALIGNMENT = 4;

/** The same boot with these files in its initramfs, executable: the kernel unpacks one archive behind the other. */
export async function withOverlay(
  boot: BootFiles,
  files: OverlayFile[],
  directory: string,
): Promise<BootFiles> {
  if (files.length === 0) return boot;
  const initrd = join(directory, 'initrd-with-overlay');
  const archive = await archiveOf(files, join(directory, 'overlay'));
  copyFileSync(boot.initrd, initrd);
  appendArchive(initrd, archive);
  return { ...boot, initrd };
}

/** Appends one more archive to a copy of an initrd. */
export function appendArchive(initrd: string, archive: Uint8Array): void {
  // The image's own file may be read-only, and copies of it too.
  chmodSync(initrd, 0o600);
  const padding = Buffer.alloc((ALIGNMENT - (statSync(initrd).size % ALIGNMENT)) % ALIGNMENT);
  appendFileSync(initrd, Buffer.concat([padding, archive]));
}

/** An uncompressed archive of the files, owned by root. */
async function archiveOf(files: OverlayFile[], stage: string): Promise<Uint8Array> {
  const names = files.map(({ to }) => relative('/', to));
  for (const [at, name] of names.entries()) {
    const copy = join(stage, name);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(files[at]?.from ?? '', copy);
    chmodSync(copy, 0o755);
  }
  const args = ['--create', '--quiet', '--format=newc', '--owner=+0:+0'];
  const { stdout } = await execa('cpio', args, { cwd: stage, input: names.join('\n'), encoding: 'buffer' });
  return stdout;
}
