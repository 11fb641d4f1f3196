import { CliError, EXIT } from '../cli/errors.ts';

/** The refusal of something in a loader's configuration: where it stands, what it is, and what to do. */
export function problem(path: string, line: number, what: string, hint: string): CliError {
  return new CliError(EXIT.input, `${path}:${line}: ${what}`, hint);
}

/** The line of a place in a text, counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
