import { HOOK, REPORT } from '../../src/paths.ts';
import { NETWORK_STARTED, WATCH } from '../../src/prove/decision-scenarios.ts';
import type { Scenario, Step } from '../../src/prove/scenario.ts';
import { BRING_UP, run, SETTLED } from './commands.ts';

const CARDS = ['e1000', 'virtio-net-pci', 'usb-net'];
const FRAMES: Step = { do: 'frames' };
const SPOOF: Step = { do: 'expect', rule: 'spoof' };
const HANDLE_ALL_AGAIN = run('udevadm trigger --action=add --subsystem-match=net');
const VERIFY = run(`${HOOK} verify`);

/** Every card's event is under way when udevd dies of it; systemd starts another one, which gets what is still queued. */
const KILL_UDEVD: Step[] = [
  HANDLE_ALL_AGAIN,
  run('systemctl kill -s KILL systemd-udevd.service'),
  { do: 'until', command: 'udevadm control --ping' },
];
const RESTART_UDEVD: Step[] = [HANDLE_ALL_AGAIN, run('systemctl restart systemd-udevd.service')];
/** A card whose first event is lost: udevd dies as soon as the kernel has the interface. */
const LOSE_A_CARD: Step[] = [
  { do: 'unplug', card: 0 },
  run(`(set -- /sys/class/net/*; few=$#; while [ $# -le $few ]; do set -- /sys/class/net/*; done
systemctl kill -s KILL systemd-udevd.service; : >/run/killed) >/dev/null 2>&1 &`),
  { do: 'plug', card: 0 },
  { do: 'until', command: '[ -e /run/killed ] && udevadm control --ping' },
];

/** udev knows every card as verified, so that managers may have it, also the one whose event was lost. */
const HANDED_OVER = run(`for n in /sys/class/net/*/device; do
  udevadm info \${n%/device} | grep -qx 'E: MACVEIL=verified' || exit 1
  ! udevadm info \${n%/device} | grep -q NM_UNMANAGED || exit 1
done`);

/**
 * What systemd does before and after sleep is what is tested, so sleep is asked of systemd. QEMU's pc machine sleeps and wakes
 * without KVM as well (ACPI S3, "deep"), so no stand-in is needed.
 */
const SLEEP = run(`touch /run/before-sleep
(until [ "$(cat /sys/power/suspend_stats/success)" = 1 ] && [ ${REPORT} -nt /run/before-sleep ]; do sleep 1; done
echo verified after sleep >/dev/console) >/dev/null 2>&1 &
systemctl suspend --no-block`);
/** The guest says it of itself: what is typed into a serial port that sleeps is lost. */
const VERIFIED_AFTER_SLEEP: Step = { do: 'console', pattern: /verified after sleep/ };

/**
 * Addresses hold through what happens later in a session. The control is that each card sends: every rule of spoof asks
 * for frames, and each card's capture goes on through all of it.
 */
export const RESUME: Scenario[] = [
  {
    name: 'udevd killed and restarted while it handles cards',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    steps: [
      NETWORK_STARTED,
      FRAMES,
      ...KILL_UDEVD,
      ...RESTART_UDEVD,
      SETTLED,
      ...LOSE_A_CARD,
      VERIFY,
      SETTLED,
      HANDED_OVER,
      BRING_UP,
      { do: 'frames', card: 0 },
      WATCH,
      SPOOF,
    ],
  },
  {
    name: 'suspend to memory and resume',
    boot: 'live',
    cmdline: 'macveil=spoof',
    nics: CARDS,
    steps: [NETWORK_STARTED, FRAMES, SLEEP, { do: 'wake' }, VERIFIED_AFTER_SLEEP, WATCH, SPOOF],
  },
];
