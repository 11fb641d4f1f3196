import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { CliError, EXIT } from '../cli/errors.ts';

/** What to boot: a live ISO, whose kernel and initrd are taken out, or the parts by themselves. */
export type BootSource =
  | { kind: 'iso'; image: string }
  | { kind: 'files'; kernel: string; initrd: string; image: string };

/** The files QEMU is given; the kernel stands apart from the image so that the command line is ours. */
export interface BootFiles {
  kernel: string;
  initrd: string;
  image: string;
}

/** The first volume descriptor of an ISO 9660 file system is in its 17th block, and begins so (ECMA-119, 8.1). */
const ISO_MAGIC = { text: 'CD001', at: 0x8001 };
/** What the boot header of an x86 kernel begins with, and where (Linux, Documentation/arch/x86/boot.rst). */
const KERNEL_MAGIC = { text: 'HdrS', at: 0x202 };

/** The files of a boot source; those of an ISO are taken out of it into `directory`. */
export async function bootFiles(source: BootSource, directory: string): Promise<BootFiles> {
  if (source.kind === 'files') {
    requireKernel(source.kernel);
    return source;
  }
  const { image } = source;
  const [kernel, initrd] = [await findInIso(image, 'vmlinuz'), await findInIso(image, 'initrd')];
  const files = { kernel: join(directory, 'vmlinuz'), initrd: join(directory, 'initrd'), image };
  await xorriso(image, [
    '-osirrox',
    'on',
    '-extract',
    kernel,
    files.kernel,
    '-extract',
    initrd,
    files.initrd,
  ]);
  return files;
}

/** Refuses what is no kernel: QEMU would say that it is one too old for an initrd. */
function requireKernel(path: string): void {
  if (hasMagic(path, KERNEL_MAGIC)) return;
  throw new CliError(EXIT.input, `${path}: not a Linux kernel for x86`, 'name a vmlinuz, as in /boot');
}

/** Whether an image can be a CD; any other one is a disk. */
export function isIso(path: string): boolean {
  return hasMagic(path, ISO_MAGIC);
}

function hasMagic(path: string, { text, at }: typeof ISO_MAGIC): boolean {
  const magic = Buffer.alloc(text.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, magic, 0, magic.length, at);
  } finally {
    closeSync(file);
  }
  return magic.toString('latin1') === text;
}

/** live-boot keeps both in /live (live-build's layout); with several kernels the last by name is the newest. */
async function findInIso(image: string, prefix: string): Promise<string> {
  const listing = await xorriso(image, ['-find', '/live', '-type', 'f', '-name', `${prefix}*`]);
  const found = Array.from(listing.matchAll(/^'(.+)'$/gm), (match) => match[1] ?? '').sort();
  const last = found.at(-1);
  if (last) return last;
  throw new CliError(
    EXIT.input,
    `${image}: there is no /live/${prefix}* in it`,
    'is it a live-boot ISO? otherwise name --kernel, --initrd and --image',
  );
}

async function xorriso(image: string, args: string[]): Promise<string> {
  const result = await execa('xorriso', ['-indev', image, ...args], { reject: false });
  if (result.code === 'ENOENT') {
    throw new CliError(EXIT.tool, 'xorriso is not installed', 'install the package xorriso');
  }
  // -find in a folder that does not exist fails too; the caller says what is missing.
  if (result.failed && !args.includes('-find')) {
    throw new CliError(
      EXIT.input,
      `${image}: xorriso cannot read it: ${result.stderr}`,
      'is it an ISO image?',
    );
  }
  return result.stdout;
}
