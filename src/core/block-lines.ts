/** Exits non-zero, so that whoever asked for the module learns that it did not load; /bin/true would claim it did. */
export const REFUSE = '/bin/false';

/**
 * The lines of modprobe.d(5) that keep a module out: `blacklist` silences its aliases, `install` stops it by name and as a
 * dependency, and an empty softdep list hides the module's own, with which kmod 30 and 34 pass over `install` (measured).
 */
export function blockLines(module: string): string {
  return `blacklist ${module}\ninstall ${module} ${REFUSE}\nsoftdep ${module} pre:\n`;
}
