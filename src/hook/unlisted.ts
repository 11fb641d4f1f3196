import { type ListedKernel, listedKernels } from '../core/manifest.ts';
import { hasSum } from '../core/module-sums.ts';
import type { Finding } from '../core/report.ts';
import { unlistedFindings } from '../core/unlisted.ts';
import { INITRAMFS_INIT, MANIFEST, MODULE_SUMS, MODULES_DIR, OSRELEASE } from '../paths.ts';
import type { System } from '../system/system.ts';
import { findingsOf } from './attempt.ts';

/**
 * Modules and kernels that came after the list was made: nothing keeps a new driver among them from loading before a
 * decision. Only for the root: an initramfs has neither the manifest nor all modules.
 */
export function findUnlisted(system: System): Finding[] {
  if (system.exists(INITRAMFS_INIT)) return [];
  return findingsOf('unlisted-kernel', () => {
    const release = system.readFile(OSRELEASE).trim();
    const dep = `${MODULES_DIR}/${release}/modules.dep`;
    if (isAsListed(system, release, dep)) return [];
    const manifest = readManifest(system);
    if (manifest === null)
      return [
        {
          rule: 'manifest',
          text: `${MANIFEST} is missing or damaged; run "macveil install" for this system again`,
        },
      ];
    return unlistedFindings(manifest, release, system.exists(dep) ? system.readFile(dep) : '');
  });
}

// To read and compare the lists is most of what a boot's check costs, and in a live image nothing ever changes in them.
function isAsListed(system: System, release: string, dep: string): boolean {
  if (![MODULE_SUMS, MANIFEST, dep].every((path) => system.exists(path))) return false;
  return hasSum(system.readFile(MODULE_SUMS), { release, crc: system.checksum(dep) });
}

function readManifest(system: System): ListedKernel[] | null {
  return system.exists(MANIFEST) ? listedKernels(system.readFile(MANIFEST)) : null;
}
