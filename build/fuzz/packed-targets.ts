import assert from 'node:assert/strict';
import { ArchiveError } from '../../src/initrd/archive-error.ts';
import { lz4Length } from '../../src/initrd/lz4.ts';
import { bufferSource, type Source } from '../../src/initrd/source.ts';
import { xzLength } from '../../src/initrd/xz.ts';
import { zstdLength } from '../../src/initrd/zstd.ts';
import { inMemory } from '../../src/modules/byte-view.ts';
import { streamSize } from '../../src/modules/read/xz.ts';
import { frameSize } from '../../src/modules/read/zstd.ts';
import { LZ4_SAMPLE, XZ_SAMPLES, ZSTD_SAMPLES } from './samples.ts';
import type { Target } from './target.ts';

/** .xz files: the size that the index tells, and where the stream ends. */
const xz: Target = {
  name: 'xz',
  weight: 3,
  corpus: XZ_SAMPLES,
  mutations: [],
  run: (input) => {
    checkSize(streamSize(inMemory(input)));
    checkLength(xzLength, input);
  },
};

/** zstd frames: the size that the header tells, and where the frame ends. */
const zstd: Target = {
  name: 'zstd',
  weight: 3,
  corpus: ZSTD_SAMPLES,
  mutations: [],
  run: (input) => {
    checkSize(frameSize(inMemory(input)));
    checkLength(zstdLength, input);
  },
};

const lz4: Target = {
  name: 'lz4',
  weight: 1,
  corpus: [LZ4_SAMPLE],
  mutations: [],
  run: (input) => checkLength(lz4Length, input),
};

/** What is read of packed files without unpacking them. */
export const PACKED_TARGETS: readonly Target[] = [xz, zstd, lz4];

function checkSize(size: number | null): void {
  if (size !== null) assert.ok(size >= 0, `a size of ${size}`);
}

function checkLength(lengthOf: (source: Source, at: number) => number, input: Buffer): void {
  try {
    const length = lengthOf(bufferSource(input), 0);
    assert.ok(length > 0 && length <= input.length, `a length of ${length}`);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
  }
}
