import { lstatSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import process from 'node:process';
import { CliError, EXIT } from '../cli/errors.ts';
import { ioError } from '../cli/io-error.ts';

/** Endings that a configuration's name may have. */
const CONFIG_ENDINGS = ['.ts', '.mts', '.js', '.mjs'];
/** In any case of letters, since a name that is nearly right was meant to be one; `~` ends the copies that editors keep. */
const NAME = /^macveil\.config(\..*)?(?<!~)$/i;
const WRITABLE_BY_GROUP = 0o020;
const WRITABLE_BY_ALL = 0o002;

/**
 * The configuration of a folder, null when it has none. Throws a CliError for two, for one that others may have written,
 * and for what is named like one and is none: left out in silence it would leave open what it says is to be blocked.
 */
export function findConfig(directory: string): string | null {
  const files = namesIn(directory)
    .filter((name) => NAME.test(name))
    .map((name) => join(directory, name));
  for (const file of files) requireConfig(file, 'move it away, or leave it out with --no-config');
  if (files.length > 1) {
    const hint = 'keep one of them, or name one with --config';
    throw new CliError(EXIT.input, `there is more than one configuration: ${files.join(', ')}`, hint);
  }
  const [file] = files;
  if (file === undefined) return null;
  if (!isTrusted(file)) throw foreign(file);
  return file;
}

/** Throws a CliError for what cannot be a configuration, by its name or because it is no file. */
export function requireConfig(file: string, hint: string): void {
  if (!isFile(file)) throw new CliError(EXIT.input, `${file} is no file, or a link that leads to none`, hint);
  if (CONFIG_ENDINGS.includes(extname(file))) return;
  const endings = `a configuration ends in ${CONFIG_ENDINGS.join(', ')}`;
  throw new CliError(EXIT.input, `${file} is no configuration by its name`, `${endings}: ${hint}`);
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    const { message, exitCode } = ioError(error as NodeJS.ErrnoException, directory);
    const hint = 'a configuration is looked for there: name one with --config, or use none with --no-config';
    throw new CliError(exitCode, message, hint);
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (error) {
    if (NOTHING_THERE.has((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw ioError(error as NodeJS.ErrnoException, path);
  }
}

/** Nothing of that name, a link that leads nowhere, or in a circle. */
const NOTHING_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

/** A configuration is a program, and macveil often runs as root in a folder where others may write (/tmp). */
function isTrusted(file: string): boolean {
  // A link has all rights for everyone, and they mean nothing: its owner says who chose where it leads.
  const owners = [lstatSync(file), statSync(file)].map(({ uid }) => uid);
  const { users, groups } = trusted();
  const { mode, gid } = statSync(file);
  const isOpen =
    (mode & WRITABLE_BY_ALL) !== 0 || ((mode & WRITABLE_BY_GROUP) !== 0 && !groups.includes(gid));
  return owners.every((uid) => users.includes(uid)) && !isOpen;
}

/** Root, the user, and who became root with sudo (sudo(8) tells by SUDO_UID and SUDO_GID), each with the first group. */
function trusted(): { users: number[]; groups: number[] } {
  const user = process.geteuid?.() ?? 0;
  const group = process.getegid?.() ?? 0;
  const { SUDO_UID, SUDO_GID } = process.env;
  if (user !== 0 || SUDO_UID === undefined) return { users: [0, user], groups: [0, group] };
  return { users: [0, Number(SUDO_UID)], groups: [0, Number(SUDO_GID ?? 0)] };
}

function foreign(file: string): CliError {
  const hint = `read it, then name it with --config ${file}; or leave it out with --no-config`;
  return new CliError(EXIT.input, `${file} belongs to another user, or others may write to it`, hint);
}
