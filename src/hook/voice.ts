import type { InterfaceFacts } from '../core/link.ts';
import { dropsAll } from '../core/mute.ts';
import { LEAF_QDISCS, MUTE_QDISC, TC_ROOT, voiceQdiscs } from '../core/voice.ts';
import { type System, SystemError } from '../system/system.ts';

/** What makes an interface drop all it is given, whoever brings it up. */
export const MUTE = { kind: MUTE_QDISC, parent: TC_ROOT, handle: 0 };

/** Gives an interface normal qdiscs, so that it can send; throws when not even the built-in ones are accepted. */
export function giveVoice(system: System, facts: InterfaceFacts): void {
  const [first, fallback] = LEAF_QDISCS;
  try {
    replaceAll(system, facts, first);
  } catch (error) {
    // fq_codel is a module on many kernels and may be missing from an initramfs.
    if (!(error instanceof SystemError)) throw error;
    replaceAll(system, facts, fallback);
  }
}

/** Takes an interface down, and its voice away: the mute default alone does not hold radios, nor what came before it. */
export function silence(system: System, facts: InterfaceFacts): void {
  if (facts.up) system.setUp(facts.ifindex, false);
  if (!dropsAll(facts)) system.replaceQdisc(facts.ifindex, MUTE);
}

function replaceAll(system: System, facts: InterfaceFacts, leaf: string): void {
  for (const qdisc of voiceQdiscs(facts.txQueues, leaf)) system.replaceQdisc(facts.ifindex, qdisc);
}
