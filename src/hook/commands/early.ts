import { blocked, type DecisionState, decisionFromCmdline, isOpen } from '../../core/decision.ts';
import { CMDLINE, DECISION } from '../../paths.ts';
import { type System, SystemError } from '../../system/system.ts';
import { attempt } from '../attempt.ts';
import { announceEarly, silencePresent } from '../early-interfaces.ts';
import { HOOK_EXIT, type HookExit } from '../exit-codes.ts';
import { hasBlocklist, maskBlocklist, recordDecision } from '../gate.ts';
import { blockRadios } from '../radios.ts';
import { readDecision } from '../state.ts';

/**
 * Before udevd starts: makes new interfaces mute, records the decision of the command line, and unblocks the drivers
 * only if it says so, so that udev's own first coldplug loads them. Cards that are there already are silenced.
 */
export function early(system: System): HookExit {
  if (system.exists(DECISION)) return again(system);
  // The self-check too: what every later step stands on must answer before anything is unblocked.
  const present = silencePresent(system);
  // Where rfkill is there already; else its module brings the block with it (hooks/kmod).
  for (const { text } of attempt('radio', () => blockRadios(system))) system.log('err', text);
  const state = readCmdline(system);
  recordDecision(system, state);
  if (!hasBlocklist(system))
    system.log('err', 'there is no blocklist here: drivers load before any decision');
  if (isOpen(state.decision)) maskBlocklist(system);
  announce(system, state);
  announceEarly(system, present, state);
  return state.decision === 'blocked' ? HOOK_EXIT.findings : HOOK_EXIT.ok;
}

function again(system: System): HookExit {
  system.log('info', `the decision "${readDecision(system).decision}" is in force already`);
  return HOOK_EXIT.ok;
}

function readCmdline(system: System): DecisionState {
  try {
    return decisionFromCmdline(system.readFile(CMDLINE));
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return blocked(`the kernel command line cannot be read (${error.code})`);
  }
}

function announce(system: System, state: DecisionState): void {
  if (state.decision !== 'blocked') {
    system.log('info', `decision: ${state.decision} (${state.source})`);
    return;
  }
  system.log('err', `the network stays blocked: ${state.reason}`);
  system.log('err', 'run "macveil-hook decide spoof" (or keep, offline) to resolve it');
}
