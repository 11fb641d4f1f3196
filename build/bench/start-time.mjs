import { spawnSync } from 'node:child_process';

/** Median milliseconds from start to end of each command, run by turns so that what the machine does hits all alike. */
export function startTimes(commands, rounds) {
  const times = commands.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, [program, ...args]] of commands.entries()) times[index].push(timeOf(program, args));
  }
  return times.map(median);
}

function timeOf(program, args) {
  const begin = performance.now();
  const { status, error } = spawnSync(program, args, { stdio: 'ignore' });
  if (error || status !== 0) throw new Error(`${program} ended with ${error?.code ?? status}`);
  return performance.now() - begin;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
