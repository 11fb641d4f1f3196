import { BLIND, type Mutation } from './mutate.ts';
import { Random } from './random.ts';

/** One parser: good inputs, the ways to spoil them, and a run that ends quietly unless the parser did what it must not. */
export interface Target {
  name: string;
  /** How often it comes, among all targets. */
  weight: number;
  corpus: readonly Buffer[];
  mutations: readonly Mutation[];
  /** Runs the parser; errors that it is meant to report are caught here, any other is a finding. */
  run(input: Buffer): Promise<void> | void;
}

/** What one run is given: everything about it follows from the seed and its number. */
export interface Case {
  target: Target;
  input: Buffer;
}

/** Some runs change much, most little: after many changes nothing is left that a parser would go on with. */
const MAX_MUTATIONS = [1, 1, 2, 2, 4, 8, 16];

/** Makes the input of one run. */
export function makeCase(targets: readonly Target[], seed: number, run: number): Case {
  const random = new Random(seed, run);
  const target = pickTarget(targets, random);
  const other = random.pick(target.corpus);
  let input = Buffer.from(random.pick(target.corpus));
  const count = 1 + random.below(random.pick(MAX_MUTATIONS));
  for (let i = 0; i < count && input.length > 0; i++) {
    const known = target.mutations.length > 0 && random.once(2);
    input = Buffer.from(random.pick(known ? target.mutations : BLIND)(input, random, other));
  }
  return { target, input };
}

function pickTarget(targets: readonly Target[], random: Random): Target {
  let left = random.below(targets.reduce((sum, { weight }) => sum + weight, 0));
  for (const target of targets) {
    left -= target.weight;
    if (left < 0) return target;
  }
  return targets[0] as Target;
}
