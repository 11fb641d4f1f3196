/** Exit codes of every macveil command, documented in docs/exit-codes.md. */
export const EXIT = {
  ok: 0,
  /** The command worked and what it looked at is not right (a leak, a finding). */
  findings: 1,
  /** Wrong command, option or argument. */
  usage: 2,
  /** What was named is missing or is not what it should be (no root, no kernel, not an image). */
  input: 3,
  /** A program this command needs is not installed, or failed. */
  tool: 4,
  /** Reading or writing failed (full disk, no permission). */
  io: 5,
  /** A defect in macveil itself. */
  internal: 70,
} as const;

/** An error for people: what is wrong with what, and what to do next; ends the command with `exitCode`. */
export class CliError extends Error {
  readonly hint: string;
  readonly exitCode: number;
  constructor(exitCode: number, message: string, hint: string) {
    super(message);
    this.name = 'CliError';
    this.hint = hint;
    this.exitCode = exitCode;
  }
}
