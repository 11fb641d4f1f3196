import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { attempt } from './attempt.ts';
import { measureMemory } from './memory.ts';
import type { Message, Work, Worst } from './protocol.ts';
import { type Case, makeCase, type Target } from './target.ts';

const QUARTERS = 4;

/** Runs a worker of the fuzzer: `make` gives its parsers, and is told the real modules to spoil. */
export async function serve(make: (modules: Buffer[]) => Target[]): Promise<void> {
  const work = workerData as Work;
  const all = make(work.modules === '' ? [] : filesOf(work.modules));
  const targets = all.filter(({ name }) => work.only === '' || work.only === name);
  if (targets.length === 0)
    throw new Error(`no parser ${work.only}; there are: ${all.map(({ name }) => name).join(', ')}`);
  if (work.inputOnly) sendInput(work, targets);
  else await new Runs(work, targets).runAll();
}

function sendInput({ seed, from }: Work, targets: Target[]): void {
  const { target, input } = makeCase(targets, seed, from);
  send({ kind: 'input', target: target.name, input });
}

/** Made inputs one after the other; what is found goes to the other side at once. */
class Runs {
  readonly #work: Work;
  readonly #targets: Target[];
  #worst: Worst = { run: 0, target: '', milliseconds: 0 };
  #quarter = 0;

  constructor(work: Work, targets: Target[]) {
    this.#work = work;
    this.#targets = targets;
  }

  async runAll(): Promise<void> {
    const { from, to, deadline } = this.#work;
    let run = from;
    for (; run < to && (deadline === null || Date.now() < deadline); run++) {
      this.#noteQuarter(run);
      await this.#runOne(run);
    }
    send({ kind: 'memory', quarter: QUARTERS, memory: measureMemory() });
    send({ kind: 'done', run, worst: this.#worst });
  }

  async #runOne(run: number): Promise<void> {
    const { seed, limit, current } = this.#work;
    Atomics.store(new Int32Array(current), 0, run);
    const one = this.#caseOf(run, seed);
    const target = one.target.name;
    const { problem, milliseconds } = await attempt(one, limit);
    if (milliseconds > this.#worst.milliseconds) this.#worst = { run, target, milliseconds };
    if (problem !== '') send({ kind: 'finding', finding: { run, target, problem, input: one.input } });
  }

  #caseOf(run: number, seed: number): Case {
    const { input } = this.#work;
    if (input === null) return makeCase(this.#targets, seed, run);
    return { target: this.#targets[0] as Target, input: Buffer.from(input) };
  }

  #noteQuarter(run: number): void {
    const { to, started, deadline } = this.#work;
    const byTime = deadline === null ? 0 : (Date.now() - started) / (deadline - started);
    const quarter = Math.floor(QUARTERS * Math.max(run / to, byTime));
    if (quarter <= this.#quarter) return;
    this.#quarter = quarter;
    send({ kind: 'memory', quarter, memory: measureMemory() });
  }
}

function filesOf(folder: string): Buffer[] {
  const names = readdirSync(folder).sort();
  return names.map((name) => readFileSync(join(folder, name)));
}

function send(message: Message): void {
  parentPort?.postMessage(message);
}
