import type { FileTree } from './file-tree.ts';
import type { Finding } from './finding.ts';

/** Search paths of initramfs-tools' init, then of dracut's; the kernel itself calls the first (CONFIG_MODPROBE_PATH). */
const SEARCH_PATHS = [
  ['sbin', 'usr/sbin', 'bin', 'usr/bin'],
  ['usr/sbin', 'usr/bin', 'sbin', 'bin'],
];
/** In every kmod since version 1: what `modprobe --version` prints. */
const KMOD = 'kmod version ';
const BUSYBOX = 'BusyBox';

/** What calls itself modprobe in an initrd, and whether all of it is kmod. */
export interface InitrdModprobe {
  honoursInstall: boolean;
  findings: Finding[];
}

/** Looks at each program that a script of the initrd, or the kernel, may run as modprobe. */
export function initrdModprobe(tree: FileTree): InitrdModprobe {
  const programs = new Set<string>();
  for (const folders of SEARCH_PATHS) {
    const found = firstModprobe(tree, folders);
    if (found !== null) programs.add(found);
  }
  const findings: Finding[] = [];
  for (const program of programs) findings.push(...judge(tree, program));
  if (programs.size === 0) findings.push(noModprobe(tree));
  return { honoursInstall: findings.length === 0, findings };
}

function firstModprobe(tree: FileTree, folders: string[]): string | null {
  for (const folder of folders) {
    const real = tree.real(`${folder}/modprobe`);
    if (real !== null) return real;
  }
  return null;
}

function judge(tree: FileTree, program: string): Finding[] {
  const content = tree.content(program) ?? Buffer.alloc(0);
  if (content.includes(KMOD)) return [];
  const what = content.includes(BUSYBOX)
    ? 'modprobe in the initrd is busybox, which ignores install lines: blocked modules load by name'
    : 'modprobe in the initrd is no kmod: nothing shows that it honours install lines';
  return [finding(what, tree.show(program))];
}

function noModprobe(tree: FileTree): Finding {
  const busybox = tree.real('bin/busybox') ?? tree.real('usr/bin/busybox');
  const what =
    busybox === null
      ? "no modprobe in the initrd: macveil's hook cannot load drivers there"
      : 'no modprobe of kmod in the initrd: its shell takes the one inside busybox, which ignores install lines';
  return finding(what, tree.show(busybox ?? 'sbin/modprobe'));
}

function finding(what: string, where: string): Finding {
  const cure =
    'install kmod in the root and have the initramfs generator copy it, then rebuild the initramfs';
  return { kind: 'initrd-modprobe', what, where, cure };
}
