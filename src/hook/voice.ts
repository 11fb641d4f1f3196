import type { InterfaceFacts } from '../core/link.ts';
import { isMute } from '../core/verify.ts';
import { LEAF_QDISCS, MUTE_QDISC, TC_ROOT, voiceQdiscs } from '../core/voice.ts';
import { type System, SystemError } from '../system/system.ts';

const MUTE = { kind: MUTE_QDISC, parent: TC_ROOT, handle: 0 };

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

/** Takes an interface down and, if it was brought up before the mute default was in force, its voice away. */
export function silence(system: System, facts: InterfaceFacts): void {
  if (facts.up) system.setUp(facts.ifindex, false);
  if (!facts.wireless && !isMute(facts)) system.replaceQdisc(facts.ifindex, MUTE);
}

function replaceAll(system: System, facts: InterfaceFacts, leaf: string): void {
  for (const qdisc of voiceQdiscs(facts.txQueues, leaf)) system.replaceQdisc(facts.ifindex, qdisc);
}
