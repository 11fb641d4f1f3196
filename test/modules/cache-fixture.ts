import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ModuleCache } from '../../src/modules/cache/cache.ts';
import { type EnumerateOptions, enumerateRoot } from '../../src/modules/enumerate.ts';
import { buildModule } from './build-module.ts';
import { withRoot } from './make-root.ts';

const KERNEL = 'root/usr/lib/modules/6.1.0';
/** Longer than any clock of a file system is coarse: files made before this are no longer new. */
const LATER_MS = 10_000;

/** A root with a kernel, a folder for the cache, and an xz that counts what it unpacks. */
export interface Scene {
  root: string;
  cache: string;
  /** Where a module file is. */
  module: (name: string) => string;
  /** Lists the modules with the cache, as if some time had passed since they were written. */
  list: (
    options?: EnumerateOptions & { root?: string; now?: () => number },
  ) => ReturnType<typeof enumerateRoot>;
  /** Files unpacked since the last call. */
  unpacked: () => number;
}

/** A driver of a network card, or of something else; all files have one size, because xz is not asked to pack. */
export function driver(imports: string): Buffer {
  const module = buildModule({ imports: [imports], modinfo: ['alias=pci:v00008086d*'] });
  return execFileSync('xz', ['-c', '-0'], { input: module });
}

/** Makes a scene for the time of `use`. */
export async function withScene(use: (scene: Scene) => Promise<void>): Promise<void> {
  const files = {
    [`${KERNEL}/kernel/a/card.ko.xz`]: driver('register_netdev'),
    [`${KERNEL}/kernel/a/disk.ko.xz`]: driver('register_diskxx'),
    [`${KERNEL}/kernel/a/plain.ko`]: buildModule(),
    [`${KERNEL}/modules.builtin`]: 'kernel/b/c.ko\n',
    [`${KERNEL}/modules.builtin.modinfo`]: 'c.file=b/c\0',
  };
  const path = process.env.PATH;
  await withRoot(files, async (top) => {
    const unpacked = countUnpacked(top);
    const root = join(top, 'root');
    const cache = join(top, 'cache');
    mkdirSync(cache);
    const module = (name: string) => join(top, KERNEL, 'kernel/a', name);
    const list: Scene['list'] = ({ root: other = root, now = later, ...options } = {}) =>
      enumerateRoot(other, { cache: new ModuleCache(cache, now), ...options });
    await use({ root, cache, module, list, unpacked });
  }).finally(() => {
    process.env.PATH = path;
  });
}

function later(): number {
  return Date.now() + LATER_MS;
}

/** Puts an xz first in PATH that writes down its files and then does the work. */
function countUnpacked(top: string): () => number {
  const log = join(top, 'log');
  const real = execFileSync('sh', ['-c', 'command -v xz']).toString().trim();
  const tool = join(top, 'bin/xz');
  mkdirSync(join(top, 'bin'));
  writeFileSync(
    tool,
    `#!/bin/sh\nfor file; do case $file in *.xz) echo "$file" >> '${log}';; esac; done\nexec ${real} "$@"\n`,
  );
  chmodSync(tool, 0o755);
  process.env.PATH = `${join(top, 'bin')}:${process.env.PATH}`;
  writeFileSync(log, '');
  return () => {
    const lines = readFileSync(log, 'utf8').split('\n').length - 1;
    writeFileSync(log, '');
    return lines;
  };
}
