import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { CliError, EXIT } from '../cli/errors.ts';

/** Endings that a configuration's name may have. */
export const CONFIG_ENDINGS = ['.ts', '.mts', '.js', '.mjs'];
const WRITABLE_BY_ALL = 0o002;

/** The configuration of a folder, null when it has none; throws a CliError for two, and for one that others wrote. */
export function findConfig(directory: string): string | null {
  const files = CONFIG_ENDINGS.map((ending) => join(directory, `macveil.config${ending}`)).filter(isFile);
  if (files.length > 1) {
    const hint = 'keep one of them, or name one with --config';
    throw new CliError(EXIT.input, `there is more than one configuration: ${files.join(', ')}`, hint);
  }
  const [file] = files;
  if (file === undefined) return null;
  if (!isTrusted(file)) throw foreign(file);
  return file;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** A configuration is a program, and macveil often runs as root in a folder where others may write (/tmp). */
function isTrusted(file: string): boolean {
  // A link has all rights for everyone, and they mean nothing: its owner says who chose where it leads.
  const owners = [lstatSync(file), statSync(file)].map(({ uid }) => uid);
  const users = trustedUsers();
  return owners.every((uid) => users.includes(uid)) && (statSync(file).mode & WRITABLE_BY_ALL) === 0;
}

/** Root, the user, and who became root with sudo (sudo(8) tells by SUDO_UID). */
function trustedUsers(): number[] {
  const user = process.geteuid?.() ?? 0;
  const { SUDO_UID } = process.env;
  return user === 0 && SUDO_UID !== undefined ? [0, Number(SUDO_UID)] : [0, user];
}

function foreign(file: string): CliError {
  const hint = `read it, then name it with --config ${file}; or leave it out with --no-config`;
  return new CliError(EXIT.input, `${file} belongs to another user, or anyone may write to it`, hint);
}
