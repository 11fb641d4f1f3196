import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BuildError } from '../image/build-error.mjs';
import { openArchive } from './apt.mjs';
import { capture } from './program.mjs';
import { KEPT, KERNELS } from './recipe.mjs';
import { releaseOf } from './tree.mjs';

/** The versioned package that Debian's metapackage depends on; signed and unsigned kernels have the same modules. */
const IMAGE_PACKAGE = /\b(linux-image-\d[^ ]*)/;

/** Fetches a kernel of recipe.mjs, and unpacks it into a folder as the root of a system. */
export async function fetchKernel(name, root, step, cache) {
  const { package: wanted, ...where } = KERNELS[name];
  const home = join(cache, 'apt', `${where.suite}-${where.architecture}`);
  const archive = await step(`${name}: package index`, () => openArchive(home, where));
  const image = IMAGE_PACKAGE.exec((await archive.show(wanted)).Depends)?.[1];
  if (!image) throw new BuildError(`${wanted} of ${where.suite} names no kernel`, 'see apt-cache show of it');
  const { Size: size } = await archive.show(image);
  const folder = join(root, 'download');
  const deb = await step(`${name}: ${image}, ${megabytes(size)}`, () => archive.download(image, folder));
  await step(`${name}: unpacking, depmod`, () => unpack(deb, root));
}

async function unpack(deb, root) {
  const all = join(root, 'all');
  await capture('dpkg-deb', ['-x', deb, all]);
  mergeUsr(all);
  for (const path of KEPT) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    renameSync(join(all, path), join(root, path));
  }
  // As in an installed system: either place is the same one, for every version of depmod and modprobe.
  symlinkSync('usr/lib', join(root, 'lib'));
  for (const path of [all, dirname(deb)]) rmSync(path, { recursive: true });
  await capture('depmod', ['-b', root, releaseOf(root)]);
}

function mergeUsr(root) {
  const names = readdirSync(root);
  if (!names.includes('lib')) return;
  mkdirSync(join(root, 'usr/lib'), { recursive: true });
  renameSync(join(root, 'lib/modules'), join(root, 'usr/lib/modules'));
}

function megabytes(bytes) {
  return `${(Number(bytes) / 1e6).toFixed(0)} MB`;
}
