import type { Memory } from './memory.ts';

/** What a worker is told when it starts. */
export interface Work {
  seed: number;
  /** The run it begins with, and the one before which it ends. */
  from: number;
  to: number;
  /** When the first worker began, and when this one ends whatever is left (Date.now()); null for no such time. */
  started: number;
  deadline: number | null;
  /** Longest time of a run, in milliseconds. */
  limit: number;
  /** Folder of real modules to spoil; '' for none. */
  modules: string;
  /** Only the parser of this name; '' for all. */
  only: string;
  /** Hand over the input of run `from`, and give it to no parser. */
  inputOnly: boolean;
  /** Give this input to the parser `only` instead of made ones. */
  input: Uint8Array | null;
  /** One number that says which run goes on; it can be read while the parser keeps the worker busy. */
  current: SharedArrayBuffer;
}

/** Something that went wrong, with the input that shows it. */
export interface Finding {
  run: number;
  target: string;
  problem: string;
  input: Uint8Array;
}

/** What a worker says. */
export type Message =
  | { kind: 'finding'; finding: Finding }
  /** Measured when a quarter of the work is done, and after the others. */
  | { kind: 'memory'; quarter: number; memory: Memory }
  | { kind: 'done'; run: number; worst: Worst }
  | { kind: 'input'; target: string; input: Uint8Array };

/** The run that took longest. */
export interface Worst {
  run: number;
  target: string;
  milliseconds: number;
}

/** What a whole run of the fuzzer came to. */
export interface Result {
  /** Each fault once, with the first input that showed it. */
  findings: (Finding & { key: string; times: number })[];
  /** By quarter, 1 to 4. */
  memory: Memory[];
  worst: Worst;
  runs: number;
  seconds: number;
}
