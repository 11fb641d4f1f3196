import { readFileSync } from 'node:fs';
import { LANGUAGES, type Language, TITLE_NAMES, type Titles } from '../menu/titles.ts';
import { CliError, EXIT } from './errors.ts';
import { ioError } from './io-error.ts';

type TitleName = keyof Titles;

/** The titles of a menu: those of the language, over them those of a file, over them those of the command line. */
export function readTitles(language: Language, file: string | undefined, given: string[] = []): Titles {
  return {
    ...LANGUAGES[language],
    ...(file === undefined ? {} : fromFile(file)),
    ...Object.fromEntries(given.map(fromArgument)),
  };
}

function fromArgument(text: string): [TitleName, string] {
  const [, name = '', title = ''] = /^([a-z]+)=(.+)$/s.exec(text) ?? [];
  if (isTitleName(name)) return [name, checked(title, '--title', EXIT.usage)];
  const hint = `write NAME=TEXT, as in keep="{title}, real addresses"; the names are ${TITLE_NAMES.join(', ')}`;
  throw new CliError(EXIT.usage, `--title: "${text}" is no title`, hint);
}

function fromFile(path: string): Partial<Titles> {
  const parsed = parseJson(path);
  const hint = `write a JSON object of texts with the names ${TITLE_NAMES.join(', ')}`;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new CliError(EXIT.input, `${path}: holds no titles`, hint);
  for (const [name, title] of Object.entries(parsed)) {
    if (!isTitleName(name)) throw new CliError(EXIT.input, `${path}: "${name}" is no name of a title`, hint);
    if (typeof title !== 'string')
      throw new CliError(EXIT.input, `${path}: the title of ${name} is no text`, hint);
    checked(title, path, EXIT.input);
  }
  return parsed;
}

function parseJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new CliError(EXIT.input, `${path} does not exist`, 'check the path for typing errors');
    throw ioError(error as NodeJS.ErrnoException, path);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(EXIT.input, `${path}: is no JSON (${(error as Error).message})`, 'repair the file');
  }
}

function checked(title: string, where: string, exitCode: number): string {
  if (title.trim() !== '' && !/\p{Cc}/u.test(title)) return title;
  throw new CliError(
    exitCode,
    `${where}: a title is empty or holds a control character`,
    'write a title of one line',
  );
}

function isTitleName(name: string): name is TitleName {
  return (TITLE_NAMES as readonly string[]).includes(name);
}
