import type { InterfaceFacts } from './link.ts';
import type { Finding } from './report.ts';
import { MUTE_QDISC } from './voice.ts';

/** The kernel's place holder until an interface is first brought up or given a qdisc (net/sched/sch_generic.c). */
const NO_QDISC_YET = 'noop';

/** True when every queue of the interface drops what it is given, whoever brings the interface up. */
export function dropsAll({ leafQdiscs }: InterfaceFacts): boolean {
  return leafQdiscs.length > 0 && leafQdiscs.every((kind) => kind === MUTE_QDISC);
}

/**
 * True when the interface cannot send: it drops all, or it has no qdisc yet and the mute default awaits it. A radio of
 * mac80211 gets none at all when it comes up (IFF_NO_QUEUE), so it counts only while it is down.
 */
export function isMute(facts: InterfaceFacts): boolean {
  return dropsAll(facts) || (facts.qdisc === NO_QDISC_YET && !(facts.wireless && facts.up));
}

/** False for an interface that certainly never was up: the first activation, or somebody, has not given it a qdisc yet. */
export function hasBeenUp({ qdisc, up }: InterfaceFacts): boolean {
  return up || qdisc !== NO_QDISC_YET;
}

/** True when at least one queue drops what it is given, or would once the interface is up. */
export function lacksVoice({ qdisc, leafQdiscs }: InterfaceFacts): boolean {
  return qdisc === NO_QDISC_YET || leafQdiscs.includes(MUTE_QDISC);
}

/** The rule for the time after an interface was let speak: without a real qdisc people have no network. */
export function verifyVoice(facts: InterfaceFacts): Finding[] {
  if (!lacksVoice(facts)) return [];
  return [{ rule: 'still-mute', text: `a queue of it still drops all (${facts.qdisc})` }];
}
