import { execFileSync } from 'node:child_process';

const OPTION = /^ {2,6}(?:-\w, )?--([a-z-]+) {2,}(.*)$/;

/** The commands of the command line, as its help names them. */
export function commandNames(program) {
  const lines = help(program).matchAll(/^ {2}macveil ([a-z-]+) .*$/gm);
  const names = Array.from(lines, ([, name]) => name);
  // The examples name some again.
  return [...new Set(names)];
}

/** The options of one command, as its help shows them: whether each takes a value, and the words that it may be. */
export function commandOptions(program, command) {
  const found = [];
  const [, listed = ''] = /Options:\n([\s\S]*?)\n\n/.exec(help(program, command)) ?? [];
  for (const line of listed.split('\n')) {
    const match = OPTION.exec(line);
    if (match) found.push({ name: match[1], text: match[2] });
    else if (found.length > 0) found.at(-1).text += ` ${line.trim()}`;
  }
  return found.map(({ name, text }) => ({
    name,
    takesValue: /\[(string|choices)/.test(text),
    words: wordsOf(text),
  }));
}

/** Choices of yargs; or a list that ends the sentence, as of decisions, loaders and languages. */
function wordsOf(text) {
  const choices =
    /\[choices: ([^\]]+)\]/.exec(text)?.[1] ?? /: ([a-z-]+(?:, [a-z-]+)+)(?: +\[|$)/.exec(text.trim())?.[1];
  return choices?.replaceAll('"', '').split(', ') ?? [];
}

function help(program, ...words) {
  const env = { ...process.env, COLUMNS: '200', NO_COLOR: '1' };
  return execFileSync(process.execPath, [program, ...words, '--help'], { encoding: 'utf8', env });
}
