import { parseCmdline } from '../core/cmdline.ts';
import { type Decision, decisionFromCmdline, isMacveilParameter } from '../core/decision.ts';
import { applyEdits, type Edit } from './edit.ts';

/** One kernel parameter: as the kernel reads it, and where it stands in a text. */
export interface PlacedWord {
  value: string;
  start: number;
  end: number;
}

/** A parameter as it is written: quotes may begin anywhere in it (next_arg() of the kernel's lib/cmdline.c). */
const WORD = /(?:[^\s"]|"[^"]*"?)+/g;

/**
 * The edits that leave one decision among a command line's words: every macveil word goes, and the new one stands at the
 * end, before words that are init's. `floor` is where the first word could begin.
 */
export function decisionEdits(words: readonly PlacedWord[], floor: number, decision: Decision): Edit[] {
  const endBefore = (index: number) => words[index - 1]?.end ?? floor;
  const separator = words.findIndex(({ value }) => value === '--');
  const place = endBefore(separator < 0 ? words.length : separator);
  const removed = words.flatMap((word, index) =>
    isOurs(word.value) ? [{ start: endBefore(index), end: word.end, text: '' }] : [],
  );
  return [...removed, { start: place, end: place, text: ` macveil=${decision}` }];
}

/** A line with one decision in the command line that begins after `floor`; all other bytes stay. */
export function lineWithDecision(line: string, floor: number, decision: Decision): string {
  return applyEdits(line, decisionEdits(wordsAfter(line, floor), floor, decision));
}

/** What a command line decides, or why it decides nothing: the judgement of the hook itself. */
export function judge(cmdline: string): { decision: Decision } | { refused: string } {
  const { decision, reason } = decisionFromCmdline(cmdline);
  return decision === 'blocked' ? { refused: reason } : { decision };
}

function wordsAfter(line: string, floor: number): PlacedWord[] {
  return [...line.slice(floor).matchAll(WORD)].map(({ 0: value, index }) => {
    const start = floor + index;
    return { value, start, end: start + value.length };
  });
}

function isOurs(word: string): boolean {
  return parseCmdline(word).parameters.some(isMacveilParameter);
}
