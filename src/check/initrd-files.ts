import { BLOCKLIST, HOOK } from '../paths.ts';
import { REBUILD } from './cures.ts';
import { type FileTree, textOf } from './file-tree.ts';
import type { Finding } from './finding.ts';

const RULES = '/usr/lib/udev/rules.d/';
/** initramfs-tools moves its boot scripts to the top of the initrd (initramfs-tools(7)). */
const SCRIPTS = '/usr/share/initramfs-tools/scripts/';
/** The order in which initramfs-tools runs the scripts of its first stage. */
const ORDER = 'scripts/init-top/ORDER';
const OUR_SCRIPT = '/scripts/init-top/macveil';
const UDEV_SCRIPT = '/scripts/init-top/udev';

/** Compares what an initrd needs of macveil with the root's own copies; `installed` are the paths in the root. */
export function initrdFileFindings(root: FileTree, initrd: FileTree, installed: string[]): Finding[] {
  const findings = compareCopy(root, initrd, BLOCKLIST, BLOCKLIST, 'initrd-list');
  for (const path of new Set([HOOK, ...installed])) {
    const inside = placeInInitrd(path);
    if (inside !== null) findings.push(...compareCopy(root, initrd, path, inside, 'initrd-hook'));
  }
  return [...findings, ...orderFindings(initrd)];
}

/** Where a file of the root belongs in the initrd; null for one that stays in the root. */
export function placeInInitrd(path: string): string | null {
  if (path === HOOK || path.startsWith(RULES)) return path;
  return path.startsWith(SCRIPTS) ? `/scripts/${path.slice(SCRIPTS.length)}` : null;
}

function compareCopy(
  root: FileTree,
  initrd: FileTree,
  path: string,
  inside: string,
  kind: 'initrd-list' | 'initrd-hook',
): Finding[] {
  const copy = initrd.content(inside.slice(1));
  const original = root.content(path.slice(1));
  if (copy !== null && (original === null || copy.equals(original))) return [];
  const what = copy === null ? `${inside} is not in the initrd` : `${inside} in the initrd is not the root's`;
  return [{ kind, what, where: initrd.show(inside.slice(1)), cure: REBUILD, subject: inside }];
}

/** The decision must be made before udev loads the first driver. */
function orderFindings(initrd: FileTree): Finding[] {
  const order = textOf(initrd, ORDER);
  if (order === null) return [];
  const [ours, udev] = [OUR_SCRIPT, UDEV_SCRIPT].map((script) => order.split(/\s+/).indexOf(script));
  if (ours !== undefined && ours >= 0 && (udev === undefined || udev < 0 || ours < udev)) return [];
  const what = `${OUR_SCRIPT} ${ours === -1 ? 'is not run' : 'is run after udev'} in the initrd`;
  return [{ kind: 'initrd-hook', what, where: initrd.show(ORDER), cure: REBUILD, subject: OUR_SCRIPT }];
}
