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

/** Refuses words after `--`: no command takes any, and yargs would lose `-- --dry-run` without a word. */
export function refuseLeftovers(args: string[]): void {
  const end = args.indexOf('--');
  const left = end < 0 ? [] : args.slice(end + 1);
  if (left.length === 0) return;
  throw new CliError(EXIT.usage, `no command takes anything after --: ${left.join(' ')}`, 'leave out the --');
}

/**
 * Refuses `--flag=word`, which yargs takes as false for every word but `true` (`--dry-run=yes` would change things),
 * and a flag that is given with both values, of which yargs takes the last.
 */
export function checkFlags(args: string[], parsed: Record<string, unknown>): void {
  const given = new Map<string, string>();
  for (const [index, arg] of args.entries()) {
    const [, written, typed] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (written === undefined || typeof parsed[written] !== 'boolean') continue;
    const name = inDashes(written);
    const value = typed ?? FLAG_WORDS.find((word) => word === args[index + 1]) ?? 'true';
    if (!FLAG_WORDS.includes(value))
      throw wrongFlag(`--${name} takes no value, and got: ${value}`, `write --${name}, or leave it out`);
    if ((given.get(name) ?? value) !== value)
      throw wrongFlag(`--${name} is given as true and as false`, `give --${name} once, or leave it out`);
    given.set(name, value);
  }
}

/** What yargs-parser takes as the value of a flag, after `=` or as the next word. */
const FLAG_WORDS = ['true', 'false'];

/** yargs takes `--dryRun` for `--dry-run`: one flag in two spellings. */
function inDashes(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function wrongFlag(message: string, hint: string): CliError {
  return new CliError(EXIT.usage, message, hint);
}

// yargs names options without the dashes they are typed with, and unknown ones in a second spelling as well.
function asTyped(message: string, args: string[]): string {
  const oneLine = message.replaceAll('\n', ' ');
  const unknown = /^Unknown arguments?: (.+)$/.exec(oneLine)?.[1]?.split(', ') ?? [];
  const typed = args
    .map((arg) => arg.replace(/=.*/, ''))
    .filter((arg) => unknown.includes(arg.replace(/^-+/, '')));
  if (typed.length > 0) return `unknown argument: ${typed.join(', ')}`;
  return oneLine
    .replace(/^(Missing required argument|Not enough arguments following)(s?): (?=\w)/, '$1$2: --')
    .replace(/^Arguments (\S+) and (\S+) are mutually exclusive$/, '--$1 and --$2 contradict each other');
}
