import type { FindingKind } from '../../src/check/finding.ts';
import { BLOCKLIST, HOOK, INSTALLED, MANIFEST, PACKAGED } from '../../src/paths.ts';
import { packagedText } from '../install/fixture.ts';
import { buildModule } from '../modules/build-module.ts';
import { KERNEL } from './made-image.ts';
import type { Changes } from './with-files.ts';

/** The list's place below a root. */
export const LIST = BLOCKLIST.slice(1);
const NETWORK = buildModule({ imports: ['register_netdev'], modinfo: ['alias=pci:v00001234d*'] });
/** A file of someone else that sorts before the list. */
export const CONF = 'etc/modprobe.d/00-other.conf';
const DRIVER_INFO = 'e1000.file=drivers/net/e1000\0e1000.license=GPL\0e1000.alias=pci:v00008086d*\0';

/** A fault and what must be said of it: kinds in order, and the first finding. */
export interface Fault {
  title: string;
  root?: Changes;
  initrd?: Changes;
  depmod?: boolean;
  kinds: FindingKind[];
  what: RegExp;
  where?: string;
}

/** One fault each, in root or initrd. */
export const FAULTS: Fault[] = [
  {
    title: 'an empty list leaves the driver open in every way',
    root: { [LIST]: '# nothing\n' },
    initrd: { [LIST]: '# nothing\n' },
    kinds: ['list', 'loading'],
    what: /lacks the blacklist, install, softdep line of e1000/,
  },
  {
    title: 'a driver without an install line loads by name',
    root: { [LIST]: 'blacklist e1000\nsoftdep e1000 pre:\n' },
    initrd: { [LIST]: 'blacklist e1000\nsoftdep e1000 pre:\n' },
    kinds: ['list', 'loading'],
    what: /lacks the install line of e1000/,
  },
  {
    title: 'a line that no kernel needs',
    root: { [LIST]: 'blacklist e1000\ninstall e1000 /bin/false\nsoftdep e1000 pre:\nblacklist gone\n' },
    kinds: ['list', 'initrd-list'],
    what: /lines that no kernel of this root needs: blacklist gone/,
  },
  {
    title: 'a file in /etc that takes the place of the list',
    root: { 'etc/modprobe.d/macveil-blocklist.conf': '' },
    kinds: ['list', 'loading'],
    what: /a file in \/etc\/modprobe.d takes the place of the blocklist/,
  },
  {
    title: 'an older list in the initrd',
    initrd: { [LIST]: 'blacklist e1000\ninstall e1000 /bin/false\nsoftdep e1000 pre:\n# old\n' },
    kinds: ['initrd-list'],
    what: /in the initrd is not the root's/,
  },
  {
    title: 'a softdep before the list',
    root: { [CONF]: 'softdep e1* pre: \\\n plain\n' },
    kinds: ['loading'],
    what: /^e1000 loads by name \(modprobe e1000\), and in \d+ more ways, because a softdep line read before macveil's makes kmod pass over its install line$/,
    where: `/${CONF}:1`,
  },
  {
    title: 'an install line before the list that runs something else',
    root: { [CONF]: 'install e1000 /usr/local/bin/load-it\n' },
    kinds: ['loading'],
    what: /the install command of e1000 is run for e1000, which is blocked, and does more than refuse/,
    where: `/${CONF}:1`,
  },
  {
    title: 'an install line of another module that inserts a file',
    root: { [CONF]: 'install plain /sbin/insmod /lib/x.ko\n' },
    kinds: ['loading'],
    what: /can load any module past the list \(insmod\)/,
  },
  {
    title: 'a boot list of the initrd whose modprobe is busybox',
    initrd: { 'conf/modules': 'mlx5-ib\n', 'usr/bin/kmod': '\x7fELF BusyBox v1.37' },
    kinds: ['initrd-modprobe', 'preload'],
    what: /modprobe in the initrd is busybox/,
  },
  {
    title: 'a modprobe that is neither',
    initrd: { 'usr/bin/kmod': '#!/bin/sh\n' },
    kinds: ['initrd-modprobe'],
    what: /is no kmod/,
  },
  {
    title: 'a udev rule that is missing in the initrd',
    initrd: { 'usr/lib/udev/rules.d/10-macveil.rules': null },
    kinds: ['initrd-hook'],
    what: /10-macveil\.rules is not in the initrd/,
  },
  {
    title: 'a decision that is made after udev has started',
    initrd: { 'scripts/init-top/ORDER': '/scripts/init-top/udev "$@"\n/scripts/init-top/macveil "$@"\n' },
    kinds: ['initrd-hook'],
    what: /is run after udev/,
  },
  {
    title: 'a module in the initrd that the root does not have',
    initrd: { [`${KERNEL}/kernel/strange.ko`]: NETWORK },
    kinds: ['changed', 'index'],
    what: /modules in the initrd that the root does not have: kernel\/strange\.ko/,
  },
  {
    title: 'a kernel in the initrd that the root does not have',
    initrd: { 'usr/lib/modules/5.0/kernel/any.ko': NETWORK },
    kinds: ['changed'],
    what: /kernel 5\.0 is in the initrd and not in the root/,
  },
  {
    title: 'a hook that is missing in the root',
    root: { [HOOK.slice(1)]: null },
    kinds: ['hook'],
    what: /macveil-hook is missing/,
  },
  {
    title: 'a rule that was edited in the root',
    root: { 'usr/lib/udev/rules.d/10-macveil.rules': '# edited\n' },
    kinds: ['hook', 'initrd-hook'],
    what: /10-macveil\.rules is not what macveil installed/,
  },
  {
    title: 'a damaged record of the installation',
    root: { [INSTALLED.slice(1)]: '{' },
    kinds: ['hook'],
    what: /is damaged/,
  },
  {
    title: 'a file of a package that is not as it came',
    root: { [PACKAGED.slice(1)]: packagedText(HOOK) },
    kinds: ['hook'],
    what: /macveil-hook is not what macveil installed/,
  },
  {
    title: 'a file of a package that is gone',
    root: { [PACKAGED.slice(1)]: packagedText('/usr/lib/systemd/system/macveil-verify.service') },
    kinds: ['hook'],
    what: /macveil-verify.service is missing/,
  },
  { title: 'a missing manifest', root: { [MANIFEST.slice(1)]: null }, kinds: ['manifest'], what: /missing/ },
  { title: 'a damaged manifest', root: { [MANIFEST.slice(1)]: '{}' }, kinds: ['manifest'], what: /damaged/ },
  {
    title: 'a driver that was added and that depmod knows',
    root: { [`${KERNEL}/kernel/added.ko`]: NETWORK },
    depmod: true,
    kinds: ['list', 'changed', 'loading'],
    what: /lacks the blacklist, install, softdep line of added/,
  },
  {
    title: 'a module that was removed',
    root: { [`${KERNEL}/kernel/fs/plain.ko`]: null },
    initrd: { [`${KERNEL}/kernel/fs/plain.ko`]: null },
    depmod: true,
    kinds: ['changed'],
    what: /removed since the installation: kernel\/fs\/plain\.ko/,
  },
  {
    title: 'a driver inside the kernel',
    root: {
      [`${KERNEL}/modules.builtin`]: 'kernel/drivers/net/e1000.ko\n',
      [`${KERNEL}/modules.builtin.modinfo`]: DRIVER_INFO,
    },
    kinds: ['builtin'],
    what: /the driver e1000 is built into kernel 6\.12\.0-test and cannot be blocked/,
  },
  {
    title: 'indexes that nobody has made',
    root: { [`${KERNEL}/modules.dep.bin`]: null },
    kinds: ['index'],
    what: /modules\.dep\.bin of 6\.12\.0-test is missing/,
  },
  {
    title: 'a module that cannot be read',
    root: { [`${KERNEL}/kernel/broken.ko`]: 'no module' },
    kinds: ['list', 'unreadable', 'changed', 'index'],
    what: /lacks the blacklist, install, softdep line of broken/,
  },
];
