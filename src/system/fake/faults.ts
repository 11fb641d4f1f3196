import { type System, SystemError } from '../system.ts';

/** A call of the port that goes wrong: it throws, it lies (claims success and does nothing), or something comes first. */
export interface Fault {
  call: keyof System;
  /** Only for this interface (the call's first argument). */
  ifindex?: number;
  /** Only for this path or program (the call's first argument). */
  path?: string;
  effect: 'throw' | 'lie' | 'race';
  /** What happens just before a call with the effect `race`, which then goes on: an interface vanishes or is renamed. */
  act?: () => void;
  /** The errno name that is thrown; EIO when absent. */
  code?: string;
  /** What a lying call returns; absent: nothing, or success without output for `run`. */
  value?: unknown;
  /** How often the fault strikes; absent: every time. */
  times?: number;
}

/** One call as it was made, faults included. */
export interface Call {
  call: keyof System;
  args: unknown[];
}

/** Wraps a system so that every call is written down and every fault strikes; both lists may change later. */
export function withFaults(system: System, faults: Fault[], calls: Call[]): System {
  const wrapped: Record<string, unknown> = {};
  for (const call of Object.keys(system) as (keyof System)[]) {
    const real = system[call] as (...args: unknown[]) => unknown;
    wrapped[call] = (...args: unknown[]) => {
      calls.push({ call, args });
      const fault = faults.find((one) => strikes(one, call, args[0]));
      return fault ? commit(fault, args, real) : real(...args);
    };
  }
  return wrapped as unknown as System;
}

function strikes(fault: Fault, call: keyof System, target: unknown): boolean {
  if (fault.call !== call || fault.times === 0) return false;
  if (fault.ifindex !== undefined && fault.ifindex !== target) return false;
  return fault.path === undefined || fault.path === target;
}

function commit(fault: Fault, args: unknown[], real: (...args: unknown[]) => unknown): unknown {
  if (fault.times !== undefined) fault.times -= 1;
  if (fault.effect === 'race') {
    fault.act?.();
    return real(...args);
  }
  if (fault.effect === 'throw') throw new SystemError(`${fault.call} ${args[0] ?? ''}`, fault.code ?? 'EIO');
  if (fault.call === 'run') {
    return { status: 0, stdout: '', stderr: '', timedOut: false, ...(fault.value as object) };
  }
  return fault.value;
}
