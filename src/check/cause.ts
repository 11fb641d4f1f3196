import { INSTALL_AGAIN } from './cures.ts';
import { type ConfigLine, LIST_NAME } from './modprobe-config.ts';
import { fits } from './pattern.ts';

/** Why the list does not hold a module, and what helps. */
export interface Cause {
  why: string;
  where: string;
  cure: string;
}

/** Finds the line that opens a blocked module: libkmod takes the first softdep and the first install entry of each (measured). */
export function causeOf(module: string, lines: ConfigLine[], list: string): Cause {
  const softdep = firstOf('softdep', module, lines);
  if (softdep && !softdep.ours) return foreign(softdep, 'makes kmod pass over its install line');
  const install = firstOf('install', module, lines);
  if (install && !install.ours) return foreign(install, "is taken in place of macveil's");
  const missing = install === undefined ? 'install' : softdep === undefined ? 'softdep' : '';
  const why = missing === '' ? 'modprobe passes over the list' : `the list has no ${missing} line for it`;
  return { why, where: list, cure: INSTALL_AGAIN };
}

function foreign({ keyword, place }: ConfigLine, effect: string): Cause {
  return {
    why: `a ${keyword} line read before macveil's ${effect}`,
    where: place,
    cure: `remove this line, or move it into a file that sorts after ${LIST_NAME}; then rebuild the initramfs`,
  };
}

function firstOf(keyword: string, module: string, lines: ConfigLine[]): ConfigLine | undefined {
  return lines.find((line) => line.keyword === keyword && fits(line.name, module));
}
