import { spawnSync } from 'node:child_process';

const LIMIT_MS = 900_000;
const MAX_OUTPUT = 2 ** 26;

/** Runs a program in a site, under its umask and environment alone; an Error with its output unless its exit code is allowed. */
export function runStep({ directory, umask, env }, command, allowed = [0]) {
  const args = ['-c', 'umask "$0" && exec "$@"', umask, ...command];
  const options = { cwd: directory, env, encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: MAX_OUTPUT };
  const { status, signal, stdout, stderr, error } = spawnSync('sh', args, options);
  if (!error && allowed.includes(status)) return stdout;
  const how = error?.code ?? signal ?? `exit code ${status}`;
  throw new Error(`${command.join(' ')} failed in ${directory} (${how})\n${stdout}${stderr}`);
}
