import { CliError, EXIT } from './errors.ts';

/** An option's value as the one non-empty text it must be; yargs makes a list of an option that is given twice. */
export function singleValue(name: string, kind = 'a path'): (value: unknown) => string {
  return later((value) => {
    if (Array.isArray(value)) throw usage(`--${name} is given ${value.length} times`, `give --${name} once`);
    if (typeof value !== 'string' || value === '') {
      throw usage(`--${name} has no value`, `write --${name} followed by ${kind}`);
    }
    return value;
  });
}

/** An option that takes one text and may be left out; `name` is what its errors call it, `kind` what they call its value. */
export const textOption = (name: string, describe: string, kind = 'a path') =>
  ({
    type: 'string',
    requiresArg: true,
    describe,
    coerce: (value: unknown) => (value === undefined ? undefined : singleValue(name, kind)(value)),
  }) as const;

/** An option's value as one of these words; yargs' own `choices` would judge what stands in a wrong value's place. */
export function oneOfWords<T extends string>(name: string, words: readonly T[]): (value: unknown) => T {
  return later((value) => {
    const text = Array.isArray(value) ? singleValue(name)(value) : value;
    if (text instanceof CliError) throw text;
    if (words.includes(text as T)) return text as T;
    const known = words.map((word) => `"${word}"`).join(', ');
    throw usage(`--${name} cannot be "${text}"`, `write --${name} followed by one of ${known}`);
  });
}

/** An option that takes one text and may be given several times; `value` is what its errors call that text. */
export const listOption = (name: string, value: string, describe: string) =>
  ({
    type: 'string',
    requiresArg: true,
    describe,
    coerce: (given: unknown) => (given === undefined ? undefined : allValues(name, value)(given)),
  }) as const;

/** `--root DIR`, the same for every command that works on the root of an image. */
export const rootOption = {
  type: 'string',
  demandOption: true,
  requiresArg: true,
  describe: "DIR: the folder that holds the image's root file system (the one with /usr in it)",
  coerce: singleValue('root'),
} as const;

/** The head of a command's help: how to call it, and what it does (yargs shows the latter only without the former). */
export function helpHead({ command, describe }: { command: string; describe: string }, call: string): string {
  return `Usage: $0 ${command} ${call}\n\n${describe}`;
}

/** Throws the first error that reading a value came to. */
export function throwValueErrors(parsed: Record<string, unknown>): void {
  for (const value of Object.values(parsed)) if (value instanceof CliError) throw value;
}

function allValues(name: string, value: string): (given: unknown) => string[] {
  return later((given) => {
    const texts = Array.isArray(given) ? given : [given];
    if (texts.every((text) => typeof text === 'string' && text !== '')) return texts;
    throw usage(`--${name} has no value`, `write --${name} followed by ${value}`);
  });
}

/** Of an error thrown while it reads a value yargs keeps the message alone; one in the value's place stays whole. */
function later<T>(read: (value: unknown) => T): (value: unknown) => T {
  return (value) => {
    try {
      return read(value);
    } catch (error) {
      if (error instanceof CliError) return error as T;
      throw error;
    }
  };
}

function usage(message: string, hint: string): CliError {
  return new CliError(EXIT.usage, message, hint);
}
