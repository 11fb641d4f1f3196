import { randomBytes } from 'node:crypto';

/** A query that modprobe answers with a line of its own, to tell the answers of a batch apart. */
export interface Mark {
  query: string;
  /** The line it answers with; no configuration of an image can have this command. */
  line: string;
  /** Configuration that makes it answer so, whatever wildcards the image's own has. */
  config: string;
}

/**
 * The first of all names that libkmod reads, 255 bytes being the longest (NAME_MAX): it takes the first install and softdep
 * line that fits a name, and with an alias of its own the mark is found beside whatever else fits it (measured with kmod 30 and 34.2).
 */
export const FIRST_NAME = `${'\x01'.repeat(250)}.conf`;

/** A mark whose name nobody can have written into an image. */
export function makeMark(): Mark {
  const query = `macveil_${randomBytes(5).toString('hex')}`;
  const config = `alias ${query} ${query}\ninstall ${query} ${query}\nsoftdep ${query} pre:\n`;
  return { query, line: `install ${query}`, config };
}
