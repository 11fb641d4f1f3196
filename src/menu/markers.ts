import { lineAt, problem } from './problem.ts';

const BEGIN = '# BEGIN macveil menu (written by "macveil menu", taken out by "macveil menu --remove")';
const END = '# END macveil menu';
/** Any spelling of a marker: one that was edited must be seen, not taken for a comment. */
const MARKER = /^[ \t]*#[ \t]*(BEGIN|END) macveil menu\b.*$/gm;

/** A text without the block between the markers; the text itself when there is none. */
export function withoutBlock(path: string, text: string): string {
  const markers = [...text.matchAll(MARKER)];
  if (markers.length === 0) return text;
  const [begin, end] = markers;
  if (markers.length !== 2 || begin?.[1] !== 'BEGIN' || end?.[1] !== 'END')
    throw brokenMarkers(path, text, markers);
  const after = end.index + end[0].length;
  // Without a line end the block was put behind a last line that had none: the one before the block is the block's own.
  if (after === text.length) return text.slice(0, Math.max(0, begin.index - 1));
  return text.slice(0, begin.index) + text.slice(after + 1);
}

/** A text with a block of whole lines after the line that holds `offset`. */
export function withBlock(text: string, offset: number, block: string): string {
  const lines = `${BEGIN}\n${block.trimEnd()}\n${END}`;
  const end = text.indexOf('\n', offset);
  return end < 0 ? `${text}\n${lines}` : `${text.slice(0, end + 1)}${lines}\n${text.slice(end + 1)}`;
}

function brokenMarkers(path: string, text: string, markers: RegExpExecArray[]): Error {
  const wrong =
    markers.find((marker, index) => marker[1] !== (index === 0 ? 'BEGIN' : 'END')) ?? markers.at(-1);
  const hint = `there must be one "# BEGIN macveil menu" and one "# END macveil menu" after it; take out by hand what is left of them`;
  return problem(path, lineAt(text, wrong?.index ?? 0), 'the markers of macveil are not a pair', hint);
}
