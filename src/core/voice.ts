/** A qdisc to put in place; parent and handle are 32-bit major:minor values (linux/pkt_sched.h), handle 0 lets the kernel choose. */
export interface Qdisc {
  kind: string;
  parent: number;
  handle: number;
}

/** The qdisc that drops all it is given (net/sched/sch_blackhole.c, built in with CONFIG_NET_SCHED). */
export const MUTE_QDISC = 'blackhole';

/** TC_H_ROOT of linux/pkt_sched.h. */
export const TC_ROOT = 0xffffffff;
/** TC_H_INGRESS, which is TC_H_CLSACT too: nothing that is sent is queued there. */
export const TC_INGRESS = 0xfffffff1;
/** Handle 1: of the mq root; its classes 1:1, 1:2, ... are the hardware queues (net/sched/sch_mq.c). */
const MQ_HANDLE = 0x00010000;

/** Leaf qdiscs in order of choice: what systemd sets for everyone, then the one that every kernel has built in. */
export const LEAF_QDISCS = ['fq_codel', 'pfifo_fast'] as const;

/** The qdiscs that give an interface its voice: one at the root, or one a hardware queue below mq. */
export function voiceQdiscs(txQueues: number, leaf: string): Qdisc[] {
  if (txQueues <= 1) return [{ kind: leaf, parent: TC_ROOT, handle: 0 }];
  const children = Array.from({ length: txQueues }, (_, i) => ({
    kind: leaf,
    parent: MQ_HANDLE | (i + 1),
    handle: 0,
  }));
  return [{ kind: 'mq', parent: TC_ROOT, handle: MQ_HANDLE }, ...children];
}
