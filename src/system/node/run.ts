import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import process from 'node:process';
import { type RunResult, SystemError } from '../system.ts';
import { nodeError } from './errors.ts';

/** The same as in build/quickjs/process.c; more is ENOBUFS. */
const OUTPUT_LIMIT = 16 * 1024 * 1024;
/** Where Debian, Fedora and Arch keep system programs, for an environment without PATH. */
const STANDARD_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Runs a program in its own process group and, when the time is over, kills the whole group. */
export function runProgram(program: string, args: string[], timeoutMs: number): RunResult {
  const child = spawnSync(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: programEnvironment(),
    maxBuffer: OUTPUT_LIMIT,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    // Its own session and group, so that descendants can be ended with it; spawnSync knows this option too.
    ...{ detached: true },
  });
  const code = (child.error as NodeJS.ErrnoException | undefined)?.code;
  if (code) killGroup(child);
  if (code && code !== 'ETIMEDOUT') throw new SystemError(`run ${program}`, code);
  const timedOut = code === 'ETIMEDOUT';
  return { status: timedOut ? null : child.status, stdout: child.stdout, stderr: child.stderr, timedOut };
}

/** Our own environment, with a PATH in any case. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: process.env.PATH || STANDARD_PATH };
}

function killGroup({ pid }: SpawnSyncReturns<string>): void {
  if (!pid) return;
  try {
    nodeError('kill', () => process.kill(-pid, 'SIGKILL'));
  } catch (error) {
    if ((error as SystemError).code !== 'ESRCH') throw error;
  }
}
