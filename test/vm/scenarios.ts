import { NETWORK_STARTED, WATCH } from '../../src/prove/decision-scenarios.ts';
import { NIC_MODELS } from '../../src/prove/nics.ts';
import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import {
  ASK_DHCP,
  BRING_UP,
  decide,
  HOOK_IS_GONE,
  interfacesAppeared,
  NEW_MODULE_IS_NOTICED,
  RADIO_IS_VERIFIED,
  REBIRTH_WITH_VOICE,
  REMOVE_HOOK,
  REMOVE_HOOK_OF_ROOT,
  replaceHook,
  SETTLED,
  statusShows,
  TRUNCATE_HOOK,
  TUNNEL_HAS_ITS_VOICE,
  VERIFY_SERVICE_IS_CONTENT,
} from './commands.ts';

const expect = (rule: Rule): Step => ({ do: 'expect', rule });
const FRAMES: Step = { do: 'frames' };
const ALL_APPEARED = interfacesAppeared(NIC_MODELS.length);
/** What a brought-up network says for itself, watched, then judged. */
const speaksAs = (rule: Rule): Step[] => [BRING_UP, FRAMES, WATCH, expect(rule)];
const staysSilent = (rule: Rule): Step[] => [SETTLED, WATCH, expect(rule)];
/** Blocked, or without a working hook: nothing is there that could report a decision without a finding. */
const STAYS_SILENT: Step[] = staysSilent('silent');
const STAYS_MUTE: Step[] = [ALL_APPEARED, BRING_UP, ASK_DHCP, WATCH, expect('mute')];
/** The same machine, cards and traffic, muteness taken away: now every card must be heard. */
const CONTROL: Step[] = [REBIRTH_WITH_VOICE, ALL_APPEARED, BRING_UP, ASK_DHCP, FRAMES, expect('open')];

const HANG = 'while :; do sleep 1; done';
/** In place of udev's 180 s, so that the boot goes on soon (systemd-udevd.service(8)). */
const KILLED_AFTER_SECONDS = 20;

/** Full live boots with NetworkManager and DHCP. */
export const LIVE: Scenario[] = [
  {
    name: 'spoof is the default, with renamed interfaces',
    boot: 'live',
    cmdline: '',
    steps: [
      NETWORK_STARTED,
      FRAMES,
      WATCH,
      { do: 'run', command: 'ls /sys/class/net', output: /^en/m },
      expect('spoof'),
      VERIFY_SERVICE_IS_CONTENT,
      RADIO_IS_VERIFIED,
      TUNNEL_HAS_ITS_VOICE,
      NEW_MODULE_IS_NOTICED,
    ],
  },
  {
    name: 'keep shows every real address, and the search finds each',
    boot: 'live',
    cmdline: 'macveil=keep',
    steps: [NETWORK_STARTED, FRAMES, WATCH, expect('keep')],
  },
  {
    name: 'ask is silent until decide spoof',
    boot: 'live',
    cmdline: 'macveil=ask',
    steps: [NETWORK_STARTED, WATCH, expect('ask'), decide('spoof'), FRAMES, WATCH, expect('spoof')],
  },
];

/** Live boots that show again, in the root, what the initramfs boots show in seconds. */
export const LIVE_FULL: Scenario[] = [
  {
    name: 'spoof with kernel interface names',
    boot: 'live',
    cmdline: 'macveil=spoof net.ifnames=0',
    steps: [
      NETWORK_STARTED,
      FRAMES,
      WATCH,
      { do: 'run', command: 'ls /sys/class/net', output: /^eth9$/m },
      expect('spoof'),
    ],
  },
  {
    name: 'offline is silent in the root too',
    boot: 'live',
    cmdline: 'macveil=offline',
    steps: [NETWORK_STARTED, WATCH, expect('offline')],
  },
  {
    name: 'ask is silent until decide keep',
    boot: 'live',
    cmdline: 'macveil=ask',
    steps: [NETWORK_STARTED, WATCH, expect('ask'), decide('keep'), FRAMES, WATCH, expect('keep')],
  },
  {
    name: 'without the hook, in initrd and root, nothing appears',
    boot: 'live',
    cmdline: 'macveil=spoof',
    pauses: [{ at: 'top', steps: [REMOVE_HOOK, REMOVE_HOOK_OF_ROOT] }],
    steps: [HOOK_IS_GONE, NETWORK_STARTED, WATCH, expect('silent')],
  },
];

/** Boots that stop in the initramfs, after udev's coldplug. */
export const INITRAMFS: Scenario[] = [
  {
    name: 'spoof in the initramfs with kernel interface names',
    boot: 'initramfs',
    cmdline: 'macveil=spoof net.ifnames=0',
    steps: [SETTLED, { do: 'run', command: 'ls /sys/class/net', output: /^eth9$/m }, ...speaksAs('spoof')],
  },
  {
    name: 'offline is silent',
    boot: 'initramfs',
    cmdline: 'macveil=offline',
    steps: staysSilent('offline'),
  },
  {
    name: 'ask is silent in the initramfs until decide keep',
    boot: 'initramfs',
    cmdline: 'macveil=ask',
    steps: [...staysSilent('ask'), decide('keep'), ...speaksAs('keep')],
  },
  {
    name: 'an unknown decision blocks and says so, and decide resolves it',
    boot: 'initramfs',
    cmdline: 'macveil=bogus',
    steps: [
      { do: 'console', pattern: /macveil: the network stays blocked: .*bogus/ },
      statusShows(/bogus/),
      ...STAYS_SILENT,
      decide('spoof'),
      ...speaksAs('spoof'),
    ],
  },
  {
    name: 'decisions that contradict block and say so, and decide resolves it',
    boot: 'initramfs',
    cmdline: 'macveil=spoof macveil=keep',
    steps: [
      { do: 'console', pattern: /macveil: the network stays blocked: .*spoof.*keep/ },
      statusShows(/spoof.*keep/),
      ...STAYS_SILENT,
      decide('keep'),
      ...speaksAs('keep'),
    ],
  },
  {
    name: 'without the hook nothing appears',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    pauses: [{ at: 'top', steps: [REMOVE_HOOK] }],
    steps: STAYS_SILENT,
  },
  {
    name: 'with a truncated hook nothing appears',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    pauses: [{ at: 'top', steps: [TRUNCATE_HOOK] }],
    steps: STAYS_SILENT,
  },
  {
    name: 'a hook that exits at once after early leaves every interface mute',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    pauses: [{ at: 'top', steps: [replaceHook('exit 0')] }],
    steps: [...STAYS_MUTE, ...CONTROL],
  },
  {
    name: 'a hook that hangs after early until udev kills it leaves every interface mute',
    boot: 'initramfs',
    cmdline: `macveil=spoof udev.event_timeout=${KILLED_AFTER_SECONDS}`,
    pauses: [{ at: 'top', steps: [replaceHook(HANG)] }],
    steps: [...STAYS_MUTE, ...CONTROL],
  },
];

/** The initramfs waits two minutes for udev before it goes on, and the hook hangs to the end. */
export const INITRAMFS_FULL: Scenario[] = [
  {
    name: 'a hook that hangs after early leaves every interface mute',
    boot: 'initramfs',
    cmdline: 'macveil=spoof',
    pauses: [{ at: 'top', steps: [replaceHook(HANG)] }],
    steps: [...STAYS_MUTE, ...CONTROL],
  },
];
