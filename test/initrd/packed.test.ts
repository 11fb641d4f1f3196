import { randomBytes } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cpioOf, open, refusal, run } from './make-initrd.ts';
import { align } from './raw-archive.ts';

const noise = randomBytes(300_000);
const FILES = { 'etc/macveil.conf': 'a = 1\n', 'usr/noise': noise, 'usr/zeros': Buffer.alloc(500_000) };

/** Ways to pack that real initrds and their makers use, and such as split the stream otherwise. */
const PACKERS: [compression: string, program: string, ...args: string[]][] = [
  ['gzip', 'gzip', '-9'],
  ['xz', 'xz', '--check=crc32'],
  ['xz', 'xz', '--check=none'],
  ['xz', 'xz', '--check=sha256'],
  ['xz', 'xz', '--check=crc32', '--x86', '--lzma2=dict=1MiB'],
  ['xz', 'xz', '--threads=2', '--block-size=100000'],
  ['zstd', 'zstd', '-19'],
  ['zstd', 'zstd', '-1', '--no-check'],
  ['zstd', 'zstd', '-3', '--long=27'],
  ['lz4', 'lz4', '-l', '-9'],
  ['bzip2', 'bzip2'],
  ['lzma', 'xz', '--format=lzma'],
];
/** Of these the end is found wherever it is; the others must go to the end of the file. */
const SPLITTABLE = PACKERS.filter(([compression]) => ['gzip', 'xz', 'zstd'].includes(compression));

for (const [compression, program, ...args] of PACKERS) {
  const how = [program, ...args].join(' ');

  test(`an archive packed by ${how} is opened`, async () => {
    const initrd = await open(run(program, args, await cpioOf(FILES)));
    assert.is(initrd.segments.length, 1);
    assert.is(initrd.segments[0]?.compression, compression);
    assert.equal(initrd.content('usr/noise'), noise);
    assert.is(initrd.content('usr/zeros')?.length, 500_000);
  });

  test(`an early archive before one packed by ${how} is a segment of its own`, async () => {
    const early = await cpioOf({ 'kernel/x86/microcode/GenuineIntel.bin': 'microcode' });
    const packed = run(program, args, await cpioOf(FILES));
    const { segments, ...initrd } = await opened(Buffer.concat([early, packed]));
    assert.equal(
      segments.map((segment) => segment.compression),
      ['none', compression],
    );
    assert.is(segments[1]?.offset, early.length);
    assert.is(segments[1]?.length, packed.length);
    assert.is(initrd.text('kernel/x86/microcode/GenuineIntel.bin'), 'microcode');
    assert.is(initrd.text('etc/macveil.conf'), 'a = 1\n');
  });
}

for (const [first, ...firstCall] of SPLITTABLE) {
  for (const [second, ...secondCall] of [SPLITTABLE[0], SPLITTABLE[1], SPLITTABLE[6]].map(
    (one) => one ?? [],
  )) {
    test(`one packed by ${firstCall.join(' ')} may be followed by one packed with ${second}`, async () => {
      const one = pack(firstCall, await cpioOf(FILES));
      const two = pack(secondCall, await cpioOf({ 'etc/more': 'more' }));
      for (const zeros of [0, 1, 3, 512]) {
        const { segments, text } = await opened(Buffer.concat([one, Buffer.alloc(zeros), two]));
        assert.equal(
          segments.map(({ compression, offset, length }) => [compression, offset, length]),
          [
            [first, 0, one.length],
            [second, one.length + zeros, two.length],
          ],
        );
        assert.is(text('etc/macveil.conf') + text('etc/more'), 'a = 1\nmore');
      }
    });
  }

  test(`one packed by ${firstCall.join(' ')} may be followed by a plain one at a multiple of four`, async () => {
    const packed = pack(firstCall, await cpioOf(FILES));
    const plain = await cpioOf({ 'etc/more': 'more' });
    const { segments, text } = await opened(Buffer.concat([align(packed), plain]));
    assert.equal(
      segments.map(({ compression }) => compression),
      [first, 'none'],
    );
    assert.is(text('etc/more'), 'more');
  });

  test(`something else behind one packed by ${firstCall.join(' ')} is refused at its place`, async () => {
    const packed = pack(firstCall, await cpioOf(FILES));
    const error = await refusal(Buffer.concat([packed, Buffer.from('garbage')]));
    assert.match(error?.message ?? '', `byte ${packed.length}: no archive begins here`);
  });
}

test('a plain archive behind a packed one that is not at a multiple of four is refused, as by the kernel', async () => {
  const packed = align(pack(['gzip', '-9'], await cpioOf(FILES)));
  const error = await refusal(Buffer.concat([packed, Buffer.alloc(2), await cpioOf(FILES)]));
  assert.match(error?.message ?? '', `byte ${packed.length + 2}: no archive begins here`);
});

for (const [compression, program, ...args] of PACKERS.slice(-2)) {
  test(`bytes behind a segment of ${compression} are refused: its end cannot be found`, async () => {
    const packed = run(program, args, await cpioOf(FILES));
    const error = await refusal(Buffer.concat([packed, Buffer.from('070701')]));
    assert.match(error?.message ?? '', `${program} cannot unpack it`);
  });
}

test('a newer lz4 frame is refused: the kernel reads the old one only', async () => {
  const packed = run('lz4', ['-9'], await cpioOf(FILES));
  const error = await refusal(packed);
  assert.match(error?.message ?? '', /no archive begins here/);
});

test('a segment of lzo asks for lzop where it is missing', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nonexistent';
  try {
    const error = await refusal(Buffer.from('\x89LZO\x00\r\n\x1a\n', 'latin1'));
    assert.is(error?.exitCode, 4);
    assert.match(error?.message ?? '', /lzop is needed/);
    assert.match(error?.hint ?? '', /apt-get install lzop/);
  } finally {
    process.env.PATH = path;
  }
});

for (const [name, program, ...args] of SPLITTABLE.filter(isChecked)) {
  test(`a changed byte in the data of ${program} ${args.join(' ')} is noticed`, async () => {
    const packed = run(program, args, await cpioOf(FILES));
    const damaged = Buffer.from(packed);
    const middle = Math.floor(packed.length / 2);
    damaged[middle] = (damaged[middle] ?? 0) ^ 0x40;
    assert.match((await refusal(damaged))?.message ?? '', name === 'gzip' ? /damaged/ : /cannot unpack it/);
  });
}

function isChecked(packer: string[]): boolean {
  return !packer.includes('--check=none') && !packer.includes('--no-check');
}

function pack([program = '', ...args]: string[], bytes: Buffer): Buffer {
  return run(program, args, bytes);
}

async function opened(bytes: Buffer) {
  const initrd = await open(bytes);
  return { segments: initrd.segments, text: (path: string) => initrd.content(path)?.toString() ?? '' };
}

test.run();
