import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compareEntries } from '../../src/menu/systemd-boot/choose.ts';
import { parseEntry } from '../../src/menu/systemd-boot/entry.ts';
import { macveil } from '../cli/run.ts';
import { folderWith, snapshot } from './fixture.ts';

const ID = '0123456789abcdef0123456789abcdef';
/** As kernel-install of systemd 257 writes it (90-loaderentry.install). */
const entry = (version: string, options = 'root=UUID=1-2 ro quiet', sortKey = 'sort-key   debian\n') =>
  `# Boot Loader Specification type#1 entry\ntitle      Debian GNU/Linux 13 (trixie)\nversion    ${version}\n` +
  `machine-id ${ID}\n${sortKey}options    ${options}\nlinux      /${ID}/${version}/linux\ninitrd     /${ID}/${version}/initrd.img\n`;
const NEW = `loader/entries/${ID}-6.12.48.conf`;
const OLD = `loader/entries/${ID}-6.12.9.conf`;
const MADE = `loader/entries/macveil-keep-${ID}-6.12.48.conf`;
const FILES = { [NEW]: entry('6.12.48'), [OLD]: entry('6.12.9'), 'loader/loader.conf': 'timeout 3\n' };

test('the newest kernel gets entries beside it; a second run changes nothing, --remove takes them away', () => {
  const folder = folderWith(FILES);
  assert.is(menu(folder).exitCode, 0);
  const { [MADE]: made, ...others } = snapshot(folder);
  assert.is(
    made,
    `# macveil menu: made from ${ID}-6.12.48.conf\n` +
      "title      Debian GNU/Linux 13 (trixie), with this computer's own network addresses\n" +
      `version    6.12.48\nmachine-id ${ID}\nsort-key   debian-macveil-2\noptions    root=UUID=1-2 ro quiet macveil=keep\n` +
      `linux      /${ID}/6.12.48/linux\ninitrd     /${ID}/6.12.48/initrd.img\n`,
  );
  const offline = MADE.replace('keep', 'offline');
  assert.equal(Object.keys(others).sort(), [NEW, OLD, offline, 'loader/loader.conf'].sort());
  assert.match(menu(folder).stdout, 'nothing to change');
  assert.is(menu(folder, '--remove').exitCode, 0);
  assert.equal(snapshot(folder), FILES);
});

test('the new entries stand in the order of the other menus, behind those of the image', () => {
  const folder = folderWith(FILES);
  menu(folder, '--ask');
  const texts = Object.entries(snapshot(folder)).filter(([path]) => path.startsWith('loader/entries/'));
  const entries = texts.map(([path, text]) => parseEntry(path, text)).sort(compareEntries);
  assert.equal(
    entries.map(({ path }) => path),
    [NEW, OLD, MADE, MADE.replace('keep', 'offline'), MADE.replace('keep', 'ask')],
  );
});

test('entries of a kernel that is no longer the default go with the next run', () => {
  const folder = folderWith({ [OLD]: entry('6.12.9') });
  menu(folder);
  writeFileSync(join(folder, NEW), entry('6.12.48'));
  assert.match(menu(folder).stdout, `removed ${folder}/loader/entries/macveil-keep-${ID}-6.12.9.conf`);
  assert.equal(
    Object.keys(snapshot(folder)).filter((name) => name.includes('macveil-keep')),
    [MADE],
  );
});

test('a dry run shows new files and files that go, and changes nothing', () => {
  const folder = folderWith(FILES);
  assert.match(menu(folder, '--dry-run').stdout, `--- /dev/null\n+++ ${folder}/${MADE}\n`);
  assert.equal(snapshot(folder), FILES);
  menu(folder);
  const before = snapshot(folder);
  assert.match(menu(folder, '--remove', '--dry-run').stdout, `--- ${folder}/${MADE}\n+++ /dev/null\n`);
  assert.equal(snapshot(folder), before);
});

test('the entry that loader.conf names is the default', () => {
  const folder = folderWith({ ...FILES, 'loader/loader.conf': `default ${ID}-6.12.9*\n` });
  menu(folder);
  assert.ok(`loader/entries/macveil-keep-${ID}-6.12.9.conf` in snapshot(folder));
});

test('options on several lines, with a decision among them, get exactly one', () => {
  const options = 'ro macveil=ask\noptions    macveil=ask\noptions    quiet';
  const folder = folderWith({ [NEW]: entry('6.12.48', options) });
  assert.match(menu(folder).stderr, 'the default entry has macveil=ask, and keeps it');
  const made = readFileSync(join(folder, MADE), 'utf8');
  assert.match(made, 'options    ro macveil=keep\noptions    quiet\n');
  assert.not.match(made, 'macveil=ask');
});

for (const [title, files, says] of [
  [
    'a pattern that fits the new entries too and would choose one',
    { 'loader/loader.conf': 'default *keep*\n' },
    'fits no entry',
  ],
  [
    'a default that only the boot knows',
    { 'loader/loader.conf': 'timeout 1\ndefault @saved\n' },
    'loader.conf:2: the default, @saved',
  ],
  ['an entry without linux', { [NEW]: 'title x\noptions quiet\n' }, '.conf:1: the entry has no linux line'],
  [
    'a unified kernel image',
    { [NEW]: 'title x\nefi /EFI/Linux/x.efi\n' },
    '.conf:2: the entry starts /EFI/Linux/x.efi',
  ],
  [
    'a key nobody knows',
    { [NEW]: `${entry('6.12.48')}new-key x\n` },
    '.conf:9: the key "new-key" is not known',
  ],
  [
    'a decision nobody knows',
    { [NEW]: entry('6.12.48', 'macveil=x') },
    '.conf:6: "macveil=x" is no decision',
  ],
  ['a foreign file of that name', { [NEW]: entry('6.12.48'), [MADE]: entry('1') }, 'is in the way'],
  ['an empty entry', { [NEW]: '' }, '.conf:1: the file is empty'],
  ['lines of DOS', { [NEW]: 'title x\r\n' }, '.conf:1: the line ends with CR LF'],
] as const) {
  test(`${title} is refused, and nothing changes`, () => {
    const folder = folderWith({ [NEW]: entry('6.12.48'), ...files });
    const before = snapshot(folder);
    const { exitCode, stderr } = menu(folder);
    assert.is(exitCode, 3, stderr);
    assert.ok(stderr.includes(says), stderr);
    assert.equal(snapshot(folder), before);
  });
}

test('without a sort-key new entries must not become the default', () => {
  const plain = entry('6.12.48', 'quiet', '');
  const folder = folderWith({ 'loader/entries/debian.conf': plain });
  const { exitCode, stderr } = menu(folder);
  assert.is(exitCode, 3);
  assert.match(stderr, 'write "default debian.conf" into loader.conf');
  writeFileSync(join(folder, 'loader/loader.conf'), 'default debian.conf\n');
  assert.is(menu(folder).exitCode, 0);
});

test('there are no submenus', () => {
  const { exitCode, stderr } = menu(folderWith(FILES), '--submenu');
  assert.is(exitCode, 2);
  assert.match(stderr, 'systemd-boot has no submenus');
});

function menu(folder: string, ...options: string[]) {
  return macveil('menu', folder, ...options);
}

test.run();
