import { NO_CHOICES, type PolicyChoices } from '../core/manifest.ts';
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
import { describeBuiltin } from '../modules/summary.ts';
import { policyWarnings } from '../modules/warnings.ts';
import { BLOCKLIST, MANIFEST } from '../paths.ts';
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
  const entries = [textEntry(BLOCKLIST, formatBlocklist(found)), textEntry(MANIFEST, formatManifest(found))];
  return { entries, warnings: found.kernels.flatMap(kernelWarnings), notes: notesOf(found) };
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
