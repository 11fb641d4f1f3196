// needs: macveil-hook, dracut-image
import { test } from 'uvu';
import type { Decision } from '../../src/core/decision.ts';
import type { BootSource } from '../../src/prove/boot-source.ts';
import { decisionScenario, NETWORK_STARTED, WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Scenario } from '../../src/prove/scenario.ts';
import { addScenarios } from './prove-scenarios.ts';

/**
 * None by USB: dracut's initramfs for any machine has cdc_subset and not cdc_ether, so that QEMU's card gets a driver that
 * makes up an address at each start.
 */
const CARDS = ['e1000', 'virtio-net-pci', 'pcnet'];
const ALL: Decision[] = ['spoof', 'keep', 'offline', 'ask'];
/** What a live boot would not need: the disk, which is read-only, and room for what services write. */
const ROOT = 'root=LABEL=MACVEIL_ROOT rootfstype=ext4 ro systemd.volatile=state';

const source = (kind: string): BootSource => ({
  kind: 'files',
  kernel: '.cache/dracut/vmlinuz',
  initrd: `.cache/dracut/${kind}.img`,
  image: '.cache/dracut/disk.img',
});

const named = (kind: string, scenario: Scenario): Scenario => ({
  ...scenario,
  name: `dracut, ${kind}: ${scenario.name}`,
});

const WITHOUT_MACVEIL: Scenario = {
  name: 'nothing appears',
  boot: 'live',
  cmdline: 'macveil=spoof',
  nics: CARDS,
  steps: [NETWORK_STARTED, WATCH, { do: 'expect', rule: 'silent' }],
};

for (const kind of ['systemd-generic', 'systemd-hostonly', 'classic-generic', 'classic-hostonly']) {
  const scenarios = ALL.map((decision) => named(kind, decisionScenario(decision, CARDS)));
  addScenarios(scenarios, source(kind), ROOT);
}
addScenarios([named('without-macveil', WITHOUT_MACVEIL)], source('without-macveil'), ROOT);
test.run();
