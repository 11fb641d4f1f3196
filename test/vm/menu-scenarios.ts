import type { Decision } from '../../src/core/decision.ts';
import type { Firmware } from '../../src/prove/boot-menu.ts';
import { decisionScenario } from '../../src/prove/decision-scenarios.ts';
import type { Scenario, Step } from '../../src/prove/scenario.ts';
import { run } from './commands.ts';

/** A plain PCI driver, one with a bus of its own, and USB. */
const CARDS = ['e1000', 'virtio-net-pci', 'usb-net'];

const DOWN = 'down';
/** Where each decision stands below the image's own default entry, and the word that it puts on the command line. */
const ENTRIES: [decision: Decision, steps: number, word: string][] = [
  ['spoof', 0, ''],
  ['keep', 1, 'macveil=keep'],
  ['offline', 2, 'macveil=offline'],
  ['ask', 3, 'macveil=ask'],
];

const wordIs = (word: string): Step =>
  run(word === '' ? '! grep -q macveil= /proc/cmdline' : `grep -qE '(^| )${word}( |$)' /proc/cmdline`);

const byKey = (
  firmware: Firmware,
  medium: string,
  [decision, steps, word]: (typeof ENTRIES)[number],
): Scenario => {
  const scenario = decisionScenario(decision, CARDS);
  return {
    ...scenario,
    name: `the menu of ${medium}, by ${firmware}, entry ${decision}`,
    cmdline: '',
    menu: { firmware, keys: [...Array<string>(steps).fill(DOWN), 'ret'] },
    steps: [wordIs(word), ...scenario.steps],
  };
};

/** Each entry of the boot menu, chosen by pressing keys. */
export const menuScenarios = (firmware: Firmware, medium = 'a live-build image'): Scenario[] =>
  ENTRIES.map((entry) => byKey(firmware, medium, entry));
