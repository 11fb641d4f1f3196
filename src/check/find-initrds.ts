import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolveInRoot } from '../modules/root-path.ts';
import { compare } from '../modules/tree.ts';
import type { Finding } from './finding.ts';

/** Names of update-initramfs(8) and of people who keep an older one. */
const INITRD = /^initrd\.img-(?!.*\.(?:new|old|bak|dpkg-.*)$)/;

/** The initrds in the root's own /boot, sorted. */
export function findInitrds(root: string): string[] {
  const boot = resolveInRoot(root, '/boot');
  if (boot === null) return [];
  const names = readdirSync(boot)
    .filter((name) => INITRD.test(name))
    .sort(compare);
  return names.map((name) => join(boot, name));
}

/** An image whose initrd nobody has seen is not proven: the drivers of the first minute are in there. */
export function noInitrd(): Finding {
  return {
    kind: 'initrd-hook',
    what: 'no initrd was checked: the root has none in /boot, and none was named',
    where: '/boot/initrd.img-*',
    cure: 'name the one that the image boots: --initrd FILE (in a live ISO often /live/initrd.img)',
  };
}
