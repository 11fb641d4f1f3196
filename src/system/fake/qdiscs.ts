import { type Qdisc, SystemError, TC_ROOT } from '../system.ts';
import type { FakeLink } from './types.ts';

const KINDS = ['pfifo_fast', 'pfifo', 'fq_codel', 'fq', 'blackhole', 'noqueue', 'mq'];

/** What dev_activate() does for an interface that comes up without a qdisc (net/sched/sch_generic.c). */
export function giveDefaultQdisc(link: FakeLink, standard: string): void {
  if (link.origin.queueless) link.qdisc = 'noqueue';
  else if (link.txQueues === 1) link.qdisc = standard;
  else {
    link.qdisc = 'mq';
    // The kernel's own mq has handle 0, so its children cannot be named by a parent (net/sched/sch_mq.c).
    link.qdiscs = [{ kind: 'mq', parent: TC_ROOT, handle: 0 }, ...children(link.txQueues, standard)];
  }
}

/** RTM_NEWQDISC with NLM_F_CREATE | NLM_F_REPLACE; refuses as net/sched/sch_api.c does. */
export function replaceQdisc(link: FakeLink, qdisc: Qdisc): void {
  if (!KINDS.includes(qdisc.kind) || !hasPlace(link, qdisc.parent)) {
    throw new SystemError(`set qdisc ${qdisc.kind} on interface ${link.ifindex}`, 'ENOENT');
  }
  const root = qdisc.parent === TC_ROOT;
  const others = root ? [] : link.qdiscs.filter((one) => one.parent !== qdisc.parent);
  link.qdiscs = [...others, { ...qdisc }];
  if (root) link.qdisc = qdisc.kind;
}

function hasPlace(link: FakeLink, parent: number): boolean {
  if (parent === TC_ROOT) return true;
  const root = link.qdiscs.find((one) => one.parent === TC_ROOT);
  const queue = parent & 0xffff;
  const named = root?.kind === 'mq' && root.handle !== 0 && root.handle >>> 16 === parent >>> 16;
  return named && queue >= 1 && queue <= link.txQueues;
}

function children(count: number, kind: string): Qdisc[] {
  return Array.from({ length: count }, (_, queue) => ({ kind, parent: queue + 1, handle: 0 }));
}
