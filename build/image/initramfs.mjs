import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './build-error.mjs';
import { run } from './run.mjs';

/** The command line that installs macveil into a root. */
export const CLI = 'dist/macveil.mjs';
/** Whatever is smaller cannot hold the tools of a live boot; Debian 13's is 40 MB. */
const SMALLEST_INITRD = 1_000_000;

/** Kernel and initramfs in a root that has exactly one of each. */
export function bootFiles(root) {
  const boot = join(root, 'boot');
  const kernels = readdirSync(boot).filter((name) => name.startsWith('vmlinuz-'));
  if (kernels.length !== 1) {
    throw new BuildError(
      `${boot} holds ${kernels.length} kernels instead of one`,
      'remove .cache/image and run this again',
    );
  }
  const initrd = kernels[0].replace('vmlinuz-', 'initrd.img-');
  return { kernel: join(boot, kernels[0]), initrd: join(boot, initrd) };
}

/** Builds the root's initramfs: with macveil by its own `install`, or a plain one. */
export async function buildInitramfs(root, plain) {
  const { initrd } = bootFiles(root);
  if (plain) await run('chroot', [root, 'update-initramfs', '-c', '-k', 'all']);
  else await run(process.execPath, [CLI, 'install', '--root', root, '--update-initramfs']);
  if (statSync(initrd).size >= SMALLEST_INITRD) return;
  throw new BuildError(`${initrd} was not built`, 'see the messages of update-initramfs above');
}
