import { DEFAULT_HOOK_POLICY, type HookPolicy } from '../../src/core/hook-policy.ts';
import { NO_CHOICES } from '../../src/core/manifest.ts';
import { HOOK_EXIT } from '../../src/hook/exit-codes.ts';
import { main } from '../../src/hook/main.ts';
import { BLOCKLIST, CMDLINE, MANIFEST, OSRELEASE } from '../../src/paths.ts';
import {
  createFake,
  type Fake,
  type FakeInitial,
  type FakeInterface,
  type Fault,
} from '../../src/system/fake.ts';

export const REAL = '00:1b:21:0a:0b:0c';
export { HOOK_EXIT };

/** A wired card whose driver is blocked until something unblocks it. */
export function wired(change: Partial<FakeInterface> = {}): FakeInterface {
  const device = {
    bus: 'pci',
    id: '0000:00:03.0',
    driver: 'e1000',
    module: 'e1000',
    modalias: 'pci:v8086d100E',
  };
  return { name: 'eth0', address: REAL, device, loaded: false, ...change };
}

/** The running kernel, and the modules.dep that depmod made for it. */
export const RELEASE = '6.12-test';
export const MODULES_DEP = `/lib/modules/${RELEASE}/modules.dep`;

/** A manifest of this release with these modules: one that makes interfaces, and others. */
export function manifest(release = RELEASE, others = ['kernel/fs/ext4.ko']): string {
  const e1000 = { name: 'e1000', path: 'kernel/e1000.ko.xz', class: 'hardware', blocked: true };
  const kernel = { release, modules: [e1000], others, builtin: [] };
  return JSON.stringify({ version: 1, policy: NO_CHOICES, kernels: [kernel] });
}

/** A machine before udevd: blocklist in place, drivers not loaded, /run empty. */
export function boot(cmdline: string, initial: FakeInitial = {}): Fake {
  const kernel = {
    [OSRELEASE]: `${RELEASE}\n`,
    [MANIFEST]: manifest(),
    [MODULES_DEP]: 'kernel/e1000.ko.xz: kernel/fs/ext4.ko\nkernel/fs/ext4.ko:\n',
  };
  const list = { [BLOCKLIST]: 'install e1000 /bin/false\n' };
  const files = { [CMDLINE]: `${cmdline}\n`, ...list, ...kernel, ...initial.files };
  return createFake({ interfaces: [wired()], ...initial, files });
}

/** Runs one command of the hook as udev, the initramfs or a person would. */
export function hook(fake: Fake, ...args: string[]): number {
  return main(fake.system, { args, environment: () => undefined });
}

/** udev's coldplug: the driver is loaded if nothing blocks it, and the rule handles the new interface. */
export function coldplug(fake: Fake, alias = 'pci:v8086d100E'): void {
  const before = new Set(fake.state.links.map((link) => link.ifindex));
  fake.system.run('modprobe', ['-abq', alias], 1000);
  for (const link of [...fake.state.links])
    if (!before.has(link.ifindex)) hook(fake, 'net-add', String(link.ifindex));
}

/** The card as the kernel shows it now. */
export function eth0(fake: Fake) {
  return fake.state.links.find((link) => link.name === 'eth0');
}

/** The rules of the findings that `status --json` shows. */
export function rules(fake: Fake): string[] {
  fake.state.stdout = '';
  hook(fake, 'status', '--json');
  const report = JSON.parse(fake.state.stdout);
  const all = [
    ...report.findings,
    ...report.interfaces.flatMap((one: { findings: unknown[] }) => one.findings),
  ];
  return all.map((finding: { rule: string }) => finding.rule);
}

/** The device cannot be taken from its driver, nor the driver from the kernel: all that is left is to shut everything. */
export const STUCK: Fault[] = [
  {
    call: 'writeAttribute',
    path: '/sys/class/net/eth0/device/driver/unbind',
    effect: 'throw',
    code: 'EPERM',
  },
  { call: 'unloadModule', effect: 'throw', code: 'EAGAIN' },
];

/** Does the work with a hook that was compiled with these choices. */
export function withPolicy<T>(choices: Partial<HookPolicy>, work: () => T): T {
  const known = globalThis as { MACVEIL_HOOK_POLICY?: HookPolicy };
  known.MACVEIL_HOOK_POLICY = { ...DEFAULT_HOOK_POLICY, ...choices };
  try {
    return work();
  } finally {
    delete known.MACVEIL_HOOK_POLICY;
  }
}

/** Paths of the uevent files that were written to, in order. */
export function uevents(fake: Fake): unknown[] {
  const writes = fake.calls.filter(
    ({ call, args }) => call === 'writeAttribute' && /\/uevent$/.test(String(args[0])),
  );
  return writes.map(({ args }) => args[0]);
}
