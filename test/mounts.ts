import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import process from 'node:process';

/** Why this process cannot mount a file system; '' when it can. */
export function mountProblem(): string {
  const run = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], {
    encoding: 'utf8',
  });
  return run.status === 0 ? '' : `mounting needs root (${(run.stderr || String(run.error)).trim()})`;
}

/** Makes a small disk at a folder; it is unmounted when the test file ends. */
export function mountDisk(directory: string, size: string): string {
  mkdirSync(directory, { recursive: true });
  run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'macveil-test', directory]);
  process.prependListener('exit', () => spawnSync('umount', ['--lazy', directory]));
  return directory;
}

/** Makes a mounted disk read-only. */
export function makeReadOnly(directory: string): void {
  run('mount', ['-o', 'remount,ro', directory]);
}

function run(program: string, args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}
