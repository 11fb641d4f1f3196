import type { System } from '../../src/system/system.ts';

/** What a case needs besides the world of world.ts; adapters without it leave the case out. */
export type Need =
  /** Real processes: the fake's programs are scripted. */
  | 'processes'
  /** To be told of changes: only the compiled program waits for any. */
  | 'waiting'
  /** The kernel log, readable with dmesg(1). */
  | 'kernel-log'
  /** The kernel's default_qdisc, which only the first network namespace shows. */
  | 'default-qdisc'
  /** A process without CAP_NET_ADMIN: such cases run in a process of their own. */
  | 'no-privilege';

/** One promise of the port, tried on every adapter. */
export interface Case {
  title: string;
  needs?: Need[];
  run(system: System): void;
}
