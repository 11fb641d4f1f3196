import { ArchiveError } from './archive-error.ts';

/** The fields of a newc entry that count here (initramfs buffer format of the kernel's documentation). */
export interface CpioHeader {
  mode: number;
  size: number;
  nameSize: number;
  links: number;
  /** The same for all names of one file: device, inode and kind. */
  identity: string;
  /** Sum of the body's bytes; null in archives that have none. */
  sum: number | null;
}

/** Bytes of a newc header: a magic of six digits, thirteen fields of eight. */
export const HEADER_SIZE = 110;
/** File type bits of a mode (inode(7)). */
export const TYPE = {
  mask: 0o170000,
  link: 0o120000,
  file: 0o100000,
  block: 0o060000,
  directory: 0o040000,
  character: 0o020000,
  fifo: 0o010000,
  socket: 0o140000,
} as const;

const WITHOUT_SUM = '070701';
const WITH_SUM = '070702';
/** Names of other cpio formats, each with what makes a newc archive of the same files. */
const OLD_MAGICS = ['070707', '\xc7\x71', '\x71\xc7'];
/** PATH_MAX of the kernel, the final NUL included. */
const MAX_NAME = 4096;
const HEX = /^[0-9a-fA-F]{8}$/;
/** Places of the fields after the magic. */
const FIELD = { inode: 0, mode: 1, links: 4, size: 6, major: 7, minor: 8, nameSize: 11, sum: 12 } as const;

/** Reads one header as parse_header() and do_header() of init/initramfs.c do, except that nothing wrong is passed over. */
export function parseHeader(bytes: Buffer, at: number): CpioHeader {
  const text = bytes.toString('latin1', 0, HEADER_SIZE);
  const magic = text.slice(0, 6);
  if (magic !== WITHOUT_SUM && magic !== WITH_SUM) throw unknownMagic(magic, at);
  const field = (index: number) => hex(text.slice(6 + 8 * index, 14 + 8 * index), at);
  const mode = field(FIELD.mode);
  const nameSize = field(FIELD.nameSize);
  if (nameSize === 0 || nameSize > MAX_NAME)
    throw new ArchiveError(`an entry with a name of ${nameSize} bytes`, at);
  return {
    mode,
    size: field(FIELD.size),
    nameSize,
    links: field(FIELD.links),
    identity: [FIELD.major, FIELD.minor, FIELD.inode]
      .map(field)
      .concat(mode & TYPE.mask)
      .join(':'),
    sum: magic === WITH_SUM ? field(FIELD.sum) : null,
  };
}

function hex(digits: string, at: number): number {
  if (!HEX.test(digits)) throw new ArchiveError('an entry whose header is not in hexadecimal digits', at);
  return Number.parseInt(digits, 16);
}

function unknownMagic(magic: string, at: number): ArchiveError {
  const old = OLD_MAGICS.some((known) => magic.startsWith(known));
  const what = old ? 'a cpio archive of an old format (the kernel takes newc only)' : 'no cpio entry';
  return new ArchiveError(`${what} where one must begin`, at);
}
