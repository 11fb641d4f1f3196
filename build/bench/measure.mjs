import { spawnSync } from 'node:child_process';

/**
 * What each command costs, run by turns so that what else the machine does hits all alike; a first turn that does not
 * count brings the files into the page cache. A command is { argv, before }, `before` being called ahead of each run.
 */
export function measureByTurns(commands, rounds) {
  const runs = commands.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { argv, before }] of commands.entries()) {
      before?.();
      const run = measure(argv);
      if (round > 0) runs[index].push(run);
    }
  }
  return runs.map(summarise);
}

function measure(argv) {
  const { status, stdout, stderr, error } = spawnSync('python3', ['build/bench/rusage.py', ...argv]);
  if (error || status !== 0)
    throw new Error(`${argv.join(' ')} could not be measured: ${error?.code ?? stderr.toString()}`);
  const [wall, cpu, peak] = stdout.toString().trim().split(' ').map(Number);
  return { wall, cpu, peak: peak * 1024 };
}

function summarise(runs) {
  const walls = runs.map(({ wall }) => wall);
  return {
    wall: median(walls),
    fastest: Math.min(...walls),
    slowest: Math.max(...walls),
    cpu: median(runs.map(({ cpu }) => cpu)),
    peak: Math.max(...runs.map(({ peak }) => peak)),
  };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
