import type { InterfaceFacts } from '../core/link.ts';
import { LEAF_QDISCS, voiceQdiscs } from '../core/voice.ts';
import { type System, SystemError } from '../system/system.ts';

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

function replaceAll(system: System, facts: InterfaceFacts, leaf: string): void {
  for (const qdisc of voiceQdiscs(facts.txQueues, leaf)) system.replaceQdisc(facts.ifindex, qdisc);
}
