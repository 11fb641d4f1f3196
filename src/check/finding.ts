/** What kinds of faults an image can have, each with its exit code: a cause stands before what follows from it. */
export const FINDING_KINDS = {
  list: { exitCode: 10, title: 'blocklist in the root' },
  'initrd-list': { exitCode: 11, title: 'blocklist in the initrd' },
  'initrd-modprobe': { exitCode: 12, title: 'modprobe in the initrd' },
  builtin: { exitCode: 13, title: 'drivers in the kernel itself' },
  loading: { exitCode: 14, title: 'ways in which a blocked module loads' },
  preload: { exitCode: 15, title: 'modules that the initrd loads by name' },
  hook: { exitCode: 16, title: 'files of macveil in the root' },
  'initrd-hook': { exitCode: 17, title: 'files of macveil in the initrd' },
  changed: { exitCode: 18, title: 'changed since macveil was installed' },
  manifest: { exitCode: 19, title: 'manifest' },
  index: { exitCode: 20, title: 'indexes of modprobe' },
  unreadable: { exitCode: 21, title: 'files that cannot be read' },
  modprobe: { exitCode: 22, title: 'modprobe in the root' },
} as const;

export type FindingKind = keyof typeof FINDING_KINDS;

/** One thing in an image that keeps it from being proven. */
export interface Finding {
  kind: FindingKind;
  /** A sentence: what is wrong. */
  what: string;
  /** The file it was found in, with its line where there is one; as the image sees it, or `INITRD: path`. */
  where: string;
  /** What to do about it. */
  cure: string;
  /** The module, driver or file that it is about, where it is one. */
  subject?: string;
}

/** 0 for none, else the code of the most serious kind: the lowest. */
export function exitCodeOf(findings: Finding[]): number {
  if (findings.length === 0) return 0;
  return Math.min(...findings.map(({ kind }) => FINDING_KINDS[kind].exitCode));
}
