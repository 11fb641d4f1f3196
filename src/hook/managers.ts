import { MANAGER_PROCESSES, MANAGER_UNITS } from '../core/managers.ts';
import { PROC, SYSTEMCTL, SYSTEMD_BOOTED, SYSTEMD_CONTROL } from '../paths.ts';
import type { System } from '../system/system.ts';
import { attempt } from './attempt.ts';
import { readAttribute } from './sysfs.ts';

/** A manager that does not stop within this time is killed. */
const STOP_LIMIT_MS = 20_000;

/** Stops every network manager and keeps systemd from starting one again until power-off. */
export function stopManagers(system: System): void {
  maskManagers(system);
  if (system.exists(SYSTEMD_BOOTED)) {
    const units = MANAGER_UNITS.filter((unit) => !unit.includes('@.'));
    for (const args of [['daemon-reload'], ['stop', ...units]])
      for (const { text } of attempt('managers', () => void system.run(SYSTEMCTL, args, STOP_LIMIT_MS)))
        system.log('warning', text);
  }
  // What systemd did not start, or did not stop.
  for (const pid of runningManagers(system)) system.killProcess(pid);
}

/** True when systemd would refuse to start any manager. */
export function areManagersMasked(system: System): boolean {
  return MANAGER_UNITS.every((unit) => system.exists(`${SYSTEMD_CONTROL}/${unit}`));
}

/** Processes of network managers and DHCP clients; one that has ended and waits for its parent has no command line. */
export function runningManagers(system: System): number[] {
  const pids = system.listDirectory(PROC).filter((name) => /^\d+$/.test(name));
  const isManager = (pid: string) =>
    MANAGER_PROCESSES.has(readAttribute(system, `${PROC}/${pid}/comm`)) &&
    readAttribute(system, `${PROC}/${pid}/cmdline`) !== '';
  return pids.filter(isManager).map(Number);
}

/** An empty unit file is a masked unit, and this place precedes /etc (systemd.unit(5)); it works before systemd runs, too. */
function maskManagers(system: System): void {
  system.makeDirectory(SYSTEMD_CONTROL);
  for (const unit of MANAGER_UNITS) system.writeFile(`${SYSTEMD_CONTROL}/${unit}`, '');
}
