import { chownSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledText } from '../lib/esbuild.mjs';
import { baseKey, debianRoot } from './base.mjs';
import { BuildError } from './build-error.mjs';
import { buildInitramfs, CLI } from './initramfs.mjs';
import { packIso } from './iso.mjs';
import { contentKey } from './key.mjs';
import { run } from './run.mjs';
import { IMAGE_CACHE, inWorkspace } from './workspace.mjs';

/** What the image is built by, what macveil puts into it, and the command that does so. */
const BUILDER = ['build/image.mjs', 'build/image'];
const HOOK = 'dist/macveil-hook';
const INSTALLED = [HOOK, 'hooks'];
const INSTALLER = 'src/cli/install.ts';

/** Where the image stands: with macveil, or plain as the positive control of a proof. */
export function imagePath(plain) {
  return join(IMAGE_CACHE, plain ? 'plain.iso' : 'macveil-demo.iso');
}

/** True when the image is there and is made from what the working copy holds now. */
export function isCurrent(plain) {
  try {
    return readFileSync(keyFile(plain), 'utf8') === imageKey(plain);
  } catch {
    return false;
  }
}

/** Builds the image; the old one stays in place until the new one is complete. Needs root. */
export async function buildImage(plain, step) {
  if (!plain) requireProducts();
  const key = imageKey(plain);
  await inWorkspace(async (workspace) => {
    const root = join(workspace, 'live-root');
    const base = await debianRoot(workspace, step);
    await step('copy of the root', () => run('cp', ['-a', '--reflink=auto', base, root]));
    await step(plain ? 'initramfs' : 'macveil and initramfs', () => buildInitramfs(root, plain));
    const iso = join(workspace, 'image.iso');
    await packIso(root, workspace, iso, step);
    place(iso, imagePath(plain));
    writeFileSync(join(workspace, 'key'), key);
    place(join(workspace, 'key'), keyFile(plain));
  });
}

function requireProducts() {
  const missing = [CLI, HOOK].find((path) => !existsSync(path));
  if (missing === undefined) return;
  throw new BuildError(`${missing} is missing`, `run: node build/bundle.mjs && node ${CLI} compile`);
}

function imageKey(plain) {
  if (plain) return contentKey(BUILDER, baseKey());
  return contentKey([...BUILDER, ...INSTALLED], baseKey() + bundledText(INSTALLER));
}

function keyFile(plain) {
  return `${imagePath(plain)}.key`;
}

// What sudo has built belongs to the one who asked for it.
function place(from, to) {
  const { SUDO_UID, SUDO_GID } = process.env;
  if (SUDO_UID && SUDO_GID) chownSync(from, Number(SUDO_UID), Number(SUDO_GID));
  renameSync(from, to);
}
