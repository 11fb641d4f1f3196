import { gzipStream } from './gzip.ts';
import { lz4Length } from './lz4.ts';
import type { Source } from './source.ts';
import { type Packer, toolStream } from './tool-stream.ts';
import { xzLength } from './xz.ts';
import { zstdLength } from './zstd.ts';

/** How a segment is packed. */
export type Compression = 'none' | 'gzip' | 'xz' | 'zstd' | 'lz4' | 'bzip2' | 'lzma' | 'lzo';

/** A packed segment while it is unpacked: its bytes, and after the last of them how long it was in the file. */
export interface Unpacking {
  bytes: AsyncIterable<Buffer>;
  length: () => number;
}

/** One way of packing. */
export interface Format {
  name: Compression;
  /** The two bytes by which the kernel tells formats apart (lib/decompress.c); gzip has a second, older pair. */
  magics: [number, number][];
  unpack: (source: Source, at: number) => Unpacking;
}

/** What an xz or zstd stream may ask for: 128 MiB of window are the most that the kernel takes (ZSTD_WINDOWLOG_MAX). */
const XZ_MEMORY = '--memlimit-decompress=256MiB';
const XZ: Packer = {
  program: 'xz',
  package: 'xz-utils',
  args: ['--decompress', '--stdout', '--quiet', XZ_MEMORY],
};
const ZSTD: Packer = {
  program: 'zstd',
  package: 'zstd',
  args: ['--decompress', '--stdout', '--quiet', '--memory=256MB'],
};
const LZ4: Packer = { program: 'lz4', package: 'lz4', args: ['-d', '-c', '-q'] };
const BZIP2: Packer = { program: 'bzip2', package: 'bzip2', args: ['--decompress', '--stdout'] };
const LZMA: Packer = { ...XZ, args: [...XZ.args, '--format=lzma'] };
const LZO: Packer = { program: 'lzop', package: 'lzop', args: ['-d', '-c', '-q'] };

const FORMATS: Format[] = [
  {
    name: 'gzip',
    magics: [
      [0x1f, 0x8b],
      [0x1f, 0x9e],
    ],
    unpack: gzipStream,
  },
  {
    name: 'xz',
    magics: [[0xfd, 0x37]],
    unpack: (source, at) => toolStream(XZ, source, at, xzLength(source, at)),
  },
  {
    name: 'zstd',
    magics: [[0x28, 0xb5]],
    unpack: (source, at) => toolStream(ZSTD, source, at, zstdLength(source, at)),
  },
  {
    name: 'lz4',
    magics: [[0x02, 0x21]],
    unpack: (source, at) => toolStream(LZ4, source, at, lz4Length(source, at)),
  },
  // Where these end only their own programs can tell, which do not say it: the end of the file must be theirs.
  { name: 'bzip2', magics: [[0x42, 0x5a]], unpack: (source, at) => toTheEnd(BZIP2, source, at) },
  { name: 'lzma', magics: [[0x5d, 0x00]], unpack: (source, at) => toTheEnd(LZMA, source, at) },
  { name: 'lzo', magics: [[0x89, 0x4c]], unpack: (source, at) => toTheEnd(LZO, source, at) },
];

/** The format of what begins at `at`; null when the kernel knows none that does. */
export function formatAt(source: Source, at: number): Format | null {
  const [first, second] = source.read(at, 2);
  return FORMATS.find(({ magics }) => magics.some(([a, b]) => a === first && b === second)) ?? null;
}

function toTheEnd(packer: Packer, source: Source, at: number): Unpacking {
  return toolStream(packer, source, at, source.size - at);
}
