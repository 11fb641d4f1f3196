import { type Qdisc, SystemError, TC_ROOT } from '../system.ts';
import type { FakeInterface, FakeLink } from './types.ts';

const KINDS = ['pfifo_fast', 'pfifo', 'fq_codel', 'fq', 'blackhole', 'noqueue', 'mq'];

/** What dev_activate() does for an interface that comes up without a qdisc (net/sched/sch_generic.c). */
export function giveDefaultQdisc(link: FakeLink, standard: string): void {
  if (link.origin.queueless) link.qdisc = 'noqueue';
  else if (link.txQueues === 1) link.qdisc = standard;
  else {
    link.qdisc = 'mq';
    link.qdiscs = mq(0, link.txQueues, standard);
  }
}

/** The qdiscs of an interface that appears: an mq is never without children. */
export function firstQdiscs({ qdisc, qdiscs, txQueues }: FakeInterface, standard: string): Qdisc[] {
  if (qdisc === 'mq' && !qdiscs) return mq(0, txQueues ?? 1, standard);
  return (qdiscs ?? []).map((one) => ({ ...one }));
}

/** RTM_NEWQDISC with NLM_F_CREATE | NLM_F_REPLACE; refuses as net/sched/sch_api.c does. */
export function replaceQdisc(link: FakeLink, qdisc: Qdisc, standard: string): void {
  if (!KINDS.includes(qdisc.kind) || !hasPlace(link, qdisc.parent)) {
    throw new SystemError(`set qdisc ${qdisc.kind} on interface ${link.ifindex}`, 'ENOENT');
  }
  const root = qdisc.parent === TC_ROOT;
  const others = root ? [] : link.qdiscs.filter((one) => one.parent !== qdisc.parent);
  if (root && qdisc.kind === 'mq') link.qdiscs = mq(qdisc.handle, link.txQueues, standard);
  else link.qdiscs = [...others, { ...qdisc }];
  if (root) link.qdisc = qdisc.kind;
}

/** What a dump of the qdiscs shows; `noop` is not listed (tc_dump_qdisc_root of net/sched/sch_api.c). */
export function shownQdiscs({ qdisc, qdiscs }: FakeLink): Qdisc[] {
  if (qdisc === 'noop') return [];
  const root = { kind: qdisc, parent: TC_ROOT, handle: 0 };
  const known = qdiscs.find(({ parent }) => parent === TC_ROOT);
  // A test that gives the link another `qdisc` has replaced the root, and with it all below.
  if (known && known.kind !== qdisc) return [root];
  return [known ?? root, ...qdiscs.filter((one) => one !== known)].map((one) => ({ ...one }));
}

function hasPlace(link: FakeLink, parent: number): boolean {
  if (parent === TC_ROOT) return true;
  const root = link.qdiscs.find((one) => one.parent === TC_ROOT);
  const queue = parent & 0xffff;
  const named = root?.kind === 'mq' && root.handle !== 0 && root.handle >>> 16 === parent >>> 16;
  return named && queue >= 1 && queue <= link.txQueues;
}

/** An mq and its children; those of the kernel's own, of handle 0, cannot be named by a parent (net/sched/sch_mq.c). */
function mq(handle: number, count: number, kind: string): Qdisc[] {
  const child = (_: unknown, queue: number) => ({ kind, parent: (handle | (queue + 1)) >>> 0, handle: 0 });
  return [{ kind: 'mq', parent: TC_ROOT, handle }, ...Array.from({ length: count }, child)];
}
