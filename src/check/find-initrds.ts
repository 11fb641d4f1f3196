import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { resolveInRoot } from '../modules/root-path.ts';
import { compare } from '../modules/tree.ts';
import type { Finding } from './finding.ts';

/** Names of update-initramfs(8), and of dkms, dpkg and people who keep an older one. */
const INITRD = /^initrd\.img-(?!.*\.(?:new|old|bak|old-dkms|dpkg-.*)$)/;

/** The initrds of a root's own /boot, and those in it that lead nowhere. */
export interface FoundInitrds {
  files: string[];
  findings: Finding[];
}

/** Looks for initrds in the root's own /boot; links lead to files of the root, as they do at boot. */
export function findInitrds(root: string): FoundInitrds {
  const boot = resolveInRoot(root, '/boot');
  if (boot === null || !statSync(boot).isDirectory()) return { files: [], findings: [] };
  const found: FoundInitrds = { files: [], findings: [] };
  const names = readdirSync(boot).filter((name) => INITRD.test(name));
  for (const name of names.sort(compare)) {
    const place = resolveInRoot(root, join('/boot', name));
    if (place !== null) found.files.push(place);
    else found.findings.push(deadLink(`/boot/${name}`));
  }
  return found;
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

/** Kernels of the root that are in none of the initrds: how they boot, nobody has seen. */
export function unseenKernels(releases: string[], initrds: ReadonlyMap<string, unknown>[]): Finding[] {
  const unseen = releases.filter((release) => !initrds.some((modules) => modules.has(release)));
  return unseen.map((release) => ({
    kind: 'initrd-hook',
    what: `no initrd of kernel ${release} was checked: none has a folder /lib/modules/${release}`,
    where: `/lib/modules/${release}`,
    cure: 'name the initrds of all kernels, each by an --initrd of its own; or take the kernel out of the root',
    subject: release,
  }));
}

function deadLink(path: string): Finding {
  const what = `${path} leads to nothing in the root`;
  const cure = 'rebuild the initramfs, or remove the link';
  return { kind: 'initrd-hook', what, where: path, cure, subject: path };
}
