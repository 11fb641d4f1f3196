import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageDir } from '../cli/package-dir.ts';

/** The C files of the runtime, in macveil's own folder. */
export function runtimeSources(): string {
  return join(packageDir(), 'build', 'quickjs');
}

/** Where fetched and compiled things are kept between runs; git ignores it. */
export function cacheDir(): string {
  return join(packageDir(), '.cache', 'quickjs');
}

/** The boot-side program of this package. */
export function defaultEntry(): string {
  return join(packageDir(), 'src', 'hook', 'main-quickjs.ts');
}

/** Where the compiled hook goes when nothing else is said. */
export function defaultOutput(): string {
  return join(packageDir(), 'dist', 'macveil-hook');
}

/** Folders of kernel headers: musl brings none of its own, so those of linux-libc-dev are lent to it one by one. */
export function kernelHeaders(multiarch: string): Record<string, string> {
  const own = `/usr/include/${multiarch}/asm`;
  const asm = existsSync(own) ? own : '/usr/include/asm';
  return { linux: '/usr/include/linux', 'asm-generic': '/usr/include/asm-generic', asm };
}
