import { setTimeout as pause } from 'node:timers/promises';

/** What the guest, or the machine itself, did not do; it ends a scenario as a finding, not the program. */
export class ScenarioFailure extends Error {
  override readonly name = 'ScenarioFailure';
}

const POLL_MS = 100;

/** What a scenario failed at in words, '' when it did not; any other error is thrown on. */
export async function failureOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return '';
  } catch (error) {
    if (error instanceof ScenarioFailure) return error.message;
    throw error;
  }
}

/** Asks `check` again and again until it answers something else than null; a ScenarioFailure names `what` after the limit. */
export async function waitUntil<T>(
  what: string,
  limitSeconds: number,
  check: () => T | null | Promise<T | null>,
): Promise<T> {
  const end = performance.now() + limitSeconds * 1000;
  for (;;) {
    const answer = await check();
    if (answer !== null) return answer;
    if (performance.now() > end) throw new ScenarioFailure(`${what}: not within ${limitSeconds} s`);
    await pause(POLL_MS);
  }
}
