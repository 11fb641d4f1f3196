import { moduleName } from '../modules/module-facts.ts';

/** A line of `modprobe -D`: the file, then the options it would get. */
const INSMOD = /^insmod (.+?\.ko(?:\.gz|\.xz|\.zst)?)(?: |$)/;

/**
 * The modules that each query of a batch would insert, in order; `mark` is the line that ends each answer. Null when there are
 * not as many answers as queries: modprobe ended early.
 */
export function parseAnswers(output: string, queries: number, mark: string): string[][] | null {
  const answers: string[][] = [];
  let inserted: string[] = [];
  for (const line of output.split('\n')) {
    if (line.trimEnd() === mark) {
      answers.push(inserted);
      inserted = [];
      continue;
    }
    const file = INSMOD.exec(line)?.[1];
    if (file !== undefined) inserted.push(moduleName(file));
  }
  return answers.length === queries ? answers : null;
}
