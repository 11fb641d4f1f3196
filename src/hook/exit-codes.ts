/** Exit codes of macveil-hook, documented in docs/macveil-hook.md. */
export const HOOK_EXIT = {
  ok: 0,
  /** Something is not as decided; the report says what. */
  findings: 1,
  usage: 2,
  /** The decision in force does not allow what was asked. */
  refused: 3,
  /** The kernel or a program refused; nothing was opened. */
  system: 4,
  /** A defect in macveil itself. */
  internal: 70,
} as const;

/** The exit code of a finished command. */
export type HookExit = (typeof HOOK_EXIT)[keyof typeof HOOK_EXIT];
