import type { FileTree } from './file-tree.ts';

/** Folders of lists of modules that are loaded at every boot: systemd's (modules-load.d(5)) and Debian's older one (modules(5)). */
export const LOAD_DIRECTORIES = [
  'etc/modules-load.d',
  'run/modules-load.d',
  'usr/local/lib/modules-load.d',
  'usr/lib/modules-load.d',
  'lib/modules-load.d',
];
/** conf/modules is the list inside an initrd of initramfs-tools. */
const LOAD_FILES = ['etc/modules', 'conf/modules'];

/** A name that something loads at boot, and the line that says so. */
export interface BootName {
  name: string;
  place: string;
}

/** Every name that a root or an initrd loads at boot; files that are hidden by others count too. */
export function bootNames(tree: FileTree): BootName[] {
  const paths = [...LOAD_FILES];
  for (const directory of LOAD_DIRECTORIES) {
    const names = tree.files(directory).filter((name) => name.endsWith('.conf'));
    paths.push(...names.map((name) => `${directory}/${name}`));
  }
  const found: BootName[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const real = tree.real(path);
    // Debian's /etc/modules-load.d/modules.conf is a link to /etc/modules.
    if (real === null || seen.has(real)) continue;
    seen.add(real);
    found.push(...namesIn(tree.content(path)?.toString() ?? '', tree.show(path)));
  }
  return found;
}

function namesIn(text: string, path: string): BootName[] {
  return text.split('\n').flatMap((line, index) => {
    const name = /^\s*([^\s#;]\S*)/.exec(line)?.[1];
    return name === undefined ? [] : [{ name, place: `${path}:${index + 1}` }];
  });
}
