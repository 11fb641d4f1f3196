import type { System } from '../../src/system/system.ts';
import { equal, ok, refused } from './assert.ts';
import type { Case } from './case.ts';
import { uptime } from './programs.ts';
import { WORLD } from './world.ts';

const LIMIT_MS = 20_000;
const FILE = `${WORLD.directory}/lock`;

/** The lock that keeps processes apart. */
export const lockCases: Case[] = [
  {
    title: 'a lock makes its file, can be given back, and can be taken again',
    run(system) {
      system.removeFile(FILE);
      holding(system, FILE, () => ok(system.exists(FILE), 'there is no file'));
      holding(system, FILE, () => undefined);
    },
  },
  {
    title: 'a lock keeps the text of its file',
    run(system) {
      system.writeFile(`${FILE}-text`, 'text');
      holding(system, `${FILE}-text`, () => undefined);
      equal(system.readFile(`${FILE}-text`), 'text', 'text');
    },
  },
  {
    title: 'a second lock is EDEADLK, and the first one stays',
    run: (system) =>
      holding(system, FILE, () => {
        refused('EDEADLK', () => system.lock(FILE));
        refused('EDEADLK', () => system.lock(`${FILE}-other`));
      }),
  },
  {
    title: 'giving back a lock that is not held is ENOLCK',
    run: (system) => void refused('ENOLCK', () => system.unlock()),
  },
  {
    title: 'a lock in a directory that is missing is ENOENT, and none is held then',
    run(system) {
      refused('ENOENT', () => system.lock(`${WORLD.directory}/missing/lock`));
      refused('ENOLCK', () => system.unlock());
    },
  },
  {
    title: 'another process cannot take a held lock, and can when it is given back',
    needs: ['processes'],
    run(system) {
      holding(system, FILE, () => equal(isFree(system), false, 'free while held'));
      equal(isFree(system), true, 'free afterwards');
    },
  },
  {
    title: 'a lock that another process holds is waited for',
    needs: ['processes'],
    run(system) {
      // The lock is that of the open file, which the sleeping process keeps when the shell is gone.
      const script = 'exec 9>"$0"; flock 9; sleep 0.5 >/dev/null 2>&1 &';
      const before = uptime(system);
      equal(system.run('sh', ['-c', script, FILE], LIMIT_MS).status, 0, 'status');
      equal(isFree(system), false, 'free at once');
      holding(system, FILE, () => undefined);
      const seconds = uptime(system) - before;
      ok(seconds >= 0.45 && seconds < 10, `it took ${seconds} s`);
    },
  },
  {
    title: 'a program that is run while the lock is held does not keep it',
    needs: ['processes'],
    run(system) {
      const script = 'sleep 5 >/dev/null 2>&1 &';
      holding(system, FILE, () => system.run('sh', ['-c', script], LIMIT_MS));
      equal(isFree(system), true, 'free afterwards');
    },
  },
];

function isFree(system: System): boolean {
  return system.run('flock', ['--nonblock', FILE, 'true'], LIMIT_MS).status === 0;
}

/** The lock is given back whatever happens: the next case wants it. */
function holding(system: System, path: string, work: () => void): void {
  system.lock(path);
  try {
    work();
  } finally {
    system.unlock();
  }
}
