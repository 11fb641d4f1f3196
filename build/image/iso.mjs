import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootFiles } from './initramfs.mjs';
import { SQUASHFS_OPTIONS, VOLUME } from './recipe.mjs';
import { run } from './run.mjs';

/** Two, as many as the smallest build host has: the result must not depend on the host. */
const PROCESSORS = '2';

/** Packs a root as a live ISO in live-boot's layout (/live/vmlinuz, initrd.img, filesystem.squashfs). */
export async function packIso(root, workspace, iso, step) {
  const medium = join(workspace, 'medium');
  const live = join(medium, 'live');
  mkdirSync(live, { recursive: true });
  const { kernel, initrd } = bootFiles(root);
  linkSync(kernel, join(live, 'vmlinuz'));
  linkSync(initrd, join(live, 'initrd.img'));
  await step('squashfs', () => squash(root, join(live, 'filesystem.squashfs')));
  await step('ISO', () =>
    run('xorriso', ['-as', 'mkisofs', '-quiet', '-r', '-V', VOLUME, '-o', iso, medium]),
  );
}

async function squash(root, file) {
  // What boots stands beside the squashfs; xattrs of the build host's file system are of no use in it.
  const quiet = ['-noappend', '-no-progress', '-quiet', '-no-xattrs', '-processors', PROCESSORS];
  await run('mksquashfs', [root, file, ...SQUASHFS_OPTIONS, ...quiet, '-e', 'boot']);
}
