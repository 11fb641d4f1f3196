/** Every path and program name of a macveil image, once; all are absolute inside the image's root. */

/** The boot-side program; the same file stands in the initramfs and in the root. */
export const HOOK = '/usr/lib/macveil/macveil-hook';
/** What the build step found: kernels, modules, classes; written by the CLI, read by the hook and by `check`. */
export const MANIFEST = '/usr/lib/macveil/manifest.json';
/** Sums of each kernel's modules.dep: where one is right, the boot side need not read the manifest. */
export const MODULE_SUMS = '/usr/lib/macveil/modules.crc32';
/** What `install` put in place, so that `uninstall` can take exactly that away again. */
export const INSTALLED = '/usr/lib/macveil/installed.json';

/** What a distribution's package of the hook has placed, and will take away itself; in the form of INSTALLED. */
export const PACKAGED = '/usr/lib/macveil/packaged.json';

const BLOCKLIST_NAME = 'macveil-blocklist.conf';
/** The modprobe.d file that keeps network drivers from loading. */
export const BLOCKLIST = `/usr/lib/modprobe.d/${BLOCKLIST_NAME}`;
/** modprobe.d of this boot; must exist before udevd starts, or libkmod never looks there (facts: late mask). */
export const RUN_MODPROBE_DIR = '/run/modprobe.d';
/** The mask: an empty file of the blocklist's name in a directory of higher precedence (modprobe.d(5)). */
export const MASK = `${RUN_MODPROBE_DIR}/${BLOCKLIST_NAME}`;
/** Modules that were unloaded because a card of theirs could not be put away otherwise; blocked until power-off. */
export const PUT_AWAY_LIST = `${RUN_MODPROBE_DIR}/macveil-put-away.conf`;

/** All state of this boot; a reboot forgets it. */
export const STATE_DIR = '/run/macveil';
/** The decision in force, see core/decision.ts. */
export const DECISION = `${STATE_DIR}/decision.json`;
/** Held by whoever changes anything, so that hooks which run at the same time take turns. */
export const LOCK = `${STATE_DIR}/lock`;
/** One record an interface, named by its ifindex. */
export const RECORDS_DIR = `${STATE_DIR}/interfaces`;
/** The cards that were there before the decision, see core/early.ts. */
export const EARLY = `${STATE_DIR}/early.json`;
/** The latest report of `verify`, for desktop notifiers. */
export const REPORT = `${STATE_DIR}/report.json`;

/** Carries the mute default into the root: sysctl.d files apply in name order, and ours must come last. */
export const RUN_SYSCTL = '/run/sysctl.d/zz-macveil.conf';
/** The kernel's choice of root qdisc for an interface that is brought up without one. */
export const DEFAULT_QDISC = '/proc/sys/net/core/default_qdisc';
export const CMDLINE = '/proc/cmdline';
/** The release of the running kernel, as `uname -r` shows it. */
export const OSRELEASE = '/proc/sys/kernel/osrelease';
/** Where modprobe looks for the modules of a release (depmod(8)). */
export const MODULES_DIR = '/lib/modules';
/** What the kernel starts in an initramfs, so every initramfs has it (kernel parameter rdinit). */
export const INITRAMFS_INIT = '/init';
/** One folder an interface that IPv6 is on (Documentation/networking/ip-sysctl.rst). */
export const IPV6_CONF = '/proc/sys/net/ipv6/conf';
export const SYS_CLASS_NET = '/sys/class/net';
export const SYS_BUS = '/sys/bus';
export const SYS_MODULE = '/sys/module';
/** One folder a radio; there as long as cfg80211 is loaded (Documentation/ABI/testing/sysfs-class-ieee80211). */
export const SYS_CLASS_IEEE80211 = '/sys/class/ieee80211';
export const SYS_CLASS_RFKILL = '/sys/class/rfkill';
/** Takes struct rfkill_event (linux/rfkill.h). */
export const RFKILL_DEVICE = '/dev/rfkill';
export const PROC = '/proc';
/** There when systemd is what runs the machine (sd_booted(3)). */
export const SYSTEMD_BOOTED = '/run/systemd/system';
/** Unit files of this boot that precede those in /etc (systemd.unit(5), "Unit File Load Path"). */
export const SYSTEMD_CONTROL = '/run/systemd/system.control';

export const MODPROBE = 'modprobe';
export const UDEVADM = 'udevadm';
export const SYSTEMCTL = 'systemctl';
