import type { KernelLists } from '../install/install.ts';
import { textEntry } from '../install/plan.ts';
import { formatBlocklist } from '../modules/blocklist.ts';
import {
  type EnumerateOptions,
  type Enumeration,
  enumerateRoot,
  type KernelModules,
} from '../modules/enumerate.ts';
import { formatManifest } from '../modules/manifest.ts';
import { openBuiltins, unknownBuiltins, unknownModules } from '../modules/review.ts';
import { describeBuiltin, policyWarnings } from '../modules/summary.ts';
import { BLOCKLIST, MANIFEST } from '../paths.ts';
import { CliError, EXIT } from './errors.ts';
import { refuseUnknownNames, withModuleProgress } from './read-modules.ts';

/** How lists are made: as the enumeration, and whether the policy may name what is no longer there. */
export interface ListOptions extends EnumerateOptions {
  /** True for a policy that was right once: a kernel that was upgraded since may have lost a module it names. */
  mayBeOutdated: boolean;
}

/** The blocklist and the manifest of every kernel in a root; throws a CliError when the policy does not fit the kernels. */
export async function makeLists(root: string, options: ListOptions): Promise<KernelLists> {
  const found = await withModuleProgress((progress) => enumerateRoot(root, { ...options, ...progress }));
  if (!options.mayBeOutdated) refuseUnknownNames(found);
  refuseBuiltins(found);
  const entries = [textEntry(BLOCKLIST, formatBlocklist(found)), textEntry(MANIFEST, formatManifest(found))];
  return { entries, warnings: found.kernels.flatMap(kernelWarnings), notes: notesOf(found) };
}

function refuseBuiltins(found: Enumeration): void {
  const open = openBuiltins(found);
  if (open.length === 0) return;
  const drivers = open.map((driver) => `${describeBuiltin(driver)} of ${driver.release}`).join(', ');
  const options = [...new Set(open.map(({ name }) => `--accept-builtin ${name}`))].join(' ');
  const hint = `install another kernel in the image, or accept it with ${options} (or acceptBuiltin in the configuration)`;
  throw new CliError(EXIT.input, `built into the kernel, and cannot be kept from loading: ${drivers}`, hint);
}

function kernelWarnings({ release, problems, modules }: KernelModules): string[] {
  const allowed = new Set(modules.filter(({ blocked }) => !blocked).map(({ path }) => path));
  return problems.map(({ path, problem }) => {
    const verdict = allowed.has(path) ? 'allowed by name' : 'blocked, because nothing is known of it';
    return `${release}/${path}: ${problem}; ${verdict}`;
  });
}

function notesOf(found: Enumeration): string[] {
  const gone = [...unknownModules(found), ...unknownBuiltins(found)];
  return [
    ...found.kernels.flatMap((kernel) =>
      policyWarnings(kernel, found.policy).map((text) => `${kernel.release}: ${text}`),
    ),
    ...gone.map((name) => `the policy names ${name}, and no kernel has it any more`),
  ];
}
