import type { RunResult, System } from '../../src/system/system.ts';
import { equal, ok, refused } from './assert.ts';
import type { Case } from './case.ts';
import { WORLD } from './world.ts';

const LIMIT_MS = 20_000;
const SHORT_MS = 300;
const MEGABYTE = 1_000_000;

/** Programs, random bytes and the kernel log. */
export const programCases: Case[] = [
  {
    title: 'a program that is not there is ENOENT',
    run: (system) => refused('ENOENT', () => system.run('no-such-program', [], LIMIT_MS)),
  },
  {
    title: 'a file that is not executable is EACCES',
    needs: ['processes'],
    run(system) {
      system.writeFile(`${WORLD.directory}/plain`, 'text');
      refused('EACCES', () => system.run(`${WORLD.directory}/plain`, [], LIMIT_MS));
    },
  },
  {
    title: 'exit status, standard output and standard error are told apart',
    needs: ['processes'],
    run: (system) =>
      equal(
        summary(shell(system, 'echo out; echo err >&2; exit 3')),
        { status: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false },
        'result',
      ),
  },
  {
    title: 'arguments arrive as they are',
    needs: ['processes'],
    run(system) {
      const odd = ['', 'two words', '$HOME "quoted" \\', '-n', '\u00e4\u20ac'];
      const { stdout } = system.run('printf', ['[%s]', ...odd], LIMIT_MS);
      equal(stdout, odd.map((one) => `[${one}]`).join(''), 'arguments');
    },
  },
  {
    title: 'standard input is empty',
    needs: ['processes'],
    run: (system) => equal(system.run('cat', [], LIMIT_MS).stdout, '', 'input'),
  },
  {
    title: 'a megabyte on both outputs at once is captured whole',
    needs: ['processes'],
    run(system) {
      const script = `head -c ${MEGABYTE} /dev/zero | tr '\\0' e >&2 & head -c ${MEGABYTE} /dev/zero | tr '\\0' o; wait`;
      const { stdout, stderr, status } = shell(system, script);
      equal([status, stdout.length, stderr.length], [0, MEGABYTE, MEGABYTE], 'status and lengths');
      ok(!/[^o]/.test(stdout) && !/[^e]/.test(stderr), 'the outputs are mixed up');
    },
  },
  {
    title: 'output without end is stopped with ENOBUFS',
    needs: ['processes'],
    run: (system) => refused('ENOBUFS', () => system.run('yes', [], LIMIT_MS)),
  },
  {
    title: 'a program that a signal ends has no status',
    needs: ['processes'],
    run(system) {
      const { status, timedOut } = shell(system, 'kill -TERM $$');
      equal([status, timedOut], [null, false], 'status and timedOut');
    },
  },
  {
    title: 'a program that hangs is killed at its time limit, and what it printed is kept',
    needs: ['processes'],
    run(system) {
      const before = uptime(system);
      const result = shell(system, 'echo begun; exec sleep 100', SHORT_MS);
      const seconds = uptime(system) - before;
      equal(summary(result), { status: null, stdout: 'begun\n', stderr: '', timedOut: true }, 'result');
      ok(seconds >= 0.25 && seconds < 10, `it took ${seconds} s`);
    },
  },
  {
    title: 'the time limit also ends a hanging grandchild',
    needs: ['processes'],
    run(system) {
      const { stdout, timedOut } = shell(system, 'sleep 100 & echo $!; wait', SHORT_MS);
      ok(timedOut, 'not timed out');
      ok(isGone(system, stdout.trim()), `process ${stdout.trim()} lives on`);
    },
  },
  {
    title: 'a grandchild that keeps the output open is killed at the time limit, though its parent is done',
    needs: ['processes'],
    run(system) {
      const { stdout, status, timedOut } = shell(system, 'sleep 100 & echo $!; exit 0', SHORT_MS);
      equal([status, timedOut], [null, true], 'status and timedOut');
      ok(isGone(system, stdout.trim()), `process ${stdout.trim()} lives on`);
    },
  },
  {
    title: 'a program that closes its outputs is waited for',
    needs: ['processes'],
    run: (system) => equal(shell(system, 'exec >&- 2>&-; sleep 0.2; exit 7').status, 7, 'status'),
  },
  {
    title: 'random bytes come in the number asked for, and never the same ones twice',
    run(system) {
      const draws = [system.randomBytes(24), system.randomBytes(24)].map((bytes) => Array.from(bytes));
      equal(
        draws.map((draw) => draw.length),
        [24, 24],
        'lengths',
      );
      ok(JSON.stringify(draws[0]) !== JSON.stringify(draws[1]), `twice ${draws[0]}`);
      equal(system.randomBytes(0).length, 0, 'length of no bytes');
    },
  },
  {
    title: 'a line of the log is one record of the kernel log',
    needs: ['processes', 'kernel-log'],
    run(system) {
      const mark = Array.from(system.randomBytes(8)).join('-');
      system.log('info', `contract ${mark} begins\nand goes on`);
      const { stdout } = system.run('dmesg', [], LIMIT_MS);
      ok(stdout.includes(`macveil: contract ${mark} begins | and goes on\n`), 'the record is not there');
    },
  },
];

function shell(system: System, script: string, limit = LIMIT_MS): RunResult {
  return system.run('sh', ['-c', script], limit);
}

function summary({ status, stdout, stderr, timedOut }: RunResult): RunResult {
  return { status, stdout, stderr, timedOut };
}

/** Seconds since the boot (proc_uptime(5)): the port has no clock. */
export function uptime(system: System): number {
  return Number(system.readFile('/proc/uptime').split(' ')[0]);
}

/** A killed process ends soon, but not at once; a zombie that nobody collects has ended too. */
function isGone(system: System, pid: string): boolean {
  const end = uptime(system) + 5;
  while (uptime(system) < end) {
    if (!system.exists(`/proc/${pid}/stat`)) return true;
    if (/\) [ZX] /.test(stateOf(system, pid))) return true;
  }
  return false;
}

function stateOf(system: System, pid: string): string {
  try {
    return system.readFile(`/proc/${pid}/stat`);
  } catch {
    return ') X ';
  }
}
