import { SystemError } from '../../src/system/system.ts';
import { equal, ok, refused } from './assert.ts';
import type { Case } from './case.ts';

const LIMIT_MS = 20_000;
/** More than any process can have (PID_MAX_LIMIT of linux/threads.h). */
const NO_PROCESS = 2 ** 22 + 1;

/** Taking modules, processes and wireless devices away. */
export const removalCases: Case[] = [
  {
    title: 'a module that is not loaded is ENOENT, and ENOSYS to a kernel without modules',
    run(system) {
      try {
        system.unloadModule('no_such_module');
      } catch (error) {
        const code = error instanceof SystemError ? error.code : String(error);
        return ok(code === 'ENOENT' || code === 'ENOSYS', code);
      }
      throw new Error('it was unloaded');
    },
  },
  {
    title: 'a process that is killed has ended when the call returns',
    needs: ['processes'],
    run(system) {
      const script = 'sleep 60 >/dev/null 2>&1 & echo $!';
      const pid = system.run('sh', ['-c', script], LIMIT_MS).stdout.trim();
      ok(system.exists(`/proc/${pid}`), 'it does not run');
      system.killProcess(Number(pid));
      const state = system.exists(`/proc/${pid}/stat`) ? system.readFile(`/proc/${pid}/stat`) : '(sleep) Z ';
      ok(state.includes('(sleep) Z '), state);
    },
  },
  {
    title: 'a process that is not there is as good as killed',
    run: (system) => equal(system.killProcess(NO_PROCESS), undefined, 'answer'),
  },
  {
    title: 'a machine without radios has no wireless devices, and none can be removed',
    run(system) {
      equal(system.wirelessDevices(), [], 'wireless devices');
      refused('ENODEV', () => system.removeWirelessDevice(1));
    },
  },
];
