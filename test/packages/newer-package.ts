import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../../build/kernels/program.mjs';
import { HOOK, PACKAGED } from '../../src/paths.ts';
import { scratch } from '../install/fixture.ts';

const NEWER = '/packages/newer.deb';

/** A later version of the hook's package, with another hook that does the same; its path in the root. */
export async function newerPackage(root: string, packagePath: string): Promise<string> {
  const tree = join(scratch(), 'tree');
  await capture('dpkg-deb', ['--raw-extract', join(root, packagePath), tree]);
  edit(join(tree, 'DEBIAN/control'), /^(Version: .*)$/m, '$1+later');
  const old = sum(join(tree, HOOK));
  appendFileSync(join(tree, HOOK), 'later');
  edit(join(tree, PACKAGED), old, sum(join(tree, HOOK)));
  await capture('dpkg-deb', ['--build', tree, join(root, NEWER)]);
  return NEWER;
}

function edit(file: string, from: string | RegExp, to: string): void {
  const before = readFileSync(file, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has nothing like ${from}`);
  writeFileSync(file, after);
}

function sum(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
