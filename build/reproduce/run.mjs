import { execa } from 'execa';

const LIMIT_MS = 900_000;
const interruption = new AbortController();

/** From here on Ctrl-C or a polite kill ends the running programs first, so that what was made for them is removed. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort(signal));
}

/** Runs a program in a site, under its umask and environment alone; an Error with its output unless its exit code is allowed. */
export async function runStep({ directory, umask, env }, command, allowed = [0]) {
  const args = ['-c', 'umask "$0" && exec "$@"', umask, ...command];
  const result = await execa('sh', args, {
    cwd: directory,
    env,
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    timeout: LIMIT_MS,
    cancelSignal: interruption.signal,
    reject: false,
  });
  if (allowed.includes(result.exitCode)) return result.stdout;
  const how = result.exitCode === undefined ? result.shortMessage : `exit code ${result.exitCode}`;
  throw new Error(`${command.join(' ')} failed in ${directory} (${how})\n${result.all}`);
}
