import { execa } from 'execa';
import { BuildError } from '../image/build-error.mjs';

/** Enough of a failed program's last words to see why. */
const WORDS = 1000;

const interruption = new AbortController();

/** From here on Ctrl-C or a polite kill ends the running program first, so that nothing half-made stays. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort(signal));
}

/** Runs a program without a terminal and returns what it printed; a BuildError with its own words when it fails. */
export async function capture(program, args, options = {}) {
  const result = await execa(program, args, {
    stdin: 'ignore',
    // Debian keeps depmod and modinfo where a user's PATH does not look.
    env: { LC_ALL: 'C.UTF-8', PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    maxBuffer: 1 << 28,
    cancelSignal: interruption.signal,
    reject: false,
    ...options,
  });
  if (interruption.signal.aborted) throw new BuildError('interrupted', 'nothing half-made was kept');
  if (!result.failed) return result.stdout;
  if (result.code === 'ENOENT') throw new BuildError(`${program} is not installed`, 'run: sh build/setup.sh');
  const how = result.signal ?? `exit code ${result.exitCode}`;
  const words = String(result.stderr).trim().slice(-WORDS).replace(/^/gm, '  ');
  throw new BuildError(`${program} failed (${how}):\n${words}`, `${cure(words)}, then run this again`);
}

function cure(words) {
  if (/no space left|enough free space/i.test(words)) return 'the disk is full: make room';
  if (/could not resolve|failed to fetch|unable to connect|timed out/i.test(words))
    return 'see whether this machine reaches its package sources (apt-get update)';
  return 'see its own words above';
}
