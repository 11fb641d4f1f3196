import { HOOK } from '../../src/paths.ts';
import { NETWORK_STARTED } from '../../src/prove/decision-scenarios.ts';
import type { Scenario, Step } from '../../src/prove/scenario.ts';
import { BOOT_ENDED, NO_MANAGER, run } from './commands.ts';

/** What the radios of mac80211_hwsim are born with (drivers/net/wireless/virtual/mac80211_hwsim.c). */
const REAL = ['02:00:00:00:00:00', '02:00:00:00:01:00'];
const AIR = '/run/air.pcap';
const sentBy = REAL.map((address) => `wlan host ${address}`).join(' or ');
const read = (filter: string) => `tcpdump -n -r ${AIR} '${filter}' 2>/dev/null | grep -q .`;

/** Two radios, and a capture of all that either sends, management frames included, from before iwd sees them. */
const RADIOS: Step[] = [
  run(`modprobe mac80211_hwsim radios=2 && udevadm settle && ip link set hwsim0 up
tcpdump -Z root -U -i hwsim0 -w ${AIR} >/dev/null 2>&1 &`),
  { do: 'until', command: `[ -e ${AIR} ]` },
];
/** iwd asks for a network it knows, by name as it is hidden, as soon as its interface is up (iwd.network(5)). */
const KNOWN_NETWORK = run(`umask 77 && mkdir -p /var/lib/iwd && cat >/var/lib/iwd/home.psk <<'END'
[Security]
Passphrase=passphrase
[Settings]
AutoConnect=true
Hidden=true
END`);
/** By its default iwd scans under random addresses, which would hide from the capture which one the radio has (iwd.config(5)). */
const PLAIN_SCANS = run(`mkdir -p /etc/iwd
printf '[Scan]\\nDisableMacAddressRandomization=true\\n' >/etc/iwd/main.conf`);
const START_IWD = run('systemctl start iwd.service');
/** A radio whose address was put right stays down until it is told otherwise; then iwd looks for networks. */
const SCANNED: Step = {
  do: 'until',
  title: 'waiting for a probe request of iwd',
  command: `for n in $(iw dev | sed -n 's/.*Interface //p'); do
  iwctl device $n set-property Powered on; iwctl station $n scan
done
${read('type mgt subtype probe-req')}`,
};
const REAL_IS_SEEN = run(read(sentBy));
const REAL_IS_NOT_SEEN = run(`! { ${read(sentBy)}; }`);
/** A verdict needs a card; this one only has to be there. */
const CARD: Pick<Scenario, 'boot' | 'nics'> = { boot: 'live', nics: ['e1000'] };
const UP = run('cd /sys/class/net && for n in en*; do ip link set $n up; done');

/** iwd starts, brings the radios up and looks for networks. */
const IWD_LOOKS_AROUND: Step[] = [BOOT_ENDED, PLAIN_SCANS, KNOWN_NETWORK, ...RADIOS, START_IWD, SCANNED];
const ALL_VERIFIED: Step = {
  do: 'run',
  command: `${HOOK} status`,
  output: /(?: {2}wl\S+ \(mac80211_hwsim\): verified, .*\n?){2}/,
};

/** wpa_supplicant has made one for each radio, and the watch removed it. */
const NONE_IS_LEFT: Step = {
  do: 'until',
  title: 'waiting for what is made for Wi-Fi Direct to be removed',
  command: `[ $(journalctl -b -k | grep -c 'made for Wi-Fi Direct') -ge 2 ] && ! { iw dev | grep -q P2P-device; }`,
};
/** Asks every control socket of wpa_supplicant to look for others; where there is nothing to do it with, it fails. */
const LOOK_FOR_OTHERS =
  'for s in $(ls /run/wpa_supplicant); do wpa_cli -p /run/wpa_supplicant -i $s p2p_find 10; done';
const MADE_BY_HAND: Step[] = [
  run('iw phy $(iw dev | sed -n "s/phy#/phy/p" | head -n 1) interface add direct type __p2pdev'),
  { do: 'until', command: '! { iw dev | grep -q P2P-device; }' },
];
const SENDS_AS_IT_WAS_GIVEN: Step = { do: 'until', command: read('type mgt subtype probe-req') };
/** The control: nobody removes them, and wpa_supplicant is asked the same. */
const WITHOUT_WATCH: Step[] = [
  run('systemctl stop macveil-watch.service && systemctl restart wpa_supplicant.service'),
  { do: 'until', command: 'ls /run/wpa_supplicant | grep -q p2p-dev' },
  { do: 'until', command: `${LOOK_FOR_OTHERS}; ${read(sentBy)}` },
];

/** Frames of the air are captured inside the guest: mac80211_hwsim has no outside. The last boot is the first one's control. */
export const WIRELESS: Scenario[] = [
  {
    name: 'iwd looks for networks under the addresses that its radios were given',
    ...CARD,
    cmdline: `macveil=spoof ${NO_MANAGER}`,
    steps: [
      ...IWD_LOOKS_AROUND,
      { do: 'observe', seconds: 10 },
      REAL_IS_NOT_SEEN,
      ALL_VERIFIED,
      { do: 'expect', rule: 'safe' },
    ],
  },
  {
    name: 'what a network manager makes for Wi-Fi Direct with the real address is removed before it sends',
    ...CARD,
    cmdline: 'macveil=spoof',
    steps: [
      NETWORK_STARTED,
      ...RADIOS,
      NONE_IS_LEFT,
      run(`{ ${LOOK_FOR_OTHERS}; } || :`),
      ...MADE_BY_HAND,
      SENDS_AS_IT_WAS_GIVEN,
      { do: 'observe', seconds: 10 },
      REAL_IS_NOT_SEEN,
      ALL_VERIFIED,
      { do: 'expect', rule: 'safe' },
      ...WITHOUT_WATCH,
    ],
  },
  {
    name: 'under keep the same capture shows the real addresses of the radios',
    ...CARD,
    cmdline: `macveil=keep ${NO_MANAGER}`,
    steps: [...IWD_LOOKS_AROUND, REAL_IS_SEEN, UP, { do: 'frames' }, { do: 'expect', rule: 'open' }],
  },
];
