// Makes a Debian root whose initramfs are dracut's, with macveil, and initramfs of each kind: with systemd and without, for
// any machine and for this one only; unless those that are there are current. Needs root.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI_BUNDLE } from './bundle.mjs';
import { bootstrap } from './image/base.mjs';
import { BuildError } from './image/build-error.mjs';
import { makeDisk } from './image/disk.mjs';
import { bootFiles, CLI } from './image/initramfs.mjs';
import { contentKey } from './image/key.mjs';
import { makeProgress } from './image/progress.mjs';
import { PACKAGES } from './image/recipe.mjs';
import { run, stopOnSignals } from './image/run.mjs';
import { remove } from './image/workspace.mjs';

const CACHE = '.cache/dracut';
const KEY = join(CACHE, 'key');
const ROOT = join(CACHE, 'root');
const IN_ROOT = 'build/live-build/in-root.sh';
/** What initramfs-tools and its live boot bring, dracut takes the place of; one of this machine needs the drivers of another's disk. */
const OTHER = /initramfs-tools|live-boot/;
const WITHOUT_SYSTEMD = "--omit 'systemd systemd-initrd dracut-systemd'";
const THIS_MACHINE = "--hostonly --no-hostonly-cmdline --add-drivers 'virtio_blk virtio_pci ext4'";

/** The initramfs that tests boot, by name: dracut's options for each. */
const KINDS = {
  'systemd-generic': '--no-hostonly',
  'systemd-hostonly': THIS_MACHINE,
  'classic-generic': `--no-hostonly ${WITHOUT_SYSTEMD}`,
  'classic-hostonly': `${THIS_MACHINE} ${WITHOUT_SYSTEMD}`,
  'without-macveil': '--no-hostonly --omit macveil',
};

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  await main();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`dracut: ${error.message}\n  ${error.hint}`);
  process.exitCode = 1;
}

async function main() {
  const key = contentKey(['build/dracut.mjs', 'build/image', 'hooks', 'dist/macveil-hook', CLI_BUNDLE]);
  if (existsSync(KEY) && readFileSync(KEY, 'utf8') === key) {
    console.log(`dracut: ${CACHE} is current`);
    return;
  }
  stopOnSignals();
  mkdirSync(CACHE, { recursive: true });
  await remove(KEY);
  await build(makeProgress('dracut'));
  writeFileSync(KEY, key);
  console.log(`dracut: ${CACHE} is ready`);
}

async function build(step) {
  await step('Debian root with dracut', debianRoot);
  const root = join(CACHE, 'installed');
  await remove(root);
  await step('copy of the root', () => run('cp', ['-a', '--reflink=auto', ROOT, root]));
  await step('macveil install', () =>
    run(process.execPath, [CLI, 'install', '--root', root, '--update-initramfs']),
  );
  await step('macveil check', () => run(process.execPath, [CLI, 'check', '--root', root]));
  for (const [kind, options] of Object.entries(KINDS)) {
    await step(`initramfs ${kind}`, () => makeInitramfs(root, options));
    renameSync(join(root, 'boot/test.img'), join(CACHE, `${kind}.img`));
  }
  renameSync(bootFiles(root).kernel, join(CACHE, 'vmlinuz'));
  await step('disk', () => makeDisk(root, join(CACHE, 'disk.img')));
  await remove(root);
}

async function debianRoot() {
  const key = contentKey(['build/image/recipe.mjs', 'build/image/base.mjs', 'build/dracut.mjs']);
  const keyFile = `${ROOT}.key`;
  if (existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return;
  await remove(keyFile);
  await remove(ROOT);
  await bootstrap(ROOT, [...PACKAGES.filter((name) => !OTHER.test(name)), 'dracut']);
  writeFileSync(keyFile, key);
}

function makeInitramfs(root, options) {
  const [release] = readdirSync(join(root, 'usr/lib/modules'));
  return run('sh', [IN_ROOT, root, `dracut --quiet --force ${options} /boot/test.img ${release}`]);
}
