import type { KernelLists } from '../install/install.ts';
import { textEntry } from '../install/plan.ts';
import { formatBlocklist } from '../modules/blocklist.ts';
import { enumerateRoot, type KernelModules } from '../modules/enumerate.ts';
import { formatManifest } from '../modules/manifest.ts';
import { BLOCKLIST, MANIFEST } from '../paths.ts';
import { withModuleProgress } from './read-modules.ts';

/** The blocklist and the manifest of every kernel in a root, with progress on a terminal while its modules are read. */
export async function makeLists(root: string): Promise<KernelLists> {
  const found = await withModuleProgress((options) => enumerateRoot(root, options));
  const entries = [textEntry(BLOCKLIST, formatBlocklist(found)), textEntry(MANIFEST, formatManifest(found))];
  return { entries, warnings: found.kernels.flatMap(kernelWarnings) };
}

function kernelWarnings({ release, problems }: KernelModules): string[] {
  return problems.map(
    ({ path, problem }) => `${release}/${path}: ${problem}; blocked, because nothing is known of it`,
  );
}
