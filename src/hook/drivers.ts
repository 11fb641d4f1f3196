import type { Finding } from '../core/report.ts';
import { MODPROBE } from '../paths.ts';
import type { System } from '../system/system.ts';
import { findingsOf } from './attempt.ts';
import { blockedModules } from './gate.ts';
import { readInterfaces } from './inventory.ts';
import { settle } from './settle.ts';
import { readWaitingDevices } from './sysfs.ts';
import { retriggerInterface } from './uevent.ts';

/** A driver may bring a bus whose devices need drivers again (ssb, mlx4, wlcore); deeper nests are not known. */
const ROUNDS = 4;
/** Loading many drivers on slow media; a driver that probes longer than this is left to udev. */
const MODPROBE_LIMIT_MS = 120_000;

/**
 * Loads the drivers of the devices that are present and wait for one, lets udev handle them, and repeats for devices
 * that appeared thereby. udev alone is not relied on: it may not notice the mask for seconds, or at all.
 */
export function loadDrivers(system: System): Finding[] {
  const tried = new Set<string>();
  const findings: Finding[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const waiting = readWaitingDevices(system).filter((device) => !tried.has(device.modalias));
    if (waiting.length === 0 && round > 0) break;
    // Interfaces that came before the decision were held; their rule must run again. The new ones' is on its way.
    const held = round === 0 ? readInterfaces(system).filter(({ physical }) => physical) : [];
    for (const device of waiting) tried.add(device.modalias);
    findings.push(...modprobe(system, [...new Set(waiting.map((device) => device.modalias))]));
    for (const facts of held) retriggerInterface(system, facts.name);
    findings.push(...settle(system));
  }
  return [...findings, ...findUnserved(system)];
}

/** No card at all, although blocked modules serve devices that are here: then loading failed, whatever modprobe said. */
function findUnserved(system: System): Finding[] {
  const aliases = readWaitingDevices(system).map((device) => device.modalias);
  if (aliases.length === 0 || readInterfaces(system).some((facts) => facts.physical)) return [];
  return findingsOf('no-driver', () => {
    // -R prints the modules of each alias and loads none (modprobe(8)).
    const { stdout } = system.run(MODPROBE, ['-aqR', ...aliases], MODPROBE_LIMIT_MS);
    const blocked = blockedModules(system);
    const names = [...new Set(stdout.split('\n'))].filter((name) => blocked.has(name));
    if (names.length === 0) return [];
    const text = `no network card appeared, although there are devices for ${names.join(', ')}; see the kernel log`;
    return [{ rule: 'no-driver', text }];
  });
}

/** `-b` honours other blocklists; aliases that no module serves are no error with `-a` (modprobe(8)). */
function modprobe(system: System, aliases: string[]): Finding[] {
  if (aliases.length === 0) return [];
  return findingsOf('drivers', () => {
    const { timedOut } = system.run(MODPROBE, ['-abq', ...aliases], MODPROBE_LIMIT_MS);
    if (!timedOut) return [];
    return [{ rule: 'drivers', text: `modprobe was not done after ${MODPROBE_LIMIT_MS / 1000} s` }];
  });
}
