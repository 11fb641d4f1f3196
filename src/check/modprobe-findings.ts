import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';
import { judgeModprobe } from './modprobe-program.ts';

/** Search paths of initramfs-tools' init, then of dracut's; the kernel itself calls the first (CONFIG_MODPROBE_PATH). */
const INITRD_PATHS = [
  ['sbin', 'usr/sbin', 'bin', 'usr/bin'],
  ['usr/sbin', 'usr/bin', 'sbin', 'bin'],
];
/** What the kernel calls, and the search path of services and of root (systemd.exec(5)). */
const ROOT_PATHS = [['sbin'], ['usr/local/sbin', 'usr/local/bin', 'usr/sbin', 'usr/bin', 'sbin', 'bin']];
const INSTALL_KMOD = 'install kmod in the root';

/** What calls itself modprobe in a place, and whether all of it is kmod. */
export interface PlaceModprobe {
  honoursInstall: boolean;
  /** Whether it reads /usr/lib/modprobe.d by that name: older ones read /lib/modprobe.d alone. */
  readsUsrLib: boolean;
  findings: Finding[];
}

/** Looks at each program that a script of the initrd, or the kernel, may run as modprobe. */
export function initrdModprobe(tree: FileTree): PlaceModprobe {
  const cure = `${INSTALL_KMOD} and have the initramfs generator copy it, then rebuild the initramfs`;
  const programs = findPrograms(tree, INITRD_PATHS);
  const judged = judge(tree, programs, { kind: 'initrd-modprobe', place: 'the initrd', cure });
  if (programs.length > 0) return judged;
  return { ...judged, honoursInstall: false, findings: [noModprobe(tree, cure)] };
}

/** The same for the root, where nothing loads modules when there is none but udev, which has libkmod in itself. */
export function rootModprobe(tree: FileTree): PlaceModprobe {
  const cure = `${INSTALL_KMOD} and take away what stands in its place`;
  return judge(tree, findPrograms(tree, ROOT_PATHS), { kind: 'modprobe', place: 'the root', cure });
}

function findPrograms(tree: FileTree, searchPaths: string[][]): string[] {
  const found = searchPaths.map((folders) => firstModprobe(tree, folders));
  return [...new Set(found.filter((program) => program !== null))];
}

function firstModprobe(tree: FileTree, folders: string[]): string | null {
  for (const folder of folders) {
    const real = tree.real(`${folder}/modprobe`);
    if (real !== null) return real;
  }
  return null;
}

interface Words extends Pick<Finding, 'kind' | 'cure'> {
  place: string;
}

function judge(tree: FileTree, programs: string[], { kind, place, cure }: Words): PlaceModprobe {
  const findings: Finding[] = [];
  let readsUsrLib = programs.length > 0;
  for (const path of programs) {
    const program = judgeModprobe(tree.content(path));
    if (program.kind === 'kmod') readsUsrLib &&= program.readsUsrLib;
    else findings.push({ kind, what: describe(program.kind, place), where: tree.show(path), cure });
  }
  return { honoursInstall: findings.length === 0, readsUsrLib, findings };
}

function describe(kind: 'busybox' | 'other', place: string): string {
  return kind === 'busybox'
    ? `modprobe in ${place} is busybox, which ignores install lines: blocked modules load by name`
    : `modprobe in ${place} is no kmod: nothing shows that it honours install lines`;
}

function noModprobe(tree: FileTree, cure: string): Finding {
  const busybox = tree.real('bin/busybox') ?? tree.real('usr/bin/busybox');
  const what =
    busybox === null
      ? "no modprobe in the initrd: macveil's hook cannot load drivers there"
      : 'no modprobe of kmod in the initrd: its shell takes the one inside busybox, which ignores install lines';
  return { kind: 'initrd-modprobe', what, where: tree.show(busybox ?? 'sbin/modprobe'), cure };
}
