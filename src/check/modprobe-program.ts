/** First bytes of every program that the kernel runs itself (elf(5)). */
const ELF = Buffer.from('\x7fELF', 'latin1');
/** In every kmod: what `modprobe --version` prints. */
const KMOD = 'kmod version ';
/** A folder of configuration that kmod 34.2 has in its program and kmod 30 has not (measured). */
const USR_LIB = '\0/usr/lib/modprobe.d\0';
const BUSYBOX = 'BusyBox';

/** Whether a file is a program, and no script or anything else that only speaks of one. */
export function isElf(content: Buffer): boolean {
  return content.subarray(0, ELF.length).equals(ELF);
}

/** What calls itself modprobe; what a kmod reads is known by its own text, whatever machine it is for. */
export type ModprobeProgram = { kind: 'kmod'; readsUsrLib: boolean } | { kind: 'busybox' | 'other' };

/** Tells by its content what a modprobe is. */
export function judgeModprobe(content: Buffer | null): ModprobeProgram {
  if (content === null || !isElf(content)) return { kind: 'other' };
  if (content.includes(KMOD)) return { kind: 'kmod', readsUsrLib: content.includes(USR_LIB) };
  return { kind: content.includes(BUSYBOX) ? 'busybox' : 'other' };
}
