import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { ArchiveError } from '../../src/initrd/archive-error.ts';
import { Initrd } from '../../src/initrd/initrd.ts';
import { LIMITS } from '../../src/initrd/limits.ts';
import { RootTree } from '../../src/initrd/root-tree.ts';
import { readSegments } from '../../src/initrd/segments.ts';
import { bufferSource } from '../../src/initrd/source.ts';
import { MODE, type RawEntry, rawArchive } from '../../test/initrd/raw-archive.ts';
import { OF_CPIO } from './mutate-cpio.ts';
import type { Target } from './target.ts';

/** A hostile archive of this size must come to its end well within the time of a run. */
const LIMITS_HERE = { ...LIMITS, unpacked: 2 ** 22, kept: 2 ** 22, entries: 2000, steps: 100_000 };

const ENTRIES: RawEntry[] = [
  ...['.', 'usr', 'usr/bin', 'usr/sbin', 'etc', 'etc/modprobe.d'].map((name) => ({
    name,
    mode: MODE.folder,
  })),
  { name: 'bin', mode: MODE.link, body: 'usr/bin' },
  { name: 'sbin', mode: MODE.link, body: '/usr/sbin' },
  { name: 'bin/busybox', body: 'x'.repeat(500), links: 2, inode: 7 },
  { name: 'bin/cat', links: 2, inode: 7 },
  { name: 'sbin/modprobe', mode: MODE.link, body: '../bin/kmod' },
  { name: 'usr/bin/kmod', body: 'y'.repeat(300) },
  { name: 'etc/modprobe.d/macveil.conf', body: 'blacklist e1000\n' },
  { name: 'tty', mode: MODE.device },
];
const ARCHIVE = rawArchive(ENTRIES);
const EARLY = rawArchive([
  { name: 'kernel', mode: MODE.folder },
  { name: 'kernel/microcode', body: 'z'.repeat(90) },
]);
const CORPUS = [
  ARCHIVE,
  Buffer.concat([EARLY, Buffer.alloc(400), ARCHIVE]),
  rawArchive(ENTRIES.map((entry) => ({ ...entry, magic: '070702', sum: sumOf(entry) }))),
];

/** Plain archives. */
const plain: Target = { name: 'initrd', weight: 8, corpus: CORPUS, mutations: OF_CPIO, run: unpack };

/** The same behind gzip, whose unpacking runs in the background. */
const gzip: Target = {
  name: 'initrd in gzip',
  weight: 1,
  corpus: [gzipSync(ARCHIVE), Buffer.concat([EARLY, gzipSync(ARCHIVE)])],
  mutations: [],
  run: unpack,
};

/** What the initrd reader opens without other programs. */
export const INITRD_TARGETS: readonly Target[] = [plain, gzip];

async function unpack(input: Buffer): Promise<void> {
  const tree = new RootTree(() => true, LIMITS_HERE);
  try {
    const segments = await readSegments(bufferSource(input), tree, LIMITS_HERE.unpacked);
    checkInitrd(new Initrd('input', segments, tree.root, tree.lost));
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
  }
}

/** Every path is a real one: it leads to itself, unless it is a link, and never out. */
function checkInitrd(initrd: Initrd): void {
  for (const [path, { kind }] of initrd.entries) {
    assert.ok(!path.split('/').some((part) => ['', '.', '..'].includes(part)), `a path that climbs: ${path}`);
    if (kind !== 'link') assert.equal(initrd.resolve(path), path);
    else initrd.resolve(path);
    if (kind === 'file') assert.ok(initrd.content(path));
  }
}

function sumOf({ body = '', mode = MODE.file }: RawEntry): number {
  return mode === MODE.file ? Buffer.from(body).reduce((sum, byte) => sum + byte, 0) : 0;
}
