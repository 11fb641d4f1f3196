import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { archiveOf, cpioOf, open, withFolder } from './make-initrd.ts';
import { MODE, rawArchive } from './raw-archive.ts';

const folder = (name: string) => ({ name, mode: MODE.folder });
const link = (name: string, body: string) => ({ name, mode: MODE.link, body });
const merged = [folder('usr'), folder('usr/bin'), folder('usr/sbin'), link('bin', 'usr/bin')];

test('entries have their kind, rights, size, target and segment', async () => {
  const initrd = await open(
    rawArchive([
      folder('etc'),
      { name: 'etc/a', mode: 0o100755, body: 'abc' },
      link('b', 'etc/a'),
      { name: 'tty', mode: MODE.device },
    ]),
  );
  const nothing = { size: 0, target: null, segment: 0 };
  assert.equal(Object.fromEntries(initrd.entries), {
    b: { kind: 'link', mode: MODE.link, size: 5, target: 'etc/a', segment: 0 },
    etc: { kind: 'directory', mode: MODE.folder, ...nothing },
    'etc/a': { kind: 'file', mode: 0o100755, size: 3, target: null, segment: 0 },
    tty: { kind: 'other', mode: MODE.device, ...nothing },
  });
});

test('a later segment replaces files of an earlier one', async () => {
  const first = await cpioOf({ 'etc/a': 'old', 'etc/b': 'stays' });
  const initrd = await open(Buffer.concat([first, await cpioOf({ 'etc/a': 'new' })]));
  assert.is(initrd.content('etc/a')?.toString(), 'new');
  assert.is(initrd.content('etc/b')?.toString(), 'stays');
  assert.is(initrd.entries.get('etc/a')?.segment, 1);
});

test('a file replaces a link, and not what the link leads to', async () => {
  const initrd = await open(rawArchive([{ name: 'a', body: 'A' }, link('b', 'a'), { name: 'b', body: 'B' }]));
  assert.is(`${initrd.content('a')}${initrd.content('b')}`, 'AB');
});

test('a file replaces an empty folder, and is lost before one with contents', async () => {
  const initrd = await open(
    rawArchive([
      folder('empty'),
      { name: 'empty', body: 'x' },
      folder('full'),
      { name: 'full/a' },
      { name: 'full' },
    ]),
  );
  assert.is(initrd.entries.get('empty')?.kind, 'file');
  assert.is(initrd.entries.get('full')?.kind, 'directory');
  assert.equal(initrd.lost, [{ path: 'full', why: 'a folder with contents is in its place' }]);
});

test('an entry below a link lands where the link leads', async () => {
  const asked: string[] = [];
  const keep = (path: string) => asked.push(path) > 0;
  const initrd = await open(rawArchive([...merged, { name: 'bin/kmod', body: 'x' }]), { keep });
  assert.ok(initrd.entries.has('usr/bin/kmod'));
  assert.equal(asked, ['usr/bin/kmod']);
});

test('an entry whose folder is missing is lost, as in the kernel', async () => {
  const initrd = await open(rawArchive([{ name: 'etc/a', body: 'x' }]));
  assert.is(initrd.entries.size, 0);
  assert.equal(initrd.lost, [{ path: 'etc/a', why: 'its folder is missing' }]);
});

test('the folders that the kernel has by itself are there, and not listed', async () => {
  const initrd = await open(rawArchive([{ name: 'root/a', body: 'x' }]));
  assert.equal([...initrd.entries.keys()], ['root/a']);
  assert.is(initrd.resolve('/dev/console'), 'dev/console');
});

test('leading dots and slashes do not count', async () => {
  const initrd = await open(rawArchive([folder('.'), folder('./etc'), { name: '//etc/./a', body: 'x' }]));
  assert.equal([...initrd.entries.keys()], ['etc', 'etc/a']);
  assert.is(initrd.content('/etc/a')?.toString(), 'x');
});

test('paths are followed through links, relative and absolute, and never out of the initrd', async () => {
  const initrd = await open(
    rawArchive([
      ...merged,
      { name: 'usr/bin/kmod', body: 'kmod' },
      link('sbin', '/usr/sbin'),
      link('usr/sbin/modprobe', '../../../../bin/kmod'),
      link('loop', 'loop'),
      link('gone', 'nowhere'),
    ]),
  );
  const paths = ['sbin/modprobe', '/bin/../sbin/modprobe', 'usr/bin/kmod/x', 'loop', 'gone', 'nothing', '/'];
  assert.equal(
    paths.map((path) => initrd.resolve(path)),
    ['usr/bin/kmod', 'usr/bin/kmod', null, null, null, null, ''],
  );
  assert.is(initrd.content('sbin/modprobe')?.toString(), 'kmod');
  assert.is(initrd.content('usr'), null);
});

test('hard links share the contents that real cpio writes with the last of them', async () => {
  await withFolder(async (place) => {
    mkdirSync(join(place, 'bin'));
    writeFileSync(join(place, 'bin/busybox'), 'applets');
    for (const name of ['cat', 'modprobe']) linkSync(join(place, 'bin/busybox'), join(place, 'bin', name));
    const initrd = await open(archiveOf(place), { keep: () => false });
    for (const name of ['busybox', 'cat', 'modprobe']) {
      assert.is(initrd.content(`bin/${name}`)?.toString(), 'applets', name);
      assert.is(initrd.entries.get(`bin/${name}`)?.size, 7, name);
    }
  });
});

test('hard links do not reach into another archive', async () => {
  const one = rawArchive([{ name: 'a', inode: 7, links: 2, body: 'one' }]);
  const initrd = await open(Buffer.concat([one, rawArchive([{ name: 'b', inode: 7, links: 2 }])]));
  assert.is(initrd.content('b')?.length, 0);
});

test('entries that the kernel makes nothing of are lost with a reason', async () => {
  const initrd = await open(
    rawArchive([
      link('empty', ''),
      link('long', 'x'.repeat(5000)),
      { name: 'n'.repeat(300) },
      { name: 'kind', mode: 0o644 },
      { name: 'full', mode: MODE.folder, body: 'x' },
    ]),
  );
  assert.is(initrd.entries.size, 0);
  assert.equal(
    initrd.lost.map(({ why }) => why),
    [
      'the link leads nowhere',
      'its target is longer than 4096 bytes',
      'a name longer than 255 bytes',
      'it is of no known kind',
      'it has contents, and is no file',
    ],
  );
});

test('a name that is no UTF-8 stays different from every other', async () => {
  const initrd = await open(await cpioOf({ 'a\u00e9': '1' }));
  assert.is(initrd.content('a\u00e9')?.toString(), '1');
  const raw = rawArchive([{ name: 'ab1' }, { name: 'ab2' }]);
  for (const digit of ['1', '2'])
    raw.write(String.fromCharCode(0xf0 + Number(digit)), raw.indexOf(`ab${digit}`) + 2, 'latin1');
  assert.is((await open(raw)).entries.size, 2);
});

test('a file that was not kept is a defect of whoever asks', async () => {
  const initrd = await open(rawArchive([{ name: 'a', body: 'x' }]), { keep: () => false });
  assert.throws(() => initrd.content('a'), /widen `keep`/);
});

test.run();
