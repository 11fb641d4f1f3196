import type { System } from '../system/system.ts';

/** What `soft` of a switch reads and is written (rfkill(4)). */
export const BLOCKED = '1';
export const UNBLOCKED = '0';

/** The switches of a radio, which are folders of its own in sysfs (cfg80211). */
export function switchesIn(system: System, radio: string): string[] {
  const names = system.listDirectory(radio).filter((entry) => /^rfkill\d+$/.test(entry));
  return names.map((entry) => `${radio}/${entry}`);
}

/** Blocks these switches. */
export function block(system: System, switches: string[]): void {
  for (const rfkill of switches) system.writeAttribute(`${rfkill}/soft`, BLOCKED);
}
