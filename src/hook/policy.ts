import { DEFAULT_HOOK_POLICY, type HookPolicy } from '../core/hook-policy.ts';

/** Put in place of its name when the hook is compiled (src/compile/bundle.ts); absent in tests that do not set it. */
declare const MACVEIL_HOOK_POLICY: HookPolicy | undefined;

/** The policy that this hook was compiled with. */
export function hookPolicy(): HookPolicy {
  return typeof MACVEIL_HOOK_POLICY === 'undefined' ? DEFAULT_HOOK_POLICY : MACVEIL_HOOK_POLICY;
}
