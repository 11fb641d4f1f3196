import process from 'node:process';
import kleur from 'kleur';
import type { Failure } from './failure.ts';

/** Colours only where a person looks (a terminal) and wants them: https://no-color.org says any non-empty NO_COLOR means no. */
export function useColours(stream: { isTTY?: boolean }): void {
  kleur.enabled = stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** The text of a failure: `macveil: what`, then what to do next. */
export function formatFailure({ message, hint }: Failure): string {
  const next = hint ? `${kleur.dim('  hint:')} ${hint}\n` : '';
  return `${kleur.red().bold('macveil:')} ${message}\n${next}`;
}
