import { CliError, EXIT } from './errors.ts';

/** An option's value as the one non-empty text it must be; yargs makes a list of an option that is given twice. */
export function singleValue(name: string): (value: unknown) => string {
  return (value) => {
    if (Array.isArray(value)) throw usage(`--${name} is given ${value.length} times`, `give --${name} once`);
    if (typeof value !== 'string' || value === '') {
      throw usage(`--${name} has no value`, `write --${name} followed by a path`);
    }
    return value;
  };
}

/** `--root DIR`, the same for every command that works on the root of an image. */
export const rootOption = {
  type: 'string',
  demandOption: true,
  requiresArg: true,
  describe: "Folder that holds the image's root file system (the one with /usr in it)",
  coerce: singleValue('root'),
} as const;

function usage(message: string, hint: string): CliError {
  return new CliError(EXIT.usage, message, hint);
}
