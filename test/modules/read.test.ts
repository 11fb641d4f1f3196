import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CliError, EXIT } from '../../src/cli/errors.ts';
import { inMemory } from '../../src/modules/byte-view.ts';
import { type ModuleFacts, moduleFacts } from '../../src/modules/module-facts.ts';
import { readModules } from '../../src/modules/read/modules.ts';
import { streamSize } from '../../src/modules/read/xz.ts';
import { buildModule } from './build-module.ts';
import { rejection, withRoot } from './make-root.ts';

const NAMES = ['a', 'b', 'c', 'd'];
const packers = {
  ko: (bytes: Buffer) => bytes,
  'ko.gz': (bytes: Buffer) => gzipSync(bytes),
  'ko.xz': (bytes: Buffer) => execFileSync('xz', ['-c'], { input: bytes }),
  'ko.zst': (bytes: Buffer) =>
    execFileSync('zstd', ['-c', '-q', `--stream-size=${bytes.length}`], { input: bytes }),
};

for (const [ending, pack] of Object.entries(packers)) {
  test(`modules packed as .${ending} are read`, () =>
    withModules(ending, pack, async (root) => {
      assert.equal((await read(root, ending)).map(firstImport), ['needs_a', 'needs_b', 'needs_c', 'needs_d']);
    }));

  test(`a damaged .${ending} is reported, and its neighbours are read as they are`, () =>
    withModules(ending, pack, async (root) => {
      damage(join(root, `b.${ending}`));
      const facts = await read(root, ending);
      assert.equal(facts.map(firstImport), ['needs_a', undefined, 'needs_c', 'needs_d']);
      assert.not.equal(facts[1]?.problem, '');
    }));

  test(`a .${ending} that is cut off is reported, and its neighbours are read as they are`, () =>
    withModules(ending, pack, async (root) => {
      const file = join(root, `b.${ending}`);
      writeFileSync(file, readFileSync(file).subarray(0, 60));
      const facts = await read(root, ending);
      assert.equal(facts.map(firstImport), ['needs_a', undefined, 'needs_c', 'needs_d']);
    }));
}

test('a .zst without its size in the header is read all the same', () =>
  withModules(
    'ko.zst',
    (bytes) => execFileSync('zstd', ['-c', '-q'], { input: bytes }),
    async (root) => {
      assert.is((await read(root, 'ko.zst')).map(firstImport)[3], 'needs_d');
    },
  ));

test('a .xz of several streams is cut at the right place', () =>
  withModules('ko.xz', packers['ko.xz'], async (root) => {
    const bytes = moduleBytes('b');
    const halves = [bytes.subarray(0, 100), bytes.subarray(100)].map(packers['ko.xz']);
    writeFileSync(join(root, 'b.ko.xz'), Buffer.concat(halves));
    assert.equal((await read(root, 'ko.xz')).map(firstImport), ['needs_a', 'needs_b', 'needs_c', 'needs_d']);
  }));

test('a .xz that hides a great size behind a small one is reported, and its neighbours are read as they are', () =>
  withModules('ko.xz', packers['ko.xz'], async (root) => {
    const large = packers['ko.xz'](Buffer.alloc(50_000_000));
    const lying = claimSize(large, 1000);
    assert.is(streamSize(inMemory(lying)), 1000);
    writeFileSync(join(root, 'b.ko.xz'), lying);
    const facts = await read(root, 'ko.xz');
    assert.equal(facts.map(firstImport), ['needs_a', undefined, 'needs_c', 'needs_d']);
    assert.match(facts[1]?.problem ?? '', /cannot unpack/);
  }));

for (const size of [10_000, 100_000, 3_000_000]) {
  for (const ending of ['ko', 'ko.xz'] as const) {
    test(`of a .${ending} of ${size} bytes the same is read in parts as in whole`, () => {
      const bytes = (name: string) =>
        buildModule({
          imports: [`needs_${name}`],
          exports: [`has_${name}`],
          modinfo: ['alias=usb:v*', 'x'.repeat(size)],
        });
      const files = Object.fromEntries(
        NAMES.map((name) => [`${name}.${ending}`, packers[ending](bytes(name))]),
      );
      return withRoot(files, async (root) => {
        const whole = NAMES.map((name) => moduleFacts(`kernel/${name}.${ending}`, bytes(name)));
        assert.equal(await read(root, ending), whole);
        assert.equal(whole.map(firstImport), ['needs_a', 'needs_b', 'needs_c', 'needs_d']);
      });
    });
  }
}

test('no character in the name of a file means anything to the shell', () => {
  const name = 'a\'b"c$(touch x)\n`d`; e\\.ko.xz';
  return withRoot({ [name]: packers['ko.xz'](moduleBytes('a')) }, async (root) => {
    const [facts] = await readModules([{ file: join(root, name), path: 'kernel/a.ko.xz' }], () => {});
    assert.is(facts && firstImport(facts), 'needs_a');
  });
});

test('a module that is not inside the root is a problem', async () => {
  const [facts] = await readModules([{ file: '', path: 'kernel/x.ko' }], () => {});
  assert.match(facts?.problem ?? '', /not a regular file inside the root/);
});

test('progress ends at the number of modules', () =>
  withModules('ko', packers.ko, async (root) => {
    const heard: number[] = [];
    await readModules(files(root, 'ko'), (done) => heard.push(done));
    assert.is(heard.at(-1), NAMES.length);
  }));

test('a machine without xz is told what to install', () =>
  withModules('ko.xz', packers['ko.xz'], async (root) => {
    const path = process.env.PATH;
    process.env.PATH = root;
    const error = await rejection(read(root, 'ko.xz')).finally(() => {
      process.env.PATH = path;
    });
    assert.instance(error, CliError);
    assert.is((error as CliError).exitCode, EXIT.tool);
    assert.match((error as CliError).hint, /xz-utils/);
  }));

function moduleBytes(name: string): Buffer {
  return buildModule({ imports: [`needs_${name}`], modinfo: [`description=${'x'.repeat(2000)}${name}`] });
}

async function withModules(
  ending: string,
  pack: (bytes: Buffer) => Buffer,
  use: (root: string) => Promise<void>,
): Promise<void> {
  await withRoot(
    Object.fromEntries(NAMES.map((name) => [`${name}.${ending}`, pack(moduleBytes(name))])),
    use,
  );
}

function files(root: string, ending: string) {
  return NAMES.map((name) => ({ file: join(root, `${name}.${ending}`), path: `kernel/${name}.${ending}` }));
}

function read(root: string, ending: string): Promise<ModuleFacts[]> {
  return readModules(files(root, ending), () => {});
}

function firstImport({ imports }: ModuleFacts): string | undefined {
  return imports[0];
}

/** Past the headers of every format here, before the index that xz keeps at the end. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 30, 60);
  writeFileSync(file, bytes);
}

/** An .xz file of one block with another size in its index (format, 4), and the checksums right. */
function claimSize(stream: Buffer, size: number): Buffer {
  const footer = stream.subarray(-12);
  const start = stream.length - 12 - (footer.readUInt32LE(4) + 1) * 4;
  const [, , ...rest] = stream.subarray(start);
  const unpadded = rest.slice(0, rest.findIndex((byte) => byte < 0x80) + 1);
  const numbers = [0, 1, ...unpadded, (size & 0x7f) | 0x80, size >> 7];
  while (numbers.length % 4 !== 0) numbers.push(0);
  const index = withChecksum(Buffer.from(numbers));
  const fields = Buffer.from(footer.subarray(4, 10));
  fields.writeUInt32LE(index.length / 4 - 1);
  const end = Buffer.concat([withChecksum(fields).subarray(-4), fields, Buffer.from('YZ')]);
  return Buffer.concat([stream.subarray(0, start), index, end]);
}

function withChecksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(bytes));
  return Buffer.concat([bytes, sum]);
}

test.run();
