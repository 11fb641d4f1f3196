import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Memory in use after everything that is not needed any more was let go, in bytes. */
export interface Memory {
  /** Objects and buffers that are still reachable in this thread. */
  held: number;
  /** Of the whole process, as the system counts it. */
  resident: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Collects garbage and measures what is left. */
export function measureMemory(): Memory {
  // What the first pass finalises, the second lets go.
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, resident: rss };
}
