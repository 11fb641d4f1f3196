import { decideLater, isOpen } from '../../core/decision.ts';
import type { System } from '../../system/system.ts';
import { HOOK_EXIT, type HookExit } from '../exit-codes.ts';
import { recordDecision } from '../gate.ts';
import { readDecision } from '../state.ts';
import { unblock } from './unblock.ts';
import { verifyAfter } from './verify.ts';

/** Records a decision taken after boot and carries it out; a decision in force is never replaced by another. */
export function decide(system: System, wanted: string): HookExit {
  const next = decideLater(readDecision(system), wanted);
  if ('refused' in next) {
    system.print('stderr', `macveil-hook: ${next.refused}\n`);
    return HOOK_EXIT.refused;
  }
  recordDecision(system, next);
  system.log('info', `decision: ${next.decision} (${next.source})`);
  return isOpen(next.decision) ? unblock(system) : verifyAfter(system, []);
}
