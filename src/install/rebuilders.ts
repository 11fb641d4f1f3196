import { lstatSync } from 'node:fs';
import { locate } from './root.ts';

/** A program that makes the initramfs of each kernel of a root. */
export interface Rebuilder {
  name: string;
  /** Its place in a root. */
  path: string;
  /** What stands before and behind a kernel's name in the name of its file in /boot. */
  image: readonly [before: string, after: string];
  /** Its commands, for these kernels; `present` are those that have an initramfs already. */
  commands: (kernels: string[], present: string[]) => string[];
  /** The command for people. */
  byHand: string;
}

const DEBIAN = 'initrd.img-';

/** Every one that macveil knows; of several in one root the first is used. */
export const REBUILDERS: readonly Rebuilder[] = [
  {
    name: 'update-initramfs',
    path: '/usr/sbin/update-initramfs',
    image: [DEBIAN, ''],
    // `-u` leaves a kernel without an initramfs alone; that one is made anew with `-c` (update-initramfs(8)).
    commands: (kernels, present) => [
      ...(present.length > 0 ? ['update-initramfs -u -k all'] : []),
      ...kernels
        .filter((kernel) => !present.includes(kernel))
        .map((kernel) => `update-initramfs -c -k ${kernel}`),
    ],
    byHand: 'update-initramfs -u -k all',
  },
  {
    name: 'dracut',
    path: '/usr/bin/dracut',
    image: [DEBIAN, ''],
    // By name, as Debian's kernel packages call it: without one dracut also looks at boot loaders for a place.
    commands: (kernels) => kernels.map((kernel) => `dracut --force /boot/${DEBIAN}${kernel} ${kernel}`),
    byHand: 'dracut --force --regenerate-all',
  },
  {
    name: 'mkinitcpio',
    path: '/usr/bin/mkinitcpio',
    image: ['initramfs-', '.img'],
    commands: () => ['mkinitcpio -P'],
    byHand: 'mkinitcpio -P',
  },
];

/** The one that a root has; null when it has none. */
export function rebuilderOf(root: string): Rebuilder | null {
  const isThere = ({ path }: Rebuilder) => lstatSync(locate(root, path), { throwIfNoEntry: false });
  return REBUILDERS.find(isThere) ?? null;
}
