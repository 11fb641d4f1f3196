import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** True when the module with this `import.meta.url` is the one that was started, not imported by another. */
export function isMain(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl);
}

/** What shells call the exit code of a program that a signal ended. */
export function signalExitCode(signal) {
  return 128 + constants.signals[signal];
}
