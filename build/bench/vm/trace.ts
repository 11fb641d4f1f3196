import { gunzipSync } from 'node:zlib';
import type { GuestShell } from '../../../src/prove/agent.ts';

/** What a program asked of the kernel, by a log of `strace -f`. */
export interface Calls {
  calls: number;
  forks: number;
  /** Programs started: those that were found. */
  programs: number;
  opens: number;
  /** Octets that read(2) and its like brought, files and netlink alike. */
  bytes: number;
  /** How often each call was made. */
  byName: Map<string, number>;
}

/** The calls of one round: those of the programs that udev called, by interface, and those outside udev. */
export interface Traces {
  interfaces: Calls[];
  outside: Calls;
}

/** guest/round.sh leaves one log an interface and one of the whole. */
const SEND_LOGS = 'cd /run/bench && for log in trace.*; do echo "$log $(gzip -c "$log" | base64 -w 0)"; done';
const SENT_LOG = /^trace\.(\S+) (\S+)$/gm;
const WHOLE = 'whole';

/** The beginning of a call; its end may be another line when another process came in between (strace(1)). */
const BEGIN = /^\d+ +([a-z_0-9]+)\(/;
const END = /^\d+ +(?:<\.\.\. )?([a-z_0-9]+)(?:\(| resumed).*\) += (\d+)(?:$| )/;
const FORKS = new Set(['fork', 'vfork', 'clone', 'clone3']);
const OPENS = new Set(['open', 'openat', 'openat2']);
const READS = new Set([
  'read',
  'pread64',
  'readv',
  'recvmsg',
  'recvfrom',
  'getdents64',
  'readlink',
  'readlinkat',
]);

/** Fetches and counts the logs of the round that was traced last. */
export async function readTraces(shell: GuestShell): Promise<Traces> {
  const { status, output } = await shell.run(SEND_LOGS);
  const logs = Array.from(output.matchAll(SENT_LOG), ([, name = '', text = '']) => ({
    name,
    calls: countCalls(gunzipSync(Buffer.from(text, 'base64')).toString('latin1')),
  }));
  const outside = logs.find(({ name }) => name === WHOLE);
  if (status !== 0 || !outside) throw new Error(`the logs of system calls cannot be read: ${output}`);
  return {
    interfaces: logs.filter((log) => log !== outside).map(({ calls }) => calls),
    outside: outside.calls,
  };
}

/** Counts what a log holds; calls are counted whether they were refused or not, forks and opens only when they were not. */
export function countCalls(log: string): Calls {
  const calls = noCalls();
  for (const line of log.split('\n')) {
    countBegin(calls, BEGIN.exec(line)?.[1]);
    const [, name = '', result = ''] = END.exec(line) ?? [];
    countEnd(calls, name, Number(result));
  }
  return calls;
}

function countBegin(calls: Calls, name: string | undefined): void {
  if (name === undefined) return;
  calls.calls += 1;
  calls.byName.set(name, (calls.byName.get(name) ?? 0) + 1);
}

function countEnd(calls: Calls, name: string, result: number): void {
  if (FORKS.has(name)) calls.forks += 1;
  if (name === 'execve') calls.programs += 1;
  if (OPENS.has(name)) calls.opens += 1;
  if (READS.has(name)) calls.bytes += result;
}

/** Nothing was called. */
export function noCalls(): Calls {
  return { calls: 0, forks: 0, programs: 0, opens: 0, bytes: 0, byName: new Map() };
}
