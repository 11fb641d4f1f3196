import type { Accelerator } from './accelerator.ts';
import { AGENT_CMDLINE, AGENT_DROPIN_SMBIOS, AGENT_SMBIOS } from './agent-unit.ts';
import type { BootFiles } from './boot-source.ts';
import { formatDevice, nicDevice, slotAddress, usbController } from './nic-device.ts';
import type { Nic } from './nics.ts';
import { INITRAMFS_STOP, type Scenario } from './scenario.ts';

export const QEMU = 'qemu-system-x86_64';

/** Names of what a machine leaves in its evidence folder and of the sockets it is driven by. */
export interface MachineFiles {
  console: string;
  consoleSocket: string;
  agentSocket: string;
  qmpSocket: string;
  capture: (nic: Nic) => string;
}

/** A squashfs of a few hundred MB passes through the page cache of a live boot; an initramfs needs less. */
const MEMORY_MB = { live: 2048, initramfs: 1024 };
/**
 * One without KVM: measured with two, QEMU 7.2 lost about one boot in twenty to an int3 oops, the kernel patching its own
 * code on one processor while the other ran it.
 */
const PROCESSORS = { kvm: 2, tcg: 1 };
/**
 * All that TCG can, but without the fast string instructions, which it emulates byte by byte: measured, a live boot to
 * its last target took 51 s with them, 35 s without.
 */
const TCG_CPU = 'max,erms=off,fsrm=off';
/** In front of the first card's slot. */
const DISK_SLOT = 4;
const FIRST_TO_BOOT = 'bootindex=0';

/** The kernel command line of a scenario; `extra` is the user's own. */
export function kernelCommandLine(scenario: Scenario, extra: string): string {
  const stops = (scenario.pauses ?? []).map((pause) => pause.at as string);
  if (scenario.boot === 'initramfs') stops.push(INITRAMFS_STOP);
  // A getty on the console would hang up what else writes there, and clear the screen of the evidence.
  const live = `boot=live ${AGENT_CMDLINE} systemd.mask=serial-getty@ttyS0.service`;
  const words = [
    'console=ttyS0 loglevel=4',
    scenario.boot === 'live' ? live : '',
    stops.length > 0 ? `break=${stops.join(',')}` : '',
    scenario.cmdline,
    extra,
  ];
  return words.filter((word) => word !== '').join(' ');
}

/** How a machine is started: from the parts of the image, with a command line of ours, or by its boot loader. */
export function directBoot(boot: BootFiles, commandLine: string, mode: Scenario['boot']): string[] {
  return [
    ...['-kernel', boot.kernel, '-initrd', boot.initrd, '-append', commandLine],
    ...(mode === 'live' ? [...diskArguments(boot.image), ...agentArguments(AGENT_SMBIOS)] : []),
  ];
}

/** What a boot loader is on. */
export type Medium = 'cd' | 'disk';

/** A boot by firmware and boot loader from a CD or a disk; the agent is started without a word on the command line. */
export function menuBoot(image: string, medium: Medium, firmware: string[]): string[] {
  return [
    ...firmware,
    ...['-vga', 'std'],
    ...(medium === 'cd' ? cdArguments(image) : diskArguments(image, FIRST_TO_BOOT)),
    ...agentArguments(AGENT_SMBIOS, AGENT_DROPIN_SMBIOS),
  ];
}

function cdArguments(image: string): string[] {
  const drive = `if=none,id=medium,media=cdrom,format=raw,readonly=on,file=${escapeComma(image)}`;
  return ['-drive', drive, '-device', `ide-cd,drive=medium,${FIRST_TO_BOOT}`];
}

const agentArguments = (...strings: string[]) => strings.flatMap((text) => ['-smbios', text]);

/** QEMU's arguments: a paused machine with these cards, each with a network and a capture of its own. */
export function qemuArguments(
  start: string[],
  mode: Scenario['boot'],
  accelerator: Accelerator['name'],
  nics: readonly Nic[],
  files: MachineFiles,
): string[] {
  return [
    ...['-machine', 'pc', '-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-S'],
    ...(accelerator === 'kvm'
      ? ['-accel', 'kvm', '-cpu', 'host']
      : ['-accel', 'tcg,thread=multi', '-cpu', TCG_CPU]),
    ...['-m', String(MEMORY_MB[mode]), '-smp', String(PROCESSORS[accelerator])],
    ...start,
    ...portArguments(files),
    // A generator of random numbers: without one a young TCG guest may wait for entropy.
    ...['-device', 'virtio-rng-pci'],
    ...nics.flatMap((nic) => nicArguments(nic, files.capture(nic))),
  ];
}

function diskArguments(image: string, ...properties: string[]): string[] {
  const drive = `if=none,id=medium,format=raw,readonly=on,file=${escapeComma(image)}`;
  const device = ['virtio-blk-pci', 'drive=medium', `addr=${slotAddress(DISK_SLOT)}`, ...properties];
  return ['-drive', drive, '-device', device.join(',')];
}

function portArguments(files: MachineFiles): string[] {
  const socket = (id: string, path: string) => `socket,id=${id},path=${escapeComma(path)},server=on,wait=off`;
  return [
    ...['-chardev', `${socket('console', files.consoleSocket)},logfile=${escapeComma(files.console)}`],
    ...['-serial', 'chardev:console'],
    ...['-chardev', socket('agent', files.agentSocket), '-serial', 'chardev:agent'],
    ...['-chardev', socket('qmp', files.qmpSocket), '-mon', 'chardev=qmp,mode=control'],
  ];
}

function nicArguments(nic: Nic, capture: string): string[] {
  const { index, model, unplugged } = nic;
  return [
    ...['-netdev', `user,id=net${index},restrict=on,net=10.0.${index}.0/24,ipv6-prefix=fec0:${index}::`],
    ...['-object', `filter-dump,id=dump${index},netdev=net${index},file=${escapeComma(capture)}`],
    ...(model.bus === 'usb' ? ['-device', usbController(nic)] : []),
    ...(unplugged ? [] : ['-device', formatDevice(nicDevice(nic))]),
  ];
}

// QEMU's option syntax: a comma inside a value is written twice.
function escapeComma(value: string): string {
  return value.replaceAll(',', ',,');
}
