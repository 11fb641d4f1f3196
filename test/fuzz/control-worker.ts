import { serve } from '../../build/fuzz/serve.ts';
import type { Target } from '../../build/fuzz/target.ts';

const CORPUS = [Buffer.from('a harmless text that no mutation makes harmful by itself')];
const kept: Buffer[] = [];

/** True for about one input in two hundred: the byte that a mutation left in one place has to be the very one. */
function isStruck(input: Buffer): boolean {
  return input[20] === 0xff;
}

function target(name: string, run: Target['run']): Target {
  return { name, weight: 1, corpus: CORPUS, mutations: [], run };
}

/** Keeps the processor busy for some time of its own, whatever else runs on the machine. */
function spend(milliseconds: number): void {
  const start = process.cpuUsage();
  for (let spent = 0; spent < milliseconds; ) {
    for (let i = 0; i < 1_000_000; i++) Math.sqrt(i);
    const { user, system } = process.cpuUsage(start);
    spent = (user + system) / 1000;
  }
}

/** Parsers with one fault each: all that the fuzzer says it finds. */
const FAULTY: Target[] = [
  target('sound', () => {}),
  target('crash', (input) => {
    if (isStruck(input)) (undefined as unknown as Buffer).toString();
  }),
  target('crash later', async (input) => {
    await Promise.resolve();
    if (isStruck(input)) throw new RangeError('made for this test');
  }),
  target('crash behind its back', (input) => {
    if (isStruck(input)) setImmediate(() => Promise.reject(new Error('nobody waits for this')));
    return new Promise((resolve) => setImmediate(resolve));
  }),
  target('hang', (input) => {
    while (isStruck(input));
  }),
  target('slow', (input) => {
    if (isStruck(input)) spend(150);
  }),
  target('leak', () => {
    kept.push(Buffer.alloc(1000));
  }),
  target('eat', (input) => {
    const all: number[][] = [];
    while (isStruck(input)) all.push(Array.from({ length: 10_000 }, Math.random));
  }),
  target('exit', (input) => {
    if (isStruck(input)) process.exit(0);
  }),
];

await serve(() => FAULTY);
