import kleur from 'kleur';

/** Told at each new stage of a proof; `frames` counts what each card's capture holds at the moment it is called. */
export type ReportProgress = (stage: string, frames: () => { model: string; frames: number }[]) => void;

/** Where progress goes: a terminal's line is rewritten, anything else gets a line a stage. */
export interface ProgressDisplay {
  report: ReportProgress;
  /** Takes the live line away. */
  stop(): void;
}

interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Often enough to look alive, seldom enough to leave the processor to the guest. */
const REFRESH_MS = 500;
const CLEAR_LINE = '\r\x1b[K';
const DEFAULT_COLUMNS = 80;

/** Shows how a proof gets on. */
export function showProgress(output: Output): ProgressDisplay {
  const start = performance.now();
  const elapsed = () => `${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s`;
  if (!output.isTTY) {
    return { report: (stage) => output.write(`${elapsed()}  ${stage}\n`), stop: () => {} };
  }
  let line = () => '';
  const draw = () =>
    output.write(CLEAR_LINE + cut(`${elapsed()}  ${line()}`, output.columns ?? DEFAULT_COLUMNS));
  const timer = setInterval(draw, REFRESH_MS);
  return {
    report: (stage, frames) => {
      line = () => `${stage}  ${formatCounts(frames())}`;
      draw();
    },
    stop: () => {
      clearInterval(timer);
      output.write(CLEAR_LINE);
    },
  };
}

function formatCounts(counts: { model: string; frames: number }[]): string {
  if (counts.every(({ frames }) => frames === 0)) return '';
  return kleur.dim(`frames: ${counts.map(({ model, frames }) => `${model} ${frames}`).join(', ')}`);
}

// A line that wraps cannot be rewritten; colour codes are cut off with what they colour.
function cut(text: string, columns: number): string {
  return text.length < columns ? text : `${text.slice(0, columns - 1)}${kleur.enabled ? '\x1b[0m' : ''}`;
}
