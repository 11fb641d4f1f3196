// Makes a Debian root whose initramfs are dracut's, with macveil, and initramfs of each kind: with systemd and without, for
// any machine and for this one only; unless those that are there are current. Needs root.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI_BUNDLE } from './bundle.mjs';
import { KINDS, PLAIN } from './dracut/kinds.mjs';
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
/** With macveil; tests look at it and run dracut in it. */
const INSTALLED = join(CACHE, 'installed');
/** What initramfs-tools and its live boot bring, dracut takes the place of. */
const OTHER = /initramfs-tools|live-boot/;
/** The last two bring the network up where dracut has no systemd. */
const DRACUT = ['dracut', 'dracut-network', 'isc-dhcp-client', 'procps'];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  await main();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`dracut: ${error.message}\n  ${error.hint}`);
  process.exitCode = 1;
}

async function main() {
  const key = contentKey([
    'build/dracut.mjs',
    'build/dracut',
    'build/image',
    'hooks',
    'dist/macveil-hook',
    CLI_BUNDLE,
  ]);
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
  await remove(INSTALLED);
  await step('copy of the root', () => run('cp', ['-a', '--reflink=auto', ROOT, INSTALLED]));
  await makeKinds(PLAIN, step);
  await step('macveil install', () =>
    run(process.execPath, [CLI, 'install', '--root', INSTALLED, '--update-initramfs']),
  );
  await makeKinds(KINDS, step);
  copyFileSync(bootFiles(INSTALLED).kernel, join(CACHE, 'vmlinuz'));
  await step('disk', () => makeDisk(INSTALLED, join(CACHE, 'disk.img')));
}

async function makeKinds(kinds, step) {
  for (const [kind, options] of Object.entries(kinds)) {
    await step(`initramfs ${kind}`, () => makeInitramfs(options));
    renameSync(join(INSTALLED, 'boot/test.img'), join(CACHE, `${kind}.img`));
  }
}

async function debianRoot() {
  const key = contentKey(['build/image/recipe.mjs', 'build/image/base.mjs', 'build/dracut.mjs']);
  const keyFile = `${ROOT}.key`;
  if (existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return;
  await remove(keyFile);
  await remove(ROOT);
  await bootstrap(ROOT, [...PACKAGES.filter((name) => !OTHER.test(name)), ...DRACUT]);
  writeFileSync(keyFile, key);
}

function makeInitramfs(options) {
  const [release] = readdirSync(join(INSTALLED, 'usr/lib/modules'));
  return run('sh', [IN_ROOT, INSTALLED, `dracut --quiet --force ${options} /boot/test.img ${release}`]);
}
