import { execa } from 'execa';
import { BuildError } from './build-error.mjs';

const interruption = new AbortController();

/** From here on Ctrl-C or a polite kill ends the running program first, and only then this one: nothing half-built stays. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort(signal));
}

/** Runs a program and shows its output as it comes; a BuildError when it fails. */
export async function run(program, args, env = {}) {
  const stdio = { stdin: 'ignore', stdout: 'inherit', stderr: 'inherit' };
  const result = await execa(program, args, {
    ...stdio,
    env: { LC_ALL: 'C.UTF-8', ...env },
    cancelSignal: interruption.signal,
    reject: false,
  });
  if (interruption.signal.aborted) throw new BuildError('interrupted', 'nothing half-built was kept');
  if (result.code === 'ENOENT') throw new BuildError(`${program} is not installed`, 'run: sh build/setup.sh');
  if (result.failed) {
    const how = result.signal ?? `exit code ${result.exitCode}`;
    throw new BuildError(
      `${program} failed (${how})`,
      'its own messages are above; repair that and run this again',
    );
  }
}

/** `run` in a mount namespace of its own: whatever the program mounts is gone with it, however it ends. */
export async function runIsolated(program, args, env) {
  await run('unshare', ['--mount', program, ...args], env);
}
