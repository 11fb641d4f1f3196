const UNIT = 'macveil-sysinit.service';
const MARK = 'macveil-sysinit:';
const TARGET = 'sysinit.target';

/** What an image has switched on that keeps frames out: it must be done too before a boot counts as over, if it is there. */
export const FIREWALL_UNIT = 'nftables.service';

// The machine tells by itself: to be asked again and again would cost what is measured.
const UNIT_TEXT = `[Unit]
Description=Tells what the boot cost until ${TARGET}
DefaultDependencies=no
After=${TARGET} ${FIREWALL_UNIT}
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'u=$$(cat /proc/uptime); s=$$(head -n 1 /proc/stat); echo "${MARK} $$u $$s" >/dev/console'
`;

/** QEMU's arguments that give systemd the unit (systemd.system-credentials(7)). */
export const SYSINIT_ARGUMENTS = [
  '-smbios',
  `type=11,value=io.systemd.credential.binary:systemd.extra-unit.${UNIT}=${Buffer.from(UNIT_TEXT).toString('base64')}`,
];

/** The word on the kernel command line that starts it. */
export const SYSINIT_CMDLINE = `systemd.wants=${UNIT}`;

/** What a boot took from the kernel's start to sysinit.target, in seconds. */
export interface BootTimes {
  wall: number;
  /** All the processor was busy with. */
  cpu: number;
}

/** uptime and idle (proc_uptime(5)), user to iowait (proc_stat(5)). */
const LINE = new RegExp(`${MARK} ([\\d.]+) [\\d.]+ cpu +\\d+ \\d+ \\d+ (\\d+) (\\d+) [\\d ]*\\r?\\n`);
const TICKS_PER_SECOND = 100;

/** Reads the unit's line in a console's text; null while it is not there. */
export function bootTimes(console: string): BootTimes | null {
  const match = LINE.exec(console);
  if (!match) return null;
  const [uptime = Number.NaN, idle = Number.NaN, waiting = Number.NaN] = match.slice(1).map(Number);
  // Exact, unlike user and system time: a kernel that stops its tick counts idle time by the clock.
  return { wall: uptime, cpu: uptime - (idle + waiting) / TICKS_PER_SECOND };
}
