import { ArchiveError } from './archive-error.ts';
import { type Format, formatAt } from './compression.ts';
import { CpioParser } from './cpio.ts';
import type { Segment } from './initrd.ts';
import type { RootTree } from './root-tree.ts';
import { pieces, type Source } from './source.ts';

/** One segment as it was read; `closed` says that its last archive has its closing entry. */
type Read = Pick<Segment, 'compression' | 'length' | 'unpacked'> & { closed: boolean };

const ZERO_DIGIT = 0x30;
/** Plain archives begin at multiples of this, and end with zeros up to one. */
const ALIGNMENT = 4;

/**
 * Reads all segments into the tree, in the order and by the rules of unpack_to_rootfs() of init/initramfs.c: zeros may
 * stand between them, an archive that is not packed begins at a multiple of four, anything else must be a packed one.
 */
export async function readSegments(source: Source, tree: RootTree, limit: number): Promise<Segment[]> {
  const segments: Segment[] = [];
  let last: Read | null = null;
  let budget = limit;
  for (let at = skipZeros(source, 0); at < source.size; at = skipZeros(source, at)) {
    checkPadding(at, last);
    tree.segment = segments.length;
    const before = tree.entries;
    last = await readSegment(source, at, tree, budget);
    const { compression, length, unpacked } = last;
    segments.push({ offset: at, length, compression, entries: tree.entries - before, unpacked });
    budget -= unpacked;
    at += length;
  }
  checkEnd(source, last);
  return segments;
}

async function readSegment(source: Source, at: number, tree: RootTree, budget: number): Promise<Read> {
  if (source.read(at, 1)[0] === ZERO_DIGIT && at % ALIGNMENT === 0)
    return readPlain(source, at, tree, budget);
  const format = formatAt(source, at);
  if (format !== null) return readPacked(format, source, at, tree, budget);
  throw new ArchiveError('no archive begins here that the kernel knows, plain or packed', at);
}

function readPlain(source: Source, at: number, tree: RootTree, budget: number): Read {
  const parser = new CpioParser(tree, { start: at, stopAtTrailer: true });
  let length = 0;
  for (const piece of pieces(source, at)) {
    const used = parser.write(piece);
    length += used;
    if (length > budget) throw tooLarge(at);
    if (used < piece.length) break;
  }
  parser.finish();
  return { compression: 'none', length, unpacked: length, closed: parser.closed };
}

async function readPacked(
  format: Format,
  source: Source,
  at: number,
  tree: RootTree,
  budget: number,
): Promise<Read> {
  const parser = new CpioParser(tree, { start: 0, stopAtTrailer: false });
  const { bytes, length } = format.unpack(source, at);
  let unpacked = 0;
  for await (const chunk of bytes) {
    unpacked += chunk.length;
    if (unpacked > budget) throw tooLarge(at);
    inside(format, at, () => parseWhole(parser, chunk));
  }
  inside(format, at, () => parser.finish());
  return { compression: format.name, length: length(), unpacked, closed: parser.closed };
}

/** flush_buffer(): a packed stream holds entries and zeros, nothing else. */
function parseWhole(parser: CpioParser, chunk: Buffer): void {
  const used = parser.write(chunk);
  if (used < chunk.length) throw new ArchiveError('something that is no entry', parser.at);
}

/** Places inside a packed stream are not places of the file. */
function inside(format: Format, at: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const where = `byte ${error.at} of what the ${format.name} segment here unpacks to`;
    throw new ArchiveError(`${error.message} (${where})`, at);
  }
}

function skipZeros(source: Source, at: number): number {
  let count = 0;
  for (const piece of pieces(source, at)) {
    const zeros = piece.findIndex((byte) => byte !== 0);
    if (zeros >= 0) return at + count + zeros;
    count += piece.length;
  }
  return at + count;
}

/** do_reset(): what follows a plain archive begins at a multiple of four, packed or not. */
function checkPadding(at: number, last: Read | null): void {
  if (last?.compression === 'none' && at % ALIGNMENT !== 0)
    throw new ArchiveError('broken padding after a plain archive: no multiple of four', at);
}

// The kernel needs no closing entry; but every tool writes one, and without it a file that was cut off between two
// entries would pass for whole.
function checkEnd(source: Source, last: Read | null): void {
  if (last === null) throw new ArchiveError('nothing but zeros', source.size);
  if (!last.closed)
    throw new ArchiveError('the file is cut off: its last archive has no closing entry', source.size);
}

function tooLarge(at: number): ArchiveError {
  return new ArchiveError('more than any initrd unpacks to', at);
}
