import { renameSync } from 'node:fs';
import { debianKeyring } from './mirror.mjs';
import { run } from './run.mjs';
import { remove } from './workspace.mjs';

/** The Debian release of images, and of the roots in which tools of that release run. */
export const TOOL_SUITE = 'trixie';

/** Makes a small Debian root with these packages, to run a tool in that this host may not have. */
export async function makeToolRoot(root, packages, mirror) {
  const fresh = `${root}.new`;
  await remove(fresh);
  const source = `deb [signed-by=${debianKeyring()}] ${mirror} ${TOOL_SUITE} main`;
  const options = ['--mode=root', '--variant=minbase', '--format=directory', '--dpkgopt=force-unsafe-io'];
  await run('mmdebstrap', [...options, `--include=${packages.join(',')}`, TOOL_SUITE, fresh, source]);
  renameSync(fresh, root);
}
