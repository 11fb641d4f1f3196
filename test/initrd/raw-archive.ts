/** One entry of an archive as it is written, with any value in any field. */
export interface RawEntry {
  name: string;
  mode?: number;
  body?: string;
  inode?: number;
  links?: number;
  size?: number;
  nameSize?: number;
  magic?: string;
  sum?: number;
}

/** An archive put together by hand, as no tool would make it. */
export function rawArchive(entries: RawEntry[], closed = true): Buffer {
  const all = closed ? [...entries, { name: 'TRAILER!!!', mode: 0 }] : entries;
  return Buffer.concat(all.map(rawEntry));
}

/** What `body` says it is, as a mode. */
export const MODE = { file: 0o100644, folder: 0o040755, link: 0o120777, device: 0o020600 } as const;

function rawEntry(entry: RawEntry): Buffer {
  const { name, mode = MODE.file, body = '', inode = 1, links = 1, magic = '070701', sum = 0 } = entry;
  const { size = Buffer.byteLength(body), nameSize = Buffer.byteLength(name) + 1 } = entry;
  const fields = [inode, mode, 0, 0, links, 0, size, 0, 0, 0, 0, nameSize, sum];
  const header = magic + fields.map((field) => field.toString(16).padStart(8, '0')).join('');
  return Buffer.concat([align(Buffer.from(`${header}${name}\0`)), align(Buffer.from(body))]);
}

/** Fills up with zeros to a multiple of four. */
export function align(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
