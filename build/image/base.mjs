import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { contentKey } from './key.mjs';
import { debianKeyring, hostMirror } from './mirror.mjs';
import { COMPONENTS, DISABLED_UNITS, DPKG_OPTIONS, FILES, MASKED_UNITS, PACKAGES, SUITE } from './recipe.mjs';
import { run } from './run.mjs';
import { IMAGE_CACHE, remove } from './workspace.mjs';

const RECIPE = ['build/image/recipe.mjs', 'build/image/base.mjs'];
const PREFIX = 'root-';

/** Name of the Debian root that the recipe gives; the mirror it comes from makes no difference. */
export function baseKey() {
  return contentKey(RECIPE);
}

/** The Debian root without macveil, made in `workspace` when there is none; others of earlier recipes are removed. */
export async function debianRoot(workspace, step) {
  const root = join(IMAGE_CACHE, `${PREFIX}${baseKey()}`);
  if (existsSync(root)) return root;
  const fresh = join(workspace, 'root');
  await step('Debian root', () => bootstrap(fresh, PACKAGES));
  for (const name of readdirSync(IMAGE_CACHE))
    if (name.startsWith(PREFIX)) await remove(join(IMAGE_CACHE, name));
  renameSync(fresh, root);
  return root;
}

/** Makes a Debian root of these packages, without an initramfs, and sets it up as the demo image's. */
export async function bootstrap(root, packages) {
  const source = `deb [signed-by=${debianKeyring()}] ${await hostMirror()} ${SUITE} ${COMPONENTS.join(' ')}`;
  const options = DPKG_OPTIONS.map((option) => `--dpkgopt=${option}`);
  const include = `--include=${packages.join(',')}`;
  const mode = ['--mode=root', '--variant=essential', '--format=directory'];
  // The kernel package would build an initramfs (its postinst.d honours INITRD): it is built once, at the end.
  await run('mmdebstrap', [...mode, ...options, include, SUITE, root, source], { INITRD: 'No' });
  await run('chroot', [root, 'systemctl', '--quiet', 'disable', ...DISABLED_UNITS]);
  configure(root);
}

function configure(root) {
  for (const [path, { text, mode = 0o644 }] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), mode);
  }
  for (const unit of MASKED_UNITS) symlinkSync('/dev/null', join(root, 'etc/systemd/system', unit));
  // The image's users have their own mirror, and each boot is to get its own machine id.
  rmSync(join(root, 'etc/apt/sources.list'), { force: true });
  writeFileSync(join(root, 'etc/machine-id'), '');
}
