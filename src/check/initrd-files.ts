import type { LostEntry } from '../initrd/root-tree.ts';
import { BLOCKLIST, HOOK } from '../paths.ts';
import { REBUILD } from './cures.ts';
import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { type InitrdStart, startOf } from './initrd-start.ts';

const RULES = '/usr/lib/udev/rules.d/';
/** What no initrd can do without, whatever the record of the installation says. */
const NEEDED = [HOOK, `${RULES}10-macveil.rules`];
/** The owner's right to run a file (inode(7)). */
const RUNS = 0o100;

type CopyKind = 'initrd-list' | 'initrd-hook';

/** Compares what an initrd needs of macveil with the root's own copies; `installed` are the paths in the root. */
export function initrdFileFindings(root: FileTree, initrd: FileTree, installed: string[]): Finding[] {
  const start = startOf(initrd);
  const { original, inside } = start.file(initrd);
  const copied = installed.filter((path) => path.startsWith(RULES));
  return [
    ...compareCopy(root, initrd, BLOCKLIST, BLOCKLIST, 'initrd-list'),
    ...[...new Set([...NEEDED, ...copied])].flatMap((path) =>
      compareCopy(root, initrd, path, path, 'initrd-hook'),
    ),
    ...compareCopy(root, initrd, original, inside, 'initrd-hook'),
    ...startFindings(initrd, start, inside),
  ];
}

/** Entries for macveil's files that the kernel passes over when it unpacks the initrd. */
export function lostFindings(initrd: FileTree, lost: LostEntry[]): Finding[] {
  return lost
    .filter(({ path }) => path.includes('macveil'))
    .map(({ path, why }) => {
      const what = `the kernel passes over ${path} when it unpacks the initrd: ${why}`;
      return { kind: 'initrd-hook', what, where: initrd.show(path), cure: REBUILD, subject: path };
    });
}

function compareCopy(
  root: FileTree,
  initrd: FileTree,
  path: string,
  inside: string,
  kind: CopyKind,
): Finding[] {
  const fault = faultOfCopy(root, initrd, path.slice(1), inside.slice(1));
  if (fault === null) return [];
  return [
    { kind, what: `${inside} ${fault}`, where: initrd.show(inside.slice(1)), cure: REBUILD, subject: inside },
  ];
}

function faultOfCopy(root: FileTree, initrd: FileTree, path: string, inside: string): string | null {
  const copy = initrd.content(inside);
  const original = root.content(path);
  if (copy === null) return 'is not in the initrd';
  if (original === null) return null;
  if (!copy.equals(original)) return "in the initrd is not the root's";
  return runs(root, path) && !runs(initrd, inside) ? 'in the initrd may not be run (chmod +x)' : null;
}

function runs(tree: FileTree, path: string): boolean {
  return ((tree.mode(path) ?? 0) & RUNS) !== 0;
}

function startFindings(initrd: FileTree, { fault }: InitrdStart, subject: string): Finding[] {
  const found = fault(initrd);
  if (found === null) return [];
  const { what, path } = found;
  return [{ kind: 'initrd-hook', what, where: initrd.show(path), cure: REBUILD, subject }];
}
