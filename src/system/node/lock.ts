import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { SystemError } from '../system.ts';
import { programEnvironment } from './run.ts';

/** The file whose lock this process holds; Node opens files so that no program it runs inherits them. */
let held: number | undefined;

/** A flock(2) belongs to the open file, not to who asked: flock(1) gets ours as its descriptor 3, and we keep it. */
export function lock(path: string): void {
  const what = `lock ${path}`;
  if (held !== undefined) throw new SystemError(what, 'EDEADLK');
  const fd = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
  const { status, error } = spawnSync('flock', ['--exclusive', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', fd],
    env: programEnvironment(),
  });
  if (status === 0) {
    held = fd;
    return;
  }
  fs.closeSync(fd);
  throw new SystemError(what, (error as NodeJS.ErrnoException | undefined)?.code ?? 'EIO');
}

/** Closing the file gives its lock back. */
export function unlock(): void {
  if (held === undefined) throw new SystemError('unlock', 'ENOLCK');
  fs.closeSync(held);
  held = undefined;
}
