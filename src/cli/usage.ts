import { CliError, EXIT } from './errors.ts';

/** The error for wrong arguments: what yargs found, in words that name the option as it is typed, and where to read on. */
export function usageError(message: string, args: string[], commands: string[]): CliError {
  const command = args.find((arg) => !arg.startsWith('-')) ?? '';
  const known = commands.includes(command);
  const help = `see: macveil ${known ? `${command} ` : ''}--help`;
  if (known || command === '') return new CliError(EXIT.usage, asTyped(message, args), help);
  const guess = message.startsWith('Did you mean') ? `${message} Otherwise ` : '';
  return new CliError(EXIT.usage, `unknown command: ${command}`, `${guess}${help}`);
}

/** Refuses `--flag=word`: yargs takes every word but `true` as false, and `--dry-run=yes` would change things. */
export function checkFlags(args: string[], parsed: Record<string, unknown>): true {
  for (const arg of args) {
    const [, name, value] = /^--([^=]+)=(.*)$/.exec(arg) ?? [];
    if (name === undefined || typeof parsed[name] !== 'boolean') continue;
    if (value !== 'true' && value !== 'false') throw new Error(`--${name} takes no value, and got: ${value}`);
  }
  return true;
}

// yargs names options without the dashes they are typed with, and unknown ones in a second spelling as well.
function asTyped(message: string, args: string[]): string {
  const oneLine = message.replaceAll('\n', ' ');
  const unknown = /^Unknown arguments?: (.+)$/.exec(oneLine)?.[1]?.split(', ') ?? [];
  const typed = args
    .map((arg) => arg.replace(/=.*/, ''))
    .filter((arg) => unknown.includes(arg.replace(/^-+/, '')));
  if (typed.length > 0) return `unknown argument: ${typed.join(', ')}`;
  return oneLine.replace(
    /^(Missing required argument|Not enough arguments following)(s?): (?=\w)/,
    '$1$2: --',
  );
}
