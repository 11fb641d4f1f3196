import { execa } from 'execa';
import { BuildError } from './build-error.mjs';

/**
 * Namespaces of its own for each program: what it mounts and starts is gone with it, however it ends, so that the
 * workspace can be removed without a mount or a late writer in it.
 */
const ISOLATION = ['--mount', '--pid', '--mount-proc', '--fork', '--kill-child'];
/** unshare waits for its program and ignores a polite request meanwhile. */
const KILL_AFTER_MS = 500;
/** What unshare, like a shell, exits with when there is no such program. */
const NOT_FOUND = 127;

const interruption = new AbortController();

/** From here on Ctrl-C or a polite kill ends the running program first, and only then this one: nothing half-built stays. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort(signal));
}

/** Runs a program and shows its output as it comes; a BuildError when it fails. Needs root. */
export async function run(program, args, env = {}) {
  const result = await execa('unshare', [...ISOLATION, program, ...args], {
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    env: { LC_ALL: 'C.UTF-8', ...env },
    cancelSignal: interruption.signal,
    forceKillAfterDelay: KILL_AFTER_MS,
    reject: false,
  });
  if (interruption.signal.aborted) throw new BuildError('interrupted', 'nothing half-built was kept');
  if (!result.failed) return;
  if (result.exitCode === NOT_FOUND)
    throw new BuildError(`${program} is not installed`, 'run: sh build/setup.sh');
  const how = result.signal ?? `exit code ${result.exitCode}`;
  throw new BuildError(`${program} failed (${how})`, 'see its own messages above, then run this again');
}
