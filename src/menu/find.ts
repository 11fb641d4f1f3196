/** A boot loader whose menu macveil can make. */
export type Loader = (typeof LOADERS)[number];

/** The loaders' names, as --loader takes them. */
export const LOADERS = ['grub', 'syslinux', 'systemd-boot', 'grub-mkconfig'] as const;

/** Where each loader's configuration stands in a medium, a boot partition or a root; the first that is there counts. */
export const PLACES: Record<Loader, readonly string[]> = {
  grub: ['boot/grub/grub.cfg', 'grub/grub.cfg', 'boot/grub2/grub.cfg', 'grub2/grub.cfg', 'grub.cfg'],
  syslinux: [
    ...['isolinux/isolinux.cfg', 'boot/isolinux/isolinux.cfg', 'isolinux.cfg'],
    ...['syslinux/syslinux.cfg', 'boot/syslinux/syslinux.cfg', 'syslinux.cfg'],
    ...['boot/extlinux/extlinux.conf', 'extlinux/extlinux.conf', 'extlinux.conf'],
  ],
  'systemd-boot': ['loader/entries', 'boot/loader/entries', 'efi/loader/entries', 'boot/efi/loader/entries'],
  'grub-mkconfig': ['etc/grub.d'],
};

/** The loader that a file's text is for; null when it looks like none. */
export function loaderOf(path: string, text: string): Loader | null {
  if (/\/loader\/(?:entries\/[^/]*|loader)\.conf$/.test(path)) return 'systemd-boot';
  if (/^\s*(?:menuentry|submenu)\s/m.test(text) || /(?:^|\/)grub\.cfg$/.test(path)) return 'grub';
  return /^\s*label\s+\S/im.test(text) || /(?:iso|sys|ext)linux\.(?:cfg|conf)$/.test(path)
    ? 'syslinux'
    : null;
}

/** The part of a configuration's path below the top of its medium: what is above is where `/` of the loader is. */
const IN_MEDIUM = /\/(?:boot\/)?(?:grub2?|isolinux|syslinux|extlinux)$/;

/** The places at which a file that another one names may be: below the top of the medium, and beside `main`. */
export function namedPlaces(folder: string, name: string): string[] {
  if (!name.startsWith('/')) return [`${folder}/${name}`];
  const top = folder.replace(IN_MEDIUM, '');
  return [`${top}${name}`, `${folder}/${name.slice(name.lastIndexOf('/') + 1)}`];
}
