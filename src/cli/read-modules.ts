import process from 'node:process';
import { NO_CHOICES, type PolicyChoices } from '../core/manifest.ts';
import type { ModuleCache } from '../modules/cache/cache.ts';
import { openCache } from '../modules/cache/open.ts';
import type { EnumerateOptions, Enumeration } from '../modules/enumerate.ts';
import { builtinNames, moduleNames, nearNames, unknownBuiltins, unknownModules } from '../modules/review.ts';
import { CliError, EXIT } from './errors.ts';
import { StatusLine } from './status-line.ts';

/** `--no-cache`, the same for every command that may take what an earlier run has read. */
export const noCacheOption = {
  type: 'boolean',
  default: false,
  describe: 'Read every module again, and keep nothing for the next run',
} as const;

/** The cache of who calls, null for none; one that is there and cannot be trusted is said. */
export function userCache(noCache: boolean): ModuleCache | null {
  if (noCache) return null;
  return openCache(process.env, (line) => process.stderr.write(`macveil: ${line}\n`));
}

/** Reads the modules of a root, with progress on a terminal until it is done. */
export async function withModuleProgress<T>(read: (options: EnumerateOptions) => Promise<T>): Promise<T> {
  const status = new StatusLine(process.stderr);
  const onProgress = (done: number, total: number, kernel: string) =>
    status.show(`reading the modules of ${kernel}: ${done} of ${total}`);
  try {
    return await read({ onProgress });
  } finally {
    status.clear();
  }
}

/** Throws a CliError when the policy, other than a `kept` one, names a module or a built-in driver that no kernel has: a typing error would pass unseen. */
export function refuseUnknownNames(enumeration: Enumeration, kept: PolicyChoices = NO_CHOICES): void {
  const [module] = without(unknownModules(enumeration), [...kept.allow, ...kept.block]);
  if (module !== undefined) throw unknownModule(enumeration, module);
  const [driver] = without(unknownBuiltins(enumeration), kept.acceptBuiltin);
  if (driver !== undefined) throw unknownBuiltin(enumeration, driver);
}

function without(names: string[], others: string[]): string[] {
  return names.filter((name) => !others.includes(name));
}

/** The error for a module that no kernel has, with names that may have been meant. */
export function unknownModule(enumeration: Enumeration, named: string): CliError {
  const name = named.replaceAll('-', '_');
  if (enumeration.kernels.some((kernel) => builtinNames(kernel).has(name))) {
    const hint = 'it is built into the kernel, where no list can block or allow it';
    return unknown(enumeration, `module ${name}`, [], hint);
  }
  const near = nearNames(name, moduleNames(enumeration));
  return unknown(enumeration, `module ${name}`, near, 'give its name as modprobe knows it');
}

function unknownBuiltin(enumeration: Enumeration, name: string): CliError {
  const drivers = enumeration.kernels.flatMap(({ builtin, builtinMakers }) =>
    [...builtin, ...builtinMakers].map((driver) => driver.name),
  );
  const hint = 'take it out of --accept-builtin or of acceptBuiltin in the configuration';
  return unknown(
    enumeration,
    `built-in driver ${name} that makes interfaces`,
    nearNames(name, drivers),
    hint,
  );
}

function unknown({ kernels }: Enumeration, what: string, near: string[], hint: string): CliError {
  const releases = kernels.map(({ release }) => release).join(', ');
  const guess = near.length > 0 ? `did you mean ${near.join(', ')}? Otherwise ` : '';
  return new CliError(EXIT.input, `no ${what} in ${releases}`, `${guess}${hint}`);
}
