import { existsSync, readFileSync } from 'node:fs';
import { NO_CHOICES, type PolicyChoices } from '../core/manifest.ts';
import { formatSums, type ModuleSum } from '../core/module-sums.ts';
import { unlistedFindings } from '../core/unlisted.ts';
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
import { placeInRoot } from '../modules/root-path.ts';
import { describeBuiltin } from '../modules/summary.ts';
import { policyWarnings } from '../modules/warnings.ts';
import { BLOCKLIST, MANIFEST, MODULE_SUMS, MODULES_DIR } from '../paths.ts';
import { crc32Of } from '../system/node/crc32.ts';
import { CliError, EXIT } from './errors.ts';
import { refuseUnknownNames, withModuleProgress } from './read-modules.ts';

/** How lists are made: as the enumeration, and by choices that may in part be those of an earlier run. */
export interface ListOptions extends EnumerateOptions {
  /** Choices that were right once: a kernel that was upgraded since may have lost a module they name. Null for none. */
  kept: PolicyChoices | null;
}

/** The blocklist and the manifest of every kernel in a root; throws a CliError when the policy does not fit the kernels. */
export async function makeLists(root: string, options: ListOptions): Promise<KernelLists> {
  const found = await withModuleProgress((progress) => enumerateRoot(root, { ...options, ...progress }));
  refuseUnknownNames(found, options.kept ?? NO_CHOICES);
  refuseBuiltins(found, options.kept !== null);
  const entries = [
    textEntry(BLOCKLIST, formatBlocklist(found)),
    textEntry(MANIFEST, formatManifest(found)),
    // After the manifest, for which it stands.
    textEntry(MODULE_SUMS, formatSums(sumsOf(root, found))),
  ];
  return { entries, warnings: found.kernels.flatMap(kernelWarnings), notes: notesOf(found) };
}

/** Of each kernel in whose modules.dep there is nothing but what the manifest has. */
function sumsOf(root: string, { kernels }: Enumeration): ModuleSum[] {
  return kernels.flatMap((kernel): ModuleSum[] => {
    const { release } = kernel;
    const file = placeInRoot(root, `${MODULES_DIR}/${release}/modules.dep`);
    if (file === null || !existsSync(file)) return [];
    const dep = readFileSync(file);
    if (unlistedFindings([kernel], release, dep.toString()).length > 0) return [];
    return [{ release, crc: crc32Of(dep) }];
  });
}

function refuseBuiltins(found: Enumeration, isKept: boolean): void {
  const open = openBuiltins(found);
  if (open.length === 0) return;
  const drivers = open.map((driver) => `${describeBuiltin(driver)} of ${driver.release}`).join(', ');
  const keep = isKept ? '--keep-policy ' : '';
  const options = [...new Set(open.map(({ name }) => `--accept-builtin ${name}`))].join(' ');
  const hint = `install another kernel in the image, or accept it with ${keep}${options} (or acceptBuiltin in the configuration)`;
  throw new CliError(EXIT.input, `built into the kernel, and cannot be kept from loading: ${drivers}`, hint);
}

function kernelWarnings({ release, problems, modules, builtinProblem }: KernelModules): string[] {
  const allowed = new Set(modules.filter(({ blocked }) => !blocked).map(({ path }) => path));
  const unread = problems.map(({ path, problem }) => {
    const verdict = allowed.has(path) ? 'allowed by name' : 'blocked, because nothing is known of it';
    return `unreadable module ${release}/${path}: ${problem}; ${verdict}`;
  });
  return builtinProblem === '' ? unread : [...unread, `${release}: ${builtinProblem}`];
}

function notesOf(found: Enumeration): string[] {
  const gone = [...unknownModules(found), ...unknownBuiltins(found)];
  return [
    ...found.kernels.flatMap((kernel) =>
      policyWarnings(kernel, found).map((text) => `${kernel.release}: ${text}`),
    ),
    ...gone.map((name) => `the policy names ${name}, and no kernel has it any more`),
  ];
}
