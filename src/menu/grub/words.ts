import { problem } from '../problem.ts';

/** A token of GRUB's script language: a word, an end of command (newline or `;`), `{` or `}`. */
export interface Token {
  kind: 'word' | 'end' | '{' | '}';
  raw: string;
  /** The word without its quotes; variables stay as they are written. */
  value: string;
  /** True when a variable is in it, so that its value is known only at boot. */
  expands: boolean;
  start: number;
  end: number;
  line: number;
}

const VARIABLE = /\$(?:\{[^}\n]*\}|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[?#*@])/y;
const BLANK = /(?:[ \t]|\\\n)+/y;
const COMMENT = /#[^\n]*/y;
/** Ends a word outside of quotes (CHAR of grub-core/script/yylex.l). */
const PLAIN = /[^{}|&$;<> \t\n'"\\]+/y;
const SINGLE = /'[^']*'/y;
const DOUBLE = /"(?:[^"\\]|\\[\s\S])*"/y;

/** The tokens of a GRUB script, as grub-core/script/yylex.l cuts them. */
export function cutWords(path: string, text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let line = 1;
  const advance = (to: number) => {
    line += text.slice(offset, to).split('\n').length - 1;
    offset = to;
  };
  while (offset < text.length) {
    const skipped = matchAt(BLANK, text, offset) ?? matchAt(COMMENT, text, offset);
    const token = skipped === null ? nextToken(path, text, offset, line) : null;
    if (token) tokens.push(token);
    advance(token?.end ?? offset + (skipped?.length ?? 0));
  }
  return tokens;
}

function nextToken(path: string, text: string, start: number, line: number): Token {
  const char = text[start] ?? '';
  const single = (kind: Token['kind']): Token => ({
    kind,
    raw: char,
    value: char,
    expands: false,
    start,
    end: start + 1,
    line,
  });
  if (char === '\n' || char === ';') return single('end');
  if (char === '{' || char === '}') return single(char);
  if ('|&<>'.includes(char))
    throw problem(path, line, `"${char}" means nothing to GRUB here`, 'put it in quotes, or repair the line');
  return cutWord(path, text, start, line);
}

function cutWord(path: string, text: string, start: number, line: number): Token {
  const word: Token = { kind: 'word', raw: '', value: '', expands: false, start, end: start, line };
  for (;;) {
    const piece = nextPiece(path, text, word.end, line);
    if (piece === null) break;
    word.end += piece.raw.length;
    word.value += piece.value;
    word.expands ||= piece.expands;
  }
  return { ...word, raw: text.slice(start, word.end) };
}

type Piece = Pick<Token, 'raw' | 'value' | 'expands'>;

function nextPiece(path: string, text: string, at: number, line: number): Piece | null {
  const plain = matchAt(PLAIN, text, at);
  if (plain !== null) return { raw: plain, value: plain, expands: false };
  const variable = matchAt(VARIABLE, text, at);
  if (variable !== null) return { raw: variable, value: variable, expands: true };
  if (text[at] === '$') return { raw: '$', value: '$', expands: false };
  if (text[at] === '\\') return escaped(text.slice(at, at + 2));
  return quoted(path, text, at, line);
}

// A backslash before a line end joins the lines.
function escaped(raw: string): Piece {
  return { raw, value: raw[1] === '\n' ? '' : raw.slice(1), expands: false };
}

function quoted(path: string, text: string, at: number, line: number): Piece | null {
  const char = text[at];
  if (char !== "'" && char !== '"') return null;
  const raw = matchAt(char === "'" ? SINGLE : DOUBLE, text, at);
  if (raw === null)
    throw problem(path, line, `the quote ${char} is never closed`, 'close it, then run the command again');
  const inner = raw.slice(1, -1);
  if (char === "'") return { raw, value: inner, expands: false };
  const value = inner.replace(/\\([$"\\\n])/g, (_, kept: string) => (kept === '\n' ? '' : kept));
  return { raw, value, expands: /\$[\w{]/.test(inner.replace(/\\[\s\S]/g, '')) };
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
