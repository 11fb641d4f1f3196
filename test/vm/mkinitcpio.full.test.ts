// needs: macveil-hook, mkinitcpio-initramfs
import { test } from 'uvu';
import type { Decision } from '../../src/core/decision.ts';
import type { BootSource } from '../../src/prove/boot-source.ts';
import { WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import { BRING_UP, decide, SETTLED } from './commands.ts';
import { addScenarios } from './prove-scenarios.ts';

const CARDS = ['e1000', 'virtio-net-pci', 'rtl8139'];
const SPEAKS: Step[] = [BRING_UP, { do: 'frames' }, WATCH];

// No file system is mounted: the image is only what QEMU wants to have.
const source = (initrd: string): BootSource => ({
  kind: 'files',
  kernel: '.cache/mkinitcpio/vmlinuz',
  initrd: `.cache/mkinitcpio/${initrd}`,
  image: '.cache/mkinitcpio/vmlinuz',
});

const booted = (name: string, cmdline: string, rule: Rule, steps: Step[] = []): Scenario => ({
  name: `mkinitcpio: ${name}`,
  boot: 'initramfs',
  cmdline,
  nics: CARDS,
  steps: [SETTLED, ...steps, { do: 'expect', rule }],
});

const decided = (decision: Decision, steps: Step[]): Scenario =>
  booted(decision, `macveil=${decision}`, decision, steps);

const ASK = booted('ask is silent until decide spoof', 'macveil=ask', 'ask', [WATCH]);

addScenarios(
  [
    decided('spoof', SPEAKS),
    decided('keep', SPEAKS),
    decided('offline', [WATCH]),
    { ...ASK, steps: [...ASK.steps, decide('spoof'), ...SPEAKS, { do: 'expect', rule: 'spoof' }] },
    booted('without the hook nothing appears', 'macveil=spoof disablehooks=macveil', 'silent', [WATCH]),
  ],
  source('image.img'),
);
addScenarios(
  [booted('a hook that was refused leaves nothing', 'macveil=spoof', 'silent', [WATCH])],
  source('late.img'),
);
test.run();
