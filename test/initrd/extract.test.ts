import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { extractInitrd } from '../../src/initrd/extract.ts';
import { open, withFolder } from './make-initrd.ts';
import { MODE, type RawEntry, rawArchive } from './raw-archive.ts';

const folder = (name: string) => ({ name, mode: MODE.folder });
const link = (name: string, body: string) => ({ name, mode: MODE.link, body });

test('wanted files are written, with the folders they need and no others', async () => {
  await extracted(
    [folder('etc'), { name: 'etc/a', body: 'A' }, { name: 'etc/b', body: 'B' }, folder('usr')],
    (place) => {
      assert.equal(readdirSync(place, { recursive: true }), ['etc', 'etc/a']);
      assert.is(readFileSync(join(place, 'etc/a'), 'utf8'), 'A');
    },
    (path) => path === 'etc/a',
  );
});

test('rights are those of the initrd, without set-user-ID', async () => {
  await extracted(
    [
      { name: 'a', mode: 0o104755, body: 'x' },
      { name: 'b', mode: 0o100000 },
    ],
    (place) => {
      assert.is(statSync(join(place, 'a')).mode & 0o7777, 0o755);
      assert.is(statSync(join(place, 'b')).mode & 0o7777, 0o600);
    },
  );
});

test('an absolute link leads to its target inside, never to this host', async () => {
  await extracted(
    [folder('etc'), { name: 'etc/passwd', body: 'inside' }, link('p', '/etc/passwd')],
    (place) => {
      assert.is(readlinkSync(join(place, 'p')), 'etc/passwd');
      assert.is(readFileSync(join(place, 'p'), 'utf8'), 'inside');
    },
  );
});

test('a link that climbs is stopped at the root of the initrd', async () => {
  await extracted([link('up', '../../../..'), folder('a'), link('a/up', '../../../a')], (place) => {
    assert.is(readlinkSync(join(place, 'up')), '.');
    assert.is(readlinkSync(join(place, 'a/up')), '.');
  });
});

test('a file below a link that leads out of the folder is not written there', async () => {
  await withFolder(async (outside) => {
    await extracted([link('out', outside), { name: 'out/evil', body: 'x' }], (place) => {
      assert.equal(readdirSync(outside), []);
      assert.equal(readdirSync(place), []);
    });
  });
});

test('a file does not follow a link of the same name that was there before it', async () => {
  await withFolder(async (outside) => {
    writeFileSync(join(outside, 'target'), 'mine');
    const entries = [link('a', join(outside, 'target')), { name: 'a', body: 'evil' }];
    await extracted(entries, (place) => {
      assert.is(readFileSync(join(outside, 'target'), 'utf8'), 'mine');
      assert.ok(lstatSync(join(place, 'a')).isFile());
    });
  });
});

test('devices and links that lead nowhere are left out', async () => {
  await extracted([{ name: 'tty', mode: MODE.device }, link('gone', 'nowhere')], (place) => {
    assert.equal(readdirSync(place), []);
  });
});

test('a folder with something in it is refused, and left as it was', async () => {
  await withFolder(async (place) => {
    mkdirSync(join(place, 'mine'));
    const initrd = await open(rawArchive([{ name: 'a', body: 'x' }]));
    assert.throws(() => extractInitrd(initrd, place), /is not empty/);
    assert.not.ok(existsSync(join(place, 'a')));
  });
});

async function extracted(
  entries: RawEntry[],
  check: (place: string) => void,
  wanted?: (path: string) => boolean,
): Promise<void> {
  const initrd = await open(rawArchive(entries));
  await withFolder((place) => {
    extractInitrd(initrd, join(place, 'new'), wanted);
    check(join(place, 'new'));
  });
}

test.run();
