import { readFileSync, statSync } from 'node:fs';
import { CliError, EXIT } from '../cli/errors.ts';
import { HOOK } from '../paths.ts';
import { applySteps } from './apply.ts';
import type { Entry } from './entry.ts';
import { fittingIntegrations, integrationEntries } from './integrations.ts';
import { ownRecord, packagedPaths } from './packaged.ts';
import { planInstall, type StepPlan } from './plan.ts';
import { openRoot } from './root.ts';

/** The first four bytes of every ELF file (elf(5)). */
const ELF_MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
const HOOK_MODE = 0o755;

/** The files made from a root's kernels. */
export interface KernelLists {
  entries: Entry[];
  /** What of the kernels is not known: modules that could not be read, indexes that are missing. */
  warnings: string[];
  /** What else has to be known of the kernels and the policy. */
  notes: string[];
}

/** Where the parts of an installation come from. */
export interface InstallSources {
  root: string;
  hookFile: string;
  hooksDir: string;
  /** The blocklist and the manifest of the root's kernels. */
  makeLists: (root: string) => Promise<KernelLists>;
}

/** What an installation would do, or did. */
export interface InstallPlan extends StepPlan {
  root: string;
  integrations: string[];
  warnings: string[];
  notes: string[];
}

/** Finds out what has to change in the root, and changes nothing. */
export async function prepareInstall(sources: InstallSources): Promise<InstallPlan> {
  const root = openRoot(sources.root);
  const hook = hookEntry(sources.hookFile);
  const record = ownRecord(root);
  const integrations = fittingIntegrations(root);
  const { entries, warnings, notes } = await sources.makeLists(root);
  const files = integrations.flatMap((integration) => integrationEntries(sources.hooksDir, integration));
  const packaged = packagedPaths(root);
  const wanted = [hook, ...entries, ...files].filter(({ path }) => !packaged.has(path));
  const plan = planInstall(root, wanted, record);
  return { root, integrations: integrations.map(({ name }) => name), warnings, notes, ...plan };
}

/** Carries the plan out, all of it or nothing. */
export function performInstall(plan: InstallPlan): void {
  applySteps(plan.first, plan.steps);
}

function hookEntry(file: string): Entry {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new CliError(
      EXIT.input,
      `the boot-side program ${file} does not exist`,
      'build it with: macveil compile',
    );
  }
  const content = readFileSync(file);
  if (content.subarray(0, ELF_MAGIC.length).equals(ELF_MAGIC))
    return { path: HOOK, mode: HOOK_MODE, content };
  throw new CliError(
    EXIT.input,
    `${file} is not a program: it has no ELF header`,
    'build it again with: macveil compile',
  );
}
