/**
 * The machine every case finds; world.sh makes it of real parts and fake-world.ts in memory, under the same names.
 * Each interface belongs to the cases of one subject, so that their order does not matter.
 */
export const WORLD = {
  /** An empty directory for files of the cases. */
  directory: '/run/contract',
  /** A file system with room for 16 KiB; it holds the file `kept` with the text `old`. */
  full: '/run/contract/full',
  /** A link that leads nowhere, to `nowhere/at-all`. */
  danglingLink: '/run/contract/dangling',
  /** A link to the directory `/run`. */
  directoryLink: '/run/contract/to-run',
  /** The kernel's default_qdisc. */
  defaultQdisc: '/run/contract/default_qdisc',
  /** An attribute that takes a number from 1 to 255 and holds 64. */
  attribute: '/proc/sys/net/ipv4/ip_default_ttl',
  /** An ifindex that nothing has. */
  absent: 99_999,
  /** Interfaces named bulk0, bulk1, ... */
  bulk: 300,
} as const;

/** The interfaces by name: taps with one queue, except as said. */
export const LINKS = {
  untouched: 'untouched',
  address: 'address',
  upDown: 'updown',
  rootQdisc: 'rootqdisc',
  mute: 'mute',
  /** A tap with many queues. */
  queues: 'queues',
  /** Another one, whose mq is left to the kernel. */
  kernelQueues: 'kernelqueues',
  /** A tun device: it has no hardware address. */
  tun: 'noaddress',
  /** One end of a veth pair: it has no queue. */
  veth: 'veth',
  bridge: 'bridge',
  guard: 'guard',
  guardSecond: 'guardsecond',
  /** The ends of a veth pair, for frames that guards drop; only the real world has what sends them. */
  sender: 'sender',
  receiver: 'receiver',
  /** A tap that is a part of the bridge. */
  member: 'member',
} as const;
