import type { Source } from './source.ts';

/** What a file that is no initrd may be instead, told by bytes at a known place, and what its owner wants to do. */
const KINDS: { at: number; bytes: string; what: string; hint: string }[] = [
  {
    at: 0x8001,
    bytes: 'CD001',
    what: 'an ISO image',
    hint: 'take its initrd out first, for live images with: xorriso -osirrox on -indev ISO -extract /live/initrd.img initrd.img',
  },
  { at: 0x202, bytes: 'HdrS', what: 'a Linux kernel', hint: 'name the initrd that is loaded with it' },
  {
    at: 0,
    bytes: 'MZ',
    what: 'an EFI program',
    hint: 'if it is a unified kernel image, take its initrd out with: objcopy -O binary --only-section=.initrd IMAGE initrd.img',
  },
  { at: 0, bytes: '\x7fELF', what: 'an ELF program', hint: 'name the initrd, such as boot/initrd.img' },
  { at: 0, bytes: 'hsqs', what: 'a squashfs file system', hint: 'unpack it and name the folder with --root' },
  {
    at: 0,
    bytes: '\x27\x05\x19\x56',
    what: 'a U-Boot image',
    hint: 'take its 64 bytes of header off: tail -c +65 IMAGE > initrd.img',
  },
  { at: 0, bytes: 'ANDROID!', what: 'an Android boot image', hint: 'unpack it and name the ramdisk in it' },
];

/** Names the kind of a file that is no initrd; null when it is of none that is known here. */
export function otherKind(source: Source): { what: string; hint: string } | null {
  const found = KINDS.find(({ at, bytes }) => source.read(at, bytes.length).toString('latin1') === bytes);
  return found ?? null;
}
