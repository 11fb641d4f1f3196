/** A piece of a text and what stands there afterwards. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A text with pieces replaced; pieces do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}
