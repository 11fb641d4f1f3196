import { writeFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readInitrd } from '../../src/initrd/read.ts';
import { cpioOf, open, refusal, run, withFolder } from './make-initrd.ts';
import { align, MODE, type RawEntry, rawArchive } from './raw-archive.ts';

const small = await cpioOf({ 'etc/macveil.conf': 'a = 1\n', 'bin/sh': '->dash' });
const packed = {
  gzip: run('gzip', [], small),
  xz: run('xz', ['--check=crc32'], small),
  zstd: run('zstd', [], small),
  lz4: run('lz4', ['-l'], small),
};

/** A real archive is filled up to whole blocks of 512 bytes, and loses nothing with these zeros. */
const written = small.subarray(0, align(small.subarray(0, small.indexOf('TRAILER!!!') + 11)).length);

test('a plain initrd cut off at any byte is refused as cut off', async () => {
  await refusedAt(range(1, written.length), (end) => written.subarray(0, end), /cut off/);
});

for (const [name, bytes] of Object.entries(packed)) {
  test(`one packed with ${name} and cut off at any byte is refused`, async () => {
    // Of the first byte alone no format can be told.
    await refusedAt(range(2, bytes.length), (end) => bytes.subarray(0, end), /cut off|damaged|cannot unpack/);
    assert.match((await refusal(bytes.subarray(0, 1)))?.message ?? '', /no archive begins here/);
  });
}

test('gzip headers are read as the kernel reads them', async () => {
  const name = await withFolder((folder) => {
    writeFileSync(`${folder}/initrd`, small);
    return run('gzip', ['--stdout', '--name', `${folder}/initrd`]);
  });
  assert.ok(name.includes('initrd\0') && !(await refusal(name)), 'with a name');
  for (const [at, byte] of [
    [1, 0x9e],
    [2, 7],
    [3, 4],
  ] as const) {
    const bytes = Buffer.from(packed.gzip);
    bytes[at] = byte;
    assert.match((await refusal(bytes))?.message ?? '', /gzip header that the kernel does not/, `byte ${at}`);
  }
});

test('one whose second segment is cut off is refused with the place of that segment', async () => {
  const error = await refusal(Buffer.concat([small, packed.zstd.subarray(0, -9)]));
  assert.is(error?.exitCode, 3);
  assert.match(error?.message ?? '', `byte ${small.length + packed.zstd.length - 9}: the file is cut off`);
});

test('one that ends between two entries, without the closing one, is refused', async () => {
  const error = await refusal(rawArchive([{ name: 'etc', mode: MODE.folder }], false));
  assert.match(error?.message ?? '', /cut off: its last archive has no closing entry/);
});

test('one without a closing entry before a further segment is opened, as by the kernel', async () => {
  const first = rawArchive([{ name: 'one', body: '1' }], false);
  const initrd = await open(Buffer.concat([first, packed.gzip]));
  assert.is(initrd.content('one')?.toString(), '1');
  assert.is(initrd.segments.length, 2);
});

const DAMAGED: [string, RawEntry, RegExp][] = [
  ['a name length of 2^32-1', { name: 'a', nameSize: 0xffffffff }, /name of 4294967295 bytes/],
  ['a name length of zero', { name: 'a', nameSize: 0 }, /name of 0 bytes/],
  ['a name that does not end', { name: 'abcdef', nameSize: 3 }, /name does not end/],
  ['a size behind the end', { name: 'a', size: 5000 }, /cut off/],
  ['a size of 2^32-1', { name: 'a', size: 0xffffffff }, /more than 256 MiB|cut off/],
  ['a path that climbs out', { name: 'etc/../../x' }, /climbs out of its folder/],
  ['the magic of old cpio', { name: 'a', magic: '070707' }, /old format \(the kernel takes newc only\)/],
  ['no magic', { name: 'a', magic: '012345' }, /no cpio entry/],
  ['a wrong checksum', { name: 'a', body: 'abc', magic: '070702', sum: 1 }, /do not match their checksum/],
];

for (const [what, entry, message] of DAMAGED) {
  test(`an entry with ${what} is refused`, async () => {
    const plain = await refusal(rawArchive([entry]));
    assert.match(plain?.message ?? '', message);
    assert.is(plain?.exitCode, 3);
    assert.match((await refusal(run('gzip', [], rawArchive([entry]))))?.message ?? '', message);
  });
}

test('an entry with a header that is not hexadecimal is refused', async () => {
  for (const field of ['mode', 'size']) {
    const bytes = rawArchive([{ name: 'a' }]);
    bytes.write('x', field === 'mode' ? 14 : 54);
    assert.match((await refusal(bytes))?.message ?? '', /not in hexadecimal digits/, field);
  }
});

test('the checksum of a real archive is checked and right', async () => {
  const initrd = await open(await cpioOf({ 'etc/macveil.conf': 'a = 1\n' }, 'crc'));
  assert.is(initrd.content('etc/macveil.conf')?.toString(), 'a = 1\n');
});

test('a place inside a packed segment is named as such', async () => {
  const bytes = Buffer.concat([small, run('xz', [], Buffer.concat([small, Buffer.from('garbage!')]))]);
  const error = await refusal(bytes);
  assert.match(
    error?.message ?? '',
    `byte ${small.length}: something that is no entry (byte ${small.length} of what the xz segment here unpacks to)`,
  );
});

test('an entry behind padding that is no multiple of four is refused, as by the kernel', async () => {
  const error = await refusal(Buffer.concat([written, Buffer.alloc(2), packed.gzip]));
  assert.match(error?.message ?? '', /broken padding/);
});

for (const program of ['gzip', 'xz', 'zstd'] as const) {
  test(`a bomb packed with ${program} is stopped at the limit`, async () => {
    const bomb = run(program, [], await cpioOf({ zeros: Buffer.alloc(2 ** 26) }));
    assert.ok(bomb.length < 2 ** 17, 'it is small');
    const error = await refusal(bomb, { keep: () => false, limits: { unpacked: 2 ** 20 } });
    assert.match(error?.message ?? '', /byte 0: more than any initrd unpacks to/);
  });
}

test('contents are kept up to a limit only', async () => {
  const limits = { kept: 2 ** 20 };
  const bytes = await cpioOf({ large: Buffer.alloc(2 ** 20) });
  assert.match((await refusal(bytes, { limits }))?.message ?? '', /wanted files of more than 1 MiB together/);
  assert.is(await refusal(bytes, { limits, keep: () => false }), undefined);
});

test('more entries than any initrd has are refused', async () => {
  const entries = Array.from({ length: 11 }, (_, i) => ({ name: `file${i}` }));
  assert.match(
    (await refusal(rawArchive(entries), { limits: { entries: 10 } }))?.message ?? '',
    /10 entries/,
  );
});

test('links that lead round and round do not take for ever', async () => {
  const entries: RawEntry[] = [{ name: 'd', mode: MODE.folder }];
  for (let i = 0; i < 100; i++) entries.push({ name: `l${i}`, mode: MODE.link, body: 'd/../'.repeat(700) });
  for (let i = 0; i < 30; i++) entries.push({ name: `l${i}/`.repeat(800).slice(0, 4000) });
  const error = await refusal(rawArchive(entries), { limits: { steps: 100_000 } });
  assert.match(error?.message ?? '', /too many folders/);
});

test('folders deeper than any real ones are refused', async () => {
  const entries = Array.from({ length: 200 }, (_, i) => ({
    name: 'a/'.repeat(i + 1).slice(0, -1),
    mode: MODE.folder,
  }));
  assert.match((await refusal(rawArchive(entries)))?.message ?? '', /folders more than 128 deep/);
});

const OTHER: [string, Buffer, RegExp, RegExp][] = [
  ['an empty file', Buffer.alloc(0), /is empty/, /rebuild/],
  ['zeros', Buffer.alloc(1000), /nothing but zeros/, /rebuild/],
  ['a text', Buffer.from('# no initrd\n'), /byte 0: no archive begins here/, /rebuild/],
  ['an ISO image', placed(0x8001, 'CD001'), /is an ISO image, not an initrd/, /xorriso/],
  ['a kernel', placed(0x202, 'HdrS'), /is a Linux kernel, not an initrd/, /loaded with it/],
  ['an EFI program', placed(0, 'MZ'), /is an EFI program/, /objcopy/],
  ['an old cpio archive', await cpioOf({ a: 'b' }, 'odc'), /old format/, /rebuild/],
];

for (const [what, bytes, message, hint] of OTHER) {
  test(`${what} is refused, and named`, async () => {
    const error = await refusal(bytes);
    assert.is(error?.exitCode, 3);
    assert.match(error?.message ?? '', message);
    assert.match(error?.hint ?? '', hint);
  });
}

test('a path that is no file is refused, and named', async () => {
  await withFolder(async (folder) => {
    run('mkfifo', [`${folder}/fifo`]);
    const messages = ['', '/none', '/fifo'].map((name) =>
      readInitrd(folder + name).catch((error) => error.message.slice(folder.length + name.length)),
    );
    assert.equal(await Promise.all(messages), [' is a folder', ' does not exist', ' is not a regular file']);
  });
});

function placed(at: number, text: string): Buffer {
  return Buffer.concat([Buffer.alloc(at), Buffer.from(text, 'latin1')], 2 ** 16);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

async function refusedAt(ends: number[], cut: (end: number) => Buffer, message: RegExp): Promise<void> {
  for (const end of ends) {
    const error = await refusal(cut(end));
    assert.is(error?.exitCode, 3, `cut at ${end}: ${error}`);
    assert.match(error?.message ?? '', message, `cut at ${end}`);
  }
}

test.run();
