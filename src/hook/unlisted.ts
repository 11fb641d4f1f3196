import { type ListedKernel, listedKernels } from '../core/manifest.ts';
import type { Finding } from '../core/report.ts';
import { unlistedFindings } from '../core/unlisted.ts';
import { INITRAMFS_INIT, MANIFEST, MODULES_DIR, OSRELEASE } from '../paths.ts';
import type { System } from '../system/system.ts';
import { findingsOf } from './attempt.ts';

/**
 * Modules and kernels that came after the list was made: nothing keeps a new driver among them from loading before a
 * decision. Only for the root: an initramfs has neither the manifest nor all modules.
 */
export function findUnlisted(system: System): Finding[] {
  if (system.exists(INITRAMFS_INIT)) return [];
  return findingsOf('unlisted-kernel', () => {
    const manifest = readManifest(system);
    if (manifest === null)
      return [
        {
          rule: 'manifest',
          text: `${MANIFEST} is missing or damaged; run "macveil install" for this system again`,
        },
      ];
    const release = system.readFile(OSRELEASE).trim();
    const dep = `${MODULES_DIR}/${release}/modules.dep`;
    return unlistedFindings(manifest, release, system.exists(dep) ? system.readFile(dep) : '');
  });
}

function readManifest(system: System): ListedKernel[] | null {
  return system.exists(MANIFEST) ? listedKernels(system.readFile(MANIFEST)) : null;
}
