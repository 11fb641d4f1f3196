import { SystemError } from '../../src/system/system.ts';

/** Fails unless both are the same, compared as JSON: the suite runs where no assertion library does. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (seen !== wanted) throw new Error(`${what}: expected ${shorten(wanted)}, got ${shorten(seen)}`);
}

/** Fails unless the statement holds. */
export function ok(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Fails unless the call ends in a SystemError with this errno name; returns its words. */
export function refused(code: string, call: () => unknown): string {
  let outcome = 'success';
  let words = '';
  try {
    call();
  } catch (error) {
    outcome = error instanceof SystemError ? error.code : `another error: ${error}`;
    words = String(error);
  }
  equal(outcome, code, 'refusal');
  return words;
}

function shorten(text: string | undefined): string {
  const all = text ?? 'nothing';
  return all.length > 300 ? `${all.slice(0, 300)}... (${all.length} characters)` : all;
}
