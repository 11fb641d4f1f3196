import { decideLater, isOpen } from '../../core/decision.ts';
import type { System } from '../../system/system.ts';
import { HOOK_EXIT, type HookExit } from '../exit-codes.ts';
import { recordDecision } from '../gate.ts';
import { withLock } from '../lock.ts';
import { readDecision } from '../state.ts';
import { unblock } from './unblock.ts';
import { verifyAfter } from './verify.ts';

/** Records a decision taken after boot and carries it out; a decision in force is never replaced by another. */
export function decide(system: System, wanted: string): HookExit {
  const next = withLock(system, () => record(system, wanted));
  if ('refused' in next) {
    system.print('stderr', `macveil-hook: ${next.refused}\n`);
    return HOOK_EXIT.refused;
  }
  system.log('info', `decision: ${next.decision} (${next.source})`);
  return isOpen(next.decision) ? unblock(system) : verifyAfter(system, []);
}

/** Read and written in one turn: of two people who decide at once, one must be refused. */
function record(system: System, wanted: string): ReturnType<typeof decideLater> {
  const next = decideLater(readDecision(system), wanted);
  if (!('refused' in next)) recordDecision(system, next);
  return next;
}
