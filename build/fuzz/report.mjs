import { saveFinding } from './fuzz.mjs';

const MIB = 2 ** 20;

/**
 * How much more may be held, or be resident, at the end than after the first quarter: measured are 0.5 and 10 MiB, which the
 * engine takes; 200,000 runs that keep a hundred bytes each come to 14 MiB.
 */
export const MAX_GROWTH = { held: 8 * MIB, resident: 32 * MIB };

/** Growth of memory between the first quarter and the end; null when a worker was stopped in between. */
export function growthOf({ memory }) {
  const [first, last] = [memory[1], memory[4]];
  if (!first || !last) return null;
  return { held: last.held - first.held, resident: last.resident - first.resident };
}

/** True when memory grew as if something is kept of every run. */
export function leaks(result) {
  const growth = growthOf(result);
  return growth !== null && (growth.held > MAX_GROWTH.held || growth.resident > MAX_GROWTH.resident);
}

/** Prints what a fuzzing run came to; true when nothing was found. */
export function printResult(result, { seed, command }) {
  const { runs, seconds, findings } = result;
  const rate = Math.round(runs / seconds).toLocaleString('en');
  console.log(
    `fuzz: ${runs.toLocaleString('en')} runs in ${seconds.toFixed(1)} s (${rate} a second), seed ${seed}`,
  );
  printWorst(result.worst);
  printMemory(result);
  for (const finding of findings) printFinding(finding, seed);
  if (leaks(result)) console.log(`fuzz: LEAK: something of every run is kept; again: ${command}`);
  const sound = findings.length === 0 && !leaks(result);
  console.log(sound ? 'fuzz: nothing found' : `fuzz: FAILED with seed ${seed}`);
  return sound;
}

function printWorst({ target, run, milliseconds }) {
  if (target) console.log(`fuzz: longest run ${milliseconds.toFixed(1)} ms (${target}, run ${run})`);
}

function printMemory(result) {
  const growth = growthOf(result);
  if (growth === null) return;
  const [first, last] = [result.memory[1], result.memory[4]];
  const words = (kind) =>
    `${mib(first[kind])} -> ${mib(last[kind])} MiB (${mib(MAX_GROWTH[kind])} more at most)`;
  console.log(
    `fuzz: memory after the first quarter -> at the end: held ${words('held')}, resident ${words('resident')}`,
  );
}

function printFinding(finding, seed) {
  const { target, run, times, problem } = finding;
  const path = saveFinding(finding, seed);
  console.log(
    `fuzz: FOUND in ${target}, run ${run}${times > 1 ? `, and ${times - 1} more times` : ''}: ${problem}`,
  );
  console.log(`  again: node build/fuzz.mjs --target '${target}' --input ${path}`);
}

function mib(bytes) {
  return (bytes / MIB).toFixed(1);
}
