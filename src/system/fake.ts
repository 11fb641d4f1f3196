import type { Link } from '../core/link.ts';
import { PROC } from '../paths.ts';
import { type Call, type Fault, withFaults } from './fake/faults.ts';
import { guards, removeGuard, setGuard } from './fake/guards.ts';
import { type LockState, lock, unlock } from './fake/lock.ts';
import { FakeMachine } from './fake/machine.ts';
import { type FakeProgram, PROGRAMS } from './fake/programs.ts';
import { removeWirelessDevice } from './fake/radios.ts';
import type { FakeInterface, FakeLink } from './fake/types.ts';
import { crc32Of } from './node/crc32.ts';
import { type Change, type LogLevel, type RunResult, type System, SystemError } from './system.ts';

export type { Call, Fault } from './fake/faults.ts';
export type { FakeMachine } from './fake/machine.ts';
export type { FakeProgram } from './fake/programs.ts';
export type { FakeDevice, FakeInterface, FakeLink } from './fake/types.ts';

/** The machine to begin with; everything may be absent. `lo` is always there and has ifindex 1. */
export interface FakeInitial {
  interfaces?: FakeInterface[];
  /** Text by path; parents are made. */
  files?: Record<string, string>;
  /** Link targets by path. */
  symlinks?: Record<string, string>;
  directories?: string[];
  /** Added to, or in place of, the built-in modprobe and udevadm. */
  programs?: Record<string, FakeProgram>;
  faults?: Fault[];
  /** Called when an event was written to a `uevent` file, with its path as it was written: udev, if the test wants one. */
  onUevent?: (path: string) => void;
  /** What waitForChange returns, and what happens meanwhile; interrupted when absent. */
  onWait?: () => Change;
  /** True: a kernel without nf_tables; a guard is EOPNOTSUPP (net/netfilter/nfnetlink.c). */
  noGuard?: boolean;
  /** What randomBytes returns; a repeatable sequence when absent. */
  random?: (count: number) => Uint8Array;
}

/** The machine as it is now: FakeMachine's files, links and modules, and what was logged and printed. */
export interface FakeState extends LockState {
  machine: FakeMachine;
  links: FakeLink[];
  log: { level: LogLevel; text: string }[];
  stdout: string;
  stderr: string;
}

/** A System in memory with its state, the calls made so far, and the faults in force (push to add one). */
export interface Fake {
  system: System;
  state: FakeState;
  calls: Call[];
  faults: Fault[];
}

/** Makes a machine in memory; it behaves as the kernel does where the hook depends on it. */
export function createFake(initial: FakeInitial = {}): Fake {
  const machine = new FakeMachine(initial.interfaces ?? []);
  for (const path of ['/run', '/tmp', ...(initial.directories ?? [])]) machine.files.addDirectory(path);
  for (const [path, text] of Object.entries(initial.files ?? {})) machine.files.put(path, text);
  for (const [path, target] of Object.entries(initial.symlinks ?? {})) machine.files.addLink(path, target);
  const state: FakeState = { machine, links: machine.links, locked: '', log: [], stdout: '', stderr: '' };
  const calls: Call[] = [];
  const faults = [...(initial.faults ?? [])];
  return { system: withFaults(systemOf(state, initial), faults, calls), state, calls, faults };
}

function systemOf(state: FakeState, initial: FakeInitial): System {
  const { machine } = state;
  const { files } = machine;
  const programs = { ...PROGRAMS, ...initial.programs };
  return {
    readFile: (path) => files.read(path),
    checksum: (path) => crc32Of(files.read(path)),
    writeFile: (path, text) => files.write(path, text),
    writeAttribute: (path, text) => {
      files.writeAttribute(path, text);
      if (path.endsWith('/uevent')) initial.onUevent?.(path);
    },
    makeDirectory: (path) => files.addDirectory(path),
    removeFile: (path) => files.remove(path),
    lock: (path) => lock(state, path, () => files.create(path)),
    unlock: () => unlock(state),
    listDirectory: (path) => files.list(path),
    readLink: (path) => files.readLink(path),
    exists: (path) => files.exists(path),
    links: () => machine.links.map(visible),
    link: (ifindex) => machine.links.filter((one) => one.ifindex === ifindex).map(visible)[0],
    setAddress: (ifindex, address) => machine.setAddress(ifindex, address),
    setUp: (ifindex, up) => machine.setUp(ifindex, up),
    replaceQdisc: (ifindex, qdisc) => machine.replaceQdisc(ifindex, qdisc),
    qdiscs: (ifindex) => machine.qdiscs(ifindex),
    setGuard: (guard) => setGuard(machine, guard, initial.noGuard ?? false),
    removeGuard: (ifindex) => removeGuard(machine, ifindex),
    guards: () => guards(machine),
    wirelessDevices: () => machine.wirelessDevices.map((device) => ({ ...device })),
    removeWirelessDevice: (wdev) => removeWirelessDevice(machine, wdev),
    randomBytes: initial.random ?? repeatableBytes(),
    run: (program, args) => runProgram(programs[program], program, args, machine),
    unloadModule: (name) => machine.deleteModule(name),
    killProcess: (pid) => files.drop(`${PROC}/${pid}`),
    waitForChange: initial.onWait ?? interrupted,
    log: (level, text) => void state.log.push({ level, text }),
    print: (stream, text) => {
      state[stream] += text;
    },
  };
}

function interrupted(): never {
  throw new SystemError('wait for changes', 'EINTR');
}

/** What a dump shows of a link: a copy without what only the fake knows. */
function visible({
  assignType: _,
  origin: __,
  qdiscs: ___,
  radio: ____,
  guard: _____,
  ...link
}: FakeLink): Link {
  return link;
}

function runProgram(
  program: FakeProgram | undefined,
  name: string,
  args: string[],
  machine: FakeMachine,
): RunResult {
  if (!program) throw new SystemError(`run ${name}`, 'ENOENT');
  return { status: 0, stdout: '', stderr: '', timedOut: false, ...program(args, machine) };
}

/** The linear congruential generator of ISO C's rand() example: the same bytes in every test. */
function repeatableBytes(): (count: number) => Uint8Array {
  let seed = 1;
  const next = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 16) & 0xff;
  };
  return (count) => Uint8Array.from({ length: count }, next);
}
