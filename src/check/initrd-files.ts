import type { LostEntry } from '../initrd/root-tree.ts';
import { BLOCKLIST, HOOK } from '../paths.ts';
import { REBUILD } from './cures.ts';
import { type FileTree, textOf } from './file-tree.ts';
import type { Finding } from './finding.ts';

const RULES = '/usr/lib/udev/rules.d/';
/** initramfs-tools moves its boot scripts to the top of the initrd (initramfs-tools(7)). */
const SCRIPTS = '/usr/share/initramfs-tools/scripts/';
/** The scripts that initramfs-tools runs in its first stage, and the order in which it does. */
const FIRST_STAGE = '/scripts/init-top/';
const ORDER = `${FIRST_STAGE}ORDER`.slice(1);
const OUR_SCRIPT = `${FIRST_STAGE}macveil`;
const UDEV_SCRIPT = `${FIRST_STAGE}udev`;
/** What no initrd can do without, whatever the record of the installation says. */
const NEEDED = [HOOK, `${RULES}10-macveil.rules`, `${SCRIPTS}init-top/macveil`];
/** The owner's right to run a file (inode(7)). */
const RUNS = 0o100;

type CopyKind = 'initrd-list' | 'initrd-hook';

/** Compares what an initrd needs of macveil with the root's own copies; `installed` are the paths in the root. */
export function initrdFileFindings(root: FileTree, initrd: FileTree, installed: string[]): Finding[] {
  const findings = compareCopy(root, initrd, BLOCKLIST, BLOCKLIST, 'initrd-list');
  for (const path of new Set([...NEEDED, ...installed])) {
    const inside = placeInInitrd(path);
    if (inside !== null) findings.push(...compareCopy(root, initrd, path, inside, 'initrd-hook'));
  }
  return [...findings, ...orderFindings(initrd)];
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

/** Where a file of the root belongs in the initrd; null for one that stays in the root. */
function placeInInitrd(path: string): string | null {
  if (path === HOOK || path.startsWith(RULES)) return path;
  return path.startsWith(SCRIPTS) ? `/scripts/${path.slice(SCRIPTS.length)}` : null;
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

/** The decision must be made before udev loads the first driver. */
function orderFindings(initrd: FileTree): Finding[] {
  const order = textOf(initrd, ORDER);
  const what = order === null ? `is not run: there is no /${ORDER}` : faultOfOrder(order);
  if (what === null) return [];
  const where = initrd.show(ORDER);
  return [
    {
      kind: 'initrd-hook',
      what: `${OUR_SCRIPT} ${what} in the initrd`,
      where,
      cure: REBUILD,
      subject: OUR_SCRIPT,
    },
  ];
}

function faultOfOrder(order: string): string | null {
  const scripts = order.split('\n').map((line) => line.trim().split(/\s+/)[0]);
  const [ours, udev] = [scripts.indexOf(OUR_SCRIPT), scripts.indexOf(UDEV_SCRIPT)];
  if (ours < 0) return 'is not run';
  return udev >= 0 && udev < ours ? 'is run after udev' : null;
}
