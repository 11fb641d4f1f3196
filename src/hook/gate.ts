import type { DecisionState } from '../core/decision.ts';
import type { Finding } from '../core/report.ts';
import { LEAF_QDISCS, MUTE_QDISC } from '../core/voice.ts';
import { BLOCKLIST, DEFAULT_QDISC, INITRAMFS_INIT, MASK, RUN_MODPROBE_DIR, RUN_SYSCTL } from '../paths.ts';
import { type System, SystemError } from '../system/system.ts';
import { hookPolicy } from './policy.ts';
import { writeDecision } from './state.ts';

/**
 * Makes every interface that appears from now on mute: the kernel drops what it is given until it has a qdisc of its
 * own. Throws when the kernel does not confirm it. The sysctl.d file keeps the root's systemd-sysctl from undoing it.
 */
export function muteNewInterfaces(system: System): void {
  system.makeDirectory(RUN_SYSCTL.slice(0, RUN_SYSCTL.lastIndexOf('/')));
  system.writeFile(RUN_SYSCTL, `net.core.default_qdisc = ${MUTE_QDISC}\n`);
  if (isMuting(system)) return;
  system.writeAttribute(DEFAULT_QDISC, `${MUTE_QDISC}\n`);
  if (!isMuting(system)) throw new SystemError(`make new interfaces mute through ${DEFAULT_QDISC}`, 'EIO');
}

/**
 * The same later in the boot: a sysctl.d file of the image may have set another default; that is a finding. In the root of
 * an image whose policy ends it with the boot, the kernel's default is an ordinary qdisc from then on.
 */
export function keepMuting(system: System): Finding[] {
  if (hookPolicy().mute === 'boot' && !system.exists(INITRAMFS_INIT)) return endMuting(system);
  if (isMuting(system)) return [];
  muteNewInterfaces(system);
  const text = `something set net.core.default_qdisc; it is ${MUTE_QDISC} again, so that new interfaces are born mute`;
  return [{ rule: 'mute-default', text }];
}

function endMuting(system: System): Finding[] {
  system.removeFile(RUN_SYSCTL);
  if (isMuting(system)) system.writeAttribute(DEFAULT_QDISC, `${LEAF_QDISCS[0]}\n`);
  return [];
}

/** True when an interface that appears now would be mute. */
export function isMuting(system: System): boolean {
  return system.readFile(DEFAULT_QDISC).trim() === MUTE_QDISC;
}

/** Records the decision; the order matters: nothing may be unblocked by a decision that is not written. */
export function recordDecision(system: System, state: DecisionState): void {
  muteNewInterfaces(system);
  writeDecision(system, state);
  // It must exist before udevd starts: libkmod never notices a directory that was missing when it looked first.
  system.makeDirectory(RUN_MODPROBE_DIR);
}

/** Hides the blocklist until power-off. */
export function maskBlocklist(system: System): void {
  system.makeDirectory(RUN_MODPROBE_DIR);
  system.writeFile(MASK, '');
}

/** True when this root (or initramfs) has a blocklist at all; without one drivers load before any decision. */
export function hasBlocklist(system: System): boolean {
  return system.exists(BLOCKLIST);
}

/** Names of the modules on the blocklist. */
export function blockedModules(system: System): Set<string> {
  if (!hasBlocklist(system)) return new Set();
  const lines = system.readFile(BLOCKLIST).matchAll(/^install (\S+) /gm);
  return new Set(Array.from(lines, ([, name = '']) => name));
}
