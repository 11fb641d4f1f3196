// Makes a disk whose EFI system partition starts the demo image by systemd-boot, with macveil's entries in its menu, unless the
// one that is there is current.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { CLI_BUNDLE } from './bundle.mjs';
import { imagePath } from './image/build.mjs';
import { BuildError } from './image/build-error.mjs';
import { contentKey } from './image/key.mjs';
import { makeProgress } from './image/progress.mjs';
import { run, stopOnSignals } from './image/run.mjs';
import { remove } from './image/workspace.mjs';

const CACHE = '.cache/esp';
/** The disk that tests boot; kernel and initrd stand beside it. */
const DISK = join(CACHE, 'disk.img');
const KEY = join(CACHE, 'key');
const TREE = join(CACHE, 'tree');
/** What firmware starts from a disk without an entry of its own (UEFI specification, 3.5.1.1). */
const FALLBACK = 'EFI/BOOT/BOOTX64.EFI';
const SYSTEMD_BOOT = '/usr/lib/systemd/boot/efi/systemd-bootx64.efi';
const DEMO = imagePath(false);

/** In front of the partition, and behind it for the second partition table (UEFI specification, 5.3). */
const MARGIN = 2 ** 20;
/** Room for FAT's own tables, the boot loader and its entries. */
const SPARE = 16 * 2 ** 20;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  await main();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`esp: ${error.message}\n  ${error.hint}`);
  process.exitCode = 1;
}

async function main() {
  const key = contentKey(['build/esp.mjs', 'build/esp', DEMO, CLI_BUNDLE, SYSTEMD_BOOT]);
  if (existsSync(DISK) && existsSync(KEY) && readFileSync(KEY, 'utf8') === key) {
    console.log(`esp: ${DISK} is current`);
    return;
  }
  stopOnSignals();
  const step = makeProgress('esp');
  await remove(CACHE);
  await step('files of the partition', makeTree);
  await step('macveil menu', () => run(process.execPath, [CLI_BUNDLE, 'menu', TREE, '--ask']));
  await step('disk', makeDisk);
  for (const name of ['vmlinuz', 'initrd.img']) copyFileSync(join(TREE, 'live', name), join(CACHE, name));
  await remove(TREE);
  writeFileSync(KEY, key);
  console.log(`esp: ${DISK} is ready`);
}

async function makeTree() {
  mkdirSync(join(TREE, 'EFI/BOOT'), { recursive: true });
  await run('xorriso', ['-osirrox', 'on', '-indev', DEMO, '-extract', '/live', join(TREE, 'live')]);
  copyFileSync(SYSTEMD_BOOT, join(TREE, FALLBACK));
  cpSync('build/esp', TREE, { recursive: true });
}

async function makeDisk() {
  const { stdout } = await execa('du', ['--apparent-size', '--block-size=1M', '--summarize', TREE]);
  const partition = Number.parseInt(stdout, 10) * 2 ** 20 + SPARE;
  writeFileSync(DISK, '');
  truncateSync(DISK, MARGIN + partition + MARGIN);
  const table = `label: gpt\nstart=${MARGIN / 2 ** 10}KiB, size=${partition / 2 ** 10}KiB, type=uefi\n`;
  await execa('sfdisk', ['--quiet', DISK], { input: table });
  await run('mkfs.vfat', ['-F', '32', '--offset', String(MARGIN / 512), DISK, String(partition / 2 ** 10)]);
  await run('mcopy', [
    '-s',
    '-i',
    `${DISK}@@${MARGIN}`,
    ...['EFI', 'loader', 'live'].map((name) => join(TREE, name)),
    '::',
  ]);
}
