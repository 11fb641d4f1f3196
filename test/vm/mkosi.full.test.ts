// needs: macveil-hook, executable, mkosi-image
import { test } from 'uvu';
import type { Decision } from '../../src/core/decision.ts';
import type { BootSource } from '../../src/prove/boot-source.ts';
import { decisionScenario } from '../../src/prove/decision-scenarios.ts';
import { addScenarios } from './prove-scenarios.ts';

const CARDS = ['e1000', 'virtio-net-pci', 'rtl8139'];
const ALL: Decision[] = ['spoof', 'keep', 'offline', 'ask'];
/** The partition's name is systemd-repart's. The disk is read-only. */
const ROOT = 'root=PARTLABEL=root-x86-64 rootfstype=ext4 ro systemd.volatile=state systemd.firstboot=no';

const SOURCE: BootSource = {
  kind: 'files',
  kernel: '.cache/mkosi/vmlinuz',
  initrd: '.cache/mkosi/initrd.img',
  image: '.cache/mkosi/disk.img',
};

const scenarios = ALL.map((decision) => decisionScenario(decision, CARDS));
addScenarios(
  scenarios.map((scenario) => ({ ...scenario, name: `mkosi: ${scenario.name}` })),
  SOURCE,
  ROOT,
);
test.run();
