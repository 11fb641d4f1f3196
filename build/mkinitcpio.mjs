// Makes initramfs by macveil's hook for mkinitcpio, with the stand-in of build/mkinitcpio, in the demo image's Debian root;
// unless those that are there are current. Needs root.
import { cpSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { CLI_BUNDLE } from './bundle.mjs';
import { debianRoot } from './image/base.mjs';
import { BuildError } from './image/build-error.mjs';
import { bootFiles, CLI } from './image/initramfs.mjs';
import { makeProduct } from './image/product.mjs';
import { run } from './image/run.mjs';
import { inWorkspace } from './image/workspace.mjs';

const CACHE = '.cache/mkinitcpio';
const STAND_IN = 'build/mkinitcpio';
const IN_ROOT = 'build/live-build/in-root.sh';
/** macveil's drop-in puts its hook into the first; the second has it in the wrong place, and has to be refused. */
const RIGHT = { hooks: 'base udev cards', image: 'image.img', refused: false };
const LATE = { hooks: 'base udev macveil cards', image: 'late.img', refused: true };

const INPUTS = ['build/mkinitcpio.mjs', STAND_IN, 'build/image', 'hooks', 'dist/macveil-hook', CLI_BUNDLE];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await makeProduct({ name: 'mkinitcpio', cache: CACHE, inputs: INPUTS }, (step) =>
  inWorkspace((workspace) => build(workspace, step)),
);

async function build(workspace, step) {
  const base = await debianRoot(workspace, step);
  const root = join(workspace, 'installed');
  await step('copy of the root', () => run('cp', ['-a', '--reflink=auto', base, root]));
  cpSync(STAND_IN, join(root, 'usr/lib/initcpio'), { recursive: true });
  renameSync(join(root, 'usr/lib/initcpio/mkinitcpio'), join(root, 'usr/bin/mkinitcpio'));
  await step('macveil install', () => run(process.execPath, [CLI, 'install', '--root', root]));
  for (const kind of [RIGHT, LATE])
    await step(`initramfs of HOOKS=(${kind.hooks})`, () => makeInitramfs(root, kind));
  const initrd = join(CACHE, RIGHT.image);
  await step('macveil check', () =>
    run(process.execPath, [CLI, 'check', '--root', root, '--initrd', initrd]),
  );
  renameSync(bootFiles(root).kernel, join(CACHE, 'vmlinuz'));
}

async function makeInitramfs(root, { hooks, image, refused }) {
  writeFileSync(join(root, 'etc/mkinitcpio.conf'), `HOOKS=(${hooks})\n`);
  const [release] = readdirSync(join(root, 'usr/lib/modules'));
  const command = `bash /usr/bin/mkinitcpio -k ${release} -g /boot/test.img 2>&1`;
  const isolated = ['--mount', 'sh', IN_ROOT, root, command];
  const { exitCode, stdout } = await execa('unshare', isolated, { reject: false });
  renameSync(join(root, 'boot/test.img'), join(CACHE, image));
  const saysWhy = /ERROR: macveil stands after udev in HOOKS/.test(stdout);
  if (exitCode === Number(refused) && saysWhy === refused) return;
  throw new BuildError(`HOOKS=(${hooks}) ended with ${exitCode}:\n${stdout}`, 'see hooks/mkinitcpio');
}
