import kleur from 'kleur';
import { insidePath } from '../install/root.ts';
import type { Step } from '../install/step.ts';
import { CliError } from './errors.ts';
import { describeFailure } from './failure.ts';

const WORDS: Record<Step['do'], string> = {
  mkdir: 'folder',
  create: 'new',
  replace: 'replace',
  remove: 'remove',
};

/** One line a step, with the path as the image sees it. */
export function formatSteps(root: string, steps: Step[]): string {
  const lines = steps.map(
    (step) => `  ${kleur.dim(WORDS[step.do].padEnd(8))} ${insidePath(root, step.host)}`,
  );
  return lines.join('\n');
}

/** How many files a list of steps touches: folders are only there to hold them. */
export function countFiles(steps: Step[]): string {
  const files = steps.filter((step) => step.do !== 'mkdir').length;
  return `${files} file${files === 1 ? '' : 's'}`;
}

/** Does the work, and on failure adds what its user wants to know first: that the root is as it was before. */
export function allOrNothing(root: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { message, hint, exitCode } = describeFailure(error);
    throw new CliError(exitCode, `${message}; ${root} was left as it was`, hint);
  }
}
