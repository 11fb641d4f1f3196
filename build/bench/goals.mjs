/** What the project allows itself, in bytes: the hook, and what the compressed initrd grows by. */
export const GOALS = { hook: 700_000, initrd: 350_000 };
