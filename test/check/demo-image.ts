import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imagePath, isCurrent } from '../../build/image/build.mjs';
import { readInitrd } from '../../src/initrd/read.ts';
import { scratch, writeFiles } from '../install/fixture.ts';

const ISO = imagePath(false);

/** The demo image, unpacked: what a user who builds a live image has. */
export interface DemoImage {
  root: string;
  initrd: string;
  release: string;
}

/** Why the demo image cannot be unpacked here; '' when it can. */
export function demoProblem(): string {
  if (!isCurrent(false)) return `${ISO} is missing or older than the sources; build it with: npm run demo`;
  const missing = ['xorriso', 'unsquashfs', 'cpio', 'zstd'].find((program) => !isInstalled(program));
  return missing === undefined ? '' : `${missing} is not installed`;
}

/** Takes root and initrd out of the demo image. */
export function unpackDemo(): DemoImage {
  const folder = scratch();
  const [initrd, squashfs, root] = ['initrd.img', 'root.squashfs', 'root'].map((name) => join(folder, name));
  const out = ['-extract', '/live/initrd.img', initrd, '-extract', '/live/filesystem.squashfs', squashfs];
  run('xorriso', ['-osirrox', 'on', '-indev', ISO, ...out] as string[]);
  run('unsquashfs', ['-quiet', '-no-progress', '-no-xattrs', '-dest', root, squashfs] as string[]);
  const release = run('ls', [join(root as string, 'usr/lib/modules')]).trim();
  return { root: root as string, initrd: initrd as string, release };
}

/** A copy of an initrd that has one more archive of these files, as a bootloader or a build may append it. */
export function appendFiles(
  initrd: string,
  files: Record<string, string>,
  links: Record<string, string> = {},
): string {
  const folder = scratch();
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  writeFiles(tree, files);
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    run('ln', ['-s', target, join(tree, path)]);
  }
  const copy = join(folder, 'initrd.img');
  const bytes = readFileSync(initrd);
  writeFileSync(copy, Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]));
  appendFileSync(copy, cpioArchive(tree));
  return copy;
}

/** A copy of an initrd without these paths: its last archive is unpacked and packed again by cpio itself. */
export async function withoutFiles(initrd: string, paths: string[]): Promise<string> {
  const folder = scratch();
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  const bytes = readFileSync(initrd);
  const last = (await readInitrd(initrd)).segments.at(-1);
  if (last?.compression !== 'zstd') throw new Error(`${initrd} does not end in an archive packed by zstd`);
  const packed = join(folder, 'last.zst');
  writeFileSync(packed, bytes.subarray(last.offset));
  run('sh', ['-c', 'zstd -dcq "$1" | (cd "$2" && cpio -id --quiet)', 'sh', packed, tree]);
  for (const path of paths) run('rm', [join(tree, path)]);
  const copy = join(folder, 'initrd.img');
  writeFileSync(copy, Buffer.concat([bytes.subarray(0, last.offset), cpioArchive(tree)]));
  return copy;
}

/** A folder as a cpio archive, made by cpio itself. */
export function cpioArchive(tree: string): Buffer {
  const options = { cwd: tree, maxBuffer: 512 * 1024 * 1024 };
  return execFileSync('sh', ['-c', 'find . -mindepth 1 | sort | cpio -o -H newc --quiet'], options);
}

function run(program: string, args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function isInstalled(program: string): boolean {
  try {
    run('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}
