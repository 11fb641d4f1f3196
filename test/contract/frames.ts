import type { System } from '../../src/system/system.ts';
import { equal, ok } from './assert.ts';
import type { Case, Need } from './case.ts';
import { setOn, stateOf } from './guards.ts';
import { linkOf } from './links.ts';
import { LINKS } from './world.ts';

const needs: Need[] = ['processes'];
const REAL = '02:00:00:00:00:11';
const OTHER = '02:00:00:00:00:22';
const COUNT = 3;
const LIMIT_MS = 10_000;

/**
 * How a program sends: through the qdiscs, past them (SOL_PACKET 263, option 20), or past them from a socket of one
 * protocol, for which the kernel does not mark where a frame's link-layer header is (net/packet/af_packet.c).
 */
const WAYS = ['queue', 'bypass', 'unmarked'] as const;
type Way = (typeof WAYS)[number];

/** Sends COUNT frames as any program can. */
const SENDER = `
import socket, sys
name, source, way = sys.argv[1:]
sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
sender.bind((name, 0x88b5 if way == 'unmarked' else 0))
if way != 'queue': sender.setsockopt(263, 20, 1)
frame = bytes.fromhex('ffffffffffff' + source.replace(':', '') + '88b5') + bytes(46)
for _ in range(${COUNT}):
    try: sender.send(frame)
    except OSError: pass
`;

/** What a guard does to frames, and what others can do to a guard. */
export const frameCases: Case[] = [
  ...(['queue', 'bypass'] as const).map(
    (way): Case => ({
      title: `frames from a guarded address do not leave, those from another one do: way ${way}`,
      needs,
      run(system) {
        prepare(system);
        equal(sent(system, REAL, way), COUNT, 'frames that arrive without a guard');
        setOn(system, LINKS.sender, { addresses: [REAL] });
        equal(sent(system, REAL, way), 0, 'frames that arrive with a guard');
        equal(sent(system, OTHER, way), COUNT, 'frames from another address that arrive');
        equal(stateOf(system, LINKS.sender)?.dropped, COUNT, 'dropped');
      },
    }),
  ),
  {
    title: 'frames whose source a guard cannot read do not leave from a guarded address',
    needs,
    run(system) {
      prepare(system);
      equal(sent(system, REAL, 'unmarked'), COUNT, 'frames that arrive without a guard');
      setOn(system, LINKS.sender, { addresses: [REAL] });
      equal(sent(system, REAL, 'unmarked'), 0, 'frames that arrive with a guard');
    },
  },
  ...WAYS.map(
    (way): Case => ({
      title: `no frame leaves through a closed guard: way ${way}`,
      needs,
      run(system) {
        prepare(system);
        equal(sent(system, OTHER, way), COUNT, 'frames that arrive without a guard');
        setOn(system, LINKS.sender, { addresses: [REAL], closed: true });
        equal(sent(system, OTHER, way), 0, 'frames that arrive while closed');
        system.removeGuard(linkOf(system, LINKS.sender).ifindex);
        equal(sent(system, OTHER, way), COUNT, 'frames that arrive once it is gone');
      },
    }),
  ),
  {
    title: 'a guard is listed after a rename only while it is in force, and setting it again puts it there',
    needs,
    run(system) {
      prepare(system);
      setOn(system, LINKS.sender, { addresses: [REAL] });
      withName(system, 'renamed', () => {
        const listed = stateOf(system, 'renamed') !== undefined;
        equal(sent(system, REAL, 'queue', 'renamed'), listed ? 0 : COUNT, 'frames that arrive');
        setOn(system, 'renamed', { addresses: [REAL] });
        equal(stateOf(system, 'renamed')?.name, 'renamed', 'name');
        equal(sent(system, REAL, 'queue', 'renamed'), 0, 'frames that arrive with the guard set again');
      });
    },
  },
  {
    title:
      'the guard of a device that went away is not listed and does not touch the next device of its name',
    needs,
    run(system) {
      const make = () =>
        ip(system, ['link', 'add', 'fleeting', 'type', 'veth', 'peer', 'name', 'fleetingpeer']);
      make();
      setOn(system, 'fleeting', { addresses: [REAL], closed: true });
      equal(stateOf(system, 'fleeting')?.closed, true, 'closed');
      ip(system, ['link', 'delete', 'fleeting']);
      equal(stateOf(system, 'fleeting'), undefined, 'guard of the absent device');
      make();
      equal(stateOf(system, 'fleeting'), undefined, 'guard of the new device');
      bringUp(system, 'fleeting', 'fleetingpeer');
      setOn(system, 'fleeting', { addresses: [REAL] });
      equal(sent(system, OTHER, 'queue', 'fleeting', 'fleetingpeer'), COUNT, 'frames that arrive');
      system.removeGuard(linkOf(system, 'fleeting').ifindex);
      equal(
        sent(system, REAL, 'queue', 'fleeting', 'fleetingpeer'),
        COUNT,
        'frames that arrive once it is removed',
      );
      ip(system, ['link', 'delete', 'fleeting']);
    },
  },
  ...[
    {
      how: 'another rule comes first',
      command: (chain: string) => `insert rule netdev macveil ${chain} accept`,
    },
    {
      how: 'its rules are taken away',
      command: (chain: string) => `flush chain netdev macveil ${chain}`,
      arrive: 0,
    },
    {
      how: 'it lets through whatever comes to its end',
      command: (chain: string) =>
        `flush chain netdev macveil ${chain}; add chain netdev macveil ${chain} { policy accept; }`,
    },
    { how: 'the table is put to sleep', command: () => 'add table netdev macveil { flags dormant; }' },
    { how: 'the table is deleted', command: () => 'delete table netdev macveil' },
    { how: 'the ruleset is flushed', command: () => 'flush ruleset' },
  ].map(
    ({ how, command, arrive = COUNT }): Case => ({
      title: `a guard is not shown as it was when ${how}, and setting it again mends it`,
      needs,
      run(system) {
        prepare(system);
        const guard = setOn(system, LINKS.sender, { addresses: [REAL] });
        equal(stateOf(system, LINKS.sender)?.addresses, [REAL], 'addresses');
        const { status, stderr } = system.run('nft', [command(`if${guard.ifindex}`)], LIMIT_MS);
        equal(status, 0, `nft: ${stderr}`);
        equal(stateOf(system, LINKS.sender)?.addresses.length ?? 0, 0, 'number of addresses');
        equal(sent(system, REAL, 'queue'), arrive, 'frames that arrive then');
        setOn(system, LINKS.sender, { addresses: [REAL] });
        equal(stateOf(system, LINKS.sender)?.addresses, [REAL], 'addresses once it is mended');
        equal(sent(system, REAL, 'queue'), 0, 'frames that arrive once it is mended');
      },
    }),
  ),
];

function prepare(system: System): void {
  system.removeGuard(linkOf(system, LINKS.sender).ifindex);
  bringUp(system, LINKS.sender, LINKS.receiver);
}

/** Up, and without the frames that IPv6 sends by itself. */
function bringUp(system: System, ...names: string[]): void {
  for (const name of names) {
    const setting = `/proc/sys/net/ipv6/conf/${name}/disable_ipv6`;
    if (system.exists(setting)) system.writeAttribute(setting, '1');
    system.setUp(linkOf(system, name).ifindex, true);
  }
}

/** How many of the frames arrive at the other end, by its own counter. */
function sent(
  system: System,
  source: string,
  way: Way,
  name: string = LINKS.sender,
  peer: string = LINKS.receiver,
): number {
  const received = () => Number(system.readFile(`/sys/class/net/${peer}/statistics/rx_packets`));
  const before = received();
  const { status, stderr } = system.run('python3', ['-c', SENDER, name, source, way], LIMIT_MS);
  ok(status === 0, `the sender failed: ${stderr}`);
  return received() - before;
}

function withName(system: System, name: string, work: () => void): void {
  ip(system, ['link', 'set', LINKS.sender, 'name', name]);
  try {
    work();
  } finally {
    ip(system, ['link', 'set', name, 'name', LINKS.sender]);
  }
}

function ip(system: System, args: string[]): void {
  const { status, stderr } = system.run('ip', args, LIMIT_MS);
  ok(status === 0, `ip ${args.join(' ')}: ${stderr}`);
}
