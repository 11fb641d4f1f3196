import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';

/**
 * Does the work while no other process holds the lock of this file. The lock belongs to a flock(1) whose input ends
 * with this process, so it is free again however this process ends.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const holder = execa('flock', [file, 'sh', '-c', 'echo locked; cat'], { buffer: false });
  try {
    await new Promise((resolve, reject) => {
      holder.stdout.once('data', resolve);
      holder.catch(reject);
    });
    return await work();
  } finally {
    holder.stdin.end();
    await holder.catch(() => undefined);
  }
}
