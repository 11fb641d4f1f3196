import type { System } from '../../system/system.ts';
import { HOOK_EXIT, type HookExit } from '../exit-codes.ts';
import { blockRadios } from '../radios.ts';

/**
 * Called by modprobe between loading rfkill and whatever needs it (hooks/kmod): at that moment no radio exists, and each
 * that comes is born blocked.
 */
export function radios(system: System): HookExit {
  blockRadios(system);
  return HOOK_EXIT.ok;
}
