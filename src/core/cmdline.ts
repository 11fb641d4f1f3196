/** One kernel parameter; `value` is null when the word has no `=`. */
export interface Parameter {
  name: string;
  value: string | null;
  /** False when a quote in this word is never closed, so that it swallowed the rest of the line. */
  closed: boolean;
}

/** A command line cut by the kernel's rules: its own parameters, and the words after `--`, which are init's. */
export interface Cmdline {
  parameters: Parameter[];
  init: Parameter[];
}

/** isspace() of the kernel (lib/ctype.c): ASCII white space and the no-break space of Latin-1. */
const SPACE = /[ \t\n\v\f\r\u00a0]/;

/** Cuts a command line as next_arg() and parse_args() of the kernel do (lib/cmdline.c, kernel/params.c). */
export function parseCmdline(text: string): Cmdline {
  const words = splitWords(text).map(parseWord);
  const separator = words.findIndex((word) => word.name === '--' && word.value === null);
  if (separator < 0) return { parameters: words, init: [] };
  return { parameters: words.slice(0, separator), init: words.slice(separator + 1) };
}

/** A parameter's name in one spelling: the kernel takes `-` and `_` for the same (parameq() in kernel/params.c). */
export function normaliseName(name: string): string {
  return name.replaceAll('-', '_');
}

/** White space separates words except inside double quotes, which may begin anywhere in a word. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (quoted || !SPACE.test(char)) word += char;
    else if (word !== '') {
      words.push(word);
      word = '';
    }
  }
  return word === '' ? words : [...words, word];
}

function parseWord(word: string): Parameter {
  const closed = word.split('"').length % 2 === 1;
  const text = word.startsWith('"') ? stripLastQuote(word.slice(1)) : word;
  // A `=` in the first place is part of the name: next_arg() takes position 0 for "none found".
  const equals = text.indexOf('=', 1);
  if (equals < 0) return { name: text, value: null, closed };
  const value = text.slice(equals + 1);
  return {
    name: text.slice(0, equals),
    value: value.startsWith('"') ? stripLastQuote(value.slice(1)) : value,
    closed,
  };
}

function stripLastQuote(text: string): string {
  return text.endsWith('"') ? text.slice(0, -1) : text;
}
