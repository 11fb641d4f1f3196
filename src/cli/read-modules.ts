import process from 'node:process';
import type { ModuleCache } from '../modules/cache/cache.ts';
import { openCache } from '../modules/cache/open.ts';
import type { EnumerateOptions, Enumeration } from '../modules/enumerate.ts';
import { moduleNames, nearNames, unknownBuiltins, unknownModules } from '../modules/review.ts';
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

/** Throws a CliError when the policy names a module or a built-in driver that no kernel has: a typing error would pass unseen. */
export function refuseUnknownNames(enumeration: Enumeration): void {
  const [module] = unknownModules(enumeration);
  if (module !== undefined) throw unknownModule(enumeration, module);
  const [driver] = unknownBuiltins(enumeration);
  if (driver !== undefined) throw unknownBuiltin(enumeration, driver);
}

/** The error for a module that no kernel has, with names that may have been meant. */
export function unknownModule(enumeration: Enumeration, name: string): CliError {
  const near = nearNames(name, moduleNames(enumeration));
  const isBuiltin = enumeration.kernels.some(({ builtin }) => builtin.some((driver) => driver.name === name));
  const hint = isBuiltin
    ? 'it is built into the kernel, and nothing can keep it from loading'
    : 'give its name as modprobe knows it';
  return unknown(enumeration, `module ${name}`, near, hint);
}

function unknownBuiltin(enumeration: Enumeration, name: string): CliError {
  const drivers = enumeration.kernels.flatMap(({ builtin }) => builtin.map((driver) => driver.name));
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
