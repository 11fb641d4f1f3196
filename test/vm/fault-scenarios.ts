import { MASK, RECORDS_DIR } from '../../src/paths.ts';
import { WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Scenario, Step } from '../../src/prove/scenario.ts';
import { ASK_DHCP, BRING_UP, decide, replaceHook, run, SETTLED, statusShows } from './commands.ts';
import { BRING_UP_FIRST, fillRun, fillRunOnce, REAL_HOOK } from './fault-commands.ts';
import { control, expect, FRAMES, PROVOKED, REPAIRED, underFaults, VERIFIED_AGAIN } from './under-faults.ts';

/** Faults of net-add, by card. */
const CONVERSATION: Scenario[] = [
  underFaults(
    'a refused, pretended or unreadable address, no random bytes and a refused qdisc show no real address',
    ['e1000', 'virtio-net-pci', 'usb-net', 'e1000e', 'rtl8139', 'ne2k_pci'],
    {
      e1000: ['refuse-address'],
      virtio_net: ['lie-address'],
      cdc_ether: ['lie-address'],
      e1000e: ['blind-after-address'],
      '8139cp': ['refuse=getrandom:ENOSYS'],
      'ne2k-pci': ['refuse=set-qdisc:EOPNOTSUPP'],
    },
    [
      ['e1000', 'failed', 'set-address'],
      ['virtio_net', 'failed', 'real-address'],
      ['cdc_ether', 'failed', 'real-address'],
      ['e1000e', 'mute', 'unhandled'],
      ['8139cp', 'mute', 'unhandled'],
      ['ne2k-pci', 'failed', 'voice'],
    ],
    VERIFIED_AGAIN,
  ),
  underFaults(
    'cards that are up and cannot be given an address stay silent where shutting them off is refused or pretended',
    ['e1000', 'virtio-net-pci', 'usb-net', 'e1000e'],
    {
      e1000: ['refuse-address', 'refuse=open:EACCES:/unbind'],
      virtio_net: ['lie-address', 'lie-unbind'],
      cdc_ether: ['refuse-address', 'lie-unbind'],
      e1000e: ['lie-address', 'lie-down', 'refuse=open:EACCES:/unbind'],
    },
    [
      ['e1000', 'failed', 'shut-off-unbind'],
      ['virtio_net', 'failed', 'shut-off-unbind'],
      ['cdc_ether', 'failed', 'shut-off-unbind'],
      ['e1000e', 'failed', 'shut-off-unbind'],
      ['e1000e', 'failed', 'shut-off-down'],
    ],
    VERIFIED_AGAIN,
    // Somebody is quicker than the hook: only so does it matter whether the card is taken down.
    { before: BRING_UP_FIRST },
  ),
];

const NO_PERMANENT = 'no-permanent';
/** No driver tells a permanent address, so that the hook's record alone remembers which address is the real one. */
const FORGETFUL: Scenario = underFaults(
  'cards whose drivers have no permanent address show no real address, also when the hook fails or is killed at them',
  ['e1000', 'virtio-net-pci', 'usb-net', 'e1000e'],
  {
    e1000: [NO_PERMANENT, 'refuse-address'],
    virtio_net: [NO_PERMANENT, 'kill-after=set-address'],
    cdc_ether: [NO_PERMANENT],
    e1000e: [NO_PERMANENT, 'lie-address'],
  },
  [
    ['e1000', 'failed', 'set-address'],
    ['virtio_net', 'mute', 'unhandled'],
    ['e1000e', 'failed', 'real-address'],
  ],
  [run(`[ $(grep -l '"permanentAddress": *""' ${RECORDS_DIR}/* | wc -l) = 4 ]`), ...VERIFIED_AGAIN],
  { always: [NO_PERMANENT] },
);

const CARDS = ['e1000', 'virtio-net-pci', 'usb-net'];
const NO_ROOM = /\[unhandled\]/;
const MAKE_ROOM = run('rm /run/filler');

/** Nothing can be written to /run. */
const FULL: Scenario[] = [
  {
    name: 'with /run full before the decision nothing appears, until there is room and somebody decides',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    pauses: [{ at: 'top', steps: [run(fillRun)] }],
    steps: [
      SETTLED,
      WATCH,
      statusShows(/did not run in this boot \[blocked\]/),
      expect('silent'),
      MAKE_ROOM,
      decide('spoof'),
      BRING_UP,
      FRAMES,
      WATCH,
      expect('spoof'),
      ...control(CARDS.length),
    ],
  },
  {
    name: 'with /run full from the first card on every card stays mute, until there is room',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    pauses: [{ at: 'top', steps: [replaceHook(`${fillRunOnce}\nexec ${REAL_HOOK} "$@"`)] }],
    steps: [
      SETTLED,
      BRING_UP,
      ASK_DHCP,
      WATCH,
      statusShows(NO_ROOM),
      expect('safe'),
      expect('mute'),
      MAKE_ROOM,
      ...REPAIRED,
      ...control(CARDS.length),
    ],
  },
];

/** The rungs below unbinding, for a card alone. */
const climbing = (name: string, faults: string[], rules: string[], left: Step[]): Scenario =>
  underFaults(
    name,
    ['e1000', 'virtio-net-pci'],
    { e1000: ['--forks', 'refuse-address', 'refuse=open:EACCES:/unbind', ...faults] },
    rules.map((rule) => ['e1000', 'failed', rule]),
    left,
  );
const MODULE_IS_GONE = run("! grep -q '^e1000 ' /proc/modules");
/** The initramfs exports options for its own scripts, with which a refusal is no error. */
const MODULE_IS_BLOCKED = run(
  'unset MODPROBE_OPTIONS; ! modprobe e1000 && ! modprobe -b $(cat /sys/bus/pci/devices/*/modalias) ; ! grep -q "^e1000 " /proc/modules',
);
const ALL_BLOCKED_AGAIN = run(`[ ! -e ${MASK} ]`);

/** Boots in which the lower rungs of the ladder are needed. */
export const LADDERS: Scenario[] = [
  climbing(
    'where unbinding is refused the module is unloaded and does not come back',
    [],
    ['set-address'],
    [MODULE_IS_GONE, MODULE_IS_BLOCKED, expect('safe')],
  ),
  climbing(
    'where unloading is refused too all networking is off',
    ['refuse=delete_module:EBUSY'],
    ['shut-off-unbind', 'shut-off-unload'],
    [ALL_BLOCKED_AGAIN, ...PROVOKED, expect('safe')],
  ),
  climbing(
    'where unloading is pretended all networking is off',
    ['lie-unload'],
    ['shut-off-unbind', 'shut-off-unload'],
    [ALL_BLOCKED_AGAIN, ...PROVOKED, expect('safe')],
  ),
];

/** Boots under faults; the control of each is in the same boot. */
export const FAULTS: Scenario[] = [...CONVERSATION, FORGETFUL, ...FULL];
