import { BLOCKLIST, MASK } from '../../paths.ts';
import type { RunResult } from '../system.ts';
import type { FakeMachine } from './machine.ts';

/** A program of the fake machine; what it does not return is: status 0, no output, in time. */
export type FakeProgram = (args: string[], machine: FakeMachine) => Partial<RunResult>;

/** The programs every fake machine has; `programs` of the initial state adds to them or replaces them. */
export const PROGRAMS: Record<string, FakeProgram> = { modprobe, udevadm: () => ({}) };

/** modprobe(8) as far as the hook uses it: -r unloads; -R prints the modules; otherwise modaliases and names are loaded, unless blocked. */
function modprobe(args: string[], machine: FakeMachine): Partial<RunResult> {
  const options = args.filter((arg) => arg.startsWith('-'));
  const names = args.filter((arg) => !arg.startsWith('-'));
  if (options.some((option) => /^-[a-z]*R/.test(option)))
    return { stdout: names.map((name) => `${machine.moduleOf(name)}\n`).join('') };
  const unload = options.includes('--remove') || options.some((option) => /^-[a-z]*r/.test(option));
  const failed = names.filter((name) => (unload ? !machine.unload(name) : !load(name, machine)));
  if (failed.length === 0) return {};
  return { status: 1, stderr: failed.map((name) => `modprobe: FATAL: Module ${name} not found.\n`).join('') };
}

function load(name: string, machine: FakeMachine): boolean {
  return !isBlocked(machine.moduleOf(name), machine) && machine.load(name);
}

/** Any file of the blocklist's name in a directory of higher precedence hides it, an empty one too (modprobe.d(5)). */
function isBlocked(module: string, machine: FakeMachine): boolean {
  if (machine.files.exists(MASK) || !machine.files.exists(BLOCKLIST)) return false;
  const lines = machine.files.read(BLOCKLIST).split('\n');
  return lines.some((line) => line.startsWith(`install ${module} `));
}
