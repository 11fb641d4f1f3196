import type { Decision } from '../../src/core/decision.ts';
import type { BootSource } from '../../src/prove/boot-source.ts';
import { decisionScenario } from '../../src/prove/decision-scenarios.ts';
import type { Scenario, Step } from '../../src/prove/scenario.ts';
import { addScenarios } from './prove-scenarios.ts';

/**
 * None by USB: dracut's initramfs for any machine has cdc_subset and not cdc_ether, so that QEMU's card gets a driver that
 * makes up an address at each start.
 */
export const CARDS = ['e1000', 'virtio-net-pci', 'pcnet'];
const ALL: Decision[] = ['spoof', 'keep', 'offline', 'ask'];
/** What a live boot would not need: the disk, which is read-only, and room for what services write. */
const ROOT = 'root=LABEL=MACVEIL_ROOT rootfstype=ext4 ro systemd.volatile=state';
/** The network is brought up in the initramfs already, and drivers are loaded there by name before udev is started. */
export const NETWORK = 'rd.neednet=1 ip=dhcp rd.driver.pre=e1000,virtio_net,pcnet32';
/** That NetworkManager was told to start in the initramfs, as with systemd. */
export const MANAGED_THERE: Step = { do: 'run', command: 'test -e /run/NetworkManager/initrd/neednet' };
/** That an interface was up before the root was mounted. */
export const UP_THERE: Step = {
  do: 'run',
  command: "dmesg | sed '/EXT4-fs (vda): mounted/q' | grep -c 'NIC Link is Up'",
};
/** A unit of the initramfs would come to the root with it, if it did not end. */
const UNIT_IS_OVER: Step = {
  do: 'run',
  command: 'systemctl show -P ActiveState macveil-early.service',
  output: /^inactive$/m,
};

const source = (kind: string): BootSource => ({
  kind: 'files',
  kernel: '.cache/dracut/vmlinuz',
  initrd: `.cache/dracut/${kind}.img`,
  image: '.cache/dracut/disk.img',
});

/** Tests of an initramfs of .cache/dracut, each with its name. */
export function addKind(kind: string, scenarios: Scenario[]): void {
  const named = scenarios.map((scenario) => ({ ...scenario, name: `dracut, ${kind}: ${scenario.name}` }));
  addScenarios(named, source(kind), ROOT);
}

/** A decision where the initramfs brings the network up, as these steps show. */
export function withNetwork(decision: Decision, ...shown: Step[]): Scenario {
  const { cmdline, steps, ...rest } = decisionScenario(decision, CARDS);
  return {
    ...rest,
    name: `${decision}, with network in the initramfs`,
    cmdline: `${cmdline} ${NETWORK}`,
    steps: [...steps, ...shown, UNIT_IS_OVER],
  };
}

/** Each decision by itself. */
export const DECISIONS: Scenario[] = ALL.map((decision) => decisionScenario(decision, CARDS));
