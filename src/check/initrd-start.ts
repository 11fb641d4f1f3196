import { compare } from '../modules/tree.ts';
import { type FileTree, textOf } from './file-tree.ts';

const UNIT = 'macveil-early.service';
const UNITS = 'usr/lib/systemd/system';
const OWN_UNITS = 'etc/systemd/system';
/** Whichever of these wants the unit, it is part of the start (bootup(7)). */
const TARGETS = ['sysinit.target.wants', 'initrd.target.wants', 'systemd-udevd.service.wants'];

/** The scripts that initramfs-tools runs in its first stage, and the order in which it does (initramfs-tools(7)). */
const FIRST_STAGE = '/scripts/init-top/';
const ORDER = `${FIRST_STAGE}ORDER`.slice(1);
const OUR_SCRIPT = `${FIRST_STAGE}macveil`;
const UDEV_SCRIPT = `${FIRST_STAGE}udev`;

const DRACUT_SCRIPT = 'macveil-early.sh';
/** Where dracut has the hooks of its command line stage: since version 104, and before. */
const DRACUT_HOOKS = [
  'var/lib/dracut/hooks/cmdline',
  'usr/lib/dracut/hooks/cmdline',
  'lib/dracut/hooks/cmdline',
];

/** Files of mkinitcpio's busybox init: its functions, its hooks, and which of them it runs early, in order. */
const MKINITCPIO_INIT = 'init_functions';
const MKINITCPIO_HOOK = 'hooks/macveil';
const MKINITCPIO_CONFIG = 'config';
const EARLY_HOOKS = /^EARLYHOOKS="([^"]*)"/m;

/** What is wrong with the way an initrd starts the hook, and the file that shows it. */
export interface StartFault {
  what: string;
  path: string;
}

/** One kind of initrd: by what it is known, and how it comes to run `macveil-hook early` before udevd. */
export interface InitrdStart {
  is: (initrd: FileTree) => boolean;
  /** The file that starts the hook, in the root and in such an initrd. */
  file: (initrd: FileTree) => { original: string; inside: string };
  fault: (initrd: FileTree) => StartFault | null;
}

const INITRAMFS_TOOLS: InitrdStart = {
  is: (initrd) => initrd.content('scripts/functions') !== null,
  file: () => ({ original: '/usr/share/initramfs-tools/scripts/init-top/macveil', inside: OUR_SCRIPT }),
  fault: (initrd) => {
    const order = textOf(initrd, ORDER);
    const what = order === null ? `is not run: there is no /${ORDER}` : faultOfOrder(order);
    return what === null ? null : { what: `${OUR_SCRIPT} ${what} in the initrd`, path: ORDER };
  },
};

const SYSTEMD: InitrdStart = {
  is: (initrd) => initrd.content(`${UNITS}/systemd-udevd.service`) !== null,
  file: () => ({ original: `/${UNITS}/${UNIT}`, inside: `/${UNITS}/${UNIT}` }),
  fault: (initrd) => {
    const what = faultOfUnit(initrd);
    return what === null ? null : { what: `${UNIT} ${what} in the initrd`, path: `${UNITS}/${UNIT}` };
  },
};

const DRACUT: InitrdStart = {
  is: (initrd) => DRACUT_HOOKS.some((folder) => initrd.files(folder).length > 0),
  file: (initrd) => ({
    original: `/usr/lib/dracut/modules.d/50macveil/${DRACUT_SCRIPT}`,
    inside: `/${dracutScript(initrd)}`,
  }),
  fault: (initrd) => {
    const path = dracutScript(initrd);
    const first = firstDracutHook(initrd);
    if (first === null || first === path || initrd.real(path) === null) return null;
    // Any of them may load a driver: 01-parse-kernel.sh does, by rd.driver.pre.
    return { what: `/${path} is run after /${first} in the initrd`, path };
  },
};

const MKINITCPIO: InitrdStart = {
  is: (initrd) => initrd.content(MKINITCPIO_INIT) !== null,
  file: () => ({ original: `/usr/lib/initcpio/${MKINITCPIO_HOOK}`, inside: `/${MKINITCPIO_HOOK}` }),
  fault: (initrd) => {
    const names = EARLY_HOOKS.exec(textOf(initrd, MKINITCPIO_CONFIG) ?? '')?.[1] ?? '';
    const what = faultOfNames(names.split(/\s+/), 'macveil', 'udev');
    return what === null
      ? null
      : { what: `/${MKINITCPIO_HOOK} ${what} in the initrd`, path: MKINITCPIO_CONFIG };
  },
};

/** The kinds that macveil knows; the first that an initrd is of counts: those of dracut and mkinitcpio may have systemd in them. */
const STARTS: readonly InitrdStart[] = [INITRAMFS_TOOLS, SYSTEMD, DRACUT, MKINITCPIO];

/** How this initrd would start the hook; one of no known kind is judged as one of initramfs-tools, and so fails. */
export function startOf(initrd: FileTree): InitrdStart {
  return STARTS.find(({ is }) => is(initrd)) ?? INITRAMFS_TOOLS;
}

function faultOfOrder(order: string): string | null {
  const scripts = order.split('\n').map((line) => line.trim().split(/\s+/)[0] ?? '');
  return faultOfNames(scripts, OUR_SCRIPT, UDEV_SCRIPT);
}

/** The decision must be made before udev loads the first driver. */
function faultOfNames(names: string[], our: string, udevs: string): string | null {
  const [ours, udev] = [names.indexOf(our), names.indexOf(udevs)];
  if (ours < 0) return 'is not run';
  return udev >= 0 && udev < ours ? 'is run after udev' : null;
}

function faultOfUnit(initrd: FileTree): string | null {
  if (initrd.files(OWN_UNITS).includes(UNIT)) return `is hidden by /${OWN_UNITS}/${UNIT}`;
  const dropIn = [OWN_UNITS, UNITS].find((folder) => initrd.files(`${folder}/${UNIT}.d`).length > 0);
  if (dropIn !== undefined) return `is changed by what is in /${dropIn}/${UNIT}.d`;
  const wanted = [OWN_UNITS, UNITS].flatMap((folder) =>
    TARGETS.map((target) => `${folder}/${target}/${UNIT}`),
  );
  if (wanted.some((path) => initrd.real(path) !== null)) return null;
  return `is not run: none of ${TARGETS.join(', ')} has it`;
}

/** In the order in which dracut's source_hook runs them: that of their names. */
function firstDracutHook(initrd: FileTree): string | null {
  const paths = DRACUT_HOOKS.flatMap((folder) =>
    initrd
      .files(folder)
      .map((name) => `${folder}/${name}`)
      .filter((path) => path.endsWith('.sh'))
      .sort(compare),
  );
  return paths[0] ?? null;
}

function dracutScript(initrd: FileTree): string {
  for (const folder of DRACUT_HOOKS) {
    const name = initrd.files(folder).find((file) => file.endsWith(DRACUT_SCRIPT));
    if (name !== undefined) return `${folder}/${name}`;
  }
  return `${DRACUT_HOOKS[0]}/00-${DRACUT_SCRIPT}`;
}
