import { problem } from '../problem.ts';
import { cutWords, type Token } from './words.ts';

/** A command of a GRUB script with its words. */
export interface Command {
  kind: 'command';
  words: Token[];
  line: number;
}

/** A command with a block in braces: menuentry, submenu, function. */
export interface Block {
  kind: 'block';
  head: Token[];
  body: Statement[];
  line: number;
  start: number;
  /** The offset behind the closing brace. */
  end: number;
}

/** if, while, until or for, with every command of all its branches. */
export interface Compound {
  kind: 'compound';
  body: Statement[];
  line: number;
}

/** A statement of a GRUB script. */
export type Statement = Command | Block | Compound;

/** What closes each compound statement, and the words that stand between its parts. */
const COMPOUNDS: Record<string, { close: string; between: string[] }> = {
  if: { close: 'fi', between: ['then', 'elif', 'else'] },
  while: { close: 'done', between: ['do'] },
  until: { close: 'done', between: ['do'] },
  for: { close: 'done', between: ['do'] },
};
const CLOSERS = ['fi', 'done', 'then', 'elif', 'else', 'do'];
/** Far deeper than any menu; a file of ten thousand braces must not end in a defect. */
const MAX_DEPTH = 50;

/** Where reading a script stands. */
interface Reader {
  path: string;
  tokens: Token[];
  next: number;
  depth: number;
}

/** The statements of a GRUB script; a CliError with the line where it is not one. */
export function parseScript(path: string, text: string): Statement[] {
  const reader: Reader = { path, tokens: cutWords(path, text), next: 0, depth: 0 };
  const statements = readList(reader, []);
  const left = peek(reader);
  if (left) throw unexpected(reader, left);
  return statements;
}

function readList(reader: Reader, stops: string[]): Statement[] {
  const statements: Statement[] = [];
  for (let token = peek(reader); token; token = peek(reader)) {
    if (token.kind === 'end') reader.next += 1;
    else if (token.kind === '}' || (token.kind === 'word' && stops.includes(token.raw))) break;
    else statements.push(readStatement(reader, token));
  }
  return statements;
}

function readStatement(reader: Reader, first: Token): Statement {
  if (first.kind === '{' || CLOSERS.includes(first.raw)) throw unexpected(reader, first);
  if (Object.hasOwn(COMPOUNDS, first.raw)) return nested(reader, first, () => readCompound(reader, first));
  const words = readWords(reader);
  const opening = peek(reader);
  if (opening?.kind !== '{') return { kind: 'command', words, line: first.line };
  return nested(reader, first, () => readBlock(reader, words, opening));
}

function readWords(reader: Reader): Token[] {
  const words: Token[] = [];
  for (let token = peek(reader); token?.kind === 'word'; token = peek(reader)) {
    words.push(token);
    reader.next += 1;
  }
  return words;
}

function readCompound(reader: Reader, first: Token): Compound {
  const { close, between } = COMPOUNDS[first.raw] ?? { close: '', between: [] };
  const body: Statement[] = [];
  for (;;) {
    reader.next += 1;
    body.push(...readList(reader, [close, ...between]));
    const stop = peek(reader);
    if (stop?.kind !== 'word') throw neverClosed(reader, `"${first.raw}"`, first, close);
    if (stop.raw !== close) continue;
    reader.next += 1;
    return { kind: 'compound', body, line: first.line };
  }
}

function readBlock(reader: Reader, head: Token[], opening: Token): Block {
  reader.next += 1;
  const body = readList(reader, []);
  const closing = peek(reader);
  if (closing?.kind !== '}') throw neverClosed(reader, 'the brace', opening, '}');
  reader.next += 1;
  const { line, start } = head[0] ?? opening;
  return { kind: 'block', head, body, line, start, end: closing.end };
}

function nested<T>(reader: Reader, first: Token, read: () => T): T {
  if (reader.depth === MAX_DEPTH)
    throw problem(
      reader.path,
      first.line,
      `more than ${MAX_DEPTH} blocks in one another`,
      'flatten the menu',
    );
  reader.depth += 1;
  const result = read();
  reader.depth -= 1;
  return result;
}

function peek({ tokens, next }: Reader): Token | undefined {
  return tokens[next];
}

function unexpected({ path }: Reader, { line, raw }: Token): Error {
  return problem(
    path,
    line,
    `"${raw}" closes or opens nothing here`,
    'see what grub-script-check says, and repair it',
  );
}

function neverClosed({ path }: Reader, what: string, { line }: Token, close: string): Error {
  return problem(
    path,
    line,
    `${what} opened here is never closed by "${close}"`,
    'repair the file (grub-script-check)',
  );
}
