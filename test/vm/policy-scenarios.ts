import { DEFAULT_QDISC, HOOK } from '../../src/paths.ts';
import { NETWORK_STARTED, WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import { inRoot, NAMESPACE_HAS_A_VETH, run, TAP_IN_A_NAMESPACE_CAN_SPEAK } from './commands.ts';

const FRAMES: Step = { do: 'frames' };
const expect = (rule: Rule): Step => ({ do: 'expect', rule });
/** The other hook stands in the initramfs; it takes itself along. */
const TAKE_ALONG = inRoot(`cp ${HOOK} "$rootmnt${HOOK}"`);

/** A hook that was compiled with `--mute boot`; that a tap is mute with the usual one is shown in managers-scenarios.ts. */
export const POLICY: Scenario[] = [
  {
    name: 'with the policy for containers a tap of a namespace can speak, and cards that come later are handled all the same',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: ['e1000', 'virtio-net-pci', 'usb-net'],
    unplugged: [1],
    overlay: [{ from: '.cache/container-hook', to: HOOK }],
    pauses: [{ at: 'top', steps: [TAKE_ALONG] }],
    steps: [
      NETWORK_STARTED,
      { do: 'frames', card: 0 },
      { do: 'run', command: `cat ${DEFAULT_QDISC}`, output: /^fq_codel$/m },
      ...NAMESPACE_HAS_A_VETH,
      TAP_IN_A_NAMESPACE_CAN_SPEAK,
      { do: 'plug', card: 1 },
      FRAMES,
      run('udevadm settle'),
      WATCH,
      expect('spoof'),
    ],
  },
];
