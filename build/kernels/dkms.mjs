import { existsSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BuildError } from '../image/build-error.mjs';
import { debianKeyring, hostMirror } from '../image/mirror.mjs';
import { run } from '../image/run.mjs';
import { remove } from '../image/workspace.mjs';
import { openArchive } from './apt.mjs';
import { releaseOf } from './tree.mjs';

const SUITE = 'trixie';
const ARCHITECTURE = 'amd64';
/** Both of these drivers stand outside the kernel's sources, one for Ethernet and one for Wi-Fi, and not in Debian's main. */
const COMPONENTS = ['main', 'contrib', 'non-free'];
const PACKAGES = ['linux-image-amd64', 'linux-headers-amd64', 'dkms', 'r8125-dkms', 'broadcom-sta-dkms'];
/** Nothing of these is read, and the root is thrown away: dpkg need not wait for the disk. */
const DPKG_OPTIONS = ['path-exclude=/usr/share/doc/*', 'path-exclude=/usr/share/man/*', 'force-unsafe-io'];
const MODULES = 'usr/lib/modules';

/** The files that say what the tree is made of. */
export const DKMS_RECIPE = ['build/kernels/dkms.mjs'];

/** Builds drivers outside the kernel by dkms in a Debian root, and keeps that root's modules. Needs root. */
export async function makeDkmsTree(root, step, cache) {
  const system = join(root, 'system');
  const where = { suite: SUITE, architecture: ARCHITECTURE, components: COMPONENTS };
  await step('dkms: package index', () => openArchive(join(cache, 'apt', `${SUITE}-dkms`), where));
  await step('dkms: a Debian root, which builds the drivers', () => bootstrap(system));
  mkdirSync(dirname(join(root, MODULES)), { recursive: true });
  renameSync(join(system, MODULES), join(root, MODULES));
  symlinkSync('usr/lib', join(root, 'lib'));
  if (!existsSync(join(root, MODULES, releaseOf(root), 'updates/dkms')))
    throw new BuildError('dkms built no driver', 'see its messages above');
  await remove(system);
}

async function bootstrap(root) {
  const source = `deb [signed-by=${debianKeyring()}] ${await hostMirror()} ${SUITE} ${COMPONENTS.join(' ')}`;
  const options = DPKG_OPTIONS.map((option) => `--dpkgopt=${option}`);
  const mode = [
    '--mode=root',
    '--variant=essential',
    '--format=directory',
    `--include=${PACKAGES.join(',')}`,
  ];
  // No initramfs: nothing boots this root.
  await run('mmdebstrap', [...mode, ...options, SUITE, root, source], { INITRD: 'No' });
}
