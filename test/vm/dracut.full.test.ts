// needs: macveil-hook, dracut-image
import { test } from 'uvu';
import type { Decision } from '../../src/core/decision.ts';
import type { BootSource } from '../../src/prove/boot-source.ts';
import { decisionScenario, NETWORK_STARTED, WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Scenario, Step } from '../../src/prove/scenario.ts';
import { addScenarios } from './prove-scenarios.ts';

/**
 * None by USB: dracut's initramfs for any machine has cdc_subset and not cdc_ether, so that QEMU's card gets a driver that
 * makes up an address at each start.
 */
const CARDS = ['e1000', 'virtio-net-pci', 'pcnet'];
const ALL: Decision[] = ['spoof', 'keep', 'offline', 'ask'];
/** What a live boot would not need: the disk, which is read-only, and room for what services write. */
const ROOT = 'root=LABEL=MACVEIL_ROOT rootfstype=ext4 ro systemd.volatile=state';
/** The network is brought up in the initramfs already, and drivers are loaded there by name before udev is started. */
const NETWORK = 'rd.neednet=1 ip=dhcp rd.driver.pre=e1000,virtio_net,pcnet32';
/** That NetworkManager was told to start in the initramfs. */
const STARTED_THERE: Step = { do: 'run', command: 'test -e /run/NetworkManager/initrd/neednet' };
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

function addKind(kind: string, scenarios: Scenario[]): void {
  const named = scenarios.map((scenario) => ({ ...scenario, name: `dracut, ${kind}: ${scenario.name}` }));
  addScenarios(named, source(kind), ROOT);
}

function withNetwork(decision: Decision): Scenario {
  const { cmdline, steps, ...rest } = decisionScenario(decision, CARDS);
  return {
    ...rest,
    name: `${decision}, with network in the initramfs`,
    cmdline: `${cmdline} ${NETWORK}`,
    steps: [...steps, STARTED_THERE, UNIT_IS_OVER],
  };
}

const decisions = ALL.map((decision) => decisionScenario(decision, CARDS));
const NOTHING: Scenario = {
  name: 'nothing appears',
  boot: 'live',
  cmdline: `macveil=spoof ${NETWORK}`,
  nics: CARDS,
  steps: [NETWORK_STARTED, WATCH, { do: 'expect', rule: 'silent' }],
};
/** The root has macveil: what shows the addresses is the initramfs alone. */
const LEAK: Scenario = {
  name: 'the control shows real addresses',
  boot: 'live',
  cmdline: `macveil=spoof ${NETWORK}`,
  nics: CARDS,
  steps: [{ do: 'real-frames' }, { do: 'expect', rule: 'leak' }],
};

addKind('plain', [LEAK]);
addKind('without-macveil', [NOTHING]);
for (const kind of ['systemd-generic', 'classic-generic'])
  addKind(kind, [...decisions, withNetwork('spoof'), withNetwork('offline')]);
for (const kind of ['systemd-hostonly', 'classic-hostonly']) addKind(kind, decisions);
test.run();
