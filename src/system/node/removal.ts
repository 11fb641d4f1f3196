import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import process from 'node:process';
import { KILL_LIMIT_MS, SystemError } from '../system.ts';
import { nodeError } from './errors.ts';
import { programEnvironment } from './run.ts';

const POLL_MS = 5;

/** What rmmod(8) says of errno values that delete_module(2) answers. */
const WORDS: [RegExp, string][] = [
  [/not currently loaded|No such file/, 'ENOENT'],
  [/in use|temporarily unavailable/, 'EAGAIN'],
  [/not permitted/, 'EPERM'],
  [/not implemented/, 'ENOSYS'],
];

/** Unloads a module with rmmod(8), which is a name of kmod. */
export function unloadModule(name: string): void {
  const { status, stderr, error } = spawnSync('rmmod', [name], {
    encoding: 'utf8',
    env: programEnvironment(),
  });
  if (status === 0) return;
  const known = WORDS.find(([pattern]) => pattern.test(stderr ?? ''))?.[1];
  throw new SystemError(
    `unload ${name}`,
    known ?? (error as NodeJS.ErrnoException | undefined)?.code ?? 'EIO',
  );
}

/** Kills a process and looks again and again until it has ended: Node cannot wait for what is not its child. */
export function killProcess(pid: number): void {
  const what = `kill process ${pid}`;
  try {
    nodeError(what, () => process.kill(pid, 'SIGKILL'));
  } catch (error) {
    if ((error as SystemError).code === 'ESRCH') return;
    throw error;
  }
  const nap = new Int32Array(new SharedArrayBuffer(4));
  for (const end = performance.now() + KILL_LIMIT_MS; hasEnded(pid) === false; ) {
    if (performance.now() > end) throw new SystemError(what, 'ETIMEDOUT');
    Atomics.wait(nap, 0, 0, POLL_MS);
  }
}

/** A zombie has ended too: state Z in /proc/PID/stat, behind the name in parentheses (proc_pid_stat(5)). */
function hasEnded(pid: number): boolean {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /\) [ZX] /.test(stat.slice(stat.lastIndexOf(')')));
  } catch {
    return true;
  }
}
