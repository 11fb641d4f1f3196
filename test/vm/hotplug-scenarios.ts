import type { Rule, Scenario, Step } from '../../src/prove/scenario.ts';
import { run, SETTLED, START_UNPROTECTED } from './commands.ts';
import { BRING_UP_AFTER_UDEV, BRING_UP_AT_ONCE } from './manual-bring-up.ts';

/** The first keeps talking; the others come and go: a plain PCI driver, one with a bus of its own, and USB. */
const CARDS = ['e1000e', 'e1000', 'virtio-net-pci', 'usb-net'];
const GUESTS = [1, 2, 3];

/** The interface of the talker, by its slot; it asks the gateway of its network ten times a second. */
const TALKER_NET = '/sys/devices/pci0000:00/0000:00:08.0/net';
const TALKS: Step[] = [
  SETTLED,
  run(`cd ${TALKER_NET} && ip addr add 10.0.0.15/24 dev * && ip link set * up`),
  run('busybox ping -i 0.1 10.0.0.2 >/dev/null 2>&1 &'),
];
const TALKED_ALL_THE_TIME: Step = {
  do: 'run',
  command: `cat ${TALKER_NET}/*/statistics/tx_packets`,
  output: /^\d{3}/,
};

const expect = (rule: Rule): Step => ({ do: 'expect', rule });
const frames = (card: number): Step => ({ do: 'frames', card });
const plug = (card: number): Step => ({ do: 'plug', card });
const unplug = (card: number): Step => ({ do: 'unplug', card });
const cycles = (count: number): Step[] =>
  Array.from({ length: count }, (_, at) => GUESTS[at % GUESTS.length] as number).flatMap((card) => [
    plug(card),
    frames(card),
    unplug(card),
  ]);
const ALL_BACK: Step[] = [...GUESTS.flatMap((card) => [plug(card), frames(card)]), SETTLED];

const MACHINE = { boot: 'initramfs', cmdline: 'macveil=spoof', nics: CARDS, unplugged: GUESTS } as const;
/** The rule of spoof asks that every frame of a card's whole life has one source: it is known again when it comes back. */
const comeAndGo = (count: number): Scenario => ({
  name: `cards that are plugged in and out ${count} times keep the address they were given at first`,
  ...MACHINE,
  pauses: [{ at: 'top', steps: [BRING_UP_AFTER_UDEV] }],
  steps: [...BRING_UP_AT_ONCE, ...TALKS, ...cycles(count), ...ALL_BACK, TALKED_ALL_THE_TIME, expect('spoof')],
});

/** Cards that come and go while another one talks. */
export const HOTPLUG: Scenario[] = [
  comeAndGo(6),
  {
    name: 'cards that are plugged in show their real addresses when neither the hook nor the muteness is there',
    ...MACHINE,
    pauses: [{ at: 'top', steps: [BRING_UP_AFTER_UDEV, START_UNPROTECTED] }],
    steps: [...BRING_UP_AT_ONCE, ...ALL_BACK, expect('leak')],
  },
];

/** The same for long: a cycle costs two to four seconds without KVM. */
export const HOTPLUG_FULL: Scenario[] = [comeAndGo(100)];
